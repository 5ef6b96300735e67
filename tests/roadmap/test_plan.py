"""What a roadmap tells: reasons, levels by year, what waits, what is lacking, what is clearer to ask."""

from dataclasses import replace

import pytest

from gscm.errors import BadUse
from gscm.roadmap.plan import plan_roadmap
from gscm.roadmap.request import Capacity, Goal, Request
from gscm.roadmap.told import (
    caveats,
    goal_text,
    no_plan_text,
    quality,
    tally_text,
    variant_text,
    waiting_text,
    why_text,
)
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
    assert [(one.action.id, one.why, one.instead.more) for one in found.waiting] == [
        ("a2", "dearer", {"cost": 800, "value": 0, "actions": 0})
    ]
    assert waiting_text(found, found.waiting[0]).en == (
        "if it is done: Rp800 more; takes the place of c2; in the end C down to L1; A up to L2"
    )


def test_with_a_budget_what_waits_is_told_with_the_money_that_lacks_and_what_it_would_take_the_place_of():
    budgets = {2027: 100, 2028: 0, 2029: 0}
    found = plan(raising("a", 2), raising("b", 2, costs=(150,)), raising("c", 2), budgets=budgets)
    assert found.starts == {"a2": 2027}
    b, c = sorted(found.waiting, key=lambda one: one.action.id)
    assert (b.why, b.year, b.lacking, b.instead) == ("money", 2027, 150, "no")
    assert waiting_text(found, b).en == "the budget of 2027 lacks Rp150; no plan can hold it"
    assert (c.lacking, c.instead.dropped) == (100, ("a2",))


def test_of_what_waits_it_is_told_which_levels_it_would_take_away():
    budgets = dict.fromkeys(range(2027, 2030), 100)
    dear = raising("c", 3, months=24, costs=(100, 100))
    found = plan(raising("a", 2), raising("b", 2), dear, budgets=budgets)
    (c,) = found.waiting
    assert c.instead.levels == {"b": 1, "c": 3, "m": 1} or c.instead.levels == {"b": 1, "c": 3}
    assert waiting_text(found, c).en.startswith("the budget of 2027 lacks Rp100; if it is done: ")


def test_of_what_waits_for_hands_it_is_told_whose_and_how_many():
    budgets = {2027: 900}
    actions = [raising(node, 2, offices=("Bappeda",)) for node in "ab"]
    found = plan(*actions, budgets=budgets, last=2027, capacities=(Capacity(1),))
    assert waiting_text(found, found.waiting[0]).en.startswith("Bappeda has 1 under way in 2027 already; ")


def test_of_what_is_left_out_by_hand_it_is_told_what_it_would_save():
    actions = (raising("a", 2, costs=(10,)), raising("b", 2), raising("c", 2))
    found = plan(*actions, goals=TO_2, excluded=frozenset(["a2"]))
    assert waiting_text(found, found.waiting[0]).en == (
        "left out by --exclude; if it were allowed: Rp90 less; takes the place of b2; in the end B down to L1; "
        "A up to L2"
    )


def test_an_action_that_needs_what_is_not_planned_waits_for_it_by_name():
    budgets = dict.fromkeys(range(2027, 2030), 100)
    actions = (raising("a", 2), raising("b", 2), raising("c", 2, costs=(900,)), raising("c", 3, needs=("c2",)))
    found = plan(*actions, budgets=budgets)
    needing = next(one for one in found.waiting if one.action.id == "c3")
    assert (needing.why, needing.missing) == ("needs", ("c2",))


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
    assert next(no_plan_text(found)).en == "This choice by hand cannot hold: a2=2027."


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


def test_of_a_plan_without_a_budget_the_plans_for_a_fifth_less_and_more_are_told():
    found = plan(
        raising("a", 2, costs=(500,)), raising("b", 2, costs=(500,)), raising("c", 2, costs=(200,)), goals=TO_2
    )
    assert found.total.total == 700
    less, same, more = found.variants
    assert (less.ceiling, less.reaches, less.starts.keys(), less.cost) == (560, False, {"c2"}, 200)
    assert variant_text(found, less).en == (
        "With 80% of its cost (Rp560): the target is out of reach; 1 action out, 0 in; cost Rp200 (instead of Rp700); "
        "in the end S down to L1; 1 indicator ends lower."
    )
    assert variant_text(found, same).en == (
        "With 100% of its cost (Rp700) for the most level: no level ends higher than by this plan."
    )
    assert (more.ceiling, more.reaches, more.added) == (840, True, ())
    banded = plan(raising("a", 2, costs=None, band="low"), raising("b", 2), goals=TO_2)
    assert banded.variants == ()


