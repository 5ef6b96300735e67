"""What a roadmap is asked for: years, targets, money, hands of the offices, and what is fixed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from gscm.errors import BadUse, Issue, did_you_mean
from gscm.i18n import Text
from gscm.model.facts import MET, facts_of
from gscm.model.tree import Model, has_levels, top_level
from gscm.placement.place import Result
from gscm.roadmap.actions import Action

MOST_YEARS = 25


@dataclass(frozen=True, slots=True)
class Goal:
    """A node is to stand at a level by the end of a year; None is the last year."""

    node: str
    level: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many actions an office may have under way in a year; None stands for each office, for every year."""

    most: int
    office: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Request:
    """What is asked for. `budgets` are rupiah by year, for every year or for none.

    `fixed` are actions that are to be done, with the year of their start or None for whichever; `excluded` may not
    be done. With `same_year` an action may start in the year in which what it needs is finished; else in the next.
    `ceiling` are rupiah that all years together may cost. `near`: the goals are come as near to as the rest allows,
    instead of being required. `like` are the actions of another plan, to be kept as far as all else is equal.
    """

    first: int
    last: int
    goals: tuple[Goal, ...] = ()
    budgets: Mapping[int, int] = field(default_factory=dict)
    capacities: tuple[Capacity, ...] = ()
    fixed: Mapping[str, int | None] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()
    same_year: bool = False
    staged: bool = False
    ceiling: int | None = None
    near: bool = False
    like: frozenset[str] = frozenset()

    @property
    def weighs_money(self) -> bool:
        """Whether rupiah are short, so that only actions with a cost in rupiah can be planned."""
        return bool(self.budgets) or self.ceiling is not None

    @cached_property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.first, self.last + 1))

    @property
    def span(self) -> str:
        """The years as they are written: 2027–2031, or 2027 alone."""
        return f"{self.first}–{self.last}" if self.first != self.last else str(self.first)

    def due(self, goal: Goal) -> int:
        """The year by whose end a goal is to be reached."""
        return self.last if goal.year is None else goal.year

    def capacity(self, office: str | None, year: int) -> int | None:
        """How many actions an office may have under way: what is said most closely; None is any number."""
        if office is None:
            return None
        for wanted in ((office, year), (office, None), (None, year), (None, None)):
            for one in self.capacities:
                if (one.office, one.year) == wanted:
                    return one.most
        return None


def before_today(request: Request, assessed: int | None) -> Iterator[Issue]:
    """A warning of years that were over when the answers were given."""
    if assessed is not None and request.first < assessed:
        yield Issue(
            None,
            Text(
                f"--years {request.span}: rencana mulai sebelum tahun penilaiannya ({assessed}), padahal level awalnya "
                f"level tahun {assessed}.",
                f"--years {request.span}: the plan begins before the year of the assessment ({assessed}), but sets out "
                f"from the levels of {assessed}.",
            ),
            Text(
                f"Mulai dari {assessed + 1}, atau periksa year dalam berkas jawaban.",
                f"Begin with {assessed + 1}, or check year in the answers file.",
            ),
            severity="warning",
        )


def check_request(request: Request, result: Result, actions: Sequence[Action]) -> None:
    """Raise BadUse with everything about the request that cannot be, before anything is solved."""
    if not any(has_levels(node) for node in result.model.nodes.values()):
        title = result.model.short
        what = Text(
            f"{title.id} tidak mempunyai level, sehingga peta jalan tidak dapat disusun.",
            f"{title.en} has no levels, so that no roadmap can be drawn up.",
        )
        remedy = Text("Pilih model yang berlevel dengan --model.", "Choose a model that has levels by --model.")
        raise BadUse(Issue(None, what, remedy))
    issues = [
        *_years(request),
        *_goals(request, result),
        *_budgets(request, actions),
        *_capacities(request, result.model, actions),
        *_by_hand(request, result, actions),
    ]
    if issues:
        raise BadUse(issues)


