"""What assessors found when they checked answers: fact, analysis and justification, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language
from gscm.report.sections.answers import answer_of, node_of, said_of
from gscm.report.words import STAGES, capital
from gscm.responses.answers import Answer, Judgement


@dataclass(frozen=True, slots=True)
class Row:
    """One judgement of one answer; `about` is what was judged, `standing` the stage, the value, and whose it is."""

    about: str
    id: str
    standing: str
    fact: str
    analysis: str
    justification: str


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    rows = []
    for entry in _judged(assessment):
        for number, one in enumerate(entry.judgements):
            rows.append(_row(assessment, entry, one, language, first=number == 0))
    return {"rows": rows}


def speaks(assessment: Assessment) -> bool:
    """Whether any answer carries the notes of an assessor."""
    return any(entry.judgements for entry in assessment.answers.entries.values())


def _judged(assessment: Assessment) -> list[Answer]:
    order = {id: index for index, id in enumerate(assessment.result.reading.facts)}
    judged = [entry for entry in assessment.answers.entries.values() if entry.judgements]
    return sorted(judged, key=lambda entry: (order.get(entry.id, len(order)), entry.id))


def _row(assessment: Assessment, entry: Answer, one: Judgement, language: Language, *, first: bool) -> Row:
    answer = answer_of(assessment, replace(entry, status=one.status, value=one.value), language)
    stage = capital(STAGES[one.stage][language])
    return Row(
        about=said_of(assessment, entry, language) if first else "",
        id=assessment.model.nodes[node_of(assessment, entry)].code or entry.id,
        standing=", ".join(part for part in (stage, one.office) if part) + f": {answer}",
        fact=one.fact_note or "–",
        analysis=one.analysis or "–",
        justification=one.justification or "–",
    )
