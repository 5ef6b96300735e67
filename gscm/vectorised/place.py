"""Placing many assessments at once: the semantics of `gscm.placement`, run by run the same result.

Levels follow the level graph pair by pair, scores the tree node by node, each for all runs together. Every clause kind
and every aggregate is one method here, named after the one it mirrors. Where an error bound leaves a comparison or a
rounding undecided, the run is placed by the exact engine instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gscm.model.arithmetic import rounded as exactly_rounded, weights_known
from gscm.model.facts import MET
from gscm.model.graph import Pair, children_of_kind
from gscm.model.tree import Children, Clause, Criteria, Criterion, Node, Requires, Score, Target, has_levels, top_level
from gscm.placement.clauses import decide, grade_of
from gscm.placement.reading import read
from gscm.placement.score import scores
from gscm.placement.why import Block, blocks as exact_blocks
from gscm.responses.answers import Answers
from gscm.vectorised import numbers as n
from gscm.vectorised.batch import Batch
from gscm.vectorised.numbers import Doubt, Mask, Numbers, Part, Runs, Weight
from gscm.vectorised.plan import Plan

CHUNK = 1000
"""Runs that are worked on together: enough for arrays to pay, few enough to stay in the processor's cache."""

NO_LEVEL = 0
"""In place of a level: the node has none, does not apply or is not assessed."""


