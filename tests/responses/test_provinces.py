"""The province of a regency or city by the first two digits of its code."""

import pytest

from gscm.responses.answers import Subject
from gscm.responses.provinces import PROVINCES, region_of


def region(id, named=None):
    return region_of(Subject(id, id, None, None, region=named))


def test_the_first_two_digits_of_a_code_are_the_province():
    assert region("63.71") == "Kalimantan Selatan"
    assert region("91.71") == "Papua"


@pytest.mark.parametrize("id", ["6371", "63", "63.71.01", "kota-63.71", "99.01"])
def test_nothing_is_read_from_what_is_no_code_of_a_regency_or_city(id):
    assert region(id) is None


def test_the_region_that_the_study_names_counts_first():
    assert region("63.71", "Kalimantan") == "Kalimantan"


def test_there_are_38_provinces():
    assert len(PROVINCES) == len(set(PROVINCES.values())) == 38
