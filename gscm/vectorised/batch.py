"""Many assessments of one model as arrays: for every fact its worst and its best, for every run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from gscm.errors import BadUse, Issue, Where
from gscm.i18n import Text
from gscm.model.arithmetic import normalised
from gscm.model.facts import MET, Fact, accepted
from gscm.model.flat import flat
from gscm.model.tree import STAGES, Model, Node, is_row
from gscm.responses.answers import OPEN, Answer, Answers
from gscm.vectorised.numbers import ROOM, Mask, Numbers, Weight, of_fractions
from gscm.vectorised.plan import Plan, compile_plan

ACCEPTED = {stage: accepted(stage) for stage in STAGES}
HIGHEST_GRADE = max(ACCEPTED.values()).numerator


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """Where a node stands in for its subtree: the runs in which it is given a level, or a score, and its value."""

    level: Mask
    score: Mask
    value: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """The answers of many runs, ready to be placed.

    `grades` is int8 of shape (criteria, 2, runs): every criterion at its worst and at its best. `figures` are levels,
    scores and measured figures, likewise. `absent` names the facts that do not apply, each with the runs in which
    it does not. `weights` are those of children that differ from run to run, by parent, in whole numbers over
    `weight_units`; `scored` the scores of rows measured against goalposts of their own. `exact` gives the answers
    of one run as the exact engine reads them; it places the runs that are `doubtful` already.
    """

    plan: Plan
    runs: int
    grades: NDArray[np.int8]
    figures: Mapping[str, Numbers]
    absent: Mapping[str, Mask]
    given: Mapping[str, Given]
    weights: Mapping[str, Mapping[str, Weight]]
    weight_units: Mapping[str, int]
    scored: Mapping[str, Numbers]
    doubtful: Mask
    exact: Callable[[int], Answers]

    def part(self, start: int, stop: int) -> Batch:
        """The runs from `start` to before `stop`."""
        return self if start == 0 and stop >= self.runs else self.take(np.arange(start, min(stop, self.runs)))

    def take(self, runs: NDArray[np.integer]) -> Batch:
        """These runs, in this order; one that is named twice is there twice."""
        which = _slice(runs)
        return replace(
            self,
            runs=len(runs),
            grades=self.grades[:, :, which],
            figures={id: _taken(numbers, which) for id, numbers in self.figures.items()},
            absent={id: where[which] for id, where in self.absent.items()},
            given={id: Given(g.level[which], g.score[which], _taken(g.value, which)) for id, g in self.given.items()},
            weights={
                parent: {id: w if isinstance(w, int) else w[which] for id, w in weights.items()}
                for parent, weights in self.weights.items()
            },
            scored={id: _taken(numbers, which) for id, numbers in self.scored.items()},
            doubtful=self.doubtful[which],
            exact=lambda run: self.exact(int(runs[run])),
        )

    def weighed(self, weights: Mapping[str, Mapping[str, NDArray[np.float64]]]) -> Batch:
        """The same answers, with other weights of some nodes' children: by parent and child, positive, shape (runs,).

        A child that is left out keeps its weight. The rows of open nodes keep theirs.
        """
        plan = self.plan

        def exact(run: int) -> Answers:
            answers = self.exact(run)
            nodes = dict(answers.model.nodes)
            for children in weights.values():
                nodes |= {id: replace(nodes[id], weight=Fraction(float(w[run]))) for id, w in children.items()}
            return replace(answers, model=replace(answers.model, nodes=nodes))

        others = {
            parent: {
                id: np.asarray(children[id], float) if id in children else np.full(self.runs, weight / unit)
                for id, weight in plan.weights[parent].items()
                for unit in [plan.weight_units[parent]]
            }
            for parent, children in weights.items()
        }
        units = {**self.weight_units, **dict.fromkeys(others, 1)}
        return replace(self, weights={**self.weights, **others}, weight_units=units, exact=exact)


Which = slice | NDArray[np.integer]


def joined(batches: Sequence[Batch]) -> Batch:
    """Batches of one plan and one run each, one after the other, as a batch of so many runs."""
    first = batches[0]

    def figure(id: str) -> Numbers:
        ends = [_ends(batch.figures[id]) for batch in batches]
        together = of_fractions(tuple(zip(*ends, strict=True)))
        error = max(together.error, *(batch.figures[id].error for batch in batches))
        return together if error == 0 else replace(together.rough(), error=max(error, together.rough().error))

    absent = dict.fromkeys(id for batch in batches for id in batch.absent)
    return replace(
        first,
        runs=len(batches),
        grades=np.concatenate([batch.grades for batch in batches], axis=2),
        figures={id: figure(id) for id in first.figures},
        absent={id: np.array([bool(id in one.absent and one.absent[id][0]) for one in batches]) for id in absent},
        doubtful=np.concatenate([batch.doubtful for batch in batches]),
        exact=lambda run: batches[run].exact(0),
    )


def _ends(numbers: Numbers) -> tuple[Fraction, Fraction]:
    """The low and the high end of the one run."""
    values = [Fraction(one) / numbers.bottom for one in numbers.top[:, 0].tolist()]
    return values[0], values[-1]


def _slice(runs: NDArray[np.integer]) -> Which:
    """Runs that follow each other as a slice, which copies nothing."""
    start = int(runs[0]) if len(runs) else 0
    return slice(start, start + len(runs)) if np.array_equal(runs, np.arange(start, start + len(runs))) else runs


def _taken(numbers: Numbers, which: Which) -> Numbers:
    where = None if numbers.where is None else numbers.where[which]
    return replace(numbers, top=numbers.top[:, which], where=where)


def encode(plan: Plan, answers: Sequence[Answers]) -> Batch:
    """The arrays of many assessments of the plan's model, each read as `gscm.placement.reading.read` reads it.

    Where open nodes have other rows in each, the batch's plan has as many places for rows as the longest needs, with
    the ids `<node>#1`, `<node>#2` …; a place that a run does not fill does not apply in it. Raises BadUse where an
    assessment has another model or another scope than the plan.
    """
    _check(plan, answers)
    if all(one.model is plan.model for one in answers):
        return _Encoder(plan, answers, None).batch()
    rows = _Rows(plan, answers)
    return _Encoder(rows.plan, answers, rows).batch()


def _check(plan: Plan, answers: Sequence[Answers]) -> None:
    known: dict[int, bool] = {id(plan.model): True}
    for one in answers:
        if id(one.model) not in known:
            known[id(one.model)] = _same_but_for_rows(plan.model, one.model)
        if known[id(one.model)] and one.scope == plan.scope:
            continue
        raise BadUse(
            Issue(
                Where(one.file),
                Text(
                    "Jawaban ini memakai model atau lingkup (scope) yang lain daripada jawaban di sekitarnya.",
                    "These answers have another model, or another scope, than those beside them.",
                ),
                Text("Tempatkan tersendiri.", "Place them by themselves."),
            )
        )


def _same_but_for_rows(model: Model, other: Model) -> bool:
    """Whether two models claim the same; the rows of open nodes are no claims, nor what they weigh."""
    if (model.id, model.version, model.scale) != (other.id, other.version, other.scale):
        return False
    mine, theirs = (
        [_without_rows(m, node) for node in m.nodes.values() if not is_row(m, node)] for m in (model, other)
    )
    return len(mine) == len(theirs) and all(
        one is another or flat(one) == flat(another) for one, another in zip(mine, theirs, strict=True)
    )


def _without_rows(model: Model, node: Node) -> Node:
    if node.open is not None:
        node = replace(node, children=())
    if node.parent is not None and model.nodes[node.parent].aggregate == "mean-of-rows":
        node = replace(node, weight=Fraction(1))
    return node


# --------------------------------------------------------------------------------------------- rows of each run


class _Rows:
    """Places for the rows that open nodes have in each run."""

    def __init__(self, plan: Plan, answers: Sequence[Answers]) -> None:
        self.answers = answers
        base = {id: node for id, node in plan.model.nodes.items() if not is_row(plan.model, node)}
        self.open = [id for id, node in base.items() if node.open is not None]
        nodes: dict[str, Node] = {}
        for id, node in base.items():
            nodes[id] = node
            if node.open is None:
                continue
            longest = max(answers, key=lambda one: len(one.model.nodes[id].children)).model
            places = [
                replace(longest.nodes[row], id=f"{id}#{number}", quantity=node.open.quantity)
                for number, row in enumerate(longest.nodes[id].children, 1)
            ]
            nodes[id] = replace(node, children=tuple(place.id for place in places))
            nodes |= {place.id: place for place in places}
        self.plan = compile_plan(replace(plan.model, nodes=nodes), plan.scope)
        self.pooled = [id for id, node in nodes.items() if node.open is not None or node.aggregate == "mean-of-rows"]

    def places(self, model: Model) -> dict[str, str]:
        """The place of each row of one run, by the row's id."""
        return {row: f"{id}#{n}" for id in self.open for n, row in enumerate(model.nodes[id].children, 1)}

    def weights(self) -> dict[str, tuple[dict[str, Weight], int]]:
        """What the children of each pooled node weigh in each run, and the unit of that; 0 where a place is empty."""
        return {
            parent: _scaled({child: self._weights(child) for child in self.plan.model.nodes[parent].children})
            for parent in self.pooled
        }

    def _weights(self, child: str) -> list[Fraction]:
        open_node, _, number = child.partition("#")
        if not number:
            return [one.model.nodes[child].weight for one in self.answers]
        at = int(number) - 1
        return [
            one.model.nodes[rows[at]].weight if at < len(rows := one.model.nodes[open_node].children) else Fraction()
            for one in self.answers
        ]


