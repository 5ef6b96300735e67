"""Several assessments side by side: grouped by instrument, in the order given, never added together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gscm.assessment import Assessment, to_json as assessment_json
from gscm.i18n import Text
from gscm.model.flat import model_digest


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """`groups` hold the assessments of one model each; `notes` say what must not be read into them."""

    groups: tuple[tuple[Assessment, ...], ...]
    notes: tuple[Text, ...]


def compare(assessments: Sequence[Assessment]) -> Comparison:
    """Group assessments by model and version."""
    groups: dict[tuple[str, str], list[Assessment]] = {}
    for assessment in assessments:
        groups.setdefault((assessment.model.id, assessment.model.version), []).append(assessment)
    notes = []
    if len(groups) > 1:
        notes.append(
            Text(
                "Instrumen di atas mengukur hal yang berbeda dengan skala masing-masing; "
                "nilainya tidak dijumlahkan dan tidak dirata-ratakan.",
                "The instruments above measure different things, each on its own scale; "
                "their scores are neither added nor averaged.",
            )
        )
    for group in groups.values():
        if len({model_digest(a.model) for a in group}) > 1 and not any(
            node.open for node in group[0].model.nodes.values()
        ):
            notes.append(
                Text(
                    f"Isi model {group[0].model.id} {group[0].model.version} tidak sama pada semua hasil; "
                    "bandingkan dengan hati-hati.",
                    f"The model {group[0].model.id} {group[0].model.version} is not the same in all results; "
                    "compare with care.",
                )
            )
    return Comparison(tuple(tuple(group) for group in groups.values()), tuple(notes))


def to_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain JSON: the results as `gscm assess --json` gives them, without certificates."""
    return {
        "format": "gscm-comparison/1",
        "groups": [
            {
                "model": group[0].model.id,
                "model_version": group[0].model.version,
                "scale": {"min": str(group[0].model.scale.min), "max": str(group[0].model.scale.max)},
                "results": [{k: v for k, v in assessment_json(a).items() if k != "certificate"} for a in group],
            }
            for group in comparison.groups
        ],
        "notes": [{"id": note.id, "en": note.en} for note in comparison.notes],
    }
