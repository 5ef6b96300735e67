"""How a score is made up, and which answers move it."""

from fractions import Fraction

from gscm.placement.contributions import contributions, moves, shares
from tests.tiny import placed, tiny

ROOT = """
    aggregate: {aggregate}
    children:
      - {{id: a, kind: score, title: A, weight: 1}}
      - {{id: b, kind: score, title: B, weight: 3}}
    """


def result(answers, aggregate="mean"):
    return placed(tiny(ROOT.format(aggregate=aggregate), scale="{min: 0, max: 4}", inner="score"), answers)


def test_contributions_add_up_to_the_score():
    found = contributions(result("{a: 2, b: 3}"), "m")
    assert [(part.node, part.share, part.low) for part in found] == [
        ("a", Fraction(1, 4), Fraction(1, 2)),
        ("b", Fraction(3, 4), Fraction(9, 4)),
    ]
    assert sum(part.low for part in found) == result("{a: 2, b: 3}").overall.score


def test_a_contribution_is_rounded_where_the_instrument_rounds_it():
    rounded = contributions(result("{a: 1.11, b: 1}", "rounded-sum"), "m")
    assert [part.low for part in rounded] == [Fraction(28, 100), Fraction(75, 100)]


def test_unpublished_weights_give_neither_shares_nor_moves():
    unknown = result("{a: 2, b: 3}", "unknown-weights")
    assert (shares(unknown, "m"), contributions(unknown, "m"), moves(unknown, "m")) == ({}, (), ())


def test_the_answer_that_moves_the_score_most_comes_first():
    found = moves(result("{a: 2}"), "m")
    assert [(move.fact, move.by, move.open) for move in found] == [("b", 3, True), ("a", Fraction(1, 2), False)]


def test_a_score_that_is_given_is_made_up_of_nothing():
    assert contributions(result("{overall: {score: 2}}"), "m") == ()
