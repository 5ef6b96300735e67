"""Random small problems, and the best plan of each found by trying every plan there is."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

from hypothesis import assume, strategies as st

from gscm.i18n import same
from gscm.model.tree import top_level
from gscm.placement.flips import Step, _values
from gscm.placement.place import place
from gscm.roadmap.actions import Action
from gscm.roadmap.replay import Problem
from gscm.roadmap.request import Capacity, Goal, Request
from gscm.roadmap.schedule import LARGEST, aims, measured
from tests.strategies import assessments, dice

FIRST = 2027
UNITS = (1, 9, 10**6 + 7, 10**11 + 13)  # so large that floating point cannot tell one rupiah


def problems():
    """A model, answers, up to five actions and what is asked for."""
    return st.builds(problem, assessments(), dice())


def short(most):
    """Problems of up to so many priced actions with targets, too little money and too few hands."""
    return st.builds(scarce, assessments(), dice(), st.just(most))


def scarce(answers, dice, most):
    found = problem(answers, dice, most)
    one = found.request
    actions = {id: replace(action, costs=action.costs or (1,) * action.years) for id, action in found.actions.items()}
    reached = found.state(found.actions).holds - found.result.low.holds
    assume(reached)
    cost = sum(action.cost for action in actions.values())
    asked = replace(
        one,
        goals=(Goal(*dice.pick(sorted(reached))),),
        budgets={year: cost * dice.upto(2) // 4 for year in one.years},
        capacities=one.capacities or (Capacity(dice.upto(1)),),
    )
    return replace(found, actions=actions, request=asked)


def problem(answers, dice, most=5):
    result = place(answers)
    reading, model = result.reading, result.model
    steps = [
        Step(id, value)
        for id, fact in sorted(reading.facts.items())
        if id in reading.low
        for value in _values(reading, fact)
        if not fact.at_least(reading.low[id], value)
    ]
    levelled = [
        (id, level)
        for id, placement in result.nodes.items()
        if placement.low is not None
        for level in range(2, top_level(model, model.nodes[id]) + 1)
    ]
    assume(steps)
    assume(levelled)
    actions = some_actions(dice, steps, levelled, most)
    return Problem(result, actions, request(dice, actions, levelled))


def some_actions(dice, steps, levelled, most):
    unit, ids, found = dice.pick(UNITS), [f"a{n}" for n in range(dice.upto(most, 1))], {}
    for index, id in enumerate(ids):
        gains = {dice.pick(steps) for _ in range(dice.upto(3, 1))} | set(steps[index :: len(ids)][: dice.upto(3)])
        years = dice.pick((1, 1, 1, 2))
        costs = tuple(dice.upto(9) * unit + dice.upto(1) for _ in range(years))
        found[id] = Action(
            id=id,
            what=same(id),
            gains=tuple(sorted(gains)),
            months=12 * years,
            band=dice.pick(("low", "medium", "high")),
            costs=None if dice.seldom() else costs,
            offices=(dice.pick(("o", "p")),),
            needs=tuple(other for other in ids[:index] if dice.upto(4) == 4),
            levels=(dice.pick(levelled),) if dice.upto(9) == 9 else (),
        )
    return found


def request(dice, actions, levelled):
    years = dice.upto(3, 1)
    goals = tuple(Goal(*dice.pick(levelled), dice.pick((None, None, FIRST))) for _ in range(dice.pick((1, 0, 1, 2))))
    whole = sum(action.cost or 0 for action in actions.values())
    budgets = {}
    if not goals or dice.seldom():
        budgets = {FIRST + n: int(whole * Fraction(dice.upto(8), 8)) for n in range(years)}
    return Request(
        first=FIRST,
        last=FIRST + years - 1,
        goals=goals,
        budgets=budgets,
        capacities=(Capacity(dice.upto(2), dice.pick((None, "o")), dice.pick((None, FIRST))),) * dice.seldom(),
        fixed={id: dice.pick((None, FIRST)) for id in actions if dice.upto(9) == 9},
        excluded=frozenset(id for id in actions if dice.upto(15) == 15),
        same_year=dice.seldom(),
    )


def plans(problem):
    """Every plan within the years and without what is excluded, whether it holds or not."""
    ids = sorted(set(problem.actions) - problem.request.excluded)
    able = [[y for y in problem.request.years if problem.ends(id, y) <= problem.request.last] for id in ids]
    for starts in product(*((None, *years) for years in able)):
        yield {id: year for id, year in zip(ids, starts, strict=True) if year}


def rank(problem, starts, wanted=None):
    """A key by which the best plan comes first."""
    wanted = aims(problem) if wanted is None else wanted
    signed = [(-1 if aim in LARGEST else 1) * measured(problem, aim, starts) for aim in wanted if aim != "order"]
    return (*signed, sorted(starts), [starts[id] for id in sorted(starts)])


def best(problem):
    """The best plan that holds, or None."""
    return min(
        (starts for starts in plans(problem) if not problem.faults(starts)),
        key=lambda starts: rank(problem, starts),
        default=None,
    )