def _scaled(weights: Mapping[str, Sequence[Fraction]]) -> tuple[dict[str, Weight], int]:
    """Weights of siblings by run: whole numbers over a unit, floats where those would be too large."""
    if not weights:
        return {}, 1
    together = of_fractions(list(weights.values()))
    fits = together.exact and together.largest() * len(weights) < ROOM >> 10
    tops, unit = (together.top, together.bottom) if fits else (together.floats(), 1)
    return {child: tops[index] for index, child in enumerate(weights)}, unit


# ---------------------------------------------------------------------------------------------------- encoding


@dataclass(frozen=True, slots=True)
class _Cells:
    """One run: the grades of criteria at their worst and best, and the facts that do not apply."""

    worst: bytearray
    best: bytearray
    absent: set[str]


@dataclass
class _Encoder:
    """Reads one assessment after the other into the arrays."""

    plan: Plan
    answers: Sequence[Answers]
    rows: _Rows | None
    absent: dict[str, list[int]] = field(default_factory=dict)
    given: dict[str, dict[int, Answer]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        facts, runs = self.plan.facts, len(self.answers)
        self.low = {id: [facts[id].worst] * runs for id in self.plan.figures}
        self.high = {id: [facts[id].best] * runs for id in self.plan.figures}
        self.scores = {id: ([Fraction()] * runs, [Fraction()] * runs) for id in self._measured_rows()}

    def _measured_rows(self) -> list[str]:
        return [id for id in self.plan.figures if self.rows and "#" in id and self.plan.facts[id].kind == "quantity"]

    def batch(self) -> Batch:
        plan, runs, count = self.plan, len(self.answers), len(self.plan.rows)
        low, high = np.zeros((runs, count), np.int8), np.zeros((runs, count), np.int8)
        for run, one in enumerate(self.answers):
            cells = self._read(run, one)
            if count:
                low[run], high[run] = np.frombuffer(cells.worst, np.int8), np.frombuffer(cells.best, np.int8)
            for id in cells.absent:
                self.absent.setdefault(id, []).append(run)
        weights = self.rows.weights() if self.rows else {}
        return Batch(
            plan=plan,
            runs=runs,
            grades=np.ascontiguousarray(np.stack([low, high]).transpose(2, 0, 1)),
            figures={id: of_fractions((self.low[id], self.high[id])) for id in plan.figures},
            absent={id: _mask(where, runs) for id, where in self.absent.items()},
            given={id: self._given(entries) for id, entries in self.given.items()},
            weights={parent: scaled for parent, (scaled, _) in weights.items()},
            weight_units={parent: unit for parent, (_, unit) in weights.items()},
            scored={id: of_fractions(ends) for id, ends in self.scores.items()},
            doubtful=np.zeros(runs, bool),
            exact=self.answers.__getitem__,
        )

    def _read(self, run: int, one: Answers) -> _Cells:
        """One assessment: what each fact says of itself, what nodes above it say, and the nodes that are given."""
        count = len(self.plan.rows)
        cells = _Cells(bytearray(count), bytearray((HIGHEST_GRADE,)) * count, set())
        places = self.rows.places(one.model) if self.rows else {}
        spoken = self._own(run, one, places, cells)
        for id, entry in spoken:
            if entry.status in ("withheld", "not_applicable"):
                self._whole_node(run, id, entry, cells)
        for id, entry in spoken:
            if entry.status == "given":
                self.given.setdefault(id, {})[run] = entry
                for below in self.plan.below[id]:
                    cells.absent.discard(below)
                    self._reopen(self.plan.facts[below], run, cells)
        if self.rows:
            self._goalposts(run, one, places)
            filled = set(places.values())
            cells.absent.update(id for id in self.plan.figures if "#" in id and id not in filled)
        return cells

    def _own(self, run: int, one: Answers, places: Mapping[str, str], cells: _Cells) -> list[tuple[str, Answer]]:
        """What is said of facts; gives back what is said of nodes, in order."""
        facts, nodes = self.plan.facts, self.plan.model.nodes
        spoken = []
        for entry in one.entries.values():
            if entry.status in OPEN:
                continue
            id = places.get(entry.id, entry.id)
            fact = facts.get(id)
            if fact is None:
                spoken.append((id, entry))
            elif entry.status == "not_applicable":
                self._not_applicable(fact, fact.may_not_apply, run, cells)
                if id in nodes:
                    spoken.append((id, entry))
            else:
                self._set(fact, value_of(fact, entry), run, cells)
        return spoken

    def _whole_node(self, run: int, id: str, entry: Answer, cells: _Cells) -> None:
        """What is withheld, or does not apply, of a node goes for all facts below it that are assessed."""
        for below in self.plan.below[id]:
            fact = self.plan.facts[below]
            if below == id or fact.node in self.plan.outside:
                continue
            if entry.status == "not_applicable":
                self._not_applicable(fact, self.plan.model.nodes[id].may_not_apply, run, cells)
            else:
                cells.absent.discard(below)
                self._set(fact, fact.worst, run, cells)

    def _not_applicable(self, fact: Fact, allowed: bool, run: int, cells: _Cells) -> None:
        if allowed:
            cells.absent.add(fact.id)
        else:
            cells.absent.discard(fact.id)
            self._set(fact, fact.worst, run, cells)

    def _set(self, fact: Fact, value: Fraction, run: int, cells: _Cells) -> None:
        row = self.plan.rows.get(fact.id)
        if row is not None:
            cells.worst[row] = cells.best[row] = value.numerator
        else:
            self.low[fact.id][run] = self.high[fact.id][run] = value

    def _reopen(self, fact: Fact, run: int, cells: _Cells) -> None:
        row = self.plan.rows.get(fact.id)
        if row is not None:
            cells.worst[row], cells.best[row] = 0, HIGHEST_GRADE
        else:
            self.low[fact.id][run], self.high[fact.id][run] = fact.worst, fact.best

    def _goalposts(self, run: int, one: Answers, places: Mapping[str, str]) -> None:
        """Measured rows against goalposts of their own."""
        for row, place in places.items():
            quantity = one.model.nodes[row].quantity
            if place not in self.scores or quantity is None:
                continue
            said = one.entries.get(row)
            closed = self.low[place][run] == self.high[place][run]
            if closed and said is not None and said.status == "given" and said.value is not None:
                ends = (said.value, said.value)
            else:
                ends = (quantity.worst, quantity.worst if closed else quantity.best)
            for scores, value in zip(self.scores[place], ends, strict=True):
                scores[run] = normalised(quantity, value, one.model.scale)

    def _given(self, entries: Mapping[int, Answer]) -> Given:
        runs = len(self.answers)
        values = [entries[run].value or Fraction() if run in entries else Fraction() for run in range(runs)]
        by_level = [run for run, entry in entries.items() if entry.kind == "level"]
        by_score = [run for run, entry in entries.items() if entry.kind != "level"]
        return Given(_mask(by_level, runs), _mask(by_score, runs), of_fractions([values]))


def _mask(where: Sequence[int], runs: int) -> Mask:
    mask = np.zeros(runs, bool)
    mask[list(where)] = True
    return mask


def value_of(fact: Fact, entry: Answer) -> Fraction:
    """What a given or withheld answer is worth (see `gscm.placement.reading`)."""
    if entry.status == "withheld" or entry.value is None:
        return fact.worst
    if fact.kind == "criterion":
        return ACCEPTED[entry.stage] if entry.stage is not None and entry.value == MET else entry.value
    if fact.kind == "quantity":
        low, high = sorted((fact.worst, fact.best))
        return min(max(entry.value, low), high)
    return entry.value
