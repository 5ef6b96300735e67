"""A data package (datapackage.json and its tables) as one zip, in the terms of the Data Package standard.

Its profile is that of tabular data packages of version 1, which programs in use today check; what version 2 adds
(`$schema`, `categories`) stands beside it. The zip has no times, so the same tables give the same bytes; tables are
written row by row.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Literal

from gscm.formats.answers_csv import csv_text
from gscm.i18n import Language, Text

DESCRIPTOR = "datapackage.json"
_PROFILE, _RESOURCE = "tabular-data-package", "tabular-data-resource"
_V2 = "https://datapackage.org/profiles/2.0/datapackage.json"


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `refers` is the resource and field whose values it holds; `categories` name its values."""

    name: str
    type: Literal["string", "integer", "number", "datetime"]
    title: Text
    constraints: Mapping[str, Any] = field(default_factory=dict)
    categories: Mapping[int, Text] = field(default_factory=dict)
    refers: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """A table: its rows are texts, `missing` the texts that stand for no value. `key` are the fields of its key."""

    name: str
    title: Text
    description: Text
    fields: tuple[Field, ...]
    rows: Iterable[Sequence[str]]
    missing: tuple[str, ...] = ("",)
    key: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"data/{self.name}.csv"


def write_package(
    file: IO[bytes],
    about: Mapping[str, Any],
    resources: Sequence[Resource],
    texts: Mapping[str, str],
    language: Language,
) -> None:
    """Write the package: its tables, what describes them (led by `about`), and `texts` by the name of their file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        described = [_write(package, one, language) for one in resources]
        descriptor = {"$schema": _V2, "profile": _PROFILE, **about, "resources": described}
        for name, text in {**texts, DESCRIPTOR: _json(descriptor)}.items():
            package.writestr(_member(name), text.encode(), zipfile.ZIP_DEFLATED)


def _write(package: zipfile.ZipFile, one: Resource, language: Language) -> dict[str, Any]:
    """Write a table; gives its description, with the hash and the size of what was written."""
    digest, size = hashlib.sha256(), 0
    with package.open(_member(one.path), "w") as member:
        for line in csv_text([column.name for column in one.fields], one.rows):
            raw = line.encode()
            digest.update(raw)
            size += len(raw)
            member.write(raw)
    return {
        "name": one.name,
        "profile": _RESOURCE,
        "path": one.path,
        "title": one.title[language],
        "description": both(one.description),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": size,
        "hash": f"sha256:{digest.hexdigest()}",
        "schema": _schema(one, language),
    }


def _schema(one: Resource, language: Language) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [dict(_field(column, language)) for column in one.fields],
        "missingValues": list(one.missing),
    }
    if one.key:
        schema["primaryKey"] = list(one.key)
    if keys := [_foreign(column) for column in one.fields if column.refers]:
        schema["foreignKeys"] = keys
    return schema


def _field(column: Field, language: Language) -> Iterator[tuple[str, Any]]:
    yield "name", column.name
    yield "type", column.type
    yield "title", column.title[language]
    yield "description", both(column.title)
    if column.constraints:
        yield "constraints", dict(column.constraints)
    if column.categories:
        yield "categories", [{"value": value, "label": text[language]} for value, text in column.categories.items()]


def _foreign(column: Field) -> dict[str, Any]:
    assert column.refers is not None
    resource, name = column.refers
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [name]}}


def both(text: Text) -> str:
    """A text in both languages, where the standard has room for one."""
    return text.id if text.id == text.en else f"{text.id} / {text.en}"


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
    return info


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
