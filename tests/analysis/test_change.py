"""Two waves of one subject: what the answers moved and what the model moved."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from gscm.analysis.change import change, movement
from gscm.analysis.material import Material
from gscm.model.tree import has_levels
from gscm.responses.answers import Study, Subject
from tests.analysis.completing import completed
from tests.migrations import rules
from tests.strategies import assessments, dice
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


def found(new, *old, **more):
    return {one.id: one for one in change(Material(new, others=old, **more))}


def moved(by_answers, by_model, start, to, bounds=None):
    """A movement as the data tell it; without open answers its bounds are what it is."""
    return {"from": start, "to": to, "by_answers": by_answers, "by_model": by_model,
            "bounds": bounds or [to - start] * 2}  # fmt: skip


def test_under_one_model_all_of_the_movement_comes_from_the_answers():
    one = found(wave(OLD, "{a: 3, b: 2}", 2026), wave(OLD, "{a: 1, b: 2}"))["change"]
    whole = one.data["nodes"]["m"]
    assert one.data["same_model"] is True
    assert whole["level"] == moved(1, 0, 1, 2)
    assert whole["score"] == moved(1, 0, 1.5, 2.5)
    assert one.meaning.id == (
        "Level keseluruhan naik dari L1 ke L2. Nilainya naik dari 1,50 ke 2,50 (+1,00). Modelnya sama, jadi seluruhnya "
        "karena jawabannya berubah. Bagian yang nilainya paling bergeser karena jawaban ialah A (+2,00)."
    )


def test_with_the_same_answers_all_of_the_movement_comes_from_the_model():
    one = found(wave(HEAVY, "{a: 1, b: 3}", 2026), wave(OLD, "{a: 1, b: 3}"))["change"]
    assert one.data["same_model"] is False
    assert one.data["nodes"]["m"]["score"] == moved(0, -0.5, 2, 1.5)


def test_the_split_is_the_shapley_value_of_answers_and_model():
    # old answers 1, 3: old model 2, new model 3/2; new answers 3, 3: 3 under both
    one = found(wave(HEAVY, "{a: 3, b: 3}", 2026), wave(OLD, "{a: 1, b: 3}"))["change"]
    score = one.data["nodes"]["m"]["score"]
    assert score == moved(1.25, -0.25, 2, 3)


def test_a_gate_that_became_easier_moves_the_level():
    one = found(wave(EASY, "{a: 3, b: 1}", 2026), wave(OLD, "{a: 3, b: 1}"))["change"]
    assert one.data["nodes"]["m"]["level"] == moved(0, 2, 1, 3)
    assert "0 karena jawabannya berubah dan +2 karena modelnya berubah" in one.meaning.id


def test_other_words_for_the_same_claims_are_no_change_of_the_model():
    words = tiny(TWO.format(rule="all", weight=1).replace("title: A", "title: Other words"))
    assert found(wave(words, "{a: 3, b: 2}", 2026), wave(OLD, "{a: 1, b: 2}"))["change"].data["same_model"] is True


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 3), min_size=4, max_size=4), st.sampled_from([OLD, HEAVY, EASY]))
def test_the_parts_add_up_to_the_movement(levels, model):
    old, new = wave(OLD, f"{{a: {levels[0]}, b: {levels[1]}}}"), wave(model, f"{{a: {levels[2]}, b: {levels[3]}}}")
    both = movement(old, new)
    assert both.left == ()
    for one in both.nodes:
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
    assert one.data["nodes"]["m"]["score"] == moved(0, 0, 3, 3)
    assert "2 jawaban tidak ada padanannya" in one.caution.id
    assert "2 answers have no counterpart" in one.caution.en


def test_the_later_wave_is_the_one_that_is_moved_to():
    one = found(wave(OLD, "{a: 1, b: 1}", 2024), wave(OLD, "{a: 3, b: 3}", 2026))["change"]
    assert one.title.id == "Perubahan dari 2024 ke 2026"
    assert one.data["nodes"]["m"]["score"]["to"] == 3


def test_instruments_with_other_scales_are_not_subtracted():
    other = tiny(TWO.format(rule="all", weight=1), scale="{min: 0, max: 100}")
    assert found(wave(other, "{a: 3, b: 3}", 2026), wave(OLD, "{a: 3, b: 3}"))["change"].refused is not None


def test_without_another_assessment_it_says_how_to_name_one():
    assert "--against" in found(wave(OLD, "{a: 1, b: 1}"))["change"].remedy.id


def test_a_fraction_of_a_level_is_told_as_such():
    # old answers: all 1, any 3; new answers: all 2, any 3
    one = found(wave(EASY, "{a: 3, b: 2}", 2026), wave(OLD, "{a: 3, b: 1}"))["change"]
    level = one.data["nodes"]["m"]["level"]
    assert level["by_answers"] == pytest.approx(float(Fraction(1, 2)))
    assert level["by_model"] == pytest.approx(1.5)


def test_the_later_of_two_days_in_a_year_is_moved_to_and_a_wave_without_a_year_is_the_older_one():
    def dated(text, day):
        return replace(wave(OLD, text, 2026), study=Study(date=day))

    one = found(dated("{a: 1, b: 1}", date(2026, 3, 1)), dated("{a: 3, b: 3}", date(2026, 11, 2)))["change"]
    assert one.title.en == "Change from 1 March 2026 to 2 November 2026"
    assert one.data["nodes"]["m"]["score"]["to"] == 3
    undated = found(wave(OLD, "{a: 3, b: 3}", None), wave(OLD, "{a: 1, b: 1}", 2024))["change"]
    assert undated.data["nodes"]["m"]["score"]["to"] == 3


def test_two_instruments_are_not_compared_though_their_ids_and_scales_are_alike():
    other = replace(OLD, id="n", nodes={("n" if id == "m" else id): replace(one, id="n") if id == "m" else
                                        replace(one, parent="n") for id, one in OLD.nodes.items()})  # fmt: skip
    one = found(wave(OLD, "{a: 3, b: 3}", 2026), replace(wave(OLD, "{a: 1, b: 1}"), model=other))["change"]
    assert "Id yang sama dapat menanyakan hal yang lain" in one.refused.id


# -------------------------------------------------------------------------------------------------- open answers


def test_a_movement_that_open_answers_could_undo_is_not_called_certain():
    # the whole: from 1 (b open: up to 2) to 2 (b open: up to 3)
    one = found(wave(OLD, "{a: 3}", 2026), wave(OLD, "{a: 1}"))["change"]
    assert one.data["nodes"]["m"]["score"] == moved(1, 0, 1, 2, [0, 2])
    assert (
        "Dengan jawaban yang masih terbuka, levelnya berubah 0 s.d. +2 dan nilainya berubah 0,00 s.d. +2,00: arahnya "
        "belum pasti."
    ) in one.meaning.id
    assert "Belum terjawab 1 dari 2 fakta pada penilaian 2025 dan 1 dari 2 pada penilaian 2026." in one.caution.id
    sure = found(wave(OLD, "{a: 3, b: 3}", 2026), wave(OLD, "{a: 1}"))["change"]
    assert "its score changes by +1.00 to +2.00: a rise for certain." in sure.meaning.en


def test_a_level_that_may_go_either_way_is_told_beside_a_score_that_surely_rises():
    model = tiny("""
        gates: {every: [{clause: children, rule: all}]}
        children: [{id: a, kind: level, title: A, weight: 9}, {id: b, kind: level, title: B}]
    """)
    one = found(wave(model, "{a: 3}", 2026), wave(model, "{a: 2}"))["change"]
    assert "(the direction is not certain yet)" in one.meaning.en
    assert "its score changes by +0.70 to +1.10 (a rise for certain)" in one.meaning.en


def test_a_wave_without_any_answer_is_no_fall():
    one = found(wave(OLD, "{a: tidak tahu}", 2026), wave(OLD, "{a: 3, b: 3}"))["change"]
    assert one.refused.id.startswith("Penilaian 2026 belum berisi satu jawaban pun")


def test_waves_of_one_year_are_told_apart_in_parentheses():
    one = found(wave(OLD, "{a: 1, b: 1}"), wave(OLD, "{a: 3, b: 3}"))["change"]
    assert one.title.id == "Perubahan dari 2025 (pembanding) ke 2025 (yang dianalisis)"
    assert one.title.en == "Change from 2025 (the other) to 2025 (the one analysed)"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(assessments(), dice(), dice())
def test_whatever_the_open_answers_turn_out_to_be_the_movement_lies_within_its_bounds(answers, first, second):
    both = movement(answers, answers)
    old, new = completed(both.old, first), completed(both.new, second)
    for one in both.nodes:
        if one.score is not None:
            low, high = one.score.bounds
            assert low <= new.scores[one.node] - old.scores[one.node] <= high
        if one.level is not None and has_levels(answers.model.nodes[one.node]):
            low, high = one.level.bounds
            node = answers.model.nodes[one.node]
            assert low <= new.level(node) - old.level(node) <= high


# ------------------------------------------------------------------------------------------------------ migrations

BOARD = tiny("""
    children:
      - {id: board, kind: criteria, title: Board, criteria: {2: [{text: x}, {text: y}], 3: [{text: z}]}}
      - {id: b, kind: level, title: B}
""")
COUNCIL = replace(tiny("""
    children:
      - {id: council, kind: criteria, title: Council, criteria: {2: [{text: x}, {text: y}], 3: [{text: z}]}}
      - {id: b, kind: level, title: B}
"""), version="2.0.0")  # fmt: skip
RENAMED = rules("renamed: {board: {to: council, WHY}}", "1.0.0", "2.0.0")


def test_answers_to_a_criterion_that_was_renamed_are_not_lost():
    old = wave(BOARD, "{board.2.1: ya, board.2.2: ya, board.3: tidak, b: 2}")
    new = wave(COUNCIL, "{council.2.1: ya, council.2.2: ya, council.3: ya, b: 2}", 2026)
    one = found(new, old, migrations=(RENAMED,))["change"]
    assert one.caution is None
    assert one.data["without_counterpart"] == []
    council = one.data["nodes"]["council"]["score"]
    assert council["by_answers"] == council["to"] - council["from"] > 0
    assert council["by_model"] == 0
    assert "1.0.0-to-2.0.0.yaml" in one.method.id
    assert found(new, old)["change"].data["without_counterpart"] != []
