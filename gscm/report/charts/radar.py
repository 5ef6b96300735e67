"""The radar: the index of up to eight parts; what is shown filled, what is still possible hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from gscm.report.charts.svg import (
    HATCH,
    INK,
    MUTED,
    RULE,
    WIDTH,
    Point,
    Svg,
    element,
    hatch,
    label,
    labels,
    line,
    picture,
    polygon,
    wrap,
)

_RADIUS = {3: 64.0, 4: 62.0}
_WIDEST = 72.0


@dataclass(frozen=True, slots=True)
class Axis:
    """One part: its title, its score in figures, and the shares of the scale that are shown and possible."""

    title: str
    said: str
    low: float
    high: float


def radar(
    axes: Sequence[Axis], rings: Sequence[tuple[float, str]], title: str, about: str, widest: float = _WIDEST
) -> Svg:
    """The axes clockwise from the top; `rings` are shares of the scale with their figures."""
    count = len(axes)
    radius = min(widest, _RADIUS.get(count, _WIDEST))
    centre = (WIDTH / 2, radius + 30)
    parts = []
    for share, said in rings:
        parts.append(polygon(_ring(centre, radius, [share] * count), fill="none", stroke=RULE, stroke_width=0.7))
        parts.append(label(centre[0] - 3, centre[1] - share * radius + 2.4, said, 6.8, fill=MUTED, anchor="end"))
    parts += [line(centre, _at(centre, radius, index, count)) for index in range(count)]
    low, high = (
        _ring(centre, radius, shares) for shares in ([axis.low for axis in axes], [axis.high for axis in axes])
    )
    if any(axis.high > axis.low for axis in axes):
        parts.append(hatch(high, gap=7))
        parts.append(polygon(high, fill="none", stroke=HATCH, stroke_width=1, stroke_dasharray="3 2"))
    parts.append(polygon(low, fill="#7fb2a7", fill_opacity=0.75, stroke="#0f4a43", stroke_width=1.4))
    parts += [element("circle", cx=x, cy=y, r=2, fill="#0f4a43") for x, y in low]
    parts += [_name(axis, centre, radius, index, count) for index, axis in enumerate(axes)]
    lowest = max(_at(centre, radius, index, count)[1] for index in range(count))
    return picture(lowest + 32, title, about, parts)


def _ring(centre: Point, radius: float, shares: Sequence[float]) -> list[Point]:
    return [_at(centre, radius * share, index, len(shares)) for index, share in enumerate(shares)]


def _at(centre: Point, reach: float, index: int, count: int) -> Point:
    angle = 2 * pi * index / count - pi / 2
    return centre[0] + reach * cos(angle), centre[1] + reach * sin(angle)


def _name(axis: Axis, centre: Point, radius: float, index: int, count: int) -> str:
    """The title and score at the end of an axis, on the side that has room."""
    x, y = _at(centre, radius, index, count)
    side = round(x - centre[0], 3)
    anchor = "middle" if abs(side) < 1 else "start" if side > 0 else "end"
    lines = wrap(axis.title, 112 if anchor != "middle" else 200, 8.8, 600, most=3)
    x += 0 if anchor == "middle" else 9 if side > 0 else -9
    top = y - 8 - 10.4 * (len(lines) - 1) - 8 if anchor == "middle" and y < centre[1] else y - 5.2 * (len(lines) - 1)
    if anchor == "middle" and y > centre[1]:
        top = y + 14
    said = label(x, top + 10.4 * len(lines), axis.said, 8.4, 400, MUTED, anchor)
    return labels(x, top, lines, 10.4, size=8.8, weight=600, fill=INK, anchor=anchor) + said
