"""Columns: as high as the score and as wide as the weight, so that what is filled is what each part adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gscm.report.charts.svg import (
    HATCH,
    INK,
    MUTED,
    PAPER,
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

SCORE = "#7fb2a7"
_SMALLEST, _LARGEST = 6.2, 8.4  # sizes of names
_NARROWEST = 34.0  # what a name needs below its column
_LEFT, _TOP, _GAP = 18.0, 13.0, 4.0


@dataclass(frozen=True, slots=True)
class Column:
    """One part: its title, score and weight in words, its weight as a share of 1, and what its score reaches."""

    title: str
    said: str
    weight: str
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Mean:
    """The score of the whole in words, and the shares of the scale that it reaches."""

    said: str
    low: float
    high: float


def proportional(columns: Sequence[Column], width: float = WIDTH) -> bool:
    """Whether the columns can be as wide as their weights and still carry their names."""
    wide = [column.share * width * 0.85 for column in columns]
    return min(wide) >= _NARROWEST and all(
        _longest(column.title, _SMALLEST) <= room for column, room in zip(columns, _rooms(wide, 30.0), strict=True)
    )


def _rooms(wide: Sequence[float], tail: float) -> list[float]:
    """What a name may take below its column; the last may reach past it, to the edge of the picture."""
    return [span - 3 for span in wide[:-1]] + [wide[-1] + tail - 3]


def _longest(words: str, size: float) -> float:
    return max((measure(word, size, 600) for word in words.split()), default=0.0)


def columns(
    parts: Sequence[Column],
    mean: Mean | None,
    ticks: Sequence[tuple[float, str]],
    title: str,
    about: str,
    width: float = WIDTH,
    height: float = 140.0,
) -> Svg:
    """The columns beside one another over their names; `ticks` are shares of the scale with their figures."""
    tail = measure(mean.said, 11, 600) + 8 if mean else 0.0
    track = width - _LEFT - tail
    even = 1 / len(parts)
    wide = [track * (part.share if proportional(parts, width) else even) for part in parts]
    floor = _TOP + height
    drawn = [
        line((_LEFT, floor - height * at), (_LEFT + track, floor - height * at), RULE, 0.6)
        + label(_LEFT - 5, floor - height * at + 2.6, said, 7.4, fill=MUTED, anchor="end")
        for at, said in ticks
    ]
    rooms = _rooms(wide, tail)
    size = _fitting(parts, rooms)
    small = min(
        [
            7.4,
            size,
            *(7.4 * room / max(1.0, measure(part.weight, 7.4)) for part, room in zip(parts, rooms, strict=True)),
        ]
    )
    x, deepest = _LEFT, 0.0
    for part, span, room in zip(parts, wide, rooms, strict=True):
        at = (x + _GAP / 2, span - _GAP)
        drawn.append(_column(part, at, floor, height))
        names = wrap(part.title, room, size, 600, most=4)
        drawn.append(labels(at[0], floor + 12, names, size + 1.6, size=size, weight=600, fill=INK))
        below = floor + 12 + (size + 1.6) * len(names)
        if part.weight:
            drawn.append(label(at[0], below, part.weight, small, fill=MUTED))
        deepest = max(deepest, below if part.weight else below - size)
        x += span
    if mean is not None:
        drawn.append(_mean(mean, (_LEFT, _LEFT + track), floor, height))
    drawn += [_value(part, span, start, floor, height) for part, span, start in _starts(parts, wide)]
    return picture(deepest + 6, title, about, drawn, width)


def _starts(parts: Sequence[Column], wide: Sequence[float]) -> list[tuple[Column, float, float]]:
    found, x = [], _LEFT
    for part, span in zip(parts, wide, strict=True):
        found.append((part, span, x))
        x += span
    return found


def _fitting(parts: Sequence[Column], rooms: Sequence[float]) -> float:
    """The size at which the longest word of every name fits below its column, within what is legible."""
    share = min(room / max(1.0, _longest(part.title, _LARGEST)) for part, room in zip(parts, rooms, strict=True))
    return max(_SMALLEST, min(_LARGEST, _LARGEST * share - 0.01))


def _column(part: Column, at: tuple[float, float], floor: float, height: float) -> str:
    x, span = at
    drawn = box(
        x, floor - height, span, height, fill="none", stroke="#a9aca5", stroke_width=0.7, stroke_dasharray="3 2.4"
    )
    if part.high > part.low:
        open_ = (x, floor - height * part.high, span, height * (part.high - part.low))
        drawn += box(*open_, fill=PAPER, stroke=HATCH, stroke_width=0.7) + hatch(corners(*open_))
    if part.low > 0:
        filled = (x, floor - height * part.low, span, height * part.low)
        drawn += box(*filled, fill=SCORE, stroke=HATCH, stroke_width=0.5)
    return drawn


def _value(part: Column, span: float, x: float, floor: float, height: float) -> str:
    """The score at the foot of the column, clear of the line of the whole; on white where the fill is too low."""
    size = min(9.0, 9.0 * (span - _GAP - 3) / max(1.0, measure(part.said, 9, 600)))
    words = label(x + span / 2, floor - 4.5, part.said, size, 600, INK, "middle")
    if height * part.low >= 14:
        return words
    wide = measure(part.said, size, 600) + 3
    return box(x + (span - wide) / 2, floor - 12.5, wide, 11, fill=PAPER) + words


def _mean(mean: Mean, track: tuple[float, float], floor: float, height: float) -> str:
    """A line at the score of the whole, two where it is open between them; its figure at the right."""
    low, high = floor - height * mean.low, floor - height * mean.high
    drawn = line((track[0], low), (track[1], low), INK, 1.3)
    if high < low - 0.05:
        drawn += line((track[0], high), (track[1], high), INK, 1.3)
        drawn += line((track[1] + 2, low), (track[1] + 2, high), INK, 1.3)
    return drawn + label(track[1] + 6, (low + high) / 2 + 3.8, mean.said, 11, 600, INK)
