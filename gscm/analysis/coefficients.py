"""Agreement in the coefficients that reviewers know by name: ICC, Fleiss' and Cohen's kappa, Kendall's W."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from gscm.analysis.consensus import rows_of, scale_of
from gscm.analysis.finding import Finding, Grid, refused
from gscm.analysis.material import Material, People
from gscm.analysis.matrices import Ballots, by_node, complete_block, group_of, within_offices
from gscm.analysis.wording import (
    INDICATORS,
    ITEMS,
    OFFICES,
    PEOPLE,
    UNITS,
    between,
    cautions,
    figure,
    joined,
    many,
    some,
    whole,
)
from gscm.i18n import Text, same
from gscm.statistics.agreement import MODERATE, STRONG, kendall_w
from gscm.statistics.figure import NotComputable
from gscm.statistics.intraclass import IccForm, IntraclassCorrelation, intraclass_correlations
from gscm.statistics.kappas import FAIR, Kappa, KappaWeights, category_counts, cohen_kappa, fleiss_kappa
from gscm.statistics.matrix import Array

SHOWN = 12
_ICC_SOURCES = ("Shrout & Fleiss 1979", "McGraw & Wong 1996", "Koo & Li 2016")
_BLOCK = Text(
    "bagian lengkap terbesar: orang diambil mulai dari yang paling banyak menjawab, lalu butir yang mereka jawab semua",
    "the largest complete part: people are taken in from those who answered most, then the items that all of them "
    "answered",
)
_NO_BLOCK = Text(
    "Tidak ada dua butir yang sama-sama dijawab oleh dua orang, sehingga matriks lengkapnya tidak ada.",
    "No two items were both answered by the same two people, so that there is no complete matrix.",
)
_NO_ORDER = Text(
    "Urutan tidak dapat dibandingkan: tidak ada dua butir ya/tidak atau level yang sama-sama dijawab oleh dua orang.",
    "Orders cannot be compared: no two yes-or-no items or levels were both answered by the same two people.",
)


def block_of(ballots: Ballots) -> tuple[Array, Ballots, tuple[int, ...]]:
    """A large complete part of the ballots, shape (people, items), its facts, and its rows; empty if there is none."""
    rows, columns = complete_block(ballots.values)
    part = ballots.only(ballots.facts[column].id for column in columns)
    return part.values[list(rows)], part, rows


def unit_values(part: Ballots, values: Array) -> Array:
    """The values between 0 and 1, levels, too: a level of 3 out of 5 is 0.5."""
    tops = np.array([scale_of(part.model, f)[-1] if group_of(f) == "levels" else 2.0 for f in part.facts])
    levels = np.array([group_of(f) == "levels" for f in part.facts])
    found: Array = np.where(levels, (values - 1) / np.maximum(tops - 1, 1), values)
    return found


def intraclass(ballots: Ballots) -> Finding:
    """The six forms of ICC; targets are items, raters are people."""
    title = Text("Korelasi intrakelas (ICC), enam bentuk", "Intraclass correlation (ICC), six forms")
    method = Text(
        f"ICC menurut Shrout & Fleiss: yang dinilai (target) ialah butir, penilainya orang; {_BLOCK.id}. Jawaban "
        "dijadikan angka 0 sampai 1. Selang 95% dari sebaran F. Keandalan rendah di bawah 0,50, sedang di bawah 0,75, "
        "dan tinggi dari 0,75 (batas Koo & Li).",
        f"ICC after Shrout & Fleiss: targets are items, raters are people; {_BLOCK.en}. Answers become figures from 0 "
        "to 1. 95% intervals from the F distribution. Reliability is low below 0.50, moderate below 0.75, and high "
        "from there on (the limits of Koo & Li).",
    )
    values, part, _ = block_of(ballots)
    if not values.size:
        return refused("agreement", "agreement-icc", title, _NO_BLOCK, method, _ICC_SOURCES)
    try:
        forms = intraclass_correlations(unit_values(part, values).T)
    except NotComputable as error:
        return refused("agreement", "agreement-icc", title, error.reason, method, _ICC_SOURCES)
    one, mean = forms["ICC2"], forms["ICC2k"]
    single, averaged = figure(one.value), figure(mean.value)
    people, items = values.shape
    return Finding(
        section="agreement",
        id="agreement-icc",
        title=title,
        meaning=Text(
            f"Keandalan jawaban satu orang saja {single.id} ({_strength(one.value).id}), keandalan rata-rata "
            f"{many(people, PEOPLE).id} {averaged.id}, keduanya menurut kesepakatan mutlak (ICC(2,1) dan ICC(2,k)). "
            f"{_advice(one.interval.low, mean.interval.low).id}",
            f"The answers of one person alone have a reliability of {single.en} ({_strength(one.value).en}); the mean "
            f"of {many(people, PEOPLE).en} has {averaged.en}, both for absolute agreement (ICC(2,1) and ICC(2,k)). "
            f"{_advice(one.interval.low, mean.interval.low).en}",
        ),
        method=method,
        source=_ICC_SOURCES,
        n=joined(many(items, ITEMS), many(people, PEOPLE), by=" × "),
        data={
            "targets": "items",
            "raters": "people",
            "items": [fact.id for fact in part.facts],
            "people": people,
            "forms": {name: _plain_icc(form) for name, form in forms.items()},
        },
        grids=(_icc_grid(forms),),
        caution=cautions(forms.values()),
    )


def _strength(value: float) -> Text:
    """By the limits of Koo & Li (2016)."""
    if value >= 0.75:
        return Text("tinggi", "high")
    return Text("sedang", "moderate") if value >= 0.5 else Text("rendah", "low")


def _advice(one: float, mean: float) -> Text:
    """What follows, by the lower ends of the two intervals."""
    if one >= 0.75:
        return Text("Satu penjawab yang paham pun sudah cukup.", "One knowledgeable respondent would do.")
    if mean >= 0.75:
        return Text(
            "Jadi jangan bergantung pada satu penjawab; gabungan jawabannya dapat dipakai.",
            "So do not rely on one respondent; their merged answers can be used.",
        )
    return Text(
        "Gabungannya pun belum pasti andal (batas bawah selangnya di bawah 0,75): tambah penjawab atau perjelas "
        "butirnya.",
        "Even merged they are not surely reliable (the lower end of the interval is below 0.75): add respondents or "
        "make the items clearer.",
    )


def _plain_icc(form: IntraclassCorrelation) -> dict[str, float | int | None]:
    return {
        "value": form.value,
        "low": form.interval.low,
        "high": form.interval.high,
        "f": form.f,
        "df1": form.df1,
        "df2": form.df2,
        "p": form.p,
    }


def _icc_grid(forms: Mapping[IccForm, IntraclassCorrelation]) -> Grid:
    rows = []
    for form in forms.values():
        name = form.method.name.en.rpartition(" ")[2]
        convention = form.method.convention
        rows.append((same(name), figure(form.value), between(form.interval), convention))
    headings = (
        Text("Bentuk", "Form"),
        Text("nilai", "value"),
        Text("selang 95%", "95% interval"),
        Text("artinya", "what it says"),
    )
    return Grid(Text("Enam bentuk ICC", "Six forms of ICC"), headings, tuple(rows))


# ------------------------------------------------------------------------------------------------ kappas


def kappas(material: Material, people: People, ballots: Ballots) -> Finding:
    """Fleiss' kappa within offices; Cohen's kappa in offices where just two people answered."""
    title = Text("Kappa pada butir ya/tidak dan level", "Kappa on yes-or-no items and levels")
    sources = (
        "Fleiss 1971",
        "Zapf et al. 2016",
        "Cohen 1960",
        "Cohen 1968",
        "Fleiss et al. 1969",
        "Landis & Koch 1977",
    )
    method = Text(
        "Kappa Fleiss: satuannya butir ya/tidak di satu perangkat daerah yang dijawab oleh jumlah orang yang paling "
        "lazim; kesepakatan kebetulan dari sebaran kategori semua penilai; selang 95% bootstrap persentil atas satuan "
        "({runs} ulangan). Kappa Cohen, bila hanya dua orang yang menjawab: tanpa bobot untuk ya/tidak, berbobot "
        "kuadratik menurut skala untuk level; selang 95% dari galat baku asimtotik Fleiss, Cohen & Everitt. Sampai "
        "0,40 kesepakatannya lemah (batas Landis & Koch).",
        "Fleiss’ kappa: units are yes-or-no items in one office that the most usual number of people answered; "
        "agreement by chance from the categories of all raters; 95% percentile bootstrap interval over units ({runs} "
        "resamples). Cohen’s kappa where just two people answered: unweighted for yes or no, with quadratic weights on "
        "the scale for levels; 95% interval from the asymptotic standard error of Fleiss, Cohen & Everitt. Up to 0.40 "
        "agreement is weak (the limit of Landis & Koch).",
    )
    runs = whole(material.runs)
    method = Text(method.id.format(runs=runs.id), method.en.format(runs=runs.en))
    whys: list[Text] = []
    fleiss = _fleiss(ballots.of("criteria"), material, whys)
    pairs = _pairs(ballots, whys)
    if fleiss is None and not pairs:
        why = whys[0] if whys else _NO_KAPPA
        return refused("agreement", "agreement-kappa", title, why, method, sources)
    rows = [_kappa_row(_FLEISS_ROW, fleiss)] if fleiss is not None else []
    for office, kappa in pairs:
        name, measure = people.offices.get(office, office), kappa.method.name
        rows.append(_kappa_row(Text(f"{name}: {measure.id}", f"{name}: {measure.en}"), kappa))
    note = None
    if len(rows) > SHOWN:
        note = Text(
            f"{SHOWN} pertama dari {len(rows)}; selengkapnya dalam keluaran JSON.",
            f"The first {SHOWN} of {len(rows)}; all of them are in the JSON output.",
        )
    return Finding(
        section="agreement",
        id="agreement-kappa",
        title=title,
        meaning=_kappa_meaning(people, fleiss, pairs),
        method=method,
        source=sources,
        n=_kappa_n(fleiss, pairs),
        data={
            "fleiss": _plain_kappa(fleiss) if fleiss else None,
            "pairs": [{"office": office, **_plain_kappa(kappa)} for office, kappa in pairs],
        },
        grids=(
            Grid(
                Text("Kappa", "Kappa"),
                (
                    Text("Ukuran", "Measure"),
                    Text("nilai", "value"),
                    Text("selang 95%", "95% interval"),
                    Text("orang", "people"),
                    Text("satuan", "units"),
                ),
                tuple(rows[:SHOWN]),
                note,
            ),
        ),
        caution=cautions([*([fleiss] if fleiss else []), *(kappa for _, kappa in pairs)]),
    )


_NO_KAPPA = Text(
    "Tidak ada butir ya/tidak yang dijawab dua orang atau lebih di satu perangkat daerah, dan tidak ada perangkat "
    "daerah dengan tepat dua penjawab.",
    "No yes-or-no item was answered by two people or more of one office, and no office has just two respondents.",
)


def _kappa_n(fleiss: Kappa | None, pairs: Sequence[tuple[str, Kappa]]) -> Text:
    cohen = many(sum(kappa.n for _, kappa in pairs), UNITS)
    if fleiss is None:
        return cohen
    units = many(fleiss.n, UNITS)
    if not pairs:
        return units
    return Text(f"{units.id} (Fleiss), {cohen.id} (Cohen)", f"{units.en} (Fleiss), {cohen.en} (Cohen)")


_FLEISS_ROW = Text("Kappa Fleiss, ya/tidak", "Fleiss’ kappa, yes or no")


def _kappa_row(name: Text, kappa: Kappa) -> tuple[Text, ...]:
    return name, figure(kappa.value), between(kappa.interval), whole(kappa.raters), whole(kappa.n)


def _fleiss(ballots: Ballots, material: Material, whys: list[Text]) -> Kappa | None:
    table = within_offices(ballots)
    raters = (~np.isnan(table)).sum(axis=0) if table.size else np.array([], int)
    usual = Counter(int(count) for count in raters if count >= 2)
    if not usual:
        return None
    most = max(usual, key=lambda count: (usual[count] * count, count))
    try:
        counts = category_counts(table[:, raters == most], (0.0, 1.0))
        return fleiss_kappa(counts, runs=material.runs, seed=material.seed)
    except NotComputable as error:
        whys.append(error.reason)
        return None


def _pairs(ballots: Ballots, whys: list[Text]) -> list[tuple[str, Kappa]]:
    """Cohen's kappa of the offices where two people answered: of criteria, and of levels of one scale."""
    found: list[tuple[str, Kappa]] = []
    for office, rows in rows_of(ballots).items():
        speaking = [row for row in rows if not np.isnan(ballots.values[row]).all()]
        if len(speaking) != 2:
            continue
        for scale, facts in _scales(ballots).items():
            first, second = ballots.only(facts).values[speaking]
            weights: KappaWeights = "none" if scale == (0.0, 1.0) else "quadratic"
            try:
                found.append((office, cohen_kappa(first, second, weights, scale)))
            except NotComputable as error:
                whys.append(error.reason)
    return found


