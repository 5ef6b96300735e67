"""Faults as sentences: where, what, remedy; all of them at once.

The exceptions, and the exit code each becomes (in one place, `gscm.cli.main`)::

    GscmError
    ├── FaultsFound     1   the files were readable and faults were found in them
    │   └── NotComputable (gscm.statistics): the data cannot carry a figure
    ├── Unreadable      2   a file or folder is missing, unreadable or not YAML
    └── BadUse          2   the command was called in a way that cannot work
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal
from unicodedata import category

from gscm.i18n import Language, Text


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file; `line` counts from 1."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault, said so that the person who wrote the file can mend it."""

    where: Where | None
    what: Text
    remedy: Text | None = None
    severity: Literal["error", "warning"] = "error"

    def sentence(self, language: Language) -> str:
        parts = [f"{self.where}:" if self.where else "", self.what[language]]
        if self.remedy:
            parts.append(self.remedy[language])
        return legible(" ".join(part for part in parts if part))


_QUOTED = re.compile(r"“([^”]{120})[^”]+”")


def legible(sentence: str) -> str:
    """The sentence as a terminal may show it: long quotations cut, no control or formatting characters."""
    short = _QUOTED.sub(r"“\1…”", sentence)
    return short if short.isprintable() else "".join("�" if category(c)[0] == "C" else c for c in short)


class GscmError(Exception):
    """Anything that a user can mend. `issues` holds every fault found, in the order of the files."""

    def __init__(self, issues: Issue | Iterable[Issue]) -> None:
        self.issues = (issues,) if isinstance(issues, Issue) else tuple(issues)
        super().__init__("\n".join(issue.sentence("en") for issue in self.issues))


class FaultsFound(GscmError):
    """The files were readable, and what they say is wrong."""


class Unreadable(GscmError):
    """A file or folder could not be read at all."""


class BadUse(GscmError):
    """The call cannot work whatever the files say."""


def did_you_mean(word: str, known: Iterable[str]) -> Text | None:
    """A remedy that names the nearest known word, or None if none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    if not near:
        return None
    return Text(f"Mungkin yang dimaksud “{near[0]}”?", f"Did you mean “{near[0]}”?")


def in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues by file and line, each once."""

    def place(issue: Issue) -> tuple[str, int]:
        return (issue.where.file, issue.where.line or 0) if issue.where else ("", 0)

    return tuple(sorted(dict.fromkeys(issues), key=place))
