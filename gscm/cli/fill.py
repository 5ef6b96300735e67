"""`gscm fill`: one item at a time in the terminal, saved after every answer."""

from __future__ import annotations

import gc
import io
import os
import re
import shlex
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import click

from gscm.cli.command import command, model_option, option, say, session
from gscm.cli.question import Question, Screen, closing
from gscm.cli.typed import Typed, typed
from gscm.errors import FaultsFound, GscmError, Issue, did_you_mean
from gscm.i18n import Language, Text, language_of

if TYPE_CHECKING:
    from gscm.model.tree import Model
    from gscm.questionnaire.flow import Progress
    from gscm.questionnaire.questionnaire import Item, Questionnaire
    from gscm.questionnaire.schema import Staging
    from gscm.responses.answers import Answer, Answers

plain_option = option(
    "--plain",
    is_flag=True,
    text=Text(
        "Tanpa mengosongkan layar dan huruf tebal; cocok untuk pembaca layar.",
        "No clearing of the screen and no bold type; for screen readers.",
    ),
)


@command(
    Text(
        "Isi berkas jawaban di terminal: satu pertanyaan sekali, disimpan setiap kali dijawab, dan dapat "
        "dilanjutkan kapan saja. Pertanyaan yang tidak lagi dapat mengubah hasil tidak ditanyakan.",
        "Fill in an answers file in the terminal: one question at a time, saved after every answer, to be resumed "
        "at any time. Questions that can no longer change the result are not asked.",
    ),
    example='gscm fill jawaban.yaml --model gscm-province --name "Provinsi Contoh"',
)
@click.argument("answers", metavar="ANSWERS.yaml")
@model_option
@option(
    "--questionnaire",
    metavar="ID|FOLDER",
    text=Text("Kuesioner; bawaannya menurut model.", "The questionnaire; that of the model by default."),
)
@option(
    "--staging",
    type=click.Choice(["full", "indicator", "none"]),
    text=Text(
        "full: berhenti bila level yang dilaporkan sudah pasti; indicator: level tiap indikator; none: semua.",
        "full: stop once the reported levels are settled; indicator: the level of each; none: ask everything.",
    ),
)
@option("--name", metavar="NAMA", text=Text("Nama daerah, untuk berkas baru.", "Name of the subject, for a new file."))
@option(
    "--year",
    type=click.IntRange(1900, 2200),
    text=Text("Tahun penilaian, untuk berkas baru.", "Year of the assessment, for a new file."),
)
@plain_option
@click.pass_context
def fill(
    context: click.Context,
    answers: str,
    model: str | None,
    questionnaire: str | None,
    staging: Staging | None,
    name: str | None,
    year: int | None,
    plain: bool,
) -> None:
    from gscm.formats.answers_yaml import read_text
    from gscm.formats.saving import check_target
    from gscm.questionnaire.load import questionnaire_for

    path, language = Path(answers), session(context).language
    loaded = _model(path, model, questionnaire)
    asked = questionnaire_for(loaded, questionnaire)
    check_target(path)
    screen = opened_screen(language, plain)
    text = read_text(path) if path.exists() else _new(path, loaded, model, name, year)
    other: dict[str, str | None] = {"--lang": None if language == language_of() else language}
    run = Run(path, asked, staging or asked.staging, screen, text)
    if model is not None and run.named_model != model:
        other["--model"] = model
    chosen = {"--questionnaire": questionnaire, "--staging": staging}
    again = call("fill", str(path), {**other, **chosen}) + (" --plain" if plain else "")
    report = call("report", str(path), {"--out": path.with_suffix(".pdf").name, **other})
    run.ask_all()
    run.end(again, report)


