"""What is told of a plan: why each action is in it, what waits and why, and the plans beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from math import nan
from typing import Literal

from gscm.i18n import Text
from gscm.model.graph import Pair, level_order
from gscm.model.tree import Requires
from gscm.placement.flips import Step
from gscm.placement.place import Result
from gscm.placement.why import blocking_facts, blocks
from gscm.roadmap.actions import BANDS, Action
from gscm.roadmap.greedy import greedy, room
from gscm.roadmap.replay import Problem, Starts
from gscm.roadmap.request import Goal, Request
from gscm.roadmap.roadmap import (
    Clearing,
    Hopeful,
    Instead,
    Known,
    Mixed,
    Plain,
    Roadmap,
    Scheduled,
    Tally,
    Variant,
    Waiting,
)
from gscm.roadmap.schedule import (
    LARGEST,
    Aim,
    Progress,
    Schedule,
    Solution,
    aims,
    measured,
    mixed,
    most_in_the_end,
    nearest,
    rupiah_first,
    solve,
)
from gscm.solver import Watch

_ALIKE: tuple[Aim, ...] = ("change",)  # what decides last for a plan that is told beside another
_TIES: tuple[Aim, ...] = ("early", "order")  # and for one of which the years are told

MOST_WAITING = 5
"""Actions of which it is told why they wait."""


class Telling:
    """Works out what is told of a plan."""

    def __init__(self, problem: Problem, solution: Solution, watch: Watch, progress: Progress | None = None) -> None:
        assert solution.starts is not None
        self.problem, self.solution, self.watch, self.progress = problem, solution, watch, progress
        self.stopped = watch.ended and not solution.proven
        self.starts: Starts = solution.starts
        self.result, self.request = problem.result, problem.request
        self.position = {pair: index for index, pair in enumerate(level_order(self.result.model))}

    def _tell(self, what: Text) -> None:
        """Say what is being worked out beside the plan."""
        if self.progress is not None and not self.watch.over:
            self.progress(what, nan, nan)

    def roadmap(self, plain: Starts, unpriced: tuple[str, ...]) -> Roadmap:
        scheduled = tuple(
            sorted(map(self._scheduled, self.starts), key=lambda one: (one.start, one.end, one.action.id))
        )
        mixed = self._mixed()
        variants = tuple(self._variants())
        hopeful = self._hopeful() if any(one.open for one in scheduled) else None
        return Roadmap(
            result=self.result,
            request=self.request,
            actions=self.problem.actions,
            scheduled=scheduled,
            levels=self._staircase(),
            stages=self.solution.stages,
            total=self._tally(None, self.starts),
            by_office=self._tallies(lambda action: action.office),
            by_fund=self._tallies(lambda action: action.fund),
            waiting=tuple(self._waiting()),
            variants=variants,
            plain=self._plain(plain),
            clearing=tuple(self._clearing(scheduled)),
            hopeful=hopeful,
            unpriced=unpriced,
            stopped=self.stopped,
            mixed=mixed,
        )

    def _staircase(self) -> dict[str, tuple[int, ...]]:
        states = [self.result.low, *(self.problem.state(self.problem.done(self.starts, y)) for y in self.request.years)]
        nodes = self.result.model.nodes
        return {id: tuple(state.level(nodes[id]) for state in states) for id in self.problem.weights}

    def _scheduled(self, id: str) -> Scheduled:
        action, start = self.problem.actions[id], self.starts[id]
        reading = self.result.reading
        return Scheduled(
            action=action,
            start=start,
            end=self.problem.ends(id, start),
            fixed=id in self.request.fixed,
            quick=action.months <= 12 and self._nothing_before(action),
            lifts=self._lifts(action),
            frees=self._frees(id),
            serves=tuple(other for other in self.starts if id in self.problem.actions[other].needs),
            open=tuple(step.fact for step in action.gains if step.fact in reading.open),
        )

    def _lifts(self, action: Action) -> tuple[Pair, ...]:
        """The levels of its own indicators that an action works on."""
        return tuple(sorted({pair for step in action.gains for pair in self._pairs(step)}))

    def _pairs(self, step: Step) -> Iterator[Pair]:
        fact = self.result.reading.facts[step.fact]
        node = self.result.model.nodes[fact.node]
        if fact.level is not None:
            yield node.id, fact.level
        elif fact.kind == "level":
            yield node.id, int(step.value)
        elif fact.kind == "quantity" and node.quantity is not None:
            targets = node.quantity.targets
            reached = [level for level in targets if node.quantity.reaches(step.value, targets[level])]
            yield from ((node.id, level) for level in reached[-1:])

    def _nothing_before(self, action: Action) -> bool:
        """Whether all that an action and its levels stand on is there today."""
        holds, absent = self.result.low.holds, self.result.reading.absent
        if any(need in self.problem.actions for need in action.needs) or not holds.issuperset(action.levels):
            return False
        for node, level in self._lifts(action):
            before = [
                (clause.node, clause.level)
                for clause in self.result.model.nodes[node].gates.get(level, ())
                if isinstance(clause, Requires) and clause.node not in absent and clause.level > 1
            ]
            if level > 2:
                before.append((node, level - 1))
            if not holds.issuperset(before):
                return False
        return True

    def _frees(self, id: str) -> tuple[Pair, ...]:
        """The pairs that would be missing without the action: at the end, or else in the first year in which any is."""
        for year in (self.request.last, *self.request.years):
            done = self.problem.done(self.starts, year)
            if id in done:
                lost = self.problem.state(done).holds - self.problem.state(done - {id}).holds
                if lost:
                    own = {node for node, _ in self._lifts(self.problem.actions[id])}
                    return tuple(sorted(lost, key=lambda pair: (pair[0] not in own, self.position[pair])))
        return ()

    def _tally(self, name: str | None, starts: Starts) -> Tally:
        bands = [self.problem.actions[id].band for id in self._unpriced(starts)]
        spent = self.problem.spent(starts)
        return Tally(name, spent, len(starts), {band: bands.count(band) for band in BANDS if band in bands})

    def _unpriced(self, ids: Iterable[str]) -> list[str]:
        """Those of the actions that have no rupiah."""
        return [id for id in ids if self.problem.actions[id].costs is None]

    def _tallies(self, key: Callable[[Action], str | None]) -> tuple[Tally, ...]:
        groups: dict[str | None, dict[str, int]] = {}
        for id in sorted(self.starts):
            groups.setdefault(key(self.problem.actions[id]), {})[id] = self.starts[id]
        tallies = [self._tally(name, ids) for name, ids in groups.items()]
        return tuple(sorted(tallies, key=lambda tally: (-tally.total, -tally.actions, tally.name or "")))

    # -------------------------------------------------------------------------------------------- beside the plan

    def _waiting(self) -> Iterator[Waiting]:
        """What is nearly in the plan, the nearest first, and why it waits; first of all what is excluded by hand."""
        excluded = sorted(self.request.excluded & self.problem.actions.keys(), key=self._size)[:MOST_WAITING]
        outside = [id for id in self.problem.actions if id not in self.starts and id not in self.request.excluded]
        if self.request.goals:
            near: list[tuple[str, Waiting | None]] = [
                (id, None) for id in self._alternatives(outside)[: MOST_WAITING + 1]
            ]
        else:
            hindered = ((id, self._hindrance(id)) for id in self._additions(outside))
            near = list(islice(((id, reason) for id, reason in hindered if reason is not None), MOST_WAITING))
        shares = iter(range(len(excluded) + len(near), 0, -1))
        for id in excluded:
            request = replace(self.request, excluded=self.request.excluded - {id})
            watch = self.watch.within(self.watch.left() / next(shares))
            yield Waiting(self.problem.actions[id], "excluded", instead=self._instead(request, watch))
        found = [self._waits(id, reason, self.watch.within(self.watch.left() / next(shares))) for id, reason in near]
        if self.request.goals:
            found.sort(key=_nearness)
        yield from found[:MOST_WAITING]

    def _alternatives(self, outside: Sequence[str]) -> list[str]:
        """What may lead to the targets as well, the smallest first."""
        blocked = blocking_facts(blocks(self.result.low))
        facts = {fact for goal in self.request.goals for fact in blocked.get(goal.node, ())}
        near = [id for id in outside if any(step.fact in facts for step in self.problem.actions[id].gains)]
        return sorted(near, key=self._size)

    def _additions(self, outside: Sequence[str]) -> list[str]:
        """What would add to the plan, with the others that its own levels take: the most for its money first."""
        done = self.problem.done(self.starts, self.request.last)
        held = self.problem.state(done).holds
        lifts = {id: set(self._lifts(self.problem.actions[id])) for id in outside}

        def worth(id: str) -> Fraction:
            beside = [other for other in outside if lifts[other] & lifts[id]]
            more = self.problem.state({*done, id, *beside}).holds - held
            gained = sum(self.problem.weights.get(node, 0) for node, _ in more)
            return Fraction(gained, 1 + sum(self.problem.actions[other].cost or 0 for other in {id, *beside}))

        able = {id: value for id in outside if (value := worth(id))}
        return sorted(able, key=lambda one: (-able[one], self._size(one)))

    def _waits(self, id: str, reason: Waiting | None, watch: Watch) -> Waiting:
        """Why an action waits, and what the best plan with it would be."""
        instead = self._instead(replace(self.request, fixed={**self.request.fixed, id: None}), watch)
        reason = reason or (None if isinstance(instead, Instead) else self._hindrance(id))
        return replace(reason or Waiting(self.problem.actions[id], "dearer"), instead=instead)

    def _instead(self, request: Request, watch: Watch) -> Instead | Known:
        """The best plan for another request beside this one, by what it takes and by the levels at the end."""
        if not self.solution.proven or watch.over:
            return "unknown"
        self._tell(Text("tindakan yang hampir terpilih", "actions nearly chosen"))
        wanted = _without_ties(aims(self.problem))
        problem = replace(self.problem, request=replace(request, like=frozenset(self.starts)))
        solution = solve(problem, watch, [*wanted, *_ALIKE])
        if not solution.proven:
            return "unknown"
        if solution.starts is None:
            return "no"
        return Instead(
            more={aim: many for aim, many in self._difference(solution.starts).items() if aim in wanted},
            dropped=tuple(sorted(self.starts.keys() - solution.starts.keys())),
            levels=self._elsewhere(solution.starts, self.starts)[0],
        )

    def _elsewhere(self, starts: Starts, before: Starts) -> tuple[dict[str, int], dict[str, int]]:
        """The nodes that end at another level than by another plan: their levels by the one and by the other."""
        other, mine = (
            {id: state.level(self.result.model.nodes[id]) for id in self.problem.weights}
            for plan in (starts, before)
            for state in [self.problem.state(self.problem.done(plan, self.request.last))]
        )
        differ = [id for id in other if other[id] != mine[id]]
        return {id: other[id] for id in differ}, {id: mine[id] for id in differ}

    def _moved(self, starts: Starts, before: Starts) -> Iterator[tuple[Pair, int, int]]:
        """The pairs that hold at the end of both plans, but from another year on."""
        held, had = ({y: self.problem.holds(plan, y) for y in self.request.years} for plan in (starts, before))
        for pair in sorted(held[self.request.last] & had[self.request.last]):
            year, was = (next(y for y in self.request.years if pair in by_year[y]) for by_year in (held, had))
            if year != was:
                yield pair, year, was

    def _difference(self, starts: Starts) -> dict[Aim, int]:
        """What another plan costs more than this one, and how much less it brings."""
        more: dict[Aim, int] = {}
        for aim in aims(self.problem):
            if aim not in ("order", "early"):
                difference = measured(self.problem, aim, starts) - measured(self.problem, aim, self.starts)
                more[aim] = -difference if aim in LARGEST else difference
        return more

    def _size(self, id: str) -> tuple[int, int, str]:
        """How large an action is: its band where that is all known, its rupiah, its id."""
        action = self.problem.actions[id]
        return (BANDS.index(action.band) if action.band and action.costs is None else 0, action.cost or 0, id)

    def _hindrance(self, id: str) -> Waiting | None:
        """What keeps an action from being added to the plan as it stands; None if nothing does."""
        action, starts = self.problem.actions[id], dict(self.starts)
        missing = tuple(need for need in action.needs if need in self.problem.actions and need not in starts)
        last = self.problem.state(self.problem.done(starts, self.request.last)).holds
        levels = tuple(pair for pair in action.levels if pair not in last)
        if missing or levels:
            return Waiting(action, "needs", missing=missing, levels=levels)
        able = [year for year in self.request.years if self.problem.ready(action, starts, year)]
        reasons = [room(self.problem, starts, id, year) for year in able]
        if None in reasons:
            return None
        kept = [found for found in reasons if found is not None and found.why != "time"]
        if not kept:
            return Waiting(action, "time")
        least = min(kept, key=lambda found: (found.why != "money", found.lacking, found.year))
        return Waiting(action, least.why, year=least.year, lacking=least.lacking)

    def _mixed(self) -> Mixed | None:
        """What the plan would cost if rupiah came before bands, where some actions have only the one or the other."""
        if not mixed(self.problem):
            return None
        self._tell(Text("seandainya rupiah didahulukan", "if rupiah came first"))
        watch = self.watch.within(self.watch.left() / 3)
        solution = Schedule(self.problem, watch).solve(rupiah_first(self.problem), self.starts)
        if solution.starts is None or not _settled(solution):
            return Mixed(None, tuple(self._unpriced(sorted(self.starts))))
        used = sorted({*self.starts, *solution.starts})
        return Mixed(self._tally(None, solution.starts), tuple(self._unpriced(used)))

    def _variants(self) -> Iterator[Variant]:
        """What changes with a fifth less and a fifth more money: of every year, or of all where no year has its own."""
        cost = self.problem.cost(self.starts)
        if not self.request.budgets and not (self.request.goals and cost and not self._unpriced(self.starts)):
            return
        yield self._less(self._with_share(80, self.starts))
        if not self.request.goals:
            yield self._variant(self._with_share(120, self.starts), "same", 120, self.starts)
            return
        same = self._variant(self._with_share(100, self.starts), "most", 100, self.starts)
        yield same
        before = same.starts or self.starts
        if same.known == "found":
            yield self._variant(self._with_share(120, before), "most", 120, before)
        else:
            yield Variant(120, self._with_share(120, before).request.ceiling, "most", "unknown")

    def _with_share(self, percent: int, like: Starts) -> Problem:
        """The problem with a share of the money; what was done by a plan is kept as far as all else is equal."""
        request = self.request
        ceiling = None if request.budgets else self.problem.cost(self.starts) * percent // 100
        budgets = {year: amount * percent // 100 for year, amount in request.budgets.items()}
        request = replace(request, budgets=budgets, ceiling=ceiling, like=frozenset(like))
        return replace(self.problem, request=request)

    def _less(self, problem: Problem) -> Variant:
        """What less money means: the same as is wanted of the plan, or what comes nearest to the targets."""
        found = self._variant(problem, "same", 80, self.starts)
        if found.known != "none" or not problem.request.goals:
            return found
        near = replace(problem, request=replace(problem.request, near=True))
        return self._variant(near, "nearest", 80, self.starts)

    def _variant(
        self, problem: Problem, wanted: Literal["same", "nearest", "most"], percent: int, before: Starts
    ) -> Variant:
        """The best plan with some money, beside another plan."""
        self._tell(Text(f"dengan {percent}% uangnya", f"with {percent}% of the money"))
        ceiling = problem.request.ceiling
        if self.watch.over:
            return Variant(percent, ceiling, wanted, "unknown")
        by_wanted = {
            "same": _without_ties(aims(problem)),
            "nearest": nearest(problem),
            "most": most_in_the_end(problem),
        }
        objectives: list[Aim] = [*by_wanted[wanted], *_ALIKE, *_TIES]
        if not _settled(self.solution):  # a plan that may be bettered by other means is nothing to compare with
            objectives = objectives[:1]
        begin = next((plan for plan in (before, greedy(problem)) if not problem.faults(plan)), None)
        solution = Schedule(problem, self.watch.within(self.watch.left() / 3)).solve(objectives, begin)
        if solution.starts is None:
            return Variant(percent, ceiling, wanted, "none" if solution.proven else "unknown")
        if not _settled(solution) or not _settled(self.solution):
            first = solution.stages[0]
            known = first.aim == "level" and first.proven
            level = problem.result.low.level(problem.result.model.root) + first.value if known else None
            return Variant(percent, ceiling, wanted, "unknown", level=level)
        levels, were = self._elsewhere(solution.starts, before)
        return Variant(
            percent=percent,
            ceiling=ceiling,
            wanted=wanted,
            known="found",
            starts=solution.starts,
            cost=problem.cost(solution.starts),
            cost_before=problem.cost(before),
            added=tuple(sorted(solution.starts.keys() - before.keys())),
            dropped=tuple(sorted(before.keys() - solution.starts.keys())),
            levels=levels,
            before=were,
            moved=tuple(self._moved(solution.starts, before)),
        )

    def _plain(self, starts: Starts) -> Plain:
        return Plain(starts, not self.problem.faults(starts), self.problem.cost(starts), self._difference(starts))

    def _clearing(self, scheduled: Sequence[Scheduled]) -> Iterator[Clearing]:
        """The open answers that the plan acts on: what spares the dearest and the earliest actions first."""

        def order(one: Scheduled) -> tuple[int, int, int, str]:
            band, cost, id = self._size(one.action.id)
            return -cost, -band, one.start, id

        for one in sorted((one for one in scheduled if one.open), key=order):
            unmet = [step for step in one.action.gains if step in self.problem.needed_by]
            for fact in one.open:
                yield Clearing(fact, one.action.id, alone=len(unmet) == 1)

    def _hopeful(self) -> Hopeful | None:
        """The plan if every open answer were at its best; None if the time was up before that was known."""
        if self.watch.over:
            return None
        self._tell(Text("seandainya jawaban terbuka terpenuhi", "if open answers were fulfilled"))
        reading = self.result.reading
        nodes = {id: replace(placement, low=placement.high) for id, placement in self.result.nodes.items()}
        settled = replace(reading, low=reading.high, open=frozenset())
        result = replace(self.result, nodes=nodes, low=self.result.high, reading=settled)
        request = replace(self.request, fixed={}, goals=tuple(g for g in self.request.goals if _ahead(g, result)))
        if self.request.goals and not request.goals:
            return Hopeful(0, 0, proven=True)
        problem = Problem(result, self.problem.actions, request)
        watch = self.watch.within(self.watch.left() / 3)
        solution = solve(problem, watch, _without_ties(aims(problem)))
        if solution.starts is None:
            return None
        return Hopeful(len(solution.starts), problem.cost(solution.starts), solution.proven)


def _without_ties(wanted: Sequence[Aim]) -> list[Aim]:
    """The objectives without those that only choose among plans of the same level, cost and number of actions."""
    return list(wanted[: wanted.index("actions") + 1])


def _settled(solution: Solution) -> bool:
    """Whether a plan is proven as good as can be, but for what only chooses among plans as good."""
    return all(stage.proven for stage in solution.stages if stage.aim not in ("actions", *_ALIKE, *_TIES))


def _nearness(one: Waiting) -> tuple[bool, list[int], str]:
    """What would make the plan dearer by the least comes first, what was not worked out last."""
    more = list(one.instead.more.values()) if isinstance(one.instead, Instead) else []
    return not more, more, one.action.id


def _ahead(goal: Goal, result: Result) -> bool:
    return (goal.node, goal.level) not in result.low.holds
