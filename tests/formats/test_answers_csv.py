"""Answers as plain CSV: what a cell says, and what survives the way out and back."""

import pytest

from gscm.formats.answers_csv import csv_text, read_answers
from gscm.responses.given import written


@pytest.mark.parametrize("code", ["97", "98", "99"])
def test_a_figure_that_looks_like_a_code_is_a_figure(code):
    assert written(code, criterion=False) == {"value": code}


def test_a_criterion_may_be_answered_by_the_code_of_a_status():
    assert written("98", criterion=True) == {"status": "unknown"}
    assert written("97", criterion=True, reason="no coast") == {"status": "not_applicable", "reason": "no coast"}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (" Ya ", {"value": True}),
        ("0", {"value": False}),
        ("tidak tahu", {"status": "unknown"}),
        ("tidak berlaku: tidak ada pesisir", {"status": "not_applicable", "reason": "tidak ada pesisir"}),
        ("", None),
    ],
)
def test_a_cell_says_an_answer_or_a_status_in_words(text, answer):
    assert written(text, criterion=True) == answer


@pytest.mark.parametrize("note", ["=1+1", "@here", "-x", "'quoted'", "plain"])
def test_a_note_goes_out_and_comes_back_as_it_was_and_is_never_a_formula(tmp_path, note):
    file = tmp_path / "a.csv"
    head = ("office", "respondent", "item", "value", "note")
    file.write_text("".join(csv_text(head, [("o", "p", "i1", "3", note)])), encoding="utf-8")
    assert f",{note}\n" not in file.read_text(encoding="utf-8") or note[0] not in "=@-"
    (given,) = read_answers(file, frozenset())
    assert given.written == {"value": "3", "note": note}
