"""--lang and --debug hold wherever they stand; without --lang the environment chooses, else Indonesian."""

import pytest

from tests.cli.conftest import STUDY

ID, EN = "Cakupan jawaban", "Answers cover"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "id", "assess", STUDY),
        ("--lang=id", "assess", STUDY),
        ("assess", "--lang", "id", STUDY),
        ("assess", STUDY, "--lang", "id"),
        ("assess", STUDY, "--lang=id"),
    ],
)
def test_lang_holds_wherever_it_stands(gscm, arguments):
    ended = gscm(*arguments)
    assert (ended.code, ended.err) == (0, "")
    assert ID in ended.out


def test_lang_before_a_command_of_a_group_holds_too(gscm):
    assert "rekonstruksi" in gscm("--lang", "id", "model", "list").out
    assert "rekonstruksi" in gscm("model", "--lang", "id", "list").out


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("GSCM_LANG", "en", EN),
        ("LC_ALL", "en_US.UTF-8", EN),
        ("LANG", "en_GB.UTF-8", EN),
        ("LANG", "id_ID.UTF-8", ID),
        ("LANG", "C.UTF-8", ID),
        ("LANG", "", ID),
    ],
)
def test_the_environment_chooses_the_language(gscm, monkeypatch, name, value, words):
    for each in ("GSCM_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(name, value)
    assert words in gscm("assess", STUDY).out


def test_an_unknown_language_is_refused_in_a_sentence(gscm):
    ended = gscm("assess", STUDY, "--lang", "fr")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "--lang: there is no language “fr”. There are: id, en.\n"


def test_a_language_left_out_is_said_in_a_sentence(gscm):
    assert gscm("assess", STUDY, "--lang").code == 2


def test_after_two_dashes_every_word_is_a_name(gscm):
    assert gscm("assess", "--", "--lang").err.startswith("--lang: There is no such file.")


@pytest.mark.parametrize("arguments", [("--debug", "assess", "nowhere.yaml"), ("assess", "nowhere.yaml", "--debug")])
def test_debug_shows_the_traceback_and_keeps_the_exit_code(gscm, arguments):
    ended = gscm(*arguments)
    assert "gscm.errors.Unreadable: nowhere.yaml" in ended.err
    assert ended.code == 2
