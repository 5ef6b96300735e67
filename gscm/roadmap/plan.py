"""Planning: the best plan for what is asked, replayed through the placement engine before anything is told of it."""

from __future__ import annotations

from collections.abc import Sequence

from gscm.errors import BadUse, Issue
from gscm.i18n import Text
from gscm.placement.place import Result
from gscm.roadmap.actions import Action, staged
from gscm.roadmap.greedy import greedy
from gscm.roadmap.replay import Problem
from gscm.roadmap.request import Request, check_request
from gscm.roadmap.roadmap import NoPlan, Roadmap
from gscm.roadmap.schedule import Progress, Schedule, aims
from gscm.roadmap.shortfall import no_plan
from gscm.roadmap.telling import Telling
from gscm.solver import Watch


def plan_roadmap(
    result: Result,
    actions: Sequence[Action],
    request: Request,
    watch: Watch | None = None,
    progress: Progress | None = None,
) -> Roadmap | NoPlan:
    """The best plan that holds, with everything that is told beside it; or why there is none.

    Raises BadUse where the request cannot be meant. `watch` bounds it all: three quarters of its time are for the plan
    itself, a quarter (or half of what is left, if that is more) is for what is told beside it, or for what would do
    where there is none.
    """
    check_request(request, result, actions)
    watch = watch or Watch()
    seconds = watch.left()
    main = watch.within(seconds * 3 / 4)
    listed = {action.id: action for action in sorted(actions, key=lambda action: action.id)}
    if request.staged:
        listed = {id: staged(result, action) for id, action in listed.items()}
    unpriced = tuple(id for id, action in listed.items() if request.budgets and action.costs is None)
    _priced_by_hand(request, unpriced)
    problem = Problem(result, {id: action for id, action in listed.items() if id not in unpriced}, request)
    plain = greedy(problem)
    begin = plain if not problem.faults(plain) else None
    solution = Schedule(problem, main, progress).solve(aims(problem), begin)
    aside = watch.within(max(seconds / 4, watch.left() / 2))
    if solution.starts is None:
        return no_plan(problem, aside, solution.proven, progress)
    faults = problem.faults(solution.starts)
    if faults:
        raise RuntimeError(f"the plan does not hold: {'; '.join(faults)}")
    return Telling(problem, solution, aside, progress).roadmap(plain, unpriced)


def _priced_by_hand(request: Request, unpriced: Sequence[str]) -> None:
    issues = [
        Issue(
            None,
            Text(
                f"--fix {id}: tindakan ini belum mempunyai biaya rupiah, padahal anggarannya dalam rupiah.",
                f"--fix {id}: this action has no cost in rupiah, but the budget is in rupiah.",
            ),
            Text("Isi biayanya dalam tabel --costs.", "Fill in its cost in the table of --costs."),
        )
        for id in unpriced
        if id in request.fixed
    ]
    if issues:
        raise BadUse(issues)
