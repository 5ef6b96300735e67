"""The regencies and cities of a province, rolled up beside its own result and never mixed into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gscm.i18n import Text
from gscm.model.arithmetic import rounded
from gscm.model.tree import LevelName, top_level
from gscm.placement.place import place
from gscm.responses.answers import Answers, Region


@dataclass(frozen=True, slots=True)
class Member:
    """Where one regency or city stands: the interval of its level; from 1 to the highest where nothing is known."""

    id: str
    name: str
    weight: Fraction
    low: int
    high: int
    known: bool
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RollUp:
    """`distribution` counts the members whose level is certain, by level; `undecided` those whose level is not.

    `mean_low` and `mean_high` are the weighted means of the levels (a level is a rank: the mean describes the
    region and places nothing).
    """

    names: tuple[LevelName, ...]
    weighted_by: Text | None
    members: tuple[Member, ...]
    distribution: Mapping[int, int]
    undecided: int
    mean_low: Fraction
    mean_high: Fraction


def roll_up(answers: Answers) -> RollUp | None:
    """The roll-up of the regions that the answers tell of; None where they tell of none."""
    regions = answers.regions
    if regions is None:
        return None
    root = regions.model.root
    members = tuple(_member(region, top_level(regions.model, root)) for region in regions.members)
    certain = [member.low for member in members if member.low == member.high]
    levels = range(1, top_level(regions.model, root) + 1)
    return RollUp(
        names=regions.model.names(root),
        weighted_by=regions.weighted_by,
        members=members,
        distribution={level: certain.count(level) for level in levels},
        undecided=len(members) - len(certain),
        mean_low=_mean([(member.weight, member.low) for member in members]),
        mean_high=_mean([(member.weight, member.high) for member in members]),
    )


def mean_level(regions: RollUp) -> Text:
    """The mean level with two decimals, or what it lies between."""
    low, high = (f"{float(rounded(mean, 2, 'half-up')):.2f}" for mean in (regions.mean_low, regions.mean_high))
    shown = low if low == high else f"{low}–{high}"
    return Text(shown.replace(".", ","), shown)


def _member(region: Region, top: int) -> Member:
    low, high = 1, top
    if region.level is not None:
        low = high = region.level
    elif region.answers is not None:
        whole = place(region.answers).overall
        low, high = whole.low or 1, whole.high or top
    known = region.level is not None or region.answers is not None
    return Member(region.id, region.name, region.weight, low, high, known, region.source)


def _mean(weighted: list[tuple[Fraction, int]]) -> Fraction:
    return sum((w * level for w, level in weighted), Fraction()) / sum((w for w, _ in weighted), Fraction())
