"""What may be written in an answers file."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from gscm.i18n import Text
from gscm.model.schema import Id, Weight, Words, Yaml
from gscm.yamlfile import Wrong

_SUBJECT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _strings(value: Any) -> Any:
    return (value,) if isinstance(value, str) else _tupled(value)


def _date(value: Any) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Wrong(
            Text(f"“{value}” bukan tanggal.", f"“{value}” is not a date."),
            Text("Tulis seperti 2019-11-21.", "Write it like 2019-11-21."),
        ) from None


def _subject_id(value: Any) -> str:
    if not isinstance(value, str) or not _SUBJECT_ID.match(value):
        raise Wrong(
            Text(f"“{value}” bukan id yang sah.", f"“{value}” is not a valid id."),
            Text("Pakai huruf, angka, titik, dan tanda hubung.", "Use letters, digits, dots and hyphens."),
        )
    return value


Strings = Annotated[
    tuple[str, ...],
    BeforeValidator(_strings),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
Day = Annotated[date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
SubjectId = Annotated[str, BeforeValidator(_subject_id), WithJsonSchema({"type": "string"})]
Value = Annotated[Any, WithJsonSchema({"type": ["boolean", "number", "string"]})]


class SubjectEntry(Yaml):
    """Who is assessed."""

    id: SubjectId
    name: Annotated[str, Field(min_length=1)]
    kind: str | None = None
    year: Annotated[int, Field(ge=1900, le=2200)] | None = None


class CitedSourceEntry(Yaml):
    """A source or finding that answers cite."""

    title: Words
    href: str | None = None
    finding: Words | None = None


class RecommendationEntry(Yaml):
    """A recommendation of the study's own authors."""

    id: str
    text: Words
    source: Strings = ()
    nodes: Strings = ()


class StudyEntry(Yaml):
    """The cover of the report."""

    title: Words | None = None
    institution: Words | None = None
    number: str | None = None
    date: Day | None = None
    place: str | None = None
    logo: str | None = None
    summary: Words | None = None


class Row(Yaml):
    """One child of an open node: a programme, a sector. Either `value`, or `target` and `realised`."""

    id: Id
    title: Words
    weight: Weight | None = None
    office: str | None = None
    value: Value = None
    target: Value = None
    realised: Value = None
    status: Literal["given", "unknown", "blank", "not_asked", "not_applicable", "withheld"] | None = None
    note: str | None = None
    source: Strings = ()


class AnswerEntry(Yaml):
    """The long form of an answer."""

    status: Literal["given", "unknown", "blank", "not_asked", "not_applicable", "withheld"] = "given"
    value: Value = None
    level: Value = None
    score: Value = None
    rows: Annotated[tuple[Row, ...], BeforeValidator(_tupled)] | None = None
    source: Strings = ()
    reason: str | None = None
    evidence: Strings = ()
    note: str | None = None
    stage: Literal["self-assessment", "document", "interview", "visit"] | None = None


class AnswersFile(Yaml):
    """ANSWERS.yaml."""

    model: str
    subject: SubjectEntry
    study: StudyEntry | None = None
    sources: dict[str, CitedSourceEntry] = {}
    recommendations: Annotated[tuple[RecommendationEntry, ...], BeforeValidator(_tupled)] = ()
    scope: Annotated[tuple[str, ...], BeforeValidator(_tupled), Field(min_length=1)] | None = None
    answers: dict[str, Any]
