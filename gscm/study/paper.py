"""The paper forms of a study: whose they are, how they are printed, and which one a code or a QR stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gscm.errors import BadUse, Issue, did_you_mean
from gscm.i18n import Language, Text, same
from gscm.questionnaire.questionnaire import Item
from gscm.report.mark import Mark, code_in, mark_of, study_in
from gscm.study.field import assigned_to, event
from gscm.study.notice import notice
from gscm.study.store import Event, Office
from gscm.study.study import Study

CONSENT = "consent"
"""The code of the question of consent on a form, which is keyed in before the items."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form on paper: its mark, and its items in the order in which they are printed.

    That of a respondent asks for consent first; that of the office itself (no respondent) does not.
    """

    mark: Mark
    items: tuple[Item, ...]

    @property
    def office(self) -> str:
        return self.mark.office

    @property
    def respondent(self) -> str:
        return self.mark.respondent

    @property
    def codes(self) -> tuple[str, ...]:
        """What is keyed in, in order."""
        asked = tuple(item.code for item in self.items)
        return (CONSENT, *asked) if self.respondent else asked


def form_of(study: Study, office: str, respondent: str = "") -> Form:
    """The form of a respondent, or of the office itself, as it is asked now. Raises BadUse where there is none."""
    return forms_of(study, office, (respondent,))[0]


def forms_of(study: Study, office: str, respondents: Sequence[str]) -> tuple[Form, ...]:
    """The forms of these respondents of an office. Raises BadUse: office or respondent unknown, nothing to ask."""
    check(study, office, respondents)
    items = tuple(study.questionnaire.items[code] for code in assigned_to(study, office))
    if not items:
        raise BadUse(
            Issue(
                None,
                Text(f"“{office}” tidak ditanyai apa pun.", f"Nothing is asked of “{office}”."),
                Text("Tentukan bagiannya dengan gscm study assign.", "Give it a part by gscm study assign."),
            )
        )
    mark = mark_of(study.questionnaire, items, study.id, office, "")
    return tuple(Form(replace(mark, respondent=one), items) for one in respondents)


def check(study: Study, office: str, respondents: Sequence[str] = ()) -> None:
    """Whether the study has this office and these respondents of it. Raises BadUse where it does not."""
    offices = [one.id for one in study.offices]
    if office not in offices:
        raise BadUse(
            Issue(
                None,
                Text(f"Kajian ini tidak memuat “{office}”.", f"The study has no office “{office}”."),
                did_you_mean(office, offices) or Text("Undang dahulu.", "Invite it first."),
            )
        )
    known = [one.id for one in study.respondents if one.office == office]
    if unknown := [one for one in respondents if one and one not in known]:
        raise BadUse(*(_no_respondent(office, one, known) for one in unknown))


def _no_respondent(office: str, id: str, known: Sequence[str]) -> Issue:
    return Issue(
        None,
        Text(f"“{office}” tidak mempunyai responden “{id}”.", f"“{office}” has no respondent “{id}”."),
        did_you_mean(id, known)
        or Text(
            "Undang dahulu, atau cetak formulir baru dengan --copies.", "Invite them first, or print with --copies."
        ),
    )


def forms_as_pdf(study: Study, forms: Sequence[Form], language: Language) -> bytes:
    """Forms of one office in one PDF, each with pages of its own. Raises BadUse where Pango is missing."""
    from gscm.report.form import Cover, Information, forms_pdf

    told = notice(study)
    office = next(one for one in study.offices if one.id == forms[0].office)
    covers = [
        Cover(
            mark=form.mark,
            subject=study.subject.name,
            year=study.subject.year,
            office=same(office.name),
            due=_due(office),
            information=Information(
                told.title,
                told.paragraphs,
                told.question if form.respondent else None,
                told.agreed,
                told.declined,
            ),
        )
        for form in forms
    ]
    return forms_pdf(study.questionnaire, forms[0].items, language, covers)


def _due(office: Office) -> date | None:
    return date.fromisoformat(office.due) if office.due else None


def printed(study: Study, forms: Sequence[Form], at: str, who: str) -> Event:
    """The line of the audit log that says which forms of an office were printed, with what on them."""
    mark, asked = forms[0].mark, [item.code for item in forms[0].items]
    codes = [form.mark.code for form in forms]
    return event(study, at, who, "printed", mark.office, forms=codes, digest=mark.digest, items=asked)


def form_found(study: Study, events: Iterable[Event], scanned: str) -> Form:
    """The form that a typed code or a scanned QR stands for: one as it is asked now, or one that was printed before.

    Raises BadUse where it stands for none of this study.
    """
    code = code_in(scanned)
    if code is None:
        raise BadUse(
            Issue(
                None,
                Text(f"“{scanned.strip()}” bukan kode formulir.", f"“{scanned.strip()}” is no code of a form."),
                Text(
                    "Pindai QR-nya, atau ketik delapan huruf dan angka di kanan atas halaman.",
                    "Scan its QR, or type the eight letters and digits at the top right of a page.",
                ),
            )
        )
    for form in (*_now(study), *_before(study, events)):
        if form.mark.code == code:
            return form
    if study_in(scanned) not in ("", study.id[:8]):
        what = Text(f"Formulir {code} milik kajian lain.", f"Form {code} is of another study.")
    else:
        what = Text(f"Kajian ini tidak mengenal formulir {code}.", f"The study knows no form {code}.")
    raise BadUse(
        Issue(
            None,
            what,
            Text(
                "Periksa kodenya, atau sebutkan --office dan --respondent.",
                "Check the code, or name --office and --respondent.",
            ),
        )
    )


def _now(study: Study) -> Iterator[Form]:
    for office in study.offices:
        yield from _of_office(
            study, office.id, tuple(study.questionnaire.items[c] for c in assigned_to(study, office.id))
        )


def _before(study: Study, events: Iterable[Event]) -> Iterator[Form]:
    """The forms of the study with the items that were on them when they were printed."""
    items = study.questionnaire.items
    for one in events:
        if one.action == "printed":
            asked = tuple(items[code] for code in one.detail["items"] if code in items)
            yield from _of_office(study, one.subject, asked)


def _of_office(study: Study, office: str, items: tuple[Item, ...]) -> Iterator[Form]:
    mark = mark_of(study.questionnaire, items, study.id, office, "")
    for respondent in ("", *(one.id for one in study.respondents if one.office == office)):
        yield Form(replace(mark, respondent=respondent), items)
