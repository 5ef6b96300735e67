"""What a claim that something does not apply may count as: before answers of several people are merged, and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Literal, TypeVar

from gscm.model.facts import facts_of
from gscm.responses.answers import Answer, Answers
from gscm.responses.votes import Decided, Votes, facts_in

Absence = Literal["claimed", "open", "unmet"]


def absent(answer: Answer) -> bool:
    """Whether the answer claims that its fact, or its node, does not apply."""
    return answer.status == "not_applicable"


def all_votes(votes: Votes) -> Iterable[Answer]:
    """Every answer that anybody gave: people, offices, and who decides for the whole."""
    yield from (answer for person in votes.people for answer in person.answers.values())
    yield from (one.answer for decided in votes.decided.values() for one in decided.values())
    yield from votes.whole.values()


def counted_as(answer: Answer, absence: Absence) -> Answer:
    """The answer, with a claim that it does not apply counted as unknown or as the worst."""
    if not absent(answer) or absence == "claimed":
        return answer
    return replace(answer, status="unknown" if absence == "open" else "withheld")


def answers_as(answers: Answers, absence: Absence) -> Answers:
    """Answers in which claims count otherwise."""
    return replace(answers, entries={id: counted_as(one, absence) for id, one in answers.entries.items()})


def votes_as(votes: Votes, absence: Absence) -> Votes:
    """Votes in which a claim counts otherwise: that of an indicator as a whole as one of each of its facts."""
    if absence == "claimed":
        return votes
    facts, nodes = facts_of(votes.model), votes.model.nodes

    def each(said: Mapping[str, Said], counted: Callable[[Said, str], Said], answer: Callable[[Said], Answer]
             ) -> dict[str, Said]:  # fmt: skip
        found = {id: one for id, one in said.items() if not absent(answer(one))}
        for id, one in said.items():
            if absent(answer(one)):
                claimed: Iterable[str] = facts_in(votes.model, id) if id in nodes else (id,)
                for fact in claimed:
                    found.setdefault(fact, counted(one, fact))
        return found

    def alone(answer: Answer, fact: str) -> Answer:
        return replace(counted_as(answer, absence), id=fact, kind=facts[fact].kind)

    def decided(one: Decided, fact: str) -> Decided:
        return replace(one, answer=alone(one.answer, fact))

    return replace(
        votes,
        people=tuple(replace(one, answers=each(one.answers, alone, _itself)) for one in votes.people),
        decided={office: each(said, decided, _answer_of) for office, said in votes.decided.items()},
        whole=each(votes.whole, alone, _itself),
    )


Said = TypeVar("Said", Answer, Decided)


def _itself(answer: Answer) -> Answer:
    return answer


def _answer_of(one: Decided) -> Answer:
    return one.answer
