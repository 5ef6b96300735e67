"""Agreement of ranks and of one group: Kendall's W, r_wg, Tastle–Wierman consensus, percent agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gscm.i18n import Text
from gscm.statistics.figure import ALL_MISSING, NO_VARIANCE, PAIRED_UNITS, RATERS, Figure, Method, need, refusal
from gscm.statistics.kappas import category_counts
from gscm.statistics.matrix import Array, Values, complete_rows, matrix, present, varies, vector


@dataclass(frozen=True, slots=True, kw_only=True)
class KendallW(Figure):
    """n counts the objects that are ranked; p is that of chi-square with n − 1 degrees of freedom."""

    value: float
    chi2: float
    df: int
    p: float
    raters: int


STRONG, MODERATE = 0.7, 0.5
"""From which W on agreement is called strong, and moderate: a convention of ours."""
KENDALL = Text("koefisien konkordansi Kendall (W)", "Kendall's coefficient of concordance (W)")
_KENDALL_METHOD = Method(
    KENDALL,
    Text(
        "nilai kembar mendapat peringkat rata-rata, dengan koreksi", "ties share their mean rank, and are corrected for"
    ),
    ("Kendall & Babington Smith 1939",),
)
_FEW_OBJECTS = Text(
    "Objek yang diperingkat kurang dari delapan: p dari khi-kuadrat hanya hampiran kasar.",
    "Fewer than eight objects are ranked: p from chi-square is a rough approximation.",
)


def kendall_w(ratings: Values) -> KendallW:
    """Kendall's W of ratings or ranks, shape (raters, objects); each rater's values are ranked, ties by mean ranks.

    Objects that some rater left out do not count. Refused with fewer than two raters or objects, or if every rater
    ties them all.
    """
    from scipy.special import chdtrc
    from scipy.stats import rankdata

    table = complete_rows(present(KENDALL, matrix(ratings)).T).T
    m, n = table.shape
    need(KENDALL, m, 2, RATERS)
    need(KENDALL, n, 2, Text("objek yang dinilai oleh semua penilai", "objects rated by every rater"))
    ranks = rankdata(table, axis=1)
    ties = sum(float((count**3 - count).sum()) for row in ranks for count in [np.unique(row, return_counts=True)[1]])
    most = m**2 * (n**3 - n) - m * ties
    if most <= 0:
        raise refusal(KENDALL, NO_VARIANCE)
    sums = ranks.sum(axis=0)
    value = 12 * float(((sums - sums.mean()) ** 2).sum()) / most
    chi2 = m * (n - 1) * value
    return KendallW(
        n=n,
        method=_KENDALL_METHOD,
        cautions=(_FEW_OBJECTS,) if n < 8 else (),
        value=value,
        chi2=chi2,
        df=n - 1,
        p=float(chdtrc(n - 1, chi2)),
        raters=m,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinGroupAgreement(Figure):
    """n counts raters; `variance` is theirs (the mean over items), `null_variance` that of raters who guess."""

    value: float
    variance: float
    null_variance: float
    items: int


ACCEPTED_RWG = 0.7
"""From where on answers are usually merged, though the limit is disputed (O’Neill 2017)."""
RWG = Text("kesepakatan dalam kelompok r_wg", "within-group agreement r_wg")
RWGJ = Text("kesepakatan dalam kelompok r_wg(j)", "within-group agreement r_wg(j)")
_UNIFORM = Text(
    "pembanding: sebaran seragam, ragam (A² − 1)/12; nilai negatif ditampilkan apa adanya",
    "against the uniform distribution, variance (A² − 1)/12; a negative value is shown as it is",
)
_WORSE = Text(
    "Penilaian lebih beragam daripada jawaban acak: kelompok tampaknya terbelah.",
    "Ratings vary more than random answers would: the group seems divided.",
)


def rwg(ratings: Values, options: int) -> WithinGroupAgreement:
    """Agreement of one group on one item, r_wg = 1 − s² / σ²; `options` is the number of answers on the scale.

    s² has the divisor n − 1. Refused with fewer than two ratings.
    """
    return _within_group(RWG, vector(ratings)[:, None], options)


def rwg_j(ratings: Values, options: int) -> WithinGroupAgreement:
    """Agreement of one group on several items together, ratings of shape (raters, items).

    Raters who left an item out do not count. Refused with fewer than two complete raters. Where the items vary as
    much as guesses or more, the formula has no meaning beyond 0; the caution says so.
    """
    return _within_group(RWGJ, matrix(ratings), options)


def _within_group(name: Text, table: Array, options: int) -> WithinGroupAgreement:
    if options < 2:
        raise ValueError("a scale has two options at least")
    full = complete_rows(present(name, table))
    need(name, len(full), 2, RATERS)
    items = full.shape[1]
    variance = float(full.var(axis=0, ddof=1).mean())
    null = (options**2 - 1) / 12
    share = variance / null
    left = max(1 - share, 0.0)
    return WithinGroupAgreement(
        n=len(full),
        method=Method(name, _UNIFORM if name is RWG else _UNIFORM_J, ("James et al. 1984",)),
        cautions=(_WORSE,) if share > 1 else (),
        value=1 - share if name is RWG else items * left / (items * left + share),
        variance=variance,
        null_variance=null,
        items=items,
    )


_UNIFORM_J = Text(
    "pembanding: sebaran seragam, ragam (A² − 1)/12; ragam di atas itu memberi nilai 0",
    "against the uniform distribution, variance (A² − 1)/12; a variance above it gives 0",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus(Figure):
    """n counts votes; 1 is full consensus, 0 a group split between the two ends of the scale."""

    value: float
    mean: float


CONSENSUS = Text("konsensus Tastle–Wierman", "Tastle–Wierman consensus")
_CONSENSUS_METHOD = Method(
    CONSENSUS,
    Text("jarak terhadap rata-rata dibagi rentang skala", "distance from the mean over the width of the scale"),
    ("Tastle & Wierman 2007",),
)


def consensus(counts: Values, scale: Sequence[float]) -> Consensus:
    """Consensus of votes on an ordered scale: 1 + Σ p · log2(1 − |x − mean| / width).

    `counts` are the votes for each value of `scale`. Refused without a vote. One vote is in consensus with itself; the
    caution says so.
    """
    votes, values = vector(counts), vector(scale)
    if len(votes) != len(values) or len(values) < 2 or not varies(values):
        raise ValueError("a count for each of two or more different values of the scale")
    total = float(votes.sum())
    if not total > 0:
        raise refusal(CONSENSUS, ALL_MISSING)
    shares = votes / total
    mean = float(shares @ values)
    given = shares > 0
    distance = np.abs(values[given] - mean) / np.ptp(values)
    alone = Text("Hanya satu suara: konsensusnya pasti penuh.", "One vote only: its consensus is full by definition.")
    return Consensus(
        n=int(total),
        method=_CONSENSUS_METHOD,
        cautions=(alone,) if total == 1 else (),
        value=1 + float(shares[given] @ np.log2(1 - distance)),
        mean=mean,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentAgreement(Figure):
    """n counts units that two raters or more have rated; the value is a share of 1."""

    value: float
    pairs: int


PERCENT = Text("persentase kesepakatan", "percent agreement")
_PERCENT_METHOD = Method(
    PERCENT,
    Text(
        "bagian pasangan penilai yang memberi nilai sama, dirata-ratakan antarsatuan; kebetulan tidak dikoreksi",
        "the share of pairs of raters who give the same value, averaged over units; not corrected for chance",
    ),
    ("Fleiss 1971",),
)


def percent_agreement(ratings: Values) -> PercentAgreement:
    """The share of pairs of raters who agree, ratings of shape (raters, units). Refused without a unit rated twice."""
    table = present(PERCENT, matrix(ratings))
    values = np.unique(table[~np.isnan(table)])
    counts = category_counts(table, [float(value) for value in values])
    raters = counts.sum(axis=1)
    counts, raters = counts[raters >= 2], raters[raters >= 2]
    need(PERCENT, len(counts), 1, PAIRED_UNITS)
    pairs = raters * (raters - 1)
    return PercentAgreement(
        n=len(counts),
        method=_PERCENT_METHOD,
        value=float((((counts**2).sum(axis=1) - raters) / pairs).mean()),
        pairs=int(pairs.sum() / 2),
    )
