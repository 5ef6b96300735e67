"""Every shipped model, on all its cases and on random answers: both engines say the same."""

from itertools import groupby
from random import Random

import pytest

from gscm.cases import assess_case, load_cases
from gscm.model.load import find_model, load_model, shipped_models
from gscm.responses.load import bind
from gscm.vectorised.batch import encode
from gscm.vectorised.place import place_batch
from gscm.vectorised.plan import compile_plan
from gscm.yamlfile import Document
from tests.strategies import Dice, answers_to
from tests.vectorised.compared import differences

MODELS = {name: load_model(find_model(name)) for name in shipped_models()}
OPEN = [name for name, model in MODELS.items() if any(node.open for node in model.nodes.values())]


def scope_of(answers):
    return answers.scope or ()


@pytest.mark.parametrize("name", MODELS)
def test_all_cases_of_a_shipped_model_together_are_placed_as_one_by_one(name):
    model = MODELS[name]
    answers = [assess_case(model, case).result.answers for case in load_cases(model)]
    for _, group in groupby(sorted(answers, key=scope_of), key=scope_of):
        assert differences(list(group), model) == []


@pytest.mark.parametrize("name", [name for name in MODELS if name not in OPEN])
def test_random_answers_to_a_shipped_model_are_placed_as_one_by_one(name):
    model, random = MODELS[name], Random(name)
    for scope in (None, None, tuple(random.sample(sorted(model.nodes), 2))):
        assert differences([answers_to(Dice(random.randbytes(6000)), model, scope) for _ in range(25)], model) == []


@pytest.mark.parametrize("name", [name for name in MODELS if name not in OPEN])
def test_shipped_models_need_no_second_look_by_the_exact_engine(name):
    model, random = MODELS[name], Random(name)
    answers = [answers_to(Dice(random.randbytes(6000)), model, None) for _ in range(50)]
    assert place_batch(encode(compile_plan(model), answers)).exactly == 0


def with_rows(random, model):
    """Answers in which every open node has rows of its own, none, or nothing said of it."""
    answers = {}
    for node in model.nodes.values():
        if node.open and random.random() < 0.9:
            answers[node.id] = {"rows": [row(random, node.open, n) for n in range(random.randint(0, 5))]}
            answers |= {node.id: {"score": str(random.randint(1, 5))}} if random.random() < 0.1 else {}
    return bind(Document("a.yaml", {"model": model.id, "subject": {"id": "s", "name": "S"}, "answers": answers}), model)


def row(random, opening, number):
    found = {"id": f"r{number}", "title": "Baris", "weight": str(random.choice((1, 2, "2.5", "1234567.89")))}
    if random.random() < 0.3:
        return found | {"status": random.choice(("unknown", "not_applicable", "withheld")), "note": "sebab"}
    if opening.answer == "level":
        return found | {"value": str(random.randint(1, 5))}
    return found | {"target": str(random.randint(1, 90)), "realised": str(random.randint(0, 9999) / 100)}


@pytest.mark.parametrize("name", OPEN)
def test_assessments_with_other_rows_each_are_placed_as_one_by_one(name):
    model, random = MODELS[name], Random(name)
    assert differences([with_rows(random, model) for _ in range(40)], model) == []


def test_half_the_regular_masterplans_and_more_are_placed_without_the_exact_engine():
    """Their targets are all different, so floats decide; those that a float cannot decide are few."""
    model, random = MODELS["masterplan-progress"], Random(1)
    answers = [with_rows(random, model) for _ in range(40)]
    assert place_batch(encode(compile_plan(model), answers)).exactly < 20
