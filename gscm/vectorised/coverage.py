"""How much of every node is known, and how much rests on what does not apply, run by run; in floating point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from gscm.model.tree import ONE, Node
from gscm.vectorised.batch import Batch
from gscm.vectorised.numbers import Mask

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """Shares of 1 by node and run, shape (nodes, runs), within 1e-12 of those of `gscm.placement.score.coverage`."""

    known: Shares
    not_applicable: Shares


def coverage(batch: Batch) -> Coverage:
    """The weighted share of the leaves of every node that have a value, and the share that does not apply."""
    plan, nodes = batch.plan, batch.plan.model.nodes
    row = {id: index for index, id in enumerate(plan.nodes)}
    found = Coverage(np.zeros((len(row), batch.runs)), np.zeros((len(row), batch.runs)))
    for node in reversed(tuple(nodes.values())):
        at = row[node.id]
        if node.is_leaf:
            found.known[at], found.not_applicable[at] = _of_leaf(batch, node)
            continue
        children = [child for child in plan.counted(node.id) if nodes[child].children or nodes[child].is_leaf]
        rows = [row[child] for child in children]
        weights = _weights(batch, node, children)
        absent = found.not_applicable[rows]
        found.known[at] = _weighted(weights * (1 - absent), found.known[rows])
        found.not_applicable[at] = _weighted(weights, absent)
    return found


def _weights(batch: Batch, node: Node, children: Sequence[str]) -> Shares:
    """Weights by child and run; 0 where a run has no such row, or an open node no rows."""
    weights = batch.weights.get(node.id, batch.plan.weights[node.id])
    found = np.zeros((len(children), batch.runs))
    for row, child in enumerate(children):
        rows = batch.weights.get(child) if batch.plan.model.nodes[child].open else None
        found[row] = (
            weights[child] if rows is None else weights[child] * (np.array(list(rows.values())).max(axis=0) > 0)
        )
    return found


def _of_leaf(batch: Batch, node: Node) -> tuple[Shares, Shares]:
    """Level by level: of the criteria (and the target, where there is one) that apply, how many have a value."""
    knowns, applies, absents = [], [], []
    for group in _answered(node):
        weights = np.array([float(weight) for weight, _ in group])[:, None]
        absent = np.array([batch.absent.get(id, np.zeros(batch.runs, bool)) for _, id in group])
        known = np.array([~_open(batch, id) for _, id in group])
        there = weights * ~absent
        knowns.append(_weighted(there, known))
        applies.append(there.sum(axis=0) > 0)
        absents.append(_weighted(np.broadcast_to(weights, absent.shape), absent))
    none = np.zeros((0, batch.runs))
    known = _weighted(np.array(applies, float) if applies else none, np.array(knowns) if knowns else none)
    rest = np.mean(absents, axis=0) if absents else np.zeros(batch.runs)
    given = batch.given.get(node.id)
    if given is not None:
        instead = given.level | given.score
        known, rest = np.where(instead, 1.0, known), np.where(instead, 0.0, rest)
    return known, rest


def _answered(node: Node) -> list[list[tuple[Fraction, str]]]:
    """The facts of a leaf with their weights, level by level."""
    if node.answer != "criteria":
        return [[(ONE, node.id)]]
    targets = node.quantity.targets if node.quantity else {}
    return [
        [
            *((criterion.weight, criterion.id) for criterion in node.criteria.get(level, ())),
            *([(ONE, node.quantity_fact)] if level in targets else []),
        ]
        for level in sorted({*node.criteria, *targets})
    ]


def _open(batch: Batch, fact: str) -> Mask:
    ends = batch.grades[batch.plan.rows[fact]] if fact in batch.plan.rows else batch.figures[fact].top
    is_open: Mask = ends[0] != ends[1]
    return is_open


def _weighted(weights: Shares, values: NDArray[np.float64] | Mask) -> Shares:
    total = weights.sum(axis=0)
    mean: Shares = (weights * values).sum(axis=0) / np.where(total > 0, total, 1.0)
    return mean
