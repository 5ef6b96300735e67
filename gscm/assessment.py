"""An assessment: everything that is known of one subject under one model, as one value.

The only module that knows all stages. Reports, exports and comparisons see an `Assessment` and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from gscm.analysis.finding import Finding
from gscm.i18n import Text
from gscm.model.tree import Model
from gscm.model.weights_schema import NodeWeights
from gscm.placement.certificate import certificate
from gscm.placement.explain import Explanation, explain
from gscm.placement.gaps import Gap, gaps
from gscm.placement.place import Placement, Result, place, score_text
from gscm.placement.programmes import Programme, Realisation, by_office, programmes, realised
from gscm.placement.regions import RollUp, roll_up
from gscm.responses.answers import Answers

if TYPE_CHECKING:
    from gscm.placement.flips import Step
    from gscm.roadmap.roadmap import NoPlan, Roadmap


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """One subject, assessed. What is costly (`flips`, `pivotal`) is computed when asked for.

    `findings` are those of the analyses that were asked for beside it, `roadmap` the plan, or why there is none,
    `respondents` who answered, in a sentence, where people did.
    """

    result: Result
    findings: tuple[Finding, ...] = ()
    roadmap: Roadmap | NoPlan | None = None
    respondents: Text | None = None

    @property
    def model(self) -> Model:
        return self.result.model

    @property
    def answers(self) -> Answers:
        return self.result.answers

    @property
    def nodes(self) -> Mapping[str, Placement]:
        return self.result.nodes

    @property
    def overall(self) -> Placement:
        return self.result.overall

    @property
    def regions(self) -> RollUp | None:
        """The regencies and cities of a province, beside its own result."""
        return roll_up(self.answers)

    @property
    def programmes(self) -> tuple[Programme, ...]:
        """The rows of open nodes, with what they come to."""
        return programmes(self.result)

    def explain(self, node: str) -> Explanation:
        return explain(self.result, node)

    def gaps(self, node: str) -> tuple[Gap, ...]:
        return gaps(self.result, node)

    def flips(self, node: str) -> tuple[Step, ...] | None:
        from gscm.placement.flips import flips

        return flips(self.result, node)

    def pivotal(self, node: str) -> tuple[str, ...]:
        from gscm.placement.flips import pivotal

        return pivotal(self.result, node)


def assess(
    answers: Answers,
    findings: tuple[Finding, ...] = (),
    roadmap: Roadmap | NoPlan | None = None,
    respondents: Text | None = None,
) -> Assessment:
    """Place the subject of the answers; what else is given comes with it into reports."""
    return Assessment(place(answers), findings, roadmap, respondents)


FORMAT = "gscm-assessment/1"


def to_json(assessment: Assessment) -> dict[str, Any]:
    """The result as plain JSON: the stable interface of `gscm assess --json`.

    Scores are decimal strings as the instrument prints them, exact ones fractions; levels are whole
    numbers; both are null where there is none.
    """
    result = assessment.result
    subject = assessment.answers.subject
    nodes = {node.node: _node(result, node) for node in result.nodes.values()}
    return {
        "format": FORMAT,
        "model": assessment.model.id,
        "model_version": assessment.model.version,
        "model_status": assessment.model.status,
        "weights": weights_used(assessment.model),
        "notice": {"id": assessment.model.notice.id, "en": assessment.model.notice.en},
        "subject": {"id": subject.id, "name": subject.name, "kind": subject.kind, "year": subject.year},
        "scope": list(assessment.answers.scope) if assessment.answers.scope is not None else None,
        "overall": nodes[assessment.model.id],
        "nodes": nodes,
        "notes": [{"id": note.id, "en": note.en} for note in result.notes],
        **_beside(assessment),
        "certificate": certificate(result),
    }


def weights_used(model: Model) -> dict[str, Any] | None:
    """The weights that took the place of the model's own, and how they came about; None where none did."""
    if model.weights is None:
        return None
    file = model.weights.file
    source = file.source.text()
    return {
        "id": file.id,
        "sha256": model.weights.sha256,
        "basis": file.basis,
        "source": {"id": source.id, "en": source.en},
        "date": None if file.date is None else file.date.isoformat(),
        "experts": file.experts,
        "nodes": {name: _replaced(given) for name, given in file.nodes.items()},
    }


