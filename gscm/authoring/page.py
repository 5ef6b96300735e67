"""One page that tells a whole model, in Markdown: made from the model, so that it is never out of date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gscm.i18n import Language, Text, same
from gscm.model.tree import Criterion, Model, Node, Origin, Quantity, Requires
from gscm.report.claims import KINDS, claims, tallies
from gscm.report.words import BASES, BASES_TOLD, capital, clause_words, figure, name_of

STATUSES = {
    "official": Text("instrumen resmi", "official instrument"),
    "reconstruction": Text("rekonstruksi, tidak resmi", "reconstruction, not official"),
    "secondary": Text("dari sumber sekunder", "from secondary sources"),
    "example": Text("contoh", "example"),
}

_COMBINED = {
    "mean": Text("rata-rata tertimbang nilai di bawahnya", "the weighted mean of those below it"),
    "geometric": Text(
        "rata-rata geometrik tertimbang nilai di bawahnya", "the weighted geometric mean of those below it"
    ),
    "minimum": Text("nilai terendah di bawahnya", "the lowest of those below it"),
    "median": Text("median nilai di bawahnya", "the median of those below it"),
    "sum": Text("jumlah tertimbang nilai di bawahnya", "the weighted sum of those below it"),
    "rounded-sum": Text(
        "jumlah sumbangan berbobot di bawahnya, yang masing-masing dibulatkan",
        "the sum of the weighted contributions below it, each of them rounded",
    ),
    "unknown-weights": Text(
        "tidak dihitung, karena bobot di bawahnya tidak dipublikasikan",
        "not computed, since the weights below it are unpublished",
    ),
    "mean-of-rows": Text("rata-rata tertimbang semua baris di bawahnya", "the weighted mean of all rows below it"),
}


def model_page(model: Model, language: Language) -> str:
    """The page of a model: what it is, its structure, gates, requirements, criteria, figures, sources, what is ours."""
    return "\n".join(_Page(model, language).lines()).rstrip() + "\n"


@dataclass(frozen=True, slots=True)
class _Page:
    model: Model
    language: Language

    def lines(self) -> Iterator[str]:
        model = self.model
        yield f"# {self.said(model.title)}"
        yield ""
        yield f"> {self.said(model.notice)}"
        yield ""
        yield self.said(model.about)
        yield ""
        yield from self.facts()
        parts: tuple[tuple[Text, Callable[[], Iterator[str]]], ...] = (
            (Text("Level", "Levels"), self.levels),
            (Text("Susunan dan bobot", "Structure and weights"), self.structure),
            (Text("Gerbang level", "Gates of the levels"), self.gates),
            (Text("Syarat antarsimpul", "Requirements between nodes"), self.requirements),
            (Text("Indikator", "Indicators"), self.indicators),
            (Text("Angka terukur", "Measured figures"), self.quantities),
            (Text("Dasar setiap pernyataan", "What each claim rests on"), self.bases),
            (Text("Yang merupakan rancangan kami", "What is our design"), self.ours),
            (Text("Sumber", "Sources"), self.sources),
        )
        for title, part in parts:
            body = "\n".join(part()).rstrip()
            if body:
                yield from ("", f"## {title[self.language]}", "", body)

    # ── what it is ───────────────────────────────────────────────────────────────────────────────────────────────────

    def facts(self) -> Iterator[str]:
        model, nodes = self.model, self.model.nodes.values()
        criteria = sum(len(found) for node in nodes for found in node.criteria.values())
        low, high = (figure(end, self.language) for end in (model.scale.min, model.scale.max))
        leaves, opened = sum(node.is_leaf for node in nodes), sum(node.open is not None for node in nodes)
        rows = [
            (Text("Id dan versi", "Id and version"), f"`{model.id}` {model.version}"),
            (Text("Status", "Status"), STATUSES[model.status][self.language]),
            (Text("Yang dinilai", "What is assessed"), self.said(model.subject)),
            (Text("Nilai", "Score"), Text(f"{low} sampai {high}", f"{low} to {high}")[self.language]),
            *([(Text("Indikator", "Indicators"), str(leaves))] if leaves else []),
            *([(Text("Simpul terbuka", "Open nodes"), str(opened))] if opened else []),
            *([(Text("Kriteria", "Criteria"), str(criteria))] if criteria else []),
        ]
        yield from _table(("", ""), [(f"**{name[self.language]}**", value) for name, value in rows])

    def levels(self) -> Iterator[str]:
        used = {node.levels for node in self.model.nodes.values() if node.gates or node.answer == "level"}
        for sequence, names in self.model.level_names.items():
            if sequence not in used:
                continue
            if len(used) > 1:
                of = Text(f"Deret `{sequence}`:", f"Sequence `{sequence}`:")
                yield from (of[self.language], "")
            rows = [(str(n.number), self.said(n.name), self.said(n.meaning), self.basis(n.origin)) for n in names]
            heads = (Text("No.", "No."), Text("Nama", "Name"), Text("Arti", "Meaning"), Text("Dasar", "Basis"))
            yield from _table(self.heads(heads), rows)
            yield ""

    # ── structure ────────────────────────────────────────────────────────────────────────────────────────────────────

    def structure(self) -> Iterator[str]:
        model = self.model
        yield from self.combined()
        yield ""
        rows = []
        for node in model.nodes.values():
            if node.parent is None:
                continue
            depth = sum(1 for _ in model.above(node.id)) - 1
            title = self.said(node.title)
            code = f"{self.plain(node.code)} " if node.code else ""
            rows.append(
                (
                    "&emsp;" * depth + code + (title if node.is_leaf else f"**{title}**"),
                    f"`{node.id}`",
                    self.kind(node),
                    figure(node.weight, self.language) if node.weight_origin else "–",
                    self.basis(node.weight_origin) if node.weight_origin else self.unpublished(),
                )
            )
        heads = (
            Text("Simpul", "Node"),
            same("Id"),
            Text("Jenis", "Kind"),
            Text("Bobot", "Weight"),
            Text("Dasar bobot", "Basis of the weight"),
        )
        yield from _table(self.heads(heads), rows)

    def combined(self) -> Iterator[str]:
        """How the scores below a node become its own; nodes that do it alike are told together."""
        told: dict[Text, list[Node]] = {}
        for node in self.model.nodes.values():
            if not node.is_leaf:
                told.setdefault(_combined(node), []).append(node)
        if any(how not in (_COMBINED["unknown-weights"], _COMBINED["mean-of-rows"]) for how in told):
            yield Text("Bobot dihitung di antara saudaranya.", "Weights count among siblings.")[self.language]
            yield ""
        yield Text("Nilai sebuah simpul:", "The score of a node:")[self.language]
        yield ""
        yield from (f"* {self.who(nodes)}: {self.said(how)}" for how, nodes in told.items())

    def kind(self, node: Node) -> str:
        kind = self.model.kinds.get(node.kind)
        return self.said(kind.title) if kind else ""

    def gates(self) -> Iterator[str]:
        """Nodes whose gates read alike are told together, requirements apart."""
        told: dict[tuple[tuple[str, ...], ...], list[Node]] = {}
        for node in self.model.nodes.values():
            gates = tuple(self.gate(node, level) for level in node.gates)
            if any(gate[1:] for gate in gates):
                told.setdefault(gates, []).append(node)
        if told:
            yield Text(
                "Sebuah level tercapai bila semua yang disebut berlaku dan level di bawahnya tercapai.",
                "A level is reached if all that is named holds, and the level below is reached.",
            )[self.language]
        for gates, nodes in told.items():
            yield ""
            yield f"**{self.who(nodes)}**"
            yield ""
            yield from (f"* {name}: {'; '.join(clauses)}" for name, *clauses in gates)

    def gate(self, node: Node, level: int) -> tuple[str, ...]:
        """The name of a level, then each clause of its gate with its reason."""
        clauses = [clause for clause in node.gates[level] if not isinstance(clause, Requires)]
        words = []
        for clause in clauses:
            reason = f" ({self.said(clause.reason).rstrip('.')})" if clause.reason else ""
            words.append(self.said(clause_words(self.model, node, clause)) + reason)
        return (f"{level} {self.said(name_of(self.model, node, level))}", *words)

    def who(self, nodes: Sequence[Node]) -> str:
        """The nodes by name, or as all or so many of their kind; the root always by name."""
        if len(nodes) <= 3:
            return ", ".join(self.said(node.title) for node in nodes)
        if nodes[0].parent is None:
            return f"{self.said(nodes[0].title)}, {self.who(nodes[1:])}"
        kinds = dict.fromkeys(node.kind for node in nodes)
        counts = [(self.model.kinds[kind], sum(node.kind == kind for node in nodes)) for kind in kinds]
        return ", ".join(f"{capital(self.said(kind.title))} ({count})" for kind, count in counts)

    def requirements(self) -> Iterator[str]:
        rows = []
        for node in self.model.nodes.values():
            for level, clauses in node.gates.items():
                for clause in clauses:
                    if isinstance(clause, Requires):
                        above = f"{self.said(node.title)}: {self.said(name_of(self.model, node, level))}"
                        needs = self.said(clause_words(self.model, node, clause))
                        rows.append((above, needs, self.said(clause.reason), self.basis(clause.origin)))
        heads = (
            Text("Untuk mencapai", "To reach"),
            Text("diperlukan", "it needs"),
            Text("Alasan", "Reason"),
            Text("Dasar", "Basis"),
        )
        if rows:
            yield from _table(self.heads(heads), rows)

    # ── indicators ───────────────────────────────────────────────────────────────────────────────────────────────────

    def indicators(self) -> Iterator[str]:
        """Each indicator under the domain that it belongs to, with its criteria."""
        for top in self.model.root.children:
            leaves = [node for node in self.model.below(top) if node.is_leaf and (node.about or node.criteria)]
            if not leaves:
                continue
            yield f"### {self.said(self.model.nodes[top].title)}"
            yield ""
            for leaf in leaves:
                about = f": {self.said(leaf.about)}" if leaf.about else ""
                yield f"**{self.said(leaf.title)}** (`{leaf.id}`){about}"
                yield ""
                for level, criteria in leaf.criteria.items():
                    name = f"{level} {self.said(name_of(self.model, leaf, level))}"
                    yield from (f"* {name}: {self.criterion(criterion)}" for criterion in criteria)
                if leaf.criteria:
                    yield ""

    def criterion(self, criterion: Criterion) -> str:
        extra = [f"{Text('bobot', 'weight')[self.language]} {figure(criterion.weight, self.language)}"]
        extra = extra if criterion.weight != 1 else []
        extra += [Text("boleh tidak berlaku", "may not apply")[self.language]] if criterion.may_not_apply else []
        return self.said(criterion.text) + (f" ({'; '.join(extra)})" if extra else "")

    def quantities(self) -> Iterator[str]:
        rows = []
        for node in self.model.nodes.values():
            quantity = node.quantity or (node.open.quantity if node.open else None)
            if quantity is not None:
                rows.append(self.quantity(node, quantity))
        heads = (
            Text("Indikator", "Indicator"),
            Text("Angka", "Figure"),
            Text("Batas nilai", "Goalposts"),
            Text("Target per level", "Targets by level"),
            Text("Penerbit", "Publisher"),
            Text("Dasar", "Basis"),
        )
        if rows:
            yield from _table(self.heads(heads), rows)

    def quantity(self, node: Node, quantity: Quantity) -> tuple[str, ...]:
        better = (
            Text("makin tinggi makin baik", "higher is better")
            if quantity.direction == "higher"
            else Text("makin rendah makin baik", "lower is better")
        )
        targets = "; ".join(f"{level}: {figure(target, self.language)}" for level, target in quantity.targets.items())
        publisher = self.model.sources[quantity.publisher].title if quantity.publisher else ""
        return (
            self.said(node.title),
            f"{self.said(quantity.title)} ({self.said(quantity.unit)}; {better[self.language]})",
            f"{figure(quantity.worst, self.language)} → {figure(quantity.best, self.language)}",
            targets,
            self.plain(publisher),
            self.basis(quantity.origin),
        )

    # ── where it comes from ──────────────────────────────────────────────────────────────────────────────────────────

    def bases(self) -> Iterator[str]:
        for basis in dict.fromkeys(tally.basis for tally in tallies(self.model)):
            yield f"* **{capital(BASES[basis][self.language])}**: {BASES_TOLD[basis][self.language]}."
        yield ""
        rows = [
            (KINDS[tally.kind][self.language], BASES[tally.basis][self.language], str(tally.count),
             ", ".join(f"`{source}`" for source in tally.sources))
            for tally in tallies(self.model)
        ]  # fmt: skip
        heads = (
            Text("Pernyataan", "Claim"),
            Text("Dasar", "Basis"),
            Text("Jumlah", "Count"),
            Text("Sumber", "Source"),
        )
        yield from _table(self.heads(heads), rows)

    def ours(self) -> Iterator[str]:
        """What the authors of the model made themselves, by kind and place in the source."""
        found: dict[tuple[str, str], int] = {}
        for kind, origin in claims(self.model):
            if origin.basis == "ours":
                where = "; ".join(
                    part for part in (self.said(origin.locator), self.said(origin.note).rstrip(".")) if part
                )
                found[kind, where] = found.get((kind, where), 0) + 1
        for (kind, where), count in sorted(found.items(), key=lambda item: list(KINDS).index(item[0][0])):
            yield f"* {KINDS[kind][self.language]}: {count}" + (f" ({where})" if where else "")

    def sources(self) -> Iterator[str]:
        cited = {origin.source for _, origin in claims(self.model)}
        cited |= {node.quantity.publisher or "" for node in self.model.nodes.values() if node.quantity}
        for source in self.model.sources.values():
            if source.id not in cited:
                continue
            title = self.plain(source.title)
            named = f"[{title}]({source.href})" if source.href else title
            rest = [self.plain(part) for part in (source.publisher, str(source.year or "")) if part]
            note = f" {self.said(source.note)}" if source.note else ""
            yield f"* `{source.id}`: {', '.join([named, *rest])}.{note}"

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def heads(self, texts: Sequence[Text]) -> tuple[str, ...]:
        return tuple(text[self.language] for text in texts)

    def said(self, text: Text | None) -> str:
        return self.plain(text[self.language]) if text else ""

    def plain(self, words: str | None) -> str:
        """The words with nothing in them that Markdown or HTML would read as its own."""
        words = " ".join((words or "").split())
        for sign in ("\\", "|", "*", "`", "[", "]"):
            words = words.replace(sign, f"\\{sign}")
        return words.replace("&", "&amp;").replace("<", "&lt;")

    def unpublished(self) -> str:
        return Text("tidak dipublikasikan", "unpublished")[self.language]

    def basis(self, origin: Origin) -> str:
        return BASES[origin.basis][self.language]


def _combined(node: Node) -> Text:
    """How a node gets its score from those below it, and how far that is rounded."""
    how = _COMBINED["mean-of-rows" if node.open else node.aggregate]
    if node.round is None:
        return how
    return Text(f"{how.id}, dibulatkan {node.round} desimal", f"{how.en}, rounded to {node.round} decimals")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    yield from (f"| {' | '.join(row)} |" for row in rows)
