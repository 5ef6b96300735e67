"""Rows of open nodes that come as tables: a CSV file beside the answers, as an office keeps it in its spreadsheet.

Headings are read in Indonesian and in English; figures with a decimal comma or point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from gscm import csvfile
from gscm.csvfile import Table, TableRow
from gscm.errors import FaultsFound, Issue, Where, did_you_mean
from gscm.i18n import Text
from gscm.model.tree import Model, Node
from gscm.responses.schema import TableEntry
from gscm.yamlfile import Document, Map, Seq

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("no", "no.", "nomor"),
    "dimension": ("dimensi",),
    "node": ("simpul", "sub-dimension", "subdimension", "sub-dimensi", "subdimensi", "sub dimensi"),
    "id": ("kode", "code"),
    "title": ("program", "programme", "program/kegiatan", "nama program", "judul"),
    "weight": ("bobot",),
    "office": ("opd", "skpd", "perangkat daerah", "opd pelaksana", "opd penanggung jawab"),
    "target": (),
    "realised": ("realisasi", "capaian", "realised value"),
    "value": ("nilai", "level"),
    "unit": ("satuan",),
    "evaluation": ("tahap", "tahap evaluasi", "stage", "evaluation stage"),
    "obstacle": ("kendala", "hambatan", "masalah"),
    "follow_up": ("tindak lanjut", "rencana tindak lanjut", "follow-up", "follow up"),
    "status": (),
    "note": ("catatan", "keterangan"),
    "source": ("sumber",),
}
"""The columns of a table of rows, and other headings for each. A number says nothing, a dimension is only compared."""

STATUSES: Mapping[str, str] = {
    "tidak tahu": "unknown",
    "tidak diketahui": "unknown",
    "not known": "unknown",
    "kosong": "blank",
    "belum dilaporkan": "blank",
    "not reported": "blank",
    "tidak ditanyakan": "not_asked",
    "not asked": "not_asked",
    "tidak berlaku": "not_applicable",
    "does not apply": "not_applicable",
    "not applicable": "not_applicable",
    "dicoret": "withheld",
    "struck out": "withheld",
}
"""Words for a status in a column of statuses, besides the statuses themselves."""

_DASHES = frozenset("-–—")
_NOTHING = frozenset(("tidak ada", "nihil", "none"))
_REMARKS = frozenset(("obstacle", "follow_up"))
_FIGURES = frozenset(("weight", "target", "realised", "value"))
_HEADINGS = {alias: key for key, aliases in COLUMNS.items() for alias in (key, key.replace("_", " "), *aliases)}
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}([.,])[0-9]{3}(?:\1[0-9]{3})*\Z")
_PLAIN = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?\Z")


def with_tables(
    document: Document, entries: tuple[TableEntry, ...], model: Model, folder: Path
) -> tuple[Document, tuple[Issue, ...]]:
    """The document with the rows of its tables among its answers, and warnings about columns that were not read.

    Raises Unreadable or FaultsFound (of all tables at once).
    """
    issues: list[Issue] = []
    found: dict[str, Seq] = {}
    for index, entry in enumerate(entries):
        where = document.where(("tables", index))
        if entry.node and _open_node(model, entry.node) is None:
            issues.append(_has_no_rows(where, entry.node, model))
            continue
        try:
            table = csvfile.read(inside(folder, entry.file, where), shown(document.file, entry.file))
        except FaultsFound as faults:
            issues += faults.issues
            continue
        columns = _columns(table, entry)
        issues += _faults_of_columns(table, columns, entry)
        for row in table.rows if "node" in columns or entry.node else ():
            issues += _put(found, table, row, _filled(row, columns), entry, model)
    errors = [issue for issue in issues if issue.severity == "error"]
    if not errors:
        for node in _without_rows(document, entries, model):
            found.setdefault(node.id, Seq())
        data = _joined(document, found, errors)
    if errors:
        raise FaultsFound(errors)
    return Document(document.file, data, document.faults), tuple(issues)


def inside(folder: Path, file: str, where: Where) -> Path:
    """The path of a file that an answers file names: relative, and not outside its folder. Raises FaultsFound."""
    path = PurePosixPath(file.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in file:
        raise FaultsFound(
            Issue(
                where,
                Text(
                    f"Berkas “{file}” berada di luar folder berkas jawaban.",
                    f"The file “{file}” lies outside the folder of the answers file.",
                ),
                Text("Letakkan di samping berkas jawaban.", "Put it beside the answers file."),
            )
        )
    return folder / path


def shown(answers: str, file: str) -> str:
    """What messages call a file that an answers file names."""
    return str(Path(answers).parent / file)


def _columns(table: Table, entry: TableEntry) -> dict[str, str]:
    """The heading of each column that is read, by its key; the file's own mapping goes first."""
    found: dict[str, str] = {}
    for heading in table.headings:
        key = entry.columns.get(heading) or _HEADINGS.get(heading.casefold())
        if key and key not in found:
            found[key] = heading
    return found


