"""The levels over the years: one row a node, one cell a year, with name and ink of its level; a stroke at a rise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gscm.report.charts.svg import (
    HOLD,
    INK,
    MUTED,
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
    wrap,
)

_CELL, _TEXT, _HEAD = 21.0, 7.6, 16.0


@dataclass(frozen=True, slots=True)
class Step:
    """Where a node stands at one time: the number, name and ink of its level; no colour where it has none."""

    number: int
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Climber:
    """One node; `strong` marks the whole, `depth` is how far below it the node stands."""

    title: str
    steps: tuple[Step, ...]
    depth: int = 0
    strong: bool = False


def climb(climbers: Sequence[Climber], times: Sequence[str], title: str, about: str, width: float = WIDTH) -> Svg:
    """The rows in their order against the `times`, the first of which is today."""
    room = min(
        170.0,
        max([90.0, *(measure(one.title, 8.6, 600 if one.strong else 400) + 7.0 * one.depth for one in climbers)]) + 8,
    )
    cell = (width - room) / len(times)
    parts = [
        label(
            room + (index + 0.5) * cell,
            9,
            time,
            min(8.2, 8.2 * (cell - 2) / measure(time, 8.2, 600)),
            600,
            MUTED,
            "middle",
        )
        for index, time in enumerate(times)
    ]
    y = _HEAD
    for one in climbers:
        lines = wrap(one.title, room - 6 - 7.0 * one.depth, 8.6, 700 if one.strong else 400, most=2)
        height = max(_CELL, 9.8 * len(lines) + 4)
        weight = 700 if one.strong else 600 if one.depth < 2 else 400
        first = y + height / 2 + 3 - (len(lines) - 1) * 4.9
        parts.append(labels(7.0 * one.depth, first, lines, 9.8, size=8.6, weight=weight, fill=INK))
        parts += [
            _cell(step, index > 0 and step.number > one.steps[index - 1].number, (room + index * cell, y, cell, height))
            for index, step in enumerate(one.steps)
        ]
        y += height + (5 if one.strong else 0)
        if one.strong:
            parts.append(line((0, y - 2.5), (width, y - 2.5), INK, 0.6))
    return picture(y + 2, title, about, parts, width)


def _cell(step: Step, rises: bool, at: tuple[float, float, float, float]) -> str:
    x, y, wide, high = at
    fill = step.colour or "none"
    drawn = box(
        x + 1, y + 1, wide - 2, high - 2, fill=fill, stroke="#8f9a92" if step.colour else RULE, stroke_width=0.4
    )
    said = f"{step.number} {step.name}" if step.colour else "–"
    size = min(_TEXT, _TEXT * (wide - 8) / max(1.0, measure(said, _TEXT, 600)))
    ink = on(step.colour) if step.colour else MUTED
    if rises:
        drawn += line((x + 1, y + 1), (x + 1, y + high - 1), HOLD, 2.4)
    if size >= 5.6:
        return drawn + label(x + wide / 2, y + high / 2 + 2.7, said, size, 600 if rises else 400, ink, "middle")
    lines = (str(step.number), *wrap(step.name, wide - 6, 5.8, 400, most=1)) if step.colour else ("–",)
    middle = y + high / 2 + 2 - 3.4 * (len(lines) - 1)
    return drawn + labels(
        x + wide / 2, middle, lines, 6.8, size=5.8, weight=600 if rises else 400, fill=ink, anchor="middle"
    )
