"""The one door to WeasyPrint: the HTML of a report as an A4 PDF, tagged, the same bytes for the same inputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gscm.assessment import Assessment
from gscm.errors import BadUse, Issue
from gscm.i18n import Language, Text
from gscm.report.html import render_html


def render_pdf(assessment: Assessment, report: str | Path, language: Language) -> bytes:
    """The report as PDF (PDF/UA-1 tags, fonts embedded). Raises as `render_html`, and BadUse where Pango is missing."""
    return pdf_of(render_html(assessment, report, language))


def pdf_of(*pages: str) -> bytes:
    """An HTML page as PDF, under the same rules; of several, one behind the other, each counts its own sheets."""
    weasyprint = _weasyprint()
    tagged = {"pdf_variant": "pdf/ua-1"}
    documents = [weasyprint.HTML(string=page, url_fetcher=_fetcher(weasyprint)).render(**tagged) for page in pages]
    whole = documents[0].copy([sheet for document in documents for sheet in document.pages])
    written: bytes = whole.write_pdf(**tagged)
    return written


def drawn_by() -> dict[str, str]:
    """The versions of all that decides the bytes of a PDF: Python packages, and Pango of this machine."""
    from importlib import metadata

    _weasyprint()
    from weasyprint.text.ffi import pango

    packages = ("weasyprint", "pydyf", "fonttools", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "pillow")
    return {**{name: metadata.version(name) for name in packages}, "pango": str(pango.pango_version())}


def _weasyprint() -> Any:
    """WeasyPrint, imported only when a PDF is made: it takes a second and needs native libraries."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise BadUse(
            Issue(
                None,
                Text(
                    f"PDF tidak dapat dibuat: pustaka Pango tidak ditemukan ({_first_line(error)}).",
                    f"No PDF can be made: the Pango library is not found ({_first_line(error)}).",
                ),
                Text(
                    "Jalankan `gscm doctor` untuk melihat yang perlu dipasang, atau buat laporan HTML, yang "
                    "tidak memerlukannya.",
                    "Run `gscm doctor` to see what to install, or make the HTML report, which does not need it.",
                ),
            )
        ) from None
    return weasyprint


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:120]


def _fetcher(weasyprint: Any) -> Any:
    """A fetcher that opens nothing: fonts and pictures are inside the page as data URIs."""
    return weasyprint.urls.URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=False)
