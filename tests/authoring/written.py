"""A model of `tests.strategies` as the files that its author would have written."""

from gscm.model import tree

PROVENANCE = ("levels", "structure", "weights", "gates", "requires", "criteria", "quantities")


def model_file(model):
    """What `model.yaml` says, as plain data."""
    root = model.root
    return {
        "id": model.id,
        "version": model.version,
        "title": model.title.id,
        "about": model.about.id,
        "status": model.status,
        "notice": model.notice.id,
        "subject": model.subject.id,
        "scale": {
            "min": number(model.scale.min),
            "max": number(model.scale.max),
            "digits": model.scale.digits,
            "mode": model.scale.mode,
            "compare": model.scale.compare,
        },
        "inner": model.inner,
        "level_names": {
            key: [{"name": level.name.id} for level in levels] for key, levels in model.level_names.items()
        },
        "provenance": {kind: {"basis": "ours", "source": "us"} for kind in PROVENANCE},
        "kinds": {key: {"title": {"id": kind.title.id, "en": kind.title.en}} for key, kind in model.kinds.items()},
        "root": {
            key: value
            for key, value in node(model, root).items()
            if key in ("aggregate", "round", "gates", "requires", "open", "children")
        },
    }


def sources_file():
    return {"sources": {"us": {"title": "us"}}}


def node(model, found):
    """One node and all below it."""
    written = {
        "id": found.id,
        "kind": found.kind,
        "title": {"id": found.title.id, "en": found.title.en},
        "weight": number(found.weight),
        "answer": found.answer,
        "real": found.real,
        "may_not_apply": found.may_not_apply,
        "aggregate": found.aggregate,
        "round": found.round,
        "gates": {k: [clause(c) for c in cs if not isinstance(c, tree.Requires)] for k, cs in found.gates.items()},
        "requires": [
            {"at": level, "node": need(model, c.node), "level": c.level, "reason": c.reason.id}
            for level, clauses in found.gates.items()
            for c in clauses
            if isinstance(c, tree.Requires)
        ],
        "criteria": {k: [criterion(c) for c in criteria] for k, criteria in found.criteria.items()},
        "quantity": quantity(found.quantity) if found.quantity else None,
        "open": rows(found.open) if found.open else None,
        "children": [node(model, model.nodes[child]) for child in found.children if not found.open],
    }
    return {key: value for key, value in written.items() if value not in (None, [], {})}


def need(model, id):
    return "overall" if id == model.id else id


def clause(found):
    match found:
        case tree.Children():
            written = {"clause": "children", "rule": found.rule, "at": found.at, "share": number(found.share)}
            written |= {"weighted": found.weighted, "rounding": found.rounding, "of": found.of}
        case tree.Criteria():
            written = {"clause": "criteria", "share": number(found.share), "at": found.at, "evidence": found.evidence}
        case tree.Score():
            written = {"clause": "score", "from": number(found.cutoff), "inclusive": found.inclusive}
        case tree.Target():
            written = {"clause": "target"}
    return {key: value for key, value in written.items() if value is not None}


def criterion(found):
    return {"text": found.text.id, "weight": number(found.weight), "may_not_apply": found.may_not_apply}


def quantity(found):
    written = {
        "title": found.title.id,
        "unit": found.unit.id,
        "direction": found.direction,
        "min": number(found.min),
        "max": number(found.max),
        "logarithm": found.logarithm,
        "targets": {level: number(target) for level, target in found.targets.items()},
        "bands": [{"from": number(band.start), "score": number(band.score)} for band in found.bands],
        "cohort": cohort(found.cohort) if found.cohort else None,
    }
    return {key: value for key, value in written.items() if value not in (None, [], {})}


def cohort(found):
    written = {"name": found.name.id, "date": found.date, "mean": number(found.mean)}
    return {k: v for k, v in (written | {"deviation": number(found.deviation)}).items() if v is not None}


def rows(found):
    written = {"kind": found.kind, "answer": found.answer, "real": found.real}
    return written | ({"quantity": quantity(found.quantity)} if found.quantity else {})


def number(value):
    """A number as people write it: 3, or 5/2."""
    return None if value is None else int(value) if value.denominator == 1 else str(value)
