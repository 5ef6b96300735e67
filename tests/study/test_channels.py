"""The same answers through any channel: the same present state, and the same result to the byte.

GSCM_ANSWERS=12000 runs it with 40 offices, 5 people in each, and 60 items.
"""

import csv
import io
import json
import os
import random
import shutil
from contextlib import redirect_stderr, redirect_stdout
from uuid import UUID

import openpyxl
import pytest

from gscm.cli.command import Session
from gscm.cli.main import run
from gscm.model.load import find_model
from gscm.questionnaire.load import find_questionnaire
from gscm.questionnaire.relevance import status_field
from gscm.study.field import new_study
from gscm.study.log import present
from gscm.study.result import result_json
from gscm.study.store import Office, Respondent, open_store
from gscm.study.study import collect, read_study
from gscm.study.xlsform import study_form
from tests.study.made import AT, SUBJECT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("channels")]  # one study for all of them
LARGE = os.environ.get("GSCM_ANSWERS") == "12000"
SIZES = {"gscm-province": (40, 5)} if LARGE else {"spbe-2020": (4, 3), "gscm-province": (2, 2)}
ITEMS = 60
UNKNOWN, ABSENT = "tidak tahu", "tidak berlaku"
WHY = "tidak ada: di sini"


@pytest.fixture(scope="module", params=SIZES)
def made(request, tmp_path_factory):
    """A study without answers, and what everyone answers: by (office, person), by code, in the words of a cell."""
    folder = tmp_path_factory.mktemp(request.param) / "study"
    files = find_model(request.param), find_questionnaire(request.param)
    count, each = SIZES[request.param]
    offices = [f"opd{n:02d}" for n in range(count)]
    people = [(office, f"{office}-{n}") for office in offices for n in range(1, each + 1)]
    with new_study(str(folder), *files, SUBJECT, UUID(int=1), AT, "admin") as store:
        store.add_offices(Office(office, f"Dinas {office}") for office in offices)
        store.add_respondents(Respondent(id, office, None, f"{n:064x}") for n, (office, id) in enumerate(people))
        study = read_study(store)
    chance = random.Random(5)
    answers = {who: dict(said(study.questionnaire, number % 4 == 3, chance)) for number, who in enumerate(people)}
    return folder, study, answers


def said(questionnaire, has_absent, chance):
    """Answers of one person to items of every kind; for some an indicator does not apply as a whole."""
    items = questionnaire.items.values()
    first = [item for item in items if item.fact.kind != "criterion" or item.absence]
    for item in (first + [item for item in items if item not in first])[:ITEMS]:
        if has_absent and item.absence not in (None, item.code):
            yield item.absence, ABSENT
        else:
            yield item.code, one(item, chance)


def one(item, chance):
    if chance.random() < 0.1:
        return ABSENT if item.fact.may_not_apply and chance.random() < 0.5 else UNKNOWN
    if item.fact.kind == "criterion":
        return "ya" if chance.random() < 0.6 else "tidak"
    if item.fact.kind == "level":
        return str(chance.randint(1, len(item.levels)))
    return f"{chance.randint(250, 1000) / 10:g}".replace(".", ",")


def cell(text):
    return f"{ABSENT}: {WHY}" if text == ABSENT else text


# -------------------------------------------------------------------------------------------------------- writers


def long_csv(study, answers, folder, target):
    """As a spreadsheet on an Indonesian Windows saves it."""
    with (folder / "long.csv").open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(("OPD", "Responden", "Kode butir", "Jawaban", "Alasan"))
        for who, by_code in answers.items():
            rows.writerows((*who, code, text, WHY if text == ABSENT else "") for code, text in by_code.items())
    return [folder / "long.csv"]


