"""The integer program: which action starts in which year, solved one objective after the other.

Variables say that an action has started by the end of a year, that a fact has reached a value by then, and that a
(node, level) holds by then. Each objective is solved to its proven optimum and then kept, exactly, while the next one
is solved; the last is the lexical order, so that there is one answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import product
from math import gcd, nan
from typing import Literal

from gscm.i18n import Text
from gscm.model.graph import Pair
from gscm.placement.linear import Levels, Reached
from gscm.roadmap.actions import BANDS
from gscm.roadmap.replay import Problem, Starts
from gscm.solver import Found, Program, Watch

Aim = Literal[
    "extra",
    "hands",
    "goal",
    "level",
    "kept",
    "end",
    "value",
    "high",
    "medium",
    "low",
    "cost",
    "actions",
    "change",
    "early",
    "order",
]
"""What one solve is for: least rupiah beyond the budgets; fewest hands beyond the capacities; levels gained on the way
to the targets; the level of the whole at the end; levels that another plan gains and this one too, and levels gained,
both at the end and by the share of their nodes in the whole; levels gained × years enjoyed; fewest actions of each band
of cost; least rupiah; fewest actions; fewest that another plan lacks; earliest starts; lexical order."""

LARGEST: frozenset[Aim] = frozenset(("goal", "level", "kept", "end", "value", "early"))
"""The aims of which more is better."""

AIMS: Mapping[Aim, Text] = {
    "extra": Text("tambahan anggaran", "money beyond the budget"),
    "hands": Text("tambahan kapasitas", "capacity beyond what there is"),
    "goal": Text("level menuju sasaran", "levels towards the target"),
    "level": Text("level keseluruhan", "level of the whole"),
    "kept": Text("level yang dipertahankan", "levels that are kept"),
    "end": Text("level pada akhirnya", "levels in the end"),
    "value": Text("level × tahun", "levels × years"),
    "high": Text("tindakan berbiaya tinggi", "actions of high cost"),
    "medium": Text("tindakan berbiaya sedang", "actions of medium cost"),
    "low": Text("tindakan berbiaya rendah", "actions of low cost"),
    "cost": Text("biaya", "cost"),
    "actions": Text("banyaknya tindakan", "number of actions"),
    "change": Text("kesamaan dengan rencana", "likeness to the plan"),
    "early": Text("mulai seawal mungkin", "earliest starts"),
    "order": Text("urutan abjad", "lexical order"),
}

Short = Literal["money", "hands"]
"""What a plan may take more of than there is, at the price of the first aim."""

_CHUNK = 20  # choices whose lexical order one solve settles: powers of two stay exact


@dataclass(frozen=True, slots=True)
class Stage:
    """One objective: the value of the plan and the bound that none can beat; `proven` if they meet."""

    aim: Aim
    value: int
    bound: int | None
    proven: bool


@dataclass(frozen=True, slots=True)
class Solution:
    """The plan found: when each chosen action starts, and how good it is by each objective in turn.

    `starts` is None where there is no plan (`proven`), or none was found in time.
    """

    starts: Mapping[str, int] | None
    stages: tuple[Stage, ...]
    proven: bool


def aims(problem: Problem) -> tuple[Aim, ...]:
    """The objectives in their order: the cheapest way to the targets, or the most level for the money.

    Of plans that cost the same, the one that brings most comes first, and only then the one of fewest actions.
    """
    if not problem.request.goals or problem.request.near:
        return ("level", "value", *_burdens(problem), "actions", "early", "order")
    return (*_burdens(problem), "value", "actions", "early", "order")


def nearest(problem: Problem) -> tuple[Aim, ...]:
    """The objectives where the targets are out of reach: near to them and to the plan that gets there."""
    return ("goal", "kept", *_burdens(problem), "value", "actions")


def most_in_the_end(problem: Problem) -> tuple[Aim, ...]:
    """The objectives of one who asks how far money goes: the whole, all else at the end, then least cost."""
    return ("level", "end", *_burdens(problem), "value", "actions")


def rupiah_first(problem: Problem) -> tuple[Aim, ...]:
    """The objectives to the targets where rupiah count before the bands of what has none; see `aims`."""
    return (*sorted(_burdens(problem), key=lambda aim: aim != "cost"), "value", "actions")


def mixed(problem: Problem) -> bool:
    """Whether the actions have rupiah in part only, so that the order of rupiah and bands may decide."""
    return "cost" in _burdens(problem)[1:]


def _burdens(problem: Problem) -> tuple[Aim, ...]:
    """What a plan takes: actions of each band as far as rupiah are not known, and rupiah as far as they are."""
    unpriced = [action.band for action in problem.actions.values() if action.costs is None]
    priced = any(action.costs is not None for action in problem.actions.values())
    costs: list[Aim] = [band for band in reversed(BANDS) if band in unpriced]
    if priced:
        costs.append("cost")
    return tuple(costs)


Progress = Callable[[Text, float, float], None]
"""Told now and then: what is being solved, the best value so far and the bound, as the solver sees them."""


def solve(
    problem: Problem, watch: Watch | None = None, wanted: Sequence[Aim] | None = None, progress: Progress | None = None
) -> Solution:
    """The best plan by the objectives in their order (or by those `wanted`), replayed; the same one every time."""
    return Schedule(problem, watch or Watch(), progress).solve(aims(problem) if wanted is None else wanted)


def feasible(problem: Problem, watch: Watch | None = None, floor: int = 0) -> bool | None:
    """Whether any plan does what is asked; None if the time was up before that was known."""
    solution = Schedule(problem, watch or Watch(), floor=floor).solve(())
    return True if solution.starts is not None else False if solution.proven else None


class Schedule:
    """The program of one problem.

    `short` lets every year cost more than its budget (the aim "extra"), or every office have more under way than it
    can carry ("hands"). `floor` is what any plan that does what is asked is known to cost, which spares the solver to
    find it out.
    """

    def __init__(
        self,
        problem: Problem,
        watch: Watch,
        progress: Progress | None = None,
        short: Short | None = None,
        floor: int = 0,
    ) -> None:
        self.problem, self.watch, self.request, self.progress = problem, watch, problem.request, progress
        self.years = problem.request.years
        self.program = Program()
        self.never, self.always = self.program.number(0, 0, whole=True), self.program.number(1, 1, whole=True)
        self.short = short
        self.extra: dict[int, dict[int, int]] = {}
        self.hands: dict[str, int] = {}
        self.started = {id: self._starting(id) for id in sorted(problem.earliest)}
        self.composed: list[tuple[int, tuple[int, ...], Callable[[Iterable[bool]], bool]]] = []
        self.reached = {year: self._reached(year) for year in self.years}
        self.levels = {year: self._levels(year) for year in self.years}
        self.counted: set[tuple[Pair, int]] = set()
        self._rules()
        if floor:
            terms: dict[int, int] = {}
            for id in self.started:
                _add(terms, self.ever(id), problem.actions[id].cost or 0)
            self.program.at_least(terms, floor)

    # ------------------------------------------------------------------------------------------------ the program

    def _starting(self, id: str) -> dict[int, int]:
        """The variables of an action: one for each year by whose end it may have started."""
        first, last = self.problem.earliest[id], self.request.last - self.problem.actions[id].years + 1
        fixed = self.request.fixed.get(id)
        if fixed is not None:
            if not first <= fixed <= last:
                self.program.require({self.never: 1.0}, 1.0)
            return {year: self.always if year >= fixed else self.never for year in range(first, last + 1)}
        found: dict[int, int] = {}
        before = self.never
        for year in range(first, last + 1):
            found[year] = self.program.choice() if self._affordable(id, year) else before
            if before not in (self.never, found[year]):
                self.program.require({found[year]: 1.0, before: -1.0}, 0.0)
            before = found[year]
        return found

    def _affordable(self, id: str, year: int) -> bool:
        """Whether the budgets could pay an action that starts in a year, if they had to pay nothing else."""
        if self.short == "money" or not self.request.budgets:
            return True
        costs = self.problem.actions[id].costs
        return costs is not None and all(cost <= self.request.budgets[year + i] for i, cost in enumerate(costs))

    def by(self, id: str, year: int) -> int:
        """The variable that says that an action has started by the end of a year."""
        found = self.started.get(id)
        if not found or year < next(iter(found)):
            return self.never
        return found.get(year, next(reversed(found.values())))

    def done(self, id: str, year: int) -> int:
        """The variable that says that an action is finished by the end of a year."""
        return self.by(id, year - self.problem.actions[id].years + 1)

    def ever(self, id: str) -> int:
        """The variable that says that an action is in the plan."""
        return self.by(id, self.request.last)

    def _reached(self, year: int) -> dict[str, Reached]:
        """For each fact, the values it may have reached by the end of a year, from worse to better."""
        direct: dict[str, list[tuple[Fraction, int]]] = {}
        for step, actions in self.problem.needed_by.items():
            parts = sorted({self.done(id, year) for id in actions})
            if self.never not in parts:
                direct.setdefault(step.fact, []).append((step.value, self._all(parts)))
        facts = self.problem.result.reading.facts
        return {
            fact: self._chain(sorted(values, reverse=facts[fact].worst > facts[fact].best))
            for fact, values in direct.items()
        }

    def _all(self, parts: Sequence[int]) -> int:
        """A variable that says that all of several hold."""
        if len(parts) == 1:
            return parts[0]
        whole = self.program.choice()
        for part in parts:
            self.program.require({part: 1.0, whole: -1.0}, 0.0)
        self.composed.append((whole, tuple(parts), all))
        return whole

    def _chain(self, values: Sequence[tuple[Fraction, int]]) -> Reached:
        """What reaches a better value reaches every worse one, too."""
        found: list[tuple[Fraction, int]] = []
        for value, variable in reversed(values):
            if found:
                either = self.program.choice()
                self.program.require({variable: 1.0, found[-1][1]: 1.0, either: -1.0}, 0.0)
                self.composed.append((either, (variable, found[-1][1]), any))
                found.append((value, either))
            else:
                found.append((value, variable))
        return tuple(reversed(found))

    def _levels(self, year: int) -> Levels:
        earliest = self.problem.earliest
        possible = self.problem.state(id for id in earliest if self.problem.ends(id, earliest[id]) <= year).holds
        reached = self.reached[year]
        return Levels(self.program, self.problem.result.low, lambda fact: reached.get(fact, ()), frozenset(possible))

    def _rules(self) -> None:
        self._by_hand()
        for id in self.started:
            self._prerequisites(id)
        self._hands()
        if self.request.weighs_money:
            self._money()
        for goal in () if self.request.near else self.request.goals:
            self.program.require({self._claim((goal.node, goal.level), self.request.due(goal)): 1.0}, 1.0)

    def _claim(self, pair: Pair, year: int) -> int:
        """The variable of a pair at the end of a year, on which something rests: it is checked by replaying."""
        self.counted.add((pair, year))
        return self.levels[year].pair(pair)

    def _by_hand(self) -> None:
        for id in sorted(self.request.fixed):
            self.program.require({self.ever(id): 1.0}, 1.0)

    def _prerequisites(self, id: str) -> None:
        action = self.problem.actions[id]
        for year, variable in self.started[id].items():
            for need in action.needs:
                if need in self.problem.actions:
                    before = self.done(need, year if self.request.same_year else year - 1)
                    self.program.require({before: 1.0, variable: -1.0}, 0.0)
            for pair in action.levels:
                if pair in self.problem.result.low.holds:
                    continue
                before = self._claim(pair, year - 1) if year > self.request.first else self.never
                self.program.require({before: 1.0, variable: -1.0}, 0.0)

    def _hands(self) -> None:
        """No office has more under way in a year than it can carry."""
        offices: dict[str, list[str]] = {}
        for id in self.started:
            office = self.problem.actions[id].office
            if office is not None:
                offices.setdefault(office, []).append(id)
        for office, ids in sorted(offices.items()):
            for year in self.years:
                most = self.request.capacity(office, year)
                if most is not None and most < len(ids):
                    terms: dict[int, int] = {}
                    if self.short == "hands":
                        if office not in self.hands:
                            self.hands[office] = self.program.number(0.0, float(len(ids)), whole=True)
                        terms[self.hands[office]] = -1
                    for id in ids:
                        _add(terms, self.by(id, year), 1)
                        _add(terms, self.by(id, year - self.problem.actions[id].years), -1)
                    self.program.require({v: -float(value) for v, value in terms.items()}, -float(most))

    def _money(self) -> None:
        costs = [cost for action in self.problem.actions.values() for cost in action.costs or ()]
        unit = gcd(*costs, *self.request.budgets.values()) or 1  # what is overspent is a multiple of it, too
        if self.request.ceiling is not None:
            self.program.at_most(self._terms("cost"), self.request.ceiling)
        for year in self.years if self.request.budgets else ():
            terms = self.spending(year)
            if self.short == "money":
                self.extra[year] = {v: unit * many for v, many in self.program.amount(sum(costs) // unit).items()}
                terms |= {variable: -many for variable, many in self.extra[year].items()}
            self.program.at_most(terms, self.request.budgets[year])
        for id in self.started:
            if self.problem.actions[id].costs is None:
                self.program.require({self.ever(id): -1.0}, 0.0)

    def spending(self, year: int) -> dict[int, int]:
        """The rupiah of a year, as terms."""
        terms: dict[int, int] = {}
        for id in self.started:
            for index, amount in enumerate(self.problem.actions[id].costs or ()):
                _add(terms, self.by(id, year - index), amount)
                _add(terms, self.by(id, year - index - 1), -amount)
        return {variable: value for variable, value in terms.items() if value}

    # ------------------------------------------------------------------------------------------------ the solving

    def solve(self, wanted: Sequence[Aim], begin: Starts | None = None) -> Solution:
        """One objective after the other; what is not proven in half of the time left is kept as it is.

        `begin` is a plan that holds, to start from.
        """
        stages: list[Stage] = []
        best = None if begin is None else self._written(begin)
        for aim in wanted or (None,):
            found = self._within_half(aim, best)
            if found.values is None:
                return Solution(None, (), found.proven)
            best = self._honest(found.values)
            if aim is None or (not found.proven and self.watch.ended):
                stages += [self._stage(aim, found)] if aim else []
                break
            stages.append(self._stage(aim, found))
            if aim != "order":
                sign = -1 if aim in LARGEST else 1
                self.program.at_most(self._terms(aim), sign * stages[-1].value)
        assert best is not None
        return Solution(self.starts(best), tuple(stages), all(stage.proven for stage in stages))

    def _within_half(self, aim: Aim | None, best: tuple[float, ...] | None) -> Found:
        """Solve for one objective in half of the time that is left, and the last one in all of it."""
        end = self.watch.deadline
        if end is not None and aim not in (None, "order"):
            self.watch.deadline = end - self.watch.left() / 2
        if aim is not None and self.progress is not None:
            self.watch.told = partial(self.progress, AIMS[aim])
            self.progress(AIMS[aim], nan, nan)
        terms = self._terms(aim)
        if best is not None:  # the objective may have made variables that the solution does not know yet
            best = self._honest((*best, *[nan] * (len(self.program.lower) - len(best))))
        found = self._in_order(best) if aim == "order" and best else self._best(terms, best)
        self.watch.deadline = end
        return found

    def _written(self, starts: Starts) -> tuple[float, ...]:
        """A plan as a solution of the program, as far as it is decided by the plan."""
        values = [nan] * len(self.program.lower)
        values[self.never], values[self.always] = 0.0, 1.0
        for id, found in self.started.items():
            for year, variable in found.items():
                values[variable] = float(id in starts and starts[id] <= year)
        return self._honest(values)

    def _honest(self, values: Sequence[float]) -> tuple[float, ...]:
        """The solution with everything claimed that the plan makes true."""
        honest, starts = list(values), self.starts(values)
        for variable, parts, together in self.composed:
            honest[variable] = float(together(honest[part] > 0.5 for part in parts))
        for year, levels in self.levels.items():
            held = self.problem.holds(starts, year)
            for pair, variable in levels.pairs.items():
                if variable < len(honest):
                    honest[variable] = float(pair in held)
        return tuple(honest)

    def _stage(self, aim: Aim, found: Found) -> Stage:
        """What an objective came to, counted anew from the plan itself."""
        assert found.values is not None
        value, sign = measured(self.problem, aim, self.starts(found.values)), -1 if aim in LARGEST else 1
        assert not found.proven or aim == "order" or found.value == sign * value, (aim, found.value, value)
        return Stage(aim, value, None if found.bound is None else sign * found.bound, found.proven)

    def starts(self, values: Sequence[float]) -> dict[str, int]:
        """When each chosen action starts in a solution."""
        return {
            id: next(year for year, variable in found.items() if values[variable] > 0.5)
            for id, found in self.started.items()
            if values[self.ever(id)] > 0.5
        }

    def _terms(self, aim: Aim | None) -> dict[int, int]:
        """The objective, to be minimised."""
        terms: dict[int, int] = {}
        for variable, value in self._parts(aim):
            if variable != self.never:
                _add(terms, variable, value)
        return {variable: value for variable, value in terms.items() if value}

    def _parts(self, aim: Aim | None) -> Iterator[tuple[int, int]]:
        """What adds up to an objective: variables, with what each counts."""
        actions, last, root = self.problem.actions, self.request.last, self.problem.result.model.id
        match aim:
            case "extra":
                for amount in self.extra.values():
                    yield from amount.items()
            case "hands":
                yield from ((more, 1) for more in self.hands.values())
            case "goal":
                yield from ((self._claim(pair, due), -1) for pair, due in steps_to_goals(self.problem))
            case "level":
                yield from ((self._claim(pair, last), -1) for pair in self.problem.pairs if pair[0] == root)
            case "end" | "kept":
                weights, counted = self.problem.weights, _counted(self.problem, aim)
                yield from (
                    (self._claim(pair, last), -weights[pair[0]])
                    for pair, year in self._possible()
                    if year == last and pair in counted
                )
            case "value":
                weights = self.problem.weights
                yield from ((self._claim(pair, year), -weights[pair[0]]) for pair, year in self._possible())
            case "change":
                yield from ((self.ever(id), -1 if id in self.request.like else 1) for id in self.started)
            case "early":
                yield from ((self.by(id, year), -1) for id, year in product(self.started, self.years))
            case "order" | None:
                pass
            case _:
                yield from ((self.ever(id), _price(aim, actions[id].cost, actions[id].band)) for id in self.started)

    def _possible(self) -> Iterator[tuple[Pair, int]]:
        """The pairs that count and could hold, with the years by whose ends they could."""
        for pair in self.problem.pairs:
            if self.problem.weights[pair[0]]:
                yield from ((pair, year) for year in self.years if pair in self.levels[year].possible)

    def _best(self, terms: Mapping[int, int], start: Sequence[float] | None) -> Found:
        """The best solution whose claims hold when it is replayed; false claims are cut off until none is left."""
        while True:
            found = self.program.least(terms, start, self.watch)
            if found.values is None:
                return found
            false = self._false_claims(found.values)
            if not false:
                return found
            if not found.proven:  # time is up in the middle: what was found before holds, or this one does by chance
                holds = not self.problem.faults(self.starts(found.values))
                values = found.values if holds else None if start is None else tuple(start)
                return Found(values, None, found.bound, proven=False)
            for pair, year in false:
                self._cut(pair, self.problem.done(self.starts(found.values), year))

    def _false_claims(self, values: Sequence[float]) -> list[tuple[Pair, int]]:
        starts = self.starts(values)
        held = {year: self.problem.holds(starts, year) for year in self.years}
        return sorted(
            (pair, year)
            for pair, year in self.counted
            if values[self.levels[year].pair(pair)] > 0.5 and pair not in held[year]
        )

    def _cut(self, pair: Pair, failing: frozenset[str]) -> None:
        """Nothing within a set of actions that does not suffice will do: at least one outside it is needed."""
        for id in self.started:
            if id not in failing and pair not in self.problem.state({*failing, id}).holds:
                failing |= {id}
        for year in self.years:
            if pair in self.levels[year].pairs:
                holds = self.levels[year].pair(pair)
                outside = {self.done(id, year): 1.0 for id in self.started if id not in failing}
                self.program.require({**outside, holds: outside.get(holds, 0.0) - 1.0}, 0.0)

    def _in_order(self, best: tuple[float, ...]) -> Found:
        """Of all plans that are equally good, the first: by the actions in it, then by how early each one starts."""
        other = self._another(best)
        if other.values is None:
            return Found(best, None, None, other.proven)
        for order in (self._actions_in_order, self._starts_in_order):
            for chunk in _chunks(order(best)):
                if all(best[variable] > 0.5 for variable in chunk):
                    found = Found(best, None, None, proven=True)
                else:
                    found = self._best({v: -(2 ** (len(chunk) - 1 - i)) for i, v in enumerate(chunk)}, best)
                if found.values is None or not found.proven:
                    return Found(found.values or best, None, None, proven=False)
                best = found.values
                for variable in chunk:
                    self.program.lower[variable] = self.program.upper[variable] = float(best[variable] > 0.5)
        return Found(best, None, None, proven=True)

    def _another(self, best: Sequence[float]) -> Found:
        """Another plan that is as good, or the proof that there is none."""
        every = {variable for found in self.started.values() for variable in found.values()}
        mine = [variable for variable in every if best[variable] > 0.5]
        rows = len(self.program.rows)
        differ = {variable: -1.0 if best[variable] > 0.5 else 1.0 for variable in sorted(every)}
        self.program.require(differ, 1.0 - len(mine))
        found = self._best({}, None)
        del self.program.rows[rows]
        return found

    def _actions_in_order(self, _: Sequence[float]) -> list[int]:
        return [self.ever(id) for id in sorted(self.started)]

    def _starts_in_order(self, best: Sequence[float]) -> list[int]:
        chosen = [id for id in sorted(self.started) if best[self.ever(id)] > 0.5]
        return [variable for id in chosen for variable in self.started[id].values()]


def measured(problem: Problem, aim: Aim, starts: Starts) -> int:
    """How good a plan is by one objective, counted anew in whole numbers and by the placement engine."""
    if aim in ("goal", "level", "kept", "end", "value"):
        return _gained(problem, aim, starts)
    request = problem.request
    match aim:
        case "extra":
            return sum(max(0, spent - request.budgets[year]) for year, spent in problem.spent(starts).items())
        case "hands":
            return sum(overload(problem, starts).values())
        case "change":
            return sum(-1 if id in request.like else 1 for id in starts)
        case "early":
            return sum(request.last - start + 1 for start in starts.values())
        case "order":
            return 0
        case _:
            return sum(_price(aim, problem.actions[id].cost, problem.actions[id].band) for id in starts)


def _gained(problem: Problem, aim: Aim, starts: Starts) -> int:
    """What a plan brings, by one of the objectives that count levels."""
    last, root = problem.request.last, problem.result.model.root
    match aim:
        case "goal":
            return sum(pair in problem.holds(starts, due) for pair, due in steps_to_goals(problem))
        case "level":
            return problem.state(problem.done(starts, last)).level(root) - problem.result.low.level(root)
        case "end" | "kept":
            held = problem.holds(starts, last) & _counted(problem, aim)
            return sum(problem.weights[pair[0]] for pair in problem.pairs if pair in held)
        case _:
            return problem.value(starts)


def _counted(problem: Problem, aim: Aim) -> set[Pair]:
    """The pairs that count at the end: all, or those that another plan reaches in the end."""
    if aim == "end":
        return set(problem.pairs)
    return problem.state(id for id in problem.request.like if id in problem.actions).holds


def steps_to_goals(problem: Problem) -> Iterator[tuple[Pair, int]]:
    """The pairs on the way to the targets that do not hold today, with the years in which they are due."""
    for goal in problem.request.goals:
        for level in range(2, goal.level + 1):
            if (goal.node, level) not in problem.result.low.holds:
                yield (goal.node, level), problem.request.due(goal)


def overload(problem: Problem, starts: Starts) -> dict[str, int]:
    """By how many actions at once a plan is beyond what an office can carry, in the year where that is most."""
    found: dict[str, int] = {}
    for office in sorted({action.office for action in problem.actions.values() if action.office}):
        for year in problem.request.years:
            most = problem.request.capacity(office, year)
            if most is not None and problem.running(starts, office, year) > most:
                found[office] = max(found.get(office, 0), problem.running(starts, office, year) - most)
    return found


def _price(aim: Aim, cost: int | None, band: str | None) -> int:
    """What one action counts in an objective that adds up over the actions of a plan."""
    if aim == "actions":
        return 1
    if aim == "cost":
        return cost or 0
    return int(cost is None and band == aim)


def _chunks(variables: Sequence[int]) -> Iterator[list[int]]:
    distinct = list(dict.fromkeys(variables))
    for start in range(0, len(distinct), _CHUNK):
        yield distinct[start : start + _CHUNK]


def _add(terms: dict[int, int], variable: int, value: int) -> None:
    terms[variable] = terms.get(variable, 0) + value
