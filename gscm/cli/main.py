"""`gscm`: the commands, and the one place where errors become sentences and exit codes."""

from __future__ import annotations

import gc
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

import click

from gscm.cli.command import Group, Option, Session
from gscm.errors import FaultsFound, GscmError, legible
from gscm.i18n import LANGUAGES, Text, language_of, same

DONE, FAULTS, BAD_USE, INTERRUPTED = 0, 1, 2, 130

cli = Group(
    "gscm",
    text=Text(
        "Menilai tingkat kematangan dari graf ketergantungan: levelnya, alasannya, dan laporannya.",
        "Assess maturity from a dependency graph: the level, the reasons, and the report.",
    ),
    commands={
        "assess": (
            "gscm.cli.assess:assess",
            Text("Hitung level dan nilai dari berkas jawaban.", "Work out levels and scores from an answers file."),
        ),
        "explain": (
            "gscm.cli.explain:explain",
            Text(
                "Jelaskan mengapa levelnya demikian dan apa yang menahannya.",
                "Say why the level is what it is, and what holds it back.",
            ),
        ),
        "report": ("gscm.cli.report:report", Text("Buat laporan PDF atau HTML.", "Write the report as PDF or HTML.")),
        "compare": (
            "gscm.cli.compare:compare",
            Text(
                "Sandingkan beberapa hasil, masing-masing dengan skalanya.",
                "Put several results side by side, each on its own scale.",
            ),
        ),
        "roadmap": (
            "gscm.cli.roadmap:roadmap",
            Text(
                "Susun peta jalan: tindakan, tahun, pelaksana, biaya, dan alasannya.",
                "Draw up a roadmap: actions, years, offices, costs, and why.",
            ),
        ),
        "whatif": (
            "gscm.cli.whatif:whatif",
            Text(
                "Lihat levelnya seandainya beberapa jawaban lain.",
                "See the level if some answers were different.",
            ),
        ),
        "shortlist": (
            "gscm.cli.shortlist:shortlist",
            Text(
                "Saring sekumpulan daerah dengan kriteria yang dinyatakan, beserta alasannya.",
                "Shortlist a cohort by declared criteria, and say why.",
            ),
        ),
        "verify": (
            "gscm.cli.verify:verify",
            Text(
                "Periksa hasil dengan pemeriksa yang terpisah dari mesin penilai.",
                "Check a result with a checker that shares no code with the engine.",
            ),
        ),
        "fill": (
            "gscm.cli.fill:fill",
            Text("Isi berkas jawaban, satu pertanyaan sekali.", "Fill in an answers file, one question at a time."),
        ),
        "questionnaire": (
            "gscm.cli.questionnaire:questionnaire",
            Text("Lihat, periksa, dan bagikan kuesioner.", "List, check, show and hand out questionnaires."),
        ),
        "analyse": (
            "gscm.cli.analyse:analyse",
            Text(
                "Analisis hasil: kesepakatan, kekukuhan, kepekaan, perubahan, audit.",
                "Analyse a result: agreement, firmness, sensitivity, change, audit.",
            ),
        ),
        "study": (
            "gscm.cli.study:study",
            Text(
                "Kelola kajian dengan banyak perangkat daerah dan responden.",
                "Run a study of many offices and respondents.",
            ),
        ),
        "weights": (
            "gscm.cli.weights:weights",
            Text("Hitung bobot dari perbandingan pakar (AHP, BWM).", "Work out weights from experts’ comparisons."),
        ),
        "crosswalk": (
            "gscm.cli.crosswalk:crosswalk",
            Text(
                "Padankan indikator dua model, dan pakai ulang jawaban yang sama.",
                "Map the indicators of two models, and reuse answers that are the same.",
            ),
        ),
        "model": ("gscm.cli.model:model", Text("Lihat, periksa, dan uji model.", "List, check, show and test models.")),
        "doctor": (
            "gscm.cli.doctor:doctor",
            Text(
                "Periksa apa yang belum terpasang dan cara memasangnya.",
                "Tell what is missing on this machine and how to get it.",
            ),
        ),
    },
    example="gscm assess examples/kalimantan-selatan-2019/answers.yaml",
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)


click.version_option(
    package_name="gscm",
    prog_name="gscm",
    message="%(prog)s %(version)s",
    cls=Option,
    text=Text("Tampilkan versi.", "Show the version."),
)(cli)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    if arguments is None:  # a program of its own: one short run that keeps what it makes
        gc.disable()  # collecting would take a fifth of the time of `gscm assess`
    words, language, debug = _session_of(sys.argv[1:] if arguments is None else arguments)
    for known in LANGUAGES:
        if language == known:
            sys.exit(run(words, Session(known, debug)))
    choices = ", ".join(LANGUAGES)
    unknown = Text(
        f"--lang: bahasa “{language}” tidak tersedia. Yang ada: {choices}.",
        f"--lang: there is no language “{language}”. There are: {choices}.",
    )
    sys.exit(_say(Session(language_of(), debug), unknown, BAD_USE))


