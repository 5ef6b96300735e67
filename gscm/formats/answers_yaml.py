"""Writing answers files: one answer at a time into the text, comments, line endings and all else left as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import category

from gscm import yamlfile
from gscm.errors import FaultsFound
from gscm.yamlfile import Document, Map, parse

_INDENT = "  "


def read_text(path: Path) -> str:
    """The text of a file with its line endings as they are. Raises Unreadable."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        yamlfile.read(path)  # says what is wrong
        raise


def blank_text(model: str, version: str, subject: Mapping[str, Any]) -> str:
    """A new answers file without answers."""
    lines = [f"model: {_scalar(model)}", f"version: {version}", "subject:"]
    lines += [f"{_INDENT}{key}: {_scalar(value)}" for key, value in subject.items() if value is not None]
    return "\n".join([*lines, "", "answers: {}", ""])


def long_form(written: Any) -> dict[str, Any]:
    """An answer as it stands in a file, with the keys of the long form."""
    if written is None:
        return {"status": "blank"}
    if isinstance(written, Mapping):
        return dict(written)
    unknown = isinstance(written, str) and written.strip().casefold() == "tidak tahu"
    return {"status": "unknown"} if unknown else {"value": written}


def set_answer(text: str, key: str, entry: Mapping[str, Any] | None) -> str:
    """The text with the answer `key` set to `entry` (keys of the long form), or taken out where it is None.

    Comments stay: those inside an answer of several lines, or inside braces around all answers, move above it.
    Only a file that is one pair of braces as a whole is written anew, without its comments.
    """
    document = parse(text, key)
    if isinstance(document.data, Map) and _is_in_braces(text):
        text = "".join(f"{name}: {_value(value)}{_ending(text)}" for name, value in document.data.items())
        document = parse(text, key)
    answers = document.data.get("answers") if isinstance(document.data, Map) else None
    block = answers if isinstance(answers, Map) else Map()
    lines = text.splitlines(keepends=True)
    end = _ending(text)
    if not _is_block(document, answers, lines):
        lines = _as_block(document, block, lines, end)
        document = parse("".join(lines), key)
        block = document.data["answers"] if isinstance(document.data["answers"], Map) else Map()
    header = (document.where(("answers",)).line or 1) - 1
    indent = next((_indent(lines[line - 1]) for line in block.lines.values()), _indent(lines[header]) + _INDENT)
    first, last = _span(document, block, key, lines, indent)
    if first and not lines[first - 1].endswith(("\n", "\r")):
        lines[first - 1] += end
    above, behind = _comments(lines[first:last])
    kept = [f"{indent}{comment}{end}" for comment in above]
    lines[first:last] = kept if entry is None else [*kept, f"{indent}{key}: {flow(entry)}{behind}{end}"]
    if not any(name != key for name in block) and entry is None:
        lines[header] = f"{_indent(lines[header])}answers: {{}}{end}"
    return "".join(lines)


