"""`gscm` as a program of its own: signals, pipes and the folder it is called from."""

import os
import signal
import subprocess
import sys

import pytest

from tests.cli.conftest import STUDY

GSCM = [sys.executable, "-m", "gscm"]


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("GSCM_LANG", "en")


def test_it_runs_from_any_folder(tmp_path):
    ended = subprocess.run([*GSCM, "assess", STUDY], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "Initial" in ended.stdout


def test_the_exit_code_reaches_the_shell(tmp_path):
    ended = subprocess.run([*GSCM, "assess", "nowhere.yaml"], cwd=tmp_path, capture_output=True, check=False)
    assert ended.returncode == 2


def test_a_reader_that_leaves_early_is_no_fault():
    with subprocess.Popen([*GSCM, "model", "show", "spbe-2020"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 0


def test_ctrl_c_ends_it_in_one_word(tmp_path):
    pipe = tmp_path / "answers.yaml"
    os.mkfifo(pipe)
    attentive = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # whoever runs these tests
    program = f"{attentive}; from gscm.cli.main import main; main()"
    run = subprocess.Popen([sys.executable, "-c", program, "assess", pipe], stderr=subprocess.PIPE, text=True)
    with run, pipe.open("w"):  # opens once gscm reads
        run.send_signal(signal.SIGINT)
        assert run.communicate(timeout=60)[1].strip() == "Stopped."
    assert run.returncode == 130


@pytest.mark.parametrize("answers", ["{}", "{i1: 3}", "{d1: 2.5}"])
def test_explaining_takes_seconds_also_when_little_is_known(tmp_path, answers):
    file = tmp_path / "answers.yaml"
    file.write_text(f"model: spbe-2020\nsubject: {{id: x, name: X}}\nanswers: {answers}\n")
    subprocess.run([*GSCM, "explain", file], check=True, capture_output=True, timeout=60)


def test_debug_prints_the_traceback():
    ended = subprocess.run([*GSCM, "assess", "nowhere.yaml", "--debug"], capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "Traceback (most recent call last)" in ended.stderr
    assert "Unreadable" in ended.stderr


def test_a_terminal_without_the_letters_is_no_fault(monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    ended = subprocess.run([*GSCM, "assess", STUDY], capture_output=True, check=False)
    assert ended.returncode == 0
    assert b"Traceback" not in ended.stderr
