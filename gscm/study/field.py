"""What is done to a study in the field: made, offices invited, items assigned, answers taken in, copies merged.

Clock and chance are arguments: the same call with the same arguments writes the same rows.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from gscm.errors import FaultsFound, Issue, Where, did_you_mean
from gscm.i18n import Text
from gscm.model.facts import facts_of
from gscm.model.flat import model_digest
from gscm.model.load import load_model
from gscm.model.tree import STAGES, Stage
from gscm.questionnaire.load import load_questionnaire
from gscm.responses.given import Given, canonical
from gscm.responses.load import read_answer
from gscm.study.evidence import PREFIX, take_over
from gscm.study.log import Channel, Entry, Key, Present
from gscm.study.store import Event, Keyed, Office, Respondent, Store, create, origins, shown_target
from gscm.study.study import DEFAULTS, WHOLE, Collected, Study, indicators

_BESIDE = re.compile(r"\.\./([A-Za-z0-9][A-Za-z0-9._-]*)/")


def new_study(
    target: str,
    model: Path,
    questionnaire: Path,
    subject: Mapping[str, Any],
    id: UUID,
    at: str,
    who: str,
    chosen: Mapping[str, Any] | None = None,
) -> Store:
    """Make a study: its model and questionnaire are pinned, file by file. `chosen` are settings other than the usual.

    Raises BadUse (not empty), Unreadable, or FaultsFound with the faults of the model or the questionnaire.
    """
    loaded = load_model(model)
    form = load_questionnaire(questionnaire, loaded)
    files = {**_files("models", model), **_files("questionnaires", questionnaire)}
    return create(
        target,
        {
            "id": str(id),
            "created": at,
            "subject": dict(subject),
            "model": {"id": model.name, "version": loaded.version, "sha256": model_digest(loaded)},
            "questionnaire": {"id": questionnaire.name, "version": form.version},
            "rules": {"people": "median", "offices": "minimum"},
            **DEFAULTS,
            **(chosen or {}),
        },
        files,
        {path: hashlib.sha256(content).hexdigest() for path, content in files.items()},
        [_event(id, at, who, "created", str(subject["id"]), {})],
    )


def _files(kind: str, folder: Path) -> dict[str, bytes]:
    """The YAML files of a model or questionnaire and of those beside it that it takes files from."""
    found: dict[str, bytes] = {}
    waiting, seen = [folder], {folder.resolve()}
    while waiting:
        here = waiting.pop()
        for file in sorted(here.rglob("*.yaml")):
            if "cases" in file.relative_to(here).parts:
                continue
            content = file.read_bytes()
            found[f"{kind}/{here.name}/{file.relative_to(here).as_posix()}"] = content
            for name in _BESIDE.findall(content.decode("utf-8", "replace")):
                other = (here.parent / name).resolve()
                if other.is_dir() and other not in seen:
                    seen.add(other)
                    waiting.append(here.parent / name)
    return found


_REMEMBERED = 10_000
"""How many different answers are remembered as checked."""
_ONE_ROW_AN_ANSWER: frozenset[Channel] = frozenset(("csv", "sav"))
"""The channels in which nobody answers an item twice."""


class Intake:
    """Takes answers in, chunk by chunk, each bound and checked once.

    `origin` tells where they come from (a submission, a file by its hash): what came from there once is not taken in
    again, and an answer that stands already makes no entry. `states` are those of the offices (see `states_of`): what
    an office has submitted, or somebody has accepted, is not changed. With `partial` the channel cannot tell all that
    an answer may hold, such as evidence: what says no more than stands already takes nothing away.

    What one call of `take` gives is to be in the log before the next, where `present` reads from a store.
    """

    def __init__(
        self,
        study: Study,
        present: Present,
        stage: Stage,
        channel: Channel,
        at: str,
        origin: str,
        states: Mapping[str, str] | None = None,
        *,
        partial: bool = False,
    ) -> None:
        self.study, self.stage, self.channel, self.at, self.origin = study, stage, channel, at, origin
        self.present, self.partial = present, partial
        self.states = states or {}
        self.offices = {office.id for office in study.offices} | {WHOLE}
        self.people = {one.id: one.office for one in study.respondents}
        self.indicators = indicators(study)
        self.inside = _inside(study)
        facts = facts_of(study.model)
        self.known = facts.keys() | self.indicators
        self.criteria = {id for id, fact in facts.items() if fact.kind == "criterion"}
        self.made: dict[Key, Entry] = {}
        self.checked: dict[tuple[str, str], tuple[Issue, ...]] = {}

    def take(self, given: Iterable[Given]) -> tuple[tuple[Entry, ...], tuple[Issue, ...]]:
        """The entries that answers become, and what is wrong with those that become none."""
        entries: list[Entry] = []
        issues: list[Issue] = []
        sound = []
        for one in given:
            if faults := self._faults(one):
                issues += faults
            else:
                sound.append((Key(one.office, one.author, one.fact, self.stage), one))
        now = self.present.of([key for key, _ in sound])
        if now is not self.present:  # the log holds what was made before
            self.made.clear()
        for key, one in sound:
            standing = self.made.get(key) or now.entries.get(key)
            written = canonical(one.written, one.fact in self.criteria)
            if standing is not None and self._says_nothing_new(written, standing.written):
                continue
            if hindered := self._hindered(one, standing):
                issues.append(hindered)
                continue
            heads = (self.made[key].id,) if key in self.made else now.heads.get(key, ())
            self.made[key] = self._entry(key, written, one.at, heads)
            entries.append(self.made[key])
        return tuple(entries), tuple(issues)

    def _says_nothing_new(self, written: Mapping[str, Any], standing: Mapping[str, Any]) -> bool:
        if not self.partial:
            return written == standing
        return written.items() <= standing.items() and written.get("status") == standing.get("status")

    def _hindered(self, one: Given, standing: Entry | None) -> Issue | None:
        """Why an answer cannot be taken in although it is sound."""
        if closed := closed_to(self.study, self.states, one.office, self.stage):
            return Issue(one.where, closed.what, closed.remedy)
        if one.author and self.states.get(EVERYBODY) == "purged":
            return Issue(
                one.where,
                Text(
                    "Data pribadi kajian ini sudah dihapus; jawaban baru orang per orang tidak diterima.",
                    "Personal data of this study were purged; no new answers of single people are taken in.",
                ),
                Text("Jawab atas nama perangkat daerahnya, tanpa responden.", "Answer for the office, naming nobody."),
            )
        if self.stage == STAGES[0] and (others := self._asked_of_others(one)):
            told = ", ".join(others)
            return Issue(
                one.where,
                Text(
                    f"Butir “{one.fact}” ditugaskan kepada {told}, bukan kepada “{one.office}”.",
                    f"Item “{one.fact}” is assigned to {told}, not to “{one.office}”.",
                ),
                Text("Ubah penugasannya dengan gscm study assign bila keliru.",
                     "Where that is wrong, change it by gscm study assign."),
            )  # fmt: skip
        if standing is not None and standing.origin == self.origin and self.channel in _ONE_ROW_AN_ANSWER:
            return Issue(
                one.where,
                Text(
                    f"Butir “{one.fact}” sudah dijawab lain oleh “{one.author or one.office}” dalam berkas ini.",
                    f"“{one.author or one.office}” already answers item “{one.fact}” otherwise in this file.",
                ),
                Text("Hapus salah satunya.", "Delete one of the two."),
            )
        return None

    def _asked_of_others(self, one: Given) -> tuple[str, ...]:
        """The offices to which what is answered is assigned, where this office is none of them.

        Whoever is asked something of an indicator can say that it does not apply as a whole. Taking an answer back is
        left to everybody.
        """
        if one.office == WHOLE or one.written.get("status") == "blank":
            return ()
        assigned = [self.study.assignments.get(code, ()) for code in self.inside.get(one.fact, (one.fact,))]
        asked = dict.fromkeys(office for offices in assigned for office in offices)
        return () if one.office in asked or not all(assigned) else tuple(asked)

    def _faults(self, one: Given) -> tuple[Issue, ...]:
        if unknown := tuple(_unknown(one, self.offices, self.people, self.known)):
            return unknown
        if one.fact in self.indicators and one.written.get("status") not in ("not_applicable", "blank"):
            return (_of_a_whole(one),)
        words = (one.fact, json.dumps(one.written, sort_keys=True, default=str))
        if len(self.checked) > _REMEMBERED:
            self.checked.clear()
        if words not in self.checked:
            self.checked[words] = _faults(self.study, one)
        return tuple(Issue(one.where, issue.what, issue.remedy) for issue in self.checked[words])

    def _entry(self, key: Key, written: Mapping[str, Any], at: str | None, heads: tuple[str, ...]) -> Entry:
        told = json.dumps([*_plain(key), written, self.origin, at], sort_keys=True)
        id = str(uuid5(UUID(self.study.id), told))
        return Entry(id, key, written, at or self.at, self.channel, self.origin, heads)


def _inside(study: Study) -> Mapping[str, Sequence[str]]:
    """The items of each indicator that may be said not to apply as a whole."""
    found: dict[str, list[str]] = {}
    for code, item in study.questionnaire.items.items():
        if item.absence and item.absence not in study.questionnaire.items:
            found.setdefault(item.absence, []).append(code)
    return found


def closed_to(study: Study, states: Mapping[str, str], office: str, stage: Stage) -> Issue | None:
    """Why answers of an office cannot be changed at this stage; None where they can.

    What was submitted is left to those who verify it; what was accepted is left to nobody.
    """
    state = states.get(office)
    if state != "accepted" and (state != "submitted" or stage != "self-assessment"):
        return None
    said = Text("diterima", "accepted") if state == "accepted" else Text("dikirim", "submitted")
    back = f"gscm study mark {study.target} {office} returned --comment '…'"
    return Issue(
        None,
        Text(
            f"Jawaban “{office}” sudah {said.id}, jadi tidak dapat diubah.",
            f"The answers of “{office}” have been {said.en} and cannot be changed.",
        ),
        Text(f"Kembalikan dahulu: {back}", f"Return them first: {back}"),
    )


_BESIDE_THE_VALUE = ("source", "evidence", "note", "fact_note", "analysis", "justification")


def amended(standing: Present, key: Key, said: Mapping[str, Any] | None, more: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of a key with another value (`said`; None leaves it) and more beside it; the rest stays.

    Raises FaultsFound where there is no value to leave as it is: copies of the study disagree about it.
    """
    entry = standing.entries.get(key)
    if said is None and entry is None and key in standing.heads:
        raise FaultsFound(
            Issue(
                None,
                Text(
                    f"Jawaban “{key.fact}” bertentangan antarsalinan; nilainya perlu diputuskan dahulu.",
                    f"Copies disagree about “{key.fact}”; its value has to be decided first.",
                ),
                Text("Isi lagi butir itu, atau putuskan dengan gscm study judge.",
                     "Answer the item again, or decide it by gscm study judge."),
            )
        )  # fmt: skip
    before = dict(entry.written) if entry else {"status": "blank"}
    kept = before if said is None else {**said, **{k: v for k, v in before.items() if k in _BESIDE_THE_VALUE}}
    return {**kept, **more}


