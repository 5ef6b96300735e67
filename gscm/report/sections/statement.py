"""What is official, published, derived or designed here: the statement that every report carries."""

from __future__ import annotations

from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language
from gscm.report.claims import KINDS, tallies
from gscm.report.words import BASES, BASES_TOLD


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    found = tallies(assessment.model)
    used = list(dict.fromkeys(tally.basis for tally in found))
    return {
        "rows": [
            {
                "kind": KINDS[tally.kind][language],
                "basis": tally.basis,
                "count": tally.count,
                "sources": tally.sources[:3],
                "more": max(0, len(tally.sources) - 3),
            }
            for tally in found
        ],
        "bases": [
            {"name": BASES[name][language], "told": BASES_TOLD[name][language]} for name in BASES if name in used
        ],
        "status": assessment.model.status,
    }
