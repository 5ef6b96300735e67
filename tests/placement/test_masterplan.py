"""The shipped example of a masterplan comes out as its table says, counted here a second time."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from gscm.assessment import assess, to_json
from gscm.model.flat import flat_model
from gscm.placement.certificate import certificate
from gscm.placement.programmes import by_office, realised
from gscm.placement.verify import objections
from gscm.responses.answers import flat_answers
from gscm.responses.load import load_answers

FOLDER = Path(__file__).parents[2] / "examples/masterplan"


@pytest.fixture(scope="module")
def table():
    with (FOLDER / "program.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture(scope="module")
def plan():
    return assess(load_answers(FOLDER / "answers.yaml"))


def number(cell):
    return Fraction(cell.replace(",", "."))


def share(row):
    return min(number(row["Realisasi"]) / number(row["Target"]), 1)


def counted(rows):
    """Number, done, not reported, and the mean share realised with what is not reported at nothing and at all."""
    reported = [share(row) for row in rows if row["Realisasi"]]
    silent = len(rows) - len(reported)
    low = sum(reported) / len(rows)
    return len(rows), reported.count(1), silent, low, low + Fraction(silent, len(rows))


def figures(one):
    return one.count, one.done, one.unreported, one.low, one.high


def test_the_table_is_read_without_a_warning(plan):
    assert plan.answers.warnings == ()


def test_it_holds_programmes_of_all_six_dimensions_and_ten_offices(table, plan):
    assert 25 <= len(table) <= 40
    assert len({row["Dimensi"] for row in table}) == 6
    assert len(by_office(plan.programmes)) == 10


def test_the_whole_and_each_office_are_as_counted_from_the_table(table, plan):
    applies = [row for row in table if row["Status"] != "Tidak berlaku"]
    assert len(table) - len(applies) == 1
    assert figures(realised("", plan.programmes)) == counted(applies)
    for office in by_office(plan.programmes):
        assert figures(office) == counted([row for row in applies if row["OPD"] == office.name])


def test_the_score_of_each_dimension_is_the_mean_over_its_programmes(table, plan):
    applies = [row for row in table if row["Status"] != "Tidak berlaku"]
    for node in plan.model.root.children:
        name = plan.model.nodes[node].title.id.casefold()
        low, high = counted([row for row in applies if row["Dimensi"].casefold() == name])[3:]
        assert (plan.nodes[node].score_low, plan.nodes[node].score_high) == (100 * low, 100 * high)
    assert plan.overall.score_low == 100 * realised("", plan.programmes).low


def test_the_certificate_of_the_plan_is_confirmed(plan):
    model, answers = flat_model(plan.model), flat_answers(plan.answers)
    assert objections(model, answers, certificate(plan.result)) == ()


def test_a_sub_dimension_without_programmes_is_not_missing(plan):
    assert plan.nodes["smart-society"].coverage == 1


def test_what_is_stuck_is_what_has_an_obstacle_or_no_figure(table, plan):
    stuck = {row["Program"] for row in table if row["Kendala"] != "-" or row["Status"] == "Belum dilaporkan"}
    assert {one.node.title.id for one in plan.programmes if one.stuck} == stuck


def test_a_sub_dimension_without_programmes_leaves_the_result_closed(plan):
    assert not plan.nodes["security"].applies
    assert plan.nodes["smart-society"].score is not None


def test_the_result_as_json_counts_the_programmes_as_well(plan):
    found = to_json(plan)["programmes"]
    assert (found["all"]["programmes"], found["all"]["done"], len(found["by_office"])) == (32, 12, 10)
