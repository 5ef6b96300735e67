"""The table of actions and costs: what it may say, and every fault of it as a sentence."""

from fractions import Fraction

import pytest

from gscm.errors import FaultsFound, Where
from gscm.placement.place import place
from gscm.responses.load import load_answers
from gscm.roadmap.actions import Cells, model_actions, rupiah, with_rows
from tests.cli.conftest import STUDY


@pytest.fixture(scope="module")
def result():
    return place(load_answers(STUDY))


def read(result, *rows):
    cells = [Cells(Where("biaya.csv", number), row) for number, row in enumerate(rows, 2)]
    return {action.id: action for action in with_rows(result, cells)}


def faults(result, *rows):
    with pytest.raises(FaultsFound) as found:
        read(result, *rows)
    return [issue.sentence("en") for issue in found.value.issues]


def test_actions_follow_from_the_criteria_that_are_not_met(result):
    listed = {action.id: action for action in model_actions(result)}
    assert "council.3.1" in listed
    assert "regulation.2" not in listed  # met
    assert "poverty.3.1" not in listed  # not assessed
    assert listed["council.3.1"].band == "low"
    assert listed["council.3.1"].cost is None


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("400000000", 400_000_000),
        ("400.000.000", 400_000_000),
        ("400,000,000", 400_000_000),
        ("Rp400.000.000,00", 400_000_000),
        ("Rp 1.500", 1500),
        ("0", 0),
        ("4,5", None),
        ("1.50.000", None),
        ("-5", None),
        ("4e8", None),
        ("٤٠٠", None),
    ],
)
def test_rupiah_are_read_as_people_write_them(said, means):
    assert rupiah(said) == means


def test_a_row_fills_in_what_it_says_of_an_action_of_the_model(result):
    action = read(result, {"action": "council.3.1", "cost": "75.000.000", "fund": "APBD", "months": "18"})[
        "council.3.1"
    ]
    assert action.costs == (37_500_000, 37_500_000)
    assert action.fund == "APBD"
    assert action.offices[0] == "sekda"


def test_the_cost_of_each_year_may_be_told(result):
    action = read(result, {"action": "council.3.1", "cost": "5 + 7", "months": "24"})["council.3.1"]
    assert action.costs == (5, 7)


def test_what_does_not_divide_evenly_falls_to_the_first_year(result):
    action = read(result, {"action": "council.3.1", "cost": "100", "months": "36"})["council.3.1"]
    assert action.costs == (34, 33, 33)


def test_an_action_of_ones_own_takes_the_place_of_the_models(result):
    row = {"action": "council", "facts": "council.3.1; council.3.2", "cost": "low", "offices": "Bappeda; Biro X"}
    found = read(result, row, {"action": "satu-data.2", "needs": "council.3.1"})
    assert not {"council.3.1", "council.3.2"} & found.keys()
    assert [step.fact for step in found["council"].gains] == ["council.3.1", "council.3.2"]
    assert found["council"].offices == ("bappeda", "Biro X")
    assert found["satu-data.2"].needs == ("council",)


def test_an_action_may_raise_a_measured_figure(result):
    row = {"action": "fibre", "facts": "broadband.value=61,5", "months": "30", "cost": "9"}
    found = read(result, row)
    assert found["fibre"].gains[0].value == Fraction("61.5")
    assert found["fibre"].years == 3


def test_a_row_for_what_is_met_already_is_read_and_rests(result):
    assert "regulation.2" not in read(result, {"action": "regulation.2", "cost": "5"})


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            {"action": "council.3.1", "cost": "some"},
            "The cost “some” is no amount of rupiah. Write whole rupiah like 400,000,000, or low, medium, high.",
        ),
        (
            {"action": "council.3.1", "cost": "1,5 juta"},
            "The cost “1,5 juta” is no amount of rupiah. Write all its digits: 1,500,000.",
        ),
        (
            {"action": "council.3.1", "cost": "Rp2.5 M"},
            "The cost “Rp2.5 M” is no amount of rupiah. Write all its digits: 2,500,000,000.",
        ),
        (
            {"action": "council.3.1", "cost": "Rp -5"},
            "The cost “Rp -5” is negative. Write whole rupiah like 400,000,000, or low, medium, high.",
        ),
        (
            {"action": "council.3.1", "needs": "council.3.1"},
            "The action “council.3.1” needs itself. Remove it from the column needs.",
        ),
        (
            {"action": "council.3.1", "cost": "-5"},
            "The cost “-5” is negative. Write whole rupiah like 400,000,000, or low, medium, high.",
        ),
        (
            {"action": "council.3.1", "cost": "1" + "0" * 16},
            "The cost “10000000000000000” is over 10^15 rupiah. Check the number of zeros.",
        ),
        ({"action": "coucil.3.1"}, "There is no action “coucil.3.1”. Did you mean “council.3.1”?"),
        (
            {"action": "x", "facts": "coucil.2", "months": "4", "cost": "1"},
            "The model has no fact “coucil.2”. Did you mean “council.2”?",
        ),
        (
            {"action": "x", "facts": "broadband.value", "months": "4", "cost": "1"},
            "broadband.value needs a value from 0 to 100. Write it like broadband.value=100.",
        ),
        (
            {"action": "x", "facts": "council.3.1=1"},
            "council.3.1 is a criterion, without a figure. Write council.3.1 alone.",
        ),
        (
            {"action": "x", "facts": "broadband.value=60", "cost": "1"},
            "How long the action “x” takes is not said. Fill in the column months.",
        ),
        (
            {"action": "x", "facts": "broadband.value=60", "months": "4"},
            "The cost of the action “x” is not said. Write rupiah, or low, medium, high.",
        ),
        (
            {"action": "council.3.1", "months": "0"},
            "The months “0” are no whole number from 1 to 120. Write how many months it takes, such as 12.",
        ),
        (
            {"action": "council.3.1", "cost": "5 + 7"},
            "The cost is given for 2 years, but this action runs for 1. Make it agree with the column months.",
        ),
        (
            {"action": "council.3.1", "needs": "councl.2"},
            "There is no action “councl.2” to need. Did you mean “council.2”?",
        ),
        (
            {"action": "council.3.1", "needs": "governance=9"},
            "governance has levels 1 to 5 only. Correct the level.",
        ),
        (
            {"cost": "5"},
            "The column action is empty in this row. Write the code of the action, such as the code of its criterion.",
        ),
    ],
)
def test_a_fault_names_its_row_and_the_remedy(result, row, sentence):
    assert faults(result, row) == [f"biaya.csv:2: {sentence}"]


def test_faults_are_told_all_at_once(result):
    assert len(faults(result, {"action": "council.3.1", "cost": "x"}, {"action": "y"}, {"action": "council.3.1"})) == 3


def test_actions_that_wait_for_one_another_are_refused(result):
    said = faults(
        result, {"action": "council.2", "needs": "council.3.1"}, {"action": "council.3.1", "needs": "council.2"}
    )
    assert said == [
        "biaya.csv:2: These actions wait for one another: council.2, council.3.1. Remove one entry of the column needs."
    ]
