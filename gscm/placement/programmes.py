"""Programmes as the rows of open nodes: how much is realised, by node and by office, and what is stuck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from gscm.model.arithmetic import rounded
from gscm.model.tree import Node
from gscm.placement.place import Result
from gscm.responses.answers import Row


@dataclass(frozen=True, slots=True)
class Programme:
    """One row with what it comes to. `share` is the share of its own way that is gone, None where not reported."""

    node: Node
    row: Row
    share: Fraction | None

    @property
    def done(self) -> bool:
        return self.share == 1

    @property
    def stuck(self) -> bool:
        """Short of its target, and either an obstacle is told or nothing is reported."""
        return not self.done and (self.row.obstacle is not None or self.share is None)


@dataclass(frozen=True, slots=True)
class Realisation:
    """Programmes counted together. `low` and `high` are the mean shares realised: what is not reported is open."""

    name: str
    count: int
    done: int
    unreported: int
    low: Fraction
    high: Fraction

    @property
    def done_share(self) -> Fraction:
        """The share of the programmes that have reached their target."""
        return Fraction(self.done, self.count) if self.count else Fraction()


def programmes(result: Result) -> tuple[Programme, ...]:
    """The rows of the assessment's open nodes that apply and have a measured figure, in the order of the tree.

    Rows that are answered by a level or a score (a sector, an indicator of a city's own) are no programmes.
    """
    nodes, scale = result.model.nodes, result.model.scale
    found = []
    for id, row in result.answers.rows.items():
        placement = result.nodes[id]
        if placement.applies and placement.assessed and nodes[id].answer == "quantity":
            score = placement.score
            share = None if score is None else (score - scale.min) / (scale.max - scale.min)
            found.append(Programme(nodes[id], row, share))
    return tuple(found)


def left_out(result: Result) -> int:
    """How many programmes do not apply, and so count nowhere."""
    nodes = result.model.nodes
    return sum(not result.nodes[id].applies and nodes[id].answer == "quantity" for id in result.answers.rows)


def by_office(listed: Iterable[Programme]) -> tuple[Realisation, ...]:
    """The programmes of each office together, in the order in which the offices first appear; "" names none.

    An office goes by the name under which it first appears, whatever its capitals and spaces later on.
    """
    offices: dict[str, list[Programme]] = {}
    for programme in listed:
        offices.setdefault(" ".join((programme.row.office or "").split()).casefold(), []).append(programme)
    return tuple(realised(of_office[0].row.office or "", of_office) for of_office in offices.values())


def evaluations(listed: Iterable[Programme]) -> Mapping[str, int]:
    """How many programmes were reported at each stage of evaluation, in the order in which the stages appear."""
    return Counter(programme.row.evaluation for programme in listed if programme.row.evaluation)


def percents(share: Fraction) -> str:
    """A share as whole percents, ties upwards; short of everything is never 100%, and something never 0%."""
    whole = int(rounded(share * 100, 0, "half-up"))
    if whole == 0 and share > 0:
        return "<1%"
    return f"{99 if whole == 100 and share < 1 else whole}%"


def weighed_otherwise(result: Result, listed: tuple[Programme, ...]) -> bool:
    """Whether the score of a part differs from the mean of its programmes, since the model weighs its own parts."""
    scale = result.model.scale
    for node in result.model.nodes.values():
        placement, inside = result.nodes[node.id], {below.id for below in result.model.below(node.id)}
        here = tuple(one for one in listed if one.node.id in inside)
        if here and placement.score_low is not None and node.children:
            share = (placement.score_low - scale.min) / (scale.max - scale.min)
            if share != realised("", here).low:
                return True
    return False


def realised(name: str, listed: Iterable[Programme]) -> Realisation:
    """Some programmes together; each weighs as its row says."""
    rows = tuple(listed)
    weight = sum((row.node.weight for row in rows), Fraction())
    low = sum((row.node.weight * (row.share or 0) for row in rows), Fraction())
    open_weight = sum((row.node.weight for row in rows if row.share is None), Fraction())
    return Realisation(
        name=name,
        count=len(rows),
        done=sum(row.done for row in rows),
        unreported=sum(row.share is None for row in rows),
        low=low / weight if weight else Fraction(),
        high=(low + open_weight) / weight if weight else Fraction(),
    )
