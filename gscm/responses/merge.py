"""Answers of many people become one, in declared steps: people to office, office to subject (placement.md, 8).

A rule turns the values that several gave for one fact into one value. All rules but `mode` are monotone: a better
vote never gives a worse value. What the rules do with the other statuses is the same for all of them:

* unknown, blank and not asked are no votes; without a vote the fact stays open;
* "does not apply" counts only where all who know say so;
* withheld counts as a vote for the worst.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from gscm.model.facts import MET, UNMET, Fact
from gscm.responses.answers import OPEN, Answer

RuleName = Literal["mean", "median", "mode", "minimum", "share", "quorum", "consensus"]
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Rule:
    """`share` belongs to the rule of that name, `count` to quorum."""

    name: RuleName
    share: Fraction = HALF
    count: int = 1


def merged(fact: Fact, answers: Sequence[Answer], rule: Rule, whole: bool = True) -> Answer | None:
    """One answer from those of several people or offices to one fact; None where nobody answered.

    `whole` says that a value between two whole levels is none: it goes to the worse one.
    """
    if not answers:
        return None
    votes = [answer for answer in answers if answer.status in ("given", "withheld")]
    known = [answer for answer in answers if answer.status not in OPEN]
    if not votes:
        if known and len(known) == len([a for a in known if a.status == "not_applicable"]):
            return known[0]
        return answers[0]
    values = [_value(fact, answer) for answer in votes]
    if rule.name == "quorum" and len(values) < rule.count:
        return replace(votes[0], status="unknown", value=None)
    value = RULES[rule.name](fact, values, rule)
    if fact.kind == "level" and whole:
        value = Fraction(int(value))
    return Answer(
        id=fact.id,
        status="given",
        kind=fact.kind,
        value=value,
        source=tuple(dict.fromkeys(source for answer in votes for source in answer.source)),
        evidence=tuple(dict.fromkeys(item for answer in votes for item in answer.evidence)),
        stage=votes[0].stage if len({answer.stage for answer in votes}) == 1 else None,
        reused=next((answer.reused for answer in votes if answer.reused), None),
        judgements=tuple(dict.fromkeys(one for answer in votes for one in answer.judgements)),
    )


def _value(fact: Fact, answer: Answer) -> Fraction:
    return fact.worst if answer.status == "withheld" or answer.value is None else answer.value


def _worse_first(fact: Fact, values: Sequence[Fraction]) -> list[Fraction]:
    return sorted(values, reverse=fact.best < fact.worst)


def _mean(fact: Fact, values: Sequence[Fraction], rule: Rule) -> Fraction:
    mean = sum(values, Fraction()) / len(values)
    if fact.kind == "criterion":
        return MET if mean >= HALF else UNMET
    return mean


def _median(fact: Fact, values: Sequence[Fraction], rule: Rule) -> Fraction:
    ordered = _worse_first(fact, values)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return (low + high) / 2 if fact.kind in ("quantity", "score") else low


def _mode(fact: Fact, values: Sequence[Fraction], rule: Rule) -> Fraction:
    counted = Counter(values)
    most = max(counted.values())
    return _worse_first(fact, [value for value, count in counted.items() if count == most])[0]


def _minimum(fact: Fact, values: Sequence[Fraction], rule: Rule) -> Fraction:
    return _worse_first(fact, values)[0]


def _share(fact: Fact, values: Sequence[Fraction], rule: Rule) -> Fraction:
    return _reached(fact, values, rule.share * len(values))


def _quorum(fact: Fact, values: Sequence[Fraction], rule: Rule) -> Fraction:
    return _reached(fact, values, Fraction(rule.count))


def _reached(fact: Fact, values: Sequence[Fraction], needed: Fraction) -> Fraction:
    """The best value that at least `needed` votes reach."""
    best_first = _worse_first(fact, values)[::-1]
    return next((value for index, value in enumerate(best_first, 1) if index >= needed), best_first[-1])


RULES: dict[RuleName, Callable[[Fact, Sequence[Fraction], Rule], Fraction]] = {
    "mean": _mean,
    "median": _median,
    "mode": _mode,
    "minimum": _minimum,
    "share": _share,
    "quorum": _quorum,
    "consensus": _minimum,
}
"""Mean (of criteria: at least half; of whole levels: rounded down), lower median, mode (the worst of several), minimum,
the best value that a share or a number of votes reaches, and a consensus that a facilitator records as the one vote."""
