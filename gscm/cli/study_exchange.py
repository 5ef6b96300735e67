"""`gscm study import, export`: answers that come back through a channel, and what a study gives out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import command, option, say, session
from gscm.cli.study import now, opened, stage_option, study_argument, who_option
from gscm.errors import BadUse, FaultsFound, Issue, in_order
from gscm.i18n import Text

if TYPE_CHECKING:
    from gscm.responses.given import Given

CHUNK = 1000
MOST_TOLD = 500
"""How many refused cells are told one by one."""
CHANNELS = ("auto", "csv", "google-forms", "kobo", "sav", "xlsx")
FORMATS = (
    "csv-long", "csv-wide", "parquet-long", "parquet-wide", "sav", "codebook", "datapackage", "xlsx", "xlsform",
)  # fmt: skip


@command(
    Text(
        "Masukkan jawaban dari CSV panjang atau lebar, workbook (.xlsx) kajian ini, ekspor KoboToolbox atau ODK (CSV, "
        "XLSX), CSV Google Forms, atau SPSS (.sav). Sel yang ditolak disebutkan satu per satu dengan alasannya; yang "
        "lain tetap masuk. Mengulang perintah yang sama tidak menggandakan apa pun.",
        "Take in answers from a long or wide CSV, a workbook (.xlsx) of this study, an export of KoboToolbox or ODK "
        "(CSV, XLSX), a CSV of Google Forms, or SPSS (.sav). Every cell that is refused is told with its reason; the "
        "others are taken in. Repeating the command doubles nothing.",
    ),
    example="gscm study import kajian jawaban.csv\ngscm study import kajian bappeda.csv --office bappeda\n"
    "gscm study import kajian bappeda.xlsx\ngscm study import kajian kobo.csv",
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
    from gscm.study.channels import COMPLETE, Asked, agreed, channel_of, check_file, read
    from gscm.study.field import Intake, consented, event, states_of
    from gscm.study.standing import standing

    path, count, issues = Path(file), 0, _Refused()
    check_file(path)
    digest = _digest(path)
    asked = Asked(stage, office, Path(mapping) if mapping else None)
    with opened(target) as (store, found):
        present = standing(store)
        source = channel_of(path) if channel == "auto" else channel
        states, partial = states_of(store.events()), source not in COMPLETE
        intake = Intake(found, present, stage, source, now(), digest, states, partial=partial)
        answers = read(source, found, present, path, asked)
        for respondent, when in agreed(source, found, path, asked).items():
            consented(store, found, respondent, when or now(), respondent)
        for chunk in _chunks(answers):
            entries, refused = intake.take(one for one in chunk if not isinstance(one, Issue))
            count += store.append(entries)
            issues.add([*(one for one in chunk if isinstance(one, Issue)), *refused])
        store.record([event(found, now(), who, "imported", path.name, entries=count, refused=issues.count)])
    click.echo(say(Text(f"{count} jawaban masuk.", f"{count} answers taken in.")))
    if issues.count:
        raise FaultsFound(issues.told())


class _Refused:
    """What was refused, in the order of the file: the first of it in full, the rest as a number."""

    def __init__(self) -> None:
        self.kept: list[Issue] = []
        self.count = 0

    def add(self, issues: Sequence[Issue]) -> None:
        self.count += len(issues)
        self.kept += in_order(issues)[: MOST_TOLD - len(self.kept)]

    def told(self) -> tuple[Issue, ...]:
        if self.count <= len(self.kept):
            return tuple(self.kept)
        more = self.count - len(self.kept)
        rest = Text(
            f"Masih ada {more} sel lain yang ditolak; perbaiki yang di atas, lalu impor lagi.",
            f"Another {more} cells were refused; mend those above, and import again.",
        )
        return (*self.kept, Issue(None, rest))


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
        "Keluarkan jawaban yang berlaku sekarang sebagai CSV atau Parquet (panjang atau lebar), SPSS (.sav), buku "
        "kode, atau paket data; atau formulir untuk diisi: workbook (.xlsx) suatu perangkat daerah, atau XLSForm bagi "
        "KoboToolbox dan ODK. Nama orang yang terdaftar tidak pernah ikut.",
        "Write the answers that hold now as CSV or Parquet (long or wide), SPSS (.sav), a codebook or a data package; "
        "or a form to fill in: the workbook (.xlsx) of an office, or an XLSForm for KoboToolbox and ODK. Names of "
        "registered people never come along.",
    ),
    example="gscm study export kajian --format csv-long --out jawaban.csv\n"
    "gscm study export kajian --format xlsx --office bappeda --out bappeda.xlsx\n"
    "gscm study export kajian --format xlsform --out formulir.xlsx\n"
    "gscm study export kajian --format datapackage --license CC-BY-4.0 --out paket.zip",
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
    text=Text("Perangkat daerah yang mengisi workbook atau XLSForm.", "The office to fill in the workbook or XLSForm."),
)
@option(
    "--respondent",
    metavar="ID",
    text=Text("Responden yang mengisinya; tanpa ini, perangkat daerahnya.", "Who fills it in; else the office itself."),
)
@option(
    "--license",
    "licence",
    metavar="ID|URL",
    text=Text("Lisensi paket data, misalnya CC-BY-4.0.", "Licence of the data package, such as CC-BY-4.0."),
)
@option(
    "--with-notes",
    is_flag=True,
    text=Text("Sertakan alasan dan catatan dalam paket data.", "Include reasons and notes in the data package."),
)
@click.pass_context
def export(
    context: click.Context,
    target: str,
    form: str,
    out: str,
    office: str | None,
    respondent: str | None,
    licence: str | None,
    with_notes: bool,
) -> None:
    from gscm.formats.saving import check_target, save
    from gscm.study.exports import EXPORTS, Wanted
    from gscm.study.field import comments_of
    from gscm.study.standing import standing

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
    if (licence or with_notes) and form != "datapackage":
        raise BadUse(
            Issue(
                None,
                Text(
                    f"--license dan --with-notes tidak berlaku untuk {form}.",
                    f"--license and --with-notes do not go with {form}.",
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
        comment = comments_of(store.events()).get(office or "")
        asked = Wanted(session(context).language, office, respondent or "", licence, with_notes, comment)
        save(path, wanted.write(found, standing(store), asked))
    click.echo(say(Text(f"Ditulis ke {out}.", f"Written to {out}.")))
