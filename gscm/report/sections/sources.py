"""Every source that the model cites, with how often, and what for; and the works that the analyses rest on."""

from __future__ import annotations

from collections import Counter
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language
from gscm.report.claims import KINDS, claims
from gscm.statistics.references import bibliography


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    model = assessment.model
    used: dict[str, Counter[str]] = {}
    for kind, origin in claims(model):
        used.setdefault(origin.source, Counter())[kind] += 1
    return {
        "works": bibliography(source for found in assessment.findings for source in found.source),
        "sources": [
            {
                "entry": entry,
                "note": entry.note[language] if entry.note else "",
                "used": "; ".join(
                    f"{KINDS[kind][language].lower()}: {used[entry.id][kind]}"
                    for kind in KINDS
                    if entry.id in used and used[entry.id][kind]
                ),
            }
            for entry in model.sources.values()
        ],
    }
