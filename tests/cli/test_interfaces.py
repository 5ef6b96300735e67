"""The words that later work and outside checks rely on, line by line as they were promised."""

import json
import re
import shutil

import pytest

from gscm.cli.model import schemas
from gscm.model.load import shipped_models
from tests.cli.conftest import ROOT, STUDY

BANJARMASIN = sorted((ROOT / "examples/banjarmasin").glob("spbe-*.yaml"))
SMART_CITY = sorted((ROOT / "examples/banjarmasin").glob("smart-city-*.yaml"))
FULL = "{" + ", ".join(f"i{number}: 3" for number in range(1, 48)) + "}"


def result(gscm, *arguments):
    ended = gscm("assess", *arguments, "--json")
    assert (ended.code, ended.err) == (0, "")
    return json.loads(ended.out)


# gscm assess ANSWERS.yaml [--model ID_OR_FOLDER] [--json]


def test_assess_places_the_study_at_initial(gscm):
    assert result(gscm, STUDY)["overall"]["level_name"] == "Initial"


def test_assess_takes_a_model_by_id_or_by_folder(gscm, tmp_path):
    answers = tmp_path / "answers.yaml"
    answers.write_text("model: elsewhere\nsubject: {id: x, name: X}\nanswers: {i1: 3}\n")
    by_id = result(gscm, answers, "--model", "spbe-2020")
    assert by_id["model"] == "spbe-2020"
    assert by_id == result(gscm, answers, "--model", ROOT / "models/spbe-2020")


def test_assess_prints_one_object_with_these_keys(gscm):
    found = result(gscm, STUDY)
    assert {"model", "model_version", "subject", "overall", "nodes", "certificate"} <= set(found)
    assert found["model"] == "gscm-province"
    assert found["subject"]["id"] == "kalimantan-selatan"
    assert found["overall"] == found["nodes"]["gscm-province"]


def test_every_node_has_these_keys(gscm):
    keys = {"score", "score_exact", "score_low", "score_high", "level", "level_name", "level_low", "level_high"}
    for node in result(gscm, STUDY)["nodes"].values():
        assert keys | {"coverage", "blocked_by"} <= set(node)
        assert all(set(fact) == {"fact", "level", "open"} for fact in node["blocked_by"])


def test_a_known_score_is_a_decimal_string_and_an_exact_fraction(gscm, spbe):
    node = result(gscm, spbe("{a5: {score: 14/3}}"))["nodes"]["a5"]
    assert (node["score"], node["score_exact"]) == ("4.67", "14/3")
    assert (node["score_low"], node["score_high"], node["coverage"]) == ("4.67", "4.67", 0.0)


def test_an_open_score_is_null_between_its_ends(gscm, spbe):
    node = result(gscm, spbe("{i1: 3}"))["overall"]
    assert (node["score"], node["score_exact"]) == (None, None)
    assert float(node["score_low"]) < float(node["score_high"])
    assert node["level_low"] < node["level_high"]


def test_a_level_is_null_where_the_node_has_none(gscm, spbe):
    nodes = result(gscm, spbe(FULL))["nodes"]
    assert (nodes["a1"]["level"], nodes["a1"]["level_name"], nodes["a1"]["score"]) == (None, None, "3.00")
    assert nodes["i1"]["level"] == 3


def test_spbe_has_its_ids_and_its_predicate(gscm, spbe):
    found = result(gscm, spbe(FULL))
    ids = {f"d{n}" for n in range(1, 5)} | {f"a{n}" for n in range(1, 9)} | {f"i{n}" for n in range(1, 48)}
    assert set(found["nodes"]) == ids | {"spbe-2020"}
    assert (found["overall"]["score"], found["overall"]["level_name"]) == ("3.00", "Baik")


# ANSWERS.yaml


def test_only_the_index_gives_the_predicate(gscm, spbe):
    overall = result(gscm, spbe("{overall: 3.31}"))["overall"]
    assert (overall["score"], overall["level_name"]) == ("3.31", "Baik")


def test_a_level_may_be_written_long(gscm, spbe):
    assert result(gscm, spbe("{i1: 1}"))["nodes"] == result(gscm, spbe("{i1: {status: given, value: 1}}"))["nodes"]


def test_unknown_leaves_everything_open(gscm, spbe):
    node = result(gscm, spbe("{i2: {status: unknown}}"))["nodes"]["i2"]
    assert (node["level"], node["level_low"], node["level_high"], node["coverage"]) == (1, 1, 5, 0.0)


