"""Votes are merged as a study merges the answers of its people; a person who counts twice is two who say the same."""

from random import Random

import pytest

from gscm.questionnaire.load import derived_questionnaire
from gscm.responses.answers import Subject
from gscm.responses.load import read_answer
from gscm.responses.merge import Rule
from gscm.responses.votes import Decided, Votes, merged_answers, votes_of
from gscm.study.log import Entry, Key
from gscm.study.store import Office
from gscm.study.study import Study, collect
from tests.tiny import tiny

MODEL = tiny("""
children:
  - id: a
    kind: criteria
    title: A
    may_not_apply: true
    criteria: {2: [{text: A2}], 3: [{text: A3}]}
  - {id: b, kind: level, title: B, may_not_apply: true}
  - id: c
    kind: quantity
    title: C
    quantity: {title: C, unit: "%", direction: lower, min: 0, max: 10, targets: {2: 5, 3: 1}}
""")
SUBJECT = Subject("x", "X", None, None)
NEVER = {"status": "not_applicable", "reason": "none here"}
WORDS = {
    "a.2": ({"value": True}, {"value": False}, {"value": True, "stage": "document"}, {"status": "unknown"}, NEVER),
    "a.3": ({"value": True}, {"value": False}, {"status": "withheld"}, NEVER),
    "a": (NEVER,),
    "b": ({"value": 1}, {"value": 2}, {"value": 3}, {"status": "blank"}, NEVER),
    "c": ({"value": "0.5"}, {"value": 2}, {"value": 7}, {"value": 12}, {"status": "withheld"}),
}
RULES = (*map(Rule, ("mean", "median", "mode", "minimum")), Rule("share"), Rule("quorum", count=2))


def said(random):
    """What each person says, by office and author; of some facts nothing."""
    people = [(office, f"{office}-{n}") for office in ("one", "two", "three") for n in range(random.randint(1, 3))]
    return {who: {fact: random.choice(WORDS[fact]) for fact in WORDS if random.random() < 0.7} for who in people}


def study(people_rule, offices_rule):
    offices = tuple(Office(id, id) for id in ("one", "two", "three"))
    form = derived_questionnaire(MODEL)
    return Study("study", "id", SUBJECT, MODEL, form, offices, (), {}, people_rule, offices_rule, {})


def logged(words):
    keys = [
        (Key(*who, fact, "self-assessment"), written) for who, all in words.items() for fact, written in all.items()
    ]
    return [Entry(f"{n:036d}", key, written, "2026-01-01", "csv", "0" * 64) for n, (key, written) in enumerate(keys)]


def told(answers):
    return {id: (one.status, one.value, one.stage) for id, one in answers.entries.items()}


def read(words):
    return {who: {id: read_answer(MODEL, id, written) for id, written in all.items()} for who, all in words.items()}


@pytest.mark.parametrize("seed", range(100))
def test_votes_merge_as_a_study_collects_them(seed):
    random = Random(seed)
    words, rules = said(random), (random.choice(RULES), random.choice(RULES))
    assert told(merged_answers(votes_of(MODEL, SUBJECT, read(words)), *rules)) == told(
        collect(study(*rules), logged(words)).overall
    )


@pytest.mark.parametrize("seed", range(50))
def test_who_counts_twice_is_two_people_and_who_counts_not_at_all_is_nobody(seed):
    random = Random(seed)
    words, rules = said(random), (random.choice(RULES), random.choice(RULES))
    counts = [random.randint(0, 2) for _ in words]
    often = {
        (o, f"{a}-{n}"): words[o, a] for (o, a), count in zip(sorted(words), counts, strict=True) for n in range(count)
    }
    once = merged_answers(votes_of(MODEL, SUBJECT, read(words)), *rules, counts)
    assert told(once) == told(merged_answers(votes_of(MODEL, SUBJECT, read(often)), *rules))


@pytest.mark.parametrize("seed", range(50))
def test_what_an_office_says_itself_takes_the_place_of_what_its_people_say(seed):
    random = Random(seed)
    words, rules = said(random), (random.choice(RULES), random.choice(RULES))
    own = {
        fact: random.choice([one for one in WORDS[fact] if one.get("status") != "blank"]) for fact in ("a.2", "a", "b")
    }
    decided = {"one": {id: Decided(read_answer(MODEL, id, written)) for id, written in own.items()}}
    people = votes_of(MODEL, SUBJECT, read(words)).people
    assert told(merged_answers(Votes(MODEL, SUBJECT, people, decided), *rules)) == told(
        collect(study(*rules), logged({**words, ("one", ""): own})).overall
    )
