"""Weights that experts gave: a file of them, and the model in which they take the place of its own.

Whatever the model says of itself then says so as well: its names, its notice, its sources, and every weight's origin.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gscm import yamlfile
from gscm.errors import FaultsFound, Issue, Where, did_you_mean, in_order
from gscm.i18n import LANGUAGES, Text, listed, long_date
from gscm.model.flat import digest, model_digest
from gscm.model.schema import Aggregate
from gscm.model.tree import Children, Model, Node, Origin, SourceEntry, is_row
from gscm.model.weights_schema import (
    COMPLETIONS,
    GROUPINGS,
    MEASURES,
    METHODS,
    TABLES,
    NodeWeights,
    Replaced,
    WeightsFile,
    figure,
)
from gscm.yamlfile import Document, Map


@dataclass(frozen=True, slots=True)
class Weights:
    """A weights file that is read, with the lines on which it says what; `sha256` is of its content."""

    file: WeightsFile
    document: Document
    sha256: str


def load_weights(path: Path | str) -> Weights:
    """Read a weights file. Raises Unreadable, or FaultsFound with every fault of it at once."""
    return read_weights(yamlfile.read(Path(path)))


def read_weights(document: Document) -> Weights:
    """The weights in a document that is already read; see `load_weights`."""
    if isinstance(document.data, Map) and "panel" in document.data and "nodes" not in document.data:
        raise FaultsFound(
            Issue(
                Where(document.file),
                Text(
                    "Berkas ini memuat perbandingan pakar, belum bobotnya.",
                    "This file holds the comparisons of experts, not yet their weights.",
                ),
                Text(
                    f"Hitung dahulu: gscm weights compute {document.file} --out BOBOT.yaml, lalu pakai BOBOT.yaml.",
                    f"Work them out first: gscm weights compute {document.file} --out WEIGHTS.yaml, and use that file.",
                ),
            )
        )
    file = yamlfile.validate(document, WeightsFile)
    written = json.dumps(document.data, ensure_ascii=False, sort_keys=True, default=str)
    return Weights(file, document, hashlib.sha256(written.encode()).hexdigest())


UNWEIGHTED: dict[Aggregate, Text] = {
    "minimum": Text("nilai terendahnya", "its lowest score"),
    "median": Text("mediannya", "its median"),
    "sum": Text("jumlah poinnya, bukan rata-rata tertimbang", "a sum of points, not a weighted mean"),
    "mean-of-rows": Text("banyaknya baris di bawah setiap bagian", "the number of rows below every part"),
    "unknown-weights": Text(
        "batas terendah dan tertinggi, karena bobotnya tidak dipublikasikan",
        "its lowest and highest bounds, because its weights are unpublished",
    ),
}
"""What makes the score of a node where weights of its children do not."""


def takes_weights(node: Node) -> bool:
    """Whether weights of its children bear on where a node stands: through its score, or through a weighted gate."""
    if node.aggregate not in UNWEIGHTED:
        return True
    weighted = any(isinstance(one, Children) and one.weighted for clauses in node.gates.values() for one in clauses)
    return weighted and node.aggregate in ("minimum", "median")


def weighed(model: Model, weights: Weights) -> Model:
    """The model with these weights; weights of nodes that the file does not name stay.

    Raises FaultsFound with everything that does not fit: another model or edition, nodes, siblings.
    """
    foreign = tuple(_foreign(model, weights))
    if foreign:
        raise FaultsFound(foreign)
    issues = [issue for name in weights.file.nodes for issue in _faults(model, weights, name)]
    if issues:
        raise FaultsFound(in_order(issues))
    return _with(model, weights)


def parts_digest(model: Model) -> str:
    """The hash of what weights rest on: which parts every node has, whatever is said of them."""
    nodes = {node.id: node for node in model.nodes.values() if not is_row(model, node)}
    return digest({id: [] if node.open is not None else list(node.children) for id, node in nodes.items()})


def _alike(model: Model, file: WeightsFile) -> bool:
    """Whether the model has the parts that were weighed; files of before `parts_sha256` name one edition of it."""
    if file.parts_sha256 is not None:
        return file.parts_sha256 == parts_digest(model)
    return file.model_sha256 in (None, model_digest(model))


def _foreign(model: Model, weights: Weights) -> Iterator[Issue]:
    """Why weights are not of this model at all."""
    file, document = weights.file, weights.document
    again = Text(
        "Hitung lagi dari perbandingan pakarnya dengan model itu: gscm weights compute … --model MODEL, dengan MODEL "
        "id, folder model, atau kajiannya.",
        "Work them out again from the experts’ comparisons with that model: gscm weights compute … --model MODEL, "
        "where MODEL is an id, the folder of a model, or the study.",
    )
    if file.model != model.id:
        yield Issue(
            document.where(("model",)),
            Text(
                f"Bobot ini untuk model {file.model}, bukan {model.id}.",
                f"These weights are for the model {file.model}, not {model.id}.",
            ),
            Text(f"Pakai bobot untuk {model.id}.", f"Use weights for {model.id}."),
        )
    elif file.version != model.version:
        yield Issue(
            document.where(("version",)),
            Text(
                f"Bobot ini untuk {model.id} versi {file.version}, sedangkan modelnya versi {model.version}.",
                f"These weights are for {model.id} version {file.version}; the model has version {model.version}.",
            ),
            again,
        )
    elif not _alike(model, file):
        yield Issue(
            document.where(("model_sha256" if file.parts_sha256 is None else "parts_sha256",)),
            Text(
                f"Isi model {model.id} {model.version} sudah lain daripada ketika bobot ini dihitung.",
                f"The model {model.id} {model.version} is no longer what it was when these weights were worked out.",
            ),
            again,
        )
    if file.id in model.sources:
        yield Issue(
            document.where(("id",)),
            Text(f"Id “{file.id}” sudah dipakai sumber model ini.", f"The id “{file.id}” is a source of this model."),
            Text("Beri id lain.", "Give it another id."),
        )


def _faults(model: Model, weights: Weights, name: str) -> Iterator[Issue]:
    """What is wrong with the weights below one node."""
    path: tuple[Any, ...] = ("nodes", name)
    given = weights.file.nodes[name].weights
    fault = fault_of_parent(model, name)
    if fault is not None:
        yield replace(fault, where=weights.document.where(path))
        return
    children = model.nodes[node_id(model, name)].children
    for child in given:
        if child not in children:
            yield Issue(
                weights.document.where((*path, "weights", child)),
                Text(f"“{child}” bukan bagian dari “{name}”.", f"“{child}” is no part of “{name}”."),
                did_you_mean(child, children) or _parts(children),
            )
    missing = [child for child in children if child not in given]
    if missing:
        yield Issue(
            weights.document.where((*path, "weights")),
            Text(
                f"Bobot di bawah “{name}” belum lengkap: {', '.join(missing)}.",
                f"The weights below “{name}” are incomplete: {', '.join(missing)}.",
            ),
            Text("Beri bobot kepada semua bagiannya.", "Give every part a weight."),
        )


def node_id(model: Model, name: str) -> str:
    """The id of a node; `overall` is the whole."""
    return model.id if name == "overall" else name


def _parts(children: tuple[str, ...]) -> Text:
    return Text(f"Bagiannya: {', '.join(children)}.", f"Its parts: {', '.join(children)}.")


def fault_of_parent(model: Model, name: str) -> Issue | None:
    """Why the children of the node of that name cannot be given weights; None if they can."""
    node = model.nodes.get(node_id(model, name))
    if node is None:
        inner = ["overall", *(one.id for one in model.nodes.values() if one.children and one.parent)]
        return Issue(
            None,
            Text(
                f"Simpul “{name}” tidak ada dalam model {model.id}.",
                f"There is no node “{name}” in the model {model.id}.",
            ),
            did_you_mean(name, inner) or Text(f"Lihat: gscm model show {model.id}", f"See: gscm model show {model.id}"),
        )
    if node.open is not None:
        return Issue(
            None,
            Text(
                f"Bagian dari “{name}” datang bersama jawaban; bobotnya ditulis pada barisnya.",
                f"The parts of “{name}” come with the answers; their weights are written in their rows.",
            ),
            Text("Hapus simpul ini.", "Remove this node."),
        )
    if not node.children:
        what = Text(f"“{name}” tidak mempunyai bagian untuk dibobot.", f"“{name}” has no parts to weigh.")
        parent = "overall" if node.parent in (None, model.id) else str(node.parent)
        return Issue(None, what, Text(f"Maksudnya “{parent}”?", f"Did you mean “{parent}”?"))
    if not takes_weights(node):
        by = UNWEIGHTED[node.aggregate]
        return Issue(
            None,
            Text(
                f"Nilai “{name}” tidak memakai bobot: yang dipakai {by.id}.",
                f"The score of “{name}” takes no weights: it is {by.en}.",
            ),
            Text("Hapus simpul ini.", "Remove this node."),
        )
    return None


def _with(model: Model, weights: Weights) -> Model:
    file, nodes = weights.file, dict(model.nodes)
    for name, given in file.nodes.items():
        parent = nodes[node_id(model, name)]
        origin = Origin(file.basis, file.id, None, _note(given))
        for child in parent.children:
            nodes[child] = replace(nodes[child], weight=given.weights[child], weight_origin=origin)
    source = _source(file)
    said = _said(model, file)
    return replace(
        model,
        status="adapted" if model.status == "official" else model.status,
        short=Text(f"{model.short.id} (bobot pakar)", f"{model.short.en} (experts’ weights)"),
        index=model.index and Text(f"{model.index.id} (bobot pakar)", f"{model.index.en} (experts’ weights)"),
        notice=Text(f"{_closed(model.notice.id)} {said.id}", f"{_closed(model.notice.en)} {said.en}"),
        sources={**model.sources, file.id: SourceEntry(file.id, source.id, None, None, None, _bound(weights))},
        nodes=nodes,
        weights=Replaced(file, weights.sha256),
    )


def _closed(sentence: str) -> str:
    return sentence if sentence.rstrip().endswith((".", "!", "?")) else f"{sentence}."


def _source(file: WeightsFile) -> Text:
    """The source with its date."""
    source = file.source.text()
    if file.date is None:
        return source
    return Text(*(f"{source[language].rstrip('.')}, {long_date(file.date, language)}" for language in LANGUAGES))


def _bound(weights: Weights) -> Text:
    """Which file the weights are in; in English what they rest on as well, since a source has one title."""
    source, sha = _source(weights.file), weights.sha256[:12]
    return Text(f"Berkas bobot {weights.file.id} ({sha}).", f"{source.en}. Weights file {weights.file.id} ({sha}).")


def _said(model: Model, file: WeightsFile) -> Text:
    """The sentence that goes with every result: short, since it stands on every page."""
    names = [model.root.title if node_id(model, name) == model.id else model.nodes[name].title for name in file.nodes]
    below = listed(tuple(names)) if len(names) <= 3 else Text(f"{len(names)} simpul", f"{len(names)} nodes")
    whose = _dated(experts_said(file.experts), file) if file.experts else _source(file)
    return Text(
        f"Bobot di bawah {below.id} adalah bobot pengganti dari {whose.id}, bukan bobot model, sehingga hasilnya bukan "
        "hasil resmi.",
        f"The weights below {below.en} are replacements from {whose.en}, not the model’s own, so that the result is no "
        "official one.",
    )


def _dated(said: Text, file: WeightsFile) -> Text:
    if file.date is None:
        return said
    return Text(*(f"{said[language]} ({long_date(file.date, language)})" for language in LANGUAGES))


def experts_said(count: int) -> Text:
    """How many experts there are."""
    return Text(f"{count} pakar", f"{count} expert{'s' if count > 1 else ''}")


def _note(given: NodeWeights) -> Text:
    """How the weights below one node came about, and how consistent the judgements were."""
    parts = [METHODS[given.method]] if given.method else []
    if given.experts:
        parts.append(experts_said(given.experts))
    if given.group and (given.experts or 2) > 1:
        parts.append(GROUPINGS[given.group])
    if given.completion:
        parts.append(COMPLETIONS[given.completion])
    parts += _consistency(given)
    if not parts:
        parts.append(Text("cara penghitungan tidak disebut", "how it was worked out is not told"))
    return Text("; ".join(part.id for part in parts), "; ".join(part.en for part in parts))


def _consistency(given: NodeWeights) -> Iterator[Text]:
    """The figure of the group, or the range of the experts', and how many of them are consistent."""
    told = [one for one in given.consistency if one.expert is None] or list(given.consistency)
    if told:
        name = MEASURES[told[0].measure]
        values = sorted({round(one.value, 4) for one in told if one.measure == told[0].measure})
        ends = [figure(values[0]), figure(values[-1])]
        span = ends[0] if len(values) == 1 else Text(f"{ends[0].id}–{ends[1].id}", f"{ends[0].en}–{ends[1].en}")
        table = TABLES[given.random_index] if given.random_index else None
        by = Text(f" (indeks acak {table.id})", f" (random index of {table.en})") if table else Text("", "")
        yield Text(f"{name.id} {span.id}{by.id}", f"{name.en} {span.en}{by.en}")
    verdicts = given.verdicts
    if wrong := [expert for expert, consistent in verdicts.items() if not consistent]:
        yield Text(
            f"{len(wrong)} dari {len(verdicts)} pakar belum konsisten",
            f"{len(wrong)} of {experts_said(len(verdicts)).en} not consistent",
        )
