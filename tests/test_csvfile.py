"""Tables as spreadsheets save them."""

import pytest

from gscm import csvfile
from gscm.errors import FaultsFound, Unreadable


def read(tmp_path, content):
    file = tmp_path / "t.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return csvfile.read(file, "t.csv")


def faults(tmp_path, content):
    with pytest.raises((FaultsFound, Unreadable)) as found:
        read(tmp_path, content)
    return [issue.sentence("en") for issue in found.value.issues]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_that_of_the_headings(tmp_path, delimiter):
    table = read(tmp_path, f"a{delimiter}b\n1{delimiter}2\n")
    assert table.headings == ("a", "b")
    assert table.rows[0].cells == {"a": "1", "b": "2"}


def test_a_byte_order_mark_windows_lines_and_blank_rows_are_passed_over(tmp_path):
    table = read(tmp_path, "\ufeffa;b\r\n 1 ;\r\n;;\r\n\r\n3;4;;\r\n")
    assert [(row.line, row.cells) for row in table.rows] == [(2, {"a": "1"}), (5, {"a": "3", "b": "4"})]


def test_a_row_over_several_lines_is_told_by_its_first(tmp_path):
    table = read(tmp_path, 'a,b\n"one\ntwo",x\n3,y\n')
    assert [row.line for row in table.rows] == [2, 4]


def test_every_fault_is_told_at_once_with_its_line(tmp_path):
    assert faults(tmp_path, "a,a,\n1,2,3,4\n")[0].startswith("t.csv:1: There are two columns “a”.")
    told = faults(tmp_path, "a,b\n1,2,3\n")
    assert told[0].startswith("t.csv:2: This row holds 3 cells, but there are only 2 columns. Put a text")


@pytest.mark.parametrize(
    ("content", "told"), [(b"", "This table is empty."), (b"a\n\xff\xfe", "This table is not UTF-8 text.")]
)
def test_what_is_no_table_is_refused(tmp_path, content, told):
    assert told in faults(tmp_path, content)[0]


def test_a_missing_table_is_refused(tmp_path):
    with pytest.raises(Unreadable):
        csvfile.read(tmp_path / "none.csv")
