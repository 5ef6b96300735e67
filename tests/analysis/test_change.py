"""Two waves of one subject: what the answers moved and what the model moved; several subjects side by side."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from gscm.analysis.change import change, movements, standings
from gscm.analysis.material import Material
from gscm.placement.place import place
from gscm.responses.answers import Subject
from tests.tiny import answered, tiny

TWO = """
    gates: {{every: [{{clause: children, rule: {rule}}}]}}
    children:
      - {{id: a, kind: level, title: A, weight: {weight}}}
      - {{id: b, kind: level, title: B}}
"""
OLD = tiny(TWO.format(rule="all", weight=1))
HEAVY = tiny(TWO.format(rule="all", weight=3))
EASY = tiny(TWO.format(rule="any", weight=1))


def wave(model, text, year=2025, id="s", **more):
    return replace(answered(model, text), subject=Subject(id, id.upper(), more.get("kind"), year))


def found(new, *old):
    return {one.id: one for one in change(Material(new, others=old))}


def test_under_one_model_all_of_the_movement_comes_from_the_answers():
    one = found(wave(OLD, "{a: 3, b: 2}", 2026), wave(OLD, "{a: 1, b: 2}"))["change"]
    whole = one.data["nodes"]["m"]
    assert one.data["same_model"] is True
    assert whole["level"] == {"from": 1, "to": 2, "by_answers": 1, "by_model": 0}
    assert whole["score"] == {"from": 1.5, "to": 2.5, "by_answers": 1, "by_model": 0}
    assert "Level keseluruhan naik dari L1 ke L2, seluruhnya karena jawabannya berubah" in one.meaning.id


def test_with_the_same_answers_all_of_the_movement_comes_from_the_model():
    one = found(wave(HEAVY, "{a: 1, b: 3}", 2026), wave(OLD, "{a: 1, b: 3}"))["change"]
    assert one.data["same_model"] is False
    assert one.data["nodes"]["m"]["score"] == {"from": 2, "to": 1.5, "by_answers": 0, "by_model": -0.5}


def test_the_split_is_the_shapley_value_of_answers_and_model():
    # old answers 1, 3: old model 2, new model 3/2; new answers 3, 3: 3 under both
    one = found(wave(HEAVY, "{a: 3, b: 3}", 2026), wave(OLD, "{a: 1, b: 3}"))["change"]
    score = one.data["nodes"]["m"]["score"]
    assert score == {"from": 2, "to": 3, "by_answers": 1.25, "by_model": -0.25}


def test_a_gate_that_became_easier_moves_the_level():
    one = found(wave(EASY, "{a: 3, b: 1}", 2026), wave(OLD, "{a: 3, b: 1}"))["change"]
    assert one.data["nodes"]["m"]["level"] == {"from": 1, "to": 3, "by_answers": 0, "by_model": 2}
    assert "0 karena jawabannya berubah dan +2 karena modelnya berubah" in one.meaning.id


def test_other_words_for_the_same_claims_are_no_change_of_the_model():
    words = tiny(TWO.format(rule="all", weight=1).replace("title: A", "title: Other words"))
    assert found(wave(words, "{a: 3, b: 2}", 2026), wave(OLD, "{a: 1, b: 2}"))["change"].data["same_model"] is True


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 3), min_size=4, max_size=4), st.sampled_from([OLD, HEAVY, EASY]))
def test_the_parts_add_up_to_the_movement(levels, model):
    old, new = wave(OLD, f"{{a: {levels[0]}, b: {levels[1]}}}"), wave(model, f"{{a: {levels[2]}, b: {levels[3]}}}")
    moved, left = movements(old, new)
    assert left == ()
    for one in moved:
        for split in (one.level, one.score):
            if split is not None:
                assert split.answers + split.model == split.new - split.old


def test_an_answer_without_a_counterpart_counts_as_open_and_is_named():
    other = tiny("""
        gates: {every: [{clause: children, rule: all}]}
        children: [{id: a, kind: level, title: A}, {id: c, kind: level, title: C}]
    """)
    one = found(wave(other, "{a: 3, c: 3}", 2026), wave(OLD, "{a: 3, b: 3}"))["change"]
    assert one.data["without_counterpart"] == ["b", "c"]
    assert one.data["nodes"]["m"]["score"] == {"from": 3, "to": 3, "by_answers": 0, "by_model": 0}
    assert "2 jawaban tidak ada padanannya" in one.caution.id


def test_the_later_wave_is_the_one_that_is_moved_to():
    one = found(wave(OLD, "{a: 1, b: 1}", 2024), wave(OLD, "{a: 3, b: 3}", 2026))["change"]
    assert one.title.id == "Perubahan dari 2024 ke 2026"
    assert one.data["nodes"]["m"]["score"]["to"] == 3


def test_instruments_with_other_scales_are_not_subtracted():
    other = tiny(TWO.format(rule="all", weight=1), scale="{min: 0, max: 100}")
    assert found(wave(other, "{a: 3, b: 3}", 2026), wave(OLD, "{a: 3, b: 3}"))["change"].refused is not None


def test_without_another_assessment_it_says_how_to_name_one():
    assert "--against" in found(wave(OLD, "{a: 1, b: 1}"))["change"].meaning.id


def test_open_answers_give_ranks_an_interval():
    results = [
        place(wave(OLD, text, id=id)) for id, text in (("x", "{a: 3, b: 2}"), ("y", "{a: 3}"), ("z", "{a: 1, b: 1}"))
    ]
    assert [(one.best, one.worst) for one in standings(results)] == [(1, 2), (1, 2), (3, 3)]


def test_a_subject_stands_among_those_of_its_kind_and_year():
    others = [wave(OLD, f"{{a: {n}, b: {n}}}", 2026, id=f"k{n}", kind="kota") for n in (1, 2)]
    others.append(wave(OLD, "{a: 3, b: 2}", 2024, id="prov", kind="provinsi"))
    one = found(wave(OLD, "{a: 3, b: 3}", 2026, kind="kota"), *others)["change-peers"]
    assert one.data["groups"][0] == {"kind": "kota", "year": 2026, "subjects": 3, "median": 2.0}
    assert one.meaning.en.startswith("S 2026 ranks 1 of 4")
    assert "above the median of 3 subjects" in one.meaning.en


def test_subjects_of_another_model_are_left_out_and_counted():
    one = found(wave(OLD, "{a: 3, b: 3}", 2026), wave(OLD, "{a: 1, b: 1}", id="x"), wave(EASY, "{a: 1, b: 1}", id="y"))
    assert "1 penilaian memakai model atau bobot lain" in one["change-peers"].caution.id
    assert len(one["change-peers"].data["subjects"]) == 2


def test_a_fraction_of_a_level_is_told_as_such():
    # old answers: all 1, any 3; new answers: all 2, any 3
    one = found(wave(EASY, "{a: 3, b: 2}", 2026), wave(OLD, "{a: 3, b: 1}"))["change"]
    level = one.data["nodes"]["m"]["level"]
    assert level["by_answers"] == pytest.approx(float(Fraction(1, 2)))
    assert level["by_model"] == pytest.approx(1.5)
