"""Two copies that invite on their own: nobody's answers become those of another, in whatever order they are merged."""

import shutil
from dataclasses import replace
from itertools import permutations

import pytest

from gscm.study.field import event, invite, merge_copies
from gscm.study.log import present
from gscm.study.personal import held
from gscm.study.store import Person, open_store
from gscm.study.study import read_study
from tests.study.made import AT, answer, study

TOKENS = ("di-kantor", "laptop-satu", "laptop-dua")


def invited(store, number, token):
    """Somebody is invited, agrees, is known by name, and answers."""
    found = read_study(store)
    (one,) = invite(store, found, [("bappeda", None)], [token])
    store.consent(one.id, AT, [event(found, AT, one.id, "consented", one.id, token=token)])
    said = replace(answer(100 + number, "bappeda", one.id, "i9", value=number), origin=f"terminal:{one.id}")
    store.append([said])
    return one


def state(store):
    """Who there is, what they said, and what they did."""
    people = {one.id: (one.token_sha256, one.consented_at) for one in store.respondents()}
    said = {key: (one.written, one.origin) for key, one in present(store.log()).entries.items() if key.fact == "i9"}
    return people, said, sorted((one.who, one.subject, *one.detail.values()) for one in store.events()
                                if one.action == "consented")  # fmt: skip


@pytest.fixture
def copies(tmp_path):
    """Three copies, each of which has invited one more person of the same office."""
    study(str(tmp_path / "copy-0")).close()
    for number in (1, 2):
        shutil.copytree(tmp_path / "copy-0", tmp_path / f"copy-{number}")
    for number, token in enumerate(TOKENS):
        with open_store(str(tmp_path / f"copy-{number}")) as store:
            assert invited(store, number + 1, token).id == "bappeda-3"
    return [str(tmp_path / f"copy-{number}") for number in range(3)]


def merged(target, copies):
    """A study that has taken in these copies, one after the other."""
    with study(target) as store:
        for copy in copies:
            with open_store(copy) as other:
                told = merge_copies(store, other, AT, "admin")
        return state(store), told


def test_people_who_were_given_the_same_pseudonym_stay_apart_with_all_that_is_theirs(target, copies):
    (people, said, done), told = merged(target, copies)
    new = sorted(people.keys() - {"bappeda-1", "bappeda-2", "kominfo-1"})
    assert new[0] == "bappeda-3"
    assert [id.rpartition("-")[0] for id in new[1:]] == ["bappeda-3", "bappeda-3"]
    assert sorted(one["value"] for one, _ in said.values()) == [1, 2, 3]
    assert all(origin == f"terminal:{key.author}" for key, (_, origin) in said.items())
    assert [who for who, _, _ in done] == [subject for _, subject, _ in done] == new
    assert all(one.old == "bappeda-3" and one.new in new for one in told.renamed)


def test_the_names_do_not_depend_on_the_order_of_merging(tmp_path, copies):
    found = [merged(str(tmp_path / f"m{n}"), order)[0] for n, order in enumerate(permutations(copies))]
    assert found == [found[0]] * 6


def test_merging_again_changes_nothing_and_copies_come_to_the_same(copies):
    with open_store(copies[0]) as one, open_store(copies[1]) as two:
        merge_copies(one, two, AT, "admin")
        merge_copies(two, one, AT, "admin")
        first = state(one)
        assert state(two) == first
        merge_copies(one, two, AT, "admin")
        assert state(one) == first


def test_who_is_renamed_here_keeps_what_is_held_of_them(copies):
    for mine, theirs in ((0, 1), (1, 0)):
        with open_store(copies[mine]) as store:
            found = read_study(store)
            store.correct(
                Person("bappeda-3", phone=f"08{mine}"), {}, event(found, AT, "admin", "corrected", "bappeda-3")
            )
            before = {one.token_sha256 for one in found.respondents}
            with open_store(copies[theirs]) as other:
                merge_copies(store, other, AT, "admin")
            (mine_now,) = [one.id for one in store.respondents()
                           if one.token_sha256 in before and one.id.startswith("bappeda-3")]  # fmt: skip
            assert held(store, mine_now)["person"]["phone"] == f"08{mine}"


def test_two_who_invite_at_the_same_time_in_one_database_give_no_pseudonym_twice(target):
    with study(target) as store:
        found = read_study(store)
        (one,) = invite(store, found, [("bappeda", None)], ["a"])
        two = invite(store, found, [("bappeda", None)] * 2, ["b", "c"])
        assert [one.id, *(other.id for other in two)] == ["bappeda-3", "bappeda-5", "bappeda-4"]
        assert len(store.respondents()) == 6
