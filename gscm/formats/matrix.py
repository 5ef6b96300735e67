"""The matrix of a plan as a workbook: what planners paste into their documents. Figures are numbers, never formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import version
from io import BytesIO
from math import ceil
from typing import Any

from gscm.i18n import Language, Text, same
from gscm.placement.explain import fact_text, level_name, subject_title
from gscm.roadmap.actions import BAND_NAMES
from gscm.roadmap.matrix import Heading, Line, Matrix, Value, codes_text, matrix, planning_text
from gscm.roadmap.nomenclature import Rank
from gscm.roadmap.roadmap import Roadmap, Tally
from gscm.roadmap.told import (
    caveats,
    clearing_text,
    goal_text,
    plain_text,
    tally_text,
    variant_text,
    waiting_text,
    why_text,
    years_text,
)

MAX_CELL = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_FONT, _SIZE, _LEADING, _TALLEST = "Calibri", 9, 1.32, 409
_SMALL = 1.15
"""How many characters of this type fill one unit of a column’s width; bold ones are as wide as the unit."""
_FORMULA_LIKE = ("=", "+", "-", "@")
_HANG = "  "
"""As wide as one step of an indent."""
_YEARS_A_PAGE = 5
_THOUSANDS = {"id": "[$-421]#,##0", "en": "#,##0"}
_FIGURE = {"id": "[$-421]General", "en": "General"}
_HEAD, _BAND, _SUM, _RISE = "D9E2F3", "F2F2F2", "E7E6E6", "DDEBE7"

_MATRIX, _LEVELS = Text("Matriks", "Matrix"), Text("Level per tahun", "Level by year")
_NOTES = Text("Alasan dan catatan", "Reasons and caveats")

Cell = str | int | Fraction | None


@dataclass(frozen=True, slots=True)
class _Column:
    title: Text
    width: int


_NO, _CODE = _Column(Text("No.", "No."), 3), _Column(Text("Kode", "Code"), 13)
_NAME = _Column(Text("Program, kegiatan, sub kegiatan, tindakan", "Programme, activity, sub-activity, action"), 36)
_INDICATOR, _UNIT = _Column(Text("Indikator", "Indicator"), 20), _Column(Text("Satuan", "Unit"), 9)
_BASELINE = _Column(Text("Kondisi awal", "Baseline"), 7)
_LEFT = (_NO, _CODE, _NAME, _INDICATOR, _UNIT, _BASELINE)
_DOCUMENT = _Column(Text("Dokumen perencanaan", "Planning document"), 16)
_RIGHT = (
    _Column(Text("PD penanggung jawab", "Responsible office"), 16),
    _Column(Text("Sumber dana", "Source of funds"), 8),
    _DOCUMENT,
    _Column(Text("Produk", "Yields"), 11),
)
_TARGET = _Column(Text("Target", "Target"), 6)
_FINAL = Text("Kondisi akhir", "Final state")
_FROZEN = 3
_KINDS: Mapping[Rank, str] = {"field": "field", "programme": "programme", "activity": "plain", "sub-activity": "output"}


def matrix_workbook(roadmap: Roadmap, language: Language) -> bytes:
    """The workbook of a plan: the matrix, the level of every node by year, and the reasons and caveats."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    title = _title(roadmap)[language]
    _write_matrix(book.create_sheet(_MATRIX[language]), matrix(roadmap), language, title)
    _write_levels(book.create_sheet(_LEVELS[language]), roadmap, language, title)
    _write_notes(book.create_sheet(_NOTES[language]), roadmap, language, title)
    book.properties.creator, book.properties.title = "gscm", title
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _title(roadmap: Roadmap) -> Text:
    subject, request = roadmap.result.answers.subject, roadmap.request
    span = f"{request.first}–{request.last}" if request.first < request.last else str(request.first)
    return Text(f"Matriks peta jalan {subject.name}, {span}", f"Roadmap matrix of {subject.name}, {span}")


# ---------------------------------------------------------------------------------------------------- the matrix


