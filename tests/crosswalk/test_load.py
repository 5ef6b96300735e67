"""Crosswalks as authors write them: what is read, and what is refused, all at once, with line and remedy."""

from dataclasses import replace
from textwrap import dedent, indent

import pytest

from gscm.crosswalk.load import load_crosswalks
from gscm.errors import FaultsFound
from tests.tiny import tiny

HEAD = """\
id: t
version: 1.0.0
title: T
about: about
from: [one, more]
to: two
basis: ours
source: us
mappings:
"""  # mappings start on line 10, four lines each
QUANTITY = "{title: Q, unit: %s, direction: higher, min: 0, max: 9, targets: {2: 5}}"
LEAVES = """
children:
  - {id: a, kind: level, title: A}
  - {id: b, kind: level, title: B, real: true}
  - {id: c, kind: criteria, title: C, criteria: {2: [{text: x}], 3: [{text: y}]}}
"""
ONE = replace(tiny(LEAVES + f"  - {{id: q, kind: quantity, title: Q, quantity: {QUANTITY % 'km'}}}\n"), id="one")
MORE = replace(tiny("children: [{id: d, kind: level, title: D}]"), id="more")
TWO = replace(tiny(LEAVES + f"  - {{id: q, kind: quantity, title: Q, quantity: {QUANTITY % 'mil'}}}\n"), id="two")


def load(folder, *mappings, head=HEAD):
    """The crosswalk with these mappings, each as "from to relation" and what else it says."""
    lines = ""
    for mapping in mappings:
        near, far, relation, *more = mapping.split(maxsplit=3)
        lines += f"- from: {near}\n  to: {far}\n  relation: {relation}\n  {more[0] if more else 'reason: why'}\n"
    (folder / "t.yaml").write_text(head + indent(dedent(lines), "  "))
    (found,) = load_crosswalks([folder / "t.yaml"], (ONE, MORE, TWO))
    return found


def faults(folder, *mappings, head=HEAD):
    """What is wrong, each as (line, English sentence); every fault has a remedy in both languages."""
    with pytest.raises(FaultsFound) as found:
        load(folder, *mappings, head=head)
    assert all(issue.remedy and issue.remedy.id and issue.remedy.en for issue in found.value.issues)
    return [(issue.where.line, issue.what.en) for issue in found.value.issues]


def test_a_mapping_reads_the_same_from_either_side(tmp_path):
    found = load(tmp_path, "a b@3 narrower")
    (there,), (back,) = found.between(ONE, TWO), found.between(TWO, ONE)
    assert (str(there.near), there.relation, str(there.far)) == ("a", "narrower", "b@3")
    assert (str(back.near), back.relation, str(back.far)) == ("b@3", "broader", "a")
    assert back.turned() == there


def test_what_several_models_share_holds_for_those_that_have_it(tmp_path):
    found = load(tmp_path, "a a same", "d a related")
    assert [link.near.id for link in found.between(ONE, TWO)] == ["a"]
    assert [link.near.id for link in found.between(MORE, TWO)] == ["d"]


def test_only_restricts_a_mapping_to_a_model(tmp_path):
    found = load(tmp_path, "c.2 c.3 same reason: why\n  only: one")
    assert len(found.between(ONE, TWO)) == 1
    assert found.between(replace(MORE, nodes=ONE.nodes), TWO) == ()


def test_an_id_that_no_model_has_is_told_with_the_nearest(tmp_path):
    assert faults(tmp_path, "a a related", "c.4 a related") == [(14, "“c.4” is not in the model one, more.")]


def test_a_level_that_does_not_exist_is_told(tmp_path):
    assert faults(tmp_path, "a@4 c.2 same", "a@1 c.3 same") == [
        (10, "“a@4” names level 4, but a has levels 1 to 3."),
        (14, "“a@1” names level 1, but a has levels 1 to 3."),
    ]


def test_a_level_of_what_has_none_is_told(tmp_path):
    assert faults(tmp_path, "c.2@3 a related") == [(10, "“c.2” has no levels, so that “c.2@3” means nothing.")]


@pytest.mark.parametrize(
    ("mapping", "what"),
    [
        ("a c.2 same", "“a” is answered by a level and “c.2” by yes or no; they cannot be the same."),
        ("a b same", "“a” and “b” differ in scale or unit; they cannot be the same."),
        ("q q same", "“q” and “q” differ in scale or unit; they cannot be the same."),
        ("a@2 a same", "“a@2” is answered by reaching a level and “a” by a level; they cannot be the same."),
    ],
)
def test_what_is_answered_differently_cannot_be_the_same(tmp_path, mapping, what):
    assert faults(tmp_path, mapping) == [(10, what)]


@pytest.mark.parametrize(
    "mapping", ["a a same", "b b same", "c.2 c.3 same", "a@2 c.2 same", "c.2 b@3 same", "c c same"]
)
def test_what_is_answered_alike_can_be_the_same(tmp_path, mapping):
    assert len(load(tmp_path, mapping).links) == 1


def test_a_mapping_written_twice_is_told(tmp_path):
    assert faults(tmp_path, "a a same", "a a same") == [(14, "“a” → “a” is already written on line 10.")]


def test_mappings_that_contradict_each_other_are_told(tmp_path):
    assert faults(tmp_path, "a a same", "a a broader") == [(14, "“a” → “a” is broader here, but same on line 10.")]


def test_a_criterion_cannot_be_the_same_as_two_levels_of_a_node(tmp_path):
    assert faults(tmp_path, "c.2 a@2 same", "c.2 a@3 same") == [
        (14, "“c.2” cannot be the same as both a@2 (line 10) and a@3.")
    ]


def test_only_names_models_of_the_crosswalk(tmp_path):
    mapping = "a a same reason: why\n  only: three"
    assert faults(tmp_path, mapping) == [(10, "Only names “three”, which is no model of this crosswalk.")]


def test_a_side_that_cannot_be_read_and_a_reason_left_out_are_told_at_once(tmp_path):
    said = faults(tmp_path, "a@x a related", "a a same only: one")
    assert said == [(10, "“from”: “a@x” is not a side of a mapping."), (14, "“reason” is missing here.")]


def test_a_crosswalk_without_basis_and_source_is_refused(tmp_path):
    head = HEAD.replace("basis: ours\nsource: us\n", "")
    assert [what for _, what in faults(tmp_path, "a a same", head=head)] == [
        "“basis” is missing here.",
        "“source” is missing here.",
    ]


def test_a_model_that_is_not_there_is_told(tmp_path):
    assert faults(tmp_path, "a a same", head=HEAD.replace("to: two", "to: spbe-2021")) == [
        (6, "There is no model “spbe-2021”.")
    ]


def test_a_model_cannot_stand_on_both_sides(tmp_path):
    assert (6, "The model one stands on both sides.") in faults(
        tmp_path, "a b@2 related", head=HEAD.replace("two", "one")
    )


def test_the_faults_of_several_files_come_at_once(tmp_path):
    for name in ("x", "y"):
        (tmp_path / f"{name}.yaml").write_text(HEAD + "  - {from: z, to: a, relation: same, reason: why}\n")
    with pytest.raises(FaultsFound) as found:
        load_crosswalks([tmp_path / "x.yaml", tmp_path / "y.yaml"], (ONE, MORE, TWO))
    assert [issue.where.file.rpartition("/")[2] for issue in found.value.issues] == ["x.yaml", "y.yaml"]
