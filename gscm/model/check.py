"""What can be wrong with a model whose files are well-formed: each rule one small function in a table."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from gscm.errors import Issue, Where, did_you_mean
from gscm.i18n import Text
from gscm.model.arithmetic import aggregate, normalised
from gscm.model.graph import Pair, children_of_kind, circles, level_order, redundant_requirements
from gscm.model.tree import Children, Clause, Criteria, Model, Node, Requires, Score, Target, has_levels, top_level

_C = TypeVar("_C", bound=Clause)
Rule = Callable[[Model], Iterator[Issue]]


def faults_of(model: Model, whole: bool = True) -> tuple[Issue, ...]:
    """Every fault and warning of the model; the rules on levels are tried once the structure is sound.

    Of a model that is not `whole`, since a file of it could not be read, only what is there is checked.
    """
    rules = STRUCTURE if whole else tuple(rule for rule in STRUCTURE if rule not in _NEED_THE_WHOLE)
    structural = tuple(issue for rule in rules for issue in rule(model))
    if not whole or any(issue.severity == "error" for issue in structural):
        return (*structural, *circle_of_levels(model))
    return (*structural, *(issue for rule in LEVELS for issue in rule(model)))


def dangling_requirement(model: Model) -> Iterator[Issue]:
    """A requirement names a node that exists, that has levels, and a level that it has."""
    for _, clause in _clauses(model, Requires):
        target = model.nodes.get(clause.node)
        if target is None:
            yield Issue(
                clause.where,
                Text(
                    f"Syarat menyebut “{clause.node}”, yang tidak didefinisikan.",
                    f"A requirement names “{clause.node}”, which nothing defines.",
                ),
                did_you_mean(clause.node, model.nodes)
                or Text("Sebutkan id simpul yang ada.", "Name the id of a node that exists."),
            )
        elif not has_levels(target):
            yield Issue(
                clause.where,
                Text(
                    f"Syarat menyebut “{clause.node}”, yang tidak mempunyai level.",
                    f"A requirement names “{clause.node}”, which has no levels.",
                ),
                Text(
                    "Beri simpul itu gerbang level, atau hapus syaratnya.",
                    "Give that node gates, or remove the requirement.",
                ),
            )
        elif not 2 <= clause.level <= top_level(model, target):
            yield Issue(
                clause.where,
                Text(
                    f"Syarat meminta “{clause.node}” pada level {clause.level}.",
                    f"A requirement asks for “{clause.node}” at level {clause.level}.",
                ),
                Text(
                    f"Pakai level 2 sampai {top_level(model, target)}.",
                    f"Use a level from 2 to {top_level(model, target)}.",
                ),
            )


def node_without_content(model: Model) -> Iterator[Issue]:
    """A node has children, or rows, or says how it is answered; and not two of these."""
    for node in model.nodes.values():
        if node.children and node.open:
            yield Issue(
                node.where,
                Text(
                    f"“{node.id}” mempunyai anak dan sekaligus terbuka (open).",
                    f"“{node.id}” has children and is open as well.",
                ),
                Text("Pilih salah satu.", "Choose one of them."),
            )
        if (node.children or node.open) and (node.criteria or node.quantity):
            yield Issue(
                node.where,
                Text(
                    f"“{node.id}” mempunyai anak, jadi tidak dapat memuat kriteria atau besaran.",
                    f"“{node.id}” has children, so it cannot hold criteria or a quantity.",
                ),
                Text("Pindahkan ke indikator di bawahnya.", "Move them to an indicator below it."),
            )
        if not node.children and not node.open and not node.is_leaf:
            yield Issue(
                node.where,
                Text(
                    f"“{node.id}” tidak mempunyai anak dan tidak dijawab.",
                    f"“{node.id}” has no children and is not answered.",
                ),
                Text(
                    "Tambahkan anak, atau tulis answer: criteria, level, quantity, atau score.",
                    "Add children, or write answer: criteria, level, quantity or score.",
                ),
            )


def answer_without_means(model: Model) -> Iterator[Issue]:
    """What an indicator is answered by is there: criteria, levels, or a quantity."""
    for node in model.nodes.values():
        count = len(model.level_names.get(node.levels or "", ()))
        if node.answer == "criteria" and not node.criteria:
            yield Issue(
                node.where,
                Text(f"“{node.id}” belum mempunyai kriteria.", f"“{node.id}” has no criteria."),
                Text("Tulis kriteria untuk setiap level.", "Write criteria for each level."),
            )
        if node.criteria and node.answer not in ("criteria", None):
            yield Issue(
                node.where,
                Text(
                    f"“{node.id}” memuat kriteria, padahal answer: {node.answer}.",
                    f"“{node.id}” holds criteria although answer: {node.answer}.",
                ),
                Text("Tulis answer: criteria.", "Write answer: criteria."),
            )
        for level, criteria in node.criteria.items():
            if not 2 <= level <= count:
                yield Issue(
                    criteria[0].where,
                    Text(
                        f"Kriteria pada level {level}, yang tidak ada.",
                        f"Criteria at level {level}, which does not exist.",
                    ),
                    Text(f"Pakai level 2 sampai {count}.", f"Use levels 2 to {count}."),
                )
        if node.answer == "level" and not count:
            yield Issue(
                node.where,
                Text(
                    f"“{node.id}” dijawab dengan level, padahal tidak ada deret level.",
                    f"“{node.id}” is answered by a level, but there is no sequence of levels.",
                ),
                Text("Tulis level_names di model.yaml.", "Write level_names in model.yaml."),
            )
        if node.answer == "quantity" and node.quantity is None:
            yield Issue(
                node.where,
                Text(
                    f"“{node.id}” dijawab dengan besaran, padahal quantity belum ditulis.",
                    f"“{node.id}” is answered by a quantity, but none is written.",
                ),
                Text("Tulis quantity: satuan, arah, min, max.", "Write quantity: unit, direction, min, max."),
            )


def clause_without_object(model: Model) -> Iterator[Issue]:
    """A clause speaks of something that the node has: children with levels, criteria, a quantity."""
    for node, clause in _clauses(model, Children):
        children = children_of_kind(model, node, clause.of)
        if not children and not node.open:
            what = f" (of: {clause.of})" if clause.of else ""
            yield Issue(
                clause.where,
                Text(
                    f"Klausa children{what}: “{node.id}” tidak mempunyai anak seperti itu.",
                    f"Clause children{what}: “{node.id}” has no such children.",
                ),
                Text("Hapus klausa ini atau perbaiki of.", "Remove the clause or correct of."),
            )
        if node.open and node.open.answer != "level":
            yield Issue(
                clause.where,
                Text(
                    f"Klausa children pada “{node.id}”: baris-barisnya tidak mempunyai level.",
                    f"Clause children of “{node.id}”: its rows have no levels.",
                ),
                Text(
                    "Tulis open: {answer: level}, atau pakai klausa score.",
                    "Write open: {answer: level}, or use a score clause.",
                ),
            )
        for child in children:
            mine, theirs = top_level(model, node), top_level(model, child)
            if not has_levels(child):
                yield Issue(
                    clause.where,
                    Text(
                        f"Klausa children pada “{node.id}”: anak “{child.id}” tidak mempunyai level.",
                        f"Clause children of “{node.id}”: its child “{child.id}” has no levels.",
                    ),
                    Text(
                        "Beri anak itu gerbang level, atau pakai klausa score.",
                        "Give that child gates, or use a score clause.",
                    ),
                )
            elif theirs != mine or clause.at > theirs:
                yield Issue(
                    clause.where,
                    Text(
                        f"“{node.id}” mempunyai {mine} level dan anaknya “{child.id}” {theirs} level.",
                        f"“{node.id}” has {mine} levels and its child “{child.id}” has {theirs}.",
                    ),
                    Text("Samakan jumlah levelnya.", "Give both the same number of levels."),
                )
    for node, criteria in _clauses(model, Criteria):
        if node.answer != "criteria":
            yield Issue(
                criteria.where,
                Text(
                    f"Klausa criteria pada “{node.id}”, yang tidak dijawab dengan kriteria.",
                    f"A criteria clause at “{node.id}”, which is not answered by criteria.",
                ),
                Text("Tulis answer: criteria, atau hapus klausanya.", "Write answer: criteria, or remove the clause."),
            )
        elif criteria.at is not None and criteria.at not in node.criteria:
            yield Issue(
                criteria.where,
                Text(
                    f"Klausa criteria pada “{node.id}”: tidak ada kriteria pada level {criteria.at}.",
                    f"A criteria clause at “{node.id}”: there are no criteria at level {criteria.at}.",
                ),
                Text("Perbaiki at, atau tulis kriterianya.", "Correct at, or write the criteria."),
            )


def cutoffs_out_of_order(model: Model) -> Iterator[Issue]:
    """The lower cut-offs of a node rise with the level."""
    for node in model.nodes.values():
        cuts = [
            (level, clause)
            for level, clauses in sorted(node.gates.items())
            for clause in clauses
            if isinstance(clause, Score)
        ]
        for (low, first), (high, second) in pairwise(cuts):
            if second.cutoff <= first.cutoff and high > low:
                yield Issue(
                    second.where,
                    Text(
                        f"Batas level {high} ({_plain(second.cutoff)}) tidak lebih tinggi daripada "
                        f"batas level {low} ({_plain(first.cutoff)}).",
                        f"The cut-off of level {high} ({_plain(second.cutoff)}) is not above "
                        f"that of level {low} ({_plain(first.cutoff)}).",
                    ),
                    Text("Urutkan batas dari rendah ke tinggi.", "Put the cut-offs in rising order."),
                )


def level_inversion(model: Model) -> Iterator[Issue]:
    """A higher level asks no less of another node, or of the children, than a lower one does."""
    for node in model.nodes.values():
        asked: dict[Hashable, tuple[int, int]] = {}
        of: Hashable
        for level, clauses in sorted(node.gates.items()):
            for clause in clauses:
                if isinstance(clause, Requires):
                    of, at, whom = clause.node, clause.level, clause.node
                elif isinstance(clause, Children) and clause.rule != "mean":
                    whom = clause.of or "children"
                    of, at = (clause.rule, clause.share, clause.weighted, clause.of), clause.at
                else:
                    continue
                below, before = asked.get(of, (level, at))
                if at < before and below < level:
                    yield Issue(
                        clause.where,
                        Text(
                            f"“{node.id}” terbalik: level {level} meminta {whom} pada level {at}, "
                            f"padahal level {below} sudah meminta level {before}.",
                            f"“{node.id}” is inverted: level {level} asks for {whom} at level {at}, "
                            f"although level {below} asks for level {before} already.",
                        ),
                        Text(
                            "Tukar kedua syaratnya, atau hapus yang lebih rendah.",
                            "Swap the two, or remove the lower one.",
                        ),
                        "warning",
                    )
                asked[of] = max((level, at), (below, before), key=lambda pair: pair[1])


def quantity_in_two_directions(model: Model) -> Iterator[Issue]:
    """A quantity has one direction: its targets follow it, within its goalposts."""
    for node in model.nodes.values():
        quantity = node.quantity or (node.open.quantity if node.open else None)
        if quantity is None:
            continue
        if quantity.min >= quantity.max:
            yield Issue(
                quantity.where,
                Text(
                    f"Besaran “{node.id}”: min harus lebih kecil daripada max.",
                    f"Quantity of “{node.id}”: min must be below max.",
                ),
                Text(
                    "Arah ditentukan oleh direction, bukan oleh urutan min dan max.",
                    "The direction is told by direction, not by the order of min and max.",
                ),
            )
            continue
        if quantity.logarithm and quantity.min <= 0:
            yield Issue(
                quantity.where,
                Text(
                    f"Besaran “{node.id}”: logaritma membutuhkan min di atas 0.",
                    f"Quantity of “{node.id}”: a logarithm needs min above 0.",
                ),
                Text("Ubah min atau logarithm.", "Change min or logarithm."),
            )
        for (low, first), (high, second) in pairwise(sorted(quantity.targets.items())):
            if not quantity.reaches(second, first):
                yield Issue(
                    quantity.where,
                    Text(
                        f"Besaran “{node.id}” dibaca ke dua arah: "
                        f"target level {high} ({_plain(second)}) lebih mudah daripada "
                        f"level {low} ({_plain(first)}), padahal direction: {quantity.direction}.",
                        f"The quantity of “{node.id}” is read in two directions: "
                        f"the target of level {high} ({_plain(second)}) is easier than "
                        f"that of level {low} ({_plain(first)}), although direction: {quantity.direction}.",
                    ),
                    Text("Samakan arah target dengan direction.", "Let the targets follow the direction."),
                )
        for level, target in quantity.targets.items():
            if not 2 <= level <= max(2, len(model.level_names.get(node.levels or "", ()))):
                yield Issue(
                    quantity.where,
                    Text(
                        f"Besaran “{node.id}”: target untuk level {level}, yang tidak ada.",
                        f"Quantity of “{node.id}”: a target for level {level}, which does not exist.",
                    ),
                    Text(
                        "Hapus target itu, atau perbaiki nomor levelnya.",
                        "Remove that target, or correct its level.",
                    ),
                )
            if not quantity.min <= target <= quantity.max:
                yield Issue(
                    quantity.where,
                    Text(
                        f"Besaran “{node.id}”: target level {level} ({_plain(target)}) di luar min dan max.",
                        f"Quantity of “{node.id}”: the target of level {level} ({_plain(target)}) "
                        "lies outside min and max.",
                    ),
                    Text("Perlebar min dan max, atau ubah targetnya.", "Widen min and max, or change the target."),
                )


def quantity_beyond_what_it_can_be(model: Model) -> Iterator[Issue]:
    """The goalposts of a quantity lie where the figure itself can lie."""
    for node in model.nodes.values():
        quantity = node.quantity or (node.open.quantity if node.open else None)
        if quantity is None:
            continue
        for name, goalpost in (("min", quantity.min), ("max", quantity.max)):
            if not quantity.can_be(goalpost):
                yield Issue(
                    quantity.where,
                    Text(
                        f"Besaran “{node.id}”: {name} ({_plain(goalpost)}) di luar least dan most.",
                        f"Quantity of “{node.id}”: {name} ({_plain(goalpost)}) lies outside least and most.",
                    ),
                    Text(
                        "Tulis di least dan most batas angka yang mungkin, di min dan max patokan nilainya.",
                        "Write in least and most what the figure can be, in min and max the goalposts of its score.",
                    ),
                )


def quantity_off_the_scale(model: Model) -> Iterator[Issue]:
    """Bands rise with the quantity and give scores on the scale; so do z-scores between the goalposts."""
    low, high = model.scale.min, model.scale.max
    for node in model.nodes.values():
        quantity = node.quantity or (node.open.quantity if node.open else None)
        if quantity is None or quantity.min >= quantity.max:
            continue
        for first, second in pairwise(quantity.bands):
            if not quantity.reaches(second.start, first.start) or second.score <= first.score:
                yield Issue(
                    quantity.where,
                    Text(
                        f"Pita nilai “{node.id}” tidak naik: {_plain(first.start)} lalu {_plain(second.start)}.",
                        f"The bands of “{node.id}” do not rise: {_plain(first.start)}, then {_plain(second.start)}.",
                    ),
                    Text(
                        "Urutkan from menurut direction; score harus naik bersamanya.",
                        "Put from in the order of direction; score must rise with it.",
                    ),
                )
        scores = [band.score for band in quantity.bands]
        if quantity.cohort and quantity.cohort.deviation is not None:
            scores += [normalised(quantity, figure, model.scale) for figure in (quantity.worst, quantity.best)]
        for score in scores:
            if not low <= score <= high:
                yield Issue(
                    quantity.where,
                    Text(
                        f"Besaran “{node.id}” dapat bernilai {_plain(score)}, di luar skala "
                        f"{_plain(low)}–{_plain(high)}.",
                        f"The quantity of “{node.id}” can score {_plain(score)}, off the scale "
                        f"{_plain(low)}–{_plain(high)}.",
                    ),
                    Text("Perlebar scale, atau persempit min dan max.", "Widen scale, or narrow min and max."),
                )
        if sum((bool(quantity.bands), quantity.logarithm, quantity.cohort is not None)) > 1:
            yield Issue(
                quantity.where,
                Text(
                    f"Besaran “{node.id}” dinilai dengan dua cara.",
                    f"The quantity of “{node.id}” is scored in two ways.",
                ),
                Text("Pilih satu: bands, cohort, atau logarithm.", "Choose one: bands, cohort or logarithm."),
            )


def placed_by_unknown_weights(model: Model) -> Iterator[Issue]:
    """No level is placed by a score whose weights nobody knows."""
    unknown = {
        above.id
        for node in model.nodes.values()
        if node.aggregate == "unknown-weights" and node.answer is None
        for above in (node, *model.above(node.id))
    }
    for node, clause in _clauses(model, Score):
        if node.id in unknown:
            yield Issue(
                clause.where,
                Text(
                    f"Level “{node.id}” ditentukan oleh nilai yang bobotnya tidak diketahui.",
                    f"The level of “{node.id}” is placed by a score whose weights are unknown.",
                ),
                Text(
                    "Hapus klausa score, atau tulis bobotnya dengan basis: ours.",
                    "Remove the score clause, or write weights with basis: ours.",
                ),
            )


def unknown_reference(model: Model) -> Iterator[Issue]:
    """Owners, documents and publishers are entries of the model's tables."""
    for node in model.nodes.values():
        for criteria in node.criteria.values():
            for criterion in criteria:
                if criterion.action is None:
                    continue
                for table, named, key in (
                    (model.offices, criterion.action.owner, "offices"),
                    (model.documents, criterion.action.document, "documents"),
                ):
                    for name in named:
                        if name not in table:
                            yield Issue(
                                criterion.where,
                                Text(
                                    f"Tindakan {criterion.id} menyebut “{name}”, yang tidak ada di {key}.",
                                    f"The action of {criterion.id} names “{name}”, which is not in {key}.",
                                ),
                                did_you_mean(name, table)
                                or Text(f"Tambahkan ke {key} di model.yaml.", f"Add it to {key} in model.yaml."),
                            )
        if node.quantity and node.quantity.publisher and node.quantity.publisher not in model.sources:
            yield Issue(
                node.quantity.where,
                Text(
                    f"Penerbit “{node.quantity.publisher}” tidak ada di sources.yaml.",
                    f"The publisher “{node.quantity.publisher}” is not in sources.yaml.",
                ),
                did_you_mean(node.quantity.publisher, model.sources)
                or Text("Tambahkan entri sumbernya.", "Add an entry for it."),
            )


