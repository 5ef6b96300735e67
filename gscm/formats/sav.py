"""The one door to pyreadstat: a table as an SPSS file (.sav), out and back.

A file is read in a process of its own, since its parser may crash on one that is damaged; and twice: once through,
keeping one column, so that a damaged file is refused before anything of it is taken, then chunk by chunk, so that
memory does not grow with its rows.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from gscm.errors import Issue, Unreadable, Where
from gscm.i18n import Text

MAX_FILE = 100_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 10_000
CHUNK = 100_000
"""Bytes of a file, its rows and variables, and how many cells are held at a time."""
MAX_TEXT = 32_767
"""Bytes of a text that a variable can hold."""

_LABEL, _VALUE_LABEL, _FILE_LABEL, _NOTE = 256, 120, 64, 80
_SIGNATURE, _COMPRESSED = b"$FL2", b"$FL3"
_MADE = slice(92, 109)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATES = (
    "ADATE",
    "DATE",
    "DTIME",
    "EDATE",
    "JDATE",
    "MONTH",
    "MOYR",
    "QYR",
    "SDATE",
    "TIME",
    "WKDAY",
    "WKYR",
    "YMDHMS",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A variable: numbers with this many decimals shown, or texts where that is None.

    `labels` name values; those in `missing` are declared as missing: at most three, or a range if there are more.
    """

    name: str
    label: str
    decimals: int | None = None
    labels: Mapping[float, str] | None = None
    missing: tuple[int, ...] = ()
    measure: Literal["nominal", "ordinal", "scale"] = "nominal"


@dataclass(frozen=True, slots=True)
class Read:
    """A variable as a file declares it. `missing` are ranges, from and to."""

    name: str
    kind: Literal["number", "text", "date"]
    labels: Mapping[float | str, str]
    missing: tuple[tuple[float | str, float | str], ...]

    def is_missing(self, value: float | str) -> bool:
        """Whether the file declares this value as missing."""
        return any(
            low <= value <= high  # type: ignore[operator]
            for low, high in self.missing
            if isinstance(low, str) == isinstance(value, str) == isinstance(high, str)
        )


Row = tuple[float | str | None, ...]


# ------------------------------------------------------------------------------------------------------------ out


