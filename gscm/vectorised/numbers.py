"""Arrays of numbers that know whether they are exact: scaled integers where they fit, else floats with an error bound.

A column of scores or figures is `top / bottom` with integers of 64 bits and one denominator for all runs, as long as
every intermediate result stays below 2^62; that is looked up, not hoped for. Where it does not fit (means over very
different denominators), or where a root is taken, the column is floating-point with a bound on its absolute error. A
comparison or a rounding that such a bound cannot decide is reported as a doubt, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gscm.model.arithmetic import normalised as exactly_normalised
from gscm.model.tree import Quantity, Scale

Mask = NDArray[np.bool_]
Runs = Mask | None
"""Which runs: a mask of their number, None for all of them."""

Values = NDArray[Any]
"""Numbers of an array: int64, or float64."""

ROOM = 1 << 62
_EPSILON = 2.0**-50
_TWELVE_DIGITS = 1e-12
_MANY = 1 << 24


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Numbers by end and run: `top / bottom`, shape (ends, runs), or (1, runs) where the ends agree.

    `top` is int64 and exact, or float64 (then `bottom` is 1) with an absolute error of at most `error`. Only the runs
    in `where` have a number.
    """

    top: Values
    bottom: int = 1
    error: float = 0.0
    where: Runs = None

    @property
    def exact(self) -> bool:
        return self.top.dtype != np.float64

    def floats(self) -> NDArray[np.float64]:
        return self.top / self.bottom

    def largest(self) -> Any:
        """The largest magnitude of `top`, as a number of Python: int where exact."""
        return max(abs(self.top.max().item()), abs(self.top.min().item())) if self.top.size else 0

    def rough(self) -> Numbers:
        """The same numbers in floating point."""
        if not self.exact:
            return self
        values = self.floats()
        return Numbers(values, 1, _slack(values), self.where)


Doubt = Mask | None
"""The ends and runs at which an error bound leaves something undecided; None where nothing is."""


def _slack(values: Values) -> float:
    return float(np.abs(values).max(initial=1.0)) * _EPSILON


