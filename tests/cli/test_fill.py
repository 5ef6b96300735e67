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
FULL = case_answers(
    PROVINCE, CaseFile(title="x", uniform=2, levels={"people": 1, "infrastructure-technology": 3}, expect={})
)
HEAD = "model: gscm-province\nsubject: {id: x, name: X}\nanswers:\n"


def typed(code):
    value = FULL[code]
    return ("y" if value else "t") if isinstance(value, bool) else str(value)


def start(path, *options):
    command = ["-m", "gscm", "fill", str(path), "--plain", "--name", "Provinsi Uji", *options]
    child = pexpect.spawn(sys.executable, command, encoding="utf-8", dimensions=(24, 80), timeout=30)
    child.delaybeforesend = None
    return child


def type_lines(path, *lines, options=()):
    """A run in which these lines are typed, one at each prompt for an answer; what it showed."""
    child = start(path, *options)
    shown = ""
    for line in lines:
        child.expect("lainnya >")
        shown += child.before
        child.sendline(line)
    child.expect(pexpect.EOF)
    return shown + child.before


def answer_all(child, most=None):
    """Answer what is asked, up to `most` items; True when the run has ended by itself."""
    asked = 0
    while most is None or asked < most:
        child.expect([r"lainnya >", r"Laporan:\s+gscm report"])
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
    child.expect(r"lanjutkan dengan:\s+gscm fill")
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


def test_note_and_evidence_beside_an_unanswered_item_are_both_kept(tmp_path):
    path = tmp_path / "answers.yaml"
    child = start(path)
    for line in ("c lihat JDIH", "u Pergub 1", "y", "q"):
        child.expect("lainnya >")
        child.sendline(line)
    child.expect(pexpect.EOF)
    entry = load_answers(path, PROVINCE).entries["regulation.2"]
    assert (entry.value, entry.note, list(entry.evidence)) == (1, "lihat JDIH", ["Pergub 1"])


def test_passing_over_an_answered_item_keeps_its_answer(tmp_path):
    path = tmp_path / "answers.yaml"
    child = start(path)
    for line in ("y", "k", "l", "q"):
        child.expect("lainnya >")
        child.sendline(line)
    child.expect(pexpect.EOF)
    assert load_answers(path, PROVINCE).entries["regulation.2"].value == 1


def test_one_can_go_back_to_what_was_answered_in_an_earlier_run(tmp_path):
    path = tmp_path / "answers.yaml"
    for lines in (("y", "y", "q"), ("k", "t", "q")):
        child = start(path)
        for line in lines:
            child.expect("lainnya >")
            child.sendline(line)
        child.expect(pexpect.EOF)
    assert load_answers(path, PROVINCE).entries["regulation.3"].value == 0


def test_a_number_is_written_as_a_number_and_can_be_noted(tmp_path):
    path = tmp_path / "answers.yaml"
    child = start(path)
    for line in ("j poverty.value", "12,5", "j poverty.value", "c BPS", "q"):
        child.expect("lainnya >")
        child.sendline(line)
    child.expect(pexpect.EOF)
    assert "poverty.value: {value: 12.5, note: BPS}" in path.read_text()


@pytest.mark.parametrize(
    "text",
    [
        "{model: gscm-province, subject: {id: x, name: X}, answers: {council.2: ya}}\n",
        "model: gscm-province\nsubject: {id: x, name: X}\nanswers:\n    council.2: ya\n",
    ],
    ids=["on one line", "four spaces in"],
)
def test_a_file_written_by_hand_takes_answers(tmp_path, text):
    path = tmp_path / "answers.yaml"
    path.write_text(text)
    child = start(path)
    assert not answer_all(child, 2)
    child.expect("lainnya >")
    child.sendline("q")
    child.expect(pexpect.EOF)
    assert len(load_answers(path, PROVINCE).entries) == 3


def test_a_comment_behind_a_changed_answer_stays(tmp_path):
    path = tmp_path / "answers.yaml"
    path.write_text("model: gscm-province\nsubject: {id: x, name: X}\nanswers:\n  council.2: ya  # notula 3 Mei\n")
    child = start(path)
    for line in ("j council.2", "t", "q"):
        child.expect("lainnya >")
        child.sendline(line)
    child.expect(pexpect.EOF)
    assert "  council.2: tidak  # notula 3 Mei\n" in path.read_text()


def test_a_questionnaire_of_another_model_leaves_no_file_behind(tmp_path):
    path = tmp_path / "answers.yaml"
    child = start(path, "--model", "gscm-province", "--questionnaire", "spbe-2020")
    child.expect(pexpect.EOF)
    assert not path.exists()


