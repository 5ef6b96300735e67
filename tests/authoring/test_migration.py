"""Answers carried to a new version of their model: each goes on or is kept with a reason, none is lost."""

import json
from dataclasses import replace
from textwrap import dedent, indent

import pytest
from hypothesis import HealthCheck, assume, given, settings

from gscm import yamlfile
from gscm.authoring.answers_text import rewritten
from gscm.authoring.carrying import carried, migrate
from gscm.authoring.difference import with_ids
from gscm.errors import BadUse, FaultsFound
from gscm.model.facts import facts_of
from gscm.model.load import load_model
from gscm.placement.place import place
from gscm.responses.load import bind, load_answers
from gscm.responses.migration import chain_to, leading, load_migrations, renamings
from tests.migrations import WHY, rules
from tests.strategies import Dice, assessment, dice
from tests.tiny import HEAD, SOURCES, answered, tiny

examples = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MODEL = tiny("""
children:
  - {id: board, kind: criteria, title: Board, criteria: {2: [{text: x}, {text: y}], 3: [{text: z}]}}
  - {id: services, kind: level, title: Services}
""")


def file(answers, head=""):
    """Answers for version 0.9.0 as a text; `head` stands above them."""
    lines = indent(dedent(answers), "  ")
    return f"model: m\nversion: 0.9.0\nsubject: {{id: s, name: S}}\n{dedent(head)}\nanswers:\n{lines}\n"


def carry(text, answers, model=MODEL, head=""):
    return carried(yamlfile.parse(file(answers, head), "a.yaml"), model, (rules(text),), "0.9.0", "1.0.0")


def kept(migrated):
    return dict(migrated.data["answers"])


def aside(migrated):
    """What was retired: (id, answer, whether its content lives on)."""
    return [(one.id, one.answer, one.carried) for one in migrated.retired]


# ------------------------------------------------------------------------------------------------ rule by rule


def test_a_renamed_node_takes_its_criteria_along():
    found = carry("renamed: {council: {to: board, WHY}}", "council.3: ya\nservices: 2")
    assert (kept(found), aside(found)) == ({"board.3": "ya", "services": 2}, [])


def test_the_longest_part_of_an_id_counts():
    found = carry(
        "{renamed: {council: {to: board, WHY}}, moved: {council.3: {to: board.2.1, WHY}}}",
        "council.3: ya\ncouncil.2.2: tidak",
    )
    assert kept(found) == {"board.2.1": "ya", "board.2.2": "tidak"}


def test_what_is_removed_is_kept_with_its_reason():
    found = carry("removed: {people: {WHY}}", "people.2: {value: ya, note: seen}")
    assert found.data["retired"] == [
        {
            "id": "people.2",
            "answer": {"value": "ya", "note": "seen"},
            "version": "0.9.0",
            "reason": {"id": "sebab", "en": "why"},
        }
    ]


@pytest.mark.parametrize(
    ("carry_", "answer", "goes_on"),
    [
        ("each", "tidak", True),
        ("met", "ya", True),
        ("met", "tidak", False),
        ("met", "{status: withheld, value: true}", False),
        ("met", "tidak tahu", True),
        ("unmet", "tidak", True),
        ("unmet", "ya", False),
        ("none", "ya", False),
    ],
)
def test_of_one_that_was_split_only_what_follows_is_carried(carry_, answer, goes_on):
    text = f"split: {{board.2: {{into: [board.2.1, board.2.2], carry: {carry_}, WHY}}}}"
    found = carry(text, f"board.2: {answer}")
    assert sorted(kept(found)) == (["board.2.1", "board.2.2"] if goes_on else [])
    assert [id for id, _, _ in aside(found)] == ([] if goes_on else ["board.2"])


@pytest.mark.parametrize(
    ("carry_", "first", "second", "value"),
    [
        ("lowest", "ya", "tidak", "tidak"),
        ("lowest", "ya", "ya", "ya"),
        ("lowest", "ya", "tidak tahu", None),
        ("lowest", "tidak", "tidak tahu", "tidak"),
        ("highest", "ya", "tidak tahu", "ya"),
        ("highest", "tidak", "tidak tahu", None),
        ("same", "ya", "true", "ya"),
        ("same", "ya", "tidak", None),
        ("none", "ya", "ya", None),
    ],
)
def test_several_that_became_one_say_together_what_they_say(carry_, first, second, value):
    found = carry(f"merged: {{board.3: {{of: [a.2, b.2], carry: {carry_}, WHY}}}}", f"a.2: {first}\nb.2: {second}")
    assert kept(found) == ({} if value is None else {"board.3": value})
    assert [(id, lives) for id, _, lives in aside(found)] == [("a.2", value is not None), ("b.2", value is not None)]


