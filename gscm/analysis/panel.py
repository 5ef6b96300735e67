"""A panel of experts who compared the parts of nodes, and the weights that follow: per node, expert by expert.

Knows models and statistics, no files; `gscm.formats.comparisons` reads and writes what experts said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import floor, log
from typing import TYPE_CHECKING, Literal

from gscm.errors import FaultsFound, Issue
from gscm.i18n import Text
from gscm.model.tree import Model, Node
from gscm.model.weights_schema import Completion, ConsistencyMeasure, Grouping, RandomIndexTable, WeightMethod

if TYPE_CHECKING:
    from gscm.statistics.ahp import Priorities
    from gscm.statistics.bwm import BestWorst as BestWorstWeights
    from gscm.statistics.matrix import Array

Form = Literal["ahp", "bwm"]
FORMS: Mapping[WeightMethod, Form] = {
    "eigenvector": "ahp", "geometric-mean": "ahp", "bwm-linear": "bwm", "bwm-minmax": "bwm",
}  # fmt: skip
_BESIDE: Mapping[WeightMethod, WeightMethod] = {
    "eigenvector": "geometric-mean", "geometric-mean": "eigenvector",
    "bwm-linear": "bwm-minmax", "bwm-minmax": "bwm-linear",
}  # fmt: skip
DIGITS = 4
"""Decimals to which weights are rounded."""
LIMIT = 0.10
"""The highest consistency ratio of AHP that Saaty (1980) accepts; BWM has a threshold for every number of parts."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Comparisons in pairs: the first of a pair is so many times as important as the second."""

    times: Mapping[tuple[str, str], Fraction]


@dataclass(frozen=True, slots=True)
class BestWorst:
    """Comparisons with the best and with the worst part alone, for every part: both vectors hold all of them."""

    best: str
    worst: str
    over: Mapping[str, Fraction]
    under: Mapping[str, Fraction]


Said = Pairs | BestWorst


@dataclass(frozen=True, slots=True)
class Expert:
    """An expert by a pseudonym, and what was said of every node that was compared."""

    id: str
    office: str | None
    role: str | None
    said: Mapping[str, Said]


@dataclass(frozen=True, eq=False)
class Panel:
    """Experts and the model whose nodes they compared; `file` is where that is written, `about` says who they are."""

    model: Model
    experts: tuple[Expert, ...]
    file: str
    about: Text | None = None

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes that somebody compared, in the order of the model."""
        compared = {node for expert in self.experts for node in expert.said}
        return tuple(node for node in self.model.nodes.values() if node.id in compared)

    def form(self, node: str) -> Form:
        """By which form the parts of a node were compared."""
        said = next(expert.said[node] for expert in self.experts if node in expert.said)
        return "ahp" if isinstance(said, Pairs) else "bwm"


@dataclass(frozen=True, slots=True)
class Choices:
    """How weights are worked out; `ahp` and `bwm` hold for the nodes that were compared in that form."""

    ahp: Literal["eigenvector", "geometric-mean"] = "eigenvector"
    bwm: Literal["bwm-linear", "bwm-minmax"] = "bwm-linear"
    group: Grouping = "aij"
    random_index: RandomIndexTable = "saaty-1980"
    completion: Completion = "least-eigenvalue"


@dataclass(frozen=True, slots=True)
class Mend:
    """The one comparison whose change makes the judgements most consistent.

    `first` over `second` is given as `given`; with `better`, a whole number of the scale or its reciprocal, the ratio
    falls to `ratio`.
    """

    first: str
    second: str
    given: Fraction
    better: Fraction
    ratio: float


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of consistency, with the highest value that is accepted and who set it; None where nobody did."""

    name: ConsistencyMeasure
    value: float
    limit: float | None = None
    source: str | None = None

    @property
    def acceptable(self) -> bool | None:
        return None if self.limit is None else self.value <= self.limit + 1e-9


@dataclass(frozen=True, slots=True)
class Judged:
    """What one expert's comparisons come to.

    The first of `measures` decides whether they are consistent; there are none where too little was compared to
    contradict itself. `missing` counts comparisons that were not made; `asked` those that a full set has. `ranges` hold
    the least and largest weight of every part among all optimal solutions, where there is more than one.
    """

    expert: str
    weights: Mapping[str, float]
    measures: tuple[Measure, ...]
    missing: int
    asked: int
    mend: Mend | None
    cautions: tuple[Text, ...]
    ranges: Mapping[str, tuple[float, float]]

    @property
    def ratio(self) -> float | None:
        return self.measures[0].value if self.measures else None

    @property
    def acceptable(self) -> bool:
        return not self.measures or self.measures[0].acceptable is not False