def _write_matrix(sheet: Any, found: Matrix, language: Language, title: str) -> None:
    years = found.years
    cost = _cost_column(found)
    headings = [*_LEFT, *(column for _ in (*years, 0) for column in (_TARGET, cost)), *_RIGHT]
    widths = [column.width for column in headings]
    _heads(sheet, found, headings, language)
    row = 3
    for row, each in enumerate(found.rows, 3):
        if isinstance(each, Line):
            kind, cells = "plain", list(_line(each, years, language))
        else:
            kind, cells = _KINDS[each.rank], list(_heading(each, years, language))
        for column, content in enumerate(cells, 1):
            centred = column == 1 or _is_target(column, years)
            _style(_put(sheet, row, column, content, language), kind, centred)
        office = len(headings) - len(_RIGHT)  # right of figures that end at its edge
        hung = {_LEFT.index(_NAME): each.depth, office: 1}
        for index, depth in hung.items():
            sheet.cell(row, index + 1).alignment = _aligned(indent=depth)
            cells[index] = _HANG * depth + str(cells[index] or "")
        sheet.row_dimensions[row].height = _height(cells, widths, kind in _STRONG)
        sheet.row_dimensions[row].outlineLevel = each.depth
    _write_sum(sheet, row + 1, found.total, years, widths, language)
    sheet.sheet_properties.outlinePr.summaryBelow = False
    sheet.freeze_panes = sheet.cell(3, _FROZEN + 1)
    sheet.print_title_rows = "1:2"
    pages = ceil(len(years) / _YEARS_A_PAGE)
    if pages > 1:
        sheet.print_title_cols = f"A:{_letter(_FROZEN)}"
    _printed(sheet, title, pages)


def _cost_column(found: Matrix) -> _Column:
    """As wide as its longest figure."""
    if not found.total.total:
        return _Column(Text("Biaya", "Cost"), 8)
    return _Column(same("Rp"), max(8, round(len(f"{found.total.total:,}") * 0.95)))


def _heads(sheet: Any, found: Matrix, headings: Sequence[_Column], language: Language) -> None:
    """Two rows: a year stands over its target and its rupiah."""
    for column, head in enumerate(headings, 1):
        _style(_put(sheet, 2, column, head.title[language]), "head")
        _style(_put(sheet, 1, column, None), "head")
        sheet.column_dimensions[_letter(column)].width = head.width
    spans = [*(same(str(year)) for year in found.years), _FINAL]
    for index, text in enumerate(spans):
        column = len(_LEFT) + 1 + 2 * index
        content: Cell = int(text.id) if text.id.isdigit() else text[language]
        _style(_put(sheet, 1, column, content), "head", centred=True).number_format = "0"
        sheet.merge_cells(start_row=1, start_column=column, end_row=1, end_column=column + 1)
        for below in (column, column + 1):
            _style(sheet.cell(2, below), "head", centred=True)
    for column in (*range(1, len(_LEFT) + 1), *range(len(headings) - len(_RIGHT) + 1, len(headings) + 1)):
        _style(_put(sheet, 1, column, headings[column - 1].title[language]), "head")
        sheet.cell(2, column).value = None
        sheet.merge_cells(start_row=1, start_column=column, end_row=2, end_column=column)
    height = _height(
        [column.title[language] for column in headings], [column.width for column in headings], strong=True
    )
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 15, max(15.0, height - 15)


def _is_target(column: int, years: Sequence[int]) -> bool:
    first = len(_LEFT)
    return column == first or (first < column <= first + 2 * (len(years) + 1) and (column - first) % 2 == 1)


def _heading(heading: Heading, years: Sequence[int], language: Language) -> Iterator[Cell]:
    yield from (None, heading.code, heading.name[language], heading.indicator, heading.unit, None)
    for year in years:
        yield None
        yield heading.total.by_year.get(year) or None
    yield None
    yield _spent(heading.total, language)
    yield from (None, None, None, None)


def _line(line: Line, years: Sequence[int], language: Language) -> Iterator[Cell]:
    action = line.one.action
    band = BAND_NAMES[line.band][language] if line.band else None
    yield from (line.number, action.nomenclature, f"{action.what[language]} ({action.id})")
    yield from (line.indicator[language], line.unit[language], _plain(line.baseline, language))
    for year in years:
        yield _plain(line.targets.get(year), language)
        yield line.rupiah.get(year) or (band if year == line.one.start else None)
    yield _plain(line.final, language)
    yield sum(line.rupiah.values()) if line.rupiah else band
    documents = line.documents
    planning = Text(
        f"{documents.annual}; RPJMD/Renstra {documents.five_year.id}",
        f"{documents.annual}; RPJMD/Renstra {documents.five_year.en}",
    )
    yield from (line.offices[language], line.fund, planning[language], documents.product[language])


def _spent(total: Tally, language: Language) -> Cell:
    """Rupiah as a number, or how many actions of which band, in words."""
    return total.total or (tally_text(Tally(None, {}, total.actions, total.bands))[language] if total.bands else 0)


def _write_sum(
    sheet: Any, row: int, total: Tally, years: Sequence[int], widths: Sequence[int], language: Language
) -> None:
    """The sums of all: rupiah as numbers; actions without rupiah are counted by their band, in words."""
    cells: list[Cell] = [None] * len(widths)
    unknown = tally_text(Tally(None, {}, sum(total.bands.values()), total.bands))[language] if total.bands else ""
    whole = Text("Jumlah seluruhnya", "Sum of all")[language]
    cells[_LEFT.index(_NAME)] = whole + (f" (+ {unknown})" if unknown and total.total else "")
    for index, year in enumerate(years):
        cells[len(_LEFT) + 2 * index + 1] = total.by_year.get(year) or None
    cells[len(_LEFT) + 2 * len(years) + 1] = _spent(total, language)
    for column, content in enumerate(cells, 1):
        _style(_put(sheet, row, column, content, language), "sum")
    sheet.row_dimensions[row].height = max(15.0, _height(cells, widths, strong=True))


