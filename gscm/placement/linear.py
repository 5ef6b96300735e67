"""Levels as rows of a program: for one filling of the facts, what each (node, level) needs.

Because every clause is monotone, one-way implications suffice: a pair may be claimed only if what it needs is. What
has no linear form (geometric mean, median, rounding on the way) is bounded from above; a claim that is too high is
found when the plan is replayed, and cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil, lcm

from gscm.model.arithmetic import normalised
from gscm.model.facts import MET
from gscm.model.graph import Pair
from gscm.model.tree import Children, Clause, Criteria, Node, Requires, Score, Target, top_level
from gscm.placement.clauses import State, clause_children, grade_of
from gscm.placement.score import counted_children, levels_of
from gscm.placement.why import score_facts
from gscm.solver import LIMB, Program

Reached = Sequence[tuple[Fraction, int]]
"""The values a fact can reach, from worse to better, each with the variable that says it is reached."""

_SLACK = Fraction(1, 10**7)  # for rows that floating point cannot hold exactly: nothing true is refused

Weighted = Mapping[int, Fraction]


class Levels:
    """The rows of one year; `pair` gives the variable of a (node, level), made when first asked for.

    `today` is the filling that holds without any action, `reach` what the facts can reach by then, and `possible`
    the pairs that could hold by then at all.
    """

    def __init__(
        self, program: Program, today: State, reach: Callable[[str], Reached], possible: frozenset[Pair]
    ) -> None:
        self.program, self.state, self.reach, self.possible = program, today, reach, possible
        self.reading, self.model = today.reading, today.reading.model
        self.pairs: dict[Pair, int] = {}

    def pair(self, pair: Pair) -> int:
        if pair in self.pairs:
            return self.pairs[pair]
        known = pair in self.state.holds
        if known or pair not in self.possible:
            self.pairs[pair] = self.program.number(float(known), float(known), whole=True)
            return self.pairs[pair]
        holds = self.pairs[pair] = self.program.choice()
        node, level = self.model.nodes[pair[0]], pair[1]
        given = self.reading.given.get(node.id)
        if level > 2 and given != "level":
            self._implies(holds, {self.pair((node.id, level - 1)): Fraction(1)}, Fraction(1))
        if given == "level" or (node.answer == "level" and node.id in self.reading.low):
            self._reaches(holds, node.id, Fraction(level))
        if given != "level":
            for clause in node.gates.get(level, ()):
                self._clause(holds, node, level, clause)
        return holds

    def _implies(self, holds: int, terms: Weighted, needed: Fraction) -> None:
        """Holds → Σ terms ≥ needed, over choices with weights that are never negative; as tight as it goes."""
        if needed <= 0:
            return
        terms = {variable: weight for variable, weight in terms.items() if weight > 0}
        whole = sum(terms.values(), Fraction())
        if whole < needed:
            self.program.require({holds: -1.0}, 0.0)
        elif whole - min(terms.values()) < needed:
            for variable in terms:
                self.program.require({variable: 1.0, holds: -1.0}, 0.0)
        elif len(set(terms.values())) == 1:
            count = ceil(needed / next(iter(terms.values())))
            self.program.require({**dict.fromkeys(terms, 1.0), holds: -float(count)}, 0.0)
        else:
            self._weighted(holds, {variable: min(weight, needed) for variable, weight in terms.items()}, needed)

    def _weighted(self, holds: int, terms: Weighted, needed: Fraction) -> None:
        unit = lcm(needed.denominator, *(weight.denominator for weight in terms.values()))
        if max(unit * needed, *(unit * weight for weight in terms.values())) <= LIMB:
            self.program.require({**{v: float(unit * w) for v, w in terms.items()}, holds: -float(unit * needed)}, 0.0)
        else:
            scaled = {variable: float(weight / needed) for variable, weight in terms.items()}
            self.program.require({**scaled, holds: -float(1 - _SLACK)}, 0.0)

    def _reaches(self, holds: int, fact: str, value: Fraction) -> None:
        if not self._reached(fact, value):
            self._implies(holds, dict.fromkeys(self._first(fact, value), Fraction(1)), Fraction(1))

    def _reached(self, fact: str, value: Fraction) -> bool:
        return self.reading.facts[fact].at_least(self.state.filling[fact], value)

    def _first(self, fact: str, value: Fraction) -> list[int]:
        """The variable of the first value that is as good, if any."""
        at_least = self.reading.facts[fact].at_least
        return [variable for reached, variable in self.reach(fact) if at_least(reached, value)][:1]

    def _clause(self, holds: int, node: Node, level: int, clause: Clause) -> None:
        match clause:
            case Criteria():
                criteria = node.criteria.get(clause.at or level, ())
                applicable = [c for c in criteria if c.id not in self.reading.absent_facts]
                needed = clause.share * sum((c.weight for c in applicable), Fraction())
                terms: dict[int, Fraction] = {}
                for criterion in applicable:
                    if self._reached(criterion.id, grade_of(clause)):
                        needed -= criterion.weight
                        continue
                    for variable in self._first(criterion.id, grade_of(clause)):
                        _add(terms, variable, criterion.weight)
                self._implies(holds, terms, needed)
            case Requires():
                if clause.node not in self.reading.absent and clause.level > 1:
                    self._implies(holds, {self.pair((clause.node, clause.level)): Fraction(1)}, Fraction(1))
            case Target():
                fact = node.quantity_fact
                if node.quantity and level in node.quantity.targets and fact not in self.reading.absent_facts:
                    self._reaches(holds, fact, node.quantity.targets[level])
            case Children():
                self._children(holds, node, level, clause)
            case Score():
                self._cutoff(holds, node, clause)

    def _children(self, holds: int, node: Node, level: int, clause: Children) -> None:
        children = clause_children(self.reading, node, clause)
        if not children:
            return
        weights = {child.id: child.weight if clause.weighted else Fraction(1) for child in children}
        total = sum(weights.values(), Fraction())
        if clause.rule == "mean":
            needed = (level - (Fraction(1, 2) if clause.rounding == "nearest" else 0) - 1) * total
            pairs = [(child.id, k) for child in children for k in levels_of(self.model, child)]
        elif clause.at > 1:
            share = {"all": Fraction(1), "any": min(weights.values()) / total}
            needed = share.get(clause.rule, clause.share or Fraction()) * total
            pairs = [(child.id, clause.at) for child in children]
        else:
            return
        needed -= sum((weights[pair[0]] for pair in pairs if pair in self.state.holds), Fraction())
        self._implies(
            holds, {self.pair(pair): weights[pair[0]] for pair in pairs if pair not in self.state.holds}, needed
        )

    def _cutoff(self, holds: int, node: Node, clause: Score) -> None:
        """Holds → the score today and what is added reach the cut-off."""
        terms, today = self._score(node)
        scale = self.model.scale
        cutoff = clause.cutoff - (Fraction(1, 2 * 10**scale.digits) if scale.compare == "rounded" else 0)
        self._implies(holds, terms, cutoff - today)

    def _score(self, node: Node) -> tuple[dict[int, Fraction], Fraction]:
        """The score as it is today and what each value reached adds to it, or an upper bound of that."""
        facts = score_facts(self.state, node)
        today = self.state.scores.get(node.id, self.model.scale.min)
        if node.round is not None or (node.aggregate not in ("mean", "mean-of-rows", "sum") and node.children):
            return self._bounded(node, facts)
        if node.answer is not None or self.reading.given.get(node.id) == "score":
            return self._leaf(node, facts), today
        counted = [child for child in counted_children(self.reading, node) if child in self.state.scores]
        total = sum((self.model.nodes[child].weight for child in counted), Fraction())
        terms: dict[int, Fraction] = {}
        for child in counted:
            share = self.model.nodes[child].weight / (1 if node.aggregate == "sum" else total)
            for variable, value in self._score(self.model.nodes[child])[0].items():
                _add(terms, variable, share * value)
        return terms, today

    def _bounded(self, node: Node, facts: Sequence[str]) -> tuple[dict[int, Fraction], Fraction]:
        """No linear form: anything reached may bring the node to the top, and the replay decides."""
        scale = self.model.scale
        span = max(scale.max, Fraction(top_level(self.model, node))) - scale.min
        # one step suffices for the bound; a sum may exceed the scale, hence its own factor
        span *= max(Fraction(1), sum((n.weight for n in self.model.nodes.values()), Fraction()))
        today = self.state.scores.get(node.id, scale.min)
        return {variable: span for fact in facts for _, variable in self.reach(fact)}, max(scale.min, today)

    def _leaf(self, node: Node, facts: Sequence[str]) -> dict[int, Fraction]:
        terms: dict[int, Fraction] = {}
        scale = self.model.scale
        if node.answer == "criteria" and self.reading.given.get(node.id) != "score":
            groups = [[c for c in cs if c.id not in self.reading.absent_facts] for cs in node.criteria.values()]
            groups = [group for group in groups if group]
            for group in groups:
                total = sum((c.weight for c in group), Fraction())
                for criterion in group:
                    for variable in [] if self._reached(criterion.id, MET) else self._first(criterion.id, MET):
                        _add(terms, variable, (scale.max - scale.min) * criterion.weight / total / len(groups))
            return terms
        for fact in facts:
            before = self._worth(node, self.state.filling[fact])
            for value, variable in self.reach(fact):
                now = self._worth(node, value)
                _add(terms, variable, now - before)
                before = now
        return terms

    def _worth(self, node: Node, value: Fraction) -> Fraction:
        if node.answer == "quantity" and node.quantity is not None:
            return normalised(node.quantity, value, self.model.scale)
        return value


def _add(terms: dict[int, Fraction], variable: int, value: Fraction) -> None:
    """One action may fulfil several facts of one row."""
    terms[variable] = terms.get(variable, Fraction()) + value
