"""The matrix of a plan, as planning documents print it: programme, activity, sub-activity, actions below them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from gscm.i18n import Text, listed, same
from gscm.model.tree import Node
from gscm.placement.place import Result
from gscm.roadmap.actions import BANDS, Band, figure, office_name
from gscm.roadmap.documents import Uptake, span, uptake
from gscm.roadmap.nomenclature import RANKS, Rank, part_of
from gscm.roadmap.roadmap import Roadmap, Scheduled, Tally

Value = Fraction | Text | None
"""A figure, a text that is none, or nothing known."""

UNCODED = Text("Belum berkode nomenklatur", "Without a nomenclature code yet")


@dataclass(frozen=True, slots=True)
class Line:
    """One action, numbered as it stands in the matrix; `place` is its number in the plan.

    `targets` are what its indicator is to reach by the end of a year, as far as that is known. `rupiah` are by year,
    empty where only the `band` is known. `depth` is how many headings stand above it.
    """

    number: int
    place: int
    depth: int
    one: Scheduled
    indicator: Text
    unit: Text
    baseline: Value
    targets: Mapping[int, Value]
    final: Value
    rupiah: Mapping[int, int]
    band: Band | None
    offices: Text
    fund: str | None
    documents: Uptake


@dataclass(frozen=True, slots=True)
class Heading:
    """A field, programme, activity or sub-activity, and what the actions below it cost together.

    `indicator` and `unit` are those of the nomenclature for the output of a sub-activity; "" where it has none.
    """

    rank: Rank
    depth: int
    code: str
    name: Text
    indicator: str
    unit: str
    total: Tally


@dataclass(frozen=True, slots=True)
class Matrix:
    """The plan by nomenclature code, each heading before what stands under it; what has no code comes last."""

    years: tuple[int, ...]
    rows: tuple[Heading | Line, ...]
    total: Tally

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(row for row in self.rows if isinstance(row, Line))


def matrix(roadmap: Roadmap) -> Matrix:
    """The matrix of a plan; its sums are those of the plan."""
    placed = sorted(enumerate(roadmap.scheduled, 1), key=lambda pair: (_order(pair[1].action.nomenclature), pair[0]))
    lines = [_line(roadmap, number, place, one) for number, (place, one) in enumerate(placed, 1)]
    return Matrix(roadmap.request.years, tuple(_under(roadmap, lines, tuple(RANKS))), roadmap.total)


def _order(code: str | None) -> tuple[bool, str]:
    """By code; what has none comes last."""
    return (code is None, code or "")


def _under(roadmap: Roadmap, lines: Iterable[Line], ranks: Sequence[Rank], depth: int = 0) -> Iterator[Heading | Line]:
    """The lines below headings of these ranks; where a code ends above a rank, no heading of that rank."""
    if not ranks:
        yield from (replace(line, depth=depth) for line in lines)
        return
    for part, group in groupby(lines, key=lambda line: part_of(line.one.action.nomenclature, ranks[0])):
        below = tuple(group)
        if part is not None:
            yield _heading(roadmap, ranks[0], depth, part, below)
            yield from _under(roadmap, below, ranks[1:], depth + 1)
        elif ranks[0] == "field":
            yield from _uncoded(roadmap, below)
        else:
            yield from _under(roadmap, below, ranks[1:], depth)


def _uncoded(roadmap: Roadmap, lines: Iterable[Line]) -> Iterator[Heading | Line]:
    below = tuple(lines)
    yield Heading("field", 0, "", UNCODED, "", "", _tally(roadmap, below))
    yield from _under(roadmap, below, (), 1)


def _heading(roadmap: Roadmap, rank: Rank, depth: int, code: str, lines: tuple[Line, ...]) -> Heading:
    entry = roadmap.nomenclature.entry(lines[0].one.action.nomenclature, rank)
    unknown = Text(f"({RANKS[rank].id}, namanya tidak diketahui)", f"({RANKS[rank].en}, name not known)")
    name = same(entry.name) if entry else unknown
    indicator, unit = (entry.indicator, entry.unit) if entry else ("", "")
    return Heading(rank, depth, code, name, indicator, unit, _tally(roadmap, lines))


def _line(roadmap: Roadmap, number: int, place: int, one: Scheduled) -> Line:
    action, model = one.action, roadmap.result.model
    measured = _own_measure(roadmap, one) or _level_measure(roadmap, one) or _criteria_measure(roadmap, one)
    indicator, unit, baseline, targets = measured
    return Line(
        number=number,
        place=place,
        depth=0,
        one=one,
        indicator=indicator,
        unit=unit,
        baseline=baseline,
        targets=targets,
        final=targets.get(roadmap.request.last),
        rupiah={one.start + index: cost for index, cost in enumerate(action.costs or ())},
        band=action.band if action.costs is None else None,
        offices=listed(tuple(_bare(office_name(model, office)) for office in action.offices)),
        fund=action.fund,
        documents=uptake(model, action, one.start, roadmap.rpjmd),
    )


_Measure = tuple[Text, Text, Value, Mapping[int, Value]]


def _own_measure(roadmap: Roadmap, one: Scheduled) -> _Measure | None:
    """What the row of the user's table says. Nothing is made up for the years on the way to the target."""
    action = one.action
    if action.indicator is None:
        return None
    target = _value(action.target)
    targets = {year: target for year in roadmap.request.years if year >= one.end and target is not None}
    return same(action.indicator), same(action.unit or ""), _value(action.baseline), targets


