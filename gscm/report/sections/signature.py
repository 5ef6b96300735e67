"""Where the report is signed: left empty, with the code by which the data can be checked."""

from __future__ import annotations

from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, long_date
from gscm.report.sections.cover import code


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    study = assessment.answers.study
    return {
        "code": code(assessment),
        "place": study.place or "",
        "day": long_date(study.date, language) if study.date else "",
        "institution": study.institution[language] if study.institution else "",
    }
