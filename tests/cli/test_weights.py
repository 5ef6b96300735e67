"""Weights from experts, from the terminal to the certificate."""

import builtins
import json
import re

import pytest

from gscm import yamlfile
from gscm.formats.comparisons import bind
from gscm.model.load import find_model, load_model
from tests.cli.conftest import ROOT, STUDY

PANEL = ROOT / "examples/weights-contoh/perbandingan.yaml"


@pytest.fixture
def weights(gscm, tmp_path):
    """The weights of the example."""
    file = tmp_path / "weights.yaml"
    assert gscm("weights", "compute", PANEL, "--out", file, "--date", "2026-11-21").code == 0
    return file


def test_it_says_who_is_not_consistent_and_what_to_review(gscm):
    ended = gscm("weights", "compute", PANEL)
    assert "P2: 0.1254, not consistent (limit 0.10, Saaty 1980)." in ended.out
    assert "Review first: People over Infrastructure and technology, given as 1/3" in ended.out
    assert "Consistency ratio, random index of Saaty (1980):" in ended.out


def test_the_weights_file_says_what_it_is_and_is_the_same_every_time(gscm, weights, tmp_path):
    again = tmp_path / "again" / "weights.yaml"
    again.parent.mkdir()
    gscm("weights", "compute", PANEL, "--out", again, "--date", "2026-11-21")
    assert again.read_bytes() == weights.read_bytes()
    assert "date: 2026-11-21" in weights.read_text()
    assert re.search(r'model_sha256: "[0-9a-f]{64}"', weights.read_text())


def test_as_json_it_carries_everything_unrounded(gscm):
    found = json.loads(gscm("weights", "compute", PANEL, "--json", "--group", "aip", "--method", "bwm-minmax").out)
    assert found["nodes"]["governance"]["method"] == "bwm-minmax"
    assert found["nodes"]["overall"]["measures"] == []
    assert sum(map(float, found["nodes"]["overall"]["weights"].values())) == pytest.approx(1)
    assert [one["acceptable"] for one in found["nodes"]["overall"]["experts"]] == [True, False, True]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--method", "eigenvector", "--method", "geometric-mean"], "There are two methods for AHP."),
        (["--id", "No Id"], "“No Id” is not a valid id."),
        (["--date", "tomorrow"], "“tomorrow” is not a date."),
    ],
)
def test_what_cannot_work_is_refused(gscm, options, said):
    ended = gscm("weights", "compute", PANEL, *options)
    assert (ended.code, said in ended.err) == (2, True)


def test_weights_are_written_over_no_file_but_weights(gscm, weights, tmp_path):
    panel = tmp_path / "panel.yaml"
    panel.write_bytes(PANEL.read_bytes())
    (tmp_path / "note.txt").write_text("mine")
    for out in (panel, tmp_path / "note.txt"):
        assert gscm("weights", "compute", panel, "--out", out).code == 2
    assert (panel.read_bytes(), (tmp_path / "note.txt").read_text()) == (PANEL.read_bytes(), "mine")
    assert gscm("weights", "compute", panel, "--out", weights).code == 0


def test_an_assessment_with_weights_says_so_and_so_does_its_json(gscm, weights):
    told = gscm("assess", STUDY, "--weights", weights).out
    assert "GSCM Province (experts’ weights)" in told
    assert "Readiness index (experts’ weights)" in told
    assert "are replacements from 3 experts (21 November 2026), not the model’s own" in told
    found = json.loads(gscm("assess", STUDY, "--weights", weights, "--json").out)
    assert (found["weights"]["id"], found["weights"]["experts"], found["weights"]["basis"]) == ("weights", 3, "ours")
    measure = found["weights"]["nodes"]["governance"]["consistency"][0]
    assert (measure["measure"], measure["limit"], measure["acceptable"]) == ("input-based", 0.3044, True)
    own = json.loads(gscm("assess", STUDY, "--json").out)
    assert own["weights"] is None
    assert own["certificate"]["model_sha256"] != found["certificate"]["model_sha256"]


def test_a_result_with_weights_is_verified_with_them_and_not_without(gscm, weights, tmp_path):
    result = tmp_path / "result.json"
    result.write_text(gscm("assess", STUDY, "--weights", weights, "--json").out)
    assert gscm("verify", STUDY, result, "--weights", weights).code == 0
    without = gscm("verify", STUDY, result)
    assert (without.code, "experts’ weights, “weights”" in without.err) == (2, True)
    other = weights.read_text().replace("0.2773", "0.2774").replace("0.2388", "0.2387")
    weights.write_text(other)
    ended = gscm("verify", STUDY, result, "--weights", weights)
    assert (ended.code, "with the weights “weights”, but of other content than" in ended.err) == (1, True)
    result.write_text(gscm("assess", STUDY, "--json").out)
    ended = gscm("verify", STUDY, result, "--weights", weights)
    assert (ended.code, "worked out without experts’ weights. Leave out --weights." in ended.err) == (2, True)


