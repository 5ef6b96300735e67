"""`gscm report`."""

from __future__ import annotations

from pathlib import Path

import click

from gscm.cli.command import command, model_option, option, say, session, weights_of, weights_option
from gscm.cli.terminal import print_warnings
from gscm.errors import BadUse, Issue
from gscm.i18n import Text


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
@model_option
@weights_option
@click.pass_context
def report(
    context: click.Context, answers: str, out: str, report_id: str, model: str | None, weights: str | None
) -> None:
    from gscm.assessment import assess
    from gscm.formats.saving import check_target, save
    from gscm.responses.load import load_answers

    target = Path(out)
    if target.suffix.lower() not in (".pdf", ".html"):
        raise BadUse(
            Issue(
                None,
                Text(f"“{out}” bukan berkas .pdf atau .html.", f"“{out}” is neither a .pdf nor a .html file."),
                Text("Beri nama seperti laporan.pdf.", "Name it like report.pdf."),
            )
        )
    check_target(target)
    language = session(context).language
    loaded = load_answers(answers, model, weights_of(weights))
    print_warnings(loaded.warnings, language)
    click.echo(say(Text("Menyusun laporan …", "Composing the report …")), err=True)
    assessment = assess(loaded)
    if target.suffix.lower() == ".html":
        from gscm.report.html import render_html

        save(target, render_html(assessment, report_id, language))
    else:
        from gscm.report.pdf import render_pdf

        save(target, render_pdf(assessment, report_id, language))
    click.echo(say(Text(f"Laporan ditulis ke {out}.", f"Report written to {out}.")))
