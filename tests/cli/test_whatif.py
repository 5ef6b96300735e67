"""`gscm whatif` as its user sees it."""

import json

import pytest

from tests.cli.conftest import STUDY

COUNCIL = ("--set", "council.2=ya", "--set", "council.3.1=ya", "--set", "council.3.2=yes")


def test_the_level_is_told_beside_today(gscm):
    before = STUDY.read_text()
    said = gscm("whatif", STUDY, *COUNCIL).out
    row = next(line for line in said.splitlines() if "Smart Province Council  " in line)
    assert row.split("  ")[-1]
    assert "Ad hoc–Initial" in row
    assert "Scattered–Smart" in row
    assert STUDY.read_text() == before


def test_the_json_holds_today_and_then_for_what_differs(gscm):
    told = json.loads(gscm("whatif", STUDY, *COUNCIL, "--json").out)
    assert told["format"] == "gscm-whatif/1"
    assert told["nodes"]["council"]["today"]["level_low"] == 1
    assert told["nodes"]["council"]["then"]["level_low"] == 3
    assert "connectivity" not in told["nodes"]
    assert told["set"] == {"council.2": "1", "council.3.1": "1", "council.3.2": "1"}


def test_a_node_that_is_set_stands_for_all_below_it(gscm):
    told = json.loads(gscm("whatif", STUDY, "--set", "people=Scattered", "--json").out)
    assert told["nodes"]["people"]["then"]["level_low"] == 3


def test_what_changes_nothing_is_said_to_change_nothing(gscm):
    assert "No level and no score changes." in gscm("whatif", STUDY, "--set", "regulation.2=ya").out


def test_what_is_set_is_told_beside_what_it_is_today(gscm):
    said = gscm("whatif", STUDY, "--set", "council.3.1=ya", "--set", "broadband.value=61,5").out
    assert "today not yet → yes\n" in said
    assert "today not known → 61.5 per cent\n" in said


def test_what_does_not_apply_or_is_unknown_may_be_set_in_words(gscm):
    told = json.loads(
        gscm("whatif", STUDY, "--set", "broadband.2.2=n/a", "--set", "regulation.2=tidak tahu", "--json").out
    )
    assert told["set"] == {"broadband.2.2": "not_applicable", "regulation.2": "unknown"}
    said = gscm("whatif", STUDY, "--set", "broadband.2.2=tidak berlaku").out
    assert "→ does not apply" in said


def test_nodes_below_one_that_is_set_are_not_shown(gscm):
    said = gscm("whatif", STUDY, "--set", "overall=3").out
    assert "Governance" not in said
    assert "Nodes below one whose level is set are no longer read" in said


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("council.2", "--set: “council.2” cannot be read. Write it like --set council.3.1=ya."),
        ("councl.2=ya", "--set councl.2: There is no fact “councl.2”. Did you mean “council.2”?"),
        ("council.2=maybe", "--set council.2: “council.2” holds “maybe”"),
        ("=ya", "--set: “=ya” cannot be read."),
        ("council.2=[a", "--set council.2: “council.2” holds “[a”, but must be true or false"),
        ("people=9", "--set people: “people” holds “9”, but must be a whole number from 1 to 5."),
        ("poverty.value=3", "--set poverty.value: Poverty reduction is not assessed here."),
    ],
)
def test_a_setting_that_cannot_be_is_refused(gscm, setting, said):
    ended = gscm("whatif", STUDY, "--set", setting)
    assert ended.code == 2
    assert said in ended.err


def test_a_node_and_something_below_it_are_not_set_together(gscm):
    ended = gscm("whatif", STUDY, "--set", "people=3", "--set", "co-creation.2=ya")
    assert "co-creation.2 lies below people" in ended.err


def test_what_may_not_be_set_not_to_apply_is_warned_of(gscm):
    said = gscm("whatif", STUDY, "--set", "council.3.1=n/a").err
    assert "The model does not let “council.3.1” be said not to apply; it counts as the worst value." in said


def test_that_a_level_alone_leaves_the_score_open_is_said(gscm):
    assert "of which only the level is set is not known (0–100)" in gscm("whatif", STUDY, "--set", "council=4").out
    assert "0–100)" not in gscm("whatif", STUDY, "--set", "council.2=ya").out


def test_a_fact_that_resembles_none_is_refused_with_where_to_look(gscm):
    assert "See: gscm model show gscm-province" in gscm("whatif", STUDY, "--set", "zzz=ya").err
