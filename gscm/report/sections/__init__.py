"""The sections a report can be put together from: a function that gathers, and a template of the same name that sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.report.sections import cover, graph, ladder, placement, summary


@dataclass(frozen=True, slots=True)
class Section:
    """`context` gives the template what it speaks of; `bare` sections bring their own heading."""

    title: Text
    context: Callable[[Assessment, Language], Mapping[str, Any]]
    bare: bool = False


SECTIONS: Mapping[str, Section] = {
    "cover": Section(Text("Sampul", "Cover"), cover.context, bare=True),
    "summary": Section(Text("Ringkasan eksekutif", "Executive summary"), summary.context),
    "ladder": Section(Text("Level tiap bagian", "The level of every part"), ladder.context),
    "placement": Section(Text("Alasan penempatan", "Reasons for the placement"), placement.context),
    "graph": Section(Text("Graf ketergantungan", "Dependency graph"), graph.context),
}
