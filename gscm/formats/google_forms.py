"""Responses of a Google form as CSV: the headings are the texts of its questions, a row is one person.

A heading belongs to an item where it carries the item's code or its very words. Whatever else it may be, a person
decides: `gscm study map` writes that down in a file (see `mapping`), and the closest words are but a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from gscm import csvfile
from gscm.errors import FaultsFound, Issue, Where
from gscm.formats.answers_csv import LONG, in_column, no_time, twice
from gscm.formats.cell import Choices, Fault, Roll, even, free_text, plain, without
from gscm.formats.mapping import ALL, Checkboxes, Mapped, MappingFile, TimeColumn, codes_of
from gscm.formats.times import Order, seen_in, time_in
from gscm.i18n import LANGUAGES, Text
from gscm.questionnaire.questionnaire import Questionnaire
from gscm.responses.given import Given, figures
from gscm.yamlfile import Document

_STAMPS = {"timestamp": None, "stempel waktu": "id", "cap waktu": "id"}
"""What a form calls the column of times, and the language of the form where that tells it."""

Kind = Literal["timestamp", "office", "respondent", "consent", "items", "reasons", "notes", "ignored"]
_KNOWN: Mapping[str, Kind] = {
    **dict.fromkeys(_STAMPS, "timestamp"),
    **dict.fromkeys(("office", "nama perangkat daerah", "nama opd", *LONG["office"]), "office"),
    **dict.fromkeys(
        ("respondent", "responden", "kode responden", "respondent code", "token", "token undangan", "invitation token"),
        "respondent",
    ),
    **dict.fromkeys(("consent", "persetujuan"), "consent"),
    **dict.fromkeys(("email address", "alamat email", "alamat surel", "email", "username", "nama pengguna"), "ignored"),
}
"""Headings that forms make by themselves, or that say what they are, be it in brackets before them ("[OPD] Di mana …").

Addresses of people are never taken in.
"""

_BESIDE: Mapping[str, Kind] = {"alasan": "reasons", "reason": "reasons", "catatan": "notes", "note": "notes"}
_AGREED = (
    "ya", "setuju", "saya setuju", "bersedia", "saya bersedia", "ya, saya bersedia",
    "yes", "agree", "i agree", "i consent", "yes, i agree",
)  # fmt: skip
_GRID = re.compile(r"(?P<question>.*?)\s*\[(?P<row>.*)\]\Z", re.DOTALL)
_MARKED = re.compile(r"\s*\[([^\[\]]+)\]")
_BRACKETS = re.compile(r"\[([^\[\]]+)\]")
_FIRST_WORD = re.compile(r"(?P<code>\S+?)(?P<stop>[.:)]*)(?:\s+(?P<rest>.*))?\Z", re.DOTALL)
_NEAR = 60.0


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the headings of a file say by themselves, and those that do not. `doubled`: a heading, and its equal."""

    mapping: MappingFile
    left: tuple[str, ...]
    doubled: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The item whose words come closest to a heading, and how close, in percent."""

    heading: str
    code: str
    score: int


def is_google_forms(path: Path) -> bool:
    """Whether a CSV file begins with the column of times that a form makes. Raises Unreadable or FaultsFound."""
    with csvfile.stream(path, unique=False) as (headings, _):
        items = ("item", *LONG["item"])
        return plain(headings[0]) in _STAMPS and not any(heading.casefold() in items for heading in headings)


# ------------------------------------------------------------------------------------------------------- headings


def headings_of(path: Path) -> tuple[str, ...]:
    """The headings of a file. Raises Unreadable or FaultsFound."""
    with csvfile.stream(path, unique=False) as (headings, _):
        return headings


def recognised(headings: Sequence[str], questionnaire: Questionnaire) -> Recognised:
    """The headings that carry an item's code or its very words, or are known to say what they are."""
    words = _Words(questionnaire)
    taken: dict[tuple[Kind, str], str] = {}
    ignored, left, doubled = [], [], []
    for heading in headings:
        meant = words.meant_by(heading)
        if meant is None:
            left.append(heading)
        elif meant[0] == "ignored":
            ignored.append(heading)
        elif meant in taken:
            doubled.append((heading, taken[meant]))
        else:
            taken[meant] = heading
    columns: dict[str, Any] = {kind: {"heading": told} for (kind, code), told in taken.items() if not code}
    for (kind, code), told in taken.items():
        if code:
            columns.setdefault(kind, {})[code] = told
    columns |= {"questionnaire": questionnaire.id, "ignored": tuple(ignored)}
    return Recognised(MappingFile.model_validate(columns), tuple(left), tuple(doubled))


