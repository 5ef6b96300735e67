"""The cover: who, at which level, by whom, when; what the result is not; and the code of the data."""

from __future__ import annotations

from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.model.flat import digest
from gscm.placement.certificate import certificate
from gscm.report.charts.staircase import Stair, staircase
from gscm.report.charts.svg import Svg
from gscm.report.logo import logo_uri
from gscm.report.needs import next_name
from gscm.report.ranked import chart, extremes_sentence
from gscm.report.standing import chips, standing
from gscm.report.told import holding_titles, level_line, meaning, nothing_known, ranked


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    whole = standing(assessment, assessment.model.id, language)
    name = assessment.answers.subject.name
    return {
        "whole": whole,
        "stairs": _picture(assessment, language),
        "level_line": level_line(assessment, language),
        "meaning": meaning(assessment, language),
        "holding": _holding(assessment)[language],
        "logo": logo_uri(assessment.answers),
        "code": code(assessment),
        "size": "long" if len(name) > 46 else "wide" if len(name) > 28 else "",
    }


def code(assessment: Assessment) -> str:
    """The first twelve digits of the certificate's hash: the same data give the same code."""
    return digest(certificate(assessment.result))[:12]


def _picture(assessment: Assessment, language: Language) -> Svg | None:
    """The staircase of levels; where there are none, the score of the whole and of its parts."""
    if not ranked(assessment):
        return stairs(assessment, language, width=400)
    return None if nothing_known(assessment) else chart(assessment, language, width=400)


def stairs(assessment: Assessment, language: Language, **drawing: Any) -> Svg | None:
    """The staircase of the whole, drawn as `staircase` takes it; None where the whole has no levels."""
    model, placement = assessment.model, assessment.overall
    steps = [Stair(chip.name, chip.colour) for chip in chips(model, model.root, language)]
    if not steps:
        return None
    title = Text("Tangga level", "Staircase of levels")[language]
    return staircase(steps, placement.low, placement.high, title, level_line(assessment, language), **drawing)


def _holding(assessment: Assessment) -> Text:
    if ranked(assessment):
        return Text("", "") if assessment.overall.given else extremes_sentence(assessment)
    titles = holding_titles(assessment, 3)
    up = next_name(assessment, high=True)
    if titles is None or up is None:
        return Text("", "")
    return Text(f"Yang menahan {up.id}: {titles.id}.", f"What holds back {up.en}: {titles.en}.")
