"""The ladder of levels: the whole and each domain and enabler, as a picture and as the same figures in a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.model.tree import Node, has_levels
from gscm.placement.contributions import shares
from gscm.placement.explain import stands
from gscm.report.charts.ladder import Flight, Rung, ladder
from gscm.report.charts.svg import Svg
from gscm.report.ranked import weight_said
from gscm.report.standing import Chip, Standing, chips, standing, ticks
from gscm.report.told import level_from_score
from gscm.report.words import capital


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    model = assessment.model
    parts = [model.nodes[child] for child in model.root.children]
    flights = [Flight("", (rung_of(standing(assessment, model.id, language), strong=True),))]
    for kind in dict.fromkeys(node.kind for node in parts):
        heading = capital(model.kinds[kind].title[language]) if kind in model.kinds else ""
        rows = tuple(rung_of(standing(assessment, node.id, language)) for node in parts if node.kind == kind)
        scored = any(row.share_low is not None for row in rows)
        flights.append(Flight(heading, rows, ticks(assessment.model, language) if scored else ()))
    if len(parts) > 24:
        flights = flights[:1]
    weights = shares(assessment.result, model.id) if level_from_score(assessment) else {}
    return {
        "weights": {id: weight_said(share, language) for id, share in weights.items()},
        "lead": lead(assessment)[language],
        "chart": _chart(assessment, flights, parts, language),
        "rows": [standing(assessment, node.id, language) for node in (model.root, *parts)],
        "levelled": any(assessment.nodes[node.id].low is not None for node in parts),
        "any_score": any(assessment.nodes[node.id].score_low is not None for node in (model.root, *parts)),
        "index": (model.index or Text("Indeks", "Index"))[language],
    }


def lead(assessment: Assessment) -> Text:
    """Where the whole stands, and how many parts are outside the study."""
    told = stands(assessment.result, assessment.overall)
    parts = assessment.model.root.children
    outside = sum(1 for child in parts if not assessment.nodes[child].assessed)
    if not outside:
        return told
    inside = len(parts) - outside
    return Text(
        f"{told.id} Kajian ini menilai {inside} dari {len(parts)} bagian model; {outside} lainnya di luar lingkup.",
        f"{told.en} This study assesses {inside} of the {len(parts)} parts of the model; the other {outside} are "
        "outside its scope.",
    )


def deep_ladder(assessment: Assessment, node: Node, language: Language) -> Svg | None:
    """The ladder of a node's children and, where they fit, of theirs; None where it would show nothing."""
    model = assessment.model
    children = [model.nodes[child] for child in node.children]
    below = sum(len(child.children) for child in children)
    rows: list[tuple[Node, bool]] = []
    for child in children:
        rows.append((child, bool(child.children) and below <= _DEEP))
        if below <= _DEEP:
            rows += [(model.nodes[id], False) for id in child.children]
    shown = [(standing(assessment, row.id, language), strong, row) for row, strong in rows]
    if not 2 <= len(shown) <= _DEEP + 10 or all(row.said == "–" for row, _, _ in shown):
        return None
    short = dict(
        zip(
            (row.id for row, strong, _ in shown if not strong),
            shortened([row.title for row, strong, _ in shown if not strong]),
            strict=True,
        )
    )
    rungs = tuple(
        replace(rung_of(row, strong, indent=0 if strong or below > _DEEP else 8), title=short.get(row.id, row.title))
        for row, strong, _ in shown
    )
    columns = _columns(assessment, [row for row, _ in rows], language)
    title = Text("Level bagian-bagiannya", "Levels of its parts")[language]
    scale = ticks(assessment.model, language) if any(rung.share_low is not None for rung in rungs) else ()
    names, colours = [c.name for c in columns], [c.colour for c in columns]
    about = _told(row for row, _, _ in shown)
    return ladder((Flight("", rungs, scale),), names, colours, title, about, pitch=16.5)


def shortened(titles: list[str]) -> list[str]:
    """The titles without the words that all of them begin with: "Tingkat Kematangan …"."""
    words = [title.split() for title in titles]
    same = 0
    while len(titles) > 1 and all(len(w) > same + 1 for w in words) and len({w[same] for w in words}) == 1:
        same += 1
    return [capital(" ".join(w[same:])) for w in words] if same >= 2 else titles


_DEEP = 24  # rows that a picture carries beside the text


def _chart(assessment: Assessment, flights: list[Flight], parts: list[Node], language: Language) -> Svg:
    columns = _columns(assessment, [assessment.model.root, *parts], language)
    title = Text("Tangga level tiap bagian", "Ladder of levels by part")[language]
    about = _told(standing(assessment, node.id, language) for node in (assessment.model.root, *parts))
    return ladder(flights, [c.name for c in columns], [c.colour for c in columns], title, about)


def _columns(assessment: Assessment, nodes: Sequence[Node], language: Language) -> tuple[Chip, ...]:
    """The levels over the columns; by number where the nodes do not share their names."""
    model = assessment.model
    levelled = [node for node in nodes if has_levels(node)]
    if not levelled:
        return ()
    longest = max(levelled, key=lambda node: len(model.names(node)))
    columns = chips(model, longest, language)
    if len({node.levels for node in levelled}) == 1:
        return columns
    return tuple(replace(column, name=str(column.number)) for column in columns)


def _told(rows: Iterable[Standing]) -> str:
    return "; ".join(f"{row.title}: {row.names}" for row in rows)


def rung_of(row: Standing, strong: bool = False, indent: float = 0) -> Rung:
    return Rung(
        title=row.title,
        said=row.said,
        low=row.low.number if row.low else None,
        high=row.high.number if row.high else None,
        share_low=row.share_low if not row.low and not row.state else None,
        share_high=row.share_high if not row.low and not row.state else None,
        strong=strong,
        indent=indent,
        beyond=row.beyond,
    )
