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
    assert icc.data["mean_of_an_office"]["people"] == 1
    assert set(icc.data["forms"]) == {"ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"}


MIXED = tiny("""
    children:
      - {id: a, kind: criteria, title: A, criteria: {2: [{text: x}], 3: [{text: y}]}}
      - {id: q, kind: quantity, title: Q,
         quantity: {title: Q, unit: "%", direction: lower, min: 0, max: 20, targets: {2: 15, 3: 10}}}
""")


def test_icc_leaves_measured_figures_out():
    people = {"x": {"p": {"a.2": True, "a.3": False, "q": 9}, "q": {"a.2": True, "a.3": True, "q": 3}}}
    assert found(agreement(polled(MIXED, people)))["agreement-icc"].data["items"] == ["a.2", "a.3"]


def test_icc_speaks_of_the_mean_of_an_office_and_not_of_all_people():
    offices = {name: ["1010", "1001"] for name in "abcdefgh"}
    icc = found(agreement(marks(TWO_LEVELS, offices)))["agreement-icc"]
    one, office = icc.data["forms"]["ICC2"]["value"], icc.data["mean_of_an_office"]
    assert (office["people"], office["value"]) == (2, pytest.approx(2 * one / (1 + one)))
    assert "rata-rata 2 orang, yaitu sebanyak penjawab yang lazim di satu perangkat daerah" in icc.meaning.id
    assert "Angka terakhir tidak berlaku bagi hasilnya" in icc.meaning.id


def test_a_negative_icc_is_called_not_reliable():
    told = found(agreement(marks(TWO_LEVELS, {"x": ["1100", "0011"]})))["agreement-icc"].meaning
    assert "tidak reliabel" in told.id
    assert "not reliable" in told.en


def test_the_complete_part_is_the_one_with_most_values():
    nan = float("nan")
    values = np.array([[1, 1, 1], [1, 1, 1], [1, nan, nan], [nan, 1, 1]])
    assert complete_block(values) == ((0, 1), (0, 1, 2))
    assert complete_block(np.array([[1, nan], [nan, 1]])) == ((), ())


def test_kappa_of_the_two_people_of_an_office():
    kappa = found(agreement(marks(TWO_LEVELS, {"x": ["1100", "1010"]})))["agreement-kappa"].data
    assert kappa["pairs"][0]["value"] == 0  # half agree, and half would by chance
    assert kappa["fleiss"][0]["value"] == 0


def test_a_single_item_of_a_single_office_has_no_fleiss_kappa():
    one = found(agreement(polled(LEVELS, {"x": {"p": {"a": 1}, "q": {"a": 2}, "r": {"a": 2}}})))["agreement-kappa"]
    assert "diperlukan sekurangnya 2 satuan yang dinilai" in one.refused.id


def test_fleiss_kappa_of_levels_takes_them_as_nominal_categories():
    people = {"x": {"p": {"a": 1, "b": 5}, "q": {"a": 1, "b": 5}, "r": {"a": 1, "b": 1}}}
    one = found(agreement(polled(LEVELS, people)))["agreement-kappa"]
    (kappa,) = one.data["fleiss"]
    # pairs alike: 3 of 3 and 1 of 3, so 2/3; by chance (4/6)² + (2/6)² = 5/9, and kappa = (2/3 − 5/9) / (4/9)
    assert (kappa["kind"], kappa["raters"], kappa["value"]) == ("levels", 3, pytest.approx(0.25))
    assert "level sebagai kategori nominal" in one.grids[0].rows[0][0].id


SCORES = tiny(
    "children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]",
    scale="{min: 0, max: 4}",
    inner="score",
)


def test_scores_are_judged_as_levels_are_and_never_told_as_figures():
    one = found(agreement(polled(SCORES, {"x": {"p": {"a": 0, "b": 4}, "q": {"a": 4, "b": 4}, "r": {"a": 0, "b": 4}}})))
    assert "agreement-figures" not in one
    (part,) = one["agreement-overall"].data["parts"]
    assert (part["kind"], part["measurement"], set(part["metrics"])) == (
        "scores", "interval", {"nominal", "ordinal", "interval"}
    )  # fmt: skip
    assert one["agreement-consensus"].data["indicators"]["b"] == 1
    assert not one["agreement-rwg"].refused
    assert "sebelum nilainya dipakai" in one["agreement-overall"].meaning.id


