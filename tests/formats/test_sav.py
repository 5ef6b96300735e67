"""A table as a file of SPSS: what pyreadstat and pandas find in it, and what damaged files are refused for."""

from datetime import UTC, datetime

import pandas as pd
import pyreadstat
import pytest

from gscm.errors import Unreadable
from gscm.formats import sav as module
from gscm.formats.sav import Column, open_sav, sav

MADE = datetime(2026, 3, 9, 7, 5, 3, tzinfo=UTC)
COLUMNS = (
    Column("office", "Perangkat daerah"),
    Column("i1", "Level?", 0, {1.0: "Rintisan", 98.0: "tidak tahu"}, (97, 98, 99), "ordinal"),
    Column("x", "Persen?", 3, None, (-97, -98, -99), "scale"),
)
CELLS = {"office": ["bappeda", "dinkes", None], "i1": [1.0, 98.0, None], "x": [12.345, -99.0, 97.0]}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.sav"
    path.write_bytes(sav(COLUMNS, CELLS, "Kajian", ("catatan " * 30,), MADE))
    return path


def rows(path):
    with open_sav(path) as file:
        return list(file.rows)


def refused(path):
    with pytest.raises(Unreadable) as found:
        rows(path)
    return found.value.issues[0].what.en


def test_pandas_reads_the_figures_and_takes_declared_codes_for_missing(file):
    frame, _ = pyreadstat.read_sav(file)
    assert frame["x"].tolist()[0] == 12.345
    assert frame[["i1", "x"]].isna().to_numpy().tolist() == [[False, False], [True, True], [True, False]]


def test_labels_measures_formats_and_missing_codes_stand_in_the_file(file):
    frame, told = pyreadstat.read_sav(file, user_missing=True)
    assert frame["i1"].tolist()[:2] == [1, 98]
    assert told.column_names_to_labels == {"office": "Perangkat daerah", "i1": "Level?", "x": "Persen?"}
    assert told.variable_value_labels == {"i1": {1: "Rintisan", 98: "tidak tahu"}}
    assert told.missing_ranges["x"] == [{"lo": code, "hi": code} for code in (-97, -98, -99)]
    assert told.variable_measure == {"office": "nominal", "i1": "ordinal", "x": "scale"}
    assert (told.original_variable_types["i1"], told.original_variable_types["x"]) == ("F4.0", "F7.3")
    assert (told.file_encoding, told.file_label) == ("UTF-8", "Kajian")
    assert " ".join(told.notes) == ("catatan " * 30).strip()


def test_more_than_three_missing_codes_are_declared_as_their_range(tmp_path):
    column = Column("a", "", 0, None, (96, 97, 98, 99))
    (tmp_path / "a.sav").write_bytes(sav((column,), {"a": [96.0]}, "", (), MADE))
    _, told = pyreadstat.read_sav(tmp_path / "a.sav", user_missing=True)
    assert told.missing_ranges == {"a": [{"lo": 96, "hi": 99}]}


def test_labels_are_cut_to_what_spss_holds_and_never_inside_a_letter(tmp_path):
    column = Column("a", "é" * 200, 0, {1.0: "é" * 100})
    (tmp_path / "a.sav").write_bytes(sav((column,), {"a": [1.0]}, "é" * 60, (), MADE))
    _, told = pyreadstat.read_sav(tmp_path / "a.sav")
    assert told.column_labels == ["é" * 126 + "…"]
    assert told.variable_value_labels["a"][1] == "é" * 58 + "…"
    assert told.file_label == "é" * 30 + "…"


def test_the_same_table_gives_the_same_bytes_whenever_it_is_written(file):
    assert file.read_bytes() == sav(COLUMNS, CELLS, "Kajian", ("catatan " * 30,), MADE)
    _, told = pyreadstat.read_sav(file)
    assert told.creation_time.replace(tzinfo=UTC) == MADE