def _faults_of_columns(table: Table, columns: Mapping[str, str], entry: TableEntry) -> Iterator[Issue]:
    top = Where(table.file, 1)
    needed = ("title",) if entry.node else ("node", "title")
    for key in needed:
        if key not in columns:
            names = ", ".join((key, *COLUMNS[key][:3]))
            yield Issue(
                top,
                Text(f"Tabel ini tidak memuat kolom {key}.", f"This table has no column {key}."),
                Text(
                    f"Beri judul salah satu dari: {names}; atau tulis columns: di berkas jawaban.",
                    f"Head it by one of: {names}; or write columns: in the answers file.",
                ),
            )
    for heading, key in entry.columns.items():
        if key not in COLUMNS or heading not in table.headings:
            wrong = key if key not in COLUMNS else heading
            yield Issue(
                top,
                Text(f"columns menyebut “{wrong}”, yang tidak ada.", f"columns names “{wrong}”, which does not exist."),
                did_you_mean(wrong, COLUMNS if key not in COLUMNS else table.headings),
            )
    unread = [heading for heading in table.headings if heading not in columns.values()]
    if unread:
        names = ", ".join(f"“{heading}”" for heading in unread)
        yield Issue(
            top,
            Text(f"Kolom yang tidak dibaca: {names}.", f"Columns that are not read: {names}."),
            Text(
                "Bila perlu, sebut maknanya dengan columns: di berkas jawaban.",
                "If need be, tell what they mean by columns: in the answers file.",
            ),
            "warning",
        )


def _filled(row: TableRow, columns: Mapping[str, str]) -> dict[str, str]:
    """The cells that say something, by key: a dash fills a cell only to the eye, "tidak ada" is no obstacle."""
    cells = {key: row.cells[heading] for key, heading in columns.items() if heading in row.cells}
    return {
        key: cell
        for key, cell in cells.items()
        if cell not in _DASHES and not (key in _REMARKS and cell.casefold() in _NOTHING)
    }


def _put(
    found: dict[str, Seq], table: Table, row: TableRow, cells: dict[str, str], entry: TableEntry, model: Model
) -> Iterator[Issue]:
    """Put a row among those of its node."""
    where = Where(table.file, row.line)
    named = cells.pop("node", None) or entry.node
    node = _open_node(model, named) if named else None
    if node is None:
        yield _has_no_rows(where, named or "", model)
        return
    yield from _misfiled(cells.pop("dimension", None), node, model, where)
    cells.pop("number", None)
    rows = found.setdefault(node.id, Seq())
    written = Map()
    written.file = table.file
    for key, value in ({"id": f"row-{len(rows) + 1}"} | cells).items():
        written[key] = value
        written.lines[key] = row.line
        if key in _FIGURES:
            figure = _figure(value)
            if figure is None:
                yield Issue(
                    where,
                    Text(f"“{value}” di kolom {key} bermakna ganda.", f"“{value}” in column {key} is ambiguous."),
                    Text(
                        "Tulis tanpa pemisah ribuan: 1250 atau 1250,5.",
                        "Write it without a thousands separator: 1250 or 1250.5.",
                    ),
                )
            else:
                written[key] = figure
    if "id" in cells:
        written["id"] = _slug(cells["id"])
    if "status" in cells:
        written["status"] = STATUSES.get(cells["status"].casefold(), cells["status"])
    if entry.evaluation and "evaluation" not in cells:
        written["evaluation"] = entry.evaluation
        written.lines["evaluation"] = row.line
    rows.append(written)
    rows.lines.append(row.line)


