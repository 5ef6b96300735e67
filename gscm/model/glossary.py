"""The terms of a model, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gscm import yamlfile
from gscm.i18n import Text
from gscm.model.schema import GlossaryFile
from gscm.model.tree import Model


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the field and what the model means by it."""

    term: Text
    meaning: Text


def load_glossary(model: Model) -> tuple[Term, ...]:
    """The model's terms in the order of its `glossary.yaml`, () if it has none. Raises Unreadable or FaultsFound."""
    path = Path(model.folder) / "glossary.yaml"
    if not path.is_file():
        return ()
    file = yamlfile.validate(yamlfile.read(path), GlossaryFile)
    return tuple(Term(entry.term.text(), entry.meaning.text()) for entry in file.terms)
