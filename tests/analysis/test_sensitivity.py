"""What the result owes to choices of method, on models small enough to reckon by hand."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from gscm.analysis.material import Material
from gscm.analysis.sensitivity import base_draws, sensitivity, single_effects
from gscm.analysis.varied import Varied, _moved
from gscm.placement.place import place
from gscm.responses.merge import Rule
from gscm.responses.votes import merged_answers
from gscm.statistics.sensitivity import saltelli_draws
from tests.analysis.polled import polled
from tests.strategies import assessments
from tests.tiny import answered, tiny

TWO_SCORES = tiny("children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B, may_not_apply: true}]")
HALF = tiny("""
    gates: {every: [{clause: children, rule: share, share: 1/2}]}
    children: [{id: a, kind: level, title: A}, {id: b, kind: level, title: B}]
""")


def found(material):
    return {one.id: one for one in sensitivity(material)}


def effects(material):
    return {one.id: (one.low, one.high) for one in single_effects(Varied(material.answers, material.people))}


def drawn(varied, base=4, seed=0):
    groups = [factor.columns for factor in varied.factors]
    return varied.drawn(saltelli_draws(varied.columns(), base, seed, groups))


def reweighed(answers, drawn, run):
    """The answers under a model with the weights of one draw."""
    nodes = dict(answers.model.nodes)
    for parent, table in drawn.weights.items():
        for child, weight in zip(nodes[parent].children, table[run], strict=True):
            nodes[child] = replace(nodes[child], weight=Fraction(float(weight)))
    return replace(answers, model=replace(answers.model, nodes=nodes))


many = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@many
@given(assessments(), st.integers(0, 99))
def test_scores_under_other_weights_are_those_of_the_exact_engine(answers, seed):
    varied = Varied(answers)
    draws = drawn(varied, 2, seed) if varied.factors else varied.nominal()
    draws = replace(draws, picks={})
    scores = varied.scores(draws)
    for run in (0, draws.count - 1):
        exact = place(reweighed(answers, draws, run))
        for row, node in enumerate(varied.plan.nodes):
            ends = exact.nodes[node].score_low, exact.nodes[node].score_high
            if None in ends:
                assert np.isnan(scores[row, :, run]).all()
            elif node_is_rounded(answers.model):
                continue  # a tie of the rounding may fall either way in floating point
            else:
                assert scores[row, :, run] == pytest.approx([float(end) for end in ends], abs=1e-6)


def node_is_rounded(model):
    return any(node.round is not None or node.aggregate == "rounded-sum" for node in model.nodes.values())


@many
@given(assessments(), st.integers(0, 99))
def test_levels_under_other_weights_are_those_of_the_exact_engine(answers, seed):
    varied = Varied(answers)
    draws = replace(drawn(varied, 2, seed) if varied.factors else varied.nominal(), picks={})
    levels = varied.levels(draws)
    for run in (0, draws.count - 1):
        changed = reweighed(answers, draws, run)
        nodes = {id: replace(node, gates={k: tuple(_moved(c, 0, 0) for c in cs) for k, cs in node.gates.items()})
                 for id, node in changed.model.nodes.items()}  # fmt: skip
        exact = place(replace(changed, model=replace(changed.model, nodes=nodes)))
        for row, node in enumerate(varied.plan.nodes):
            one = exact.nodes[node]
            assert tuple(levels[row, :, run]) == (one.low or 0, one.high or 0)


def test_a_weight_moves_by_a_quarter_and_is_normalised_again():
    one = effects(Material(answered(TWO_SCORES, "{a: 1, b: 5}")))
    assert one["weight:a"] == pytest.approx(((1.25 * 1 + 5) / 2.25, (0.75 * 1 + 5) / 1.75))
    assert one["weight:b"] == pytest.approx(((1 + 0.75 * 5) / 1.75, (1 + 1.25 * 5) / 2.25))


def test_the_whole_may_come_together_by_arithmetic_or_geometric_mean_or_minimum():
    varied = Varied(answered(TWO_SCORES, "{a: 1, b: 5}"))
    three = replace(varied.nominal(3), picks={"aggregate": np.arange(3)})
    assert varied.scores(three)[0, 0] == pytest.approx([3, sqrt(5), 1])
    assert effects(Material(varied.answers))["aggregate"] == pytest.approx((1, 3))


def test_what_does_not_apply_may_count_as_open_or_as_not_met():
    varied = Varied(answered(TWO_SCORES, "{a: 5, b: {status: not_applicable, reason: r}}"))
    three = replace(varied.nominal(3), picks={"absence": np.arange(3)})
    assert varied.scores(three)[0].T.tolist() == [[5, 5], [3, 5], [3, 3]]


def test_a_threshold_that_is_just_met_fails_in_the_third_of_draws_that_raises_it():
    one = found(Material(answered(HALF, "{a: 3, b: 1}"), draws=1000))["sensitivity-level"]
    assert one.data["nodes"]["m"]["3"] == pytest.approx(2 / 3, abs=0.02)
    assert one.data["nodes"]["m"]["1"] == pytest.approx(1 / 3, abs=0.02)
    assert "terutama karena ambang porsi dalam syarat level" in one.meaning.id


def test_a_level_that_nothing_moves_is_said_to_stay_in_all_draws():
    one = found(Material(answered(HALF, "{a: 2, b: 2}"), draws=500))["sensitivity-level"]
    assert one.data["nodes"]["m"] == {"1": 0.0, "2": 1.0, "3": 0.0}
    assert one.meaning.en.startswith("The level of the whole stays L2 in all draws")


def test_a_choice_that_alone_moves_the_level_explains_all_of_its_variance():
    one = found(Material(answered(HALF, "{a: 3, b: 1}"), draws=4000))["sensitivity-score"]
    of_level = {factor["id"]: (factor["level_first_order"], factor["level_total"]) for factor in one.data["factors"]}
    assert of_level["share"] == pytest.approx((1, 1), abs=0.06)
    assert of_level["weights"] == pytest.approx((0, 0), abs=1e-9)
    assert of_level["aggregate"] == pytest.approx((0, 0), abs=1e-9)


def test_a_score_that_nothing_moves_is_said_to_stay():
    one = found(Material(answered(HALF, "{a: 3, b: 3}"), draws=500))["sensitivity-score"]
    assert one.meaning.en == "The score of the whole stays 3.00 in all draws."


def test_first_order_indices_of_two_equal_weights_group_as_one_factor():
    model = tiny("children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]\naggregate: sum")
    one = found(Material(answered(model, "{a: 1, b: 5}"), draws=2000))["sensitivity-score"]
    [weights] = one.data["factors"]
    assert weights["id"] == "weights"
    assert weights["score_first_order"] == pytest.approx(1, abs=0.05)
    assert weights["score_total"] == pytest.approx(1, abs=0.05)


def test_merging_otherwise_is_a_factor_where_there_are_people():
    model = tiny("children: [{id: a, kind: level, title: A}, {id: b, kind: level, title: B}]")
    votes = {
        "x": {"p": {"a": 1, "b": 1}, "q": {"a": 3, "b": 1}, "r": {"a": 3, "b": 1}},
        "y": {"s": {"a": 1, "b": 2}},
    }
    material = polled(model, votes, Rule("minimum"), Rule("mean"))
    varied = Varied(material.answers, material.people)
    assert {"people", "offices"} <= {factor.id for factor in varied.factors}
    grid = [(p, o) for p in range(4) for o in range(3)]
    picks = {name: np.array([one[at] for one in grid]) for at, name in enumerate(("people", "offices"))}
    scores = varied.scores(replace(varied.nominal(12), picks=picks))[0, 0]
    exact = [
        place(merged_answers(material.people.votes, varied.people_rules[p], varied.offices_rules[o])).overall.score_low
        for p, o in grid
    ]
    assert scores == pytest.approx([float(score) for score in exact])
    assert len(set(exact)) > 1


def test_without_people_nothing_is_merged():
    ids = {factor.id for factor in Varied(answered(TWO_SCORES, "{a: 1, b: 5}")).factors}
    assert ids == {"weights", "aggregate"}


def test_a_score_that_was_given_leaves_nothing_to_vary():
    model = tiny("children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]", inner="score")
    [one] = sensitivity(Material(answered(model, "{overall: 3}")))
    assert one.refused is not None
    assert "tidak ada jawaban yang bertumpu" in one.meaning.id


def test_a_finished_score_is_not_called_robust_though_its_level_may_move():
    model = tiny("gates: {2: [{clause: score, from: 3}]}\nchildren: [{id: a, kind: score, title: A}]", inner="score")
    findings = found(Material(answered(model, "{overall: 3}"), draws=300))
    assert list(findings) == ["sensitivity-level", "sensitivity-score"]
    assert findings["sensitivity-level"].data["nodes"]["m"]["1"] > 0
    assert findings["sensitivity-score"].refused.en == "This is a finished score; no choice of method bears on it."


def test_the_share_of_a_choice_is_told_with_its_interval():
    one = found(Material(answered(TWO_SCORES, "{a: 1, b: 5}"), draws=300))["sensitivity-score"]
    assert re.search(r"melibatkan pilihan itu \(selang 95% \d+–\d+%\)\.", one.meaning.id)
    assert all(re.fullmatch(r"[01],\d\d \([01],\d\d–[01],\d\d\)", row[3].id) for row in one.grids[0].rows)


def test_a_level_that_is_entirely_open_is_not_said_to_stay():
    model = tiny("""
        gates: {every: [{clause: children, rule: all}]}
        children:
          - {id: a, kind: group, title: A, gates: {every: [{clause: children, rule: all}]},
             children: [{id: c, kind: level, title: C}]}
          - {id: b, kind: group, title: B, gates: {every: [{clause: children, rule: all}]},
             children: [{id: d, kind: level, title: D}]}
    """)
    findings = found(Material(answered(model, "{a: {score: 2}, b: {score: 4}}"), draws=300))
    assert "masih terbuka sepenuhnya (L1–L3)" in findings["sensitivity-level"].refused.id
    assert findings["sensitivity-score"].refused is None


def test_the_table_of_moving_parts_says_what_they_become():
    model = tiny("""
        gates: {every: [{clause: children, rule: all}]}
        children:
          - {id: h, kind: group, title: H, gates: {every: [{clause: children, rule: share, share: 1/2}]},
             children: [{id: a, kind: level, title: A}, {id: b, kind: level, title: B}]}
    """)
    one = found(Material(answered(model, "{a: 3, b: 1}"), draws=500))["sensitivity-level"]
    assert [row[3].en for row in one.grids[0].rows] == ["L1 (34 of 100)"]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    def data(seed):
        material = Material(answered(TWO_SCORES, "{a: 1, b: 5}"), seed=seed, draws=300)
        return json.dumps([one.data for one in sensitivity(material)])

    assert data(1) == data(1)
    assert data(1) != data(2)


def test_a_score_on_the_cut_off_meets_it_whatever_the_weights():
    model = tiny("""
        gates: {2: [{clause: score, from: 2}], 3: [{clause: score, from: 3}]}
        children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]
    """)
    varied = Varied(answered(model, "{a: 3, b: 3}"))
    levels = varied.levels(replace(drawn(varied, 64), picks={}))
    assert set(levels[0, 0].tolist()) == {3}


@pytest.mark.parametrize(("draws", "factors", "base"), [(10_000, 8, 1024), (64, 3, 16), (100, 2, 32), (12, 8, 8)])
def test_base_draws_are_the_power_of_two_that_comes_nearest_to_the_draws(draws, factors, base):
    assert base_draws(draws, factors) == base
