"""An answers file carried from one version of a model to another. What cannot be carried is kept aside in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gscm import yamlfile
from gscm.errors import FaultsFound, Issue, Where
from gscm.i18n import Text
from gscm.model.tree import Model
from gscm.responses.carrying import Entry, Fate, Place, Retired, listed, placed, through
from gscm.responses.load import bind
from gscm.responses.migration import Migration, chain_to, prefixes
from gscm.responses.schema import AnswersFile
from gscm.yamlfile import Document, Map


@dataclass(frozen=True, slots=True)
class Migrated:
    """Answers carried from one version to another: `data` is the whole new file, `entries` its answers."""

    start: str
    end: str
    chain: tuple[Migration, ...]
    data: Mapping[str, Any]
    entries: tuple[Entry, ...]
    retired: tuple[Retired, ...]


def migrate(document: Document, model: Model, to: str) -> Migrated:
    """Answers carried from the version that their file states to another version of their model.

    Raises FaultsFound where the file or a migration is wrong, or no migration leads there.
    """
    file = yamlfile.validate(document, AnswersFile)
    if file.version is None:
        raise FaultsFound(
            Issue(
                document.where(),
                Text(
                    "Berkas ini tidak menyebut versi model yang dijawabnya.",
                    "This file does not say which version of the model it answers.",
                ),
                Text("Tambahkan, misalnya, version: 1.0.0.", "Add it, for example version: 1.0.0."),
            )
        )
    if file.version == to:
        data = plain(document.data)
        return Migrated(to, to, (), data, _entries(data["answers"] or {}, model), ())
    return carried(document, model, chain_to(model, file.version, to, document.where(("version",))), file.version, to)


def carried(document: Document, model: Model, chain: tuple[Migration, ...], start: str, end: str) -> Migrated:
    """The answers of a file after the migrations. What the model refuses then, being of version `end`, is retired."""
    data = plain(document.data)
    entries, retired = through(chain, _entries(data["answers"] or {}, model), start)
    entries = tuple(replace(e, id=e.origin) if e.id == "overall" and e.origin == model.id else e for e in entries)
    heads, gone = _elsewhere(data, chain, model, (start, end), document)
    data |= {**heads, "version": end}
    refused: tuple[Retired, ...] = ()
    if end == model.version:
        entries, refused = _accepted(document.file, data, entries, model, start)
    aside = (*retired, *gone, *refused)
    data["answers"] = {entry.id: entry.written for entry in entries}
    if aside:
        data["retired"] = [*data.get("retired", ()), *map(record, aside)]
    return Migrated(start, end, chain, data, entries, aside)


def plain(value: Any) -> Any:
    """The value without the lines of its file."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def record(one: Retired) -> dict[str, Any]:
    """A retired entry as it stands in the file."""
    reason = one.reason.id if one.reason.id == one.reason.en else {"id": one.reason.id, "en": one.reason.en}
    found = {"id": one.id, "answer": one.answer, "version": one.version, "reason": reason}
    if one.place != "answers":
        found["place"] = one.place
    return {**found, "carried": True} if one.carried else found


def _entries(answers: Mapping[str, Any], model: Model) -> tuple[Entry, ...]:
    return tuple(Entry("overall" if key == model.id else key, written, key) for key, written in answers.items())


# ------------------------------------------------------------------------------------- what else names the nodes


