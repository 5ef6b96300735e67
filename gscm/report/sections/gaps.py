"""The gaps: every node on the way to the next level, where it stands, where it has to stand, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.model.tree import Node
from gscm.placement.explain import subject_title
from gscm.placement.place import score_text
from gscm.report.needs import next_name
from gscm.report.standing import standing
from gscm.report.told import level_from_score
from gscm.report.words import name_of


@dataclass(frozen=True, slots=True)
class Row:
    """One node: depth in the tree, level now and needed, facts known to be unmet and facts open under it."""

    title: str
    depth: int
    leaf: bool
    now: str
    needed: str
    unmet: int
    open: int
    holds: bool


@dataclass(frozen=True, slots=True)
class Yield:
    """One part of an index: its score, what it lacks to the full score, and what that is worth to the whole."""

    title: str
    depth: int
    score: str
    short: str
    worth: str


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    by_score = level_from_score(assessment)
    rows = [] if by_score else _rows(assessment, language)
    up = next_name(assessment)
    return {
        "by_score": by_score,
        "rows": rows,
        "yields": _yields(assessment, language) if by_score else [],
        "up": (up or Text("", ""))[language],
        "lead": _lead(assessment, by_score)[language],
    }


def _lead(assessment: Assessment, by_score: bool) -> Text:
    up = next_name(assessment)
    if assessment.overall.low is None:
        return Text("Tidak ada level yang dituju.", "There is no level to reach.")
    if up is None:
        return Text(
            "Level tertinggi sudah tercapai; tidak ada kesenjangan.", "The highest level is reached; there is no gap."
        )
    if by_score:
        return Text(
            f"Menuju {up.id}: bagian di atas adalah yang paling besar sumbangannya bila diperbaiki.",
            f"Towards {up.en}: the parts at the top would add most if they were improved.",
        )
    facts = assessment.overall.blocked_by
    open_ = sum(1 for fact in facts if fact in assessment.result.reading.open)
    known = len(facts) - open_
    return Text(
        f"Antara keadaan sekarang dan {up.id} ada {known} fakta yang diketahui belum terpenuhi dan {open_} yang "
        "belum diketahui.",
        f"Between the present state and {up.en} lie {known} facts known to be unmet and {open_} not known.",
    )


def _rows(assessment: Assessment, language: Language) -> list[Row]:
    """The nodes on the failing way to the next level, in the order of the tree."""
    needed = _needed(assessment)
    return [
        _row(assessment, assessment.model.nodes[id], needed[id], language)
        for id in assessment.model.nodes
        if id in needed
    ]


def _needed(assessment: Assessment) -> dict[str, int]:
    """For every node that fails on the way to the next level of the whole, the highest level asked of it."""
    blocks, root = assessment.result.blocks, assessment.model.id
    if root not in blocks or assessment.overall.low is None:
        return {}
    needed = {root: blocks[root].level}
    queue = [root]
    while queue:
        for lack in blocks[queue.pop(0)].lacks:
            for node, level in lack.nodes:
                if node not in needed and node in blocks:
                    queue.append(node)
                needed[node] = max(level, needed.get(node, 0))
    return needed


def _row(assessment: Assessment, node: Node, level: int, language: Language) -> Row:
    placement, reading = assessment.nodes[node.id], assessment.result.reading
    whole = set(assessment.overall.blocked_by) | set(assessment.overall.ceiling)
    below = {n.id for n in assessment.model.below(node.id)}
    facts = [fact for fact in whole if reading.facts[fact].node in below]
    open_ = sum(1 for fact in facts if fact in reading.open)
    return Row(
        title=subject_title(assessment.result, node)[language],
        depth=sum(1 for _ in assessment.model.above(node.id)),
        leaf=node.is_leaf,
        now=standing(assessment, node.id, language).names,
        needed=name_of(assessment.model, node, level)[language],
        unmet=len(facts) - open_,
        open=open_,
        holds=placement.high is not None
        and placement.high < level
        and any(f in assessment.overall.ceiling for f in facts),
    )


def _yields(assessment: Assessment, language: Language) -> list[Yield]:
    """The parts of the index down to the second step below the whole, the most rewarding first within each."""
    model = assessment.model
    rows: list[Yield] = []

    def add(node: Node, share: Fraction, depth: int) -> None:
        placement = assessment.nodes[node.id]
        if placement.score_low is None or not placement.applies or not placement.assessed:
            return
        lack = model.scale.max - placement.score_low
        row = standing(assessment, node.id, language)
        rows.append(
            Yield(
                row.title,
                depth,
                row.score,
                _rounded(assessment, lack, language),
                _rounded(assessment, lack * share, language),
            )
        )
        if depth < 2:
            children = [model.nodes[child] for child in node.children if assessment.nodes[child].applies]
            total = sum((child.weight for child in children), Fraction()) or Fraction(1)
            worth = {child.id: _lack(assessment, child) * child.weight for child in children}
            for child in sorted(children, key=lambda child: -worth[child.id]):
                if depth < 1 or not child.is_leaf:
                    add(child, share * child.weight / total, depth + 1)

    add(model.root, Fraction(1), 0)
    return rows


def _lack(assessment: Assessment, node: Node) -> Fraction:
    score = assessment.nodes[node.id].score_low
    return assessment.model.scale.max - score if score is not None else Fraction()


def _rounded(assessment: Assessment, value: Fraction, language: Language) -> str:
    text = score_text(assessment.result, value) or ""
    return text.replace(".", ",") if language == "id" else text
