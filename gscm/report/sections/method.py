"""The method in words that hold for this model, and its limits."""

from __future__ import annotations

from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language
from gscm.model.flat import model_digest
from gscm.placement.place import score_text
from gscm.report.claims import tallies
from gscm.report.told import level_from_score, ranked
from gscm.report.words import AGGREGATES, name_of


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    model = assessment.model
    names = model.names(model.root)
    scale = [score_text(assessment.result, value) or "" for value in (model.scale.min, model.scale.max)]
    counts = _counts(assessment)
    return {
        "levels": [
            {
                "number": name.number,
                "name": name.name[language],
                "meaning": name.meaning[language] if name.meaning else "",
            }
            for name in names
        ],
        "by_score": level_from_score(assessment),
        "ranked": ranked(assessment),
        "unpublished": model.root.aggregate == "unknown-weights",
        "ours": any(tally.basis == "ours" for tally in tallies(model)),
        "rule": AGGREGATES[model.root.aggregate][language],
        "scale": [text.replace(".", ",") if language == "id" else text for text in scale],
        "counts": counts,
        "first": name_of(model, model.root, 1)[language],
        "notes": [note[language] for note in assessment.result.notes],
        "warnings": [issue.sentence(language) for issue in assessment.answers.warnings],
        "digest": model_digest(model)[:12],
        "refused": bool(assessment.result.reading.refused),
        "about": model.about[language],
    }


def _counts(assessment: Assessment) -> dict[str, int]:
    reading, model = assessment.result.reading, assessment.model
    inside = [fact for fact in reading.facts.values() if fact.node not in reading.outside]
    return {
        "facts": len(inside),
        "open": sum(1 for fact in inside if fact.id in reading.open),
        "answers": len(assessment.answers.entries),
        "nodes": sum(1 for node in model.nodes.values() if node.is_leaf),
        "absent": len(reading.absent_facts),
    }
