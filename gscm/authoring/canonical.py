"""The canonical form of a model's files: which class lays out which file, and what may stand on one line.

What a file says stays what it was: the form is refused, as a fault of this program, if it would read otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gscm import yamlfile
from gscm.cases import CaseFile
from gscm.errors import FaultsFound, Issue, in_order
from gscm.model import schema
from gscm.responses.migration import MigrationFile
from gscm.responses.schema import AnswersFile

if TYPE_CHECKING:
    from pydantic import BaseModel

    from gscm.yamlfile import Document

_BY_NAME: dict[str, type[BaseModel]] = {
    "model.yaml": schema.ModelFile,
    "sources.yaml": schema.SourcesFile,
    "glossary.yaml": schema.GlossaryFile,
    "common.yaml": schema.CommonFile,
    "answers.yaml": AnswersFile,
}
_BY_FOLDER: dict[str, type[BaseModel]] = {"cases": CaseFile, "migrations": MigrationFile}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file, and its text as the canonical form has it."""

    path: Path
    text: str
    changed: bool


def formatted(folder: Path) -> tuple[Formatted, ...]:
    """Every YAML file of a model in canonical form. Raises FaultsFound with the faults of all that cannot be read."""
    found: list[Formatted] = []
    issues: list[Issue] = []
    for path in sorted(folder.rglob("*.yaml")):
        try:
            found.append(_file(path, folder))
        except FaultsFound as fault:
            issues.extend(fault.issues)
    if issues:
        raise FaultsFound(in_order(issues))
    return tuple(found)


def canonical(text: str, name: str, kind: type[BaseModel] | None) -> str:
    """One file in canonical form; of no `kind`, its keys stay where they are. Raises FaultsFound."""
    from gscm.authoring.commented import commented
    from gscm.authoring.layout import Shape, Style, laid_out

    document = yamlfile.parse(text, name)
    if kind is not None:
        yamlfile.validate(document, kind)
    elif document.faults:
        raise FaultsFound(document.faults)
    style = Style(
        opened=frozenset(
            (
                schema.NodeEntry,
                schema.NodeRoot,
                schema.Provenance,
                schema.RequiresEdge,
                schema.CriterionEntry,
                schema.Source,
                schema.TermEntry,
            )
        ),
        embedded=frozenset((schema.ChildrenClause, schema.CriteriaClause, schema.ScoreClause, schema.TargetClause)),
        claim=schema.Claim,
    )
    made = laid_out(commented(text, name), Shape(kind, style))
    if yamlfile.parse(made, name).data != document.data:
        raise AssertionError(f"{name}: the canonical form would say something else")
    return made


def _file(path: Path, folder: Path) -> Formatted:
    text = path.read_text(encoding="utf-8-sig")
    document = yamlfile.read(path)
    made = canonical(text, str(path), kind_of(path.relative_to(folder), document))
    return Formatted(path, made, made != text)


def kind_of(path: Path, document: Document) -> type[BaseModel] | None:
    """The class of a file: by its folder or its name; any other that names an `id` and a `kind` is a node."""
    by_place = _BY_FOLDER.get(path.parts[0]) if len(path.parts) > 1 else _BY_NAME.get(path.name)
    if by_place is not None:
        return by_place
    data = document.data
    return schema.NodeEntry if isinstance(data, dict) and {"id", "kind"} <= set(data) else None
