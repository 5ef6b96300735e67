"""What differs between two versions of a model, in the words of the model, and what that does to results.

Two models are compared as they are resolved: every default filled in, files and lines left out. What a change does is
judged on the safe side: whatever is not known to be wording, or to be optional, may change a result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal

from gscm.authoring.change_words import clause_text, figure, from_to, label_of
from gscm.errors import Where
from gscm.i18n import Text, listed
from gscm.model.flat import flat
from gscm.model.schema import version_numbers
from gscm.model.tree import Clause, Criterion, LevelName, Model, Node, Requires
from gscm.responses.migration import renamed

Effect = Literal["wording", "optional", "result"]
"""Least first: how it is said, and what it rests on; what may be there or not; what may give another level or score."""

Bump = Literal["patch", "minor", "major"]
_ASKS: dict[Effect, Bump] = {"wording": "patch", "optional": "minor", "result": "major"}
_BUMPS: tuple[Bump, ...] = ("major", "minor", "patch")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `node` is its id in the new model, in the old one where it is gone, None of the whole model.

    `what` names it for programs; `old` and `new` are plain JSON, None where there is nothing.
    """

    node: str | None
    what: str
    effect: Effect
    text: Text
    old: Any
    new: Any


def differences(old: Model, new: Model, ids: Mapping[str, str] | None = None) -> tuple[Change, ...]:
    """Every difference between two models, in the order of the tree; `ids` tells what is called otherwise now."""
    known = {was: now for was, now in {old.id: new.id, **(ids or {})}.items() if was != now and now not in old.nodes}
    before = with_ids(old, known)
    found = list(_of_the_whole(old, before, new))
    for id in tree_order(before, new):
        found += _of_node(before, new, id)
        was = next((was for was, now in known.items() if now == id != new.id and was in old.nodes), None)
        if was and id in new.nodes:
            found.append(_change(id, ("id",), "result", was, id))
    return tuple(found)


def asks_for(changes: Iterable[Change]) -> Bump | None:
    """Which number of the version has to rise: the first of it that any of the changes asks for."""
    asked = {_ASKS[change.effect] for change in changes}
    return next((bump for bump in _BUMPS if bump in asked), None)


def obeys(old: str, new: str, asked: Bump | None) -> bool:
    """Whether the second version is as far above the first as the changes ask."""
    before, after = version_numbers(old), version_numbers(new)
    if asked is None:
        return after >= before
    return after[: _BUMPS.index(asked) + 1] > before[: _BUMPS.index(asked) + 1]


def tree_order(old: Model, new: Model) -> list[str]:
    """The ids of both models in the order of the tree; what is gone follows what stood before it."""
    order = list(new.nodes)
    above = None
    for id in old.nodes:
        if id not in new.nodes:
            order.insert(order.index(above) + 1 if above in order else len(order), id)
        above = id
    return order


def with_ids(model: Model, ids: Mapping[str, str]) -> Model:
    """The model with other ids for its nodes and criteria."""

    def now(id: str) -> str:
        return renamed(id, ids)

    def clause(one: Clause) -> Clause:
        return replace(one, node=now(one.node)) if isinstance(one, Requires) else one

    def node(one: Node) -> Node:
        criteria = [replace(c, id=now(c.id), indicator=now(c.indicator)) for cs in one.criteria.values() for c in cs]
        return replace(
            one,
            id=now(one.id),
            parent=now(one.parent) if one.parent else None,
            children=tuple(map(now, one.children)),
            gates={level: tuple(map(clause, clauses)) for level, clauses in one.gates.items()},
            criteria={level: tuple(c for c in criteria if c.level == level) for level in one.criteria},
        )

    if not ids:
        return model
    return replace(model, id=now(model.id), nodes={now(id): node(one) for id, one in model.nodes.items()})


# ------------------------------------------------------------------------------------------------- value by value

