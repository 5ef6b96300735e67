"""`gscm fill`: one item at a time in the terminal, saved after every answer."""

from __future__ import annotations

import gc
import re
import shlex
import shutil
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import command, model_option, option, say, session
from gscm.errors import BadUse, FaultsFound, Issue
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from gscm.model.tree import Model
    from gscm.questionnaire.flow import Progress
    from gscm.questionnaire.questionnaire import Item, Questionnaire
    from gscm.questionnaire.schema import Staging
    from gscm.responses.answers import Answer, Answers

_WIDTH = 78
_KEYS = {
    "ya": ("y", "ya", "yes"),
    "tidak": ("t", "tidak", "n", "no"),
    "unknown": ("?", "tt", "tidak tahu", "dk"),
    "skip": ("l", "lewati", "s", "skip"),
    "back": ("k", "kembali", "b", "back"),
    "absent": ("x", "tidak berlaku", "na", "n/a"),
    "note": ("c", "catatan", "note"),
    "evidence": ("u", "bukti", "evidence"),
    "jump": ("j", "jump", "lompat"),
    "help": ("h", "bantuan", "help"),
    "quit": ("q", "selesai", "quit"),
}


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
@option("--year", type=int, text=Text("Tahun penilaian, untuk berkas baru.", "Year of the assessment, for a new file."))
@option(
    "--plain",
    is_flag=True,
    text=Text(
        "Tanpa mengosongkan layar dan huruf tebal; cocok untuk pembaca layar.",
        "No clearing of the screen and no bold type; for screen readers.",
    ),
)
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
    from gscm.questionnaire.load import questionnaire_for

    gc.enable()  # unlike the other commands, a run may last for hours
    path = Path(answers)
    language = session(context).language
    loaded = _model(path, model, questionnaire)
    asked = questionnaire_for(loaded, questionnaire)
    text = path.read_text(encoding="utf-8-sig") if path.exists() else _new(path, loaded.id, model, name, year)
    options = {"--model": model, "--questionnaire": questionnaire, "--staging": staging}
    again = shlex.join(["gscm", "fill", str(path), *(part for k, v in options.items() if v for part in (k, v))])
    plain = plain or not sys.stdout.isatty()
    session_ = _Session(path, asked, staging or asked.staging, language, plain, text, again)
    try:
        session_.start()
        session_.run()
    except (KeyboardInterrupt, EOFError, click.Abort):
        click.echo()
    session_.finish()


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


def _new(path: Path, id: str, model: str | None, name: str | None, year: int | None) -> str:
    """The text of a new answers file, saved."""
    from gscm.formats.answers_yaml import blank_text, save

    if not path.parent.is_dir():
        raise BadUse(
            Issue(
                None,
                Text(f"Folder “{path.parent}” tidak ada.", f"There is no folder “{path.parent}”."),
                Text("Buat dahulu foldernya.", "Create the folder first."),
            )
        )
    subject = name or click.prompt(say(Text("Nama daerah yang dinilai", "Name of the subject assessed"))).strip()
    text = blank_text(model or id, {"id": _slug(subject), "name": subject, "year": year})
    save(path, text)
    return text


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "subjek"


