"""Votes merged for many resamples at once give what merging and placing each resample exactly gives."""

from fractions import Fraction

import numpy as np
from hypothesis import HealthCheck, given, settings, strategies as st

from gscm.responses.answers import Answer
from gscm.responses.merge import Rule
from gscm.responses.votes import Decided, Person, Votes, merged_answers
from gscm.vectorised.merge import counts_of, merge_batch
from gscm.vectorised.place import place_batch
from gscm.vectorised.plan import compile_plan
from tests.strategies import SUBJECT, Dice, entry, model
from tests.tiny import tiny
from tests.vectorised.compared import at_once, exactly

examples = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
OFFICES = ("a", "b", "c")
RULES = (
    *map(Rule, ("mean", "median", "mode", "minimum", "consensus")),
    Rule("share", share=Fraction(2, 3)),
    Rule("quorum", count=2),
)


def polled(dice):
    """Votes on a random model, how often everybody counts in each of some resamples, and two rules."""
    votes = with_decisions(dice, people(dice, model(dice)))
    counts = [[dice.upto(2) for _ in votes.people] for _ in range(5)]
    return votes, np.array(counts).reshape(5, len(votes.people)), dice.pick(RULES), dice.pick(RULES)


def people(dice, found):
    plan = compile_plan(found)
    who = [(office, f"{office}{n}") for office in OFFICES[: dice.upto(3, 1)] for n in range(dice.upto(4, 1))]
    return Votes(found, SUBJECT, tuple(Person(*one, ballot(dice, plan)) for one in who))


def ballot(dice, plan):
    answers = [entry(dice, fact) for fact in plan.facts.values() if dice.upto(4)]
    answers += [claim(node) for node in plan.nodes if node not in plan.facts and dice.upto(7) == 7]
    return {answer.id: answer for answer in answers if answer}


def claim(node):
    return Answer(node, "not_applicable", "level", reason="reason")


def with_decisions(dice, votes):
    """Offices that answered themselves or were verified, answers for the whole, and copies that disagree."""
    plan = compile_plan(votes.model)

    def some(one):
        return {id: answer for id in (*plan.facts, *plan.nodes) if dice.upto(9) == 9 and (answer := one(id))}

    def answer(id):
        return entry(dice, plan.facts[id]) if id in plan.facts else claim(id)

    def decided(id):
        said = answer(id)
        return said and Decided(said, dice.upto(3, 1))

    return Votes(
        votes.model,
        votes.subject,
        votes.people,
        {office: some(decided) for office in OFFICES if dice.seldom()},
        some(answer) if dice.seldom() else {},
        frozenset(id for id in plan.facts if dice.upto(15) == 15),
    )


@examples
@given(st.binary(min_size=4000, max_size=4000).map(Dice).map(polled))
def test_resamples_merged_at_once_are_placed_as_each_by_itself(poll):
    votes, counts, people_rule, offices_rule = poll
    placed = place_batch(merge_batch(compile_plan(votes.model), votes, counts, people_rule, offices_rule))
    for run, one in enumerate(counts.tolist()):
        assert at_once(placed, run) == exactly(merged_answers(votes, people_rule, offices_rule, one))


def test_how_often_people_count_is_told_by_who_was_drawn():
    assert counts_of(np.array([[0, 0, 2], [1, 1, 1]]), 3).tolist() == [[2, 0, 1], [0, 3, 0]]


def test_criteria_voted_on_alike_are_told_apart_where_one_node_is_said_not_to_apply():
    found = tiny("""
    children:
      - {id: a, kind: criteria, title: A, may_not_apply: true, criteria: {2: [{text: A2}]}}
      - {id: b, kind: criteria, title: B, may_not_apply: true, criteria: {2: [{text: B2}]}}
    """)
    met = {id: Answer(id, "given", "criterion", Fraction(1)) for id in ("a.2", "b.2")}
    decided = {"one": {"b": Decided(claim("b"), 2)}}
    people = Person("one", "p", met), Person("one", "q", met)
    votes = Votes(found, SUBJECT, people, decided)
    median = Rule("median")
    placed = place_batch(merge_batch(compile_plan(found), votes, np.array([[1, 1], [1, 0]]), median, median))
    assert at_once(placed, 0) == exactly(merged_answers(votes, median, median, [1, 1]))
    assert placed.level[placed.row("a"), 0].tolist() == [3, 3]
    assert placed.level[placed.row("b"), 0].tolist() == [0, 0]
