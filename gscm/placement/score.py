"""Scores, from the leaves upwards; no score ever reads a level that passed a gate."""

from __future__ import annotations

from fractions import Fraction

from gscm.model.arithmetic import aggregate, normalised
from gscm.model.facts import MET
from gscm.model.tree import Criterion, Model, Node, top_level
from gscm.placement.reading import Filling, Reading

Scores = dict[str, Fraction]
"""Score by node id; a node that is absent, not assessed from the root's view, or without a score is missing."""


def scores(reading: Reading, filling: Filling) -> Scores:
    """The score of every node that applies, exactly (see `gscm.model.arithmetic` for what is exact)."""
    model = reading.model
    found: Scores = {}
    for node in reversed(model.nodes.values()):
        if node.id in reading.absent:
            continue
        score = _score(reading, filling, node, found)
        if score is not None:
            found[node.id] = score
    return found


def _score(reading: Reading, filling: Filling, node: Node, found: Scores) -> Fraction | None:
    model = reading.model
    if reading.given.get(node.id) == "score":
        return filling[node.id]
    if node.answer is None:
        counted = counted_children(reading, node)
        parts = [(model.nodes[child].weight, found[child]) for child in counted if child in found]
        return aggregate(node, parts, model.scale) if parts else None
    score = _leaf(reading, filling, node)
    return score


def counted_children(reading: Reading, node: Node) -> list[str]:
    """The children that weighted clauses and scores count: applicable, and assessed unless nothing here is."""
    outside = reading.outside if node.id not in reading.outside else frozenset[str]()
    return [child for child in node.children if child not in reading.absent and child not in outside]


def _leaf(reading: Reading, filling: Filling, node: Node) -> Fraction | None:
    model = reading.model
    match node.answer:
        case "criteria":
            shares = [
                share
                for criteria in node.criteria.values()
                if (share := share_met(reading, filling, criteria, MET)) is not None
            ]
            if not shares:
                return None
            scale = model.scale
            return scale.min + sum(shares, Fraction()) / len(shares) * (scale.max - scale.min)
        case "quantity":
            assert node.quantity is not None
            return normalised(node.quantity, filling[node.id], model.scale)
        case _:
            return filling[node.id]


def share_met(reading: Reading, filling: Filling, criteria: tuple[Criterion, ...], grade: Fraction) -> Fraction | None:
    """The weighted share of the applicable criteria that reach a grade; None where none applies."""
    applicable = [c for c in criteria if c.id not in reading.absent_facts]
    if not applicable:
        return None
    if len(applicable) == 1:
        return Fraction(filling[applicable[0].id] >= grade)
    met = sum((c.weight for c in applicable if filling[c.id] >= grade), Fraction())
    return met / sum((c.weight for c in applicable), Fraction())


def coverage(reading: Reading) -> dict[str, tuple[Fraction, Fraction]]:
    """Per node: the weighted share of its leaves with a value, and the share that rests on "does not apply".

    The first counts what applies, the second everything. A node that is given stands in for its
    subtree and counts as covered; criteria count per level, as they do in the score.
    """
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for node in reversed(reading.model.nodes.values()):
        if node.id in reading.given:
            found[node.id] = (Fraction(1), Fraction())
        elif node.answer is not None:
            found[node.id] = _leaf_coverage(reading, node)
        else:
            outside = reading.outside if node.id not in reading.outside else frozenset[str]()
            children = [reading.model.nodes[child] for child in node.children if child not in outside]
            found[node.id] = (
                _weighted([(c.weight * (1 - found[c.id][1]), found[c.id][0]) for c in children]),
                _weighted([(c.weight, found[c.id][1]) for c in children]),
            )
    return found


def _leaf_coverage(reading: Reading, node: Node) -> tuple[Fraction, Fraction]:
    groups: list[list[tuple[Fraction, str]]] = [[(c.weight, c.id) for c in level] for level in node.criteria.values()]
    if not groups:
        groups = [[(Fraction(1), node.id)]]
    known, absent = [], []
    for group in groups:
        applies = [(w, id) for w, id in group if id not in reading.absent_facts]
        if applies:
            known.append((Fraction(1), _weighted([(w, Fraction(id not in reading.open)) for w, id in applies])))
        absent.append((Fraction(1), _weighted([(w, Fraction(id in reading.absent_facts)) for w, id in group])))
    return _weighted(known), _weighted(absent)


def _weighted(parts: list[tuple[Fraction, Fraction]]) -> Fraction:
    total = sum((w for w, _ in parts), Fraction())
    return sum((w * v for w, v in parts), Fraction()) / total if total else Fraction()


def levels_of(model: Model, node: Node) -> range:
    """The levels of a node that have to be reached: 2 to the highest."""
    return range(2, top_level(model, node) + 1)
