"""The result of a study as plain JSON: what `gscm study assess --json` prints and what a bundle holds."""

from __future__ import annotations

from typing import Any

from gscm.assessment import assess, to_json
from gscm.study.study import Collected


def result_json(collected: Collected) -> dict[str, Any]:
    """The object of `gscm assess --json` for the subject, and under `offices` what stands on top for each office."""
    offices = {office: to_json(assess(answers))["overall"] for office, answers in collected.by_office.items()}
    return {**to_json(assess(collected.overall)), "offices": offices}
