"""Index and level: two results side by side, the staircase and the radar, and why they may differ."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text, percent
from gscm.model.tree import Score
from gscm.placement.contributions import shares
from gscm.placement.place import score_text
from gscm.report.charts.radar import Axis, radar
from gscm.report.charts.svg import Svg
from gscm.report.needs import next_name
from gscm.report.ranked import weight_said
from gscm.report.sections.cover import stairs
from gscm.report.standing import Standing, standing, ticks
from gscm.report.told import level_from_score, level_line, low_coverage
from gscm.report.words import AGGREGATES, capital, clause_words, name_of

_MOST_AXES = 8
_NONE = Text(percent(0, "id"), percent(0, "en"))


@dataclass(frozen=True, slots=True)
class Share:
    """One part of the index: its standing, and its weight within the whole."""

    row: Standing
    weight: str


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    index = (assessment.model.index or Text("Indeks", "Index"))[language]
    return {
        "index": index,
        "lead": _lead(assessment)[language],
        "stairs": stairs(assessment, language, holding=_held(assessment, language), height=88),
        "radar": radar_of(assessment, language),
        "spread": assessment.overall.score_low != assessment.overall.score_high,
        "whole": standing(assessment, assessment.model.id, language),
        "shares": (rows := _shares(assessment, language)),
        "levelled": any(share.row.low or share.row.state for share in rows),
        "absent": any(share.row.absent not in (_NONE[language], "–") for share in rows),
        "compared": _compared(assessment)[language],
        "cutoffs": _cutoffs(assessment, language),
        "warning": _warning(assessment)[language],
        "rule": AGGREGATES[assessment.model.root.aggregate][language],
        "next": (next_name(assessment, high=True) or Text("", ""))[language],
    }


def _lead(assessment: Assessment) -> Text:
    placement, index = assessment.overall, assessment.model.index or Text("Indeks", "Index")
    if placement.score_low is None:
        return Text(
            "Instrumen ini tidak memberi nilai keseluruhan; hasilnya adalah level.",
            "This instrument gives no score of the whole; its result is the level.",
        )
    low, high = (score_text(assessment.result, value) or "" for value in (placement.score_low, placement.score_high))
    level = Text(level_line(assessment, "id"), level_line(assessment, "en"))
    if low == high:
        return Text(f"{index.id}: {low.replace('.', ',')}. {level.id}.", f"{index.en}: {low}. {level.en}.")
    return Text(
        f"{level.id}. {index.id} belum dapat ditetapkan: dengan jawaban yang diketahui, nilainya antara "
        f"{low.replace('.', ',')} dan {high.replace('.', ',')}.",
        f"{level.en}. {index.en} cannot be settled yet: with the answers known it lies between {low} and {high}.",
    )


def _warning(assessment: Assessment) -> Text:
    if assessment.overall.score_low is None or not low_coverage(assessment):
        return Text("", "")
    return Text(
        "Kurang dari separuh jawaban diketahui. Batas bawah indeks menghitung setiap jawaban terbuka sebagai "
        "yang terburuk, batas "
        "atasnya sebagai yang terbaik; tak satu pun dari keduanya adalah nilai daerah ini, dan keduanya jangan "
        "dikutip sendiri-sendiri.",
        "Less than half of the answers are known. The lower bound of the index counts every open answer as the "
        "worst, the upper "
        "bound as the best; neither is the score of this government, and neither should be quoted alone.",
    )


def _held(assessment: Assessment, language: Language) -> tuple[str, list[str]] | None:
    """What blocks the next step, as short lines for the empty corner of the picture."""
    up, block = next_name(assessment, high=True), assessment.result.ceilings.get(assessment.model.id)
    if up is None or block is None:
        return None
    heading = Text(f"Menahan {up.id}", f"Holding back {up.en}")[language]
    needed: dict[str, int] = {}
    for lack in block.lacks:
        if isinstance(lack.clause, Score):
            return heading, [capital(clause_words(assessment.model, assessment.model.root, lack.clause)[language])]
        for id, level in lack.nodes:
            needed[id] = max(level, needed.get(id, 0))
    not_yet = Text("belum", "not yet")[language]
    lines = []
    for id, level in needed.items():
        node = assessment.model.nodes[id]
        lines.append(f"{node.title[language]} {not_yet} {name_of(assessment.model, node, level)[language]}")
    return heading, lines


def radar_of(assessment: Assessment, language: Language, widest: float = 72.0) -> Svg | None:
    """Only where at least three parts have a score, and no more than eight."""
    rows = [standing(assessment, child, language) for child in assessment.model.root.children]
    axes = [
        Axis(row.title, row.score, row.share_low, row.share_high)
        for row in rows
        if row.share_low is not None and row.share_high is not None
    ]
    if not 3 <= len(axes) <= _MOST_AXES:
        return None
    rings = [(share, said) for share, said in ticks(assessment.model, language) if share > 0]
    index = (assessment.model.index or Text("Indeks", "Index"))[language]
    about = "; ".join(f"{axis.title}: {axis.said}" for axis in axes)
    return radar(axes, rings, index, about, widest)


def _shares(assessment: Assessment, language: Language) -> list[Share]:
    model = assessment.model
    if len(model.root.children) > 30 or level_from_score(assessment):  # then they stand beside the ladder
        return []
    inside = [
        model.nodes[child]
        for child in model.root.children
        if assessment.nodes[child].assessed and assessment.nodes[child].applies
    ]
    weights = shares(assessment.result, model.id)
    return [
        Share(standing(assessment, node.id, language), weight_said(weights.get(node.id), language)) for node in inside
    ]


def _compared(assessment: Assessment) -> Text:
    """When and why index and level say different things."""
    placement, model = assessment.overall, assessment.model
    if level_from_score(assessment):
        return Text(
            "Dalam instrumen ini level dibaca langsung dari indeks dengan batas di bawah ini, sehingga keduanya "
            "tidak dapat berbeda.",
            "In this instrument the level is read straight off the index with the cut-offs below, so that the "
            "two cannot differ.",
        )
    general = Text(
        "Indeks merata-ratakan: kekuatan di satu bagian menutup kelemahan di bagian lain. Level bersyarat: "
        "setiap prasyarat harus "
        "terpenuhi, dan tidak ada yang dapat menutupnya. Karena itu daerah berindeks tinggi dapat tertahan di "
        "level rendah.",
        "The index averages: strength in one part makes up for weakness in another. The level has conditions: "
        "each must be "
        "fulfilled, and nothing makes up for one that is not. So a high index may go with a low level.",
    )
    if placement.score_low is None or placement.low is None:
        return general
    band = _bands(assessment)
    if band is None:
        return Text(
            f"{general.id} Rentang indeks masih terlalu lebar untuk dibandingkan dengan level.",
            f"{general.en} The range of the index is still too wide to be compared with the level.",
        )
    names = (name_of(model, model.root, band), name_of(model, model.root, placement.low))
    if band == placement.low == placement.high:
        return Text(
            f"{general.id} Di sini keduanya sejalan: bila skala dibagi rata menurut jumlah level, indeks juga "
            f"jatuh pada {names[0].id}.",
            f"{general.en} Here the two agree: if the scale is cut evenly by the number of levels, the index also "
            f"falls on {names[0].en}.",
        )
    return Text(
        f"{general.id} Di sini keduanya berbeda: bila skala dibagi rata menurut jumlah level (rancangan kami, "
        "bukan batas resmi), indeks "
        f"jatuh pada {names[0].id}, sedangkan level yang terbukti {names[1].id}, karena prasyarat yang diuraikan "
        "di bab ini belum terpenuhi.",
        f"{general.en} Here the two differ: if the scale is cut evenly by the number of levels (our design, not "
        "an official "
        f"cut-off), the index falls on {names[0].en}, while the level shown is {names[1].en}, since the "
        "conditions described in this chapter are not fulfilled.",
    )


def _bands(assessment: Assessment) -> int | None:
    """The even band of the scale that the whole index lies in; None where it spans several or there is no score."""
    placement, model = assessment.overall, assessment.model
    count, scale = len(model.names(model.root)), model.scale
    if placement.score_low is None or placement.score_high is None or not count:
        return None

    def band(score: Fraction) -> int:
        return min(count, int((score - scale.min) / (scale.max - scale.min) * count) + 1)

    low, high = band(placement.score_low), band(placement.score_high)
    return low if low == high else None


def _cutoffs(assessment: Assessment, language: Language) -> list[dict[str, str]]:
    model, rows = assessment.model, []
    for level, clauses in model.root.gates.items():
        for clause in clauses:
            if isinstance(clause, Score):
                rows.append(
                    {
                        "name": name_of(model, model.root, level)[language],
                        "needs": clause_words(model, model.root, clause)[language],
                        "basis": clause.origin.basis,
                        "reached": "1" if (assessment.overall.low or 0) >= level else "",
                    }
                )
    return rows
