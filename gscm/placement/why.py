"""Why a node stands where it stands: the clauses that fail for the next level, the facts that suffice for this one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from gscm.model.graph import Pair, level_order
from gscm.model.tree import Children, Clause, Criteria, Node, Requires, Score, Target, top_level
from gscm.placement.clauses import CLAUSES, State, clause_children, grade_of, weight_of
from gscm.placement.score import levels_of


@dataclass(frozen=True, slots=True)
class Lack:
    """One clause that fails, down to what would have to change.

    `clause` is None where the node's own answer is below the level. `facts` are the facts not shown;
    `nodes` are (node, level) pairs that do not stand. Of these, any that together make up `missing` of
    `total` would do; `missing` equals `total` where all are needed.
    """

    clause: Clause | None
    facts: tuple[str, ...] = ()
    nodes: tuple[Pair, ...] = ()
    missing: Fraction = Fraction(0)
    total: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Block:
    """What keeps a node from `level`, its next one: every clause that fails."""

    node: str
    level: int
    lacks: tuple[Lack, ...]


def blocks(state: State) -> dict[str, Block]:
    """For every node below its highest level, what keeps it from the next."""
    found = {}
    for node in state.reading.model.nodes.values():
        level = state.level(node) + 1
        if node.id not in state.reading.absent and level <= top_level(state.reading.model, node):
            found[node.id] = Block(node.id, level, _lacks(state, node, level))
    return found


def blocking_facts(blocked: dict[str, Block]) -> dict[str, frozenset[str]]:
    """The leaves of each node's tree of failing clauses.

    With these facts as they are and all else at its best, the node stays where it is: each clause that
    fails, fails because of facts among them.
    """
    done: dict[str, frozenset[str]] = {}

    def leaves(node_id: str) -> frozenset[str]:
        if node_id not in done:
            block = blocked[node_id]
            below = [leaves(child) for lack in block.lacks for child, _ in lack.nodes if child in blocked]
            own = {fact for lack in block.lacks for fact in lack.facts}
            done[node_id] = frozenset(own).union(*below)
        return done[node_id]

    return {node_id: leaves(node_id) for node_id in blocked}


def _lacks(state: State, node: Node, level: int) -> tuple[Lack, ...]:
    given = state.reading.given.get(node.id)
    if given == "level":
        return (Lack(None, (node.id,)),)
    lacks = []
    if node.answer == "level" and state.filling[node.id] < level:
        lacks.append(Lack(None, (node.id,)))
    for clause in node.gates.get(level, ()):
        if not CLAUSES[type(clause)](state, node, level, clause):
            lacks.append(_lack(state, node, level, clause))
    return tuple(lacks)


def _lack(state: State, node: Node, level: int, clause: Clause) -> Lack:
    reading = state.reading
    match clause:
        case Criteria():
            criteria = node.criteria.get(clause.at or level, ())
            applicable = [c for c in criteria if c.id not in reading.absent_facts]
            unmet = [c for c in applicable if state.filling[c.id] < grade_of(clause)]
            failing = sum((c.weight for c in unmet), Fraction())
            spare = (1 - clause.share) * sum((c.weight for c in applicable), Fraction()) if clause.share != 1 else 0
            return Lack(clause, tuple(c.id for c in unmet), (), failing - spare, failing)
        case Score():
            facts = below_best(state, node)
            return Lack(clause, facts, (), clause.cutoff - state.scores.get(node.id, Fraction()), Fraction(0))
        case Children():
            children = clause_children(reading, node, clause)
            if clause.rule == "mean":
                short = tuple(
                    (c.id, state.level(c) + 1) for c in children if state.level(c) < top_level(reading.model, c)
                )
                return Lack(clause, (), short)
            short = tuple((c.id, clause.at) for c in children if (c.id, clause.at) not in state.holds)
            short_weight = weight_of([c for c in children if (c.id, clause.at) not in state.holds], clause)
            share = {"all": Fraction(1), "any": Fraction(0)}.get(clause.rule, clause.share or Fraction(0))
            needed = share * weight_of(children, clause) - (weight_of(children, clause) - short_weight)
            return Lack(clause, (), short, max(needed, Fraction(0)), Fraction(short_weight))
        case Requires():
            return Lack(clause, (), ((clause.node, clause.level),), Fraction(1), Fraction(1))
        case Target():
            return Lack(clause, (node.quantity_fact,), (), Fraction(1), Fraction(1))


def below_best(state: State, node: Node) -> tuple[str, ...]:
    """The facts under a node's score that are not at their best."""
    return tuple(id for id in score_facts(state, node) if state.filling[id] != _score_best(state, id))