def test_more_money_is_spent_on_more_level_once_the_target_is_reached():
    actions = (raising("a", 2, costs=(500,)), raising("b", 2, costs=(500,)), raising("c", 2, costs=(100,)))
    found = plan(*actions, goals=(Goal("a", 2),))
    _, same, more = found.variants
    assert (same.added, more.added, more.levels) == ((), ("c2",), {"c": 2, "m": 2})


def test_what_the_same_budget_buys_already_is_not_credited_to_more_money():
    actions = (raising("a", 2), raising("b", 2), raising("c", 2, costs=(350,)))
    found = plan(*actions, goals=(Goal("a", 2),), budgets={2027: 300, 2028: 0, 2029: 0})
    less, same, more = found.variants
    assert found.starts.keys() == {"a2"}
    assert (less.wanted, less.added, less.levels) == ("same", (), {})
    assert (same.percent, same.wanted, same.added) == (100, "most", ("b2",))
    assert (more.known, more.added, more.levels) == ("found", (), {})
    assert variant_text(found, more).en == (
        "Budget +20%, compared with that: the target is reached; the same actions; cost still Rp200."
    )


def test_less_money_than_the_target_takes_keeps_what_it_can_of_the_plan_and_raises_nothing_else():
    actions = (raising("a", 2, costs=(500,)), raising("b", 3, costs=(500,)), raising("c", 2, costs=(400,)))
    found = plan(*actions, goals=(Goal("a", 2), Goal("b", 2)))
    less = found.variants[0]
    assert (less.wanted, less.added, less.dropped, less.levels) == ("nearest", (), ("a2",), {"a": 1, "m": 1})


def test_less_money_that_cannot_pay_what_is_fixed_is_proven_to_hold_no_plan():
    found = plan(raising("a", 2), budgets={2027: 100, 2028: 0, 2029: 0}, fixed={"a2": 2027})
    assert found.variants[0].known == "none"
    assert variant_text(found, found.variants[0]).en.startswith("Budget −20%: proven to hold no plan")


def test_less_money_that_only_delays_says_what_comes_later():
    budgets = dict.fromkeys(range(2027, 2030), 200)
    found = plan(raising("a", 2), raising("b", 2), budgets=budgets, goals=TO_2)
    assert variant_text(found, found.variants[0]).en == (
        "Budget −20%: the target is reached; the same actions; cost still Rp200; S at L2 not before 2028 (instead of "
        "2027)."
    )


def test_a_plan_that_was_not_proven_is_compared_with_nothing():
    watch = Watch()

    def progress(what, *_):
        watch.stopped = what.en == "cost"

    problem = rows(*(raising(node, 2) for node in "abc"), goals=TO_2)
    found = plan_roadmap(problem.result, tuple(problem.actions.values()), problem.request, watch, progress)
    assert not found.proven
    assert {one.known for one in found.variants} == {"unknown"}


def test_where_bands_and_rupiah_meet_it_is_said_which_comes_first_and_what_the_other_order_would_cost():
    actions = (raising("a", 2, costs=None, band="low"), raising("b", 2), raising("c", 2, costs=(10**15,)))
    found = plan(*actions, goals=TO_2)
    assert found.starts.keys() == {"b2", "c2"}
    assert goal_text(found.result, found).en.startswith("The cheapest way (bands before rupiah), 2027–2029:")
    assert (found.mixed.other.total, dict(found.mixed.other.bands), found.mixed.unpriced) == (100, {"low": 1}, ("a2",))
    told = next(text.en for text in caveats(found) if text.en.startswith("Cheapest here means bands before rupiah"))
    assert "With rupiah first: 2 actions; cost Rp100 + 1 low." in told
    assert told.endswith("in the table of --costs: a2.")


def test_what_costs_nothing_beside_what_has_no_rupiah_is_told_too():
    found = plan(raising("a", 2, costs=(0,)), raising("b", 2, costs=None, band="low"), goals=TO_2)
    assert tally_text(found.total).en == "Rp0 + 1 low"


def test_that_costs_are_shared_out_over_years_is_only_said_where_they_are():
    def told(**given):
        found = plan(raising("a", 2, months=24, costs=(1, 1), **given), goals=(Goal("a", 2),))
        return any("shared out" in text.en for text in caveats(found))

    assert told(shared=True)
    assert not told()


