"""Open answers as they may turn out to be."""

from gscm.placement.clauses import decide
from tests.strategies import value


def completed(result, dice):
    """The levels and scores of a placed assessment once every open answer is something."""
    reading = result.reading
    return decide(reading, {**reading.low, **{id: value(dice, reading.facts[id]) for id in sorted(reading.open)}})
