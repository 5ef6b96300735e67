"""Strict YAML: a file becomes plain values with the line of every key, or every fault in it at once.

Stricter than YAML on purpose: no anchors, aliases, tags or repeated keys; only `true` and `false`
are booleans (`yes`, `No` stay words); numbers are read from their digits, never through a binary
float. The document is built from the parser's events, so that size and depth are bounded before
anything is composed (libyaml's composer overflows its stack on deep nesting).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gscm.errors import FaultsFound, Issue, Unreadable, Where, did_you_mean, in_order
from gscm.i18n import Text, same

Schema = TypeVar("Schema", bound=BaseModel)

MAX_BYTES = 5_000_000
MAX_DEPTH = 60
MAX_VALUES = 400_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+\Z")
_FIGURES = frozenset("+-0123456789")
_CONSTANTS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}


class Map(dict[Hashable, Any]):
    """A mapping that knows the line of each of its keys; and its file, where that is not the document's."""

    __slots__ = ("file", "lines")

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[Hashable, int] = {}
        self.file: str | None = None


class Seq(list[Any]):
    """A sequence that knows the line of each of its items."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: plain values below `data`, and where each stands."""

    file: str
    data: Any
    faults: tuple[Issue, ...] = ()
    """What is wrong with it as YAML and yet lets it be read on: repeated keys. `validate` tells them with the rest."""

    def where(self, path: tuple[Any, ...] = ()) -> Where:
        """The place of the value at `path`; the nearest line above it if the path ends early."""
        file, line, here = self.file, 1, self.data
        for step in path:
            known = step in here if isinstance(here, Map) else isinstance(here, Seq) and step in range(len(here))
            if not known:
                break
            line = here.lines[step]
            if isinstance(here, Map) and here.file:
                file = here.file
            here = here[step]
        if isinstance(here, Map) and here.file:
            file = here.file
        return Where(file, line)


def read(path: Path, shown: str | None = None) -> Document:
    """Read one YAML file; `shown` is the name that messages use for it.

    Raises Unreadable (missing, a folder, no permission, too large, not text) or FaultsFound
    (not YAML, or YAML that is not accepted).
    """
    name = shown or str(path)
    return parse(_text(path, name), name)


def _text(path: Path, name: str) -> str:
    where = Where(name)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(_too_large(where))
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable(
            Issue(
                where,
                Text("Berkas ini tidak ada.", "There is no such file."),
                Text("Periksa namanya dan foldernya.", "Check its name and its folder."),
            )
        ) from None
    except IsADirectoryError:
        raise Unreadable(
            Issue(
                where,
                Text("Ini folder, bukan berkas.", "This is a folder, not a file."),
                Text("Sebutkan berkas YAML di dalamnya.", "Name a YAML file inside it."),
            )
        ) from None
    except OSError as error:
        raise Unreadable(
            Issue(
                where,
                Text(f"Berkas tidak dapat dibaca ({error.strerror}).", f"The file cannot be read ({error.strerror})."),
                Text("Periksa izin aksesnya.", "Check its permissions."),
            )
        ) from None
    if len(raw) > MAX_BYTES:
        raise Unreadable(_too_large(where))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(
            Issue(
                where,
                Text("Berkas ini bukan teks UTF-8.", "This file is not UTF-8 text."),
                Text("Simpan kembali sebagai YAML dengan pengodean UTF-8.", "Save it again as YAML in UTF-8."),
            )
        ) from None


def _too_large(where: Where) -> Issue:
    return Issue(
        where,
        Text(f"Berkas melebihi {MAX_BYTES // 1_000_000} MB.", f"The file is larger than {MAX_BYTES // 1_000_000} MB."),
        Text("Pecah menjadi beberapa berkas.", "Split it into several files."),
    )


def parse(text: str, name: str) -> Document:
    """Parse YAML text; see `read`."""
    try:
        builder = _Builder(name)
        return Document(name, builder.build(_LOADER(text)), tuple(builder.faults))
    except yaml.YAMLError as error:
        raise FaultsFound(_syntax(name, error, text)) from None


