"""A table as Parquet: its types, its row groups, and that no figure changes."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pandas as pd
import pytest
from pyarrow.parquet import ParquetFile

from gscm.formats.parquet import Column, parquet

ROW = ("a", ["b", "c"], 3, 12.345, Decimal("99.12345678901234567"), datetime(2026, 1, 1, 7, tzinfo=UTC))
COLUMNS = (
    Column("text", "text", "What it says"),
    Column("texts", "texts"),
    Column("integer", "integer"),
    Column("number", "number"),
    Column("decimal", "decimal", places=17),
    Column("time", "time"),
)


def opened(rows, columns=COLUMNS, **how):
    return ParquetFile(BytesIO(b"".join(parquet(columns, rows, {"notice": "not official"}, **how))))


def test_every_type_comes_back_as_it_was_and_none_is_null():
    empty = (None,) * len(COLUMNS)
    assert opened([ROW, empty]).read().to_pylist() == [
        dict(zip((column.name for column in COLUMNS), row, strict=True)) for row in (ROW, empty)
    ]


def test_descriptions_and_the_notice_are_kept_in_the_file():
    schema = opened([]).schema_arrow
    assert schema.field("text").metadata == {b"description": b"What it says"}
    assert schema.metadata[b"notice"] == b"not official"


def test_pandas_reads_times_in_utc_and_figures_as_doubles():
    frame = pd.read_parquet(BytesIO(b"".join(parquet(COLUMNS, [ROW], {}))))
    assert (str(frame["time"].dtype), str(frame["number"].dtype)) == ("datetime64[ms, UTC]", "float64")
    assert repr(float(frame["number"][0])) == "12.345"


@pytest.mark.parametrize("places", [0, 20, 30])
def test_a_decimal_has_room_for_18_digits_before_its_point(places):
    figure = Decimal("9" * 18) + Decimal(1).scaleb(-places) * (places > 0)
    assert opened([(figure,)], (Column("x", "decimal", places=places),)).read().to_pylist() == [{"x": figure}]


def test_rows_are_written_group_by_group_as_they_come():
    came = []
    rows = ((came.append(number) or str(number), [], 1, 1.0, None, None) for number in range(100))
    pieces = parquet(COLUMNS, rows, {}, cells=60)
    written = 0
    for piece in pieces:
        written += len(piece)
        if written > 200:
            break
    assert len(came) <= 20
    assert opened([ROW] * 25, cells=60).metadata.num_row_groups == 3


def test_the_same_table_gives_the_same_bytes():
    assert b"".join(parquet(COLUMNS, [ROW], {})) == b"".join(parquet(COLUMNS, [ROW], {}))
