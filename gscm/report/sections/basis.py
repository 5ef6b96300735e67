"""The basis of every figure: levels, weights, gates, requirements, criteria and targets, each with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text, listed, same
from gscm.model.tree import LevelName, Model, Node, Origin, Requires, has_levels, is_row
from gscm.model.weights_schema import (
    COMPLETIONS,
    GROUPINGS,
    MEASURES,
    METHODS,
    TABLES,
    ConsistencyEntry,
    NodeWeights,
    four_decimals,
    limit_text,
)
from gscm.report.words import BASES, capital, clause_words, figure, name_of, short_list


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of a table: what it is about, what is claimed, and where it comes from."""

    about: str
    level: str
    claim: str
    why: str
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The criteria of one indicator: how many at each level, on what basis, and its measured figure."""

    title: str
    counts: tuple[int, ...]
    bases: tuple[str, ...]
    source: str
    quantity: str
    quantity_basis: str
    quantity_source: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Claims that rest on the same basis and source; `said` tells which."""

    said: str
    rows: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Judgements:
    """How the weights that experts gave to the parts of one node came about, and every figure of consistency."""

    title: str
    told: str
    rows: tuple[tuple[str, str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Claims of one kind by their ground; where all share one it is said once, in `common`."""

    title: str
    heads: tuple[str, str, str, str]
    grounds: tuple[Ground, ...]
    common: str


_LEVELS = (Text("No.", "No."), Text("", ""), Text("Nama", "Name"), Text("Makna", "Meaning"))
_WEIGHTS = (
    Text("Bobot di dalam setiap induk", "Weights within every parent"),
    (Text("Induk", "Parent"), Text("", ""), Text("Bobot bagian-bagiannya", "Weights of its parts"), Text("", "")),
)
_GATES = (
    Text("Gerbang setiap level", "Gates of every level"),
    (Text("Simpul", "Nodes"), Text("Level", "Level"), Text("Syarat", "Conditions"), Text("Alasan", "Reason")),
)
_REQUIRES = (
    Text("Prasyarat antarsimpul", "Requirements between nodes"),
    (Text("Simpul", "Node"), Text("Untuk", "For"), Text("Diperlukan", "Needed"), Text("Alasan", "Reason")),
)
_Heads = tuple[Text, tuple[Text, Text, Text, Text]]


def _table(said: _Heads, rows: list[Claim], language: Language) -> Table:
    title, heads = said
    found: dict[str, list[Claim]] = {}
    for row in rows:
        found.setdefault(_ground(row.basis, row.source, language), []).append(row)
    a, b, c, d = (head[language] for head in heads)
    d = d if any(row.why for row in rows) else ""
    grounds = tuple(Ground(ground, tuple(rows)) for ground, rows in found.items())
    return Table(title[language], (a, b, c, d), grounds, grounds[0].said if len(grounds) == 1 else "")


_EXPERTS = Text("penilaian pakar", "experts’ judgement")
"""The basis of weights that replace the model’s own, and are no design of its authors."""


def _ground(basis: str, source: str, language: Language) -> str:
    """A basis and source in words."""
    source = source.rstrip(".")
    ground = _EXPERTS if basis == "experts" else BASES[basis]
    told = Text(f"Dasar: {ground.id}. Sumber: {source}.", f"Basis: {ground.en}. Source: {source}.")
    return told[language]


def _common_ground(grounds: list[tuple[str, str]], language: Language) -> str:
    """The basis and source that all share, in words; "" where they differ."""
    return _ground(*grounds[0], language) if len(set(grounds)) == 1 else ""


def speaks(assessment: Assessment) -> bool:
    """Where the model claims more than its structure."""
    model = assessment.model
    weighed = any(node.weight_origin for node in model.nodes.values() if node.parent is not None)
    return weighed or any(node.gates or node.criteria or node.quantity for node in model.nodes.values())


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    model = assessment.model
    stated = [n for n in model.nodes.values() if (n.criteria or n.quantity) and not is_row(model, n)]
    counted = [_counted(model, node, language) for node in stated]
    groups: dict[str, list[Counted]] = {}
    for node, row in zip(stated, counted, strict=True):
        groups.setdefault(_top(model, node).title[language], []).append(row)
    return {
        "tables": [
            table
            for table in (
                *_level_tables(model, language),
                _table(_WEIGHTS, _weights(model, language), language),
                _table(_GATES, _gates(model, language), language),
                _table(_REQUIRES, _requires(model, language), language),
            )
            if table.grounds
        ],
        "unpublished": [node.title[language] for node in model.nodes.values() if _unpublished(node)],
        "replaced": _replaced(model, language),
        "experts": model.weights.file.experts if model.weights else None,
        "criteria": groups,
        "criteria_common": _common_ground([(basis, row.source) for row in counted for basis in row.bases], language),
        "columns": sorted({level for node in model.nodes.values() for level in node.criteria}),
        "total": sum(sum(row.counts) for row in counted),
    }


def _top(model: Model, node: Node) -> Node:
    path = [node, *model.above(node.id)]
    return path[-2] if len(path) > 1 else node


def _source(origin: Origin, language: Language) -> str:
    note = f". {origin.note[language].rstrip('.')}" if origin.note else ""
    return f"{origin.source}{f', {origin.locator[language]}' if origin.locator else ''}{note}"


def _level_tables(model: Model, language: Language) -> Iterator[Table]:
    """A table a sequence of levels, headed by whose levels they are where there are several."""
    for sequence, names in model.level_names.items():
        title = Text("Level", "Levels")
        if len(model.level_names) > 1:
            whose = _whose(model, sequence)
            title = Text(f"Level {whose.id}", f"Levels of {whose.en}")
        rows = [_level(name, language) for name in names]
        yield _table((title, _LEVELS), rows, language)


def _level(name: LevelName, language: Language) -> Claim:
    meaning = name.meaning[language] if name.meaning else ""
    return Claim(str(name.number), "", name.name[language], meaning, name.origin.basis, _source(name.origin, language))


def _whose(model: Model, sequence: str) -> Text:
    """The kinds of nodes that stand at the levels of a sequence, the whole first."""
    kinds = dict.fromkeys(node.kind for node in model.nodes.values() if node.levels == sequence and has_levels(node))
    told = [model.kinds[kind].title if kind in model.kinds else Text("keseluruhan", "the whole") for kind in kinds]
    return listed(tuple(told)) if told else same(sequence)


def _unpublished(node: Node) -> bool:
    return node.aggregate == "unknown-weights" and bool(node.children)


def _weights(model: Model, language: Language) -> list[Claim]:
    """One line a parent and ground; parents whose children weigh the same, on the same grounds, share a line."""
    alike: dict[tuple[str, str, str], list[Text]] = {}
    for node in model.nodes.values():
        children = [model.nodes[child] for child in node.children if node.open is None]
        total = sum((child.weight for child in children), Fraction())
        grounds: dict[tuple[str, str], list[Node]] = {}
        for child in children:
            if child.weight_origin is not None:
                key = (_weight_basis(model, child.weight_origin), _source(child.weight_origin, language))
                grounds.setdefault(key, []).append(child)
        for (basis, source), weighed in grounds.items():
            even = len({child.weight for child in children}) == 1
            words = _EVEN[language] if even else _weighed(weighed, total, language)
            alike.setdefault((words, basis, source), []).append(node.title)
    return [
        Claim(capital(short_list(titles, 6)[language]), "", weighed, "", basis, source)
        for (weighed, basis, source), titles in alike.items()
    ]


def _weight_basis(model: Model, origin: Origin) -> str:
    experts = model.weights is not None and origin.source == model.weights.id and origin.basis == "ours"
    return "experts" if experts else origin.basis


def _replaced(model: Model, language: Language) -> list[Judgements]:
    """One entry for every node whose parts have weights from a weights file."""
    if model.weights is None:
        return []
    nodes = {model.id if name == "overall" else name: given for name, given in model.weights.file.nodes.items()}
    return [
        Judgements(
            model.nodes[node].title[language],
            capital("; ".join(text[language] for text in _how(given))),
            tuple(_judged(one, language) for one in given.consistency),
        )
        for node, given in nodes.items()
    ]


def _how(given: NodeWeights) -> Iterator[Text]:
    if given.method:
        yield METHODS[given.method]
    if given.experts:
        yield Text(f"{given.experts} pakar", f"{given.experts} expert{'s' if given.experts > 1 else ''}")
    if given.group:
        yield GROUPINGS[given.group]
    if given.random_index:
        table = TABLES[given.random_index]
        yield Text(f"indeks acak {table.id}", f"random index of {table.en}")
    if given.completion:
        yield COMPLETIONS[given.completion]
    if not (given.method or given.experts):
        yield Text("cara penghitungan tidak disebut", "how they were worked out is not told")
    if not given.consistency:
        yield (
            _UNTOLD
            if len(given.weights) > 2
            else Text("dua bagian selalu konsisten", "two parts are always consistent")
        )


_UNTOLD = Text("konsistensinya tidak disebut", "how consistent they were is not told")
_VERDICTS = {True: Text("ya", "yes"), False: Text("belum", "no"), None: Text("–", "–")}


def _judged(one: ConsistencyEntry, language: Language) -> tuple[str, str, str, str, str]:
    """Of whom, which figure, how much, its limit, and whether it keeps to it."""
    who = one.expert or Text("Gabungan", "Group")[language]
    if one.missing:
        gaps = Text(f"{one.missing} perbandingan kosong", f"{one.missing} missing")
        who = f"{who} ({gaps[language]})"
    limit = "–"
    if one.limit is not None:
        source = f" ({one.limit_source})" if one.limit_source else ""
        limit = f"{limit_text(one.limit, language)}{source}"
    return (
        who,
        MEASURES[one.measure][language],
        four_decimals(one.value, language),
        limit,
        _VERDICTS[one.acceptable][language],
    )


_EVEN = Text("bobot sama bagi setiap bagian", "equal weight for every part")


def _weighed(children: list[Node], total: Fraction, language: Language) -> str:
    return "; ".join(
        f"{child.code or child.title[language]} {figure(round(child.weight / total * 100, 2), language)}%"
        for child in children
    )


def _gates(model: Model, language: Language) -> list[Claim]:
    """The clauses of every gate in words; nodes with the same gates share their lines."""
    alike: dict[tuple[tuple[int, str, str, str, str], ...], list[Node]] = {}
    for node in model.nodes.values():
        if lines := tuple(_gate_lines(model, node, language)):
            alike.setdefault(lines, []).append(node)
    rows: list[Claim] = []
    for lines, nodes in alike.items():
        about = _these(model, nodes)[language]
        levels: dict[tuple[int, str, str], list[tuple[str, str]]] = {}
        for level, words, why, basis, source in lines:
            levels.setdefault((level, basis, source), []).append((words, why))
        for index, ((level, basis, source), said) in enumerate(levels.items()):
            words = "; ".join(text if at == 0 else text[:1].lower() + text[1:] for at, (text, _) in enumerate(said))
            why = " ".join(dict.fromkeys(text for _, text in said if text))
            name = name_of(model, nodes[0], level)[language]
            first = index == 0 or (basis, source) != (rows[-1].basis, rows[-1].source)
            rows.append(Claim(about if first else "", name, words, why, basis, source))
    return rows


def _gate_lines(model: Model, node: Node, language: Language) -> Iterable[tuple[int, str, str, str, str]]:
    for level, clauses in node.gates.items():
        for clause in clauses:
            if not isinstance(clause, Requires):
                why = clause.reason[language] if clause.reason else ""
                words = capital(clause_words(model, node, clause)[language])
                yield level, words, why, clause.origin.basis, _source(clause.origin, language)


def _these(model: Model, nodes: list[Node]) -> Text:
    """The nodes by name, or "29 aspek" where they are many."""
    if len(nodes) <= 4:
        return listed(tuple(node.title for node in nodes))
    kinds = Counter(node.kind for node in nodes)
    parts = [model.kinds[kind].title if kind in model.kinds else same(kind) for kind in kinds]
    return listed(
        tuple(Text(f"{n} {title.id}", f"{n} × {title.en}") for n, title in zip(kinds.values(), parts, strict=True))
    )


def _requires(model: Model, language: Language) -> list[Claim]:
    """The requirements between nodes; siblings that need the same share a line."""
    alike: dict[tuple[object, ...], list[Text]] = {}
    for node in model.nodes.values():
        for level, clauses in node.gates.items():
            for clause in clauses:
                if isinstance(clause, Requires):
                    words = capital(clause_words(model, node, clause)[language])
                    key = (
                        name_of(model, node, level)[language],
                        words,
                        clause.reason[language],
                        clause.origin.basis,
                        _source(clause.origin, language),
                    )
                    alike.setdefault(key, []).append(node.title)
    return [Claim(listed(tuple(titles))[language], *map(str, key)) for key, titles in alike.items()]


def _counted(model: Model, node: Node, language: Language) -> Counted:
    levels = sorted({level for other in model.nodes.values() for level in other.criteria})
    origins = [criterion.origin for criteria in node.criteria.values() for criterion in criteria]
    quantity = node.quantity
    return Counted(
        title=node.title[language],
        counts=tuple(len(node.criteria.get(level, ())) for level in levels),
        bases=tuple(dict.fromkeys(origin.basis for origin in origins)),
        source=", ".join(dict.fromkeys(origin.source for origin in origins)) or "–",
        quantity=_quantity(node, language),
        quantity_basis=quantity.origin.basis if quantity else "",
        quantity_source=_source(quantity.origin, language) if quantity else "",
    )


def _quantity(node: Node, language: Language) -> str:
    quantity = node.quantity
    if quantity is None:
        return ""
    sign = (
        Text("sekurang-kurangnya", "at least") if quantity.direction == "higher" else Text("paling tinggi", "at most")
    )
    targets = "; ".join(f"{level}: {figure(value, language)}" for level, value in sorted(quantity.targets.items()))
    told = f"{quantity.title[language]} ({quantity.unit[language]})"
    return f"{told}; {Text('target', 'target')[language]} {sign[language]} {targets}" if targets else told
