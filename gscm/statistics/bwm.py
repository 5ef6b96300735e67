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

    `xi` is what the model minimises: 0 is full consistency. `ratio`, output-based, is xi over its largest value for
    this best-to-worst comparison (minmax model only); `input_ratio` needs no model: the largest
    |a_Bj a_jW − a_BW| / (a_BW² − a_BW). The limits are the thresholds of both ratios, None with two criteria, which
    cannot be inconsistent. `ranges` hold every weight that is optimal, where more than one is.
    """

    weights: tuple[float, ...]
    xi: float
    ratio: float | None
    input_ratio: float
    input_limit: float | None
    output_limit: float | None
    ranges: tuple[tuple[float, float], ...]


_INPUT_LIMITS: dict[int, tuple[float, ...]] = {
    2: (0.0,) * 7,
    3: (0.1667,) * 7,
    4: (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    5: (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    6: (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    7: (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    8: (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    9: (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
}
_OUTPUT_LIMITS: dict[int, tuple[float, ...]] = {
    2: (0.0,) * 7,
    3: (0.2087,) * 7,
    4: (0.1581, 0.2352, 0.2738, 0.2928, 0.3102, 0.3154, 0.3273),
    5: (0.2111, 0.2848, 0.3019, 0.3309, 0.3479, 0.3611, 0.3741),
    6: (0.2164, 0.2922, 0.3565, 0.3924, 0.4061, 0.4168, 0.4225),
    7: (0.2090, 0.3313, 0.3734, 0.3931, 0.4035, 0.4108, 0.4298),
    8: (0.2267, 0.3409, 0.4029, 0.4230, 0.4379, 0.4543, 0.4599),
    9: (0.2122, 0.3653, 0.4055, 0.4225, 0.4445, 0.4587, 0.4747),
}
"""Thresholds by the best-to-worst comparison, for 3 to 9 criteria: from 3 on by Liang, Brunelli & Rezaei (2020).

Theirs begin at 3. Of comparisons up to 2, any step away from full consistency is as large as the scale itself: only
full consistency is accepted, which is ours.
"""
PUBLISHED_FROM = 3
"""The smallest best-to-worst comparison that thresholds are published for."""


def limits(criteria: int, best_to_worst: float) -> tuple[float, float] | None:
    """The highest input-based and output-based ratio that are accepted; None with two criteria.

    Thresholds are published for whole comparisons from 3 and up to 9 criteria: between two comparisons the lower one is
    taken, beyond 9 criteria that of 9, and below 3 there must be full consistency.
    """
    if criteria < 3:
        return None
    column = min(criteria, 9) - 3
    steps = {max(2, int(np.floor(best_to_worst))), max(2, int(np.ceil(best_to_worst)))}
    found = [min(table[step][column] for step in steps) for table in (_INPUT_LIMITS, _OUTPUT_LIMITS)]
    return found[0], found[1]


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
    allowed = limits(n, float(over[worst]))
    return BestWorst(
        n=n,
        method=_LINEAR,
        cautions=_cautions(over, under, worst),
        weights=weights,
        xi=max(float(found.x[n]), 0.0),
        ratio=None,
        input_ratio=input_ratio(over, under, worst),
        input_limit=allowed and allowed[0],
        output_limit=allowed and allowed[1],
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
    largest, allowed = consistency_index(whole), limits(n, whole)
    return BestWorst(
        n=n,
        method=_MINMAX,
        cautions=_cautions(over, under, worst),
        weights=tuple(float(weight) for weight in centres / centres.sum()),
        xi=xi,
        ratio=xi / largest if largest else 0.0,
        input_ratio=input_ratio(over, under, worst),
        input_limit=allowed and allowed[0],
        output_limit=allowed and allowed[1],
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


def _cautions(over: Array, under: Array, worst: int) -> tuple[Text, ...]:
    found = []
    if max(over.max(), under.max()) > over[worst]:
        found.append(
            Text(
                "Ada perbandingan yang melebihi perbandingan terbaik terhadap terburuk: pilihan terbaik atau "
                "terburuknya perlu ditinjau kembali.",
                "Some comparison exceeds that of the best with the worst: the choice of the best or the worst should "
                "be reviewed.",
            )
        )
    if len(over) > 9:
        found.append(
            Text(
                "Batas rasio BWM hanya dipublikasikan sampai 9 kriteria; yang dipakai batas untuk 9 kriteria.",
                "Thresholds of BWM ratios are published up to 9 criteria only; those of 9 criteria are used.",
            )
        )
    return tuple(found)


def input_ratio(best_to_others: Values, others_to_worst: Values, worst: int) -> float:
    """The input-based consistency ratio: 0 where every chain from the best to the worst agrees with their comparison.

    Where best and worst are alike it is 1 as soon as any comparison differs.
    """
    over, under = vector(best_to_others), vector(others_to_worst)
    whole = float(over[worst])
    apart = np.abs(over * under - whole)
    return float(apart.max()) / (whole**2 - whole) if whole > 1 else float(bool(apart.any()))
