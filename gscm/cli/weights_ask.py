"""`gscm weights ask`: an expert compares the parts of a node, one comparison at a time, saved after each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gscm.cli.command import command, option, session
from gscm.cli.fill import opened_screen, plain_option
from gscm.cli.question import Screen
from gscm.cli.typed import typed
from gscm.cli.weights import measured, mend_words
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
@click.argument("model", metavar="ID|FOLDER")
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
    from gscm.model.weights import fault_of_parent, node_id

    path = Path(out)
    if wrong := fault_of_code(expert.strip()):
        raise BadUse(Issue(None, *wrong))
    check_target(path)
    loaded = load_model(find_model(model, path.parent))
    fault = fault_of_parent(loaded, node)
    if fault is not None:
        raise BadUse(fault)
    screen = opened_screen(session(context).language, plain)
    asked = _opened(path, loaded, model, loaded.nodes[node_id(loaded, node)], expert.strip(), office, role, screen)
    said = next((one.said.get(asked.node.id) for one in asked.panel.experts if one.id == asked.expert), None)
    try:
        _begin(asked)
        if method == "ahp":
            _Pairwise(asked, _pairs(said)).run()
        else:
            _AgainstTwo(asked, _best_worst(said)).run()
    except (KeyboardInterrupt, EOFError, click.Abort):
        screen.space()
    if not path.exists():
        return
    screen.paragraph(Text(f"Tersimpan di {path}.", f"Saved in {path}."))
    screen.command(Text("Hitung bobotnya:", "Work out the weights:"), f"gscm weights compute {path}")


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
        self.message = []
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
            "Every answer is saved at once. Type s to skip, b to go back, q to stop.",
        )
    )
    screen.space()
    if not screen.plain:
        screen.ask(Text("Tekan Enter untuk mulai.", "Press Enter to begin."))


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


@dataclass
class _Pairwise:
    """Every pair of parts, each once; then, while it is not consistent, the pair that would mend it most."""

    asked: _Asked
    said: Pairs
    skipped: set[tuple[str, str]] = field(default_factory=set)
    trail: list[tuple[str, str]] = field(default_factory=list)

    def run(self) -> None:
        pairs = list(combinations(self.asked.node.children, 2))
        while (pair := next((pair for pair in pairs if self._left(pair)), None)) is not None:
            if not self._step(pair, pairs):
                return
        self._mend()

    def _left(self, pair: tuple[str, str]) -> bool:
        made = self.said.times
        return pair not in made and pair[::-1] not in made and pair not in self.skipped

    def _step(self, pair: tuple[str, str], pairs: list[tuple[str, str]]) -> bool:
        done = sum(1 for one in pairs if not self._left(one))
        line = typed(self._asks(pair, f"[{done + 1}/{len(pairs)}]"))
        if line.command == "quit":
            return False
        if line.command == "skip":
            self.skipped.add(pair)
        elif line.command == "back":
            self._back()
        else:
            self._take(pair, line.text)
        return True

    def _asks(self, pair: tuple[str, str], count: str) -> str:
        a, b = (self.asked.title(part) for part in pair)
        lines = [
            Text(f"{count} Mana yang lebih penting, dan seberapa?", f"{count} Which is more important, and how much?"),
            Text(f"a  {a.id}", f"a  {a.en}"),
            Text(f"b  {b.id}", f"b  {b.en}"),
        ]
        return self.asked.ask(lines, Text("a3, b5, = … > ", "a3, b5, = … > "))

    def _take(self, pair: tuple[str, str], text: str) -> None:
        times = strength(text)
        if times is None:
            self.asked.message.append(
                Text(
                    "Ketik a atau b dengan kekuatannya, 1 sampai 9: a3 berarti a sedikit lebih penting; = bila sama.",
                    "Type a or b with its strength, 1 to 9: a3 says that a is somewhat more important; = if alike.",
                )
            )
            return
        others = {one: value for one, value in self.said.times.items() if set(one) != set(pair)}
        self.said = replace(self.said, times={**others, pair: times})
        self.trail.append(pair)
        self.asked.keep(self.said)
        self.asked.tell(self._judged())

    def _judged(self) -> Judged | None:
        """The consistency so far; None while no comparison could contradict another."""
        from gscm.analysis.panel import apart

        parts = self.asked.node.children
        if len(self.said.times) < len(parts) or len(parts) < 3 or apart(parts, self.said.times):
            return None
        return self.asked.judged(self.said, parts)

    def _back(self) -> None:
        if not self.trail:
            self.asked.message.append(Text("Belum ada jawaban sebelumnya.", "There is no answer before this."))
            return
        pair = self.trail.pop()
        self.said = replace(self.said, times={one: v for one, v in self.said.times.items() if one != pair})
        self.asked.keep(self.said)

    def _mend(self) -> None:
        """Ask again what contradicts the others most, until it is consistent or the expert keeps to it."""
        while (judged := self._judged()) is not None and not judged.acceptable and judged.mend is not None:
            if not self.asked.message:
                self.asked.tell(judged)
            pair = (judged.mend.first, judged.mend.second)
            self.asked.message.append(
                Text(
                    "Jawab lagi pasangan ini bila penilaian Anda memang lain; q untuk membiarkannya.",
                    "Answer this pair again if you do judge otherwise; q to leave it as it is.",
                )
            )
            line = typed(self._asks(pair, "↻"))
            if line.command in ("quit", "skip"):
                return
            self._take(pair, line.text)
        if judged is not None:
            self.asked.message.clear()
            self.asked.tell(judged)
            for text in self.asked.message:
                self.asked.screen.paragraph(text)


@dataclass
class _AgainstTwo:
    """The most and the least important part, then every other against both."""

    asked: _Asked
    said: BestWorst | None

    def run(self) -> None:
        said = self.said or self._ends()
        if said is None:
            return
        others = [part for part in self.asked.node.children if part not in (said.best, said.worst)]
        tasks = [
            (said.best, said.worst),
            *((said.best, part) for part in others),
            *((part, said.worst) for part in others),
        ]
        index = next((at for at, task in enumerate(tasks) if self._value(said, task) is None), len(tasks))
        while index < len(tasks):
            line = typed(self._asks(tasks[index], f"[{index + 1}/{len(tasks)}]"))
            if line.command == "quit":
                return
            if line.command == "back":
                index = max(0, index - 1)
                continue
            times = strength(line.text)
            if times is None or times < 1:
                self.asked.message.append(Text("Ketik bilangan 1 sampai 9.", "Type a whole number from 1 to 9."))
                continue
            said = self._with(said, tasks[index], times)
            self.asked.keep(said)
            self._exceeds(said, tasks[index], times)
            self._tell(said)
            index += 1
        for text in self.asked.message:
            self.asked.screen.paragraph(text)

    def _ends(self) -> BestWorst | None:
        """Which part matters most, and which least."""
        from gscm.analysis.panel import BestWorst

        best = self._choice(Text("Mana yang paling penting?", "Which matters most?"), None)
        worst = self._choice(Text("Mana yang paling kurang penting?", "Which matters least?"), best) if best else None
        if best is None or worst is None:
            return None
        said = BestWorst(best, worst, {best: Fraction(1)}, {worst: Fraction(1)})
        self.asked.keep(said)
        return said

    def _choice(self, question: Text, without: str | None) -> str | None:
        parts = [part for part in self.asked.node.children if part != without]
        titles = [self.asked.title(part) for part in parts]
        lines = [question, *(Text(f"{n}  {t.id}", f"{n}  {t.en}") for n, t in enumerate(titles, 1))]
        while True:
            line = typed(self.asked.ask(lines, same(f"1–{len(parts)} > ")))
            if line.command == "quit":
                return None
            if line.text.isdecimal() and 1 <= int(line.text) <= len(parts):
                return parts[int(line.text) - 1]
            self.asked.message.append(Text("Ketik nomornya.", "Type its number."))

    def _asks(self, task: tuple[str, str], count: str) -> str:
        first, second = (self.asked.title(part) for part in task)
        question = Text(
            f"{count} Berapa kali lebih penting {first.id} dibandingkan {second.id}?",
            f"{count} How many times as important is {first.en} as {second.en}?",
        )
        return self.asked.ask([question], same("1–9 > "))

    @staticmethod
    def _value(said: BestWorst, task: tuple[str, str]) -> Fraction | None:
        first, second = task
        return said.over.get(second) if first == said.best else said.under.get(first)

    @staticmethod
    def _with(said: BestWorst, task: tuple[str, str], times: Fraction) -> BestWorst:
        first, second = task
        over: Mapping[str, Fraction] = said.over
        under: Mapping[str, Fraction] = said.under
        if first == said.best:
            over = {**over, second: times}
        if second == said.worst:
            under = {**under, first: times}
        return replace(said, over=over, under=under)

    def _exceeds(self, said: BestWorst, task: tuple[str, str], times: Fraction) -> None:
        """Say so where a part is further from the best, or the worst, than these two are from each other."""
        whole = said.over.get(said.worst, times)
        if times <= whole:
            return
        (first, second), (best, worst) = map(self.asked.title, task), map(self.asked.title, (said.best, said.worst))
        self.asked.message.append(
            Text(
                f"{first.id} terhadap {second.id} ({times}) melebihi {best.id} terhadap {worst.id} ({whole}). Ketik k "
                "untuk mengubahnya bila keliru.",
                f"{first.en} over {second.en} ({times}) exceeds {best.en} over {worst.en} ({whole}). Type b to change "
                "it if that is a slip.",
            )
        )

    def _tell(self, said: BestWorst) -> None:
        known = tuple(part for part in self.asked.node.children if part in said.over and part in said.under)
        if len(known) > 2:
            self.asked.tell(self.asked.judged(said, known))
