"""Migrations taken backwards, and those that lie between models."""

from dataclasses import replace

import pytest

from gscm.responses.carrying import Entry, through
from gscm.responses.migration import between, inverse, migrations_among
from tests.migrations import WHY, rules
from tests.tiny import tiny


def back(text, **answers):
    """What answers to the newer version say in terms of the older one: (what goes back, what does not)."""
    entries = tuple(Entry(id.replace("_", "."), {"value": value}, id) for id, value in answers.items())
    going, retired = through((inverse(rules(text)),), entries, "1.0.0")
    return {one.id: one.written["value"] if isinstance(one.written, dict) else one.written for one in going}, [
        one.id for one in retired if not one.carried
    ]


def test_what_was_renamed_or_moved_goes_back_under_its_old_id():
    text = "renamed: {board: {to: council, WHY}}\nmoved: {a.3: {to: b.2, WHY}}"
    assert back(text, council_2="ya", b_2="tidak") == ({"board.2": "ya", "a.3": "tidak"}, [])


@pytest.mark.parametrize(
    ("carry", "first", "second", "whole"),
    [
        ("met", "ya", "ya", "ya"),  # the old one asked for both
        ("met", "ya", "tidak", "tidak"),
        ("unmet", "ya", "tidak", "ya"),  # the old one asked for either
        ("each", "ya", "ya", "ya"),
        ("each", "ya", "tidak", None),
        ("none", "ya", "ya", None),
    ],
)
def test_what_was_split_comes_together_again(carry, first, second, whole):
    text = f"split: {{a.2: {{into: [b.2, c.2], carry: {carry}, WHY}}}}"
    going, left = back(text, b_2=first, c_2=second)
    assert going == ({} if whole is None else {"a.2": whole})
    assert left == (["b.2", "c.2"] if whole is None else [])


@pytest.mark.parametrize(
    ("carry", "value", "each"),
    [("lowest", "ya", "ya"), ("lowest", "tidak", None), ("highest", "tidak", "tidak"), ("highest", "ya", None),
     ("same", "ya", "ya"), ("none", "ya", None)],
)  # fmt: skip
def test_what_was_merged_comes_apart_as_far_as_it_tells(carry, value, each):
    going, _ = back(f"merged: {{c.2: {{of: [a.2, b.2], carry: {carry}, WHY}}}}", c_2=value)
    assert going == ({} if each is None else {"a.2": each, "b.2": each})


def test_an_old_id_that_means_something_else_now_does_not_go_back():
    assert back("renamed: {a: {to: b, WHY}}", a="2", b="3") == ({"a": "3"}, ["a"])


def test_a_value_goes_back_where_only_one_old_one_can_have_become_it():
    text = "values: [{map: {1: 1, 2: 1, 3: 2, 4: 9}, WHY}]"
    assert back(text, a="2") == ({"a": "3"}, [])
    assert back(text, a="1") == ({}, ["a"])  # was 1 or 2
    assert back(text, a="9") == ({}, ["a"])  # was 4, or 9 already
    assert back("values: [{map: {baik: good}, WHY}]", a="good") == ({"a": "baik"}, [])


def test_backwards_the_migrations_come_in_reverse():
    known = (
        rules("renamed: {a: {to: b, WHY}}", "1.0.0", "2.0.0"),
        rules("renamed: {b: {to: c, WHY}}", "2.0.0", "3.0.0"),
    )
    assert [(one.start, one.end) for one in between(known, "3.0.0", "1.0.0")] == [
        ("3.0.0", "2.0.0"),
        ("2.0.0", "1.0.0"),
    ]
    assert [(one.start, one.end) for one in between(known, "1.0.0", "2.0.0")] == [("1.0.0", "2.0.0")]
    assert between(known, "2.0.0", "2.0.0") == ()


def test_migrations_are_read_from_the_folder_of_the_newest_version(tmp_path):
    (tmp_path / "migrations").mkdir()
    text = "renamed: {a: {to: b, WHY}}".replace("WHY", WHY)
    (tmp_path / "migrations" / "1.0.0-to-2.0.0.yaml").write_text(text, encoding="utf-8")
    old = tiny("children: [{id: a, kind: level, title: A}]")
    new = replace(tiny("children: [{id: b, kind: level, title: B}]"), version="2.0.0", folder=str(tmp_path))
    assert [one.file for one in migrations_among((old, new, old))] == ["1.0.0-to-2.0.0.yaml"]
    assert migrations_among((new, new)) == ()
