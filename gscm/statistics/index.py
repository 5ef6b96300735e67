"""Means of an index in floats, from compensating to not: the family that contains all the usual ones."""

from __future__ import annotations

import numpy as np

from gscm.i18n import Text
from gscm.statistics.figure import need, refusal
from gscm.statistics.matrix import Values, vector

NAME = Text("rata-rata tergeneralisasi", "the generalised mean")


def generalised_mean(values: Values, power: float, weights: Values | None = None) -> float:
    """The weighted power mean: power 1 arithmetic, 0 geometric, −1 harmonic; the lower, the less it compensates.

    Equal weights where none are given; missing values do not count. Refused without a value, and with a power ≤ 0 where
    a value is not positive.
    """
    row = vector(values)
    by = np.ones(len(row)) if weights is None else vector(weights)
    row, by = row[~np.isnan(row)], by[~np.isnan(row)]
    need(NAME, len(row), 1, Text("nilai", "values"))
    if power <= 0 and not (row > 0).all():
        why = Text("ada nilai yang tidak positif", "some value is not positive")
        raise refusal(NAME, why)
    by = by / by.sum()
    if power == 0:
        return float(np.exp(by @ np.log(row)))
    return float((by @ row**power) ** (1 / power))
