"""The paper form of a questionnaire: item codes, boxes, lines for evidence and a QR on every page, on A4."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from gscm.i18n import Language, Text, long_date
from gscm.questionnaire.questionnaire import Item, Questionnaire
from gscm.questionnaire.skips import skips
from gscm.report.html import render_page
from gscm.report.mark import Mark, mark_of, star
from gscm.report.pdf import pdf_of

_FORM = Text(
    "Kuesioner {form.id} {form.version}, model {model.id} {model.version}",
    "Questionnaire {form.id} {form.version}, model {model.id} {model.version}",
)

_SHORT = 6
"""Codes no longer than this, as those of the official instruments, take a narrow column."""
_QR_MM, _QUIET = 19, 4
"""The width of a QR with its quiet zone, in mm, and that zone in modules."""


@dataclass(frozen=True, slots=True)
class Information:
    """What a respondent is told before the first answer; `question` asks for consent, where it is asked for."""

    title: Text
    paragraphs: tuple[Text, ...]
    question: Text | None
    agreed: Text
    declined: Text


@dataclass(frozen=True, slots=True)
class Cover:
    """Whose form it is: what stands in the block on its first page, and the mark that every page bears."""

    mark: Mark
    subject: str
    year: int | None
    office: Text
    due: date | None
    information: Information


def render_form(
    questionnaire: Questionnaire,
    items: Sequence[Item],
    language: Language,
    office: str | None,
    cover: Cover | None = None,
    pages: bool = False,
) -> str:
    """The form as one HTML page; `items` in the order in which they are printed, `office` if it is for one office.

    `cover` makes it the form of a study. `pages` puts the QR into the foot of every page, as the PDF has it; else
    there is one on the first page, without the number of a page.
    """
    model = questionnaire.model
    mark = cover.mark if cover else mark_of(questionnaire, items, "", office or "", "")
    named = cover.office if cover else model.offices[office] if office else None
    return render_page(
        "form/form.html.j2",
        ("base", "form"),
        language,
        title=questionnaire.title[language],
        introduction=questionnaire.introduction[language],
        notice=model.notice[language],
        running=_FORM[language].format(form=questionnaire, model=model),
        code=mark.code,
        heading=_heading(questionnaire, named, mark, language),
        qr=None if pages else _qr(mark, None),
        qr_pages=list(_qr_pages(mark, len(items))) if pages else [],
        office=named[language] if named else None,
        cover=_cover(cover, language) if cover else None,
        groups=list(_groups(questionnaire, items, language)),
        narrow=all(len(item.code) <= _SHORT for item in items),
        kinds={item.fact.kind for item in items},
        may_not_apply=any(item.absence is not None for item in items),
    )


def form_pdf(questionnaire: Questionnaire, items: Sequence[Item], language: Language, office: str | None) -> bytes:
    """The form as PDF. Raises BadUse where Pango is missing."""
    return pdf_of(render_form(questionnaire, items, language, office, pages=True))


def forms_pdf(
    questionnaire: Questionnaire, items: Sequence[Item], language: Language, covers: Sequence[Cover]
) -> bytes:
    """Forms of a study, one behind the other in one PDF, each with pages of its own. Raises as `form_pdf`."""
    return pdf_of(*(render_form(questionnaire, items, language, None, cover, pages=True) for cover in covers))


def _heading(questionnaire: Questionnaire, office: Text | None, mark: Mark, language: Language) -> str:
    """What stands at the head of every page: what is asked, and of whom."""
    parts = (questionnaire.title[language], office[language] if office else "", mark.respondent)
    return " · ".join(part for part in parts if part)


def _cover(cover: Cover, language: Language) -> dict[str, Any]:
    told = cover.information
    return {
        "rows": [
            (label[language], value)
            for label, value in (
                (Text("Daerah yang dinilai", "Region assessed"), cover.subject),
                (Text("Tahun penilaian", "Year assessed"), str(cover.year) if cover.year else ""),
                (Text("Perangkat daerah", "Office"), cover.office[language]),
                (Text("Dikembalikan paling lambat", "To be returned by"), _day(cover.due, language)),
                (Text("Responden", "Respondent"), cover.mark.respondent or _ITSELF[language]),
                (Text("Tanggal diisi", "Date filled in"), ""),
            )
        ],
        "information": {
            "title": told.title[language],
            "paragraphs": [paragraph[language] for paragraph in told.paragraphs],
            "question": told.question[language] if told.question else None,
            "agreed": told.agreed[language],
            "declined": told.declined[language],
        },
    }


_ITSELF = Text("perangkat daerah itu sendiri", "the office itself")


def _day(day: date | None, language: Language) -> str:
    return long_date(day, language) if day else "–"


def _qr_pages(mark: Mark, items: int) -> Iterator[tuple[int | None, str]]:
    """A QR for every page by its number, and one without a number for any beyond what a form of so many items has."""
    yield None, _qr(mark, None)
    for page in range(1, items // 2 + 8):
        yield page, _qr(mark, page)


def _qr(mark: Mark, page: int | None) -> str:
    """A QR as an SVG, in a data URI: error correction of level M, with its quiet zone."""
    import segno

    code = segno.make_qr(mark.text(page), error="m")
    drawn, modules = io.BytesIO(), code.symbol_size(border=_QUIET)[0]
    code.save(drawn, kind="svg", xmldecl=False, unit="mm", scale=_QR_MM / modules, border=_QUIET)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode("ascii")


def _groups(questionnaire: Questionnaire, items: Sequence[Item], language: Language) -> Iterator[dict[str, Any]]:
    """The items by node, each below its place in the model, which is told where it is another than before."""
    model, last = questionnaire.model, ""
    following = _following(questionnaire, items, language)
    for node_id, entries in groupby(items, key=lambda item: item.node):
        listed = list(entries)
        node, asked = model.nodes[node_id], [_entry(questionnaire, item, following, language) for item in listed]
        if listed[0].absence == node_id:  # said once, of the indicator as a whole
            asked[0]["may_not_apply"] = True
            asked[0]["whole"] = len(listed) > 1
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


def _following(questionnaire: Questionnaire, items: Sequence[Item], language: Language) -> Mapping[str, str]:
    """Where to go on after a “no”, in words, for the items after which something need not be answered."""
    place = {item.code: index for index, item in enumerate(items)}
    found = {}
    for code, count in skips(questionnaire, items).items():
        last = place[code] + count == len(items) - 1
        to = "" if last else items[place[code] + count + 1].code
        go_on = Text(f"Jika tidak, lanjutkan ke butir {to}.", f"If no, go on to item {to}.")
        end = Text("Jika tidak, butir selebihnya tidak perlu diisi.", "If no, leave out the items that are left.")
        found[code] = (end if last else go_on)[language]
    return found


def _entry(
    questionnaire: Questionnaire, item: Item, following: Mapping[str, str], language: Language
) -> dict[str, Any]:
    node = questionnaire.model.nodes[item.node]
    help_ = item.help[language] if item.help and item.help != node.about else None
    return {
        "code": item.code,
        "text": item.text[language],
        "help": help_,
        "evidence": "; ".join(text[language] for text in item.evidence),
        "levels": [(n, name[language], meaning[language] if meaning else None) for n, name, meaning in item.levels],
        "yes_no": item.fact.kind == "criterion",
        "star": star(questionnaire, item),
        "following": following.get(item.code),
        "may_not_apply": item.absence == item.code,
        "whole": False,
        "unit": node.quantity.unit[language] if node.quantity and item.fact.kind == "quantity" else "",
    }
