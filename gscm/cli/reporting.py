"""What every command that writes a report has in common: the target, the file, and the analyses in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gscm.cli.command import option
from gscm.errors import BadUse, Issue
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gscm.analysis.finding import Finding
    from gscm.assessment import Assessment

analysis_option = option(
    "--with-analysis",
    is_flag=True,
    text=Text(
        "Sertakan bab analisis: kesepakatan, kekukuhan, kepekaan, audit.",
        "Include a chapter of analyses: agreement, firmness, sensitivity, audit.",
    ),
)


def asked_for(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that belong in a report: without the analyses for which whoever runs it gave nothing to work on."""
    return tuple(one for one in found if one.remedy is None)


def report_target(out: str) -> Path:
    """Where a report is to be written. Raises BadUse, before the work that makes it."""
    from gscm.formats.saving import check_target

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
    return target


def write_report(assessment: Assessment, report: str, target: Path, language: Language) -> None:
    """The report as the suffix of its file says."""
    from gscm.formats.saving import save

    if target.suffix.lower() == ".html":
        from gscm.report.html import render_html

        save(target, render_html(assessment, report, language))
    else:
        from gscm.report.pdf import render_pdf

        save(target, render_pdf(assessment, report, language))
