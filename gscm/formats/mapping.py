"""The mapping of a form that others made: which of its headings stands for which item, as a YAML file.

Only what a person has decided counts. What a program suggests stands apart, and a file with suggestions left in it is
refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from gscm import yamlfile
from gscm.errors import FaultsFound, Issue, Where, did_you_mean, in_order
from gscm.formats.cell import plain
from gscm.formats.times import Order, is_zone
from gscm.i18n import Text
from gscm.model.schema import Id, Yaml
from gscm.questionnaire.questionnaire import Questionnaire
from gscm.yamlfile import Document, Wrong


def _tupled(value: Any) -> Any:
    return () if value is None else tuple(value) if isinstance(value, list) else value


def _none_yet(value: Any) -> Any:
    return {} if value is None else value


def _zone(value: Any) -> Any:
    if not isinstance(value, str) or not is_zone(value):
        raise Wrong(
            Text(f"“{value}” bukan zona waktu.", f"“{value}” is no time zone."),
            Text("Tulis WIB, WITA, WIT, atau selisihnya: “+07:00”.", "Write WIB, WITA, WIT or the offset: “+07:00”."),
        )
    return value


Heading = Annotated[str, Field(min_length=1)]
Headings = Annotated[tuple[Heading, ...], BeforeValidator(_tupled)]
ByCode = Annotated[dict[str, Heading], BeforeValidator(_none_yet)]
ChoiceValue = Annotated[Any, WithJsonSchema({"type": ["boolean", "number", "string"]})]

ALL = "all"
"""In place of the code of an item: what holds for the choices of all of them."""


class TimeColumn(Yaml):
    """The column of times. `order` of day and month where the file does not tell; `zone` of times that name none."""

    heading: Heading
    order: Order | None = None
    zone: Annotated[str, BeforeValidator(_zone), WithJsonSchema({"type": "string"})] = "WIB"


class OfficeColumn(Yaml):
    """The column of the office; `offices` tells the id of those that are written otherwise than in the study."""

    heading: Heading
    offices: dict[str, str] = {}


class RespondentColumn(Yaml):
    """The column of the pseudonym, or of the token of the invitation."""

    heading: Heading


class ConsentColumn(Yaml):
    """The column of consent; `agreed` are the answers that give it."""

    heading: Heading
    agreed: Annotated[tuple[str, ...], BeforeValidator(_tupled)] = ()


class Checkboxes(Yaml):
    """A question with boxes to tick, one a criterion: the text of each, and of the one that says "none of these"."""

    heading: Heading
    items: Annotated[dict[str, Heading], Field(min_length=1)]
    none: str | None = None


class MappingFile(Yaml):
    """MAPPING.yaml. `items`, `reasons` and `notes` are headings by item code; `choices` are values by text, by code.

    `suggested` and `undecided` are left by the program that wrote the file; nothing is imported while they hold any.
    """

    questionnaire: Id
    timestamp: TimeColumn | None = None
    office: OfficeColumn | None = None
    respondent: RespondentColumn | None = None
    consent: ConsentColumn | None = None
    items: ByCode = {}
    reasons: ByCode = {}
    notes: ByCode = {}
    choices: Annotated[dict[str, dict[str, ChoiceValue]], BeforeValidator(_none_yet)] = {}
    checkboxes: Annotated[tuple[Checkboxes, ...], BeforeValidator(_tupled)] = ()
    ignored: Headings = ()
    suggested: ByCode = {}
    undecided: Headings = ()


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping, and where each thing stands in its file."""

    file: MappingFile
    document: Document

    def headings(self) -> Iterator[tuple[str, Where]]:
        """Every heading that the mapping speaks of, with its place."""
        file = self.file
        for name in ("timestamp", "office", "respondent", "consent"):
            if (column := getattr(file, name)) is not None:
                yield column.heading, self.document.where((name, "heading"))
        for name in ("items", "reasons", "notes"):
            for code, heading in getattr(file, name).items():
                yield heading, self.document.where((name, code))
        for index, boxes in enumerate(file.checkboxes):
            yield boxes.heading, self.document.where(("checkboxes", index, "heading"))
        for index, heading in enumerate(file.ignored):
            yield heading, self.document.where(("ignored", index))


def read_mapping(path: Path, questionnaire: Questionnaire) -> Mapped:
    """The mapping in a file. Raises Unreadable, or FaultsFound with every fault in it."""
    document = yamlfile.read(path)
    mapped = Mapped(yamlfile.validate(document, MappingFile), document)
    if issues := [*_undecided(mapped), *_unsound(mapped, questionnaire)]:
        raise FaultsFound(in_order(issues))
    return mapped


