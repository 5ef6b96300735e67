"""What may be written in the YAML of a questionnaire."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from gscm.model.schema import Id, Level, Wording, Words, Yaml


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


class SharedItems(Yaml):
    """A file of items of a questionnaire beside this one. `wording` adapts its texts by one of the wordings.

    What it asks of facts that this model lacks is left out; an item in a file of this questionnaire takes its place.
    """

    file: str
    wording: str | None = None


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
    items: Annotated[tuple[str | SharedItems, ...], BeforeValidator(_tupled)]
    """The files of items; a file of a questionnaire beside this one is written {file, wording}."""
    wordings: dict[str, Wording] = {}
    """Words to replace in shared items, besides those in the wording of the model that has the same name."""