@dataclass(frozen=True, slots=True)
class Weighed:
    """The weights of the parts of one node.

    `exact` are `weights` rounded to `DIGITS`, summing to 1; `beside` are those of the other method on the same
    comparisons. `group` is None for one expert's own weights. `measures` are those of the group: none where weights
    were aggregated (AIP), for then there are no comparisons of the group, only the experts' own.
    """

    node: str
    method: WeightMethod
    convention: Text
    sources: tuple[str, ...]
    group: Grouping | None
    random_index: RandomIndexTable | None
    completion: Completion | None
    weights: Mapping[str, float]
    exact: Mapping[str, Fraction]
    beside: Mapping[str, float]
    beside_method: WeightMethod
    measures: tuple[Measure, ...]
    experts: tuple[Judged, ...]

    @property
    def ratio(self) -> float | None:
        """The consistency ratio of the group, or of the one expert."""
        if len(self.experts) == 1:
            return self.experts[0].ratio
        return self.measures[0].value if self.measures else None

    @property
    def inconsistent(self) -> tuple[str, ...]:
        return tuple(one.expert for one in self.experts if not one.acceptable)

    @property
    def ranked_otherwise(self) -> bool:
        """Whether the two methods put the parts in different orders."""
        return order(self.weights) != order(self.beside)


def order(weights: Mapping[str, float]) -> tuple[str, ...]:
    """The parts from the heaviest; equal ones as they stand."""
    return tuple(sorted(weights, key=lambda part: -round(weights[part], 9)))


def weigh(panel: Panel, choices: Choices) -> tuple[Weighed, ...]:
    """The weights of the parts of every node that was compared, in the order of the model.

    Raises FaultsFound where some comparisons leave parts unconnected or contradict one another at once.
    """
    found: list[Weighed] = []
    issues: list[Issue] = []
    for node in panel.nodes:
        try:
            found.append(_weigh(panel, node, choices))
        except FaultsFound as fault:
            issues += fault.issues
    if issues:
        raise FaultsFound(issues)
    return tuple(found)


def _weigh(panel: Panel, node: Node, choices: Choices) -> Weighed:
    said = {expert.id: expert.said[node.id] for expert in panel.experts if node.id in expert.said}
    method: WeightMethod = choices.ahp if panel.form(node.id) == "ahp" else choices.bwm
    judged = tuple(judge(node, expert, one, method, choices) for expert, one in said.items())
    chosen = _group(node, said, judged, method, choices)
    other = _BESIDE[method]
    others = tuple(judge(node, expert, one, other, choices) for expert, one in said.items())
    beside = _group(node, said, others, other, choices)
    weights = dict(zip(node.children, chosen.weights, strict=True))
    ahp = FORMS[method] == "ahp"
    return Weighed(
        node=node.id,
        method=method,
        convention=chosen.convention,
        sources=chosen.sources,
        group=chosen.group,
        random_index=choices.random_index if ahp and len(node.children) > 2 else None,
        completion=choices.completion if ahp and any(one.missing for one in judged) else None,
        weights=weights,
        exact=to_one(weights, DIGITS),
        beside=dict(zip(node.children, beside.weights, strict=True)),
        beside_method=other,
        measures=chosen.measures,
        experts=judged,
    )


@dataclass(frozen=True, slots=True)
class _Grouped:
    weights: tuple[float, ...]
    measures: tuple[Measure, ...]
    group: Grouping | None
    convention: Text
    sources: tuple[str, ...]


_AIJ = Text(
    "rata-rata geometrik setiap perbandingan (AIJ), lalu bobotnya",
    "geometric means of every comparison (AIJ), then the weights",
)
_AIP = Text("rata-rata geometrik bobot para pakar (AIP)", "geometric means of the experts’ weights (AIP)")


