"""The dependency graph: what the next level of the whole stands on, with the path that holds it marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.model.tree import Children, Node, Requires, top_level
from gscm.placement.clauses import clause_children
from gscm.placement.contributions import shares
from gscm.placement.explain import subject_title
from gscm.report.charts.dependency import Dot, Line, State, dependency
from gscm.report.charts.layout import forward, layout
from gscm.report.charts.svg import Svg
from gscm.report.ranked import weight_said
from gscm.report.standing import standing
from gscm.report.told import holding_titles, level_from_score
from gscm.report.words import capital, clause_words, name_of

_BOXES, _COLUMNS = 22, 4  # what a page carries legibly beside its heading


@dataclass(frozen=True, slots=True)
class Rule:
    """One dependency in words, whether it is fulfilled, and why it is asked."""

    upper: str
    lower: str
    state: str
    holds: bool
    why: str
    basis: str


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    by_score = level_from_score(assessment)
    drawn = _by_weight(assessment, language) if by_score else _by_requirement(assessment)
    return {
        "lead": _lead(assessment, by_score)[language],
        "chart": _chart(assessment, drawn, language),
        "by_score": by_score,
        "left_out": drawn.left_out,
        "rules": [] if by_score else _rules(assessment, drawn, language),
        "target": name_of(assessment.model, assessment.model.root, _target(assessment))[language],
    }


@dataclass(slots=True)
class _Drawn:
    """What is put into the picture, in the order found."""

    states: dict[str, State] = field(default_factory=dict)
    lines: dict[tuple[str, str], tuple[str, State]] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    left_out: int = 0


def _target(assessment: Assessment) -> int:
    """The level that the picture is about: the one that known facts forbid, else the next one, else the highest."""
    placement, model = assessment.overall, assessment.model
    if placement.low is None or placement.high is None:
        return 1
    if placement.high < top_level(model, model.root):
        return placement.high + 1
    return min(placement.low + 1, top_level(model, model.root))


def _lead(assessment: Assessment, by_score: bool) -> Text:
    if by_score:
        return Text(
            "Dalam instrumen ini level dibaca dari indeks. Tidak ada syarat antarbagian: setiap nilai menyumbang "
            "menurut bobotnya.",
            "In this instrument the level is read off the index. No part depends on another: every score counts "
            "by its weight.",
        )
    name = name_of(assessment.model, assessment.model.root, _target(assessment))
    titles = holding_titles(assessment, 3)
    if titles is None:
        if assessment.overall.low == top_level(assessment.model, assessment.model.root):
            return Text(f"Semua prasyarat {name.id} terpenuhi.", f"All that {name.en} stands on is in place.")
        return Text(
            f"Tidak ada fakta yang diketahui menutup jalan ke {name.id}; jawaban yang terbukalah yang menentukan.",
            f"No known fact bars the way to {name.en}; the open answers decide.",
        )
    return Text(f"Jalan ke {name.id} tertahan di {titles.id}.", f"The way to {name.en} is held up at {titles.en}.")


def _by_requirement(assessment: Assessment) -> _Drawn:
    """The fullest picture that is still legible: without what is met or open, then without what lies deeper."""
    whole = _drawn(assessment, around=True, depth=9)
    drawn = whole
    for around, depth in ((True, 9), (False, 9), (False, 2), (False, 1)):
        drawn = _drawn(assessment, around, depth)
        column = layout(dict.fromkeys(drawn.states, 1.0), forward(drawn.states, list(drawn.lines))).column
        if len(drawn.states) <= _BOXES and max(column.values()) < _COLUMNS:
            break
    drawn.left_out = len(whole.states) - len(drawn.states)
    return drawn


def _drawn(assessment: Assessment, around: bool, depth: int) -> _Drawn:
    """The requirements of the target level, and below what holds, what holds that in turn, so many steps deep."""
    drawn = _Drawn()
    root = assessment.model.id
    drawn.states[root] = "holds" if assessment.overall.ceiling else "plain"
    drawn.levels[root] = _target(assessment)
    steps = {root: 0}
    queue = [root]
    while queue:
        upper = queue.pop(0)
        if steps[upper] >= depth:
            continue
        for lower, level in _pairs(assessment, upper, drawn.levels[upper], whole=upper == root):
            state = _state(assessment, upper, lower, level)
            if state != "holds" and upper != root and not around:
                continue
            steps.setdefault(lower, steps[upper] + 1)
            before = int(drawn.lines[lower, upper][0]) if (lower, upper) in drawn.lines else 0
            drawn.lines[lower, upper] = (str(max(level, before)), state)
            if drawn.states.get(lower) != "holds":
                drawn.states[lower] = state
            if state == "holds" and lower not in drawn.levels and lower in assessment.result.ceilings:
                drawn.levels[lower] = assessment.result.ceilings[lower].level
                queue.append(lower)
    return drawn


def _pairs(assessment: Assessment, upper: str, level: int, whole: bool) -> Iterator[tuple[str, int]]:
    """What a node needs for a level: every requirement; of its children those that hold it, for the whole all."""
    result, node = assessment.result, assessment.model.nodes[upper]
    block = result.ceilings.get(upper)
    held = {pair for lack in block.lacks for pair in lack.nodes} if block and block.level == level else set()
    for clause in node.gates.get(level, ()):
        if isinstance(clause, Requires):
            yield clause.node, clause.level
        elif isinstance(clause, Children) and clause.rule != "mean":
            for child in clause_children(result.reading, node, clause):
                if (child.id, clause.at) in held or (whole and assessment.nodes[child.id].assessed):
                    yield child.id, clause.at


def _state(assessment: Assessment, upper: str, lower: str, level: int) -> State:
    placement = assessment.nodes[lower]
    if placement.low is not None and placement.low >= level:
        return "met"
    block = assessment.result.ceilings.get(upper)
    if block and any((lower, level) in lack.nodes for lack in block.lacks):
        return "holds"
    return "open" if placement.high is None or placement.high >= level else "holds"


def _by_weight(assessment: Assessment, language: Language) -> _Drawn:
    """The parts of the score with their weights, two steps down."""
    drawn = _Drawn(states={assessment.model.id: "plain"})
    for node in assessment.model.below(assessment.model.id):
        depth = sum(1 for _ in assessment.model.above(node.id))
        if not 1 <= depth <= 2 or node.parent is None or not assessment.nodes[node.id].assessed:
            continue
        if len(drawn.states) >= _BOXES or (depth == 2 and node.is_leaf):
            drawn.left_out += 1
            continue
        drawn.states[node.id] = "plain"
        drawn.lines[node.id, node.parent] = (_weight(assessment, node, language), "plain")
    return drawn


def _weight(assessment: Assessment, node: Node, language: Language) -> str:
    weights = shares(assessment.result, node.parent) if node.parent else {}
    return weight_said(weights[node.id], language) if node.id in weights else ""


def _chart(assessment: Assessment, drawn: _Drawn, language: Language) -> Svg:
    need = Text("perlu", "needs")[language]
    dots = [
        Dot(
            id,
            subject_title(assessment.result, assessment.model.nodes[id])[language],
            _said(assessment, id, language),
            state,
        )
        for id, state in drawn.states.items()
    ]
    lines = [
        Line(lower, upper, said if not said or "%" in said else f"{need} {said}", state)
        for (lower, upper), (said, state) in drawn.lines.items()
    ]
    title = Text("Graf ketergantungan", "Dependency graph")[language]
    titles = {dot.id: f"{dot.title} ({dot.said})" for dot in dots}
    about = "; ".join(f"{titles[line.upper]} – {line.words} – {titles[line.lower]}" for line in lines)
    return dependency(dots, lines, title, about)


def _said(assessment: Assessment, id: str, language: Language) -> str:
    row = standing(assessment, id, language)
    return "?" if row.said == "–" else row.said


def _rules(assessment: Assessment, drawn: _Drawn, language: Language) -> list[Rule]:
    """The requirements in the picture with their reasons."""
    model, rules = assessment.model, []
    for upper, level in drawn.levels.items():
        node = model.nodes[upper]
        for clause in node.gates.get(level, ()):
            if not isinstance(clause, Requires):
                continue
            state = _state(assessment, upper, clause.node, clause.level)
            title = subject_title(assessment.result, node)[language]
            rules.append(
                Rule(
                    upper=f"{title}: {name_of(model, node, level)[language]}",
                    lower=capital(clause_words(model, node, clause)[language]),
                    state=_STATES[state][language],
                    holds=state == "holds",
                    why=clause.reason[language],
                    basis=clause.origin.basis,
                )
            )
    return rules


_STATES: dict[State, Text] = {
    "holds": Text("menahan", "holds"),
    "open": Text("terbuka", "open"),
    "met": Text("terpenuhi", "met"),
    "plain": Text("terpenuhi", "met"),
}
