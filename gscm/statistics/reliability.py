"""Reliability of a scale: Cronbach alpha, McDonald omega, item–total correlations against the r table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gscm.i18n import Text, decimal
from gscm.statistics.figure import ITEMS, NO_VARIANCE, RESPONDENTS, Figure, Interval, Method, few, need, refusal
from gscm.statistics.matrix import (
    MISSING,
    Array,
    Missing,
    Values,
    complete_rows,
    correlations,
    covariances,
    matrix,
    present,
    varies,
    vector,
    without_variance,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CronbachAlpha(Figure):
    """n counts respondents; `interval` is None where answers are missing pairwise, for which Feldt gives none."""

    value: float
    items: int
    missing: Missing
    interval: Interval | None = None


CRONBACH = Text("alfa Cronbach", "Cronbach's alpha")
KR20 = Text("alfa Cronbach (KR-20, butir ya/tidak)", "Cronbach's alpha (KR-20, yes-or-no items)")
_FELDT = Text("selang Feldt (sebaran F)", "Feldt's interval (F distribution)")
_NEGATIVE = Text(
    "Alfa negatif: ada butir yang berlawanan arah atau tidak mengukur hal yang sama.",
    "Alpha is negative: some items run the other way or measure something else.",
)


def cronbach_alpha(items: Values, missing: Missing = "listwise", confidence: float = 0.95) -> CronbachAlpha:
    """Cronbach's alpha of items, shape (respondents, items), from covariances with the divisor n − 1.

    Missing answers listwise or pairwise, as named. The interval is that of Feldt, Woodruff & Salih (1987). Refused with
    fewer than two items or two respondents, or where the sum of the items does not vary. n < 30 is a caution.
    """
    table = present(CRONBACH, matrix(items))
    if missing == "listwise":
        table = complete_rows(table)
    table = table[~np.isnan(table).all(axis=1)]
    n, k = table.shape
    need(CRONBACH, k, 2, ITEMS)
    need(CRONBACH, n, 2, RESPONDENTS)
    value = _alpha(covariances(table, missing))
    complete = not np.isnan(table).any()
    binary = set(np.unique(table[~np.isnan(table)])) <= {0.0, 1.0}
    return CronbachAlpha(
        n=n,
        method=Method(
            KR20 if binary else CRONBACH,
            MISSING[missing],
            ("Cronbach 1951", *(("Kuder & Richardson 1937",) if binary else ()), "Feldt et al. 1987"),
        ),
        cautions=few(n) + ((_NEGATIVE,) if value < 0 else ()),
        value=value,
        items=k,
        missing=missing,
        interval=_feldt(value, n, k, confidence) if complete else None,
    )


def _alpha(covariance: Array) -> float:
    if np.isnan(covariance).any():
        why = Text(
            "ada pasangan butir tanpa dua responden yang sama", "some pair of items shares fewer than two respondents"
        )
        raise refusal(CRONBACH, why)
    k, total = len(covariance), float(covariance.sum())
    if not total > 1e-12 * float(np.trace(covariance)):
        why = Text(
            "jumlah skor butir tidak beragam antarresponden", "the sum of the items does not vary among respondents"
        )
        raise refusal(CRONBACH, why)
    return k / (k - 1) * (1 - float(np.trace(covariance)) / total)


def _feldt(value: float, n: int, k: int, confidence: float) -> Interval:
    from scipy.special import fdtri

    tail = (1 - confidence) / 2
    low, high = (1 - (1 - value) * float(fdtri(n - 1, (n - 1) * (k - 1), share)) for share in (1 - tail, tail))
    return Interval(low, high, confidence, _FELDT)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrelationReliability(Figure):
    """Reliability that rests on a correlation matrix alone; n counts respondents."""

    value: float
    items: int


STANDARDISED = Text("alfa Cronbach terstandardisasi", "standardised Cronbach's alpha")
LAMBDA_6 = Text("lambda-6 Guttman", "Guttman's lambda 6")


def standardised_alpha(correlation: Values, n: int) -> CorrelationReliability:
    """Cronbach's alpha of standardised items, from their correlations, shape (items, items); n respondents."""
    table = matrix(correlation)
    need(STANDARDISED, len(table), 2, ITEMS)
    convention = Text("butir dibakukan: dari matriks korelasi", "items are standardised: from the correlation matrix")
    return CorrelationReliability(
        n=n,
        method=Method(STANDARDISED, convention, ("Cronbach 1951",)),
        cautions=few(n),
        value=_alpha(table),
        items=len(table),
    )


