"""Hypothesis strategies: small random models, as the loader would build them, and random answers to them.

    models()           a valid Model: every clause kind, kind of answer and aggregate, acyclic level graph
    assessments()      Answers to such a model: all statuses, given inner nodes, a scope
    fillings(reading)  a value for every fact that applies
    values(fact)       a value of one fact, from its worst to its best

Each is built by plain functions that throw `Dice`: one string of random bytes, a choice for each. That is
many times faster than a draw for each choice, and shrinks as well: a byte of 0 is the first, simplest option.
"""

from dataclasses import replace
from fractions import Fraction
from typing import get_args

from hypothesis import assume, strategies as st

from gscm.errors import Where
from gscm.i18n import same
from gscm.model import tree
from gscm.model.arithmetic import aggregate, normalised
from gscm.model.check import faults_of
from gscm.model.facts import facts_of
from gscm.model.graph import circles
from gscm.model.schema import Aggregate
from gscm.responses.answers import Answer, Answers, Study, Subject
from gscm.responses.load import inside_scope

WHERE = Where("model.yaml", 1)
ORIGIN = tree.Origin("ours", "us")
CLAIM = (None, ORIGIN, WHERE)  # reason, origin, where: the last three of every clause
SUBJECT = Subject("s", "Subject", None, None)
SHARES = tuple(map(Fraction, ("1", "2/3", "1/2", "1/3")))
WEIGHTS = tuple(map(Fraction, ("1", "1", "2", "5/2")))
AGGREGATES = get_args(Aggregate)
WEIGHED = tuple(name for name in AGGREGATES if name != "unknown-weights")  # what may place a level
STAGES = (None, *tree.STAGES)
NORMALISED = {"logarithm": False, "bands": (), "cohort": None}
ENOUGH = 400  # bytes; dice that run out show 0


class Dice:
    """Choices made by a string of bytes."""

    def __init__(self, thrown):
        self.thrown = iter(thrown)

    def pick(self, options):
        return options[next(self.thrown, 0) % len(options)]

    def upto(self, most, least=0):
        return least + next(self.thrown, 0) % (most - least + 1)

    def often(self):
        return bool(self.upto(1))

    def seldom(self):
        return self.upto(3) == 3

    def between(self, low, high):
        """One of nine points from `low` to `high`."""
        return low + (high - low) * Fraction(self.upto(8), 8)


def dice():
    return st.binary(min_size=ENOUGH, max_size=ENOUGH).map(Dice)


def models():
    return dice().map(model)


def assessments():
    return dice().map(assessment)


def fillings(reading):
    return dice().map(lambda dice: {id: value(dice, reading.facts[id]) for id in sorted(reading.low)})


def values(fact):
    return dice().map(lambda dice: value(dice, fact))


# ------------------------------------------------------------------------------------------------- models


def model(dice):
    """A valid model of up to about a dozen nodes; with 2 to 4 levels, or none at all."""
    top = dice.pick((3, 2, 3, 4, 0))
    ends = dice.pick(((1, max(top, 2)), (0, 100), (-4, 4)))
    compare = dice.pick(("unrounded", "rounded"))
    scale = tree.Scale(*map(Fraction, ends), dice.upto(2), dice.pick(("half-up", "half-even")), compare)
    names = tuple(tree.LevelName(n, same(f"L{n}"), None, (), None, ORIGIN, WHERE) for n in range(1, top + 1))
    grown = Growing(dice, top, scale).inner("m", None, depth=2, levelled=top > 0 and not dice.seldom())
    found = tree.Model(
        id="m",
        version="1.0.0",
        title=same("Model"),
        short=same("Model"),
        about=same("about"),
        status="example",
        notice=same("notice"),
        subject=same("subject"),
        scale=scale,
        inner=dice.pick(("level", "score")),
        index=None,
        level_names={"main": names} if names else {},
        kinds={kind: tree.Kind(kind, same(kind)) for kind in ("x", "y")},
        offices={},
        documents={},
        sources={"us": tree.SourceEntry("us", "us", None, None, None, None)},
        nodes={node.id: node for node in grown},
        folder="m",
    )
    found = with_requirements(dice, found)
    assume(not any(issue.severity == "error" for issue in faults_of(found)))  # a rounded score may miss its cut-off
    return found


