"""YAML with its comments: what `gscm.yamlfile` throws away, kept with the entry that it speaks of.

A comment on lines of its own belongs to the entry that follows, unless it stands further in: then it closes the
entry above it. A comment at the end of a line belongs to the last entry that begins there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from gscm import yamlfile

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEADER = re.compile(r"[|>][-+0-9]*")
_NO_TEXTS = frozenset(("", "~", "null", "true", "false"))

Place = tuple[int, int]
"""Line and column, from 0."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value. `written` is how it stands in the file where it is no text: a number, true, nothing."""

    text: str
    written: str | None


@dataclass(slots=True)
class Collection:
    """A mapping or a list. `end` is where it closes, of one in braces; None of one in lines."""

    mapping: bool
    entries: list[Entry] = field(default_factory=list)
    end: Place | None = None


@dataclass(slots=True)
class Entry:
    """One key with its value, or one item of a list, with the comments around it; an empty line is a blank comment."""

    key: Scalar | None
    value: Scalar | Collection
    start: Place
    parent: Collection
    owner: Entry | None
    before: list[str] = field(default_factory=list)
    beside: str = ""
    after: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Commented:
    """A file: its value, and the comments above all of it, which stay there."""

    head: tuple[str, ...]
    root: Collection


def commented(text: str, name: str) -> Commented:
    """Read YAML together with its comments. Raises FaultsFound as `yamlfile.parse` does; also for a lone word."""
    yamlfile.parse(text, name)  # bounds size and depth, so that composing is safe
    node: Any = yaml.compose(text, Loader=_LOADER)
    reading = _Reading(text.splitlines())
    root = reading.collection(node, None)
    assert isinstance(root, Collection), f"{name} holds a single word"
    return reading.with_comments(root)


class _Reading:
    """Composes the entries, notes where values stand, and hands the comments out."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.entries: list[Entry] = []
        self.taken: dict[int, list[tuple[int, int]]] = {}  # columns of each line that are part of a value
        self.inside: set[int] = set()  # lines that belong wholly to a text

    def collection(self, node: Any, owner: Entry | None) -> Scalar | Collection:
        """A node of the YAML library as a value; what stands in it is noted."""
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        found = Collection(isinstance(node, yaml.MappingNode))
        if node.flow_style:
            found.end = (node.end_mark.line, node.end_mark.column)
        for child in node.value:
            key, value = child if found.mapping else (None, child)
            mark = (key or value).start_mark
            entry = Entry(self._scalar(key) if key else None, Scalar("", ""), (mark.line, mark.column), found, owner)
            self.entries.append(entry)
            entry.value = self.collection(value, entry)
            found.entries.append(entry)
        return found

    def _scalar(self, node: yaml.ScalarNode) -> Scalar:
        start, end = node.start_mark, node.end_mark
        if node.style in ("|", ">"):
            header = _HEADER.match(self.lines[start.line], start.column)
            assert header is not None
            self.taken.setdefault(start.line, []).append((start.column, header.end()))
            last = end.line - (0 if end.column else 1)
            while last > start.line and not self.lines[last].strip():
                last -= 1  # empty lines below a text stand between it and what follows
            self.inside.update(range(start.line + 1, last + 1))
            return Scalar(node.value, None)
        for line in range(start.line, end.line + 1):
            first = start.column if line == start.line else 0
            last = end.column if line == end.line else len(self.lines[line])
            self.taken.setdefault(line, []).append((first, last))
        plain = node.style in (None, "")  # the C parser says ""
        return Scalar(node.value, node.value if plain and not is_text(node.value) else None)

    def with_comments(self, root: Collection) -> Commented:
        order = sorted(self.entries, key=lambda entry: entry.start)  # outer before inner where both begin in one place
        waiting: list[tuple[int, str]] = []  # column and words of the comments not yet handed out
        head: list[str] = []
        passed = 0  # entries that begin on this line or above
        for number, line in enumerate(self.lines):
            column = self._comment(number)
            if passed < len(order) and order[passed].start[0] == number:
                rest = _close(order[:passed], order[passed].start[1], waiting)
                (order[passed].before if passed else head).extend(rest)
                waiting = []
                while passed < len(order) and order[passed].start[0] == number:
                    passed += 1
            if column is None:
                if not line.strip() and number not in self.inside:
                    waiting.append((0, ""))
            elif line[:column].strip(" -") and passed:
                _beside(order[:passed], (number, column)).beside = line[column:].rstrip()
            else:
                waiting.append((column, line[column:].rstrip()))
        _close(order, -1, waiting)
        return Commented(tuple(head), root)

    def _comment(self, number: int) -> int | None:
        """The column where the comment of a line begins."""
        if number in self.inside:
            return None
        line, taken = self.lines[number], self.taken.get(number, [])
        for found in re.finditer(r"(?:(?<=\s)|^)#", line):
            if not any(first <= found.start() < last for first, last in taken):
                return found.start()
        return None


def _close(above: list[Entry], column: int, waiting: list[tuple[int, str]]) -> list[str]:
    """Give comments that stand further in than `column` to the entries that they close; the others come back."""
    blank: list[str] = []
    for index, (stands, words) in enumerate(waiting):
        if not words:
            blank = [""]
            continue
        owner = next((entry for entry in reversed(above) if _closes(entry, stands, column)), None)
        if owner is None:
            return [*blank, *(words for _, words in waiting[index:])]
        owner.after.extend([*blank, words])
        blank = []
    return blank


def _closes(entry: Entry, stands: int, column: int) -> bool:
    """Whether a comment at column `stands` may close an entry, the next entry beginning at `column`."""
    begins = _column(entry)
    return column < begins <= stands and not _in_braces(entry)


def _column(entry: Entry) -> int:
    """Where an entry begins; an item of a list at its hyphen."""
    return entry.start[1] - (0 if entry.key else 2)


def _in_braces(entry: Entry) -> bool:
    return entry.parent.end is not None or (entry.owner is not None and _in_braces(entry.owner))


def _beside(above: list[Entry], place: Place) -> Entry:
    """The entry that a comment at the end of a line speaks of."""
    entry = above[-1]
    while entry.owner is not None and entry.parent.end is not None and entry.parent.end <= place:
        entry = entry.owner
    return entry


def is_text(word: str) -> bool:
    """Whether a word without quotes is read as text, not as a number, true, false or nothing."""
    if word in _NO_TEXTS:
        return False
    return word[0] not in "+-0123456789" or isinstance(yamlfile.parse(f"- {word}\n", "").data[0], str)
