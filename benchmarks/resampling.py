"""How firm is a level: what do 1,000 resamples of 200 people cost, with the full gate of a province, beside means?

The yardstick is what anybody would do without a gate: 1,000 weighted means of the matrix of people × items by numpy.
Every resample draws the people of each office anew, merges them into their office and the offices into the province,
and places every node at its worst and at its best. Asked are 60 items, once as single criteria, once as the level of an
indicator, which answers all its criteria.

Then 10,000 different assessments, beside the exact engine, which also says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from random import Random
from resource import RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Literal

import numpy as np
from measure import Row, calls, report
from numpy.typing import NDArray

from gscm.model.facts import MET, UNMET, Fact, facts_of
from gscm.model.load import find_model, load_model
from gscm.model.tree import Model, Node
from gscm.placement.place import place
from gscm.responses.answers import Answer, Answers, Study, Subject
from gscm.responses.merge import Rule
from gscm.responses.votes import Votes, votes_of
from gscm.vectorised.batch import encode
from gscm.vectorised.merge import merge_batch
from gscm.vectorised.place import Placed, place_batch
from gscm.vectorised.plan import compile_plan

RUNS, OFFICES, PEOPLE, ITEMS, ROUNDS = 1000, 40, 5, 60, 11
ASSESSMENTS, AT_ONCE, ONE_BY_ONE = 10_000, 1000, 50
SUBJECT = Subject("contoh", "Contoh", None, None)
MEAN, MEDIAN = Rule("mean"), Rule("median")

province = load_model(find_model("gscm-province"))
plan = compile_plan(province)
random = Random(1)
leaves = [node for node in province.nodes.values() if node.answer == "criteria"][:ITEMS]


@cache
def answer(id: str, kind: Literal["criterion", "level", "score", "quantity"], value: Fraction) -> Answer:
    return Answer(id, "given", kind, value)


def one_criterion(node: Node, level: int) -> dict[str, Answer]:
    """The item asks a criterion of level 2."""
    criterion = node.criteria[2][0]
    return {criterion.id: answer(criterion.id, "criterion", MET if level > 2 else UNMET)}


def all_criteria(node: Node, level: int) -> dict[str, Answer]:
    """The item asks the level; all criteria up to it are met."""
    return {
        criterion.id: answer(criterion.id, "criterion", MET if criterion.level <= level else UNMET)
        for criteria in node.criteria.values()
        for criterion in criteria
    }


def votes(said: Sequence[Sequence[int]], item: Callable[[Node, int], dict[str, Answer]]) -> Votes:
    who = [(f"opd-{office:02}", f"opd-{office:02}-{person}") for office in range(OFFICES) for person in range(PEOPLE)]
    answers = [
        {id: one for node, level in zip(leaves, levels, strict=True) for id, one in item(node, level).items()}
        for levels in said
    ]
    return votes_of(province, SUBJECT, dict(zip(who, answers, strict=True)))


def resampled(votes: Votes, rule: Rule) -> Placed:
    return place_batch(merge_batch(plan, votes, counts, rule, rule))


def plain_means() -> list[NDArray[np.float64]]:
    return [np.average(matrix, axis=0, weights=weights) for weights in counts]


def different(model: Model, runs: int) -> list[Answers]:
    """Assessments with everything answered at random."""
    facts = facts_of(model).values()
    return [
        Answers(model, SUBJECT, Study(), {}, (), None, {fact.id: anything(fact) for fact in facts}, (), "contoh")
        for _ in range(runs)
    ]


def anything(fact: Fact) -> Answer:
    low, high = sorted((int(fact.worst), int(fact.best)))
    return answer(fact.id, fact.kind, Fraction(random.randint(low, 1 if fact.kind == "criterion" else high)))


def at_once(name: str) -> Row:
    """Seconds for all assessments at once, beside what they take one by one."""
    model, encoding, placing = load_model(find_model(name)), 0.0, 0.0
    for _ in range(ASSESSMENTS // AT_ONCE):
        answers = different(model, AT_ONCE)
        started = perf_counter()
        batch = encode(compile_plan(model), answers)
        encoded = perf_counter()
        place_batch(batch)
        encoding, placing = encoding + encoded - started, placing + perf_counter() - encoded
    started = perf_counter()
    for one in answers[:ONE_BY_ONE]:
        place(one)
    each = (perf_counter() - started) / ONE_BY_ONE
    detail = (
        f"{ASSESSMENTS / (encoding + placing):,.0f} a second ({ASSESSMENTS / placing:,.0f} once they are arrays); "
        f"the exact engine, with reasons, {1 / each:,.0f}"
    )
    return Row(f"{ASSESSMENTS:,} of {name}", (encoding + placing) / ASSESSMENTS / each, 0.1, "×", detail)


said = [[random.randint(1, 5) for _ in leaves] for _ in range(OFFICES * PEOPLE)]
matrix = np.array(said, float)
draws = np.random.default_rng(1).multinomial(PEOPLE, [1 / PEOPLE] * PEOPLE, size=(RUNS, OFFICES))
counts = draws.reshape(RUNS, OFFICES * PEOPLE)
single, whole = votes(said, one_criterion), votes(said, all_criteria)
times = calls(
    {
        "plain means": plain_means,
        "criteria, mean": lambda: resampled(single, MEAN),
        "criteria, median": lambda: resampled(single, MEDIAN),
        "levels, mean": lambda: resampled(whole, MEAN),
        "levels, median": lambda: resampled(whole, MEDIAN),
    },
    ROUNDS,
)
yardstick = times.pop("plain means")
memory = getrusage(RUSAGE_SELF).ru_maxrss / 1024
report(
    f"resampling: {OFFICES * PEOPLE} people × {ITEMS} items × {RUNS} resamples; plain means take {yardstick:.0f} ms",
    [
        *(Row(name, taken / yardstick, 10, "×", f"{taken:.0f} ms") for name, taken in times.items()),
        Row("memory of the process", memory, 500, "MB"),
        at_once("gscm-province"),
        at_once("spbe-2020"),
    ],
)
