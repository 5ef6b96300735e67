"""The smallest set of facts that lifts the whole by one level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.placement.explain import subject_title
from gscm.report.flipped import Step, smallest_set
from gscm.report.needs import next_name
from gscm.report.told import level_from_score


@dataclass(frozen=True, slots=True)
class Stop:
    """One node of the set: the facts by id, how many are known to be unmet and how many are open; a step in words."""

    title: str
    facts: tuple[str, ...]
    unmet: int
    open: int
    what: str


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    steps = smallest_set(assessment)
    stops: dict[str, list[Step]] = {}
    for step in steps or ():
        stops.setdefault(step.node, []).append(step)
    order = [node for node in assessment.model.nodes if node in stops]
    by_score = level_from_score(assessment)
    given = assessment.overall.given
    return {
        "stops": [] if given else [_stop(assessment, stops[node], by_score, language) for node in order],
        "count": len(steps or ()),
        "open": sum(1 for step in steps or () if not step.known),
        "up": (next_name(assessment) or Text("", ""))[language],
        "by_score": by_score,
        "given": given,
    }


def _stop(assessment: Assessment, steps: list[Step], by_score: bool, language: Language) -> Stop:
    node = assessment.model.nodes[steps[0].node]
    known = sum(1 for step in steps if step.known)
    return Stop(
        title=subject_title(assessment.result, node)[language],
        facts=tuple(step.fact for step in steps),
        unmet=known,
        open=len(steps) - known,
        what=" ".join(step.what[language] for step in steps) if by_score else "",
    )
