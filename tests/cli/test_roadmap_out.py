"""What planners bring to `gscm roadmap` for their documents: the years of the RPJMD, the list that SIPD exports."""

import json

import openpyxl
import pytest

from tests.cli.conftest import STUDY

PLAN = ("roadmap", STUDY, "--years", "2020-2024", "--target", "council=Scattered")


def test_the_years_of_the_rpjmd_are_named_with_the_documents_of_every_action(gscm):
    plan = json.loads(gscm(*PLAN, "--rpjmd", "2016-2021", "--json").out)["plan"]
    assert {one["planning_documents"]["five_year"]["en"] for one in plan["actions"]} == {"2016–2021"}


@pytest.mark.parametrize("said", ["2025", "2029-2025", "2025-2045", "soon"])
def test_what_are_no_years_of_an_rpjmd_is_refused(gscm, said):
    ended = gscm(*PLAN, "--rpjmd", said)
    assert ended.code == 2
    assert f"“{said}” are no years of an RPJMD" in ended.err


def test_the_workbook_that_sipd_exports_gives_the_names_of_the_matrix(gscm, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(("JENIS PEMDA", "BIDANG", "PROGRAM", "KEGIATAN", "SUBKEGIATAN", "INDIKATOR", "SATUAN"))
    code = "4.01.05.1.01.0002"
    sheet.append(("PROV", "4.01 SETDA", "4.01.05 HUKUM", "4.01.05.1.01 Aturan", f"{code} Penetapan", "Jumlah", "Buah"))
    book.save(tmp_path / "sipd.xlsx")
    gscm(*PLAN, "--nomenclature", tmp_path / "sipd.xlsx", "--out", tmp_path / "plan.html")
    assert f"{code}</span> Penetapan" in (tmp_path / "plan.html").read_text()