def test_what_another_program_wrote_meanwhile_is_taken_over(tmp_path):
    path = tmp_path / "answers.yaml"
    child = start(path)
    child.expect("lainnya >")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("answers: {}", "answers:\n  council.2: ya  # orang lain"), encoding="utf-8")
    child.sendline("y")
    child.expect("diubah program lain")
    child.expect("lainnya >")
    child.sendline("q")
    child.expect(pexpect.EOF)
    assert "council.2: ya  # orang lain" in path.read_text(encoding="utf-8")
    assert set(load_answers(path, PROVINCE).entries) == {"council.2", "regulation.2"}


def test_a_file_made_unreadable_meanwhile_is_left_alone_and_told(tmp_path):
    path = tmp_path / "answers.yaml"
    child = start(path)
    child.expect("lainnya >")
    path.write_text("model: [", encoding="utf-8")
    child.sendline("y")
    child.expect("Jawaban belum disimpan")
    child.expect("lainnya >")
    child.sendline("q")
    child.expect(pexpect.EOF)
    assert path.read_text(encoding="utf-8") == "model: ["


def test_a_file_that_is_read_only_is_not_written(tmp_path):
    path = tmp_path / "answers.yaml"
    path.write_text(HEAD, encoding="utf-8")
    path.chmod(0o444)
    assert "hanya boleh dibaca" in type_lines(path)
    assert path.read_text(encoding="utf-8") == HEAD


def test_line_endings_of_the_file_stay(tmp_path):
    path = tmp_path / "answers.yaml"
    path.write_bytes((HEAD + "  council.2: ya\n").replace("\n", "\r\n").encode())
    type_lines(path, "y", "q")
    raw = path.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n") == 5


def test_a_note_longer_than_a_terminal_takes_is_kept_whole(tmp_path):
    path, note = tmp_path / "answers.yaml", "Sesuai SK “Wali” – ü " * 300 + "selesai"
    type_lines(path, f"c {note}", "q")
    assert load_answers(path, PROVINCE).entries["regulation.2"].note == note


def test_what_is_passed_over_in_a_blank_file_comes_again_after_all_others(tmp_path):
    path = tmp_path / "answers.yaml"
    path.write_text(HEAD + "  regulation.2:\n  regulation.3:\n  regulation.4.1:\n", encoding="utf-8")
    codes = CODE.findall(type_lines(path, "l", "l", "l", "q"))
    assert codes[:4] == ["regulation.2", "regulation.3", "regulation.4.1", "regulation.4.2"]


def test_a_level_may_be_named_and_one_out_of_range_is_told_in_words_of_the_terminal(tmp_path):
    path = tmp_path / "answers.yaml"
    shown = type_lines(path, "9", "3,5", "terkelola", "q", options=("--model", "spbe-2020"))
    assert shown.count("Ketik level 1 sampai 5") == 2
    assert "status:" not in shown
    assert load_answers(path).entries["i1"].value == 2


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize(("steps", "level"), [("t", 1), ("yyt", 3), ("yyyy", 5), ("y?4", 4)])
def test_a_level_can_be_found_step_by_step(tmp_path, steps, level, plain):
    path = tmp_path / "answers.yaml"
    command = ["-m", "gscm", "fill", str(path), "--name", "X", "--model", "spbe-2020", *(["--plain"] if plain else [])]
    child = pexpect.spawn(sys.executable, command, encoding="utf-8", dimensions=(24, 80), timeout=30)
    if not plain:
        child.expect("Tekan Enter")
        child.sendline("")
    child.expect("lainnya >")
    for line in ["p", *steps, "q"]:
        child.sendline(line)
        if line != "q":
            child.expect([r"kembali >", "lainnya >"])
    child.expect(pexpect.EOF)
    assert load_answers(path).entries["i1"].value == level


def test_steps_may_be_left_and_end_a_run_without_an_answer(tmp_path):
    path = tmp_path / "answers.yaml"
    child = start(path, "--model", "spbe-2020")
    for line, prompt in (
        ("p", "lainnya >"),
        ("y", "kembali >"),
        ("k", "kembali >"),
        ("p", "lainnya >"),
        ("q", "kembali >"),
    ):
        child.expect(prompt)
        child.sendline(line)
    child.expect("0 pertanyaan terjawab; 47 belum")
    child.expect(pexpect.EOF)


