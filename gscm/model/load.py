"""From a folder of YAML to a Model: includes read, kinds and provenance filled in, every fault collected."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from gscm import resources, yamlfile
from gscm.errors import BadUse, FaultsFound, Issue, Unreadable, Where, did_you_mean, in_order
from gscm.i18n import Text
from gscm.model import schema, tree
from gscm.model.check import faults_of
from gscm.model.include import adapted, criteria_below, criterion_id, ids_below, lies_beside, no_wording, outside
from gscm.yamlfile import Document, Map, Seq

_Path = tuple[Any, ...]


def shipped_models() -> tuple[str, ...]:
    """The ids of the models that come with gscm, sorted."""
    return tuple(sorted(file.parent.name for file in resources.folder("models").glob("*/model.yaml")))


def find_model(name: str, beside: Path | None = None) -> Path:
    """The folder of a model given by id or by folder (relative to `beside`, the answers file's folder, as well).

    Raises BadUse naming the known models.
    """
    folders = [Path(name), *([beside / name] if beside else [])]
    candidates = [resources.folder("models") / name] if name in shipped_models() else folders
    for candidate in candidates:
        if (candidate / "model.yaml").is_file():
            return candidate
    if any(candidate.is_dir() for candidate in candidates if candidate.name):
        what = Text(f"Folder “{name}” tidak memuat model.yaml.", f"The folder “{name}” holds no model.yaml.")
    else:
        what = Text(f"Model “{name}” tidak ditemukan.", f"There is no model “{name}”.")
    known = ", ".join(shipped_models())
    raise BadUse(
        Issue(
            None,
            what,
            did_you_mean(name, shipped_models())
            or Text(
                f"Sebutkan folder model, atau salah satu dari: {known}.",
                f"Name the folder of a model, or one of: {known}.",
            ),
        )
    )


def load_model(path: Path | str) -> tree.Model:
    """Load and check the model in a folder.

    Raises Unreadable, or FaultsFound with every fault of all its files at once.
    """
    model, issues = read_model(Path(path))
    errors = [issue for issue in issues if issue.severity == "error"]
    if model is None or errors:
        raise FaultsFound(errors)
    return model


def read_model(path: Path) -> tuple[tree.Model | None, tuple[Issue, ...]]:
    """The model (None if its files cannot be understood) and all issues, warnings included.

    Raises Unreadable if `model.yaml` or `sources.yaml` cannot be read.
    """
    reading = _Reading(path)
    file = reading.validated("model.yaml", schema.ModelFile)
    sources = reading.validated("sources.yaml", schema.SourcesFile)
    if file is None or sources is None:
        reading.check_included(reading.document("model.yaml").data)
        return None, in_order(reading.issues)
    file, sources = reading.with_common(file), reading.with_common_sources(sources)
    if reading.issues:
        return None, in_order(reading.issues)
    resolver = _Resolver(reading, file, sources)
    model = resolver.model()
    found = in_order([*reading.issues, *faults_of(model, resolver.whole)])
    return None if reading.issues else model, found


@dataclass
class _Reading:
    """The files of one model, each read once; faults of included files are collected."""

    folder: Path
    documents: dict[str, Document] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def document(self, name: str) -> Document:
        if name not in self.documents:
            path = self.folder / name
            self.documents[name] = yamlfile.read(path, _shown(path))
        return self.documents[name]

    def validated(self, name: str, kind: type[yamlfile.Schema]) -> yamlfile.Schema | None:
        """The file as a value, or None once its faults are collected. Raises Unreadable."""
        try:
            return yamlfile.validate(self.document(name), kind)
        except FaultsFound as found:
            self.issues.extend(found.issues)
            return None

    def check_included(self, data: Any) -> None:
        """Collect the faults of the files that the data include, where the whole cannot be put together yet."""
        for item in data.values() if isinstance(data, Map) else data if isinstance(data, Seq) else ():
            self.check_included(item)
        name = data.get("include") if isinstance(data, Map) else None
        if isinstance(name, str) and name not in self.documents and lies_beside(self.folder, name):
            with suppress(Unreadable):  # told once the whole is read
                self.validated(name, schema.NodeEntry)
                self.check_included(self.document(name).data)

    def with_common(self, file: schema.ModelFile) -> schema.ModelFile:
        """The model with what it shares; its own entries come first and take the place of shared ones."""
        common = self._shared("model.yaml", file.common, schema.CommonFile)
        if common is None:
            return file
        root, provenance = common.root, common.provenance
        return file.model_copy(
            update={
                **{key: {**getattr(common, key), **getattr(file, key)} for key in _SHARED_TABLES},
                "root": root.model_copy(update=_written(file.root)),
                "provenance": provenance.model_copy(update=_written(file.provenance)),
            }
        )

    def with_common_sources(self, file: schema.SourcesFile) -> schema.SourcesFile:
        """The sources together with those of the model beside it."""
        common = self._shared("sources.yaml", file.common, schema.SourcesFile)
        return file if common is None else file.model_copy(update={"sources": {**common.sources, **file.sources}})

    def _shared(self, name: str, shared: str | None, kind: type[yamlfile.Schema]) -> yamlfile.Schema | None:
        if shared is None:
            return None
        where = self.document(name).where(("common",))
        if not lies_beside(self.folder, shared):
            self.issues.append(outside(where, shared))
            return None
        try:
            return self.validated(shared, kind)
        except Unreadable as found:
            self.issues.extend(replace(issue, where=where) for issue in found.issues)
            return None


_SHARED_TABLES = ("level_names", "kinds", "offices", "documents")


def _written(value: schema.Yaml) -> dict[str, Any]:
    """The fields of a value that its file states."""
    return {name: getattr(value, name) for name in value.model_fields_set}


def _shown(path: Path) -> str:
    """A path as messages show it: relative to the working folder where it lies below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return os.path.normpath(path)


@dataclass
class _Given:
    """Where a piece of YAML stands: the document and the path inside it."""

    document: Document
    path: _Path

    def at(self, *steps: Any) -> Where:
        return self.document.where((*self.path, *steps))

    def deeper(self, *steps: Any) -> _Given:
        return _Given(self.document, (*self.path, *steps))


class _Resolver:
    """Fills in what the YAML leaves out and builds the tree."""

    def __init__(self, reading: _Reading, file: schema.ModelFile, sources: schema.SourcesFile) -> None:
        self.reading, self.file, self.sources = reading, file, sources
        self.nodes: dict[str, tree.Node] = {}
        self.missing_origin: set[tuple[str, int | None]] = set()
        self.whole = True  # until a file of it cannot be read

    def model(self) -> tree.Model:
        file = self.file
        given = _Given(self.reading.document("model.yaml"), ())
        self._root(file, given.deeper("root"))
        return tree.Model(
            id=file.id,
            version=file.version,
            title=file.title.text(),
            short=(file.short or file.title).text(),
            about=file.about.text(),
            status=file.status,
            notice=file.notice.text(),
            subject=file.subject.text(),
            scale=tree.Scale(
                min=file.scale.min,
                max=file.scale.max,
                digits=file.scale.digits,
                mode=file.scale.mode,
                compare=file.scale.compare,
            ),
            inner=file.inner,
            index=file.index.text() if file.index else None,
            level_names={name: self._level_names(name, entries, given) for name, entries in file.level_names.items()},
            kinds={name: tree.Kind(name, kind.title.text()) for name, kind in file.kinds.items()},
            offices={name: words.text() for name, words in file.offices.items()},
            documents={name: words.text() for name, words in file.documents.items()},
            sources={name: _source(name, entry) for name, entry in self.sources.sources.items()},
            nodes=self.nodes,
            folder=str(self.reading.folder),
        )

    def _level_names(self, name: str, entries: Sequence[schema.LevelName], given: _Given) -> tuple[tree.LevelName, ...]:
        return tuple(
            tree.LevelName(
                number=index + 1,
                name=entry.name.text(),
                meaning=_text(entry.meaning),
                aliases=entry.aliases,
                colour=entry.colour,
                origin=self._origin(entry, "levels", [self.file.provenance], given.at("level_names", name, index)),
                where=given.at("level_names", name, index),
            )
            for index, entry in enumerate(entries)
        )

    def _root(self, file: schema.ModelFile, given: _Given) -> None:
        root = file.root
        default = next(iter(file.level_names), None)
        provenance = [file.provenance]
        levels = self._levels(root.levels, default, given)
        gates = self._gates(dict(root.gates), root.requires, self._count(levels), provenance, given)
        self.nodes[file.id] = tree.Node(
            id=file.id,
            kind="model",
            title=(root.title or file.title).text(),
            about=file.about.text(),
            code=None,
            parent=None,
            children=(),
            weight=Fraction(1),
            weight_origin=self._origin(schema.Claim(), "weights", provenance, given.at()),
            levels=levels,
            answer=None,
            real=False,
            may_not_apply=False,
            aggregate=root.aggregate or "mean",
            round=root.round,
            gates=gates,
            criteria={},
            quantity=None,
            open=self._open(root.open, provenance, given.deeper("open")),
            origin=self._origin(schema.Claim(), "structure", provenance, given.at()),
            where=given.at(),
        )
        self._children(file.id, root.children, levels, provenance, False, given, ())

    def _children(
        self,
        parent: str,
        entries: Sequence[schema.NodeEntry | schema.Include],
        levels: str | None,
        provenance: list[schema.Provenance],
        may_not_apply: bool,
        given: _Given,
        trail: tuple[str, ...],
    ) -> None:
        ids: list[str] = []
        for index, child in enumerate(entries):
            here = given.deeper("children", index)
            if isinstance(child, schema.Include):
                included = self._included(child, here, trail)
                if included is None:
                    self.whole = False
                    continue
                entry, here, below = included
            else:
                entry, below = child, trail
            if entry.id in self.nodes:
                self._fault(
                    here.at("id"),
                    Text(
                        f"Id “{entry.id}” sudah dipakai di {self.nodes[entry.id].where}.",
                        f"The id “{entry.id}” is already used at {self.nodes[entry.id].where}.",
                    ),
                    Text(
                        "Beri id lain; id harus unik di seluruh model.",
                        "Give another id; ids are unique in a model.",
                    ),
                )
                entry = _renamed(entry, self.nodes)  # so that what is below it is checked as well
            ids.append(entry.id)
            self._node(parent, entry, levels, provenance, may_not_apply, here, below)
        self.nodes[parent] = _with_children(self.nodes[parent], tuple(ids))

    def _included(
        self, include: schema.Include, given: _Given, trail: tuple[str, ...]
    ) -> tuple[schema.NodeEntry, _Given, tuple[str, ...]] | None:
        name = include.include
        path = str((self.reading.folder / name).resolve())
        if not lies_beside(self.reading.folder, name):
            self.reading.issues.append(outside(given.at("include"), name))
            return None
        if path in trail:
            self._fault(
                given.at("include"),
                Text(f"“{name}” memuat dirinya sendiri.", f"“{name}” includes itself."),
                Text("Hapus include ini.", "Remove this include."),
            )
            return None
        if not self._include_is_sound(include, given):
            return None
        try:
            document = adapted(self.reading.document(name), include, self.file.wordings)
            return yamlfile.validate(document, schema.NodeEntry), _Given(document, ()), (*trail, path)
        except Unreadable as found:
            for issue in found.issues:
                self._fault(
                    given.at("include"), Text(f"{name}: {issue.what.id}", f"{name}: {issue.what.en}"), issue.remedy
                )
        except FaultsFound as found:
            self.reading.issues.extend(found.issues)
        return None

    def _include_is_sound(self, include: schema.Include, given: _Given) -> bool:
        """Whether what is left out, added to or re-worded is there."""
        before = len(self.reading.issues)
        if include.wording is not None and include.wording not in self.file.wordings:
            self.reading.issues.append(no_wording(given.at("wording"), include.wording, self.file.wordings))
        try:
            data = self.reading.document(include.include).data
        except (FaultsFound, Unreadable):
            return True  # said when the file itself is read
        nodes, criteria = ids_below(data), frozenset(criteria_below(data))
        parts = (
            ("without", include.without, nodes),
            ("add", include.add, nodes),
            ("applies", include.applies, criteria),
        )
        for key, named, known in parts:
            for step, name in enumerate(named):
                if name not in known:
                    self._fault(
                        given.at(key, name if key == "add" else step),
                        Text(f"“{name}” tidak ada dalam {include.include}.", f"“{name}” is not in {include.include}."),
                        did_you_mean(name, known) or Text("Sebutkan id di berkas itu.", "Name an id in that file."),
                    )
        return len(self.reading.issues) == before

    def _node(
        self,
        parent: str,
        entry: schema.NodeEntry,
        inherited_levels: str | None,
        provenance: list[schema.Provenance],
        may_not_apply: bool,
        given: _Given,
        trail: tuple[str, ...],
    ) -> None:
        kind = self.file.kinds.get(entry.kind)
        if kind is None:
            self._fault(
                given.at("kind"),
                Text(
                    f"Jenis “{entry.kind}” tidak didefinisikan di model.yaml.",
                    f"The kind “{entry.kind}” is not defined in model.yaml.",
                ),
                did_you_mean(entry.kind, self.file.kinds)
                or Text(f"Yang ada: {', '.join(self.file.kinds)}.", f"There are: {', '.join(self.file.kinds)}."),
            )
            kind = schema.Kind(title=schema.Bilingual(id=entry.kind, en=entry.kind))
            self.whole = False
        levels = self._levels(entry.levels, inherited_levels, given)
        provenance = [entry.provenance, *provenance] if entry.provenance else provenance
        applies = entry.may_not_apply if entry.may_not_apply is not None else may_not_apply
        # a node's own kind of answer; a node with children is never answered itself
        inner = bool(entry.children) or entry.open is not None
        answer = None if inner else (entry.answer or kind.answer)
        criteria = self._criteria(entry, provenance, given)
        measured = entry.quantity or (None if inner else kind.quantity)
        quantity = self._quantity(measured, provenance, given.deeper("quantity"))
        gates = self._gates(
            {**kind.gates, **(entry.gates or {})}, entry.requires, self._count(levels), provenance, given,
            quantity=quantity, own=entry.gates or {},
        )  # fmt: skip
        self.nodes[entry.id] = tree.Node(
            id=entry.id,
            kind=entry.kind,
            title=entry.title.text(),
            about=_text(entry.about),
            code=entry.code,
            parent=parent,
            children=(),
            weight=entry.weight or tree.ONE,
            weight_origin=self._weight_origin(parent, entry, provenance, given),
            levels=levels,
            answer=answer,
            real=entry.real if entry.real is not None else kind.real,
            may_not_apply=applies,
            aggregate=entry.aggregate or kind.aggregate or "mean",
            round=entry.round,
            gates=gates,
            criteria=criteria,
            quantity=quantity,
            open=self._open(entry.open, provenance, given.deeper("open")),
            origin=self._origin(entry, "structure", provenance, given.at()),
            where=given.at("id"),
        )
        self._children(entry.id, entry.children, levels, provenance, applies, given, trail)

    def _weight_origin(
        self, parent: str, entry: schema.NodeEntry, provenance: list[schema.Provenance], given: _Given
    ) -> tree.Origin | None:
        """What the weight rests on; nothing where the weights of the siblings are unpublished."""
        if self.nodes[parent].aggregate == "unknown-weights":
            return None
        return self._origin(entry.weight_claim or schema.Claim(), "weights", provenance, given.at("weight"))

    def _levels(self, named: str | None, inherited: str | None, given: _Given) -> str | None:
        """The sequence of levels of a node: its own, or that of the node above."""
        if named is None or named in self.file.level_names:
            return named or inherited
        known = ", ".join(self.file.level_names)
        self._fault(
            given.at("levels"),
            Text(
                f"Deret level “{named}” tidak ada di model.yaml.",
                f"There is no sequence of levels “{named}” in model.yaml.",
            ),
            did_you_mean(named, self.file.level_names)
            or Text(
                f"Tulis di level_names. Yang ada: {known or '–'}.",
                f"Write it in level_names. There are: {known or '–'}.",
            ),
        )
        return inherited

    def _count(self, levels: str | None) -> int:
        return len(self.file.level_names.get(levels, ())) if levels else 0

    def _criteria(
        self, entry: schema.NodeEntry, provenance: list[schema.Provenance], given: _Given
    ) -> Mapping[int, tuple[tree.Criterion, ...]]:
        def criterion(level: int, index: int, written: schema.CriterionEntry, count: int) -> tree.Criterion:
            here = given.deeper("criteria", level, index)
            return tree.Criterion(
                id=criterion_id(entry.id, level, index, count),
                indicator=entry.id,
                level=level,
                text=written.text.text(),
                evidence=tuple(words.text() for words in written.evidence),
                action=_action(written.action),
                weight=written.weight or tree.ONE,
                may_not_apply=bool(written.may_not_apply),
                origin=self._origin(written, "criteria", provenance, here.at()),
                where=here.at(),
            )

        return {
            level: tuple(criterion(level, index, written, len(entries)) for index, written in enumerate(entries))
            for level, entries in sorted(entry.criteria.items())
        }

    def _gates(
        self,
        written: Mapping[Any, schema.Gate],
        requires: Sequence[schema.RequiresEdge],
        count: int,
        provenance: list[schema.Provenance],
        given: _Given,
        quantity: tree.Quantity | None = None,
        own: Mapping[Any, schema.Gate] | None = None,
    ) -> Mapping[int, tuple[tree.Clause, ...]]:
        """The clauses of each level; a gate of a level of its own replaces that of its kind."""
        if not written and not requires:
            return {}
        gates: dict[int, list[tree.Clause]] = {level: [] for level in range(2, count + 1)}
        for level, clauses in gates.items():
            key: int | str = level if level in written else "every"
            for index, clause in enumerate(written.get(key, ())):
                if clause.clause == "target" and (quantity is None or level not in quantity.targets):
                    continue
                from_kind = own is not None and key not in own
                where = given.at() if from_kind else given.at("gates", key, index)
                clauses.append(self._clause(clause, level, provenance, where))
        for stray in sorted(key for key in written if key != "every" and key not in gates):
            self._fault(
                given.at("gates", stray),
                Text(
                    f"Gerbang untuk level {stray}, yang tidak ada: deret levelnya berisi {count}.",
                    f"A gate for level {stray}, which does not exist: its sequence has {count} levels.",
                ),
                Text(
                    "Hapus gerbang itu, atau pakai deret level yang lebih panjang.",
                    "Remove the gate, or use a longer sequence of levels.",
                ),
            )
        for index, edge in enumerate(requires):
            where = given.at("requires", index)
            if edge.at not in gates:
                self._fault(
                    where,
                    Text(
                        f"Syarat pada level {edge.at}: simpul ini tidak mempunyai level itu.",
                        f"A requirement at level {edge.at}: this node has no such level.",
                    ),
                    Text(f"Pakai level 2 sampai {max(count, 2)}.", f"Use a level from 2 to {max(count, 2)}."),
                )
                continue
            gates[edge.at].append(
                tree.Requires(
                    node=self.file.id if edge.node == "overall" else edge.node,
                    level=edge.level,
                    reason=edge.reason.text(),
                    origin=self._origin(edge, "requires", provenance, where),
                    where=where,
                )
            )
        return {level: tuple(clauses) for level, clauses in gates.items()}

    def _clause(
        self, clause: schema.Clause, level: int, provenance: list[schema.Provenance], where: Where
    ) -> tree.Clause:
        origin, reason = self._origin(clause, "gates", provenance, where), _text(clause.reason)
        match clause:
            case schema.ChildrenClause():
                return tree.Children(
                    rule=clause.rule,
                    at=clause.at or level,
                    share=clause.share,
                    weighted=clause.weighted,
                    rounding=clause.rounding,
                    of=clause.of,
                    reason=reason,
                    origin=origin,
                    where=where,
                )
            case schema.CriteriaClause():
                return tree.Criteria(clause.share, clause.at, clause.evidence, reason, origin, where)
            case schema.ScoreClause():
                return tree.Score(clause.cutoff, clause.inclusive, reason, origin, where)
            case schema.TargetClause():
                return tree.Target(reason, origin, where)

    def _quantity(
        self, written: schema.Quantity | None, provenance: list[schema.Provenance], given: _Given
    ) -> tree.Quantity | None:
        if written is None:
            return None
        return tree.Quantity(
            title=written.title.text(),
            unit=written.unit.text(),
            direction=written.direction,
            least=written.least,
            most=written.most,
            min=written.min,
            max=written.max,
            logarithm=written.logarithm,
            targets=dict(sorted(written.targets.items())),
            publisher=written.publisher,
            bands=tuple(tree.Band(band.start, band.score) for band in written.bands),
            cohort=self._cohort(written.cohort, provenance, given.deeper("cohort")),
            origin=self._origin(written, "quantities", provenance, given.at()),
            where=given.at(),
        )

    def _cohort(
        self, written: schema.Cohort | None, provenance: list[schema.Provenance], given: _Given
    ) -> tree.Cohort | None:
        if written is None:
            return None
        origin = self._origin(written, "quantities", provenance, given.at())
        return tree.Cohort(written.name.text(), written.date.isoformat(), written.mean, written.deviation, origin)

    def _open(
        self, written: schema.OpenRows | None, provenance: list[schema.Provenance], given: _Given
    ) -> tree.OpenRows | None:
        if written is None:
            return None
        quantity = self._quantity(written.quantity, provenance, given.deeper("quantity"))
        return tree.OpenRows(written.kind, written.answer, written.real, quantity)

    def _origin(
        self, claim: schema.Claim, kind: str, provenance: Sequence[schema.Provenance], where: Where
    ) -> tree.Origin:
        """The claim's own source and basis, each inherited from the nearest provenance where it is left out."""
        above = [found for level in provenance if (found := getattr(level, kind)) is not None]
        basis = next((c.basis for c in (claim, *above) if c.basis), None)
        nearest = next((c for c in (claim, *above) if c.source), None)
        if basis is None or nearest is None:
            if (where.file, where.line) not in self.missing_origin:
                self.missing_origin.add((where.file, where.line))
                self._fault(
                    where,
                    Text(
                        "Tidak ada source dan basis untuk pernyataan ini.",
                        "There is no source and basis for this claim.",
                    ),
                    Text(
                        f"Tulis source dan basis di sini, atau di provenance.{kind} di atasnya.",
                        f"Write source and basis here, or in provenance.{kind} above.",
                    ),
                )
            return tree.Origin("ours", "")
        assert nearest.source is not None
        if nearest.source not in self.sources.sources:
            self._fault(
                where,
                Text(
                    f"Sumber “{nearest.source}” tidak ada di sources.yaml.",
                    f"The source “{nearest.source}” is not in sources.yaml.",
                ),
                did_you_mean(nearest.source, self.sources.sources)
                or Text("Tambahkan entri sumbernya.", "Add an entry for it."),
            )
        return tree.Origin(basis, nearest.source, _text(nearest.locator), _text(claim.note or nearest.note))

    def _fault(self, where: Where, what: Text, remedy: Text | None = None) -> None:
        self.reading.issues.append(Issue(where, what, remedy))


def _renamed(entry: schema.NodeEntry, taken: Mapping[str, object]) -> schema.NodeEntry:
    fresh = next(id for n in range(2, len(taken) + 3) if (id := f"{entry.id} ({n})") not in taken)
    return entry.model_copy(update={"id": fresh})


def _with_children(node: tree.Node, children: tuple[str, ...]) -> tree.Node:
    return replace(node, children=children)


def _text(words: schema.Bilingual | None) -> Text | None:
    return words.text() if words else None


def _action(action: schema.Action | None) -> tree.Action | None:
    if action is None:
        return None
    return tree.Action(
        what=action.what.text(),
        effort=action.effort,
        months=action.months,
        owner=action.owner,
        document=action.document,
        nomenclature=action.nomenclature,
    )


def _source(name: str, entry: schema.Source) -> tree.SourceEntry:
    return tree.SourceEntry(name, entry.title, entry.publisher, entry.year, entry.href, _text(entry.note))
