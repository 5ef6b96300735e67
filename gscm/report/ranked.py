"""A whole that has a score and no level: its parts, the strongest and the weakest, and what would lift it most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from gscm.assessment import Assessment
from gscm.i18n import LANGUAGES, Language, Text
from gscm.model.tree import Node
from gscm.placement.contributions import Contribution, Move, contributions, moves, shares
from gscm.placement.explain import comma
from gscm.placement.place import score_text
from gscm.report.charts.columns import Column, Mean, columns
from gscm.report.charts.ladder import Flight, Rung, ladder
from gscm.report.charts.svg import WIDTH, Svg
from gscm.report.standing import Standing, scale_share, score_range, standing, ticks
from gscm.report.told import index_name
from gscm.report.words import figure, short_list

MOST_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the index: its standing; its weight, what it adds and what it lacks in figures, "–" if unknown."""

    row: Standing
    weight: str
    adds: str
    lacks: str


def rank_parts(assessment: Assessment) -> tuple[Node, ...]:
    """The parts of the whole that count and have a score."""
    model, nodes = assessment.model, assessment.nodes
    return tuple(
        model.nodes[child]
        for child in model.root.children
        if nodes[child].assessed and nodes[child].applies and nodes[child].score_low is not None
    )


def parts(assessment: Assessment, language: Language) -> tuple[Part, ...]:
    """The parts as rows of a table."""
    weights = shares(assessment.result, assessment.model.id)
    added = _added(assessment)
    return tuple(
        Part(
            row=standing(assessment, node.id, language),
            weight=weight_said(weights.get(node.id), language),
            adds=between(assessment, added[node.id].low, added[node.id].high, language) if node.id in added else "–",
            lacks=_lack(assessment, added[node.id], language) if node.id in added else "–",
        )
        for node in rank_parts(assessment)
    )


def weight_said(share: Fraction | None, language: Language) -> str:
    """A weight in percent with at most one decimal; "–" where there is none."""
    return "–" if share is None else f"{figure(round(share * 100, 1), language)}%"


def _added(assessment: Assessment) -> dict[str, Contribution]:
    return {part.node: part for part in contributions(assessment.result, assessment.model.id)}


