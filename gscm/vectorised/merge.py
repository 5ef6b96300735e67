"""The votes of many people merged, for many resamples of them at once.

What `gscm.responses.merge` does one by one is counting here: of the votes of an office on a fact, how many there are,
and how many reach a value. With n votes, m of them at k or better, every rule but the mean of figures is a comparison
of the two. Counts of a resample are a product of matrices: who said so × how often everybody counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial

import numpy as np
from numpy.typing import NDArray

from gscm.errors import BadUse, Issue, Where
from gscm.i18n import Text
from gscm.model.facts import MET, Fact
from gscm.model.tree import STAGES, Stage
from gscm.responses.answers import Answer, Answers
from gscm.responses.merge import Rule
from gscm.responses.votes import Decided, Votes, facts_in, is_whole, merged_answers, worth
from gscm.vectorised import numbers as n
from gscm.vectorised.batch import ACCEPTED, HIGHEST_GRADE, Batch, value_of
from gscm.vectorised.numbers import Mask, Numbers, Values
from gscm.vectorised.plan import Plan

PRODUCTS = 1 << 18
"""Products of one matrix product at most: up to here BLAS works in one thread, and all stays in the cache."""

VOTES = ("given", "withheld")
Counts = NDArray[np.integer]
Ballot = tuple[int, Answer]
"""One person's answer to a fact, with his place among the people of the office."""


def counts_of(draws: Counts, people: int) -> Counts:
    """How often each person counts, shape (runs, people), from the people drawn, shape (runs, draws)."""
    runs = draws.shape[0]
    flat = (draws + people * np.arange(runs)[:, None]).ravel()
    return np.bincount(flat, minlength=runs * people).reshape(runs, people)


def merge_batch(plan: Plan, votes: Votes, counts: Counts, people_rule: Rule, offices_rule: Rule) -> Batch:
    """The subject's answers in every run: people merged into their office by the first rule, offices by the second.

    `counts` tells how often each of `votes.people` counts in each run, shape (runs, people), whole and not negative.
    The same as `gscm.responses.votes.merged_answers`, run by run. Raises BadUse where the plan is of another model or
    has a scope, or the counts are not of these people.
    """
    return merge_batches(plan, votes, counts, [(people_rule, offices_rule)])[0]


def merge_batches(plan: Plan, votes: Votes, counts: Counts, rules: Sequence[tuple[Rule, Rule]]) -> tuple[Batch, ...]:
    """The same under each of these pairs of rules, for people and for offices. The votes are read once."""
    if plan.model is not votes.model or plan.scope is not None or counts.shape[1:] != (len(votes.people),):
        raise BadUse(
            Issue(
                Where(plan.model.folder),
                Text(
                    "Suara, hitungan dan rencana (plan) ini bukan dari satu kajian.",
                    "These votes, counts and plan are not of one study.",
                ),
            )
        )
    said = _said(plan, votes, np.asarray(counts))
    return tuple(_Merging(plan, votes, np.asarray(counts), said, *pair).batch() for pair in rules)


@dataclass(frozen=True, slots=True, eq=False)
class _Office:
    """An office: its people's places among all, how often each counts, shape (people, runs), and what it decided.

    `ballots` are those on figures and nodes; those on criteria and whole levels are in a `_Sheet`.
    """

    id: str
    people: Sequence[int]
    counts: NDArray[np.float32]
    ballots: Mapping[str, Sequence[Ballot]]
    decided: Mapping[str, Decided]


@dataclass(slots=True, eq=False)
class _State:
    """What is known of one fact in every run: given, or said not to apply; open in the rest."""

    given: Mask
    absent: Mask


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """What was said, whatever the rules: which facts and nodes, the ballots on criteria and levels, and by office."""

    ids: frozenset[str]
    criteria: _Sheet
    levels: _Sheet
    offices: Sequence[_Office]


def _said(plan: Plan, votes: Votes, counts: Counts) -> _Said:
    ids = frozenset().union(*(person.answers for person in votes.people), *votes.decided.values())
    whole = [id for id in plan.figures if id in ids and is_whole(plan.model, plan.facts[id])]
    highest = max((int(plan.facts[id].best) for id in whole), default=1)
    criteria = _sheet(votes, [id for id in plan.rows if id in ids], (1,))
    levels = _sheet(votes, whole, tuple(range(2, highest + 1)))
    counted = criteria.rows.keys() | levels.rows.keys()
    return _Said(ids, criteria, levels, [_office(votes, counts, id, counted) for id in votes.offices])


