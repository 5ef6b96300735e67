"""Offices that see the subject otherwise than the rest: how far each stands from the mean of all the others."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from gscm.analysis.coefficients import unit_values
from gscm.analysis.finding import Finding, Grid, Interval, IntervalPlot, refused
from gscm.analysis.material import People
from gscm.analysis.matrices import Ballots, by_node, merged_by_office
from gscm.analysis.wording import FARTHEST, ITEMS, OFFICES, figure, first_of, joined, many, share, some, whole
from gscm.i18n import Text, same
from gscm.model.facts import Fact
from gscm.statistics.matrix import Array

LEAST_OFFICES, LEAST_ITEMS = 4, 3
SOURCE = ("Tukey 1977",)
_TITLE = Text("Perangkat daerah yang menyimpang", "Offices that stand apart")
_METHOD = Text(
    "Jarak leave-one-out: rata-rata selisih mutlak antara jawaban gabungan satu perangkat daerah dan rata-rata semua "
    "perangkat daerah lain, pada butir yang sama-sama dijawab; jawaban dijadikan angka 0 sampai 1. Menyimpang: di atas "
    "Q3 + 1,5 × jarak antarkuartil (pagar Tukey). Condong: rata-rata selisihnya sekurangnya 0,05 (batas gscm).",
    "Leave-one-out distance: the mean absolute difference between the merged answers of one office and the mean of all "
    "other offices, on items that both answered; answers become figures from 0 to 1. Apart: above Q3 + 1.5 × the "
    "interquartile range (Tukey’s fence). Leans: a mean difference of 0.05 at least (gscm’s limit).",
)


@dataclass(frozen=True, slots=True)
class Distance:
    """How far an office stands from the others: 0 to 1; `lean` above 0 says that it answers better than they do."""

    office: str
    value: float
    lean: float
    items: int
    node: str
    """The indicator on which it differs most."""


def outlying_offices(people: People) -> Finding:
    """Which offices differ most from the rest, by the rule that merges their people."""
    offices, facts, values = merged_by_office(people.votes, people.people_rule)
    part = Ballots(people.votes.model, (), facts, values)
    found = distances(offices, facts, unit_values(part, values))
    if len(found) < LEAST_OFFICES:
        why = Text(
            f"Jarak antarperangkat daerah tidak dihitung: diperlukan sekurangnya {LEAST_OFFICES} perangkat daerah yang "
            f"menjawab {LEAST_ITEMS} butir bersama; {_how_many(len(found)).id}.",
            f"Distances of offices are not computed: it takes at least {LEAST_OFFICES} offices that answered "
            f"{LEAST_ITEMS} items in common, and {_how_many(len(found)).en}.",
        )
        return refused("agreement", "agreement-outlying", _TITLE, why, _METHOD, SOURCE)
    figures = np.array([one.value for one in found])
    q1, q3 = (float(q) for q in np.quantile(figures, [0.25, 0.75]))
    fence = q3 + 1.5 * (q3 - q1)
    apart = [one for one in found if one.value > fence + 1e-12]
    shown = found[:10]
    return Finding(
        section="agreement",
        id="agreement-outlying",
        title=_TITLE,
        meaning=_meaning(people, found, apart),
        method=_METHOD,
        source=SOURCE,
        n=many(len(found), OFFICES),
        data={
            "fence": fence,
            "offices": [
                {
                    "office": one.office,
                    "distance": one.value,
                    "lean": one.lean,
                    "items": one.items,
                    "most_on": one.node,
                    "outlying": one in apart,
                }
                for one in found
            ],
        },
        grids=(
            Grid(
                Text("Jarak terhadap yang lain, terjauh dahulu", "Distance from the others, farthest first"),
                (
                    Text("Perangkat daerah", "Office"),
                    Text("jarak", "distance"),
                    Text("condong", "leans"),
                    Text("paling berbeda pada", "differs most on"),
                    Text("butir", "items"),
                ),
                tuple(
                    (
                        _name(people, one.office),
                        figure(one.value),
                        _lean(one.lean),
                        people.votes.model.nodes[one.node].title,
                        whole(one.items),
                    )
                    for one in shown
                ),
                first_of(len(shown), len(found), FARTHEST),
            ),
        ),
        charts=(
            IntervalPlot(
                Text("Jarak terhadap perangkat daerah lain", "Distance from the other offices"),
                Text("rata-rata selisih (0–1)", "mean difference (0–1)"),
                tuple(Interval(_name(people, one.office), None, one.value, None) for one in shown),
                0.0,
                max(fence, float(figures.max())) * 1.05,
                ((fence, Text("pagar", "fence")),),
            ),
        )
        if apart
        else (),
    )


def _how_many(count: int) -> Text:
    """So many offices share items enough with others."""
    if not count:
        return Text("belum ada dua perangkat daerah yang demikian", "no two offices did so yet")
    return Text(f"yang demikian baru {count}", f"only {count} did so")


def distances(offices: tuple[str, ...], facts: tuple[Fact, ...], values: Array) -> list[Distance]:
    """Each office that shares items enough with the others, the farthest first; `values` of shape (offices, facts)."""
    known = ~np.isnan(values)
    here = np.where(known, values, 0.0)
    others = known.sum(axis=0) - known
    with np.errstate(invalid="ignore", divide="ignore"):
        rest = (here.sum(axis=0) - here) / others
    shared = known & (others > 0)
    away = np.where(shared, values - rest, np.nan)
    nodes = by_node(facts)
    place = {fact.id: column for column, fact in enumerate(facts)}
    found = []
    for row, office in enumerate(offices):
        count = int(shared[row].sum())
        if count < LEAST_ITEMS:
            continue
        mine = np.where(shared[row], away[row], 0.0)
        by = {node: float(np.abs(mine[[place[id] for id in ids]]).mean()) for node, ids in nodes.items()}
        most = max(by, key=lambda node: by[node])
        value, lean = float(np.abs(mine).sum()) / count, float(mine.sum()) / count
        found.append(Distance(office, value, lean, count, most))
    return sorted(found, key=lambda one: (-one.value, one.office))


def _name(people: People, office: str) -> Text:
    return same(people.offices.get(office, office))


def _lean(lean: float) -> Text:
    if abs(lean) < 0.05:
        return Text("berimbang", "neither way")
    return Text("lebih tinggi", "higher") if lean > 0 else Text("lebih rendah", "lower")


def _meaning(people: People, found: list[Distance], apart: list[Distance]) -> Text:
    first = (apart or found)[0]
    d = figure(first.value)
    node = people.votes.model.nodes[first.node].title
    if not apart:
        name = _name(people, first.office)
        return Text(
            f"Tidak ada perangkat daerah yang menyimpang nyata; yang terjauh {name.id} (jarak {d.id}, terutama pada "
            f"{node.id}).",
            f"No office clearly stands apart; the farthest is {name.en} (distance {d.en}, mostly on {node.en}).",
        )
    names = some([_name(people, one.office) for one in apart])
    lean = _lean(first.lean)
    leaning = Text("", "") if abs(first.lean) < 0.05 else Text(f", dan umumnya {lean.id}", f", and mostly {lean.en}")
    return Text(
        f"{names.id} menjawab jauh berbeda dari yang lain (terjauh {d.id}, terutama pada {node.id}{leaning.id}). "
        "Tanyakan sebabnya sebelum jawabannya digabung: boleh jadi keadaannya memang lain, boleh jadi butirnya "
        "dipahami lain.",
        f"{names.en} answered far otherwise than the rest (at most {d.en}, above all on {node.en}{leaning.en}). Ask "
        "why before the answers are merged: things may really be different there, or the items were read differently.",
    )


# ------------------------------------------------------------------------------------------------ alike

LEAST_COMMON = 20
_PAIRS = ("pasangan", "pair", "pairs")
RARE = 0.05
_ALIKE_TITLE = Text("Perangkat daerah yang menjawab serupa", "Offices that answer alike")
_ALIKE = Text(
    f"Setiap pasangan perangkat daerah dengan sekurangnya {LEAST_COMMON} butir bersama: bagian jawaban gabungan yang "
    "sama, dibanding yang diharapkan bila keduanya menjawab menurut sebaran jawaban semua perangkat daerah lain pada "
    "tiap butir. Ditandai bila kelebihannya melampaui yang wajar menurut hampiran normal satu sisi, taraf 5% dibagi "
    "banyaknya pasangan (Bonferroni). Gagasannya dari Wesolowsky; cara menghitung harapannya dan batas banyaknya butir "
    "dari gscm.",
    f"Each pair of offices with at least {LEAST_COMMON} items in common: the share of merged answers that are equal, "
    "against what is expected if both answered as all other offices do on each item. Marked if the excess is beyond "
    "chance by the one-sided normal approximation, 5% divided by the number of pairs (Bonferroni). The idea is "
    "Wesolowsky’s; the way of computing what is expected and the least number of items are gscm’s.",
)
_ALIKE_SOURCE = ("Wesolowsky 2000",)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two offices: the share of items answered alike, the share expected, and how many standard deviations above."""

    one: str
    other: str
    items: int
    alike: float
    expected: float
    z: float


