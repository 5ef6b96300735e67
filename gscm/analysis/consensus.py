"""Consensus in every office: on which indicators its people speak with one voice, and where they are divided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor
from statistics import median

import numpy as np

from gscm.analysis.finding import Finding, Grid, HeatMap, refused
from gscm.analysis.material import People
from gscm.analysis.matrices import Ballots, by_node, group_of
from gscm.analysis.wording import LOWEST, cautions, figure, first_of, many, share, some, whole, without_common_start
from gscm.i18n import Text, same
from gscm.model.facts import Fact
from gscm.model.tree import Model, top_level
from gscm.statistics.agreement import ACCEPTED_RWG, WithinGroupAgreement, consensus, rwg_j
from gscm.statistics.figure import NotComputable
from gscm.statistics.matrix import Array

_ROWS, _COLUMNS = 15, 8
MOST_POINTS = 11
"""A score from 0 to 10 is a scale of points still; a longer one is not. A convention of ours."""
_PAIRS = ("pasangan butir dan perangkat daerah", "pair of item and office", "pairs of item and office")
_CELLS = ("pasangan indikator dan perangkat daerah", "pair of indicator and office", "pairs of indicator and office")
_NO_PAIRS = Text(
    "Kesepakatan di dalam perangkat daerah tidak dapat dihitung: tidak ada perangkat daerah dengan dua orang atau "
    "lebih yang menjawab butir ya/tidak, level, atau nilai yang sama.",
    "Agreement within offices cannot be computed: no office has two people or more who answered the same yes-or-no "
    "item, level or score.",
)
ONE_VOICE = 0.999
Cells = Mapping[tuple[str, str], float]
"""Mean consensus, by office and node."""


def scale_of(model: Model, fact: Fact) -> tuple[float, ...]:
    """The values that a criterion, a level or a score in whole points can have, in order; none where they are many."""
    if fact.kind == "criterion":
        return 0.0, 1.0
    if fact.kind == "score":
        points = range(ceil(fact.worst), floor(fact.best) + 1)
        return tuple(float(point) for point in points) if len(points) <= MOST_POINTS else ()
    return tuple(float(level) for level in range(1, top_level(model, model.nodes[fact.node]) + 1))


def rows_of(ballots: Ballots) -> dict[str, list[int]]:
    """Which rows of the ballots belong to each office."""
    found: dict[str, list[int]] = {}
    for row, office in enumerate(ballots.offices):
        found.setdefault(office, []).append(row)
    return found


def _items(ballots: Ballots) -> dict[tuple[str, str], tuple[float, int]]:
    """Consensus and number of votes on each item of an office that two people or more answered."""
    found = {}
    for office, rows in rows_of(ballots).items():
        for column, fact in enumerate(ballots.facts):
            votes = ballots.values[rows, column]
            votes = votes[~np.isnan(votes)]
            scale = () if group_of(fact) == "figures" else scale_of(ballots.model, fact)
            if len(votes) < 2 or not scale:
                continue
            counts = [float((votes == value).sum()) for value in scale]
            if sum(counts) == len(votes):
                found[office, fact.id] = consensus(counts, scale).value, len(votes)
    return found


def office_consensus(ballots: Ballots) -> dict[str, float]:
    """Mean consensus of each office over these items."""
    sums: dict[str, list[float]] = {}
    for (office, _), (value, _) in _items(ballots).items():
        sums.setdefault(office, []).append(value)
    return {office: float(np.mean(values)) for office, values in sums.items()}


def consensus_map(people: People, ballots: Ballots) -> Finding:
    """Tastle–Wierman consensus by indicator and office."""
    title = Text("Konsensus tiap indikator di tiap perangkat daerah", "Consensus by indicator and office")
    method = Text(
        "Konsensus Tastle–Wierman tiap butir (jarak terhadap rata-rata dibagi rentang skala), dirata-ratakan menurut "
        "indikator; hanya butir ya/tidak, level, atau nilai bulat yang dijawab dua orang atau lebih di perangkat "
        "daerah yang sama. Nilai 1: semua menjawab sama; 0: terbelah di kedua ujung skala.",
        "Tastle–Wierman consensus of each item (distance from the mean over the width of the scale), averaged by "
        "indicator; only yes-or-no items, levels and scores in whole points that two people or more of one office "
        "answered. 1: all answer alike; 0: split between both ends of the scale.",
    )
    items = _items(ballots)
    if not items:
        return refused("agreement", "agreement-consensus", title, _NO_PAIRS, method, ("Tastle & Wierman 2007",))
    cells = _cells(ballots, items)
    nodes = _by_mean(cells, 1)
    offices = _by_mean(cells, 0)
    mean = float(np.mean([value for value, _ in items.values()]))
    return Finding(
        section="agreement",
        id="agreement-consensus",
        title=title,
        meaning=_meaning(people, ballots.model, cells, mean),
        method=method,
        source=("Tastle & Wierman 2007",),
        n=many(len(items), _PAIRS),
        data={
            "mean": mean,
            "indicators": nodes,
            "offices": offices,
            "cells": [{"office": o, "indicator": n, "consensus": value} for (o, n), value in cells.items()],
            "items": [
                {"office": o, "item": id, "consensus": value, "votes": votes}
                for (o, id), (value, votes) in items.items()
            ],
        },
        grids=(_lowest(people, ballots.model, cells),) if min(cells.values()) <= ONE_VOICE else (),
        charts=(_chart(people, ballots.model, cells, list(offices)[:_ROWS], list(nodes)[:_COLUMNS]),),
    )


def _cells(ballots: Ballots, items: Mapping[tuple[str, str], tuple[float, int]]) -> dict[tuple[str, str], float]:
    node = {fact.id: fact.node for fact in ballots.facts}
    values: dict[tuple[str, str], list[float]] = {}
    for (office, fact), (value, _) in items.items():
        values.setdefault((office, node[fact]), []).append(value)
    return {key: float(np.mean(found)) for key, found in values.items()}


def _by_mean(cells: Cells, part: int) -> dict[str, float]:
    """Offices (part 0) or nodes (part 1) with their mean, the lowest first."""
    values: dict[str, list[float]] = {}
    for key, value in cells.items():
        values.setdefault(key[part], []).append(value)
    means = {name: float(np.mean(found)) for name, found in values.items()}
    return dict(sorted(means.items(), key=lambda one: (one[1], one[0])))


def _meaning(people: People, model: Model, cells: Cells, mean: float) -> Text:
    (office, node), least = min(cells.items(), key=lambda one: (one[1], one[0]))
    m, lowest = figure(mean), figure(least)
    split = sum(value < 0.5 for value in cells.values())
    first = Text(
        f"Rata-rata konsensus di dalam perangkat daerah {m.id} dari 1.",
        f"Mean consensus within offices is {m.en} of 1.",
    )
    if least > ONE_VOICE:
        return Text(
            f"{first.id} Setiap perangkat daerah bersuara satu pada semua butirnya.",
            f"{first.en} Every office speaks with one voice on all of its items.",
        )
    name, title = people.offices.get(office, office), model.nodes[node].title
    second = Text(
        f" Yang paling terbelah: {title.id} di {name} ({lowest.id}).",
        f" Most divided: {title.en} at {name} ({lowest.en}).",
    )
    third = Text("", "")
    if split:
        third = Text(
            f" Pada {split} dari {many(len(cells), _CELLS).id} konsensusnya di bawah 0,50; di sanalah diskusi paling "
            "perlu.",
            f" In {split} of {many(len(cells), _CELLS).en} it is below 0.50; that is where discussion is needed most.",
        )
    return Text(first.id + second.id + third.id, first.en + second.en + third.en)


def _lowest(people: People, model: Model, cells: Cells) -> Grid:
    lowest = sorted(cells.items(), key=lambda one: (one[1], one[0]))[:8]
    return Grid(
        Text("Konsensus, terendah dahulu", "Consensus, the lowest first"),
        (Text("Indikator", "Indicator"), Text("Perangkat daerah", "Office"), Text("konsensus", "consensus")),
        tuple(
            (model.nodes[node].title, same(people.offices.get(office, office)), figure(value))
            for (office, node), value in lowest
        ),
        first_of(len(lowest), len(cells), LOWEST),
    )


def _chart(people: People, model: Model, cells: Cells, offices: Sequence[str], nodes: Sequence[str]) -> HeatMap:
    values = tuple(tuple(cells.get((office, node)) for node in nodes) for office in offices)
    shown = len(offices) < len({o for o, _ in cells}) or len(nodes) < len({n for _, n in cells})
    title = Text("Konsensus (1 = satu suara)", "Consensus (1 = one voice)")
    if shown:
        title = Text("Konsensus (1 = satu suara), yang terendah saja", "Consensus (1 = one voice), only the lowest")
    return HeatMap(
        title=title,
        rows=tuple(same(people.offices.get(office, office)) for office in offices),
        columns=without_common_start([model.nodes[node].title for node in nodes]),
        values=values,
        shown=tuple(tuple(figure(value) for value in row) for row in values),
        least=0.0,
        most=1.0,
    )


# ------------------------------------------------------------------------------------------------ r_wg


def within_group(ballots: Ballots) -> Finding:
    """r_wg(j) of each indicator in each office."""
    title = Text("Kesepakatan dalam kelompok (r_wg)", "Within-group agreement (r_wg)")
    found, single = {}, {}
    figures = []
    for node, facts in by_node(ballots.facts).items():
        part = ballots.only(facts).judged()
        options = {len(scale_of(ballots.model, fact)) for fact in part.facts}
        if len(options) != 1 or options == {0}:
            continue
        for office, rows in rows_of(part).items():
            if (one := _rwg(part.values[rows], min(options))) is not None:
                figures.append(one)
                found[office, node] = one.value
            for column, fact in enumerate(part.facts):
                if (item := _rwg(part.values[rows][:, [column]], min(options))) is not None:
                    single[office, fact.id] = item.value
    method = Text(
        "r_wg(j) tiap indikator dengan j butir di tiap perangkat daerah, dan r_wg tiap butir; pembandingnya sebaran "
        "seragam, ragam (A² − 1)/12, ragam di atasnya memberi 0; orang yang melewati satu butir tidak ikut. "
        "Nilai dari 0,70 lazim dianggap cukup untuk menggabungkan jawaban, meski diperdebatkan (O’Neill).",
        "r_wg(j) of each indicator with its j items in each office, and r_wg of each item; against the uniform "
        "distribution, variance (A² − 1)/12, and 0 for more variance than that; people who left an item out do not "
        "take part. From 0.70 on it is usually held enough to merge answers, though that is disputed (O’Neill).",
    )
    if not found:
        return refused(
            "agreement",
            "agreement-rwg",
            title,
            _NO_PAIRS,
            method,
            ("James et al. 1984", "O’Neill 2017"),
        )
    nodes: dict[str, list[float]] = {}
    for (_, node), value in found.items():
        nodes.setdefault(node, []).append(value)
    order = sorted(nodes, key=lambda node: (median(nodes[node]), node))
    enough = {node: sum(v >= ACCEPTED_RWG for v in nodes[node]) / len(nodes[node]) for node in nodes}
    titles = ballots.model.nodes
    total = sum(value >= ACCEPTED_RWG for value in found.values()) / len(found)
    weak = [titles[node].title for node in order if enough[node] < 0.5]
    return Finding(
        section="agreement",
        id="agreement-rwg",
        title=title,
        meaning=_justified(total, weak),
        method=method,
        source=("James et al. 1984", "O’Neill 2017"),
        n=many(len(found), _CELLS),
        data={
            "accepted": ACCEPTED_RWG,
            "share_accepted": total,
            "indicators": [
                {"indicator": node, "median": median(nodes[node]), "share_accepted": enough[node]} for node in order
            ],
            "cells": [{"office": o, "indicator": n, "rwg_j": value} for (o, n), value in found.items()],
            "items": [{"office": o, "item": id, "rwg": value} for (o, id), value in single.items()],
        },
        grids=(
            Grid(
                Text("r_wg(j) tiap indikator, terendah dahulu", "r_wg(j) by indicator, lowest first"),
                (
                    Text("Indikator", "Indicator"),
                    Text("median", "median"),
                    Text("PD yang mencapai 0,70", "offices that reach 0.70"),
                    Text("PD", "offices"),
                ),
                tuple(
                    (titles[n].title, figure(median(nodes[n])), share(enough[n]), whole(len(nodes[n])))
                    for n in order[:10]
                ),
                first_of(10, len(order), LOWEST),
            ),
        ),
        caution=cautions(figures) if len(figures) == 1 else _two_answers(ballots),
    )


def _rwg(table: Array, options: int) -> WithinGroupAgreement | None:
    try:
        return rwg_j(table, options)
    except NotComputable:
        return None


def _two_answers(ballots: Ballots) -> Text | None:
    if any(group_of(fact) in ("levels", "scores") for fact in ballots.facts):
        return None
    return Text(
        "r_wg dirancang untuk skala bertingkat; pada butir ya/tidak dengan sedikit orang nilainya mudah jatuh ke 0.",
        "r_wg was made for graded scales; on yes-or-no items with few people it easily falls to 0.",
    )


def _justified(total: float, weak: Sequence[Text]) -> Text:
    part = share(total)
    if not total:
        return Text(
            "Tidak ada indikator yang jawabannya cukup sepakat untuk digabung (r_wg(j) 0,70 atau lebih), di perangkat "
            "daerah mana pun; sertakan sebaran jawabannya bila angkanya dilaporkan.",
            "On no indicator, in no office, do people agree enough for their answers to be merged (r_wg(j) of 0.70 or "
            "more); report how answers spread along with the figures.",
        )
    first = Text(
        f"Pada {part.id} pasangan indikator dan perangkat daerah, jawaban orang-orangnya cukup sepakat untuk digabung "
        "(r_wg(j) 0,70 atau lebih).",
        f"In {part.en} of the pairs of indicator and office, people agree enough for their answers to be merged "
        "(r_wg(j) of 0.70 or more).",
    )
    if not weak:
        return first
    names = some(weak)
    return Text(
        f"{first.id} Di kurang dari separuh perangkat daerah hal itu berlaku bagi {names.id}; sertakan sebaran "
        "jawabannya bila angkanya dilaporkan.",
        f"{first.en} In fewer than half of the offices that holds for {names.en}; report how answers spread along with "
        "its figures.",
    )
