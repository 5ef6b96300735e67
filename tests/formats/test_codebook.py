"""Tables as a workbook to read and print."""

from io import BytesIO

import openpyxl
import pytest

from gscm.formats.codebook import Sheet, codebook


def sheet(rows, **how):
    content = codebook((Sheet("Codebook", (("Item", 10), ("Question", 20)), rows, **how),), "Study & more")
    return openpyxl.load_workbook(BytesIO(content))["Codebook"]


def test_headings_stay_in_sight_and_on_every_page():
    found = sheet([("i1", "Level?")], frozen=1, pages=2)
    assert (found.freeze_panes, found.print_title_rows, found.print_title_cols) == ("B2", "$1:$1", "$A:$A")
    assert found.auto_filter.ref == "A1:B2"
    assert found.column_dimensions["B"].width == 20


def test_it_prints_on_a4_landscape_as_wide_as_asked():
    setup = sheet([], pages=2).page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 2, 0)


def test_a_row_is_as_tall_as_its_lines():
    found = sheet([("i1", "one"), ("i2", "one\ntwo\nthree"), ("i3", "word " * 20)])
    heights = [found.row_dimensions[row].height for row in (2, 3, 4)]
    assert heights[0] < heights[1] < heights[2]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@here", "=HYPERLINK(1)"])
def test_no_cell_is_a_formula(text):
    cell = sheet([("i1", text)])["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_numbers_stay_numbers_and_control_characters_go():
    found = sheet([(3, "a\x07b")])
    assert (found["A2"].value, found["A2"].data_type, found["B2"].value) == (3, "n", "a b")