def alike_offices(people: People) -> Finding:
    """Which pairs of offices answer alike more often than chance gives."""
    offices, facts, values = merged_by_office(people.votes, people.people_rule)
    found = alike_pairs(offices, values)
    if not found:
        why = Text(
            f"Diperlukan tiga perangkat daerah atau lebih dengan {LEAST_COMMON} butir bersama yang jawabannya beragam.",
            f"It takes three offices or more with {LEAST_COMMON} items in common on which answers vary.",
        )
        return refused("audit", "audit-alike", _ALIKE_TITLE, why, _ALIKE, _ALIKE_SOURCE)
    limit = NormalDist().inv_cdf(1 - RARE / len(found))
    marked, pairs = [pair for pair in found if pair.z > limit], many(len(found), _PAIRS)
    meaning = Text(
        f"Tidak ada pasangan perangkat daerah yang jawabannya lebih serupa daripada kebetulan ({pairs.id}).",
        f"No pair of offices answers alike more often than chance gives ({pairs.en}).",
    )
    if marked:
        first = marked[0]
        one, other = _name(people, first.one), _name(people, first.other)
        part, chance, alone = share(first.alike), share(first.expected), len(marked) == 1
        most = Text(", yaitu", ":") if alone else Text(", terutama", ", above all")
        meaning = Text(
            f"{len(marked)} dari {pairs.id} menjawab lebih serupa daripada kebetulan{most.id} {one.id} dan {other.id} "
            f"({part.id} sama, harapan {chance.id}). Tugas yang mirip atau pengisian bersama dapat menjadi sebabnya; "
            "tanyakan sebelum menarik simpulan.",
            f"{len(marked)} of {pairs.en} {'answers' if alone else 'answer'} alike more often than chance "
            f"gives{most.en} {one.en} and {other.en} ({part.en} equal, {chance.en} expected). Similar duties or "
            "filling in together may be the cause; ask before drawing conclusions.",
        )
    return Finding(
        section="audit",
        id="audit-alike",
        title=_ALIKE_TITLE,
        meaning=meaning,
        method=_ALIKE,
        source=_ALIKE_SOURCE,
        n=joined(many(len(found), _PAIRS), many(len(facts), ITEMS)),
        data={
            "limit_z": limit,
            "pairs": [
                {
                    "offices": [pair.one, pair.other],
                    "items": pair.items,
                    "alike": pair.alike,
                    "expected": pair.expected,
                    "z": pair.z,
                    "marked": pair in marked,
                }
                for pair in found[: max(20, len(marked))]
            ],
        },
        grids=(_alike_grid(people, marked[:10]),) if marked else (),
        caution=Text(
            "Keserupaan bukan bukti penyalinan: dua perangkat daerah yang sama-sama menjawab tinggi, atau sama-sama "
            "rendah, juga tampak serupa.",
            "Likeness is no proof of copying: two offices that both answer high, or both low, look alike, too.",
        )
        if marked
        else None,
        notable=bool(marked),
    )


