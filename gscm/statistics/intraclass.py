"""Intraclass correlation in the six forms of Shrout & Fleiss, each named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gscm.i18n import Text
from gscm.statistics.figure import COMPLETE_UNITS, NO_VARIANCE, RATERS, Figure, Interval, Method, need, refusal
from gscm.statistics.matrix import Array, Values, complete_rows, matrix, present, varies

IccForm = Literal["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntraclassCorrelation(Figure):
    """n counts targets; F with its degrees of freedom and p test that the coefficient is 0. None: F is infinite."""

    value: float
    form: IccForm
    f: float | None
    df1: int
    df2: int
    p: float
    interval: Interval
    raters: int


ICC = Text("korelasi intrakelas", "intraclass correlation")
_F_INTERVAL = Text("selang dari sebaran F", "interval from the F distribution")
_ICC_MODEL = {
    "1": Text(
        "model satu arah acak: setiap objek dinilai oleh penilai yang berbeda",
        "one-way random: each target is rated by other raters",
    ),
    "2": Text(
        "model dua arah acak, kesepakatan mutlak: perbedaan tingkat antarpenilai dihitung sebagai ketidaksepakatan",
        "two-way random, absolute agreement: raters who differ in level disagree",
    ),
    "3": Text(
        "model dua arah campuran, konsistensi: perbedaan tingkat antarpenilai diabaikan",
        "two-way mixed, consistency: raters may differ in level",
    ),
}
_ICC_UNIT = {
    False: Text("reliabilitas satu penilai", "reliability of one rater"),
    True: Text("reliabilitas rata-rata semua penilai", "reliability of the mean of all raters"),
}


def intraclass_correlations(ratings: Values, confidence: float = 0.95) -> dict[IccForm, IntraclassCorrelation]:
    """The six forms of Shrout & Fleiss (1979) for ratings, shape (targets, raters).

    Targets that some rater left out do not count. Refused with fewer than two complete targets or two raters, or
    without any variance. Limits as in McGraw & Wong (1996). What would fall below −1 is given as −1.
    """
    table = complete_rows(present(ICC, matrix(ratings)))
    n, k = table.shape
    need(ICC, n, 2, COMPLETE_UNITS)
    need(ICC, k, 2, RATERS)
    if not varies(table):
        raise refusal(ICC, NO_VARIANCE)
    between, judges, error, within = _mean_squares(table)
    one, two = _ratio(between, within), _ratio(between, error)
    dfs = {"1": (n - 1, n * (k - 1)), "2": (n - 1, (n - 1) * (k - 1)), "3": (n - 1, (n - 1) * (k - 1))}
    ratios = {"1": one, "2": two, "3": two}
    agreement = _ratio(between - error, between + (k - 1) * error + k * (judges - error) / n, at_zero=0.0)
    single = {"1": _single(one, k), "2": agreement, "3": _single(two, k)}
    limits = {model: _f_limits(ratios[model], k, *dfs[model], confidence) for model in ("1", "3")}
    limits["2"] = _agreement_limits(agreement, between, judges, error, n, k, confidence)
    found: dict[IccForm, IntraclassCorrelation] = {}
    for form in ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"):
        model, averaged = form[3], form.endswith("k")
        steps = [single[model], *limits[model]]
        value, low, high = (max(spearman_brown(step, k) if averaged else step, -1.0) for step in steps)
        found[form] = IntraclassCorrelation(
            n=n,
            method=_icc_method(model, averaged),
            value=value,
            form=form,
            f=ratios[model] if np.isfinite(ratios[model]) else None,
            df1=dfs[model][0],
            df2=dfs[model][1],
            p=_f_tail(ratios[model], *dfs[model]),
            interval=Interval(low, high, confidence, _F_INTERVAL),
            raters=k,
        )
    return found


def _icc_method(model: str, averaged: bool) -> Method:
    form = f"ICC({model},{'k' if averaged else '1'})"
    model_said, unit = _ICC_MODEL[model], _ICC_UNIT[averaged]
    return Method(
        Text(f"{ICC.id} {form}", f"{ICC.en} {form}"),
        Text(f"{model_said.id}; {unit.id}", f"{model_said.en}; {unit.en}"),
        ("Shrout & Fleiss 1979", "McGraw & Wong 1996"),
    )


def _mean_squares(table: Array) -> tuple[float, float, float, float]:
    """Between targets, between raters, residual, and within targets; what is noise of floats is 0."""
    n, k = table.shape
    centred = table - table.mean()
    rows, columns = centred.mean(axis=1), centred.mean(axis=0)
    residual = centred - rows[:, None] - columns
    total = float((centred**2).sum())
    squares = (k * (rows**2).sum(), n * (columns**2).sum(), (residual**2).sum())
    between, judges, error = (float(square) if square > 1e-12 * total else 0.0 for square in squares)
    freedom = (n - 1) * (k - 1)
    return between / (n - 1), judges / (k - 1), error / freedom, (judges + error) / (n * (k - 1))


def _ratio(upper: float, lower: float, at_zero: float = np.inf) -> float:
    return upper / lower if lower else (at_zero if upper else 0.0)


def _single(ratio: float, k: int) -> float:
    """(F − 1) / (F + k − 1), also where F is infinite."""
    return 1 - k / (ratio + k - 1)


def spearman_brown(single: float, k: int) -> float:
    """The reliability of the mean of k raters from that of one; −∞ where there is none."""
    whole = 1 + (k - 1) * single
    return k * single / whole if whole > 1e-12 else -np.inf


def _f_tail(ratio: float, df1: float, df2: float) -> float:
    from scipy.special import fdtrc

    return float(fdtrc(df1, df2, ratio)) if np.isfinite(ratio) else 0.0


def _f_limits(ratio: float, k: int, df1: int, df2: int, confidence: float) -> tuple[float, float]:
    from scipy.special import fdtri

    upper = 1 - (1 - confidence) / 2
    return _single(ratio / fdtri(df1, df2, upper), k), _single(ratio * fdtri(df2, df1, upper), k)


def _agreement_limits(
    value: float, between: float, judges: float, error: float, n: int, k: int, confidence: float
) -> tuple[float, float]:
    """Limits of ICC(2,1), with the degrees of freedom of Satterthwaite; they hold the value even where these vanish."""
    from scipy.special import fdtri

    rest = n * (1 + (k - 1) * value) - k * value
    whole = (n - 1) * k**2 * value**2 * judges**2 + rest**2 * error**2
    freedom = (n - 1) * (k - 1) * (k * value * judges + rest * error) ** 2 / whole if whole else 0.0
    if freedom < 1e-6:
        return (-1.0 if error else value), value
    upper = 1 - (1 - confidence) / 2
    f_low = min(float(fdtri(n - 1, freedom, upper)), 1e12)
    f_high = float(fdtri(freedom, n - 1, upper))
    spread = k * judges + (k * n - k - n) * error
    low = n * (between - f_low * error) / (f_low * spread + n * between)
    high = n * (f_high * between - error) / (spread + n * f_high * between)
    return min(low, value), max(high, value)
