"""What a study gives out: the forms in which it can be filled in, and its present answers as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gscm.errors import BadUse, Issue
from gscm.formats.answers_csv import csv_text
from gscm.formats.datapackage import both
from gscm.formats.parquet import parquet
from gscm.i18n import Language, Text
from gscm.study.deposit import study_codebook, study_package
from gscm.study.log import Present
from gscm.study.spss import study_sav
from gscm.study.study import Study
from gscm.study.tabular import Table, Typed, long_rows, typed_long, typed_wide, wide_rows
from gscm.study.workbook import office_workbook
from gscm.study.xlsform import study_xlsform


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose form it is to be, where it is one to fill in, in which language, with which comment; terms of a deposit."""

    language: Language
    office: str | None = None
    respondent: str = ""
    licence: str | None = None
    with_notes: bool = False
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """A format: how its file is made, the suffix of its name, and whether it is a form of one office."""

    write: Callable[[Study, Present, Wanted], bytes | Iterator[bytes]]
    suffix: str
    of_office: bool = False


def _csv(table: Table) -> Iterator[bytes]:
    yield "\ufeff".encode()
    yield from (line.encode() for line in csv_text(*table))


def _workbook(study: Study, present: Present, wanted: Wanted) -> bytes:
    if wanted.office is None:
        raise BadUse(
            Issue(
                None,
                Text("Workbook dikeluarkan untuk satu perangkat daerah.", "A workbook is written for one office."),
                Text("Sebutkan dengan --office.", "Name it by --office."),
            )
        )
    return office_workbook(study, present, wanted.office, wanted.respondent, wanted.language, wanted.comment)


def _xlsform(study: Study, present: Present, wanted: Wanted) -> bytes:
    if wanted.respondent:
        raise BadUse(
            Issue(
                None,
                Text("Satu formulir dipakai semua responden.", "One form serves all respondents."),
                Text("Hilangkan --respondent.", "Leave out --respondent."),
            )
        )
    return study_xlsform(study, wanted.office, wanted.language)


def _parquet(table: Typed, study: Study) -> Iterator[bytes]:
    about = {
        "study": study.id,
        "model": f"{study.model.id} {study.model.version}",
        "questionnaire": f"{study.questionnaire.id} {study.questionnaire.version}",
        "notice": both(study.model.notice),
    }
    return parquet(*table, about)


EXPORTS: Mapping[str, Export] = {
    "csv-long": Export(lambda study, present, _: _csv(long_rows(study, present)), ".csv"),
    "csv-wide": Export(lambda study, present, _: _csv(wide_rows(study, present)), ".csv"),
    "parquet-long": Export(
        lambda study, present, wanted: _parquet(typed_long(study, present, wanted.language), study), ".parquet"
    ),
    "parquet-wide": Export(
        lambda study, present, wanted: _parquet(typed_wide(study, present, wanted.language), study), ".parquet"
    ),
    "sav": Export(lambda study, present, wanted: study_sav(study, present, wanted.language), ".sav"),
    "codebook": Export(lambda study, present, wanted: study_codebook(study, present, wanted.language), ".xlsx"),
    "datapackage": Export(
        lambda study, present, wanted: study_package(
            study, present, wanted.language, wanted.licence, with_notes=wanted.with_notes
        ),
        ".zip",
    ),
    "xlsx": Export(_workbook, ".xlsx", of_office=True),
    "xlsform": Export(_xlsform, ".xlsx", of_office=True),
}
