"""The words of the shipped models: complete, in both languages, checkable, each said once."""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from gscm.i18n import LANGUAGES, Text
from gscm.model.load import find_model, load_model, shipped_models
from gscm.questionnaire.load import load_questionnaire, shipped_questionnaires
from gscm.resources import folder

WORDED = [name for name in shipped_models() if name.startswith("gscm-")]
MODELS = {name: load_model(find_model(name)) for name in shipped_models()}
FORMS = {
    name: load_questionnaire(folder("questionnaires") / name, MODELS[name])
    for name in shipped_questionnaires()
    if name in MODELS
}
DICTIONARY = {"id": "id_ID", "en": "en_GB"}
WORDS = Path(__file__).parent / "data"
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])")


def criteria(model):
    return [c for node in model.nodes.values() for cs in node.criteria.values() for c in cs]


def texts(model):
    """Every text of a model that somebody wrote, with where it stands."""
    for node in model.nodes.values():
        yield from ((node.id, text) for text in (node.title, node.about) if text)
        if node.quantity:
            yield from ((node.id, text) for text in (node.quantity.title, node.quantity.unit))
        for clauses in node.gates.values():
            yield from ((node.id, c.reason) for c in clauses if c.reason)
    for criterion in criteria(model):
        yield criterion.id, criterion.text
        yield from ((criterion.id, text) for text in criterion.evidence)
        if criterion.action:
            yield criterion.id, criterion.action.what


def form_texts(form):
    for item in form.items.values():
        yield from ((item.code, text) for text in (item.text, item.help, *item.evidence) if text)
        yield from ((item.code, text) for _, _, text in item.levels if text)


@pytest.mark.parametrize("name", WORDED)
def test_every_indicator_has_criteria_at_each_level(name):
    model = MODELS[name]
    indicators = [node for node in model.nodes.values() if node.is_leaf]
    assert len(indicators) >= 55
    assert [node.id for node in indicators if sorted(node.criteria) != [2, 3, 4, 5] or node.about is None] == []


@pytest.mark.parametrize("name", WORDED)
def test_every_criterion_has_evidence_an_action_an_owner_a_document_and_a_source(name):
    model = MODELS[name]
    for criterion in criteria(model):
        assert criterion.evidence, criterion.id
        assert criterion.action, criterion.id
        assert criterion.action.owner, criterion.id
        assert criterion.action.document, criterion.id
        assert criterion.origin.source in model.sources, criterion.id
        assert criterion.origin.basis == "ours", criterion.id


@pytest.mark.parametrize("name", WORDED)
def test_no_criterion_or_action_is_said_twice(name):
    model = MODELS[name]
    said = [c.text for c in criteria(model)] + [c.action.what for c in criteria(model)]
    for language in LANGUAGES:
        assert [text for text, count in Counter(text[language] for text in said).items() if count > 1] == []


@pytest.mark.parametrize("name", MODELS)
def test_both_languages_are_there_and_no_sentence_is_over_40_words(name):
    every = [*texts(MODELS[name]), *(form_texts(FORMS[name]) if name in FORMS else ())]
    for place, text in every:
        for language in LANGUAGES:
            assert text[language].strip(), place
            for sentence in SENTENCE.split(text[language]):
                assert len(sentence.split()) <= 40, (place, sentence)


@pytest.mark.parametrize("name", MODELS)
def test_what_is_not_official_says_so(name):
    model = MODELS[name]
    claimed = {c.origin.basis for c in criteria(model)} | {
        n.weight_origin.basis for n in model.nodes.values() if n.weight_origin
    }
    if model.status == "reconstruction":
        assert "official" not in claimed
        assert "bukan hasil resmi" in model.notice.id
        assert "not an official result" in model.notice.en


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.skipif(shutil.which("hunspell") is None, reason="hunspell is not installed")
def test_every_word_is_in_the_dictionary_or_in_the_word_list_of_the_project(language):
    every = [text for m in MODELS.values() for _, text in texts(m)]
    every += [text for f in FORMS.values() for _, text in form_texts(f)]
    assert unknown_words(every, language) == []


def unknown_words(every: list[Text], language):
    """The words that neither hunspell nor the project's list knows; ids and abbreviations are passed over."""
    text = "\n".join(text[language].replace("’", "'").replace("-", " ") for text in every)
    command = ["hunspell", "-d", DICTIONARY[language], "-i", "utf-8", "-p", str(WORDS / f"words-{language}.txt"), "-l"]
    found = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout.split()
    return sorted({word for word in found if not word.isupper() and not any(letter.isdigit() for letter in word)})