def test_a_score_stands_in_for_its_subtree(gscm, spbe):
    assert result(gscm, spbe("{a2: {score: 1.25}}"))["nodes"]["a2"]["score"] == "1.25"
    assert result(gscm, spbe("{a2: 1.25}"))["nodes"]["a2"]["score"] == "1.25"
    ended = gscm("assess", spbe("{a2: {score: 1.25}, i11: 3}"))
    assert ended.code == 1
    assert "“a2”" in ended.err


def test_a_bare_number_at_an_inner_node_of_gscm_is_a_level(gscm, tmp_path):
    answers = tmp_path / "answers.yaml"
    answers.write_text("model: gscm-province\nsubject: {id: x, name: X}\nanswers: {council: 3}\n")
    node = result(gscm, answers)["nodes"]["council"]
    assert (node["level"], node["level_low"], node["level_high"]) == (3, 3, 3)


def test_what_is_outside_the_scope_is_not_assessed(gscm, tmp_path):
    answers = tmp_path / "answers.yaml"
    answers.write_text("model: spbe-2020\nsubject: {id: x, name: X}\nscope: [d1, d2]\nanswers: {i1: 3}\n")
    nodes = result(gscm, answers)["nodes"]
    assert (nodes["d1"]["assessed"], nodes["d3"]["assessed"]) == (True, False)


@pytest.mark.parametrize("wrong", ["2.5", "yes", ".nan", "0", "6"])
def test_an_indicator_of_spbe_takes_whole_levels_from_1_to_5_only(gscm, spbe, wrong):
    file = spbe(f"{{i1: {wrong}}}")
    ended = gscm("assess", file)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"{file}:3: “i1” holds “{wrong}”, but must be a whole number from 1 to 5. ")


# gscm report ANSWERS.yaml --out FILE.pdf [--report ID] [--lang id|en]     # .html as well


@pytest.mark.parametrize(("suffix", "start"), [("pdf", b"%PDF-"), ("html", b"<!DOCTYPE html>")])
def test_report_writes_pdf_and_html(gscm, tmp_path, suffix, start):
    target = tmp_path / f"report.{suffix}"
    ended = gscm("report", STUDY, "--out", target, "--report", "assessment", "--lang", "en")
    assert (ended.code, ended.out) == (0, f"Report written to {target}.\n")
    assert target.read_bytes().lower().startswith(start.lower())


# gscm explain ANSWERS.yaml [--node ID] [--lang id|en]


@pytest.mark.parametrize(("language", "council"), [("id", "Dewan Smart Province"), ("en", "Smart Province council")])
def test_explain_names_the_missing_council_and_collaboration(gscm, language, council):
    said = gscm("explain", STUDY, "--lang", language).out
    assert "Initial" in said
    assert council.lower() in said.lower()
    assert "partnerships.2" in said


def test_explain_takes_a_node_and_gives_json(gscm):
    found = json.loads(gscm("explain", STUDY, "--node", "governance", "--json").out)
    assert found["node"] == "governance"


# models that rank: a score, no level


@pytest.fixture
def ranking(tmp_path):
    """Answers to a model without levels, two items of one dimension known."""
    file = tmp_path / "ranking.yaml"
    head = "model: kominfo-2022-first-year\nsubject: {id: x, name: X}\nscope: [baseline]\n"
    file.write_text(head + "answers: {legal-basis: 2, council-met: 1, team-met: 2, programmes-run: 1}\n")
    return file


def test_assess_has_no_column_of_levels_where_there_are_none(gscm, ranking):
    lines = gscm("assess", ranking).out.splitlines()
    assert "Smart-city index (partial scope): 1.20–2.00 on a scale of 0 to 4." in lines[2]
    assert next(line for line in lines if line.startswith("Node")).split() == ["Node", "Score", "Cover"]


def test_explain_shows_weight_times_score_and_what_moves_it(gscm, ranking):
    said = gscm("explain", ranking, "--node", "baseline").out
    assert re.search(r"Planning +60% +1\.67 +1\.00", said)
    assert re.search(r"Open answers.*\n  \+0\.80  activities-run: ", said)
    assert "no level to lift" in gscm("explain", ranking, "--flips").out
    found = json.loads(gscm("explain", ranking, "--node", "baseline", "--json").out)
    assert found["contributions"][0] == {"node": "planning", "share": "3/5", "low": "1.00", "high": "1.00"}


def test_a_level_raised_by_several_steps_is_told_once(gscm, tmp_path):
    file = tmp_path / "pemdi.yaml"
    file.write_text(
        "model: pemdi-2026\nsubject: {id: x, name: X}\nanswers: {"
        + ", ".join(f"i{n}: {2.2 if n == 20 else 3}" for n in range(1, 21))
        + "}\n"
    )
    told = gscm("explain", file, "--flips").out.partition("The smallest set")[2]
    assert len(re.findall(r"↑ i20: .*\(now 2\.2\) → 5", told.replace("\n    ", " "))) == 1


