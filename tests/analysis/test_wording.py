"""Figures and numbers in the words of a finding."""

import pytest

from gscm.analysis.wording import PEOPLE, between, many, rate, without_common_start
from gscm.i18n import same
from gscm.statistics.figure import Interval


def span(low, high):
    return between(Interval(low, high, 0.95, None))


@pytest.mark.parametrize(("count", "told"), [(0, "0 people"), (1, "1 person"), (1200, "1,200 people")])
def test_a_noun_stands_in_its_number(count, told):
    assert many(count, PEOPLE).en == told


def test_indonesian_has_one_noun_for_any_number():
    assert (many(1, PEOPLE).id, many(1200, PEOPLE).id) == ("1 orang", "1.200 orang")


@pytest.mark.parametrize(("value", "told"), [(0.955, "95,5%"), (0.5, "50%"), (1, "100%"), (None, "–")])
def test_a_rate_has_one_digit_where_it_needs_it(value, told):
    assert rate(value).id == told


def test_an_end_that_is_written_as_zero_is_not_negative():
    assert span(-0.004, 0.22).id == "0,00–0,22"
    assert span(-0.05, 0.22).id == "-0,05 s.d. 0,22"


def test_names_that_begin_alike_are_told_by_what_sets_them_apart():
    names = [same("Tingkat Kematangan Layanan Kepegawaian"), same("Tingkat Kematangan Audit")]
    assert [one.id for one in without_common_start(names)] == ["Layanan Kepegawaian", "Audit"]
    assert [one.id for one in without_common_start([same("Mutu"), same("Mutu air")])] == ["Mutu", "Mutu air"]
