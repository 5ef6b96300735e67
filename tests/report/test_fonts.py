"""The typefaces of the reports, as a PDF can hold them."""

import re

import pytest

from gscm import resources
from gscm.report.fonts import FACES, font_css

STYLES = resources.folder("reports") / "styles"


def test_no_two_files_are_the_same_face_since_a_pdf_would_hold_only_one_of_them():
    faces = [(face.family, face.weight, face.style) for face in FACES]
    assert len(set(faces)) == len(faces)


@pytest.mark.parametrize("style", ["base", "print", "form"])
def test_every_list_of_fonts_goes_on_to_the_letters_and_signs_beyond_latin(style):
    lists = re.findall(r'("Source S\w+ \d"[^;]*);', (STYLES / f"{style}.css").read_text(encoding="utf-8"))
    assert lists
    for families in lists:
        assert re.search(r'"Source (Sans 3|Serif 4) Extended", "Source Sans 3 Signs"$', families), families


def test_a_page_brings_only_the_faces_that_it_has_letters_of():
    assert "Signs" not in font_css("level")
    assert "Source Sans 3 Signs" in font_css("ξ ≤ λmax")
    assert "Source Serif 4 Extended" in font_css("Łódź")