def _years(request: Request) -> Iterator[Issue]:
    if not request.first <= request.last < request.first + MOST_YEARS:
        yield Issue(
            None,
            Text(
                f"Tahun {request.first}–{request.last} bukan jangka waktu 1 sampai {MOST_YEARS} tahun.",
                f"{request.first}–{request.last} is no span of 1 to {MOST_YEARS} years.",
            ),
            Text("Tulis seperti --years 2027-2031.", "Write it like --years 2027-2031."),
        )
    if not request.goals and not request.budgets:
        yield Issue(
            None,
            Text("Belum disebut apa yang dicari.", "What is looked for is not said."),
            Text(
                "Sebutkan --target SIMPUL=LEVEL, atau --budget TAHUN=RUPIAH untuk setiap tahun.",
                "Give --target NODE=LEVEL, or --budget YEAR=RUPIAH for every year.",
            ),
        )


def _goals(request: Request, result: Result) -> Iterator[Issue]:
    model = result.model
    for goal in request.goals:
        node = model.nodes.get(goal.node)
        if node is None:
            what = Text(f"Simpul “{goal.node}” tidak ada dalam model.", f"The model has no node “{goal.node}”.")
            shown = Text(f"Lihat: gscm model show {model.id}", f"See: gscm model show {model.id}")
            yield Issue(None, what, did_you_mean(goal.node, model.nodes) or shown)
            continue
        placement, top = result.nodes[goal.node], top_level(model, node)
        if placement.low is None or not has_levels(node):
            yield Issue(
                None,
                Text(f"{node.title.id} tidak mempunyai level di sini.", f"{node.title.en} has no level here."),
                Text("Pilih simpul yang berlevel dan dinilai.", "Choose a node that has levels and is assessed."),
            )
        elif not 2 <= goal.level <= top:
            yield Issue(
                None,
                Text(
                    f"Level {goal.level} bukan sasaran bagi {node.title.id}.",
                    f"Level {goal.level} is no target for {node.title.en}.",
                ),
                Text(f"Tulis level 2 sampai {top}.", f"Write a level from 2 to {top}."),
            )
        yield from _outside(request, goal.year, f"--target {goal.node}={goal.level}@{goal.year}")


def _outside(request: Request, year: int | None, said: str) -> Iterator[Issue]:
    if year is not None and not request.first <= year <= request.last:
        yield Issue(
            None,
            Text(
                f"{said}: tahun {year} di luar {request.span}.",
                f"{said}: the year {year} lies outside {request.span}.",
            ),
            Text("Perbaiki tahunnya, atau --years.", "Correct the year, or --years."),
        )


def _budgets(request: Request, actions: Sequence[Action]) -> Iterator[Issue]:
    for year, amount in sorted(request.budgets.items()):
        yield from _outside(request, year, f"--budget {year}={amount}")
        if amount < 0:
            what = Text(f"Anggaran {year} negatif.", f"The budget of {year} is negative.")
            yield Issue(None, what, Text("Tulis rupiah bulat mulai 0.", "Write whole rupiah from 0 upwards."))
    missing = [str(year) for year in request.years if year not in request.budgets]
    if request.budgets and missing:
        yield Issue(
            None,
            Text(f"Anggaran {', '.join(missing)} belum disebut.", f"There is no budget for {', '.join(missing)}."),
            Text(f"Tulis --budget {missing[0]}=0 bila memang tidak ada.", f"Write --budget {missing[0]}=0 for none."),
        )
    if request.budgets and all(action.costs is None for action in actions):
        yield Issue(
            None,
            Text(
                "Anggaran disebut dalam rupiah, padahal tidak satu pun tindakan mempunyai biaya rupiah.",
                "The budget is in rupiah, but no action has a cost in rupiah.",
            ),
            Text("Beri tabel biaya dengan --costs.", "Give a table of costs by --costs."),
        )


def _capacities(request: Request, model: Model, actions: Sequence[Action]) -> Iterator[Issue]:
    offices = {*model.offices, *(office for action in actions for office in action.offices)}
    for one in request.capacities:
        if one.office is not None and one.office not in offices:
            what = Text(f"Perangkat daerah “{one.office}” tidak dikenal.", f"There is no office “{one.office}”.")
            yield Issue(None, what, did_you_mean(one.office, offices))
        yield from _outside(request, one.year, f"--capacity {one.office or ''}@{one.year}={one.most}")


