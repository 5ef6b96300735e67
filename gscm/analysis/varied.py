"""A model under other assumptions: every choice that its author or the study made, as a factor that may vary.

Factors vary together, draw by draw. Scores follow the tree in floating point, all draws at once. Levels are placed by
the second engine, once for each combination of choices; with the weights of every draw only where a gate reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Literal

import numpy as np
import numpy.typing as npt

from gscm.analysis.absence import Absence, absent, all_votes, answers_as, votes_as
from gscm.analysis.material import People
from gscm.analysis.merge_rules import rule_name
from gscm.analysis.parts import titled
from gscm.i18n import Text
from gscm.model.facts import facts_of
from gscm.model.schema import Aggregate
from gscm.model.tree import Children, Clause, Criteria, Model, Node, Score
from gscm.responses.answers import Answers
from gscm.responses.merge import Rule
from gscm.statistics.matrix import Array
from gscm.statistics.sensitivity import chosen, perturbed_weights
from gscm.vectorised.batch import Batch, encode, joined
from gscm.vectorised.merge import merge_batch
from gscm.vectorised.place import place_batch
from gscm.vectorised.plan import Plan, compile_plan

SPREAD = 0.25
"""How far a weight wanders, as a share of itself."""
SHARE, CUTOFF = Fraction(1, 10), Fraction(1, 20)
"""How far shares in gates move, and cut-offs as a share of the scale."""
TIE = Fraction(1, 10**7)
"""So little may a score miss a cut-off: one that meets it whatever the weights needs no exact engine to say so."""
RULES = (Rule("mean"), Rule("median"), Rule("mode"))
AGGREGATES: Mapping[Aggregate, Text] = {
    "mean": Text("rata-rata aritmetik", "arithmetic mean"),
    "geometric": Text("rata-rata geometrik", "geometric mean"),
    "minimum": Text("minimum", "minimum"),
}
WEIGHED = frozenset(("mean", "geometric", "sum", "rounded-sum"))
ABSENCES: Mapping[Absence, Text] = {
    "claimed": Text("seperti dinyatakan", "as claimed"),
    "open": Text("dianggap belum terjawab", "as unanswered"),
    "unmet": Text("dianggap tidak dipenuhi", "as not met"),
}
SHIFTS = (0, -1, 1)
Name = Literal["aggregate", "share", "cutoff", "absence", "people", "offices"]
Picks = Mapping[str, npt.NDArray[np.int64]]
Weights = Mapping[str, Array]
"""Weights of the children of a node in every draw, shape (draws, children), by parent."""


@dataclass(frozen=True, slots=True)
class Factor:
    """What may vary: the weights below some nodes, or one choice among options, the study's own first.

    `columns` are its columns in the matrix of draws.
    """

    id: str
    title: Text
    varied: Text
    columns: tuple[int, ...]
    parents: tuple[str, ...] = ()
    name: Name | None = None
    options: tuple[Text, ...] = ()

    @property
    def moves_scores(self) -> bool:
        """Whether it bears on scores, and not on the gates of levels alone."""
        return self.name not in ("share", "cutoff")


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """The choices of every draw."""

    weights: Weights
    picks: Picks
    count: int


@dataclass(frozen=True, eq=False)
class Varied:
    """One subject whose result is asked for under other assumptions. Raises NotVectorised where it cannot be placed."""

    answers: Answers
    people: People | None = None

    @property
    def model(self) -> Model:
        return self.answers.model

    @cached_property
    def plan(self) -> Plan:
        return compile_plan(self.model, self.answers.scope)

    # ------------------------------------------------------------------------------------------------- factors

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """All that may vary in this model and this study."""
        found: list[Factor] = []
        for id, title, parents in self._weight_groups():
            count = sum(len(self.model.nodes[parent].children) for parent in parents)
            varied = Text("setiap bobot ±25%, dinormalkan kembali", "each weight ±25%, then normalised again")
            start = sum(len(one.columns) for one in found)
            found.append(Factor(id, title, varied, tuple(range(start, start + count)), parents))
        for name, title, options in self._choices():
            if len(options) > 1:
                told = Text("; ".join(one.id for one in options), "; ".join(one.en for one in options))
                start = sum(len(one.columns) for one in found)
                found.append(Factor(name, title, told, (start,), name=name, options=options))
        return tuple(found)

    def _weight_groups(self) -> Iterator[tuple[str, Text, tuple[str, ...]]]:
        """Weights among the domains, and all weights within each of them."""
        model, root = self.model, self.model.root
        if self._has_weights(root):
            yield "weights", Text("Bobot antarbagian utama", "Weights among the main parts"), (root.id,)
        for child in root.children:
            parents = tuple(node.id for node in model.below(child) if self._has_weights(node))
            if parents:
                name = titled(model, child)
                title = Text(f"Bobot di dalam {name.id}", f"Weights within {name.en}")
                yield f"weights:{child}", title, parents

    def _has_weights(self, node: Node) -> bool:
        """Whether the node's children weigh by weights of the model, more than one counts, and it is not given."""
        read = node.aggregate in WEIGHED or any(_weighted(clause) for clause in _clauses(node))
        if not read or node.open is not None or node.id in self.plan.outside or len(self.plan.counted(node.id)) < 2:
            return False
        above = (node.id, *(one.id for one in self.model.above(node.id)))
        return not any(id in self._given for id in above)

    @cached_property
    def _given(self) -> frozenset[str]:
        """Nodes that stand in for what is below them."""
        given = {one.id for one in self.answers.entries.values() if one.status == "given"}
        return frozenset(given - facts_of(self.model).keys())

    def _choices(self) -> Iterator[tuple[Name, Text, tuple[Text, ...]]]:
        aggregate = Text("Cara menggabung nilai bagian utama", "The aggregation of the main parts")
        yield "aggregate", aggregate, tuple(AGGREGATES[one] for one in self.aggregates if one in AGGREGATES)
        shares = any(_moves(clause) for clause in self._clauses())
        yield "share", Text("Ambang porsi dalam syarat level", "Thresholds of shares in gates"), _shifted(shares, SHARE)
        cutoffs = any(isinstance(clause, Score) for clause in self._clauses())
        yield (
            "cutoff",
            Text("Ambang nilai dalam syarat level", "Cut-offs of scores in gates"),
            _shifted(cutoffs, CUTOFF),
        )
        absent = Text("Perlakuan atas “tidak berlaku”", "What “not applicable” counts as")
        yield "absence", absent, tuple(ABSENCES[one] for one in self.absences)
        people = Text("Aturan menggabung orang menjadi perangkat daerah", "The rule from people to office")
        yield "people", people, tuple(rule_name(rule) for rule in self.people_rules)
        offices = Text("Aturan menggabung perangkat daerah menjadi daerah", "The rule from offices to subject")
        yield "offices", offices, tuple(rule_name(rule) for rule in self.offices_rules)

    def _clauses(self) -> Iterator[Clause]:
        return (clause for node in self.model.nodes.values() for clause in _clauses(node))

    @cached_property
    def aggregates(self) -> tuple[Aggregate, ...]:
        """How the main parts may come together; the model's own rule first."""
        own = self.model.root.aggregate
        if (
            self.model.id in self._given
            or own not in AGGREGATES
            or len(self.plan.counted(self.model.id)) < 2
            or self.model.scale.min < 0
        ):
            return (own,)
        return (own, *(one for one in AGGREGATES if one != own))

    @cached_property
    def absences(self) -> tuple[Absence, ...]:
        """What a claim that something does not apply may count as."""
        said = all_votes(self.people.votes) if self.people else self.answers.entries.values()
        return tuple(ABSENCES) if any(absent(one) for one in said) else ("claimed",)

    @cached_property
    def people_rules(self) -> tuple[Rule, ...]:
        return _rules(self.people.people_rule) if self.people else (Rule("mean"),)

    @cached_property
    def offices_rules(self) -> tuple[Rule, ...]:
        if self.people is None:
            return (Rule("mean"),)
        own = self.people.offices_rule
        return _rules(own) if len(self.people.votes.offices) > 1 else (own,)

    # --------------------------------------------------------------------------------------------------- draws

    def columns(self) -> int:
        """How many columns a matrix of draws has."""
        return sum(len(factor.columns) for factor in self.factors)

    def drawn(self, points: Array) -> Drawn:
        """The choices that points in [0, 1) make, shape (draws, columns); 0.5 leaves a weight as it is."""
        weights: dict[str, Array] = {}
        picks: dict[str, npt.NDArray[np.int64]] = {}
        for factor in self.factors:
            if factor.name is not None:
                picks[factor.name] = chosen(points[:, factor.columns[0]], len(factor.options))
                continue
            start = factor.columns[0]
            for parent in factor.parents:
                own = self.own_weights(parent)
                part = points[:, start : start + len(own)]
                weights[parent] = perturbed_weights(own, part, SPREAD) * own.sum()
                start += len(own)
        return Drawn(weights, picks, len(points))

    def nominal(self, count: int = 1) -> Drawn:
        """The study's own choices, so many times."""
        points = np.full((count, self.columns()), 0.5)
        names = [factor.name for factor in self.factors if factor.name is not None]
        return replace(self.drawn(points), picks={name: np.zeros(count, np.int64) for name in names})

    def drawn_like(self, drawn: Drawn) -> Drawn:
        """The draws of several subjects of one model, as far as they concern this one."""
        mine: set[str | None] = {factor.name for factor in self.factors}
        picks = {name: at for name, at in drawn.picks.items() if name in mine}
        parents = {parent for factor in self.factors for parent in factor.parents}
        weights = {parent: table for parent, table in drawn.weights.items() if parent in parents}
        return Drawn(weights, picks, drawn.count)

    def own_weights(self, parent: str) -> Array:
        """What the children of a node weigh in the model."""
        unit = self.plan.weight_units[parent]
        return np.array([weight / unit for weight in self.plan.weights[parent].values()])

    # ------------------------------------------------------------------------------------------------- results

    @cached_property
    def _batch(self) -> Batch:
        """The answers by what does not apply counts as and by rules of merging, a run for each combination."""
        if self.people is None:
            return encode(self.plan, [answers_as(self.answers, one) for one in self.absences])
        votes = [votes_as(self.people.votes, one) for one in self.absences]
        once = np.ones((1, len(self.people.votes.people)), np.int64)
        return joined([
            merge_batch(self.plan, said, once, *rules)
            for said, *rules in product(votes, self.people_rules, self.offices_rules)
        ])  # fmt: skip

    @cached_property
    def _own(self) -> tuple[Array, npt.NDArray[np.bool_]]:
        """Scores of every node in every run of `_batch`, shape (nodes, 2, runs), and which stand by themselves."""
        batch = self._batch
        fixed = np.zeros((len(self.plan.nodes), batch.runs), bool)
        for row, node in enumerate(self.plan.model.nodes.values()):
            given = batch.given.get(node.id)
            fixed[row] = not node.children if given is None else given.score | (not node.children)
        return place_batch(batch).score, fixed

    def _which(self, drawn: Drawn) -> npt.NDArray[np.int64]:
        """The run of `_batch` that each draw rests on."""
        index = np.zeros(drawn.count, np.int64)
        for name, options in (
            ("absence", self.absences),
            ("people", self.people_rules),
            ("offices", self.offices_rules),
        ):
            index = index * len(options) + _pick(drawn, name)
        return index

    def scores(self, drawn: Drawn) -> Array:
        """The score of every node in every draw, shape (nodes, 2, draws): low and high; NaN where there is none."""
        own, fixed = self._own
        which = self._which(drawn)
        found: Array = own[:, :, which]
        stands = fixed[:, which]
        row = {id: index for index, id in enumerate(self.plan.nodes)}
        for node in reversed(tuple(self.model.nodes.values())):
            at, children = row[node.id], self.plan.counted(node.id)
            if not children or stands[at].all():
                continue
            weights = self._weights(drawn, node, children)
            parts = found[[row[child] for child in children]]
            summed = self._aggregated(node, parts, weights, drawn)
            found[at] = np.where(stands[at], found[at], summed)
        return found

    def _weights(self, drawn: Drawn, node: Node, children: Sequence[str]) -> Array:
        """Weights of these children, shape (children, 1, draws or 1)."""
        places = [node.children.index(child) for child in children]
        table = drawn.weights.get(node.id)
        table = self.own_weights(node.id)[None] if table is None else table
        weights: Array = table[:, places].T[:, None, :]
        return weights

    def _aggregated(self, node: Node, parts: Array, weights: Array, drawn: Drawn) -> Array:
        rules: Sequence[Aggregate] = self.aggregates if node.id == self.model.id else (node.aggregate,)
        picks = _pick(drawn, "aggregate")
        found = aggregated(self.model, node, rules[0], parts, weights)
        for number, rule in enumerate(rules[1:], 1):
            found = np.where(picks == number, aggregated(self.model, node, rule, parts, weights), found)
        return found

    @cached_property
    def gates_read_scores(self) -> bool:
        """Whether a gate reads what weights and aggregation decide."""
        return any(isinstance(clause, Score) for clause in self._clauses())

    @cached_property
    def gates_read_weights(self) -> bool:
        return self.gates_read_scores or any(_weighted(clause) for clause in self._clauses())

    def levels(self, drawn: Drawn) -> npt.NDArray[np.int8]:
        """The level of every node in every draw, shape (nodes, 2, draws): low and high; 0 where there is none."""
        which = self._which(drawn)
        aggregate = _pick(drawn, "aggregate") if self.gates_read_scores else np.zeros(drawn.count, np.int64)
        keys = np.stack([aggregate, _pick(drawn, "share"), _pick(drawn, "cutoff")])
        found = np.zeros((len(self.plan.nodes), 2, drawn.count), np.int8)
        variants, places = np.unique(keys, axis=1, return_inverse=True)
        for number, variant in enumerate(variants.T.tolist()):
            runs = np.flatnonzero(places.ravel() == number)
            found[..., runs] = self._placed(self._variant(*variant), which[runs], drawn, runs)
        return found

    def _placed(
        self, plan: Plan, which: npt.NDArray[np.int64], drawn: Drawn, runs: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int8]:
        """Levels of these draws under a plan; with the weights of each where gates read them, else once for all."""
        exact = self._batch.exact
        batch = replace(self._batch, plan=plan, exact=lambda run: replace(exact(run), model=plan.model))
        if not self.gates_read_weights or not drawn.weights:
            used, back = np.unique(which, return_inverse=True)
            return place_batch(batch.take(used)).level[..., back.ravel()]
        weights = {
            parent: dict(zip(self.model.nodes[parent].children, table[runs].T, strict=True))
            for parent, table in drawn.weights.items()
        }
        return place_batch(batch.take(which).weighed(weights)).level

    def _variant(self, aggregate: int, share: int, cutoff: int) -> Plan:
        """The plan with other thresholds, and another aggregation of the main parts."""
        if not (aggregate or share or cutoff or self.gates_read_scores):
            return self.plan
        model = self.model
        shift = SHIFTS[share] * SHARE, SHIFTS[cutoff] * CUTOFF * (model.scale.max - model.scale.min)
        nodes = {
            node.id: replace(
                node,
                gates={level: tuple(_moved(clause, *shift) for clause in gate) for level, gate in node.gates.items()},
            )
            for node in model.nodes.values()
        }
        nodes[model.id] = replace(nodes[model.id], aggregate=self.aggregates[aggregate])
        return compile_plan(replace(model, nodes=nodes), self.answers.scope)


