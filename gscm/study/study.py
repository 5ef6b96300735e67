"""A study as one value: its pinned model and questionnaire, its offices, and the answers that follow from its log."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from gscm.errors import Issue, Unreadable, Where
from gscm.i18n import Text
from gscm.model.facts import Fact, facts_of
from gscm.model.flat import model_digest
from gscm.model.load import load_model
from gscm.model.tree import STAGES, Model, Stage
from gscm.questionnaire.load import load_questionnaire
from gscm.questionnaire.questionnaire import Questionnaire
from gscm.responses.answers import Answer, Answers, Study as Cover, Subject
from gscm.responses.load import read_answer
from gscm.responses.merge import HALF, Rule, merged
from gscm.study.log import Conflict, Entry, Key, Present, present
from gscm.study.store import Office, Respondent

WHOLE = ""
"""The office of entries that speak for the subject as a whole: a verification, a recorded consensus."""


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """What a study has fixed, and its offices. `rules` merge people into an office and offices into the subject."""

    target: str
    id: str
    subject: Subject
    model: Model
    questionnaire: Questionnaire
    offices: tuple[Office, ...]
    respondents: tuple[Respondent, ...]
    assignments: Mapping[str, tuple[str, ...]]
    people_rule: Rule
    offices_rule: Rule
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """The present answers: of the subject, of each office, and what copies of the study disagree about."""

    overall: Answers
    by_office: Mapping[str, Answers]
    conflicts: tuple[Conflict, ...]
    present: Present


class Holder(Protocol):
    """What holds a study: an open store, or the copy in a bundle."""

    @property
    def target(self) -> str: ...
    def settings(self) -> dict[str, Any]: ...
    def pinned(self) -> dict[str, bytes]: ...
    def offices(self) -> tuple[Office, ...]: ...
    def respondents(self) -> tuple[Respondent, ...]: ...
    def assignments(self) -> dict[str, tuple[str, ...]]: ...


def read_study(store: Holder) -> Study:
    """The study in an open store. Raises Unreadable where its pinned model is not what it was."""
    settings = store.settings()
    with tempfile.TemporaryDirectory() as folder:
        for path, content in store.pinned().items():
            if ".." in PurePosixPath(path).parts or PurePosixPath(path).is_absolute():
                raise Unreadable(_outside(store.target, path))
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        model = load_model(Path(folder, "models", settings["model"]["id"]))
        questionnaire = load_questionnaire(Path(folder, "questionnaires", settings["questionnaire"]["id"]), model)
    if model_digest(model) != settings["model"]["sha256"]:
        raise Unreadable(
            Issue(
                Where(store.target),
                Text(
                    "Model yang disematkan dalam kajian ini berubah sejak kajian dibuat.",
                    "The model pinned in this study has changed since the study was made.",
                ),
                Text("Pulihkan kajian dari salinan.", "Restore the study from a copy."),
            )
        )
    rules = settings["rules"]
    return Study(
        target=store.target,
        id=settings["id"],
        subject=Subject(**settings["subject"]),
        model=model,
        questionnaire=questionnaire,
        offices=store.offices(),
        respondents=store.respondents(),
        assignments=store.assignments(),
        people_rule=rule(rules["people"]),
        offices_rule=rule(rules["offices"]),
        settings=settings,
    )


def _outside(target: str, path: str) -> Issue:
    return Issue(
        Where(target),
        Text(f"Berkas “{path}” yang disematkan menunjuk ke luar kajian.", f"The pinned file “{path}” points outside."),
        Text("Pulihkan kajian dari salinan.", "Restore the study from a copy."),
    )


def rule(written: str) -> Rule:
    """A merge rule as it is written: "median", "share 2/3", "quorum 3"."""
    from fractions import Fraction

    name, _, number = written.partition(" ")
    match name:
        case "share":
            return Rule("share", share=Fraction(number or HALF))
        case "quorum":
            return Rule("quorum", count=int(number or 1))
        case "mean" | "median" | "mode" | "minimum" | "consensus":
            return Rule(name)
    raise ValueError(written)


def collect(study: Study, log: Iterable[Entry]) -> Collected:
    """The present answers of the study.

    What people of an office say of themselves is merged by the first rule; an entry of a later stage of verification,
    or one of the office itself, takes the place of theirs. Offices are merged by the second rule; an entry for the
    whole takes the place of all. A conflict leaves its fact open.
    """
    standing = present(log)
    facts, reader = facts_of(study.model), _Reader(study.model)
    by_office: dict[str, dict[str, list[tuple[Key, Answer]]]] = {}
    for key, entry in standing.entries.items():
        answer = reader.answer(key, entry)
        by_office.setdefault(key.office, {}).setdefault(key.fact, []).append((key, answer))
    disputed = {(one.key.office, one.key.fact) for one in standing.conflicts if one.key.fact in facts}
    offices: dict[str, dict[str, Answer]] = {}
    for office, answered in by_office.items():
        entries = {id: _of_office(study, facts[id], votes) for id, votes in answered.items() if id in facts}
        claimed = {id: claims for id in answered if id not in facts and (claims := _claims(answered[id]))}
        offices[office] = _with_absent(
            study.model,
            {id: answer for id, answer in entries.items() if answer},
            {id: claims[0][1] for id, claims in claimed.items()},
            {id: _rank(votes) for id, votes in {**answered, **claimed}.items()},
        )
    for office, id in disputed:
        offices.setdefault(office, {})[id] = Answer(id, "unknown", facts[id].kind)
    whole = offices.pop(WHOLE, {})
    open_facts = {id for _, id in disputed}
    overall = {}
    for id, fact in facts.items():
        votes = [entries[id] for entries in offices.values() if id in entries]
        one = whole.get(id)
        if one is None and id in open_facts:
            one = Answer(id, "unknown", fact.kind)
        one = one or merged(fact, votes, study.offices_rule, whole=_is_whole(study.model, fact))
        if one:
            overall[id] = one
    absent = {id: one for entries in offices.values() for id, one in entries.items() if id not in facts}
    overall = _with_absent(study.model, overall, absent, {})
    decided = {id: one for id, one in whole.items() if id not in facts}
    overall = _with_absent(study.model, overall, decided, dict.fromkeys(whole, 1))
    names = {office.id: office.name for office in study.offices}
    return Collected(
        overall=_answers(study, overall, study.subject),
        by_office={
            office: _answers(study, entries, Subject(office, names.get(office, office), "office", study.subject.year))
            for office, entries in sorted(offices.items())
        },
        conflicts=standing.conflicts,
        present=standing,
    )


class _Reader:
    """Reads written answers; the same words are read once."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.known: dict[tuple[str, str], Answer] = {}

    def answer(self, key: Key, entry: Entry) -> Answer:
        written = dict(entry.written)
        if key.stage != "self-assessment":
            written.setdefault("stage", key.stage)
        words = (key.fact, repr(sorted(written.items())))
        if words not in self.known:
            self.known[words] = read_answer(self.model, key.fact, written)
        return self.known[words]


