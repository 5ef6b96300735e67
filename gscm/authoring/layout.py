"""One way of laying out YAML: the rules, and nothing of what the files mean.

* Keys stand in the order in which their class declares them, a class's own before those it inherits, its claim after
  `about`; the keys of a table stay where their author put them, numbers rising.
* A mapping of a class stands on one line, in braces, if it fits there and holds at most one thing that is not a
  single value. A table of single values does so too; a table of anything else has a line for each key.
* A list stands on one line if it fits there and holds single values, or one mapping of a class that may be so
  embedded. Items that hold more than single values stand in braces either all or none.
* A text that does not fit on its line is folded (`>-`). Quotes stand only where the text would be misread.
* Comments stay with what they speak of, and keep it off a single line. Empty lines stay, one at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from gscm import yamlfile
from gscm.authoring.commented import Collection, Commented, Entry, Scalar
from gscm.errors import FaultsFound

WIDTH = 120
_NARROWEST = 40  # texts are folded no narrower, however deep they stand
_STEP = "  "
_PLAIN = re.compile(r"[^\W\d_][\w’()/.%–-]*( [\w’()/.%–-]+)*\Z")
_FIGURE = re.compile(
    r"[-+]?(\.?[0-9][0-9_]*(\.[0-9]*)?([eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+|0o[0-7]+|\.inf)\Z|\.nan\Z", re.IGNORECASE
)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_NO_TEXTS = frozenset(("", "~", "null", "true", "false"))


@dataclass(frozen=True, slots=True)
class Style:
    """Classes laid out in a way of their own: never on one line, or on the line of the list that holds one alone."""

    opened: frozenset[type[BaseModel]] = frozenset()
    embedded: frozenset[type[BaseModel]] = frozenset()
    claim: type[BaseModel] = BaseModel
    """The class whose keys follow `about` where they are inherited; all else inherited comes last."""

    def fields(self, kind: type[BaseModel]) -> dict[str, Any]:
        """What each key of a class holds, in the order in which keys are written: its own before the inherited."""
        kind.model_rebuild()  # fields named before their class was there are known only then
        inherited = {name for above in kind.__mro__[1:] if issubclass(above, BaseModel) for name in above.model_fields}
        own = [name for name in kind.model_fields if name not in inherited]
        claimed = [name for name in self.claim.model_fields if name in inherited] if "about" in own else []
        rest = [name for name in kind.model_fields if name in inherited and name not in claimed]
        at = own.index("about") + 1 if "about" in own else 0
        names = [*own[:at], *claimed, *own[at:], *rest]
        return {kind.model_fields[name].alias or name: kind.model_fields[name].annotation for name in names}


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands at one place of a file: a class, a table of names, or neither where nothing is declared."""

    annotation: Any
    style: Style

    def of(self, annotation: Any) -> Shape:
        return Shape(annotation, self.style)

    def kind(self, collection: Collection) -> type[BaseModel] | None:
        """The class of a mapping: of those that may stand here, the first that knows all its keys."""
        keys = {entry.key.text for entry in collection.entries if entry.key}
        return next((kind for kind in _classes(self.annotation) if keys <= set(self.style.fields(kind))), None)

    def entry(self, kind: type[BaseModel] | None, entry: Entry) -> Shape:
        """What stands under a key, or as an item of a list."""
        if entry.key is None:
            return self.of(next(_items(self.annotation, tuple), None))
        if kind is not None:
            return self.of(self.style.fields(kind)[entry.key.text])
        return self.of(next(_items(self.annotation, dict), None))


def _classes(annotation: Any) -> Iterator[type[BaseModel]]:
    """The classes that may stand at a place: of a choice, each of them."""
    if isinstance(annotation, type) and not get_args(annotation):
        if issubclass(annotation, BaseModel):
            yield annotation
    elif get_origin(annotation) not in (tuple, dict):
        for argument in get_args(annotation):
            yield from _classes(argument)


def _items(annotation: Any, container: type) -> Iterator[Any]:
    """What a list (tuple) or a table (dict) at a place holds."""
    if get_origin(annotation) is container:
        yield get_args(annotation)[1 if container is dict else 0]
    elif get_origin(annotation) not in (tuple, dict):
        for argument in get_args(annotation):
            yield from _items(argument, container)


