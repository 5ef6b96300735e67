"""The parts of a model as findings name them: the whole and what it is made of, their levels and scores in words."""

from __future__ import annotations

from fractions import Fraction

from gscm.i18n import Text, decimal
from gscm.model.arithmetic import printed
from gscm.model.tree import Model, Node

WHOLE = Text("Keseluruhan", "The whole")


def parts(model: Model) -> tuple[Node, ...]:
    """The whole, and its domains: what stands right below it."""
    return (model.root, *(model.nodes[child] for child in model.root.children))


def titled(model: Model, node: str) -> Text:
    """What a node is called; the root is the whole."""
    return WHOLE if node == model.id else model.nodes[node].title


def named(model: Model, node: str) -> Text:
    """What a node is called within a sentence."""
    return Text("keseluruhan", "the whole") if node == model.id else model.nodes[node].title


def level_text(model: Model, node: str, level: int | None) -> Text:
    """The name of a level of a node, or its number where it has no name; a dash for none."""
    if level is None or level < 1:
        return Text("–", "–")
    names = {one.number: one.name for one in model.names(model.nodes[node])}
    return names.get(level) or Text(f"level {level}", f"level {level}")


def levels_text(model: Model, node: str, low: int | None, high: int | None) -> Text:
    """A level, or the range that open answers leave: "Initial–Scattered"."""
    first = level_text(model, node, low)
    if low == high:
        return first
    last = level_text(model, node, high)
    return Text(f"{first.id}–{last.id}", f"{first.en}–{last.en}")


def score_text(model: Model, score: Fraction | None) -> Text:
    """A score as the instrument prints it, in both languages; a dash for none."""
    if score is None:
        return Text("–", "–")
    written = printed(score, model.scale)
    return Text(decimal(written, "id"), decimal(written, "en"))


def score_figure(model: Model, value: float) -> Text:
    """A score in floating point as the instrument would print it."""
    return score_text(model, Fraction(value).limit_denominator(10**8))


def score_span(model: Model, low: float, high: float) -> Text:
    """An interval of scores: "2,50–2,80", or "−0,50 s.d. 0,25" where an end is negative."""
    ends = score_figure(model, low), score_figure(model, high)
    if low < 0 or high < 0:
        return Text(f"{ends[0].id} s.d. {ends[1].id}", f"{ends[0].en} to {ends[1].en}")
    return Text(f"{ends[0].id}–{ends[1].id}", f"{ends[0].en}–{ends[1].en}")


def in_hundred(share: float) -> Text:
    """A share as so many of a hundred, said to be all or none only where it is."""
    count = round(100 * share)
    if share == 1:
        return Text("semua", "all")
    if share < 1 and count == 100:
        return Text("lebih dari 99 dari 100", "more than 99 of 100")
    if share > 0 and count == 0:
        return Text("kurang dari 1 dari 100", "fewer than 1 of 100")
    return Text(f"{count} dari 100", f"{count} of 100")
