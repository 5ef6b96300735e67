"""What goes with the answers of a study to others: its codebook and its data package."""

import csv
import json
import zipfile

import openpyxl
import pytest
from frictionless import Package

from gscm.study.log import Entry, Key
from tests.cli.conftest import gscm  # noqa: F401  a fixture
from tests.study.tabled import AT, tabled


@pytest.fixture
def study(tmp_path):
    tabled(tmp_path).close()
    return tmp_path / "study"


@pytest.fixture
def deposited(gscm, study, tmp_path):  # noqa: F811
    """`deposited("--with-notes")` is the zip of the study's data package."""

    def export(*options):
        path = tmp_path / "p.zip"
        assert gscm("study", "export", study, "--format", "datapackage", "--out", path, *options).code == 0
        return path

    return export


def read(path, name):
    with zipfile.ZipFile(path) as file:
        return file.read(name).decode()


def rows(path, name):
    return list(csv.DictReader(read(path, f"data/{name}.csv").splitlines()))


def described(path):
    return json.loads(read(path, "datapackage.json"))


@pytest.mark.parametrize("options", [(), ("--with-notes",), ("--license", "CC-BY-4.0"), ("--lang", "id")])
def test_frictionless_finds_the_package_valid(deposited, tmp_path, options):
    path = deposited(*options)
    with zipfile.ZipFile(path) as file:
        file.extractall(tmp_path / "p")
    for source in (path, tmp_path / "p/datapackage.json"):
        assert Package(str(source)).validate().flatten(["type", "note"]) == []


def test_every_answer_is_in_it_with_its_status_and_its_digits(deposited):
    found = {
        (r["respondent"], r["stage"], r["item"]): (r["status"], r["value"]) for r in rows(deposited(), "answers-long")
    }
    assert len(found) == 13
    assert found["bappeda-1", "self-assessment", "open-data.3.1"] == ("given", "0")
    assert found["bappeda-1", "self-assessment", "poverty"] == ("given", "12.345")
    assert found["bappeda-1", "self-assessment", "plan"] == ("blank", "")
    assert found["", "interview", "poverty"] == ("given", "99.12345678901234567")
    assert found["", "document", "open-data.3.1"] == ("withheld", "")


def test_wide_holds_the_figure_or_the_word_of_a_status(deposited):
    found = {(row["respondent"], row["stage"]): row for row in rows(deposited(), "answers-wide")}
    person = found["bappeda-1", "self-assessment"]
    assert [person[item] for item in ("open-data.2.1", "open-data.2.2", "plan", "poverty", "sea.2")] == [
        "not_applicable", "1", "blank", "12.345", "",
    ]  # fmt: skip


def test_no_person_no_role_no_token_and_no_free_text_is_in_it(deposited):
    path = deposited()
    with zipfile.ZipFile(path) as file:
        text = "\n".join(file.read(name).decode() for name in file.namelist())
    for word in ("Kepala Bidang", "ab" * 32, "see\nannex", "no data", "inland", "SK 1", "repealed"):
        assert word not in text
    assert "reason" not in rows(path, "answers-long")[0]


def test_free_text_is_in_it_only_where_it_is_asked_for_and_never_as_a_formula(deposited):
    found = {(r["respondent"], r["item"]): r for r in rows(deposited("--with-notes"), "answers-long")}
    assert found["bappeda-1", "open-data.3.2"]["reason"] == "'=1+1"
    assert found["bappeda-1", "open-data.3.1"]["evidence"] == "SK 1; =SK 2"


def test_respondents_whose_names_somebody_typed_become_numbers(gscm, tmp_path):  # noqa: F811
    with tabled(tmp_path, {}) as store:
        key = Key("bappeda", "Siti", "plan", "self-assessment")
        store.append([Entry("9" * 36, key, {"value": "2"}, AT, "csv", "0" * 64)])
    path = tmp_path / "p.zip"
    gscm("study", "export", tmp_path / "study", "--format", "datapackage", "--out", path)
    assert [row["respondent"] for row in rows(path, "answers-long")] == ["R001"]
    assert "Siti" not in "".join(read(path, name) for name in zipfile.ZipFile(path).namelist())


