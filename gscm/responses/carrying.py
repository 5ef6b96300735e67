"""Answers through migrations, from one version of a model to another: each goes on or is retired, none is lost.

Each rule of a migration is a small function from one answer to its fate: what goes on, and what is retired.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from gscm.i18n import Text
from gscm.model.schema import Words, exact
from gscm.responses.migration import NO, YES, MergedEntry, Migration, SplitEntry, prefixes, word

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


Fate = tuple[tuple[Entry, ...], tuple[Retired, ...]]
"""What became of some answers: those that go on, and those that are kept aside."""


def through(chain: tuple[Migration, ...], entries: tuple[Entry, ...], start: str) -> Fate:
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
    kept, gone = _together(placed(entry, migration) for entry in mapped if entry.id not in joined)
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


def placed(entry: Entry, migration: Migration) -> Fate:
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
        named = [one for part in long for one in listed(part.get(name))]
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


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
