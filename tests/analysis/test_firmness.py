"""How firm a level is: people drawn anew within their offices, and answers that are still open."""

import json

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from gscm.analysis.firmness import firmness, resampled
from gscm.analysis.material import NO_PEOPLE, Material
from gscm.placement.place import place
from gscm.responses.merge import Rule
from gscm.responses.votes import merged_answers
from gscm.statistics.resampling import resample_counts
from tests.analysis.polled import MEDIAN, TWO_LEVELS, polled
from tests.tiny import answered, tiny

MINIMUM = Rule("minimum")
ONE_LEVEL = tiny("""
    gates: {every: [{clause: children, rule: all}]}
    children: [{id: a, kind: level, title: A}, {id: b, kind: level, title: B}]
""")


def split(first, second, **more):
    """An office whose two people see indicator "a" at different levels; "b" is at the highest for both."""
    votes = {"dinas": {"p1": {"a": first, "b": 3}, "p2": {"a": second, "b": 3}}}
    return polled(ONE_LEVEL, votes, MINIMUM, MINIMUM, **more)


def found(material):
    return {one.id: one for one in firmness(material)}


def test_the_better_of_two_people_is_drawn_twice_in_a_quarter_of_the_resamples():
    material = split(1, 3, runs=4000)
    shares = found(material)["firmness-overall"].data["nodes"]["m"]["level_low"]
    assert shares["1"] == pytest.approx(0.75, abs=0.03)
    assert shares["2"] == 0
    assert shares["3"] == pytest.approx(0.25, abs=0.03)


def test_every_resample_is_placed_as_the_exact_engine_places_it():
    votes = {
        "one": {"p": {"a.2": True, "a.3": False, "b.2": True}, "q": {"a.2": True, "a.3": True, "b.2": False}},
        "two": {"r": {"a.2": False, "b.2": True, "b.3": "unknown"}, "s": {"a.2": True, "b.2": True, "b.3": True}},
    }
    material = polled(TWO_LEVELS, votes, MEDIAN, Rule("mean"))
    people = material.people
    drawn = resampled(people, 40, seed=3)
    counts = resample_counts([one.office for one in people.votes.people], 40, seed=3)
    for run in range(40):
        exact = place(merged_answers(people.votes, people.people_rule, people.offices_rule, counts[run]))
        for row, node in enumerate(drawn.nodes):
            one = exact.nodes[node]
            assert tuple(drawn.levels[row, :, run]) == (one.low, one.high)
            assert drawn.scores[row, 0, run] == pytest.approx(float(one.score_low))
            assert drawn.scores[row, 1, run] == pytest.approx(float(one.score_high))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(1, 3), min_size=2, max_size=4), min_size=1, max_size=3), st.integers(0, 99))
def test_probabilities_of_the_levels_of_a_node_sum_to_one(offices, seed):
    votes = {
        f"o{at}": {f"p{at}-{n}": {"a": level, "b": 3} for n, level in enumerate(levels)}
        for at, levels in enumerate(offices)
    }
    drawn = resampled(polled(ONE_LEVEL, votes).people, 60, seed)
    for node in drawn.nodes:
        for end in (0, 1):
            assert sum(drawn.shares(node, 3, end)) == pytest.approx(1)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    def data(seed):
        return json.dumps([one.data for one in firmness(split(1, 3, seed=seed, runs=300))])

    assert data(1) == data(1)
    assert data(1) != data(2)


def test_people_who_agree_make_a_firm_level():
    meaning = found(split(2, 2, runs=100))["firmness-overall"].meaning
    assert meaning.id.startswith(
        "Level keseluruhan (L2) kukuh: dalam semua penarikan ulang responden levelnya tetap L2."
    )
    assert meaning.en.startswith("The level of the whole (L2) is firm: in all resamples")


def test_people_who_differ_make_a_level_that_is_not_firm_where_it_seldom_stays():
    votes = {f"o{n}": {f"p{n}": {"a": 1, "b": 3}, f"q{n}": {"a": 3, "b": 3}} for n in range(2)}
    mostly = {"dinas": {f"p{n}": {"a": 1 if n else 3, "b": 3} for n in range(2)}}
    assert "belum kukuh" in found(polled(ONE_LEVEL, votes, Rule("mean"), Rule("mean"), runs=400))[
        "firmness-overall"
    ].meaning.id  # fmt: skip
    assert "cukup kukuh" in found(polled(ONE_LEVEL, mostly, MINIMUM, MINIMUM, runs=4000))["firmness-overall"].meaning.id


