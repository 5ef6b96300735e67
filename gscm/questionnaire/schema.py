"""What may be written in the YAML of a questionnaire."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from gscm.model.schema import Id, Level, Words, Yaml


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Staging = Literal["full", "indicator", "none"]


class ItemEntry(Yaml):
    """One item: the fact it asks, in the words of a respondent.

    `levels` describes each level of an indicator that is answered by its level.
    """

    asks: str
    text: Words
    help: Words | None = None
    evidence: Annotated[tuple[Words, ...], BeforeValidator(_tupled)] | None = None
    offices: Annotated[tuple[Id, ...], BeforeValidator(_tupled)] | None = None
    levels: dict[Level, Words] = {}


class ItemsFile(Yaml):
    """`items/*.yaml`."""

    items: Annotated[tuple[ItemEntry, ...], BeforeValidator(_tupled), Field(min_length=1)]


class QuestionnaireFile(Yaml):
    """`questionnaire.yaml`."""

    id: Id
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    model: Id
    title: Words
    introduction: Words
    staging: Staging
    reports: Annotated[tuple[str, ...], BeforeValidator(_tupled)] = ()
    """The nodes whose level the study reports; by default the whole and what stands directly below it."""
    items: Annotated[tuple[str, ...], BeforeValidator(_tupled)]
    """The files of items, in the order of the questionnaire."""
