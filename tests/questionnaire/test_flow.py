"""Staging decides what is asked, never what comes out."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from gscm.cases import CaseFile, case_answers
from gscm.model.facts import facts_of
from gscm.model.load import find_model, load_model
from gscm.model.tree import has_levels
from gscm.placement.place import place
from gscm.questionnaire.flow import item_order, next_items, progress
from gscm.questionnaire.load import derived_questionnaire, questionnaire_for
from gscm.responses.answers import Answer
from gscm.responses.load import bind
from gscm.yamlfile import Document
from tests.strategies import assessments
from tests.tiny import answered, tiny

examples = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PROVINCE = load_model(find_model("gscm-province"))


def staged_run(questionnaire, complete, choose, staging="full"):
    """The answers of a run that asks one relevant item after the other until none is left."""
    facts = facts_of(complete.model)
    given = {id: entry for id, entry in complete.entries.items() if id not in facts}
    while True:
        items = next_items(questionnaire, replace(complete, entries=given), staging)
        if not items:
            return replace(complete, entries=given)
        code = choose(items).code
        entry = complete.entries.get(code)
        if entry is None or entry.status in ("blank", "not_asked"):
            entry = Answer(code, "unknown", facts[code].kind)
        given = {**given, code: entry}


def outcome(answers, nodes):
    placed = place(answers).nodes
    return {node: (placed[node].low, placed[node].high) for node in nodes}


@examples
@given(assessments(), st.randoms(use_true_random=False), st.sampled_from(["full", "indicator"]))
def test_a_staged_run_in_any_order_gives_the_levels_of_the_full_run(complete, random, staging):
    questionnaire = derived_questionnaire(complete.model)
    reports = questionnaire.reports
    if staging == "indicator":
        reports = [*reports, *(n.id for n in complete.model.nodes.values() if n.is_leaf and has_levels(n))]
    staged = staged_run(questionnaire, complete, random.choice, staging)
    assert outcome(staged, reports) == outcome(complete, reports)


def drawn(model, seed):
    """A complete answer to each fact of a model: met or not, a level, a figure, unknown, not applicable."""
    dice, data = random.Random(seed), {}
    share, unknown, near = dice.choice([0.8, 0.97, 0.995]), dice.choice([0, 0.02]), dice.randint(1, 4)
    for id, fact in facts_of(model).items():
        node = model.nodes[fact.node]
        if fact.may_not_apply and dice.random() < 0.5:
            data[id] = {"status": "not_applicable", "reason": "drawn"}
        elif dice.random() < unknown:
            data[id] = {"status": "unknown"}
        elif fact.kind == "quantity":
            data[id] = str(dice.choice([*node.quantity.targets.values()]))
        elif fact.kind == "level":
            data[id] = dice.choice([near, near, near + 1])
        else:
            data[id] = dice.random() < share ** (fact.level - 1)
    for node in model.nodes.values():
        if node.may_not_apply and node.criteria and dice.random() < 0.5:
            below = [id for id, fact in facts_of(model).items() if fact.node == node.id]
            data = {id: value for id, value in data.items() if id not in below}
            data[node.id] = {"status": "not_applicable", "reason": "drawn"}
    subject = {"id": "x", "name": "X"}
    return bind(Document("drawn.yaml", {"model": model.id, "subject": subject, "answers": data}), model)


@pytest.mark.parametrize("seed", range(2, 6))
@pytest.mark.parametrize("name", ["gscm-province", "spbe-2020"])
def test_a_staged_run_through_a_shipped_model_gives_the_levels_of_the_full_run(name, seed):
    model = load_model(find_model(name))
    questionnaire, complete = questionnaire_for(model), drawn(model, seed)
    staged = staged_run(questionnaire, complete, random.Random(seed).choice)
    assert outcome(staged, questionnaire.reports) == outcome(complete, questionnaire.reports)


def province(level, **levels):
    case = CaseFile(title="case", uniform=level, levels=levels, expect={})
    subject = {"id": "x", "name": "X"}
    data = {"model": PROVINCE.id, "subject": subject, "answers": case_answers(PROVINCE, case)}
    return bind(Document("case.yaml", data), PROVINCE)


def questions(complete):
    return len(staged_run(derived_questionnaire(PROVINCE), complete, lambda items: items[0]).entries)


def test_an_ad_hoc_province_is_asked_at_most_80_questions():
    assert questions(province(1)) <= 80


def test_a_well_developed_province_is_asked_at_most_250_questions():
    developed = dict.fromkeys(("economy", "social", "environment"), 3)
    assert questions(province(4, **developed)) <= 250


GATED = """
gates: {2: [{clause: children, rule: any}], 3: [{clause: children, rule: all}]}
children:
  - {id: a, kind: criteria, title: A, criteria: {2: [{text: a2}], 3: [{text: a3}]}}
  - id: b
    kind: criteria
    title: B
    criteria: {2: [{text: b2}], 3: [{text: b3}]}
    requires: [{at: 2, node: a, level: 2, reason: r}]
"""


def codes(model, text, staging="full"):
    return [item.code for item in next_items(derived_questionnaire(model), answered(model, text), staging)]


def test_what_others_stand_on_is_asked_first_and_levels_from_low_to_high():
    assert item_order(tiny(GATED)) == ("a.2", "a.3", "b.2", "b.3")


def test_what_can_change_nothing_is_not_asked():
    assert codes(tiny(GATED), "a.2: tidak") == []


def test_an_unknown_answer_leaves_what_still_matters_to_be_asked():
    assert codes(tiny(GATED), "a.2: {status: unknown}") == ["a.3", "b.2", "b.3"]


def test_without_staging_everything_is_asked():
    assert codes(tiny(GATED), "a.2: tidak", "none") == ["a.3", "b.2", "b.3"]


def test_a_skipped_item_comes_again_at_the_end():
    model = tiny(GATED)
    found = progress(derived_questionnaire(model), answered(model, "a.2: {status: blank}"))
    assert [item.code for item in found.left] == ["a.3", "b.2", "b.3"]
    assert [item.code for item in found.skipped] == ["a.2"]


def test_an_indicator_that_may_not_apply_is_asked_about_before_what_reads_it_is_settled():
    model = tiny(
        """
        gates: {2: [{clause: children, rule: any}]}
        requires: [{at: 2, node: a, level: 2, reason: r}]
        children:
          - {id: a, kind: level, title: A, may_not_apply: true}
          - {id: b, kind: level, title: B}
        """
    )
    assert "a" in codes(model, "b: 1")


def test_rows_of_an_open_node_are_neither_asked_nor_counted():
    model = tiny("""
        children:
          - {id: p, kind: group, title: P, open: {kind: level, answer: level}}
          - {id: q, kind: level, title: Q}
    """)
    answers = answered(model, "p: {rows: [{id: r, title: R, value: 2}, {id: s, title: S}]}")
    found = progress(derived_questionnaire(model), answers, "none")
    assert (found.asked, [item.code for item in found.left], found.saved) == (0, ["q"], 0)
