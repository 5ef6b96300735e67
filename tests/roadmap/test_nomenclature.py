"""Tables of nomenclature: names by code, every fault as a sentence with its row, and nothing that has no source."""

from dataclasses import replace

import pytest

from gscm import csvfile
from gscm.errors import FaultsFound, Where
from gscm.model.load import find_model, load_model
from gscm.placement.place import place
from gscm.responses.load import load_answers
from gscm.roadmap.actions import model_actions
from gscm.roadmap.nomenclature import RANKS, check_codes, nomenclature_of, part_of, rank_of, shipped
from tests.cli.conftest import STUDY


def table(tmp_path, *rows):
    path = tmp_path / "nomenklatur.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return nomenclature_of(csvfile.read(path))


def faults(tmp_path, *rows):
    with pytest.raises(FaultsFound) as found:
        table(tmp_path, *rows)
    return [issue.sentence("en").rpartition("nomenklatur.csv:")[2] for issue in found.value.issues]


def names(found, code):
    return [entry.name if (entry := found.entry(code, rank)) else None for rank in RANKS]


def codes_of(model):
    return {
        criterion.action.nomenclature
        for node in load_model(find_model(model)).nodes.values()
        for criteria in node.criteria.values()
        for criterion in criteria
        if criterion.action and criterion.action.nomenclature
    }


@pytest.mark.parametrize(
    ("code", "rank"),
    [
        ("2.16", "field"),
        ("2.16.03", "programme"),
        ("X.XX.01", "programme"),
        ("2.16.03.2.02", "activity"),
        ("2.16.03.2.02.0014", "sub-activity"),
        ("2.16.03.2", None),
        ("2-16-03", None),
        ("Program", None),
    ],
)
def test_the_form_of_a_code_tells_its_rank(code, rank):
    assert rank_of(code) == rank


def test_a_code_has_a_part_and_a_name_of_each_rank_as_far_as_they_are_known(tmp_path):
    found = table(tmp_path, "kode;nama", "2.16.03;Program Aplikasi", "2.16.03.2.02.0014;Jaringan")
    assert [part_of("2.16.03.2.02.0014", rank) for rank in RANKS] == [
        "2.16",
        "2.16.03",
        "2.16.03.2.02",
        "2.16.03.2.02.0014",
    ]
    assert names(found, "2.16.03.2.02.0014") == [None, "Program Aplikasi", None, "Jaringan"]
    assert part_of("2.16.03", "activity") is None
    assert found.entry(None, "programme") is None


def test_the_fourth_group_tells_the_programmes_of_provinces_from_those_of_cities(tmp_path):
    rows = ("kode,nama,daerah", "4.01.02,Program Penataan,provinsi", "4.01.02,Program Pemerintahan,kabupaten/kota")
    found = table(tmp_path, *rows)
    assert names(found, "4.01.02.1.02.0005")[1] == "Program Penataan"
    assert names(found, "4.01.02.2.02.0005")[1] == "Program Pemerintahan"


def test_what_every_office_does_stands_in_the_list_without_the_code_of_a_field(tmp_path):
    found = table(tmp_path, "kode,nama", "X.XX.01.2.13,Penataan Organisasi")
    assert names(found, "4.01.01.2.13.0002")[2] == "Penataan Organisasi"


def test_the_list_of_sub_activities_that_sipd_exports_is_read_as_it_is(tmp_path):
    found = table(
        tmp_path,
        "JENIS PEMDA;BIDANG;PROGRAM;KEGIATAN;SUBKEGIATAN;KINERJA;INDIKATOR;SATUAN",
        "PROV;4.01 SETDA;4.01.02 PENATAAN;4.01.02.1.01 Analisis;4.01.02.1.01.0003 Jabatan;x;Jumlah Dokumen;Dokumen",
        "KABKOT;4.01 SETDA;4.01.02 PEMERINTAHAN;4.01.02.2.01 Tata;4.01.02.2.01.0001 Administrasi;x;Jumlah;Laporan",
    )
    assert names(found, "4.01.02.1.01.0003") == ["SETDA", "PENATAAN", "Analisis", "Jabatan"]
    assert names(found, "4.01.02.2.01.0001")[1] == "PEMERINTAHAN"
    entry = found.entry("4.01.02.1.01.0003", "sub-activity")
    assert (entry.indicator, entry.unit) == ("Jumlah Dokumen", "Dokumen")


def test_the_faults_of_a_table_are_told_with_their_rows(tmp_path):
    rows = ("code,name,level", "2.16.03,A,program", "2.16.03,B,", "2.1603,C,", "2.16.02,,", "2.20.02,D,kegiatan")
    said = faults(tmp_path, *rows)
    assert [one.partition(":")[0] for one in said] == ["3", "4", "5", "6"]
    assert "already stands in row 2" in said[0]


def test_a_table_without_its_columns_is_refused(tmp_path):
    assert "There is no column “name”" in faults(tmp_path, "kode", "2.16.03")[0]


def test_a_code_of_ones_own_that_ones_own_table_lacks_is_told_with_its_row(tmp_path):
    action = model_actions(place(load_answers(STUDY)))[0]
    own = replace(action, own=True, where=Where("biaya.csv", 7), nomenclature="2.16.04")
    listed = table(tmp_path, "kode,nama", "2.16.03,Program Aplikasi")
    with pytest.raises(FaultsFound) as found:
        check_codes([own, action], listed)
    (issue,) = found.value.issues
    assert issue.sentence("en").startswith("biaya.csv:7")
    assert "2.16.03" in issue.sentence("en")


@pytest.mark.parametrize(("model", "variant"), [("gscm-province", "1"), ("gscm-city", "2")])
def test_every_code_of_a_model_is_of_its_kind_of_region_and_has_a_name_of_every_rank(model, variant):
    found = shipped()
    for code in codes_of(model):
        assert code.split(".")[3:4] in ([], [variant]), code
        assert None not in names(found, code)[: list(RANKS).index(rank_of(code)) + 1], code


@pytest.mark.parametrize("model", ["gscm-province", "gscm-city"])
def test_a_code_goes_no_deeper_than_it_fits_all_that_stands_under_it(model):
    """Internet for offices is no mapping of signals; a server room of one's own is no national data centre."""
    actions = {
        criterion.id: criterion.action.nomenclature
        for node in load_model(find_model(model)).nodes.values()
        for criteria in node.criteria.values()
        for criterion in criteria
        if criterion.action
    }
    assert {code for id, code in actions.items() if id.startswith("broadband.") and not id.endswith("5.2")} == {None}
    assert {actions["data-centre.2"], actions["continuity.3.2"]} == {"2.16.03"}
    assert {code for id, code in actions.items() if id.startswith("digital-learning.")} == {"1.01.02"}


def test_every_shipped_name_has_a_source_and_leads_to_a_code_of_a_model():
    used = {
        part_of(code, rank) for model in ("gscm-province", "gscm-city") for code in codes_of(model) for rank in RANKS
    }
    used |= {f"X.XX{part[4:]}" for part in used if part}
    entries = shipped().entries.values()
    assert [entry.code for entry in entries if not entry.sources] == []
    assert {entry.code for entry in entries} - used == set()
    assert [
        entry.code for entry in entries if entry.rank == "sub-activity" and not (entry.indicator and entry.unit)
    ] == []
