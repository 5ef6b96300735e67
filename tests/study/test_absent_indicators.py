"""An indicator as a whole is said not to apply: what becomes of it in an office and in the subject."""

import pytest

from gscm.errors import Where
from gscm.questionnaire.load import derived_questionnaire
from gscm.responses.answers import Subject
from gscm.responses.given import Given
from gscm.responses.merge import Rule
from gscm.study.field import Intake, progress
from gscm.study.log import present
from gscm.study.store import Office
from gscm.study.study import Study, collect
from gscm.study.tabular import wide_rows
from tests.tiny import tiny

ROOT = """
children:
  - id: a
    kind: criteria
    title: A
    may_not_apply: true
    criteria: {2: [{text: A2}], 3: [{text: A3}]}
  - {id: b, kind: level, title: B}
"""
NEVER = {"status": "not_applicable", "reason": "none here"}


@pytest.fixture(scope="module")
def study():
    model = tiny(ROOT)
    return Study(
        target="study",
        id="7b1ad2c5-43f5-4b8e-9a29-5d3a3b1f9e10",
        subject=Subject("x", "X", None, None),
        model=model,
        questionnaire=derived_questionnaire(model),
        offices=(Office("one", "One"), Office("two", "Two")),
        respondents=(),
        assignments={},
        people_rule=Rule("median"),
        offices_rule=Rule("minimum"),
        settings={},
    )


def given(office, author, fact, written):
    return Given(office, author, fact, written, None, Where("study"))


def taken(study, *answers, stage="self-assessment", before=()):
    entries, issues = Intake(study, present(before), stage, "csv", "2026-01-01", f"file {len(before)}").take(answers)
    assert issues == ()
    return [*before, *entries]


def statuses(answers):
    return {id: answer.status for id, answer in answers.entries.items()}


def test_it_stands_in_the_office_and_in_the_whole_in_place_of_its_items(study):
    log = taken(study, given("one", "p", "a", NEVER), given("one", "p", "a.2", {"status": "blank"}))
    found = collect(study, log)
    assert statuses(found.by_office["one"]) == statuses(found.overall) == {"a": "not_applicable"}
    assert found.overall.entries["a"].reason == "none here"


def test_one_who_answers_an_item_outweighs_it(study):
    log = taken(study, given("one", "p", "a", NEVER), given("one", "q", "a.2", {"value": True}))
    assert statuses(collect(study, log).by_office["one"]) == {"a.2": "given"}


def test_an_office_that_answers_an_item_outweighs_it_in_the_whole(study):
    log = taken(study, given("one", "p", "a", NEVER), given("two", "p", "a.2", {"value": True}))
    found = collect(study, log)
    assert statuses(found.by_office["one"]) == {"a": "not_applicable"}
    assert statuses(found.overall) == {"a.2": "given"}


def test_an_assessor_who_says_it_outweighs_the_answers_before(study):
    log = taken(study, given("one", "p", "a.2", {"value": True}))
    log = taken(study, given("one", "v", "a", NEVER), stage="document", before=log)
    assert statuses(collect(study, log).overall) == {"a": "not_applicable"}


def test_said_of_the_whole_subject_it_outweighs_the_offices(study):
    log = taken(study, given("one", "p", "a.2", {"value": True}), given("", "", "a", NEVER))
    assert statuses(collect(study, log).overall) == {"a": "not_applicable"}


def test_taken_back_it_is_gone(study):
    log = taken(study, given("one", "p", "a", NEVER))
    log = taken(study, given("one", "p", "a", {"status": "blank"}), before=log)
    assert statuses(collect(study, log).overall) == {}


@pytest.mark.parametrize(
    ("fact", "written", "said"),
    [
        ("a", {"value": "3"}, "“a” is an indicator; as a whole it can only be said not to apply."),
        ("a", {"status": "not_applicable"}, "“a” is said not to apply, without a reason."),
        ("m", NEVER, "The questionnaire has no item “m”."),
    ],
)
def test_nothing_else_is_taken_in_for_a_node(study, fact, written, said):
    entries, issues = Intake(study, present(()), "self-assessment", "csv", "2026", "file").take(
        [given("one", "p", fact, written)]
    )
    assert (entries, [issue.what.en for issue in issues]) == ((), [said])


def test_its_items_count_as_answered(study):
    found = collect(study, taken(study, given("one", "p", "a", NEVER)))
    assert [one.answered for one in progress(study, found, ())] == [2, 0]


def test_it_has_a_column_of_its_own_in_a_wide_table(study):
    headings, rows = wide_rows(study, present(taken(study, given("one", "p", "a", NEVER))))
    assert headings == ("office", "respondent", "stage", "a.2", "a.3", "b", "a")
    assert list(rows) == [("one", "p", "self-assessment", "", "", "", "tidak berlaku: none here")]
