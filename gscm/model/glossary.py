"""The terms of a model, in both languages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from gscm import yamlfile
from gscm.errors import FaultsFound, Unreadable
from gscm.i18n import Text
from gscm.model.include import lies_beside, no_wording, outside, reworded
from gscm.model.schema import GlossaryFile, ModelFile, TermEntry
from gscm.model.tree import Model


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the field and what the model means by it."""

    term: Text
    meaning: Text


def load_glossary(model: Model) -> tuple[Term, ...]:
    """The terms of the model's `glossary.yaml` with those it takes from a model beside it; () if it has none.

    A term of its own takes the place of a common one that is the same in Indonesian; its new terms come last.
    Raises Unreadable or FaultsFound.
    """
    folder = Path(model.folder)
    if not (folder / "glossary.yaml").is_file():
        return ()
    document = yamlfile.read(folder / "glossary.yaml")
    file = yamlfile.validate(document, GlossaryFile)
    entries = (*_common(folder, document, file), *file.terms)
    return tuple({(term := entry.term.text()).id: Term(term, entry.meaning.text()) for entry in entries}.values())


def _common(folder: Path, document: yamlfile.Document, file: GlossaryFile) -> tuple[TermEntry, ...]:
    """The terms of the glossary beside it, in this model's words."""
    if file.common is None:
        return ()
    where = document.where(("common",))
    if not lies_beside(folder, file.common):
        raise FaultsFound(outside(where, file.common))
    try:
        common = yamlfile.read(folder / file.common)
    except Unreadable as found:
        raise Unreadable(replace(issue, where=where) for issue in found.issues) from None
    if file.wording is not None:
        wordings = yamlfile.validate(yamlfile.read(folder / "model.yaml"), ModelFile).wordings
        if file.wording not in wordings:
            raise FaultsFound(no_wording(document.where(("wording",)), file.wording, wordings))
        common = reworded(common, wordings[file.wording])
    return yamlfile.validate(common, GlossaryFile).terms
