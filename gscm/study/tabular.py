"""The present answers of a study as rows: long, one answer a row; wide, one respondent and stage a row.

Rows come one by one, in the order of the present state, so that no table is ever held as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from gscm.formats.parquet import Column
from gscm.i18n import Language, Text
from gscm.study.log import Entry, Present
from gscm.study.study import Study
from gscm.study.variables import (
    KINDS,
    WHO,
    Variable,
    decimal_text,
    ends,
    figure_of,
    status_of,
    time_of,
    used,
    variables,
)

_NOTES = ("reason", "note", "fact_note", "analysis", "justification")
LONG = ("office", "respondent", "item", "stage", "value", *_NOTES, "at", "channel")
_SAID = {"unknown": "tidak tahu", "blank": "", "not_asked": "", "withheld": "", "not_applicable": "tidak berlaku"}
Table = tuple[tuple[str, ...], Iterator[tuple[str, ...]]]


def long_rows(_: Study, present: Present) -> Table:
    """The headings, and a row for every answer that holds now, by office, respondent and item."""
    return LONG, (_long(entry) for entry in present.entries.values())


def _long(entry: Entry) -> tuple[str, ...]:
    key, written = entry.key, entry.written
    notes = (str(written.get(name) or "") for name in _NOTES)
    return key.office, key.author, key.fact, key.stage, said(written), *notes, entry.at, entry.channel


def wide_rows(study: Study, present: Present) -> Table:
    """The headings, and a row for every respondent and stage; a column for every item of the questionnaire.

    Further columns are the indicators of which somebody said that they do not apply as a whole.
    """
    absent = {key.fact for key in present.entries} - study.questionnaire.items.keys()
    items = (*study.questionnaire.items, *sorted(absent))
    return (
        (*WHO, *items),
        (
            (*who, *(_wide(answers[item].written) if item in answers else "" for item in items))
            for who, answers in respondent_rows(present)
        ),
    )


def respondent_rows(present: Present) -> Iterator[tuple[tuple[str, str, str], Mapping[str, Entry]]]:
    """Office, respondent and stage, and the answers given there by item; in this order."""
    for (office, author), entries in groupby(present.entries.values(), lambda one: (one.key.office, one.key.author)):
        stages: dict[str, dict[str, Entry]] = {}
        for entry in entries:
            stages.setdefault(entry.key.stage, {})[entry.key.fact] = entry
        for stage, answers in sorted(stages.items()):
            yield (office, author, stage), answers


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


# ---------------------------------------------------------------------------------------------------------- typed

Typed = tuple[tuple[Column, ...], Iterator[tuple[Any, ...]]]

_TYPED: Mapping[str, tuple[Any, Text]] = {
    "office": ("text", Text("Perangkat daerah", "Office")),
    "respondent": ("text", Text("Responden (nama samaran)", "Respondent (pseudonym)")),
    "stage": ("text", Text("Tahap verifikasi", "Stage of verification")),
    "item": ("text", Text("Kode butir", "Item code")),
    "kind": ("text", Text("Jenis butir", "Kind of item")),
    "status": ("text", Text("Status jawaban", "Status of the answer")),
    "value": (
        "text",
        Text("Jawaban seperti diberikan, dengan semua angkanya", "The answer as given, with all its digits"),
    ),
    "number": ("number", Text("Jawaban sebagai bilangan; ya 1, tidak 0", "The answer as a number; yes 1, no 0")),
    "reason": ("text", Text("Alasan", "Reason")),
    "note": ("text", Text("Catatan", "Note")),
    "evidence": ("texts", Text("Bukti", "Evidence")),
    "fact_note": ("text", Text("Fakta (verifikasi)", "Facts (verification)")),
    "analysis": ("text", Text("Analisis (verifikasi)", "Analysis (verification)")),
    "justification": ("text", Text("Justifikasi (verifikasi)", "Justification (verification)")),
    "at": ("time", Text("Waktu jawaban (UTC)", "Time of the answer (UTC)")),
    "channel": ("text", Text("Saluran", "Channel")),
}


def typed_long(study: Study, present: Present, language: Language) -> Typed:
    """A row for every answer that holds now, its status in a column of its own."""
    kinds = {code: one.kind for code, one in variables(study).items()}
    columns = tuple(Column(name, type_, text[language]) for name, (type_, text) in _TYPED.items())
    return columns, (_typed(study, kinds[entry.key.fact], entry) for entry in present.entries.values())


def _typed(study: Study, kind: str, entry: Entry) -> tuple[Any, ...]:
    key, written = entry.key, entry.written
    given = status_of(written) == "given"
    figure = figure_of(study, key.fact, written)
    evidence = written.get("evidence") or ()
    return (
        key.office,
        key.author,
        key.stage,
        key.fact,
        kind,
        status_of(written),
        said(written) if given else None,
        None if figure is None else float(figure),
        written.get("reason"),
        written.get("note"),
        [evidence] if isinstance(evidence, str) else list(evidence),
        *(written.get(name) for name in ("fact_note", "analysis", "justification")),
        time_of(entry.at),
        entry.channel,
    )


def typed_wide(study: Study, present: Present, language: Language) -> Typed:
    """A row for every respondent and stage; for every item its number, and beside it the status of the answer.

    Whole numbers are integers. A figure is a double, from which the same digits are read as were given; where a
    double cannot hold a decimal of a column, all of it are exact decimals.
    """
    found = used(study, present)
    places = _places(study, present, found)
    columns = [Column(name, "text", _TYPED[name][1][language]) for name in WHO]
    for code, one in found.items():
        exact_in = places.get(code)
        type_: Any = "integer" if one.whole_numbers else "number" if exact_in is None else "decimal"
        told = f"{one.question[language]} ({KINDS[one.kind][language]})"
        columns.append(Column(code, type_, told, exact_in or 0))
        columns.append(Column(f"{code}__status", "text", _TYPED["status"][1][language]))
    return tuple(columns), (
        (*who, *(cell for one in found.values() for cell in _cells(study, one, answers.get(one.item), places)))
        for who, answers in respondent_rows(present)
    )


def _cells(study: Study, one: Variable, entry: Entry | None, places: Mapping[str, int]) -> tuple[Any, str | None]:
    if entry is None:
        return None, None
    figure, status = figure_of(study, one.item, entry.written), status_of(entry.written)
    if figure is None:
        return None, status
    if one.whole_numbers:
        return int(figure), status
    return (Decimal(decimal_text(figure)) if one.item in places else float(figure)), status


def _places(study: Study, present: Present, found: Mapping[str, Variable]) -> dict[str, int]:
    """How many decimals the figures of an item have, for the items of which a double would change one."""
    most: dict[str, int] = {}
    coarse: set[str] = set()
    for key, entry in present.entries.items():
        figure = None if found[key.fact].whole_numbers else figure_of(study, key.fact, entry.written)
        if figure is not None:
            text = decimal_text(figure)
            most[key.fact] = max(most.get(key.fact, 0), len(text.partition(".")[2]))
            if ends(figure) and Decimal(repr(float(figure))) != Decimal(text):
                coarse.add(key.fact)
    return {code: most[code] for code in coarse}
