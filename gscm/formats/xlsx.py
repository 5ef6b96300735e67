"""The one door to openpyxl: a questionnaire as a workbook for one office, out and back.

Answer cells are formatted as text, so that “12,5” stays what was typed on any computer; cells that hold numbers all
the same are read as numbers. A hidden sheet holds the stamp (whose workbook of which study it is), the choices, and a
digest of each answer filled in beforehand, so that what nobody touched is not taken for an answer given anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from gscm.errors import FaultsFound, Issue, Unreadable, Where, did_you_mean
from gscm.formats.cell import is_percentage, no_percentage, without
from gscm.i18n import LANGUAGES, Language, Text, decimal, same
from gscm.model.facts import MET, UNMET, Fact
from gscm.model.tree import Model
from gscm.questionnaire.questionnaire import Item, Questionnaire
from gscm.responses.given import Given, written

MAX_FILE = 20_000_000
MAX_UNPACKED = 100_000_000
MAX_PARTS = 1_000
MAX_ROWS, MAX_TABLE = 10_000, 100_000
MAX_CELL = 32_767
"""Bytes of the file, bytes of what it unpacks to, files inside it, rows of the form and of other tables, characters of
a cell."""

_HIDDEN, _FILLED = "gscm", "item:"
_FORM, _GUIDE = Text("Jawaban", "Answers"), Text("Petunjuk", "Guide")
_COLUMNS: Mapping[str, tuple[Text, int]] = {
    "item": (Text("Kode butir", "Item code"), 16),
    "question": (Text("Pertanyaan", "Question"), 46),
    "choices": (Text("Pilihan jawaban", "Choices"), 52),
    "examples": (Text("Contoh bukti", "Examples of evidence"), 30),
    "answer": (Text("Jawaban", "Answer"), 18),
    "reason": (Text("Alasan", "Reason"), 26),
    "evidence": (Text("Bukti (nama dan nomor)", "Evidence (name and number)"), 30),
    "note": (Text("Catatan", "Note"), 26),
}
_OPEN = ("answer", "reason", "evidence", "note")
"""The columns to fill in; the others are locked."""

_YES, _NO = Text("ya", "yes"), Text("tidak", "no")
_UNKNOWN, _ABSENT = Text("tidak tahu", "don't know"), Text("tidak berlaku", "not applicable")
_SAID = {"unknown": _UNKNOWN, "not_applicable": _ABSENT}
_FORMULA_LIKE = ("=", "+", "-", "@")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_LAST_ROW = 1_048_576
"""Of a sheet; rows without content may go so far, as some programs write them."""

_OLE = bytes.fromhex("d0cf11e0")
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, OSError, RuntimeError,
    SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What openpyxl and the modules below it raise for files that are not what they say."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Whose workbook it is: of which study, made with what. A workbook of the office as a whole has no respondent."""

    study: str
    model: str
    model_version: str
    questionnaire: str
    questionnaire_version: str
    office: str
    respondent: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """What a workbook says: its stamp, the answers, the rows left as they were filled in, the cells refused."""

    stamp: Stamp
    given: tuple[Given, ...]
    untouched: frozenset[str]
    issues: tuple[Issue, ...]
    lacking: Mapping[str, tuple[str, ...]]
    """What was refused beside an answer that is read without it, by the code of the item: reason, evidence, note."""


def is_workbook(path: Path) -> bool:
    """Whether the name says that it is a workbook, of whatever program."""
    return path.suffix.lower() in (".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm", ".xls", ".ods")