def _plain(value: Value, language: Language) -> Cell:
    return value[language] if isinstance(value, Text) else value


# ---------------------------------------------------------------------------------------------------- the levels


def _write_levels(sheet: Any, roadmap: Roadmap, language: Language, title: str) -> None:
    """The level of every node, as a number that shows its name; shaded where it rises."""
    result, model = roadmap.result, roadmap.result.model
    today = Text("Kini", "Today")[language]
    headings: list[Cell] = [Text("Simpul", "Node")[language], Text("Kode", "Id")[language], today]
    headings += roadmap.request.years
    widths = [46, 22, *(15 for _ in headings[2:])]
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True), 1):
        _style(_put(sheet, 1, column, heading), "head", centred=column > 2).number_format = "0"
        sheet.column_dimensions[_letter(column)].width = width
    for row, (id, levels) in enumerate(roadmap.levels.items(), 2):
        node = model.nodes[id]
        name = _style(_put(sheet, row, 1, subject_title(result, node)[language]), "plain", bold=not node.is_leaf)
        name.alignment = _aligned(indent=len(list(model.above(id))))
        _style(_put(sheet, row, 2, id), "plain")
        for index, level in enumerate(levels):
            rises = index > 0 and level > levels[index - 1]
            cell = _style(_put(sheet, row, 3 + index, level), "rise" if rises else "plain", centred=True, bold=rises)
            said = level_name(result, node, level)[language] if level else ""
            cell.number_format = _named(said)
        hung = _HANG * len(list(model.above(id))) + str(name.value)
        sheet.row_dimensions[row].height = _height([hung], widths, strong=not node.is_leaf)
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    _printed(sheet, title, 1)


def _named(name: str) -> str:
    """A format by which the number of a level is shown with its name."""
    quoted = re.sub(r'["\\]', "", name)[:60]
    return f'0" {quoted}"' if quoted else "0"


# ----------------------------------------------------------------------------------------------------- the notes


def _write_notes(sheet: Any, roadmap: Roadmap, language: Language, title: str) -> None:
    widths = [22, 30, 96]
    headings = (Text("Bagian", "Part"), Text("Pokok", "Subject"), Text("Keterangan", "What there is to say"))
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True), 1):
        _style(_put(sheet, 1, column, heading[language]), "head")
        sheet.column_dimensions[_letter(column)].width = width
    for row, (part, about, said) in enumerate(_notes(roadmap), 2):
        cells = [part[language], about[language], said[language]]
        for column, content in enumerate(cells, 1):
            _style(_put(sheet, row, column, content), "plain")
        sheet.row_dimensions[row].height = _height(cells, widths)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    _printed(sheet, title, 1)


def _notes(roadmap: Roadmap) -> Iterator[tuple[Text, Text, Text]]:
    result, model, nothing = roadmap.result, roadmap.result.model, same("")
    yield Text("Resmi atau tidak", "Official or not"), nothing, model.notice
    yield Text("Tujuan", "Aim"), nothing, goal_text(result, roadmap)
    for line in matrix(roadmap).lines:
        number, one = line.number, line.one
        quick = Text(" (hasil cepat)", " (quick win)") if one.quick else nothing
        why = why_text(roadmap, one)
        about = Text(
            f"{number}. {one.action.id}, {years_text(one)} (no. {line.place} dalam rencana)",
            f"{number}. {one.action.id}, {years_text(one)} (no. {line.place} of the plan)",
        )
        yield Text("Mengapa", "Why"), about, Text(f"{why.id}{quick.id}", f"{why.en}{quick.en}")
    for waiting in roadmap.waiting:
        yield Text("Mengapa menunggu", "Why it waits"), same(waiting.action.id), waiting_text(roadmap, waiting)
    for open_ in roadmap.clearing:
        yield Text("Pastikan dahulu", "Settle first"), same(open_.fact), fact_text(result, open_.fact)
    said = [clearing_text(roadmap), *(variant_text(roadmap, variant) for variant in roadmap.variants)]
    for text in [*said, plain_text(roadmap)]:
        if text.id:
            yield Text("Bila lain", "If otherwise"), nothing, text
    for text in caveats(roadmap):
        yield Text("Catatan", "Caveat"), nothing, text
    yield from _columns_told(roadmap)
    yield Text("Versi", "Versions"), same(f"{model.id} {model.version}"), same(f"gscm {version('gscm')}")
    yield Text("Nomenklatur", "Nomenclature"), same(roadmap.nomenclature.title), codes_text(roadmap)
    for source in roadmap.nomenclature.sources:
        yield Text("Nomenklatur", "Nomenclature"), Text("sumber", "source"), same(source)


