"""Intervals on a common axis: from where to where, and where the figure itself lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gscm.report.charts.svg import (
    HATCH,
    HOLD,
    INK,
    LEVELS,
    MUTED,
    RULE,
    WIDTH,
    Svg,
    box,
    element,
    label,
    labels,
    line,
    picture,
    wrap,
)

_LEFT, _TOP, _PITCH, _SIZE = 150.0, 20.0, 17.0, 8.0


@dataclass(frozen=True, slots=True)
class Span:
    """A row: its name, low, figure and high on the axis (None where there is none), and what it says."""

    name: str
    low: float | None
    mid: float | None
    high: float | None
    said: str


@dataclass(frozen=True, slots=True)
class Ruler:
    """The axis: its ends, ticks with their figures, what it measures, and values marked by a line with a name."""

    least: float
    most: float
    ticks: tuple[tuple[float, str], ...]
    title: str
    marks: tuple[tuple[float, str], ...] = ()


Scale = Callable[[float], float]
Drawer = Callable[[Span, Scale, float], str]


def intervals(rows: Sequence[Span], ruler: Ruler, title: str, about: str, width: float = WIDTH) -> Svg:
    """Rows of a whisker with a dot at the figure; `ruler.marks` stand as lines behind them."""
    return _rows(rows, ruler, (title, about), width, _whisker)


def tornado(rows: Sequence[Span], ruler: Ruler, title: str, about: str, width: float = WIDTH) -> Svg:
    """Bars from low to high; the base value is the first of `ruler.marks`."""
    return _rows(rows, ruler, (title, about), width, _bar)


def _rows(rows: Sequence[Span], ruler: Ruler, told: tuple[str, str], width: float, drawn: Drawer) -> Svg:
    tail = max((len(row.said) for row in rows), default=0) * 4.1 + 8
    right = width - tail
    names = [wrap(row.name, _LEFT - 10, _SIZE, most=2) for row in rows]
    tops, y = [], _TOP
    for lines in names:
        tops.append(y)
        y += max(_PITCH, 9.5 * len(lines) + 6)
    at = _scale(ruler, right)
    parts = [
        line((at(value), _TOP - 6), (at(value), y), RULE, 0.6)
        + label(at(value), y + 10, said, 7.4, fill=MUTED, anchor="middle")
        for value, said in ruler.ticks
    ]
    for value, name in ruler.marks:
        anchor = "start" if at(value) < (_LEFT + right) / 2 else "end"
        parts.append(line((at(value), _TOP - 8), (at(value), y), HOLD, 0.9, stroke_dasharray="3 2"))
        shift = 3 if anchor == "start" else -3
        parts.append(label(at(value) + shift, _TOP - 9, name, 7, fill=HOLD, anchor=anchor))
    for row, lines, top in zip(rows, names, tops, strict=True):
        middle = top + 5
        parts.append(labels(0, top + 8 if len(lines) == 1 else top + 4, lines, 9.5, size=_SIZE, fill=INK))
        parts.append(drawn(row, at, middle))
        parts.append(label(width, middle + 3, row.said, _SIZE, 600, INK, "end"))
    parts.append(label((_LEFT + right) / 2, y + 22, ruler.title, 7.8, fill=MUTED, anchor="middle"))
    return picture(y + 28, *told, parts, width)


def _scale(ruler: Ruler, right: float) -> Scale:
    reach = (ruler.most - ruler.least) or 1.0
    return lambda value: _LEFT + (right - _LEFT) * min(1.0, max(0.0, (value - ruler.least) / reach))


def _whisker(row: Span, at: Scale, y: float) -> str:
    drawn = ""
    if row.low is not None and row.high is not None:
        ends = at(row.low), at(row.high)
        drawn = line((ends[0], y), (ends[1], y), HATCH, 2.2)
        drawn += "".join(line((end, y - 3), (end, y + 3), HATCH, 1.1) for end in ends)
    if row.mid is not None:
        drawn += element("circle", cx=at(row.mid), cy=y, r=3.1, fill=LEVELS[4], stroke="#ffffff", stroke_width=0.8)
    return drawn


def _bar(row: Span, at: Scale, y: float) -> str:
    if row.low is None or row.high is None:
        return ""
    left, right = at(row.low), at(row.high)
    return box(left, y - 5, max(right - left, 0.8), 10, fill=LEVELS[2], stroke=HATCH, stroke_width=0.5)
