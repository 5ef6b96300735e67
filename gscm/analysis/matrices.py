"""Votes as arrays: who gave which fact which value, for statistics to work on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gscm.i18n import Text
from gscm.model.facts import MET, Fact, facts_of
from gscm.model.tree import Model
from gscm.responses.answers import Answer
from gscm.responses.merge import Rule, merged
from gscm.responses.votes import Person, Votes, is_whole, worth
from gscm.statistics.krippendorff_alpha import Measurement
from gscm.statistics.matrix import Array

Group = Literal["criteria", "levels", "scores", "figures"]
GROUPS: Mapping[Group, Text] = {
    "criteria": Text("kriteria", "criteria"),
    "levels": Text("level", "levels"),
    "scores": Text("nilai", "scores"),
    "figures": Text("angka", "figures"),
}
MEASURED: Mapping[Group, tuple[Measurement, ...]] = {
    "criteria": ("nominal",),
    "levels": ("ordinal", "nominal", "interval"),
    "scores": ("interval", "ordinal", "nominal"),
    "figures": ("interval", "ordinal"),
}
"""How the distance of two answers may be measured, by what is asked; conclusions rest on the first."""
_KIND: Mapping[str, Group] = {
    "criterion": "criteria",
    "level": "levels",
    "quantity": "figures",
    "score": "scores",
}


@dataclass(frozen=True, slots=True, eq=False)
class Ballots:
    """What people said, as numbers: `values` of shape (people, facts), nan where somebody gave no value."""

    model: Model
    people: tuple[Person, ...]
    facts: tuple[Fact, ...]
    values: Array

    @property
    def offices(self) -> tuple[str, ...]:
        """The office of each person."""
        return tuple(person.office for person in self.people)

    def only(self, facts: Iterable[str]) -> Ballots:
        """The ballots on these facts."""
        wanted = frozenset(facts)
        columns = [column for column, fact in enumerate(self.facts) if fact.id in wanted]
        return Ballots(self.model, self.people, tuple(self.facts[c] for c in columns), self.values[:, columns])

    def of(self, group: Group) -> Ballots:
        """The ballots on facts of this group."""
        return self.only(fact.id for fact in self.facts if group_of(fact) == group)

    def judged(self) -> Ballots:
        """The ballots on what people judge: all but figures, of which one is true whoever tells it."""
        return self.only(fact.id for fact in self.facts if group_of(fact) != "figures")


def group_of(fact: Fact) -> Group:
    return _KIND[fact.kind]


def number(fact: Fact, answer: Answer) -> float:
    """An answer as a number; nan where it gives no value.

    A criterion is 1 where it is met and 0 where not, a level or score its number; a figure lies between 0, the worst
    that its fact knows, and 1, the best. An answer that is withheld counts as the worst, as in every merge.
    """
    if answer.status not in ("given", "withheld"):
        return float("nan")
    value = worth(fact, answer)
    if fact.kind == "criterion":
        return float(value >= MET)
    if fact.kind in ("level", "score"):
        return float(value)
    return float((value - fact.worst) / (fact.best - fact.worst))


def ballots_of(votes: Votes) -> Ballots:
    """The ballots of all people on the facts of which anybody gave a value, in the order of the model."""
    facts = facts_of(votes.model)
    place = {id: column for column, id in enumerate(facts)}
    values = np.full((len(votes.people), len(facts)), np.nan)
    for row, person in enumerate(votes.people):
        for id, answer in person.answers.items():
            if id in place:
                values[row, place[id]] = number(facts[id], answer)
    given = ~np.isnan(values).all(axis=0) if len(values) else np.zeros(len(facts), bool)
    kept = tuple(fact for fact, known in zip(facts.values(), given, strict=True) if known)
    return Ballots(votes.model, votes.people, kept, values[:, given])


def within_offices(ballots: Ballots) -> Array:
    """The same values with each fact of each office as a unit of its own, shape (raters, offices × facts)."""
    members: dict[str, list[int]] = {}
    for row, office in enumerate(ballots.offices):
        members.setdefault(office, []).append(row)
    most = max((len(rows) for rows in members.values()), default=0)
    blocks = [_padded(ballots.values[rows], most) for rows in members.values()]
    return np.hstack(blocks) if blocks else np.empty((0, 0))


def _padded(block: Array, rows: int) -> Array:
    return np.vstack([block, np.full((rows - len(block), block.shape[1]), np.nan)])


def complete_block(values: Array) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Rows and columns of a large part without a missing value.

    Rows are taken in by how much they know, the fullest first; of the parts that come about so, the one with the most
    values is chosen, with two rows and two columns at least where there is one.
    """
    known = ~np.isnan(values)
    order = np.argsort(-known.sum(axis=1), kind="stable")
    common = np.logical_and.accumulate(known[order], axis=0)
    columns = common.sum(axis=1)
    rows = np.arange(1, len(order) + 1)
    sizes = np.where((rows >= 2) & (columns >= 2), rows * columns, 0)
    if not sizes.size or not sizes.max():
        return (), ()
    best = int(sizes.argmax())
    chosen = sorted(int(row) for row in order[: best + 1])
    return tuple(chosen), tuple(int(column) for column in np.flatnonzero(common[best]))


def merged_by_office(votes: Votes, rule: Rule) -> tuple[tuple[str, ...], tuple[Fact, ...], Array]:
    """Offices, facts, and what each office says as a number, shape (offices, facts): its decisions, else its people."""
    facts = facts_of(votes.model)
    said: dict[str, dict[str, list[Answer]]] = {office: {} for office in votes.offices}
    for person in votes.people:
        for id, answer in person.answers.items():
            if id in facts:
                said[person.office].setdefault(id, []).append(answer)
    values = np.full((len(said), len(facts)), np.nan)
    for row, (office, answers) in enumerate(said.items()):
        decided = votes.decided.get(office, {})
        for column, (id, fact) in enumerate(facts.items()):
            if id in decided:
                one: Answer | None = decided[id].answer
            else:
                one = merged(fact, answers.get(id, ()), rule, whole=is_whole(votes.model, fact))
            if one is not None:
                values[row, column] = number(fact, one)
    given = ~np.isnan(values).all(axis=0) if len(values) else np.zeros(len(facts), bool)
    return tuple(said), tuple(f for f, known in zip(facts.values(), given, strict=True) if known), values[:, given]


def domain_of(model: Model, node: str) -> str:
    """The part of the model right below its root in which a node stands; of the root, itself."""
    line = [node, *(above.id for above in model.above(node))]
    return line[-2] if len(line) > 1 else node


def by_domain(model: Model, facts: Sequence[Fact]) -> dict[str, list[str]]:
    """The facts by the domain in which they stand."""
    found: dict[str, list[str]] = {}
    for fact in facts:
        found.setdefault(domain_of(model, fact.node), []).append(fact.id)
    return found


def by_node(facts: Sequence[Fact]) -> dict[str, list[str]]:
    """The facts by the node that they are facts of: an indicator, in most models."""
    found: dict[str, list[str]] = {}
    for fact in facts:
        found.setdefault(fact.node, []).append(fact.id)
    return found