def guttman_lambda6(correlation: Values, n: int) -> CorrelationReliability:
    """Guttman's lower bound lambda 6 from correlations, shape (items, items): 1 − Σ (1 − SMC) / Σ r."""
    table = matrix(correlation)
    need(LAMBDA_6, len(table), 2, ITEMS)
    convention = Text(
        "kuadrat korelasi berganda tiap butir dengan butir lainnya (SMC)",
        "the squared multiple correlation of each item with the others (SMC)",
    )
    errors = 1 / np.diag(np.linalg.inv(invertible(LAMBDA_6, table)))
    return CorrelationReliability(
        n=n,
        method=Method(LAMBDA_6, convention, ("Guttman 1945",)),
        cautions=few(n),
        value=float(1 - errors.sum() / table.sum()),
        items=len(table),
    )


def invertible(name: Text, correlation: Array) -> Array:
    """The correlation matrix, refused for the figure of that name if it is singular."""
    if np.linalg.eigvalsh(correlation)[0] < 1e-10:
        why = Text(
            "matriks korelasinya singular: ada butir yang ditentukan sepenuhnya oleh butir lain, "
            "atau responden lebih sedikit daripada butir",
            "the correlation matrix is singular: some item follows from the others, "
            "or respondents are fewer than items",
        )
        raise refusal(name, why)
    return correlation


# McDonald


@dataclass(frozen=True, slots=True, kw_only=True)
class McDonaldOmega(Figure):
    """n counts respondents; `loadings` are those of the one factor, in the order of the items."""

    value: float
    loadings: tuple[float, ...]


OMEGA = Text("omega McDonald (satu faktor)", "McDonald's omega (one factor)")
_MINRES = Text(
    "muatan faktor terstandardisasi dari korelasi Pearson, kuadrat terkecil tak tertimbang (minres)",
    "standardised loadings from Pearson correlations, unweighted least squares (minres)",
)
_LOADINGS = Text("muatan faktor terstandardisasi seperti yang diberikan", "standardised loadings as given")
_MIXED = Text(
    "Ada muatan faktor yang negatif: butir itu berlawanan arah dan perlu dibalik dahulu.",
    "Some loading is negative: that item runs the other way and has to be reversed first.",
)
_HEYWOOD = Text(
    "Kasus Heywood: satu butir seolah tanpa ragam galat; model satu faktor kurang cocok.",
    "A Heywood case: one item seems to have no error; one factor does not fit well.",
)


def mcdonald_omega(items: Values) -> McDonaldOmega:
    """McDonald's omega total of one factor, of items, shape (respondents, items); incomplete rows do not count.

    Refused with fewer than three items (one factor is not identified), an item without variance, or a singular matrix.
    """
    correlation, n = correlations(OMEGA, items)
    need(OMEGA, len(correlation), 3, ITEMS)
    loadings = one_factor_loadings(invertible(OMEGA, correlation))
    heywood = (_HEYWOOD,) if float((loadings**2).max()) > 1 - 1e-6 else ()
    return _omega(loadings, n, _MINRES, few(n) + heywood)


def omega_of_loadings(loadings: Values, n: int) -> McDonaldOmega:
    """Omega of given standardised loadings: (Σλ)² / ((Σλ)² + Σ(1 − λ²)); n respondents they come from."""
    return _omega(vector(loadings), n, _LOADINGS, few(n))


def _omega(loadings: Array, n: int, convention: Text, cautions: tuple[Text, ...]) -> McDonaldOmega:
    common = float(loadings.sum()) ** 2
    return McDonaldOmega(
        n=n,
        method=Method(OMEGA, convention, ("McDonald 1999", "Harman & Jones 1966")),
        cautions=cautions + ((_MIXED,) if float(loadings.min()) < 0 else ()),
        value=common / (common + float((1 - loadings**2).sum())),
        loadings=tuple(float(loading) for loading in loadings),
    )


def one_factor_loadings(correlation: Array) -> Array:
    """Loadings of one factor by minres (Harman & Jones 1966): least squared residuals off the diagonal.

    One loading at a time is put where it fits best, until none moves. The uniquenesses are bounded below by 0.0001; the
    loadings have a sum ≥ 0.
    """
    values, vectors = np.linalg.eigh(correlation)
    loadings: Array = vectors[:, -1] * np.sqrt(values[-1])
    bound = np.sqrt(1 - 1e-4)
    for _ in range(2000):
        before = loadings.copy()
        for item, row in enumerate(correlation):
            others = float(loadings @ loadings - loadings[item] ** 2)
            best = float(row @ loadings - loadings[item]) / others if others > 1e-12 else 0.0
            loadings[item] = min(max(best, -bound), bound)
        if np.abs(loadings - before).max() < 1e-10:
            break
    return loadings if loadings.sum() >= 0 else -loadings