def _level_measure(roadmap: Roadmap, one: Scheduled) -> _Measure | None:
    """The level of the indicator that the action works on, where it is but one: today, and by the end of each year."""
    nodes = tuple(dict.fromkeys(node.id for node in _nodes(roadmap.result, one)))
    if len(nodes) != 1 or nodes[0] not in roadmap.levels:
        return None
    today, *after = roadmap.levels[nodes[0]]
    title = roadmap.result.model.nodes[nodes[0]].title
    targets = {y: Fraction(level) for y, level in zip(roadmap.request.years, after, strict=True) if y >= one.start}
    return Text(f"Level {title.id}", f"Level of {title.en}"), Text("level", "level"), Fraction(today), targets


def _criteria_measure(roadmap: Roadmap, one: Scheduled) -> _Measure:
    """How many of the facts that the action is to fulfil are fulfilled."""
    titles = listed(tuple(dict.fromkeys(node.title for node in _nodes(roadmap.result, one))))
    reading, count = roadmap.result.reading, Fraction(len(one.action.gains))
    met = sum(1 for step in one.action.gains if reading.low.get(step.fact) == step.value)
    return (
        Text(f"Kriteria yang terpenuhi: {titles.id}", f"Criteria fulfilled: {titles.en}"),
        Text("kriteria", "criteria"),
        Fraction(met),
        {year: count for year in roadmap.request.years if year >= one.end},
    )


def _nodes(result: Result, one: Scheduled) -> Iterator[Node]:
    for step in one.action.gains:
        yield result.model.nodes[result.reading.facts[step.fact].node]


def _value(said: str | None) -> Value:
    """A figure where it is one, else the text."""
    if not said:
        return None
    found = figure(said)
    return same(said) if found is None else found


def _bare(name: Text) -> Text:
    """A name without the explanation in brackets behind it."""
    return Text(name.id.partition(" (")[0], name.en.partition(" (")[0])


def _tally(roadmap: Roadmap, lines: Iterable[Line]) -> Tally:
    lines = tuple(lines)
    bands = [line.band for line in lines]
    return Tally(
        None,
        {year: sum(line.rupiah.get(year, 0) for line in lines) for year in roadmap.request.years},
        len(lines),
        {band: bands.count(band) for band in BANDS if band in bands},
    )


def codes_text(roadmap: Roadmap) -> Text:
    """How many of the codes in a matrix have a name, and how many of these were read in one source only."""
    coded = [row for row in matrix(roadmap).rows if isinstance(row, Heading) and row.code]
    codes = tuple(line.one.action.nomenclature for line in matrix(roadmap).lines)
    entries = {
        entry.code: entry
        for code in codes
        for rank in RANKS
        if (entry := roadmap.nomenclature.entry(code, rank)) is not None
    }
    lone = sum(1 for entry in entries.values() if len(entry.sources) == 1)
    told = Text(
        f"{len(entries)} dari {len(coded)} kode dalam matriks ini bernama.",
        f"{len(entries)} of the {len(coded)} codes in this matrix have a name.",
    )
    if not lone:
        return told
    return Text(
        f"{told.id} {lone} di antaranya baru terbaca dalam satu sumber.",
        f"{told.en} {lone} of them were read in one source only so far.",
    )


def planning_text(roadmap: Roadmap) -> Text:
    """How the planning documents of a matrix were derived, and from which years of an RPJMD."""
    period = roadmap.rpjmd
    known = (
        Text("Masa RPJMD belum disebut (--rpjmd).", "The years of the RPJMD were not given (--rpjmd).")
        if period is None
        else Text(f"Masa RPJMD: {span(*period)}.", f"Years of the RPJMD: {span(*period)}.")
    )
    return Text(
        "Diturunkan, bukan dibaca: setiap tindakan masuk RKPD dan Renja pada setiap tahun pelaksanaannya, serta RPJMD "
        "dan Renstra yang memuat tahun itu (UU 25/2004, Permendagri 86/2017). Bila RKPD tahun itu sudah ditetapkan, "
        f"lewat perubahannya. Produk ialah dokumen yang dihasilkan tindakan itu. {known.id}",
        "Derived, not read: every action enters the RKPD and the Renja of each year in which it runs, and the RPJMD "
        "and Renstra for that year (Law 25/2004, Permendagri 86/2017). Where the RKPD of the year is already set, by "
        f"its amendment. What an action yields is the document that it results in. {known.en}",
    )
