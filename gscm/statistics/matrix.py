"""Reading data as matrices of floats, nan where a value is missing, and what is done about the missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from gscm.i18n import Text
from gscm.statistics.figure import ALL_MISSING, NO_VARIANCE, need, refusal

Array = npt.NDArray[np.float64]
Values = npt.NDArray[Any] | Sequence[Any]
Missing = Literal["listwise", "pairwise"]

MISSING: dict[Missing, Text] = {
    "listwise": Text(
        "responden yang jawabannya tidak lengkap dikeluarkan (listwise)",
        "respondents with a missing answer are left out (listwise)",
    ),
    "pairwise": Text(
        "setiap pasangan butir memakai semua responden yang menjawab keduanya (pairwise)",
        "each pair of items uses every respondent who answered both (pairwise)",
    ),
}


def matrix(values: Values) -> Array:
    """The values as a two-dimensional array of floats. Raises ValueError for another shape or an infinite value."""
    table = np.asarray(values, dtype=float)
    if table.size == 0:
        return np.empty((0, 0))
    if table.ndim != 2:
        raise ValueError(f"a table has two dimensions, not {table.ndim}")
    return _finite(table)


def vector(values: Values) -> Array:
    """The values as a one-dimensional array of floats. Raises ValueError for another shape or an infinite value."""
    row = np.asarray(values, dtype=float)
    if row.ndim != 1:
        raise ValueError(f"a series has one dimension, not {row.ndim}")
    return _finite(row)


def _finite(table: Array) -> Array:
    if np.isinf(table).any():
        raise ValueError("a value is infinite")
    return table


def present(name: Text, table: Array) -> Array:
    """The table, refused for the figure of that name if every value in it is missing."""
    if np.isnan(table).all():
        raise refusal(name, ALL_MISSING)
    return table


def complete_rows(table: Array) -> Array:
    """The rows without a missing value (listwise deletion)."""
    return table[~np.isnan(table).any(axis=1)]


def varies(values: Array) -> bool:
    """Whether the values differ by more than the noise of floating-point numbers."""
    return bool(values.size) and bool(np.ptp(values) > 1e-12 * max(1.0, float(np.abs(values).max())))


def covariances(table: Array, missing: Missing) -> Array:
    """Covariances (divisor n − 1) of the columns; nan where fewer than two rows have both."""
    if missing == "listwise":
        table = complete_rows(table)
    known = ~np.isnan(table)
    both = known.astype(float)
    here = np.where(known, table, 0.0)
    pairs = both.T @ both
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = here.sum(axis=0) / both.sum(axis=0)
        here = np.where(known, table - centre, 0.0)  # centred first, so that large values cost no digits
        sums = here.T @ both  # of column i over the rows where j is known, too
        found: Array = (here.T @ here - sums * sums.T / pairs) / np.where(pairs > 1, pairs - 1, np.nan)
    return found


def correlations(name: Text, items: Values) -> tuple[Array, int]:
    """Pearson correlations of the columns (items) over complete rows (respondents), and how many rows these are.

    Refused for the figure of that name with fewer than two items or three respondents, or an item without variance.
    """
    table = complete_rows(present(name, matrix(items)))
    need(name, table.shape[1], 2, Text("butir", "items"))
    need(name, len(table), 3, Text("responden dengan jawaban lengkap", "respondents with complete answers"))
    still = [column for column in range(table.shape[1]) if not varies(table[:, column])]
    if still:
        raise refusal(name, NO_VARIANCE if len(still) == table.shape[1] else without_variance(still))
    return np.atleast_2d(np.corrcoef(table, rowvar=False)), len(table)


def without_variance(columns: Sequence[int]) -> Text:
    """That some items have no variance, by their numbers from 1."""
    numbers = ", ".join(str(column + 1) for column in columns)
    return Text(
        f"butir nomor {numbers} dijawab sama oleh semua responden",
        f"every respondent answered item number {numbers} alike",
    )