def test_the_interval_of_a_score_is_the_percentile_of_its_replicates():
    material = split(1, 3, runs=500)
    one = found(material)["firmness-overall"].data["nodes"]["m"]["score_low"]
    replicates = resampled(material.people, 500, material.seed).scores[0, 0]
    assert one["interval_95"] == [float(q) for q in np.quantile(replicates, (0.025, 0.975))]
    assert one["interval_90"] == [float(q) for q in np.quantile(replicates, (0.05, 0.95))]


def test_an_office_with_one_respondent_is_warned_of():
    votes = {"dinas": {"p": {"a": 1, "b": 3}, "q": {"a": 3, "b": 3}}, "biro": {"r": {"a": 3, "b": 3}}}
    caution = found(polled(ONE_LEVEL, votes, runs=100))["firmness-overall"].caution
    assert "1 dari 2 perangkat daerah hanya diwakili satu orang" in caution.id
    assert "looks firmer than it is" in caution.en


def test_nobody_at_all_cannot_be_resampled():
    nobody = found(polled(ONE_LEVEL, {}, silent=[("x", "x1")]))["firmness-overall"]
    assert "belum ada seorang pun" in nobody.refused.id


def test_a_level_without_any_value_behind_it_is_not_called_firm():
    unknown = {f"p{n}": {"a": "unknown", "b": "unknown"} for n in range(3)}
    assert "memuat nilai" in found(polled(ONE_LEVEL, {"x": unknown}))["firmness-overall"].refused.id


def test_a_level_that_open_facts_hold_down_is_not_called_firm():
    one = found(polled(ONE_LEVEL, {"x": {"p": {"a": 3}, "q": {"a": 3}}}, runs=50))
    assert one["firmness-overall"].meaning.id.startswith(
        "Belum dapat diuji: level keseluruhan (L1) masih terendah karena 1 fakta terbuka"
    )
    assert one["firmness-overall"].meaning.en.startswith("Cannot be tested yet: the level of the whole (L1)")
    assert one["firmness-overall"].charts == ()
    assert one["firmness-overall"].data["untested"] == ["m", "b"]
    parts = one["firmness-parts"]
    assert parts.meaning.en.startswith("Cannot be tested yet: the level of B is still the lowest")
    assert "setiap bagian lain kukuh" in parts.meaning.id
    assert [row[2].en for row in parts.grids[0].rows] == ["cannot be tested yet", "all", "cannot be tested yet"]


def test_a_score_that_open_facts_hold_down_is_not_called_steady():
    model = tiny("children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]", inner="score")
    one = found(polled(model, {"x": {"p": {"a": 1}, "q": {"a": 1}}}, runs=50))
    assert "masih terendah karena 1 fakta terbuka" in one["firmness-overall"].meaning.id
    assert (
        one["firmness-parts"].meaning.id == "Belum dapat diuji: nilai B masih terendah karena faktanya masih terbuka."
    )


def test_one_respondent_in_every_office_cannot_be_resampled():
    one = found(polled(ONE_LEVEL, {"x": {"p": {"a": 1}}, "y": {"q": {"a": 2}}}))["firmness-overall"]
    assert one.refused is not None
    assert "satu orang" in one.meaning.id


def test_an_answers_file_gets_the_exact_interval_only():
    material = Material(answered(ONE_LEVEL, "{a: 2, b: 3}"))
    one = found(material)
    assert one["firmness-overall"].refused == NO_PEOPLE
    assert one["firmness-open"].data["nodes"]["m"] == {"level": [2, 2], "score": [2.5, 2.5], "pivotal": []}
    assert one["firmness-open"].meaning.en.startswith("No answer is open")


def test_the_open_answer_that_decides_is_named():
    one = found(Material(answered(ONE_LEVEL, "{a: 2}")))["firmness-open"]
    assert one.data["nodes"]["m"]["level"] == [1, 2]
    assert one.data["nodes"]["m"]["pivotal"] == ["b"]
    assert "Yang menentukan ialah B;" in one.meaning.id


def test_an_open_answer_that_decides_nothing_leaves_the_level_certain():
    one = found(Material(answered(ONE_LEVEL, "{a: 1}")))["firmness-open"]
    assert one.data["level"] == [1, 1]
    assert "sudah pasti L1" in one.meaning.id


def test_a_model_without_levels_gets_intervals_of_its_score():
    model = tiny("children: [{id: a, kind: score, title: A}]", inner="score")
    votes = {"dinas": {"p": {"a": 1}, "q": {"a": 5}}}
    one = found(polled(model, votes, Rule("mean"), Rule("mean"), runs=200))
    assert one["firmness-overall"].meaning.id.startswith("Nilai keseluruhan 3,0")
    assert one["firmness-overall"].charts == ()
    assert "level_low" not in one["firmness-overall"].data["nodes"]["m"]
