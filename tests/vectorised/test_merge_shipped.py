"""Votes on shipped models: criteria of a province with measured figures, levels, scores."""

from random import Random

import numpy as np
import pytest

from gscm.model.load import find_model, load_model
from gscm.responses.merge import Rule
from gscm.responses.votes import Person, Votes, merged_answers
from gscm.vectorised.merge import merge_batch
from gscm.vectorised.place import place_batch
from gscm.vectorised.plan import compile_plan
from tests.strategies import SUBJECT, Dice
from tests.vectorised.compared import at_once, exactly
from tests.vectorised.test_merge import RULES, ballot


@pytest.mark.parametrize("rules", [(one, RULES[at - 1]) for at, one in enumerate(RULES)], ids=lambda r: r[0].name)
@pytest.mark.parametrize("name", ["gscm-province", "spbe-2020", "pemdi-2026", "kominfo-2022-regular"])
def test_resamples_on_a_shipped_model_are_placed_as_each_by_itself(name, rules):
    model, random = load_model(find_model(name)), Random(name)
    plan = compile_plan(model)
    who = [(office, f"{office}{n}") for office in "abcd" for n in range(3)]
    votes = Votes(model, SUBJECT, tuple(Person(*one, ballot(Dice(random.randbytes(3000)), plan)) for one in who))
    counts = np.array([[random.randint(0, 2) for _ in who] for _ in range(4)])
    placed = place_batch(merge_batch(plan, votes, counts, *rules))
    for run, one in enumerate(counts.tolist()):
        assert at_once(placed, run) == exactly(merged_answers(votes, *rules, one))


@pytest.mark.parametrize("offices", [2, 40])
def test_means_of_many_offices_of_many_sizes_are_exact_to_the_last_printed_digit(offices):
    """So many sizes that no common denominator holds them: floats with a bound, and the exact engine where in doubt."""
    model, random = load_model(find_model("kominfo-2022-regular")), Random(offices)
    plan = compile_plan(model)
    who = [(f"{office:02}", f"{office:02}-{n}") for office in range(offices) for n in range(1 + office % 30)]
    votes = Votes(model, SUBJECT, tuple(Person(*one, ballot(Dice(random.randbytes(400)), plan)) for one in who))
    counts = np.array([[random.randint(0, 2) for _ in who] for _ in range(3)])
    mean = Rule("mean")
    placed = place_batch(merge_batch(plan, votes, counts, mean, mean))
    for run, one in enumerate(counts.tolist()):
        assert at_once(placed, run) == exactly(merged_answers(votes, mean, mean, one))
