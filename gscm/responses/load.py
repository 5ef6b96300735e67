"""From an answers file to Answers: every entry read, bound to its fact, every fault collected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from gscm import yamlfile
from gscm.errors import BadUse, FaultsFound, GscmError, Issue, Unreadable, Where, did_you_mean, in_order
from gscm.i18n import Text
from gscm.model.facts import MET, UNMET, facts_of
from gscm.model.load import find_model, load_model
from gscm.model.schema import exact, version_numbers
from gscm.model.tree import STAGES, Model, Node, Quantity, has_levels, top_level
from gscm.model.weights import Weights, node_id, weighed
from gscm.responses import schema
from gscm.responses.answers import (
    Answer,
    Answers,
    CitedSource,
    Judgement,
    Recommendation,
    Region,
    Regions,
    Reused,
    Row,
    Study,
    Subject,
)
from gscm.responses.tables import inside, shown, with_tables
from gscm.yamlfile import Document, Map

_YES = frozenset(("ya",))
_NO = frozenset(("tidak",))
_SHORT_STATUS = {"tidak tahu": "unknown", "don’t know": "unknown", "don't know": "unknown", "unknown": "unknown"}


def load_answers(path: Path | str, model: Model | str | None = None, weights: Weights | None = None) -> Answers:
    """Read an answers file. `model` replaces the model that the file names (an id, a folder or a Model).

    `weights` take the place of the model's own. Raises Unreadable, BadUse (no such model) or FaultsFound with every
    fault of the file at once.
    """
    path = Path(path)
    document = yamlfile.read(path)
    return bind(document, model, path.parent, weights=weights)


def bind(
    document: Document,
    model: Model | str | None = None,
    beside: Path | None = None,
    alone: bool = False,
    weights: Weights | None = None,
) -> Answers:
    """The answers in a document that is already read; see `load_answers`.

    Of a file that stands `alone` the regions are not read.
    """
    try:
        file = yamlfile.validate(document, schema.AnswersFile)
    except FaultsFound as found:
        raise FaultsFound(in_order((*found.issues, *_faults_of_answers(document, model, beside)))) from None
    if not isinstance(model, Model):
        model = load_model(find_model(model, beside) if model else _named_in(document, file.model, beside))
    if weights is not None:
        model = weighed(model, weights)
    warned = _of_version(document, file, model)
    if file.tables:
        document, more = with_tables(document, file.tables, model, beside or Path())
        warned = (*warned, *more)
        file = yamlfile.validate(document, schema.AnswersFile)
    reading = _Binding(document, _with_rows(model, file, document), file)
    entries = reading.entries()
    if weights is not None:
        reading.issues += _unmoved(document, reading.model, entries, weights)
    regions = None
    if file.regions is not None and not alone:
        regions = reading.regions(file.regions, model, beside or Path())
    errors = [issue for issue in reading.issues if issue.severity == "error"]
    if errors:
        raise FaultsFound(in_order(errors))
    return Answers(
        model=reading.model,
        subject=Subject(**file.subject.model_dump()),
        study=_study(file.study),
        sources={
            name: CitedSource(name, entry.title.text(), entry.href, entry.finding.text() if entry.finding else None)
            for name, entry in file.sources.items()
        },
        recommendations=tuple(
            Recommendation(entry.id, entry.text.text(), entry.source, entry.nodes) for entry in file.recommendations
        ),
        scope=reading.scope,
        entries=entries,
        warnings=in_order((*warned, *(issue for issue in reading.issues if issue.severity == "warning"))),
        file=document.file,
        rows=reading.rows,
        regions=regions,
    )


def _unmoved(document: Document, model: Model, entries: Mapping[str, Answer], weights: Weights) -> list[Issue]:
    """Nodes that are given as a whole, so that weights below them say nothing; a fault where the whole is one."""
    whole = {
        id for id, one in entries.items() if one.status == "given" and id in model.nodes and model.nodes[id].children
    }
    weighted = [node_id(model, name) for name in weights.file.nodes]
    over = {
        node: next((id for id in (node, *(a.id for a in model.above(node))) if id in whole), None) for node in weighted
    }
    severity: Literal["error", "warning"] = "error" if model.id in whole or all(over.values()) else "warning"
    return [
        Issue(
            document.where(("answers", "overall" if id == model.id and id not in document.data["answers"] else id)),
            Text(
                f"“{id}” dijawab secara keseluruhan, sehingga bobot di bawahnya tidak memengaruhinya.",
                f"“{id}” is answered as a whole, so that weights below it do not bear on it.",
            ),
            Text(
                "Jawab bagian-bagiannya, atau hitung tanpa --weights.",
                "Answer its parts, or work it out without --weights.",
            ),
            severity,
        )
        for id in dict.fromkeys(id for id in over.values() if id is not None)
    ]


def _faults_of_answers(document: Document, model: Model | str | None, beside: Path | None) -> tuple[Issue, ...]:
    """What is wrong with the answers of a file whose frame is wrong as well, where its model is known."""
    written = document.data if isinstance(document.data, dict) else {}
    named, answers, sources = model or written.get("model"), written.get("answers"), written.get("sources")
    if not isinstance(answers, dict) or not isinstance(named, (Model, str)):
        return ()
    file = schema.AnswersFile.model_construct(
        answers={key: value for key, value in answers.items() if isinstance(key, str)},
        sources=sources if isinstance(sources, dict) else {},
    )
    try:
        loaded = named if isinstance(named, Model) else load_model(find_model(named, beside))
    except GscmError:
        return ()  # said once the frame is mended
    reading = _Binding(document, _with_rows(loaded, file, document), file)
    reading.entries()
    return tuple(issue for issue in reading.issues if issue.severity == "error")


def _named_in(document: Document, model: str, beside: Path | None) -> Path:
    """The folder of the model that the file names; a fault tells the line."""
    try:
        return find_model(model, beside)
    except BadUse as found:
        raise BadUse(replace(issue, where=document.where(("model",))) for issue in found.issues) from None


def _of_version(document: Document, file: schema.AnswersFile, model: Model) -> tuple[Issue, ...]:
    """A warning where the file was written for a newer version of the model.

    Raises FaultsFound where the first numbers differ: the answers may mean something else by now.
    """
    if file.version is None:
        return ()
    theirs, ours = version_numbers(file.version), version_numbers(model.version)
    what = Text(
        f"Jawaban ini ditulis untuk {model.id} versi {file.version}, sedangkan modelnya versi {model.version}.",
        f"These answers were written for {model.id} version {file.version}; the model has version {model.version}.",
    )
    where = document.where(("version",))
    if theirs[0] < ours[0]:
        command = f"gscm model migrate {document.file} --to {model.version}"
        raise FaultsFound(Issue(where, what, Text(f"Pindahkan dengan: {command}", f"Carry them over: {command}")))
    newer = Text("Pakai model versi itu atau yang lebih baru.", "Use the model of that version or a newer one.")
    if theirs[0] > ours[0]:
        raise FaultsFound(Issue(where, what, newer))
    return (Issue(where, what, newer, "warning"),) if theirs[:2] > ours[:2] else ()


def _study(entry: schema.StudyEntry | None) -> Study:
    if entry is None:
        return Study()
    return Study(
        title=entry.title.text() if entry.title else None,
        institution=entry.institution.text() if entry.institution else None,
        number=entry.number,
        date=entry.date,
        place=entry.place,
        logo=entry.logo,
        summary=entry.summary.text() if entry.summary else None,
    )


UNKNOWN_ROW = "rows-unknown"
_UNKNOWN_ROWS: tuple[dict[str, str], ...] = ({"id": UNKNOWN_ROW, "title": "Baris belum diisi"},)
"""Stands for the rows of an open node that nobody has filled in: something unknown, not nothing."""


def _with_rows(model: Model, file: schema.AnswersFile, document: Document) -> Model:
    """The model with the rows of its open nodes as children; `rows: []` says that there are none."""
    if not any(node.open for node in model.nodes.values()):
        return model
    nodes: dict[str, Node] = {}
    for node in model.nodes.values():
        nodes[node.id] = node
        if node.open is None:
            continue
        written = file.answers.get(node.id)
        if written is None and node.parent is None:
            written = file.answers.get("overall")
        rows = written.get("rows", _UNKNOWN_ROWS) if isinstance(written, dict) else _UNKNOWN_ROWS
        ids = []
        for index, raw in enumerate(rows if isinstance(rows, (list, tuple)) else ()):
            try:
                row = schema.Row.model_validate(raw)
            except ValueError:
                continue  # said, with its line, when the entry itself is read
            child = _row_node(node, row, document, index)
            nodes[child.id] = child
            ids.append(child.id)
        nodes[node.id] = replace(node, children=tuple(dict.fromkeys(ids)))
    return replace(model, nodes=_weighed_by_rows(nodes, _not_applicable(file)))


def _not_applicable(file: schema.AnswersFile) -> frozenset[str]:
    """The rows that are said not to apply, by the id of their node."""
    return frozenset(
        f"{node}.{row.get('id')}"
        for node, written in file.answers.items()
        if isinstance(written, dict)
        for row in written.get("rows") or ()
        if isinstance(row, dict) and row.get("status") == "not_applicable"
    )


def _weighed_by_rows(nodes: Mapping[str, Node], absent: frozenset[str]) -> Mapping[str, Node]:
    """The nodes, where each child of a mean of rows weighs what the rows below it that apply weigh together."""
    pooled = {child for node in nodes.values() if node.aggregate == "mean-of-rows" for child in node.children}
    if not pooled:
        return nodes
    total: dict[str, Fraction] = {}
    for node in reversed(tuple(nodes.values())):
        row = node.parent is not None and nodes[node.parent].open is not None
        own = node.weight if row and node.id not in absent else Fraction()
        total[node.id] = own + sum((total[child] for child in node.children), Fraction())
    return {id: replace(node, weight=total[id]) if id in pooled and total[id] else node for id, node in nodes.items()}


def _row_node(parent: Node, row: schema.Row, document: Document, index: int) -> Node:
    opening = parent.open
    assert opening is not None
    where = document.where(("answers", parent.id, "rows", index))
    quantity = opening.quantity
    target = exact(row.target)
    if quantity is not None and target is not None and _within_reach(quantity, target):
        higher = quantity.direction == "higher"
        quantity = replace(quantity, max=target) if higher else replace(quantity, min=target)
    if quantity is not None and row.unit:
        quantity = replace(quantity, unit=Text(row.unit, row.unit))
    return Node(
        id=f"{parent.id}.{row.id}",
        kind=opening.kind,
        title=row.title.text(),
        about=None,
        code=row.office,
        parent=parent.id,
        children=(),
        weight=row.weight or Fraction(1),
        weight_origin=parent.weight_origin,
        levels=parent.levels,
        answer=opening.answer,
        real=opening.real,
        may_not_apply=parent.aggregate != "sum",
        aggregate="mean",
        round=None,
        gates={},
        criteria={},
        quantity=quantity,
        open=None,
        origin=parent.origin,
        where=where,
    )


def _within_reach(quantity: Quantity, target: Fraction) -> bool:
    """Whether a row's own target can stand for the better goalpost of its figure."""
    return target > quantity.min if quantity.direction == "higher" else target < quantity.max


