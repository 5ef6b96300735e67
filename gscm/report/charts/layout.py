"""Places the boxes of a graph in columns, the root on the right, so that lines cross little; alike on every run.

Sugiyama's method: columns by the longest way to the root, standing-in points where a line passes a
column, order within a column by the mean place of neighbours, heights by pulling towards them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Edge = tuple[str, str]
Slot = tuple[str, ...]
"""A box (one name) or the point where the line of an edge passes a column (lower, upper, column)."""

_SWEEPS = 8
_GAP = 11.0


@dataclass(frozen=True, slots=True)
class Placed:
    """`column` counts from the root; `middle` is the height of every box and passing point in the middle."""

    column: Mapping[str, int]
    middle: Mapping[Slot, float]
    height: float

    def way(self, edge: Edge) -> list[tuple[int, float]]:
        """The columns and heights that a line runs through, from the lower box to the upper."""
        lower, upper = edge
        between = range(self.column[lower] - 1, self.column[upper], -1)
        return [
            (self.column[lower], self.middle[(lower,)]),
            *((column, self.middle[(lower, upper, str(column))]) for column in between),
            (self.column[upper], self.middle[(upper,)]),
        ]


def layout(heights: Mapping[str, float], edges: Sequence[Edge]) -> Placed:
    """Where the boxes of these heights go; edges run from lower to upper and must not run in circles."""
    column = _columns(tuple(heights), edges)
    stacks: list[list[Slot]] = [[] for _ in range(max(column.values(), default=0) + 1)]
    for name in heights:
        stacks[column[name]].append((name,))
    links: dict[Slot, list[Slot]] = {slot: [] for stack in stacks for slot in stack}
    for lower, upper in edges:
        _link(stacks, links, column, lower, upper)
    for sweep in range(_SWEEPS):
        _sort(stacks, links, outwards=sweep % 2 == 0)
    size = {slot: heights[slot[0]] if len(slot) == 1 else 8.0 for stack in stacks for slot in stack}
    middle = _heights(stacks, links, size)
    least = min((middle[slot] - size[slot] / 2 for slot in middle), default=0.0)
    most = max((middle[slot] + size[slot] / 2 for slot in middle), default=0.0)
    return Placed(column, {slot: at - least for slot, at in middle.items()}, most - least)


def forward(names: Iterable[str], edges: Sequence[Edge]) -> list[Edge]:
    """The edges without those that close a circle, the first found kept."""
    uppers: dict[str, list[str]] = {name: [] for name in names}
    kept = []
    for lower, upper in dict.fromkeys(edges):
        if lower != upper and not _reaches(uppers, upper, lower):
            uppers[lower].append(upper)
            kept.append((lower, upper))
    return kept


def _reaches(uppers: Mapping[str, list[str]], start: str, goal: str) -> bool:
    seen, stack = set(), [start]
    while stack:
        name = stack.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            stack.extend(uppers[name])
    return False


def _columns(names: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    uppers: dict[str, list[str]] = {name: [] for name in names}
    for lower, upper in edges:
        uppers[lower].append(upper)
    column: dict[str, int] = {}

    def far(name: str) -> int:
        if name not in column:
            column[name] = 1 + max((far(upper) for upper in uppers[name]), default=-1)
        return column[name]

    for name in names:
        far(name)
    return column


def _link(
    stacks: list[list[Slot]], links: dict[Slot, list[Slot]], column: Mapping[str, int], lower: str, upper: str
) -> None:
    before: Slot = (lower,)
    for at in range(column[lower] - 1, column[upper], -1):
        slot: Slot = (lower, upper, str(at))
        stacks[at].append(slot)
        links[slot] = []
        links[before].append(slot)
        links[slot].append(before)
        before = slot
    links[before].append((upper,))
    links[(upper,)].append(before)


def _sort(stacks: list[list[Slot]], links: Mapping[Slot, list[Slot]], outwards: bool) -> None:
    """Every column by the mean place of its neighbours in the column just sorted."""
    indices = range(1, len(stacks)) if outwards else range(len(stacks) - 2, -1, -1)
    for index in indices:
        beside = stacks[index - 1 if outwards else index + 1]
        place = {slot: at for at, slot in enumerate(beside)}
        now = {slot: at for at, slot in enumerate(stacks[index])}

        def mean(slot: Slot, place: dict[Slot, int] = place, now: dict[Slot, int] = now) -> float:
            found = [place[other] for other in links[slot] if other in place]
            return sum(found) / len(found) if found else float(now[slot])

        stacks[index].sort(key=lambda slot: (mean(slot), now[slot]))


def _heights(
    stacks: list[list[Slot]], links: Mapping[Slot, list[Slot]], size: Mapping[Slot, float]
) -> dict[Slot, float]:
    middle: dict[Slot, float] = {}
    for stack in stacks:
        at = 0.0
        for slot in stack:
            middle[slot] = at + size[slot] / 2
            at += size[slot] + _GAP
    for turn in range(12):
        order = stacks if turn % 2 else stacks[::-1]
        for stack in order:
            wanted = {
                slot: sum(middle[other] for other in links[slot]) / len(links[slot]) if links[slot] else middle[slot]
                for slot in stack
            }
            _settle(stack, wanted, size, middle)
    return middle


def _settle(
    stack: Sequence[Slot], wanted: Mapping[Slot, float], size: Mapping[Slot, float], middle: dict[Slot, float]
) -> None:
    """Puts the slots of a column as near to where they want to be as their order and sizes allow."""
    blocks: list[tuple[list[Slot], float]] = []
    for slot in stack:
        blocks.append(([slot], wanted[slot] - size[slot] / 2))
        while len(blocks) > 1 and blocks[-2][1] + _length(blocks[-2][0], size) + _GAP > blocks[-1][1]:
            (above, top), (below, start) = blocks[-2], blocks[-1]
            shift = _length(above, size) + _GAP
            joined = (top * len(above) + (start - shift) * len(below)) / (len(above) + len(below))
            blocks[-2:] = [(above + below, joined)]
    for slots, top in blocks:
        at = top
        for slot in slots:
            middle[slot] = at + size[slot] / 2
            at += size[slot] + _GAP


def _length(slots: Sequence[Slot], size: Mapping[Slot, float]) -> float:
    return sum(size[slot] for slot in slots) + _GAP * (len(slots) - 1)
