"""Targets as they are written on the command line."""

from dataclasses import replace
from fractions import Fraction

import pytest

from gscm.analysis.material import Target
from gscm.analysis.targets import targets_of
from gscm.errors import BadUse
from tests.tiny import answered, tiny

MODEL = tiny("""
    gates: {every: [{clause: children, rule: all}]}
    children: [{id: a, kind: level, title: A}, {id: b, kind: score, title: B, gates: {3: [{clause: score, from: 2}]}}]
""")
SCORES = tiny("children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]")
ANSWERS = answered(MODEL, "{a: 1}")


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("a=3", Target("a", level=3)),
        ("overall=L2", Target("m", level=2)),
        ("overall=l3@2030", Target("m", level=3, year=2030)),
        ("a=2,5", Target("a", score=Fraction(5, 2))),
        ("m=4.5@2029", Target("m", score=Fraction(9, 2), year=2029)),
    ],
)
def test_a_target_is_a_level_by_number_or_name_or_a_score_perhaps_with_a_year(written, target):
    assert targets_of(ANSWERS, (written,)) == (target,)


def test_a_whole_number_is_a_score_where_the_node_has_no_levels():
    assert targets_of(answered(SCORES, "{a: 1}"), ("overall=3",)) == (Target("m", score=Fraction(3)),)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a", "tells no level"),
        ("a=", "tells no level"),
        ("aa=3", "“aa” is not a node of the model m. Did you mean “a”?"),
        ("a=9", "Write a level from 1 to 3 (L1, L2 and L3), or a score above 1, at most 5."),
        ("b=1,0", "is the lowest score, which is always reached"),
        ("a=tinggi", "“tinggi” in the target “a=tinggi” is unknown"),
        ("a=nan", "“nan” in the target"),
        ("a=3@soon", "“soon” in “a=3@soon” is not a year"),
    ],
)
def test_what_cannot_be_read_is_said_with_a_remedy(written, said):
    with pytest.raises(BadUse) as fault:
        targets_of(ANSWERS, (written,))
    assert said in str(fault.value)


def test_all_faults_are_said_at_once():
    with pytest.raises(BadUse) as fault:
        targets_of(ANSWERS, ("x=1", "a=8", "b=3", "b=2"))
    assert len(fault.value.issues) == 3


def test_a_second_target_for_a_node_is_told_from_one_that_is_written_twice():
    with pytest.raises(BadUse, match="there is another one for a already"):
        targets_of(ANSWERS, ("a=2", "a=3"))
    with pytest.raises(BadUse, match="is written twice"):
        targets_of(ANSWERS, ("a=2", "a=L2"))


def test_a_target_before_the_assessment_is_refused():
    answers = answered(tiny("children: [{id: a, kind: level, title: A}]"), "{a: 1}")
    dated = replace(answers, subject=replace(answers.subject, year=2026))
    with pytest.raises(BadUse, match="lies before the assessment"):
        targets_of(dated, ("a=2@2025",))
