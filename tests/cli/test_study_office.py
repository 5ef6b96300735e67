"""What a study says to those who run it: who is late, what was returned and why, who did what; and whom it refuses."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import openpyxl
import pytest

from gscm.study.store import open_store
from tests.cli.test_study_evidence import events, typed
from tests.study.made import AT, study

COMMENT = "Lampirkan SK dewan."


@pytest.fixture
def target(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("sk.pdf").write_bytes(b"%PDF-1.7 isi")
    study("study").close()
    return "study"


def offices(gscm, target):
    return {one["office"]: one for one in json.loads(gscm("study", "status", target, "--json").out)["offices"]}


# ------------------------------------------------------------ what was returned


def test_a_comment_on_what_was_returned_reaches_the_office_wherever_it_looks(gscm, target):
    assert gscm("study", "mark", target, "bappeda", "returned", "--comment", COMMENT).code == 0
    assert f"Bappeda has been returned: {COMMENT}" in gscm("study", "status", target).out
    assert offices(gscm, target)["bappeda"]["comment"] == COMMENT
    assert f"returned with a comment: {COMMENT}" in typed(target, (), "q")
    gscm("study", "export", target, "--format", "xlsx", "--office", "bappeda", "--out", "b.xlsx")
    guide = [row[0] for row in openpyxl.load_workbook("b.xlsx").worksheets[0].iter_rows(values_only=True)]
    assert guide[2] == f"The answers of your office have been returned with a comment: {COMMENT}"


def test_a_comment_is_gone_once_the_office_submits_anew(gscm, target):
    gscm("study", "mark", target, "bappeda", "returned", "--comment", COMMENT)
    gscm("study", "mark", target, "bappeda", "submitted")
    assert COMMENT not in gscm("study", "status", target).out
    assert offices(gscm, target)["bappeda"]["comment"] is None


MARK = "gscm study mark study bappeda"
NO_REASON = f"“bappeda” has to know why its answers are returned. Say why: {MARK} returned --comment '…'\n"
NOTHING = "“bappeda” has not submitted its answers, so there is nothing to accept. "
FIRST = f"If it is done, record first: {MARK} submitted\n"


@pytest.mark.parametrize(("state", "told"), [("returned", NO_REASON), ("accepted", NOTHING + FIRST)])
def test_what_cannot_be_marked_so_is_refused(gscm, target, state, told):
    ended = gscm("study", "mark", target, "bappeda", state)
    assert (ended.code, ended.err) == (2, told)
    assert events(target, state) == []


# ------------------------------------------------------------ who is late


def test_offices_past_their_day_are_marked_until_they_submit(gscm, target):
    for office, due in (("bappeda", "2020-12-31"), ("kominfo", "2999-12-31")):
        gscm("study", "invite", target, "--office", office, "--people", 0, "--due", due)
    shown = gscm("study", "status", target).out
    assert "2020-12-31 (overdue)" in shown
    assert "Past their day and not submitted: Bappeda\n" in shown
    assert {id: one["overdue"] for id, one in offices(gscm, target).items()} == {"bappeda": True, "kominfo": False}
    gscm("study", "mark", target, "bappeda", "submitted")
    assert "overdue" not in gscm("study", "status", target).out


# ------------------------------------------------------------------------------------------------------------- the log


def test_the_audit_log_is_shown_in_words(gscm, target):
    gscm("study", "mark", target, "bappeda", "submitted", "--who", "koordinator")
    lines = gscm("study", "log", target).out.splitlines()
    assert lines[0].split() == ["Time", "(UTC)", "Who", "What"]
    assert lines[1].split() == ["2026-01-01", "00:00", "admin", "made", "the", "study"]
    assert lines[-1].endswith("koordinator  bappeda: recorded: submitted")
    assert gscm("study", "log", target, "--lang", "id").out.splitlines()[-1].endswith("bappeda: mencatat: dikirim")


def test_the_audit_log_of_an_office_is_its_own_and_as_json(gscm, target):
    gscm("study", "mark", target, "bappeda", "submitted")
    gscm("study", "mark", target, "kominfo", "submitted")
    (one,) = json.loads(gscm("study", "log", target, "--office", "kominfo", "--json").out)
    assert (one["who"], one["action"], one["subject"]) == ("admin", "submitted", "kominfo")
    assert one["text"] == {"id": "kominfo: mencatat: dikirim", "en": "kominfo: recorded: submitted"}


def test_names_that_an_older_study_holds_in_the_audit_log_are_not_shown(gscm, target):
    from gscm.study.field import event
    from gscm.study.study import read_study

    with open_store(target) as store:
        store.record([event(read_study(store), AT, "Siti Aminah", "submitted", "bappeda", comment=None)])
    assert "Siti" not in gscm("study", "log", target).out + gscm("study", "log", target, "--json").out


def test_every_action_of_the_audit_log_is_put_into_words(gscm, target):
    from gscm.cli.study_log import what

    gscm("study", "assign", target, "d1", "--to", "bappeda")
    gscm("study", "set", target, "--contact", "ppid@contoh.go.id")
    gscm("study", "attach", target, "sk.pdf", "--office", "bappeda", "--item", "i1")
    gscm("study", "judge", target, "--whole", "--item", "i1", "--value", "3")
    gscm("study", "person", target, "bappeda-1", "--phone", "0812")
    with open_store(target) as store:
        for one in store.events():
            assert what(one).en not in (one.action, f"{one.subject}: {one.action}")
    assert "ppid@" not in gscm("study", "log", target, "--json").out


# --------------------------------------------------------------------------------------------------------- who and ids


@pytest.mark.parametrize("who", ["Siti Aminah", "siti@contoh.go.id", "198501012010012001", "", "-x"])
def test_who_acts_goes_by_a_pseudonym(gscm, target, who):
    ended = gscm("study", "mark", target, "bappeda", "submitted", f"--who={who}")
    assert ended.code == 2
    assert ended.err.startswith("--who takes a pseudonym:")
    assert events(target, "submitted") == []


def test_ids_are_ids_and_one_is_suggested(gscm, target, tmp_path):
    ended = gscm("study", "invite", target, "--office", "Dinas Kesehatan", "--people", 1)
    assert (ended.code, "“Dinas Kesehatan” is no id." in ended.err, "Write dinas-kesehatan," in ended.err) == (
        2,
        True,
        True,
    )
    assert gscm("study", "invite", target, "--office", "a" * 31).code == 2
    new = gscm("study", "new", tmp_path / "s", "--model", "spbe-2020", "--subject", "Kota Contoh")
    assert (new.code, "Write kota-contoh," in new.err, (tmp_path / "s").exists()) == (2, True, False)


def test_an_office_that_is_there_already_keeps_its_id(gscm, target):
    from gscm.study.store import Office

    with open_store(target) as store:
        store.add_offices([Office("Dinas PU", "Dinas PU")])
    assert gscm("study", "invite", target, "--office", "Dinas PU", "--due", "2999-12-31", "--people", 0).code == 0


# ------------------------------------------------------------------------------------------------ said and written down


def test_a_decision_says_whose_it_is_and_at_which_stage(gscm, target):
    def said(*options):
        return gscm("study", "judge", target, "--item", "i1", "--value", "3", *options).out

    assert said("--whole") == "Recorded: i1, consensus, for the whole region.\n"
    assert said("--whole", "--stage", "document") == "Recorded: i1, document review, for the whole region.\n"
    assert said("--office", "bappeda", "--stage", "visit") == "Recorded: i1, site visit, for “bappeda”.\n"


def test_the_suggested_assignment_is_in_the_audit_log_with_what_it_assigned(gscm, tmp_path):
    place = tmp_path / "s"
    gscm("study", "new", place, "--model", "gscm-province", "--subject", "x")
    gscm("study", "invite", place, "--office", "bappeda")
    assert gscm("study", "assign", place, "--suggested").code == 0
    with open_store(str(place)) as store:
        assigned = store.assignments()
    ((_, _, subject, detail),) = events(str(place), "assigned")
    assert (subject, detail["offices"]) == ("*", ["bappeda"])
    assert sorted(detail["items"]["bappeda"]) == sorted(assigned)
    assert assigned


# ------------------------------------------------------------------------------------------------------------ read only


@pytest.fixture
def unwritable():
    """A study on a medium that cannot be written to."""
    if os.geteuid():
        pytest.skip("only root can mount a medium read-only")
    place = Path(tempfile.mkdtemp(prefix="gscm-"))
    study(str(place / "study")).close()
    bound = subprocess.run(["mount", "--bind", place / "study", place / "study"], check=False, capture_output=True)
    if bound.returncode:
        pytest.skip("nothing can be mounted here")
    subprocess.run(["mount", "-o", "remount,ro,bind", place / "study"], check=True)
    yield place / "study"
    subprocess.run(["umount", place / "study"], check=True)
    shutil.rmtree(place)


@pytest.mark.parametrize("words", [
    ("status",), ("assess",), ("log",), ("export", "--format", "csv-long", "--out", "a.csv"),
    ("report", "--report", "brief", "--out", "l.html"),
])  # fmt: skip
def test_a_study_that_cannot_be_written_to_is_read(gscm, unwritable, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    ended = gscm("study", words[0], unwritable, *words[1:])
    assert (ended.code, ended.err) == (0, f"{unwritable}: cannot be written to; this study is only read.\n")
    assert sorted(file.name for file in unwritable.iterdir()) == ["study.sqlite"]


@pytest.mark.parametrize("words", [("mark", "bappeda", "submitted"), ("fill", "--office", "bappeda")])
def test_what_would_write_to_it_says_so_in_one_sentence(gscm, unwritable, words):
    ended = gscm("study", words[0], unwritable, *words[1:])
    told = "This study cannot be written to. Check the permissions of the folder and its files."
    assert (ended.code, ended.err) == (2, f"{unwritable}: {told}\n")


def test_a_merge_tells_whose_pseudonym_has_changed(gscm, target):
    shutil.copytree(target, "copy")
    for place in (target, "copy"):
        gscm("study", "invite", place, "--office", "bappeda")
    told = gscm("study", "merge", target, "copy").out
    with open_store(target) as store:
        (new,) = {one.id for one in store.respondents()} - {"bappeda-1", "bappeda-2", "bappeda-3", "kominfo-1"}
    assert re.search(rf"\* bappeda-3 \((in this study|from copy)\) → {new}\n", told)
    assert "the tokens of their invitations stay valid" in told
