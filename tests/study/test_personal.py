"""What is held about a person is shown, corrected, and purged without touching a result."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from gscm.analysis.suppression import suppressed
from gscm.assessment import assess
from gscm.errors import BadUse, FaultsFound
from gscm.report.html import render_html
from gscm.study.field import event, merge_copies
from gscm.study.log import present
from gscm.study.personal import by_role, correct, held, may_purge, numbered, pseudonyms, purge
from gscm.study.result import result_json
from gscm.study.store import Evidence, Person, Respondent, open_store
from gscm.study.study import collect, read_study
from tests.study.made import AT, answer, study


@pytest.fixture
def store(target):
    with study(target) as made:
        correct(made, read_study(made), "bappeda-1", {"name": "Nama Orangnya", "nip": "19700101"}, AT, "admin")
        yield made


def results(store):
    collected = collect(read_study(store), store.log())
    return result_json(collected), render_html(assess(collected.overall), "brief", "id")


def test_everything_that_is_held_about_a_respondent_is_shown(store):
    shown = held(store, "bappeda-1")
    assert shown["person"] == {"name": "Nama Orangnya", "phone": None, "nip": "19700101"}
    assert (shown["office"], shown["role"], shown["token"]) == ("bappeda", "Kepala Bidang", "sha256")
    assert [one["item"] for one in shown["answers"]] == ["i1", "i2"]
    assert [one["action"] for one in shown["events"]] == ["corrected"]


def test_somebody_who_is_known_only_by_their_answers_is_shown_as_well(store):
    store.append([answer(9, "bappeda", "Budi", "i1", value=1)])
    assert [one["item"] for one in held(store, "Budi")["answers"]] == ["i1"]


def test_a_respondent_who_is_not_there_is_refused(store):
    with pytest.raises(BadUse) as refusal:
        held(store, "bappeda-9")
    assert refusal.value.issues[0].what.en == "The study has no respondent “bappeda-9”."


def test_a_correction_replaces_what_it_names_and_an_empty_value_removes(store):
    correct(store, read_study(store), "bappeda-1", {"name": "", "phone": "0812", "role": "Staf"}, AT, "admin")
    assert store.person("bappeda-1") == Person("bappeda-1", None, "0812", "19700101")
    assert held(store, "bappeda-1")["role"] == "Staf"


def test_the_audit_log_tells_what_was_corrected_but_not_to_what(store):
    (told,) = [one.detail for one in store.events() if one.action == "corrected"]
    assert told == {"corrected": ["name", "nip"]}


def test_a_purge_leaves_results_to_the_byte_and_no_person(store):
    store.append([answer(9, "bappeda", "Budi", "i1", value=1)])
    before = results(store)
    gone = purge(store, read_study(store), AT, "admin")
    assert (gone.persons, gone.respondents) == (1, 4)
    assert results(store) == before
    assert store.count_persons() == 0
    assert {(one.role, len(one.token_sha256) < 64) for one in store.respondents()} == {(None, True)}
    assert {entry.key.author for entry in store.log()} == {"R001", "R002", "R003", "R004"}
    assert "bappeda-1" not in {one.subject for one in store.events()}


def test_a_purge_is_in_the_audit_log_and_may_be_repeated(store):
    for _ in range(2):
        purge(store, read_study(store), AT, "petugas")
    told = [(one.who, one.detail["persons"]) for one in store.events() if one.action == "purged"]
    assert sorted(told) == [("petugas", 0), ("petugas", 1)]
    assert {one.id for one in store.respondents()} == {"R001", "R002", "R003"}


def test_what_was_purged_is_gone_from_the_disk(tmp_path):
    folder = tmp_path / "study"
    with study(str(folder)) as store:
        correct(store, read_study(store), "bappeda-1", {"name": "Nama Orangnya"}, AT, "admin")
        purge(store, read_study(store), AT, "admin")
        left = b"".join(file.read_bytes() for file in Path(folder).iterdir())
    assert [word for word in (b"Nama Orangnya", b"Kepala Bidang", b"bappeda-1") if word in left] == []


def test_an_office_that_is_called_like_an_author_keeps_its_events(store):
    store.append([answer(9, "kominfo", "bappeda", "i1", value=1)])
    found = read_study(store)
    store.record([event(found, AT, "admin", "submitted", "bappeda")])
    purge(store, found, AT, "admin")
    assert "bappeda" in {one.subject for one in store.events() if one.action == "submitted"}


def test_numbers_keep_the_order_of_the_names():
    assert numbered(["b", "a", "", "c"]) == {"": "", "a": "R001", "b": "R002", "c": "R003"}


def test_registered_pseudonyms_stay_unless_somebody_typed_another_name():
    assert pseudonyms(["b-1", "b-2"], ["b-1", ""]) == {"": "", "b-1": "b-1", "b-2": "b-2"}
    assert pseudonyms(["b-1"], ["Budi", "b-1"]) == {"": "", "Budi": "R001", "b-1": "R002"}


@pytest.mark.parametrize(
    ("retention", "allowed"), [(None, False), ("2027-01-01", False), ("2026-06-30", True), ("2026-01-01", True)]
)
def test_a_purge_without_more_ado_waits_for_the_retention_date(retention, allowed):
    assert may_purge(retention, date(2026, 6, 30)) is allowed


def test_a_purged_study_opens_again(store, target):
    purge(store, read_study(store), AT, "admin")
    with open_store(target) as again:
        assert held(again, "R001")["token"] is None


def test_a_purged_study_is_not_merged_with_a_copy_that_still_knows_its_people(store, tmp_path):
    purge(store, read_study(store), AT, "admin")
    with study(str(tmp_path / "copy")) as copy, pytest.raises(FaultsFound) as refusal:
        merge_copies(store, copy, AT, "admin")
    assert "were purged" in refusal.value.issues[0].what.en
    assert store.count_persons() == 0


# ------------------------------------------------------------------------------------------------------- free text


def free_text(store):
    """Everything that a study holds, as text."""
    rows = [*store.log(), *store.events(), *store.evidence()]
    return repr(rows)


def test_a_purge_of_notes_leaves_every_result_and_no_free_text(store):
    found = read_study(store)
    store.append([
        answer(9, "kominfo", "kominfo-1", "i2", value=2, fact_note="Kata Pak Budi.", analysis="A", justification="J"),
    ])  # fmt: skip
    store.record([event(found, AT, "admin", "returned", "bappeda", comment="Tanya Pak Budi.")])
    store.record([event(found, AT, "admin", "imported", "Budi.xlsx", entries=1, refused=0)])
    store.keep(Evidence("ab" * 32, "Foto Pak Budi.pdf", 1, "application/pdf", AT), None)
    before = result_json(collect(found, store.log()))
    purge(store, found, AT, "admin", notes=True)
    assert result_json(collect(read_study(store), store.log())) == before
    left = free_text(store)
    assert [word for word in ("Budi", "Sekretaris", "Kata", "justification") if word in left] == []
    assert [one.name for one in store.evidence()] == ["abababababab.pdf"]


def test_a_purge_of_notes_keeps_that_something_does_not_apply(store):
    reason = {"status": "not_applicable", "reason": "Menurut Pak Budi."}
    store.append([answer(9, "kominfo", "kominfo-1", "i2", **reason)])
    purge(store, read_study(store), AT, "admin", notes=True)
    (left,) = [entry.written for entry in store.log() if entry.key.fact == "i2" and entry.key.office == "kominfo"]
    assert left == {"status": "not_applicable", "reason": "dihapus/removed 2"}  # the first is a name of evidence


def test_what_copies_disagree_about_goes_on_disagreeing_after_a_purge_of_notes(store):
    store.append([answer(n, "kominfo", "kominfo-1", "i3", value=2, note=note) for n, note in ((9, "a"), (10, "b"))])
    purge(store, read_study(store), AT, "admin", notes=True)
    (conflict,) = present(store.log()).conflicts
    assert [entry.written["note"] for entry in conflict.entries] == ["dihapus/removed 2", "dihapus/removed 3"]


def test_a_purge_of_notes_may_be_repeated(store):
    purge(store, read_study(store), AT, "admin", notes=True)
    before = [entry.written for entry in store.log()]
    purge(store, read_study(store), AT, "admin", notes=True)
    assert [entry.written for entry in store.log()] == before


def test_no_pseudonym_is_left_in_where_an_answer_came_from(store):
    store.append([replace(answer(9, "kominfo", "kominfo-1", "i4", value=1), origin="terminal:kominfo-1")])
    purge(store, read_study(store), AT, "admin")
    assert "kominfo-1" not in free_text(store)


# ---------------------------------------------------------------------------------------------------- small groups


@pytest.mark.parametrize(
    ("counts", "shown", "total"),
    [
        ({"a": 7, "b": 9}, {"a": 7, "b": 9}, 16),
        ({"a": 7, "b": 3, "c": 9}, {"a": None, "b": None, "c": 9}, 19),  # b alone would follow from the total
        ({"a": 7, "b": 4, "c": 3}, {"a": 7, "b": None, "c": None}, 14),  # together they are 7
        ({"a": 7, "b": 1, "c": 1}, {"a": None, "b": None, "c": None}, 9),  # together they would be 2: one each
        ({"a": 7, "b": 0}, {"a": 7, "b": 0}, 7),  # nobody is no group
        ({"a": 3}, {"a": None}, None),
        ({"a": 2, "b": 2}, {"a": None, "b": None}, None),
        ({}, {}, 0),
    ],
)
def test_groups_under_5_are_left_out_so_that_no_total_gives_them_away(counts, shown, total):
    found = suppressed(counts)
    assert (found.counts, found.total) == (shown, total)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12)), st.integers(2, 8))
def test_what_is_left_out_is_never_alone_nor_few_where_the_total_is_told(counts, least):
    found = suppressed(counts, least)
    hidden = [count for name, count in counts.items() if found.counts[name] is None]
    assert all(count is None or count == 0 or count >= least for count in found.counts.values())
    assert found.total is None or not hidden or (len(hidden) > 1 and sum(hidden) >= least)


def test_respondents_by_role_are_shown_without_small_groups(store):
    many = [Respondent(f"k-{n}", "kominfo", "Staf", f"{n:064x}") for n in range(6)]
    store.add_respondents([*many, Respondent("k-9", "kominfo", "Sekretaris", "f" * 64)])
    store.append([answer(100 + n, "kominfo", one.id, "i1", value=2) for n, one in enumerate(many)])
    found = read_study(store)
    assert by_role(found, collect(found, store.log())) == {
        "Kepala Bidang": (None, None), "Sekretaris": (None, None), "Staf": (None, None),
    }  # fmt: skip
    store.set(least=2)
    found = read_study(store)
    assert by_role(found, collect(found, store.log()))["Staf"] == (6, 6)
