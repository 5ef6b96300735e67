"""Tables of nomenclature: names by code, every fault as a sentence with its row, and nothing that has no source."""

import re
from dataclasses import replace

import pytest

from gscm.errors import FaultsFound
from gscm.model.load import find_model, load_model
from gscm.placement.place import place
from gscm.responses.load import load_answers
from gscm.roadmap.actions import model_actions
from gscm.roadmap.nomenclature import check_codes, rank_of, read_nomenclature, shipped
from tests.cli.conftest import STUDY


def table(tmp_path, *rows):
    path = tmp_path / "nomenklatur.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return read_nomenclature(path)


def faults(tmp_path, *rows):
    with pytest.raises(FaultsFound) as found:
        table(tmp_path, *rows)
    return [issue.sentence("en").rpartition("nomenklatur.csv:")[2] for issue in found.value.issues]


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


def test_a_code_is_called_by_each_of_its_ranks_as_far_as_it_is_known(tmp_path):
    names = table(tmp_path, "kode;nama", "2.16.03;Program Aplikasi", "2.16.03.2.02.0014;Jaringan")
    called = [names.called("2.16.03.2.02.0014", rank) for rank in ("programme", "activity", "sub-activity")]
    assert called == ["2.16.03 Program Aplikasi", "2.16.03.2.02", "2.16.03.2.02.0014 Jaringan"]
    assert names.called("2.16.03", "activity") is None
    assert names.called(None, "programme") is None


def test_the_faults_of_a_table_are_told_with_their_rows(tmp_path):
    rows = ("code,name,level", "2.16.03,A,program", "2.16.03,B,", "2.1603,C,", "2.16.02,,", "2.20.02,D,kegiatan")
    said = faults(tmp_path, *rows)
    assert [one.partition(":")[0] for one in said] == ["3", "4", "5", "6"]
    assert "already stands in row 2" in said[0]


def test_a_table_without_its_columns_is_refused(tmp_path):
    assert "There is no column “name”" in faults(tmp_path, "kode", "2.16.03")[0]


def test_a_code_of_ones_own_that_ones_own_table_lacks_is_told_with_its_row(tmp_path):
    from gscm.errors import Where

    action = model_actions(place(load_answers(STUDY)))[0]
    own = replace(action, own=True, where=Where("biaya.csv", 7), nomenclature="2.16.04")
    names = table(tmp_path, "kode,nama", "2.16.03,Program Aplikasi")
    with pytest.raises(FaultsFound) as found:
        check_codes([own, action], names)
    (issue,) = found.value.issues
    assert issue.sentence("en").startswith("biaya.csv:7")
    assert "2.16.03" in issue.sentence("en")


def test_every_shipped_name_has_a_source_and_no_code_that_the_models_do_not_lead_to():
    """The one sub-activity shipped is the smart-city one of 2022, which no criterion names."""
    model = load_model(find_model("gscm-province"))
    used = {
        criterion.action.nomenclature
        for node in model.nodes.values()
        for criteria in node.criteria.values()
        for criterion in criteria
        if criterion.action
    }
    entries = shipped().entries
    assert all(entry.source for entry in entries.values())
    assert set(entries) - used == {"2.16.03.2.02.09"}
    assert not any(re.search(r"[A-Z]{6}", entry.name) for entry in entries.values())