def _of_office(study: Study, fact: Fact, votes: list[tuple[Key, Answer]]) -> Answer | None:
    """What an office says of a fact: its last stage of verification, else the office itself, else its people merged."""
    latest = max((STAGES.index(key.stage) for key, _ in votes), default=0)
    if latest:
        stage: Stage = STAGES[latest]
        of_stage = sorted(((key.author, answer) for key, answer in votes if key.stage == stage), key=lambda one: one[0])
        return merged(fact, [answer for _, answer in of_stage], Rule("minimum"), whole=_is_whole(study.model, fact))
    own = [answer for key, answer in votes if not key.author]
    if own:
        return own[0]
    people = [answer for _, answer in sorted(votes, key=lambda vote: vote[0].author)]
    return merged(fact, people, study.people_rule, whole=_is_whole(study.model, fact))


def indicators(study: Study) -> frozenset[str]:
    """The nodes that can be said not to apply as a whole, in place of the items in them."""
    facts = facts_of(study.model)
    return frozenset(i.absence for i in study.questionnaire.items.values() if i.absence and i.absence not in facts)


def _claims(votes: Iterable[tuple[Key, Answer]]) -> list[tuple[Key, Answer]]:
    return [(key, answer) for key, answer in votes if answer.status == "not_applicable"]


def _with_absent(
    model: Model, entries: Mapping[str, Answer], claims: Mapping[str, Answer], rank: Mapping[str, int]
) -> dict[str, Answer]:
    """The answers with the nodes that do not apply, each in place of its facts.

    A claim holds where nobody gives a value in the node, or only such as rank below the claim.
    """
    facts = facts_of(model)
    found = dict(entries)
    for node, claim in claims.items():
        inside = [id for id in entries if id in facts and facts[id].node == node]
        answered = [id for id in inside if entries[id].status in ("given", "withheld")]
        if all(rank.get(id, 0) < rank.get(node, 0) for id in answered):
            for id in inside:
                del found[id]
            found[node] = claim
    return found


def _rank(votes: Iterable[tuple[Key, Answer]]) -> int:
    """How far an answer is verified: said by people, by the office itself, or accepted at a stage."""
    return max(2 * STAGES.index(key.stage) + (not key.author and key.stage == STAGES[0]) for key, _ in votes)


def _is_whole(model: Model, fact: Fact) -> bool:
    return fact.kind == "level" and not model.nodes[fact.node].real


def _answers(study: Study, entries: Mapping[str, Answer], subject: Subject) -> Answers:
    order = facts_of(study.model)
    return Answers(
        model=study.model,
        subject=subject,
        study=Cover(),
        sources={},
        recommendations=(),
        scope=None,
        entries={id: entries[id] for id in (*order, *study.model.nodes) if id in entries},
        warnings=(),
        file=study.target,
    )
