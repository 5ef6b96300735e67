"""How long does planning take? 300 actions × 5 years: the most level for the money, and the cheapest way to a target.

The actions are those of the province model, the costs and the capacity are made up by a fixed seed and stand for
nothing. An objective is proven within the limit, or its gap is told.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path
from time import monotonic

from gscm.placement.place import place
from gscm.responses.load import load_answers
from gscm.roadmap.actions import model_actions
from gscm.roadmap.replay import Problem
from gscm.roadmap.request import Capacity, Goal, Request
from gscm.roadmap.schedule import Schedule, aims
from gscm.solver import Watch

EXAMPLE = Path(__file__).parents[1] / "examples/kalimantan-selatan-2019/answers.yaml"
ACTIONS, LIMIT = 300, 60.0
YEARS = 2027, 2031
PRICE = {"low": 40, "medium": 250, "high": 1500}  # million rupiah around which a price is drawn

result = place(replace(load_answers(EXAMPLE), scope=None))
dice = random.Random(7)
listed = sorted(model_actions(result), key=lambda action: (int(action.id.split(".")[1]), action.id))
actions = {}
for action in sorted(listed[:ACTIONS], key=lambda action: action.id):  # those of the lower levels
    price = PRICE[action.band or "low"] * dice.randrange(500_000, 1_500_000) + dice.randrange(1000)
    actions[action.id] = replace(action, costs=(price // action.years,) * action.years)
money = sum(sum(action.costs or ()) for action in actions.values())
budgets = dict.fromkeys(range(YEARS[0], YEARS[1] + 1), money // 8)
requests = {
    "most level for the money": Request(*YEARS, budgets=budgets, capacities=(Capacity(6),)),
    "cheapest way to governance 3": Request(*YEARS, goals=(Goal("governance", 3),), capacities=(Capacity(6),)),
}

late = False
for name, request in requests.items():
    problem = Problem(result, actions, request)
    print(f"\n{name}: {ACTIONS} actions × {len(request.years)} years, at most {LIMIT:g} s\n")
    started = monotonic()
    schedule = Schedule(problem, Watch(deadline=started + LIMIT))
    solution = schedule.solve(aims(problem))
    assert solution.starts is not None
    assert problem.faults(solution.starts) == []
    for stage in solution.stages:
        said = "proven" if stage.proven else f"best {stage.value}, bound {stage.bound}"
        print(f"  {stage.aim:<8} {stage.value:>16}  {said}")
    print(f"  {monotonic() - started:.1f} s, {len(solution.starts)} actions, plan replayed and holds")
    late |= not solution.stages[0].proven
sys.exit(late)
