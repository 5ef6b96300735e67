"""A roadmap as a value: the plan and its reasons, where every node stands each year, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from gscm.model.graph import Pair
from gscm.placement.place import Result
from gscm.roadmap.actions import Action, Band
from gscm.roadmap.documents import Period
from gscm.roadmap.nomenclature import Nomenclature, shipped
from gscm.roadmap.request import Request
from gscm.roadmap.schedule import Aim, Stage


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One action of the plan, from the year of its `start` to the `end` of another.

    `lifts` are the levels of its own indicators that it works on. `frees` are all pairs that stand only thanks to it,
    by the year from which they do so, what others stand on first. `serves` are the actions that need it. `open` are
    the facts it fulfils that nobody has answered yet; `quick`: done within a year, with nothing unmet before it.
    """

    action: Action
    start: int
    end: int
    fixed: bool
    quick: bool
    lifts: tuple[Pair, ...]
    frees: tuple[Pair, ...]
    serves: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What some actions cost together: rupiah by year, and how many there are, also by band where that is all known."""

    name: str | None
    by_year: Mapping[int, int]
    actions: int
    bands: Mapping[Band, int]

    @property
    def total(self) -> int:
        return sum(self.by_year.values())


Known = Literal["no", "unknown"]
"""That something does not help, proven; or that the time was up before that was known."""


@dataclass(frozen=True, slots=True)
class Instead:
    """The best plan with an action that the plan lacks, beside the plan.

    `more` says what it costs more, by aim (see `Stage`; for the level and the value, what it brings less; all 0 where
    it is as good); `dropped` are the actions that it does without, `levels` those of the nodes that end elsewhere.
    """

    more: Mapping[Aim, int]
    dropped: tuple[str, ...]
    levels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An action that is nearly chosen, and why it waits.

    `why`: "excluded" by hand; no "time" for it before the end (`missing` are years it would be late); no "money" left
    in `year`, where `lacking` rupiah are missing; no "capacity" of its office in `year`, which carries `lacking`
    actions already; it "needs" what is not in the plan (`missing`, and the pairs of `levels`); or nothing keeps it out
    but that the plan would be "dearer".

    `instead` is what the best plan with it would be, where that was worked out.
    """

    action: Action
    why: Literal["excluded", "time", "money", "capacity", "needs", "dearer"]
    year: int | None = None
    lacking: int = 0
    missing: tuple[str, ...] = ()
    levels: tuple[Pair, ...] = ()
    instead: Instead | Known = "unknown"


@dataclass(frozen=True, slots=True)
class Variant:
    """The best plan with a share of the money, in percent, beside the plan.

    The money is the budget of every year, or, where there is none, the cost of the plan over all years together
    (`ceiling`, in rupiah). `wanted`: the "same" as of the plan; or, where the targets are out of reach, what comes
    "nearest" to them; or the "most" level that the money buys, the targets reached. That is told for the same money
    first (100), and more money is compared with it instead of with the plan.

    `known`: "found"; "none": proven that there is no plan; "unknown": not proven best in time, and so not told, but for
    the `level` of the whole at the end where at least that is proven. `levels` are those of the nodes that end
    elsewhere: what they are there; `before`: what they are in what it is compared with. `moved` are pairs that hold
    at the end of both, but from another year on: the pair, that year, and the one in what it is compared with.
    """

    percent: int
    ceiling: int | None
    wanted: Literal["same", "nearest", "most"]
    known: Literal["found", "none", "unknown"]
    starts: Mapping[str, int] | None = None
    cost: int = 0
    cost_before: int = 0
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    levels: Mapping[str, int] = field(default_factory=dict)
    before: Mapping[str, int] = field(default_factory=dict)
    moved: tuple[tuple[Pair, int, int], ...] = ()
    level: int | None = None

    @property
    def reaches(self) -> bool:
        """Whether the targets are reached."""
        return self.known == "found" and self.wanted != "nearest"


