"""`gscm weights ask`: an expert compares the parts of a node, one comparison at a time, saved after each."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import click

from gscm.cli.command import command, option, session
from gscm.cli.fill import opened_screen, plain_option
from gscm.cli.question import Screen
from gscm.cli.typed import Typed, typed
from gscm.cli.weights import measured, mend_words, named_model
from gscm.errors import BadUse, FaultsFound, Issue
from gscm.i18n import Text, same

if TYPE_CHECKING:
    from gscm.analysis.panel import BestWorst, Judged, Pairs, Panel, Said
    from gscm.model.tree import Model, Node


@command(
    Text(
        "Tanyakan kepada seorang pakar seberapa penting bagian-bagian sebuah simpul: setiap pasangan (AHP, n(n−1)/2 "
        "perbandingan) atau hanya dengan yang terpenting dan yang terkurang penting (BWM, 2n−3). Disimpan setiap kali "
        "dijawab; jalankan perintah yang sama untuk melanjutkan.",
        "Ask an expert how important the parts of a node are: every pair (AHP, n(n−1)/2 comparisons), or only against "
        "the most and the least important (BWM, 2n−3). Saved after every answer; run the same command to go on.",
    ),
    example="gscm weights ask gscm-province --node overall --method ahp --expert P1 --out perbandingan.yaml",
)
@click.argument("model", metavar="ID|FOLDER|STUDY")
@option("--node", required=True, metavar="ID", text=Text("Simpul yang bagian-bagiannya dibandingkan; overall untuk "
        "keseluruhan.", "The node whose parts are compared; overall for the whole."))  # fmt: skip
@option("--method", type=click.Choice(["ahp", "bwm"]), default="ahp", show_default=True,
        text=Text("Cara membandingkan.", "The form of the comparisons."))  # fmt: skip
@option("--expert", required=True, metavar="KODE",
        text=Text("Kode pakar, bukan namanya.", "A code for the expert, not a name."))  # fmt: skip
@option("--office", metavar="PERANGKAT DAERAH", text=Text("Asal pakar.", "Where the expert is from."))
@option("--role", metavar="PERAN", text=Text("Peran pakar.", "The role of the expert."))
@option("--out", required=True, metavar="COMPARISONS.yaml",
        text=Text("Berkas perbandingan; ditambah bila sudah ada.", "The file; added to if it is there."))  # fmt: skip
@plain_option
@click.pass_context
def ask(
    context: click.Context,
    model: str,
    node: str,
    method: str,
    expert: str,
    office: str | None,
    role: str | None,
    out: str,
    plain: bool,
) -> None:
    from gscm.formats.comparisons import fault_of_code
    from gscm.formats.saving import check_target
    from gscm.model.load import find_model, load_model
    from gscm.model.tree import Model
    from gscm.model.weights import fault_of_parent, node_id

    path = Path(out)
    if wrong := fault_of_code(expert.strip()):
        raise BadUse(Issue(None, *wrong))
    check_target(path)
    given = named_model(model)
    loaded = given if isinstance(given, Model) else load_model(find_model(model, path.parent))
    study = model if isinstance(given, Model) else None
    fault = fault_of_parent(loaded, node)
    if fault is not None:
        raise BadUse(fault)
    screen = opened_screen(session(context).language, plain)
    name = loaded.id if study else model
    asked = _opened(path, loaded, name, loaded.nodes[node_id(loaded, node)], expert.strip(), office, role, screen)
    said = next((one.said.get(asked.node.id) for one in asked.panel.experts if one.id == asked.expert), None)
    try:
        _begin(asked)
        if method == "ahp":
            _Pairwise(asked, times=_pairs(said).times).run()
        elif (known := _best_worst(said)) is not None:
            _AgainstTwo(asked, best=known.best, worst=known.worst, over=known.over, under=known.under).run()
        else:
            _AgainstTwo(asked).run()
    except (KeyboardInterrupt, EOFError, click.Abort):
        screen.space()
    if not path.exists():
        return
    screen.paragraph(Text(f"Tersimpan di {path}.", f"Saved in {path}."))
    screen.command(
        Text("Hitung bobotnya:", "Work out the weights:"),
        f"gscm weights compute {path}{f' --model {study}' if study else ''}",
    )


def _pairs(said: Said | None) -> Pairs:
    from gscm.analysis.panel import BestWorst, Pairs

    if isinstance(said, BestWorst):
        raise _otherwise("bwm")
    return said or Pairs({})


def _best_worst(said: Said | None) -> BestWorst | None:
    from gscm.analysis.panel import Pairs

    if isinstance(said, Pairs):
        raise _otherwise("ahp")
    return said


def _otherwise(form: str) -> BadUse:
    what = Text("Simpul ini sudah dibandingkan dengan cara lain.", "This node is already compared in another form.")
    return BadUse(Issue(None, what, Text(f"Lanjutkan dengan --method {form}.", f"Go on with --method {form}.")))


def _opened(
    path: Path, model: Model, name: str, node: Node, expert: str, office: str | None, role: str | None, screen: Screen
) -> _Asked:
    """The file as it stands, with the expert in it."""
    from gscm import yamlfile
    from gscm.analysis.panel import Expert, Panel
    from gscm.formats.comparisons import bind

    head, panel = _HEAD, Panel(model, (), path.name)
    if path.exists():
        document = yamlfile.read(path)
        panel = bind(document, model, unfinished=True)
        name = str(document.data["model"])
        head = _head(path.read_text(encoding="utf-8-sig"))
    if all(one.id != expert for one in panel.experts):
        panel = replace(panel, experts=(*panel.experts, Expert(expert, None, None, {})))
    panel = replace(
        panel,
        experts=tuple(
            replace(one, office=office or one.office, role=role or one.role) if one.id == expert else one
            for one in panel.experts
        ),
    )
    return _Asked(path, name, head, panel, node, expert, screen)


_HEAD = """\
# Perbandingan para pakar. Setiap pakar disebut dengan kode, bukan nama.
# Comparisons by experts. Every expert goes by a code, not a name.
"""


def _head(text: str) -> str:
    """The comment at the beginning of a file, which is kept when it is written again."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            break
        lines.append(line)
    return "\n".join(lines)


