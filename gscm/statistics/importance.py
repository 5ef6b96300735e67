"""Importance–performance analysis: the quadrants of a "diagram kartesius", and the gap of each attribute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gscm.i18n import Text
from gscm.statistics.figure import Figure, Method, need
from gscm.statistics.matrix import Array, Values, present, vector

Crosshair = Literal["means", "medians"]
Quadrant = Literal["A", "B", "C", "D"]

NAME = Text("analisis kepentingan–kinerja (IPA)", "importance–performance analysis (IPA)")
QUADRANTS: dict[Quadrant, Text] = {
    "A": Text("prioritas utama", "concentrate here"),
    "B": Text("pertahankan prestasi", "keep up the good work"),
    "C": Text("prioritas rendah", "low priority"),
    "D": Text("berlebihan", "possible overkill"),
}
_CROSSHAIRS: dict[Crosshair, Text] = {
    "means": Text(
        "garis potong pada rata-rata; titik tepat di garis dianggap tinggi",
        "lines cross at the means; a point on a line counts as high",
    ),
    "medians": Text(
        "garis potong pada median; titik tepat di garis dianggap tinggi",
        "lines cross at the medians; a point on a line counts as high",
    ),
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: its quadrant, None where a figure is missing, and its gap, performance − importance."""

    importance: float
    performance: float
    quadrant: Quadrant | None
    gap: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportancePerformance(Figure):
    """n counts attributes with both figures; the crosshair stands at (performance, importance)."""

    attributes: tuple[Attribute, ...]
    importance: float
    performance: float


def importance_performance(
    importance: Values, performance: Values, crosshair: Crosshair = "means"
) -> ImportancePerformance:
    """The quadrant of each attribute after Martilla & James (1977); two series of one length, on one scale.

    A: important and poor; B: important and good; C: neither; D: good though unimportant. Attributes with a missing
    figure have no quadrant and do not move the crosshair. Refused with fewer than two attributes.
    """
    table = np.column_stack([vector(importance), vector(performance)])
    full = present(NAME, table)[~np.isnan(table).any(axis=1)]
    need(
        NAME, len(full), 2, Text("atribut dengan kepentingan dan kinerja", "attributes with importance and performance")
    )
    middle = full.mean(axis=0) if crosshair == "means" else np.median(full, axis=0)
    return ImportancePerformance(
        n=len(full),
        method=Method(NAME, _CROSSHAIRS[crosshair], ("Martilla & James 1977",)),
        attributes=tuple(_attribute(row, middle) for row in table),
        importance=float(middle[0]),
        performance=float(middle[1]),
    )


def _attribute(row: Array, middle: Array) -> Attribute:
    importance, performance = (float(value) for value in row)
    if np.isnan(row).any():
        return Attribute(importance, performance, None, None)
    high = tuple(bool(value >= line or np.isclose(value, line)) for value, line in zip(row, middle, strict=True))
    names: dict[tuple[bool, ...], Quadrant] = {
        (True, False): "A",
        (True, True): "B",
        (False, False): "C",
        (False, True): "D",
    }
    return Attribute(importance, performance, names[high], performance - importance)
