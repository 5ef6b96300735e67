"""What the result owes to choices of method: weights, aggregation, thresholds, merging, what does not apply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import log2
from typing import Any

import numpy as np
import numpy.typing as npt

from gscm.analysis.finding import Bars, Finding, Grid, Interval as Row, IntervalPlot, Tornado, refused
from gscm.analysis.material import Material
from gscm.analysis.order import order
from gscm.analysis.parts import in_hundred, level_text, levels_text, score_figure, score_text, titled
from gscm.analysis.varied import CUTOFF, SHARE, SPREAD, Drawn, Factor, Varied
from gscm.analysis.wording import NONE, Noun, figure, many, share, some, whole
from gscm.i18n import Text
from gscm.model.tree import Model, has_levels, top_level
from gscm.placement.place import Result, place
from gscm.statistics.figure import NotComputable
from gscm.statistics.matrix import Array
from gscm.statistics.sensitivity import Index, SobolIndices, saltelli_draws, sobol_indices

LEVEL = Text("Level pada pilihan metode yang lain", "The level under other choices of method")
SCORE = Text("Pilihan yang menggeser nilai", "Choices that move the score")
SINGLE = Text("Pengaruh setiap pilihan sendiri-sendiri", "The effect of each choice by itself")
_CHOICES: Noun = ("pilihan", "choice", "choices")
_FACTORS: Noun = ("faktor", "factor", "factors")
SHOWN = 12
STEADY = 0.9
"""From which probability on a level is said not to depend on choices of method. Our own convention."""

_WORKS = ("Saltelli et al. 2010", "Jansen 1999", "Saisana et al. 2005", "Becker et al. 2022")
_METHOD = Text(
    "Semua pilihan diubah bersama-sama menurut barisan Sobol teracak ({count} percobaan, benih {seed}): setiap bobot "
    "±{spread}% lalu dinormalkan di antara saudaranya; pilihan lain diambil sama sering. Ambang porsi digeser ±{share} "
    "poin persen (kecuali “semua”), ambang nilai ±{cutoff}% rentang skala. Bobot di bawah satu bagian dihitung sebagai "
    "satu faktor. Indeks Sobol: penduga Saltelli (orde pertama) dan Jansen (total), selang bootstrap 95% atas tarikan "
    "dasar. Yang dihitung ialah level dan nilai rendah, yaitu yang sudah terbukti. Besarnya pergeseran ialah "
    "kesepakatan kami; ±25% mengikuti COINr.",
    "All choices vary together along a scrambled Sobol sequence ({count} draws, seed {seed}): each weight ±{spread}%, "
    "then normalised among its siblings; the options of other choices are drawn equally often. Thresholds of shares "
    "move by ±{share} percentage points (“all” stays), cut-offs of scores by ±{cutoff}% of the scale. Weights below "
    "one part count as one factor. Sobol indices: Saltelli’s estimator (first order) and Jansen’s (total), 95% "
    "bootstrap intervals over base draws. What is counted is the low level and score, that which has been shown. How "
    "far things move is a convention of ours; ±25% follows COINr.",
)
_NO_FACTORS = Text(
    "Tidak ada pilihan metode yang dapat diubah: tidak ada jawaban yang bertumpu pada bobot atau ambang model ini "
    "(misalnya karena yang diketahui hanya nilai jadinya).",
    "There is no choice of method to vary: nothing that has been answered rests on weights or thresholds of this model "
    "(where, for instance, only finished scores are known).",
)
_NO_ANSWERS = Text(
    "Belum ada satu fakta pun yang terjawab, sehingga tidak ada hasil yang dapat diuji.",
    "Not one fact has been answered, so that there is no result to test.",
)
_NO_LEVEL = Text(
    "Model ini tidak memberi level bagi keseluruhannya, sehingga peluang level tidak dihitung.",
    "This model gives the whole no level, so that there are no probabilities of levels.",
)
_LEVEL_OPEN = Text(
    "Level keseluruhan masih terbuka sepenuhnya ({level}), sehingga tidak ada level yang dapat diuji.",
    "The level of the whole is still entirely open ({level}), so that there is no level to test.",
)
_FINISHED = Text(
    "Nilai ini nilai jadi; tidak ada pilihan metode yang menyentuhnya.",
    "This is a finished score; no choice of method bears on it.",
)
_UNTOUCHED = Text(
    "Tidak ada pilihan metode yang menyentuh nilai keseluruhan dari jawaban ini, sehingga tidak ada yang dapat diuji.",
    "No choice of method bears on the score of the whole from these answers, so that there is nothing to test.",
)
_NO_SCORE = Text(
    "Model ini tidak memberi nilai bagi keseluruhannya dari jawaban ini.",
    "This model gives the whole no score from these answers.",
)


def sensitivity(material: Material) -> Iterator[Finding]:
    """Levels and scores with all choices varied together, which choice matters, whether an order of subjects holds."""
    from gscm.vectorised.plan import NotVectorised

    result = place(material.answers)
    if result.reading.facts and len(result.reading.open) == len(result.reading.facts):
        yield refused("sensitivity", "sensitivity-level", LEVEL, _NO_ANSWERS, _method(material, 0), _WORKS)
        return
    varied = Varied(material.answers, material.people)
    try:
        factors = varied.factors
    except NotVectorised as error:
        yield refused("sensitivity", "sensitivity-level", LEVEL, error.issues[0].what, _method(material, 0), _WORKS)
        return
    if not factors:
        yield refused("sensitivity", "sensitivity-level", LEVEL, _NO_FACTORS, _method(material, 0), _WORKS)
        return
    study = Study(material, result, varied)
    yield _level(study)
    if result.overall.score_low is None:
        yield refused("sensitivity", "sensitivity-score", SCORE, _NO_SCORE, study.method, _WORKS)
        return
    if result.reading.given.get(result.model.id) == "score" or not any(one.moves_scores for one in factors):
        why = _FINISHED if result.model.id in result.reading.given else _UNTOUCHED
        yield refused("sensitivity", "sensitivity-score", SCORE, why, study.method, _WORKS)
    else:
        yield _score(study)
        yield _single(study)
    if any(one.subject.id != material.answers.subject.id for one in material.others):
        yield order(material, study.base)


def _unanswered(result: Result) -> Text | None:
    """That what is tested is only what has been shown, where answers are open that could change it."""
    overall = result.overall
    if (overall.low, overall.score_low) == (overall.high, overall.score_high):
        return None
    count, facts = whole(len(result.reading.open)), whole(len(result.reading.facts))
    are = "is" if len(result.reading.open) == 1 else "are"
    finished = Text("", "")
    if "score" in result.reading.given.values():
        finished = Text(
            " Dalam nilai, nilai jadi yang diketahui menggantikan fakta di bawahnya.",
            " In scores, the finished scores that are known stand for the facts below them.",
        )
    return Text(
        f"{count.id} dari {facts.id} fakta belum terjawab; yang diuji hanya level dan nilai yang sudah terbukti. "
        f"Sejauh mana jawaban yang masih terbuka dapat mengubahnya, tidak termasuk di sini.{finished.id}",
        f"{count.en} of {facts.en} facts {are} unanswered; only the level and score that have been shown are tested. "
        f"How far the answers that are still open could change them is no part of this.{finished.en}",
    )


def base_draws(draws: int, factors: int) -> int:
    """The power of two of base draws with which the model runs about `draws` times; at least 8."""
    return max(8, 1 << round(log2(max(1.0, draws / (factors + 2)))))


@dataclass(frozen=True, eq=False)
class Study:
    """All draws of one study, evaluated when first asked for."""

    material: Material
    result: Result
    varied: Varied

    @property
    def model(self) -> Model:
        return self.result.model

    @property
    def factors(self) -> tuple[Factor, ...]:
        return self.varied.factors

    @cached_property
    def base(self) -> int:
        return base_draws(self.material.draws, len(self.factors))

    @cached_property
    def points(self) -> Array:
        groups = [factor.columns for factor in self.factors]
        return saltelli_draws(self.varied.columns(), self.base, self.material.seed, groups)

    @cached_property
    def drawn(self) -> Drawn:
        return self.varied.drawn(self.points)

    @cached_property
    def scores(self) -> Array:
        """Of every node in every draw, shape (nodes, 2, draws)."""
        return self.varied.scores(self.drawn)

    @cached_property
    def levels(self) -> npt.NDArray[np.int8]:
        """Of every node in every draw, shape (nodes, 2, draws)."""
        return self.varied.levels(self.drawn)

    @cached_property
    def independent(self) -> slice:
        """The draws of blocks A and B, which are independent of one another."""
        return slice(0, 2 * self.base)

    @property
    def method(self) -> Text:
        return _method(self.material, len(self.points))

    @property
    def n(self) -> Text:
        count, base = whole(len(self.points)), whole(self.base)
        factors = many(len(self.factors), _FACTORS)
        return Text(
            f"{count.id} percobaan ({base.id} tarikan dasar, {factors.id})",
            f"{count.en} draws ({base.en} base draws, {factors.en})",
        )

    def shares(self, node: str) -> tuple[float, ...]:
        """P(level = 1), … of a node among independent draws; () where it has none."""
        top = top_level(self.model, self.model.nodes[node])
        levels = self.levels[self.varied.plan.nodes.index(node), 0, self.independent]
        counts = np.bincount(levels[levels > 0], minlength=top + 1)[1 : top + 1]
        total = int(counts.sum())
        return tuple(float(count) / total for count in counts) if total else ()

    def indices(self, outputs: Array) -> SobolIndices | None:
        """Sobol indices of an output; None where it never changes, or is not there in every draw."""
        if np.isnan(outputs).any():
            return None
        try:
            return sobol_indices(outputs, len(self.factors), seed=self.material.seed)
        except NotComputable:
            return None

    @cached_property
    def of_score(self) -> SobolIndices | None:
        return self.indices(self.scores[0, 0])

    @cached_property
    def of_level(self) -> SobolIndices | None:
        return self.indices(self.levels[0, 0].astype(float)) if self.result.overall.low is not None else None


def _method(material: Material, count: int) -> Text:
    drawn = whole(count or material.draws)
    told = {
        "seed": material.seed,
        "spread": round(100 * SPREAD),
        "share": round(100 * SHARE),
        "cutoff": round(100 * CUTOFF),
    }
    return Text(_METHOD.id.format(count=drawn.id, **told), _METHOD.en.format(count=drawn.en, **told))


# ---------------------------------------------------------------------------------------------------------- level


def _level(study: Study) -> Finding:
    model, low = study.model, study.result.overall.low
    if low is None:
        return refused("sensitivity", "sensitivity-level", LEVEL, _NO_LEVEL, study.method, _WORKS)
    shares = study.shares(model.id)
    if (low, study.result.overall.high) == (1, top_level(model, model.root)) and shares[:1] == (1,):
        level = levels_text(model, model.id, low, study.result.overall.high)
        why = Text(_LEVEL_OPEN.id.format(level=level.id), _LEVEL_OPEN.en.format(level=level.en))
        return refused("sensitivity", "sensitivity-level", LEVEL, why, study.method, _WORKS)
    levelled = [node.id for node in model.nodes.values() if has_levels(node) and study.shares(node.id)]
    return Finding(
        section="sensitivity",
        id="sensitivity-level",
        title=LEVEL,
        meaning=_meaning_of_level(study, low, shares),
        caution=_unanswered(study.result),
        method=study.method,
        source=_WORKS,
        n=study.n,
        data={
            "counted": "low",
            "seed": study.material.seed,
            "base_draws": study.base,
            "level": low,
            "nodes": {
                node: {str(level): part for level, part in enumerate(study.shares(node), 1)} for node in levelled
            },
        },
        grids=(_moving_parts(study, levelled),) if _moved(study, levelled) else (),
        charts=(
            Bars(
                Text(
                    "Peluang tiap level keseluruhan bila pilihan metode diubah",
                    "Probability of each level of the whole as choices of method vary",
                ),
                tuple((level_text(model, model.id, level), part) for level, part in enumerate(shares, 1)),
                low - 1,
            ),
        ),
    )


def _meaning_of_level(study: Study, low: int, shares: Sequence[float]) -> Text:
    model = study.model
    here = level_text(model, model.id, low)
    kept = shares[low - 1] if len(shares) >= low else 0.0
    often = in_hundred(kept)
    what = some([Text(_lower(factor.title.id), _lower(factor.title.en)) for factor in study.factors], most=4)
    if kept == 1:
        return Text(
            f"Level keseluruhan tetap {here.id} pada semua percobaan: tidak satu pun pilihan yang diubah ({what.id}) "
            "menggesernya.",
            f"The level of the whole stays {here.en} in all draws: none of the choices that were varied ({what.en}) "
            "moves it.",
        )
    told = _others(study, model.id, low)
    cause = _cause(study, study.of_level)
    if kept >= STEADY:
        return Text(
            f"Level keseluruhan ({here.id}) hampir tidak bergantung pada pilihan metode: dalam {often.id} percobaan "
            f"levelnya tetap; selebihnya {told.id}{cause.id}.",
            f"The level of the whole ({here.en}) hardly depends on choices of method: in {often.en} draws it stays; "
            f"otherwise it is {told.en}{cause.en}.",
        )
    return Text(
        f"Level keseluruhan bergantung pada pilihan metode: dalam {often.id} percobaan tetap {here.id}, selebihnya "
        f"{told.id}{cause.id}. Sebutkan pilihan itu bersama levelnya, dan tetapkan sebelum menilai.",
        f"The level of the whole depends on choices of method: in {often.en} draws it stays {here.en}, otherwise it is "
        f"{told.en}{cause.en}. Tell that choice along with the level, and settle it before assessing.",
    )


def _others(study: Study, node: str, low: int | None) -> Text:
    """The levels that a node has in other draws, the most frequent first."""
    others = [(part, level) for level, part in enumerate(study.shares(node), 1) if part > 0 and level != low]
    return some([
        Text(f"{level_text(study.model, node, level).id} ({in_hundred(part).id})",
             f"{level_text(study.model, node, level).en} ({in_hundred(part).en})")
        for part, level in sorted(others, reverse=True)
    ])  # fmt: skip


def _cause(study: Study, found: SobolIndices | None) -> Text:
    """Which choice it is above all, as the end of a sentence."""
    if found is None:
        return Text("", "")
    most = max(range(len(study.factors)), key=lambda place: found.total[place].value)
    title = study.factors[most].title
    return Text(f", terutama karena {_lower(title.id)}", f", above all because of {_lower(title.en)}")


def _moved(study: Study, levelled: Sequence[str]) -> list[tuple[float, str]]:
    """The nodes whose level changes in some draws, those that stay least first; the whole is told already."""
    found = []
    for node in levelled:
        low, shares = study.result.nodes[node].low, study.shares(node)
        kept = shares[low - 1] if low is not None and len(shares) >= low else 0.0
        if kept < 1 and node != study.model.id:
            found.append((kept, node))
    return sorted(found)


def _moving_parts(study: Study, levelled: Sequence[str]) -> Grid:
    model, moved = study.model, _moved(study, levelled)
    lows = {node: study.result.nodes[node].low for _, node in moved}
    return Grid(
        Text("Bagian yang levelnya berubah, paling sering dahulu", "Parts whose level changes, most often first"),
        (Text("Bagian", "Part"), Text("level", "level"), Text("tetap", "stays"), Text("menjadi", "becomes")),
        tuple(
            (
                titled(model, node),
                level_text(model, node, lows[node]),
                in_hundred(kept),
                _others(study, node, lows[node]),
            )
            for kept, node in moved[:SHOWN]
        ),
        Text(f"{len(moved)} bagian seluruhnya.", f"{len(moved)} parts in all.") if len(moved) > SHOWN else None,
    )


# ---------------------------------------------------------------------------------------------------------- score


def _score(study: Study) -> Finding:
    outputs = study.scores[0, 0]
    drawn = outputs[study.independent]
    found = study.of_score
    data: dict[str, Any] = {"counted": "low", "seed": study.material.seed, "base_draws": study.base}
    nominal = study.result.overall.score_low
    assert nominal is not None
    data["score"] = float(nominal)
    if not np.isnan(drawn).all():
        low, median, high = (float(q) for q in np.nanquantile(drawn, (0.05, 0.5, 0.95)))
        data |= {"mean": float(np.nanmean(drawn)), "median": median, "interval_90": [low, high]}
    data["factors"] = [_factor(study, place) for place in range(len(study.factors))]
    if found is None:
        return Finding(
            section="sensitivity",
            id="sensitivity-score",
            title=SCORE,
            meaning=Text(
                f"Nilai keseluruhan tetap {score_text(study.model, nominal).id} pada semua percobaan.",
                f"The score of the whole stays {score_text(study.model, nominal).en} in all draws.",
            ),
            method=study.method,
            source=_WORKS,
            n=study.n,
            data=data,
        )
    order = sorted(range(len(study.factors)), key=lambda place: -found.total[place].value)
    first = study.factors[order[0]].title
    largest = found.total[order[0]]
    most, least, greatest = (share(_bounded(v)) for v in (largest.value, largest.interval.low, largest.interval.high))
    between = Text(f"{least.id.rstrip('%')}–{greatest.id}", f"{least.en.rstrip('%')}–{greatest.en}")
    here, ends = score_text(study.model, nominal), (score_figure(study.model, low), score_figure(study.model, high))
    return Finding(
        section="sensitivity",
        id="sensitivity-score",
        title=SCORE,
        meaning=Text(
            f"Nilai keseluruhan, yang menurut pilihan sekarang {here.id}, berkisar dari {ends[0].id} sampai "
            f"{ends[1].id} dalam 90 dari 100 percobaan. Yang paling menggesernya ialah {_lower(first.id)}: {most.id} "
            f"keragaman nilai melibatkan pilihan itu (selang 95% {between.id}).",
            f"The score of the whole, {here.en} by the present choices, lies between {ends[0].en} and {ends[1].en} in "
            f"90 of 100 draws. What moves it most is {_lower(first.en)}: {most.en} of the variance of the score "
            f"involves that choice (95% interval {between.en}).",
        ),
        method=study.method,
        source=_WORKS,
        n=study.n,
        data=data,
        grids=(_factors(study, order, found),),
        charts=(
            IntervalPlot(
                Text("Indeks Sobol total nilai keseluruhan", "Total Sobol index of the score of the whole"),
                Text("Bagian keragaman nilai yang melibatkannya", "Share of variance that involves it"),
                tuple(
                    Row(
                        study.factors[p].title,
                        *(
                            max(0.0, v)
                            for v in (found.total[p].interval.low, found.total[p].value, found.total[p].interval.high)
                        ),
                    )
                    for p in order[:SHOWN]
                ),
                0.0,
                max(1.0, *(one.interval.high for one in found.total)),
            ),
        ),
        caution=_floor(study),
    )


def _floor(study: Study) -> Text | None:
    """A warning where a part at the floor pulls the other ways of aggregating down."""
    model = study.model
    if len(study.varied.aggregates) < 2 or model.root.aggregate != "mean":
        return None
    low = [id for id in study.varied.plan.counted(model.id) if study.result.nodes[id].score_low == model.scale.min]
    if not low:
        return None
    names = some([titled(model, id) for id in low])
    return Text(
        f"Bernilai paling rendah ({score_text(model, model.scale.min).id}): {names.id}, mungkin karena belum terjawab; "
        "rata-rata geometrik dan minimum keseluruhannya ikut jatuh.",
        f"At the lowest score ({score_text(model, model.scale.min).en}): {names.en}, perhaps for want of answers; the "
        "geometric mean and the minimum of the whole fall with that.",
    )


def _factor(study: Study, place: int) -> dict[str, Any]:
    factor = study.factors[place]
    found: dict[str, Any] = {
        "id": factor.id,
        "weights": list(factor.parents) or None,
        "options": [option.en for option in factor.options] or None,
    }
    for name, indices in (("score", study.of_score), ("level", study.of_level)):
        if indices is not None:
            for order, index in (("first_order", indices.first_order[place]), ("total", indices.total[place])):
                found[f"{name}_{order}"] = index.value
                found[f"{name}_{order}_interval_95"] = [index.interval.low, index.interval.high]
    return found


def _factors(study: Study, order: Sequence[int], found: SobolIndices) -> Grid:
    level = study.of_level

    def index(one: Index) -> Text:
        value, low, high = (figure(_bounded(end)) for end in (one.value, one.interval.low, one.interval.high))
        return Text(f"{value.id} ({low.id}–{high.id})", f"{value.en} ({low.en}–{high.en})")

    return Grid(
        Text("Pengaruh setiap pilihan, terbesar dahulu", "The influence of each choice, largest first"),
        (
            Text("Pilihan", "Choice"),
            Text("diubah menjadi", "varied as"),
            Text("sendiri", "alone"),
            Text("total", "total"),
            Text("total atas level", "total on level"),
        ),
        tuple(
            (
                study.factors[place].title,
                study.factors[place].varied,
                index(found.first_order[place]),
                index(found.total[place]),
                NONE if level is None else index(level.total[place]),
            )
            for place in order
        ),
        Text(
            "Indeks Sobol: bagian keragaman nilai karena pilihan itu sendiri (orde pertama), dan yang melibatkannya "
            "(total), dengan selang 95%; yang di bawah nol ditulis nol, dan yang di atas satu ditulis satu.",
            "Sobol indices: the share of the variance of the score due to the choice alone (first order), and that "
            "which involves it (total), with 95% intervals; what falls below zero is written as zero, and above one "
            "as one.",
        ),
    )


# --------------------------------------------------------------------------------------------------- one at a time


@dataclass(frozen=True, slots=True)
class Effect:
    """From where to where one choice by itself moves the score of the whole."""

    id: str
    title: Text
    low: float
    high: float


def single_effects(varied: Varied) -> tuple[Effect, ...]:
    """Each weight ±25%, each option of the other choices, all else as it is; the widest first."""
    weights = [(factor, column) for factor in varied.factors for column in factor.columns if factor.name is None]
    points = np.full((1 + 2 * len(weights), varied.columns()), 0.5)
    for at, (_, column) in enumerate(weights):
        points[1 + 2 * at, column], points[2 + 2 * at, column] = 0.0, 1.0
    own = varied.nominal(len(points))
    scores = varied.scores(replace(varied.drawn(points), picks=own.picks))[0, 0]
    found = []
    for at, (factor, column) in enumerate(weights):
        ends = scores[[0, 1 + 2 * at, 2 + 2 * at]]
        child = [c for parent in factor.parents for c in varied.model.nodes[parent].children][
            column - factor.columns[0]
        ]
        name = varied.model.nodes[child].title
        title = Text(f"Bobot {name.id}", f"Weight of {name.en}")
        found.append(Effect(f"weight:{child}", title, float(ends.min()), float(ends.max())))
    for factor in varied.factors:
        if factor.name is not None and factor.moves_scores:
            count = len(factor.options)
            drawn = varied.nominal(count)
            ends = varied.scores(replace(drawn, picks={**drawn.picks, factor.name: np.arange(count)}))[0, 0]
            found.append(Effect(factor.id, factor.title, float(np.nanmin(ends)), float(np.nanmax(ends))))
    return tuple(sorted(found, key=lambda one: (-(one.high - one.low), one.id)))


def _single(study: Study) -> Finding:
    effects = single_effects(study.varied)
    nominal = float(study.varied.scores(study.varied.nominal())[0, 0, 0])
    digits, model = study.model.scale.digits, study.model
    moving = [one for one in effects if one.high - one.low > 0.5 * 10.0**-digits]
    method = Text(
        "Satu per satu: setiap bobot ±25% (dinormalkan lagi di antara saudaranya), atau setiap pilihan lain, sedangkan "
        "yang lain tetap. Ambang syarat level tidak mengubah nilai.",
        "One at a time: each weight ±25% (normalised again among its siblings), or each option of another choice, all "
        "else kept. Thresholds in gates do not change scores.",
    )
    here = score_text(model, study.result.overall.score_low)
    if not moving:
        meaning = Text(
            f"Satu per satu, tidak ada pilihan yang mengubah nilai keseluruhan ({here.id}) pada digit yang dicetak.",
            f"No choice by itself changes the score of the whole ({here.en}) in the digits that are printed.",
        )
    else:
        first = moving[0]
        ends = score_figure(model, first.low), score_figure(model, first.high)
        meaning = Text(
            f"Satu per satu, yang paling menggeser nilai keseluruhan ({here.id}) ialah {_lower(first.title.id)}: dari "
            f"{ends[0].id} sampai {ends[1].id}. Dari {len(effects)} pilihan, {len(moving)} mengubah digit yang "
            "dicetak.",
            f"One at a time, what moves the score of the whole ({here.en}) most is {_lower(first.title.en)}: from "
            f"{ends[0].en} to {ends[1].en}. Of {len(effects)} choices, {len(moving)} change{_s(len(moving))} the "
            "printed digits.",
        )
    return Finding(
        section="sensitivity",
        id="sensitivity-single",
        title=SINGLE,
        meaning=meaning,
        method=method,
        source=("Saisana et al. 2005",),
        n=many(len(effects), _CHOICES),
        data={
            "score": nominal,
            "effects": [{"id": one.id, "low": one.low, "high": one.high} for one in effects],
        },
        charts=(
            Tornado(
                Text("Nilai keseluruhan bila satu pilihan diubah", "Score of the whole as one choice changes"),
                Text("Nilai keseluruhan", "Score of the whole"),
                nominal,
                tuple(Row(one.title, one.low, None, one.high) for one in moving[:SHOWN]),
            ),
        )
        if moving
        else (),
    )


def _bounded(index: float) -> float:
    """A share of 1, also where an estimate of it falls outside."""
    return min(1.0, max(0.0, index))


def _s(count: int) -> str:
    return "s" if count == 1 else ""


def _lower(text: str) -> str:
    """A title as it stands within a sentence."""
    return text[:1].lower() + text[1:]
