"""How a question and the end of a run look in a terminal of 80 × 24, and to a screen reader."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from gscm.cli.typed import Command, figures, typed
from gscm.errors import legible
from gscm.i18n import Language, Text, listed

if TYPE_CHECKING:
    from gscm.assessment import Assessment
    from gscm.model.tree import Node, Quantity
    from gscm.placement.place import Placement
    from gscm.questionnaire.flow import Progress
    from gscm.questionnaire.questionnaire import Item, Questionnaire
    from gscm.questionnaire.schema import Staging
    from gscm.responses.answers import Answer, Answers, Judgement

_WIDEST, _NARROWEST = 78, 30
_LONGEST = 240


@dataclass
class Screen:
    """The terminal: its language, and whether it is `plain`, that is never cleared and without bold type.

    Lines are broken for the width that the terminal has now, and are never longer than is good to read.
    """

    language: Language
    plain: bool
    shown: str = ""
    """The code of the item that was shown last."""

    @property
    def width(self) -> int:
        return max(_NARROWEST, min(_WIDEST, self.size.columns - 1))

    @property
    def size(self) -> os.terminal_size:
        """Columns and lines now; COLUMNS in the environment would be those at the start."""
        try:
            size = os.get_terminal_size(sys.stdout.fileno())
        except (OSError, ValueError):
            return shutil.get_terminal_size()
        return size if size.columns and size.lines else os.terminal_size((80, 24))

    def clear(self) -> None:
        if not self.plain:
            click.clear()

    def space(self) -> None:
        click.echo()

    def bold(self, text: Text) -> None:
        for line in self.wrapped(text):
            click.echo(self.strong(line))

    def strong(self, line: str) -> str:
        return line if self.plain else click.style(line, bold=True)

    def paragraph(self, text: Text) -> None:
        for line in self.wrapped(text):
            click.echo(line)

    def command(self, label: Text, call: str) -> None:
        """A call of gscm to copy: on one line whatever its length."""
        words = label[self.language]
        click.echo(f"{words} {call}" if len(words) + len(call) < self.width else f"{words}\n  {call}")

    def ask(self, prompt: Text) -> str:
        """A line that is typed. Raises EOFError and KeyboardInterrupt."""
        return input(prompt[self.language])

    def read(self, blocks: list[list[str]], done: Text | None) -> None:
        """Show blocks of lines on as many screens as they need; `done` is asked below the last, None asks nothing."""
        pages = _packed(blocks, None if self.plain else self.size.lines - 3)
        for page in pages:
            self.clear()
            for line in page:
                click.echo(line)
            further = done if page is pages[-1] else Text("Tekan Enter untuk melanjutkan.", "Press Enter to go on.")
            if further and not self.plain:
                self.space()
                self.ask(further)

    def wrapped(self, text: Text, start: str = "", hang: str = "") -> Iterator[str]:
        yield from textwrap.wrap(
            legible(" ".join(text[self.language].split())),
            self.width,
            initial_indent=start,
            subsequent_indent=hang,
            break_on_hyphens=False,
        )


@dataclass(frozen=True, slots=True)
class Question:
    """One item as it is asked, with the answer that it has."""

    questionnaire: Questionnaire
    item: Item
    entry: Answer | None
    beside: tuple[Text, ...] = ()
    """What else is told above the answer so far."""

    def show(self, screen: Screen, progress: Progress, message: str) -> None:
        """The item on one screen; examples of evidence, then its help, give way where it has too few lines.

        A plain screen only grows, so that an item shown a moment ago is not told again.
        """
        if screen.plain and screen.shown == self.item.code:
            page = [*self._present(screen), *_message(screen, message)]
        else:
            screen.clear()
            lines = screen.size.lines
            for parts in (("help", "evidence"), ("help",), ()):
                page = list(self._page(screen, progress, message, parts))
                if screen.plain or len(page) < lines:
                    break
        screen.shown = self.item.code
        for line in page:
            click.echo(line)

    def _page(self, screen: Screen, progress: Progress, message: str, parts: tuple[str, ...]) -> Iterator[str]:
        item = self.item
        if screen.plain:
            yield ""
        yield from screen.wrapped(self._path(", " if screen.plain else " › "))
        yield from screen.wrapped(_counted(progress, ", " if screen.plain else " · "))
        yield ""
        for line in screen.wrapped(item.text):
            yield screen.strong(line)
        if item.help and "help" in parts:
            yield ""
            yield from screen.wrapped(item.help)
        if item.evidence and "evidence" in parts:
            yield from screen.wrapped(self._evidence())
        for number, name, meaning in item.levels:
            told = Text(
                f"{number} = {name.id}" + (f": {meaning.id}" if meaning else ""),
                f"{number} = {name.en}" + (f": {meaning.en}" if meaning else ""),
            )
            yield from screen.wrapped(told, "  ", "      ")
        if quantity := self._quantity:
            unit = quantity.unit
            yield from screen.wrapped(Text(f"Satuan: {unit.id}.", f"Unit: {unit.en}."))
        yield from self._present(screen)
        yield from _message(screen, message)

    def _path(self, between: str) -> Text:
        model = self.questionnaire.model
        nodes = [*list(model.above(self.item.node))[:-1][::-1], model.nodes[self.item.node]]
        return Text(
            f"[{self.item.code}] {between.join(node.title.id for node in nodes)}",
            f"[{self.item.code}] {between.join(node.title.en for node in nodes)}",
        )

    @property
    def _quantity(self) -> Quantity | None:
        """What is measured, where the item asks for a figure."""
        return self.questionnaire.model.nodes[self.item.node].quantity if self.item.fact.kind == "quantity" else None

    def _evidence(self) -> Text:
        shown = self.item.evidence
        return Text(
            f"Contoh bukti: {'; '.join(text.id for text in shown)}.",
            f"Examples of evidence: {'; '.join(text.en for text in shown)}.",
        )

    def _present(self, screen: Screen) -> Iterator[str]:
        """The answer so far, and what stands beside it; long texts are cut."""
        for line in self.beside:
            yield from screen.wrapped(line)
        if self.entry is None:
            return
        value = value_of(self.entry, self.item)
        told = (
            (Text("Jawaban sekarang", "Answer so far"), value),
            (Text("Alasan", "Reason"), _cut(self.entry.reason)),
            (Text("Catatan", "Note"), _cut(self.entry.note)),
            (Text("Bukti", "Evidence"), _cut("; ".join(self.entry.evidence))),
            *((label, _cut(text)) for one in self.entry.judgements for label, text in notes_of(one)),
        )
        for label, text in told:
            if text:
                yield from screen.wrapped(Text(f"{label.id}: {text.id}", f"{label.en}: {text.en}"))

    def prompt(self, plain: bool) -> Text:
        """What can be typed, in short."""
        kind, absent = self.item.fact.kind, self.item.absence is not None
        if plain:
            value = self._asked() if kind != "criterion" else Text("y = ya, t = tidak", "y = yes, n = no")
            never = ", x = tidak berlaku", ", x = does not apply"
            if self.stepped:
                value = Text(f"{value.id}, p = per level", f"{value.en}, p = level by level")
            return Text(
                f"{value.id}, ? = tidak tahu{never[0] if absent else ''}, l = lewati, k = kembali, h = lainnya > ",
                f"{value.en}, ? = don’t know{never[1] if absent else ''}, s = skip, b = back, h = more > ",
            )
        ways = [
            Text("[y]a", "[y]es") if kind == "criterion" else self._asked(),
            *([Text("[t]idak", "[n]o")] if kind == "criterion" else []),
            *([Text("[p]er level", "[p] by level")] if self.stepped and not absent else []),
            Text("[?] tidak tahu", "[?] don’t know"),
            *([Text("[x] tidak berlaku", "[x] does not apply")] if absent else []),
            Text("[l]ewati", "[s]kip"),
            *([] if absent else [Text("[k]embali", "[b]ack")]),
            Text("[h] lainnya > ", "[h] more > "),
        ]
        return Text("  ".join(way.id for way in ways), "  ".join(way.en for way in ways))

    @property
    def stepped(self) -> bool:
        """Whether the levels can be asked one by one: each above the lowest says what it means."""
        return len(self.item.levels) > 1 and all(meaning for _, _, meaning in self.item.levels[1:])

    def step(self, screen: Screen, number: int) -> Command:
        """Ask whether one level is reached or outgrown. Returns yes, no, unknown, back or quit."""
        name, meaning = next((name, meaning) for level, name, meaning in self.item.levels if level == number)
        screen.clear()
        if not screen.plain:
            screen.paragraph(self._path(" › "))
            screen.space()
            screen.bold(self.item.text)
        screen.space()
        screen.bold(Text(f"Level {number}: {name.id}.", f"Level {number}: {name.en}."))
        screen.paragraph(meaning or name)
        if self.item.evidence and not screen.plain:
            screen.space()
            screen.paragraph(self._evidence())
        asked = Text(
            "Tercapai atau terlampaui? y = ya, t = tidak, ? = tidak tahu, k = kembali > ",
            "Reached or passed? y = yes, n = no, ? = don’t know, b = back > ",
        )
        while (command := typed(screen.ask(asked)).command) not in ("yes", "no", "unknown", "back", "quit"):
            screen.paragraph(Text("Ketik y, t, ?, k, atau q.", "Type y, n, ?, b or q."))
        assert command is not None
        return command

    def _asked(self) -> Text:
        match self.item.fact.kind:
            case "level":
                least, most = self.item.levels[0][0], self.item.levels[-1][0]
                return Text(f"level {least}–{most}", f"level {least}–{most}")
            case "score":
                scale = self.questionnaire.model.scale
                return Text(f"angka {scale.min}–{scale.max}", f"number {scale.min}–{scale.max}")
            case _:
                return Text("angka", "number")

    def expected(self) -> Text:
        """What would have been an answer."""
        if self.item.fact.kind == "criterion":
            return Text(
                "Ketik y (ya), t (tidak), ? (tidak tahu), atau h untuk perintah lain.",
                "Type y (yes), n (no), ? (don’t know), or h for other commands.",
            )
        if self.item.fact.kind == "level":
            least, most = self.item.levels[0][0], self.item.levels[-1][0]
            return Text(
                f"Ketik level {least} sampai {most} atau namanya, ? (tidak tahu), atau h untuk perintah lain.",
                f"Type a level from {least} to {most} or its name, ? (don’t know), or h for other commands.",
            )
        asked = Text(self._asked().id, f"a {self._asked().en}")
        if quantity := self._quantity:
            possible, unit = quantity.possible, quantity.unit
            asked = Text(f"{possible.id} ({unit.id})", f"{possible.en} ({unit.en})")
        return Text(
            f"Ketik {asked.id}, ? (tidak tahu), atau h untuk perintah lain.",
            f"Type {asked.en}, ? (don’t know), or h for other commands.",
        )

    def values(self, text: str, language: Language) -> tuple[Decimal, ...]:
        """The answers that the text can mean: none, one, or both readings of a figure."""
        if self.item.fact.kind == "criterion":
            return ()
        for number, name, _ in self.item.levels:
            if text.casefold() in (name.id.casefold(), name.en.casefold()):
                return (Decimal(number),)
        found = figures(text, language)
        if quantity := self._quantity:
            return tuple(value for value in found if quantity.can_be(Fraction(value)))
        least, most = sorted((self.item.fact.worst, self.item.fact.best))
        found = tuple(value for value in found if least <= value <= most)
        real = self.item.fact.kind == "score" or self.questionnaire.model.nodes[self.item.node].real
        return tuple(value for value in found if real or value == int(value))

    def help(self, screen: Screen) -> None:
        """What the item means and all commands, on as many screens of their own as they need."""
        screen.read(
            [*self._told(screen), list(self._typed(screen))],
            Text("Tekan Enter untuk kembali.", "Press Enter to go back."),
        )

    def _told(self, screen: Screen) -> Iterator[list[str]]:
        """The item, its help, examples of evidence, who can answer, and what the parts of the model around it mean."""
        item, model = self.item, self.questionnaire.model
        yield [screen.strong(line) for line in screen.wrapped(item.text)]
        node = model.nodes[item.node]
        offices = [model.offices[office] for office in item.offices]
        for told in (
            item.help if item.help != node.about else None,
            self._evidence() if item.evidence else None,
            _who(offices) if offices else None,
            *(_about(above) for above in (node, *model.above(item.node)) if above.id != model.id),
        ):
            if told:
                yield list(screen.wrapped(told))

    def _typed(self, screen: Screen) -> Iterator[str]:
        for keys, meaning in self._commands():
            key, told = keys[screen.language], meaning[screen.language]
            if screen.plain:
                yield f"{key} = {told}"
            else:
                yield from screen.wrapped(Text(told, told), f"  {key:<10}", " " * 12)

    def _commands(self) -> Iterator[tuple[Text, Text]]:
        match self.item.fact.kind:
            case "criterion":
                yield Text("y", "y"), Text("ya, sudah", "yes")
                yield Text("t", "n"), Text("tidak, belum", "no, not yet")
            case "level":
                yield self._asked(), Text("level itu; namanya juga boleh", "that level; its name will do as well")
                if self.stepped:
                    yield (
                        Text("p", "p"),
                        Text("tanyakan level demi level, mulai dari level 2", "ask level by level, from level 2"),
                    )
            case _:
                yield self._asked(), Text("koma atau titik memisahkan desimal", "a point or a comma marks decimals")
        yield Text("?", "?"), Text("tidak tahu; hasilnya tetap terbuka", "don’t know; the result stays open")
        if self.item.absence is not None:
            yield Text("x alasan", "x reason"), Text("tidak berlaku, dengan alasannya", "does not apply, and why")
        yield Text("l", "s"), Text("lewati dulu; ditanyakan lagi di akhir", "skip for now; asked again at the end")
        yield Text("k", "b"), Text("kembali ke pertanyaan sebelumnya", "back to the question before")
        yield Text("c teks", "c text"), Text("catatan; menggantikan yang lama", "note; takes the place of the old one")
        yield Text("u teks", "e text"), Text("bukti: nama dan nomor dokumen", "evidence: name and number of a document")
        yield (
            Text("j kode", "j code"),
            Text(
                "lompat ke butir atau bagian; j saja menyebut bagiannya", "jump to an item or part; j alone lists parts"
            ),
        )
        yield Text("q", "q"), Text("berhenti; semuanya sudah tersimpan", "stop; everything is saved already")


def _who(offices: list[Text]) -> Text:
    return Text(
        f"Dapat dijawab oleh: {'; '.join(office.id for office in offices)}.",
        f"Can be answered by: {'; '.join(office.en for office in offices)}.",
    )


def _about(node: Node) -> Text | None:
    """What a node means, behind its title."""
    about = node.about
    return Text(f"{node.title.id}: {about.id}", f"{node.title.en}: {about.en}") if about else None


def _packed(blocks: list[list[str]], lines: int | None) -> list[list[str]]:
    """The blocks on pages of so many lines, a blank line between two; all on one page without a limit."""
    pages = [blocks[0]]
    for block in blocks[1:]:
        if lines is None or len(pages[-1]) + 1 + len(block) <= lines:
            pages[-1] = [*pages[-1], "", *block]
        else:
            pages.append(block)
    return pages


def _message(screen: Screen, message: str) -> Iterator[str]:
    if message and not screen.plain:
        yield ""
    yield from screen.wrapped(Text(message, message))


def _counted(progress: Progress, between: str) -> Text:
    left, saved = len(progress.left) + len(progress.skipped), progress.saved
    return Text(
        between.join(
            [f"{progress.asked} terjawab", f"paling banyak {left} lagi", *([f"{saved} tidak perlu"] if saved else [])]
        ),
        between.join(
            [f"{progress.asked} answered", f"at most {left} more", *([f"{saved} not needed"] if saved else [])]
        ),
    )


def _cut(text: str | None) -> Text | None:
    if not text:
        return None
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return Text(short, short)


def value_of(entry: Answer, item: Item) -> Text | None:
    match entry.status:
        case "blank":
            return None
        case "unknown":
            return Text("tidak tahu", "don’t know")
        case "not_applicable":
            return Text("tidak berlaku", "does not apply")
        case "given" if entry.value is not None:
            if item.fact.kind == "criterion":
                return Text("ya", "yes") if entry.value else Text("tidak", "no")
            digits = f"{Decimal(entry.value.numerator) / entry.value.denominator:f}"
            return Text(digits.replace(".", ","), digits)
        case _:
            return Text(entry.status, entry.status)


def notes_of(judgement: Judgement) -> tuple[tuple[Text, str | None], ...]:
    """What an assessor noted, by its headings."""
    return tuple((label, getattr(judgement, key)) for key, label in NOTES.items())


NOTES: Mapping[str, Text] = {
    "fact_note": Text("Fakta", "Fact"),
    "analysis": Text("Analisis", "Analysis"),
    "justification": Text("Justifikasi", "Justification"),
}
"""What an assessor writes down, in the order in which it is asked."""


def closing(screen: Screen, answers: Answers, progress: Progress, staging: Staging) -> None:
    """The end of a run: the level, what the next one needs, and what was asked."""
    from gscm.assessment import assess
    from gscm.cli.overview import coverage_line, headline, score_range
    from gscm.cli.terminal import table
    from gscm.placement.explain import stands
    from gscm.report.told import index_name

    assessment, language = assess(answers), screen.language
    model, overall = assessment.model, assessment.overall
    screen.space()
    click.echo(headline(assessment, language))
    screen.bold(stands(assessment.result, overall))
    if model.index:
        click.echo(f"{index_name(assessment)[language]}: {score_range(assessment, overall, language)}")
    screen.paragraph(coverage_line(assessment))
    explanation = assessment.explain(model.id)
    if explanation.next:
        screen.paragraph(explanation.next)
    rows = [(model.nodes[child], assessment.nodes[child]) for child in model.root.children]
    if rows:
        screen.space()
        for line in table(
            [[node.title[language], *_standing(assessment, placement, language)] for node, placement in rows]
        ):
            click.echo(f"  {line}")
    screen.space()
    screen.paragraph(_asked_so_far(answers, progress, staging))
    opened = listed(tuple(node.title for node in model.nodes.values() if node.open))
    if opened.id:
        screen.paragraph(
            Text(
                f"Tidak ditanyakan di sini: isi {opened.id}. Tulis baris-barisnya (rows) dalam berkas jawaban.",
                f"Not asked here: what {opened.en} consists of. Write its rows into the answers file.",
            )
        )
    screen.paragraph(model.notice)


def _standing(assessment: Assessment, placement: Placement, language: Language) -> tuple[str, str]:
    """The level and its ladder; the score where there is no level."""
    from gscm.cli.overview import ladder, levels_range, score_range

    if placement.assessed and placement.applies and placement.low is None:
        return score_range(assessment, placement, language), ""
    return levels_range(assessment, placement, language), ladder(assessment, placement)


def _asked_so_far(answers: Answers, progress: Progress, staging: Staging) -> Text:
    left, asked, saved = len(progress.left) + len(progress.skipped), progress.asked, progress.saved
    unknown = sum(entry.status == "unknown" for entry in answers.entries.values())
    doubt = Text(
        f" ({unknown} di antaranya “tidak tahu”)" if unknown else "", f" ({unknown} “don’t know”)" if unknown else ""
    )
    if left and staging == "none":
        return Text(
            f"{asked} pertanyaan terjawab{doubt.id}; {left} belum.",
            f"{asked} answered{doubt.en}; {left} not yet.",
        )
    if left:
        return Text(
            f"{asked} pertanyaan terjawab{doubt.id}; paling banyak {left} lagi dapat mengubah hasil.",
            f"{asked} answered{doubt.en}; at most {left} more can change the result.",
        )
    rest = Text(
        f", {saved} tidak perlu ditanyakan karena tidak dapat mengubah level yang dilaporkan",
        f", {saved} not asked: they cannot change the levels reported",
    )
    return Text(
        f"Selesai: {asked} pertanyaan dijawab{doubt.id}{rest.id if saved else ''}.",
        f"Done: {asked} answered{doubt.en}{rest.en if saved else ''}.",
    )
