"""A crosswalk as values, and when an answer to one of its sides is an answer to the other as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from gscm.crosswalk.schema import Relation
from gscm.errors import Where
from gscm.i18n import Text
from gscm.model.facts import MET, UNMET, facts_of
from gscm.model.schema import Basis
from gscm.model.tree import Model, has_levels, top_level

TURNED: dict[Relation, Relation] = {"same": "same", "broader": "narrower", "narrower": "broader", "related": "related"}
"""The relation of a mapping read from its other side."""

Kind = Literal["criterion", "level", "score", "quantity", "node", "threshold"]
"""How a side is answered: as a fact; or it is a node that is not answered itself; or “at this level or higher”."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a mapping: a node or fact; with `at`, the statement that the node stands at that level or higher."""

    id: str
    at: int | None = None

    def __str__(self) -> str:
        return self.id if self.at is None else f"{self.id}@{self.at}"


@dataclass(frozen=True, slots=True)
class Link:
    """A mapping: `near` is `relation` to (than, as) `far`. `only` are ids of models; none means no restriction."""

    near: Side
    far: Side
    relation: Relation
    reason: Text
    basis: Basis
    only: frozenset[str]
    crosswalk: str
    where: Where

    def turned(self) -> Link:
        """The same mapping, read from its other side."""
        return replace(self, near=self.far, far=self.near, relation=TURNED[self.relation])

    def holds_between(self, near: Model, far: Model) -> bool:
        """Whether the mapping speaks of these two models: both have its ids, and `only` leaves neither out."""
        named = not self.only or not self.only.isdisjoint((near.id, far.id))
        return named and kind_of(self.near, near) is not None and kind_of(self.far, far) is not None


@dataclass(frozen=True, slots=True, eq=False)
class Crosswalk:
    """How the indicators of the models `near` relate to those of the models `far`. `source` says how it was judged."""

    id: str
    version: str
    title: Text
    about: Text
    basis: Basis
    source: Text
    near: tuple[Model, ...]
    far: tuple[Model, ...]
    links: tuple[Link, ...]

    def between(self, near: Model, far: Model) -> tuple[Link, ...]:
        """The mappings from one model to another, whichever way round the crosswalk is written."""
        links: tuple[Link, ...] = ()
        if near.id in _ids(self.near) and far.id in _ids(self.far):
            links = self.links
        elif near.id in _ids(self.far) and far.id in _ids(self.near):
            links = tuple(link.turned() for link in self.links)
        return tuple(link for link in links if link.holds_between(near, far))


def _ids(models: tuple[Model, ...]) -> frozenset[str]:
    return frozenset(model.id for model in models)


def kind_of(side: Side, model: Model) -> Kind | None:
    """How a side is answered in a model; None where the model has no such id, or no such level."""
    if side.at is not None:
        node = model.nodes.get(side.id)
        levelled = node is not None and has_levels(node) and 2 <= side.at <= top_level(model, node)
        return "threshold" if levelled else None
    fact = facts_of(model).get(side.id)
    if fact is not None:
        return fact.kind
    return "node" if side.id in model.nodes else None


_FACTS = ("criterion", "level", "score", "quantity")
Carry = Callable[[Fraction], Fraction]


def carrier(link: Link, near: Model, far: Model) -> Carry | None:
    """How an answer to the near side becomes one to the far side; None where it does not settle it.

    Only what is the same carries over: a fact of the same kind on the same scale, or a level that settles
    whether a criterion is met. That a criterion is met settles no level.
    """
    if link.relation != "same":
        return None
    kinds = kind_of(link.near, near), kind_of(link.far, far)
    if kinds == ("threshold", "criterion"):
        least = Fraction(link.near.at or 0)
        return lambda level: MET if level >= least else UNMET
    if kinds[0] == kinds[1] and kinds[0] in _FACTS and agree(link, near, far):
        return _as_it_is
    return None


def agree(link: Link, near: Model, far: Model) -> bool:
    """Whether both sides are answered alike, so that one could be the same as the other."""
    kinds = kind_of(link.near, near), kind_of(link.far, far)
    if set(kinds) == {"threshold", "criterion"}:
        return True
    return kinds[0] == kinds[1] and scale_of(link.near, near) == scale_of(link.far, far)


def _as_it_is(value: Fraction) -> Fraction:
    return value


def scale_of(side: Side, model: Model) -> tuple[object, ...]:
    """What must agree for a value of one side to be a value of another: levels and their kind, bounds, or unit."""
    node, kind = model.nodes.get(side.id), kind_of(side, model)
    if kind == "level" and node is not None:
        return (top_level(model, node), node.real)
    if kind == "score":
        return (model.scale.min, model.scale.max)
    if kind == "quantity":
        quantity = model.nodes[facts_of(model)[side.id].node].quantity
        return (quantity.unit,) if quantity else ()
    return ()