@dataclass
class _Binding:
    """Reads the entries one after the other and collects what is wrong with them."""

    document: Document
    model: Model
    file: schema.AnswersFile
    issues: list[Issue] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.facts = facts_of(self.model)
        self.scope = self._scope()
        self.inside = self._inside()

    def entries(self) -> Mapping[str, Answer]:
        found: dict[str, Answer] = {}
        for key, written in self.file.answers.items():
            id = self.model.id if key == "overall" else key
            if id in found:
                self._fault(
                    ("answers", key),
                    Text(
                        f"“{key}” sudah dijawab sebagai “{self.model.id}”.",
                        f"“{key}” is already answered as “{self.model.id}”.",
                    ),
                    Text("Hapus salah satunya.", "Remove one of them."),
                )
                continue
            for answer in self._entry(key, id, written):
                found[answer.id] = answer
        self._given_twice(found)
        self._sources()
        return found

    def _entry(self, key: str, id: str, written: Any) -> list[Answer]:
        path = ("answers", key)
        target = self.facts.get(id) or self.model.nodes.get(id)
        if target is None:
            self._fault(
                path,
                Text(
                    f"“{key}” tidak ada dalam model {self.model.id}.", f"“{key}” is not in the model {self.model.id}."
                ),
                did_you_mean(key, ["overall", *self.facts, *self.model.nodes])
                or Text(
                    f"Lihat id yang ada: gscm model show {self.model.id}.",
                    f"See the ids: gscm model show {self.model.id}.",
                ),
            )
            return []
        node = self.model.nodes[self.facts[id].node] if id in self.facts else self.model.nodes[id]
        if node.id not in self.inside:
            self._fault(
                path,
                Text(
                    f"“{key}” berada di luar lingkup (scope) kajian ini.",
                    f"“{key}” lies outside the scope of this study.",
                ),
                Text("Hapus jawabannya, atau perluas scope.", "Remove the answer, or widen the scope."),
            )
            return []
        entry = self._long_form(path, written)
        if entry is None:
            return []
        if entry.rows is not None:
            return self._rows(node, entry, path) if self._only_rows(node, entry, path) else []
        answer = self._answer(id, node, entry, path)
        return [answer] if answer else []

    def _only_rows(self, node: Node, entry: schema.AnswerEntry, path: tuple[Any, ...]) -> bool:
        """Whether rows may stand here: at an open node, and instead of a value of its own."""
        if node.open is None:
            self._fault(
                path,
                Text(f"“{path[-1]}” tidak memuat baris (rows).", f"“{path[-1]}” has no rows."),
                Text("Jawab simpul-simpul di bawahnya.", "Answer the nodes below it."),
            )
        elif (entry.value, entry.level, entry.score) != (None, None, None) or entry.status != "given":
            self._fault(
                path,
                Text(
                    f"“{path[-1]}” bernilai dan sekaligus memuat baris.",
                    f"“{path[-1]}” has a value and rows as well.",
                ),
                Text("Pilih salah satu.", "Choose one of them."),
            )
        else:
            return True
        return False

    def _long_form(self, path: tuple[Any, ...], written: Any) -> schema.AnswerEntry | None:
        if isinstance(written, list):
            self._fault(
                path,
                Text("Jawaban tidak boleh berupa daftar.", "An answer cannot be a list."),
                Text("Tulis satu nilai, atau {status: …, value: …}.", "Write one value, or {status: …, value: …}."),
            )
            return None
        if written is None:
            return schema.AnswerEntry(status="blank")
        if not isinstance(written, dict):
            if isinstance(written, str) and written.strip().casefold() in _SHORT_STATUS:
                return schema.AnswerEntry(status="unknown")
            return schema.AnswerEntry(value=written)
        inner = Document(self.document.file, written)
        try:
            return yamlfile.validate(inner, schema.AnswerEntry)
        except FaultsFound as found:
            start = self.document.where(path)
            for issue in found.issues:
                line_known = issue.where is not None and (issue.where.line or 1) > 1
                self.issues.append(issue if line_known else replace(issue, where=start))
            return None

    def _answer(self, id: str, node: Node, entry: schema.AnswerEntry, path: tuple[Any, ...]) -> Answer | None:
        stated = [name for name in ("value", "level", "score") if getattr(entry, name) is not None]
        if entry.status != "given":
            return self._without_value(id, node, entry, path, stated)
        if len(stated) != 1:
            self._fault(
                path,
                Text(f"“{_name(path)}” membutuhkan tepat satu nilai.", f"“{_name(path)}” needs exactly one value."),
                Text(
                    "Tulis value, level, atau score; atau status: unknown.",
                    "Write value, level or score; or status: unknown.",
                ),
            )
            return None
        kind, value = self._value(id, node, stated[0], getattr(entry, stated[0]), path)
        if value is None:
            return None
        return self._with_details(Answer(id, "given", kind, value), entry, path)

    def _without_value(
        self, id: str, node: Node, entry: schema.AnswerEntry, path: tuple[Any, ...], stated: list[str]
    ) -> Answer | None:
        if stated and entry.status != "withheld":
            self._fault(
                path,
                Text(
                    f"“{_name(path)}” bernilai, padahal statusnya {entry.status}.",
                    f"“{_name(path)}” has a value although its status is {entry.status}.",
                ),
                Text("Hapus nilainya, atau tulis status: given.", "Remove the value, or write status: given."),
            )
            return None
        fact = self.facts.get(id)
        if entry.status == "not_applicable":
            if not entry.reason or not entry.reason.strip():
                self._fault(
                    path,
                    Text(
                        f"“{_name(path)}” dinyatakan tidak berlaku tanpa alasan.",
                        f"“{_name(path)}” is said not to apply, without a reason.",
                    ),
                    Text("Tulis note: alasannya.", "Write note: why.")
                    if "rows" in path
                    else Text("Tulis reason: alasannya.", "Write reason: why."),
                )
                return None
            if not (fact.may_not_apply if fact else node.may_not_apply):
                self._fault(path, *not_allowed(_name(path)), severity="warning")
        return self._with_details(Answer(id, entry.status, fact.kind if fact else "level"), entry, path)

    def _with_details(self, answer: Answer, entry: schema.AnswerEntry, path: tuple[Any, ...]) -> Answer:
        return replace(
            answer,
            source=entry.source,
            reason=entry.reason,
            evidence=entry.evidence,
            note=entry.note,
            stage=entry.stage,
            where=self.document.where(path),
            reused=Reused(**entry.reused.model_dump()) if entry.reused else None,
            judgements=_judgements(answer, entry),
        )

    def _value(
        self, id: str, node: Node, stated: str, value: Any, path: tuple[Any, ...]
    ) -> tuple[Literal["criterion", "level", "score", "quantity"], Fraction | None]:
        """What is answered (the fact itself, or the level or score of the node) and its value on that fact's scale."""
        fact = self.facts.get(id)
        if (fact is not None and stated == "value") or (fact is not None and stated == fact.kind):
            kind = fact.kind
        elif fact is not None:
            self._fault(
                path,
                Text(f"“{id}” tidak dijawab dengan {stated}.", f"“{id}” is not answered by a {stated}."),
                Text("Tulis nilainya saja.", "Write just its value."),
            )
            return fact.kind, None
        elif stated == "value":
            named = isinstance(value, str) and exact(value) is None and has_levels(node)
            kind = "level" if named else self.model.inner
            kind = "level" if node.answer == "criteria" else kind
        else:
            kind = "level" if stated == "level" else "score"
        reader: dict[str, Callable[[], Fraction | None]] = {
            "criterion": lambda: self._met(value, path),
            "level": lambda: self._level(node, value, path),
            "score": lambda: self._score(value, path),
            "quantity": lambda: self._quantity(node.quantity, value, path),
        }
        return kind, reader[kind]()

    def _met(self, value: Any, path: tuple[Any, ...]) -> Fraction | None:
        if isinstance(value, bool):
            return MET if value else UNMET
        word = value.strip().casefold() if isinstance(value, str) else None
        if word in _YES | _NO:
            return MET if word in _YES else UNMET
        self._wrong(path, value, Text("ya atau tidak (true atau false)", "true or false (ya or tidak)"))
        return None

    def _level(self, node: Node, value: Any, path: tuple[Any, ...]) -> Fraction | None:
        if not has_levels(node):
            self._fault(
                path,
                Text(f"“{_name(path)}” tidak mempunyai level.", f"“{_name(path)}” has no level."),
                Text("Tulis {score: …}.", "Write {score: …}."),
            )
            return None
        top, names = top_level(self.model, node), self.model.names(node)
        if isinstance(value, str) and exact(value) is None:
            for level in names:
                known = {level.name.id.casefold(), level.name.en.casefold(), *(a.casefold() for a in level.aliases)}
                if value.strip().casefold() in known:
                    return Fraction(level.number)
        number = exact(value)
        real = node.answer == "level" and node.real
        if number is not None and 1 <= number <= top and (real or number.denominator == 1):
            return number
        what = Text("bilangan", "a number") if real else Text("bilangan bulat", "a whole number")
        self._wrong(path, value, Text(f"{what.id} 1 sampai {top}", f"{what.en} from 1 to {top}"))
        return None

    def _score(self, value: Any, path: tuple[Any, ...]) -> Fraction | None:
        scale = self.model.scale
        number = exact(value)
        if number is not None and scale.min <= number <= scale.max:
            return number
        self._wrong(
            path, value, Text(f"angka {scale.min} sampai {scale.max}", f"a number from {scale.min} to {scale.max}")
        )
        return None

    def _quantity(self, quantity: Quantity | None, value: Any, path: tuple[Any, ...]) -> Fraction | None:
        number = exact(value)
        if number is not None and (quantity is None or quantity.can_be(number)):
            return number
        expected = Text("angka", "a number")
        if quantity is not None:
            possible, unit = quantity.possible, quantity.unit
            expected = Text(f"{possible.id} ({unit.id})", f"{possible.en} ({unit.en})")
        self._wrong(path, value, expected)
        return None

    def _rows(self, node: Node, entry: schema.AnswerEntry, path: tuple[Any, ...]) -> list[Answer]:
        answers: list[Answer] = []
        seen: set[str] = set()
        for index, row in enumerate(entry.rows or ()):
            here = (*path, "rows", index)
            if row.id in seen:
                self._fault(
                    here,
                    Text(f"Baris “{row.id}” tertulis dua kali.", f"The row “{row.id}” is written twice."),
                    Text("Beri id lain.", "Give it another id."),
                )
                continue
            seen.add(row.id)
            child = self.model.nodes[f"{node.id}.{row.id}"]
            if not self._row_is_sound(row, node.open.quantity if node.open else None, here):
                continue
            self.rows[child.id] = Row(
                child.id, row.office, row.unit, exact(row.target), exact(row.realised), row.evaluation,
                row.obstacle, row.follow_up, row.note,
            )  # fmt: skip
            value = row.value if row.value is not None else row.realised
            status = row.status or ("given" if value is not None else "blank")
            plain = schema.AnswerEntry.model_construct(
                status=status, value=value, level=None, score=None, rows=None, source=row.source,
                reason=row.note, evidence=(), note=row.note, stage=None,
            )  # fmt: skip
            answer = self._answer(child.id, child, plain, here)
            if answer:
                answers.append(answer)
        return answers

    def _row_is_sound(self, row: schema.Row, quantity: Quantity | None, path: tuple[Any, ...]) -> bool:
        """Whether nothing written in a row would be passed over: one value, a target that can be one."""
        before = len(self.issues)
        if row.value is not None and row.realised is not None:
            self._fault(
                path,
                Text(
                    f"Baris “{row.id}” memuat value dan sekaligus realised.",
                    f"The row “{row.id}” holds value and realised as well.",
                ),
                Text("Pilih salah satu.", "Choose one of them."),
            )
        target = exact(row.target)
        if row.target is not None and quantity is not None and (target is None or not _within_reach(quantity, target)):
            higher = quantity.direction == "higher"
            bound = (
                Text(f"di atas {quantity.min}", f"above {quantity.min}")
                if higher
                else Text(f"di bawah {quantity.max}", f"below {quantity.max}")
            )
            self._fault(
                path,
                Text(
                    f"Baris “{row.id}”: target “{row.target}” bukan angka {bound.id}.",
                    f"The row “{row.id}”: the target “{row.target}” is not a number {bound.en}.",
                ),
                Text("Perbaiki targetnya, atau hapus.", "Correct the target, or remove it."),
            )
        return len(self.issues) == before

    def regions(self, entry: schema.RegionsEntry, model: Model, beside: Path) -> Regions | None:
        """The regencies and cities of the province, each with its level or the answers that place it."""
        path = ("regions", "model")
        try:
            placing = load_model(find_model(entry.model, beside)) if entry.model else model
        except BadUse as found:
            self.issues += [replace(issue, where=self.document.where(path)) for issue in found.issues]
            return None
        except FaultsFound as found:
            self.issues += found.issues
            return None
        weighted = [member for member in entry.members if member.weight is not None]
        if weighted and len(weighted) < len(entry.members):
            self._fault(
                ("regions", "members"),
                Text("Sebagian kabupaten/kota tidak berbobot.", "Some regencies or cities have no weight."),
                Text("Tulis weight untuk semua, atau tidak satu pun.", "Write weight for all of them, or for none."),
            )
        seen: set[str] = set()
        members = []
        for index, member in enumerate(entry.members):
            here = ("regions", "members", index)
            if member.id in seen:
                self._fault(
                    here,
                    Text(f"“{member.id}” tertulis dua kali.", f"“{member.id}” is written twice."),
                    Text("Hapus salah satunya.", "Remove one of them."),
                )
            seen.add(member.id)
            level = None if member.level is None else self._level_of(placing, member.level, here)
            placed = None if member.answers is None else self._answers_of(member, placing, beside, here)
            members.append(Region(member.id, member.name, member.weight or Fraction(1), level, placed, member.source))
        return Regions(placing, entry.weighted_by.text() if entry.weighted_by else None, tuple(members))

    def _level_of(self, model: Model, value: Any, path: tuple[Any, ...]) -> int | None:
        other = _Binding(self.document, model, self.file.model_copy(update={"scope": None}), self.issues)
        level = other._level(model.root, value, (*path, "level"))
        return None if level is None else int(level)

    def _answers_of(
        self, member: schema.RegionEntry, model: Model, beside: Path, path: tuple[Any, ...]
    ) -> Answers | None:
        if member.level is not None:
            self._fault(
                path,
                Text(f"“{member.id}” memuat level dan answers.", f"“{member.id}” holds level and answers as well."),
                Text("Pilih salah satu.", "Choose one of them."),
            )
        try:
            file = inside(beside, str(member.answers), self.document.where(path))
            return bind(
                yamlfile.read(file, shown(self.document.file, str(member.answers))), model, file.parent, alone=True
            )
        except (FaultsFound, Unreadable) as found:
            self.issues += found.issues
            return None

    def _given_twice(self, found: Mapping[str, Answer]) -> None:
        """A node and something below it cannot both be given."""
        for answer in found.values():
            if answer.status not in ("given", "not_applicable", "withheld"):
                continue
            fact = self.facts.get(answer.id)
            node_id = fact.node if fact else answer.id
            above = [node_id] if fact and fact.id != node_id else []
            above += [node.id for node in self.model.above(node_id)]
            for ancestor in above:
                other = found.get(ancestor)
                silent = ("not_applicable",) if ancestor in self.facts else ("given", "not_applicable", "withheld")
                if other is not None and other.status in silent:
                    line = other.where.line if other.where else "?"
                    self._fault(
                        ("answers", answer.id),
                        Text(
                            f"“{answer.id}” dijawab, padahal “{ancestor}” di atasnya sudah dijawab pada baris {line}.",
                            f"“{answer.id}” is answered although “{ancestor}” above it is answered on line {line}.",
                        ),
                        Text(
                            "Jawaban simpul menggantikan seluruh isinya; hapus salah satunya.",
                            "A node's answer stands in for all below it; remove one of them.",
                        ),
                    )

    def _scope(self) -> tuple[str, ...] | None:
        if self.file.scope is None:
            return None
        known = []
        for index, name in enumerate(self.file.scope):
            id = self.model.id if name == "overall" else name
            if id in self.model.nodes:
                known.append(id)
            else:
                self._fault(
                    ("scope", index),
                    Text(
                        f"Lingkup menyebut “{name}”, yang tidak ada dalam model.",
                        f"The scope names “{name}”, which is not in the model.",
                    ),
                    did_you_mean(name, self.model.nodes) or Text("Sebutkan id simpul.", "Name the id of a node."),
                )
        return tuple(known)

    def _inside(self) -> frozenset[str]:
        return inside_scope(self.model, self.scope)

    def _sources(self) -> None:
        known = {*self.file.sources, *self.model.sources}
        subject: schema.SubjectEntry | None = getattr(self.file, "subject", None)  # a single answer has none
        cited: list[tuple[tuple[Any, ...], str]] = []
        cited += [(("subject", "source"), name) for name in (subject.source if subject else ())]
        for key, written in self.file.answers.items():
            if isinstance(written, dict):
                rows = written.get("rows")
                for index, row in enumerate(rows if isinstance(rows, list) else ()):
                    cited += [(("answers", key, "rows", index), name) for name in _cited(row)]
                cited += [(("answers", key, "source"), name) for name in _cited(written)]
        for index, entry in enumerate(self.file.recommendations):
            cited += [(("recommendations", index), name) for name in entry.source]
            for name in entry.nodes:
                if name not in self.model.nodes:
                    self._fault(
                        ("recommendations", index),
                        Text(f"“{name}” tidak ada dalam model.", f"“{name}” is not in the model."),
                        did_you_mean(name, self.model.nodes) or Text("Sebutkan id simpul.", "Name the id of a node."),
                    )
        for path, name in cited:
            if name not in known:
                self._fault(
                    path,
                    Text(
                        f"Sumber “{name}” tidak ada dalam daftar sources.",
                        f"The source “{name}” is not listed in sources.",
                    ),
                    did_you_mean(name, known)
                    or Text("Tambahkan ke sources di berkas ini.", "Add it to sources in this file."),
                )

    def _wrong(self, path: tuple[Any, ...], value: Any, expected: Text) -> None:
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        self._fault(
            path,
            Text(
                f"“{_name(path)}” berisi “{shown}”, padahal harus {expected.id}.",
                f"“{_name(path)}” holds “{shown}”, but must be {expected.en}.",
            ),
            Text(
                "Perbaiki nilainya, atau nyatakan “tidak tahu” (unknown) bila belum diketahui.",
                "Correct the value, or say “don't know” (unknown) if it is not known.",
            ),
        )

    def _fault(
        self,
        path: tuple[Any, ...],
        what: Text,
        remedy: Text | None = None,
        severity: Literal["error", "warning"] = "error",
    ) -> None:
        self.issues.append(Issue(self.document.where(path), what, remedy, severity))


