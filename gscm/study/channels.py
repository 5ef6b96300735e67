"""The channels through which answers come back: which one a file is of, and its answers as they are read.

Every channel gives the same thing: answers not yet bound (`Given`), and a sentence for every cell that is none. What
they mean is decided in one place, the intake.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gscm.errors import BadUse, Issue, Unreadable, Where
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


def check_file(path: Path) -> None:
    """Refuse what is no regular file, before any of it is read, and files of a kind that no channel has.

    Raises Unreadable. What is not there is left to whoever opens it.
    """
    try:
        mode = path.lstat().st_mode
        what = next((text for is_one, text in _NO_FILES if is_one(mode)), None)
        if what is None and not stat.S_ISREG(mode):
            what = Text("Ini perangkat atau saluran, bukan berkas.", "This is a device or a pipe, not a file.")
        if what is not None:
            remedy = Text("Sebutkan berkasnya sendiri.", "Name the file itself.")
            raise Unreadable(Issue(Where(str(path)), what, remedy))
        with path.open("rb") as file:
            start = file.read(8)
    except OSError:
        return
    suffix = path.suffix.lower()
    told = next((text for mark, text in _STARTS if start.startswith(mark)), None) or _KINDS.get(suffix)
    if told is not None and not (is_workbook(path) or is_sav(path)):
        what = Text(f"Ini {told.id}, yang tidak dapat diimpor.", f"This is {told.en}, which cannot be imported.")
        raise Unreadable(Issue(Where(str(path)), what, _IMPORTED))


_NO_FILES = (
    (stat.S_ISLNK, Text("Ini tautan simbolik, bukan berkas.", "This is a symbolic link, not a file.")),
    (stat.S_ISDIR, Text("Ini folder, bukan berkas.", "This is a folder, not a file.")),
)
_ARCHIVE, _PICTURE = Text("arsip atau dokumen terkemas", "an archive or a packed document"), Text("gambar", "a picture")
_DOCUMENT, _DATA = Text("dokumen", "a document"), Text("berkas data YAML atau JSON", "a data file in YAML or JSON")
_PDF, _PARQUET = Text("berkas PDF", "a PDF"), Text("berkas Parquet", "a Parquet file")
_STARTS = (
    (b"PAR1", _PARQUET),
    (b"%PDF-", _PDF),
    (b"PK\x03\x04", _ARCHIVE),
    (b"PK\x05\x06", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"\xd0\xcf\x11\xe0", _DOCUMENT),
)
_KINDS: Mapping[str, Text] = {
    ".parquet": _PARQUET,
    ".pdf": _PDF,
    **dict.fromkeys((".zip", ".gz", ".rar", ".7z"), _ARCHIVE),
    **dict.fromkeys((".docx", ".doc", ".odt"), _DOCUMENT),
    **dict.fromkeys((".yaml", ".yml", ".json"), _DATA),
}
_IMPORTED = Text(
    "Yang dapat diimpor: CSV, workbook (.xlsx) kajian ini, ekspor KoboToolbox atau ODK (CSV, XLSX), CSV Google Forms, "
    "dan SPSS (.sav).",
    "What can be imported: CSV, a workbook (.xlsx) of this study, exports of KoboToolbox or ODK (CSV, XLSX), a CSV of "
    "Google Forms, and SPSS (.sav).",
)


def channel_of(path: Path) -> Channel:
    """The channel that a file comes from, by its name and its headings. Raises Unreadable."""
    check_file(path)
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
    check_file(path)
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