class Growing:
    """Grows nodes; each method returns a node and all below it, parents first."""

    def __init__(self, dice, top, scale):
        self.dice, self.top, self.scale = dice, top, scale
        self.above_floor = range(2, top + 1)
        self.levels = "main" if top else None

    def inner(self, id, parent, depth, levelled):
        """A node with children or rows. `levelled`: its parent reads its level."""
        dice = self.dice
        gated = self.top and (levelled or dice.often())
        by_children, by_score = dice.pick(((True, False), (False, True), (True, True))) if gated else (False, False)
        rows = self.rows(by_children) if dice.seldom() else None
        count = range(1, dice.upto(3 if parent else 4, 1) + 1)
        if rows:
            parts = [[self.row(f"{id}.r{n}", id, rows)] for n in count]
        else:
            parts = [self.child(f"{id}-{n}", id, depth - 1, by_children) for n in count]
        children, below = [part[0] for part in parts], [node for part in parts for node in part]
        node = replace(
            self.bare(id, parent),
            children=tuple(child.id for child in children),
            open=rows,
            weight=dice.pick(WEIGHTS) if parent else Fraction(1),
            aggregate=dice.pick(WEIGHED if self.top else AGGREGATES),
            round=dice.pick((None, None, 0, 2)),
            may_not_apply=parent is not None and dice.seldom(),
        )
        if node.aggregate == "sum":
            below = [without_absence(n) for n in below]
        gates = dict.fromkeys(self.above_floor, ()) if gated else {}
        if by_children:
            kinds = (None, *sorted({child.kind for child in children}))
            gates = {k: [self.children_clause(k, kinds) for _ in range(dice.upto(2, 1))] for k in gates}
        if by_score:
            gates = self.with_cutoffs(gates, best_score(node, below, self.scale, self.top))
        return [replace(node, gates=gates), *below]

    def child(self, id, parent, depth, levelled):
        if depth and self.dice.often():
            return self.inner(id, parent, depth, levelled)
        return [self.leaf(id, parent, levelled)]

    def leaf(self, id, parent, levelled):
        """An indicator, answered in one of the four ways, perhaps with a measured figure besides."""
        dice = self.dice
        answer = dice.pick(("criteria", "level", "quantity", "score") if self.top else ("quantity", "score"))
        absent = dice.seldom()
        node = replace(
            self.bare(id, parent),
            answer=answer,
            weight=dice.pick(WEIGHTS),
            real=answer == "level" and dice.often(),
            may_not_apply=absent,
            quantity=self.quantity() if answer == "quantity" or (self.top and dice.seldom()) else None,
            criteria=self.criteria(id, absent) if answer == "criteria" else {},
        )
        if not self.top or not (levelled or dice.often()):
            return node
        gates = dict.fromkeys(self.above_floor, ())
        if answer == "criteria":
            gates = {k: self.criteria_clauses(tuple(node.criteria)) for k in gates}
        if node.quantity:
            targets = node.quantity.targets
            gates = {k: (*clauses, tree.Target(*CLAIM)) if k in targets else clauses for k, clauses in gates.items()}
        if answer in ("score", "quantity") or dice.seldom():
            gates = self.with_cutoffs(gates, best_score(node, [], self.scale, self.top))
        return replace(node, gates=gates)

    def criteria(self, indicator, absent):
        """One to three criteria at level 2, none to three above."""
        found = {}
        for level in self.above_floor:
            count = self.dice.upto(3, int(level == 2))
            ids = [f"{indicator}.{level}"] if count == 1 else [f"{indicator}.{level}.{n + 1}" for n in range(count)]
            if ids:
                found[level] = tuple(self.criterion(id, indicator, level, absent) for id in ids)
        return found

    def criteria_clauses(self, levels):
        """A clause on the criteria of the gate's level; perhaps one on those of another level besides."""
        dice = self.dice
        own = tree.Criteria(dice.pick(SHARES), None, dice.pick(STAGES), *CLAIM)
        if not dice.seldom():
            return (own,)
        return own, tree.Criteria(dice.pick(SHARES), dice.pick(levels), dice.pick(STAGES), *CLAIM)

    def criterion(self, id, indicator, level, absent):
        weight, may_not_apply = self.dice.pick(WEIGHTS), absent or self.dice.seldom()
        return tree.Criterion(id, indicator, level, same(id), (), None, weight, may_not_apply, ORIGIN, WHERE)

    def quantity(self):
        """A figure from 1 to 9, in either direction, with targets that grow harder for some levels."""
        dice = self.dice
        direction = dice.pick(("higher", "lower"))
        steps = sorted((Fraction(dice.upto(9, 1)) for _ in self.above_floor), reverse=direction == "lower")
        targets = {k: step for k, step in zip(self.above_floor, steps, strict=True) if not dice.seldom()}
        ends = Fraction(1), Fraction(9)
        scored = dice.pick((NORMALISED, NORMALISED, {"logarithm": True}, self.bands(direction), self.cohort()))
        return tree.Quantity(
            same("q"), same("%"), direction, None, None, *ends,
            targets=targets, publisher=None, origin=ORIGIN, where=WHERE, **{**NORMALISED, **scored},
        )  # fmt: skip

    def bands(self, direction):
        """A band from 3 on and one from 6, in either direction; the second gives the best score."""
        starts = sorted((Fraction(3), Fraction(6)), reverse=direction == "lower")
        low, high = self.scale.min, self.scale.max
        return {"bands": tuple(tree.Band(start, s) for start, s in zip(starts, ((low + high) / 2, high), strict=True))}

    def cohort(self):
        """The extremes of a cohort; where the scale allows it, its mean and deviation: z-scores from −2 to 2."""
        z = (Fraction(5), Fraction(2)) if self.scale.min < 0 else (None, None)
        return {"cohort": tree.Cohort(same("cohort"), "2024-12-31", *z, ORIGIN)}

    def rows(self, levelled):
        """What the rows of an open node are answered by."""
        answer = self.dice.pick(("level", "quantity", "score") if self.top else ("quantity", "score"))
        answer = "level" if levelled else answer
        quantity = replace(self.quantity(), targets={}) if answer == "quantity" else None
        return tree.OpenRows("x", answer, answer == "level" and self.dice.often(), quantity)

    def row(self, id, parent, rows):
        node = replace(self.bare(id, parent), kind=rows.kind, answer=rows.answer, real=rows.real)
        return replace(node, quantity=rows.quantity, may_not_apply=True, weight=self.dice.pick(WEIGHTS))

    def children_clause(self, level, kinds):
        dice = self.dice
        rule = dice.pick(("all", "any", "share", "share", "mean"))
        return tree.Children(
            rule=rule,
            at=dice.pick((level, dice.upto(level, 1))),
            share=dice.pick(SHARES) if rule == "share" else None,
            weighted=dice.often(),
            rounding=dice.pick(("floor", "nearest")),
            of=dice.pick(kinds),
            reason=None,
            origin=ORIGIN,
            where=WHERE,
        )

    def with_cutoffs(self, gates, best):
        """The gates with a score clause for each level, its cut-off rising towards the best score."""
        low, cut, found = self.scale.min, 0, {}
        if best <= low:
            return gates
        for level, clauses in gates.items():
            cut = self.dice.upto(5 + level - 2, cut + 1)
            cutoff = low + (best - low) * Fraction(cut, 8)
            found[level] = (*clauses, tree.Score(cutoff, self.dice.often(), *CLAIM))
        return found

    def bare(self, id, parent):
        """A node with nothing in it yet."""
        return tree.Node(
            id=id,
            kind=self.dice.pick(("x", "y")) if parent else "model",
            title=same(id),
            about=None,
            code=None,
            parent=parent,
            children=(),
            weight=Fraction(1),
            weight_origin=ORIGIN,
            levels=self.levels,
            answer=None,
            real=False,
            may_not_apply=False,
            aggregate="mean",
            round=None,
            gates={},
            criteria={},
            quantity=None,
            open=None,
            origin=ORIGIN,
            where=WHERE,
        )