def laid_out(file: Commented, shape: Shape) -> str:
    """The file as text."""
    head = _spaced(file.head, keep_first=False)
    return "\n".join([*head, *_Layout().lines(file.root, shape, "", first=head[-1:] in ([], [""]))]) + "\n"


class _Layout:
    """Writes values; each method gives lines."""

    def lines(self, collection: Collection, shape: Shape, indent: str, first: bool = True) -> Iterator[str]:
        """The entries of a collection, each from a line of its own."""
        kind = shape.kind(collection) if collection.mapping else None
        entries = _in_order(collection, kind, shape.style)
        if not collection.mapping:
            for entry in entries:
                _hoist(entry, shape.entry(None, entry))
        braces = collection.mapping or self._all_in_braces(collection, shape, indent)
        for number, entry in enumerate(entries):
            for comment in _spaced(entry.before, keep_first=number > 0 or not first):
                yield f"{indent}{comment}" if comment else ""
            may = braces or (isinstance(entry.value, Collection) and _is_simple(entry.value))
            yield from self._entry(entry, shape.entry(kind, entry), indent, may)
            for comment in _spaced(entry.after):
                yield f"{indent}{comment}" if comment else ""

    def _entry(self, entry: Entry, shape: Shape, indent: str, braces: bool) -> Iterator[str]:
        start = f"{indent}{_scalar(entry.key, 'key')}:" if entry.key else f"{indent}-"
        beside = f"  {entry.beside}" if entry.beside else ""
        value = entry.value
        flow = self._flow(value, shape) if braces else None
        if isinstance(value, Scalar):
            yield from _text(start, value, indent, beside)
        elif flow is not None and len(start) + 1 + len(flow) <= WIDTH:
            yield f"{start} {flow}{beside}"
        elif entry.key:
            yield start + beside
            yield from self.lines(value, shape, indent + _STEP)
        else:
            if beside:
                yield f"{indent}{entry.beside}"
            first, *rest = self.lines(value, shape, indent + _STEP)
            yield f"{indent}- {first[len(indent) + len(_STEP) :]}"
            yield from rest

    def _all_in_braces(self, collection: Collection, shape: Shape, indent: str) -> bool:
        """Whether the items of a list that hold more than single values may stand in braces; others do if they fit."""
        larger = [e for e in collection.entries if isinstance(e.value, Collection) and not _is_simple(e.value)]
        flows = [self._flow(entry.value, shape.entry(None, entry)) for entry in larger]
        return all(flow is not None and len(indent) + 2 + len(flow) <= WIDTH for flow in flows)

    def _flow(self, value: Scalar | Collection, shape: Shape) -> str | None:
        """The value on one line in braces; None if it may not stand so, however long it is."""
        if isinstance(value, Scalar):
            return _scalar(value, "flow") if "\n" not in value.text else None
        if any(any(e.before) or e.beside or any(e.after) for e in value.entries):
            return None
        kind = shape.kind(value) if value.mapping else None
        if not self._may(value, kind, shape):
            return None
        entries = _in_order(value, kind, shape.style)
        parts = [self._flow(entry.value, shape.entry(kind, entry)) for entry in entries]
        if None in parts:
            return None
        if not value.mapping:
            return f"[{', '.join(map(str, parts))}]"
        keys = [_scalar(entry.key, "flow") for entry in entries if entry.key]
        return "{" + ", ".join(f"{key}: {part}" for key, part in zip(keys, parts, strict=True)) + "}"

    def _may(self, value: Collection, kind: type[BaseModel] | None, shape: Shape) -> bool:
        """Whether a collection is of those that stand on one line where there is room."""
        inside = [entry.value for entry in value.entries if isinstance(entry.value, Collection)]
        if not inside:
            return kind not in shape.style.opened
        if not value.mapping:
            below = shape.entry(None, value.entries[0])
            return len(value.entries) == 1 and _is_simple(inside[0]) and below.kind(inside[0]) in shape.style.embedded
        table = kind is None and next(_items(shape.annotation, dict), None) is not None
        return not table and kind not in shape.style.opened and len(inside) == 1 and _is_simple(inside[0])


