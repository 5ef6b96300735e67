"""The executive summary: one page that a governor can read, whatever the case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text, percent
from gscm.model.tree import Score
from gscm.placement.explain import shortfall, shortfall_text
from gscm.placement.place import score_text
from gscm.report.charts.svg import measure
from gscm.report.flipped import Step, smallest_set
from gscm.report.needs import Finding, Need, need, needs, next_name
from gscm.report.sections import summary_ranked
from gscm.report.standing import score_range, standing
from gscm.report.summarised import Decision, Figure
from gscm.report.told import (
    behind_respondents,
    deciding,
    headline,
    holding_titles,
    level_from_score,
    low_coverage,
    meaning,
    ranked,
)
from gscm.report.words import name_of, short_list

_PAGE = 676.0  # points of text on a page
_FIXED = 200.0  # of which headings, figures and the space between parts take this much
_TEXT = 448.0


@dataclass(frozen=True, slots=True)
class Holding:
    """What holds the level back: a node, what was found, and by which sources."""

    title: str
    found: str
    sources: tuple[str, ...]


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    if ranked(assessment):
        return summary_ranked.context(assessment, language)
    held = _holding(assessment, language)
    open_words = behind_respondents(assessment, _open_words(assessment))[language]
    sentence = _sentence(assessment)[language]
    title = headline(assessment)[language]
    shown = held[:3] if len(held) > 4 else held
    used = _FIXED + _lines(title, 17, _TEXT) * 24.5 + _lines(sentence, 13, _TEXT) * 18.5
    used += sum(_lines(f"{h.title}. {h.found} ({', '.join(h.sources)})", 10.2, _TEXT - 12) * 14.4 + 3.4 for h in shown)
    used += 18 if len(held) > len(shown) else 0
    used += _lines(open_words, 10.2, _TEXT) * 15
    decisions = _fitting(_decisions(assessment, language), _PAGE - used)
    return {
        "headline": title,
        "sentence": sentence,
        "figures": _figures(assessment, language),
        "chart": None,
        "holding": shown,
        "more": len(held) - len(shown),
        "short_of": _short_of(assessment)[language],
        "open_words": open_words,
        "decisions": decisions,
        "tight": used + sum(_depth(decision) for decision in decisions) > _PAGE,
        "up": (next_name(assessment, high=True) or Text("", ""))[language],
    }


def _sentence(assessment: Assessment) -> Text:
    """What a governor can repeat: the study's own summary, or the meaning of the level and what keeps the next."""
    study = assessment.answers.study.summary
    if study is not None:
        return study
    means = Text(meaning(assessment, "id"), meaning(assessment, "en"))
    if level_from_score(assessment):
        return _score_sentence(assessment)
    up, titles = next_name(assessment, high=True), holding_titles(assessment, 2)
    if up is None or titles is None:
        return _open_sentence(assessment, means)
    return Text(
        f"{means.id} Level {up.id} belum dapat dicapai sebelum ini dibenahi: {titles.id}.".strip(),
        f"{means.en} {up.en} stays out of reach until this is mended: {titles.en}.".strip(),
    )


def _open_sentence(assessment: Assessment, means: Text) -> Text:
    """Where no known fact holds the level: what decides now."""
    placement = assessment.overall
    if placement.low == placement.high:
        return means
    if placement.coverage == 0:
        decides = Text(
            "Yang diminta sekarang adalah jawaban, bukan tindakan.", "What is asked for now is answers, not actions."
        )
    else:
        decides = Text(
            "Yang menentukan sekarang adalah jawaban yang masih terbuka, bukan kekurangan yang sudah diketahui.",
            "What decides now is the answers still open, not shortcomings already known.",
        )
    return Text(f"{means.id} {decides.id}".strip(), f"{means.en} {decides.en}".strip())


