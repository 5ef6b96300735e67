"""Both engines on the same assessments, side by side."""

import math

from gscm.model.arithmetic import rounded
from gscm.placement.place import place
from gscm.vectorised.batch import encode
from gscm.vectorised.place import place_batch
from gscm.vectorised.plan import compile_plan


def exactly(answers):
    """Per node of one assessment: low, high, score low and high in units of the last printed digit."""
    result = place(answers)
    scale = result.model.scale

    def last_digit(score):
        return None if score is None else int(rounded(score, scale.digits, scale.mode) * 10**scale.digits)

    return {
        id: (one.low, one.high, last_digit(one.score_low), last_digit(one.score_high))
        for id, one in result.nodes.items()
    }


def at_once(placed, run, names=None):
    """The same, of one run of many; `names` calls the places for rows by the rows in them."""
    found = {}
    for row, id in enumerate(placed.plan.nodes):
        if "#" in id and id not in (names or {}):
            continue
        low, high = (int(level) or None for level in placed.level[row, :, run])
        scores = [
            None if math.isnan(score) else int(printed)
            for score, printed in zip(placed.score[row, :, run], placed.printed[row, :, run], strict=True)
        ]
        found[(names or {}).get(id, id)] = (low, high, *scores)
    return found


def blocks_exactly(answers):
    """Per end: the clauses that keep each node from its next level; None stands for its own answer."""
    result = place(answers)
    return [
        {(block.node, block.level): [lack.clause for lack in block.lacks] for block in blocks.values()}
        for blocks in (result.blocks, result.ceilings)
    ]


def blocks_at_once(placed, run):
    """The same, of one run of many."""
    found = [
        {pair: [lack.clause for lack in lacks if lack.runs[end, run]] for pair, lacks in placed.blocks.items()}
        for end in (0, 1)
    ]
    return [{pair: clauses for pair, clauses in blocks.items() if clauses} for blocks in found]


def differences(answers, model=None):
    """What the two engines say differently of the assessments; none, if they are one semantics."""
    model = model or answers[0].model
    plan = compile_plan(model, answers[0].scope)
    placed = place_batch(encode(plan, answers))
    return [
        (run, id, exact[id], here.get(id))
        for run, one in enumerate(answers)
        for exact, here in [(exactly(one), at_once(placed, run, row_names(one)))]
        for id in {**exact, **here}
        if exact.get(id) != here.get(id)
    ]


def row_names(answers):
    """The rows of one assessment by the places they fill."""
    nodes = answers.model.nodes.values()
    return {f"{n.id}#{at}": row for n in nodes if n.open for at, row in enumerate(n.children, 1)}
