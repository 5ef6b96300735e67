"""The basis of every figure: each element of a model with its source, in the language of the report."""

import re

import pytest

from gscm.i18n import LANGUAGES
from gscm.model.load import find_model, load_model, shipped_models
from gscm.report.claims import claims
from gscm.report.sections.basis import _source
from tests.tiny import tiny

NEUTRAL = re.compile(r"[\d–., ]+|abstract")
"""A page, or a word of the source's own."""


def test_a_place_in_a_source_is_told_in_the_language_of_the_report():
    model = tiny("""
        children:
          - id: a
            kind: level
            title: A
            weight: 1
            weight_claim: {source: us, basis: ours, locator: {id: Tabel 1, en: Table 1}}
    """)
    told = {language: _source(model.nodes["a"].weight_origin, language) for language in LANGUAGES}
    assert told == {"id": "us, Tabel 1", "en": "us, Table 1"}


@pytest.mark.parametrize("name", shipped_models())
def test_no_place_in_a_source_stays_in_the_other_language(name):
    places = {origin.locator for _, origin in claims(load_model(find_model(name))) if origin.locator}
    assert [place.id for place in places if place.id == place.en and not NEUTRAL.fullmatch(place.id)] == []
