"""A shortlist: which subjects of a cohort meet the criteria that a study has declared, and why.

Nothing is scored here. Each subject is placed by the engine; a criterion then reads one node or fact of that result,
as an interval. A subject is *in* when even the low end meets what is asked, *out* when even the high end does not,
and *undecided* in between: open answers are never counted as "no".
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from io import StringIO
from math import inf
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from gscm import yamlfile
from gscm.assessment import Assessment, assess
from gscm.errors import BadUse, FaultsFound, Issue, did_you_mean, in_order
from gscm.i18n import Language, Text, same
from gscm.model.arithmetic import rounded
from gscm.model.facts import MET, facts_of
from gscm.model.load import find_model, load_model
from gscm.model.schema import Id, Level, Number, Words, Yaml
from gscm.model.tree import Model, has_levels, top_level
from gscm.placement.explain import comma, level_name
from gscm.placement.place import Placement, score_text
from gscm.placement.why import score_facts
from gscm.responses.answers import Answers
from gscm.responses.load import load_all
from gscm.yamlfile import Document, Wrong

Verdict = Literal["in", "out", "undecided"]
Status = Literal["met", "unmet", "open", "dropped"]
"""Of one criterion: `open` while the answers still allow both, `dropped` where what it reads does not apply."""


# ── what may be written ──────────────────────────────────────────────────────────────────────────────────────────────


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class AtLeast(Yaml):
    """What a node must reach: a level, a score, or its measured figure (in the direction of that figure)."""

    level: Level | None = None
    score: Number | None = None
    value: Number | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> AtLeast:
        if sum(part is not None for part in (self.level, self.score, self.value)) != 1:
            raise Wrong(
                Text("tulis tepat satu dari level, score, dan value.", "write exactly one of level, score and value."),
                Text("Contoh: at_least: {level: 3}.", "Like this: at_least: {level: 3}."),
            )
        return self


class ShortlistCriterion(Yaml):
    """One criterion, with its reason: a node that must reach something, or a statement that must be met."""

    id: Id
    node: str | None = None
    at_least: AtLeast | None = None
    met: str | None = None
    reason: Words

    @model_validator(mode="after")
    def _node_or_statement(self) -> ShortlistCriterion:
        if (self.met is None) == (self.node is None) or (self.node is None) != (self.at_least is None):
            raise Wrong(
                Text("tulis node beserta at_least, atau met saja.", "write node with at_least, or met alone."),
                Text("Contoh: node: overall, at_least: {level: 3}.", "Like this: node: overall, at_least: {level: 3}."),
            )
        return self


class EnoughOf(Yaml):
    """Of these criteria so many must be met; without a group every criterion must."""

    at_least: Annotated[int, Field(ge=1)]
    of: Annotated[tuple[str, ...], BeforeValidator(_tupled), Field(min_length=2)]


class RankBy(Yaml):
    """What subjects are ranked by: the level, the score or the figure of a node, best first."""

    node: str
    by: Literal["level", "score", "value"]


class Quota(Yaml):
    """How many places there are, and the declared order for filling them; what ranks alike stays a tie."""

    places: Annotated[int, Field(ge=1)]
    rank: Annotated[tuple[RankBy, ...], BeforeValidator(_tupled), Field(min_length=1)]


class ShortlistFile(Yaml):
    """The criteria of a study: the model they read, the criteria, and how they count together."""

    model: str
    title: Words
    about: Words | None = None
    criteria: Annotated[tuple[ShortlistCriterion, ...], BeforeValidator(_tupled), Field(min_length=1)]
    enough: Annotated[tuple[EnoughOf, ...], BeforeValidator(_tupled)] = ()
    quota: Quota | None = None


# ── what comes out ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion bound to its model: `target` is the id of the node or fact that is read."""

    id: str
    target: str
    kind: Literal["level", "score", "value", "met"]
    asked: Fraction
    says: Text
    reason: Text


@dataclass(frozen=True, slots=True)
class Group:
    """So many of some criteria."""

    at_least: int
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rank:
    """One step of the declared order: the id of the node or figure, and what of it counts."""

    target: str
    by: Literal["level", "score", "value"]
    says: Text


