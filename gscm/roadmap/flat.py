"""A roadmap as plain JSON: the stable interface of `gscm roadmap --json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gscm.i18n import Text
from gscm.placement.explain import fact_text
from gscm.roadmap.actions import Action, document_name, office_name
from gscm.roadmap.documents import uptake
from gscm.roadmap.request import Request
from gscm.roadmap.roadmap import Clash, Known, NoPlan, Roadmap, Scheduled, Tally, Variant, Waiting
from gscm.roadmap.told import bands_decide, caveats, no_plan_text, variant_text, waiting_text, why_text

FORMAT = "gscm-roadmap/1"


def roadmap_json(found: Roadmap | NoPlan) -> dict[str, Any]:
    """The plan, or why there is none. Rupiah are whole numbers, null where unknown; levels are numbers."""
    answers, model = found.result.answers, found.result.model
    head = {
        "format": FORMAT,
        "model": model.id,
        "model_version": model.version,
        "model_status": model.status,
        "notice": _text(model.notice),
        "subject": {"id": answers.subject.id, "name": answers.subject.name, "year": answers.subject.year},
        "request": _request(found.request),
    }
    if isinstance(found, NoPlan):
        return {
            **head,
            "plan": None,
            "infeasible": {
                "why": found.why,
                "facts": list(found.facts),
                "fixed": list(found.fixed),
                "clashes": [_clash(clash) for clash in found.clashes],
                "excluded": list(found.excluded),
                "least_extra": _known(found.extra),
                "least_extra_bound": found.extra_bound,
                "least_hands": _known(found.hands),
                "least_last_year": found.last,
                "least_target_year": found.due,
                "together": [
                    {
                        "last_year": one.last,
                        "hands": dict(one.hands),
                        "extra": _by_year(one.extra),
                        "targets_without_their_own_year": one.undated,
                    }
                    for one in found.together
                ],
                "let_go": list(found.let_go),
                "told": [_text(text) for text in no_plan_text(found)],
            },
        }
    return {**head, "plan": _plan(found), "infeasible": None}


def _plan(roadmap: Roadmap) -> dict[str, Any]:
    hopeful, plain = roadmap.hopeful, roadmap.plain
    return {
        "proven": roadmap.proven,
        "stopped": roadmap.stopped,
        "objectives": [
            {"aim": stage.aim, "value": stage.value, "bound": stage.bound, "proven": stage.proven}
            for stage in roadmap.stages
        ],
        "actions": [_scheduled(roadmap, one) for one in roadmap.scheduled],
        "levels": {
            id: {"today": levels[0], **{str(y): k for y, k in zip(roadmap.request.years, levels[1:], strict=True)}}
            for id, levels in roadmap.levels.items()
        },
        "cost": _tally(roadmap.total),
        "by_office": [_tally(tally) for tally in roadmap.by_office],
        "by_fund": [_tally(tally) for tally in roadmap.by_fund],
        "quick_wins": [one.action.id for one in roadmap.quick_wins],
        "waiting": [_waiting(roadmap, one) for one in roadmap.waiting],
        "variants": [_variant(roadmap, variant) for variant in roadmap.variants],
        "plain_order": {
            "reaches": plain.reaches,
            "starts": dict(sorted(plain.starts.items())),
            "cost": plain.cost,
            "more": dict(plain.more),
        },
        "clear_up_first": [
            {
                "fact": one.fact,
                "text": _text(fact_text(roadmap.result, one.fact)),
                "action": one.action,
                "alone": one.alone,
            }
            for one in roadmap.clearing
        ],
        "if_open_answers_hold": None
        if hopeful is None
        else {
            "actions": hopeful.actions,
            "cost": hopeful.cost,
            "proven": hopeful.proven,
        },
        "unpriced": list(roadmap.unpriced),
        "bands_before_rupiah": None
        if roadmap.mixed is None
        else {
            "decides": bands_decide(roadmap),
            "rupiah_first": None if roadmap.mixed.other is None else _tally(roadmap.mixed.other),
            "without_rupiah": list(roadmap.mixed.unpriced),
        },
        "caveats": [_text(text) for text in caveats(roadmap)],
    }


def _scheduled(roadmap: Roadmap, one: Scheduled) -> dict[str, Any]:
    found = uptake(roadmap.result.model, one.action, one.start, roadmap.rpjmd)
    return {
        **_action(roadmap, one.action),
        "start": one.start,
        "end": one.end,
        "fixed": one.fixed,
        "quick_win": one.quick,
        "lifts": [list(pair) for pair in one.lifts],
        "frees": [list(pair) for pair in one.frees],
        "needed_by": list(one.serves),
        "open_facts": list(one.open),
        "why": _text(why_text(roadmap, one)),
        "planning_documents": {
            "annual": found.annual,
            "five_year": _text(found.five_year),
            "yields": _text(found.product),
        },
    }


def _action(roadmap: Roadmap, action: Action) -> dict[str, Any]:
    model = roadmap.result.model
    return {
        "id": action.id,
        "what": _text(action.what),
        "facts": [{"fact": step.fact, "value": str(step.value)} for step in action.gains],
        "offices": [{"id": office, "name": _text(office_name(model, office))} for office in action.offices],
        "documents": [{"id": one, "name": _text(document_name(model, one))} for one in action.documents],
        "nomenclature": action.nomenclature,
        "months": action.months,
        "cost": action.cost,
        "costs": None if action.costs is None else list(action.costs),
        "band": action.band,
        "fund": action.fund,
        "needs": list(action.needs),
        "needs_levels": [list(pair) for pair in action.levels],
        "indicator": action.indicator,
        "unit": action.unit,
        "baseline": action.baseline,
        "target": action.target,
        "own": action.own,
    }


def _waiting(roadmap: Roadmap, one: Waiting) -> dict[str, Any]:
    return {
        "action": one.action.id,
        "what": _text(one.action.what),
        "why": one.why,
        "year": one.year,
        "lacking": one.lacking,
        "missing": list(one.missing),
        "missing_levels": [list(pair) for pair in one.levels],
        "instead": one.instead
        if isinstance(one.instead, str)
        else {
            "more": dict(one.instead.more),
            "dropped": list(one.instead.dropped),
            "levels_at_end": dict(one.instead.levels),
        },
        "told": _text(waiting_text(roadmap, one)),
    }


def _variant(roadmap: Roadmap, variant: Variant) -> dict[str, Any]:
    return {
        "percent": variant.percent,
        "money": variant.ceiling,
        "wanted": variant.wanted,
        "compared_with": 100 if variant.wanted == "most" and variant.percent > 100 else None,
        "known": variant.known,
        "reaches": None if variant.starts is None else variant.reaches,
        "cost": None if variant.starts is None else variant.cost,
        "actions": None if variant.starts is None else sorted(variant.starts),
        "added": list(variant.added),
        "dropped": list(variant.dropped),
        "levels_at_end": dict(variant.levels),
        "levels_before": dict(variant.before),
        "other_years": [
            {"node": pair[0], "level": pair[1], "year": year, "instead_of": was} for pair, year, was in variant.moved
        ],
        "overall_at_most": variant.level,
        "told": _text(variant_text(roadmap, variant)),
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "name": tally.name,
        "actions": tally.actions,
        "rupiah": tally.total,
        "by_year": _by_year(tally.by_year),
        "bands": dict(tally.bands),
    }


def _request(request: Request) -> dict[str, Any]:
    return {
        "years": list(request.years),
        "targets": [{"node": g.node, "level": g.level, "year": request.due(g)} for g in request.goals],
        "budgets": _by_year(request.budgets),
        "capacities": [{"office": c.office, "year": c.year, "most": c.most} for c in request.capacities],
        "fixed": dict(sorted(request.fixed.items())),
        "excluded": sorted(request.excluded),
        "same_year": request.same_year,
        "staged": request.staged,
    }


def _clash(clash: Clash) -> dict[str, Any]:
    return {
        "actions": list(clash.actions),
        "least_extra": _known(clash.extra),
        "least_hands": _known(clash.hands),
        "allow": list(clash.allow),
        "earliest": dict(clash.earliest),
    }


def _known(least: Mapping[Any, int] | Known) -> dict[str, int] | str:
    """Amounts by year or by office; or that it does not help, or was not worked out."""
    return least if isinstance(least, str) else _by_year(least)


def _by_year(amounts: Mapping[Any, int]) -> dict[str, int]:
    return {str(year): amount for year, amount in sorted(amounts.items())}


def _text(text: Text) -> dict[str, str]:
    return {"id": text.id, "en": text.en}
