"""`gscm study …`: a study of many offices and people, from the first invitation to the result."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import click

from gscm.cli.command import Group, command, json_option, option, say, session, weights_of, weights_option
from gscm.cli.reporting import analysis_option, asked_for, report_target, write_report
from gscm.cli.terminal import print_json, share, table
from gscm.errors import BadUse, FaultsFound, Issue, legible
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from gscm.analysis.finding import Finding
    from gscm.assessment import Assessment
    from gscm.study.field import OfficeProgress, Renamed
    from gscm.study.log import Conflict, Present
    from gscm.study.store import Store
    from gscm.study.study import Study

STAGES = ("self-assessment", "document", "interview", "visit")

study = Group(
    "study",
    text=Text(
        "Kelola kajian: banyak perangkat daerah, banyak responden, satu catatan yang tidak pernah hilang.",
        "Run a study: many offices, many respondents, one log from which nothing is ever lost.",
    ),
    commands={
        "new": ("gscm.cli.study:new", Text("Buat kajian baru.", "Make a new study.")),
        "status": (
            "gscm.cli.study:status",
            Text("Perlihatkan kemajuan tiap perangkat daerah.", "Show how far each office is."),
        ),
        "invite": (
            "gscm.cli.study:invite",
            Text("Undang responden; cetak token undangannya.", "Invite respondents and print their tokens."),
        ),
        "assign": (
            "gscm.cli.study:assign",
            Text("Tentukan perangkat daerah yang menjawab suatu bagian.", "Say which offices answer a part."),
        ),
        "fill": (
            "gscm.cli.study_fill:fill",
            Text("Isi bagian suatu perangkat daerah di terminal.", "Fill in an office's part in the terminal."),
        ),
        "judge": (
            "gscm.cli.study_evidence:judge",
            Text("Catat putusan penilai atau kesepakatan.", "Record an assessor's decision, or a consensus."),
        ),
        "attach": (
            "gscm.cli.study_evidence:attach",
            Text("Lampirkan berkas bukti pada suatu jawaban.", "Attach files of evidence to an answer."),
        ),
        "evidence": (
            "gscm.cli.study_evidence:evidence",
            Text("Daftar, periksa, dan salin berkas bukti.", "List, check and copy the files of evidence."),
        ),
        "form": (
            "gscm.cli.study_paper:form",
            Text("Cetak formulir kertas suatu perangkat daerah.", "Print the paper form of an office."),
        ),
        "key": (
            "gscm.cli.study_paper:key",
            Text("Entri formulir kertas, dua kali oleh dua operator.", "Key in paper forms, twice, by two operators."),
        ),
        "differences": (
            "gscm.cli.study_paper:differences",
            Text("Perlihatkan dan putuskan beda dua entri.", "Show and settle where two keyings differ."),
        ),
        "import": (
            "gscm.cli.study_exchange:take_in",
            Text("Masukkan jawaban dari berkas.", "Take in answers from a file."),
        ),
        "map": (
            "gscm.cli.study_mapping:map_headings",
            Text("Padankan judul Google Forms dengan kode butir.", "Map headings of Google Forms to item codes."),
        ),
        "export": (
            "gscm.cli.study_exchange:export",
            Text("Keluarkan jawaban sebagai tabel.", "Write the answers as a table."),
        ),
        "merge": (
            "gscm.cli.study:merge",
            Text("Gabungkan salinan kajian yang sama.", "Merge another copy of the same study."),
        ),
        "log": (
            "gscm.cli.study_log:log",
            Text("Perlihatkan catatan audit.", "Show the audit log."),
        ),
        "mark": (
            "gscm.cli.study:mark",
            Text("Catat bahwa jawaban dikirim, dikembalikan, atau diterima.", "Record submitted, returned, accepted."),
        ),
        "assess": ("gscm.cli.study:assess", Text("Hitung hasilnya.", "Work out the result.")),
        "report": ("gscm.cli.study:report", Text("Buat laporannya.", "Write its report.")),
        "bundle": (
            "gscm.cli.study_bundle:bundle",
            Text(
                "Tulis kajian sebagai satu berkas yang dapat dihitung ulang.", "Write the study as one checkable file."
            ),
        ),
        "verify": (
            "gscm.cli.study_bundle:verify",
            Text("Hitung ulang sebuah bundel dan bandingkan hasilnya.", "Work a bundle out again and compare."),
        ),
        "set": (
            "gscm.cli.study_set:change",
            Text("Perlihatkan atau ubah setelan kajian.", "Show or change what the study holds to."),
        ),
        "person": (
            "gscm.cli.study_bundle:person",
            Text("Perlihatkan atau perbaiki data seorang responden.", "Show or correct what is held of a respondent."),
        ),
        "purge": (
            "gscm.cli.study_bundle:purge",
            Text("Hapus data pribadi; hasilnya tetap.", "Delete personal data; results stay."),
        ),
    },
    example="gscm study new kajian --model gscm-province --subject provinsi-contoh --name 'Provinsi Contoh'",
)

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_REGION_CODE = re.compile(r"[0-9]{2}\.[0-9]{2}", re.ASCII)
ALIAS = re.compile(r"(?!.*[0-9]{10})[A-Za-z0-9][A-Za-z0-9._-]{0,60}")
"""Who may stand in the audit log; so many digits in a row would be a phone number or a NIP."""
LONGEST_OFFICE = 30
"""What leaves room, in a pseudonym of 40 characters, for a number and for the mark that tells two apart."""


def id_of(option: str, written: str, most: int = 60) -> str:
    """An id as it was given. Raises BadUse where it is none."""
    if _ID.fullmatch(written) and len(written) <= most:
        return written
    kebab = re.sub(r"[^a-z0-9]+", "-", written.casefold()).strip("-")[:most].strip("-") or "bappeda"
    raise BadUse(
        Issue(
            None,
            Text(
                f"{option}: “{written}” bukan id. Id terdiri atas huruf, angka, - dan _, paling banyak {most} "
                "karakter, dan diawali huruf atau angka.",
                f"{option}: “{written}” is no id. An id is made of letters, digits, - and _, at most {most} of them, "
                "and begins with a letter or a digit.",
            ),
            Text(
                f"Tulis misalnya {kebab}; nama lengkapnya dengan --name.",
                f"Write {kebab}, for instance; the full name goes with --name.",
            ),
        )
    )


def _alias(_: click.Context, __: click.Parameter, written: str) -> str:
    if ALIAS.fullmatch(written):
        return written
    raise BadUse(
        Issue(
            None,
            Text(
                "--who memerlukan nama samaran: huruf, angka, titik, - dan _, paling banyak 61 karakter; bukan nama "
                "orang, surel, nomor telepon, atau NIP, karena catatan audit ikut dibagikan.",
                "--who takes a pseudonym: letters, digits, dots, - and _, at most 61 of them; no person's name, "
                "e-mail, phone number or NIP, since the audit log is shared.",
            ),
            Text("Tulis misalnya asesor-1.", "Write assessor-1, for instance."),
        )
    )


study_argument = click.argument("target", metavar="STUDY")
who_option = option(
    "--who",
    default="admin",
    show_default=True,
    metavar="ID",
    callback=_alias,
    text=Text("Nama samaran pelaku untuk catatan audit.", "Pseudonym of who does this, for the audit log."),
)
stage_option = option(
    "--stage",
    type=click.Choice(STAGES),
    default="self-assessment",
    show_default=True,
    text=Text("Tahap verifikasi.", "Stage of verification."),
)


def subject_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What is told of the subject, by which it is set beside its peers."""
    for one in (
        option("--population-source", metavar="TEKS",
               text=Text("Sumber jumlah penduduknya.", "Where the population is from.")),
        option("--population", type=click.IntRange(1), metavar="N",
               text=Text("Jumlah penduduknya.", "Its population.")),
        option("--region", metavar="NAMA", text=Text("Wilayahnya, misalnya Kalimantan.", "Its region.")),
        option("--kind", metavar="JENIS",
               text=Text("Jenisnya: provinsi, kabupaten, kota.", "Its kind: province, regency, city.")),
    ):  # fmt: skip
        command = one(command)
    return command


