"""A model as the engine sees it: every default filled in, every claim with its origin, nothing left to look up.

`gscm.model.load` makes these values from YAML; everything to the right of this stage reads only them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from gscm.errors import Where
from gscm.i18n import Text
from gscm.model.schema import Aggregate, Answer, Basis
from gscm.model.weights_schema import Replaced

Stage = Literal["self-assessment", "document", "interview", "visit"]
STAGES: tuple[Stage, ...] = ("self-assessment", "document", "interview", "visit")
"""Stages of verification, earliest first."""

ONE = Fraction(1)
"""The weight of what has none written; one object, so that equal weights are seen at a glance."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim comes from: `source` is an id of the model's sources."""

    basis: Basis
    source: str
    locator: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class LevelName:
    """One level of a sequence; numbers start at 1."""

    number: int
    name: Text
    meaning: Text | None
    aliases: tuple[str, ...]
    colour: str | None
    origin: Origin
    where: Where


@dataclass(frozen=True, slots=True)
class Action:
    """What would fulfil a criterion; `owner` and `document` are ids of the model's tables, the leading one first."""

    what: Text
    effort: Literal["low", "medium", "high"]
    months: int
    owner: tuple[str, ...]
    document: tuple[str, ...]
    nomenclature: str | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One checkable statement; its id is `<indicator>.<level>` or `<indicator>.<level>.<n>`."""

    id: str
    indicator: str
    level: int
    text: Text
    evidence: tuple[Text, ...]
    action: Action | None
    weight: Fraction
    may_not_apply: bool
    origin: Origin
    where: Where


@dataclass(frozen=True, slots=True)
class Cohort:
    """What a figure is held against, frozen. With a mean and a (standard) deviation the score is the z-score."""

    name: Text
    date: str
    mean: Fraction | None
    deviation: Fraction | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Band:
    """From `start` on, in the direction of the quantity, the score is `score`."""

    start: Fraction
    score: Fraction


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured figure. `worst` and `best` are its goalposts in the order of its direction.

    The figure lies between `least` and `most`, where the model names them.
    """

    title: Text
    unit: Text
    direction: Literal["higher", "lower"]
    least: Fraction | None
    most: Fraction | None
    min: Fraction
    max: Fraction
    logarithm: bool
    targets: Mapping[int, Fraction]
    publisher: str | None
    bands: tuple[Band, ...]
    cohort: Cohort | None
    origin: Origin
    where: Where

    @property
    def worst(self) -> Fraction:
        return self.min if self.direction == "higher" else self.max

    @property
    def best(self) -> Fraction:
        return self.max if self.direction == "higher" else self.min

    def can_be(self, value: Fraction) -> bool:
        """Whether the figure can have this value at all."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    @property
    def possible(self) -> Text:
        """What the figure can be, as a phrase: a number from 0 to 100."""
        low = _digits(self.least) if self.least is not None else None
        high = _digits(self.most) if self.most is not None else None
        if low and high:
            return Text(f"angka {low.id} sampai {high.id}", f"a number from {low.en} to {high.en}")
        if low:
            return Text(f"angka mulai {low.id}", f"a number from {low.en} upwards")
        if high:
            return Text(f"angka sampai {high.id}", f"a number up to {high.en}")
        return Text("angka", "a number")

    def reaches(self, value: Fraction, target: Fraction) -> bool:
        return value >= target if self.direction == "higher" else value <= target


@dataclass(frozen=True, slots=True)
class Children:
    """Enough of the children stand at level `at`; `of` narrows them to one kind."""

    rule: Literal["all", "any", "share", "mean"]
    at: int
    share: Fraction | None
    weighted: bool
    rounding: Literal["floor", "nearest"]
    of: str | None
    reason: Text | None
    origin: Origin
    where: Where


@dataclass(frozen=True, slots=True)
class Criteria:
    """The weighted share of a level's applicable criteria that are met (with accepted evidence) reaches `share`.

    The level is `at`, or where that is None the level of the gate.
    """

    share: Fraction
    at: int | None
    evidence: Stage | None
    reason: Text | None
    origin: Origin
    where: Where


@dataclass(frozen=True, slots=True)
class Score:
    """The node's score reaches a cut-off."""

    cutoff: Fraction
    inclusive: bool
    reason: Text | None
    origin: Origin
    where: Where


