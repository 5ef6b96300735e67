"""Which assumption moves the result: Sobol indices, weights that wander, and ranks that hold or change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gscm.i18n import Text
from gscm.statistics.figure import Figure, Interval, Method, need, refusal
from gscm.statistics.matrix import Array, Values, matrix, varies, vector
from gscm.statistics.resampling import generator, percentile_interval, resample_counts


@dataclass(frozen=True, slots=True)
class Index:
    """How much of the variance of the result one factor explains, with its bootstrap interval."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class SobolIndices(Figure):
    """n counts base draws (the model ran n × (factors + 2) times); the indices are in the order of the factors.

    `first_order`: the share that the factor explains alone. `total`: the share that involves it, with others or alone.
    """

    variance: float
    first_order: tuple[Index, ...]
    total: tuple[Index, ...]


SOBOL = Text("indeks Sobol", "Sobol indices")
_SOBOL = Method(
    SOBOL,
    Text(
        "penduga Saltelli untuk orde pertama dan Jansen untuk total, hasil dipusatkan; barisan Sobol "
        "teracak (pengacakan matriks linear dan geseran digital)",
        "Saltelli's estimator of the first order and Jansen's of the total, outputs centred; Sobol sequence "
        "scrambled by a linear matrix and a digital shift",
    ),
    ("Saltelli et al. 2010", "Jansen 1999"),
)


def saltelli_draws(factors: int, base: int, seed: int, groups: Sequence[Sequence[int]] | None = None) -> Array:
    """Points in [0, 1), shape (base × (factors + 2), factors): blocks A, B, then A with factor i from B for each i.

    `base` is a power of two (ValueError otherwise): two halves of one scrambled Sobol sequence (Saltelli et al. 2010).
    With `groups` of factors, each group is taken from B together and counts as one factor in the number of blocks.
    """
    from scipy.stats.qmc import Sobol

    if base < 1 or base & (base - 1):
        raise ValueError("the number of base draws is a power of two")
    together = [[factor] for factor in range(factors)] if groups is None else [list(group) for group in groups]
    drawn = Sobol(2 * factors, scramble=True, rng=generator(seed)).random(base)
    first, second = drawn[:, :factors], drawn[:, factors:]
    mixed = np.repeat(first[None], len(together), axis=0)
    for block, group in zip(mixed, together, strict=True):
        block[:, group] = second[:, group]
    return np.concatenate([first, second, mixed.reshape(-1, factors)])


def sobol_indices(
    outputs: Values, factors: int, *, runs: int = 200, seed: int = 0, confidence: float = 0.95
) -> SobolIndices:
    """First-order and total indices of the results at `saltelli_draws`, shape (base × (factors + 2),), in that order.

    Intervals by bootstrap of the base draws. Refused if the result never changes: then no factor moves it.
    """
    values = vector(outputs)
    base = len(values) // (factors + 2)
    if base * (factors + 2) != len(values) or np.isnan(values).any():
        raise ValueError("one result for each draw")
    need(SOBOL, base, 2, Text("tarikan dasar", "base draws"))
    if not varies(values[: 2 * base]):
        why = Text("hasilnya tidak berubah pada tarikan mana pun", "the result is the same at every draw")
        raise refusal(SOBOL, why)
    blocks = (values - values.mean()).reshape(factors + 2, base)
    variance, first, total = _indices(blocks, np.full((1, base), 1 / base))
    repeats = [_indices(blocks, times / base) for times in _in_parts(base, runs, seed)]
    _, firsts, totals = (np.concatenate(part) for part in zip(*repeats, strict=True))
    return SobolIndices(
        n=base,
        method=_SOBOL,
        variance=float(variance[0]),
        first_order=_with_intervals(first[0], firsts, confidence),
        total=_with_intervals(total[0], totals, confidence),
    )


def _in_parts(base: int, runs: int, seed: int) -> list[npt.NDArray[np.int64]]:
    """Bootstrap counts of the base draws, some hundred runs at a time, so that memory stays small."""
    return [resample_counts([0] * base, min(100, runs - start), seed + 1 + start) for start in range(0, runs, 100)]


def _indices(blocks: Array, shares: Array) -> tuple[Array, Array, Array]:
    """Variance (runs,), first-order and total indices (runs, factors) with base draws weighed, shape (runs, base)."""
    a, b, mixed = blocks[0], blocks[1], blocks[2:]
    means = shares @ (a + b) / 2
    variance = shares @ (a**2 + b**2) / 2 - means**2
    safe = np.where(variance > 0, variance, np.nan)[:, None]
    first = shares @ (b * (mixed - a)).T / safe
    total = shares @ ((a - mixed) ** 2 / 2).T / safe
    return variance, first, total


def _with_intervals(values: Array, replicates: Array, confidence: float) -> tuple[Index, ...]:
    return tuple(
        Index(float(value), percentile_interval(column, confidence))
        for value, column in zip(values, replicates.T, strict=True)
    )


def perturbed_weights(weights: Values, draws: Values, spread: float = 0.25) -> Array:
    """Weights that wander independently within ± `spread` of themselves and are then renormalised to a sum of 1.

    `draws` are points in [0, 1), shape (runs, weights): 0.5 leaves a weight as it is. COINr varies weights so
    (Becker et al. 2022).
    """
    base, points = vector(weights), matrix(draws)
    if not (base > 0).all() or not 0 <= spread < 1:
        raise ValueError("weights are positive, and the spread is a share of 1")
    moved = base * (1 + spread * (2 * points - 1))
    found: Array = moved / moved.sum(axis=1, keepdims=True)
    return found


