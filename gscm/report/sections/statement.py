"""What is official, published, derived or designed here: the statement that every report carries."""

from __future__ import annotations

from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text, listed
from gscm.report.claims import KINDS, Tally, tallies
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
        "official": listed(_official(found))[language],
        "unpublished": [
            node.title[language]
            for node in assessment.model.nodes.values()
            if node.aggregate == "unknown-weights" and node.children
        ],
    }


def _official(found: tuple[Tally, ...]) -> tuple[Text, ...]:
    """The kinds of claims of which something is official, as words in a sentence."""
    kinds = dict.fromkeys(tally.kind for tally in found if tally.basis == "official")
    return tuple(Text(KINDS[kind].id.lower(), KINDS[kind].en.lower()) for kind in kinds)