def _elsewhere(
    data: Mapping[str, Any], chain: tuple[Migration, ...], model: Model, versions: tuple[str, str], document: Document
) -> tuple[dict[str, Any], tuple[Retired, ...]]:
    """What names nodes outside the answers (scope, recommendations, tables), and the names that are gone."""
    retired: list[Retired] = []

    def now(names: Iterable[str], place: Place, said: str | None = None) -> list[str]:
        found: list[str] = []
        for name in names:
            new, gone = _names_after(name, chain, model, versions)
            found += new
            retired.extend(replace(one, place=place, answer=said, origin=None) for one in gone)
        return list(dict.fromkeys(found))

    heads: dict[str, Any] = {}
    if data.get("scope"):
        heads["scope"] = now(data["scope"], "scope")
        if not heads["scope"]:
            raise FaultsFound(
                Issue(
                    document.where(("scope",)),
                    Text("Tidak ada yang tersisa dari lingkup ini.", "Nothing is left of this scope."),
                    Text("Tulis simpul yang dinilai sekarang.", "Write the nodes that are assessed now."),
                )
            )
    if data.get("recommendations"):
        heads["recommendations"] = [
            {**one, "nodes": now(listed(one["nodes"]), "recommendations", one["id"])} if one.get("nodes") else one
            for one in data["recommendations"]
        ]
    if data.get("tables"):
        heads["tables"] = [
            {**one, "node": next(iter(now([one["node"]], "tables", one["file"])), None)}
            if isinstance(one, dict) and one.get("node")
            else one
            for one in data["tables"]
        ]
    return heads, tuple(retired)


def _names_after(
    name: str, chain: tuple[Migration, ...], model: Model, versions: tuple[str, str]
) -> tuple[tuple[str, ...], tuple[Retired, ...]]:
    """What a node is called after the migrations: one name, several, or none."""
    here, retired = [Entry(name, None, name)], list[Retired]()
    for migration in chain:
        found: list[Entry] = []
        for one in here:
            into = [new for new, entry in migration.rules.merged.items() if one.id in entry.of]
            into += migration.rules.split[one.id].into if one.id in migration.rules.split else ()
            kept, gone = placed(one, migration) if not into else (tuple(replace(one, id=new) for new in into), ())
            found += kept
            retired += gone
        here = found
    start, end = versions
    known = [one for one in here if end != model.version or _names_a_node(one.id, model)]
    unknown = Text(f"Tidak ada dalam versi {end}.", f"Not in version {end}.")
    retired += [Retired(name, None, start, unknown) for one in here if one not in known]
    return tuple(one.id for one in known), tuple(retired)


def _names_a_node(id: str, model: Model) -> bool:
    """Whether the model has the node, or, of a row, the open node above it."""
    return id == "overall" or any(prefix in model.nodes for prefix in prefixes(id))


# -------------------------------------------------------------------------------------- what the new version takes

_FIRST = 2  # the line that stands for the first answer; what is not an answer stands on line 1


def _accepted(file: str, data: Mapping[str, Any], entries: tuple[Entry, ...], model: Model, start: str) -> Fate:
    """The entries that the model accepts; the others are retired with what its reading says of them."""
    retired: tuple[Retired, ...] = ()
    while True:
        try:
            bind(_numbered(file, data, entries, model), model, alone=True)
        except FaultsFound as found:
            places = ((issue.where.line, issue.what) for issue in found.issues if issue.where)
            refused = {line - _FIRST: what for line, what in places if line}
            if not refused or min(refused) < 0:  # not about an answer
                raise FaultsFound(replace(issue, where=Where(file)) for issue in found.issues) from None
            retired += tuple(_refused(entries[index], model, start, why) for index, why in sorted(refused.items()))
            entries = tuple(entry for index, entry in enumerate(entries) if index not in refused)
        else:
            return entries, retired


def _refused(entry: Entry, model: Model, start: str, why: Text) -> Retired:
    version = start if entry.id == entry.origin else model.version
    return Retired(entry.id, entry.written, version, why, origin=entry.origin)


def _numbered(file: str, data: Mapping[str, Any], entries: tuple[Entry, ...], model: Model) -> Document:
    """The file as a document in which each answer stands on a line of its own, so that a fault tells the answer."""
    whole, answers = Map(), Map()
    for index, entry in enumerate(entries):
        id = model.id if entry.id == "overall" else entry.id  # as faults call the root
        answers[id] = entry.written
        answers.lines[id] = index + _FIRST
    for key, value in data.items():
        if key not in ("tables", "regions"):
            whole[key] = answers if key == "answers" else value
            whole.lines[key] = 1
    return Document(file, whole)
