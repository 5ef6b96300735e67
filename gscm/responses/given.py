"""One answer as it arrives through a channel: a cell, a line of an export, a form keyed in; not yet bound."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gscm.errors import Where

_STATUS = {
    "tidak tahu": "unknown",
    "don't know": "unknown",
    "don’t know": "unknown",
    "unknown": "unknown",
    "tidak berlaku": "not_applicable",
    "not applicable": "not_applicable",
    "n/a": "not_applicable",
}
_CODES = {"97": "not_applicable", "98": "unknown", "99": "blank"}
_YES = frozenset(("ya", "yes", "true", "benar", "y"))
_NO = frozenset(("tidak", "no", "false", "salah", "t", "n"))
_FIGURE = re.compile(r"[-+]?[0-9]+(,[0-9]+)?\Z")


@dataclass(frozen=True, slots=True)
class Given:
    """Who said what of which fact. `written` is the long form of an answers file; `at` the time, where it is told."""

    office: str
    author: str
    fact: str
    written: Mapping[str, Any]
    at: str | None
    where: Where


def written(text: str, criterion: bool, reason: str | None = None, note: str | None = None) -> dict[str, Any] | None:
    """What a cell says, in the long form of an answers file; None where it is empty.

    `criterion` tells that yes and no are expected: 1 and 0 mean them, and a status may be written as its code (97
    does not apply, 98 unknown, 99 blank). Elsewhere 98 is a figure, and a status is written in words. "tidak
    berlaku: alasan" carries its reason.
    """
    text = text.strip()
    if not text:
        return None
    word, colon, rest = text.partition(":")
    status = _STATUS.get(word.strip().casefold()) or (_CODES.get(text) if criterion else None)
    answer: dict[str, Any]
    if status:
        answer = {"status": status}
        if status == "not_applicable":
            answer["reason"] = rest.strip() if colon and rest.strip() else reason
    elif criterion:
        said = text.casefold()
        answer = {"value": True if said in _YES | {"1", "1.0"} else False if said in _NO | {"0", "0.0"} else text}
    else:
        answer = {"value": text.replace(",", ".") if _FIGURE.match(text) else text.removesuffix(".0")}
    if reason and status != "not_applicable":
        answer["reason"] = reason
    if note:
        answer["note"] = note
    return {key: value for key, value in answer.items() if value is not None}


_PLAIN = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?\Z")
_GROUPED = re.compile(r"[-+]?[1-9][0-9]{0,2}((\.[0-9]{3})+(,[0-9]+)?|(,[0-9]{3})+(\.[0-9]+)?)\Z")


def figures(text: str, mark: str | None = None) -> tuple[str, ...]:
    """The figures that a text can mean, with a point as decimal mark: none, one, or two.

    "12,5" means 12.5 and "1.250,5" 1250.5; "1.250" can mean 1250 or 1.250, unless `mark` tells the decimal mark.
    """
    marks = [letter for letter in text if letter in ".,"]
    decimal = text.replace(",", ".")
    if _GROUPED.match(text):
        whole = text.replace(marks[0], "").replace(",", ".")
        return (whole,) if len(marks) > 1 else (decimal,) if marks[0] == mark else (whole, decimal)
    return (decimal,) if _PLAIN.match(text) else ()


_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?\Z")
_VALUES = ("value", "level", "score")


def canonical(said: Mapping[str, Any], criterion: bool) -> dict[str, Any]:
    """The same answer in the one form in which it is kept, whatever the channel: 12.50 and 12.5 are one figure.

    What is answered is the `value`; figures become texts without trailing zeros, yes and no of a criterion become
    true and false, what is neither stays as it is. Texts lose the blanks around them, and their lines end alike.
    """
    found = {}
    for key, told in said.items():
        if key in _VALUES:
            found["value"] = _one_form(told, criterion)
        elif isinstance(told, str) and key != "status":
            if text := told.replace("\r\n", "\n").replace("\r", "\n").strip():
                found[key] = text
        elif told != "given":
            found[key] = told
    return found


def _one_form(value: Any, criterion: bool) -> Any:
    if isinstance(value, bool):
        return value
    text = f"{value:f}" if isinstance(value, Decimal) else str(value).strip()
    if criterion and text.casefold() in _YES | _NO:
        return text.casefold() in _YES
    if not _NUMBER.match(text):
        return value
    figure = format(Decimal(text), "f")
    figure = figure.rstrip("0").rstrip(".") if "." in figure else figure
    return "0" if figure == "-0" else figure
