"""What the columns of tables mean: names that SPSS takes, codes that no answer can be."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from gscm.study.variables import decimal_text, missing_codes, name_of, time_of

IDS = st.from_regex(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", fullmatch=True)
CODES = st.one_of(IDS, st.builds("{}.{}".format, IDS, st.from_regex(r"[1-9](\.[1-9])?|value", fullmatch=True)))
WORDS = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with", "office", "stage"}


@given(st.lists(CODES, unique=True, max_size=30))
def test_no_two_items_share_a_name(codes):
    assert len({name_of(code).casefold() for code in codes}) == len(codes)


@given(CODES)
def test_a_name_is_one_that_spss_takes_with_room_for_what_stands_beside(code):
    name = name_of(code)
    assert re.fullmatch(r"[a-z][a-z0-9._]*[a-z0-9]|[a-z]", name)
    assert len(f"{name}.evidence".encode()) <= 64
    assert name not in WORDS


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("i1", "i1"),
        ("open-data.3.2", "open_data.3.2"),
        ("all", "all__item"),
        ("stage", "stage__item"),
        ("a" * 60, "a" * 41 + "__11ee391211c6"),
    ],
)
def test_names_are_these(code, name):
    assert name_of(code) == name


@pytest.mark.parametrize(
    ("least", "most", "codes"),
    [
        (1, 5, (97, 98, 99)),
        (0, 100, (-97, -98, -99)),
        (0, None, (-97, -98, -99)),
        (-100, 100, (997, 998, 999)),
        (None, 0, (97, 98, 99)),
        (-5000, 5000, (9997, 9998, 9999)),
        (None, None, (999999999997, 999999999998, 999999999999)),
    ],
)
def test_codes_lie_outside_of_what_a_figure_can_be(least, most, codes):
    ends = (None if end is None else Fraction(end) for end in (least, most))
    found = missing_codes(*ends)
    assert (found["not_applicable"], found["unknown"], found["blank"]) == codes


@pytest.mark.parametrize(
    ("number", "text"),
    [("12.345", "12.345"), ("10", "10"), ("-1/8", "-0.125"), ("14/3", "4.6666666666666667")],
)
def test_a_number_is_written_with_all_its_digits(number, text):
    assert decimal_text(Fraction(number)) == text


@pytest.mark.parametrize(
    ("at", "hour"),
    [("2026-01-01T07:00:00.000Z", 7), ("2026-01-01T07:00:00+07:00", 0), ("2026-01-01 07:00", 7), ("kemarin", None)],
)
def test_a_time_is_in_utc_or_none(at, hour):
    assert getattr(time_of(at), "hour", None) == hour
