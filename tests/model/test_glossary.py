from textwrap import dedent

import pytest

from gscm.errors import GscmError
from gscm.model.glossary import load_glossary
from gscm.model.load import find_model, load_model
from tests.tiny import HEAD, SOURCES

MODEL = HEAD.format(scale="{min: 1, max: 5}", inner="level", names="{name: L1}, {name: L2}") + (
    "  children: [{id: a, title: a, kind: level}]\nwordings: {city: {id: {provinsi: daerah}, en: {province: city}}}\n"
)
COMMON = """
    terms:
      - {term: {id: Dewan, en: Council}, meaning: {id: Badan provinsi, en: A body of the province}}
      - {term: {id: Warga, en: Resident}, meaning: {id: Penduduk provinsi, en: Who lives in the province}}
"""
OWN = """
    terms:
      - {term: {id: Dewan, en: Council}, meaning: {id: Badan kota, en: A body of the city}}
      - {term: {id: Kelurahan, en: Ward}, meaning: {id: Bagian kota, en: A part of the city}}
"""


@pytest.fixture
def terms(tmp_path):
    """The meanings, by English term, of a model whose glossary is the text; a model beside it has COMMON."""

    def load(glossary):
        for name, text in {"city": glossary, "province": COMMON}.items():
            (tmp_path / name).mkdir()
            (tmp_path / name / "glossary.yaml").write_text(dedent(text), encoding="utf-8")
        (tmp_path / "city" / "model.yaml").write_text(MODEL, encoding="utf-8")
        (tmp_path / "city" / "sources.yaml").write_text(SOURCES, encoding="utf-8")
        return {term.term.en: term.meaning.en for term in load_glossary(load_model(tmp_path / "city"))}

    return load


def test_an_own_term_takes_the_place_of_the_common_one_and_new_terms_come_last(terms):
    assert list(terms("    common: ../province/glossary.yaml" + OWN).items()) == [
        ("Council", "A body of the city"),
        ("Resident", "Who lives in the province"),
        ("Ward", "A part of the city"),
    ]


def test_common_terms_are_said_in_the_words_of_the_model(terms):
    adapted = terms("    common: ../province/glossary.yaml\n    wording: city" + OWN)
    assert adapted["Resident"] == "Who lives in the city"


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("    common: ../../glossary.yaml", ":1: “../../glossary.yaml” lies outside"),
        ("    common: ../province/terms.yaml", ":1: There is no such file."),
        ("    common: ../province/glossary.yaml\n    wording: town", ":2: There is no wording “town”"),
    ],
)
def test_a_glossary_that_cannot_be_taken_in_is_told_at_its_line(terms, head, told):
    with pytest.raises(GscmError) as found:
        terms(head + OWN)
    assert f"glossary.yaml{told}" in str(found.value)


def test_the_city_explains_the_words_it_takes_from_the_province_without_naming_the_province_as_its_subject():
    explained = {term.term.id: term for term in load_glossary(load_model(find_model("gscm-city")))}
    assert {"Gerbang level", "SPBE", "Walidata", "Kecamatan", "Dewan Smart City"} <= set(explained)
    assert [id for id, term in explained.items() if "Smart Province" in term.meaning.id + id] == []
