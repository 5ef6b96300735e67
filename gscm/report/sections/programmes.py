"""The programmes of a plan: how much is realised, part by part and office by office, and what is stuck on what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text, listed as joined
from gscm.placement.programmes import (
    Programme,
    Realisation,
    by_office,
    evaluations,
    left_out,
    percents,
    realised,
    weighed_otherwise,
)
from gscm.report.words import figure


@dataclass(frozen=True, slots=True)
class Line:
    """Programmes counted together, as the tables show them."""

    name: str
    count: int
    done: str
    unreported: int
    share: str
    indent: bool = False


@dataclass(frozen=True, slots=True)
class Stuck:
    """One programme that is short of its target, and why."""

    title: str
    office: str
    figures: str
    why: str
    next: str


def speaks(assessment: Assessment) -> bool:
    return bool(assessment.programmes)


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    listed = assessment.programmes
    nobody = Text("Pelaksana tidak disebut", "Office not named")[language]
    return {
        "lead": _lead(realised("", listed), language),
        "remarks": _remarks(assessment, listed, language),
        "whole": _line(realised("", listed), language),
        "parts": _parts(assessment, listed, language),
        "offices": [_line(one, language, one.name or nobody) for one in by_office(listed)],
        "stuck": [_stuck(one, language) for one in listed if one.stuck],
    }


def _lead(whole: Realisation, language: Language) -> str:
    shown = _between(whole)
    open_rows = Text("", "")
    if whole.unreported:
        open_rows = Text(
            f" Realisasi {whole.unreported} program belum dilaporkan; angka terendah menghitungnya nol, "
            "angka tertinggi menghitungnya selesai.",
            f" Nothing is reported of {whole.unreported}; the lower figure counts them as nothing, the upper as done.",
        )
    return Text(
        f"Dari {whole.count} program, {whole.done} mencapai targetnya; rata-rata realisasi {shown}.{open_rows.id}",
        f"Of {whole.count} programmes {whole.done} have reached their target; {shown} is realised on average."
        f"{open_rows.en}",
    )[language]


def _remarks(assessment: Assessment, listed: tuple[Programme, ...], language: Language) -> list[str]:
    """What a reader of the figures must know: their stage of evaluation, what is left out, how they are weighed."""
    stages, absent = evaluations(listed), left_out(assessment.result)
    told = []
    if stages:
        told.append(_stages(stages, len(listed)))
    if absent:
        told.append(
            Text(
                f"{absent} program dinyatakan tidak berlaku dan tidak dihitung.",
                f"{absent} said not to apply and not counted.",
            )
        )
    if weighed_otherwise(assessment.result, listed):
        told.append(
            Text(
                "Realisasi di sini rata-rata atas program. Nilai sebuah bagian di tempat lain dapat berbeda karena "
                "menimbang isinya menurut bobot dalam model, bukan menurut banyaknya program.",
                "What is realised is the mean over programmes here. The score of a part elsewhere may differ, since it "
                "weighs its contents as the model says, not by the number of programmes.",
            )
        )
    return [text[language] for text in told]


def _stages(stages: Mapping[str, int], count: int) -> Text:
    if list(stages.values()) == [count]:
        stage = next(iter(stages))
        return Text(f"Tahap evaluasi: {stage}.", f"Stage of evaluation: {stage}.")
    named = [Text(f"{stage} ({n} program)", f"{stage} ({n} programmes)") for stage, n in stages.items()]
    told = joined(tuple(named))
    return Text(f"Tahap evaluasi: {told.id}.", f"Stage of evaluation: {told.en}.")


def _parts(assessment: Assessment, listed: tuple[Programme, ...], language: Language) -> list[Line]:
    """Each part of the whole that has programmes, with its own parts below it."""
    lines = []
    for node in assessment.model.nodes.values():
        inside = {below.id for below in assessment.model.below(node.id)}
        here = [one for one in listed if one.node.id in inside]
        if here and node.parent is not None and (node.children or node.open):
            depth = sum(1 for _ in assessment.model.above(node.id))
            lines.append(_line(realised("", here), language, node.title[language], depth > 1))
    return lines


def _line(one: Realisation, language: Language, name: str = "", indent: bool = False) -> Line:
    done = f"{one.done} ({percents(one.done_share)})" if one.done else ""
    return Line(name, one.count, done, one.unreported, _between(one), indent)


def _between(one: Realisation) -> str:
    low, high = percents(one.low), percents(one.high)
    return low if low == high else f"{low}–{high}"


def _stuck(one: Programme, language: Language) -> Stuck:
    row = one.row
    return Stuck(
        title=one.node.title[language],
        office=row.office or "–",
        figures=_figures(one, language),
        why=row.obstacle or Text("realisasi belum dilaporkan", "nothing reported")[language],
        next=row.follow_up or "–",
    )


def _figures(one: Programme, language: Language) -> str:
    """What is realised of the target, "9 dari 12 layanan", or the share alone; a dash for what is not reported."""
    row = one.row
    if row.realised is None and one.share is not None:
        return percents(one.share)
    told = "–" if row.realised is None else figure(row.realised, language)
    if row.target is not None:
        told += Text(" dari ", " of ")[language] + figure(row.target, language)
    return f"{told} {row.unit}" if row.unit and told != "–" else told
