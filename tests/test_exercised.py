"""Nothing is declared that no case exercises: each requirement decides a level in a case that a person can read."""

import pytest

from gscm.cases import assess_case, load_cases
from gscm.model.load import find_model, load_model, shipped_models
from gscm.model.tree import Requires

MODELS = {name: load_model(find_model(name)) for name in shipped_models()}


def named(model, node):
    """The root is called alike in every model, since models share files."""
    return "overall" if node == model.id else node


def requirements(model):
    return {
        (named(model, node.id), level, clause.node, clause.level)
        for node in model.nodes.values()
        for level, clauses in node.gates.items()
        for clause in clauses
        if isinstance(clause, Requires)
    }


def decided(assessment):
    """The requirements that keep their node from its next level while nothing but the node required does."""
    return {
        (named(assessment.model, block.node), block.level, lack.clause.node, lack.clause.level)
        for block in assessment.result.blocks.values()
        for lack in block.lacks
        if isinstance(lack.clause, Requires)
        and {node for other in block.lacks for node, _ in other.nodes} == {lack.clause.node}
    }


def moved(assessment):
    """The nodes whose level a case settles above the lowest."""
    return {node for node, placement in assessment.nodes.items() if placement.low and placement.low > 1}


def test_each_requirement_decides_a_level_in_some_case():
    """A requirement that models share is exercised by the cases of either."""
    found = set().union(*(decided(assess_case(model, case)) for model in MODELS.values() for case in load_cases(model)))
    assert set().union(*map(requirements, MODELS.values())) - found == set()


@pytest.mark.parametrize("name", MODELS)
def test_each_node_above_the_indicators_is_moved_by_some_case(name):
    model = MODELS[name]
    levelled = {node.id for node in model.nodes.values() if node.gates and not node.is_leaf}
    found = set().union(*(moved(assess_case(model, case)) for case in load_cases(model)))
    assert levelled - found == set()
