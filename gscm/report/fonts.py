"""The typefaces of the reports: shipped, and written into the page, so that no font of the machine is needed."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache

from gscm import resources

_LATIN = "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2212"
_EXTENDED = "U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1EFF"
_SIGNS = "U+0370-03FF,U+0400-04FF,U+2070-20AB,U+20AD-2121,U+2123-2211,U+2213-2BFF"


@dataclass(frozen=True, slots=True)
class Face:
    """One file of a typeface and the letters it is there for."""

    family: str
    weight: int
    style: str
    letters: str
    file: str


def _faces() -> tuple[Face, ...]:
    """Every file is of a family of its own: a PDF holds one file for each family, weight and style."""
    found = []
    for family, name in (("Source Serif 4", "source-serif-4"), ("Source Sans 3", "source-sans-3")):
        for weight, style in ((400, "normal"), (400, "italic"), (600, "normal"), (700, "normal")):
            found.append(Face(family, weight, style, _LATIN, f"{name}-latin-{weight}-{style}.woff2"))
            more = f"{name}-latin-ext-{weight}-{style}.woff2"
            found.append(Face(f"{family} Extended", weight, style, _EXTENDED, more))
    # arrows, Greek letters and the like are only in the whole of Source Sans 3
    return (*found, Face("Source Sans 3 Signs", 400, "normal", _SIGNS, "source-sans-3-full-400-normal.woff2"))


FACES = _faces()


def font_css(words: str) -> str:
    """`@font-face` rules, the fonts in them, for the faces that have a letter of `words`."""
    letters = {ord(letter) for letter in words}
    needed = [face for face in FACES if face.letters == _LATIN or _any(face.letters, letters)]
    return "\n".join(_rule(face) for face in needed)


def _any(ranges: str, letters: set[int]) -> bool:
    for entry in ranges.split(","):
        first, _, last = entry.removeprefix("U+").partition("-")
        low, high = int(first, 16), int(last or first, 16)
        if any(low <= letter <= high for letter in letters):
            return True
    return False


@lru_cache(maxsize=len(FACES))
def _rule(face: Face) -> str:
    data = b64encode((resources.folder("reports") / "fonts" / face.file).read_bytes()).decode("ascii")
    return (
        f"@font-face{{font-family:'{face.family}';font-weight:{face.weight};font-style:{face.style};font-display:swap;"
        f"unicode-range:{face.letters};src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )
