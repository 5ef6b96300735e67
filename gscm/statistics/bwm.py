"""Weights from the best–worst method: 2n − 3 comparisons, with the best and with the worst criterion alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gscm.i18n import Text
from gscm.statistics.figure import Figure, Method, need, refusal
from gscm.statistics.matrix import Array, Values, vector

NAME = Text("bobot metode terbaik–terburuk (BWM)", "weights by the best–worst method (BWM)")
CRITERIA = Text("kriteria", "criteria")


@dataclass(frozen=True, slots=True, kw_only=True)
class BestWorst(Figure):
    """n counts criteria; the weights sum to 1.

    `xi` is what the model minimises: 0 is full consistency. `ratio` is xi over its largest value for this best-to-worst
    comparison (minmax model only); `input_ratio` needs no model: the largest |a_Bj a_jW − a_BW| / (a_BW² − a_BW).
    `ranges` hold every weight that is optimal, where more than one is.
    """

    weights: tuple[float, ...]
    xi: float
    ratio: float | None
    input_ratio: float
    ranges: tuple[tuple[float, float], ...]


_LINEAR = Method(
    Text("BWM, model linear", "BWM, linear model"),
    Text(
        "ξ terkecil dengan |w_B − a_Bj w_j| ≤ ξ dan |w_j − a_jW w_W| ≤ ξ; penyelesaiannya tunggal",
        "the least ξ with |w_B − a_Bj w_j| ≤ ξ and |w_j − a_jW w_W| ≤ ξ; its solution is unique",
    ),
    ("Rezaei 2016", "Liang et al. 2020"),
)
_MINMAX = Method(
    Text("BWM, model minmaks semula", "BWM, original minmax model"),
    Text(
        "ξ terkecil dengan |w_B/w_j − a_Bj| ≤ ξ dan |w_j/w_W − a_jW| ≤ ξ; bobot adalah titik tengah selang optimal, "
        "dinormalkan",
        "the least ξ with |w_B/w_j − a_Bj| ≤ ξ and |w_j/w_W − a_jW| ≤ ξ; weights are the centres of the optimal "
        "intervals, normalised",
    ),
    ("Rezaei 2015", "Rezaei 2016", "Liang et al. 2020"),
)


def consistency_index(best_to_worst: float) -> float:
    """The largest possible ξ for this best-to-worst comparison: the smaller root of ξ² − (1 + 2a)ξ + (a² − a) = 0."""
    linear = 1 + 2 * best_to_worst
    return float((linear - np.sqrt(linear**2 - 4 * (best_to_worst**2 - best_to_worst))) / 2)


def best_worst_linear(best: int, worst: int, best_to_others: Values, others_to_worst: Values) -> BestWorst:
    """Weights by the linear model; `best` and `worst` are places, from 0, in the two vectors of comparisons (1 to 9).

    Refused with fewer than two criteria, or comparisons that contradict one another at once.
    """
    from scipy.optimize import linprog

    over, under = _checked(best, worst, best_to_others, others_to_worst)
    n = len(over)
    rows = []
    for other in range(n):
        rows += [_row(n, {best: 1.0, other: -over[other]})] if other != best else []
        rows += [_row(n, {other: 1.0, worst: -under[other]})] if other not in {best, worst} else []
    table = np.vstack([rows, -np.array(rows)]) if rows else np.empty((0, n))
    found = linprog(
        np.append(np.zeros(n), 1.0),
        A_ub=np.column_stack([table, -np.ones(len(table))]),
        b_ub=np.zeros(len(table)),
        A_eq=np.append(np.ones(n), 0.0)[None],
        b_eq=[1.0],
        method="highs",
    )
    weights = tuple(float(weight) for weight in found.x[:n])
    return BestWorst(
        n=n,
        method=_LINEAR,
        cautions=_beyond(over, under, worst),
        weights=weights,
        xi=float(found.x[n]),
        ratio=None,
        input_ratio=_input_ratio(over, under, worst),
        ranges=tuple((weight, weight) for weight in weights),
    )


def _row(n: int, terms: dict[int, float]) -> Array:
    row = np.zeros(n)
    for place, factor in terms.items():
        row[place] += factor
    return row


def best_worst_minmax(best: int, worst: int, best_to_others: Values, others_to_worst: Values) -> BestWorst:
    """Weights by the original (nonlinear) model, with its consistency ratio; arguments as for the linear one.

    Over the worst, the best may weigh any r within ξ of a_BW that all others allow, (a_Bj − ξ)(a_jW − ξ) to
    (a_Bj + ξ)(a_jW + ξ); the least ξ that leaves some r is found by bisection, and the weights follow in closed form.
    """
    over, under = _checked(best, worst, best_to_others, others_to_worst)
    n, whole = len(over), float(over[worst])
    others = [place for place in range(n) if place not in {best, worst}]

    def room(xi: float) -> tuple[float, float]:
        low = np.maximum(over[others] - xi, 0) * np.maximum(under[others] - xi, 0)
        high = (over[others] + xi) * (under[others] + xi)
        return max(whole - xi, float(low.max(initial=0.0))), min(whole + xi, float(high.min(initial=np.inf)))

    low, high = 0.0, float(max(over.max(), under.max()))
    for _ in range(200):
        middle = (low + high) / 2
        bottom, top = room(middle)
        low, high = (low, middle) if bottom <= top else (middle, high)
    xi = 0.0 if _fits(room(0.0)) else high
    ratio = float(np.mean(room(xi)))
    lower, upper = np.ones(n), np.ones(n)
    lower[best] = upper[best] = ratio
    lower[others] = np.maximum(under[others] - xi, ratio / (over[others] + xi))
    tight = over[others] - xi
    upper[others] = np.minimum(under[others] + xi, np.where(tight > 0, ratio / np.where(tight > 0, tight, 1), np.inf))
    crossed = np.minimum(lower, upper), np.maximum(lower, upper)  # equal but for the last digits, where ξ binds
    ranges = _ranges(*crossed)
    centres = np.array([(first + last) / 2 for first, last in ranges])
    largest = consistency_index(whole)
    return BestWorst(
        n=n,
        method=_MINMAX,
        cautions=_beyond(over, under, worst),
        weights=tuple(float(weight) for weight in centres / centres.sum()),
        xi=xi,
        ratio=xi / largest if largest else 0.0,
        input_ratio=_input_ratio(over, under, worst),
        ranges=ranges,
    )


def _fits(room: tuple[float, float]) -> bool:
    return room[0] <= room[1]


def _ranges(lower: Array, upper: Array) -> tuple[tuple[float, float], ...]:
    """The least and largest share of each criterion, if each may weigh between its bounds independently."""
    least = lower / (lower + upper.sum() - upper)
    most = upper / (upper + lower.sum() - lower)
    return tuple((float(first), float(last)) for first, last in zip(least, most, strict=True))


def _checked(best: int, worst: int, best_to_others: Values, others_to_worst: Values) -> tuple[Array, Array]:
    over, under = vector(best_to_others), vector(others_to_worst)
    if len(over) != len(under) or not {best, worst} <= set(range(len(over))):
        raise ValueError("two vectors of one length, and places in them")
    need(NAME, len(over), 2, CRITERIA)
    faults = {
        Text("ada perbandingan yang kosong", "a comparison is missing"): bool(np.isnan([over, under]).any()),
        Text("kriteria terbaik dan terburuknya sama", "the best and the worst criterion are the same"): best == worst,
        Text("ada perbandingan di luar 1 sampai 9", "a comparison lies outside 1 to 9"): bool(
            ((over < 1) | (over > 9) | (under < 1) | (under > 9)).any()
        ),
        Text(
            "perbandingan kriteria terbaik dengan dirinya sendiri haruslah 1, begitu pula kriteria terburuk",
            "the best criterion compared with itself must be 1, and so must the worst",
        ): over[best] != 1 or under[worst] != 1,
        Text(
            "perbandingan terbaik terhadap terburuk berbeda pada kedua daftar",
            "the two lists differ on how the best compares with the worst",
        ): over[worst] != under[best],
    }
    for said, found in faults.items():
        if found:
            raise refusal(NAME, said)
    return over, under


def _beyond(over: Array, under: Array, worst: int) -> tuple[Text, ...]:
    if max(over.max(), under.max()) <= over[worst]:
        return ()
    return (
        Text(
            "Ada perbandingan yang melebihi perbandingan terbaik terhadap terburuk: pilihan terbaik atau terburuknya "
            "perlu ditinjau kembali.",
            "Some comparison exceeds that of the best with the worst: the choice of the best or the worst should be "
            "reviewed.",
        ),
    )


def _input_ratio(over: Array, under: Array, worst: int) -> float:
    whole = float(over[worst])
    if whole == 1:
        return 0.0 if bool((over * under == 1).all()) else 1.0
    return float(np.abs(over * under - whole).max()) / (whole**2 - whole)
