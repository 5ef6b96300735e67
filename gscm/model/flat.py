"""The resolved model as flat JSON: what certificates are bound to, and what the checker and bundles read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from gscm.errors import Where
from gscm.model.tree import Children, Criteria, Model, Origin, Requires, Score, Target

_CLAUSE_NAMES = {Children: "children", Criteria: "criteria", Score: "score", Target: "target", Requires: "requires"}
_LEFT_OUT = {"where", "folder", "weights"}
"""Where things are written; the weights that a file brought stand at their nodes."""


def flat(value: Any) -> Any:
    """Any value of the tree as plain JSON: fractions as "3/2", mappings with string keys, clauses tagged by kind."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple or kind is list:
        return [flat(item) for item in value]
    if kind is Fraction:
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): flat(item) for key, item in value.items()}
    tag, names = _shape(kind)
    plain = {name: flat(getattr(value, name)) for name in names}
    if kind is Origin and value.locator and value.locator.id == value.locator.en:
        plain["locator"] = value.locator.id  # as it was before places could be told in two languages
    return {"clause": tag, **plain} if tag else plain


_PLAIN = frozenset((str, int, bool, type(None)))


@lru_cache(maxsize=64)
def _shape(kind: type) -> tuple[str | None, tuple[str, ...]]:
    """The tag of a clause, and the fields of a class that are part of a resolved model."""
    if not is_dataclass(kind) or kind is Where:
        raise TypeError(f"{kind.__name__} has no place in a resolved model")
    return _CLAUSE_NAMES.get(kind), tuple(f.name for f in fields(kind) if f.name not in _LEFT_OUT)


@lru_cache(maxsize=16)
def flat_model(model: Model) -> dict[str, Any]:
    """The whole model as plain JSON; the same model gives the same JSON wherever its files lie."""
    plain: dict[str, Any] = flat(model)
    return plain


def canonical(value: Any) -> str:
    """JSON with one spelling only: sorted keys, no spaces, no escapes for letters."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


@lru_cache(maxsize=16)
def model_digest(model: Model) -> str:
    """The hash that a certificate states of the model."""
    return digest(flat_model(model))