class _Words:
    """What headings can be known by: the codes of the items, and their texts where no other item has the same."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.codes = {code.casefold(): code for code in codes_of(questionnaire)}
        self.texts: dict[str, str | None] = {}
        for code, item in questionnaire.items.items():
            for text in {plain(item.text[language]) for language in LANGUAGES}:
                self.texts[text] = None if text in self.texts else code

    def meant_by(self, heading: str) -> tuple[Kind, str] | None:
        """The kind of a heading and the code of its item; None where it cannot be told for certain."""
        marked = _MARKED.match(heading)
        if kind := _KNOWN.get(plain(heading)) or (_KNOWN.get(plain(marked[1])) if marked else None):
            return kind, ""
        grid = _GRID.match(heading)
        texts = [plain(heading), *([plain(grid["row"])] if grid else [])]
        exact = next((code for text in texts if (code := self.texts.get(text))), None)
        coded = self._coded(heading, grid["row"] if grid else None)
        if coded is None:
            return ("items", exact) if exact else None
        code, rest = coded
        kind = _BESIDE.get(plain(rest), "items")
        of_another = {self.texts.get(plain(rest)), exact} - {None, code}
        return None if of_another else (kind, code)

    def _coded(self, heading: str, row: str | None) -> tuple[str, str] | None:
        """The one code that a heading carries, and the heading without it."""
        found = [(found[0], code) for found in _BRACKETS.finditer(heading) if (code := self._code(found[1]))]
        if len(found) == 1:
            return found[0][1], heading.replace(found[0][0], " ")
        for text in (heading, *([row] if row else [])):
            first = _FIRST_WORD.match(text.strip())
            code = first and self._code(first["code"])
            if first and code:
                rest = first["rest"] or ""
                if first["stop"] or not rest or plain(rest).startswith("- "):
                    return code, plain(rest).removeprefix("- ")
        return None

    def _code(self, text: str) -> str | None:
        return self.codes.get(text.strip().casefold())


def suggestions(left: Iterable[str], questionnaire: Questionnaire, taken: Iterable[str]) -> tuple[Suggestion, ...]:
    """For each heading that is left the item with the closest words, in either language; each item once at most."""
    from rapidfuzz import fuzz, process

    free = questionnaire.items.keys() - set(taken)
    texts = {
        (code, language): plain(item.text[language])
        for code, item in questionnaire.items.items()
        if code in free
        for language in LANGUAGES
    }
    pairs = []
    for heading in left:
        grid = _GRID.match(heading)
        for told in (heading, *([grid["row"]] if grid else [])):
            near = process.extract(plain(told), texts, scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR, limit=5)
            pairs += [(score, heading, key[0]) for _, score, key in near]
    found: dict[str, Suggestion] = {}
    for score, heading, code in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if heading not in found and code in free:
            found[heading] = Suggestion(heading, code, round(score))
            free = free - {code}
    return tuple(found.values())


def order_told(path: Path, heading: str) -> Order | Fault:
    """Whether day or month comes first in the column of times, by its values and the language of its heading."""
    name = plain(heading)
    with csvfile.stream(path, unique=False) as (headings, lines):
        column = next(index for index, other in enumerate(headings) if plain(other) == name)
        seen = seen_in(cells[column] for _, cells in lines if column < len(cells))
    if len(seen.orders) == 1:
        return next(iter(seen.orders))
    if seen.orders and (not seen.depends or seen.dotted or _STAMPS.get(name) == "id"):
        return "dmy"
    if seen.orders:
        what = Text(
            "tidak jelas apakah hari atau bulan yang ditulis lebih dahulu.",
            "it cannot be told whether the day or the month comes first.",
        )
    else:
        what = Text("urutan hari dan bulannya tidak seragam.", "day and month are not in one order.")
    return Fault(
        what,
        Text(
            "Tulis timestamp: {heading: …, order: dmy} (atau mdy) dalam berkas padanan.",
            "Write timestamp: {heading: …, order: dmy} (or mdy) in the mapping.",
        ),
    )


# -------------------------------------------------------------------------------------------------------- answers


def read_responses(
    path: Path,
    questionnaire: Questionnaire,
    roll: Roll,
    office: str | None = None,
    mapped: Mapped | None = None,
    study: str = "STUDY",
) -> Iterator[Given | Issue]:
    """The answers in a file, row by row.

    `office` is that of every row where there is no such column; `study` is what a command that makes a mapping names.
    Raises Unreadable or FaultsFound when the first row is asked for.
    """
    name = str(path)
    headings = headings_of(path)
    if mapped is None:
        found = recognised(headings, questionnaire)
        if issues := [*_doubled(name, found.doubled), *_not_known(name, found.left, study)]:
            raise FaultsFound(issues)
        mapped = Mapped(found.mapping, Document(name, {}))
    if issues := [*_mismatched(name, headings, mapped), *_nobody(name, mapped.file, office)]:
        raise FaultsFound(issues)
    time = mapped.file.timestamp
    order = _order(path, time) if time else "dmy"
    form = _Form(name, headings, mapped.file, Choices(questionnaire), roll, order)
    with csvfile.stream(path, unique=False) as (_, lines):
        for line, cells in lines:
            if len(cells) > len(headings):
                yield csvfile.too_long(name, line, len(cells), len(headings))
            else:
                yield from form.answers(Where(name, line), cells, office)


def _order(path: Path, time: TimeColumn) -> Order:
    if time.order:
        return time.order
    told = order_told(path, time.heading)
    if isinstance(told, Fault):
        raise FaultsFound(in_column(Where(str(path), 1), told, time.heading))
    return told


def _doubled(name: str, doubled: Iterable[tuple[str, str]]) -> Iterator[Issue]:
    for heading, other in doubled:
        yield Issue(
            Where(name, 1),
            Text(
                f"Kolom “{heading}” dan “{other}” berarti butir yang sama.",
                f"The columns “{heading}” and “{other}” mean the same.",
            ),
            Text("Hapus salah satunya, atau bedakan judulnya.", "Remove one of them, or tell their headings apart."),
        )


def _not_known(name: str, left: Iterable[str], study: str) -> Iterator[Issue]:
    call = f"gscm study map {study} {name} --out mapping.yaml"
    for heading in left:
        yield Issue(
            Where(name, 1),
            Text(
                f"Kolom “{heading}” tidak memuat kode butir atau bunyi pertanyaan kuesioner.",
                f"The column “{heading}” has neither the code of an item nor the words of its question.",
            ),
            Text(f"Padankan dahulu: {call}", f"Map it first: {call}"),
        )


def _mismatched(name: str, headings: Sequence[str], mapped: Mapped) -> Iterator[Issue]:
    """What the file has and the mapping has not, and the other way round."""
    told = dict.fromkeys(map(plain, headings), 0)
    spoken_of = {plain(heading) for heading, _ in mapped.headings()}
    ignored = {plain(heading) for heading in mapped.file.ignored}
    for heading in headings:
        told[plain(heading)] += 1
        if plain(heading) not in spoken_of:
            yield Issue(
                Where(name, 1),
                Text(f"Kolom “{heading}” tidak ada dalam padanan.", f"The column “{heading}” is not in the mapping."),
                Text(
                    "Tulis judulnya di bawah items dengan kode butirnya, atau di bawah ignored.",
                    "Write its heading below items with the item code, or below ignored.",
                ),
            )
        elif told[plain(heading)] == 2 and plain(heading) not in ignored:
            yield Issue(
                Where(name, 1),
                Text(f"Ada beberapa kolom “{heading}”.", f"There are several columns “{heading}”."),
                Text("Bedakan judulnya; butir satu kolom saja.", "Tell their headings apart; an item is one column."),
            )
    for heading, where in mapped.headings():
        if plain(heading) not in told and plain(heading) not in ignored:
            yield Issue(
                where,
                Text(f"Kolom “{heading}” tidak ada dalam {name}.", f"There is no column “{heading}” in {name}."),
                Text("Perbaiki judulnya, atau hapus barisnya.", "Correct the heading, or remove its line."),
            )


def _nobody(name: str, file: MappingFile, office: str | None) -> Iterator[Issue]:
    if file.office is None and file.respondent is None and office is None:
        yield Issue(
            Where(name, 1),
            Text(
                "Tidak ada kolom perangkat daerah atau responden.", "There is no column for the office or respondent."
            ),
            Text("Padankan satu kolom, atau sebutkan --office.", "Map a column to it, or name it by --office."),
        )


@dataclass(slots=True)
class _Form:
    """Takes the rows of a form one by one."""

    name: str
    headings: Sequence[str]
    mapping: MappingFile
    choices: Choices
    roll: Roll
    order: Order
    columns: dict[str, int] = field(init=False)
    texts: dict[str, dict[str, str]] = field(init=False)
    last: dict[tuple[str, str], tuple[int, str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = {plain(heading): index for index, heading in enumerate(self.headings)}
        self.texts = {
            code: {plain(text): _as_cell(value) for text, value in values.items()}
            for code, values in self.mapping.choices.items()
        }

    def answers(self, where: Where, cells: Sequence[str], office: str | None) -> Iterator[Given | Issue]:
        """What one row says."""
        mapping = self.mapping
        who = self._who(cells, office)
        if not isinstance(who, tuple):
            yield in_column(where, who.fault, who.heading)
            return
        at = None
        if mapping.timestamp and (text := self._cell(cells, mapping.timestamp.heading)):
            at = time_in(text, self.order, mapping.timestamp.zone)
            if at is None:
                yield in_column(where, no_time(text), mapping.timestamp.heading)
        before, when = self.last.get(who, (0, ""))
        if before and not who[1]:
            yield twice(where, who, before)
            return
        if (at or "") < when:
            yield _older(where, who[1], before)
            return
        self.last[who] = (where.line or 0, at or when)
        yield from self._answers(cells, who, at, where)
        for boxes in mapping.checkboxes:
            ticked = _ticked(self._cell(cells, boxes.heading), boxes)
            if isinstance(ticked, Fault):
                yield in_column(where, ticked, boxes.heading)
                continue
            for code, value in ticked.items():
                yield Given(*who, code, {"value": value}, at, where)

    def _answers(
        self, cells: Sequence[str], who: tuple[str, str], at: str | None, where: Where
    ) -> Iterator[Given | Issue]:
        for code, heading in self.mapping.items.items():
            beside, refused = self._beside(cells, code)
            answer = self._answer(cells, code, heading, beside)
            for key, (under, fault) in refused.items():
                what = without(fault.what, key) if isinstance(answer, dict) else fault.what
                yield in_column(where, Fault(what, fault.remedy), under)
            if isinstance(answer, _At):
                yield in_column(where, answer.fault, answer.heading)
            elif answer is not None:
                yield Given(*who, code, answer, at, where)

    def _cell(self, cells: Sequence[str], heading: str) -> str:
        index = self.columns[plain(heading)]
        return cells[index] if index < len(cells) else ""

    def _who(self, cells: Sequence[str], office: str | None) -> tuple[str, str] | _At:
        """The office and the author of a row; or why it says nothing, and below which heading."""
        mapping, author = self.mapping, ""
        if consent := mapping.consent:
            said = self._cell(cells, consent.heading)
            if plain(said) not in map(plain, consent.agreed or _AGREED):
                return _At(consent.heading, _not_agreed(said))
        if mapping.respondent:
            found = self.roll.respondent(self._cell(cells, mapping.respondent.heading))
            if isinstance(found, Fault) or not found:
                return _At(mapping.respondent.heading, found if isinstance(found, Fault) else _NO_RESPONDENT)
            author = found
        if mapping.office:
            told = self._cell(cells, mapping.office.heading)
            if not told:
                return _At(mapping.office.heading, _NO_OFFICE)
            known = {plain(text): id for text, id in mapping.office.offices.items()}
            office = self.roll.office(known.get(plain(told), told))
        if mapping.respondent:
            office = office or self.roll.people.get(author)
            fault = _not_registered(author) if office is None else self.roll.stranger(author, office)
            if fault:
                return _At(mapping.respondent.heading, fault)
        return office or "", author

    def _beside(self, cells: Sequence[str], code: str) -> tuple[dict[str, str], dict[str, tuple[str, Fault]]]:
        """The texts beside an answer; and what is wrong with those that are not taken, with their headings."""
        good: dict[str, str] = {}
        refused: dict[str, tuple[str, Fault]] = {}
        for key, headings in (("reason", self.mapping.reasons), ("note", self.mapping.notes)):
            if code in headings:
                text = free_text(self._cell(cells, headings[code]))
                if isinstance(text, Fault):
                    refused[key] = headings[code], text
                else:
                    good[key] = text
        return good, refused

    def _answer(
        self, cells: Sequence[str], code: str, heading: str, beside: Mapping[str, str]
    ) -> dict[str, Any] | _At | None:
        told = self._cell(cells, heading)
        meant = self.texts.get(code, {}).get(plain(told)) or self.texts.get(ALL, {}).get(plain(told)) or told
        answer = self.choices.answer(code, meant, beside.get("reason"), beside.get("note"))
        if isinstance(answer, dict) and not self._is_choice(code, answer):
            answer = Fault(
                Text(f"“{told}” bukan jawaban butir {code}.", f"“{told}” is no answer to the item {code}."),
                Text(
                    "Perbaiki selnya, atau tulis artinya di bawah choices dalam berkas padanan.",
                    "Correct the cell, or write what it means below choices in the mapping.",
                ),
            )
        return _At(heading, answer) if isinstance(answer, Fault) else answer

    def _is_choice(self, code: str, answer: Mapping[str, Any]) -> bool:
        """Whether the answer is of the kind that the item asks; its bounds are looked at when it is taken in."""
        if "status" in answer:
            return True
        item = self.choices.questionnaire.items.get(code)
        criterion = item is None or item.fact.kind == "criterion"
        value = answer["value"]
        return isinstance(value, bool) if criterion else len(figures(str(value), ".")) == 1


@dataclass(frozen=True, slots=True)
class _At:
    """What is wrong with a cell, and the heading below which it stands."""

    heading: str
    fault: Fault


def _as_cell(value: Any) -> str:
    """A value of the mapping in the words of a cell."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


