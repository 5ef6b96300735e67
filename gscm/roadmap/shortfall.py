"""Why there is no plan, and the least money, time and hands that would do, each proven by solving for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from math import nan

from gscm.i18n import Text
from gscm.placement.clauses import State
from gscm.placement.why import blocking_facts, blocks
from gscm.roadmap.replay import Problem
from gscm.roadmap.request import MOST_YEARS, Capacity
from gscm.roadmap.roadmap import Clash, Known, NoPlan, Together
from gscm.roadmap.schedule import Progress, Schedule, feasible, overload, solve
from gscm.solver import Watch


def no_plan(problem: Problem, watch: Watch, proven: bool, progress: Progress | None = None) -> NoPlan:
    """Why there is no plan, and what the least is that would do, each proven by solving for it."""
    result, request = problem.result, problem.request
    if not proven:
        return NoPlan(result, request, "unknown")
    if clashes := tuple(sorted(_clashes(problem, watch), key=lambda clash: clash.actions)):
        return NoPlan(result, request, "fixed", clashes=clashes)
    if _missing(problem) and (excluded := _left_out(problem)):
        return NoPlan(result, request, "excluded", excluded=excluded)
    if facts := _never(problem):
        return NoPlan(result, request, "never", facts=facts)
    if progress is not None:
        progress(Text("yang terkecil yang mencukupi", "the least that would do"), nan, nan)
    floor = _floor(problem, watch)
    extra, bound = _lacking(problem, watch.within(watch.left() / 3), floor)
    hands = _short_of_hands(problem, watch.within(watch.left() / 3), floor)
    last = _later_year(problem, watch.within(watch.left() / 2), floor)
    due = _later_target(problem, watch.within(watch.left() / 2), floor) if last == "no" else "no"
    alone = all(known == "no" for known in (extra, hands, last, due))
    return NoPlan(
        result,
        request,
        "limits",
        extra=extra,
        extra_bound=bound,
        hands=hands,
        last=last,
        due=due,
        let_go=_in_the_way(problem, watch.within(watch.left() / 2), floor),
        together=tuple(_together(problem, watch, floor)) if alone else (),
    )


def _floor(problem: Problem, watch: Watch) -> int:
    """What any plan to the targets costs at least, with all the time and all the hands in the world."""
    if not problem.request.budgets:
        return 0
    free = replace(_undated(_longest(problem)).request, budgets={}, capacities=(), fixed={}, excluded=frozenset())
    solution = solve(replace(problem, request=free), watch.within(watch.left() / 4), ("cost",))
    return solution.stages[0].bound or 0 if solution.stages else 0


# ---------------------------------------------------------------------------------------------- what is set by hand


def _clashes(problem: Problem, watch: Watch) -> Iterator[Clash]:
    """Groups of choices by hand that cannot hold together, whatever the targets; none is superfluous in its group."""
    problem = replace(problem, request=replace(problem.request, goals=()))
    kept = frozenset(problem.request.fixed)
    while feasible(_fixing(problem, kept), watch) is False:
        group = _smallest(kept, lambda fewer: feasible(_fixing(problem, fewer), watch) is False)
        yield _clash(_fixing(problem, group), watch)
        kept -= group


def _clash(problem: Problem, watch: Watch) -> Clash:
    """What would let the choices of one group hold: other exclusions, more money, more hands, or later years."""
    request, excluded = problem.request, problem.request.excluded
    open_ = replace(problem, request=replace(request, excluded=frozenset()))
    earliest = {id: open_.earliest.get(id) for id in sorted(request.fixed)}
    allow = excluded
    if feasible(open_, watch):
        allow = excluded - _smallest(excluded, lambda fewer: not feasible(_excluding(problem, excluded - fewer), watch))
    return Clash(
        actions=tuple(sorted(request.fixed)),
        extra=_lacking(problem, watch, 0)[0],
        hands=_short_of_hands(problem, watch, 0),
        allow=tuple(sorted(allow)),
        earliest={
            id: year for id, year in earliest.items() if year is None or year > (request.fixed[id] or request.last)
        },
    )


def _fixing(problem: Problem, ids: Iterable[str]) -> Problem:
    """The problem with only these of its choices fixed."""
    fixed = problem.request.fixed
    return replace(problem, request=replace(problem.request, fixed={id: fixed[id] for id in sorted(ids)}))


def _excluding(problem: Problem, ids: Iterable[str]) -> Problem:
    """The problem with only these actions excluded."""
    return replace(problem, request=replace(problem.request, excluded=frozenset(ids)))


def _smallest(ids: frozenset[str], still: Callable[[frozenset[str]], bool]) -> frozenset[str]:
    """Those of which every one is needed for something still to be so; dropped one by one, in lexical order."""
    for id in sorted(ids):
        if still(ids - {id}):
            ids -= {id}
    return ids


def _in_the_way(problem: Problem, watch: Watch, floor: int) -> tuple[str, ...]:
    """Choices by hand without which the targets were reached within the same limits, none of them superfluous."""
    request = problem.request

    def without(ids: frozenset[str]) -> Problem:
        return _excluding(_fixing(problem, request.fixed.keys() - ids), request.excluded - ids)

    free = Schedule(without(request.excluded | request.fixed.keys()), watch, floor=floor).solve(())
    if free.starts is None:
        return ()
    broken = {
        id for id, year in request.fixed.items() if free.starts.get(id) not in ((year,) if year else request.years)
    }
    used = frozenset(broken | (request.excluded & free.starts.keys()))
    return tuple(sorted(_smallest(used, lambda fewer: bool(feasible(without(fewer), watch, floor)))))


def _left_out(problem: Problem) -> tuple[str, ...]:
    """Excluded actions with which no target would be missed, none of them superfluous; () if they do not matter."""
    excluded = problem.request.excluded
    if not excluded or _missing(_excluding(problem, ())):
        return ()
    return tuple(sorted(_smallest(excluded, lambda fewer: not _missing(_excluding(problem, excluded - fewer)))))


# ------------------------------------------------------------------------------------------- what nothing would reach


def _everything(problem: Problem) -> State:
    """Where everything stands once every action that is not excluded is done."""
    request = replace(problem.request, last=problem.request.first + MOST_YEARS - 1, budgets={}, fixed={})
    lasting = replace(problem, request=request)
    return lasting.state(lasting.earliest)


def _missing(problem: Problem) -> tuple[str, ...]:
    """The nodes that miss their target even with every action done."""
    holds = _everything(problem).holds
    return tuple(goal.node for goal in problem.request.goals if (goal.node, goal.level) not in holds)


def _never(problem: Problem) -> tuple[str, ...]:
    """The facts that block a target even with every action done, excluded or not; () if none does."""
    free = _excluding(problem, ())
    blocked = blocking_facts(blocks(_everything(free)))
    return tuple(sorted({fact for node in _missing(free) for fact in blocked.get(node, ())}))


# ------------------------------------------------------------------------------------------- money, hands and time


def _lacking(problem: Problem, watch: Watch, floor: int) -> tuple[dict[int, int] | Known, int]:
    """The fewest rupiah by year beyond the budgets with which there is a plan, and what is lacking at the least."""
    if not problem.request.budgets:
        return "no", 0
    solution = Schedule(problem, watch, short="money", floor=floor).solve(("extra",))
    if solution.starts is None:
        return "no" if solution.proven else "unknown", 0
    over = problem.spent(solution.starts)
    extra = {year: over[year] - had for year, had in problem.request.budgets.items() if over[year] > had}
    return extra, solution.stages[0].bound or 0


def _short_of_hands(problem: Problem, watch: Watch, floor: int) -> dict[str, int] | Known:
    """By how many actions at once the offices would have to carry more every year, as few as possible together."""
    if not problem.request.capacities:
        return "no"
    solution = Schedule(problem, watch, short="hands", floor=floor).solve(("hands",))
    if not solution.proven:
        return "unknown"
    return "no" if solution.starts is None else overload(problem, solution.starts)


def _later_year(problem: Problem, watch: Watch, floor: int) -> int | Known:
    """The first year by which there is a plan with the same means every year: more time never hurts, so by halving."""
    latest = problem.request.first + MOST_YEARS - 1
    known = feasible(_longest(problem), watch, floor)
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
    known = feasible(_longest(undated), watch, floor)
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


def _together(problem: Problem, watch: Watch, floor: int) -> Iterator[Together]:
    """What would do only together, the fewest kinds at once: time, then hands, then money, each as little as can be."""
    dated = any(goal.year is not None for goal in problem.request.goals)
    for base in (problem, _undated(problem)) if dated else (problem,):
        kinds = ["time", *["hands"] * bool(base.request.capacities), *["money"] * bool(base.request.budgets)]
        for size in range(1 if base is not problem else 2, len(kinds) + 1):
            found = [_joint(base, set(some), watch, floor) for some in combinations(kinds, size)]
            if any(found):
                yield from (replace(one, undated=base is not problem) for one in found if one is not None)
                return


def _joint(problem: Problem, kinds: set[str], watch: Watch, floor: int) -> Together | None:
    """The least of each kind in turn, with the later ones free; None if they do not suffice or the time was up."""
    last: int | None = None
    hands: dict[str, int] = {}
    extra: dict[int, int] = {}
    if "time" in kinds:
        found = _later_year(_freed(problem, kinds), watch, floor)
        if isinstance(found, str):
            return None
        last, problem = found, _until(problem, found)
    if "hands" in kinds:
        more = _short_of_hands(_freed(problem, kinds - {"hands"}), watch, floor)
        if isinstance(more, str):
            return None
        hands, problem = more, _with_hands(problem, more)
    if "money" in kinds:
        lacking, bound = _lacking(problem, watch, floor)
        if isinstance(lacking, str) or bound < sum(lacking.values()):
            return None
        extra = lacking
    return Together(last, hands, extra)


def _freed(problem: Problem, kinds: set[str]) -> Problem:
    """The problem without limits of some kinds."""
    request = problem.request
    budgets = {} if "money" in kinds else request.budgets
    capacities = () if "hands" in kinds else request.capacities
    return replace(problem, request=replace(request, budgets=budgets, capacities=capacities))


def _with_hands(problem: Problem, more: Mapping[str, int]) -> Problem:
    """The problem with offices that can carry more every year."""
    request = problem.request
    wider = tuple(
        Capacity(most + many, office, year)
        for office, many in more.items()
        for year in request.years
        for most in [request.capacity(office, year)]
        if most is not None
    )
    return replace(problem, request=replace(request, capacities=(*wider, *request.capacities)))


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


def _longest(problem: Problem) -> Problem:
    """The problem with as many years as can be planned."""
    return _until(problem, problem.request.first + MOST_YEARS - 1)
