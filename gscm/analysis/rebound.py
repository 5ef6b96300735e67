"""Answers of one wave under the model of another: what carries over by its id, and what does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from gscm.errors import FaultsFound
from gscm.model.facts import MET, Fact, facts_of
from gscm.model.flat import flat
from gscm.model.tree import Model, Node, is_row, top_level
from gscm.responses.answers import Answer, Answers
from gscm.responses.carrying import Entry, through
from gscm.responses.load import read_answer
from gscm.responses.migration import NO, YES, Migration, between, renamed, renamings


@dataclass(frozen=True, slots=True, eq=False)
class Rebound:
    """The answers under another model, and the ids of those that have no place in it."""

    answers: Answers
    left: tuple[str, ...]


def rebound(answers: Answers, model: Model, migrations: Iterable[Migration] = ()) -> Rebound:
    """The answers under another model: an answer goes with its id, where it means the same kind of thing there.

    Between versions of one model `migrations` tell what became of ids and values, forward and back. Rows of open nodes
    come along. What the other model does not know, or would not accept, stays open.
    """
    chain = chain_between(answers.model, model, migrations)
    names = renamings(chain)
    other = with_rows_of(model, answers.model, names)
    before, after = facts_of(answers.model), facts_of(other)
    written = _written(answers, chain)
    going, retired = through(chain, tuple(written.values()), answers.model.version)
    kept: dict[str, Answer] = {}
    lost = {one.origin for one in retired if not one.carried}
    for one in going:
        to, entry = other.id if one.id == "overall" else one.id, answers.entries[one.origin]
        if one.written is not written[one.origin].written:
            changed = _read(other, to, one.written)
        else:
            fits = _fits(entry, before.get(one.origin), after.get(to), other.nodes.get(to), other)
            changed = entry if fits else None
        if changed is None:
            lost.add(one.origin)
        else:
            kept[to] = replace(entry, id=to, kind=changed.kind, status=changed.status, value=changed.value)
    scope = None
    if answers.scope is not None:
        scope = tuple(to for id in answers.scope if (to := _named(id, answers.model, other, names)) in other.nodes)
    said = ("given", "not_applicable", "withheld")
    left = tuple(id for id, entry in answers.entries.items() if id in lost and entry.status in said)
    return Rebound(replace(answers, model=other, entries=kept, scope=scope), left)


def chain_between(one: Model, other: Model, migrations: Iterable[Migration]) -> tuple[Migration, ...]:
    """The migrations from one version of a model to another, forward or back; none between different models."""
    return between(migrations, one.version, other.version) if one.id == other.id else ()


def _named(id: str, one: Model, other: Model, names: Mapping[str, str]) -> str:
    """What a node of one model is called in the other."""
    return other.id if id == one.id else renamed(id, names)


def _written(answers: Answers, chain: Iterable[Migration]) -> Mapping[str, Entry]:
    """The answers as a file would have them, by their ids: with the name of a level where a migration names it so."""
    facts, model = facts_of(answers.model), answers.model
    words = {value for one in chain for rule in one.rules.values for value in rule.map}

    def value(entry: Answer) -> str:
        fact = facts.get(entry.id)
        if entry.kind == "criterion":
            return YES if entry.value == MET else NO
        node = model.nodes[fact.node if fact else entry.id]
        levels = model.names(node) if entry.kind == "level" else ()
        named = [word for one in levels if one.number == entry.value
                 for word in (one.name.id.casefold(), one.name.en.casefold()) if word in words]  # fmt: skip
        return (named or [str(entry.value)])[0]

    found = {}
    for id, entry in answers.entries.items():
        said: dict[str, Any] = {"status": entry.status}
        if entry.value is not None:
            said["value" if id in facts else entry.kind] = value(entry)
        if entry.reason is not None:
            said["reason"] = entry.reason
        found[id] = Entry("overall" if id == model.id else id, said, id)
    return found


def _read(model: Model, id: str, written: Any) -> Answer | None:
    """An answer that a migration wrote anew, as the other model reads it; None where it does not take it."""
    if id not in facts_of(model) and id not in model.nodes:
        return None
    try:
        return read_answer(model, id, written)
    except FaultsFound:
        return None


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


def with_rows_of(model: Model, other: Model, names: Mapping[str, str] | None = None) -> Model:
    """A model whose open nodes have the rows that they have in another; what rows weigh together as well.

    `names` are those of the other model's nodes that are called otherwise here.
    """
    if not any(node.open for node in model.nodes.values()):
        return model
    theirs = {renamed(id, names or {}): node for id, node in other.nodes.items()}
    nodes: dict[str, Node] = {}
    for id, node in without_rows(model).items():
        there = theirs.get(id)
        rows: dict[str, Node] = {}
        if node.open is not None and there is not None and there.open is not None:
            new = {row: id + row.removeprefix(there.id) for row in there.children}
            rows = {new[row]: replace(other.nodes[row], id=new[row], parent=id) for row in there.children}
        pooled = node.parent is not None and model.nodes[node.parent].aggregate == "mean-of-rows"
        weight = there.weight if pooled and there is not None else node.weight
        nodes[id] = replace(node, children=tuple(rows) if node.open is not None else node.children, weight=weight)
        nodes |= rows
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
    return all(mine[id] == theirs[id] or _claims(mine[id]) == _claims(theirs[id]) for id in mine)


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
