"""What a study gives out: the forms in which it can be filled in, and its present answers as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gscm.errors import BadUse, Issue
from gscm.formats.answers_csv import csv_text
from gscm.i18n import Language, Text
from gscm.study.log import Present
from gscm.study.study import Study
from gscm.study.tabular import Table, long_rows, wide_rows
from gscm.study.workbook import office_workbook


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose form it is to be, where it is one to fill in, and in which language."""

    language: Language
    office: str | None = None
    respondent: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """A format: how its file is made, the suffix of its name, and whether it is a form of one office."""

    write: Callable[[Study, Present, Wanted], bytes]
    suffix: str
    of_office: bool = False


def _csv(table: Table) -> bytes:
    return ("\ufeff" + "".join(csv_text(*table))).encode()


def _workbook(study: Study, present: Present, wanted: Wanted) -> bytes:
    if wanted.office is None:
        raise BadUse(
            Issue(
                None,
                Text("Workbook dikeluarkan untuk satu perangkat daerah.", "A workbook is written for one office."),
                Text("Sebutkan dengan --office.", "Name it by --office."),
            )
        )
    return office_workbook(study, present, wanted.office, wanted.respondent, wanted.language)


EXPORTS: Mapping[str, Export] = {
    "csv-long": Export(lambda study, present, _: _csv(long_rows(study, present)), ".csv"),
    "csv-wide": Export(lambda study, present, _: _csv(wide_rows(study, present)), ".csv"),
    "xlsx": Export(_workbook, ".xlsx", of_office=True),
}