def of_fractions(values: Sequence[Sequence[Fraction]], where: Runs = None) -> Numbers:
    """Fractions by end and run: exact where a common denominator fits."""
    bottom = _common({value.denominator for end in values for value in end})
    if bottom is not None:
        scaled = [[value.numerator * (bottom // value.denominator) for value in end] for end in values]
        if all(min(end, default=0) > -ROOM and max(end, default=0) < ROOM for end in scaled):
            return Numbers(np.array(scaled, np.int64), bottom, 0.0, where)
    floats = np.array([[float(value) for value in end] for end in values])
    return Numbers(floats, 1, _slack(floats), where)


def constant(ends: Sequence[Fraction], runs: int) -> Numbers:
    """The same numbers in all runs."""
    one = of_fractions([[end] for end in ends])
    return replace(one, top=np.repeat(one.top, runs, axis=1))


def _common(bottoms: Iterable[int]) -> int | None:
    """The least common denominator, None once it is too large to be of use."""
    common = 1
    for bottom in bottoms:
        common = lcm(common, bottom)
        if common >= ROOM:
            return None
    return common


# ------------------------------------------------------------------------------------------- comparing, rounding


def reaches(numbers: Numbers, cutoff: Fraction, inclusive: bool = True) -> tuple[Mask, Doubt]:
    """Where a number is at least the cut-off (above it, unless inclusive)."""
    if numbers.exact:
        scaled = cutoff * numbers.bottom
        least = ceil(scaled) if inclusive else floor(scaled) + 1
        return numbers.top >= min(max(least, -ROOM), ROOM), None
    distance = numbers.top - float(cutoff)
    doubt = np.abs(distance) <= numbers.error + _EPSILON * (1 + abs(float(cutoff)))
    return distance > 0, _unless_decided(numbers, doubt)


def rounded(numbers: Numbers, digits: int, mode: str) -> tuple[Numbers, Doubt]:
    """The numbers to so many digits, as exact numbers over 10^digits; ties as `gscm.model.arithmetic.rounded`."""
    unit = 10**digits
    if numbers.exact:
        shared = gcd(unit, numbers.bottom)
        factor, bottom = unit // shared, numbers.bottom // shared
        if bottom == 1 and numbers.largest() * factor < ROOM:
            return replace(numbers, top=numbers.top * factor, bottom=unit), None
        if (2 * numbers.largest() * factor + bottom) < ROOM and bottom < ROOM >> 1:
            return replace(numbers, top=_nearest(numbers.top * factor, bottom, mode), bottom=unit), None
    floats = numbers.rough()
    scaled = floats.top * unit
    nearest = np.floor(scaled + 0.5)
    doubt = np.abs(scaled - np.floor(scaled) - 0.5) <= (floats.error + _slack(floats.top)) * unit * 2
    return Numbers(nearest.astype(np.int64), unit, 0.0, numbers.where), _unless_decided(numbers, doubt)


def _nearest(top: Values, bottom: int, mode: str) -> Values:
    """`top / bottom` to the nearest whole number."""
    if mode == "half-even":
        whole, rest = np.divmod(top, bottom)
        even: Values = whole + ((2 * rest > bottom) | ((2 * rest == bottom) & (whole % 2 == 1)))
        return even
    magnitude: Values = (2 * np.abs(top) + bottom) // (2 * bottom)
    return np.where(top < 0, -magnitude, magnitude)


def _unless_decided(numbers: Numbers, doubt: Mask) -> Doubt:
    if numbers.where is not None:
        doubt = doubt & numbers.where
    return doubt if doubt.any() else None


# ------------------------------------------------------------------------------------------------- aggregating

Weight = int | Values
"""A weight as a whole number (on one scale among siblings), or one for each run."""
Part = tuple[Weight, Numbers]


def mean(parts: Sequence[Part]) -> Numbers:
    """The weighted mean of the parts that have a number, run by run."""
    if not _by_run(parts):
        return _plain_mean(parts) or _rough_mean(parts)
    return _mean_of_present(parts) or _rough_mean(parts)


def _by_run(parts: Sequence[Part]) -> bool:
    return any(numbers.where is not None or not isinstance(weight, int) for weight, numbers in parts)


def _plain_mean(parts: Sequence[Part]) -> Numbers | None:
    bottom = _exact_bottom(parts)
    if bottom is None:
        return None
    factors = [_whole(weight) * (bottom // numbers.bottom) for weight, numbers in parts]
    bottom *= sum(_whole(weight) for weight, _ in parts)
    shared = gcd(bottom, *factors)
    factors = [factor // shared for factor in factors]
    top = _sum_of(factors, parts)
    return None if top is None or bottom // shared >= ROOM else Numbers(top, bottom // shared)


def _mean_of_present(parts: Sequence[Part]) -> Numbers | None:
    bottom = _exact_bottom(parts)
    if bottom is None or any(not isinstance(w, int) and w.dtype == np.float64 for w, _ in parts):
        return None
    weights = [_present_weight(weight, numbers) for weight, numbers in parts]
    total = sum(weights[1:], weights[0])
    common = _common(np.unique(total[total > 0]).tolist())
    if common is None or common * bottom >= ROOM:
        return None
    factors = [bottom // numbers.bottom for _, numbers in parts]
    reach = sum(
        factor * int(weight.max(initial=0)) * int(numbers.largest())
        for factor, weight, (_, numbers) in zip(factors, weights, parts, strict=True)
    )
    if reach * common >= ROOM:
        return None
    top = sum(
        weight * factor * numbers.top for factor, weight, (_, numbers) in zip(factors, weights, parts, strict=True)
    )
    return _divided(np.asarray(top), bottom, total, common)


def _divided(top: Values, bottom: int, by: Values, common: int) -> Numbers:
    """`top / bottom / by`, run by run, where `by` is not 0; all values of `by` divide `common`."""
    where = by > 0
    top = top * (common // np.where(where, by, 1))
    return _reduced(Numbers(top, common * bottom, 0.0, None if where.all() else where))


def quotient(top: Values, bottom: int, by: Values) -> Numbers:
    """`top / bottom / by`, run by run, where the count `by` is not 0; `top` and `by` are whole."""
    common = _common(np.unique(by[by > 0]).tolist())
    largest = Numbers(top).largest()
    if common is not None and common * bottom < ROOM and largest * common < ROOM:
        return _divided(top, bottom, by, common)
    values = top / bottom / np.where(by > 0, by, 1)
    return Numbers(values, 1, _slack(values) * 2, None if (by > 0).all() else by > 0)


def _reduced(numbers: Numbers) -> Numbers:
    """With a smaller denominator where the present one is large."""
    if numbers.bottom < _MANY:
        return numbers
    shared = gcd(numbers.bottom, int(np.gcd.reduce(numbers.top, axis=None)))
    return replace(numbers, top=numbers.top // shared, bottom=numbers.bottom // shared) if shared > 1 else numbers


def _present_weight(weight: Weight, numbers: Numbers) -> NDArray[np.int64]:
    if numbers.where is None:
        return np.broadcast_to(np.asarray(weight, np.int64), numbers.top.shape[-1:])
    return np.where(numbers.where, weight, 0).astype(np.int64)


def _rough_mean(parts: Sequence[Part]) -> Numbers:
    runs = parts[0][1].top.shape[-1]
    total, weighted = np.zeros(runs), np.zeros((1, runs))
    error = 0.0
    for weight, numbers in parts:
        rough = numbers.rough()
        here = np.where(True if rough.where is None else rough.where, weight, 0).astype(np.float64)
        total = total + here
        weighted = weighted + here * np.where(here > 0, rough.top, 0.0)
        error = max(error, rough.error)
    where = total > 0
    values = weighted / np.where(where, total, 1.0)
    largest = max(numbers.rough().largest() for _, numbers in parts)
    error += max(largest, 1.0) * _EPSILON * (len(parts) + 4)
    return Numbers(values, 1, error, None if where.all() else where)


def minimum(parts: Sequence[Numbers]) -> Numbers:
    """The lowest of the parts that have a number."""
    return _extreme(parts, lowest=True)


def maximum(parts: Sequence[Numbers]) -> Numbers:
    """The highest of the parts that have a number."""
    return _extreme(parts, lowest=False)


def _extreme(parts: Sequence[Numbers], lowest: bool) -> Numbers:
    stack, bottom, error, where = _stacked(parts, last=lowest)
    top = stack.min(axis=0) if lowest else stack.max(axis=0)
    return Numbers(_cleared(top, where), bottom, error, where)


def median(parts: Sequence[Numbers]) -> Numbers:
    """The middle of the parts that have a number; between two, their mean."""
    stack, bottom, error, where = _stacked(parts, last=True)
    stack.sort(axis=0)
    count = sum(np.ones(stack.shape[-1], np.int64) if p.where is None else p.where.astype(np.int64) for p in parts)
    low, high = np.maximum(count - 1, 0) // 2, np.minimum(count // 2, len(parts) - 1)
    ends = stack.shape[1]
    pick = [np.take_along_axis(stack, np.broadcast_to(at, (1, ends, stack.shape[-1])), axis=0)[0] for at in (low, high)]
    top = _cleared(pick[0], where) + _cleared(pick[1], where)
    if stack.dtype == np.float64:
        return Numbers(top / 2, 1, error + _slack(top), where)
    return Numbers(top, bottom * 2, 0.0, where)


def in_order(parts: Sequence[Numbers]) -> tuple[Values, int, float]:
    """The parts in rising order in every run, those that have no number last: `top`, shape (parts, ends, runs)."""
    stack, bottom, error, _ = _stacked(parts, last=True)
    stack.sort(axis=0)
    return stack, bottom, error


def _cleared(top: Values, where: Runs) -> Values:
    return top if where is None else np.where(where, top, 0)


def _stacked(parts: Sequence[Numbers], last: bool) -> tuple[Values, int, float, Runs]:
    """The parts over one denominator, shape (parts, ends, runs); what is absent stands at the far end."""
    bottom = _exact_bottom([(1, part) for part in parts])
    if bottom is None or any(part.largest() * (bottom // part.bottom) >= ROOM >> 1 for part in parts):
        parts, bottom = [part.rough() for part in parts], 1
    far = (ROOM if parts[0].exact else np.inf) * (1 if last else -1)
    ends = max(part.top.shape[0] for part in parts)
    rows = [
        np.broadcast_to(top if part.where is None else np.where(part.where, top, far), (ends, part.top.shape[-1]))
        for part, top in ((part, part.top * (bottom // part.bottom)) for part in parts)
    ]
    where: Runs = None
    if all(part.where is not None for part in parts):
        where = np.logical_or.reduce([part.where for part in parts if part.where is not None])
    return np.stack(rows), bottom, max(part.error for part in parts), where


def total(parts: Sequence[Part], unit: int = 1) -> Numbers:
    """The weighted sum of the parts that have a number; weights are whole numbers over `unit`."""
    bottom = _exact_bottom(parts)
    if bottom is not None and all(isinstance(weight, int) for weight, _ in parts):
        factors = [_whole(weight) * (bottom // numbers.bottom) for weight, numbers in parts]
        held = [(w, replace(n, top=_cleared(n.top, n.where))) for w, n in parts]
        top = _sum_of(factors, held)
        if top is not None and bottom * unit < ROOM:
            return Numbers(top, bottom * unit, 0.0, _any_of([numbers for _, numbers in parts]))
    rough = [(weight, numbers.rough()) for weight, numbers in parts]
    values = np.asarray(sum(weight * _cleared(numbers.top, numbers.where) for weight, numbers in rough)) / unit
    most = sum(float(np.max(np.abs(weight))) * (numbers.error + _slack(numbers.top)) for weight, numbers in rough)
    return Numbers(values, 1, most / unit + _slack(values) * (len(parts) + 2), _any_of([n for _, n in rough]))


def shares(parts: Sequence[Part]) -> list[Numbers]:
    """Each part's contribution to the weighted mean of those that have a number."""
    zeros = Numbers(np.zeros((1, parts[0][1].top.shape[-1]), np.int64))
    found = []
    for index in range(len(parts)):
        alone = [(w, n if i == index else replace(zeros, where=n.where)) for i, (w, n) in enumerate(parts)]
        share = mean(alone)
        found.append(replace(share, where=parts[index][1].where))
    return found


def geometric(parts: Sequence[Part]) -> tuple[Numbers, Doubt]:
    """The weighted geometric mean; 0 where a part is not positive."""
    runs = parts[0][1].top.shape[-1]
    weights, logs, off = np.zeros(runs), np.zeros((1, runs)), np.zeros((1, runs))
    zero, doubt = np.zeros((1, runs), bool), np.zeros((1, runs), bool)
    for weight, numbers in parts:
        rough = numbers.rough()
        here = np.where(True if numbers.where is None else numbers.where, weight, 0).astype(np.float64)
        counts = here > 0
        positive = numbers.top > 0
        zero = zero | (counts & ~positive)
        if not numbers.exact:
            doubt = doubt | (counts & (np.abs(numbers.top) <= numbers.error * 1e6))
        safe = np.where(counts & positive, rough.top, 1.0)
        logs = logs + here * np.log(safe)
        off = off + here * (rough.error / safe + _EPSILON * (1 + np.abs(np.log(safe))))
        weights = weights + here
    where = weights > 0
    weights = np.where(where, weights, 1.0)
    values = np.where(zero, 0.0, np.exp(logs / weights))
    decided = np.where(doubt | zero | ~where, 0.0, values * np.expm1(2 * off / weights + _EPSILON * len(parts)))
    error = float(decided.max(initial=0.0)) + _TWELVE_DIGITS
    found = Numbers(values, 1, error, None if where.all() else where)
    return found, _unless_decided(found, doubt)


def _any_of(parts: Sequence[Numbers]) -> Runs:
    if any(part.where is None for part in parts):
        return None
    found: Mask = np.logical_or.reduce([part.where for part in parts if part.where is not None])
    return found


def _exact_bottom(parts: Sequence[Part]) -> int | None:
    """A denominator for all parts; None where one of them is not exact."""
    if not all(numbers.exact for _, numbers in parts):
        return None
    return _common(numbers.bottom for _, numbers in parts)


def _sum_of(factors: Sequence[int], parts: Sequence[Part]) -> Values | None:
    reach = sum(abs(factor) * int(n.largest()) for factor, (_, n) in zip(factors, parts, strict=True))
    if reach >= ROOM or max(map(abs, factors)) >= ROOM:
        return None
    top: Values | None = None
    for factor, (_, numbers) in zip(factors, parts, strict=True):
        term = numbers.top if factor == 1 else numbers.top * factor
        top = term if top is None else top + term
    return top.astype(np.int64, copy=False) if top is not None else None


def _whole(weight: Weight) -> int:
    assert isinstance(weight, int)
    return weight


# ------------------------------------------------------------------------------------------------------ figures


def affine(numbers: Numbers, factor: Fraction, shift: Fraction) -> Numbers:
    """`numbers × factor + shift`."""
    if numbers.exact:
        bottom = lcm(numbers.bottom * factor.denominator, shift.denominator)
        scale, offset = int(factor * bottom / numbers.bottom), int(shift * bottom)
        if bottom < ROOM and abs(scale) * numbers.largest() + abs(offset) < ROOM:
            shared = gcd(bottom, scale, offset)
            top = numbers.top * (scale // shared) + offset // shared
            return replace(numbers, top=top, bottom=bottom // shared)
    rough = numbers.rough()
    values = rough.top * float(factor) + float(shift)
    error = rough.error * abs(float(factor)) + _slack(values) + _slack(rough.top * float(factor)) * 2
    return Numbers(values, 1, error, numbers.where)


def clipped(numbers: Numbers, low: Fraction, high: Fraction) -> Numbers:
    """The numbers, held within two bounds."""
    if numbers.exact:
        bottom = lcm(numbers.bottom, low.denominator, high.denominator)
        factor = bottom // numbers.bottom
        if bottom * max(abs(low), abs(high)) < ROOM and numbers.largest() * factor < ROOM:
            return replace(
                numbers, top=np.clip(numbers.top * factor, int(low * bottom), int(high * bottom)), bottom=bottom
            )
    rough = numbers.rough()
    return replace(rough, top=np.clip(rough.top, float(low), float(high)), error=rough.error + _slack(rough.top))


def normalised(numbers: Numbers, quantity: Quantity, scale: Scale) -> tuple[Numbers, Doubt]:
    """Measured figures on the model's scale; see `gscm.model.arithmetic.normalised`."""
    numbers = clipped(numbers, quantity.min, quantity.max)
    if quantity.bands:
        return _banded(numbers, quantity, scale)
    sign = 1 if quantity.direction == "higher" else -1
    if quantity.cohort and quantity.cohort.mean is not None and quantity.cohort.deviation is not None:
        factor = sign / quantity.cohort.deviation
        return affine(numbers, factor, -quantity.cohort.mean * factor), None
    if quantity.logarithm:
        return _each(numbers, lambda value: exactly_normalised(quantity, value, scale)), None
    factor = sign * (scale.max - scale.min) / (quantity.max - quantity.min)
    return affine(numbers, factor, scale.min - factor * quantity.worst), None


def _banded(numbers: Numbers, quantity: Quantity, scale: Scale) -> tuple[Numbers, Doubt]:
    levels = sorted({scale.min, *(band.score for band in quantity.bands)})
    bottom = lcm(*(level.denominator for level in levels))
    best = np.full(numbers.top.shape, -ROOM, np.int64)
    doubt: Doubt = None
    for band in quantity.bands:
        reached, unsure = figure_reaches(numbers, quantity, band.start)
        best = np.where(reached, np.maximum(best, int(band.score * bottom)), best)
        doubt = either(doubt, unsure)
    return Numbers(np.where(best == -ROOM, int(scale.min * bottom), best), bottom, 0.0, numbers.where), doubt


def figure_reaches(numbers: Numbers, quantity: Quantity, target: Fraction) -> tuple[Mask, Doubt]:
    """Where a figure reaches a target, in its direction."""
    if quantity.direction == "higher":
        return reaches(numbers, target)
    beyond, doubt = reaches(numbers, target, inclusive=False)
    return ~beyond, doubt


def _each(numbers: Numbers, rule: Callable[[Fraction], Fraction]) -> Numbers:
    """A rule that has no form in whole numbers, worked out exactly for each value that occurs.

    For figures that are not exact themselves, from the value nearest to each; the rule is taken to be smooth.
    """
    values, place = np.unique(numbers.top, return_inverse=True)
    results = of_fractions([[rule(Fraction(value) / numbers.bottom) for value in values.tolist()]])
    found = replace(results, top=results.top[0][place.reshape(numbers.top.shape)], where=numbers.where)
    if numbers.exact:
        return found
    rough, around = found.rough(), numbers.error
    nudged = [abs(float(rule(Fraction(v + around))) - float(rule(Fraction(v - around)))) for v in values.tolist()]
    return replace(rough, error=rough.error + max(nudged, default=0.0) + _TWELVE_DIGITS)


def either(one: Doubt, other: Doubt) -> Doubt:
    """What is doubtful for one reason or another."""
    if one is None or other is None:
        return one if other is None else other
    return one | other


def chosen(which: Mask, numbers: Numbers, others: Numbers | None) -> Numbers:
    """`numbers` in the runs of `which`, `others` (if there are any) in the rest."""
    if others is None:
        return replace(numbers, where=which)
    bottom = _exact_bottom([(1, numbers), (1, others)])
    if bottom is None or max(n.largest() * (bottom // n.bottom) for n in (numbers, others)) >= ROOM:
        numbers, others, bottom = numbers.rough(), others.rough(), 1
    top = np.where(which, numbers.top * (bottom // numbers.bottom), others.top * (bottom // others.bottom))
    where = None if others.where is None else which | others.where
    return Numbers(top, bottom, max(numbers.error, others.error), where)


def at_printed(numbers: Numbers, scale: Scale) -> tuple[Numbers, Doubt]:
    """The numbers as the instrument prints them: whole numbers of its last digit."""
    return rounded(numbers, scale.digits, scale.mode)
