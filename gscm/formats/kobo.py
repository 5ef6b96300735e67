"""What KoboToolbox and ODK export, read back: the submissions of a form, row by row, however the export was set.

A column is recognised by the name of its field or by its label in either language, with or without the groups before
it, whatever stands between them; a cell by the name of the choice or by its label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from gscm import csvfile
from gscm.errors import FaultsFound, Issue, Where, did_you_mean
from gscm.formats.cell import Choices, Fault, even, free_text
from gscm.formats.times import time_in
from gscm.formats.xlsform import CONSENT, FORM, OFFICE, OTHER, RESPONDENT, Choice, Field, Form, name_of
from gscm.formats.xlsx import is_workbook, read_table
from gscm.i18n import LANGUAGES, Text
from gscm.questionnaire.relevance import NOT_APPLICABLE, UNKNOWN, is_chosen, status_field
from gscm.responses.given import Given

_TIME = ("_submission_time", "submissiondate")
_ID = ("_uuid", "instanceid", "key")
_MARKS = frozenset((*_TIME, "_uuid", "instanceid", "__version__", *(name_of(code) for code in (FORM, CONSENT, OFFICE))))
_META = frozenset(
    (
        *_TIME, *_ID, "start", "end", "today", "deviceid", "username", "phonenumber", "simserial", "subscriberid",
        "audit", "instancename", "deprecatedid", "rootuuid", "uuid", "submitterid", "submittername", "status",
        "attachmentspresent", "attachmentsexpected", "reviewstate", "edits", "formversion", "audio",
    )
)  # fmt: skip
"""Columns that servers add, without what stands before them (`meta/`, `formhub/`); so do all that begin with “_”."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One row: who sent it and when, and its cells, which are read when they are asked for.

    `consented` and `respondent` are None where the export has no such column; `at` is the time at which it was `sent`,
    in UTC, ISO 8601.
    """

    where: Where
    id: str
    sent: str
    at: str | None
    stamp: str
    consented: bool | None
    office: str
    respondent: str | None
    columns: _Columns
    cells: Sequence[str]

    def answers(self, office: str, author: str) -> Iterator[Given | Issue]:
        """What it answers, as that of this respondent, and what is wrong with its cells."""
        said, issues = self.columns.said(self.cells, self.where)
        yield from issues
        yield from self.columns.answers(said, office, author, self.at, self.where)


def is_submissions(path: Path) -> bool:
    """Whether the headings are those of an export of KoboToolbox or ODK. Raises Unreadable or FaultsFound."""
    with _rows(path) as (headings, _):
        bases = {_base(heading) for heading in headings}
        return bool(bases & _MARKS) or {"start", "end"} <= bases


def read_submissions(path: Path, form: Form) -> Iterator[Submission | Issue]:
    """The submissions in the order of the file; at the end, what its columns hold besides.

    Raises Unreadable, or FaultsFound where no column is one of the form.
    """
    with _rows(path) as (headings, rows):
        columns = _Columns(form, headings, path)
        for where, cells, refused in rows:
            yield from refused
            yield columns.submission(cells, where)
        yield from columns.issues


def in_order(
    read: Callable[[], Iterable[Submission | Issue]], author: Callable[[Submission], Hashable]
) -> Iterator[Submission | Issue]:
    """The same, those of one author by time, so that the latest comes last; what an author sent twice is held back.

    `read` is called twice: the first time only to count.
    """
    left = Counter(author(one) for one in read() if isinstance(one, Submission))
    waiting: dict[Hashable, list[Submission]] = {}
    for one in read():
        if isinstance(one, Issue):
            yield one
            continue
        key = author(one)
        left[key] -= 1
        waiting.setdefault(key, []).append(one)
        if not left[key]:
            yield from sorted(waiting.pop(key), key=lambda held: (held.at or "", held.id))


_Rows = Iterator[tuple[Where, Sequence[str], tuple[Issue, ...]]]


@contextmanager
def _rows(path: Path) -> Iterator[tuple[tuple[str, ...], _Rows]]:
    """The headings and the rows of a CSV file or of the first sheet of a workbook."""
    if is_workbook(path):
        rows = read_table(path)
        headings = next(rows, (1, [], ()))[1]
        yield tuple(headings), ((Where(f"{path}", number), cells, refused) for number, cells, refused in rows)
        rows.close()
        return
    with csvfile.stream(path, unique=False) as (found, lines):
        yield found, ((Where(str(path), line), cells, ()) for line, cells in lines)


def _base(heading: str) -> str:
    return re.split(r"[/:.-]", heading)[-1].casefold()


class _Columns:
    """What each column is: a field, one choice of a field, or what servers add."""

    def __init__(self, form: Form, headings: Sequence[str], path: Path) -> None:
        self.form, self.where = form, Where(str(path), 1)
        self.choices = Choices(form.questionnaire, ".")
        self.known = dict(_known(form.fields))
        self.lists = {field.choices: _list(field.choices) for field in form.fields if field.choices}
        self.fields: dict[int, Field] = {}
        self.details: dict[int, tuple[Field, str]] = {}
        self.meta: dict[str, int] = {}
        self.issues: list[Issue] = []
        unknown = []
        for index, heading in enumerate(headings):
            if not self._place(index, heading):
                unknown.append(heading)
        items = [f for f in self.fields.values() if f.code in form.questionnaire.items or f.code in form.wholes]
        if not items:
            raise FaultsFound(_of_another_form(self.where, unknown, self.known))
        if unknown:
            self.issues.append(_not_taken(self.where, unknown))

    def _place(self, index: int, heading: str) -> bool:
        """Note what a column is; False where it is nothing known."""
        if field := self._field(heading):
            if any(field is known for known in self.fields.values()):
                self.issues.append(_twice(self.where, heading, field))
            else:
                self.fields[index] = field
            return True
        if detail := self._detail(heading):
            self.details[index] = detail
            return True
        base = _base(heading)
        self.meta.setdefault(base, index)
        return not heading or heading.startswith("_") or base in _META or base.startswith("_")

    def _field(self, heading: str) -> Field | None:
        """The field that a heading names: all of it, or what stands behind the groups."""
        text = even(heading)
        starts = (0, *(i + 1 for i, letter in enumerate(text) if not (letter.isalnum() or letter == "_")))
        return next((self.known[text[start:].strip()] for start in starts if text[start:].strip() in self.known), None)

    def _detail(self, heading: str) -> tuple[Field, str] | None:
        """The field and the choice, where a heading names both."""
        for match in re.finditer(r"[^\w]", heading):
            field = self._field(heading[: match.start()])
            if field and field.kind == "select_multiple":
                choice = self.lists[field.choices].get(even(heading[match.end() :]))
                if choice:
                    return field, choice
        return None

    def submission(self, cells: Sequence[str], where: Where) -> Submission:
        head = {field.code: cells[i] for i, field in self.fields.items() if i < len(cells) and field.code in _HEAD}
        consent, sent = head.get(CONSENT, ""), self._meta(cells, _TIME)
        return Submission(
            where=where,
            id=self._meta(cells, _ID),
            sent=sent,
            at=moment(sent),
            stamp=head.get(FORM, ""),
            consented=self._consented(consent) if consent else None,
            office=self._office(head.get(OFFICE, "")),
            respondent=head.get(RESPONDENT, "") if self._has(RESPONDENT) else None,
            columns=self,
            cells=cells,
        )

    def _has(self, code: str) -> bool:
        return any(field.code == code for field in self.fields.values())

    def _meta(self, cells: Sequence[str], names: Iterable[str]) -> str:
        found = (self.meta[name] for name in names if name in self.meta)
        return next((cells[index] for index in found if index < len(cells) and cells[index]), "")

    def _consented(self, text: str) -> bool:
        return self._chosen(CONSENT, text) == "1"

    def _office(self, text: str) -> str:
        return self._chosen(OFFICE, text) or text

    def _chosen(self, code: str, text: str) -> str | None:
        field = next(field for field in self.form.fields if field.code == code)
        return self.lists[field.choices].get(_even_choice(text)) if field.choices else text

    def said(self, cells: Sequence[str], where: Where) -> tuple[dict[str, Any], list[Issue]]:
        """What the cells of the items say, by the code of the field: the name of a choice, names of choices, a text."""
        said: dict[str, Any] = {}
        issues: list[Issue] = []
        for index, field in self.fields.items():
            text = cells[index] if index < len(cells) else ""
            if not text or text.casefold() == "n/a" or field.code in _HEAD:
                continue
            value = self._value(field, text)
            if isinstance(value, Fault):
                issues.append(Issue(where, *value))
            else:
                said[field.code] = value
        for index, (field, choice) in self.details.items():
            text = cells[index] if index < len(cells) else ""
            if text.casefold() not in _OFF and field.code not in said:
                said[field.code] = (choice,)
            elif text.casefold() not in _OFF and choice not in said[field.code]:
                said[field.code] = (*said[field.code], choice)
        return said, issues

    def _value(self, field: Field, text: str) -> str | tuple[str, ...] | Fault:
        if field.kind == "select_one":
            return self.lists[field.choices].get(_even_choice(text)) or _no_choice(field, text)
        if field.kind == "select_multiple":
            return _several(self.lists[field.choices], text) or _no_choice(field, text)
        return free_text(text) if field.kind == "text" else text

    def answers(
        self, said: Mapping[str, Any], office: str, author: str, at: str | None, where: Where
    ) -> Iterator[Given | Issue]:
        """The answers of one submission."""
        questionnaire = self.form.questionnaire
        for code in chain(self.form.wholes, questionnaire.items):
            status = said.get(status_field(questionnaire, code))
            told: dict[str, Any] | Fault | None
            if status in _STATUS:
                told = {"status": _STATUS[status], "reason": said.get(f"{code}.reason")}
                told = {key: text for key, text in told.items() if text is not None}
            elif code in self.form.wholes or code not in said:
                continue
            elif is_chosen(questionnaire, code) and questionnaire.items[code].fact.kind == "criterion":
                told = {"value": said[code] == "1"}
            else:
                told = self.choices.answer(code, said[code])
            if isinstance(told, Fault):
                yield Issue(where, Text(f"{code}: {told.what.id}", f"{code}: {told.what.en}"), told.remedy)
            elif told:
                if "status" not in told and (evidence := self._evidence(code, said)):
                    told["evidence"] = evidence
                yield Given(office, author, code, told, at, where)

    def _evidence(self, code: str, said: Mapping[str, Any]) -> list[str]:
        """The kinds of evidence ticked, in the words of the questionnaire, then the documents named."""
        examples = self.form.questionnaire.items[code].evidence
        ticked = sorted(int(choice) for choice in said.get(f"{code}.evidence", ()) if choice != OTHER)
        named = str(said.get(f"{code}.documents", "")).splitlines()
        return [*(examples[number - 1].id for number in ticked), *(line.strip() for line in named if line.strip())]


_HEAD = frozenset((FORM, CONSENT, OFFICE, RESPONDENT))
_STATUS = {str(NOT_APPLICABLE): "not_applicable", str(UNKNOWN): "unknown"}
_OFF = frozenset(("", "0", "0.0", "false", "n/a", "no", "tidak"))


def _known(fields: Iterable[Field]) -> Iterator[tuple[str, Field]]:
    """The texts by which a heading can name a field: its name, its code, its labels."""
    for field in fields:
        if field.kind not in ("begin_group", "end_group", "start", "end"):
            yield even(name_of(field.code)), field
            yield even(field.code), field
            for language in LANGUAGES:
                if field.label:
                    yield even(field.label[language]), field


def _list(choices: Iterable[Choice]) -> dict[str, str]:
    """The name of each choice by all that a cell can say for it."""
    found: dict[str, str] = {}
    for choice in choices:
        for text in (choice.name, *(choice.label[language] for language in LANGUAGES)):
            found.setdefault(even(text), choice.name)
    return found


def _even_choice(text: str) -> str:
    return even(text).removesuffix(".0")


def _several(choices: Mapping[str, str], text: str) -> tuple[str, ...]:
    """The choices that a cell holds one after the other; () where something in it is none of them."""
    left, found = even(text), dict[str, None]()
    longest_first = sorted(choices, key=len, reverse=True)
    while left:
        label = next((one for one in longest_first if re.match(rf"{re.escape(one)}(?!\w)", left)), None)
        if label is None:
            return ()
        found[choices[label]] = None
        left = left[len(label) :].lstrip(" ,;|")
    return tuple(found)


def moment(text: str) -> str | None:
    """A time as exports write it, and as spreadsheets re-write it, in UTC with milliseconds; None where it is none.

    Servers tell times in UTC; the day comes before the month, as Indonesian spreadsheets write it.
    """
    return time_in(text.strip(), "dmy", "UTC")


# ---------------------------------------------------------------------------------------------------------- faults


def _no_choice(field: Field, text: str) -> Fault:
    return Fault(
        Text(f"“{text}” bukan pilihan “{field.code}”.", f"“{text}” is no choice of “{field.code}”."),
        Text(
            f"Pilihannya: {', '.join(choice.name for choice in field.choices)}.",
            f"The choices: {', '.join(choice.name for choice in field.choices)}.",
        ),
    )


def _of_another_form(where: Where, headings: Sequence[str], known: Iterable[str]) -> Issue:
    near = next((text for heading in headings if (text := did_you_mean(_base(heading), known))), None)
    return Issue(
        where,
        Text("Tidak ada kolom yang cocok dengan formulir kajian ini.", "No column fits the form of this study."),
        near
        or Text(
            "Impor ekspor dari formulir yang dibuat dengan gscm study export --format xlsform.",
            "Import an export of the form made by gscm study export --format xlsform.",
        ),
    )


def _not_taken(where: Where, headings: Sequence[str]) -> Issue:
    names = ", ".join(headings)
    return Issue(
        where,
        Text(f"Kolom yang tidak dikenal, tidak diambil: {names}.", f"Columns not known, and not taken in: {names}."),
        Text(
            "Yang tercantum dalam formulir kajian ini diambil semua.",
            "All that the form of this study has were taken in.",
        ),
    )


def _twice(where: Where, heading: str, field: Field) -> Issue:
    return Issue(
        where,
        Text(
            f"Kolom “{heading}” ada lagi untuk “{field.code}”; hanya yang pertama dibaca.",
            f"The column “{heading}” is a second one for “{field.code}”; only the first is read.",
        ),
        Text("Hapus salah satunya.", "Remove one of them."),
    )
