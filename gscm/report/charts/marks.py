"""The marks that every picture uses, small, for the key: shown, possible, held, not assessed."""

from __future__ import annotations

from typing import Literal

from gscm.report.charts.svg import HATCH, HOLD, LEVELS, RULE, Svg, box, corners, hatch, line, picture

Mark = Literal["shown", "possible", "held", "empty"]


def mark(kind: Mark, name: str) -> Svg:
    """One mark; `name` is read out."""
    at = (0.5, 0.5, 27.0, 10.0)
    drawn = {
        "shown": box(*at, fill=LEVELS[1], stroke="#8f9a92", stroke_width=0.4),
        "possible": box(*at, fill="none", stroke=HATCH, stroke_width=0.6) + hatch(corners(*at)),
        "held": box(*at[:2], 13.5, 10, fill=LEVELS[1], stroke="#8f9a92", stroke_width=0.4)
        + line((15, 0), (15, 11), HOLD, 2.4),
        "empty": box(*at, fill="none", stroke=RULE, stroke_width=0.7),
    }
    return picture(11, name, name, [drawn[kind]], 30)
