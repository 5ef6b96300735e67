"""Importance and performance: each indicator by its weight in the whole and its score."""

import pytest

from gscm.analysis.importance import attributes, importance
from gscm.analysis.material import Material
from gscm.placement.place import place
from tests.tiny import answered, tiny

MODEL = tiny("""
    children:
      - {id: heavy, kind: group, title: Berat, weight: 3, children: [
          {id: a, kind: score, title: A, weight: 2}, {id: b, kind: score, title: B, weight: 1}]}
      - {id: light, kind: group, title: Ringan, weight: 1, children: [
          {id: c, kind: score, title: C}, {id: d, kind: score, title: D, may_not_apply: true}]}
""")


def found(text, model=MODEL):
    [one] = importance(Material(answered(model, text)))
    return one


def test_importance_is_the_share_of_the_weight_in_the_whole():
    result = place(answered(MODEL, "{a: 1, b: 5, c: 1, d: 5}"))
    assert {one.node.id: float(one.importance) for one in attributes(result)} == pytest.approx(
        {"a": 0.5, "b": 0.25, "c": 0.125, "d": 0.125}
    )


def test_what_does_not_apply_leaves_its_weight_to_its_siblings():
    result = place(answered(MODEL, "{a: 1, b: 5, c: 1, d: {status: not_applicable, reason: r}}"))
    assert {one.node.id: float(one.importance) for one in attributes(result)} == pytest.approx(
        {"a": 0.5, "b": 0.25, "c": 0.25}
    )


def test_each_indicator_lies_in_its_quadrant():
    one = found("{a: 1, b: 5, c: 1, d: 5}")
    quadrants = {each["node"]: each["quadrant"] for each in one.data["indicators"]}
    assert quadrants == {"a": "A", "b": "B", "c": "C", "d": "D"}
    assert one.data["importance"] == 0.25
    assert one.data["performance"] == 3


def test_the_sentence_names_what_comes_first():
    one = found("{a: 1, b: 5, c: 1, d: 5}")
    assert one.meaning.id.startswith(
        "1 dari 4 indikator berada di kuadran prioritas utama, yaitu penting tetapi bernilai rendah: A."
    )
    assert "“concentrate here”, important yet poor: A." in one.meaning.en


def test_the_crosshair_is_named_in_the_method():
    assert "garis potong pada rata-rata" in found("{a: 1, b: 5, c: 1, d: 5}").method.id


def test_equal_weights_tell_nothing_of_importance():
    model = tiny("children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]")
    one = found("{a: 1, b: 5}", model)
    assert "berbobot sama" in one.refused.id
    assert "--weights" in one.remedy.id


def test_what_is_answered_in_part_shows_how_far_its_score_may_still_rise():
    model = tiny("""
        children:
          - {id: a, kind: criteria, title: A, weight: 3, criteria: {2: [{text: x}], 3: [{text: y}]}}
          - {id: b, kind: criteria, title: B, criteria: {2: [{text: x}], 3: [{text: y}]}}
    """, inner="score")  # fmt: skip
    one = found("a.2: false\nb.2: true\nb.3: true", model)
    assert [each["open"] for each in one.data["indicators"]] == [True, False]
    assert "–" in one.grids[1].rows[0][-1].id
    assert "masih ada yang belum terjawab" in one.meaning.id


def test_a_score_without_weights_has_no_importance():
    model = tiny("aggregate: minimum\nchildren: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]")
    one = found("{a: 1, b: 5}", model)
    assert one.refused is not None
    assert "Kepentingan tidak dapat dibaca" in one.meaning.id


def test_a_finished_score_has_no_importance():
    model = tiny("children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]", inner="score")
    assert found("{overall: 3}", model).refused is not None
