"""Reliability and validity of the instrument, on a few people whose answers stand in sight."""

import json

import numpy as np
import pytest

from gscm.analysis.experts import Ratings
from gscm.analysis.material import Material
from gscm.analysis.reliability import reliability
from gscm.statistics.guttman import guttman_scale
from gscm.statistics.reliability import critical_r, cronbach_alpha
from tests.analysis.polled import TWO_LEVELS, found, marks, polled
from tests.tiny import answered, tiny

LINES = ["1111", "1110", "1100", "1000", "0000", "1011", "0100", "1101"]
STAGED = tiny("""
    children: [{id: a, kind: criteria, title: A, criteria: {2: [{text: x}], 3: [{text: y}], 4: [{text: z}]}}]
""", levels=4)  # fmt: skip


def table(lines):
    return np.array([[float(mark) for mark in line] for line in lines])


def test_alpha_is_that_of_people_by_items():
    parts = found(reliability(marks(TWO_LEVELS, {"x": LINES * 2})))["reliability-alpha"].data["parts"]
    of_all = parts[-1]
    assert (of_all["part"], of_all["items"], of_all["listwise"]["n"]) == ("m", 4, 16)
    assert of_all["listwise"]["alpha"] == pytest.approx(cronbach_alpha(table(LINES * 2)).value)


def test_the_policy_on_missing_answers_is_named_and_both_figures_stand():
    one = found(reliability(marks(TWO_LEVELS, {"x": [*LINES * 2, "1-11"]})))["reliability-alpha"]
    of_all = one.data["parts"][-1]
    assert (of_all["listwise"]["n"], of_all["pairwise"]["n"]) == (16, 17)
    assert "listwise" in one.method.id


def test_few_people_are_flagged_in_one_sentence():
    one = found(reliability(marks(TWO_LEVELS, {"x": [*LINES * 2, "11--", "----"]})))["reliability-alpha"]
    assert one.caution.en.startswith("Only 16 to 17 respondents: with fewer than 30")
    assert one.caution.en.count("with fewer than 30") == 1


def test_alpha_is_refused_below_the_least_number_of_people_and_told_of_the_most():
    nine = found(reliability(marks(TWO_LEVELS, {"x": ["1111", "1100", "0000"] * 3})))["reliability-alpha"]
    assert "sekurangnya 10 responden (batas gscm), sedangkan datanya hanya memuat 9" in nine.refused.id
    holes = ["111-", "110-", "-000", "-101", "0-00", "1-10"] * 2
    of_all = found(reliability(marks(TWO_LEVELS, {"x": [*holes, "1111", "0001"]})))["reliability-alpha"]
    assert of_all.data["parts"][-1]["listwise"] is None  # from two people alone
    assert of_all.data["parts"][-1]["pairwise"]["n"] == 14


def test_alpha_rests_on_the_figure_with_more_people_where_few_answered_everything():
    holes = ["111-", "110-", "-000", "-101", "0-00", "1-10"]
    one = found(reliability(marks(TWO_LEVELS, {"x": [*LINES * 2, *holes]})))["reliability-alpha"]
    assert (one.data["parts"][-1]["listwise"]["n"], one.n.en) == (16, "22 people")


def test_scores_are_items_of_a_scale_as_levels_are():
    model = tiny("children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]", inner="score")
    people = {f"p{n}": {"a": a, "b": b} for n, (a, b) in enumerate([(1, 2), (2, 2), (4, 3), (5, 4)] * 3)}
    one = found(reliability(polled(model, {"x": people})))
    assert one["reliability-alpha"].data["parts"][-1]["listwise"]["n"] == 12
    assert one["reliability-items"].data["items"][0]["valid"]


def test_r_of_an_item_stands_beside_the_r_table_computed_from_t():
    items = found(reliability(marks(TWO_LEVELS, {"x": LINES})))["reliability-items"].data["items"]
    of_domain = table(LINES)[:, :2]
    expected = np.corrcoef(of_domain[:, 0], of_domain.sum(axis=1))[0, 1]
    assert items[0]["item"] == "a.2"
    assert items[0]["r"] == pytest.approx(expected)
    assert items[0]["r_table"] == pytest.approx(critical_r(8)) == pytest.approx(0.7067, abs=1e-4)
    assert items[0]["r_corrected"] == pytest.approx(np.corrcoef(of_domain.T)[0, 1])


def test_an_item_that_is_not_valid_is_named():
    told = found(reliability(marks(STAGED, {"x": ["100", "101", "000", "001"] * 8})))["reliability-items"]
    # the first and the third item do not depend on each other: r of either with the sum is √½
    assert told.data["items"][0]["r"] == pytest.approx(0.5**0.5)
    assert "Yang tidak: a.3." in told.meaning.id


def test_few_people_decide_nothing_about_items():
    told = found(reliability(marks(STAGED, {"x": ["110", "000", "111", "001"]})))["reliability-items"]
    assert "dengan 4 orang uji ini belum memutuskan apa pun" in told.meaning.id


def test_items_that_pass_only_by_being_in_their_own_sum_are_told():
    told = found(reliability(marks(TWO_LEVELS, {"x": LINES * 2})))["reliability-items"]
    assert "r terkoreksi di bawah r tabel" in told.meaning.id


@pytest.mark.parametrize("lines", [["1010"], ["1111", "1111", "1111"], ["----"]])
def test_data_that_cannot_carry_it_are_refused_in_sentences(lines):
    one = found(reliability(marks(TWO_LEVELS, {"x": lines})))
    assert all(finding.refused and finding.meaning.id.endswith(".") for finding in one.values())


