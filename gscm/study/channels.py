"""The channels through which answers come back: which one a file is of, and its answers as they are read.

Every channel gives the same thing: answers not yet bound (`Given`), and a sentence for every cell that is none. What
they mean is decided in one place, the intake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gscm.errors import Issue
from gscm.formats.answers_csv import read_answers
from gscm.formats.xlsx import is_workbook
from gscm.model.tree import Stage
from gscm.responses.given import Given
from gscm.study.log import Channel, Present
from gscm.study.study import Study
from gscm.study.workbook import returned_answers

Found = Iterator[Given | Issue]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person who imports says of a file: the office of all its rows, and the mapping of its headings."""

    stage: Stage = "self-assessment"
    office: str | None = None
    mapping: Path | None = None


Reader = Callable[[Study, Present, Path, Asked], Found]


def channel_of(path: Path) -> Channel:
    """The channel that a file comes from, by its name and its headings. Raises Unreadable."""
    return "xlsx" if is_workbook(path) else "csv"


def read(channel: Channel, study: Study, present: Present, path: Path, asked: Asked) -> Found:
    """The answers in a file, and what is wrong with it, cell by cell.

    Raises Unreadable or FaultsFound where the file as a whole cannot be read as one of this channel.
    """
    return READERS[channel](study, present, path, asked)


def _table(study: Study, present: Present, path: Path, asked: Asked) -> Found:
    criteria = frozenset(code for code, item in study.questionnaire.items.items() if item.fact.kind == "criterion")
    return read_answers(path, criteria, asked.office)


def _workbook(study: Study, present: Present, path: Path, asked: Asked) -> Found:
    given, issues = returned_answers(study, present, path, asked.stage, asked.office)
    yield from given
    yield from issues


READERS: Mapping[Channel, Reader] = {"csv": _table, "xlsx": _workbook}
