"""`gscm roadmap`."""

from __future__ import annotations

import re
import signal
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NoReturn

import click

from gscm.cli.command import command, json_option, model_option, option, say, session
from gscm.cli.terminal import print_json, print_warnings, table
from gscm.errors import BadUse, Issue
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from gscm.placement.place import Result
    from gscm.responses.answers import Answers
    from gscm.roadmap.actions import Cells
    from gscm.roadmap.request import Capacity, Goal
    from gscm.roadmap.roadmap import NoPlan, Roadmap, Tally
    from gscm.roadmap.schedule import Aim
    from gscm.solver import Watch

_WIDTH = 118
_EVERY = 2.0  # seconds between two lines of progress
_NO_PLAN = 1


@command(
    Text(
        "Susun peta jalan: tindakan apa yang dikerjakan pada tahun berapa, oleh siapa, dan mengapa. Dicari jalan "
        "termurah ke sasaran, atau level setinggi mungkin dengan anggaran yang ada; setiap rencana diperiksa ulang "
        "tahun demi tahun.",
        "Draw up a roadmap: which action in which year, by whom, and why. It is the cheapest way to a target, or the "
        "most level for the money there is; every plan is replayed year by year.",
    ),
    example="gscm roadmap examples/kalimantan-selatan-2019/answers.yaml --years 2020-2024 --target overall=3\n"
    "gscm roadmap examples/roadmap-contoh/answers.yaml --years 2027-2031 --costs examples/roadmap-contoh/biaya.csv "
    "--budget 2027-2031=600.000.000",
)
@click.argument("answers", metavar="ANSWERS.yaml|STUDY")
@option("--years", metavar="2027-2031", text=Text("Tahun-tahun yang direncanakan.", "The years to plan."))
@option(
    "--target",
    "targets",
    multiple=True,
    metavar="SIMPUL=LEVEL[@TAHUN]",
    text=Text(
        "Sasaran: simpul ini mencapai level itu pada akhir tahun itu (bawaannya tahun terakhir).",
        "A target: the node at that level by the end of that year (the last one by default).",
    ),
)
@option(
    "--budget",
    "budgets",
    multiple=True,
    metavar="TAHUN=RUPIAH",
    text=Text("Anggaran suatu tahun, atau 2027-2031=RUPIAH.", "The budget of a year, or 2027-2031=RUPIAH."),
)
@option(
    "--costs",
    metavar="FILE.csv|.xlsx",
    text=Text("Tabel tindakan dan biaya (lihat --template).", "The table of actions and costs (see --template)."),
)
@option(
    "--capacity",
    "capacities",
    multiple=True,
    metavar="[OPD][@TAHUN]=BANYAKNYA",
    text=Text(
        "Banyaknya tindakan yang dapat berjalan bersamaan: 3, diskominfo=5, diskominfo@2028=2.",
        "How many actions an office can have under way: 3, diskominfo=5, diskominfo@2028=2.",
    ),
)
@option(
    "--fix",
    "fixed",
    multiple=True,
    metavar="TINDAKAN[=TAHUN]",
    text=Text("Tindakan yang pasti dikerjakan, mulai tahun itu.", "An action that is to be done, starting that year."),
)
@option(
    "--exclude",
    "excluded",
    multiple=True,
    metavar="TINDAKAN",
    text=Text("Tindakan yang tidak dikerjakan.", "An action that is not to be done."),
)
@option(
    "--staged",
    is_flag=True,
    text=Text(
        "Level demi level: tindakan untuk suatu level menunggu level di bawahnya pada indikator itu.",
        "Level by level: an action waits until its indicator stands one level below.",
    ),
)
@option(
    "--same-year",
    is_flag=True,
    text=Text(
        "Tindakan boleh mulai pada tahun selesainya yang diperlukannya.",
        "An action may start in the year in which what it needs is finished.",
    ),
)
@option(
    "--time-limit",
    type=click.IntRange(1, 86400),
    default=120,
    show_default=True,
    metavar="DETIK",
    text=Text(
        "Batas waktu; sesudahnya dicetak rencana terbaik sejauh itu (begitu pula Ctrl-C).",
        "Time limit in seconds; after it the best plan so far is printed (also by Ctrl-C).",
    ),
)
@option(
    "--template",
    metavar="FILE.csv",
    text=Text("Tulis tabel tindakan model untuk diisi biayanya.", "Write the model’s actions as a table to fill in."),
)
@option(
    "--nomenclature",
    metavar="FILE.csv",
    text=Text(
        "Daftar nomenklatur sendiri: kolom kode dan nama (boleh juga tingkat).",
        "Your own nomenclature list: the columns code and name (level, too, if you like).",
    ),
)
@option(
    "--out",
    metavar="FILE.xlsx|.pdf|.html|.svg",
    text=Text(
        "Tulis matriks (.xlsx), laporan (.pdf, .html), atau gambar jadwal dan levelnya (.svg).",
        "Write the matrix (.xlsx), a report (.pdf, .html), or a picture of schedule and levels (.svg).",
    ),
)
@model_option
@json_option
@click.pass_context
def roadmap(
    context: click.Context,
    answers: str,
    years: str | None,
    targets: tuple[str, ...],
    budgets: tuple[str, ...],
    costs: str | None,
    capacities: tuple[str, ...],
    fixed: tuple[str, ...],
    excluded: tuple[str, ...],
    staged: bool,
    same_year: bool,
    time_limit: int,
    template: str | None,
    nomenclature: str | None,
    out: str | None,
    model: str | None,
    as_json: bool,
) -> None:
    from dataclasses import replace

    from gscm.cli.roadmap_out import check_out, write_out
    from gscm.placement.place import place
    from gscm.roadmap.actions import with_rows
    from gscm.roadmap.nomenclature import check_codes, read_nomenclature
    from gscm.roadmap.plan import plan_roadmap
    from gscm.roadmap.request import Request
    from gscm.roadmap.roadmap import NoPlan
    from gscm.solver import Watch

    language = session(context).language
    if out is not None:
        check_out(Path(out))
    loaded = load(answers, model)
    print_warnings(loaded.warnings, language)
    result = place(loaded)
    if template is not None:
        _write_template(result, template, language)
        return
    rows: tuple[Cells, ...] = ()
    if costs is not None:
        from gscm.formats.costs import read_costs

        rows = read_costs(Path(costs))
    actions = with_rows(result, rows)
    names = None if nomenclature is None else read_nomenclature(Path(nomenclature))
    if names is not None:
        check_codes(actions, names)
    first, last = _span(years, "--years")
    request = Request(
        first=first,
        last=last,
        goals=tuple(_goal(result, said) for said in targets),
        budgets=_budgets(budgets),
        capacities=_capacities(capacities),
        fixed=_fixes(fixed),
        excluded=frozenset(excluded),
        staged=staged,
        same_year=same_year,
    )
    watch = Watch.of(time_limit)
    with _interruptible(watch, language):
        found = plan_roadmap(result, actions, request, watch, _progress(language))
    if names is not None and not isinstance(found, NoPlan):
        found = replace(found, nomenclature=names)
    if out is not None:
        write_out(Path(out), loaded, found, language)
    if as_json:
        from gscm.roadmap.flat import roadmap_json

        print_json(roadmap_json(found))
    else:
        lines = _no_plan(found, language) if isinstance(found, NoPlan) else _lines(found, language)
        click.echo("\n".join(lines))
    if isinstance(found, NoPlan):
        context.exit(_NO_PLAN)


