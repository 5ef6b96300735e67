"""Whole numbers decide exactly; what floats cannot decide is said to be in doubt, and never guessed."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from gscm.model.arithmetic import rounded
from gscm.vectorised import numbers as n
from gscm.vectorised.numbers import Numbers, of_fractions

HUGE = 10**19 + 9  # too large a denominator for 64 bits


def column(*values):
    return of_fractions([[Fraction(value) for value in values]])


def fractions(numbers):
    return [Fraction(top, numbers.bottom) for top in numbers.top[0].tolist()]


@pytest.mark.parametrize("mode", ["half-up", "half-even"])
def test_whole_numbers_round_as_fractions_do(mode):
    values = [Fraction(top, bottom) for top in range(-50, 51) for bottom in (1, 2, 3, 4, 7, 8, 40)]
    found, doubt = n.rounded(column(*values), 1, mode)
    assert doubt is None
    assert fractions(found) == [rounded(value, 1, mode) for value in values]


def test_a_cut_off_is_reached_exactly_or_not():
    third = column("1/3", "333333/1000000")
    assert n.reaches(third, Fraction(1, 3))[0].tolist() == [[True, False]]
    assert n.reaches(third, Fraction(1, 3), inclusive=False)[0].tolist() == [[False, False]]


def test_what_does_not_fit_whole_numbers_is_in_floats_with_a_bound():
    rough = column(f"1/{HUGE}", "1/2")
    assert not rough.exact
    assert 0 < rough.error < 1e-12


def test_floats_leave_a_cut_off_at_hand_in_doubt_and_others_not():
    rough = column("1/2", f"1/{HUGE}", 2)
    assert n.reaches(rough, Fraction(1, 2))[1].tolist() == [[True, False, False]]


def test_floats_leave_a_tie_of_rounding_in_doubt_and_others_not():
    rough = column("1/8", f"1/{HUGE}", "1/3")
    found, doubt = n.rounded(rough, 2, "half-up")
    assert doubt.tolist() == [[True, False, False]]
    assert fractions(found)[1:] == [0, Fraction(33, 100)]


def test_a_run_without_a_number_is_in_no_doubt():
    rough = Numbers(np.array([[0.5, 0.5]]), 1, 1e-9, np.array([True, False]))
    assert n.reaches(rough, Fraction(1, 2))[1].tolist() == [[True, False]]


def random_parts(random, runs=50):
    """Weighted columns of which some lack numbers, and the same run by run as fractions."""
    parts, by_run = [], [[] for _ in range(runs)]
    for _ in range(random.randint(1, 5)):
        weight = random.randint(1, 9)
        values = [Fraction(random.randint(0, 60), random.choice((1, 3, 10))) for _ in range(runs)]
        where = np.array([random.random() < 0.7 for _ in range(runs)])
        parts.append((weight, of_fractions([values], where)))
        for run in np.flatnonzero(where).tolist():
            by_run[run].append((weight, values[run]))
    return parts, by_run


@pytest.mark.parametrize("seed", range(20))
def test_means_medians_and_extremes_count_only_what_has_a_number(seed):
    parts, by_run = random_parts(Random(seed))
    columns = [numbers for _, numbers in parts]
    mean, median = n.mean(parts), n.median(columns)
    for run, present in enumerate(by_run):
        values = sorted(value for _, value in present)
        assert bool(values) == (mean.where is None or bool(mean.where[run]))
        if values:
            weighted = sum(w * v for w, v in present) / sum(w for w, _ in present)
            middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
            assert fractions(mean)[run] == weighted
            assert fractions(median)[run] == middle
            assert fractions(n.minimum(columns))[run] == values[0]
            assert fractions(n.maximum(columns))[run] == values[-1]


@pytest.mark.parametrize("seed", range(20))
def test_rough_arithmetic_stays_within_the_bound_it_states(seed):
    parts, by_run = random_parts(Random(seed))
    rough = [(weight, numbers.rough()) for weight, numbers in parts]
    exact = n.mean(parts)
    for found in (n.mean(rough),):
        for run, present in enumerate(by_run):
            if present:
                assert abs(Fraction(found.top[0, run]) - fractions(exact)[run]) <= Fraction(found.error)


def test_a_large_sum_that_would_overflow_is_not_taken_in_whole_numbers():
    large = column(2**61, 2**61)
    found = n.total([(1, large), (1, large), (1, large)])
    assert not found.exact
    assert found.top[0].tolist() == [3 * 2.0**61] * 2
