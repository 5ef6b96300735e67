"""Whatever a user gives: one sentence for each fault, exit code 1 or 2, never a traceback."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import STUDY


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


FILES = {
    "empty.yaml": (b"", 1, "This file is empty."),
    "comment.yaml": (b"# nothing here\n", 1, "This file is empty."),
    "binary.yaml": (bytes(range(256)), 2, "not UTF-8"),
    "text.yaml": (b"Just a sentence.", 1, "keys with values"),
    "list.yaml": (b"- 1\n- 2\n", 1, "keys with values"),
    "garbage.yaml": (b"a: [1, 2\nb: }", 1, "not valid YAML"),
    "tabs.yaml": (b"a:\n\t- 1", 1, "indented by spaces"),
    "control.yaml": (b"model: \x07\n", 1, "not valid YAML"),
    "brackets.yaml": (b"[" * 50_000, 1, "deeper"),
    "braces.yaml": (b"{a: " * 50_000, 1, "deeper"),
    "large.yaml": (b"a: b\n" * 2_000_000, 2, "larger than"),
    "bomb.yaml": (b"a: &a [x, x]\nb: [*a, *a]\n", 1, "anchors"),
    "twice.yaml": (b"model: spbe-2020\nmodel: spbe-2020\n", 1, "already stands on line 1"),
    "unknown.yaml": (b"modle: spbe-2020\nsubject: {id: x, name: X}\nanswers: {}\n", 1, "Did you mean"),
    "model.yaml": (b"model: spbe\nsubject: {id: x, name: X}\nanswers: {}\n", 2, "Did you mean"),
    "number.yaml": (b"model: 7\nsubject: {id: x, name: X}\nanswers: {}\n", 1, "must be text"),
}


def test_the_database_of_a_study_is_no_answers_file_and_its_folder_is_named(gscm):
    Path("kajian").mkdir()
    Path("kajian/study.sqlite").write_bytes(b"SQLite format 3\0" + bytes(84))
    ended = gscm("analyse", "kajian/study.sqlite")
    assert ended.code == 2
    assert "Name the folder of the study: gscm analyse kajian" in ended.err


@pytest.mark.parametrize("command", ["assess", "explain", "compare", "report"])
@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_is_refused_in_a_sentence(gscm, command, name):
    content, code, words = FILES[name]
    Path(name).write_bytes(content)
    ended = gscm(command, name, *(["--out", "x.html"] if command == "report" else []))
    assert (ended.code, ended.out) == (code, "")
    assert words in ended.err
    assert "inside gscm" not in ended.err


@pytest.mark.parametrize("name", [name for name in FILES if name != "model.yaml"])
def test_the_fault_is_said_with_file_and_remedy(gscm, name):
    content, _, _ = FILES[name]
    Path(name).write_bytes(content)
    first = gscm("assess", name).err.splitlines()[0]
    assert first.startswith(name)
    assert first.count(". ") + first.count("? ") >= 1, "what, then remedy"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("assess", "nowhere.yaml"), "nowhere.yaml: There is no such file."),
        (("assess", "."), "This is a folder"),
        (("assess", ""), ""),
        (("assess", STUDY, "--model", "gscm-provinces"), "Did you mean “gscm-province”?"),
        (("assess", STUDY, "--model", "."), "holds no model.yaml"),
        (("explain", STUDY, "--node", "councl"), "Did you mean “council”?"),
        (("explain", STUDY, "--depth", "0"), "Value not accepted"),
        (("report", STUDY, "--out", "x.docx"), "neither a .pdf nor a .html"),
        (("report", STUDY, "--out", "nowhere/x.html"), "There is no folder “nowhere”"),
        (("report", STUDY, "--out", "x.html", "--report", "asessment"), "assessment"),
        (("report", STUDY), "--out is missing"),
        (("model", "check", "nowhere"), "There is no model “nowhere”"),
        (("model", "show", "spbe-2020", "--node", "i48"), "There is no node “i48”"),
        (("model", "test", "nowhere"), "There is no model “nowhere”"),
        (("model", "schema", "--kind", "x"), "Value not accepted"),
        (("verify", STUDY, "nowhere.json"), "There is no such file."),
        (("verify", STUDY, "."), "cannot be read"),
        (("assess",), "ANSWERS.yaml is missing"),
        (("asses", STUDY), "There is no command “asses”. There are: assess"),
        (("model", "lst"), "There is no command “lst”"),
        (("assess", STUDY, "--jsn"), "There is no option --jsn. (--json?)"),
        (("--nope",), "There is no option --nope."),
        (("assess", STUDY, "more.yaml"), "Too many arguments: more.yaml."),
        (("model",), "Usage: gscm model"),
    ],
)
def test_bad_use_is_said_in_a_sentence(gscm, arguments, words):
    ended = gscm(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert "inside gscm" not in ended.err
    assert "Traceback" not in ended.err


def test_bad_use_is_said_in_indonesian_too(gscm):
    assert gscm("asses", "--lang", "id").err.startswith("Perintah “asses” tidak ada.")
    assert "--out belum disebutkan" in gscm("report", STUDY, "--lang", "id").err
    assert "--depth harus bilangan bulat dari 1" in gscm("explain", STUDY, "--depth", "0", "--lang", "id").err
    assert "Yang ada untuk --kind: model" in gscm("model", "schema", "--kind", "x", "--lang", "id").err


def test_what_a_file_says_cannot_steer_the_terminal_or_fill_it(gscm, spbe):
    said = gscm("assess", spbe('{i1: "\\e[31mred", i2: ' + "9" * 5000 + "}")).err
    assert "\x1b" not in said
    assert len(said) < 1000


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("/proc/x.html", "“x.html” cannot be written in the folder “/proc”"),
        ("folder.html", "“folder.html” is a folder, not a file."),
        ("nowhere/x.html", "There is no folder “nowhere”. Create it first"),
    ],
)
def test_a_report_that_cannot_be_written_is_said_in_a_sentence(gscm, target, sentence):
    Path("folder.html").mkdir()
    ended = gscm("report", STUDY, "--out", target)
    assert ended.code == 2
    assert sentence in ended.err


def test_a_graph_that_cannot_be_written_is_said_in_a_sentence(gscm):
    ended = gscm("model", "graph", "spbe-2020", "--out", "nowhere/x.svg")
    assert ended.code == 2
    assert "There is no folder “nowhere”" in ended.err


def test_a_fault_inside_is_said_in_a_sentence_that_asks_for_a_report(gscm, monkeypatch):
    monkeypatch.setattr("gscm.assessment.place", lambda answers: 1 / 0)
    ended = gscm("assess", STUDY)
    assert ended.code == 2
    assert "ZeroDivisionError" in ended.err
    assert "--debug" in ended.err


def test_all_faults_are_counted_at_the_end(gscm, spbe):
    ended = gscm("assess", spbe("{i1: 2.5, i2: yes, i3: 6}"))
    assert ended.code == 1
    assert ended.err.splitlines()[-1] == "3 things to mend."


RESULTS = {
    "nothing": ("", 2, "not valid JSON"),
    "binary": ("\x00\x01", 2, "not valid JSON"),
    "deep": ("[" * 100_000, 2, "not valid JSON"),
    "list": ("[]", 1, "holds no certificate"),
    "empty": ("{}", 1, "holds no certificate"),
    "certificate list": ('{"certificate": []}', 1, "holds no certificate"),
    "certificate empty": ('{"certificate": {}}', 1, "certificate"),
    "nodes list": ('{"nodes": [], "certificate": {"nodes": []}}', 1, "nodes"),
    "nodes of numbers": ('{"nodes": {"x": 1}, "certificate": {"nodes": {"x": 1}}}', 1, "x"),
    "not a number": ('{"certificate": {"nodes": {"gscm-province": {"low": NaN}}}}', 1, "certificate"),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_broken_result_is_refused_in_a_sentence(gscm, name):
    text, code, words = RESULTS[name]
    Path("result.json").write_text(text)
    ended = gscm("verify", STUDY, "result.json")
    assert (ended.code, ended.out) == (code, "")
    assert words in ended.err
    assert "inside gscm" not in ended.err


@pytest.mark.parametrize("wrong", [None, 0, "", [], {}, "1/0", -1, 10**400])
@pytest.mark.parametrize("key", ["low", "high", "score_low", "score_high", "held_by", "blocked_by", "ceiling"])
def test_a_certificate_with_anything_in_a_place_is_refused_in_a_sentence(gscm, spbe, key, wrong):
    answers = spbe("{" + ", ".join(f"i{number}: 3" for number in range(1, 48)) + "}")
    result = json.loads(gscm("assess", answers, "--json").out)
    result["certificate"]["nodes"]["spbe-2020"][key] = wrong
    Path("result.json").write_text(json.dumps(result))
    ended = gscm("verify", answers, "result.json")
    assert ended.code == 1
    assert "spbe-2020" in ended.err
