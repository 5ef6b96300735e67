"""Tables to be read and printed as a workbook: frozen headings, widths, A4 landscape; no cell is ever a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Any

MAX_CELL = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_FONT, _SIZE, _LEADING, _TALLEST = "Calibri", 9, 1.3, 409
_FORMULA_LIKE = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its headings with the width of their columns, and its rows."""

    title: str
    headings: tuple[tuple[str, int], ...]
    rows: Iterable[Sequence[str | int]]
    frozen: int = 0
    """How many columns stay in sight when the sheet is moved sideways, and stand on every page."""
    pages: int = 1
    """How many pages side by side hold its columns in print."""


def codebook(sheets: Sequence[Sheet], title: str) -> bytes:
    """The workbook with these sheets, in this order."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for one in sheets:
        _write(book.create_sheet(one.title), one, title)
    book.properties.creator, book.properties.title = "gscm", title
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write(sheet: Any, one: Sheet, title: str) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color="BFBFBF")
    border, wrapped = Border(line, line, line, line), Alignment(wrap_text=True, vertical="top")
    bold, fill = Font(name=_FONT, size=_SIZE, bold=True), PatternFill("solid", fgColor="D9E2F3")
    plain = Font(name=_FONT, size=_SIZE)
    last = 1
    for column, (heading, width) in enumerate(one.headings, 1):
        cell = _put(sheet, 1, column, heading)
        cell.font, cell.fill, cell.alignment, cell.border = bold, fill, wrapped, border
        sheet.column_dimensions[get_column_letter(column)].width = width
    for last, cells in enumerate(one.rows, 2):
        for column, content in enumerate(cells, 1):
            cell = _put(sheet, last, column, content)
            cell.font, cell.alignment, cell.border = plain, wrapped, border
        sheet.row_dimensions[last].height = _height(cells, one.headings)
    sheet.row_dimensions[1].height = _height([heading for heading, _ in one.headings], one.headings)
    sheet.freeze_panes = sheet.cell(2, one.frozen + 1)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(one.headings))}{last}"
    sheet.print_title_rows = "1:1"
    if one.frozen:
        sheet.print_title_cols = f"A:{get_column_letter(one.frozen)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = one.pages, 0
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = title.replace("&", "&&"), "&P/&N"


def _height(cells: Sequence[str | int], headings: Sequence[tuple[str, int]]) -> float:
    """The height in points that holds all lines of the cells; programs do not work it out when they open a file."""
    lines = [
        sum(max(ceil(len(line) / max(width - 1, 1)), 1) for line in str(cell).split("\n"))
        for cell, (_, width) in zip(cells, headings, strict=True)
    ]
    return min(max(lines, default=1) * _SIZE * _LEADING + 3, _TALLEST)


def _put(sheet: Any, row: int, column: int, content: str | int) -> Any:
    """The cell with this text or number; never a formula, whatever it starts with."""
    cell = sheet.cell(row, column)
    if isinstance(content, int):
        cell.value = content
    elif content:
        cell.value = _CONTROL.sub(" ", content)[:MAX_CELL]
        cell.data_type = "s"
        cell.quotePrefix = content.startswith(_FORMULA_LIKE)
    return cell
