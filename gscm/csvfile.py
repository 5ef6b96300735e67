"""Tables as spreadsheets save them: comma or semicolon, a byte order mark or none, every row with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from gscm.errors import FaultsFound, Issue, Unreadable, Where
from gscm.i18n import Text

MAX_ROWS = 100_000
MAX_LINE = 1_000_000


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
                issues.append(_too_long(name, line, len(cells), len(headings)))
            filled = {heading: cell for heading, cell in zip(headings, cells, strict=False) if cell}
            if filled:
                rows.append(TableRow(line, filled))
            if len(rows) > MAX_ROWS:
                issues.append(_too_many(name))
                break
    if issues:
        raise FaultsFound(issues)
    return Table(name, headings, tuple(rows))


Lines = Iterator[tuple[int, list[str]]]
"""The rows that are not blank, each with the line on which it starts, its cells stripped."""


@contextmanager
def stream(path: Path, shown: str | None = None) -> Iterator[tuple[tuple[str, ...], Lines]]:
    """Open a CSV file: its headings, and its rows as they are read, so that memory does not grow with the file.

    Raises Unreadable (missing, a folder, not UTF-8) or FaultsFound (no heading, a heading twice).
    """
    name = shown or str(path)
    where = Where(name)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline(MAX_LINE)
            file.seek(0)
            lines = _lines(file, max(";,\t", key=first.count))
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
            if issues := tuple(_faulty_headings(name, headings)):
                raise FaultsFound(issues)
            yield headings, lines
    except UnicodeDecodeError:
        raise Unreadable(
            Issue(
                where,
                Text("Tabel ini bukan teks UTF-8.", "This table is not UTF-8 text."),
                Text(
                    "Simpan lagi dari aplikasi lembar kerja sebagai “CSV UTF-8”.",
                    "Save it again from the spreadsheet as “CSV UTF-8”.",
                ),
            )
        ) from None
    except csv.Error:
        raise Unreadable(
            Issue(
                where,
                Text("Tabel ini memuat sel yang terlalu panjang.", "This table holds a cell that is too long."),
                Text("Periksa tanda petik yang tidak ditutup.", "Look for a quotation mark that is not closed."),
            )
        ) from None
    except OSError:
        raise Unreadable(
            Issue(
                where,
                Text("Tabel ini tidak dapat dibaca.", "This table cannot be read."),
                Text("Periksa nama, folder, dan izinnya.", "Check its name, its folder and its permissions."),
            )
        ) from None


def _lines(file: TextIO, delimiter: str) -> Lines:
    reader = csv.reader(file, delimiter=delimiter)
    start = 1
    for cells in reader:
        stripped = [cell.strip() for cell in cells]
        while stripped and not stripped[-1]:
            stripped.pop()
        if stripped:
            yield start, stripped
        start = reader.line_num + 1


def _too_many(name: str) -> Issue:
    return Issue(
        Where(name),
        Text(f"Tabel ini memuat lebih dari {MAX_ROWS} baris.", f"This table holds more than {MAX_ROWS} rows."),
        Text("Bagi menjadi beberapa tabel.", "Split it into several tables."),
    )


def _faulty_headings(name: str, headings: tuple[str, ...]) -> Iterator[Issue]:
    for index, heading in enumerate(headings):
        if not heading:
            yield Issue(
                Where(name, 1),
                Text(f"Kolom ke-{index + 1} tidak berjudul.", f"Column {index + 1} has no heading."),
                Text("Beri judul, atau hapus kolomnya.", "Give it a heading, or remove the column."),
            )
        elif heading in headings[:index]:
            yield Issue(
                Where(name, 1),
                Text(f"Kolom “{heading}” ada dua.", f"There are two columns “{heading}”."),
                Text("Hapus atau ganti judul salah satunya.", "Remove or rename one of them."),
            )


def _too_long(name: str, line: int, cells: int, headings: int) -> Issue:
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
