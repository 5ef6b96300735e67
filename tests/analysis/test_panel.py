"""Weights of a panel: methods, groups, consistency, and the comparison to review."""

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from gscm.analysis.panel import BestWorst, Choices, Expert, Pairs, Panel, mending, scale_near, to_one, weigh
from gscm.errors import FaultsFound
from tests.tiny import tiny

FILE = Path(__file__).parents[1] / "data" / "numeric_examples.yaml"
EXAMPLES = {one["id"]: one for one in yaml.safe_load(FILE.read_text(encoding="utf-8"))["examples"]}


def model_of(*parts):
    return tiny("children:\n" + "".join(f"  - {{id: {part}, kind: score, title: {part}}}\n" for part in parts))


def pairs(labels, rows):
    return Pairs(
        {
            (a, b): Fraction(str(rows[i][j])).limit_denominator(100)
            for i, a in enumerate(labels)
            for j, b in enumerate(labels)
            if i < j
        }
    )


def panel(labels, *said):
    experts = tuple(Expert(f"P{n}", None, None, {"m": one}) for n, one in enumerate(said, 1))
    return Panel(model_of(*labels), experts, "file")


def house():
    one = EXAMPLES["ahp_saaty_house"]
    return one, panel(one["labels"], pairs(one["labels"], one["input"]))


def test_the_house_of_saaty():
    one, experts = house()
    (found,) = weigh(experts, Choices())
    assert list(found.weights.values()) == pytest.approx(one["expected"]["eigenvector"], abs=one["tol"])
    assert found.ratio == pytest.approx(one["expected"]["CR"], abs=one["tol"])
    assert (found.random_index, found.group, found.inconsistent) == ("saaty-1980", None, ("P1",))


def test_both_methods_of_the_house_stand_side_by_side_because_they_rank_it_differently():
    one, experts = house()
    (found,) = weigh(experts, Choices())
    assert list(found.beside.values()) == pytest.approx(one["expected"]["geometric_mean"], abs=one["tol"])
    assert found.ranked_otherwise
    assert sorted(found.weights, key=found.weights.get)[-2] == "neighborhood"
    assert sorted(found.beside, key=found.beside.get)[-4] == "neighborhood"


def test_judgements_of_a_group_are_aggregated_before_their_weights():
    one = EXAMPLES["ahp_group_aij_2x3"]
    labels = ["a", "b", "c"]
    said = [pairs(labels, one["input"][f"expert{n}"]) for n in (1, 2)]
    (found,) = weigh(panel(labels, *said), Choices(group="aij"))
    assert list(found.weights.values()) == pytest.approx(one["expected"]["weights"], abs=one["tol"])
    assert list(found.experts[1].weights.values()) == pytest.approx(one["expected"]["expert2_weights"], abs=one["tol"])


def test_or_the_weights_of_every_expert_are_aggregated_and_the_group_has_no_ratio():
    labels = ["a", "b"]
    (found,) = weigh(
        panel(labels, Pairs({("a", "b"): Fraction(4)}), Pairs({("a", "b"): Fraction(1)})), Choices(group="aip")
    )
    assert found.weights["a"] == pytest.approx(2 / 3)  # geometric means: √(4/5 · 1/2) to √(1/5 · 1/2), 2 to 1
    assert (found.group, found.ratio) == ("aip", None)


@pytest.mark.parametrize(("method", "key"), [("bwm-linear", "linear_weights"), ("bwm-minmax", "nonlinear_weights")])
def test_the_transport_of_rezaei(method, key):
    one = EXAMPLES["bwm_rezaei_2015_transport"]
    labels = ["load", "accessibility", "cost"]
    over, under = (
        dict(zip(labels, map(Fraction, one["input"][key]), strict=True))
        for key in ("best_to_others", "others_to_worst")
    )
    (found,) = weigh(panel(labels, BestWorst("cost", "load", over, under)), Choices(bwm=method))
    assert list(found.weights.values()) == pytest.approx(one["expected"][key], abs=one["tol"])
    assert found.random_index is None


def test_experts_of_the_best_worst_method_are_aggregated_by_their_weights_whatever_is_asked():
    said = BestWorst("a", "b", {"a": Fraction(1), "b": Fraction(3)}, {"a": Fraction(3), "b": Fraction(1)})
    (found,) = weigh(panel(["a", "b"], said, said), Choices(group="aij"))
    assert found.group == "aip"
    assert found.weights["a"] == pytest.approx(3 / 4)


def test_of_several_optimal_weights_the_range_is_told_and_the_linear_model_has_but_one():
    parts = ["a", "b", "c", "d"]
    over, under = (dict(zip(parts, map(Fraction, row), strict=True)) for row in ((1, 2, 4, 8), (8, 5, 2, 1)))
    said = BestWorst("a", "d", over, under)
    (several,) = weigh(panel(parts, said), Choices(bwm="bwm-minmax"))
    (one,) = weigh(panel(parts, said), Choices())
    least, most = several.experts[0].ranges["c"]
    assert least < several.weights["c"] < most
    assert one.experts[0].ranges == {}


