"""The pieces of a picture: escaped elements, text that is measured before it is set, hatching, the inks.

Lengths are in units of which the text of a page is 448 wide (one unit is one point on paper).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape, unescape
from itertools import pairwise

WIDTH = 448.0
INK, MUTED, RULE, PAPER, HOLD = "#1d2b2e", "#5f6b6d", "#d9d4c8", "#ffffff", "#b2512b"
LEVELS = ("#e9e4d8", "#b7d2cb", "#7fb2a7", "#3f8578", "#0f4a43")
HATCH = "#3f8578"
FAMILY = (
    "'Source Sans 3', 'Source Sans 3 Extended', 'Source Sans 3 Signs', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
)

Point = tuple[float, float]

_ADVANCES = {
    400: (
        200, 289, 426, 497, 497, 824, 609, 249, 303, 303, 418, 497, 249, 311, 249, 350, 497, 497, 497, 497,
        497, 497, 497, 497, 497, 497, 249, 249, 497, 497, 497, 425, 847, 543, 588, 571, 615, 527, 494, 617,
        652, 263, 479, 579, 486, 727, 647, 664, 566, 664, 569, 534, 536, 645, 515, 786, 513, 476, 539, 303,
        350, 303, 497, 500, 542, 504, 553, 456, 555, 496, 292, 504, 544, 246, 247, 495, 255, 829, 547, 542,
        555, 555, 347, 419, 338, 544, 467, 719, 446, 467, 425, 303, 241, 303, 497,
    ),
    600: (
        200, 315, 482, 513, 513, 841, 639, 275, 324, 324, 438, 513, 275, 322, 275, 344, 513, 513, 513, 513,
        513, 513, 513, 513, 513, 513, 275, 275, 513, 513, 513, 444, 875, 558, 597, 576, 625, 538, 510, 628,
        663, 282, 494, 597, 502, 745, 657, 674, 582, 674, 592, 545, 546, 655, 536, 800, 541, 501, 540, 324,
        344, 324, 513, 500, 549, 516, 563, 462, 564, 507, 317, 520, 558, 262, 263, 522, 271, 843, 560, 549,
        564, 564, 373, 431, 361, 556, 495, 748, 481, 495, 443, 324, 255, 324, 513,
    ),
}  # fmt: skip
"""Advance widths of Source Sans 3 from space to tilde, in thousandths of the type size, by weight."""


class Svg(str):
    """A finished picture. Templates may set it as it is: every text in it has been escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def picture(height: float, title: str, about: str, parts: Iterable[str], width: float = WIDTH) -> Svg:
    """The whole picture; `title` and `about` are read out to those who cannot see it."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" '
        f'width="{number(width)}" height="{number(height)}" role="img" font-family="{FAMILY}">'
    )
    # PDF readers are given the title only, so that it has to say everything
    return Svg(f"{head}<title>{escape(f'{title}. {about}')}</title><desc>{escape(about)}</desc>{''.join(parts)}</svg>")


_WRAPPED = re.compile(
    r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*><title>.*?</title><desc>(.*?)</desc>(.*)</svg>', re.DOTALL
)


def element(tag: str, inner: str = "", /, **attributes: str | float) -> str:
    """One element; `inner` is markup already, attributes are escaped here (`stroke_width` becomes stroke-width)."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value if isinstance(value, str) else number(value))}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{written}>{inner}</{tag}>" if inner else f"<{tag}{written}/>"


