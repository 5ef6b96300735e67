"""`gscm study attach, evidence, judge, set` and what `status` and `fill` tell of them, as their user meets them."""

import json
import os
import re
import sys
from pathlib import Path

import pexpect
import pytest

from gscm.study.log import present
from gscm.study.store import open_store
from gscm.study.study import read_study
from tests.study.made import study

PDF = b"%PDF-1.7 isi"


@pytest.fixture
def target(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("sk.pdf").write_bytes(PDF)
    study("study").close()
    return "study"


def entries(target):
    with open_store(target) as store:
        return {tuple(vars_of(key)): dict(entry.written) for key, entry in present(store.log()).entries.items()}


def vars_of(key):
    return key.office, key.author, key.fact, key.stage


def events(target, *actions):
    with open_store(target) as store:
        return [(one.who, one.action, one.subject, dict(one.detail)) for one in store.events() if one.action in actions]


BAPPEDA = ("bappeda", "", "i1", "self-assessment")


def attach(gscm, target, *files, office="bappeda", item="i1"):
    return gscm("study", "attach", target, *files, "--office", office, "--item", item)


def test_a_file_is_attached_listed_and_copied_out(gscm, target):
    assert attach(gscm, target, "sk.pdf").code == 0
    (row,) = json.loads(gscm("study", "evidence", target, "--json").out)
    assert (row["name"], row["size"], row["state"]) == ("sk.pdf", len(PDF), "whole")
    assert [(one["office"], one["item"]) for one in row["cited"]] == [("bappeda", "i1")]
    assert "1 files copied to out." in gscm("study", "evidence", target, row["sha256"][:8], "--out", "out").out
    assert [file.read_bytes() for file in Path("out").iterdir()] == [PDF]
    assert events(target, "attached") == [("admin", "attached", "bappeda", {"item": "i1", "files": ["sk.pdf"]})]


def test_all_files_that_are_refused_are_told_and_none_is_attached(gscm, target):
    Path("x.exe").write_bytes(b"MZ")
    Path("empty.pdf").touch()
    ended = attach(gscm, target, "sk.pdf", "x.exe", "empty.pdf", "../none.pdf")
    assert ended.code == 1
    assert re.findall(r"“(.*)” (is .*?)\.", ended.err) == [
        ("x.exe", "is a program"), ("empty.pdf", "is empty"), ("none.pdf", "is not there"),
    ]  # fmt: skip
    assert BAPPEDA not in entries(target)
    assert "There are no files of evidence." in gscm("study", "evidence", target).out


def test_the_limit_of_evidence_is_a_setting(gscm, target):
    Path("big.pdf").write_bytes(PDF + b"0" * (2 << 20))
    gscm("study", "set", target, "--evidence-limit", 1)
    ended = attach(gscm, target, "big.pdf")
    assert "has 2.0 MiB, more than 1.0 MiB. Make it smaller, or raise the limit: gscm study set" in ended.err
    gscm("study", "set", target, "--evidence-limit", 3)
    assert attach(gscm, target, "big.pdf").code == 0


def test_a_flipped_byte_in_evidence_is_named_with_exit_code_1(gscm, target):
    attach(gscm, target, "sk.pdf")
    (file,) = [path for path in Path(target, "evidence").rglob("*") if path.is_file()]
    file.write_bytes(b"%PDF-1.7 isj")
    ended = gscm("study", "evidence", target)
    assert (ended.code, "damaged" in ended.out) == (1, True)
    assert ended.err.startswith("study: “sk.pdf” (sha256 ")
    assert gscm("study", "assess", target).code == 0


def test_evidence_of_an_accepted_office_is_not_changed(gscm, target):
    gscm("study", "mark", target, "bappeda", "submitted")
    gscm("study", "mark", target, "bappeda", "accepted")
    ended = attach(gscm, target, "sk.pdf")
    assert ended.code == 1
    assert ended.err == ("The answers of “bappeda” have been accepted and cannot be changed. "
                         "Return them first: gscm study mark study bappeda returned --comment '…'\n")  # fmt: skip
    assert not Path(target, "evidence").exists()


def test_after_a_purge_no_evidence_is_attached_to_what_a_person_said(gscm, target):
    gscm("study", "purge", target, "--yes")
    ended = gscm("study", "attach", target, "sk.pdf", "--office", "bappeda", "--respondent", "R001", "--item", "i1")
    assert (ended.code, "Personal data of this study were purged" in ended.err) == (1, True)
    assert not Path(target, "evidence").exists()


def judge(gscm, target, *options):
    return gscm("study", "judge", target, "--item", "i1", *options)


def test_a_decision_is_recorded_with_its_notes_and_in_the_audit_log(gscm, target):
    notes = ("--fact", "F", "--analysis", "A", "--justification", "J")
    document = ("--office", "bappeda", "--stage", "document")
    assert judge(gscm, target, *document, "--value", "1", *notes, "--who", "asesor-1").code == 0
    key = ("bappeda", "", "i1", "document")
    assert entries(target)[key] == {"value": "1", "fact_note": "F", "analysis": "A", "justification": "J"}
    assert events(target, "judged") == [("asesor-1", "judged", "bappeda", {"item": "i1", "stage": "document"})]
    judge(gscm, target, *document, "--analysis", "A2")
    assert entries(target)[key] == {"value": "1", "fact_note": "F", "analysis": "A2", "justification": "J"}


def test_a_consensus_of_an_office_and_one_of_the_whole_are_decisions_too(gscm, target):
    judge(gscm, target, "--office", "bappeda", "--value", "5")
    judge(gscm, target, "--whole", "--value", "4")
    held = entries(target)
    assert (held[BAPPEDA]["value"], held["", "", "i1", "self-assessment"]["value"]) == ("5", "4")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--office", "bappeda"), "There is no value for “i1” at this stage. Give one by --value."),
        (("--value", "3"), "Name --office, or say --whole."),
        (("--office", "bapeda", "--value", "3"), "Did you mean “bappeda”?"),
        (("--office", "bappeda", "--value", "7"), "“i1” holds “7”, but must be"),
    ],
)
def test_a_decision_that_cannot_be_one_is_refused(gscm, target, options, said):
    ended = judge(gscm, target, *options)
    assert ended.code
    assert said in ended.err