@dataclass(frozen=True, slots=True)
class Target:
    """The measured quantity reaches the level's target."""

    reason: Text | None
    origin: Origin
    where: Where


@dataclass(frozen=True, slots=True)
class Requires:
    """Another node stands at `level` or higher."""

    node: str
    level: int
    reason: Text
    origin: Origin
    where: Where


Clause = Children | Criteria | Score | Target | Requires


@dataclass(frozen=True, slots=True)
class OpenRows:
    """The children of this node come with the answers, as rows of this kind."""

    kind: str
    answer: Literal["level", "quantity", "score"]
    real: bool
    quantity: Quantity | None


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the tree. `gates[k]` are the clauses of level k; empty where the node has no level.

    `weight_origin` is None where the weights among its siblings are unpublished: the model then claims none.
    """

    id: str
    kind: str
    title: Text
    about: Text | None
    code: str | None
    parent: str | None
    children: tuple[str, ...]
    weight: Fraction
    weight_origin: Origin | None
    levels: str | None
    answer: Answer | None
    real: bool
    may_not_apply: bool
    aggregate: Aggregate
    round: int | None
    gates: Mapping[int, tuple[Clause, ...]]
    criteria: Mapping[int, tuple[Criterion, ...]]
    quantity: Quantity | None
    open: OpenRows | None
    origin: Origin
    where: Where

    @property
    def is_leaf(self) -> bool:
        return self.answer is not None

    @property
    def quantity_fact(self) -> str:
        """The id under which the node's measured figure is answered."""
        return self.id if self.answer == "quantity" else f"{self.id}.value"


@dataclass(frozen=True, slots=True)
class Scale:
    """Lowest and highest score, digits printed, how ties round, and which score a cut-off is compared with."""

    min: Fraction
    max: Fraction
    digits: int
    mode: Literal["half-up", "half-even"]
    compare: Literal["unrounded", "rounded"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What the model calls its nodes: domain, enabler, aspect, indicator."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source that the model cites."""

    id: str
    title: str
    publisher: str | None
    year: int | None
    href: str | None
    note: Text | None


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A maturity model. `nodes` is in the order of the tree, the root first; compared by identity.

    `weights` is the weights file whose weights took the place of its own (see `gscm.model.weights`).
    """

    id: str
    version: str
    title: Text
    short: Text
    about: Text
    status: Literal["official", "reconstruction", "secondary", "example", "adapted"]
    notice: Text
    subject: Text
    scale: Scale
    inner: Literal["level", "score"]
    index: Text | None
    level_names: Mapping[str, tuple[LevelName, ...]]
    kinds: Mapping[str, Kind]
    offices: Mapping[str, Text]
    documents: Mapping[str, Text]
    sources: Mapping[str, SourceEntry]
    nodes: Mapping[str, Node]
    folder: str
    weights: Replaced | None = None

    @property
    def root(self) -> Node:
        return self.nodes[self.id]

    def names(self, node: Node) -> tuple[LevelName, ...]:
        """The level names of a node that has levels, else ()."""
        return self.level_names[node.levels] if node.levels and has_levels(node) else ()

    def below(self, node_id: str) -> Iterator[Node]:
        """The node and everything under it, in the order of the tree."""
        stack = [node_id]
        while stack:
            node = self.nodes[stack.pop()]
            yield node
            stack.extend(reversed(node.children))

    def above(self, node_id: str) -> Iterator[Node]:
        """The ancestors of a node, nearest first."""
        parent = self.nodes[node_id].parent
        while parent is not None:
            yield self.nodes[parent]
            parent = self.nodes[parent].parent


def _digits(value: Fraction) -> Text:
    digits = str(value.numerator) if value.denominator == 1 else str(float(value))
    return Text(digits.replace(".", ","), digits)


def is_row(model: Model, node: Node) -> bool:
    """Whether the node came with the answers, as a row of an open node: nothing in it is a claim of the model."""
    return node.parent is not None and model.nodes[node.parent].open is not None


def has_levels(node: Node) -> bool:
    """Whether the node stands at a level at all: by clauses of its own, or because it is answered by one."""
    return bool(node.gates) or node.answer == "level"


def top_level(model: Model, node: Node) -> int:
    """The highest level number of a node with levels; 1 for a node without."""
    return max(1, len(model.names(node)))
