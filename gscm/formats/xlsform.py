"""A questionnaire as XLSForm, for KoboToolbox and ODK: what is asked, in which order, and when it is passed over.

A field has a code: that of its item, or, for what goes with the item, the code and a word after a point
(`council.3.1.reason`). Names in the form are made of codes by `name_of`: points and hyphens, which some servers and
exports take for separators, become underscores, two and one, so that every name stands for one code.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from itertools import groupby
from typing import Any, Literal

from gscm.i18n import LANGUAGES, Language, Text, decimal, same
from gscm.model.tree import Node
from gscm.questionnaire.questionnaire import Item, Questionnaire
from gscm.questionnaire.relevance import (
    ALWAYS,
    NEVER,
    NOT_APPLICABLE,
    UNKNOWN,
    Rule,
    Rules,
    highest_xpath,
    is_chosen,
    rules_of,
    status_field,
    xpath,
)

FORM, CONSENT, OFFICE, RESPONDENT = "gscm.form", "gscm.consent", "gscm.office", "gscm.respondent"
OTHER = "other"
"""The name of the choice for evidence that is not among the examples."""

_COLUMN: Mapping[Language, str] = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
_YES, _NO = Text("Ya", "Yes"), Text("Tidak", "No")
_UNKNOWN, _ABSENT = Text("Tidak tahu", "Don't know"), Text("Tidak berlaku", "Not applicable")

Kind = Literal[
    "start", "end", "note", "text", "decimal", "calculate", "select_one", "select_multiple", "begin_group", "end_group"
]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose: its name is what is stored, its label what is shown."""

    name: str
    label: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the sheet `survey`; conditions in XPath, empty where there is none."""

    kind: Kind
    code: str
    label: Text | None = None
    hint: Text | None = None
    choices: tuple[Choice, ...] = ()
    relevant: str = ""
    required: bool = False
    constraint: str = ""
    refusal: Text | None = None
    calculation: str = ""
    appearance: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a study adds to its questionnaire.

    `told`, `question`, `agreed` and `declined` are the information and the question of consent; `offices` those who
    may answer, by id and name; `asked` the offices that are asked an item, all of them where it is not listed.
    """

    study: str
    subject: str
    title: Text
    told: tuple[Text, ...]
    question: Text
    agreed: Text
    declined: Text
    offices: tuple[tuple[str, str], ...]
    asked: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A form: its fields in order, its settings, and the stamp by which what comes back is known to be of it."""

    questionnaire: Questionnaire
    fields: tuple[Field, ...]
    stamp: str
    id: str
    title: Text
    version: str
    wholes: frozenset[str]


def name_of(code: str) -> str:
    """The name of a field in the form."""
    return code.replace("-", "_").replace(".", "__")


def form(questionnaire: Questionnaire, codes: Iterable[str], frame: Frame | None = None) -> Form:
    """The form with these items; that of a study asks for consent, office and respondent first."""
    rules = rules_of(questionnaire, codes)
    stamp = stamp_of(questionnaire, frame.study if frame else "")
    opening = tuple(_opening(frame)) if frame else ()
    asked = _Asked(questionnaire, rules, frame)
    fields = (
        Field("start", "start"),
        Field("end", "end"),
        Field("calculate", FORM, calculation=f"'{stamp}'"),
        *opening,
        *asked.fields(),
        *(Field("calculate", name, calculation=highest_xpath(tests, name_of)) for name, tests in rules.fields.items()),
    )
    digest = hashlib.sha256(json.dumps([_row(field, "") for field in fields]).encode()).hexdigest()
    subject = frame.subject if frame else ""
    title = questionnaire.title
    return Form(
        questionnaire=questionnaire,
        fields=fields,
        stamp=stamp,
        id="-".join((questionnaire.id, *((frame.study[:8],) if frame else ()))),
        title=Text(f"{title.id} · {subject}", f"{title.en} · {subject}") if subject else title,
        version=f"{questionnaire.version}-{digest[:8]}",
        wholes=rules.wholes,
    )


def stamp_of(questionnaire: Questionnaire, study: str) -> str:
    """Model, questionnaire and study that a form was made of, in one line."""
    model = questionnaire.model
    return " ".join((f"{model.id} {model.version} {questionnaire.id} {questionnaire.version}", study)).strip()


# -------------------------------------------------------------------------------------------------------- opening


def _opening(frame: Frame) -> Iterator[Field]:
    """Information and consent, then who answers; nobody who declines is asked anything."""
    yield Field("begin_group", "gscm.notice", frame.title, appearance="field-list")
    for number, text in enumerate(frame.told, 1):
        yield Field("note", f"gscm.notice.{number}", text)
    choices = (Choice("1", frame.agreed), Choice("0", frame.declined))
    yield Field("select_one", CONSENT, frame.question, choices=choices, required=True)
    yield Field("end_group", "gscm.notice")
    thanks = Text(
        "Terima kasih. Tidak ada pertanyaan untuk Anda; formulir ini dapat ditutup.",
        "Thank you. There are no questions for you; this form can be closed.",
    )
    yield Field("note", "gscm.declined", thanks, relevant=f"${{{name_of(CONSENT)}}} = 0")
    yield Field("begin_group", "gscm.who", Text("Siapa yang mengisi", "Who answers"), relevant=_consented())
    offices = tuple(Choice(id, same(name)) for id, name in frame.offices)
    if len(offices) == 1:
        yield Field("calculate", OFFICE, calculation=f"'{offices[0].name}'")
    else:
        yield Field("select_one", OFFICE, Text("Perangkat daerah", "Office"), choices=offices, required=True)
    yield Field(
        "text",
        RESPONDENT,
        Text("Kode responden atau token undangan", "Respondent code or invitation token"),
        Text(
            "Seperti pada undangan, misalnya bappeda-1. Jangan menulis nama atau NIP.",
            "As on the invitation, for example bappeda-1. Write neither a name nor a staff number.",
        ),
        required=True,
        constraint="regex(., '^[A-Za-z0-9_-]{3,64}$')",
        refusal=Text(
            "Hanya huruf, angka, tanda hubung, dan garis bawah, tanpa spasi.",
            "Letters, digits, hyphens and underscores only, no spaces.",
        ),
    )
    yield Field("end_group", "gscm.who")


def _consented() -> str:
    return f"${{{name_of(CONSENT)}}} = 1"


# ---------------------------------------------------------------------------------------------------------- items


class _Asked:
    """The items in the order of their rules, grouped as the model groups them."""

    def __init__(self, questionnaire: Questionnaire, rules: Rules, frame: Frame | None) -> None:
        self.questionnaire, self.model, self.rules, self.frame = questionnaire, questionnaire.model, rules, frame
        self.opened: dict[str, int] = {}

    def fields(self) -> Iterator[Field]:
        open_groups: list[tuple[str, Field]] = []
        shown = [code for code in self.rules.order if self.rules.relevant[code] != NEVER]
        for node_id, codes in groupby(shown, key=lambda code: self.questionnaire.items[code].node):
            path = [node.id for node in reversed(list(self.model.above(node_id))) if node.parent is not None]
            while open_groups and [id for id, _ in open_groups] != path[: len(open_groups)]:
                yield Field("end_group", open_groups.pop()[1].code)
            for id in path[len(open_groups) :]:
                group = self._group(self.model.nodes[id], "" if open_groups else self._agreed())
                open_groups.append((id, group))
                yield group
            yield from self._indicator(self.model.nodes[node_id], list(codes), "" if path else self._agreed())
        while open_groups:
            yield Field("end_group", open_groups.pop()[1].code)
        if rows := [node for node in self.model.nodes.values() if node.open]:
            yield _left_out(rows, self._agreed())

    def _agreed(self) -> str:
        return _consented() if self.frame else ""

    def _group(self, node: Node, relevant: str, appearance: str = "") -> Field:
        count = self.opened[node.id] = self.opened.get(node.id, 0) + 1
        code = f"{node.id}.group" + (f"-{count}" if count > 1 else "")
        return Field("begin_group", code, node.title, relevant=relevant, appearance=appearance)

    def _indicator(self, node: Node, codes: list[str], agreed: str) -> Iterator[Field]:
        offices = tuple(dict.fromkeys(office for code in codes for office in self._offices(code)))
        common = self._for(offices)
        group = self._group(node, _and(agreed, common, self._xpath(self.rules.groups[node.id])), "field-list")
        yield group
        if node.id in self.rules.wholes:
            yield from self._whole(node)
        about = node.about
        for code in codes:
            item = self.questionnaire.items[code]
            own = self._for(self._offices(code))
            relevant = _and("" if own == common else own, self._xpath(self.rules.relevant[code]))
            yield from self._item(item, relevant, item.help if item.help != about or code == codes[0] else None)
        yield Field("end_group", group.code)

    def _offices(self, code: str) -> tuple[str, ...]:
        known = tuple(id for id, _ in self.frame.offices) if self.frame else ()
        return self.frame.asked.get(code, known) if self.frame else ()

    def _for(self, offices: Sequence[str]) -> str:
        """The condition that one of these offices answers; none where all do."""
        if self.frame is None or {id for id, _ in self.frame.offices} <= set(offices):
            return ""
        return " or ".join(f"${{{name_of(OFFICE)}}} = '{office}'" for office in offices) or "false()"

    def _xpath(self, rule: Rule) -> str:
        return "" if rule == ALWAYS else xpath(rule, name_of)

    def _whole(self, node: Node) -> Iterator[Field]:
        title = node.title
        text = Text(
            f"{node.id}. Apakah “{title.id}” berlaku di daerah ini?", f"{node.id}. Does “{title.en}” apply here?"
        )
        choices = (Choice("1", Text("Ya, berlaku", "Yes, it applies")), Choice(str(NOT_APPLICABLE), _ABSENT))
        yield Field("select_one", node.id, text, choices=choices)
        yield _reason(node.id, node.id)

    def _item(self, item: Item, relevant: str, hint: Text | None) -> Iterator[Field]:
        code = item.code
        status, label = (
            status_field(self.questionnaire, code),
            Text(f"{code}. {item.text.id}", f"{code}. {item.text.en}"),
        )
        others = (Choice(str(UNKNOWN), _UNKNOWN), *_absent(item))
        if is_chosen(self.questionnaire, code):
            yield Field("select_one", code, label, hint, (*_choices(item), *others), relevant)
        else:
            known = Text("Ada angkanya", "The figure is at hand")
            yield Field("select_one", status, label, hint, (Choice("1", known), *others), relevant)
            yield self._figure(item, f"${{{name_of(status)}}} = 1")
        if item.fact.may_not_apply:
            yield _reason(code, status)
        yield from _evidence(item, self._shown(item))

    def _figure(self, item: Item, relevant: str) -> Field:
        node, fact = self.model.nodes[item.node], item.fact
        if fact.kind == "quantity" and node.quantity is not None:
            quantity = node.quantity
            label = Text(f"{item.code}: angka ({quantity.unit.id})", f"{item.code}: figure ({quantity.unit.en})")
            ends, possible = (quantity.least, quantity.most), quantity.possible
        else:
            label = Text(f"{item.code}: nilai", f"{item.code}: value")
            ends, possible = (fact.worst, fact.best), _between(fact.worst, fact.best)
        bounds = [f". {sign} {_plain(end)}" for sign, end in zip((">=", "<="), ends, strict=True) if end is not None]
        refusal = Text(f"Tulis {possible.id}.", f"Write {possible.en}.")
        return Field(
            "decimal", item.code, label, possible, (), relevant, constraint=" and ".join(bounds), refusal=refusal
        )

    def _shown(self, item: Item) -> str:
        """That the item has an answer that evidence can stand behind."""
        field = f"${{{name_of(item.code)}}}"
        if item.fact.kind == "criterion":
            return f"{field} = 1"
        if is_chosen(self.questionnaire, item.code):
            return f"{field} > 1 and {field} <= {item.levels[-1][0]}"
        return f"{field} != ''"


def _choices(item: Item) -> Iterator[Choice]:
    if item.fact.kind == "criterion":
        yield from (Choice("1", _YES), Choice("0", _NO))
    for number, name, meaning in item.levels:
        told = Text(f"{name.id}: {meaning.id}", f"{name.en}: {meaning.en}") if meaning else name
        yield Choice(str(number), Text(f"{number} {told.id}", f"{number} {told.en}"))


def _absent(item: Item) -> tuple[Choice, ...]:
    return (Choice(str(NOT_APPLICABLE), _ABSENT),) if item.fact.may_not_apply else ()


def _reason(code: str, status: str) -> Field:
    label = Text(f"{code}: mengapa tidak berlaku?", f"{code}: why does it not apply?")
    relevant = f"${{{name_of(status)}}} = {NOT_APPLICABLE}"
    return Field("text", f"{code}.reason", label, relevant=relevant, required=True)


def _evidence(item: Item, relevant: str) -> Iterator[Field]:
    """Which examples of evidence there are, where the questionnaire names any; then names and numbers."""
    code = item.code
    if item.evidence:
        choices = tuple(Choice(str(number), text) for number, text in enumerate(item.evidence, 1))
        other = Choice(OTHER, Text("Bukti lain", "Other evidence"))
        label = Text(f"{code}: bukti yang ada", f"{code}: evidence at hand")
        yield Field("select_multiple", f"{code}.evidence", label, choices=(*choices, other), relevant=relevant)
        relevant = f"${{{name_of(f'{code}.evidence')}}} != ''"
    label = Text(f"{code}: nama dan nomor buktinya", f"{code}: name and number of the evidence")
    hint = Text("Satu dokumen satu baris; boleh kosong.", "One document a line; may be left empty.")
    yield Field("text", f"{code}.documents", label, hint, relevant=relevant, appearance="multiline")


def _left_out(rows: Sequence[Node], agreed: str) -> Field:
    titles = Text("; ".join(node.title.id for node in rows), "; ".join(node.title.en for node in rows))
    told = Text(
        f"Tidak ditanyakan di formulir ini, karena diisi sebagai tabel: {titles.id}.",
        f"Not asked in this form, since it is filled in as a table: {titles.en}.",
    )
    return Field("note", "gscm.left-out", told, relevant=agreed)


def _between(low: Fraction, high: Fraction) -> Text:
    least, most = (Text(decimal(_plain(end), "id"), decimal(_plain(end), "en")) for end in (low, high))
    return Text(f"angka {least.id} sampai {most.id}", f"a number from {least.en} to {most.en}")


def _plain(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else str(float(number))


def _and(*conditions: str) -> str:
    told = [condition for condition in conditions if condition]
    return told[0] if len(told) == 1 else " and ".join(f"({condition})" for condition in told)


# ----------------------------------------------------------------------------------------------------------- file


def form_xlsx(of: Form, language: Language) -> bytes:
    """The form as a workbook; `language` is the one it opens in."""
    from openpyxl import Workbook

    book = Workbook()
    lists = _lists(of)
    _write(book.active, "survey", (_row(field, lists.get(field.choices, "")) for field in of.fields))
    choices = ((name, choice) for listed, name in lists.items() for choice in listed)
    _write(
        book.create_sheet(),
        "choices",
        ({"list_name": name, "name": choice.name, **_told("label", choice.label)} for name, choice in choices),
    )
    settings = {
        "form_title": of.title[language],
        "form_id": of.id,
        "version": of.version,
        "default_language": _COLUMN[language],
        "style": "pages",
    }
    _write(book.create_sheet(), "settings", [settings])
    book.properties.creator = "gscm"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _lists(of: Form) -> dict[tuple[Choice, ...], str]:
    """A name for every list of choices; fields with the same choices share it."""
    found = dict.fromkeys(field.choices for field in of.fields if field.choices)
    return {choices: f"choices_{number}" for number, choices in enumerate(found, 1)}


def _row(field: Field, choices: str) -> dict[str, str]:
    row = {"type": f"{field.kind} {choices}".strip(), "name": name_of(field.code)}
    if field.kind == "end_group":
        return row
    row |= _told("label", field.label) | _told("hint", field.hint) | _told("constraint_message", field.refusal)
    row |= {
        "relevant": field.relevant,
        "required": "yes" if field.required else "",
        "constraint": field.constraint,
        "calculation": field.calculation,
        "appearance": field.appearance,
    }
    return row


def _told(column: str, text: Text | None) -> dict[str, str]:
    """The columns of a text; what would be taken for a reference to a field is not left to look like one."""
    shown = text or same("")
    return {f"{column}::{_COLUMN[language]}": shown[language].replace("${", "$ {") for language in LANGUAGES}


def _write(sheet: Any, title: str, rows: Iterable[Mapping[str, str]]) -> None:
    """The rows under the headings of the columns that any of them fills."""
    listed = list(rows)
    headings = [
        name for name in dict.fromkeys(name for row in listed for name in row) if any(r.get(name) for r in listed)
    ]
    sheet.title = title
    for number, row in enumerate(({name: name for name in headings}, *listed), 1):
        for column, name in enumerate(headings, 1):
            if text := row.get(name, ""):
                cell = sheet.cell(number, column)
                cell.value = text
                cell.data_type = "s"  # never a formula
    sheet.freeze_panes = "A2"
