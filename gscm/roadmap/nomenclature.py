"""Names of programmes, activities and sub-activities by nomenclature code: tables as data, each row with its source.

The codes and names are those of Permendagri 90/2019 and what keeps it up to date; they change from version to version,
so that no code is written in this program. Shipped are the names behind the codes of the models; a region brings its
own list in their place: a table of codes and names, or the list of sub-activities as SIPD exports it.
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
from gscm.errors import FaultsFound, Issue, Where, did_you_mean, in_order
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
    "region": ("daerah", "region", "jenis pemda"),
    "indicator": ("indikator", "indicator"),
    "unit": ("satuan", "unit"),
    "basis": ("dasar", "basis"),
    "source": ("sumber", "source"),
}
_EXPORT = ("bidang", "program", "kegiatan", "subkegiatan")
"""The columns of the list that SIPD exports: each cell holds a code and its name."""
Variant = Literal["1", "2"]
"""The fourth group of a code: the list of provinces, or that of regencies and cities."""
_VARIANTS: Mapping[str, Variant] = {
    "provinsi": "1",
    "province": "1",
    "prov": "1",
    "kabupaten/kota": "2",
    "regency/city": "2",
    "kabkot": "2",
}
_OF_EVERY_OFFICE = "X.XX"
"""What stands for the code of the field in what every office does (Permendagri 90/2019)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a code, what it is called, and where that was read; "" where the row does not say.

    `variant` is that of a programme which provinces call otherwise than regencies and cities. `indicator` and `unit`
    are those by which the output of a sub-activity is measured. `sources` have all been read with the same name.
    """

    code: str
    name: str
    rank: Rank
    variant: Variant | None
    indicator: str
    unit: str
    sources: tuple[str, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """A table of names by code, and by code and variant where they differ; `title` tells which version it is."""

    title: str
    entries: Mapping[str, Entry]

    def entry(self, code: str | None, rank: Rank) -> Entry | None:
        """The row of the part of a code that stands for a rank, if there is any."""
        part = part_of(code, rank)
        if code is None or part is None:
            return None
        generic = _OF_EVERY_OFFICE + part[len(_OF_EVERY_OFFICE) :]
        keys = (key for one in (part, generic) for key in (f"{one}@{_variant(code)}", one))
        return next((self.entries[key] for key in keys if key in self.entries), None)

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(source for entry in self.entries.values() for source in entry.sources))


def rank_of(code: str) -> Rank | None:
    """Which rank a code has by its form; None if it is none: 2.16 field, 2.16.03 programme, 2.16.03.2.02 activity."""
    return _GROUPS.get(code.count(".") + 1) if _CODE.fullmatch(code) else None


def part_of(code: str | None, rank: Rank) -> str | None:
    """2.16.03.2.02.09 and "activity": 2.16.03.2.02; None where the code does not go so far, or is none."""
    if code is None or rank_of(code) is None:
        return None
    groups = code.split(".")
    wanted = next(count for count, one in _GROUPS.items() if one == rank)
    return ".".join(groups[:wanted]) if len(groups) >= wanted else None


def _variant(code: str) -> str | None:
    groups = code.split(".")
    return groups[3] if len(groups) > 3 else None


@cache
def shipped() -> Nomenclature:
    """The table that comes with the models."""
    (path,) = sorted(resources.folder("models").glob("nomenclature/*.csv"))
    return nomenclature_of(csvfile.read(path), "Permendagri 90/2019, pemutakhiran 2027")


def nomenclature_of(table: csvfile.Table, title: str | None = None) -> Nomenclature:
    """The names of a table with the columns code and name, or of the list of sub-activities that SIPD exports.

    Raises FaultsFound with every row that cannot hold.
    """
    if {heading.strip().casefold() for heading in table.headings}.issuperset(_EXPORT):
        return _exported(table, title or Path(table.file).name)
    columns = _columns(table.headings, Where(table.file, 1))
    entries: dict[str, Entry] = {}
    issues: list[Issue] = []
    for row in table.rows:
        cells = {columns[heading]: " ".join(cell.split()) for heading, cell in row.cells.items()}
        entry = _entry(cells, Where(table.file, row.line))
        if isinstance(entry, Issue):
            issues.append(entry)
        elif (key := _key(entry)) in entries:
            issues.append(_twice(entry, entries[key]))
        else:
            entries[key] = entry
    if issues:
        raise FaultsFound(in_order(issues))
    return Nomenclature(title or Path(table.file).name, entries)


def _key(entry: Entry) -> str:
    return f"{entry.code}@{entry.variant}" if entry.variant else entry.code


def _exported(table: csvfile.Table, title: str) -> Nomenclature:
    """The list of SIPD repeats programme and activity on every row; what is no code of ours (Papua’s own) rests."""
    entries: dict[str, Entry] = {}
    for row in table.rows:
        cells = {heading.strip().casefold(): " ".join(cell.split()) for heading, cell in row.cells.items()}
        for column in _EXPORT:
            code, _, name = cells.get(column, "").partition(" ")
            rank = rank_of(code)
            if rank is None or not name:
                continue
            variant = _VARIANTS.get(cells.get("jenis pemda", "").casefold()) if rank == "programme" else None
            output = (cells.get("indikator", ""), cells.get("satuan", "")) if rank == "sub-activity" else ("", "")
            entry = Entry(code, name, rank, variant, *output, (), Where(table.file, row.line))
            entries.setdefault(_key(entry), entry)
    return Nomenclature(title, entries)


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
        if action.where is not None and action.own and action.nomenclature and not _knows(table, action.nomenclature)
    ]
    if issues:
        raise FaultsFound(issues)


def unnamed_codes(actions: Iterable[Action], table: Nomenclature) -> tuple[Issue, ...]:
    """What is told of the codes in the user's rows that the table has no name for; they stay as they are."""
    return tuple(
        Issue(
            action.where,
            Text(
                f"Nama kode nomenklatur “{action.nomenclature}” tidak diketahui: kode itu tidak ada dalam "
                f"{table.title}.",
                f"The nomenclature code “{action.nomenclature}” has no known name: it is not in {table.title}.",
            ),
            Text(
                "Cocokkan dengan daftar yang berlaku, atau sertakan daftar itu dengan --nomenclature.",
                "Compare it with the list in force, or give that list with --nomenclature.",
            ),
        )
        for action in actions
        if action.where is not None and action.nomenclature and not _knows(table, action.nomenclature)
    )


def _knows(table: Nomenclature, code: str) -> bool:
    rank = rank_of(code)
    return rank is not None and (entry := table.entry(code, rank)) is not None and entry.rank == rank


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
        or Text(
            "Yang ada: kode, nama, tingkat, daerah, indikator, satuan, sumber.",
            "There are: code, name, level, region, indicator, unit, source.",
        ),
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
    region = cells.get("region", "")
    variant = _VARIANTS.get(region.casefold())
    if region and variant is None:
        return Issue(
            where,
            Text(f"Daerah “{region}” tidak dikenal.", f"There is no region “{region}”."),
            Text("Tulis provinsi atau kabupaten/kota.", "Write province or regency/city."),
        )
    sources = tuple(part.strip() for part in cells.get("source", "").split(";") if part.strip())
    return Entry(code, name, rank, variant, cells.get("indicator", ""), cells.get("unit", ""), sources, where)


def _twice(entry: Entry, before: Entry) -> Issue:
    return Issue(
        entry.where,
        Text(
            f"Kode {entry.code} sudah ada di baris {before.where.line}.",
            f"The code {entry.code} already stands in row {before.where.line}.",
        ),
        Text("Hapus salah satunya.", "Remove one of them."),
    )
