"""What the columns of a study's tables mean: one value an item, for .sav, Parquet, codebook and data package alike."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any, Literal

from gscm.i18n import Text
from gscm.model.schema import exact
from gscm.questionnaire.questionnaire import Item
from gscm.responses.answers import Status
from gscm.responses.load import read_answer
from gscm.study.log import Present
from gscm.study.study import Study, indicators

Kind = Literal["criterion", "level", "score", "quantity", "whole"]

WHO = ("office", "respondent", "stage")
"""The columns that tell whose row it is, by these names in every table."""
BESIDE = ("reason", "note", "evidence", "more")
"""What may stand beside an item in a .sav, in a variable named like the item with this after it."""

YES, NO = Text("ya", "yes"), Text("tidak", "no")
STATUSES: Mapping[Status, Text] = {
    "given": Text("dijawab", "answered"),
    "not_applicable": Text("tidak berlaku", "not applicable"),
    "unknown": Text("tidak tahu", "don't know"),
    "blank": Text("tidak diisi", "left blank"),
    "withheld": Text("dirahasiakan", "withheld"),
    "not_asked": Text("tidak ditanyakan", "not asked"),
}
KINDS: Mapping[Kind, Text] = {
    "criterion": Text("ya/tidak", "yes/no"),
    "level": Text("level", "level"),
    "score": Text("nilai", "score"),
    "quantity": Text("angka terukur", "measured figure"),
    "whole": Text("indikator sebagai keseluruhan", "indicator as a whole"),
}
MEASURES: Mapping[Kind, Literal["nominal", "ordinal", "scale"]] = {
    "criterion": "nominal",
    "level": "ordinal",
    "score": "scale",
    "quantity": "scale",
    "whole": "nominal",
}
"""The measurement levels of SPSS."""

_LAST_DIGIT: Mapping[Status, int] = {"withheld": 4, "not_applicable": 3, "unknown": 2, "blank": 1}
_MOST_DIGITS = 12
_RESERVED = frozenset((*WHO, "all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"))
_LONGEST = 55


@dataclass(frozen=True, slots=True)
class Variable:
    """One item as a column. `item` is its code, `name` that of its variable in SPSS.

    `labels` name its whole numbers; `least` and `most` are the ends of what its figure can be. `missing` is the number
    that stands for each status, outside of what the figure can be. `path` leads from the domain to the node that is
    asked about; `offices` are those asked.
    """

    item: str
    name: str
    question: Text
    kind: Kind
    whole_numbers: bool
    unit: Text | None
    least: Fraction | None
    most: Fraction | None
    labels: Mapping[int, Text]
    missing: Mapping[Status, int]
    path: tuple[Text, ...]
    offices: tuple[str, ...]


def variables(study: Study) -> dict[str, Variable]:
    """A variable for every item of the questionnaire, then for every indicator that may not apply as a whole."""
    items = study.questionnaire.items
    wholes = sorted(indicators(study) - items.keys())
    return {code: _of_item(study, items[code]) for code in items} | {code: _of_whole(study, code) for code in wholes}


def used(study: Study, present: Present) -> dict[str, Variable]:
    """The variables of a table with a column an item: all items, and the indicators said not to apply as a whole."""
    answered, items = {key.fact for key in present.entries}, study.questionnaire.items
    return {code: one for code, one in variables(study).items() if code in items or code in answered}


def _of_item(study: Study, item: Item) -> Variable:
    kind = item.fact.kind
    node = study.model.nodes[item.node]
    quantity = node.quantity if kind == "quantity" else None
    ends: tuple[Fraction | None, Fraction | None] = Fraction(0), Fraction(1)
    if quantity is not None:
        ends = quantity.least, quantity.most
    elif kind != "criterion":
        ends = item.fact.worst, item.fact.best
    named = {number: name for number, name, _ in item.levels}
    return Variable(
        item=item.code,
        name=name_of(item.code),
        question=item.text,
        kind=kind,
        whole_numbers=kind == "criterion" or (kind == "level" and not node.real),
        unit=quantity.unit if quantity else None,
        least=ends[0],
        most=ends[1],
        labels={0: NO, 1: YES} if kind == "criterion" else named,
        missing=missing_codes(*ends),
        path=_path(study, item.node),
        offices=_asked(study, item.code),
    )


def _of_whole(study: Study, code: str) -> Variable:
    title = study.model.nodes[code].title
    inside = [one for one, item in study.questionnaire.items.items() if item.absence == code]
    return Variable(
        item=code,
        name=name_of(code),
        question=Text(
            f"Apakah “{title.id}” sebagai keseluruhan tidak berlaku?", f"Does “{title.en}” as a whole not apply?"
        ),
        kind="whole",
        whole_numbers=True,
        unit=None,
        least=Fraction(0),
        most=Fraction(1),
        labels={},
        missing=missing_codes(Fraction(0), Fraction(1)),
        path=_path(study, code),
        offices=tuple(dict.fromkeys(office for one in inside for office in _asked(study, one))),
    )


def _path(study: Study, node: str) -> tuple[Text, ...]:
    above = [one.title for one in study.model.above(node) if one.parent is not None]
    return (*reversed(above), study.model.nodes[node].title)


def _asked(study: Study, code: str) -> tuple[str, ...]:
    return study.assignments.get(code, tuple(office.id for office in study.offices))


def name_of(code: str) -> str:
    """The name of an item's variable: at most 55 letters, digits, dots and underscores, so that SPSS takes it.

    A hyphen becomes an underscore, which no code holds, so two items never share a name, and the name of an item never
    changes with what other items there are. A word of SPSS's own is followed, and what is cut off of a long code is
    replaced, by a piece with two underscores.
    """
    name = code.replace("-", "_")
    if name in _RESERVED:
        return f"{name}__item"
    return name if len(name) <= _LONGEST else f"{name[:41]}__{hashlib.sha256(code.encode()).hexdigest()[:12]}"


def missing_codes(least: Fraction | None, most: Fraction | None) -> dict[Status, int]:
    """The numbers that stand for statuses: 97 does not apply, 98 unknown, 99 blank, and 96 withheld.

    Where the figure could be such a number they are −97 to −99, then 997 to 999, and so on with more nines.
    """
    for digits in range(2, _MOST_DIGITS + 1):
        for sign in (1, -1):
            codes = {status: sign * (10**digits - last) for status, last in _LAST_DIGIT.items()}
            low, high = min(codes.values()), max(codes.values())
            if (most is not None and low > most) or (least is not None and high < least):
                return codes
    return {status: 10**_MOST_DIGITS - last for status, last in _LAST_DIGIT.items()}


# ------------------------------------------------------------------------------------------------------- answers


def status_of(written: Mapping[str, Any]) -> Status:
    """The status of an answer in the long form of an answers file."""
    status: Status = written.get("status", "given")
    return status


def figure_of(study: Study, fact: str, written: Mapping[str, Any]) -> Fraction | None:
    """The number that an answer gives, on the scale of its fact (yes 1, no 0); None where it gives none."""
    if status_of(written) != "given":
        return None
    value = next((written[key] for key in ("value", "level", "score") if written.get(key) is not None), None)
    if isinstance(value, bool):
        return Fraction(value)
    number = exact(value)
    return number if number is not None else read_answer(study.model, fact, dict(written)).value


def time_of(at: str) -> datetime | None:
    """The time of an answer in UTC; one without a zone is taken to be UTC. None where it is no time."""
    try:
        found = datetime.fromisoformat(at)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def last_time(present: Present) -> datetime | None:
    """When the last of the answers that hold was given."""
    return max((at for entry in present.entries.values() if (at := time_of(entry.at))), default=None)


def decimal_text(number: Fraction) -> str:
    """The number with all its digits and a decimal point; one without an end, such as 14/3, with 17 of them."""
    context = Context(prec=60 if ends(number) else 17)
    text = format(context.divide(Decimal(number.numerator), Decimal(number.denominator)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def ends(number: Fraction) -> bool:
    """Whether it has an end as a decimal."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


@dataclass(frozen=True, slots=True)
class Count:
    """How many answers to an item hold now, by their status."""

    given: int = 0
    unknown: int = 0
    not_applicable: int = 0
    blank: int = 0
    withheld: int = 0


def counts(present: Present) -> dict[str, Count]:
    """The answers that hold now, counted for each item that has any."""
    found: dict[str, dict[str, int]] = {}
    for key, entry in present.entries.items():
        of_item, status = found.setdefault(key.fact, {}), status_of(entry.written)
        if status != "not_asked":
            of_item[status] = of_item.get(status, 0) + 1
    return {item: Count(**by_status) for item, by_status in found.items()}
