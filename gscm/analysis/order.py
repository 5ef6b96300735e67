"""Whether the order of several subjects holds when weights and other choices of method vary alike for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np

from gscm.analysis.finding import Finding, Grid, Interval as Row, IntervalPlot, refused
from gscm.analysis.material import Material
from gscm.analysis.parts import score_figure
from gscm.analysis.peers import LISTED, compared, rank_text, subject_text
from gscm.analysis.varied import SPREAD, Drawn, Varied
from gscm.analysis.wording import Noun, cautions, joined, many, whole
from gscm.i18n import Text
from gscm.model.tree import Model
from gscm.responses.answers import Answers
from gscm.statistics.figure import NotComputable, refusal
from gscm.statistics.matrix import Array
from gscm.statistics.sensitivity import (
    RANKS,
    RankInterval,
    RankStability,
    chosen,
    perturbed_weights,
    rank_stability,
    saltelli_draws,
)

ORDER = Text("Kemantapan urutan antardaerah", "How firm the order of subjects is")
_METHOD = Text(
    "Bobot (±{spread}%, dinormalkan lagi), cara menggabung nilai bagian utama, dan perlakuan atas “tidak berlaku” "
    "diubah bersama-sama menurut barisan Sobol teracak (benih {seed}), sama bagi semua daerah. Jawaban yang masih "
    "terbuka ikut dihitung: pada setiap percobaan nilai suatu daerah ialah rentang dari ujung rendah sampai ujung "
    "tingginya. Pasangan tetap bila pada semua percobaan, dan pada pilihan model sendiri, seluruh rentang yang satu di "
    "atas yang lain (atau keduanya diketahui dan sama). Selang peringkat 90%: dari kuantil 5% peringkat terbaik sampai "
    "kuantil 95% peringkat terburuk; apa pun isi jawaban terbuka kelak, 90% tengah peringkatnya ada di dalamnya. "
    "Setiap daerah dihitung satu kali, dengan penilaian yang tahunnya terdekat.",
    "Weights (±{spread}%, normalised again), the aggregation of the main parts and what “not applicable” counts as "
    "vary together along a scrambled Sobol sequence (seed {seed}), alike for all subjects. Open answers count: in each "
    "draw the score of a subject is the range from its low to its high end. A pair holds if in all draws, and under "
    "the model’s own choices, all of the one’s range lies above the other’s (or both are known and alike). Intervals "
    "of ranks 90%: from the 5% quantile of the best rank to the 95% quantile of the worst; whatever the open answers "
    "turn out to be, the central 90% of ranks lie within. Each subject counts once, by the assessment nearest in year.",
)
_SOURCE = ("Saisana et al. 2005",)
_ASSESSMENTS: Noun = ("penilaian", "assessment", "assessments")
_DRAWS: Noun = ("percobaan", "draw", "draws")
_ALONE = Text("tidak ada daerah lain dengan model yang sama", "there is no other subject of the same model")
_FINISHED = Text(
    "tidak ada pilihan metode yang menyentuh nilai satu pun daerah (misalnya karena semuanya nilai jadi)",
    "no choice of method bears on any of the scores (as where all of them are finished scores)",
)
_CHOICES = ("aggregate", "absence")
"""What may vary alike for subjects of whom only answers are known: how people are merged does not."""


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """Some assessments with the ranges of their scores, shape (subjects, 2), and how their ranks move.

    `some_open` tells whether answers are open, `some_choice` whether any choice of method bears on the scores.
    """

    names: tuple[Text, ...]
    answers: tuple[Answers, ...]
    scores: Array
    found: RankStability
    some_open: bool
    some_choice: bool

    @property
    def pairs(self) -> int:
        return len(self.names) * (len(self.names) - 1) // 2

    def shown(self) -> list[int]:
        """The places of those that are listed, by rank; the subject itself, the first, is always among them."""
        by_rank = sorted(range(len(self.names)), key=lambda at: (self.found.subjects[at].nominal, at))
        return by_rank[:LISTED] if 0 in by_rank[:LISTED] else [*by_rank[: LISTED - 1], 0]


def ordered(answers: Sequence[Answers], base: int, seed: int) -> Ordered:
    """The ranks of assessments of one model over twice `base` draws; those without a score of the whole are left out.

    Raises NotComputable where fewer than two are left.
    """
    subjects = [Varied(one) for one in answers]
    scored = [(one, ends) for one in subjects if not np.isnan(ends := one.scores(one.nominal())[0, :, 0]).any()]
    known = [one for one, _ in scored]
    drawn = drawn_together(known, base, seed)
    table = np.stack([one.scores(one.drawn_like(drawn))[0] for one in known], axis=-1)
    low, high = table[:, ~np.isnan(table).any(axis=(0, 2))]
    own = np.stack([ends for _, ends in scored])
    return Ordered(
        names=tuple(subject_text(one.answers.subject) for one in known),
        answers=tuple(one.answers for one in known),
        scores=own,
        found=rank_stability(own[:, 0], low, highest=(own[:, 1], high)),
        some_open=bool((own[:, 0] != own[:, 1]).any() or (low != high).any()),
        some_choice=bool(drawn.weights or drawn.picks),
    )


def drawn_together(subjects: Sequence[Varied], base: int, seed: int) -> Drawn:
    """Draws of all that may vary in any of the subjects, so that one draw means the same to all of them."""
    factors = [(one, factor) for one in subjects for factor in one.factors]
    parents = {parent: one.own_weights(parent) for one, factor in factors for parent in factor.parents}
    options = {factor.name: len(factor.options) for _, factor in factors if factor.name in _CHOICES}
    columns = sum(len(weights) for weights in parents.values()) + len(options)
    points = saltelli_draws(max(1, columns), base, seed)[: 2 * base]
    table: dict[str, Array] = {}
    start = 0
    for parent, weights in parents.items():
        table[parent] = perturbed_weights(weights, points[:, start : start + len(weights)], SPREAD) * weights.sum()
        start += len(weights)
    picks = {str(name): chosen(points[:, start + at], count) for at, (name, count) in enumerate(options.items())}
    return Drawn(table, picks, len(points))


def order(material: Material, base: int) -> Finding:
    """The ranks of the subject and its peers over twice `base` draws, open answers included."""
    against = compared(material)
    method = Text(*(told.format(spread=round(100 * SPREAD), seed=material.seed) for told in (_METHOD.id, _METHOD.en)))
    try:
        if not against.peers:
            raise refusal(RANKS, _ALONE)
        one = ordered((material.answers, *against.peers), base, material.seed)
        if not one.some_choice:
            raise refusal(RANKS, _FINISHED)
    except NotComputable as error:
        return refused("sensitivity", "sensitivity-order", ORDER, error.reason, method, _SOURCE)
    model, found = material.answers.model, one.found
    return Finding(
        section="sensitivity",
        id="sensitivity-order",
        title=ORDER,
        meaning=_meaning(one),
        method=method,
        source=_SOURCE,
        n=joined(many(len(one.names), _ASSESSMENTS), many(found.n, _DRAWS)),
        data={
            "pairs": one.pairs,
            "stable_pairs": found.certain_pairs,
            "stable_pairs_of_low_ends": found.stable_pairs,
            "mean_shift_of_low_ends": found.mean_shift,
            "subjects": [_plain(one, at) for at in range(len(one.names))],
        },
        grids=(_table(model, one),),
        charts=(_chart(one),),
        caution=_caution(against.other_model, 1 + len(against.peers) - len(one.names)),
    )


def _plain(one: Ordered, at: int) -> dict[str, Any]:
    subject, rank = one.answers[at].subject, one.found.subjects[at]
    return {
        "id": subject.id,
        "year": subject.year,
        "score": [float(end) for end in one.scores[at]],
        "rank": list(rank.nominal),
        "rank_median_of_low_end": rank.median,
        "rank_interval_90": [rank.low, rank.high],
    }


def _table(model: Model, one: Ordered) -> Grid:
    rest = len(one.names) - LISTED
    return Grid(
        Text("Peringkat dan selangnya", "Ranks and their intervals"),
        (
            Text("Penilaian", "Assessment"),
            Text("nilai", "score"),
            Text("peringkat", "rank"),
            Text("selang 90%", "90% interval"),
        ),
        tuple(
            (one.names[at], _range(model, one.scores[at]), rank_text(*rank.nominal), _ends(rank))
            for at in one.shown()
            for rank in (one.found.subjects[at],)
        ),
        Text(f"Dan {rest} lainnya.", f"And {rest} more.") if rest > 0 else None,
    )


def _chart(one: Ordered) -> IntervalPlot:
    ranks = [(at, one.found.subjects[at]) for at in one.shown()]
    return IntervalPlot(
        Text(
            "Selang peringkat (titik: peringkat terbaik menurut pilihan model)",
            "Intervals of ranks (dot: the best rank under the model’s choices)",
        ),
        Text("Peringkat (1 ialah nilai tertinggi)", "Rank (1 is the highest score)"),
        tuple(Row(one.names[at], floor(rank.low), float(rank.nominal[0]), ceil(rank.high)) for at, rank in ranks),
        1.0,
        float(len(one.names)),
        counts=True,
    )


def _meaning(one: Ordered) -> Text:
    """How many pairs hold, and from where to where the subject itself may move."""
    found, mine, pairs = one.found, one.found.subjects[0], one.pairs
    kept, shown = (whole(round(part * pairs)) for part in (found.certain_pairs, found.stable_pairs))
    of = whole(pairs)
    whatever = Text("", "")
    if one.some_open:
        whatever = Text(
            f", apa pun isi jawaban yang masih terbuka (menurut yang sudah terbukti saja: {shown.id})",
            f", whatever the answers that are still open turn out to be (by what has been shown alone: {shown.en})",
        )
    now, span = rank_text(*mine.nominal), _ends(mine)
    stays = (floor(mine.low), ceil(mine.high)) == mine.nominal
    moves = Text("tetap", "stays so") if stays else Text(f"menjadi {span.id}", f"becomes {span.en}")
    keep = "pair of subjects keeps its" if pairs == 1 else "pairs of subjects keep their"
    return Text(
        f"{kept.id} dari {of.id} pasangan daerah tetap urutannya pada semua percobaan{whatever.id}. {one.names[0].id} "
        f"berada di peringkat {now.id} dari {len(one.names)}; dengan pilihan metode yang lain peringkatnya {moves.id} "
        "(selang 90%).",
        f"{kept.en} of {of.en} {keep} order in all draws{whatever.en}. {one.names[0].en} ranks {now.en} of "
        f"{len(one.names)}; with other choices of method its rank {moves.en} (90% interval).",
    )


def _ends(rank: RankInterval) -> Text:
    return rank_text(floor(rank.low), ceil(rank.high))


def _range(model: Model, ends: Array) -> Text:
    low, high = (score_figure(model, float(end)) for end in ends)
    if low == high:
        return low
    return Text(f"{low.id}–{high.id}", f"{low.en}–{high.en}")


def _caution(other_model: int, without: int) -> Text | None:
    told = []
    if other_model:
        out = many(other_model, _ASSESSMENTS)
        uses, are = ("uses", "is") if other_model == 1 else ("use", "are")
        told.append(Text(
            f"{out.id} memakai model atau bobot lain dan tidak diurutkan.",
            f"{out.en} {uses} another model or other weights and {are} not ranked.",
        ))  # fmt: skip
    if without:
        out = many(without, _ASSESSMENTS)
        has, are = ("has", "is") if without == 1 else ("have", "are")
        told.append(Text(
            f"{out.id} tidak mempunyai nilai keseluruhan dan tidak diurutkan.",
            f"{out.en} {has} no score of the whole and {are} not ranked.",
        ))  # fmt: skip
    return cautions((), *told)
