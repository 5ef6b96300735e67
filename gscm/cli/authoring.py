"""`gscm model new | docs | format | coverage`: for the author of a model."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import command, json_option, option, say, session
from gscm.cli.terminal import print_json
from gscm.errors import FaultsFound
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from gscm.authoring.exercise import Coverage
    from gscm.model.tree import Model


@command(
    Text(
        "Mulai model baru: contoh kecil yang langsung sah, dengan catatan di setiap bagian. Tidak menimpa apa pun.",
        "Start a new model: a small example that is sound at once, with notes at every part. Nothing is overwritten.",
    ),
    example="gscm model new model-saya --title 'Model kesiapan kami'",
)
@click.argument("folder", metavar="FOLDER")
@option("--id", metavar="ID", text=Text("Id model; bawaannya nama folder.", "Id of the model; the folder's name."))
@option("--title", metavar="TEXT", text=Text("Judul model.", "Title of the model."))
@click.pass_context
def new(context: click.Context, folder: str, id: str | None, title: str | None) -> None:
    from gscm.authoring.starter import id_for, starter, write_starter

    target = Path(folder)
    files = starter(id or id_for(target), title, session(context).language)
    write_starter(target, files)
    click.echo(
        say(
            Text(
                f"Model baru ditulis ke {folder}: {len(files)} berkas. Mulailah dari {target / 'model.yaml'}.",
                f"New model written to {folder}: {len(files)} files. Start with {target / 'model.yaml'}.",
            )
        )
    )
    named, answers = shlex.quote(folder), shlex.quote(str(target / "answers.yaml"))
    click.echo(f"  gscm model check {named}\n  gscm model test {named}\n  gscm assess {answers}")


@command(
    Text(
        "Tulis satu halaman (Markdown) tentang sebuah model: susunan, bobot, gerbang, syarat, kriteria, dan sumbernya.",
        "Write one page (Markdown) on a model: its structure, weights, gates, requirements, criteria and sources.",
    ),
    example="gscm model docs gscm-province --out model.md",
)
@click.argument("name", metavar="[ID|FOLDER]", default=".")
@option(
    "--out",
    metavar="FILE.md",
    text=Text("Berkas keluaran; bawaannya layar.", "Output file; standard output by default."),
)
@click.pass_context
def docs(context: click.Context, name: str, out: str | None) -> None:
    from gscm.authoring.page import model_page
    from gscm.formats.saving import save
    from gscm.model.load import find_model, load_model

    page = model_page(load_model(find_model(name)), session(context).language)
    if out is None:
        click.echo(page, nl=False)
        return
    save(Path(out), page)
    click.echo(say(Text(f"Halaman ditulis ke {out}.", f"Page written to {out}.")))


@command(
    Text(
        "Tata berkas YAML sebuah model dengan satu cara: urutan kunci, lekukan, tanda kutip, lebar baris. "
        "Catatan dan isinya tetap.",
        "Lay out the YAML files of a model in one way: order of keys, indents, quotes, width. "
        "Comments and content stay as they are.",
    ),
    example="gscm model format model-saya",
)
@click.argument("folder", metavar="FOLDER")
@option(
    "--check",
    "only_check",
    is_flag=True,
    text=Text(
        "Hanya sebutkan berkas yang belum tertata (kode keluar 1).", "Only name the files that differ (exit code 1)."
    ),
)
@click.pass_context
def format_files(context: click.Context, folder: str, only_check: bool) -> None:
    from gscm.authoring.canonical import formatted
    from gscm.formats.saving import save
    from gscm.model.load import find_model

    files = [file for file in formatted(find_model(folder)) if file.changed]
    for file in files:
        if not only_check:
            save(file.path, file.text)
        click.echo(str(file.path))
    if only_check:
        context.exit(1 if files else 0)
    click.echo(say(Text(f"{len(files)} berkas ditata.", f"{len(files)} file(s) laid out.")))


@command(
    Text(
        "Periksa apa yang tidak bekerja dalam sebuah model: jawaban yang tidak pernah mengubah level, level yang tidak "
        "terjangkau, syarat yang berlebih, dan yang tidak diuji oleh kasus mana pun. Tanpa nama: semua model gscm.",
        "Tell what is not at work in a model: answers that can never change a level, levels out of reach, redundant "
        "requirements, and what no case exercises. Without a name: every model of gscm.",
    ),
    example="gscm model coverage gscm-province",
)
@click.argument("name", metavar="[ID|FOLDER]", required=False)
@json_option
@click.pass_context
def coverage(context: click.Context, name: str | None, as_json: bool) -> None:
    from gscm.authoring.exercise import coverage as coverage_of
    from gscm.model.load import find_model, shipped_models

    found: dict[str, tuple[Model, Coverage]] = {}
    for one in [name] if name else shipped_models():
        model = _without_gaps(find_model(one))
        found[model.id] = (model, coverage_of(model))
    language = session(context).language
    if as_json:
        print_json({id: _json(covered, language) for id, (_, covered) in found.items()})
    else:
        click.echo("\n".join(line for model, covered in found.values() for line in _told(model, covered, language)))
    context.exit(1 if any(covered.idle for _, covered in found.values()) else 0)


def _without_gaps(folder: Path) -> Model:
    """The model, which may have levels out of reach and no other fault."""
    from gscm.model.check import STRUCTURE, circle_of_levels
    from gscm.model.load import read_model

    model, issues = read_model(folder)
    if model is None:
        raise FaultsFound(issue for issue in issues if issue.severity == "error")
    faults = [issue for rule in (*STRUCTURE, circle_of_levels) for issue in rule(model) if issue.severity == "error"]
    if faults:
        raise FaultsFound(faults)
    return model


def _json(found: Coverage, language: Language) -> dict[str, Any]:
    return {
        "facts": found.facts,
        "change_a_level": list(found.shown),
        "never_change_a_level": list(found.never),
        "not_settled": list(found.unsettled),
        "redundant_requirements": [issue.sentence(language) for issue in found.redundant],
        "levels_out_of_reach": [issue.sentence(language) for issue in found.unreachable],
        "requirements_without_case": [
            {"node": r.node, "at": r.at, "needs": r.needs, "level": r.level} for r in found.undecided
        ],
        "nodes_without_case": list(found.unmoved),
    }


def _told(model: Model, found: Coverage, language: Language) -> Iterator[str]:
    def listed(what: Text, items: list[str]) -> Iterator[str]:
        if items:
            yield f"  {what[language]}"
            yield from (f"    {item}" for item in items)

    settled = Text(
        f"{len(found.shown)} dari {found.facts} jawaban dapat mengubah level keseluruhan atau level tepat di bawahnya.",
        f"{len(found.shown)} of {found.facts} answers can change the level of the whole or one directly below it.",
    )
    without = Text("Model ini tidak menempatkan level.", "This model places no levels.")
    yield f"{model.id} {model.version}: {(settled if _has_targets(found) else without)[language]}"
    yield from listed(Text("Tidak pernah mengubahnya:", "Never change it:"), list(found.never))
    yield from listed(
        Text("Belum dapat dipastikan, dengan cara mana pun:", "Not settled either way:"), list(found.unsettled)
    )
    yield from listed(
        Text("Level yang tidak terjangkau:", "Levels out of reach:"), [i.sentence(language) for i in found.unreachable]
    )
    yield from listed(
        Text("Syarat yang berlebih:", "Redundant requirements:"), [i.sentence(language) for i in found.redundant]
    )
    yield from listed(
        Text(
            "Syarat yang tidak menentukan level dalam kasus mana pun:", "Requirements that decide no level in a case:"
        ),
        [f"{r.node}@{r.at} ← {r.needs}@{r.level} ({r.where})" for r in found.undecided],
    )
    yield from listed(
        Text("Simpul yang tidak pernah naik level dalam kasus mana pun:", "Nodes that no case lifts from level 1:"),
        list(found.unmoved),
    )


def _has_targets(found: Coverage) -> bool:
    return bool(found.shown or found.never or found.unsettled)
