"""Shares of a whole as bars beside one another, such as the probability of every level."""

from __future__ import annotations

from collections.abc import Sequence

from gscm.report.charts.svg import HATCH, INK, LEVELS, RULE, WIDTH, Svg, box, label, labels, picture, wrap

_LEFT, _PITCH = 150.0, 18.0


def bars(
    rows: Sequence[tuple[str, float, str]], marked: int | None, title: str, about: str, width: float = WIDTH
) -> Svg:
    """Rows of (name, share from 0 to 1, what it says); the one that is `marked` is dark."""
    track = width - _LEFT - 40
    parts = []
    for index, (name, share, said) in enumerate(rows):
        y = 4 + index * _PITCH
        strong = index == marked
        parts.append(labels(0, y + 9, wrap(name, _LEFT - 10, 8.4, most=1), 9, size=8.4, weight=600 if strong else 400))
        parts.append(box(_LEFT, y, track, 12, fill="none", stroke=RULE, stroke_width=0.6))
        if share > 0:
            ink = LEVELS[3] if strong else LEVELS[1]
            parts.append(box(_LEFT, y, max(track * share, 0.6), 12, fill=ink, stroke=HATCH, stroke_width=0.4))
        parts.append(label(width, y + 9, said, 8.4, 600, INK, "end"))
    return picture(6 + _PITCH * len(rows), title, about, parts, width)