def cells_of(said: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Answer, reason, evidence and note as the cells say them, in no language's own words; empty where not answered.

    `said` is the long form of an answers file.
    """
    status = said.get("status", "given")
    value = next((said[key] for key in ("value", "level", "score") if said.get(key) is not None), None)
    if status not in ("given", *_SAID) or (status == "given" and value is None):
        return "", "", "", ""
    answer = status if status != "given" else "ya" if value is True else "tidak" if value is False else _plain(value)
    evidence = said.get("evidence") or ()
    pieces = [evidence] if isinstance(evidence, str) else list(evidence)
    texts = ("\n".join(map(str, pieces)) if pieces else "", str(said.get("note") or ""))
    return answer, _clean(str(said.get("reason") or "")), _clean(texts[0]), _clean(texts[1])


def _plain(value: Any) -> str:
    """A figure without trailing zeros; any other text as it is."""
    text = str(value).strip()
    if not re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", text):
        return _clean(text)
    figure = format(Decimal(text), "f")
    return (figure.rstrip("0").rstrip(".") if "." in figure else figure) or "0"


def _clean(text: str) -> str:
    """The text as a cell can hold it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(" ", lines)[:MAX_CELL].strip()


def _digest(cells: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()[:32]


# ------------------------------------------------------------------------------------------------------------ out


def workbook(
    questionnaire: Questionnaire,
    codes: Iterable[str],
    answers: Mapping[str, Mapping[str, Any]],
    stamp: Stamp,
    told: Sequence[Text],
    language: Language,
) -> bytes:
    """The workbook with these items, answers given so far filled in. `told` are lines for the top of the guide."""
    from openpyxl import Workbook

    book = Workbook()
    guide, form, hidden = book.active, book.create_sheet(_FORM[language]), book.create_sheet(_HIDDEN)
    guide.title = _GUIDE[language]
    items = _with_wholes(questionnaire, codes)
    _write_guide(guide, (*told, *_guide(questionnaire, stamp)), language)
    _write_form(form, questionnaire.model, items, answers, language)
    _write_choices(form, hidden, questionnaire.model, items, language)
    for row, pair in enumerate(asdict(stamp).items(), 1):
        _put(hidden, row, 1, pair[0])
        _put(hidden, row, 2, pair[1])
    filled = {item.code: cells_of(answers[item.code]) for item in items if item.code in answers}
    for row, (code, cells) in enumerate(filled.items(), len(asdict(stamp)) + 2):
        if any(cells):
            _put(hidden, row, 1, _FILLED + code)
            _put(hidden, row, 2, _digest(cells))
    hidden.sheet_state = "veryHidden"
    for sheet in (guide, hidden):
        sheet.protection.enable()
    book.active = 1
    guide.sheet_view.tabSelected = False
    book.properties.creator = "gscm"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _with_wholes(questionnaire: Questionnaire, codes: Iterable[str]) -> tuple[Item, ...]:
    """The items, and before those of an indicator that may not apply one by which that can be said of it as a whole."""
    found: dict[str, Item] = {}
    for item in (questionnaire.items[code] for code in codes):
        if item.absence and item.absence not in questionnaire.items and item.absence not in found:
            found[item.absence] = _whole(questionnaire.model, item.absence)
        found[item.code] = item
    return tuple(found.values())


def _whole(model: Model, node: str) -> Item:
    title = model.nodes[node].title
    text = Text(
        f"Isi baris ini hanya bila “{title.id}” tidak berlaku di daerah ini, dan tulis alasannya; selain itu, lewati.",
        f"Fill in this row only if “{title.en}” does not apply here, and write why; leave it empty otherwise.",
    )
    fact = Fact(node, node, "criterion", UNMET, MET, may_not_apply=True)
    return Item(node, fact, node, text, None, (), (), (), derived=True, absence=node)


def _is_whole(item: Item) -> bool:
    return item.code == item.node and item.fact.kind == "criterion"


def _put(sheet: Any, row: int, column: int, text: str) -> Any:
    """The cell with this text; never a formula, whatever it starts with."""
    cell = sheet.cell(row, column)
    if text:
        cell.value = _clean(text)
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA_LIKE)
    return cell


def _guide(questionnaire: Questionnaire, stamp: Stamp) -> Iterator[Text]:
    form = _FORM
    who = stamp.office + (f" · {stamp.respondent}" if stamp.respondent else "")
    yield questionnaire.introduction
    yield Text(
        f"Isilah lembar “{form.id}”. Hanya kolom Jawaban, Alasan, Bukti, dan Catatan yang dapat diubah.",
        f"Fill in the sheet “{form.en}”. Only the columns Answer, Reason, Evidence and Note can be changed.",
    )
    yield Text(
        "Pilih jawaban dari daftar di selnya. Angka ditulis apa adanya, misalnya 12,5; tanpa satuan dan tanpa rumus. "
        "Jangan menulis tanggal di kolom Jawaban.",
        "Choose the answer from the list in its cell. A figure is written as it is, such as 12.5; without its unit and "
        "without formulas. Write no dates in the column Answer.",
    )
    yield Text(
        "Bila tidak tahu, pilih “tidak tahu”. “Tidak berlaku” hanya ada pada butir yang mengizinkannya, dan kolom "
        "Alasan harus diisi.",
        "Where you do not know, choose “don't know”. “Not applicable” is there only for items that allow it, and its "
        "Reason must be filled in.",
    )
    yield Text(
        "Bukti ditulis dengan nama dan nomor dokumennya, satu dokumen satu baris (Alt+Enter untuk baris baru).",
        "Evidence is written by name and number of the document, one document a line (Alt+Enter for a new line).",
    )
    yield Text(
        "Sel yang dibiarkan kosong tidak mengubah jawaban yang sudah ada. Jangan mengganti nama lembar atau kode "
        "butir. Simpan sebagai .xlsx.",
        "A cell left empty changes no answer already given. Do not rename sheets or item codes. Save as .xlsx.",
    )
    yield Text(
        "Lembar ini dilindungi tanpa kata sandi, hanya agar tidak terubah tanpa sengaja.",
        "The sheet is protected without a password, only against changes by accident.",
    )
    notice = questionnaire.model.notice
    yield Text(f"Resmi atau tidak: {notice.id}", f"Official or not: {notice.en}")
    versions = (
        f"{stamp.model} {stamp.model_version}, {stamp.questionnaire} {stamp.questionnaire_version}, {stamp.study}",
        who,
    )
    yield Text(
        f"Model, kuesioner, kajian: {versions[0]}. Perangkat daerah: {versions[1]}.",
        f"Model, questionnaire, study: {versions[0]}. Office: {versions[1]}.",
    )


def _write_guide(sheet: Any, told: Sequence[Text], language: Language) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width = 68
    sheet.sheet_view.showGridLines = False
    for row, text in enumerate(told, 1):
        cell = _put(sheet, row, 1, text[language])
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if row == 1:
            cell.font = Font(bold=True, size=14)
        sheet.row_dimensions[row].height = _height([(text[language], 64)]) + (6 if row == 1 else 0)
    _printed(sheet, "portrait")


def _height(cells: Iterable[tuple[str, int]]) -> float:
    """The height in points of a row whose texts are wrapped in columns of these widths; programs differ in theirs."""
    lines = [sum(1 + int(len(line) / width) for line in text.split("\n")) for text, width in cells]
    return min(15.0 * max(lines, default=1) + 3, 409)


def _write_form(
    sheet: Any, model: Model, items: Sequence[Item], answers: Mapping[str, Mapping[str, Any]], language: Language
) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color="BFBFBF")
    border, wrapped = Border(line, line, line, line), Alignment(wrap_text=True, vertical="top")
    for column, (title, width) in enumerate(_COLUMNS.values(), 1):
        cell = _put(sheet, 1, column, title[language])
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="D9E2F3")
        cell.alignment, cell.border = wrapped, border
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, item in enumerate(items, 2):
        said = cells_of(answers.get(item.code, {}))
        texts = dict(zip(_OPEN, (_shown(said[0], item, language), *said[1:]), strict=True))
        texts |= {"item": item.code, "question": _question(item, language)}
        texts |= {"choices": "\n".join(_told_choices(model, item, language))}
        texts |= {"examples": "\n".join(text[language] for text in item.evidence)}
        for column, name in enumerate(_COLUMNS, 1):
            cell = _put(sheet, row, column, texts[name])
            cell.alignment, cell.border = wrapped, border
            if name in _OPEN:
                cell.protection = Protection(locked=False)
                cell.number_format = "@"
                cell.fill = PatternFill("solid", fgColor="FFFBE6")
        widths = [width for _, width in _COLUMNS.values()]
        sheet.row_dimensions[row].height = _height(
            zip(texts.values(), (widths[_column(n) - 1] for n in texts), strict=True)
        )
        if item.fact.kind in ("quantity", "score") and (figure := _float(said[0])) is not None:
            cell = sheet.cell(row, _column("answer"))
            cell.value, cell.data_type = figure, "n"
    sheet.freeze_panes = sheet.cell(2, 2)
    sheet.print_title_rows = "1:1"
    _printed(sheet, "landscape")
    sheet.protection.enable()
    for allowed in ("formatColumns", "formatRows", "autoFilter", "sort"):
        setattr(sheet.protection, allowed, False)  # in the format, true forbids


