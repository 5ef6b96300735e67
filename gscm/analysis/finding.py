"""What an analysis finds: figures that say how they were made, a sentence on what they mean, a picture's values.

A finding is complete in itself: whoever reads it sees n, the method by its name, the convention chosen and the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from gscm.i18n import Text

Section = Literal[
    "sampling", "agreement", "reliability", "firmness", "sensitivity", "weights", "importance", "gap", "change", "audit"
]
SECTIONS: tuple[Section, ...] = (
    "sampling", "agreement", "reliability", "firmness", "sensitivity", "weights", "importance", "gap", "change",
    "audit",
)  # fmt: skip
"""In the order in which they are told: who answered, how far they agree, how firm the level is, what would move it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its title, headings and rows; figures are written in both languages already.

    One that names single people, if by pseudonym, is `private`: reports leave it out.
    """

    title: Text
    headings: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    note: Text | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A row of an interval plot: where it lies, and from where to where. None where there is no figure."""

    label: Text
    low: float | None
    mid: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class IntervalPlot:
    """Rows on one axis; `marks` are values to draw a line at, such as cut-offs, with their names.

    `counts` tells that the axis has whole numbers only, such as ranks.
    """

    title: Text
    axis: Text
    rows: tuple[Interval, ...]
    least: float
    most: float
    marks: tuple[tuple[float, Text], ...] = ()
    counts: bool = False


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Cells from `least` (pale) to `most` (dark); None is hatched. `shown` is what a cell says."""

    title: Text
    rows: tuple[Text, ...]
    columns: tuple[Text, ...]
    values: tuple[tuple[float | None, ...], ...]
    shown: tuple[tuple[Text, ...], ...]
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Quadrant:
    """Points in a plane cut in four at `cross`; `names` of the quadrants from top left, clockwise."""

    title: Text
    across: Text
    up: Text
    points: tuple[tuple[Text, float, float], ...]
    cross: tuple[float, float]
    names: tuple[Text, Text, Text, Text]


@dataclass(frozen=True, slots=True)
class Tornado:
    """Bars from low to high about one base value, the widest first."""

    title: Text
    axis: Text
    base: float
    rows: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Shares of a whole, 0 to 1, a bar each: the probability of every level, say; `marked` is the one to stand out."""

    title: Text
    rows: tuple[tuple[Text, float], ...]
    marked: int | None = None


Chart = IntervalPlot | HeatMap | Quadrant | Tornado | Bars


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One analysis and what it found.

    `data` is plain JSON with every figure unrounded; `meaning` says in a sentence what it means for this study;
    `method` names the method with its conventions, `source` where it is published (keys of
    `gscm.statistics.references`, or titles as they are printed), `n` how much it rests on.
    Where the data cannot carry it, `refused` says why and there are no figures, and `remedy` what whoever runs the
    analysis can do about it; `caution` warns of figures that stand. `rests_on` says who answered and how much of the
    model, where the finding rests on answers of people; whoever runs the analyses fills it in. What is `notable` must
    be seen: it stands on the front page of a report even where it is not the first of its section.
    """

    section: Section
    id: str
    title: Text
    meaning: Text
    method: Text
    source: tuple[str, ...]
    n: Text
    data: Mapping[str, Any] = field(default_factory=dict)
    grids: tuple[Grid, ...] = ()
    charts: tuple[Chart, ...] = ()
    caution: Text | None = None
    refused: Text | None = None
    remedy: Text | None = None
    rests_on: Text | None = None
    notable: bool = False


def refused(
    section: Section, id: str, title: Text, why: Text, method: Text, source: tuple[str, ...], remedy: Text | None = None
) -> Finding:
    """A finding that the data cannot carry, with the reason in a sentence and, if there is one, a remedy in another."""
    return Finding(section, id, title, why, method, source, Text("0", "0"), refused=why, remedy=remedy)