def test_model_show_says_where_weights_are_unpublished(gscm):
    rows = [line.split() for line in gscm("model", "show", "kominfo-2020").out.splitlines()]
    assert [row[-2:] for row in rows if row[:1] == ["baseline"]] == [["–", "unpublished"]]


# gscm compare A.yaml B.yaml …


def test_compare_puts_waves_side_by_side(gscm):
    ended = gscm("compare", *BANJARMASIN)
    assert ended.code == 0
    index = next(line for line in ended.out.splitlines() if line.startswith("SPBE index"))
    assert index.split()[2:] == ["2.48", "3.31", "4.00", "4.06"]


def test_compare_keeps_instruments_apart_and_says_so(gscm):
    ended = gscm("compare", STUDY, BANJARMASIN[0])
    assert "neither added nor averaged" in ended.out
    groups = json.loads(gscm("compare", STUDY, BANJARMASIN[0], "--json").out)["groups"]
    assert [group["model"] for group in groups] == ["gscm-province", "spbe-2020"]


def test_compare_puts_the_two_indices_of_banjarmasin_side_by_side_each_on_its_own_scale(gscm):
    spbe, smart = (sorted(files) for files in (BANJARMASIN[1:3], SMART_CITY[:2]))
    told = gscm("compare", *spbe, *smart).out
    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert "SPBE index 3.31 4.00" in lines
    assert "Level Baik Sangat Baik" in lines
    assert "Smart-city index 3.06 3.31" in lines
    assert "scale 1–5" in told
    assert "scale 0–4" in told
    assert "neither added nor averaged" in told


def test_compare_tells_the_faults_of_all_files(gscm, spbe, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(spbe("{i1: 9}").read_text())
    ended = gscm("compare", tmp_path / "answers.yaml", other)
    assert ended.code == 1
    assert "answers.yaml:3" in ended.err
    assert "other.yaml:3" in ended.err


def test_compare_never_prints_a_scoped_score_as_the_index(gscm, tmp_path):
    file = tmp_path / "scoped.yaml"
    file.write_text("model: spbe-2020\nsubject: {id: x, name: X}\nscope: [d1]\nanswers: {a1: 3}\n")
    assert "3.00 (partial scope)" in gscm("compare", file, BANJARMASIN[0]).out


# gscm verify ANSWERS.yaml RESULT.json


@pytest.fixture
def stated(gscm, tmp_path):
    """The result of the study, and a file to put it in."""
    return result(gscm, STUDY), tmp_path / "result.json"


def test_verify_accepts_what_assess_printed(gscm, stated):
    found, file = stated
    file.write_text(json.dumps(found))
    ended = gscm("verify", STUDY, file)
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(gscm("verify", STUDY, file, "--json").out) == {"confirmed": True, "objections": []}


def raise_a_level(found):
    found["certificate"]["nodes"]["governance"].update(low=3, high=3)
    found["nodes"]["governance"].update(level=3, level_low=3, level_high=3)


def narrow_a_score(found):
    found["certificate"]["nodes"]["governance"]["score_low"] = "50/8"


def drop_what_holds(found):
    found["certificate"]["nodes"]["governance"]["held_by"] = []


def print_another_level(found):
    found["nodes"]["governance"]["level"] = 5


def print_another_overall(found):
    found["overall"] = {**found["overall"], "level": 5}


def leave_a_node_out(found):
    del found["nodes"]["governance"], found["certificate"]["nodes"]["governance"]


def claim_another_model(found):
    found["certificate"]["model_sha256"] = "0" * 64


def claim_other_answers(found):
    found["certificate"]["answers_sha256"] = "0" * 64


def present_as_official(found):
    found["model_status"] = "official"


def re_word_the_notice(found):
    found["notice"]["id"] = "Hasil resmi."


def leave_the_notes_out(found):
    found["notes"] = []


def add_a_word_to_a_node(found):
    found["nodes"]["people"]["predicate"] = "Smart"


def write_true_for_one(found):
    found["nodes"]["people"]["level"] = True


@pytest.mark.parametrize(
    "change",
    [
        present_as_official,
        re_word_the_notice,
        leave_the_notes_out,
        add_a_word_to_a_node,
        write_true_for_one,
        raise_a_level,
        narrow_a_score,
        drop_what_holds,
        print_another_level,
        print_another_overall,
        leave_a_node_out,
        claim_another_model,
        claim_other_answers,
    ],
)
def test_verify_refuses_a_result_that_was_changed(gscm, stated, change):
    found, file = stated
    change(found)
    file.write_text(json.dumps(found))
    ended = gscm("verify", STUDY, file)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"{file}: ")
    as_json = gscm("verify", STUDY, file, "--json")
    assert (as_json.code, json.loads(as_json.out)["confirmed"]) == (1, False)