@dataclass
class _Asked:
    """Who is asked about which node, and the file in which it is kept."""

    path: Path
    name: str
    head: str
    panel: Panel
    node: Node
    expert: str
    screen: Screen
    message: list[Text] = field(default_factory=list)
    unread: bool = False

    def refuse(self, why: Text) -> None:
        """Say why what was typed is no answer."""
        self.message.append(why)
        self.unread = True

    def keep(self, said: Said) -> None:
        """Save what has been said so far."""
        from gscm.formats.comparisons import comparisons_text
        from gscm.formats.saving import save

        experts = tuple(
            replace(one, said={**one.said, self.node.id: said}) if one.id == self.expert else one
            for one in self.panel.experts
        )
        self.panel = replace(self.panel, experts=experts)
        save(self.path, comparisons_text(self.panel, self.name, self.head))

    def title(self, part: str) -> Text:
        return self.panel.model.nodes[part].title

    def ask(self, lines: list[Text], prompt: Text) -> str:
        """One question on a screen of its own, below what is to be told of the last answer."""
        self.screen.clear()
        for text in self.message:
            self.screen.paragraph(text)
        if self.message:
            self.screen.space()
        self.message, self.unread = [], False
        for line in lines:
            self.screen.paragraph(line)
        return self.screen.ask(prompt)

    def judged(self, said: Said, parts: tuple[str, ...]) -> Judged | None:
        """What has been said so far of these parts comes to; None while it is too little."""
        from gscm.analysis.panel import Choices, Pairs, judge

        choices = Choices()
        with suppress(FaultsFound):
            node = replace(self.node, children=parts)
            return judge(node, self.expert, said, choices.ahp if isinstance(said, Pairs) else choices.bwm, choices)
        return None

    def tell(self, judged: Judged | None) -> None:
        """The ratio so far, and the comparison that would mend it most."""
        if judged is None or not judged.measures:
            return
        told = measured(judged.measures[0])
        self.message.append(Text(f"Rasio konsistensi sejauh ini: {told.id}.", f"Consistency ratio so far: {told.en}."))
        if judged.mend is not None and not judged.acceptable:
            self.message.append(mend_words(self.panel, judged.mend))


def _begin(asked: _Asked) -> None:
    screen, node = asked.screen, asked.node
    screen.clear()
    screen.bold(Text(f"Bobot di bawah {node.title.id}", f"Weights below {node.title.en}"))
    screen.paragraph(
        Text(
            "Bandingkan kepentingannya bagi hasil keseluruhan, bukan keadaannya sekarang. Kekuatan: 1 sama penting, 3 "
            "sedikit lebih penting, 5 lebih penting, 7 jauh lebih penting, 9 mutlak lebih penting; 2, 4, 6, 8 di "
            "antaranya.",
            "Compare how much they matter to the whole, not how they stand now. Strength: 1 as important, 3 somewhat "
            "more, 5 more, 7 much more, 9 absolutely more important; 2, 4, 6, 8 in between.",
        )
    )
    screen.paragraph(
        Text(
            "Setiap jawaban langsung disimpan. Ketik l untuk melewati, k untuk kembali, q untuk berhenti.",
            "Every answer is saved at once. Type s to skip, back to go back, q to stop.",
        )
    )
    screen.space()
    if not screen.plain:
        screen.ask(Text("Tekan Enter untuk mulai.", "Press Enter to begin."))


