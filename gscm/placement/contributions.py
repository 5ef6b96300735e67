"""How the score of a node is made up, and which single answers would move it most."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from gscm.model.arithmetic import rounded
from gscm.model.tree import Node
from gscm.placement.place import Result
from gscm.placement.score import counted_children, scores
from gscm.placement.why import score_facts

_ADDED = ("mean", "mean-of-rows", "sum", "rounded-sum")
_UNWEIGHTED = ("minimum", "median", "unknown-weights")


@dataclass(frozen=True, slots=True)
class Contribution:
    """One child within the score of its parent; `share` is its weight, as a share of 1.

    `low` and `high` are what it adds as shown and with every open answer at its best, `full` what a full score
    would add.
    """

    node: str
    share: Fraction
    low: Fraction
    high: Fraction
    full: Fraction


@dataclass(frozen=True, slots=True)
class Move:
    """One fact, and by how much the score of a node would rise if this fact alone were at its best."""

    fact: str
    by: Fraction
    open: bool


def shares(result: Result, node_id: str) -> dict[str, Fraction]:
    """The weights of the children that count, as shares of 1; {} where no weights are used or none are published."""
    node = result.model.nodes[node_id]
    if node.aggregate in _UNWEIGHTED or node_id in result.reading.given:
        return {}
    nodes = result.model.nodes
    counted = [child for child in counted_children(result.reading, node) if result.nodes[child].score_low is not None]
    total = sum((nodes[child].weight for child in counted), Fraction())
    return {child: nodes[child].weight / total for child in counted}


def contributions(result: Result, node_id: str) -> tuple[Contribution, ...]:
    """Weight × score for every child, as the instrument adds them up; () where the score is no such sum."""
    node, found = result.model.nodes[node_id], shares(result, node_id)
    if node.aggregate not in _ADDED:
        return ()
    made = []
    for child, share in found.items():
        placement = result.nodes[child]
        assert placement.score_low is not None
        assert placement.score_high is not None
        factor = result.model.nodes[child].weight if node.aggregate == "sum" else share
        ends = (placement.score_low, placement.score_high, result.model.scale.max)
        low, high, full = (_added(result, node, factor * score) for score in ends)
        made.append(Contribution(child, share, low, high, full))
    return tuple(made)


def _added(result: Result, node: Node, value: Fraction) -> Fraction:
    if node.aggregate != "rounded-sum":
        return value
    scale = result.model.scale
    return rounded(value, node.round if node.round is not None else scale.digits, scale.mode)


def moves(result: Result, node_id: str) -> tuple[Move, ...]:
    """The facts that would raise a node's score, each alone and from what has been shown, the furthest first.

    () where weights below the node are unpublished: how far an answer moves the score is then unknown.
    """
    model, reading = result.model, result.reading
    given = node_id in reading.given
    if not given and any(below.aggregate == "unknown-weights" and below.children for below in model.below(node_id)):
        return ()
    here = result.low.scores.get(node_id)
    if here is None or not result.nodes[node_id].assessed:
        return ()
    found = []
    for fact in score_facts(result.low, model.nodes[node_id]):
        best = reading.facts[fact].best
        if result.low.filling[fact] != best:
            by = scores(reading, {**result.low.filling, fact: best})[node_id] - here
            found.append(Move(fact, by, fact in reading.open))
    found.sort(key=lambda move: -move.by)
    return tuple(move for move in found if move.by > 0)