_BETWEEN = re.compile(r" ?[,;] ?")


def _is_next(rest: str, label: str) -> bool:
    return rest.startswith(label) and _BETWEEN.match(rest, len(label)) is not None


def _ticked(cell: str, boxes: Checkboxes) -> dict[str, bool] | Fault:
    """Yes for the boxes that are ticked and no for the others; nothing where the question was left out."""
    labels = {even(text): code for code, text in boxes.items.items()}
    if boxes.none is not None:
        labels[even(boxes.none)] = ""
    longest_first = sorted(labels, key=len, reverse=True)
    rest, ticked = even(cell), set[str]()
    if not rest:
        return {}
    while rest:
        label = next((one for one in longest_first if rest == one or _is_next(rest, one)), None)
        if label is None:
            return Fault(
                Text(f"“{rest}” bukan salah satu pilihannya.", f"“{rest}” is none of its choices."),
                Text(
                    "Tulis pilihan itu di bawah checkboxes dalam berkas padanan, atau perbaiki selnya.",
                    "Write that choice below checkboxes in the mapping, or correct the cell.",
                ),
            )
        ticked.add(labels[label])
        rest = _BETWEEN.sub("", rest[len(label) :], count=1)
    if "" in ticked and len(ticked) > 1:
        return Fault(
            Text(f"“{boxes.none}” dipilih bersama pilihan lain.", f"“{boxes.none}” is ticked with other choices."),
            Text("Perbaiki selnya.", "Correct the cell."),
        )
    return {code: code in ticked for code in boxes.items}


