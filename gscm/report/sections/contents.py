"""The table of contents, and how to read the pictures; the rest is in the plan of the report."""

from __future__ import annotations

from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.report.charts.marks import Mark, mark
from gscm.report.ranked import open_facts
from gscm.report.told import ranked

_KEY: tuple[tuple[Mark, Text], ...] = (
    (
        "shown",
        Text(
            "Terisi: level yang terbukti dari jawaban yang diketahui.",
            "Filled: level shown by the answers that are known.",
        ),
    ),
    (
        "possible",
        Text(
            "Arsir: level yang masih mungkin bila jawaban yang terbuka ternyata terpenuhi.",
            "Hatched: level still possible if the open answers turn out well.",
        ),
    ),
    (
        "held",
        Text(
            "Garis tegak: batas yang ditahan oleh fakta yang diketahui belum terpenuhi.",
            "Upright stroke: the limit set by facts known to be unmet.",
        ),
    ),
    (
        "empty",
        Text(
            "Kosong: belum tercapai, atau tidak dinilai bila namanya redup.",
            "Empty: not reached, or not assessed where the name is muted.",
        ),
    ),
)


_RANKED: tuple[tuple[Mark, Text], ...] = (
    (
        "shown",
        Text(
            "Terisi: nilai yang terbukti dari jawaban yang diketahui.",
            "Filled: score shown by the answers that are known.",
        ),
    ),
    (
        "possible",
        Text(
            "Arsir: nilai yang masih mungkin bila jawaban yang terbuka bernilai penuh.",
            "Hatched: score still possible if the open answers turn out in full.",
        ),
    ),
    ("empty", Text("Kosong: yang masih kurang dari nilai penuh.", "Empty: what is lacking to a full score.")),
)


def _open(assessment: Assessment) -> bool:
    return bool(open_facts(assessment)) and not assessment.overall.given


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    key = _KEY
    if ranked(assessment):
        key = tuple(entry for entry in _RANKED if entry[0] != "possible" or _open(assessment))
    return {"key": [(mark(kind, text[language].partition(":")[0]), text[language]) for kind, text in key]}