def subject_told(options: dict[str, Any]) -> dict[str, Any]:
    """What these options say of the subject, as a study keeps it; they are taken out of `options`."""
    source = options.pop("population_source")
    told = {key: options.pop(key) for key in ("kind", "region", "population")}
    return {
        **{key: value for key, value in told.items() if value is not None},
        **({} if source is None else {"source": [source]}),
    }


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@command(
    Text(
        "Buat kajian: sebuah folder (SQLite) atau basis data PostgreSQL. Model dan kuesionernya disematkan, sehingga "
        "hasilnya dapat dihitung ulang bertahun-tahun kemudian.",
        "Make a study: a folder (SQLite) or a PostgreSQL database. Its model and questionnaire are pinned, so that the "
        "result can be worked out again years later.",
    ),
    example="gscm study new kajian --model gscm-province --subject provinsi-contoh --name 'Provinsi Contoh'\n"
    "gscm study new postgresql://pengguna@localhost/kajian --model spbe-2020 --subject kota-contoh",
)
@study_argument
@option("--model", required=True, metavar="ID|FOLDER", text=Text("Model yang dipakai.", "The model."))
@option("--questionnaire", metavar="ID|FOLDER", text=Text("Kuesioner; bawaannya milik model.", "The questionnaire."))
@option("--subject", required=True, metavar="ID", text=Text("Id daerah yang dinilai, atau kode wilayahnya (63.71).",
        "Id of who is assessed, or its regional code (63.71)."))  # fmt: skip
