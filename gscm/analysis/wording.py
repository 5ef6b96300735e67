"""Figures and lists in the words of a finding, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gscm.i18n import Text, decimal, listed, percent, same
from gscm.statistics.figure import Figure, Interval, Method, few

NONE = same("–")
Noun = tuple[str, str, str]
"""A noun in Indonesian, and in English for one and for any other number."""
PEOPLE: Noun = ("orang", "person", "people")
EXPERTS: Noun = ("pakar", "expert", "experts")
OFFICES: Noun = ("perangkat daerah", "office", "offices")
ITEMS: Noun = ("butir", "item", "items")
INDICATORS: Noun = ("indikator", "indicator", "indicators")
UNITS: Noun = ("satuan", "unit", "units")


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


def many(count: int, of: Noun) -> Text:
    """So many of something, with the noun in its number."""
    number = whole(count)
    what, one, more = of
    return Text(f"{number.id} {what}", f"{number.en} {one if count == 1 else more}")


def joined(*texts: Text, by: str = ", ") -> Text:
    """The texts in a row, with the same between any two."""
    return Text(by.join(text.id for text in texts), by.join(text.en for text in texts))


def share(value: float | None) -> Text:
    """A share of 1 as whole percents; a dash where there is none."""
    return NONE if value is None else Text(percent(value, "id"), percent(value, "en"))


def rate(value: float | None) -> Text:
    """A share of 1 in percents with one digit, without it where they are whole; a dash where there is none."""
    if value is None:
        return NONE
    written = figure(100 * value, 0 if round(1000 * value) % 10 == 0 else 1)
    return Text(f"{written.id}%", f"{written.en}%")


def between(interval: Interval | None, digits: int = 2) -> Text:
    """An interval as "0,31–0,52", or "−0,05 s.d. 0,31" where an end is written as negative."""
    if interval is None:
        return NONE
    low, high = figure(interval.low, digits), figure(interval.high, digits)
    if low.en.startswith("-") or high.en.startswith("-"):
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


LOWEST = Text("terendah", "lowest")
WEAKEST = Text("terlemah", "weakest")
FARTHEST = Text("terjauh", "farthest")
FIRST = Text("pertama", "first")


def first_of(shown: int, total: int, which: Text) -> Text | None:
    """That a table holds only the first rows, and where the others are; None where it holds all."""
    if total <= shown:
        return None
    return Text(
        f"{shown} {which.id} dari {total}; selengkapnya dalam keluaran JSON.",
        f"The {shown} {which.en} of {total}; all of them are in the JSON output.",
    )


def without_common_start(names: Sequence[Text]) -> tuple[Text, ...]:
    """The names without the words that all of them begin with, where there is little room for names."""
    return tuple(
        Text(upper(one), upper(other))
        for one, other in zip(_told_apart([n.id for n in names]), _told_apart([n.en for n in names]), strict=True)
    )


def _told_apart(names: Sequence[str]) -> list[str]:
    words = [name.split() for name in names]
    shortest = min((len(one) for one in words), default=0)
    common = 0
    while common < shortest - 1 and len({one[common] for one in words}) == 1:
        common += 1
    return [" ".join(one[common:]) for one in words] if len(words) > 1 else list(names)


def sentences(texts: Iterable[Text | None]) -> Text:
    """The sentences one after the other, each once."""
    told = tuple(dict.fromkeys(text for text in texts if text is not None))
    return Text(" ".join(text.id for text in told), " ".join(text.en for text in told))


def cautions(figures: Iterable[Figure], *more: Text | None) -> Text | None:
    """What to be wary of, each warning once, that of few respondents for all figures; None where there is nothing."""
    figures = tuple(figures)
    small = [one.n for one in figures if set(few(one.n)) & set(one.cautions)]
    others = [caution for one in figures for caution in one.cautions if caution not in few(one.n)]
    told = sentences([*few(*small), *others, *more])
    return told if told.id else None


def how(method: Method) -> Text:
    """The method by its name, with its convention: the first words of a sentence about it."""
    name, convention = method.name, method.convention
    return Text(f"{upper(name.id)} ({convention.id}).", f"{upper(name.en)} ({convention.en}).")


def upper(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
