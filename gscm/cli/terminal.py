"""What every command prints alike: JSON, warnings, tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import click

if TYPE_CHECKING:
    from fractions import Fraction

    from gscm.errors import Issue
    from gscm.i18n import Language


def print_json(value: Any) -> None:
    """JSON on standard output, readable and with letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_warnings(issues: Iterable[Issue], language: Language) -> None:
    """Warnings go to standard error, so that they never mix with a result."""
    for issue in issues:
        click.echo(issue.sentence(language), err=True)


def share(value: Fraction) -> str:
    """A share of 1 as whole percents; what is not nothing is never shown as 0."""
    percent = round(float(value) * 100)
    if percent == 0 and value > 0:
        return "<1%"
    return f"{99 if percent == 100 and value < 1 else percent}%"


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as aligned columns."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(cell: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in cell)
