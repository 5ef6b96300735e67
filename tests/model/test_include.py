"""What a model takes from a file of another: the same words, but for what it says itself."""

from gscm.model.facts import facts_of
from gscm.model.load import load_model
from tests.tiny import HEAD, SOURCES

SHARED = """\
id: a
kind: group
title: A
children:
  - id: b
    kind: criteria
    title: B
    criteria: {2: [{text: t2, may_not_apply: true}], 3: [{text: t31}, {text: t32, may_not_apply: true}]}
"""


def test_what_a_file_lets_not_apply_can_apply_to_all_in_the_model_that_includes_it(tmp_path):
    head = HEAD.format(names="{name: L1}, {name: L2}, {name: L3}", scale="{min: 1, max: 5}", inner="level")
    (tmp_path / "model.yaml").write_text(head + "  children: [{include: a.yaml, applies: [b.3.2]}]\n")
    (tmp_path / "sources.yaml").write_text(SOURCES)
    (tmp_path / "a.yaml").write_text(SHARED)
    model = load_model(tmp_path)
    assert [fact.id for fact in facts_of(model).values() if fact.may_not_apply] == ["b.2"]
    assert [c.where.line for cs in model.nodes["b"].criteria.values() for c in cs] == [8, 8, 8]