def test_levels_that_became_one_keep_all_that_they_rest_on():
    found = carry(
        "merged: {services: {of: [a, b], carry: lowest, WHY}}",
        "a: {level: 3, source: k, note: one}\nb: {level: 2, source: [k, l], note: two}",
        head="sources: {k: {title: K}, l: {title: L}}",
    )
    assert kept(found) == {"services": {"level": 2, "source": ["k", "l"], "note": "one; two"}}


def test_a_value_is_written_as_the_new_version_has_it_and_the_old_one_kept():
    text = "values: [{of: [services], map: {5: 3, baik: 2, 4: null}, WHY}]"
    assert kept(carry(text, "services: 5")) == {"services": 3}
    assert aside(carry(text, "services: 5")) == [("services", 5, True)]
    assert kept(carry(text, "services: {value: Baik, note: n}")) == {"services": {"value": 2, "note": "n"}}
    assert aside(carry(text, "services: 4")) == [("services", 4, False)]
    assert kept(carry(text, "services: 1")) == {"services": 1}


def test_rows_of_an_open_node_are_carried_with_their_values():
    model = tiny("children: [{id: p, kind: group, title: P, open: {kind: level, answer: level}}]")
    text = "{renamed: {old: {to: p, WHY}}, values: [{map: {5: 3}, WHY}]}"
    found = carry(text, "old: {rows: [{id: r, title: R, value: 5}]}", model)
    assert kept(found) == {"p": {"rows": [{"id": "r", "title": "R", "value": 3}]}}


def test_what_the_new_version_does_not_take_is_retired_with_what_it_says():
    found = carry("{}", "services: 5\nnowhere: 2\nboard.3: ya")
    assert kept(found) == {"board.3": "ya"}
    assert [(one.id, one.reason.en) for one in found.retired] == [
        ("services", "“services” holds “5”, but must be a whole number from 1 to 3."),
        ("nowhere", "“nowhere” is not in the model m."),
    ]


def test_two_answers_never_take_one_place():
    found = carry("renamed: {council: {to: services, WHY}}", "council: 2\nservices: 3")
    assert (kept(found), aside(found)) == ({"services": 2}, [("services", 3, False)])


def test_the_root_keeps_the_name_that_the_file_gives_it():
    assert kept(carry("values: [{of: [overall], map: {5: 3}, WHY}]", "m: {score: 5}")) == {"m": {"score": 3}}


def test_scope_recommendations_and_tables_name_the_nodes_anew():
    head = """
    scope: [council, gone]
    recommendations: [{id: r1, text: Do it, nodes: [council, lost]}]
    """
    found = carry("{renamed: {council: {to: board, WHY}}, removed: {gone: {WHY}}}", "council.3: ya", head=head)
    assert (found.data["scope"], found.data["recommendations"][0]["nodes"]) == (["board"], ["board"])
    assert [(one.place, one.id, one.answer) for one in found.retired] == [
        ("scope", "gone", None),
        ("recommendations", "lost", "r1"),
    ]


def test_a_scope_of_which_nothing_is_left_is_refused():
    with pytest.raises(FaultsFound, match="Nothing is left of this scope"):
        carry("removed: {gone: {WHY}}", "services: 2", head="scope: [gone]")


# ------------------------------------------------------------------------------------------------ the text


def test_comments_stay_with_their_answers():
    text = """\
# a study
model: m
version: 0.9.0
subject: {id: s, name: S}
answers:
  # about the board
  council.3: ya  # seen
  # about the people
  people.2: ya  # heard
"""
    migration = rules("{renamed: {council: {to: board, WHY}}, removed: {people: {WHY}}}")
    found = carried(yamlfile.parse(text, "a.yaml"), MODEL, (migration,), "0.9.0", "1.0.0")
    assert (
        rewritten(text, found)
        == """\
# a study
model: m
version: 1.0.0
subject: {id: s, name: S}
answers:
  # about the board
  board.3: ya  # seen
retired:
  # about the people
  - {id: people.2, answer: ya, version: 0.9.0, reason: {id: sebab, en: why}}  # heard
"""
    )


def test_what_is_carried_loads_and_says_the_same():
    text = file("council.3: ya\npeople.2: ya\nservices: 2")
    migration = rules("{renamed: {council: {to: board, WHY}}, removed: {people: {WHY}}}")
    found = carried(yamlfile.parse(text, "a.yaml"), MODEL, (migration,), "0.9.0", "1.0.0")
    again = bind(yamlfile.parse(rewritten(text, found), "b.yaml"), MODEL)
    assert place(again).nodes == place(answered(MODEL, "board.3: ya\nservices: 2")).nodes


def test_a_file_without_answers_yet_is_carried_too():
    text = "model: m\nversion: 0.9.0\nsubject: {id: s, name: S}\nanswers:\n"
    found = carried(yamlfile.parse(text, "a.yaml"), MODEL, (), "0.9.0", "1.0.0")
    assert rewritten(text, found) == "model: m\nversion: 1.0.0\nsubject: {id: s, name: S}\nanswers: {}\n"


