"""A program killed at any moment leaves a study that opens; repeating the command completes it, once.

GSCM_TRIALS sets how often each is tried; 30 by default.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from gscm.study.log import present
from gscm.study.store import open_store

TRIALS = int(os.environ.get("GSCM_TRIALS", "30"))
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


def log(target):
    with open_store(str(target)) as store:
        return list(store.log())


def test_an_import_killed_at_random_moments_completes_when_it_is_repeated(study, tmp_path):
    table, chance = tmp_path / "answers.csv", random.Random(7)
    table.write_text(answers(people=60))
    for _ in range(TRIALS):
        process = gscm("study", "import", study, table)
        time.sleep(chance.uniform(0.2, 1.2))
        process.kill()
        process.communicate()
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
    for _ in range(TRIALS // 3):
        process = gscm("study", "merge", study, other)
        time.sleep(chance.uniform(0.2, 0.9))
        process.kill()
        process.communicate()
        assert len(log(study)) in (0, 60 * len(FACTS))  # all of it or nothing
    ran("study", "merge", study, other)
    ran("study", "merge", study, other)
    assert log(study) == log(other)