def _office(votes: Votes, counts: Counts, id: str, counted: Collection[str]) -> _Office:
    people = [at for at, person in enumerate(votes.people) if person.office == id]
    ballots: dict[str, list[Ballot]] = {}
    for place, at in enumerate(people):
        answers = votes.people[at].answers
        for fact in answers.keys() - counted:
            ballots.setdefault(fact, []).append((place, answers[fact]))
    often = np.ascontiguousarray(counts[:, people].T.astype(np.float32))
    return _Office(id, people, often, ballots, votes.decided.get(id, {}))


@dataclass(eq=False)
class _Merging:
    plan: Plan
    votes: Votes
    counts: Counts
    said: _Said
    people_rule: Rule
    offices_rule: Rule
    states: dict[str, _State] = field(default_factory=dict)
    figures: dict[str, Numbers] = field(default_factory=dict)
    absent: dict[str, Mask] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.runs, self.facts = self.counts.shape[0], self.plan.facts
        self.doubtful = np.zeros(self.runs, bool)
        self.criteria, self.levels, self.offices = self.said.criteria, self.said.levels, self.said.offices
        self.claims = {office.id: self._claims(office) for office in self.offices}

    def batch(self) -> Batch:
        shape = (len(self.plan.rows), 2, self.runs)
        self.grades = np.zeros(shape, np.int8)
        self.grades[:, 1] = HIGHEST_GRADE
        self._merge_criteria()
        self._merge_levels()
        for id in self.plan.figures:
            if id not in self.said.ids:
                self.figures[id] = self._unknown(self.facts[id])
            elif id not in self.levels.rows:
                self._merge_figure(self.facts[id])
        self._disputed_and_whole()
        self._absences()
        return Batch(
            plan=self.plan,
            runs=self.runs,
            grades=self.grades,
            figures=self.figures,
            absent={id: where for id, where in self.absent.items() if where.any()},
            given={},
            weights={},
            weight_units={},
            scored={},
            doubtful=self.doubtful,
            exact=partial(_exact, self.votes, self.people_rule, self.offices_rule, self.counts),
        )

    # ------------------------------------------------------------------------------------------------- claims

    def _claims(self, office: _Office) -> dict[str, Mask]:
        """The runs in which an office says that a node does not apply, and no answer in it speaks against that."""
        found: dict[str, Mask] = {}
        for id in {*office.ballots, *office.decided} - self.facts.keys():
            decided = office.decided.get(id)
            if decided and decided.answer.status == "not_applicable":
                claim, rank = np.ones(self.runs, bool), decided.rank
            else:
                said = [at for at, answer in office.ballots.get(id, ()) if answer.status == "not_applicable"]
                claim, rank = office.counts[said].sum(axis=0) > 0, 0
            for fact in facts_in(self.plan.model, id):
                if fact in office.decided:
                    one = office.decided[fact]
                    claim = claim & (one.answer.status not in VOTES or one.rank < rank)
                elif not rank:
                    claim = claim & ~self._is_given(office, fact)
            if claim.any():
                found[id] = claim
        return found

    def _is_given(self, office: _Office, fact: str) -> Mask:
        for sheet in (self.criteria, self.levels):
            if fact in sheet.rows:
                voters = np.flatnonzero(sheet.kind[sheet.rows[fact], office.people] == VOTE).tolist()
                break
        else:
            voters = [at for at, answer in office.ballots.get(fact, ()) if answer.status in VOTES]
        return _enough(self.people_rule, office.counts[voters].sum(axis=0))

    def _claimed(self, office: _Office, fact: str) -> Mask | None:
        """The runs in which what an office says of a fact gives way to what it says of the node."""
        return self.claims[office.id].get(self.facts[fact].node)

    # --------------------------------------------------------------------------------------- criteria and levels

    def _merge_criteria(self) -> None:
        rows = np.array([self.plan.rows[id] for id in self.criteria.rows], int)
        for piece, poll in self._polls(self.criteria):
            grade = poll.reached[:, 0].astype(np.int8)
            for stage, uniform in poll.stages.items():
                grade[uniform & poll.reached[:, 0]] = ACCEPTED[stage].numerator
            self.grades[rows, 0, piece] = grade
            self.grades[rows, 1, piece] = np.where(poll.given, grade, HIGHEST_GRADE)

    def _merge_levels(self) -> None:
        levels = np.ones((len(self.levels.rows), self.runs), np.int64)
        for piece, poll in self._polls(self.levels):
            levels[:, piece] += poll.reached.sum(axis=1)
        for id, level in zip(self.levels.rows, levels, strict=True):
            self._set_figure(self.facts[id], Numbers(level[None]))

    def _polls(self, sheet: _Sheet) -> Iterator[tuple[slice, _Poll]]:
        """The polls on the facts of a sheet, for some runs at a time. What is voted on alike is counted once."""
        ids = list(sheet.rows)
        if not ids:
            return
        first, alike = self._alike(sheet)
        kept = [ids[row] for row in first]
        tables = [_table(sheet, office, kept, self.facts) for office in self.offices]
        states = [_State(np.zeros(self.runs, bool), np.zeros(self.runs, bool)) for _ in ids]
        people = max((len(office.people) for office in self.offices), default=1)
        chunk = max(PRODUCTS // (len(kept) * len(sheet.steps) * max(people, 1)), 16)
        for start in range(0, self.runs, chunk):
            piece = slice(start, min(start + chunk, self.runs))
            poll = self._poll(len(kept), sheet.steps, tables, piece).of(alike)
            for state, given, absent in zip(states, poll.given, poll.absent, strict=True):
                state.given[piece], state.absent[piece] = given, absent
            yield piece, poll
        self.states |= dict(zip(ids, states, strict=True))

    def _alike(self, sheet: _Sheet) -> tuple[list[int], NDArray[np.intp]]:
        """The rows of a sheet that differ, and for each fact which of them is its own.

        Facts that an office decides, or in a node that is said not to apply, are counted by themselves.
        """
        alone = {id for office in self.offices for id in office.decided}
        nodes = {node for claims in self.claims.values() for node in claims}
        number: dict[tuple[bytes, str | None], int] = {}
        first: list[int] = []
        alike: list[int] = []
        for id, row in sheet.rows.items():
            votes = sheet.kind[row].tobytes() + sheet.worth[row].tobytes() + sheet.stage[row].tobytes()
            key = votes, id if id in alone or self.facts[id].node in nodes else None
            if key not in number:
                number[key] = len(first)
                first.append(row)
            alike.append(number[key])
        return first, np.array(alike)

    def _poll(self, rows: int, steps: Sequence[int], tables: Sequence[_Table], piece: slice) -> _Poll:
        runs = piece.stop - piece.start
        count = np.zeros((rows, runs), np.int16)
        reached = np.zeros((rows, len(steps), runs), np.int16)
        absent = np.zeros((rows, runs), bool)
        stages = {stage: np.zeros_like(count) for table in tables for stage in (*table.stages, *table.decided_stages)}
        for table in tables:
            if table.ids:
                poll = self._of_people(table, steps, piece)
                count[table.rows] += poll.given
                reached[table.rows] += poll.reached
                if poll.absent is not NOWHERE:
                    absent[table.rows] |= poll.absent
                for stage, uniform in poll.stages.items():
                    stages[stage][table.rows] += uniform
            for row, fact, answer in table.decided:
                claimed = self._claimed(table.office, fact.id)
                stands = np.ones(runs, bool) if claimed is None else ~claimed[piece]
                if answer.status in VOTES:
                    count[row] += stands
                    reached[row] += np.array([worth(fact, answer) >= step for step in steps])[:, None] & stands
                    if answer.stage is not None and fact.kind == "criterion":
                        stages[answer.stage][row] += stands
                elif answer.status == "not_applicable":
                    absent[row] |= stands
        given = _enough(self.offices_rule, count)
        return _Poll(
            given=given,
            absent=absent & (count == 0),
            reached=_reached(self.offices_rule, steps, count, reached) & given[:, None],
            stages={stage: (uniform == count) & given for stage, uniform in stages.items()},
        )

    def _of_people(self, table: _Table, steps: Sequence[int], piece: slice) -> _Poll:
        counts = table.office.counts[:, piece]
        count = counts.sum(axis=0)[None] if table.complete else table.voted @ counts
        votes = (table.reached @ counts).reshape(len(table.ids), len(steps), -1)
        reached = _reached(self.people_rule, steps, count, votes)
        given = _enough(self.people_rule, count)
        absent = NOWHERE if table.absent is None else (table.absent @ counts > 0) & (count == 0)
        if self.claims[table.office.id]:
            still = np.ones((len(table.ids), counts.shape[1]), bool)
            for row, id in enumerate(table.ids):
                claimed = self._claimed(table.office, id)
                still[row] = True if claimed is None else ~claimed[piece]
            given, absent = given & still, absent & still
        if not given.all():
            reached &= given[:, None]
        stages = {stage: (by_stage @ counts == count) & given for stage, by_stage in table.stages.items()}
        return _Poll(given, absent, reached, stages)

    # --------------------------------------------------------------------------------------------------- figures

    def _merge_figure(self, fact: Fact) -> None:
        """A measured figure, a score or a level with digits: any value may occur, so that votes are put in order."""
        columns, absent = [], np.zeros(self.runs, bool)
        for office in self.offices:
            claimed = self._claimed(office, fact.id)
            if fact.id in office.decided:
                answer = office.decided[fact.id].answer
                column = self._constant(worth(fact, answer)) if answer.status in VOTES else None
                not_applicable = np.full(self.runs, answer.status == "not_applicable")
            else:
                column, not_applicable = self._figure_of_people(office, fact)
            if claimed is not None:
                not_applicable = not_applicable & ~claimed
                column = column and replace(column, where=~claimed if column.where is None else column.where & ~claimed)
            absent |= not_applicable
            columns += [column] if column is not None else []
        count = np.zeros(self.runs, np.int64)
        for column in columns:
            count += True if column.where is None else column.where
        self.states[fact.id] = _State(_enough(self.offices_rule, count), absent & (count == 0))
        self._set_figure(fact, self._merged_columns(fact, columns, count) if columns else None)

    def _figure_of_people(self, office: _Office, fact: Fact) -> tuple[Numbers | None, Mask]:
        """What the people of an office say together, and the runs in which all of them say that it does not apply."""
        ballots = office.ballots.get(fact.id, ())
        silent = [at for at, answer in ballots if answer.status == "not_applicable"]
        votes = [(worth(fact, answer), at) for at, answer in ballots if answer.status in VOTES]
        votes.sort(reverse=fact.best < fact.worst, key=lambda vote: vote[0])
        counts = office.counts[[at for _, at in votes]].astype(np.int64)
        count = counts.sum(axis=0)
        absent = (office.counts[silent].sum(axis=0) > 0) & (count == 0)
        if not votes:
            return None, absent
        values = n.of_fractions([[value for value, _ in votes]])
        found = self._merged_votes(fact, values, counts, count)
        given = _enough(self.people_rule, count)
        return replace(found, where=None if given.all() else given), absent

    def _merged_votes(self, fact: Fact, values: Numbers, counts: Values, count: Values) -> Numbers:
        """The votes of one office, worst first, each as often as it counts."""
        rule, last = self.people_rule, np.maximum(count - 1, 0)
        if rule.name == "mean" and values.exact and values.largest() * int(counts.max()) * len(counts) < n.ROOM:
            return n.quotient(values.top @ counts, values.bottom, count)
        if rule.name == "mean":
            rough = values.rough()
            mean = rough.top @ counts / np.maximum(count, 1)
            return Numbers(mean, 1, rough.error * (len(counts) + 4))
        below = counts.cumsum(axis=0)
        if rule.name == "mode":
            self.doubtful |= not values.exact
            same = np.unique(values.top[0], return_index=True, return_inverse=True)
            together = np.zeros((len(same[0]), self.runs), np.int64)
            np.add.at(together, same[2].ravel(), counts)
            worst_first = together if fact.best > fact.worst else together[::-1]
            winner = worst_first.argmax(axis=0)
            winner = winner if fact.best > fact.worst else len(together) - 1 - winner
            return replace(values, top=same[0][winner][None])

        def at(place: Values) -> Values:
            chosen: Values = values.top[:, np.minimum((below <= place).sum(axis=0), len(counts) - 1)]
            return chosen

        if rule.name == "median" and fact.kind in AVERAGED:
            return _between(values, at(last // 2), at(np.minimum(count // 2, last)))
        return replace(values, top=at(_place(rule, count)))

    def _merged_columns(self, fact: Fact, columns: list[Numbers], count: Values) -> Numbers:
        """What offices say, put together by the second rule."""
        rule = self.offices_rule
        if rule.name == "mean":
            return n.mean([(1, column) for column in columns])
        sign = 1 if fact.best > fact.worst else -1
        ordered, bottom, error = n.in_order([replace(column, top=column.top * sign) for column in columns])
        kept = Numbers(ordered[0], bottom, error)
        if rule.name == "mode":
            if error:
                self.doubtful |= count > 1
            return replace(kept, top=np.where(count > 0, sign * _most_frequent(ordered[:, 0], count), 0)[None])

        def at(place: Values) -> Values:
            return np.where(count > 0, sign * np.take_along_axis(ordered, place[None, None], axis=0)[0], 0)

        last = np.maximum(count - 1, 0)
        if rule.name == "median" and fact.kind in AVERAGED:
            return _between(kept, at(last // 2), at(np.minimum(count // 2, last)))
        return replace(kept, top=at(_place(rule, count)))

    def _set_figure(self, fact: Fact, value: Numbers | None) -> None:
        given, unknown = self.states[fact.id].given, self._unknown(fact)
        if value is not None and fact.kind == "quantity":
            value = n.clipped(value, *sorted((fact.worst, fact.best)))
        value = None if value is None else replace(value, where=None)
        self.figures[fact.id] = unknown if value is None else n.chosen(given, value, unknown)

    def _unknown(self, fact: Fact) -> Numbers:
        return n.constant((fact.worst, fact.best), self.runs)

    def _constant(self, value: Fraction) -> Numbers:
        return n.constant((value,), self.runs)

    # ------------------------------------------------------------------------------- what stands above all offices

    def _disputed_and_whole(self) -> None:
        for id in self.votes.disputed - self.votes.whole.keys():
            self._fix(self.facts[id], Answer(id, "unknown", self.facts[id].kind))
        for id, answer in self.votes.whole.items():
            if id in self.facts:
                self._fix(self.facts[id], answer)

    def _fix(self, fact: Fact, answer: Answer) -> None:
        """One answer in all runs."""
        given, absent = answer.status in VOTES, answer.status == "not_applicable"
        self.states[fact.id] = _State(np.full(self.runs, given), np.full(self.runs, absent))
        ends = (value := value_of(fact, answer), value) if given else (fact.worst, fact.best)
        if fact.kind == "criterion":
            self.grades[self.plan.rows[fact.id]] = np.array([int(end) for end in ends])[:, None]
        else:
            self.figures[fact.id] = n.constant(ends, self.runs)

    def _absences(self) -> None:
        """What does not apply: a fact, then whole nodes with all below them, in the order of the tree."""
        nodes = self.plan.model.nodes
        for id in self.facts:
            state = self.states.get(id)
            if state and state.absent.any():
                self._does_not_apply(id, state.absent, self.facts[id].may_not_apply)
        for id in dict.fromkeys((*self.facts, *nodes)):
            where = self.states[id].absent if id in self.states else self._claimed_by_all(id)
            if id in nodes and where is not None and where.any():
                for below in self.plan.below[id]:
                    if below != id:
                        self._does_not_apply(below, where, nodes[id].may_not_apply)

    def _claimed_by_all(self, node: str) -> Mask | None:
        """The runs in which a node is said not to apply, and nothing in it is answered."""
        claims = [claims[node] for claims in self.claims.values() if node in claims]
        inside = [id for id in facts_in(self.plan.model, node) if id in self.states]
        where = np.logical_or.reduce(claims) if claims else None
        for id in inside:
            where = None if where is None else where & ~self.states[id].given
        if node in self.votes.whole and node not in self.facts:
            answered = any(id in self.votes.whole and self.votes.whole[id].status in VOTES for id in inside)
            if self.votes.whole[node].status == "not_applicable" and not answered:
                return np.ones(self.runs, bool)
        return where

    def _does_not_apply(self, id: str, where: Mask, allowed: bool) -> None:
        before = self.absent.get(id, np.zeros(self.runs, bool))
        if allowed:
            self.absent[id] = before | where
            return
        self.absent[id] = before & ~where
        fact = self.facts[id]
        if fact.kind == "criterion":
            self.grades[self.plan.rows[id]][:, where] = 0
        else:
            self.figures[id] = n.chosen(where, self._constant(fact.worst), self.figures[id])


AVERAGED = ("quantity", "score")
"""Between two values in the middle lies a third; of whole levels and criteria the worse one stands."""


NOWHERE: Mask = np.zeros((1, 1), bool)


@dataclass(frozen=True, slots=True, eq=False)
class _Poll:
    """What many say of some facts: shapes (facts, runs), and (facts, steps, runs) of what is reached.

    `stages` tells where all votes are of one stage of verification.
    """

    given: Mask
    absent: Mask
    reached: Mask
    stages: Mapping[Stage, Mask]

    def of(self, rows: NDArray[np.intp]) -> _Poll:
        """The poll on these rows."""
        stages = {stage: uniform[rows] for stage, uniform in self.stages.items()}
        return _Poll(self.given[rows], self.absent[rows], self.reached[rows], stages)


NOTHING, NOT_APPLICABLE, VOTE = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """All ballots on facts whose values are whole numbers: shapes (facts, people).

    `kind` tells a vote from a claim that the fact does not apply; `worth` is the vote's value; `stage` is 0, or 1 and
    more where its evidence is accepted. `steps` are the values that a vote may reach.
    """

    rows: Mapping[str, int]
    steps: Sequence[int]
    kind: NDArray[np.int8]
    worth: NDArray[np.int8]
    stage: NDArray[np.int8]


def _sheet(votes: Votes, ids: Sequence[str], steps: Sequence[int]) -> _Sheet:
    people = len(votes.people)
    rows = {id: row for row, id in enumerate(ids)}
    kind, worths, stages = (bytearray(len(ids) * people) for _ in range(3))
    staged = {stage: number for number, stage in enumerate(STAGES, 1)}
    worst = min(steps, default=1) - 1
    for at, person in enumerate(votes.people):
        for id, answer in person.answers.items():
            row = rows.get(id)
            if row is None or (answer.status not in VOTES and answer.status != "not_applicable"):
                continue
            place = row * people + at
            if answer.status == "not_applicable":
                kind[place] = NOT_APPLICABLE
                continue
            kind[place] = VOTE
            given = answer.value is not None and answer.status == "given"
            worths[place] = answer.value.numerator if given and answer.value is not None else worst
            stages[place] = staged[answer.stage] if answer.stage is not None else 0
    shape = len(ids), people
    arrays = [np.frombuffer(bytes(cells), np.int8).reshape(shape) for cells in (kind, worths, stages)]
    return _Sheet(rows, steps, *arrays)


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """The ballots of an office on some facts, as matrices: facts (and steps) × people.

    `rows` is where its facts stand among all. `complete` tells that everybody votes on each of them.
    """

    office: _Office
    ids: Sequence[str]
    rows: slice | NDArray[np.intp]
    complete: bool
    voted: NDArray[np.float32]
    reached: NDArray[np.float32]
    absent: NDArray[np.float32] | None
    stages: Mapping[Stage, NDArray[np.float32]]
    decided: Sequence[tuple[int, Fact, Answer]]

    @property
    def decided_stages(self) -> set[Stage]:
        return {answer.stage for _, fact, answer in self.decided if answer.stage and fact.kind == "criterion"}


def _table(sheet: _Sheet, office: _Office, ids: Sequence[str], facts: Mapping[str, Fact]) -> _Table:
    """The table of the facts that people of the office speak of, and that the office has not decided itself."""
    at = np.ix_([sheet.rows[id] for id in ids], office.people)
    kind = sheet.kind[at]
    mine = [row for row, id in enumerate(ids) if id not in office.decided and kind[row].any()]
    kind, worths, stages = kind[mine], sheet.worth[at][mine], sheet.stage[at][mine]
    voted = kind == VOTE
    reached = voted[:, None] & (worths[:, None] >= np.array(sheet.steps)[:, None])
    return _Table(
        office=office,
        ids=[ids[row] for row in mine],
        rows=slice(None) if len(mine) == len(ids) else np.array(mine, int),
        complete=bool(voted.size) and bool(voted.all()),
        voted=voted.astype(np.float32),
        reached=reached.reshape(len(mine) * len(sheet.steps), len(office.people)).astype(np.float32),
        absent=(kind == NOT_APPLICABLE).astype(np.float32) if (kind == NOT_APPLICABLE).any() else None,
        stages={
            stage: (voted & (stages == number)).astype(np.float32)
            for number, stage in enumerate(STAGES, 1)
            if (stages == number).any() and sheet.steps == (1,)
        },
        decided=[(row, facts[id], office.decided[id].answer) for row, id in enumerate(ids) if id in office.decided],
    )


def _enough(rule: Rule, count: Values) -> Mask:
    """Whether there are votes enough for the rule to say anything."""
    enough: Mask = count >= (max(rule.count, 1) if rule.name == "quorum" else 1)
    return enough


def _reached(rule: Rule, steps: Sequence[int], count: Values, reached: Values) -> Mask:
    """Whether the merged value reaches each step: of `count` votes, `reached` do. Says nothing where there are none."""
    counts = count[:, None]
    found: Mask
    if rule.name == "mean" and tuple(steps) == (int(MET),):
        found = 2 * reached >= counts
    elif rule.name == "mean":
        total = (count + reached.sum(axis=1))[:, None]
        found = total >= counts * np.array(steps, count.dtype)[:, None]
    elif rule.name == "mode" and len(steps) > 1:
        above = np.concatenate([reached[:, 1:], np.zeros_like(reached[:, :1])], axis=1)
        each = np.concatenate([counts - reached[:, :1], reached - above], axis=1)
        found = each.argmax(axis=1)[:, None] >= np.arange(1, len(steps) + 1)[:, None]
    elif rule.name in ("median", "mode"):
        found = 2 * reached > counts
    elif rule.name in ("minimum", "consensus"):
        found = reached >= counts
    else:
        found = reached >= _needed(rule, counts)
    return found


def _needed(rule: Rule, count: Values) -> Values:
    """How many votes must reach a value, of all there are."""
    whole: Values = count.astype(np.int64)
    share = -(-whole * rule.share.numerator // rule.share.denominator)
    needed: Values = np.maximum(np.minimum(share if rule.name == "share" else rule.count, whole), 1)
    return needed


def _place(rule: Rule, count: Values) -> Values:
    """Which of the votes, the worst first and from 0 on, is the merged value."""
    place: Values = np.zeros_like(count)
    if rule.name == "median":
        place = np.maximum(count - 1, 0) // 2
    elif rule.name in ("share", "quorum"):
        place = np.maximum(count - _needed(rule, count), 0)
    return place


def _between(numbers: Numbers, one: Values, other: Values) -> Numbers:
    """The mean of two."""
    if numbers.exact:
        return replace(numbers, top=one + other, bottom=numbers.bottom * 2)
    return replace(numbers, top=(one + other) / 2, error=numbers.error * 2)


def _most_frequent(ordered: Values, count: Values) -> Values:
    """The most frequent of the first `count` of ordered numbers, shape (numbers, runs); the first of several."""
    best: Values = ordered[0]
    most, length = np.zeros_like(count), np.zeros_like(count)
    for at in range(len(ordered)):
        same = ordered[at] == ordered[at - 1] if at else np.zeros(count.shape, bool)
        length = np.where(same, length + 1, 1)
        better = (length > most) & (at < count)
        best, most = np.where(better, ordered[at], best), np.where(better, length, most)
    return best


def _exact(votes: Votes, people_rule: Rule, offices_rule: Rule, counts: Counts, run: int) -> Answers:
    return merged_answers(votes, people_rule, offices_rule, counts[run].tolist())
