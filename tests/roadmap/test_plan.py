"""What a roadmap tells: reasons, levels by year, what waits, what is lacking, what is clearer to ask."""

from dataclasses import replace

import pytest

from gscm.errors import BadUse
from gscm.roadmap.plan import _aside, plan_roadmap
from gscm.roadmap.request import Capacity, Goal, Request
from gscm.roadmap.told import goal_text, no_plan_text, share_text, why_text
from gscm.solver import Watch
from tests.roadmap.test_schedule import raising, rows

TO_2 = (Goal("m", 2),)


def plan(*actions, watch=None, **asked):
    problem = rows(*actions, **asked)
    return plan_roadmap(problem.result, tuple(problem.actions.values()), problem.request, watch)


def test_an_action_tells_what_stands_only_thanks_to_it():
    found = plan(raising("a", 2), raising("b", 2), goals=TO_2)
    assert found.scheduled[0].lifts == (("a", 2),)
    assert found.scheduled[0].frees == (("a", 2), ("m", 2))
    assert why_text(found, found.scheduled[0]).en == "A → L2; opens S → L2"


def test_every_node_stands_at_a_level_at_the_end_of_each_year():
    found = plan(raising("a", 2), raising("b", 2, months=24, costs=(1, 1)), goals=TO_2)
    assert found.levels["m"] == (1, 1, 2, 2)
    assert found.levels["a"] == (1, 2, 2, 2)


def test_money_is_told_by_year_office_and_fund():
    found = plan(
        raising("a", 2, offices=("o",), fund="APBD", months=24, costs=(70, 30)), raising("b", 2, costs=(5,)), goals=TO_2
    )
    assert dict(found.total.by_year) == {2027: 75, 2028: 30, 2029: 0}
    assert [(tally.name, tally.total) for tally in found.by_office] == [("o", 100), (None, 5)]
    assert [(tally.name, tally.total) for tally in found.by_fund] == [("APBD", 100), (None, 5)]


def test_a_quick_win_is_done_within_a_year_with_nothing_unmet_before_it():
    found = plan(raising("a", 2), raising("b", 2, needs=("a2",)), goals=TO_2)
    assert [one.action.id for one in found.quick_wins] == ["a2"]


def test_the_plain_order_is_told_with_what_it_costs_more():
    found = plan(raising("a", 2, costs=(900,)), raising("b", 2), raising("c", 2), goals=TO_2)
    assert found.plain.reaches
    assert found.plain.more["cost"] == 800


def test_an_alternative_is_told_with_what_it_would_cost_more():
    found = plan(raising("a", 2, costs=(900,)), raising("b", 2), raising("c", 2), goals=TO_2)
    assert [(one.action.id, one.why, one.more) for one in found.waiting] == [
        ("a2", "dearer", {"cost": 800, "actions": 0})
    ]


def test_with_a_budget_what_waits_is_told_with_the_year_that_lacks_money():
    budgets = {2027: 100, 2028: 0, 2029: 0}
    found = plan(raising("a", 2), raising("b", 2, costs=(150,)), raising("c", 2), budgets=budgets)
    assert found.starts == {"a2": 2027}
    assert ("b2", "money", 2027) in [(one.action.id, one.why, one.year) for one in found.waiting]


def test_a_fifth_less_and_a_fifth_more_money_are_solved_for():
    budgets = {2027: 100, 2028: 0, 2029: 0}
    found = plan(raising("a", 2, costs=(60,)), raising("b", 2, costs=(60,)), budgets=budgets)
    less, more = found.variants
    assert (less.percent, less.dropped, less.added) == (80, (), ())
    assert (more.percent, more.added, more.levels) == (120, ("b2",), {"b": 2, "m": 2})


def test_open_answers_that_the_plan_acts_on_are_told_the_dearest_first():
    problem = rows(raising("a", 2), raising("b", 2, costs=(500,)), goals=TO_2)
    from gscm.placement.place import place
    from tests.roadmap.test_schedule import ROWS
    from tests.tiny import answered, tiny

    open_ = place(answered(tiny(ROWS), "c: 1"))
    found = plan_roadmap(open_, tuple(problem.actions.values()), problem.request)
    assert [(one.fact, one.alone) for one in found.clearing] == [("b", True), ("a", True)]
    assert found.hopeful.actions == 0


