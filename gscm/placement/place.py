"""Placement: every node's level and score, as the interval that the answers leave open, with its reasons.

The lower end is what has been shown: every open fact at its worst. The upper end is every open fact at
its best. Because every clause is monotone both ends are exact and both are attained.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from gscm.i18n import Text, same
from gscm.model.arithmetic import inexact_nodes, printed, weights_known
from gscm.model.tree import Model, Node, Requires, has_levels
from gscm.placement.clauses import State, decide
from gscm.placement.reading import Reading, read
from gscm.placement.score import coverage, scores
from gscm.placement.why import Block, blocking_facts, blocks, holding_facts
from gscm.responses.answers import STALE_AFTER, Answers, dated, older


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one node stands.

    `level` is the low one, what has been shown; None where the node has no levels, does not apply or
    is not assessed. Scores are exact fractions on the model's scale, None where there is none;
    `coverage` and `not_applicable` are shares of 1.
    """

    node: str
    assessed: bool
    applies: bool
    given: bool
    low: int | None
    high: int | None
    score_low: Fraction | None
    score_high: Fraction | None
    exact: bool
    coverage: Fraction
    not_applicable: Fraction
    held_by: tuple[str, ...]
    blocked_by: tuple[str, ...]
    ceiling: tuple[str, ...]

    @property
    def level(self) -> int | None:
        return self.low

    @property
    def score(self) -> Fraction | None:
        """The score, where the answers decide it."""
        return self.score_low if self.score_low == self.score_high else None


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The placement of every node, with the two fillings it follows from. `notes` say what must be printed."""

    model: Model
    answers: Answers
    reading: Reading
    nodes: Mapping[str, Placement]
    low: State
    high: State
    blocks: Mapping[str, Block]
    ceilings: Mapping[str, Block]
    notes: tuple[Text, ...]

    @property
    def overall(self) -> Placement:
        return self.nodes[self.model.id]


def place(answers: Answers) -> Result:
    """Place every node of the model that the answers are bound to."""
    reading = read(answers)
    low = decide(reading, reading.low)
    high = decide(reading, reading.high) if reading.open else low
    inexact = inexact_nodes(reading.model)
    highest = high.scores if weights_known(reading.model) else scores(reading, reading.high, upper=True)
    blocked = blocks(low)
    capped = blocked if high is low else blocks(high)
    by, ceiling, held = blocking_facts(blocked), blocking_facts(capped), holding_facts(low)
    order = {id: index for index, id in enumerate(reading.facts)}
    covered = coverage(reading)

    def listed(facts: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(facts, key=order.__getitem__))

    def placed(node: Node) -> Placement:
        assessed, applies = node.id not in reading.outside, node.id not in reading.absent
        levelled = assessed and applies and (has_levels(node) or reading.given.get(node.id) == "level")
        level = low.level(node) if levelled else None
        return Placement(
            node=node.id,
            assessed=assessed,
            applies=applies,
            given=node.id in reading.given,
            low=level,
            high=high.level(node) if levelled else None,
            score_low=low.scores.get(node.id) if assessed else None,
            score_high=highest.get(node.id) if assessed else None,
            exact=node.id not in inexact,
            coverage=covered[node.id][0],
            not_applicable=covered[node.id][1],
            held_by=listed(held.get((node.id, level or 1), frozenset())),
            blocked_by=listed(by.get(node.id, frozenset())) if levelled else (),
            ceiling=listed(ceiling.get(node.id, frozenset())) if levelled else (),
        )

    return Result(
        model=reading.model,
        answers=answers,
        reading=reading,
        nodes={node.id: placed(node) for node in reading.model.nodes.values()},
        low=low,
        high=high,
        blocks=blocked,
        ceilings=capped,
        notes=(*_notes(reading), *_reused(answers)),
    )


def score_text(result: Result, value: Fraction | None) -> str | None:
    """A score as the instrument prints it, or None."""
    return None if value is None else printed(value, result.model.scale)


def _reused(answers: Answers) -> Iterator[Text]:
    """How many answers are taken over from which study, and whether they are old."""
    taken = [(entry.reused.model, entry.reused.date) for entry in answers.entries.values() if entry.reused]
    for (model, day), count in Counter(taken).items():
        when = same(day) if day else Text("tanggal tidak diketahui", "date unknown")
        if older(day, dated(answers), STALE_AFTER):
            years = STALE_AFTER
            when = Text(f"{when.id}, lebih dari {years} tahun lalu", f"{when.en}, more than {years} years ago")
        yield Text(
            f"{count} jawaban dipakai ulang dari {model} ({when.id}); periksa apakah keadaannya masih demikian.",
            f"{count} answer(s) reused from {model} ({when.en}); check whether things still stand so.",
        )


def _notes(reading: Reading) -> tuple[Text, ...]:
    """What a reader must be told: dropped requirements, levels that passed empty, refused claims, scope."""
    model, notes = reading.model, []
    for node in model.nodes.values():
        if node.id in reading.absent or node.id in reading.outside:
            continue
        for level, clauses in node.gates.items():
            for clause in clauses:
                if isinstance(clause, Requires) and clause.node in reading.absent:
                    name = model.nodes[clause.node].title
                    notes.append(
                        Text(
                            f"Syarat {node.title.id} level {level} terhadap {name.id} gugur "
                            "karena simpul itu tidak berlaku.",
                            f"The requirement of {node.title.en} level {level} on {name.en} drops, "
                            "since that node does not apply.",
                        )
                    )
        for level, criteria in node.criteria.items():
            if criteria and all(c.id in reading.absent_facts for c in criteria):
                notes.append(
                    Text(
                        f"{node.title.id} lolos level {level} karena semua kriterianya tidak berlaku.",
                        f"{node.title.en} passes level {level} because none of its criteria applies.",
                    )
                )
    notes += [
        Text(
            f"Pernyataan bahwa {id} tidak berlaku ditolak; dihitung sebagai nilai terburuk.",
            f"The claim that {id} does not apply is refused; it counts as the worst value.",
        )
        for id in reading.refused
    ]
    notes += [
        Text(
            f"Bobot di bawah {node.title.id} tidak dipublikasikan, sehingga nilainya tidak dihitung. Yang pasti: "
            "dengan bobot apa pun, nilai itu terletak di antara nilai terendah dan tertinggi di bawahnya.",
            f"The weights below {node.title.en} are unpublished, so its score is not computed. What is certain: "
            "with whatever weights, it lies between the lowest and the highest score below it.",
        )
        for node in model.nodes.values()
        if node.aggregate == "unknown-weights" and node.children and node.id not in reading.given
    ]
    if reading.outside:
        notes.append(
            Text(
                "Kajian ini tidak menilai seluruh model; angka lingkup sebagian bukan indeks resmi.",
                "This study does not assess the whole model; a score of part of it is not an official index.",
            )
        )
    return tuple(notes)
