"""The bootstrap: intervals of any statistic, and people drawn anew within their offices. Same seed, same draws."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from gscm.i18n import Text
from gscm.statistics.figure import Figure, Interval, Method, computed, need, refusal
from gscm.statistics.matrix import Array, Values, varies

BootstrapMethod = Literal["percentile", "bca"]

NAME = Text("selang bootstrap", "bootstrap interval")
METHODS: dict[BootstrapMethod, Method] = {
    "percentile": Method(
        Text("bootstrap persentil", "percentile bootstrap"),
        Text(
            "baris data diambil ulang dengan pengembalian; batas selang adalah kuantil hasil ulangan",
            "rows are drawn anew with replacement; the limits are quantiles of the replicates",
        ),
        ("Efron & Tibshirani 1993",),
    ),
    "bca": Method(
        Text("bootstrap BCa", "BCa bootstrap"),
        Text(
            "baris data diambil ulang dengan pengembalian; kuantil dikoreksi terhadap bias dan percepatan",
            "rows are drawn anew with replacement; the quantiles are corrected for bias and acceleration",
        ),
        ("Efron 1987",),
    ),
}
_NO_WIDTH = Text(
    "Selangnya selebar nol sebab datanya seragam; itu bukan kepastian: data lain dapat memberi angka lain.",
    "The interval has no width because the data are uniform; that is no certainty: other data might give another "
    "figure.",
)


def without_width(interval: Interval | None) -> tuple[Text, ...]:
    """The caution about an interval whose ends are the same, if they are."""
    return (_NO_WIDTH,) if interval is not None and interval.high - interval.low < 1e-9 else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bootstrap(Figure):
    """A statistic with its bootstrap interval; n counts rows, `dropped` the resamples that could not carry it."""

    value: float
    interval: Interval
    runs: int
    dropped: int
    seed: int


def generator(seed: int) -> np.random.Generator:
    """The one kind of random numbers that gscm uses: PCG64."""
    return np.random.Generator(np.random.PCG64(seed))


def resample_counts(offices: Sequence[Hashable], runs: int, seed: int) -> npt.NDArray[np.int64]:
    """How often each person is drawn in each run, shape (runs, people).

    `offices` names the office of each person. Within each office as many people as it has are drawn with replacement,
    and a person comes with all of his answers: a stratified bootstrap of whole people (Davison & Hinkley 1997, 3.2).
    An office with one person never varies. The counts of each office sum to its number of people.
    """
    random = generator(seed)
    counts = np.zeros((runs, len(offices)), dtype=np.int64)
    members: dict[Hashable, list[int]] = {}
    for person, office in enumerate(offices):
        members.setdefault(office, []).append(person)
    for people in members.values():
        counts[:, people] = random.multinomial(len(people), np.full(len(people), 1 / len(people)), size=runs)
    return counts


def percentile_interval(replicates: Values, confidence: float = 0.95) -> Interval:
    """The central interval of bootstrap replicates, linear between order statistics; nan replicates do not count."""
    tail = (1 - confidence) / 2
    low, high = np.nanquantile(np.asarray(replicates, dtype=float), [tail, 1 - tail])
    return Interval(float(low), float(high), confidence, METHODS["percentile"].name)


def bootstrap(
    rows: Values,
    statistic: Callable[[Array], float],
    *,
    runs: int = 1000,
    seed: int = 0,
    confidence: float = 0.95,
    method: BootstrapMethod = "percentile",
) -> Bootstrap:
    """The statistic of the rows (first axis) with its bootstrap interval.

    A resample for which `statistic` raises NotComputable is dropped and counted. Refused with fewer than two rows,
    or if more than half of the resamples are dropped.
    """
    data = np.asarray(rows, dtype=float)
    need(NAME, len(data), 2, Text("baris data", "rows"))
    value = float(statistic(data))
    picks = generator(seed).integers(0, len(data), size=(runs, len(data)))
    found = np.array([computed(statistic, data[pick]) for pick in picks], dtype=float)
    replicates = found[~np.isnan(found)]
    if 2 * len(replicates) < runs:
        why = Text(
            f"hanya {len(replicates)} dari {runs} ulangan yang dapat dihitung",
            f"only {len(replicates)} of {runs} resamples could be computed",
        )
        raise refusal(NAME, why)
    if method == "percentile":
        interval = percentile_interval(replicates, confidence)
    else:
        interval = _bca(data, statistic, value, replicates, confidence)
    return Bootstrap(
        n=len(data),
        method=METHODS[method],
        cautions=without_width(interval),
        value=value,
        interval=interval,
        runs=runs,
        dropped=runs - len(replicates),
        seed=seed,
    )


def _bca(
    data: Array, statistic: Callable[[Array], float], value: float, replicates: Array, confidence: float
) -> Interval:
    """Efron (1987): quantiles shifted by the bias z0 and the acceleration a, the latter from the jackknife."""
    from scipy.special import ndtr, ndtri

    name = METHODS["bca"].name
    if not varies(replicates):
        return Interval(value, value, confidence, name)
    left_out = np.array([computed(statistic, np.delete(data, row, axis=0)) for row in range(len(data))], dtype=float)
    away = np.nanmean(left_out) - left_out
    spread = float(np.nansum(away**2))
    acceleration = float(np.nansum(away**3)) / (6 * spread**1.5) if spread > 0 else 0.0
    below = (np.mean(replicates < value) + np.mean(replicates <= value)) / 2
    bias = float(ndtri(np.clip(below, 1 / (2 * len(replicates)), 1 - 1 / (2 * len(replicates)))))
    tail = (1 - confidence) / 2
    z = bias + ndtri(np.array([tail, 1 - tail]))
    low, high = np.quantile(replicates, ndtr(bias + z / (1 - acceleration * z)))
    return Interval(float(low), float(high), confidence, name)
