"""From a report.yaml to the plan of a report: its sections, each known, each with a number and a title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gscm import resources, yamlfile
from gscm.errors import BadUse, FaultsFound, Issue, did_you_mean
from gscm.i18n import Text, same
from gscm.report.schema import ReportFile, SectionEntry
from gscm.report.sections import SECTIONS
from gscm.yamlfile import Document


@dataclass(frozen=True, slots=True)
class Heading:
    """One section in its place: `number` is "2.1", "A" or empty; `label` stands small above the title."""

    section: str
    anchor: str
    number: str
    label: Text
    title: Text
    role: Literal["front", "body", "appendix"]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter in its place."""

    anchor: str
    number: str
    title: Text
    sections: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The plan of a report; `folder` may hold templates of its own in place of those shipped."""

    id: str
    title: Text
    theme: str
    starts: str
    front: tuple[Heading, ...]
    chapters: tuple[Chapter, ...]
    appendices: tuple[Heading, ...]
    folder: Path

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Every section in the order of the pages."""
        body = tuple(heading for chapter in self.chapters for heading in chapter.sections)
        return (*self.front, *body, *self.appendices)


def load_report(report: str | Path, speaks: Callable[[str], bool] = lambda _: True) -> Report:
    """The plan of a report given by id or by folder, without the sections that have nothing to say.

    Raises BadUse (no such report), Unreadable, or FaultsFound with every fault of its report.yaml.
    """
    folder = find_report(report)
    document = yamlfile.read(folder / "report.yaml")
    file = yamlfile.validate(document, ReportFile)
    issues = tuple(_unknown_sections(document, file))
    if issues:
        raise FaultsFound(issues)
    file = _spoken(file, speaks)
    chapters = tuple(_chapters(file))
    return Report(
        id=file.id,
        title=file.title.text(),
        theme=file.theme,
        starts=file.starts,
        front=tuple(_heading(entry, f"front-{entry.section}", "", None, "front") for entry in file.front or ()),
        chapters=chapters,
        appendices=tuple(_appendices(file.appendices or ())),
        folder=folder,
    )


def _spoken(file: ReportFile, speaks: Callable[[str], bool]) -> ReportFile:
    """The report as written, without silent sections and without the chapters that they leave empty."""

    def kept(entries: Iterable[SectionEntry] | None) -> tuple[SectionEntry, ...]:
        return tuple(entry for entry in entries or () if speaks(entry.section))

    chapters = [chapter.model_copy(update={"sections": kept(chapter.sections)}) for chapter in file.chapters]
    return file.model_copy(
        update={
            "front": kept(file.front),
            "chapters": tuple(chapter for chapter in chapters if chapter.sections),
            "appendices": kept(file.appendices),
        }
    )


def find_report(report: str | Path) -> Path:
    """The folder of a report given by id or by folder. Raises BadUse naming the known reports."""
    shipped = resources.folder("reports")
    for folder in (Path(report), shipped / report):
        if (folder / "report.yaml").is_file():
            return folder
    known = sorted(path.parent.name for path in shipped.glob("*/report.yaml"))
    raise BadUse(
        Issue(
            None,
            Text(f"Laporan “{report}” tidak ditemukan.", f"There is no report “{report}”."),
            did_you_mean(str(report), known)
            or Text(
                f"Sebutkan folder yang memuat report.yaml, atau salah satu dari: {', '.join(known)}.",
                f"Name a folder that holds a report.yaml, or one of: {', '.join(known)}.",
            ),
        )
    )


def _unknown_sections(document: Document, file: ReportFile) -> Iterator[Issue]:
    places: list[tuple[tuple[object, ...], SectionEntry]] = []
    places += [(("front", index), entry) for index, entry in enumerate(file.front or ())]
    for number, chapter in enumerate(file.chapters):
        places += [(("chapters", number, "sections", index), entry) for index, entry in enumerate(chapter.sections)]
    places += [(("appendices", index), entry) for index, entry in enumerate(file.appendices or ())]
    seen: set[str] = set()
    for path, entry in places:
        if entry.section not in SECTIONS:
            yield Issue(
                document.where(path),
                Text(f"Bagian “{entry.section}” tidak dikenal.", f"The section “{entry.section}” is not known."),
                did_you_mean(entry.section, SECTIONS)
                or Text(f"Yang dikenal: {', '.join(SECTIONS)}.", f"Known are: {', '.join(SECTIONS)}."),
            )
        elif entry.section in seen:
            yield Issue(
                document.where(path),
                Text(f"Bagian “{entry.section}” disebut dua kali.", f"The section “{entry.section}” is named twice."),
                Text("Hapus salah satunya.", "Remove one of them."),
            )
        seen.add(entry.section)


def _chapters(file: ReportFile) -> Iterator[Chapter]:
    for index, entry in enumerate(file.chapters, 1):
        number = {"arabic": str(index), "roman": roman(index), "none": ""}[file.numbering]
        title = entry.title.text()
        label = Text(f"Bab {number} · {title.id}", f"Chapter {number} · {title.en}") if number else title
        sections = []
        for place, section in enumerate(entry.sections, 1):
            own = {"arabic": f"{number}.{place}", "roman": chr(64 + place), "none": ""}[file.numbering]
            sections.append(_heading(section, f"s-{section.section}", own, label, "body"))
        yield Chapter(f"bab-{index}", number, title, tuple(sections))


def _appendices(entries: Iterable[SectionEntry]) -> Iterator[Heading]:
    for index, entry in enumerate(entries):
        letter = chr(65 + index)
        yield _heading(
            entry, f"s-{entry.section}", letter, Text(f"Lampiran {letter}", f"Appendix {letter}"), "appendix"
        )


def _heading(
    entry: SectionEntry, anchor: str, number: str, label: Text | None, role: Literal["front", "body", "appendix"]
) -> Heading:
    title = entry.title.text() if entry.title else SECTIONS[entry.section].title
    return Heading(entry.section, anchor, number, label or same(""), title, role)


def roman(number: int) -> str:
    """I, II, III … for the chapters of a kajian."""
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, sign in signs:
        while number >= value:
            written, number = written + sign, number - value
    return written
