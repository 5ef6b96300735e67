"""Every claim of a model by kind, with the basis and source it carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gscm.i18n import Text
from gscm.model.tree import Model, Node, Origin, Requires, is_row

KINDS = {
    "levels": Text("Nama dan makna level", "Names and meanings of levels"),
    "structure": Text("Susunan simpul", "Structure of nodes"),
    "weights": Text("Bobot", "Weights"),
    "gates": Text("Gerbang dan batas nilai", "Gates and cut-offs"),
    "requires": Text("Prasyarat antarsimpul", "Requirements between nodes"),
    "criteria": Text("Kriteria", "Criteria"),
    "quantities": Text("Angka terukur dan targetnya", "Measured figures and targets"),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims of one kind rest on one basis, and the sources they name."""

    kind: str
    basis: str
    count: int
    sources: tuple[str, ...]


def tallies(model: Model) -> tuple[Tally, ...]:
    """The claims counted by kind and basis, in the order of the kinds."""
    found: dict[tuple[str, str], list[str]] = {}
    for kind, origin in claims(model):
        found.setdefault((kind, origin.basis), []).append(origin.source)
    order = list(KINDS)
    return tuple(
        Tally(kind, basis, len(sources), tuple(dict.fromkeys(sources)))
        for (kind, basis), sources in sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    )


def claims(model: Model) -> Iterator[tuple[str, Origin]]:
    """Every claim of the model with its kind."""
    for names in model.level_names.values():
        yield from (("levels", name.origin) for name in names)
    for node in model.nodes.values():
        if not is_row(model, node):
            yield from _claims_of(model, node)


def _claims_of(model: Model, node: Node) -> Iterator[tuple[str, Origin]]:
    if node.id != model.id:
        yield "structure", node.origin
        if node.weight_origin is not None:
            yield "weights", node.weight_origin
    for clauses in node.gates.values():
        for clause in clauses:
            yield "requires" if isinstance(clause, Requires) else "gates", clause.origin
    for criteria in node.criteria.values():
        yield from (("criteria", criterion.origin) for criterion in criteria)
    if node.quantity is not None:
        yield "quantities", node.quantity.origin
