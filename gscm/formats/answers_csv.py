"""Answers as plain CSV: long (one answer a row) or wide (one respondent a row, one item a column)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import chain
from pathlib import Path

from gscm import csvfile
from gscm.errors import FaultsFound, Issue, Where
from gscm.i18n import Text
from gscm.responses.given import Given, written

LONG: Mapping[str, tuple[str, ...]] = {
    "office": ("opd", "skpd", "perangkat daerah", "perangkat_daerah"),
    "respondent": ("responden",),
    "item": ("butir", "kode butir", "kode_butir", "code"),
    "value": ("jawaban", "nilai", "answer"),
    "reason": ("alasan",),
    "note": ("catatan",),
    "at": ("waktu", "time", "timestamp"),
}
"""The columns of the long form, and other headings for each."""

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def read_answers(path: Path, criteria: frozenset[str], office: str | None = None) -> Iterator[Given]:
    """The answers in a CSV file, row by row; long if it has a column `item`, wide otherwise.

    `criteria` are the items that yes and no answer; `office` is that of every row where there is no such column.
    Raises Unreadable or FaultsFound when the first row is asked for.
    """
    name = str(path)
    with csvfile.stream(path) as (headings, lines):
        known = {alias: key for key, aliases in LONG.items() for alias in (key, *aliases)}
        columns = {known[h.casefold()]: i for i, h in enumerate(headings) if h.casefold() in known}
        if "office" not in columns and office is None:
            raise FaultsFound(
                Issue(
                    Where(name, 1),
                    Text("Tidak ada kolom perangkat daerah.", "There is no column for the office."),
                    Text(
                        "Beri judul office (atau OPD), atau sebutkan --office.",
                        "Head it office (or OPD), or name it by --office.",
                    ),
                )
            )
        items = [(i, h) for i, h in enumerate(headings) if h.casefold() not in known]
        for line, cells in lines:
            row = _Row(cells, columns, Where(name, line), office)
            yield from _long(row, criteria) if "item" in columns else _wide(row, items, criteria)


class _Row:
    """One row, whose cells are asked for by the name of their column."""

    def __init__(self, cells: list[str], columns: Mapping[str, int], where: Where, office: str | None) -> None:
        self.cells, self.columns, self.where = cells, columns, where
        self.office = self.get("office") or office or ""
        self.author = self.get("respondent") or ""
        self.at = self.get("at")

    def get(self, name: str) -> str | None:
        return self.cell(self.columns[name]) if name in self.columns else None

    def cell(self, index: int) -> str | None:
        cell = self.cells[index] if index < len(self.cells) else ""
        return (cell[1:] if cell[:1] == "'" and cell[1:2] in _RISKY else cell) or None


def _long(row: _Row, criteria: frozenset[str]) -> Iterator[Given]:
    item = row.get("item") or ""
    answer = written(row.get("value") or "", item in criteria, row.get("reason"), row.get("note"))
    if answer is not None:
        yield Given(row.office, row.author, item, answer, row.at, row.where)


def _wide(row: _Row, items: Sequence[tuple[int, str]], criteria: frozenset[str]) -> Iterator[Given]:
    for index, item in items:
        answer = written(row.cell(index) or "", item in criteria)
        if answer is not None:
            yield Given(row.office, row.author, item, answer, row.at, row.where)


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a CSV file for a spreadsheet; no cell is ever taken for a formula."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in chain((headings,), rows):
        writer.writerow([safe(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def safe(cell: str) -> str:
    """The cell so that no spreadsheet runs it: text that starts like a formula gets an apostrophe before it.

    Reading takes that apostrophe off again.
    """
    if cell[:1] in _RISKY and not _is_figure(cell):
        return f"'{cell}"
    return cell


def _is_figure(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