def _judgements(answer: Answer, entry: schema.AnswerEntry) -> tuple[Judgement, ...]:
    notes = (entry.fact_note, entry.analysis, entry.justification)
    if not any(notes):
        return ()
    return (Judgement(entry.stage or STAGES[0], answer.status, answer.value, *notes),)


def _cited(written: Any) -> list[str]:
    """The sources that an answer or a row names, as far as they are names at all."""
    source = written.get("source") if isinstance(written, dict) else None
    return [name for name in (source if isinstance(source, list) else [source]) if isinstance(name, str)]


def _name(path: tuple[Any, ...]) -> str:
    """What a message calls the answer at `path`: its key, or its place among the rows of one."""
    return f"{path[1]}.rows[{path[-1] + 1}]" if isinstance(path[-1], int) else str(path[-1])


def inside_scope(model: Model, scope: tuple[str, ...] | None) -> frozenset[str]:
    """The nodes that a study assesses: those it names, all below them, and what stands above them."""
    if scope is None:
        return frozenset(model.nodes)
    below = {node.id for name in scope for node in model.below(name)}
    return frozenset(below | {node.id for name in scope for node in model.above(name)})


def not_allowed(name: str) -> tuple[Text, Text]:
    """What is said of an answer that the model does not let be said not to apply, and the remedy."""
    return Text(
        f"Model tidak mengizinkan “{name}” dinyatakan tidak berlaku; dihitung sebagai nilai terburuk.",
        f"The model does not let “{name}” be said not to apply; it counts as the worst value.",
    ), Text("Jawab butirnya, atau tulis status: unknown.", "Answer it, or write status: unknown.")


