"""The result in sentences that can be repeated: where the subject stands, what that means, what holds it."""

from __future__ import annotations

from functools import lru_cache

from gscm.assessment import Assessment
from gscm.i18n import LANGUAGES, Language, Text, same
from gscm.model.tree import Score, has_levels
from gscm.placement.explain import comma, subject_title
from gscm.placement.place import score_text
from gscm.report.standing import score_range
from gscm.report.words import figure, name_of, short_list

NO_LEVEL = Text(
    "Instrumen ini memberi nilai untuk dibandingkan, bukan level.",
    "This instrument gives a score to compare by, not a level.",
)
READABLE = 12  # names in a sentence
LOW_COVERAGE = 0.5
"""Below this share of answers known, a figure of the index says more about the answers than about the subject."""


def level_line(assessment: Assessment, language: Language) -> str:
    """Where the whole stands: "Level 2 dari 5: Initial", as an interval where it is open."""
    return _level_line(assessment)[language]


def _level_line(assessment: Assessment) -> Text:
    model, placement = assessment.model, assessment.overall
    count = len(model.names(model.root))
    if ranked(assessment):
        return _score_line(assessment)
    if placement.low is None or placement.high is None:
        return Text("Belum dapat ditempatkan", "Cannot be placed yet")
    low, high = name_of(model, model.root, placement.low), name_of(model, model.root, placement.high)
    if placement.low == placement.high:
        return Text(f"Level {placement.low} dari {count}: {low.id}", f"Level {placement.low} of {count}: {low.en}")
    return Text(
        f"Level {placement.low}–{placement.high} dari {count}: antara {low.id} dan {high.id}",
        f"Level {placement.low}–{placement.high} of {count}: between {low.en} and {high.en}",
    )


def ranked(assessment: Assessment) -> bool:
    """Whether the model gives the whole a score and no level: it ranks, and places at none."""
    return not has_levels(assessment.model.root) and assessment.overall.low is None


def index_name(assessment: Assessment) -> Text:
    """What the score of the whole is called; never the plain name where only a part was assessed."""
    index = assessment.model.index or Text("Nilai", "Score")
    if not assessment.result.reading.outside:
        return index
    return Text(f"{index.id} (lingkup sebagian)", f"{index.en} (partial scope)")


def out_of(assessment: Assessment) -> Text:
    """The scale after a score: "dari 4", or "pada skala 1 sampai 5"."""
    scale = assessment.model.scale
    least, most = ((figure(value, "id"), figure(value, "en")) for value in (scale.min, scale.max))
    if scale.min == 0:
        return Text(f"dari\N{NO-BREAK SPACE}{most[0]}", f"out\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{most[1]}")
    return Text(f"pada skala {least[0]} sampai {most[0]}", f"on a scale of {least[1]} to {most[1]}")


def _score_line(assessment: Assessment) -> Text:
    """The score of the whole with its name: "Indeks Smart City 2,51 dari 4"."""
    index, of = index_name(assessment), out_of(assessment)
    if assessment.overall.score_low is None:
        return Text("Tanpa nilai keseluruhan", "No score of the whole")
    if nothing_known(assessment):
        return Text(f"{index.id} belum dapat dihitung", f"{index.en}: cannot be worked out yet")
    scores = [score_range(assessment, assessment.overall, language) for language in LANGUAGES]
    return Text(f"{index.id} {scores[0]} {of.id}", f"{index.en} {scores[1]} {of.en}")


def nothing_known(assessment: Assessment) -> bool:
    """Whether no answer at all is known."""
    return assessment.overall.coverage == 0 and not assessment.result.reading.given


def _ranked_headline(assessment: Assessment) -> Text:
    subject, placement, of = assessment.answers.subject.name, assessment.overall, out_of(assessment)
    low, high = (score_text(assessment.result, value) for value in (placement.score_low, placement.score_high))
    if low is None or high is None or (low != high and nothing_known(assessment)):
        return Text(f"Nilai {subject} belum dapat dihitung", f"The score of {subject} cannot be worked out yet")
    name = same(subject)
    if assessment.result.reading.outside:
        name = Text(f"Dalam lingkup yang dinilai, {subject}", f"Within the scope assessed, {subject}")
    if low == high:
        return Text(f"{name.id} bernilai {comma(low)} {of.id}", f"{name.en} scores {low} {of.en}")
    return Text(
        f"{name.id} bernilai antara {comma(low)} dan {comma(high)} {of.id}",
        f"{name.en} scores between {low} and {high} {of.en}",
    )


def headline(assessment: Assessment) -> Text:
    """The finding as a title: "Provinsi Kalimantan Selatan berada pada level Initial"."""
    model, placement = assessment.model, assessment.overall
    name = assessment.answers.subject.name
    if ranked(assessment):
        return _ranked_headline(assessment)
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
    if ranked(assessment):
        return NO_LEVEL[language]
    if placement.low is None or placement.high is None or placement.low > len(names):
        return ""
    if nothing_known(assessment):
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


def behind_respondents(assessment: Assessment, words: Text) -> Text:
    """The words, behind who answered where people did."""
    if assessment.respondents is None:
        return words
    return Text(f"{assessment.respondents.id}. {words.id}", f"{assessment.respondents.en}. {words.en}")
