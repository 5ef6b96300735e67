"""What models share: a file of one model taken into another, with parts left out or added and words adapted.

Nothing is copied: the file stays where it is, and a change in it reaches every model that includes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from gscm.errors import Issue, Where, did_you_mean
from gscm.i18n import LANGUAGES, Text
from gscm.model.schema import Include, Wording
from gscm.yamlfile import Document, Map, Seq


def adapted(document: Document, include: Include, wordings: Mapping[str, Wording]) -> Document:
    """The document as `include` takes it in; every value keeps the line it is written on."""
    data = document.data
    if include.wording is not None:
        data = reworded(document, wordings[include.wording]).data
    if include.without or include.add:
        data = _pruned(data, frozenset(include.without), include.add)
    if include.applies:
        data = _applying(data, frozenset(include.applies))
    return Document(document.file, data, document.faults)


def reworded(document: Document, wording: Wording) -> Document:
    """The document with the words of its bilingual texts and its codes replaced; every value keeps its line."""
    replace: dict[str, Callable[[str], str]] = {
        language: _replacer(tuple(getattr(wording, language).items())) for language in LANGUAGES
    }
    return Document(document.file, _worded(document.data, replace, wording.nomenclature), document.faults)


def lies_beside(folder: Path, name: str) -> bool:
    """Whether a name leads to a YAML file of the model in `folder` or of a model beside it."""
    path = (folder / name).resolve()
    return path.suffix == ".yaml" and path.is_relative_to(folder.resolve().parent)


def outside(where: Where, name: str) -> Issue:
    """What is told of a name that does not."""
    return Issue(
        where,
        Text(f"“{name}” berada di luar folder model.", f"“{name}” lies outside the model's folder."),
        Text(
            "Sebutkan berkas .yaml di folder model ini atau model di sebelahnya.",
            "Name a .yaml file in the folder of this model or of a model beside it.",
        ),
    )


def no_wording(where: Where, name: str, known: Mapping[str, Wording]) -> Issue:
    """What is told of a wording that the model does not have."""
    return Issue(
        where,
        Text(f"Padanan kata “{name}” tidak ada di model.yaml.", f"There is no wording “{name}” in model.yaml."),
        did_you_mean(name, known) or Text("Tulis padanannya di wordings.", "Write it in wordings."),
    )


def ids_below(data: Any) -> frozenset[str]:
    """The ids of a node as written and of all below it that stand in the same file."""
    if not isinstance(data, Map):
        return frozenset()
    below = [ids_below(child) for child in _children(data)]
    return frozenset([str(data.get("id"))]).union(*below)


def criteria_below(data: Any) -> Iterator[str]:
    """The ids of the criteria of a node as written and of all below it that stand in the same file."""
    if isinstance(data, Map):
        for level, entries in _levels(data):
            yield from (criterion_id(str(data.get("id")), level, index, len(entries)) for index in range(len(entries)))
        for child in _children(data):
            yield from criteria_below(child)


def criterion_id(indicator: str, level: int, index: int, count: int) -> str:
    """The id of a criterion: numbered where its level has several."""
    return f"{indicator}.{level}" if count == 1 else f"{indicator}.{level}.{index + 1}"


def _children(node: Map) -> Seq:
    children = node.get("children")
    return children if isinstance(children, Seq) else Seq()


def _levels(node: Map) -> Iterator[tuple[int, Seq]]:
    criteria = node.get("criteria")
    for level, entries in criteria.items() if isinstance(criteria, Map) else ():
        if isinstance(level, int) and isinstance(entries, Seq):
            yield level, entries


def _applying(data: Any, applies: frozenset[str]) -> Any:
    """The node with these criteria no longer open to the answer that they do not apply."""
    if not isinstance(data, Map):
        return data
    changed = _same_lines(data, dict(data))
    levels = {
        level: _same_places(entries, [
            _always(entry) if criterion_id(str(data.get("id")), level, index, len(entries)) in applies else entry
            for index, entry in enumerate(entries)
        ])
        for level, entries in _levels(data)
    }  # fmt: skip
    if levels:
        changed["criteria"] = _same_lines(data["criteria"], {**data["criteria"], **levels})
    if children := _children(data):
        changed["children"] = _same_places(children, [_applying(child, applies) for child in children])
    return changed


def _always(criterion: Any) -> Any:
    return _same_lines(criterion, {**criterion, "may_not_apply": False}) if isinstance(criterion, Map) else criterion


def _pruned(data: Any, without: frozenset[str], add: Mapping[str, tuple[str, ...]]) -> Any:
    if not isinstance(data, Map):
        return data
    pruned = _same_lines(data, dict(data))
    children = Seq()
    written = data.get("children")
    if isinstance(written, Seq):
        for child, line in zip(written, written.lines, strict=True):
            if not (isinstance(child, Map) and child.get("id") in without):
                children.append(_pruned(child, without, add))
                children.lines.append(line)
    for name in add.get(str(data.get("id")), ()):
        line = data.lines.get("id", 1)
        entry = Map()
        entry["include"], entry.lines["include"] = name, line
        children.append(entry)
        children.lines.append(line)
    if "children" in pruned or children:
        pruned["children"] = children
        pruned.lines.setdefault("children", data.lines.get("id", 1))
    return pruned


def _worded(data: Any, replace: Mapping[str, Callable[[str], str]], codes: Mapping[str, str]) -> Any:
    """The data with the words of every bilingual text and the codes of every action replaced."""
    if isinstance(data, Seq):
        return _same_places(data, [_worded(item, replace, codes) for item in data])
    if not isinstance(data, Map):
        return data
    bilingual = set(data) == set(LANGUAGES) and all(isinstance(text, str) for text in data.values())
    items = {k: replace[str(k)](item) if bilingual else _worded(item, replace, codes) for k, item in data.items()}
    if isinstance(code := items.get("nomenclature"), str):
        items["nomenclature"] = codes.get(code, code)
    return _same_lines(data, items)


def _same_lines(data: Map, items: Mapping[Any, Any]) -> Map:
    copy = Map()
    copy.update(items)
    copy.lines = dict(data.lines)
    return copy


def _same_places(data: Seq, items: list[Any]) -> Seq:
    copy = Seq()
    copy.extend(items)
    copy.lines = data.lines
    return copy


@lru_cache(maxsize=8)
def _replacer(pairs: tuple[tuple[str, str], ...]) -> Callable[[str], str]:
    """Replaces whole words and phrases, the longest first; a capital at the start stays one."""
    if not pairs:
        return lambda text: text
    longest = sorted(pairs, key=lambda pair: -len(pair[0]))
    table = {phrase.casefold(): other for phrase, other in longest}
    pattern = re.compile(r"(?<!\w)(" + "|".join(re.escape(phrase) for phrase, _ in longest) + r")(?!\w)", re.IGNORECASE)

    def other(found: re.Match[str]) -> str:
        word = table[found[0].casefold()]
        return word[:1].upper() + word[1:] if found[0][:1].isupper() else word

    return lambda text: pattern.sub(other, text)