def sav(
    columns: Sequence[Column],
    cells: Mapping[str, Sequence[float | str | None]],
    title: str,
    notes: Sequence[str],
    made: datetime,
) -> bytes:
    """The file with these variables and their cells, by name; None is system-missing, in a text it is empty.

    Labels too long for SPSS are cut. `made` stands for the time of writing, so that the same table gives the same
    bytes.
    """
    import pyarrow as pa
    import pyreadstat

    numbers = [column for column in columns if column.decimals is not None]
    table = pa.table(
        {
            column.name: pa.array(
                cells[column.name] if column.decimals is not None else [cell or "" for cell in cells[column.name]],
                pa.string() if column.decimals is None else pa.float64(),
            )
            for column in columns
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "table.sav")
        pyreadstat.write_sav(
            _as_frame(table),
            file,
            file_label=_cut(title, _FILE_LABEL),
            column_labels=[_cut(column.label, _LABEL) for column in columns],
            row_compress=True,
            note=[line for note in notes for line in _lines(note)],
            variable_value_labels={
                column.name: {float(value): _cut(label, _VALUE_LABEL) for value, label in column.labels.items()}
                for column in numbers
                if column.labels
            },
            missing_ranges={column.name: _ranges(column.missing) for column in numbers if column.missing},
            variable_measure={column.name: column.measure for column in columns},
            variable_format={column.name: _format(column, cells[column.name]) for column in numbers},
        )
        raw = bytearray(file.read_bytes())
    raw[_MADE] = f"{made.day:02d} {_MONTHS[made.month - 1]} {made.year % 100:02d}{made:%H:%M:%S}".encode()
    return bytes(raw)


def _as_frame(table: Any) -> Any:
    """The Arrow table as pyreadstat takes it.

    It accepts frames of pandas and of polars only, though it asks no more of them than narwhals offers for Arrow.
    """
    import narwhals.stable.v2 as narwhals

    class Frame(narwhals.DataFrame[Any]):
        @property
        def implementation(self) -> Any:  # type: ignore[override]
            return narwhals.Implementation.POLARS

    return Frame(narwhals.from_native(table, eager_only=True)._compliant_frame, level="full")  # noqa: SLF001


def _ranges(codes: Sequence[int]) -> list[Any]:
    return [{"lo": float(min(codes)), "hi": float(max(codes))}] if len(codes) > 3 else [float(code) for code in codes]


def _format(column: Column, cells: Sequence[float | str | None]) -> str:
    """How SPSS shows the numbers: as wide as the longest, with their decimals."""
    figures = [*column.missing, *(cell for cell in cells if isinstance(cell, float))]
    decimals = min(column.decimals or 0, 16)
    digits = max((len(str(abs(int(figure)))) + (figure < 0) for figure in figures), default=1)
    width = min(max(digits + (decimals + 1 if decimals else 0), 4), 40)
    return f"F{width}.{decimals}"


def _cut(text: str, bytes_: int) -> str:
    """As much of the text as so many bytes hold; what was cut ends with an ellipsis."""
    if len(text.encode()) <= bytes_:
        return text
    return text.encode()[: bytes_ - len("…".encode())].decode(errors="ignore").rstrip() + "…"


def _lines(note: str) -> Iterator[str]:
    """The note in lines that a document record holds."""
    line = ""
    for word in note.split():
        longer = f"{line} {word}" if line else word
        if line and len(longer.encode()) > _NOTE:
            yield line
            longer = word
        line = _cut(longer, _NOTE)
    if line:
        yield line


# ----------------------------------------------------------------------------------------------------------- back


def is_sav(path: Path) -> bool:
    """Whether the name says that it is a file of SPSS."""
    return path.suffix.lower() in (".sav", ".zsav")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that can be read from end to end: its variables, the notes in it, and its rows, once.

    Rows come with their number, from 1; None is system-missing. Reading them raises Unreadable.
    """

    variables: tuple[Read, ...]
    notes: tuple[str, ...]
    rows: Iterator[tuple[int, Row]]


@contextmanager
def open_sav(path: Path) -> Iterator[Opened]:
    """The file, read through once. Raises Unreadable where it is none, is damaged or is too large."""
    _look(path)
    command = [sys.executable, "-P", "-m", __name__, str(path.absolute())]
    with subprocess.Popen(  # noqa: S603  this very interpreter, this very module
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as reader:
        try:
            head = _told(path, reader)
            yield Opened(
                tuple(
                    Read(one["name"], one["kind"], dict(one["labels"]), tuple(map(tuple, one["missing"])))
                    for one in head["variables"]
                ),
                tuple(head["notes"]),
                _rows(path, reader),
            )
        finally:
            reader.kill()


def _rows(path: Path, reader: subprocess.Popen[bytes]) -> Iterator[tuple[int, Row]]:
    start = 1
    while rows := _told(path, reader)["rows"]:
        yield from ((number, tuple(row)) for number, row in enumerate(rows, start))
        start += len(rows)


def _told(path: Path, reader: subprocess.Popen[bytes]) -> Any:
    """What the process says next. Raises Unreadable where that is a fault, or where it crashed."""
    assert reader.stdout is not None
    line = reader.stdout.readline()
    told = json.loads(line) if line.endswith(b"\n") else {"fault": _DAMAGED}
    if "fault" in told:
        raise _unreadable(path, *_FAULTS[told["fault"]])
    return told


_DAMAGED, _WIDE, _LONG = "damaged", "wide", "long"
_FAULTS: Mapping[str, tuple[Text, Text]] = {
    _DAMAGED: (
        Text("Isi berkas SPSS ini rusak atau terpotong.", "The content of this file of SPSS is damaged or cut off."),
        Text(
            "Buka dan simpan lagi dari SPSS sebagai .sav dengan Unicode (UTF-8).",
            "Open it in SPSS and save it again as .sav in Unicode (UTF-8).",
        ),
    ),
    _WIDE: (
        Text(f"Variabelnya lebih dari {MAX_COLUMNS}.", f"It holds more than {MAX_COLUMNS} variables."),
        Text("Hapus variabel yang bukan butir kuesioner.", "Remove variables that are no items."),
    ),
    _LONG: (
        Text(
            f"Berkas ini tidak menyebut banyak barisnya, atau memuat lebih dari {MAX_ROWS} baris.",
            f"This file does not say how many rows it holds, or holds more than {MAX_ROWS}.",
        ),
        Text(
            "Simpan lagi dari SPSS, atau bagi menjadi beberapa berkas.",
            "Save it again from SPSS, or split it into several files.",
        ),
    ),
}


def _look(path: Path) -> None:
    """Whether it looks like a .sav at all, before a parser sees it."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_SIGNATURE))
        size = path.stat().st_size
    except OSError:
        raise _unreadable(
            path,
            Text("Berkas ini tidak dapat dibaca.", "This file cannot be read."),
            Text("Periksa nama, folder, dan izinnya.", "Check its name, its folder and its permissions."),
        ) from None
    if size > MAX_FILE:
        raise _unreadable(
            path,
            Text(f"Berkas ini melebihi {MAX_FILE // 10**6} MB.", f"This file is larger than {MAX_FILE // 10**6} MB."),
            Text("Bagi menjadi beberapa berkas.", "Split it into several files."),
        )
    if start == _COMPRESSED:
        raise _unreadable(
            path,
            Text("Ini berkas SPSS yang dimampatkan (.zsav).", "This is a compressed file of SPSS (.zsav)."),
            Text("Simpan dari SPSS sebagai .sav biasa.", "Save it from SPSS as a plain .sav."),
        )
    if start != _SIGNATURE:
        raise _unreadable(
            path,
            Text("Isinya bukan berkas SPSS.", "Its content is no file of SPSS."),
            Text("Simpan dari SPSS, PSPP, atau R sebagai .sav.", "Save it from SPSS, PSPP or R as .sav."),
        )


def _unreadable(path: Path, what: Text, remedy: Text) -> Unreadable:
    return Unreadable(Issue(Where(str(path)), what, remedy))


# ------------------------------------------------------------------------------------------ the process that reads


def _tell(path: Path) -> Iterator[dict[str, Any]]:
    """What a file says: its variables, then its rows in chunks, at last none; or what is wrong with it."""
    try:
        _, described = _parsed(path, metadataonly=True)
        names = list(described.column_names)
        if len(names) > MAX_COLUMNS:
            yield {"fault": _WIDE}
            return
        if described.number_rows is None or described.number_rows > MAX_ROWS:
            yield {"fault": _LONG}
            return
        if names:
            _parsed(path, usecols=names[:1])
        yield {"variables": [_variable(name, described) for name in names], "notes": list(described.notes)}
        size = max(CHUNK // max(len(names), 1), 1)
        for start in range(0, described.number_rows if names else 0, size):
            cells, _ = _parsed(path, row_offset=start, row_limit=size)
            yield {"rows": list(zip(*(cells[name] for name in names), strict=True))}
        yield {"rows": []}
    except (
        ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RuntimeError, SystemError, TypeError,
        ValueError,
    ):  # fmt: skip
        yield {"fault": _DAMAGED}


def _parsed(path: Path, **how: Any) -> tuple[Mapping[str, Sequence[Any]], Any]:
    import pyreadstat

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of variables with the same name, which are refused later
            cells, described = pyreadstat.read_sav(
                path, output_format="dict", user_missing=True, disable_datetime_conversion=True, **how
            )
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        raise ValueError(path) from error
    return cells, described


def _variable(name: str, described: Any) -> dict[str, Any]:
    """The variable as `Read` takes it."""
    form = (described.original_variable_types.get(name) or "").upper()
    text = described.readstat_variable_types[name] == "string"
    date = form.rstrip("0123456789.").startswith(_DATES) and not text
    ranges = described.missing_ranges.get(name, ())
    return {
        "name": name,
        "kind": "text" if text else "date" if date else "number",
        "labels": list(described.variable_value_labels.get(name, {}).items()),
        "missing": [(one["lo"], one["hi"]) if isinstance(one, dict) else (one, one) for one in ranges],
    }


if __name__ == "__main__":
    for told in _tell(Path(sys.argv[1])):
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
