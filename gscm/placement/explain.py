"""The reasons in words, in Indonesian and in English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from gscm.i18n import Text, listed, same
from gscm.model.graph import Pair
from gscm.model.tree import Children, Criteria, Node, Requires, Score, Target
from gscm.placement.place import Placement, Result, score_text
from gscm.placement.why import Block, Lack


@dataclass(frozen=True, slots=True)
class Reason:
    """One failing clause in words, with what is under it. `facts` are the facts it names itself."""

    text: Text
    why: Text | None
    facts: tuple[str, ...]
    open: bool
    under: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a node stands where it stands, and why not one higher."""

    node: str
    stands: Text
    next: Text | None
    reasons: tuple[Reason, ...]
    held: tuple[Text, ...]
    undecided: Text | None


def explain(result: Result, node_id: str) -> Explanation:
    """The explanation of one node. Raises KeyError if the model has no such node."""
    node, placement = result.model.nodes[node_id], result.nodes[node_id]
    block = result.blocks.get(node_id) if placement.low is not None else None
    return Explanation(
        node=node_id,
        stands=stands(result, placement),
        next=_next(result, node, block),
        reasons=tuple(_reasons(result, block, {node_id})) if block else (),
        held=tuple(fact_text(result, fact) for fact in placement.held_by),
        undecided=_undecided(result, placement),
    )


def level_name(result: Result, node: Node, level: int) -> Text:
    """The name of a level of a node."""
    return result.model.names(node)[level - 1].name


def stands(result: Result, placement: Placement) -> Text:
    """One sentence: where the node stands, as an interval where the answers leave it open."""
    node = result.model.nodes[placement.node]
    title = subject_title(result, node)
    if not placement.assessed:
        return Text(f"{title.id} tidak dinilai dalam kajian ini.", f"{title.en} is not assessed in this study.")
    if not placement.applies:
        return Text(f"{title.id} tidak berlaku.", f"{title.en} does not apply.")
    title = _within_scope(result, node, title)
    if placement.low is None:
        return _score_sentence(title, *(score_text(result, v) for v in (placement.score_low, placement.score_high)))
    if node.real:  # a level such as 2.2 is told as it was answered
        ends = (None if value is None else _figure(value) for value in (placement.score_low, placement.score_high))
        return _score_sentence(title, *ends)
    low, high = level_name(result, node, placement.low), level_name(result, node, placement.high or placement.low)
    if placement.low == placement.high:
        return Text(f"{title.id} berada pada level {low.id}.", f"{title.en} stands at level {low.en}.")
    return Text(
        f"{title.id} telah terbukti pada level {low.id}; dengan jawaban yang masih terbuka, {high.id} masih mungkin.",
        f"{title.en} is shown to stand at level {low.en}; with the answers still open, {high.en} remains possible.",
    )


def subject_title(result: Result, node: Node) -> Text:
    """The node's title; for the whole, the name of the subject."""
    return same(result.answers.subject.name) if node.id == result.model.id else node.title


def _within_scope(result: Result, node: Node, title: Text) -> Text:
    """The title, with what a partial scope makes of an official index."""
    partial = any(below.id in result.reading.outside for below in result.model.below(node.id))
    if not partial or result.model.status != "official":
        return title
    return Text(
        f"Dalam lingkup yang dinilai (bukan indeks resmi), {title.id}",
        f"Within the scope assessed (not an official index), {title.en}",
    )


def _score_sentence(title: Text, low: str | None, high: str | None) -> Text:
    if low is None or high is None:
        return Text(f"{title.id} tidak mempunyai nilai.", f"{title.en} has no score.")
    if low == high:
        return Text(f"{title.id} bernilai {comma(low)}.", f"{title.en} scores {low}.")
    return Text(
        f"{title.id} bernilai antara {comma(low)} dan {comma(high)}.", f"{title.en} scores between {low} and {high}."
    )


def comma(score: str) -> str:
    """A printed score with the Indonesian decimal comma."""
    return score.replace(".", ",")


def _next(result: Result, node: Node, block: Block | None) -> Text | None:
    if block is None:
        return None
    name = level_name(result, node, block.level)
    needs = listed(tuple(_short(result, lack, node) for lack in block.lacks))
    return Text(
        f"Untuk mencapai {name.id} masih diperlukan: {needs.id}.", f"To reach {name.en} it still needs: {needs.en}."
    )


