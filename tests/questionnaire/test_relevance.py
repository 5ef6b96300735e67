"""What a form passes over cannot change a reported level; its rules evaluate here and are written as XPath."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from gscm.model.load import find_model, load_model
from gscm.placement.place import place
from gscm.questionnaire.load import derived_questionnaire, questionnaire_for, shipped_questionnaires
from gscm.questionnaire.relevance import (
    NEVER,
    Compared,
    Heavier,
    Not,
    highest_xpath,
    is_chosen,
    rules_of,
    some,
    status_field,
    xpath,
)
from gscm.responses.answers import Answer
from tests.strategies import Dice, dice, models, value
from tests.tiny import answered, tiny

examples = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ABSENT, UNKNOWN = Fraction(97), Fraction(98)
TREE = """
    gates: {every: [{clause: children, rule: all}]}
    children:
      - {id: a, kind: criteria, title: A, criteria: {2: [{text: a}, {text: b}], 3: [{text: c}]}}
      - {id: b, kind: criteria, title: B, criteria: {2: [{text: d}], 3: [{text: e}]}}
"""


def truth(questionnaire, wholes, dice):
    """What someone would say to every item, in the fields of a form: a value, unknown, not applicable, or nothing."""
    said = {node: ABSENT for node in sorted(wholes) if dice.seldom()}
    for code, item in questionnaire.items.items():
        how, field = dice.upto(11), status_field(questionnaire, code)
        if how == 11:
            continue
        if how == 10 or (how > 7 and item.fact.may_not_apply):
            said[field] = UNKNOWN if how == 10 else ABSENT
        elif item.fact.kind == "criterion":
            said[code] = Fraction(how > 2)
        else:
            said[code] = value(dice, item.fact)
            if is_chosen(questionnaire, code):
                said[code] = Fraction(int(said[code]))
    return said


def filled_in(rules, questionnaire, truth):
    """What of it a form with these rules asks for, from its first field to its last."""
    said = {node: truth[node] for node in rules.wholes & truth.keys()}
    for code in rules.order:
        if rules.holds(rules.relevant[code], said):
            said |= {field: truth[field] for field in (code, status_field(questionnaire, code)) if field in truth}
    return said


def levels(questionnaire, said, nodes):
    """The lowest and highest level of each of these nodes, by what was said."""
    status = {ABSENT: "not_applicable", UNKNOWN: "unknown"}
    wholes = said.keys() & questionnaire.model.nodes.keys() - questionnaire.items.keys()
    found = {node: Answer(node, "not_applicable", "level") for node in wholes}
    for code, item in questionnaire.items.items():
        field = status_field(questionnaire, code)
        is_status = said.get(field) in status and (field != code or item.fact.kind in ("criterion", "level"))
        if is_status and item.node not in found:
            found[code] = Answer(code, status[said[field]], item.fact.kind)
        elif code in said and item.node not in found:
            found[code] = Answer(code, "given", item.fact.kind, said[code])
    empty = answered(tiny("children: [{id: s, kind: score, title: S}]"), "")
    placed = place(replace(empty, model=questionnaire.model, entries=found)).nodes
    return {node: (placed[node].low, placed[node].high) for node in nodes}


def passes_nothing_over_that_matters(questionnaire, staging, dice):
    rules = rules_of(questionnaire, questionnaire.items, staging)
    complete = truth(questionnaire, rules.wholes, dice)
    leaves = [node.id for node in questionnaire.model.nodes.values() if node.is_leaf]
    reported = [*questionnaire.reports, *(leaves if staging == "indicator" else [])]
    asked = filled_in(rules, questionnaire, complete)
    assert levels(questionnaire, asked, reported) == levels(questionnaire, complete, reported)


@examples
@given(models(), dice(), st.sampled_from(["full", "indicator", "none"]))
def test_what_is_passed_over_changes_no_reported_level(model, dice, staging):
    passes_nothing_over_that_matters(derived_questionnaire(model), staging, dice)


@pytest.mark.parametrize("name", shipped_questionnaires())
def test_so_it_is_for_the_questionnaires_that_come_along(name):
    questionnaire = questionnaire_for(load_model(find_model(name)))
    for seed in (3, 17):
        thrown = bytes((seed * n * n + n) % 256 for n in range(2000))
        passes_nothing_over_that_matters(questionnaire, questionnaire.staging, Dice(thrown))


def rules(tree=TREE, staging="full", codes=None):
    questionnaire = replace(derived_questionnaire(tiny(tree)), reports=("m",))
    return rules_of(questionnaire, codes or questionnaire.items, staging)


def asked(rules, **said):
    values = {code.replace("_", "."): Fraction(number) for code, number in said.items()}
    return [code for code in rules.order if rules.holds(rules.relevant[code], values)]


def test_a_level_that_has_failed_leaves_out_the_rest_of_its_indicator_and_what_needs_it():
    assert asked(rules(), a_2_1=1, a_2_2=1) == ["a.2.1", "a.2.2", "a.3", "b.2", "b.3"]
    assert asked(rules(), a_2_1=0) == ["a.2.1"]
    assert asked(rules(), a_2_1=1, a_2_2=1, a_3=0) == ["a.2.1", "a.2.2", "a.3", "b.2"]


def test_staging_by_indicator_keeps_indicators_apart():
    assert asked(rules(staging="indicator"), a_2_1=0) == ["a.2.1", "b.2", "b.3"]


def test_without_staging_everything_is_asked():
    assert asked(rules(staging="none"), a_2_1=0, b_2=0) == ["a.2.1", "a.2.2", "a.3", "b.2", "b.3"]


def test_what_is_unknown_passes_nothing_over():
    assert asked(rules(), a_2_1=98) == ["a.2.1", "a.2.2", "a.3", "b.2", "b.3"]


def test_a_form_with_some_items_rests_on_those_alone():
    assert asked(rules(codes=["b.2", "b.3"]), a_2_1=0) == ["b.2", "b.3"]
    assert asked(rules(codes=["b.2", "b.3"]), b_2=0) == ["b.2"]


def test_an_indicator_that_does_not_apply_is_asked_about_first_and_nothing_more():
    found = rules("""
        gates: {every: [{clause: children, rule: any}]}
        children:
          - {id: sea, kind: criteria, title: Sea, may_not_apply: true, criteria: {2: [{text: a}]}}
    """)
    assert found.wholes == {"sea"}
    assert asked(found, sea=97) == []


def test_a_share_is_lost_only_when_too_many_have_failed():
    found = rules("""
        gates: {every: [{clause: children, rule: share, share: 1/2}]}
        children:
          - {id: a, kind: criteria, title: A, criteria: {2: [{text: a}]}}
          - {id: b, kind: criteria, title: B, criteria: {2: [{text: b}]}}
          - {id: c, kind: criteria, title: C, criteria: {2: [{text: c}]}}
    """)
    assert asked(found, a_2=0) == ["a.2", "b.2", "c.2"]
    assert asked(found, a_2=0, b_2=0) == ["a.2", "b.2"]


def test_an_indicator_that_may_not_apply_is_not_counted_as_failing_for_want_of_another():
    found = rules("""
        gates: {every: [{clause: children, rule: share, share: 1/2}]}
        children:
          - {id: a, kind: criteria, title: A, criteria: {2: [{text: a}]}}
          - id: sea
            kind: criteria
            title: Sea
            may_not_apply: true
            requires: [{at: 2, node: a, level: 2, reason: why}]
            criteria: {2: [{text: s}]}
          - {id: c, kind: criteria, title: C, criteria: {2: [{text: c}]}}
    """)
    assert asked(found, a_2=0, sea=97) == ["a.2", "c.2"]


def test_whether_an_indicator_applies_is_asked_to_its_last_part():
    found = rules("""
        gates: {every: [{clause: children, rule: all}]}
        children:
          - {id: a, kind: criteria, title: A, criteria: {2: [{text: a}]}}
          - id: b
            kind: criteria
            title: B
            criteria: {2: [{text: b, may_not_apply: true}], 3: [{text: c, may_not_apply: true}]}
    """)
    assert asked(found, a_2=0, b_2=97) == ["a.2", "b.2", "b.3"]
    assert asked(found, a_2=0, b_2=1) == ["a.2", "b.2"]


def test_nodes_that_need_one_another_at_different_levels_go_round_in_no_circle():
    found = rules("""
        gates: {every: [{clause: children, rule: all}]}
        children:
          - id: a
            kind: criteria
            title: A
            requires: [{at: 3, node: b, level: 2, reason: why}]
            criteria: {2: [{text: a}], 3: [{text: b}]}
          - id: b
            kind: criteria
            title: B
            requires: [{at: 2, node: a, level: 2, reason: why}]
            criteria: {2: [{text: c}], 3: [{text: d}]}
    """)
    assert asked(found, a_2=0) == ["a.2"]


def test_rules_are_written_as_xpath():
    no, low = Compared("a.2", "=", Fraction()), Compared("b.value", "<", Fraction(5, 2))
    name = {"a.2": "a__2", "b.value": "b__value"}.get
    assert xpath(Not(some((no, low))), name) == "not(${a__2} = 0 or ${b__value} < 2.5)"
    assert xpath(Heavier(((2, no), (1, low)), 2), name) == "if(${a__2} = 0, 2, 0) + if(${b__value} < 2.5, 1, 0) > 2"
    assert highest_xpath((no, NEVER, low), name) == "if(${a__2} = 0, 1, if(${b__value} < 2.5, 3, 4))"
