"""The answers of one assessment, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from gscm.errors import Issue, Where
from gscm.i18n import Text
from gscm.model.tree import Model, Stage

Status = Literal["given", "unknown", "blank", "not_asked", "not_applicable", "withheld"]
OPEN: frozenset[Status] = frozenset(("unknown", "blank", "not_asked"))
"""Nothing is known: anything from the worst to the best."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `value` is on the scale of its fact (see `gscm.model.facts`), None unless given.

    `kind` tells what is answered: the fact itself, or, for a node that stands in for its subtree, its
    level or its score. `stage` is the stage of verification at which the evidence was accepted.
    """

    id: str
    status: Status
    kind: Literal["criterion", "level", "score", "quantity"]
    value: Fraction | None = None
    source: tuple[str, ...] = ()
    reason: str | None = None
    evidence: tuple[str, ...] = ()
    note: str | None = None
    stage: Stage | None = None
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is assessed, and for which year."""

    id: str
    name: str
    kind: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source or finding of the study that answers cite."""

    id: str
    title: Text
    href: str | None
    finding: Text | None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the study itself recommends, as its authors said it; `nodes` tells where it belongs."""

    id: str
    text: Text
    source: tuple[str, ...]
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """What the cover of a report says. `logo` is a path relative to the answers file."""

    title: Text | None = None
    institution: Text | None = None
    number: str | None = None
    date: date | None = None
    place: str | None = None
    logo: str | None = None
    summary: Text | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """All answers of one assessment, bound to `model` (in which open nodes have their rows as children)."""

    model: Model
    subject: Subject
    study: Study
    sources: Mapping[str, CitedSource]
    recommendations: tuple[Recommendation, ...]
    scope: tuple[str, ...] | None
    entries: Mapping[str, Answer]
    warnings: tuple[Issue, ...]
    file: str


def flat_answers(answers: Answers) -> dict[str, Any]:
    """What was answered, as plain JSON: what a certificate is bound to. Wording and places are left out."""
    return {
        "subject": answers.subject.id,
        "scope": sorted(answers.scope) if answers.scope is not None else None,
        "entries": {
            entry.id: {
                "status": entry.status,
                "kind": entry.kind,
                "value": None if entry.value is None else str(entry.value),
                "stage": entry.stage,
            }
            for entry in sorted(answers.entries.values(), key=lambda entry: entry.id)
        },
    }