def _syntax(name: str, error: yaml.YAMLError, text: str) -> Issue:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    line = mark.line + 1 if mark else None
    written = text.splitlines()[mark.line : mark.line + 1] if mark else []
    if written and "\t" in written[0][: len(written[0]) - len(written[0].lstrip())]:
        return Issue(
            Where(name, line),
            Text(
                "Ada tab di sini; lekukan YAML ditulis dengan spasi.",
                "There is a tab here; YAML is indented by spaces.",
            ),
            Text("Ganti tab itu dengan dua spasi.", "Put two spaces in place of the tab."),
        )
    return Issue(
        Where(name, line),
        Text(f"Ini bukan YAML yang sah: {problem}.", f"This is not valid YAML: {problem}."),
        Text(
            "Periksa lekukan, titik dua, dan tanda kutip pada baris ini dan baris sebelumnya.",
            "Check indentation, colons and quotes on this line and the one before.",
        ),
    )


class _Builder:
    """Builds values from parser events with an explicit stack: depth never becomes recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Issue] = []
        self.values = 0

    def build(self, parser: Any) -> Any:
        """The value of the one document that the parser reads."""
        root: list[Any] = []
        stack: list[tuple[Map | Seq | None, Any]] = []  # what stands around `parent`, with the key it waits for
        parent: Map | Seq | None = None
        key: Any = _NO_KEY  # the pending key of `parent`; _NO_KEY where a key is due
        while (event := parser.get_event()) is not None:
            kind = type(event)
            if kind in _ENDS:
                parent, key = stack.pop()
                continue
            if kind is yaml.ScalarEvent:
                value = _plain(event.value) if event.implicit[0] else event.value
            elif kind in _STARTS:
                value = _STARTS[kind]()
            else:
                self._single(event, root)
                continue
            if event.anchor or event.tag:
                self._plain_only(event)
            self.values += 1
            if self.values > MAX_VALUES:
                self._stop(event, Text("Berkas ini memuat terlalu banyak nilai.", "This file holds too many values."))
            if parent is None:
                root.append(value)
            else:
                key = self._put(parent, key, value, event)
            if kind is not yaml.ScalarEvent:
                stack.append((parent, key))
                parent, key = value, _NO_KEY
                if len(stack) > MAX_DEPTH:
                    self._stop(event, _TOO_DEEP)
        return self._sound(root)

    def _single(self, event: Any, root: list[Any]) -> None:
        """What may stand between values: the frame of one document, and nothing else."""
        if type(event) is yaml.AliasEvent:
            self._stop(event, _NO_ANCHORS)
        if type(event) is yaml.DocumentStartEvent and root:
            self._stop(event, Text("Hanya satu dokumen YAML per berkas.", "Only one YAML document a file."))

    def _sound(self, root: list[Any]) -> Any:
        if not root or root[0] is None:
            raise FaultsFound(
                Issue(
                    Where(self.name, 1),
                    Text("Berkas ini kosong.", "This file is empty."),
                    Text("Isi sesuai contoh pada dokumentasi.", "Fill it in as the documentation shows."),
                )
            )
        return root[0]

    def _put(self, parent: Map | Seq, key: Any, value: Any, event: Any) -> Any:
        """Put a value where it belongs; gives the key that `parent` waits for then."""
        line = event.start_mark.line + 1
        if isinstance(parent, Seq):
            parent.append(value)
            parent.lines.append(line)
            return _NO_KEY
        if key is not _NO_KEY:
            parent[key] = value
            return _NO_KEY
        if isinstance(value, (Map, Seq)):
            self._stop(event, Text("Kunci harus berupa kata atau angka.", "A key must be a word or a number."))
        if value is None or isinstance(value, bool):
            value = event.value  # a key is a word or a number; True would be the same key as 1
        if value in parent:
            self._repeated(parent, value, line)
        parent[value] = None
        parent.lines[value] = line
        return value

    def _repeated(self, parent: Map, key: Any, line: int) -> None:
        self.faults.append(
            Issue(
                Where(self.name, line),
                Text(
                    f"Kunci “{key}” sudah dipakai pada baris {parent.lines[key]}.",
                    f"The key “{key}” already stands on line {parent.lines[key]}.",
                ),
                Text("Hapus atau ganti nama salah satunya.", "Remove or rename one of them."),
            )
        )

    def _plain_only(self, event: Any) -> None:
        if event.anchor:
            self._stop(event, _NO_ANCHORS)
        if event.tag and event.tag != "!":
            self._stop(event, Text("Tag YAML (!) tidak diterima.", "YAML tags (!) are not accepted."))

    def _stop(self, event: Any, what: Text) -> NoReturn:
        raise FaultsFound(
            [
                *self.faults,
                Issue(
                    Where(self.name, event.start_mark.line + 1),
                    what,
                    Text("Tuliskan sebagai nilai biasa.", "Write it as plain values."),
                ),
            ]
        )


_STARTS = {yaml.MappingStartEvent: Map, yaml.SequenceStartEvent: Seq}
_ENDS = {yaml.MappingEndEvent, yaml.SequenceEndEvent}
_NO_KEY = object()
_TOO_DEEP = Text(f"Susunan lebih dalam dari {MAX_DEPTH} tingkat.", f"Nested deeper than {MAX_DEPTH} levels.")
_NO_ANCHORS = Text("Jangkar dan alias YAML (&, *) tidak diterima.", "YAML anchors and aliases (&, *) are not accepted.")


def _plain(text: str) -> Any:
    """What a word without quotes stands for."""
    if text[:1] not in _FIGURES:
        return _CONSTANTS.get(text, text)
    if _INTEGER.match(text) and len(text) <= 18:
        return int(text)
    if _DECIMAL.match(text) and len(text) <= 60:
        return Decimal(text)
    return text


def validate(document: Document, schema: type[Schema]) -> Schema:
    """The document as a frozen value of `schema`. Raises FaultsFound with every fault in it."""
    issues = list(document.faults)
    try:
        value = schema.model_validate(document.data)
    except ValidationError as error:
        issues += [_issue(document, schema, detail) for detail in error.errors(include_url=False, include_context=True)]
    if issues:
        raise FaultsFound(in_order(issues))
    return value


def _issue(document: Document, schema: type[BaseModel], detail: ErrorDetails) -> Issue:
    """One fault that pydantic found, as a sentence about what stands in the file."""
    kind, context, loc = detail["type"], detail.get("ctx", {}), tuple(detail["loc"])
    if kind in _TAGS:
        loc = (*loc, context["discriminator"].strip("'"))
    missing = kind in ("missing", "union_tag_not_found")
    path = _path(document, loc, missing)
    where, key = document.where(path), path[-1] if path else None
    named = _named(document, path)
    if missing:
        return Issue(
            where,
            Text(f"{named.id} belum ada di sini.", f"{named.en} is missing here."),
            Text(f"Tambahkan kunci “{key}”.", f"Add the key “{key}”."),
        )
    if kind == "extra_forbidden":
        known = _known_keys(schema, loc[:-1])
        return Issue(
            where,
            Text(f"Kunci “{key}” tidak dikenal di sini.", f"The key “{key}” is not known here."),
            did_you_mean(str(key), known)
            or Text(f"Yang dikenal: {', '.join(known)}.", f"Known are: {', '.join(known)}."),
        )
    wrong = context.get("error")
    if isinstance(wrong, Wrong):
        return Issue(where, Text(f"{named.id}: {wrong.what.id}", f"{named.en}: {wrong.what.en}"), wrong.remedy)
    expected, value = _expected(kind, context, detail["msg"]), _shown(detail["input"])
    if loc[-1:] == ("[key]",):
        what = Text(f"Kunci {value.id} harus {expected.id}.", f"The key {value.en} must be {expected.en}.")
        return Issue(where, what, _CORRECT)
    if kind in _TAGS:
        value = same(f"“{context['tag']}”")
    return Issue(
        where,
        Text(
            f"{named.id} berisi {value.id}, padahal harus {expected.id}.",
            f"{named.en} holds {value.en}, but must be {expected.en}.",
        ),
        _remedy(kind, detail["input"], context),
    )


def _named(document: Document, path: tuple[Any, ...]) -> Text:
    """What a message calls the value at `path`: its key, or its place in a list."""
    here = document.data
    for step in path[:-1]:
        here = here[step]
    if not path:
        return Text("Isi berkas", "The file")
    if isinstance(here, Seq):
        return Text(f"Butir ke-{path[-1] + 1}", f"Item {path[-1] + 1}")
    return same(f"“{path[-1]}”")


_TAGS = {"union_tag_invalid", "union_tag_not_found"}
_CORRECT = Text("Perbaiki nilainya.", "Correct the value.")


def _path(document: Document, loc: tuple[Any, ...], missing: bool) -> tuple[Any, ...]:
    """The steps of `loc` that the document has: pydantic also names the alternative that it tried."""
    here, path = document.data, []
    for index, step in enumerate(loc):
        known = step in here if isinstance(here, Map) else isinstance(here, Seq) and isinstance(step, int)
        if known:
            here = here[step]
        if known or (missing and index == len(loc) - 1):
            path.append(step)
    return tuple(path)


class Wrong(ValueError):
    """A validator's own sentence about a value."""

    def __init__(self, what: Text, remedy: Text | None = None) -> None:
        super().__init__(what.en)
        self.what, self.remedy = what, remedy


