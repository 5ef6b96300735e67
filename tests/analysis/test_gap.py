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
    assert target["missing"] == {"a": 5}
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
    assert "(target 2030, 4 tahun lagi)" in found(dated, "overall=3@2030").meaning.id


def test_without_targets_the_next_level_is_the_target():
    answers = answered(MODEL, "{a.2: ya, a.3.1: ya, a.3.2: ya, b: 2}")
    one = found(answers)
    assert [(target["node"], target["target_level"]) for target in one.data["targets"]] == [("m", 3), ("b", 3)]
    assert "Tanpa target yang disebutkan, targetnya satu level" in one.method.id


def test_a_model_without_levels_asks_for_a_target_score():
    one = found(answered(SCORES, "{a: 1}"))
    assert one.refused is not None
    assert "--target overall=3,5" in one.remedy.id


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_table_tells_node_target_and_what_it_takes(language):
    one = found(answered(MODEL, "{a.2: ya, b: 2}"), "overall=3@2030")
    row = [cell[language] for cell in one.grids[0].rows[0]]
    assert row[2:4] == ["L3", "2030"]
    assert row[-1] == "3"
