"""The workbook of one office, or of one respondent of it: given out by a study, and taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from gscm.errors import BadUse, FaultsFound, Issue, Where, did_you_mean
from gscm.formats.xlsx import Returned, Stamp, cells_of, expect, read_workbook, workbook
from gscm.i18n import Language, Text
from gscm.model.tree import Stage
from gscm.responses.given import Given
from gscm.study.field import assigned_to, returned_with
from gscm.study.log import Key, Present
from gscm.study.notice import notice
from gscm.study.study import Study


def office_workbook(
    study: Study, present: Present, office: str, respondent: str, language: Language, comment: str | None = None
) -> bytes:
    """The workbook with what this office is asked, its own answers (or those of the respondent) filled in.

    `comment` is what the office is told whose answers are returned; it stands at the top of the guide.
    Raises BadUse where the study has no such office or respondent.
    """
    if issue := _unknown(study, office, respondent, None):
        raise BadUse(issue)
    codes = assigned_to(study, office)
    answers = {}
    absent = (study.questionnaire.items[code].absence for code in codes)
    for code in dict.fromkeys((*codes, *(code for code in absent if code))):
        entry = present.entries.get(Key(office, respondent, code, "self-assessment"))
        if entry is not None:
            answers[code] = entry.written
    name = next(one.name for one in study.offices if one.id == office)
    title, subject = study.questionnaire.title, study.subject.name
    back = (returned_with(comment),) if comment else ()
    told = (title, Text(f"{subject} · {name}", f"{subject} · {name}"), *back, *_informed(study))
    return workbook(study.questionnaire, codes, answers, _stamp(study, office, respondent), told, language)


def _informed(study: Study) -> tuple[Text, ...]:
    """What whoever fills it in is told first; sending it back empty is the way to decline."""
    told = notice(study)
    declining = Text(
        "Bila Anda tidak bersedia, kembalikan workbook ini tanpa diisi. Persetujuan tertulis dicatat oleh "
        "penyelenggara kajian.",
        "If you do not agree, send this workbook back empty. Those who run the study record a written consent.",
    )
    return (told.title, *told.paragraphs, declining)


def returned_answers(
    study: Study, present: Present, path: Path, stage: Stage, office: str | None = None
) -> tuple[tuple[Given, ...], tuple[Issue, ...]]:
    """What a workbook that comes back says anew, and the cells that are refused.

    A row left as it was filled in, or that says what holds already, is nothing new: what has been answered elsewhere
    since the workbook was given out stays. Raises Unreadable or FaultsFound where it is not a workbook of this study;
    `office`, where it is named, must be the one in the stamp.
    """
    found = read_workbook(path, study.questionnaire)
    stamp = found.stamp
    expect(path, stamp, _stamp(study, stamp.office, stamp.respondent))
    if issue := _unknown(study, stamp.office, stamp.respondent, Where(str(path))):
        raise FaultsFound(issue)
    if office not in (None, stamp.office):
        raise FaultsFound(
            Issue(
                Where(str(path)),
                Text(f"Workbook ini milik “{stamp.office}”.", f"This workbook is that of “{stamp.office}”."),
                Text("Hilangkan --office.", "Leave out --office."),
            )
        )
    return tuple(_new(found, present, stage)), found.issues


def _new(found: Returned, present: Present, stage: Stage) -> Iterable[Given]:
    for read in found.given:
        key = Key(read.office, read.author, read.fact, stage)
        entry = present.entries.get(key)
        lacking = found.lacking.get(read.fact, ()) if entry else ()  # a note that is refused takes none away
        kept = {name: entry.written[name] for name in lacking if entry and name in entry.written}
        one = replace(read, written={**read.written, **kept})
        if key not in present.heads or (
            one.fact not in found.untouched and (entry is None or cells_of(entry.written) != cells_of(one.written))
        ):
            yield one


def _stamp(study: Study, office: str, respondent: str) -> Stamp:
    model, form = study.model, study.questionnaire
    return Stamp(study.id, model.id, str(model.version), form.id, str(form.version), office, respondent)


def _unknown(study: Study, office: str, respondent: str, where: Where | None) -> Issue | None:
    offices = [one.id for one in study.offices]
    if office not in offices:
        return Issue(
            where,
            Text(f"Kajian ini tidak memuat “{office}”.", f"The study has no office “{office}”."),
            did_you_mean(office, offices) or Text("Undang dahulu.", "Invite it first."),
        )
    people = [one.id for one in study.respondents if one.office == office]
    if respondent and respondent not in people:
        return Issue(
            where,
            Text(
                f"Responden “{respondent}” tidak ada pada “{office}”.", f"“{office}” has no respondent “{respondent}”."
            ),
            did_you_mean(respondent, people) or Text("Undang dahulu.", "Invite them first."),
        )
    return None
