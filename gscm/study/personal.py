"""Personal data in a study: everything held about one respondent, its correction, and the purge of all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from gscm.analysis.suppression import suppressed
from gscm.errors import BadUse, Issue, did_you_mean
from gscm.i18n import Text
from gscm.study.evidence import PREFIX, SUFFIXES
from gscm.study.field import event
from gscm.study.log import present
from gscm.study.store import Evidence, Person, Respondent, Store, without_password
from gscm.study.study import Collected, Study

CORRECTABLE = ("name", "phone", "nip", "role", "consented_at")


def pseudonyms(registered: Iterable[str], authors: Iterable[str]) -> dict[str, str]:
    """The name under which each respondent may be shown to others.

    Registered respondents have one. Where the log knows others, whose names somebody typed, all are numbered, in
    the order of their names: answers are merged in that order, so results stay the same to the byte.
    """
    known, writing = set(registered), set(authors)
    if writing <= known | {""}:
        return {name: name for name in known | {""}}
    return numbered(known | writing)


def numbered(names: Iterable[str]) -> dict[str, str]:
    """R001, R002 … in the order of the names; no name (the office itself) stays none."""
    ordered = sorted(set(names) - {""})
    digits = max(3, len(str(len(ordered))))
    return {"": "", **{name: f"R{number:0{digits}d}" for number, name in enumerate(ordered, 1)}}


def held(store: Store, respondent: str) -> dict[str, Any]:
    """Everything that the study holds about one respondent, as plain JSON. Raises BadUse where there is none."""
    registered = {one.id: one for one in store.respondents()}
    entries = [entry for entry in store.log() if entry.key.author == respondent]
    one = registered.get(respondent)
    if one is None and not (respondent and entries):
        authors, shown = {entry.key.author for entry in store.log()}, without_password(store.target)
        raise BadUse(
            Issue(
                None,
                Text(
                    f"Kajian ini tidak memuat responden “{respondent}”.",
                    f"The study has no respondent “{respondent}”.",
                ),
                did_you_mean(respondent, {*registered, *authors} - {""})
                or Text(f"Lihat: gscm study status {shown}", f"See: gscm study status {shown}"),
            )
        )
    person = store.person(respondent)
    return {
        "respondent": respondent,
        "office": one.office if one else entries[0].key.office,
        "role": one.role if one else None,
        "token": "sha256" if one and not _is_purged(one) else None,
        "consented_at": one.consented_at if one else None,
        "person": {"name": person.name, "phone": person.phone, "nip": person.nip} if person else None,
        "answers": [
            {
                "id": entry.id,
                "item": entry.key.fact,
                "office": entry.key.office,
                "stage": entry.key.stage,
                "answer": dict(entry.written),
                "at": entry.at,
                "channel": entry.channel,
                "origin": entry.origin,
            }
            for entry in entries
        ],
        "keyed": [asdict(one) for one in store.keyed(respondent=respondent)],
        "events": [asdict(one) for one in store.events() if respondent in (one.who, one.subject)],
    }


def correct(store: Store, study: Study, respondent: str, given: Mapping[str, str], at: str, who: str) -> None:
    """Correct what is held of the person: name, phone, nip, role or consented_at; an empty value removes it.

    The audit log tells which were corrected, not to what. Raises BadUse where there is no such respondent.
    """
    held(store, respondent)
    old = store.person(respondent) or Person(respondent)
    values = {key: given.get(key, getattr(old, key)) or None for key in ("name", "phone", "nip")}
    store.correct(
        Person(respondent, **values),
        {key: given[key] or None for key in ("role", "consented_at") if key in given},
        event(study, at, who, "corrected", respondent, corrected=sorted(given)),
    )


@dataclass(frozen=True, slots=True)
class Purged:
    """How much a purge took away."""

    persons: int
    respondents: int


def purge(store: Store, study: Study, at: str, who: str, *, notes: bool = False) -> Purged:
    """Take the persons out of a study: names, phones, NIP, tokens and roles; respondents become numbers.

    Answers and their ids stay, and so do results, to the byte. With `notes` free text goes as well: notes, reasons,
    what assessors wrote, names of evidence, and remarks of the audit log; every level and score stays. Repeating it
    changes nothing more. Whoever kept the list of invitations can still tell the numbers apart by their order: that
    list is to be destroyed as well.
    """
    renamed = numbered({*(one.id for one in study.respondents), *(entry.key.author for entry in store.log())})
    respondents = [
        Respondent(renamed[one.id], one.office, None, f"{_NO_TOKEN}{renamed[one.id]}", one.consented_at)
        for one in study.respondents
    ]
    found = Purged(store.count_persons(), len(renamed) - 1)
    told = event(study, at, who, "purged", "*", persons=found.persons, respondents=found.respondents, notes=notes)
    store.purge(respondents, renamed, told, _Silent(store) if notes else None)
    return found


_REMOVED = "dihapus/removed"
_NOTES = ("note", "fact_note", "analysis", "justification")
_REMARKS = ("comment", "files", "controller", "contact", "purpose")


class _Silent:
    """Takes free text out of what a study holds, so that no answer, level or score changes.

    A reason has to stand where something does not apply, and what copies disagree about has to go on disagreeing:
    there a number stands in place of the text, the same for the same text.
    """

    def __init__(self, store: Store) -> None:
        self.disputed = {entry.id for one in present(store.log()).conflicts for entry in one.entries}
        self.numbers: dict[str, int] = {}

    def written(self, id: str, written: Mapping[str, Any]) -> dict[str, Any]:
        """An answer without free text. `id` is that of its entry."""
        left: dict[str, Any] = {}
        for key, value in written.items():
            if key == "evidence":
                left[key] = [self._text(one) for one in ([value] if isinstance(value, str) else value)]
            elif key == "reason" or (key in _NOTES and id in self.disputed):
                left[key] = self._text(value) if value else value
            elif key not in _NOTES:
                left[key] = value
        return left

    def _text(self, text: str) -> str:
        if text.startswith((_REMOVED, PREFIX)):
            return text
        return f"{_REMOVED} {self.numbers.setdefault(text, len(self.numbers) + 1)}"

    def event(self, action: str, subject: str, detail: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """The subject and the detail of a line of the audit log without file names and remarks."""
        left = {key: value for key, value in detail.items() if key not in _REMARKS}
        return ("*" if action in ("imported", "merged") else subject), left

    def evidence(self, one: Evidence) -> str:
        """The name of a file of evidence without what people called it."""
        return one.sha256[:12] + SUFFIXES.get(one.kind, ("",))[0]


def by_role(study: Study, collected: Collected) -> Mapping[str, tuple[int | None, int | None]]:
    """How many respondents of each role were invited and how many answered, small groups left out; "" is no role."""
    answered = {
        key.author for key, entry in collected.present.entries.items() if entry.written.get("status") != "blank"
    }
    invited: dict[str, int] = {}
    responded: dict[str, int] = {}
    for one in study.respondents:
        role = one.role or ""
        invited[role] = invited.get(role, 0) + 1
        responded[role] = responded.get(role, 0) + (one.id in answered)
    least = study.settings["least"]
    shown = suppressed(invited, least).counts, suppressed(responded, least).counts
    hidden = {role for role in invited if None in (shown[0][role], shown[1][role])}
    return {role: (None, None) if role in hidden else (invited[role], responded[role]) for role in sorted(invited)}


def unconsented(study: Study, collected: Collected) -> int:
    """How many registered respondents have answered without a consent being recorded."""
    answered = {key.author for key in collected.present.heads}
    return sum(one.consented_at is None and one.id in answered for one in study.respondents)


_NO_TOKEN = "purged-"  # noqa: S105  stands where the hash of a token stood; no hash begins like it


def _is_purged(one: Respondent) -> bool:
    return one.token_sha256.startswith(_NO_TOKEN)


def may_purge(retention: str | None, today: date) -> bool:
    """Whether the date until which personal data are kept is set and has come."""
    return retention is not None and today >= date.fromisoformat(retention)