def _by_hand(request: Request, result: Result, actions: Sequence[Action]) -> Iterator[Issue]:
    known = {action.id: action for action in actions}
    for id in sorted({*request.fixed, *request.excluded} - known.keys()):
        option = "--fix" if id in request.fixed else "--exclude"
        what, remedy = _not_planned(id, result, known)
        yield Issue(None, Text(f"{option} {id}: {what.id}", f"{option} {id}: {what.en}"), remedy)
    for id, year in sorted(request.fixed.items()):
        if id not in known:
            continue
        yield from _outside(request, year, f"--fix {id}={year}")
        action = known[id]
        if year is not None and year <= request.last < year + action.years - 1:
            yield Issue(
                action.where,
                Text(
                    f"--fix {id}={year}: tindakan ini berjalan {action.years} tahun dan baru selesai sesudah "
                    f"{request.last}.",
                    f"--fix {id}={year}: this action runs for {action.years} years and ends after {request.last}.",
                ),
                Text(
                    f"Mulai paling lambat {request.last - action.years + 1}, atau perpanjang --years.",
                    f"Start it in {request.last - action.years + 1} at the latest, or lengthen --years.",
                ),
            )
        yield from _clashes(request, action, year, known)


def _not_planned(id: str, result: Result, known: Mapping[str, Action]) -> tuple[Text, Text | None]:
    """Why an action that is named is none that can be planned, and the remedy."""
    reading = result.reading
    fact = facts_of(result.model).get(id)
    away = Text("Hapus pilihan itu.", "Remove that choice.")
    instead = [action.id for action in known.values() if any(step.fact == id for step in action.gains)]
    if fact is None or fact.kind != "criterion":
        return Text(f"tidak ada tindakan “{id}”.", f"there is no action “{id}”."), did_you_mean(id, known)
    if id not in reading.low or fact.node in reading.outside:
        title = result.model.nodes[fact.node].title
        return Text(f"{title.id} tidak dinilai di sini.", f"{title.en} is not assessed here."), away
    if reading.low[id] >= MET:
        return Text("kriteria itu sudah terpenuhi.", "that criterion is met already."), away
    if instead:
        return Text(
            f"tindakan “{instead[0]}” dari tabel biaya menggantikannya.",
            f"the action “{instead[0]}” of the table of costs takes its place.",
        ), Text(f"Tulis {instead[0]}.", f"Write {instead[0]}.")
    return Text(
        "model tidak menyebut tindakan untuk kriteria itu.", "the model names no action for that criterion."
    ), Text("Tambahkan tindakannya dalam tabel --costs.", "Add its action to the table of --costs.")


def _clashes(request: Request, action: Action, year: int | None, known: Mapping[str, Action]) -> Iterator[Issue]:
    """Choices by hand of which one excludes the other."""
    if action.id in request.excluded:
        yield Issue(
            action.where,
            Text(
                f"Tindakan “{action.id}” ditetapkan dengan --fix sekaligus dikeluarkan dengan --exclude.",
                f"The action “{action.id}” is put in by --fix and left out by --exclude.",
            ),
            Text("Hapus salah satunya.", "Remove one of the two."),
        )
    for need in action.needs:
        if need in request.excluded:
            yield Issue(
                action.where,
                Text(
                    f"--fix {action.id} memerlukan “{need}”, yang dikeluarkan dengan --exclude.",
                    f"--fix {action.id} needs “{need}”, which --exclude leaves out.",
                ),
                Text("Hapus salah satunya.", "Remove one of the two."),
            )
        other, before = known.get(need), request.fixed.get(need)
        if other is None or before is None or year is None:
            continue
        ready = before + other.years - (1 if request.same_year else 0)
        if year < ready:
            yield Issue(
                action.where,
                Text(
                    f"--fix {action.id}={year} terlalu awal: “{need}”, yang diperlukannya, mulai {before} dan baru "
                    f"memungkinkannya pada {ready}.",
                    f"--fix {action.id}={year} is too early: “{need}”, which it needs, starts in {before} and lets it "
                    f"start in {ready}.",
                ),
                Text(f"Tulis --fix {action.id}={ready}.", f"Write --fix {action.id}={ready}."),
            )