OPTIONS = ("a", "b")
"""The letters of a pair. Alone they are no answer, and b is no short word for back."""
_STRENGTH = re.compile(r"([ab])?\s*([1-9])|1/([2-9])")


def strength(text: str) -> Fraction | None:
    """How many times the first (a) is as important as the second (b): a3 → 3, b3 or 1/3 → 1/3, = or 1 → 1."""
    if text == "=":
        return Fraction(1)
    found = _STRENGTH.fullmatch(text.casefold())
    if found is None:
        return None
    if found[3]:
        return Fraction(1, int(found[3]))
    return Fraction(1, int(found[2])) if found[1] == "b" else Fraction(int(found[2]))


_Task = tuple[str, str]
"""Which two parts a question compares."""


@dataclass
class _Asking(ABC):
    """Question by question, to and fro; then what contradicts the others once more, and a last look."""

    asked: _Asked
    skipped: set[_Task] = field(default_factory=set)
    kept: bool = False

    @abstractmethod
    def tasks(self) -> Sequence[_Task]:
        """The questions, in their order."""

    @abstractmethod
    def answer(self, task: _Task) -> Text | None:
        """What is answered so far; None if nothing is."""

    @abstractmethod
    def asks(self, task: _Task, count: str) -> str:
        """What is typed below the question."""

    @abstractmethod
    def take(self, task: _Task, text: str) -> None:
        """Save an answer, or say why it is none."""

    @abstractmethod
    def judged(self) -> Judged | None:
        """What all that is answered comes to; None while nothing could contradict anything."""

    @property
    def parts(self) -> tuple[str, ...]:
        return self.asked.node.children

    def run(self) -> None:
        at = self._open()
        while True:
            again = at is None
            at = self._contradicting() if at is None else at
            at = self._last() if at is None else at
            if at is None:
                return
            task = self.tasks()[at]
            line = self._line(at, again)
            if line.command == "quit":
                return
            if line.command in ("back", "jump"):
                at = self._moved(at, line)
            elif line.command == "skip" or (not line.text and self.answer(task)):
                at = self._passed(at, again, skipped=line.command == "skip")
            else:
                self.take(task, line.text)
                at = self._open() if not self.asked.unread else at

    def _line(self, at: int, again: bool) -> Typed:
        task, first = self.tasks()[at], len(self.tasks()) - self._comparisons()
        count = "↻" if again else f"[{at - first + 1}/{self._comparisons()}]" if at >= first else ""
        if answer := self.answer(task):
            self.asked.message.append(
                Text(
                    f"Jawaban sekarang: {answer.id}. Enter untuk membiarkannya.",
                    f"Answered so far: {answer.en}. Enter keeps it.",
                )
            )
        return typed(self.asks(task, count), OPTIONS)

    def _comparisons(self) -> int:
        return sum(1 for first, _ in self.tasks() if first)

    def _open(self) -> int | None:
        """The first question that is neither answered nor skipped."""
        left = (at for at, task in enumerate(self.tasks()) if task not in self.skipped and self.answer(task) is None)
        return next(left, None)

    def _moved(self, at: int, line: Typed) -> int:
        """The question before, or the one of a number."""
        if line.command == "back" and at:
            return at - 1
        if line.command == "jump" and line.text.isdecimal() and 1 <= int(line.text) <= self._comparisons():
            return len(self.tasks()) - self._comparisons() + int(line.text) - 1
        self.asked.message.append(
            Text("Ini pertanyaan pertama.", "This is the first question.")
            if line.command == "back"
            else Text(
                f"Ketik j dan nomor pertanyaannya, 1 sampai {self._comparisons()}.",
                f"Type j and the number of the question, 1 to {self._comparisons()}.",
            )
        )
        return at

    def _passed(self, at: int, again: bool, *, skipped: bool) -> int | None:
        """The question after one that is left as it is."""
        task = self.tasks()[at]
        if again:
            self.kept = True
            return None
        if not task[0] and skipped:
            self.asked.message.append(
                Text(
                    "Pertanyaan ini tidak dapat dilewati: yang lain bergantung padanya.",
                    "This question cannot be skipped: the others depend on it.",
                )
            )
            return at
        if skipped and self.answer(task) is None:
            self.skipped.add(task)
            return self._open()
        return at + 1 if at + 1 < len(self.tasks()) else self._open()

    def _contradicting(self) -> int | None:
        """The question whose answer contradicts the others most, while they do and the expert does not keep to it."""
        judged = None if self.kept else self.judged()
        if judged is None or judged.acceptable or judged.mend is None:
            return None
        if not self.asked.message:
            self.asked.tell(judged)
        self.asked.message.append(
            Text(
                "Jawab lagi pertanyaan ini bila penilaian Anda memang lain; l untuk membiarkannya.",
                "Answer this question again if you do judge otherwise; s to leave it as it is.",
            )
        )
        pair = {judged.mend.first, judged.mend.second}
        return next(at for at, task in enumerate(self.tasks()) if set(task) == pair)

    def _last(self) -> int | None:
        """What it comes to, when nothing is left to ask; the question to go back to, None to stop."""
        self.asked.message.clear()
        self.asked.tell(self.judged())
        lines = [Text("Semua sudah ditanyakan.", "All questions have been asked.")]
        if left := sum(1 for task in self.tasks() if self.answer(task) is None):
            lines = [Text(f"Belum dijawab: {left}. {self.unanswered.id}",
                          f"Not answered: {left}. {self.unanswered.en}")]  # fmt: skip
        while True:
            line = typed(
                self.asked.ask(
                    lines,
                    Text(
                        "Enter untuk selesai, k untuk kembali, j dan nomor untuk ke sebuah pertanyaan > ",
                        "Enter to finish, back to go back, j and a number to go to a question > ",
                    ),
                )
            )
            self.kept = False
            if line.command not in ("back", "jump"):
                return None
            at = self._moved(len(self.tasks()), line)
            if at < len(self.tasks()):
                return at

    unanswered: ClassVar[Text]
    """What it means that some questions are not answered."""


