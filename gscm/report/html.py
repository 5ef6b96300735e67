"""The one door to Jinja: an assessment and the plan of a report become one HTML file that needs nothing beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from gscm import resources
from gscm.assessment import Assessment
from gscm.errors import FaultsFound, Issue, Where
from gscm.i18n import Language, Text, decimal, long_date
from gscm.report.fonts import font_css
from gscm.report.load import Heading, Report, load_report
from gscm.report.sections import SECTIONS
from gscm.report.words import BASES, capital, inside

_PLACE = re.compile(r"\{(\w+)\}")


def render_html(assessment: Assessment, report: str | Path, language: Language) -> str:
    """The report as one HTML page: fonts, pictures and styles inside, nothing fetched.

    `report` is the id of a shipped report or a folder with a report.yaml. Raises BadUse, Unreadable or FaultsFound.
    """
    plan = load_report(report, lambda section: SECTIONS[section].speaks(assessment))
    environment = _environment(plan.folder, language)
    common = _common(assessment, plan, language)
    numbers: dict[str, _Numbers] = {}
    bodies = {
        heading.anchor: _section(
            environment, assessment, heading, language, {**common, "numbers": _numbers(numbers, heading, language)}
        )
        for heading in plan.headings
    }
    page = environment.get_template("page.html.j2")
    styles = "\n".join(_style(name) for name in ("base", "print", plan.theme, "screen"))
    words = page.render(common, bodies=bodies, styles="", fonts="")
    return page.render(common, bodies=bodies, styles=_own(styles), fonts=_own(font_css(words)))


def render_page(template: str, styles: tuple[str, ...], language: Language, **context: Any) -> str:
    """A page of its own kind, such as a form, from a shipped template: fonts and styles inside, nothing fetched."""
    page = _environment(resources.folder("reports"), language).get_template(template)
    words = page.render(context, styles="", fonts="")
    return page.render(context, styles=_own("\n".join(map(_style, styles))), fonts=_own(font_css(words)))


def _common(assessment: Assessment, plan: Report, language: Language) -> dict[str, Any]:
    """What every template may speak of."""
    return {
        "plan": plan,
        "model": assessment.model,
        "subject": assessment.answers.subject,
        "study": assessment.answers.study,
        "running": _running(assessment, plan, language),
        "unofficial": assessment.model.status != "official",
    }


def _section(
    environment: SandboxedEnvironment,
    assessment: Assessment,
    heading: Heading,
    language: Language,
    common: dict[str, Any],
) -> Markup:
    section = SECTIONS[heading.section]
    context: Mapping[str, Any] = section.context(assessment, language)
    inner = f"sections/{section.template or heading.section}.html.j2"
    template = environment.get_template("section.html.j2")
    try:
        return _own(template.render(common, **context, heading=heading, bare=section.bare, inner=inner))
    except TemplateError as error:
        raise FaultsFound(_faulty(inner, error)) from error


def _faulty(inner: str, error: TemplateError) -> Issue:
    """What is wrong with a template, for the person who wrote it."""
    where = Where(getattr(error, "filename", None) or inner, getattr(error, "lineno", None))
    return Issue(
        where,
        Text(f"Templat ini tidak dapat dipakai: {error.message}.", f"This template cannot be used: {error.message}."),
        Text(
            "Bandingkan dengan templat bawaan bernama sama, atau hapus agar yang bawaan dipakai.",
            "Compare it with the shipped template of the same name, or remove it so that the shipped one is used.",
        ),
    )


def _own(text: str) -> Markup:
    """Text that this program made and has escaped: shipped styles and fonts, and sections that Jinja rendered."""
    return Markup(text)


def _numbers(numbers: dict[str, _Numbers], heading: Heading, language: Language) -> _Numbers:
    """The counter of the chapter or appendix that a section stands in."""
    prefix = heading.label.id.partition(" · ")[0].rpartition(" ")[2] if heading.number else ""
    return numbers.setdefault(prefix, _Numbers(prefix, language))


@lru_cache(maxsize=8)
def _environment(folder: Path, language: Language) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader([str(folder), str(resources.folder("reports"))]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        language=language,
        t=lambda indonesian, english, **values: _said(Text(indonesian, english)[language], values),
        basis=lambda name: BASES[name][language],
        date=lambda day: long_date(day, language),
        number=lambda value: decimal(str(value), language),
    )
    environment.filters["capital"] = capital
    environment.filters["inside"] = inside
    environment.filters["said"] = lambda text: text[language]
    return environment


def _said(words: str, values: Mapping[str, Any]) -> str:
    """The words with {name} replaced in one pass; values are not looked into."""
    return _PLACE.sub(lambda found: str(values[found[1]]) if found[1] in values else found[0], words)


class _Numbers:
    """The numbers of figures and tables within one chapter or appendix: 2.1, A.3, or plain 1 where there is none."""

    def __init__(self, prefix: str, language: Language) -> None:
        self._prefix = f"{prefix}." if prefix else ""
        self._language = language
        self._counts = {"figure": 0, "table": 0}

    def figure(self) -> str:
        return self._next("figure", Text("Gambar", "Figure"))

    def table(self) -> str:
        return self._next("table", Text("Tabel", "Table"))

    def _next(self, kind: str, word: Text) -> str:
        self._counts[kind] += 1
        return f"{word[self._language]} {self._prefix}{self._counts[kind]}"


def _running(assessment: Assessment, plan: Report, language: Language) -> str:
    """The running title at the foot of every page."""
    subject = assessment.answers.subject
    name = subject.name if len(subject.name) <= 60 else subject.name[:59].rstrip() + "…"
    year = str(subject.year) if subject.year else ""
    return " · ".join(part for part in (plan.title[language], name, year) if part)


def _style(name: str) -> str:
    return (resources.folder("reports") / "styles" / f"{name}.css").read_text(encoding="utf-8")
