"""Weights from experts: what each gave, how far they agree, how consistent they are, and what the result would be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gscm.analysis.finding import Finding, Grid, HeatMap, Interval, IntervalPlot, refused
from gscm.analysis.material import Material
from gscm.analysis.panel import Choices, Judged, Measure, Panel, Weighed, named, order, weigh
from gscm.analysis.wording import NONE, figure, sentences, share, some, upper
from gscm.i18n import LANGUAGES, Text, same
from gscm.model.tree import Model, Node
from gscm.model.weights import experts_said
from gscm.model.weights_schema import COMPLETIONS, MEASURES, METHODS, TABLES, limit_text
from gscm.placement.place import Placement, Result, place, score_text

_TITLE = Text("Bobot dari pakar", "Weights from experts")
_METHOD = Text(
    "AHP (vektor eigen utama, gabungan penilaian) atau BWM (model linear, gabungan bobot).",
    "AHP (principal eigenvector, judgements aggregated) or BWM (linear model, weights aggregated).",
)
_NO_PANEL = Text("Tidak ada perbandingan dari pakar.", "There are no comparisons by experts.")
_REMEDY = Text(
    "Berikan berkasnya dengan --comparisons; cara membuatnya: gscm weights ask.",
    "Give their file by --comparisons; to make one: gscm weights ask.",
)


def weights(material: Material) -> Iterator[Finding]:
    """A finding for every node whose parts were compared, and one on what their weights would do to the result."""
    panel = material.panel
    if panel is None:
        yield refused("weights", "weights", _TITLE, _NO_PANEL, _METHOD, ("Saaty 1980", "Rezaei 2016"), _REMEDY)
        return
    found = weigh(panel, Choices())
    for one in found:
        yield _node(panel, one)
    if material.answers.model.weights is None:
        yield _unmoved(material, found) or _result(material, found)


def _node(panel: Panel, one: Weighed) -> Finding:
    node = panel.model.nodes[one.node]
    title = Text(f"Bobot di bawah {node.title.id}", f"Weights below {node.title.en}")
    return Finding(
        section="weights",
        id=f"weights-{named(panel.model, one.node)}",
        title=title,
        meaning=sentences([_heaviest(panel, one), _apart(panel, one), _against(panel, node, one), _order(one)]),
        method=_method(one),
        source=one.sources,
        n=experts_said(len(one.experts)),
        data=_data(node, one),
        grids=(_weights_grid(panel, node, one), *_ratios(panel, one)),
        charts=_charts(panel, one) if len(one.experts) > 1 else (),
        caution=_caution(panel, one),
    )


def _method(one: Weighed) -> Text:
    name = METHODS[one.method]
    return Text(f"{name.id}: {one.convention.id}.", f"{name.en}: {one.convention.en}.")


def _title(panel: Panel, part: str) -> Text:
    return panel.model.nodes[part].title


def _heaviest(panel: Panel, one: Weighed) -> Text:
    most, least = max(one.weights.values()), min(one.weights.values())
    if most - least < _ALIKE:
        return Text("Para pakar memberi bobot yang sama bagi setiap bagian.", "The experts weigh every part alike.")
    if most - least < _CLOSE:
        return Text("Menurut pakar, semua bagian hampir sama penting.", "To the experts all parts matter nearly alike.")
    first, last = _at(panel, one, most), _at(panel, one, least)
    comma = "," if any(_ALIKE <= abs(weight - most) < _CLOSE for weight in one.weights.values()) else ""
    return Text(
        f"Menurut pakar, yang paling penting ialah {first.id}{comma} dan yang paling kurang penting {last.id}.",
        f"To the experts the most important is {first.en}{comma} and the least important {last.en}.",
    )


def _at(panel: Panel, one: Weighed, end: float) -> Text:
    """The parts of the largest, or the least, weight, and those that weigh nearly the same."""
    alike = some([_title(panel, part) for part, weight in one.weights.items() if abs(weight - end) < _ALIKE])
    close = [part for part, weight in one.weights.items() if _ALIKE <= abs(weight - end) < _CLOSE]
    told = Text(*(f"{alike[language]} ({share(end)[language]})" for language in LANGUAGES))
    if not close:
        return told
    others = some([Text(*(f"{_title(panel, part)[language]} ({share(one.weights[part])[language]})"
                          for language in LANGUAGES)) for part in close])  # fmt: skip
    return Text(f"{told.id}, hampir sama dengan {others.id}", f"{told.en}, nearly the same as {others.en}")


_ALIKE = 1e-9
_CLOSE = 0.01
"""Below one percentage point, experts who judge in whole steps do not tell one part from another."""


def _apart(panel: Panel, one: Weighed) -> Text | None:
    """On which part the experts differ most."""
    if len(one.experts) < 2:
        return None
    spread = {part: _ends(one, part) for part in one.weights}
    part = max(spread, key=lambda part: round(spread[part][1] - spread[part][0], 9))
    low, high = (share(end) for end in spread[part])
    return Text(
        f"Paling berbeda pendapat mereka tentang {_title(panel, part).id}: dari {low.id} sampai {high.id}.",
        f"They differ most on {_title(panel, part).en}: from {low.en} to {high.en}.",
    )


def _ends(one: Weighed, part: str) -> tuple[float, float]:
    given = [judged.weights[part] for judged in one.experts]
    return min(given), max(given)


def _against(panel: Panel, node: Node, one: Weighed) -> Text | None:
    """Which parts weigh most otherwise than in the model, where the model has weights of its own."""
    own = _own(panel.model, node)
    if own is None:
        return None
    part = max(own, key=lambda part: round(abs(one.weights[part] - own[part]), 9))
    here, there = share(one.weights[part]), share(own[part])
    if here == there:
        return Text("Bobot itu praktis sama dengan bobot model.", "These are in effect the weights of the model.")
    return Text(
        f"Dibandingkan dengan bobot model, yang paling berubah {_title(panel, part).id}: {there.id} dalam model, "
        f"{here.id} menurut pakar.",
        f"Against the weights of the model, {_title(panel, part).en} changes most: {there.en} in the model, "
        f"{here.en} to the experts.",
    )


def _own(model: Model, node: Node) -> Mapping[str, float] | None:
    children = [model.nodes[child] for child in node.children]
    if any(child.weight_origin is None for child in children):
        return None
    total = sum(child.weight for child in children)
    return {child.id: float(child.weight / total) for child in children}


def _order(one: Weighed) -> Text | None:
    if not one.ranked_otherwise:
        return None
    first, second = METHODS[one.method], METHODS[one.beside_method]
    return Text(
        f"Urutannya bergantung pada cara menghitung: {first.id} dan {second.id} menghasilkan urutan yang berbeda.",
        f"The order depends on the method: {first.en} and {second.en} rank the parts differently.",
    )


def _caution(panel: Panel, one: Weighed) -> Text | None:
    wrong = [judged for judged in one.experts if not judged.acceptable]
    if not wrong or len(panel.model.nodes[one.node].children) < 3:
        return None
    names = some([same(judged.expert) for judged in wrong])
    return Text(
        f"Perbandingan {names.id} belum konsisten (rasionya di atas batas) dan perlu ditinjau bersama pakarnya sebelum "
        "bobot ini dipakai.",
        f"The comparisons of {names.en} are not consistent (a ratio above its limit); review them with the expert "
        "before these weights are used.",
    )


def _weights_grid(panel: Panel, node: Node, one: Weighed) -> Grid:
    own = _own(panel.model, node)
    headings = (
        Text("Bagian", "Part"),
        Text("bobot", "weight"),
        Text("terendah", "lowest"),
        Text("tertinggi", "highest"),
        METHODS[one.beside_method],
        Text("bobot model", "weight in the model"),
    )
    rows = tuple(
        (
            _title(panel, part),
            figure(float(one.exact[part]), 4),
            *(figure(end, 4) for end in _ends(one, part)),
            figure(one.beside[part], 4),
            NONE if own is None else figure(own[part], 4),
        )
        for part in order(one.weights)
    )
    return Grid(Text("Bobot", "Weights"), headings, rows)


def _ratios(panel: Panel, one: Weighed) -> Iterator[Grid]:
    """How consistent the group and the experts are, figure by figure; two parts cannot be inconsistent."""
    if not any(judged.measures for judged in one.experts):
        return
    headings = (
        Text("Pakar", "Expert"),
        Text("ukuran", "measure"),
        Text("angka", "figure"),
        Text("batas", "limit"),
        Text("konsisten", "consistent"),
        Text("perbandingan", "comparisons"),
        Text("tinjau dahulu", "review first"),
    )
    rows = [(Text("Gabungan", "Group"), *_measured(measure), NONE, NONE) for measure in one.measures]
    for judged in one.experts:
        made = Text(
            f"{judged.asked - judged.missing} dari {judged.asked}",
            f"{judged.asked - judged.missing} of {judged.asked}",
        )
        review = NONE if judged.acceptable else _review(panel, judged)
        if not judged.measures:
            rows.append((same(judged.expert), _TOO_FEW, NONE, NONE, NONE, made, NONE))
        for row, measure in enumerate(judged.measures):
            beside = (made, review) if row == 0 else (NONE, NONE)
            rows.append((same(judged.expert), *_measured(measure), *beside))
    yield Grid(Text("Konsistensi", "Consistency"), headings, tuple(rows), _note(one))


_TOO_FEW = Text("terlalu sedikit untuk diperiksa", "too few to check")


def _measured(measure: Measure) -> tuple[Text, Text, Text, Text]:
    verdict = {True: Text("ya", "yes"), False: Text("belum", "no"), None: NONE}[measure.acceptable]
    limit = NONE
    if measure.limit is not None:
        limit = Text(*(f"{limit_text(measure.limit, language)} ({measure.source})" for language in LANGUAGES))
    return MEASURES[measure.name], figure(measure.value, 4), limit, verdict


def _note(one: Weighed) -> Text:
    """The conventions of the figures of consistency."""
    parts = []
    if one.random_index is not None:
        table = TABLES[one.random_index]
        parts.append(Text(f"Indeks acak {table.id}.", f"Random index of {table.en}."))
    else:
        parts.append(
            Text(
                "Putusan menurut rasio berbasis masukan; rasio berbasis keluaran dari model minmaks.",
                "The input-based ratio decides; the output-based one is of the minmax model.",
            )
        )
    if one.completion is not None:
        filled = COMPLETIONS[one.completion]
        parts.append(
            Text(
                f"{upper(filled.id)}; indeks acaknya disesuaikan (Ágoston & Csató 2022).",
                f"{upper(filled.en)}; the random index is adjusted (Ágoston & Csató 2022).",
            )
        )
    if one.group == "aip":
        parts.append(
            Text(
                "Yang digabung bobotnya, sehingga tidak ada rasio gabungan.",
                "Weights were aggregated, so that there is no ratio of the group.",
            )
        )
    return sentences(parts)


def _review(panel: Panel, judged: Judged) -> Text:
    mend = judged.mend
    if mend is None:
        return NONE
    first, second = _title(panel, mend.first), _title(panel, mend.second)
    return Text(
        f"{first.id} terhadap {second.id}: ditulis {mend.given}, yang lain mengarah ke {mend.better}",
        f"{first.en} over {second.en}: given as {mend.given}, the others point to {mend.better}",
    )


def _charts(panel: Panel, one: Weighed) -> tuple[IntervalPlot, HeatMap]:
    ranked = order(one.weights)
    rows = tuple(
        Interval(_title(panel, part), *(end for end in (_ends(one, part)[0], one.weights[part], _ends(one, part)[1])))
        for part in ranked
    )
    most = max(max(judged.weights.values()) for judged in one.experts)
    return (
        IntervalPlot(
            Text("Bobot gabungan, serta bobot terendah dan tertinggi di antara pakar",
                 "Weights of the group, and the lowest and highest of any expert"),
            Text("bobot", "weight"), rows, 0.0, most,
        ),
        HeatMap(
            Text("Bobot menurut setiap pakar", "Weights by every expert"),
            tuple(same(judged.expert) for judged in one.experts),
            tuple(_title(panel, part) for part in ranked),
            tuple(tuple(judged.weights[part] for part in ranked) for judged in one.experts),
            tuple(tuple(figure(judged.weights[part]) for part in ranked) for judged in one.experts),
            0.0,
            most,
        ),
    )  # fmt: skip


def _data(node: Node, one: Weighed) -> Mapping[str, Any]:
    return {
        "node": node.id,
        "method": one.method,
        "group": one.group,
        "random_index": one.random_index,
        "completion": one.completion,
        "measures": [measure_json(measure) for measure in one.measures],
        "weights": dict(one.weights),
        "rounded": {part: str(weight) for part, weight in one.exact.items()},
        "beside": {"method": one.beside_method, "weights": dict(one.beside)},
        "experts": [
            {
                "expert": judged.expert,
                "weights": dict(judged.weights),
                "measures": [measure_json(measure) for measure in judged.measures],
                "acceptable": judged.acceptable,
                "missing": judged.missing,
            }
            for judged in one.experts
        ],
    }


def measure_json(measure: Measure) -> dict[str, Any]:
    """A figure of consistency as plain JSON."""
    return {
        "measure": measure.name,
        "value": measure.value,
        "limit": measure.limit,
        "limit_source": measure.source,
        "acceptable": measure.acceptable,
    }


# What the weights would do


_RESULT = Text("Hasil dengan bobot pakar", "The result with experts’ weights")
_REPLACED = Text(
    "Penempatan yang sama, dengan bobot pakar (4 desimal) menggantikan bobot model pada simpul yang dibandingkan.",
    "The same placement, with the experts’ weights (4 decimals) in place of the model’s at the nodes compared.",
)


def _unmoved(material: Material, found: Sequence[Weighed]) -> Finding | None:
    """Refused where the whole, or all that was compared, is answered as a whole: weights below then say nothing."""
    answers = material.answers
    nodes = answers.model.nodes
    whole = [id for id, one in answers.entries.items() if one.status == "given" and id in nodes and nodes[id].children]
    above = [{one.node, *(node.id for node in answers.model.above(one.node))} for one in found]
    if answers.model.id not in whole and not all(path.intersection(whole) for path in above):
        return None
    named = some([nodes[id].title for id in whole if any(id in path for path in above)])
    why = Text(
        f"{named.id} dijawab secara keseluruhan, sehingga bobot di bawahnya tidak memengaruhi hasilnya.",
        f"{named.en}: answered as a whole, so that weights below do not bear on the result.",
    )
    remedy = Text("Jawab bagian-bagiannya lebih dahulu.", "Answer its parts first.")
    return refused("weights", "weights-result", _RESULT, why, _REPLACED, ("gscm",), remedy)


def _result(material: Material, found: Sequence[Weighed]) -> Finding:
    """The result with the model's own weights and with these, side by side."""
    answers = material.answers
    own, other = place(answers), place(replace(answers, model=_reweighted(answers.model, found)))
    rows = tuple(
        (answers.model.nodes[node].title, *_standing(own, node), *_standing(other, node))
        for node in (answers.model.id, *(one.node for one in found if one.node != answers.model.id))
    )
    headings = (
        Text("Simpul", "Node"),
        Text("level, bobot model", "level, own weights"),
        Text("nilai, bobot model", "score, own weights"),
        Text("level, bobot pakar", "level, experts’ weights"),
        Text("nilai, bobot pakar", "score, experts’ weights"),
    )
    return Finding(
        section="weights",
        id="weights-result",
        title=_RESULT,
        meaning=_change(own, other),
        method=_REPLACED,
        source=("gscm",),
        n=Text(f"{len(found)} simpul", f"{len(found)} node{'s' if len(found) > 1 else ''}"),
        data={
            node: {"own": _plain(own, node), "experts": _plain(other, node)}
            for node in (answers.model.id, *(one.node for one in found))
        },
        grids=(Grid(_RESULT, headings, rows),),
        caution=Text(
            "Hasil dengan bobot pakar bukan hasil model ini sendiri dan bukan hasil resmi.",
            "A result with experts’ weights is not the model’s own, and no official one.",
        ),
    )


