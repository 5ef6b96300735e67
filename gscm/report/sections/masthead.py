"""The head of a short report: by whom, of whom, when, and what the result is not."""

from __future__ import annotations

from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language
from gscm.report.logo import logo_uri
from gscm.report.sections.cover import code


def context(assessment: Assessment, _: Language) -> dict[str, Any]:
    return {"code": code(assessment), "logo": logo_uri(assessment.answers)}
