"""Every domain and enabler: where it stands, why, what its next level needs, and what has been shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text, listed
from gscm.model.tree import Node
from gscm.placement.explain import Explanation, Reason, fact_text
from gscm.report.charts.svg import Svg
from gscm.report.needs import Finding, findings
from gscm.report.sections.ladder import deep_ladder
from gscm.report.standing import Standing, standing
from gscm.report.told import deciding, level_from_score
from gscm.report.words import capital

_MOST = 4  # facts named under one reason


@dataclass(frozen=True, slots=True)
class Named:
    """A fact in words, with what it rests on."""

    text: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """One thing that the next level needs: why it is asked, the facts known to be lacking, how many are open."""

    text: str
    reason: str
    known: tuple[Named, ...]
    more: int
    open: int


@dataclass(frozen=True, slots=True)
class Part:
    """One domain or enabler on the page."""

    row: Standing
    about: str
    stands: str
    next: str
    reasons: tuple[Why, ...]
    held: tuple[Named, ...]
    held_more: int
    undecided: str
    chart: Svg | None


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    model = assessment.model
    parts = [model.nodes[child] for child in model.root.children]
    inside = [node for node in parts if assessment.nodes[node.id].assessed and assessment.nodes[node.id].applies]
    outside = [node.title for node in parts if node not in inside]
    if len(inside) > 12:  # open rows, programmes: the ladder says it all
        inside = []
    return {
        "whole": _part(assessment, model.root, language, drawn=False),
        "parts": [_part(assessment, node, language) for node in inside],
        "outside": listed(tuple(outside))[language] if 0 < len(outside) <= 12 else "",
        "none": not inside,
    }


def _part(assessment: Assessment, node: Node, language: Language, drawn: bool = True) -> Part:
    told = assessment.explain(node.id)
    held = () if level_from_score(assessment) else assessment.nodes[node.id].held_by
    return Part(
        row=standing(assessment, node.id, language),
        about=node.about[language] if node.about and drawn else "",
        stands=told.stands[language],
        next=_next(told, language),
        reasons=tuple(_why(assessment, reason, language) for reason in told.reasons),
        held=tuple(_named(assessment, fact, language) for fact in held[:_MOST]),
        held_more=max(0, len(held) - _MOST),
        undecided=_undecided(assessment, node.id)[language],
        chart=deep_ladder(assessment, node, language) if drawn else None,
    )


def _next(told: Explanation, language: Language) -> str:
    """What the list of reasons is about: "Untuk mencapai Scattered masih diperlukan"."""
    return told.next[language].partition(":")[0] if told.next else ""


def _why(assessment: Assessment, reason: Reason, language: Language) -> Why:
    facts = list(dict.fromkeys(_facts(reason)))
    if level_from_score(assessment) and len(facts) > _MOST:  # every part of a score would be named
        return Why(capital(reason.text[language]), _said(reason, language), (), 0, 0)
    open_ = [fact for fact in facts if fact in assessment.result.reading.open]
    known = [fact for fact in facts if fact not in assessment.result.reading.open]
    own = len(facts) == 1 and fact_text(assessment.result, facts[0]) == reason.text
    if own:
        found = findings(assessment, facts[0], language)
        return Why(capital(reason.text[language]), _said(reason, language), (Named("", found),) if found else (), 0, 0)
    return Why(
        text=capital(reason.text[language]),
        reason=_said(reason, language),
        known=tuple(_named(assessment, fact, language) for fact in known[:_MOST]),
        more=max(0, len(known) - _MOST),
        open=len(open_),
    )


def _said(reason: Reason, language: Language) -> str:
    return reason.why[language] if reason.why else ""


def _facts(reason: Reason) -> Iterator[str]:
    yield from reason.facts
    for below in reason.under:
        yield from _facts(below)


def _named(assessment: Assessment, fact: str, language: Language) -> Named:
    node = assessment.result.reading.facts[fact].node
    title = assessment.model.nodes[node].title[language]
    text = fact_text(assessment.result, fact)[language]
    return Named(
        text if text.startswith(title) else f"{title}: {text[:1].lower() + text[1:]}",
        findings(assessment, fact, language),
    )


def _undecided(assessment: Assessment, node_id: str) -> Text:
    placement = assessment.nodes[node_id]
    if placement.low is None or placement.low == placement.high:
        return Text("", "")
    nodes = deciding(assessment, node_id)
    if not nodes or len(nodes) > 5:
        return Text(
            "Jawaban yang masih terbuka menentukan apakah level berikutnya tercapai.",
            "The answers still open decide whether the next level is reached.",
        )
    titles = listed(tuple(assessment.model.nodes[node].title for node in nodes))
    return Text(
        f"Jawaban yang paling menentukan ada pada {titles.id}.",
        f"The answers that decide most are those on {titles.en}.",
    )
