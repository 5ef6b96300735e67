"""The plain order, for comparison: whatever blocks comes next, what others stand on first, as soon as it fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gscm.model.graph import Pair, edges, level_order
from gscm.model.tree import Model
from gscm.placement.clauses import State
from gscm.placement.why import blocking_facts, blocks
from gscm.roadmap.replay import Problem


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What keeps an action from starting in a year: the end of the plan, or the money or the hands of a `year`.

    `lacking` are the rupiah that are missing in it, or the actions that the office carries already.
    """

    why: Literal["time", "money", "capacity"]
    year: int
    lacking: int = 0


def greedy(problem: Problem) -> dict[str, int]:
    """The actions that a plain walk along the dependencies chooses, with the years of their starts.

    As long as a target is not reached (or, without targets, the whole is below its top level): of the facts that
    block it, the first in dependency order whose actions still fit in years, money and hands.
    """
    starts: dict[str, int] = {}
    for id in sorted(problem.request.fixed):
        _place(problem, starts, id, set())
    depths = _depths(problem.result.model)
    refused: set[str] = set()
    while True:
        state = problem.state(starts)
        wanted = [goal.node for goal in problem.request.goals if (goal.node, goal.level) not in state.holds]
        if not problem.request.goals:
            wanted = [problem.result.model.id]
        facts = _blocking(problem, state, wanted, depths)
        tried = next(
            (id for fact in facts for id in _for(problem, fact) if id not in starts and id not in refused), None
        )
        if tried is None:
            return starts
        if not _place(problem, starts, tried, refused):
            refused.add(tried)


def _depths(model: Model) -> Mapping[Pair, int]:
    """How many steps lie below each pair at the most, in whichever order the model names its nodes."""
    below: dict[Pair, list[Pair]] = {}
    for edge in edges(model):
        below.setdefault(edge.above, []).append(edge.below)
    depths: dict[Pair, int] = {}
    for pair in level_order(model):
        depths[pair] = 1 + max((depths[step] for step in below.get(pair, ())), default=0)
    return depths


def _blocking(problem: Problem, state: State, wanted: list[str], depths: Mapping[Pair, int]) -> list[str]:
    """The facts that block some nodes, in the order in which the levels need them."""
    blocked = blocks(state)
    leaves = blocking_facts(blocked)
    facts = {fact for node in wanted if node in blocked for fact in leaves[node]}
    reading = problem.result.reading

    def place(fact: str) -> tuple[int, int, str]:
        known = reading.facts[fact]
        block = blocked.get(known.node)
        level = known.level or (block.level if block else 2)
        return level, depths.get((known.node, level), 0), fact

    return sorted(facts, key=place)


def _for(problem: Problem, fact: str) -> list[str]:
    return sorted({id for step, ids in problem.needed_by.items() if step.fact == fact for id in ids})


def _place(problem: Problem, starts: dict[str, int], id: str, refused: set[str]) -> bool:
    """Put an action, and before it what it needs, into the first years that take it; or leave all as it is."""
    tried = dict(starts)
    if _fits(problem, tried, id, refused, ()):
        starts.update(tried)
        return True
    return False


def _fits(problem: Problem, starts: dict[str, int], id: str, refused: set[str], chain: tuple[str, ...]) -> bool:
    if id in starts:
        return True
    request, action = problem.request, problem.actions[id]
    if id in request.excluded or id in refused or id in chain or id not in problem.earliest:
        return False
    needs = [need for need in action.needs if need in problem.actions]
    if not all(_fits(problem, starts, need, refused, (*chain, id)) for need in needs):
        return False
    fixed = request.fixed.get(id)
    for year in request.years if fixed is None else (fixed,):
        if problem.ready(action, starts, year) and room(problem, starts, id, year) is None:
            starts[id] = year
            return True
    return False


def room(problem: Problem, starts: dict[str, int], id: str, year: int) -> Hindrance | None:
    """What keeps an action from starting in a year beside the others; None if nothing does."""
    request, action = problem.request, problem.actions[id]
    if problem.ends(id, year) > request.last:
        return Hindrance("time", year)
    spent = problem.spent(starts)
    for index, amount in enumerate(action.costs or ()):
        if request.budgets and spent[year + index] + amount > request.budgets[year + index]:
            lacking = spent[year + index] + amount - request.budgets[year + index]
            return Hindrance("money", year + index, lacking)
    for busy in range(year, year + action.years):
        most = request.capacity(action.office, busy)
        if most is not None and problem.running(starts, action.office, busy) >= most:
            return Hindrance("capacity", busy, problem.running(starts, action.office, busy))
    return None
