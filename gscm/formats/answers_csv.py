"""Answers as plain CSV: long (one answer a row) or wide (one respondent a row, one item a column)."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import StringIO
from itertools import chain
from pathlib import Path

from gscm import csvfile
from gscm.errors import FaultsFound, Issue, Where
from gscm.formats.cell import Choices, Fault, Roll, free_text, safe, without
from gscm.formats.times import Order, seen_in, time_in
from gscm.i18n import Text
from gscm.model.tree import STAGES, Stage
from gscm.questionnaire.questionnaire import Questionnaire
from gscm.responses.given import Given

LONG: Mapping[str, tuple[str, ...]] = {
    "office": ("opd", "skpd", "perangkat daerah", "perangkat_daerah"),
    "respondent": ("responden",),
    "item": ("butir", "kode butir", "kode_butir", "code"),
    "stage": ("tahap",),
    "value": ("jawaban", "nilai", "answer"),
    "reason": ("alasan",),
    "note": ("catatan",),
    "fact_note": ("fakta",),
    "analysis": ("analisis",),
    "justification": ("justifikasi",),
    "at": ("waktu", "time", "timestamp"),
    "channel": ("kanal",),
}
"""The columns of the long form, and other headings for each."""

_JUDGED = ("fact_note", "analysis", "justification")
_WIDE = ("office", "respondent", "stage", "at", "channel")
_KEYS = {alias: key for key, aliases in LONG.items() for alias in (key, *aliases)}
_KEPT = 4096


def read_answers(
    path: Path,
    questionnaire: Questionnaire,
    roll: Roll | None = None,
    office: str | None = None,
    stage: Stage = STAGES[0],
) -> Iterator[Given | Issue]:
    """The answers in a CSV file, row by row; long if it has a column `item`, wide otherwise.

    `office` is that of every row where there is no such column. Rows of another stage than `stage` are left out, and
    counted. Raises Unreadable or FaultsFound when the first row is asked for.
    """
    name = str(path)
    with csvfile.stream(path) as (headings, lines):
        columns, issues = _columns(name, headings, office)
        if issues:
            raise FaultsFound(issues)
        order = _order(path, headings[columns["at"]], columns["at"], lines.delimiter) if "at" in columns else "dmy"
        mark = "." if lines.delimiter == "," else ","
        table = _Table(name, headings, columns, Choices(questionnaire, mark), roll or Roll(), order)
        codes = questionnaire.items.keys() | {item.absence for item in questionnaire.items.values() if item.absence}
        yield from table.answers(lines, codes, office or "", stage)


def _columns(name: str, headings: Sequence[str], office: str | None) -> tuple[dict[str, int], list[Issue]]:
    """Where the columns of known meaning stand, and what is wrong with the headings."""
    columns: dict[str, int] = {}
    issues = []
    for index, heading in enumerate(headings):
        key = _KEYS.get(heading.casefold())
        if key in columns:
            other = headings[columns[key]]
            issues.append(
                Issue(
                    Where(name, 1),
                    Text(f"Kolom “{other}” dan “{heading}” berarti sama.", f"“{other}” and “{heading}” mean the same."),
                    Text("Hapus atau ganti judul salah satunya.", "Remove or rename one of them."),
                )
            )
        elif key:
            columns[key] = index
    if "office" not in columns and office is None:
        issues.append(
            Issue(
                Where(name, 1),
                Text("Tidak ada kolom perangkat daerah.", "There is no column for the office."),
                Text(
                    "Beri judul office (atau OPD), atau sebutkan --office.",
                    "Head it office (or OPD), or name it by --office.",
                ),
            )
        )
    if "item" in columns and "value" not in columns:
        issues.append(
            Issue(
                Where(name, 1),
                Text("Tidak ada kolom jawaban.", "There is no column for the answers."),
                Text("Beri judul value (atau jawaban).", "Head it value (or answer)."),
            )
        )
    return columns, issues


def _order(path: Path, heading: str, column: int, delimiter: str) -> Order:
    """The order of day and month in the column of times. Raises FaultsFound where it cannot be told."""
    with csvfile.stream(path) as (_, lines):
        seen = seen_in(cells[column] for _, cells in lines if column < len(cells))
    if len(seen.orders) == 1:
        return next(iter(seen.orders))
    if seen.orders and (not seen.depends or seen.dotted or delimiter != "," or heading.casefold() == "waktu"):
        return "dmy"
    raise FaultsFound(
        Issue(
            Where(str(path), 1),
            Text(
                f"Kolom “{heading}”: tidak jelas apakah hari atau bulan yang ditulis lebih dahulu.",
                f"Column “{heading}”: it cannot be told whether the day or the month comes first.",
            ),
            Text(
                "Tulis waktunya seperti 2026-11-22 13:05, atau hapus kolomnya.",
                "Write the times like 2026-11-22 13:05, or remove the column.",
            ),
        )
    )


class _Table:
    """Takes the rows of a table one by one."""

    def __init__(
        self,
        name: str,
        headings: Sequence[str],
        columns: Mapping[str, int],
        choices: Choices,
        roll: Roll,
        order: Order,
    ) -> None:
        self.name, self.headings, self.columns = name, headings, columns
        self.choices, self.roll, self.order = choices, roll, order
        self.office = lru_cache(_KEPT)(roll.office)
        self.respondent = lru_cache(_KEPT)(roll.respondent)
        self.stranger = lru_cache(_KEPT)(roll.stranger)

    def answers(self, lines: csvfile.Lines, codes: Iterable[str], office: str, stage: Stage) -> Iterator[Given | Issue]:
        known = frozenset(codes)
        is_long = "item" in self.columns
        items = [] if is_long else [(index, h) for index, h in enumerate(self.headings) if h in known]
        if not is_long:
            yield from self._unknown({index for index, _ in items})
        elsewhere: Counter[str] = Counter()
        first: dict[tuple[str, str], int] = {}
        for line, cells in lines:
            if (said := self._cell(cells, "stage")) and said != stage:
                elsewhere[said] += 1
                continue
            where = Where(self.name, line)
            if len(cells) > len(self.headings):
                yield csvfile.too_long(self.name, line, len(cells), len(self.headings))
                continue
            author = self.respondent(self._cell(cells, "respondent"))
            if isinstance(author, Fault):
                yield self._issue(where, author, "respondent")
                continue
            told = self._cell(cells, "office") or office or self.roll.people.get(author, "")
            if not told and (author or not self._cell(cells, "stage")):
                yield _no_office(where)
                continue
            who = (self.office(told), author)
            if stage == STAGES[0] and (fault := self.stranger(author, who[0])):
                yield self._issue(where, fault, "respondent")
                continue
            at = yield from self._time(cells, where)
            if is_long:
                yield from self._long(cells, who, at, where)
            elif first.setdefault(who, line) == line:
                yield from self._wide(cells, items, who, at, where)
            else:
                yield twice(where, who, first[who])
        yield from (_of_stage(self.name, said, count) for said, count in elsewhere.items())

    def _cell(self, cells: Sequence[str], key: str) -> str:
        index = self.columns.get(key)
        return cells[index] if index is not None and index < len(cells) else ""

    def _time(self, cells: Sequence[str], where: Where) -> Generator[Issue, None, str | None]:
        text = self._cell(cells, "at")
        at = time_in(text, self.order) if text else None
        if text and at is None:
            yield self._issue(where, no_time(text), "at")
        return at

    def _long(
        self, cells: Sequence[str], who: tuple[str, str], at: str | None, where: Where
    ) -> Iterator[Given | Issue]:
        told: dict[str, str] = {}
        refused: dict[str, Fault] = {}
        for key in ("reason", "note", *_JUDGED):
            text = free_text(self._cell(cells, key))
            if isinstance(text, Fault):
                refused[key] = text
            told[key] = "" if isinstance(text, Fault) else text
        item = self._cell(cells, "item")
        answer = self.choices.answer(item, self._cell(cells, "value"), told["reason"], told["note"])
        for key, fault in refused.items():
            what = without(fault.what, key) if isinstance(answer, dict) else fault.what
            yield self._issue(where, Fault(what, fault.remedy), key)
        if isinstance(answer, Fault):
            yield self._issue(where, answer, "value")
        elif answer is not None:
            judged = {key: told[key] for key in _JUDGED if told[key]}
            yield Given(*who, item, {**answer, **judged}, at, where)

    def _wide(
        self,
        cells: Sequence[str],
        items: Iterable[tuple[int, str]],
        who: tuple[str, str],
        at: str | None,
        where: Where,
    ) -> Iterator[Given | Issue]:
        for index, item in items:
            answer = self.choices.answer(item, cells[index]) if index < len(cells) else None
            if isinstance(answer, Fault):
                yield in_column(where, answer, item)
            elif answer is not None:
                yield Given(*who, item, answer, at, where)

    def _unknown(self, items: set[int]) -> Iterator[Issue]:
        for index, heading in enumerate(self.headings):
            if index not in items and index not in [self.columns.get(key) for key in _WIDE]:
                yield Issue(
                    Where(self.name, 1),
                    Text(
                        f"Kolom “{heading}” bukan kode butir dan tidak diimpor.",
                        f"The column “{heading}” is no item code and is not taken in.",
                    ),
                    Text(
                        "Pakai kode butir sebagai judul, atau hapus kolomnya.", "Head it by an item code, or remove it."
                    ),
                )

    def _issue(self, where: Where, fault: Fault, key: str) -> Issue:
        return in_column(where, fault, self.headings[self.columns[key]])


def _no_office(where: Where) -> Issue:
    return Issue(
        where,
        Text("Perangkat daerahnya kosong; baris ini tidak diimpor.", "The office is empty; this row is not taken in."),
        Text(
            "Isi selnya, atau sebutkan --office. Untuk daerah sebagai keseluruhan, isi juga kolom stage.",
            "Fill in the cell, or name it by --office. For the subject as a whole fill in the column stage.",
        ),
    )


def in_column(where: Where, fault: Fault, heading: str) -> Issue:
    """What is wrong with the cell of a row below this heading."""
    what = Text(f"Kolom “{heading}”: {fault.what.id}", f"Column “{heading}”: {fault.what.en}")
    return Issue(where, what, fault.remedy)


def no_time(text: str) -> Fault:
    """Why a cell is no time."""
    return Fault(
        Text(f"“{text}” bukan waktu; waktunya dilewati.", f"“{text}” is no time; it is passed over."),
        Text("Tulis seperti 2026-11-22 13:05.", "Write it like 2026-11-22 13:05."),
    )


def twice(where: Where, who: tuple[str, str], line: int) -> Issue:
    """What is wrong with a row by somebody who has a row already, on `line`."""
    told = " · ".join(filter(None, who))
    return Issue(
        where,
        Text(
            f"“{told}” sudah menjawab pada baris {line}; baris ini tidak diimpor.",
            f"“{told}” has answered on line {line}; this row is not taken in.",
        ),
        Text("Satu responden satu baris; isi kolom responden.", "One row a respondent; fill in who it is."),
    )


def _of_stage(name: str, said: str, count: int) -> Issue:
    remedy = Text("Tahapnya: ", "The stages: ")
    known = ", ".join(STAGES)
    again = Text(
        f"Impor lagi dengan --stage {said}, atau hapus barisnya.", f"Import again with --stage {said}, or remove them."
    )
    return Issue(
        Where(name),
        Text(
            f"{count} baris dari tahap “{said}” tidak diimpor.", f"{count} rows of the stage “{said}” are not taken in."
        ),
        again if said in STAGES else Text(remedy.id + known + ".", remedy.en + known + "."),
    )


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a CSV file for a spreadsheet; no cell is ever taken for a formula."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in chain((headings,), rows):
        writer.writerow([safe(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
