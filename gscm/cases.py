"""Cases: what a model must give for answers that a person can read. Run by `gscm model test` and by the tests alike.

A case is one YAML file in the model's `cases/`. `uniform` sets every fact as if everything stood at one level,
`levels` does so for single nodes, `answers` states single answers; `expect` says what must come out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from gscm import yamlfile
from gscm.assessment import Assessment, assess
from gscm.errors import FaultsFound, Issue, Where, did_you_mean
from gscm.i18n import Text
from gscm.model.arithmetic import rounded
from gscm.model.facts import Fact, facts_of
from gscm.model.schema import Claim, Level, Number, Words, Yaml
from gscm.model.tree import Model, Scale
from gscm.placement.place import Placement, score_text
from gscm.placement.regions import mean_level
from gscm.responses.load import bind
from gscm.responses.schema import RegionsEntry
from gscm.yamlfile import Document


def _tuples(value: Any) -> Any:
    return tuple(tuple(row) if isinstance(row, list) else row for row in value) if isinstance(value, list) else value


class Expected(Yaml):
    """What a case expects of one node; what is left out is not compared."""

    level: Level | None = None
    low: Level | None = None
    high: Level | None = None
    name: str | None = None
    score: str | None = None
    held_back_by: Annotated[tuple[str, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)] = ()
    """Facts that must be among those that keep the node from its next level."""


class Weightings(Yaml):
    """Which weights of a node's children give a published total, tried on a grid: weights that nobody published.

    `step` is the grid in percent; every child weighs at least one step. `rule` is how the total is taken to be
    formed. `consistent` lists all that fit, in the order of the children.
    """

    total: Number
    step: Annotated[int, Field(ge=1, le=50)]
    rule: Literal["mean", "rounded-sum"]
    consistent: Annotated[tuple[tuple[int, ...], ...], BeforeValidator(_tuples)]


class ExpectedRegions(Yaml):
    """What the roll-up of regencies and cities must say: counts by level, and the mean level as printed."""

    distribution: dict[Level, int]
    undecided: int = 0
    mean: str


class CaseFile(Claim):
    """One case."""

    title: Words
    about: Words | None = None
    uniform: Level | None = None
    levels: dict[str, Level] = {}
    scope: Annotated[tuple[str, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)] | None = None
    answers: dict[str, Any] = {}
    regions: RegionsEntry | None = None
    expect_regions: ExpectedRegions | None = None
    weightings: dict[str, Weightings] = {}
    expect: dict[str, Expected]


@dataclass(frozen=True, slots=True)
class Case:
    """A case, ready to run."""

    name: str
    file: CaseFile
    document: Document


def load_cases(model: Model) -> tuple[Case, ...]:
    """The cases in the model's folder, by name. Raises FaultsFound with the faults of all of them."""
    cases: list[Case] = []
    issues: list[Issue] = []
    for path in sorted(Path(model.folder).glob("cases/*.yaml")):
        try:
            document = yamlfile.read(path)
            cases.append(Case(path.stem, yamlfile.validate(document, CaseFile), document))
        except FaultsFound as found:
            issues.extend(found.issues)
    if issues:
        raise FaultsFound(issues)
    return tuple(cases)


def run_case(model: Model, case: Case) -> tuple[Issue, ...]:
    """What comes out differently from what the case expects; () if it passes."""
    unknown = [
        name
        for name in (*case.file.levels, *case.file.weightings, *case.file.expect)
        if _node(model, name) not in model.nodes
    ]
    if unknown:
        return tuple(
            Issue(
                case.document.where((_key(case.file, name), name)),
                Text(f"Simpul “{name}” tidak ada dalam model.", f"There is no node “{name}” in the model."),
                did_you_mean(name, model.nodes),
            )
            for name in unknown
        )
    try:
        assessment = assess_case(model, case)
    except FaultsFound as found:
        return found.issues
    return tuple(
        chain(
            *(_differences(assessment, case, name, expected) for name, expected in case.file.expect.items()),
            *(_other_weightings(assessment, case, name) for name in case.file.weightings),
            _other_regions(assessment, case),
        )
    )


def _key(case: CaseFile, name: str) -> str:
    """The key of the case under which a node is named."""
    return "levels" if name in case.levels else "weightings" if name in case.weightings else "expect"


def assess_case(model: Model, case: Case) -> Assessment:
    """The assessment of the case's answers."""
    data = {
        "model": model.id,
        "subject": {"id": case.name, "name": case.file.title.id},
        "answers": case_answers(model, case.file),
        **({"scope": list(case.file.scope)} if case.file.scope is not None else {}),
        **({"regions": case.document.data["regions"]} if case.file.regions is not None else {}),
    }
    return assess(bind(Document(case.document.file, data), model))


