"""The offices of a study in its report."""

import pytest

from gscm.study.field import event
from gscm.study.offices import offices_finding
from gscm.study.store import open_store
from gscm.study.study import collect, read_study
from tests.cli.conftest import gscm  # noqa: F401  a fixture
from tests.study.made import ANSWERS, AT, study


@pytest.fixture
def made(tmp_path):
    with study(str(tmp_path / "study"), ANSWERS[:4]) as store:
        store.record([event(read_study(store), AT, "admin", "submitted", "bappeda")])
    return tmp_path / "study"


def test_every_office_is_told_with_its_people_its_items_and_its_state(made):
    with open_store(str(made)) as store:
        found = read_study(store)
        told = offices_finding(found, collect(found, store.log()), store.events())
    bappeda, kominfo = told.grids[0].rows
    assert [cell.en for cell in bappeda[:3]] == ["Bappeda", "2/2", "2/47"]
    assert (bappeda[-1].en, kominfo[-1].en) == ("submitted", "invited")
    assert [cell.en for cell in kominfo[1:-1]] == ["0/1", "0/47", "–", "–", "–"]
    assert told.meaning.en == "1 of 2 offices have answered. Not yet: Dinas Kominfo."


@pytest.mark.parametrize("report", ["kajian", "assessment"])
def test_the_report_of_a_study_names_its_offices(gscm, made, tmp_path, report):  # noqa: F811
    out = tmp_path / "r.html"
    assert gscm("study", "report", made, "--report", report, "--out", out).code == 0
    page = out.read_text()
    assert "Not yet: Dinas Kominfo." in page
    assert "submitted" in page


@pytest.mark.parametrize("command", ["report", "bundle"])
def test_evidence_that_is_missing_is_told_when_a_study_is_handed_on(gscm, made, tmp_path, command):  # noqa: F811
    out = tmp_path / ("a.html" if command == "report" else "a.zip")
    (tmp_path / "sk.pdf").write_bytes(b"%PDF-1.7 SK")
    attached = gscm("study", "attach", made, "--item", "i2", tmp_path / "sk.pdf", "--office", "kominfo")
    assert attached.code == 0
    assert gscm("study", command, made, "--out", out).err == ""
    for file in (made / "evidence").rglob("*"):
        if file.is_file():
            file.write_bytes(b"%PDF-1.7 lain")
    (out).unlink()
    ended = gscm("study", command, made, "--out", out)
    assert "1 files of evidence that answers cite are damaged or missing." in ended.err