@dataclass(frozen=True, slots=True, eq=False)
class Criteria:
    """The declared criteria. `required` are those that stand in no group; `places` is None without a quota."""

    model: Model
    title: Text
    about: Text | None
    criteria: tuple[Criterion, ...]
    required: tuple[str, ...]
    groups: tuple[Group, ...]
    places: int | None
    rank: tuple[Rank, ...]
    file: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one criterion finds in one subject.

    `facts` are what decides: answers that hold it up, or that are known to keep it from what is asked. `ask` are open
    answers to find out first. `decides` tells whether the verdict rests on this criterion.
    """

    criterion: Criterion
    status: Status
    found: Text
    facts: tuple[str, ...]
    ask: tuple[str, ...]
    decides: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One subject. `meets` is the verdict of the criteria alone; `verdict` also minds the quota.

    `ahead` are the subjects that certainly rank above it, `rivals` those that may, `tied` those that
    also meet the criteria and rank alike.
    """

    assessment: Assessment
    findings: tuple[Finding, ...]
    meets: Verdict
    verdict: Verdict
    ahead: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.assessment.answers.subject.name


@dataclass(frozen=True, slots=True, eq=False)
class Shortlist:
    """The cohort, in the order given."""

    criteria: Criteria
    candidates: tuple[Candidate, ...]

    def of(self, verdict: Verdict) -> tuple[Candidate, ...]:
        return tuple(one for one in self.candidates if one.verdict == verdict)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def load_cohort(criteria: Path | str, answers: Sequence[Path | str]) -> tuple[Criteria, tuple[Answers, ...]]:
    """The criteria and the answers they are applied to.

    Raises Unreadable, BadUse (no such model) or FaultsFound with the faults of all files at once.
    """
    issues: list[Issue] = []
    loaded: tuple[Answers, ...] = ()
    found = None
    try:
        found = load_criteria(criteria)
    except FaultsFound as faults:
        issues += faults.issues
    try:
        loaded = load_all(answers)
    except FaultsFound as faults:
        issues += faults.issues
    if found is not None:
        issues += _faults_of_cohort(found, loaded)
    if issues or found is None:
        raise FaultsFound(in_order(issues))
    return found, loaded


def load_criteria(path: Path | str) -> Criteria:
    """Read a file of criteria. Raises Unreadable, BadUse (no such model) or FaultsFound with every fault at once."""
    path = Path(path)
    document = yamlfile.read(path)
    file = yamlfile.validate(document, ShortlistFile)
    try:
        model = load_model(find_model(file.model, path.parent))
    except BadUse as found:
        raise BadUse(replace(issue, where=document.where(("model",))) for issue in found.issues) from None
    reading = _Reading(document, model, [])
    criteria = reading.criteria(file)
    groups = reading.groups(file)
    rank = reading.rank(file.quota) if file.quota else ()
    if reading.issues:
        raise FaultsFound(in_order(reading.issues))
    grouped = {id for group in groups for id in group.of}
    return Criteria(
        model=model,
        title=file.title.text(),
        about=file.about.text() if file.about else None,
        criteria=criteria,
        required=tuple(one.id for one in criteria if one.id not in grouped),
        groups=groups,
        places=file.quota.places if file.quota else None,
        rank=rank,
        file=str(path),
    )


