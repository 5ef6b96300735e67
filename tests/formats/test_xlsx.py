"""A questionnaire as a workbook: what is locked, what is offered, and what comes back."""

import shutil
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from gscm.errors import Unreadable
from gscm.formats import xlsx
from gscm.formats.xlsx import Stamp, cells_of, read_workbook, workbook
from gscm.questionnaire.load import questionnaire_for
from tests.tiny import tiny

STAMP = Stamp("study-1", "m", "1.0.0", "m", "1.0.0", "bappeda", "bappeda-1")
QUESTIONNAIRE = questionnaire_for(
    tiny("""
    gates: {every: [{clause: children, rule: all}]}
    children:
      - {id: r, kind: criteria, title: Rules, criteria: {2: [{text: Decreed, may_not_apply: true}], 3: [{text: Used}]}}
      - {id: sea, kind: criteria, title: Sea, may_not_apply: true, criteria: {2: [{text: Harbours}]}}
      - {id: plan, kind: level, title: Plan}
      - id: read
        kind: quantity
        title: Readers
        quantity: {title: readers, unit: per 1000, direction: higher, min: 0, max: 100, targets: {2: 50}}
    """)
)


@pytest.fixture
def made(tmp_path):
    """`made({item: written})` is the path of a workbook with these answers filled in."""

    def make(answers=None, language="id"):
        path = tmp_path / "b.xlsx"
        path.write_bytes(workbook(QUESTIONNAIRE, QUESTIONNAIRE.items, answers or {}, STAMP, (), language))
        return path

    return make


@pytest.fixture
def typed(made):
    """`typed({"E2": "ya"})` is what comes back of an empty workbook in which this was typed."""

    def type_in(cells, prepare=lambda sheet: None):
        path = made()
        book = openpyxl.load_workbook(path)
        for place, value in cells.items():
            book["Jawaban"][place] = value
        prepare(book["Jawaban"])
        book.save(path)
        return read_workbook(path, QUESTIONNAIRE)

    return type_in


def answers(returned):
    return {one.fact: dict(one.written) for one in returned.given}


def refused(returned):
    return [(str(one.where).rpartition("!")[2], one.what.en) for one in returned.issues]


def unreadable(path):
    with pytest.raises(Unreadable) as found:
        read_workbook(path, QUESTIONNAIRE)
    return found.value.issues[0].what.en


