"""What the changes of a model do to answers that are there: where it places otherwise, and which change that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gscm.authoring.carrying import Migrated, carried
from gscm.authoring.difference import Change, with_ids
from gscm.model.tree import Model, Requires
from gscm.placement.place import Placement, Result, place, score_text
from gscm.responses.answers import Answers
from gscm.responses.load import bind
from gscm.responses.migration import Migration, renamed
from gscm.yamlfile import Document


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a node stands: its levels and its printed scores, each from low to high; () where it has none."""

    levels: tuple[int, ...]
    scores: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A node that stands elsewhere in the new version. `node` is its id there; `causes` lie at it, below, or behind."""

    node: str
    old: Standing
    new: Standing
    causes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Consequence:
    """One file of answers under both versions."""

    answers: Answers
    migrated: Migrated
    shifts: tuple[Shift, ...]


def consequence(
    document: Document,
    models: tuple[Model, Model],
    chain: tuple[Migration, ...],
    changes: tuple[Change, ...],
    ids: Mapping[str, str],
) -> Consequence:
    """What becomes of answers to the first model under the second, to which the migrations lead.

    `ids` tells what is called otherwise there. Raises FaultsFound where the answers do not fit the first model.
    """
    old, new = models
    beside = Path(document.file).parent
    answers = bind(document, old, beside)
    migrated = carried(document, new, chain, old.version, new.version)
    after = bind(Document(document.file, migrated.data), new, beside)
    return Consequence(answers, migrated, shifts(place(answers), place(after), changes, ids))


def shifts(before: Result, after: Result, changes: tuple[Change, ...], ids: Mapping[str, str]) -> tuple[Shift, ...]:
    """The nodes of both results whose level or printed score differs, in the order of the tree."""
    then = {renamed(id, ids): standing(before, placement) for id, placement in before.nodes.items()}
    now = {id: standing(after, placement) for id, placement in after.nodes.items()}
    old = with_ids(before.model, ids)
    return tuple(
        Shift(id, then[id], here, causes(id, old, after.model, changes))
        for id, here in now.items()
        if id in then and then[id] != here
    )


def standing(result: Result, placement: Placement) -> Standing:
    """Where a placement stands, as it is printed."""
    levels = [level for level in (placement.low, placement.high) if level is not None]
    scores = [score_text(result, score) for score in (placement.score_low, placement.score_high)]
    return Standing(tuple(levels), tuple(score for score in scores if score is not None))


_OF_ITS_PARENT = frozenset(("weight", "moved", "id"))
"""Changes of a node that do nothing to itself, only to what stands above."""


def causes(id: str, old: Model, new: Model, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes that may have moved a node: of the whole model, at it, below it, or at what it requires."""
    reach = _reach(old, id) | _reach(new, id)
    return tuple(
        change
        for change in changes
        if change.effect == "result"
        and (change.node is None or change.node in reach)
        and not (change.node == id and change.what in _OF_ITS_PARENT)
    )


def _reach(model: Model, id: str) -> set[str]:
    """The node, and everything that its level or score may depend on."""
    found: set[str] = set()
    waiting = [id]
    while waiting:
        here = waiting.pop()
        if here in found or here not in model.nodes:
            continue
        found.add(here)
        node = model.nodes[here]
        waiting += node.children
        waiting += [
            clause.node for clauses in node.gates.values() for clause in clauses if isinstance(clause, Requires)
        ]
    return found