def wide_csv(study, answers, folder, target):
    codes = every_code(answers)
    with (folder / "wide.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("office", "respondent", *codes))
        rows.writerows((*who, *(cell(by_code.get(code, "")) for code in codes)) for who, by_code in answers.items())
    return [folder / "wide.csv"]


def google_forms(study, answers, folder, target):
    """As Google writes it: every cell in quotation marks, questions as headings, the texts of choices as answers."""
    items, codes = study.questionnaire.items, every_code(answers)
    heads = [items[code].text.id if code in items and n % 2 else f"[{code}] Tanya" for n, code in enumerate(codes)]
    with (folder / "forms.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        rows.writerow(("Stempel waktu", "Nama perangkat daerah", "Kode responden", *heads))
        for (office, author), by_code in answers.items():
            texts = (label(items.get(code), by_code.get(code, "")) for code in codes)
            rows.writerow(("02/01/2026 07.00.00", f"Dinas {office}", author, *texts))
    return [folder / "forms.csv"]


def label(item, text):
    named = {str(number): f"{number} – {name.id}" for number, name, _ in item.levels} if item else {}
    return named.get(text, cell(text).capitalize())


def workbooks(study, answers, folder, target):
    """One for each respondent, given out by the study, with figures as figures."""
    found = []
    for (office, author), by_code in answers.items():
        path = folder / f"{author}.xlsx"
        gscm("study", "export", target, "--format", "xlsx", "--office", office, "--respondent", author, "--out", path)
        book = openpyxl.load_workbook(path)
        for row in book["Answers"].iter_rows(min_row=2):
            text = by_code.get(row[0].value)
            row[4].value = float(text.replace(",", ".")) if text and "," in text else text
            row[5].value = WHY if text == ABSENT else None
        book.save(path)
        found.append(path)
    return found


def kobo_csv(study, answers, folder, target):
    """As KoboToolbox exports it: semicolons, groups before the names of fields, a record of the submission."""
    form = study_form(study)
    names = {field.code: f"bagian/{field.code.replace('-', '_').replace('.', '__')}" for field in form.fields}
    chosen = {"ya": "1", "tidak": "0", UNKNOWN: "98", ABSENT: "97"}
    rows = []
    for number, ((office, author), by_code) in enumerate(answers.items()):
        row = {"gscm.form": form.stamp, "gscm.consent": "1", "gscm.office": office, "gscm.respondent": author}
        for code, text in by_code.items():
            status = status_field(study.questionnaire, code)
            row[status] = chosen.get(text, text if status == code else "1")
            if status != code and text not in chosen:
                row[code] = text.replace(",", ".")
            if text == ABSENT:
                row[f"{code}.reason"] = WHY
        rows.append(row | {"_uuid": f"{number}", "_submission_time": "2026-01-02T00:00:00"})
    codes = list(dict.fromkeys(code for row in rows for code in row))
    with (folder / "kobo.csv").open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
        out.writerow([names.get(code, code) for code in codes])
        out.writerows([row.get(code, "") for code in codes] for row in rows)
    return [folder / "kobo.csv"]


def every_code(answers):
    return list(dict.fromkeys(code for by_code in answers.values() for code in by_code))


CHANNELS = {"wide": wide_csv, "google-forms": google_forms, "xlsx": workbooks, "kobo": kobo_csv}
EXPORTS = {"csv-long": ".csv", "csv-wide": ".csv", "sav": ".sav"}


# ---------------------------------------------------------------------------------------------------------- tests


def outcome(folder):
    """The present state, and the result in bytes."""
    with open_store(str(folder)) as store:
        study, log = read_study(store), list(store.log())
        state = {entry.key: entry.written for entry in present(log).entries.values()}
        return state, json.dumps(result_json(collect(study, log)), ensure_ascii=False).encode()


def gscm(*words):
    """A command that ends well and refuses nothing."""
    refused = io.StringIO()
    with redirect_stdout(io.StringIO()), redirect_stderr(refused):
        code = run([str(word) for word in words], Session("en", debug=False))
    assert (code, refused.getvalue()) == (0, "")


def taken_in(made, folder, write):
    """A copy of the study with the answers of a channel in it."""
    empty, study, answers = made
    target = shutil.copytree(empty, folder / "study")
    for file in write(study, answers, folder, target):
        gscm("study", "import", target, file)
    return target


@pytest.fixture(scope="module")
def long(made, tmp_path_factory):
    """The study with the answers of a long CSV, and its outcome."""
    target = taken_in(made, tmp_path_factory.mktemp("long"), long_csv)
    return target, outcome(target)


def test_every_answer_is_there(made, long):
    assert len(long[1][0]) == sum(map(len, made[2].values()))


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_same_answers_give_the_same_state_and_result(made, long, tmp_path, channel):
    assert outcome(taken_in(made, tmp_path, CHANNELS[channel])) == long[1]


@pytest.mark.parametrize("form", EXPORTS)
def test_answers_that_go_out_give_an_empty_study_the_same_state_and_result(made, long, tmp_path, form):
    out = tmp_path / f"out{EXPORTS[form]}"
    gscm("study", "export", long[0], "--format", form, "--out", out)
    other = shutil.copytree(made[0], tmp_path / "other")
    gscm("study", "import", other, out)
    assert outcome(other) == long[1]
