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
    gaps,
    graph,
    index,
    ladder,
    masthead,
    method,
    placement,
    recommendations,
    route,
    signature,
    sources,
    statement,
    summary,
)


@dataclass(frozen=True, slots=True)
class Section:
    """`context` gives the template what it speaks of; `bare` sections bring their own heading."""

    title: Text
    context: Callable[[Assessment, Language], Mapping[str, Any]]
    bare: bool = False


SECTIONS: Mapping[str, Section] = {
    "cover": Section(Text("Sampul", "Cover"), cover.context, bare=True),
    "masthead": Section(Text("Kepala", "Masthead"), masthead.context, bare=True),
    "summary": Section(Text("Ringkasan eksekutif", "Executive summary"), summary.context),
    "contents": Section(Text("Daftar isi", "Contents"), contents.context),
    "ladder": Section(Text("Level tiap bagian", "The level of every part"), ladder.context),
    "placement": Section(Text("Alasan penempatan", "Reasons for the placement"), placement.context),
    "index": Section(Text("Level dan indeks", "Level and index"), index.context),
    "graph": Section(Text("Graf ketergantungan", "Dependency graph"), graph.context),
    "gaps": Section(Text("Kesenjangan", "Gaps"), gaps.context),
    "recommendations": Section(Text("Rekomendasi", "Recommendations"), recommendations.context),
    "route": Section(
        Text("Himpunan terkecil fakta yang menaikkan level", "The smallest set of facts that lifts the level"),
        route.context,
    ),
    "method": Section(Text("Metode dan batasnya", "Method and its limits"), method.context),
    "statement": Section(
        Text("Apa yang resmi dan apa yang direkonstruksi", "What is official and what is reconstructed"),
        statement.context,
    ),
    "signature": Section(Text("Pengesahan", "Signature"), signature.context, bare=True),
    "answers": Section(Text("Temuan dan jawaban", "Findings and answers"), answers.context),
    "basis": Section(Text("Dasar setiap angka", "The basis of every figure"), basis.context),
    "sources": Section(Text("Sumber", "Sources"), sources.context),
}