def test_every_change_of_a_setting_is_in_the_audit_log(gscm, target):
    ended = gscm("study", "set", target, "--opinions", "on", "--offices", "share 2/3", "--least", "5")
    assert ended.out.endswith("2 settings changed.\n")
    (line,) = events(target, "set")
    assert line[3]["changed"] == ["opinions", "rules"]
    assert line[3]["rules"] == [
        {"offices": "minimum", "people": "median"}, {"offices": "share 2/3", "people": "median"},
    ]  # fmt: skip


def test_who_is_assessed_is_described_when_the_study_is_made_or_later(gscm, tmp_path):
    made = str(tmp_path / "made")
    about = ("--kind", "kota", "--population", "1000")
    gscm("study", "new", made, "--model", "spbe-2020", "--subject", "63.71", *about)
    gscm("study", "set", made, "--region", "Kalimantan", "--population-source", "BPS 2020")
    with open_store(made) as store:
        subject = read_study(store).subject
    assert (subject.kind, subject.region, subject.population, subject.source) == (
        "kota", "Kalimantan", 1000, ("BPS 2020",),
    )  # fmt: skip
    assert "1,000 · BPS 2020" in gscm("study", "set", made).out


@pytest.mark.parametrize("rule", ["best", "share 3/2", "share 1/0", "quorum 0", "median 2"])
def test_a_rule_that_is_none_is_refused(gscm, target, rule):
    ended = gscm("study", "set", target, "--people", rule)
    assert (ended.code, f"“{rule}” is no rule of merging." in ended.err) == (2, True)


def test_status_tells_who_answered_without_consent_and_that_the_retention_day_has_come(gscm, target):
    gscm("study", "set", target, "--retention", "2020-12-31")
    told = gscm("study", "status", target).out
    assert "Respondents who answered without a recorded consent: 3." in told
    assert "Personal data were to be kept until 2020-12-31. Delete them: gscm study purge study" in told
    gscm("study", "purge", target)
    assert "were to be kept" not in gscm("study", "status", target).out


def test_status_by_role_leaves_small_groups_out(gscm, target):
    assert "Kepala Bidang  small group" in gscm("study", "status", target, "--by", "role").out
    told = json.loads(gscm("study", "status", target, "--by", "role", "--json").out)
    assert told["roles"] == [{"role": "Kepala Bidang", "people": None, "responded": None}]


