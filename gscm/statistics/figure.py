"""What every figure carries: n, the method by name, the convention chosen, its sources, and what to be wary of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gscm.errors import FaultsFound, Issue
from gscm.i18n import Text

FEW = 30
"""Fewer respondents than this, and statistics of items are flagged."""


class NotComputable(FaultsFound):
    """The data cannot carry the figure; `reason` says why."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(Issue(None, reason))


@dataclass(frozen=True, slots=True)
class Method:
    """How a figure was computed; `sources` are keys of `references.REFERENCES`, such as "Cronbach 1951"."""

    name: Text
    convention: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval; `confidence` is a share of 1."""

    low: float
    high: float
    confidence: float
    method: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What every figure carries; each class says what its n counts."""

    n: int
    method: Method
    cautions: tuple[Text, ...] = ()


def refusal(name: Text, why: Text) -> NotComputable:
    """The figure of that name cannot be computed, for that reason."""
    return NotComputable(
        Text(
            f"{_sentence(name.id)} tidak dapat dihitung: {why.id}.",
            f"{_sentence(name.en)} cannot be computed: {why.en}.",
        )
    )


def need(name: Text, count: int, least: int, what: Text) -> None:
    """Refuse the figure unless there are enough of what it is computed from."""
    if count < least == 1:
        raise refusal(name, Text(f"tidak ada {what.id}", f"there are no {what.en}"))
    if count < least:
        raise refusal(
            name,
            Text(
                f"diperlukan sekurangnya {least} {what.id}, sedangkan datanya hanya memuat {count}",
                f"it needs at least {least} {what.en}, and the data have {count}",
            ),
        )


def few(*respondents: int) -> tuple[Text, ...]:
    """The caution about statistics of items from few respondents, if they are few: of one figure or of several."""
    small = [count for count in respondents if count < FEW]
    if not small:
        return ()
    least, most = min(small), max(small)
    count = Text(f"{least} sampai {most}", f"{least} to {most}") if least < most else Text(f"{least}", f"{least}")
    return (
        Text(
            f"Hanya {count.id} responden: dengan kurang dari {FEW} responden, statistik butir belum dapat "
            "dijadikan pegangan.",
            f"Only {count.en} respondents: with fewer than {FEW}, statistics of items are not yet firm.",
        ),
    )


def computed(figure: Callable[..., Any], *arguments: Any) -> float | None:
    """What the function gives, or None where the data cannot carry it."""
    try:
        return float(figure(*arguments))
    except NotComputable:
        return None


def _sentence(name: str) -> str:
    return name[:1].upper() + name[1:]


NO_VARIANCE = Text("semua nilainya sama, sehingga tidak ada keragaman", "all values are equal, so there is no variance")
ALL_MISSING = Text("semua nilainya kosong", "every value is missing")
RESPONDENTS = Text("responden dengan jawaban lengkap", "respondents with complete answers")
ITEMS = Text("butir", "items")
RATERS = Text("penilai", "raters")
UNITS = Text("satuan yang dinilai", "rated units")
COMPLETE_UNITS = Text("satuan yang dinilai oleh semua penilai", "units rated by every rater")
PAIRED_UNITS = Text("satuan yang dinilai oleh dua penilai atau lebih", "units rated by two raters or more")
