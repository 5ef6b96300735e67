"""From YAML to Crosswalks: sides bound to the models they name, every fault collected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from gscm import resources, yamlfile
from gscm.crosswalk.check import faults_of
from gscm.crosswalk.crosswalk import Crosswalk, Link, Side
from gscm.crosswalk.schema import CrosswalkFile, MappingEntry
from gscm.errors import BadUse, FaultsFound, Issue, Where, did_you_mean, in_order
from gscm.i18n import Text
from gscm.model.load import find_model, load_model
from gscm.model.tree import Model
from gscm.yamlfile import Document


def shipped_crosswalks() -> tuple[str, ...]:
    """The ids of the crosswalks that come with gscm, sorted."""
    return tuple(sorted(file.stem for file in (resources.folder("models") / "crosswalks").glob("*.yaml")))


def find_crosswalk(name: str) -> Path:
    """The file of a crosswalk given by id or by file. Raises BadUse naming the known ones."""
    shipped = resources.folder("models") / "crosswalks" / f"{name}.yaml"
    for candidate in (Path(name), shipped):
        if candidate.suffix == ".yaml" and candidate.is_file():
            return candidate
    known = ", ".join(shipped_crosswalks())
    raise BadUse(
        Issue(
            None,
            Text(f"Padanan “{name}” tidak ditemukan.", f"There is no crosswalk “{name}”."),
            did_you_mean(name, shipped_crosswalks())
            or Text(
                f"Sebutkan berkas padanan, atau salah satu dari: {known}.",
                f"Name the file of a crosswalk, or one of: {known}.",
            ),
        )
    )


def load_crosswalks(paths: Sequence[Path], known: Sequence[Model] = ()) -> tuple[Crosswalk, ...]:
    """Load and check crosswalks; models that are named by id and are among `known` are not read again.

    Raises Unreadable, or FaultsFound with every fault of all the files at once.
    """
    library = _Library(known)
    found: list[Crosswalk] = []
    issues: list[Issue] = []
    for path in paths:
        try:
            found.append(_load(path, library))
        except FaultsFound as faults:
            issues.extend(faults.issues)
    if issues:
        raise FaultsFound(in_order(issues))
    return tuple(found)


def crosswalks_between(near: Model, far: Model) -> tuple[Crosswalk, ...]:
    """The shipped crosswalks that connect two models, whichever way round they are written."""
    paths = [
        path
        for path in map(find_crosswalk, shipped_crosswalks())
        if _connects(yamlfile.validate(yamlfile.read(path), CrosswalkFile), near.id, far.id)
    ]
    return load_crosswalks(paths, (near, far))


def _connects(file: CrosswalkFile, near: str, far: str) -> bool:
    return (near in file.from_ and far in file.to) or (far in file.from_ and near in file.to)


class _Library:
    """Models, each read once: by id, or by the folder they lie in."""

    def __init__(self, known: Sequence[Model]) -> None:
        self.models = {model.id: model for model in known}

    def model(self, name: str, beside: Path) -> Model:
        """Raises BadUse where there is no such model, FaultsFound where it has faults."""
        if name in self.models:
            return self.models[name]
        folder = find_model(name, beside).resolve()
        found = self.models.get(str(folder)) or load_model(folder)
        self.models |= {name: found, str(folder): found}
        return found


def _load(path: Path, library: _Library) -> Crosswalk:
    document = yamlfile.read(path)
    file = yamlfile.validate(document, CrosswalkFile)
    near, far = _models(document, "from", file.from_, library), _models(document, "to", file.to, library)
    links = tuple(_link(file, entry, document.where(("mappings", i))) for i, entry in enumerate(file.mappings))
    issues = [*_on_both_sides(document, near, far), *faults_of(links, near, far)]
    if issues:
        raise FaultsFound(in_order(issues))
    return Crosswalk(
        id=file.id,
        version=file.version,
        title=file.title.text(),
        about=file.about.text(),
        basis=file.basis,
        source=file.source.text(),
        near=near,
        far=far,
        links=links,
    )


def _models(document: Document, key: str, names: Sequence[str], library: _Library) -> tuple[Model, ...]:
    beside, issues, found = Path(document.file).parent, list[Issue](), list[Model]()
    for index, name in enumerate(names):
        try:
            found.append(library.model(name, beside))
        except BadUse as unknown:
            issues += [replace(issue, where=document.where((key, index))) for issue in unknown.issues]
        except FaultsFound as faults:
            issues += faults.issues
    if issues:
        raise FaultsFound(issues)
    return tuple(found)


def _link(file: CrosswalkFile, entry: MappingEntry, where: Where) -> Link:
    return Link(
        near=side_of(entry.from_),
        far=side_of(entry.to),
        relation=entry.relation,
        reason=entry.reason.text(),
        basis=entry.basis or file.basis,
        only=frozenset(entry.only),
        crosswalk=file.id,
        where=where,
    )


def side_of(text: str) -> Side:
    """“i13” or “i13@3” as a side."""
    id, _, level = text.partition("@")
    return Side(id, int(level) if level else None)


def _on_both_sides(document: Document, near: Sequence[Model], far: Sequence[Model]) -> Iterator[Issue]:
    for model in near:
        if model.id in {other.id for other in far}:
            yield Issue(
                document.where(("to",)),
                Text(f"Model {model.id} tertulis pada kedua sisi.", f"The model {model.id} stands on both sides."),
                Text("Padanan menghubungkan dua model yang berbeda.", "A crosswalk connects two different models."),
            )
