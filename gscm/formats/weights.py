"""The weights file that a panel comes to, as YAML, the way `gscm.model.weights` reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from gscm.analysis.panel import DIGITS, Measure, Panel, Weighed, named
from gscm.formats.comparisons import quoted
from gscm.i18n import Text, listed
from gscm.model.flat import model_digest
from gscm.model.weights import experts_said, parts_digest
from gscm.model.weights_schema import METHODS


def source_of(panel: Panel, found: Sequence[Weighed]) -> Text:
    """What the weights rest on, as reports print it: how many experts, who they are, the methods."""
    judged = {one.expert for weighed in found for one in weighed.experts}
    n = experts_said(len(judged))
    who = Text(f" ({panel.about.id})", f" ({panel.about.en})") if panel.about else Text("", "")
    methods = listed(tuple(METHODS[method] for method in dict.fromkeys(one.method for one in found)))
    return Text(
        f"Penilaian {n.id}{who.id} dengan {methods.id}",
        f"Judgements of {n.en}{who.en} by {methods.en}",
    )


def weights_text(panel: Panel, found: Sequence[Weighed], id: str, day: date | None) -> str:
    """The text of a weights file; the same panel, choices, id and day give the same text."""
    source = source_of(panel, found)
    experts = {one.expert for weighed in found for one in weighed.experts}
    return "\n".join(
        [
            f"# Bobot dari perbandingan para pakar; dihitung dengan gscm weights compute dari {panel.file}.",
            f"# Weights from comparisons by experts; worked out by gscm weights compute from {panel.file}.",
            f"# {DIGITS} desimal, dibulatkan menurut sisa terbesar sehingga jumlahnya tepat 1.",
            f"# {DIGITS} decimals, rounded by largest remainders so that they sum to exactly 1.",
            f"id: {id}",
            f"model: {panel.model.id}",
            f"version: {panel.model.version}",
            f'model_sha256: "{model_digest(panel.model)}"',
            f'parts_sha256: "{parts_digest(panel.model)}"',
            "basis: ours",
            f"source: {{id: {quoted(source.id)}, en: {quoted(source.en)}}}",
            *([f"date: {day.isoformat()}"] if day else []),
            f"experts: {len(experts)}",
            f"digits: {DIGITS}",
            "nodes:",
            *(line for one in found for line in _node(panel, one)),
            "",
        ]
    )


def _node(panel: Panel, one: Weighed) -> Iterator[str]:
    yield f"  {named(panel.model, one.node)}:"
    yield f"    method: {one.method}"
    if one.group:
        yield f"    group: {one.group}"
    yield f"    experts: {len(one.experts)}"
    if one.random_index:
        yield f"    random_index: {one.random_index}"
    if one.completion:
        yield f"    completion: {one.completion}"
    lines = [*_measures(None, 0, one.measures)]
    for judged in one.experts:
        lines += _measures(judged.expert, judged.missing, judged.measures)
    if lines:
        yield "    consistency:"
        yield from lines
    yield "    weights:"
    for part, weight in one.exact.items():
        yield f"      {part}: {decimals(weight)}"


def _measures(expert: str | None, missing: int, measures: Sequence[Measure]) -> Iterator[str]:
    for measure in measures:
        told = [f"measure: {measure.name}", f"value: {measure.value:.6f}"]
        if expert is not None:
            told.insert(0, f"expert: {quoted(expert)}")
        if measure.limit is not None:
            told += [f"limit: {measure.limit:.4f}", f"limit_source: {measure.source}"]
        if missing:
            told.append(f"missing: {missing}")
        yield f"      - {{{', '.join(told)}}}"


def decimals(weight: Fraction) -> str:
    """An exact weight with all its decimals."""
    return str(Decimal(int(weight * 10**DIGITS)).scaleb(-DIGITS))
