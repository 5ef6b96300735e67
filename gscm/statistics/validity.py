"""Validity of the construct and of the content: KMO, Bartlett, Aiken V, Lawshe CVR, content validity index."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gscm.i18n import Text
from gscm.statistics.figure import ITEMS, Figure, Interval, Method, few, need
from gscm.statistics.matrix import Array, Values, complete_rows, matrix, present, vector
from gscm.statistics.reliability import invertible


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingAdequacy(Figure):
    """n counts respondents; `items` are the measures of the single items (MSA) in their order."""

    value: float
    items: tuple[float, ...]


KMO = Text("kecukupan sampel Kaiser–Meyer–Olkin (KMO)", "Kaiser–Meyer–Olkin measure of sampling adequacy (KMO)")
_ANTI_IMAGE = Text(
    "korelasi parsial dari invers matriks korelasi", "partial correlations from the inverse of the correlation matrix"
)


def kaiser_meyer_olkin(correlation: Values, n: int) -> SamplingAdequacy:
    """KMO and the measure of each item, from correlations, shape (items, items), of n respondents.

    Refused with fewer than two items, or if the matrix is singular.
    """
    table = matrix(correlation)
    need(KMO, len(table), 2, ITEMS)
    inverse = np.linalg.inv(invertible(KMO, table))
    scale = np.sqrt(np.diag(inverse))
    simple, partial = _off_diagonal(table) ** 2, _off_diagonal(inverse / np.outer(scale, scale)) ** 2
    by_item, left = simple.sum(axis=0), partial.sum(axis=0)
    shares = np.divide(by_item, by_item + left, out=np.full(len(table), 0.5), where=by_item + left > 0)
    total, rest = float(simple.sum()), float(partial.sum())
    return SamplingAdequacy(
        n=n,
        method=Method(KMO, _ANTI_IMAGE, ("Kaiser & Rice 1974", "Kaiser 1974")),
        cautions=few(n),
        value=total / (total + rest) if total + rest else 0.5,
        items=tuple(float(share) for share in shares),
    )


KAISER: tuple[tuple[float, Text], ...] = (
    (0.9, Text("istimewa", "marvellous")),
    (0.8, Text("sangat baik", "meritorious")),
    (0.7, Text("cukup", "middling")),
    (0.6, Text("sedang-sedang saja", "mediocre")),
    (0.5, Text("buruk", "miserable")),
    (0.0, Text("tidak dapat diterima", "unacceptable")),
)
"""From which KMO on Kaiser (1974) uses which word."""


def kaiser_word(kmo: float) -> Text:
    """What Kaiser (1974) calls a KMO like this."""
    return next(word for least, word in KAISER if kmo >= least)


def _off_diagonal(table: Array) -> Array:
    return table - np.diag(np.diag(table))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sphericity(Figure):
    """n counts respondents; a small p says that the items are correlated at all."""

    chi2: float
    df: int
    p: float
    determinant: float


BARTLETT = Text("uji sferisitas Bartlett", "Bartlett's test of sphericity")
_BARTLETT_CONVENTION = Text("khi-kuadrat = −(n − 1 − (2k + 5)/6) ln |R|", "chi-square = −(n − 1 − (2k + 5)/6) ln |R|")


def bartlett_sphericity(correlation: Values, n: int) -> Sphericity:
    """Whether correlations, shape (items, items), of n respondents differ from none at all.

    Refused with fewer than two items or three respondents, or if the matrix is singular.
    """
    from scipy.special import chdtrc

    table = matrix(correlation)
    k = len(table)
    need(BARTLETT, k, 2, ITEMS)
    need(BARTLETT, n, 3, Text("responden", "respondents"))
    logarithm = float(np.linalg.slogdet(invertible(BARTLETT, table))[1])
    chi2 = max(-(n - 1 - (2 * k + 5) / 6) * logarithm, 0.0)
    df = k * (k - 1) // 2
    return Sphericity(
        n=n,
        method=Method(BARTLETT, _BARTLETT_CONVENTION, ("Bartlett 1950",)),
        cautions=few(n),
        chi2=chi2,
        df=df,
        p=float(chdtrc(df, chi2)),
        determinant=float(np.exp(logarithm)),
    )


# Content


@dataclass(frozen=True, slots=True, kw_only=True)
class AikenV(Figure):
    """n counts raters; `critical` is the least V that chance exceeds seldom, None if no V is that rare."""

    value: float
    interval: Interval
    p: float
    critical: float | None
    significance: float


AIKEN = Text("V Aiken", "Aiken's V")
_AIKEN_CONVENTION = Text(
    "peluang ekor kanan dihitung persis: setiap penilai memilih secara acak seragam",
    "the right-tail probability is exact: each rater would choose at random, uniformly",
)
_SCORE = Text("selang skor Penfield & Giacobbi", "score interval of Penfield & Giacobbi")
_VALUES = Text("penilaian pakar", "ratings by experts")


def aiken_v(ratings: Values, low: float, options: int, significance: float = 0.05, confidence: float = 0.95) -> AikenV:
    """Aiken's V = Σ(r − low) / (n (options − 1)) of the ratings of one item; missing ones do not count.

    `low` is the lowest rating, `options` their number. Limits: Penfield & Giacobbi (2004). Refused without a rating.
    """
    from scipy.special import ndtri

    given = vector(ratings)
    given = given[~np.isnan(given)]
    need(AIKEN, len(given), 1, _VALUES)
    if options < 2 or not np.all((given >= low) & (given <= low + options - 1)):
        raise ValueError("a rating lies outside the scale")
    n, steps = len(given), options - 1
    value = float((given - low).sum()) / (n * steps)
    z = float(ndtri(1 - (1 - confidence) / 2))
    centre, reach = 2 * n * steps * value + z**2, z * float(np.sqrt(4 * n * steps * value * (1 - value) + z**2))
    whole = 2 * (n * steps + z**2)
    tails = _chance_tails(n, options)
    return AikenV(
        n=n,
        method=Method(AIKEN, _AIKEN_CONVENTION, ("Aiken 1985", "Penfield & Giacobbi 2004")),
        value=value,
        interval=Interval(max((centre - reach) / whole, 0.0), min((centre + reach) / whole, 1.0), confidence, _SCORE),
        p=float(tails[int(np.floor(value * n * steps + 1e-9))]),
        critical=_least(tails, significance, n * steps),
        significance=significance,
    )


def aiken_critical_v(raters: int, options: int, significance: float = 0.05) -> float | None:
    """The least V whose exact right-tail probability is at most `significance` (Aiken 1985); None if there is none."""
    return _least(_chance_tails(raters, options), significance, raters * (options - 1))


def _chance_tails(raters: int, options: int) -> Array:
    """P(sum of ratings above the lowest ≥ s), s = 0, 1, …, if each rater chooses uniformly."""
    chances = np.ones(1)
    for _ in range(raters):
        chances = np.convolve(chances, np.full(options, 1 / options))
    return np.cumsum(chances[::-1])[::-1]


def _least(tails: Array, significance: float, most: int) -> float | None:
    rare = np.flatnonzero(tails <= significance + 1e-12)
    return float(rare[0]) / most if rare.size else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentValidityRatio(Figure):
    """n counts panellists; the two critical values, each None where its table or test has none for this n."""

    value: float
    critical_exact: float | None
    critical_printed: float | None
    significance: float


CVR = Text("rasio validitas isi Lawshe (CVR)", "Lawshe's content validity ratio (CVR)")
_CVR_CONVENTION = Text(
    "batas persis: binomial satu sisi dengan peluang 1/2; batas tercetak: tabel Schipper dalam Lawshe, yang tidak "
    "menurun teratur pada n = 8 dan 9",
    "exact limit: one-sided binomial with probability 1/2; printed limit: Schipper's table in Lawshe, which does not "
    "fall evenly at n = 8 and 9",
)
LAWSHE_PRINTED = {
    5: 0.99, 6: 0.99, 7: 0.99, 8: 0.75, 9: 0.78, 10: 0.62, 11: 0.59, 12: 0.56, 13: 0.54, 14: 0.51, 15: 0.49,
    20: 0.42, 25: 0.37, 30: 0.33, 40: 0.29,
}  # fmt: skip
"""Least CVR by number of panellists as Lawshe (1975) printed it, at 5%, one-sided."""


def content_validity_ratio(essential: int, panel: int, significance: float = 0.05) -> ContentValidityRatio:
    """Lawshe's CVR = (nₑ − N/2) / (N/2): `essential` of `panel` experts call the item essential.

    Refused without a panel.
    """
    need(CVR, panel, 1, Text("anggota panel", "panellists"))
    if not 0 <= essential <= panel:
        raise ValueError("more experts call the item essential than there are")
    return ContentValidityRatio(
        n=panel,
        method=Method(CVR, _CVR_CONVENTION, ("Lawshe 1975", "Ayre & Scally 2014")),
        value=2 * essential / panel - 1,
        critical_exact=critical_cvr(panel, significance),
        critical_printed=LAWSHE_PRINTED.get(panel),
        significance=significance,
    )


def critical_cvr(panel: int, significance: float = 0.05) -> float | None:
    """The least CVR that chance (an even coin for each expert) exceeds seldom; None if none is that rare."""
    from scipy.special import bdtrc

    for essential in range(panel + 1):
        if float(bdtrc(essential - 1, panel, 0.5)) <= significance:
            return 2 * essential / panel - 1
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentValidityIndex(Figure):
    """n counts experts; `items` are the I-CVI in order, the scale has their mean and the share that all endorse."""

    items: tuple[float, ...]
    scale_average: float
    universal_agreement: float


CVI = Text("indeks validitas isi (CVI)", "content validity index (CVI)")
_CVI_CONVENTION = Text(
    "I-CVI: bagian pakar yang menilai butir relevan; S-CVI/Ave: rata-ratanya; S-CVI/UA: bagian butir yang "
    "disetujui semua pakar",
    "I-CVI: the share of experts who call the item relevant; S-CVI/Ave: their mean; S-CVI/UA: the share of items that "
    "all experts endorse",
)


def content_validity_index(ratings: Values, relevant_from: float = 3) -> ContentValidityIndex:
    """Content validity of items rated for relevance, shape (experts, items), usually on a scale of 1 to 4.

    An item is relevant from the rating `relevant_from` on. Experts who left an item out do not count. Refused without
    an expert or an item.
    """
    table = complete_rows(present(CVI, matrix(ratings)))
    need(CVI, len(table), 1, Text("pakar dengan penilaian lengkap", "experts with complete ratings"))
    shares = (table >= relevant_from).mean(axis=0)
    return ContentValidityIndex(
        n=len(table),
        method=Method(CVI, _CVI_CONVENTION, ("Lynn 1986", "Polit & Beck 2006")),
        items=tuple(float(share) for share in shares),
        scale_average=float(shares.mean()),
        universal_agreement=float((shares == 1).mean()),
    )
