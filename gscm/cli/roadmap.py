"""`gscm roadmap`."""

from __future__ import annotations

import signal
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import inf, isfinite
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from gscm.cli.command import command, json_option, model_option, option, say, session
from gscm.cli.terminal import print_json, print_warnings, table
from gscm.errors import BadUse, FaultsFound, Issue, Where
from gscm.i18n import Language, Text, decimal

if TYPE_CHECKING:
    from gscm.placement.place import Result
    from gscm.responses.answers import Answers
    from gscm.roadmap.actions import Cells
    from gscm.roadmap.roadmap import NoPlan, Roadmap, Tally
    from gscm.solver import Watch

_WIDTH = 118
_EVERY = 2.0  # seconds between two lines of progress
_NO_PLAN = 1


@command(
    Text(
        "Susun peta jalan: tindakan apa yang dikerjakan pada tahun berapa, oleh siapa, dan mengapa. Dicari jalan "
        "termurah ke sasaran, dan di antara yang sama murahnya yang paling banyak menaikkan level; atau level "
        "setinggi mungkin dengan anggaran yang ada. Setiap rencana diperiksa ulang tahun demi tahun.",
        "Draw up a roadmap: which action in which year, by whom, and why. It is the cheapest way to a target, "
        "and of those that cost the same the one that brings most; or the most level for the money there is. Every "
        "plan is replayed year by year.",
    ),
    example="gscm roadmap examples/kalimantan-selatan-2019/answers.yaml --years 2020-2024 --target overall=3\n"
    "gscm roadmap examples/roadmap-contoh/answers.yaml --years 2027-2031 --costs examples/roadmap-contoh/biaya.csv "
    "--budget 2027-2031=600000000",
)
@click.argument("answers", metavar="ANSWERS.yaml|STUDY")
@option("--years", metavar="2027-2031", text=Text("Tahun-tahun yang direncanakan.", "The years to plan."))
@option(
    "--target",
    "targets",
    multiple=True,
    meta=Text("SIMPUL=LEVEL[@TAHUN]", "NODE=LEVEL[@YEAR]"),
    text=Text(
        "Sasaran: simpul ini mencapai level itu pada akhir tahun itu (bawaannya tahun terakhir).",
        "A target: the node at that level by the end of that year (the last one by default).",
    ),
)
@option(
    "--budget",
    "budgets",
    multiple=True,
    meta=Text("TAHUN=RUPIAH", "YEAR=RUPIAH"),
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
    meta=Text("[OPD][@TAHUN]=BANYAKNYA", "[OFFICE][@YEAR]=NUMBER"),
    text=Text(
        "Banyaknya tindakan yang dapat berjalan bersamaan: 3, diskominfo=5, diskominfo@2028=2.",
        "How many actions an office can have under way: 3, diskominfo=5, diskominfo@2028=2.",
    ),
)
@option(
    "--fix",
    "fixed",
    multiple=True,
    meta=Text("TINDAKAN[=TAHUN]", "ACTION[=YEAR]"),
    text=Text("Tindakan yang pasti dikerjakan, mulai tahun itu.", "An action that is to be done, starting that year."),
)
@option(
    "--exclude",
    "excluded",
    multiple=True,
    meta=Text("TINDAKAN", "ACTION"),
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
    default=60,
    show_default=True,
    meta=Text("DETIK", "SECONDS"),
    text=Text(
        "Batas waktu seluruhnya, dalam detik; sesudahnya dicetak rencana terbaik sejauh itu beserta selisihnya "
        "(begitu pula Ctrl-C).",
        "Limit for all of it, in seconds; after it the best plan so far is printed with its gap (also by Ctrl-C).",
    ),
)
@option(
    "--template",
    metavar="FILE.csv|.xlsx",
    text=Text("Tulis tabel tindakan model untuk diisi biayanya.", "Write the model’s actions as a table to fill in."),
)
@option(
    "--nomenclature",
    metavar="FILE.csv|.xlsx",
    text=Text(
        "Daftar nomenklatur sendiri: kolom kode dan nama, atau daftar sub kegiatan yang diekspor dari SIPD.",
        "Your own nomenclature list: the columns code and name, or the list of sub-activities exported from SIPD.",
    ),
)
@option(
    "--rpjmd",
    metavar="2025-2029",
    text=Text(
        "Masa RPJMD (dan Renstra) daerahnya, supaya dokumen lima tahunannya disebut dengan tahunnya.",
        "The years of the region’s RPJMD (and Renstra), so that the five-year documents are named with them.",
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
    rpjmd: str | None,
    out: str | None,
    model: str | None,
    as_json: bool,
) -> None:
    from dataclasses import replace

    from gscm.cli.roadmap_asked import asked
    from gscm.cli.roadmap_out import check_out, read_names, read_period, write_out
    from gscm.placement.place import place
    from gscm.roadmap.actions import redefined, with_rows
    from gscm.roadmap.nomenclature import check_codes, shipped, unnamed_codes
    from gscm.roadmap.plan import plan_roadmap
    from gscm.roadmap.request import before_today
    from gscm.roadmap.roadmap import NoPlan
    from gscm.solver import Watch

    language = session(context).language
    if out is not None:
        check_out(Path(out))
    period = None if rpjmd is None else read_period(rpjmd)
    loaded = load(answers, model)
    result = place(loaded)
    print_warnings(loaded.warnings, language)
    if template is not None:
        beside = any((years, targets, budgets, costs, capacities, fixed, excluded, out, as_json))
        _write_template(result, template, language, beside)
        return
    request = asked(result, years, targets, budgets, capacities, fixed)
    request = replace(request, excluded=frozenset(excluded), staged=staged, same_year=same_year)
    rows = () if costs is None else _rows(costs)
    actions = with_rows(result, rows)
    print_warnings([*redefined(result, rows), *before_today(request, loaded.subject.year)], language)
    names = None if nomenclature is None else read_names(Path(nomenclature))
    if names is not None:
        check_codes(actions, names)
    print_warnings(unnamed_codes(actions, names or shipped()), language)
    watch = Watch.of(time_limit)
    with _interruptible(watch, language):
        found = plan_roadmap(result, actions, request, watch, _progress(language))
    if not isinstance(found, NoPlan):
        found = replace(found, nomenclature=names or found.nomenclature, rpjmd=period)
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


def _rows(costs: str) -> tuple[Cells, ...]:
    """The rows of the table of costs. Raises FaultsFound where there is none."""
    from gscm.formats.costs import read_costs

    rows = read_costs(Path(costs))
    if not rows:
        what = Text("Tabel ini hanya memuat judul kolom.", "This table holds headings only.")
        remedy = Text("Isi barisnya, atau hapus --costs.", "Fill in its rows, or leave out --costs.")
        raise FaultsFound(Issue(Where(costs), what, remedy))
    return rows


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


def _write_template(result: Result, template: str, language: Language, beside: bool) -> None:
    from gscm.cli.roadmap_out import check_template
    from gscm.formats.costs import costs_text, costs_workbook
    from gscm.formats.saving import save
    from gscm.roadmap.actions import model_actions
    from gscm.roadmap.told import counted

    actions = model_actions(result)
    target = Path(template)
    check_template(target)
    written = costs_workbook if target.suffix.lower() == ".xlsx" else costs_text
    save(target, written(result.model, actions, language))
    count = len(actions)
    if beside:
        told = Text(
            "--template hanya menulis tabelnya; rencananya tidak disusun. Isi tabelnya, lalu jalankan "
            "tanpa --template.",
            "--template writes the table only; no plan is drawn up. Fill it in, then run without --template.",
        )
        click.echo(say(told), err=True)
    click.echo(
        say(Text(f"{count} tindakan ditulis ke {template}.", f"{counted(count, 'action')} written to {template}."))
        if count
        else say(
            Text(
                f"Model ini tidak memuat tindakan; {template} hanya berisi judul kolom. Isi kolom fakta untuk tindakan "
                "sendiri.",
                f"The model names no actions; {template} holds headings only. Fill in the column facts for your own.",
            )
        )
    )


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


def _progress(language: Language) -> Callable[[Text, float, float], None] | None:
    """Says on standard error what is being solved and how far it is; silent where nobody looks on."""
    if not sys.stderr.isatty():
        return None
    begun = monotonic()
    told: dict[Text, float] = {}

    def tell(what: Text, best: float, bound: float) -> None:
        if monotonic() - told.get(what, -inf) < _EVERY:
            return
        told[what] = monotonic()
        known = Text("", "")
        if isfinite(best) and isfinite(bound):
            gap = f"{100 * abs(best - bound) / max(1e-9, abs(best)):.1f}"
            known = Text(f", selisih dari batas {decimal(gap, 'id')}%", f", {gap}% from the bound")
        seconds = round(monotonic() - begun)
        line = Text(
            f"… {seconds} detik: {what.id}{known.id} (Ctrl-C: cukup sampai di sini)",
            f"… {seconds} s: {what.en}{known.en} (Ctrl-C: leave it at that)",
        )
        click.echo(line[language], err=True)

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
    from gscm.roadmap.told import caveats, clearing_text, goal_text, plain_text, variant_text

    yield _headline(found, language)
    yield ""
    yield from _wrapped(goal_text(found.result, found)[language])
    yield _summary(found)[language]
    yield ""
    if found.scheduled:
        yield from _actions(found, language)
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
    if found.scheduled:
        yield ""
        yield from _wrapped(plain_text(found)[language])
    yield ""
    for caveat in caveats(found):
        yield from _wrapped(caveat[language], "* ")
    yield ""
    yield found.result.model.notice[language]


def _summary(found: Roadmap) -> Text:
    from gscm.roadmap.told import counted, tally_text

    cost = tally_text(found.total)
    count = len(found.scheduled)
    if not count and found.request.goals:
        return Text(
            "Sasaran itu sudah tercapai; tidak ada tindakan yang diperlukan.",
            "The target is met already; no action is needed.",
        )
    if not count:
        return Text(
            "Tidak ada tindakan yang menaikkan level dengan anggaran itu.", "No action raises a level for that money."
        )
    return Text(f"{count} tindakan; biaya {cost.id}.", f"{counted(count, 'action')}; cost {cost.en}.")


def _actions(found: Roadmap, language: Language) -> Iterator[str]:
    """The actions as a table whose cells are wrapped."""
    from gscm.roadmap.actions import office_name
    from gscm.roadmap.documents import documents_text
    from gscm.roadmap.told import cost_text, why_text, years_text

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
