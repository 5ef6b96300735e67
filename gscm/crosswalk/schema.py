"""What may be written in the YAML of a crosswalk."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from gscm.i18n import Text
from gscm.model.schema import Basis, Id, Version, Words, Yaml
from gscm.responses.schema import Strings
from gscm.yamlfile import Wrong

Relation = Literal["same", "broader", "narrower", "related"]
"""What the `from` side of a mapping is, seen from the `to` side: the same, broader than it, narrower, or related."""


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _side(value: Any) -> str:
    if not isinstance(value, str) or not _SIDE.match(value):
        raise Wrong(
            Text(f"“{value}” bukan sisi sebuah padanan.", f"“{value}” is not a side of a mapping."),
            Text(
                "Tulis sebuah id, seperti i13, atau id dan level, seperti i13@3.",
                "Write an id, like i13, or an id and a level, like i13@3.",
            ),
        )
    return value


_SIDE = re.compile(r"[^@\s]+(@[0-9]{1,2})?\Z")
SideText = Annotated[
    str, BeforeValidator(_side), WithJsonSchema({"type": "string", "pattern": r"^[^@\s]+(@[0-9]{1,2})?$"})
]


class MappingEntry(Yaml):
    """One mapping: its `from` side is `relation` to (than, as) its `to` side, for a reason.

    A side is an indicator, a criterion, a measured figure, or `i13@3`: “i13 stands at level 3 or higher”.
    `only` names the models for which it holds; by default, all of a side that have the ids.
    """

    from_: SideText = Field(alias="from")
    to: SideText
    relation: Relation
    reason: Words
    only: Strings = ()
    basis: Basis | None = None


class CrosswalkFile(Yaml):
    """`models/crosswalks/<id>.yaml`: how the indicators of two models relate.

    A side names one model, or several that have in common what is mapped; by id, or by folder relative to the file.
    """

    id: Id
    version: Version
    title: Words
    about: Words
    from_: Annotated[Strings, Field(min_length=1)] = Field(alias="from")
    to: Annotated[Strings, Field(min_length=1)]
    basis: Basis
    source: Words
    mappings: Annotated[tuple[MappingEntry, ...], BeforeValidator(_tupled), Field(min_length=1)]
