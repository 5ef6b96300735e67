"""The smallest set of facts that lifts the whole by one level, worked out once for an assessment and put into words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from gscm.assessment import Assessment
from gscm.i18n import Text
from gscm.placement.explain import subject_title
from gscm.report.needs import step_words
from gscm.report.words import name_of


@dataclass(frozen=True, slots=True)
class Step:
    """One fact of the set: its node, the step in words, whether it is known to be unmet."""

    fact: str
    node: str
    what: Text
    known: bool


@lru_cache(maxsize=4)
def smallest_set(assessment: Assessment) -> tuple[Step, ...] | None:
    """The steps, one a fact (a level raised by two is one step here); None if nothing lifts the whole."""
    steps = assessment.flips(assessment.model.id)
    if steps is None:
        return None
    goals: dict[str, Fraction] = {}
    for step in steps:
        goals[step.fact] = max(step.value, goals.get(step.fact, step.value))
    return tuple(_step(assessment, fact, value) for fact, value in goals.items())


def _step(assessment: Assessment, fact_id: str, value: Fraction) -> Step:
    fact = assessment.result.reading.facts[fact_id]
    known = fact_id not in assessment.result.reading.open
    what = step_words(assessment, fact_id)
    if fact.kind == "level" and value.denominator == 1:
        node = assessment.model.nodes[fact.node]
        now = int(assessment.result.low.filling[fact_id])
        at, up = (name_of(assessment.model, node, level) for level in (now, int(value)))
        title = subject_title(assessment.result, node)
        what = Text(
            f"Naikkan {title.id} dari {now} ({at.id}) ke {int(value)} ({up.id}).",
            f"Raise {title.en} from {now} ({at.en}) to {int(value)} ({up.en}).",
        )
    return Step(fact_id, fact.node, what, known)
