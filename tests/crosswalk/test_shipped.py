"""The crosswalks that come with gscm: sound, careful, complete in both languages."""

import shutil

import pytest

from gscm.crosswalk.load import crosswalks_between, find_crosswalk, load_crosswalks, shipped_crosswalks
from gscm.i18n import LANGUAGES
from gscm.model.load import find_model, load_model
from tests.test_content import unknown_words

FOUND = dict(
    zip(shipped_crosswalks(), load_crosswalks([find_crosswalk(name) for name in shipped_crosswalks()]), strict=True)
)


def texts(found):
    return [found.title, found.about, found.source, *(link.reason for link in found.links)]


@pytest.mark.parametrize("name", FOUND)
def test_a_crosswalk_is_named_by_its_id_and_says_whose_judgement_it_is(name):
    assert (FOUND[name].id, FOUND[name].basis) == (name, "ours")


@pytest.mark.parametrize("name", FOUND)
def test_every_reason_is_one_sentence_in_both_languages(name):
    for link in FOUND[name].links:
        for language in LANGUAGES:
            said = link.reason[language]
            assert said.endswith("."), said
            assert ". " not in said, said
            assert len(said.split()) <= 40, said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.skipif(shutil.which("hunspell") is None, reason="hunspell is not installed")
def test_every_word_of_the_crosswalks_is_known(language):
    assert unknown_words([text for found in FOUND.values() for text in texts(found)], language) == []


def test_what_is_known_only_by_name_is_never_the_same():
    found = [one for one in FOUND.values() if "pemdi-2026" in {model.id for model in (*one.near, *one.far)}]
    assert len(found) == 2
    assert "same" not in {link.relation for one in found for link in one.links}


@pytest.mark.parametrize(
    ("near", "far"),
    [
        ("gscm-province", "spbe-2020"),
        ("gscm-city", "spbe-2020"),
        ("spbe-2020", "pemdi-2026"),
        ("gscm-city", "pemdi-2026"),
        ("spbe-2018", "spbe-2020"),
    ],
)
def test_instruments_of_one_region_are_connected_both_ways(near, far):
    one, other = load_model(find_model(near)), load_model(find_model(far))
    (there,), (back,) = crosswalks_between(one, other), crosswalks_between(other, one)
    assert len(there.between(one, other)) == len(back.between(other, one)) > 15


def test_the_two_models_of_gscm_differ_where_the_districts_count():
    """The units of SPBE include the districts of a city, which the city's criterion leaves out."""
    relations = {}
    for name in ("gscm-province", "gscm-city"):
        model, spbe = load_model(find_model(name)), load_model(find_model("spbe-2020"))
        for link in FOUND["gscm-spbe-2020"].between(spbe, model):
            if str(link.far) == "government-network.3.1":
                relations[name] = (str(link.near), link.relation)
    assert relations == {"gscm-province": ("i17@3", "same"), "gscm-city": ("i17@3", "narrower")}