_EXPECTED = {
    "string_type": Text("teks", "text"),
    "string_too_short": Text("teks yang tidak kosong", "text that is not empty"),
    "int_type": Text("bilangan bulat", "a whole number"),
    "bool_type": Text("true atau false", "true or false"),
    "list_type": Text("daftar", "a list"),
    "tuple_type": Text("daftar", "a list"),
    "dict_type": Text("pasangan kunci dan nilai", "keys with values"),
    "model_type": Text("pasangan kunci dan nilai", "keys with values"),
    "model_attributes_type": Text("pasangan kunci dan nilai", "keys with values"),
    "too_short": Text("daftar yang tidak kosong", "a list that is not empty"),
}


_KEYS = Text("Tulis baris-baris “kunci: nilai”.", "Write lines of “key: value”.")
_ITEMS = Text("Awali setiap butir dengan tanda hubung (-).", "Start each item with a hyphen (-).")
_REMEDIES = {
    "bool_type": Text("Tulis true atau false.", "Write true or false."),
    "dict_type": _KEYS,
    "list_type": _ITEMS,
    "model_type": _KEYS,
    "too_short": Text("Isi daftarnya, atau hapus kuncinya.", "Fill the list, or remove the key."),
    "tuple_type": _ITEMS,
}


def _shown(value: Any) -> Text:
    if value is None:
        return Text("nilai kosong", "nothing")
    if isinstance(value, dict):
        return Text("pasangan kunci dan nilai", "keys with values")
    if isinstance(value, (list, tuple)):
        return Text("daftar", "a list")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = text if len(text) <= 40 else text[:39] + "…"
    return Text(f"“{text}”", f"“{text}”")


