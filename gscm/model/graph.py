"""The level graph: pairs (node, level), and which pair needs which. The one door to networkx."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import networkx as nx

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


def _graph(model: Model) -> nx.DiGraph[Pair]:
    graph: nx.DiGraph[Pair] = nx.DiGraph()
    for node in model.nodes.values():
        graph.add_nodes_from((node.id, level) for level in range(2, top_level(model, node) + 1))
    for edge in edges(model):
        if edge.above not in graph or edge.below not in graph[edge.above]:
            graph.add_edge(edge.above, edge.below, where=edge.where)
    return graph


@lru_cache(maxsize=16)
def level_order(model: Model) -> tuple[Pair, ...]:
    """The pairs in an order in which each stands after all that it reads; the same order every time.

    Raises ValueError if the level graph has a circle; `circle` tells which.
    """
    graph = _graph(model)
    place = {pair: index for index, pair in enumerate(graph)}
    try:
        order = nx.lexicographical_topological_sort(graph.reverse(copy=False), key=place.__getitem__)
        return tuple(order)
    except nx.NetworkXUnfeasible:
        raise ValueError(f"the level graph of {model.id} has a circle") from None


def circles(model: Model) -> tuple[tuple[Edge, ...], ...]:
    """One circle for each knot of pairs that need one another, every edge on it in order; () if there is none."""
    graph = _graph(model)
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
    necessary: nx.DiGraph[Pair] = nx.DiGraph()
    mine: list[Edge] = []
    for node in model.nodes.values():
        for level in range(2, top_level(model, node) + 1):
            necessary.add_node((node.id, level))
            if level > 2:
                necessary.add_edge((node.id, level), (node.id, level - 1))
            for clause in node.gates.get(level, ()):
                if isinstance(clause, Requires) and clause.node in model.nodes and clause.level > 1:
                    necessary.add_edge((node.id, level), (clause.node, clause.level))
                    mine.append(Edge((node.id, level), (clause.node, clause.level), clause.where))
                elif isinstance(clause, Children) and clause.rule == "all":
                    for child in children_of_kind(model, node, clause.of):
                        if clause.at > 1:
                            necessary.add_edge((node.id, level), (child.id, clause.at))
    found = []
    for edge in mine:
        necessary.remove_edge(edge.above, edge.below)
        if edge.above[0] == edge.below[0] or nx.has_path(necessary, edge.above, edge.below):
            found.append(edge)
        necessary.add_edge(edge.above, edge.below)
    return tuple(found)


def topological_nodes(model: Model) -> tuple[str, ...]:
    """The nodes in the order in which their first levels are needed: what others stand on comes first."""
    return tuple(dict.fromkeys(node for node, _ in level_order(model)))
