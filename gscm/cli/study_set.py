"""`gscm study set`: what a study holds to, shown and changed; every change is in the audit log."""

from __future__ import annotations

from typing import Any

import click

from gscm.cli.command import command, option, say, session
from gscm.cli.study import day, now, opened, study_argument, subject_options, subject_told, who_option
from gscm.cli.terminal import table
from gscm.errors import BadUse, Issue
from gscm.i18n import Language, Text, decimal

ON_OFF = click.Choice(("on", "off"))
_RULES = "median, mean, mode, minimum, consensus, “share 2/3”, “quorum 3”"


@command(
    Text(
        "Perlihatkan atau ubah setelan kajian. Tanpa opsi, setelannya dicetak. Setiap perubahan dicatat dalam catatan "
        "audit.",
        "Show or change what the study holds to. Without options, the settings are printed. Every change goes into "
        "the audit log.",
    ),
    example="gscm study set kajian\n"
    "gscm study set kajian --controller 'Bappeda Kota Contoh' --contact 'ppid@contoh.go.id'\n"
    "gscm study set kajian --offices 'share 2/3' --opinions on\n"
    "gscm study set kajian --kind kota --region Kalimantan",
)
@study_argument
@option(
    "--opinions",
    type=ON_OFF,
    text=Text(
        "on: setiap perangkat daerah ditanya, meskipun yang lain sudah menjawab.",
        "on: every office is asked, even if another has answered.",
    ),
)
@option("--people", metavar="ATURAN", text=Text(f"Menggabungkan orang: {_RULES}.", f"Merging people: {_RULES}."))
@option(
    "--offices",
    metavar="ATURAN",
    text=Text("Menggabungkan perangkat daerah; aturan yang sama.", "Merging offices; the same rules."),
)
@option(
    "--controller",
    metavar="TEKS",
    text=Text("Penanggung jawab data pribadi.", "Who is responsible for personal data."),
)
@option("--contact", metavar="TEKS", text=Text("Kontak untuk hak responden.", "Whom respondents turn to."))
@option("--purpose", metavar="TEKS", text=Text("Tujuan kajian, untuk responden.", "The purpose, for respondents."))
@option(
    "--retention",
    metavar="TTTT-BB-HH",
    text=Text("Batas waktu penyimpanan data pribadi.", "The day until which personal data are kept."),
)
@option(
    "--evidence-limit",
    type=click.IntRange(1, 500),
    metavar="MIB",
    text=Text("Ukuran terbesar satu berkas bukti, dalam MiB.", "The largest size of one file of evidence, in MiB."),
)
@option(
    "--least",
    type=click.IntRange(2, 50),
    metavar="N",
    text=Text("Kelompok responden terkecil yang ditampilkan.", "The smallest group of respondents that is shown."),
)
@subject_options
@who_option
def change(
    target: str,
    opinions: str | None,
    people: str | None,
    offices: str | None,
    retention: str | None,
    evidence_limit: int | None,
    least: int | None,
    who: str,
    **texts: Any,
) -> None:
    from gscm.study.field import event

    subject = subject_told(texts)

    with opened(target) as (store, found):
        before = found.settings
        wanted: dict[str, Any] = {key: text.strip() or None for key, text in texts.items() if text is not None}
        if opinions is not None:
            wanted["opinions"] = opinions == "on"
        if retention is not None:
            wanted["retention"] = day(retention).isoformat() if retention else None
        if evidence_limit is not None:
            wanted["evidence_limit"] = evidence_limit << 20
        if least is not None:
            wanted["least"] = least
        if subject:
            wanted["subject"] = {**before["subject"], **subject}
        rules = {"people": people, "offices": offices}
        if any(rules.values()):
            wanted["rules"] = {**before["rules"], **{key: _rule(one) for key, one in rules.items() if one}}
        changed = {key: value for key, value in wanted.items() if value != before[key]}
        if changed:
            detail = {key: [before[key], value] for key, value in changed.items()}
            store.set([event(found, now(), who, "set", "*", changed=sorted(changed), **detail)], **changed)
    language = session(click.get_current_context()).language
    click.echo("\n".join(table(list(_rows({**before, **changed}, language)))))
    if wanted:
        count = len(changed)
        click.echo("\n" + say(Text(f"{count} setelan berubah.", f"{count} settings changed.")))


def _rule(written: str) -> str:
    """The rule as it is kept. Raises BadUse where there is no such rule."""
    from gscm.study.study import rule

    words = " ".join(written.split())
    try:
        rule(words)
    except (ValueError, ZeroDivisionError):
        raise BadUse(
            Issue(
                None,
                Text(f"“{written}” bukan aturan penggabungan.", f"“{written}” is no rule of merging."),
                Text(f"Yang ada: {_RULES}.", f"There are: {_RULES}."),
            )
        ) from None
    return words


def _rows(settings: dict[str, Any], language: Language) -> list[list[str]]:
    none = Text("belum ditetapkan", "not set")[language]
    subject = settings["subject"]
    people = subject.get("population")
    source = ", ".join(subject.get("source", ()))
    rows = (
        (Text("Jenis daerah", "Kind of subject"), subject["kind"] or none),
        (Text("Wilayah", "Region"), subject.get("region") or none),
        (
            Text("Jumlah penduduk", "Population"),
            " · ".join([decimal(str(people), language), *filter(None, [source])]) if people else none,
        ),
        (Text("Beberapa pendapat", "Several opinions"), "on" if settings["opinions"] else "off"),
        (Text("Menggabungkan orang", "Merging people"), settings["rules"]["people"]),
        (Text("Menggabungkan perangkat daerah", "Merging offices"), settings["rules"]["offices"]),
        (Text("Penanggung jawab data pribadi", "Responsible for personal data"), settings["controller"] or none),
        (Text("Kontak", "Contact"), settings["contact"] or none),
        (Text("Tujuan", "Purpose"), settings["purpose"] or none),
        (Text("Data pribadi disimpan sampai", "Personal data kept until"), settings["retention"] or none),
        (Text("Ukuran terbesar bukti", "Largest evidence"), f"{settings['evidence_limit'] >> 20} MiB"),
        (Text("Kelompok terkecil", "Smallest group"), str(settings["least"])),
    )
    return [[head[language], value] for head, value in rows]
