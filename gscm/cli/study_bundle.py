"""`gscm study bundle, verify, person, purge`: a study that others can check, and the personal data in it."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from gscm.cli.command import command, json_option, option, say, session, weights_option
from gscm.cli.study import day, now, opened, reweighed, study_argument, warn_of_evidence, who_option
from gscm.cli.terminal import print_json
from gscm.errors import BadUse, Issue
from gscm.i18n import Language, Text


@command(
    Text(
        "Tulis kajian sebagai satu berkas: model, kuesioner, jawaban, dan hasilnya, tanpa nama orang. Kajian yang sama "
        "selalu menghasilkan berkas yang sama.",
        "Write the study as one file: model, questionnaire, answers and results, without names of people. The same "
        "study always gives the same file.",
    ),
    example="gscm study bundle kajian --out kajian.zip",
)
@study_argument
@option("--out", required=True, metavar="FILE.zip", text=Text("Berkas keluaran.", "Output file."))
@option("--report", "report_id", default="assessment", show_default=True, metavar="ID|FOLDER",
        text=Text("Laporan yang dipakai.", "The report to use."))  # fmt: skip
@option(
    "--with-notes",
    is_flag=True,
    text=Text("Sertakan catatan bebas, yang mungkin menyebut nama orang.", "Include free text, which may name people."),
)
@option(
    "--with-pdf",
    is_flag=True,
    text=Text("Sertakan pula laporan PDF.", "Include the report as PDF, too."),
)
@option(
    "--with-evidence",
    is_flag=True,
    text=Text(
        "Sertakan berkas buktinya sendiri, yang mungkin menyebut nama orang; tanpa ini hanya sidiknya.",
        "Include the files of evidence themselves, which may name people; without this only their hashes.",
    ),
)
@weights_option
def bundle(
    target: str,
    out: str,
    report_id: str,
    with_notes: bool,
    with_evidence: bool,
    with_pdf: bool,
    weights: str | None,
) -> None:
    from gscm.formats.saving import check_target, save
    from gscm.study.bundle import bundle as bundled
    from gscm.study.log import present

    check_target(Path(out))
    with opened(target) as (store, found):
        warn_of_evidence(store, present(store.log()), found.target)
        reweighed(found, weights)
        content = bundled(
            store,
            report_id,
            with_notes=with_notes,
            with_evidence=with_evidence,
            with_pdf=with_pdf,
            weights=Path(weights).read_bytes() if weights is not None else None,
        )
    save(Path(out), content)
    click.echo(
        say(
            Text(
                f"Ditulis ke {out}. Periksa dengan: gscm study verify {out}",
                f"Written to {out}. Check it with: gscm study verify {out}",
            )
        )
    )
    click.echo(say(_fingerprint(content)))


def _fingerprint(content: bytes) -> Text:
    """What tells a bundle from any other; whoever noted it elsewhere sees that it was exchanged."""
    mark = hashlib.sha256(content).hexdigest()
    return Text(f"Sidik (SHA-256), catat di tempat lain: {mark}", f"Fingerprint (SHA-256), keep it elsewhere: {mark}")


@command(
    Text(
        "Hitung ulang semua hasil dari isi sebuah bundel, lalu bandingkan byte demi byte. Kode keluar 1 jika ada yang "
        "berbeda.",
        "Work out every result again from what a bundle holds, and compare byte by byte. The exit code is 1 where "
        "anything differs.",
    ),
    example="gscm study verify kajian.zip",
)
@click.argument("file", metavar="BUNDLE")
@json_option
@click.pass_context
def verify(context: click.Context, file: str, as_json: bool) -> None:
    from gscm.study.bundle import verify as verified

    found = verified(Path(file))
    differs = any(one.agrees is False for one in found)
    partly = any(one.agrees is None for one in found)
    content = Path(file).read_bytes()
    if as_json:
        findings = [{"agrees": one.agrees, "id": one.text.id, "en": one.text.en} for one in found]
        print_json(
            {
                "confirmed": not differs,
                "complete": not partly,
                "sha256": hashlib.sha256(content).hexdigest(),
                "findings": findings,
            }
        )
    else:
        click.echo(say(_fingerprint(content)))
        for one in found:
            click.echo(f"{_SIGNS[one.agrees]} {say(one.text)}")
        click.echo(say(_DIFFERS if differs else _PARTLY if partly else _AGREES))
    context.exit(1 if differs else 0)


_DIFFERS = Text("Bundel ini tidak sesuai.", "The bundle does not agree.")
_PARTLY = Text(
    "Bundel ini sesuai sejauh dapat dibandingkan; yang bertanda – tidak dibandingkan.",
    "The bundle agrees as far as it could be compared; what is marked – was not.",
)
_AGREES = Text("Bundel ini sesuai.", "The bundle agrees.")
_SIGNS = {True: "✓", False: "✗", None: "–"}


@command(
    Text(
        "Perlihatkan semua yang disimpan tentang seorang responden, atau perbaiki data dirinya. Nilai kosong "
        "menghapusnya.",
        "Show everything that is held about one respondent, or correct who they are. An empty value removes it.",
    ),
    example="gscm study person kajian bappeda-1 --json\ngscm study person kajian bappeda-1 --phone ''\n"
    "gscm study person kajian bappeda-1 --consent 2026-08-01",
)
@study_argument
@click.argument("respondent")
@option("--name", metavar="NAMA", text=Text("Perbaiki nama.", "Correct the name."))
@option("--phone", metavar="NOMOR", text=Text("Perbaiki nomor telepon.", "Correct the phone number."))
@option("--nip", metavar="NIP", text=Text("Perbaiki NIP.", "Correct the NIP, the number of a civil servant."))
@option("--role", metavar="PERAN", text=Text("Perbaiki peran.", "Correct the role."))
@option(
    "--consent",
    metavar="TTTT-BB-HH",
    text=Text(
        "Catat tanggal persetujuan tertulis; nilai kosong mencatat penarikannya.",
        "Record the day of a written consent; an empty value records that it was withdrawn.",
    ),
)
@who_option
@json_option
@click.pass_context
def person(
    context: click.Context,
    target: str,
    respondent: str,
    name: str | None,
    phone: str | None,
    nip: str | None,
    role: str | None,
    consent: str | None,
    who: str,
    as_json: bool,
) -> None:
    from gscm.study.personal import correct, held

    consented = day(consent).isoformat() if consent else consent
    options = {"name": name, "phone": phone, "nip": nip, "role": role, "consented_at": consented}
    given = {key: value for key, value in options.items() if value is not None}
    with opened(target) as (store, found):
        if given:
            correct(store, found, respondent, given, now(), who)
        everything = held(store, respondent)
    if as_json:
        print_json(everything)
    else:
        click.echo("\n".join(_told(everything, session(context).language)))


def _told(everything: dict[str, Any], language: Language) -> list[str]:
    from gscm.study.tabular import said

    who = everything["person"] or {}
    kept = Text("hanya sidiknya", "as a hash only")[language] if everything["token"] else None
    rows = [
        (Text("Responden", "Respondent"), everything["respondent"]),
        (Text("Perangkat daerah", "Office"), everything["office"]),
        (Text("Peran", "Role"), everything["role"]),
        (Text("Nama", "Name"), who.get("name")),
        (Text("Telepon", "Phone"), who.get("phone")),
        (Text("NIP", "NIP"), who.get("nip")),
        (Text("Token", "Token"), kept),
        (Text("Persetujuan", "Consent"), everything["consented_at"]),
        (Text("Jawaban", "Answers"), str(len(everything["answers"]))),
        (Text("Catatan audit", "Audit events"), str(len(everything["events"]))),
    ]
    lines = [f"{head[language]}: {value or '–'}" for head, value in rows]
    answers = [f"* {one['at'][:10]} {one['item']}: {said(one['answer']) or '–'}" for one in everything["answers"]]
    return [*lines, *answers]


@command(
    Text(
        "Hapus nama, telepon, NIP, token, dan peran semua responden, dan ganti nama samarannya dengan nomor. Jawaban "
        "dan hasilnya tetap. Tidak dapat dibatalkan; salinan kajian di tempat lain tidak ikut terhapus.",
        "Delete names, phones, NIP, tokens and roles of all respondents, and put numbers in place of their pseudonyms. "
        "Answers and results stay. It cannot be undone; copies of the study elsewhere are not reached.",
    ),
    example="gscm study purge kajian --retention 2028-12-31\ngscm study purge kajian --yes --notes",
)
@study_argument
@option("--yes", is_flag=True, text=Text("Hapus sekarang juga.", "Delete now."))
@option(
    "--retention",
    metavar="TTTT-BB-HH",
    text=Text(
        "Tetapkan batas waktu penyimpanan; tanpa --yes tidak ada yang dihapus.",
        "Set the day until which the data are kept; without --yes nothing is deleted.",
    ),
)
@option(
    "--notes",
    is_flag=True,
    text=Text(
        "Hapus juga teks bebas: catatan, alasan, catatan penilai, dan nama berkas bukti.",
        "Delete free text, too: notes, reasons, what assessors wrote, and names of files of evidence.",
    ),
)
@who_option
def purge(target: str, yes: bool, retention: str | None, notes: bool, who: str) -> None:
    from gscm.study.field import event
    from gscm.study.personal import may_purge, purge as purged

    until = day(retention).isoformat() if retention is not None else None
    with opened(target) as (store, found):
        if until is not None:
            store.set(retention=until)
            store.record([event(found, now(), who, "retention", "*", until=until)])
            click.echo(say(Text(f"Data pribadi disimpan sampai {until}.", f"Personal data are kept until {until}.")))
            if not yes:
                return
        kept = until or found.settings["retention"]
        if not yes and not may_purge(kept, _today()):
            raise BadUse(_too_early(kept))
        gone = purged(store, found, now(), who, notes=notes)
        files = bool(store.evidence())
    click.echo(
        say(
            Text(
                f"Data orang yang dihapus: {gone.persons}. Responden yang kini hanya bernomor: {gone.respondents}. "
                "Hasilnya tidak berubah. Musnahkan juga daftar undangan.",
                f"Persons deleted: {gone.persons}. Respondents that are numbers now: {gone.respondents}. Results are "
                "unchanged. Destroy the list of invitations, too.",
            )
        )
    )
    if not notes:
        click.echo(
            say(
                Text(
                    "Catatan bebas tetap ada dan mungkin menyebut nama; hapus dengan --notes.",
                    "Free notes stay and may name people; delete them by --notes.",
                )
            )
        )
    if files:
        click.echo(
            say(
                Text(
                    "Isi berkas bukti tetap ada dan mungkin menyebut nama orang.",
                    "The contents of files of evidence stay and may name people.",
                )
            )
        )


def _today() -> date:
    return datetime.now(UTC).date()


def _too_early(retention: str | None) -> Issue:
    remedy = Text("Hapus sekarang juga dengan --yes.", "Delete now with --yes.")
    if retention is None:
        what = Text("Batas waktu penyimpanan belum ditetapkan.", "No day has been set until which the data are kept.")
    else:
        what = Text(f"Data disimpan sampai {retention}.", f"The data are kept until {retention}.")
    return Issue(None, what, remedy)
