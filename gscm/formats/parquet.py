"""A table as Apache Parquet, written batch by batch: no more of it is held than one batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

CELLS = 100_000
"""Cells of a row group."""
WHOLE_DIGITS = 18
"""How many digits a decimal has room for before its point."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type, and what it means, which is kept in the file.

    `number` is a double, `decimal` an exact decimal with so many places, `time` a time in UTC.
    """

    name: str
    type: Literal["text", "texts", "integer", "number", "decimal", "time"]
    description: str = ""
    places: int = 0


def parquet(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    about: Mapping[str, str],
    cells: int = CELLS,
) -> Iterator[bytes]:
    """The bytes of the file, piece by piece; `about` is kept in it. None is null in every column."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    fields = [
        pa.field(
            column.name, _type(column), metadata={"description": column.description} if column.description else None
        )
        for column in columns
    ]
    schema = pa.schema(fields, metadata=dict(about))
    sink, rest, size = _Pieces(), iter(rows), max(cells // len(columns), 1)
    with ParquetWriter(sink, schema, compression="zstd") as writer:
        while taken := list(islice(rest, size)):
            arrays = [
                pa.array(column, field.type) for column, field in zip(zip(*taken, strict=True), fields, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            yield from sink.taken()
    yield from sink.taken()


def _type(column: Column) -> Any:
    import pyarrow as pa

    match column.type:
        case "text":
            return pa.string()
        case "texts":
            return pa.list_(pa.string())
        case "integer":
            return pa.int32()
        case "number":
            return pa.float64()
        case "decimal":
            narrow = column.places <= 38 - WHOLE_DIGITS
            return pa.decimal128(38, column.places) if narrow else pa.decimal256(76, column.places)
        case "time":
            return pa.timestamp("ms", tz="UTC")


class _Pieces:
    """Takes what is written to it until it is fetched."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(self._pieces[-1])

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def taken(self) -> Iterator[bytes]:
        pieces, self._pieces = self._pieces, []
        yield from pieces
