"""A model compiled for many assessments at once: what placing asks for again and again, looked up once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import lcm

from gscm.errors import BadUse, Issue, Where
from gscm.i18n import Text
from gscm.model.facts import Fact, facts_of
from gscm.model.graph import Pair, circles, level_order
from gscm.model.tree import Children, Criteria, Criterion, Model, Requires, Score, Target, top_level
from gscm.responses.load import inside_scope

_MOST_LEVELS = 100
KNOWN_CLAUSES = frozenset((Children, Criteria, Requires, Score, Target))
KNOWN_AGGREGATES = frozenset(
    ("mean", "mean-of-rows", "geometric", "minimum", "median", "sum", "rounded-sum", "unknown-weights")
)


class NotVectorised(BadUse):
    """The model asks for something that the second engine cannot compute. No shipped model does."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A model and a scope, ready for many assessments. Arrays of results are in the order of `nodes`.

    `rows` maps the criteria to rows of the matrix of grades; `figures` are the facts that are numbers. `weights` gives
    the children of each node their weights in whole numbers, over `weight_units`; `criteria` those of criteria among
    the others of their level. `below` lists the facts under each node.
    """

    model: Model
    scope: tuple[str, ...] | None
    outside: frozenset[str]
    facts: Mapping[str, Fact]
    nodes: tuple[str, ...]
    order: tuple[Pair, ...]
    rows: Mapping[str, int]
    figures: tuple[str, ...]
    weights: Mapping[str, Mapping[str, int]]
    weight_units: Mapping[str, int]
    criteria: Mapping[str, int]
    below: Mapping[str, tuple[str, ...]]

    def counted(self, node_id: str) -> tuple[str, ...]:
        """The children that weighted clauses and scores count, if they apply."""
        children = self.model.nodes[node_id].children
        return children if node_id in self.outside else tuple(c for c in children if c not in self.outside)


def compile_plan(model: Model, scope: Sequence[str] | None = None) -> Plan:
    """The plan of a model, within a scope of nodes where one is given. Raises NotVectorised."""
    _refuse(model)
    scope = tuple(scope) if scope is not None else None
    facts = facts_of(model)
    criteria = [id for id, fact in facts.items() if fact.kind == "criterion"]
    units = {node.id: lcm(*(model.nodes[c].weight.denominator for c in node.children)) for node in model.nodes.values()}
    mine: dict[str, list[str]] = {}
    for fact in facts.values():
        mine.setdefault(fact.node, []).append(fact.id)
    below: dict[str, tuple[str, ...]] = {}
    for node in reversed(tuple(model.nodes.values())):
        below[node.id] = (*mine.get(node.id, ()), *(id for child in node.children for id in below[child]))
    return Plan(
        model=model,
        scope=scope,
        outside=frozenset(model.nodes) - inside_scope(model, scope),
        facts=facts,
        nodes=tuple(model.nodes),
        order=level_order(model),
        rows={id: row for row, id in enumerate(criteria)},
        figures=tuple(id for id, fact in facts.items() if fact.kind != "criterion"),
        weights={
            node.id: {c: int(model.nodes[c].weight * units[node.id]) for c in node.children}
            for node in model.nodes.values()
        },
        weight_units=units,
        criteria={
            id: w for node in model.nodes.values() for cs in node.criteria.values() for id, w in _among(cs).items()
        },
        below=below,
    )


def _among(criteria: Sequence[Criterion]) -> dict[str, int]:
    """The weights of the criteria of one level among each other, in whole numbers."""
    unit = lcm(*(criterion.weight.denominator for criterion in criteria))
    return {criterion.id: int(criterion.weight * unit) for criterion in criteria}


def _refuse(model: Model) -> None:
    where = Where(model.folder)
    issues = []
    if circles(model):
        issues.append(
            Issue(
                where,
                Text(
                    "Graf level model ini melingkar, sehingga tidak dapat ditempatkan.",
                    "The level graph of this model has a circle, so that nothing can be placed.",
                ),
                Text("Periksa dengan: gscm model check.", "Look with: gscm model check."),
            )
        )
    for node in model.nodes.values():
        if node.aggregate not in KNOWN_AGGREGATES:
            issues.append(_unknown(where, node.id, f"aggregate: {node.aggregate}"))
        if top_level(model, node) > _MOST_LEVELS:
            issues.append(_unknown(where, node.id, f"{top_level(model, node)} levels"))
        kinds = {type(clause) for clauses in node.gates.values() for clause in clauses}
        issues += [_unknown(where, node.id, f"clause: {kind.__name__.lower()}") for kind in kinds - KNOWN_CLAUSES]
    if issues:
        raise NotVectorised(issues)


def _unknown(where: Where, node: str, what: str) -> Issue:
    return Issue(
        where,
        Text(f"“{node}” ({what}) tidak dikenal mesin kedua.", f"“{node}” ({what}) is not known to the second engine."),
        Text("Tempatkan satu per satu.", "Place one by one."),
    )
