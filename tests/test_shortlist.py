"""A cohort held against declared criteria: in, out, undecided, and why."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from gscm.errors import BadUse, FaultsFound
from gscm.i18n import same
from gscm.model.facts import facts_of
from gscm.model.tree import has_levels, top_level
from gscm.placement.reading import read
from gscm.responses.answers import Subject
from gscm.responses.load import inside_scope
from gscm.shortlist import (
    Criteria,
    Criterion,
    Group,
    Rank,
    load_cohort,
    load_criteria,
    shortlist,
    to_csv,
    to_json,
)
from tests import strategies
from tests.strategies import assessments
from tests.tiny import HEAD, SOURCES, answered, tiny

ROOT = Path(__file__).parents[1]
examples = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])

TREE = """
aggregate: mean
children:
  - {id: a, kind: level, title: A, may_not_apply: true}
  - {id: b, kind: level, title: B, may_not_apply: true}
  - {id: c, kind: criteria, title: C, criteria: {2: [{text: done}], 3: [{text: checked}]}}
  - id: q
    kind: quantity
    title: Q
    quantity: {title: Poverty, unit: percent, direction: lower, min: 0, max: 40}
"""
MODEL = tiny(TREE)
WHY = "reason: why"


@pytest.fixture
def declared(tmp_path):
    """`declared(text)` is what a file of criteria for the model says; `text` holds the lines after its title."""
    folder = tmp_path / "m"
    folder.mkdir()
    root = "\n".join(f"  {line}" for line in TREE.splitlines())
    names = "{name: L1}, {name: L2}, {name: L3}"
    head = HEAD.format(names=names, scale="{min: 1, max: 5}", inner="level")
    (folder / "model.yaml").write_text(head + root, encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")

    def load(text):
        (tmp_path / "criteria.yaml").write_text(f"model: m\ntitle: List\n{text}\n", encoding="utf-8")
        return load_criteria(tmp_path / "criteria.yaml")

    return load


def cohort(criteria, **texts):
    """The shortlist of some subjects; each is given by the lines of its answers."""
    every = [replace(answered(criteria.model, text), subject=subject(name)) for name, text in texts.items()]
    return shortlist(criteria, every)


def subject(name):
    return Subject(name, name.upper(), None, None)


def verdicts(found):
    return {one.assessment.answers.subject.id: one.verdict for one in found.candidates}


def only(criteria, text):
    return cohort(criteria, x=text).candidates[0]


# ── one criterion ────────────────────────────────────────────────────────────────────────────────────────────────────

LEVEL = "criteria: [{id: one, node: a, at_least: {level: 2}, reason: why}]"


@pytest.mark.parametrize(
    ("answers", "verdict"), [("a: 3", "in"), ("a: 2", "in"), ("a: 1", "out"), ("a: tidak tahu", "undecided")]
)
def test_a_level_is_in_at_its_low_end_and_out_at_its_high_end(declared, answers, verdict):
    assert only(declared(LEVEL), answers).verdict == verdict


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [("c.3: ya", "in"), ("c.3: tidak", "out"), ("", "undecided"), ("c: {level: 3}", "undecided")],
)
def test_a_statement_must_be_answered_yes(declared, answers, verdict):
    assert only(declared("criteria: [{id: one, met: c.3, reason: why}]"), answers).verdict == verdict


@pytest.mark.parametrize(("figure", "verdict"), [("9", "in"), ("10", "in"), ("11", "out"), ("tidak tahu", "undecided")])
def test_a_figure_counts_in_its_direction(declared, figure, verdict):
    criteria = declared("criteria: [{id: one, node: q, at_least: {value: 10}, reason: why}]")
    assert only(criteria, f"q: {figure}").verdict == verdict
    assert criteria.criteria[0].says.en == "Poverty: at most 10 percent"


def test_a_score_is_compared_before_it_is_rounded(declared):
    criteria = declared("criteria: [{id: one, node: overall, at_least: {score: 2.67}, reason: why}]")
    one = only(criteria, "overall: {score: 8/3}")
    assert (one.verdict, one.findings[0].found.en) == ("out", "2.67")


def test_what_is_open_below_a_score_is_named(declared):
    criteria = declared("criteria: [{id: one, node: overall, at_least: {score: 3}, reason: why}]")
    (finding,) = only(criteria, "{a: 3, b: 3, c.2: ya}").findings
    assert (finding.status, finding.facts, finding.ask) == ("open", ("a", "b", "c.2"), ("c.3", "q"))


def test_what_keeps_a_node_out_and_what_to_find_out_are_named(declared):
    criteria = declared("criteria: [{id: one, node: c, at_least: {level: 3}, reason: why}]")
    out, undecided = only(criteria, "{c.2: ya, c.3: tidak}"), only(criteria, "c.2: ya")
    assert out.findings[0].facts == ("c.3",)
    assert undecided.findings[0].ask == ("c.3",)


def test_what_lies_outside_the_scope_is_open(declared):
    answers = answered(MODEL, "b: 3", "scope: [b]")
    (one,) = shortlist(declared(LEVEL), [answers]).candidates
    assert (one.verdict, one.findings[0].found.en) == ("undecided", "not assessed")


# ── several criteria ─────────────────────────────────────────────────────────────────────────────────────────────────

ABC = """
criteria:
  - {id: a, node: a, at_least: {level: 2}, reason: why}
  - {id: b, node: b, at_least: {level: 2}, reason: why}
  - {id: c, met: c.2, reason: why}
