"""Where a form on paper, which cannot reckon, may tell to go on after a “no”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from gscm.questionnaire.flow import relevant_facts
from gscm.questionnaire.questionnaire import Item, Questionnaire
from gscm.responses.answers import Answer, Answers, Study, Subject


def skips(questionnaire: Questionnaire, items: Sequence[Item]) -> Mapping[str, int]:
    """How many of the items that directly follow an item need not be answered once it is answered with no.

    `items` are in the order in which they are printed. These are the items of the same indicator that can no longer
    change what the study reports, whatever else is answered. What no longer matters elsewhere is asked all the same:
    on paper nobody knows yet what others will say.
    """
    return _skips(questionnaire, tuple(items))


@lru_cache(maxsize=8)
def _skips(questionnaire: Questionnaire, items: tuple[Item, ...]) -> Mapping[str, int]:
    if questionnaire.staging == "none":
        return {}
    asked = relevant_facts(questionnaire, _answers(questionnaire, None), questionnaire.staging)
    found = {}
    for index, item in enumerate(items):
        following = items[index + 1 : index + 2]
        if item.fact.kind != "criterion" or not following or following[0].node != item.node:
            continue
        left = relevant_facts(questionnaire, _answers(questionnaire, item), questionnaire.staging)
        count = 0
        for other in items[index + 1 :]:
            if other.node != item.node or other.code not in asked or other.code in left:
                break
            count += 1
        if count:
            found[item.code] = count
    return found


def _answers(questionnaire: Questionnaire, no: Item | None) -> Answers:
    """Answers in which nothing is said, or one thing: no."""
    return Answers(
        model=questionnaire.model,
        subject=Subject("", "", None, None),
        study=Study(),
        sources={},
        recommendations=(),
        scope=None,
        entries={no.code: Answer(no.code, "given", no.fact.kind, value=Fraction(0))} if no else {},
        warnings=(),
        file="",
    )