def with_requirements(dice, model):
    """The model with up to six requirements between any two nodes with levels, kept where they draw no circle."""
    levelled = [node.id for node in model.nodes.values() if tree.has_levels(node)]
    gated = [node.id for node in model.nodes.values() if node.gates]
    top = len(model.level_names.get("main", ()))
    for _ in range(dice.upto(6) if gated and len(levelled) > 1 else 0):
        above, below = dice.pick(gated), dice.pick(levelled)
        at, level = dice.upto(top, 2), dice.upto(top, 2)
        if above == below:
            continue
        node, edge = model.nodes[above], tree.Requires(below, level, same("reason"), ORIGIN, WHERE)
        longer = replace(node, gates={**node.gates, at: (*node.gates[at], edge)})
        tried = replace(model, nodes={**model.nodes, above: longer})
        model = model if circles(tried) else tried
    return model


def without_absence(node):
    """The node as it may stand under a sum, which refuses what does not apply."""
    certain = {k: tuple(replace(c, may_not_apply=False) for c in cs) for k, cs in node.criteria.items()}
    return replace(node, may_not_apply=False, criteria=certain)


def best_score(node, below, scale, top):
    """The score of a node when everything below it is at its best."""
    if node.answer == "level":
        return Fraction(top)
    if node.answer == "quantity":
        return normalised(node.quantity, node.quantity.best, scale)
    if node.answer:
        return scale.max
    nodes = {n.id: n for n in below}
    parts = [(nodes[c].weight, best_score(nodes[c], below, scale, top)) for c in node.children]
    return aggregate(node, parts, scale)


