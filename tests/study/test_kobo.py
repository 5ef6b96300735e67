"""What KoboToolbox and ODK export of the form of a study, taken back: whatever the settings of the export."""

import csv
import hashlib
import io
import itertools
import shutil
from uuid import UUID

import openpyxl
import pytest

from gscm.formats.xlsform import name_of
from gscm.study.field import new_study
from gscm.study.log import present
from gscm.study.store import Office, Respondent, open_store
from gscm.study.study import read_study
from gscm.study.xlsform import study_form
from tests.cli.conftest import gscm  # noqa: F401  a fixture
from tests.study.made import AT, SUBJECT

QUESTIONNAIRE = """\
id: mine
version: 1.0.0
model: m
title: Q
introduction: introduction
staging: full
items: []
"""
MODEL = """\
id: m
version: 1.0.0
title: Model
about: about
status: example
notice: notice
subject: subject
scale: {min: 1, max: 5}
inner: level
level_names: {main: [{name: L1}, {name: L2}, {name: L3}]}
provenance: {%s}
kinds:
  criteria: {title: indicator, answer: criteria, gates: {every: [{clause: criteria}]}}
  level: {title: indicator, answer: level}
  quantity: {title: indicator, answer: quantity, gates: {every: [{clause: target}]}}
root:
  gates: {every: [{clause: children, rule: any}]}
  children:
    - id: r-b
      kind: criteria
      title: Rules, and their use
      criteria:
        2: [{text: Decreed, may_not_apply: true, evidence: ["A decree: signed", A gazette]}]
        3: [{text: Used}, {text: Seen}]
    - {id: sea, kind: criteria, title: Sea, may_not_apply: true, criteria: {2: [{text: Harbours}]}}
    - {id: plan, kind: level, title: Plan}
    - id: readers
      kind: quantity
      title: Readers
      quantity: {title: readers, unit: per 1000, direction: higher, min: 0, max: 100, targets: {2: 50}}
"""
CLAIM = "{basis: ours, source: us}"
ORIGINS = ", ".join(
    f"{name}: {CLAIM}" for name in ["levels", "structure", "weights", "gates", "requires", "criteria", "quantities"]
)

