"""An answer as it arrives: the figures that a text can mean, and the one form in which it is kept."""

from decimal import Decimal

import pytest

from gscm.responses.given import canonical, figures


@pytest.mark.parametrize(("text", "mark", "meant"), [
    ("12,50", None, ("12.50",)), ("1.250,5", None, ("1250.5",)), ("1.250.000", None, ("1250000",)),
    ("1.250", None, ("1250", "1.250")), ("1.250", ".", ("1.250",)), ("1.250", ",", ("1250", "1.250")),
    ("0.125", None, ("0.125",)), ("-5", None, ("-5",)), ("14/3", None, ()), ("1,2,3", None, ()), ("", None, ()),
])  # fmt: skip
def test_a_text_means_no_figure_one_or_two(text, mark, meant):
    assert figures(text, mark) == meant


@pytest.mark.parametrize(
    "written", [{"value": "12.50"}, {"score": Decimal("12.5")}, {"status": "given", "level": 12.5}]
)
def test_an_answer_is_kept_in_one_form_however_it_was_given(written):
    assert canonical(written, criterion=False) == {"value": "12.5"}


@pytest.mark.parametrize("value", ["Ya", True, "yes", "TRUE"])
def test_yes_is_kept_as_true(value):
    assert canonical({"value": value}, criterion=True) == {"value": True}


def test_texts_lose_the_blanks_around_them_and_their_lines_end_alike():
    assert canonical({"status": "unknown", "note": " a\r\nb\r ", "reason": " "}, False) == {
        "status": "unknown",
        "note": "a\nb",
    }