def number(value: float) -> str:
    """A length with at most two digits after the point, spelt one way only."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def box(x: float, y: float, width: float, height: float, **style: str | float) -> str:
    return element("rect", x=x, y=y, width=width, height=height, **style)


def line(start: Point, end: Point, stroke: str = RULE, width: float = 0.75, **style: str | float) -> str:
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], stroke=stroke, stroke_width=width, **style)


def label(
    x: float,
    y: float,
    words: str,
    size: float = 8.5,
    weight: int = 400,
    fill: str = INK,
    anchor: str = "start",
    **style: str,
) -> str:
    """A line of text on the baseline `y`."""
    return element(
        "text", escape(words), x=x, y=y, font_size=size, font_weight=str(weight), fill=fill, text_anchor=anchor, **style
    )


def labels(x: float, y: float, lines: Sequence[str], leading: float, **style: str | float) -> str:
    """Several lines of text, the first on the baseline `y`."""
    return "".join(label(x, y + index * leading, words, **style) for index, words in enumerate(lines))  # type: ignore[arg-type]


def measure(words: str, size: float, weight: int = 400) -> float:
    """The width of a line set in Source Sans 3; letters beyond ASCII count as wide ones."""
    advances = _ADVANCES[600 if weight >= 600 else 400]
    thousandths = sum(advances[ord(c) - 32] if 32 <= ord(c) < 127 else 600 for c in words)
    return thousandths * size / 1000


def wrap(words: str, width: float, size: float, weight: int = 400, most: int = 9) -> tuple[str, ...]:
    """The words in lines no wider than `width`; what does not fit `most` lines ends in an ellipsis."""
    lines: list[str] = []
    for word in words.split():
        if lines and measure(f"{lines[-1]} {word}", size, weight) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    kept = [_clipped(text, width, size, weight) for text in lines[:most]]
    if len(lines) > most:
        kept[-1] = _clipped(kept[-1] + " …", width, size, weight)
    return tuple(kept)


def _clipped(words: str, width: float, size: float, weight: int) -> str:
    if measure(words, size, weight) <= width:
        return words
    while words and measure(words.rstrip(" …") + "…", size, weight) > width:
        words = words.rstrip(" …")[:-1]
    return words.rstrip(" …") + "…"


def polygon(points: Sequence[Point], **style: str | float) -> str:
    return element("polygon", points=" ".join(f"{number(x)},{number(y)}" for x, y in points), **style)


def hatch(points: Sequence[Point], gap: float = 4.2, stroke: str = HATCH) -> str:
    """Slanting lines inside a polygon, cut at its edges (any simple polygon, also one that is not convex)."""
    offsets = [x + y for x, y in points]
    strokes, at = [], min(offsets) + gap / 2
    while at < max(offsets):
        crossings = sorted(_crossings(points, at))
        strokes += [
            f"M{number(x1)} {number(at - x1)}L{number(x2)} {number(at - x2)}"
            for x1, x2 in zip(crossings[::2], crossings[1::2], strict=False)
        ]
        at += gap
    return element("path", d="".join(strokes), stroke=stroke, stroke_width=0.6, fill="none") if strokes else ""


def _crossings(points: Sequence[Point], at: float) -> Iterable[float]:
    """Where the line x + y = at crosses the edges, as x."""
    for (x1, y1), (x2, y2) in pairwise((*points, points[0])):
        before, after = x1 + y1 - at, x2 + y2 - at
        if (before < 0) != (after < 0):
            yield x1 + (x2 - x1) * before / (before - after)


def corners(x: float, y: float, width: float, height: float) -> tuple[Point, ...]:
    return ((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def level_colour(level: int, count: int, given: str | None = None) -> str:
    """The ink of a level: the model's own, else from one sequence, light to dark, whatever the number of levels."""
    if given:
        return given
    place = (level - 1) / max(1, count - 1) * (len(LEVELS) - 1)
    return LEVELS[round(place)]


def on(colour: str) -> str:
    """The ink that is legible on a colour: white on dark ones."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return PAPER if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else INK


def stacked(charts: Sequence[tuple[str, Svg]], title: str, gap: float = 18.0) -> Svg:
    """Several pictures below one another, each under its heading, as one that programs without nested ones can read."""
    parts: list[str] = []
    told: list[str] = []
    wide, y = WIDTH, 0.0
    heads = wrap(title, 0.86 * WIDTH, 11.0, 600)  # readers without our font set wider
    parts.append(labels(0, 11.0, heads, 13.5, size=11.0, weight=600, fill=INK))
    y += 13.5 * len(heads) + gap / 2
    for heading, chart in charts:
        found = _WRAPPED.fullmatch(chart)
        assert found is not None, "a picture of ours"
        parts.append(label(0, y + 9.5, heading, 9.5, 600, MUTED))
        y += 16.0
        parts.append(element("g", found[4], transform=f"translate(0 {number(y)})"))
        told.append(f"{heading}: {unescape(found[3])}")
        wide, y = max(wide, float(found[1])), y + float(found[2]) + gap
    return picture(y - gap, title.rstrip("."), ". ".join(told), parts, wide)
