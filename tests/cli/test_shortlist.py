"""`gscm shortlist` as its user sees it."""

import json

import pytest

from tests.cli.conftest import ROOT

FOLDER = ROOT / "examples/selection-2018"
CRITERIA = FOLDER / "criteria.yaml"
COHORT = sorted((FOLDER / "cohort").glob("*.yaml"))


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_fits_80_columns(gscm, language):
    ended = gscm("shortlist", CRITERIA, *COHORT, "--lang", language)
    assert ended.code == 0
    assert max(map(len, ended.out.splitlines())) <= 80


def test_the_page_names_what_has_to_be_found_out_and_who_ties(gscm):
    said = gscm("shortlist", CRITERIA, *COHORT).out
    assert "find out sustainable-city-index.2:" in said
    assert "a tie, for the study to decide, with: Kota F" in said
    assert "may still be passed by: Kota D" in said


def test_the_notice_of_the_model_closes_the_page(gscm):
    said = gscm("shortlist", CRITERIA, *COHORT).out
    assert " ".join(said.split()).endswith("a shortlist made with it is the study's own.")


def test_many_open_answers_are_counted_and_not_listed(gscm, tmp_path, spbe):
    criteria = tmp_path / "criteria.yaml"
    criteria.write_text(
        "model: spbe-2020\ntitle: List\ncriteria: [{id: x, node: overall, at_least: {score: 2.6}, reason: why}]\n"
    )
    said = gscm("shortlist", criteria, spbe("{i1: 3}")).out
    assert "find out i2:" in said
    assert "… and 43 more answers (--json)" in said


def test_who_finds_no_place_is_told_who_ranks_higher(gscm, tmp_path):
    criteria = tmp_path / "criteria.yaml"
    criteria.write_text(CRITERIA.read_text(encoding="utf-8").replace("places: 3", "places: 1"), encoding="utf-8")
    said = gscm("shortlist", criteria, *COHORT).out
    assert "1 ranked above, only 1 to place: Kota B" in said


def test_the_json_holds_every_subject(gscm):
    told = json.loads(gscm("shortlist", CRITERIA, *COHORT, "--json").out)
    assert [subject["id"] for subject in told["subjects"]] == [file.stem for file in COHORT]
    assert told["quota"]["places"] == 3


def test_the_table_is_written_beside_the_page(gscm, tmp_path):
    ended = gscm("shortlist", CRITERIA, *COHORT, "--out", tmp_path / "list.csv")
    assert "Kabupaten A: in" in ended.out
    written = (tmp_path / "list.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfid,name,")
    assert written.count(b"\r\n") == 9


def test_a_table_must_be_a_csv(gscm, tmp_path):
    ended = gscm("shortlist", CRITERIA, *COHORT, "--out", tmp_path / "list.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert "is no .csv file. Name it like shortlist.csv." in ended.err
