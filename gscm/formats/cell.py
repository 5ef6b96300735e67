"""What the text of a cell says in answer to an item, wherever the cell stands.

A level may be told by its number, its name, or what it means, in either language: "3", "Terdefinisi", "3 – Defined".
A figure may be written as Indonesian and as English spreadsheets do. What can be read in two ways is not read at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from gscm.errors import did_you_mean
from gscm.i18n import LANGUAGES, Text, decimal
from gscm.questionnaire.questionnaire import Item, Questionnaire
from gscm.responses.given import figures, written

_KEPT = 4096


class Fault(NamedTuple):
    """What is wrong with a cell, and the remedy."""

    what: Text
    remedy: Text


def even(text: str) -> str:
    """The text in letters of one case, with one kind of dashes, quotes and blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_EVEN).split())


def plain(text: str) -> str:
    """The text as it is compared: even, with no stop at its end."""
    return even(text).rstrip(" .:?*")


_EVEN = str.maketrans({**dict.fromkeys("‐‑‒–—−", "-"), **dict.fromkeys("‘’`´", "'"), **dict.fromkeys("“”", '"')})
_NUMBERED = re.compile(r"(?:level|tingkat)?\s*([0-9]{1,9})(?:[.,]0+)?(?:\s*[-.:)=]\s*(.+)|\s+(.+))?\Z")
_MONTH = r"(?:jan|feb|mar|apr|m[ae][iy]|jun|jul|agu|ags|aug|sep|o[kc]t|nov|no[pv]|de[sc])[a-z]*"  # both languages
_DATE = re.compile(
    rf"[0-9]{{1,2}}[-/ ]{_MONTH}([-/ ][0-9]{{2,4}})?|{_MONTH}[-/ ][0-9]{{1,4}}|[0-9]{{1,2}}-[0-9]{{1,2}}"
    r"|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}([ T].*)?",
    re.IGNORECASE,
)


class Choices:
    """Reads answers to the items of a questionnaire. `mark` is the decimal mark of the file, where it tells."""

    def __init__(self, questionnaire: Questionnaire, mark: str | None = None) -> None:
        self.questionnaire, self.mark = questionnaire, mark
        self.known: dict[str, Mapping[int, tuple[str, ...]]] = {}
        self.alone = lru_cache(_KEPT)(self._answer)  # most cells say what many others said

    def answer(
        self, code: str, text: str, reason: str | None = None, note: str | None = None
    ) -> dict[str, Any] | Fault | None:
        """The answer in the long form of an answers file; None where the cell is empty, or why it cannot be read.

        What is no answer to this item, though it can be read, is left to whoever checks answers.
        """
        if reason or note:
            return self._answer(code, text, reason, note)
        answer = self.alone(code, text)
        return dict(answer) if isinstance(answer, dict) else answer

    def _answer(
        self, code: str, text: str, reason: str | None = None, note: str | None = None
    ) -> dict[str, Any] | Fault | None:
        if not text.strip():
            return _ONLY_NOTED if reason or note else None
        item = self.questionnaire.items.get(code)
        criterion = item is not None and item.fact.kind == "criterion"
        said = written(text, criterion, reason, note)
        if said is None or "status" in said or item is None or isinstance(said["value"], bool):
            return said
        value = self._value(item, text.strip())
        return value if isinstance(value, Fault) else {**said, "value": value}

    def _value(self, item: Item, text: str) -> str | bool | Fault:
        """The value as an answers file says it; the text itself where it is none."""
        if item.fact.kind == "criterion":
            numbered = _NUMBERED.match(plain(text))
            label = written((numbered and (numbered[2] or numbered[3])) or "", True) or {}
            return label["value"] if isinstance(label.get("value"), bool) else _dated(text) or text
        if item.fact.kind == "level":
            number = self._level(item, plain(text))
            if number is not None:
                return str(number)
        if item.fact.kind == "level" and not self.questionnaire.model.nodes[item.node].real:
            return _dated(text) or text
        if text.endswith("%"):
            if not is_percentage(self.questionnaire, item):
                return no_percentage(text)
            text = text[:-1].rstrip()
        meant = figures(text, self.mark)
        if len(meant) > 1:
            return Fault(
                Text(
                    f"“{text}” dapat berarti dua hal: {' atau '.join(decimal(one, 'id') for one in meant)}.",
                    f"“{text}” can mean two things: {' or '.join(decimal(one, 'en') for one in meant)}.",
                ),
                Text(
                    "Tulis tanpa pemisah ribuan; bila itu desimal, tambahkan nol di belakangnya.",
                    "Write it without a mark between thousands; if it is a decimal, add a zero to its end.",
                ),
            )
        return meant[0] if meant else _dated(text) or text

    def _level(self, item: Item, text: str) -> int | None:
        """The level that a text names; None where it names none, or contradicts itself."""
        levels = self._levels(item)
        named = [number for number, names in levels.items() if text in names]
        if len(named) == 1:
            return named[0]
        numbered = _NUMBERED.match(text)
        if numbered is None or int(numbered[1]) not in levels:
            return None
        number, label = int(numbered[1]), numbered[2] or numbered[3]
        is_its_own = label is None or any(name.startswith(label) or label.startswith(name) for name in levels[number])
        return number if is_its_own else None

    def _levels(self, item: Item) -> Mapping[int, tuple[str, ...]]:
        """How each level of the item may be named, as `plain` gives it."""
        if item.code not in self.known:
            model = self.questionnaire.model
            names = {
                level.number: [level.name.id, level.name.en, *level.aliases]
                for level in model.names(model.nodes[item.node])
            }
            for number, name, meaning in item.levels:
                texts = (name, meaning) if meaning else (name,)
                names.setdefault(number, []).extend(text[language] for text in texts for language in LANGUAGES)
            self.known[item.code] = {number: tuple(dict.fromkeys(map(plain, texts))) for number, texts in names.items()}
        return self.known[item.code]


