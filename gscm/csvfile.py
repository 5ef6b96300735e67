"""Tables as spreadsheets save them: comma or semicolon, a byte order mark or none, every row with its line."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from gscm.errors import FaultsFound, Issue, Unreadable, Where
from gscm.i18n import Text

MAX_ROWS = 100_000
MAX_LINE = 1_000_000
MAX_CELL = 131_072


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: the line on which it starts, and its cells by heading, stripped; blank ones are left out."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `headings` in order; rows that are blank throughout are left out."""

    file: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]


def read(path: Path, shown: str | None = None) -> Table:
    """Read one CSV file as a whole; `shown` is the name that messages use for it.

    Raises what `stream` raises, with the faults of all rows at once.
    """
    name = shown or str(path)
    with stream(path, name) as (headings, lines):
        issues: list[Issue] = []
        rows: list[TableRow] = []
        for line, cells in lines:
            if len(cells) > len(headings):
                issues.append(too_long(name, line, len(cells), len(headings)))
            filled = {heading: cell for heading, cell in zip(headings, cells, strict=False) if cell}
            if filled:
                rows.append(TableRow(line, filled))
            if len(rows) > MAX_ROWS:
                issues.append(_too_many(name))
                break
    if issues:
        raise FaultsFound(issues)
    return Table(name, headings, tuple(rows))


@contextmanager
def stream(path: Path, shown: str | None = None, unique: bool = True) -> Iterator[tuple[tuple[str, ...], Lines]]:
    """Open a CSV file: its headings, and its rows as they are read, so that memory does not grow with the file.

    `unique` refuses a heading that stands there twice. Raises Unreadable (missing, a folder, no text in UTF-8 or
    UTF-16) before the first row is given, or FaultsFound (no heading, a heading twice).
    """
    name = shown or str(path)
    with _told(name):
        file = path.open(encoding=_encoding(path, name), newline="")
    with file:
        lines = Lines(file, name)
        head = next(lines, None)
        if head is None:
            raise FaultsFound(
                Issue(
                    Where(name, 1),
                    Text("Tabel ini kosong.", "This table is empty."),
                    Text("Baris pertama memuat judul kolom.", "The first row holds the headings of the columns."),
                )
            )
        headings = tuple(head[1])
        if issues := tuple(_faulty_headings(name, headings, unique)):
            raise FaultsFound(issues)
        yield headings, lines


class Lines(Iterator[tuple[int, list[str]]]):
    """The rows that are not blank, each with the line on which it starts, its cells stripped."""

    def __init__(self, file: TextIO, name: str) -> None:
        self.name = name
        with _told(name):
            first = file.readline(MAX_LINE)
            announced = _ANNOUNCED.match(first)
            self.start = 2 if announced else 1
            self.delimiter = announced[1] if announced else _delimiter(file)
            if not announced:
                file.seek(0)
        self.rows = csv.reader(_bounded(file), delimiter=self.delimiter)
        self.before = self.start - 1

    def __next__(self) -> tuple[int, list[str]]:
        while True:
            try:
                cells = next(self.rows)
            except (OSError, csv.Error) as error:
                raise _hindered(self.name, error) from None
            if any(len(cell) > MAX_CELL for cell in cells):  # the limit of `csv` is one for all that use it
                raise _hindered(self.name, csv.Error())
            line, self.start = self.start, self.before + self.rows.line_num + 1
            stripped = [cell.strip() for cell in cells]
            while stripped and not stripped[-1]:
                stripped.pop()
            if stripped:
                return line, stripped


_ANNOUNCED = re.compile(r"\"?sep=([;,\t|])\"?\r?\n?\Z", re.IGNORECASE)
"""The first line by which Excel is told the separator."""


def _delimiter(file: TextIO) -> str:
    """The separator by which most of the first rows have as many cells as there are headings."""

    def agreement(delimiter: str) -> tuple[bool, int]:
        file.seek(0)
        try:
            rows = [row for row in islice(csv.reader(_bounded(file), delimiter=delimiter), _LOOKED_AT) if any(row)]
        except csv.Error:  # read by the wrong separator, a cell may seem endless
            return False, 0
        width = len(rows[0]) if rows else 0
        return width > 1, sum(len(row) == width for row in rows)

    return max(";,\t", key=agreement)


_LOOKED_AT = 20


def _bounded(file: TextIO) -> Iterator[str]:
    while line := file.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise csv.Error
        yield line


def _encoding(path: Path, name: str) -> str:
    """UTF-8 or, where the file starts with its mark, UTF-16; read through to its end. Raises Unreadable."""
    with path.open("rb") as file:
        encoding = "utf-16" if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        line = 1
        while True:
            piece = file.read(_PIECE)
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                raise Unreadable(_no_text(name, line)) from None
            if "\0" in text:
                raise Unreadable(_no_text(name, line + text[: text.index("\0")].count("\n")))
            if not piece:
                return encoding
            line += text.count("\n")


_PIECE = 1 << 16


def _no_text(name: str, line: int) -> Issue:
    return Issue(
        Where(name, line),
        Text("Tabel ini bukan teks UTF-8.", "This table is not UTF-8 text."),
        Text(
            "Simpan lagi dari aplikasi lembar kerja sebagai “CSV UTF-8”.",
            "Save it again from the spreadsheet as “CSV UTF-8”.",
        ),
    )


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Say what hinders reading in a sentence."""
    try:
        yield
    except (OSError, csv.Error) as error:
        raise _hindered(name, error) from None


def _hindered(name: str, error: OSError | csv.Error) -> Unreadable:
    if isinstance(error, OSError):
        what = Text("Tabel ini tidak dapat dibaca.", "This table cannot be read.")
        remedy = Text("Periksa nama, folder, dan izinnya.", "Check its name, its folder and its permissions.")
        return Unreadable(Issue(Where(name), what, remedy))
    what = Text(
        "Tabel ini memuat sel atau baris yang terlalu panjang.", "This table holds a cell or a row that is too long."
    )
    remedy = Text("Periksa tanda petik yang tidak ditutup.", "Look for a quotation mark that is not closed.")
    return Unreadable(Issue(Where(name), what, remedy))


def _too_many(name: str) -> Issue:
    return Issue(
        Where(name),
        Text(f"Tabel ini memuat lebih dari {MAX_ROWS} baris.", f"This table holds more than {MAX_ROWS} rows."),
        Text("Bagi menjadi beberapa tabel.", "Split it into several tables."),
    )


def _faulty_headings(name: str, headings: tuple[str, ...], unique: bool) -> Iterator[Issue]:
    for index, heading in enumerate(headings):
        if not heading:
            yield Issue(
                Where(name, 1),
                Text(f"Kolom ke-{index + 1} tidak berjudul.", f"Column {index + 1} has no heading."),
                Text("Beri judul, atau hapus kolomnya.", "Give it a heading, or remove the column."),
            )
        elif unique and heading in headings[:index]:
            yield Issue(
                Where(name, 1),
                Text(f"Kolom “{heading}” ada dua.", f"There are two columns “{heading}”."),
                Text("Hapus atau ganti judul salah satunya.", "Remove or rename one of them."),
            )


def too_long(name: str, line: int, cells: int, headings: int) -> Issue:
    """What is wrong with a row of more cells than there are columns."""
    return Issue(
        Where(name, line),
        Text(
            f"Baris ini memuat {cells} sel, padahal hanya ada {headings} kolom.",
            f"This row holds {cells} cells, but there are only {headings} columns.",
        ),
        Text(
            "Apit teks yang memuat tanda pemisah dengan tanda petik.",
            "Put a text that holds the separator between quotation marks.",
        ),
    )
