"""Where floats cannot tell, the exact engine does: a root that falls on a cut-off, a denominator beyond 64 bits."""

from gscm.vectorised.batch import encode
from gscm.vectorised.place import place_batch
from gscm.vectorised.plan import compile_plan
from tests.tiny import answered, tiny
from tests.vectorised.compared import differences

ROOT = """
aggregate: {rule}
gates: {{2: [{{clause: score, from: 2}}], 3: [{{clause: score, from: 4}}]}}
children:
  - {{id: a, kind: score, title: A}}
  - {{id: b, kind: score, title: B}}
"""


def exactly(model, answers):
    return place_batch(encode(compile_plan(model), answers)).exactly


def test_a_root_that_falls_on_a_cut_off_is_taken_by_the_exact_engine():
    model = tiny(ROOT.format(rule="geometric"))
    on_it, beside_it = answered(model, "{a: 2, b: 2}"), answered(model, "{a: 2, b: 2.1}")
    assert differences([on_it, beside_it], model) == []
    assert exactly(model, [on_it, beside_it]) == 1


def test_numbers_too_long_for_64_bits_are_placed_as_by_the_exact_engine():
    model = tiny(ROOT.format(rule="mean"))
    long = [answered(model, f"{{a: 2.{'0' * 20}1, b: {b}}}") for b in ("2", "1.99999999999999999999", "3.12")]
    assert differences(long, model) == []
    assert exactly(model, long) == 2