def run(arguments: Sequence[str], session: Session) -> int:
    """Run one command; the exit code is 0 done, 1 faults found, 2 bad use or unreadable."""
    try:
        code = cli.main(args=list(arguments) or ["--help"], prog_name="gscm", obj=session, standalone_mode=False)
        return code if isinstance(code, int) else DONE  # what a command left with by `context.exit`
    except click.UsageError as error:
        return _say(session, _usage(error), BAD_USE)
    except click.ClickException as error:
        return _say(session, Text(error.format_message(), error.format_message()), BAD_USE)
    except (click.Abort, KeyboardInterrupt):
        return _say(session, Text("Dihentikan.", "Stopped."), INTERRUPTED)
    except SystemExit:  # click's way out when the reader of a pipe has left
        return DONE
    except GscmError as error:
        if session.debug:
            traceback.print_exc()
        for issue in error.issues:
            click.echo(issue.sentence(session.language), err=True)
        _count(session, error)
        return FAULTS if isinstance(error, FaultsFound) else BAD_USE
    except Exception as error:  # the one place where what nobody foresaw becomes a sentence
        if session.debug:
            raise
        return _say(session, _unexpected(error), BAD_USE)


def _session_of(arguments: Sequence[str]) -> tuple[list[str], str, bool]:
    """The words of the command, and what --lang and --debug say: they hold wherever they stand, --help included."""
    rest: list[str] = []
    language, debug = str(language_of()), False
    words = iter(arguments)
    for word in words:
        name, has_value, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif word == "--debug":
            debug = True
        elif name == "--lang":
            language = value if has_value else next(words, "")
        else:
            rest.append(word)
    return rest, language, debug


def _say(session: Session, text: Text, code: int) -> int:
    click.echo(text[session.language], err=True)
    return code


def _count(session: Session, error: GscmError) -> None:
    count = len(error.issues)
    if count > 1:
        click.echo(Text(f"{count} hal perlu diperbaiki.", f"{count} things to mend.")[session.language], err=True)


def _usage(error: click.UsageError) -> Text:
    """What click finds wrong in the call, as a sentence in both languages."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return same(error.format_message())
    path = error.ctx.command_path if error.ctx else "gscm"
    help_ = Text(f"Lihat: {path} --help", f"See: {path} --help")
    match error:
        case click.NoSuchOption():
            near = f" ({', '.join(sorted(error.possibilities))}?)" if error.possibilities else ""
            what = Text(
                f"Opsi {error.option_name} tidak dikenal.{near}", f"There is no option {error.option_name}.{near}"
            )
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "?"
            if isinstance(error.param, click.Option):
                name = error.param.opts[0]
            what = Text(f"{name} belum disebutkan.", f"{name} is missing.")
        case click.BadParameter():
            what = _not_accepted(error)
        case _ if error.message.startswith("No such command"):
            name = error.message.split("'")[1] if "'" in error.message else ""
            group = error.ctx.command if error.ctx else None
            known = ", ".join(group.table) if isinstance(group, Group) else ""
            what = Text(
                f"Perintah “{name}” tidak ada. Yang ada: {known}.", f"There is no command “{name}”. There are: {known}."
            )
        case _ if error.message.startswith("Got unexpected extra argument"):
            extra = error.message.partition("(")[2].rstrip(")")
            what = Text(f"Terlalu banyak argumen: {extra}.", f"Too many arguments: {extra}.")
        case _:
            what = Text(
                f"Pemakaian tidak tepat: {error.format_message()}", f"Not used rightly: {error.format_message()}"
            )
    return Text(f"{what.id} {help_.id}", f"{what.en} {help_.en}")


def _not_accepted(error: click.BadParameter) -> Text:
    """What an option would have taken, where click knows it."""
    kind = error.param.type if error.param else None
    name = error.param.opts[0] if isinstance(error.param, click.Option) else ""
    name = name or (error.param.name or "?" if error.param else "?").upper()
    if isinstance(kind, click.Choice):
        known = ", ".join(map(str, kind.choices))
        return Text(
            f"Nilai tidak diterima. Yang ada untuk {name}: {known}.",
            f"Value not accepted. {name} takes one of: {known}.",
        )
    if isinstance(kind, click.IntRange) and kind.max is None:
        return Text(
            f"Nilai tidak diterima: {name} harus bilangan bulat, sekurangnya {kind.min}.",
            f"Value not accepted: {name} takes a whole number, {kind.min} or more.",
        )
    if isinstance(kind, click.IntRange):
        return Text(
            f"Nilai tidak diterima: {name} harus bilangan bulat dari {kind.min} sampai {kind.max}.",
            f"Value not accepted: {name} takes a whole number from {kind.min} to {kind.max}.",
        )
    return Text(f"Nilai tidak diterima: {error.message}", f"Value not accepted: {error.message}")


def _unexpected(error: Exception) -> Text:
    if isinstance(error, OSError):
        place, reason = f" {legible(str(error.filename))}" if error.filename else "", error.strerror or error
        return Text(
            f"Tidak dapat membaca atau menulis{place} ({reason}). Periksa nama, izin, dan ruang penyimpanan.",
            f"Cannot read or write{place} ({reason}). Check the name, the permissions and the free space.",
        )
    return Text(
        f"Terjadi kesalahan di dalam gscm ({type(error).__name__}: {error}). "
        "Ulangi dengan --debug dan laporkan hasilnya.",
        f"Something went wrong inside gscm ({type(error).__name__}: {error}). "
        "Repeat with --debug and report what it prints.",
    )