def with_files(standing: Present, key: Key, hashes: Iterable[str]) -> dict[str, Any]:
    """The answer of a key, citing these files of evidence as well. Raises FaultsFound; see `amended`."""
    entry = standing.entries.get(key)
    before = (entry.written.get("evidence") or ()) if entry else ()
    listed = [before] if isinstance(before, str) else [*before]
    return amended(standing, key, None, {"evidence": list(dict.fromkeys((*listed, *(PREFIX + one for one in hashes))))})


def consented(store: Store, study: Study, respondent: str, at: str, who: str) -> bool:
    """Record that a respondent agreed to take part, and say so in the audit log; False where it is known already."""
    return store.consent(respondent, at, [event(study, at, who, "consented", respondent)])


def _plain(key: Key) -> list[str]:
    return [key.office, key.author, key.fact, key.stage]


def _unknown(one: Given, offices: set[str], people: Mapping[str, str], facts: set[str]) -> Iterator[Issue]:
    if one.office not in offices:
        yield Issue(
            one.where,
            Text(
                f"Perangkat daerah “{one.office}” tidak ada dalam kajian.", f"The study has no office “{one.office}”."
            ),
            did_you_mean(one.office, offices)
            or Text("Tambahkan dengan gscm study invite.", "Add it with gscm study invite."),
        )
    if one.author and people.get(one.author, one.office) != one.office:
        yield Issue(
            one.where,
            Text(
                f"Responden “{one.author}” bukan dari “{one.office}”.",
                f"Respondent “{one.author}” is not of “{one.office}”.",
            ),
            Text(f"Ia terdaftar pada “{people[one.author]}”.", f"They are registered with “{people[one.author]}”."),
        )
    if one.fact not in facts:
        yield Issue(
            one.where,
            Text(f"Butir “{one.fact}” tidak ada dalam kuesioner.", f"The questionnaire has no item “{one.fact}”."),
            did_you_mean(one.fact, facts)
            or Text("Pakai kode butir seperti tercetak.", "Use the item code as printed."),
        )


