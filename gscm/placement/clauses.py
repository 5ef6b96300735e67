"""The kinds of clauses: each one small monotone function in a table.

A clause says whether it holds for a node at a level in a `State`: a filling of every fact, the scores
that follow, and the levels already decided in the order of the level graph.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from gscm.model.arithmetic import rounded
from gscm.model.facts import MET, accepted
from gscm.model.graph import Pair, children_of_kind, level_order
from gscm.model.tree import Children, Criteria, Node, Requires, Score, Target
from gscm.placement.reading import Filling, Reading
from gscm.placement.score import Scores, counted_children, levels_of, scores, share_met

HALF = Fraction(1, 2)


@dataclass(frozen=True, eq=False)
class State:
    """One complete filling of the facts, and what follows from it. Scores are worked out when first asked for."""

    reading: Reading
    filling: Filling
    holds: set[Pair]

    @cached_property
    def scores(self) -> Scores:
        """The score of every node that has one."""
        return scores(self.reading, self.filling)

    def level(self, node: Node) -> int:
        """The level at which the node stands in this filling."""
        level = 1
        for k in levels_of(self.reading.model, node):
            if (node.id, k) not in self.holds:
                break
            level = k
        return level


def decide(reading: Reading, filling: Filling) -> State:
    """Every (node, level) that holds when the facts are as `filling` says."""
    state = State(reading, filling, set())
    nodes, holds = reading.model.nodes, state.holds
    for pair in level_order(reading.model):
        node_id, level = pair
        if level > 2 and (node_id, level - 1) not in holds:
            continue
        if stands(state, nodes[node_id], level):
            holds.add(pair)
    return state


def stands(state: State, node: Node, level: int) -> bool:
    """Whether every clause of (node, level) holds; a given level stands for the node's own clauses."""
    given = state.reading.given.get(node.id)
    if given == "level":
        return state.filling[node.id] >= level
    if node.answer == "level" and node.id in state.filling and state.filling[node.id] < level:
        return False
    return all(CLAUSES[type(clause)](state, node, level, clause) for clause in node.gates.get(level, ()))


def criteria_met(state: State, node: Node, level: int, clause: Criteria) -> bool:
    """Enough of a level's applicable criteria are met, with evidence accepted where the clause asks for it."""
    criteria = node.criteria.get(clause.at or level, ())
    share = share_met(state.reading, state.filling, criteria, grade_of(clause))
    return share is None or share >= clause.share


def grade_of(clause: Criteria) -> Fraction:
    """The grade that a criterion needs to count in this clause."""
    return MET if clause.evidence is None else accepted(clause.evidence)


def score_reached(state: State, node: Node, level: int, clause: Score) -> bool:
    """The node's score reaches the cut-off: unrounded, unless the model compares what is printed."""
    if node.id not in state.scores:
        return False
    score, scale = state.scores[node.id], state.reading.model.scale
    if scale.compare == "rounded":
        score = rounded(score, scale.digits, scale.mode)
    return score > clause.cutoff or (clause.inclusive and score == clause.cutoff)


def children_stand(state: State, node: Node, level: int, clause: Children) -> bool:
    """All, any or a share of the children stand at a level, or the mean of their levels reaches it."""
    children = clause_children(state.reading, node, clause)
    if not children:
        return True
    if clause.rule == "mean":
        return _mean_level(state, children, clause) >= level - (HALF if clause.rounding == "nearest" else 0)
    standing = [child for child in children if clause.at == 1 or (child.id, clause.at) in state.holds]
    if clause.rule == "all":
        return len(standing) == len(children)
    if clause.rule == "any":
        return bool(standing)
    assert clause.share is not None
    share, whole = clause.share, weight_of(children, clause)
    return weight_of(standing, clause) * share.denominator >= share.numerator * whole


def clause_children(reading: Reading, node: Node, clause: Children) -> tuple[Node, ...]:
    """The children that a clause counts: of its kind, applicable, and assessed."""
    counted = set(counted_children(reading, node))
    return tuple(child for child in children_of_kind(reading.model, node, clause.of) if child.id in counted)


def weight_of(nodes: Sequence[Node], clause: Children) -> Fraction | int:
    """The weight of some children in a clause: their weights, or their number."""
    return sum((node.weight for node in nodes), Fraction()) if clause.weighted else len(nodes)


def _mean_level(state: State, children: tuple[Node, ...], clause: Children) -> Fraction:
    weights = [child.weight if clause.weighted else Fraction(1) for child in children]
    total = sum((w * state.level(child) for w, child in zip(weights, children, strict=True)), Fraction())
    return total / sum(weights, Fraction())


def requirement_stands(state: State, node: Node, level: int, clause: Requires) -> bool:
    """The other node stands at the level; a requirement on a node that does not apply drops."""
    if clause.node in state.reading.absent or clause.level == 1:
        return True
    return (clause.node, clause.level) in state.holds


def target_reached(state: State, node: Node, level: int, clause: Target) -> bool:
    """The measured quantity reaches the level's target, in its direction."""
    quantity, fact = node.quantity, node.quantity_fact
    if quantity is None or level not in quantity.targets or fact in state.reading.absent_facts:
        return True
    return quantity.reaches(state.filling[fact], quantity.targets[level])


CLAUSES: dict[type, Callable[[State, Node, int, Any], bool]] = {
    Criteria: criteria_met,
    Score: score_reached,
    Children: children_stand,
    Requires: requirement_stands,
    Target: target_reached,
}
"""A clause kind is one function here, one class in `gscm.model.tree` and one in `gscm.model.schema`."""
