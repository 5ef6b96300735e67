"""The smallest set of facts that lifts the whole by one level, worked out once for an assessment and put into words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from gscm.assessment import Assessment
from gscm.i18n import Text
from gscm.model.tree import Node
from gscm.placement.explain import subject_title
from gscm.report.needs import step_words
from gscm.report.words import level_words


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
    if fact.kind == "level":
        node = assessment.model.nodes[fact.node]
        now = assessment.result.low.filling[fact_id]
        at, up = _told(assessment, node, now), _told(assessment, node, value)
        title = subject_title(assessment.result, node)
        what = Text(f"Naikkan {title.id} dari {at.id} ke {up.id}.", f"Raise {title.en} from {at.en} to {up.en}.")
    return Step(fact_id, fact.node, what, known)


def _told(assessment: Assessment, node: Node, level: Fraction) -> Text:
    """A level by number and name, by its figure alone where levels may be fractions."""
    words = level_words(assessment.model, node, level)
    if node.real or level.denominator != 1:
        return words
    return Text(f"{level} ({words.id})", f"{level} ({words.en})")
