"""Whether the order of subjects holds under other choices of method, and with answers that are still open."""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings

from gscm.analysis.material import Material
from gscm.analysis.order import drawn_together, ordered
from gscm.analysis.sensitivity import sensitivity
from gscm.analysis.varied import Varied
from gscm.responses.answers import Subject
from tests.strategies import assessment, dice
from tests.tiny import answered, tiny

MODEL = tiny("""
    children:
      - {id: a, kind: score, title: A, may_not_apply: true}
      - id: b
        kind: group
        title: B
        children: [{id: c, kind: score, title: C}, {id: d, kind: score, title: D}]
""")


def one(id, text, model=MODEL):
    return replace(answered(model, text), subject=Subject(id, id.upper(), None, None))


def firm(own, *others):
    """The finding on the order of these subjects."""
    (found,) = (each for each in sensitivity(Material(own, others=others, draws=300)) if each.id == "sensitivity-order")
    return found


def test_a_subject_that_is_better_everywhere_stays_ahead_in_all_draws():
    found = firm(one("x", "{a: 4, c: 5, d: 5}"), one("y", "{a: 1, c: 2, d: 2}"))
    assert found.data["stable_pairs"] == 1
    assert found.meaning.en == (
        "1 of 1 pair of subjects keeps its order in all draws. X ranks 1 of 2; with other choices of method its rank "
        "stays so (90% interval)."
    )
    close = firm(one("x", "{a: 1, c: 4, d: 4}"), one("y", "{a: 3, c: 1, d: 1}"))
    assert close.data["stable_pairs"] == 0
    assert "peringkatnya menjadi 1–2" in close.meaning.id


def test_an_order_of_finished_scores_is_not_called_firm():
    model = tiny("gates: {2: [{clause: score, from: 3}]}\nchildren: [{id: a, kind: score, title: A}]", inner="score")
    found = firm(one("x", "{overall: 3}", model), one("y", "{overall: 2}", model))
    assert "no choice of method bears on any of the scores" in found.refused.en


def test_the_ends_of_intervals_of_ranks_are_whole_numbers():
    found = firm(one("x", "{a: 1, c: 4, d: 4}"), one("y", "{a: 3, c: 1, d: 1}"), one("z", "{a: 2, c: 2, d: 3}"))
    assert found.charts[0].counts
    assert all(float(end).is_integer() for row in found.charts[0].rows for end in (row.low, row.mid, row.high))


def test_an_order_that_open_answers_may_turn_round_does_not_count_as_stable():
    found = firm(one("x", "{a: 4, c: 4, d: 4}"), one("y", "{a: 4, c: 3}"))
    assert (found.data["stable_pairs"], found.data["stable_pairs_of_low_ends"]) == (0, 1)
    assert "0 dari 1 pasangan daerah tetap urutannya pada semua percobaan, apa pun isi jawaban" in found.meaning.id
    assert "(menurut yang sudah terbukti saja: 1)" in found.meaning.id
    assert [each["rank"] for each in found.data["subjects"]] == [[1, 1], [1, 2]]
    open_ = firm(one("x", "{a: 4, c: 4, d: 4}"), one("y", "{a: 5, c: 4}"))
    assert "X berada di peringkat 1–2 dari 2" in open_.meaning.id


def test_what_varies_in_a_peer_varies_though_it_does_not_in_the_subject():
    given_below = one("x", "{a: 2, b: {score: 3}}")
    absent = one("y", "{a: {status: not_applicable, reason: r}, c: 2, d: 4}")
    drawn = drawn_together([Varied(given_below), Varied(absent)], 8, 1)
    assert set(drawn.weights) == {"m", "b"}
    assert set(drawn.picks) == {"aggregate", "absence"}
    for each in (given_below, absent):
        scores = Varied(each).scores(Varied(each).drawn_like(drawn))
        assert scores.shape[-1] == 16
        assert len(np.unique(scores[0, 0])) > 1


def test_assessments_under_another_model_are_not_ranked():
    other = one("y", "{a: 1}", tiny("children: [{id: a, kind: score, title: A}]"))
    found = firm(one("x", "{a: 4, c: 5, d: 1}"), other)
    assert "tidak ada daerah lain dengan model yang sama" in found.refused.id


def test_earlier_waves_of_the_subject_are_not_ranked():
    own = one("x", "{a: 4, c: 5, d: 1}")
    earlier = replace(own, subject=replace(own.subject, year=2020))
    assert "sensitivity-order" not in {each.id for each in sensitivity(Material(own, others=(earlier,), draws=300))}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(dice(), dice())
def test_two_subjects_that_said_the_same_share_their_ranks(model, turned):
    first = assessment(model)
    if Varied(first).scores(Varied(first).nominal())[0, 0, 0] != Varied(first).scores(Varied(first).nominal())[0, 1, 0]:
        return
    found = ordered((first, replace(first, subject=Subject("z", "Z", None, None))), 2, turned.upto(99)).found
    assert found.subjects[0] == found.subjects[1]
