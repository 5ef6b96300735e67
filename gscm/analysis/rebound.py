"""Answers of one wave under the model of another: what carries over by its id, and what does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from gscm.model.facts import Fact, facts_of
from gscm.model.flat import flat
from gscm.model.tree import Model, Node, is_row, top_level
from gscm.responses.answers import Answer, Answers


@dataclass(frozen=True, slots=True, eq=False)
class Rebound:
    """The answers under another model, and the ids of those that have no place in it."""

    answers: Answers
    left: tuple[str, ...]


def rebound(answers: Answers, model: Model) -> Rebound:
    """The answers under another model: an answer goes with its id, where it means the same kind of thing there.

    Rows of open nodes come along. What the other model does not know, or would not accept, stays open.
    """
    other = with_rows_of(model, answers.model)
    before, after = facts_of(answers.model), facts_of(other)
    kept: dict[str, Answer] = {}
    left: list[str] = []
    for id, entry in answers.entries.items():
        to = other.id if id == answers.model.id else id
        if _fits(entry, before.get(id), after.get(to), other.nodes.get(to), other):
            kept[to] = replace(entry, id=to)
        elif entry.status in ("given", "not_applicable", "withheld"):
            left.append(id)
    scope = None if answers.scope is None else tuple(id for id in answers.scope if id in other.nodes)
    return Rebound(replace(answers, model=other, entries=kept, scope=scope), tuple(left))


def _fits(entry: Answer, old: Fact | None, new: Fact | None, node: Node | None, model: Model) -> bool:
    """Whether an answer may stand under the other model."""
    if old is None:
        low, high = model.scale.min, model.scale.max
        if node is None or new is not None:
            return False
        if entry.kind == "level" and entry.status == "given":
            low, high = Fraction(1), Fraction(top_level(model, node))
        return entry.value is None or low <= entry.value <= high
    if new is None or new.kind != old.kind:
        return False
    if entry.value is None or new.kind in ("quantity", "criterion"):
        return True
    return min(new.worst, new.best) <= entry.value <= max(new.worst, new.best)


def with_rows_of(model: Model, other: Model) -> Model:
    """A model whose open nodes have the rows that they have in another; what rows weigh together as well."""
    if not any(node.open for node in model.nodes.values()):
        return model
    nodes: dict[str, Node] = {}
    for id, node in without_rows(model).items():
        there = other.nodes.get(id)
        rows = there.children if node.open is not None and there is not None and there.open is not None else ()
        pooled = node.parent is not None and model.nodes[node.parent].aggregate == "mean-of-rows"
        weight = there.weight if pooled and there is not None else node.weight
        nodes[id] = replace(node, children=rows if node.open is not None else node.children, weight=weight)
        nodes |= {row: other.nodes[row] for row in rows}
    return replace(model, nodes=nodes)


def without_rows(model: Model) -> Mapping[str, Node]:
    """The nodes that the model itself claims."""
    return {id: node for id, node in model.nodes.items() if not is_row(model, node)}


def same_model(one: Model, other: Model) -> bool:
    """Whether two models place alike: the same nodes, weights, gates and scale, whatever their words and rows."""
    if one is other:
        return True
    if (one.id, one.scale, one.inner) != (other.id, other.scale, other.inner):
        return False
    mine, theirs = without_rows(one), without_rows(with_rows_of(other, one))
    if list(mine) != list(theirs):
        return False
    return all(mine[id] is theirs[id] or _claims(mine[id]) == _claims(theirs[id]) for id in mine)


_WORDING = frozenset(("title", "about", "text", "reason", "origin", "weight_origin", "action", "code", "publisher"))


def _claims(node: Node) -> Any:
    """What a node says about placing, as plain JSON."""
    return _without_wording(flat(replace(node, children=()) if node.open is not None else node))


def _without_wording(plain: Any) -> Any:
    if isinstance(plain, list):
        return [_without_wording(item) for item in plain]
    if not isinstance(plain, dict):
        return plain
    examples = isinstance(plain.get("evidence"), list)  # of a criterion; in a clause it is a stage
    return {
        key: _without_wording(value)
        for key, value in plain.items()
        if key not in _WORDING and not (examples and key == "evidence")
    }
