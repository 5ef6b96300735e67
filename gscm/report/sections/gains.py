"""What would lift an index most, part by part and item by item: the recommendations where there is no level."""

from __future__ import annotations

from dataclasses import dataclass

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.placement.contributions import shares
from gscm.report.needs import lacking
from gscm.report.ranked import (
    extremes,
    fact_score,
    index_moves,
    known_gains,
    named_score,
    part_of,
    rank_parts,
    score_words,
    unpublished,
    weight_said,
)
from gscm.report.standing import standing
from gscm.report.told import index_name, nothing_known
from gscm.report.words import inside

_MOST = 15  # items that a page carries


@dataclass(frozen=True, slots=True)
class Gain:
    """A part or an item: where it belongs, its weight, its score, and what the index gains if it is full."""

    title: str
    part: str
    weight: str
    score: str
    by: str


def ranked_lead(assessment: Assessment) -> Text:
    """Which part is worth most to the index, or why that cannot be said."""
    found = known_gains(assessment)
    if assessment.overall.given:
        return Text(
            "Hanya nilai keseluruhan yang diketahui, sehingga yang paling menaikkannya belum dapat ditunjukkan.",
            "Only the score of the whole is known, so that what would lift it most cannot be shown.",
        )
    if unpublished(assessment):
        return _without_weights(assessment)
    if nothing_known(assessment) or (not found and index_moves(assessment)):
        return Text(
            "Belum ada kekurangan yang diketahui; yang diperlukan sekarang adalah jawaban.",
            "No shortcoming is known; what is needed now is answers.",
        )
    if not found:
        return Text("Semua bagian bernilai penuh.", "Every part has a full score.")
    title, by, index = (
        assessment.model.nodes[found[0][0]].title,
        score_words(assessment, found[0][1]),
        index_name(assessment),
    )
    return Text(
        f"{index.id} paling banyak naik bila {title.id} dibenahi: sampai {by.id}.",
        f"The {inside(index.en)} would rise most if {title.en} were improved: by up to {by.en}.",
    )


def _without_weights(assessment: Assessment) -> Text:
    told = Text(
        "Bobotnya tidak dipublikasikan, sehingga yang paling menaikkan nilai keseluruhan tidak dapat dihitung.",
        "The weights are unpublished, so that what would lift the score of the whole most cannot be worked out.",
    )
    worst = extremes(assessment)[1]
    if not worst:
        return told
    words = named_score(assessment, worst)
    return Text(
        f"{told.id} Yang terendah: {words.id}; menaikkannya menaikkan batas bawah nilai itu.",
        f"{told.en} The lowest is {words.en}; raising it raises the lower bound of that score.",
    )


def gains(assessment: Assessment, language: Language) -> list[Gain]:
    """The parts known to lack something, the most rewarding first."""
    if nothing_known(assessment) or assessment.overall.given:
        return []
    if unpublished(assessment):
        return _distances(assessment, language)
    weights = shares(assessment.result, assessment.model.id)
    return [
        Gain(
            title=assessment.model.nodes[node].title[language],
            part="",
            weight=weight_said(weights.get(node), language),
            score=standing(assessment, node, language).score,
            by=score_words(assessment, by)[language],
        )
        for node, by in known_gains(assessment)[:_MOST]
    ]


def _distances(assessment: Assessment, language: Language) -> list[Gain]:
    """Where weights are unpublished: the parts by their distance to a full score, the furthest first."""
    most = assessment.model.scale.max
    rows = []
    for node in rank_parts(assessment):
        placement = assessment.nodes[node.id]
        if placement.score_high is not None and placement.score_high < most:
            rows.append((most - placement.score_high, node))
    rows.sort(key=lambda row: -row[0])
    return [
        Gain(
            title=node.title[language],
            part="",
            weight="",
            score=standing(assessment, node.id, language).score,
            by=score_words(assessment, by)[language],
        )
        for by, node in rows[:_MOST]
    ]


def items(assessment: Assessment, language: Language) -> list[Gain]:
    """The answers known to be below their best, the most rewarding first; none where they are the parts themselves."""
    facts = assessment.result.reading.facts
    known = [move for move in index_moves(assessment) if not move.open]
    below = [move for move in known if facts[move.fact].node != part_of(assessment, move.fact)]
    if assessment.overall.given:
        return []
    return [
        Gain(
            title=lacking(assessment, move.fact, language),
            part=assessment.model.nodes[part_of(assessment, move.fact)].title[language],
            weight="",
            score=fact_score(assessment, move.fact, language),
            by=score_words(assessment, move.by)[language],
        )
        for move in below[:_MOST]
    ]
