"""`gscm verify`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from gscm.cli.command import command, json_option, model_option, say, session
from gscm.cli.terminal import print_json, print_warnings
from gscm.errors import FaultsFound, Issue, Unreadable, Where
from gscm.i18n import Text


@command(
    Text(
        "Periksa sertifikat sebuah hasil terhadap model dan jawabannya, "
        "dengan pemeriksa yang tidak memakai kode mesin penilai.",
        "Check the certificate of a result against its model and answers, "
        "by a checker that shares no code with the engine.",
    ),
    example="gscm assess jawaban.yaml --json > hasil.json\ngscm verify jawaban.yaml hasil.json",
)
@click.argument("answers", metavar="ANSWERS.yaml")
@click.argument("result", metavar="RESULT.json")
@model_option
@json_option
@click.pass_context
def verify(context: click.Context, answers: str, result: str, model: str | None, as_json: bool) -> None:
    from gscm.model.flat import flat_model
    from gscm.placement.verify import objections
    from gscm.responses.answers import flat_answers
    from gscm.responses.load import load_answers

    stated = _read(Path(result))
    loaded = load_answers(answers, model)
    print_warnings(loaded.warnings, session(context).language)
    found = (
        *objections(flat_model(loaded.model), flat_answers(loaded), stated.get("certificate", {})),
        *_printed_otherwise(stated),
    )
    if as_json:
        print_json({"confirmed": not found, "objections": [{"id": text.id, "en": text.en} for text in found]})
        context.exit(1 if found else 0)
    if found:
        raise FaultsFound(Issue(Where(result), text) for text in found)
    nodes = len(stated["certificate"]["nodes"])
    click.echo(
        say(
            Text(
                f"Sertifikat sah: level dan nilai {nodes} simpul dihitung ulang dan sama.",
                f"The certificate holds: levels and scores of {nodes} nodes were worked out again and agree.",
            )
        )
    )


def _read(path: Path) -> dict[str, Any]:
    remedy = Text("Berikan keluaran gscm assess --json.", "Give the output of gscm assess --json.")
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        what = Text("Berkas ini tidak ada.", "There is no such file.")
        raise Unreadable(Issue(Where(str(path)), what, remedy)) from None
    except OSError as error:
        what = Text(f"Berkas tidak dapat dibaca ({error.strerror}).", f"The file cannot be read ({error.strerror}).")
        raise Unreadable(Issue(Where(str(path)), what, remedy)) from None
    except (ValueError, RecursionError):
        raise Unreadable(
            Issue(Where(str(path)), Text("Ini bukan JSON yang sah.", "This is not valid JSON."), remedy)
        ) from None
    if not isinstance(stated, dict) or not isinstance(stated.get("certificate"), dict):
        raise FaultsFound(
            Issue(
                Where(str(path)), Text("Berkas ini tidak memuat sertifikat.", "This file holds no certificate."), remedy
            )
        )
    return stated


def _printed_otherwise(stated: dict[str, Any]) -> list[Text]:
    """Where the figures that people read differ from the certificate that was checked."""
    nodes, certified = stated.get("nodes"), stated["certificate"].get("nodes")
    if not isinstance(nodes, dict) or not isinstance(certified, dict):
        return [Text("Bagian nodes tidak ada.", "The part nodes is missing.")]
    found = []
    for name in sorted({*nodes, *certified}):
        shown, proven = nodes.get(name), certified.get(name)
        if not isinstance(shown, dict) or not isinstance(proven, dict):
            found.append(Text(f"{name}: hanya ada di salah satu bagian.", f"{name}: stands in one part only."))
        elif (shown.get("level_low"), shown.get("level_high"), shown.get("level")) != (
            proven.get("low"),
            proven.get("high"),
            proven.get("low"),
        ):
            found.append(
                Text(
                    f"{name}: level yang tertulis berbeda dari sertifikat.",
                    f"{name}: the level written differs from the certificate.",
                )
            )
    root = stated["certificate"].get("model")
    if stated.get("overall") != nodes.get(root):
        found.append(
            Text("Bagian overall berbeda dari simpul akarnya.", "The part overall differs from its root node.")
        )
    return found