def test_a_score_between_two_points_is_in_no_category():
    people = {
        "x": {"p": {"a": 2.5, "b": 4}, "q": {"a": 2, "b": 4}},
        "y": {"r": {"a": 1, "b": 3}, "s": {"a": 1, "b": 2}},
    }
    one = found(agreement(polled(SCORES, people)))
    assert ("x", "a") not in [(cell["office"], cell["indicator"]) for cell in one["agreement-consensus"].data["cells"]]
    assert one["agreement-kappa"].data["fleiss"][0]["units"] == 3


def test_levels_have_an_alpha_under_every_metric_and_criteria_one():
    people = {"x": {"p": {"a": 1, "b": 5}, "q": {"a": 2, "b": 5}}}
    overall = found(agreement(polled(LEVELS, people)))["agreement-overall"]
    metrics = overall.data["parts"][0]["metrics"]
    assert metrics["nominal"]["across"] == pytest.approx(krippendorff_alpha([[1, 5], [2, 5]], "nominal").value)
    assert [row[1].en for row in overall.grids[1].rows] == ["ordinal (used)", "nominal", "interval"]
    assert len(found(agreement(marks(TWO_LEVELS, TORN)))["agreement-overall"].grids) == 1


def test_indicators_of_one_item_each_have_no_alpha_and_it_says_why():
    people = {"x": {"p": {"a": 1, "b": 5}, "q": {"a": 2, "b": 5}}}
    assert "hanya satu butir" in found(agreement(polled(LEVELS, people)))["agreement-indicators"].refused.id


def test_one_voice_has_no_table_of_the_divided():
    assert found(agreement(marks(TWO_LEVELS, CALM)))["agreement-consensus"].grids == ()


def test_parts_without_dispute_are_counted_and_the_lowest_is_named_only_if_it_is_lower():
    told = found(agreement(marks(TWO_LEVELS, {"x": ["1011", "1011"]})))["agreement-indicators"].meaning
    assert told.id == (
        "Kesepakatan dapat dihitung pada 1 dari 2 bagian, dan tidak satu pun di antaranya perlu dibahas ulang karena "
        "perselisihan."
    )


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


def test_one_office_shares_items_with_none():
    one = found(agreement(marks(TWO_LEVELS, {"x": ["1010", "1110"]})))["agreement-outlying"]
    assert "belum ada dua perangkat daerah yang demikian" in one.meaning.id


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


def test_many_scores_under_other_rules_are_told_as_a_range():
    offices = {"x": {"p": {"a": 0, "b": 1}, "q": {"a": 2, "b": 4}, "r": {"a": 3, "b": 4}}, "y": {"s": {"a": 4, "b": 0}}}
    told = merge_rules(polled(SCORES, offices).people).meaning.en
    assert "but from 0.00 to 4.00 under others, for instance" in told


def test_a_table_that_is_cut_says_where_the_rest_is():
    asked = "{title: Q, unit: x, direction: higher, min: 0, max: 9, targets: {2: 5, 3: 8}}"
    children = ", ".join(f"{{id: q{n}, kind: quantity, title: Q, quantity: {asked}}}" for n in range(11))
    model = tiny(f"children: [{children}]")
    people = {"x": {who: {f"q{n}": value for n in range(11)} for who, value in (("p", 1), ("q", 2))}}
    (grid,) = found(agreement(polled(model, people)))["agreement-figures"].grids
    assert (len(grid.rows), grid.note.id) == (10, "10 yang paling berbeda dari 11; selengkapnya dalam keluaran JSON.")


def test_rules_are_named_and_written():
    assert rule_name(Rule("share", share=Fraction(2, 3))).id == "porsi 2/3"
    assert written(Rule("quorum", count=2)) == "quorum 2"


def test_the_same_seed_gives_the_same_bytes():
    def told():
        return json.dumps([one.data for one in agreement(marks(TWO_LEVELS, TORN))], allow_nan=False)

    assert told() == told()
