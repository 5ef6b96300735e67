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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_text_is_read_where_its_encoding_is_certain(tmp_path, encoding):
    content = "nama\tcatatan\nKetua\t“sudah”\n".encode(encoding)
    if encoding == "utf-16-le":
        assert faults(tmp_path, content) == [
            "t.csv:1: This table is not UTF-8 text. Save it again from the spreadsheet as “CSV UTF-8”."
        ]
    else:
        assert read(tmp_path, content).rows[0].cells == {"nama": "Ketua", "catatan": "“sudah”"}


def test_the_line_is_told_where_a_file_is_not_utf_8(tmp_path):
    content = "a;b\n" * 20_000 + "x;“salah”\n"
    assert faults(tmp_path, content.encode("cp1252"))[0].startswith("t.csv:20001: This table is not UTF-8 text.")


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("Sejauh mana a, b, dan c?;OPD, SKPD\n3;bappeda\n", ";"),
        ('"Sejauh mana a; b; c?",OPD\n3,bappeda\n', ","),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("a,b\n", ","),
    ],
)
def test_the_delimiter_is_the_one_by_which_rows_are_as_long_as_the_headings(tmp_path, content, delimiter):
    (tmp_path / "t.csv").write_text(content)
    with csvfile.stream(tmp_path / "t.csv") as (headings, lines):
        assert (lines.delimiter, len(headings)) == (delimiter, 2)


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_first_line_may_tell_the_delimiter(tmp_path, first):
    table = read(tmp_path, f"{first}\r\na;b\r\n1,2;3\r\n")
    assert [(row.line, row.cells) for row in table.rows] == [(3, {"a": "1,2", "b": "3"})]


@pytest.mark.parametrize("content", ['a,b\n"' + "x" * 200_000 + '",1\n', "a,b\n" + "1," * 600_000 + "\n"])
def test_a_cell_or_a_row_without_end_is_refused(tmp_path, content):
    assert "a cell or a row that is too long" in faults(tmp_path, content)[0]


def test_headings_may_stand_twice_where_that_is_said(tmp_path):
    (tmp_path / "t.csv").write_text("a,a\n1,2\n")
    with csvfile.stream(tmp_path / "t.csv", unique=False) as (headings, lines):
        assert (headings, list(lines)) == (("a", "a"), [(2, ["1", "2"])])