def _pick(drawn: Drawn, name: str) -> npt.NDArray[np.int64]:
    found = drawn.picks.get(name)
    return np.zeros(drawn.count, np.int64) if found is None else found


def _rules(own: Rule) -> tuple[Rule, ...]:
    return (own, *(rule for rule in RULES if rule != own))


def _clauses(node: Node) -> Iterator[Clause]:
    return (clause for gate in node.gates.values() for clause in gate)


def _weighted(clause: Clause) -> bool:
    return isinstance(clause, Children) and clause.weighted and clause.rule in ("share", "mean")


def _moves(clause: Clause) -> bool:
    """Whether the clause asks for a share of less than all."""
    if isinstance(clause, Children):
        return clause.rule == "share" and clause.share is not None and clause.share < 1
    return isinstance(clause, Criteria) and clause.share < 1


def _moved(clause: Clause, share: Fraction, cutoff: Fraction) -> Clause:
    if isinstance(clause, Score):
        return replace(clause, cutoff=clause.cutoff + cutoff + (-TIE if clause.inclusive else TIE))
    if isinstance(clause, (Children, Criteria)) and _moves(clause) and clause.share is not None:
        return replace(clause, share=min(Fraction(1), max(Fraction(1, 100), clause.share + share)))
    return clause


def _shifted(there: bool, by: Fraction) -> tuple[Text, ...]:
    if not there:
        return ()
    told = f"{round(100 * by)}"
    of = Text(" poin persen", " percentage points") if by == SHARE else Text("% rentang skala", "% of the scale")
    return (
        Text("seperti modelnya", "as in the model"),
        Text(f"−{told}{of.id}", f"−{told}{of.en}"),
        Text(f"+{told}{of.id}", f"+{told}{of.en}"),
    )


