"""`gscm questionnaire`: what an office gets into its hands."""

import json
import re

import pytest
from pypdf import PdfReader

from gscm.cli.command import Session
from gscm.cli.main import run
from gscm.model.facts import facts_of
from gscm.model.load import find_model, load_model
from gscm.placement.place import place
from gscm.questionnaire.load import questionnaire_for, shipped_questionnaires
from gscm.responses.load import load_answers

ID = Session("id", debug=False)


@pytest.mark.parametrize("name", shipped_questionnaires())
def test_every_shipped_questionnaire_is_written_in_full(name, capsys):
    assert run(["questionnaire", "check", name, "--json"], ID) == 0
    assert json.loads(capsys.readouterr().out)["derived"] == []


def test_show_gives_the_items_of_an_office_in_the_order_of_asking(capsys):
    assert (
        run(["questionnaire", "show", "gscm-province", "--node", "institutions", "--office", "bappeda", "--json"], ID)
        == 0
    )
    codes = [item["code"] for item in json.loads(capsys.readouterr().out)]
    assert codes[0] == "council.2"
    assert all(code.split(".")[0] in ("council", "delivery-team", "stakeholder-forum") for code in codes)


def test_a_blank_answers_file_loads_and_leaves_everything_open(tmp_path):
    path = tmp_path / "answers.yaml"
    assert run(["questionnaire", "blank", "gscm-province", "--out", str(path)], ID) == 0
    overall = place(load_answers(path)).overall
    assert (overall.low, overall.high, overall.coverage) == (1, 5, 0)
    assert "# Apakah" in path.read_text(encoding="utf-8")


def test_a_file_that_is_there_is_never_overwritten(tmp_path, capsys):
    path = tmp_path / "answers.yaml"
    path.write_text("mine")
    assert run(["questionnaire", "blank", "gscm-province", "--out", str(path)], ID) == 2
    assert path.read_text() == "mine"
    assert "tidak ditimpa" in capsys.readouterr().err


def test_the_paper_form_has_every_code_of_its_part_and_the_notice_on_each_page(tmp_path):
    path = tmp_path / "form.pdf"
    assert run(["questionnaire", "print", "gscm-province", "--node", "institutions", "--out", str(path)], ID) == 0
    pages = [page.extract_text() for page in PdfReader(path).pages]
    assert all("bukan hasil resmi RKCI/ITB" in page for page in pages)
    text = " ".join(pages)
    assert all(code in text for code in ("council.2", "council.5.2", "stakeholder-forum.3.1"))


def test_a_form_of_levels_shows_what_each_level_means(tmp_path):
    path = tmp_path / "form.html"
    assert run(["questionnaire", "print", "spbe-2020", "--node", "a2", "--out", str(path)], ID) == 0
    page = path.read_text(encoding="utf-8")
    assert page.count('class="levels"') == 4
    assert page.count("<strong>1 Rintisan:</strong> ") == 4


@pytest.mark.parametrize("command", [["show"], ["print", "--out", "form.html"], ["blank"]])
@pytest.mark.parametrize(
    ("name", "office", "remedy"),
    [
        ("gscm-province", "bapeda", "Mungkin yang dimaksud “bappeda”?"),
        ("spbe-2020", "inspektora", "Mungkin yang dimaksud “inspektorat”?"),
        ("spbe-2020", "xyz", "Yang ada, misalnya: sekda, diskominfo, bappeda"),
        ("pemdi-2026", "bappeda", "Model ini tidak menyebut perangkat daerah."),
    ],
)
def test_an_unknown_office_is_told_with_the_nearest_one_or_those_there_are(command, name, office, remedy, capsys):
    assert run(["questionnaire", *command, "--office", office, name], ID) == 2
    assert remedy in capsys.readouterr().err


