"""The ladder: one row a node; what is shown filled, what is possible hatched, what holds it a stroke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gscm.report.charts.svg import (
    HATCH,
    HOLD,
    INK,
    MUTED,
    RULE,
    WIDTH,
    Svg,
    box,
    corners,
    hatch,
    label,
    labels,
    line,
    measure,
    picture,
    wrap,
)

_BAR = 13.0
_HEAD = 8.2  # the size of the names over the columns, unless a long word asks for less


@dataclass(frozen=True, slots=True)
class Rung:
    """One row. `low` and `high` are levels; a node without levels has the share of the scale that its score reaches.

    `said` is the level or score in figures, printed at the end of the row; `strong` marks the whole. `beyond` is the
    share of the next level that an answer such as 2.2 reaches.
    """

    title: str
    said: str
    low: int | None = None
    high: int | None = None
    share_low: float | None = None
    share_high: float | None = None
    strong: bool = False
    indent: float = 0.0
    beyond: float = 0.0


@dataclass(frozen=True, slots=True)
class Flight:
    """Rows under a heading. `ticks` are shares of the score's scale with their figures, where rows are scores."""

    heading: str
    rungs: tuple[Rung, ...]
    ticks: tuple[tuple[float, str], ...] = ()


def ladder(
    flights: Sequence[Flight], names: Sequence[str], colours: Sequence[str], title: str, about: str, pitch: float = 22.0
) -> Svg:
    """The rows of every flight against the levels called `names`, lowest first."""
    rungs = [rung for flight in flights for rung in flight.rungs]
    room = min(
        158.0 if names else 190.0, max([40.0, *(measure(r.title, _size(pitch), 700) + r.indent for r in rungs)]) + 10
    )
    tail = max([16.0, *(measure(r.said, 8.5, 600) for r in rungs)]) + 6
    track = (room, WIDTH - tail)
    heads = _heads(names, track)
    parts, y = [heads[0]], heads[1]
    for flight in flights:
        if flight.heading:
            y += 17 if parts[1:] else 12
            parts.append(label(0, y, flight.heading.upper(), 7.2, 600, MUTED, letter_spacing="0.9"))
            y += 6
        if flight.ticks:
            parts.append(_scale(flight.ticks, y + 8, track))
            y += 12
        for rung in flight.rungs:
            lines = wrap(rung.title, room - 6 - rung.indent, _size(pitch), 600, most=2)
            parts.append(_rung(rung, lines, y, track, colours, pitch))
            y += _height(pitch, lines)
    return picture(y + 2, title, about, parts)


def _heads(names: Sequence[str], track: tuple[float, float]) -> tuple[str, float]:
    """The names of the levels over their columns, and where the rows begin."""
    if not names:
        return "", 0.0
    cell = (track[1] - track[0]) / len(names)
    widest = max(measure(word, _HEAD) for name in names for word in name.split())
    size = max(6.0, min(_HEAD, _HEAD * (cell - 2) / widest - 0.01))
    wrapped = [wrap(name, cell - 2, size, most=3) for name in names]
    tallest = max(len(lines) for lines in wrapped)
    parts = [
        labels(
            track[0] + (index + 0.5) * cell,
            8.5 + (tallest - len(lines)) * 9.5,
            lines,
            9.5,
            size=size,
            fill=MUTED,
            anchor="middle",
        )
        for index, lines in enumerate(wrapped)
    ]
    return "".join(parts), tallest * 9.5 + 5


def _scale(ticks: Sequence[tuple[float, str]], y: float, track: tuple[float, float]) -> str:
    whole = track[1] - track[0] - 2.5
    return "".join(label(track[0] + whole * share, y, said, 7.4, fill=MUTED, anchor="middle") for share, said in ticks)


def _size(pitch: float) -> float:
    return 9.5 if pitch >= 20 else 8.6


def _height(pitch: float, lines: Sequence[str]) -> float:
    return pitch if len(lines) < 2 else max(pitch, 10.4 * len(lines) + 4)


def _rung(
    rung: Rung, lines: Sequence[str], y: float, track: tuple[float, float], colours: Sequence[str], pitch: float
) -> str:
    height = _height(pitch, lines)
    bar = _BAR if pitch >= 20 else _BAR - 2.5
    top = y + (height - bar) / 2
    known = rung.low is not None or rung.share_low is not None
    ink = INK if known else MUTED
    size = _size(pitch)
    first = y + height / 2 + 3.2 - (len(lines) - 1) * 5
    bars = _cells(rung, top, bar, track, colours)
    if rung.low is None and rung.share_low is not None:
        bars = _bar(rung, top, bar, track)
    said = label(WIDTH, y + height / 2 + 3, rung.said, 8.5, 600 if known else 400, ink, "end")
    weight = 700 if rung.strong else 400 if not known or rung.indent else 600
    return labels(rung.indent, first, lines, 10, size=size, weight=weight, fill=ink) + bars + said


def _cells(rung: Rung, top: float, bar: float, track: tuple[float, float], colours: Sequence[str]) -> str:
    count = len(colours)
    if not count:
        return ""
    cell = (track[1] - track[0]) / count
    low, high = rung.low or 0, rung.high or rung.low or 0
    parts = []
    for index, colour in enumerate(colours, 1):
        at = (track[0] + (index - 1) * cell, top, cell - 2.5, bar)
        if index <= low:
            parts.append(box(*at, fill=colour, stroke="#8f9a92", stroke_width=0.4))
        elif index <= high:
            parts.append(box(*at, fill="none", stroke=HATCH, stroke_width=0.6) + hatch(corners(*at)))
        else:
            parts.append(box(*at, fill="none", stroke=RULE, stroke_width=0.7))
        if index == low + 1 and rung.beyond:
            reached = (at[0], top, at[2] * rung.beyond, bar)
            parts.append(box(*reached, fill=colour, stroke="#8f9a92", stroke_width=0.4))
    if 0 < high < count:
        x = track[0] + high * cell - 1.25
        if rung.beyond and low == high:
            x += 1.25 + (cell - 2.5) * rung.beyond
        parts.append(line((x, top - 3), (x, top + bar + 3), HOLD, 2.4))
    return "".join(parts)


def _bar(rung: Rung, top: float, bar: float, track: tuple[float, float]) -> str:
    """A score as a bar along the scale."""
    whole = track[1] - track[0] - 2.5
    low, high = rung.share_low or 0.0, rung.share_high if rung.share_high is not None else rung.share_low or 0.0
    parts = [box(track[0], top + 2, whole, bar - 4, fill="none", stroke=RULE, stroke_width=0.7)]
    if low > 0:
        parts.append(box(track[0], top + 2, whole * low, bar - 4, fill="#7fb2a7", stroke="#8f9a92", stroke_width=0.4))
    if high > low:
        at = (track[0] + whole * low, top + 2, whole * (high - low), bar - 4)
        parts.append(box(*at, fill="none", stroke=HATCH, stroke_width=0.6) + hatch(corners(*at)))
    return "".join(parts)
