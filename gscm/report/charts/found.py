"""The picture of a finding: each kind of chart that an analysis gives, drawn."""

from __future__ import annotations

from collections.abc import Sequence

from gscm.analysis.finding import Bars, Chart, HeatMap, Interval, IntervalPlot, Quadrant, Tornado
from gscm.i18n import Language, decimal
from gscm.report.charts.bars import bars
from gscm.report.charts.heatmap import heatmap
from gscm.report.charts.intervals import Ruler, Span, intervals, tornado
from gscm.report.charts.quadrant import quadrant
from gscm.report.charts.svg import Svg


def draw(chart: Chart, language: Language) -> Svg:
    """The chart as SVG; what it shows is told in words, too, for those who cannot see it."""
    match chart:
        case IntervalPlot():
            ticks = (_whole_ticks if chart.counts else _ticks)(chart.least, chart.most, language)
            ruler = Ruler(chart.least, chart.most, ticks, chart.axis[language],
                          tuple((value, name[language]) for value, name in chart.marks))  # fmt: skip
            rows = _spans(chart.rows, language)
            return intervals(rows, ruler, chart.title[language], _listed(rows))
        case Tornado():
            least = min([chart.base, *(row.low for row in chart.rows if row.low is not None)])
            most = max([chart.base, *(row.high for row in chart.rows if row.high is not None)])
            ruler = Ruler(least, most, _ticks(least, most, language), chart.axis[language],
                          ((chart.base, _said(chart.base, language)),))  # fmt: skip
            rows = _spans(chart.rows, language)
            return tornado(rows, ruler, chart.title[language], _listed(rows))
        case HeatMap():
            return _heatmap(chart, language)
        case Quadrant():
            return _quadrant(chart, language)
        case Bars():
            told = [(name[language], share, f"{_said(share * 100, language, 1)}%") for name, share in chart.rows]
            about = "; ".join(f"{name} {said}" for name, _, said in told)
            return bars(told, chart.marked, chart.title[language], about)


def _heatmap(chart: HeatMap, language: Language) -> Svg:
    reach = (chart.most - chart.least) or 1.0
    shares = [[None if v is None else (v - chart.least) / reach for v in row] for row in chart.values]
    shown = [[cell[language] for cell in row] for row in chart.shown]
    names = [name[language] for name in chart.rows]
    about = "; ".join(f"{name}: {', '.join(row)}" for name, row in zip(names, shown, strict=True))
    return heatmap(names, [name[language] for name in chart.columns], shares, shown, chart.title[language], about)


def _quadrant(chart: Quadrant, language: Language) -> Svg:
    points = [(name[language], x, y) for name, x, y in chart.points]
    across = _ends([*(x for _, x, _ in points), chart.cross[0]])
    up = _ends([*(y for _, _, y in points), chart.cross[1]])
    about = "; ".join(f"{name} ({_said(x, language)}; {_said(y, language)})" for name, x, y in points)
    names = [name[language] for name in chart.names]
    axes = chart.across[language], chart.up[language]
    return quadrant(points, (across, up), chart.cross, names, axes, chart.title[language], about)


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis with some room around the values."""
    least, most = min(values), max(values)
    room = (most - least) * 0.08 or 0.5
    return least - room, most + room


def _spans(rows: Sequence[Interval], language: Language) -> list[Span]:
    """The rows with what is written beside them: all with as many digits as the figure that needs most, up to two."""
    figures = [value for row in rows for value in (row.low, row.mid, row.high) if value is not None]
    digits = max((_digits(value) for value in figures), default=0)
    return [_span(row, digits, language) for row in rows]


def _span(row: Interval, digits: int, language: Language) -> Span:
    low, mid, high = (None if v is None else _written(v, digits, language) for v in (row.low, row.mid, row.high))
    ends = f"{low}–{high}" if low is not None and high is not None and not low == mid == high else ""
    said = f"{mid} ({ends})" if mid and ends else mid or ends or "–"
    return Span(row.label[language], row.low, row.mid, row.high, said)


def _listed(rows: Sequence[Span]) -> str:
    return "; ".join(f"{row.name}: {row.said}" for row in rows)


def _ticks(least: float, most: float, language: Language) -> tuple[tuple[float, str], ...]:
    """At most seven round values on an axis."""
    reach = (most - least) or 1.0
    raw = reach / 6
    unit = 10.0 ** _magnitude(raw)
    step = next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor >= raw - 1e-12)
    first = -(-least // step)
    found = []
    for index in range(8):
        value = (first + index) * step
        if value <= most + 1e-9:
            found.append((value, _said(value, language)))
    return tuple(found)


def _whole_ticks(least: float, most: float, language: Language) -> tuple[tuple[float, str], ...]:
    """The least value, then round whole ones, not too close to it."""
    step = next(unit for unit in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if unit >= min(1000, (most - least) / 6))
    rest = range(step * (int(least) // step + 1), int(most) + 1, step)
    return tuple((value, _said(value, language)) for value in (least, *(v for v in rest if v - least >= step / 2)))


def _magnitude(value: float) -> int:
    from math import floor, log10

    return floor(log10(value))


def _said(value: float, language: Language, digits: int = 2) -> str:
    """The figure without the zeros at its end."""
    return _written(value, min(digits, _digits(value)), language)


def _digits(value: float) -> int:
    """How many of two digits behind the comma a figure needs."""
    return next(digits for digits in (0, 1, 2) if digits == 2 or abs(round(value, digits) - round(value, 2)) < 1e-9)


def _written(value: float, digits: int, language: Language) -> str:
    text = f"{value:.{digits}f}"
    return decimal(text.lstrip("-") if not any(digit in "123456789" for digit in text) else text, language)