def load(target: str, model: str | None) -> Answers:
    """The answers of a file, or those that hold now in a study."""
    from gscm.responses.load import load_answers

    if not Path(target).is_dir() and "://" not in target:
        return load_answers(target, model)
    if model is not None:
        raise BadUse(
            Issue(
                None,
                Text("Model sebuah kajian sudah tetap.", "The model of a study is fixed."),
                Text("Hapus --model.", "Leave out --model."),
            )
        )
    from gscm.cli.study import opened
    from gscm.study.study import collect

    with opened(target) as (store, found):
        return collect(found, store.log()).overall


def _write_template(result: Result, template: str, language: Language) -> None:
    from gscm.formats.costs import costs_text
    from gscm.formats.saving import check_target, save
    from gscm.roadmap.actions import model_actions

    actions = model_actions(result)
    target = Path(template)
    check_target(target)
    save(target, costs_text(result.model, actions, language))
    count = len(actions)
    click.echo(
        say(Text(f"{count} tindakan ditulis ke {template}.", f"{count} actions written to {template}."))
        if count
        else say(
            Text(
                f"Model ini tidak memuat tindakan; {template} hanya berisi judul kolom. Isi kolom fakta untuk tindakan "
                "sendiri.",
                f"The model names no actions; {template} holds headings only. Fill in the column facts for your own.",
            )
        )
    )


