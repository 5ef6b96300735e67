"""What follows when actions are done: every plan goes through the exact placement engine, year by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from gscm.model.graph import Pair
from gscm.model.tree import has_levels, top_level
from gscm.placement.clauses import State, decide
from gscm.placement.flips import Step
from gscm.placement.place import Result
from gscm.placement.score import counted_children
from gscm.roadmap.actions import Action
from gscm.roadmap.request import Request

Starts = Mapping[str, int]
"""The year in which each chosen action starts."""


@dataclass(frozen=True, eq=False)
class Problem:
    """What is planned: from where, with which actions (by id), and what is asked for."""

    result: Result
    actions: Mapping[str, Action]
    request: Request
    _states: dict[frozenset[str], State] = field(default_factory=dict, repr=False)

    @cached_property
    def needed_by(self) -> Mapping[Step, frozenset[str]]:
        """For each step that actions take: those that name it, all of which it needs."""
        found: dict[Step, set[str]] = {}
        for action in self.actions.values():
            for step in action.gains:
                if not self.result.reading.facts[step.fact].at_least(self._today(step.fact), step.value):
                    found.setdefault(step, set()).add(action.id)
        return {step: frozenset(found[step]) for step in sorted(found)}

    def _today(self, fact: str) -> Fraction:
        known = self.result.reading.low.get(fact)
        return self.result.reading.facts[fact].best if known is None else known  # what does not apply needs nothing

    def state(self, done: Iterable[str]) -> State:
        """Where everything stands once these actions are done; open answers count as not fulfilled."""
        done = frozenset(done)
        if done not in self._states:
            reading = self.result.reading
            filling = dict(reading.low)
            for step, actions in self.needed_by.items():
                if actions <= done and not reading.facts[step.fact].at_least(filling[step.fact], step.value):
                    filling[step.fact] = step.value
            self._states[done] = decide(reading, filling)
        return self._states[done]

    def done(self, starts: Starts, year: int) -> frozenset[str]:
        """The actions that are finished by the end of a year."""
        further = self._further_years
        return frozenset([id for id, start in starts.items() if start + further[id] <= year])

    @cached_property
    def _further_years(self) -> Mapping[str, int]:
        """How many years each action runs after the first."""
        return {id: action.years - 1 for id, action in self.actions.items()}

    def ends(self, id: str, start: int) -> int:
        """The year in which an action that starts so is finished."""
        return start + self._further_years[id]

    def holds(self, starts: Starts, year: int) -> set[Pair]:
        """The pairs that hold at the end of a year."""
        return self.state(self.done(starts, year)).holds

    @cached_property
    def weights(self) -> Mapping[str, int]:
        """Of each node with a level: its share in the whole, in millionths; levels gained count by it."""
        model, reading = self.result.model, self.result.reading
        shares = {model.id: Fraction(1)}
        for node in model.nodes.values():
            counted = counted_children(reading, node)
            whole = sum((model.nodes[child].weight for child in counted), Fraction())
            for child in counted:
                shares[child] = shares.get(node.id, Fraction()) * model.nodes[child].weight / whole
        return {
            id: round(shares[id] * 10**6)
            for id in model.nodes
            if id in shares
            and self.result.nodes[id].low is not None
            and (has_levels(model.nodes[id]) or id in reading.given)
        }

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every (node, level) that does not hold today, of nodes that are assessed and apply."""
        model, holds = self.result.model, self.result.low.holds
        return tuple(
            (id, level)
            for id in self.weights
            for level in range(2, top_level(model, model.nodes[id]) + 1)
            if (id, level) not in holds
        )

    def value(self, starts: Starts) -> int:
        """Σ share in the whole × levels gained × years enjoyed, in millionths."""
        return sum(
            self.weights[node] * sum((node, level) in holds for year in self.request.years for holds in [held[year]])
            for held in [{year: self.holds(starts, year) for year in self.request.years}]
            for node, level in self.pairs
        )

    def cost(self, starts: Starts) -> int:
        """All rupiah of the actions whose cost is known."""
        return sum(self.actions[id].cost or 0 for id in starts)

    def spent(self, starts: Starts) -> dict[int, int]:
        """Rupiah by year."""
        found = dict.fromkeys(self.request.years, 0)
        for id, start in starts.items():
            for index, amount in enumerate(self.actions[id].costs or ()):
                found[start + index] += amount
        return found

    def running(self, starts: Starts, office: str | None, year: int) -> int:
        """How many actions of an office are under way in a year."""
        return sum(
            self.actions[id].office == office and start <= year <= self.ends(id, start) for id, start in starts.items()
        )

    def faults(self, starts: Starts) -> list[str]:
        """Everything that a plan breaks, replayed year by year; empty if the plan holds."""
        request = self.request
        found = [
            f"{id} outside the years"
            for id, start in sorted(starts.items())
            if start < request.first or self.ends(id, start) > request.last
        ]
        if found:
            return found
        for id, start in sorted(starts.items()):
            action = self.actions[id]
            if not self.ready(action, starts, start):
                found.append(f"{id} in {start} before what it needs")
            if request.fixed.get(id) not in (None, start):
                found.append(f"{id} not in {request.fixed[id]}")
        found += [f"{id} excluded" for id in sorted(request.excluded & starts.keys())]
        found += [f"{id} missing" for id in sorted(request.fixed.keys() - starts.keys())]
        found += [*self._too_dear(starts), *self._overloaded(starts)]
        for goal in () if request.near else request.goals:
            if (goal.node, goal.level) not in self.holds(starts, request.due(goal)):
                found.append(f"{goal.node} not at {goal.level} in {request.due(goal)}")
        return found

    def _too_dear(self, starts: Starts) -> Iterator[str]:
        request = self.request
        if request.budgets:
            yield from (f"{year} costs {s}" for year, s in self.spent(starts).items() if s > request.budgets[year])
        if request.ceiling is not None and self.cost(starts) > request.ceiling:
            yield f"all years cost {self.cost(starts)}"
        if request.weighs_money:
            yield from (f"{id} without a cost" for id in sorted(starts) if self.actions[id].costs is None)

    def _overloaded(self, starts: Starts) -> Iterator[str]:
        offices = sorted({action.office for action in self.actions.values() if action.office})
        for year in self.request.years:
            for office in offices:
                most = self.request.capacity(office, year)
                if most is not None and self.running(starts, office, year) > most:
                    yield f"{office} overloaded in {year}"

    def ready(self, action: Action, starts: Starts, year: int) -> bool:
        """Whether what an action needs is there when it starts in a year."""
        by = year if self.request.same_year else year - 1
        done = self.done(starts, by)
        before = self.done(starts, year - 1)
        return all(need in done or need not in self.actions for need in action.needs) and all(
            pair in self.state(before).holds for pair in action.levels
        )

    @cached_property
    def earliest(self) -> Mapping[str, int]:
        """The first year in which each action could start if money and hands were no matter; none if it never could."""
        starts: dict[str, int] = {}
        allowed = [action for id, action in self.actions.items() if id not in self.request.excluded]
        for year in self.request.years:
            while True:
                able = [a.id for a in allowed if a.id not in starts and self.ready(a, starts, year)]
                able = [id for id in able if self.ends(id, year) <= self.request.last]
                starts.update(dict.fromkeys(able, year))
                if not able or not self.request.same_year:
                    break
        return starts