def test_the_limit_of_the_best_worst_method_decides_and_not_that_of_ahp():
    parts = ["a", "b", "c", "d"]
    over, under = (dict(zip(parts, map(Fraction, row), strict=True)) for row in ((1, 3, 5, 7), (7, 5, 3, 1)))
    (found,) = weigh(panel(parts, BestWorst("a", "d", over, under)), Choices())
    (judged,) = found.experts
    assert judged.ratio == pytest.approx(8 / 42)  # |3 · 5 − 7| / (7² − 7)
    assert (judged.measures[0].limit, judged.acceptable) == (0.2457, True)


def test_what_is_too_little_to_contradict_itself_has_no_ratio():
    (tree,) = weigh(panel("abc", Pairs({("a", "b"): Fraction(2), ("b", "c"): Fraction(3)})), Choices())
    (two,) = weigh(panel("ab", Pairs({("a", "b"): Fraction(2)})), Choices())
    assert [one.experts[0].measures for one in (tree, two)] == [(), ()]


def test_an_incomplete_set_of_comparisons_is_completed():
    one = EXAMPLES["ahp_incomplete_bozoki_2010"]
    said = Pairs({tuple(key.split(",")): Fraction(value) for key, value in one["input"].items()})
    (found,) = weigh(panel(one["labels"], said), Choices())
    assert (found.experts[0].missing, found.completion) == (1, "least-eigenvalue")
    assert found.weights == pytest.approx(one["expected"]["weights"], abs=one["tol"])


def test_the_comparison_to_review_is_the_one_that_contradicts_the_others():
    said = Pairs({("a", "b"): Fraction(2), ("b", "c"): Fraction(2), ("a", "c"): Fraction(1, 4), ("a", "d"): Fraction(8),
                  ("b", "d"): Fraction(4), ("c", "d"): Fraction(2)})  # fmt: skip
    experts = panel("abcd", said)
    mend = mending(experts.model.root, said, Choices())
    assert (mend.first, mend.second, mend.given, mend.better) == ("a", "c", Fraction(1, 4), 4)
    assert mend.ratio == pytest.approx(0, abs=1e-9)


def test_of_consistent_comparisons_none_is_to_be_reviewed():
    said = Pairs({("a", "b"): Fraction(2), ("b", "c"): Fraction(2), ("a", "c"): Fraction(4)})
    assert mending(panel("abc", said).model.root, said, Choices()) is None


def test_a_weighted_hierarchy_is_weighed_node_by_node():
    model = tiny("""\
        children:
          - id: g
            kind: group
            title: G
            children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]
          - {id: c, kind: score, title: C}
    """)
    said = {"m": Pairs({("g", "c"): Fraction(3)}), "g": Pairs({("a", "b"): Fraction(1, 4)})}
    found = weigh(Panel(model, (Expert("P1", None, None, said),), "file"), Choices())
    exact = {one.node: dict(one.exact) for one in found}
    assert exact == {"m": {"g": Fraction(3, 4), "c": Fraction(1, 4)}, "g": {"a": Fraction(1, 5), "b": Fraction(4, 5)}}


def test_rounded_weights_sum_to_exactly_one():
    found = to_one({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3}, 4)
    assert sum(found.values()) == 1
    assert [str(weight * 10000) for weight in found.values()] == ["3334", "3333", "3333"]


def test_of_equal_weights_the_first_are_rounded_up_whatever_their_last_digits():
    noisy = {"a": 1 / 6, "b": 1 / 6 + 1e-12, "c": 1 / 6 - 1e-12, "d": 1 / 6, "e": 1 / 6 + 1e-12, "f": 1 / 6}
    assert [int(weight * 10000) for weight in to_one(noisy, 4).values()] == [1667, 1667, 1667, 1667, 1666, 1666]


def test_only_limits_that_are_published_name_their_source():
    parts = ["a", "b", "c"]
    sources = []
    for whole in (2, 3):
        over, under = (
            {p: Fraction(n) for p, n in zip(parts, row, strict=True)} for row in ((1, 1, whole), (whole, whole, 1))
        )
        (found,) = weigh(panel(parts, BestWorst("a", "c", over, under)), Choices())
        sources.append(found.experts[0].measures[0].source)
    assert sources == ["gscm", "Liang et al. 2020"]


def test_a_weight_that_would_be_rounded_to_nothing_is_refused():
    with pytest.raises(FaultsFound, match="below one in 100"):
        to_one({"a": 0.999, "b": 0.001}, 2)


@pytest.mark.parametrize(("ratio", "step"), [(3.4, "3"), (0.3, "1/3"), (20.0, "9"), (0.01, "1/9"), (1.2, "1")])
def test_a_ratio_is_told_as_a_step_of_the_scale(ratio, step):
    assert scale_near(ratio) == Fraction(step)


def test_comparisons_that_cannot_be_weighed_say_whose_they_are():
    with pytest.raises(FaultsFound, match="P1, “m”"):
        weigh(panel("abc", Pairs({("a", "b"): Fraction(2)})), Choices())
