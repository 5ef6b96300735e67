"""How far people agree, worked out by hand on studies of a few people."""

import json
from fractions import Fraction

import numpy as np
import pytest

from gscm.analysis.agreement import agreement
from gscm.analysis.consensus import office_consensus
from gscm.analysis.finding import HeatMap
from gscm.analysis.material import Material
from gscm.analysis.matrices import ballots_of, complete_block, number, within_offices
from gscm.analysis.merge_rules import merge_rules, rule_name, written
from gscm.model.facts import facts_of
from gscm.responses.merge import Rule
from gscm.statistics.krippendorff_alpha import krippendorff_alpha
from tests.analysis.polled import TWO_LEVELS, found, marks, polled, said
from tests.tiny import answered, tiny

CALM = {"x": ["1010", "1010", "1010"], "y": ["1110", "1110", "1110"]}
TORN = {"x": ["1010", "1001"], "y": ["1110", "1101"]}
LEVELS = tiny("children: [{id: a, kind: level, title: A}, {id: b, kind: level, title: B}]", levels=5)


def test_people_who_agree_in_each_office_have_an_alpha_of_one():
    overall = found(agreement(marks(TWO_LEVELS, CALM)))["agreement-overall"].data["parts"][0]
    assert (overall["within"]["alpha"], overall["percent_agreement"], overall["people"]) == (1, 1, 6)


def test_within_offices_each_item_of_an_office_is_a_unit():
    ballots = ballots_of(marks(TWO_LEVELS, {"x": ["1010", "1001"], "y": ["11--"]}).people.votes)
    table = within_offices(ballots)
    assert table.shape == (2, 8)
    assert krippendorff_alpha(table, "nominal").units == 4  # those of office x, where two people speak


def test_alpha_of_an_indicator_rests_on_its_own_items_alone():
    parts = found(agreement(marks(TWO_LEVELS, TORN)))["agreement-indicators"].data["parts"]
    by = {part["part"]: part["within"]["alpha"] for part in parts}
    # b: in both offices one says 1 0 and the other 0 1; 4 ones and 4 zeros in 4 units:
    # observed disagreement 8 of 8, expected 2 × 4 × 4 / (8 × 7) = 4/7, alpha = 1 − 7/4
    assert by["a"] == pytest.approx(1)
    assert by["b"] == pytest.approx(-0.75)


def test_the_sentence_names_the_indicator_and_the_offices_to_talk_to():
    told = found(agreement(marks(TWO_LEVELS, TORN)))["agreement-indicators"].meaning
    assert "Kesepakatan pada Data rendah (alfa = -0,75; 4 orang): bahas kembali dengan Dinas X dan Dinas Y" in told.id
    assert "Agreement on Data is low (alpha = -0.75; 4 people): discuss it again with Dinas X and Dinas Y" in told.en


def test_levels_are_ordinal_and_criteria_nominal():
    people = {"x": {"p": {"a": 1, "b": 5}, "q": {"a": 2, "b": 5}}}
    (part,) = found(agreement(polled(LEVELS, people)))["agreement-overall"].data["parts"]
    assert (part["kind"], part["measurement"]) == ("levels", "ordinal")
    assert part["across"]["alpha"] == pytest.approx(krippendorff_alpha([[1, 5], [2, 5]], "ordinal").value)
    (part,) = found(agreement(marks(TWO_LEVELS, TORN)))["agreement-overall"].data["parts"]
    assert part["measurement"] == "nominal"


def test_one_person_alone_cannot_agree_with_anybody():
    (only,) = agreement(marks(TWO_LEVELS, {"x": ["1010"]}))
    assert only.refused
    assert "satu orang" in only.meaning.id


def test_an_answers_file_is_refused_since_it_holds_no_people():
    (only,) = agreement(Material(answered(TWO_LEVELS, "a.2: true")))
    assert only.refused


def test_answers_without_variance_are_refused_in_a_sentence():
    overall = found(agreement(marks(TWO_LEVELS, {"x": ["1111", "1111"]})))["agreement-overall"]
    assert overall.refused
    assert "keragaman" in overall.meaning.id


def test_one_item_alone_has_no_alpha():
    model = tiny("children: [{id: a, kind: level, title: A}]", levels=5)
    overall = found(agreement(polled(model, {"x": {"p": {"a": 1}, "q": {"a": 2}}})))["agreement-overall"]
    assert overall.refused
    assert "dua butir" in overall.meaning.id


def test_consensus_of_an_office_that_is_split_in_half_is_zero():
    ballots = ballots_of(marks(TWO_LEVELS, {"x": ["1---", "0---"], "y": ["1---", "1---"]}).people.votes)
    assert office_consensus(ballots) == pytest.approx({"x": 0, "y": 1})