def _printed(sheet: Any, orientation: str) -> None:
    sheet.page_setup.orientation = orientation
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "&P/&N"


def _column(name: str) -> int:
    return list(_COLUMNS).index(name) + 1


def _question(item: Item, language: Language) -> str:
    return item.text[language] + (f"\n{item.help[language]}" if item.help else "")


def _shown(said: str, item: Item, language: Language) -> str:
    """The answer of `cells_of` in words."""
    if said in _SAID:
        return _SAID[said][language]
    if item.fact.kind == "criterion":
        return {"ya": _YES, "tidak": _NO}.get(said, same(said))[language]
    named = {str(number): f"{number} {name[language]}" for number, name, _ in item.levels}
    return named.get(said, said)


def _float(said: str) -> float | None:
    """The figure as a spreadsheet keeps it, where it keeps all its digits."""
    try:
        return float(said) if said and Decimal(format(float(said), ".15g")) == Decimal(said) else None
    except (ValueError, ArithmeticError):
        return None


def _choices(model: Model, item: Item, language: Language) -> tuple[str, ...]:
    """What the dropdown of an item offers; () for a figure, which is typed."""
    kind = item.fact.kind
    if _is_whole(item):
        return (_ABSENT[language],)
    if kind in ("quantity", "score") or (kind == "level" and model.nodes[item.node].real):
        return ()
    named = tuple(f"{number} {name[language]}" for number, name, _ in item.levels)
    said = named if kind == "level" else (_YES[language], _NO[language])
    return (*said, _UNKNOWN[language], *((_ABSENT[language],) if item.fact.may_not_apply else ()))


