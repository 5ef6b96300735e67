"""What may be written in a report.yaml: which sections, in which order, under which titles, in which dress."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from gscm.model.schema import Id, Words, Yaml


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _entry(value: Any) -> Any:
    return {"section": value} if isinstance(value, str) else value


class SectionEntry(Yaml):
    """A section by name; `title` replaces the title that it would have."""

    section: str
    title: Words | None = None


Sections = Annotated[
    tuple[Annotated[SectionEntry, BeforeValidator(_entry)], ...], BeforeValidator(_tupled), Field(min_length=1)
]


class ChapterEntry(Yaml):
    """Sections under a common title."""

    title: Words
    sections: Sections


class ReportFile(Yaml):
    """`report.yaml`. `starts` tells what begins on a page of its own."""

    id: Id
    title: Words
    theme: Literal["office", "kajian"] = "office"
    numbering: Literal["arabic", "roman", "none"] = "arabic"
    starts: Literal["section", "chapter", "nothing"] = "section"
    front: Sections | None = None
    chapters: Annotated[tuple[ChapterEntry, ...], BeforeValidator(_tupled), Field(min_length=1)]
    appendices: Sections | None = None
