"""What the result owes to choices of method: 10,000 draws beside 10,000 weighted sums of the same leaves by numpy.

The yardstick is what anybody would do who varies weights alone: the weighted mean of the scores of all indicators, once
for each draw. A draw here moves every weight below every node, the aggregation of the domains and the thresholds of the
gates together, and gives the level and the score of every node. Once for a model whose levels come from gates, once for
one whose level is read off its score, once with the votes of people that may be merged otherwise.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from random import Random

import numpy as np
from measure import Row, calls, report
from numpy.typing import NDArray

from gscm.analysis.material import People
from gscm.analysis.sensitivity import base_draws
from gscm.analysis.varied import Varied
from gscm.model.facts import MET, UNMET, facts_of
from gscm.model.load import find_model, load_model
from gscm.model.tree import Model
from gscm.responses.answers import Answer, Answers, Study, Subject
from gscm.responses.merge import Rule
from gscm.responses.votes import merged_answers, votes_of
from gscm.statistics.sensitivity import saltelli_draws, sobol_indices

DRAWS, OFFICES, PEOPLE, ROUNDS = 10_000, 40, 5, 5
SUBJECT = Subject("contoh", "Contoh", None, None)
random = Random(1)


def anything(model: Model) -> dict[str, Answer]:
    """An answer to every fact."""
    found = {}
    for fact in facts_of(model).values():
        value = Fraction(random.randint(*sorted((int(fact.worst), int(fact.best)))))
        if fact.kind == "criterion":
            value = MET if random.random() < (0.9, 0.7, 0.4, 0.2)[(fact.level or 2) - 2] else UNMET
        found[fact.id] = Answer(fact.id, "given", fact.kind, value)
    return found


def alone(name: str) -> Varied:
    model = load_model(find_model(name))
    return Varied(Answers(model, SUBJECT, Study(), {}, (), None, anything(model), (), "contoh"))


def of_people(name: str) -> Varied:
    """Every office answers all; 60 items of it differ from person to person."""
    model = load_model(find_model(name))
    own = anything(model)
    asked = list(own)[:60]
    said = {
        (f"opd-{office:02}", f"p-{office:02}-{person}"): {
            id: Answer(id, "given", own[id].kind, random.choice((MET, UNMET))) for id in asked
        }
        for office in range(OFFICES)
        for person in range(PEOPLE)
    }
    votes = votes_of(model, SUBJECT, said)
    rules = Rule("median"), Rule("mean")
    return Varied(merged_answers(votes, *rules), People(votes, *rules, (), {}))


def draws(varied: Varied) -> None:
    """All that the analysis computes: levels, scores and Sobol indices; nothing remembered from an earlier round."""
    fresh = Varied(varied.answers, varied.people)
    groups = [factor.columns for factor in fresh.factors]
    points = saltelli_draws(fresh.columns(), base_draws(DRAWS, len(groups)), 1, groups)
    drawn = fresh.drawn(points)
    levels, scores = fresh.levels(drawn), fresh.scores(drawn)
    for outputs in (levels[0, 0].astype(float), scores[0, 0]):
        if outputs.min() < outputs.max():
            sobol_indices(outputs, len(groups))


def sums(leaves: int) -> list[float]:
    return [float(np.average(scores[:leaves], weights=one)) for one in weights[:, :leaves]]


def leaves(varied: Varied) -> int:
    return sum(node.is_leaf for node in varied.model.nodes.values())


scores = np.random.default_rng(1).uniform(0, 100, 200)
weights: NDArray[np.float64] = np.random.default_rng(2).uniform(0.75, 1.25, (DRAWS, 200))
subjects = {
    "gscm-province": alone("gscm-province"),
    "spbe-2020": alone("spbe-2020"),
    "gscm-province, 200 people": of_people("gscm-province"),
}
rows = []
for name, varied in subjects.items():
    count = leaves(varied)
    times = calls({"sums": partial(sums, count), "draws": partial(draws, varied)}, ROUNDS)
    factors = len(varied.factors)
    made = base_draws(DRAWS, factors) * (factors + 2)
    per_sum, per_draw = times["sums"] / DRAWS, times["draws"] / made
    rows.append(
        Row(
            name,
            per_draw / per_sum,
            20,
            "×",
            f"{made:,} draws in {times['draws']:.0f} ms, {count} leaves, {factors} factors",
        )
    )
report(f"sensitivity: draws beside as many weighted sums by numpy ({DRAWS:,})", rows)
