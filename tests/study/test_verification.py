"""Answers are verified stage by stage: the last one present wins, with what the assessors noted."""

import pytest

from gscm.assessment import assess
from gscm.errors import FaultsFound, Where
from gscm.formats.answers_csv import csv_text, read_answers
from gscm.report.html import render_html
from gscm.responses.given import Given
from gscm.study.bundle import bundle
from gscm.study.field import Intake, amended, closed_to, event, states_of
from gscm.study.log import Entry, Key, present
from gscm.study.study import WHOLE, collect, read_study
from gscm.study.tabular import long_rows
from tests.study.made import ANSWERS, AT, study

NOTES = {"fact_note": "SK belum ada.", "analysis": "Baru rancangan.", "justification": "Level 2 belum tercapai."}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The study; its log is ANSWERS and what a test adds to it."""
    with study(str(tmp_path_factory.mktemp("made") / "study")) as store:
        return read_study(store)


def said(office, stage, number=100, author="", fact="i1", **written):
    return Entry(f"{number:036d}", Key(office, author, fact, stage), written, AT, "decision", "x")


def value(found, log, office=None):
    collected = collect(found, (*ANSWERS, *log))
    entry = (collected.by_office[office] if office else collected.overall).entries["i1"]
    return entry.status if entry.value is None else entry.value


def test_each_later_stage_may_assign_anew_and_the_last_one_present_wins(found):
    stages = (("document", "1"), ("interview", "3"), ("visit", "2"))
    log = [said("bappeda", stage, number, value=level) for number, (stage, level) in enumerate(stages, 100)]
    assert [value(found, log[:count], "bappeda") for count in range(4)] == [2, 1, 3, 2]


def test_an_item_left_blank_at_a_later_stage_keeps_the_value_of_the_stage_before(found):
    blank = said("bappeda", "interview", 101, status="blank", evidence=["notula"])
    assert value(found, [said("bappeda", "document", 100, value="3"), blank], "bappeda") == 3


def test_evidence_attached_by_the_office_does_not_take_the_place_of_its_people(found):
    assert value(found, [said("bappeda", "self-assessment", status="blank", evidence=["SK"])], "bappeda") == 2


def test_a_recorded_consensus_takes_the_place_of_what_people_said(found):
    assert value(found, [said("bappeda", "self-assessment", value="4")], "bappeda") == 4


def test_a_decision_for_the_whole_takes_the_place_of_all_offices(found):
    assert value(found, [said(WHOLE, "self-assessment", value="5")]) == 5


def test_what_assessors_noted_at_every_stage_reaches_the_result_of_the_whole(found):
    checked = said("bappeda", "document", 100, value="1", **NOTES)
    visited = said("bappeda", "interview", 101, value="3", fact_note="SK diperlihatkan.")
    entry = collect(found, (*ANSWERS, checked, visited)).overall.entries["i1"]
    assert [(one.stage, one.office, one.value, one.fact_note) for one in entry.judgements] == [
        ("document", "Bappeda", 1, "SK belum ada."),
        ("interview", "Bappeda", 3, "SK diperlihatkan."),
    ]


@pytest.mark.parametrize(("language", "head"), [("id", "Justifikasi"), ("en", "Justification")])
def test_the_report_prints_fact_analysis_and_justification_and_only_where_there_are_some(found, language, head):
    def page(*log):
        return render_html(assess(collect(found, (*ANSWERS, *log)).overall), "assessment", language)

    assert head not in page()
    shown = page(said("bappeda", "document", value="1", **NOTES))
    assert all(text in shown for text in (head, *NOTES.values()))


def test_a_bundle_without_notes_holds_none_of_them(tmp_path):
    with study(str(tmp_path / "study")) as store:
        store.append([said("bappeda", "document", value="1", **NOTES)])
        left = bundle(store, "brief")
    assert [text for text in NOTES.values() if text.encode() in left] == []


# ------------------------------------------------------------------------------------------- what may be changed


def closed(found, *states, stage="self-assessment"):
    events = [event(found, AT, "admin", state, "bappeda") for state in states]
    issue = closed_to(found, states_of(events), "bappeda", stage)
    return issue and issue.what.en


def test_what_was_submitted_is_changed_by_those_who_verify_only(found):
    assert closed(found, "submitted") == "The answers of “bappeda” have been submitted and cannot be changed."
    assert closed(found, "submitted", stage="document") is None


def test_what_was_accepted_is_changed_by_nobody_until_it_is_returned(found):
    assert "accepted" in closed(found, "submitted", "accepted", stage="visit")
    assert closed(found, "submitted", "accepted", "returned") is None


def test_the_intake_refuses_a_change_of_what_was_accepted_but_not_what_stands_already(found):
    same = Entry("1" * 36, Key("bappeda", "", "i1", "self-assessment"), {"value": "4"}, AT, "csv", "x")
    intake = Intake(found, present([same]), "self-assessment", "csv", AT, "y", {"bappeda": "accepted"})
    given = [Given("bappeda", "", "i1", {"value": level}, AT, Where("x.csv", level)) for level in (4, 5)]
    entries, issues = intake.take(given)
    assert (entries, [str(issue.where) for issue in issues]) == ((), ["x.csv:5"])


KEY = Key("kominfo", "kominfo-1", "i1", "self-assessment")


def test_a_decision_keeps_what_stands_beside_the_value():
    changed = amended(present(ANSWERS), KEY, {"value": "2"}, {"note": "baru"})
    assert changed == {"value": "2", "evidence": ["SK Ibu Sekretaris.pdf"], "note": "baru"}


def test_what_copies_disagree_about_is_not_decided_by_the_way():
    standing = present([*ANSWERS, Entry("x" * 36, KEY, {"value": 5}, AT, "csv", "x")])
    with pytest.raises(FaultsFound) as refusal:
        amended(standing, KEY, None, {"evidence": ["SK"]})
    assert "Copies disagree" in refusal.value.issues[0].what.en
    assert amended(standing, KEY, {"value": "5"}, {}) == {"value": "5"}


def test_what_assessors_noted_goes_out_as_long_csv_and_comes_back(found, tmp_path):
    log = [said("bappeda", "document", value="1", **NOTES)]
    file = tmp_path / "answers.csv"
    file.write_text("".join(csv_text(*long_rows(found, present(log)))))
    (given,) = read_answers(file, found.questionnaire, stage="document")
    assert given.written == {"value": "1", **NOTES}