def test_long_texts_come_back_whole(tmp_path):
    texts = ["é" * 5000, "", "a\nb"]
    (tmp_path / "a.sav").write_bytes(sav((Column("a", ""),), {"a": texts}, "", (), MADE))
    assert [row[0] for _, row in rows(tmp_path / "a.sav")] == texts


def test_rows_come_chunk_by_chunk_with_their_numbers(tmp_path, monkeypatch):
    cells = [float(number) for number in range(1, 2502)]
    wide = tuple(Column(f"v{i}", "", 0) for i in range(100))
    (tmp_path / "a.sav").write_bytes(sav(wide, {column.name: cells for column in wide}, "", (), MADE))
    assert module.CHUNK // len(wide) == 1000
    assert [(number, row[7]) for number, row in rows(tmp_path / "a.sav")] == [(int(cell), cell) for cell in cells]


def test_a_file_of_another_program_tells_kinds_labels_and_missing_codes(tmp_path):
    frame = pd.DataFrame({"when": pd.to_datetime(["2026-01-01"]), "said": ["ya"], "x": [98.0]})
    pyreadstat.write_sav(
        frame, tmp_path / "a.sav", missing_ranges={"x": [{"lo": 97, "hi": 99}]},
        variable_value_labels={"x": {98.0: "DK"}},
    )  # fmt: skip
    with open_sav(tmp_path / "a.sav") as file:
        when, said, x = file.variables
    assert (when.kind, said.kind, x.kind) == ("date", "text", "number")
    assert x.labels == {98: "DK"}
    assert [x.is_missing(value) for value in (96.0, 97.0, 99.0)] == [False, True, True]


@pytest.mark.parametrize("kept", [0, 3, 100, 200, 900, -3])
def test_a_file_that_was_cut_off_is_refused_before_any_row(file, kept):
    file.write_bytes(file.read_bytes()[:kept])
    assert refused(file) in (
        "The content of this file of SPSS is damaged or cut off.",
        "Its content is no file of SPSS.",
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"$FL2" + bytes(range(256)) * 9, b"office,i1\nbappeda,3\n"])
def test_what_is_no_file_of_spss_is_refused(tmp_path, content):
    (tmp_path / "a.sav").write_bytes(content)
    refused(tmp_path / "a.sav")


def test_a_file_that_crashes_its_parser_is_refused(file):
    raw = file.read_bytes()
    labelled = raw.index(b"\x04\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00") + 8  # the labels are those of variable 2
    file.write_bytes(raw[:labelled] + b"\0" + raw[labelled + 1 :])
    assert refused(file) == "The content of this file of SPSS is damaged or cut off."


@pytest.mark.parametrize("rows", [0xFFFFFFFF, 2_000_000])
def test_a_file_that_claims_more_rows_than_are_read_is_refused(file, rows):
    raw = bytearray(file.read_bytes())
    raw[80:84] = rows.to_bytes(4, "little")
    file.write_bytes(raw)
    assert refused(file).startswith("This file does not say how many rows it holds, or holds more than 100000.")


def test_a_compressed_file_is_refused_for_what_it_may_unpack_to(tmp_path):
    pyreadstat.write_sav(pd.DataFrame({"a": [1.0]}), tmp_path / "a.zsav", compress=True)
    assert refused(tmp_path / "a.zsav") == "This is a compressed file of SPSS (.zsav)."


def test_a_file_too_large_is_not_read(file, monkeypatch):
    monkeypatch.setattr(module, "MAX_FILE", 100)
    assert refused(file).startswith("This file is larger than")


def test_text_in_another_encoding_than_the_file_says_is_refused(tmp_path):
    (tmp_path / "a.sav").write_bytes(
        sav((Column("a", ""),), {"a": ["éééé"]}, "", (), MADE).replace(
            "éééé".encode(), b"\xff\xfe\xff\xfe\xff\xfe\xff\xfe"
        )
    )
    assert refused(tmp_path / "a.sav") == "The content of this file of SPSS is damaged or cut off."


def test_a_missing_file_is_told(tmp_path):
    assert refused(tmp_path / "a.sav") == "This file cannot be read."
