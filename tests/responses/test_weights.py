"""Weights that take the place of a model's own while its answers are read."""

import pytest

from gscm import yamlfile
from gscm.errors import FaultsFound
from gscm.model.weights import read_weights
from gscm.responses.load import bind
from tests.tiny import tiny

ROOT = """\
children:
  - id: g
    kind: group
    title: G
    children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]
  - {id: c, kind: score, title: C}
"""


def bound(answers, nodes):
    weights = yamlfile.parse(f"id: p\nmodel: m\nversion: 1.0.0\nsource: x\nnodes:\n{nodes}", "w.yaml")
    file = yamlfile.parse(f"model: m\nsubject: {{id: s, name: S}}\nanswers: {answers}\n", "answers.yaml")
    return bind(file, tiny(ROOT), weights=read_weights(weights))


def test_the_answers_are_bound_to_the_model_with_the_weights():
    assert bound("{a: 2}", "  overall: {weights: {g: 0.2, c: 0.8}}\n").model.weights.id == "p"


@pytest.mark.parametrize("nodes", ["  overall: {weights: {g: 0.2, c: 0.8}}\n", "  g: {weights: {a: 0.2, b: 0.8}}\n"])
def test_a_whole_that_is_given_as_a_figure_is_never_said_to_be_worked_out_with_weights(nodes):
    with pytest.raises(FaultsFound, match=r"answers.yaml:3: “m” is answered as a whole"):
        bound("{overall: {score: 3}}", nodes)


def test_weights_that_bear_on_nothing_are_refused():
    with pytest.raises(FaultsFound, match="“g” is answered as a whole"):
        bound("{g: {score: 3}}", "  g: {weights: {a: 0.2, b: 0.8}}\n")


def test_weights_that_bear_on_some_nodes_only_are_warned_of():
    nodes = "  overall: {weights: {g: 0.2, c: 0.8}}\n  g: {weights: {a: 0.2, b: 0.8}}\n"
    (warning,) = bound("{g: {score: 3}}", nodes).warnings
    assert "“g” is answered as a whole" in warning.what.en
