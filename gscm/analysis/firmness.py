"""How firm a level is: other people from the same offices might have answered, and open answers might be anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gscm.analysis.finding import Bars, Finding, Grid, Interval as Row, IntervalPlot, refused
from gscm.analysis.material import NO_PEOPLE, Material, People
from gscm.analysis.merge_rules import rule_name
from gscm.analysis.parts import (
    in_hundred,
    level_text,
    levels_text,
    named,
    parts,
    score_figure,
    score_span,
    score_text,
    titled,
)
from gscm.analysis.wording import NONE, OFFICES, PEOPLE, many, sentences, some, whole
from gscm.i18n import Text, same
from gscm.model.tree import Model, Node, has_levels, top_level
from gscm.placement.flips import pivotal
from gscm.placement.place import Result, place
from gscm.responses.load import UNKNOWN_ROW
from gscm.statistics.figure import Interval
from gscm.statistics.resampling import percentile_interval, resample_counts

CHUNK = 500
FIRM, FAIR = 0.9, 0.7
"""From which probability on a level is called firm, or fairly firm. Our own convention."""

TITLE = Text("Kekukuhan level keseluruhan", "How firm the level of the whole is")
_PARTS = Text("Kekukuhan level dan nilai tiap bagian", "How firm levels and scores of the parts are")
_OPEN = Text("Jawaban yang masih terbuka", "Answers that are still open")
_METHOD = Text(
    "Bootstrap berlapis: orang ditarik ulang utuh dengan pengembalian di dalam perangkat daerahnya, {runs} kali (benih "
    "{seed}); setiap kali jawaban digabung ({people} atas orang, {offices} atas perangkat daerah) dan seluruh syarat "
    "level dihitung lagi. Yang dihitung ialah level rendah, yaitu yang sudah terbukti; selang nilai ialah persentil "
    "90% dan 95%. Disebut kukuh dari 90 dari 100 dan cukup kukuh dari 70 dari 100 (batas gscm).",
    "Stratified bootstrap: people are drawn anew whole, with replacement, within their offices, {runs} times (seed "
    "{seed}); each time answers are merged ({people} for people, {offices} for offices) and the full gate is placed. "
    "What is counted is the low level, that which has been shown; intervals of scores are percentile intervals of 90% "
    "and 95%. It is called firm from 90 of 100 on and fairly firm from 70 of 100 on (gscm’s limits).",
)
_WORKS = ("Davison & Hinkley 1997", "Efron & Tibshirani 1993")
_ALONE = Text(
    "Penarikan ulang tidak dapat dihitung: setiap perangkat daerah baru diwakili satu orang, sehingga tidak ada yang "
    "dapat ditarik lain. Undang sekurangnya dua orang dari setiap perangkat daerah.",
    "Resampling cannot be computed: a single person answers for each office so far, so that nobody else could be "
    "drawn. Invite two people or more from every office.",
)
_NOBODY = Text(
    "Penarikan ulang tidak dapat dihitung: belum ada seorang pun yang menjawab.",
    "Resampling cannot be computed: nobody has answered yet.",
)
_NO_VALUE = Text(
    "Penarikan ulang tidak dapat dihitung: belum ada jawaban yang memuat nilai, sehingga level yang ada hanya level "
    "awal.",
    "Resampling cannot be computed: no answer holds a value yet, so that the level is merely the one to begin with.",
)
_NOTHING = Text(
    "Model ini tidak memberi level atau nilai bagi keseluruhannya dari jawaban ini.",
    "This model gives the whole neither a level nor a score from these answers.",
)

_ANSWERS = ("jawaban", "answer", "answers")
FEW_IN_AN_OFFICE = 5
"""Fewer respondents of an office than this, and resampling them says little; a convention of ours."""

Levels = npt.NDArray[np.int8]
Scores = npt.NDArray[np.float64]


def firmness(material: Material) -> Iterator[Finding]:
    """P(level = k) and intervals of scores by resampling people; and what open answers still leave open."""
    result = place(material.answers)
    yield from _bootstrap(material, result)
    yield open_answers(result)


# ------------------------------------------------------------------------------------------------ resampled people


@dataclass(frozen=True, slots=True, eq=False)
class Resampled:
    """Every node in every resample: levels and scores of shape (nodes, 2, runs), low and high.

    A level of 0 and a score of NaN say that there is none.
    """

    nodes: tuple[str, ...]
    levels: Levels
    scores: Scores

    def shares(self, node: str, top: int, end: int = 0) -> tuple[float, ...]:
        """P(level = 1), … P(level = top) among the resamples in which the node has a level."""
        levels = self.levels[self.nodes.index(node), end]
        counts = np.bincount(levels[levels > 0], minlength=top + 1)[1 : top + 1]
        total = int(counts.sum())
        return tuple(float(count) / total for count in counts) if total else ()

    def scored(self, node: str, end: int = 0) -> Scores:
        """The scores of a node, where it has one."""
        scores: Scores = self.scores[self.nodes.index(node), end]
        return scores[~np.isnan(scores)]


def resampled(people: People, runs: int, seed: int) -> Resampled:
    """The whole model placed for so many resamples of the people within their offices. Raises NotVectorised."""
    from gscm.vectorised.merge import merge_batch
    from gscm.vectorised.place import place_batch
    from gscm.vectorised.plan import compile_plan

    votes = people.votes
    plan = compile_plan(votes.model)
    counts = resample_counts([person.office for person in votes.people], runs, seed)
    levels = np.zeros((len(plan.nodes), 2, runs), np.int8)
    scores = np.full((len(plan.nodes), 2, runs), np.nan)
    for start in range(0, runs, CHUNK):
        piece = slice(start, min(start + CHUNK, runs))
        placed = place_batch(merge_batch(plan, votes, counts[piece], people.people_rule, people.offices_rule))
        levels[..., piece], scores[..., piece] = placed.level, placed.score
    return Resampled(plan.nodes, levels, scores)


def _bootstrap(material: Material, result: Result) -> Iterator[Finding]:
    from gscm.vectorised.plan import NotVectorised

    people = material.people
    method = _METHOD
    if people is not None:
        values = {"runs": material.runs, "seed": material.seed}
        rules = rule_name(people.people_rule), rule_name(people.offices_rule)
        method = Text(
            _METHOD.id.format(people=rules[0].id, offices=rules[1].id, **values | {"runs": whole(material.runs).id}),
            _METHOD.en.format(people=rules[0].en, offices=rules[1].en, **values | {"runs": whole(material.runs).en}),
        )
    else:
        method = Text(
            "Bootstrap berlapis: orang ditarik ulang utuh di dalam perangkat daerahnya.",
            "Stratified bootstrap: people are drawn anew whole within their offices.",
        )
    why = _cannot(people, result)
    if people is None or why is not None:
        yield refused("firmness", "firmness-overall", TITLE, why or NO_PEOPLE, method, _WORKS)
        return
    try:
        found = resampled(people, material.runs, material.seed)
    except NotVectorised as error:
        yield refused("firmness", "firmness-overall", TITLE, error.issues[0].what, method, _WORKS)
        return
    study = _Study(material, people, result, found, method)
    yield _overall(study)
    yield _of_parts(study)


def _cannot(people: People | None, result: Result) -> Text | None:
    """Why the bootstrap is not computed."""
    if people is None:
        return NO_PEOPLE
    if not people.votes.people:
        return _NOBODY
    if not result.reading.low.keys() - result.reading.open:
        return _NO_VALUE
    if result.overall.low is None and result.overall.score_low is None:
        return _NOTHING
    if max(_sizes(people).values()) < 2:
        return _ALONE
    return None


def _sizes(people: People) -> Counter[str]:
    """How many people answered in each office."""
    return Counter(person.office for person in people.votes.people)


@dataclass(frozen=True, slots=True, eq=False)
class _Study:
    material: Material
    people: People
    result: Result
    found: Resampled
    method: Text

    @property
    def model(self) -> Model:
        return self.result.model

    @property
    def n(self) -> Text:
        sizes = _sizes(self.people)
        runs = self.material.runs
        people, offices = many(sizes.total(), PEOPLE), many(len(sizes), OFFICES)
        return Text(
            f"{people.id} dari {offices.id}, {whole(runs).id} penarikan ulang",
            f"{people.en} of {offices.en}, {whole(runs).en} resamples",
        )

    def shares(self, node: Node, end: int = 0) -> tuple[float, ...]:
        return self.found.shares(node.id, top_level(self.model, node), end)


def _overall(study: _Study) -> Finding:
    root = study.model.root
    levelled = study.result.overall.low is not None
    return Finding(
        section="firmness",
        id="firmness-overall",
        title=TITLE,
        meaning=_meaning(study) if levelled else _of_score(study),
        method=study.method,
        source=_WORKS,
        n=study.n,
        data={
            "counted": "low",
            "runs": study.material.runs,
            "seed": study.material.seed,
            "people": _sizes(study.people).total(),
            "offices_with_one_respondent": sorted(o for o, count in _sizes(study.people).items() if count == 1),
            "untested": [one.id for one in study.model.nodes.values() if _speaks(study, one) and _untested(study, one)],
            "nodes": {node.id: _plain(study, node) for node in study.model.nodes.values() if _speaks(study, node)},
        },
        charts=(_bars(study, root),) if levelled and not _untested(study, root) else (),
        caution=_caution(study),
    )


def _speaks(study: _Study, node: Node) -> bool:
    placement = study.result.nodes[node.id]
    return placement.low is not None or placement.score_low is not None


def _plain(study: _Study, node: Node) -> dict[str, object]:
    """What was found of one node, unrounded."""
    found: dict[str, object] = {}
    for end, name in enumerate(("low", "high")):
        if has_levels(node) and (shares := study.shares(node, end)):
            found[f"level_{name}"] = {str(level): share for level, share in enumerate(shares, 1)}
        scores = study.found.scored(node.id, end)
        if len(scores):
            spans = {str(c): percentile_interval(scores, c / 100) for c in (90, 95)}
            found[f"score_{name}"] = {
                "mean": float(scores.mean()),
                "median": float(np.median(scores)),
                **{f"interval_{c}": [span.low, span.high] for c, span in spans.items()},
            }
    return found


def _bars(study: _Study, node: Node) -> Bars:
    rows = [(level_text(study.model, node.id, level), share) for level, share in enumerate(study.shares(node), 1)]
    low = study.result.nodes[node.id].low
    return Bars(
        Text("Peluang tiap level keseluruhan", "Probability of each level of the whole"),
        tuple(rows),
        None if low is None else low - 1,
    )


def _kept(study: _Study, node: Node) -> float:
    """In how many resamples the node stays at its level, as a share of 1; 0 where it has none."""
    low, shares = study.result.nodes[node.id].low, study.shares(node)
    return shares[low - 1] if low is not None and len(shares) >= low else 0.0


def _meaning(study: _Study) -> Text:
    root, low = study.model.root, study.result.overall.low
    here, kept = level_text(study.model, root.id, low), _kept(study, root)
    often = in_hundred(kept)
    others = [(share, level) for level, share in enumerate(study.shares(root), 1) if share > 0 and level != low]
    others.sort(reverse=True)
    told = some([
        Text(f"{level_text(study.model, root.id, level).id} ({in_hundred(share).id})",
             f"{level_text(study.model, root.id, level).en} ({in_hundred(share).en})")
        for share, level in others
    ])  # fmt: skip
    elsewhere = Text(f"; selebihnya {told.id}", f"; otherwise it is {told.en}") if others else Text("", "")
    if _untested(study, root):
        return _held(study, Text(f"level keseluruhan ({here.id})", f"the level of the whole ({here.en})"))
    if kept >= FIRM:
        return Text(
            f"Level keseluruhan ({here.id}) kukuh: dalam {often.id} penarikan ulang responden levelnya tetap {here.id}"
            f"{elsewhere.id}. Orang lain dari perangkat daerah yang sama kemungkinan besar memberi level yang sama.",
            f"The level of the whole ({here.en}) is firm: in {often.en} resamples of the respondents it stays "
            f"{here.en}{elsewhere.en}. Other people of the same offices would most likely have given the same level.",
        )
    if kept >= FAIR:
        return Text(
            f"Level keseluruhan ({here.id}) cukup kukuh: dalam {often.id} penarikan ulang responden levelnya tetap "
            f"{here.id}{elsewhere.id}. Sebutkan peluang ini bersama levelnya.",
            f"The level of the whole ({here.en}) is fairly firm: in {often.en} resamples of the respondents it stays "
            f"{here.en}{elsewhere.en}. Tell this probability along with the level.",
        )
    return Text(
        f"Level keseluruhan ({here.id}) belum kukuh: hanya dalam {often.id} penarikan ulang responden levelnya tetap "
        f"{here.id}{elsewhere.id}. Periksa dahulu butir yang menentukan levelnya, atau tambah penjawab, sebelum level "
        "ini dipakai untuk mengambil keputusan.",
        f"The level of the whole ({here.en}) is not firm yet: only in {often.en} resamples of the respondents it stays "
        f"{here.en}{elsewhere.en}. Check the items that decide it, or ask more people, before decisions rest on it.",
    )


def _untested(study: _Study, node: Node) -> bool:
    """Whether the node stays lowest because facts are open: then it stays there whoever answers."""
    placement, scale = study.result.nodes[node.id], study.model.scale
    if placement.low is not None and placement.high is not None:
        return placement.low == 1 < placement.high and _kept(study, node) >= FIRM
    if placement.score_low is None or placement.score_high is None or (span := _interval(study, node)) is None:
        return False
    return placement.score_low == scale.min < placement.score_high and span.high - span.low < 1e-9


def _held(study: _Study, what: Text) -> Text:
    """That what stays lowest for want of answers cannot be tested."""
    count = whole(len(study.result.reading.open))
    return Text(
        f"Belum dapat diuji: {what.id} masih terendah karena {count.id} fakta terbuka. "
        "Lengkapi jawabannya lebih dahulu.",
        f"Cannot be tested yet: {what.en} is still the lowest because {count.en} facts are open. "
        "Complete the answers first.",
    )


def _of_score(study: _Study) -> Text:
    score = score_text(study.model, study.result.overall.score_low)
    span = _span(study, study.model.root)
    if _untested(study, study.model.root):
        return _held(study, Text(f"nilai keseluruhan ({score.id})", f"the score of the whole ({score.en})"))
    if span == score:
        return Text(
            f"Nilai keseluruhan {score.id} dan tidak berubah dalam 95 dari 100 penarikan ulang responden.",
            f"The score of the whole is {score.en} and does not change in 95 of 100 resamples of the respondents.",
        )
    return Text(
        f"Nilai keseluruhan {score.id}; dengan orang lain dari perangkat daerah yang sama nilainya kemungkinan besar "
        f"di antara {span.id} (selang 95%).",
        f"The score of the whole is {score.en}; with other people of the same offices it would most likely lie "
        f"within {span.en} (95% interval).",
    )


def _interval(study: _Study, node: Node, confidence: float = 0.95) -> Interval | None:
    scores = study.found.scored(node.id)
    return percentile_interval(scores, confidence) if len(scores) else None


def _span(study: _Study, node: Node, confidence: float = 0.95) -> Text:
    span = _interval(study, node, confidence)
    if span is None:
        return NONE
    ends = score_figure(study.model, span.low), score_figure(study.model, span.high)
    return ends[0] if ends[0] == ends[1] else score_span(study.model, span.low, span.high)


def _of_parts(study: _Study) -> Finding:
    model = study.model
    shown = [node for node in parts(model) if _speaks(study, node)]
    levelled = [node for node in shown if study.result.nodes[node.id].low is not None]
    rows = tuple(
        (
            titled(model, node.id),
            level_text(model, node.id, study.result.nodes[node.id].low),
            _stays(study, node) if node in levelled else NONE,
            score_text(model, study.result.nodes[node.id].score_low),
            _span(study, node, 0.9),
            _span(study, node),
        )
        for node in shown
    )
    return Finding(
        section="firmness",
        id="firmness-parts",
        title=_PARTS,
        meaning=_meaning_of_parts(study, shown, levelled),
        method=study.method,
        source=_WORKS,
        n=study.n,
        grids=(
            Grid(
                _PARTS,
                (
                    Text("Bagian", "Part"),
                    Text("level", "level"),
                    Text("tetap pada level ini", "stays at this level"),
                    Text("nilai", "score"),
                    Text("selang 90%", "90% interval"),
                    Text("selang 95%", "95% interval"),
                ),
                rows,
                Text(
                    "Level dan nilai yang sudah terbukti (ujung rendah). Satu angka di kolom selang: penarikan ulang "
                    "tidak mengubahnya.",
                    "Levels and scores that have been shown (the low end). One figure in a column of intervals: "
                    "resampling does not change it.",
                ),
            ),
        ),
        charts=_plot(study, shown),
    )


def _plot(study: _Study, shown: Sequence[Node]) -> tuple[IntervalPlot, ...]:
    rows = []
    for node in shown:
        span, score = _interval(study, node), study.result.nodes[node.id].score_low
        if span is not None and score is not None:
            rows.append(Row(titled(study.model, node.id), span.low, float(score), span.high))
    if not rows:
        return ()
    scale = study.model.scale
    return (
        IntervalPlot(
            Text("Nilai tiap bagian dengan selang bootstrap 95%", "Scores of the parts with 95% bootstrap intervals"),
            Text("Nilai yang sudah terbukti", "Score that has been shown"),
            tuple(rows),
            float(scale.min),
            float(scale.max),
        ),
    )


def _meaning_of_parts(study: _Study, shown: Sequence[Node], levelled: Sequence[Node]) -> Text:
    model = study.model
    below = [node for node in levelled if node is not model.root]
    untested = [node for node in below if _untested(study, node)]
    if untested:
        tested = [node for node in below if node not in untested]
        level = Text("level", "level")
        return sentences([_open_parts(model, level, untested, below), _of_levels(study, tested, among=below)])
    if below:
        return sentences([_of_levels(study, below, among=below)])
    spans = [(span.high - span.low, node) for node in shown if (span := _interval(study, node)) is not None]
    if not spans:
        return _NOTHING
    width, widest = max(spans, key=lambda one: one[0])
    name, reach = named(model, widest.id), _span(study, widest)
    if untested := [node for node in shown if node is not model.root and _untested(study, node)]:
        score = Text("nilai", "score")
        return sentences([
            _open_parts(model, score, untested, [node for node in shown if node is not model.root]),
            None if width < 1e-9 else _widest(name, reach),
        ])  # fmt: skip
    if width < 1e-9:
        return Text(
            "Nilai setiap bagian tidak berubah dalam penarikan ulang responden.",
            "Scores of the parts do not change when respondents are resampled.",
        )
    return _widest(name, reach)


def _widest(name: Text, reach: Text) -> Text:
    return Text(
        f"Selang nilai yang paling lebar ada pada {name.id}: {reach.id}.",
        f"The widest interval of a score is that of {name.en}: {reach.en}.",
    )


def _of_levels(study: _Study, tested: Sequence[Node], among: Sequence[Node]) -> Text | None:
    """Which levels change as people are drawn anew, of those that can; nothing where none can."""
    if not tested:
        return None
    model = study.model
    loose = sorted((node for node in tested if _kept(study, node) < FIRM), key=lambda node: _kept(study, node))
    if not loose:
        every = Text("setiap bagian", "every part")
        if len(tested) < len(among):
            every = Text("setiap bagian lain", "every other part")
        return Text(
            f"Level {every.id} kukuh: sekurangnya 90 dari 100 penarikan ulang memberi level yang sama.",
            f"The level of {every.en} is firm: at least 90 of 100 resamples give the same level.",
        )
    told = some([
        Text(f"{titled(model, node.id).id} (tetap dalam {in_hundred(_kept(study, node)).id} penarikan ulang)",
             f"{titled(model, node.id).en} (the same in {in_hundred(_kept(study, node)).en} resamples)")
        for node in loose
    ])  # fmt: skip
    return Text(
        f"Level yang belum kukuh: {told.id}. Level itu paling mudah berubah bila orang lain yang menjawab.",
        f"Levels that are not firm: {told.en}. They are the first to change if other people answer.",
    )


def _open_parts(model: Model, what: Text, untested: Sequence[Node], among: Sequence[Node]) -> Text:
    """That parts stay lowest for want of answers, so that they cannot be tested."""
    names = Text("setiap bagian", "every part")
    if len(untested) < len(among):
        names = some([titled(model, node.id) for node in untested])
    return Text(
        f"Belum dapat diuji: {what.id} {names.id} masih terendah karena faktanya masih terbuka.",
        f"Cannot be tested yet: the {what.en} of {names.en} is still the lowest because facts are open.",
    )


def _stays(study: _Study, node: Node) -> Text:
    if _untested(study, node):
        return Text("belum dapat diuji", "cannot be tested yet")
    return in_hundred(_kept(study, node))


def _caution(study: _Study) -> Text | None:
    sizes = _sizes(study.people)
    alone = sorted(office for office, count in sizes.items() if count == 1)
    told: list[Text | None] = []
    every = many(len(sizes), OFFICES)
    if alone:
        names = some([same(study.people.offices.get(office, office)) for office in alone])
        told.append(
            Text(
                f"{len(alone)} dari {len(sizes)} perangkat daerah hanya diwakili satu orang ({names.id}); jawabannya "
                "tidak dapat berubah dalam penarikan ulang, sehingga hasil tampak lebih kukuh daripada sebenarnya.",
                f"{len(alone)} of {every.en} {'has' if len(alone) == 1 else 'have'} a single respondent ({names.en}); "
                "those answers cannot change in a resample, so that the result looks firmer than it is.",
            )
        )
    few = [office for office, count in sizes.items() if 1 < count < FEW_IN_AN_OFFICE]
    if few:
        told.append(
            Text(
                f"{len(few)} dari {len(sizes)} perangkat daerah diwakili kurang dari {FEW_IN_AN_OFFICE} orang. Orang "
                "yang sedikit dan sependapat membuat selangnya tampak sempit; bacalah hasil ini sebagai batas bawah "
                "keraguan.",
                f"{len(few)} of {every.en} {'has' if len(few) == 1 else 'have'} fewer than {FEW_IN_AN_OFFICE} "
                "respondents. Few people of one mind make intervals look narrow; read this as the least doubt there "
                "is.",
            )
        )
    placement = study.result.overall
    if study.result.reading.open and (placement.low, placement.score_low) != (placement.high, placement.score_high):
        count, facts = (whole(len(one)) for one in (study.result.reading.open, study.result.reading.facts))
        told.append(
            Text(
                f"{count.id} dari {facts.id} fakta belum terjawab. Yang diuji hanya level yang sudah terbukti; "
                "kelengkapan jawaban lebih menentukan daripada siapa yang menjawab.",
                f"{count.en} of {facts.en} facts are unanswered. Only the level that has been shown is tested; "
                "completing the answers decides more than who gives them.",
            )
        )
    fixed = sum(len(said) for said in study.people.votes.decided.values()) + len(study.people.votes.whole)
    if fixed:
        told.append(
            Text(
                f"{whole(fixed).id} jawaban ditetapkan perangkat daerah atau hasil verifikasi dan tidak ikut berubah.",
                f"Decided by offices or in verification, so that they do not vary: {many(fixed, _ANSWERS).en}.",
            )
        )
    found = sentences(told)
    return found if found.id else None


# ------------------------------------------------------------------------------------------------ open answers


_OPEN_METHOD = Text(
    "Penempatan eksak dua kali: semua jawaban terbuka pada nilai terburuknya, lalu pada nilai terbaiknya; kedua ujung "
    "pasti dan tercapai. Jawaban penentu: yang sendirian masih menggeser ujung rendah atau tinggi; bila tidak ada, "
    "himpunan terkecil yang bersama-sama menaikkan level rendah.",
    "Exact placement twice: all open answers at their worst, then at their best; both ends are certain and attained. "
    "Pivotal answers: those that alone still move the low or the high end; where there is none, the smallest set that "
    "together lifts the low level.",
)


def open_answers(result: Result) -> Finding:
    """From where to where the level can still come as open answers come in, and which of them decide."""
    model, overall = result.model, result.overall
    title, source = _OPEN, ("gscm, docs/placement.md",)
    shown = [node for node in parts(model) if result.nodes[node.id].assessed and result.nodes[node.id].applies]
    shown = [n for n in shown if result.nodes[n.id].low is not None or result.nodes[n.id].score_low is not None]
    if not shown:
        return refused("firmness", "firmness-open", title, _NOTHING, _OPEN_METHOD, source)
    deciding = {node.id: pivotal(result, node.id) for node in shown}
    rows = []
    for node in shown:
        one = result.nodes[node.id]
        low, high = score_text(model, one.score_low), score_text(model, one.score_high)
        rows.append((
            titled(model, node.id),
            levels_text(model, node.id, one.low, one.high),
            low if low == high else Text(f"{low.id}–{high.id}", f"{low.en}–{high.en}"),
            whole(len(deciding[node.id])),
        ))  # fmt: skip
    return Finding(
        section="firmness",
        id="firmness-open",
        title=title,
        meaning=_meaning_of_open(result, deciding.get(model.id, ())),
        method=_OPEN_METHOD,
        source=source,
        n=Text(
            f"{whole(len(result.reading.open)).id} dari {whole(len(result.reading.facts)).id} fakta masih terbuka",
            f"{whole(len(result.reading.open)).en} of {whole(len(result.reading.facts)).en} facts still open",
        ),
        data={
            "open": len(result.reading.open),
            "facts": len(result.reading.facts),
            "level": None if overall.low is None else [overall.low, overall.high],
            "nodes": {
                node.id: {
                    "level": None if one.low is None else [one.low, one.high],
                    "score": None
                    if one.score_low is None or one.score_high is None
                    else [float(one.score_low), float(one.score_high)],
                    "pivotal": list(deciding[node.id]),
                }
                for node in shown
                for one in (result.nodes[node.id],)
            },
        },
        grids=(
            Grid(
                Text("Yang sudah pasti dan yang masih mungkin", "What is certain and what is still possible"),
                (
                    Text("Bagian", "Part"),
                    Text("level", "level"),
                    Text("nilai", "score"),
                    Text("jawaban penentu", "pivotal answers"),
                ),
                tuple(rows),
            ),
        ),
    )


def _meaning_of_open(result: Result, deciding: Sequence[str]) -> Text:
    model, overall = result.model, result.overall
    if not result.reading.open:
        return Text(
            "Tidak ada jawaban yang terbuka: level dan nilainya sudah pasti menurut jawaban yang masuk.",
            "No answer is open: level and score are certain, given the answers that came in.",
        )
    count = whole(len(result.reading.open))
    if overall.low is None:
        low, high = score_text(model, overall.score_low), score_text(model, overall.score_high)
        if low == high:
            return Text(
                f"{count.id} fakta masih terbuka, tetapi nilai keseluruhan tetap {low.id}.",
                f"{count.en} facts are still open, yet the score of the whole stays {low.en}.",
            )
        return Text(
            f"{count.id} fakta masih terbuka: nilai keseluruhan pasti di antara {low.id} dan {high.id}.",
            f"{count.en} facts are still open: the score of the whole certainly lies between {low.en} and {high.en}.",
        )
    low, high = (level_text(model, model.id, level) for level in (overall.low, overall.high))
    if overall.low == overall.high:
        return Text(
            f"{count.id} fakta masih terbuka, tetapi level keseluruhan sudah pasti {low.id}: jawaban mana pun yang "
            "masih masuk tidak mengubahnya.",
            f"{count.en} facts are still open, yet the level of the whole is certain to be {low.en}: no answer that "
            "may still come in changes it.",
        )
    names = some([fact_text(result, fact) for fact in deciding])
    alone = len(deciding) != 1
    return Text(
        f"{count.id} fakta masih terbuka: level keseluruhan pasti sekurangnya {low.id} dan paling tinggi {high.id}. "
        f"Yang menentukan ialah {names.id}; lengkapi {'itu' if not alone else 'semuanya'} lebih dahulu.",
        f"{count.en} facts are still open: the level of the whole is certainly at least {low.en}, at most {high.en}. "
        f"What decides is {names.en}; settle {'it' if not alone else 'them'} first.",
    )


def fact_text(result: Result, fact: str) -> Text:
    """A fact as a reader finds it: the indicator, and the criterion's number or what is measured."""
    known = result.reading.facts[fact]
    node = result.model.nodes[known.node]
    if known.kind == "criterion":
        number = fact.removeprefix(f"{node.id}.").partition(".")[2]
        which = Text(f" nomor {number}", f" number {number}") if number else Text("", "")
        return Text(
            f"{node.title.id} (kriteria level {known.level}{which.id})",
            f"{node.title.en} (criterion of level {known.level}{which.en})",
        )
    if known.kind == "quantity" and node.quantity is not None:
        return node.quantity.title
    if node.parent is not None and node.id.endswith(f".{UNKNOWN_ROW}"):
        above = result.model.nodes[node.parent].title
        return Text(f"{above.id} (baris belum diisi)", f"{above.en} (rows not filled in)")
    return node.title