# Items


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One item. None stands where the item does not vary, or where nothing is left without it."""

    item: int
    """Its number, from 1."""
    r: float | None
    """Pearson correlation with the total of all items, itself among them: "r hitung"."""
    r_corrected: float | None
    """Pearson correlation with the total of the other items."""
    valid: bool | None
    """Whether r exceeds the r of the table."""
    alpha_if_deleted: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnalysis(Figure):
    """n counts respondents; `r_table` is the critical value that r is held against."""

    items: tuple[ItemFigures, ...]
    r_table: float
    significance: float


ITEM_ANALYSIS = Text("analisis butir (korelasi butir–total)", "item analysis (item–total correlation)")


def item_analysis(items: Values, significance: float = 0.05) -> ItemAnalysis:
    """Item–total r against the r table, corrected r and alpha if deleted, of items, shape (respondents, items).

    An item is valid if r > r table (two-sided, df = n − 2), the convention of Indonesian studies; the corrected r
    leaves the item out of its own total. Respondents with a missing answer do not count. Refused with fewer than two
    items or three respondents, or where nothing varies. n < 30 is a caution, and so are items that do not vary.
    """
    table = complete_rows(present(ITEM_ANALYSIS, matrix(items)))
    n, k = table.shape
    need(ITEM_ANALYSIS, k, 2, ITEMS)
    need(ITEM_ANALYSIS, n, 3, RESPONDENTS)
    if not varies(table.sum(axis=1)):
        raise refusal(ITEM_ANALYSIS, NO_VARIANCE)
    critical = critical_r(n, significance)
    still = [item for item in range(k) if not varies(table[:, item])]
    return ItemAnalysis(
        n=n,
        method=Method(ITEM_ANALYSIS, _item_convention(significance), ("Sugiyono 2013", "Nunnally & Bernstein 1994")),
        cautions=few(n) + ((_same_answers(still),) if still else ()),
        items=tuple(_item(table, item, critical) for item in range(k)),
        r_table=critical,
        significance=significance,
    )


def _item_convention(significance: float) -> Text:
    percent = f"{significance * 100:g}"
    return Text(
        f"valid bila r hitung > r tabel, dua sisi, taraf {decimal(percent, 'id')}%, derajat bebas n − 2; r tabel "
        "dihitung dari sebaran t",
        f"valid if r exceeds the r table, two-sided at {decimal(percent, 'en')}%, n − 2 degrees of freedom; the r "
        "table is computed from the t distribution",
    )


def _same_answers(columns: Sequence[int]) -> Text:
    why = without_variance(columns)
    return Text(f"{why.id[:1].upper()}{why.id[1:]}.", f"{why.en[:1].upper()}{why.en[1:]}.")


def _item(table: Array, item: int, critical: float) -> ItemFigures:
    own, others = table[:, item], np.delete(table, item, axis=1)
    r = _pearson(own, table.sum(axis=1))
    rest = covariances(others, "listwise")
    enough = others.shape[1] > 1 and varies(others.sum(axis=1))
    return ItemFigures(
        item=item + 1,
        r=r,
        r_corrected=_pearson(own, others.sum(axis=1)),
        valid=None if r is None else r > critical,
        alpha_if_deleted=_alpha(rest) if enough else None,
    )


def _pearson(one: Array, other: Array) -> float | None:
    if not (varies(one) and varies(other)):
        return None
    return float(np.corrcoef(one, other)[0, 1])


def critical_r(n: int, significance: float = 0.05) -> float:
    """The least Pearson r that is significant, two-sided, with n pairs: t / √(t² + n − 2), t with df = n − 2.

    This is the "r table" of Indonesian textbooks, computed: copies of the printed one have wrong entries. Refused with
    fewer than three pairs.
    """
    from scipy.special import stdtrit

    need(Text("r tabel", "the r table"), n, 3, RESPONDENTS)
    t = float(stdtrit(n - 2, 1 - significance / 2))
    return t / float(np.sqrt(t**2 + n - 2))
