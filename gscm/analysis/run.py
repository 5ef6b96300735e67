"""The analyses by their names, run one after the other; what the data cannot carry says so and stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from gscm.analysis.finding import SECTIONS, Finding, Section
from gscm.analysis.material import Material

Analysis = Callable[[Material], Iterable[Finding]]


def analyses() -> Mapping[Section, Analysis]:
    """The analysis behind every section; what is heavy is imported here and not before."""
    from gscm.analysis.agreement import agreement
    from gscm.analysis.audit import audit
    from gscm.analysis.change import change
    from gscm.analysis.firmness import firmness
    from gscm.analysis.gap import gap
    from gscm.analysis.importance import importance
    from gscm.analysis.reliability import reliability
    from gscm.analysis.sampling import sampling
    from gscm.analysis.sensitivity import sensitivity
    from gscm.analysis.weights import weights

    return {
        "firmness": firmness,
        "sensitivity": sensitivity,
        "importance": importance,
        "gap": gap,
        "change": change,
        "sampling": sampling,
        "agreement": agreement,
        "reliability": reliability,
        "weights": weights,
        "audit": audit,
    }


def analyse(material: Material, sections: Iterable[Section] = ()) -> tuple[Finding, ...]:
    """The findings of these sections (none named: of all), in the order in which they are told."""
    wanted = set(sections) or set(SECTIONS)
    return tuple(_run(material, [name for name in SECTIONS if name in wanted]))


def _run(material: Material, sections: Iterable[Section]) -> Iterator[Finding]:
    from gscm.analysis.respondents import who_answered

    known, behind = analyses(), who_answered(material)
    for name in sections:
        for found in known[name](material) if name in known else ():
            yield replace(found, rests_on=behind) if _of_respondents(found) else found


def _of_respondents(found: Finding) -> bool:
    """Whether the finding has figures made of what respondents answered; experts are asked something else."""
    of_experts = found.section == "weights" or found.id.startswith("content-")
    return found.refused is None and found.section != "sampling" and not of_experts