def _score_sentence(assessment: Assessment) -> Text:
    """Where the level is read off the index: the index, the level, and what the next one lacks."""
    placement, model = assessment.overall, assessment.model
    index = model.index or Text("Indeks", "Index")
    name = Text("–", "–")
    if placement.low is not None and placement.high is not None:
        low, high = (name_of(model, model.root, level) for level in (placement.low, placement.high))
        name = low if low == high else Text(f"{low.id} sampai {high.id}", f"{low.en} to {high.en}")
    scores = (score_range(assessment, placement, "id"), score_range(assessment, placement, "en"))
    told = Text(f"{index.id} {scores[0]} berarti {name.id}.", f"{index.en} {scores[1]}: {name.en}.")
    short, up = _missing(assessment), next_name(assessment)
    if short is None or up is None:
        return told
    more = shortfall_text(assessment.result, short)
    return Text(f"{told.id} {up.id} memerlukan {more.id} lagi.", f"{told.en} {up.en} needs {more.en} more.")


def _figures(assessment: Assessment, language: Language) -> list[Figure]:
    return [
        _level_figure(assessment, language),
        _index_figure(assessment, language),
        _third_figure(assessment, language),
    ]


def _level_figure(assessment: Assessment, language: Language) -> Figure:
    placement, whole = assessment.overall, standing(assessment, assessment.model.id, language)
    count = len(assessment.model.names(assessment.model.root))
    if placement.low is None:
        return Figure(whole.score, Text("nilai keseluruhan", "score of the whole")[language])
    if placement.low != placement.high:
        told = Text(
            f"level dari {count}: yang terbukti dan yang masih mungkin",
            f"level out of {count}: shown, and still possible",
        )
    elif assessment.result.reading.open and placement.coverage < 1 and not placement.given:
        told = Text(
            f"level dari {count}; jawaban yang masih terbuka tidak mengubahnya",
            f"level out of {count}; the answers still open do not change it",
        )
    else:
        told = Text(f"level dari {count}", f"level out of {count}")
    return Figure(whole.said, told[language])


def _index_figure(assessment: Assessment, language: Language) -> Figure:
    placement, model = assessment.overall, assessment.model
    index = model.index or Text("Indeks", "Index")
    if placement.score_low is None or low_coverage(assessment):
        told = Text(
            "jawaban yang diperlukan sudah diketahui; indeks baru bermakna bila lebih lengkap",
            "of the answers needed are known; the index means little until there are more",
        )
        return Figure(percent(float(placement.coverage), language), told[language])
    scale = (score_text(assessment.result, model.scale.min), score_text(assessment.result, model.scale.max))
    low, high = (_short_number(text, language) for text in scale)
    told = Text(f"{index.id}, pada skala {low} sampai {high}", f"{index.en}, on a scale of {low} to {high}")
    return Figure(score_range(assessment, placement, language), told[language])


def _short_number(text: str | None, language: Language) -> str:
    short = (text or "").rstrip("0").rstrip(".") if "." in (text or "") else text or ""
    return short.replace(".", ",") if language == "id" else short


def _third_figure(assessment: Assessment, language: Language) -> Figure:
    short, up = _missing(assessment), next_name(assessment)
    if short is not None and up is not None:
        told = Text(f"kurang pada indeks untuk mencapai {up.id}", f"short of the index that {up.en} needs")
        between = [_score(assessment, value, language) for value in dict.fromkeys(short)]
        return Figure("–".join(between), told[language])
    up = next_name(assessment, high=True)
    if up is None:
        top = Text(
            "tidak ada fakta yang diketahui menahan level tertinggi", "facts known to keep it from the highest level"
        )
        return Figure("0", top[language])
    count = len(assessment.overall.ceiling)
    told = Text(
        f"fakta yang diketahui belum terpenuhi dan menahan {up.id}", f"facts known to be unmet that hold back {up.en}"
    )
    return Figure(str(count), told[language])


def _missing(assessment: Assessment) -> tuple[Fraction, Fraction] | None:
    """What the score lacks for the level after the one shown; None where the level is not read off the score.

    The first end is with every open answer at its best, the second from what has been shown.
    """
    block = assessment.result.blocks.get(assessment.model.id)
    cuts = [lack.clause.cutoff for lack in block.lacks if isinstance(lack.clause, Score)] if block else []
    return shortfall(assessment.result, assessment.model.id, max(cuts)) if cuts else None


def _score(assessment: Assessment, value: Fraction, language: Language) -> str:
    text = score_text(assessment.result, value) or ""
    return text.replace(".", ",") if language == "id" else text


