"""`gscm study log`: the audit log of a study, for people: when, who, what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import command, json_option, option, session
from gscm.cli.study import ALIAS, opened, study_argument
from gscm.cli.terminal import print_json, table
from gscm.errors import legible
from gscm.i18n import Text, same

if TYPE_CHECKING:
    from gscm.study.store import Event
    from gscm.study.study import Study


@command(
    Text(
        "Perlihatkan catatan audit: kapan, siapa, dan apa yang dilakukan. Orang tampil dengan nama samarannya; isi "
        "jawaban tidak termuat di sini.",
        "Show the audit log: when, who, and what was done. People go by their pseudonyms; what was answered is not "
        "in it.",
    ),
    example="gscm study log kajian\ngscm study log kajian --office bappeda --json",
)
@study_argument
@option(
    "--office",
    metavar="ID",
    text=Text("Hanya tentang perangkat daerah ini dan respondennya.", "Only on this office and its respondents."),
)
@json_option
@click.pass_context
def log(context: click.Context, target: str, office: str | None, as_json: bool) -> None:
    from gscm.cli.study_fill import office_of

    language = session(context).language
    with opened(target) as (store, found):
        if office is not None:
            office_of(found, office)
        events = [one for one in store.events() if office is None or _concerns(found, office, one)]
    if as_json:
        print_json([_plain(one) for one in events])
        return
    head = (Text("Waktu (UTC)", "Time (UTC)"), Text("Siapa", "Who"), Text("Apa", "What"))
    rows = [[_minute(one.at), _known(one.who)[language], legible(what(one)[language])] for one in events]
    click.echo("\n".join(table([[text[language] for text in head], *rows])))


def _concerns(study: Study, office: str, event: Event) -> bool:
    people = {one.id for one in study.respondents if one.office == office}
    return event.subject == office or bool({event.who, event.subject} & people)


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")


_HIDDEN = Text("(tidak ditampilkan)", "(not shown)")


def _known(name: str) -> Text:
    """A pseudonym; what an older study holds in its place is not shown, it may be a name."""
    return same(name) if ALIAS.fullmatch(name) or name == "*" else _HIDDEN


def _plain(event: Event) -> dict[str, Any]:
    who, subject = _known(event.who), event.subject
    detail = {key: value for key, value in event.detail.items() if key not in _FREE}
    if "files" in event.detail:
        detail["files"] = len(event.detail["files"])
    said = what(event)
    return {
        "id": event.id,
        "at": event.at,
        "who": None if who is _HIDDEN else event.who,
        "action": event.action,
        "subject": subject,
        "detail": detail,
        "text": {"id": said.id, "en": said.en},
    }


_FREE = ("files", "controller", "contact", "purpose")
"""What of an event may name people: names of files, and what respondents are told."""


def what(event: Event) -> Text:
    """What was done, in a few words."""
    told = _on_study(event.subject, event.detail).get(event.action)
    return told or _on_answers(event)


def _on_study(subject: str, detail: Mapping[str, Any]) -> Mapping[str, Text]:
    """What was done to the study, by action."""
    count, new, refused = detail.get("people", 0), detail.get("entries", 0), detail.get("refused", 0)
    changed, until = ", ".join(detail.get("changed", ())), detail.get("until")
    return {
        "created": Text("membuat kajian", "made the study"),
        "invited": Text(f"mengundang {subject} (responden: {count})", f"invited {subject} (respondents: {count})"),
        "assigned": _assigned(subject, detail),
        "imported": Text(
            f"mengimpor {subject}: {new} jawaban masuk, {refused} ditolak",
            f"imported {subject}: {new} answers taken in, {refused} refused",
        ),
        "merged": Text(f"menggabungkan {subject}: {new} jawaban baru", f"merged {subject}: {new} new answers"),
        "set": Text(f"mengubah setelan: {changed}", f"changed settings: {changed}"),
        "retention": Text(f"menetapkan batas simpan {until}", f"set the retention to {until}"),
        "corrected": Text(f"memperbaiki data {subject}", f"corrected the data of {subject}"),
        "consented": Text(f"mencatat persetujuan {subject}", f"recorded the consent of {subject}"),
        "purged": Text("menghapus data pribadi", "purged personal data"),
    }


def _assigned(subject: str, detail: Mapping[str, Any]) -> Text:
    offices = ", ".join(detail.get("offices", ())) or "–"
    if subject == "*":
        return Text(f"memakai saran penugasan: {offices}", f"took the suggested assignment: {offices}")
    return Text(f"menugaskan {subject} kepada {offices}", f"assigned {subject} to {offices}")


def _on_answers(event: Event) -> Text:
    """What was done to answers: filled in, keyed in, judged, attached to, handed over."""
    from gscm.report.words import STAGES

    detail, subject = event.detail, _subject(event.subject)
    item, comment, turn = detail.get("item", "–"), detail.get("comment"), detail.get("turn")
    stage = STAGES.get(detail.get("stage", "self-assessment"), same(str(detail.get("stage"))))
    said = f": {comment}" if comment else ""
    words = {
        "filled": Text("mengisi di terminal", "filled in in the terminal"),
        "judged": Text(f"memutuskan {item} ({stage.id})", f"decided {item} ({stage.en})"),
        "attached": Text(f"melampirkan bukti pada {item}", f"attached evidence to {item}"),
        "printed": Text("mencetak formulir kertas", "printed paper forms"),
        "keyed": Text(f"mengentri formulir, kali ke-{turn}", f"keyed in a form, turn {turn}"),
        "keyed-once": Text("menerima satu entri saja", "let one keying do"),
        "settled": Text(f"memutuskan beda entri {item}", f"settled a difference in {item}"),
        "submitted": Text("mencatat: dikirim", "recorded: submitted"),
        "returned": Text(f"mengembalikan{said}", f"returned{said}"),
        "accepted": Text("menerima", "accepted"),
    }.get(event.action, same(event.action))
    return Text(f"{subject.id}: {words.id}", f"{subject.en}: {words.en}")


def _subject(subject: str) -> Text:
    return Text("daerah sebagai keseluruhan", "the whole region") if subject == "*" else same(subject)
