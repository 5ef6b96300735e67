"""What an executive summary is made of: figures and decisions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and what it counts."""

    figure: str
    caption: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision asked for, and the small print below it."""

    what: str
    details: tuple[str, ...]