@pytest.mark.parametrize(
    "key", ["score", "score_exact", "score_low", "score_high", "level_name", "blocked_by", "coverage"]
)
def test_verify_refuses_figures_that_differ_from_the_certificate(gscm, spbe, tmp_path, key):
    answers, file = spbe("{i1: 3}"), tmp_path / "result.json"
    found = result(gscm, answers)
    found["nodes"]["d1"][key] = "4.99"
    file.write_text(json.dumps(found))
    assert gscm("verify", answers, file).code == 1


# gscm model list | check FOLDER | show ID | graph ID [--out FILE.svg] | test [ID] | schema


def test_model_list_names_the_shipped_models(gscm):
    assert {"gscm-province", "spbe-2020"} <= set(shipped_models())
    assert [line.split()[0] for line in gscm("model", "list").out.splitlines()] == list(shipped_models())
    assert [model["id"] for model in json.loads(gscm("model", "list", "--json").out)] == list(shipped_models())


@pytest.mark.parametrize("model", shipped_models())
def test_model_check_takes_a_folder(gscm, model):
    ended = gscm("model", "check", ROOT / "models" / model)
    assert (ended.code, ended.err) == (0, "")
    assert re.search(r"is sound: \d+ nodes, \d+ indicators", ended.out)


def test_model_check_tells_file_line_and_remedy_of_every_fault(gscm, tmp_path):
    copy_of("spbe-2020", tmp_path, "weight: 2\n", "weight: -2\n")
    ended = gscm("model", "check", tmp_path / "spbe-2020")
    assert ended.code == 1
    assert re.search(r"model\.yaml:\d+: .+ .+\.", ended.err)
    as_json = gscm("model", "check", tmp_path / "spbe-2020", "--json")
    assert as_json.code == 1
    assert set(json.loads(as_json.out)[0]) == {"severity", "file", "line", "what", "remedy"}


def copy_of(model, folder, old, new):
    """A copy of a shipped model in which every `old` is `new`; something that is there."""
    shutil.copytree(ROOT / "models" / model, folder / model)
    file = folder / model / "model.yaml"
    text = file.read_text()
    file.write_text(text.replace(old, new) if old in text else text + "nonsense: 1\n")


@pytest.mark.parametrize("model", shipped_models())
def test_model_show_prints_the_tree_or_a_node(gscm, model):
    ended = gscm("model", "show", model)
    assert ended.code == 0
    assert json.loads(gscm("model", "show", model, "--json").out)["nodes"].keys() >= {model}
    assert gscm("model", "show", model, "--node", model).code == 0


@pytest.mark.parametrize("model", shipped_models())
def test_model_graph_prints_or_writes_an_svg(gscm, tmp_path, model):
    file = tmp_path / "graph.svg"
    assert gscm("model", "graph", model, "--out", file).code == 0
    assert file.read_text().startswith("<svg ")
    assert gscm("model", "graph", model).out.rstrip("\n") == file.read_text().rstrip("\n")


def test_model_test_runs_the_cases_of_a_model(gscm):
    ended = gscm("model", "test", "spbe-2020")
    assert ended.code == 0
    assert all(line.split()[0] == "spbe-2020" and line.endswith("passed") for line in ended.out.splitlines())
    assert all(case["passed"] for case in json.loads(gscm("model", "test", "spbe-2020", "--json").out))


def test_model_test_fails_when_a_case_does(gscm, tmp_path):
    shutil.copytree(ROOT / "models/spbe-2020", tmp_path / "spbe")
    case = tmp_path / "spbe/cases/predicate-1-79.yaml"
    case.write_text(case.read_text().replace("Kurang", "Baik"))
    ended = gscm("model", "test", tmp_path / "spbe")
    assert ended.code == 1
    assert "predicate-1-79  FAILED" in ended.out
    assert "predicate-1-79.yaml:" in ended.err


SCHEMAS = {file.name.split(".")[0]: file for file in ROOT.glob("*/*.schema.json")}


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_model_schema_prints_what_lies_beside_the_files_for_editors(gscm, kind):
    assert gscm("model", "schema", "--kind", kind).out == SCHEMAS[kind].read_text()


def test_there_is_a_schema_file_for_every_kind():
    assert set(SCHEMAS) == set(schemas())
