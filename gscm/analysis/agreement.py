"""How far those who answered agree: in an office, and across all offices; on every part of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from gscm.analysis.coefficients import concordance, intraclass, kappas
from gscm.analysis.consensus import consensus_map, office_consensus, within_group
from gscm.analysis.figures_told import differing_figures
from gscm.analysis.finding import Chart, Finding, Grid, Interval as Row, IntervalPlot, refused
from gscm.analysis.material import NO_PEOPLE, Material, People
from gscm.analysis.matrices import GROUPS, MEASURED, Ballots, Group, ballots_of, by_domain, by_node, within_offices
from gscm.analysis.merge_rules import merge_rules
from gscm.analysis.outlying import outlying_offices
from gscm.analysis.wording import (
    ITEMS,
    LOWEST,
    PEOPLE,
    between,
    cautions,
    figure,
    first_of,
    joined,
    many,
    sentences,
    share,
    some,
    upper,
    whole,
)
from gscm.i18n import Text
from gscm.model.tree import has_levels
from gscm.statistics.agreement import percent_agreement
from gscm.statistics.figure import NotComputable
from gscm.statistics.krippendorff_alpha import (
    FIRM,
    KRIPPENDORFF,
    MEASUREMENTS,
    TENTATIVE,
    KrippendorffAlpha,
    Measurement,
    krippendorff_alpha,
)
from gscm.statistics.matrix import Array

TITLE = Text("Kesepakatan antarpenjawab", "Agreement among respondents")
SHOWN = 10
T = TypeVar("T")
_ALIKE = 0.9
_ONE = Text(
    "Kesepakatan tidak dapat dihitung: diperlukan jawaban dari sekurangnya dua orang, sedangkan baru satu orang yang "
    "memberi nilai.",
    "Agreement cannot be computed: it takes the answers of two people at least, and only one person has given a value.",
)
_NOBODY = Text(
    "Kesepakatan tidak dapat dihitung: belum ada jawaban yang memuat nilai; “tidak tahu”, “tidak berlaku” dan kosong "
    "tidak ikut dihitung.",
    "Agreement cannot be computed: no answer holds a value yet; “don’t know”, “does not apply” and blank ones do not "
    "count.",
)
_ONE_ITEM = Text(
    "Alfa memerlukan dua butir atau lebih: pada satu butir saja tidak ada perbedaan antarbutir yang dapat dikenali.",
    "Alpha needs two items or more: on one item alone there are no differences among items to be recognised.",
)
_ONE_ITEM_EACH = Text(
    "Kesepakatan tiap indikator tidak dihitung: setiap indikator di sini hanya satu butir, sedangkan alfa memerlukan "
    "dua butir atau lebih. Bacalah kesepakatan tiap domain, dan konsensus serta r_wg tiap indikator di bawah ini.",
    "Agreement by indicator is not computed: each indicator here is a single item, and alpha needs two items or more. "
    "Read agreement by domain, and consensus and r_wg by indicator below.",
)
_METRICS: dict[Measurement, Text] = {
    "nominal": Text("nominal", "nominal"),
    "ordinal": Text("ordinal", "ordinal"),
    "interval": Text("interval", "interval"),
    "ratio": Text("rasio", "ratio"),
}
_METHOD = Text(
    "Alfa Krippendorff dengan selang bootstrap persentil 95% atas satuan. Di dalam perangkat daerah: satuannya satu "
    "butir di satu perangkat daerah, penilainya orang-orangnya. Antarsemua: satuannya butir, penilainya semua orang. "
    "{measured}. Alfa dari 0,80 dapat dijadikan pegangan, dari 0,667 hanya untuk simpulan sementara (Krippendorff). "
    "Kesepakatan: bagian pasangan orang yang menjawab sama, tanpa koreksi kebetulan. Jawaban “tidak tahu”, “tidak "
    "berlaku” dan kosong tidak ikut.",
    "Krippendorff’s alpha with a 95% percentile bootstrap interval over units. Within offices: a unit is one item in "
    "one office, the raters are its people. Across all: a unit is an item, the raters are all people. {measured}. "
    "Alpha from 0.80 on can be relied upon, from 0.667 on only for tentative conclusions (Krippendorff). Agreement: "
    "the share of pairs of people who answer alike, not corrected for chance. “Don’t know”, “does not apply” and blank "
    "answers do not take part.",
)
_INDICATORS = Text("Kesepakatan tiap indikator", "Agreement by indicator")
_NAME = Text(f"{upper(KRIPPENDORFF.id)}.", f"{upper(KRIPPENDORFF.en)}.")
_SOURCES = ("Krippendorff 2004", "Krippendorff 2011", "Zapf et al. 2016", "Fleiss 1971")


def agreement(material: Material) -> Iterator[Finding]:
    """How far people agree, which offices stand apart, and whether the level depends on how votes are merged."""
    people = material.people
    if people is None:
        yield refused("agreement", "agreement", TITLE, NO_PEOPLE, _NAME, _SOURCES)
        return
    ballots = ballots_of(people.votes)
    if (speaking := int((~np.isnan(ballots.values)).any(axis=1).sum())) < 2:
        yield refused("agreement", "agreement", TITLE, _ONE if speaking else _NOBODY, _NAME, _SOURCES)
        return
    study = _Study(material, people, ballots)
    yield _overall(study)
    yield from _parts(study)
    yield consensus_map(people, ballots)
    yield within_group(ballots)
    yield from differing_figures(ballots)
    yield intraclass(people, ballots)
    yield kappas(material, people, ballots)
    yield concordance(ballots)
    yield outlying_offices(people)
    yield merge_rules(people)


@dataclass(frozen=True, slots=True, eq=False)
class _Study:
    material: Material
    people: People
    ballots: Ballots


@dataclass(frozen=True, slots=True)
class _Agreed:
    """How far people agree on one part of the model; None where it cannot be computed, `why` it cannot."""

    id: str
    title: Text
    group: Group
    within: KrippendorffAlpha | None
    across: KrippendorffAlpha | None
    alike: float | None
    people: int
    items: int
    why: Text | None
    metrics: Mapping[Measurement, tuple[float | None, float | None]]
    """Alpha within offices and across all under each metric that has a meaning here."""

    @property
    def main(self) -> KrippendorffAlpha | None:
        """Within offices where that can be computed, else across all."""
        return self.within or self.across


def _agreed(study: _Study, id: str, title: Text, ballots: Ballots, group: Group) -> _Agreed:
    values = ballots.values
    inside = within_offices(ballots)
    whys: list[Text] = [_ONE_ITEM] if values.shape[1] < 2 else []
    seed, runs = study.material.seed, study.material.runs

    def alpha(table: Array) -> KrippendorffAlpha | None:
        return _tried(whys, lambda: krippendorff_alpha(table, MEASURED[group][0], runs=runs, seed=seed))

    def plainly(table: Array, metric: Measurement) -> float | None:
        one = _tried([], lambda: krippendorff_alpha(table, metric))
        return None if one is None else one.value

    within, across = (None, None) if whys else (alpha(inside), alpha(values))
    others = () if whys else MEASURED[group][1:]
    alike = _tried(whys, lambda: percent_agreement(inside if within else values).value)
    return _Agreed(
        id=id,
        title=title,
        group=group,
        within=within,
        across=across,
        alike=alike,
        people=int((~np.isnan(values)).any(axis=1).sum()),
        items=values.shape[1],
        why=whys[0] if whys else None,
        metrics={
            MEASURED[group][0]: (within.value if within else None, across.value if across else None),
            **{metric: (plainly(inside, metric), plainly(values, metric)) for metric in others},
        },
    )


def _tried(whys: list[Text], compute: Callable[[], T]) -> T | None:
    try:
        return compute()
    except NotComputable as error:
        whys.append(error.reason)
        return None


def _groups(ballots: Ballots) -> Iterator[tuple[Group, Ballots]]:
    for group in GROUPS:
        part = ballots.of(group)
        if part.facts:
            yield group, part


def _titled(title: Text, group: Group, groups: int) -> Text:
    if groups == 1:
        return title
    return Text(f"{title.id} ({GROUPS[group].id})", f"{title.en} ({GROUPS[group].en})")


def _method(rows: Iterable[_Agreed]) -> Text:
    return _method_of(dict.fromkeys(row.group for row in rows))


def _method_of(told: Iterable[Group]) -> Text:
    measured = [
        (
            f"{upper(GROUPS[group].id)}: {MEASUREMENTS[MEASURED[group][0]].id}",
            f"{upper(GROUPS[group].en)}: {MEASUREMENTS[MEASURED[group][0]].en}",
        )
        for group in told
    ]
    if "figures" in told:
        measured.append(
            (
                "Angka diletakkan antara nilai terburuk (0) dan terbaik (1) menurut modelnya",
                "Figures are placed between the worst (0) and the best (1) that the model knows",
            )
        )
    return Text(
        _METHOD.id.format(measured=". ".join(one for one, _ in measured)),
        _METHOD.en.format(measured=". ".join(one for _, one in measured)),
    )


# ------------------------------------------------------------------------------------------------ overall


def _overall(study: _Study) -> Finding:
    groups = list(_groups(study.ballots))
    whole_model = Text("Seluruh butir", "All items")
    rows = [_agreed(study, g, _titled(whole_model, g, len(groups)), part, g) for g, part in groups]
    rows = [row for row in rows if row.items > 1] or rows
    title = Text("Kesepakatan atas semua butir", "Agreement on all items")
    method = _method(rows)
    if not any(row.main for row in rows):
        why = next((row.why for row in rows if row.why), None) or NO_PEOPLE
        return refused("agreement", "agreement-overall", title, why, method, _SOURCES)
    meaning = sentences(_judged(study, row) for row in rows)
    return Finding(
        section="agreement",
        id="agreement-overall",
        title=title,
        meaning=meaning,
        method=method,
        source=_SOURCES,
        n=_counted(rows),
        data={"parts": [_plain(row) for row in rows]},
        grids=(_grid(title, rows), *_metrics_grid(rows)),
        caution=cautions(_alphas(rows), *(_skewed([row]) for row in rows)),
    )


def _counted(rows: Sequence[_Agreed]) -> Text:
    return joined(many(max(row.people for row in rows), PEOPLE), many(sum(row.items for row in rows), ITEMS))


def _alphas(rows: Iterable[_Agreed]) -> list[KrippendorffAlpha]:
    """The coefficients that are shown, for what is to be said about them."""
    return [alpha for row in rows for alpha in (row.within, row.across) if alpha is not None]


def _result(study: _Study, node: str) -> Text:
    """What a part of the model is given: a level, or a score alone."""
    if has_levels(study.ballots.model.nodes[node]):
        return Text("levelnya", "level")
    return Text("nilainya", "score")


def _judged(study: _Study, row: _Agreed) -> Text | None:
    """What the agreement on one part means for the study."""
    alpha = row.main
    if alpha is None:
        return None
    a = figure(alpha.value)
    where = (
        Text("di dalam perangkat daerah", "within offices")
        if row.within
        else Text("antarsemua penjawab", "among all respondents")
    )
    kind, count, result = GROUPS[row.group], many(row.people, PEOPLE), _result(study, study.ballots.model.id)
    if alpha.value >= FIRM:
        verdict = Text(
            "cukup tinggi, sehingga jawaban yang digabung dapat dijadikan pegangan.",
            "is high enough for merged answers to be relied upon.",
        )
    elif alpha.value >= TENTATIVE:
        verdict = Text(
            "sedang: pakailah hanya untuk simpulan sementara, dan bahas dahulu butir yang paling diperselisihkan.",
            "is moderate: draw tentative conclusions only, and discuss the items most in dispute first.",
        )
    else:
        verdict = Text(
            f"rendah: bahas kembali butir yang diperselisihkan sebelum {result.id} dipakai.",
            f"is low: discuss the items in dispute again before the {result.en} is used.",
        )
    first = Text(
        f"Kesepakatan {where.id} atas {kind.id} (alfa = {a.id}; {count.id}) {verdict.id}",
        f"Agreement {where.en} on {kind.en} (alpha = {a.en}; {count.en}) {verdict.en}",
    )
    return sentences([first, _unsure(alpha), _compared(row)])


def _unsure(alpha: KrippendorffAlpha) -> Text | None:
    """That low or high agreement may be due to how few the items are."""
    if alpha.interval is None or not alpha.interval.low < TENTATIVE <= alpha.interval.high:
        return None
    ends = between(alpha.interval)
    return Text(
        f"Hal itu belum pasti: selang 95%-nya ({ends.id}) melintasi batas 0,667.",
        f"That is not certain: the 95% interval ({ends.en}) crosses the limit of 0.667.",
    )


def _compared(row: _Agreed) -> Text | None:
    """Whether offices see the subject otherwise than their own people do."""
    if row.within is None or row.across is None or row.within.value - row.across.value < 0.1:
        return None
    w, a = figure(row.within.value), figure(row.across.value)
    return Text(
        f"Antarsemua penjawab kesepakatannya lebih rendah (alfa = {a.id} dibanding {w.id}): perangkat daerah memandang "
        "hal yang sama secara berbeda, sehingga cara menggabungkannya ikut menentukan hasil.",
        f"Among all respondents it is lower (alpha = {a.en} against {w.en}): offices see the same things differently, "
        "so that the way of merging them decides the result, too.",
    )


def _skewed(rows: Sequence[_Agreed]) -> Text | None:
    """That alpha is low only because nearly everybody gives the same answer."""
    odd = [r for r in rows if r.main and r.main.value < TENTATIVE and r.alike is not None and r.alike >= _ALIKE]
    if not odd:
        return None
    names = some([row.title for row in odd])
    return Text(
        f"Pada {names.id} lebih dari 90% pasangan menjawab sama, tetapi alfanya rendah: hampir semua jawaban satu "
        "ragam, sehingga alfa kurang bermakna di sana.",
        f"On {names.en} more than 90% of pairs answer alike and yet alpha is low: nearly all answers are the same, so "
        "that alpha means little there.",
    )


# ------------------------------------------------------------------------------------------------ parts


def _parts(study: _Study) -> Iterator[Finding]:
    """Agreement by indicator, and by domain where these are not the same."""
    ballots, model = study.ballots, study.ballots.model
    domains, nodes = by_domain(model, ballots.facts), by_node(ballots.facts)
    if len(domains) > 1 and set(domains) != set(nodes):
        yield _by(study, "agreement-domains", Text("Kesepakatan tiap domain", "Agreement by domain"), domains)
    if len(nodes) > 1 and any(len(facts) > 1 for facts in nodes.values()):
        yield _by(study, "agreement-indicators", _INDICATORS, nodes)
    elif len(nodes) > 1:
        why, method = _ONE_ITEM_EACH, _method_of(dict.fromkeys(group for group, _ in _groups(ballots)))
        yield refused("agreement", "agreement-indicators", _INDICATORS, why, method, _SOURCES)


def _by(study: _Study, id: str, title: Text, parts: dict[str, list[str]]) -> Finding:
    model = study.ballots.model
    rows = []
    for node, facts in parts.items():
        found = list(_groups(study.ballots.only(facts)))
        rows += [_agreed(study, node, _titled(model.nodes[node].title, g, len(found)), part, g) for g, part in found]
    known = sorted((row for row in rows if row.main), key=lambda row: row.main.value if row.main else 0.0)
    method = _method(known or rows)
    if not known:
        why = next((row.why for row in rows if row.why), NO_PEOPLE)
        return refused("agreement", id, title, why, method, _SOURCES)
    shown = known[:SHOWN]
    return Finding(
        section="agreement",
        id=id,
        title=title,
        meaning=_of_parts(study, known, len(rows), parts),
        method=method,
        source=_SOURCES,
        n=_counted(known),
        data={"parts": [_plain(row) for row in rows]},
        grids=(_grid(title, shown, first_of(len(shown), len(known), LOWEST)),),
        charts=(_plot(title, shown),),
        caution=cautions(_alphas(known), _skewed(known), _not_computed([row for row in rows if not row.main])),
    )


def _of_parts(study: _Study, known: Sequence[_Agreed], total: int, parts: dict[str, list[str]]) -> Text:
    low = [row for row in known if row.main and row.main.value < TENTATIVE and (row.alike or 0) < _ALIKE]
    if not low:
        return sentences([_undisputed(len(known), total), _least(known)])
    others = None
    if len(low) > 1:
        names = some([row.title for row in low[1:]])
        others = Text(
            f"Juga rendah (di bawah 0,667): {names.id}.",
            f"Low as well (below 0.667): {names.en}.",
        )
    return sentences([_about(study, low[0], parts[low[0].id]), others, _firm(known)])


def _undisputed(known: int, total: int) -> Text:
    if known == total:
        return Text(
            "Tidak ada bagian yang perlu dibahas ulang karena perselisihan.",
            "No part has to be discussed again for disagreement.",
        )
    return Text(
        f"Kesepakatan dapat dihitung pada {known} dari {total} bagian, dan tidak satu pun di antaranya perlu dibahas "
        "ulang karena perselisihan.",
        f"Agreement can be computed on {known} of {total} parts, and none of these has to be discussed again for "
        "disagreement.",
    )


def _least(known: Sequence[_Agreed]) -> Text | None:
    """Where agreement is lowest; nothing where it is the same on every part."""
    values = [row.main.value for row in known if row.main]
    least, a = known[0], figure(min(values))
    if max(values) - min(values) < 0.005:
        return None
    return Text(
        f"Kesepakatan terendah ada pada {least.title.id} (alfa = {a.id}).",
        f"Agreement is lowest on {least.title.en} (alpha = {a.en}).",
    )


def _firm(known: Sequence[_Agreed]) -> Text:
    firm = sum(1 for row in known if row.main and row.main.value >= FIRM)
    if not firm:
        return Text(
            f"Tidak satu pun dari {len(known)} bagian mencapai 0,80.", f"None of {len(known)} parts reaches 0.80."
        )
    reach = "reaches" if firm == 1 else "reach"
    return Text(f"{firm} dari {len(known)} bagian mencapai 0,80.", f"{firm} of {len(known)} parts {reach} 0.80.")


def _about(study: _Study, row: _Agreed, facts: Iterable[str]) -> Text:
    """Where agreement on one part is low, and with whom it has to be discussed."""
    a, count = figure(row.main.value if row.main else None), many(row.people, PEOPLE)
    result = _result(study, row.id)
    offices = office_consensus(study.ballots.only(facts))
    apart = [office for office, value in sorted(offices.items(), key=lambda one: (one[1], one[0])) if value < 0.999]
    first = Text(
        f"Kesepakatan pada {row.title.id} rendah (alfa = {a.id}; {count.id}): ",
        f"Agreement on {row.title.en} is low (alpha = {a.en}; {count.en}): ",
    )
    if row.within is None or not apart:
        return Text(
            f"{first.id}bahas kembali bersama para penjawabnya sebelum {result.id} dipakai.",
            f"{first.en}discuss it with its respondents before its {result.en} is used.",
        )
    names = some([_office(study.people, office) for office in apart[:2]])
    if len(apart) <= 2:
        return Text(
            f"{first.id}bahas kembali dengan {names.id} sebelum {result.id} dipakai.",
            f"{first.en}discuss it again with {names.en} before its {result.en} is used.",
        )
    return Text(
        f"{first.id}bahas kembali sebelum {result.id} dipakai, mulai dari {names.id} yang orang-orangnya paling "
        "berbeda pendapat.",
        f"{first.en}discuss it again before its {result.en} is used, starting with {names.en}, whose people differ "
        "most.",
    )


def _office(people: People, office: str) -> Text:
    name = people.offices.get(office, office)
    return Text(name, name)


def _not_computed(rows: Sequence[_Agreed]) -> Text | None:
    if not rows:
        return None
    names = some([row.title for row in rows])
    reason = next((row.why for row in rows if row.why), None)
    first = Text(
        f"Tidak dihitung: {names.id}.",
        f"Not computed: {names.en}.",
    )
    return sentences([first, reason])


def _grid(title: Text, rows: Sequence[_Agreed], note: Text | None = None) -> Grid:
    return Grid(
        title=title,
        headings=(
            Text("Bagian", "Part"),
            Text("alfa dalam PD", "alpha within offices"),
            Text("selang 95%", "95% interval"),
            Text("alfa antarsemua", "alpha across all"),
            Text("selang 95%", "95% interval"),
            Text("menjawab sama", "answer alike"),
            Text("orang", "people"),
            Text("butir", "items"),
        ),
        rows=tuple(
            (
                row.title,
                figure(row.within.value if row.within else None),
                between(row.within.interval if row.within else None),
                figure(row.across.value if row.across else None),
                between(row.across.interval if row.across else None),
                share(row.alike),
                whole(row.people),
                whole(row.items),
            )
            for row in rows
        ),
        note=note,
    )


def _metrics_grid(rows: Sequence[_Agreed]) -> tuple[Grid, ...]:
    """Alpha under every metric; nothing where only one has a meaning."""
    shown = [row for row in rows if row.main is not None and len(row.metrics) > 1]
    if not shown:
        return ()
    cells = []
    for row in shown:
        for place, (metric, (within, across)) in enumerate(row.metrics.items()):
            name = _METRICS[metric]
            leading = Text(f"{name.id} (dipakai)", f"{name.en} (used)")
            cells.append((row.title, leading if not place else name, figure(within), figure(across)))
    headings = (
        Text("Bagian", "Part"),
        Text("jarak", "metric"),
        Text("alfa dalam PD", "alpha within offices"),
        Text("alfa antarsemua", "alpha across all"),
    )
    return (Grid(Text("Alfa menurut setiap ukuran jarak", "Alpha under each metric"), headings, tuple(cells)),)


def _plot(title: Text, rows: Sequence[_Agreed]) -> Chart:
    found = []
    for row in rows:
        alpha = row.main
        if alpha is not None:
            ends = (alpha.interval.low, alpha.interval.high) if alpha.interval else (None, None)
            found.append(Row(row.title, ends[0], alpha.value, ends[1]))
    least = min([0.0, *(row.low for row in found if row.low is not None), *(row.mid or 0.0 for row in found)])
    return IntervalPlot(
        title=title,
        axis=Text("alfa Krippendorff", "Krippendorff’s alpha"),
        rows=tuple(found),
        least=max(-1.0, least),
        most=1.0,
        marks=((TENTATIVE, Text("0,667", "0.667")), (FIRM, Text("0,80", "0.80"))),
    )


def _plain(row: _Agreed) -> dict[str, Any]:
    return {
        "part": row.id,
        "kind": row.group,
        "measurement": MEASURED[row.group][0],
        "metrics": {metric: {"within": w, "across": a} for metric, (w, a) in row.metrics.items()},
        "within": _plain_alpha(row.within),
        "across": _plain_alpha(row.across),
        "percent_agreement": row.alike,
        "people": row.people,
        "items": row.items,
    }


def _plain_alpha(alpha: KrippendorffAlpha | None) -> dict[str, Any] | None:
    if alpha is None:
        return None
    return {
        "alpha": alpha.value,
        "low": alpha.interval.low if alpha.interval else None,
        "high": alpha.interval.high if alpha.interval else None,
        "values": alpha.n,
        "units": alpha.units,
        "raters": alpha.raters,
    }
