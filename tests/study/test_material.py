"""A study as an analysis sees it: its result, and who said what of himself."""

from random import Random

import pytest

from gscm.questionnaire.load import derived_questionnaire
from gscm.responses.answers import Subject
from gscm.responses.merge import Rule
from gscm.responses.votes import merged_answers
from gscm.study.log import Entry, Key
from gscm.study.material import material_of
from gscm.study.study import Study, collect, read_study
from tests.study.made import ANSWERS, AT, answer, study
from tests.tiny import tiny


def entry(number, office, author, fact, stage="self-assessment", **written):
    return Entry(f"{number:036d}", Key(office, author, fact, stage), written, AT, "web", "0" * 64)


VERIFIED = entry(11, "bappeda", "asesor", "i1", "document", value=1)
BY_OFFICE = entry(12, "bappeda", "", "i2", value=5)
FOR_ALL = entry(13, "", "asesor", "i1", "interview", value=4)
APART = entry(14, "kominfo", "kominfo-1", "i1", value=2)  # a copy of the study says otherwise


def material(tmp_path, *more):
    with study(str(tmp_path / "s"), (*ANSWERS, *more)) as store:
        return material_of(read_study(store), store)


@pytest.mark.parametrize("more", [(), (VERIFIED,), (BY_OFFICE,), (FOR_ALL,), (APART,), (VERIFIED, BY_OFFICE, APART)])
def test_merging_the_votes_gives_the_result_of_the_study(tmp_path, more):
    with study(str(tmp_path / "s"), (*ANSWERS, *more)) as store:
        made = read_study(store)
        found, expected = material_of(made, store), collect(made, store.log()).overall
    people = found.people
    merged = merged_answers(people.votes, people.people_rule, people.offices_rule).entries
    assert {id: (one.status, one.value) for id, one in merged.items()} == {
        id: (one.status, one.value) for id, one in expected.entries.items()
    }
    assert found.answers.entries == expected.entries


def test_people_speak_for_themselves_and_not_assessors_or_offices(tmp_path):
    people = material(tmp_path, VERIFIED, BY_OFFICE, FOR_ALL).people.votes.people
    assert [(one.office, one.author) for one in people] == [
        ("bappeda", "bappeda-1"), ("bappeda", "bappeda-2"), ("kominfo", "kominfo-1"),
    ]  # fmt: skip


def test_a_fact_left_blank_is_no_answer_of_those_invited(tmp_path):
    with study(str(tmp_path / "s"), (answer(1, "bappeda", "bappeda-1", "i2", status="blank"),)) as store:
        voters = material_of(read_study(store), store).people.voters
    assert (voters[0].id, voters[0].role, voters[0].answered) == ("bappeda-1", "Kepala Bidang", False)


def test_moments_tell_when_people_answered_and_through_what(tmp_path):
    moments = material(tmp_path, VERIFIED).people.moments
    assert {one.channel for one in moments} == {"csv"}
    assert len(moments) == len(ANSWERS)


class Log(list):
    """A store of which only the log is asked for."""

    def log(self):
        return self


def random_log(dice):
    """Some entries of people, offices, assessors and for the whole, on two criteria, their node, and a level."""
    said = {
        "a.2": [{"value": True}, {"value": False}, {"status": "unknown"}, {"status": "blank"}],
        "a.3": [{"value": True}, {"status": "unknown"}],
        "a": [{"status": "not_applicable", "reason": "r"}],
        "b": [{"value": "2"}, {"value": "3"}, {"status": "blank"}],
    }
    for number in range(dice.randint(1, 14)):
        fact = dice.choice(list(said))
        stage = dice.choice(["self-assessment", "self-assessment", "document", "interview"])
        key = Key(dice.choice(["", "one", "two"]), dice.choice(["", "x", "y"]), fact, stage)
        yield Entry(f"{number:036d}", key, dice.choice(said[fact]), AT, "csv", "0" * 64)


def test_whatever_the_log_merging_its_votes_gives_what_counts_in_the_result():
    model = tiny("""
        children:
          - {id: a, kind: criteria, title: A, may_not_apply: true, criteria: {2: [{text: x}], 3: [{text: y}]}}
          - {id: b, kind: level, title: B}
    """)
    subject = Subject("x", "X", None, None)
    rules = Rule("median"), Rule("minimum")
    made = Study("s", "s", subject, model, derived_questionnaire(model), (), (), {}, *rules, {"least": 5})
    for seed in range(500):
        log = Log(random_log(Random(seed)))
        votes, expected = material_of(made, log).people.votes, collect(made, log).overall.entries
        assert counting(merged_answers(votes, *rules).entries) == counting(expected), seed


def counting(entries):
    """What is known; an answer that is unknown, blank or missing is open alike."""
    return {id: (one.status, one.value) for id, one in entries.items() if one.status in ("given", "not_applicable")}
