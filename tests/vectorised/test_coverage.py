"""How much is known is told of many runs as of each by itself."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from gscm.placement.place import place
from gscm.vectorised.batch import encode
from gscm.vectorised.coverage import coverage
from gscm.vectorised.plan import compile_plan
from tests.vectorised.compared import row_names
from tests.vectorised.test_place import many
from tests.vectorised.test_shipped import MODELS, OPEN, with_rows


def differences(model, answers):
    """What the engines say differently of nodes; places for rows are called by the rows in them."""
    batch = encode(compile_plan(model, answers[0].scope), answers)
    found = coverage(batch)
    differ = []
    for run, one in enumerate(answers):
        names, exact = row_names(one), place(one).nodes
        for at, id in enumerate(batch.plan.nodes):
            node = exact.get(names.get(id, id))
            shares = found.known[at, run], found.not_applicable[at, run]
            if node is not None and shares != pytest.approx((float(node.coverage), float(node.not_applicable))):
                differ.append((run, id, shares, node.coverage, node.not_applicable))
    return differ


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(many())
def test_coverage_of_random_models_is_that_of_the_exact_engine(answers):
    assert differences(answers[0].model, answers) == []


@pytest.mark.parametrize("name", OPEN)
def test_coverage_with_other_rows_in_every_run_is_that_of_the_exact_engine(name):
    random = Random(name)
    assert differences(MODELS[name], [with_rows(random, MODELS[name]) for _ in range(30)]) == []
