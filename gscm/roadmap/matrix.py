"""The matrix of a plan, as planning documents print it: one line an action, its target and rupiah year by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from gscm.i18n import Text, listed, same
from gscm.model.tree import Node
from gscm.placement.explain import subject_title
from gscm.placement.place import Result
from gscm.roadmap.actions import BANDS, Band, figure, office_name
from gscm.roadmap.roadmap import Roadmap, Scheduled, Tally
from gscm.roadmap.told import documents_text

Value = Fraction | Text | None
"""A figure, a text that is none, or nothing known."""


@dataclass(frozen=True, slots=True)
class Line:
    """One action. `targets` are what its indicator is to reach by the end of a year, as far as that is known.

    `rupiah` are by year, empty where only the `band` is known; `programme`, `activity` and `sub_activity` are codes
    with their names, as far as they are known. `number` is its place in the plan.
    """

    number: int
    one: Scheduled
    programme: str | None
    activity: str | None
    sub_activity: str | None
    indicator: Text
    unit: Text
    baseline: Value
    targets: Mapping[int, Value]
    final: Value
    rupiah: Mapping[int, int]
    band: Band | None
    offices: Text
    fund: str | None
    documents: Text


@dataclass(frozen=True, slots=True)
class Group:
    """The lines under one part of the whole, and what they cost together."""

    node: str
    title: Text
    lines: tuple[Line, ...]
    total: Tally


@dataclass(frozen=True, slots=True)
class Matrix:
    """The plan by the parts of the whole, in the order of the model."""

    years: tuple[int, ...]
    groups: tuple[Group, ...]
    total: Tally


def matrix(roadmap: Roadmap) -> Matrix:
    """The matrix of a plan; its sums are those of the plan."""
    model = roadmap.result.model
    found: dict[str, list[Line]] = {}
    for number, one in enumerate(roadmap.scheduled, 1):
        found.setdefault(group_of(roadmap.result, one), []).append(_line(roadmap, number, one))
    groups = tuple(
        Group(id, subject_title(roadmap.result, model.nodes[id]), tuple(found[id]), _tally(roadmap, found[id]))
        for id in model.nodes
        if id in found
    )
    return Matrix(roadmap.request.years, groups, roadmap.total)


def group_of(result: Result, one: Scheduled) -> str:
    """The part right below the whole in which an action has its first fact."""
    node = result.reading.facts[one.action.gains[0].fact].node
    path = [node, *(above.id for above in result.model.above(node))]
    return path[-2] if len(path) > 1 else path[-1]


def _line(roadmap: Roadmap, number: int, one: Scheduled) -> Line:
    action, model, names = one.action, roadmap.result.model, roadmap.nomenclature
    measured = _own_measure(roadmap, one) or _level_measure(roadmap, one) or _criteria_measure(roadmap, one)
    indicator, unit, baseline, targets = measured
    return Line(
        number=number,
        one=one,
        programme=names.called(action.nomenclature, "programme"),
        activity=names.called(action.nomenclature, "activity"),
        sub_activity=names.called(action.nomenclature, "sub-activity"),
        indicator=indicator,
        unit=unit,
        baseline=baseline,
        targets=targets,
        final=targets.get(roadmap.request.last),
        rupiah={one.start + index: cost for index, cost in enumerate(action.costs or ())},
        band=action.band if action.costs is None else None,
        offices=listed(tuple(_bare(office_name(model, office)) for office in action.offices)),
        fund=action.fund,
        documents=documents_text(model, action, one.start),
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
