"""One answer, whatever the order of things in their files, the hash seed, or a price that does not matter."""

import json
import os
import subprocess
import sys
from pathlib import Path

from gscm.formats.costs import read_costs
from gscm.placement.place import place
from gscm.roadmap.actions import with_rows
from gscm.roadmap.flat import roadmap_json
from gscm.roadmap.plan import plan_roadmap
from gscm.roadmap.request import Capacity, Goal, Request
from tests.tiny import answered, tiny

ROOT = Path(__file__).parents[2]
GATES = "gates: {2: [{clause: children, rule: share, share: 1/2}], 3: [{clause: children, rule: all}]}\nchildren:\n"
NODES = [f"  - {{id: {id}, kind: level, title: {id.upper()}}}\n" for id in "abcd"]
ANSWERS = ["a: 1\n", "b: 1\n", "c: 1\n"]  # d is open
HEADINGS = "action,facts,months,cost,office\n"
COSTS = ["a2,a=2,12,300,o\n", "b2,b=2,12,200,o\n", "c2,c=2,24,200,p\n", "d2,d=2,12,200,p\n", "d3,d=3,24,900,o\n"]


def plan(folder, nodes=NODES, answers=ANSWERS, costs=COSTS, money=1_000):
    table = Path(folder, "costs.csv")
    table.write_text(HEADINGS + "".join(costs))
    result = place(answered(tiny(GATES + "".join(nodes)), "".join(answers)))
    goal = () if money else (Goal("m", 2),)
    budgets = dict.fromkeys(range(2027, 2030), money) if money else {}
    request = Request(2027, 2029, goal, budgets, capacities=(Capacity(1),))
    told = roadmap_json(plan_roadmap(result, with_rows(result, read_costs(table)), request))
    for one in told["plan"]["actions"]:  # levels are opened in the order of the model
        del one["why"]
        one["frees"].sort()
    return json.loads(json.dumps(told))


def test_the_order_of_the_nodes_of_the_model_changes_nothing(tmp_path):
    assert plan(tmp_path, nodes=NODES[::-1]) == plan(tmp_path)


def test_the_order_of_the_answers_changes_nothing(tmp_path):
    assert plan(tmp_path, answers=ANSWERS[::-1]) == plan(tmp_path)


def test_the_order_of_the_rows_of_costs_changes_nothing(tmp_path):
    assert plan(tmp_path, costs=COSTS[::-1]) == plan(tmp_path)


def test_one_rupiah_on_what_is_not_chosen_changes_neither_the_plan_nor_its_proof(tmp_path):
    dearer = [row.replace("900", "901") for row in COSTS]
    one, other = (plan(tmp_path, costs=costs, money=0)["plan"] for costs in (COSTS, dearer))
    assert {action["id"] for action in one["actions"]} == {"b2", "d2"}
    for kept in ("actions", "objectives", "levels", "cost", "proven"):
        assert one[kept] == other[kept]


def test_the_hash_seed_changes_nothing(tmp_path):
    code = f"import json; from tests.roadmap.test_one_answer import plan; print(json.dumps(plan({str(tmp_path)!r})))"
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]
    assert json.loads(told[0])["plan"]["actions"]
