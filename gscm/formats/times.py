"""Times as forms and spreadsheets of either language write them, brought to UTC.

Day and month stand in one order throughout a file; which one is told by its values, or by how it is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal

Order = Literal["dmy", "mdy"]
ZONES = {"WIB": 7, "WITA": 8, "WIT": 9, "UTC": 0, "GMT": 0, "Z": 0}
"""The zones that are known by name, in hours ahead of UTC."""

_ZONE = r"WITA|WIT|WIB|Z|(?:UTC|GMT)?[-+][0-9]{1,2}(?::?[0-9]{2})?|UTC|GMT"
_TIME = (
    r"(?:[T, ]+(?P<hour>[0-9]{1,2})(?P<mark>[.:])(?P<minute>[0-9]{2})"
    r"(?:[.:](?P<second>[0-9]{2})(?:[.,](?P<part>[0-9]+))?)?"
    rf" ?(?P<half>[AP]\.?M\.?)? ?(?P<zone>{_ZONE})?)?"
)
_YEAR_FIRST = re.compile(rf"(?P<year>[0-9]{{4}})[-/](?P<a>[0-9]{{1,2}})[-/](?P<b>[0-9]{{1,2}}){_TIME}", re.IGNORECASE)
_YEAR_LAST = re.compile(rf"(?P<a>[0-9]{{1,2}})[-/.](?P<b>[0-9]{{1,2}})[-/.](?P<year>[0-9]{{4}}){_TIME}", re.IGNORECASE)
_SERIAL = re.compile(r"[34567][0-9]{4}(?:[.,][0-9]+)?")
_FIRST_DAY = datetime(1899, 12, 30, tzinfo=UTC)
"""Day 0 of a spreadsheet; 30000 to 79999 are the years 1982 to 2119."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the times of a file tell: the orders in which all of them are dates, whether any depends on it, and dots."""

    orders: frozenset[Order]
    depends: bool
    dotted: bool


def seen_in(texts: Iterable[str]) -> Seen:
    """Look at the times of a file, as far as is needed to tell their order."""
    orders: set[Order] = {"dmy", "mdy"}
    depends = dotted = False
    for text in texts:
        if text[4:5] in ("-", "/"):  # the year comes first
            continue
        found = _YEAR_LAST.fullmatch(_even(text))
        if found is None:
            continue
        depends, dotted = True, dotted or found["mark"] == "."
        if int(found["a"]) > 12:
            orders.discard("mdy")
        if int(found["b"]) > 12:
            orders.discard("dmy")
    return Seen(frozenset(orders), depends, dotted)


@lru_cache(4096)
def time_in(text: str, order: Order, zone: str = "WIB") -> str | None:
    """The time in UTC, ISO 8601; None where the text is none. `zone` is that of times that do not name theirs."""
    even = _even(text)
    if _SERIAL.fullmatch(even):
        day = _FIRST_DAY + timedelta(seconds=round(float(even.replace(",", ".")) * 86400))
        return _written(day.replace(tzinfo=_zone(zone)))
    found = _YEAR_FIRST.fullmatch(even) or _YEAR_LAST.fullmatch(even)
    if found is None:
        return None
    day_first = found.re is _YEAR_LAST and order == "dmy"
    month, date = (found["b"], found["a"]) if day_first else (found["a"], found["b"])
    hour = int(found["hour"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"][0].upper() == "P" else 0)
    micro = int((found["part"] or "0").ljust(6, "0")[:6])
    clock = (hour, int(found["minute"] or 0), int(found["second"] or 0), micro)
    try:
        return _written(
            datetime(int(found["year"]), int(month), int(date), *clock, tzinfo=_zone(found["zone"] or zone))
        )
    except (ValueError, OverflowError):
        return None


def is_zone(text: str) -> bool:
    return re.fullmatch(_ZONE, text, re.IGNORECASE) is not None


def _zone(text: str) -> timezone:
    name = text.upper()
    if name in ZONES:
        return timezone(timedelta(hours=ZONES[name]))
    digits = re.sub(r"[^0-9]", "", name)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    away = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-away if "-" in name else away)


def _even(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