"""


def test_without_a_group_every_criterion_must_be_met(declared):
    found = cohort(declared(ABC), all="{a: 2, b: 2, c.2: ya}", less="{a: 2, b: 2, c.2: tidak}")
    assert verdicts(found) == {"all": "in", "less": "out"}


def test_of_a_group_some_are_enough(declared):
    criteria = declared(ABC + "enough: [{at_least: 1, of: [b, c]}]")
    found = cohort(criteria, one="{a: 2, b: 2, c.2: tidak}", none="{a: 2, b: 1, c.2: tidak}", open="{a: 2, b: 1}")
    assert criteria.required == ("a",)
    assert verdicts(found) == {"one": "in", "none": "out", "open": "undecided"}


def test_out_is_settled_whatever_else_is_open(declared):
    one = only(declared(ABC), "a: 1")
    assert one.verdict == "out"
    assert [finding.criterion.id for finding in one.findings if finding.decides] == ["a"]


ABSENT = "{status: not_applicable, reason: none here}"


def test_what_does_not_apply_drops(declared):
    one = only(declared(ABC), f"{{a: {ABSENT}, b: 2, c.2: ya}}")
    assert (one.verdict, one.findings[0].status) == ("in", "dropped")


def test_a_group_asks_no_more_than_applies(declared):
    criteria = declared(ABC + "enough: [{at_least: 2, of: [a, b, c]}]")
    one, two = f"{{a: {ABSENT}, b: {ABSENT}, c.2: ya}}", f"{{a: {ABSENT}, b: {ABSENT}, c.2: tidak}}"
    assert verdicts(cohort(criteria, one=one, two=two)) == {"one": "in", "two": "out"}


def test_where_nothing_applies_nothing_is_decided(declared):
    assert only(declared(LEVEL), f"a: {ABSENT}").verdict == "undecided"


# ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────────

PLACES = "criteria: [{id: done, met: c.2, reason: why}]\nquota: {places: 1, rank: [{node: a, by: level}]}"


def test_places_go_to_those_who_rank_first(declared):
    found = cohort(declared(PLACES), high="{c.2: ya, a: 3}", low="{c.2: ya, a: 2}")
    assert verdicts(found) == {"high": "in", "low": "out"}
    assert found.candidates[1].ahead == ("HIGH",)
    assert found.candidates[1].meets == "in"


def test_a_tie_stays_a_tie_and_is_told(declared):
    found = cohort(declared(PLACES), one="{c.2: ya, a: 3}", two="{c.2: ya, a: 3}")
    assert verdicts(found) == {"one": "undecided", "two": "undecided"}
    assert found.candidates[0].tied == ("TWO",)


def test_the_next_step_of_the_order_decides_a_tie(declared):
    criteria = declared(PLACES.replace("by: level}]", "by: level}, {node: q, by: value}]"))
    found = cohort(criteria, poor="{c.2: ya, a: 3, q: 12}", rich="{c.2: ya, a: 3, q: 8}")
    assert verdicts(found) == {"poor": "out", "rich": "in"}


def test_who_may_still_come_in_leaves_the_place_open(declared):
    found = cohort(declared(PLACES), sure="{c.2: ya, a: 2}", maybe="a: 3")
    assert verdicts(found) == {"sure": "undecided", "maybe": "undecided"}
    assert found.candidates[0].rivals == ("MAYBE",)


def test_who_is_out_takes_no_place(declared):
    found = cohort(declared(PLACES), out="{c.2: tidak, a: 3}", second="{c.2: ya, a: 2}")
    assert verdicts(found) == {"out": "out", "second": "in"}


def test_who_cannot_be_ranked_stays_undecided(declared):
    found = cohort(declared(PLACES), ranked="{c.2: ya, a: 3}", unranked=f"{{c.2: ya, a: {ABSENT}}}")
    assert verdicts(found) == {"ranked": "undecided", "unranked": "undecided"}


# ── faults ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_fault_of_the_criteria_is_told_at_once_with_its_line(declared):
    with pytest.raises(FaultsFound) as faults:
        declared(
            """criteria:
  - {id: one, node: aa, at_least: {level: 2}, reason: why}
  - {id: two, node: q, at_least: {score: 9}, reason: why}
  - {id: two, met: c.2, reason: why}
  - {id: three, met: c.9, reason: why}
  - {id: four, node: a, at_least: {value: 3}, reason: why}
  - {id: five, node: a, at_least: {level: 1}, reason: why}
