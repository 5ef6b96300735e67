"""A study as a file of SPSS (.sav), out and back: one respondent and stage a row, one item a variable.

A cell holds a number: the level, the figure, yes 1 and no 0, or the code of a status. What a number cannot say stands
in a text beside it, in a variable that is there only where somebody needs it, so that what comes back is what went out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from gscm.errors import BadUse, FaultsFound, Issue, Where, did_you_mean
from gscm.formats.answers_csv import twice
from gscm.formats.cell import Choices, Fault, Roll, free_text, safe, without
from gscm.formats.sav import MAX_TEXT, Column, Opened, Read, Row, open_sav, sav
from gscm.i18n import Language, Text
from gscm.model.tree import STAGES, Stage
from gscm.responses.answers import Status
from gscm.responses.given import Given, canonical
from gscm.study.log import Present
from gscm.study.study import Study
from gscm.study.tabular import respondent_rows
from gscm.study.variables import (
    BESIDE,
    MEASURES,
    NO,
    STATUSES,
    WHO,
    YES,
    Variable,
    figure_of,
    last_time,
    status_of,
    used,
    variables,
)

_WHO: Mapping[str, tuple[Text, frozenset[str]]] = {
    "office": (Text("Perangkat daerah", "Office"), frozenset(("opd", "skpd", "perangkat_daerah"))),
    "respondent": (Text("Responden (nama samaran)", "Respondent (pseudonym)"), frozenset(("responden",))),
    "stage": (Text("Tahap verifikasi", "Stage of verification"), frozenset(("tahap",))),
}
"""The variables that tell whose row it is: their labels, and other names for them."""

_BESIDE: Mapping[str, Text] = {
    "reason": Text("Alasan", "Reason"),
    "note": Text("Catatan", "Note"),
    "evidence": Text("Bukti", "Evidence"),
    "more": Text("Hal lain dari jawaban (JSON)", "What else the answer says (JSON)"),
}
_USUAL: Mapping[float, Status] = {97: "not_applicable", 98: "unknown", 99: "blank"}
_WORDS: Mapping[str, Status] = {
    **{
        word.casefold(): status for status, text in STATUSES.items() if status != "given" for word in (text.id, text.en)
    },
    "n/a": "not_applicable",
    "don’t know": "unknown",
    "unknown": "unknown",
    "kosong": "blank",
    "blank": "blank",
    "no answer": "blank",
}
_STAMP = ("study", "model", "questionnaire")
_LONGEST_STAMP = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """An answer in a row of the file: its number, and what stands beside it."""

    number: float | str | None
    reason: str = ""
    note: str = ""
    evidence: str = ""
    more: str = ""


# ------------------------------------------------------------------------------------------------------------ out


def study_sav(study: Study, present: Present, language: Language) -> bytes:
    """The present answers of the study. Raises BadUse where a text is longer than SPSS can hold."""
    found = used(study, present)
    cells = _cells(study, present, found)
    columns = tuple(_columns(found, cells, language))
    made = last_time(present) or datetime(1970, 1, 1, tzinfo=UTC)
    return sav(columns, cells, study.questionnaire.title[language], tuple(_notes(study, language)), made)


Cells = dict[str, list[float | str | None]]


def _cells(study: Study, present: Present, found: Mapping[str, Variable]) -> Cells:
    """The cells of every variable, by its name; what stands beside an item only where somebody needs it."""
    count = sum(1 for _ in respondent_rows(present))
    cells: Cells = {name: [None] * count for name in (*WHO, *(one.name for one in found.values()))}
    for row, (who, answers) in enumerate(respondent_rows(present)):
        for name, said in zip(WHO, who, strict=True):
            cells[name][row] = said
        for fact, entry in answers.items():
            one, cell = found[fact], cell_of(study, found[fact], entry.written)
            cells[one.name][row] = cell.number
            for beside in BESIDE:
                if text := safe(getattr(cell, beside)):
                    _check(text, fact)
                    cells.setdefault(f"{one.name}.{beside}", [None] * count)[row] = text
    return cells


def _columns(found: Mapping[str, Variable], cells: Cells, language: Language) -> Iterator[Column]:
    yield from (Column(name, _WHO[name][0][language]) for name in WHO)
    for one in found.values():
        yield _column(one, [cell for cell in cells[one.name] if isinstance(cell, float)], language)
        for beside, label in _BESIDE.items():
            if (name := f"{one.name}.{beside}") in cells:
                yield Column(name, f"{label[language]}: {one.item}")


def cell_of(study: Study, one: Variable, written: Mapping[str, Any]) -> Cell:
    """The answer as it stands in the file, such that `answer_of` gives it back."""
    status = status_of(written)
    evidence = written.get("evidence") or ()
    number = figure_of(study, one.item, written) if status == "given" else one.missing.get(status)
    cell = Cell(
        None if number is None else float(number),
        str(written.get("reason") or ""),
        str(written.get("note") or ""),
        "\n".join(map(str, evidence)) if isinstance(evidence, (list, tuple)) else str(evidence),
    )
    kept = Cell(cell.number, *(_kept(getattr(cell, beside)) for beside in BESIDE))
    plain = canonical(written, one.kind in ("criterion", "whole"))
    if answer_of(one, kept) == plain:
        return cell
    return Cell(cell.number, more=json.dumps(plain, sort_keys=True))


def _kept(text: str) -> str:
    """What SPSS keeps of a text: it fills up with blanks, and ends at a null."""
    return text.partition("\0")[0].rstrip(" ")


def _decimals(number: float) -> int:
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _column(one: Variable, numbers: Sequence[float], language: Language) -> Column:
    withheld: tuple[Status, ...] = ("withheld",) if one.missing["withheld"] in numbers else ()
    declared: tuple[Status, ...] = ("not_applicable", "unknown", "blank", *withheld)
    labels = {float(number): text[language] for number, text in one.labels.items()}
    labels |= {float(one.missing[status]): STATUSES[status][language] for status in declared}
    label = one.question[language] + (f" ({one.unit[language]})" if one.unit else "")
    decimals = max(map(_decimals, numbers), default=0)
    return Column(one.name, label, decimals, labels, tuple(one.missing[s] for s in declared), MEASURES[one.kind])


def _check(text: str, fact: str) -> None:
    if len(text.encode()) > MAX_TEXT:
        raise BadUse(
            Issue(
                None,
                Text(
                    f"Teks pada butir “{fact}” melebihi {MAX_TEXT} byte, yang dapat dimuat SPSS.",
                    f"A text with the item “{fact}” is longer than the {MAX_TEXT} bytes that SPSS can hold.",
                ),
                Text("Pakai --format parquet-long atau csv-long.", "Use --format parquet-long or csv-long."),
            )
        )


def _notes(study: Study, language: Language) -> Iterator[str]:
    """What stands in the file itself: its stamp, and how to read it."""
    for key, value in _stamp(study).items():
        yield f"gscm {key}: {value}"
    yield study.model.notice[language]
    yield Text(
        "Kosong (system-missing): tidak ada jawaban. Kode tidak berlaku, tidak tahu, dan tidak diisi dinyatakan "
        "sebagai user-missing; biasanya 97, 98, 99, dan lain bila angka itu mungkin menjadi jawaban.",
        "System-missing: there is no answer. The codes of not applicable, don't know and left blank are declared as "
        "user-missing: usually 97, 98, 99, and others where an answer could be such a number.",
    )[language]


def _stamp(study: Study) -> dict[str, str]:
    model, form = study.model, study.questionnaire
    of = (study.id, f"{model.id} {model.version}", f"{form.id} {form.version}")
    return {key: value[:_LONGEST_STAMP] for key, value in zip(_STAMP, of, strict=True)}


# ----------------------------------------------------------------------------------------------------------- back


def sav_answers(
    study: Study, path: Path, roll: Roll, stage: Stage, office: str | None = None
) -> Iterator[Given | Issue]:
    """What a file says, row by row: every good cell as an answer, every other one as an issue.

    A variable is that of an item if it has its code for a name, or the name that it is given out under. Raises
    Unreadable, or FaultsFound where it is of another study or tells no office.
    """
    others: dict[str, int] = {}
    first: dict[tuple[str, str], int] = {}
    with open_sav(path) as file:
        _expect(path, file, study)
        layout = _Layout(study, path, file, roll, office)
        yield from layout.issues
        for number, row in file.rows:
            theirs = layout.said(row, "stage") or stage
            if theirs != stage:
                others[theirs] = others.get(theirs, 0) + 1
                continue
            where = Where(str(path), number)
            who = layout.who(row, where, stage)
            if isinstance(who, Issue):
                yield who
            elif first.setdefault(who, number) == number:
                yield from layout.answers(number, row, who)
            else:
                yield twice(where, who, first[who])
    for other, count in others.items():
        yield Issue(
            Where(str(path)),
            Text(
                f"{count} baris dari tahap “{other}” tidak diimpor.",
                f"{count} rows of the stage “{other}” are not taken in.",
            ),
            Text(f"Impor lagi dengan --stage {other}.", f"Import again with --stage {other}.")
            if other in STAGES
            else Text(f"Tahap ditulis {', '.join(STAGES)}.", f"Stages are written {', '.join(STAGES)}."),
        )


def _expect(path: Path, file: Opened, study: Study) -> None:
    """Refuse a file given out by another study, or with other versions."""
    theirs = dict(note[5:].partition(": ")[::2] for note in file.notes if note.startswith("gscm "))
    for key, mine in _stamp(study).items():
        if key in theirs and theirs[key].strip() != mine:
            raise FaultsFound(
                Issue(
                    Where(str(path)),
                    Text(
                        f"Berkas ini dikeluarkan untuk “{theirs[key].strip()}”, padahal kajian ini “{mine}”.",
                        f"This file was given out for “{theirs[key].strip()}”, but this study is “{mine}”.",
                    ),
                    Text(
                        "Masukkan ke kajian asalnya, atau pindahkan jawabannya lewat CSV.",
                        "Import it into its own study, or carry its answers over as CSV.",
                    ),
                )
            )


class _Layout:
    """Which variable of a file says what; `issues` tells of those that say nothing."""

    def __init__(self, study: Study, path: Path, file: Opened, roll: Roll, office: str | None) -> None:
        self.path, self.file, self.roll, self.office = path, file, roll, office
        self.choices = Choices(study.questionnaire, ".")
        self.issues: list[Issue] = []
        self.columns: dict[str, int] = {}
        self.items: list[Variable] = []
        self.places: dict[str, int] = {}
        self.beside: dict[tuple[str, str], int] = {}
        self._place(variables(study))
        if "office" not in self.columns and office is None:
            raise FaultsFound(
                Issue(
                    Where(str(path)),
                    Text("Tidak ada variabel perangkat daerah.", "There is no variable for the office."),
                    Text("Beri nama office (atau OPD), atau sebutkan --office.", "Name it office, or use --office."),
                )
            )

    def _place(self, known: Mapping[str, Variable]) -> None:
        who = {alias: name for name, (_, aliases) in _WHO.items() for alias in (name, *aliases)}
        items = {one.name.casefold(): one for one in known.values()}
        items |= {alias: one for alias, one in _aliases(known).items() if alias not in items and alias not in who}
        seen: set[str] = set()
        for index, read in enumerate(self.file.variables):
            name = read.name.casefold()
            item, _, beside = name.rpartition(".")
            meant = who.get(name) or (items[name].item if name in items else None)
            if meant is not None and meant in seen:
                self._issue(read, Text(f"“{meant}” ada dua kali.", f"“{meant}” is in it twice."), _REMOVE)
            elif name in who:
                self.columns[who[name]] = index
            elif name in items and read.kind == "date":
                what = Text("Variabel ini berisi tanggal atau waktu.", "This variable holds dates or times.")
                remedy = Text("Jawaban butir berupa angka atau teks.", "An answer to an item is a number or a text.")
                self._issue(read, what, remedy)
            elif name in items:
                self.items.append(items[name])
                self.places[items[name].item] = index
            elif item in items and beside in BESIDE and read.kind == "text":
                self.beside[items[item].item, beside] = index
            else:
                what = Text(
                    "Variabel ini bukan butir kuesioner; tidak dibaca.", "This variable is no item; it is not read."
                )
                self._issue(read, what, did_you_mean(name, items))
            seen |= {meant} if meant else set()

    def _issue(self, read: Read, what: Text, remedy: Text | None) -> None:
        self.issues.append(Issue(self._where(read.name), what, remedy))

    def _where(self, name: str, row: int | None = None) -> Where:
        return Where(f"{self.path}:{name}", row)

    def who(self, row: Row, where: Where, stage: Stage) -> tuple[str, str] | Issue:
        """The office and the respondent of a row, by their ids."""
        author = self.roll.respondent(self.said(row, "respondent"))
        if isinstance(author, Fault):
            return Issue(where, author.what, author.remedy)
        office = self.roll.office(self.said(row, "office") or self.office or "")
        fault = self.roll.stranger(author, office) if stage == STAGES[0] else None
        return Issue(where, fault.what, fault.remedy) if fault else (office, author)

    def said(self, row: Row, name: str) -> str:
        """What a row says of the office, the respondent or the stage; a number is told by its label."""
        if name not in self.columns:
            return ""
        index = self.columns[name]
        value = row[index]
        if value is None or isinstance(value, str):
            return (value or "").strip()
        return str(self.file.variables[index].labels.get(value) or _text(value)).strip()

    def answers(self, number: int, row: Row, who: tuple[str, str]) -> Iterator[Given | Issue]:
        """What a row says of each item; every fault with the variable and the row."""
        for one in self.items:
            read = self.file.variables[self.places[one.item]]
            beside, refused = self._beside(one, row)
            answer = self._answer(one, read, row, beside)
            for name, fault in refused.items():
                what = without(fault.what, name) if isinstance(answer, dict) else fault.what
                place = self.file.variables[self.beside[one.item, name]].name
                yield Issue(self._where(place, number), what, fault.remedy)
            if isinstance(answer, Fault):
                yield Issue(self._where(read.name, number), answer.what, answer.remedy)
            elif answer is not None:
                yield Given(*who, one.item, answer, None, self._where(read.name, number))

    def _beside(self, one: Variable, row: Row) -> tuple[dict[str, str], dict[str, Fault]]:
        """The texts beside an answer, and what is wrong with those that are not taken."""
        texts = {name: str(row[at] or "") for name in BESIDE if (at := self.beside.get((one.item, name))) is not None}
        if texts.get("more"):
            return texts, {}
        free = {name: free_text(text) for name, text in texts.items()}
        good = {name: "" if isinstance(text, Fault) else text for name, text in free.items()}
        return good, {name: text for name, text in free.items() if isinstance(text, Fault)}

    def _answer(self, one: Variable, read: Read, row: Row, beside: dict[str, str]) -> dict[str, Any] | Fault | None:
        if more := beside.pop("more", ""):
            return _answer_of_more(more)
        value = row[self.places[one.item]]
        if isinstance(value, str):
            return self.choices.answer(one.item, value, beside.get("reason") or None, beside.get("note") or None)
        if value is None:
            return None
        label = str(read.labels.get(value, "")).strip().casefold()
        status = _status(one, read, value, label)
        if status is None and read.is_missing(value):
            return _of_no_meaning(value)
        if status is not None:
            value = float(one.missing[status])
        elif one.kind == "criterion" and label in _SAID:
            value = _SAID[label]
        return answer_of(one, Cell(value, **beside))


def _aliases(known: Mapping[str, Variable]) -> dict[str, Variable]:
    """Other names under which items are looked for: their codes, and these with nothing but underscores."""
    found: dict[str, list[Variable]] = {}
    for code, one in known.items():
        for alias in dict.fromkeys((code, code.replace("-", "_").replace(".", "_"))):
            found.setdefault(alias, []).append(one)
    return {alias: ones[0] for alias, ones in found.items() if len(ones) == 1 or ones[0].item == alias}


_SAID = {word: float(met) for met, text in ((True, YES), (False, NO)) for word in (text.id, text.en)}
_REMOVE = Text("Hapus salah satunya.", "Remove one of them.")


def _status(one: Variable, read: Read, value: float, label: str) -> Status | None:
    """What status a number stands for: by its label, by our codes, or by the usual ones if it is declared missing."""
    declared = read.is_missing(value)
    possible = (one.least is None or value >= one.least) and (one.most is None or value <= one.most)
    if label in _WORDS and (declared or not possible):
        return _WORDS[label]
    ours = next((status for status, code in one.missing.items() if code == value), None)
    return ours or (_USUAL.get(value) if declared else None)


def _of_no_meaning(value: float) -> Fault:
    return Fault(
        Text(
            f"Kode {_text(value)} dinyatakan sebagai missing, tanpa label yang menerangkan artinya.",
            f"The code {_text(value)} is declared as missing, without a label that tells its meaning.",
        ),
        Text(
            "Beri label “tidak berlaku”, “tidak tahu”, atau “tidak diisi”.",
            "Label it “not applicable”, “don't know” or “left blank”.",
        ),
    )


def _answer_of_more(more: str) -> dict[str, Any] | Fault:
    try:
        found = json.loads(more)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    return Fault(
        Text("Variabel .more di sampingnya bukan JSON yang sah.", "The variable .more beside it is no valid JSON."),
        Text("Kosongkan, atau keluarkan lagi berkasnya.", "Empty it, or write the file anew."),
    )


def answer_of(one: Variable, cell: Cell) -> dict[str, Any] | None:
    """What a cell says, in the long form of an answers file; None where it says nothing."""
    number = cell.number
    if not isinstance(number, float):
        return None
    status = next((status for status, code in one.missing.items() if code == number), None)
    answer: dict[str, Any]
    if status:
        answer = {"status": status}
    elif one.kind in ("criterion", "whole") and number in (0, 1):
        answer = {"value": number == 1}
    else:
        answer = {"value": _text(number)}
    pieces = [piece for piece in cell.evidence.split("\n") if piece]
    beside = {"reason": cell.reason, "note": cell.note, "evidence": pieces}
    return answer | {name: value for name, value in beside.items() if value}


def _text(number: float) -> str:
    """The number with the digits that it was written with."""
    text = format(Decimal(repr(number)), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