_WORDING = (
    "title", "short", "about", "text", "reason", "notice", "subject", "status", "index", "code", "publisher",
    "meaning", "colour", "origin", "weight_origin", "locator", "basis", "note", "href", "year",
)  # fmt: skip
_OPTIONAL = ("evidence", "action", "aliases")
_EFFECTS: dict[str, Effect] = {**dict.fromkeys(_WORDING, "wording"), **dict.fromkeys(_OPTIONAL, "optional")}
"""What a difference does, by the first part of its place that stands here; anything else may change a result."""
_TABLES = ("kinds", "offices", "documents", "sources", "level_names")
_STRUCTURE = ("id", "indicator", "level", "levels", "parent", "children", "gates", "criteria", "nodes")
_LEFT_OUT = frozenset((*_STRUCTURE, "where", "folder", "number"))
_SKIPPED = {"version", *_TABLES}

_Path = tuple[Any, ...]
_Leaf = tuple[_Path, Any, Any]


def _leaves(old: Any, new: Any, path: _Path = ()) -> Iterator[_Leaf]:
    """Where two values of the tree differ: the place, and what stands there in each."""
    if is_dataclass(old) and type(old) is type(new) and not isinstance(old, Text):
        for name in (field.name for field in fields(old) if field.name not in _LEFT_OUT):
            yield from _leaves(getattr(old, name), getattr(new, name), (*path, name))
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from _leaves(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new) and old and is_dataclass(old[0]):
        for index, (one, other) in enumerate(zip(old, new, strict=True), 1):
            yield from _leaves(one, other, (*path, index))
    elif not isinstance(old, Where) and old != new:
        yield path, old, new


def _effect(path: _Path) -> Effect:
    return next((_EFFECTS[part] for part in path if part in _EFFECTS), "result")


def _change(
    node: str | None, path: _Path, effect: Effect, old: Any, new: Any, part: tuple[str, Text] | None = None
) -> Change:
    """A change from one value to another; `part` is what of the node it belongs to: its name, and how it is called."""
    what, label = ".".join(map(str, path)), label_of(path)
    if part is not None:
        name, called = part
        what, label = f"{name}.{what}", Text(f"{called.id}: {label.id}", f"{called.en}: {label.en}")
    return Change(node, what, effect, from_to(label, old, new), flat(old), flat(new))


# ------------------------------------------------------------------------------------------------ the whole model


def _of_the_whole(original: Model, old: Model, new: Model) -> Iterator[Change]:
    if original.id != new.id:
        yield _change(None, ("id",), "result", original.id, new.id)
    for path, before, after in _leaves(old, new):
        if path[0] not in _SKIPPED:
            yield _change(None, path, _effect(path), before, after)
    for table in _TABLES:
        for path, before, after in _leaves(getattr(old, table), getattr(new, table), (table,)):
            yield _change(None, path, _effect_in_table(old, new, path, before, after), before, after)


def _effect_in_table(old: Model, new: Model, path: _Path, before: Any, after: Any) -> Effect:
    """Answers may name a level or cite a source: whoever takes one away takes something from them."""
    table, key = path[0], path[1]
    if before is None and len(path) == 2:
        return "optional"
    if after is None and len(path) == 2:
        return "result" if table == "sources" else "optional"
    if table != "level_names":
        return "wording"
    if len(path) == 2:  # another number of levels
        return "result"
    names = _called(old.level_names[key][path[2] - 1]) - _called(new.level_names[key][path[2] - 1])
    return "result" if names and path[-1] in ("name", "aliases") else _EFFECTS.get(path[3], "wording")


def _called(level: LevelName) -> set[str]:
    """By what names answers may state a level."""
    return {name.casefold() for name in (level.name.id, level.name.en, *level.aliases)}


# ---------------------------------------------------------------------------------------------------- node by node


