"""Answers carried from one version of a model to another. None is lost: what cannot be carried is kept aside.

Each rule of a migration is a small function from one answer to its fate: what goes on, and what is retired.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from gscm import yamlfile
from gscm.authoring.migration import NO, YES, MergedEntry, Migration, SplitEntry, chain_to, prefixes, word
from gscm.errors import FaultsFound, Issue, Where
from gscm.i18n import Text
from gscm.model.schema import Words, exact
from gscm.model.tree import Model
from gscm.responses.load import bind
from gscm.responses.schema import AnswersFile
from gscm.yamlfile import Document, Map

Place = Literal["answers", "scope", "recommendations", "tables"]
_VALUES = ("value", "level", "score")


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer on its way: its id by now, what is written, and the key of the file in whose place it stands."""

    id: str
    written: Any
    origin: str


@dataclass(frozen=True, slots=True)
class Retired:
    """What was written under an id of `version` and stands there no more; `carried` where its content lives on.

    `origin` is the key that it had in the file; None of what is no answer.
    """

    id: str
    answer: Any
    version: str
    reason: Text
    carried: bool = False
    place: Place = "answers"
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Migrated:
    """Answers carried from one version to another: `data` is the whole new file, `entries` its answers."""

    start: str
    end: str
    chain: tuple[Migration, ...]
    data: Mapping[str, Any]
    entries: tuple[Entry, ...]
    retired: tuple[Retired, ...]


Fate = tuple[tuple[Entry, ...], tuple[Retired, ...]]
"""What became of some answers: those that go on, and those that are kept aside."""


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
    entries, retired = _through(chain, _entries(data["answers"] or {}, model), start)
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


def _through(chain: tuple[Migration, ...], entries: tuple[Entry, ...], start: str) -> Fate:
    """All migrations one after the other; each leaves one answer to each id."""
    entries, retired = _each_once(entries, start)
    for migration in chain:
        entries, gone = _step(entries, migration)
        entries, repeated = _each_once(entries, start)
        retired += gone + repeated
    return entries, retired


def _each_once(entries: tuple[Entry, ...], start: str) -> Fate:
    """The first answer to each id; the others are retired."""
    seen: dict[str, Entry] = {}
    retired = []
    for entry in entries:
        if seen.setdefault(entry.id, entry) is not entry:
            why = Text(f"“{entry.id}” sudah dijawab.", f"“{entry.id}” is already answered.")
            retired.append(Retired(entry.origin, entry.written, start, why, origin=entry.origin))
    return tuple(seen.values()), tuple(retired)


def _step(entries: tuple[Entry, ...], migration: Migration) -> Fate:
    merged = migration.rules.merged
    joined = {old for entry in merged.values() for old in entry.of}
    mapped, changed = _together(_mapped(entry, migration) for entry in entries)
    kept, gone = _together(_placed(entry, migration) for entry in mapped if entry.id not in joined)
    parts = {entry.id: entry for entry in mapped}
    whole, replaced = _together(
        _merged(new, rule, [parts[old] for old in rule.of if old in parts], migration) for new, rule in merged.items()
    )
    return kept + whole, changed + gone + replaced


def _together(fates: Iterable[Fate]) -> Fate:
    entries: list[Entry] = []
    retired: list[Retired] = []
    for more, gone in fates:
        entries += more
        retired += gone
    return tuple(entries), tuple(retired)


def _retired(entry: Entry, migration: Migration, reason: Words, carried: bool = False) -> Retired:
    return Retired(entry.id, entry.written, migration.start, reason.text(), carried, origin=entry.origin)


def _mapped(entry: Entry, migration: Migration) -> Fate:
    """The entry with its values as the new version writes them."""
    written = [word(value) for value in _values(entry.written)]
    for rule in migration.rules.values:
        hits = [word for word in written if word in rule.map]
        if hits and (not rule.of or entry.id in rule.of):
            if any(rule.map[word] is None for word in hits):
                return (), (_retired(entry, migration, rule.reason),)
            new = _with_values(entry.written, rule.map)
            return (replace(entry, written=new),), (_retired(entry, migration, rule.reason, carried=True),)
    return (entry,), ()


def _values(written: Any) -> list[Any]:
    """Every value in an answer, those of its rows included."""
    if not isinstance(written, Mapping):
        return [] if written is None else [written]
    rows = written.get("rows")
    found = [written[key] for key in _VALUES if written.get(key) is not None]
    return found + [value for row in rows or () for value in _values(row)]