# ------------------------------------------------------------------------------------------------------ aggregates


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Scores of children and their weights, 0 where a child does not count; shape (children, 2, draws)."""

    scores: Array
    weights: Array
    here: npt.NDArray[np.bool_]
    digits: int

    def mean(self) -> Array:
        return self.sum() / self._total()

    def geometric(self) -> Array:
        zero = (self.here & (self.scores <= 0)).any(axis=0)
        logarithms = np.log(np.where(self.scores > 0, self.scores, 1.0))
        return np.where(zero, 0.0, np.exp((logarithms * self.weights).sum(axis=0) / self._total()))

    def minimum(self) -> Array:
        found: Array = np.where(self.here, self.scores, np.inf).min(axis=0)
        return found

    def median(self) -> Array:
        ordered, count = np.sort(np.where(self.here, self.scores, np.inf), axis=0), self.here.sum(axis=0)
        ends = [np.take_along_axis(ordered, place[None], 0)[0] for place in (np.maximum(count - 1, 0) // 2, count // 2)]
        found: Array = (ends[0] + ends[1]) / 2
        return found

    def sum(self) -> Array:
        found: Array = (self.scores * self.weights).sum(axis=0)
        return found

    def rounded_sum(self) -> Array:
        found: Array = _to_digits(self.scores * self.weights / self._total(), self.digits).sum(axis=0)
        return found

    def unknown_weights(self) -> Array:
        """The lowest child at the low end, the highest at the high end."""
        highest = np.where(self.here, self.scores, -np.inf).max(axis=0)
        return np.stack([self.minimum()[0], highest[1]])

    def _total(self) -> Array:
        found: Array = self.weights.sum(axis=0)
        return found


AGGREGATED: Mapping[Aggregate, Callable[[Parts], Array]] = {
    "mean": Parts.mean,
    "mean-of-rows": Parts.mean,
    "geometric": Parts.geometric,
    "minimum": Parts.minimum,
    "median": Parts.median,
    "sum": Parts.sum,
    "rounded-sum": Parts.rounded_sum,
    "unknown-weights": Parts.unknown_weights,
}


def aggregated(model: Model, node: Node, rule: Aggregate, scores: Array, weights: Array) -> Array:
    """The score of a node from those of its children, shape (children, 2, draws); NaN marks what does not count."""
    here = ~np.isnan(scores)
    digits = node.round if node.round is not None else model.scale.digits
    parts = Parts(np.where(here, scores, 0.0), np.where(here, weights, 0.0), here, digits)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = AGGREGATED[rule](parts)
    if node.round is not None:
        found = _to_digits(found, node.round)
    return np.where(here.any(axis=0), found, np.nan)


def _to_digits(values: Array, digits: int) -> Array:
    """Half-up; the smallest room for what floating point loses just below a half."""
    unit = 10.0**digits
    found: Array = np.sign(values) * np.floor(np.abs(values) * unit + 0.5 + 1e-9) / unit
    return found