enough: [{at_least: 2, of: [one, six]}]
quota: {places: 1, rank: [{node: q, by: value}, {node: overall, by: level}]}"""
        )
    told = [(issue.where.line, issue.what.en) for issue in faults.value.issues]
    assert told == [
        (4, "“aa” is no node of the model m."),
        (5, "9 sorts nothing: it is always reached, or never."),
        (6, "The criterion “two” is written twice."),
        (7, "“c.9” is no statement of the model m."),
        (8, "“a” has no measured figure."),
        (9, "1 sorts nothing: it is always reached, or never."),
        (10, "There is no criterion “six”."),
        (10, "2 of 2 means that all must be met, or cannot be done."),
        (11, "“overall” has no level."),
    ]
    assert all(issue.remedy for issue in faults.value.issues)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{id: x, reason: why}", "write node with at_least, or met alone."),
        ("{id: x, node: a, reason: why}", "write node with at_least, or met alone."),
        ("{id: x, node: a, at_least: {level: 2}, met: c.2, reason: why}", "write node with at_least, or met alone."),
        (
            "{id: x, node: a, at_least: {level: 2, score: 3}, reason: why}",
            "write exactly one of level, score and value.",
        ),
        ("{id: x, met: c.2}", "“reason” is missing here."),
    ],
)
def test_a_criterion_that_says_too_little_or_too_much_is_refused(declared, written, told):
    with pytest.raises(FaultsFound) as faults:
        declared(f"criteria: [{written}]")
    assert told in faults.value.issues[0].what.en


def test_a_criterion_counts_in_one_group_only(declared):
    with pytest.raises(FaultsFound, match="“b” is counted already"):
        declared(ABC + "enough: [{at_least: 1, of: [a, b]}, {at_least: 1, of: [b, c]}]")


def test_an_unknown_model_is_told_with_its_line(tmp_path):
    (tmp_path / "criteria.yaml").write_text("title: List\nmodel: spbe\ncriteria: [{id: x, met: y, reason: z}]\n")
    with pytest.raises(BadUse, match=r"criteria.yaml:2"):
        load_criteria(tmp_path / "criteria.yaml")


def test_another_model_and_the_same_subject_twice_are_refused_together(tmp_path):
    criteria = ROOT / "examples/selection-2018/criteria.yaml"
    kota_b = ROOT / "examples/selection-2018/cohort/kota-b.yaml"
    spbe = ROOT / "examples/banjarmasin/spbe-2022.yaml"
    with pytest.raises(FaultsFound) as faults:
        load_cohort(criteria, [kota_b, spbe, kota_b])
    told = {issue.what.en.partition(",")[0] for issue in faults.value.issues}
    assert told == {"This file answers the model spbe-2020", "“kota-b” is there already"}


def test_faults_of_the_criteria_and_of_the_answers_are_told_together(tmp_path):
    (tmp_path / "criteria.yaml").write_text("model: spbe-2020\ntitle: List\ncriteria: []\n")
    (tmp_path / "answers.yaml").write_text("model: spbe-2020\nsubject: {id: x, name: X}\nanswers: {i1: 9}\n")
    with pytest.raises(FaultsFound) as faults:
        load_cohort(tmp_path / "criteria.yaml", [tmp_path / "answers.yaml"])
    assert {Path(issue.where.file).name for issue in faults.value.issues} == {"criteria.yaml", "answers.yaml"}


# ── as data ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_example_shows_each_verdict_for_its_own_reason():
    folder = ROOT / "examples/selection-2018"
    found = shortlist(*load_cohort(folder / "criteria.yaml", sorted((folder / "cohort").glob("*.yaml"))))
    assert verdicts(found) == {
        "kabupaten-a": "in",
        "kabupaten-c": "out",
        "kabupaten-e": "undecided",
        "kabupaten-g": "out",
        "kota-b": "in",
        "kota-d": "undecided",
        "kota-f": "undecided",
        "kota-h": "out",
    }
    by_id = {one.assessment.answers.subject.id: one for one in found.candidates}
    assert (by_id["kabupaten-e"].tied, by_id["kabupaten-e"].rivals) == (("Kota F",), ("Kota D",))
    assert [f.ask for f in by_id["kota-d"].findings if f.decides] == [("sustainable-city-index.2",)]


def test_the_json_tells_verdict_reasons_and_counts(declared):
    told = to_json(cohort(declared(LEVEL), yes="a: 3", no="a: 1"))
    assert told["counts"] == {"in": 1, "undecided": 0, "out": 1}
    assert told["quota"] is None
    assert told["subjects"][1]["criteria"][0] == {
        "id": "one",
        "status": "unmet",
        "decides": True,
        "found": {"id": "L1", "en": "L1"},
        "facts": ["a"],
        "find_out": [],
    }


def test_the_table_opens_in_a_spreadsheet_and_holds_no_formula(declared):
    answers = replace(answered(MODEL, "a: 3"), subject=Subject("x", "=1+1", None, 2018))
    table = to_csv(shortlist(declared(LEVEL), [answers]), "en")
    assert table.startswith("\ufeffid,name,year,verdict,meets,one,why,find_out,ahead,tied,rivals\r\n")
    assert table.splitlines()[1] == "x,'=1+1,2018,in,in,met,one: L3,,,,"


# ── what holds of every model and all answers ────────────────────────────────────────────────────────────────────────


def random_criteria(data, model):
    """Up to four criteria on any nodes and facts of the model, perhaps with a group and a quota."""
    facts, text = facts_of(model), same("x")
    low, high = model.scale.min, model.scale.max
    possible = [
        ("score", node.id, low + (high - low) * Fraction(n, 4)) for node in model.nodes.values() for n in (1, 2, 3)
    ]
    possible += [
        ("level", node.id, Fraction(level))
        for node in model.nodes.values()
        if has_levels(node)
        for level in range(2, top_level(model, node) + 1)
    ]
    possible += [("met", fact.id, Fraction(1)) for fact in facts.values() if fact.kind == "criterion"]
    possible += [("value", fact.id, Fraction(5)) for fact in facts.values() if fact.kind == "quantity"]
    chosen = data.draw(st.lists(st.sampled_from(possible), min_size=1, max_size=3))
    made = tuple(Criterion(f"k{n}", id, kind, asked, text, text) for n, (kind, id, asked) in enumerate(chosen))
    ids = tuple(one.id for one in made)
    split = data.draw(st.integers(0, len(ids)))
    grouped = ids[split:] if len(ids) - split > 1 else ()
    groups = (Group(data.draw(st.integers(1, len(grouped))), grouped),) if grouped else ()
    places = data.draw(st.sampled_from((1, 2, None)))
    rank = (Rank(data.draw(st.sampled_from(sorted(model.nodes))), "score", text),)
    required = tuple(id for id in ids if id not in grouped)
    return Criteria(model, text, None, made, required, groups, places, rank, "criteria.yaml")


def askable(answers):
    """The open facts that may be answered, where nothing above them is given."""
    reading, inside = read(answers), inside_scope(answers.model, answers.scope)
    below_given = {below.id for id in reading.given for below in answers.model.below(id)}
    return [id for id in sorted(reading.open) if reading.facts[id].node in inside - below_given]


def settled(data, answers):
    """Another subject, of which every fact that may be answered is known."""
    dice, facts = data.draw(strategies.dice()), facts_of(answers.model)
    known = {id: strategies.given(dice, facts[id]) for id in askable(answers) if id in facts}
    return replace(answers, entries={**answers.entries, **known})


@examples
@given(st.data(), assessments())
def test_answering_an_open_fact_only_settles_what_was_undecided(data, answers):
    """In this subject and in the others of its cohort, with groups, with places, with any criteria."""
    criteria = random_criteria(data, answers.model)
    open_ = askable(answers)
    assume(open_)
    others = [settled(data, answers), settled(data, answers), replace(answers, entries={})]
    fact = facts_of(answers.model)[data.draw(st.sampled_from(open_))]
    entry = strategies.given(data.draw(strategies.dice()), fact)
    more = replace(answers, entries={**answers.entries, fact.id: entry})
    before = shortlist(criteria, [answers, *others]).candidates
    after = shortlist(criteria, [more, *others]).candidates
    for one, other in zip(before, after, strict=True):
        assert one.verdict in ("undecided", other.verdict)
        assert one.meets in ("undecided", other.meets)


@examples
@given(st.data(), assessments())
def test_a_better_answer_never_turns_in_to_out(data, answers):
    criteria = random_criteria(data, answers.model)
    reading = read(answers)
    known = [id for id in sorted(facts_of(answers.model)) if id in answers.entries and id in reading.low]
    known = [id for id in known if answers.entries[id].status == "given"]
    assume(known)
    fact = facts_of(answers.model)[data.draw(st.sampled_from(known))]
    entry = strategies.given(data.draw(strategies.dice()), fact)
    changed = replace(answers, entries={**answers.entries, fact.id: entry})
    better = fact.at_least(read(changed).low[fact.id], reading.low[fact.id])
    worse, best = (answers, changed) if better else (changed, answers)
    others = [replace(answers, entries={})]
    order = ("out", "undecided", "in")
    (low, *_), (high, *_) = (shortlist(criteria, [one, *others]).candidates for one in (worse, best))
    assert order.index(low.meets) <= order.index(high.meets)
    assert order.index(low.verdict) <= order.index(high.verdict)