# ----------------------------------------------------------------------------------------------- what is asked for


def _refused(option_: str, said: str, like: str) -> NoReturn:
    raise BadUse(
        Issue(
            None,
            Text(f"{option_}: “{said}” tidak dapat dibaca.", f"{option_}: “{said}” cannot be read."),
            Text(f"Tulis seperti {option_} {like}.", f"Write it like {option_} {like}."),
        )
    )


def _span(said: str | None, option_: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?", said or "")
    if not found:
        _refused(option_, said or "", "2027-2031")
    return int(found[1]), int(found[2] or found[1])


def _goal(result: Result, said: str) -> Goal:
    from gscm.roadmap.request import Goal

    found = re.fullmatch(r"([^=@\s]+)=([^@]+?)(?:@(\d{4}))?", said.strip())
    if not found:
        _refused("--target", said, "overall=3")
    node = result.model.id if found[1] == "overall" else found[1]
    return Goal(node, _level(result, node, found[2], said), int(found[3]) if found[3] else None)


def _level(result: Result, node: str, level: str, said: str) -> int:
    """A level by its number or by any of its names."""
    if level.isascii() and level.isdigit() and len(level) < 4:
        return int(level)
    known = result.model.nodes.get(node)
    for name in result.model.names(known) if known else ():
        words = (name.name.id, name.name.en, *name.aliases)
        if level.casefold() in (word.casefold() for word in words):
            return name.number
    _refused("--target", said, "overall=3")


def _contradicted(option_: str, kept: str, said: str) -> NoReturn:
    raise BadUse(
        Issue(
            None,
            Text(f"{option_}: “{kept}” dan “{said}” bertentangan.", f"{option_}: “{kept}” and “{said}” contradict."),
            Text("Hapus salah satunya.", "Remove one of the two."),
        )
    )


def _budgets(options: Sequence[str]) -> dict[int, int]:
    """Rupiah by year; the shorter span overrides the longer one, in whichever order they are given."""
    found: dict[int, tuple[int, int, str]] = {}
    sized = sorted(((len(pairs), said, pairs) for said in options if (pairs := list(_budget(said)))), reverse=True)
    for size, said, pairs in sized:
        for year, figure in pairs:
            found[year] = (size, figure, said)
    for size, said, pairs in sized:
        for year, figure in pairs:
            if found[year][0] == size and found[year][1] != figure:
                _contradicted("--budget", found[year][2], said)
    return {year: figure for year, (_, figure, _) in found.items()}


def _capacities(options: Sequence[str]) -> tuple[Capacity, ...]:
    found: dict[tuple[str | None, int | None], tuple[Capacity, str]] = {}
    for said in options:
        one = _capacity(said)
        kept, before = found.setdefault((one.office, one.year), (one, said))
        if kept.most != one.most:
            _contradicted("--capacity", before, said)
    return tuple(one for one, _ in found.values())


def _fixes(options: Sequence[str]) -> dict[str, int | None]:
    """The year of each action, None for whichever; naming it with and without a year means that year."""
    found: dict[str, int | None] = {}
    for id, year in map(_fixed, options):
        kept = found.get(id)
        if None not in (kept, year) and kept != year:
            _contradicted("--fix", f"{id}={kept}", f"{id}={year}")
        found[id] = kept if year is None else year
    return found


def _budget(said: str) -> Iterator[tuple[int, int]]:
    from gscm.roadmap.actions import rupiah

    span, equals, amount = said.partition("=")
    figure = rupiah(amount)
    if not equals or figure is None:
        _refused("--budget", said, "2027=750.000.000")
    first, last = _span(span, "--budget")
    for year in range(first, min(last, first + 100) + 1):
        yield year, figure


def _capacity(said: str) -> Capacity:
    from gscm.roadmap.request import Capacity

    found = re.fullmatch(r"(?:([^=@]*)(?:@(\d{4}))?=)?(\d{1,4})", said.strip())
    if not found:
        _refused("--capacity", said, "diskominfo=3")
    return Capacity(int(found[3]), found[1] or None, int(found[2]) if found[2] else None)


def _fixed(said: str) -> tuple[str, int | None]:
    id, equals, year = said.partition("=")
    if equals and not re.fullmatch(r"\d{4}", year):
        _refused("--fix", said, "council.3.1=2028")
    return id, int(year) if equals else None


# --------------------------------------------------------------------------------------------------- while it runs


@contextmanager
def _interruptible(watch: Watch, language: Language) -> Iterator[None]:
    """The first Ctrl-C ends the search and keeps the best plan so far; the second ends the program."""

    def stop(*_: object) -> None:
        if watch.stopped:
            raise KeyboardInterrupt
        watch.stopped = True
        click.echo(
            Text("Dihentikan: rencana terbaik sejauh ini menyusul.", "Stopped: the best plan so far follows.")[
                language
            ],
            err=True,
        )

    try:
        before = signal.signal(signal.SIGINT, stop)
    except ValueError:  # not in the main thread: there is nobody to interrupt
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _progress(language: Language) -> Callable[[Aim, float, float], None] | None:
    """Says on standard error what is being solved and how far it is; silent where nobody looks on."""
    from gscm.roadmap.told import AIMS

    if not sys.stderr.isatty():
        return None
    told: dict[Aim, float] = {}

    def tell(aim: Aim, best: float, bound: float) -> None:
        if monotonic() - told.get(aim, 0.0) < _EVERY:
            return
        told[aim] = monotonic()
        known = Text("", "")
        if isfinite(best) and isfinite(bound):
            gap = 100 * abs(best - bound) / max(1e-9, abs(best))
            known = Text(f" – selisih dari batas {gap:.1f}%".replace(".", ","), f" – {gap:.1f}% from the bound")
        click.echo(Text(f"… {AIMS[aim].id}{known.id}", f"… {AIMS[aim].en}{known.en}")[language], err=True)

    return tell


# ------------------------------------------------------------------------------------------------- what is printed


def _no_plan(found: NoPlan, language: Language) -> Iterator[str]:
    from gscm.placement.explain import fact_text
    from gscm.roadmap.told import goal_text, no_plan_text

    yield _headline(found, language)
    yield ""
    yield from _wrapped(goal_text(found.result, found)[language])
    for text in no_plan_text(found):
        yield from _wrapped(text[language])
    if found.facts:
        yield Text("Yang tetap menghambat:", "What still blocks it:")[language]
        for fact in found.facts:
            yield from _wrapped(f"{fact}: {fact_text(found.result, fact)[language]}", "  – ")
        yield from _wrapped(
            Text(
                "Tambahkan tindakan untuk fakta itu dalam tabel --costs (kolom fakta), atau pilih sasaran lain.",
                "Add an action for these facts to the table of --costs (column facts), or choose another target.",
            )[language]
        )
    yield ""
    yield found.result.model.notice[language]


def _headline(found: Roadmap | NoPlan, language: Language) -> str:
    subject, model = found.result.answers.subject, found.result.model
    year = f" ({subject.year})" if subject.year else ""
    title = Text("Peta jalan", "Roadmap")[language]
    return f"{title} · {subject.name}{year} · {model.short[language]} {model.version}"


def _lines(found: Roadmap, language: Language) -> Iterator[str]:
    from gscm.roadmap.told import caveats, clearing_text, goal_text, plain_text, share_text, variant_text

    yield _headline(found, language)
    yield ""
    yield from _wrapped(goal_text(found.result, found)[language])
    yield _summary(found)[language]
    yield ""
    if found.scheduled:
        yield from _actions(found, language)
    else:
        yield Text("Tidak ada tindakan yang diperlukan.", "No action is needed.")[language]
    yield ""
    yield from _staircase(found, language)
    if found.scheduled:
        yield ""
        yield from _money(found, language)
    if found.quick_wins:
        yield ""
        ids = ", ".join(one.action.id for one in found.quick_wins)
        yield from _wrapped(
            Text(
                f"Hasil cepat (selesai dalam setahun, tanpa prasyarat yang belum ada): {ids}",
                f"Quick wins (done within a year, nothing unmet before them): {ids}",
            )[language]
        )
    yield from _clearing(found, language, clearing_text(found))
    yield from _waiting(found, language)
    if found.variants:
        yield ""
        for variant in found.variants:
            yield from _wrapped(variant_text(found, variant)[language])
    elif share := share_text(found)[language]:
        yield ""
        yield from _wrapped(share)
    if found.scheduled:
        yield ""
        yield from _wrapped(plain_text(found)[language])
    yield ""
    for caveat in caveats(found):
        yield from _wrapped(caveat[language], "* ")
    yield ""
    yield found.result.model.notice[language]


def _summary(found: Roadmap) -> Text:
    from gscm.roadmap.told import tally_text

    cost = tally_text(found.total)
    count = len(found.scheduled)
    return Text(f"{count} tindakan; biaya {cost.id}.", f"{count} actions; cost {cost.en}.")


def _actions(found: Roadmap, language: Language) -> Iterator[str]:
    """The actions as a table whose cells are wrapped."""
    from gscm.roadmap.actions import office_name
    from gscm.roadmap.told import cost_text, documents_text, why_text, years_text

    model = found.result.model
    heads = (
        Text("Tahun", "Year"),
        Text("Tindakan", "Action"),
        Text("Perangkat daerah", "Office"),
        Text("Dokumen", "Document"),
        Text("Biaya", "Cost"),
        Text("Mengapa", "Why"),
    )
    rows = [[head[language] for head in heads]]
    for one in found.scheduled:
        action = one.action
        offices = ", ".join(office_name(model, office)[language].partition(" (")[0] for office in action.offices)
        rows.append(
            [
                years_text(one),
                f"{action.id}: {action.what[language]}",
                offices or "–",
                documents_text(model, action, one.start)[language],
                cost_text(action)[language],
                why_text(found, one)[language],
            ]
        )
    yield from _grid(rows)


def _grid(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of wrapped cells; a rule below the headings, and one between the years."""
    years = max(len(row[0]) for row in rows)
    cost = max(len(row[4]) for row in rows)
    left = _WIDTH - years - cost - 10
    widths = [years, left * 33 // 100, left * 19 // 100, left * 16 // 100, cost, left * 32 // 100]
    before = ""
    for index, row in enumerate(rows):
        if index and row[0][:4] != before[:4]:
            yield "─" * _WIDTH
        before = row[0]
        cells = [
            textwrap.wrap(cell, width, break_on_hyphens=False) or [""] for cell, width in zip(row, widths, strict=True)
        ]
        for line in range(max(map(len, cells))):
            parts = [cell[line] if line < len(cell) else "" for cell in cells]
            yield "  ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip()


def _staircase(found: Roadmap, language: Language) -> Iterator[str]:
    """The levels of the upper nodes, and of all others above the indicators that rise; a dot where nothing changes."""
    from gscm.placement.explain import level_name

    result, model = found.result, found.result.model
    yield Text("Level pada akhir tahun (· = tetap)", "Level at the end of the year (· = as before)")[language]
    rows = [["", Text("kini", "today")[language], *map(str, found.request.years)]]
    leaves = all(model.nodes[id].is_leaf for id in found.levels if id != model.id)  # nothing between them and the whole
    for id, levels in found.levels.items():
        node = model.nodes[id]
        asked = any(goal.node == id for goal in found.request.goals)
        depth = len(list(model.above(id)))
        if not asked and ((node.is_leaf and not leaves) or (depth > 1 and len(set(levels)) == 1)):
            continue
        names = [level_name(result, node, level)[language] for level in levels]
        steps = [name if i == 0 or levels[i] != levels[i - 1] else "·" for i, name in enumerate(names)]
        title = result.answers.subject.name if id == model.id else "  " * depth + node.title[language]
        rows.append([title, *steps])
    yield from table(rows)


def _money(found: Roadmap, language: Language) -> Iterator[str]:
    from gscm.roadmap.actions import office_name
    from gscm.roadmap.told import money, tally_text

    model = found.result.model
    years = [year for year in found.request.years if found.total.by_year[year]] if found.total.total else []
    heads = [Text("Pelaksana utama", "Leading office"), Text("Tindakan", "Actions"), Text("Biaya", "Cost")]
    rows = [[*(head[language] for head in heads), *map(str, years)]]
    nobody = Text("(tidak disebut)", "(not named)")[language]

    def row(name: str, tally: Tally) -> list[str]:
        spent = [money(tally.by_year[year])[language] if tally.by_year[year] else "–" for year in years]
        return [name, str(tally.actions), tally_text(tally)[language], *spent]

    for tally in found.by_office:
        rows.append(row(office_name(model, tally.name)[language].partition(" (")[0] if tally.name else nobody, tally))
    rows.append(row(Text("Jumlah", "Sum")[language], found.total))
    yield from table(rows)
    if any(tally.name for tally in found.by_fund):
        yield ""
        rows = [[Text("Sumber dana", "Fund")[language], *(head[language] for head in heads[1:]), *map(str, years)]]
        rows += [row(tally.name or nobody, tally) for tally in found.by_fund]
        yield from table(rows)


_LONG = 8  # lines of a list that a screen carries


def _clearing(found: Roadmap, language: Language, hope: Text) -> Iterator[str]:
    from gscm.placement.explain import fact_text

    if not found.clearing:
        return
    yield ""
    yield Text(
        "Pastikan dahulu jawaban yang masih terbuka ini; sebuah jawaban lebih murah daripada sebuah tindakan:",
        "Settle these open answers first; an answer is cheaper than an action:",
    )[language]
    for one in found.clearing[:_LONG]:
        yield from _wrapped(f"{one.fact}: {fact_text(found.result, one.fact)[language]}", "  ? ")
    if len(found.clearing) > _LONG:
        more = len(found.clearing) - _LONG
        yield Text(f"  … dan {more} lainnya (lihat --json)", f"  … and {more} more (see --json)")[language]
    if hope.id:
        yield from _wrapped(hope[language])


def _waiting(found: Roadmap, language: Language) -> Iterator[str]:
    from gscm.roadmap.told import waiting_text

    if not found.waiting:
        return
    yield ""
    yield Text("Hampir terpilih, dan mengapa menunggu:", "Nearly chosen, and why they wait:")[language]
    for one in found.waiting:
        yield from _wrapped(f"{one.action.id}: {waiting_text(found, one)[language]}", "  – ")


def _wrapped(text: str, first: str = "") -> Iterator[str]:
    yield from textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_on_hyphens=False
    ) or [first]
