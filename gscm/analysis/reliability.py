"""Reliability and validity of the instrument, as reviewers of Indonesian studies expect them: by domain and item."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from gscm.analysis.content import content
from gscm.analysis.finding import Chart, Finding, Grid, Interval as Row, IntervalPlot, refused
from gscm.analysis.material import NO_PEOPLE, Material
from gscm.analysis.matrices import Ballots, ballots_of, by_domain, group_of
from gscm.analysis.staging import staging
from gscm.analysis.wording import NONE, between, cautions, figure, sentences, some, span, whole, works
from gscm.i18n import Text, same
from gscm.model.facts import Fact
from gscm.model.tree import Model
from gscm.statistics.figure import FEW, Figure, NotComputable
from gscm.statistics.matrix import Array, complete_rows, correlations, varies
from gscm.statistics.reliability import (
    CronbachAlpha,
    ItemAnalysis,
    ItemFigures,
    McDonaldOmega,
    cronbach_alpha,
    item_analysis,
    mcdonald_omega,
)
from gscm.statistics.validity import KMO, SamplingAdequacy, Sphericity, bartlett_sphericity, kaiser_meyer_olkin

T = TypeVar("T")
RELIABLE, GOOD = 0.6, 0.7
ADEQUATE = 0.5
_TITLE = Text("Keandalan instrumen (alfa Cronbach)", "Reliability of the instrument (Cronbach’s alpha)")
_ALPHA = Text(
    "Barisnya orang, kolomnya butir (kriteria 0/1, level sebagai angka). Alfa Cronbach; jawaban kosong: orang yang "
    "jawabannya tidak lengkap dikeluarkan (listwise), di sampingnya alfa dengan semua pasangan butir (pairwise); "
    "selang 95% Feldt. Omega McDonald satu faktor dari korelasi Pearson (minres), tanpa butir yang dijawab sama oleh "
    "semua orang. Kelaziman di Indonesia: andal bila alfa di atas 0,60, sering juga 0,70.",
    "Rows are people, columns are items (criteria 0/1, levels as numbers). Cronbach’s alpha; missing answers: people "
    "whose answers are incomplete are left out (listwise), and beside it alpha from all pairs of items (pairwise); "
    "Feldt’s 95% interval. McDonald’s omega of one factor from Pearson correlations (minres), without items that all "
    "answered alike. Usual in Indonesia: reliable above 0.60, often 0.70.",
)
_ALPHA_SOURCES = ("Cronbach 1951", "Feldt et al. 1987", "McDonald 1999", "Harman & Jones 1966")
_PERSPECTIVE = Text(
    "Alfa mengandaikan butir-butirnya mengukur satu hal; kriteria kematangan disusun berjenjang dan tidak harus "
    "demikian.",
    "Alpha supposes that items measure one thing; criteria of maturity are staged and need not.",
)


def reliability(material: Material) -> Iterator[Finding]:
    """Cronbach and McDonald, items against the r table, KMO and Bartlett, Guttman, and experts’ ratings if given."""
    people = material.people
    if people is None:
        yield refused("reliability", "reliability", _TITLE, NO_PEOPLE, _ALPHA, works(_ALPHA_SOURCES))
    else:
        ballots = ballots_of(people.votes)
        ballots = ballots.only(fact.id for fact in ballots.facts if group_of(fact) != "figures")
        parts = _parts(ballots)
        yield _scales(parts)
        yield _items(parts)
        yield _factors(parts)
        yield staging(ballots)
    if material.experts is not None:
        yield from content(material.answers.model, material.experts)


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


def _tried(whys: list[Text], compute: Callable[[], T]) -> T | None:
    try:
        return compute()
    except NotComputable as error:
        whys.append(error.reason)
        return None


# ------------------------------------------------------------------------------------------------ alpha, omega


@dataclass(frozen=True, slots=True)
class _Scale:
    part: _Part
    alpha: CronbachAlpha | None
    pairwise: CronbachAlpha | None
    omega: McDonaldOmega | None
    still: tuple[str, ...]
    why: Text | None

    @property
    def main(self) -> CronbachAlpha | None:
        return self.alpha or self.pairwise


def _scale(part: _Part) -> _Scale:
    values = part.ballots.values
    whys: list[Text] = []
    alpha = _tried(whys, lambda: cronbach_alpha(values))
    pairwise = _tried(whys, lambda: cronbach_alpha(values, "pairwise"))
    moving, still = _moving(part.ballots)
    omega = _tried([], lambda: mcdonald_omega(moving.values))
    return _Scale(part, alpha, pairwise, omega, still, whys[0] if whys else None)


def _moving(ballots: Ballots) -> tuple[Ballots, tuple[str, ...]]:
    """The items on which complete answers differ, and the others."""
    table = complete_rows(ballots.values)
    still = tuple(f.id for column, f in enumerate(ballots.facts) if not (len(table) and varies(table[:, column])))
    return ballots.only(fact.id for fact in ballots.facts if fact.id not in still), still


def _scales(parts: Sequence[_Part]) -> Finding:
    found = [_scale(part) for part in parts]
    known = [one for one in found if one.main is not None]
    if not known:
        why = next((one.why for one in found if one.why), NO_PEOPLE)
        return refused("reliability", "reliability-alpha", _TITLE, why, _ALPHA, works(_ALPHA_SOURCES))
    return Finding(
        section="reliability",
        id="reliability-alpha",
        title=_TITLE,
        meaning=_reliable(known),
        method=_ALPHA,
        source=works(_ALPHA_SOURCES),
        n=_range(known),
        data={"parts": [_plain(one) for one in found]},
        grids=(_alpha_grid(found),),
        charts=(_alpha_plot(known),),
        caution=cautions(_figures(known), _PERSPECTIVE),
    )


def _figures(known: Sequence[_Scale]) -> list[Figure]:
    """The figures whose warnings are told: of few people or of items that run the other way."""
    return [one.main for one in known if one.main is not None]


def _range(known: Sequence[_Scale]) -> Text:
    return _people([one.main.n for one in known if one.main])


def _reliable(known: Sequence[_Scale]) -> Text:
    ordered = sorted(known, key=lambda one: one.main.value if one.main else 0.0)
    weak = [one for one in ordered if one.main and one.main.value <= RELIABLE]
    lowest, highest = ordered[0], ordered[-1]
    a, z = (figure(one.main.value if one.main else None) for one in (lowest, highest))
    if weak:
        names = some([_with_value(one) for one in weak])
        return Text(
            f"Keandalan {names.id} tidak melampaui 0,60: rata-rata butirnya belum layak ditafsirkan sebagai satu "
            "ukuran; periksa butir yang lemah di tabel butir.",
            f"The reliability of {names.en} is not above 0.60: the mean of its items should not yet be read as one "
            "measure; look for weak items in the table of items.",
        )
    if len(known) == 1:
        return Text(f"Instrumennya andal (alfa = {a.id}).", f"The instrument is reliable (alpha = {a.en}).")
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
    return Grid(Text("Keandalan tiap bagian", "Reliability by part"), headings, rows)


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

_ITEMS_TITLE = Text("Kesahihan butir (r hitung dan r tabel)", "Validity of items (r and the r table)")
_ITEMS = Text(
    "Korelasi Pearson butir dengan jumlah semua butir domainnya (r hitung); sahih bila melampaui r tabel, dua sisi, "
    "taraf 5%, derajat bebas n − 2. r tabel dihitung dari sebaran t, sebab tabel cetak yang beredar memuat angka "
    "keliru (n = 13 dan n = 29). Di sampingnya r terkoreksi, tanpa butir itu sendiri dalam jumlahnya, dan alfa bila "
    "butirnya dihapus. Orang yang jawabannya tidak lengkap dikeluarkan (listwise).",
    "Pearson correlation of an item with the sum of all items of its domain (r); valid if it exceeds the r table, "
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
    whys: list[Text] = []
    found: list[_Item] = []
    analyses: dict[str, ItemAnalysis] = {}
    domains = parts if len(parts) == 1 else parts[:-1]
    for part in domains:
        analysis = _tried(whys, lambda part=part: item_analysis(part.ballots.values))  # type: ignore[misc]
        if analysis is not None:
            analyses[part.id] = analysis
            found += [_Item(part.ballots.facts[one.item - 1], analysis, one) for one in analysis.items]
    if not found:
        why = whys[0] if whys else NO_PEOPLE
        return refused("reliability", "reliability-items", _ITEMS_TITLE, why, _ITEMS, works(_ITEM_SOURCES))
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
            f"Fewer than {FEW} people answered completely (at least {ns[0]}): tests of items are not yet firm.",
        )
    return Finding(
        section="reliability",
        id="reliability-items",
        title=_ITEMS_TITLE,
        meaning=sentences([_valid(found, weak), _by_itself(found)]),
        method=_ITEMS,
        source=works(_ITEM_SOURCES),
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


def _left_out(whys: Sequence[Text]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(whys))


def _strength(one: _Item) -> tuple[float, str]:
    return (-2.0 if one.figures.r is None else one.figures.r, one.fact.id)


def _people(ns: Sequence[int]) -> Text:
    told = span(ns)
    return Text(f"{told.id} orang", f"{told.en} people")


def _valid(found: Sequence[_Item], weak: Sequence[_Item]) -> Text:
    if not weak:
        return Text(
            f"Semua {len(found)} butir sahih: r hitungnya melampaui r tabel.",
            f"All {len(found)} items are valid: their r exceeds the r table.",
        )
    names = some([same(one.fact.id) for one in weak], 4)
    count = len(found) - len(weak)
    valid = Text(f"{count} dari {len(found)} butir sahih", f"{count} of {len(found)} items are valid")
    if not count:
        valid = Text(f"Tidak satu pun dari {len(found)} butir sahih", f"None of {len(found)} items is valid")
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
    return Text(
        f"Namun {len(own)} butir lolos hanya karena ikut dalam jumlahnya sendiri (r terkoreksi di bawah r tabel): "
        f"{names.id}.",
        f"Yet {len(own)} items pass only because they are part of their own sum (corrected r below the r table): "
        f"{names.en}.",
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
        Text("sahih", "valid"),
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
    note = None
    if total > len(shown):
        note = Text(
            f"{len(shown)} terlemah dari {total}; selengkapnya dengan --json.",
            f"The {len(shown)} weakest of {total}; all of them with --json.",
        )
    return Grid(Text("Butir terlemah dahulu", "Items, the weakest first"), headings, rows, note)


_YES, _NO = Text("ya", "yes"), Text("tidak", "no")


# ------------------------------------------------------------------------------------------------ KMO, Bartlett

_FACTORS_TITLE = Text("Kelayakan analisis faktor (KMO dan Bartlett)", "Fit for factor analysis (KMO and Bartlett)")
_FACTORS = Text(
    "Kaiser–Meyer–Olkin dari korelasi parsial (invers matriks korelasi) dan uji sferisitas Bartlett, atas orang dengan "
    "jawaban lengkap; butir yang dijawab sama oleh semua orang dikeluarkan. Layak bila KMO di atas 0,50 dan p "
    "Bartlett di bawah 0,05.",
    "Kaiser–Meyer–Olkin from partial correlations (the inverse of the correlation matrix) and Bartlett’s test of "
    "sphericity, over people with complete answers; items that all answered alike are left out. Fit if KMO is above "
    "0.50 and Bartlett’s p below 0.05.",
)
_FACTOR_SOURCES = ("Kaiser & Rice 1974", "Bartlett 1950")


def _factors(parts: Sequence[_Part]) -> Finding:
    whys: list[Text] = []
    found: list[tuple[_Part, SamplingAdequacy, Sphericity]] = []
    for part in parts:
        moving, _ = _moving(part.ballots)
        if (pair := _tried(whys, lambda table=moving.values: _adequate(table))) is not None:  # type: ignore[misc]
            found.append((part, *pair))
    if not found:
        why = whys[0] if whys else NO_PEOPLE
        return refused("reliability", "reliability-factors", _FACTORS_TITLE, why, _FACTORS, works(_FACTOR_SOURCES))
    unfit = [part.title for part, kmo, test in found if kmo.value <= ADEQUATE or test.p >= 0.05]
    names = some(unfit) if unfit else None
    meaning = Text(
        "Korelasi antarbutir cukup untuk analisis faktor pada semua bagian yang dihitung.",
        "Correlations among items are enough for factor analysis on all parts that were computed.",
    )
    if names is not None:
        meaning = Text(
            f"Analisis faktor tidak layak pada {names.id}: jangan menyimpulkan dimensi dari data ini.",
            f"Factor analysis is not fit on {names.en}: draw no conclusions on dimensions from these data.",
        )
    headings = (
        Text("Bagian", "Part"),
        same("KMO"),
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
        meaning=meaning,
        method=_FACTORS,
        source=works(_FACTOR_SOURCES),
        n=_people(sorted({kmo.n for _, kmo, _ in found})),
        data={
            "parts": [
                {
                    "part": part.id,
                    "kmo": kmo.value,
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


def _adequate(table: Array) -> tuple[SamplingAdequacy, Sphericity]:
    correlation, n = correlations(KMO, table)
    return kaiser_meyer_olkin(correlation, n), bartlett_sphericity(correlation, n)


def _p(p: float) -> Text:
    return Text("< 0,001", "< 0.001") if p < 0.001 else figure(p, 3)
