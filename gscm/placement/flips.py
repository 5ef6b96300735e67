"""The smallest set of facts that lifts a node by one level, exactly; and the open answers that decide a level.

Steps become yes-or-no variables, and levels rows over them (see `linear`). Every answer is replayed through the
placer, and one that fails is cut off together with everything below it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import pairwise

from gscm.model.facts import MET, Fact
from gscm.model.tree import Criteria, Node, top_level
from gscm.placement.clauses import State, decide, grade_of
from gscm.placement.linear import Levels, Reached
from gscm.placement.place import Result
from gscm.placement.reading import Filling, Reading
from gscm.placement.why import holding_facts
from gscm.solver import Program, Row, chosen

_CHUNK = 20  # choices whose lexical order is settled by one solve: powers of two stay exact


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One fact raised to one value: a criterion met or its evidence accepted, a level, a target, a given node.

    Raising a level by two takes two steps, as meeting two criteria does.
    """

    fact: str
    value: Fraction


def flips(result: Result, node_id: str, level: int | None = None) -> tuple[Step, ...] | None:
    """The fewest steps that lift the node's low level by one, or to `level`; among equals the first in lexical order.

    None if the node is there or higher already, has no levels, or cannot be lifted by facts that apply.
    """
    node = result.model.nodes[node_id]
    placement = result.nodes[node_id]
    if placement.low is None or placement.low >= top_level(result.model, node):
        return None
    level = placement.low + 1 if level is None else level
    if level <= placement.low:
        return None
    return _Smallest(result.low, node, level, partial(_values, result.reading)).steps()


class _Smallest:
    """The program for one node and level."""

    def __init__(self, state: State, node: Node, level: int, values: Callable[[Fact], list[Fraction]]) -> None:
        self.state, self.reading, self.goal = state, state.reading, (node.id, level)
        self.program = Program()
        self.variables: dict[int, Step] = {}
        self.worth = {id: self._above(self.reading.facts[id], values) for id in state.filling}
        self.reached: dict[str, Reached] = {}
        best = {id: above[-1] for id, above in self.worth.items() if above}
        possible = frozenset(decide(self.reading, {**state.filling, **best}).holds)
        goal = Levels(self.program, state, self._reach, possible).pair(self.goal)
        self.program.require({goal: 1.0}, 1.0)

    def _above(self, fact: Fact, values: Callable[[Fact], list[Fraction]]) -> list[Fraction]:
        """The values above where a fact is, from worse to better."""
        return [value for value in values(fact) if not fact.at_least(self.state.filling[fact.id], value)]

    def _reach(self, fact: str) -> Reached:
        """The steps of a fact, made when first asked for; none goes without those before it."""
        if fact not in self.reached:
            made = tuple((value, self.program.choice()) for value in self.worth[fact])
            for (_, first), (_, then) in pairwise(made):
                self.program.require({first: 1.0, then: -1.0}, 0.0)
            self.variables |= {variable: Step(fact, value) for value, variable in made}
            self.reached[fact] = made
        return self.reached[fact]

    def steps(self) -> tuple[Step, ...] | None:
        order = sorted(self.variables, key=lambda variable: self.variables[variable])
        found = self._solve(dict.fromkeys(order, 1.0), ())
        if found is None:
            return None
        size = len(found)
        fixed: list[Row] = [Row(dict.fromkeys(order, -1.0), -float(size))]
        settled: set[int] = set()
        for start in range(0, len(order), _CHUNK):
            if len(settled) == size:
                break
            part = order[start : start + _CHUNK]
            costs = {variable: -float(2 ** (len(part) - 1 - i)) for i, variable in enumerate(part)}
            found = self._solve(costs, fixed)
            assert found is not None
            for variable in part:
                fixed.append(Row({variable: 1.0}, 1.0) if variable in found else Row({variable: -1.0}, 0.0))
            settled |= found & set(part)
        return tuple(sorted(self.variables[variable] for variable in settled))

    def _solve(self, costs: Mapping[int, float], extra: Sequence[Row]) -> frozenset[int] | None:
        while True:
            values = self.program.minimise(costs, extra)
            if values is None:
                return None
            found = chosen(values, self.variables)
            if self._lifts(found):
                return found
            self._cut(found)

    def _lifts(self, found: frozenset[int]) -> bool:
        filling = dict(self.state.filling)
        for variable in sorted(found, key=lambda v: self.variables[v].value):
            step = self.variables[variable]
            if not self.reading.facts[step.fact].at_least(filling[step.fact], step.value):
                filling[step.fact] = step.value
        return self.goal in decide(self.reading, filling).holds

    def _cut(self, found: frozenset[int]) -> None:
        """Nothing within a set that does not lift will lift: at least one step outside it is needed."""
        failing = set(found)
        for variable in self.variables:
            if variable not in failing and not self._lifts(frozenset((*failing, variable))):
                failing.add(variable)
        self.program.require({variable: 1.0 for variable in self.variables if variable not in failing}, 1.0)


def _values(reading: Reading, fact: Fact) -> list[Fraction]:
    """The values worth raising a fact to, from worse to better."""
    node = reading.model.nodes[fact.node]
    if fact.kind == "criterion":
        reading_it = (
            clause
            for level, clauses in node.gates.items()
            for clause in clauses
            if isinstance(clause, Criteria) and (clause.at or level) == fact.level
        )
        return sorted({MET, *map(grade_of, reading_it)})
    if fact.kind == "level":
        return [Fraction(k) for k in range(2, int(fact.best) + 1)]
    if fact.kind == "quantity" and node.quantity is not None:
        values = {*node.quantity.targets.values(), fact.best}
        return sorted(values, reverse=node.quantity.direction == "lower")
    return [fact.best]


def pivotal(result: Result, node_id: str) -> tuple[str, ...]:
    """The open answers each of which alone still moves the node's low or high level.

    If there is none although low < high: the smallest set of open answers that together lift the low level,
    among equals the first in lexical order.
    """
    placement = result.nodes[node_id]
    if placement.low is None or placement.low == placement.high:
        return ()
    node, reading = result.model.nodes[node_id], result.reading
    low, high = placement.low, placement.high
    assert high is not None

    def lifted(facts: frozenset[str]) -> bool:
        return decide(reading, _with(reading.low, facts, reading.high)).level(node) > low

    def lowered(facts: frozenset[str]) -> bool:
        return decide(reading, _with(reading.high, facts, reading.low)).level(node) < high

    may_lift = [fact for fact in placement.blocked_by if fact in reading.open]
    held = holding_facts(result.high).get((node_id, high), frozenset())
    may_lower = [fact for fact in reading.facts if fact in reading.open and fact in held]
    alone = {fact for fact in may_lift if lifted(frozenset((fact,)))}
    alone |= {fact for fact in may_lower if lowered(frozenset((fact,)))}
    if alone:
        return tuple(fact for fact in reading.facts if fact in alone)
    steps = _Smallest(result.low, node, low + 1, lambda fact: [fact.best] if fact.id in reading.open else []).steps()
    return tuple(step.fact for step in steps or ())


def _with(base: Filling, facts: frozenset[str], other: Filling) -> dict[str, Fraction]:
    return {**base, **{fact: other[fact] for fact in facts}}


__all__ = ["Step", "flips", "pivotal"]
