"""What differs between two versions of a model, what it asks of the version number, and which levels it touches."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from gscm import yamlfile
from gscm.authoring.consequences import consequence, shifts
from gscm.authoring.difference import asks_for, differences, obeys, tree_order
from gscm.i18n import same
from gscm.model.load import find_model, load_model, shipped_models
from gscm.placement.place import place
from gscm.responses.migration import renamings
from tests.authoring.test_migration import rules
from tests.strategies import SHARES, WEIGHTS, assessment, dice, models
from tests.tiny import tiny

examples = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ROOT = """
gates: {2: [{clause: children, rule: any}], 3: [{clause: children, rule: share, share: 1/2}]}
children:
  - id: council
    kind: criteria
    title: {id: Dewan, en: Council}
    criteria: {2: [{text: Proposed.}], 3: [{text: Established.}, {text: Meets.}]}
  - id: services
    kind: level
    title: Services
    weight: 2
"""


def changed(*edits, root=ROOT, **options):
    """The changes when pieces of the text of ROOT are replaced: (node, what, effect, English)."""
    text = root
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return told(differences(tiny(root), tiny(text, **options)))


def told(changes):
    return [(change.node, change.what, change.effect, change.text.en) for change in changes]


# ------------------------------------------------------------------------------------------------ in the model's words


def test_a_weight():
    assert changed(("weight: 2", "weight: 2.5")) == [("services", "weight", "result", "weight: 2 → 2.5")]


def test_a_title_in_one_language_says_which():
    assert differences(tiny(ROOT), tiny(ROOT.replace("en: Council", "en: Board")))[0].text.id == (
        "judul: (Inggris) Council → Board"
    )


def test_a_criterion_worded_otherwise():
    assert changed(("Proposed.", "Was proposed.")) == [
        ("council", "criterion.text", "wording", "criterion council.2: wording: Proposed. → Was proposed.")
    ]


def test_a_criterion_that_moved_to_another_level_is_known_by_its_words():
    found = changed(("], 3: [{text: Established.}, {text: Meets.}]", ", {text: Meets.}], 3: [{text: Established.}]"))
    assert [change[1:3] for change in found] == [("criterion.moved", "result")] * 3
    assert [change[3] for change in found] == [
        "criterion council.2 is numbered council.2.1 now: “Proposed.”",
        "criterion council.3.2 moved from level 3 to 2 (council.2.2): “Meets.”",
        "criterion council.3.1 is numbered council.3 now: “Established.”",
    ]


def test_a_criterion_added_and_one_removed():
    assert changed((", {text: Meets.}]", "]"), ("{text: Proposed.}]", "{text: Proposed.}, {text: New.}]")) == [
        ("council", "criterion.moved", "result", "criterion council.2 is numbered council.2.1 now: “Proposed.”"),
        ("council", "criterion.added", "result", "criterion council.2.2 new: “New.”"),
        ("council", "criterion.moved", "result", "criterion council.3.1 is numbered council.3 now: “Established.”"),
        ("council", "criterion.removed", "result", "criterion council.3.2 removed: “Meets.”"),
    ]


def test_a_clause_that_asks_for_more():
    ((node, what, effect, text),) = changed(("share: 1/2", "share: 2/3"))
    assert (node, what, effect) == ("m", "gate", "result")
    assert re.fullmatch("gate of level 3: at least half of .* at L3 → at least two thirds of .* at L3", text)


def test_a_cutoff_that_differs_in_a_digit_which_is_not_printed():
    root = "gates: {2: [{clause: score, from: 2.001}]}\nchildren: [{id: s, kind: score, title: S}]"
    ((*_, text),) = changed(("2.001", "2.002"), root=root)
    assert text == "gate of level 2: a score of at least 2.001 → a score of at least 2.002"


def test_a_requirement_added_and_its_reason_changed():
    edge = "requires: [{at: 2, node: services, level: 3, reason: first}]"
    added = ROOT.replace("kind: criteria", f"kind: criteria\n    {edge}")
    assert told(differences(tiny(ROOT), tiny(added))) == [
        ("council", "requires", "result", "requirement of level 2: none → Services at L3")
    ]
    assert changed(("first", "second"), root=added) == [
        ("council", "gate.reason", "wording", "gate of level 2 (Services at L3): reason: first → second")
    ]


def test_nodes_added_removed_and_in_another_order():
    people = "  - {id: people, kind: level, title: People}\n"
    assert changed(("  - id: services", f"{people}  - id: services")) == [
        ("people", "added", "result", "new below Model, with a weight of 1")
    ]
    assert changed((people, ""), root=ROOT + people) == [("people", "removed", "result", "removed from Model")]
    (order,) = changed((people, ""), ("children:\n", f"children:\n{people}"), root=ROOT + people)
    assert order[:3] == ("m", "order", "wording")
    assert order[3].endswith(": Council, Services and People → People, Council and Services")


def test_a_node_below_another_one_now():
    inside = "children: [{id: g, kind: group, title: G, children: [{id: p, kind: level, title: P}, LEAF]}]"
    beside = "children: [{id: g, kind: group, title: G, children: [{id: p, kind: level, title: P}]}, LEAF]"
    old, new = (tiny(text.replace("LEAF", "{id: q, kind: level, title: Q}")) for text in (beside, inside))
    assert told(differences(old, new)) == [("q", "moved", "result", "moved from Model to G")]


def test_targets_and_goalposts_of_a_figure():
    figure = "{title: Q, unit: km, direction: higher, min: 0, max: 9, targets: {2: 3, 3: 5}}"
    root = f"children: [{{id: q, kind: quantity, title: Q, quantity: {figure}}}]"
    assert changed(("3: 5", "3: 6"), ("max: 9", "max: 10"), root=root) == [
        ("q", "quantity.max", "result", "figure: highest value: 9 → 10"),
        ("q", "quantity.targets.3", "result", "figure: target of level 3: 5 → 6"),
    ]


def test_the_scale_and_the_number_of_levels_belong_to_the_whole_model():
    found = changed(levels=4, scale="{min: 1, max: 4}")
    assert [change for change in found if change[0] is None] == [
        (None, "scale.max", "result", "scale: highest value: 5 → 4"),
        (None, "level_names.main", "result", "sequence of levels main: L1, L2 and L3 → L1, L2, L3 and L4"),
    ]


@pytest.mark.parametrize(("aliases", "effect"), [((), "result"), (("L2",), "wording")])
def test_another_name_of_a_level_is_wording_if_the_old_one_is_still_understood(aliases, effect):
    model = tiny(ROOT)
    one, two, three = model.level_names["main"]
    renamed = replace(two, name=same("Two"), aliases=aliases)
    found = differences(model, replace(model, level_names={"main": (one, renamed, three)}))
    assert ("level_names.main.2.name", effect) in [(change.what, change.effect) for change in found]


def test_a_source_that_answers_may_cite_is_not_taken_away_lightly():
    model = tiny(ROOT)
    more = replace(model, sources={**model.sources, "k": replace(model.sources["us"], id="k", title="K")})
    assert told(differences(model, more)) == [(None, "sources.k", "optional", "source k: none → K")]
    assert told(differences(more, model)) == [(None, "sources.k", "result", "source k: K → none")]


def test_what_a_migration_renamed_is_the_same_node():
    chain = (rules("renamed: {council: {to: board, WHY}}", "1.0.0", "2.0.0"),)
    old, new = tiny(ROOT), tiny(ROOT.replace("id: council", "id: board"))
    assert told(differences(old, new, renamings(chain))) == [("board", "id", "result", "id: council → board")]


def test_the_order_is_that_of_the_tree_and_what_is_gone_keeps_its_place():
    old = tiny("children: [{id: a, kind: level, title: A}, {id: b, kind: level, title: B}]")
    new = tiny("children: [{id: a, kind: level, title: A}, {id: c, kind: level, title: C}]")
    assert tree_order(old, new) == ["m", "a", "b", "c"]


# ------------------------------------------------------------------------------------------------ version numbers


@pytest.mark.parametrize(
    ("edit", "bump"),
    [
        (("weight: 2", "weight: 3"), "major"),
        (("{text: Proposed.}", "{text: Proposed., evidence: [Minutes.]}"), "minor"),
        (("title: Services", "title: The services"), "patch"),
    ],
)
def test_what_a_change_asks_of_the_version(edit, bump):
    assert asks_for(differences(tiny(ROOT), tiny(ROOT.replace(*edit)))) == bump


@pytest.mark.parametrize(
    ("new", "asked", "obeyed"),
    [
        ("1.2.3", None, True),
        ("1.2.3", "patch", False),
        ("1.2.4", "patch", True),
        ("1.2.4", "minor", False),
        ("1.3.0", "minor", True),
        ("1.10.0", "major", False),
        ("2.0.0", "major", True),
        ("1.2.2", None, False),
    ],
)
def test_a_version_obeys(new, asked, obeyed):
    assert obeys("1.2.3", new, asked) == obeyed


# ------------------------------------------------------------------------------------------------ levels that move


def consequences(answers):
    """The shifts when the council has to publish as well: (node, old levels, new levels, changes behind)."""
    old = tiny(ROOT)
    new = replace(tiny(ROOT.replace("{text: Meets.}]", "{text: Meets.}, {text: Publishes.}]")), version="2.0.0")
    document = yamlfile.parse(f"model: m\nsubject: {{id: s, name: S}}\nanswers: {answers}", "a.yaml")
    found = consequence(document, (old, new), (), differences(old, new), {}).shifts
    return [(one.node, one.old.levels, one.new.levels, [change.what for change in one.causes]) for one in found]


def test_each_node_that_stands_elsewhere_is_told_with_what_lies_behind():
    assert consequences("{council.2: ya, council.3.1: ya, council.3.2: ya, services: 1}") == [
        ("m", (3, 3), (2, 3), ["criterion.added"]),
        ("council", (3, 3), (2, 3), ["criterion.added"]),
    ]


def test_answers_that_a_change_does_not_touch_stay_where_they_are():
    assert consequences("{council: {level: 2}, services: 1}") == []


# ------------------------------------------------------------------------------------------------ of every model


@examples
@given(models())
def test_a_model_does_not_differ_from_itself(model):
    assert differences(model, replace(model, nodes=dict(model.nodes))) == ()


@pytest.mark.parametrize("name", shipped_models())
def test_a_shipped_model_does_not_differ_from_a_second_reading_of_it(name):
    assert differences(load_model(find_model(name)), load_model(find_model(name))) == ()


def altered(dice, model):
    """The model with a random node of it changed in one random way."""
    node = model.nodes[dice.pick(sorted(model.nodes))]
    ways = [
        lambda: replace(node, title=same("Other")),
        lambda: replace(node, weight=dice.pick(WEIGHTS)),
        lambda: replace(node, code="7"),
        lambda: replace(node, aggregate=dice.pick(("mean", "minimum"))),
        lambda: replace(node, gates={k: tuple(map(eased, clauses)) for k, clauses in node.gates.items()}),
        lambda: replace(node, criteria={k: tuple(map(worded, cs)) for k, cs in node.criteria.items()}),
        lambda: replace(node, gates=dict.fromkeys(node.gates, ())),
    ]

    def eased(clause):
        return replace(clause, share=dice.pick(SHARES)) if getattr(clause, "share", None) else clause

    def worded(criterion):
        return replace(criterion, text=same("Other"), weight=dice.pick(WEIGHTS))

    return replace(model, nodes={**model.nodes, node.id: dice.pick(ways)()})


@examples
@given(dice())
def test_no_level_or_score_moves_without_a_change_that_may_move_it(dice):
    answers = assessment(dice)
    new = altered(dice, answers.model)
    changes = differences(answers.model, new)
    moved = shifts(place(answers), place(replace(answers, model=new)), changes, {})
    assert [one.node for one in moved if not one.causes] == []
    assert not moved or asks_for(changes) == "major"
