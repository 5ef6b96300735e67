"""Validity of the content of an instrument, from the ratings of experts: Aiken’s V, or Lawshe’s CVR."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from gscm.analysis.experts import HIGHEST, LOWEST, Ratings
from gscm.analysis.finding import Finding, Grid, Interval as Row, IntervalPlot
from gscm.analysis.wording import EXPERTS, ITEMS, between, figure, how, joined, many, sentences, some, whole
from gscm.i18n import Text, same
from gscm.model.facts import facts_of
from gscm.model.tree import Model
from gscm.statistics.validity import aiken_v, content_validity_ratio

OPTIONS = HIGHEST - LOWEST + 1
_FEW = 5


def content(model: Model, experts: Ratings) -> Iterator[Finding]:
    """What experts say of the items: how relevant, or whether essential."""
    yield _aiken(model, experts) if experts.asked == "relevance" else _lawshe(model, experts)


def _titled(model: Model, item: str) -> Text:
    fact = facts_of(model).get(item)
    return model.nodes[fact.node if fact else item].title


def _n(experts: Ratings) -> Text:
    return joined(many(len(experts.experts), EXPERTS), many(len(experts.by_item), ITEMS))


def _caution(experts: Ratings) -> Text | None:
    fewest = min(len(ratings) for ratings in experts.by_item.values())
    if fewest >= _FEW:
        return None
    return Text(
        f"Ada butir yang dinilai hanya oleh {fewest} pakar: dengan kurang dari {_FEW} pakar, batasnya sangat tinggi "
        "atau tidak ada.",
        f"Some item was rated by only {many(fewest, EXPERTS).en}: with fewer than {_FEW}, the limit is very high or "
        "there is none.",
    )


def _aiken(model: Model, experts: Ratings) -> Finding:
    found = {item: aiken_v(list(map(float, r.values())), LOWEST, OPTIONS) for item, r in experts.by_item.items()}
    valid = {item: None if v.critical is None else v.value >= v.critical for item, v in found.items()}
    ordered = sorted(found, key=lambda item: (found[item].value, item))
    method = next(iter(found.values())).method
    convention = Text(
        f"{how(method).id} Skala {LOWEST}–{HIGHEST}; valid bila V mencapai batas pada taraf 5% (Aiken 1985); selang "
        "95% Penfield & Giacobbi.",
        f"{how(method).en} Scale {LOWEST}–{HIGHEST}; valid if V reaches the limit at 5% (Aiken 1985); 95% interval of "
        "Penfield & Giacobbi.",
    )
    shown = ordered[:12]
    title = Text("Validitas isi menurut pakar (V Aiken)", "Validity of content by experts (Aiken’s V)")
    return Finding(
        section="reliability",
        id="content-aiken",
        title=title,
        meaning=_verdict(valid),
        method=convention,
        source=method.sources,
        n=_n(experts),
        data={
            "items": [
                {
                    "item": item,
                    "v": v.value,
                    "low": v.interval.low,
                    "high": v.interval.high,
                    "critical": v.critical,
                    "p": v.p,
                    "experts": v.n,
                    "valid": valid[item],
                }
                for item, v in found.items()
            ]
        },
        grids=(
            Grid(
                Text("Butir terlemah dahulu", "Items, the weakest first"),
                (
                    Text("Butir", "Item"),
                    Text("Indikator", "Indicator"),
                    Text("V", "V"),
                    Text("selang 95%", "95% interval"),
                    Text("batas", "limit"),
                    Text("pakar", "experts"),
                ),
                tuple(
                    (
                        same(item),
                        _titled(model, item),
                        figure(found[item].value),
                        between(found[item].interval),
                        figure(found[item].critical),
                        whole(found[item].n),
                    )
                    for item in shown
                ),
            ),
        ),
        charts=(
            IntervalPlot(
                Text("V Aiken dan selang 95%", "Aiken’s V and its 95% interval"),
                Text("V Aiken", "Aiken’s V"),
                tuple(
                    Row(same(item), found[item].interval.low, found[item].value, found[item].interval.high)
                    for item in shown
                ),
                0.0,
                1.0,
            ),
        ),
        caution=_caution(experts),
    )


def _lawshe(model: Model, experts: Ratings) -> Finding:
    found = {item: content_validity_ratio(sum(r.values()), len(r)) for item, r in experts.by_item.items()}
    valid = {i: None if c.critical_exact is None else c.value >= c.critical_exact for i, c in found.items()}
    ordered = sorted(found, key=lambda item: (found[item].value, item))
    method = next(iter(found.values())).method
    mean = float(np.mean([cvr.value for cvr in found.values()]))
    index = figure(mean)
    verdict = _verdict(valid)
    return Finding(
        section="reliability",
        id="content-lawshe",
        title=Text("Validitas isi menurut pakar (CVR Lawshe)", "Validity of content by experts (Lawshe’s CVR)"),
        meaning=Text(
            f"{verdict.id} Rata-rata CVR seluruh butir {index.id}.",
            f"{verdict.en} The mean CVR of all items is {index.en}.",
        ),
        method=how(method),
        source=method.sources,
        n=_n(experts),
        data={
            "mean": mean,
            "items": [
                {
                    "item": item,
                    "cvr": cvr.value,
                    "critical_exact": cvr.critical_exact,
                    "critical_printed": cvr.critical_printed,
                    "experts": cvr.n,
                    "valid": valid[item],
                }
                for item, cvr in found.items()
            ],
        },
        grids=(
            Grid(
                Text("Butir terlemah dahulu", "Items, the weakest first"),
                (
                    Text("Butir", "Item"),
                    Text("Indikator", "Indicator"),
                    same("CVR"),
                    Text("batas persis", "exact limit"),
                    Text("batas tercetak", "printed limit"),
                    Text("pakar", "experts"),
                ),
                tuple(
                    (
                        same(item),
                        _titled(model, item),
                        figure(found[item].value),
                        figure(found[item].critical_exact),
                        figure(found[item].critical_printed),
                        whole(found[item].n),
                    )
                    for item in ordered[:12]
                ),
            ),
        ),
        caution=_caution(experts),
    )


def _verdict(valid: Mapping[str, bool | None]) -> Text:
    """Which items are valid by their experts; None where these are too few for any limit."""
    weak, judged = [item for item, holds in valid.items() if holds is False], len(valid) - _undecided(valid)
    told = [_few(valid)] if _undecided(valid) else []
    if weak:
        names, sound = some([same(item) for item in weak], 4), judged - len(weak)
        told.append(
            Text(
                f"Menurut para pakar, isi {sound} dari {judged} butir valid; yang belum: {names.id}. Perbaiki "
                "rumusannya bersama mereka sebelum butirnya dipakai.",
                f"By the experts, {sound} of {many(judged, ITEMS).en} {'is' if sound == 1 else 'are'} valid; not yet: "
                f"{names.en}. Mend their wording with them before they are used.",
            )
        )
    elif judged:
        told.append(
            Text(
                f"Menurut para pakar, isi semua butir ({judged}) valid.",
                f"By the experts, all items ({judged}) are valid.",
            )
        )
    return sentences(told)


def _undecided(valid: Mapping[str, bool | None]) -> int:
    return sum(holds is None for holds in valid.values())


def _few(valid: Mapping[str, bool | None]) -> Text:
    names = some([same(item) for item, holds in valid.items() if holds is None], 4)
    return Text(
        f"Pakarnya terlalu sedikit untuk memutuskan validitas isi {names.id}: sekalipun semuanya mendukung, hal "
        "itu masih dapat terjadi secara kebetulan.",
        f"The experts are too few to decide on the validity of {names.en}: even if all of them endorsed it, "
        "that might still be chance.",
    )