def _scales(ballots: Ballots) -> dict[tuple[float, ...], list[str]]:
    found: dict[tuple[float, ...], list[str]] = {}
    for fact in ballots.facts:
        if group_of(fact) == "criteria" or (group_of(fact) == "levels" and not ballots.model.nodes[fact.node].real):
            found.setdefault(scale_of(ballots.model, fact), []).append(fact.id)
    return found


def _kappa_meaning(people: People, fleiss: Kappa | None, pairs: Sequence[tuple[str, Kappa]]) -> Text:
    told = []
    if fleiss is not None:
        value, observed = figure(fleiss.value), figure(fleiss.observed * 100, 0)
        told.append(
            Text(
                f"Di perangkat daerah dengan {fleiss.raters} penjawab, {observed.id}% pasangan menjawab sama; setelah "
                f"kebetulan dikurangi, kappanya {value.id}.",
                f"In offices with {fleiss.raters} respondents {observed.en}% of pairs answer alike; with chance taken "
                f"off, kappa is {value.en}.",
            )
        )
    low = [same(people.offices.get(office, office)) for office, kappa in pairs if kappa.value <= FAIR]
    if low:
        names = some(list(dict.fromkeys(low)))
        told.append(
            Text(
                f"Kesepakatan dua penjawab di {names.id} lemah (kappa tidak melampaui 0,40): mintalah mereka "
                "menyepakati satu jawaban.",
                f"The two respondents at {names.en} agree weakly (kappa not above 0.40): ask them to settle on one "
                "answer.",
            )
        )
    elif pairs:
        spoken = many(len(dict(pairs)), OFFICES)
        told.append(
            Text(
                f"Di {spoken.id} yang hanya diwakili dua orang, keduanya cukup sepakat.",
                f"In {spoken.en} that only two people speak for, both agree fairly well.",
            )
        )
    return Text(" ".join(one.id for one in told), " ".join(one.en for one in told))