def _reweighted(model: Model, found: Sequence[Weighed]) -> Model:
    nodes = dict(model.nodes)
    for one in found:
        for part, weight in one.exact.items():
            nodes[part] = replace(nodes[part], weight=weight)
    return replace(model, nodes=nodes)


def _standing(result: Result, node: str) -> tuple[Text, Text]:
    one = result.nodes[node]
    low, high = (score_text(result, value) for value in (one.score_low, one.score_high))
    level = NONE if one.low is None else same(str(one.low) if one.low == one.high else f"{one.low}–{one.high}")
    if low is None or high is None:
        return level, NONE
    score = low if low == high else f"{low}–{high}"
    return level, Text(score.replace(".", ","), score)


def _plain(result: Result, node: str) -> Mapping[str, Any]:
    one: Placement = result.nodes[node]
    return {
        "level_low": one.low,
        "level_high": one.high,
        "score_low": None if one.score_low is None else str(one.score_low),
        "score_high": None if one.score_high is None else str(one.score_high),
    }


def _change(own: Result, other: Result) -> Text:
    """Whether the level or the score of the whole would be another."""
    before, after = own.overall, other.overall
    scores = [_standing(result, result.model.id)[1] for result in (own, other)]
    if (before.low, before.high) != (after.low, after.high):
        levels = [_standing(result, result.model.id)[0] for result in (own, other)]
        return Text(
            f"Dengan bobot pakar level keseluruhan menjadi {levels[1].id}, dari {levels[0].id}: level ini bergantung "
            "pada pilihan bobot.",
            f"With experts’ weights the level of the whole becomes {levels[1].en}, from {levels[0].en}: it depends on "
            "the choice of weights.",
        )
    kept = Text("", "")
    if before.low is not None:
        kept = Text("Level keseluruhan tidak berubah. ", "The level of the whole does not change. ")
    if scores[0] == scores[1]:
        same_score = Text("Nilainya tetap {}.", "Its score stays {}.")
        return Text(kept.id + same_score.id.format(scores[0].id), kept.en + same_score.en.format(scores[0].en))
    return Text(
        f"{kept.id}Nilainya menjadi {scores[1].id}, dari {scores[0].id}.",
        f"{kept.en}Its score becomes {scores[1].en}, from {scores[0].en}.",
    )
