"""The staircase: the levels of one node as steps, what is shown, what is still possible, and what holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gscm.report.charts.svg import (
    HATCH,
    HOLD,
    INK,
    MUTED,
    WIDTH,
    Svg,
    box,
    corners,
    hatch,
    label,
    labels,
    line,
    picture,
    wrap,
)


@dataclass(frozen=True, slots=True)
class Stair:
    """One level: its name and colour."""

    name: str
    colour: str


def staircase(
    stairs: Sequence[Stair],
    low: int | None,
    high: int | None,
    title: str,
    about: str,
    holding: tuple[str, Sequence[str]] | None = None,
    width: float = WIDTH,
    height: float = 160.0,
) -> Svg:
    """The steps up to `low` filled, up to `high` hatched, the rest outlined; a stroke where known facts hold it.

    `holding` is a heading and lines that stand in the empty corner above the low steps.
    """
    count = len(stairs)
    step = (width - 1) / count
    low, high = low or 0, high or low or 0
    parts = []
    for index, stair in enumerate(stairs, 1):
        x, rise = (index - 1) * step + 0.5, height * (0.16 + 0.84 * (index - 1) / max(1, count - 1))
        parts.append(_step(index, stair, (x, height - rise + 4), (step - 3, rise), low, high))
        names = wrap(f"{index} {stair.name}", step - 4, 9, 600)
        ink, weight = (INK, 600) if index == low else (MUTED, 400)
        parts.append(labels(x + 1, height + 17, names, 10.5, size=9, weight=weight, fill=ink))
    if 0 < high < count:
        x = high * step - 1
        top = height * (1 - 0.16 - 0.84 * high / max(1, count - 1)) + 4
        parts.append(line((x, top - 6), (x, height + 4), HOLD, 2.4))
        if holding is not None:
            parts.append(_note(holding, x, top))
    tallest = max(len(wrap(f"{index} {stair.name}", step - 4, 9, 600)) for index, stair in enumerate(stairs, 1))
    return picture(height + 12 + 10.5 * tallest, title, about, parts, width)


def _step(index: int, stair: Stair, at: tuple[float, float], size: tuple[float, float], low: int, high: int) -> str:
    if index <= low:
        edge = (INK, 1.6) if index == low else (HATCH, 0.4)
        return box(*at, *size, fill=stair.colour, stroke=edge[0], stroke_width=edge[1])
    if index <= high:
        return box(*at, *size, fill="none", stroke=HATCH, stroke_width=0.9) + hatch(corners(*at, *size))
    return box(*at, *size, fill="none", stroke="#a9aca5", stroke_width=0.8, stroke_dasharray="3 2.4")


def _note(holding: tuple[str, Sequence[str]], x: float, top: float) -> str:
    heading, notes = holding
    room = max(120.0, x - 14)
    if room > x:
        return ""
    lines = [text for note in notes for text in wrap(note, room, 8.5)]
    most = int((top - 18) / 11)
    if most < 1:
        return ""
    return label(0.5, 11, heading, 8.5, 600, HOLD) + labels(0.5, 23, lines[:most], 11, size=8.5, fill=INK)