def test_help_tells_who_can_answer_and_what_the_parts_of_the_model_mean_on_screens_that_hold_it(tmp_path):
    command = ["-m", "gscm", "fill", str(tmp_path / "a.yaml"), "--name", "X", "--model", "gscm-province"]
    child = pexpect.spawn(sys.executable, command, encoding="utf-8", dimensions=(24, 80), timeout=30)
    screens = []
    for typed_in, prompt in (("", "Tekan Enter"), ("h", "lainnya >"), ("", "melanjutkan"), ("", "Enter untuk kembali")):
        child.expect(prompt)
        screens.append(re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", child.before).strip())
        child.sendline(typed_in)
    child.expect("lainnya >")
    child.close(force=True)
    told = " ".join(" ".join(screens[2:]).split())
    assert "Dapat dijawab oleh: Dinas Komunikasi dan Informatika; Biro Hukum." in told
    assert "Program Smart Province adalah program, kegiatan, atau layanan" in told
    assert max(screen.count("\n") for screen in screens[1:]) < 23


def test_a_figure_that_can_be_read_in_two_ways_is_asked_again(tmp_path):
    path = tmp_path / "answers.yaml"
    shown = type_lines(path, "j disaster-resilience.value", "1.234", "1234", "q")
    assert "Ketik 1234 atau 1,234" in shown
    assert load_answers(path, PROVINCE).entries["disaster-resilience.value"].value == 1234


def test_a_figure_that_cannot_be_is_asked_again_with_what_it_can_be(tmp_path):
    path = tmp_path / "answers.yaml"
    shown = type_lines(path, "j poverty.value", "250", "-5", "1.234,5", "12,5", "q")
    assert shown.count("Ketik angka 0 sampai 100 (persen)") == 3
    assert load_answers(path, PROVINCE).entries["poverty.value"].value == 12.5


def test_not_applicable_takes_a_reason_where_the_model_allows_it(tmp_path):
    path = tmp_path / "answers.yaml"
    child = start(path)
    for line in ("x", "j regency-coordination.2", "x"):
        child.expect("lainnya >")
        child.sendline(line)
    child.expect("Alasannya:")
    child.sendline("tidak ada kabupaten/kota")
    child.expect("lainnya >")
    child.sendline("q")
    child.expect(pexpect.EOF)
    (entry,) = load_answers(path, PROVINCE).entries.values()
    assert (entry.id, entry.status) == ("regency-coordination", "not_applicable")  # the indicator as a whole
    assert entry.reason == "tidak ada kabupaten/kota"


def test_an_indicator_said_not_to_apply_applies_once_one_of_its_items_is_answered(tmp_path):
    path = tmp_path / "answers.yaml"
    type_lines(path, "j regency-coordination.2", "x tidak ada", "j regency-coordination.3.1", "ya", "q")
    assert list(load_answers(path, PROVINCE).entries) == ["regency-coordination.3.1"]
    shown = type_lines(path, "j regency-coordination.2", "x tidak ada", "q")
    assert "Indikator ini sudah dijawab (regency-coordination.3.1), jadi berlaku." in shown


def test_every_indicator_of_an_index_is_asked_and_the_end_says_so(tmp_path):
    path = tmp_path / "answers.yaml"
    shown = type_lines(path, *["3"] * 47, options=("--model", "spbe-2020"))
    assert "Selesai: 47 pertanyaan dijawab." in shown
    assert "Indeks SPBE: 3,00" in shown


def test_a_questionnaire_of_another_model_is_told_in_one_sentence(tmp_path):
    path = tmp_path / "answers.yaml"
    path.write_text(HEAD, encoding="utf-8")
    shown = type_lines(path, options=("--questionnaire", "spbe-2020"))
    assert "untuk model spbe-2020, sedangkan jawabannya untuk model gscm-province" in " ".join(shown.split())
    assert "hal perlu diperbaiki" not in shown


@pytest.mark.parametrize("columns", [40, 200])
def test_lines_fit_a_narrow_screen_and_are_not_longer_than_is_good_on_a_wide_one(tmp_path, columns):
    command = ["-m", "gscm", "fill", str(tmp_path / "a.yaml"), "--name", "Provinsi Uji"]
    child = pexpect.spawn(sys.executable, command, encoding="utf-8", dimensions=(24, columns), timeout=30)
    child.expect("Tekan Enter")
    child.sendline("")
    child.expect(r"\[y\]a")
    lines = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", child.before).splitlines()
    assert max(map(len, lines)) in (range(30, 40) if columns == 40 else range(60, 79))
    child.close(force=True)


def test_a_screen_begins_with_the_introduction_and_ends_with_the_level(tmp_path):
    command = ["-m", "gscm", "fill", str(tmp_path / "a.yaml"), "--name", "Provinsi Uji"]
    child = pexpect.spawn(sys.executable, command, encoding="utf-8", dimensions=(24, 80), timeout=30)
    child.expect("bukan hasil resmi")
    child.expect("Tekan Enter")
    child.sendline("")
    child.expect("lainnya >")
    child.sendline("q")
    child.expect("Provinsi Uji telah terbukti pada level")
    child.expect("bukan hasil resmi")
    child.expect(r"Laporan:\s+gscm report")