@pytest.mark.parametrize("answer", [0.0, 1.0])
@pytest.mark.parametrize("asked", [{"goals": TO_2}, {"goals": TO_2, "budgets": dict.fromkeys(range(2027, 2030), 99)}])
def test_a_solver_that_answers_wrongly_prints_no_plan(monkeypatch, answer, asked):
    from gscm.solver import Found, Program

    def wrong(program, *_):
        return Found((answer,) * len(program.lower), 0, 0, proven=True)

    monkeypatch.setattr(Program, "least", wrong)
    actions = [raising(node, 2, costs=(60,), offices=("o",)) for node in "abc"]
    with pytest.raises((RuntimeError, AssertionError)):
        plan(*actions, capacities=(Capacity(1),), **asked)


def test_too_few_hands_are_told_with_the_fewest_that_would_do():
    actions = [raising(node, 2, offices=("o",), months=24, costs=(1, 1)) for node in "ab"]
    found = plan(*actions, goals=(Goal("a", 2), Goal("b", 2)), capacities=(Capacity(1, "o"),), last=2028)
    assert (found.why, found.hands, found.last, found.together) == ("limits", {"o": 1}, 2030, ())
    assert "The least capacity that would do: o 2 actions at once (now 1)." in [t.en for t in no_plan_text(found)]


def test_what_would_do_only_together_is_told_together():
    actions = [raising(node, 2, offices=("o",), costs=(80,)) for node in "ab"]
    found = plan(*actions, goals=TO_2, budgets={2027: 100}, capacities=(Capacity(0, "o"),), last=2027)
    assert (found.extra, found.hands, found.last) == ("no", "no", "no")
    told = [text.en for text in no_plan_text(found)]
    assert "What would do together: o 2 actions at once (now 0); Rp60 more money (for instance Rp60 in 2027)." in told
    assert "What would do together: time until 2028; o 1 action at once (now 0)." in told


def test_choices_by_hand_that_are_in_the_way_of_the_target_are_named():
    found = plan(raising("a", 2), raising("b", 2), goals=(Goal("a", 2, 2027),), fixed={"a2": 2028, "b2": 2027})
    assert found.let_go == ("a2",)


def test_of_choices_that_clash_every_group_is_told_with_what_would_let_it_hold():
    actions = [raising(node, 2, offices=(node,)) for node in "ab"] + [raising(n, 3, offices=(n,)) for n in "ab"]
    fixed = dict.fromkeys(("a2", "a3", "b2", "b3"), 2027)
    found = plan(*actions, goals=TO_2, fixed=fixed, capacities=(Capacity(1),))
    assert [(clash.actions, clash.hands) for clash in found.clashes] == [
        (("a2", "a3"), {"a": 1}),
        (("b2", "b3"), {"b": 1}),
    ]


def test_a_choice_that_costs_too_much_is_told_with_the_money_that_lacks():
    budgets = {2027: 30, 2028: 0, 2029: 0}
    found = plan(raising("a", 2), budgets=budgets, goals=(Goal("a", 2),), fixed={"a2": 2027})
    assert found.clashes[0].extra == {2027: 70}
    told = [text.en for text in no_plan_text(found)]
    assert told[0] == "This choice by hand cannot hold: a2=2027."
    assert told[1].startswith("The least more money that would do: Rp70")


def test_a_choice_that_is_too_early_is_told_with_its_first_year():
    levels = (("a", 2),)
    found = plan(raising("a", 2), raising("b", 2, levels=levels), goals=TO_2, fixed={"b2": 2027})
    assert found.clashes[0].earliest == {"b2": 2028}


def test_a_plan_that_was_stopped_says_so_and_what_is_proven():
    found = plan(raising("a", 2), raising("b", 2), goals=TO_2, watch=Watch(stopped=True))
    assert found.stopped
    assert quality(found).en.startswith("Not proven best, since the search was stopped. The first not proven is cost")


def test_stopping_shortens_what_is_told_beside_the_plan_too():
    watch = Watch()
    told = []

    def progress(what, *_):
        told.append(what.en)
        watch.stopped = what.en == "with 80% of the money"

    problem = rows(*(raising(node, 2) for node in "abc"), goals=TO_2)
    found = plan_roadmap(problem.result, tuple(problem.actions.values()), problem.request, watch, progress)
    assert found.proven
    assert told[-1] == "with 80% of the money"
    assert {variant.known for variant in found.variants} == {"unknown"}
