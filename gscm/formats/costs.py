"""The table of actions and costs that a planner keeps: CSV or XLSX, read row by row; and an empty one to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from gscm import csvfile
from gscm.errors import FaultsFound, Issue, Where, did_you_mean
from gscm.formats.answers_csv import csv_text
from gscm.formats.xlsx import is_workbook, merged_cells, read_table
from gscm.i18n import Language, Text
from gscm.model.tree import Model
from gscm.roadmap.actions import BAND_NAMES, COLUMNS, Action, Cells, document_name, office_name


def read_costs(path: Path) -> tuple[Cells, ...]:
    """The rows of a table of actions, cells by the name of their column.

    Raises Unreadable where it is no table, FaultsFound where its headings are not known or a cell cannot be read.
    """
    table = read_sheet(path)
    if is_workbook(path) and (merged := merged_cells(path)):
        raise FaultsFound(_merged(path, one) for one in merged)
    columns = _columns(table.headings, Where(table.file, 1))
    return tuple(
        Cells(Where(table.file, row.line), {columns[heading]: cell for heading, cell in row.cells.items()})
        for row in table.rows
    )


def read_sheet(path: Path) -> csvfile.Table:
    """A table as CSV, or the first sheet of a workbook. Raises Unreadable, or FaultsFound with the cells refused."""
    if not is_workbook(path):
        return csvfile.read(path)
    rows = read_table(path)
    first = next(rows, None)
    if first is None:
        raise FaultsFound(
            Issue(
                Where(str(path)),
                Text("Lembar pertama workbook ini kosong.", "The first sheet of this workbook is empty."),
                Text("Baris pertama memuat judul kolom.", "The first row holds the headings of the columns."),
            )
        )
    headings, issues, found = first[1], list(first[2]), []
    while headings and not headings[-1]:
        headings = headings[:-1]
    for number, cells, refused in rows:
        issues += refused
        said = {heading: cell.strip() for heading, cell in zip(headings, cells, strict=False) if cell.strip()}
        found.append(csvfile.TableRow(number, said))
    if issues:
        raise FaultsFound(issues)
    return csvfile.Table(str(path), tuple(headings), tuple(found))


def _merged(path: Path, cells: str) -> Issue:
    return Issue(
        Where(f"{path}:{cells}"),
        Text(
            "Sel-sel ini digabungkan, sehingga hanya baris pertamanya yang berisi.",
            "These cells are merged, so that only the first row holds anything.",
        ),
        Text("Pisahkan (unmerge) dan isi setiap baris.", "Unmerge them and fill in every row."),
    )


def _columns(headings: Iterable[str], where: Where) -> Mapping[str, str]:
    """The name of the column under each heading."""
    known = {
        _plain(word): name for name, (title, others) in COLUMNS.items() for word in (name, title.id, title.en, *others)
    }
    issues: list[Issue] = []
    found: dict[str, str] = {}
    for heading in headings:
        name = known.get(_plain(heading))
        if name is None:
            titles = ", ".join(title.id for title, _ in COLUMNS.values())
            english = ", ".join(title.en for title, _ in COLUMNS.values())
            issues.append(
                Issue(
                    where,
                    Text(f"Kolom “{heading}” tidak dikenal.", f"There is no column “{heading}”."),
                    did_you_mean(_plain(heading), known) or Text(f"Yang ada: {titles}.", f"There are: {english}."),
                )
            )
        elif name in found.values():
            issues.append(
                Issue(
                    where,
                    Text(f"Kolom “{heading}” ada dua.", f"There are two columns “{heading}”."),
                    Text("Hapus salah satunya.", "Remove one of them."),
                )
            )
        else:
            found[heading] = name
    if issues:
        raise FaultsFound(issues)
    if "action" not in found.values():
        title = COLUMNS["action"][0]
        raise FaultsFound(
            Issue(
                where,
                Text(f"Kolom “{title.id}” tidak ada.", f"There is no column “{title.en}”."),
                Text(
                    "Mulailah dari tabel yang dibuat dengan --template.", "Start from the table that --template makes."
                ),
            )
        )
    return found


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("_", " ").replace("-", " ").split())


_TO_FILL = ("action", "what", "offices", "documents", "nomenclature", "months", "cost", "fund", "needs")


def costs_text(model: Model, actions: Iterable[Action], language: Language) -> str:
    """The actions as a CSV table to fill in: the column of costs holds the band until somebody knows the rupiah."""
    rows = [
        [
            action.id,
            action.what[language],
            "; ".join(office_name(model, office)[language] for office in action.offices),
            "; ".join(document_name(model, document)[language] for document in action.documents),
            action.nomenclature or "",
            str(action.months),
            BAND_NAMES[action.band][language] if action.band else "",
            "",
            "",
        ]
        for action in actions
    ]
    return "".join(csv_text([COLUMNS[name][0][language] for name in _TO_FILL], rows))
