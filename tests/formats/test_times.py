"""Times as forms and spreadsheets of either language write them."""

import pytest

from gscm.formats.times import seen_in, time_in

UTC = "2026-11-22T06:05:10.000Z"


@pytest.mark.parametrize(("order", "text"), [
    ("dmy", "22/11/2026 13.05.10"), ("mdy", "11/22/2026 13:05:10"), ("mdy", "11/22/2026 1:05:10 PM"),
    ("dmy", "2026/11/22 1:05:10 PM GMT+7"), ("mdy", "2026-11-22T06:05:10Z"), ("dmy", "2026-11-22 14:05:10 WITA"),
    ("dmy", "22-11-2026, 13:05:10"), ("dmy", "2026-11-22T15:05:10+09:00"), ("dmy", "46348,5452546"),
])  # fmt: skip
def test_a_time_is_read_as_it_is_written(order, text):
    assert time_in(text, order) == UTC


def test_a_time_without_a_zone_is_of_the_one_that_is_told():
    assert time_in("2026-11-22 15:05:10", "dmy", "WIT") == UTC


def test_a_time_of_ours_comes_back_as_it_was():
    assert time_in("2026-01-01T00:00:00.123Z", "dmy") == "2026-01-01T00:00:00.123Z"


@pytest.mark.parametrize(
    "text", ["31/02/2026", "13.05", "yesterday", "22/11/26", "25:00", "2026-11-22 13:05 PM", "0001-01-01"]
)
def test_what_is_no_time_is_none(text):
    assert time_in(text, "dmy") is None


@pytest.mark.parametrize(
    ("texts", "orders"),
    [
        (["01/02/2026", "13/02/2026"], {"dmy"}),
        (["01/02/2026", "02/13/2026"], {"mdy"}),
        (["01/02/2026"], {"dmy", "mdy"}),
        (["13/02/2026", "02/13/2026"], set()),
    ],
)
def test_the_order_of_day_and_month_is_told_by_the_values(texts, orders):
    assert seen_in(texts).orders == orders
