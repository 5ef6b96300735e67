"""Writing answers files: one answer at a time into the text, comments and all else left as they are.

A file is saved by writing a new one beside it and putting it in its place, so that a reader, or a crash
at any moment, finds either the old file or the new one, never half of it.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from gscm.errors import FaultsFound
from gscm.yamlfile import Document, Map, parse

_INDENT = "  "


def blank_text(model: str, subject: Mapping[str, Any]) -> str:
    """A new answers file without answers."""
    lines = [f"model: {_scalar(model)}", "subject:"]
    lines += [f"{_INDENT}{key}: {_scalar(value)}" for key, value in subject.items() if value is not None]
    return "\n".join([*lines, "", "answers: {}", ""])


def set_answer(text: str, key: str, entry: Mapping[str, Any] | None) -> str:
    """The text with the answer `key` set to `entry` (keys of the long form), or taken out where it is None."""
    document = parse(text, key)
    if isinstance(document.data, Map) and text.lstrip().startswith("{"):
        text = "\n".join([*(f"{name}: {_value(value)}" for name, value in document.data.items()), ""])
        document = parse(text, key)
    answers = document.data.get("answers") if isinstance(document.data, Map) else None
    block = answers if isinstance(answers, Map) else Map()
    lines = text.splitlines()
    if not _is_block(document, block, lines):
        lines = _as_block(document, block, lines)
        document = parse("\n".join(lines) + "\n", key)
        block = document.data["answers"] if isinstance(document.data["answers"], Map) else Map()
    indent = next((_indent(lines[line - 1]) for line in block.lines.values()), _INDENT)
    start, end = _span(document, block, key, lines)
    comment = _comment(lines[start]) if end == start + 1 else ""
    lines[start:end] = [] if entry is None else [f"{indent}{key}: {flow(entry)}{comment}"]
    if not any(name != key for name in block) and entry is None:
        header = document.where(("answers",)).line or 1
        lines[header - 1] = "answers: {}"
    return "\n".join(lines) + "\n"


def flow(entry: Mapping[str, Any]) -> str:
    """An entry on one line; a plain value stays short."""
    given = {name: value for name, value in entry.items() if value not in (None, "", ())}
    if set(given) <= {"value"} | ({"status"} if given.get("status") == "given" else set()) and "value" in given:
        return _scalar(given["value"])
    if given.get("status") == "given":
        del given["status"]
    return "{" + ", ".join(f"{name}: {_scalar(value)}" for name, value in given.items()) + "}"


def save(path: Path, text: str) -> None:
    """Put the text in place of the file, whole or not at all; on disk when this returns."""
    folder = path.resolve().parent
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path.resolve())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync(folder)


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_scalar(item) for item in value) + "]"
    if isinstance(value, str):
        plain = value and all(letter.isalnum() or letter in "-_./" for letter in value) and value[0].isalpha()
        return value if plain and value not in ("null", "true", "false") else json.dumps(value, ensure_ascii=False)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _comment(line: str) -> str:
    """The comment at the end of a line with one answer, with the space before it."""
    whole = parse(line, "").data
    for found in re.finditer(r"\s+#", line):
        try:
            if parse(line[: found.start()], "").data == whole:
                return line[found.start() :]
        except FaultsFound:
            continue
    return ""


def _is_block(document: Document, block: Map, lines: list[str]) -> bool:
    """Whether `answers` is written with one key a line, two spaces in."""
    header = document.where(("answers",)).line or 1
    if not block or lines[header - 1].split("#")[0].rstrip() != "answers:":
        return False
    return all(lines[line - 1].startswith(" ") for line in block.lines.values())


def _as_block(document: Document, block: Map, lines: list[str]) -> list[str]:
    """The lines with `answers` written as a block, so that single answers can be set in it."""
    header = document.where(("answers",)).line or 1
    following = [line for key, line in document.data.lines.items() if line > header]
    end = min(following, default=len(lines) + 1) - 1
    rewritten = [f"{_INDENT}{key}: {_value(value)}" for key, value in block.items()]
    return [*lines[: header - 1], "answers:", *rewritten, *([""] if end < len(lines) else []), *lines[end:]]


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if value is None:
        return "null"
    return "true" if value is True else "false" if value is False else _scalar(value)


def _span(document: Document, block: Map, key: str, lines: list[str]) -> tuple[int, int]:
    """The lines of an answer, as a slice; an empty slice at the end of the block where it is not there yet."""
    top = sorted(document.data.lines.values())
    header = document.where(("answers",)).line or 1
    end = min((line for line in top if line > header), default=len(lines) + 1) - 1
    if key in block:
        start = block.lines[key] - 1
        after = min((line for line in block.lines.values() if line - 1 > start), default=end + 1) - 1
        return start, _without_tail(lines, start + 1, after)
    end = _without_tail(lines, header, end)
    return end, end


def _without_tail(lines: list[str], start: int, end: int) -> int:
    """`end` moved up over blank lines and comments, which belong to what follows."""
    while end > start and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end