# ------------------------------------------------------------------------------------------------ the chain


@pytest.fixture
def model(tmp_path):
    """`model(version, name=text …)` writes and loads a model with migrations by file name."""

    def write(version, **migrations):
        folder = tmp_path / "m"
        (folder / "migrations").mkdir(parents=True, exist_ok=True)
        head = HEAD.format(names="{name: L1}, {name: L2}, {name: L3}", scale="{min: 1, max: 5}", inner="level")
        children = "  children: [{id: b, kind: level, title: B}]\n"
        (folder / "model.yaml").write_text(head.replace("1.0.0", version) + children)
        (folder / "sources.yaml").write_text(SOURCES)
        for name, text in migrations.items():
            file = name.replace("_", ".").replace("v", "").replace(".to.", "-to-")
            (folder / "migrations" / f"{file}.yaml").write_text(text.replace("WHY", WHY))
        return load_model(folder)

    return write


def answers_at(tmp_path, version, answers="a: 2"):
    path = tmp_path / "answers.yaml"
    path.write_text(f"model: m\nversion: {version}\nsubject: {{id: s, name: S}}\nanswers:\n  {answers}\n")
    return path


TWO = {
    "v1_0_0_to_2_0_0": "renamed: {a: {to: x, WHY}}",
    "v2_1_0_to_3_0_0": "renamed: {x: {to: b, WHY}}",
}


def test_a_chain_of_migrations_passes_through_every_version(model, tmp_path):
    found = migrate(yamlfile.read(answers_at(tmp_path, "1.0.0")), model("3.0.0", **TWO), "3.0.0")
    assert [migration.file for migration in found.chain] == ["1.0.0-to-2.0.0.yaml", "2.1.0-to-3.0.0.yaml"]
    assert (kept(found), found.data["version"], aside(found)) == ({"b": 2}, "3.0.0", [])
    assert renamings(found.chain) == {"a": "b", "x": "b"}


def test_migrating_again_changes_nothing(model, tmp_path):
    path, loaded = answers_at(tmp_path, "1.0.0"), model("3.0.0", **TWO)
    once = rewritten(path.read_text(), migrate(yamlfile.read(path), loaded, "3.0.0"))
    assert rewritten(once, migrate(yamlfile.parse(once, "a"), loaded, "3.0.0")) == once


def test_within_one_first_number_no_migration_is_needed(model):
    assert chain_to(model("1.4.0"), "1.0.0", "1.4.0") == ()


def test_a_version_to_which_nothing_leads_is_refused(model):
    with pytest.raises(FaultsFound, match=r"no migration of m from version 1\.0\.0 to 2\.0\.0"):
        chain_to(model("2.0.0"), "1.0.0", "2.0.0")
    with pytest.raises(BadUse, match=r"has come to version 2\.0\.0 only"):
        chain_to(model("2.0.0"), "1.0.0", "3.0.0")
    with pytest.raises(FaultsFound, match="only carried forward"):
        chain_to(model("2.0.0"), "2.0.0", "1.0.0")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{renamed: {a: {to: b, WHY}}, removed: {a: {WHY}}}", "“a” meets with two fates"),
        ("renamed: {a: {to: b, WHY}, c: {to: b, WHY}}", "Two ids become “b”"),
        ("renamed: {a: {to: bb, WHY}}", "“bb” is not in the model"),
        ("renamed: {m: {to: b, WHY}}", "“m” is the root"),
        ("renamed: {a: {to: b}}", "“reason” is missing here"),
    ],
)
def test_a_migration_that_cannot_be_meant_is_refused(model, text, said):
    with pytest.raises(FaultsFound, match=said):
        load_migrations(model("2.0.0", v1_0_0_to_2_0_0=text))


def test_a_migration_is_named_after_two_versions(model):
    with pytest.raises(FaultsFound, match="does not tell two versions"):
        load_migrations(model("2.0.0", v2_0_0_to_1_0_0="{}"))


# ------------------------------------------------------------------------------------------------ the pinned version


def test_answers_for_an_older_first_number_are_refused_with_the_command_that_carries_them(model, tmp_path):
    model("2.0.0")
    with pytest.raises(FaultsFound) as found:
        load_answers(answers_at(tmp_path, "1.3.0", "b: 2"))
    (issue,) = found.value.issues
    assert issue.where.line == 2
    assert issue.remedy.en.endswith("answers.yaml --to 2.0.0")


@pytest.mark.parametrize(("pinned", "warned"), [("2.0.0", 0), ("2.1.3", 0), ("2.1.4", 0), ("2.2.0", 1)])
def test_answers_for_a_newer_second_number_are_read_with_a_warning(model, tmp_path, pinned, warned):
    model("2.1.3")
    assert len(load_answers(answers_at(tmp_path, pinned, "b: 2")).warnings) == warned


