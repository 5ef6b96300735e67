"""What of a model is at work: answers that can never change a level, and requirements and nodes that no case exercises.

What is said of an answer is proven either way, or said to be open:

* `never`: no way leads from it to the level. Each clause is a monotone function of what it reads. If a level changes
  with an answer, then, what the answer changes being changed one thing at a time, some clause turns upon one of these
  things alone; so there is a chain of clauses each of which can turn upon the one below it. Whether a clause can do so
  is tried for every combination of what else it reads (up to a dozen things, beyond which it is taken to be able).
* `shown`: two fillings of all facts were placed that differ in it (for a criterion: in the level that it decides)
  and give different levels.
* `open`: neither was found.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path

from gscm.assessment import Assessment
from gscm.cases import assess_case, load_cases
from gscm.errors import Issue, Where
from gscm.model.check import level_out_of_reach, redundant_requirement
from gscm.model.facts import MET, Fact, accepted, facts_of
from gscm.model.graph import Pair, children_of_kind, circles
from gscm.model.load import load_model
from gscm.model.tree import STAGES, Children, Criteria, Model, Node, Requires, Score, Target, has_levels, top_level
from gscm.placement.clauses import decide
from gscm.placement.reading import Reading, read
from gscm.responses.answers import Answers, Study, Subject

_MANY = 12  # things that a clause reads whose combinations are all tried
_SCORE = 0  # (node, 0) stands for the node's score


@dataclass(frozen=True, slots=True)
class Requirement:
    """To stand at `at`, `node` needs `needs` at `level`. The same lines shared by two models are one requirement."""

    node: str
    at: int
    needs: str
    level: int
    where: Where


@dataclass(frozen=True, slots=True)
class Coverage:
    """What `gscm model coverage` tells. `shown`, `never` and `unsettled` are facts (see `influence`)."""

    facts: int
    shown: tuple[str, ...]
    never: tuple[str, ...]
    unsettled: tuple[str, ...]
    redundant: tuple[Issue, ...]
    unreachable: tuple[Issue, ...]
    undecided: tuple[Requirement, ...]
    unmoved: tuple[str, ...]

    @property
    def idle(self) -> bool:
        """Whether anything is declared that is not at work."""
        return bool(self.never or self.redundant or self.unreachable or self.undecided or self.unmoved)


def coverage(model: Model) -> Coverage:
    """What of the model is at work, by its own cases and those of the models whose files it includes.

    The model may have faults of its levels, but no circle. Raises FaultsFound with the faults of its cases.
    """
    mine = [assess_case(model, case) for case in load_cases(model)]
    theirs = [assess_case(other, case) for other in _included(model) for case in load_cases(other)]
    by_cases = {where for assessment in (*mine, *theirs) for where in decided(assessment)}
    up = {node for assessment in mine for node in moved(assessment)}
    weight = influence(model)
    return Coverage(
        facts=len(facts_of(model)),
        shown=weight.shown,
        never=weight.never,
        unsettled=weight.unsettled,
        redundant=tuple(redundant_requirement(model)),
        unreachable=tuple(level_out_of_reach(model)),
        undecided=tuple(found for found in requirements(model) if found.where not in by_cases),
        unmoved=tuple(node for node in levelled(model) if node not in up),
    )


# ── cases ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def requirements(model: Model) -> tuple[Requirement, ...]:
    """Every requirement between nodes."""
    return tuple(
        Requirement(node.id, level, clause.node, clause.level, _place(clause.where))
        for node in model.nodes.values()
        for level, clauses in node.gates.items()
        for clause in clauses
        if isinstance(clause, Requires)
    )


def levelled(model: Model) -> tuple[str, ...]:
    """The nodes above the indicators that have levels."""
    return tuple(node.id for node in model.nodes.values() if node.gates and not node.is_leaf)


def decided(assessment: Assessment) -> frozenset[Where]:
    """The requirements that keep their node from its next level while nothing but the node required does."""
    return frozenset(
        _place(lack.clause.where)
        for block in assessment.result.blocks.values()
        for lack in block.lacks
        if isinstance(lack.clause, Requires)
        and {node for other in block.lacks for node, _ in other.nodes} == {lack.clause.node}
        and not any(other.facts for other in block.lacks)
    )


def _place(where: Where) -> Where:
    """The place by one name, through whichever model its file was taken in."""
    return replace(where, file=os.path.normpath(where.file))


def moved(assessment: Assessment) -> frozenset[str]:
    """The nodes whose level a case settles above the lowest."""
    return frozenset(node for node, placement in assessment.nodes.items() if placement.low and placement.low > 1)


def _included(model: Model) -> Iterator[Model]:
    """The models beside this one whose files it takes in."""
    own = Path(model.folder).resolve()
    files = dict.fromkeys(c.where.file for n in model.nodes.values() for cs in n.gates.values() for c in cs)
    beside = dict.fromkeys(own.parent / Path(file).resolve().relative_to(own.parent).parts[0] for file in files)
    yield from (load_model(folder) for folder in beside if folder != own and (folder / "model.yaml").is_file())


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Influence:
    """Which facts can change the level of the whole or of a node directly below it."""

    shown: tuple[str, ...]
    never: tuple[str, ...]
    unsettled: tuple[str, ...]


def influence(model: Model) -> Influence:
    """For each fact, whether it can change the level of the whole or of a node directly below it.

    All empty where none of these has levels.
    """
    targets = [node for node in (model.root, *(model.nodes[c] for c in model.root.children)) if has_levels(node)]
    if not targets or circles(model):
        return Influence((), (), ())
    reached = _reaching(model, {(node.id, k) for node in targets for k in range(2, top_level(model, node) + 1)})
    search = _Search(model, targets)
    found: dict[str, list[str]] = {"shown": [], "never": [], "unsettled": []}
    for fact in facts_of(model).values():
        pairs = [pair for pair in _read_by(model, fact) if pair in reached]
        state = "never" if not pairs else "shown" if any(search.turns(fact, pair) for pair in pairs) else "unsettled"
        found[state].append(fact.id)
    return Influence(*(tuple(found[state]) for state in ("shown", "never", "unsettled")))


def _read_by(model: Model, fact: Fact) -> Iterator[Pair]:
    """The levels, or the score, that can turn upon a fact alone."""
    node = model.nodes[fact.node]
    for level, clauses in node.gates.items():
        for clause in clauses:
            if isinstance(clause, Target) and fact.id == node.quantity_fact:
                if node.quantity and level in node.quantity.targets:
                    yield node.id, level
            elif isinstance(clause, Criteria) and fact.level == (clause.at or level):
                yield from [(node.id, level)] if _turns_upon_criterion(node, fact, clause) else []
    if fact.kind == "level":
        yield from ((node.id, level) for level in range(2, top_level(model, node) + 1))
    if fact.kind != "quantity" or node.answer == "quantity":
        yield node.id, _SCORE


def _turns_upon_criterion(node: Node, fact: Fact, clause: Criteria) -> bool:
    criteria = node.criteria[fact.level or 0]
    mine = next(criterion for criterion in criteria if criterion.id == fact.id)
    others = [criterion for criterion in criteria if criterion is not mine]
    certain = [criterion.weight for criterion in others if not criterion.may_not_apply]
    absent = [criterion.weight for criterion in others if criterion.may_not_apply]
    return any(
        _pivotal(mine.weight, [*certain, *chosen], clause.share) for n in range(len(absent) + 1)
        for chosen in (combinations(absent, n) if len(others) <= _MANY else [absent])
    )  # fmt: skip


def _pivotal(mine: Fraction, others: Sequence[Fraction], share: Fraction) -> bool:
    """Whether some of the others fall short of a share of all weight, and reach it with `mine`."""
    if len(others) > _MANY:
        return True
    needed = share * (mine + sum(others, Fraction()))
    sums = {Fraction()}
    for weight in others:
        sums |= {total + weight for total in sums}
    return any(total < needed <= total + mine for total in sums)


def _reaching(model: Model, targets: set[Pair]) -> set[Pair]:
    """Every level and score that a chain of clauses, each able to turn upon the one below it, leads to a target."""
    below: dict[Pair, set[Pair]] = {}
    for node in model.nodes.values():
        if node.children:
            below[node.id, _SCORE] = {(child, _SCORE) for child in node.children}
        for level in range(2, top_level(model, node) + 1):
            below[node.id, level] = set(_below(model, node, level))
    found, waiting = set(targets), list(targets)
    while waiting:
        for pair in below.get(waiting.pop(), ()):
            if pair not in found:
                found.add(pair)
                waiting.append(pair)
    return found


def _below(model: Model, node: Node, level: int) -> Iterator[Pair]:
    """What a level of a node reads and can turn upon."""
    if level > 2:
        yield node.id, level - 1
    for clause in node.gates.get(level, ()):
        match clause:
            case Score():
                yield node.id, _SCORE
            case Requires():
                yield clause.node, clause.level
            case Children():
                children = children_of_kind(model, node, clause.of)
                for child in children:
                    if clause.rule == "mean":
                        yield from ((child.id, k) for k in range(2, top_level(model, child) + 1))
                    elif clause.at > 1 and _turns_upon_child(clause, child, children):
                        yield child.id, clause.at
            case Criteria() | Target():
                pass


def _turns_upon_child(clause: Children, child: Node, children: Sequence[Node]) -> bool:
    if clause.rule != "share" or any(other.may_not_apply for other in children):
        return True
    weights = [other.weight if clause.weighted else Fraction(1) for other in children if other is not child]
    return _pivotal(child.weight if clause.weighted else Fraction(1), weights, clause.share or Fraction(1))


@dataclass
class _Search:
    """Looks for fillings between which a target changes its level with one answer.

    Everything is at its best, and what stands beside the way from the answer upwards is lowered as far as the target
    lets it.
    """

    model: Model
    targets: Sequence[Node]
    reading: Reading = field(init=False)
    tight_for: dict[tuple[str, Pair], dict[str, Fraction]] = field(default_factory=dict)
    known: dict[tuple[str, int], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        nobody = Subject("nobody", "nobody", None, None)
        self.reading = read(Answers(self.model, nobody, Study(), {}, (), None, {}, (), self.model.folder))

    def turns(self, fact: Fact, pair: Pair) -> bool:
        """Whether fillings were found that differ in the fact (in the criteria of its level) and in a target."""
        node, level = self.model.nodes[fact.node], pair[1]
        shared = fact.kind == "criterion" and level != _SCORE
        key = (f"{node.id}.{fact.level}" if shared else fact.id, level)
        if key not in self.known:
            facts = [criterion.id for criterion in node.criteria[fact.level or 0]] if shared else [fact.id]
            self.known[key] = any(self._changes(node, facts, goal) for goal in self._goals(node, level))
        return self.known[key]

    def _goals(self, node: Node, level: int) -> Iterator[Pair]:
        """The levels to try: of the target that the node stands under, the one in question first, then of the whole."""
        mine = {above.id for above in (node, *self.model.above(node.id))}
        for target in sorted(self.targets, key=lambda target: (target.id not in mine, target.id == self.model.id)):
            if target.id in mine:
                levels = range(2, top_level(self.model, target) + 1)
                yield from ((target.id, k) for k in sorted(levels, key=lambda k: k != level))

    def _changes(self, node: Node, facts: Iterable[str], goal: Pair) -> bool:
        high = self._tight(node, goal)
        low = {**high, **{fact: self.reading.facts[fact].worst for fact in facts}}
        return self._holds(high, goal) and not self._holds(low, goal)

    def _tight(self, node: Node, goal: Pair) -> dict[str, Fraction]:
        """A filling with the goal reached, the node at its best, and what stands beside it as low as may be."""
        if node.parent is None or node.id == goal[0]:
            return self.reading.best()
        if (node.id, goal) not in self.tight_for:
            filling = self._tight(self.model.nodes[node.parent], goal)
            for sibling in self.model.nodes[node.parent].children:
                if sibling != node.id:
                    filling = self._lowered(filling, sibling, goal)
            self.tight_for[node.id, goal] = filling
        return self.tight_for[node.id, goal]

    def _lowered(self, filling: dict[str, Fraction], node: str, goal: Pair) -> dict[str, Fraction]:
        inside = {below.id for below in self.model.below(node)}
        facts = [fact for fact in self.reading.facts.values() if fact.node in inside]
        for level in (1, *(k for k in range(goal[1] - 1, self._top()) if k > 1)):
            tried = {**filling, **{fact.id: self._value(fact, level) for fact in facts}}
            if self._holds(tried, goal):
                return tried
        return filling

    def _top(self) -> int:
        return max((len(names) for names in self.model.level_names.values()), default=1)

    def _value(self, fact: Fact, level: int) -> Fraction:
        """What the fact is worth if everything stands at a level."""
        if fact.kind == "criterion":
            return accepted(STAGES[-1]) if (fact.level or 0) <= level else MET - 1
        if fact.kind == "level":
            return min(Fraction(level), fact.best)
        quantity = self.model.nodes[fact.node].quantity
        if fact.kind == "quantity" and quantity is not None and quantity.targets:
            reached = [target for k, target in quantity.targets.items() if k <= level]
            return reached[-1] if reached else fact.worst
        return fact.worst + (fact.best - fact.worst) * Fraction(level - 1, max(self._top() - 1, 1))

    def _holds(self, filling: dict[str, Fraction], goal: Pair) -> bool:
        return goal in decide(self.reading, filling).holds