def test_a_blank_file_explains_every_way_to_answer_and_marks_where_not_applicable_may_stand(capsys):
    assert run(["questionnaire", "blank", "gscm-province"], ID) == 0
    text = capsys.readouterr().out
    head, _, body = text.partition("answers:")
    assert all(word in head for word in ("ya ", "tidak ", "12.5", "tidak tahu", "status: not_applicable, reason:"))
    facts = facts_of(load_model(find_model("gscm-province"))).values()
    assert body.count("boleh tidak berlaku, dengan alasan") == sum(fact.may_not_apply for fact in facts)
    assert body.count("boleh tidak berlaku; tulis:\n  #   regency-coordination: {status: not_applicable") == 1
    assert max(map(len, text.splitlines())) <= 100


def test_what_the_guidance_of_a_blank_file_shows_is_read_as_it_says(tmp_path):
    path = tmp_path / "answers.yaml"
    assert run(["questionnaire", "blank", "gscm-province", "--out", str(path)], ID) == 0
    text = path.read_text(encoding="utf-8")
    ways = {
        "regulation.2": "ya",
        "regulation.3": "tidak",
        "poverty.value": "12.5",
        "council.2": "tidak tahu",
        "regency-coordination.2": '{status: not_applicable, reason: "alasannya"}',
        "masterplan.2": '{value: ya, evidence: ["Pergub 12/2026"], note: "catatan"}',
    }
    assert all(way in text.partition("answers:")[0] for way in ways.values())
    for code, way in ways.items():
        text = text.replace(f"\n  {code}:\n", f"\n  {code}: {way}\n")
    path.write_text(text, encoding="utf-8")
    entries = load_answers(path).entries
    assert [entries[code].status for code in ways] == ["given", "given", "given", "unknown", "not_applicable", "given"]


@pytest.mark.parametrize("words", [["blank", "--out", "a.yaml"], ["print", "--out", "a.html"]])
def test_a_folder_that_is_not_there_is_named(tmp_path, capsys, words):
    assert run(["questionnaire", *words[:-1], str(tmp_path / "belum" / words[-1])], ID) == 2
    assert capsys.readouterr().err.startswith(f"Folder “{tmp_path / 'belum'}” tidak ada. Buat dahulu foldernya")


def test_a_form_of_levels_wastes_no_page(tmp_path):
    path = tmp_path / "form.pdf"
    assert run(["questionnaire", "print", "spbe-2020", "--node", "d1", "--out", str(path)], ID) == 0
    codes = [re.findall(r"\bi\d+\b", page.extract_text()) for page in PdfReader(path).pages]
    assert codes[0] == ["i1", "i2"]


def test_a_form_offers_not_applicable_only_where_the_model_allows_it(tmp_path):
    path = tmp_path / "form.html"
    assert run(["questionnaire", "print", "gscm-province", "--node", "governance", "--out", str(path)], ID) == 0
    # of the whole enabler only one indicator may not apply, and it is asked so once
    assert path.read_text(encoding="utf-8").count("tidak berlaku, karena") == 1


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", ["gscm-province", "spbe-2020"])
def test_a_blank_file_holds_the_introduction_and_each_item_with_its_help_and_offices(name, language, capsys):
    assert run(["questionnaire", "blank", name], Session(language, debug=False)) == 0
    lines = capsys.readouterr().out.splitlines()
    told = " ".join(" ".join(line.strip().removeprefix("#").strip() for line in lines).split())
    model = load_model(find_model(name))
    questionnaire = questionnaire_for(model)
    assert questionnaire.introduction[language] in told.partition("answers:")[0]
    for item in questionnaire.items.values():
        assert item.help is None or " ".join(item.help[language].split()) in told
        assert "; ".join(model.offices[office][language] for office in item.offices) in told
    assert max(map(len, lines)) <= 100


def test_every_item_of_spbe_2020_names_an_office(capsys):
    assert run(["questionnaire", "show", "spbe-2020", "--json"], ID) == 0
    assert all(item["offices"] for item in json.loads(capsys.readouterr().out))


def test_show_ends_with_the_notice_of_the_model(capsys):
    assert run(["questionnaire", "show", "gscm-province", "--node", "council"], ID) == 0
    assert capsys.readouterr().out.endswith("\n\nRekonstruksi berdasarkan sumber publik; bukan hasil resmi RKCI/ITB.\n")
