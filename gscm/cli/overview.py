"""How a result looks in a terminal: words first, then a ladder of levels, aligned and without colour alone.

Imported by a command when it runs, not for its help: it knows the engine.
"""

from __future__ import annotations

from gscm.assessment import Assessment
from gscm.cli.terminal import share, table
from gscm.i18n import Language, Text
from gscm.model.tree import Node, top_level
from gscm.placement.explain import level_name, stands
from gscm.placement.place import Placement, score_text

SHOWN, POSSIBLE, EMPTY = "■", "▨", "·"


def headline(assessment: Assessment, language: Language) -> str:
    """Subject, year and instrument in one line."""
    subject, model = assessment.answers.subject, assessment.model
    year = f" ({subject.year})" if subject.year else ""
    return f"{subject.name}{year} · {model.short[language]} {model.version}"


def score_range(assessment: Assessment, placement: Placement, language: Language) -> str:
    """The score as printed, or its interval, or a dash."""
    low, high = (score_text(assessment.result, value) for value in (placement.score_low, placement.score_high))
    if low is None or high is None:
        return "–"
    shown = low if low == high else f"{low}–{high}"
    return shown.replace(".", ",") if language == "id" else shown


def levels_range(assessment: Assessment, placement: Placement, language: Language) -> str:
    """The level by name, or "low–high"."""
    if not placement.assessed:
        return Text("tidak dinilai", "not assessed")[language]
    if not placement.applies:
        return Text("tidak berlaku", "does not apply")[language]
    if placement.low is None or placement.high is None:
        return "–"
    node = assessment.model.nodes[placement.node]
    low, high = (level_name(assessment.result, node, level)[language] for level in (placement.low, placement.high))
    return low if low == high else f"{low}–{high}"


def ladder(assessment: Assessment, placement: Placement) -> str:
    """■ shown, ▨ still possible, · not reached; blank where there is no level."""
    if placement.low is None or placement.high is None:
        return ""
    top = top_level(assessment.model, assessment.model.nodes[placement.node])
    return SHOWN * placement.low + POSSIBLE * (placement.high - placement.low) + EMPTY * (top - placement.high)


def overview(assessment: Assessment, language: Language) -> str:
    """What a person reads after `gscm assess`."""
    model, overall = assessment.model, assessment.overall
    lines = [headline(assessment, language), "", stands(assessment.result, overall)[language]]
    if model.index:
        lines.append(f"{index_label(assessment)[language]}: {score_range(assessment, overall, language)}")
    lines += [coverage_line(assessment)[language], ""]
    head = [
        Text("Simpul", "Node"),
        Text("Level", "Level"),
        Text("", ""),
        Text("Nilai", "Score"),
        Text("Cakupan", "Cover"),
    ]
    rows = [[text[language] for text in head]]
    for node in upper_nodes(assessment):
        placement = assessment.nodes[node.id]
        indent = "  " * (sum(1 for _ in model.above(node.id)) - 1)
        rows.append(
            [
                indent + node.title[language],
                levels_range(assessment, placement, language),
                ladder(assessment, placement),
                score_range(assessment, placement, language) if placement.assessed else "",
                share(placement.coverage) if placement.assessed else "",
            ]
        )
    lines += table(rows)
    if any(row[2] for row in rows[1:]):
        lines += [
            "",
            Text("■ terbukti  ▨ masih mungkin  · belum", "■ shown  ▨ still possible  · not reached")[language],
        ]
    if assessment.result.notes:
        lines += ["", *(f"* {note[language]}" for note in assessment.result.notes)]
    lines += ["", model.notice[language]]
    return "\n".join(lines)


def index_label(assessment: Assessment) -> Text:
    """What the score of the whole is called; never the plain official name where only a part was assessed."""
    index = assessment.model.index or Text("Nilai", "Score")
    if not assessment.result.reading.outside:
        return index
    return Text(f"{index.id} (lingkup sebagian)", f"{index.en} (partial scope)")


def coverage_line(assessment: Assessment) -> Text:
    """How much of the model is answered, and what is known only as a whole."""
    if assessment.overall.given:
        return Text(
            "Yang diketahui hanya hasil keseluruhannya, tanpa rincian.",
            "Only the result of the whole is known, without details.",
        )
    covered = share(assessment.overall.coverage)
    whole = sum(1 for node in assessment.result.reading.given if not assessment.model.nodes[node].is_leaf)
    if not whole:
        return Text(f"Cakupan jawaban: {covered}", f"Answers cover: {covered}")
    return Text(
        f"Cakupan jawaban: {covered}, ditambah {whole} simpul yang diketahui tanpa rincian",
        f"Answers cover: {covered}, besides {whole} node(s) known without details",
    )


def upper_nodes(assessment: Assessment) -> list[Node]:
    """Everything above the indicators, without the root: what fits a screen."""
    model = assessment.model
    inner = [node for node in model.nodes.values() if node.parent is not None and node.children]
    if inner:
        return [node for node in inner if assessment.nodes[node.id].assessed or node.parent == model.id]
    return [node for node in model.nodes.values() if node.parent is not None]
