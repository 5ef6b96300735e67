"""Figures and lists in the words of a finding, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gscm.i18n import Text, decimal, listed, percent, same
from gscm.statistics.figure import Figure, Interval, Method
from gscm.statistics.references import bibliography

NONE = same("–")


def figure(value: float | None, digits: int = 2) -> Text:
    """A figure with so many digits; a dash where there is none."""
    if value is None:
        return NONE
    written = f"{value:.{digits}f}"
    written = written.removeprefix("-") if not float(written) else written
    return Text(decimal(written, "id"), decimal(written, "en"))


def whole(count: int) -> Text:
    """A count, with thousands set apart."""
    return figure(count, 0)


def share(value: float | None) -> Text:
    """A share of 1 as whole percents; a dash where there is none."""
    return NONE if value is None else Text(percent(value, "id"), percent(value, "en"))


def between(interval: Interval | None, digits: int = 2) -> Text:
    """An interval as "0,31–0,52", or "−0,05 s.d. 0,31" where an end is negative."""
    if interval is None:
        return NONE
    low, high = figure(interval.low, digits), figure(interval.high, digits)
    if interval.low < 0 or interval.high < 0:
        return Text(f"{low.id} s.d. {high.id}", f"{low.en} to {high.en}")
    return Text(f"{low.id}–{high.id}", f"{low.en}–{high.en}")


def span(counts: Sequence[int]) -> Text:
    """From the least to the most of some counts; one figure where they are equal."""
    least, most = whole(min(counts)), whole(max(counts))
    return least if least == most else Text(f"{least.id}–{most.id}", f"{least.en}–{most.en}")


def some(names: Sequence[Text], most: int = 3) -> Text:
    """The names as a list in a sentence; of more than `most`, the first ones and how many others."""
    if len(names) <= most:
        return listed(tuple(names))
    rest = len(names) - most
    return listed((*names[:most], Text(f"{rest} lainnya", f"{rest} more")))


def sentences(texts: Iterable[Text | None]) -> Text:
    """The sentences one after the other, each once."""
    told = tuple(dict.fromkeys(text for text in texts if text is not None))
    return Text(" ".join(text.id for text in told), " ".join(text.en for text in told))


def cautions(figures: Iterable[Figure], *more: Text | None) -> Text | None:
    """What to be wary of, each warning once; None where there is nothing."""
    told = sentences([*(caution for one in figures for caution in one.cautions), *more])
    return told if told.id else None


def how(method: Method) -> Text:
    """The method by its name, with its convention: the first words of a sentence about it."""
    name, convention = method.name, method.convention
    return Text(f"{upper(name.id)} ({convention.id}).", f"{upper(name.en)} ({convention.en}).")


def works(sources: Iterable[str]) -> str:
    """The full references of these keys, without the last full stop."""
    return " ".join(bibliography(sources)).removesuffix(".")


def upper(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