def _replaced(given: NodeWeights) -> dict[str, Any]:
    return {
        "method": given.method,
        "group": given.group,
        "experts": given.experts,
        "random_index": given.random_index,
        "completion": given.completion,
        "consistency": [
            {
                "expert": one.expert,
                "measure": one.measure,
                "value": float(one.value),
                "limit": None if one.limit is None else float(one.limit),
                "limit_source": one.limit_source,
                "acceptable": one.acceptable,
                "missing": one.missing or 0,
            }
            for one in given.consistency
        ],
        "weights": {part: str(weight) for part, weight in given.weights.items()},
    }


def _beside(assessment: Assessment) -> dict[str, Any]:
    """What is told beside the placement, where there is any: the regions of a province, the programmes of a plan."""
    found: dict[str, Any] = {}
    if regions := assessment.regions:
        found["regions"] = _regions(regions)
    if listed := assessment.programmes:
        found["programmes"] = {
            "all": _realisation(realised("", listed)),
            "by_office": [_realisation(office) for office in by_office(listed)],
            "stuck": [
                {"node": one.node.id, "office": one.row.office, "obstacle": one.row.obstacle}
                for one in listed
                if one.stuck
            ],
        }
    return found


def _regions(regions: RollUp) -> dict[str, Any]:
    return {
        "distribution": {str(level): count for level, count in regions.distribution.items()},
        "undecided": regions.undecided,
        "mean_low": str(regions.mean_low),
        "mean_high": str(regions.mean_high),
        "members": [
            {"id": member.id, "name": member.name, "level_low": member.low, "level_high": member.high}
            for member in regions.members
        ],
    }


def _realisation(one: Realisation) -> dict[str, Any]:
    return {
        "office": one.name or None,
        "programmes": one.count,
        "done": one.done,
        "unreported": one.unreported,
        "share_low": _share(one.low),
        "share_high": _share(one.high),
    }


def _node(result: Result, placement: Placement) -> dict[str, Any]:
    node = result.model.nodes[placement.node]
    names = result.model.names(node)
    exact = placement.score if placement.exact else None
    return {
        "title": {"id": node.title.id, "en": node.title.en},
        "assessed": placement.assessed,
        "applies": placement.applies,
        "score": score_text(result, placement.score),
        "score_exact": None if exact is None else str(exact),
        "score_low": score_text(result, placement.score_low),
        "score_high": score_text(result, placement.score_high),
        "level": placement.low,
        "level_name": None if placement.low is None else names[placement.low - 1].name.id,
        "level_low": placement.low,
        "level_high": placement.high,
        "level_name_high": None if placement.high is None else names[placement.high - 1].name.id,
        "coverage": _share(placement.coverage),
        "not_applicable": _share(placement.not_applicable),
        "held_by": list(placement.held_by),
        "blocked_by": [_blocker(result, fact) for fact in placement.blocked_by],
        "ceiling": list(placement.ceiling),
    }


def _blocker(result: Result, fact_id: str) -> dict[str, Any]:
    """A fact that is not shown, the level at which it is missing, and whether it is merely open."""
    fact = result.reading.facts[fact_id]
    if fact.level is not None:
        level: int | None = fact.level
    elif fact.kind == "level":
        level = int(result.low.filling[fact_id]) + 1
    else:
        block = result.blocks.get(fact.node)
        level = block.level if block else None
    return {"fact": fact_id, "level": level, "open": fact_id in result.reading.open}


def _share(share: Fraction) -> float:
    return round(float(share), 4)
