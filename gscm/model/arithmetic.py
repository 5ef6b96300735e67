"""Official arithmetic: how scores are rounded, aggregated and normalised, exactly.

Rational rules are computed in fractions. Roots and logarithms are computed with 50 digits and
rounded to 12 before use, so that they are the same everywhere; a node that rests on them has no
exact score.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor

from gscm.model.schema import Aggregate
from gscm.model.tree import Model, Node, Quantity, Scale

Weighted = Sequence[tuple[Fraction, Fraction]]
"""Pairs (weight, score) of the children that count; never empty."""

_PRECISE = Context(prec=50)
_TWELVE = Decimal("1e-12")


def rounded(value: Fraction, digits: int, mode: str) -> Fraction:
    """`value` to `digits` places; ties go away from zero ("half-up") or to the even neighbour ("half-even")."""
    unit = 10**digits
    scaled = value * unit
    if mode == "half-even":
        return Fraction(round(scaled), unit)
    whole = floor(abs(scaled) + Fraction(1, 2))
    return Fraction(whole if scaled >= 0 else -whole, unit)


def printed(value: Fraction, scale: Scale) -> str:
    """The score as the instrument prints it: a decimal string with a point."""
    exact = rounded(value, scale.digits, scale.mode) * 10**scale.digits
    return str(Decimal(int(exact)).scaleb(-scale.digits).quantize(Decimal(1).scaleb(-scale.digits)))


def _mean(children: Weighted, node: Node, scale: Scale) -> Fraction:
    return sum((w * s for w, s in children), Fraction()) / sum((w for w, _ in children), Fraction())


def _geometric(children: Weighted, node: Node, scale: Scale) -> Fraction:
    if any(score <= 0 for _, score in children):
        return Fraction()
    total = sum((w for w, _ in children), Fraction())
    logarithm = sum((_decimal(w / total) * _PRECISE.ln(_decimal(s)) for w, s in children), Decimal())
    return _twelve(_PRECISE.exp(logarithm))


def _minimum(children: Weighted, node: Node, scale: Scale) -> Fraction:
    return min(score for _, score in children)


def _median(children: Weighted, node: Node, scale: Scale) -> Fraction:
    ordered = sorted(score for _, score in children)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _sum(children: Weighted, node: Node, scale: Scale) -> Fraction:
    return sum((w * s for w, s in children), Fraction())


def _rounded_sum(children: Weighted, node: Node, scale: Scale) -> Fraction:
    digits = node.round if node.round is not None else scale.digits
    total = sum((w for w, _ in children), Fraction())
    return sum((rounded(w / total * s, digits, scale.mode) for w, s in children), Fraction())


AGGREGATES: dict[Aggregate, Callable[[Weighted, Node, Scale], Fraction]] = {
    "mean": _mean,
    "mean-of-rows": _mean,
    "geometric": _geometric,
    "minimum": _minimum,
    "median": _median,
    "sum": _sum,
    "rounded-sum": _rounded_sum,
    "unknown-weights": _minimum,
}
"""Weighted arithmetic and geometric mean, minimum, median (unweighted), weighted sum, and the sum of
contributions that are each rounded first (the Kominfo evaluation). With weights that nobody has published,
any weighted mean lies between the lowest child and the highest: here stands its lower end. In a mean of rows each
child weighs what its rows weigh together; `gscm.responses.load` gives it that weight."""


def aggregate(node: Node, children: Weighted, scale: Scale, upper: bool = False) -> Fraction:
    """The score of an inner node from those of its children, rounded where the node says so.

    `upper` asks for the upper end of what unknown weights leave open; all else has one end.
    """
    if upper and node.aggregate == "unknown-weights":
        score = max(score for _, score in children)
    else:
        score = AGGREGATES[node.aggregate](children, node, scale)
    return score if node.round is None else rounded(score, node.round, scale.mode)


def normalised(quantity: Quantity, value: Fraction, scale: Scale) -> Fraction:
    """A measured figure on the model's scale, clamped to its goalposts first.

    By bands: the score of the last band reached, the scale's lowest before the first. By a cohort's mean and
    deviation: the z-score, positive where better. Else worst at one goalpost, best at the other (min–max).
    """
    value = min(max(value, quantity.min), quantity.max)
    if quantity.bands:
        return max((band.score for band in quantity.bands if quantity.reaches(value, band.start)), default=scale.min)
    if quantity.cohort and quantity.cohort.mean is not None and quantity.cohort.deviation is not None:
        distance = (value - quantity.cohort.mean) / quantity.cohort.deviation
        return distance if quantity.direction == "higher" else -distance
    if quantity.logarithm:
        low, high, here = (_PRECISE.ln(_decimal(v)) for v in (quantity.min, quantity.max, value))
        share = _twelve(_PRECISE.divide(here - low, high - low))
    else:
        share = (value - quantity.min) / (quantity.max - quantity.min)
    if quantity.direction == "lower":
        share = 1 - share
    return scale.min + share * (scale.max - scale.min)


@lru_cache(maxsize=16)
def inexact_nodes(model: Model) -> frozenset[str]:
    """The nodes whose score rests on a root or a logarithm, so that no fraction states it."""
    found: set[str] = set()
    for node in reversed(tuple(model.nodes.values())):
        logarithm = node.answer == "quantity" and node.quantity is not None and node.quantity.logarithm
        geometric = node.aggregate == "geometric" and bool(node.children)
        if logarithm or geometric or not found.isdisjoint(node.children):
            found.add(node.id)
    return frozenset(found)


def weights_known(model: Model) -> bool:
    """Whether every inner node says how its children weigh."""
    return all(node.aggregate != "unknown-weights" for node in model.nodes.values())


def _decimal(value: Fraction) -> Decimal:
    return _PRECISE.divide(Decimal(value.numerator), Decimal(value.denominator))


def _twelve(value: Decimal) -> Fraction:
    return Fraction(value.quantize(_TWELVE, rounding=ROUND_HALF_EVEN, context=_PRECISE))