def absence_under_a_sum(model: Model) -> Iterator[Issue]:
    """A sum refuses what does not apply: leaving a term out would lower the total."""
    for node in model.nodes.values():
        parent = model.nodes[node.parent] if node.parent else None
        if parent and parent.aggregate == "sum" and _may_be_absent(model, node):
            yield Issue(
                node.where,
                Text(
                    f"“{node.id}” boleh tidak berlaku, padahal “{parent.id}” menjumlahkan anaknya.",
                    f"“{node.id}” may not apply, but “{parent.id}” sums its children.",
                ),
                Text(
                    "Hapus may_not_apply, atau pakai aggregate: mean.", "Remove may_not_apply, or use aggregate: mean."
                ),
            )


def _may_be_absent(model: Model, node: Node) -> bool:
    """Whether the node, or everything that it is scored by, may be said not to apply."""
    if node.may_not_apply:
        return True
    if node.open:
        return node.aggregate != "sum"
    if node.children:
        return all(_may_be_absent(model, model.nodes[child]) for child in node.children)
    criteria = [criterion for level in node.criteria.values() for criterion in level]
    return bool(criteria) and all(criterion.may_not_apply for criterion in criteria)


def ambiguous_level_name(model: Model) -> Iterator[Issue]:
    """A level can be named on input: no two levels of one sequence share a name or alias."""
    for sequence, names in model.level_names.items():
        seen: dict[str, int] = {}
        for level in names:
            words = {level.name.id.casefold(), level.name.en.casefold(), *(a.casefold() for a in level.aliases)}
            for word in sorted(words):
                if seen.setdefault(word, level.number) != level.number:
                    yield Issue(
                        level.where,
                        Text(
                            f"Deret level “{sequence}”: “{word}” dipakai oleh dua level.",
                            f"Levels “{sequence}”: “{word}” is used by two levels.",
                        ),
                        Text("Beri nama atau alias yang berbeda.", "Use different names or aliases."),
                    )


