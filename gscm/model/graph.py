"""The level graph: pairs (node, level), and which pair needs which. The one door to networkx."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush

from gscm.errors import Where
from gscm.model.tree import Children, Model, Node, Requires, has_levels, top_level

Pair = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Edge:
    """`above` cannot hold unless `below` does (or, for a share of children, may depend on it)."""

    above: Pair
    below: Pair
    where: Where


def children_of_kind(model: Model, node: Node, of: str | None) -> tuple[Node, ...]:
    """The children that a children clause speaks of."""
    return tuple(child for child in map(model.nodes.__getitem__, node.children) if of is None or child.kind == of)


def edges(model: Model) -> Iterator[Edge]:
    """Every edge of the level graph, in the order of the tree; edges to nodes that do not exist are left out."""
    for node in model.nodes.values():
        for level in range(2, top_level(model, node) + 1):
            if level > 2:
                yield Edge((node.id, level), (node.id, level - 1), node.where)
            for clause in node.gates.get(level, ()):
                if isinstance(clause, Requires):
                    target = model.nodes.get(clause.node)
                    if target is not None and has_levels(target) and clause.level > 1:
                        yield Edge((node.id, level), (clause.node, clause.level), clause.where)
                elif isinstance(clause, Children):
                    for child in children_of_kind(model, node, clause.of):
                        at = top_level(model, child) if clause.rule == "mean" else clause.at
                        if has_levels(child) and at > 1:
                            yield Edge((node.id, level), (child.id, at), clause.where)


def level_order(model: Model) -> tuple[Pair, ...]:
    """The pairs in an order in which each stands after all that it reads; the same order every time.

    Raises ValueError if the level graph has a circle; `circles` tells which.
    """
    order = _order(model)
    if order is None:
        raise ValueError(f"the level graph of {model.id} has a circle")
    return order


@lru_cache(maxsize=16)
def _order(model: Model) -> tuple[Pair, ...] | None:
    """Of the pairs that may come next, the first in the tree; None if there is a circle.

    Without networkx, whose import takes longer than placing a province; only circles need it.
    """
    above: dict[Pair, set[Pair]] = {
        (node.id, level): set() for node in model.nodes.values() for level in range(2, top_level(model, node) + 1)
    }
    for edge in edges(model):
        above.setdefault(edge.above, set())
        above.setdefault(edge.below, set()).add(edge.above)
    pairs = tuple(above)
    place = {pair: index for index, pair in enumerate(pairs)}
    waiting = Counter(pair for group in above.values() for pair in group)
    ready = [index for index, pair in enumerate(pairs) if not waiting[pair]]
    order: list[Pair] = []
    while ready:
        order.append(pairs[heappop(ready)])
        for pair in above[order[-1]]:
            waiting[pair] -= 1
            if not waiting[pair]:
                heappush(ready, place[pair])
    return tuple(order) if len(order) == len(pairs) else None


def circles(model: Model) -> tuple[tuple[Edge, ...], ...]:
    """One circle for each knot of pairs that need one another, every edge on it in order; () if there is none."""
    if _order(model) is not None:
        return ()
    import networkx as nx

    graph: nx.DiGraph[Pair] = nx.DiGraph()
    for edge in edges(model):
        if not graph.has_edge(edge.above, edge.below):
            graph.add_edge(edge.above, edge.below, where=edge.where)
    found = []
    for component in nx.strongly_connected_components(graph):
        if len(component) == 1 and not any(graph.has_edge(pair, pair) for pair in component):
            continue
        part = graph.subgraph(sorted(component))
        steps = nx.find_cycle(part, source=min(component))
        found.append(tuple(Edge(a, b, graph.edges[a, b]["where"]) for a, b, *_ in steps))
    return tuple(sorted(found, key=lambda circle: circle[0].above))


def redundant_requirements(model: Model) -> tuple[Edge, ...]:
    """Requirements that follow from others anyway: what they ask is already necessary without them."""
    needed, mine = _necessary(model)
    by_pair: dict[Pair, list[Edge]] = {}
    for edge in mine:
        by_pair.setdefault(edge.above, []).append(edge)
    below: dict[Pair, set[Pair]] = {}
    for pair in level_order(model):
        steps = needed.get(pair, set()) | {edge.below for edge in by_pair.get(pair, ())}
        below[pair] = steps.union(*(below.get(step, ()) for step in steps))
    return tuple(edge for edge in mine if _follows(edge, needed[edge.above], by_pair[edge.above], below))


def _follows(edge: Edge, needed: set[Pair], beside: list[Edge], below: dict[Pair, set[Pair]]) -> bool:
    """Whether an edge is implied by what its pair needs without it."""
    others = needed | {other.below for other in beside if other is not edge and other.below != edge.below}
    first = next(other for other in beside if other.below == edge.below)
    twice = first is not edge
    return twice or edge.above[0] == edge.below[0] or any(edge.below in {o, *below.get(o, ())} for o in others)


def _necessary(model: Model) -> tuple[dict[Pair, set[Pair]], list[Edge]]:
    """What each pair cannot do without by its own clauses, and the edges that are written as requirements."""
    needed: dict[Pair, set[Pair]] = {}
    mine: list[Edge] = []
    for node in model.nodes.values():
        for level in range(2, top_level(model, node) + 1):
            pair = (node.id, level)
            needed[pair] = {(node.id, level - 1)} if level > 2 else set()
            for clause in node.gates.get(level, ()):
                if isinstance(clause, Requires) and clause.node in model.nodes and clause.level > 1:
                    mine.append(Edge(pair, (clause.node, clause.level), clause.where))
                elif isinstance(clause, Children) and clause.rule == "all" and clause.at > 1:
                    needed[pair].update((child.id, clause.at) for child in children_of_kind(model, node, clause.of))
    return needed, mine


def topological_nodes(model: Model) -> tuple[str, ...]:
    """The nodes in the order in which their first levels are needed: what others stand on comes first."""
    return tuple(dict.fromkeys(node for node, _ in level_order(model)))
