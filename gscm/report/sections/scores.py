"""The index and its parts, for a model that ranks: columns, weight × score = contribution, and the radar."""

from __future__ import annotations

from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.report.charts.columns import proportional
from gscm.report.ranked import between, chart, columns_of, extremes_sentence, parts, unpublished
from gscm.report.sections.index import radar_of
from gscm.report.standing import standing
from gscm.report.told import NO_LEVEL, index_name, level_line, nothing_known, ranked


def speaks(assessment: Assessment) -> bool:
    """Only where the whole has no level."""
    return ranked(assessment)


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    placement, rows = assessment.overall, () if assessment.overall.given else parts(assessment, language)
    drawn = columns_of(assessment, language)
    return {
        "lead": f"{level_line(assessment, language)}.",
        "told": _told(assessment)[language],
        "chart": None if nothing_known(assessment) else chart(assessment, language, height=96),
        "columns": bool(drawn),
        "weighted": bool(drawn) and proportional(drawn) and any(column.weight for column in drawn),
        "unpublished": unpublished(assessment),
        "open": not unpublished(assessment) and placement.score_low != placement.score_high,
        "spread": any(row.row.share_low != row.row.share_high for row in rows),
        "index": index_name(assessment)[language],
        "whole": standing(assessment, assessment.model.id, language),
        "rows": rows if len(rows) <= _MOST else (),
        "weights": any(row.weight != "–" for row in rows),
        "adds": any(row.adds != "–" for row in rows),
        "covered": any(assessment.nodes[row.row.id].coverage < 1 for row in rows),
        "radar": radar_of(assessment, language, widest=57) if drawn and not nothing_known(assessment) else None,
        "full": _full(assessment, language),
    }


_MOST = 30  # rows that a table carries


def _told(assessment: Assessment) -> Text:
    """What the score is, what it rests on, and which parts stand out."""
    if assessment.overall.given:
        more = Text(
            "Hanya nilai keseluruhan yang diketahui, tanpa rincian.",
            "Only the score of the whole is known, without details.",
        )
    elif nothing_known(assessment):
        more = Text("Belum satu pun jawaban diketahui.", "No answer is known yet.")
    elif unpublished(assessment):
        more = UNPUBLISHED
    else:
        more = Text("", "")
    stand_out = extremes_sentence(assessment) if not assessment.overall.given else Text("", "")
    said = [text for text in (more, stand_out, NO_LEVEL) if text.id]
    return Text(" ".join(text.id for text in said), " ".join(text.en for text in said))


UNPUBLISHED = Text(
    "Bobot bagian-bagiannya tidak dipublikasikan, sehingga nilai keseluruhan tidak dihitung. Yang pasti, dengan bobot "
    "apa pun nilai itu terletak di antara bagian terendah dan tertinggi.",
    "The weights of its parts are unpublished, so the score of the whole is not computed. What is certain is that, "
    "with whatever weights, it lies between the lowest part and the highest.",
)


def _full(assessment: Assessment, language: Language) -> str:
    """What the whole lacks to a full score."""
    low, high, most = assessment.overall.score_low, assessment.overall.score_high, assessment.model.scale.max
    return "–" if low is None or high is None else between(assessment, most - high, most - low, language)
