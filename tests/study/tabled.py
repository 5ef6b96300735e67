"""A study of four indicators, one of each way of answering, for tests of tables."""

from pathlib import Path
from textwrap import dedent, indent
from uuid import UUID

from gscm.study.field import new_study
from gscm.study.log import Entry, Key
from gscm.study.store import Office, Respondent
from tests.tiny import HEAD, SOURCES

AT = "2026-01-01T07:30:00.000Z"
ROOT = """
children:
  - id: open-data
    kind: criteria
    title: {id: Data terbuka, en: Open data}
    criteria: {2: [{text: Decreed, may_not_apply: true}, {text: Listed}], 3: [{text: Used}, {text: Reviewed}]}
  - {id: sea, kind: criteria, title: Sea, may_not_apply: true, criteria: {2: [{text: Harbours}]}}
  - {id: plan, kind: level, title: Plan}
  - id: poverty
    kind: quantity
    title: Poverty
    quantity: {title: poor people, unit: {id: persen, en: per cent}, direction: lower, min: 0, max: 100,
      least: 0, most: 100, targets: {2: 50}}
"""
FORM = """
id: m
version: 1.0.0
model: m
title: {id: Kuesioner, en: Questionnaire}
introduction: {id: Isilah., en: Fill in.}
staging: full
items: []
"""
HELD = {
    ("bappeda-1", "self-assessment", "open-data.2.1"): {"status": "not_applicable", "reason": "no data"},
    ("bappeda-1", "self-assessment", "open-data.2.2"): {"value": True, "note": "see\nannex"},
    ("bappeda-1", "self-assessment", "open-data.3.1"): {"value": False, "evidence": ["SK 1", "=SK 2"]},
    ("bappeda-1", "self-assessment", "open-data.3.2"): {"status": "unknown", "reason": "=1+1"},
    ("bappeda-1", "self-assessment", "plan"): {"status": "blank"},
    ("bappeda-1", "self-assessment", "poverty"): {"value": "12.345"},
    ("", "self-assessment", "plan"): {"value": "3"},
    ("", "self-assessment", "poverty"): {"value": "97"},
    ("", "self-assessment", "sea"): {"status": "not_applicable", "reason": "inland"},
    ("", "document", "open-data.2.2"): {"value": False, "analysis": "repealed"},
    ("", "document", "open-data.3.1"): {"status": "withheld", "value": True},
    ("", "document", "poverty"): {"value": "14/3"},
    ("", "interview", "poverty"): {"value": "99.12345678901234567"},
}  # fmt: skip


def entries(held=HELD):
    """The answers of Bappeda, by author, stage and item, as entries of a log."""
    return [
        Entry(f"{number:036d}", Key("bappeda", author, fact, stage), written, AT, "csv", "0" * 64)
        for number, ((author, stage, fact), written) in enumerate(held.items())
    ]


def tabled(folder, held=HELD, id=1):
    """An open store in `folder / "study"`; the caller closes it."""
    model, form = Path(folder, "m"), Path(folder, "form", "m")
    model.mkdir(parents=True)
    form.mkdir(parents=True)
    names = ", ".join(f"{{name: {{id: Tingkat {n}, en: Stage {n}}}}}" for n in range(1, 4))
    head = HEAD.format(names=names, scale="{min: 1, max: 5}", inner="level")
    Path(model, "model.yaml").write_text(head + indent(dedent(ROOT), "  "), encoding="utf-8")
    Path(model, "sources.yaml").write_text(SOURCES, encoding="utf-8")
    Path(form, "questionnaire.yaml").write_text(FORM, encoding="utf-8")
    subject = {"id": "Kota-X", "name": "Kota X", "kind": None, "year": 2026}
    store = new_study(str(Path(folder, "study")), model, form, subject, UUID(int=id), AT, "admin")
    store.add_offices([Office("bappeda", "Bappeda Kota"), Office("diskominfo", "Diskominfo")])
    store.add_respondents([Respondent("bappeda-1", "bappeda", "Kepala Bidang", "ab" * 32)])
    store.append(entries(held))
    return store
