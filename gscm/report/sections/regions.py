"""The regencies and cities of a province: how many stand at each level, beside the province's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.placement.regions import Member, RollUp, mean_level


@dataclass(frozen=True, slots=True)
class Line:
    """One regency or city as the table shows it."""

    name: str
    level: str
    weight: str
    source: str


def speaks(assessment: Assessment) -> bool:
    return assessment.regions is not None


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    regions = assessment.regions
    assert regions is not None
    return {
        "lead": lead(regions)[language],
        "counts": [(regions.names[level - 1].name[language], count) for level, count in regions.distribution.items()],
        "undecided": regions.undecided,
        "lines": [_line(assessment, regions, member, language) for member in regions.members],
        "weighted_by": regions.weighted_by[language] if regions.weighted_by else "",
    }


def lead(regions: RollUp) -> Text:
    """How many regencies and cities there are, and their mean level."""
    count, mean = len(regions.members), mean_level(regions)
    by = regions.weighted_by
    weighted = Text(f" (tertimbang menurut {by.id})", f" (weighted by {by.en})") if by else Text("", "")
    return Text(
        f"Rata-rata level {count} kabupaten/kota: {mean.id}{weighted.id}. Angka ini ditampilkan di samping hasil "
        "provinsi dan tidak ikut menentukan levelnya.",
        f"Mean level of {count} regencies and cities: {mean.en}{weighted.en}. It stands beside the result of the "
        "province and does not enter its level.",
    )


def _line(assessment: Assessment, regions: RollUp, member: Member, language: Language) -> Line:
    low, high = (regions.names[level - 1].name[language] for level in (member.low, member.high))
    level = low if low == high else f"{low}–{high}"
    sources = assessment.answers.sources
    cited = [sources[id].title[language] if id in sources else id for id in member.source]
    return Line(
        name=member.name,
        level=level if member.known else Text("belum diketahui", "not known")[language],
        weight=str(member.weight),
        source="; ".join(cited),
    )
