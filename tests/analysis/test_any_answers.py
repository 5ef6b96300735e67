"""Whatever was answered to whatever model: an analysis of the result says something, or says why it cannot."""

import json
from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from gscm.analysis.change import change
from gscm.analysis.firmness import firmness
from gscm.analysis.gap import gap
from gscm.analysis.importance import importance
from gscm.analysis.material import Material, Target
from gscm.analysis.sensitivity import sensitivity
from gscm.report.charts.found import draw
from gscm.responses.answers import Subject
from tests.strategies import assessments


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(assessments(), assessments())
def test_every_finding_has_a_sentence_plain_figures_and_charts_that_can_be_drawn(answers, other):
    earlier = replace(answers, subject=replace(answers.subject, year=2020))
    peer = replace(answers, subject=Subject("z", "Z", None, None))
    aims = (Target(answers.model.id, level=2), Target(answers.model.id, score=answers.model.scale.max))
    bare = Material(answers, others=(earlier, other, peer), draws=100)
    for material in (bare, replace(bare, targets=aims)):
        for analysis in (firmness, sensitivity, importance, gap, change):
            for one in analysis(material):
                json.dumps(one.data, allow_nan=False)
                assert one.meaning.id
                assert one.meaning.en
                for chart in one.charts:
                    draw(chart, "id")
