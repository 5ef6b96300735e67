"""What could make a result look better than it is."""

import json
from dataclasses import replace

import numpy as np
import pytest

from gscm.analysis.audit import audit
from gscm.analysis.material import Material
from gscm.analysis.outlying import alike_pairs
from gscm.analysis.patterns import longest_run
from gscm.responses.merge import Rule
from tests.analysis.polled import TWO_LEVELS, found, marks, polled, said
from tests.tiny import answered, tiny

MAY = tiny("""
    gates: {every: [{clause: children, rule: all}]}
    children:
      - id: a
        kind: criteria
        title: Peta
        criteria: {2: [{text: x}, {text: y, may_not_apply: true}], 3: [{text: z}]}
""")
MANY = tiny(
    "children: [{id: a, kind: criteria, title: A, criteria: {2: ["
    + ", ".join(f"{{text: x{n}}}" for n in range(24))
    + "]}}]"
)


def of(model, text):
    return found(audit(Material(answered(model, text))))


def test_the_level_is_told_with_what_does_not_apply_taken_as_open_and_as_unmet():
    text = "a.2.1: true\na.2.2: {status: not_applicable, reason: r}\na.3: true"
    one = of(MAY, text)["audit-not-applicable"]
    (whole, part) = one.data["placements"]
    assert whole["as_given"]["level"] == [3, 3]
    assert whole["as_open"]["level"] == [1, 3]
    assert whole["as_unmet"]["level"] == [1, 1]
    assert part["node"] == "a"
    assert "Peta dari 3 menjadi 1" in one.meaning.id


def test_a_node_that_does_not_apply_takes_its_criteria_with_it():
    model = tiny("""
        gates: {every: [{clause: children, rule: all}]}
        children:
          - {id: a, kind: criteria, title: A, criteria: {2: [{text: x}]}}
          - {id: b, kind: criteria, title: B, may_not_apply: true, criteria: {2: [{text: x}]}}
    """, levels=2)  # fmt: skip
    one = of(model, "a.2: true\nb: {status: not_applicable, reason: r}")["audit-not-applicable"]
    whole = one.data["placements"][0]
    assert (whole["as_given"]["level"], whole["as_unmet"]["level"]) == ([2, 2], [1, 1])


def test_without_such_claims_the_result_does_not_depend_on_them():
    assert of(MAY, "a.2.1: true")["audit-not-applicable"].data == {"claims": [], "votes": []}


def test_an_office_that_claims_its_way_out_of_items_is_seen_though_others_answered_them():
    people = {"x": {"p": {"a.2.1": True, "a.2.2": True, "a.3": True}}, "y": {"q": {"a.2.1": True, "a.2.2": "n/a"}}}
    one = found(audit(polled(MAY, people, offices_rule=Rule("minimum"))))["audit-not-applicable"]
    assert one.data["votes"] == [{"id": "a.2.2", "office": "y", "people": 1}]
    assert one.data["placements"][0]["as_given"]["level"] == [3, 3]
    assert one.data["placements"][0]["as_unmet"]["level"] == [1, 1]
    assert "1 butir dinyatakan tidak berlaku dalam 1 jawaban, dari Dinas Y." in one.meaning.id
    assert "Peta dari 3 menjadi 1" in one.meaning.id


def test_what_verification_decided_stands_against_claims_of_people():
    people = {"x": {"p": {"a.2.1": True, "a.2.2": "n/a", "a.3": True}}}
    polls = polled(MAY, people)
    verified = replace(polls.answers, entries={**polls.answers.entries, "a.2.2": said(MAY, "a.2.2", True)})
    one = found(audit(replace(polls, answers=verified)))["audit-not-applicable"]
    assert one.data["placements"][0]["as_unmet"]["level"] == [3, 3]
    assert "Hasilnya tetap" in one.meaning.id


def test_a_score_that_moves_is_told_where_there_are_no_levels():
    model = tiny("""
        children:
          - {id: a, kind: score, title: Peta}
          - {id: b, kind: score, title: Data, may_not_apply: true}
    """, inner="score")  # fmt: skip
    one = of(model, "a: 5\nb: {status: not_applicable, reason: r}")["audit-not-applicable"]
    low, high = one.data["placements"][0]["as_given"]["score"][0], one.data["placements"][0]["as_unmet"]["score"][0]
    assert low != high
    assert "nilainya berubah" in one.meaning.id
    assert "scores change" in one.meaning.en


def test_answers_without_evidence_are_ordered_by_the_levels_that_rest_on_them():
    text = "a.2: true\na.3: {value: true, evidence: [sk.pdf]}\nb.2: true\nb.3: false"
    one = of(TWO_LEVELS, text)["audit-evidence"]
    assert (one.data["met"], one.data["without_evidence"]) == (3, 2)
    assert [item["item"] for item in one.data["items"]] == ["a.2", "b.2"]
    assert all(item["levels_resting"] == 2 for item in one.data["items"])  # those of the indicator and of the whole
    assert "2 dari 3 jawaban" in one.meaning.id


def test_a_level_above_the_lowest_needs_evidence_too():
    model = tiny("children: [{id: a, kind: level, title: A}, {id: b, kind: level, title: B}]")
    assert of(model, "a: {level: 2}\nb: {level: 1}")["audit-evidence"].data["without_evidence"] == 1


def test_levels_are_told_as_levels_and_not_as_something_met():
    model = tiny("children: [{id: a, kind: level, title: A}]")
    one = of(model, "a: {level: 2}")["audit-evidence"].meaning
    assert "1 dari 1 jawaban yang menyatakan level di atas yang terendah" in one.id
    assert "claim a level above the lowest" in one.en