@option("--name", metavar="NAMA", text=Text("Nama daerah.", "Name of who is assessed."))
@option("--year", type=int, text=Text("Tahun penilaian.", "Year assessed."))
@subject_options
@option("--controller", metavar="TEKS",
        text=Text("Penanggung jawab data pribadi.", "Who is responsible for personal data."))  # fmt: skip
@option("--contact", metavar="TEKS", text=Text("Kontak untuk hak responden.", "Whom respondents turn to."))
@option("--purpose", metavar="TEKS", text=Text("Tujuan kajian, untuk responden.", "The purpose, for respondents."))
@option("--retention", metavar="TTTT-BB-HH",
        text=Text("Batas waktu penyimpanan data pribadi.", "The day until which personal data are kept."))  # fmt: skip
@who_option
def new(
    target: str,
    model: str,
    questionnaire: str | None,
    subject: str,
    name: str | None,
    year: int | None,
    retention: str | None,
    who: str,
    **texts: Any,
) -> None:
    from gscm.model.load import find_model
    from gscm.questionnaire.load import find_questionnaire
    from gscm.study.field import new_study
    from gscm.study.store import without_password

    if not _REGION_CODE.fullmatch(subject):
        id_of("--subject", subject)
    folder = find_model(model)
    form = find_questionnaire(questionnaire or folder.name)
    told = {"id": subject, "name": name or subject, "kind": None, "year": year, **subject_told(texts)}
    chosen = {**texts, "retention": day(retention).isoformat() if retention else None}
    with new_study(target, folder, form, told, uuid4(), now(), who, chosen) as store:
        settings, shown = store.settings(), without_password(target)
    click.echo(
        say(
            Text(
                f"Kajian dibuat di {shown}: model {settings['model']['id']} {settings['model']['version']}.\n"
                f"Lanjutkan dengan: gscm study invite {shown} --office ID --people N",
                f"Study made in {shown}: model {settings['model']['id']} {settings['model']['version']}.\n"
                f"Go on with: gscm study invite {shown} --office ID --people N",
            )
        )
    )


