"""The level under each way of merging votes: whether the result depends on a choice that nobody measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from gscm.analysis.finding import Finding, Grid, refused
from gscm.analysis.material import People
from gscm.analysis.wording import OFFICES, PEOPLE, joined, many, some
from gscm.i18n import Text, decimal, same
from gscm.model.arithmetic import printed
from gscm.model.tree import Model, has_levels
from gscm.responses.merge import HALF, Rule
from gscm.responses.votes import merged_answers

if TYPE_CHECKING:
    from gscm.vectorised.place import Placed

RULES: tuple[Rule, ...] = (
    Rule("mean"),
    Rule("median"),
    Rule("mode"),
    Rule("minimum"),
    Rule("share", share=HALF),
    Rule("share", share=Fraction(2, 3)),
    Rule("quorum", count=2),
)
TITLE = Text("Level menurut setiap cara menggabungkan jawaban", "The level under each way of merging answers")
METHOD = Text(
    "Setiap pasangan aturan (orang menjadi perangkat daerah, perangkat daerah menjadi daerah) dihitung dengan seluruh "
    "syarat levelnya; selang level muncul bila masih ada jawaban yang terbuka. Rata-rata: kriteria terpenuhi bila "
    "sekurangnya separuh menyatakannya, level dibulatkan ke bawah. Median: bila genap, yang lebih rendah dari dua yang "
    "di tengah. Modus: bila beberapa nilai sama sering, yang terburuk di antaranya. Porsi dan kuorum: nilai terbaik "
    "yang dicapai bagian, atau sebanyak itu, dari suara. Konsensus sama dengan minimum di sini.",
    "Each pair of rules (people into an office, offices into the subject) is placed with the full gate; a range of "
    "levels stands where answers are still open. Mean: a criterion is met if at least half say so, levels are rounded "
    "down. Median: of an even number, the lower of the two in the middle. Mode: of several values equally frequent, "
    "the worst. Share and quorum: the best value that this share, or this number, of votes reaches. Consensus is the "
    "same as minimum here.",
)
SOURCE = ("gscm, docs/placement.md",)


@dataclass(frozen=True, slots=True)
class Under:
    """Where the subject stands under a pair of rules; scores as printed, None where there is none."""

    people: Rule
    offices: Rule
    low: int | None
    high: int | None
    score_low: str | None
    score_high: str | None


def merge_rules(people: People) -> Finding:
    """Level and score of the whole under each pair of rules."""
    model = people.votes.model
    levels = has_levels(model.root)
    by_people = _with(people.people_rule)
    by_offices = _with(people.offices_rule) if len(people.votes.offices) > 1 else (people.offices_rule,)
    found = _under(people, tuple(product(by_people, by_offices)))
    shown = _levels if levels else _scores
    kept = [one for one in found if (one.low if levels else one.score_low) is not None]
    if not kept:
        why = Text(
            "Model ini tidak memberi level atau nilai bagi keseluruhannya dari jawaban ini.",
            "This model gives the whole neither a level nor a score from these answers.",
        )
        return refused("agreement", "agreement-merge-rules", TITLE, why, METHOD, SOURCE)
    table = {(one.people, one.offices): one for one in found}
    rows = tuple((rule_name(p), *(shown(table[p, o]) for o in by_offices)) for p in by_people)
    title = (
        Text("Level keseluruhan", "Level of the whole") if levels else Text("Nilai keseluruhan", "Score of the whole")
    )
    own = table[people.people_rule, people.offices_rule]
    grid = Grid(
        Text(
            f"{title.id}: baris = aturan atas orang, kolom = aturan atas perangkat daerah",
            f"{title.en}: rows = rule for people, columns = rule for offices",
        ),
        (Text("Orang \\ PD", "People \\ offices"), *(rule_name(rule) for rule in by_offices)),
        rows,
        Text(
            f"Kajian ini memakai {rule_name(people.people_rule).id} atas orang dan "
            f"{rule_name(people.offices_rule).id} atas perangkat daerah.",
            f"This study uses {rule_name(people.people_rule).en} for people and "
            f"{rule_name(people.offices_rule).en} for offices.",
        ),
    )
    return Finding(
        section="agreement",
        id="agreement-merge-rules",
        title=TITLE,
        meaning=_meaning(found, own, levels=levels),
        method=METHOD,
        source=SOURCE,
        n=joined(many(len(people.votes.people), PEOPLE), many(len(people.votes.offices), OFFICES)),
        data={
            "own": {"people": written(people.people_rule), "offices": written(people.offices_rule)},
            "placements": [
                {
                    "people": written(one.people),
                    "offices": written(one.offices),
                    "level": None if one.low is None else [one.low, one.high],
                    "score": [one.score_low, one.score_high],
                }
                for one in found
            ],
        },
        grids=(grid,) if len({shown(one) for one in found}) > 1 else (),
    )


def _with(rule: Rule) -> tuple[Rule, ...]:
    return RULES if rule in RULES or rule.name == "consensus" else (*RULES, rule)


def rule_name(rule: Rule) -> Text:
    """A rule as it is said in a table."""
    if rule.name == "share":
        part = f"{rule.share.numerator}/{rule.share.denominator}"
        return Text(f"porsi {part}", f"share {part}")
    if rule.name == "quorum":
        return Text(f"kuorum {rule.count}", f"quorum {rule.count}")
    return _NAMES[rule.name]


_NAMES = {
    "mean": Text("rata-rata", "mean"),
    "median": same("median"),
    "mode": Text("modus", "mode"),
    "minimum": same("minimum"),
    "consensus": Text("konsensus", "consensus"),
}


def written(rule: Rule) -> str:
    """A rule as a study writes it: "share 2/3"."""
    if rule.name == "share":
        return f"share {rule.share}"
    return f"quorum {rule.count}" if rule.name == "quorum" else rule.name


def _under(people: People, rules: Sequence[tuple[Rule, Rule]]) -> list[Under]:
    from gscm.vectorised.batch import joined as in_one
    from gscm.vectorised.merge import merge_batches
    from gscm.vectorised.place import place_batch
    from gscm.vectorised.plan import NotVectorised, compile_plan

    votes = people.votes
    try:
        plan = compile_plan(votes.model)
    except NotVectorised:
        return [_exactly(people, *pair) for pair in rules]
    once = np.ones((1, len(votes.people)), np.int64)
    placed = place_batch(in_one(merge_batches(plan, votes, once, rules)))
    row = placed.row(votes.model.id)
    found = []
    for run, pair in enumerate(rules):
        low, high = (int(level) or None for level in placed.level[row, :, run])
        found.append(Under(*pair, low, high, *(_printed(placed, row, end, run) for end in (0, 1))))
    return found


def _printed(placed: Placed, row: int, end: int, run: int) -> str | None:
    """A score as the instrument prints it, None where there is none."""
    if np.isnan(placed.score[row, end, run]):
        return None
    return _digits(placed.plan.model, int(placed.printed[row, end, run]))


def _digits(model: Model, units: int) -> str:
    """A score in units of its last printed digit, as the instrument prints it."""
    digits = model.scale.digits
    text = f"{abs(units):0{digits + 1}d}"
    sign = "-" if units < 0 else ""
    return sign + (f"{text[:-digits]}.{text[-digits:]}" if digits else text)


def _exactly(people: People, people_rule: Rule, offices_rule: Rule) -> Under:
    from gscm.placement.place import place

    result = place(merged_answers(people.votes, people_rule, offices_rule))
    overall, scale = result.overall, result.model.scale
    low, high = (None if s is None else printed(s, scale) for s in (overall.score_low, overall.score_high))
    return Under(people_rule, offices_rule, overall.low, overall.high, low, high)


def _levels(one: Under) -> Text:
    if one.low is None:
        return same("–")
    return same(str(one.low) if one.low == one.high else f"{one.low}–{one.high}")


def _scores(one: Under) -> Text:
    if one.score_low is None or one.score_high is None:
        return same("–")
    low, high = (Text(decimal(score, "id"), decimal(score, "en")) for score in (one.score_low, one.score_high))
    return low if one.score_low == one.score_high else Text(f"{low.id}–{high.id}", f"{low.en}–{high.en}")


def _meaning(found: Sequence[Under], own: Under, *, levels: bool) -> Text:
    shown = _levels if levels else _scores
    what = Text("Nilai keseluruhan", "The score of the whole")
    if levels:
        what = Text("Level keseluruhan", "The level of the whole")
    values = Counter(shown(one) for one in found)
    mine = shown(own)
    if len(values) == 1 and levels and own.low != own.high:
        return Text(
            f"{what.id} masih terbuka ({mine.id}) menurut setiap aturan: lengkapi dahulu jawaban yang belum ada, baru "
            "terlihat apakah cara menggabungkan berpengaruh.",
            f"{what.en} is still open ({mine.en}) under every rule: complete the missing answers first, and then it "
            "shows whether the way of merging matters.",
        )
    if len(values) == 1:
        return Text(
            f"{what.id} tetap {mine.id} pada semua {len(found)} pasangan aturan: hasilnya tidak bergantung pada cara "
            "menggabungkan jawaban.",
            f"{what.en} is {mine.en} under all {len(found)} pairs of rules: the result does not depend on how answers "
            "are merged.",
        )
    others = [value for value, _ in values.most_common() if value != mine]
    example = next(one for one in found if shown(one) == others[0])
    told = some(others) if len(others) <= 3 else _range([one for one in found if shown(one) != mine], levels=levels)
    return Text(
        f"{what.id} bergantung pada cara menggabungkan jawaban: {mine.id} menurut aturan kajian ini (sama pada "
        f"{values[mine]} dari {len(found)} pasangan aturan), tetapi {told.id} pada yang lain, misalnya {others[0].id} "
        f"dengan {rule_name(example.people).id} atas orang dan {rule_name(example.offices).id} atas perangkat daerah. "
        "Laporkan aturannya bersama hasilnya, dan tetapkan sebelum jawaban masuk.",
        f"{what.en} depends on how answers are merged: {mine.en} under the rules of this study (the same under "
        f"{values[mine]} of {len(found)} pairs of rules), but {told.en} under others, for instance {others[0].en} with "
        f"{rule_name(example.people).en} for people and {rule_name(example.offices).en} for offices. Report the rules "
        "along with the result, and fix them before answers come in.",
    )


def _range(found: Sequence[Under], *, levels: bool) -> Text:
    """From the lowest to the highest of these placements."""
    if levels:
        low = same(str(min(one.low for one in found if one.low is not None)))
        high = same(str(max(one.high for one in found if one.high is not None)))
    else:
        scores = [score for one in found for score in (one.score_low, one.score_high) if score is not None]
        low, high = (Text(decimal(s, "id"), decimal(s, "en")) for s in (min(scores, key=float), max(scores, key=float)))
    return Text(f"dari {low.id} sampai {high.id}", f"from {low.en} to {high.en}")
