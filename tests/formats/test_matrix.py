"""The matrix of a plan as a workbook: numbers are numbers, nothing is a formula, sums are those of the plan."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from gscm.formats.matrix import _height, matrix_workbook
from gscm.i18n import same
from gscm.roadmap.plan import plan_roadmap
from gscm.roadmap.request import Goal
from tests.roadmap.test_schedule import raising, rows

TO_2 = (Goal("m", 2),)


def plan(*actions):
    problem = rows(*actions, goals=TO_2)
    return plan_roadmap(problem.result, tuple(problem.actions.values()), problem.request)


def book(found, language="id"):
    return openpyxl.load_workbook(BytesIO(matrix_workbook(found, language)))


@pytest.fixture(scope="module")
def priced():
    return plan(raising("a", 2, costs=(400_000_000, 1), months=24), raising("b", 2, costs=(25_000_000,)))


def cells(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def row_of(sheet, text):
    """The row whose name is this text."""
    return next(row for row in sheet.iter_rows(min_row=3) if row[2].value == text)


def column(sheet, heading, year):
    """The cells below the heading of a year."""
    first = next(cell.column for cell in sheet[1] if cell.value == year)
    at = next(n for n in (first, first + 1) if sheet.cell(2, n).value == heading)
    return [sheet.cell(row, at) for row in range(3, sheet.max_row + 1)]


def test_rupiah_are_numbers_and_their_sums_are_those_of_the_plan(priced):
    sheet = book(priced)["Matriks"]
    lines = [isinstance(sheet.cell(row, 1).value, int) for row in range(3, sheet.max_row + 1)]
    for year in priced.request.years:
        below = [cell.value for cell in column(sheet, "Rp", year)]
        spent = [value or 0 for value, line in zip(below, lines, strict=True) if line]
        assert len(spent) == len(priced.scheduled)
        assert all(isinstance(value, int) for value in spent)
        assert sum(spent) == (below[-1] or 0) == priced.total.by_year[year]
    assert column(sheet, "Rp", "Kondisi akhir")[-1].value == priced.total.total == 425_000_001


def test_thousands_are_grouped_by_the_format_not_in_the_text(priced):
    cell = column(book(priced)["Matriks"], "Rp", "Kondisi akhir")[-1]
    assert (cell.data_type, cell.number_format) == ("n", "[$-421]#,##0")


def test_the_target_of_a_year_is_the_level_that_the_plan_reaches_by_its_end(priced):
    sheet = book(priced, "en")["Matrix"]
    shown = [cell.value for cell in column(sheet, "Target", priced.request.last) if cell.value is not None]
    assert shown == [2, 2]


def test_without_rupiah_the_band_stands_there_and_no_figure():
    found = plan(raising("a", 2, costs=None, band="low"), raising("b", 2, costs=(25_000_000,)))
    sheet = book(found)["Matriks"]
    spent = [cell.value for cell in column(sheet, "Rp", "Kondisi akhir")]
    assert "rendah" in spent
    assert spent[-1] == 25_000_000
    assert any(isinstance(c.value, str) and "(+ 1 rendah)" in c.value for c in cells(sheet))


def coded(name, code, **more):
    return replace(raising(name, 2, costs=(1_000_000,), **more), nomenclature=code)


@pytest.fixture(scope="module")
def by_code():
    found = plan(coded("a", "2.16.03.1.02.0031"), coded("b", "2.16.03.1.02.0041"))
    return book(replace(found, rpjmd=(2025, 2029)))["Matriks"]


def test_actions_stand_indented_below_their_sub_activity_activity_programme_and_field(by_code):
    rows = [
        (row[1].value, row[2].alignment.indent) for row in by_code.iter_rows(min_row=3, max_row=by_code.max_row - 1)
    ]
    assert rows == [
        ("2.16", 0),
        ("2.16.03", 1),
        ("2.16.03.1.02", 2),
        ("2.16.03.1.02.0031", 3),
        ("2.16.03.1.02.0031", 4),
        ("2.16.03.1.02.0041", 3),
        ("2.16.03.1.02.0041", 4),
    ]
    assert [row[0].value for row in by_code.iter_rows(min_row=3) if row[0].value] == [1, 2]


def test_the_sums_above_actions_are_theirs_and_a_sub_activity_shows_its_output(by_code):
    programme = row_of(by_code, "Program Pengelolaan Aplikasi Informatika")
    assert 2_000_000 in [cell.value for cell in programme]
    smart = row_of(by_code, "Koordinasi dan Fasilitasi Penyelenggaraan Provinsi Cerdas")
    assert (smart[3].value.startswith("Jumlah laporan"), smart[4].value) == (True, "Dokumen")


def test_every_action_names_the_documents_of_its_year_and_of_the_five_years_around_it(by_code):
    said = [cell.value for cell in cells(by_code) if "RKPD" in str(cell.value)]
    assert len(said) == 2
    assert all(text.endswith("RPJMD/Renstra 2025–2029") for text in said)


def test_figures_and_texts_beside_one_another_do_not_run_together_on_paper(by_code):
    row = next(row for row in by_code.iter_rows(min_row=3) if row[0].value == 1)
    office = next(cell.column - 1 for cell in by_code[1] if cell.value == "PD penanggung jawab")
    assert row[0].alignment.horizontal == "center"
    assert (row[office - 1].alignment.horizontal, row[office].alignment.indent) == ("right", 1)


def test_a_bold_text_below_an_indent_takes_the_lines_that_it_needs():
    assert _height(["Program Pengembangan Sumber Daya Manusia"], [36], strong=True) > _height(["Program"], [36])
    assert _height(["  " * 4 + "x" * 20 + " " + "x" * 20], [36]) > _height(["x" * 20 + " " + "x" * 20], [36])


def test_no_cell_below_the_headings_is_merged(by_code):
    assert all(span.max_row <= 2 for span in by_code.merged_cells.ranges)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@here", "=HYPERLINK(1)"])
def test_nothing_is_a_formula_whatever_a_text_starts_with(text):
    action = replace(
        raising("a", 2, costs=(1,)), what=same(text), offices=(text,), fund=text, unit=text, indicator=text, target=text
    )
    found = book(plan(action, raising("b", 2, costs=(1,))))
    assert not [cell for sheet in found for cell in cells(sheet) if cell.data_type == "f"]
    assert any(cell.value == text for cell in cells(found["Matriks"]))


def test_headings_stay_in_sight_and_on_every_page_of_a4_landscape(priced):
    sheet = book(priced)["Matriks"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("D3", "$1:$2")
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)


def test_levels_by_year_are_numbers_that_show_their_names(priced):
    sheet = book(priced)["Level per tahun"]
    assert [cell.value for cell in sheet[1]][3:] == list(priced.request.years)
    assert sheet.cell(2, sheet.max_column).value == 2
    assert sheet.cell(2, sheet.max_column).number_format == '0" L2"'


def test_the_third_sheet_says_what_is_official_and_which_versions_it_is_of(priced):
    said = " ".join(str(cell.value) for cell in cells(book(priced)["Alasan dan catatan"]))
    assert priced.result.model.notice.id in said
    assert f"{priced.result.model.id} {priced.result.model.version}" in said