def _of_node(old: Model, new: Model, id: str) -> Iterator[Change]:
    before, after = old.nodes.get(id), new.nodes.get(id)
    if before is None or after is None:
        node, model, added = (after, new, True) if before is None else (before, old, False)
        assert node is not None
        text = _added(model, node) if added else _removed(model, node)
        yield Change(id, "added" if added else "removed", "result", text, None if added else id, id if added else None)
        return
    if before.parent != after.parent:
        yield _moved(old, new, before, after)
    for path, one, other in _leaves(before, after):
        of_model = after.parent is None and (getattr(old, path[0], None), getattr(new, path[0], None)) == (one, other)
        if not of_model:  # else it is told of the model as a whole
            yield _change(id, path, _effect(path), one, other)
    names, renamed_names = ([level.name for level in model.names(model.nodes[id])] for model in (old, new))
    if before.levels != after.levels and names != renamed_names:
        yield _change(id, ("level_names",), "result", tuple(names), tuple(renamed_names))
    yield from _of_gates(old, new, before, after)
    yield from _of_criteria(before, after)
    yield from _reordered(new, before, after)


def _reordered(new: Model, before: Node, after: Node) -> Iterator[Change]:
    staying = {*before.children} & {*after.children}
    one, other = ([child for child in node.children if child in staying] for node in (before, after))
    if one != other:
        titles = [tuple(new.nodes[child].title for child in children) for children in (one, other)]
        text = from_to(Text("urutan simpul di bawahnya", "order of the nodes below it"), *map(listed, titles))
        yield Change(after.id, "order", "wording", text, one, other)


def _added(model: Model, node: Node) -> Text:
    parent = model.nodes[str(node.parent)].title
    weight = figure(node.weight)
    return Text(
        f"baru di bawah {parent.id}, dengan bobot {weight.id}", f"new below {parent.en}, with a weight of {weight.en}"
    )


def _removed(model: Model, node: Node) -> Text:
    parent = model.nodes[str(node.parent)].title
    return Text(f"dihapus dari {parent.id}", f"removed from {parent.en}")


def _moved(old: Model, new: Model, before: Node, after: Node) -> Change:
    one, other = old.nodes[str(before.parent)].title, new.nodes[str(after.parent)].title
    text = Text(f"dipindahkan dari {one.id} ke {other.id}", f"moved from {one.en} to {other.en}")
    return Change(after.id, "moved", "result", text, before.parent, after.parent)


def _of_gates(old: Model, new: Model, before: Node, after: Node) -> Iterator[Change]:
    """Clauses that are gone, new or changed, by level; of those that stay, their reason and origin."""
    for level in sorted({*before.gates, *after.gates}):
        gone, come = list(before.gates.get(level, ())), list(after.gates.get(level, ()))
        if (level in before.gates) != (level in after.gates) and not gone + come:
            label, reached = Text(f"level {level} dapat dicapai", f"level {level} can be reached"), level in after.gates
            yield Change(after.id, "gate", "result", from_to(label, not reached, reached), not reached, reached)
        for one, other in _taken(gone, come, _rule):
            told = clause_text(new, after, other)
            of = Text(f"gerbang level {level} ({told.id})", f"gate of level {level} ({told.en})")
            for path, was, now in _leaves(one, other):
                yield _change(after.id, path, "wording", was, now, ("gate", of))
        for one, other in _taken(gone, come, _target):
            yield _of_clause(after.id, level, (old, one), (new, other))
        for one in gone:
            yield _of_clause(after.id, level, (old, one), (new, None))
        for other in come:
            yield _of_clause(after.id, level, (old, None), (new, other))


def _taken(gone: list[Clause], come: list[Clause], key: Callable[[Clause], Any]) -> list[tuple[Clause, Clause]]:
    """The pairs that agree in `key`, taken out of both lists."""
    pairs = []
    for one in tuple(gone):
        other = next((other for other in come if key(other) == key(one)), None)
        if other is not None:
            gone.remove(one)
            come.remove(other)
            pairs.append((one, other))
    return pairs


def _rule(clause: Clause) -> Any:
    """What a clause asks, without why."""
    told = ("reason", "origin", "where")
    return type(clause), tuple(getattr(clause, f.name) for f in fields(clause) if f.name not in told)