def _reasons(result: Result, block: Block, seen: set[str]) -> Iterator[Reason]:
    for lack in block.lacks:
        under: list[Reason] = []
        for child, _ in lack.nodes:
            if child in seen or child not in result.blocks:
                continue
            seen.add(child)
            below = result.blocks[child]
            child_node = result.model.nodes[child]
            title, name = child_node.title, level_name(result, child_node, below.level)
            under.append(
                Reason(
                    Text(f"{title.id} belum {name.id}, karena:", f"{title.en} is not yet {name.en}, because:"),
                    None,
                    (),
                    False,
                    tuple(_reasons(result, below, seen)),
                )
            )
        open_ = bool(lack.facts) and all(fact in result.reading.open for fact in lack.facts)
        facts = lack.facts if len(lack.facts) > 1 and not isinstance(lack.clause, Score) else ()
        under += [Reason(fact_text(result, fact), None, (fact,), fact in result.reading.open, ()) for fact in facts]
        why = getattr(lack.clause, "reason", None)
        yield Reason(_short(result, lack, result.model.nodes[block.node]), why, lack.facts, open_, tuple(under))


def _short(result: Result, lack: Lack, node: Node) -> Text:
    """One failing clause as a noun phrase: what is needed, and what there is."""
    clause = lack.clause
    if clause is None:
        return listed(tuple(fact_text(result, fact) for fact in lack.facts))
    match clause:
        case Requires():
            return _pair_text(result, (clause.node, clause.level))
        case Children():
            return _children_text(result, lack, clause)
        case Criteria():
            if len(lack.facts) == 1:
                return fact_text(result, lack.facts[0])
            return Text(f"{len(lack.facts)} kriteria yang belum terpenuhi", f"{len(lack.facts)} criteria not met")
        case Score():
            return _cutoff_text(result, node, clause)
        case Target():
            return fact_text(result, lack.facts[0])


def _children_text(result: Result, lack: Lack, clause: Children) -> Text:
    if len(lack.nodes) == 1 or (clause.rule == "all" and len(lack.nodes) <= 3):
        return listed(tuple(_pair_text(result, pair) for pair in lack.nodes))
    titles = listed(tuple(result.model.nodes[node].title for node, _ in lack.nodes))
    if clause.rule == "mean":
        return Text(f"rata-rata level yang lebih tinggi dari {titles.id}", f"a higher mean level of {titles.en}")
    name = level_name(result, result.model.nodes[lack.nodes[0][0]], clause.at)
    needed = _up(lack.missing) if not clause.weighted and clause.rule != "any" else None
    if clause.rule == "any":
        return Text(f"salah satu dari {titles.id} mencapai {name.id}", f"one of {titles.en} at {name.en}")
    if needed is None:
        return Text(f"cukup bobot dari {titles.id} mencapai {name.id}", f"enough weight of {titles.en} at {name.en}")
    if needed == len(lack.nodes):
        return Text(f"{titles.id} mencapai {name.id}", f"{titles.en} at {name.en}")
    return Text(f"{needed} lagi dari {titles.id} mencapai {name.id}", f"{needed} more of {titles.en} at {name.en}")