def circle_of_levels(model: Model) -> Iterator[Issue]:
    """No level needs itself: the level graph has no circle."""
    for circle in circles(model):
        path = " → ".join(_pair(edge.above) for edge in circle) + " → " + _pair(circle[0].above)
        drawn = "; ".join(f"{_pair(edge.above)} → {_pair(edge.below)}: {edge.where}" for edge in circle)
        yield Issue(
            circle[0].where,
            Text(
                f"Level saling mensyaratkan dalam lingkaran: {path} ({drawn}).",
                f"Levels require one another in a circle: {path} ({drawn}).",
            ),
            Text(
                "Hapus atau turunkan level salah satu syarat di lingkaran itu.",
                "Remove one of these requirements, or lower its level.",
            ),
        )


def level_out_of_reach(model: Model) -> Iterator[Issue]:
    """Every level holds when every answer is at its best."""
    if circles(model):
        return
    best = _best_scores(model)
    holds: set[Pair] = set()
    for node_id, level in level_order(model):
        node = model.nodes[node_id]
        failing = [c for c in node.gates.get(level, ()) if not _best(model, node, level, c, best, holds)]
        if level == 2 or (node_id, level - 1) in holds:
            if not failing:
                holds.add((node_id, level))
                continue
            yield Issue(
                failing[0].where,
                Text(
                    f"Level {level} dari “{node_id}” tidak tercapai sekalipun semua jawaban terbaik.",
                    f"Level {level} of “{node_id}” fails even with every answer at its best.",
                ),
                Text("Longgarkan klausa ini.", "Loosen this clause."),
            )


