"""The answers of one assessment, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
class Reused:
    """Where a reused answer was first given. `date` is a day or a year (2023-12-31, 2023), None if unknown."""

    model: str
    model_version: str
    fact: str
    date: str | None
    subject: str
    crosswalk: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an assessor found at a stage of verification: the fact, its analysis, why the value is justified.

    `office` is the name of the office whose answer was judged, None where there is only one.
    """

    stage: Stage
    status: Status
    value: Fraction | None
    fact_note: str | None
    analysis: str | None
    justification: str | None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `value` is on the scale of its fact (see `gscm.model.facts`), None unless given.

    `kind` tells what is answered: the fact itself, or, for a node that stands in for its subtree, its
    level or its score. `stage` is the stage of verification at which the evidence was accepted; `reused`
    tells of which study an answer was taken over from. `judgements` are the notes of those who checked it.
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
    reused: Reused | None = None
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is assessed, and for which year; where it lies, and how many people live there.

    `region` is that which the study names (see `gscm.responses.provinces` for one that follows from the id);
    `source` cites where region and population come from.
    """

    id: str
    name: str
    kind: str | None
    year: int | None
    region: str | None = None
    population: int | None = None
    source: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of one row of an open node besides its score: who runs it, its figures, what it is stuck on."""

    node: str
    office: str | None
    unit: str | None
    target: Fraction | None
    realised: Fraction | None
    evaluation: str | None
    obstacle: str | None
    follow_up: str | None
    note: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A regency or city of the province: a level, or the answers that place it; neither where nothing is known."""

    id: str
    name: str
    weight: Fraction
    level: int | None
    answers: Answers | None
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Regions:
    """The regencies and cities of a province, whose levels are those of `model`; never mixed into its own."""

    model: Model
    weighted_by: Text | None
    members: tuple[Region, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """All answers of one assessment, bound to `model` (in which open nodes have their rows as children).

    `rows` tells more of each row, by the id of its node.
    """

    model: Model
    subject: Subject
    study: Study
    sources: Mapping[str, CitedSource]
    recommendations: tuple[Recommendation, ...]
    scope: tuple[str, ...] | None
    entries: Mapping[str, Answer]
    warnings: tuple[Issue, ...]
    file: str
    rows: Mapping[str, Row] = field(default_factory=dict)
    regions: Regions | None = None


def dated(answers: Answers) -> str | None:
    """When a study was made, as far as its file says: the day, else the year; None where it says neither."""
    if answers.study.date is not None:
        return answers.study.date.isoformat()
    return str(answers.subject.year) if answers.subject.year else None


STALE_AFTER = 2
"""Years after which a reused answer is said to be old."""


def older(then: str | None, now: str | None, years: int) -> bool:
    """Whether more than `years` years surely lie between two days or years (2023-12-31, 2023)."""
    if then is None or now is None:
        return False
    latest, earliest = (then if len(then) > 4 else f"{then}-12-31"), (now if len(now) > 4 else f"{now}-01-01")
    return earliest > f"{int(latest[:4]) + years}{latest[4:]}"


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
