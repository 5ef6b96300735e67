"""Agreement in the coefficients that reviewers know by name: ICC, Fleiss' and Cohen's kappa, Kendall's W."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

import numpy as np

from gscm.analysis.consensus import rows_of, scale_of
from gscm.analysis.finding import Finding, Grid, refused
from gscm.analysis.material import Material, People
from gscm.analysis.matrices import GROUPS, Ballots, Group, by_node, complete_block, group_of, within_offices
from gscm.analysis.merge_rules import rule_name
from gscm.analysis.wording import (
    FIRST,
    INDICATORS,
    ITEMS,
    OFFICES,
    PEOPLE,
    UNITS,
    between,
    cautions,
    figure,
    first_of,
    joined,
    many,
    sentences,
    some,
    whole,
)
from gscm.i18n import Text, same
from gscm.model.facts import Fact
from gscm.statistics.agreement import MODERATE, STRONG, kendall_w
from gscm.statistics.figure import UNITS as RATED, NotComputable, need
from gscm.statistics.intraclass import IccForm, IntraclassCorrelation, intraclass_correlations, spearman_brown
from gscm.statistics.kappas import FAIR, FLEISS, Kappa, KappaWeights, category_counts, cohen_kappa, fleiss_kappa
from gscm.statistics.matrix import Array

SHOWN = 12
HIGH = 0.75
NIL = 0.005
"""What is below is written as 0.00 or as negative."""
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
    "Urutan tidak dapat dibandingkan: tidak ada dua butir ya/tidak, level, atau nilai yang sama-sama dijawab oleh dua "
    "orang.",
    "Orders cannot be compared: no two yes-or-no items, levels or scores were both answered by the same two people.",
)


def block_of(ballots: Ballots) -> tuple[Array, Ballots, tuple[int, ...]]:
    """A large complete part of the ballots, shape (people, items), its facts, and its rows; empty if there is none."""
    rows, columns = complete_block(ballots.values)
    part = ballots.only(ballots.facts[column].id for column in columns)
    return part.values[list(rows)], part, rows


def unit_values(part: Ballots, values: Array) -> Array:
    """The values between 0 and 1, levels and scores, too: a level of 3 out of 5 is 0.5."""
    ends = np.array([_ends(fact) for fact in part.facts]).reshape(-1, 2)
    found: Array = (values - ends[:, 0]) / (ends[:, 1] - ends[:, 0])
    return found


def _ends(fact: Fact) -> tuple[float, float]:
    """The least and the highest number that an answer can be."""
    if group_of(fact) in ("criteria", "figures"):
        return 0.0, 1.0
    return float(fact.worst), max(float(fact.best), float(fact.worst) + 1)


def intraclass(people: People, ballots: Ballots) -> Finding:
    """The six forms of ICC; targets are items that people judge, raters are people."""
    title = Text("Korelasi intrakelas (ICC), enam bentuk", "Intraclass correlation (ICC), six forms")
    method = Text(
        f"ICC menurut Shrout & Fleiss: yang dinilai (target) ialah butir, penilainya orang; {_BLOCK.id}; tanpa "
        "angka terukur. Jawaban dijadikan angka 0 sampai 1. Selang 95% dari sebaran F; yang di bawah −1 ditulis −1 "
        "(kelaziman gscm). Reliabilitas bagi rata-rata sebanyak orang di satu perangkat daerah (median banyaknya "
        "penjawab): rumus Spearman–Brown dari ICC(2,1). Reliabilitas rendah di bawah 0,50, sedang di bawah 0,75, "
        "dan tinggi dari 0,75 (batas Koo & Li).",
        f"ICC after Shrout & Fleiss: targets are items, raters are people; {_BLOCK.en}; without "
        "measured figures. Answers become figures from 0 to 1. 95% intervals from the F distribution; what falls below "
        "−1 is given as −1 (a convention of gscm). The reliability of the mean of as many people as an office has (the "
        "median of its respondents): the formula of Spearman–Brown from ICC(2,1). Reliability is low below 0.50, "
        "moderate below 0.75, and high "
        "from there on (the limits of Koo & Li).",
    )
    values, part, _ = block_of(ballots.judged())
    if not values.size:
        return refused("agreement", "agreement-icc", title, _NO_BLOCK, method, _ICC_SOURCES)
    try:
        forms = intraclass_correlations(unit_values(part, values).T)
    except NotComputable as error:
        return refused("agreement", "agreement-icc", title, error.reason, method, _ICC_SOURCES)
    one = forms["ICC2"]
    count, items = values.shape
    office = _office_mean(ballots, one)
    return Finding(
        section="agreement",
        id="agreement-icc",
        title=title,
        meaning=sentences([_icc_told(one, office, forms["ICC2k"]), _advice(people, one, office, count)]),
        method=method,
        source=_ICC_SOURCES,
        n=joined(many(items, ITEMS), many(count, PEOPLE), by=" × "),
        data={
            "targets": "items",
            "raters": "people",
            "items": [fact.id for fact in part.facts],
            "people": count,
            "mean_of_an_office": {"people": office.people, "value": office.value, "low": office.low},
            "forms": {name: _plain_icc(form) for name, form in forms.items()},
        },
        grids=(_icc_grid(forms),),
        caution=cautions(forms.values()),
    )


@dataclass(frozen=True, slots=True)
class _Mean:
    """The reliability of the mean of so many people, and the lower end of its interval."""

    people: int
    value: float
    low: float


def _office_mean(ballots: Ballots, one: IntraclassCorrelation) -> _Mean:
    """ICC(2,k) with the k of an office: how many people usually answer for one."""
    speaking = [sum(not np.isnan(ballots.values[row]).all() for row in rows) for rows in rows_of(ballots).values()]
    people = median_low([count for count in speaking if count])
    value, low = (max(spearman_brown(step, people), -1.0) for step in (one.value, one.interval.low))
    return _Mean(people, value, low)


def _strength(value: float) -> Text:
    """By the limits of Koo & Li (2016)."""
    if value < NIL:
        return Text("tidak reliabel", "not reliable")
    if value >= HIGH:
        return Text("tinggi", "high")
    return Text("sedang", "moderate") if value >= 0.5 else Text("rendah", "low")


def _with_strength(value: float) -> Text:
    strength, written = _strength(value), figure(value)
    return Text(f"{written.id} ({strength.id})", f"{written.en} ({strength.en})")


def _icc_told(one: IntraclassCorrelation, office: _Mean, every: IntraclassCorrelation) -> Text:
    """How reliable one person is, the mean of an office, and the mean of all, for absolute agreement."""
    single, mean, whole_mean = (_with_strength(value) for value in (one.value, office.value, every.value))
    told = [
        Text(f"jawaban satu orang saja {single.id}", f"the answers of one person alone have {single.en}"),
        Text(
            f"rata-rata {office.people} orang, yaitu sebanyak penjawab yang lazim di satu perangkat daerah, {mean.id}",
            f"the mean of {office.people} people, as many as usually answer for one office, has {mean.en}",
        ),
        Text(
            f"rata-rata {many(every.raters, PEOPLE).id} sekaligus {whole_mean.id}",
            f"the mean of {many(every.raters, PEOPLE).en} at once has {whole_mean.en}",
        ),
    ]
    kept = joined(*(told if 1 < office.people < every.raters else (told[0], told[2])), by="; ")
    return Text(
        f"Reliabilitas menurut kesepakatan mutlak (ICC(2,1) dan ICC(2,k)): {kept.id}.",
        f"Reliability for absolute agreement (ICC(2,1) and ICC(2,k)): {kept.en}.",
    )


def _advice(people: People, one: IntraclassCorrelation, office: _Mean, count: int) -> Text:
    """What follows, by the lower ends of the intervals, and for what it does not hold."""
    if one.value < NIL:
        return Text(
            "Jawabannya tidak reliabel: orang-orang yang menjawab berselisih pada satu butir sekurangnya sejauh "
            "butir-butirnya berbeda satu dari yang lain. Perjelas butirnya, lalu tanyakan lagi.",
            "The answers are not reliable: people differ on one item at least as far as items differ from each other. "
            "Make the items clearer, and ask again.",
        )
    if one.interval.low >= HIGH:
        return Text("Satu penjawab yang paham pun sudah cukup.", "One knowledgeable respondent would do.")
    if office.low >= HIGH:
        return Text(
            "Jangan bergantung pada satu penjawab; rata-rata para penjawab satu perangkat daerah sudah reliabel.",
            "Do not rely on one respondent; the mean of the respondents of an office is reliable.",
        )
    rule = rule_name(people.people_rule)
    if office.people >= count:
        return Text(
            "Rata-rata sebanyak itu pun belum pasti reliabel (batas bawah selangnya di bawah 0,75): tambah penjawab "
            "atau "
            "perjelas butirnya.",
            "Even the mean of so many is not surely reliable (the lower end of the interval is below 0.75): add "
            "respondents or make the items clearer.",
        )
    return Text(
        "Rata-rata para penjawab satu perangkat daerah belum pasti reliabel (batas bawah selangnya di bawah 0,75): "
        "tambah "
        "penjawab di setiap perangkat daerah atau perjelas butirnya. Angka terakhir tidak berlaku bagi hasilnya, sebab "
        f"kajian ini menggabungkan jawaban di setiap perangkat daerah ({rule.id}), bukan merata-ratakan semua orang.",
        "The mean of the respondents of an office is not surely reliable (the lower end of the interval is below "
        "0.75): add respondents in every office or make the items clearer. The last figure does not hold for the "
        f"result, since this study merges answers within each office ({rule.en}) and does not take the mean of all.",
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
    title = Text("Kappa pada butir ya/tidak, level, dan nilai", "Kappa on yes-or-no items, levels and scores")
    sources = (
        "Fleiss 1971",
        "Zapf et al. 2016",
        "Cohen 1960",
        "Cohen 1968",
        "Fleiss et al. 1969",
        "Landis & Koch 1977",
    )
    method = Text(
        "Kappa Fleiss: satuannya satu butir di satu perangkat daerah yang dijawab oleh jumlah orang yang paling lazim; "
        "level dan nilai bulat sebagai kategori nominal, sehingga selisih satu dan selisih empat dihitung sama; "
        "kesepakatan kebetulan dari sebaran kategori semua penilai; selang 95% bootstrap persentil atas satuan "
        "({runs} ulangan). Kappa Cohen, bila hanya dua orang yang menjawab: tanpa bobot untuk ya/tidak, berbobot "
        "kuadratik menurut skala untuk level dan nilai; selang 95% dari galat baku asimtotik Fleiss, Cohen & Everitt. "
        "Sampai 0,40 kesepakatannya lemah (batas Landis & Koch).",
        "Fleiss’ kappa: units are single items in one office that the most usual number of people answered; levels and "
        "scores in whole points are nominal categories, so that a difference of one counts as much as one of four; "
        "agreement by chance from the categories of all raters; 95% percentile bootstrap interval over units ({runs} "
        "resamples). Cohen’s kappa where just two people answered: unweighted for yes or no, with quadratic weights on "
        "the scale for levels and scores; 95% interval from the asymptotic standard error of Fleiss, Cohen & Everitt. "
        "Up to 0.40 agreement is weak (the limit of Landis & Koch).",
    )
    runs = whole(material.runs)
    method = Text(method.id.format(runs=runs.id), method.en.format(runs=runs.en))
    whys: list[Text] = []
    fleiss = [(group, one) for group in _CATEGORIES if (one := _fleiss(ballots.of(group), material, whys)) is not None]
    pairs = _pairs(ballots, whys)
    if not fleiss and not pairs:
        why = whys[0] if whys else _NO_KAPPA
        return refused("agreement", "agreement-kappa", title, why, method, sources)
    rows = [_kappa_row(_CATEGORIES[group], one) for group, one in fleiss]
    for office, kappa in pairs:
        name, measure = people.offices.get(office, office), kappa.method.name
        rows.append(_kappa_row(Text(f"{name}: {measure.id}", f"{name}: {measure.en}"), kappa))
    return Finding(
        section="agreement",
        id="agreement-kappa",
        title=title,
        meaning=_kappa_meaning(people, fleiss, pairs),
        method=method,
        source=sources,
        n=_kappa_n(fleiss, pairs),
        data={
            "fleiss": [{"kind": group, **_plain_kappa(one)} for group, one in fleiss],
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
                first_of(SHOWN, len(rows), FIRST),
            ),
        ),
        caution=cautions([*(kappa for _, kappa in fleiss), *(kappa for _, kappa in pairs)]),
    )


_NO_KAPPA = Text(
    "Kappa tidak dapat dihitung: tidak ada butir ya/tidak, level bulat, atau nilai bulat yang dijawab dua orang atau "
    "lebih di satu perangkat daerah.",
    "Kappa cannot be computed: no yes-or-no item, whole level or score in whole points was answered by two people or "
    "more of one office.",
)


def _kappa_n(fleiss: Sequence[tuple[Group, Kappa]], pairs: Sequence[tuple[str, Kappa]]) -> Text:
    cohen = many(sum(kappa.n for _, kappa in pairs), UNITS)
    if not fleiss:
        return cohen
    units = many(sum(kappa.n for _, kappa in fleiss), UNITS)
    if not pairs:
        return units
    return Text(f"{units.id} (Fleiss), {cohen.id} (Cohen)", f"{units.en} (Fleiss), {cohen.en} (Cohen)")


_CATEGORIES: Mapping[Group, Text] = {
    "criteria": Text("Kappa Fleiss, ya/tidak", "Fleiss’ kappa, yes or no"),
    "levels": Text("Kappa Fleiss, level sebagai kategori nominal", "Fleiss’ kappa, levels as nominal categories"),
    "scores": Text("Kappa Fleiss, nilai sebagai kategori nominal", "Fleiss’ kappa, scores as nominal categories"),
}


def _kappa_row(name: Text, kappa: Kappa) -> tuple[Text, ...]:
    return name, figure(kappa.value), between(kappa.interval), whole(kappa.raters), whole(kappa.n)


def _fleiss(ballots: Ballots, material: Material, whys: list[Text]) -> Kappa | None:
    scale = sorted({point for fact in ballots.facts for point in scale_of(ballots.model, fact)})
    table = within_offices(ballots)
    table = table[:, (np.isnan(table) | np.isin(table, scale)).all(axis=0)]  # units that somebody gave 2.75 have none
    raters = (~np.isnan(table)).sum(axis=0) if table.size else np.array([], int)
    usual = Counter(int(count) for count in raters if count >= 2)
    if not usual:
        return None
    most = max(usual, key=lambda count: (usual[count] * count, count))
    try:
        counts = category_counts(table[:, raters == most], scale)
        need(FLEISS, len(counts), 2, RATED)
        return fleiss_kappa(counts, runs=material.runs, seed=material.seed)
    except NotComputable as error:
        whys.append(error.reason)
        return None


def _pairs(ballots: Ballots, whys: list[Text]) -> list[tuple[str, Kappa]]:
    """Cohen's kappa of the offices where two people answered: of criteria, and of levels or scores of one scale."""
    found: list[tuple[str, Kappa]] = []
    for office, rows in rows_of(ballots).items():
        speaking = [row for row in rows if not np.isnan(ballots.values[row]).all()]
        if len(speaking) != 2:
            continue
        for scale, facts in _scales(ballots).items():
            given = ballots.only(facts).values[speaking]
            first, second = given[:, (np.isnan(given) | np.isin(given, scale)).all(axis=0)]
            weights: KappaWeights = "none" if scale == (0.0, 1.0) else "quadratic"
            try:
                found.append((office, cohen_kappa(first, second, weights, scale)))
            except NotComputable as error:
                whys.append(error.reason)
    return found