@dataclass(frozen=True, slots=True)
class Mixed:
    """What the plan rests on where actions have rupiah in part only: bands come before rupiah in it.

    `other` is what the best plan costs where rupiah come first; None: not worked out in time. `unpriced` are the
    actions without rupiah in the plan or in that one.
    """

    other: Tally | None
    unpriced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain order beside the plan: its own plan, whether it gets there, and what more it takes.

    `more` counts by aim (see `Stage`): rupiah, actions, actions of a band; for the level and the value, what less.
    """

    starts: Mapping[str, int]
    reaches: bool
    cost: int
    more: Mapping[Aim, int]


@dataclass(frozen=True, slots=True)
class Clearing:
    """An open answer to settle first: were it yes, `action` would not be needed (`alone`), or would be less."""

    fact: str
    action: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Hopeful:
    """The plan if every open answer turned out at its best: how many actions remain, and their rupiah."""

    actions: int
    cost: int
    proven: bool


@dataclass(frozen=True, slots=True, eq=False)
class Roadmap:
    """A plan that holds, replayed year by year through the placement engine.

    `scheduled` is in the order of years. `levels` gives for every node with levels where it stands today and at the
    end of each year. `unpriced` are actions left out since a budget in rupiah cannot weigh them. `stopped`: somebody
    ended the search before its time. `rpjmd` are the years of the RPJMD, where they are known. `mixed`: where only some
    actions have rupiah.
    """

    result: Result
    request: Request
    actions: Mapping[str, Action]
    scheduled: tuple[Scheduled, ...]
    levels: Mapping[str, tuple[int, ...]]
    stages: tuple[Stage, ...]
    total: Tally
    by_office: tuple[Tally, ...]
    by_fund: tuple[Tally, ...]
    waiting: tuple[Waiting, ...]
    variants: tuple[Variant, ...]
    plain: Plain
    clearing: tuple[Clearing, ...]
    hopeful: Hopeful | None
    unpriced: tuple[str, ...]
    stopped: bool = False
    nomenclature: Nomenclature = field(default_factory=shipped)
    rpjmd: Period | None = None
    mixed: Mixed | None = None

    @property
    def proven(self) -> bool:
        """Whether no plan is better, and this is the only answer."""
        return all(stage.proven for stage in self.stages)

    @property
    def starts(self) -> Mapping[str, int]:
        return {one.action.id: one.start for one in self.scheduled}

    @property
    def quick_wins(self) -> tuple[Scheduled, ...]:
        return tuple(one for one in self.scheduled if one.quick)

    @property
    def priced(self) -> bool:
        """Whether every action of the plan has rupiah."""
        return all(one.action.costs is not None for one in self.scheduled)


@dataclass(frozen=True, slots=True)
class Clash:
    """Choices by hand (`actions`) that cannot hold together, and what would let them.

    `extra` and `hands` are the least money and hands as in `NoPlan`. `allow` are the excluded actions that would have
    to be allowed. `earliest` is, for each that is put too early, the first year for which it could be ready; None:
    none before the end.
    """

    actions: tuple[str, ...]
    extra: Mapping[int, int] | Known
    hands: Mapping[str, int] | Known
    allow: tuple[str, ...]
    earliest: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Together:
    """What would do only together: the `last` year (None: as it is), more `hands`, `extra` rupiah.

    Each is the least with those named before it; `undated`: provided the targets no longer name a year of their own.
    """

    last: int | None
    hands: Mapping[str, int]
    extra: Mapping[int, int]
    undated: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class NoPlan:
    """Why there is no plan, proven, and the least that would do.

    `why`: "never": these `facts` block the targets and no action fulfils them; "fixed": choices by hand cannot hold
    together (`clashes`); "limits": there is too little money or time, or there are too few hands; "excluded": the
    targets are out of reach only since these actions are `excluded`; "unknown": none was found in the time given,
    which proves nothing.

    Under "limits", each as far as it is `Known`: `extra` are the fewest rupiah that the budgets lack (one way to spread
    them over the years), and `extra_bound` what is lacking at the least, as much where that is proven; `hands` by how
    many actions at once which offices would have to carry more every year, as few as can be together; `last` the first
    year by which the same yearly means would do. Where more years do not help since a target names its own year, `due`
    is the first year that would do for it; "unknown": a later one may do, but which was not worked out; "no": none.
    Where none of these helps alone, `together` says what does. `let_go` are choices by hand, fixed or excluded, without
    which the targets were reached within the same limits.
    """

    result: Result
    request: Request
    why: Literal["never", "fixed", "limits", "excluded", "unknown"]
    facts: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    excluded: tuple[str, ...] = ()
    extra: Mapping[int, int] | Known = "unknown"
    extra_bound: int = 0
    hands: Mapping[str, int] | Known = "unknown"
    last: int | Known = "unknown"
    due: int | Known = "no"
    let_go: tuple[str, ...] = ()
    together: tuple[Together, ...] = ()

    @property
    def fixed(self) -> tuple[str, ...]:
        """All choices by hand that clash."""
        return tuple(sorted(id for clash in self.clashes for id in clash.actions))