def _group(
    node: Node, said: Mapping[str, Said], judged: tuple[Judged, ...], method: WeightMethod, choices: Choices
) -> _Grouped:
    """The weights of the group. BWM has no group of judgements: its experts' weights are aggregated."""
    from gscm.statistics import ahp

    fewest = min(said.values(), key=lambda one: len(one.times) if isinstance(one, Pairs) else 0)
    figure = _figure(node, fewest, method, choices)
    convention, sources = figure.method.convention, figure.method.sources
    if len(said) == 1:
        return _Grouped(tuple(judged[0].weights.values()), (), None, convention, sources)
    if choices.group == "aij" and FORMS[method] == "ahp":
        tables = [_table(node, one) for one in said.values() if isinstance(one, Pairs)]
        whole = ahp.priorities(ahp.aggregate_judgments(tables), _ahp(method), choices.random_index, choices.completion)
        sources = (*whole.method.sources, "Aczél & Saaty 1983", "Forman & Peniwati 1998")
        return _Grouped(whole.weights, _of_ahp(whole), "aij", _and(_AIJ, whole.method.convention), sources)
    weights = ahp.aggregate_priorities([tuple(one.weights.values()) for one in judged])
    return _Grouped(weights, (), "aip", _and(_AIP, convention), (*sources, "Forman & Peniwati 1998"))


def _and(first: Text, second: Text) -> Text:
    return Text(f"{first.id}; {second.id}", f"{first.en}; {second.en}")


def _ahp(method: WeightMethod) -> Literal["eigenvector", "geometric-mean"]:
    return "geometric-mean" if method == "geometric-mean" else "eigenvector"


def _table(node: Node, said: Pairs) -> Array:
    from gscm.statistics import ahp

    return ahp.judgments(node.children, {pair: float(times) for pair, times in said.times.items()})


def _figure(node: Node, said: Said, method: WeightMethod, choices: Choices) -> Priorities | BestWorstWeights:
    from gscm.statistics import ahp

    if isinstance(said, Pairs):
        return ahp.priorities(_table(node, said), _ahp(method), choices.random_index, choices.completion)
    return _best_worst(node, said, method)


def _best_worst(node: Node, said: BestWorst, method: WeightMethod) -> BestWorstWeights:
    from gscm.statistics import bwm

    solve = bwm.best_worst_minmax if method == "bwm-minmax" else bwm.best_worst_linear
    over, under = ([float(by[part]) for part in node.children] for by in (said.over, said.under))
    return solve(node.children.index(said.best), node.children.index(said.worst), over, under)


