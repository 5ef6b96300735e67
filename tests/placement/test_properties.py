"""What holds of every model and all answers: clauses are monotone, intervals exact, reasons sufficient."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings, strategies as st

from gscm.model.arithmetic import rounded, weights_known
from gscm.model.facts import facts_of
from gscm.placement.clauses import decide
from gscm.placement.place import place
from gscm.placement.reading import read
from gscm.responses.load import inside_scope
from tests import strategies
from tests.strategies import assessments, fillings, values

examples = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def levels(state):
    return {node.id: state.level(node) for node in state.reading.model.nodes.values()}


def printed_scores(state):
    scale = state.reading.model.scale
    return {id: rounded(score, scale.digits, scale.mode) for id, score in state.scores.items()}


def assert_nowhere_lower(state, other):
    """`state` is at least `other` in every pair that holds, every level and every score, printed or not."""
    assert state.holds >= other.holds
    for of in (levels, printed_scores, lambda s: s.scores):
        better, worse = of(state), of(other)
        assert better.keys() == worse.keys()
        assert [id for id in better if better[id] < worse[id]] == []


@examples
@given(st.data(), assessments())
def test_raising_one_fact_lowers_nothing(data, answers):
    reading = read(answers)
    assume(reading.low)
    filling = data.draw(fillings(reading))
    fact = reading.facts[data.draw(st.sampled_from(sorted(filling)))]
    other = data.draw(values(fact))
    better, worse = (other, filling[fact.id]) if fact.at_least(other, filling[fact.id]) else (filling[fact.id], other)
    assert_nowhere_lower(decide(reading, filling | {fact.id: better}), decide(reading, filling | {fact.id: worse}))


@examples
@given(st.data(), assessments())
def test_every_completion_lies_within_the_interval(data, answers):
    result = place(answers)
    reading = result.reading
    filling = data.draw(fillings(reading))
    state = decide(reading, reading.low | {id: filling[id] for id in reading.open})
    assert_nowhere_lower(state, result.low)
    assert_nowhere_lower(result.high, state)
    for id, node in result.nodes.items():
        if node.low is not None:
            assert node.low <= levels(state)[id] <= node.high
        if node.score_low is not None:
            assert node.score_low <= state.scores[id] <= node.score_high


def answered(answers, end):
    """The answers with every open fact that may be answered given as its `worst` or `best`."""
    reading, inside = read(answers), inside_scope(answers.model, answers.scope)
    below_given = {below.id for id in reading.given for below in answers.model.below(id)}
    entries = {
        id: strategies.Answer(id, "given", fact.kind, getattr(fact, end), stage=top_stage(fact, end))
        for id, fact in reading.facts.items()
        if id in reading.open and fact.node in inside and fact.node not in below_given
    }
    return replace(answers, entries={**answers.entries, **entries})


def top_stage(fact, end):
    return "visit" if fact.kind == "criterion" and end == "best" else None


@examples
@given(assessments())
def test_answering_everything_at_its_worst_gives_low(answers):
    before, after = place(answers), place(answered(answers, "worst"))
    assert [(n.low, n.score_low) for n in after.nodes.values()] == [(n.low, n.score_low) for n in before.nodes.values()]


@examples
@given(assessments())
def test_answering_everything_at_its_best_gives_high(answers):
    before, after = place(answers), place(answered(answers, "best"))
    ends = [[(n.high, n.score_high) for n in result.nodes.values()] for result in (before, after)]
    assert ends[0] == ends[1]


@examples
@given(assessments())
def test_without_open_facts_low_and_high_are_one(answers):
    result = place(answers)
    if not result.reading.open and weights_known(result.model):
        assert [n for n in result.nodes.values() if (n.low, n.score_low) != (n.high, n.score_high)] == []


@examples
@given(st.data(), assessments())
def test_answering_an_open_fact_never_widens_the_interval(data, answers):
    reading, inside = read(answers), inside_scope(answers.model, answers.scope)
    below_given = {below.id for id in reading.given for below in answers.model.below(id)}
    askable = [id for id in sorted(reading.open) if reading.facts[id].node in inside - below_given]
    assume(askable)
    fact = facts_of(answers.model)[data.draw(st.sampled_from(askable))]
    entry = strategies.given(data.draw(strategies.dice()), fact)
    before, after = place(answers), place(replace(answers, entries={**answers.entries, fact.id: entry}))
    assert_nowhere_lower(after.low, before.low)
    assert_nowhere_lower(before.high, after.high)


@examples
@given(assessments())
def test_held_by_suffices_for_the_level(answers):
    result = place(answers)
    reading = result.reading
    for id, node in result.nodes.items():
        if node.low is not None:
            state = decide(reading, reading.worst() | {fact: reading.low[fact] for fact in node.held_by})
            assert levels(state)[id] >= node.low, id


@examples
@given(assessments())
def test_held_by_names_only_facts_with_a_value(answers):
    result = place(answers)
    for node in result.nodes.values():
        assert [fact for fact in node.held_by if answers.entries[fact].status != "given"] == []


@examples
@given(assessments())
def test_blocked_by_suffices_against_the_next_level(answers):
    result = place(answers)
    reading = result.reading
    for id, node in result.nodes.items():
        if node.low is not None:
            state = decide(reading, reading.best() | {fact: reading.low[fact] for fact in node.blocked_by})
            assert levels(state)[id] <= node.low, id


@examples
@given(assessments())
def test_the_ceiling_suffices_against_more_than_high(answers):
    result = place(answers)
    reading = result.reading
    for id, node in result.nodes.items():
        if node.low is not None:
            state = decide(reading, reading.best() | {fact: reading.high[fact] for fact in node.ceiling})
            assert levels(state)[id] <= node.high, id


@examples
@given(assessments())
def test_the_ceiling_names_no_open_fact(answers):
    result = place(answers)
    assert [(id, node.ceiling) for id, node in result.nodes.items() if result.reading.open & set(node.ceiling)] == []


@examples
@given(assessments())
def test_reasons_are_given_wherever_a_level_is_above_the_floor_or_below_the_top(answers):
    """A level that any answer holds up names at least one fact; so does a level that can be missed."""
    result = place(answers)
    reading = result.reading
    worst, best = levels(decide(reading, reading.worst())), levels(decide(reading, reading.best()))
    for id, node in result.nodes.items():
        if node.low is not None:
            assert bool(node.held_by) or node.low <= worst[id]
            assert bool(node.blocked_by) or node.low >= best[id]


@examples
@given(assessments())
def test_coverage_and_the_share_not_applicable_are_shares_of_one(answers):
    shares = [share for node in place(answers).nodes.values() for share in (node.coverage, node.not_applicable)]
    assert [share for share in shares if not 0 <= share <= 1] == []


@examples
@given(assessments())
def test_coverage_is_whole_when_everything_is_answered(answers):
    result = place(answered(answers, "best"))
    if not result.reading.open:
        assert {n.coverage for n in result.nodes.values() if n.not_applicable < 1} <= {Fraction(1)}