def _best(model: Model, node: Node, level: int, clause: Clause, best: dict[str, Fraction], holds: set[Pair]) -> bool:
    match clause:
        case Score():
            return best[node.id] > clause.cutoff or (clause.inclusive and best[node.id] == clause.cutoff)
        case Requires():
            return (clause.node, clause.level) in holds
        case Target():
            quantity = node.quantity
            return (
                quantity is None
                or level not in quantity.targets
                or quantity.reaches(quantity.best, quantity.targets[level])
            )
        case Children():
            standing = [child for child in children_of_kind(model, node, clause.of) if (child.id, clause.at) in holds]
            count = len(children_of_kind(model, node, clause.of))
            if clause.rule == "mean" or node.open:
                return True
            if clause.rule == "any":
                return bool(standing)
            return len(standing) >= (clause.share or 1) * count
        case Criteria():
            return True


def _best_scores(model: Model) -> dict[str, Fraction]:
    best: dict[str, Fraction] = {}
    for node in reversed(tuple(model.nodes.values())):
        if node.answer == "level":
            best[node.id] = Fraction(top_level(model, node))
        elif node.children:
            children = [(model.nodes[c].weight, best[c]) for c in node.children]
            best[node.id] = aggregate(node, children, model.scale, upper=True)
        elif node.answer == "quantity" and node.quantity:
            best[node.id] = normalised(node.quantity, node.quantity.best, model.scale)
        else:
            best[node.id] = model.scale.max
    return best