def _short_of(assessment: Assessment) -> Text:
    """Where the level is read off the score: by how much it is short, and which parts are weakest."""
    short, up = _missing(assessment), next_name(assessment)
    if short is None or up is None:
        return Text("", "")
    parts = [child for child in assessment.model.root.children if assessment.nodes[child].score is not None]
    parts.sort(key=lambda child: (assessment.nodes[child].score, child))
    weakest = short_list([assessment.model.nodes[child].title for child in parts[:2]], 2)
    more = shortfall_text(assessment.result, short)
    told = Text(
        f"Level mengikuti indeks, dan indeks masih kurang {more.id} untuk mencapai {up.id}.",
        f"The level follows the index, and the index is {more.en} short of {up.en}.",
    )
    if len(parts) < 2:
        return told
    return Text(
        f"{told.id} Nilai terendah ada pada {weakest.id}.", f"{told.en} The lowest scores are those of {weakest.en}."
    )


def _holding(assessment: Assessment, language: Language) -> list[Holding]:
    if level_from_score(assessment):
        return []
    held: dict[str, Holding] = {}
    told: list[Holding] = []
    for entry in needs(assessment, language):
        if entry.holds and entry.node not in held:
            same_node = [other for other in needs(assessment, language) if other.holds and other.node == entry.node]
            held[entry.node] = _held(same_node, language)
    for new in held.values():
        alike = next((old for old in told if new.sources and set(new.sources) <= set(old.sources)), None)
        if alike is None:
            told.append(new)
        else:
            told[told.index(alike)] = replace(alike, title=f"{alike.title}; {new.title}")
    return told


def _held(entries: Sequence[Need], language: Language) -> Holding:
    found: dict[str, Finding] = {finding.id: finding for entry in entries for finding in entry.findings}
    said = " ".join(dict.fromkeys(finding.found for finding in found.values() if finding.found))
    if not said:
        unmet = Text("Belum terpenuhi: ", "Not met: ")[language]
        said = f"{unmet}{entries[0].lacking[:1].lower()}{entries[0].lacking[1:]}."
    return Holding(entries[0].title, said, tuple(found))


def _open_words(assessment: Assessment) -> Text:
    """What is still open, and whether it matters to the level."""
    result, placement = assessment.result, assessment.overall
    inside = [fact for fact in result.reading.open if result.reading.facts[fact].node not in result.reading.outside]
    if placement.given or not inside:
        return _given_words(assessment)
    share = Text(percent(float(placement.coverage), "id"), percent(float(placement.coverage), "en"))
    known = Text(
        f"Dari jawaban dalam lingkup kajian, {share.id} sudah diketahui ({len(inside)} masih terbuka).",
        f"Of the answers within the scope, {share.en} are known ({len(inside)} still open).",
    )
    index = _index_words(assessment)
    decides = _deciding_words(assessment)
    return Text(f"{known.id} {decides.id} {index.id}".strip(), f"{known.en} {decides.en} {index.en}".strip())


def _given_words(assessment: Assessment) -> Text:
    if assessment.overall.given:
        return Text(
            "Hanya angka keseluruhan yang diketahui. Sebab dan langkahnya baru dapat ditunjukkan bila nilai tiap "
            "indikator diisi.",
            "Only the figure of the whole is known. Reasons and steps can be shown once the indicators are filled in.",
        )
    return Text("Semua jawaban dalam lingkup kajian sudah diketahui.", "Every answer within the scope is known.")


def _deciding_words(assessment: Assessment) -> Text:
    if assessment.overall.low == assessment.overall.high:
        return Text(
            "Apa pun isinya, level keseluruhan tidak berubah.",
            "Whatever they turn out to be, the level of the whole stays.",
        )
    nodes = deciding(assessment, assessment.model.id)
    if not nodes:
        return Text("", "")
    titles = short_list([assessment.model.nodes[node].title for node in nodes], 3)
    return Text(
        f"Yang menentukan level: jawaban tentang {titles.id}.", f"What decides the level: the answers on {titles.en}."
    )