def flow(entry: Mapping[str, Any]) -> str:
    """An entry on one line; a plain value stays short."""
    given = {name: value for name, value in entry.items() if value not in (None, "", ())}
    if set(given) <= {"value"} | ({"status"} if given.get("status") == "given" else set()) and "value" in given:
        return _scalar(given["value"])
    if given.get("status") == "given":
        del given["status"]
    return "{" + ", ".join(f"{name}: {_scalar(value)}" for name, value in given.items()) + "}"


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_scalar(item) for item in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_scalar(item)}" for key, item in value.items()) + "}"
    if isinstance(value, str):
        plain = value and all(letter.isalnum() or letter in "-_./" for letter in value) and value[0].isalpha()
        return value if plain and value not in ("null", "true", "false") else _quoted(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _quoted(value: str) -> str:
    """The value in double quotes; what YAML does not take as it is (control characters, line breaks) is escaped."""
    written = json.dumps(value, ensure_ascii=False)
    return "".join(
        f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 and category(letter) in _ESCAPED else letter
        for letter in written
    )


_ESCAPED = frozenset(("Cc", "Cf", "Cn", "Co", "Zl", "Zp"))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _ending(text: str) -> str:
    """How the lines of the text end."""
    return "\r\n" if "\r\n" in text else "\n"


def _comments(lines: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The comments in the lines of one answer: those to stand above it, and the one behind it with its space.

    An answer of one line keeps its comment behind it.
    """
    if len(lines) < 2:
        return (), "".join(_behind(lines, index) for index in range(len(lines)))
    return tuple(found.lstrip() for index in range(len(lines)) if (found := _behind(lines, index))), ""


def _behind(lines: Sequence[str], index: int) -> str:
    """The comment that ends a line, with the space before it: what can go without changing what the lines say."""
    line = lines[index].rstrip("\r\n")
    for found in re.finditer(r"(^|\s+)#", line):
        rest = [*lines[:index], line[: found.start()] + "\n", *lines[index + 1 :]]
        try:
            if parse("".join(rest), "").data == parse("".join(lines), "").data:
                return line[found.start() :]
        except FaultsFound:
            continue
    return ""


def _is_in_braces(text: str) -> bool:
    """Whether the whole file is written in braces, as JSON is."""
    first = (line for line in text.splitlines() if line.strip() and not line.startswith(("#", "---")))
    return next(first, "").lstrip().startswith("{")


def _is_block(document: Document, answers: Any, lines: list[str]) -> bool:
    """Whether `answers` is written with one key a line, further in than its own; or holds nothing yet."""
    header = lines[(document.where(("answers",)).line or 1) - 1]
    if header.split("#")[0].strip() != "answers:":
        return False
    if not isinstance(answers, Map):
        return answers is None
    starts = [lines[line - 1] for line in answers.lines.values()]
    inside = len(_indent(header))
    return bool(starts) and all(len(_indent(line)) > inside and not line.lstrip().startswith("{") for line in starts)


def _as_block(document: Document, block: Map, lines: list[str], ending: str) -> list[str]:
    """The lines with `answers` written as a block, so that single answers can be set in it."""
    start = (document.where(("answers",)).line or 1) - 1
    base = _indent(lines[start])
    following = [line - 1 for line in document.data.lines.values() if line - 1 > start]
    end = _without_tail(lines, start + 1, min(following, default=len(lines)), base)
    above, behind = _comments(lines[start:end])
    rewritten = [f"{key}: {_value(value)}" for key, value in block.items()]
    inside = [f"{base}{_INDENT}{line}{ending}" for line in (*above, *rewritten)]
    return [*lines[:start], f"{base}answers:{behind}{ending}", *inside, *lines[end:]]


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if value is None:
        return "null"
    return "true" if value is True else "false" if value is False else _scalar(value)


def _span(document: Document, block: Map, key: str, lines: list[str], indent: str) -> tuple[int, int]:
    """The lines of an answer, as a slice; an empty slice at the end of the block where it is not there yet."""
    header = document.where(("answers",)).line or 1
    end = min((line - 1 for line in document.data.lines.values() if line > header), default=len(lines))
    if key in block:
        start = block.lines[key] - 1
        after = min((line - 1 for line in block.lines.values() if line - 1 > start), default=end)
        return start, _without_tail(lines, start + 1, after, indent)
    end = _without_tail(lines, header, end, indent)
    return end, end


def _without_tail(lines: list[str], start: int, end: int, indent: str) -> int:
    """`end` moved up over blank lines, comments not further in than `indent`, and the mark of the document's end.

    They belong to what follows. What is further in may be a text over several lines.
    """
    while end > start and (not lines[end - 1].strip() or _may_follow(lines[end - 1], indent)):
        end -= 1
    return end


def _may_follow(line: str, indent: str) -> bool:
    return line.lstrip().startswith(("#", "...")) and len(_indent(line)) <= len(indent)
