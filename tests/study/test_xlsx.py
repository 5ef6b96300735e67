"""An office's workbook, given out by a study and taken back."""

import shutil
from uuid import UUID

import openpyxl
import pytest

from gscm.model.load import find_model
from gscm.questionnaire.load import find_questionnaire
from gscm.study.field import new_study
from gscm.study.log import present
from gscm.study.store import Office, Respondent, open_store
from tests.cli.conftest import gscm  # noqa: F401  a fixture

I1, I2 = "E2", "E3"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A study of SPBE with two offices, and one respondent in one of them."""
    folder = tmp_path_factory.mktemp("made") / "study"
    files = find_model("spbe-2020"), find_questionnaire("spbe-2020")
    subject = {"id": "city", "name": "City", "kind": None, "year": 2026}
    with new_study(str(folder), *files, subject, UUID(int=1), "2026-01-01T00:00:00Z", "admin") as store:
        store.add_offices([Office("bappeda", "Bappeda"), Office("kominfo", "Diskominfo")])
        store.add_respondents([Respondent("bappeda-1", "bappeda", None, "0" * 64)])
    return folder


@pytest.fixture
def study(made, tmp_path):
    return shutil.copytree(made, tmp_path / "study")


@pytest.fixture
def given_out(gscm, tmp_path):  # noqa: F811
    """`given_out(study, "--respondent", id)` is the workbook of Bappeda."""

    def export(study, *more):
        path = tmp_path / "bappeda.xlsx"
        assert gscm("study", "export", study, "--format", "xlsx", "--office", "bappeda", "--out", path, *more).code == 0
        return path

    return export


def type_in(path, cells, sheet="Answers"):
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book[sheet][place] = value
    book.save(path)


def standing(study):
    with open_store(str(study)) as store:
        return {(k.office, k.author, k.fact): dict(e.written) for k, e in present(store.log()).entries.items()}


def test_answers_come_back_as_those_of_the_respondent(gscm, study, given_out):  # noqa: F811
    path = given_out(study, "--respondent", "bappeda-1")
    type_in(path, {I1: "3", "G2": "Perwali 1/2024\nSK 2", I2: "don't know", "H3": "ask Kominfo"})
    assert gscm("study", "import", study, path).out == "2 answers taken in.\n"
    assert standing(study) == {
        ("bappeda", "bappeda-1", "i1"): {"value": "3", "evidence": ["Perwali 1/2024", "SK 2"]},
        ("bappeda", "bappeda-1", "i2"): {"status": "unknown", "note": "ask Kominfo"},
    }


def test_without_a_respondent_the_office_answers(gscm, study, given_out):  # noqa: F811
    path = given_out(study)
    type_in(path, {I1: 4})
    gscm("study", "import", study, path)
    assert standing(study) == {("bappeda", "", "i1"): {"value": "4"}}


def test_importing_twice_doubles_nothing(gscm, study, given_out):  # noqa: F811
    path = given_out(study)
    type_in(path, {I1: 4})
    gscm("study", "import", study, path)
    assert gscm("study", "import", study, path).out == "0 answers taken in.\n"


def test_a_workbook_filled_in_gives_an_empty_copy_the_same_present_state(gscm, study, given_out, tmp_path):  # noqa: F811
    shutil.copytree(study, tmp_path / "copy")
    path = given_out(study)
    type_in(path, {I1: 4, "F2": "=", "G2": "SK 1", I2: "1"})
    gscm("study", "import", study, path)
    gscm("study", "import", tmp_path / "copy", given_out(study))
    assert standing(tmp_path / "copy") == standing(study) != {}


def test_what_was_answered_elsewhere_since_stays(gscm, study, given_out, tmp_path):  # noqa: F811
    path = given_out(study)
    type_in(path, {I1: 2})
    gscm("study", "import", study, path)
    again = given_out(study)
    (tmp_path / "later.csv").write_text("office,item,value\nbappeda,i1,5\n")
    gscm("study", "import", study, tmp_path / "later.csv")
    assert gscm("study", "import", study, again).out == "0 answers taken in.\n"
    assert standing(study) == {("bappeda", "", "i1"): {"value": "5"}}


def test_refused_cells_are_told_and_the_others_taken_in(gscm, study, given_out):  # noqa: F811
    path = given_out(study)
    type_in(path, {I1: "9", I2: "5"})
    ended = gscm("study", "import", study, path)
    assert (ended.code, ended.out) == (1, "1 answers taken in.\n")
    assert f"{path}:Answers!E2: “9” is no answer to this item." in ended.err


def test_only_what_the_office_is_asked_is_in_its_workbook(gscm, study, given_out):  # noqa: F811
    gscm("study", "assign", study, "i1", "--to", "kominfo")
    sheet = openpyxl.load_workbook(given_out(study))["Answers"]
    codes = [cell.value for (cell,) in sheet.iter_rows(min_row=2, max_col=1)]
    assert codes[:2] == ["i2", "i3"]


@pytest.mark.parametrize(
    ("cell", "value", "what"),
    [
        ("B1", "another", "The study of this workbook is “another”"),
        ("B3", "0.0.1", "The version of the model of this workbook is “0.0.1”"),
        ("B5", "0.0.1", "The version of the questionnaire of this workbook is “0.0.1”"),
        ("B6", "dinkes", "The study has no office “dinkes”."),
        ("B7", "bappeda-9", "“bappeda” has no respondent “bappeda-9”."),
    ],
)
def test_a_workbook_of_another_study_is_refused(gscm, study, given_out, cell, value, what):  # noqa: F811
    path = given_out(study)
    type_in(path, {I1: 4})
    type_in(path, {cell: value}, "gscm")
    ended = gscm("study", "import", study, path)
    assert (ended.code, ended.out) == (1, "")
    assert what in ended.err
    assert standing(study) == {}


def test_another_office_than_that_of_the_workbook_is_refused(gscm, study, given_out):  # noqa: F811
    ended = gscm("study", "import", study, given_out(study), "--office", "kominfo")
    assert "This workbook is that of “bappeda”." in ended.err


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--out", "x.xlsx"), "A workbook is written for one office"),
        (("--out", "x.csv", "--office", "bappeda"), "“x.csv” is not a .xlsx file."),
        (("--out", "x.xlsx", "--office", "bapeda"), "The study has no office “bapeda”."),
        (("--out", "x.xlsx", "--office", "kominfo", "--respondent", "bappeda-1"), "has no respondent “bappeda-1”."),
    ],
)
def test_an_export_for_nobody_known_is_refused(gscm, study, tmp_path, monkeypatch, options, what):  # noqa: F811
    monkeypatch.chdir(tmp_path)
    ended = gscm("study", "export", study, "--format", "xlsx", *options)
    assert ended.code == 2
    assert what in ended.err


def test_a_table_is_not_written_for_one_office(gscm, study):  # noqa: F811
    ended = gscm("study", "export", study, "--format", "csv-long", "--out", "x.csv", "--office", "bappeda")
    assert "do not go with csv-long" in ended.err


def test_a_note_that_is_refused_takes_neither_its_answer_nor_the_former_note_away(gscm, study, given_out):  # noqa: F811
    path = given_out(study)
    type_in(path, {I1: "3", "H2": "ask Kominfo"})
    gscm("study", "import", study, path)
    type_in(path, {I1: "4", "H2": "=1+1"})
    ended = gscm("study", "import", study, path)
    assert "Answers!H2: This cell holds a formula. The answer is read without that note." in ended.err
    assert standing(study) == {("bappeda", "", "i1"): {"value": "4", "note": "ask Kominfo"}}
