"""`gscm crosswalk`: what it prints, what it writes, what it refuses."""

import json

import pytest

from gscm.responses.load import load_answers

OLD = "model: spbe-2018\nsubject: {id: x, name: X, year: 2020}\nanswers: {i26: 3, i27: 2, i25: 3}\n"


@pytest.fixture
def old(tmp_path):
    file = tmp_path / "old.yaml"
    file.write_text(OLD)
    return file


def test_list_names_each_crosswalk_with_its_models(gscm):
    assert "spbe-2018 → spbe-2020" in gscm("crosswalk", "list").out
    assert {"id", "from", "to", "same"} <= set(json.loads(gscm("crosswalk", "list", "--json").out)[0])


def test_show_gives_both_sides_the_relation_and_the_reason(gscm):
    shown = gscm("crosswalk", "show", "spbe-2018-2020").out
    assert "i25 narrower than i37\n    Official correspondence is part of dynamic records" in shown
    (found,) = [
        mapping
        for mapping in json.loads(gscm("crosswalk", "show", "spbe-2018-2020", "--json").out)["mappings"]
        if mapping["from"] == "i25"
    ]
    assert (found["to"], found["relation"], found["basis"]) == ("i37", "narrower", "ours")


def test_check_finds_the_shipped_crosswalks_sound(gscm):
    ended = gscm("crosswalk", "check")
    assert ended.code == 0
    assert ended.out.count("is sound") == len(json.loads(gscm("crosswalk", "list", "--json").out))


def test_check_tells_every_fault_with_its_line(gscm, tmp_path):
    file = tmp_path / "t.yaml"
    file.write_text(
        "id: t\nversion: 1.0.0\ntitle: T\nabout: a\nfrom: spbe-2018\nto: spbe-2020\nbasis: ours\nsource: s\nmappings:\n"
        "  - {from: i99, to: i1, relation: related, reason: r}\n"
        "  - {from: i1, to: i2@9, relation: related, reason: r}\n"
    )
    ended = gscm("crosswalk", "check", file)
    assert ended.code == 1
    assert f"{file}:10:" in ended.err
    assert f"{file}:11:" in ended.err
    told = gscm("crosswalk", "check", file, "--json")
    assert (told.code, [issue["line"] for issue in json.loads(told.out)]) == (1, [10, 11])


def test_offer_alone_writes_nothing(gscm, old):
    before = sorted(old.parent.iterdir())
    ended = gscm("crosswalk", "offer", old, "--to", "spbe-2020")
    assert "Can be reused: 2" in ended.out
    assert "i36: level 3, from i26: level 3" in ended.out
    assert "i37: see i25: level 3 (i25 is narrower than i37)" in ended.out
    assert sorted(old.parent.iterdir()) == before


def test_offer_as_json_tells_the_mark_and_the_reason(gscm, old):
    told = json.loads(gscm("crosswalk", "offer", old, "--to", "spbe-2020", "--json").out)
    (first, _) = told["offers"]
    assert (first["fact"], first["value"], first["reused"]["date"]) == ("i32", 2, "2020")
    assert first["mapping"]["reason"]["en"].startswith("Both assess")
    assert told["written"] is None


def test_offer_writes_a_new_file_with_marked_answers(gscm, old):
    new = old.parent / "new.yaml"
    assert gscm("crosswalk", "offer", old, "--to", "spbe-2020", "--out", new).code == 0
    entries = load_answers(new).entries
    assert {id: (entry.value, entry.reused.fact) for id, entry in entries.items()} == {
        "i32": (2, "i27"),
        "i36": (3, "i26"),
    }
    again = gscm("crosswalk", "offer", old, "--to", "spbe-2020", "--out", new)
    assert (again.code, "exists and is not overwritten" in again.err) == (2, True)


def test_offer_adds_to_a_file_and_leaves_all_else_as_it_is(gscm, old, spbe):
    begun = spbe("\n  i36: 5  # assessed anew\n  i1: 2")
    text = begun.read_text()
    ended = gscm("crosswalk", "offer", old, "--into", begun)
    assert "i36: level 3, from i26: level 3 · answered already: level 5" in ended.out
    written = begun.read_text().splitlines()
    assert [line for line in written if "reused" not in line] == text.splitlines()
    assert [line.split(":")[0].strip() for line in written if "reused" in line] == ["i32"]


def test_where_nothing_is_offered_nothing_is_written(gscm, old, spbe):
    begun = spbe("{i32: 2, i36: 3}")
    before = begun.read_text()
    assert "Nothing was written." in gscm("crosswalk", "offer", old, "--into", begun).out
    assert begun.read_text() == before


def test_old_answers_are_said_to_be_old(gscm, old, spbe):
    assert "2 answer(s) are more than 2 years old" in gscm("crosswalk", "offer", old, "--into", spbe("{}")).out
    assert "years old" not in gscm("crosswalk", "offer", old, "--into", spbe("{}"), "--date", "2021-06-01").out


def test_a_reused_answer_is_told_in_the_result(gscm, old):
    new = old.parent / "new.yaml"
    gscm("crosswalk", "offer", old, "--to", "spbe-2020", "--out", new)
    assert "2 answer(s) reused from spbe-2018 (2020)" in gscm("assess", new).out


def test_answers_of_another_subject_are_refused(gscm, old, spbe):
    begun = spbe("{}")
    begun.write_text(begun.read_text().replace("id: x", "id: y"))
    ended = gscm("crosswalk", "offer", old, "--into", begun)
    assert (ended.code, "is about “x”" in ended.err) == (2, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "The model to go to is missing."),
        (("--to", "masterplan-progress"), "There is no crosswalk between spbe-2018 and masterplan-progress."),
        (("--to", "spbe-2020", "--date", "soon"), "“soon” is neither a date nor a year."),
        (("--to", "spbe-2020", "--crosswalk", "spbe-2018"), "There is no crosswalk “spbe-2018”."),
        (("--out", "a.yaml", "--into", "b.yaml"), "--out and --into cannot go together."),
    ],
)
def test_what_cannot_work_is_told_with_a_remedy(gscm, old, options, said):
    ended = gscm("crosswalk", "offer", old, *options)
    assert ended.code == 2
    assert said in ended.err
    assert "Traceback" not in ended.err