def _older(where: Where, author: str, line: int) -> Issue:
    return Issue(
        where,
        Text(
            f"“{author}” menjawab lagi sesudahnya, pada baris {line}; baris ini tidak diimpor.",
            f"“{author}” has answered again since, on line {line}; this row is not taken in.",
        ),
        Text("Urutkan barisnya menurut waktu, atau hapus baris ini.", "Sort the rows by time, or remove this one."),
    )


def _not_registered(author: str) -> Fault:
    return Fault(
        Text(f"responden “{author}” tidak terdaftar.", f"there is no respondent “{author}”."),
        Text("Perbaiki kodenya, atau undang dahulu.", "Correct the code, or invite them first."),
    )


_NO_OFFICE = Fault(
    Text("perangkat daerahnya kosong; barisnya tidak diimpor.", "it is empty; the row is not taken in."),
    Text("Isi perangkat daerahnya.", "Fill in the office."),
)
_NO_RESPONDENT = Fault(
    Text("respondennya kosong; barisnya tidak diimpor.", "it is empty; the row is not taken in."),
    Text("Isi nama samaran atau token undangannya.", "Fill in the pseudonym or the token of the invitation."),
)


def _not_agreed(said: str) -> Fault:
    return Fault(
        Text(
            f"“{said}” bukan persetujuan; barisnya tidak diimpor.",
            f"“{said}” gives no consent; the row is not taken in.",
        ),
        Text(
            "Bila itu persetujuan, tulis kata-katanya di bawah consent: agreed dalam berkas padanan.",
            "If it does, write its words below consent: agreed in the mapping.",
        ),
    )
