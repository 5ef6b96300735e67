"""Every shipped model is sound, without a warning, and gives what its cases say."""

import pytest

from gscm.authoring.canonical import formatted
from gscm.cases import load_cases, run_case
from gscm.model.load import find_model, load_model, read_model, shipped_models

MODELS = {name: load_model(find_model(name)) for name in shipped_models()}
CASES = [(model, case) for model in MODELS.values() for case in load_cases(model)]


@pytest.mark.parametrize("name", MODELS)
def test_a_shipped_model_has_neither_fault_nor_warning(name):
    _, issues = read_model(find_model(name))
    assert [issue.sentence("en") for issue in issues] == []


@pytest.mark.parametrize("name", MODELS)
def test_a_shipped_model_is_laid_out_as_gscm_model_format_lays_it_out(name):
    assert [file.path.name for file in formatted(find_model(name)) if file.changed] == []


@pytest.mark.parametrize("name", MODELS)
def test_a_shipped_model_has_cases(name):
    assert any(model.id == name for model, _ in CASES)


@pytest.mark.parametrize(("model", "case"), CASES, ids=[f"{model.id}:{case.name}" for model, case in CASES])
def test_a_case_comes_out_as_it_says(model, case):
    assert [issue.sentence("en") for issue in run_case(model, case)] == []
