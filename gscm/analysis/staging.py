"""Whether the answers agree with the order of the levels: Guttman scaling of each staged indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gscm.analysis.finding import Finding, Grid, refused
from gscm.analysis.matrices import Ballots
from gscm.analysis.wording import INDICATORS, LOWEST, NONE, cautions, figure, first_of, many, some, span, whole
from gscm.i18n import Text
from gscm.model.tree import Node
from gscm.statistics.figure import NotComputable
from gscm.statistics.guttman import GuttmanScale, guttman_scale
from gscm.statistics.matrix import Array

REPRODUCIBLE, SCALABLE = 0.9, 0.6
SHOWN = 10
_TITLE = Text("Urutan level dibanding jawaban (Guttman)", "The order of levels against the answers (Guttman)")
_METHOD = Text(
    "Tiap indikator berjenjang: satu butir per level, lulus bila semua kriteria level itu terpenuhi, menurut urutan "
    "level dalam model. Galat Goodenough–Edwards: jawaban yang berbeda dari pola menurut jumlah level yang lulus. "
    "Reprodusibilitas (batas 0,90) = 1 − galat / jawaban; MMR: yang sudah tercapai dari sebaran tiap level saja; "
    "skalabilitas (batas 0,60) = (reprodusibilitas − MMR) / (1 − MMR). Cara lain menghitung galat memberi angka lain.",
    "Each staged indicator: one item a level, passed if all criteria of the level are met, in the order of the levels "
    "of the model. Errors of Goodenough–Edwards: answers that differ from the pattern of the number of levels passed. "
    "Reproducibility (limit 0.90) = 1 − errors / answers; MMR: what the shares of each level reach by themselves; "
    "scalability (limit 0.60) = (reproducibility − MMR) / (1 − MMR). Other ways of counting errors give other figures.",
)
_SOURCES = ("Edwards 1957", "Menzel 1953", "Guttman 1947")
_NO_STAGES = Text(
    "Tidak ada indikator dengan kriteria pada dua level atau lebih yang dijawab lengkap dan berbeda oleh dua orang.",
    "No indicator has criteria on two levels or more that two people answered completely, and differently.",
)


@dataclass(frozen=True, slots=True)
class _Staged:
    node: Node
    levels: tuple[int, ...]
    scale: GuttmanScale
    others: Mapping[str, float]
    """Reproducibility under the other ways of counting errors."""

    @property
    def holds(self) -> bool:
        return self.scale.reproducibility >= REPRODUCIBLE and _scalability(self) >= SCALABLE


def staging(ballots: Ballots) -> Finding:
    """Guttman’s reproducibility and scalability of each staged indicator."""
    criteria = ballots.of("criteria")
    found = [one for node in dict.fromkeys(fact.node for fact in criteria.facts) for one in _staged(criteria, node)]
    if not found:
        return refused("reliability", "reliability-staging", _TITLE, _NO_STAGES, _METHOD, _SOURCES)
    found.sort(key=lambda one: (_scalability(one), one.scale.reproducibility))
    broken = [one for one in found if not one.holds]
    shown = found[:SHOWN]
    ns = [one.scale.n for one in found]
    people = span(ns)
    return Finding(
        section="reliability",
        id="reliability-staging",
        title=_TITLE,
        meaning=_meaning(found, broken),
        method=_METHOD,
        source=_SOURCES,
        n=Text(
            f"{people.id} orang, {many(len(found), INDICATORS).id}",
            f"{people.en} people, {many(len(found), INDICATORS).en}",
        ),
        data={
            "indicators": [
                {
                    "indicator": one.node.id,
                    "levels": list(one.levels),
                    "reproducibility": one.scale.reproducibility,
                    "errors": one.scale.errors,
                    "responses": one.scale.responses,
                    "minimal_marginal": one.scale.minimal_marginal,
                    "scalability": one.scale.scalability,
                    "other_conventions": dict(one.others),
                    "n": one.scale.n,
                }
                for one in found
            ]
        },
        grids=(
            Grid(
                Text("Indikator berjenjang, terlemah dahulu", "Staged indicators, the weakest first"),
                (
                    Text("Indikator", "Indicator"),
                    Text("level", "levels"),
                    Text("reprodusibilitas", "reproducibility"),
                    Text("MMR", "MMR"),
                    Text("skalabilitas", "scalability"),
                    Text("galat", "errors"),
                    Text("orang", "people"),
                ),
                tuple(
                    (
                        one.node.title,
                        _listed(one.levels),
                        figure(one.scale.reproducibility),
                        figure(one.scale.minimal_marginal),
                        figure(one.scale.scalability) if one.scale.scalability is not None else NONE,
                        whole(one.scale.errors),
                        whole(one.scale.n),
                    )
                    for one in shown
                ),
                first_of(len(shown), len(found), LOWEST),
            ),
        ),
        caution=cautions([one.scale for one in found]),
    )


def _scalability(one: _Staged) -> float:
    return 1.0 if one.scale.scalability is None else one.scale.scalability


def _listed(levels: tuple[int, ...]) -> Text:
    written = ", ".join(str(level) for level in levels)
    return Text(written, written)


def _staged(criteria: Ballots, node_id: str) -> list[_Staged]:
    node = criteria.model.nodes[node_id]
    column = {fact.id: index for index, fact in enumerate(criteria.facts)}
    by_level = {level: [column[c.id] for c in found if c.id in column] for level, found in node.criteria.items()}
    levels = tuple(level for level in sorted(by_level) if by_level[level])
    if len(levels) < 2:
        return []
    passed = np.column_stack([_passed(criteria.values[:, by_level[level]]) for level in levels])
    if np.isnan(passed).all():
        return []
    try:
        scale = guttman_scale(passed, "goodenough-edwards", "given")
        cornell, bernard = (guttman_scale(passed, "cornell", "given"), guttman_scale(passed, "bernard", "given"))
    except NotComputable:
        return []
    if scale.scalability is None:
        return []
    others = {"cornell": cornell.reproducibility, "bernard": bernard.reproducibility}
    return [_Staged(node, levels, scale, others)]


def _passed(table: Array) -> Array:
    """Who passes a level: all of its criteria met. A missing answer leaves it open only while none is unmet."""
    unmet = (table == 0).any(axis=1)
    found: Array = np.where(unmet, 0.0, np.where(np.isnan(table).any(axis=1), np.nan, 1.0))
    return found


def _meaning(found: list[_Staged], broken: list[_Staged]) -> Text:
    if not broken:
        return Text(
            f"Jawaban mengikuti urutan level pada semua indikator ({len(found)}): yang memenuhi level tinggi umumnya "
            "juga memenuhi level di bawahnya.",
            f"Answers follow the order of levels on all indicators ({len(found)}): whoever meets a high level mostly "
            "meets those below it, too.",
        )
    names = some([one.node.title for one in broken])
    return Text(
        f"Pada {len(broken)} dari {len(found)} indikator jawaban tidak mengikuti urutan level, terutama {names.id}: "
        "kriteria level tinggi dinyatakan terpenuhi sementara yang lebih rendah belum. Periksa apakah kriterianya "
        "dipahami, atau apakah urutannya perlu ditinjau.",
        f"On {len(broken)} of {many(len(found), INDICATORS).en} answers do not follow the order of levels, above all "
        f"on {names.en}: criteria of high levels are called met while lower ones are not. Check whether the criteria "
        "were understood, or whether their order needs a review.",
    )
