"""The dependency graph: what stands on what, and the path that holds; and the dependencies of a whole model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from gscm.i18n import Language, Text
from gscm.model.tree import Model, Node, Requires
from gscm.report.charts.layout import Edge, Placed, forward, layout
from gscm.report.charts.svg import (
    HOLD,
    INK,
    MUTED,
    PAPER,
    WIDTH,
    Point,
    Svg,
    box,
    element,
    label,
    labels,
    measure,
    number,
    picture,
    wrap,
)

State = Literal["holds", "open", "met", "plain"]


@dataclass(frozen=True, slots=True)
class Dot:
    """A box: its title, its figure (a level, a score), and whether it is on the path that holds."""

    id: str
    title: str
    said: str
    state: State


@dataclass(frozen=True, slots=True)
class Line:
    """`upper` needs `lower`; `words` stand on the line."""

    lower: str
    upper: str
    words: str
    state: State


_SIZE = 8.0
_STROKES: Mapping[State, tuple[str, float, str]] = {
    "holds": (HOLD, 1.7, ""),
    "open": (MUTED, 0.8, "3 2.2"),
    "met": ("#8f9a92", 0.8, ""),
    "plain": ("#8f9a92", 0.8, ""),
}


def dependency(
    dots: Sequence[Dot], lines: Sequence[Line], title: str, about: str, width: float = WIDTH, gap: float = 44
) -> Svg:
    """The graph with its root on the right; boxes and lines that hold drawn strongly, open ones broken."""
    kept = set(forward([dot.id for dot in dots], [(line.lower, line.upper) for line in lines]))
    drawn = [line for line in lines if (line.lower, line.upper) in kept]
    placed = _columns_first(dots, drawn)
    columns = max(placed.values(), default=0) + 1
    wide = min(132.0, (width - 2 - gap * (columns - 1)) / columns)
    gap = (width - 2 - wide * columns) / max(1, columns - 1)
    texts = {dot.id: _title(dot, wide) for dot in dots}
    where = layout(
        {dot.id: 11 + 9.6 * len(texts[dot.id]) for dot in dots}, [(line.lower, line.upper) for line in drawn]
    )
    frame = _Frame(where, wide, gap, width)
    order = sorted(drawn, key=lambda line: line.state == "holds")
    parts = [_curve(frame, line) for line in order]
    parts += [_box(frame, dot, texts[dot.id]) for dot in dots]
    parts += _words(frame, dots, texts, drawn)
    return picture(where.height + 8, title, about, parts, width)


def _columns_first(dots: Sequence[Dot], lines: Sequence[Line]) -> Mapping[str, int]:
    return layout({dot.id: 1.0 for dot in dots}, [(line.lower, line.upper) for line in lines]).column


@dataclass(frozen=True, slots=True)
class _Frame:
    """Turns columns and heights into points on the page."""

    placed: Placed
    wide: float
    gap: float
    width: float

    def left(self, column: int) -> float:
        return self.width - 1 - self.wide - column * (self.wide + self.gap)

    def corner(self, id: str, height: float) -> Point:
        return self.left(self.placed.column[id]), self.placed.middle[(id,)] - height / 2 + 4

    def points(self, edge: Edge) -> list[Point]:
        """Where the line leaves, passes and arrives; a passed column is crossed on the level."""
        (first, y), *between, (last, end) = self.placed.way(edge)
        points = [(self.left(first) + self.wide, y + 4)]
        for column, at in between:
            points += [(self.left(column), at + 4), (self.left(column) + self.wide, at + 4)]
        return [*points, (self.left(last), end + 4)]


def _title(dot: Dot, wide: float) -> tuple[str, ...]:
    return wrap(dot.title, _room(dot, wide), _fit(dot, wide), 600, most=4)


def _room(dot: Dot, wide: float) -> float:
    return wide - 13 - (measure(dot.said, _SIZE, 600) + 4 if dot.said else 0)


def _fit(dot: Dot, wide: float) -> float:
    """The type size at which the longest word of a title fits its box, within what is legible."""
    widest = max(measure(word, _SIZE, 600) for word in dot.title.split() or [""])
    return max(6.2, min(_SIZE, _SIZE * _room(dot, wide) / max(widest, 1) - 0.01))


def _box(frame: _Frame, dot: Dot, title: Sequence[str]) -> str:
    height = 11 + 9.6 * len(title)
    x, y = frame.corner(dot.id, height)
    stroke, weight, dash = _STROKES[dot.state]
    style: dict[str, str | float] = {"fill": PAPER, "stroke": stroke, "stroke_width": weight, "rx": 2.5}
    if dash:
        style["stroke_dasharray"] = dash
    ink = HOLD if dot.state == "holds" else MUTED if dot.state == "open" else INK
    words = labels(x + 6.5, y + 13, title, 9.6, size=_fit(dot, frame.wide), weight=600, fill=INK)
    said = label(x + frame.wide - 6, y + height / 2 + 2.9, dot.said, _SIZE, 600, ink, "end") if dot.said else ""
    return box(x, y, frame.wide, height, **style) + words + said


def _curve(frame: _Frame, line: Line) -> str:
    points = frame.points((line.lower, line.upper))
    path = f"M{number(points[0][0])} {number(points[0][1])}"
    for index, (start, end) in enumerate(pairwise(points)):
        if index % 2:
            path += f"L{number(end[0])} {number(end[1])}"
        else:
            half = (start[0] + end[0]) / 2
            path += (
                f"C{number(half)} {number(start[1])} {number(half)} {number(end[1])} {number(end[0])} {number(end[1])}"
            )
    stroke, weight, dash = _STROKES[line.state]
    style: dict[str, str | float] = {"fill": "none", "stroke": stroke, "stroke_width": weight}
    if dash:
        style["stroke_dasharray"] = dash
    return element("path", d=path, **style)


def _words(frame: _Frame, dots: Sequence[Dot], texts: Mapping[str, Sequence[str]], lines: Sequence[Line]) -> list[str]:
    """The words on the lines, each on white, each where it touches no box and no other words."""
    taken = []
    for dot in dots:
        height = 11 + 9.6 * len(texts[dot.id])
        taken.append((*frame.corner(dot.id, height), frame.wide, height))
    parts = []
    for line in lines:
        if not line.words:
            continue
        rows = line.words.split("\n")
        width, height = max(measure(row, 7, 600) for row in rows) + 3, 8.6 * len(rows) + 0.8
        points = frame.points((line.lower, line.upper))
        spots = [_on_curve(points[i], points[i + 1], t) for i in (0, len(points) - 2) for t in _ALONG]
        areas = [(x - width / 2, y - height / 2, width, height) for x, y in spots]
        area = min(areas, key=lambda area: sum(_touch(area, other) for other in taken))
        taken.append(area)
        ink, weight = (HOLD, 600) if line.state == "holds" else (MUTED, 400)
        middle = area[0] + width / 2
        words = labels(middle, area[1] + 6.8, rows, 8.6, size=7, weight=weight, fill=ink, anchor="middle")
        parts.append(box(*area, fill=PAPER) + words)
    return parts


_ALONG = (0.42, 0.5, 0.34, 0.58, 0.28, 0.66, 0.22, 0.74, 0.8, 0.16)


def _on_curve(start: Point, end: Point, t: float) -> Point:
    """A point of the curve between two ends that leave and arrive level."""
    half = (start[0] + end[0]) / 2
    ease = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
    x = ease[0] * start[0] + (ease[1] + ease[2]) * half + ease[3] * end[0]
    return x, (ease[0] + ease[1]) * start[1] + (ease[2] + ease[3]) * end[1]


_Area = tuple[float, float, float, float]


def _touch(one: _Area, other: _Area) -> bool:
    apart = (
        one[0] + one[2] <= other[0]
        or other[0] + other[2] <= one[0]
        or one[1] + one[3] <= other[1]
        or other[1] + other[3] <= one[1]
    )
    return not apart


def model_graph(model: Model, language: Language) -> Svg:
    """The dependencies of a whole model: the requirements between nodes, "3 ← 2" where level 3 needs level 2 below.

    Nodes that need the same of the same share a box; nodes that no requirement names are left out. Where no node
    requires another, the tree is drawn as far as it fits.
    """
    needed = _requirements(model)
    if not any(needed.values()):
        return _structure(model, language)
    groups = _alike(model, needed)
    lead = {id: group[0] for group in groups for id in group}
    words: dict[Edge, list[str]] = {}
    for upper, pairs in needed.items():
        if lead[upper] == upper:
            for at, lower, level in pairs:
                words.setdefault((lead[lower], upper), []).append(f"{at} ← {level}")
    lines = [Line(lower, upper, _in_rows(said), "met") for (lower, upper), said in words.items()]
    lower_ends = {line.lower for line in lines}
    for group in groups:
        if group[0] != model.id and group[0] not in lower_ends:
            above = next(lead[node.id] for node in model.above(group[0]) if node.id in lead)
            lines.append(Line(group[0], above, "", "plain"))
    for group in groups:
        if group[0] in model.root.children and (group[0], model.id) not in {(ln.lower, ln.upper) for ln in lines}:
            lines.append(Line(group[0], model.id, "", "plain"))
    titles = {group[0]: " · ".join(model.nodes[id].title[language] for id in group) for group in groups}
    dots = [Dot(id, words_, "", "plain") for id, words_ in titles.items()]
    title = Text(f"Ketergantungan dalam {model.title.id}", f"Dependencies within {model.title.en}")[language]
    return dependency(dots, lines, title, _told(model, needed, language), width=720, gap=78)


_MOST = 30  # boxes that can be read on one page


def _structure(model: Model, language: Language) -> Svg:
    """The tree of a model without requirements: the nodes above the indicators, or else the indicators themselves."""
    inner = [node for node in model.nodes.values() if node.parent is not None and (node.children or node.open)]
    shown = inner if 0 < len(inner) <= _MOST else [model.nodes[child] for child in model.root.children]
    known = {model.id, *(node.id for node in shown)}
    lines = [
        Line(node.id, next(above.id for above in model.above(node.id) if above.id in known), "", "plain")
        for node in shown
    ]
    dots = [Dot(id, model.nodes[id].title[language], "", "plain") for id in (model.id, *(node.id for node in shown))]
    title = Text(
        f"Susunan {model.title.id}; tidak ada syarat antarsimpul",
        f"Structure of {model.title.en}; no node requires another",
    )[language]
    about = "; ".join(
        f"{model.nodes[line.upper].title[language]}: {model.nodes[line.lower].title[language]}" for line in lines
    )
    return dependency(dots, lines, title, about, width=720, gap=78)


def _in_rows(pairs: Iterable[str]) -> str:
    """The pairs, two in a row."""
    each = list(dict.fromkeys(pairs))
    return "\n".join(", ".join(each[index : index + 2]) for index in range(0, len(each), 2))


def _requirements(model: Model) -> dict[str, tuple[tuple[int, str, int], ...]]:
    """For every node that needs others or is needed: what it needs, as (its level, node, that node's level)."""
    found: dict[str, tuple[tuple[int, str, int], ...]] = {}
    named: set[str] = {model.id, *model.root.children}
    for node in model.nodes.values():
        pairs = tuple(_needs(node))
        if pairs:
            named |= {node.id, *(lower for _, lower, _ in pairs)}
        found[node.id] = pairs
    return {id: pairs for id, pairs in found.items() if id in named}


def _needs(node: Node) -> Iterator[tuple[int, str, int]]:
    for level, clauses in node.gates.items():
        for clause in clauses:
            if isinstance(clause, Requires):
                yield level, clause.node, clause.level


def _alike(model: Model, needed: Mapping[str, tuple[tuple[int, str, int], ...]]) -> list[tuple[str, ...]]:
    """Nodes in groups: siblings that need the same and that nothing but their parent needs go together."""
    wanted = {lower for pairs in needed.values() for _, lower, _ in pairs}
    groups: dict[tuple[object, ...], list[str]] = {}
    for id, pairs in needed.items():
        alone = not pairs or id in wanted
        groups.setdefault((id,) if alone else (model.nodes[id].parent, pairs), []).append(id)
    return [tuple(group) for group in groups.values()]


def _told(model: Model, needed: Mapping[str, Iterable[tuple[int, str, int]]], language: Language) -> str:
    titles = {id: model.nodes[id].title[language] for id in needed}
    need = Text("memerlukan", "needs")[language]
    return "; ".join(
        f"{titles[upper]} {at} {need} {titles[lower]} {level}"
        for upper, pairs in needed.items()
        for at, lower, level in pairs
    )