def _faults_of_cohort(criteria: Criteria, answers: Sequence[Answers]) -> Iterator[Issue]:
    """Answers to another model, and subjects that stand there twice."""
    seen: dict[str, str] = {}
    folder = Path(criteria.model.folder).resolve()
    for one in answers:
        where = Document(one.file, {}).where()
        if Path(one.model.folder).resolve() != folder:
            yield Issue(
                where,
                Text(
                    f"Berkas ini menjawab model {one.model.id}, sedangkan kriterianya untuk {criteria.model.id}.",
                    f"This file answers the model {one.model.id}, but the criteria are for {criteria.model.id}.",
                ),
                Text("Buang dari daftar, atau pakai kriteria lain.", "Leave it out, or use other criteria."),
            )
        if one.subject.id in seen:
            yield Issue(
                where,
                Text(
                    f"“{one.subject.id}” sudah dimuat dari {seen[one.subject.id]}.",
                    f"“{one.subject.id}” is there already, from {seen[one.subject.id]}.",
                ),
                Text("Sebutkan satu berkas untuk setiap daerah.", "Name one file for each subject."),
            )
        seen.setdefault(one.subject.id, one.file)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Binds what is written to the model and collects what is wrong with it."""

    document: Document
    model: Model
    issues: list[Issue]

    def criteria(self, file: ShortlistFile) -> tuple[Criterion, ...]:
        found: dict[str, Criterion] = {}
        for index, entry in enumerate(file.criteria):
            path = ("criteria", index)
            if entry.id in {one.id for one in file.criteria[:index]}:
                self._fault(
                    (*path, "id"),
                    Text(f"Kriteria “{entry.id}” ditulis dua kali.", f"The criterion “{entry.id}” is written twice."),
                    Text("Beri id lain.", "Give it another id."),
                )
            elif bound := self._met(entry, path) if entry.met is not None else self._reached(entry, path):
                found[entry.id] = bound
        return tuple(found.values())

    def groups(self, file: ShortlistFile) -> tuple[Group, ...]:
        known = [entry.id for entry in file.criteria]
        grouped: set[str] = set()
        for index, group in enumerate(file.enough):
            path = ("enough", index)
            for place, name in enumerate(group.of):
                if name not in known:
                    self._fault(
                        (*path, "of", place),
                        Text(f"Tidak ada kriteria “{name}”.", f"There is no criterion “{name}”."),
                        did_you_mean(name, known)
                        or Text("Tulis id salah satu kriteria.", "Write the id of a criterion."),
                    )
                elif name in grouped:
                    self._fault(
                        (*path, "of", place),
                        Text(f"“{name}” sudah dihitung.", f"“{name}” is counted already."),
                        Text("Sebutkan satu kali saja.", "Name it once only."),
                    )
                grouped.add(name)
            if group.at_least >= len(group.of):
                self._fault(
                    (*path, "at_least"),
                    Text(
                        f"{group.at_least} dari {len(group.of)} berarti semuanya wajib, atau tidak mungkin.",
                        f"{group.at_least} of {len(group.of)} means that all must be met, or cannot be done.",
                    ),
                    Text(
                        "Hapus kelompoknya; kriteria tanpa kelompok semuanya wajib.",
                        "Remove the group; criteria without a group must all be met.",
                    ),
                )
        return tuple(Group(group.at_least, group.of) for group in file.enough)

    def rank(self, quota: Quota) -> tuple[Rank, ...]:
        found = []
        for index, entry in enumerate(quota.rank):
            path = ("quota", "rank", index)
            target = self._target(entry.node, entry.by, (*path, "node"))
            if target is not None:
                title = self._title(target, entry.by)
                by = _BY[entry.by]
                found.append(Rank(target, entry.by, Text(f"{by.id} {title.id}", f"{by.en} of {title.en}")))
        return tuple(found)

    def _met(self, entry: ShortlistCriterion, path: tuple[Any, ...]) -> Criterion | None:
        fact = facts_of(self.model).get(entry.met or "")
        if fact is None or fact.kind != "criterion":
            statements = [id for id, known in facts_of(self.model).items() if known.kind == "criterion"]
            self._fault(
                (*path, "met"),
                Text(
                    f"“{entry.met}” bukan pernyataan dalam model {self.model.id}.",
                    f"“{entry.met}” is no statement of the model {self.model.id}.",
                ),
                did_you_mean(entry.met or "", statements) or self._see_ids(),
            )
            return None
        statement = next(c.text for c in self.model.nodes[fact.node].criteria[fact.level or 0] if c.id == fact.id)
        says = Text(statement.id.rstrip("."), statement.en.rstrip("."))
        return Criterion(entry.id, fact.id, "met", MET, says, entry.reason.text())

    def _reached(self, entry: ShortlistCriterion, path: tuple[Any, ...]) -> Criterion | None:
        assert entry.node is not None
        assert entry.at_least is not None
        kind, asked = _asked(entry.at_least)
        target = self._target(entry.node, kind, (*path, "node"))
        if target is None or not self._within(target, kind, asked, (*path, "at_least", kind)):
            return None
        title, wanted = self._title(target, kind), _wanted(self.model, target, kind, asked)
        says = Text(f"{title.id}: {wanted.id}", f"{title.en}: {wanted.en}")
        return Criterion(entry.id, target, kind, asked, says, entry.reason.text())

    def _target(self, name: str, kind: Literal["level", "score", "value"], path: tuple[Any, ...]) -> str | None:
        """The id of the node, or of its figure where its value is asked for."""
        node = self.model.nodes.get(self.model.id if name == "overall" else name)
        if node is None:
            self._fault(
                path,
                Text(
                    f"“{name}” bukan simpul model {self.model.id}.",
                    f"“{name}” is no node of the model {self.model.id}.",
                ),
                did_you_mean(name, ["overall", *self.model.nodes]) or self._see_ids(),
            )
            return None
        if kind == "level" and not has_levels(node):
            self._fault(
                path,
                Text(f"“{name}” tidak mempunyai level.", f"“{name}” has no level."),
                Text("Pakai score atau value.", "Use score or value."),
            )
            return None
        if kind == "value" and (node.quantity is None or node.quantity_fact not in facts_of(self.model)):
            self._fault(
                path,
                Text(f"“{name}” tidak mempunyai angka terukur.", f"“{name}” has no measured figure."),
                Text("Pakai level atau score.", "Use level or score."),
            )
            return None
        return node.quantity_fact if kind == "value" else node.id

    def _within(self, target: str, kind: str, asked: Fraction, path: tuple[Any, ...]) -> bool:
        """Whether it can be missed and can be reached: what decides nothing is a slip."""
        if kind == "level":
            worst, best = Fraction(1), Fraction(top_level(self.model, self.model.nodes[target]))
        elif kind == "score":
            worst, best = self.model.scale.min, self.model.scale.max
        else:
            fact = facts_of(self.model)[target]
            worst, best = fact.worst, fact.best
        low, high = sorted((worst, best))
        if low <= asked <= high and asked != worst:
            return True
        above = Text("di bawah", "below") if worst > best else Text("di atas", "above")
        shown = [_plain(value) for value in (asked, worst, best)]
        self._fault(
            path,
            Text(
                f"{shown[0]} tidak memilah apa pun: selalu tercapai, atau tidak pernah.",
                f"{shown[0]} sorts nothing: it is always reached, or never.",
            ),
            Text(f"Tulis {shown[2]}.", f"Write {shown[2]}.")
            if kind == "level" and best - worst == 1
            else Text(
                f"Tulis angka {above.id} {shown[1]} sampai {shown[2]}.",
                f"Write a number {above.en} {shown[1]} up to {shown[2]}.",
            ),
        )
        return False

    def _title(self, target: str, kind: str) -> Text:
        node = self.model.nodes[facts_of(self.model)[target].node if kind == "value" else target]
        if kind == "value" and node.quantity is not None:
            return node.quantity.title
        return self.model.index or node.title if node.parent is None and kind == "score" else node.title

    def _see_ids(self) -> Text:
        return Text(f"Lihat: gscm model show {self.model.id}.", f"See: gscm model show {self.model.id}.")

    def _fault(self, path: tuple[Any, ...], what: Text, remedy: Text | None) -> None:
        self.issues.append(Issue(self.document.where(path), what, remedy))


_BY = {"level": Text("level", "the level"), "score": Text("nilai", "the score"), "value": Text("angka", "the figure")}


def _asked(at_least: AtLeast) -> tuple[Literal["level", "score", "value"], Fraction]:
    if at_least.level is not None:
        return "level", Fraction(at_least.level)
    if at_least.score is not None:
        return "score", at_least.score
    assert at_least.value is not None
    return "value", at_least.value


def _wanted(model: Model, target: str, kind: str, asked: Fraction) -> Text:
    """What is asked of a node, in words."""
    least = Text("sekurang-kurangnya", "at least")
    if kind == "level":
        node = model.nodes[target]
        name = model.names(node)[int(asked) - 1].name
        best = int(asked) == top_level(model, node)
        return name if best else Text(f"{least.id} {name.id}", f"{least.en} {name.en}")
    if kind == "score":
        return Text(f"{least.id} {comma(_plain(asked))}", f"{least.en} {_plain(asked)}")
    quantity = model.nodes[facts_of(model)[target].node].quantity
    assert quantity is not None
    word = least if quantity.direction == "higher" else Text("paling banyak", "at most")
    return Text(f"{word.id} {comma(_plain(asked))} {quantity.unit.id}", f"{word.en} {_plain(asked)} {quantity.unit.en}")


def _plain(value: Fraction) -> str:
    """An exact number: 3, 2.6, and 10/3 where four decimals do not hold it."""
    short = f"{float(value):.4f}".rstrip("0").rstrip(".")
    return short if Fraction(short) == value else str(value)


# ── judging ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def shortlist(criteria: Criteria, answers: Sequence[Answers]) -> Shortlist:
    """Place every subject and hold it against the criteria, then against the quota where there is one."""
    candidates = tuple(_candidate(criteria, assess(one)) for one in answers)
    if criteria.places is None:
        return Shortlist(criteria, candidates)
    ends = [_ends(criteria.rank, one.assessment) for one in candidates]
    return Shortlist(criteria, tuple(_within_quota(criteria.places, candidates, ends, at) for at in range(len(ends))))


def _candidate(criteria: Criteria, assessment: Assessment) -> Candidate:
    findings = tuple(_find(assessment, one) for one in criteria.criteria)
    verdict, deciding = _meets(criteria, {one.criterion.id: one.status for one in findings})
    marked = tuple(replace(one, decides=one.criterion.id in deciding) for one in findings)
    return Candidate(assessment, marked, verdict, verdict)


def _meets(criteria: Criteria, statuses: Mapping[str, Status]) -> tuple[Verdict, frozenset[str]]:
    """The verdict of the criteria together, and the criteria on which it rests.

    What does not apply drops: a group asks no more than applies, and where nothing applies nothing is decided.
    """
    groups = [
        Group(min(group.at_least, len(applies)), applies)
        for group in (*(Group(1, (one,)) for one in criteria.required), *criteria.groups)
        if (applies := tuple(one for one in group.of if statuses[one] != "dropped"))
    ]
    counts = [
        (group, sum(statuses[one] == "met" for one in group.of), sum(statuses[one] == "open" for one in group.of))
        for group in groups
    ]
    failed = {one for group, met, open_ in counts if met + open_ < group.at_least for one in group.of}
    if failed:
        return "out", frozenset(one for one in failed if statuses[one] == "unmet")
    unsettled = {one for group, met, _ in counts if met < group.at_least for one in group.of}
    if unsettled or not groups:
        return "undecided", frozenset(one for one in unsettled if statuses[one] == "open")
    return "in", frozenset(id for id, status in statuses.items() if status == "met")


def _find(assessment: Assessment, criterion: Criterion) -> Finding:
    """What one criterion finds: at the low end, at the high end, and in words."""
    if criterion.kind in ("met", "value"):
        return _find_fact(assessment, criterion)
    placement = assessment.nodes[criterion.target]
    if not placement.assessed:
        return Finding(criterion, "open", Text("tidak dinilai", "not assessed"), (), ())
    if not placement.applies:
        return Finding(criterion, "dropped", _DROPPED, (), ())
    low, high = _node_ends(assessment, placement, criterion.kind)
    status = _status(low >= criterion.asked, high >= criterion.asked)
    found = _levels(assessment, placement) if criterion.kind == "level" else _scores(assessment, placement)
    facts, ask = _behind(assessment, placement, criterion.kind, status)
    return Finding(criterion, status, found, facts, ask)


_DROPPED = Text("tidak berlaku", "does not apply")


def _find_fact(assessment: Assessment, criterion: Criterion) -> Finding:
    reading, id = assessment.result.reading, criterion.target
    if id in reading.absent_facts:
        return Finding(criterion, "dropped", _DROPPED, (), ())
    fact = reading.facts[id]
    status = _status(fact.at_least(reading.low[id], criterion.asked), fact.at_least(reading.high[id], criterion.asked))
    if id in reading.open:
        return Finding(criterion, status, Text("belum diketahui", "not known"), (), (id,))
    if criterion.kind == "met":
        found = Text("ya", "yes") if status == "met" else Text("belum", "not yet")
    else:
        unit, shown = assessment.model.nodes[fact.node].quantity, _plain(reading.low[id])
        found = Text(f"{comma(shown)} {unit.unit.id}", f"{shown} {unit.unit.en}") if unit else same(shown)
    return Finding(criterion, status, found, (id,), ())


def _status(low: bool, high: bool) -> Status:
    return "met" if low else "open" if high else "unmet"


def _node_ends(assessment: Assessment, placement: Placement, kind: str) -> tuple[Bound, Bound]:
    """The low and the high end of a node's level or score; without bounds where there is none."""
    if kind == "level":
        low, high = placement.low, placement.high
        return (-inf if low is None else Fraction(low)), (inf if high is None else Fraction(high))
    scale = assessment.model.scale

    def compared(score: Fraction) -> Fraction:
        return rounded(score, scale.digits, scale.mode) if scale.compare == "rounded" else score

    least, most = placement.score_low, placement.score_high
    return (-inf if least is None else compared(least)), (inf if most is None else compared(most))


