"""The regencies and cities of a province, told beside its own answers."""

import pytest

from gscm.errors import FaultsFound
from gscm.placement.place import place
from gscm.placement.regions import mean_level, roll_up
from gscm.responses.load import bind
from gscm.yamlfile import parse
from tests.tiny import tiny

GATED = tiny("""
    levels: main
    gates: {2: [{clause: children, rule: all}], 3: [{clause: children, rule: all}]}
    children: [{id: a, kind: level, title: A, levels: main}, {id: b, kind: level, title: B, levels: main}]
    """)


def bound(members, tmp_path=None, answers="{a: 2, b: 3}"):
    text = f"model: m\nsubject: {{id: s, name: S}}\nregions: {{members: [{members}]}}\nanswers: {answers}\n"
    return bind(parse(text, "answers.yaml"), GATED, tmp_path)


def faults(members, tmp_path=None):
    with pytest.raises(FaultsFound) as found:
        bound(members, tmp_path)
    return [issue.what.en for issue in found.value.issues]


def test_the_distribution_counts_certain_levels_and_the_mean_is_weighted():
    rolled = roll_up(bound("{id: x, name: X, weight: 3, level: L3}, {id: y, name: Y, weight: 1, level: 1}"))
    assert rolled.distribution == {1: 1, 2: 0, 3: 1}
    assert mean_level(rolled).en == "2.50"


def test_a_region_of_which_nothing_is_known_leaves_the_mean_open():
    rolled = roll_up(bound("{id: x, name: X, level: 2}, {id: y, name: Y}"))
    assert rolled.undecided == 1
    assert mean_level(rolled).en == "1.50–2.50"


def test_a_region_can_be_placed_by_its_own_answers(tmp_path):
    (tmp_path / "y.yaml").write_text("model: m\nsubject: {id: y, name: Y}\nanswers: {a: 3, b: 2}\n")
    rolled = roll_up(bound("{id: y, name: Y, answers: y.yaml}", tmp_path))
    assert rolled.distribution == {1: 0, 2: 1, 3: 0}


def test_the_regions_never_change_the_level_of_the_province():
    low, high = (place(bound(f"{{id: x, name: X, level: {level}}}")).overall for level in (1, 3))
    assert low == high


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ("{id: x, name: X, level: L9}", "“level” holds “L9”, but must be a whole number from 1 to 3."),
        ("{id: x, name: X}, {id: x, name: X}", "“x” is written twice."),
        ("{id: x, name: X, weight: 1}, {id: y, name: Y}", "Some regencies or cities have no weight."),
        ("{id: x, name: X, answers: ../y.yaml}", "The file “../y.yaml” lies outside the folder of the answers file."),
        ("{id: x, name: X, answers: y.yaml}", "There is no such file."),
    ],
)
def test_what_is_wrong_with_a_region_is_told(members, told, tmp_path):
    assert faults(members, tmp_path) == [told]
