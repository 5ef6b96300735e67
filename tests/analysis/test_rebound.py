"""Answers under another version of their model: what migrations carry, forward and back."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from gscm.analysis.rebound import rebound
from gscm.authoring.difference import with_ids
from gscm.placement.place import place
from tests.migrations import rules
from tests.strategies import assessments
from tests.tiny import answered, tiny


def version(text, number="2.0.0"):
    return replace(tiny(text), version=number)


def values(found):
    return {id: entry.value for id, entry in found.answers.entries.items()}


def test_a_split_criterion_is_carried_to_both_and_comes_together_again():
    old = tiny("children: [{id: a, kind: criteria, title: A, criteria: {2: [{text: x}], 3: [{text: y}]}}]")
    new = version(
        "children: [{id: a, kind: criteria, title: A, criteria: {2: [{text: x}, {text: z}], 3: [{text: y}]}}]"
    )
    split = rules("split: {a.2: {into: [a.2.1, a.2.2], carry: met, WHY}}", "1.0.0", "2.0.0")
    there = rebound(answered(old, "{a.2: ya, a.3: tidak}"), new, (split,))
    assert values(there) == {"a.2.1": 1, "a.2.2": 1, "a.3": 0}
    again = rebound(there.answers, old, (split,))
    assert (values(again), again.left) == ({"a.2": 1, "a.3": 0}, ())


@pytest.mark.parametrize(("old", "new", "left"), [("3", 2, ()), ("1", 1, ()), ("2", None, ("a",))])
def test_a_level_that_is_counted_otherwise_is_carried_as_its_migration_says(old, new, left):
    text = "children: [{id: a, kind: level, title: A}]"
    changed = rules("values: [{of: [a], map: {1: 1, 2: null, l3: 2}, WHY}]", "1.0.0", "2.0.0")
    found = rebound(answered(tiny(text), f"a: {old}"), version(text), (changed,))
    assert values(found) == ({} if new is None else {"a": new})
    assert found.left == left


def test_rows_of_an_open_node_go_with_their_node():
    text = "children: [{id: ID, kind: group, title: P, open: {kind: level, answer: level}}]"
    old, new = tiny(text.replace("ID", "p")), version(text.replace("ID", "programmes"))
    waves = answered(old, "p: {rows: [{id: one, title: One, value: 2}]}")
    found = rebound(waves, new, (rules("renamed: {p: {to: programmes, WHY}}", "1.0.0", "2.0.0"),))
    assert found.left == ()
    assert values(found) == {"programmes.one": 2}
    assert found.answers.model.nodes["programmes"].children == ("programmes.one",)
    assert place(found.answers).overall.score == place(waves).overall.score


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(assessments())
def test_under_other_names_answers_place_alike_and_come_back_as_they_were(answers):
    model = answers.model
    names = {id: f"x-{id}" for id, node in model.nodes.items() if node.parent == model.id}
    if any(node.open for node in model.nodes.values()):
        return
    new = replace(with_ids(model, names), version="2.0.0")
    text = "\n".join(f"  {old}: {{to: {name}, WHY}}" for old, name in names.items())
    renaming = (rules(f"renamed:\n{text}", "1.0.0", "2.0.0"),)
    there = rebound(answers, new, renaming)
    assert place(there.answers).overall.score_low == place(answers).overall.score_low
    again = rebound(there.answers, model, renaming)
    assert again.left == there.left == ()
    assert again.answers.entries == answers.entries
    assert again.answers.scope == answers.scope
