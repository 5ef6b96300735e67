"""A table of experts' ratings, and what is wrong with it row by row."""

import pytest

from gscm.errors import FaultsFound
from gscm.formats.expert_ratings import read_ratings
from tests.analysis.polled import TWO_LEVELS


def ratings(tmp_path, text):
    path = tmp_path / "pakar.csv"
    path.write_text(text, encoding="utf-8")
    return read_ratings(path, TWO_LEVELS)


def test_ratings_from_one_to_five_are_of_relevance(tmp_path):
    found = ratings(tmp_path, "expert,item,rating\nP1,b.2,4\nP2,b.2,5\nP1,a.2,3\n")
    assert found.asked == "relevance"
    assert found.by_item == {"a.2": {"P1": 3}, "b.2": {"P1": 4, "P2": 5}}
    assert found.experts == ("P1", "P2")


def test_yes_and_no_say_whether_an_item_is_essential(tmp_path):
    found = ratings(tmp_path, "pakar;butir;penilaian\nP1;a;ya\nP2;a;tidak\n")
    assert (found.asked, found.by_item) == ("essential", {"a": {"P1": 1, "P2": 0}})


def test_every_fault_is_told_with_its_row(tmp_path):
    text = "expert,item,rating\n,a.2,4\nP1,a.9,4\nP1,a.2,6\nP1,b.2,4\nP1,b.2,5\n"
    with pytest.raises(FaultsFound) as error:
        ratings(tmp_path, text)
    lines = [issue.where.line for issue in error.value.issues]
    assert lines == [2, 3, 4, 6]
    assert "no item “a.9”" in error.value.issues[1].what.en


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("expert,rating\nP1,4\n", "missing: item"),
        ("expert,item,rating\nP1,a.2,4\nP2,a.2,ya\n", "mixes"),
        ("expert,item,rating\n", "no ratings"),
    ],
)
def test_a_table_that_says_nothing_clear_is_refused(tmp_path, text, said):
    with pytest.raises(FaultsFound) as error:
        ratings(tmp_path, text)
    assert said in error.value.issues[0].what.en