def test_actions_without_rupiah_are_left_out_of_a_budget_and_named():
    budgets = dict.fromkeys(range(2027, 2030), 1000)
    found = plan(raising("a", 2), raising("b", 2, costs=None, band="low"), raising("c", 2), budgets=budgets)
    assert found.unpriced == ("b2",)
    assert found.starts.keys() == {"a2", "c2"}


def test_without_enough_money_the_least_more_is_told():
    budgets = {2027: 120, 2028: 0, 2029: 0}
    found = plan(raising("a", 2), raising("b", 2), budgets=budgets, goals=TO_2)
    assert (found.why, sum(found.extra.values()), found.extra_bound, found.last) == ("limits", 80, 80, "no")


def test_without_enough_time_the_first_year_that_would_do_is_told():
    actions = [raising(node, 3, costs=(60, 0), months=24) for node in "ab"]
    found = plan(*actions, budgets={2027: 60}, last=2027, goals=TO_2)
    assert (found.why, found.last, found.extra) == ("limits", 2029, "no")


def test_what_no_action_fulfils_is_named():
    found = plan(raising("a", 2), goals=TO_2)
    assert (found.why, found.facts) == ("never", ("b", "c"))


def test_a_target_that_only_the_excluded_actions_put_out_of_reach_names_those_that_it_takes():
    actions = (raising("a", 2), raising("b", 2), raising("c", 2))
    found = plan(*actions, goals=(Goal("b", 2),), excluded=frozenset(["a2", "b2"]))
    assert (found.why, found.excluded, found.facts) == ("excluded", ("b2",), ())
    assert "without what --exclude leaves out: b2." in next(no_plan_text(found)).en


def test_a_target_keeps_the_year_it_names_and_is_told_the_first_that_would_do():
    slow = raising("a", 2, months=24, costs=(1, 1))
    found = plan(slow, goals=(Goal("a", 2, 2027),), last=2027)
    assert (found.why, found.last, found.due) == ("limits", "no", 2028)
    assert "The target year 2027 is too early; the end of 2028 is the soonest." in [t.en for t in no_plan_text(found)]


def test_of_several_targets_no_year_is_claimed():
    slow = (raising("a", 2, months=24, costs=(1, 1)), raising("b", 2))
    found = plan(*slow, goals=(Goal("a", 2, 2027), Goal("b", 2)))
    assert (found.last, found.due) == ("no", "unknown")


def test_without_a_plan_the_heading_says_what_was_looked_for_and_one_year_stands_alone():
    found = plan(raising("a", 2, months=24, costs=(1, 1)), goals=(Goal("a", 2),), last=2027)
    assert goal_text(found.result, found).en.startswith("Looked for: ")
    assert "out of reach in 2027 within" in next(no_plan_text(found)).en


def test_one_choice_by_hand_is_not_said_to_clash_with_others():
    found = plan(
        raising("a", 2, offices=("o",)), goals=(Goal("a", 2),), fixed={"a2": 2027}, capacities=(Capacity(0, "o"),)
    )
    assert found.why == "fixed"
    assert next(no_plan_text(found)).en == "This choice by hand cannot hold: a2."


def test_what_is_told_beside_a_plan_gets_a_quarter_of_the_time_or_what_is_left():
    assert 24 < _aside(Watch.of(0), 100).left() <= 25
    assert 79 < _aside(Watch.of(80), 100).left() <= 80


