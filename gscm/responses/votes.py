"""Who said what of which fact: what the answers of an office, and those of the subject, are merged from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from gscm.model.facts import Fact, facts_of
from gscm.model.tree import Model
from gscm.responses.answers import Answer, Answers, Study, Subject
from gscm.responses.merge import Rule, merged


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """One person's answers, by fact; or by node, of a node that is said not to apply as a whole."""

    office: str
    author: str
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """What an office says itself, or what was found in verification: it takes the place of what its people say.

    `rank` tells how far it is verified, 1 or higher; people rank 0. A claim that a node does not apply holds against
    answers in the node that rank below it.
    """

    answer: Answer
    rank: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """All votes of a study. A fact without an answer of somebody was not answered by him.

    `people` stand by office and author. `decided`, by office and fact or node, takes the place of what its people say;
    `whole` that of what all offices say. `disputed` facts stay open, since copies of the study disagree about them.
    """

    model: Model
    subject: Subject
    people: tuple[Person, ...]
    decided: Mapping[str, Mapping[str, Decided]] = field(default_factory=dict)
    whole: Mapping[str, Answer] = field(default_factory=dict)
    disputed: frozenset[str] = frozenset()

    @property
    def offices(self) -> tuple[str, ...]:
        """The offices of which anything is known, in order."""
        return tuple(sorted({*(person.office for person in self.people), *self.decided}))


def votes_of(model: Model, subject: Subject, answers: Mapping[tuple[str, str], Mapping[str, Answer]]) -> Votes:
    """The votes of people: their answers by fact, by (office, author)."""
    return Votes(model, subject, tuple(Person(*who, answers[who]) for who in sorted(answers)))


def merged_offices(
    votes: Votes, people_rule: Rule, counts: Sequence[int] | None = None
) -> dict[str, dict[str, Answer]]:
    """What every office says, by fact or node: its people merged by the rule, unless it or a verification decides."""
    return {office: _of_office(votes, office, said, people_rule) for office, said in _said(votes, counts).items()}


def merged_answers(
    votes: Votes, people_rule: Rule, offices_rule: Rule, counts: Sequence[int] | None = None, file: str = ""
) -> Answers:
    """The subject's answers: people merged into their office by the first rule, offices by the second.

    `counts` tells how often each person counts (a resample of them); without it, everybody once. `file` is what
    messages name.
    """
    facts = facts_of(votes.model)
    offices = merged_offices(votes, people_rule, counts)
    overall: dict[str, Answer] = {}
    for id, fact in facts.items():
        one = votes.whole.get(id)
        if one is None and id in votes.disputed:
            one = Answer(id, "unknown", fact.kind)
        said = [entries[id] for entries in offices.values() if id in entries]
        one = one or merged(fact, said, offices_rule, whole=is_whole(votes.model, fact))
        if one is not None:
            overall[id] = one
    claims = {id: (one, 0) for entries in offices.values() for id, one in entries.items() if id not in facts}
    overall = _with_absent(votes.model, overall, claims, {})
    decided = {id: (one, 1) for id, one in votes.whole.items() if id not in facts}
    overall = _with_absent(votes.model, overall, decided, dict.fromkeys(votes.whole, 1))
    entries = {id: overall[id] for id in (*facts, *votes.model.nodes) if id in overall}
    return Answers(votes.model, votes.subject, Study(), {}, (), None, entries, (), file)


def is_whole(model: Model, fact: Fact) -> bool:
    """Whether only whole levels are a value of the fact."""
    return fact.kind == "level" and not model.nodes[fact.node].real


def worth(fact: Fact, answer: Answer) -> Fraction:
    """What a vote counts for in a merge: its value, the worst where it is withheld."""
    return fact.worst if answer.status == "withheld" or answer.value is None else answer.value


def _said(votes: Votes, counts: Sequence[int] | None) -> dict[str, dict[str, list[Answer]]]:
    """What people say, by office and fact or node, each as often as it counts."""
    said: dict[str, dict[str, list[Answer]]] = {office: {} for office in votes.offices}
    for person, count in zip(votes.people, counts if counts is not None else [1] * len(votes.people), strict=True):
        for id, answer in person.answers.items():
            if count:
                said[person.office].setdefault(id, []).extend([answer] * int(count))
    return said


def _of_office(votes: Votes, office: str, said: Mapping[str, list[Answer]], rule: Rule) -> dict[str, Answer]:
    facts, decided = facts_of(votes.model), votes.decided.get(office, {})
    entries: dict[str, Answer] = {}
    claims: dict[str, tuple[Answer, int]] = {}
    for id in dict.fromkeys((*said, *decided)):
        people = said.get(id, [])
        if id not in facts:
            claimed = [answer for answer in people if answer.status == "not_applicable"]
            if id in decided and decided[id].answer.status == "not_applicable":
                claims[id] = decided[id].answer, decided[id].rank
            elif claimed:
                claims[id] = claimed[0], 0
        elif id in decided:
            entries[id] = decided[id].answer
        elif one := merged(facts[id], people, rule, whole=is_whole(votes.model, facts[id])):
            entries[id] = one
    return _with_absent(votes.model, entries, claims, {id: one.rank for id, one in decided.items()})


def _with_absent(
    model: Model,
    entries: Mapping[str, Answer],
    claims: Mapping[str, tuple[Answer, int]],
    rank: Mapping[str, int],
) -> dict[str, Answer]:
    """The answers with the nodes that do not apply, each in place of its facts.

    A claim holds where nobody gives a value in the node, or only such as rank below the claim.
    """
    found = dict(entries)
    for node, (claim, claimed) in claims.items():
        inside = [id for id in facts_in(model, node) if id in entries]
        answered = [id for id in inside if entries[id].status in ("given", "withheld")]
        if all(rank.get(id, 0) < claimed for id in answered):
            for id in inside:
                found.pop(id, None)
            found[node] = claim
    return found


@lru_cache(maxsize=4)
def _facts_by_node(model: Model) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for fact in facts_of(model).values():
        found.setdefault(fact.node, []).append(fact.id)
    return {node: tuple(facts) for node, facts in found.items()}


def facts_in(model: Model, node: str) -> Iterable[str]:
    """The facts of a node itself, not those below it."""
    return _facts_by_node(model).get(node, ())
