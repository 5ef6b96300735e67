"""The best–worst method: its thresholds, and how many solutions its models have."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.optimize import linprog

from gscm.statistics.bwm import best_worst_linear, best_worst_minmax, input_ratio, limits

MODELS = [best_worst_linear, best_worst_minmax]


@st.composite
def judged(draw, least=3):
    """Both vectors of comparisons, the best first and the worst last."""
    n, whole = draw(st.integers(least, 6)), draw(st.integers(2, 9))
    over, under = (draw(st.lists(st.integers(1, whole), min_size=n - 2, max_size=n - 2)) for _ in range(2))
    return [1, *over, whole], [whole, *under, 1]


@settings(max_examples=30)
@given(judged(), st.randoms(use_true_random=False))
def test_permuting_the_criteria_permutes_their_weights(pair, random):
    over, under = map(np.array, pair)
    order = random.sample(range(len(over)), len(over))
    best, worst = order.index(0), order.index(len(over) - 1)
    for model in MODELS:
        before, after = model(0, len(over) - 1, over, under), model(best, worst, over[order], under[order])
        assert after.weights == pytest.approx([before.weights[place] for place in order], abs=1e-6)


@settings(max_examples=30)
@given(judged())
def test_no_other_weights_are_optimal_in_the_linear_model(pair):
    over, under = pair
    n, found = len(over), best_worst_linear(0, len(over) - 1, *pair)
    rows = [np.eye(n)[0] - over[j] * np.eye(n)[j] for j in range(1, n)]
    rows += [np.eye(n)[j] - under[j] * np.eye(n)[-1] for j in range(1, n - 1)]
    table = np.vstack([rows, -np.array(rows)])
    for part in range(n):
        for sign in (1, -1):
            other = linprog(sign * np.eye(n)[part], A_ub=table, b_ub=np.full(len(table), found.xi + 1e-9),
                            A_eq=np.ones((1, n)), b_eq=[1])  # fmt: skip
            assert sign * other.fun == pytest.approx(found.weights[part], abs=1e-5)


def test_the_minmax_model_may_have_many_solutions_and_gives_the_range_of_each_weight():
    """The second of four criteria contradicts itself; the third may then weigh anything in a range."""
    found = best_worst_minmax(0, 3, [1, 2, 4, 8], [8, 5, 2, 1])
    widths = [most - least for least, most in found.ranges]
    assert found.xi == pytest.approx(0.258342, abs=1e-6)
    assert widths[2] > 0.005
    for least, most in found.ranges:
        assert least <= most


@pytest.mark.parametrize(
    ("criteria", "whole", "expected"),
    [
        (2, 9, None),
        (3, 8, (0.1309, 0.2267)),
        (9, 9, (0.3662, 0.4747)),
        (12, 9, (0.3662, 0.4747)),  # published up to nine
        (5, 2, (0.0, 0.0)),
        (3, 5.5, (0.1330, 0.2111)),  # the lower of five and six
    ],
)
def test_the_thresholds_of_liang_brunelli_and_rezaei(criteria, whole, expected):
    assert limits(criteria, whole) == expected


def test_both_ratios_of_the_transport_of_rezaei_are_below_their_thresholds():
    found = best_worst_minmax(2, 0, [8, 2, 1], [1, 5, 8])
    assert found.input_ratio == pytest.approx(2 / 56)  # |2 · 5 − 8| / (8² − 8)
    assert found.ratio == pytest.approx(0.0578, abs=1e-4)
    assert found.input_ratio <= found.input_limit
    assert found.ratio <= found.output_limit


def test_more_criteria_than_thresholds_are_published_for_are_said():
    found = best_worst_linear(0, 9, [1, *[2] * 8, 4], [4, *[2] * 8, 1])
    assert ["up to 9 criteria" in caution.en for caution in found.cautions] == [True]


@pytest.mark.parametrize(("over", "under", "ratio"), [([1, 1, 1], [1, 1, 1], 0), ([1, 2, 1], [1, 1, 1], 1)])
def test_alike_best_and_worst_leave_room_for_no_difference(over, under, ratio):
    assert input_ratio(over, under, 2) == ratio