def _scales(ballots: Ballots) -> dict[tuple[float, ...], list[str]]:
    found: dict[tuple[float, ...], list[str]] = {}
    for fact in ballots.facts:
        if group_of(fact) != "figures" and (scale := scale_of(ballots.model, fact)):
            found.setdefault(scale, []).append(fact.id)
    return found


def _kappa_meaning(people: People, fleiss: Sequence[tuple[Group, Kappa]], pairs: Sequence[tuple[str, Kappa]]) -> Text:
    told = []
    for group, one in fleiss:
        value, observed, kind = figure(one.value), figure(one.observed * 100, 0), GROUPS[group]
        told.append(
            Text(
                f"Di perangkat daerah dengan {one.raters} penjawab, {observed.id}% pasangan menjawab {kind.id} yang "
                f"sama; setelah kebetulan dikurangi, kappanya {value.id}.",
                f"In offices with {one.raters} respondents {observed.en}% of pairs answer alike on {kind.en}; with "
                f"chance taken off, kappa is {value.en}.",
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
        "Penilainya orang, objeknya indikator menurut rata-rata jawaban tiap orang atas ya/tidak, level, dan "
        f"nilai; {_BLOCK.id}; nilai kembar mendapat peringkat rata-rata dan dikoreksi. Kesamaan kuat dari 0,70, lemah "
        "di bawah 0,50 (batas gscm).",
        "Raters are people, objects are indicators by the mean of a person’s yes-or-no answers, levels and "
        f"scores; {_BLOCK.en}; ties share their mean rank and are corrected for. Agreement is strong from 0.70 on, "
        "weak below 0.50 (gscm’s limits).",
    )
    values, part, _ = block_of(ballots.judged())
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