def _misfiled(dimension: str | None, node: Node, model: Model, where: Where) -> Iterator[Issue]:
    """A warning where a row names a dimension that is not above its node; "Governance" will do for Smart governance."""
    above = [above for above in model.above(node.id) if above.parent is not None]
    names = [name.casefold() for one in above for name in (one.id, one.title.id, one.title.en)]
    said = (dimension or "").casefold()
    if above and not any(said in name or name in said for name in names):
        yield Issue(
            where,
            Text(
                f"Baris ini menyebut dimensi “{dimension}”, padahal {node.title.id} termasuk {above[-1].title.id}.",
                f"This row names the dimension “{dimension}”, but {node.title.en} belongs to {above[-1].title.en}.",
            ),
            Text("Yang dipakai simpulnya; perbaiki salah satu.", "The node is what counts; correct one of the two."),
            "warning",
        )


def _has_no_rows(where: Where, named: str, model: Model) -> Issue:
    opened = [node for node in model.nodes.values() if node.open]
    listed = ", ".join(node.id for node in opened)
    return Issue(
        where,
        Text(f"“{named}” bukan simpul yang memuat baris.", f"“{named}” is no node that has rows."),
        did_you_mean(named, [name for node in opened for name in (node.id, node.title.id, node.title.en)])
        or Text(f"Simpul yang memuat baris: {listed}.", f"Nodes that have rows: {listed}."),
    )


def _without_rows(document: Document, entries: Iterable[TableEntry], model: Model) -> Iterator[Node]:
    """The open nodes that tables told as whole leave without a row: assessed, and not answered as a whole."""
    whole = [_open_node(model, entry.node) if entry.node else None for entry in entries if entry.whole]
    answers, scope = document.data.get("answers") or {}, document.data.get("scope")
    for node in model.nodes.values():
        names = {node.id, *(above.id for above in model.above(node.id)), "overall"}
        assessed = scope is None or not names.isdisjoint(scope)
        if node.open and (None in whole or node in whole) and assessed and names.isdisjoint(answers):
            yield node


def _open_node(model: Model, name: str) -> Node | None:
    wanted = name.casefold()
    for node in model.nodes.values():
        if node.open and wanted in (node.id, node.title.id.casefold(), node.title.en.casefold()):
            return node
    return None


def _figure(cell: str) -> str | None:
    """A figure as it is written in YAML; None where a point or comma may part thousands or decimals."""
    text = cell.replace(" ", "").removesuffix("%")
    if _GROUPED.match(text):
        groups = re.split("[.,]", text)
        return "".join(groups) if len(groups) > 2 else None
    if "," in text and "." in text:
        decimal = max(",.", key=text.rfind)
        text = text.replace("." if decimal == "," else ",", "")
    text = text.replace(",", ".")
    return text if _PLAIN.match(text) else cell


def _slug(text: str) -> str:
    """An office's own code of a programme as an id: 2.16.03 becomes p-2-16-03."""
    slug = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    return slug if slug[:1].isalpha() else f"p-{slug}"


def _joined(document: Document, found: Mapping[str, Seq], errors: list[Issue]) -> Map:
    """The data of the document with the rows in their places."""
    data = _copied(document.data)
    answers = data["answers"] = _copied(data.get("answers") or Map())
    data.lines.setdefault("answers", 1)
    for node, rows in found.items():
        written = answers.get(node)
        if written is not None and not (isinstance(written, Map) and set(written) == {"rows"}):
            errors.append(
                Issue(
                    document.where(("answers", node)),
                    Text(
                        f"“{node}” dijawab di sini, padahal juga memuat baris dari tabel.",
                        f"“{node}” is answered here although it has rows from a table.",
                    ),
                    Text("Pilih salah satu.", "Choose one of them."),
                )
            )
            continue
        entry = _copied(written) if written is not None else Map()
        if written is not None:
            own = written["rows"]
            rows[:0], rows.lines[:0] = own, own.lines
        entry["rows"] = rows
        entry.lines.setdefault("rows", answers.lines.get(node, 1))
        answers[node] = entry
        answers.lines.setdefault(node, 1)
    return data


def _copied(written: Any) -> Map:
    copy = Map()
    copy.update(written)
    copy.lines.update(written.lines)
    copy.file = written.file
    return copy
