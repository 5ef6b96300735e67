"""A starter works at once, in either language, and overwrites nothing."""

import pytest

from gscm.assessment import assess
from gscm.authoring.canonical import formatted
from gscm.authoring.exercise import coverage
from gscm.authoring.starter import id_for, starter, write_starter
from gscm.cases import load_cases, run_case
from gscm.errors import BadUse
from gscm.model.load import load_model, read_model
from gscm.responses.load import load_answers


@pytest.fixture(params=["id", "en"])
def folder(request, tmp_path):
    write_starter(tmp_path / "mine", starter("mine", None, request.param))
    return tmp_path / "mine"


def test_it_has_neither_fault_nor_warning_and_passes_its_cases(folder):
    model, issues = read_model(folder)
    cases = load_cases(model)
    assert issues == ()
    assert len(cases) == 2
    assert [issue for case in cases for issue in run_case(model, case)] == []


def test_it_is_in_canonical_form(folder):
    assert [file.path.name for file in formatted(folder) if file.changed] == []


def test_everything_in_it_is_at_work(folder):
    found = coverage(load_model(folder))
    assert not found.idle
    assert len(found.shown) == found.facts


def test_its_answers_can_be_assessed(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    assert assess(load_answers(folder / "answers.yaml")).overall.low == 2


def test_its_notes_are_in_the_language_asked_for():
    notes = {
        language: [line for text in starter("m", None, language).values() for line in text.splitlines() if "# " in line]
        for language in ("id", "en")
    }
    assert any("Setiap baris" in line for line in notes["id"])
    assert any("Every line" in line for line in notes["en"])
    assert not set(notes["id"]) & set(notes["en"]) - {"# m", "## 0.1.0"}


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(BadUse, match="not empty"):
        write_starter(tmp_path, starter("m", None, "en"))
    assert [file.name for file in tmp_path.iterdir()] == ["note.txt"]


@pytest.mark.parametrize(
    ("name", "id"), [("Model Kami 2026", "model-kami-2026"), ("2026", "model-2026"), ("a--b", "a-b")]
)
def test_the_id_is_made_of_the_name_of_the_folder(tmp_path, name, id):
    assert id_for(tmp_path / name) == id
    assert f"id: {id}\n" in starter(id, None, "en")["model.yaml"]


@pytest.mark.parametrize(("id", "why"), [("Model", "not a valid id"), ("spbe-2020", "a model that gscm has")])
def test_an_id_that_will_not_do_is_refused(id, why):
    with pytest.raises(BadUse, match=why):
        starter(id, None, "en")


def test_a_title_may_hold_anything():
    assert 'title: "A: \\"model\\""\n' in starter("m", 'A: "model"', "en")["model.yaml"].replace(
        "'A: \"model\"'", '"A: \\"model\\""'
    )
