"""What is still open, for a model that ranks: which answers are lacking, and how far each moves the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.placement.explain import comma
from gscm.placement.place import score_text
from gscm.report.needs import lacking
from gscm.report.ranked import index_moves, open_facts, part_of, score_words, unpublished
from gscm.report.told import index_name, nothing_known, ranked
from gscm.report.words import inside

_MOST = 40  # rows that a reader goes through


@dataclass(frozen=True, slots=True)
class Row:
    """One open answer: where it belongs, and by how much it alone can raise the index."""

    id: str
    title: str
    part: str
    by: str


def speaks(assessment: Assessment) -> bool:
    """Where the whole has no level, and answers are lacking that could be given."""
    return ranked(assessment) and bool(open_facts(assessment)) and not assessment.overall.given


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    by = {move.fact: move.by for move in index_moves(assessment)}
    facts = sorted(open_facts(assessment), key=lambda fact: -by.get(fact, 0))
    return {
        "lead": _lead(assessment, len(facts))[language],
        "rows": [_row(assessment, fact, by, language) for fact in facts[:_MOST]],
        "more": max(0, len(facts) - _MOST),
        "known": bool(by),
        "index": index_name(assessment)[language],
    }


def _row(assessment: Assessment, fact: str, by: dict[str, Any], language: Language) -> Row:
    title, part = lacking(assessment, fact, language), assessment.model.nodes[part_of(assessment, fact)].title[language]
    return Row(
        id=fact,
        title=title,
        part=part if part != title else "",
        by=score_words(assessment, by[fact])[language] if fact in by else "–",
    )


def _lead(assessment: Assessment, count: int) -> Text:
    placement, index = assessment.overall, index_name(assessment)
    low, high = (score_text(assessment.result, value) or "" for value in (placement.score_low, placement.score_high))
    if nothing_known(assessment):
        return Text(f"Belum satu pun dari {count} jawaban diketahui.", f"Of the {count} answers none is known yet.")
    if unpublished(assessment) or low == high:
        return Text(f"{count} jawaban belum diketahui.", f"{count} answers are not known.")
    return Text(
        f"{count} jawaban belum diketahui. Karena itu {index.id} baru dapat dinyatakan antara {comma(low)} dan "
        f"{comma(high)}.",
        f"{count} answers are not known. So the {inside(index.en)} can only be stated as between {low} and {high}.",
    )