def _up(value: Fraction) -> int:
    return max(1, -(-value.numerator // value.denominator))


def shortfall(result: Result, node_id: str, cutoff: Fraction) -> tuple[Fraction, Fraction] | None:
    """What a score lacks to a cut-off: with every open answer at its best, and from what has been shown.

    None where there is no score.
    """
    placement = result.nodes[node_id]
    if placement.score_low is None or placement.score_high is None:
        return None
    nothing = Fraction(0)
    return max(nothing, cutoff - placement.score_high), max(nothing, cutoff - placement.score_low)


def shortfall_text(result: Result, short: tuple[Fraction, Fraction]) -> Text:
    """A shortfall in figures: "0,86", or "0,42 sampai 0,86" where open answers leave it so."""
    least, most = (score_text(result, value) or "" for value in short)
    if least == most:
        return Text(comma(most), most)
    return Text(f"{comma(least)} sampai {comma(most)}", f"{least} to {most}")


def _cutoff_text(result: Result, node: Node, clause: Score) -> Text:
    cutoff = score_text(result, clause.cutoff) or ""
    sign = Text("sekurang-kurangnya", "at least") if clause.inclusive else Text("di atas", "above")
    told = Text(f"nilai {sign.id} {comma(cutoff)}", f"a score of {sign.en} {cutoff}")
    short = shortfall(result, node.id, clause.cutoff)
    if short is None:
        return told
    missing = shortfall_text(result, short)
    return Text(f"{told.id} (kurang {missing.id})", f"{told.en} ({missing.en} short)")


def _pair_text(result: Result, pair: Pair) -> Text:
    """What a requirement asks: "Kemitraan mencapai Initial (saat ini Ad hoc)"."""
    node = result.model.nodes[pair[0]]
    name, placement = level_name(result, node, pair[1]), result.nodes[pair[0]]
    if placement.low is None:
        return Text(
            f"{node.title.id} mencapai {name.id} (tidak dinilai)", f"{node.title.en} at {name.en} (not assessed)"
        )
    now = level_name(result, node, placement.low)
    if placement.low == placement.high:
        return Text(
            f"{node.title.id} mencapai {name.id} (saat ini {now.id})", f"{node.title.en} at {name.en} (now {now.en})"
        )
    high = level_name(result, node, placement.high or placement.low)
    return Text(
        f"{node.title.id} mencapai {name.id} (saat ini {now.id} sampai {high.id})",
        f"{node.title.en} at {name.en} (now {now.en} to {high.en})",
    )


def fact_text(result: Result, fact_id: str) -> Text:
    """A fact and its state: the statement of a criterion, the level of an indicator, a measured figure."""
    name, state = fact_name(result, fact_id), fact_state(result, fact_id)
    return Text(f"{name.id} ({state.id})", f"{name.en} ({state.en})")


def fact_name(result: Result, fact_id: str) -> Text:
    """A fact without its state: the statement of a criterion, or what the fact is called."""
    fact = result.reading.facts[fact_id]
    node = result.model.nodes[fact.node]
    if fact.kind == "criterion":
        criterion = next(c for c in node.criteria[fact.level or 0] if c.id == fact_id)
        return Text(criterion.text.id.rstrip("."), criterion.text.en.rstrip("."))
    return fact_title(result, node, fact.kind)


def fact_title(result: Result, node: Node, kind: str) -> Text:
    """What a fact is called: its figure, its row, the index for the score of the whole, or its node."""
    of_row = node.parent is not None and result.model.nodes[node.parent].open is not None
    if kind == "quantity" and node.quantity is not None and not of_row:
        return node.quantity.title
    if kind == "score" and node.parent is None:
        return result.model.index or node.title
    return node.title


def fact_state(result: Result, fact_id: str) -> Text:
    """What is known of a fact: yes, now Scattered, now 61.5 percent, not known, does not apply."""
    fact = result.reading.facts[fact_id]
    answer = result.answers.entries.get(fact_id)
    if fact_id in result.reading.open:
        return Text("belum diketahui", "not known")
    if fact_id not in result.reading.low:
        return Text("tidak berlaku", "does not apply")
    value = result.reading.low[fact_id]
    if fact.kind == "criterion":
        if answer is not None and answer.status == "withheld":
            return Text("dicoret saat verifikasi", "struck out in verification")
        if value >= 2:
            return Text("ya, bukti diterima", "yes, evidence accepted")
        return Text("ya", "yes") if value >= 1 else Text("belum", "not yet")
    node = result.model.nodes[fact.node]
    if fact.kind == "level" and value.denominator == 1 and not node.real:
        name = level_name(result, node, int(value))
        return Text(f"saat ini {name.id}", f"now {name.en}")
    shown = score_text(result, value) if fact.kind == "score" else _figure(value)
    unit = node.quantity
    unit_text = unit.unit if unit and fact.kind == "quantity" else same("")
    return Text(f"saat ini {comma(shown or '')} {unit_text.id}".rstrip(), f"now {shown} {unit_text.en}".rstrip())


def _figure(value: Fraction) -> str:
    """An exact number: 3, 2.25, and 10/3 where four decimals do not hold it."""
    short = f"{float(value):.4f}".rstrip("0").rstrip(".")
    return short if Fraction(short) == value else str(value)


def _undecided(result: Result, placement: Placement) -> Text | None:
    if placement.low is None or placement.low == placement.high:
        return None
    count = sum(1 for fact in placement.blocked_by if fact in result.reading.open)
    return Text(
        f"{count} jawaban yang masih terbuka menentukan apakah level berikutnya tercapai.",
        f"{count} open answers decide whether the next level is reached.",
    )


__all__ = [
    "Explanation",
    "Reason",
    "comma",
    "explain",
    "fact_text",
    "fact_title",
    "level_name",
    "shortfall",
    "shortfall_text",
    "stands",
    "subject_title",
]
