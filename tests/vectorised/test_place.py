"""The second engine is right where it says what the exact one says; that is what it is to be right."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from gscm.model.arithmetic import inexact_nodes
from gscm.responses.answers import Answer
from gscm.vectorised.batch import encode
from gscm.vectorised.place import place_batch
from gscm.vectorised.plan import compile_plan
from tests.strategies import Dice, answers_to, assessments, model
from tests.tiny import answered, tiny
from tests.vectorised.compared import at_once, blocks_at_once, blocks_exactly, differences, exactly

examples = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def several(dice, count=6):
    """Assessments of one random model, in one scope."""
    found = model(dice)
    scope = (dice.pick(sorted(found.nodes)),) if dice.seldom() else None
    return [answers_to(dice, found, scope) for _ in range(count)]


def many():
    return st.binary(min_size=1500, max_size=1500).map(lambda thrown: several(Dice(thrown)))


@examples
@given(assessments())
def test_one_assessment_of_a_random_model_is_placed_as_by_the_exact_engine(answers):
    assert differences([answers]) == []


@examples
@given(many())
def test_several_assessments_of_a_random_model_are_placed_as_by_the_exact_engine(answers):
    assert differences(answers) == []


@examples
@given(many())
def test_rational_models_are_placed_without_the_exact_engine(answers):
    """What is decided by whole numbers needs no second look: roots and logarithms alone leave doubts."""
    plan = compile_plan(answers[0].model, answers[0].scope)
    assume(not inexact_nodes(plan.model))
    assert place_batch(encode(plan, answers)).exactly == 0


def reweighed(answers, weights, run):
    """One assessment of a model whose nodes weigh what they do in this run."""
    nodes = {
        **answers.model.nodes,
        **{
            child: replace(answers.model.nodes[child], weight=Fraction(float(drawn[run])))
            for children in weights.values()
            for child, drawn in children.items()
        },
    }
    return replace(answers, model=replace(answers.model, nodes=nodes))


@examples
@given(many(), st.integers(0, 2**32))
def test_other_weights_in_every_run_are_those_of_other_models(answers, seed):
    draw = np.random.default_rng(seed)
    plan = compile_plan(answers[0].model, answers[0].scope)
    weights = {
        node.id: {child: draw.uniform(0.75, 1.25, len(answers)) for child in node.children}
        for node in plan.model.nodes.values()
        if node.children
    }
    placed = place_batch(encode(plan, answers).weighed(weights))
    for run, one in enumerate(answers):
        assert at_once(placed, run) == exactly(reweighed(one, weights, run))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(many())
def test_runs_are_taken_in_any_order_and_more_than_once(answers):
    batch = encode(compile_plan(answers[0].model, answers[0].scope), answers)
    taken, together = place_batch(batch.take(np.array([3, 0, 3]))), place_batch(batch)
    assert chunks(taken) == (together.level[..., [3, 0, 3]].tolist(), together.printed[..., [3, 0, 3]].tolist())


def chunks(placed):
    return placed.level.tolist(), placed.printed.tolist()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(many())
def test_it_does_not_matter_how_many_runs_are_worked_on_together(answers):
    batch = encode(compile_plan(answers[0].model, answers[0].scope), answers)
    assert chunks(place_batch(batch, chunk=4)) == chunks(place_batch(batch))


@examples
@given(many())
def test_the_clauses_that_keep_a_node_from_its_next_level_are_those_of_the_exact_engine(answers):
    placed = place_batch(encode(compile_plan(answers[0].model, answers[0].scope), answers), blockers=True)
    for run, one in enumerate(answers):
        assert blocks_at_once(placed, run) == blocks_exactly(one)


def test_below_a_given_node_everything_is_open_even_what_is_said_not_to_apply():
    model = tiny("""
    gates: {every: [{clause: children, rule: all}]}
    children:
      - {id: a, kind: criteria, title: A, may_not_apply: true, criteria: {2: [{text: A2}], 3: [{text: A3}]}}
    """)
    said = Answer("a", "not_applicable", "level", reason="reason"), Answer("m", "given", "level", Fraction(2))
    both = replace(answered(model, ""), entries={one.id: one for one in said})
    placed = place_batch(encode(compile_plan(model), [both]))
    assert at_once(placed, 0) == exactly(both)
    assert placed.level[placed.row("a")].tolist() == [[1], [3]]
