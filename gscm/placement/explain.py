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
        return _score_sentence(result, placement, title)
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


def _score_sentence(result: Result, placement: Placement, title: Text) -> Text:
    low, high = score_text(result, placement.score_low), score_text(result, placement.score_high)
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
    needs = listed(tuple(_short(result, lack) for lack in block.lacks))
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
        yield Reason(_short(result, lack), why, lack.facts, open_, tuple(under))


def _short(result: Result, lack: Lack) -> Text:
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
            return _cutoff_text(result, lack, clause)
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


def _cutoff_text(result: Result, lack: Lack, clause: Score) -> Text:
    cutoff = score_text(result, clause.cutoff) or ""
    missing = score_text(result, lack.missing) or ""
    sign = Text("sekurang-kurangnya", "at least") if clause.inclusive else Text("di atas", "above")
    return Text(
        f"nilai {sign.id} {comma(cutoff)} (kurang {comma(missing)})", f"a score of {sign.en} {cutoff} ({missing} short)"
    )


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
    fact = result.reading.facts[fact_id]
    node = result.model.nodes[fact.node]
    state = _state(result, fact_id)
    if fact.kind == "criterion":
        criterion = next(c for c in node.criteria[fact.level or 0] if c.id == fact_id)
        sentence = Text(criterion.text.id.rstrip("."), criterion.text.en.rstrip("."))
        return Text(f"{sentence.id} ({state.id})", f"{sentence.en} ({state.en})")
    title = _fact_title(result, node, fact.kind)
    return Text(f"{title.id} ({state.id})", f"{title.en} ({state.en})")


def _fact_title(result: Result, node: Node, kind: str) -> Text:
    """What a fact is called: its figure, its row, the index for the score of the whole, or its node."""
    of_row = node.parent is not None and result.model.nodes[node.parent].open is not None
    if kind == "quantity" and node.quantity is not None and not of_row:
        return node.quantity.title
    if kind == "score" and node.parent is None:
        return result.model.index or node.title
    return node.title


def _state(result: Result, fact_id: str) -> Text:
    fact = result.reading.facts[fact_id]
    answer = result.answers.entries.get(fact_id)
    if fact_id in result.reading.open:
        return Text("belum diketahui", "not known")
    value = result.reading.low[fact_id]
    if fact.kind == "criterion":
        if answer is not None and answer.status == "withheld":
            return Text("dicoret saat verifikasi", "struck out in verification")
        if value >= 2:
            return Text("ya, bukti diterima", "yes, evidence accepted")
        return Text("ya", "yes") if value >= 1 else Text("belum", "not yet")
    if fact.kind == "level" and value.denominator == 1:
        name = level_name(result, result.model.nodes[fact.node], int(value))
        return Text(f"saat ini {name.id}", f"now {name.en}")
    shown = score_text(result, value) if fact.kind == "score" else _figure(value)
    unit = result.model.nodes[fact.node].quantity
    unit_text = unit.unit if unit and fact.kind == "quantity" else same("")
    return Text(f"saat ini {comma(shown or '')} {unit_text.id}".rstrip(), f"now {shown} {unit_text.en}".rstrip())


def _figure(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.6g}"


def _undecided(result: Result, placement: Placement) -> Text | None:
    if placement.low is None or placement.low == placement.high:
        return None
    count = sum(1 for fact in placement.blocked_by if fact in result.reading.open)
    return Text(
        f"{count} jawaban yang masih terbuka menentukan apakah level berikutnya tercapai.",
        f"{count} open answers decide whether the next level is reached.",
    )


__all__ = ["Explanation", "Reason", "explain", "fact_text", "level_name", "stands"]