# ------------------------------------------------------------------------------------------------ answers


def value(dice, fact):
    """A value of the fact; grades of a criterion and levels are whole."""
    if fact.kind in ("criterion", "level"):
        return Fraction(dice.upto(int(fact.best), int(fact.worst)))
    return dice.between(fact.worst, fact.best)


def assessment(dice):
    """Random answers to a random model."""
    found = model(dice)
    scope = tuple({dice.pick(sorted(found.nodes)) for _ in range(2)}) if dice.seldom() else None
    return answers_to(dice, found, scope)


def answers_to(dice, found, scope):
    """Random answers to a model, within a scope."""
    inside = inside_scope(found, scope)
    facts = facts_of(found)
    entries, silent = [], set()
    for node in found.nodes.values():
        if node.parent in silent or node.id not in inside:
            silent.add(node.id)
        elif node.id not in facts and dice.upto(5) == 5:
            silent.add(node.id)
            entries.append(stand_in(dice, found, node))
        else:
            entries += [entry(dice, fact) for fact in facts.values() if fact.node == node.id]
    answered = {answer.id: answer for answer in entries if answer}
    return Answers(found, SUBJECT, Study(), {}, (), scope, answered, (), "answers.yaml")


def stand_in(dice, model, node):
    """An answer at an inner node: its level, its score, or a status for everything below it."""
    status = dice.pick(("given", "given", "withheld", "not_applicable"))
    if status != "given":
        return Answer(node.id, status, "level", reason="reason")
    if tree.has_levels(node) and dice.often():
        return Answer(node.id, "given", "level", Fraction(dice.upto(tree.top_level(model, node), 1)))
    return Answer(node.id, "given", "score", dice.between(model.scale.min, model.scale.max))


def entry(dice, fact):
    """An answer to a fact in one of the statuses, or None where there is no entry."""
    status = dice.pick(("given",) * 7 + ("unknown", "blank", "not_asked", None, "withheld", "not_applicable"))
    if status is None:
        return None
    return given(dice, fact) if status == "given" else Answer(fact.id, status, fact.kind, reason="reason")


def given(dice, fact):
    """An answer with a value; evidence may be accepted at a stage, a figure may lie beyond its goalposts."""
    if fact.kind == "criterion":
        return Answer(fact.id, "given", "criterion", Fraction(dice.upto(1)), stage=dice.pick(STAGES))
    beyond = fact.kind == "quantity" and dice.seldom()
    return Answer(fact.id, "given", fact.kind, Fraction(dice.pick((-1, 20))) if beyond else value(dice, fact))
