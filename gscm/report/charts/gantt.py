"""The Gantt chart of a plan: bars over the years under those who do the work, quick wins marked, costs at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gscm.report.charts.svg import (
    HOLD,
    INK,
    MUTED,
    PAPER,
    RULE,
    WIDTH,
    Svg,
    box,
    label,
    labels,
    line,
    measure,
    on,
    picture,
    polygon,
    wrap,
)

BAR, QUICK = "#3f8578", "#b2512b"
_NAME, _SMALL = 7.4, 7.2
_LEADING, _HEAD = 8.8, 16.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One action: its number and name, its first and last year, how long it takes and what it costs, in words."""

    number: int
    title: str
    start: int
    end: int
    length: str
    cost: str
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """Bars under a heading; `cost` is what they cost together."""

    heading: str
    bars: tuple[Bar, ...]
    cost: str = ""


def gantt(lanes: Sequence[Lane], years: Sequence[int], title: str, about: str, width: float = WIDTH) -> Svg:
    """The bars of every lane against the years."""
    bars = [bar for lane in lanes for bar in lane.bars]
    tail = (
        max([30.0, *(measure(bar.cost, _SMALL) for bar in bars), *(measure(lane.cost, _SMALL, 600) for lane in lanes)])
        + 6
    )
    room = min(190.0, max(110.0, width - tail - 34.0 * len(years)))
    track = (room, width - tail)
    cell = (track[1] - track[0]) / len(years)
    parts: list[str] = []
    y = _HEAD
    for lane in lanes:
        lines = wrap(lane.heading, width - tail - 4, 8.2, 600)
        parts.append(labels(0, y + 10, lines, 9.6, size=8.2, weight=600, fill=INK))
        parts.append(label(width, y + 10, lane.cost, _SMALL, 600, INK, "end"))
        y += 4.5 + 9.6 * len(lines)
        parts.append(line((0, y), (width, y), INK, 0.6))
        for bar in lane.bars:
            drawn, height = _bar(bar, y, years, track, cell, width)
            parts.append(drawn)
            y += height
        y += 4
    return picture(y, title, about, [_years(years, track, cell, y - 4), *parts], width)


def _years(years: Sequence[int], track: tuple[float, float], cell: float, bottom: float) -> str:
    size = min(8.2, 8.2 * (cell - 2) / measure("2027", 8.2, 600))
    drawn = []
    for index, year in enumerate(years):
        x = track[0] + index * cell
        drawn.append(line((x, _HEAD - 2), (x, bottom), RULE, 0.5))
        drawn.append(label(x + cell / 2, 9, str(year), size, 600, MUTED, "middle"))
    return "".join(drawn) + line((track[1], _HEAD - 2), (track[1], bottom), RULE, 0.5)


def _bar(
    bar: Bar, y: float, years: Sequence[int], track: tuple[float, float], cell: float, width: float
) -> tuple[str, float]:
    indent = measure("88", _NAME) + 4
    lines = wrap(bar.title, track[0] - indent - 6, _NAME, most=3)
    height = max(15.0, _LEADING * len(lines) + 5)
    middle = y + height / 2
    first, last = max(bar.start, years[0]), min(bar.end, years[-1])
    at = (track[0] + (first - years[0]) * cell + 1.5, middle - 5.5, (last - first + 1) * cell - 3, 11.0)
    colour = BAR
    drawn = [
        label(indent - 4, y + 3.5 + _NAME, str(bar.number), _NAME, 600, MUTED, "end"),
        labels(indent, y + 3.5 + _NAME, lines, _LEADING, size=_NAME, fill=INK),
        box(*at, fill=colour, rx=1.6),
        label(width, middle + 2.6, bar.cost, _SMALL, fill=INK, anchor="end"),
        line((0, y + height), (width, y + height), RULE, 0.4),
    ]
    mark = 11.0 if bar.quick else 0.0
    if bar.quick:
        drawn.append(diamond(at[0] + 7, middle))
    if measure(bar.length, 6.8, 600) + mark + 6 <= at[2]:
        drawn.append(label(at[0] + mark + 4, middle + 2.4, bar.length, 6.8, 600, on(colour)))
    return "".join(drawn), height


def diamond(x: float, y: float) -> str:
    """The mark of a quick win."""
    points = ((x, y - 4.2), (x + 4.2, y), (x, y + 4.2), (x - 4.2, y))
    return polygon(points, fill=PAPER, stroke=HOLD, stroke_width=1.3)
