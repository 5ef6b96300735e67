"""Reliability and validity of the instrument, as reviewers of Indonesian studies expect them: by domain and item."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from gscm.analysis.content import content
from gscm.analysis.finding import Chart, Finding, Grid, Interval as Row, IntervalPlot, refused
from gscm.analysis.material import NO_PEOPLE, Material, People
from gscm.analysis.matrices import Ballots, ballots_of, by_domain
from gscm.analysis.staging import staging
from gscm.analysis.wording import (
    ITEMS,
    NONE,
    WEAKEST,
    between,
    cautions,
    figure,
    first_of,
    many,
    sentences,
    some,
    span,
    whole,
)
from gscm.i18n import Text, same
from gscm.model.facts import Fact
from gscm.model.tree import Model
from gscm.statistics.figure import FEW, RESPONDENTS, Figure, NotComputable, need
from gscm.statistics.matrix import complete_rows, correlations, varies
from gscm.statistics.reliability import (
    CRONBACH,
    CronbachAlpha,
    ItemAnalysis,
    ItemFigures,
    McDonaldOmega,
    cronbach_alpha,
    item_analysis,
    mcdonald_omega,
)
from gscm.statistics.validity import (
    KAISER,
    KMO,
    SamplingAdequacy,
    Sphericity,
    bartlett_sphericity,
    kaiser_meyer_olkin,
    kaiser_word,
)

T = TypeVar("T")
RELIABLE, GOOD = 0.6, 0.7
LEAST = 10
"""From fewer people alpha and omega are not computed; a convention of ours."""
ADEQUATE, MIDDLING = 0.5, 0.7
APART = 0.1
"""A convention of ours."""
_TITLE = Text("Reliabilitas (keandalan) instrumen: alfa Cronbach", "Reliability of the instrument: Cronbach’s alpha")
_ALPHA = Text(
    "Barisnya orang, kolomnya butir (kriteria 0/1, level dan nilai sebagai angka). Alfa Cronbach; jawaban kosong: "
    "orang yang "
    "jawabannya tidak lengkap dikeluarkan (listwise), di sampingnya alfa dengan semua pasangan butir (pairwise), yang "
    f"dipakai dalam simpulan bila kurang dari 30 orang menjawab lengkap; dari kurang dari {LEAST} orang tidak dihitung "
    "(batas gscm); selang 95% Feldt. Omega McDonald satu faktor dari korelasi Pearson (minres), tanpa butir yang "
    "dijawab sama oleh "
    "semua orang. Batas 0,60 ialah kelaziman kajian di Indonesia, bukan ketentuan; 0,70 lazim dirujuk pada Nunnally & "
    "Bernstein.",
    "Rows are people, columns are items (criteria 0/1, levels and scores as numbers). Cronbach’s alpha; missing "
    "answers: people "
    "whose answers are incomplete are left out (listwise), and beside it alpha from all pairs of items (pairwise), on "
    f"which conclusions rest where fewer than 30 people answered completely; from fewer than {LEAST} people it is not "
    "computed (gscm’s limit); Feldt’s 95% interval. McDonald’s omega of one factor from Pearson correlations "
    "(minres), without items that all "
    "answered alike. The limit of 0.60 is usual in Indonesian studies, not a rule; 0.70 is usually attributed to "
    "Nunnally & Bernstein.",
)
_ALPHA_SOURCES = (
    "Cronbach 1951",
    "Feldt et al. 1987",
    "McDonald 1999",
    "Harman & Jones 1966",
    "Nunnally & Bernstein 1994",
)
_PERSPECTIVE = Text(
    "Alfa mengandaikan butir-butirnya mengukur satu hal; kriteria kematangan disusun berjenjang dan tidak harus "
    "demikian.",
    "Alpha supposes that items measure one thing; criteria of maturity are staged and need not.",
)


_NO_ITEMS = Text(
    "Reliabilitas tidak dapat dihitung: belum ada butir ya/tidak, level, atau nilai yang dijawab.",
    "Reliability cannot be computed: no yes-or-no item, level or score has been answered yet.",
)


def reliability(material: Material) -> Iterator[Finding]:
    """Cronbach and McDonald, items against the r table, KMO and Bartlett, Guttman, and experts’ ratings if given."""
    people = material.people
    if people is None:
        yield refused("reliability", "reliability", _TITLE, NO_PEOPLE, _ALPHA, _ALPHA_SOURCES)
    else:
        yield from _of_people(people)
    if material.experts is not None:
        yield from content(material.answers.model, material.experts)


def _of_people(people: People) -> Iterator[Finding]:
    ballots = ballots_of(people.votes).judged()
    if not ballots.facts:
        yield refused("reliability", "reliability", _TITLE, _NO_ITEMS, _ALPHA, _ALPHA_SOURCES)
        return
    parts = _parts(ballots)
    yield _scales(parts)
    yield _items(parts)
    yield _factors(parts)
    yield staging(ballots)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """The answers on one domain, or on all."""

    id: str
    title: Text
    ballots: Ballots


def _parts(ballots: Ballots) -> tuple[_Part, ...]:
    model = ballots.model
    parts = [_Part(d, model.nodes[d].title, ballots.only(f)) for d, f in by_domain(model, ballots.facts).items()]
    whole_model = _Part(model.id, Text("Seluruh butir", "All items"), ballots)
    return (*parts, whole_model) if len(parts) != 1 else (whole_model,)


Reasons = list[tuple[_Part, Text]]
"""Why a figure of some part is not computed."""


def _tried(whys: Reasons, part: _Part, compute: Callable[[_Part], T]) -> T | None:
    try:
        return compute(part)
    except NotComputable as error:
        whys.append((part, error.reason))
        return None


def _why(whys: Reasons) -> Text:
    """Why nothing is computed: what is said of all items, who come last."""
    return whys[-1][1]


def _left_out(whys: Reasons) -> Iterator[Text]:
    """Which parts are not computed, and why."""
    for reason in dict.fromkeys(reason for _, reason in whys):
        names = some([part.title for part, why in whys if why == reason])
        yield Text(f"Tidak dihitung: {names.id}. {reason.id}", f"Not computed: {names.en}. {reason.en}")


# ------------------------------------------------------------------------------------------------ alpha, omega


@dataclass(frozen=True, slots=True)
class _Scale:
    part: _Part
    alpha: CronbachAlpha | None
    pairwise: CronbachAlpha | None
    omega: McDonaldOmega | None
    still: tuple[str, ...]

    @property
    def main(self) -> CronbachAlpha | None:
        """Listwise; pairwise where few people answered everything and more answered something."""
        if self.alpha is None or (self.pairwise is not None and self.alpha.n < min(FEW, self.pairwise.n)):
            return self.pairwise
        return self.alpha

    @property
    def apart(self) -> bool:
        """Whether the two ways with missing answers give figures that differ much."""
        if self.alpha is None or self.pairwise is None:
            return False
        return abs(self.alpha.value - self.pairwise.value) > APART


def _scale(part: _Part, whys: Reasons) -> _Scale:
    mine: Reasons = []
    alpha = _tried(mine, part, lambda one: _enough(cronbach_alpha(one.ballots.values)))
    pairwise = _tried(mine, part, lambda one: _enough(cronbach_alpha(one.ballots.values, "pairwise")))
    moving, still = _moving(part.ballots)
    omega = _tried([], part, lambda _: _enough(mcdonald_omega(moving.values)))
    if alpha is None and pairwise is None:
        _tried(mine, part, lambda one: _enough_people(int((~np.isnan(one.ballots.values)).any(axis=1).sum())))
        whys.append(mine[-1])
    return _Scale(part, alpha, pairwise, omega, still)


F = TypeVar("F", bound=Figure)


def _enough(one: F) -> F:
    """The figure, refused where it rests on so few people that it says nothing."""
    _enough_people(one.n)
    return one


def _enough_people(count: int) -> None:
    need(CRONBACH, count, LEAST, Text("responden (batas gscm)", "respondents (gscm’s limit)"))


def _moving(ballots: Ballots) -> tuple[Ballots, tuple[str, ...]]:
    """The items on which complete answers differ, and the others."""
    table = complete_rows(ballots.values)
    still = tuple(f.id for column, f in enumerate(ballots.facts) if not (len(table) and varies(table[:, column])))
    return ballots.only(fact.id for fact in ballots.facts if fact.id not in still), still


def _scales(parts: Sequence[_Part]) -> Finding:
    whys: Reasons = []
    found = [_scale(part, whys) for part in parts]
    known = [one for one in found if one.main is not None]
    if not known:
        return refused("reliability", "reliability-alpha", _TITLE, _why(whys), _ALPHA, _ALPHA_SOURCES)
    return Finding(
        section="reliability",
        id="reliability-alpha",
        title=_TITLE,
        meaning=_reliable(known),
        method=_ALPHA,
        source=_ALPHA_SOURCES,
        n=_range(known),
        data={"parts": [_plain(one) for one in found]},
        grids=(_alpha_grid(known),),
        charts=(_alpha_plot(known),),
        caution=cautions(_figures(known), _torn([one for one in known if one.apart]), *_left_out(whys), _PERSPECTIVE),
    )


def _figures(known: Sequence[_Scale]) -> list[Figure]:
    """The figures whose warnings are told: of few people or of items that run the other way."""
    return [one.main for one in known if one.main is not None]


def _torn(apart: Sequence[_Scale]) -> Text | None:
    """That what is done about missing answers decides the figure."""
    if not apart:
        return None
    names = some([one.part.title for one in apart])
    return Text(
        f"Pada {names.id} alfa listwise dan pairwise berbeda lebih dari 0,1: jawaban kosong ikut menentukan angkanya, "
        "jadi laporkan keduanya.",
        f"On {names.en} listwise and pairwise alpha differ by more than 0.1: missing answers decide the figure, so "
        "report both.",
    )


def _range(known: Sequence[_Scale]) -> Text:
    return _people([one.main.n for one in known if one.main])


def _reliable(known: Sequence[_Scale]) -> Text:
    ordered = sorted(known, key=lambda one: one.main.value if one.main else 0.0)
    weak = [one for one in ordered if one.main and one.main.value <= RELIABLE]
    lowest, highest = ordered[0], ordered[-1]
    a, z = (figure(one.main.value if one.main else None) for one in (lowest, highest))
    if weak:
        names = some([_with_value(one) for one in weak])
        told = Text(
            f"Reliabilitas {names.id} tidak melampaui 0,60: rata-rata butirnya belum layak ditafsirkan sebagai satu "
            "ukuran",
            f"The reliability of {names.en} is not above 0.60: the mean of its items should not yet be read as one "
            "measure",
        )
        if (most := max(one.main.n for one in weak if one.main)) < FEW:
            return Text(
                f"{told.id}. Namun dengan {most} orang angka itu belum memutuskan apa pun; kumpulkan jawaban lebih "
                "banyak dahulu.",
                f"{told.en}. Yet with {most} people that figure decides nothing; collect more answers first.",
            )
        return Text(
            f"{told.id}; periksa butir yang lemah di tabel butir.",
            f"{told.en}; look for weak items in the table of items.",
        )
    if len(known) == 1:
        return Text(f"Instrumennya reliabel (alfa = {a.id}).", f"The instrument is reliable (alpha = {a.en}).")
    middling = [one for one in ordered if one.main and one.main.value <= GOOD]
    told = Text(
        f"Semua bagian melampaui 0,60 (dari {lowest.part.title.id}, {a.id}, sampai {highest.part.title.id}, {z.id}).",
        f"All parts are above 0.60 (from {lowest.part.title.en}, {a.en}, to {highest.part.title.en}, {z.en}).",
    )
    if not middling:
        return told
    names = some([one.part.title for one in middling])
    return sentences(
        [told, Text(f"Menurut batas 0,70, {names.id} belum.", f"By the limit of 0.70, {names.en} is not there yet.")]
    )


def _with_value(one: _Scale) -> Text:
    value = figure(one.main.value if one.main else None)
    return Text(f"{one.part.title.id} (alfa = {value.id})", f"{one.part.title.en} (alpha = {value.en})")


def _alpha_grid(found: Sequence[_Scale]) -> Grid:
    headings = (
        Text("Bagian", "Part"),
        Text("butir", "items"),
        Text("alfa listwise", "alpha listwise"),
        Text("selang 95%", "95% interval"),
        Text("orang", "people"),
        Text("alfa pairwise", "alpha pairwise"),
        Text("orang", "people"),
        Text("omega", "omega"),
    )
    rows = tuple(
        (
            one.part.title,
            whole(one.part.ballots.values.shape[1]),
            figure(one.alpha.value if one.alpha else None),
            between(one.alpha.interval if one.alpha else None),
            whole(one.alpha.n) if one.alpha else NONE,
            figure(one.pairwise.value if one.pairwise else None),
            whole(one.pairwise.n) if one.pairwise else NONE,
            figure(one.omega.value if one.omega else None),
        )
        for one in found
    )
    return Grid(Text("Reliabilitas tiap bagian", "Reliability by part"), headings, rows)


def _alpha_plot(known: Sequence[_Scale]) -> Chart:
    rows = []
    for one in known:
        if one.main is not None:
            ends = one.main.interval
            rows.append(Row(one.part.title, ends.low if ends else None, one.main.value, ends.high if ends else None))
    lows = [value for row in rows for value in (row.low, row.mid) if value is not None]
    return IntervalPlot(
        title=Text("Alfa Cronbach dan selang 95%", "Cronbach’s alpha and its 95% interval"),
        axis=Text("alfa Cronbach", "Cronbach’s alpha"),
        rows=tuple(rows),
        least=max(-1.0, min(0.0, *lows)),
        most=1.0,
        marks=((RELIABLE, Text("0,60", "0.60")), (GOOD, Text("0,70", "0.70"))),
    )


def _plain(one: _Scale) -> dict[str, Any]:
    return {
        "part": one.part.id,
        "items": one.part.ballots.values.shape[1],
        "listwise": _plain_alpha(one.alpha),
        "pairwise": _plain_alpha(one.pairwise),
        "omega": one.omega.value if one.omega else None,
        "loadings": list(one.omega.loadings) if one.omega else None,
        "without_variance": list(one.still),
    }


def _plain_alpha(alpha: CronbachAlpha | None) -> dict[str, Any] | None:
    if alpha is None:
        return None
    interval = alpha.interval
    return {
        "alpha": alpha.value,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "n": alpha.n,
    }


# ------------------------------------------------------------------------------------------------ items

_ITEMS_TITLE = Text("Validitas (kesahihan) butir: r hitung dan r tabel", "Validity of items: r and the r table")
_ITEMS = Text(
    "Korelasi Pearson butir dengan jumlah semua butir domainnya, atau jumlah semua butir bila domainnya terlalu kecil "
    "(r hitung); valid bila melampaui r tabel, dua sisi, "
    "taraf 5%, derajat bebas n − 2. r tabel dihitung dari sebaran t, sebab tabel cetak yang beredar memuat angka "
    "keliru (n = 13 dan n = 29). Di sampingnya r terkoreksi, tanpa butir itu sendiri dalam jumlahnya, dan alfa bila "
    "butirnya dihapus. Orang yang jawabannya tidak lengkap dikeluarkan (listwise).",
    "Pearson correlation of an item with the sum of all items of its domain, or of all items where domains are too "
    "small (r); valid if it exceeds the r table, "
    "two-sided at 5%, n − 2 degrees of freedom. The r table is computed from the t distribution, for printed tables in "
    "circulation have wrong entries (n = 13 and n = 29). Beside it the corrected r, without the item in the sum, and "
    "alpha if the item is deleted. People whose answers are incomplete are left out (listwise).",
)
_ITEM_SOURCES = ("Sugiyono 2013", "Nunnally & Bernstein 1994")


@dataclass(frozen=True, slots=True)
class _Item:
    fact: Fact
    analysis: ItemAnalysis
    figures: ItemFigures


def _items(parts: Sequence[_Part]) -> Finding:
    whys: Reasons = []
    found: list[_Item] = []
    analyses: dict[str, ItemAnalysis] = {}
    domains, every = parts[:-1], parts[-1]
    for part in (*domains, every):
        if part is every and found:
            break
        analysis = _tried(whys, part, lambda one: item_analysis(one.ballots.values))
        if analysis is not None:
            analyses[part.id] = analysis
            found += [_Item(part.ballots.facts[one.item - 1], analysis, one) for one in analysis.items]
    if not found:
        return refused("reliability", "reliability-items", _ITEMS_TITLE, _why(whys), _ITEMS, _ITEM_SOURCES)
    model = parts[0].ballots.model
    weak = sorted((one for one in found if not one.figures.valid), key=_strength)
    still = [one for one in found if one.figures.r is None]
    shown = sorted(found, key=_strength)[:12]
    ns = sorted({one.n for one in analyses.values()})
    few = None
    if ns[0] < FEW:
        few = Text(
            f"Kurang dari {FEW} orang menjawab lengkap (terendah {ns[0]}): hasil uji butir belum dapat dijadikan "
            "pegangan.",
            f"Fewer than {FEW} people answered completely (as few as {ns[0]}): tests of items are not yet firm.",
        )
    return Finding(
        section="reliability",
        id="reliability-items",
        title=_ITEMS_TITLE,
        meaning=sentences([_valid(found, weak), _by_itself(found)]),
        method=_ITEMS,
        source=_ITEM_SOURCES,
        n=_people(ns),
        data={
            "parts": [
                {
                    "part": part,
                    "n": one.n,
                    "r_table": one.r_table,
                    "significance": one.significance,
                }
                for part, one in analyses.items()
            ],
            "items": [
                {
                    "item": one.fact.id,
                    "r": one.figures.r,
                    "r_table": one.analysis.r_table,
                    "valid": one.figures.valid,
                    "r_corrected": one.figures.r_corrected,
                    "alpha_if_deleted": one.figures.alpha_if_deleted,
                    "n": one.analysis.n,
                }
                for one in found
            ],
        },
        grids=(_item_grid(model, shown, len(found)),),
        caution=cautions([], few, _never_differ(still), *_left_out(whys)),
    )


def _strength(one: _Item) -> tuple[float, str]:
    return (-2.0 if one.figures.r is None else one.figures.r, one.fact.id)


def _people(ns: Sequence[int]) -> Text:
    told = span(ns)
    return Text(f"{told.id} orang", f"{told.en} {'person' if max(ns) == 1 else 'people'}")


def _valid(found: Sequence[_Item], weak: Sequence[_Item]) -> Text:
    if not weak:
        return Text(
            f"Semua butir ({len(found)}) valid: r hitungnya melampaui r tabel.",
            f"All items ({len(found)}) are valid: their r exceeds the r table.",
        )
    names = some([same(one.fact.id) for one in weak], 4)
    count = len(found) - len(weak)
    verb = "is" if count == 1 else "are"
    valid = Text(f"{count} dari {len(found)} butir valid", f"{count} of {len(found)} items {verb} valid")
    if not count:
        valid = Text(f"Tidak satu pun dari {len(found)} butir valid", f"None of {len(found)} items is valid")
    if found[0].analysis.n < FEW:
        return Text(
            f"{valid.id}, tetapi dengan {found[0].analysis.n} orang uji ini belum memutuskan apa pun; kumpulkan "
            "jawaban lebih banyak dahulu.",
            f"{valid.en}, but with {found[0].analysis.n} people this test decides nothing yet; collect more answers "
            "first.",
        )
    return Text(
        f"{valid.id}. Yang tidak: {names.id}. Perjelas rumusannya sebelum "
        "instrumen dipakai lagi; menghapusnya mengubah model, jadi putuskan bersama pakarnya.",
        f"{valid.en}. Those that are not: {names.en}. Make their "
        "wording clearer before the instrument is used again; removing them changes the model, so decide that with its "
        "experts.",
    )


def _by_itself(found: Sequence[_Item]) -> Text | None:
    """That some items pass only because they are part of the sum that they are held against."""
    own = [
        one
        for one in found
        if one.figures.valid and one.figures.r_corrected is not None and one.figures.r_corrected <= one.analysis.r_table
    ]
    if not own:
        return None
    names = some([same(one.fact.id) for one in sorted(own, key=lambda one: one.figures.r_corrected or 0.0)], 4)
    count = many(len(own), ITEMS)
    pass_as = "passes only as part of its" if len(own) == 1 else "pass only as parts of their"
    return Text(
        f"Namun {count.id} lolos hanya karena ikut dalam jumlahnya sendiri (r terkoreksi di bawah r tabel): "
        f"{names.id}.",
        f"Yet {count.en} {pass_as} own sum (corrected r below the r table): {names.en}.",
    )


def _never_differ(still: Sequence[_Item]) -> Text | None:
    if not still:
        return None
    names = some([same(one.fact.id) for one in still], 4)
    return Text(
        f"Semua orang menjawab sama pada {names.id}, sehingga r tidak ada.",
        f"All people answered {names.en} alike, so that there is no r.",
    )


def _item_grid(model: Model, shown: Sequence[_Item], total: int) -> Grid:
    headings = (
        Text("Butir", "Item"),
        Text("Indikator", "Indicator"),
        Text("r hitung", "r"),
        Text("r tabel", "r table"),
        same("valid"),
        Text("r terkoreksi", "corrected r"),
        Text("alfa bila dihapus", "alpha if deleted"),
    )
    rows = tuple(
        (
            same(one.fact.id),
            model.nodes[one.fact.node].title,
            figure(one.figures.r, 3),
            figure(one.analysis.r_table, 3),
            NONE if one.figures.valid is None else _YES if one.figures.valid else _NO,
            figure(one.figures.r_corrected, 3),
            figure(one.figures.alpha_if_deleted, 3),
        )
        for one in shown
    )
    note = first_of(len(shown), total, WEAKEST)
    return Grid(Text("Butir terlemah dahulu", "Items, the weakest first"), headings, rows, note)


_YES, _NO = Text("ya", "yes"), Text("tidak", "no")


# ------------------------------------------------------------------------------------------------ KMO, Bartlett

_FACTORS_TITLE = Text("Kelayakan analisis faktor (KMO dan Bartlett)", "Fit for factor analysis (KMO and Bartlett)")
_FACTORS = Text(
    "Kaiser–Meyer–Olkin dari korelasi parsial (invers matriks korelasi) dan uji sferisitas Bartlett, atas orang dengan "
    "jawaban lengkap; butir yang dijawab sama oleh mereka semua dikeluarkan. Sebutan bagi KMO menurut Kaiser: dari "
    "{ladder}. Tidak layak bila KMO di bawah 0,50 atau p Bartlett 0,05 atau lebih; di bawah 0,70 hasilnya perlu dibaca "
    "hati-hati.",
    "Kaiser–Meyer–Olkin from partial correlations (the inverse of the correlation matrix) and Bartlett’s test of "
    "sphericity, over people with complete answers; items that all of these answered alike are left out. Kaiser’s "
    "words for a KMO: from {ladder}. Not fit if KMO is below 0.50 or Bartlett’s p is 0.05 or more; below 0.70 results "
    "want care.",
)
_FACTOR_SOURCES = ("Kaiser & Rice 1974", "Kaiser 1974", "Bartlett 1950")
_INCOMPLETE = Text(
    "KMO dan Bartlett tidak dapat dihitung: tidak ada orang yang menjawab semua butir suatu bagian.",
    "KMO and Bartlett cannot be computed: nobody answered all items of a part.",
)
_UNMOVED = Text(
    "KMO dan Bartlett tidak dapat dihitung: diperlukan dua butir yang jawabannya berbeda antarorang.",
    "KMO and Bartlett cannot be computed: it takes two items on which people differ.",
)


def _factors_method() -> Text:
    rungs = [(figure(least), word) for least, word in KAISER[:-1]]
    return Text(
        _FACTORS.id.format(ladder=", ".join(f"{least.id} {word.id}" for least, word in rungs)),
        _FACTORS.en.format(ladder=", ".join(f"{least.en} {word.en}" for least, word in rungs)),
    )


def _factors(parts: Sequence[_Part]) -> Finding:
    whys: Reasons = []
    method, sources = _factors_method(), _FACTOR_SOURCES
    found: list[tuple[_Part, SamplingAdequacy, Sphericity]] = []
    for part in parts:
        if (pair := _tried(whys, part, lambda one: _adequate(one.ballots))) is not None:
            found.append((part, *pair))
    if not found:
        return refused("reliability", "reliability-factors", _FACTORS_TITLE, _why(whys), method, sources)
    headings = (
        Text("Bagian", "Part"),
        same("KMO"),
        Text("sebutan Kaiser", "Kaiser’s word"),
        Text("khi-kuadrat", "chi-square"),
        Text("db", "df"),
        same("p"),
        Text("orang", "people"),
        Text("butir", "items"),
    )
    rows = tuple(
        (
            part.title,
            figure(kmo.value),
            kaiser_word(kmo.value),
            figure(test.chi2, 1),
            whole(test.df),
            _p(test.p),
            whole(kmo.n),
            whole(len(kmo.items)),
        )
        for part, kmo, test in found
    )
    return Finding(
        section="reliability",
        id="reliability-factors",
        title=_FACTORS_TITLE,
        meaning=_fit(found),
        method=method,
        source=sources,
        n=_people(sorted({kmo.n for _, kmo, _ in found})),
        data={
            "parts": [
                {
                    "part": part.id,
                    "kmo": kmo.value,
                    "kaiser": kaiser_word(kmo.value).en,
                    "chi2": test.chi2,
                    "df": test.df,
                    "p": test.p,
                    "n": kmo.n,
                    "items": len(kmo.items),
                }
                for part, kmo, test in found
            ]
        },
        grids=(Grid(_FACTORS_TITLE, headings, rows),),
        caution=cautions([kmo for _, kmo, _ in found], *_left_out(whys)),
    )


def _adequate(ballots: Ballots) -> tuple[SamplingAdequacy, Sphericity]:
    if not (complete := len(complete_rows(ballots.values))):
        raise NotComputable(_INCOMPLETE)
    need(KMO, complete, 3, RESPONDENTS)
    moving, _ = _moving(ballots)
    if len(moving.facts) < 2:
        raise NotComputable(_UNMOVED)
    correlation, n = correlations(KMO, moving.values)
    return kaiser_meyer_olkin(correlation, n), bartlett_sphericity(correlation, n)


def _fit(found: Sequence[tuple[_Part, SamplingAdequacy, Sphericity]]) -> Text:
    """For which parts a factor analysis can be defended."""
    ordered = sorted(found, key=lambda one: one[1].value)
    unfit = [one for one in ordered if one[1].value < ADEQUATE or one[2].p >= 0.05]
    weak = [one for one in ordered if one not in unfit and one[1].value < MIDDLING]
    told = []
    if unfit:
        names = some([_with_kmo(*one) for one in unfit])
        told.append(
            Text(
                f"Analisis faktor tidak layak pada {names.id}: jangan menyimpulkan dimensi dari data ini.",
                f"Factor analysis is not fit on {names.en}: draw no conclusions on dimensions from these data.",
            )
        )
    if weak:
        names = some([_with_kmo(*one) for one in weak])
        told.append(
            Text(
                f"Korelasi antarbutir lemah pada {names.id}: analisis faktor di sana hanya boleh dibaca sebagai "
                "penjajakan.",
                f"Correlations among items are weak on {names.en}: read a factor analysis there as exploration only.",
            )
        )
    if not told:
        return Text(
            "Korelasi antarbutir cukup untuk analisis faktor pada semua bagian yang dihitung (KMO 0,70 atau lebih).",
            "Correlations among items are enough for factor analysis on all parts that were computed (KMO of 0.70 or "
            "more).",
        )
    return sentences(told)


def _with_kmo(part: _Part, kmo: SamplingAdequacy, test: Sphericity) -> Text:
    value, word, p = figure(kmo.value), kaiser_word(kmo.value), _p(test.p)
    chance = Text("", "") if test.p < 0.05 else Text(f"; p Bartlett {p.id}", f"; Bartlett’s p {p.en}")
    return Text(
        f"{part.title.id} (KMO {value.id}, {word.id}{chance.id})",
        f"{part.title.en} (KMO {value.en}, {word.en}{chance.en})",
    )


def _p(p: float) -> Text:
    return Text("< 0,001", "< 0.001") if p < 0.001 else figure(p, 3)