def _told_choices(model: Model, item: Item, language: Language) -> Iterator[str]:
    if item.levels:
        for number, name, meaning in item.levels:
            yield f"{number} {name[language]}" + (f": {meaning[language]}" if meaning else "")
        others = [_UNKNOWN, *([_ABSENT] if item.fact.may_not_apply else [])]
        yield " / ".join(text[language] for text in others)
    elif listed := _choices(model, item, language):
        yield " / ".join(listed)
    else:
        yield from _bounds(model, item, language)


def _short_choices(model: Model, item: Item, language: Language) -> Iterator[str]:
    """The choices by their names alone, for a sentence."""
    if item.levels:
        yield ", ".join(f"{number} {name[language]}" for number, name, _ in item.levels)
    else:
        yield from _told_choices(model, item, language)


def _bounds(model: Model, item: Item, language: Language) -> Iterator[str]:
    """What figure an item asks for: its unit and what it can be."""
    quantity = model.nodes[item.node].quantity
    if item.fact.kind == "quantity" and quantity is not None:
        yield Text(f"Satuan: {quantity.unit.id}", f"Unit: {quantity.unit.en}")[language]
        yield quantity.possible[language]
    else:
        least, most = (
            decimal(str(float(end)).removesuffix(".0"), language) for end in (item.fact.worst, item.fact.best)
        )
        yield Text(f"angka {least} sampai {most}", f"a number from {least} to {most}")[language]
    others = [_UNKNOWN, *([_ABSENT] if item.fact.may_not_apply else [])]
    yield Text("atau: ", "or: ")[language] + " / ".join(text[language] for text in others)


