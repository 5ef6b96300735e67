"""Scores, from the leaves upwards; no score ever reads a level that passed a gate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from gscm.model.arithmetic import aggregate, normalised
from gscm.model.facts import MET
from gscm.model.tree import ONE, Criterion, Model, Node, top_level
from gscm.placement.reading import Filling, Reading

Scores = dict[str, Fraction]
"""Score by node id; a node that is absent, not assessed from the root's view, or without a score is missing."""


def scores(reading: Reading, filling: Filling, upper: bool = False) -> Scores:
    """The score of every node that applies, exactly (see `gscm.model.arithmetic` for what is exact).

    `upper` asks for the upper end where weights are unknown.
    """
    model = reading.model
    found: Scores = {}
    for node in reversed(tuple(model.nodes.values())):
        if node.id in reading.absent:
            continue
        score = _score(reading, filling, node, found, upper)
        if score is not None:
            found[node.id] = score
    return found


def _score(reading: Reading, filling: Filling, node: Node, found: Scores, upper: bool) -> Fraction | None:
    model = reading.model
    if reading.given.get(node.id) == "score":
        return filling[node.id]
    if node.answer is None:
        counted = counted_children(reading, node)
        parts = [(model.nodes[child].weight, found[child]) for child in counted if child in found]
        return aggregate(node, parts, model.scale, upper) if parts else None
    return _leaf(reading, filling, node)


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
            return scale.min + _average(shares) * (scale.max - scale.min)
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
    return weighted_share([c.weight for c in applicable if filling[c.id] >= grade], [c.weight for c in applicable])


def weighted_share(part: Sequence[Fraction], whole: Sequence[Fraction]) -> Fraction:
    """The weight of a part in the whole; counted where all weights are alike, which is the usual case."""
    first = whole[0]
    if all(weight is first for weight in whole):
        return Fraction(len(part), len(whole))
    return sum(part, Fraction()) / sum(whole, Fraction())


def coverage(reading: Reading) -> dict[str, tuple[Fraction, Fraction]]:
    """Per node: the weighted share of its leaves with a value, and the share that rests on "does not apply".

    The first counts what applies, the second everything. Criteria count per level, as they do in the score. An
    indicator that is given a level is covered; below an inner node that is given, nothing is known.
    """
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for node in reversed(tuple(reading.model.nodes.values())):
        if node.id in reading.given and node.is_leaf:
            found[node.id] = (Fraction(1), Fraction())
        elif node.answer is not None:
            found[node.id] = _leaf_coverage(reading, node)
        else:
            outside = reading.outside if node.id not in reading.outside else frozenset[str]()
            children = [reading.model.nodes[child] for child in node.children if child not in outside]
            children = [child for child in children if child.children or child.is_leaf]  # an open node may have no rows
            found[node.id] = (
                _weighted(
                    [
                        (c.weight * (1 - found[c.id][1]) if found[c.id][1] else c.weight, found[c.id][0])
                        for c in children
                    ]
                ),
                _weighted([(c.weight, found[c.id][1]) for c in children]),
            )
    return found


def _leaf_coverage(reading: Reading, node: Node) -> tuple[Fraction, Fraction]:
    """Level by level: of the criteria (and the target, where there is one) that apply, how many have a value."""
    known, absent = [], []
    for group in _answered(node):
        applies = [(weight, id) for weight, id in group if id not in reading.absent_facts]
        if applies:
            known.append(_share_of(applies, lambda fact: fact not in reading.open))
        absent.append(_share_of(group, lambda fact: fact in reading.absent_facts))
    return _average(known), _average(absent)


def _answered(node: Node) -> list[list[tuple[Fraction, str]]]:
    if node.answer != "criteria":
        return [[(ONE, node.id)]]
    targets = node.quantity.targets if node.quantity else {}
    return [
        [
            *((c.weight, c.id) for c in node.criteria.get(level, ())),
            *([(ONE, node.quantity_fact)] if level in targets else []),
        ]
        for level in sorted({*node.criteria, *targets})
    ]


def _share_of(group: list[tuple[Fraction, str]], counts: Callable[[str], bool]) -> Fraction:
    return weighted_share([weight for weight, id in group if counts(id)], [weight for weight, _ in group])


def _average(shares: list[Fraction]) -> Fraction:
    if all(share == shares[0] for share in shares):
        return shares[0] if shares else Fraction()
    return sum(shares, Fraction()) / len(shares)


def _weighted(parts: list[tuple[Fraction, Fraction]]) -> Fraction:
    total = sum((w for w, _ in parts), Fraction())
    return sum((w * v for w, v in parts if v), Fraction()) / total if total else Fraction()


def levels_of(model: Model, node: Node) -> range:
    """The levels of a node that have to be reached: 2 to the highest."""
    return range(2, top_level(model, node) + 1)
