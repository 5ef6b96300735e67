"""What experts said when they compared the parts of nodes, read from YAML or CSV, and written as YAML.

Every fault of all files is told at once. Experts go by pseudonyms: a file of comparisons names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from gscm import csvfile, yamlfile
from gscm.analysis.panel import BestWorst, Expert, Pairs, Panel, Said, apart, named
from gscm.errors import BadUse, FaultsFound, GscmError, Issue, Where, did_you_mean, in_order
from gscm.i18n import Text, listed, same
from gscm.model.load import find_model, load_model
from gscm.model.schema import Version, Words, Yaml, exact
from gscm.model.tree import Model, Node
from gscm.model.weights import fault_of_parent, node_id
from gscm.yamlfile import Document, Map

_Path = tuple[Any, ...]


Times = Annotated[Any, WithJsonSchema({"type": ["number", "string"]})]
"""How many times as important: 3, or 1/3. Read with its line, so that it can be told what is wrong with it."""
_Compared = Annotated[Any, WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]})]


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _nothing(value: Any) -> Any:
    """A node below which nothing is written is one that is still to be compared."""
    return {} if value is None else value


class ExpertEntry(Yaml):
    """One expert by a pseudonym. `comparisons` holds, by node (`overall` is the whole), what was said of its parts.

    Pairs: `{people: {process: 3}}` says that people are 3 times as important as process. Best and worst: `best`,
    `worst`, `best_to_others` and `others_to_worst`.
    """

    expert: Annotated[str, Field(min_length=1)]
    office: str | None = None
    role: str | None = None
    comparisons: dict[str, Annotated[dict[str, _Compared], BeforeValidator(_nothing)]]


class ComparisonsFile(Yaml):
    """COMPARISONS.yaml: the model, and what the experts of a panel said.

    `about` says who they are, as it is printed with their weights: "akademisi dan praktisi, Banjarbaru 2026".
    """

    model: str
    version: Version | None = None
    about: Words | None = None
    panel: Annotated[tuple[ExpertEntry, ...], BeforeValidator(_tupled), Field(min_length=1)]


class BestWorstEntry(Yaml):
    """Comparisons of the best part with all others, and of all others with the worst, from 1 to 9."""

    best: str
    worst: str
    best_to_others: dict[str, Times]
    others_to_worst: dict[str, Times]


_LISTS = {"best_to_others", "others_to_worst"}
"""Keys that no node can have as its id: they tell best and worst from pairs."""


def read_comparisons(paths: Sequence[Path | str], model: Model | str | None = None) -> Panel:
    """The panel of one or several files; a CSV, which names no model, needs `model`.

    A `model` by name replaces the one that the files name; a Model must be the one they name. Raises Unreadable, BadUse
    (no model, no such model, a file twice) or FaultsFound with every fault of all files at once.
    """
    _once(paths)
    reading = _Reading(model)
    documents = [(Path(path), _document(Path(path))) for path in paths]
    for path, document in documents:
        reading.file(document, path.parent)
    return reading.panel(", ".join(path.name for path, _ in documents))


def _once(paths: Sequence[Path | str]) -> None:
    """Raises BadUse where a file is named twice."""
    seen: set[Path] = set()
    for path in paths:
        if (real := Path(path).resolve()) in seen:
            what = Text(f"Berkas “{path}” disebut dua kali.", f"The file “{path}” is named twice.")
            raise BadUse(Issue(None, what, Text("Sebutkan sekali saja.", "Name it once.")))
        seen.add(real)


def bind(document: Document, model: Model, unfinished: bool = False) -> Panel:
    """The panel in a document that is already read; see `read_comparisons`.

    Of one that is `unfinished`, comparisons that are still to be made are no fault.
    """
    reading = _Reading(model, unfinished)
    reading.file(document, Path())
    return reading.panel(document.file)


def _document(path: Path) -> Document:
    return _of_table(path) if path.suffix.lower() == ".csv" else yamlfile.read(path)


@dataclass
class _Reading:
    """Reads files one after the other and collects what is wrong with them."""

    wanted: Model | str | None
    unfinished: bool = False
    model: Model | None = None
    named: str = ""
    issues: list[Issue] = field(default_factory=list)
    about: Text | None = None
    experts: dict[str, Expert] = field(default_factory=dict)
    places: dict[tuple[str, str], Where] = field(default_factory=dict)

    def file(self, document: Document, beside: Path) -> None:
        about: Text | None = None
        version: str | None = None
        try:
            file = yamlfile.validate(document, ComparisonsFile)
            version, about = file.version, file.about.text() if file.about else None
        except FaultsFound as found:
            self.issues += found.issues
        name = document.data.get("model") if isinstance(document.data, Map) else None
        if not isinstance(name, str):
            return
        model = self._model(document, name, beside)
        if name and isinstance(self.wanted, Model) and (other := _other_model(name, model.id, beside)):
            self._fault(
                document.where(("model",)),
                Text(
                    f"Perbandingan ini untuk model {other}, bukan {model.id}.",
                    f"These comparisons are for the model {other}, not {model.id}.",
                ),
                Text(f"Pakai perbandingan untuk {model.id}.", f"Use comparisons for {model.id}."),
            )
            return
        if version is not None and version != model.version:
            self._fault(
                document.where(("version",)),
                Text(
                    f"Perbandingan ini untuk {model.id} versi {version}, sedangkan modelnya versi {model.version}.",
                    f"These comparisons are for {model.id} version {version}; the model has version {model.version}.",
                ),
                Text(
                    "Periksa apakah bagian-bagiannya masih sama, lalu tulis versi yang baru.",
                    "See whether its parts are still the same, then write the new version.",
                ),
            )
        self.about = self.about or about
        for index, entry in _entries(document):
            self._expert(document, ("panel", index), entry, model)

    def panel(self, file: str) -> Panel:
        if not self.issues:
            self._forms()
        if self.issues:
            raise FaultsFound(in_order(self.issues))
        assert self.model is not None
        if not self.unfinished and not any(expert.said for expert in self.experts.values()):
            what = Text("Belum ada yang dibandingkan.", "Nothing is compared yet.")
            remedy = Text("Isi perbandingannya, misalnya dengan gscm weights ask.",
                          "Fill the comparisons in, by gscm weights ask for instance.")  # fmt: skip
            raise FaultsFound(Issue(Where(file), what, remedy))
        return Panel(self.model, tuple(self.experts.values()), file, self.about)

    def _model(self, document: Document, named: str, beside: Path) -> Model:
        if self.model is None:
            if isinstance(self.wanted, Model):
                self.model = self.wanted
            else:
                name = self.wanted or named
                if not name:
                    raise BadUse(
                        Issue(
                            Where(document.file),
                            Text("Tabel ini tidak menyebut modelnya.", "This table does not name its model."),
                            Text("Tambahkan --model ID.", "Add --model ID."),
                        )
                    )
                self.model = load_model(find_model(name, beside))
            self.named = named or self.model.id
        elif named and named not in (self.named, self.model.id) and self.wanted is None:
            self._fault(
                document.where(("model",)),
                Text(
                    f"Berkas ini untuk model {named}, sedangkan yang lain untuk {self.named}.",
                    f"This file is for the model {named}; the others are for {self.named}.",
                ),
                Text("Hitung satu model sekali.", "Work out one model at a time."),
            )
        return self.model

    def _expert(self, document: Document, path: _Path, entry: ExpertEntry, model: Model) -> None:
        known = self.experts.get(entry.expert)
        said: dict[str, Said] = {}
        if wrong := fault_of_code(entry.expert):
            self._fault(document.where((*path, "expert")), *wrong)
        for name in entry.comparisons:
            here = (*path, "comparisons", name)
            fault = fault_of_parent(model, name)
            if fault is not None:
                self.issues.append(replace(fault, where=document.where(here)))
                continue
            node = model.nodes[node_id(model, name)]
            if (known and node.id in known.said) or node.id in said:
                before = self.places[entry.expert, node.id]
                self._fault(
                    document.where(here),
                    Text(
                        f"{entry.expert} sudah membandingkan bagian “{name}” di {before}.",
                        f"{entry.expert} already compared the parts of “{name}” at {before}.",
                    ),
                    Text("Hapus salah satunya.", "Remove one of them."),
                )
                continue
            one = _Comparing(self, document, here, node, entry.expert).said(entry.comparisons[name])
            self.places[entry.expert, node.id] = document.where(here)
            if one is not None:
                said[node.id] = one
        self.experts[entry.expert] = Expert(
            entry.expert,
            entry.office or (known.office if known else None),
            entry.role or (known.role if known else None),
            {**(known.said if known else {}), **said},
        )

    def _forms(self) -> None:
        """One node is compared by everybody in the same form."""
        forms: dict[str, tuple[type, str]] = {}
        for expert in self.experts.values():
            for node, said in expert.said.items():
                form, first = forms.setdefault(node, (type(said), expert.id))
                if form is not type(said):
                    self._fault(
                        self.places[expert.id, node],
                        Text(
                            f"{expert.id} dan {first} membandingkan bagian “{node}” dengan cara yang berlainan.",
                            f"{expert.id} and {first} compared the parts of “{node}” in different forms.",
                        ),
                        Text(
                            "Pakai satu cara untuk satu simpul: berpasangan (AHP) atau terbaik–terburuk (BWM).",
                            "Use one form for a node: in pairs (AHP), or best and worst (BWM).",
                        ),
                    )

    def _fault(self, where: Where, what: Text, remedy: Text) -> None:
        self.issues.append(Issue(where, what, remedy))


def _other_model(named: str, id: str, beside: Path) -> str | None:
    """The model that a file is for, by id where its folder is found; None where it is the one of that id."""
    if named == id:
        return None
    with suppress(GscmError):
        found = yamlfile.read(find_model(named, beside) / "model.yaml").data
        if isinstance(found, Map) and isinstance(found.get("id"), str):
            named = found["id"]
    return None if named == id else named


def _entries(document: Document) -> Iterator[tuple[int, ExpertEntry]]:
    """The experts that can be read, with their places; what is wrong with the others is said already."""
    panel = document.data.get("panel")
    for index, written in enumerate(panel if isinstance(panel, list) else ()):
        with suppress(ValueError):
            yield index, ExpertEntry.model_validate(written)


_DATE = re.compile(r"\d{1,4}[-/. ]([^\W\d]{3,}|\d{1,2}[-/. ]\d{1,4})([-/. ]\d{2,4})?|[^\W\d]{3,}[-/. ]\d{1,4}")
"""What spreadsheets make of 1/3: 1-Mar, 01/03/2026, 2026-03-01, Jan-03."""
_NO_DATE = Text(
    "Program lembar kerja mengubah 1/3 menjadi tanggal: balik pasangannya dan tulis 3, atau tulis 0,33.",
    "Spreadsheets turn 1/3 into a date: turn the pair round and write 3, or write 0.33.",
)


def _reciprocal(number: Fraction) -> Fraction:
    """A decimal below 1 as the reciprocal of the scale that it was rounded from, to two digits: 0.33 is 1/3."""
    for step in range(2, 10):
        if number.denominator in (20, 25, 50, 100) and abs(number - Fraction(1, step)) <= Fraction(1, 200):
            return Fraction(1, step)
    return number


_CODE = re.compile(r"\w[\w.-]{0,19}")


def fault_of_code(code: str) -> tuple[Text, Text] | None:
    """Why an expert cannot go by this code, and what to do; None if one can. Codes are printed with the weights."""
    if _CODE.fullmatch(code):
        return None
    return (
        Text(f"“{code}” bukan kode pakar.", f"“{code}” is no code for an expert."),
        Text(
            "Kode ikut tercetak bersama bobotnya: pakai yang pendek tanpa spasi seperti P1, bukan nama.",
            "Codes are printed with the weights: use a short one without spaces like P1, not a name.",
        ),
    )


@dataclass
class _Comparing:
    """Reads what one expert said of the parts of one node."""

    reading: _Reading
    document: Document
    path: _Path
    node: Node
    expert: str

    def said(self, written: Mapping[str, Any]) -> Said | None:
        before = len(self.reading.issues)
        said: Said | None = self._best_worst(written) if _LISTS & set(written) else self._pairs(written)
        return said if len(self.reading.issues) == before else None

    def _pairs(self, written: Mapping[str, Any]) -> Pairs:
        times: dict[tuple[str, str], Fraction] = {}
        before = len(self.reading.issues)
        for first, others in written.items():
            known = self._part(first, (first,))
            if not isinstance(others, Mapping):
                self._fault(
                    (first,),
                    Text(f"“{first}” belum dibandingkan dengan apa pun.", f"“{first}” is compared with nothing."),
                    Text("Tulis seperti people: {process: 3}.", "Write it like people: {process: 3}."),
                )
                continue
            for second, value in others.items():
                number = self._times(value, (first, second), Fraction(1, 9))
                if self._part(second, (first, second)) and known and number is not None:
                    self._pair(times, first, second, number)
        unreached = apart(self.node.children, times) if times else self.node.children[1:]
        if unreached and len(self.reading.issues) == before and not self.reading.unfinished:
            said = listed(tuple(same(part) for part in unreached))
            first = self.node.children[0]
            self._fault(
                (),
                Text(
                    f"{self.expert}: tidak ada perbandingan yang menghubungkan {said.id} dengan {first}.",
                    f"{self.expert}: no comparisons connect {said.en} with {first}.",
                ),
                Text("Tambahkan perbandingannya; tidak perlu semua pasangan.", "Add some; not every pair is needed."),
            )
        return Pairs(times)

    def _pair(self, times: dict[tuple[str, str], Fraction], first: str, second: str, number: Fraction) -> None:
        if first == second:
            if number != 1:
                what = Text(f"“{first}” dibandingkan dengan dirinya sendiri.", f"“{first}” is compared with itself.")
                self._fault((first, second), what, Text("Hapus baris ini.", "Remove this line."))
            return
        mirrored = times.get((second, first))
        if mirrored is None:
            times[first, second] = number
        elif abs(mirrored * number - 1) > Fraction(1, 100):
            self._fault(
                (first, second),
                Text(
                    f"{first} terhadap {second} bukan kebalikan dari {second} terhadap {first}.",
                    f"{first} over {second} is not the reciprocal of {second} over {first}.",
                ),
                Text("Tulis satu arah saja.", "Write one direction only."),
            )

    def _best_worst(self, written: Mapping[str, Any]) -> BestWorst | None:
        try:
            entry = yamlfile.validate(Document(self.document.file, written), BestWorstEntry)
        except FaultsFound as found:
            start = self.document.where(self.path)
            for issue in found.issues:
                line_known = issue.where is not None and (issue.where.line or 1) > 1
                self.reading.issues.append(issue if line_known else replace(issue, where=start))
            return None
        known = [self._part(entry.best, ("best",)), self._part(entry.worst, ("worst",))]
        if all(known) and entry.best == entry.worst:
            self._fault(
                ("worst",),
                Text("Yang terbaik dan yang terburuk sama.", "The best and the worst are the same."),
                Text("Pilih dua bagian yang berbeda.", "Choose two different parts."),
            )
        over = self._vector("best_to_others", entry.best_to_others, entry.best)
        under = self._vector("others_to_worst", entry.others_to_worst, entry.worst)
        whole = over.get(entry.worst), under.get(entry.best)
        if None not in whole and whole[0] != whole[1] and entry.best != entry.worst:
            self._fault(
                ("others_to_worst",),
                Text(
                    f"{entry.best} terhadap {entry.worst} berbeda pada kedua daftar.",
                    f"The two lists differ on {entry.best} over {entry.worst}.",
                ),
                Text("Samakan keduanya.", "Make them the same."),
            )
        return BestWorst(entry.best, entry.worst, over, under)

    def _vector(self, key: str, written: Mapping[str, Any], own: str) -> dict[str, Fraction]:
        """The comparisons of all parts; that of the best, or the worst, with itself may be left out."""
        found = {own: Fraction(1)} if own in self.node.children else {}
        for part, value in written.items():
            number = self._times(value, (key, part), Fraction(1))
            if self._part(part, (key, part)) and number is not None:
                found[part] = number
        if found.get(own, 1) != 1:
            self._fault(
                (key, own),
                Text(f"“{own}” terhadap dirinya sendiri haruslah 1.", f"“{own}” compared with itself must be 1."),
                Text("Hapus baris ini.", "Remove this line."),
            )
        missing = [part for part in self.node.children if part not in written and part != own]
        if missing and not self.reading.unfinished:
            self._fault(
                (key,),
                Text(f"Belum ada di {key}: {', '.join(missing)}.", f"Missing in {key}: {', '.join(missing)}."),
                Text("Beri setiap bagian angka 1 sampai 9.", "Give every part a number from 1 to 9."),
            )
        return found

    def _part(self, name: str, steps: _Path) -> bool:
        if name in self.node.children:
            return True
        of = "overall" if self.node.parent is None else self.node.id
        self._fault(
            steps,
            Text(f"“{name}” bukan bagian dari “{of}”.", f"“{name}” is no part of “{of}”."),
            did_you_mean(name, self.node.children)
            or Text(f"Bagiannya: {', '.join(self.node.children)}.", f"Its parts: {', '.join(self.node.children)}."),
        )
        return False

    def _times(self, value: Any, steps: _Path, least: Fraction) -> Fraction | None:
        number = exact(value.replace(",", ".") if isinstance(value, str) else value)
        number = _reciprocal(number) if number is not None and least < 1 else number
        if number is not None and least <= number <= 9:
            return number
        over = Text(" terhadap ", " over ") if least < 1 else Text(", ", ", ")
        pair = Text(over.id.join(steps), over.en.join(steps))
        between = Text("1/9 sampai 9", "1/9 to 9") if least < 1 else Text("1 sampai 9", "1 to 9")
        what = Text(
            f"{pair.id}: “{value}” bukan angka {between.id}.",
            f"{pair.en}: “{value}” is not a number from {between.en}.",
        )
        remedy = Text("Tulis bilangan 1 sampai 9.", "Write a number from 1 to 9.")
        if isinstance(value, str) and _DATE.fullmatch(value.strip()):
            what = Text(f"{pair.id}: “{value}” adalah tanggal.", f"{pair.en}: “{value}” is a date.")
            remedy = _NO_DATE
        elif least < 1:
            remedy = Text(
                "Tulis 1 sampai 9; bila yang kedua lebih penting, tulis kebalikannya (1/3) atau balik pasangannya.",
                "Write 1 to 9; where the second matters more, its reciprocal (1/3), or turn the pair round.",
            )
        self._fault(steps, what, remedy)
        return None

    def _fault(self, steps: _Path, what: Text, remedy: Text) -> None:
        self.reading.issues.append(Issue(self.document.where((*self.path, *steps)), what, remedy))


# Tables

_HEADINGS = {
    "expert": ("expert", "pakar", "ahli"),
    "parent": ("parent", "induk", "node", "simpul"),
    "a": ("a",),
    "b": ("b",),
    "value": ("value", "nilai"),
    "best": ("best", "terbaik"),
    "worst": ("worst", "terburuk"),
    "part": ("part", "bagian"),
    "best_to_part": ("best_to_part", "terbaik_ke_bagian"),
    "part_to_worst": ("part_to_worst", "bagian_ke_terburuk"),
    "office": ("office", "perangkat_daerah", "opd"),
    "role": ("role", "peran"),
}
_PAIRED = ("expert", "parent", "a", "b", "value")
_AGAINST = ("expert", "parent", "best", "worst", "part", "best_to_part", "part_to_worst")
"""The columns of a row: of a pair, or of a part that is compared with the best and the worst."""


def _of_table(path: Path) -> Document:
    """A CSV of pairs, or of parts against the best and the worst, as the document that says the same.

    Both are then read by the same rules.
    """
    table = csvfile.read(path)
    columns = {
        key: heading
        for key, names in _HEADINGS.items()
        for heading in table.headings
        if heading.strip().casefold().replace(" ", "_") in names
    }
    needed = _AGAINST if {"best", "worst", "part"} & set(columns) else _PAIRED
    missing = [key for key in needed if key not in columns]
    if missing:
        raise FaultsFound(
            Issue(
                Where(table.file, 1),
                Text(f"Kolom ini tidak ada: {', '.join(missing)}.", f"Missing columns: {', '.join(missing)}."),
                Text(
                    f"Judul untuk AHP: {', '.join(_PAIRED)} (pakar, induk, a, b, nilai); untuk BWM: "
                    f"{', '.join(_AGAINST)} (pakar, induk, terbaik, terburuk, bagian, terbaik_ke_bagian, "
                    "bagian_ke_terburuk).",
                    f"The headings for AHP are {', '.join(_PAIRED)}; for BWM {', '.join(_AGAINST)}.",
                ),
            )
        )
    issues: list[Issue] = []
    experts: dict[str, Map] = {}
    for row in table.rows:
        cells = {key: row.cells[heading] for key, heading in columns.items() if heading in row.cells}
        own = {"best": "best_to_part", "worst": "part_to_worst"}  # a part is 1 times itself
        spare = [column for end, column in own.items() if cells.get("part", "") == cells.get(end)]
        blank = [key for key in needed if key not in cells and key not in spare]
        if blank:
            what = Text(f"Baris ini belum lengkap: {', '.join(blank)}.", f"This row is incomplete: {', '.join(blank)}.")
            remedy = Text("Lengkapi atau hapus.", "Fill it in, or remove it.")
            issues.append(Issue(Where(table.file, row.line), what, remedy))
            continue
        expert = _below(experts, cells["expert"], row.line)
        for key in ("office", "role"):
            if key in cells:
                _put(expert, key, cells[key], row.line)
        node = _below(_below(expert, "comparisons", row.line), cells["parent"], row.line)
        issues += (_pair_row if needed is _PAIRED else _against_row)(node, cells, Where(table.file, row.line))
    whole, panel = Map(), yamlfile.Seq()
    for name, one in experts.items():
        _put(one, "expert", name, next(iter(one.lines.values())))
        panel.append(one)
        panel.lines.append(one.lines["expert"])
    _put(whole, "model", "", 1)
    _put(whole, "panel", panel, 1)
    return Document(table.file, whole, tuple(issues))


def _pair_row(node: Map, cells: Mapping[str, str], where: Where) -> Iterator[Issue]:
    """Put a row of a pair below its node."""
    pairs = _below(node, cells["a"], where.line or 1)
    if cells["b"] in pairs:
        yield _twice(pairs.lines[cells["b"]], Text("Pasangan", "pair"), where)
    _put(pairs, cells["b"], cells["value"], where.line or 1)


def _against_row(node: Map, cells: Mapping[str, str], where: Where) -> Iterator[Issue]:
    """Put a row of a part, against the best and the worst, below its node."""
    line, part = where.line or 1, cells["part"]
    for end in ("best", "worst"):
        if node.get(end, cells[end]) != cells[end]:
            yield Issue(
                where,
                Text(
                    f"{end} di sini {cells[end]}, sedangkan pada baris {node.lines[end]} {node[end]}.",
                    f"{end} is {cells[end]} here, but {node[end]} on line {node.lines[end]}.",
                ),
                Text(
                    "Tulis terbaik dan terburuk yang sama pada semua baris seorang pakar untuk satu induk.",
                    "Write the same best and worst in all rows of an expert for one parent.",
                ),
            )
            return
        _put(node, end, cells[end], line)
    over, under = _below(node, "best_to_others", line), _below(node, "others_to_worst", line)
    if part in over or part in under:
        yield _twice(over.lines.get(part) or under.lines[part], Text("Bagian", "part"), where)
    for vector, column in ((over, "best_to_part"), (under, "part_to_worst")):
        if column in cells:
            _put(vector, part, cells[column], line)


def _twice(line: int, what: Text, where: Where) -> Issue:
    return Issue(
        where,
        Text(f"{what.id} ini sudah ada pada baris {line}.", f"This {what.en} already stands on line {line}."),
        Text("Hapus salah satunya.", "Remove one of them."),
    )


def _below(inside: dict[Any, Any], key: str, line: int) -> Map:
    if key not in inside:
        if isinstance(inside, Map):
            inside.lines[key] = line
        inside[key] = Map()
    found: Map = inside[key]
    return found


def _put(inside: Map, key: str, value: Any, line: int) -> None:
    inside[key] = value
    inside.lines.setdefault(key, line)


# Writing

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*\Z")
_WORDS = frozenset(("true", "false", "null"))


def comparisons_text(panel: Panel, model: str, head: str = "") -> str:
    """The panel as YAML, the way it is read; `model` is the name by which the file calls its model."""
    lines = [head.rstrip()] if head.strip() else []
    lines += [f"model: {_word(model)}", f"version: {panel.model.version}"]
    if panel.about:
        lines.append(f"about: {{id: {quoted(panel.about.id)}, en: {quoted(panel.about.en)}}}")
    lines.append("panel:")
    for expert in panel.experts:
        lines.append(f"  - expert: {_word(expert.id)}")
        lines += [f"    {key}: {_word(value)}" for key in ("office", "role") if (value := getattr(expert, key))]
        spoken = {node: said for node, said in expert.said.items() if said != Pairs({})}
        lines.append("    comparisons:" if spoken else "    comparisons: {}")
        for node, said in spoken.items():
            lines.append(f"      {named(panel.model, node)}:")
            lines += [f"        {line}" for line in _lines(said)]
    return "\n".join(lines) + "\n"


def _lines(said: Said) -> Iterator[str]:
    if isinstance(said, BestWorst):
        yield f"best: {said.best}"
        yield f"worst: {said.worst}"
        yield f"best_to_others: {_flow(said.over.items())}"
        yield f"others_to_worst: {_flow(said.under.items())}"
        return
    rows: dict[str, dict[str, Fraction]] = {}
    for (first, second), times in said.times.items():
        rows.setdefault(first, {})[second] = times
    for first, others in rows.items():
        yield f"{first}: {_flow(others.items())}"


def _flow(pairs: Iterable[tuple[str, Fraction]]) -> str:
    return "{" + ", ".join(f"{name}: {times}" for name, times in pairs) + "}"


def _word(text: str) -> str:
    return text if _PLAIN.match(text) and text not in _WORDS else quoted(text)


def quoted(text: str) -> str:
    """A text as YAML in double quotes; what cannot be printed becomes a space."""
    legible = "".join(letter if letter.isprintable() else " " for letter in text)
    return '"' + legible.replace("\\", "\\\\").replace('"', '\\"') + '"'