def _of_a_whole(one: Given) -> Issue:
    return Issue(
        one.where,
        Text(
            f"“{one.fact}” sebuah indikator; sebagai keseluruhan ia hanya dapat dinyatakan tidak berlaku.",
            f"“{one.fact}” is an indicator; as a whole it can only be said not to apply.",
        ),
        Text("Jawab butir-butir di dalamnya.", "Answer its items."),
    )


def _faults(study: Study, one: Given) -> tuple[Issue, ...]:
    try:
        read_answer(study.model, one.fact, one.written, one.where)
    except FaultsFound as found:
        return found.issues
    return ()


def invited(study: Study, people: Sequence[tuple[str, str | None]], tokens: Sequence[str]) -> tuple[Respondent, ...]:
    """Respondents for (office, role) pairs: a pseudonym that counts on within the office, a token kept as a hash."""
    count: dict[str, int] = {}
    for one in study.respondents:
        count[one.office] = count.get(one.office, 0) + 1
    found = []
    for (office, role), token in zip(people, tokens, strict=True):
        count[office] = count.get(office, 0) + 1
        found.append(Respondent(f"{office}-{count[office]}", office, role, _hashed(token)))
    return tuple(found)


def invite(
    store: Store, study: Study, people: Sequence[tuple[str, str | None]], tokens: Sequence[str]
) -> tuple[Respondent, ...]:
    """Put the respondents that `invited` gives into the study, in the order of the tokens.

    One whose pseudonym somebody else has given out meanwhile gets another.
    """
    store.add_respondents(invited(study, people, tokens))
    held = {one.token_sha256: one for one in store.respondents()}
    found = [held.get(_hashed(token)) for token in tokens]
    missing = [at for at, one in enumerate(found) if one is None]
    if missing:
        now = replace(study, respondents=tuple(held.values()))
        later = iter(invite(store, now, [people[at] for at in missing], [tokens[at] for at in missing]))
        found = [next(later) if one is None else one for one in found]
    return tuple(one for one in found if one is not None)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Renamed:
    """A respondent whose pseudonym another has, too: the old one, the new one, and whether that was in this copy."""

    old: str
    new: str
    here: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """What was new in another copy; `issues` are its files of evidence that could not be taken in."""

    entries: int
    offices: int
    files: int
    issues: tuple[Issue, ...]
    renamed: tuple[Renamed, ...] = ()


