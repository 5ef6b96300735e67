"""The smallest set that lifts a level, and the open answers that decide it."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from gscm.model.tree import top_level
from gscm.placement.clauses import decide
from gscm.placement.flips import Step, _values, flips, pivotal
from gscm.placement.place import place
from tests.strategies import ENOUGH, Dice, assessment, assessments
from tests.tiny import answered, tiny

examples = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
MANY = 11  # steps: all subsets of them can be tried


def steps_of(result):
    """Every step that could be taken, each fact's from worse to better."""
    reading = result.reading
    return [
        Step(id, value)
        for id, fact in sorted(reading.facts.items())
        if id in reading.low
        for value in _values(reading, fact)
        if not fact.at_least(reading.low[id], value)
    ]


def lifts(result, node, steps):
    filling = dict(result.reading.low)
    for step in sorted(steps):
        if not result.reading.facts[step.fact].at_least(filling[step.fact], step.value):
            filling[step.fact] = step.value
    return (node, result.nodes[node].low + 1) in decide(result.reading, filling).holds


def by_search(result, node):
    """The fewest steps that lift the node, found by trying all; a step comes after the easier ones of its fact."""
    steps = steps_of(result)
    for size in range(len(steps) + 1):
        for chosen in combinations(steps, size):
            whole = all(
                other in chosen
                for step in chosen
                for other in steps
                if other.fact == step.fact and steps.index(other) < steps.index(step)
            )
            if whole and lifts(result, node, chosen):
                return size
    return None


@examples
@given(assessments(), st.data())
def test_flips_are_as_few_as_exhaustive_search_finds(answers, data):
    result = place(answers)
    model = result.model
    below = [n for n, p in result.nodes.items() if p.low is not None and p.low < top_level(model, model.nodes[n])]
    assume(below)
    assume(len(steps_of(result)) <= MANY)
    node = data.draw(st.sampled_from(below))
    found = flips(result, node)
    assert (None if found is None else len(found)) == by_search(result, node)
    assert found is None or lifts(result, node, found)


def test_a_score_given_for_an_indicator_is_a_step_of_its_own_beside_its_criteria():
    model = tiny(
        """
        gates: {2: [{clause: children, rule: all}, {clause: score, from: 3}]}
        children: [{id: a, kind: criteria, title: A, criteria: {2: [{text: x}]}}]
        """,
        levels=2,
    )
    result = place(answered(model, "{a: {score: 1}}"))
    assert [step.fact for step in flips(result, "m")] == ["a", "a.2"]


def test_ties_are_settled_in_lexical_order():
    model = tiny(
        """
        gates: {2: [{clause: children, rule: any}]}
        children:
          - {id: b, kind: level, title: B}
          - {id: a, kind: level, title: A}
        """,
        levels=2,
    )
    assert [step.fact for step in flips(place(answered(model, "")), "m")] == ["a"]


def test_a_higher_share_of_a_score_needs_more_steps():
    model = tiny(
        """
        gates: {2: [{clause: score, from: 2}], 3: [{clause: score, from: 2.5}]}
        children:
          - {id: a, kind: level, title: A}
          - {id: b, kind: level, title: B, weight: 3}
        """
    )
    steps = flips(place(answered(model, "a: 1\nb: 2")), "m")
    assert [(step.fact, int(step.value)) for step in steps] == [("a", 2)]


def test_a_geometric_mean_is_replayed_through_the_placer():
    model = tiny(
        """
        aggregate: geometric
        gates: {2: [{clause: score, from: 2}], 3: [{clause: score, from: 2.9}]}
        children:
          - {id: a, kind: level, title: A}
          - {id: b, kind: level, title: B}
        """
    )
    steps = flips(place(answered(model, "a: 3\nb: 1")), "m")
    assert [(step.fact, int(step.value)) for step in steps] == [("b", 2)]


CHAIN = """
gates: {2: [{clause: children, rule: all}], 3: [{clause: children, rule: all}]}
children:
  - {id: a, kind: level, title: A}
  - {id: b, kind: level, title: B}
"""


def test_an_open_answer_that_alone_moves_the_level_is_pivotal():
    model = tiny(CHAIN)
    assert pivotal(place(answered(model, "a: 2")), "m") == ("b",)


def test_where_no_answer_decides_alone_a_smallest_set_is_told():
    model = tiny(
        """
        gates: {2: [{clause: children, rule: share, share: 1/2}], 3: [{clause: children, rule: all}]}
        children:
          - {id: a, kind: level, title: A}
          - {id: b, kind: level, title: B}
          - {id: c, kind: level, title: C}
          - {id: d, kind: level, title: D}
        requires: []
        """
    )
    result = place(answered(model, "a: 1"))
    assert result.overall.low == 1
    assert pivotal(result, "m") == ("b", "c")


def test_a_settled_level_has_no_pivotal_answers():
    assert pivotal(place(answered(tiny(CHAIN), "a: 1")), "m") == ()


@pytest.mark.parametrize("seed", [320, 955, 1203])
@settings(max_examples=1)
@given(nothing=st.none())  # the strategies want to be used within a property
def test_scores_without_a_linear_form_take_no_step_too_many(seed, nothing):
    result = place(assessment(Dice(Random(seed).randbytes(ENOUGH))))
    assert len(steps_of(result)) <= MANY
    for id, placement in result.nodes.items():
        found = flips(result, id)
        if placement.low is not None and found is not None:
            assert len(found) == by_search(result, id)
