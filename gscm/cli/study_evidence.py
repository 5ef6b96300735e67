"""`gscm study attach, evidence, judge`: files of evidence, and what assessors and facilitators decide."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import command, json_option, option, say, session
from gscm.cli.study import now, opened, stage_option, study_argument, who_option
from gscm.cli.study_fill import check_respondent, office_of
from gscm.cli.terminal import print_json, table
from gscm.errors import BadUse, FaultsFound, GscmError, Issue, Where, did_you_mean
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from gscm.model.tree import Stage
    from gscm.study.evidence import Listed
    from gscm.study.log import Entry, Key, Present
    from gscm.study.store import Store
    from gscm.study.study import Study

item_option = option("--item", required=True, metavar="KODE", text=Text("Kode butirnya.", "Code of the item."))


@command(
    Text(
        "Lampirkan berkas bukti pada jawaban suatu butir. Berkasnya disalin ke dalam kajian dan dikenali dari "
        "sidiknya (SHA-256); jenisnya diperiksa menurut isinya. Program, makro, arsip, dan tautan ditolak. Bila satu "
        "berkas ditolak, tidak ada yang dilampirkan.",
        "Attach files of evidence to the answer of an item. They are copied into the study and known by their hash "
        "(SHA-256); their kind is told by their content. Programs, macros, archives and links are refused. Where one "
        "file is refused, none is attached.",
    ),
    example="gscm study attach kajian sk-wali-kota.pdf --office bappeda --item i1",
)
@study_argument
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@option("--office", required=True, metavar="ID", text=Text("Perangkat daerah penjawab.", "The office that answers."))
@item_option
@option(
    "--respondent",
    metavar="ID",
    text=Text("Responden; tanpa ini, perangkat daerah itu sendiri.", "Whose answer; else that of the office itself."),
)
@stage_option
@who_option
@click.pass_context
def attach(
    context: click.Context,
    target: str,
    files: tuple[str, ...],
    office: str,
    item: str,
    respondent: str | None,
    stage: Stage,
    who: str,
) -> None:
    from gscm.study.evidence import File, keep, mebibytes, read_file
    from gscm.study.field import event, with_files
    from gscm.study.log import Key, present

    language = session(context).language
    with opened(target) as (store, found):
        office_of(found, office)
        check_respondent(found, office, respondent)
        key = Key(office, respondent or "", _item(found, item), stage)
        at, standing = now(), present(store.log())
        read, issues = list[File](), list[Issue]()
        for name in files:
            try:
                read.append(read_file(Path(name), found.settings["evidence_limit"]))
            except GscmError as refused:
                issues += refused.issues
        if issues:
            raise FaultsFound(issues)
        written = with_files(standing, key, [file.sha256 for file in read])
        check_open(store, found, key)
        entries = _entries(store, found, standing, key, written, "terminal", who, at)
        for file in read:
            keep(store, file, at)
        told = event(found, at, who, "attached", office, item=key.fact, files=sorted(file.name for file in read))
        if entries:
            store.append(entries, [told])
    for file in read:
        click.echo(f"{file.name} ({mebibytes(len(file.content), language)}): sha256 {file.sha256}")
    click.echo(say(Text(f"Dilampirkan pada {key.fact}.", f"Attached to {key.fact}.")))


def check_open(store: Store, study: Study, key: Key) -> None:
    """Raise FaultsFound where the office has submitted its answers, or somebody has accepted them."""
    from gscm.study.field import closed_to, states_of

    if closed := closed_to(study, states_of(store.events()), key.office, key.stage):
        raise FaultsFound(closed)


def _entries(
    store: Store, study: Study, standing: Present, key: Key, written: dict[str, Any], channel: Any, who: str, at: str
) -> tuple[Entry, ...]:
    """The entry that an answer becomes; none where it stood so already. Raises FaultsFound where it may not be made."""
    from gscm.responses.given import Given
    from gscm.study.field import Intake, states_of

    intake = Intake(study, standing, key.stage, channel, at, f"{channel}:{who}", states_of(store.events()))
    entries, issues = intake.take([Given(key.office, key.author, key.fact, written, at, Where(study.target))])
    if issues:
        raise FaultsFound(Issue(None, issue.what, issue.remedy) for issue in issues)
    return entries


def _item(study: Study, code: str) -> str:
    from gscm.study.study import indicators

    known = [*study.questionnaire.items, *indicators(study)]
    if code not in known:
        raise BadUse(
            Issue(
                None,
                Text(f"Butir “{code}” tidak ada dalam kuesioner.", f"The questionnaire has no item “{code}”."),
                did_you_mean(code, known)
                or Text("Pakai kode butir seperti tercetak.", "Use the item code as printed."),
            )
        )
    return code


@command(
    Text(
        "Daftar berkas bukti: nama, ukuran, sidik, dan jawaban yang memakainya. Setiap berkas dibaca dan dibandingkan "
        "dengan sidiknya; kode keluar 1 bila ada yang rusak atau hilang. --out menyalin yang utuh ke sebuah folder.",
        "List the files of evidence: name, size, hash, and the answers that cite them. Every file is read and compared "
        "with its hash; the exit code is 1 where one is damaged or missing. --out copies those that are whole into a "
        "folder.",
    ),
    example="gscm study evidence kajian\ngscm study evidence kajian --out bukti",
)
@study_argument
@click.argument("hashes", metavar="[SHA256…]", nargs=-1)
@option("--out", metavar="FOLDER", text=Text("Salin ke folder ini.", "Copy them into this folder."))
@json_option
@click.pass_context
def evidence(context: click.Context, target: str, hashes: tuple[str, ...], out: str | None, as_json: bool) -> None:
    from gscm.study.evidence import copy_out, faults, listed
    from gscm.study.log import present

    language = session(context).language
    with opened(target) as (store, _):
        rows = _chosen(listed(store, present(store.log())), hashes)
        copied = copy_out(store, rows, Path(out)) if out else ()
    if as_json:
        print_json([_plain(row) for row in rows])
    elif rows:
        click.echo("\n".join(table([[text[language] for text in _HEAD], *(_row(row, language) for row in rows)])))
    else:
        click.echo(say(Text("Belum ada berkas bukti.", "There are no files of evidence.")))
    if out and not as_json:
        click.echo("\n" + say(Text(f"{len(copied)} berkas disalin ke {out}.", f"{len(copied)} files copied to {out}.")))
    if issues := tuple(faults(rows, target)):
        raise FaultsFound(issues)


_HEAD = (
    Text("Berkas", "File"),
    Text("Ukuran", "Size"),
    Text("Sidik", "Hash"),
    Text("Keadaan", "State"),
    Text("Dipakai pada", "Cited by"),
)
_STATES = {
    "whole": Text("utuh", "whole"),
    "damaged": Text("rusak", "damaged"),
    "missing": Text("hilang", "missing"),
}


def _chosen(rows: tuple[Listed, ...], hashes: Sequence[str]) -> tuple[Listed, ...]:
    """The rows whose hashes begin so; all where none is named."""
    wanted = [hash.removeprefix("sha256:").lower() for hash in hashes]
    unknown = [hash for hash in wanted if not any(row.evidence.sha256.startswith(hash) for row in rows)]
    if unknown:
        raise BadUse(
            Issue(
                None,
                Text(f"Tidak ada bukti dengan sidik “{hash}”.", f"There is no evidence with the hash “{hash}”."),
                Text("Lihat daftarnya tanpa sidik.", "See the list without a hash."),
            )
            for hash in unknown
        )
    return tuple(row for row in rows if not wanted or row.evidence.sha256.startswith(tuple(wanted)))


def _row(row: Listed, language: Language) -> list[str]:
    from gscm.study.evidence import mebibytes

    one = row.evidence
    size = mebibytes(one.size, language) if one.size else "–"
    cited = ", ".join(_who(key) for key in row.cited) or "–"
    return [one.name or "–", size, one.sha256[:12], _STATES[row.state][language], cited]


def _who(key: Key) -> str:
    stage = "" if key.stage == "self-assessment" else f" ({key.stage})"
    return f"{key.fact} {key.author or key.office}{stage}"


def _plain(row: Listed) -> dict[str, Any]:
    one = row.evidence
    return {
        "sha256": one.sha256,
        "name": one.name,
        "size": one.size,
        "kind": one.kind,
        "at": one.at,
        "state": row.state,
        "cited": [
            {"office": key.office, "respondent": key.author, "item": key.fact, "stage": key.stage} for key in row.cited
        ],
    }


@command(
    Text(
        "Catat satu putusan: nilai yang ditetapkan penilai pada suatu tahap verifikasi, dengan Fakta, Analisis, dan "
        "Justifikasinya; atau, tanpa --stage, kesepakatan suatu perangkat daerah yang menggantikan jawaban "
        "orang-orangnya. --whole memutuskan bagi daerah sebagai keseluruhan.",
        "Record one decision: the value that an assessor gives at a stage of verification, with fact, analysis and "
        "justification; or, without --stage, the consensus of an office, which takes the place of its people's "
        "answers. --whole decides for the region as a whole.",
    ),
    example="gscm study judge kajian --office bappeda --item i1 --stage document --value 2 \\\n"
    "    --fact 'SK belum ditetapkan.' --justification 'Baru konsep.'\n"
    "gscm study judge kajian --office bappeda --item i2 --value 3 --who fasilitator",
)
@study_argument
@option("--office", metavar="ID", text=Text("Perangkat daerah yang dinilai.", "The office that is judged."))
@option("--whole", is_flag=True, text=Text("Putuskan bagi daerah sebagai keseluruhan.", "Decide for the whole region."))
@item_option
@stage_option
@option(
    "--value",
    metavar="NILAI",
    text=Text(
        "Nilainya, seperti dalam CSV: 2, ya, tidak tahu; tanpa ini, nilainya tetap.",
        "The value, as in a CSV: 2, yes, unknown; without it the value stays.",
    ),
)
@option("--fact", "fact_note", metavar="TEKS", text=Text("Fakta yang ditemukan.", "The fact that was found."))
@option("--analysis", metavar="TEKS", text=Text("Analisisnya.", "Its analysis."))
@option("--justification", metavar="TEKS", text=Text("Mengapa nilainya demikian.", "Why the value is what it is."))
@option("--reason", metavar="TEKS", text=Text("Alasan bila tidak berlaku.", "The reason where it does not apply."))
@option("--note", metavar="TEKS", text=Text("Catatan.", "A note."))
@who_option
def judge(
    target: str,
    office: str | None,
    whole: bool,
    item: str,
    stage: Stage,
    value: str | None,
    who: str,
    **texts: str | None,
) -> None:
    from gscm.report.words import STAGES
    from gscm.responses.given import written
    from gscm.study.field import amended, event
    from gscm.study.log import Key, present
    from gscm.study.study import WHOLE

    with opened(target) as (store, found):
        if whole == (office is not None):
            raise BadUse(
                Issue(
                    None,
                    Text("Sebutkan --office, atau --whole.", "Name --office, or say --whole."),
                    Text("Lihat: gscm study judge --help", "See: gscm study judge --help"),
                )
            )
        if office is not None:
            office_of(found, office)
        key = Key(office or WHOLE, "", _item(found, item), stage)
        check_open(store, found, key)
        standing = present(store.log())
        reason = texts.pop("reason")
        code = found.questionnaire.items.get(key.fact)
        said = None if value is None else written(value, bool(code and code.fact.kind == "criterion"), reason)
        if said is None and key not in standing.heads:
            raise BadUse(_no_value(key))
        given = {name: text for name, text in texts.items() if text is not None}
        answer = {name: text for name, text in amended(standing, key, said, given).items() if text != ""}
        at = now()
        told = event(found, at, who, "judged", office or "*", item=key.fact, stage=stage)
        new = _entries(store, found, standing, key, answer, "decision", who, at)
        if new:
            store.append(new, [told])
    kind = Text("kesepakatan", "consensus") if stage == "self-assessment" else STAGES[stage]
    of = Text("daerah sebagai keseluruhan", "the whole region") if whole else Text(f"“{office}”", f"“{office}”")
    click.echo(
        say(
            Text(f"Dicatat: {key.fact}, {kind.id}, bagi {of.id}.", f"Recorded: {key.fact}, {kind.en}, for {of.en}.")
            if new
            else Text("Sudah tercatat demikian.", "It is recorded so already.")
        )
    )


def _no_value(key: Key) -> Issue:
    return Issue(
        None,
        Text(
            f"Belum ada nilai bagi “{key.fact}” pada tahap ini.", f"There is no value for “{key.fact}” at this stage."
        ),
        Text("Sebutkan dengan --value.", "Give one by --value."),
    )