def test_a_written_consent_is_recorded_and_withdrawn(gscm, target):
    assert "Consent: 2026-08-01" in gscm("study", "person", target, "bappeda-1", "--consent", "2026-08-01").out
    assert "Consent: –" in gscm("study", "person", target, "bappeda-1", "--consent", "").out
    assert gscm("study", "person", target, "bappeda-1", "--consent", "kemarin").code == 2


def test_a_new_study_takes_what_respondents_are_told(gscm, tmp_path):
    told = ("--controller", "Bappeda", "--contact", "ppid@contoh.go.id", "--retention", "2028-12-31")
    assert gscm("study", "new", tmp_path / "s", "--model", "spbe-2020", "--subject", "x", *told).code == 0
    with open_store(str(tmp_path / "s")) as store:
        settings = store.settings()
    assert [settings[key] for key in ("controller", "contact", "purpose", "retention")] == [
        "Bappeda", "ppid@contoh.go.id", None, "2028-12-31",
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------------- in the fill


def typed(target, options, *lines):
    """What a run showed in which these lines were typed, one at each prompt."""
    words = ["-m", "gscm", "study", "fill", target, "--office", "bappeda", "--plain", "--lang", "en", *options]
    child = pexpect.spawn(sys.executable, words, encoding="utf-8", dimensions=(60, 100), timeout=60, cwd=Path.cwd(),
                          env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})  # fmt: skip
    child.delaybeforesend = None
    shown = ""
    for line in lines:
        child.expect(["> ", r"\): ", "Fact: ", "Analysis: ", "Justification: ", "its file: "])
        shown += child.before
        child.sendline(line)
    child.expect(pexpect.EOF)
    return " ".join((shown + child.before).split())


def test_a_respondent_is_informed_and_agrees_before_the_first_question_and_is_asked_once(target):
    shown = typed(target, ("--respondent", "bappeda-1"), "y", "q")
    assert shown.index("Law Number 27 of 2022") < shown.index("do you agree to take part?") < shown.index("[i2]")
    assert [line[:3] for line in events(target, "consented")] == [("bappeda-1", "consented", "bappeda-1")]
    assert "Before you begin" not in typed(target, ("--respondent", "bappeda-1"), "q")


def test_who_declines_is_asked_nothing_and_nothing_is_recorded(target):
    before = entries(target)
    shown = typed(target, ("--respondent", "bappeda-1"), "perhaps", "n")
    assert "nothing is asked, and nothing is recorded" in shown
    assert "[i1]" not in shown
    assert (entries(target), events(target, "consented", "filled")) == (before, [])


def test_a_run_has_one_line_in_the_audit_log_with_its_first_answer(target):
    typed(target, (), "3", "2", "q")
    assert events(target, "filled") == [("bappeda", "filled", "bappeda", {"stage": "self-assessment"})]


def test_evidence_is_given_by_path_or_by_name(target):
    shown = typed(
        target, (), "j i1", "3", "j i1", "u sk.pdf", "u SK 12/2024", "u", "'./sk.pdf'", "u file:none.pdf", "q"
    )
    cited, named = entries(target)[BAPPEDA]["evidence"]
    assert (cited[:7], named) == ("sha256:", "SK 12/2024")
    assert f"Evidence: sk.pdf (sha256 {cited[7:19]}); SK 12/2024" in shown
    assert "“none.pdf” is not there." in shown


def test_an_assessor_sees_what_the_office_said_and_notes_fact_analysis_and_justification(target):
    shown = typed(target, ("--stage", "document"), "1", "F", "", "J", "q")
    assert "Answer before: 2" in shown
    assert entries(target)["bappeda", "", "i1", "document"] == {
        "value": "1", "fact_note": "F", "justification": "J",
    }  # fmt: skip


def test_answers_that_were_submitted_are_filled_in_by_those_who_verify_only(gscm, target):
    gscm("study", "mark", target, "bappeda", "submitted")
    ended = gscm("study", "fill", target, "--office", "bappeda")
    assert (ended.code, "have been submitted and cannot be changed" in ended.err) == (1, True)
    assert "Answer before: 2" in typed(target, ("--stage", "document"), "q")
