"""What `gscm roadmap` writes, the matrix as a workbook, a report, or a picture, and what it needs for that."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gscm.cli.command import say
from gscm.errors import BadUse, Issue
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from gscm.responses.answers import Answers
    from gscm.roadmap.documents import Period
    from gscm.roadmap.nomenclature import Nomenclature
    from gscm.roadmap.roadmap import NoPlan, Roadmap

_LONGEST = 6  # years of an RPJMD are five, or six counted with both its first and its last
_REPORTS, _PLANS = (".pdf", ".html"), (".xlsx", ".svg")


def read_names(path: Path) -> Nomenclature:
    """The user's own nomenclature. Raises Unreadable or FaultsFound."""
    from gscm.formats.costs import read_sheet
    from gscm.roadmap.nomenclature import nomenclature_of

    return nomenclature_of(read_sheet(path), path.name)


def read_period(said: str) -> Period:
    """The years of an RPJMD: 2025-2029. Raises BadUse."""
    found = re.fullmatch(r"(\d{4})\s*[-–]\s*(\d{4})", said.strip())
    if not found or not int(found[1]) <= int(found[2]) < int(found[1]) + _LONGEST:
        raise BadUse(
            Issue(
                None,
                Text(f"--rpjmd: “{said}” bukan masa sebuah RPJMD.", f"--rpjmd: “{said}” are no years of an RPJMD."),
                Text("Tulis seperti --rpjmd 2025-2029.", "Write it like --rpjmd 2025-2029."),
            )
        )
    return int(found[1]), int(found[2])


def check_out(target: Path) -> None:
    """Whether it can be written there, told before the plan is sought. Raises BadUse."""
    from gscm.formats.saving import check_target

    if target.suffix.lower() not in (*_REPORTS, *_PLANS):
        raise BadUse(
            Issue(
                None,
                Text(
                    f"“{target}” bukan berkas .xlsx, .pdf, .html, atau .svg.",
                    f"“{target}” is no .xlsx, .pdf, .html or .svg file.",
                ),
                Text("Beri nama seperti peta-jalan.xlsx.", "Name it like roadmap.xlsx."),
            )
        )
    check_target(target)


def check_template(target: Path) -> None:
    """Whether a table to fill in can be written there. Raises BadUse."""
    from gscm.formats.saving import check_target

    if target.suffix.lower() not in (".csv", ".xlsx"):
        raise BadUse(
            Issue(
                None,
                Text(f"“{target}” bukan berkas .csv atau .xlsx.", f"“{target}” is no .csv or .xlsx file."),
                Text("Beri nama seperti biaya.xlsx.", "Name it like costs.xlsx."),
            )
        )
    check_target(target)


def write_out(target: Path, answers: Answers, found: Roadmap | NoPlan, language: Language) -> None:
    """Write the plan in the form that the name asks for; without a plan there is a report of why, and nothing else."""
    from gscm.formats.saving import save
    from gscm.roadmap.roadmap import NoPlan

    kind = target.suffix.lower()
    if kind in _REPORTS:
        save(target, _report(kind, answers, found, language))
    elif isinstance(found, NoPlan):
        told = Text(
            f"{target} tidak ditulis, karena tidak ada rencana.", f"{target} was not written, since there is no plan."
        )
        click.echo(say(told), err=True)
        return
    elif kind == ".xlsx":
        from gscm.formats.matrix import matrix_workbook

        save(target, matrix_workbook(found, language))
    else:
        from gscm.report.sections.roadmap import drawing

        save(target, drawing(found, language))
    click.echo(say(Text(f"Peta jalan ditulis ke {target}.", f"Roadmap written to {target}.")), err=True)


def _report(kind: str, answers: Answers, found: Roadmap | NoPlan, language: Language) -> str | bytes:
    from gscm.assessment import assess

    assessment = assess(answers, roadmap=found)
    if kind == ".html":
        from gscm.report.html import render_html

        return render_html(assessment, "roadmap", language)
    from gscm.report.pdf import render_pdf

    return render_pdf(assessment, "roadmap", language)
