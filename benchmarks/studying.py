"""A study of 12,000 answers: how long to open and assess it, to take them in, and does memory grow with them?"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from uuid import UUID

from measure import Row, calls, programs, report

from gscm.assessment import assess
from gscm.model.facts import facts_of
from gscm.model.load import find_model, load_model
from gscm.questionnaire.load import find_questionnaire
from gscm.study.field import new_study
from gscm.study.store import Office, open_store
from gscm.study.study import collect, read_study

OFFICES, PEOPLE, ITEMS = 40, 5, 60
AT = "2026-01-01T00:00:00.000Z"
PANDAS = """
import sqlite3, sys, pandas
with sqlite3.connect(sys.argv[2]) as connection:
    pandas.read_csv(sys.argv[1]).to_sql("answer", connection, index=False, if_exists="replace")
"""
PEAK = """
import re, sys
from gscm.cli.main import main
try:
    main(sys.argv[1:])
finally:  # VmHWM starts anew with the program, unlike ru_maxrss
    print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1], file=sys.stderr)
"""


def written(file: Path, offices: int) -> Path:
    chance = Random(1)
    criteria = [
        id for id, fact in facts_of(load_model(find_model("gscm-province"))).items() if fact.kind == "criterion"
    ]
    rows = (
        f"opd-{office},opd-{office}-{person},{item},{chance.choice(('ya', 'ya', 'tidak', 'tidak tahu'))}\n"
        for office in range(offices)
        for person in range(1, PEOPLE + 1)
        for item in criteria[:ITEMS]
    )
    file.write_text("office,respondent,item,value\n" + "".join(rows))
    return file


def made(folder: Path, offices: int) -> Path:
    subject = {"id": "provinsi-contoh", "name": "Provinsi Contoh", "kind": None, "year": 2026}
    forms = find_model("gscm-province"), find_questionnaire("gscm-province")
    with new_study(str(folder), *forms, subject, UUID(int=1), AT, "admin") as store:
        store.add_offices([Office(f"opd-{number}", f"OPD {number}") for number in range(offices)])
    return folder


def opened(folder: Path) -> object:
    with open_store(str(folder)) as store:
        return assess(collect(read_study(store), store.log()).overall)


def peak(*words: str) -> int:
    """The most memory that a command of gscm took, in KiB."""
    done = subprocess.run([sys.executable, "-c", PEAK, *words], check=True, capture_output=True, text=True)
    return int(done.stderr.split()[-1])


with tempfile.TemporaryDirectory() as name:
    here = Path(name)
    answers, empty = written(here / "answers.csv", OFFICES), made(here / "empty", OFFICES)
    shutil.copytree(empty, here / "full")
    taking = (
        "import shutil, sys; shutil.rmtree(sys.argv[2], True); shutil.copytree(sys.argv[1], sys.argv[2]);"
        "from gscm.cli.main import main; main(['study', 'import', sys.argv[2], sys.argv[3]])"
    )
    times = programs(
        {
            "gscm": ("-c", taking, str(empty), str(here / "again"), str(answers)),
            "pandas": ("-c", PANDAS, str(answers), str(here / "pandas.sqlite")),
        },
        7,
    )
    few = peak("study", "import", str(here / "full"), str(answers))
    many, large = written(here / "many.csv", 10 * OFFICES), made(here / "large", 10 * OFFICES)
    much = peak("study", "import", str(large), str(many))
    out = [
        peak("study", "export", str(s), "--format", "csv-long", "--out", str(s) + ".csv")
        for s in (here / "full", large)
    ]
    taken = calls({"open and assess": lambda: opened(here / "full")}, 5)
    report(
        "a study of 12,000 answers (40 offices × 5 people × 60 items)",
        [
            Row("open and assess", taken["open and assess"] / 1000, 1, "s"),
            Row("import over pandas into SQLite", times["gscm"] / times["pandas"], 3, "×",
                f"{times['gscm']:.0f} / {times['pandas']:.0f} ms"),
            Row("memory of importing 10 × as many", much / few, 1.25, "×", f"{much / 1024:.0f} / {few / 1024:.0f} MiB"),
            Row("memory of exporting 10 × as many", out[1] / out[0], 1.25, "×",
                f"{out[1] / 1024:.0f} / {out[0] / 1024:.0f} MiB"),
        ],
    )  # fmt: skip