_PERCENT = frozenset(("%", "persen", "per cent", "percent"))


def is_percentage(questionnaire: Questionnaire, item: Item) -> bool:
    """Whether an answer to the item counts in per cent, so that a % behind the figure says nothing else."""
    quantity = questionnaire.model.nodes[item.node].quantity if item.fact.kind == "quantity" else None
    return quantity is not None and not _PERCENT.isdisjoint(
        quantity.unit[language].strip().casefold() for language in LANGUAGES
    )


def no_percentage(text: str) -> Fault:
    """Why a figure with a % is no answer to an item that counts in something else."""
    return Fault(
        Text(f"“{text}” berupa persentase; satuan butir ini lain.", f"“{text}” is a percentage; this item is not."),
        Text("Tulis angkanya dalam satuan yang ditanyakan.", "Write the figure in the unit that is asked for."),
    )


_BESIDE = {
    "reason": Text("alasan", "reason"),
    "note": Text("catatan", "note"),
    "evidence": Text("bukti", "evidence"),
    "fact_note": Text("fakta", "fact"),
    "analysis": Text("analisis", "analysis"),
    "justification": Text("justifikasi", "justification"),
}


def without(what: Text, beside: str) -> Text:
    """What is wrong with a text beside an answer (its key in an answers file), where the answer is read without it."""
    name = _BESIDE[beside]
    return Text(
        f"{what.id} Jawabannya dibaca tanpa {name.id} itu.", f"{what.en} The answer is read without that {name.en}."
    )


_ONLY_NOTED = Fault(
    Text("Ada alasan atau catatan, tetapi jawabannya kosong.", "There is a reason or a note, but no answer."),
    Text("Tulis jawabannya juga.", "Write the answer as well."),
)


def _dated(text: str) -> Fault | None:
    if not _DATE.fullmatch(text):
        return None
    return Fault(
        Text(
            f"“{text}” adalah tanggal atau rentang; lembar kerja kerap membuatnya dari sebuah angka.",
            f"“{text}” is a date or a range; spreadsheets often make one of a figure.",
        ),
        Text(
            "Ubah format kolomnya menjadi Teks, lalu tulis ulang angkanya.",
            "Change the format of its column to Text and write the figure again.",
        ),
    )


_RISKY = ("=", "+", "-", "@", "\t", "\r")
_CALLS = re.compile(r"[=@\t\r]|[-+](?=\S).*[^\W\d_]|[-+].*[|=(]", re.DOTALL)


def safe(text: str) -> str:
    """The text as a cell that no spreadsheet runs: one that starts like a formula gets an apostrophe before it.

    `free_text` takes that apostrophe off again.
    """
    starts_risky = text.lstrip("'")[:1] in _RISKY
    return f"'{text}" if starts_risky and not _is_figure(text) else text