@pytest.mark.parametrize("entry", ["a: 3", "overall: 3"])
def test_figures_and_finished_scores_need_evidence_too(entry):
    model = tiny("children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]", inner="score")
    one = of(model, entry)["audit-evidence"]
    assert one.data["without_evidence"] == 1
    assert "memberi angka" in one.meaning.id


def test_what_single_people_claim_is_counted_even_where_merging_leaves_none():
    people = {"x": {"p": {"a.2": True}, "q": {"a.2": False}, "r": {"a.2": False}}}
    one = found(audit(polled(TWO_LEVELS, people)))["audit-evidence"]
    assert one.data["met"] == 0
    assert one.data["people"] == {"met": 1, "without_evidence": 1}
    assert one.meaning.id.startswith("Dari jawaban perorangan, 1 menyatakan sesuatu terpenuhi")


@pytest.mark.parametrize("told", ["stage: document", "source: lkj"])
def test_what_was_verified_or_cites_a_source_counts_as_evidence(told):
    head = "sources: {lkj: {title: Laporan Kinerja}}"
    answers = answered(TWO_LEVELS, f"a.2: {{value: true, {told}}}", head)
    assert found(audit(Material(answers)))["audit-evidence"].data["without_evidence"] == 0


def test_patterns_of_people_are_refused_of_an_answers_file():
    assert of(TWO_LEVELS, "a.2: true")["audit-patterns"].refused


@pytest.mark.parametrize(("values", "longest"), [([], 0), ([1], 1), ([1, 1, 0, 0, 0, 1], 3)])
def test_the_longest_run_of_one_answer(values, longest):
    assert longest_run(values) == longest


def test_who_answers_everything_alike_is_marked_while_others_vary():
    mixed = "10" * 12
    one = found(audit(marks(MANY, {"x": ["1" * 24, mixed, mixed]})))["audit-straight-lining"]
    assert [person["person"] for person in one.data["people"] if person["marked"]] == ["x1"]
    assert one.data["people"][0]["longest_run"] == 24
    assert "bukan tuduhan" in one.caution.id
    assert one.notable


def test_sentences_and_printed_tables_name_offices_and_not_people():
    mixed = "10" * 12
    one = found(audit(marks(MANY, {"x": ["1" * 24, mixed, mixed]})))["audit-straight-lining"]
    assert "Dinas X (1 orang)" in one.meaning.id
    assert "x1" not in one.meaning.id
    assert [("x1" in str(grid.rows), grid.private) for grid in one.grids] == [(False, False), (True, True)]


def test_nobody_is_marked_where_all_answer_yes_but_that_is_said():
    one = found(audit(marks(MANY, {"x": ["1" * 24] * 3})))["audit-straight-lining"]
    assert not any(person["marked"] for person in one.data["people"])
    assert one.meaning.id.startswith("Semua orang (3) memberi jawaban yang sama")
    assert "cannot be told from conditions that really are uniform" in one.meaning.en
    assert one.notable


def test_likeness_is_held_against_what_all_others_answer():
    table = np.array([[1.0] * 10 + [0.0] * 10, [1.0] * 10 + [0.0] * 10, [1.0] * 20, [0.0] * 20])
    first = alike_pairs(("a", "b", "c", "d"), table)[0]
    # the two others split evenly on each of 20 items: half alike expected, variance 20 × 1/4
    assert (first.one, first.other, first.alike, first.expected) == ("a", "b", 1, 0.5)
    assert first.z == pytest.approx(10 / 5**0.5)


def test_offices_that_answer_alike_are_named_without_blame():
    lines = {name: ["".join(str(int((hash_of(name) >> n) & 1)) for n in range(24))] for name in "abcdefgh"}
    one = found(audit(marks(MANY, {**lines, "y": ["110100111000101100101101"], "z": ["110100111000101100101101"]})))
    assert "Dinas Y dan Dinas Z" in one["audit-alike"].meaning.id
    assert "bukan bukti penyalinan" in one["audit-alike"].caution.id


def hash_of(name):
    return (ord(name) * 2654435761) >> 3


def test_two_offices_are_too_few_to_be_compared_with_others():
    assert found(audit(marks(MANY, {"x": ["1" * 24], "y": ["0" * 24]})))["audit-alike"].refused


def times(who, seconds, channel="web"):
    return [("x", who, f"a.2.{n}", f"2026-01-01T00:{n * seconds // 60:02d}:{n * seconds % 60:02d}Z", channel)
            for n in range(1, 13)]  # fmt: skip


def test_who_is_far_quicker_than_the_others_is_marked():
    people = {"x": {who: {"a.2.1": True} for who in ("p", "q", "r")}}
    moments = [*times("p", 30), *times("q", 30), *times("r", 2)]
    pace = found(audit(polled(MANY, people, moments=moments)))["audit-pace"]
    assert pace.data["median"] == 30
    assert [one["person"] for one in pace.data["people"] if one["marked"]] == ["r"]
    assert "Dinas X (1 orang)" in pace.meaning.id
    assert [grid.private for grid in pace.grids] == [False, True]


@pytest.mark.parametrize(("seconds", "channel"), [(0, "kobo"), (30, "csv")])
def test_times_that_an_import_gave_say_nothing_of_pace(seconds, channel):
    people = {"x": {"p": {"a.2.1": True}}}
    assert found(audit(polled(MANY, people, moments=times("p", seconds, channel))))["audit-pace"].refused


def test_without_answers_nothing_is_blamed_on_the_way_they_came_in():
    assert "belum ada orang yang memberi jawaban" in found(audit(polled(MANY, {})))["audit-pace"].meaning.id


def test_the_data_are_plain_json_without_nan():
    json.dumps([one.data for one in audit(marks(MANY, {"x": ["10" * 12]}))], allow_nan=False)