def _with_values(written: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(written, list):
        return [_with_values(row, values) for row in written]
    if isinstance(written, Mapping):
        changing = (*_VALUES, "rows")
        return {k: _with_values(v, values) if k in changing and v is not None else v for k, v in written.items()}
    return values.get(word(written), written)


def _placed(entry: Entry, migration: Migration) -> Fate:
    """The entry under its new id or ids, by the longest part of its id that the migration names."""
    rules = migration.rules
    if entry.id in rules.split:
        return _split(entry, rules.split[entry.id], migration)
    for prefix in prefixes(entry.id):
        if prefix in rules.removed:
            return (), (_retired(entry, migration, rules.removed[prefix].reason),)
        new = rules.renamed.get(prefix) or rules.moved.get(prefix)
        if new:
            return (replace(entry, id=new.to + entry.id[len(prefix) :]),), ()
    return (entry,), ()


_FOLLOW = {"each": ("met", "unmet", "open", "other"), "met": ("met", "open"), "unmet": ("unmet", "open"), "none": ()}


def _split(entry: Entry, rule: SplitEntry, migration: Migration) -> Fate:
    if _standing(entry.written) in _FOLLOW[rule.carry]:
        return tuple(replace(entry, id=new) for new in rule.into), ()
    return (), (_retired(entry, migration, rule.reason),)


def _standing(written: Any) -> Literal["met", "unmet", "open", "other"]:
    """How a criterion is answered; what is struck out counts as not met."""
    value, status = _given(written), written.get("status", "given") if isinstance(written, Mapping) else "given"
    if status == "withheld" or (value is not None and word(value) == NO):
        return "unmet"
    if value is None:
        return "open"
    return "met" if word(value) == YES else "other"


def _given(written: Any) -> Any:
    """The value of an answer that gives one, else None."""
    if not isinstance(written, Mapping):
        return None if isinstance(written, str) and word(written) == "tidak tahu" else written
    stated = [written[key] for key in _VALUES if written.get(key) is not None]
    return stated[0] if stated and written.get("status", "given") == "given" else None


def _merged(new: str, rule: MergedEntry, parts: list[Entry], migration: Migration) -> Fate:
    value = _decided(rule, [_given(part.written) for part in parts])
    retired = tuple(_retired(part, migration, rule.reason, carried=value is not None) for part in parts)
    if value is None:
        return (), retired
    return (Entry(new, _joined([part.written for part in parts], value), parts[0].origin),), retired


def _decided(rule: MergedEntry, values: list[Any]) -> Any:
    """What several answers say together, None where they leave it open. One unmet criterion decides the lowest."""
    words = {word(value) for value in values if value is not None}
    complete = len(values) == len(rule.of) and None not in values
    if rule.carry == "same":
        return values[0] if complete and len(words) == 1 else None
    if rule.carry == "none" or not words:
        return None
    if words <= {YES, NO}:
        decisive, other = (NO, YES) if rule.carry == "lowest" else (YES, NO)
        return decisive if decisive in words else other if complete else None
    numbers = [number for number in map(exact, values) if number is not None]
    if not complete or len(numbers) < len(values):
        return None
    end = min(numbers) if rule.carry == "lowest" else max(numbers)
    return values[numbers.index(end)]


def _joined(parts: list[Any], value: Any) -> Any:
    """The value with everything that the answers of the parts rest on."""
    long = [part for part in parts if isinstance(part, Mapping)]
    key = next((k for part in long for k in _VALUES if part.get(k) is not None), "value")
    joined: dict[str, Any] = {key: value}
    for name in ("source", "evidence"):
        named = [one for part in long for one in _listed(part.get(name))]
        if named:
            joined[name] = list(dict.fromkeys(named))
    for name in ("reason", "note"):
        said = [str(part[name]) for part in long if part.get(name)]
        if said:
            joined[name] = "; ".join(dict.fromkeys(said))
    stages = {part.get("stage") for part in parts if isinstance(part, Mapping)}
    if len(long) == len(parts) and len(stages) == 1 and None not in stages:
        joined["stage"] = stages.pop()
    return value if set(joined) == {"value"} else joined


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


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
            {**one, "nodes": now(_listed(one["nodes"]), "recommendations", one["id"])} if one.get("nodes") else one
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
            kept, gone = _placed(one, migration) if not into else (tuple(replace(one, id=new) for new in into), ())
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