def _is_figure(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def free_text(cell: str) -> str | Fault:
    """What a cell of words says, or what is wrong with it where a spreadsheet would run it as a formula.

    A negative figure, a telephone number, a dash alone and a line of a list ("- Perwali 1/2024") are no formulas.
    """
    if cell.startswith("'") and cell.lstrip("'")[:1] in _RISKY:
        return cell[1:]
    if not _CALLS.match(cell):
        return cell
    shown = cell if len(cell) <= _SHOWN else cell[: _SHOWN - 1] + "…"
    return Fault(
        Text(
            f"“{shown}” dapat dijalankan lembar kerja sebagai rumus.",
            f"A spreadsheet could run “{shown}” as a formula.",
        ),
        Text(
            f"Hapus “{cell[0]}” di depannya, atau dahului dengan petik tunggal (').",
            f"Remove the “{cell[0]}” before it, or put an apostrophe (') in front.",
        ),
    )


_SHOWN = 40
_PSEUDONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
_CODE = re.compile(r"(?=.*[0-9])(?!.*[0-9]{8})[A-Za-z0-9][A-Za-z0-9._-]{0,39}\Z")  # no telephone number, no NIP


@dataclass(frozen=True, slots=True)
class Roll:
    """Who can be named in a file: offices (id: name), respondents (id: office), hashes of tokens (sha256: id)."""

    offices: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    tokens: Mapping[str, str] = field(default_factory=dict)

    def office(self, text: str) -> str:
        """The id of the office that a cell names by its id or its name; else the text itself."""
        if text in self.offices:
            return text
        named = [id for id, name in self.offices.items() if plain(text) in (plain(id), plain(name))]
        return named[0] if len(named) == 1 else text

    def respondent(self, text: str) -> str | Fault:
        """The pseudonym of the respondent whom a cell names by it or by the token; or why it names nobody."""
        if not text or text in self.people:
            return text
        known = self.tokens.get(sha256(text.encode()).hexdigest())
        if known:
            return known
        if text.casefold() in self.people:  # a phone makes the first letter a capital
            return text.casefold()
        if not _PSEUDONYM.match(text):
            return Fault(
                Text("Kolom responden berisi yang bukan nama samaran.", "The respondent is not told by a pseudonym."),
                Text(
                    "Tulis nama samaran atau token undangannya; nama orang dan alamat surel tidak diimpor.",
                    "Write the pseudonym or the token of the invitation; names and addresses are not taken in.",
                ),
            )
        if zeros := next(self._with_zeros(text), None):
            return Fault(
                Text(
                    f"Responden “{text}” tidak terdaftar; yang terdaftar “{zeros}”.",
                    f"There is no respondent “{text}”, but there is “{zeros}”.",
                ),
                Text(
                    "Nol di depannya mungkin hilang di lembar kerja: format kolomnya sebagai Teks dan tulis lagi.",
                    "A spreadsheet may have dropped its zeros: format the column as Text and write it again.",
                ),
            )
        return text

    def stranger(self, author: str, office: str) -> Fault | None:
        """Why this author, as `respondent` gives it, cannot speak for an office; None where they can.

        An office that has registered people has no others. One that has none may tell its people apart by codes: what
        could be a name is none. Who is registered elsewhere, and an office that is not known, are left to the intake.
        """
        if not author or author in self.people or (office and office not in self.offices):
            return None
        mine = [id for id, registered in self.people.items() if registered == office]
        if mine:
            return Fault(
                Text(
                    f"“{author}” bukan kode responden atau token undangan pada “{office}”.",
                    f"“{author}” is no respondent code or invitation token of “{office}”.",
                ),
                did_you_mean(author, mine)
                or Text(
                    "Tulis nama samaran atau token undangannya, atau undang dahulu dengan gscm study invite.",
                    "Write the pseudonym or the token of the invitation, or invite them first with gscm study invite.",
                ),
            )
        return None if _CODE.match(author) else _NO_CODE

    def _with_zeros(self, text: str) -> Iterator[str]:
        if text.isdecimal():
            yield from (id for id in self.people if id.isdecimal() and id.lstrip("0") == text.lstrip("0"))


_NO_CODE = Fault(
    Text(
        "Kolom responden berisi yang bukan kode; nama orang dan nomor teleponnya tidak diimpor.",
        "The respondent is not told by a code; names of people and their telephone numbers are not taken in.",
    ),
    Text(
        "Pakai kode berangka seperti r01, atau undang dahulu dengan gscm study invite.",
        "Use a code with a figure in it, such as r01, or invite them first with gscm study invite.",
    ),
)
