"""A table of experts’ ratings of items, row by row: expert, item, rating."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from gscm import csvfile
from gscm.analysis.experts import HIGHEST, LOWEST, Asked, Ratings
from gscm.errors import FaultsFound, Issue, Where, did_you_mean
from gscm.i18n import Text
from gscm.model.facts import facts_of
from gscm.model.tree import Model

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "expert": ("expert", "pakar"),
    "item": ("item", "butir"),
    "rating": ("rating", "penilaian", "nilai"),
}
_ESSENTIAL = {
    "ya": 1, "yes": 1, "esensial": 1, "essential": 1, "tidak": 0, "no": 0, "tidak esensial": 0, "not essential": 0,
}  # fmt: skip


def read_ratings(path: Path, model: Model) -> Ratings:
    """The table of columns expert, item and rating; ratings all from 1 to 5, or all yes or no.

    An item is a fact or a node of the model. Raises Unreadable, or FaultsFound with every fault and its row.
    """
    table = csvfile.read(path)
    columns = _columns(table)
    issues: list[Issue] = []
    found: dict[str, dict[str, int]] = {}
    kinds: dict[Asked, int] = {}
    for row in table.rows:
        where = Where(table.file, row.line)
        cells = {key: row.cells.get(heading, "") for key, heading in columns.items()}
        faults = list(_faults(where, cells, model))
        kind, rating = _rating(cells["rating"])
        if not faults and cells["expert"] in found.get(cells["item"], {}):
            faults.append(_twice(where, cells))
        issues += faults
        if faults:
            continue
        kinds.setdefault(kind, row.line)
        found.setdefault(cells["item"], {})[cells["expert"]] = rating
    if len(kinds) > 1:
        issues.append(_mixed(table.file, max(kinds.values())))
    if not issues and not found:
        issues.append(_empty(table.file))
    if issues:
        raise FaultsFound(issues)
    order = {id: place for place, id in enumerate((*facts_of(model), *model.nodes))}
    return Ratings(next(iter(kinds)), {item: found[item] for item in sorted(found, key=order.__getitem__)})


def _columns(table: csvfile.Table) -> dict[str, str]:
    headings = {heading.casefold(): heading for heading in table.headings}
    found = {key: headings[name] for key, names in _COLUMNS.items() for name in names if name in headings}
    missing = [key for key in _COLUMNS if key not in found]
    if missing:
        listed = ", ".join(missing)
        raise FaultsFound(
            Issue(
                Where(table.file, 1),
                Text(f"Kolom yang belum ada: {listed}.", f"Columns that are missing: {listed}."),
                Text("Judul kolomnya: expert, item, rating.", "The headings are: expert, item, rating."),
            )
        )
    return found


def _faults(where: Where, cells: Mapping[str, str], model: Model) -> Iterator[Issue]:
    if not cells["expert"]:
        yield Issue(
            where,
            Text("Pakarnya tidak disebut.", "The expert is not named."),
            Text("Isi kolom expert, misalnya P1.", "Fill the column expert, such as P1."),
        )
    item = cells["item"]
    if item not in facts_of(model) and item not in model.nodes:
        yield Issue(
            where,
            Text(f"Model ini tidak memuat butir “{item}”.", f"The model has no item “{item}”."),
            did_you_mean(item, [*facts_of(model), *model.nodes]),
        )
    if _rating(cells["rating"])[1] < 0:
        said = cells["rating"]
        yield Issue(
            where,
            Text(f"Penilaian “{said}” tidak dikenal.", f"The rating “{said}” is not known."),
            Text("Tulis 1 sampai 5, atau ya/tidak (esensial).", "Write 1 to 5, or yes/no (essential)."),
        )


def _rating(cell: str) -> tuple[Asked, int]:
    """What a cell says; −1 where it says nothing that is known."""
    said = cell.casefold()
    if said in _ESSENTIAL:
        return "essential", _ESSENTIAL[said]
    if said.isascii() and said.isdigit() and LOWEST <= int(said) <= HIGHEST:
        return "relevance", int(said)
    return "relevance", -1


def _twice(where: Where, cells: Mapping[str, str]) -> Issue:
    return Issue(
        where,
        Text(
            f"Pakar “{cells['expert']}” sudah menilai “{cells['item']}” di baris lain.",
            f"The expert “{cells['expert']}” rates “{cells['item']}” in another row already.",
        ),
        Text("Hapus salah satunya.", "Remove one of them."),
    )


def _mixed(file: str, line: int) -> Issue:
    return Issue(
        Where(file, line),
        Text(
            "Tabel ini mencampur penilaian 1–5 dan ya/tidak.",
            "This table mixes ratings from 1 to 5 with yes or no.",
        ),
        Text("Pisahkan menjadi dua tabel.", "Split it into two tables."),
    )


def _empty(file: str) -> Issue:
    return Issue(
        Where(file),
        Text("Tabel ini tidak memuat penilaian.", "This table holds no ratings."),
        Text("Satu baris per pakar dan butir.", "One row for each expert and item."),
    )
