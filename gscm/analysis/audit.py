"""What could make a result look better than it is: "does not apply", missing evidence, patterns of answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gscm.analysis.finding import Finding, Grid, refused
from gscm.analysis.material import NO_PEOPLE, Material
from gscm.analysis.outlying import alike_offices
from gscm.analysis.patterns import pace, straight_lines
from gscm.analysis.wording import ITEMS, NONE, many, share, some, whole
from gscm.i18n import Text, decimal, listed, same
from gscm.model.facts import MET, Fact, facts_of
from gscm.model.tree import Model
from gscm.placement.place import Placement, Result, place, score_text
from gscm.responses.answers import Answer, Answers

SHOWN = 10


def audit(material: Material) -> Iterator[Finding]:
    """The level without "does not apply", evidence that is missing, and patterns in the answers of people."""
    result = place(material.answers)
    yield _not_applicable(result)
    yield _evidence(result)
    if material.people is None:
        title = Text("Pola jawaban", "Patterns of answers")
        yield refused("audit", "audit-patterns", title, NO_PEOPLE, _PATTERNS, ("gscm",))
        return
    yield straight_lines(material.people)
    yield alike_offices(material.people)
    yield pace(material.people)


_PATTERNS = Text(
    "Jawaban seragam, perangkat daerah yang menjawab serupa, dan waktu per butir.",
    "Uniform answers, offices that answer alike, and time per item.",
)


# ------------------------------------------------------------------------------------------------ not applicable

_CLAIMS = ("pernyataan", "claim", "claims")
_ABSENT_TITLE = Text("Level tanpa “tidak berlaku”", "The level without “does not apply”")
_ABSENT = Text(
    "Dihitung ulang dengan mesin eksak: setiap “tidak berlaku” dianggap belum terjawab (terbuka), lalu dianggap nilai "
    "terburuknya (tidak terpenuhi).",
    "Placed again by the exact engine: each “does not apply” taken as not answered (open), then as its worst value "
    "(unmet).",
)


def _claimed(answers: Answers) -> dict[str, Answer]:
    return {id: one for id, one in answers.entries.items() if one.status == "not_applicable"}


def _facts_under(model: Model, id: str) -> list[str]:
    """The facts that a claim takes out: the fact itself, or all facts of a node and below it."""
    facts = facts_of(model)
    if id in facts:
        return [id]
    inside = {node.id for node in model.below(id)}
    return [fact.id for fact in facts.values() if fact.node in inside]


def as_open(answers: Answers) -> Answers:
    """The answers with each claim of not applying taken as not answered."""
    return replace(answers, entries={id: one for id, one in answers.entries.items() if one.status != "not_applicable"})


def as_unmet(answers: Answers) -> Answers:
    """The answers with each claim of not applying taken as the worst value of its facts."""
    facts = facts_of(answers.model)
    entries = dict(as_open(answers).entries)
    for id in _claimed(answers):
        for fact in _facts_under(answers.model, id):
            if fact not in entries:
                entries[fact] = Answer(fact, "given", facts[fact].kind, facts[fact].worst)
    return replace(answers, entries=entries)


def _not_applicable(result: Result) -> Finding:
    claimed = _claimed(result.answers)
    if not claimed:
        return Finding(
            section="audit",
            id="audit-not-applicable",
            title=_ABSENT_TITLE,
            meaning=Text(
                "Tidak ada butir yang dinyatakan tidak berlaku, jadi hasilnya tidak bergantung padanya.",
                "Nothing is said not to apply, so that the result does not depend on it.",
            ),
            method=_ABSENT,
            source=("gscm, docs/placement.md",),
            n=many(0, _CLAIMS),
            data={"claims": []},
        )
    opened, unmet = place(as_open(result.answers)), place(as_unmet(result.answers))
    model = result.model
    nodes = [model.id, *(child for child in model.root.children if _shown(result, opened, unmet, child))]
    rows = [_row(node, (result, opened, unmet)) for node in nodes]
    moved = [node for node in nodes if _level(result.nodes[node]) != _level(unmet.nodes[node])]
    by_domain = Counter(_top(model, id) for id in claimed)
    where = some([model.nodes[node].title for node, _ in by_domain.most_common()])
    return Finding(
        section="audit",
        id="audit-not-applicable",
        title=_ABSENT_TITLE,
        meaning=_leaning(result, unmet, moved, len(claimed), where),
        method=_ABSENT,
        source=("gscm, docs/placement.md",),
        n=many(len(claimed), _CLAIMS),
        data={
            "claims": [{"id": id, "reason": one.reason} for id, one in claimed.items()],
            "placements": [
                {
                    "node": node,
                    **{
                        name: _plain(one, one.nodes[node])
                        for name, one in (("as_given", result), ("as_open", opened), ("as_unmet", unmet))
                    },
                }
                for node in nodes
            ],
        },
        grids=(
            Grid(
                _ABSENT_TITLE,
                (
                    Text("Bagian", "Part"),
                    Text("level", "level"),
                    Text("bila terbuka", "if open"),
                    Text("bila tidak terpenuhi", "if unmet"),
                    Text("nilai", "score"),
                    Text("bila terbuka", "if open"),
                    Text("bila tidak terpenuhi", "if unmet"),
                ),
                tuple(rows),
            ),
        ),
    )


def _top(model: Model, id: str) -> str:
    facts = facts_of(model)
    node = facts[id].node if id in facts else id
    line = [node, *(above.id for above in model.above(node))]
    return line[-2] if len(line) > 1 else node


def _shown(*results_and_node: Any) -> bool:
    *results, node = results_and_node
    return any(one.nodes[node].low is not None or one.nodes[node].score_low is not None for one in results)


def _level(one: Placement) -> tuple[int | None, int | None]:
    return one.low, one.high


def _row(node: str, results: tuple[Result, Result, Result]) -> tuple[Text, ...]:
    placed = [(one, one.nodes[node]) for one in results]
    return (
        results[0].model.nodes[node].title,
        *(_level_text(one) for _, one in placed),
        *(_score_text(result, one) for result, one in placed),
    )


def _level_text(one: Placement) -> Text:
    if one.low is None:
        return NONE
    return same(str(one.low) if one.low == one.high else f"{one.low}–{one.high}")


def _score_text(result: Result, one: Placement) -> Text:
    low, high = score_text(result, one.score_low), score_text(result, one.score_high)
    if low is None or high is None:
        return NONE
    texts = [Text(decimal(one, "id"), decimal(one, "en")) for one in (low, high)]
    return texts[0] if low == high else Text(f"{texts[0].id}–{texts[1].id}", f"{texts[0].en}–{texts[1].en}")


def _plain(result: Result, one: Placement) -> Mapping[str, Any]:
    return {
        "level": None if one.low is None else [one.low, one.high],
        "score": [score_text(result, one.score_low), score_text(result, one.score_high)],
    }


def _leaning(result: Result, unmet: Result, moved: list[str], claims: int, where: Text) -> Text:
    model = result.model
    first = Text(
        f"{many(claims, ITEMS).id} dinyatakan tidak berlaku, terbanyak pada {where.id}.",
        f"{many(claims, ITEMS).en} {'is' if claims == 1 else 'are'} said not to apply, mostly on {where.en}.",
    )
    if not moved:
        return Text(
            f"{first.id} Levelnya tetap sekalipun semuanya dianggap tidak terpenuhi.",
            f"{first.en} Levels stay even if all of them are taken as unmet.",
        )
    told = tuple(
        Text(
            f"{model.nodes[node].title.id} dari {_level_text(result.nodes[node]).id} menjadi "
            f"{_level_text(unmet.nodes[node]).id}",
            f"{model.nodes[node].title.en} from {_level_text(result.nodes[node]).en} to "
            f"{_level_text(unmet.nodes[node]).en}",
        )
        for node in moved[:3]
    )
    changes = listed(told)
    return Text(
        f"{first.id} Bila semuanya dianggap tidak terpenuhi, levelnya berubah: {changes.id}. Periksa alasannya satu "
        "per satu.",
        f"{first.en} If all are taken as unmet, levels change: {changes.en}. Check their reasons one by one.",
    )


# ------------------------------------------------------------------------------------------------ evidence

_EVIDENCE_TITLE = Text("Jawaban tanpa bukti", "Answers without evidence")
_EVIDENCE = Text(
    "Kriteria yang dijawab terpenuhi, atau level di atas yang terendah, tanpa bukti yang dilampirkan, sumber yang "
    "dikutip, atau verifikasi; diurutkan menurut banyaknya level yang bertumpu padanya (fakta yang menahan level itu "
    "menurut mesin eksak).",
    "Criteria answered as met, or levels above the lowest, without evidence attached, a source cited, or verification; "
    "in the order of how many levels rest on them (the facts that hold those levels by the exact engine).",
)


def _claims_something(fact: Fact, answer: Answer) -> bool:
    """Whether a criterion is called met, or a level above the lowest is claimed."""
    if answer.status != "given" or answer.value is None:
        return False
    return answer.value >= MET if fact.kind == "criterion" else fact.kind == "level" and answer.value > fact.worst


@dataclass(frozen=True, slots=True)
class _Bare:
    fact: str
    node: str
    level: int | None
    rests: int


def _evidence(result: Result) -> Finding:
    facts, model = facts_of(result.model), result.model
    met = [id for id, one in result.answers.entries.items() if id in facts and _claims_something(facts[id], one)]
    if not met:
        why = Text(
            "Tidak ada jawaban yang menyatakan sesuatu terpenuhi, sehingga tidak ada bukti yang perlu diperiksa.",
            "No answer claims that anything is met, so that there is no evidence to look for.",
        )
        return refused("audit", "audit-evidence", _EVIDENCE_TITLE, why, _EVIDENCE, ("gscm, docs/placement.md",))
    rests = Counter(fact for one in result.nodes.values() for fact in one.held_by)
    entries = result.answers.entries
    bare = sorted(
        (
            _Bare(id, facts[id].node, facts[id].level, rests[id])
            for id in met
            if not (entries[id].evidence or entries[id].source or entries[id].stage)
        ),
        key=lambda one: -one.rests,
    )
    holding = [one for one in bare if one.rests]
    note = None
    if len(bare) > SHOWN:
        note = Text(
            f"{SHOWN} terpenting dari {len(bare)}; selengkapnya dalam keluaran JSON.",
            f"The {SHOWN} that matter most of {len(bare)}; all of them are in the JSON output.",
        )
    grids = (
        Grid(
            Text("Mulai dari sini melengkapi bukti", "Where to begin with evidence"),
            (
                Text("Butir", "Item"),
                Text("Indikator", "Indicator"),
                Text("level", "level"),
                Text("level yang bertumpu", "levels that rest on it"),
            ),
            tuple(
                (
                    same(one.fact),
                    model.nodes[one.node].title,
                    NONE if one.level is None else whole(one.level),
                    whole(one.rests),
                )
                for one in bare[:SHOWN]
            ),
            note,
        ),
    )
    return Finding(
        section="audit",
        id="audit-evidence",
        title=_EVIDENCE_TITLE,
        meaning=_proven(model, met, bare, holding),
        method=_EVIDENCE,
        source=("gscm, docs/placement.md",),
        n=many(len(met), ("jawaban", "answer", "answers")),
        data={
            "met": len(met),
            "without_evidence": len(bare),
            "items": [
                {"item": one.fact, "indicator": one.node, "level": one.level, "levels_resting": one.rests}
                for one in bare
            ],
        },
        grids=grids if bare else (),
    )


def _proven(model: Model, met: list[str], bare: list[_Bare], holding: list[_Bare]) -> Text:
    if not bare:
        return Text(
            f"Semua jawaban yang menyatakan sesuatu terpenuhi ({len(met)}) disertai bukti.",
            f"All answers that claim something as met ({len(met)}) come with evidence.",
        )
    part, come = share(len(bare) / len(met)), "comes" if len(bare) == 1 else "come"
    first = Text(
        f"{len(bare)} dari {len(met)} jawaban yang menyatakan sesuatu terpenuhi ({part.id}) belum disertai bukti.",
        f"{len(bare)} of {len(met)} answers that claim something as met ({part.en}) {come} without evidence so far.",
    )
    if not holding:
        return Text(f"{first.id} Tidak ada level yang bertumpu padanya.", f"{first.en} No level rests on any of them.")
    names = some(list(dict.fromkeys(model.nodes[one.node].title for one in holding)))
    return Text(
        f"{first.id} Pada {len(holding)} di antaranya bertumpu suatu level; mulailah melengkapi bukti dari {names.id}.",
        f"{first.en} On {len(holding)} of them some level rests; begin to complete the evidence with {names.en}.",
    )
