"""A study of a few people in a few lines: what each of them said, office by office."""

from fractions import Fraction

from gscm.analysis.material import Material, Moment, People, Voter
from gscm.model.facts import facts_of
from gscm.responses.answers import Answer, Subject
from gscm.responses.merge import Rule
from gscm.responses.votes import merged_answers, votes_of
from tests.tiny import tiny

SUBJECT = Subject("s", "S", None, 2026)
MEDIAN = Rule("median")
TWO_LEVELS = tiny("""
    gates: {every: [{clause: children, rule: all}]}
    children:
      - {id: a, kind: criteria, title: Peta, criteria: {2: [{text: x}], 3: [{text: y}]}}
      - {id: b, kind: criteria, title: Data, criteria: {2: [{text: x}], 3: [{text: y}]}}
""")
"""Two indicators, "Peta" and "Data", each with one criterion on level 2 and one on level 3."""


def said(model, fact, value):
    """An answer: True, False, a number, "unknown", or "n/a"."""
    facts = facts_of(model)
    kind = facts[fact].kind if fact in facts else "level"
    if value == "unknown":
        return Answer(fact, "unknown", kind)
    if value == "n/a":
        return Answer(fact, "not_applicable", kind, reason="r")
    return Answer(fact, "given", kind, Fraction(str(int(value) if isinstance(value, bool) else value)))


def polled(model, offices, people_rule=MEDIAN, offices_rule=MEDIAN, roles=None, silent=(), moments=(), **more):
    """The material of {office: {person: {fact: value}}}; `silent` are (office, person) who never answered."""
    answers = {
        (office, person): {fact: said(model, fact, value) for fact, value in given.items()}
        for office, people in offices.items()
        for person, given in people.items()
    }
    votes = votes_of(model, SUBJECT, answers)
    roles = roles or {}
    voters = [Voter(who, office, roles.get(who), answered=True) for office, who in answers]
    voters += [Voter(who, office, roles.get(who), answered=False) for office, who in silent]
    people = People(
        votes,
        people_rule,
        offices_rule,
        tuple(voters),
        {office: f"Dinas {office.upper()}" for office in sorted({voter.office for voter in voters})},
        tuple(Moment(who, office, fact, at, channel) for office, who, fact, at, channel in moments),
    )
    return Material(merged_answers(votes, people_rule, offices_rule), people, **{"runs": 200, **more})


def row(model, text):
    """What one person said, as a line of 1, 0 and - (no answer), fact by fact in the order of the model."""
    return {fact: mark == "1" for fact, mark in zip(facts_of(model), text, strict=True) if mark != "-"}


def marks(model, offices, **more):
    """The material of {office: ["1010", …]}: a line for each person."""
    people = {o: {f"{o}{n}": row(model, line) for n, line in enumerate(lines, 1)} for o, lines in offices.items()}
    return polled(model, people, **more)


def found(findings):
    """The findings by their id."""
    return {one.id: one for one in findings}
