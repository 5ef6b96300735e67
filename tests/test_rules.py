"""The scoring rules of other instruments, and each way of the language, as small models: no Python for any of them.

`tests/rules/<name>` is a model. The hand calculation of a case stands in its first lines.
"""

from pathlib import Path
from typing import get_args

import pytest

from gscm.cases import assess_case, load_cases, run_case
from gscm.model.flat import flat_model
from gscm.model.load import load_model, read_model
from gscm.model.schema import Aggregate
from gscm.model.tree import Children, Criteria, Requires, Score, Target
from gscm.placement.certificate import certificate
from gscm.placement.verify import objections
from gscm.responses.answers import flat_answers

RULES = Path(__file__).parent / "rules"
MODELS = {folder.name: load_model(folder) for folder in sorted(RULES.iterdir())}
CASES = [(model, case) for model in MODELS.values() for case in load_cases(model)]
NAMES = [f"{model.id}:{case.name}" for model, case in CASES]


@pytest.mark.parametrize("name", MODELS)
def test_a_rule_is_a_model_with_neither_fault_nor_warning(name):
    _, issues = read_model(RULES / name)
    assert [issue.sentence("en") for issue in issues] == []


@pytest.mark.parametrize("name", MODELS)
def test_a_rule_has_at_least_three_cases(name):
    assert len([case for model, case in CASES if model.id == name]) >= 3


@pytest.mark.parametrize(("model", "case"), CASES, ids=NAMES)
def test_a_case_comes_out_as_worked_out_by_hand(model, case):
    assert [issue.sentence("en") for issue in run_case(model, case)] == []


@pytest.mark.parametrize(("model", "case"), CASES, ids=NAMES)
def test_the_independent_checker_confirms_each_case(model, case):
    assessment = assess_case(model, case)
    answers = assessment.result.answers  # with their rows, and bound to the model grown by these
    assert objections(flat_model(answers.model), flat_answers(answers), certificate(assessment.result)) == ()


def test_every_way_of_combining_scores_is_used():
    assert {node.aggregate for model in MODELS.values() for node in model.nodes.values()} == set(get_args(Aggregate))


def test_every_kind_of_clause_is_used():
    gates = [gate for model in MODELS.values() for node in model.nodes.values() for gate in node.gates.values()]
    assert {type(clause) for gate in gates for clause in gate} == {Children, Criteria, Requires, Score, Target}


def test_a_shared_branch_loses_a_group_gains_an_indicator_and_speaks_of_its_own_head():
    deep, shared = MODELS["deep"].nodes, MODELS["shared"].nodes
    assert set(deep["services"].children) == {"public"} == set(shared["services"].children)
    assert (deep["public"].children, shared["public"].children) == (("licences", "complaints"), ("licences",))
    assert shared["licences"].children == ("business", "building", "market")
    assert deep["business"].title.en == "Business licence of the governor"
    assert shared["business"].title.en == "Business licence of the regent"
    assert shared["business"].where == deep["business"].where


def test_the_deep_model_has_five_tiers_below_the_whole():
    above = [node.kind for node in MODELS["deep"].above("masterplan")]
    assert above == ["group", "aspect", "domain", "pillar", "model"]
