"""One subject beside others: ranks with intervals, and distributions of its peers."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from gscm.analysis.change import change
from gscm.analysis.material import Material
from gscm.analysis.peers import quantile, standings
from gscm.placement.place import place
from gscm.responses.answers import Subject
from tests.analysis.completing import completed
from tests.strategies import assessment, dice
from tests.tiny import answered, tiny

MODEL = tiny("children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]")


def one(id, score, b=None, kind="city", year=2026, **more):
    """A subject with its scores, which are the same but for those that are told; `b: ""` leaves one open."""
    text = f"a: {score}" + (f"\nb: {score if b is None else b}" if b != "" else "")
    return replace(answered(MODEL, text), subject=Subject(id, id.upper(), kind, year, **more))


def among(own, *others):
    """The finding on the standing of the first among the others."""
    (finding,) = (one for one in change(Material(own, others=others)) if one.id == "change-peers")
    return finding


def group(finding, by, key):
    (found,) = (one for one in finding.data["groups"] if (one["by"], one["key"]) == (by, key))
    return found


PEERS = tuple(one(f"k{n}", n) for n in (1, 2, 3, 4))


# ------------------------------------------------------------------------------------------------------------ ranks


def test_open_answers_give_ranks_an_interval():
    results = [place(each) for each in (one("x", 3), one("y", 2, ""), one("z", 1))]
    assert [(each.best, each.worst) for each in standings(results)] == [(1, 2), (1, 2), (3, 3)]


def test_the_rank_of_one_whose_peers_have_open_answers_says_so():
    finding = among(one("x", 3), one("y", 2, ""), one("z", 1))
    assert finding.meaning.en.startswith(
        "X 2026 ranks 1–2 of 3 by the score of the whole (3.00), depending on answers that are still open."
    )


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(dice(), st.lists(dice(), min_size=2, max_size=4), dice())
def test_whatever_the_open_answers_turn_out_to_be_the_rank_lies_within_its_interval(model, answers, turned):
    first = assessment(model)
    results = [place(replace(first, entries={
        id: entry for at, (id, entry) in enumerate(first.entries.items()) if thrown.upto(2) or at % len(answers)
    })) for thrown in answers]  # fmt: skip
    if any(each.overall.score_low is None for each in results):
        return
    scores = [completed(each, turned).scores[first.model.id] for each in results]
    for at, standing in enumerate(standings(results)):
        assert standing.best <= 1 + sum(score > scores[at] for score in scores) <= standing.worst


# ------------------------------------------------------------------------------------------------------ distributions


def test_a_distribution_is_of_the_peers_without_the_subject():
    found = group(among(one("x", 5), *PEERS), "kind", "city")
    assert found["peers"] == 4
    assert [found[name] for name in ("least", "quartile_1", "median", "quartile_3", "most")] == [
        [1, 1], [1.75, 1.75], [2.5, 2.5], [3.25, 3.25], [4, 4]
    ]  # fmt: skip
    assert (found["rank"], found["against_median"]) == ([1, 1], "above")


def test_open_answers_of_peers_give_the_median_a_range_and_may_leave_the_side_open():
    peers = (one("k1", 1), one("k2", 2, ""), one("k3", 4))  # the second: 1.5 to 3.5
    found = group(among(one("x", 3), *peers), "kind", "city")
    assert (found["median"], found["against_median"]) == ([1.5, 3.5], "open")
    assert group(among(one("x", 4), *peers), "kind", "city")["against_median"] == "above"


def test_fewer_than_three_peers_are_not_summed_up_and_named():
    finding = among(one("x", 5), *PEERS[:2])
    found = group(finding, "kind", "city")
    assert (found["peers"], found["median"], found["rank"]) == (2, None, None)
    assert finding.meaning.en == "X 2026 ranks 1 of 3 by the score of the whole (5.00)."
    mixed = among(one("x", 5), *PEERS, one("p", 2, kind="province"))
    assert "Tidak dirangkum karena pembandingnya kurang dari 3: provinsi (1)." in mixed.grids[1].note.id


def test_kota_and_city_are_one_kind():
    finding = among(one("x", 5, kind="kota"), *PEERS[:2], one("y", 2, kind="Kota"))
    assert group(finding, "kind", "city")["peers"] == 3
    assert "Nilainya di atas median 3 kota pembanding (2,00)." in finding.meaning.id
    assert "above the median of 3 peer cities (2.00)" in finding.meaning.en


def test_peers_of_one_region_are_those_that_name_it_or_have_its_code():
    south = {"region": "Kalimantan Selatan"}
    peers = (one("63.71", 1), one("63.01", 2, kind="regency"), one("k", 3, region="Provinsi Kalimantan Selatan"),
             one("64.71", 4), one("6372", 4))  # fmt: skip
    finding = among(one("x", 5, **south), *peers)
    assert group(finding, "region", "kalimantan selatan")["peers"] == 3
    assert group(finding, "region", "kalimantan timur")["peers"] == 1
    assert "di atas median 3 daerah pembanding di Kalimantan Selatan (2,00)" in finding.meaning.id
    assert "Provinsinya dibaca dari kode wilayahnya: 63.71, 63.01, dan 64.71." in finding.caution.id


def test_classes_of_size_are_terciles_of_the_population_of_one_kind():
    peers = [one(f"k{n}", 1 + Fraction(n, 10), population=1000 * n, source=("bps",)) for n in range(1, 12)]
    huge = one("p", 1, kind="province", population=10**7, source=("bps",))
    finding = among(one("x", 5, population=12_000, source=("bps",)), *peers, huge)
    sizes = [one for one in finding.data["groups"] if one["by"] == "size"]
    assert [(each["key"], each["peers"]) for each in sizes] == [("small", 4), ("middle", 4), ("large", 3)]
    assert "kota berpenduduk di atas 8.333" in finding.meaning.id
    assert finding.caution is None


def test_too_few_populations_make_no_classes_of_size():
    finding = among(one("x", 5, population=9), *PEERS, one("y", 2, population=7))
    assert [each["by"] for each in finding.data["groups"]] == ["all", "kind"]
    assert "No classes of size: fewer than 9 assessments" in finding.grids[1].note.en
    assert "The population is given without a source: X and Y." in finding.caution.en


# ------------------------------------------------------------------------------------------------- who is compared


def test_each_subject_counts_once_by_the_assessment_nearest_in_year():
    finding = among(one("x", 5), one("y", 1, year=2021), one("y", 2, year=2025), one("y", 3, year=2027))
    assert [(each["id"], each["year"]) for each in finding.data["subjects"]] == [("x", 2026), ("y", 2025)]
    assert "2 penilaian tidak dihitung" in finding.caution.id
    assert "Tahunnya lain atau tidak tertulis: Y 2025." in finding.caution.id


def test_an_assessment_that_is_named_twice_counts_once_and_is_said_so():
    finding = among(one("x", 5), one("y", 2), one("y", 2), one("y", 3))
    assert finding.data["not_compared"] == {"other_model": 0, "other_assessment_nearer": 1, "named_twice": 1}
    assert "1 penilaian disebut dua kali dan dihitung sekali." in finding.caution.id


def test_subjects_of_one_name_with_two_ids_are_pointed_out():
    wave = replace(one("x-2025", 4), subject=Subject("x-2025", "x 2025", "kota", 2025))
    finding = among(one("x", 5), wave, one("y", 2))
    assert "subjects: X 2026 and x 2025 2025. If one is an earlier wave" in finding.caution.en
    assert "subject.id" not in (among(one("x", 5), one("y", 2)).caution or finding.refused or finding.n).id


def test_earlier_waves_of_the_subject_are_no_peers():
    finding = among(one("x", 5), one("x", 1, year=2025), one("y", 2))
    assert [each["id"] for each in finding.data["subjects"]] == ["x", "y"]


def test_subjects_of_another_model_are_left_out_and_counted():
    other = tiny("children: [{id: a, kind: score, title: A, weight: 2}, {id: b, kind: score, title: B}]")
    stranger = replace(answered(other, "{a: 1, b: 1}"), subject=Subject("y", "Y", "city", 2026))
    finding = among(one("x", 5), one("z", 2), stranger)
    assert "1 assessment uses another model or other weights and is not compared." in finding.caution.en
    assert len(finding.data["subjects"]) == 2


def test_without_a_score_of_its_own_a_subject_stands_nowhere():
    model = tiny("children: [{id: a, kind: score, title: A, may_not_apply: true}]")
    absent = answered(model, "a: {status: not_applicable, reason: r}")
    finding = among(absent, replace(answered(model, "a: 3"), subject=Subject("y", "Y", None, None)))
    assert "penilaian ini sendiri tidak mempunyai nilai" in finding.refused.id


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=12), st.integers(0, 4))
def test_a_quartile_is_that_of_numpy(values, quarter):
    found = quantile([Fraction(value) for value in sorted(values)], Fraction(quarter, 4))
    assert float(found) == pytest.approx(np.quantile(values, quarter / 4))
