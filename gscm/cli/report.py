"""`gscm report`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gscm.cli.command import command, model_option, option, say, session, weights_of, weights_option
from gscm.cli.reporting import analysis_option, asked_for, report_target, write_report
from gscm.cli.terminal import print_warnings
from gscm.i18n import Text

if TYPE_CHECKING:
    from gscm.analysis.finding import Finding
    from gscm.responses.answers import Answers


@command(
    Text(
        "Buat laporan dari berkas jawaban: PDF siap cetak, atau HTML satu berkas yang "
        "tidak membutuhkan pustaka tambahan.",
        "Write the report of an answers file: a PDF ready to print, or one HTML file that needs no extra library.",
    ),
    example="gscm report examples/kalimantan-selatan-2019/answers.yaml --out laporan.pdf\n"
    "gscm report examples/kalimantan-selatan-2019/answers.yaml --out report.html --lang en",
)
@click.argument("answers", metavar="ANSWERS.yaml")
@option("--out", required=True, metavar="FILE.pdf|.html", text=Text("Berkas keluaran.", "Output file."))
@option(
    "--report",
    "report_id",
    default="assessment",
    show_default=True,
    metavar="ID|FOLDER",
    text=Text("Laporan yang dipakai.", "The report to use."),
)
@analysis_option
@model_option
@weights_option
@click.pass_context
def report(
    context: click.Context,
    answers: str,
    out: str,
    report_id: str,
    with_analysis: bool,
    model: str | None,
    weights: str | None,
) -> None:
    from gscm.assessment import assess
    from gscm.responses.load import load_answers

    target, language = report_target(out), session(context).language
    loaded = load_answers(answers, model, weights_of(weights))
    print_warnings(loaded.warnings, language)
    click.echo(say(Text("Menyusun laporan …", "Composing the report …")), err=True)
    write_report(assess(loaded, _findings(loaded) if with_analysis else ()), report_id, target, language)
    click.echo(say(Text(f"Laporan ditulis ke {out}.", f"Report written to {out}.")))


def _findings(answers: Answers) -> tuple[Finding, ...]:
    from gscm.analysis.material import Material
    from gscm.analysis.run import analyse

    return asked_for(analyse(Material(answers)))