def _undecided(mapped: Mapped) -> Iterator[Issue]:
    where = mapped.document.where
    for code, heading in mapped.file.suggested.items():
        yield Issue(
            where(("suggested", code)),
            Text(
                f"“{heading}” untuk butir {code} baru saran.", f"“{heading}” for the item {code} is but a suggestion."
            ),
            Text(
                "Bila benar, pindahkan barisnya ke bawah items; bila tidak, tulis judulnya di bawah ignored.",
                "If it is right, move its line below items; if not, write the heading below ignored.",
            ),
        )
    for index, heading in enumerate(mapped.file.undecided):
        yield Issue(
            where(("undecided", index)),
            Text(f"“{heading}” belum dipadankan.", f"“{heading}” is not mapped yet."),
            Text(
                "Tulis di bawah items dengan kode butirnya, atau pindahkan ke bawah ignored.",
                "Write it below items with its item code, or move it below ignored.",
            ),
        )


def _unsound(mapped: Mapped, questionnaire: Questionnaire) -> Iterator[Issue]:
    file, where = mapped.file, mapped.document.where
    if file.questionnaire != questionnaire.id:
        yield Issue(
            where(("questionnaire",)),
            Text(
                f"Padanan ini untuk kuesioner “{file.questionnaire}”, padahal kuesioner kajian “{questionnaire.id}”.",
                f"This mapping is for the questionnaire “{file.questionnaire}”, the study has “{questionnaire.id}”.",
            ),
            Text("Buat yang baru dengan gscm study map.", "Make a new one with gscm study map."),
        )
    known = codes_of(questionnaire)
    named: list[tuple[tuple[str | int, ...], str]] = [
        ((name, code), code) for name in ("items", "reasons", "notes") for code in getattr(file, name)
    ]
    named += [(("choices", code), code) for code in file.choices if code != ALL]
    named += [(("checkboxes", i, "items", code), code) for i, one in enumerate(file.checkboxes) for code in one.items]
    for place, code in named:
        if code not in known:
            yield Issue(
                where(place),
                Text(f"Butir “{code}” tidak ada dalam kuesioner.", f"The questionnaire has no item “{code}”."),
                did_you_mean(code, known) or Text("Pakai kode butirnya.", "Use the code of the item."),
            )
    ticked = [code for boxes in file.checkboxes for code in boxes.items]
    for code in sorted({code for code in ticked if ticked.count(code) > 1 or code in file.items}):
        yield Issue(
            where(("items", code) if code in file.items else ("checkboxes",)),
            Text(f"Butir {code} dipadankan dua kali.", f"The item {code} is mapped twice."),
            Text("Pilih salah satu.", "Choose one of them."),
        )
    first: dict[str, Where] = {}
    for heading, at in mapped.headings():
        other = first.get(plain(heading))
        first.setdefault(plain(heading), at)
        if other is not None:
            yield Issue(
                at,
                Text(
                    f"Judul “{heading}” sudah dipakai di {other}.", f"The heading “{heading}” stands at {other}, too."
                ),
                Text("Satu judul satu butir; hapus salah satunya.", "One heading an item; remove one of them."),
            )


def codes_of(questionnaire: Questionnaire) -> frozenset[str]:
    """What can be answered: the items, and the indicators that may not apply as a whole."""
    items = questionnaire.items
    return frozenset(items) | {item.absence for item in items.values() if item.absence}


def mapping_text(file: MappingFile, remarks: Mapping[str, str], told: Iterable[str]) -> str:
    """The file to be saved; `told` are the lines of comment at its top, `remarks` those behind suggested codes."""
    lines = [f"# {line}".rstrip() for line in told]
    lines.append(f"questionnaire: {file.questionnaire}")
    for name in ("timestamp", "office", "respondent", "consent"):
        if (column := getattr(file, name)) is not None:
            lines += [f"{name}:", f"  heading: {_quoted(column.heading)}"]
            if getattr(column, "order", None):
                lines.append(f"  order: {column.order}")
    for name in ("items", "reasons", "notes", "suggested"):
        by_code = getattr(file, name)
        if by_code or name == "items":
            lines.append(f"{name}:" if by_code else f"{name}: {{}}")
        for code, heading in by_code.items():
            remark = f"  # {remarks[code]}" if name == "suggested" and code in remarks else ""
            lines.append(f"  {code}: {_quoted(heading)}{remark}")
    for name in ("undecided", "ignored"):
        if headings := getattr(file, name):
            lines += [f"{name}:", *(f"  - {_quoted(heading)}" for heading in headings)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """The text between quotation marks, as YAML reads it back."""
    return re.sub(
        r"[^\x20-\x7e]",
        lambda found: found[0] if found[0].isprintable() else _escaped(found[0]),
        json.dumps(text, ensure_ascii=False),
    )


def _escaped(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"