def _columns_told(roadmap: Roadmap) -> Iterator[tuple[Text, Text, Text]]:
    part = Text("Cara membaca", "How to read it")
    yield (
        part,
        _INDICATOR.title,
        Text(
            "Pada baris tindakan: indikator dari tabel biaya, atau level simpul yang dikerjakan, dan targetnya level "
            "pada akhir tahun menurut rencana. Target antara yang tidak disebut tidak dikarang. Pada baris sub "
            "kegiatan: indikator keluaran menurut nomenklatur, tanpa target.",
            "In the row of an action: the indicator of the table of costs, or the level of the node worked on, whose "
            "target is the level at the end of the year by the plan. Targets on the way that nobody gave are not made "
            "up. In the row of a sub-activity: the indicator of its output by the nomenclature, without a target.",
        ),
    )
    yield (
        part,
        _CODE.title,
        Text(
            "Padanan tindakan dengan sub kegiatan adalah usulan kami. Cocokkan dengan daftar yang berlaku di SIPD "
            "sebelum dipakai dalam dokumen anggaran. Perangkat daerahnya melengkapi kode yang berhenti di program atau "
            "kegiatan, dan memilihkan kode bagi tindakan yang belum berkode. Jumlah pada baris di atas tindakan sudah "
            "memuat tindakan di bawahnya.",
            "Which sub-activity an action belongs to is our proposal. Compare it with the list in force in SIPD before "
            "using it in a budget document. The office completes a code that ends at a programme or activity, and "
            "chooses one for an action without a code. The sums in the rows above actions already contain them.",
        ),
    )
    yield part, _DOCUMENT.title, planning_text(roadmap)


# ----------------------------------------------------------------------------------------------------- the cells


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _put(sheet: Any, row: int, column: int, content: Cell, language: Language = "id") -> Any:
    """The cell with this text or number; never a formula, whatever it starts with."""
    cell = sheet.cell(row, column)
    if isinstance(content, int):
        cell.value, cell.number_format = content, _THOUSANDS[language]
    elif isinstance(content, Fraction):
        whole = content.denominator == 1
        cell.value = int(content) if whole else float(content)
        cell.number_format = _THOUSANDS[language] if whole else _FIGURE[language]
    elif content:
        cell.value = _CONTROL.sub(" ", content)[:MAX_CELL]
        cell.data_type = "s"
        cell.quotePrefix = content.startswith(_FORMULA_LIKE)
    return cell


_FILLS: Mapping[str, str] = {"head": _HEAD, "field": _BAND, "sum": _SUM, "rise": _RISE}
_STRONG = ("head", "field", "programme", "sum")


def _style(cell: Any, kind: str, centred: bool = False, bold: bool = False, wraps: bool = True) -> Any:
    from openpyxl.styles import Border, Font, PatternFill, Side

    line = Side(style="thin", color="BFBFBF")
    cell.font = Font(name=_FONT, size=_SIZE, bold=bold or kind in _STRONG, italic=kind == "output")
    cell.border = Border(line, line, line, line)
    is_number = isinstance(cell.value, (int, float)) and not centred
    cell.alignment = _aligned("center" if centred else "right" if is_number else None, wraps)
    if kind in _FILLS:
        cell.fill = PatternFill("solid", fgColor=_FILLS[kind])
    return cell


def _aligned(horizontal: str | None = None, wraps: bool = True, indent: int = 0) -> Any:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=wraps, vertical="top", horizontal="left" if indent else horizontal, indent=indent)


def _height(cells: Iterable[Cell], widths: Sequence[int], strong: bool = False) -> float:
    """The height in points that holds all lines of the cells; programs do not work it out when they open a file."""
    texts = [(cell, width) for cell, width in zip(cells, widths, strict=False) if isinstance(cell, str)]
    lines = [_lines(text, width if strong else width * _SMALL) for text, width in texts]
    return min(max(lines, default=1) * _SIZE * _LEADING + 3, _TALLEST)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes where so many characters stand side by side, words kept whole below an indent."""
    count = 0
    for paragraph in text.split("\n"):
        room = max(1, round(width) - (len(paragraph) - len(paragraph.lstrip(" "))))
        used = 0
        count += 1
        for word in paragraph.split():
            if used and used + 1 + len(word) > room:
                count, used = count + 1, 0
            count += max(0, ceil(len(word) / room) - 1)
            used += len(word) + (1 if used else 0)
    return count


def _printed(sheet: Any, title: str, pages: int) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.5, 0.75, 0.35
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = title.replace("&", "&&"), "&P/&N"