@dataclass
class _Pairwise(_Asking):
    """Every pair of parts, each once."""

    times: Mapping[_Task, Fraction] = field(default_factory=dict)
    unanswered = Text(
        "AHP tidak memerlukan semuanya, asalkan setiap bagian terhubung.",
        "AHP does not need them all, as long as all parts are connected.",
    )

    def tasks(self) -> Sequence[_Task]:
        return tuple(combinations(self.parts, 2))

    def answer(self, task: _Task) -> Text | None:
        for (first, second), letters in ((task, "ab"), (task[::-1], "ba")):
            if (times := self.times.get((first, second))) is not None:
                by = times if times >= 1 else 1 / times
                return same("=" if times == 1 else f"{letters[0] if times > 1 else letters[1]}{by}")
        return None

    def asks(self, task: _Task, count: str) -> str:
        a, b = (self.asked.title(part) for part in task)
        lines = [
            Text(f"{count} Mana yang lebih penting, dan seberapa?", f"{count} Which is more important, and how much?"),
            Text(f"a  {a.id}", f"a  {a.en}"),
            Text(f"b  {b.id}", f"b  {b.en}"),
        ]
        return self.asked.ask(lines, Text("a3, b5, = … > ", "a3, b5, = … > "))

    def take(self, task: _Task, text: str) -> None:
        from gscm.analysis.panel import Pairs

        times = strength(text)
        if times is None:
            self.asked.refuse(
                Text(
                    "Ketik a atau b dengan kekuatannya, 1 sampai 9: a3 berarti a sedikit lebih penting; = bila sama.",
                    "Type a or b with its strength, 1 to 9: a3 says that a is somewhat more important; = if alike.",
                )
            )
            return
        self.times = {**{one: value for one, value in self.times.items() if one != task[::-1]}, task: times}
        self.asked.keep(Pairs(self.times))
        self.asked.tell(self.judged())

    def judged(self) -> Judged | None:
        from gscm.analysis.panel import Pairs, apart

        if len(self.times) < len(self.parts) or len(self.parts) < 3 or apart(self.parts, self.times):
            return None
        return self.asked.judged(Pairs(self.times), self.parts)


_BEST, _WORST = ("", "best"), ("", "worst")
"""The two questions that are no comparisons."""


