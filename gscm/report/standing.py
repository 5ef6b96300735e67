"""Where a node stands, ready to be printed: levels with their names and inks, score, coverage."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from gscm.assessment import Assessment
from gscm.i18n import Language, Text, percent
from gscm.model.tree import Model, Node
from gscm.placement.explain import subject_title
from gscm.placement.place import Placement, score_text
from gscm.report.charts.svg import level_colour, on
from gscm.report.words import capital, figure

NOT_ASSESSED = Text("tidak dinilai", "not assessed")
NOT_APPLICABLE = Text("tidak berlaku", "does not apply")


@dataclass(frozen=True, slots=True)
class Chip:
    """A level as it is shown: number, name, its ink and the ink of letters on it."""

    number: int
    name: str
    colour: str
    ink: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One node. `said` is its level in figures, or its score; `state` is why it has neither.

    `beyond` is how far an answer such as 2.2 lies past its level, as a share of the step to the next.
    """

    id: str
    title: str
    kind: str
    low: Chip | None
    high: Chip | None
    score: str
    said: str
    coverage: str
    absent: str
    state: str
    share_low: float | None
    share_high: float | None
    beyond: float

    @property
    def decided(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def names(self) -> str:
        """The level by name: "Initial", "Ad hoc–Initial"."""
        if self.low is None or self.high is None:
            return self.state or self.score
        return self.low.name if self.low == self.high else f"{self.low.name}–{self.high.name}"


def standing(assessment: Assessment, node_id: str, language: Language) -> Standing:
    """How one node stands."""
    model, placement = assessment.model, assessment.nodes[node_id]
    node = model.nodes[node_id]
    low = None if placement.low is None else chip(model, node, placement.low, language)
    high = None if placement.high is None else chip(model, node, placement.high, language)
    score = score_range(assessment, placement, language)
    state = "" if placement.assessed else NOT_ASSESSED[language]
    if placement.assessed and not placement.applies:
        state = NOT_APPLICABLE[language]
    return Standing(
        id=node_id,
        title=subject_title(assessment.result, node)[language],
        kind=capital(model.kinds[node.kind].title[language]) if node.kind in model.kinds else "",
        low=low,
        high=high,
        score=score,
        said=_real(node, placement, language) or _said(low, high) or ("–" if state else score),
        coverage=percent(float(placement.coverage), language) if not state else "–",
        absent=percent(float(placement.not_applicable), language) if not state else "–",
        state=state,
        share_low=scale_share(model, placement.score_low),
        share_high=scale_share(model, placement.score_high),
        beyond=float(placement.score_low % 1) if node.real and placement.score_low is not None else 0.0,
    )


def chip(model: Model, node: Node, level: int, language: Language) -> Chip:
    """A level of a node with its name and inks."""
    names = model.names(node)
    entry = names[level - 1] if level <= len(names) else None
    colour = level_colour(level, len(names), entry.colour if entry else None)
    return Chip(level, entry.name[language] if entry else str(level), colour, on(colour))


def chips(model: Model, node: Node, language: Language) -> tuple[Chip, ...]:
    """All levels of a node, from the lowest."""
    return tuple(chip(model, node, number, language) for number in range(1, len(model.names(node)) + 1))


def score_range(assessment: Assessment, placement: Placement, language: Language) -> str:
    """The score as the instrument prints it, "2,41–95,09" where the answers leave it open, "–" where there is none."""
    low, high = (score_text(assessment.result, value) for value in (placement.score_low, placement.score_high))
    if low is None or high is None:
        return "–"
    written = low if low == high else f"{low}–{high}"
    return written.replace(".", ",") if language == "id" else written


def scale_share(model: Model, score: Fraction | None) -> float | None:
    """How far a score reaches along the scale, from 0 to 1."""
    if score is None:
        return None
    return float((score - model.scale.min) / (model.scale.max - model.scale.min))


def ticks(model: Model, language: Language) -> tuple[tuple[float, str], ...]:
    """Figures along the scale of the score: 1 2 3 4 5, or 0 20 40 60 80 100."""
    scale = model.scale
    span = scale.max - scale.min
    count = int(span) if 2 <= span <= 6 and span.denominator == 1 else 5
    return tuple((k / count, figure(scale.min + span * Fraction(k, count), language)) for k in range(count + 1))


def _real(node: Node, placement: Placement, language: Language) -> str:
    """A level that may be a fraction, as it was answered: "2,2"; "" of any other node."""
    if not node.real or placement.score_low is None or placement.score_high is None or not placement.assessed:
        return ""
    low, high = (figure(value, language) for value in (placement.score_low, placement.score_high))
    return low if low == high else f"{low}–{high}"


def _said(low: Chip | None, high: Chip | None) -> str:
    if low is None or high is None:
        return ""
    return str(low.number) if low == high else f"{low.number}–{high.number}"