def _index_words(assessment: Assessment) -> Text:
    placement = assessment.overall
    if placement.score_low is None or placement.score_low == placement.score_high:
        return Text("", "")
    low, high = (score_text(assessment.result, value) or "" for value in (placement.score_low, placement.score_high))
    index = assessment.model.index or Text("Indeks", "Index")
    told = Text(
        f"{index.id} berada di antara {low.replace('.', ',')} dan {high.replace('.', ',')}",
        f"{index.en}: between {low} and {high}",
    )
    if low_coverage(assessment):
        return Text(
            f"{told.id}: rentang selebar itu belum dapat dipakai sebagai angka.",
            f"{told.en}, too wide a range to be used as a figure.",
        )
    return Text(f"{told.id}.", f"{told.en}.")


def _decisions(assessment: Assessment, language: Language) -> list[Decision]:
    """At most five, one a node: what is known to hold first, then what else is unmet, then what to find out."""
    if assessment.overall.given:
        return [_fill_in(language)]
    found = needs(assessment, language)
    if level_from_score(assessment):
        steps = smallest_set(assessment)
        return [_raise(assessment, step, language) for step in steps or ()][:5] or [_keep(language)]
    if not found:
        return [_keep(language)]
    known = _one_a_node(entry for entry in found if entry.known)
    decisions = [_act(entry, language) for entry in known[:5]]
    if len(decisions) < 3:
        wanted = deciding(assessment, assessment.model.id)
        open_ = [entry for entry in found if not entry.known]
        open_.sort(key=lambda entry: entry.node not in wanted)
        decisions += [_ask(entry, language) for entry in _one_a_node(open_)[: 5 - len(decisions)]]
    return decisions


def _one_a_node(entries: Iterable[Need]) -> list[Need]:
    first: dict[str, Need] = {}
    for entry in entries:
        first.setdefault(entry.node, entry)
    return list(first.values())


def _act(entry: Need, language: Language) -> Decision:
    return Decision(entry.what, _details(entry, language))


def _details(entry: Need, language: Language) -> tuple[str, ...]:
    details = [", ".join(entry.owners[:2]), ", ".join(entry.documents[:2])]
    if entry.effort:
        months = entry.months or 0
        effort = Text(f"upaya {entry.effort}, {months} bulan", f"{entry.effort} effort, {months} months")
        details.append(effort[language])
    if entry.frees:
        details.append(f"{Text('membuka', 'opens')[language]} {entry.frees[-1]}")
    return tuple(detail for detail in details if detail)


def _ask(entry: Need, language: Language) -> Decision:
    ask = Text("Pastikan dahulu", "Find out first")[language]
    return Decision(f"{ask}: {entry.lacking}.", _details(entry, language)[:1] + tuple(entry.evidence[:1]))


def _raise(assessment: Assessment, step: Step, language: Language) -> Decision:
    entry = need(assessment, step.fact, language)
    return Decision(
        step.what[language],
        tuple(part for part in (entry.title if entry.title not in step.what[language] else "",) if part),
    )


def _keep(language: Language) -> Decision:
    what = Text(
        "Jaga level ini: nilai ulang setiap tahun, dan perbaiki lebih dahulu indikator yang nilainya terendah.",
        "Keep this level: assess again every year, and improve first the indicators with the lowest scores.",
    )
    return Decision(what[language], ())


def _fill_in(language: Language) -> Decision:
    what = Text(
        "Isi nilai tiap indikator, agar sebab level ini dan langkah menuju level berikutnya dapat ditunjukkan.",
        "Fill in every indicator, so that the reasons for this level and the steps to the next can be shown.",
    )
    return Decision(what[language], ())


def _fitting(decisions: list[Decision], room: float) -> list[Decision]:
    """As many decisions as the page holds; never fewer than three of those there are."""
    kept: list[Decision] = []
    for decision in decisions:
        room -= _depth(decision)
        if room < 0 and len(kept) >= 3:
            break
        kept.append(decision)
    return kept


def _depth(decision: Decision) -> float:
    """The points that a decision takes on the page."""
    small = _lines(" · ".join(decision.details), 8.4, _TEXT - 22) * 11.6
    return _lines(decision.what, 10.2, _TEXT - 22) * 14 + small + 4.6


def _lines(words: str, size: float, width: float) -> int:
    """How many lines a text takes in the serif, which runs a tenth wider than the sans."""
    return max(1, ceil(measure(words, size) * 1.13 / width)) if words else 0
