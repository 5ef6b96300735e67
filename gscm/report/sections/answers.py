"""Every answer with what it rests on, and every finding and source of the study."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from gscm.assessment import Assessment
from gscm.i18n import Language, Text, long_date
from gscm.model.tree import is_row
from gscm.placement.place import score_text
from gscm.report.needs import Finding, cited, lacking
from gscm.report.words import STAGES, STATUSES, capital, figure, name_of
from gscm.responses.answers import Answer


@dataclass(frozen=True, slots=True)
class Row:
    """One answer: the statement it is about, what was answered, and on what grounds."""

    id: str
    node: str
    statement: str
    answer: str
    findings: tuple[Finding, ...]
    remarks: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Group:
    """The answers under one domain or enabler."""

    title: str
    rows: tuple[Row, ...]


def context(assessment: Assessment, language: Language) -> dict[str, Any]:
    study = assessment.answers.study
    many = len(assessment.answers.entries) > _MANY
    groups = _groups(assessment, language, _node_rows if many else _rows)
    rows = [row for group in groups for row in group.rows]
    return {
        "many": many,
        "groups": groups,
        "found": any(row.findings for row in rows),
        "remarked": any(row.remarks for row in rows),
        "count": len(assessment.answers.entries),
        "sources": cited(assessment, tuple(assessment.answers.sources), language),
        "day": long_date(study.date, language) if study.date else "",
    }


_MANY = 90  # answers that can be printed with their whole statements


def _groups(assessment: Assessment, language: Language, rows: _Rows) -> list[Group]:
    """The answers by domain and enabler, in the order of the tree."""
    model, found = assessment.model, dict[str, dict[str, list[Answer]]]()
    order = {id: index for index, id in enumerate(assessment.result.reading.facts)}
    entries = sorted(assessment.answers.entries.values(), key=lambda entry: (order.get(entry.id, len(order)), entry.id))
    for entry in entries:
        node = node_of(assessment, entry)
        path = [node, *(above.id for above in model.above(node))]
        top = path[-2] if len(path) > 1 else path[-1]
        found.setdefault(top, {}).setdefault(node, []).append(entry)
    return [
        Group(
            _title(assessment, top, language),
            tuple(row for entries in found[top].values() for row in rows(assessment, entries, language)),
        )
        for top in model.nodes
        if top in found
    ]


_Rows = Callable[[Assessment, list[Answer], Language], list["Row"]]


def _rows(assessment: Assessment, entries: list[Answer], language: Language) -> list[Row]:
    """One row an answer."""
    return [_row(assessment, entry, language) for entry in entries]


def _node_rows(assessment: Assessment, entries: list[Answer], language: Language) -> list[Row]:
    """One row a node, its answers by id: for studies that answer everything."""
    first = _row(assessment, entries[0], language)
    said: dict[str, list[str]] = {}
    for entry in entries:
        said.setdefault(answer_of(assessment, entry, language), []).append(
            entry.id.removeprefix(f"{entries[0].id.partition('.')[0]}.")
        )
    answer = "; ".join(f"{words}: {', '.join(ids)}" if len(entries) > 1 else words for words, ids in said.items())
    remarks = dict.fromkeys(remark for entry in entries for remark in _remarks(entry, language))
    cites = tuple(dict.fromkeys(source for entry in entries for source in entry.source))
    return [
        replace(
            first,
            id=node_of(assessment, entries[0]),
            statement="",
            answer=answer,
            findings=cited(assessment, cites, language),
            remarks=tuple(remarks),
        )
    ]


def _title(assessment: Assessment, node: str, language: Language) -> str:
    return (
        assessment.answers.subject.name if node == assessment.model.id else assessment.model.nodes[node].title[language]
    )


def node_of(assessment: Assessment, entry: Answer) -> str:
    """The node that an answer belongs to."""
    fact = assessment.result.reading.facts.get(entry.id)
    return fact.node if fact else entry.id


def _row(assessment: Assessment, entry: Answer, language: Language) -> Row:
    node = assessment.model.nodes[node_of(assessment, entry)]
    statement = said_of(assessment, entry, language)
    title = _title(assessment, node.id, language)
    origin = next((c.origin for cs in node.criteria.values() for c in cs if c.id == entry.id), node.origin)
    return Row(
        id=node.code or entry.id,
        node=title,
        statement="" if statement == title else statement,
        answer=answer_of(assessment, entry, language),
        findings=cited(assessment, entry.source, language),
        remarks=tuple(_remarks(entry, language)),
        basis="" if is_row(assessment.model, node) else origin.basis,
    )


def said_of(assessment: Assessment, entry: Answer, language: Language) -> str:
    """What is answered: the statement of a fact, or the title of a node."""
    if entry.id in assessment.result.reading.facts:
        return lacking(assessment, entry.id, language)
    return assessment.model.nodes[node_of(assessment, entry)].title[language]


def answer_of(assessment: Assessment, entry: Answer, language: Language) -> str:
    """What was answered, in words."""
    if entry.status != "given" or entry.value is None:
        return STATUSES[entry.status][language]
    node = assessment.model.nodes[node_of(assessment, entry)]
    if entry.kind == "criterion":
        return Text("ya", "yes")[language] if entry.value >= 1 else Text("belum", "not yet")[language]
    if entry.kind == "level" and entry.value.denominator == 1 and entry.value >= 1:
        return f"{int(entry.value)} {name_of(assessment.model, node, int(entry.value))[language]}"
    if entry.kind == "score":
        text = score_text(assessment.result, entry.value) or ""
        return text.replace(".", ",") if language == "id" else text
    unit = node.quantity.unit[language] if node.quantity and entry.kind == "quantity" else ""
    return f"{figure(entry.value, language)} {unit}".strip()


def _remarks(entry: Answer, language: Language) -> list[str]:
    remarks = []
    if entry.stage:
        accepted = Text("bukti diterima pada", "evidence accepted at")[language]
        remarks.append(f"{accepted} {STAGES[entry.stage][language]}")
    if entry.evidence:
        remarks.append(f"{Text('bukti', 'evidence')[language]}: {', '.join(entry.evidence)}")
    if entry.reused:
        when = entry.reused.date or Text("tanggal tidak diketahui", "date unknown")[language]
        taken = Text("dipakai ulang dari", "reused from")[language]
        remarks.append(f"{taken} {entry.reused.model} {entry.reused.fact} ({when})")
    remarks += [text for text in (entry.reason, entry.note) if text]
    return [capital(text.rstrip(".")) + "." for text in remarks]