def merge_copies(store: Store, other: Store, at: str, who: str) -> Merged:
    """Take in what another copy of the study holds, its files of evidence first. The union, whatever the order.

    Where two copies gave the same pseudonym to two people, one of the two gets another (see `_told_apart`). Settings,
    assignments and persons stay those of this copy. Raises FaultsFound where it is not a copy of the same study.
    """
    mine, theirs = store.settings(), other.settings()
    if mine["id"] != theirs["id"]:
        raise FaultsFound(
            Issue(
                Where(shown_target(other.target)),
                Text("Ini salinan kajian yang lain.", "This is a copy of another study."),
                Text(
                    f"Id kajian ini {mine['id']}, yang itu {theirs['id']}.",
                    f"This study has the id {mine['id']}, that one {theirs['id']}.",
                ),
            )
        )
    if any(one.action == "purged" for one in (*store.events(), *other.events())):
        raise FaultsFound(
            Issue(
                Where(shown_target(other.target)),
                Text(
                    "Data pribadi salah satu salinan sudah dihapus; respondennya tidak lagi dapat dicocokkan.",
                    "Personal data of one of the copies were purged; its respondents can no longer be matched.",
                ),
                Text("Gabungkan salinan sebelum data pribadinya dihapus.", "Merge copies before they are purged."),
            )
        )
    known = {office.id for office in store.offices()}
    offices = [office for office in other.offices() if office.id not in known]
    store.add_offices(offices)
    people, joining = store.respondents(), other.respondents()
    ids = _told_apart((*people, *joining))
    here = {one.id: ids[one.token_sha256] for one in people if one.id != ids[one.token_sha256]}
    there = {one.id: ids[one.token_sha256] for one in joining if one.id != ids[one.token_sha256]}
    store.join((replace(one, id=ids[one.token_sha256]) for one in joining), here)
    for one in joining:
        if one.consented_at:
            store.consent(ids[one.token_sha256], one.consented_at)
    files, issues = take_over(store, other)
    naming = _Naming(there, known | {office.id for office in offices})
    new = store.append(map(naming.entry, other.log()))
    store.key_in(map(naming.keyed, other.keyed()))
    store.record(map(naming.event, other.events()))
    if new or files or here:
        more = {"files": files, "renamed": len(here) + len(there)}
        detail = {"entries": new, **{key: count for key, count in more.items() if count}}
        store.record([_event(UUID(mine["id"]), at, who, "merged", shown_target(other.target), detail)])
    renamed = (*(Renamed(*pair, True) for pair in here.items()), *(Renamed(*pair, False) for pair in there.items()))
    return Merged(new, len(offices), files, issues, renamed)


