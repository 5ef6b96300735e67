"""A plane cut in four, as planners know it: diagram kartesius."""

from __future__ import annotations

from collections.abc import Sequence

from gscm.report.charts.svg import (
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

Point = tuple[str, float, float]
_LEFT, _TOP, _HIGH, _KEY = 24.0, 6.0, 250.0, 9.6


def quadrant(
    points: Sequence[Point],
    ends: tuple[tuple[float, float], tuple[float, float]],
    cross: tuple[float, float],
    names: Sequence[str],
    axes: tuple[str, str],
    title: str,
    about: str,
    width: float = WIDTH,
) -> Svg:
    """Numbered points with their key below; `names` are those of the quadrants from top left, clockwise.

    `ends` are those of the axis across and of the one up, `cross` is where the plane is cut.
    """
    right, floor = width - 4, _TOP + _HIGH

    def place(x: float, y: float) -> tuple[float, float]:
        across = (x - ends[0][0]) / ((ends[0][1] - ends[0][0]) or 1)
        up = (y - ends[1][0]) / ((ends[1][1] - ends[1][0]) or 1)
        return _LEFT + across * (right - _LEFT), floor - up * _HIGH

    middle = place(*cross)
    parts = [
        box(_LEFT, _TOP, right - _LEFT, _HIGH, fill="none", stroke=RULE, stroke_width=0.8),
        line((middle[0], _TOP), (middle[0], floor), HOLD, 0.9, stroke_dasharray="3 2"),
        line((_LEFT, middle[1]), (right, middle[1]), HOLD, 0.9, stroke_dasharray="3 2"),
    ]
    corners = ((_LEFT + 4, _TOP + 10, "start"), (right - 4, _TOP + 10, "end"),
               (right - 4, floor - 5, "end"), (_LEFT + 4, floor - 5, "start"))  # fmt: skip
    parts += [label(x, y, name, 8, 600, MUTED, anchor) for (x, y, anchor), name in zip(corners, names, strict=True)]
    for index, (_, x, y) in enumerate(points, 1):
        at = place(x, y)
        parts.append(element("circle", cx=at[0], cy=at[1], r=6.2, fill=LEVELS[3], stroke="#ffffff", stroke_width=0.8))
        parts.append(label(at[0], at[1] + 2.5, str(index), 6.8, 600, "#ffffff", "middle"))
    parts.append(label((_LEFT + right) / 2, floor + 13, axes[0], 8, fill=MUTED, anchor="middle"))
    parts.append(
        label(
            0, 0, axes[1], 8, fill=MUTED, anchor="middle", transform=f"translate(12 {(_TOP + floor) / 2}) rotate(-90)"
        )
    )
    key, height = _key([name for name, _, _ in points], floor + 30, width)
    return picture(height, title, about, [*parts, key], width)


def _key(names: Sequence[str], top: float, width: float) -> tuple[str, float]:
    """The names of the numbered points in two columns, and where they end."""
    half = (len(names) + 1) // 2
    drawn, lowest = [], top
    for column, part in enumerate((names[:half], names[half:])):
        y = top
        for number, name in enumerate(part, 1 + column * half):
            lines = wrap(name, width / 2 - 24, 8, most=2)
            drawn.append(label(column * width / 2 + 12, y, str(number), 8, 600, INK, "end"))
            drawn.append(labels(column * width / 2 + 17, y, lines, _KEY, size=8, fill=INK))
            y += _KEY * len(lines) + 2
        lowest = max(lowest, y)
    return "".join(drawn), lowest
