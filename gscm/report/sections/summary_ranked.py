"""The executive summary where the model ranks and gives no level: the index, its parts, what would lift it most."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text, percent
from gscm.placement.place import score_text
from gscm.report.needs import lacking
from gscm.report.ranked import (
    chart,
    extremes,
    extremes_sentence,
    fact_score,
    index_moves,
    known_gains,
    named_score,
    open_facts,
    part_of,
    score_words,
    unpublished,
)
from gscm.report.sections.scores import UNPUBLISHED
from gscm.report.standing import score_range
from gscm.report.summarised import Decision, Figure
from gscm.report.told import behind_respondents, headline, index_name, low_coverage, nothing_known
from gscm.report.words import figure, inside


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    return {
        "headline": headline(assessment)[language],
        "sentence": _sentence(assessment)[language],
        "figures": [figure for figure in _figures(assessment, language) if figure is not None],
        "chart": chart(assessment, language, height=112) if not nothing_known(assessment) else None,
        "chart_told": _chart_told(assessment)[language],
        "holding": [],
        "more": 0,
        "short_of": "",
        "open_words": behind_respondents(assessment, _open_words(assessment))[language],
        "decisions": _decisions(assessment, language),
        "tight": False,
        "up": "",
    }


def _sentence(assessment: Assessment) -> Text:
    """What a governor can repeat."""
    study = assessment.answers.study.summary
    if study is not None:
        return study
    if assessment.overall.given:
        return Text(
            "Hanya nilai keseluruhan yang diketahui; bagian mana yang kuat atau lemah belum dapat ditunjukkan.",
            "Only the score of the whole is known; which parts are strong or weak cannot be shown yet.",
        )
    if nothing_known(assessment):
        return Text(
            "Belum satu pun jawaban diketahui. Yang diminta sekarang adalah jawaban, bukan tindakan.",
            "No answer is known yet. What is asked for now is answers, not actions.",
        )
    told = extremes_sentence(assessment)
    if unpublished(assessment):
        return Text(f"{told.id} {UNPUBLISHED.id}".strip(), f"{told.en} {UNPUBLISHED.en}".strip())
    gains = known_gains(assessment)
    if not gains:
        full = Text("Semua bagian bernilai penuh.", "Every part has a full score.")
        return told if told.id or open_facts(assessment) else full
    title, by = assessment.model.nodes[gains[0][0]].title, score_words(assessment, gains[0][1])
    index = index_name(assessment)
    most = Text(
        f"{index.id} paling banyak naik bila {title.id} dibenahi: sampai {by.id}.",
        f"The {inside(index.en)} would rise most if {title.en} were improved: by up to {by.en}.",
    )
    return Text(f"{told.id} {most.id}".strip(), f"{told.en} {most.en}".strip())


def _chart_told(assessment: Assessment) -> Text:
    placement = assessment.overall
    if unpublished(assessment):
        return Text(
            "Nilai tiap bagian. Kedua garis mendatar: batas nilai keseluruhan dengan bobot apa pun.",
            "The score of each part. The two level lines: the bounds of the whole, whatever the weights.",
        )
    if placement.score_low != placement.score_high:
        return Text(
            "Nilai tiap bagian dan keseluruhan. Terisi: terbukti. Arsir: masih mungkin.",
            "The score of each part and of the whole. Filled: shown. Hatched: still possible.",
        )
    return Text("Nilai tiap bagian dan keseluruhan.", "The score of each part and of the whole.")


def _figures(assessment: Assessment, language: Language) -> list[Figure | None]:
    index, scale = index_name(assessment)[language], assessment.model.scale
    low, high = figure(scale.min, language), figure(scale.max, language)
    of = Text(f"pada skala {low} sampai {high}", f"on a scale of {low} to {high}")[language]
    whole = Figure(score_range(assessment, assessment.overall, language), f"{index}, {of}")
    return [
        None if nothing_known(assessment) else whole,
        _second_figure(assessment, language),
        _third_figure(assessment, language),
    ]


def _second_figure(assessment: Assessment, language: Language) -> Figure | None:
    """How much is known where answers are lacking, else the weakest part."""
    if assessment.overall.given:
        return None
    count = len(open_facts(assessment))
    if count:
        told = Text(f"jawaban sudah diketahui; {count} masih terbuka", f"of the answers are known; {count} are open")
        return Figure(percent(float(assessment.overall.coverage), language), told[language])
    worst = extremes(assessment)[1]
    if not worst:
        return Figure(percent(1, language), Text("jawaban sudah diketahui", "of the answers are known")[language])
    title = worst[0].title
    more = Text(f" dan {len(worst) - 1} lainnya", f" and {len(worst) - 1} more") if len(worst) > 1 else Text("", "")
    told = Text(f"nilai terendah: {title.id}{more.id}", f"the lowest score: {title.en}{more.en}")
    return Figure(score_range(assessment, assessment.nodes[worst[0].id], language), told[language])


def _third_figure(assessment: Assessment, language: Language) -> Figure | None:
    """What the most rewarding part is worth; where weights are unpublished, the highest part."""
    gains = known_gains(assessment)
    if gains:
        title = assessment.model.nodes[gains[0][0]].title
        told = Text(
            f"kenaikan indeks bila {title.id} bernilai penuh, yang terbesar di antara bagiannya",
            f"the rise of the index if {title.en} had a full score, the largest of its parts",
        )
        return Figure(score_words(assessment, gains[0][1])[language], told[language])
    best = extremes(assessment)[0]
    if not best or assessment.overall.given:
        return None
    told = Text(f"nilai tertinggi: {best[0].title.id}", f"the highest score: {best[0].title.en}")
    return Figure(score_range(assessment, assessment.nodes[best[0].id], language), told[language])


def _open_words(assessment: Assessment) -> Text:
    """What is still open, and how far it moves the index."""
    count, placement, index = len(open_facts(assessment)), assessment.overall, index_name(assessment)
    if placement.given:
        return Text("Nilai setiap bagian dan butirnya.", "The score of every part and item.")
    if not count:
        if unpublished(assessment):
            return Text(
                "Semua jawaban sudah diketahui; yang belum diketahui ialah bobotnya.",
                "Every answer is known; what is not known is the weights.",
            )
        return Text("Semua jawaban dalam lingkup kajian sudah diketahui.", "Every answer within the scope is known.")
    low, high = (score_text(assessment.result, value) or "" for value in (placement.score_low, placement.score_high))
    share = Text(percent(float(placement.coverage), "id"), percent(float(placement.coverage), "en"))
    known = Text(
        f"Dari jawaban dalam lingkup kajian, {share.id} sudah diketahui ({count} masih terbuka).",
        f"Of the answers within the scope, {share.en} are known ({count} still open).",
    )
    if low == high or unpublished(assessment):
        return known
    told = Text(
        f"{known.id} {index.id} berada di antara {low.replace('.', ',')} dan {high.replace('.', ',')}",
        f"{known.en} The {inside(index.en)} lies between {low} and {high}",
    )
    if low_coverage(assessment):
        return Text(
            f"{told.id}: rentang selebar itu belum dapat dipakai sebagai angka.",
            f"{told.en}, too wide a range to be used as a figure.",
        )
    return Text(f"{told.id}.", f"{told.en}.")


def _decisions(assessment: Assessment, language: Language) -> list[Decision]:
    """The parts that would lift the index most with their weakest items, and the answers that are lacking."""
    if assessment.overall.given:
        return [_fill_in(language)]
    gains = () if nothing_known(assessment) else known_gains(assessment)[:3]
    made = [_mend(assessment, node, by, language) for node, by in gains]
    if unpublished(assessment):
        made = _without_weights(assessment, language)
    if open_facts(assessment):
        made.append(_answer(assessment, language))
    return made or [_keep(language)]


def _mend(assessment: Assessment, node: str, by: Fraction, language: Language) -> Decision:
    title, words = assessment.model.nodes[node].title, score_words(assessment, by)
    what = Text(
        f"Dahulukan {title.id}: indeks dapat naik sampai {words.id}.",
        f"Put {title.en} first: the index can rise by up to {words.en}.",
    )
    facts = [move.fact for move in index_moves(assessment) if not move.open and part_of(assessment, move.fact) == node]
    named = [f"{lacking(assessment, fact, language)} ({fact_score(assessment, fact, language)})" for fact in facts[:3]]
    if len(facts) < 2:
        return Decision(what[language], ())
    most = Text("yang paling menaikkannya", "what lifts it most")[language]
    return Decision(what[language], (f"{most}: {'; '.join(named)}",))


def _without_weights(assessment: Assessment, language: Language) -> list[Decision]:
    ask = Text(
        "Mintalah bobot yang dipakai kepada penyelenggara evaluasi, agar nilai keseluruhan dapat dihitung.",
        "Ask the organiser of the evaluation for the weights it used, so that the score of the whole can be computed.",
    )
    worst = extremes(assessment)[1]
    if not worst:
        return [Decision(ask[language], ())]
    words = named_score(assessment, worst)
    first = Text(
        f"Dahulukan bagian yang nilainya terendah: {words.id}.",
        f"Put the part with the lowest score first: {words.en}.",
    )
    return [Decision(ask[language], ()), Decision(first[language], ())]


def _answer(assessment: Assessment, language: Language) -> Decision:
    count = len(open_facts(assessment))
    what = Text(
        f"Jawab {count} butir yang masih terbuka, yang paling menggeser indeks lebih dahulu.",
        f"Answer the {count} items still open, those that move the index most first.",
    )
    facts = [move.fact for move in index_moves(assessment) if move.open][:3]
    return Decision(
        what[language], ("; ".join(lacking(assessment, fact, language) for fact in facts),) if facts else ()
    )


def _fill_in(language: Language) -> Decision:
    what = Text(
        "Isi nilai setiap bagian dan butirnya, agar tampak apa yang paling menaikkan nilai ini.",
        "Fill in the score of every part and item, so that it shows what would lift this score most.",
    )
    return Decision(what[language], ())


def _keep(language: Language) -> Decision:
    what = Text("Jaga nilai ini dan nilai ulang setiap tahun.", "Keep this score, and assess again every year.")
    return Decision(what[language], ())
