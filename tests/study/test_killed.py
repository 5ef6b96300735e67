"""A program killed at any moment leaves a study that opens; repeating the command completes it, once.

GSCM_TRIALS sets how often, 30 times by default: a third each for import, merge and fill. `scripts/trials` sets 200.
"""

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pexpect
import pytest

from gscm.study.log import present
from gscm.study.store import open_store

TRIALS = -(-int(os.environ.get("GSCM_TRIALS", "30")) // 3)
FACTS = [f"i{number}" for number in range(1, 48)]


def gscm(*words, **more):
    return subprocess.Popen(
        [sys.executable, "-m", "gscm", *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        **more,
    )


def ran(*words):
    process = gscm(*words)
    _, told = process.communicate()
    assert process.returncode == 0, told.decode()


def lasting(study, *words):
    """How long a command takes on a copy of the study, in seconds."""
    copy = study.with_name("copy")
    shutil.copytree(study, copy)
    started = time.monotonic()
    ran(*(copy if word == study else word for word in words))
    return time.monotonic() - started


def killed(whole, chance, *words):
    """The command, killed at any moment of the time that it takes as a whole, mostly while it writes."""
    process = gscm(*words)
    time.sleep(chance.triangular(0, 1.1 * whole, 0.9 * whole))
    process.kill()
    process.communicate()


def answers(people):
    rows = (f"bappeda,p{person},{fact},{1 + (person + index) % 5}" for person in range(people)
            for index, fact in enumerate(FACTS))  # fmt: skip
    return "office,respondent,item,value\n" + "\n".join(rows) + "\n"


@pytest.fixture
def study(tmp_path):
    target = tmp_path / "study"
    ran("study", "new", target, "--model", "spbe-2020", "--subject", "kota-a")
    ran("study", "invite", target, "--office", "bappeda", "--people", "0")
    return target


CODE = re.compile(r"\[(i[0-9]+)\] \S")
PROMPT, END = "lainnya >", "Kemajuan:"


def log(target):
    with open_store(str(target)) as store:
        return list(store.log())


def test_an_import_killed_at_random_moments_completes_when_it_is_repeated(study, tmp_path):
    table, chance = tmp_path / "answers.csv", random.Random(7)
    table.write_text(answers(people=60))
    whole = lasting(study, "study", "import", study, table)
    for _ in range(TRIALS):
        killed(whole, chance, "study", "import", study, table)
        entries = log(study)  # the study opens
        assert max(Counter(entry.key for entry in entries).values(), default=1) == 1
    ran("study", "import", study, table)
    entries = log(study)
    assert len(entries) == len(present(entries).entries) == 60 * len(FACTS)


def test_a_merge_killed_at_random_moments_completes_when_it_is_repeated(study, tmp_path):
    chance, other = random.Random(11), tmp_path / "other"
    subprocess.run(["cp", "-r", study, other], check=True)
    table = tmp_path / "answers.csv"
    table.write_text(answers(people=60))
    ran("study", "import", other, table)
    whole = lasting(study, "study", "merge", study, other)
    for _ in range(TRIALS):
        killed(whole, chance, "study", "merge", study, other)
        assert len(log(study)) in (0, 60 * len(FACTS))  # all of it or nothing
    ran("study", "merge", study, other)
    ran("study", "merge", study, other)
    assert log(study) == log(other)


def filling(target):
    """`gscm study fill` in a terminal of its own."""
    words = ["-m", "gscm", "study", "fill", str(target), "--office", "bappeda", "--plain", "--lang", "id"]
    child = pexpect.spawn(sys.executable, words, encoding="utf-8", dimensions=(40, 100), timeout=60)
    child.delaybeforesend = None
    return child


def test_a_fill_killed_at_random_moments_loses_nothing_that_was_acknowledged(study):
    chance, told = random.Random(13), set()
    for _ in range(TRIALS):
        child = filling(study)
        for _ in range(chance.randint(0, 3)):  # each is acknowledged by the question that follows
            if child.expect([PROMPT, END, pexpect.EOF]):
                break
            code = CODE.findall(child.before)[-1]
            child.sendline("3")
            if child.expect([PROMPT, END]):
                break
            told.add(code)
            child.sendline("?")  # and one on which nothing is waited for
        time.sleep(chance.uniform(0, 0.6 if not told else 0.05))
        child.kill(9)
        child.wait()
        entries = log(study)  # the study opens
        assert told <= {entry.key.fact for entry in entries}
        assert max(Counter(entry.key for entry in entries).values(), default=1) == 1
    child = filling(study)
    while child.expect([PROMPT, END]) == 0:
        child.sendline("3")
    child.wait()
    entries = log(study)
    assert {entry.key.fact for entry in entries} == set(FACTS)
    assert len(present(entries).entries) == len(FACTS)


def test_a_making_killed_at_random_moments_leaves_a_place_in_which_it_is_repeated(tmp_path):
    chance, words = random.Random(17), ("--model", "spbe-2020", "--subject", "kota-a")
    started = time.monotonic()
    ran("study", "new", tmp_path / "first", *words)
    whole = time.monotonic() - started
    for number in range(TRIALS):
        target = tmp_path / f"study-{number}"
        killed(whole, chance, "study", "new", target, *words)
        process = gscm("study", "new", target, *words)
        _, told = process.communicate()
        assert process.returncode == 0 or "not empty" in told.decode() or "tidak kosong" in told.decode()
        with open_store(str(target)) as store:
            assert [one.action for one in store.events()] == ["created"]
