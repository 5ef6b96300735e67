"""The present answers of a study as rows of text: long, one answer a row; wide, one respondent a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gscm.study.log import Entry, Present
from gscm.study.study import Study

LONG = ("office", "respondent", "item", "stage", "value", "reason", "note", "at", "channel")
_SAID = {"unknown": "tidak tahu", "blank": "", "not_asked": "", "withheld": "", "not_applicable": "tidak berlaku"}
Table = tuple[tuple[str, ...], Iterator[tuple[str, ...]]]


def long_rows(_: Study, present: Present) -> Table:
    """The headings, and a row for every answer that holds now, by office, respondent and item."""
    return LONG, (_long(entry) for entry in present.entries.values())


def _long(entry: Entry) -> tuple[str, ...]:
    key, written = entry.key, entry.written
    reason, note = str(written.get("reason") or ""), str(written.get("note") or "")
    return key.office, key.author, key.fact, key.stage, said(written), reason, note, entry.at, entry.channel


def wide_rows(study: Study, present: Present) -> Table:
    """The headings, and a row for every respondent and stage; a column for every item of the questionnaire.

    Further columns are the indicators of which somebody said that they do not apply as a whole.
    """
    absent = {key.fact for key in present.entries} - study.questionnaire.items.keys()
    items = (*study.questionnaire.items, *sorted(absent))
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    for key, entry in present.entries.items():
        rows.setdefault((key.office, key.author, key.stage), {})[key.fact] = _wide(entry.written)
    return (
        ("office", "respondent", "stage", *items),
        ((*who, *(answers.get(item, "") for item in items)) for who, answers in sorted(rows.items())),
    )


def _wide(written: Mapping[str, Any]) -> str:
    reason = written.get("reason")
    return f"{said(written)}: {reason}" if written.get("status") == "not_applicable" and reason else said(written)


def said(written: Mapping[str, Any]) -> str:
    """An answer as a cell says it."""
    status = written.get("status", "given")
    if status != "given":
        return _SAID[status]
    value = next((written[key] for key in ("value", "level", "score") if written.get(key) is not None), "")
    return "ya" if value is True else "tidak" if value is False else str(value)