def case_answers(model: Model, case: CaseFile) -> dict[str, Any]:
    """The answers of a case, written out fact by fact."""
    facts = facts_of(model)
    answers: dict[str, Any] = {}
    levels: dict[str, int] = {} if case.uniform is None else {model.id: case.uniform}
    levels |= {_node(model, name): level for name, level in case.levels.items()}
    for name, level in levels.items():  # later and deeper settings override
        inside = {node.id for node in model.below(name)}
        for fact in facts.values():
            if fact.node in inside:
                answers[fact.id] = value_at(model, fact, level)
    for name in case.answers:
        node = _node(model, name)
        if node in model.nodes and node not in facts:  # a node that stands in for its subtree
            inside = {below.id for below in model.below(node)}
            answers = {id: value for id, value in answers.items() if facts[id].node not in inside}
    return answers | case.answers


def value_at(model: Model, fact: Fact, level: int) -> Any:
    """What a fact says if everything stands exactly at `level`, as written in an answers file."""
    if fact.kind == "criterion":
        return (fact.level or 0) <= level
    if fact.kind == "level":
        return min(level, int(fact.best))
    if fact.kind == "quantity":
        quantity = model.nodes[fact.node].quantity
        reached = [target for k, target in quantity.targets.items() if k <= level] if quantity else []
        return str(reached[-1] if reached else fact.worst)
    low, high = model.scale.min, model.scale.max
    return str(low + (high - low) * Fraction(level - 1, 4))


def _node(model: Model, name: str) -> str:
    return model.id if name == "overall" else name


def _score(assessment: Assessment, placement: Placement) -> str | None:
    """The score as printed, or "low–high"."""
    low, high = (score_text(assessment.result, score) for score in (placement.score_low, placement.score_high))
    return low if low is None or low == high else f"{low}–{high}"


def _differences(assessment: Assessment, case: Case, name: str, expected: Expected) -> Iterator[Issue]:
    node = _node(assessment.model, name)
    placement = assessment.nodes[node]
    names = assessment.model.names(assessment.model.nodes[node])
    found: dict[str, Any] = {
        "level": placement.low,
        "low": placement.low,
        "high": placement.high,
        "name": names[placement.low - 1].name.id if placement.low else None,
        "score": _score(assessment, placement),
    }
    if expected.level is not None:
        found["high"] = placement.high
        if expected.high is None and placement.low != placement.high:
            yield _differs(case, name, "high", expected.level, placement.high)
    for key, value in found.items():
        wanted = getattr(expected, key)
        if wanted is not None and wanted != value:
            yield _differs(case, name, key, wanted, value)
    for fact in expected.held_back_by:
        if fact not in placement.blocked_by:
            yield _differs(case, name, "held_back_by", fact, ", ".join(placement.blocked_by) or "–")


def _other_regions(assessment: Assessment, case: Case) -> Iterator[Issue]:
    expected, rolled = case.file.expect_regions, assessment.regions
    if expected is None:
        return
    found = {
        "distribution": {level: count for level, count in rolled.distribution.items() if count} if rolled else {},
        "undecided": rolled.undecided if rolled else 0,
        "mean": mean_level(rolled).en if rolled else "–",
    }
    for key, value in found.items():
        wanted = getattr(expected, key)
        if wanted != value:
            yield _differs(case, "expect_regions", key, wanted, value)


def _other_weightings(assessment: Assessment, case: Case, name: str) -> Iterator[Issue]:
    tried, node = case.file.weightings[name], assessment.model.nodes[_node(assessment.model, name)]
    scores = [assessment.nodes[child].score for child in node.children]
    if None in scores:
        yield _differs(case, name, "consistent", tried.consistent, "–", "weightings")
        return
    found = consistent_weightings([s for s in scores if s is not None], tried, assessment.model.scale)
    if found != tried.consistent:
        shown = ", ".join("/".join(map(str, weights)) for weights in found) or "–"
        expected = ", ".join("/".join(map(str, weights)) for weights in tried.consistent) or "–"
        yield _differs(case, name, "consistent", expected, shown, "weightings")


def consistent_weightings(scores: Sequence[Fraction], tried: Weightings, scale: Scale) -> tuple[tuple[int, ...], ...]:
    """All weights in percent, multiples of the step, with which the scores give the total, in rising order."""
    steps = 100 // tried.step
    cuts = combinations(range(1, steps), len(scores) - 1)
    weightings = (tuple(tried.step * (high - low) for low, high in pairwise((0, *inner, steps))) for inner in cuts)
    return tuple(weights for weights in weightings if _total(weights, scores, tried.rule, scale) == tried.total)


def _total(weights: Sequence[int], scores: Sequence[Fraction], rule: str, scale: Scale) -> Fraction:
    parts = [Fraction(weight, 100) * score for weight, score in zip(weights, scores, strict=True)]
    if rule == "rounded-sum":
        parts = [rounded(part, scale.digits, scale.mode) for part in parts]
    return rounded(sum(parts, Fraction()), scale.digits, scale.mode)


def _differs(case: Case, name: str, key: str, wanted: Any, value: Any, under: str = "expect") -> Issue:
    where = case.document.where((under, name, key))
    return Issue(
        Where(where.file, where.line),
        Text(f"{name}: {key} diharapkan {wanted}, hasilnya {value}.", f"{name}: {key} expected {wanted}, got {value}."),
    )
