"""A heat map: rows by columns, the darker the higher, and what each cell says."""

from __future__ import annotations

from collections.abc import Sequence

from gscm.report.charts.svg import (
    HATCH,
    INK,
    PAPER,
    WIDTH,
    Svg,
    box,
    corners,
    hatch,
    label,
    labels,
    on,
    picture,
    wrap,
)

_LEFT, _ROW, _SIZE = 120.0, 15.0, 7.8
_PALE, _DARK = (0xF3, 0xEF, 0xE4), (0x0F, 0x4A, 0x43)


def heatmap(
    rows: Sequence[str],
    columns: Sequence[str],
    shares: Sequence[Sequence[float | None]],
    shown: Sequence[Sequence[str]],
    title: str,
    about: str,
    width: float = WIDTH,
) -> Svg:
    """`shares` are from 0 (pale) to 1 (dark); a cell without one is hatched."""
    span = (width - _LEFT) / max(1, len(columns))
    heads = [wrap(name, span - 3, 7, 600, most=3) for name in columns]
    top = 8.5 * max((len(lines) for lines in heads), default=1) + 4
    parts = [
        labels(_LEFT + index * span + span / 2, 8, lines, 8.5, size=7, weight=600, fill=INK, anchor="middle")
        for index, lines in enumerate(heads)
    ]
    for number, name in enumerate(rows):
        y = top + number * _ROW
        parts.append(label(0, y + 10, wrap(name, _LEFT - 6, _SIZE, most=1)[0] if name else "", _SIZE))
        parts += [
            _cell((_LEFT + index * span, y, span - 1, _ROW - 1), shares[number][index], shown[number][index])
            for index in range(len(columns))
        ]
    return picture(top + _ROW * len(rows) + 2, title, about, parts, width)


def _cell(at: tuple[float, float, float, float], share: float | None, said: str) -> str:
    x, y, width, height = at
    if share is None:
        return box(*at, fill=PAPER, stroke=HATCH, stroke_width=0.4) + hatch(corners(*at), 6)
    ink = _mixed(min(1.0, max(0.0, share)))
    return box(*at, fill=ink) + label(x + width / 2, y + height / 2 + 2.7, said, 7.4, 400, on(ink), "middle")


def _mixed(share: float) -> str:
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(_PALE, _DARK, strict=True))