DECLINED = {"gscm.consent": "0"}
BY_TOKEN = {"gscm.consent": "1", "gscm.office": "kominfo", "gscm.respondent": "a-token-of-kominfo", "plan": "98"}
FULL = {
    "gscm.consent": "1",
    "gscm.office": "bappeda",
    "gscm.respondent": "Bappeda-1",  # as a phone begins a word
    "r-b.2": "1",
    "r-b.2.evidence": ("1", "2", "other"),
    "r-b.2.documents": "Perwali 1/2024\nSK 2",
    "r-b.3.1": "0",
    "sea": "97",
    "sea.reason": "no sea, none",
    "plan": "3",
    "readers.known": "1",
    "readers": "12.5",
}
LATER = {"gscm.consent": "1", "gscm.office": "bappeda", "gscm.respondent": "bappeda-1", "plan": "2"}
SENT = [(LATER, "2026-03-03T07:00:00"), (DECLINED, "2026-03-02T07:00:00"), (FULL, "2026-03-01T07:00:00")]
SENT += [(BY_TOKEN, "2026-03-01T08:00:00")]
STANDS = {
    ("bappeda-1", "r-b.2"): {"value": True, "evidence": ["A decree: signed", "A gazette", "Perwali 1/2024", "SK 2"]},
    ("bappeda-1", "r-b.3.1"): {"value": False},
    ("bappeda-1", "sea"): {"status": "not_applicable", "reason": "no sea, none"},
    ("bappeda-1", "plan"): {"value": "2"},
    ("bappeda-1", "readers"): {"value": "12.5"},
    ("kominfo-1", "plan"): {"status": "unknown"},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    (folder / "m").mkdir()
    (folder / "m/model.yaml").write_text(MODEL % ORIGINS)
    (folder / "m/sources.yaml").write_text("sources: {us: {title: us}}\n")
    (folder / "mine").mkdir()
    (folder / "mine/questionnaire.yaml").write_text(QUESTIONNAIRE)
    with new_study(str(folder / "study"), folder / "m", folder / "mine", SUBJECT, UUID(int=1), AT, "admin") as store:
        store.add_offices([Office("bappeda", "Bappeda"), Office("kominfo", "Dinas Kominfo")])
        tokens = {"bappeda-1": "t", "kominfo-1": "a-token-of-kominfo"}
        hashed = {id: hashlib.sha256(token.encode()).hexdigest() for id, token in tokens.items()}
        store.add_respondents(Respondent(id, id[:-2], None, hash) for id, hash in hashed.items())
        form = study_form(read_study(store))
    return folder / "study", form


@pytest.fixture
def study(made, tmp_path):
    return shutil.copytree(made[0], tmp_path / "study")


def standing(study):
    with open_store(str(study)) as store:
        return {(key.author, key.fact): entry for key, entry in present(store.log()).entries.items()}


def written(study):
    return {key: dict(entry.written) for key, entry in standing(study).items()}


# ----------------------------------------------------------------- exports, as the servers write them by their settings


def exported(form, sent, headings="name", groups="", cells="name", several="both", server="kobo"):
    """The headings and the rows. `headings` and `cells` are names or labels (id, en); `groups` what parts them."""
    inside, columns, rows = [], [], []
    for field in form.fields:
        if field.kind == "begin_group":
            inside.append(shown(field, headings))
        elif field.kind == "end_group":
            inside.pop()
        elif field.kind != "note":
            heading = groups.join((*inside, shown(field, headings))) if groups else shown(field, headings)
            columns += list(columns_of(field, heading, headings, cells, several))
    for number, (told, at) in enumerate(sent, 1):
        said = {"gscm.form": form.stamp, **told}
        before, after = ([], [f"id-{number}", at, "v1"]) if server == "kobo" else ([f"{at}.000Z"], [f"uuid:{number}"])
        rows.append([*before, *(cell(said) for _, cell in columns), *after])
    before, after = (
        ([], ["_uuid", "_submission_time", "__version__"]) if server == "kobo" else (["SubmissionDate"], ["KEY"])
    )
    return [*before, *(heading for heading, _ in columns), *after], rows


def shown(field, by):
    return name_of(field.code) if by == "name" or not field.label else field.label[by]


def columns_of(field, heading, headings, cells, several):
    """The columns of a field, each with what it holds of what was said."""
    label = {choice.name: choice.name if cells == "name" else choice.label[cells] for choice in field.choices}
    if field.kind != "select_multiple":
        yield heading, lambda said: label.get(said.get(field.code, ""), said.get(field.code, ""))
        return
    if several != "details":
        yield heading, lambda said: " ".join(label[name] for name in said.get(field.code, ()))
    for choice in field.choices if several != "summary" else ():
        part = choice.name if headings == "name" else choice.label[headings]
        yield f"{heading}/{part}", lambda said, name=choice.name: ticked(said.get(field.code), name)


def ticked(names, name):
    return "" if names is None else "1" if name in names else "0"


def saved(path, headings, rows, mark=";", start="\ufeff"):
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in (headings, *rows):
            book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
        book.save(path)
        return path
    text = io.StringIO()
    csv.writer(text, delimiter=mark, quoting=csv.QUOTE_ALL).writerows([headings, *rows])
    path.write_text(start + text.getvalue(), encoding="utf-8")
    return path


@pytest.fixture
def sent(gscm, made, study, tmp_path):  # noqa: F811
    """`sent([(said, at), …])` imports an export with these submissions."""

    def take(submissions, name="export.csv", change=lambda headings, rows: None, **settings):
        headings, rows = exported(made[1], submissions, **settings)
        change(headings, rows)
        return gscm("study", "import", study, saved(tmp_path / name, headings, rows))

    return take


SHAPES = [
    *itertools.product(("name", "id", "en"), ("", "/"), ("name", "id", "en"), ("both",), ("kobo",)),
    *itertools.product(("name", "en"), ("/", "-", ":", "."), ("name",), ("summary", "details"), ("kobo", "central")),
    ("en", "/", "en", "summary", "kobo"),
    ("id", " > ", "id", "details", "central"),
]


@pytest.mark.parametrize(("headings", "groups", "cells", "several", "server"), SHAPES)
def test_however_the_export_was_set_the_same_stands(study, sent, headings, groups, cells, several, server):
    sent(SENT, headings=headings, groups=groups, cells=cells, several=several, server=server)
    assert written(study) == STANDS


@pytest.mark.parametrize(("name", "mark", "start"), [("e.csv", ",", ""), ("e.csv", "\t", ""), ("e.xlsx", "", "")])
def test_whatever_the_file_the_same_stands(gscm, made, study, tmp_path, name, mark, start):  # noqa: F811
    gscm("study", "import", study, saved(tmp_path / name, *exported(made[1], SENT, "en", "/", "en"), mark, start))
    assert written(study) == STANDS


def test_the_time_of_submission_is_that_of_the_answer(study, sent):
    sent(SENT)
    assert standing(study)["bappeda-1", "r-b.3.1"].at == "2026-03-01T07:00:00.000Z"
    assert standing(study)["bappeda-1", "plan"].channel == "kobo"


def test_whoever_declined_is_told_of_and_nothing_taken(study, sent):
    ended = sent([(DECLINED | {"gscm.office": "bappeda", "gscm.respondent": "bappeda-1", "plan": "2"}, "2026-03-02")])
    assert "Did not agree to take part, so nothing was taken: row 2." in ended.err
    assert written(study) == {}


def test_consent_is_recorded_with_its_time(study, sent):
    sent([*SENT, (LATER, "2026-03-09")])
    with open_store(str(study)) as store:
        assert {one.id: one.consented_at for one in store.respondents()} == {
            "bappeda-1": "2026-03-01T07:00:00.000Z",
            "kominfo-1": "2026-03-01T08:00:00.000Z",
        }


def test_exporting_again_takes_nothing_back(gscm, study, sent, tmp_path):  # noqa: F811
    sent(SENT)
    later = "office,respondent,item,value,at\nbappeda,bappeda-1,plan,1,2026-04-01T00:00:00Z\n"
    (tmp_path / "later.csv").write_text(later)
    gscm("study", "import", study, tmp_path / "later.csv")
    assert sent([*SENT, (BY_TOKEN, "2026-03-05T00:00:00")]).out == "0 answers taken in.\n"
    assert written(study)["bappeda-1", "plan"] == {"value": "1"}


def test_an_edited_submission_takes_the_place_of_what_it_was(study, sent):
    sent([(LATER, "2026-03-03")])
    sent([(LATER | {"plan": "3"}, "2026-03-03")])
    assert written(study) == {("bappeda-1", "plan"): {"value": "3"}}


def test_a_later_submission_leaves_what_it_does_not_answer(study, sent):
    sent([(LATER, "2026-03-02"), (LATER | {"plan": "", "r-b.3.1": "1"}, "2026-03-03")])
    assert written(study) == {("bappeda-1", "plan"): {"value": "2"}, ("bappeda-1", "r-b.3.1"): {"value": True}}


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"plan": "7"}, "“7” is no choice of “plan”."),
        ({"plan": "=1+1"}, "“=1+1” is no choice of “plan”."),
        ({"sea": "97", "sea.reason": "=cmd|' /C calc'!A0"}, "A spreadsheet could run"),
        ({"readers.known": "1", "readers": "many"}, "readers"),
        ({"gscm.respondent": "bappeda-9"}, "“bappeda-9” is no respondent code or invitation token of “bappeda”."),
        ({"gscm.respondent": "kominfo-1"}, "“kominfo-1” is no respondent code or invitation token of “bappeda”."),
        ({"gscm.office": "bapeda"}, "The study has no office “bapeda”. Did you mean “bappeda”?"),
        ({"gscm.form": "m 0.9.0 mine 1.0.0 x"}, "Row 2 is from another form (“m 0.9.0 mine 1.0.0 x”)"),
    ],
)
def test_what_is_refused_is_told_with_its_place(sent, said, what):
    ended = sent([(LATER | {"plan": ""} | said, "2026-03-03")])
    assert (ended.code, ended.out) == (1, "0 answers taken in.\n")
    assert what in ended.err
    assert "export.csv" in ended.err


