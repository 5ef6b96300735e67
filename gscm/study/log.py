"""The log of a study as values, and the present state that follows from it.

An entry never changes. Each names the entries that it supersedes: those that its author saw when writing it. What
nobody has superseded is a head. Two copies of a study are merged by the union of their logs, so one answer may then
have two heads: where they differ that is a conflict, kept and shown until an entry supersedes both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from gscm.model.tree import STAGES, Stage

Channel = Literal["terminal", "xlsx", "paper", "kobo", "google-forms", "csv", "sav", "web", "decision"]


@dataclass(frozen=True, slots=True)
class Key:
    """What an entry speaks of: one fact, for one office, by one author (none: the office itself), at one stage."""

    office: str
    author: str
    fact: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer, once. `written` is in the long form of an answers file; `at` is a time in UTC, ISO 8601."""

    id: str
    key: Key
    written: Mapping[str, Any]
    at: str
    channel: Channel
    origin: str
    supersedes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Entries of one key that exclude one another, from copies that did not know of each other."""

    key: Key
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """What holds now: the entry of each key that has one, and the conflicts, which leave their facts open."""

    entries: Mapping[Key, Entry]
    conflicts: Sequence[Conflict]
    heads: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)

    def of(self, keys: Collection[Key]) -> Present:  # noqa: ARG002
        """What holds now of these keys, and maybe of others."""
        return self


def present(log: Iterable[Entry]) -> Present:
    """The present state of a log, whatever the order in which its entries are given."""
    by_key: dict[Key, list[Entry]] = {}
    superseded: set[str] = set()
    for entry in log:
        by_key.setdefault(entry.key, []).append(entry)
        superseded.update(entry.supersedes)
    entries: dict[Key, Entry] = {}
    heads: dict[Key, tuple[str, ...]] = {}
    conflicts = []
    for key in sorted(by_key, key=_order):
        standing = sorted((e for e in by_key[key] if e.id not in superseded), key=lambda entry: (entry.at, entry.id))
        heads[key] = tuple(sorted(entry.id for entry in standing))
        if all(entry.written == standing[0].written for entry in standing):
            entries[key] = standing[0]
        else:
            conflicts.append(Conflict(key, tuple(standing)))
    return Present(entries, tuple(conflicts), heads)


def _order(key: Key) -> tuple[str, str, str, int]:
    return key.office, key.author, key.fact, STAGES.index(key.stage)