def test_a_single_item_has_no_reliability():
    model = tiny("children: [{id: a, kind: level, title: A}]", levels=5)
    people = {"x": {f"p{n}": {"a": 1 + n % 3} for n in range(6)}}
    assert found(reliability(polled(model, people)))["reliability-alpha"].refused


def factors(material):
    return found(reliability(material))["reliability-factors"]


def test_kmo_says_whether_nobody_answered_everything_or_nobody_differed():
    assert "tidak ada orang yang menjawab semua butir" in factors(marks(TWO_LEVELS, {"x": ["10--", "--01"]})).refused.id
    assert "berbeda antarorang" in factors(marks(TWO_LEVELS, {"x": ["1111", "1111", "1110"]})).refused.id
    assert "3 responden" in factors(marks(TWO_LEVELS, {"x": ["1100", "0011"]})).refused.id


def test_a_kmo_just_above_a_half_is_miserable_and_only_explored():
    model = tiny("""
        children: [{id: a, kind: criteria, title: A, criteria: {2: [{text: x}, {text: y}, {text: z}]}}]
    """)
    told = factors(marks(model, {"x": ["100", "100", "110", "010", "011", "111", "000", "100", "100", "100"] * 4}))
    (part,) = told.data["parts"]
    assert 0.5 < part["kmo"] < 0.6
    assert part["kaiser"] == "miserable"
    assert "hanya boleh dibaca sebagai penjajakan" in told.meaning.id


def test_items_of_domains_too_small_are_held_against_the_sum_of_all():
    model = tiny("children: [{id: a, kind: level, title: A}, {id: b, kind: level, title: B}]", levels=5)
    people = {f"p{n}": {"a": 1 + n % 5, "b": 1 + (n + n % 2) % 5} for n in range(30)}
    (part,) = found(reliability(polled(model, {"x": people})))["reliability-items"].data["parts"]
    assert part["part"] == "m"


def test_a_model_of_figures_alone_has_no_reliability():
    model = tiny("""
        children:
          - {id: a, kind: quantity, title: A,
             quantity: {title: A, unit: "%", direction: higher, min: 0, max: 9, targets: {2: 5, 3: 8}}}
    """)
    (only,) = reliability(polled(model, {"x": {"p": {"a": 3}, "q": {"a": 2}}}))
    assert "belum ada butir ya/tidak, level, atau nilai" in only.refused.id


def test_an_answers_file_is_refused_since_it_holds_no_people():
    (only,) = reliability(Material(answered(TWO_LEVELS, "a.2: true")))
    assert only.refused


def test_levels_that_are_met_in_their_order_reproduce_fully():
    one = found(reliability(marks(STAGED, {"x": ["111", "110", "100", "000"]})))["reliability-staging"]
    (indicator,) = one.data["indicators"]
    assert (indicator["reproducibility"], indicator["scalability"], indicator["levels"]) == (1, 1, [2, 3, 4])
    assert "mengikuti urutan level pada semua indikator (1)" in one.meaning.id


def test_levels_that_are_met_out_of_order_name_their_indicator():
    lines = ["001", "110", "100", "011"]
    one = found(reliability(marks(STAGED, {"x": lines})))["reliability-staging"]
    (indicator,) = one.data["indicators"]
    assert indicator["errors"] == guttman_scale(table(lines), "goodenough-edwards", "given").errors == 4
    assert "terutama A" in one.meaning.id
    assert set(indicator["other_conventions"]) == {"cornell", "bernard"}


def test_a_level_counts_as_passed_when_all_its_criteria_are_met():
    model = tiny("children: [{id: a, kind: criteria, title: A, criteria: {2: [{text: x}, {text: y}], 3: [{text: z}]}}]")
    one = found(reliability(marks(model, {"x": ["110", "100", "111", "0-0"]})))["reliability-staging"]
    (indicator,) = one.data["indicators"]
    assert (indicator["n"], indicator["responses"]) == (4, 8)


def test_aiken_names_the_items_below_the_limit():
    doubted = dict(zip("abcdef", [1, 2, 3, 4, 3, 2], strict=True))
    experts = Ratings("relevance", {"a.2": dict.fromkeys("abcdef", 5), "b.2": doubted})
    one = found(reliability(marks(TWO_LEVELS, {"x": LINES}, experts=experts)))["content-aiken"]
    first, second = one.data["items"]
    assert (first["v"], first["valid"], second["valid"]) == (1, True, False)
    assert second["v"] == pytest.approx((0 + 1 + 2 + 3 + 2 + 1) / (6 * 4))
    assert "yang belum: b.2" in one.meaning.id


def test_lawshe_asks_whether_an_item_is_essential():
    experts = Ratings("essential", {"a.2": dict(zip("abcdefgh", [1, 1, 1, 1, 1, 1, 1, 0], strict=True))})
    one = found(reliability(Material(answered(TWO_LEVELS, "a.2: true"), experts=experts)))["content-lawshe"]
    assert one.data["items"][0]["cvr"] == 0.75
    assert one.data["items"][0]["critical_exact"] == 0.75


def test_the_data_are_plain_json_without_nan():
    json.dumps([one.data for one in reliability(marks(TWO_LEVELS, {"x": [*LINES, "1-1-"]}))], allow_nan=False)


@pytest.mark.parametrize("asked", ["relevance", "essential"])
def test_one_expert_decides_on_no_item(asked):
    experts = Ratings(asked, {"a.2": {"e": 5 if asked == "relevance" else 1}})
    (one,) = [f for f in reliability(Material(answered(TWO_LEVELS, ""), experts=experts)) if f.refused is None]
    assert [item["valid"] for item in one.data["items"]] == [None]
    assert "terlalu sedikit untuk memutuskan validitas isi a.2" in one.meaning.id