def test_a_result_of_before_there_were_weights_still_verifies(gscm, tmp_path):
    result = json.loads(gscm("assess", STUDY, "--json").out)
    del result["weights"]
    (tmp_path / "old.json").write_text(json.dumps(result))
    assert gscm("verify", STUDY, tmp_path / "old.json").code == 0


def test_a_report_prints_where_the_weights_come_from_and_how_consistent_they_are(gscm, weights, tmp_path):
    out = tmp_path / "report.html"
    assert gscm("report", STUDY, "--weights", weights, "--out", out).code == 0
    text = re.sub(r"<[^>]+>", "", out.read_text(encoding="utf-8"))
    assert "consistency ratio (CR) 0.0114 (random index of Saaty (1980)); 1 of 3 experts not consistent" in text
    assert "Judgements of 3 experts (a synthetic panel for the example)" in text
    assert "The weights below are replacements from 3 experts, not the weights of the model; they are never" in text
    rows = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", out.read_text(encoding="utf-8")))
    assert "Basis: experts’ judgement. Source: weights. AHP" in rows
    assert "Basis: our design. Source: weights" not in rows
    assert "P2 consistency ratio (CR) 0.1254 0.10 (Saaty 1980) no" in rows
    assert "P1 input-based consistency ratio 0.0667 0.3044 (Liang et al. 2020) yes" in rows
    assert "P1 (2 missing) consistency ratio (CR) 0.0000 0.10 (Saaty 1980) yes" in rows


def test_weights_of_another_edition_of_the_model_are_refused(gscm, weights):
    weights.write_text(re.sub(r"version: .*", "version: 9.9.9", weights.read_text()))
    ended = gscm("assess", STUDY, "--weights", weights)
    assert (ended.code, "has version" in ended.err) == (1, True)


def test_a_study_is_assessed_with_weights_and_keeps_its_own_model(gscm, weights, tmp_path):
    study = tmp_path / "study"
    gscm("study", "new", study, "--model", "gscm-province", "--subject", "x", "--name", "X")
    assert gscm("weights", "compute", PANEL, "--model", study, "--out", weights).code == 0
    found = json.loads(gscm("study", "assess", study, "--weights", weights, "--json").out)
    assert found["weights"]["id"] == "weights"
    assert json.loads(gscm("study", "assess", study, "--json").out)["weights"] is None
    bundle = tmp_path / "study.zip"
    assert gscm("study", "bundle", study, "--report", "brief", "--weights", weights, "--out", bundle).code == 0
    verified = gscm("study", "verify", bundle)
    assert verified.code == 0
    assert "result.json: worked out again with the replacement weights “weights”" in verified.out
    out = tmp_path / "study.html"
    assert gscm("study", "report", study, "--weights", weights, "--out", out).code == 0
    assert "experts’ weights" in out.read_text(encoding="utf-8")


# Asking


@pytest.fixture
def typing(gscm, monkeypatch, tmp_path):
    """`typing(node, lines, …)` answers the questions of `gscm weights ask`; gives what was said and the file."""
    out = tmp_path / "asked.yaml"

    def ask(node, lines, *options):
        left = iter(lines.split())
        monkeypatch.setattr(
            builtins, "input", lambda prompt="": (next(left, None) or _stop()).replace("Enter", "").replace("_", " ")
        )
        ended = gscm(
            "weights", "ask", "gscm-province", "--node", node, "--expert", "P1", "--out", out, "--plain", *options
        )
        return ended, out

    return ask


def _stop():
    raise EOFError


def times(file, node):
    panel = bind(yamlfile.read(file), load_model(find_model("gscm-province")), unfinished=True)
    return {pair: str(value) for pair, value in panel.experts[0].said[node].times.items()}


def test_every_pair_is_asked_and_kept(typing):
    _, file = typing("people", "a3 b2 = a9 1/4 5")
    lead, skills, literacy, public = (
        "leadership-culture",
        "civil-servant-skills",
        "digital-literacy",
        "community-participation",
    )
    assert times(file, "people") == {
        (lead, skills): "3", (lead, literacy): "1/2", (lead, public): "1",
        (skills, literacy): "9", (skills, public): "1/4", (literacy, public): "5",
    }  # fmt: skip


def test_it_goes_on_where_it_stopped_and_can_go_back(typing):
    typing("people", "a3 a2 q")
    _, file = typing("people", "a4 back a5 q")
    assert list(times(file, "people").values()) == ["3", "2", "5"]


