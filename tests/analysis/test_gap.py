"""How far the subject is from its targets, and what it takes to reach them."""

from dataclasses import replace

import pytest

from gscm.analysis.gap import gap
from gscm.analysis.material import Material
from gscm.analysis.targets import targets_of
from tests.tiny import answered, tiny

MODEL = tiny("""
    gates: {every: [{clause: children, rule: all}]}
    children:
      - {id: a, kind: criteria, title: Peta, criteria: {2: [{text: x}], 3: [{text: y}, {text: z}]}}
      - {id: b, kind: level, title: Data}
""")
SCORES = tiny("children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]")


def found(answers, *targets):
    [one] = gap(Material(answers, targets=targets_of(answers, targets)))
    return one


def test_a_level_target_takes_the_smallest_set_of_facts():
    one = found(answered(MODEL, "{a.2: ya, a.3.1: ya, a.3.2: tidak, b: 1}"), "overall=3")
    [target] = one.data["targets"]
    assert target["level"] == [1, 1]
    assert target["levels_short"] == 2
    assert target["missing"] == {"a.3.2": 1, "b": 3}
    assert target["state"] == "short"
    assert one.meaning.id == (
        "Keseluruhan masih 2 level di bawah L3. Untuk itu diperlukan sekurangnya 2 hal: Peta (kriteria level 3 nomor "
        "2) dan Data."
    )


def test_a_target_that_is_reached_takes_nothing():
    one = found(answered(MODEL, "{a.2: ya, a.3.1: ya, a.3.2: ya, b: 3}"), "a=3")
    assert one.data["targets"][0]["missing"] == {}
    assert one.meaning.en == "The target is reached already."


def test_what_is_open_may_have_reached_its_target_already():
    one = found(answered(MODEL, "{a.2: ya, a.3.1: ya, a.3.2: tidak tahu, b: 3}"), "a=3", "b=3")
    assert [target["state"] for target in one.data["targets"]] == ["open", "reached"]
    assert one.meaning.id == (
        "1 dari 2 target tercapai. Yang belum ialah Peta: 1 level di bawah L3. Untuk itu diperlukan sekurangnya 1 hal: "
        "Peta (kriteria level 3 nomor 2). Itu belum terjawab: boleh jadi sudah ada, tinggal dijawab dan dibuktikan."
    )
    two = found(answered(MODEL, "{a.2: ya, a.3.1: ya, a.3.2: tidak tahu, b: 1}"), "overall=3", "b=3")
    assert "1 di antaranya belum terjawab" in two.meaning.id
    assert "1 of them is unanswered" in two.meaning.en


def test_a_score_target_takes_the_answers_that_raise_it_most():
    one = found(answered(SCORES, "{a: 1, b: 4}"), "overall=4")
    [target] = one.data["targets"]
    assert target["score"] == [2.5, 2.5]
    assert target["score_short"] == 1.5
    assert target["missing"] == {"a": 4}
    assert "Untuk itu cukup 1 hal: A." in one.meaning.id


def test_what_was_struck_out_in_verification_has_to_be_shown_again():
    model = tiny("""
        gates: {every: [{clause: children, rule: all}]}
        children: [{id: a, kind: level, title: A, may_not_apply: true}, {id: b, kind: level, title: B}]
    """)
    one = found(answered(model, "{a: {status: withheld}, b: 1}"), "overall=2")
    assert one.data["targets"][0]["missing"] == {"a": 2, "b": 2}


def test_years_left_count_from_the_assessment():
    answers = answered(MODEL, "{a.2: ya, b: 2}")
    assert found(answers, "overall=3@2030").data["targets"][0]["years_left"] is None
    dated = replace(answers, subject=replace(answers.subject, year=2026))
    assert found(dated, "overall=3@2030").data["targets"][0]["years_left"] == 4
    assert "(target 2030, 4 tahun sesudah penilaian)" in found(dated, "overall=3@2030").meaning.id


def test_without_targets_the_next_level_is_the_target():
    answers = answered(MODEL, "{a.2: ya, a.3.1: ya, a.3.2: ya, b: 2}")
    one = found(answers)
    assert [(target["node"], target["target_level"]) for target in one.data["targets"]] == [("m", 3), ("b", 3)]
    assert "Tanpa target yang disebutkan, targetnya satu level" in one.method.id


def test_a_model_without_levels_asks_for_a_target_score():
    one = found(answered(SCORES, "{a: 1}"))
    assert one.refused is not None
    assert "--target overall=3,5" in one.remedy.id


def test_a_finished_score_need_only_rise_to_the_cut_off_of_the_level():
    model = tiny(
        "{gates: {2: [{clause: score, from: 4.2}]}, children: [{id: a, kind: score, title: A}]}", inner="score"
    )
    one = found(answered(model, "{overall: 4.06}"))
    assert one.data["targets"][0]["missing"] == {"m": 4.2}
    assert one.grids[1].rows[0][1].id == "4,20"


def test_a_figure_of_which_less_is_better_need_only_fall_as_far_as_the_target_asks():
    model = tiny("""
        children:
          - {id: q, kind: quantity, title: Q, quantity: {title: Hours, unit: h, direction: lower, min: 0, max: 100,
             basis: ours, source: us}}
    """)
    one = found(answered(model, "{q: 80}"), "overall=3,5")
    assert one.data["targets"][0]["missing"] == {"q": 37.5}


def test_the_fewest_levels_that_reach_a_score_are_asked_for():
    model = tiny("children: [{id: a, kind: level, title: A}, {id: b, kind: level, title: B}]", levels=5)
    one = found(answered(model, "{a: 1, b: 1}"), "overall=3,5")
    assert one.data["targets"][0]["missing"] == {"a": 5, "b": 2}


def test_rows_that_nobody_filled_in_are_named_by_what_they_are_rows_of():
    row = "open: {kind: level, answer: level}"
    model = tiny(f"children: [{{id: a, kind: group, title: Kota, {row}}}, {{id: b, kind: group, title: Desa, {row}}}]")
    assert (
        "2 hal: Kota (baris belum diisi) dan Desa (baris belum diisi)."
        in found(answered(model, ""), "overall=3").meaning.id
    )


def test_targets_that_are_equally_far_are_told_together():
    one = found(answered(MODEL, "{a.2: ya, a.3.1: tidak, a.3.2: tidak, b: 2}"))
    assert one.meaning.id.startswith(
        "Belum ada target yang tercapai. Semuanya 1 level di bawah targetnya; target keseluruhan ialah L3."
    )
    two = found(answered(MODEL, "{a.2: ya, a.3.1: ya, a.3.2: ya, b: 2}"), "a=3", "b=3", "overall=3")
    assert "The others are all 1 level short; the target of Data is L3." in two.meaning.en


def test_a_whole_number_that_is_no_level_is_said_to_be_read_as_a_score():
    one = found(answered(MODEL, "{a.2: ya, b: 2}"), "overall=5")
    assert "tidak ada level senomor itu: keseluruhan 5,00." in one.caution.id
    assert found(answered(MODEL, "{a.2: ya, b: 2}"), "overall=3").caution is None


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_table_tells_node_target_and_what_it_takes(language):
    one = found(answered(MODEL, "{a.2: ya, b: 2}"), "overall=3@2030")
    row = [cell[language] for cell in one.grids[0].rows[0]]
    assert row[2:4] == ["L3", "2030"]
    assert row[-1] == "3"
