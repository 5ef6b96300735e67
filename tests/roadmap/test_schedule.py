"""The program against exhaustive search, and one answer whatever the order of things."""

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings

from gscm.placement.place import place
from gscm.roadmap.actions import Action
from gscm.roadmap.replay import Problem
from gscm.roadmap.request import Capacity, Goal, Request
from gscm.roadmap.schedule import AIMS, Schedule, measured, solve
from gscm.roadmap.shortfall import _floor, _lacking, _later_year, _short_of_hands, _until, _with_hands, no_plan
from gscm.solver import Watch
from tests.roadmap.search import best, plans, problems, short
from tests.tiny import answered, tiny

many = settings(
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
some = settings(many, max_examples=100)
few = settings(many, max_examples=50)


@many
@given(problems())
def test_the_plan_is_the_best_that_exhaustive_search_finds(problem):
    found = solve(problem)
    assert found.proven
    assert found.starts == best(problem)


@some
@given(problems())
def test_a_plan_to_start_from_changes_nothing(problem):
    found = solve(problem)
    assume(found.starts is not None)
    worst = max(plans(problem), key=lambda starts: (not problem.faults(starts), sorted(starts.items())))
    again = Schedule(problem, Watch()).solve([stage.aim for stage in found.stages], worst)
    assert again.starts == found.starts


@some
@given(short(4))
def test_the_least_more_money_and_the_fewest_more_hands_are_confirmed_by_search(problem):
    free = replace(problem, request=replace(problem.request, budgets={}, capacities=()))
    able = [starts for starts in plans(problem) if not free.faults(starts)]
    taken = [(measured(problem, "extra", starts), measured(problem, "hands", starts)) for starts in able]
    money = min((rupiah for rupiah, hands in taken if not hands), default=None)
    hands = min((hands for rupiah, hands in taken if not rupiah), default=None)
    floor = _floor(problem, Watch())
    extra, bound = _lacking(problem, Watch(), floor)
    more = _short_of_hands(problem, Watch(), floor)
    assert extra == "no" if money is None else (sum(extra.values()), bound) == (money, money)
    assert more == "no" if hands is None else sum(more.values()) == hands


@few
@given(short(3))
def test_the_first_year_that_would_do_is_confirmed_by_search(problem):
    def found_until(last):
        longer = _until(problem, last)
        return any(not longer.faults(starts) for starts in plans(longer))

    assume(not found_until(problem.request.last))
    last = _later_year(problem, Watch(), 0)
    if last == "no":
        assert not found_until(problem.request.last + 4)
    else:
        assert found_until(last)
        assert not found_until(last - 1)


@few
@given(short(4))
def test_what_would_do_only_together_does(problem):
    found = no_plan(problem, Watch(), proven=True) if solve(problem, None, ()).starts is None else None
    assume(found is not None)
    for one in found.together:
        there = _with_hands(_until(problem, one.last or problem.request.last), one.hands)
        budgets = {year: money + one.extra.get(year, 0) for year, money in there.request.budgets.items()}
        enough = replace(there, request=replace(there.request, budgets=budgets))
        assert solve(enough, None, ()).starts is not None
    assert (
        found.why != "limits"
        or found.together
        or any(known not in ("no", "unknown") for known in (found.extra, found.hands, found.last))
    )


def test_stopped_in_the_middle_the_plan_so_far_stands():
    problem = rows(*(raising(node, 2) for node in "abc"), budgets=dict.fromkeys(range(2027, 2030), 100))
    watch = Watch()
    begun = []

    def progress(aim, best, bound):
        begun.append(aim)
        watch.stopped = aim == AIMS["value"]

    found = Schedule(problem, watch, progress).solve(["level", "value", "cost"], {"a2": 2027, "b2": 2028})
    assert begun[-1] == AIMS["value"]
    assert found.starts == {"a2": 2027, "b2": 2028}
    assert not found.proven


ROWS = """
gates: {2: [{clause: children, rule: share, share: 1/2}], 3: [{clause: children, rule: all}]}
children:
  - {id: a, kind: level, title: A}
  - {id: b, kind: level, title: B}
  - {id: c, kind: level, title: C}
"""


def raising(node, level, **told):
    from fractions import Fraction

    from gscm.i18n import same
    from gscm.placement.flips import Step

    told = {"months": 12, "band": None, "costs": (100,), **told}
    return Action(f"{node}{level}", same(f"{node} to {level}"), (Step(node, Fraction(level)),), **told)


def rows(*actions, **asked):
    result = place(answered(tiny(ROWS), "a: 1\nb: 1\nc: 1"))
    request = Request(2027, asked.pop("last", 2029), **asked)
    return Problem(result, {action.id: action for action in sorted(actions, key=lambda action: action.id)}, request)


def test_the_cheapest_way_to_a_target_is_taken():
    problem = rows(raising("a", 2, costs=(300,)), raising("b", 2), raising("c", 2, costs=(200,)), goals=(Goal("m", 2),))
    assert solve(problem).starts == {"b2": 2027, "c2": 2027}


def test_one_rupiah_decides_between_actions_of_a_trillion():
    trillion = 10**12
    problem = rows(
        raising("a", 2, costs=(trillion + 1,)),
        raising("b", 2, costs=(trillion,)),
        raising("c", 2, costs=(trillion,)),
        goals=(Goal("m", 2),),
    )
    assert solve(problem).starts == {"b2": 2027, "c2": 2027}


def test_one_rupiah_more_on_what_is_not_chosen_anyway_changes_nothing():
    def plan(price):
        actions = (raising("a", 2, costs=(price,)), raising("b", 2), raising("c", 2), raising("c", 3))
        return solve(rows(*actions, goals=(Goal("m", 2),)))

    assert plan(500) == plan(501)


def test_a_budget_is_kept_to_the_rupiah():
    def starts(money):
        actions = [raising(node, 2, costs=(10**11 + 1,)) for node in "abc"]
        return solve(rows(*actions, goals=(Goal("m", 2),), budgets=dict.fromkeys(range(2027, 2030), money))).starts

    assert starts(10**11) is None
    assert starts(10**11 + 1) == {"a2": 2027, "b2": 2028}


def test_an_office_carries_no_more_at_once_than_it_can():
    actions = [raising(node, 2, offices=("o",), months=24, costs=(5, 5)) for node in "ab"]
    assert solve(rows(*actions, goals=(Goal("m", 2),), capacities=(Capacity(1, "o"),))).starts is None
    later = solve(rows(*actions, goals=(Goal("m", 2),), capacities=(Capacity(1, "o"),), last=2030))
    assert later.starts == {"a2": 2027, "b2": 2029}


def test_what_an_action_needs_is_finished_the_year_before_or_in_the_same_year_if_asked():
    actions = (raising("a", 2), raising("b", 2, needs=("a2",)))
    assert solve(rows(*actions, goals=(Goal("m", 2),))).starts == {"a2": 2027, "b2": 2028}
    assert solve(rows(*actions, goals=(Goal("m", 2),), same_year=True)).starts == {"a2": 2027, "b2": 2027}


def test_a_target_of_an_earlier_year_is_met_in_time():
    actions = [raising(node, 2, offices=("o",)) for node in "abc"]
    one_a_year = {"capacities": (Capacity(1),)}
    problem = rows(*actions, goals=(Goal("c", 2, 2027), Goal("m", 2)), **one_a_year)
    assert solve(problem).starts == {"a2": 2028, "c2": 2027}


def test_ties_are_settled_in_lexical_order():
    actions = [raising(node, 2) for node in "cab"]
    assert solve(rows(*actions, goals=(Goal("m", 2),))).starts == {"a2": 2027, "b2": 2027}


def test_costs_in_bands_are_counted_from_the_highest():
    bands = {"a": "high", "b": "medium", "c": "medium"}
    actions = [raising(node, 2, costs=None, band=band) for node, band in bands.items()]
    found = solve(rows(*actions, goals=(Goal("m", 2),)))
    assert found.starts == {"b2": 2027, "c2": 2027}
    assert [stage.aim for stage in found.stages][:4] == ["high", "medium", "value", "actions"]


def test_of_plans_that_cost_the_same_the_one_that_brings_most_is_taken_whatever_the_number_of_its_actions():
    actions = (raising("a", 2, costs=(100,)), raising("b", 2, costs=(0,)), raising("c", 2, costs=(1,)))
    assert solve(rows(*actions, goals=(Goal("a", 2),))).starts == {"a2": 2027, "b2": 2027}


def test_the_first_year_that_would_do_is_found_by_solving():
    actions = [raising(node, 2, offices=("o",), costs=(0,)) for node in "abc"] + [
        raising(node, 3, offices=("o",), costs=(0,), needs=(f"{node}2",)) for node in "abc"
    ]
    problem = rows(*actions, goals=(Goal("m", 3),), capacities=(Capacity(1),))
    assert solve(problem).starts is None
    last = _later_year(problem, Watch(), 0)
    alone = rows(*(action for action in actions if action.id.endswith("3")), goals=(Goal("m", 3),))
    assert last == 2032
    assert solve(alone).starts is not None  # raised to 3 at once, without the steps between