def chosen(draws: Values, options: int) -> npt.NDArray[np.int64]:
    """Points in [0, 1) as choices 0 … options − 1, each as often: a factor that is a rule rather than a number."""
    return np.minimum((np.asarray(draws, dtype=float) * options).astype(np.int64), options - 1)


# Ranks


@dataclass(frozen=True, slots=True)
class RankInterval:
    """The ranks of one subject; 1 is the highest score.

    `nominal` is the rank without any change of assumptions, from the best to the worst that unknown scores allow;
    `low` and `high` the interval over the draws, unknown scores included. `median` and `mean_shift` are those of the
    ranks by the lowest scores.
    """

    nominal: tuple[int, int]
    median: float
    low: float
    high: float
    mean_shift: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RankStability(Figure):
    """n counts draws; `mean_shift` is the mean absolute rank shift, `stable_pairs` a share of 1.

    Both by the lowest scores; `certain_pairs` is the share of pairs that hold whatever unknown scores turn out to be.
    """

    subjects: tuple[RankInterval, ...]
    mean_shift: float
    stable_pairs: float
    certain_pairs: float
    confidence: float


RANKS = Text("kemantapan peringkat", "stability of ranks")
_RANKS = Method(
    RANKS,
    Text(
        "nilai kembar mendapat peringkat terbaik bersama; pasangan tetap bila urutannya sama pada semua tarikan",
        "ties share the best rank; a pair holds if its order is the same in every draw",
    ),
    ("Saisana et al. 2005",),
)


def ranks(scores: Values) -> npt.NDArray[np.int64]:
    """The rank of each subject, shape as `scores` (draws, subjects): 1 is the highest, ties share the best rank."""
    from scipy.stats import rankdata

    found: npt.NDArray[np.int64] = rankdata(-matrix(scores), method="min", axis=1).astype(np.int64)
    return found


def rank_bounds(lowest: Values, highest: Values) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The best and the worst rank of each subject in each draw, where its score lies from `lowest` to `highest`.

    Shapes (draws, subjects). The best is that with its own score highest and those of others lowest.
    """
    low, high = matrix(lowest), matrix(highest)
    best, worst = np.empty(low.shape, np.int64), np.empty(low.shape, np.int64)
    subjects = low.shape[1]
    for draw, (lows, highs) in enumerate(zip(low, high, strict=True)):
        best[draw] = 1 + subjects - np.searchsorted(np.sort(lows), highs, side="right")
        others = subjects - np.searchsorted(np.sort(highs), lows, side="right")
        worst[draw] = 1 + others - (highs > lows)
    return best, worst


def rank_stability(
    nominal: Values, scores: Values, confidence: float = 0.9, *, highest: tuple[Values, Values] | None = None
) -> RankStability:
    """How the ranks of subjects move when assumptions do: `nominal` (subjects,) against `scores` (draws, subjects).

    `highest` are the same two where scores are known as ranges only, of which `nominal` and `scores` are the low ends.
    The interval runs from the lower quantile of the best ranks to the upper one of the worst: whatever the unknown
    scores are, the central quantiles of the ranks lie within. Refused with fewer than two subjects or no draw.
    """
    start, table = vector(nominal), matrix(scores)
    need(RANKS, len(start), 2, Text("subjek", "subjects"))
    need(RANKS, len(table), 1, Text("tarikan", "draws"))
    top, most = (start, table) if highest is None else (vector(highest[0]), matrix(highest[1]))
    if {table.shape, most.shape} != {(len(table), len(start))} or any(
        np.isnan(one).any() for one in (start, table, most)
    ):
        raise ValueError("a score for each subject in each draw")
    places, moved = ranks(start[None])[0], ranks(table)
    first, (best, worst) = rank_bounds(start[None], top[None]), rank_bounds(table, most)
    tail = (1 - confidence) / 2
    low, median, high = (np.quantile(one, q, axis=0) for one, q in ((best, tail), (moved, 0.5), (worst, 1 - tail)))
    shifts = np.abs(moved - places).mean(axis=0)
    return RankStability(
        n=len(table),
        method=_RANKS,
        subjects=tuple(
            RankInterval(
                (int(first[0][0, i]), int(first[1][0, i])),
                float(median[i]), float(low[i]), float(high[i]), float(shifts[i]),
            )
            for i in range(len(start))
        ),
        mean_shift=float(shifts.mean()),
        stable_pairs=stable_pairs(np.vstack([start, table])),
        certain_pairs=stable_pairs(np.vstack([start, table]), np.vstack([top, most])),
        confidence=confidence,
    )  # fmt: skip


def stable_pairs(scores: Values, highest: Values | None = None) -> float:
    """The share of pairs of subjects whose order (ahead, tied or behind) is the same in every draw (draws, subjects).

    Where scores are ranges up to `highest`, a pair is ahead only if all of the one's range is, and tied only if both
    are known and alike. Refused with fewer than two subjects.
    """
    low = matrix(scores)
    high = low if highest is None else matrix(highest)
    subjects = int(low.shape[1])
    need(RANKS, subjects, 2, Text("subjek", "subjects"))
    held = 0
    for one in range(subjects - 1):
        mine, rest = slice(one, one + 1), slice(one + 1, None)
        ahead, behind = low[:, mine] > high[:, rest], high[:, mine] < low[:, rest]
        tied = (low[:, mine] == high[:, rest]) & (high[:, mine] == low[:, rest])
        held += int((ahead.all(axis=0) | behind.all(axis=0) | tied.all(axis=0)).sum())
    return 2 * held / (subjects * (subjects - 1))
