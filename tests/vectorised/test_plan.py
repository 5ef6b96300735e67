"""What cannot be placed at once is refused in a sentence, and never placed wrongly."""

from dataclasses import replace

import numpy as np
import pytest

from gscm.errors import BadUse
from gscm.model.load import find_model, load_model, shipped_models
from gscm.responses.answers import Subject
from gscm.responses.merge import Rule
from gscm.responses.votes import Votes
from gscm.vectorised.batch import encode
from gscm.vectorised.merge import merge_batch
from gscm.vectorised.place import place_batch
from gscm.vectorised.plan import NotVectorised, compile_plan
from tests.tiny import answered, tiny

TWO = """
children:
  - {id: a, kind: level, title: A}
  - {id: b, kind: level, title: B}
"""
MEAN = Rule("mean")


@pytest.mark.parametrize("name", shipped_models())
def test_no_shipped_model_is_refused(name):
    assert compile_plan(load_model(find_model(name))).nodes


def test_an_aggregate_that_is_not_known_is_refused_by_name():
    model = tiny(TWO)
    strange = replace(model, nodes={**model.nodes, "m": replace(model.root, aggregate="harmonic")})
    with pytest.raises(NotVectorised, match="harmonic"):
        compile_plan(strange)


def test_answers_to_another_model_are_refused():
    other = tiny(TWO.replace("id: b", "id: c"))
    with pytest.raises(BadUse, match="another model"):
        encode(compile_plan(tiny(TWO)), [answered(other, "a: 2")])


def test_answers_in_another_scope_are_refused():
    model = tiny(TWO)
    with pytest.raises(BadUse, match="another scope"):
        encode(compile_plan(model), [answered(model, "a: 2", "scope: [a]")])


def test_the_same_model_loaded_twice_is_one_model():
    one, two = tiny(TWO), tiny(TWO)
    placed = place_batch(encode(compile_plan(one), [answered(one, "a: 2"), answered(two, "{a: 3, b: 1}")]))
    assert placed.level[placed.row("a")].tolist() == [[2, 3], [2, 3]]
    assert placed.level[placed.row("b")].tolist() == [[1, 1], [3, 1]]


def test_no_assessment_at_all_is_placed_nowhere():
    assert place_batch(encode(compile_plan(tiny(TWO)), [])).level.shape == (3, 2, 0)


def test_counts_of_other_people_than_those_who_voted_are_refused():
    model = tiny(TWO)
    with pytest.raises(BadUse, match="not of one study"):
        merge_batch(compile_plan(model), Votes(model, Subject("s", "S", None, None), ()), np.ones((5, 3)), MEAN, MEAN)
