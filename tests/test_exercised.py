"""Nothing is declared that nothing exercises.

Each requirement decides a level, and each node above the indicators is moved, or weighs in a score, in a case that a
person can read; each answer changes a level between two fillings that are generated.
"""

from dataclasses import replace

import pytest

from gscm.authoring.exercise import decided, influence, levelled, moved, requirements
from gscm.cases import assess_case, load_cases, run_case
from gscm.model.facts import facts_of
from gscm.model.load import find_model, load_model, shipped_models

MODELS = {name: load_model(find_model(name)) for name in shipped_models()}


def by_cases(name):
    return [assess_case(MODELS[name], case) for case in load_cases(MODELS[name])]


def test_each_requirement_decides_a_level_in_some_case():
    """A requirement that models share is exercised by the cases of either."""
    found = {where for name in MODELS for assessment in by_cases(name) for where in decided(assessment)}
    every = {(one.where, model.id, one.node) for model in MODELS.values() for one in requirements(model)}
    assert [one for one in every if one[0] not in found] == []


@pytest.mark.parametrize("name", MODELS)
def test_each_node_above_the_indicators_is_moved_by_some_case(name):
    found = {node for assessment in by_cases(name) for node in moved(assessment)}
    assert [node for node in levelled(MODELS[name]) if node not in found] == []


def weighed(model):
    """The nodes above the indicators that have no level of their own and weigh among siblings."""
    adds = {"mean", "rounded-sum"}
    parents = [node for node in model.nodes.values() if node.aggregate in adds and len(node.children) > 1]
    children = [model.nodes[id] for node in parents for id in node.children]
    return [node for node in children if node.children and not node.gates]


@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if weighed(model)])
def test_each_node_that_only_scores_weighs_in_some_case(name):
    """With three times its weight, a case that a person can read comes out otherwise."""
    model = MODELS[name]
    cases = load_cases(model)
    for node in weighed(model):
        heavier = replace(model, nodes={**model.nodes, node.id: replace(node, weight=node.weight * 3)})
        assert any(run_case(heavier, case) for case in cases), node.id


@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if levelled(model)])
def test_each_answer_changes_the_level_of_the_whole_or_directly_below_it(name):
    """Generated: for each fact two fillings that differ in it and in a level were placed."""
    assert influence(MODELS[name]).shown == tuple(facts_of(MODELS[name]))