def test_b_alone_is_a_part_and_never_takes_an_answer_back(typing):
    ended, file = typing("people", "a3 b q")
    assert "Type a or b with its strength" in ended.out
    assert list(times(file, "people").values()) == ["3"]


def test_going_back_shows_the_answer_and_takes_nothing_away(typing):
    ended, file = typing("people", "a3 back Enter back q")
    assert ended.out.count("Answered so far: a3.") == 2
    assert list(times(file, "people").values()) == ["3"]


def test_a_node_whose_questions_are_all_answered_can_still_be_corrected(typing):
    typing("people", "a2 a4 a4 a2 a2 = Enter")
    ended, file = typing("people", "j_1 a3 back a2 Enter")
    assert "All questions have been asked." in ended.out
    assert list(times(file, "people").values()) == ["3", "4", "4", "2", "2", "2"]


def test_the_best_and_the_worst_can_be_changed_and_keep_what_still_holds(typing):
    script = "1 2 8 2 4 4 2 back back back back back back back 2 Enter 3"
    ended, file = typing("people", script, "--method", "bwm")
    assert "Which matters most?" in ended.out.split("[5/5]")[1]
    text = file.read_text()
    assert "best: civil-servant-skills" in text
    assert "others_to_worst: {digital-literacy: 1, leadership-culture: 8, civil-servant-skills: 4" in text


def test_best_and_worst_that_contradict_one_another_are_asked_again(typing):
    ended, file = typing("people", "1 2 8 8 4 8 2 1 Enter", "--method", "bwm")
    assert "Answer this question again" in ended.out
    assert "best_to_others: {leadership-culture: 1, digital-literacy: 8, civil-servant-skills: 1," in file.read_text()


def test_a_comparison_of_the_best_worst_method_may_wait_and_is_counted(typing):
    ended, _ = typing("people", "s 1 2 8 s 4 4 2 Enter", "--method", "bwm")
    assert "This question cannot be skipped" in ended.out
    assert "Not answered: 1. BWM needs them all." in ended.out


def test_the_ratio_is_told_as_it_goes_with_the_comparison_that_would_mend_it(typing):
    ended, _ = typing("people", "a3 b5 = a3 q")
    assert "Consistency ratio so far: 1.6712, not consistent (limit 0.10, Saaty 1980)." in " ".join(ended.out.split())
    assert "Review first: Leadership and working culture over Digital literacy, given as 1/5;" in ended.out.replace(
        "\n", " "
    )


def test_what_contradicts_the_others_is_asked_again_at_the_end(typing):
    ended, file = typing("people", "a2 b4 a4 a2 a2 = a4")
    assert "Answer this question again" in ended.out
    assert times(file, "people")["leadership-culture", "digital-literacy"] == "4"


def test_what_is_no_answer_is_explained(typing):
    ended, _ = typing("people", "much q")
    assert "Type a or b with its strength" in ended.out


def test_best_and_worst_need_fewer_comparisons(typing):
    ended, file = typing("people", "1 2 8 2 4 4 2", "--method", "bwm")
    assert "[5/5]" in ended.out
    assert "best: leadership-culture" in file.read_text()
    again, _ = typing("people", "a3", "--method", "ahp")
    assert (again.code, "already compared in another form" in again.err) == (2, True)


def test_a_part_further_from_the_best_than_the_worst_is_noticed_at_once(typing):
    ended, _ = typing("people", "1 2 3 2 5 q", "--method", "bwm")
    told = " ".join(ended.out.split())
    assert "over Public participation (5) exceeds Leadership and working culture over Digital literacy (3)." in told


def test_a_name_is_no_code(gscm, tmp_path):
    ended = gscm("weights", "ask", "gscm-province", "--node", "people", "--expert", "Budi Santoso", "--out",
                 tmp_path / "x.yaml")  # fmt: skip
    assert (ended.code, "“Budi Santoso” is no code for an expert." in ended.err) == (2, True)


def test_a_comment_at_the_head_of_the_file_is_kept(typing, tmp_path):
    (tmp_path / "asked.yaml").write_text(
        "# Panel of March\nmodel: gscm-province\npanel:\n  - {expert: P9, comparisons: {}}\n"
    )
    _, file = typing("people", "a3 q")
    assert file.read_text().startswith("# Panel of March\nmodel: gscm-province\n")
    assert "expert: P9" in file.read_text()


def test_a_node_without_parts_to_weigh_is_refused(gscm, tmp_path):
    ended = gscm(
        "weights", "ask", "gscm-province", "--node", "regulation", "--expert", "P1", "--out", tmp_path / "x.yaml"
    )
    assert (ended.code, "has no parts to weigh" in ended.err) == (2, True)
