"""The commands `gscm model new | docs | format | coverage`."""

import json
import shutil

import pytest

from gscm.resources import folder as shipped
from tests.cli.conftest import gscm  # noqa: F401  the fixture


@pytest.fixture
def mine(gscm, tmp_path):  # noqa: F811
    assert gscm("model", "new", tmp_path / "mine", "--title", "Mine").code == 0
    return tmp_path / "mine"


def test_a_new_model_is_sound_and_passes_its_cases(gscm, mine):  # noqa: F811
    assert "Model mine 0.1.0 is sound: 7 nodes, 4 indicators" in gscm("model", "check", mine).out
    assert gscm("model", "test", mine).code == 0
    assert gscm("assess", mine / "answers.yaml").out.startswith("Daerah Contoh · Mine 0.1.0\n")


def test_a_new_model_never_takes_the_place_of_another(gscm, mine):  # noqa: F811
    ended = gscm("model", "new", mine)
    assert (ended.code, ended.out) == (2, "")
    assert "nothing is overwritten" in ended.err


def test_what_to_do_next_can_be_pasted_where_the_folder_has_a_space(gscm, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.chdir(tmp_path)
    assert "  gscm model check 'Desa Kita'\n" in gscm("model", "new", "Desa Kita").out


def test_format_names_what_it_changed_and_then_changes_nothing_more(gscm, mine):  # noqa: F811
    file = mine / "domains" / "services.yaml"
    file.write_text(file.read_text().replace("kind: domain\n", 'kind:   "domain"\n'))
    assert gscm("model", "format", mine, "--check").out == f"{file}\n"
    assert gscm("model", "format", mine, "--check").code == 1
    assert gscm("model", "format", mine).out == f"{file}\n1 file(s) laid out.\n"
    assert (gscm("model", "format", mine, "--check").code, gscm("model", "format", mine).out) == (
        0,
        "0 file(s) laid out.\n",
    )


def test_format_leaves_a_model_with_a_fault_as_it_is(gscm, mine):  # noqa: F811
    file = mine / "sources.yaml"
    file.write_text("sources: {team: {titel: x}}\n")
    ended = gscm("model", "format", mine)
    assert ended.code == 1
    assert f"{file}:1:" in ended.err
    assert file.read_text() == "sources: {team: {titel: x}}\n"


def test_docs_are_printed_or_written(gscm, mine, tmp_path):  # noqa: F811
    page = tmp_path / "page.md"
    assert gscm("model", "docs", mine, "--out", page).code == 0
    assert page.read_text() == gscm("model", "docs", mine).out
    assert page.read_text().startswith("# Mine\n")


def test_coverage_finds_nothing_idle_in_a_new_model(gscm, mine):  # noqa: F811
    ended = gscm("model", "coverage", mine)
    assert (ended.code, ended.out) == (
        0, "mine 0.1.0: 8 of 8 answers can change the level of the whole or one directly below it.\n",
    )  # fmt: skip


def test_coverage_names_what_is_idle(gscm, mine):  # noqa: F811
    shutil.rmtree(mine / "cases")
    ended = gscm("model", "coverage", mine, "--json")
    told = json.loads(ended.out)["mine"]
    assert ended.code == 1
    assert told["requirements_without_case"] == [{"node": "online-services", "at": 3, "needs": "policy", "level": 3}]
    assert told["nodes_without_case"] == ["mine", "governance", "services"]


def test_coverage_tells_of_a_level_out_of_reach(gscm, mine):  # noqa: F811
    file = mine / "domains" / "services.yaml"
    file.write_text(
        file.read_text().replace("children:\n", "gates:\n  3: [{clause: score, from: 101}]\nchildren:\n", 1)
    )
    ended = gscm("model", "coverage", mine)
    assert ended.code == 1
    assert "Levels out of reach:" in ended.out


def test_what_a_city_takes_from_the_province_is_exercised_by_the_cases_of_either(gscm, tmp_path, monkeypatch):  # noqa: F811
    assert (shipped("models") / "gscm-city").is_dir()
    monkeypatch.chdir(tmp_path)  # from where the files of either model have other names
    assert gscm("model", "coverage", "gscm-city").code == 0
