"""What stands between a node and its next level, in the order in which the graph needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gscm.model.graph import Pair, level_order
from gscm.model.tree import Criterion, Model
from gscm.placement.place import Result


@dataclass(frozen=True, slots=True)
class Gap:
    """One fact not shown. `criterion` is None where the fact is a level, a score or a measured figure.

    `level` is the level at which it blocks its own node, `frees` the (node, level) pairs above it that it
    keeps from their next level, nearest first. `shown` is True if it is known to be unmet, False if it is open.
    """

    fact: str
    node: str
    level: int
    criterion: Criterion | None
    shown: bool
    frees: tuple[Pair, ...]


def gaps(result: Result, node_id: str) -> tuple[Gap, ...]:
    """The facts that keep a node from its next level, in dependency order: what others stand on comes first."""
    placement = result.nodes[node_id]
    found = [_gap(result, fact) for fact in placement.blocked_by]
    place = {pair: index for index, pair in enumerate(level_order(result.model))}
    return tuple(sorted(found, key=lambda gap: (gap.level, place.get((gap.node, gap.level), 0), gap.fact)))


def criteria_of(model: Model) -> Mapping[str, Criterion]:
    """Every criterion by id."""
    return {c.id: c for node in model.nodes.values() for criteria in node.criteria.values() for c in criteria}


def _gap(result: Result, fact_id: str) -> Gap:
    fact = result.reading.facts[fact_id]
    node = result.model.nodes[fact.node]
    criterion = next((c for criteria in node.criteria.values() for c in criteria if c.id == fact_id), None)
    own = result.blocks.get(node.id)
    level = criterion.level if criterion else (own.level if own else int(result.low.filling[fact_id]) + 1)
    frees = tuple(
        (above.id, result.blocks[above.id].level)
        for above in (node, *result.model.above(node.id))
        if above.id in result.blocks and fact_id in result.nodes[above.id].blocked_by
    )
    return Gap(fact_id, node.id, level, criterion, fact_id not in result.reading.open, frees)