def read_answer(model: Model, id: str, written: Any, where: Where | None = None) -> Answer:
    """One answer as it is written in an answers file, bound to its fact.

    `where` is what messages name. Raises FaultsFound with every fault of the answer.
    """
    answers, data = Map(), Map()
    answers[id], answers.lines[id] = written, (where.line if where else None) or 1
    data["answers"], data.lines["answers"] = answers, answers.lines[id]
    file = schema.AnswersFile.model_construct(answers=answers, sources={}, recommendations=(), scope=None)
    reading = _Binding(Document(where.file if where else "", data), model, file)
    found = reading.entries()
    errors = [issue for issue in reading.issues if issue.severity == "error"]
    if errors:
        raise FaultsFound(in_order(errors))
    return found[id]


def load_all(paths: Sequence[Path | str], model: Model | str | None = None) -> tuple[Answers, ...]:
    """Several answers files; files of one model share it.

    Raises what `load_answers` raises, with the faults of all files at once.
    """
    models: dict[str, Model] = {}
    loaded: list[Answers] = []
    issues: list[Issue] = []
    for path in map(Path, paths):
        document = yamlfile.read(path)
        try:
            named = document.data.get("model") if isinstance(document.data, dict) else None
            wanted = model or named
            if isinstance(wanted, str):
                folder = str(find_model(wanted, path.parent).resolve())
                models[folder] = models.get(folder) or load_model(folder)
                wanted = models[folder]
            loaded.append(bind(document, wanted, path.parent))
        except FaultsFound as found:
            issues.extend(found.issues)
    if issues:
        raise FaultsFound(issues)
    return tuple(loaded)
