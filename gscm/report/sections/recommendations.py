"""Recommendations in dependency order: what to do, what to find out first, and what the study's authors recommend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.report.needs import Finding, Need, cited, needs, next_name
from gscm.report.ranked import unpublished
from gscm.report.sections.gains import gains, items, ranked_lead
from gscm.report.told import level_from_score, ranked


@dataclass(frozen=True, slots=True)
class Voice:
    """A recommendation of the study's authors, its sources, and where the model takes it up."""

    id: str
    text: str
    findings: tuple[Finding, ...]
    taken_up: tuple[str, ...]
    outside: tuple[str, ...]


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    whole = ranked(assessment)
    found = () if whole or level_from_score(assessment) else needs(assessment, language)
    found = tuple(entry for entry in found if entry.node != assessment.model.id)
    act = [entry for entry in found if entry.known]
    ask = [entry for entry in found if not entry.known]
    return {
        "lead": (ranked_lead(assessment) if whole else _lead(assessment, act, ask))[language],
        "weighted": not unpublished(assessment),
        "gains": gains(assessment, language) if whole else [],
        "items": items(assessment, language) if whole else [],
        "act": act,
        "ask": ask,
        "planned": any(entry.owners for entry in found),
        "voices": [_voice(assessment, index, language) for index in range(len(assessment.answers.recommendations))],
        "up": (next_name(assessment) or Text("", ""))[language],
    }


def _lead(assessment: Assessment, act: list[Need], ask: list[Need]) -> Text:
    up = next_name(assessment)
    if up is None:
        return Text(
            "Level tertinggi sudah tercapai. Yang diperlukan adalah menjaganya dan menilai ulang setiap tahun.",
            "The highest level is reached. What is needed is to keep it, and to assess again every year.",
        )
    if not act and not ask:
        return Text(
            f"Langkah menuju {up.id} ditunjukkan oleh himpunan terkecil di bawah ini.",
            f"The steps towards {up.en} are shown by the smallest set below.",
        )
    if not act:
        return Text(
            f"Belum ada kekurangan yang diketahui. Menuju {up.id}, {len(ask)} pertanyaan perlu dijawab lebih dahulu.",
            f"No shortcoming is known. Towards {up.en}, {len(ask)} questions have to be answered first.",
        )
    if not ask:
        return Text(f"Ada {len(act)} tindakan menuju {up.id}.", f"There are {len(act)} actions towards {up.en}.")
    return Text(
        f"Ada {len(act)} tindakan yang sudah jelas; {len(ask)} hal lain cukup dijawab dahulu, sebab jawaban lebih "
        "murah daripada tindakan.",
        f"There are {len(act)} clear actions; {len(ask)} other points need only an answer first, and an answer is "
        "cheaper than an action.",
    )


def _voice(assessment: Assessment, index: int, language: Language) -> Voice:
    entry = assessment.answers.recommendations[index]
    nodes = assessment.model.nodes
    known = [id for id in entry.nodes if id in nodes]
    return Voice(
        id=entry.id,
        text=entry.text[language],
        findings=cited(assessment, entry.source, language),
        taken_up=tuple(nodes[id].title[language] for id in known if assessment.nodes[id].assessed),
        outside=tuple(nodes[id].title[language] for id in known if not assessment.nodes[id].assessed),
    )
