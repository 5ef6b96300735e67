"""What could make a result look better than it is: "does not apply", missing evidence, patterns of answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gscm.analysis.absence import Absence, absent, all_votes, votes_as
from gscm.analysis.finding import Finding, Grid, refused
from gscm.analysis.material import NO_PEOPLE, Material, People
from gscm.analysis.outlying import alike_offices
from gscm.analysis.patterns import pace, straight_lines
from gscm.analysis.wording import ITEMS, NONE, joined, many, share, some, whole
from gscm.i18n import Text, decimal, listed, same
from gscm.model.facts import MET, facts_of
from gscm.model.tree import Model
from gscm.placement.place import Placement, Result, place, score_text
from gscm.responses.answers import Answer, Answers
from gscm.responses.votes import merged_answers

SHOWN = 10


def audit(material: Material) -> Iterator[Finding]:
    """The level without "does not apply", evidence that is missing, and patterns in the answers of people."""
    result = place(material.answers)
    yield _not_applicable(result, material.people)
    yield _evidence(result, material.people)
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
_ABSENT_VOTES = Text(
    f"{_ABSENT.id} Hal itu dikenakan pada pernyataan tiap orang dan perangkat daerah sebelum jawaban mereka digabung; "
    "yang sudah diputuskan dalam verifikasi tetap.",
    f"{_ABSENT.en} That is done to what every person and office claims, before their answers are merged; what "
    "verification decided stands.",
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """That one item (or a whole node) is said not to apply, and by how many of an office; "" is the subject itself."""

    id: str
    office: str
    people: int


def _claims(people: People) -> tuple[_Claim, ...]:
    """The claims of people and of offices, by office and item."""
    found = Counter(
        (person.office, id) for person in people.votes.people for id, one in person.answers.items() if absent(one)
    )
    decided = {
        (office, id): 0
        for office, said in people.votes.decided.items()
        for id, one in said.items()
        if absent(one.answer)
    }
    whole_ = {("", id): 0 for id, one in people.votes.whole.items() if absent(one)}
    return tuple(_Claim(id, office, count) for (office, id), count in {**whole_, **decided, **found}.items())


def _claimed(answers: Answers) -> dict[str, Answer]:
    return {id: one for id, one in answers.entries.items() if absent(one)}


def _facts_under(model: Model, id: str) -> list[str]:
    """The facts that a claim takes out: the fact itself, or all facts of a node and below it."""
    facts = facts_of(model)
    if id in facts:
        return [id]
    inside = {node.id for node in model.below(id)}
    return [fact.id for fact in facts.values() if fact.node in inside]


def as_open(answers: Answers) -> Answers:
    """The answers with each claim of not applying taken as not answered."""
    return replace(answers, entries={id: one for id, one in answers.entries.items() if not absent(one)})


def as_unmet(answers: Answers) -> Answers:
    """The answers with each claim of not applying taken as the worst value of its facts."""
    facts = facts_of(answers.model)
    entries = dict(as_open(answers).entries)
    for id in _claimed(answers):
        for fact in _facts_under(answers.model, id):
            if fact not in entries:
                entries[fact] = Answer(fact, "given", facts[fact].kind, facts[fact].worst)
    return replace(answers, entries=entries)


def _merged_as(answers: Answers, people: People | None, absence: Absence) -> Answers:
    """The answers with the claims of people and offices counted otherwise, except where verification decided."""
    if people is None:
        return answers
    own, other = (
        merged_answers(votes_as(people.votes, one), people.people_rule, people.offices_rule).entries
        for one in ("claimed", absence)
    )
    entries = dict(answers.entries)
    for id in {*own, *other}:
        if entries.get(id) == own.get(id):
            entries.pop(id, None)
            entries.update({id: other[id]} if id in other else {})
    return replace(answers, entries=entries)


def _not_applicable(result: Result, people: People | None) -> Finding:
    claimed, votes = _claimed(result.answers), _claims(people) if people else ()
    method = _ABSENT_VOTES if people else _ABSENT
    if not claimed and not votes:
        return Finding(
            section="audit",
            id="audit-not-applicable",
            title=_ABSENT_TITLE,
            meaning=_nothing_claimed(result, people),
            method=method,
            source=("gscm, docs/placement.md",),
            n=many(0, _CLAIMS),
            data={"claims": [], "votes": []},
        )
    opened = place(as_open(_merged_as(result.answers, people, "open")))
    unmet = place(as_unmet(_merged_as(result.answers, people, "unmet")))
    model = result.model
    nodes = [model.id, *(child for child in model.root.children if _shown(result, opened, unmet, child))]
    rows = [_row(node, (result, opened, unmet)) for node in nodes]
    told = _told(model, claimed) if not votes or people is None else _told_of_votes(people, votes, claimed)
    said = sum(max(one.people, 1) for one in votes) or len(claimed)
    return Finding(
        section="audit",
        id="audit-not-applicable",
        title=_ABSENT_TITLE,
        meaning=joined(told, _consequence(result, unmet, nodes), by=" "),
        method=method,
        source=("gscm, docs/placement.md",),
        n=many(said, _CLAIMS),
        data={
            "claims": [{"id": id, "reason": one.reason} for id, one in claimed.items()],
            "votes": [{"id": one.id, "office": one.office or None, "people": one.people} for one in votes],
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


def _nothing_claimed(result: Result, people: People | None) -> Text:
    if not result.answers.entries and not (people and any(True for _ in all_votes(people.votes))):
        return Text(
            "Belum ada jawaban, jadi belum ada butir yang dinyatakan tidak berlaku.",
            "There are no answers yet, so that nothing is said not to apply.",
        )
    return Text(
        "Tidak ada butir yang dinyatakan tidak berlaku, jadi hasilnya tidak bergantung padanya.",
        "Nothing is said not to apply, so that the result does not depend on it.",
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


def _told(model: Model, claimed: Mapping[str, Answer]) -> Text:
    """How many items are said not to apply, and where."""
    by_domain = Counter(_top(model, id) for id in claimed)
    where, items = some([model.nodes[node].title for node, _ in by_domain.most_common()]), many(len(claimed), ITEMS)
    most = Text("pada", "in") if len(by_domain) == 1 else Text("terbanyak pada", "mostly in")
    return Text(
        f"{items.id} dinyatakan tidak berlaku, {most.id} {where.id}.",
        f"{items.en} {'is' if len(claimed) == 1 else 'are'} said not to apply, {most.en} {where.en}.",
    )


def _told_of_votes(people: People, votes: Sequence[_Claim], claimed: Mapping[str, Answer]) -> Text:
    """How often people and offices say that items do not apply, which offices most, and what merging makes of it."""
    said: Counter[str] = Counter()
    for one in votes:
        said[one.office] += max(one.people, 1)
    offices = [Text("keputusan bersama", "a joint decision") if not office else same(people.offices.get(office, office))
               for office, _ in said.most_common()]  # fmt: skip
    names, items = some(offices), many(len({one.id for one in votes}), ITEMS)
    most = Text("dari", "by") if len(offices) == 1 else Text("terbanyak dari", "most often by")
    count = whole(said.total())
    times = "once" if said.total() == 1 else f"{count.en} times"
    first = Text(
        f"{items.id} dinyatakan tidak berlaku dalam {count.id} jawaban, {most.id} {names.id}.",
        f"{items.en} {'is' if len({one.id for one in votes}) == 1 else 'are'} said not to apply, {times} in all, "
        f"{most.en} {names.en}.",
    )
    left = many(len(claimed), ITEMS)
    if not claimed:
        merged = Text(
            "Sesudah jawaban digabung tidak ada butir yang tidak berlaku: pernyataan itu tidak ikut dihitung karena "
            "ada yang menjawab butirnya.",
            "After merging none is left: such claims do not count where somebody else answered the item.",
        )
    else:
        merged = Text(
            f"Sesudah jawaban digabung, {left.id} tidak berlaku bagi hasilnya.",
            f"After merging, {left.en} {'does' if len(claimed) == 1 else 'do'} not apply to the result.",
        )
    return joined(first, merged, by=" ")


def _consequence(result: Result, unmet: Result, nodes: Sequence[str]) -> Text:
    """What becomes of levels, and of scores, if every claim is taken as unmet."""
    levels = [node for node in nodes if _level(result.nodes[node]) != _level(unmet.nodes[node])]
    scores = [node for node in nodes if _score(result, node) != _score(unmet, node)]
    levelled = any(result.nodes[node].low is not None for node in nodes)
    if not levels and not scores:
        return Text(
            "Hasilnya tetap sekalipun semuanya dianggap tidak terpenuhi.",
            "The result stays even if all of them are taken as unmet.",
        )
    shifted = listed(tuple(_shift(result, unmet, node, _level_at) for node in levels[:3]))
    valued = listed(tuple(_shift(result, unmet, node, _score) for node in scores[:3]))
    what = Text(f"nilainya berubah: {valued.id}", f"scores change: {valued.en}")
    if levels:
        what = Text(f"levelnya berubah: {shifted.id}", f"levels change: {shifted.en}")
        if result.model.id in scores:
            overall = _shift(result, unmet, result.model.id, _score)
            what = Text(f"{what.id}; nilai {overall.id}", f"{what.en}; the score of {overall.en}")
    elif levelled:
        what = Text(f"levelnya tetap, tetapi {what.id}", f"levels stay but {what.en}")
    return Text(
        f"Bila semuanya dianggap tidak terpenuhi, {what.id}. Periksa alasannya satu per satu.",
        f"If all are taken as unmet, {what.en}. Check their reasons one by one.",
    )


def _level_at(result: Result, node: str) -> Text:
    return _level_text(result.nodes[node])


def _score(result: Result, node: str) -> Text:
    return _score_text(result, result.nodes[node])


def _shift(result: Result, unmet: Result, node: str, written: Callable[[Result, str], Text]) -> Text:
    """A part of the model, and from what to what it goes."""
    before, after, title = written(result, node), written(unmet, node), result.model.nodes[node].title
    return Text(f"{title.id} dari {before.id} menjadi {after.id}", f"{title.en} from {before.en} to {after.en}")


# ------------------------------------------------------------------------------------------------ evidence

_EVIDENCE_TITLE = Text("Jawaban tanpa bukti", "Answers without evidence")
_EVIDENCE = Text(
    "Kriteria yang dijawab terpenuhi, level di atas yang terendah, atau angka yang lebih baik daripada yang terburuk, "
    "tanpa bukti yang dilampirkan, sumber yang dikutip, atau verifikasi; diurutkan menurut banyaknya level yang "
    "bertumpu padanya (fakta yang menahan level itu menurut mesin eksak).",
    "Criteria answered as met, levels above the lowest, or figures better than the worst, without evidence attached, "
    "a source cited, or verification; in the order of how many levels rest on them (the facts that hold those levels "
    "by the exact engine).",
)
_SAID: Mapping[str, Text] = {
    "criterion": Text("menyatakan sesuatu terpenuhi", "claim something as met"),
    "level": Text("menyatakan level di atas yang terendah", "claim a level above the lowest"),
    "figure": Text("memberi angka yang lebih baik daripada yang terburuk", "give a figure better than the worst"),
}
"""What an answer claims, by what is asked."""
_NO_CLAIM = Text(
    "Tidak ada jawaban yang menyatakan sesuatu terpenuhi, atau level atau angka yang lebih baik daripada yang "
    "terburuk, sehingga tidak ada bukti yang perlu diperiksa.",
    "No answer claims that anything is met, or a level or a figure better than the worst, so that there is no evidence "
    "to look for.",
)
_ANSWERS = ("jawaban", "answer", "answers")


def _claims_something(model: Model, answer: Answer) -> bool:
    """Whether something is called met, or a level or a figure is given that is better than the worst."""
    if answer.status != "given" or answer.value is None:
        return False
    if answer.kind == "criterion":
        return answer.value >= MET
    fact = facts_of(model).get(answer.id)
    if fact is not None:
        return answer.value != fact.worst
    return answer.value > (1 if answer.kind == "level" else model.scale.min)


def _proof(answer: Answer) -> bool:
    """Whether anything stands behind the answer: evidence, a source, or a verification."""
    return bool(answer.evidence or answer.source or answer.stage)


def _said(answers: Iterable[Answer]) -> Text:
    """What these answers claim, by their kinds."""
    kinds = {one.kind if one.kind in _SAID else "figure" for one in answers}
    told = [one for kind, one in _SAID.items() if kind in kinds]
    return Text(" atau ".join(one.id for one in told), " or ".join(one.en for one in told))


@dataclass(frozen=True, slots=True)
class _Bare:
    fact: str
    node: str
    level: int | None
    rests: int


def _evidence(result: Result, people: People | None) -> Finding:
    facts, model = facts_of(result.model), result.model
    met = [one for one in result.answers.entries.values() if _claims_something(model, one)]
    single = _claims_of_people(people)
    if not met and not single:
        return refused("audit", "audit-evidence", _EVIDENCE_TITLE, _NO_CLAIM, _EVIDENCE, ("gscm, docs/placement.md",))
    rests = Counter(fact for one in result.nodes.values() for fact in one.held_by)
    bare = sorted(
        (
            _Bare(one.id, facts[one.id].node, facts[one.id].level, rests[one.id])
            if one.id in facts
            else _Bare(one.id, one.id, None, rests[one.id])
            for one in met
            if not _proof(one)
        ),
        key=lambda one: -one.rests,
    )
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
    told = [_proven(result, met, bare)] if met else []
    if single:
        told.append(_proven_by_people(single, merged=bool(met)))
    return Finding(
        section="audit",
        id="audit-evidence",
        title=_EVIDENCE_TITLE,
        meaning=joined(*told, by=" "),
        method=_EVIDENCE,
        source=("gscm, docs/placement.md",),
        n=many(len(met) or len(single), _ANSWERS),
        data={
            "met": len(met),
            "without_evidence": len(bare),
            "people": {"met": len(single), "without_evidence": sum(not _proof(one) for one in single)},
            "items": [
                {"item": one.fact, "indicator": one.node, "level": one.level, "levels_resting": one.rests}
                for one in bare
            ],
        },
        grids=grids if bare else (),
    )


def _claims_of_people(people: People | None) -> list[Answer]:
    """What single people claim, before their answers are merged."""
    if people is None:
        return []
    said = (one for person in people.votes.people for one in person.answers.values())
    return [one for one in said if _claims_something(people.votes.model, one)]


def _proven(result: Result, met: Sequence[Answer], bare: Sequence[_Bare]) -> Text:
    said, model = _said(met), result.model
    every = whole(len(met))
    if not bare:
        return Text(
            f"Semua jawaban yang {said.id} ({every.id}) disertai bukti.",
            f"All answers that {said.en} ({every.en}) come with evidence.",
        )
    part, come, without = share(len(bare) / len(met)), "comes" if len(bare) == 1 else "come", whole(len(bare))
    first = Text(
        f"{without.id} dari {every.id} jawaban yang {said.id} ({part.id}) belum disertai bukti.",
        f"{without.en} of {every.en} answers that {said.en} ({part.en}) {come} without evidence so far.",
    )
    if all(one.low is None for one in result.nodes.values()):
        return first
    holding = [one for one in bare if one.rests]
    if not holding:
        return Text(f"{first.id} Tidak ada level yang bertumpu padanya.", f"{first.en} No level rests on any of them.")
    names = some(list(dict.fromkeys(model.nodes[one.node].title for one in holding)))
    count = whole(len(holding))
    return Text(
        f"{first.id} Pada {count.id} di antaranya bertumpu suatu level; mulailah melengkapi bukti dari {names.id}.",
        f"{first.en} On {count.en} of them some level rests; begin to complete the evidence with {names.en}.",
    )


def _proven_by_people(single: Sequence[Answer], *, merged: bool) -> Text:
    """How many answers of single people claim something, and how many of those have nothing to show for it."""
    said, count, bare = _said(single), whole(len(single)), sum(not _proof(one) for one in single)
    without = whole(bare)
    of_them = Text(f"{without.id} di antaranya", f"{without.en} of them")
    if bare == len(single):
        of_them = Text("semuanya", "all of them") if bare > 1 else Text("itu pun", "and that")
    left = (
        Text("", "")
        if merged
        else Text("; sesudah digabung tidak ada satu pun yang tersisa", "; after merging none of them is left")
    )
    return Text(
        f"Dari jawaban perorangan, {count.id} {said.id}, {of_them.id} tanpa bukti{left.id}.",
        f"Of the answers of single people, {count.en} {said.en}, {of_them.en} without evidence{left.en}.",
    )