@command(
    Text(
        "Undang responden suatu perangkat daerah. Setiap orang mendapat nama samaran dan token; yang disimpan hanya "
        "sidik tokennya, jadi simpan daftar yang dicetak ini.",
        "Invite respondents of an office. Each gets a pseudonym and a token; only a hash of the token is kept, so keep "
        "the list that is printed.",
    ),
    example="gscm study invite kajian --office bappeda --name Bappeda --people 5 --due 2026-12-31",
)
@study_argument
@option("--office", required=True, metavar="ID", text=Text("Id perangkat daerah.", "Id of the office."))
@option("--name", metavar="NAMA", text=Text("Nama perangkat daerah.", "Name of the office."))
@option("--people", type=click.IntRange(0, 500), default=1, text=Text("Banyaknya responden.", "How many people."))
@option("--role", metavar="PERAN", text=Text("Peran atau jabatan mereka.", "Their role."))
@option("--due", metavar="TTTT-BB-HH", text=Text("Tenggat.", "The day it is due."))
@who_option
@json_option
@click.pass_context
def invite(
    context: click.Context,
    target: str,
    office: str,
    name: str | None,
    people: int,
    role: str | None,
    due: str | None,
    who: str,
    as_json: bool,
) -> None:
    from gscm.study.field import event, invite as invited
    from gscm.study.store import Office

    if due is not None:
        day(due)
    with opened(target) as (store, found):
        known = {one.id: one for one in found.offices}.get(office)
        if known is None:
            id_of("--office", office, LONGEST_OFFICE)
        title = name or (known.name if known else office)
        store.add_offices([Office(office, title, due or (known.due if known else None))])
        tokens = [secrets.token_urlsafe(12) for _ in range(people)]
        respondents = invited(store, found, [(office, role)] * people, tokens)
        store.record([event(found, now(), who, "invited", office, people=people)])
    pairs = [(one.id, token) for one, token in zip(respondents, tokens, strict=True)]
    if as_json:
        print_json([{"respondent": id, "office": office, "token": token} for id, token in pairs])
        return
    rows = [
        [Text("Responden", "Respondent")[session(context).language], "Token"],
        *([id, token] for id, token in pairs),
    ]
    click.echo("\n".join(table(rows)))


@command(
    Text(
        "Tentukan perangkat daerah yang menjawab suatu simpul atau butir. Selebihnya ditanyakan kepada semua.",
        "Say which offices answer a node or an item. What is assigned to nobody is asked of all.",
    ),
    example="gscm study assign kajian governance --to bappeda\ngscm study assign kajian --suggested",
)
@study_argument
@click.argument("node", required=False)
@option("--to", "offices", multiple=True, metavar="ID", text=Text("Perangkat daerah (boleh diulang).", "An office."))
@option(
    "--suggested",
    is_flag=True,
    text=Text(
        "Pakai saran kuesioner, sejauh perangkat daerahnya ada dalam kajian.",
        "Take what the questionnaire suggests, as far as the study has these offices.",
    ),
)
@who_option
def assign(target: str, node: str | None, offices: tuple[str, ...], suggested: bool, who: str) -> None:
    from gscm.study.field import assigned_below, event, suggested_assignments

    with opened(target) as (store, found):
        if suggested == (node is not None):
            raise BadUse(
                Issue(
                    None,
                    Text(
                        "Sebutkan satu simpul dengan --to, atau --suggested.", "Name a node with --to, or --suggested."
                    ),
                    Text("Lihat: gscm study assign --help", "See: gscm study assign --help"),
                )
            )
        assigned = suggested_assignments(found) if node is None else assigned_below(found, node, offices)
        store.assign(assigned)
        chosen = sorted(offices) if node else sorted({one for some in assigned.values() for one in some})
        detail = {"offices": chosen} if node else {"offices": chosen, "items": _by_office(assigned)}
        store.record([event(found, now(), who, "assigned", node or "*", **detail)])
    click.echo(
        say(Text(f"{len(assigned)} butir ditentukan penjawabnya.", f"{len(assigned)} items have been assigned."))
    )