def test_only_the_four_columns_to_fill_in_are_open_on_a_protected_sheet(made):
    sheet = openpyxl.load_workbook(made())["Jawaban"]
    open_cells = {cell.column_letter for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert sheet.protection.sheet
    assert open_cells == {"E", "F", "G", "H"}


def test_each_item_offers_its_own_choices(made):
    book = openpyxl.load_workbook(made())
    offered = {}
    for rule in book["Jawaban"].data_validations.dataValidation:
        for cell in str(rule.sqref).split() if rule.type == "list" else ():
            start, end = rule.formula1.replace("$", "").removeprefix("gscm!").split(":")
            offered[cell] = [one.value for (one,) in book["gscm"][start:end]]
    assert offered == {
        "E2": ["ya", "tidak", "tidak tahu", "tidak berlaku"],
        "E3": ["ya", "tidak", "tidak tahu"],
        "E4": ["tidak berlaku"],
        "E5": ["ya", "tidak", "tidak tahu"],
        "E6": ["1 L1", "2 L2", "3 L3", "tidak tahu"],
    }


def test_it_prints_on_a4_landscape_with_its_headings_on_every_page(made):
    sheet = openpyxl.load_workbook(made())["Jawaban"]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$1", "B2")


@pytest.mark.parametrize(("language", "sheet"), [("id", "Petunjuk"), ("en", "Guide")])
def test_the_guide_says_what_is_official(made, language, sheet):
    lines = [cell.value for (cell,) in openpyxl.load_workbook(made(language=language))[sheet].iter_rows(max_col=1)]
    assert any(line.endswith(": notice") for line in lines)


def test_the_stamp_is_hidden_and_comes_back(made):
    path = made()
    assert openpyxl.load_workbook(path)["gscm"].sheet_state == "veryHidden"
    assert read_workbook(path, QUESTIONNAIRE).stamp == STAMP


FILLED = {
    "r.2": {"status": "not_applicable", "reason": "no office"},
    "r.3": {"value": True, "evidence": ["Pergub 1/2024", "SK 2"], "note": "=1+1"},
    "sea": {"status": "not_applicable", "reason": "no coast"},
    "plan": {"value": "2"},
    "read": {"value": "12.345"},
}


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_filled_in_comes_back_as_it_was_and_is_known_to_be_untouched(made, language):
    returned = read_workbook(made(FILLED, language), QUESTIONNAIRE)
    assert answers(returned) == FILLED
    assert returned.untouched == FILLED.keys()
    assert returned.issues == ()


def test_text_like_a_formula_is_written_as_text(made):
    cell = openpyxl.load_workbook(made(FILLED))["Jawaban"]["H3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_an_answer_changed_is_not_untouched(made):
    path = made(FILLED)
    book = openpyxl.load_workbook(path)
    book["Jawaban"]["E6"] = "3 L3"
    book.save(path)
    returned = read_workbook(path, QUESTIONNAIRE)
    assert answers(returned)["plan"] == {"value": "3"}
    assert FILLED.keys() - returned.untouched == {"plan"}


@pytest.mark.parametrize(
    ("cell", "typed_in", "written"),
    [
        ("E3", " YA ", True),
        ("E3", True, True),
        ("E3", 0, False),
        ("E3", "No", False),
        ("E6", "2", "2"),
        ("E6", 2, "2"),
        ("E6", "2 l2", "2"),
        ("E7", "12,5", "12.5"),
        ("E7", "12.50", "12.5"),
        ("E7", 12.5, "12.5"),
        ("E7", 12.300000000000001, "12.3"),
        ("E7", 12.345, "12.345"),
        ("E7", "98", "98"),
        ("E7", "1.234.567,5", "1234567.5"),
    ],
)
def test_an_answer_is_read_as_it_is_meant(typed, cell, typed_in, written):
    assert [one.written for one in typed({cell: typed_in}).given] == [{"value": written}]


@pytest.mark.parametrize("words", ["tidak tahu", "Don’t know"])
def test_not_knowing_is_an_answer_to_every_item(typed, words):
    assert answers(typed({"E3": words, "E6": words, "E7": words})) == {
        item: {"status": "unknown"} for item in ("r.3", "plan", "read")
    }


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"E3": "mungkin"}, "“mungkin” is no answer to this item."),
        ({"E3": "2"}, "“2” is no answer to this item."),
        ({"E4": "ya"}, "“ya” is no answer to this item."),
        ({"E6": "4 L4"}, "“4 L4” is no answer to this item."),
        ({"E6": "2 L3"}, "“2 L3” is no answer to this item."),
        ({"E3": "tidak berlaku", "F3": "x"}, "This item cannot be said not to apply."),
        ({"E2": "tidak berlaku"}, "Write the reason as well."),
        ({"E7": "1.234"}, "“1.234” can mean two things: 1234 or 1.234."),
        ({"E7": "85%"}, "“85%” is a percentage; this item is not."),
        ({"E7": "12 orang"}, "“12 orang” is not a figure."),
        ({"E7": date(2026, 5, 12)}, "This cell holds a date or a time."),
        ({"E7": "=1+1"}, "This cell holds a formula."),
        ({"E3": "#N/A"}, "This cell holds the error #N/A."),
        ({"H3": "only a note"}, "The row is filled in, but its answer is empty."),
    ],
)
def test_a_cell_that_cannot_be_taken_in_is_refused_and_the_others_are_not(typed, cells, what):
    returned = typed({**cells, "E5": "ya"})
    assert answers(returned) == {"sea.2": {"value": True}}
    assert [said for _, said in refused(returned)] == [what]


def test_a_refusal_names_the_cell_and_what_can_be_answered(typed):
    (issue,) = typed({"E3": "mungkin"}).issues
    assert issue.sentence("en").endswith("b.xlsx:Jawaban!E3: “mungkin” is no answer to this item. "
                                         "The choices: yes / no / don't know.")  # fmt: skip


def test_a_formula_beside_an_answer_is_refused_too(typed):
    returned = typed({"E3": "ya", "G3": "=HYPERLINK(1)"})
    assert refused(returned) == [("G3", "This cell holds a formula. The answer is read without that evidence.")]
    assert (answers(returned), returned.lacking) == ({"r.3": {"value": True}}, {"r.3": ("evidence",)})


def test_a_percentage_is_refused(typed):
    def as_percent(sheet):
        sheet["E7"].number_format = "0%"

    assert refused(typed({"E7": 0.85}, as_percent)) == [("E7", "This cell is formatted as a percentage.")]