def _in_order(collection: Collection, kind: type[BaseModel] | None, style: Style) -> list[Entry]:
    """The entries as they are to be written."""
    entries = collection.entries
    if not collection.mapping:
        return entries
    if kind is not None:
        place = {key: number for number, key in enumerate(style.fields(kind))}
        return sorted(entries, key=lambda entry: place[entry.key.text] if entry.key else 0)
    if all(entry.key and (entry.key.written is not None or entry.key.text == "every") for entry in entries):
        return sorted(entries, key=lambda entry: _rank(entry.key))
    return entries


def _rank(key: Scalar | None) -> tuple[int, float]:
    """`every` before numbers, numbers rising."""
    try:
        return 1, float(key.written or "") if key else 0
    except ValueError:
        return 0, 0


def _hoist(item: Entry, shape: Shape) -> None:
    """Comments above the first entry in an item of a list stand above the item."""
    if isinstance(item.value, Collection) and item.value.entries:
        kind = shape.kind(item.value) if item.value.mapping else None
        first = _in_order(item.value, kind, shape.style)[0]
        if first.key is None:
            _hoist(first, shape.entry(None, first))
        item.before.extend(first.before)
        first.before = []


def _is_simple(value: Scalar | Collection) -> bool:
    """Whether a collection holds single values only."""
    return isinstance(value, Collection) and all(isinstance(entry.value, Scalar) for entry in value.entries)


def _spaced(comments: list[str] | tuple[str, ...], keep_first: bool = True) -> list[str]:
    """The comments with no more than one empty line in a row."""
    found: list[str] = []
    for comment in comments:
        if comment or (found[-1] != "" if found else keep_first):
            found.append(comment)
    return found


# ── single values ────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(start: str, value: Scalar, indent: str, beside: str) -> Iterator[str]:
    """A single value after its key or hyphen: on the line, or folded below it."""
    line = f"{start} {_scalar(value, 'value')}".rstrip()
    text = value.text
    block = value.written is None and _may_be_block(text)
    if block and "\n" in text:
        yield f"{start} |{'' if text.endswith(chr(10)) else '-'}{beside}"
        yield from (f"{indent}{_STEP}{part}" if part else "" for part in text.removesuffix("\n").split("\n"))
    elif block and len(line) > WIDTH and " " in text:
        yield f"{start} >-{beside}"
        yield from (f"{indent}{_STEP}{part}" for part in _folded(text, max(WIDTH - len(indent) - 2, _NARROWEST)))
    else:
        yield line + beside


def _may_be_block(text: str) -> bool:
    """Whether a text can stand below its key as it is."""
    lines = text.removesuffix("\n").split("\n")
    return (
        all(line.isprintable() for line in lines)
        and not text.startswith((" ", "\n"))
        and not any(line.endswith(" ") for line in lines)
        and not text.endswith("\n\n")
        and bool(text.strip())
    )


def _folded(text: str, width: int) -> Iterator[str]:
    """The text in lines that fold back into it: broken at single spaces only."""
    line = ""
    for word in re.split(r"(?<! ) (?! )", text):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


_Where = Literal["key", "value", "flow"]


def _scalar(value: Scalar, where: _Where) -> str:
    """One value on one line: as it was written, or with quotes where it would be misread."""
    if value.written is not None:
        return value.written or ("null" if where == "flow" else "")
    text = value.text
    if _stands_plain(text, where):
        return text
    if '"' in text and not {"'", "\\"} & set(text) and text.isprintable():
        return f"'{text}'"
    return '"' + "".join(map(_letter, text)) + '"'


def _letter(letter: str) -> str:
    """One letter as double quotes hold it."""
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable():
        return letter
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _stands_plain(text: str, where: _Where) -> bool:
    """Whether every reader of YAML takes the text for itself without quotes."""
    if text.lower() in _NO_TEXTS or _FIGURE.match(text):
        return False
    if _PLAIN.match(text):
        return True
    if not text.isprintable() or text != text.strip() or text in ("---", "...", "=", "<<") or text[0] in "%@`&*!|>?":
        return False
    line, expected = {
        "key": (f"{text}: 0", {text: 0}),
        "value": (f"0: {text}", {0: text}),
        "flow": (f"{{0: {text}, {text}: 0}}", {0: text, text: 0}),
    }[where]
    try:
        return bool(yamlfile.parse(line, "").data == expected)
    except FaultsFound:
        return False