def _by_office(assigned: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fact, offices in assigned.items():
        for office in offices:
            found.setdefault(office, []).append(fact)
    return found


@command(
    Text(
        "Perlihatkan kemajuan kajian: butir yang dijawab, responden yang menjawab, status, tenggat, catatan "
        "pengembalian, dan pertentangan antarsalinan.",
        "Show how far the study is: items answered, respondents who answered, state, due day, comments on what was "
        "returned, and conflicts between copies.",
    ),
    example="gscm study status kajian\ngscm study status kajian --by role",
)
@study_argument
@option(
    "--by",
    type=click.Choice(("role",)),
    text=Text(
        "Responden menurut peran; kelompok kecil tidak ditampilkan.", "Respondents by role; small groups are left out."
    ),
)
@json_option
@click.pass_context
def status(context: click.Context, target: str, by: str | None, as_json: bool) -> None:
    from gscm.study.field import STATE_NAMES, progress, response_rate
    from gscm.study.personal import by_role, unconsented
    from gscm.study.study import collect

    language, today = session(context).language, date.fromisoformat(now()[:10])
    with opened(target) as (store, found):
        collected = collect(found, store.log())
        events = store.events()
        listed = progress(found, collected, events)
    purged = any(event.action == "purged" for event in events)
    rate, unasked = response_rate(listed), unconsented(found, collected)
    roles = by_role(found, collected) if by else None
    if as_json:
        print_json(
            {
                "study": found.id,
                "model": found.model.id,
                "subject": found.subject.id,
                "response_rate": None if rate is None else float(rate),
                "offices": [
                    {
                        "office": one.office.id,
                        "name": one.office.name,
                        "state": one.state,
                        "assigned": one.assigned,
                        "answered": one.answered,
                        "people": one.people,
                        "responded": one.responded,
                        "due": one.office.due,
                        "overdue": one.is_overdue(today),
                        "comment": one.comment,
                    }
                    for one in listed
                ],
                "conflicts": [_conflict(one) for one in collected.conflicts],
                "without_consent": unasked,
                "retention": found.settings["retention"],
            }
            | ({"roles": [_role(*one) for one in roles.items()]} if roles is not None else {})
        )
        return
    click.echo(f"{found.subject.name} · {found.model.short[language]} {found.model.version}\n")
    head = (
        Text("Perangkat daerah", "Office"),
        Text("Status", "State"),
        Text("Butir dijawab", "Items answered"),
        Text("Responden", "Respondents"),
        Text("Tenggat", "Due"),
    )
    rows = [[text[language] for text in head]]
    rows += [
        [
            one.office.name,
            STATE_NAMES[one.state][language],
            f"{one.answered}/{one.assigned}",
            f"{one.responded}/{one.people}",
            f"{one.office.due or '–'}{_LATE[language] if one.is_overdue(today) else ''}",
        ]
        for one in listed
    ]
    click.echo("\n".join(table(rows)))
    for text in _behind(listed, today):
        click.echo("\n" + legible(text[language]))
    if rate is not None:
        click.echo("\n" + Text(f"Tingkat respons: {share(rate)}", f"Response rate: {share(rate)}")[language])
    if roles is not None:
        click.echo("\n" + "\n".join(_role_lines(roles, found.settings["least"], language)))
    for text in _reminders(found, unasked, purged=purged):
        click.echo("\n" + text[language])
    if collected.conflicts:
        click.echo("\n" + "\n".join(_told(collected.conflicts, language)))


_LATE = Text(" (lewat)", " (overdue)")


def _behind(listed: Sequence[OfficeProgress], today: date) -> Iterator[Text]:
    """Which offices are past their day, and what those are told whose answers were returned."""
    if late := ", ".join(one.office.name for one in listed if one.is_overdue(today)):
        yield Text(f"Lewat tenggat dan belum mengirim: {late}", f"Past their day and not submitted: {late}")
    for one in listed:
        if one.comment:
            name = one.office.name
            yield Text(f"{name} dikembalikan: {one.comment}", f"{name} has been returned: {one.comment}")


_Roles = Mapping[str, tuple[int | None, int | None]]


def _role(role: str, counts: tuple[int | None, int | None]) -> dict[str, Any]:
    return {"role": role, "people": counts[0], "responded": counts[1]}


def _role_lines(roles: _Roles, least: int, language: Language) -> Iterator[str]:
    """The respondents of every role; what is left out is said."""
    head = [Text("Peran", "Role"), Text("Responden", "Respondents")]
    none, small = Text("(tanpa peran)", "(no role)")[language], Text("kelompok kecil", "small group")[language]
    rows = [
        [role or none, small if people is None else f"{responded}/{people}"]
        for role, (people, responded) in roles.items()
    ]
    yield from table([[text[language] for text in head], *rows])
    if any(people is None for people, _ in roles.values()):
        yield Text(
            f"Kelompok di bawah {least} orang tidak ditampilkan, begitu pula yang dapat menyingkapkannya.",
            f"Groups of fewer than {least} are left out, and so is what would give them away.",
        )[language]


def _reminders(study: Study, unasked: int, *, purged: bool) -> Iterator[Text]:
    """What those who run the study still owe its respondents."""
    until = study.settings["retention"]
    if until is not None and until <= now()[:10] and not purged:
        yield Text(
            f"Batas waktu penyimpanan data pribadi ({until}) sudah lewat. Hapus: gscm study purge {study.target}",
            f"Personal data were to be kept until {until}. Delete them: gscm study purge {study.target}",
        )
    if unasked:
        yield Text(
            f"Responden yang menjawab tanpa persetujuan tercatat: {unasked}. Catat persetujuan tertulisnya dengan: "
            f"gscm study person {study.target} ID --consent TTTT-BB-HH",
            f"Respondents who answered without a recorded consent: {unasked}. Record a written one: "
            f"gscm study person {study.target} ID --consent YYYY-MM-DD",
        )


def _conflict(one: Conflict) -> dict[str, Any]:
    return {
        "office": one.key.office,
        "respondent": one.key.author,
        "item": one.key.fact,
        "stage": one.key.stage,
        "entries": [{"id": e.id, "at": e.at, "answer": dict(e.written)} for e in one.entries],
    }


def _told(conflicts: Sequence[Conflict], language: Language) -> Iterator[str]:
    from gscm.study.tabular import said

    yield Text(
        f"{len(conflicts)} jawaban bertentangan antarsalinan dan dibiarkan terbuka:",
        f"{len(conflicts)} answers conflict between copies and are left open:",
    )[language]
    for one in conflicts:
        words = " / ".join(f"{said(entry.written) or '–'} ({entry.at[:10]})" for entry in one.entries)
        yield f"* {one.key.office} {one.key.author} {one.key.fact}: {words}"


@command(
    Text(
        "Gabungkan salinan kajian yang sama, misalnya dari laptop lain. Hasilnya sama apa pun urutannya; jawaban yang "
        "bertentangan disebutkan dan dibiarkan terbuka. Bila dua salinan memberi nama samaran yang sama kepada dua "
        "orang, salah satunya diganti dan penggantinya disebutkan.",
        "Merge another copy of the same study, from another laptop, say. The outcome is the same in any order; answers "
        "that conflict are told and left open. Where two copies gave the same pseudonym to two people, one of them "
        "gets another, which is told.",
    ),
    example="gscm study merge kajian salinan-laptop-2",
)
@study_argument
@click.argument("other", metavar="OTHER")
@who_option
@click.pass_context
def merge(context: click.Context, target: str, other: str, who: str) -> None:
    from gscm.study.field import merge_copies
    from gscm.study.log import present
    from gscm.study.store import open_store, without_password

    with open_store(target) as store, open_store(other) as copy:
        found = merge_copies(store, copy, now(), who)
        conflicts = present(store.log()).conflicts
    shown = without_password(other)
    click.echo(
        say(
            Text(
                f"{found.entries} jawaban dan {found.offices} perangkat daerah baru dari {shown}.",
                f"{found.entries} answers and {found.offices} offices are new from {shown}.",
            )
        )
    )
    if found.renamed:
        click.echo("\n".join(_renamed(found.renamed, shown, session(context).language)))
    if found.files:
        click.echo(say(Text(f"{found.files} berkas bukti baru.", f"{found.files} files of evidence are new.")))
    if conflicts:
        click.echo("\n".join(_told(conflicts, session(context).language)))
    if found.issues:
        raise FaultsFound(found.issues)


def _renamed(renamed: Sequence[Renamed], other: str, language: Language) -> Iterator[str]:
    yield Text(
        "Nama samaran yang sama telah diberikan kepada dua orang; salah satunya diganti, dan jawabannya ikut:",
        "The same pseudonym had been given to two people; one of them has another now, and so have the answers:",
    )[language]
    for one in renamed:
        place = Text("di kajian ini", "in this study") if one.here else Text(f"dari {other}", f"from {other}")
        yield f"* {one.old} ({place[language]}) → {one.new}"
    yield Text(
        "Beri tahu mereka; token undangannya tetap berlaku.", "Tell them; the tokens of their invitations stay valid."
    )[language]


@command(
    Text(
        "Catat status jawaban suatu perangkat daerah: dikirim, dikembalikan dengan catatan, atau diterima. Catatan "
        "pengembalian tampil bagi perangkat daerah itu dalam pengisian, dalam workbook, dan dalam status. Yang "
        "diterima harus sudah dikirim.",
        "Record the state of an office's answers: submitted, returned with a comment, or accepted. The office sees the "
        "comment when it fills in, in its workbook, and in the status. What is accepted has to have been submitted.",
    ),
    example="gscm study mark kajian bappeda returned --comment 'Lampirkan SK dewan.'",
)
@study_argument
@click.argument("office")
@click.argument("state", type=click.Choice(("submitted", "returned", "accepted")))
@option("--comment", metavar="TEKS", text=Text("Catatan untuk perangkat daerah itu.", "A comment to the office."))
@who_option
def mark(target: str, office: str, state: str, comment: str | None, who: str) -> None:
    from gscm.errors import did_you_mean
    from gscm.study.field import STATE_NAMES, event, states_of

    said = (comment or "").strip() or None
    with opened(target) as (store, found):
        known = [one.id for one in found.offices]
        if office not in known:
            raise BadUse(
                Issue(
                    None,
                    Text(f"Kajian ini tidak memuat “{office}”.", f"The study has no office “{office}”."),
                    did_you_mean(office, known)
                    or Text(f"Lihat: gscm study status {found.target}", f"See: gscm study status {found.target}"),
                )
            )
        before = states_of(store.events()).get(office)
        if hindered := _hindered(f"gscm study mark {found.target} {office}", office, state, before, said):
            raise BadUse(hindered)
        store.record([event(found, now(), who, state, office, comment=said)])
    click.echo(say(Text(f"{office}: {STATE_NAMES[state].id}.", f"{office}: {STATE_NAMES[state].en}.")))


def _hindered(call: str, office: str, state: str, before: str | None, comment: str | None) -> Issue | None:
    """Why an office cannot be marked so; None where it can."""
    if state == "returned" and comment is None:
        return Issue(
            None,
            Text(
                f"“{office}” perlu tahu mengapa jawabannya dikembalikan.",
                f"“{office}” has to know why its answers are returned.",
            ),
            Text(f"Sebutkan: {call} returned --comment '…'", f"Say why: {call} returned --comment '…'"),
        )
    if state == "accepted" and before not in ("submitted", "accepted"):
        return Issue(
            None,
            Text(
                f"“{office}” belum mengirim jawabannya, jadi belum ada yang dapat diterima.",
                f"“{office}” has not submitted its answers, so there is nothing to accept.",
            ),
            Text(
                f"Bila sudah selesai, catat dahulu: {call} submitted", f"If it is done, record first: {call} submitted"
            ),
        )
    return None


@command(
    Text(
        "Hitung hasil kajian dari jawaban yang berlaku sekarang: keseluruhan dan tiap perangkat daerah.",
        "Work out the result from the answers that hold now: of the whole, and of each office.",
    ),
    example="gscm study assess kajian",
)
@study_argument
@weights_option
@json_option
@click.pass_context
def assess(context: click.Context, target: str, weights: str | None, as_json: bool) -> None:
    from gscm.analysis.respondents import who_answered
    from gscm.assessment import assess as assess_answers
    from gscm.study.material import material_from
    from gscm.study.result import result_json
    from gscm.study.study import collect

    with opened(target) as (store, found):
        log, weighed = list(store.log()), reweighed(found, weights)
        collected = collect(weighed, log)
    if as_json:
        print_json(result_json(collected))
        return
    overall = assess_answers(collected.overall)
    from gscm.cli.overview import overview

    language = session(context).language
    click.echo(overview(overall, language))
    if answered := who_answered(material_from(weighed, log, collected)):
        click.echo("\n" + answered[language])
    rows = [[Text("Perangkat daerah", "Office")[language], *_columns(overall, language)]]
    for answers in collected.by_office.values():
        rows.append([answers.subject.name, *_standing(assess_answers(answers), language)])
    click.echo("\n" + "\n".join(table(rows)))
    if collected.conflicts:
        click.echo("\n" + "\n".join(_told(collected.conflicts, language)))


def _columns(overall: Assessment, language: Language) -> list[str]:
    levelled = [Text("Level menurut jawabannya", "Level by its answers")[language]] if overall.overall.low else []
    return [*levelled, Text("Nilai", "Score")[language], Text("Cakupan", "Cover")[language]]


def _standing(one: Assessment, language: Language) -> list[str]:
    from gscm.cli.overview import levels_range, score_range

    levelled = [levels_range(one, one.overall, language)] if one.overall.low else []
    return [*levelled, score_range(one, one.overall, language), share(one.overall.coverage)]


@command(
    Text("Buat laporan kajian: PDF atau HTML.", "Write the report of the study: PDF or HTML."),
    example="gscm study report kajian --out laporan.pdf",
)
@study_argument
@option("--out", required=True, metavar="FILE.pdf|.html", text=Text("Berkas keluaran.", "Output file."))
@option("--report", "report_id", default="assessment", show_default=True, metavar="ID|FOLDER",
        text=Text("Laporan yang dipakai.", "The report to use."))  # fmt: skip
@analysis_option
@weights_option
@click.pass_context
def report(
    context: click.Context, target: str, out: str, report_id: str, with_analysis: bool, weights: str | None
) -> None:
    from gscm.analysis.respondents import response
    from gscm.assessment import assess as assess_answers
    from gscm.study.material import material_from
    from gscm.study.offices import offices_finding
    from gscm.study.study import collect

    path, language = report_target(out), session(context).language
    with opened(target) as (store, found):
        weighed, log = reweighed(found, weights), list(store.log())
        collected = collect(weighed, log)
        material = material_from(weighed, log, collected)
        told: tuple[Finding, ...] = ()
        if with_analysis:
            from gscm.analysis.run import analyse

            told = asked_for(analyse(material))
        offices = offices_finding(weighed, collected, store.events())
        assessment = assess_answers(
            collected.overall,
            (*([offices] if offices else []), *told),
            respondents=response(material.people) if material.people else None,
        )
        warn_of_evidence(store, collected.present, found.target)
    write_report(assessment, report_id, path, language)
    click.echo(say(Text(f"Laporan ditulis ke {out}.", f"Report written to {out}.")))


def warn_of_evidence(store: Store, standing: Present, target: str) -> None:
    """Say on stderr how many files of evidence that answers cite are damaged or missing; all of them are read."""
    from gscm.study.evidence import listed

    harmed = [one for one in listed(store, standing) if one.cited and one.state != "whole"]
    if harmed:
        click.echo(
            say(
                Text(
                    f"Perhatian: {len(harmed)} berkas bukti yang dirujuk jawaban rusak atau hilang. "
                    f"Lihat: gscm study evidence {target}",
                    f"Note: {len(harmed)} files of evidence that answers cite are damaged or missing. "
                    f"See: gscm study evidence {target}",
                )
            ),
            err=True,
        )


def reweighed(found: Study, weights: str | None) -> Study:
    """The study with the weights of a file in place of those of its pinned model, in memory only."""
    from gscm.model.weights import weighed

    given = weights_of(weights)
    return found if given is None else replace(found, model=weighed(found.model, given))


class opened:  # noqa: N801  a context manager, written like a function
    """An open store and the study in it; the store is closed afterwards."""

    def __init__(self, target: str) -> None:
        self.target = target

    def __enter__(self) -> tuple[Store, Study]:
        from gscm.study.store import open_store
        from gscm.study.study import read_study

        self.store = open_store(self.target)
        return self.store, read_study(self.store)

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        self.store.close()
        if failed is None:
            _tell_frozen(self.store)


def _tell_frozen(store: Store) -> None:
    """Say, beside the output, that a study can only be read."""
    if store.frozen:
        told = Text(
            f"{store.target}: tidak dapat ditulisi; kajian ini hanya dibaca.",
            f"{store.target}: cannot be written to; this study is only read.",
        )
        click.echo(say(told), err=True)


def day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadUse(
            Issue(
                None,
                Text(f"“{written}” bukan tanggal.", f"“{written}” is not a date."),
                Text("Tulis seperti 2026-12-31.", "Write it like 2026-12-31."),
            )
        ) from None