def _expected(kind: str, context: Mapping[str, Any], message: str) -> Text:
    """What should have stood there."""
    if kind == "too_short" and context["min_length"] > 1:
        least = context["min_length"]
        return Text(f"daftar berisi sedikitnya {least} butir", f"a list of at least {least} entries")
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    words = ", ".join(f"“{word}”" for word in _choices(context))
    if words:
        return Text(f"salah satu dari {words}", f"one of {words}")
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        most = kind == "less_than_equal"
        return Text(f"paling {'banyak' if most else 'sedikit'} {limit}", f"at {'most' if most else 'least'} {limit}")
    return Text(f"nilai lain ({message})", f"another value ({message})")


def _choices(context: Mapping[str, Any]) -> list[str]:
    """The words among which to choose."""
    return re.findall(r"'([^']*)'", str(context.get("expected") or context.get("expected_tags") or ""))


def _remedy(kind: str, value: Any, context: Mapping[str, Any]) -> Text:
    if kind == "string_type" and isinstance(value, (int, Decimal, bool)):
        return Text("Beri tanda kutip agar dibaca sebagai teks.", "Put it in quotes so that it is read as text.")
    word = str(context["tag"] if kind in _TAGS else value)
    return did_you_mean(word, _choices(context)) or _REMEDIES.get(kind, _CORRECT)


def _known_keys(schema: type[BaseModel], path: tuple[Any, ...]) -> tuple[str, ...]:
    """The keys that the schema knows at `path`, found by walking its annotations."""
    here: Any = schema
    for step in path:
        models = _models(here)
        named = [model for model in models if step in _by_alias(model)]
        tagged = [model for model in models if model.__name__ == step or _is_tagged(model, step)]
        here = tagged[0] if tagged else _by_alias(named[0])[step] if named else here
    return tuple(_by_alias(_models(here)[0])) if _models(here) else ()


def _is_tagged(model: type[BaseModel], tag: Any) -> bool:
    """Whether the model is the alternative called `tag`, in a choice that a literal key decides."""
    return any(get_args(field.annotation) == (tag,) for field in model.model_fields.values())


def _by_alias(schema: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in schema.model_fields.items()}


def _models(annotation: Any) -> list[type[BaseModel]]:
    """The pydantic models inside an annotation such as `tuple[Node | Include, ...] | None`, in order."""
    if isinstance(annotation, type) and not get_args(annotation):
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [model for argument in get_args(annotation) for model in _models(argument)]
