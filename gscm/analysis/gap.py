"""How far the subject is from its targets, by when they are due, and what is missing to reach them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any, Literal

from gscm.analysis.finding import Finding, Grid, Interval as Row, IntervalPlot, refused
from gscm.analysis.firmness import fact_text
from gscm.analysis.material import Material, Target
from gscm.analysis.parts import level_text, levels_text, named, parts, score_text, titled
from gscm.analysis.wording import NONE, cautions, figure, joined, many, some, upper, whole
from gscm.i18n import Text, same
from gscm.model.facts import MET, Fact
from gscm.model.tree import Model, has_levels, top_level
from gscm.placement.clauses import decide
from gscm.placement.contributions import moves
from gscm.placement.flips import Step, flips
from gscm.placement.gaps import criteria_of
from gscm.placement.place import Placement, Result, place
from gscm.placement.score import scores

State = Literal["reached", "open", "short"]
TITLE = Text("Jarak ke target", "Distance to the targets")
_METHOD = Text(
    "Selisih antara target dan yang sudah terbukti (ujung rendah). Bagi target level: himpunan langkah terkecil yang "
    "menaikkan simpul ke level itu, dihitung eksak dengan seluruh syarat levelnya (bila ada beberapa, yang pertama "
    "menurut abjad). Bagi target nilai: jawaban yang masing-masing paling menaikkan nilai, diambil berurutan sampai "
    "targetnya tercapai. Setiap hal cukup sampai nilai terkecil yang masih mencapai target. {default}",
    "The difference between the target and what has been shown (the low end). For a target level: the smallest set of "
    "steps that lifts the node to that level, computed exactly with the full gate (of several, the first in lexical "
    "order). For a target score: the answers that by themselves raise it most, taken in that order until it is "
    "reached. Each thing need only go as far as the least value that still reaches the target. {default}",
)
_DEFAULT = Text(
    "Tanpa target yang disebutkan, targetnya satu level di atas yang sekarang.",
    "Where no target is named, it is one level above the present one.",
)
_REMEDY = Text("Sebutkan target nilai, misalnya --target overall=3,5.", "Name a target score: --target overall=3.5.")
_SOURCE = ("gscm, docs/placement.md",)
_SHOWN, _LISTS = 10, 3


@dataclass(frozen=True, slots=True)
class Distance:
    """One target, where the node stands, and which facts have to be raised to reach it, each to the least value.

    `missing` is None where no facts that apply reach it.
    """

    target: Target
    placement: Placement
    state: State
    levels: int | None
    score: Fraction | None
    missing: Mapping[str, Fraction] | None
    years: int | None


def gap(material: Material) -> Iterator[Finding]:
    """The distance of each targeted node in levels or score, and what it takes."""
    result = place(material.answers)
    targets = material.targets or next_levels(result)
    default = Text("", "") if material.targets else _DEFAULT
    method = Text(_METHOD.id.format(default=default.id).strip(), _METHOD.en.format(default=default.en).strip())
    found = [distance for target in targets if (distance := distance_to(result, target)) is not None]
    if not found:
        remedy = _REMEDY if not targets and result.overall.low is None else None
        yield refused("gap", "gap", TITLE, _nothing(result, targets), method, _SOURCE, remedy)
        return
    yield Finding(
        section="gap",
        id="gap",
        title=TITLE,
        meaning=_meaning(result, found),
        method=method,
        source=_SOURCE,
        n=many(len(found), ("target", "target", "targets")),
        data={"targets": [_plain(one) for one in found]},
        grids=(_table(result, found), *_lists(result, found)),
        charts=tuple(_charts(result, found)),
        caution=cautions((), _unplaced(result, targets, found), _read_as_scores(result.model, found)),
    )


def next_levels(result: Result) -> tuple[Target, ...]:
    """One level more for the whole and for its parts, where they have levels and are not at the highest."""
    return tuple(
        Target(node.id, level=low + 1)
        for node in parts(result.model)
        if (low := result.nodes[node.id].low) is not None and low < top_level(result.model, node)
    )


def distance_to(result: Result, target: Target) -> Distance | None:
    """How far a node is from its target; None where it stands nowhere: not assessed, or it does not apply."""
    placement = result.nodes[target.node]
    here = result.answers.subject.year
    years = target.year - here if target.year is not None and here is not None else None
    if target.level is not None:
        if placement.low is None or placement.high is None:
            return None
        short = max(0, target.level - placement.low)
        missing = _lifting(result, target.node, target.level) if short else {}
        state: State = "reached" if not short else "open" if placement.high >= target.level else "short"
        return Distance(target, placement, state, short, None, missing, years)
    if placement.score_low is None or placement.score_high is None or target.score is None:
        return None
    away = max(Fraction(0), target.score - placement.score_low)
    state = "reached" if not away else "open" if placement.score_high >= target.score else "short"
    missing = _raising(result, target.node, target.score) if away else {}
    return Distance(target, placement, state, None, away, missing, years)


def _lifting(result: Result, node: str, level: int) -> dict[str, Fraction] | None:
    """The fewest facts that lift a node to a level; None where no facts that apply do."""
    steps = flips(result, node, level)
    if steps is None:
        return None

    def reaches(values: Mapping[str, Fraction]) -> bool:
        return (node, level) in decide(result.reading, {**result.low.filling, **values}).holds

    return _least(result, _last(result, steps), reaches)


def _last(result: Result, steps: Iterable[Step]) -> dict[str, Fraction]:
    """Each fact with the best value that any of the steps raises it to."""
    found: dict[str, Fraction] = {}
    for step in steps:
        fact = result.reading.facts[step.fact]
        if step.fact not in found or fact.at_least(step.value, found[step.fact]):
            found[step.fact] = step.value
    return found


def _raising(result: Result, node: str, goal: Fraction) -> dict[str, Fraction] | None:
    """The first answers, of those that raise the score most, that together reach the goal."""
    facts = [move.fact for move in moves(result, node)]

    def best(count: int) -> dict[str, Fraction]:
        known = [result.reading.facts[fact] for fact in facts[:count]]
        return {fact.id: MET if fact.kind == "criterion" else fact.best for fact in known}

    def reaches(values: Mapping[str, Fraction]) -> bool:
        return scores(result.reading, {**result.low.filling, **values})[node] >= goal

    if not facts or not reaches(best(len(facts))):
        return None
    count = _first(range(1, len(facts)), lambda count: reaches(best(count)))
    return _least(result, best(len(facts) if count is None else count), reaches)


def _least(
    result: Result, values: Mapping[str, Fraction], reaches: Callable[[Mapping[str, Fraction]], bool]
) -> dict[str, Fraction]:
    """The values that reach a target, each lowered as far as it still does, the last first."""
    found = dict(values)
    for id in reversed(found):
        fact, here, there = result.reading.facts[id], result.low.filling[id], found[id]
        unit, sign = _unit(result.model, fact), 1 if there > here else -1
        between = range(floor(sign * here / unit) + 1, ceil(sign * there / unit))
        step = _first(between, lambda step: reaches({**found, id: sign * step * unit}))  # noqa: B023
        if step is not None:
            found[id] = sign * step * unit
    return found


def _unit(model: Model, fact: Fact) -> Fraction:
    """In what steps a fact is told: levels and criteria in whole ones, a score as it is printed."""
    if fact.kind == "score":
        return Fraction(1, 10**model.scale.digits)
    return Fraction(1, 100) if fact.kind == "quantity" else Fraction(1)


def _first(steps: range, holds: Callable[[int], bool]) -> int | None:
    """The first step that holds, where all after it do as well; None where none does."""
    low, high = 0, len(steps)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(steps[middle]) else (middle + 1, high)
    return steps[low] if low < len(steps) else None


def _nothing(result: Result, targets: Sequence[Target]) -> Text:
    if targets:
        names = some([titled(result.model, target.node) for target in targets])
        return Text(
            f"Jarak tidak dihitung: {names.id} tidak mempunyai level atau nilai menurut jawaban ini.",
            f"No distance is computed: {names.en} have neither level nor score from these answers.",
        )
    if result.overall.low is not None:
        return Text("Semua bagian sudah pada level tertinggi.", "All parts are at their highest level already.")
    return Text(
        "Model ini tidak memberi level bagi keseluruhannya, sehingga tidak ada level berikutnya.",
        "This model gives the whole no level, so that there is no next one.",
    )


def _unplaced(result: Result, targets: Sequence[Target], found: Sequence[Distance]) -> Text | None:
    left = [target for target in targets if target not in [one.target for one in found]]
    if not left:
        return None
    names = some([titled(result.model, target.node) for target in left])
    return Text(
        f"Tanpa level atau nilai menurut jawaban ini, jadi tidak dihitung: {names.id}.",
        f"Left out, for they have neither level nor score from these answers: {names.en}.",
    )


def _read_as_scores(model: Model, found: Sequence[Distance]) -> Text | None:
    """That a whole number was read as a score, where the node has levels but none of that number."""
    told = [one.target for one in found if one.target.score is not None and one.target.score.denominator == 1]
    told = [target for target in told if has_levels(model.nodes[target.node])]
    if not told:
        return None
    names = some([joined(named(model, one.node), score_text(model, one.score), by=" ") for one in told])
    return Text(
        f"Dibaca sebagai nilai, bukan level, karena tidak ada level senomor itu: {names.id}.",
        f"Read as scores, not as levels, for there are no levels of these numbers: {names.en}.",
    )


# ---------------------------------------------------------------------------------------------------------- words


def _meaning(result: Result, found: Sequence[Distance]) -> Text:
    short = [one for one in found if one.state != "reached"]
    reached = len(found) - len(short)
    if not short and len(found) == 1:
        return Text("Target itu sudah tercapai.", "The target is reached already.")
    if not short:
        return Text(f"Semua {len(found)} target sudah tercapai.", f"All {len(found)} targets are reached already.")
    most = max(map(_short, short))
    farthest = [one for one in short if _short(one) == most]
    first = farthest[0]
    are = "is" if reached == 1 else "are"
    counted = Text(
        f"{reached} dari {len(found)} target tercapai. ", f"{reached} of {len(found)} targets {are} reached. "
    )
    if not reached:
        counted = Text("Belum ada target yang tercapai. ", "No target is reached yet. ")
    name, away, aim = named(result.model, first.target.node), _away(result.model, first), _aim(result.model, first)
    due, takes = _due(first), _takes(result, first)
    if len(found) == 1:
        return Text(
            f"{upper(name.id)} masih {away.id} di bawah {aim.id}{due.id}. {takes.id}",
            f"{upper(name.en)}: still {away.en} below {aim.en}{due.en}. {takes.en}",
        )
    if len(farthest) > 1:
        who = Text("Semuanya", "All are") if not reached else Text("Selebihnya", "The others are all")
        if len(farthest) < len(short):
            names = some([named(result.model, one.target.node) for one in farthest])
            who = Text(f"Yang terjauh ialah {names.id}, masing-masing", f"Farthest are {names.en}, each")
        return Text(
            f"{counted.id}{who.id} {away.id} di bawah targetnya; target {name.id} ialah {aim.id}{due.id}. {takes.id}",
            f"{counted.en}{who.en} {away.en} short; the target of {name.en} is {aim.en}{due.en}. {takes.en}",
        )
    which = Text("Yang terjauh ialah", "Farthest is")
    if len(short) == 1:
        which = Text("Yang belum ialah", "Not yet reached is that of")
    return Text(
        f"{counted.id}{which.id} {name.id}: {away.id} di bawah {aim.id}{due.id}. {takes.id}",
        f"{counted.en}{which.en} {name.en}: {away.en} below {aim.en}{due.en}. {takes.en}",
    )


def _short(one: Distance) -> tuple[int, Fraction]:
    return one.levels or 0, one.score or Fraction()


def _away(model: Model, one: Distance) -> Text:
    if one.levels is not None:
        return Text(f"{one.levels} level", f"{one.levels} level{'s' if one.levels > 1 else ''}")
    return score_text(model, one.score)


def _aim(model: Model, one: Distance) -> Text:
    target = one.target
    if target.level is not None:
        return level_text(model, target.node, target.level)
    score = score_text(model, target.score)
    return Text(f"nilai {score.id}", f"the score {score.en}")


def _due(one: Distance) -> Text:
    if one.target.year is None:
        return Text("", "")
    left = Text("", "")
    if one.years:
        years = f"{one.years} year{'' if one.years == 1 else 's'}"
        left = Text(f", {one.years} tahun sesudah penilaian", f", {years} after the assessment")
    return Text(f" (target {one.target.year}{left.id})", f" (due {one.target.year}{left.en})")


def _takes(result: Result, one: Distance) -> Text:
    if one.missing is None:
        return Text(
            "Dengan fakta yang berlaku sekarang, target itu tidak dapat dicapai.",
            "With the facts that apply at present, it cannot be reached.",
        )
    count = len(one.missing)
    still = sum(fact in result.reading.open for fact in one.missing)
    names = some([fact_text(result, fact) for fact in one.missing])
    asked = _asked(count, still)
    things = many(count, ("hal", "thing", "things"))
    if one.target.level is None:  # found one after the other: fewer might do
        return Text(
            f"Untuk itu cukup {things.id}: {names.id}.{asked.id}",
            f"{things.en} will do: {names.en}.{asked.en}",
        )
    return Text(
        f"Untuk itu diperlukan sekurangnya {things.id}: {names.id}.{asked.id}",
        f"It takes at least {things.en}: {names.en}.{asked.en}",
    )


def _asked(count: int, still: int) -> Text:
    """How many of the things are unanswered only, as a sentence of its own."""
    if not still:
        return Text("", "")
    who = Text(f"{whole(still).id} di antaranya", f"{whole(still).en} of them")
    if still == count:
        who = Text("Itu", "It") if count == 1 else Text("Semuanya", "All of them")
    they = "is unanswered: it may" if still == 1 else "are unanswered: they may"
    return Text(
        f" {who.id} belum terjawab: boleh jadi sudah ada, tinggal dijawab dan dibuktikan.",
        f" {who.en} {they} be there already, waiting to be answered and shown.",
    )


_STATES: dict[State, Text] = {
    "reached": Text("tercapai", "reached"),
    "open": Text("mungkin, masih terbuka", "possible, still open"),
    "short": Text("belum", "not yet"),
}


def _table(result: Result, found: Sequence[Distance]) -> Grid:
    model = result.model
    rows = []
    for one in found:
        placement, levelled = one.placement, one.levels is not None
        now = levels_text(model, one.target.node, placement.low, placement.high)
        if not levelled:
            low, high = score_text(model, placement.score_low), score_text(model, placement.score_high)
            now = low if low == high else Text(f"{low.id}–{high.id}", f"{low.en}–{high.en}")
        aim = level_text(model, one.target.node, one.target.level) if levelled else score_text(model, one.target.score)
        rows.append((
            titled(model, one.target.node),
            now,
            aim,
            same(str(one.target.year)) if one.target.year is not None else NONE,
            NONE if one.state == "reached" else _away(model, one),
            _STATES[one.state],
            NONE if one.missing is None else whole(len(one.missing)),
        ))  # fmt: skip
    return Grid(
        Text("Target dan jaraknya", "Targets and distances"),
        (
            Text("Simpul", "Node"),
            Text("sekarang", "now"),
            Text("target", "target"),
            Text("tahun", "year"),
            Text("kurang", "short by"),
            Text("keadaan", "state"),
            Text("hal yang diperlukan", "things it takes"),
        ),
        tuple(rows),
    )


def _lists(result: Result, found: Sequence[Distance]) -> Iterator[Grid]:
    """What the first targets that are not reached take, one table each."""
    criteria = criteria_of(result.model)
    for one in [one for one in found if one.missing][:_LISTS]:
        missing = one.missing or {}
        name, aim = named(result.model, one.target.node), _aim(result.model, one)
        rows = tuple(
            (
                fact_text(result, fact),
                criteria[fact].text if fact in criteria else _needed(result, fact, value),
                Text("belum terjawab", "unanswered")
                if fact in result.reading.open
                else Text("belum dipenuhi", "not met"),
            )
            for fact, value in list(missing.items())[:_SHOWN]
        )
        rest = len(missing) - _SHOWN
        yield Grid(
            Text(f"Yang diperlukan {name.id} untuk {aim.id}", f"What {name.en} needs for {aim.en}"),
            (Text("Fakta", "Fact"), Text("yang diperlukan", "what is needed"), Text("keadaan", "state")),
            rows,
            Text(f"Dan {rest} lainnya.", f"And {rest} more.") if rest > 0 else None,
        )


def _needed(result: Result, fact: str, value: Fraction) -> Text:
    """What a level, a score or a figure has to become."""
    known = result.reading.facts[fact]
    node = result.model.nodes[known.node]
    if known.kind == "level":
        return level_text(result.model, node.id, int(value))
    if known.kind == "quantity" and node.quantity is not None:
        told, unit = figure(float(value), 0 if value.denominator == 1 else 2), node.quantity.unit
        return Text(f"{told.id} {unit.id}", f"{told.en} {unit.en}")
    return score_text(result.model, value)


def _charts(result: Result, found: Sequence[Distance]) -> Iterator[IntervalPlot]:
    """From where each node stands, the dot, to its target."""
    model = result.model
    title = Text("Dari keadaan sekarang (titik) ke target", "From the present state (dot) to the target")
    by_level = [one for one in found if one.levels is not None]
    if by_level:
        most = max(top_level(model, model.nodes[one.target.node]) for one in by_level)
        rows = [_row(model, one, one.placement.low or 1, max(one.placement.low or 1, one.target.level or 1))
                for one in by_level]  # fmt: skip
        yield IntervalPlot(title, Text("Level", "Level"), tuple(rows), 1.0, float(most))
    by_score = [one for one in found if one.score is not None]
    if by_score:
        scale = model.scale
        rows = [_row(model, one, one.placement.score_low or 0,
                     max(one.placement.score_low or 0, one.target.score or 0)) for one in by_score]  # fmt: skip
        yield IntervalPlot(title, Text("Nilai", "Score"), tuple(rows), float(scale.min), float(scale.max))


def _row(model: Model, one: Distance, low: Fraction | int, high: Fraction | int) -> Row:
    name = titled(model, one.target.node)
    year = f" ({one.target.year})" if one.target.year is not None else ""
    return Row(Text(f"{name.id}{year}", f"{name.en}{year}"), float(low), float(low), float(high))


def _plain(one: Distance) -> dict[str, Any]:
    placement, target = one.placement, one.target
    return {
        "node": target.node,
        "target_level": target.level,
        "target_score": None if target.score is None else float(target.score),
        "year": target.year,
        "years_left": one.years,
        "state": one.state,
        "level": None if placement.low is None else [placement.low, placement.high],
        "score": None
        if placement.score_low is None or placement.score_high is None
        else [float(placement.score_low), float(placement.score_high)],
        "levels_short": one.levels,
        "score_short": None if one.score is None else float(one.score),
        "missing": None if one.missing is None else {fact: float(value) for fact, value in one.missing.items()},
    }
