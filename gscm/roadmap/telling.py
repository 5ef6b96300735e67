"""What is told of a plan: why each action is in it, what waits and why, and the plans beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from gscm.model.graph import Pair, level_order
from gscm.model.tree import Requires
from gscm.placement.flips import Step
from gscm.placement.place import Result
from gscm.placement.why import blocking_facts, blocks
from gscm.roadmap.actions import BANDS, Action
from gscm.roadmap.greedy import room
from gscm.roadmap.replay import Problem, Starts
from gscm.roadmap.request import Goal
from gscm.roadmap.roadmap import Clearing, Hopeful, Plain, Roadmap, Scheduled, Tally, Variant, Waiting
from gscm.roadmap.schedule import LARGEST, Aim, Schedule, Solution, aims, measured, solve
from gscm.solver import Watch

MOST_WAITING = 5
"""Actions of which it is told why they wait."""


class Telling:
    """Works out what is told of a plan."""

    def __init__(self, problem: Problem, solution: Solution, watch: Watch) -> None:
        assert solution.starts is not None
        self.problem, self.solution, self.watch = problem, solution, watch
        self.starts: Starts = solution.starts
        self.result, self.request = problem.result, problem.request
        self.position = {pair: index for index, pair in enumerate(level_order(self.result.model))}

    def roadmap(self, plain: Starts, unpriced: tuple[str, ...]) -> Roadmap:
        scheduled = tuple(
            sorted(map(self._scheduled, self.starts), key=lambda one: (one.start, one.end, one.action.id))
        )
        return Roadmap(
            result=self.result,
            request=self.request,
            actions=self.problem.actions,
            scheduled=scheduled,
            levels=self._staircase(),
            stages=self.solution.stages,
            total=self._tally(None, list(self.starts)),
            by_office=self._tallies(lambda action: action.office),
            by_fund=self._tallies(lambda action: action.fund),
            waiting=tuple(self._waiting()),
            variants=tuple(self._variants()),
            plain=self._plain(plain),
            clearing=tuple(self._clearing(scheduled)),
            hopeful=self._hopeful() if any(one.open for one in scheduled) else None,
            unpriced=unpriced,
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

    def _tally(self, name: str | None, ids: Sequence[str]) -> Tally:
        bands = [self.problem.actions[id].band for id in ids if self.problem.actions[id].costs is None]
        spent = self.problem.spent({id: self.starts[id] for id in ids})
        return Tally(name, spent, len(ids), {band: bands.count(band) for band in BANDS if band in bands})

    def _tallies(self, key: Callable[[Action], str | None]) -> tuple[Tally, ...]:
        groups: dict[str | None, list[str]] = {}
        for id in sorted(self.starts):
            groups.setdefault(key(self.problem.actions[id]), []).append(id)
        tallies = [self._tally(name, ids) for name, ids in groups.items()]
        return tuple(sorted(tallies, key=lambda tally: (-tally.total, -tally.actions, tally.name or "")))

    # -------------------------------------------------------------------------------------------- beside the plan

    def _waiting(self) -> Iterator[Waiting]:
        for id in sorted(self.request.excluded & self.problem.actions.keys()):
            yield Waiting(self.problem.actions[id], "excluded")
        outside = [id for id in self.problem.actions if id not in self.starts and id not in self.request.excluded]
        if self.request.goals and self.solution.proven:
            yield from self._dearer(outside)
        elif not self.request.goals:
            yield from self._left_out(outside)

    def _dearer(self, outside: Sequence[str]) -> Iterator[Waiting]:
        """What the targets could be reached by as well, and what more the best plan with it costs."""
        blocked = blocking_facts(blocks(self.result.low))
        facts = {fact for goal in self.request.goals for fact in blocked.get(goal.node, ())}
        near = [id for id in outside if any(step.fact in facts for step in self.problem.actions[id].gains)]
        wanted = [aim for aim in aims(self.problem) if aim not in ("value", "early", "order")]
        found = []
        for id in sorted(near, key=self._size)[:MOST_WAITING]:
            forced = replace(self.request, fixed={**self.request.fixed, id: None})
            solution = solve(replace(self.problem, request=forced), self.watch, wanted)
            if solution.starts is None and solution.proven:
                reason = self._hindrance(id)
                if reason is not None:
                    found.append(reason)
            elif solution.proven and solution.starts is not None:
                more = {aim: many for aim, many in self._difference(solution.starts).items() if aim in wanted}
                found.append(Waiting(self.problem.actions[id], "dearer", more=more))
        yield from sorted(found, key=lambda one: (not one.more, *one.more.values(), one.action.id))

    def _difference(self, starts: Starts) -> dict[Aim, int]:
        """What another plan costs more than this one, and how much less it brings."""
        more: dict[Aim, int] = {}
        for stage in self.solution.stages:
            if stage.aim not in ("order", "early"):
                difference = measured(self.problem, stage.aim, starts) - stage.value
                more[stage.aim] = -difference if stage.aim in LARGEST else difference
        return more

    def _size(self, id: str) -> tuple[int, int, str]:
        """How large an action is: its band where that is all known, its rupiah, its id."""
        action = self.problem.actions[id]
        return (BANDS.index(action.band) if action.band and action.costs is None else 0, action.cost or 0, id)

    def _left_out(self, outside: Sequence[str]) -> Iterator[Waiting]:
        """What would add most to the plan, and what keeps it out."""
        last = self.problem.done(self.starts, self.request.last)
        held = self.problem.state(last).holds
        gains = {
            id: sum(self.problem.weights.get(node, 0) for node, _ in self.problem.state({*last, id}).holds - held)
            for id in outside
        }
        able = [id for id in outside if gains[id]]
        reasons = map(self._hindrance, sorted(able, key=lambda one: (-gains[one], self._size(one))))
        yield from islice((reason for reason in reasons if reason is not None), MOST_WAITING)

    def _hindrance(self, id: str) -> Waiting | None:
        """What keeps an action from being added to the plan as it stands; None if nothing does."""
        action, starts = self.problem.actions[id], dict(self.starts)
        missing = tuple(need for need in action.needs if need in self.problem.actions and need not in starts)
        if missing:
            return Waiting(action, "needs", missing=missing)
        able = [year for year in self.request.years if self.problem.ready(action, starts, year)]
        reasons = [room(self.problem, starts, id, year) for year in able]
        if None in reasons:
            return None
        kept = [found for found in reasons if found is not None and found[0] != "time"]
        return Waiting(action, kept[0][0], year=kept[0][1]) if kept else Waiting(action, "time")

    def _variants(self) -> Iterator[Variant]:
        """What changes with a fifth less and a fifth more money."""
        if not self.request.budgets:
            return
        nodes = self.result.model.nodes
        after = self._staircase()
        for percent in (80, 120):
            budgets = {year: amount * percent // 100 for year, amount in self.request.budgets.items()}
            problem = replace(self.problem, request=replace(self.request, budgets=budgets))
            left = self.watch.left()
            solution = Schedule(problem, Watch.of(left / 3, self.watch.stopped)).solve(
                aims(problem), self.starts if percent > 100 else None
            )
            if solution.starts is None or not solution.stages[0].proven:
                yield Variant(percent, None, solution.proven, 0, (), (), {})
                continue
            end = problem.state(problem.done(solution.starts, self.request.last))
            yield Variant(
                percent=percent,
                starts=solution.starts,
                proven=solution.proven,
                cost=problem.cost(solution.starts),
                added=tuple(sorted(solution.starts.keys() - self.starts.keys())),
                dropped=tuple(sorted(self.starts.keys() - solution.starts.keys())),
                levels={id: end.level(nodes[id]) for id in after if end.level(nodes[id]) != after[id][-1]},
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
        """The plan if every open answer were at its best."""
        reading = self.result.reading
        nodes = {id: replace(placement, low=placement.high) for id, placement in self.result.nodes.items()}
        settled = replace(reading, low=reading.high, open=frozenset())
        result = replace(self.result, nodes=nodes, low=self.result.high, reading=settled)
        request = replace(self.request, fixed={}, goals=tuple(g for g in self.request.goals if _ahead(g, result)))
        if self.request.goals and not request.goals:
            return Hopeful(0, 0, {}, proven=True)
        problem = Problem(result, self.problem.actions, request)
        solution = solve(problem, self.watch, [aim for aim in aims(problem) if aim not in ("early", "order")])
        if solution.starts is None:
            return None
        return Hopeful(len(solution.starts), problem.cost(solution.starts), solution.starts, solution.proven)


def _ahead(goal: Goal, result: Result) -> bool:
    return (goal.node, goal.level) not in result.low.holds
