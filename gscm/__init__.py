"""Maturity models as dependency graphs: a level, the reasons for it, and a report that can be re-computed.

The public names, each imported when it is first used, so that `import gscm` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gscm.assessment import Assessment, assess
    from gscm.comparison import compare
    from gscm.errors import BadUse, FaultsFound, GscmError, Unreadable
    from gscm.model.load import find_model, load_model
    from gscm.model.tree import Model
    from gscm.placement.explain import explain
    from gscm.placement.flips import flips, pivotal
    from gscm.placement.place import Result, place
    from gscm.placement.verify import verify
    from gscm.questionnaire.flow import next_items
    from gscm.questionnaire.load import load_questionnaire
    from gscm.report.html import render_html
    from gscm.report.pdf import render_pdf
    from gscm.responses.answers import Answers
    from gscm.responses.load import load_answers

_HOMES = {
    "Answers": "gscm.responses.answers",
    "Assessment": "gscm.assessment",
    "BadUse": "gscm.errors",
    "FaultsFound": "gscm.errors",
    "GscmError": "gscm.errors",
    "Model": "gscm.model.tree",
    "Result": "gscm.placement.place",
    "Unreadable": "gscm.errors",
    "assess": "gscm.assessment",
    "compare": "gscm.comparison",
    "explain": "gscm.placement.explain",
    "find_model": "gscm.model.load",
    "flips": "gscm.placement.flips",
    "load_answers": "gscm.responses.load",
    "load_model": "gscm.model.load",
    "load_questionnaire": "gscm.questionnaire.load",
    "next_items": "gscm.questionnaire.flow",
    "pivotal": "gscm.placement.flips",
    "place": "gscm.placement.place",
    "render_html": "gscm.report.html",
    "render_pdf": "gscm.report.pdf",
    "verify": "gscm.placement.verify",
}

__all__ = [
    "Answers",
    "Assessment",
    "BadUse",
    "FaultsFound",
    "GscmError",
    "Model",
    "Result",
    "Unreadable",
    "assess",
    "compare",
    "explain",
    "find_model",
    "flips",
    "load_answers",
    "load_model",
    "load_questionnaire",
    "next_items",
    "pivotal",
    "place",
    "render_html",
    "render_pdf",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