def opened_screen(language: Language, plain: bool) -> Screen:
    """The terminal, made ready for a run that may last for hours."""
    gc.enable()  # other commands end before it would matter
    _editable_lines()
    return Screen(language, plain or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb")


def call(name: str, path: str, options: Mapping[str, str | None]) -> str:
    """The words of a call of gscm, to be copied."""
    given = [part for option, value in options.items() if value for part in (option, value)]
    return shlex.join(["gscm", *name.split(), path, *given])


def _editable_lines() -> None:
    """Let a line be edited while it is typed, and be longer than a terminal takes by itself."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    if sys.stdin.isatty() and sys.stdout.isatty():
        with suppress(ImportError):  # not there on Windows, whose terminal edits lines by itself
            import readline  # noqa: F401


def _model(path: Path, model: str | None, questionnaire: str | None) -> Model:
    """The model that the answers file names, or that of a new file."""
    from gscm import yamlfile
    from gscm.model.load import find_model, load_model
    from gscm.questionnaire.load import find_questionnaire, model_of

    if path.exists():
        document = yamlfile.read(path)
        named = document.data.get("model") if isinstance(document.data, dict) else None
        if not isinstance(named, str) and model is None:
            raise FaultsFound(
                Issue(
                    document.where(),
                    Text("Berkas ini tidak menyebut model.", "This file names no model."),
                    Text(
                        "Tulis model: gscm-province, atau pakai --model.", "Write model: gscm-province, or use --model."
                    ),
                )
            )
        return load_model(find_model(model or str(named), path.parent))
    wanted = model or (model_of(find_questionnaire(questionnaire)) if questionnaire else "gscm-province")
    return load_model(find_model(wanted, path.parent))


def _new(path: Path, loaded: Model, model: str | None, name: str | None, year: int | None) -> str:
    """The text of a new answers file, saved."""
    from gscm.formats.answers_yaml import blank_text
    from gscm.formats.saving import save

    subject = (name or "").strip()
    while not subject:
        subject = click.prompt(say(Text("Nama daerah yang dinilai", "Name of the subject assessed"))).strip()
    text = blank_text(model or loaded.id, loaded.version, {"id": _slug(subject), "name": subject, "year": year})
    save(path, text)
    return text


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "subjek"


_KEPT = ("source", "evidence", "note", "stage", "fact_note", "analysis", "justification")


@dataclass
class Run:
    """A run through a questionnaire. The text of the file is the whole state; the rest follows from it."""

    path: Path
    questionnaire: Questionnaire
    staging: Staging
    screen: Screen
    text: str
    trail: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    focus: str | None = None
    revisit: str | None = None
    message: str = ""
    told: tuple[Text, ...] = ()
    """What else is told at the start."""
    read: tuple[str, Any, Answers] | None = None
    asks_evidence: ClassVar[Text] = Text("Nama dan nomor dokumen: ", "Name and number: ")

    @property
    def named_model(self) -> str:
        return str(self._read(self.text)[0].get("model"))

    def ask_all(self) -> None:
        """Ask until nothing is left to ask, or whoever types has enough."""
        try:
            self.begin()
            while self.step():
                pass
        except (KeyboardInterrupt, EOFError, click.Abort):
            click.echo()

    def begin(self) -> None:
        """The introduction, and where an earlier run has left off."""
        answers, items, screen = self._answers(), self.questionnaire.items, self.screen
        self.trail = [id for id, entry in answers.entries.items() if id in items and entry.status != "blank"]
        screen.clear()
        screen.bold(self.questionnaire.title)
        screen.paragraph(self.questionnaire.introduction)
        for text in self.told:
            screen.paragraph(text)
        if self.staging != "none":
            screen.paragraph(
                Text(
                    "Yang ditanyakan hanya yang masih dapat mengubah hasil.",
                    "Only what can still change the result is asked.",
                )
            )
        screen.paragraph(
            Text(
                "Setiap jawaban langsung disimpan. Ketik h untuk daftar perintah, q untuk berhenti; "
                "jalankan perintah yang sama untuk melanjutkan.",
                "Every answer is saved at once. Type h for the commands, q to stop; run the same command to go on.",
            )
        )
        if self.trail:
            done = len(self.trail)
            screen.paragraph(Text(f"Sudah terjawab: {done}.", f"Answered so far: {done}."))
        for issue in answers.warnings:
            screen.paragraph(Text(issue.sentence("id"), issue.sentence("en")))
        screen.space()
        screen.paragraph(self.questionnaire.model.notice)
        if not screen.plain:
            screen.space()
            screen.ask(Text("Tekan Enter untuk mulai.", "Press Enter to begin."))

    def step(self) -> bool:
        """Ask one item and act on what is typed; False to stop."""
        progress = self._progress()
        item = self._item(progress)
        if item is None:
            return False
        entry = self._answers().entries.get(item.code)
        question = Question(self.questionnaire, item, self._shown(entry), self._beside(item))
        question.show(self.screen, progress, self.message)
        self.message = ""
        return self._act(item, question, typed(self.screen.ask(question.prompt(self.screen.plain))))

    def _shown(self, entry: Answer | None) -> Answer | None:
        """The answer so far as it is shown."""
        return entry

    def _beside(self, item: Item) -> tuple[Text, ...]:  # noqa: ARG002  where it is told depends on the run
        """What else is told of an item, above its answer."""
        return ()

    def end(self, again: str, report: str) -> None:
        """The level, what the next one needs, and how to go on."""
        with suppress(GscmError):  # the last that could be read is told
            self._refresh()
        closing(self.screen, self._answers(), self._progress(), self.staging)
        progress = self._progress()
        if progress.left or progress.skipped:
            self.screen.command(
                Text(f"Tersimpan di {self.path}; lanjutkan dengan:", f"Saved in {self.path}; go on with:"), again
            )
        else:
            self.screen.paragraph(Text(f"Tersimpan di {self.path}.", f"Saved in {self.path}."))
        self.screen.command(Text("Laporan:", "Report:"), report)

    # ---------------------------------------------------------------------------------------------- what the file says

    def _read(self, text: str) -> tuple[Any, Answers]:
        from gscm.responses.load import bind
        from gscm.yamlfile import parse

        if self.read is None or self.read[0] != text:
            document = parse(text, str(self.path))
            bound = bind(document, self.questionnaire.model, self.path.parent, alone=True)
            self.read = (text, document.data, bound)
        return self.read[1:]

    def _answers(self) -> Answers:
        return self._read(self.text)[1]

    def _written(self, item: Item) -> dict[str, Any]:
        """The answer as it stands in the file, in its long form."""
        from gscm.formats.answers_yaml import long_form

        answers = self._read(self.text)[0].get("answers") or {}
        return long_form(answers.get(item.code, answers.get(item.absence or "")))

    def _progress(self) -> Progress:
        from gscm.questionnaire.flow import progress

        return progress(self.questionnaire, self._answers(), self.staging)

    def _refresh(self) -> None:
        """Take over what another program wrote into the file meanwhile. A file taken away is written again."""
        from gscm.formats.answers_yaml import read_text

        if not self.path.exists():
            return
        text = read_text(self.path)
        if text != self.text:
            self._read(text)
            self.text = text
            self.message = Text(
                "Berkasnya diubah program lain; perubahan itu ikut dipakai.",
                "Another program changed the file; its changes are taken over.",
            )[self.screen.language]

    # --------------------------------------------------------------------------------------------- which item is next

    @cached_property
    def _place(self) -> Mapping[str, int]:
        from gscm.questionnaire.flow import item_order

        return {code: index for index, code in enumerate(item_order(self.questionnaire.model))}

    def _item(self, progress: Progress) -> Item | None:
        """The item to show: one gone back to, else the first that matters below the node jumped to, else the next."""
        if self.revisit is not None:
            item, self.revisit = self.questionnaire.items[self.revisit], None
            return item
        waiting = sorted((*progress.left, *progress.skipped), key=self._turn)
        if self.focus is not None:
            inside = {node.id for node in self.questionnaire.model.below(self.focus)}
            for item in waiting:
                if item.node in inside and item.code not in self.passed:
                    return item
            title = self.questionnaire.model.nodes[self.focus].title
            self._say(
                Text(
                    f"Di bawah “{title.id}” tidak ada lagi yang perlu ditanyakan.",
                    f"Nothing more needs to be asked below “{title.en}”.",
                )
            )
            self.focus = None
        return waiting[0] if waiting else None

    def _turn(self, item: Item) -> tuple[int, int]:
        """What was passed over in this run comes last, the longest ago first."""
        passed = self.passed.index(item.code) + 1 if item.code in self.passed else 0
        return passed, self._place[item.code]

    # ------------------------------------------------------------------------------------------- what is done with it

    def _act(self, item: Item, question: Question, line: Typed) -> bool:
        match line.command:
            case "quit":
                return False
            case "help":
                question.help(self.screen)
                self._again(item)
            case "back":
                self._back(item)
            case "jump":
                self._jump(line.text, item)
            case "note" | "evidence":
                self._annotate(item, line)
            case "skip":
                self._skip(item)
            case "unknown":
                self._answer(item, {"status": "unknown"})
            case "absent":
                self._absent(item, line.text)
            case "steps" if question.stepped:
                return self._steps(item, question)
            case _:
                self._value(item, question, line)
        return True

    def _again(self, item: Item, why: Text | None = None) -> None:
        """Show the same item once more, and why."""
        self.revisit = item.code
        if why:
            self._say(why)

    def _say(self, text: Text) -> None:
        self.message = f"{self.message} {text[self.screen.language]}".strip()

    def _steps(self, item: Item, question: Question) -> bool:
        """Ask level by level; the answer is the one below the first that is not reached. False to stop the run."""
        met = item.levels[0][0]
        for number, _, _ in item.levels[1:]:
            match question.step(self.screen, number):
                case "yes":
                    met = number
                case "no":
                    break
                case "quit":
                    return False
                case "unknown" if met > item.levels[0][0]:
                    self._again(
                        item,
                        Text(
                            f"Level {met} tercapai. Ketik {met} bila level di atasnya tidak dapat dibuktikan, "
                            "atau ? untuk membiarkannya terbuka.",
                            f"Level {met} is reached. Type {met} if a level above cannot be shown, "
                            "or ? to leave it open.",
                        ),
                    )
                    return True
                case "unknown":
                    self._answer(item, {"status": "unknown"})
                    return True
                case _:
                    self._again(item)
                    return True
        self._answer(item, {"value": met})
        self._say(Text(f"[{item.code}] Level {met}.", f"[{item.code}] Level {met}."))
        return True

    def _value(self, item: Item, question: Question, line: Typed) -> None:
        if item.fact.kind == "criterion" and line.command in ("yes", "no"):
            self._answer(item, {"value": line.command == "yes"})
            return
        found = question.values(line.text, self.screen.language)
        if len(found) == 1:
            self._answer(item, {"value": found[0]})
        elif found:
            self._again(item, _two_readings(line.text))
        else:
            self._again(item, question.expected())

    def _answer(self, item: Item, entry: dict[str, Any]) -> None:
        """Store an answer and go on; what is noted beside it stays."""
        if self._refreshed(item):
            kept = {k: v for k, v in self._written(item).items() if k in _KEPT}
            if self._store(item, {"status": "given", **entry, **kept, **self._judged(entry, kept)}):
                self.trail.append(item.code)

    def _judged(self, entry: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """What has to be noted with an answer before it is stored; `kept` is what stands beside it already."""
        return {}

    def _refreshed(self, item: Item) -> bool:
        """Whether the file can be built on; if not, the item comes again, with the reason."""
        try:
            self._refresh()
        except GscmError as found:
            self._again(item, _unsaved(found))
            return False
        return True

    def _store(self, item: Item, entry: dict[str, Any]) -> bool:
        """Write the answer into the file; False where it is refused, and nothing changes."""
        from gscm.formats.answers_yaml import set_answer

        written = self.text
        whole = item.absence if item.absence != item.code else None
        if whole and entry.get("status") == "not_applicable":  # said of the indicator, in place of its parts
            written = set_answer(set_answer(written, item.code, None), whole, entry)
        else:
            if whole and entry.get("status") == "given":
                written = set_answer(written, whole, None)
            written = set_answer(written, item.code, entry)
        try:
            self._read(written)
            self._keep(written)
        except GscmError as found:
            self._again(item, _unsaved(found))
            return False
        self.text = written
        return True

    def _keep(self, written: str) -> None:
        """Make an answer last, where `written` is the text with it."""
        from gscm.formats.saving import save

        save(self.path, written)

    def _skip(self, item: Item) -> None:
        """Pass over an item; an answer that it has stays."""
        self.passed = [code for code in self.passed if code != item.code] + [item.code]
        before = self._answers().entries.get(item.code)
        if before is None:
            self._answer(item, {"status": "blank"})
        else:
            self.trail.append(item.code)

    def _back(self, item: Item) -> None:
        while self.trail and self.trail[-1] == item.code:
            self.trail.pop()
        if self.trail:
            self.revisit = self.trail.pop()
        else:
            self._again(item, Text("Ini pertanyaan pertama.", "This is the first question."))

    def _jump(self, wanted: str, item: Item) -> None:
        model, items = self.questionnaire.model, self.questionnaire.items
        titled = {
            title.casefold(): node.id for node in model.nodes.values() for title in (node.title.id, node.title.en)
        }
        id = wanted if wanted in items or wanted in model.nodes else titled.get(wanted.casefold(), wanted.casefold())
        if id in items and not (id in model.nodes and model.nodes[id].children):
            self.revisit = id
        elif id in model.nodes:
            self.focus, self.passed = id, []
        else:
            near = did_you_mean(id, [*model.nodes, *items]) if id else None
            parts = [model.nodes[child] for child in model.root.children]
            known = Text(
                "; ".join(f"{node.id} ({node.title.id})" for node in parts),
                "; ".join(f"{node.id} ({node.title.en})" for node in parts),
            )
            lost = Text(f"“{wanted}” tidak ada. ", f"There is no “{wanted}”. ") if wanted else Text("", "")
            near = near or Text(
                f"Ketik j diikuti kode butir atau id bagian: {known.id}.",
                f"Type j and the code of an item or the id of a part: {known.en}.",
            )
            self._again(item, Text(lost.id + near.id, lost.en + near.en))

    def _annotate(self, item: Item, line: Typed) -> None:
        note = line.command == "note"
        label = Text("Catatan: ", "Note: ") if note else self.asks_evidence
        text = line.text or typed(f"c {self.screen.ask(label)}").text
        if not text:
            self._again(item, Text("Kosong; tidak ada yang disimpan.", "Empty; nothing is saved."))
        elif self._refreshed(item):
            written = self._written(item)
            before = written.get("evidence", ())
            listed = [before] if isinstance(before, str) else [*before]
            try:
                more = {"note": text} if note else {"evidence": list(dict.fromkeys((*listed, self._document(text))))}
            except GscmError as found:
                self._again(item, _unsaved(found))
                return
            if self._store(item, {**written, **more}):
                self._again(item, Text("Tersimpan.", "Saved."))

    def _document(self, text: str) -> str:
        """A document of evidence as the answer cites it. Raises GscmError where it is a file that is refused."""
        return text

    def _absent(self, item: Item, given: str) -> None:
        if item.absence is None:
            self._again(
                item,
                Text(
                    "Menurut modelnya, butir ini berlaku bagi semua; jawaban “tidak berlaku” tidak diterima.",
                    "By its model this item applies to all; “does not apply” is not accepted.",
                ),
            )
            return
        if item.absence != item.code and (answered := self._answered_beside(item)):
            self._again(
                item,
                Text(
                    f"Indikator ini sudah dijawab ({answered}), jadi berlaku.",
                    f"This indicator has been answered ({answered}), so it applies.",
                ),
            )
            return
        reason = given or typed(f"c {self.screen.ask(Text('Alasannya: ', 'The reason: '))}").text
        if reason:
            self._answer(item, {"status": "not_applicable", "reason": reason})
        else:
            self._again(item, Text("Alasan perlu ditulis.", "A reason is needed."))

    def _answered_beside(self, item: Item) -> str | None:
        """An item of the same indicator that has a value."""
        entries, items = self._answers().entries, self.questionnaire.items.values()
        given = (other.code for other in items if other.node == item.node and other.code in entries)
        return next((code for code in given if entries[code].status == "given"), None)


def _unsaved(found: GscmError) -> Text:
    """Why an answer was not stored."""
    reasons = Text(
        " ".join(issue.sentence("id") for issue in found.issues),
        " ".join(issue.sentence("en") for issue in found.issues),
    )
    return Text(f"Jawaban belum disimpan. {reasons.id}", f"The answer is not saved. {reasons.en}")


def _two_readings(text: str) -> Text:
    """Ask which of two numbers is meant."""
    both = text.replace(".", "").replace(",", "")
    comma, point = text.replace(".", ","), text.replace(",", ".")
    return Text(
        f"“{text}” dapat dibaca dengan dua cara. Ketik {both} atau {comma}.",
        f"“{text}” can be read in two ways. Type {both} or {point}.",
    )
