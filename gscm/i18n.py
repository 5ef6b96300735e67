"""What is said to people: every text exists in Indonesian and in English, side by side.

Neither language is the source of the other; a text without both cannot be written. Numbers, dates
and rupiah are written as each language writes them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    id: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.id if language == "id" else self.en


def same(text: str) -> Text:
    """A text that reads alike in both languages: a name, an id, a figure."""
    return Text(text, text)


def listed(texts: tuple[Text, ...]) -> Text:
    """The texts as a list in a sentence: "a, b, dan c", "a, b and c"."""
    return Text(
        _listed([text.id for text in texts], "dan", serial=","),
        _listed([text.en for text in texts], "and", serial=""),
    )


def _listed(words: list[str], conjunction: str, serial: str) -> str:
    if len(words) < 3:
        return f" {conjunction} ".join(words)
    return f"{', '.join(words[:-1])}{serial} {conjunction} {words[-1]}"


def language_of(environment: Mapping[str, str] = os.environ) -> Language:
    """The language of the user's environment; Indonesian unless it says English."""
    for name in ("GSCM_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "id"
    return "id"


_LOCALE = {"id": "id_ID", "en": "en_GB"}


def decimal(value: Decimal | str, language: Language) -> str:
    """A decimal as the language writes it, with the digits it has: 3,31 and 3.31."""
    import decimal as numbers

    from babel.numbers import format_decimal

    return str(
        format_decimal(
            numbers.Decimal(value), locale=_LOCALE[language], decimal_quantization=False, format=_pattern(str(value))
        )
    )


def _pattern(digits: str) -> str:
    places = len(digits.partition(".")[2])
    return "#,##0" + ("." + "0" * places if places else "")


def percent(share: Decimal | float, language: Language) -> str:
    """A share of 1 as whole percents: 0.375 → "38%" (en) and "38 %" is avoided in favour of the locale's form."""
    from babel.numbers import format_percent

    return str(format_percent(share, locale=_LOCALE[language], format="#,##0%"))


def long_date(day: date, language: Language) -> str:
    """21 November 2026, in both languages."""
    from babel.dates import format_date

    return str(format_date(day, "d MMMM yyyy", locale=_LOCALE[language]))