@dataclass(frozen=True, slots=True, eq=False)
class Lacking:
    """A clause, and where it fails for the next level: shape (2, runs). None stands for the node's own answer."""

    clause: Clause | None
    runs: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Where every node stands in every run; the middle axis is low, high.

    `level` is int8 of shape (nodes, 2, runs), `NO_LEVEL` where there is none. `score` is float64 likewise, NaN where
    there is none, within 1e-9 of the exact score; `printed` is int64, the score as the instrument prints it in units
    of its last digit, and exact: 231 is 2.31 where two digits are printed; it says nothing where `score` is NaN.
    `exactly` counts the runs that the exact engine decided. `blocks` tells what keeps nodes from their next level, by
    (node, that level); empty unless asked for.
    """

    plan: Plan
    level: NDArray[np.int8]
    score: NDArray[np.float64]
    printed: NDArray[np.int64]
    exactly: int
    blocks: Mapping[Pair, tuple[Lacking, ...]]

    def row(self, node: str) -> int:
        """The place of a node on the first axis."""
        return self.plan.nodes.index(node)


def place_batch(batch: Batch, blockers: bool = False, chunk: int = CHUNK) -> Placed:
    """Place every node in every run, and tell with `blockers` which clauses fail for its next level.

    Memory besides the result is that of `chunk` runs.
    """
    plan, shape = batch.plan, (len(batch.plan.nodes), 2, batch.runs)
    blocks = _none_lacking(batch) if blockers else {}
    placed = Placed(plan, np.zeros(shape, np.int8), np.full(shape, np.nan), np.zeros(shape, np.int64), 0, blocks)
    exactly = 0
    for start in range(0, batch.runs, chunk):
        piece = slice(start, min(start + chunk, batch.runs))
        part = batch.part(start, start + chunk)
        placing = _Placing(part)
        placing.into(placed.level[..., piece], placed.score[..., piece], placed.printed[..., piece])
        for pair, lacks in blocks.items():
            for lack, fails in zip(lacks, placing.failing(*pair), strict=True):
                lack.runs[:, piece] = fails
        for run in np.flatnonzero(placing.doubtful).tolist():
            _exactly(placed, part, run, start + run)
        exactly += int(placing.doubtful.sum())
    return replace(placed, exactly=exactly)


def _none_lacking(batch: Batch) -> dict[Pair, tuple[Lacking, ...]]:
    nodes = batch.plan.model.nodes
    return {
        (id, level): tuple(
            Lacking(clause, np.zeros((2, batch.runs), bool))
            for clause in (None, *nodes[id].gates.get(level, ()))
            if clause is not None or nodes[id].answer == "level" or id in batch.given
        )
        for id, level in batch.plan.order
    }


def _exactly(placed: Placed, batch: Batch, run: int, column: int) -> None:
    """One run by the exact engine."""
    answers = batch.exact(run)
    reading = read(answers)
    states = decide(reading, reading.low), decide(reading, reading.high)
    found = states[0].scores, scores(reading, reading.high, upper=True)
    model, scale = answers.model, answers.model.scale
    placed.level[:, :, column] = NO_LEVEL
    placed.score[:, :, column] = np.nan
    for row, id in enumerate(placed.plan.nodes):
        node = _node_of(id, model.nodes)
        if node is None or node.id in reading.outside:
            continue
        for end in (0, 1):
            if node.id not in reading.absent and (has_levels(node) or reading.given.get(node.id) == "level"):
                placed.level[row, end, column] = states[end].level(node)
            if node.id in found[end]:
                score = found[end][node.id]
                placed.score[row, end, column] = float(score)
                printed = exactly_rounded(score, scale.digits, scale.mode) * 10**scale.digits
                placed.printed[row, end, column] = int(printed)
    if placed.blocks:
        for end in (0, 1):
            _exact_blocks(placed, answers, exact_blocks(states[end]), end, column)


def _exact_blocks(placed: Placed, answers: Answers, blocks: Mapping[str, Block], end: int, column: int) -> None:
    for (id, level), lacks in placed.blocks.items():
        node = _node_of(id, answers.model.nodes)
        block = blocks.get(node.id) if node else None
        failing = [lack.clause for lack in block.lacks] if block and block.level == level else []
        for lack in lacks:
            lack.runs[end, column] = lack.clause in failing


def _node_of(id: str, nodes: Mapping[str, Node]) -> Node | None:
    """The node of one run: that of a place for rows is the row that fills it."""
    parent, _, number = id.partition("#")
    if not number:
        return nodes[id]
    rows = nodes[parent].children
    return nodes[rows[int(number) - 1]] if int(number) <= len(rows) else None


Holds = Mask | bool
"""Whether something holds, by end and run; shape (2, runs) or what stretches to it."""


class _Placing:
    """One chunk of runs. A mask of None speaks of all runs; a node missing in `absent` applies in all of them."""

    def __init__(self, batch: Batch) -> None:
        self.batch, self.plan, self.model = batch, batch.plan, batch.plan.model
        self.runs = batch.runs
        self.doubtful = batch.doubtful.copy()
        self.absent = self._absent()
        self.met: dict[Fraction, Mask] = {}
        # with unknown weights the highest score that is printed is not the one that clauses compare: a third end
        self.ends = [0, 1] if weights_known(self.model) else [0, 1, 1]
        self.scores: dict[str, Numbers] = {}
        self.holds: dict[Pair, Mask] = {}

    def into(self, level: NDArray[np.int8], score: NDArray[np.float64], printed: NDArray[np.int64]) -> None:
        """Write the results of this chunk; runs that are `doubtful` then remain to be placed exactly."""
        for node in reversed(tuple(self.model.nodes.values())):
            found = self._score(node)
            if found is not None:
                self.scores[node.id] = self._but_absent(node, found)
        for pair in self.plan.order:
            self._decide(*pair)
        for row, node in enumerate(self.model.nodes.values()):
            if node.id not in self.plan.outside:
                self._write_level(node, level[row])
                self._write_score(node, score[row], printed[row])

    def _write_level(self, node: Node, level: NDArray[np.int8]) -> None:
        given, levelled = self.batch.given.get(node.id), has_levels(node)
        if not levelled and (given is None or not given.level.any()):
            return
        level[...] = self._level(node)
        if not levelled and given is not None:
            level[:, ~given.level] = NO_LEVEL
        if node.id in self.absent:
            level[:, self.absent[node.id]] = NO_LEVEL

    def _write_score(self, node: Node, score: NDArray[np.float64], printed: NDArray[np.int64]) -> None:
        found = self.scores.get(node.id)
        if found is None:
            return
        shown, doubt = n.rounded(found, self.model.scale.digits, self.model.scale.mode)
        self._doubt(doubt)
        for array, values in ((score, found.floats()), (printed, shown.top)):
            array[0], array[1] = values[0], values[-1]
        if found.where is not None:
            score[:, ~found.where] = np.nan

    def _doubt(self, doubt: Doubt) -> None:
        if doubt is not None:
            self.doubtful |= doubt.any(axis=0)

    # -------------------------------------------------------------------------------------------- applicability

    def _absent(self) -> dict[str, Mask]:
        """Nodes of which nothing applies: every fact, or every child that is assessed, is absent."""
        mine: dict[str, list[str]] = {}
        for fact in self.plan.facts.values():
            mine.setdefault(fact.node, []).append(fact.id)
        found: dict[str, Mask] = {}
        for node in reversed(tuple(self.model.nodes.values())):
            parts = [self.batch.absent.get(id) for id in mine.get(node.id, ())]
            parts += [found.get(child) for child in self.plan.counted(node.id)]
            if any(part is None for part in parts):
                continue
            absent = np.logical_and.reduce([part for part in parts if part is not None] or [np.ones(self.runs, bool)])
            given = self.batch.given.get(node.id)
            if given is not None:
                absent = absent & ~given.level & ~given.score
            if absent.any():
                found[node.id] = absent
        return found

    def _but_absent(self, node: Node, found: Numbers) -> Numbers:
        absent = self.absent.get(node.id)
        if absent is None:
            return found
        return replace(found, where=~absent if found.where is None else found.where & ~absent)

    # --------------------------------------------------------------------------------------------------- scores

    def _score(self, node: Node) -> Numbers | None:
        found = self._own_score(node) if node.answer is not None else self._aggregate(node)
        given = self.batch.given.get(node.id)
        return found if given is None or not given.score.any() else n.chosen(given.score, given.value, found)

    def _own_score(self, node: Node) -> Numbers | None:
        if node.answer == "criteria":
            scale = self.model.scale
            levels = [(1, share) for criteria in node.criteria.values() if (share := self._share(criteria, MET))]
            return n.affine(n.mean(levels), scale.max - scale.min, scale.min) if levels else None
        if node.id in self.batch.scored:
            return self._at_ends(self.batch.scored[node.id])
        if node.answer == "quantity":
            assert node.quantity is not None
            found, doubt = n.normalised(self.batch.figures[node.id], node.quantity, self.model.scale)
            self._doubt(doubt)
            return self._at_ends(found)
        return self._at_ends(self.batch.figures[node.id])

    def _at_ends(self, found: Numbers) -> Numbers:
        return found if len(self.ends) == 2 else replace(found, top=found.top[self.ends])

    def _share(self, criteria: tuple[Criterion, ...], grade: Fraction) -> Numbers | None:
        """The weighted share of the applicable criteria that reach a grade."""
        if not criteria:
            return None
        reached = self._reached(grade)
        parts: list[Part] = []
        for criterion in criteria:
            absent = self.batch.absent.get(criterion.id)
            top = self._ends_of(reached[self.plan.rows[criterion.id]])
            parts.append((self.plan.criteria[criterion.id], Numbers(top, 1, 0.0, None if absent is None else ~absent)))
        return n.mean(parts)

    def _ends_of(self, reached: Mask) -> NDArray[np.int64]:
        return (reached if len(self.ends) == 2 else reached[self.ends]).astype(np.int64)

    def _reached(self, grade: Fraction) -> Mask:
        if grade not in self.met:
            self.met[grade] = self.batch.grades >= int(grade)
        return self.met[grade]

    def _aggregate(self, node: Node) -> Numbers | None:
        weights = self._weights(node)
        parts: list[Part] = [
            (weights[child], self._among(child)) for child in self.plan.counted(node.id) if child in self.scores
        ]
        if not parts:
            return None
        found = AGGREGATES[node.aggregate](self, node, parts)
        if node.round is None:
            return found
        found, doubt = n.rounded(found, node.round, self.model.scale.mode)
        self._doubt(doubt)
        return found

    def _among(self, child: str) -> Numbers:
        return self.scores[child]

    def _weights(self, node: Node) -> Mapping[str, Weight]:
        return self.batch.weights.get(node.id, self.plan.weights[node.id])

    def mean(self, node: Node, parts: list[Part]) -> Numbers:
        return n.mean(parts)

    def geometric(self, node: Node, parts: list[Part]) -> Numbers:
        found, doubt = n.geometric(parts)
        self._doubt(doubt)
        return found

    def minimum(self, node: Node, parts: list[Part]) -> Numbers:
        return n.minimum([numbers for _, numbers in parts])

    def unknown_weights(self, node: Node, parts: list[Part]) -> Numbers:
        """The lowest child; at the third end the highest."""
        lowest = self.minimum(node, parts)
        highest = n.maximum([numbers for _, numbers in parts])
        at = np.array([False, False, True])[:, None]
        return replace(n.chosen(at, highest, lowest), where=lowest.where)

    def median(self, node: Node, parts: list[Part]) -> Numbers:
        return n.median([numbers for _, numbers in parts])

    def sum(self, node: Node, parts: list[Part]) -> Numbers:
        return n.total(parts, self._weight_unit(node))

    def _weight_unit(self, node: Node) -> int:
        return self.batch.weight_units.get(node.id, self.plan.weight_units[node.id])

    def rounded_sum(self, node: Node, parts: list[Part]) -> Numbers:
        scale = self.model.scale
        digits = node.round if node.round is not None else scale.digits
        contributions: list[Part] = []
        for share in n.shares(parts):
            contribution, doubt = n.rounded(share, digits, scale.mode)
            self._doubt(doubt)
            contributions.append((1, contribution))
        return n.total(contributions)

    # --------------------------------------------------------------------------------------------------- levels

    def _decide(self, id: str, level: int) -> None:
        """Whether (node, level) holds: the level below it does, and every clause."""
        node = self.model.nodes[id]
        holds: Holds = self.holds.get((id, level - 1), False) if level > 2 else True
        given = self.batch.given.get(id)
        if given is None or not given.level.all():
            own = self._stands(node, level)
        if given is not None and given.level.any():
            said, doubt = n.reaches(given.value, Fraction(level))
            self._doubt(doubt)
            own = said if given.level.all() else np.where(given.level, said, own)
        self.holds[id, level] = np.broadcast_to(np.logical_and(holds, own), (2, self.runs))

    def _stands(self, node: Node, level: int) -> Holds:
        holds: Holds = True
        if node.answer == "level":
            said, doubt = n.reaches(self.batch.figures[node.id], Fraction(level))
            self._doubt(doubt)
            absent = self.batch.absent.get(node.id)
            holds = said if absent is None else said | absent
        for clause in node.gates.get(level, ()):
            holds = np.logical_and(holds, CLAUSES[type(clause)](self, node, level, clause))
        return holds

    def failing(self, id: str, level: int) -> Iterator[Mask]:
        """Where this is the next level of the node and its own answer, if it has one, or each clause fails for it."""
        node, given = self.model.nodes[id], self.batch.given.get(id)
        here = self._level(node) == level - 1
        if id in self.absent:
            here = here & ~self.absent[id]
        if given is not None:
            yield here & given.level & ~n.reaches(given.value, Fraction(level))[0]
            here = here & ~given.level
        elif node.answer == "level":
            yield here & ~n.reaches(self.batch.figures[id], Fraction(level))[0]
        for clause in node.gates.get(level, ()):
            yield here & np.logical_not(CLAUSES[type(clause)](self, node, level, clause))

    def _level(self, node: Node) -> NDArray[np.int8]:
        level = np.ones((2, self.runs), np.int8)
        for k in range(2, top_level(self.model, node) + 1):
            holds = self.holds.get((node.id, k))
            if holds is None:
                break
            level += holds
        return level

    def criteria_met(self, node: Node, level: int, clause: Criteria) -> Holds:
        criteria = node.criteria.get(clause.at or level, ())
        grade = grade_of(clause)
        if clause.share == 1:
            return self._all_reached(criteria, grade)
        share = self._share(criteria, grade)
        if share is None:
            return True
        reached, doubt = n.reaches(share, clause.share)
        self._doubt(doubt)
        return reached[:2] if share.where is None else reached[:2] | ~share.where

    def _all_reached(self, criteria: tuple[Criterion, ...], grade: Fraction) -> Holds:
        holds: Holds = True
        reached = self._reached(grade)
        for criterion in criteria:
            absent = self.batch.absent.get(criterion.id)
            one = reached[self.plan.rows[criterion.id]]
            holds = np.logical_and(holds, one if absent is None else one | absent)
        return holds

    def score_reached(self, node: Node, level: int, clause: Score) -> Holds:
        score = self.scores.get(node.id)
        if score is None:
            return False
        if self.model.scale.compare == "rounded":
            score, doubt = n.rounded(score, self.model.scale.digits, self.model.scale.mode)
            self._doubt(doubt)
        reached, doubt = n.reaches(score, clause.cutoff, clause.inclusive)
        self._doubt(doubt)
        return reached[:2] if score.where is None else reached[:2] & score.where

    def children_stand(self, node: Node, level: int, clause: Children) -> Holds:
        counted = set(self.plan.counted(node.id))
        children = [c for c in children_of_kind(self.model, node, clause.of) if c.id in counted]
        present = [(c, self.absent.get(c.id)) for c in children]
        if clause.rule == "mean":
            return self._mean_reaches(node, present, level, clause)
        if clause.rule == "all":
            return self._all_stand(present, clause.at)
        if clause.rule == "any":
            return self._any_stands(present, clause.at)
        assert clause.share is not None
        weights = self._clause_weights(node, clause)
        needed, missing = clause.share.numerator, clause.share.denominator
        surplus: Any = 0
        for child, absent in present:
            standing = np.where(self._stand(child, clause.at), missing - needed, -needed) * weights[child.id]
            surplus = surplus + (standing if absent is None else standing * ~absent)
        return self._not_negative(surplus)

    def _all_stand(self, present: list[tuple[Node, Runs]], at: int) -> Holds:
        holds: Holds = True
        for child, absent in present:
            stands = self._stand(child, at)
            holds = np.logical_and(holds, stands if absent is None else np.logical_or(stands, absent))
        return holds

    def _any_stands(self, present: list[tuple[Node, Runs]], at: int) -> Holds:
        holds: Holds = False
        none: Holds = True
        for child, absent in present:
            stands = self._stand(child, at)
            holds = np.logical_or(holds, stands if absent is None else np.logical_and(stands, ~absent))
            none = np.logical_and(none, False if absent is None else absent)
        return np.logical_or(holds, none)

    def _stand(self, child: Node, at: int) -> Holds:
        return True if at == 1 else self.holds.get((child.id, at), False)

    def _mean_reaches(self, node: Node, present: list[tuple[Node, Runs]], level: int, clause: Children) -> Holds:
        weights = self._clause_weights(node, clause)
        twice = 2 * level - (1 if clause.rounding == "nearest" else 0)
        surplus: Any = 0
        for child, absent in present:
            excess = (2 * self._level(child).astype(np.int64) - twice) * weights[child.id]
            surplus = surplus + (excess if absent is None else excess * ~absent)
        return self._not_negative(surplus)

    def _clause_weights(self, node: Node, clause: Children) -> Mapping[str, Weight]:
        return self._weights(node) if clause.weighted else dict.fromkeys(node.children, 1)

    def _not_negative(self, surplus: Any) -> Holds:
        if isinstance(surplus, np.ndarray) and surplus.dtype == np.float64:
            self._doubt(np.abs(np.atleast_2d(surplus)) <= 1e-9 * max(1.0, float(np.abs(surplus).max(initial=0.0))))
        holds: Holds = surplus >= 0
        return holds

    def requirement_stands(self, node: Node, level: int, clause: Requires) -> Holds:
        if clause.level == 1:
            return True
        holds: Holds = self.holds.get((clause.node, clause.level), False)
        absent = self.absent.get(clause.node)
        return holds if absent is None else np.logical_or(holds, absent)

    def target_reached(self, node: Node, level: int, clause: Target) -> Holds:
        quantity, fact = node.quantity, node.quantity_fact
        if quantity is None or level not in quantity.targets:
            return True
        reached, doubt = n.figure_reaches(self.batch.figures[fact], quantity, quantity.targets[level])
        self._doubt(doubt)
        absent = self.batch.absent.get(fact)
        return reached if absent is None else reached | absent


AGGREGATES: dict[str, Callable[[_Placing, Node, list[Part]], Numbers]] = {
    "mean": _Placing.mean,
    "mean-of-rows": _Placing.mean,
    "geometric": _Placing.geometric,
    "minimum": _Placing.minimum,
    "median": _Placing.median,
    "sum": _Placing.sum,
    "rounded-sum": _Placing.rounded_sum,
    "unknown-weights": _Placing.unknown_weights,
}

CLAUSES: dict[type[Clause], Callable[[_Placing, Node, int, Any], Holds]] = {
    Criteria: _Placing.criteria_met,
    Score: _Placing.score_reached,
    Children: _Placing.children_stand,
    Requires: _Placing.requirement_stands,
    Target: _Placing.target_reached,
}