def _write_choices(sheet: Any, hidden: Any, model: Model, items: Sequence[Item], language: Language) -> None:
    """A dropdown for every item with choices, which stand in the hidden sheet; a hint for every figure."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    answer, rules = get_column_letter(_column("answer")), dict[tuple[str, ...], DataValidation]()
    for row, item in enumerate(items, 2):
        choices = _choices(model, item, language)
        hint = () if choices else tuple(_bounds(model, item, language))
        key = choices or ("", *hint)
        if key not in rules:
            rules[key] = DataValidation(type=None, allow_blank=True, showInputMessage=True)
            if choices:
                column = len(rules) + 3
                letter = get_column_letter(column)
                for index, choice in enumerate(choices, 1):
                    _put(hidden, index, column, choice)
                rules[key] = DataValidation(
                    type="list", formula1=f"{_HIDDEN}!${letter}$1:${letter}${len(choices)}", allow_blank=True,
                    showErrorMessage=True, errorStyle="stop", errorTitle=_FORM[language],
                    error=Text("Pilih salah satu jawaban dari daftar.", "Choose an answer from the list.")[language],
                )  # fmt: skip
            else:
                rules[key].prompt = "\n".join(hint)[:255]
            sheet.add_data_validation(rules[key])
        rules[key].add(f"{answer}{row}")


# ----------------------------------------------------------------------------------------------------------- back


def read_workbook(path: Path, questionnaire: Questionnaire) -> Returned:
    """What a workbook that comes back says: every good cell as an answer, every other one as an issue.

    Whose workbook it is remains to be checked, by its stamp. Raises Unreadable where it is no workbook of ours, or
    one that cannot be trusted: macros, links to other files, more than it may hold.
    """
    _inspect(path)
    from openpyxl import load_workbook

    try:
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, keep_links=False)
            return _read(path, book, questionnaire)
    except _BROKEN:
        raise _damaged(path) from None


def read_table(path: Path) -> Generator[tuple[int, list[str], tuple[Issue, ...]]]:
    """The rows of the first sheet of a workbook made elsewhere that hold anything: number, cells, cells refused.

    The first is that of the headings. Raises Unreadable as `read_workbook` does.
    """
    _inspect(path, Text("Ekspor sebagai CSV saja.", "Export it as CSV instead."))
    from openpyxl import load_workbook

    with path.open("rb") as file:
        try:
            sheet = load_workbook(file, read_only=True, keep_links=False).worksheets[0]
            sheet.reset_dimensions()
            rows, filled = enumerate(sheet.iter_rows(), 1), 0
        except _BROKEN:
            raise _damaged(path) from None
        while True:
            try:
                number, row = next(rows, (0, ()))
            except _BROKEN:
                raise _damaged(path) from None
            if not number:
                return
            if any(cell.value is not None for cell in row):
                filled += 1
                if filled > MAX_TABLE:
                    raise _too_long(path, MAX_TABLE, Text("Bagi menjadi beberapa berkas.", "Split it into several."))
                texts = [_text(cell, "") for cell in row]
                refused = (
                    Issue(Where(f"{path}:{cell.coordinate}"), *fault)
                    for cell, (_, fault) in zip(row, texts, strict=True)
                    if fault
                )
                yield number, [text for text, _ in texts], tuple(refused)


def merged_cells(path: Path) -> tuple[str, ...]:
    """The ranges of merged cells below the headings of the first sheet, whose value only the first cell holds.

    For workbooks that `read_table` has read, which refuses those that are too large.
    """
    from openpyxl import load_workbook

    with path.open("rb") as file:
        ranges = load_workbook(file, keep_links=False).worksheets[0].merged_cells.ranges
    return tuple(sorted(str(one) for one in ranges if one.max_row > 1))


def _damaged(path: Path) -> Unreadable:
    return _unreadable(
        path,
        Text("Isi workbook ini rusak.", "The content of this workbook is damaged."),
        Text(
            "Buka dengan Excel atau LibreOffice, lalu simpan lagi sebagai .xlsx.",
            "Open it with Excel or LibreOffice and save it as .xlsx again.",
        ),
    )


def _too_long(path: Path, most: int, remedy: Text) -> Unreadable:
    return _unreadable(
        path, Text(f"Lembarnya lebih dari {most} baris.", f"Its sheet has more than {most} rows."), remedy
    )


def _unreadable(path: Path, what: Text, remedy: Text | None = None) -> Unreadable:
    return Unreadable(Issue(Where(str(path)), what, remedy))


_OURS = Text("Pakai workbook yang dikeluarkan kajian ini.", "Use the workbook that the study gave out.")


def _inspect(path: Path, smaller: Text = _OURS) -> None:
    """Look at the list of what the file packs, before anything is unpacked; `smaller` is the remedy for too much."""
    again = Text("Simpan sebagai .xlsx, tanpa kata sandi.", "Save it as .xlsx, without a password.")
    try:
        with path.open("rb") as file:
            start, size = file.read(4), path.stat().st_size
        if start == _OLE:
            raise _unreadable(
                path,
                Text(
                    "Ini berkas .xls lama, atau workbook berkata sandi.", "This is an old .xls file, or has a password."
                ),
                again,
            )
        if size > MAX_FILE:
            raise _too_much(path, size, MAX_FILE, smaller)
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except OSError:
        raise _unreadable(
            path,
            Text("Berkas ini tidak dapat dibaca.", "This file cannot be read."),
            Text("Periksa nama, folder, dan izinnya.", "Check its name, its folder and its permissions."),
        ) from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _unreadable(path, Text("Ini bukan berkas .xlsx.", "This is not an .xlsx file."), again) from None
    names = {part.filename for part in parts}
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED:
        raise _too_much(path, unpacked, MAX_UNPACKED, smaller)
    if len(parts) > MAX_PARTS:
        raise _unreadable(
            path,
            Text(
                f"Berkas ini memuat {len(parts)} bagian; batasnya {MAX_PARTS}.",
                f"This file packs {len(parts)} parts; the limit is {MAX_PARTS}.",
            ),
        )
    if path.suffix.lower() in (".xlsm", ".xltm") or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _unreadable(
            path,
            Text("Workbook ini memuat makro.", "This workbook holds macros."),
            Text("Simpan sebagai .xlsx tanpa makro.", "Save it as .xlsx without macros."),
        )
    if "xl/workbook.xml" not in names or path.suffix.lower() != ".xlsx":
        raise _unreadable(path, Text("Ini bukan berkas .xlsx.", "This is not an .xlsx file."), again)
    if any(name.lower().startswith(("xl/externallinks/", "xl/connections")) for name in names):
        raise _unreadable(
            path,
            Text("Workbook ini bertaut ke berkas atau data lain.", "This workbook links to other files or data."),
            Text(
                "Putuskan tautannya (Data › Edit Links), lalu simpan.", "Break the links (Data › Edit Links) and save."
            ),
        )


def _too_much(path: Path, size: int, limit: int, remedy: Text) -> Unreadable:
    return _unreadable(
        path,
        Text(
            f"Isinya {size / 1e6:.0f} MB; batasnya {limit / 1e6:.0f} MB.",
            f"It holds {size / 1e6:.0f} MB; the limit is {limit / 1e6:.0f} MB.",
        ),
        remedy,
    )


def _read(path: Path, book: Any, questionnaire: Questionnaire) -> Returned:
    stamp, before = _stamp(path, book)
    name = next((_FORM[language] for language in LANGUAGES if _FORM[language] in book.sheetnames), None)
    if name is None:
        raise _unreadable(
            path,
            Text(f"Lembar “{_FORM.id}” tidak ada.", f"There is no sheet “{_FORM.en}”."),
            Text("Kembalikan nama lembarnya.", "Give the sheet its name back."),
        )
    rows = _rows(path, book[name])
    headings = [str(cell.value or "").strip().casefold() for cell in next(rows, (1, ()))[1]]
    columns = {
        key: headings.index(title[language].casefold())
        for key, (title, _) in _COLUMNS.items()
        for language in LANGUAGES
        if title[language].casefold() in headings
    }
    if missing := [_COLUMNS[key][0] for key in ("item", *_OPEN) if key not in columns]:
        raise _unreadable(
            path,
            Text(f"Kolom “{missing[0].id}” tidak ada.", f"There is no column “{missing[0].en}”."),
            Text("Pakai workbook seperti yang dikeluarkan.", "Use the workbook as it was given out."),
        )
    found = _Form(path, name, columns, questionnaire, stamp, before)
    for number, cells in rows:
        found.take(number, cells)
    return found.returned()


def _stamp(path: Path, book: Any) -> tuple[Stamp, Mapping[str, str]]:
    """The stamp, and the digests of what was filled in beforehand by the code of the item."""
    pairs: dict[str, str] = {}
    if _HIDDEN in book.sheetnames:
        sheet = book[_HIDDEN]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_col=2, max_row=MAX_ROWS, values_only=True):
            if row and row[0] is not None:
                pairs[str(row[0])] = str(row[1] if len(row) > 1 and row[1] is not None else "")
    names = Stamp.__dataclass_fields__
    if not all(name in pairs for name in names):
        raise _unreadable(
            path,
            Text("Workbook ini tidak berasal dari gscm study export.", "This workbook is not from gscm study export."),
            Text(
                "Pakai workbook yang dikeluarkan kajian ini, dengan lembar tersembunyinya.",
                "Use the workbook that the study gave out, with its hidden sheet.",
            ),
        )
    return Stamp(**{name: pairs[name] for name in names}), {
        key.removeprefix(_FILLED): digest for key, digest in pairs.items() if key.startswith(_FILLED)
    }


def _rows(path: Path, sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows that hold anything, with their number. Raises Unreadable where there are too many."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=len(_COLUMNS) * 2), 1):
        filled = any(cell.value is not None for cell in row)
        if number > (MAX_ROWS if filled else _LAST_ROW):
            raise _too_long(path, MAX_ROWS, _OURS)
        if filled:
            yield number, row


class _Form:
    """Takes in the rows of the form one by one."""

    def __init__(
        self,
        path: Path,
        sheet: str,
        columns: Mapping[str, int],
        questionnaire: Questionnaire,
        stamp: Stamp,
        before: Mapping[str, str],
    ) -> None:
        self.place, self.columns, self.stamp, self.before = f"{path}:{sheet}!", columns, stamp, before
        self.questionnaire = questionnaire
        self.items = {item.code: item for item in _with_wholes(questionnaire, questionnaire.items)}
        self.rows: dict[str, list[int]] = {}
        self.given: dict[str, Given] = {}
        self.issues: list[Issue] = []
        self.lacking: dict[str, tuple[str, ...]] = {}

    def take(self, number: int, cells: Sequence[Any]) -> None:
        by_name = {name: cells[index] for name, index in self.columns.items() if index < len(cells)}
        code = str(by_name["item"].value or "").strip() if "item" in by_name else ""
        texts: dict[str, str] = {}
        faults: dict[str, _Fault] = {}
        for name in _OPEN:
            cell = by_name.get(name)
            texts[name], fault = _text(cell, name) if cell is not None else ("", None)
            if fault:
                faults[name] = fault
        reads_on = "answer" not in faults and bool(texts["answer"])
        for name, (what, remedy) in faults.items():
            self._issue(name, number, (without(what, name) if reads_on else what, remedy))
        if not any(texts.values()) or (faults and not reads_on):
            return
        item = self.items.get(code)
        if item is None:
            what = Text(f"Butir “{code}” tidak ada dalam kuesioner.", f"The questionnaire has no item “{code}”.")
            near = did_you_mean(code, self.items)
            again = Text("Kembalikan kode seperti semula.", "Give it its code back.")
            self._issue("item", number, (what, near or again))
            return
        self.rows.setdefault(code, []).append(number)
        said = self._said(item, texts)
        if isinstance(said, Text):
            remedy = Text(
                f"Pilihannya: {'; '.join(_short_choices(self.questionnaire.model, item, 'id'))}.",
                f"The choices: {'; '.join(_short_choices(self.questionnaire.model, item, 'en'))}.",
            )
            self._issue("answer", number, (said, remedy))
            return
        if texts["evidence"]:
            said["evidence"] = [line.strip() for line in texts["evidence"].splitlines() if line.strip()]
        where = self._where("answer", number)
        self.lacking[code] = tuple(faults)
        self.given[code] = Given(self.stamp.office, self.stamp.respondent, code, said, None, where)

    def _said(self, item: Item, texts: Mapping[str, str]) -> dict[str, Any] | Text:
        """The answer in the long form of an answers file, or what is wrong with it."""
        answer, reason, note = texts["answer"], texts["reason"] or None, texts["note"] or None
        if not answer:
            return Text("Barisnya diisi, tetapi jawabannya kosong.", "The row is filled in, but its answer is empty.")
        wrong = Text(f"“{answer}” bukan jawaban butir ini.", f"“{answer}” is no answer to this item.")
        if answer[:1].isdigit() or answer[:1] in "+-":
            number = self._number(item, answer)
            if number is None or isinstance(number, Text):
                return wrong if number is None else number
            told = {"value": number, "reason": reason, "note": note}
            return {key: text for key, text in told.items() if text is not None}
        said = written(answer, item.fact.kind == "criterion", reason, note) or {}
        status = said.get("status", "given")
        if status == "not_applicable":
            if not item.fact.may_not_apply:
                return Text("Butir ini tidak dapat dinyatakan tidak berlaku.", "This item cannot be said not to apply.")
            return said if said.get("reason") else Text("Tulis alasannya juga.", "Write the reason as well.")
        is_understood = item.fact.kind != "criterion" or status != "given" or isinstance(said["value"], bool)
        return said if is_understood and not _is_whole(item) else wrong

    def _number(self, item: Item, answer: str) -> str | bool | Text | None:
        """A level, a figure, or 1 and 0 for yes and no; a text that says why it is none of them, None for just so."""
        if item.fact.kind == "criterion":
            return None if _is_whole(item) else {"1": True, "0": False}.get(answer)
        for number, name, _ in item.levels:
            if answer.casefold() in (str(number), *(f"{number} {name[language]}".casefold() for language in LANGUAGES)):
                return str(number)
        is_level = item.fact.kind == "level" and not self.questionnaire.model.nodes[item.node].real
        if is_level or not answer.endswith("%"):
            return None if is_level else _figure(answer)
        if not is_percentage(self.questionnaire, item):
            return no_percentage(answer).what
        return _figure(answer[:-1].rstrip())

    def _issue(self, column: str, row: int, fault: _Fault) -> None:
        self.issues.append(Issue(self._where(column, row), *fault))

    def _where(self, column: str, row: int) -> Where:
        from openpyxl.utils import get_column_letter

        return Where(f"{self.place}{get_column_letter(self.columns[column] + 1)}{row}")

    def returned(self) -> Returned:
        """All that was taken in; of an item that is answered in several rows, none."""
        for code, rows in self.rows.items():
            for row in rows if len(rows) > 1 else ():
                others = ", ".join(str(other) for other in rows if other != row)
                what = Text(f"Butir “{code}” ada juga di baris {others}.", f"Item “{code}” is in row {others} as well.")
                self._issue("item", row, (what, Text("Hapus salah satunya.", "Remove one of them.")))
                self.given.pop(code, None)
        untouched = {c for c, one in self.given.items() if self.before.get(c) == _digest(cells_of(one.written))}
        lacking = {code: names for code, names in self.lacking.items() if names}
        return Returned(self.stamp, tuple(self.given.values()), frozenset(untouched), tuple(self.issues), lacking)


_Fault = tuple[Text, Text | None]
_GROUPED = re.compile(r"[-+]?[1-9][0-9]{0,2}((\.[0-9]{3})+(,[0-9]+)?|(,[0-9]{3})+(\.[0-9]+)?)\Z")


def _figure(text: str) -> str | Text:
    """A figure as typed, with a decimal point and no trailing zeros; or why it is none, or may be two."""
    marks = [letter for letter in text if letter in ".,"]
    if _GROUPED.match(text):
        if len(marks) == 1:
            return Text(
                f"“{text}” dapat berarti dua hal: {text.replace(marks[0], '')} atau "
                f"{_plain(text.replace(',', '.')).replace('.', ',')}.",
                f"“{text}” can mean two things: {text.replace(marks[0], '')} or {_plain(text.replace(',', '.'))}.",
            )
        return _plain(text.replace(marks[0], "").replace(",", "."))
    if re.fullmatch(r"[-+]?[0-9]+([.,][0-9]+)?", text):
        return _plain(text.replace(",", "."))
    return Text(f"“{text}” bukan angka.", f"“{text}” is not a figure.")


def _text(cell: Any, name: str) -> tuple[str, _Fault | None]:
    """What a cell says, as text; or why that cannot be told."""
    value = cell.value
    if value is None:
        return "", None
    if fault := _fault(cell, name):
        return "", fault
    if isinstance(value, bool):
        return ("ya" if value else "tidak"), None
    if isinstance(value, (int, float)):
        return _number(value), None
    if isinstance(value, datetime):
        value = value.date() if value.time() == time() else value
    return _clean(str(value).replace("’", "'") if name == "answer" else str(value)), None


def _fault(cell: Any, name: str) -> _Fault | None:
    value = cell.value
    if cell.data_type in ("f", "e"):
        is_formula = cell.data_type == "f"
        return (
            Text("Sel ini berisi rumus.", "This cell holds a formula.")
            if is_formula
            else Text(f"Sel ini berisi kesalahan {value}.", f"This cell holds the error {value}."),
            Text("Tulis isinya sendiri, bukan rumus.", "Write what it says, not a formula."),
        )
    again = Text(
        "Ubah format selnya menjadi Teks, lalu tulis ulang angkanya.",
        "Change the format of the cell to Text and write the figure again.",
    )
    if name == "answer" and isinstance(value, (date, time, timedelta)):
        return Text("Sel ini berisi tanggal atau waktu.", "This cell holds a date or a time."), again
    if name == "answer" and isinstance(value, (int, float)) and "%" in (cell.number_format or ""):
        return Text("Sel ini berformat persen.", "This cell is formatted as a percentage."), again
    return None


def _number(value: float) -> str:
    """A number of a spreadsheet, with the 15 digits that it stands for, so that it cannot be two figures as text."""
    text = _plain(format(Decimal(format(value, ".15g")), "f"))
    return f"{text}0" if _GROUPED.match(text) else text


def expect(path: Path, returned: Stamp, expected: Stamp) -> None:
    """Refuse a workbook of another study or of other versions. Raises FaultsFound."""
    for name, text in _STAMPED.items():
        theirs, mine = getattr(returned, name), getattr(expected, name)
        if theirs != mine:
            raise FaultsFound(
                Issue(
                    Where(str(path)),
                    Text(
                        f"{text.id} workbook ini “{theirs}”, padahal kajiannya “{mine}”.",
                        f"{text.en} of this workbook is “{theirs}”, that of the study “{mine}”.",
                    ),
                    Text(
                        "Keluarkan workbook baru dengan gscm study export, lalu salin jawabannya.",
                        "Write a new workbook with gscm study export and copy the answers into it.",
                    ),
                )
            )


_STAMPED = {
    "study": Text("Kajian", "The study"),
    "model": Text("Model", "The model"),
    "model_version": Text("Versi model", "The version of the model"),
    "questionnaire": Text("Kuesioner", "The questionnaire"),
    "questionnaire_version": Text("Versi kuesioner", "The version of the questionnaire"),
}