def test_choices_by_hand_that_cannot_hold_together_are_named_and_no_others():
    actions = [raising(node, 2, offices=("o",)) for node in "abc"]
    fixed = {"a2": 2027, "b2": 2027, "c2": 2028}
    found = plan(*actions, goals=TO_2, fixed=fixed, capacities=(Capacity(1, "o"),))
    assert (found.why, found.fixed) == ("fixed", ("a2", "b2"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"fixed": {"a2": 2031}}, "--fix a2=2031: the year 2031 lies outside 2027–2029."),
        ({"fixed": {"a3": 2029}}, "--fix a3=2029: this action runs for 2 years and ends after 2029."),
        ({"fixed": {"a2": None}, "excluded": frozenset(["a2"])}, "The action “a2” is put in by --fix and left out"),
        ({"fixed": {"b2": None}, "excluded": frozenset(["a2"])}, "--fix b2 needs “a2”, which --exclude leaves out."),
        ({"fixed": {"a2": 2028, "b2": 2028}}, "--fix b2=2028 is too early: “a2”, which it needs, starts in 2028"),
        ({"fixed": {"z": None}}, "--fix z: there is no action “z”."),
        ({"budgets": {2027: 5}}, "There is no budget for 2028, 2029."),
        ({"budgets": {2027: 5, 2028: -1, 2029: 0}}, "The budget of 2028 is negative."),
        ({"goals": (Goal("m", 9),)}, "Level 9 is no target for Model."),
        ({"goals": (Goal("x", 2),)}, "The model has no node “x”."),
        ({"goals": (Goal("m", 2, 2026),)}, "--target m=2@2026: the year 2026 lies outside 2027–2029."),
        ({"goals": ()}, "What is looked for is not said."),
        ({"last": 2026}, "2027–2026 is no span of 1 to 25 years."),
        ({"capacities": (Capacity(1, "nobody"),)}, "There is no office “nobody”."),
    ],
)
def test_a_request_that_cannot_be_is_refused_with_its_reason(asked, said):
    actions = (raising("a", 2), raising("a", 3, months=24, costs=(1, 1)), raising("b", 2, needs=("a2",)))
    with pytest.raises(BadUse) as refused:
        plan(*actions, **{"goals": TO_2, **asked})
    assert any(said in issue.sentence("en") for issue in refused.value.issues)


def test_when_it_is_stopped_the_best_plan_so_far_is_told_as_not_proven():
    found = plan(raising("a", 2), raising("b", 2), goals=TO_2, watch=Watch(stopped=True))
    assert found.starts == {"a2": 2027, "b2": 2027}  # the plain order, which holds
    assert not found.proven


def test_stopped_before_any_plan_was_found_nothing_is_claimed():
    actions = (raising("a", 2, costs=(60,)), raising("b", 2, costs=(50,)), raising("c", 2, costs=(50,)))
    budgets = {2027: 100, 2028: 0, 2029: 0}
    found = plan(*actions, goals=TO_2, budgets=budgets, watch=Watch(stopped=True))
    assert found.why == "unknown"


def test_a_plan_that_does_not_hold_is_never_told(monkeypatch):
    from gscm.roadmap.schedule import Schedule, Solution

    problem = rows(raising("a", 2), raising("b", 2), goals=TO_2)
    monkeypatch.setattr(Schedule, "solve", lambda *_: Solution({"a2": 2027}, (), proven=True))
    with pytest.raises(RuntimeError, match="m not at 2 in 2029"):
        plan_roadmap(problem.result, tuple(problem.actions.values()), problem.request)


def test_level_by_level_an_action_waits_for_the_level_below():
    from gscm.placement.place import place
    from gscm.responses.load import load_answers
    from gscm.roadmap.actions import model_actions
    from tests.cli.conftest import STUDY

    result = place(load_answers(STUDY))
    request = Request(2020, 2024, goals=(Goal("council", 3),))
    free = plan_roadmap(result, model_actions(result), request)
    staged = plan_roadmap(result, model_actions(result), replace(request, staged=True))
    assert free.starts == {"council.2": 2020, "council.3.1": 2020, "council.3.2": 2020}
    assert staged.starts == {"council.2": 2020, "council.3.1": 2021, "council.3.2": 2021}


def test_of_a_plan_without_a_budget_it_is_said_what_a_fifth_less_or_more_would_mean():
    found = plan(raising("a", 2, costs=(500,)), raising("b", 2, costs=(500,)), goals=TO_2)
    assert "With 80% of its cost (Rp800) the target is out of reach" in share_text(found).en
    banded = plan(raising("a", 2, costs=None, band="low"), raising("b", 2), goals=TO_2)
    assert share_text(banded).en == ""
