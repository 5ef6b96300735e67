"""What one study offers another: only what is the same, never over an answer, always with its mark."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from gscm.assessment import assess
from gscm.crosswalk.check import faults_of
from gscm.crosswalk.crosswalk import Link, agree, carrier
from gscm.crosswalk.load import side_of
from gscm.crosswalk.offer import entry_of, offer
from gscm.errors import FaultsFound
from gscm.formats.answers_yaml import set_answer
from gscm.i18n import same
from gscm.model.facts import facts_of
from gscm.model.tree import has_levels, top_level
from gscm.placement.place import place
from gscm.report.sections import answers as answers_section
from gscm.responses.answers import older
from gscm.responses.load import bind
from gscm.yamlfile import parse
from tests.strategies import WHERE, assessment, dice, model
from tests.tiny import answered, tiny

NEAR = tiny("""
children:
  - {id: i, kind: level, title: I}
  - {id: c, kind: criteria, title: C, criteria: {2: [{text: x}], 3: [{text: y}]}}
  - {id: r, kind: level, real: true, title: R}
""")
FAR = replace(NEAR, id="m")


def link(near, far, relation="same"):
    return Link(side_of(near), side_of(far), relation, same("why"), "ours", frozenset(), "t", WHERE)


def offered(near, *links, far=FAR, head="", date=None):
    """What answers to NEAR offer, by id."""
    found = offer(answered(NEAR, near, head), far, links, date)
    return {made.answer.id: made.answer.value for made in found.offers}


@pytest.mark.parametrize(("level", "met"), [(1, 0), (2, 0), (3, 1)])
def test_a_level_settles_a_criterion_that_is_the_same_as_reaching_it(level, met):
    assert offered(f"i: {level}", link("i@3", "c.2")) == {"c.2": met}


def test_a_criterion_settles_no_level_and_is_pointed_at():
    found = offer(answered(NEAR, "c.2: ya"), FAR, [link("c.2", "i@3")])
    assert found.offers == ()
    assert [str(pointer.link.far) for pointer in found.pointers] == ["i@3"]


def test_a_level_a_fraction_and_a_criterion_carry_over_as_they_are():
    assert offered("i: 2\nr: 2.5\nc.3: tidak", link("i", "i"), link("r", "r"), link("c.3", "c.2")) == {
        "i": 2,
        "r": Fraction("2.5"),
        "c.2": 0,
    }


@pytest.mark.parametrize("relation", ["broader", "narrower", "related"])
def test_what_is_not_the_same_is_no_answer(relation):
    found = offer(answered(NEAR, "i: 3"), FAR, [link("i@3", "c.2", relation)])
    assert found.offers == ()
    assert found.pointers[0].given.value == 3


@pytest.mark.parametrize("answer", ["{status: unknown}", "{status: withheld}", ""])
def test_what_has_no_value_offers_nothing(answer):
    found = offer(answered(NEAR, f"i: {answer}"), FAR, [link("i", "i")])
    assert (found.offers, found.pointers) == ((), ())


def test_a_node_whose_parts_are_answered_is_pointed_at_with_their_number():
    (pointer,) = offer(answered(NEAR, "c.2: ya\nc.3: tidak"), FAR, [link("c", "i", "related")]).pointers
    assert (pointer.given, pointer.below) == (None, 2)


def test_an_answer_that_exists_is_never_changed():
    begun = answered(FAR, "i: 1\nc.2: {status: unknown}\nc.3:\nr: 2")
    near = answered(NEAR, "i: 2\nc.2: ya\nc.3: ya\nr: 2")
    found = offer(near, begun, [link(id, id) for id in ("i", "c.2", "c.3", "r")])
    assert [made.answer.id for made in found.offers] == ["c.3"]
    assert [made.answer.id for made in found.agreed] == ["r"]
    assert {refused.offer.answer.id: refused.why.en for refused in found.refused} == {
        "i": "answered already: level 1",
        "c.2": "answered already: unknown",
    }


def test_nothing_is_offered_below_a_node_that_is_answered_itself():
    (refused,) = offer(answered(NEAR, "c.2: ya"), answered(FAR, "c: {level: 2}"), [link("c.2", "c.2")]).refused
    assert refused.why.en == "answered already by c above it"


def test_nothing_is_offered_outside_the_scope():
    (refused,) = offer(answered(NEAR, "c.2: ya"), answered(FAR, "", "scope: [i]"), [link("c.2", "c.2")]).refused
    assert refused.why.en == "outside the scope of this study"


def test_answers_that_disagree_offer_nothing():
    found = offer(answered(NEAR, "i: 3\nr: 1"), FAR, [link("i@3", "c.2"), link("r@3", "c.2")])
    assert found.offers == ()
    assert len(found.refused) == 2


@pytest.mark.parametrize(
    ("head", "date", "said"),
    [
        ("study: {date: 2023-05-01}", None, "2023-05-01"),
        ("study: {date: 2023-05-01}", "2020", "2023-05-01"),
        ("", "2023-12-31", "2023-12-31"),
        ("", None, None),
    ],
)
def test_an_offer_is_marked_with_its_study_and_date(head, date, said):
    (made,) = offer(answered(NEAR, "i: 2", head), FAR, [link("i", "i")], date).offers
    mark = made.answer.reused
    assert (mark.model, mark.model_version, mark.fact, mark.subject, mark.crosswalk) == ("m", "1.0.0", "i", "s", "t")
    assert mark.date == said


def test_what_was_reused_before_keeps_its_first_date():
    mark = "{model: x, model_version: 1.0.0, fact: z, date: 2015, subject: s, crosswalk: y}"
    (made,) = offer(answered(NEAR, f"i: {{value: 2, reused: {mark}}}"), FAR, [link("i", "i")], "2024").offers
    assert made.answer.reused.date == "2015"


def test_an_offer_written_into_a_file_reads_as_it_was_made():
    (made,) = offer(answered(NEAR, "r: 2.25"), FAR, [link("r", "r")], "2023").offers
    text = set_answer("model: m\nsubject: {id: s, name: S}\nanswers: {}\n", "r", entry_of(made))
    written = bind(parse(text, "a.yaml"), FAR).entries["r"]
    assert replace(written, where=None) == made.answer


def test_reused_answers_are_noted_with_the_result():
    mark = "{model: x, model_version: 1.0.0, fact: z, date: 2020, subject: s, crosswalk: y}"
    notes = place(answered(FAR, f"i: {{value: 2, reused: {mark}}}", "study: {date: 2024-01-01}")).notes
    assert [note.en for note in notes] == [
        "1 answer(s) reused from x (2020, more than 2 years ago); check whether things still stand so."
    ]


def test_reused_answers_are_marked_in_the_report():
    mark = "{model: x, model_version: 1.0.0, fact: z, subject: s, crosswalk: y}"
    (group,) = answers_section.context(assess(answered(FAR, f"i: {{value: 2, reused: {mark}}}")), "en")["groups"]
    assert group.rows[0].remarks == ("Reused from x z (date unknown).",)


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("date: soon", "“date”: “soon” is neither a date nor a year."),
        ("date: 2023-13-01", "“date”: “2023-13-01” is neither a date nor a year."),
        ("day: 2023", "The key “day” is not known here."),
    ],
)
def test_a_mark_that_cannot_be_read_is_told(mark, said):
    line = f"i: {{value: 2, reused: {{model: x, model_version: 1.0.0, fact: z, subject: s, crosswalk: y, {mark}}}}}"
    with pytest.raises(FaultsFound) as found:
        answered(FAR, line)
    assert [issue.what.en for issue in found.value.issues] == [said]


@pytest.mark.parametrize(
    ("then", "now", "is_older"),
    [
        ("2020-06-01", "2022-06-01", False),
        ("2020-06-01", "2022-06-02", True),
        ("2020", "2022", False),
        ("2020", "2023", True),
        ("2020", "2022-12-31", False),
        (None, "2030", False),
        ("2020", None, False),
    ],
)
def test_an_answer_is_old_only_where_that_is_certain(then, now, is_older):
    assert older(then, now, 2) is is_older


# ------------------------------------------------------------------------------------------ whatever the models


def sides(model):
    """All that can be a side of a mapping."""
    levels = [f"{n.id}@{k}" for n in model.nodes.values() if has_levels(n) for k in range(2, top_level(model, n) + 1)]
    return [*dict.fromkeys((*facts_of(model), *model.nodes, *levels))]


def random_link(dice, near, far):
    """A sound mapping between any two sides; mostly the same, where anything can be the same."""
    one, others = dice.pick(sides(near)), sides(far)
    alike = [other for other in others if agree(link(one, other), near, far)]
    if alike and not dice.seldom():
        return link(one, dice.pick(alike))
    return link(one, dice.pick(others), dice.pick(("broader", "narrower", "related")))


def studies(first, second, third):
    """Two studies, of two models or of two that are alike, and mappings between them."""
    near = assessment(first)
    far = near if third.often() else assessment(second)
    far = replace(far, entries={id: entry for id, entry in far.entries.items() if third.seldom()})
    far = replace(far, model=replace(far.model, id="n"))
    return near, far, [random_link(third, near.model, far.model) for _ in range(12)]


made_studies = st.builds(studies, dice(), dice(), dice())


@given(made_studies)
def test_an_offer_never_touches_an_answer_and_is_always_marked(made):
    near, far, links = made
    for one in offer(near, far, links).offers:
        present = far.entries.get(one.answer.id)
        assert present is None or present.status == "blank"
        assert one.answer.reused.fact in near.entries
        assert one.link.relation == "same"
        fact = facts_of(far.model)[one.answer.id]
        assert one.answer.kind == fact.kind


@given(made_studies)
def test_random_mappings_between_random_models_are_sound(made):
    near, far, links = made
    assert [issue for one in links for issue in faults_of([one], [near.model], [far.model])] == []


@given(made_studies)
def test_nothing_is_offered_twice_or_also_refused(made):
    found = offer(*made)
    taken = [one.answer.id for one in (*found.offers, *found.agreed)]
    assert len(taken) == len(set(taken))
    assert not {one.offer.answer.id for one in found.refused} & set(taken)


@given(made_studies)
def test_there_and_back_gives_the_same_answer_or_none(made):
    near, far, links = made
    for one in links:
        there, back = carrier(one, near.model, far.model), carrier(one.turned(), far.model, near.model)
        entry = near.entries.get(one.near.id)
        if there and back and entry and entry.value is not None:
            assert back(there(entry.value)) == entry.value


@given(dice().map(model))
def test_a_model_offers_itself_everything(found):
    far = replace(found, id="n")
    links = [link(id, id) for id in facts_of(found)]
    assert list(faults_of(links, [found], [far])) == []
    assert all(carrier(one, found, far) for one in links)
