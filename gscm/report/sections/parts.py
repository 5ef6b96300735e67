"""Every part of an index: its score, its strongest and weakest items, and all of them as bars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text, listed
from gscm.model.tree import Node
from gscm.report.charts.ladder import Flight, Rung, ladder
from gscm.report.charts.svg import Svg
from gscm.report.ranked import extremes_sentence, rank_parts
from gscm.report.sections.ladder import rung_of, shortened
from gscm.report.standing import Standing, standing, ticks
from gscm.report.told import nothing_known, ranked

_ROWS, _PICTURES = 27, 4  # rows in one picture, pictures for one part


@dataclass(frozen=True, slots=True)
class Part:
    """One part on the page."""

    row: Standing
    about: str
    told: str
    charts: tuple[Svg, ...]
    rest: int


def speaks(assessment: Assessment) -> bool:
    """Where the whole has no level and something is known below its parts."""
    inner = any(node.children for node in rank_parts(assessment))
    return ranked(assessment) and inner and not assessment.overall.given and not nothing_known(assessment)


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    model = assessment.model
    inside = [node for node in rank_parts(assessment) if node.children]
    outside = [model.nodes[child].title for child in model.root.children if not assessment.nodes[child].assessed]
    return {
        "lead": extremes_sentence(assessment)[language] or _LEAD[language],
        "parts": [_part(assessment, node, language) for node in inside],
        "outside": listed(tuple(outside))[language],
    }


_LEAD = Text("Nilai setiap bagian berasal dari butir-butir di bawahnya.", "The score of every part rests on its items.")


def _part(assessment: Assessment, node: Node, language: Language) -> Part:
    pictures = list(_pictures(assessment, node, language))
    leaves = [below for below in assessment.model.below(node.id) if below.is_leaf]
    scored = [leaf for leaf in leaves if assessment.nodes[leaf.id].score_low is not None]
    return Part(
        row=standing(assessment, node.id, language),
        about=node.about[language] if node.about else "",
        told=extremes_sentence(assessment, scored)[language],
        charts=tuple(pictures[:_PICTURES]),
        rest=len(pictures) - _PICTURES if len(pictures) > _PICTURES else 0,
    )


def _pictures(assessment: Assessment, node: Node, language: Language) -> Iterator[Svg]:
    """The items of a part as bars, a group never parted from its heading; over several pictures where they are many."""
    groups = list(_groups(assessment, node, language))
    chunk: list[Rung] = []
    chunks = []
    for group in groups:
        if chunk and len(chunk) + len(group) > _ROWS:
            chunks.append(chunk)
            chunk = []
        chunk = chunk + group
        while len(chunk) > _ROWS + 8:
            chunks.append(chunk[:_ROWS])
            chunk = chunk[_ROWS:]
    title = node.title[language]
    for rungs in [*chunks, chunk]:
        about = "; ".join(f"{rung.title}: {rung.said}" for rung in rungs)
        yield ladder((Flight("", tuple(rungs), ticks(assessment.model, language)),), (), (), title, about, pitch=16.5)


def _groups(assessment: Assessment, node: Node, language: Language) -> Iterator[list[Rung]]:
    """The children of a part, each with its own below it: items directly, or groups of items two steps down."""
    nodes = assessment.model.nodes
    leaves = [child for child in node.children if nodes[child].is_leaf]
    short = dict(zip(leaves, shortened([nodes[leaf].title[language] for leaf in leaves]), strict=True))
    for child in node.children:
        row = standing(assessment, child, language)
        below = nodes[child].children
        rungs = [replace(rung_of(row, strong=bool(below)), title=short.get(child, row.title))]
        rungs += [rung_of(standing(assessment, grandchild, language), indent=8) for grandchild in below]
        yield rungs
