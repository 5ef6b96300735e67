"""`gscm model diff` and `gscm model migrate`, as their user calls them."""

import json
import shutil

import pytest

from tests.tiny import HEAD, SOURCES

ROOT = "  children: [{id: CHILD, kind: level, title: Child}]\n"
RENAMED = "renamed: {old-child: {to: child, reason: clearer}}\n"


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A folder with m (version 2.0.0), m-1 (version 1.0.0) and answers for the latter."""
    monkeypatch.chdir(tmp_path)
    head = HEAD.format(names="{name: L1}, {name: L2}", scale="{min: 1, max: 2}", inner="level")
    for name, version, child in (("m-1", "1.0.0", "old-child"), ("m", "2.0.0", "child")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.yaml").write_text(head.replace("1.0.0", version) + ROOT.replace("CHILD", child))
        (tmp_path / name / "sources.yaml").write_text(SOURCES)
    (tmp_path / "m/migrations").mkdir()
    (tmp_path / "m/migrations/1.0.0-to-2.0.0.yaml").write_text(RENAMED)
    answers = tmp_path / "answers.yaml"
    answers.write_text("model: m\nversion: 1.0.0\nsubject: {id: s, name: S}\nanswers:\n  old-child: 2\n")
    return tmp_path


def test_nothing_is_written_unless_it_is_said_where(gscm, study):
    before = (study / "answers.yaml").read_text()
    ended = gscm("model", "migrate", "answers.yaml", "--to", "2.0.0")
    assert ended.code == 0
    assert "old-child → child" in ended.out
    assert "Nothing is written yet" in ended.out
    assert (study / "answers.yaml").read_text() == before
    assert {file.name for file in study.iterdir()} == {"m", "m-1", "answers.yaml"}


def test_in_place_writes_into_the_file_and_the_second_time_changes_nothing(gscm, study):
    for _ in range(2):
        assert gscm("model", "migrate", "answers.yaml", "--to", "2.0.0", "--in-place").code == 0
        assert (study / "answers.yaml").read_text() == (
            "model: m\nversion: 2.0.0\nsubject: {id: s, name: S}\nanswers:\n  child: 2\n"
        )
    assert gscm("assess", "answers.yaml").code == 0


def test_a_file_that_somebody_went_on_writing_is_not_overwritten_and_the_same_text_may_be_written_again(gscm, study):
    again = ("model", "migrate", "answers.yaml", "--to", "2.0.0", "--out", "new.yaml")
    assert [gscm(*again).code for _ in range(2)] == [0, 0]
    new = study / "new.yaml"
    new.write_text(new.read_text() + "# answered since\n")
    ended = gscm(*again)
    assert (ended.code, "new.yaml exists and is not overwritten" in ended.err) == (2, True)
    assert new.read_text().endswith("# answered since\n")


def test_migrate_tells_programs_what_became_of_each_answer(gscm, study):
    told = json.loads(gscm("model", "migrate", "answers.yaml", "--to", "2.0.0", "--json").out)
    assert told["carried"] == [{"old": "old-child", "new": "child"}]
    assert (told["retired"], told["written"]) == ([], None)


@pytest.mark.parametrize(("to", "said"), [("2", "not a version number"), ("3.0.0", "has come to version 2.0.0 only")])
def test_a_version_that_is_none_or_not_there_yet_is_refused(gscm, study, to, said):
    ended = gscm("model", "migrate", "answers.yaml", "--to", to)
    assert ended.code == 2
    assert said in ended.err


def test_answers_that_name_no_version_are_not_migrated(gscm, study):
    file = study / "answers.yaml"
    file.write_text(file.read_text().replace("version: 1.0.0\n", ""))
    ended = gscm("model", "migrate", "answers.yaml", "--to", "2.0.0")
    assert ended.code == 1
    assert "Add it, for example version: 1.0.0." in ended.err


def test_diff_tells_programs_each_change_and_what_the_version_has_to_do(gscm, study):
    told = json.loads(gscm("model", "diff", "m-1", "m", "--answers", "answers.yaml", "--json").out)
    assert [(change["node"], change["what"], change["effect"]) for change in told["changes"]] == [
        ("child", "id", "result")
    ]
    assert (told["asks_for"], told["obeys"]) == ("major", True)
    assert [(one["nodes"], one["retired"]) for one in told["answers"]] == [([], [])]


def test_diff_of_two_copies_says_that_they_are_the_same(gscm, study):
    shutil.copytree(study / "m", study / "copy")
    assert "The two models are the same." in gscm("model", "diff", "m", "copy").out