def _target(clause: Clause) -> Any:
    """What a clause speaks of: clauses that agree in it are one clause, changed."""
    return type(clause), clause.node if isinstance(clause, Requires) else None


def _of_clause(node: str, level: int, old: tuple[Model, Clause | None], new: tuple[Model, Clause | None]) -> Change:
    one, other = (clause_text(model, model.nodes[node], clause) if clause else None for model, clause in (old, new))
    requires = isinstance(old[1] or new[1], Requires)
    gate = Text(f"gerbang level {level}", f"gate of level {level}")
    label = Text(f"syarat level {level}", f"requirement of level {level}") if requires else gate
    told = [None if clause is None else flat(clause) for _, clause in (old, new)]
    return Change(node, "requires" if requires else "gate", "result", from_to(label, one, other), *told)


# -------------------------------------------------------------------------------------------- criterion by criterion

_Pair = tuple[Criterion | None, Criterion | None]


def _of_criteria(before: Node, after: Node) -> Iterator[Change]:
    old = [criterion for criteria in before.criteria.values() for criterion in criteria]
    new = [criterion for criteria in after.criteria.values() for criterion in criteria]
    for one, other in sorted(_paired(old, new), key=_place):
        if one is None or other is None:
            yield _came_or_went(after.id, one, other)
            continue
        if (one.id, one.level) != (other.id, other.level):
            yield _criterion_moved(after.id, one, other)
        for path, was, now in _leaves(one, other):
            yield _change(after.id, path, _effect(path), was, now, ("criterion", _called_criterion(other)))


def _paired(old: list[Criterion], new: list[Criterion]) -> Iterator[_Pair]:
    """What belongs together: first the same words under the same id, then the same words, then the same id."""
    for belongs in (_unchanged, _same_words, _same_id):
        for one in tuple(old):
            other = next((other for other in new if belongs(one, other)), None)
            if other is not None:
                old.remove(one)
                new.remove(other)
                yield one, other
    yield from ((one, None) for one in old)
    yield from ((None, other) for other in new)


def _same_id(one: Criterion, other: Criterion) -> bool:
    return one.id == other.id


def _unchanged(one: Criterion, other: Criterion) -> bool:
    return _same_id(one, other) and _same_words(one, other)


def _same_words(one: Criterion, other: Criterion) -> bool:
    return one.text.id == other.text.id or one.text.en == other.text.en


def _place(pair: _Pair) -> tuple[int, str]:
    criterion = pair[1] or pair[0]
    assert criterion is not None
    return criterion.level, criterion.id


def _called_criterion(criterion: Criterion) -> Text:
    return Text(f"kriteria {criterion.id}", f"criterion {criterion.id}")


def _came_or_went(node: str, one: Criterion | None, other: Criterion | None) -> Change:
    criterion = other or one
    assert criterion is not None
    words = Text("baru", "new") if other else Text("dihapus", "removed")
    label, text = _called_criterion(criterion), criterion.text
    told = Text(f"{label.id} {words.id}: “{text.id}”", f"{label.en} {words.en}: “{text.en}”")
    what = "criterion.added" if other else "criterion.removed"
    return Change(node, what, "result", told, one and one.id, other and other.id)


def _criterion_moved(node: str, one: Criterion, other: Criterion) -> Change:
    text = Text(
        f"kriteria {one.id} kini bernomor {other.id}: “{other.text.id}”",
        f"criterion {one.id} is numbered {other.id} now: “{other.text.en}”",
    )
    if one.level != other.level:
        text = Text(
            f"kriteria {one.id} dipindahkan dari level {one.level} ke {other.level} ({other.id}): “{other.text.id}”",
            f"criterion {one.id} moved from level {one.level} to {other.level} ({other.id}): “{other.text.en}”",
        )
    return Change(node, "criterion.moved", "result", text, one.id, other.id)
