"""Krippendorff's alpha: any number of raters, any missing values, four levels of measurement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gscm.i18n import Text
from gscm.statistics.figure import NO_VARIANCE, PAIRED_UNITS, Figure, Interval, Method, need, refusal
from gscm.statistics.matrix import Array, Values, matrix, present, varies
from gscm.statistics.resampling import percentile_interval, resample_counts, without_width

Measurement = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KrippendorffAlpha(Figure):
    """n counts pairable values; `interval` only where resamples were asked for; `dropped` had no variance."""

    value: float
    measurement: Measurement
    units: int
    raters: int
    interval: Interval | None = None
    dropped: int = 0


FIRM, TENTATIVE = 0.8, 0.667
"""From where on data can be relied upon, and allow tentative conclusions (Krippendorff 2004)."""
KRIPPENDORFF = Text("alfa Krippendorff", "Krippendorff's alpha")
MEASUREMENTS: dict[Measurement, Text] = {
    "nominal": Text("jarak nominal: nilai sama atau berbeda", "nominal distance: values are equal or they differ"),
    "ordinal": Text(
        "jarak ordinal: kuadrat selisih peringkat tengah", "ordinal distance: the squared difference of mid-ranks"
    ),
    "interval": Text("jarak interval: kuadrat selisih nilai", "interval distance: the squared difference of values"),
    "ratio": Text(
        "jarak rasio: kuadrat selisih nilai dibagi jumlahnya",
        "ratio distance: the squared quotient of the difference and the sum of the values",
    ),
}


def krippendorff_alpha(
    ratings: Values, measurement: Measurement, *, runs: int = 0, seed: int = 0, confidence: float = 0.95
) -> KrippendorffAlpha:
    """Krippendorff's alpha of ratings, shape (raters, units); any number of raters, any missing values.

    With `runs`, a percentile interval from units drawn anew whole with replacement (Zapf et al. 2016). Refused with
    fewer than two units that two raters rated (one alone always gives 0), or where all pairable values are equal.
    """
    import krippendorff

    table = present(KRIPPENDORFF, matrix(ratings))
    paired = table[:, (~np.isnan(table)).sum(axis=0) >= 2]
    need(KRIPPENDORFF, paired.shape[1], 2, PAIRED_UNITS)
    values = paired[~np.isnan(paired)]
    if not varies(values):
        raise refusal(KRIPPENDORFF, NO_VARIANCE)
    replicates = _alpha_replicates(paired, measurement, runs, seed) if runs else np.array([])
    interval = None if np.isnan(replicates).all() else percentile_interval(replicates, confidence)
    return KrippendorffAlpha(
        n=values.size,
        method=Method(
            KRIPPENDORFF, MEASUREMENTS[measurement], ("Krippendorff 2011", "Zapf et al. 2016")[: 1 + (runs > 0)]
        ),
        value=float(krippendorff.alpha(reliability_data=paired, level_of_measurement=measurement)),
        measurement=measurement,
        units=paired.shape[1],
        raters=int((~np.isnan(paired)).any(axis=1).sum()),
        cautions=without_width(interval),
        interval=interval,
        dropped=int(np.isnan(replicates).sum()),
    )


def _alpha_replicates(paired: Array, measurement: Measurement, runs: int, seed: int) -> Array:
    """Alpha in each resample of the units."""
    return weighted_alphas(paired, measurement, resample_counts([0] * paired.shape[1], runs, seed).astype(float))


def weighted_alphas(paired: Array, measurement: Measurement, times: Array) -> Array:
    """Alpha with each unit counted so many times, `times` of shape (runs, units); nan where nothing varies.

    Each unit of `paired`, shape (raters, units), has two ratings or more. Disagreement within units adds up over units,
    so that all runs are a few matrix products.
    """
    values = np.unique(paired[~np.isnan(paired)])
    counts = (paired[:, :, None] == values).sum(axis=0).astype(float)
    shares = times / (counts.sum(axis=1) - 1)
    totals = times @ counts
    if measurement in {"ordinal", "interval"}:
        ranks = np.cumsum(totals, axis=1) - totals / 2  # mid-ranks: ordinal distance is interval distance of these
        places = ranks if measurement == "ordinal" else np.broadcast_to(values, totals.shape)
        places = places - places.mean(axis=1, keepdims=True)
        observed = (shares * _squares(counts, places)).sum(axis=1)
        expected = 2 * (totals.sum(axis=1) * (totals * places**2).sum(axis=1) - (totals * places).sum(axis=1) ** 2)
    else:
        apart = _apart(values, measurement)
        observed = shares @ ((counts @ apart) * counts).sum(axis=1)
        expected = ((totals @ apart) * totals).sum(axis=1)
    still = np.count_nonzero(totals, axis=1) < 2
    with np.errstate(invalid="ignore", divide="ignore"):
        alphas: Array = np.where(still, np.nan, 1 - (totals.sum(axis=1) - 1) * observed / expected)
    return alphas


def _squares(counts: Array, places: Array) -> Array:
    """Squared differences of all ordered pairs of ratings in a unit, shape (runs, units)."""
    found: Array = 2 * (counts.sum(axis=1) * (places**2 @ counts.T) - (places @ counts.T) ** 2)
    return found


def _apart(values: Array, measurement: Measurement) -> Array:
    """Squared distances of the values, nominal or ratio."""
    if measurement == "nominal":
        return 1 - np.eye(len(values))
    sums = values[:, None] + values
    quotients: Array = np.divide(values[:, None] - values, sums, out=np.zeros_like(sums), where=sums != 0)
    return quotients**2
