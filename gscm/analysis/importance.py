"""Importance and performance: the quadrants that Indonesian readers know as the diagram kartesius."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import nan

from gscm.analysis.finding import Finding, Grid, Quadrant, refused
from gscm.analysis.material import Material
from gscm.analysis.parts import score_text
from gscm.analysis.wording import INDICATORS, NONE, figure, how, many, some, upper, whole
from gscm.i18n import Text
from gscm.model.tree import Node
from gscm.placement.contributions import shares
from gscm.placement.place import Result, place
from gscm.statistics.figure import NotComputable
from gscm.statistics.importance import (
    QUADRANTS,
    Crosshair,
    ImportancePerformance,
    importance_performance,
)

TITLE = Text("Diagram kartesius: kepentingan dan kinerja", "Importance–performance diagram")
CROSSHAIR: Crosshair = "means"
DRAWN = 40
"""With more indicators than these, the picture shows the groups above them."""
_CONVENTION = Text(
    "Kepentingan = bagian bobot indikator dalam nilai keseluruhan ({weights}); kinerja = nilai indikator yang sudah "
    "terbukti.",
    "Importance = the share of the indicator’s weight in the score of the whole ({weights}); performance = the score "
    "of the indicator that has been shown.",
)
_MODEL = Text("bobot model", "weights of the model")
_ALIKE = Text(
    "Semua indikator yang dijawab bernilai sama, sehingga tidak ada yang dapat dipisahkan menurut kinerjanya.",
    "All indicators that were answered score the same, so that nothing can be told apart by performance.",
)
_EQUAL = Text(
    "Kepentingan tidak dapat dibaca dari bobot: semua indikator yang dijawab berbobot sama, sehingga diagram hanya "
    "akan memisahkan nilai tinggi dari nilai rendah.",
    "Importance cannot be read from weights: all indicators that were answered weigh the same, so that the diagram "
    "would only tell high scores from low ones.",
)
_ASK = Text(
    "Bila kepentingannya memang berbeda, mintalah bobot kepada para pakar dan beri berkasnya dengan --weights.",
    "If their importance does differ, ask experts for weights and give the file with --weights.",
)
_SOURCE = ("Martilla & James 1977",)


@dataclass(frozen=True, slots=True)
class Attribute:
    """A node, the share of its weight in the whole (of 1), and its score; None where nothing of it is answered.

    `performance` is what has been shown, `best` the score with every answer still open at its best.
    """

    node: Node
    importance: Fraction
    performance: Fraction | None
    best: Fraction | None

    @property
    def open(self) -> bool:
        return self.performance is not None and self.performance != self.best

    @property
    def figures(self) -> tuple[float, float]:
        """Importance and performance; NaN where there is none."""
        return float(self.importance), nan if self.performance is None else float(self.performance)


def importance(material: Material) -> Iterator[Finding]:
    """In which quadrant each indicator lies, and which of them come first."""
    result = place(material.answers)
    weights = _MODEL if result.model.weights is None else Text("bobot dari berkas bobot", "weights of the weights file")
    convention = Text(_CONVENTION.id.format(weights=weights.id), _CONVENTION.en.format(weights=weights.en))
    found = attributes(result)
    try:
        placed = _placed(found)
    except NotComputable as error:
        yield refused("importance", "importance", TITLE, _why(result, error.reason), convention, _SOURCE)
        return
    if len({one.performance for one in found if one.performance is not None}) < 2:
        yield refused("importance", "importance", TITLE, _ALIKE, convention, _SOURCE)
        return
    if len({one.importance for one in found if one.performance is not None}) == 1:
        yield refused("importance", "importance", TITLE, _EQUAL, convention, _SOURCE, _ASK)
        return
    named = how(placed.method)
    yield Finding(
        section="importance",
        id="importance",
        title=TITLE,
        meaning=_meaning(found, placed),
        method=Text(f"{named.id} {convention.id}", f"{named.en} {convention.en}"),
        source=_SOURCE,
        n=many(placed.n, INDICATORS),
        data=_plain(found, placed),
        grids=(_counts(found, placed), *_table(result, found, placed)),
        charts=(_chart(result, found, placed),),
        caution=_caution(found),
    )


def attributes(result: Result) -> tuple[Attribute, ...]:
    """The indicators that count in the score of the whole; none where weights do not decide it."""
    weight = weight_shares(result)
    found = []
    for id, part in weight.items():
        if result.nodes[id].score_low is not None and not shares(result, id):
            found.append(_attribute(result, id, part))
    return tuple(found)


def _attribute(result: Result, id: str, part: Fraction) -> Attribute:
    placement = result.nodes[id]
    known = placement.given or placement.coverage > 0
    return Attribute(result.model.nodes[id], part, placement.score_low if known else None, placement.score_high)


def _placed(found: Sequence[Attribute], crosshair: Crosshair = CROSSHAIR) -> ImportancePerformance:
    figures = [one.figures for one in found]
    return importance_performance([x for x, _ in figures], [y for _, y in figures], crosshair)


def weight_shares(result: Result) -> Mapping[str, Fraction]:
    """The share of every node in the score of the whole, as a share of 1, where weights tell it."""
    found = {result.model.id: Fraction(1)}
    for node in result.model.nodes.values():
        if node.id in found:
            for child, part in shares(result, node.id).items():
                found[child] = found[node.id] * part
    del found[result.model.id]
    return found


def _why(result: Result, reason: Text) -> Text:
    if result.overall.score_low is None or not weight_shares(result):
        return Text(
            "Kepentingan tidak dapat dibaca: nilai keseluruhan tidak disusun dari bobot indikator (model ini tidak "
            "berbobot, bobotnya tidak dipublikasikan, atau nilai jadinya diberikan langsung).",
            "Importance cannot be read: the score of the whole is not made up of weights of indicators (this model has "
            "none, they are unpublished, or the finished score was given).",
        )
    return reason


def _meaning(found: Sequence[Attribute], placed: ImportancePerformance) -> Text:
    first = ordered(found, placed, "A")
    if not first:
        return Text(
            "Tidak ada indikator di kuadran prioritas utama: semua yang penting bernilai sama atau di atas rata-rata.",
            "No indicator lies in the quadrant “concentrate here”: all that is important scores at the mean or above.",
        )
    names = some([one.node.title for one in first], most=5)
    told = Text(
        f"{whole(len(first)).id} dari {whole(placed.n).id} indikator berada di kuadran prioritas utama, yaitu penting "
        f"tetapi bernilai rendah: {names.id}.",
        f"{whole(len(first)).en} of {many(placed.n, INDICATORS).en} {'lies' if len(first) == 1 else 'lie'} in the "
        f"quadrant “concentrate here”, important yet poor: {names.en}.",
    )
    still = sum(one.open for one in first)
    if not still:
        return told
    those = Text(f"{whole(still).id} di antaranya", f"{whole(still).en} of them")
    if still == len(first):
        those = Text("semuanya", "all of them") if still > 1 else Text("indikator itu", "it")
    return Text(
        f"{told.id} Pada {those.id} masih ada yang belum terjawab, yang di sini dihitung sebagai nilai terburuk.",
        f"{told.en} For {those.en} answers are missing, which count as the worst here.",
    )


def ordered(found: Sequence[Attribute], placed: ImportancePerformance, quadrant: str) -> list[Attribute]:
    """The attributes of a quadrant, what matters most and stands lowest first."""
    inside = [one for one, at in zip(found, placed.attributes, strict=True) if at.quadrant == quadrant]
    return sorted(inside, key=lambda one: (-one.importance, one.performance or 0, one.node.id))


def _percent(part: Fraction) -> Text:
    written = figure(float(100 * part))
    return Text(f"{written.id}%", f"{written.en}%")


def _counts(found: Sequence[Attribute], placed: ImportancePerformance) -> Grid:
    rows = []
    for key, name in QUADRANTS.items():
        inside = ordered(found, placed, key)
        names = some([one.node.title for one in inside]) if inside else NONE
        rows.append((Text(upper(name.id), upper(name.en)), whole(len(inside)), names))
    return Grid(
        Text("Keempat kuadran", "The four quadrants"),
        (Text("Kuadran", "Quadrant"), Text("banyaknya", "count"), Text("indikator", "indicators")),
        tuple(rows),
    )


def _table(result: Result, found: Sequence[Attribute], placed: ImportancePerformance) -> Iterator[Grid]:
    first = ordered(found, placed, "A")
    if not first:
        return
    rows = [
        (one.node.title, _above(result, one.node), _percent(one.importance), _scored(result, one)) for one in first[:10]
    ]
    rest = len(first) - 10
    yield Grid(
        Text("Prioritas utama, yang terpenting dahulu", "Concentrate here, the most important first"),
        (Text("Indikator", "Indicator"), Text("bagian", "part"), Text("bobot", "weight"), Text("nilai", "score")),
        tuple(rows),
        Text(f"Dan {rest} lainnya.", f"And {rest} more.") if rest > 0 else None,
    )


def _scored(result: Result, one: Attribute) -> Text:
    """The score as it has been shown, and up to where it may still rise by answers that are open."""
    low, high = score_text(result.model, one.performance), score_text(result.model, one.best)
    return Text(f"{low.id}–{high.id}", f"{low.en}–{high.en}") if one.open else low


def _above(result: Result, node: Node) -> Text:
    domain = [one for one in result.model.above(node.id) if one.parent == result.model.id]
    return domain[0].title if domain else NONE


def _chart(result: Result, found: Sequence[Attribute], placed: ImportancePerformance) -> Quadrant:
    names = (QUADRANTS["A"], QUADRANTS["B"], QUADRANTS["D"], QUADRANTS["C"])
    points, cross, title = found, (placed.performance, placed.importance), TITLE
    if len(found) > DRAWN:
        grouped = groups(result, found)
        if len(grouped) > 1:
            of = _placed(grouped)
            points, cross = grouped, (of.performance, of.importance)
            title = Text("Diagram kartesius kelompok indikator", "Importance–performance of groups of indicators")
    return Quadrant(
        title,
        Text("Kinerja (nilai)", "Performance (score)"),
        Text("Kepentingan (bagian bobot, %)", "Importance (share of weight, %)"),
        tuple(
            (one.node.title, float(one.performance), 100 * float(one.importance))
            for one in points
            if one.performance is not None
        ),
        (cross[0], 100 * cross[1]),
        names,
    )


def groups(result: Result, found: Sequence[Attribute]) -> tuple[Attribute, ...]:
    """The nodes right above the indicators, with their own weights and scores."""
    weight = weight_shares(result)
    above = dict.fromkeys(one.node.parent for one in found if one.node.parent in weight)
    found = [_attribute(result, id, weight[id]) for id in above if id is not None]
    return tuple(one for one in found if one.performance is not None)


def _plain(found: Sequence[Attribute], placed: ImportancePerformance) -> dict[str, object]:
    medians = _placed(found, "medians")
    return {
        "crosshair": CROSSHAIR,
        "importance": placed.importance,
        "performance": placed.performance,
        "indicators": [
            {
                "node": one.node.id,
                "importance": float(one.importance),
                "performance": None if one.performance is None else float(one.performance),
                "open": one.open,
                "quadrant": at.quadrant,
                "quadrant_by_medians": other.quadrant,
            }
            for one, at, other in zip(found, placed.attributes, medians.attributes, strict=True)
        ],
    }


def _caution(found: Sequence[Attribute]) -> Text | None:
    told = []
    unanswered = sum(one.performance is None for one in found)
    if unanswered:
        told.append(
            Text(
                f"{many(unanswered, INDICATORS).id} belum dijawab sama sekali dan tidak ikut.",
                f"Left out for want of any answer: {many(unanswered, INDICATORS).en}.",
            )
        )
    still = sum(one.open for one in found)
    if still:
        told.append(
            Text(
                f"{many(still, INDICATORS).id} baru terjawab sebagian: yang belum terjawab di sini dihitung sebagai "
                "nilai terburuk, sehingga letaknya dapat bergeser ke kanan.",
                f"Answered in part only: {many(still, INDICATORS).en}. What is missing counts as the worst here, so "
                "that they may move to the right.",
            )
        )
    if not told:
        return None
    return Text(" ".join(one.id for one in told), " ".join(one.en for one in told))