def _alike_grid(people: People, pairs: list[Pair]) -> Grid:
    return Grid(
        Text("Pasangan yang paling serupa", "The pairs most alike"),
        (
            Text("Perangkat daerah", "Office"),
            Text("dan", "and"),
            Text("jawaban sama", "equal answers"),
            Text("harapan", "expected"),
            Text("butir", "items"),
            Text("z", "z"),
        ),
        tuple(
            (
                _name(people, pair.one),
                _name(people, pair.other),
                share(pair.alike),
                share(pair.expected),
                whole(pair.items),
                figure(pair.z, 1),
            )
            for pair in pairs
        ),
    )


def alike_pairs(offices: tuple[str, ...], values: Array) -> list[Pair]:
    """All pairs with items enough, the most alike first; `values` of shape (offices, items)."""
    known = ~np.isnan(values)
    found = []
    for a in range(len(offices) - 1):
        for b in range(a + 1, len(offices)):
            both = known[a] & known[b]
            rest = np.delete(values[:, both], [a, b], axis=0)
            told = (~np.isnan(rest)).any(axis=0)
            chance = _chance_alike(rest[:, told])
            count = int(told.sum())
            spread = float((chance * (1 - chance)).sum())
            if count < LEAST_COMMON or spread <= 0:
                continue
            same_answers = float((values[a, both] == values[b, both])[told].sum())
            expected = float(chance.sum())
            z = (same_answers - expected) / spread**0.5
            found.append(Pair(offices[a], offices[b], count, same_answers / count, expected / count, z))
    return sorted(found, key=lambda pair: (-pair.z, pair.one, pair.other))


def _chance_alike(table: Array) -> Array:
    """For each item (column), the chance that two answers drawn from the column are equal."""
    chance = np.zeros(table.shape[1])
    counts = (~np.isnan(table)).sum(axis=0)
    for value in np.unique(table[~np.isnan(table)]):
        chance += ((table == value).sum(axis=0) / counts) ** 2
    return chance
