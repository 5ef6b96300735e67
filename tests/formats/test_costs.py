"""Tables of costs that somebody else's spreadsheet wrote."""

from io import BytesIO

import openpyxl
import pytest
from openpyxl import Workbook

from gscm.errors import FaultsFound
from gscm.formats.costs import costs_workbook, read_costs
from gscm.i18n import same
from gscm.roadmap.actions import Action
from tests.roadmap.test_schedule import ROWS as NODES
from tests.tiny import tiny


@pytest.fixture
def saved(tmp_path):
    def save(rows, *merged):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        for cells in merged:
            book.active.merge_cells(cells)
        path = tmp_path / "biaya.xlsx"
        book.save(path)
        return path

    return save


ROWS = [["action", "cost"], ["a.2", 5_000_000], ["a.3", None]]


def test_cells_merged_over_rows_are_refused_rather_than_read_as_empty(saved):
    with pytest.raises(FaultsFound) as refused:
        read_costs(saved(ROWS, "B2:B3"))
    (issue,) = refused.value.issues
    assert str(issue.where).endswith("biaya.xlsx:B2:B3")
    assert issue.what.en == "These cells are merged, so that only the first row holds anything."


def test_a_merged_heading_takes_nothing_away(saved):
    assert [dict(row.by_column) for row in read_costs(saved([["action", "cost", "", ""], *ROWS[1:]], "B1:D1"))] == [
        {"action": "a.2", "cost": "5000000"},
        {"action": "a.3"},
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("abc", "“abc” is no nomenclature code."),
        ("2-16-03", "“2-16-03” is no nomenclature code."),
        (2.16, "The code “2.16” ends at a field of government."),
    ],
)
def test_what_is_no_code_of_a_programme_is_refused_with_its_row_and_what_to_write(saved, written, said):
    path = saved([["action", "nomenclature"], ["a.2", "2.16.03"], ["a.3", written]])
    with pytest.raises(FaultsFound) as refused:
        read_costs(path)
    (issue,) = refused.value.issues
    assert (str(issue.where), issue.what.en) == (f"{path}:3", said)
    assert "2.16.03.1.02.0031" in issue.remedy.en


@pytest.fixture(scope="module")
def template():
    action = Action("a.2", same("=Do it"), (), 6, "low", offices=("diskominfo",), nomenclature="2.16.03")
    return costs_workbook(tiny(NODES), [action], "en")


def test_the_workbook_to_fill_in_reads_back_as_it_was_written(template, tmp_path):
    path = tmp_path / "costs.xlsx"
    path.write_bytes(template)
    (row,) = read_costs(path)
    assert row.by_column == {
        "action": "a.2", "what": "=Do it", "offices": "diskominfo", "nomenclature": "2.16.03", "months": "6",
        "cost": "low",
    }  # fmt: skip


def test_the_workbook_to_fill_in_keeps_codes_as_text_groups_rupiah_and_says_what_belongs_in_a_column(template):
    sheet = openpyxl.load_workbook(BytesIO(template)).active
    columns = {cell.value: cell.column_letter for cell in sheet[1]}
    formats = {name: sheet.column_dimensions[letter].number_format for name, letter in columns.items()}
    assert (formats["nomenclature"], formats["cost"], formats["months"]) == ("@", "#,##0", "0")
    assert sheet.freeze_panes == "B2"
    assert all(cell.font.bold for cell in sheet[1])
    hints = {str(rule.sqref).partition("2:")[0]: rule.prompt for rule in sheet.data_validations.dataValidation}
    assert "250,000,000" in hints[columns["cost"]]
    assert all(len(hint) <= 255 for hint in hints.values())
