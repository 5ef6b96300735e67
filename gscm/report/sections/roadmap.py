"""The plan: what is done in which year and why, what it costs, where it leads; and why there is none, if so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text, decimal, listed
from gscm.placement.explain import fact_text, level_name, subject_title
from gscm.placement.place import Result
from gscm.report.charts.climb import Climber, Step, climb
from gscm.report.charts.gantt import Bar, Lane, gantt
from gscm.report.charts.svg import Svg, stacked
from gscm.report.standing import chip
from gscm.roadmap.actions import BAND_NAMES, BANDS, office_name
from gscm.roadmap.documents import documents_text
from gscm.roadmap.matrix import Heading, Line, Value, codes_text, matrix, planning_text
from gscm.roadmap.request import Request
from gscm.roadmap.roadmap import NoPlan, Roadmap, Scheduled, Tally
from gscm.roadmap.told import (
    caveats,
    clearing_text,
    cost_text,
    goal_text,
    money,
    no_plan_text,
    plain_text,
    quality,
    reached_text,
    tally_text,
    variant_text,
    waiting_text,
    why_text,
    years_text,
)

_BARS, _YEARS, _CLEARED = 15, 5, 12  # bars of one picture, years of one table, open answers of a list
_DECISIONS, _REACHED = 5, 5  # decisions and risen parts that one page tells
_NOBODY = Text("(tidak disebut)", "(not named)")


@dataclass(frozen=True, slots=True)
class Costs:
    """What some actions cost, ready to be printed: their name, how many, all together, and by year."""

    name: str
    actions: int
    total: str
    by_year: tuple[str, ...]


def speaks(assessment: Assessment) -> bool:
    return assessment.roadmap is not None


def has_matrix(assessment: Assessment) -> bool:
    return isinstance(assessment.roadmap, Roadmap) and bool(assessment.roadmap.scheduled)


def context(assessment: Assessment, language: Language) -> Mapping[str, Any]:
    found = assessment.roadmap
    assert found is not None
    return _missing(found, language) if isinstance(found, NoPlan) else _plan(found, language)


def _missing(found: NoPlan, language: Language) -> Mapping[str, Any]:
    return {
        "planned": False,
        "lead": no_plan_lead(found)[language],
        "goal": goal_text(found.result, found)[language],
        "told": [text[language] for text in no_plan_text(found)],
        "facts": [(fact, fact_text(found.result, fact)[language]) for fact in found.facts],
    }


def no_plan_lead(found: NoPlan) -> Text:
    if found.why == "unknown":
        return Text("Rencana belum ditemukan.", "No plan has been found yet.")
    return Text(
        "Dengan syarat yang diberikan, tidak ada rencana yang sampai ke sasaran.",
        "Under the conditions given, no plan reaches the target.",
    )


def _plan(found: Roadmap, language: Language) -> Mapping[str, Any]:
    others = [variant_text(found, one) for one in found.variants]
    if found.scheduled:
        others.append(plain_text(found))
    number = {one.action.id: index for index, one in enumerate(found.scheduled, 1)}
    return {
        "planned": True,
        "lead": headline(found)[language],
        "quality": quality(found)[language],
        "figures": [(big[language], told[language]) for big, told in _figures(found)],
        "gantts": list(gantts(found, language)) if found.scheduled else [],
        "climb": staircase(found, language),
        "years": list(_years(found, number, language)),
        "costs": list(_costs(found, language)),
        "priced": found.priced,
        "quick": [(number[one.action.id], one.action.what[language]) for one in found.quick_wins],
        "clearing": [(one.fact, fact_text(found.result, one.fact)[language]) for one in found.clearing[:_CLEARED]],
        "more_clearing": max(0, len(found.clearing) - _CLEARED),
        "hope": clearing_text(found)[language],
        "waiting": [_waiting(found, index, language) for index in range(len(found.waiting))],
        "others": [_without_arrows(text)[language] for text in others if text.id],
        "caveats": [text[language] for text in caveats(found)],
    }


def _without_arrows(text: Text) -> Text:
    """The text with words for the arrows, which the fonts of the pages do not have."""
    return Text(text.id.replace(" → ", " ke "), text.en.replace(" → ", " to "))


def headline(found: Roadmap) -> Text:
    """The plan in one sentence: how many actions lead where, by when, for how much."""
    result, request = found.result, found.request
    if not found.scheduled:
        return Text("Sasaran sudah tercapai tanpa tindakan.", "The target is reached without any action.")
    count, cost = len(found.scheduled), _burden(found.total)
    if request.goals:
        goals = _goals(result, request)
        return Text(f"{count} tindakan membawa {goals.id}: {cost.id}.", f"{count} actions bring {goals.en}: {cost.en}.")
    before, after = (_whole(found, place) for place in (0, -1))
    return Text(
        f"{count} tindakan, level keseluruhan {before.id} menjadi {after.id} pada akhir {request.last}: {cost.id}.",
        f"{count} actions, the whole from {before.en} to {after.en} by the end of {request.last}: {cost.en}.",
    )


def _goals(result: Result, request: Request) -> Text:
    """Every target, what is due in the same year and comes to the same level together."""
    years: dict[int, dict[Text, list[Text]]] = {}
    for goal in request.goals:
        node = result.model.nodes[goal.node]
        same_year = years.setdefault(request.due(goal), {})
        same_year.setdefault(level_name(result, node, goal.level), []).append(subject_title(result, node))
    parts = [_due(year, levels) for year, levels in sorted(years.items())]
    return Text("; ".join(part.id for part in parts), "; ".join(part.en for part in parts))


def _due(year: int, levels: Mapping[Text, Sequence[Text]]) -> Text:
    parts = []
    for level, titles in levels.items():
        who = listed(tuple(titles))
        parts.append(Text(f"{who.id} ke level {level.id}", f"{who.en} to the level {level.en}"))
    told = listed(tuple(parts))
    return Text(f"{told.id} paling lambat akhir {year}", f"{told.en} by the end of {year}")


def _burden(total: Tally) -> Text:
    """What the plan costs, as the end of a sentence: rupiah, or how many actions are of which band."""
    if not total.bands:
        rupiah = tally_text(total)
        return Text(f"biayanya {rupiah.id}", f"the cost is {rupiah.en}")
    parts = [money(total.total)] if total.total else []
    parts += [
        Text(f"{count} berbiaya {BAND_NAMES[band].id}", f"{count} of {BAND_NAMES[band].en} cost")
        for band, count in total.bands.items()
    ]
    return listed(tuple(parts))


def _whole(found: Roadmap, place: int) -> Text:
    model = found.result.model
    levels = found.levels.get(model.id)
    if levels is None or levels[place] < 1:
        return Text("–", "–")
    return level_name(found.result, model.nodes[model.id], levels[place])


def _figures(found: Roadmap) -> Iterator[tuple[Text, Text]]:
    """Figures that stand large: how many actions, how many of them are quick wins, how many offices lead them."""
    first = found.request.first
    starts = sum(1 for one in found.scheduled if one.start == first)
    yield (
        Text(str(len(found.scheduled)), str(len(found.scheduled))),
        Text(f"tindakan, {starts} di antaranya mulai {first}", f"actions, {starts} of them starting in {first}"),
    )
    quick = len(found.quick_wins)
    yield (
        Text(str(quick), str(quick)),
        Text(
            "hasil cepat: selesai dalam setahun, tanpa prasyarat yang belum ada",
            "quick wins: done within a year, nothing unmet before them",
        ),
    )
    offices = len({office for one in found.scheduled for office in one.action.offices[:1]})
    yield (
        Text(str(offices), str(offices)),
        Text("perangkat daerah memimpin pelaksanaannya", "offices lead the work"),
    )


def _name(found: Roadmap, office: str | None) -> Text:
    """What an office is called, without the explanation in brackets behind it."""
    if not office:
        return _NOBODY
    name = office_name(found.result.model, office)
    return Text(name.id.partition(" (")[0], name.en.partition(" (")[0])


# ------------------------------------------------------------------------------------------------- on one page


def summary_context(assessment: Assessment, language: Language) -> Mapping[str, Any]:
    """The plan on one page: where it leads, what every year brings, and which decisions it asks for first."""
    found = assessment.roadmap
    assert found is not None
    if isinstance(found, NoPlan):
        return {**_missing(found, language), "headline": no_plan_lead(found)[language]}
    number = {one.action.id: index for index, one in enumerate(found.scheduled, 1)}
    first = min((one.start for one in found.scheduled), default=found.request.first)
    begun = [one for one in found.scheduled if one.start == first]
    return {
        "planned": True,
        "headline": headline(found)[language],
        "goal": goal_text(found.result, found)[language],
        "figures": [(big[language], told[language]) for big, told in _figures(found)],
        "milestones": list(_milestones(found, language)) if found.scheduled else [],
        "first": first,
        "decisions": [_action(found, one, number, language) for one in begun[:_DECISIONS]],
        "more": max(0, len(begun) - _DECISIONS),
        "quality": quality(found)[language],
        "hope": clearing_text(found)[language],
    }


def _milestones(found: Roadmap, language: Language) -> Iterator[tuple[int, int, str, str]]:
    """For every year: how many actions start, what is spent, and what above the indicators rises by its end."""
    lines = matrix(found).lines
    result, nodes = found.result, found.result.model.nodes
    for index, year in enumerate(found.request.years, 1):
        reached = [
            (id, levels[index])
            for id, levels in found.levels.items()
            if levels[index] > levels[index - 1] and not nodes[id].is_leaf
        ]
        reached.sort(key=lambda pair: len(list(result.model.above(pair[0]))))
        begun = sum(1 for one in found.scheduled if one.start == year)
        cost = _told(lines, year, language, sign="Rp")
        more = len(reached) - _REACHED
        told = _without_arrows(reached_text(result, reached[:_REACHED]))[language]
        also = Text(f" dan {more} bagian lain", f" and {more} other parts")[language] if more > 0 else ""
        if begun or cost or told:
            yield year, begun, cost, told + also


# ------------------------------------------------------------------------------------------------------ pictures


def gantts(found: Roadmap, language: Language, most: int = _BARS) -> Iterator[Svg]:
    """The Gantt chart by leading office, in as many pictures as pages need."""
    lanes = list(_lanes(found, language))
    pages: list[list[Lane]] = [[]]
    for lane in lanes:
        again = Text(" (lanjutan)", " (continued)")[language]
        for start in range(0, len(lane.bars), most):
            heading = lane.heading + (again if start else "")
            part = Lane(heading, lane.bars[start : start + most], "" if start else lane.cost)
            if pages[-1] and sum(len(one.bars) for one in pages[-1]) + len(part.bars) > most:
                pages.append([])
            pages[-1].append(part)
    for index, page in enumerate(pages, 1):
        of = f" ({index}/{len(pages)})" if len(pages) > 1 else ""
        title = Text(f"Jadwal tindakan menurut pelaksana{of}", f"Schedule of actions by office{of}")[language]
        told = "; ".join(
            f"{lane.heading}: " + ", ".join(f"{bar.number} {_span(bar)} {bar.cost}" for bar in lane.bars)
            for lane in page
        )
        yield gantt(page, found.request.years, title, told)


def _span(bar: Bar) -> str:
    return str(bar.start) if bar.start == bar.end else f"{bar.start}–{bar.end}"


def _lanes(found: Roadmap, language: Language) -> Iterator[Lane]:
    """The offices by the number of their first action; an office leads what it stands first for."""
    costs = {tally.name: tally for tally in found.by_office}
    by_office: dict[str | None, list[Bar]] = {}
    for index, one in enumerate(found.scheduled, 1):
        by_office.setdefault(one.action.office, []).append(_bar(index, one, language))
    for office, bars in by_office.items():
        name = _name(found, office)[language]
        yield Lane(name[:1].upper() + name[1:], tuple(bars), tally_text(costs[office])[language])


def _bar(number: int, one: Scheduled, language: Language) -> Bar:
    months = one.action.months
    return Bar(
        number=number,
        title=one.action.what[language],
        start=one.start,
        end=one.end,
        length=Text(f"{months} bulan", f"{months} month{'s' if months > 1 else ''}")[language],
        cost=cost_text(one.action)[language],
        quick=one.quick,
    )


def staircase(found: Roadmap, language: Language) -> Svg:
    """The levels of the whole, of its parts, and of what rises above the indicators, over the years."""
    result, model = found.result, found.result.model
    climbers = []
    bare = all(model.nodes[id].is_leaf for id in found.levels if id != model.id)  # nothing between them and the whole
    for id, levels in found.levels.items():
        node, depth = model.nodes[id], len(list(model.above(id)))
        asked = any(goal.node == id for goal in found.request.goals)
        if not asked and ((node.is_leaf and not bare) or (depth > 1 and len(set(levels)) == 1)):
            continue
        steps = tuple(_step(found, id, level, language) for level in levels)
        climbers.append(Climber(subject_title(result, node)[language], steps, depth, strong=id == model.id))
    climbers.sort(key=lambda one: not one.strong)
    times = [Text("kini", "today")[language], *map(str, found.request.years)]
    told = "; ".join(f"{one.title}: {', '.join(step.name for step in one.steps)}" for one in climbers)
    title = Text("Level pada akhir setiap tahun", "The level at the end of every year")[language]
    return climb(climbers, times, title, told)


def _step(found: Roadmap, id: str, level: int, language: Language) -> Step:
    if level < 1:
        return Step(0, "–", "")
    shown = chip(found.result.model, found.result.model.nodes[id], level, language)
    return Step(level, shown.name, shown.colour)


def drawing(found: Roadmap, language: Language) -> Svg:
    """The Gantt chart with the levels over the years below it, as one picture."""
    schedule = Text(
        "Jadwal tindakan menurut pelaksana (belah ketupat: hasil cepat)",
        "Schedule of actions by office (diamond: quick win)",
    )
    charts = [(schedule[language], chart) for chart in gantts(found, language, most=10_000) if found.scheduled]
    levels = Text("Level pada akhir setiap tahun", "The level at the end of every year")
    charts.append((levels[language], staircase(found, language)))
    return stacked(charts, f"{found.result.answers.subject.name}: {headline(found)[language]}")


# -------------------------------------------------------------------------------------------------------- tables


def _years(found: Roadmap, number: Mapping[str, int], language: Language) -> Iterator[Mapping[str, Any]]:
    """The actions by the year in which they start."""
    for year in found.request.years:
        begun = [one for one in found.scheduled if one.start == year]
        if begun:
            yield {"year": year, "actions": [_action(found, one, number, language) for one in begun]}


def _action(found: Roadmap, one: Scheduled, number: Mapping[str, int], language: Language) -> Mapping[str, Any]:
    action = one.action
    return {
        "number": number[action.id],
        "id": action.id,
        "what": action.what[language],
        "years": years_text(one),
        "quick": one.quick,
        "offices": [_name(found, office)[language] for office in action.offices] or ["–"],
        "documents": documents_text(found.result.model, action, one.start)[language],
        "cost": cost_text(action)[language],
        "why": _without_arrows(why_text(found, one))[language],
        "after": [number[need] for need in action.needs if need in number],
        "nomenclature": action.nomenclature,
    }


def _waiting(found: Roadmap, index: int, language: Language) -> tuple[str, str, str]:
    one = found.waiting[index]
    return one.action.id, one.action.what[language], waiting_text(found, one)[language]


def _costs(found: Roadmap, language: Language) -> Iterator[Mapping[str, Any]]:
    """What is spent by office and by fund, five years a table; sums of rupiah, bands where there are none."""
    lines = matrix(found).lines
    spent = [year for year in found.request.years if _told(lines, year, language)]
    groups: list[tuple[str, tuple[Tally, ...], Callable[[Line], str | None]]] = [
        ("office", found.by_office, lambda line: line.one.action.office),
        ("fund", found.by_fund, lambda line: line.fund),
    ]
    for kind, tallies, key in groups:
        if kind == "fund" and not any(tally.name for tally in tallies):
            continue
        for start in range(0, len(spent), _YEARS):
            years = spent[start : start + _YEARS]
            rows = [
                _row(tally, [line for line in lines if key(line) == tally.name], years, language, _named(found, kind))
                for tally in tallies
            ]
            whole = _row(found.total, lines, years, language, lambda _: Text("Jumlah", "Sum"))
            yield {"kind": kind, "years": years, "rows": rows, "whole": whole}


def _named(found: Roadmap, kind: str) -> Callable[[str | None], Text]:
    if kind == "office":
        return lambda name: _name(found, name)
    return lambda name: Text(name, name) if name else _NOBODY


def _row(
    tally: Tally,
    lines: Sequence[Line],
    years: Sequence[int],
    language: Language,
    name: Callable[[str | None], Text],
) -> Costs:
    return Costs(
        name=name(tally.name)[language],
        actions=tally.actions,
        total=_sum(tally, language),
        by_year=tuple(_told(lines, year, language) or "–" for year in years),
    )


def _told(lines: Sequence[Line], year: int, language: Language, sign: str = "") -> str:
    """What lines cost in a year: their rupiah, and the bands of those that start then without any."""
    bands = [line.band for line in lines if line.one.start == year]
    counted = {band: bands.count(band) for band in BANDS if band in bands}
    spent = sum(line.rupiah.get(year, 0) for line in lines)
    priced = sum(1 for line in lines if line.rupiah.get(year))
    return _sum(Tally(None, {year: spent}, priced + sum(counted.values()), counted), language, sign)


def _sum(tally: Tally, language: Language, sign: str = "") -> str:
    if not tally.total and not tally.bands:
        return ""
    return tally_text(tally)[language].replace("Rp", sign)


# -------------------------------------------------------------------------------------------------- the matrix


def matrix_context(assessment: Assessment, language: Language) -> Mapping[str, Any]:
    found = assessment.roadmap
    assert isinstance(found, Roadmap)
    whole = matrix(found)
    parts = [whole.years[start : start + _YEARS] for start in range(0, len(whole.years), _YEARS)]
    return {
        "parts": [
            {
                "years": years,
                "rows": [
                    _line(row, years, language) if isinstance(row, Line) else _head(row, years, language)
                    for row in whole.rows
                ],
                "sums": [_sum_of(whole.total, year, language) for year in years],
                "total": _sum(whole.total, language, ""),
            }
            for years in parts
        ],
        "priced": bool(whole.total.total),
        "table": found.nomenclature.title,
        "planning": planning_text(found)[language],
        "codes": codes_text(found)[language],
    }


def _sum_of(tally: Tally, year: int, language: Language) -> str:
    return decimal(str(tally.by_year[year]), language) if tally.by_year.get(year) else ""


def _head(heading: Heading, years: Sequence[int], language: Language) -> Mapping[str, Any]:
    return {
        "rank": heading.rank,
        "depth": heading.depth,
        "code": heading.code,
        "what": heading.name[language],
        "indicator": heading.indicator,
        "unit": heading.unit,
        "sums": [_sum_of(heading.total, year, language) for year in years],
        "total": _sum(heading.total, language, ""),
    }


def _line(line: Line, years: Sequence[int], language: Language) -> Mapping[str, Any]:
    action, shown = line.one.action, _figures_of(language)
    said = cost_text(action)[language].replace("Rp", "")
    return {
        "rank": "",
        "depth": line.depth,
        "number": line.number,
        "place": line.place,
        "what": action.what[language],
        "id": action.id,
        "indicator": line.indicator[language],
        "unit": line.unit[language],
        "baseline": shown(line.baseline),
        "cells": [
            (
                shown(line.targets.get(year)),
                decimal(str(line.rupiah[year]), language)
                if line.rupiah.get(year)
                else said
                if line.band and year == line.one.start
                else "",
            )
            for year in years
        ],
        "final": shown(line.final),
        "cost": said,
        "offices": line.offices[language],
        "fund": line.fund or "–",
        "annual": line.documents.annual,
        "five_year": line.documents.five_year[language],
        "product": "" if line.documents.product.id == "–" else line.documents.product[language],
    }


@cache
def _figures_of(language: Language) -> Callable[[Value], str]:
    """Writes a value of the matrix: a figure as the language writes it, a text as it is, nothing as nothing."""

    def shown(value: Value) -> str:
        if value is None:
            return ""
        if isinstance(value, Fraction):
            return decimal(str(value.numerator) if value.denominator == 1 else str(float(value)), language)
        return value[language]

    return shown
