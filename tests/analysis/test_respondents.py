"""Who stands behind a result, told beside every one of them."""

from dataclasses import replace

from gscm.analysis.experts import Ratings
from gscm.analysis.material import Material
from gscm.analysis.respondents import who_answered
from gscm.analysis.run import analyse
from tests.analysis.polled import TWO_LEVELS, marks, polled, row
from tests.tiny import answered


def test_response_offices_and_items_are_told_in_a_sentence():
    told = who_answered(marks(TWO_LEVELS, {"x": ["10--", "11--"]}, silent=[("y", "y1"), ("y", "y2")]))
    assert told.id == (
        "Dijawab 2 dari 4 orang yang diundang (50%) di 1 dari 2 perangkat daerah; 2 dari 4 butir terjawab (50%)."
    )
    assert told.en == "Answered by 2 of 4 people invited (50%) in 1 of 2 offices; 2 of 4 items are answered (50%)."


def test_response_by_role_goes_from_the_least_to_the_greatest():
    people = {f"p{n}": row(TWO_LEVELS, "1010") for n in range(12)}
    roles = {f"p{n}": "Staf" if n < 6 else "Pelaksana" for n in range(12)} | {f"s{n}": "Staf" for n in range(2)}
    told = who_answered(polled(TWO_LEVELS, {"x": people}, roles=roles, silent=[("x", "s0"), ("x", "s1")]))
    assert "menurut peran 75% sampai 100%" in told.id
    assert "75% to 100% by role" in told.en


def test_where_roles_are_hidden_the_sentence_says_that_it_tells_of_some_only():
    people = {f"p{n}": row(TWO_LEVELS, "1010") for n in range(20)}
    roles = {f"p{n}": "Kepala" if n < 2 else "Staf" if n < 8 else "Pelaksana" for n in range(20)}
    told = who_answered(polled(TWO_LEVELS, {"x": people}, roles=roles))
    assert "100% pada peran yang boleh ditampilkan (1 dari 3)" in told.id
    assert "100% in the role that may be shown (1 of 3)" in told.en


def test_the_response_of_a_small_role_is_not_told():
    people = {f"p{n}": row(TWO_LEVELS, "1010") for n in range(20)}
    roles = {f"p{n}": "Pelaksana" for n in range(20)} | {"s0": "Kepala"}
    told = who_answered(polled(TWO_LEVELS, {"x": people}, roles=roles, silent=[("x", "s0")]))
    assert "pada setiap peran" not in told.id
    assert "menurut peran" not in told.id


def test_people_who_were_not_invited_are_counted_apart():
    material = marks(TWO_LEVELS, {"x": ["1010", "1010"]})
    people = replace(material.people, voters=material.people.voters[:1])
    told = who_answered(replace(material, people=people))
    assert "1 dari 1 orang yang diundang (100%) dan 1 di luar undangan" in told.id
    assert "2 orang (tanpa daftar undangan)" in who_answered(replace(material, people=replace(people, voters=()))).id


def test_a_study_that_nobody_answered_says_so():
    assert who_answered(marks(TWO_LEVELS, {})).id == "Tidak ada jawaban orang per orang; 0 dari 4 butir terjawab (0%)."


def test_an_answers_file_has_nobody_behind_it():
    assert who_answered(Material(answered(TWO_LEVELS, "a.2: true"))) is None


def test_every_result_of_people_says_who_answered_and_that_of_experts_does_not():
    experts = Ratings("relevance", {"a.2": {"e1": 5, "e2": 4}})
    offices = {office: ["1010", "1100", "1110"] for office in "xyzw"}
    found = analyse(marks(TWO_LEVELS, offices, experts=experts), ["sampling", "agreement", "reliability", "firmness"])
    silent = {one.id for one in found if one.refused is None and one.rests_on is None}
    assert silent == {"sampling-response", "sampling-offices", "content-aiken"}
