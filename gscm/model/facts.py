"""The facts that answers speak of: each criterion, each answered level or score, each measured figure.

A fact's value is always a number, and a better answer is never a worse number in the order from
`worst` to `best`. A criterion has grades: 0 not met, 1 met, then 2 to 5 met with its evidence
accepted at self-assessment, document, interview or visit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from gscm.model.tree import STAGES, Model, Node, Stage, top_level

UNMET, MET = Fraction(0), Fraction(1)


def accepted(stage: Stage) -> Fraction:
    """The grade of a criterion that is met and whose evidence is accepted at `stage`."""
    return Fraction(2 + STAGES.index(stage))


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be answered. `level` is that of a criterion."""

    id: str
    node: str
    kind: Literal["criterion", "level", "score", "quantity"]
    worst: Fraction
    best: Fraction
    may_not_apply: bool
    level: int | None = None

    def at_least(self, value: Fraction, other: Fraction) -> bool:
        """Whether `value` is as good as `other`, in the direction of this fact."""
        return value >= other if self.best >= self.worst else value <= other


@lru_cache(maxsize=16)
def facts_of(model: Model) -> Mapping[str, Fact]:
    """Every fact of the model by id, in the order of the tree and of the levels."""
    return {fact.id: fact for node in model.nodes.values() for fact in _facts(model, node)}


def _facts(model: Model, node: Node) -> list[Fact]:
    facts = []
    if node.answer == "criteria":
        facts = [
            Fact(c.id, node.id, "criterion", UNMET, accepted(STAGES[-1]), c.may_not_apply, c.level)
            for criteria in node.criteria.values()
            for c in criteria
        ]
    elif node.answer == "level":
        facts = [Fact(node.id, node.id, "level", Fraction(1), Fraction(top_level(model, node)), node.may_not_apply)]
    elif node.answer == "score":
        facts = [Fact(node.id, node.id, "score", model.scale.min, model.scale.max, node.may_not_apply)]
    if node.quantity is not None and node.is_leaf:
        quantity = node.quantity
        alone = node.may_not_apply and node.answer == "quantity"
        facts.append(Fact(node.quantity_fact, node.id, "quantity", quantity.worst, quantity.best, alone))
    return facts
