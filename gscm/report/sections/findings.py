"""What an analysis found, one section a kind of analysis: a sentence, tables, pictures, and how each was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gscm.analysis.finding import Finding, Grid, Section
from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.report.charts.found import draw

TITLES: Mapping[Section, Text] = {
    "sampling": Text("Siapa yang menjawab", "Who answered"),
    "agreement": Text("Kesepakatan antarpenjawab", "Agreement among respondents"),
    "reliability": Text(
        "Reliabilitas (keandalan) dan validitas (kesahihan) instrumen", "Reliability and validity of the instrument"
    ),
    "firmness": Text("Kekukuhan level", "How firm the level is"),
    "sensitivity": Text("Kepekaan hasil terhadap pilihan metode", "Sensitivity of the result to choices of method"),
    "weights": Text("Bobot dari para pakar", "Weights from experts"),
    "importance": Text("Kepentingan dan kinerja", "Importance and performance"),
    "gap": Text("Jarak ke target", "Distance to the targets"),
    "change": Text("Perubahan antarpenilaian", "Change between assessments"),
    "audit": Text("Audit “tidak berlaku” dan pola jawaban", "Audit of “not applicable” and of patterns of answers"),
}


def speaks(section: Section) -> Callable[[Assessment], bool]:
    """Whether an analysis of this section was carried by the data; one that was not is told among the refusals."""
    return lambda assessment: any(found.section == section and not found.refused for found in assessment.findings)


def refused_any(assessment: Assessment) -> bool:
    return any(found.refused for found in assessment.findings)


def refusals(assessment: Assessment, language: Language) -> Mapping[str, Any]:
    """What the data could not carry, and why; the same reason stands once for all that it keeps from being told."""
    found: dict[tuple[Text, Text], list[str]] = {}
    for one in assessment.findings:
        if one.refused:
            found.setdefault((TITLES[one.section], one.refused), []).append(one.title[language])
    return {
        "refusals": [
            {"section": section[language], "titles": titles, "why": why[language]}
            for (section, why), titles in found.items()
        ]
    }


def context(section: Section) -> Callable[[Assessment, Language], Mapping[str, Any]]:
    def told(assessment: Assessment, language: Language) -> Mapping[str, Any]:
        mine = [found for found in assessment.findings if found.section == section and not found.refused]
        return {"findings": [_told(found, language) for found in mine]}

    return told


def digest(assessment: Assessment, language: Language) -> Mapping[str, Any]:
    """Every analysis in a line: what its first finding means, and each one further that must be seen."""
    shown: dict[Section, list[Finding]] = {}
    for found in assessment.findings:
        if not found.refused and (found.notable or found.section not in shown):
            shown.setdefault(found.section, []).append(found)
    return {
        "respondents": assessment.respondents[language] if assessment.respondents else None,
        "digest": [
            {
                "title": title[language],
                "told": [_brief(found, language, place) for place, found in enumerate(shown[name])],
            }
            for name, title in TITLES.items()
            if name in shown
        ],
    }


def _brief(found: Finding, language: Language, place: int) -> Mapping[str, Any]:
    return {
        "title": found.title[language] if place else None,
        "meaning": found.meaning[language],
        "doubted": bool(found.caution),
    }


def _told(found: Finding, language: Language) -> Mapping[str, Any]:
    return {
        "title": found.title[language],
        "meaning": found.meaning[language],
        "caution": found.caution[language] if found.caution else None,
        "grids": [_grid(grid, language) for grid in found.grids if not grid.private],
        "charts": [(chart.title[language], draw(chart, language)) for chart in found.charts],
        "method": found.method[language],
        "n": found.n[language],
        "rests_on": found.rests_on[language] if found.rests_on else None,
        "source": "; ".join(found.source),
    }


def _grid(grid: Grid, language: Language) -> Mapping[str, Any]:
    rows = [[cell[language] for cell in row] for row in grid.rows]
    return {
        "title": grid.title[language],
        "headings": [heading[language] for heading in grid.headings],
        "numeric": [_numeric([row[column] for row in rows]) for column in range(len(grid.headings))],
        "rows": rows,
        "note": grid.note[language] if grid.note else None,
    }


def _numeric(cells: list[str]) -> bool:
    """Whether a column holds figures, which are set to the right."""
    filled = [cell for cell in cells if cell not in ("", "–")]
    return bool(filled) and all(cell.lstrip("+−-<≥≤~ ")[:1].isdigit() for cell in filled)