_MARKS = "23456789abcdefghjkmnpqrstuvwxyz"
"""What a pseudonym is told apart by: no two of them look alike on paper."""


def _mark(token_sha256: str) -> str:
    """Four letters and digits that follow from the token."""
    number = int.from_bytes(hashlib.sha256(token_sha256.encode()).digest())
    return "".join(_MARKS[number // len(_MARKS) ** place % len(_MARKS)] for place in range(4))


def _told_apart(respondents: Iterable[Respondent]) -> dict[str, str]:
    """The pseudonym of each respondent, by the hash of the token, so that no two people share one.

    Of those who were given the same, the one whose hash is the first keeps it, and the others get a mark that follows
    from theirs: copies come to the same names in whatever order they are merged.
    """
    given: dict[str, set[str]] = {}
    for one in respondents:
        given.setdefault(one.id.removesuffix(f"-{_mark(one.token_sha256)}"), set()).add(one.token_sha256)
    ranked = {id: sorted(tokens) for id, tokens in given.items()}
    return {
        token: id if token == tokens[0] else f"{id}-{_mark(token)}" for id, tokens in ranked.items() for token in tokens
    }


class _Naming:
    """Puts new pseudonyms for old in what another copy holds; the state of an office stays its own."""

    def __init__(self, renamed: Mapping[str, str], offices: Collection[str]) -> None:
        self.renamed = renamed
        self.acting = {old: new for old, new in renamed.items() if old not in offices}
        self.origins = origins(self.acting)

    def entry(self, one: Entry) -> Entry:
        key = replace(one.key, author=self.renamed.get(one.key.author, one.key.author))
        return replace(one, key=key, origin=self.origins.get(one.origin, one.origin)) if self.renamed else one

    def keyed(self, one: Keyed) -> Keyed:
        return replace(one, respondent=self.renamed.get(one.respondent, one.respondent))

    def event(self, one: Event) -> Event:
        who, subject = self.acting.get(one.who, one.who), self.acting.get(one.subject, one.subject)
        return replace(one, who=who, subject=subject)


@dataclass(frozen=True, slots=True)
class OfficeProgress:
    """How far an office is: items assigned to it, answered in whatever way, and who of its people answered at all.

    `comment` is what was said when its answers were returned, until it submits them anew.
    """

    office: Office
    assigned: int
    answered: int
    people: int
    responded: int
    state: str
    comment: str | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and it has not submitted."""
        due = self.office.due
        return due is not None and date.fromisoformat(due) < today and self.state not in ("submitted", "accepted")


def progress(study: Study, collected: Collected, events: Iterable[Event]) -> tuple[OfficeProgress, ...]:
    """The offices of a study and how far they are; states follow from the audit log."""
    inside = {id: [c for c, item in study.questionnaire.items.items() if item.node == id] for id in indicators(study)}
    events = tuple(events)
    states, comments = states_of(events), comments_of(events)
    answered: dict[str, set[str]] = {}
    responded: dict[str, set[str]] = {}
    for key, entry in collected.present.entries.items():
        if entry.written.get("status") != "blank":
            answered.setdefault(key.office, set()).update(inside.get(key.fact, (key.fact,)))
            if key.author:
                responded.setdefault(key.office, set()).add(key.author)
    found = []
    for office in study.offices:
        mine = assigned_to(study, office.id)
        done = answered.get(office.id, set())
        people = {one.id for one in study.respondents if one.office == office.id} | responded.get(office.id, set())
        state = states.get(office.id) or ("in-progress" if done else "invited" if people else "listed")
        found.append(
            OfficeProgress(
                office,
                len(mine),
                len(done & set(mine)),
                len(people),
                len(responded.get(office.id, ())),
                state,
                comments.get(office.id),
            )
        )
    return tuple(found)


EVERYBODY = "*"
"""The subject of the event that personal data were purged: no office."""
STATES = ("submitted", "returned", "accepted")
"""What the audit log says of an office; before that it is listed, invited, or in progress."""


STATE_NAMES: Mapping[str, Text] = {
    "listed": Text("terdaftar", "listed"),
    "invited": Text("diundang", "invited"),
    "in-progress": Text("sedang mengisi", "in progress"),
    "submitted": Text("dikirim", "submitted"),
    "returned": Text("dikembalikan", "returned"),
    "accepted": Text("diterima", "accepted"),
}


def states_of(events: Iterable[Event]) -> dict[str, str]:
    """The state of each office of which the audit log says one; EVERYBODY is "purged" where personal data were."""
    return {event.subject: event.action for event in events if event.action in (*STATES, "purged")}


def comments_of(events: Iterable[Event]) -> dict[str, str]:
    """What offices are told whose answers are returned, by office."""
    last = {event.subject: event for event in events if event.action in STATES}
    returned = {office: one.detail.get("comment") for office, one in last.items() if one.action == "returned"}
    return {office: comment for office, comment in returned.items() if comment}


def returned_with(comment: str) -> Text:
    """What an office is told whose answers are returned."""
    return Text(
        f"Jawaban perangkat daerah Anda dikembalikan dengan catatan: {comment}",
        f"The answers of your office have been returned with a comment: {comment}",
    )


def assigned_to(study: Study, office: str) -> tuple[str, ...]:
    """The items that an office is asked, in the order of the questionnaire: its own, and those assigned to nobody."""
    return tuple(code for code in study.questionnaire.items if office in study.assignments.get(code, (office,)))


def assigned_below(study: Study, node: str, offices: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The items of a node, or one item, asked of these offices. Raises FaultsFound where one of them is unknown."""
    issues = []
    known = {office.id for office in study.offices}
    items = study.questionnaire.items
    id = study.model.id if node == "overall" else node
    if id not in items and id not in study.model.nodes:
        issues.append(
            Issue(
                None,
                Text(f"“{node}” bukan simpul atau butir.", f"“{node}” is neither a node nor an item."),
                did_you_mean(node, [*study.model.nodes, *items]),
            )
        )
    issues += [
        Issue(
            None,
            Text(f"Kajian ini tidak memuat “{office}”.", f"The study has no office “{office}”."),
            did_you_mean(office, known) or Text("Undang dahulu.", "Invite it first."),
        )
        for office in offices
        if office not in known
    ]
    if issues:
        raise FaultsFound(issues)
    inside = {below.id for below in study.model.below(id)} if id in study.model.nodes else set()
    return {code: tuple(offices) for code, item in items.items() if code == id or item.node in inside}


def suggested_assignments(study: Study) -> dict[str, tuple[str, ...]]:
    """What the questionnaire suggests, as far as the study has those offices."""
    known = {office.id for office in study.offices}
    suggested = {code: tuple(o for o in item.offices if o in known) for code, item in study.questionnaire.items.items()}
    return {code: offices for code, offices in suggested.items() if offices}


def response_rate(listed: Iterable[OfficeProgress]) -> Fraction | None:
    """The share of respondents who answered anything; None where nobody was invited."""
    rows = tuple(listed)
    people = sum(one.people for one in rows)
    return Fraction(sum(one.responded for one in rows), people) if people else None


def _event(study: UUID, at: str, who: str, action: str, subject: str, detail: Mapping[str, Any]) -> Event:
    id = uuid5(study, json.dumps([at, who, action, subject, detail], sort_keys=True))
    return Event(str(id), at, who, action, subject, detail)


def event(study: Study, at: str, who: str, action: str, subject: str, /, **detail: Any) -> Event:
    """A line for the audit log of the study."""
    return _event(UUID(study.id), at, who, action, subject, detail)
