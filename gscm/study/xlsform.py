"""The form of a study for phones: given out as XLSForm, and what KoboToolbox or ODK collected with it taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from gscm.errors import BadUse, Issue, Where, did_you_mean
from gscm.formats.cell import Fault, Roll
from gscm.formats.kobo import Submission, in_order, moment, read_submissions
from gscm.formats.xlsform import Form, Frame, form, form_xlsx, stamp_of
from gscm.i18n import Language, Text
from gscm.model.tree import Stage
from gscm.responses.given import Given
from gscm.study.field import assigned_to
from gscm.study.log import Key, Present
from gscm.study.notice import notice
from gscm.study.study import Study


def study_xlsform(study: Study, office: str | None, language: Language) -> bytes:
    """The form of a study, or what it asks of one office. Raises BadUse where it has no such office, or none at all."""
    return form_xlsx(study_form(study, office), language)


def study_form(study: Study, office: str | None = None) -> Form:
    """The form; see `study_xlsform`."""
    known = [one.id for one in study.offices]
    if not known or office not in (None, *known):
        raise BadUse(_no_office(study, office))
    offices = [office] if office else known
    asked: dict[str, tuple[str, ...]] = {}
    for one in offices:
        for code in assigned_to(study, one):
            asked[code] = (*asked.get(code, ()), one)
    if not asked:
        raise BadUse(_nothing_asked())
    return form(study.questionnaire, asked, _frame(study, offices, asked))


def _whole_form(study: Study) -> Form:
    """The form with every item, whoever is asked: what comes back may have been given out before it was assigned."""
    offices = [one.id for one in study.offices]
    return form(study.questionnaire, study.questionnaire.items, _frame(study, offices, {}))


def _frame(study: Study, offices: Sequence[str], asked: Mapping[str, tuple[str, ...]]) -> Frame:
    told, names = notice(study), {one.id: one.name for one in study.offices}
    return Frame(
        study=study.id,
        subject=study.subject.name,
        title=told.title,
        told=told.paragraphs,
        question=told.question,
        agreed=told.agreed,
        declined=told.declined,
        offices=tuple((one, names[one]) for one in offices),
        asked=asked,
    )


def submitted_answers(
    study: Study, present: Present, path: Path, roll: Roll, stage: Stage, office: str | None = None
) -> Iterator[Given | Issue]:
    """The answers of everyone who agreed, those sent later after those sent earlier; and what is not taken.

    What stands since a later time stays: a submission that is exported again takes nothing back. `office` is that of
    every row that names none.
    """
    whole, who = _whole_form(study), _Who(study, roll, office)
    standing = {key: moment(entry.at) or "" for key, entry in present.entries.items()}
    disputed = {one.key: max(moment(entry.at) or "" for entry in one.entries) for one in present.conflicts}
    for one in in_order(lambda: read_submissions(path, whole), who.key):
        found = one if isinstance(one, Issue) else who.of(one)
        if isinstance(found, Issue):
            yield found
        elif isinstance(one, Submission) and found is not None:
            for answer in one.answers(*found):
                if isinstance(answer, Given) and answer.at is not None:
                    key = Key(answer.office, answer.author, answer.fact, stage)
                    if answer.at < standing.get(key, "") or answer.at <= disputed.get(key, ""):
                        continue
                yield answer
    yield from who.left_out(Where(str(path)))


def agreements(study: Study, path: Path, roll: Roll, office: str | None = None) -> dict[str, str | None]:
    """When each registered respondent whose consent is not recorded yet first agreed, as a file tells it."""
    whole, who = _whole_form(study), _Who(study, roll, office)
    waiting = {one.id for one in study.respondents if one.consented_at is None}
    found: dict[str, str | None] = {}
    for one in read_submissions(path, whole) if waiting else ():
        author = who.of(one) if isinstance(one, Submission) and one.consented else None
        if isinstance(one, Submission) and isinstance(author, tuple) and author[1] in waiting:
            found[author[1]] = min(filter(None, (found.get(author[1]), one.at)), default=None)
    return found


class _Who:
    """Whose the submissions are, and which of them are not taken."""

    def __init__(self, study: Study, roll: Roll, office: str | None) -> None:
        self.roll, self.default = roll, office
        self.stamps = {stamp_of(study.questionnaire, id) for id in (study.id, "")}
        self.declined: list[str] = []
        self.foreign: dict[str, list[str]] = {}

    def key(self, one: Submission) -> tuple[str, str]:
        """Office and author as far as they can be told, to see who sent twice."""
        author = self._author(one)
        return self._office(one), author if isinstance(author, str) else str(one.respondent)

    def of(self, one: Submission) -> tuple[str, str] | Issue | None:
        """Office and author; an issue where they cannot be told, None where they are not to be taken."""
        line = str(one.where.line)
        if one.consented is False:
            self.declined.append(line)
            return None
        if one.stamp and one.stamp not in self.stamps:
            self.foreign.setdefault(one.stamp, []).append(line)
            return None
        if one.sent and one.at is None:
            return Issue(one.where, *_no_time(one.sent))
        office, author = self._office(one), self._author(one)
        if office not in self.roll.offices:
            return Issue(one.where, *_no_such_office(office, self.roll.offices))
        if self.default not in (None, office):
            return Issue(one.where, *_of_another_office(office))
        if isinstance(author, Fault):
            return Issue(one.where, *author)
        if self.roll.people.get(author, office) != office or (not author and one.respondent is not None):
            return Issue(one.where, *_no_such_respondent(author, office))
        fault = self.roll.stranger(author, office)
        return Issue(one.where, *fault) if fault else (office, author)

    def _office(self, one: Submission) -> str:
        return self.roll.office(one.office) or self.default or ""

    def _author(self, one: Submission) -> str | Fault:
        """The respondent; a phone may have made the first letter of a pseudonym a capital."""
        told = one.respondent or ""
        return told.casefold() if told.casefold() in self.roll.people else self.roll.respondent(told)

    def left_out(self, where: Where) -> Iterator[Issue]:
        if self.declined:
            lines = ", ".join(self.declined)
            yield Issue(
                where,
                Text(
                    f"Tidak bersedia ikut, jadi tidak ada yang diambil: baris {lines}.",
                    f"Did not agree to take part, so nothing was taken: row {lines}.",
                ),
            )
        for stamp, rows in self.foreign.items():
            lines = ", ".join(rows)
            yield Issue(
                where,
                Text(
                    f"Baris {lines} dari formulir lain (“{stamp}”); tidak ada yang diambil.",
                    f"Row {lines} is from another form (“{stamp}”); nothing was taken.",
                ),
                Text(
                    f"Formulir kajian ini “{max(self.stamps, key=len)}”.",
                    f"The form of this study is “{max(self.stamps, key=len)}”.",
                ),
            )


def _no_time(sent: str) -> tuple[Text, Text]:
    return (
        Text(f"“{sent}” bukan waktu pengiriman.", f"“{sent}” is no time of submission."),
        Text("Ekspor lagi, dan impor tanpa menyuntingnya.", "Export it again, and import it unedited."),
    )


def _no_such_office(office: str, known: Iterable[str]) -> tuple[Text, Text]:
    if not office:
        return (
            Text("Tidak disebutkan perangkat daerahnya.", "The office is not told."),
            Text("Sebutkan dengan --office.", "Name it by --office."),
        )
    return (
        Text(f"Kajian ini tidak memuat “{office}”.", f"The study has no office “{office}”."),
        did_you_mean(office, known) or Text("Undang dahulu.", "Invite it first."),
    )


def _of_another_office(office: str) -> tuple[Text, Text]:
    return (
        Text(f"Baris ini dari “{office}”.", f"This row is from “{office}”."),
        Text("Hilangkan --office.", "Leave out --office."),
    )


def _no_such_respondent(author: str, office: str) -> tuple[Text, Text]:
    return (
        Text(
            f"“{author}” bukan kode responden atau token undangan pada “{office}”.",
            f"“{author}” is no respondent code or invitation token of “{office}”.",
        ),
        Text(
            "Betulkan kodenya di server, lalu ekspor dan impor lagi.",
            "Mend the code on the server, then export and import again.",
        ),
    )


def _no_office(study: Study, office: str | None) -> Issue:
    known = [one.id for one in study.offices]
    if office is None:
        return Issue(
            None,
            Text("Kajian ini belum memuat perangkat daerah.", "The study has no offices yet."),
            Text("Undang dahulu dengan gscm study invite.", "Invite them first with gscm study invite."),
        )
    return Issue(None, *_no_such_office(office, known))


def _nothing_asked() -> Issue:
    return Issue(
        None,
        Text("Tidak ada butir yang dapat ditanyakan di formulir.", "There is no item that a form could ask."),
        Text(
            "Periksa penugasannya (gscm study status), atau pakai CSV.",
            "Look at the assignments (gscm study status), or use CSV.",
        ),
    )