def _plain_kappa(kappa: Kappa) -> dict[str, float | int | str | None]:
    return {
        "measure": kappa.method.name.en,
        "value": kappa.value,
        "observed": kappa.observed,
        "expected": kappa.expected,
        "raters": kappa.raters,
        "units": kappa.n,
        "low": kappa.interval.low if kappa.interval else None,
        "high": kappa.interval.high if kappa.interval else None,
    }


# ------------------------------------------------------------------------------------------------ Kendall


def concordance(ballots: Ballots) -> Finding:
    """Kendall's W: whether people put the indicators in the same order, from the weakest to the strongest."""
    title = Text("Kesamaan urutan indikator (Kendall W)", "Same order of indicators (Kendall’s W)")
    sources = ("Kendall & Babington Smith 1939",)
    method = Text(
        f"Penilainya orang, objeknya indikator menurut rata-rata jawaban ya/tidak dan level tiap orang; "
        f"{_BLOCK.id}; nilai kembar mendapat peringkat rata-rata dan dikoreksi. Kesamaan kuat dari 0,70, lemah di "
        "bawah 0,50 (batas gscm).",
        f"Raters are people, objects are indicators by the mean of a person’s yes-or-no answers and levels; "
        f"{_BLOCK.en}; ties share their mean rank and are corrected for. Agreement is strong from 0.70 on, weak below "
        "0.50 (gscm’s limits).",
    )
    values, part, _ = block_of(ballots.only(fact.id for fact in ballots.facts if group_of(fact) != "figures"))
    if not values.size:
        return refused("agreement", "agreement-order", title, _NO_ORDER, method, sources)
    graded = unit_values(part, values)
    column = {fact.id: index for index, fact in enumerate(part.facts)}
    nodes = by_node(part.facts)
    means = np.column_stack([graded[:, [column[id] for id in facts]].mean(axis=1) for facts in nodes.values()])
    try:
        w = kendall_w(means)
    except NotComputable as error:
        return refused("agreement", "agreement-order", title, error.reason, method, sources)
    value = figure(w.value)
    order = np.argsort(means.mean(axis=0), kind="stable")
    titles = [part.model.nodes[node].title for node in nodes]
    weakest, strongest = titles[int(order[0])], titles[int(order[-1])]
    seen = _seen(w.value)
    return Finding(
        section="agreement",
        id="agreement-order",
        title=title,
        meaning=Text(
            f"{seen.id} (W = {value.id}): rata-rata terlemah {weakest.id}, terkuat {strongest.id}.",
            f"{seen.en} (W = {value.en}): the weakest on average is {weakest.en}, the strongest {strongest.en}.",
        ),
        method=method,
        source=sources,
        n=joined(many(w.n, INDICATORS), many(w.raters, PEOPLE)),
        data={"w": w.value, "chi2": w.chi2, "df": w.df, "p": w.p, "raters": w.raters, "objects": list(nodes)},
        caution=cautions([w]),
    )


def _seen(w: float) -> Text:
    if w >= STRONG:
        return Text(
            "Para penjawab melihat kekuatan dan kelemahan yang sama",
            "Respondents see the same strengths and weaknesses",
        )
    if w >= MODERATE:
        return Text(
            "Urutan kekuatan dan kelemahan menurut para penjawab hanya sebagian sama",
            "Respondents put strengths and weaknesses only partly in the same order",
        )
    return Text(
        "Para penjawab tidak sepakat mana yang kuat dan mana yang lemah",
        "Respondents do not agree on what is strong and what is weak",
    )
