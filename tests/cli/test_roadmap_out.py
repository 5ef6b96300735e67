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


@pytest.mark.parametrize("name", ["biaya.ods", "biaya.xls", "biaya"])
def test_a_table_to_fill_in_is_csv_or_xlsx_and_nothing_else(gscm, tmp_path, name):
    ended = gscm("roadmap", STUDY, "--template", tmp_path / name)
    assert ended.code == 2
    assert "is no .csv or .xlsx file" in ended.err
    assert not (tmp_path / name).exists()


def test_the_template_with_the_name_of_a_workbook_is_one(gscm, tmp_path):
    assert gscm("roadmap", STUDY, "--template", tmp_path / "biaya.xlsx").code == 0
    assert [cell.value for cell in openpyxl.load_workbook(tmp_path / "biaya.xlsx").active[1]][:2] == [
        "action",
        "description",
    ]


def test_a_code_whose_name_is_not_known_stays_and_is_told(gscm, tmp_path):
    costs = tmp_path / "costs.csv"
    costs.write_text("action,nomenclature\ncouncil.3.1,9.99.99.1.01.0001\n")
    ended = gscm(*PLAN, "--costs", costs, "--json")
    assert "costs.csv:2: The nomenclature code “9.99.99.1.01.0001” has no known name" in ended.err
    assert "9.99.99.1.01.0001" in ended.out
