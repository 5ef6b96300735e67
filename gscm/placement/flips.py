"""The smallest set of facts that lifts a node by one level, exactly; and the open answers that decide a level.

Levels become yes-or-no variables and clauses become rows; because every clause is monotone, one-way
implications suffice. What has no linear form (geometric mean, median) is left out of the program: every
answer is replayed through the placer, and one that fails is cut off together with everything below it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import pairwise

from gscm.model.arithmetic import normalised
from gscm.model.facts import MET, Fact
from gscm.model.graph import Pair
from gscm.model.tree import Children, Clause, Criteria, Node, Requires, Score, Target, top_level
from gscm.placement.clauses import State, clause_children, decide, grade_of
from gscm.placement.place import Result
from gscm.placement.reading import Filling, Reading
from gscm.placement.score import counted_children, levels_of
from gscm.placement.why import holding_facts, score_facts
from gscm.solver import Program, Row, chosen

_SLACK = 1e-7  # lets nothing true be refused; what is let through wrongly is caught by the replay
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
        self.state, self.reading, self.node, self.level = state, state.reading, node, level
        self.values = values
        self.model = state.reading.model
        self.program = Program()
        self.steps_of: dict[str, list[tuple[Step, int]]] = {}
        self.pairs: dict[Pair, int] = {}
        self.linear = True
        goal = self._pair((node.id, level))
        self.variables = {variable: step for steps in self.steps_of.values() for step, variable in steps}
        self.program.require({goal: 1.0}, 1.0)

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
        return (self.node.id, self.level) in decide(self.reading, filling).holds

    def _cut(self, found: frozenset[int]) -> None:
        """Nothing within a set that does not lift will lift: at least one step outside it is needed."""
        failing = set(found)
        if not self.linear:
            for variable in self.variables:
                if variable not in failing and not self._lifts(frozenset((*failing, variable))):
                    failing.add(variable)
        self.program.require({variable: 1.0 for variable in self.variables if variable not in failing}, 1.0)

    def _pair(self, pair: Pair) -> int:
        """The variable that says (node, level) holds, made with its rows when first asked for."""
        if pair in self.pairs:
            return self.pairs[pair]
        holds = self.pairs[pair] = self.program.choice()
        if pair in self.state.holds:
            return holds
        node, level = self.model.nodes[pair[0]], pair[1]
        given = self.reading.given.get(node.id)
        if level > 2 and given != "level":
            self._implies(holds, {self._pair((node.id, level - 1)): 1.0}, 1.0)
        if given == "level" or (node.answer == "level" and node.id in self.reading.low):
            self._at_least(holds, node.id, Fraction(level))
        if given != "level":
            for clause in node.gates.get(level, ()):
                self._clause(holds, node, level, clause)
        return holds

    def _implies(self, holds: int, terms: Mapping[int, float], lower: float) -> None:
        """Holds → Σ terms ≥ lower. Terms are never negative, so 0 bounds them from below."""
        if lower > _SLACK:
            self.program.require({**terms, holds: terms.get(holds, 0.0) - (lower - _SLACK)}, 0.0)

    def _at_least(self, holds: int, fact: str, value: Fraction) -> None:
        self._implies(holds, dict.fromkeys(self._reach(fact, value), 1.0), 1.0 - self._reached(fact, value))

    def _reached(self, fact: str, value: Fraction) -> float:
        return float(self.reading.facts[fact].at_least(self.state.filling[fact], value))

    def _reach(self, fact: str, value: Fraction) -> list[int]:
        """The variable whose step is the first to reach a value, if any."""
        at_least = self.reading.facts[fact].at_least
        return [variable for step, variable in self._steps(fact) if at_least(step.value, value)][:1]

    def _steps(self, fact_id: str) -> list[tuple[Step, int]]:
        if fact_id not in self.steps_of:
            fact = self.reading.facts[fact_id]
            here = self.state.filling[fact_id]
            values = [v for v in self.values(fact) if not fact.at_least(here, v)]
            made = [(Step(fact_id, value), self.program.choice()) for value in values]
            for (_, first), (_, then) in pairwise(made):
                self.program.require({first: 1.0, then: -1.0}, 0.0)
            self.steps_of[fact_id] = made
        return self.steps_of[fact_id]

    def _clause(self, holds: int, node: Node, level: int, clause: Clause) -> None:
        match clause:
            case Criteria():
                criteria = node.criteria.get(clause.at or level, ())
                applicable = [c for c in criteria if c.id not in self.reading.absent_facts]
                terms: dict[int, float] = {}
                shown = Fraction()
                for criterion in applicable:
                    if self._reached(criterion.id, grade_of(clause)):
                        shown += criterion.weight
                    else:
                        terms.update(
                            dict.fromkeys(self._reach(criterion.id, grade_of(clause)), float(criterion.weight))
                        )
                total = sum((c.weight for c in applicable), Fraction())
                self._implies(holds, terms, float(clause.share * total - shown))
            case Requires():
                if clause.node not in self.reading.absent and clause.level > 1:
                    self._implies(holds, {self._pair((clause.node, clause.level)): 1.0}, 1.0)
            case Target():
                fact = node.quantity_fact
                if node.quantity and level in node.quantity.targets and fact not in self.reading.absent_facts:
                    self._at_least(holds, fact, node.quantity.targets[level])
            case Children():
                self._children(holds, node, level, clause)
            case Score():
                terms, constant = self._score(node)
                self._implies_score(holds, terms, float(clause.cutoff), constant)

    def _children(self, holds: int, node: Node, level: int, clause: Children) -> None:
        children = clause_children(self.reading, node, clause)
        if not children:
            return
        weights = {child.id: child.weight if clause.weighted else Fraction(1) for child in children}
        total = sum(weights.values(), Fraction())
        if clause.rule == "mean":
            needed = level - (Fraction(1, 2) if clause.rounding == "nearest" else 0)
            terms = {
                self._pair((child.id, k)): float(weights[child.id])
                for child in children
                for k in levels_of(self.model, child)
            }
            self._implies(holds, terms, float((needed - 1) * total))
        elif clause.at > 1:
            share = {"all": Fraction(1), "any": min(weights.values()) / total}.get(
                clause.rule, clause.share or Fraction()
            )
            self._implies(
                holds,
                {self._pair((child.id, clause.at)): float(weights[child.id]) for child in children},
                float(share * total),
            )

    def _implies_score(self, holds: int, terms: Mapping[int, float], cutoff: float, constant: float) -> None:
        """Holds → constant + Σ terms ≥ cutoff; `constant` is the score when nothing is done."""
        if self.model.scale.compare == "rounded":
            cutoff -= 0.5 * 10**-self.model.scale.digits
        self._implies(holds, terms, cutoff - constant)

    def _score(self, node: Node) -> tuple[dict[int, float], float]:
        """The score as a linear expression: what it is now and what each step adds, or an upper bound of that."""
        facts = score_facts(self.state, node)
        here = float(self.state.scores.get(node.id, self.model.scale.min))
        if node.round is not None or (node.aggregate not in ("mean", "mean-of-rows", "sum") and node.children):
            return self._bounded(facts)
        if node.answer is None and self.reading.given.get(node.id) != "score":
            counted = [c for c in counted_children(self.reading, node) if c in self.state.scores]
            total = sum((self.model.nodes[c].weight for c in counted), Fraction())
            terms: dict[int, float] = {}
            for child in counted:
                share = self.model.nodes[child].weight / (1 if node.aggregate == "sum" else total)
                below, _ = self._score(self.model.nodes[child])
                for variable, value in below.items():
                    terms[variable] = terms.get(variable, 0.0) + float(share) * value
            return terms, here
        return self._leaf(node, facts), here

    def _bounded(self, facts: Sequence[str]) -> tuple[dict[int, float], float]:
        """No linear form: any step may bring the node to the top, and the replay decides."""
        self.linear = False
        span = float(max(self.model.scale.max, Fraction(top_level(self.model, self.node))) - self.model.scale.min)
        base = float(self.model.scale.min)
        # one step suffices for the bound; a sum may exceed the scale, hence its own factor
        span *= max(1.0, float(sum((n.weight for n in self.model.nodes.values()), Fraction())))
        own = self.state.scores.get(self.node.id)
        return {variable: span for fact in facts for _, variable in self._steps(fact)}, max(base, float(own or base))

    def _leaf(self, node: Node, facts: Sequence[str]) -> dict[int, float]:
        terms: dict[int, float] = {}
        scale = self.model.scale
        if node.answer == "criteria" and self.reading.given.get(node.id) != "score":
            groups = [[c for c in cs if c.id not in self.reading.absent_facts] for cs in node.criteria.values()]
            groups = [group for group in groups if group]
            for group in groups:
                total = sum((c.weight for c in group), Fraction())
                for criterion in group:
                    for variable in [] if self._reached(criterion.id, MET) else self._reach(criterion.id, MET):
                        gain = (scale.max - scale.min) * criterion.weight / total / len(groups)
                        terms[variable] = float(gain)
            return terms
        for fact in facts:
            before = self._worth(node, self.state.filling[fact])
            for step, variable in self._steps(fact):
                now = self._worth(node, step.value)
                terms[variable] = float(now - before)
                before = now
        return terms

    def _worth(self, node: Node, value: Fraction) -> Fraction:
        if node.answer == "quantity" and node.quantity is not None:
            return normalised(node.quantity, value, self.model.scale)
        return value


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
