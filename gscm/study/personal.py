"""Personal data in a study: everything held about one respondent, its correction, and the purge of all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from gscm.errors import BadUse, Issue, did_you_mean
from gscm.i18n import Text
from gscm.study.field import event
from gscm.study.store import Person, Respondent, Store
from gscm.study.study import Study

CORRECTABLE = ("name", "phone", "nip", "role")


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
        authors = {entry.key.author for entry in store.log()}
        raise BadUse(
            Issue(
                None,
                Text(
                    f"Kajian ini tidak memuat responden “{respondent}”.",
                    f"The study has no respondent “{respondent}”.",
                ),
                did_you_mean(respondent, {*registered, *authors} - {""})
                or Text(f"Lihat: gscm study status {store.target}", f"See: gscm study status {store.target}"),
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
        "events": [asdict(one) for one in store.events() if respondent in (one.who, one.subject)],
    }


def correct(store: Store, study: Study, respondent: str, given: Mapping[str, str], at: str, who: str) -> None:
    """Correct what is held of the person: name, phone, nip or role; an empty value removes it.

    The audit log tells which were corrected, not to what. Raises BadUse where there is no such respondent.
    """
    held(store, respondent)
    old = store.person(respondent) or Person(respondent)
    values = {key: given.get(key, getattr(old, key)) or None for key in ("name", "phone", "nip")}
    store.correct(
        Person(respondent, **values),
        {"role": given["role"] or None} if "role" in given else {},
        event(study, at, who, "corrected", respondent, corrected=sorted(given)),
    )


@dataclass(frozen=True, slots=True)
class Purged:
    """How much a purge took away."""

    persons: int
    respondents: int


def purge(store: Store, study: Study, at: str, who: str) -> Purged:
    """Take the persons out of a study: names, phones, NIP, tokens and roles; respondents become numbers.

    Answers and their ids stay, and so do results, to the byte. Repeating it changes nothing more. Whoever kept the
    list of invitations can still tell the numbers apart by their order: that list is to be destroyed as well.
    """
    renamed = numbered({*(one.id for one in study.respondents), *(entry.key.author for entry in store.log())})
    respondents = [
        Respondent(renamed[one.id], one.office, None, f"{_NO_TOKEN}{renamed[one.id]}", one.consented_at)
        for one in study.respondents
    ]
    found = Purged(store.count_persons(), len(renamed) - 1)
    told = event(study, at, who, "purged", "*", persons=found.persons, respondents=found.respondents)
    store.purge(respondents, renamed, told)
    return found


_NO_TOKEN = "purged-"  # noqa: S105  stands where the hash of a token stood; no hash begins like it


def _is_purged(one: Respondent) -> bool:
    return one.token_sha256.startswith(_NO_TOKEN)


def may_purge(retention: str | None, today: date) -> bool:
    """Whether the date until which personal data are kept is set and has come."""
    return retention is not None and today >= date.fromisoformat(retention)
