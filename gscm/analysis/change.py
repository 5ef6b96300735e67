"""Two waves of one subject: what the answers moved and what the model moved; several subjects side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gscm.analysis.finding import Finding, Grid, Interval as Row, IntervalPlot, refused
from gscm.analysis.material import Material
from gscm.analysis.parts import level_text, named, parts, score_text, titled
from gscm.analysis.rebound import rebound, same_model
from gscm.analysis.wording import NONE, figure, some, whole
from gscm.i18n import Text, same
from gscm.model.tree import Model
from gscm.placement.place import Result, place
from gscm.responses.answers import Answers

TITLE = Text("Perubahan antarpenilaian", "Change between assessments")
PEERS = Text("Kedudukan di antara daerah lain", "Standing among other subjects")
_METHOD = Text(
    "Jawaban lama dan baru ditempatkan di bawah model lama dan baru (empat penempatan eksak). Bagian jawaban ialah "
    "rata-rata perubahan karena jawaban di bawah model lama dan di bawah model baru; bagian model sebaliknya (nilai "
    "Shapley dua faktor: simetris, dan jumlahnya tepat sama dengan perubahannya). Jawaban dipindahkan menurut id-nya; "
    "yang tidak ada padanannya dianggap belum terjawab. Yang dihitung ialah ujung rendah, yang sudah terbukti.",
    "Old and new answers are placed under the old and the new model (four exact placements). The part of the answers "
    "is the mean of the change due to answers under the old model and under the new one; the part of the model "
    "likewise (the Shapley value of two factors: symmetric, and the parts add up to the change exactly). Answers carry "
    "over by their ids; those without a counterpart count as unanswered. What counts is the low end, as shown.",
)
_SOURCE = (
    "Shapley, L. S. (1953). A value for n-person games. In Contributions to the Theory of Games II (pp. 307–317). "
    "Princeton University Press"
)
LISTED = 30
_NONE = Text(
    "Tidak ada penilaian pembanding; sebutkan dengan --against, misalnya jawaban gelombang sebelumnya.",
    "There is no assessment to compare with; name one with --against, such as the answers of an earlier wave.",
)


def change(material: Material) -> Iterator[Finding]:
    """The movement of each part since an earlier wave, split in two; and how the subject stands among others."""
    mine = material.answers.subject.id
    waves = sorted((one for one in material.others if one.subject.id == mine), key=_year)
    peers = [one for one in material.others if one.subject.id != mine]
    if not material.others:
        yield refused("change", "change", TITLE, _NONE, _METHOD, _SOURCE)
        return
    for number, wave in enumerate(waves, 1):
        old, new = sorted((wave, material.answers), key=_year)
        yield _between(new, old, "change" if len(waves) == 1 else f"change-{number}")
    if peers:
        yield _among(material.answers, peers)


def _year(answers: Answers) -> int:
    return answers.subject.year or 0


# ---------------------------------------------------------------------------------------------------- two waves

Four = Mapping[tuple[int, int], Fraction | None]
"""A level or score by (model, answers): 0 is the old one, 1 the new one; None where there is none."""


@dataclass(frozen=True, slots=True)
class Split:
    """A movement: from, to, and how much of it is due to the answers and to the model (which add up to it)."""

    old: Fraction
    new: Fraction
    answers: Fraction
    model: Fraction


@dataclass(frozen=True, slots=True)
class Moved:
    """One node: how its level and its score moved, None where it has none in one of the four placements."""

    node: str
    level: Split | None
    score: Split | None


def split(four: Four) -> Split | None:
    """The Shapley values of answers and model."""
    old, model, answers, new = four[0, 0], four[1, 0], four[0, 1], four[1, 1]
    if old is None or model is None or answers is None or new is None:
        return None
    return Split(old, new, ((answers - old) + (new - model)) / 2, ((model - old) + (new - answers)) / 2)


def movements(old: Answers, new: Answers) -> tuple[tuple[Moved, ...], tuple[str, ...]]:
    """How the nodes of which something is known moved, and the answers without a counterpart in the other model."""
    alike = same_model(old.model, new.model)
    back, forth = rebound(new, old.model), rebound(old, new.model)
    results = {(0, 0): place(old), (1, 1): place(new)}
    results[0, 1] = results[1, 1] if alike else place(back.answers)
    results[1, 0] = results[0, 0] if alike else place(forth.answers)
    found = []
    for id in new.model.nodes:
        there = old.model.id if id == new.model.id else id
        if there in old.model.nodes:
            levels = {key: _level(results[key], there if key[0] == 0 else id) for key in results}
            scores = {key: _score(results[key], there if key[0] == 0 else id) for key in results}
            if _known(results[0, 0], there) or _known(results[1, 1], id):
                found.append(Moved(id, split(levels), split(scores)))
    return tuple(found), (() if alike else tuple(dict.fromkeys((*forth.left, *back.left))))


def _known(result: Result, node: str) -> bool:
    """Whether anything at all is known of a node."""
    return result.nodes[node].given or result.nodes[node].coverage > 0


def _level(result: Result, node: str) -> Fraction | None:
    placement = result.nodes.get(node)
    return None if placement is None or placement.low is None else Fraction(placement.low)


def _score(result: Result, node: str) -> Fraction | None:
    placement = result.nodes.get(node)
    return None if placement is None else placement.score_low


def _between(new: Answers, old: Answers, id: str) -> Finding:
    when = _when(old), _when(new)
    title = Text(f"Perubahan dari {when[0].id} ke {when[1].id}", f"Change from {when[0].en} to {when[1].en}")
    if _scales(old.model) != _scales(new.model):
        why = Text(
            f"Kedua penilaian memakai instrumen yang berbeda ({old.model.short.id} dan {new.model.short.id}) dengan "
            "skala atau deret level yang lain; selisihnya tidak bermakna.",
            f"The two assessments use different instruments ({old.model.short.en} and {new.model.short.en}) with "
            "another scale or other levels; the difference means nothing.",
        )
        return refused("change", id, title, why, _METHOD, _SOURCE)
    moved, left = movements(old, new)
    by_node = {one.node: one for one in moved}
    shown = [one for node in parts(new.model) if (one := by_node.get(node.id)) and (one.level or one.score)]
    if not shown:
        why = Text(
            "Tidak ada bagian yang mempunyai level atau nilai pada kedua penilaian.",
            "No part has a level or a score in both assessments.",
        )
        return refused("change", id, title, why, _METHOD, _SOURCE)
    alike = same_model(old.model, new.model)
    return Finding(
        section="change",
        id=id,
        title=title,
        meaning=_meaning(new.model, shown, alike=alike),
        method=_METHOD,
        source=_SOURCE,
        n=Text(f"2 penilaian, {len(moved)} simpul bersama", f"2 assessments, {len(moved)} nodes in common"),
        data={
            "from": {"year": old.subject.year, "model": old.model.id, "version": old.model.version},
            "to": {"year": new.subject.year, "model": new.model.id, "version": new.model.version},
            "same_model": alike,
            "decomposition": "shapley",
            "without_counterpart": list(left),
            "nodes": {one.node: _plain(one) for one in moved if one.level or one.score},
        },
        grids=tuple(_tables(new.model, shown, by_node)),
        charts=tuple(_charts(new.model, shown)),
        caution=_left(left),
    )


def _scales(model: Model) -> tuple[Fraction, Fraction, int]:
    """What has to be alike for a difference to mean anything."""
    return model.scale.min, model.scale.max, len(model.names(model.root))


def _when(answers: Answers) -> Text:
    if answers.subject.year is not None:
        return same(str(answers.subject.year))
    return same(f"{answers.model.short.id} {answers.model.version}")


def _plain(one: Moved) -> dict[str, Any]:
    def figures(split: Split | None) -> dict[str, float] | None:
        if split is None:
            return None
        return {
            "from": float(split.old),
            "to": float(split.new),
            "by_answers": float(split.answers),
            "by_model": float(split.model),
        }

    return {"level": figures(one.level), "score": figures(one.score)}


def _left(left: Sequence[str]) -> Text | None:
    if not left:
        return None
    names = some([same(id) for id in left])
    return Text(
        f"{whole(len(left)).id} jawaban tidak ada padanannya di model yang lain dan di sana dianggap belum terjawab "
        f"({names.id}); sebagian perubahan karena model berasal dari situ. Bila idnya berganti, pindahkan dahulu "
        "dengan gscm model migrate.",
        f"{whole(len(left)).en} answers have no counterpart in the other model and count as unanswered there "
        f"({names.en}); part of what is put down to the model comes from that. Where ids have changed, carry the "
        "answers over first with gscm model migrate.",
    )


def _signed(value: Fraction, digits: int) -> Text:
    """A difference with its sign: "+0,50", "−1"."""
    written = figure(abs(float(value)), digits)
    if not any(digit in "123456789" for digit in written.en):
        return written
    sign = "+" if value > 0 else "−"
    return Text(f"{sign}{written.id}", f"{sign}{written.en}")


def whole_levels(split: Split) -> bool:
    """Whether answers and model moved the level by whole steps."""
    return split.answers.denominator == split.model.denominator == 1


def _levels(value: Fraction) -> Text:
    return _signed(value, 0 if value.denominator == 1 else 1)


def _meaning(model: Model, shown: Sequence[Moved], *, alike: bool) -> Text:
    first = shown[0]
    name = named(model, first.node)
    told = []
    if first.level is not None:
        old, new = (level_text(model, first.node, int(one)) for one in (first.level.old, first.level.new))
        if old == new:
            told.append(Text(f"Level {name.id} tetap {new.id}.", f"The level of {name.en} stays {new.en}."))
        else:
            up = first.level.new > first.level.old
            told.append(
                Text(
                    f"Level {name.id} {'naik' if up else 'turun'} dari {old.id} ke {new.id}"
                    f"{_why_id(first.level, 0 if whole_levels(first.level) else 1, alike=alike)}.",
                    f"The level of {name.en} {'rises' if up else 'falls'} from {old.en} to {new.en}"
                    f"{_why_en(first.level, 0 if whole_levels(first.level) else 1, alike=alike)}.",
                )
            )
    if first.score is not None:
        digits = model.scale.digits
        moved = first.score.new - first.score.old
        by = _signed(moved, digits)
        before, after = score_text(model, first.score.old), score_text(model, first.score.new)
        if before == after and not first.score.answers and not first.score.model:
            told.append(Text(f"Nilainya tetap {after.id}.", f"Its score stays {after.en}."))
        else:
            told.append(
                Text(
                    f"Nilai {name.id} berubah dari {before.id} ke {after.id} ({by.id})"
                    f"{_why_id(first.score, digits, alike=alike)}.",
                    f"The score of {name.en} moves from {before.en} to {after.en} ({by.en})"
                    f"{_why_en(first.score, digits, alike=alike)}.",
                )
            )
    most = _most(shown[1:])
    if most is not None and most.score is not None:
        part, by = titled(model, most.node), _signed(most.score.answers, model.scale.digits)
        told.append(
            Text(
                f"Jawaban paling berpengaruh pada {part.id} ({by.id}).",
                f"Answers moved {part.en} most ({by.en}).",
            )
        )
    return Text(" ".join(one.id for one in told), " ".join(one.en for one in told))


def _most(shown: Sequence[Moved]) -> Moved | None:
    scored = [one for one in shown if one.score is not None and one.score.answers]
    return max(scored, key=lambda one: abs(one.score.answers) if one.score else Fraction(), default=None)


def _why_id(split: Split, digits: int, *, alike: bool) -> str:
    if alike:
        return ", seluruhnya karena jawabannya berubah (modelnya sama)"
    answers, model = _signed(split.answers, digits).id, _signed(split.model, digits).id
    return f": {answers} karena jawabannya berubah dan {model} karena modelnya berubah"


def _why_en(split: Split, digits: int, *, alike: bool) -> str:
    if alike:
        return ", all of it because the answers changed (the model is the same)"
    answers, model = _signed(split.answers, digits).en, _signed(split.model, digits).en
    return f": {answers} because the answers changed and {model} because the model did"


def _tables(model: Model, shown: Sequence[Moved], by_node: Mapping[str, Moved]) -> Iterator[Grid]:
    headings = (
        Text("Bagian", "Part"),
        Text("dari", "from"),
        Text("ke", "to"),
        Text("karena jawaban", "by answers"),
        Text("karena model", "by model"),
    )
    levels = [(one.node, one.level) for one in shown if one.level is not None]
    if levels:
        levels_moved = tuple(
            (titled(model, node), level_text(model, node, int(one.old)), level_text(model, node, int(one.new)),
             _levels(one.answers), _levels(one.model))
            for node, one in levels
        )  # fmt: skip
        yield Grid(Text("Pergeseran level", "Movement of levels"), headings, levels_moved)
    scores = [(one.node, one.score) for one in shown if one.score is not None]
    if scores:
        yield Grid(Text("Pergeseran nilai", "Movement of scores"), headings, _score_rows(model, scores))
    inner = {node.id for node in parts(model)}
    others = [(one.node, one.score) for one in by_node.values() if one.score is not None and one.node not in inner]
    moving = sorted(
        (one for one in others if one[1].old != one[1].new), key=lambda one: (-abs(one[1].new - one[1].old), one[0])
    )
    if moving:
        rows = _score_rows(model, moving[:10])
        rest = len(moving) - 10
        note = Text(f"Dan {rest} simpul lain yang nilainya bergeser.", f"And {rest} more nodes whose score moved.")
        yield Grid(
            Text("Yang paling bergeser di bawahnya", "What moved most below"),
            headings,
            rows,
            note if rest > 0 else None,
        )


def _score_rows(model: Model, scores: Sequence[tuple[str, Split]]) -> tuple[tuple[Text, ...], ...]:
    digits = model.scale.digits
    return tuple(
        (
            titled(model, node),
            score_text(model, one.old),
            score_text(model, one.new),
            _signed(one.answers, digits),
            _signed(one.model, digits),
        )
        for node, one in scores
    )


def _charts(model: Model, shown: Sequence[Moved]) -> Iterator[IntervalPlot]:
    rows = []
    for one in shown:
        if one.score is not None:
            ends = sorted((float(one.score.old), float(one.score.new)))
            rows.append(Row(titled(model, one.node), ends[0], float(one.score.new), ends[1]))
    if rows:
        yield IntervalPlot(
            Text("Dari nilai lama ke nilai baru (titik)", "From the old score to the new one (dot)"),
            Text("Nilai", "Score"),
            tuple(rows),
            float(model.scale.min),
            float(model.scale.max),
        )


# ------------------------------------------------------------------------------------------------------- peers


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """One subject with its result and its rank: from the best to the worst that open answers allow."""

    result: Result
    best: int
    worst: int

    @property
    def name(self) -> Text:
        subject = self.result.answers.subject
        return same(f"{subject.name} {subject.year}" if subject.year else subject.name)


def standings(results: Sequence[Result]) -> tuple[Standing, ...]:
    """Ranks by score: the best is that with open answers at their best here and at their worst elsewhere."""
    spans = [(one.overall.score_low, one.overall.score_high) for one in results]
    found = []
    for at, (result, (low, high)) in enumerate(zip(results, spans, strict=True)):
        others = [span for place, span in enumerate(spans) if place != at]
        assert low is not None
        assert high is not None
        best = 1 + sum(other is not None and other > high for other, _ in others)
        worst = 1 + sum(other is not None and other > low for _, other in others)
        found.append(Standing(result, best, worst))
    return tuple(found)


def _among(own: Answers, peers: Sequence[Answers]) -> Finding:
    method = Text(
        "Penempatan eksak setiap daerah; selang peringkat menurut nilai: dari semua jawaban terbuka daerah ini pada "
        "nilai terbaiknya dan daerah lain pada nilai terburuknya, sampai sebaliknya. Nilai kembar mendapat peringkat "
        "terbaik bersama. Hanya model yang sama yang dibandingkan; daerah dikelompokkan menurut jenis dan tahunnya.",
        "Exact placement of each subject; intervals of ranks by score: from all open answers of this subject at their "
        "best and those of others at their worst, to the reverse. Ties share the best rank. Only the same model is "
        "compared; subjects are grouped by kind and year.",
    )
    source = "gscm, docs/placement.md"
    alike = [one for one in peers if same_model(one.model, own.model)]
    results = [place(one) for one in (own, *alike)]
    results = [one for one in results if one.overall.score_low is not None and one.overall.score_high is not None]
    if len(results) < 2 or results[0].answers is not own:
        why = Text(
            "Kedudukan tidak dihitung: tidak ada daerah lain dengan model yang sama yang mempunyai nilai.",
            "Standing is not computed: no other subject of the same model has a score.",
        )
        return refused("change", "change-peers", PEERS, why, method, source)
    found = standings(results)
    mine = found[0]
    groups = _groups(found)
    ordered = sorted(found, key=lambda one: (one.best, one.worst, one.name.id))
    model, out, rest = own.model, len(peers) - len(alike), len(ordered) - LISTED
    return Finding(
        section="change",
        id="change-peers",
        title=PEERS,
        meaning=_meaning_among(mine, found, groups),
        method=method,
        source=source,
        n=Text(f"{len(found)} penilaian", f"{len(found)} assessments"),
        data={
            "subjects": [_standing(one) for one in ordered],
            "groups": [
                {"kind": kind, "year": year, "subjects": len(scores), "median": _median(scores)}
                for (kind, year), scores in groups.items()
            ],
        },
        grids=(
            Grid(
                Text("Peringkat menurut nilai", "Ranks by score"),
                (
                    Text("Penilaian", "Assessment"),
                    Text("level", "level"),
                    Text("nilai", "score"),
                    Text("peringkat", "rank"),
                ),
                tuple(
                    (one.name, level_text(model, model.id, one.result.overall.low), _span(one.result), _rank(one))
                    for one in ordered[:LISTED]
                ),
                Text(f"Dan {rest} lainnya.", f"And {rest} more.") if rest > 0 else None,
            ),
            *_group_grid(groups),
        ),
        charts=(
            IntervalPlot(
                Text("Sebaran nilai", "Distribution of scores"),
                Text("Nilai keseluruhan", "Score of the whole"),
                tuple(
                    Row(one.name, float(one.result.overall.score_low or 0), float(one.result.overall.score_low or 0),
                        float(one.result.overall.score_high or 0))
                    for one in ordered[:LISTED]
                ),
                float(model.scale.min),
                float(model.scale.max),
                ((_median([float(one.result.overall.score_low or 0) for one in found]), Text("median", "median")),),
            ),
        ),
        caution=Text(
            f"{out} penilaian memakai model atau bobot lain dan tidak dibandingkan.",
            f"{out} assessments use another model or other weights and are not compared.",
        )
        if out
        else None,
    )  # fmt: skip


def _standing(one: Standing) -> dict[str, Any]:
    subject, overall = one.result.answers.subject, one.result.overall
    return {
        "id": subject.id,
        "kind": subject.kind,
        "year": subject.year,
        "level": None if overall.low is None else [overall.low, overall.high],
        "score": [float(overall.score_low or 0), float(overall.score_high or 0)],
        "rank": [one.best, one.worst],
    }


Groups = Mapping[tuple[str | None, int | None], list[float]]


def _groups(found: Sequence[Standing]) -> Groups:
    """The scores of subjects by kind and year."""
    groups: dict[tuple[str | None, int | None], list[float]] = {}
    for one in found:
        subject = one.result.answers.subject
        groups.setdefault((subject.kind, subject.year), []).append(float(one.result.overall.score_low or 0))
    return groups


def _median(scores: Sequence[float]) -> float:
    from statistics import median

    return float(median(scores))


def _group_grid(groups: Groups) -> Iterator[Grid]:
    if len(groups) < 2:
        return
    yield Grid(
        Text("Sebaran menurut jenis dan tahun", "Distribution by kind and year"),
        (
            Text("Jenis", "Kind"),
            Text("tahun", "year"),
            Text("banyaknya", "count"),
            Text("terendah", "lowest"),
            Text("median", "median"),
            Text("tertinggi", "highest"),
        ),
        tuple(
            (
                same(kind) if kind else NONE,
                same(str(year)) if year else NONE,
                whole(len(scores)),
                figure(min(scores)),
                figure(_median(scores)),
                figure(max(scores)),
            )
            for (kind, year), scores in groups.items()
        ),
    )


def _span(result: Result) -> Text:
    low, high = (score_text(result.model, one) for one in (result.overall.score_low, result.overall.score_high))
    return low if low == high else Text(f"{low.id}–{high.id}", f"{low.en}–{high.en}")


def _rank(one: Standing) -> Text:
    return whole(one.best) if one.best == one.worst else same(f"{one.best}–{one.worst}")


def _meaning_among(mine: Standing, found: Sequence[Standing], groups: Groups) -> Text:
    rank, count = _rank(mine), len(found)
    subject = mine.result.answers.subject
    score = float(mine.result.overall.score_low or 0)
    alike = groups[subject.kind, subject.year]
    middle = figure(_median(alike), mine.result.model.scale.digits)
    where = Text("di atas", "above") if score > _median(alike) else Text("di bawah", "below")
    where = Text("tepat pada", "at") if score == _median(alike) else where
    beside = Text(
        f" Nilainya {where.id} median {len(alike)} daerah sejenis pada tahun yang sama ({middle.id}).",
        f" Its score lies {where.en} the median of {len(alike)} subjects of its kind and year ({middle.en}).",
    )
    told = beside if len(alike) > 1 else Text("", "")
    return Text(
        f"{mine.name.id} berada di peringkat {rank.id} dari {count} menurut nilai yang dapat dipastikan.{told.id}",
        f"{mine.name.en} ranks {rank.en} of {count} by what is certain of the scores.{told.en}",
    )