def test_an_unknown_code_is_refused_with_the_nearest(typed):
    returned = typed({"A3": "r.33", "E3": "ya"})
    assert refused(returned) == [("A3", "The questionnaire has no item “r.33”.")]
    assert "“r.3”" in returned.issues[0].remedy.en


def test_a_code_in_two_rows_is_refused_in_both(typed):
    returned = typed({"A5": "r.3", "E3": "ya", "E5": "tidak"})
    assert answers(returned) == {}
    assert [place for place, _ in refused(returned)] == ["A3", "A5"]


def test_columns_may_stand_in_another_order(typed):
    assert answers(typed({"E1": "Catatan", "H1": "Jawaban", "H3": "ya"})) == {"r.3": {"value": True}}


def test_a_missing_column_is_named(made):
    path = made()
    book = openpyxl.load_workbook(path)
    book["Jawaban"]["E1"] = "X"
    book.save(path)
    assert unreadable(path) == "There is no column “Answer”."


def test_a_workbook_without_our_stamp_is_refused(tmp_path):
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    assert unreadable(tmp_path / "other.xlsx") == "This workbook is not from gscm study export."


def add(path: Path, part: str) -> Path:
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr(part, "x")
    return path


def test_macros_are_refused(made):
    assert unreadable(add(made(), "xl/vbaProject.bin")) == "This workbook holds macros."


def test_a_workbook_named_as_one_with_macros_is_refused(made, tmp_path):
    shutil.copy(made(), tmp_path / "b.xlsm")
    assert unreadable(tmp_path / "b.xlsm") == "This workbook holds macros."


def test_links_to_other_files_are_refused(made):
    assert unreadable(add(made(), "xl/externalLinks/externalLink1.xml")).startswith("This workbook links to")


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("old.xls", bytes.fromhex("d0cf11e0a1b11ae1") * 99, "This is an old .xls file, or has a password."),
        ("text.xlsx", b"a;b;c", "This is not an .xlsx file."),
        ("empty.xlsx", b"", "This is not an .xlsx file."),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path, name, content, what):
    (tmp_path / name).write_bytes(content)
    assert unreadable(tmp_path / name) == what


def test_a_missing_file_is_refused(tmp_path):
    assert unreadable(tmp_path / "none.xlsx") == "This file cannot be read."


def test_a_zip_of_something_else_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "z.xlsx", "w") as packed:
        packed.writestr("content.xml", "x")
    assert unreadable(tmp_path / "z.xlsx") == "This is not an .xlsx file."


def test_a_damaged_sheet_is_refused(made):
    path = made()
    raw = path.read_bytes()
    middle = raw.index(b"xl/worksheets/sheet2.xml") + 300
    path.write_bytes(raw[:middle] + bytes(40) + raw[middle + 40 :])
    assert unreadable(path) == "The content of this workbook is damaged."


def test_a_zip_bomb_is_refused_before_it_is_unpacked(made, monkeypatch):
    path = made()
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/bomb.xml", bytes(xlsx.MAX_UNPACKED))
    monkeypatch.setattr(openpyxl, "load_workbook", None)
    assert unreadable(path).endswith("MB; the limit is 100 MB.")


def test_too_many_parts_are_refused(made, monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_PARTS", 5)
    assert unreadable(made()).endswith("parts; the limit is 5.")


def test_a_file_that_is_too_large_is_refused(made, monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_FILE", 100)
    assert "the limit is" in unreadable(made())


def test_too_many_rows_are_refused(made, monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_ROWS", 50)
    path = made()
    book = openpyxl.load_workbook(path)
    book["Jawaban"]["A51"] = "x"
    book.save(path)
    assert unreadable(path) == "Its sheet has more than 50 rows."


@pytest.mark.parametrize("row", [b'<row r="99999999999"/>', b'<row r="99999999999"><c r="A99999999999"/></row>'])
def test_a_row_beyond_any_sheet_is_refused(made, tmp_path, row):
    with zipfile.ZipFile(made()) as old, zipfile.ZipFile(tmp_path / "far.xlsx", "w") as new:
        for name in old.namelist():
            end = b"</sheetData>"
            new.writestr(name, old.read(name).replace(end, row + end) if "sheet2" in name else old.read(name))
    assert unreadable(tmp_path / "far.xlsx") == "Its sheet has more than 10000 rows."


@pytest.mark.parametrize("said", [{"status": "blank"}, {"status": "withheld", "value": 3}, {}])
def test_what_is_not_answered_leaves_its_cells_empty(said):
    assert cells_of({**said, "note": "n"}) == ("", "", "", "")