def _score_best(state: State, id: str) -> Fraction:
    fact = state.reading.facts[id]
    # a criterion's share in a score is whole once it is met, whatever the stage of its evidence
    return max(Fraction(1), state.filling[id]) if fact.kind == "criterion" else fact.best


def score_facts(state: State, node: Node) -> tuple[str, ...]:
    """The facts that a node's score rests on."""
    reading = state.reading
    if reading.given.get(node.id) == "score":
        return (node.id,)
    if node.answer == "criteria":
        return tuple(c.id for cs in node.criteria.values() for c in cs if c.id not in reading.absent_facts)
    if node.answer is not None:
        return () if node.id in reading.absent_facts else (node.id,)
    nodes = reading.model.nodes
    return tuple(
        id for child in node.children if child not in reading.absent for id in score_facts(state, nodes[child])
    )


def holding_facts(state: State) -> dict[Pair, frozenset[str]]:
    """For every pair that holds, facts that suffice: with them as they are and all else at its worst, it holds."""
    done: dict[Pair, frozenset[str]] = {}
    nodes = state.reading.model.nodes

    for node_id, level in level_order(state.reading.model):
        if (node_id, level) in state.holds:
            below = done.get((node_id, level - 1), frozenset())
            done[node_id, level] = below.union(*_supports(state, nodes[node_id], level, done))
    return done


def _supports(state: State, node: Node, level: int, done: dict[Pair, frozenset[str]]) -> list[frozenset[str]]:
    given = state.reading.given.get(node.id)
    if given == "level":
        return [frozenset((node.id,))]
    own = [frozenset((node.id,))] if node.answer == "level" and node.id in state.filling else []
    return own + [_support(state, node, level, clause, done) for clause in node.gates.get(level, ())]


def _support(state: State, node: Node, level: int, clause: Clause, done: dict[Pair, frozenset[str]]) -> frozenset[str]:
    reading = state.reading
    match clause:
        case Criteria():
            criteria = node.criteria.get(clause.at or level, ())
            applicable = [c for c in criteria if c.id not in reading.absent_facts]
            met = [c for c in applicable if state.filling[c.id] >= grade_of(clause)]
            if clause.share == 1:
                return frozenset(c.id for c in met)
            total = sum((c.weight for c in applicable), Fraction())
            chosen, weight = [], Fraction()
            for c in sorted(met, key=lambda c: (-c.weight, c.id)):
                if weight >= clause.share * total:
                    break
                chosen.append(c.id)
                weight += c.weight
            return frozenset(chosen)
        case Score():
            return frozenset(id for id in score_facts(state, node) if state.filling[id] != reading.facts[id].worst)
        case Children():
            return _support_of_children(state, node, clause, done)
        case Requires():
            return done.get((clause.node, clause.level), frozenset())
        case Target():
            fact = node.quantity_fact
            needless = fact not in state.filling or state.filling[fact] == reading.facts[fact].worst
            return frozenset() if needless else frozenset((fact,))


def _support_of_children(
    state: State, node: Node, clause: Children, done: dict[Pair, frozenset[str]]
) -> frozenset[str]:
    children = clause_children(state.reading, node, clause)
    if clause.rule == "mean":
        pairs = [(c.id, k) for c in children for k in levels_of(state.reading.model, c) if (c.id, k) in state.holds]
        return frozenset[str]().union(*(done[pair] for pair in pairs))
    standing = [c for c in children if (c.id, clause.at) in state.holds]
    if clause.rule == "all":
        return frozenset[str]().union(*(done[c.id, clause.at] for c in standing))
    needed = Fraction(0) if clause.rule == "any" else (clause.share or Fraction(0)) * weight_of(children, clause)
    chosen: list[Node] = []
    for child in sorted(
        standing, key=lambda c: (len(done[c.id, clause.at]) / (c.weight if clause.weighted else 1), c.id)
    ):
        if chosen and weight_of(chosen, clause) >= needed:
            break
        chosen.append(child)
    return frozenset[str]().union(*(done[c.id, clause.at] for c in chosen))