@dataclass
class _Session:
    """A run through a questionnaire. The text of the file is the whole state; the rest follows from it."""

    path: Path
    questionnaire: Questionnaire
    staging: Staging
    language: Language
    plain: bool
    text: str
    again: str
    trail: list[str] = field(default_factory=list)
    focus: str | None = None
    revisit: str | None = None
    message: str = ""
    read: tuple[str, Answers] | None = None

    def start(self) -> None:
        items = self.questionnaire.items
        self.trail = [id for id, entry in self._answers().entries.items() if id in items and entry.status != "blank"]
        title, introduction = self.questionnaire.title, self.questionnaire.introduction
        self._clear()
        self._line(title[self.language], bold=True)
        self._paragraph(introduction[self.language])
        self._paragraph(
            Text(
                "Setiap jawaban langsung disimpan. Ketik h untuk daftar perintah, q untuk berhenti; "
                "jalankan perintah yang sama untuk melanjutkan.",
                "Every answer is saved at once. Type h for the commands, q to stop; run the same command to go on.",
            )[self.language]
        )
        if not self.plain:
            click.echo()
            self._paragraph(self.questionnaire.model.notice[self.language])
            click.echo()
            text = Text("Tekan Enter untuk mulai.", "Press Enter to begin.")[self.language]
            click.prompt(text, default="", show_default=False, prompt_suffix="")

    def run(self) -> None:
        while True:
            progress = self._progress()
            item = self._item(progress)
            if item is None:
                return
            self._show(item, progress)
            if not self._answer(item):
                return

    def finish(self) -> None:
        from gscm.assessment import assess
        from gscm.cli.overview import overview
        from gscm.placement.explain import stands

        answers = self._answers()
        progress = self._progress()
        assessment = assess(answers)
        click.echo(overview(assessment, self.language))
        explanation = assessment.explain(answers.model.id)
        click.echo()
        self._line("\n".join(_wrapped(stands(assessment.result, assessment.overall)[self.language], "")), bold=True)
        if explanation.next:
            self._paragraph(explanation.next[self.language])
        left = len(progress.left) + len(progress.skipped)
        click.echo()
        if left:
            self._paragraph(
                Text(
                    f"Tersimpan di {self.path}. Masih {left} pertanyaan yang dapat mengubah hasil; "
                    f"lanjutkan dengan: {self.again}",
                    f"Saved in {self.path}. {left} questions can still change the result; go on with: {self.again}",
                )[self.language]
            )
        else:
            self._paragraph(
                Text(
                    f"Selesai: {progress.asked} pertanyaan dijawab, {progress.saved} tidak perlu ditanyakan karena "
                    "tidak dapat mengubah level yang dilaporkan.",
                    f"Done: {progress.asked} questions answered, {progress.saved} not asked because "
                    "they cannot change the levels reported.",
                )[self.language]
            )
        report = shlex.join(["gscm", "report", str(self.path), "--out", self.path.with_suffix(".pdf").name])
        self._paragraph(Text(f"Laporan: {report}", f"Report: {report}")[self.language])

    def _answers(self) -> Answers:
        from gscm.responses.load import bind
        from gscm.yamlfile import parse

        if self.read is None or self.read[0] != self.text:
            bound = bind(parse(self.text, str(self.path)), self.questionnaire.model, self.path.parent)
            self.read = (self.text, bound)
        return self.read[1]

    def _progress(self) -> Progress:
        from gscm.questionnaire.flow import progress

        return progress(self.questionnaire, self._answers(), self.staging)

    def _item(self, progress: Progress) -> Item | None:
        """The item to show: one gone back to, else the first that matters below the node jumped to, else the next."""
        if self.revisit is not None:
            item, self.revisit = self.questionnaire.items[self.revisit], None
            return item
        if self.focus is not None:
            inside = {node.id for node in self.questionnaire.model.below(self.focus)}
            for item in (*progress.left, *progress.skipped):
                if item.node in inside and item.code not in self.trail[-1:]:
                    return item
            self.focus = None
        waiting = [item for item in progress.skipped if item.code not in self.trail[-1:]]
        return next(iter((*progress.left, *waiting, *progress.skipped)), None)

    def _show(self, item: Item, progress: Progress) -> None:
        """The item on one screen; examples of evidence give way where it has too few lines (h tells them)."""
        self._clear()
        page = list(self._page(item, progress, evidence=True))
        if not self.plain and len(page) >= shutil.get_terminal_size().lines:
            page = list(self._page(item, progress, evidence=False))
        for line in page:
            click.echo(line)
        self.message = ""

    def _page(self, item: Item, progress: Progress, evidence: bool) -> Iterator[str]:
        model = self.questionnaire.model
        path = " › ".join(
            node.title[self.language] for node in reversed([model.nodes[item.node], *list(model.above(item.node))[:-1]])
        )
        left = len(progress.left) + len(progress.skipped)
        counted = Text(
            f"{progress.asked} terjawab · paling banyak {left} lagi · {progress.saved} tidak perlu",
            f"{progress.asked} answered · at most {left} more · {progress.saved} not needed",
        )
        yield from _wrapped(f"[{item.code}] {path}", "")
        yield counted[self.language]
        yield ""
        for line in _wrapped(item.text[self.language], ""):
            yield line if self.plain else click.style(line, bold=True)
        if item.help:
            yield ""
            yield from _wrapped(item.help[self.language], "")
        if item.evidence and evidence:
            yield from _wrapped(self._evidence(item), "")
        for number, name, meaning in item.levels:
            yield from _wrapped(
                f"{number} = {name[self.language]}" + (f": {meaning[self.language]}" if meaning else ""), "    "
            )
        present = self._present(item)
        if present:
            yield from _wrapped(Text(f"Jawaban sekarang: {present}", f"Answer so far: {present}")[self.language], "")
        yield from _wrapped(self.message, "")

    def _evidence(self, item: Item) -> str:
        shown = "; ".join(text[self.language] for text in item.evidence)
        return Text(f"Contoh bukti: {shown}.", f"Examples of evidence: {shown}.")[self.language]

    def _present(self, item: Item) -> str:
        entry = self._answers().entries.get(item.code)
        if entry is None:
            return ""
        return "; ".join(
            part for part in (self._value_of(entry, item), entry.reason, entry.note, *entry.evidence) if part
        )

    def _value_of(self, entry: Answer, item: Item) -> str:
        if entry.status == "blank":
            return ""
        if entry.status != "given":
            return {
                "unknown": Text("tidak tahu", "don’t know"),
                "not_applicable": Text("tidak berlaku", "does not apply"),
            }.get(entry.status, Text(entry.status, entry.status))[self.language]
        if item.fact.kind == "criterion":
            return (Text("ya", "yes") if entry.value else Text("tidak", "no"))[self.language]
        return "" if entry.value is None else str(_decimal(entry.value))

    def _answer(self, item: Item) -> bool:
        """Read one line and act on it; False to stop."""
        line = click.prompt(self._prompt(item), prompt_suffix=" ", default="", show_default=False).strip()
        word, _, rest = line.partition(" ")
        action = next((name for name, words in _KEYS.items() if line.casefold() in words), None)
        action = action or next(
            (
                name
                for name, words in _KEYS.items()
                if word.casefold() in words and name in ("note", "evidence", "jump", "absent")
            ),
            None,
        )
        match action:
            case "quit":
                return False
            case "help":
                self.message = self._commands(item) + (
                    " " + self._evidence(item) if item.levels and item.evidence else ""
                )
                self.revisit = item.code
            case "back":
                self._back(item)
            case "jump":
                self._jump(rest, item)
            case "note" | "evidence":
                self._annotate(item, action, rest)
            case "skip":
                self._skip(item)
            case "unknown":
                self._store(item, {"status": "unknown"})
            case "absent":
                self._absent(item, rest)
            case _:
                self._value(item, line, action)
        return True

    def _value(self, item: Item, line: str, action: str | None) -> None:
        if item.fact.kind == "criterion":
            if action in ("ya", "tidak"):
                self._store(item, {"value": action == "ya"})
                return
            expected = Text(
                "Ketik y (ya), t (tidak), ? (tidak tahu), atau h untuk perintah lain.",
                "Type y (yes), n (no), ? (don’t know), or h for other commands.",
            )
        else:
            number = line.replace(",", ".")
            if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", number):
                self._store(item, {"value": Decimal(number)})
                return
            expected = Text(
                "Ketik angkanya, ? (tidak tahu), atau h untuk perintah lain.",
                "Type the number, ? (don’t know), or h for other commands.",
            )
        self.message = expected[self.language]
        self.revisit = item.code

    def _store(self, item: Item, entry: dict[str, Any]) -> None:
        """Write the answer into the file; what is noted beside it stays. A refused value changes nothing."""
        from gscm.formats.answers_yaml import save, set_answer

        before = self._answers().entries.get(item.code)
        kept = {}
        if before is not None:
            kept = {
                "source": list(before.source),
                "evidence": list(before.evidence),
                "note": before.note,
                "stage": before.stage,
            }
        written = set_answer(
            self.text,
            item.code,
            {
                "status": "given",
                **entry,
                **{k: v for k, v in kept.items() if v},
                **{k: v for k, v in entry.items() if k in ("note", "evidence")},
            },
        )
        previous, self.text = self.text, written
        try:
            self._answers()
        except FaultsFound as found:
            self.text = previous
            self.message = " ".join(
                f"{issue.what[self.language]} {issue.remedy[self.language] if issue.remedy else ''}"
                for issue in found.issues
            )
            self.revisit = item.code
            return
        save(self.path, self.text)
        self.trail.append(item.code)

    def _skip(self, item: Item) -> None:
        """Pass over an item; an answer that it has stays."""
        before = self._answers().entries.get(item.code)
        if before is None or before.status == "blank":
            self._store(item, {"status": "blank"})
        else:
            self.trail.append(item.code)

    def _back(self, item: Item) -> None:
        while self.trail and self.trail[-1] == item.code:
            self.trail.pop()
        self.revisit = self.trail.pop() if self.trail else item.code
        if self.revisit == item.code:
            self.message = Text("Ini pertanyaan pertama.", "This is the first question.")[self.language]

    def _jump(self, node: str, item: Item) -> None:
        model, items = self.questionnaire.model, self.questionnaire.items
        if node in items:
            self.revisit = node
        elif node in model.nodes:
            self.focus = node
        else:
            known = ", ".join(model.root.children)
            self.message = Text(
                f"“{node}” tidak ada. Ketik j diikuti id simpul, misalnya: {known}.",
                f"There is no “{node}”. Type j and the id of a node, such as: {known}.",
            )[self.language]
            self.revisit = item.code

    def _annotate(self, item: Item, what: str, given: str) -> None:
        label = (
            Text("Catatan", "Note")
            if what == "note"
            else Text("Bukti (nama dokumen)", "Evidence (name of the document)")
        )
        text = given or click.prompt(label[self.language], default="", show_default=False)
        self.revisit = item.code
        before = self._answers().entries.get(item.code)
        if not text.strip():
            return
        entry: dict[str, Any] = {"status": before.status if before else "blank"}
        if before is not None and before.value is not None:
            entry["value"] = bool(before.value) if item.fact.kind == "criterion" else _decimal(before.value)
        if before is not None and before.reason:
            entry["reason"] = before.reason
        entry |= {"note": text} if what == "note" else {"evidence": [*(before.evidence if before else ()), text]}
        trail = list(self.trail)
        self._store(item, entry)
        self.trail = trail
        self.message = self.message or Text("Tersimpan.", "Saved.")[self.language]

    def _absent(self, item: Item, given: str) -> None:
        if not item.fact.may_not_apply:
            self.message = Text(
                "Model tidak mengizinkan butir ini dinyatakan tidak berlaku.",
                "The model does not let this item be said not to apply.",
            )[self.language]
            self.revisit = item.code
            return
        reason = given or click.prompt(
            Text("Alasan tidak berlaku", "Why it does not apply")[self.language], default="", show_default=False
        )
        if reason.strip():
            self._store(item, {"status": "not_applicable", "reason": reason})
        else:
            self.message = Text("Alasan perlu ditulis.", "A reason is needed.")[self.language]
            self.revisit = item.code

    def _prompt(self, item: Item) -> str:
        if item.fact.kind == "criterion":
            return Text(
                "[y]a  [t]idak  [?] tidak tahu  [l]ewati  [k]embali  [h] lainnya >",
                "[y]es  [n]o  [?] don’t know  [s]kip  [b]ack  [h] more >",
            )[self.language]
        return Text(
            "angka  [?] tidak tahu  [l]ewati  [k]embali  [h] lainnya >",
            "number  [?] don’t know  [s]kip  [b]ack  [h] more >",
        )[self.language]

    def _commands(self, item: Item) -> str:
        absent = (
            Text("x alasan = tidak berlaku; ", "x reason = does not apply; ")[self.language]
            if item.fact.may_not_apply
            else ""
        )
        return (
            absent
            + Text(
                "y = ya; t = tidak; ? = tidak tahu; l = lewati dulu; k = kembali; c teks = catatan; u teks = bukti; "
                "j id = lompat ke simpul atau butir; q = berhenti dan simpan.",
                "y = yes; n = no; ? = don’t know; s = skip for now; b = back; c text = note; u text = evidence; "
                "j id = jump to a node or item; q = stop and save.",
            )[self.language]
        )

    def _clear(self) -> None:
        if not self.plain:
            click.clear()

    def _line(self, text: str, bold: bool = False) -> None:
        click.echo(click.style(text, bold=True) if bold and not self.plain else text)

    def _paragraph(self, text: str, indent: str = "") -> None:
        for line in _wrapped(text, indent):
            click.echo(line)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def _wrapped(text: str, indent: str) -> Iterator[str]:
    yield from textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent + ("    " if indent else ""))
