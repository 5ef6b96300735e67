"""What is not at work in a model is told, and nothing else is."""

import pytest
from hypothesis import given

from gscm.authoring.exercise import coverage, influence
from gscm.model.facts import facts_of
from gscm.model.tree import has_levels
from gscm.placement.clauses import decide
from gscm.placement.reading import read
from gscm.responses.answers import Answers, Study, Subject
from tests.strategies import dice, models
from tests.tiny import tiny


def test_an_answer_that_no_gate_reads_never_changes_a_level():
    found = influence(tiny("""
        gates: {2: [{clause: children, rule: any, of: level}]}
        children:
          - {id: a, kind: level, title: A}
          - {id: b, kind: score, title: B}
    """))  # fmt: skip
    assert (found.shown, found.never) == (("a",), ("b",))


@pytest.mark.parametrize(("share", "never"), [("1/2", ("b",)), ("10/11", ("b",)), ("1", ())])
def test_a_child_whose_weight_no_share_turns_upon_never_changes_a_level(share, never):
    """Of weights 10 and 1, ten elevenths are reached by the heavy one alone, and by nothing less."""
    found = influence(tiny(f"""
        gates: {{2: [{{clause: children, rule: all}}]}}
        children:
          - id: g
            kind: group
            title: G
            gates: {{2: [{{clause: children, rule: share, share: {share}, weighted: true}}]}}
            children:
              - {{id: a, kind: level, title: A, weight: 10}}
              - {{id: b, kind: level, title: B}}
    """))  # fmt: skip
    assert found.never == never


def test_a_criterion_too_light_for_the_share_it_counts_in_never_changes_a_level():
    found = influence(tiny("""
        children:
          - id: a
            kind: criteria
            title: A
            gates: {2: [{clause: criteria, share: 1/2}]}
            criteria: {2: [{text: heavy, weight: 3}, {text: light}], 3: [{text: third}]}
    """))  # fmt: skip
    assert (found.shown, found.never) == (("a.2.1", "a.3"), ("a.2.2",))


def test_a_criterion_of_a_level_that_nothing_above_reads_never_changes_the_whole():
    found = influence(tiny("""
        gates: {2: [{clause: children, rule: any}]}
        children:
          - id: g
            kind: group
            title: G
            gates: {2: [{clause: children, rule: any}]}
            children: [{id: a, kind: criteria, title: A, criteria: {2: [{text: x}], 3: [{text: y}]}}]
    """))  # fmt: skip
    assert (found.shown, found.never) == (("a.2",), ("a.3",))


def test_requirements_and_nodes_without_a_case_are_named():
    found = coverage(tiny("""
        gates: {2: [{clause: children, rule: any}]}
        requires: [{at: 2, node: a, level: 2, reason: r}]
        children:
          - {id: a, kind: level, title: A}
          - {id: b, kind: level, title: B}
    """))  # fmt: skip
    assert [(one.node, one.at, one.needs, one.level) for one in found.undecided] == [("m", 2, "a", 2)]
    assert found.unmoved == ("m",)
    assert found.idle


@given(models(), dice())
def test_what_never_changes_a_level_does_not_in_any_filling(found, thrown):
    """The proof by clauses against the placing of random fillings."""
    never = influence(found).never
    reading = read(Answers(found, Subject("s", "S", None, None), Study(), {}, (), None, {}, (), "answers.yaml"))
    targets = [node for node in (found.root, *map(found.nodes.get, found.root.children)) if has_levels(node)]
    filling = {id: thrown.pick((fact.worst, fact.best)) for id, fact in reading.facts.items()}
    for id in never:
        ends = [decide(reading, {**filling, id: end}) for end in (reading.facts[id].worst, reading.facts[id].best)]
        assert [ends[0].level(node) for node in targets] == [ends[1].level(node) for node in targets]


@given(models())
def test_every_fact_is_told_of_once(found):
    told = influence(found)
    every = (*told.shown, *told.never, *told.unsettled)
    assert sorted(every) == sorted(facts_of(found) if every else ())
