"""`gscm doctor`: what is missing on this machine, and how to get it."""

from __future__ import annotations

import ctypes.util
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

import click

from gscm.cli.command import command, json_option, session
from gscm.cli.terminal import print_json
from gscm.i18n import Text

APT = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
"""Debian's packages that WeasyPrint needs; `scripts/lib.sh` installs the same."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `needed` tells whether the main job fails without it."""

    name: str
    found: str | None
    needed: bool
    remedy: Text | None = None


@command(
    Text(
        "Periksa mesin ini: versi Python, paket, pustaka untuk PDF, dan data; sebutkan cara melengkapinya.",
        "Look at this machine: the version of Python, packages, libraries for PDF, and data; say how to complete it.",
    ),
    example="gscm doctor",
)
@json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    findings = list(examine())
    missing = [finding for finding in findings if finding.found is None and finding.needed]
    if as_json:
        print_json(
            [
                {
                    "name": f.name,
                    "found": f.found,
                    "needed": f.needed,
                    "remedy": {"id": f.remedy.id, "en": f.remedy.en} if f.remedy else None,
                }
                for f in findings
            ]
        )
        context.exit(1 if missing else 0)
    language = session(context).language
    absent = Text("tidak ada", "missing")[language]
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        mark = "ok" if finding.found else "--"
        click.echo(f"{mark}  {finding.name.ljust(width)}  {finding.found or absent}")
        if finding.found is None and finding.remedy:
            click.echo(f"    {finding.remedy[language]}")
    if missing:
        context.exit(1)
    click.echo(Text("Semua yang diperlukan sudah ada.", "Everything needed is there.")[language])


def examine() -> Iterator[Finding]:
    """Look at everything that the main job uses."""
    version = platform.python_version()
    yield Finding(
        "Python",
        version if sys.version_info >= (3, 11) else None,
        True,
        Text("Pasang Python 3.11 atau yang lebih baru.", "Install Python 3.11 or newer."),
    )
    for package in ("click", "pydantic", "PyYAML", "networkx", "Jinja2", "Babel", "highspy", "weasyprint"):
        yield Finding(
            package,
            _version(package),
            package != "weasyprint",
            Text("Pasang ulang: pip install gscm", "Install again: pip install gscm"),
        )
    for library, name in (("pango-1.0", "Pango"), ("pangoft2-1.0", "PangoFT2"), ("harfbuzz-subset", "HarfBuzz subset")):
        yield Finding(name, ctypes.util.find_library(library), library != "harfbuzz-subset", native_remedy())
    yield _pdf()
    yield _models()


def native_remedy() -> Text:
    """How to get WeasyPrint's native libraries on this system."""
    if sys.platform == "win32":
        return Text(
            "Di Windows buat laporan HTML (--out laporan.html) lalu cetak ke PDF dari peramban; "
            "atau pasang Pango lewat MSYS2.",
            "On Windows write the HTML report (--out report.html) and print it to PDF from the browser; "
            "or install Pango with MSYS2.",
        )
    if sys.platform == "darwin":
        return Text("Pasang: brew install pango", "Install: brew install pango")
    line = f"sudo apt-get install -y {' '.join(APT)}"
    return Text(f"Pasang: {line}. Laporan HTML tidak memerlukannya.", f"Install: {line}. HTML reports do not need it.")


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _pdf() -> Finding:
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        del error
        return Finding("PDF", None, True, native_remedy())
    return Finding("PDF", f"WeasyPrint {weasyprint.__version__}", True)


def _models() -> Finding:
    from gscm.model.load import shipped_models

    models = shipped_models()
    return Finding(
        "models",
        ", ".join(models) or None,
        True,
        Text("Pasang ulang gscm; folder datanya hilang.", "Install gscm again; its data folder is missing."),
    )
