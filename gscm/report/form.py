"""The paper form of a questionnaire: item codes, boxes and lines for evidence, on A4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from gscm.i18n import Language, Text
from gscm.questionnaire.questionnaire import Item, Questionnaire
from gscm.report.html import render_page
from gscm.report.pdf import pdf_of

_FORM = Text(
    "Kuesioner {form.id} {form.version}, model {model.id} {model.version}",
    "Questionnaire {form.id} {form.version}, model {model.id} {model.version}",
)

_SHORT = 6
"""Codes no longer than this, as those of the official instruments, take a narrow column."""


def render_form(questionnaire: Questionnaire, items: Sequence[Item], language: Language, office: str | None) -> str:
    """The form as one HTML page; `items` in the order in which they are printed, `office` if it is for one office."""
    model = questionnaire.model
    return render_page(
        "form/form.html.j2",
        ("base", "form"),
        language,
        title=questionnaire.title[language],
        introduction=questionnaire.introduction[language],
        notice=model.notice[language],
        running=_FORM[language].format(form=questionnaire, model=model),
        office=model.offices[office][language] if office else None,
        groups=list(_groups(questionnaire, items, language)),
        narrow=all(len(item.code) <= _SHORT for item in items),
        kinds={item.fact.kind for item in items},
        may_not_apply=any(item.absence is not None for item in items),
    )


def form_pdf(questionnaire: Questionnaire, items: Sequence[Item], language: Language, office: str | None) -> bytes:
    """The form as PDF. Raises BadUse where Pango is missing."""
    return pdf_of(render_form(questionnaire, items, language, office))


def _groups(questionnaire: Questionnaire, items: Sequence[Item], language: Language) -> Iterator[dict[str, Any]]:
    """The items by node, each below its place in the model, which is told where it is another than before."""
    model, last = questionnaire.model, ""
    for node_id, entries in groupby(items, key=lambda item: item.node):
        listed = list(entries)
        node, asked = model.nodes[node_id], [_entry(questionnaire, item, language) for item in listed]
        if listed[0].absence == node_id:  # said once, of the indicator as a whole
            asked[0]["may_not_apply"] = True
        told = len(asked) > 1 or not asked[0]["levels"]  # the levels of a single item say what it is about
        above = [parent.title[language] for parent in model.above(node_id) if parent.parent is not None]
        path = " › ".join(reversed(above))
        yield {
            "path": path if path != last else "",
            "title": node.title[language],
            "about": node.about[language] if node.about and told else None,
            "entries": asked,
        }
        last = path


def _entry(questionnaire: Questionnaire, item: Item, language: Language) -> dict[str, Any]:
    node = questionnaire.model.nodes[item.node]
    help_ = item.help[language] if item.help and item.help != node.about else None
    return {
        "code": item.code,
        "text": item.text[language],
        "help": help_,
        "evidence": "; ".join(text[language] for text in item.evidence),
        "levels": [(n, name[language], meaning[language] if meaning else None) for n, name, meaning in item.levels],
        "yes_no": item.fact.kind == "criterion",
        "may_not_apply": item.absence == item.code,
        "unit": node.quantity.unit[language] if node.quantity and item.fact.kind == "quantity" else "",
    }