def _behind(
    assessment: Assessment, placement: Placement, kind: str, status: Status
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The facts that decide, and the open ones to find out first."""
    open_ = assessment.result.reading.open
    if kind == "score":
        rests_on = score_facts(assessment.result.low, assessment.model.nodes[placement.node])
        known = tuple(id for id in rests_on if id not in open_)
        return known, tuple(id for id in rests_on if id in open_) if status == "open" else ()
    if status == "open":
        return (), tuple(id for id in placement.blocked_by if id in open_)
    return (placement.held_by if status == "met" else placement.ceiling), ()


def _levels(assessment: Assessment, placement: Placement) -> Text:
    node = assessment.model.nodes[placement.node]
    if placement.low is None or placement.high is None:
        return Text("tanpa level", "no level")
    low, high = (level_name(assessment.result, node, level) for level in (placement.low, placement.high))
    return low if low == high else Text(f"{low.id}–{high.id}", f"{low.en}–{high.en}")


def _scores(assessment: Assessment, placement: Placement) -> Text:
    low, high = (score_text(assessment.result, value) for value in (placement.score_low, placement.score_high))
    if low is None or high is None:
        return Text("tanpa nilai", "no score")
    shown = low if low == high else f"{low}–{high}"
    outside = assessment.result.reading.outside
    partial = any(node.id in outside for node in assessment.model.below(placement.node))
    part = Text(" (lingkup sebagian)", " (partial scope)") if partial else same("")
    return Text(comma(shown) + part.id, shown + part.en)


# ── the quota ────────────────────────────────────────────────────────────────────────────────────────────────────────

Bound = Fraction | float
"""An end of an interval; only without bounds is it a float."""
Ends = tuple[tuple[Bound, ...], tuple[Bound, ...]]
"""The declared order of one subject at its worst and at its best; higher is better."""


def _ends(rank: Sequence[Rank], assessment: Assessment) -> Ends:
    pairs = [_rank_ends(one, assessment) for one in rank]
    return tuple(low for low, _ in pairs), tuple(high for _, high in pairs)


def _rank_ends(rank: Rank, assessment: Assessment) -> tuple[Bound, Bound]:
    reading = assessment.result.reading
    if rank.by != "value":
        return _node_ends(assessment, assessment.nodes[rank.target], rank.by)
    if rank.target not in reading.low:
        return -inf, inf
    low, high = reading.low[rank.target], reading.high[rank.target]
    fact = reading.facts[rank.target]
    return (low, high) if fact.best >= fact.worst else (-low, -high)


def _within_quota(places: int, candidates: Sequence[Candidate], ends: Sequence[Ends], at: int) -> Candidate:
    """The candidate held against all others that are not out already.

    Each may still come out anywhere between its ends: it is in only if fewer than `places` others may rank as high,
    and out for want of a place only if so many certainly are in and rank above it.
    """
    mine, (low, high) = candidates[at], ends[at]
    if mine.meets == "out":
        return mine
    ahead, tied, rivals = [], [], []
    for index, other in enumerate(candidates):
        their_low, their_high = ends[index]
        if index == at or other.meets == "out" or their_high < low:
            continue
        if other.meets == "in" and their_low > high:
            ahead.append(other.name)
        elif mine.meets == other.meets == "in" and low == high == their_low == their_high:
            tied.append(other.name)
        else:
            rivals.append(other.name)
    verdict: Verdict = "undecided"
    if len(ahead) >= places:
        verdict = "out"
    elif mine.meets == "in" and len(ahead) + len(tied) + len(rivals) < places:
        verdict = "in"
    return replace(mine, verdict=verdict, ahead=tuple(ahead), tied=tuple(tied), rivals=tuple(rivals))


# ── as data ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def to_json(found: Shortlist) -> dict[str, Any]:
    """The shortlist as plain JSON."""
    criteria = found.criteria
    return {
        "format": "gscm-shortlist/1",
        "model": criteria.model.id,
        "model_version": criteria.model.version,
        "model_status": criteria.model.status,
        "notice": _both(criteria.model.notice),
        "title": _both(criteria.title),
        "criteria": [
            {
                "id": one.id,
                "reads": one.target,
                "kind": one.kind,
                "asked": str(one.asked),
                "says": _both(one.says),
                "reason": _both(one.reason),
            }
            for one in criteria.criteria
        ],
        "required": list(criteria.required),
        "enough": [{"at_least": group.at_least, "of": list(group.of)} for group in criteria.groups],
        "quota": criteria.places
        and {"places": criteria.places, "rank": [{"reads": one.target, "by": one.by} for one in criteria.rank]},
        "counts": {verdict: len(found.of(verdict)) for verdict in VERDICTS},
        "subjects": [_subject(one) for one in found.candidates],
    }


VERDICTS: tuple[Verdict, ...] = ("in", "undecided", "out")


def _subject(one: Candidate) -> dict[str, Any]:
    subject = one.assessment.answers.subject
    return {
        "id": subject.id,
        "name": subject.name,
        "year": subject.year,
        "verdict": one.verdict,
        "meets": one.meets,
        "criteria": [
            {
                "id": finding.criterion.id,
                "status": finding.status,
                "decides": finding.decides,
                "found": _both(finding.found),
                "facts": list(finding.facts),
                "find_out": list(finding.ask),
            }
            for finding in one.findings
        ],
        "ahead": list(one.ahead),
        "tied": list(one.tied),
        "rivals": list(one.rivals),
    }


def _both(text: Text) -> dict[str, str]:
    return {"id": text.id, "en": text.en}


def to_csv(found: Shortlist, language: Language) -> str:
    """One row a subject: comma between cells, a byte order mark so that spreadsheets read it as UTF-8.

    Headings and verdicts are the same words in every language; what is told in sentences is in `language`.
    """
    written = StringIO()
    written.write("\ufeff")
    rows = csv.writer(written, lineterminator="\r\n")
    ids = [one.id for one in found.criteria.criteria]
    rows.writerow(["id", "name", "year", "verdict", "meets", *ids, "why", "find_out", "ahead", "tied", "rivals"])
    for one in found.candidates:
        subject = one.assessment.answers.subject
        why = "; ".join(f"{f.criterion.id}: {f.found[language]}" for f in one.findings if f.decides)
        ask = dict.fromkeys(fact for f in one.findings if f.decides for fact in f.ask)
        cells = [subject.id, subject.name, subject.year or "", one.verdict, one.meets]
        cells += [f.status for f in one.findings]
        cells += [why, " ".join(ask), "; ".join(one.ahead), "; ".join(one.tied), "; ".join(one.rivals)]
        rows.writerow([_harmless(str(cell)) for cell in cells])
    return written.getvalue()


def _harmless(cell: str) -> str:
    """A text that a spreadsheet would take for a formula, marked as text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
