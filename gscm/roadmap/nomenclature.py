"""Names of programmes, activities and sub-activities by nomenclature code: tables as data, each row with its source.

The codes and names are those of Permendagri 90/2019 and what keeps it up to date; they change from version to version,
so that no code is written in this program. Shipped are the names behind the codes of the models, as far as they were
found; a region brings its own list in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from gscm import csvfile, resources
from gscm.errors import FaultsFound, Issue, Where, did_you_mean
from gscm.i18n import Text
from gscm.roadmap.actions import Action

Rank = Literal["field", "programme", "activity", "sub-activity"]
RANKS: Mapping[Rank, Text] = MappingProxyType(
    {
        "field": Text("bidang urusan", "field of government"),
        "programme": Text("program", "programme"),
        "activity": Text("kegiatan", "activity"),
        "sub-activity": Text("sub kegiatan", "sub-activity"),
    }
)
_GROUPS: Mapping[int, Rank] = {2: "field", 3: "programme", 5: "activity", 6: "sub-activity"}
_CODE = re.compile(r"[0-9X]\.[0-9X]{2}(\.[0-9]{2}(\.[0-9]{1,2}\.[0-9]{2}(\.[0-9]{2,4})?)?)?")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("kode", "code"),
    "name": ("nama", "name", "nomenklatur", "nomenclature"),
    "rank": ("tingkat", "level"),
    "basis": ("dasar", "basis"),
    "source": ("sumber", "source"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a code, what it is called, and where that was read; "" where the row does not say."""

    code: str
    name: str
    rank: Rank
    source: str
    where: Where


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """A table of names by code; `title` tells which version it is."""

    title: str
    entries: Mapping[str, Entry]

    def called(self, code: str | None, rank: Rank) -> str | None:
        """The part of a code that stands for a rank, with its name where it is known: "2.16.03 Program …"."""
        part = _part(code, rank)
        entry = self.entries.get(part) if part else None
        return f"{part} {entry.name}" if entry else part

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.source for entry in self.entries.values() if entry.source))


def rank_of(code: str) -> Rank | None:
    """Which rank a code has by its form; None if it is none: 2.16 field, 2.16.03 programme, 2.16.03.2.02 activity."""
    return _GROUPS.get(code.count(".") + 1) if _CODE.fullmatch(code) else None


def _part(code: str | None, rank: Rank) -> str | None:
    """2.16.03.2.02.09 and "activity": 2.16.03.2.02; None where the code does not go so far."""
    if code is None or rank_of(code) is None:
        return code if rank == "programme" else None
    groups = code.split(".")
    wanted = next(count for count, one in _GROUPS.items() if one == rank)
    return ".".join(groups[:wanted]) if len(groups) >= wanted else None


@cache
def shipped() -> Nomenclature:
    """The table that comes with the models."""
    (path,) = sorted(resources.folder("models").glob("nomenclature/*.csv"))
    return read_nomenclature(path, "Permendagri 90/2019")


def read_nomenclature(path: Path, title: str | None = None) -> Nomenclature:
    """A table with the columns code and name; level and source are optional.

    Raises Unreadable where it is no table, FaultsFound with every row that cannot hold.
    """
    table = csvfile.read(path)
    columns = _columns(table.headings, Where(table.file, 1))
    entries: dict[str, Entry] = {}
    issues: list[Issue] = []
    for row in table.rows:
        cells = {columns[heading]: " ".join(cell.split()) for heading, cell in row.cells.items()}
        entry = _entry(cells, Where(table.file, row.line))
        if isinstance(entry, Issue):
            issues.append(entry)
        elif entry.code in entries:
            issues.append(_twice(entry, entries[entry.code]))
        else:
            entries[entry.code] = entry
    if issues:
        raise FaultsFound(issues)
    return Nomenclature(title or path.name, entries)


def check_codes(actions: Iterable[Action], table: Nomenclature) -> None:
    """Raise FaultsFound where a row of the user's own actions has a code that the user's own table does not."""
    issues = [
        Issue(
            action.where,
            Text(
                f"Kode nomenklatur “{action.nomenclature}” tidak ada dalam {table.title}.",
                f"The nomenclature code “{action.nomenclature}” is not in {table.title}.",
            ),
            did_you_mean(action.nomenclature, table.entries)
            or Text("Perbaiki kodenya, atau tambahkan ke tabel itu.", "Correct the code, or add it to that table."),
        )
        for action in actions
        if action.where is not None and action.own and action.nomenclature and action.nomenclature not in table.entries
    ]
    if issues:
        raise FaultsFound(issues)


def _columns(headings: Iterable[str], where: Where) -> Mapping[str, str]:
    known = {word: name for name, words in _COLUMNS.items() for word in words}
    found = {heading: known.get(heading.strip().casefold()) for heading in headings}
    issues = [_unknown(heading, where, known) for heading, name in found.items() if name is None]
    issues += _missing({name for name in found.values() if name}, where)
    if issues:
        raise FaultsFound(issues)
    return {heading: name for heading, name in found.items() if name}


def _unknown(heading: str, where: Where, known: Iterable[str]) -> Issue:
    return Issue(
        where,
        Text(f"Kolom “{heading}” tidak dikenal.", f"There is no column “{heading}”."),
        did_you_mean(heading.casefold(), known)
        or Text("Yang ada: kode, nama, tingkat, sumber.", "There are: code, name, level, source."),
    )


def _missing(found: set[str], where: Where) -> Iterator[Issue]:
    for name in ("code", "name"):
        if name not in found:
            indonesian, english = _COLUMNS[name][:2]
            yield Issue(
                where,
                Text(f"Kolom “{indonesian}” tidak ada.", f"There is no column “{english}”."),
                Text("Tabelnya berkolom kode dan nama.", "The table has the columns code and name."),
            )


def _entry(cells: Mapping[str, str], where: Where) -> Entry | Issue:
    code, name, said = cells.get("code", ""), cells.get("name", ""), cells.get("rank", "")
    rank = rank_of(code)
    if rank is None:
        return Issue(
            where,
            Text(f"“{code}” bukan kode nomenklatur.", f"“{code}” is no nomenclature code."),
            Text(
                "Tulis seperti 2.16.03, 2.16.03.2.02, atau 2.16.03.2.02.0001, dalam sel berformat teks.",
                "Write it like 2.16.03, 2.16.03.2.02 or 2.16.03.2.02.0001, in a cell formatted as text.",
            ),
        )
    if not name:
        return Issue(
            where,
            Text(f"Kode {code} tidak bernama.", f"The code {code} has no name."),
            Text("Isi kolom nama.", "Fill in the column name."),
        )
    if said and said.casefold() not in (rank, RANKS[rank].id, RANKS[rank].en):
        return Issue(
            where,
            Text(
                f"Kode {code} berbentuk kode {RANKS[rank].id}, tetapi tingkatnya tertulis “{said}”.",
                f"The code {code} has the form of a code of a {RANKS[rank].en}, but its level says “{said}”.",
            ),
            Text("Perbaiki kode atau tingkatnya.", "Correct the code or the level."),
        )
    return Entry(code, name, rank, cells.get("source", ""), where)


def _twice(entry: Entry, before: Entry) -> Issue:
    return Issue(
        entry.where,
        Text(
            f"Kode {entry.code} sudah ada di baris {before.where.line}.",
            f"The code {entry.code} already stands in row {before.where.line}.",
        ),
        Text("Hapus salah satunya.", "Remove one of them."),
    )
