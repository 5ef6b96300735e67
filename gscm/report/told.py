"""The result in sentences that can be repeated: where the subject stands, what that means, what holds it."""

from __future__ import annotations

from functools import lru_cache

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.model.tree import Score
from gscm.placement.explain import subject_title
from gscm.report.words import name_of, short_list

READABLE = 12  # names in a sentence
LOW_COVERAGE = 0.5
"""Below this share of answers known, a figure of the index says more about the answers than about the subject."""


def level_line(assessment: Assessment, language: Language) -> str:
    """Where the whole stands: "Level 2 dari 5: Initial", as an interval where it is open."""
    return _level_line(assessment)[language]


def _level_line(assessment: Assessment) -> Text:
    model, placement = assessment.model, assessment.overall
    count = len(model.names(model.root))
    if placement.low is None or placement.high is None:
        return Text("Tanpa level", "No level") if not count else Text("Belum dapat ditempatkan", "Cannot be placed yet")
    low, high = name_of(model, model.root, placement.low), name_of(model, model.root, placement.high)
    if placement.low == placement.high:
        return Text(f"Level {placement.low} dari {count}: {low.id}", f"Level {placement.low} of {count}: {low.en}")
    return Text(
        f"Level {placement.low}–{placement.high} dari {count}: antara {low.id} dan {high.id}",
        f"Level {placement.low}–{placement.high} of {count}: between {low.en} and {high.en}",
    )


def headline(assessment: Assessment) -> Text:
    """The finding as a title: "Provinsi Kalimantan Selatan berada pada level Initial"."""
    model, placement = assessment.model, assessment.overall
    name = assessment.answers.subject.name
    if placement.coverage == 0 and placement.low != placement.high:
        return Text(f"Level {name} belum dapat ditetapkan", f"The level of {name} cannot be settled yet")
    if placement.low is None or placement.high is None:
        return Text(f"Hasil penilaian {name}", f"Results for {name}")
    low, high = name_of(model, model.root, placement.low), name_of(model, model.root, placement.high)
    if placement.low == placement.high:
        return Text(f"{name} berada pada level {low.id}", f"{name} stands at level {low.en}")
    return Text(
        f"{name} berada di antara level {low.id} dan {high.id}", f"{name} stands between levels {low.en} and {high.en}"
    )


def meaning(assessment: Assessment, language: Language) -> str:
    """What the level means, in the model's own words; where it is open, what is shown and what is possible."""
    model, placement = assessment.model, assessment.overall
    names = model.names(model.root)
    if placement.low is None or placement.high is None or placement.low > len(names):
        return ""
    if placement.coverage == 0 and not placement.given:
        return Text("Belum satu pun jawaban diketahui.", "No answer is known yet.")[language]
    low, high = names[placement.low - 1], names[placement.high - 1]
    if low is not high:
        return Text(
            f"Yang terbukti sejauh ini level {low.name.id}; dengan jawaban yang masih terbuka, {high.name.id} "
            "masih mungkin.",
            f"Shown so far is level {low.name.en}; with the answers still open, {high.name.en} remains possible.",
        )[language]
    return low.meaning[language] if low.meaning else ""


def holding_titles(assessment: Assessment, most: int) -> Text | None:
    """The nodes whose facts are known to hold the whole; None if there are none, or if the score is what is short."""
    if level_from_score(assessment):
        return None
    facts = assessment.result.reading.facts
    nodes = list(dict.fromkeys(facts[fact].node for fact in assessment.overall.ceiling))
    if len(nodes) > _MANY:
        return _by_part(assessment, nodes)
    titles = [subject_title(assessment.result, assessment.model.nodes[node]) for node in nodes]
    return short_list(titles, most) if titles else None


_MANY = 6  # nodes that a sentence can still name in part without misleading


def _by_part(assessment: Assessment, nodes: list[str]) -> Text:
    """Where there are too many to name: how many, and in which parts of the model."""
    model = assessment.model
    parts = dict.fromkeys(next((a.id for a in model.above(node) if a.parent == model.id), node) for node in nodes)
    named = short_list([model.nodes[part].title for part in parts], 3)
    count = len(assessment.overall.ceiling)
    return Text(f"{count} kriteria pada {named.id}", f"{count} criteria in {named.en}")


def level_from_score(assessment: Assessment) -> bool:
    """Whether the level of the whole is read off its score."""
    return any(isinstance(clause, Score) for clauses in assessment.model.root.gates.values() for clause in clauses)


@lru_cache(maxsize=64)
def deciding(assessment: Assessment, node_id: str) -> tuple[str, ...]:
    """The nodes whose open answers decide the level of a node; () where nothing is known, or too many to read."""
    placement = assessment.nodes[node_id]
    if placement.low == placement.high or placement.coverage == 0 or placement.given:
        return ()
    facts = assessment.result.reading.facts
    nodes = tuple(dict.fromkeys(facts[fact].node for fact in assessment.pivotal(node_id)))
    return nodes if len(nodes) <= READABLE else ()


def low_coverage(assessment: Assessment) -> bool:
    return float(assessment.overall.coverage) < LOW_COVERAGE
