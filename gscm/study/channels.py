"""The channels through which answers come back: which one a file is of, and its answers as they are read.

Every channel gives the same thing: answers not yet bound (`Given`), and a sentence for every cell that is none. What
they mean is decided in one place, the intake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gscm.errors import BadUse, Issue
from gscm.formats.answers_csv import read_answers
from gscm.formats.cell import Roll
from gscm.formats.google_forms import is_google_forms, read_responses
from gscm.formats.kobo import is_submissions
from gscm.formats.mapping import read_mapping
from gscm.formats.sav import is_sav
from gscm.formats.xlsx import is_workbook
from gscm.i18n import Text
from gscm.model.tree import Stage
from gscm.responses.given import Given
from gscm.study.log import Channel, Present
from gscm.study.spss import sav_answers
from gscm.study.store import shown_target
from gscm.study.study import Study
from gscm.study.workbook import returned_answers
from gscm.study.xlsform import agreements, submitted_answers

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
    if is_sav(path):
        return "sav"
    if is_submissions(path):
        return "kobo"
    if is_workbook(path):
        return "xlsx"
    return "google-forms" if is_google_forms(path) else "csv"


def read(channel: Channel, study: Study, present: Present, path: Path, asked: Asked) -> Found:
    """The answers in a file, and what is wrong with it, cell by cell.

    Raises BadUse, or Unreadable or FaultsFound where the file as a whole cannot be read as one of this channel.
    """
    if asked.mapping and channel != "google-forms":
        raise BadUse(
            Issue(
                None,
                Text("--mapping hanya untuk CSV dari Google Forms.", "--mapping is for a CSV from Google Forms only."),
                Text("Hilangkan, atau tambahkan --channel google-forms.", "Drop it, or add --channel google-forms."),
            )
        )
    return READERS[channel](study, present, path, asked)


def agreed(channel: Channel, study: Study, path: Path, asked: Asked) -> dict[str, str | None]:
    """Who agreed to take part, and when, as far as a file of this channel tells."""
    return agreements(study, path, _roll(study), asked.office) if channel == "kobo" else {}


def _table(study: Study, present: Present, path: Path, asked: Asked) -> Found:
    return read_answers(path, study.questionnaire, _roll(study), asked.office, asked.stage)


def _roll(study: Study) -> Roll:
    return Roll(
        {office.id: office.name for office in study.offices},
        {one.id: one.office for one in study.respondents},
        {one.token_sha256: one.id for one in study.respondents},
    )


def _form(study: Study, present: Present, path: Path, asked: Asked) -> Found:
    mapped = read_mapping(asked.mapping, study.questionnaire) if asked.mapping else None
    target = shown_target(study.target)
    return read_responses(path, study.questionnaire, _roll(study), asked.office, mapped, target)


def _sav(study: Study, present: Present, path: Path, asked: Asked) -> Found:
    return sav_answers(study, path, _roll(study), asked.stage, asked.office)


def _workbook(study: Study, present: Present, path: Path, asked: Asked) -> Found:
    given, issues = returned_answers(study, present, path, asked.stage, asked.office)
    yield from given
    yield from issues


def _submissions(study: Study, present: Present, path: Path, asked: Asked) -> Found:
    return submitted_answers(study, present, path, _roll(study), asked.stage, asked.office)


COMPLETE: frozenset[Channel] = frozenset(("xlsx",))
"""The channels that carry all that an answer may hold; the others lack a place for evidence or for notes."""

READERS: Mapping[Channel, Reader] = {
    "csv": _table,
    "google-forms": _form,
    "kobo": _submissions,
    "xlsx": _workbook,
    "sav": _sav,
}