def between(assessment: Assessment, low: Fraction, high: Fraction, language: Language) -> str:
    """Two scores as one range, or as one figure where they print alike."""
    ends = [score_words(assessment, value)[language] for value in (low, high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"


def _lack(assessment: Assessment, part: Contribution, language: Language) -> str:
    return between(assessment, part.full - part.high, part.full - part.low, language)


def score_words(assessment: Assessment, value: Fraction) -> Text:
    """A score, or a difference of scores, as the instrument prints it."""
    text = score_text(assessment.result, value) or ""
    return Text(comma(text), text)


def extremes(assessment: Assessment) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The strongest and the weakest parts; () where open answers may still change them, or all are alike."""
    return _extremes(assessment, rank_parts(assessment))


def _extremes(assessment: Assessment, nodes: Sequence[Node]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    ends = {node.id: _ends(assessment, node) for node in nodes}
    if len(nodes) < 2 or len(set(ends.values())) < 2:
        return (), ()
    most, least = max(low for low, _ in ends.values()), min(high for _, high in ends.values())
    best = tuple(node for node in nodes if ends[node.id] == (most, most))
    worst = tuple(node for node in nodes if ends[node.id] == (least, least))
    # only what no open answer can change
    sure_best = all(high <= most for _, high in ends.values())
    sure_worst = all(low >= least for low, _ in ends.values())
    return best if sure_best else (), worst if sure_worst else ()


def _ends(assessment: Assessment, node: Node) -> tuple[Fraction, Fraction]:
    placement = assessment.nodes[node.id]
    assert placement.score_low is not None
    assert placement.score_high is not None
    return placement.score_low, placement.score_high


def named_score(assessment: Assessment, nodes: Sequence[Node]) -> Text:
    """Parts of one score with that score: "Dasar (1,40)"."""
    titles = short_list([node.title for node in nodes], 3)
    scores = [score_range(assessment, assessment.nodes[nodes[0].id], language) for language in LANGUAGES]
    return Text(f"{titles.id} ({scores[0]})", f"{titles.en} ({scores[1]})")


def extremes_sentence(assessment: Assessment, nodes: Sequence[Node] | None = None) -> Text:
    """The strongest and the weakest in a sentence, as much of it as is known: "Terkuat: Quick win (3,08)."."""
    best, worst = extremes(assessment) if nodes is None else _extremes(assessment, nodes)
    most = 3 if nodes is None else 2  # more of them say little
    told = []
    if best and len(best) <= most:
        words = named_score(assessment, best)
        told.append(Text(f"Terkuat: {words.id}.", f"Strongest: {words.en}."))
    if worst and len(worst) <= most:
        words = named_score(assessment, worst)
        told.append(Text(f"Terlemah: {words.id}.", f"Weakest: {words.en}."))
    return Text(" ".join(text.id for text in told), " ".join(text.en for text in told))


@lru_cache(maxsize=8)
def known_gains(assessment: Assessment) -> tuple[tuple[str, Fraction], ...]:
    """The parts known to lack something, with what they lack in the index (weight × distance to full), most first.

    What an open answer may still bring is not counted as lacking.
    """
    found = [(part.node, part.full - part.high) for part in contributions(assessment.result, assessment.model.id)]
    return tuple(sorted((gain for gain in found if gain[1] > 0), key=lambda gain: -gain[1]))


@lru_cache(maxsize=8)
def index_moves(assessment: Assessment) -> tuple[Move, ...]:
    """The answers that would raise the index, each alone, the furthest first."""
    return moves(assessment.result, assessment.model.id)


def open_facts(assessment: Assessment) -> tuple[str, ...]:
    """The open answers within the scope, in the order of the model."""
    reading = assessment.result.reading
    return tuple(id for id in reading.facts if id in reading.open and reading.facts[id].node not in reading.outside)


def unpublished(assessment: Assessment) -> bool:
    """Whether the weights of the parts are unpublished, so that only bounds of the score are known."""
    root = assessment.model.root
    return root.aggregate == "unknown-weights" and bool(root.children) and not assessment.overall.given


def columns_of(assessment: Assessment, language: Language) -> tuple[Column, ...]:
    """The parts as columns; () where they are too few or too many, or only the whole is known."""
    nodes = rank_parts(assessment)
    if assessment.overall.given or not 2 <= len(nodes) <= MOST_COLUMNS:
        return ()
    weights = shares(assessment.result, assessment.model.id)
    word = Text("bobot", "weight")[language]
    rows = [standing(assessment, node.id, language) for node in nodes]
    return tuple(
        Column(
            title=row.title,
            said=row.score,
            weight=f"{word} {weight_said(weights[row.id], language)}" if row.id in weights else "",
            share=float(weights.get(row.id, Fraction(1, len(nodes)))),
            low=row.share_low or 0.0,
            high=row.share_high or 0.0,
        )
        for row in rows
    )


def chart(assessment: Assessment, language: Language, width: float = WIDTH, height: float = 140.0) -> Svg | None:
    """The score of the whole and of its parts: columns, or one bar where columns would not show them."""
    placement, drawn = assessment.overall, columns_of(assessment, language)
    low, high = (scale_share(assessment.model, score) for score in (placement.score_low, placement.score_high))
    if low is None or high is None:
        return None
    title, said = index_name(assessment)[language], score_range(assessment, placement, language)
    scale = ticks(assessment.model, language)
    if not drawn:
        rung = Rung(title, said, share_low=low, share_high=high, strong=True)
        return ladder((Flight("", (rung,), scale),), (), (), title, said)
    about = "; ".join([said, *(f"{column.title}: {column.said}" for column in drawn)])
    return columns(drawn, Mean(said, low, high), scale, title, about, width, height)


def part_of(assessment: Assessment, fact: str) -> str:
    """The part of the whole that a fact belongs to."""
    model = assessment.model
    node = assessment.result.reading.facts[fact].node
    path = [above.id for above in (model.nodes[node], *model.above(node)) if above.parent is not None]
    return path[-1] if path else node


def fact_score(assessment: Assessment, fact: str, language: Language) -> str:
    """What is known of a fact, in figures: its score, or its level."""
    entry = assessment.result.reading.facts[fact]
    value = assessment.result.low.filling[fact]
    if entry.kind in ("score", "quantity"):
        return score_range(assessment, assessment.nodes[entry.node], language)
    if entry.kind == "criterion":
        return Text("belum", "not yet")[language]
    return figure(value, language)
