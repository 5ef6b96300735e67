"""What a person types below a question: a word of command, a figure, or neither."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gscm.i18n import Language

Command = Literal["yes", "no", "unknown", "skip", "back", "absent", "note", "evidence", "jump", "steps", "help", "quit"]
WORDS: Mapping[Command, tuple[str, ...]] = {
    "yes": ("y", "ya", "sudah", "yes"),
    "no": ("t", "tidak", "belum", "n", "no", "not yet"),
    "unknown": ("?", "tt", "tidak tahu", "dk", "don't know", "don’t know", "unknown"),
    "skip": ("l", "lewati", "s", "skip"),
    "back": ("k", "kembali", "b", "back"),
    "absent": ("x", "tidak berlaku", "na", "n/a", "does not apply"),
    "note": ("c", "catatan", "note", "comment"),
    "evidence": ("u", "bukti", "e", "evidence"),
    "jump": ("j", "lompat", "jump"),
    "steps": ("p", "per level", "langkah", "steps", "level by level"),
    "help": ("h", "bantuan", "help"),
    "quit": ("q", "selesai", "quit"),
}
"""The words for each command, in both languages; the case of letters does not matter."""

_WITH_TEXT: tuple[Command, ...] = ("absent", "note", "evidence", "jump")


@dataclass(frozen=True, slots=True)
class Typed:
    """A line read: its command, None if it is none, and the text behind it (else the whole line)."""

    command: Command | None
    text: str


def typed(line: str, options: Collection[str] = ()) -> Typed:
    """Read a line. Spaces around and between words do not matter; control characters count as spaces.

    `options` are letters that stand for an answer to this question, and so for no command.
    """
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in line).split())
    if words.casefold() in options:
        return Typed(None, words)
    for command, known in WORDS.items():
        if words.casefold() in known:
            return Typed(command, "")
    for command in _WITH_TEXT:
        for word in WORDS[command]:
            if words.casefold().startswith(f"{word} "):
                return Typed(command, words[len(word) + 1 :])
    return Typed(None, words)


_PLAIN = re.compile(r"-?[0-9]{1,15}([.,][0-9]{1,15})?")
_GROUPED = {
    ".": re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3}){1,4}(,[0-9]{1,15})?"),
    ",": re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3}){1,4}(\.[0-9]{1,15})?"),
}


def figures(text: str, language: Language) -> tuple[Decimal, ...]:
    """The numbers that the text can mean: none, one, or both readings of a point that may group or divide.

    Comma and point both divide; in groups of three digits they group. “1.234” in Indonesian and “1,234” in
    English can be either; the decimal mark of the language itself always divides.
    """
    text = text.removesuffix("%").strip()
    found = [Decimal(text.replace(",", "."))] if _PLAIN.fullmatch(text) else []
    if found and ("," if language == "id" else ".") in text:
        return tuple(found)
    for group, pattern in _GROUPED.items():
        if pattern.fullmatch(text):
            found.append(Decimal(text.replace(group, "").replace(",", ".")))
    return tuple(found)
