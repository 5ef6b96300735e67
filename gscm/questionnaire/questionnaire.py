"""A questionnaire as values: one item a fact, complete for its model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gscm.i18n import Text
from gscm.model.facts import Fact
from gscm.model.tree import Model
from gscm.questionnaire.schema import Staging


@dataclass(frozen=True, slots=True)
class Item:
    """One question. Its code is the id of the fact it asks, the same in every channel.

    `levels` are the choices of an item that asks a level, (number, name, what it means).
    `derived` tells that the wording was made from the model because nothing better is written. `absence` is
    what may be said not to apply: the fact itself, or its indicator as a whole; None if neither.
    """

    code: str
    fact: Fact
    node: str
    text: Text
    help: Text | None
    evidence: tuple[Text, ...]
    offices: tuple[str, ...]
    levels: tuple[tuple[int, Text, Text | None], ...]
    derived: bool
    absence: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Questionnaire:
    """The items of a model by code, in the order of its tree."""

    id: str
    version: str
    model: Model
    title: Text
    introduction: Text
    staging: Staging
    reports: tuple[str, ...]
    items: Mapping[str, Item]
