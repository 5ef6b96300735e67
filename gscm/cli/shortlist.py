"""`gscm shortlist`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from gscm.cli.command import command, json_option, option, say, session
from gscm.cli.terminal import print_json, print_warnings, table
from gscm.errors import BadUse, Issue
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from gscm.shortlist import Candidate, Criteria, Finding, Shortlist

WIDTH = 80
MARKS = {"met": "■", "open": "▨", "unmet": "·", "dropped": "–"}
VERDICT = {
    "in": Text("masuk", "in"),
    "undecided": Text("belum dapat dipastikan", "undecided"),
    "out": Text("tidak masuk", "out"),
}


@command(
    Text(
        "Saring sekumpulan daerah dengan kriteria yang dinyatakan kajian: mana yang masuk, mana yang tidak, dan mana "
        "yang belum dapat dipastikan, beserta alasannya. Jawaban yang masih terbuka tidak pernah dihitung sebagai "
        "“tidak”. Dengan --out ditulis pula tabel CSV: UTF-8, sel dipisahkan koma; bila Excel mengharapkan titik koma, "
        "impor lewat Data > From Text/CSV.",
        "Shortlist a cohort by the criteria that a study declares: which subjects are in, which are out and which are "
        "undecided, and why. Open answers are never counted as “no”. With --out a CSV table is written as well: "
        "UTF-8, cells separated by commas; where Excel expects semicolons, import it by Data > From Text/CSV.",
    ),
    example="gscm shortlist examples/selection-2018/criteria.yaml examples/selection-2018/cohort/*.yaml",
)
@click.argument("criteria", metavar="CRITERIA.yaml")
@click.argument("answers", metavar="A.yaml B.yaml …", nargs=-1, required=True)
@option("--out", metavar="FILE.csv", text=Text("Tulis tabel ke berkas ini.", "Write the table to this file."))
@json_option
@click.pass_context
def shortlist(context: click.Context, criteria: str, answers: tuple[str, ...], out: str | None, as_json: bool) -> None:
    from gscm.shortlist import load_cohort, shortlist as shortlisted, to_csv, to_json

    if out is not None:
        _check_name(out)
    language = session(context).language
    declared, loaded = load_cohort(criteria, answers)
    for one in loaded:
        print_warnings(one.warnings, language)
    found = shortlisted(declared, loaded)
    if out is not None:
        Path(out).write_text(to_csv(found, language), encoding="utf-8", newline="")
        click.echo(say(Text(f"Tabel ditulis ke {out}.", f"Table written to {out}.")), err=True)
    if as_json:
        print_json(to_json(found))
    else:
        click.echo("\n".join(_page(found, language)))


def _check_name(out: str) -> None:
    """A table is a .csv; nothing that people write is overwritten by a slip."""
    if Path(out).suffix.lower() != ".csv":
        raise BadUse(
            Issue(
                None,
                Text(f"“{out}” bukan berkas .csv.", f"“{out}” is no .csv file."),
                Text("Beri nama seperti daftar-pendek.csv.", "Name it like shortlist.csv."),
            )
        )


def _page(found: Shortlist, language: Language) -> Iterator[str]:
    """What a person reads: the criteria, the cohort at a glance, then each subject with its reasons."""
    criteria = found.criteria
    yield from _filled(criteria.title[language])
    model = criteria.model
    counts = ", ".join(
        f"{len(found.of(verdict))} {VERDICT[verdict][language]}" for verdict in ("in", "undecided", "out")
    )
    total = Text(f"{len(found.candidates)} daerah", f"{len(found.candidates)} subjects")[language]
    yield from _filled(f"{model.short[language]} {model.version} · {total}: {counts}")
    if criteria.about:
        yield ""
        yield from _filled(criteria.about[language])
    yield ""
    yield from _declared(criteria, language)
    yield ""
    yield from _glance(found, language)
    for verdict in ("in", "undecided", "out"):
        for one in found.of(verdict):
            yield ""
            yield from _why(one, found, language)
    yield ""
    yield from _filled(model.notice[language])


def _declared(criteria: Criteria, language: Language) -> Iterator[str]:
    """The criteria with their reasons, and how they count together."""
    numbers = _numbers(criteria)
    yield Text("Kriteria kajian", "Criteria of the study")[language]
    for one in criteria.criteria:
        yield from _filled(f"{numbers[one.id]:>2} {one.id}: {one.says[language]}", after=3)
        yield from _filled(one.reason[language], before=3)
    for group in criteria.groups:
        named = ", ".join(str(numbers[one]) for one in group.of)
        yield Text(
            f"Dari {named} cukup {group.at_least} yang terpenuhi; kriteria lainnya wajib.",
            f"Of {named} it is enough that {group.at_least} are met; all others must be.",
        )[language]
    if not criteria.groups:
        yield Text("Semua kriteria wajib.", "All criteria must be met.")[language]
    if criteria.places is not None:
        order = Text(", lalu ", ", then ")[language].join(one.says[language] for one in criteria.rank)
        places = Text(
            f"Tempat: {criteria.places}, diurutkan menurut {order}; yang terbaik lebih dahulu.",
            f"Places: {criteria.places}, ranked by {order}, best first.",
        )
        yield from _filled(places[language])


def _glance(found: Shortlist, language: Language) -> Iterator[str]:
    """One line a subject: a mark for each criterion, and the verdict."""
    head = "".join(str(number % 10) for number in _numbers(found.criteria).values())
    rows = [["", head, ""]]
    for one in found.candidates:
        marks = "".join(MARKS[finding.status] for finding in one.findings)
        rows.append([_short(one.name), marks, VERDICT[one.verdict][language]])
    yield from table(rows)
    yield Text(
        "■ terpenuhi  ▨ belum dapat dipastikan  · tidak terpenuhi  – tidak berlaku",
        "■ met  ▨ undecided  · not met  – does not apply",
    )[language]


def _why(one: Candidate, found: Shortlist, language: Language) -> Iterator[str]:
    """One subject: what each criterion found, what decides, and what is still to be found out."""
    numbers = _numbers(found.criteria)
    yield from _filled(f"{one.name}: {VERDICT[one.verdict][language]}")
    for finding in one.findings:
        number = numbers[finding.criterion.id]
        line = f"{MARKS[finding.status]} {number} {finding.criterion.id}: {finding.found[language]}"
        yield from _filled(line, before=2, after=6)
        if finding.decides and one.meets != "in":
            yield from _behind(one, finding, language)
    yield from _place(one, found, language)


SHOWN = 3
"""Facts listed under a criterion, and names in a tie; the rest are counted, and named in full by --json."""


def _behind(one: Candidate, finding: Finding, language: Language) -> Iterator[str]:
    from gscm.placement.explain import fact_text

    facts = finding.ask if finding.status == "open" else finding.facts
    lead = Text("cari tahu ", "find out ")[language] if finding.status == "open" else ""
    for fact in facts[:SHOWN]:
        yield from _filled(f"{lead}{fact}: {fact_text(one.assessment.result, fact)[language]}", before=6, after=8)
    if len(facts) > SHOWN:
        more = len(facts) - SHOWN
        yield " " * 6 + Text(f"… dan {more} jawaban lain (--json)", f"… and {more} more answers (--json)")[language]
    if not facts and finding.status == "open":
        nothing = Text(
            "tidak ada jawaban terbuka yang dapat memastikannya di bawah simpul ini",
            "no open answer below this node can settle it",
        )
        yield from _filled(nothing[language], before=6)


def _place(one: Candidate, found: Shortlist, language: Language) -> Iterator[str]:
    """What the quota makes of a subject that meets the criteria, or may."""
    if one.meets == "out" or one.verdict == "in":
        return
    places = found.criteria.places
    above = Text(
        f"{len(one.ahead)} daerah di atasnya, tempat hanya {places}",
        f"{len(one.ahead)} ranked above, only {places} to place",
    )
    tied = Text("seri, kajian yang memutuskan, dengan", "a tie, for the study to decide, with")
    rivals = Text("masih dapat didahului oleh", "may still be passed by")
    told = [(above, one.ahead)] if one.verdict == "out" else [(tied, one.tied), (rivals, one.rivals)]
    for said, names in told:
        if names:
            yield from _filled(f"{said[language]}: {_named(names, language)}", before=2, after=6)


def _named(names: tuple[str, ...], language: Language) -> str:
    more = len(names) - SHOWN
    rest = Text(f", … dan {more} lagi (--json)", f", … and {more} more (--json)")[language] if more > 0 else ""
    return ", ".join(names[:SHOWN]) + rest


def _numbers(criteria: Criteria) -> dict[str, int]:
    return {one.id: number for number, one in enumerate(criteria.criteria, 1)}


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"


def _filled(text: str, before: int = 0, after: int | None = None) -> list[str]:
    """A paragraph in the width of a terminal; `after` indents the lines that follow the first."""
    rest = before if after is None else after
    return wrap(text, WIDTH, initial_indent=" " * before, subsequent_indent=" " * rest, break_long_words=False)
