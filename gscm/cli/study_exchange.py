"""`gscm study import, export`: answers that come back through a channel, and what a study gives out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import command, option, say, session
from gscm.cli.study import now, opened, stage_option, study_argument, who_option
from gscm.errors import BadUse, FaultsFound, Issue
from gscm.i18n import Text

if TYPE_CHECKING:
    from gscm.responses.given import Given

CHUNK = 1000
CHANNELS = ("auto", "csv", "xlsx")
FORMATS = ("csv-long", "csv-wide", "xlsx")


@command(
    Text(
        "Masukkan jawaban dari CSV panjang atau lebar, atau dari workbook (.xlsx) yang dikeluarkan kajian ini. "
        "Sel yang ditolak disebutkan satu per satu dengan alasannya; yang lain tetap masuk. Mengulang perintah yang "
        "sama tidak menggandakan apa pun.",
        "Take in answers from a long or wide CSV, or from a workbook (.xlsx) that the study gave out. Every cell "
        "that is refused is told with its reason; the others are taken in. Repeating the command doubles nothing.",
    ),
    example="gscm study import kajian jawaban.csv\ngscm study import kajian bappeda.csv --office bappeda\n"
    "gscm study import kajian bappeda.xlsx",
)
@study_argument
@click.argument("file")
@option("--office", metavar="ID", text=Text("Perangkat daerah semua barisnya.", "The office of all its rows."))
@option(
    "--channel",
    type=click.Choice(CHANNELS),
    default="auto",
    show_default=True,
    text=Text("Asal berkasnya; biasanya dikenali sendiri.", "Where the file comes from; usually recognised."),
)
@option(
    "--mapping",
    metavar="FILE.yaml",
    text=Text("Padanan judul kolom dengan kode butir.", "Which heading stands for which item."),
)
@stage_option
@who_option
def take_in(
    target: str, file: str, office: str | None, channel: Any, mapping: str | None, stage: Any, who: str
) -> None:
    from gscm.study.channels import Asked, channel_of, read
    from gscm.study.field import Intake, event
    from gscm.study.log import present

    path, count, issues = Path(file), 0, list[Issue]()
    digest = _digest(path)
    asked = Asked(stage, office, Path(mapping) if mapping else None)
    with opened(target) as (store, found):
        standing = present(store.log())
        source = channel_of(path) if channel == "auto" else channel
        intake = Intake(found, standing, stage, source, now(), digest)
        answers = read(source, found, standing, path, asked)
        for chunk in _chunks(answers):
            issues += [one for one in chunk if isinstance(one, Issue)]
            entries, refused = intake.take(one for one in chunk if not isinstance(one, Issue))
            count += store.append(entries)
            issues += refused
        store.record([event(found, now(), who, "imported", path.name, entries=count, refused=len(issues))])
    click.echo(say(Text(f"{count} jawaban masuk.", f"{count} answers taken in.")))
    if issues:
        raise FaultsFound(issues)


def _chunks(of: Iterator[Given | Issue]) -> Iterator[tuple[Given | Issue, ...]]:
    while chunk := tuple(islice(of, CHUNK)):
        yield chunk


def _digest(path: Path) -> str:
    from gscm.errors import Unreadable, Where

    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise Unreadable(
            Issue(
                Where(str(path)),
                Text("Berkas ini tidak dapat dibaca.", "This file cannot be read."),
                Text("Periksa nama, folder, dan izinnya.", "Check its name, its folder and its permissions."),
            )
        ) from None


@command(
    Text(
        "Keluarkan jawaban yang berlaku sekarang sebagai CSV panjang atau lebar, atau workbook (.xlsx) untuk diisi "
        "suatu perangkat daerah. Responden hanya tampil dengan nama samarannya.",
        "Write the answers that hold now as long or wide CSV, or a workbook (.xlsx) for an office to fill in. "
        "Respondents appear by their pseudonyms only.",
    ),
    example="gscm study export kajian --format csv-long --out jawaban.csv\n"
    "gscm study export kajian --format xlsx --office bappeda --out bappeda.xlsx",
)
@study_argument
@option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    required=True,
    text=Text("Bentuk tabel.", "Form of the table."),
)
@option("--out", required=True, metavar="FILE", text=Text("Berkas keluaran.", "Output file."))
@option(
    "--office",
    metavar="ID",
    text=Text("Perangkat daerah yang mengisi workbook.", "The office to fill in the workbook."),
)
@option(
    "--respondent",
    metavar="ID",
    text=Text("Responden yang mengisinya; tanpa ini, perangkat daerahnya.", "Who fills it in; else the office itself."),
)
@click.pass_context
def export(
    context: click.Context, target: str, form: str, out: str, office: str | None, respondent: str | None
) -> None:
    from gscm.formats.saving import check_target, save
    from gscm.study.exports import EXPORTS, Wanted
    from gscm.study.log import present

    wanted, path = EXPORTS[form], Path(out)
    if (office or respondent) and not wanted.of_office:
        raise BadUse(
            Issue(
                None,
                Text(
                    f"--office dan --respondent tidak berlaku untuk {form}.",
                    f"--office and --respondent do not go with {form}.",
                ),
                Text("Hilangkan keduanya.", "Leave them out."),
            )
        )
    if path.suffix.lower() != wanted.suffix:
        raise BadUse(
            Issue(
                None,
                Text(f"“{out}” bukan berkas {wanted.suffix}.", f"“{out}” is not a {wanted.suffix} file."),
                Text(
                    f"Beri nama yang berakhir dengan {wanted.suffix}.", f"Give it a name that ends in {wanted.suffix}."
                ),
            )
        )
    check_target(path)
    with opened(target) as (store, found):
        asked = Wanted(session(context).language, office, respondent or "")
        save(path, wanted.write(found, present(store.log()), asked))
    click.echo(say(Text(f"Ditulis ke {out}.", f"Written to {out}.")))
