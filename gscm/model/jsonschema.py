"""JSON Schemas for editors, generated from the classes that read the files."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from gscm.model import schema

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(kind: type[BaseModel], title: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file."""
    return {"$schema": _DRAFT, **kind.model_json_schema(by_alias=True), "title": title}


MODEL_FILES: dict[str, type[BaseModel]] = {
    "model": schema.ModelFile,
    "common": schema.CommonFile,
    "node": schema.NodeEntry,
    "sources": schema.SourcesFile,
    "glossary": schema.GlossaryFile,
}
