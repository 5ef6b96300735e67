"""The findings on weights from experts."""

from fractions import Fraction

from gscm.analysis.material import Material
from gscm.analysis.panel import Expert, Pairs, Panel
from gscm.analysis.weights import weights
from tests.tiny import answered, tiny

ROOT = """\
gates: {2: [{clause: score, from: 2}], 3: [{clause: score, from: 4}]}
children:
  - {id: a, kind: score, title: A, weight: 1}
  - {id: b, kind: score, title: B, weight: 1}
  - {id: c, kind: score, title: C, weight: 2}
"""


def found(*times, text="a: 5\nb: 1\nc: 1"):
    """What two comparisons (a over b, a over c, and b over c) by every expert come to."""
    model = tiny(ROOT)
    experts = tuple(
        Expert(
            f"P{n}",
            None,
            None,
            {"m": Pairs(dict(zip([("a", "b"), ("a", "c"), ("b", "c")], map(Fraction, said), strict=True)))},
        )
        for n, said in enumerate(times, 1)
    )
    return tuple(weights(Material(answered(model, text), panel=Panel(model, experts, "file"))))


def test_without_comparisons_it_says_how_to_make_them():
    (one,) = weights(Material(answered(tiny(ROOT), "a: 5")))
    assert one.refused is not None
    assert "gscm weights ask" in one.remedy.en


def test_it_says_what_matters_most_where_they_differ_and_what_the_model_says():
    one, _ = found((3, 3, 1), (1, 1, 1))
    assert one.meaning.en == (
        "To the experts the most important is A (46%) and the least important B and C (27%). They differ most on A: "
        "from 33% to 60%. Against the weights of the model, C changes most: 50% in the model, 27% to the experts."
    )
    assert one.n.en == "2 experts"


def test_parts_less_than_a_point_apart_are_said_to_matter_nearly_the_same():
    one, _ = found(("1.02", 4, 4))
    assert one.meaning.en.startswith(
        "To the experts the most important is A (45%), nearly the same as B (44%), and the least important C (11%)."
    )


def test_what_is_answered_as_a_whole_takes_no_weights():
    one, two = found((3, 3, 1), text="overall: {score: 3}")
    assert one.refused is None
    assert two.refused.en == "Model: answered as a whole, so that weights below do not bear on the result."


def test_a_picture_shows_every_expert_and_the_span_of_every_part():
    one, _ = found((3, 3, 1), (1, 1, 1))
    plot, heat = one.charts
    assert [(row.label.en, round(row.low, 2), round(row.high, 2)) for row in plot.rows] == [
        ("A", 0.33, 0.6), ("B", 0.2, 0.33), ("C", 0.2, 0.33),
    ]  # fmt: skip
    assert [row.en for row in heat.rows] == ["P1", "P2"]


def test_one_expert_makes_no_picture():
    one, _ = found((3, 3, 1))
    assert one.charts == ()


def test_an_inconsistent_expert_is_named_and_told_what_to_review():
    one, _ = found((3, "1/3", 3))
    assert "The comparisons of P1 are not consistent" in one.caution.en
    (row,) = one.grids[1].rows
    assert [cell.en for cell in row[1:5]] == ["consistency ratio (CR)", "1.1494", "0.10 (Saaty 1980)", "no"]
    assert row[6].en == "A over B: given as 3, the others point to 1/9"


def test_the_result_is_told_with_both_sets_of_weights():
    *_, one = found((8, 8, 1))
    assert one.meaning.en == (
        "With experts’ weights the level of the whole becomes 3, from 2: it depends on the choice of weights."
    )
    assert one.data["m"] == {
        "own": {"level_low": 2, "level_high": 2, "score_low": "2", "score_high": "2"},
        "experts": {"level_low": 3, "level_high": 3, "score_low": "21/5", "score_high": "21/5"},
    }
