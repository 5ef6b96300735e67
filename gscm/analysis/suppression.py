"""Small groups of people are not shown, nor can they be worked out from the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """Counts of groups of people as they may be shown: None for what is left out, the total as well if it tells."""

    counts: Mapping[str, int | None]
    total: int | None


def suppressed(counts: Mapping[str, int], least: int = 5) -> Shown:
    """The counts without those of groups smaller than `least`, so that none can be worked out from the others.

    A count of 0 is of nobody, and stays. What is left out is never alone, nor fewer than `least` together: as long as
    it is, the smallest of the other groups is left out with it; where there is none left, the total is left out.
    """
    hidden = {name for name, count in counts.items() if 0 < count < least}
    others = sorted((count, name) for name, count in counts.items() if count >= least)

    def tells() -> bool:
        return bool(hidden) and (len(hidden) == 1 or sum(counts[name] for name in hidden) < least)

    while tells() and others:
        hidden.add(others.pop(0)[1])
    return Shown(
        {name: None if name in hidden else count for name, count in counts.items()},
        None if tells() else sum(counts.values()),
    )
