"""The table of actions and costs that a planner keeps: CSV or XLSX, read row by row; and an empty one to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

from gscm import csvfile
from gscm.errors import FaultsFound, Issue, Where, did_you_mean
from gscm.formats.answers_csv import csv_text
from gscm.formats.xlsx import is_workbook, merged_cells, read_table
from gscm.i18n import Language, Text
from gscm.model.tree import Model
from gscm.roadmap.actions import BAND_NAMES, COLUMNS, Action, Cells, document_name, office_name
from gscm.roadmap.nomenclature import rank_of


def read_costs(path: Path) -> tuple[Cells, ...]:
    """The rows of a table of actions, cells by the name of their column.

    Raises Unreadable where it is no table, FaultsFound where its headings are not known or a cell cannot be read.
    """
    table = read_sheet(path)
    if is_workbook(path) and (merged := merged_cells(path)):
        raise FaultsFound(_merged(path, one) for one in merged)
    columns = _columns(table.headings, Where(table.file, 1))
    rows = tuple(
        Cells(Where(table.file, row.line), {columns[heading]: cell for heading, cell in row.cells.items()})
        for row in table.rows
    )
    if issues := tuple(_codes_refused(rows)):
        raise FaultsFound(issues)
    return rows


def _codes_refused(rows: Iterable[Cells]) -> Iterator[Issue]:
    """What stands in the column nomenclature and is no code of a programme, activity or sub-activity."""
    remedy = Text(
        "Tulis kode program, kegiatan, atau sub kegiatan seperti 2.16.03 atau 2.16.03.1.02.0031, dalam sel berformat "
        "teks; kosongkan bila belum ada.",
        "Write the code of a programme, activity or sub-activity, like 2.16.03 or 2.16.03.1.02.0031, in a cell "
        "formatted as text; leave it empty where there is none yet.",
    )
    for row in rows:
        code = row.by_column.get("nomenclature")
        rank = rank_of(code) if code else "programme"
        if rank is None:
            what = Text(f"“{code}” bukan kode nomenklatur.", f"“{code}” is no nomenclature code.")
            yield Issue(row.where, what, remedy)
        elif rank == "field":
            what = Text(
                f"Kode “{code}” berhenti di bidang urusan.", f"The code “{code}” ends at a field of government."
            )
            yield Issue(row.where, what, remedy)


def read_sheet(path: Path) -> csvfile.Table:
    """A table as CSV, or the first sheet of a workbook. Raises Unreadable, or FaultsFound with the cells refused."""
    if not is_workbook(path):
        return csvfile.read(path)
    rows = read_table(path)
    first = next(rows, None)
    if first is None:
        raise FaultsFound(
            Issue(
                Where(str(path)),
                Text("Lembar pertama workbook ini kosong.", "The first sheet of this workbook is empty."),
                Text("Baris pertama memuat judul kolom.", "The first row holds the headings of the columns."),
            )
        )
    headings, issues, found = first[1], list(first[2]), []
    while headings and not headings[-1]:
        headings = headings[:-1]
    for number, cells, refused in rows:
        issues += refused
        said = {heading: cell.strip() for heading, cell in zip(headings, cells, strict=False) if cell.strip()}
        found.append(csvfile.TableRow(number, said))
    if issues:
        raise FaultsFound(issues)
    return csvfile.Table(str(path), tuple(headings), tuple(found))


def _merged(path: Path, cells: str) -> Issue:
    return Issue(
        Where(f"{path}:{cells}"),
        Text(
            "Sel-sel ini digabungkan, sehingga hanya baris pertamanya yang berisi.",
            "These cells are merged, so that only the first row holds anything.",
        ),
        Text("Pisahkan (unmerge) dan isi setiap baris.", "Unmerge them and fill in every row."),
    )


def _columns(headings: Iterable[str], where: Where) -> Mapping[str, str]:
    """The name of the column under each heading."""
    known = {
        _plain(word): name for name, (title, others) in COLUMNS.items() for word in (name, title.id, title.en, *others)
    }
    issues: list[Issue] = []
    found: dict[str, str] = {}
    for heading in headings:
        name = known.get(_plain(heading))
        if name is None:
            titles = ", ".join(title.id for title, _ in COLUMNS.values())
            english = ", ".join(title.en for title, _ in COLUMNS.values())
            issues.append(
                Issue(
                    where,
                    Text(f"Kolom “{heading}” tidak dikenal.", f"There is no column “{heading}”."),
                    did_you_mean(_plain(heading), known) or Text(f"Yang ada: {titles}.", f"There are: {english}."),
                )
            )
        elif name in found.values():
            issues.append(
                Issue(
                    where,
                    Text(f"Kolom “{heading}” ada dua.", f"There are two columns “{heading}”."),
                    Text("Hapus salah satunya.", "Remove one of them."),
                )
            )
        else:
            found[heading] = name
    if issues:
        raise FaultsFound(issues)
    if "action" not in found.values():
        title = COLUMNS["action"][0]
        raise FaultsFound(
            Issue(
                where,
                Text(f"Kolom “{title.id}” tidak ada.", f"There is no column “{title.en}”."),
                Text(
                    "Mulailah dari tabel yang dibuat dengan --template.", "Start from the table that --template makes."
                ),
            )
        )
    return found


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("_", " ").replace("-", " ").split())


_TO_FILL = ("action", "what", "offices", "documents", "nomenclature", "months", "cost", "fund", "needs")


def costs_text(model: Model, actions: Iterable[Action], language: Language) -> str:
    """The actions as a CSV table to fill in: the column of costs holds the band until somebody knows the rupiah."""
    rows = [_row(model, action, language) for action in actions]
    return "".join(csv_text([COLUMNS[name][0][language] for name in _TO_FILL], rows))


def _row(model: Model, action: Action, language: Language) -> Sequence[str]:
    return (
        action.id,
        action.what[language],
        "; ".join(office_name(model, office)[language] for office in action.offices),
        "; ".join(document_name(model, document)[language] for document in action.documents),
        action.nomenclature or "",
        str(action.months),
        BAND_NAMES[action.band][language] if action.band else "",
        "",
        "",
    )


# -------------------------------------------------------------------------------------------------- as a workbook

_WIDTHS: Mapping[str, int] = {
    "action": 22, "what": 60, "offices": 34, "documents": 24, "nomenclature": 19, "months": 8, "cost": 17, "fund": 16,
    "needs": 22,
}  # fmt: skip
_HINTS: Mapping[str, Text] = {
    "action": Text(
        "Kode tindakan model. Tindakan sendiri: tambahkan kolom “fakta”, lalu tulis kode baru di sini.",
        "The code of an action of the model. For one of your own, add the column “facts” and write a new code here.",
    ),
    "offices": Text(
        "Pisahkan dengan titik koma; yang pertama memimpin.", "Separate them with semicolons; the first one leads."
    ),
    "documents": Text("Pisahkan dengan titik koma.", "Separate them with semicolons."),
    "nomenclature": Text(
        "Kode program, kegiatan, atau sub kegiatan, misalnya 2.16.03.1.02.0031; boleh kosong.",
        "The code of a programme, activity or sub-activity, such as 2.16.03.1.02.0031; may be empty.",
    ),
    "months": Text("Lamanya dalam bulan, 1 sampai 120.", "How many months it takes, 1 to 120."),
    "cost": Text(
        "Rupiah seluruhnya, tanpa singkatan; atau per tahun, misalnya 400.000.000 + 250.000.000; atau rendah, sedang, "
        "tinggi.",
        "All its rupiah, written in full; or by year, such as 400,000,000 + 250,000,000; or low, medium, high.",
    ),
    "fund": Text("Misalnya APBD provinsi.", "Such as the provincial budget (APBD)."),
    "needs": Text(
        "Tindakan yang harus selesai lebih dahulu, atau SIMPUL=LEVEL; pisahkan dengan titik koma.",
        "Actions to be finished before it, or NODE=LEVEL; separate them with semicolons.",
    ),
}
_FORMATS: Mapping[str, Mapping[Language, str]] = {
    "months": {"id": "0", "en": "0"},
    "cost": {"id": "[$-421]#,##0", "en": "#,##0"},
}
_SHEET = Text("Tindakan dan biaya", "Actions and costs")
_ROWS_TO_FILL = 2_000
"""Rows that carry the hints, well beyond the actions of any model."""


def costs_workbook(model: Model, actions: Iterable[Action], language: Language) -> bytes:
    """The same table as a workbook: codes are text, rupiah are grouped, every column says what belongs there."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = _SHEET[language]
    for column, name in enumerate(_TO_FILL, 1):
        _head(sheet, column, name, language)
    for row, action in enumerate(actions, 2):
        said = _row(model, action, language)
        for column, (name, text) in enumerate(zip(_TO_FILL, said, strict=True), 1):
            _fill(sheet.cell(row, column), name, text, language)
        lines = (ceil(1.2 * len(text) / _WIDTHS[name]) for name, text in zip(_TO_FILL, said, strict=True))
        sheet.row_dimensions[row].height = 15.0 * max(lines) + 3
    sheet.freeze_panes, sheet.print_title_rows = "B2", "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _head(sheet: Any, column: int, name: str, language: Language) -> None:
    """The heading of a column, its width and format, and the hint that its cells show."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter, title = get_column_letter(column), COLUMNS[name][0][language]
    cell = sheet.cell(1, column, title)
    cell.font, cell.fill = Font(name="Calibri", size=11, bold=True), PatternFill("solid", fgColor="D9E2F3")
    _fill(cell, "", title, language)
    sheet.column_dimensions[letter].width = _WIDTHS[name]
    sheet.column_dimensions[letter].number_format = _format(name, language)
    if name not in _HINTS:
        return
    hint = _HINTS[name][language]
    rule = DataValidation(showInputMessage=True, promptTitle=title, prompt=hint, allow_blank=True)
    if name == "months":
        rule.type, rule.operator, rule.formula1, rule.formula2 = "whole", "between", "1", "120"
        rule.showErrorMessage, rule.errorTitle, rule.error = True, title, hint
    rule.add(f"{letter}2:{letter}{_ROWS_TO_FILL}")
    sheet.add_data_validation(rule)


def _fill(cell: Any, name: str, text: str, language: Language) -> None:
    """Text, whatever it starts with; months as a number."""
    from openpyxl.styles import Alignment, Border, Side

    line = Side(style="thin", color="BFBFBF")
    cell.number_format, cell.border = _format(name, language), Border(line, line, line, line)
    horizontal = {"months": "center", "cost": "right"}.get(name, "left")
    cell.alignment = Alignment(horizontal=horizontal, vertical="top", wrap_text=True)
    if name == "months":
        cell.value = int(text)
    elif text:
        cell.value, cell.data_type = text, "s"


def _format(name: str, language: Language) -> str:
    return _FORMATS[name][language] if name in _FORMATS else "@"
