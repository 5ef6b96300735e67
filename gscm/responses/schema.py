"""What may be written in an answers file."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from gscm.i18n import Text
from gscm.model.schema import Day, Id, Version, Weight, Words, Yaml
from gscm.yamlfile import Wrong

_SUBJECT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _none_yet(value: Any) -> Any:
    return {} if value is None else value


def _tables(value: Any) -> Any:
    return tuple({"file": t} if isinstance(t, str) else t for t in value) if isinstance(value, list) else value


def _strings(value: Any) -> Any:
    return (value,) if isinstance(value, str) else _tupled(value)


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
SubjectId = Annotated[str, BeforeValidator(_subject_id), WithJsonSchema({"type": "string"})]
Value = Annotated[Any, WithJsonSchema({"type": ["boolean", "number", "string"]})]
Written = Annotated[
    Any, WithJsonSchema({"anyOf": [{"type": ["boolean", "number", "string"]}, {"type": "object"}, {"type": "null"}]})
]
"""An answer in its short or its long form."""


class SubjectEntry(Yaml):
    """Who is assessed. `source` tells where the region and the population come from."""

    id: SubjectId
    name: Annotated[str, Field(min_length=1)]
    kind: str | None = None
    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    region: Annotated[str, Field(min_length=1)] | None = None
    population: Annotated[int, Field(ge=1)] | None = None
    source: Strings = ()


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
    unit: str | None = None
    evaluation: str | None = None
    obstacle: str | None = None
    follow_up: str | None = None
    status: Literal["given", "unknown", "blank", "not_asked", "not_applicable", "withheld"] | None = None
    note: str | None = None
    source: Strings = ()


class TableEntry(Yaml):
    """A CSV file beside the answers whose rows belong to open nodes.

    Its column `node` says which, or `node` here does so for all. `columns` tells the meaning of headings that
    are not understood; `evaluation` the stage of evaluation of all its rows. A table that is `whole` leaves
    nothing out: an open node that has no row anywhere has none, rather than rows that nobody has filled in.
    """

    file: Annotated[str, Field(min_length=1)]
    node: str | None = None
    whole: bool = False
    evaluation: str | None = None
    columns: dict[str, str] = {}


class RegionEntry(Yaml):
    """A regency or city of the province: its level, or the answers file that places it; neither where unknown."""

    id: SubjectId
    name: Annotated[str, Field(min_length=1)]
    weight: Weight | None = None
    level: Value = None
    answers: str | None = None
    source: Strings = ()


class RegionsEntry(Yaml):
    """The regencies and cities of a province, shown beside its own result. `model` is the model that places them."""

    model: str | None = None
    weighted_by: Words | None = None
    members: Annotated[tuple[RegionEntry, ...], BeforeValidator(_tupled), Field(min_length=1)]


def day_or_year(value: Any) -> str:
    text = str(value)
    try:
        date.fromisoformat(text if len(text) > 4 else f"{text}-01-01")
    except ValueError:
        raise Wrong(
            Text(f"“{value}” bukan tanggal atau tahun.", f"“{value}” is neither a date nor a year."),
            Text("Tulis seperti 2023-12-31, atau 2023.", "Write it like 2023-12-31, or 2023."),
        ) from None
    return text


DayOrYear = Annotated[str, BeforeValidator(day_or_year), WithJsonSchema({"type": "string"})]


class ReusedEntry(Yaml):
    """Where a reused answer was first given: the study's model, subject and date, the fact, and the crosswalk used."""

    model: str
    model_version: Version
    fact: str
    date: DayOrYear | None = None
    subject: SubjectId
    crosswalk: str


class AnswerEntry(Yaml):
    """The long form of an answer. `reused` marks one that was given in another study.

    An assessor who checks an answer writes down the fact found, its analysis, and why the value is justified.
    """

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
    fact_note: str | None = None
    analysis: str | None = None
    justification: str | None = None
    reused: ReusedEntry | None = None


class RetiredEntry(Yaml):
    """What was written for an earlier version of the model, kept as it was; `carried` where its content lives on.

    Written by `gscm model migrate`; read by people, never by the placing.
    """

    id: str
    place: Literal["answers", "scope", "recommendations", "tables"] = "answers"
    answer: Written = None
    version: Version
    reason: Words
    carried: bool = False


class AnswersFile(Yaml):
    """ANSWERS.yaml. `version` is the version of the model for which it was written."""

    model: str
    version: Version | None = None
    subject: SubjectEntry
    study: StudyEntry | None = None
    sources: dict[str, CitedSourceEntry] = {}
    recommendations: Annotated[tuple[RecommendationEntry, ...], BeforeValidator(_tupled)] = ()
    scope: Annotated[tuple[str, ...], BeforeValidator(_tupled), Field(min_length=1)] | None = None
    regions: RegionsEntry | None = None
    tables: Annotated[tuple[TableEntry, ...], BeforeValidator(_tables)] = ()
    answers: Annotated[dict[str, Any], BeforeValidator(_none_yet)]
    retired: Annotated[tuple[RetiredEntry, ...], BeforeValidator(_tupled)] = ()
