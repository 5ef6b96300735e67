"""Agreement in categories beyond chance: Fleiss' kappa, Cohen's kappa with and without weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gscm.i18n import Text
from gscm.statistics.figure import RATERS, UNITS, Figure, Interval, Method, need, refusal
from gscm.statistics.matrix import Array, Values, complete_rows, matrix, present, varies, vector
from gscm.statistics.resampling import percentile_interval, resample_counts, without_width

KappaWeights = Literal["none", "linear", "quadratic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kappa(Figure):
    """n counts units; `observed` and `expected` are shares of agreement (weighted where weights are)."""

    value: float
    observed: float
    expected: float
    raters: int
    categories: int
    standard_error: float | None = None
    interval: Interval | None = None


FAIR = 0.4
"""Up to here agreement is fair at best (Landis & Koch 1977)."""
FLEISS = Text("kappa Fleiss", "Fleiss' kappa")
COHEN: dict[KappaWeights, Text] = {
    "none": Text("kappa Cohen", "Cohen's kappa"),
    "linear": Text("kappa tertimbang Cohen, bobot linear", "Cohen's weighted kappa, linear weights"),
    "quadratic": Text("kappa tertimbang Cohen, bobot kuadratik", "Cohen's weighted kappa, quadratic weights"),
}
_FLEISS_CHANCE = Text(
    "kesepakatan kebetulan dihitung dari sebaran kategori semua penilai bersama",
    "agreement by chance comes from the categories of all raters taken together",
)
_NO_CHANCE = Text(
    "semua penilaian jatuh pada satu kategori, sehingga kesepakatan kebetulan pun sempurna",
    "every rating falls into one category, so that agreement by chance is perfect too",
)


def category_counts(ratings: Values, categories: Sequence[float]) -> Array:
    """How many raters gave each category to each unit: (raters, units) ratings as (units, categories) counts."""
    counts: Array = (matrix(ratings)[:, :, None] == np.asarray(categories, dtype=float)).sum(axis=0).astype(float)
    return counts


def fleiss_kappa(counts: Values, *, runs: int = 0, seed: int = 0, confidence: float = 0.95) -> Kappa:
    """Fleiss' kappa of counts, shape (units, categories): how many raters gave each unit each category.

    With `runs`, a percentile interval from units drawn anew whole with replacement (Zapf et al. 2016). Refused unless
    every unit has the same number of raters, two or more, and not all ratings are one category.
    """
    table = present(FLEISS, matrix(counts))
    need(FLEISS, len(table), 1, UNITS)
    raters = table.sum(axis=1)
    if varies(raters):
        why = Text(
            "jumlah penilai tidak sama pada setiap satuan; pakailah alfa Krippendorff",
            "units have different numbers of raters; use Krippendorff's alpha",
        )
        raise refusal(FLEISS, why)
    need(FLEISS, int(raters[0]), 2, RATERS)
    observed, expected = (float(one[0]) for one in _fleiss_agreement(table, np.ones((1, len(table)))))
    if np.count_nonzero(table.sum(axis=0)) < 2:
        raise refusal(FLEISS, _NO_CHANCE)
    interval = _fleiss_interval(table, runs, seed, confidence) if runs else None
    return Kappa(
        n=len(table),
        method=Method(FLEISS, _FLEISS_CHANCE, ("Fleiss 1971", "Zapf et al. 2016")[: 1 + (runs > 0)]),
        cautions=without_width(interval),
        value=(observed - expected) / (1 - expected),
        observed=observed,
        expected=expected,
        raters=int(raters[0]),
        categories=table.shape[1],
        interval=interval,
    )


def _fleiss_agreement(table: Array, times: Array) -> tuple[Array, Array]:
    """Agreement observed and expected by chance, each unit counted so many times, `times` of shape (runs, units)."""
    raters = float(table[0].sum())
    alike = ((table**2).sum(axis=1) - raters) / (raters * (raters - 1))
    units = times.sum(axis=1)
    shares = times @ table / (units[:, None] * raters)
    return times @ alike / units, (shares**2).sum(axis=1)


def _fleiss_interval(table: Array, runs: int, seed: int, confidence: float) -> Interval | None:
    """None where no resample has two categories."""
    observed, expected = _fleiss_agreement(table, resample_counts([0] * len(table), runs, seed).astype(float))
    with np.errstate(invalid="ignore", divide="ignore"):
        replicates = np.where(expected < 1 - 1e-12, (observed - expected) / (1 - expected), np.nan)
    return None if np.isnan(replicates).all() else percentile_interval(replicates, confidence)


def cohen_kappa(
    first: Values,
    second: Values,
    weights: KappaWeights = "none",
    categories: Sequence[float] | None = None,
    confidence: float = 0.95,
) -> Kappa:
    """Cohen's kappa of two raters over the same units; ordered categories may be weighted by how far apart they stand.

    `categories` is the scale in order; left out, it is what occurs. Distances count places on it. The interval is
    value ± z × standard error (Fleiss, Cohen & Everitt 1969). Units that either left out do not count. Refused without
    a common unit, or where both used one and the same category throughout.
    """
    name = COHEN[weights]
    pairs = complete_rows(present(name, np.column_stack([vector(first), vector(second)])))
    need(name, len(pairs), 1, Text("satuan yang dinilai oleh keduanya", "units rated by both"))
    scale = np.unique(pairs) if categories is None else np.asarray(categories, dtype=float)
    table = ((pairs[:, 0, None] == scale)[:, :, None] & (pairs[:, 1, None] == scale)[:, None, :]).mean(axis=0)
    if not np.isclose(table.sum(), 1):
        raise ValueError("a rating is none of the categories")
    places = np.arange(len(scale), dtype=float)
    apart = np.abs(places[:, None] - places)
    power = {"none": 0, "linear": 1, "quadratic": 2}[weights]
    agreement = 1 - np.where(apart > 0, (apart / max(len(scale) - 1, 1)) ** power, 0.0)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    observed, expected = float((agreement * table).sum()), float(rows @ agreement @ columns)
    if np.isclose(expected, 1, atol=1e-14):
        raise refusal(name, _NO_CHANCE)
    value = (observed - expected) / (1 - expected)
    by_row, by_column = agreement @ columns, rows @ agreement
    spread = (table * (agreement - (by_row[:, None] + by_column) * (1 - value)) ** 2).sum()
    spread -= (value - expected * (1 - value)) ** 2
    error = float(np.sqrt(max(spread, 0.0) / len(pairs)) / (1 - expected))
    interval = _normal_interval(value, error, confidence)
    return Kappa(
        n=len(pairs),
        method=_cohen_method(weights, given=categories is not None),
        cautions=without_width(interval),
        value=value,
        observed=observed,
        expected=expected,
        raters=2,
        categories=len(scale),
        standard_error=error,
        interval=interval,
    )


def _cohen_method(weights: KappaWeights, given: bool) -> Method:
    scale = (
        Text("kategori menurut skala yang diberikan", "the categories are those of the scale given")
        if given
        else Text("kategori adalah nilai yang muncul", "the categories are the values that occur")
    )
    return Method(COHEN[weights], scale, ("Cohen 1968" if weights != "none" else "Cohen 1960", "Fleiss et al. 1969"))


def _normal_interval(value: float, error: float, confidence: float) -> Interval:
    from scipy.special import ndtri

    reach = float(ndtri(1 - (1 - confidence) / 2)) * error
    return Interval(
        max(value - reach, -1.0), min(value + reach, 1.0), confidence, Text("hampiran normal", "normal approximation")
    )
