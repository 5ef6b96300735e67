"""The sections that make up a report: a function that gathers, and a template of the same name that sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.report.sections import (
    answers,
    basis,
    contents,
    cover,
    findings,
    gaps,
    graph,
    index,
    ladder,
    masthead,
    method,
    parts,
    placement,
    programmes,
    recommendations,
    regions,
    roadmap,
    route,
    scores,
    signature,
    sources,
    statement,
    summary,
    unanswered,
    verification,
)
from gscm.report.told import ranked


@dataclass(frozen=True, slots=True)
class Section:
    """`context` gives the template what it speaks of; `bare` sections bring their own heading.

    A section that does not speak of an assessment is left out of its report.
    """

    title: Text
    context: Callable[[Assessment, Language], Mapping[str, Any]]
    bare: bool = False
    speaks: Callable[[Assessment], bool] = lambda _: True
    template: str | None = None
    """The name of the template, where it is not that of the section."""


def _places(assessment: Assessment) -> bool:
    """Whether the model places the whole at a level, so that sections on levels have something to say."""
    return not ranked(assessment)


SECTIONS: Mapping[str, Section] = {
    "cover": Section(Text("Sampul", "Cover"), cover.context, bare=True),
    "masthead": Section(Text("Kepala", "Masthead"), masthead.context, bare=True),
    "summary": Section(Text("Ringkasan eksekutif", "Executive summary"), summary.context),
    "contents": Section(Text("Daftar isi", "Contents"), contents.context),
    "ladder": Section(Text("Level tiap bagian", "The level of every part"), ladder.context, speaks=_places),
    "placement": Section(Text("Alasan penempatan", "Reasons for the placement"), placement.context, speaks=_places),
    "scores": Section(
        Text("Indeks dan bagian-bagiannya", "The index and its parts"), scores.context, speaks=scores.speaks
    ),
    "parts": Section(Text("Rincian setiap bagian", "Every part in detail"), parts.context, speaks=parts.speaks),
    "unanswered": Section(
        Text("Yang masih terbuka", "What is still open"), unanswered.context, speaks=unanswered.speaks
    ),
    "regions": Section(Text("Kabupaten dan kota", "Regencies and cities"), regions.context, speaks=regions.speaks),
    "programmes": Section(
        Text("Realisasi program", "Programmes realised"), programmes.context, speaks=programmes.speaks
    ),
    "index": Section(Text("Level dan indeks", "Level and index"), index.context, speaks=_places),
    "graph": Section(Text("Graf ketergantungan", "Dependency graph"), graph.context, speaks=_places),
    "gaps": Section(Text("Kesenjangan", "Gaps"), gaps.context, speaks=_places),
    "recommendations": Section(Text("Rekomendasi", "Recommendations"), recommendations.context),
    "route": Section(
        Text("Himpunan terkecil fakta yang menaikkan level", "The smallest set of facts that lifts the level"),
        route.context,
        speaks=_places,
    ),
    "roadmap": Section(Text("Peta jalan", "Roadmap"), roadmap.context, speaks=roadmap.speaks),
    "plan": Section(Text("Ringkasan rencana", "Summary of the plan"), roadmap.summary_context, speaks=roadmap.speaks),
    "matrix": Section(Text("Matriks rencana", "Planning matrix"), roadmap.matrix_context, speaks=roadmap.has_matrix),
    "digest": Section(Text("Analisis dalam ringkas", "The analyses in brief"), findings.digest),
    "refusals": Section(
        Text("Analisis yang tidak dapat dihitung", "Analyses that could not be made"),
        findings.refusals,
        speaks=findings.refused_any,
    ),
    "method": Section(Text("Metode dan batasnya", "Method and its limits"), method.context),
    "statement": Section(
        Text("Apa yang resmi dan apa yang direkonstruksi", "What is official and what is reconstructed"),
        statement.context,
    ),
    "signature": Section(Text("Pengesahan", "Signature"), signature.context, bare=True),
    "answers": Section(Text("Temuan dan jawaban", "Findings and answers"), answers.context),
    "verification": Section(
        Text("Verifikasi jawaban", "Verification of the answers"), verification.context, speaks=verification.speaks
    ),
    "basis": Section(Text("Dasar setiap angka", "The basis of every figure"), basis.context, speaks=basis.speaks),
    "sources": Section(Text("Sumber", "Sources"), sources.context),
    **{
        name: Section(title, findings.context(name), speaks=findings.speaks(name), template="findings")
        for name, title in findings.TITLES.items()
    },
}
