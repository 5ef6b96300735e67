"""Two waves of one subject: what the answers moved and what the model moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from gscm.analysis.finding import Finding, Grid, Interval as Row, IntervalPlot, refused
from gscm.analysis.material import Material
from gscm.analysis.parts import level_text, named, parts, score_text, titled
from gscm.analysis.peers import peers
from gscm.analysis.rebound import chain_between, rebound, same_model
from gscm.analysis.wording import Noun, cautions, figure, joined, many, some, whole
from gscm.i18n import Text, listed, long_date, same
from gscm.model.tree import Model
from gscm.placement.place import Placement, Result, place
from gscm.responses.answers import Answers
from gscm.responses.migration import Migration, renamed, renamings

TITLE = Text("Perubahan antarpenilaian", "Change between assessments")
_METHOD = Text(
    "Jawaban lama dan baru ditempatkan di bawah model lama dan baru (empat penempatan eksak). Bagian jawaban ialah "
    "rata-rata perubahan karena jawaban di bawah model lama dan di bawah model baru; bagian model sebaliknya (nilai "
    "Shapley dua faktor: simetris, dan jumlahnya tepat sama dengan perubahannya). {carried} Yang dihitung ialah ujung "
    "rendah, yang sudah terbukti; batas perubahan ialah dari ujung tinggi yang lama ke ujung rendah yang baru sampai "
    "sebaliknya.",
    "Old and new answers are placed under the old and the new model (four exact placements). The part of the answers "
    "is the mean of the change due to answers under the old model and under the new one; the part of the model "
    "likewise (the Shapley value of two factors: symmetric, and the parts add up to the change exactly). {carried} "
    "What counts is the low end, that which has been shown; the bounds of the change run from the old high end to the "
    "new low one, and the reverse.",
)
_BY_ID = Text(
    "Jawaban dipindahkan menurut id-nya; yang tidak ada padanannya dianggap belum terjawab.",
    "Answers carry over by their ids; those without a counterpart count as unanswered.",
)
_SOURCE = ("Shapley 1953",)
_NONE = Text("Tidak ada penilaian pembanding.", "There is no assessment to compare with.")
_REMEDY = Text(
    "Sebutkan dengan --against, misalnya jawaban gelombang sebelumnya.",
    "Name one with --against, such as the answers of an earlier wave.",
)
_ASSESSMENTS: Noun = ("penilaian", "assessment", "assessments")
_NODES: Noun = ("simpul bersama", "node in common", "nodes in common")
_ANSWERS: Noun = ("jawaban", "answer", "answers")
_BELOW = 10


def change(material: Material) -> Iterator[Finding]:
    """The movement of each part since an earlier wave, split in two; and how the subject stands among others."""
    mine = material.answers
    waves = [one for one in material.others if one.subject.id == mine.subject.id]
    if not material.others:
        yield refused("change", "change", TITLE, _NONE, _method(()), _SOURCE, _REMEDY)
        return
    for number, wave in enumerate(sorted(waves, key=lambda one: one.subject.year or 0), 1):
        old, new = (mine, wave) if _is_later(wave, mine) else (wave, mine)
        yield _between(new, old, material.migrations, "change" if len(waves) == 1 else f"change-{number}")
    if len(waves) < len(material.others):
        yield peers(material)


def _is_later(one: Answers, other: Answers) -> bool:
    """Whether one was surely made after the other: in a later year, or on a later day."""
    if one.subject.year != other.subject.year:
        return (one.subject.year or 0) > (other.subject.year or 0) > 0
    return one.study.date is not None and other.study.date is not None and one.study.date > other.study.date


def _method(chain: Sequence[Migration]) -> Text:
    carried = _BY_ID
    if chain:
        files = joined(*(same(one.file) for one in chain), by=", ")
        carried = Text(
            f"{_BY_ID.id} Id dan isi jawaban yang berganti dipindahkan menurut migrasi modelnya ({files.id}).",
            f"{_BY_ID.en} Ids and values that changed are carried by the migrations of the model ({files.en}).",
        )
    return Text(_METHOD.id.format(carried=carried.id), _METHOD.en.format(carried=carried.en))


# ---------------------------------------------------------------------------------------------------- two waves

Four = Mapping[tuple[int, int], Fraction | None]
"""A level or score by (model, answers): 0 is the old one, 1 the new one; None where there is none."""


@dataclass(frozen=True, slots=True)
class Split:
    """A movement: from, to, and how much of it is due to the answers and to the model (which add up to it).

    `bounds` are the least and the most that it can be, whatever the answers that are still open turn out to be.
    """

    old: Fraction
    new: Fraction
    answers: Fraction
    model: Fraction
    bounds: tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Moved:
    """One node: how its level and its score moved, None where it has none in one of the four placements.

    `before` is its id in the old model.
    """

    node: str
    before: str
    level: Split | None
    score: Split | None


@dataclass(frozen=True, slots=True, eq=False)
class Movement:
    """What moved between two waves; `left` are answers without a counterpart in the other model."""

    old: Result
    new: Result
    alike: bool
    chain: tuple[Migration, ...]
    nodes: tuple[Moved, ...]
    left: tuple[str, ...]


def split(four: Four, bounds: tuple[Fraction, Fraction]) -> Split | None:
    """The Shapley values of answers and model."""
    old, model, answers, new = four[0, 0], four[1, 0], four[0, 1], four[1, 1]
    if old is None or model is None or answers is None or new is None:
        return None
    return Split(old, new, ((answers - old) + (new - model)) / 2, ((model - old) + (new - answers)) / 2, bounds)


def movement(old: Answers, new: Answers, migrations: Iterable[Migration] = ()) -> Movement:
    """How the nodes of which something is known moved, and the answers without a counterpart in the other model."""
    migrations = tuple(migrations)
    chain, alike = chain_between(old.model, new.model, migrations), same_model(old.model, new.model)
    back, forth = rebound(new, old.model, migrations), rebound(old, new.model, migrations)
    results = {(0, 0): place(old), (1, 1): place(new)}
    results[0, 1] = results[1, 1] if alike else place(back.answers)
    results[1, 0] = results[0, 0] if alike else place(forth.answers)
    names = renamings(chain)
    before = {old.model.id if id == old.model.id else renamed(id, names): id for id in old.model.nodes}
    found = []
    for id in new.model.nodes:
        there = before.get(id)
        if there is not None and (_known(results[0, 0], there) or _known(results[1, 1], id)):
            four = {key: one.nodes.get(id if key[0] else there) for key, one in results.items()}
            found.append(Moved(id, there, _split(four, _levels), _split(four, _scores)))
    left = () if alike else tuple(dict.fromkeys((*forth.left, *back.left)))
    return Movement(results[0, 0], results[1, 1], alike, chain, tuple(found), left)


def _known(result: Result, node: str) -> bool:
    """Whether anything at all is known of a node."""
    return result.nodes[node].given or result.nodes[node].coverage > 0


Ends = tuple[Fraction, Fraction] | None


def _levels(placement: Placement) -> Ends:
    low, high = placement.low, placement.high
    return None if low is None or high is None else (Fraction(low), Fraction(high))


def _scores(placement: Placement) -> Ends:
    low, high = placement.score_low, placement.score_high
    return None if low is None or high is None else (low, high)


def _split(four: Mapping[tuple[int, int], Placement | None], ends: Callable[[Placement], Ends]) -> Split | None:
    told = {key: None if one is None else ends(one) for key, one in four.items()}
    old, new = told[0, 0], told[1, 1]
    if old is None or new is None:
        return None
    lows = {key: None if one is None else one[0] for key, one in told.items()}
    return split(lows, (new[0] - old[1], new[1] - old[0]))


def _between(new: Answers, old: Answers, migrations: tuple[Migration, ...], id: str) -> Finding:
    when = _when(old, new), _when(new, old, later=True)
    title = Text(f"Perubahan dari {when[0].id} ke {when[1].id}", f"Change from {when[0].en} to {when[1].en}")
    if (old.model.id, _scales(old.model)) != (new.model.id, _scales(new.model)):
        return refused("change", id, title, _other_instrument(old.model, new.model), _method(()), _SOURCE)
    for wave, told in zip((old, new), when, strict=True):
        if not _answered(wave):
            why = Text(
                f"Penilaian {told.id} belum berisi satu jawaban pun, sehingga tidak ada perubahan yang dapat dihitung.",
                f"The assessment of {told.en} holds no answer at all, so that there is no change to compute.",
            )
            return refused("change", id, title, why, _method(()), _SOURCE)
    found = movement(old, new, migrations)
    by_node = {one.node: one for one in found.nodes}
    shown = [one for node in parts(new.model) if (one := by_node.get(node.id)) and (one.level or one.score)]
    if not shown:
        why = Text(
            "Tidak ada bagian yang mempunyai level atau nilai pada kedua penilaian.",
            "No part has a level or a score in both assessments.",
        )
        return refused("change", id, title, why, _method(found.chain), _SOURCE)
    return Finding(
        section="change",
        id=id,
        title=title,
        meaning=_meaning(found, shown),
        method=_method(found.chain),
        source=_SOURCE,
        n=joined(many(2, _ASSESSMENTS), many(len(found.nodes), _NODES)),
        data={
            "from": {"year": old.subject.year, "model": old.model.id, "version": old.model.version},
            "to": {"year": new.subject.year, "model": new.model.id, "version": new.model.version},
            "same_model": found.alike,
            "migrations": [one.file for one in found.chain],
            "decomposition": "shapley",
            "open_facts": {"from": len(found.old.reading.open), "to": len(found.new.reading.open)},
            "without_counterpart": list(found.left),
            "nodes": {one.node: _plain(one) for one in found.nodes if one.level or one.score},
        },
        grids=tuple(_tables(found, shown)),
        charts=tuple(_charts(new.model, shown)),
        caution=_caution(found, shown, when),
    )


def _answered(answers: Answers) -> bool:
    """Whether an assessment says anything at all."""
    return any(one.status in ("given", "not_applicable", "withheld") for one in answers.entries.values())


def _other_instrument(old: Model, new: Model) -> Text:
    names = Text(f"({old.short.id} dan {new.short.id})", f"({old.short.en} and {new.short.en})")
    if _scales(old) != _scales(new):
        return Text(
            f"Kedua penilaian memakai instrumen yang berbeda {names.id} dengan skala atau deret level yang lain; "
            "selisihnya tidak bermakna.",
            f"The two assessments use different instruments {names.en} with another scale or other levels; the "
            "difference means nothing.",
        )
    return Text(
        f"Kedua penilaian memakai instrumen yang berbeda {names.id}. Id yang sama dapat menanyakan hal yang lain, "
        "sehingga perubahannya tidak dapat dipisahkan menjadi bagian jawaban dan bagian model.",
        f"The two assessments use different instruments {names.en}. One id may ask for different things there, so "
        "that the change cannot be parted into what the answers and what the model moved.",
    )


def _scales(model: Model) -> tuple[Fraction, Fraction, int]:
    """What has to be alike for a difference to mean anything."""
    return model.scale.min, model.scale.max, len(model.names(model.root))


def _when(answers: Answers, other: Answers, *, later: bool = False) -> Text:
    """When an assessment was made, told apart from the other: by year, by day, or by the version of the model."""
    one, two, versions = answers.subject.year, other.subject.year, (answers.model.version, other.model.version)
    if one is not None and one != two:
        return same(str(one))
    days = answers.study.date, other.study.date
    if days[0] is not None and days[1] is not None and days[0] != days[1]:
        return Text(long_date(days[0], "id"), long_date(days[0], "en"))
    short = answers.model.short
    told = Text("yang dianalisis", "the one analysed") if later else Text("pembandingnya", "the other")
    if one is not None and not later:
        told = Text("pembanding", "the other")
    if versions[0] != versions[1]:
        told = Text(f"{short.id} {versions[0]}", f"{short.en} {versions[0]}")
    return told if one is None else Text(f"{one} ({told.id})", f"{one} ({told.en})")


def _plain(one: Moved) -> dict[str, Any]:
    def figures(split: Split | None) -> dict[str, Any] | None:
        if split is None:
            return None
        return {
            "from": float(split.old),
            "to": float(split.new),
            "by_answers": float(split.answers),
            "by_model": float(split.model),
            "bounds": [float(end) for end in split.bounds],
        }

    return {"level": figures(one.level), "score": figures(one.score)}


def _caution(found: Movement, shown: Sequence[Moved], when: tuple[Text, Text]) -> Text | None:
    return cautions((), _unanswered(found, shown, when), _left(found))


def _unanswered(found: Movement, shown: Sequence[Moved], when: tuple[Text, Text]) -> Text | None:
    """That part of the movement may be answers that came in, where one of the waves leaves some open."""
    if all(split is None or _certain(split) for one in shown for split in (one.level, one.score)):
        return None
    was, now = ((len(one.reading.open), len(one.reading.facts)) for one in (found.old, found.new))
    return Text(
        f"Belum terjawab {whole(was[0]).id} dari {whole(was[1]).id} fakta pada penilaian {when[0].id} dan "
        f"{whole(now[0]).id} dari {whole(now[1]).id} pada penilaian {when[1].id}. Yang tercatat ialah pergeseran dari "
        "yang sudah terbukti; sebagian dapat berasal dari jawaban yang baru terisi atau hilang, bukan dari keadaan "
        "yang berubah.",
        f"Unanswered are {whole(was[0]).en} of {whole(was[1]).en} facts in the assessment of {when[0].en} and "
        f"{whole(now[0]).en} of {whole(now[1]).en} in that of {when[1].en}. What is told is the movement of what has "
        "been shown; part of it may come from answers that came in or went missing, not from a change of the state of "
        "things.",
    )


def _certain(split: Split) -> bool:
    return split.bounds[0] == split.bounds[1]


def _left(found: Movement) -> Text | None:
    if not found.left:
        return None
    names = some([same(id) for id in found.left])
    count, verb = many(len(found.left), _ANSWERS), "has" if len(found.left) == 1 else "have"
    counts = "counts" if len(found.left) == 1 else "count"
    return Text(
        f"{count.id} tidak ada padanannya di model yang lain dan di sana dianggap belum terjawab ({names.id}); "
        "sebagian perubahan karena model berasal dari situ. Bila idnya hanya berganti, tulis migrasi dalam folder "
        "model yang baru.",
        f"{count.en} {verb} no counterpart in the other model and {counts} as unanswered there ({names.en}); part of "
        "what is put down to the model comes from that. Where it is only ids that changed, write a migration in the "
        "folder of the newer model.",
    )


def _signed(value: Fraction, digits: int) -> Text:
    """A difference with its sign: "+0,50", "−1"."""
    written = figure(abs(float(value)), digits)
    if not any(digit in "123456789" for digit in written.en):
        return written
    sign = "+" if value > 0 else "−"
    return Text(f"{sign}{written.id}", f"{sign}{written.en}")


def _digits(model: Model, split: Split, *, level: bool) -> int:
    """How many digits a movement is told with; of a level, only where a part of it is no whole step."""
    if not level:
        return model.scale.digits
    return 0 if split.answers.denominator == split.model.denominator == 1 else 1


def _bounds(split: Split, digits: int) -> Text:
    low, high = (_signed(end, digits) for end in split.bounds)
    return low if _certain(split) else Text(f"{low.id} s.d. {high.id}", f"{low.en} to {high.en}")


# ------------------------------------------------------------------------------------------------------- sentences


def _meaning(found: Movement, shown: Sequence[Moved]) -> Text:
    model, first = found.new.model, shown[0]
    name = named(model, first.node)
    told = []
    if first.level is not None:
        before, after = _level_names(found, first)
        told.append(_moved(Text(f"Level {name.id}", f"The level of {name.en}"), before, after, first.level,
                           None if found.alike else _parts(model, first.level, level=True)))  # fmt: skip
    if first.score is not None:
        what = Text(f"Nilai {name.id}", f"The score of {name.en}")
        if told:
            what = Text("Nilainya", "Its score")
        by = _signed(first.score.new - first.score.old, model.scale.digits)
        parts_of = by if found.alike else joined(by, _parts(model, first.score, level=False), by=": ")
        before, after = score_text(model, first.score.old), score_text(model, first.score.new)
        told.append(_moved(what, before, after, first.score, parts_of))
    told += [one for one in (_source_of(found, first), _direction(model, first), _most(model, shown[1:])) if one]
    return joined(*told, by=" ")


def _level_names(found: Movement, one: Moved) -> tuple[Text, Text]:
    """The levels from which and to which a node moved, each as its own version of the model calls it."""
    assert one.level is not None
    return (
        level_text(found.old.model, one.before, int(one.level.old)),
        level_text(found.new.model, one.node, int(one.level.new)),
    )


def _parts(model: Model, split: Split, *, level: bool) -> Text:
    digits = _digits(model, split, level=level)
    answers, by_model = _signed(split.answers, digits), _signed(split.model, digits)
    return Text(
        f"{answers.id} karena jawabannya berubah dan {by_model.id} karena modelnya berubah",
        f"{answers.en} because the answers changed and {by_model.en} because the model did",
    )


def _moved(what: Text, before: Text, after: Text, split: Split, why: Text | None) -> Text:
    """From where to where something moved, with what tells how far and why in parentheses."""
    aside = "" if why is None else f" ({why.id})", "" if why is None else f" ({why.en})"
    if before == after and not split.answers and not split.model:
        return Text(f"{what.id} tetap {after.id}.", f"{what.en} stays {after.en}.")
    if split.old == split.new:
        return Text(f"{what.id} tetap {after.id}{aside[0]}.", f"{what.en} stays {after.en}{aside[1]}.")
    up = split.new > split.old
    return Text(
        f"{what.id} {'naik' if up else 'turun'} dari {before.id} ke {after.id}{aside[0]}.",
        f"{what.en} {'rises' if up else 'falls'} from {before.en} to {after.en}{aside[1]}.",
    )


def _source_of(found: Movement, first: Moved) -> Text | None:
    """That the model moved nothing, where both waves are placed alike and something did move."""
    if not found.alike or all(one is None or one.old == one.new for one in (first.level, first.score)):
        return None
    return Text(
        "Modelnya sama, jadi seluruhnya karena jawabannya berubah.",
        "The model is the same, so that all of it comes from the answers.",
    )


def _direction(model: Model, first: Moved) -> Text | None:
    """Whether level and score move in a direction at all, whatever the open answers turn out to be."""
    told = []
    for what, split, level in (
        (Text("levelnya", "its level"), first.level, True),
        (Text("nilainya", "its score"), first.score, False),
    ):
        if split is not None and not _certain(split):
            bounds = _bounds(split, _digits(model, split, level=level))
            told.append((Text(f"{what.id} berubah {bounds.id}", f"{what.en} changes by {bounds.en}"), _which(split)))
    if not told:
        return None
    if len({which for _, which in told}) == 1:
        changes, which = listed(tuple(said for said, _ in told)), told[0][1]
        end = Text(f"{changes.id}: {which.id}", f"{changes.en}: {which.en}")
    else:
        each = tuple(Text(f"{said.id} ({which.id})", f"{said.en} ({which.en})") for said, which in told)
        end = listed(each)
    return Text(f"Dengan jawaban yang masih terbuka, {end.id}.", f"With the answers that are still open, {end.en}.")


def _which(split: Split) -> Text:
    """The direction of a movement, as far as it is certain."""
    if split.bounds[0] > 0:
        return Text("pasti naik", "a rise for certain")
    if split.bounds[1] < 0:
        return Text("pasti turun", "a fall for certain")
    return Text("arahnya belum pasti", "the direction is not certain yet")


def _most(model: Model, shown: Sequence[Moved]) -> Text | None:
    scored = [(abs(one.score.answers), one) for one in shown if one.score is not None and one.score.answers]
    if not scored:
        return None
    most = max(scored, key=lambda one: one[0])[1]
    assert most.score is not None
    part, by = titled(model, most.node), _signed(most.score.answers, model.scale.digits)
    return Text(
        f"Bagian yang nilainya paling bergeser karena jawaban ialah {part.id} ({by.id}).",
        f"The part whose score the answers moved most is {part.en} ({by.en}).",
    )


# ------------------------------------------------------------------------------------------------ tables and charts


def _tables(found: Movement, shown: Sequence[Moved]) -> Iterator[Grid]:
    model = found.new.model
    levels = [(one, one.level) for one in shown if one.level is not None]
    if levels:
        ends = [(*_level_names(found, one), split, _digits(model, split, level=True)) for one, split in levels]
        yield _table(Text("Pergeseran level", "Movement of levels"), model, [one for one, _ in levels], ends)
    scores = [(one, one.score) for one in shown if one.score is not None]
    if scores:
        yield _of_scores(Text("Pergeseran nilai", "Movement of scores"), model, scores)
    inner = {node.id for node in parts(model)}
    below = [(one, one.score) for one in found.nodes if one.score is not None and one.node not in inner]
    moving = sorted(
        (one for one in below if one[1].old != one[1].new), key=lambda one: (-abs(one[1].new - one[1].old), one[0].node)
    )
    if moving:
        title, rest = Text("Yang paling bergeser di bawahnya", "What moved most below"), len(moving) - _BELOW
        table = _of_scores(title, model, moving[:_BELOW])
        note = Text(
            f"Dan {rest} simpul lain yang nilainya bergeser.",
            f"And {many(rest, ('', 'more node', 'more nodes')).en} whose score moved.",
        )
        yield replace(table, note=note) if rest > 0 else table


def _of_scores(title: Text, model: Model, scores: Sequence[tuple[Moved, Split]]) -> Grid:
    digits = model.scale.digits
    ends = [(score_text(model, split.old), score_text(model, split.new), split, digits) for _, split in scores]
    return _table(title, model, [one for one, _ in scores], ends)


def _table(title: Text, model: Model, nodes: Sequence[Moved], ends: Sequence[tuple[Text, Text, Split, int]]) -> Grid:
    """Movements, a row each; with their bounds where answers are open."""
    headings = (
        Text("Bagian", "Part"),
        Text("dari", "from"),
        Text("ke", "to"),
        Text("karena jawaban", "by answers"),
        Text("karena model", "by model"),
        Text("batas perubahan", "bounds of the change"),
    )
    open_ = any(not _certain(split) for *_, split, _ in ends)
    rows = tuple(
        (titled(model, node.node), before, after, _signed(split.answers, digits), _signed(split.model, digits),
         *((_bounds(split, digits),) if open_ else ()))
        for node, (before, after, split, digits) in zip(nodes, ends, strict=True)
    )  # fmt: skip
    return Grid(title, headings if open_ else headings[:-1], rows)


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
