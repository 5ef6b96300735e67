"""Answers as a range: what each fact is worth at its worst and at its best, and what does not apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from gscm.model.facts import MET, Fact, accepted, facts_of
from gscm.model.tree import Model, Node, top_level
from gscm.responses.answers import OPEN, Answer, Answers
from gscm.responses.load import inside_scope

Filling = Mapping[str, Fraction]
"""A value for every fact that applies."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The answers of one assessment, ready to be placed.

    `facts` holds the facts of the model and those of nodes that stand in for their subtree (`given`, with
    what they give). `low` and `high` differ exactly on `open` facts. `absent` facts and nodes do not
    apply; nodes in `outside` are not assessed. `refused` claims that something does not apply count as
    the worst.
    """

    model: Model
    facts: Mapping[str, Fact]
    low: Filling
    high: Filling
    open: frozenset[str]
    given: Mapping[str, Literal["level", "score"]]
    absent_facts: frozenset[str]
    absent: frozenset[str]
    outside: frozenset[str]
    refused: tuple[str, ...]

    def worst(self) -> dict[str, Fraction]:
        """Every fact that applies at its worst."""
        return {id: self.facts[id].worst for id in self.low}

    def best(self) -> dict[str, Fraction]:
        """Every fact that applies at its best."""
        return {id: self.facts[id].best for id in self.low}


def read(answers: Answers) -> Reading:
    """The range of every fact, from the seven statuses of its answer."""
    model = answers.model
    facts = dict(facts_of(model))
    given: dict[str, Literal["level", "score"]] = {}
    severed: set[str] = set()
    outside = frozenset(model.nodes) - inside_scope(model, answers.scope)
    effective = _per_fact(answers, facts, outside)
    for entry in answers.entries.values():
        if entry.status == "given" and entry.id not in facts:
            node = model.nodes[entry.id]
            kind: Literal["level", "score"] = "level" if entry.kind == "level" else "score"
            given[node.id] = kind
            severed.update(_facts_below(model, node))
            facts[node.id] = _given_fact(model, node, kind)
            effective[node.id] = entry
    low: dict[str, Fraction] = {}
    high: dict[str, Fraction] = {}
    open_facts, absent, refused = set(), set(), []
    for id, fact in facts.items():
        answer = effective.get(id)
        if id in severed or answer is None or answer.status in OPEN:
            low[id], high[id] = fact.worst, fact.best
            open_facts.add(id)
        elif answer.status == "given":
            low[id] = high[id] = _value(fact, answer)
        elif answer.status == "not_applicable" and _may_not_apply(model, fact, answer):
            absent.add(id)
        else:
            low[id] = high[id] = fact.worst
            if answer.status == "not_applicable":
                refused.append(id)
    return Reading(
        model=model,
        facts=facts,
        low=low,
        high=high,
        open=frozenset(open_facts),
        given=given,
        absent_facts=frozenset(absent),
        absent=_absent_nodes(model, frozenset(absent), given, outside),
        outside=outside,
        refused=tuple(refused),
    )


def _per_fact(answers: Answers, facts: Mapping[str, Fact], outside: frozenset[str]) -> dict[str, Answer]:
    """The answer of each fact: its own, or that of a node above it which is withheld or does not apply.

    An indicator answered by a level or a score that does not apply takes its measured figure with it. What
    lies outside the scope stays open whatever is said of a node above it.
    """
    effective = {id: answer for id, answer in answers.entries.items() if id in facts}
    for entry in answers.entries.values():
        silent = ("withheld", "not_applicable") if entry.id not in facts else ("not_applicable",)
        if entry.status in silent and entry.id in answers.model.nodes:
            for id in _facts_below(answers.model, answers.model.nodes[entry.id]):
                if facts[id].node not in outside:
                    effective[id] = entry
    return effective


def _may_not_apply(model: Model, fact: Fact, answer: Answer) -> bool:
    """Whether the model lets the claim be made: of the fact itself, or of the node that the claim speaks of."""
    return fact.may_not_apply if answer.id == fact.id else model.nodes[answer.id].may_not_apply


def _facts_below(model: Model, node: Node) -> list[str]:
    inside = {below.id for below in model.below(node.id)}
    return [fact.id for fact in facts_of(model).values() if fact.node in inside]


def _given_fact(model: Model, node: Node, kind: Literal["level", "score"]) -> Fact:
    if kind == "level":
        return Fact(node.id, node.id, "level", Fraction(1), Fraction(top_level(model, node)), False)
    return Fact(node.id, node.id, "score", model.scale.min, model.scale.max, False)


def _value(fact: Fact, answer: Answer) -> Fraction:
    assert answer.value is not None
    if fact.kind == "criterion" and answer.value >= MET and answer.stage is not None:
        return accepted(answer.stage)
    if fact.kind == "quantity":
        low, high = sorted((fact.worst, fact.best))
        return min(max(answer.value, low), high)
    return answer.value


def _absent_nodes(
    model: Model, absent: frozenset[str], given: Mapping[str, str], outside: frozenset[str]
) -> frozenset[str]:
    """Nodes of which nothing applies: every fact, or every child that is assessed, is absent."""
    mine: dict[str, list[str]] = {}
    for fact in facts_of(model).values():
        mine.setdefault(fact.node, []).append(fact.id)
    found: set[str] = set()
    for node in reversed(tuple(model.nodes.values())):
        assessed = [child for child in node.children if child not in outside or node.id in outside]
        parts = [id in absent for id in mine.get(node.id, ())] + [child in found for child in assessed]
        if all(parts) and node.id not in given:
            found.add(node.id)
    return frozenset(found)
