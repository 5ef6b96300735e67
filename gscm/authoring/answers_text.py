"""The text of an answers file that was carried to another version of its model: comments stay with their answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from textwrap import indent
from typing import Any

from gscm import yamlfile
from gscm.authoring.carrying import Migrated, plain, record
from gscm.authoring.commented import Collection, Commented, Entry as Line, Scalar, commented
from gscm.authoring.layout import Shape, Style, laid_out
from gscm.responses.carrying import Retired
from gscm.responses.schema import AnswersFile

_HEAD = ("version", "scope", "recommendations", "tables")


def rewritten(text: str, migrated: Migrated) -> str:
    """The file after the migration, laid out in the canonical form; the text as it is where nothing was carried."""
    if migrated.start == migrated.end:
        return text
    file, before = commented(text, ""), plain(yamlfile.parse(text, "").data)
    lines = {line.key.text: line for line in file.root.entries if line.key}
    written = {line.key.text: line for line in _below(lines["answers"]) if line.key}
    answers = _answers(migrated, written, before["answers"] or {})
    lines["answers"] = _with(lines["answers"], Collection(mapping=True))
    for key in _HEAD:
        if key in migrated.data and migrated.data[key] != before.get(key):
            lines[key] = _with(lines.get(key), _value(migrated.data[key]), key)
    if migrated.retired:
        records = [_record(one, written, migrated) for one in migrated.retired]
        kept = _below(lines["retired"]) if "retired" in lines else []
        lines["retired"] = _with(lines.get("retired"), Collection(mapping=False, entries=[*kept, *records]), "retired")
    file.root.entries[:] = lines.values()
    made = _with_answers(laid_out(file, Shape(AnswersFile, Style())), answers)
    if plain(yamlfile.parse(made, "").data) != migrated.data:
        raise AssertionError("the text would say something else")
    return made


def _with_answers(text: str, answers: list[Line]) -> str:
    """The text with a line for each answer, which on its own it would put into braces where they are few."""
    if not answers:
        return text
    laid = laid_out(Commented((), Collection(mapping=True, entries=answers)), Shape(dict[str, Any], Style()))
    return re.sub(r"(?m)^answers: \{\}(.*)\n", lambda head: f"answers:{head[1]}\n{indent(laid, '  ')}", text, count=1)


def _below(line: Line) -> list[Line]:
    return line.value.entries if isinstance(line.value, Collection) else []


def _answers(migrated: Migrated, written: Mapping[str, Line], before: Mapping[str, Any]) -> list[Line]:
    """The answers in the order of the file; the first that takes the place of one keeps its comments."""
    found: list[Line] = []
    taken: set[str] = set()
    order = {origin: number for number, origin in enumerate(written)}
    for entry in sorted(migrated.entries, key=lambda entry: order[entry.origin]):
        line = written[entry.origin]
        line = replace(line, before=[], beside="", after=[]) if entry.origin in taken else line
        same = entry.written == before[entry.origin]
        found.append(replace(line, key=Scalar(entry.id, None), value=line.value if same else _value(entry.written)))
        taken.add(entry.origin)
    return found


def _record(one: Retired, written: Mapping[str, Line], migrated: Migrated) -> Line:
    """A retired entry with the comments of the answer, unless another stands in its place."""
    found = _with(None, _value(record(one)))
    line = written.get(one.origin or "")
    if line is None or any(entry.origin == one.origin for entry in migrated.entries):
        return found
    return replace(found, before=line.before, beside=line.beside, after=line.after)


def _with(line: Line | None, value: Scalar | Collection, key: str | None = None) -> Line:
    """The line with another value, or a new one."""
    if line is not None:
        return replace(line, value=value)
    return Line(Scalar(key, None) if key else None, value, (0, 0), Collection(mapping=bool(key)), None)


def _value(value: Any) -> Scalar | Collection:
    """A plain value as a file writes it."""
    if isinstance(value, Mapping):
        return Collection(mapping=True, entries=[_with(None, _value(item), str(key)) for key, item in value.items()])
    if isinstance(value, list):
        return Collection(mapping=False, entries=[_with(None, _value(item)) for item in value])
    if value is None or isinstance(value, bool):
        return Scalar("", "null" if value is None else str(value).lower())
    if isinstance(value, (int, Decimal)):
        return Scalar("", f"{value:f}" if isinstance(value, Decimal) else str(value))
    return Scalar(str(value), None)
