"""The result in sentences that can be repeated."""

from gscm.assessment import assess
from gscm.report.told import meaning
from tests.tiny import answered, tiny

MODEL = tiny("""
    gates: {every: [{clause: children, rule: all}]}
    children: [{id: a, kind: group, title: A, gates: {every: [{clause: children, rule: all}]},
                children: [{id: b, kind: level, title: B}]}]
""")


def test_scores_of_parts_are_known_though_none_of_their_answers_is():
    assert meaning(assess(answered(MODEL, "{a: {score: 3}}")), "en").startswith("Shown so far is level L1")
    assert meaning(assess(answered(MODEL, "{}")), "en") == "No answer is known yet."
