"""Why there is no plan, and the least budget or horizon that would do, each proven by solving for it."""

from __future__ import annotations

from dataclasses import replace

from gscm.placement.clauses import State
from gscm.placement.why import blocking_facts, blocks
from gscm.roadmap.replay import Problem
from gscm.roadmap.request import MOST_YEARS
from gscm.roadmap.roadmap import Known, NoPlan
from gscm.roadmap.schedule import Schedule, feasible, solve
from gscm.solver import Watch


def no_plan(problem: Problem, watch: Watch, proven: bool) -> NoPlan:
    """Why there is no plan, and what the least is that would do, each proven by solving for it."""
    result, request = problem.result, problem.request
    if not proven:
        return NoPlan(result, request, "unknown")
    without = replace(request, goals=())
    if feasible(replace(problem, request=without), watch) is False:
        return NoPlan(result, request, "fixed", fixed=_at_odds(problem, watch))
    if _missing(problem) and (excluded := _left_out(problem)):
        return NoPlan(result, request, "excluded", excluded=excluded)
    if facts := _never(problem):
        return NoPlan(result, request, "never", facts=facts)
    floor = _floor(problem, watch)
    extra, bound = _lacking(problem, Watch.of(watch.left() / 2, watch.stopped), floor)
    last = _later_year(problem, watch, floor)
    due = _later_target(problem, watch, floor) if last == "no" else "no"
    return NoPlan(result, request, "limits", extra=extra, extra_bound=bound, last=last, due=due)


def _floor(problem: Problem, watch: Watch) -> int:
    """What any plan to the targets costs at least, with all the time and all the hands in the world."""
    if not problem.request.budgets:
        return 0
    longest = _undated(_until(problem, problem.request.first + MOST_YEARS - 1)).request
    free = replace(problem, request=replace(longest, budgets={}, capacities=(), fixed={}))
    solution = solve(free, Watch.of(watch.left() / 4, watch.stopped), ("cost",))
    return solution.stages[0].bound or 0 if solution.stages else 0


def _at_odds(problem: Problem, watch: Watch) -> tuple[str, ...]:
    """Choices by hand that cannot hold together, none of them superfluous."""
    kept = dict(problem.request.fixed)
    for id in sorted(kept):
        fewer = {other: year for other, year in kept.items() if other != id}
        request = replace(problem.request, goals=(), fixed=fewer)
        if feasible(replace(problem, request=request), watch) is False:
            kept = fewer
    return tuple(sorted(kept))


def _everything(problem: Problem) -> State:
    """Where everything stands once every action that is not excluded is done."""
    request = replace(problem.request, last=problem.request.first + MOST_YEARS - 1, budgets={}, fixed={})
    lasting = replace(problem, request=request)
    return lasting.state(lasting.earliest)


def _missing(problem: Problem) -> tuple[str, ...]:
    """The nodes that miss their target even with every action done."""
    holds = _everything(problem).holds
    return tuple(goal.node for goal in problem.request.goals if (goal.node, goal.level) not in holds)


def _left_out(problem: Problem) -> tuple[str, ...]:
    """Excluded actions with which no target would be missed, none of them superfluous; () if they do not matter."""
    request = problem.request
    if not request.excluded or _missing(replace(problem, request=replace(request, excluded=frozenset()))):
        return ()
    kept = request.excluded
    for id in sorted(request.excluded):
        if _missing(replace(problem, request=replace(request, excluded=request.excluded - (kept - {id})))):
            continue
        kept -= {id}
    return tuple(sorted(kept))


def _never(problem: Problem) -> tuple[str, ...]:
    """The facts that block a target even with every action done, excluded or not; () if none does."""
    free = replace(problem, request=replace(problem.request, excluded=frozenset()))
    blocked = blocking_facts(blocks(_everything(free)))
    return tuple(sorted({fact for node in _missing(free) for fact in blocked.get(node, ())}))


def _lacking(problem: Problem, watch: Watch, floor: int) -> tuple[dict[int, int] | Known, int]:
    """The fewest rupiah by year beyond the budgets with which there is a plan, and what is lacking at the least."""
    if not problem.request.budgets:
        return "no", 0
    solution = Schedule(problem, watch, extra=True, floor=floor).solve(("extra",))
    if solution.starts is None:
        return "no" if solution.proven else "unknown", 0
    over = problem.spent(solution.starts)
    extra = {year: over[year] - had for year, had in problem.request.budgets.items() if over[year] > had}
    return extra, solution.stages[0].bound or 0


def _later_year(problem: Problem, watch: Watch, floor: int) -> int | Known:
    """The first year by which there is a plan with the same means every year: more time never hurts, so by halving."""
    latest = problem.request.first + MOST_YEARS - 1
    known = feasible(_until(problem, latest), watch, floor)
    if not known:
        return "unknown" if known is None else "no"
    too_early, enough = problem.request.last, latest
    while enough - too_early > 1:
        middle = (too_early + enough) // 2
        known = feasible(_until(problem, middle), watch, floor)
        if known is None:
            return "unknown"
        too_early, enough = (too_early, middle) if known else (middle, enough)
    return enough


def _later_target(problem: Problem, watch: Watch, floor: int) -> int | Known:
    """The first year that would do for the only target where its own year is too early; "no" if none would.

    Of several targets it is only known that their years are too early: "unknown", as when the time was up.
    """
    request = problem.request
    dated = [goal.year for goal in request.goals if goal.year is not None]
    if not dated:
        return "no"
    undated = _undated(problem)
    known = feasible(_until(undated, request.first + MOST_YEARS - 1), watch, floor)
    if known is False:
        return "no"
    if known is None or len(request.goals) > 1:
        return "unknown"
    too_early, enough = dated[0], request.first + MOST_YEARS - 1
    while enough - too_early > 1:
        middle = (too_early + enough) // 2
        goals = (replace(request.goals[0], year=middle),)
        moved = replace(problem, request=replace(request, goals=goals))
        known = feasible(_until(moved, max(middle, request.last)), watch, floor)
        if known is None:
            return "unknown"
        too_early, enough = (too_early, middle) if known else (middle, enough)
    return enough


def _undated(problem: Problem) -> Problem:
    """The problem with all its targets due at the end only."""
    goals = tuple(replace(goal, year=None) for goal in problem.request.goals)
    return replace(problem, request=replace(problem.request, goals=goals))


def _until(problem: Problem, last: int) -> Problem:
    """The problem with more years, each further one with the money of the last; a target keeps the year it names."""
    request = problem.request
    years = range(request.first, last + 1) if request.budgets else ()
    budgets = {year: request.budgets[min(year, request.last)] for year in years}
    return replace(problem, request=replace(request, last=last, budgets=budgets))