def judge(node: Node, expert: str, said: Said, method: WeightMethod, choices: Choices) -> Judged:
    """What an expert's comparisons come to. Raises FaultsFound, saying whose and of which node they are."""
    from gscm.statistics.ahp import Priorities

    try:
        figure = _figure(node, said, method, choices)
    except FaultsFound as fault:
        start = Text(f"{expert}, “{node.id}”: ", f"{expert}, “{node.id}”: ")
        what = [Text(start.id + issue.what.id, start.en + issue.what.en) for issue in fault.issues]
        raise FaultsFound(replace(issue, what=text) for issue, text in zip(fault.issues, what, strict=True)) from None
    n = len(node.children)
    weights = dict(zip(node.children, figure.weights, strict=True))
    if isinstance(figure, Priorities):
        assert isinstance(said, Pairs)
        measures = _of_ahp(figure)
        mend = mending(node, said, choices) if figure.consistency_ratio > 0 else None
        return Judged(expert, weights, measures, figure.missing, n * (n - 1) // 2, mend, (), {})
    assert isinstance(said, BestWorst)
    mend = mending_best_worst(node, said) if figure.input_ratio > 0 else None
    ranges = dict(zip(node.children, figure.ranges, strict=True))
    several = any(most - least > _WIDE for least, most in ranges.values())
    return Judged(
        expert,
        weights,
        _of_bwm(node, said, figure, method),
        0,
        2 * n - 3,
        mend,
        figure.cautions,
        ranges if several else {},
    )


_WIDE = 1e-6
"""From how wide a range on a weight is told to be more than one."""


def _of_ahp(figure: Priorities) -> tuple[Measure, ...]:
    """The consistency ratio; none where the comparisons are too few to contradict one another."""
    if not figure.random_index:
        return ()
    return (Measure("consistency-ratio", figure.consistency_ratio, LIMIT, "Saaty 1980"),)


def _of_bwm(node: Node, said: BestWorst, figure: BestWorstWeights, method: WeightMethod) -> tuple[Measure, ...]:
    """Both ratios, with their thresholds, and what the model minimised; the output-based one is of the minmax model."""
    from gscm.statistics.bwm import PUBLISHED_FROM

    if figure.input_limit is None:
        return ()
    minmax = figure if method == "bwm-minmax" else _best_worst(node, said, "bwm-minmax")
    assert minmax.ratio is not None
    by = "Liang et al. 2020" if said.over[said.worst] >= PUBLISHED_FROM else "gscm"
    return (
        Measure("input-based", figure.input_ratio, figure.input_limit, by),
        Measure("output-based", minmax.ratio, figure.output_limit, by),
        Measure("xi-minmax" if method == "bwm-minmax" else "xi-linear", figure.xi),
    )


def scale_near(times: float) -> Fraction:
    """The whole number from 1 to 9, or its reciprocal, that is nearest to the ratio on a scale of ratios."""
    steps = [*(Fraction(n) for n in range(1, 10)), *(Fraction(1, n) for n in range(2, 10))]
    return min(steps, key=lambda step: (abs(log(step) - log(times)), step))


def mending(node: Node, said: Pairs, choices: Choices) -> Mend | None:
    """The comparison whose change to what all others imply lowers the consistency ratio most; None if none does.

    For each comparison made, the others alone give weights, and the weights the step of the scale nearest to their
    ratio. Where without it parts are unconnected, nothing contradicts it and it stays.
    """
    from gscm.statistics import ahp

    def ratio(said: Pairs) -> float:
        table = _table(node, said)
        return ahp.priorities(table, "eigenvector", choices.random_index, choices.completion).consistency_ratio

    best: Mend | None = None
    least = ratio(said)
    for (first, second), given in said.times.items():
        others = {pair: times for pair, times in said.times.items() if pair not in ((first, second), (second, first))}
        if apart(node.children, others):
            continue
        implied = dict(zip(node.children, ahp.logarithmic_least_squares(_table(node, Pairs(others))), strict=True))
        better = scale_near(implied[first] / implied[second])
        found = ratio(Pairs({**others, (first, second): better}))
        if better != given and found < least - 1e-9:
            best, least = Mend(first, second, given, better, found), found
    return best


def apart(parts: Sequence[str], pairs: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """The parts that no chain of comparisons connects with the first."""
    reached, edge = {parts[0]}, [parts[0]]
    while edge:
        here = edge.pop()
        new = {pair[1 - pair.index(here)] for pair in pairs if here in pair} - reached
        reached |= new
        edge += sorted(new)
    return tuple(part for part in parts if part not in reached)


def mending_best_worst(node: Node, said: BestWorst) -> Mend | None:
    """The comparison with the best or the worst whose change lowers the input-based ratio most; None if none does."""
    from gscm.statistics.bwm import input_ratio

    parts, worst = node.children, node.children.index(said.worst)

    def ratio(over: Mapping[str, Fraction], under: Mapping[str, Fraction]) -> float:
        return input_ratio([float(over[part]) for part in parts], [float(under[part]) for part in parts], worst)

    best: Mend | None = None
    least = ratio(said.over, said.under)
    for part in node.children:
        if part in (said.best, said.worst):
            continue
        for step in map(Fraction, range(1, int(said.over[said.worst]) + 1)):
            tried = (
                (said.best, part, said.over[part], ({**said.over, part: step}, said.under)),
                (part, said.worst, said.under[part], (said.over, {**said.under, part: step})),
            )
            for first, second, given, lists in tried:
                found = ratio(*lists)
                if found < least - 1e-9:
                    best, least = Mend(first, second, given, step, found), found
    return best


def to_one(weights: Mapping[str, float], digits: int) -> Mapping[str, Fraction]:
    """The weights as exact decimals of so many digits that sum to 1, by largest remainders; of equal ones the first.

    Each lies within one unit of its last digit. Raises FaultsFound where one would be rounded to 0.
    """
    unit = 10**digits
    total = sum(weights.values())
    scaled = {
        part: round(weight / total * unit, 6) for part, weight in weights.items()
    }  # noise would tell equals apart
    counts = {part: floor(value) for part, value in scaled.items()}
    short = unit - sum(counts.values())
    for part in sorted(scaled, key=lambda part: round(counts[part] - scaled[part], 6))[:short]:
        counts[part] += 1
    nothing = [part for part, count in counts.items() if count == 0]
    if nothing:
        what = Text(
            f"Bobot {', '.join(nothing)} kurang dari satu per {unit}.",
            f"The weight of {', '.join(nothing)} is below one in {unit}.",
        )
        raise FaultsFound(Issue(None, what, Text("Tinjau perbandingannya.", "Review its comparisons.")))
    return {part: Fraction(count, unit) for part, count in counts.items()}


def named(model: Model, node: str) -> str:
    """What files call a node: `overall` for the whole."""
    return "overall" if node == model.id else node
