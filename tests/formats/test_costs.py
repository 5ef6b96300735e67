"""Tables of costs that somebody else's spreadsheet wrote."""

import pytest
from openpyxl import Workbook

from gscm.errors import FaultsFound
from gscm.formats.costs import read_costs


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