def test_answers_for_a_newer_first_number_are_refused(model, tmp_path):
    model("2.0.0")
    with pytest.raises(FaultsFound, match="Use the model of that version or a newer one"):
        load_answers(answers_at(tmp_path, "3.0.0", "b: 2"))


# ------------------------------------------------------------------------------------------------ of every model


def flattened(answers):
    """The assessment as a plain file, its model without open nodes: rows are nodes like others."""
    nodes = {id: replace(node, open=None) for id, node in answers.model.nodes.items()}
    data = {"model": "m", "version": "1.0.0", "subject": {"id": "s", "name": "S"}}
    if answers.scope is not None:
        data["scope"] = list(answers.scope)
    written = {id: long_form(entry, answers.model) for id, entry in answers.entries.items()}
    return replace(answers.model, nodes=nodes), {**data, "answers": written}


def bound(text, model):
    """The answers, where the random ones make a file that may be written."""
    try:
        return bind(yamlfile.parse(text, "a.yaml"), model)
    except FaultsFound:
        assume(False)


def long_form(entry, model):
    found = {"status": entry.status}
    if entry.value is not None:
        of_node = entry.id not in facts_of(model)
        value = bool(entry.value) if entry.kind == "criterion" else str(entry.value)
        found[entry.kind if of_node else "value"] = value
    return found | {name: said for name in ("reason", "stage") if (said := getattr(entry, name))}


@examples
@given(dice())
def test_under_other_names_a_model_places_alike(dice):
    model, data = flattened(assessment(dice))
    ids = {id: f"x-{id}" for id in model.nodes if id != model.id and dice.often()}
    new = replace(with_ids(model, ids), version="2.0.0")
    text = json.dumps(data)
    before = place(bound(text, model))
    migration = rules(
        json.dumps({"renamed": {id: {"to": to, "reason": "r"} for id, to in ids.items()}}), "1.0.0", "2.0.0"
    )
    found = carried(yamlfile.parse(text, "a.yaml"), new, (migration,), "1.0.0", "2.0.0")
    assert found.retired == ()
    after = place(bind(yamlfile.parse(rewritten(text, found), "b.yaml"), new))
    told = [(node.low, node.high, node.score_low, node.score_high) for node in before.nodes.values()]
    assert told == [(node.low, node.high, node.score_low, node.score_high) for node in after.nodes.values()]


def any_rules(dice: Dice, ids):
    """A random fate for each id: it stays, is renamed, moved, split, merged, or removed; and some values change."""
    found = {"renamed": {}, "moved": {}, "split": {}, "merged": {}, "removed": {}, "values": []}
    for number, id in enumerate(ids):
        fate = dice.pick(("stays", "renamed", "moved", "split", "merged", "removed"))
        if fate in ("renamed", "moved"):
            found[fate][id] = {"to": dice.pick((f"x-{number}", *ids)), "reason": "r"}
        elif fate == "split":
            carry = dice.pick(("each", "met", "unmet", "none"))
            found[fate][id] = {"into": [f"y-{number}", dice.pick(ids)], "carry": carry, "reason": "r"}
        elif fate == "merged":
            carry = dice.pick(("lowest", "highest", "same", "none"))
            found[fate][f"z-{number}"] = {"of": [id, f"w-{number}"], "carry": carry, "reason": "r"}
        elif fate == "removed":
            found[fate][id] = {"reason": "r"}
    for value in ("ya", "tidak", "1", "2"):
        if dice.seldom():
            found["values"].append({"map": {value: dice.pick((None, "ya", "2"))}, "reason": "r"})
    return json.dumps(found)


@examples
@given(dice())
def test_no_migration_loses_an_answer(dice):
    model, data = flattened(assessment(dice))
    data.pop("scope", None)
    ids = sorted(data["answers"]) or ["m"]
    chain = (rules(any_rules(dice, ids), "1.0.0", "2.0.0"), rules(any_rules(dice, ids), "2.0.0", "3.0.0"))
    text = json.dumps(data)
    new = replace(model, version=dice.pick(("3.0.0", "4.0.0")))  # of 4.0.0 nobody knows yet what it takes
    found = carried(yamlfile.parse(text, "a.yaml"), new, chain, "1.0.0", "3.0.0")
    for id, answer in data["answers"].items():
        whole = [entry for entry in found.entries if entry.origin == id and entry.written == answer]
        assert whole or [one for one in found.retired if one.origin == id and one.answer == answer], id
    assert found.data["version"] == "3.0.0"
    assert rewritten(text, found)


def test_without_migrations_nothing_leads_on():
    assert leading((), "1.0.0", "2.0.0") == ()
