"""`gscm verify`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import command, json_option, model_option, say, session, weights_of, weights_option
from gscm.cli.terminal import print_json, print_warnings
from gscm.errors import BadUse, FaultsFound, Issue, Unreadable, Where
from gscm.i18n import Text

if TYPE_CHECKING:
    from gscm.model.weights import Weights


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
@weights_option
@json_option
@click.pass_context
def verify(
    context: click.Context, answers: str, result: str, model: str | None, weights: str | None, as_json: bool
) -> None:
    from gscm.assessment import assess, to_json
    from gscm.model.flat import flat_model
    from gscm.placement.verify import objections
    from gscm.responses.answers import flat_answers
    from gscm.responses.load import load_answers

    stated = _read(Path(result))
    _same_weights(result, stated, weights)
    given = weights_of(weights)
    other = tuple(_other_weights(stated, given))
    loaded = load_answers(answers, model, given)
    print_warnings(loaded.warnings, session(context).language)
    found = other or (
        *objections(flat_model(loaded.model), flat_answers(loaded), stated.get("certificate", {})),
        *_printed_otherwise(stated, to_json(assess(loaded))),
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


def _same_weights(result: str, stated: dict[str, Any], weights: str | None) -> None:
    """Results of before there were weights files say nothing of them.

    Raises BadUse where the file is not given, or one is given for a result that used none.
    """
    used = stated.setdefault("weights", None)
    if used is None and weights is not None:
        raise BadUse(
            Issue(
                Where(result),
                Text("Hasil ini dihitung tanpa bobot pakar.", "This result was worked out without experts’ weights."),
                Text("Hapus --weights.", "Leave out --weights."),
            )
        )
    if used is not None and weights is None:
        name = used.get("id") if isinstance(used, dict) else used
        raise BadUse(
            Issue(
                Where(result),
                Text(
                    f"Hasil ini dihitung dengan bobot pakar “{name}”.",
                    f"This result was worked out with experts’ weights, “{name}”.",
                ),
                Text("Sertakan berkasnya: --weights BOBOT.yaml.", "Give their file: --weights WEIGHTS.yaml."),
            )
        )


def _other_weights(stated: dict[str, Any], given: Weights | None) -> Iterator[Text]:
    """That a result was made with other weights than those of the file: nothing else can then agree."""
    used = stated["weights"]
    if given is None or not isinstance(used, dict) or used.get("sha256") == given.sha256:
        return
    name, file = used.get("id"), given.document.file
    yield Text(
        f"Bobotnya lain: hasil ini dihitung dengan bobot “{name}” yang isinya berbeda dari {file}; sertakan berkas "
        "yang dipakai waktu itu dengan --weights.",
        f"Other weights: this result was worked out with the weights “{name}”, but of other content than {file}; give "
        "the file that was used then by --weights.",
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


def _printed_otherwise(stated: dict[str, Any], computed: dict[str, Any]) -> Iterator[Text]:
    """Where what people read in a result differs from what its answers give."""
    for part in sorted({*stated, *computed} - {"nodes", "overall", "certificate"}):
        if _differs(stated, computed, part):
            yield Text(
                f"Bagian {part} tidak sesuai dengan berkas jawaban.",
                f"The part {part} does not agree with the answers file.",
            )
    nodes = stated.get("nodes")
    if not isinstance(nodes, dict):
        yield Text("Bagian nodes tidak ada.", "The part nodes is missing.")
        return
    for name in sorted({*nodes, *computed["nodes"]}):
        shown, right = nodes.get(name), computed["nodes"].get(name)
        if not isinstance(shown, dict) or right is None:
            yield Text(f"{name}: hanya ada di salah satu bagian.", f"{name}: stands in one part only.")
            continue
        wrong = ", ".join(key for key in sorted({*shown, *right}) if _differs(shown, right, key))
        if wrong:
            yield Text(
                f"{name}: yang tertulis berbeda dari hasil perhitungan ({wrong}).",
                f"{name}: what is written differs from what is worked out ({wrong}).",
            )
    if _differs(stated, {"overall": nodes.get(computed["model"])}, "overall"):
        yield Text("Bagian overall berbeda dari simpul akarnya.", "The part overall differs from its root node.")


def _differs(stated: dict[str, Any], right: dict[str, Any], key: str) -> bool:
    """Whether an entry is missing on one side or reads otherwise as JSON, where true is not 1."""
    if (key in stated) != (key in right):
        return True
    one, other = (json.dumps(side[key], sort_keys=True) for side in (stated, right))
    return one != other