def test_the_licence_and_the_contributors_are_left_to_the_depositor(deposited):
    found = described(deposited())
    assert not {"licenses", "contributors"} & found.keys()
    assert "Licence: not stated by the depositor." in read(deposited(), "README.en.md")


@pytest.mark.parametrize(
    ("given", "stated"),
    [
        ("CC-BY-4.0", {"name": "CC-BY-4.0"}),
        ("https://example.org/terms", {"path": "https://example.org/terms"}),
    ],
)
def test_a_licence_is_an_id_or_an_address(deposited, given, stated):
    assert described(deposited("--license", given))["licenses"] == [stated]


def test_what_is_no_licence_is_refused(gscm, study, tmp_path):  # noqa: F811
    out = tmp_path / "p.zip"
    ended = gscm("study", "export", study, "--format", "datapackage", "--out", out, "--license", "some licence")
    assert (ended.code, out.exists()) == (2, False)
    assert "“some licence” is no id or address of a licence." in ended.err


def test_the_terms_of_a_deposit_go_with_no_other_format(gscm, study, tmp_path):  # noqa: F811
    ended = gscm("study", "export", study, "--format", "sav", "--out", tmp_path / "a.sav", "--with-notes")
    assert "--license and --with-notes do not go with sav." in ended.err


def test_the_package_names_its_instrument_and_says_that_it_is_not_official(deposited):
    found = described(deposited())
    assert (found["name"], found["title"]) == ("kota-x-m", "Questionnaire: Kota X")
    assert found["instrument"] == {"model": "m 1.0.0", "questionnaire": "m 1.0.0"}
    assert found["description"] == "notice"
    assert found["created"] == "2026-01-01T07:30:00Z"
    assert "notice" in read(deposited(), "README.md")


def test_the_same_study_gives_the_same_bytes(deposited):
    first = deposited().read_bytes()
    assert deposited().read_bytes() == first


# ------------------------------------------------------------------------------------------------------- codebook


@pytest.fixture
def book(gscm, study, tmp_path):  # noqa: F811
    path = tmp_path / "c.xlsx"
    assert gscm("study", "export", study, "--format", "codebook", "--out", path).code == 0
    return openpyxl.load_workbook(path)


def table(sheet):
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_a_row_tells_all_of_an_item(book):
    found = {row["Item code"]: row for row in table(book["Codebook"])}
    assert found["open-data.2.1"] == {
        "Item code": "open-data.2.1",
        "Name in .sav": "open_data.2.1",
        "Question (Indonesian)": "Apakah pernyataan ini sudah benar: “Decreed”?",
        "Question (English)": "Is this statement true: “Decreed”?",
        "Kind": "yes/no",
        "Measurement level": "nominal",
        "Unit": None,
        "Values and labels": "0 = no\n1 = yes",
        "Missing codes in .sav": "97 = not applicable; 98 = don't know; 99 = left blank",
        "Place in the model": "Open data",
        "Questionnaire": "m 1.0.0",
        "Offices asked": "bappeda, diskominfo",
        "Answered": 0,
        "Don't know": 0,
        "Not applicable": 1,
        "Left blank": 0,
    }
    assert found["poverty"]["Values and labels"] == "0 to 100"
    assert found["poverty"]["Missing codes in .sav"] == "-97 = not applicable; -98 = don't know; -99 = left blank"
    assert found["plan"]["Values and labels"] == "1 = Stage 1\n2 = Stage 2\n3 = Stage 3"
    assert found["poverty"]["Answered"] == 4


def test_a_sheet_tells_of_the_study(book):
    said = {row["Matter"]: row["Content"] for row in table(book["Study"])}
    assert said["Notice"] == "notice"
    assert said["Standing of the model"] == "example"
    assert said["How people of one office are merged"] == "the median (yes/no: the majority; a tie is no)"
    assert said["How offices are merged"] == "the lowest"


def test_a_sheet_tells_of_stages_and_channels(book):
    assert [tuple(row.values()) for row in table(book["Stages and channels"])] == [
        ("self-assessment", "csv", 9, 1, 1),
        ("document", "csv", 3, 1, 0),
        ("interview", "csv", 1, 1, 0),
    ]


def test_no_cell_of_the_codebook_is_a_formula(book):
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