def test_consensus_is_drawn_with_an_office_a_row_and_an_indicator_a_column():
    (chart,) = found(agreement(marks(TWO_LEVELS, TORN)))["agreement-consensus"].charts
    assert isinstance(chart, HeatMap)
    assert [name.id for name in chart.columns] == ["Data", "Peta"]  # the lowest first
    assert chart.values == ((0, 1), (0, 1))


def test_icc_takes_items_as_targets_and_people_as_raters():
    icc = found(agreement(marks(TWO_LEVELS, {"x": ["1010", "1011"], "y": ["10--"]})))["agreement-icc"]
    assert icc.n.en == "4 items × 2 people"
    # sums of squares by hand: mean squares between items 0.4583, within items 0.125, so ICC(1,1) = 0.3333 / 0.5833
    assert icc.data["forms"]["ICC1"]["value"] == pytest.approx(4 / 7)
    assert set(icc.data["forms"]) == {"ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"}


def test_the_complete_part_is_the_one_with_most_values():
    nan = float("nan")
    values = np.array([[1, 1, 1], [1, 1, 1], [1, nan, nan], [nan, 1, 1]])
    assert complete_block(values) == ((0, 1), (0, 1, 2))
    assert complete_block(np.array([[1, nan], [nan, 1]])) == ((), ())


def test_kappa_of_the_two_people_of_an_office():
    kappa = found(agreement(marks(TWO_LEVELS, {"x": ["1100", "1010"]})))["agreement-kappa"].data
    assert kappa["pairs"][0]["value"] == 0  # half agree, and half would by chance
    assert kappa["fleiss"]["value"] == 0


def test_people_who_order_indicators_alike_have_a_w_of_one():
    order = found(agreement(marks(TWO_LEVELS, {"x": ["1110", "1100", "1110"]})))["agreement-order"]
    assert order.data["w"] == pytest.approx(1)
    assert "terlemah Data, terkuat Peta" in order.meaning.id


def test_the_office_that_answers_otherwise_stands_apart():
    calm = {name: ["1010"] for name in "abcde"}
    apart = found(agreement(marks(TWO_LEVELS, {**calm, "z": ["0101"]})))["agreement-outlying"]
    assert [one["office"] for one in apart.data["offices"] if one["outlying"]] == ["z"]
    assert apart.data["offices"][0]["distance"] == 1
    assert "Dinas Z" in apart.meaning.id


def test_three_offices_are_too_few_to_stand_apart():
    assert found(agreement(marks(TWO_LEVELS, {name: ["1010"] for name in "abc"})))["agreement-outlying"].refused


def test_the_level_under_each_rule_is_that_of_merging_by_it():
    one = merge_rules(marks(TWO_LEVELS, {"x": ["1111", "1111", "0000"]}).people)
    levels = {entry["people"]: entry["level"] for entry in one.data["placements"]}
    assert levels["mean"] == levels["median"] == levels["share 2/3"] == [3, 3]
    assert levels["minimum"] == [1, 1]
    assert "bergantung pada cara menggabungkan" in one.meaning.id


def test_a_result_that_no_rule_changes_says_so():
    one = merge_rules(marks(TWO_LEVELS, {"x": ["1111", "1111"], "y": ["1111", "1111"]}).people)
    assert "tetap 3 pada semua 49 pasangan" in one.meaning.id


def test_a_level_that_is_open_under_every_rule_is_called_open():
    one = merge_rules(marks(TWO_LEVELS, {"x": ["1---", "1---"]}).people)
    assert "masih terbuka (1–3)" in one.meaning.id


def test_a_figure_that_is_told_differently_is_named_with_its_ends():
    model = tiny("""
        children:
          - id: q
            kind: quantity
            title: Q
            quantity: {title: Kemiskinan, unit: persen, direction: lower, min: 0, max: 20, targets: {2: 15, 3: 10}}
    """)
    people = {"x": {"p": {"q": 10.5}, "q": {"q": 10.5}, "r": {"q": 12}}}
    told = found(agreement(polled(model, people)))["agreement-figures"]
    assert "Kemiskinan (10,50 sampai 12,00 persen)" in told.meaning.id
    assert told.data["figures"][0]["share_of_usual"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(("value", "expected"), [(True, 1), (False, 0), ("n/a", None), ("unknown", None)])
def test_an_answer_as_a_number(value, expected):
    fact = facts_of(TWO_LEVELS)["a.2"]
    as_number = number(fact, said(TWO_LEVELS, "a.2", value))
    assert as_number == expected if expected is not None else as_number != as_number


def test_rules_are_named_and_written():
    assert rule_name(Rule("share", share=Fraction(2, 3))).id == "porsi 2/3"
    assert written(Rule("quorum", count=2)) == "quorum 2"


def test_the_same_seed_gives_the_same_bytes():
    def told():
        return json.dumps([one.data for one in agreement(marks(TWO_LEVELS, TORN))], allow_nan=False)

    assert told() == told()