@dataclass
class _AgainstTwo(_Asking):
    """The most and the least important part, then every other against both."""

    best: str | None = None
    worst: str | None = None
    over: Mapping[str, Fraction] = field(default_factory=dict)
    under: Mapping[str, Fraction] = field(default_factory=dict)
    unanswered = Text("BWM memerlukan semuanya.", "BWM needs them all.")

    def tasks(self) -> Sequence[_Task]:
        if self.best is None or self.worst is None:
            return _BEST, _WORST
        others = [part for part in self.parts if part not in (self.best, self.worst)]
        over, under = [(self.best, part) for part in others], [(part, self.worst) for part in others]
        return _BEST, _WORST, (self.best, self.worst), *over, *under

    def answer(self, task: _Task) -> Text | None:
        if task in (_BEST, _WORST):
            end = self.best if task == _BEST else self.worst
            return None if end is None else self.asked.title(end)
        first, second = task
        times = self.over.get(second) if first == self.best else self.under.get(first)
        return None if times is None else same(str(times))

    def asks(self, task: _Task, count: str) -> str:
        if task in (_BEST, _WORST):
            question = (
                Text("Mana yang paling penting?", "Which matters most?")
                if task == _BEST
                else Text("Mana yang paling kurang penting?", "Which matters least?")
            )
            choices = self._choices(task)
            titles = [self.asked.title(part) for part in choices]
            lines = [question, *(Text(f"{n}  {t.id}", f"{n}  {t.en}") for n, t in enumerate(titles, 1))]
            return self.asked.ask(lines, same(f"1–{len(choices)} > "))
        first, second = (self.asked.title(part) for part in task)
        question = Text(
            f"{count} Berapa kali lebih penting {first.id} dibandingkan {second.id}?",
            f"{count} How many times as important is {first.en} as {second.en}?",
        )
        return self.asked.ask([question], same("1–9 > "))

    def _choices(self, task: _Task) -> list[str]:
        """The least important is chosen among all but the most important."""
        return [part for part in self.parts if task == _BEST or part != self.best]

    def take(self, task: _Task, text: str) -> None:
        if task in (_BEST, _WORST):
            choices = self._choices(task)
            if not (text.isdecimal() and 1 <= int(text) <= len(choices)):
                self.asked.refuse(Text("Ketik nomornya.", "Type its number."))
                return
            self._end(task, choices[int(text) - 1])
            return
        times = strength(text)
        if times is None or times < 1:
            self.asked.refuse(Text("Ketik bilangan bulat 1 sampai 9.", "Type a whole number from 1 to 9."))
            return
        first, second = task
        if first == self.best:
            self.over = {**self.over, second: times}
        if second == self.worst:
            self.under = {**self.under, first: times}
        self._keep()
        self._exceeds(task, times)
        self.asked.tell(self._so_far())

    def _end(self, task: _Task, part: str) -> None:
        """Take the best or the worst part; where it is another than before, comparisons with the old one go."""
        one = Fraction(1)
        if task == _BEST and part != self.best:
            self.worst = None if part == self.worst else self.worst
            self.best, self.over = part, {part: one}
            if self.worst is None:
                self.under = {}
            elif part in self.under:
                self.over = {part: one, self.worst: self.under[part]}
        elif task == _WORST and part != self.worst:
            self.worst, self.under = part, {part: one}
            if self.best is not None and part in self.over:
                self.under = {part: one, self.best: self.over[part]}
        self.skipped.clear()
        self._keep()

    def _said(self) -> BestWorst | None:
        from gscm.analysis.panel import BestWorst

        if self.best is None or self.worst is None:
            return None
        return BestWorst(self.best, self.worst, self.over, self.under)

    def _keep(self) -> None:
        if (said := self._said()) is not None:
            self.asked.keep(said)

    def _exceeds(self, task: _Task, times: Fraction) -> None:
        """Say so where a part is further from the best, or the worst, than these two are from each other."""
        assert self.best is not None
        assert self.worst is not None
        whole = self.over.get(self.worst, times)
        if times <= whole:
            return
        (first, second), (best, worst) = map(self.asked.title, task), map(self.asked.title, (self.best, self.worst))
        self.asked.message.append(
            Text(
                f"{first.id} terhadap {second.id} ({times}) melebihi {best.id} terhadap {worst.id} ({whole}). Ketik k "
                "untuk mengubahnya bila keliru.",
                f"{first.en} over {second.en} ({times}) exceeds {best.en} over {worst.en} ({whole}). Type back to "
                "change it if that is a slip.",
            )
        )

    def judged(self) -> Judged | None:
        return self._so_far() if all(part in self.over and part in self.under for part in self.parts) else None

    def _so_far(self) -> Judged | None:
        said = self._said()
        known = tuple(part for part in self.parts if part in self.over and part in self.under)
        return self.asked.judged(said, known) if said is not None and len(known) > 2 else None
