"""The present state follows from the log, in whatever order its entries come."""

from hypothesis import given, strategies as st

from gscm.study.log import Entry, Key, present

KEY = Key("bappeda", "bappeda-1", "a", "self-assessment")


def entry(id, value, *supersedes, at="2026-01-01T00:00:00Z", key=KEY):
    return Entry(id, key, {"value": value}, at, "csv", "origin", supersedes)


def standing(*log):
    return {key.fact: entry.written["value"] for key, entry in present(log).entries.items()}


def test_what_nobody_has_superseded_holds():
    assert standing(entry("1", 2), entry("2", 3, "1"), entry("3", 4, "2")) == {"a": 4}


def test_two_copies_that_agree_are_no_conflict():
    assert present([entry("1", 2), entry("2", 3, "1"), entry("3", 3, "1")]).conflicts == ()


def test_two_copies_that_disagree_are_a_conflict_until_an_entry_supersedes_both():
    log = [entry("1", 2), entry("2", 3, "1"), entry("3", 4, "1")]
    (conflict,) = present(log).conflicts
    assert [e.id for e in conflict.entries] == ["2", "3"]
    assert standing(*log) == {}
    assert standing(*log, entry("4", 4, "2", "3")) == {"a": 4}


@st.composite
def logs(draw):
    """A log as several copies would write it: each entry supersedes some heads that its author saw."""
    log = []
    for number in range(draw(st.integers(1, 8))):
        heads = present(log).heads.get(KEY, ())
        seen = draw(st.sets(st.sampled_from(heads))) if heads else set()
        log.append(entry(str(number), draw(st.integers(1, 3)), *sorted(seen)))
    return log


@given(logs(), st.randoms())
def test_the_order_of_the_log_does_not_matter(log, random):
    shuffled = random.sample(log, len(log))
    assert present(shuffled) == present(log)


@given(logs(), logs())
def test_taking_a_log_in_twice_changes_nothing(mine, theirs):
    union = {entry.id: entry for entry in [*mine, *theirs]}
    again = {entry.id: entry for entry in [*union.values(), *theirs]}
    assert present(again.values()) == present(union.values())
