"""A study as one value: its pinned model and questionnaire, its offices, and the answers that follow from its log."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from gscm.errors import Issue, Unreadable, Where
from gscm.i18n import Text
from gscm.model.facts import facts_of
from gscm.model.flat import model_digest
from gscm.model.load import load_model
from gscm.model.tree import STAGES, Model
from gscm.questionnaire.load import load_questionnaire
from gscm.questionnaire.questionnaire import Questionnaire
from gscm.responses.answers import Answer, Answers, Study as Cover, Subject
from gscm.responses.load import read_answer
from gscm.responses.merge import HALF, Rule, merged
from gscm.responses.votes import Decided, Person, Votes, is_whole, merged_answers, merged_offices
from gscm.study.evidence import LIMIT
from gscm.study.log import Conflict, Entry, Key, Present, present
from gscm.study.store import Evidence, Office, Respondent, shown_target, without_password

DEFAULTS: Mapping[str, Any] = {
    "opinions": False,
    "retention": None,
    "controller": None,
    "contact": None,
    "purpose": None,
    "evidence_limit": LIMIT,
    "least": 5,
}
"""What a study that does not say otherwise holds to; see `gscm study set`."""
WHOLE = ""
"""The office of entries that speak for the subject as a whole: a verification, a recorded consensus."""


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """What a study has fixed, and its offices. `rules` merge people into an office and offices into the subject.

    `target` is how the study is named to people, in commands too: never with a password.
    """

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
    files: Mapping[str, str] = field(default_factory=dict)
    """How files of evidence are shown, by how answers cite them (sha256:…)."""


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """The present answers: of the subject, of each office, and what copies of the study disagree about."""

    overall: Answers
    by_office: Mapping[str, Answers]
    conflicts: Sequence[Conflict]
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
    def evidence(self) -> tuple[Evidence, ...]: ...


def subject_of(said: Mapping[str, Any]) -> Subject:
    """Who is assessed, as the settings of a study hold it; what an older study does not tell is not known."""
    return Subject(**{**said, "source": tuple(said.get("source", ()))})


def read_study(store: Holder) -> Study:
    """The study in an open store. Raises Unreadable where its pinned model is not what it was."""
    settings = {**DEFAULTS, **store.settings()}
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
                Where(shown_target(store.target)),
                Text(
                    "Model yang disematkan dalam kajian ini berubah sejak kajian dibuat.",
                    "The model pinned in this study has changed since the study was made.",
                ),
                Text("Pulihkan kajian dari salinan.", "Restore the study from a copy."),
            )
        )
    rules = settings["rules"]
    return Study(
        target=without_password(store.target),
        id=settings["id"],
        subject=subject_of(settings["subject"]),
        model=model,
        questionnaire=questionnaire,
        offices=store.offices(),
        respondents=store.respondents(),
        assignments=store.assignments(),
        people_rule=rule(rules["people"]),
        offices_rule=rule(rules["offices"]),
        settings=settings,
        files={f"sha256:{one.sha256}": f"{one.name} (sha256 {one.sha256[:12]})" for one in store.evidence()},
    )


def _outside(target: str, path: str) -> Issue:
    return Issue(
        Where(shown_target(target)),
        Text(f"Berkas “{path}” yang disematkan menunjuk ke luar kajian.", f"The pinned file “{path}” points outside."),
        Text("Pulihkan kajian dari salinan.", "Restore the study from a copy."),
    )


def rule(written: str) -> Rule:
    """A merge rule as it is written: "median", "share 2/3", "quorum 3". Raises ValueError."""
    name, _, number = written.partition(" ")
    match name:
        case "share":
            share = Fraction(number or HALF)
            if 0 < share <= 1:
                return Rule("share", share=share)
        case "quorum":
            if (count := int(number or 1)) >= 1:
                return Rule("quorum", count=count)
        case "mean" | "median" | "mode" | "minimum" | "consensus" if not number:
            return Rule(name)
    raise ValueError(written)


def collect(study: Study, log: Iterable[Entry]) -> Collected:
    """The present answers of the study.

    What people of an office say of themselves is merged by the first rule; an entry of a later stage of verification,
    or one of the office itself, takes the place of theirs. Offices are merged by the second rule; an entry for the
    whole takes the place of all. A conflict leaves its fact open.
    """
    standing = present(log)
    votes = votes_in(study, standing)
    offices = merged_offices(votes, study.people_rule)
    for key in (one.key for one in standing.conflicts if one.key.fact in facts_of(study.model)):
        if key.office != WHOLE:
            open_ = Answer(key.fact, "unknown", facts_of(study.model)[key.fact].kind)
            offices.setdefault(key.office, {})[key.fact] = open_
    names = {office.id: office.name for office in study.offices}
    return Collected(
        overall=merged_answers(votes, study.people_rule, study.offices_rule, file=study.target),
        by_office={
            office: _answers(study, entries, Subject(office, names.get(office, office), "office", study.subject.year))
            for office, entries in sorted(offices.items())
        },
        conflicts=standing.conflicts,
        present=standing,
    )


Said = tuple[Key, Answer]


def votes_in(study: Study, standing: Present, names: Mapping[str, str] | None = None) -> Votes:
    """The votes in a present state; people go by `names` (pseudonyms), where these are given.

    What an office says itself, and what was found in verification, takes the place of what its people say.
    """
    people: dict[tuple[str, str], dict[str, Answer]] = {}
    spoken: dict[str, dict[str, list[Said]]] = {}
    reader = _Reader(study)
    for key, entry in standing.entries.items():
        answer = reader.answer(key, entry)
        spoken.setdefault(key.office, {}).setdefault(key.fact, []).append((key, answer))
        if key.author and key.stage == STAGES[0] and key.office != WHOLE:
            who = key.office, names[key.author] if names else key.author
            people.setdefault(who, {})[key.fact] = answer
    whole = spoken.pop(WHOLE, {})
    return Votes(
        study.model,
        study.subject,
        tuple(Person(*who, people[who]) for who in sorted(people)),
        decided={office: _decided(study, said) for office, said in sorted(spoken.items())},
        whole={id: one for id, said in whole.items() if (one := _of_whole(study, id, said)) is not None},
        disputed=frozenset(one.key.fact for one in standing.conflicts if one.key.fact in facts_of(study.model)),
    )


def _decided(study: Study, said: Mapping[str, Sequence[Said]]) -> dict[str, Decided]:
    """What the office says itself or what was found in verification, by fact or node."""
    return {id: one for id, answers in said.items() if (one := _latest(study, id, answers)) is not None}


def _latest(study: Study, id: str, said: Sequence[Said]) -> Decided | None:
    """The last stage of verification that says something, else the office itself; notes of every stage are kept."""
    fact = facts_of(study.model).get(id)
    ranked = [(_rank(key), key, answer) for key, answer in said if answer.status != "blank" and _rank(key)]
    if fact is None:
        ranked = [one for one in ranked if one[2].status == "not_applicable"]
    if not ranked:
        return None
    rank = max(rank for rank, _, _ in ranked)
    latest = [answer for found, _, answer in sorted(ranked, key=lambda one: one[1].author) if found == rank]
    one = latest[0] if len(latest) == 1 or fact is None else None
    one = one or merged(fact, latest, Rule("minimum"), whole=is_whole(study.model, fact)) if fact else one
    if one is None:
        return None
    in_order = sorted(said, key=lambda vote: (STAGES.index(vote[0].stage), vote[0].author))
    judged = tuple(note for _, answer in in_order for note in answer.judgements)
    return Decided(replace(one, judgements=judged) if judged else one, rank)


def _rank(key: Key) -> int:
    """How far an answer is verified: said by people, by the office itself, or accepted at a stage."""
    return 2 * STAGES.index(key.stage) + (not key.author and key.stage == STAGES[0])


def _of_whole(study: Study, id: str, said: Sequence[Said]) -> Answer | None:
    """What is said for the subject as a whole: the latest, else what people say in its name."""
    if (decided := _latest(study, id, said)) is not None:
        return decided.answer
    fact = facts_of(study.model).get(id)
    people = [answer for key, answer in said if key.stage == STAGES[0]]
    return merged(fact, people, study.people_rule, whole=is_whole(study.model, fact)) if fact else None


class _Reader:
    """Reads written answers; the same words are read once. What was judged tells of which office."""

    def __init__(self, study: Study) -> None:
        self.model, self.files = study.model, study.files
        self.names = {office.id: office.name for office in study.offices}
        self.known: dict[tuple[str, str], Answer] = {}

    def answer(self, key: Key, entry: Entry) -> Answer:
        written = dict(entry.written)
        if key.stage != "self-assessment":
            written.setdefault("stage", key.stage)
        words = (key.fact, repr(sorted(written.items())))
        if words not in self.known:
            self.known[words] = self._shown(read_answer(self.model, key.fact, written))
        answer = self.known[words]
        if not answer.judgements:
            return answer
        office = self.names.get(key.office)
        return replace(answer, judgements=tuple(replace(one, office=office) for one in answer.judgements))

    def _shown(self, answer: Answer) -> Answer:
        """The answer with its files of evidence by their names."""
        if not answer.evidence:
            return answer
        return replace(answer, evidence=tuple(self.files.get(one, one) for one in answer.evidence))


def indicators(study: Study) -> frozenset[str]:
    """The nodes that can be said not to apply as a whole, in place of the items in them."""
    facts = facts_of(study.model)
    return frozenset(i.absence for i in study.questionnaire.items.values() if i.absence and i.absence not in facts)


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