def test_a_time_that_is_none_is_not_guessed(sent):
    assert "“yesterday” is no time of submission." in sent([(LATER, "yesterday")]).err


def test_a_formula_in_a_workbook_is_refused(sent):
    def run(headings, rows):
        rows[0][headings.index("plan")] = "=1+1"

    assert "This cell holds a formula." in sent([(LATER, "2026-03-03")], "e.xlsx", run).err


def test_questions_that_somebody_added_are_told_of_and_not_taken(study, sent):
    def add(headings, rows):
        headings.append("note_of_mine")
        rows[0].append("text")

    ended = sent([(LATER, "2026-03-03")], change=add)
    assert ended.out == "1 answers taken in.\n"
    assert "Columns not known, and not taken in: note_of_mine." in ended.err


def test_an_export_of_another_form_is_refused(gscm, study, tmp_path):  # noqa: F811
    (tmp_path / "other.csv").write_text("colour,_uuid,_submission_time\nred,1,2026-03-03\n")
    assert "No column fits the form of this study." in gscm("study", "import", study, tmp_path / "other.csv").err


def test_cells_marked_as_missing_are_empty(study, sent):
    sent([(LATER | {"r-b.2": "n/a", "readers": "n/a"}, "2026-03-03")])
    assert written(study) == {("bappeda-1", "plan"): {"value": "2"}}


def test_the_form_is_given_out_for_all_offices_and_for_one(gscm, study, tmp_path):  # noqa: F811
    gscm("study", "assign", study, "plan", "--to", "kominfo")
    for name, more in (("all", ()), ("one", ("--office", "bappeda"))):
        out = tmp_path / f"{name}.xlsx"
        assert gscm("study", "export", study, "--format", "xlsform", "--out", out, *more).code == 0
    asked = [
        {row[1].value for row in openpyxl.load_workbook(tmp_path / f"{name}.xlsx")["survey"]} for name in ("all", "one")
    ]
    assert asked[0] - asked[1] >= {"plan", "plan__group"}


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--office", "bapeda"), "The study has no office “bapeda”."),
        (("--respondent", "bappeda-1", "--office", "bappeda"), "One form serves all respondents."),
    ],
)
def test_a_form_for_nobody_known_is_refused(gscm, study, tmp_path, options, what):  # noqa: F811
    ended = gscm("study", "export", study, "--format", "xlsform", "--out", tmp_path / "f.xlsx", *options)
    assert ended.code == 2
    assert what in ended.err
