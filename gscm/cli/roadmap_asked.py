"""What `gscm roadmap` is asked for, read from its options; everything that cannot be read is told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from gscm.errors import BadUse, Issue
from gscm.i18n import Text

if TYPE_CHECKING:
    from gscm.placement.place import Result
    from gscm.roadmap.request import Capacity, Goal, Request

Read = TypeVar("Read")

_DECADES = 100  # years of one --budget; --years is checked later


def asked(
    result: Result,
    years: str | None,
    targets: Sequence[str],
    budgets: Sequence[str],
    capacities: Sequence[str],
    fixed: Sequence[str],
) -> Request:
    """The request that the options make. Raises BadUse with every option that cannot be read or contradicts another."""
    from gscm.roadmap.request import Request

    issues: list[Issue] = []
    spans = _each(["" if years is None else years], lambda said: _span(said, "--years", "2027-2031"), issues)
    goals = _each(targets, lambda said: _goal(result, said), issues)
    money = _each(budgets, _budget, issues)
    hands = _each(capacities, _capacity, issues)
    by_hand = _each(fixed, _fixed, issues)
    found = _budgets(money, issues), _capacities(hands, issues), _fixes(by_hand, issues)
    if issues:
        raise BadUse(issues)
    (first, last) = spans[0][1]
    return Request(
        first=first,
        last=last,
        goals=tuple(goal for _, goal in goals),
        budgets=found[0],
        capacities=found[1],
        fixed=found[2],
    )


def _each(said: Sequence[str], read: Callable[[str], Read], issues: list[Issue]) -> list[tuple[str, Read]]:
    """What can be read, each beside what was said."""
    found = []
    for one in said:
        try:
            found.append((one, read(one)))
        except BadUse as error:
            issues += error.issues
    return found


def _unreadable(option: str, said: str, like: str) -> BadUse:
    what = Text(f"{option}: “{said}” tidak dapat dibaca.", f"{option}: “{said}” cannot be read.")
    return BadUse(Issue(None, what, Text(f"Tulis seperti {option} {like}.", f"Write it like {option} {like}.")))


def _span(said: str, option: str, like: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?", said.strip(), re.ASCII)
    if not said and option == "--years":
        what = Text("Tahun-tahun yang direncanakan belum disebut.", "The years to plan are not given.")
        raise BadUse(Issue(None, what, Text(f"Tulis seperti --years {like}.", f"Write it like --years {like}.")))
    if not found:
        raise _unreadable(option, said, like)
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise BadUse(
            Issue(
                None,
                Text(
                    f"{option}: “{said}” berakhir sebelum mulai.",
                    f"{option}: “{said}” ends before it begins.",
                ),
                Text(f"Tulis {last}-{first}.", f"Write {last}-{first}."),
            )
        )
    return first, last


def _goal(result: Result, said: str) -> Goal:
    from gscm.roadmap.request import Goal

    found = re.fullmatch(r"([^=@\s]+)\s*=\s*([^@]+?)\s*(?:@(\d{4}))?", said.strip(), re.ASCII)
    if not found:
        raise _unreadable("--target", said, "overall=3")
    node = result.model.id if found[1] == "overall" else found[1]
    return Goal(node, _level(result, node, found[2], said), int(found[3]) if found[3] else None)


def _level(result: Result, node: str, level: str, said: str) -> int:
    """A level by its number or by any of its names."""
    if level.isascii() and level.isdigit() and len(level) < 4:
        return int(level)
    known = result.model.nodes.get(node)
    names = list(result.model.names(known)) if known else []
    for name in names:
        words = (name.name.id, name.name.en, *name.aliases)
        if level.casefold() in (word.casefold() for word in words):
            return name.number
    if not names:
        raise _unreadable("--target", said, "overall=3")
    raise BadUse(
        Issue(
            None,
            Text(
                f"--target: “{said}” tidak dapat dibaca; “{level}” bukan level simpul itu.",
                f"--target: “{said}” cannot be read; “{level}” is no level of that node.",
            ),
            Text(
                f"Yang ada: {', '.join(name.name.id for name in names)}.",
                f"There are: {', '.join(name.name.en for name in names)}.",
            ),
        )
    )


def _budget(said: str) -> tuple[range, int]:
    from gscm.roadmap.actions import rupiah

    span, equals, amount = said.partition("=")
    figure = rupiah(amount)
    if not equals or figure is None:
        raise _unreadable("--budget", said, "2027=750.000.000")
    first, last = _span(span, "--budget", "2027-2031=750.000.000")
    return range(first, min(last, first + _DECADES) + 1), figure


def _capacity(said: str) -> Capacity:
    from gscm.roadmap.request import Capacity

    found = re.fullmatch(r"(?:([^=@]*)(?:@(\d{4}))?=)?(\d{1,4})", said.strip(), re.ASCII)
    if not found:
        raise _unreadable("--capacity", said, "diskominfo=3")
    return Capacity(int(found[3]), found[1] or None, int(found[2]) if found[2] else None)


def _fixed(said: str) -> tuple[str, int | None]:
    id, equals, year = (part.strip() for part in said.partition("="))
    if not id or (equals and not re.fullmatch(r"\d{4}", year, re.ASCII)):
        raise _unreadable("--fix", said, "council.3.1=2028")
    return id, int(year) if equals else None


# ------------------------------------------------------------------------------------------------- said several times


def _contradicted(option: str, kept: str, said: str) -> Issue:
    return Issue(
        None,
        Text(f"{option}: “{kept}” dan “{said}” bertentangan.", f"{option}: “{kept}” and “{said}” contradict."),
        Text("Hapus salah satunya.", "Remove one of the two."),
    )


def _budgets(said: Sequence[tuple[str, tuple[range, int]]], issues: list[Issue]) -> dict[int, int]:
    """Rupiah by year; the shorter span overrides the longer one, in whichever order they are given."""
    found: dict[int, tuple[int, int, str]] = {}
    told: set[tuple[str, str]] = set()
    for text, (years, figure) in sorted(said, key=lambda one: -len(one[1][0])):
        for year in years:
            size, kept, before = found.get(year, (0, figure, text))
            if size == len(years) and kept != figure and (before, text) not in told:
                told.add((before, text))
                issues.append(_contradicted("--budget", before, text))
            found[year] = (len(years), figure, text)
    return {year: figure for year, (_, figure, _) in sorted(found.items())}


def _capacities(said: Sequence[tuple[str, Capacity]], issues: list[Issue]) -> tuple[Capacity, ...]:
    found: dict[tuple[str | None, int | None], tuple[str, Capacity]] = {}
    for text, one in said:
        before, kept = found.setdefault((one.office, one.year), (text, one))
        if kept.most != one.most:
            issues.append(_contradicted("--capacity", before, text))
    return tuple(one for _, one in found.values())


def _fixes(said: Sequence[tuple[str, tuple[str, int | None]]], issues: list[Issue]) -> dict[str, int | None]:
    """The year of each action, None for whichever; naming it with and without a year means that year."""
    found: dict[str, int | None] = {}
    for _, (id, year) in said:
        kept = found.get(id)
        if None not in (kept, year) and kept != year:
            issues.append(_contradicted("--fix", f"{id}={kept}", f"{id}={year}"))
        found[id] = kept if year is None else year
    return found
