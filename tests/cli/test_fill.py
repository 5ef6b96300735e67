"""`gscm fill` in a real pseudo-terminal: every answer counts, whatever happens to the process."""

import random
import re
import sys

import pexpect
import pytest

from gscm.cases import CaseFile, case_answers
from gscm.model.load import find_model, load_model
from gscm.placement.place import place
from gscm.responses.load import load_answers

PROVINCE = load_model(find_model("gscm-province"))
CODE = re.compile(r"\[([a-z0-9-]+(?:\.[a-z0-9]+)*)\] \S")
PROMPT = r"(lainnya >)|(nama daerah)|(Laporan: gscm report)"
FULL = case_answers(
    PROVINCE, CaseFile(title="x", uniform=2, levels={"people": 1, "infrastructure-technology": 3}, expect={})
)


def typed(code):
    value = FULL[code]
    return ("y" if value else "t") if isinstance(value, bool) else str(value)


def start(path, *options):
    command = ["-m", "gscm", "fill", str(path), "--plain", "--name", "Provinsi Uji", *options]
    child = pexpect.spawn(sys.executable, command, encoding="utf-8", dimensions=(24, 80), timeout=30)
    child.delaybeforesend = None
    return child


def answer_all(child, most=None):
    """Answer what is asked, up to `most` items; True when the run has ended by itself."""
    asked = 0
    while most is None or asked < most:
        child.expect([r"lainnya >", r"Laporan: gscm report"])
        if child.after.startswith("Laporan"):
            return True
        child.sendline(typed(CODE.findall(child.before)[-1]))
        asked += 1
    return False


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    path = tmp_path_factory.mktemp("fill") / "answers.yaml"
    child = start(path)
    assert answer_all(child)
    child.wait()
    assert child.exitstatus == 0
    return load_answers(path, PROVINCE)


def test_a_run_through_a_province_gives_its_levels(undisturbed):
    placed = place(undisturbed).nodes
    assert [placed[n].low for n in ("people", "infrastructure-technology", "economy")] == [1, 3, 2]
    assert undisturbed.subject.name == "Provinsi Uji"


@pytest.mark.parametrize("seed", range(2))
def test_a_run_killed_again_and_again_ends_with_the_same_answers(tmp_path, undisturbed, seed):
    dice, path = random.Random(seed), tmp_path / "answers.yaml"
    for _ in range(8):
        child = start(path)
        ended = answer_all(child, dice.randint(1, 25))
        if ended:
            break
        child.kill(9)  # right after an answer was typed: it is there, or it is asked again
        child.wait()
    else:
        assert answer_all(start(path))
    found = load_answers(path, PROVINCE)
    assert {id: entry.value for id, entry in found.entries.items()} == {
        id: entry.value for id, entry in undisturbed.entries.items()
    }


def test_ctrl_c_keeps_what_was_answered_and_tells_how_to_go_on(tmp_path):
    path = tmp_path / "answers.yaml"
    child = start(path)
    answer_all(child, 3)
    child.expect("lainnya >")
    child.sendintr()
    child.expect("lanjutkan dengan: gscm fill")
    child.expect(pexpect.EOF)
    assert len(load_answers(path, PROVINCE).entries) == 3


def test_a_comment_in_the_file_stays(tmp_path):
    path = tmp_path / "answers.yaml"
    path.write_text(
        "# keterangan\nmodel: gscm-province\nsubject: {id: x, name: X}\nanswers:\n  # dewan\n  council.2: ya\n"
    )
    child = start(path)
    answer_all(child, 2)
    child.expect("lainnya >")
    child.sendline("q")
    child.expect(pexpect.EOF)
    text = path.read_text()
    assert "# keterangan" in text
    assert "# dewan" in text
    assert "council.2: ya" in text


def test_one_can_go_back_note_skip_and_jump(tmp_path):
    path = tmp_path / "answers.yaml"
    child = start(path)
    for line in ("y", "k", "t", "c lihat JDIH", "j people", "?", "q"):
        child.expect("lainnya >")
        child.sendline(line)
    child.expect(pexpect.EOF)
    entries = load_answers(path, PROVINCE).entries
    assert entries["regulation.2"].value == 0
    assert entries["masterplan.2"].note == "lihat JDIH"
    assert next(e for e in entries.values() if e.status == "unknown").id.startswith("digital-leadership")


def test_a_word_that_is_no_answer_is_asked_again(tmp_path):
    child = start(tmp_path / "answers.yaml")
    child.expect("lainnya >")
    child.sendline("mungkin")
    child.expect("Ketik y")
    child.sendline("q")
    child.expect(pexpect.EOF)