def redundant_requirement(model: Model) -> Iterator[Issue]:
    """A requirement that follows from the others says nothing new."""
    if circles(model):
        return
    for edge in redundant_requirements(model):
        yield Issue(
            edge.where,
            Text(
                f"Syarat {_pair(edge.above)} → {_pair(edge.below)} sudah mengikuti dari syarat lain.",
                f"The requirement {_pair(edge.above)} → {_pair(edge.below)} follows from others anyway.",
            ),
            Text("Boleh dihapus.", "It may be removed."),
            "warning",
        )


def level_without_criterion(model: Model) -> Iterator[Issue]:
    """A level of an indicator without a criterion passes vacuously."""
    for node in model.nodes.values():
        if node.answer != "criteria" or not node.criteria:
            continue
        for level in range(2, top_level(model, node) + 1):
            measured = node.quantity is not None and level in node.quantity.targets
            if level not in node.criteria and not measured:
                yield Issue(
                    node.where,
                    Text(
                        f"“{node.id}” tidak mempunyai kriteria pada level {level}, "
                        "sehingga level itu lolos begitu saja.",
                        f"“{node.id}” has no criterion at level {level}, so that level passes vacuously.",
                    ),
                    Text("Tulis kriterianya.", "Write a criterion."),
                    "warning",
                )


STRUCTURE: tuple[Rule, ...] = (
    dangling_requirement,
    node_without_content,
    answer_without_means,
    clause_without_object,
    cutoffs_out_of_order,
    quantity_in_two_directions,
    quantity_beyond_what_it_can_be,
    quantity_off_the_scale,
    placed_by_unknown_weights,
    unknown_reference,
    absence_under_a_sum,
    ambiguous_level_name,
    level_inversion,
    level_without_criterion,
)
_NEED_THE_WHOLE: tuple[Rule, ...] = (dangling_requirement, node_without_content, clause_without_object)
LEVELS: tuple[Rule, ...] = (circle_of_levels, level_out_of_reach, redundant_requirement)


def _clauses(model: Model, kind: type[_C]) -> Iterator[tuple[Node, _C]]:
    for node in model.nodes.values():
        seen: set[Where] = set()
        for clauses in node.gates.values():
            for clause in clauses:
                if isinstance(clause, kind) and (clause.where not in seen or isinstance(clause, Requires)):
                    seen.add(clause.where)
                    yield node, clause


def _pair(pair: Pair) -> str:
    return f"{pair[0]}@{pair[1]}"


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else str(float(value))
