"""Items shared between questionnaires: re-worded, replaced by own ones, left out where the model has no such fact."""

import re

import pytest

from gscm import yamlfile
from gscm.errors import FaultsFound
from gscm.i18n import LANGUAGES
from gscm.model.load import find_model, load_model
from gscm.model.schema import ModelFile
from gscm.questionnaire.load import find_questionnaire, load_questionnaire
from gscm.questionnaire.schema import QuestionnaireFile
from gscm.resources import folder
from tests.test_content import form_texts, texts

CITY = load_model(find_model("gscm-city"))
FORM = load_questionnaire(find_questionnaire("gscm-city"), CITY)
PROVINCIAL = re.compile(r"\b(gubernur|pergub|smart province|governor|provinces)\b", re.IGNORECASE)
HEAD = "{id: x, version: 1.0.0, model: gscm-city, title: X, introduction: X, staging: full, items: %s, wordings: %s}"
SHARED = """
items:
  - {asks: council.2, text: {id: Apakah gubernur dan badan usaha tahu?, en: Do the governor and firms know?}}
  - {asks: council.3.1, text: {id: Apakah gubernur tahu?, en: Does the governor know?}, help: {id: Ya., en: Yes.}}
  - {asks: no-such-fact.2, text: {id: Apakah ada?, en: Is there any?}}
"""
OWN = "items: [{asks: council.3.1, text: {id: Apakah wali kota tahu?, en: Does the mayor know?}}]"


def load(tmp_path, items, wordings="{}"):
    """A questionnaire for the city with these items, beside one with the shared items above."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other/shared.yaml").write_text(SHARED, encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/own.yaml").write_text(OWN, encoding="utf-8")
    (tmp_path / "mine/questionnaire.yaml").write_text(HEAD % (items, wordings), encoding="utf-8")
    return load_questionnaire(tmp_path / "mine", CITY)


def faults(tmp_path, items):
    with pytest.raises(FaultsFound) as found:
        load(tmp_path, items)
    return [issue.what.en for issue in found.value.issues]


def test_shared_items_speak_the_words_of_the_model_and_of_the_questionnaire(tmp_path):
    form = load(
        tmp_path,
        "[{file: ../other/shared.yaml, wording: city}]",
        "{city: {id: {badan usaha: perusahaan}, en: {firms: companies}}}",
    )
    assert form.items["council.2"].text.id == "Apakah kepala daerah dan perusahaan tahu?"
    assert form.items["council.2"].text.en == "Do the mayor and companies know?"


def test_without_a_wording_shared_items_stay_as_they_are(tmp_path):
    assert load(tmp_path, "[{file: ../other/shared.yaml}]").items["council.3.1"].text.id == "Apakah gubernur tahu?"


@pytest.mark.parametrize(
    "items", ["[{file: ../other/shared.yaml}, own.yaml]", "[own.yaml, {file: ../other/shared.yaml}]"]
)
def test_an_own_item_takes_the_place_of_a_shared_one(tmp_path, items):
    assert load(tmp_path, items).items["council.3.1"].text.id == "Apakah wali kota tahu?"


def test_shared_items_of_facts_the_model_lacks_are_left_out(tmp_path):
    assert "no-such-fact.2" not in load(tmp_path, "[{file: ../other/shared.yaml}]").items


def test_own_items_come_from_the_folder_of_the_questionnaire(tmp_path):
    assert faults(tmp_path, "[../other/shared.yaml]") == [
        "“../other/shared.yaml” lies outside the folder of the questionnaire."
    ]


def test_shared_items_come_from_a_questionnaire_beside_it(tmp_path):
    assert faults(tmp_path, "[{file: ../../shared.yaml}]") == [
        "“../../shared.yaml” lies outside the folder of the questionnaire."
    ]


def test_an_unknown_wording_is_told(tmp_path):
    assert faults(tmp_path, "[{file: ../other/shared.yaml, wording: town}]") == ["There is no wording “town”."]


def test_nothing_of_the_governor_is_left_in_the_city():
    every = [*texts(CITY), *form_texts(FORM)]
    assert [(place, text.id) for place, text in every for words in LANGUAGES if PROVINCIAL.search(text[words])] == []


def unfolded(files):
    """What the files say, with texts that are folded over several lines in one."""
    return " ".join(" ".join(file.read_text(encoding="utf-8").casefold().split()) for file in files)


def test_every_phrase_of_the_city_wording_is_used():
    """A phrase that matches nothing any more leaves a sentence about provinces behind."""
    models, forms = folder("models"), folder("questionnaires")
    model = yamlfile.validate(yamlfile.read(models / "gscm-city/model.yaml"), ModelFile)
    form = yamlfile.validate(yamlfile.read(forms / "gscm-city/questionnaire.yaml"), QuestionnaireFile)
    written = unfolded(models.glob("gscm-province/domains/*"))
    asked = unfolded(forms.glob("gscm-province/items/*"))
    for wordings, where in ((model.wordings, written), (form.wordings, asked)):
        for words in LANGUAGES:
            assert [phrase for phrase in getattr(wordings["city"], words) if phrase.casefold() not in where] == []


def test_a_questionnaire_of_another_model_is_one_fault():
    with pytest.raises(FaultsFound) as found:
        load_questionnaire(find_questionnaire("spbe-2020"), CITY)
    (issue,) = found.value.issues
    assert issue.what.en == "This questionnaire is for the model spbe-2020; the answers are for the model gscm-city."
    assert issue.remedy.en.startswith("Use --questionnaire gscm-city")
