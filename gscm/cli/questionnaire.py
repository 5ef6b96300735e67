"""`gscm questionnaire …`: see, check and hand out the forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import Group, command, json_option, option, say, session
from gscm.cli.terminal import print_json, table
from gscm.errors import BadUse, Issue
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from gscm.questionnaire.questionnaire import Item, Questionnaire

questionnaire = Group(
    "questionnaire",
    text=Text("Lihat, periksa, dan bagikan kuesioner.", "List, check, show and hand out questionnaires."),
    commands={
        "list": (
            "gscm.cli.questionnaire:list_questionnaires",
            Text("Daftar kuesioner yang tersedia.", "List the questionnaires that come with gscm."),
        ),
        "check": (
            "gscm.cli.questionnaire:check",
            Text("Periksa kuesioner terhadap modelnya.", "Check a questionnaire against its model."),
        ),
        "show": (
            "gscm.cli.questionnaire:show",
            Text(
                "Perlihatkan pertanyaannya menurut urutan bertanya.", "Show its questions in the order they are asked."
            ),
        ),
        "blank": (
            "gscm.cli.questionnaire:blank",
            Text("Buat berkas jawaban kosong dengan petunjuk.", "Write a blank answers file with guidance."),
        ),
        "print": (
            "gscm.cli.questionnaire:print_form",
            Text("Cetak formulir kertas (PDF atau HTML).", "Print a paper form (PDF or HTML)."),
        ),
    },
    example="gscm questionnaire blank gscm-province --out jawaban.yaml",
)


@command(
    Text("Daftar kuesioner yang datang bersama gscm.", "List the questionnaires that come with gscm."),
    example="gscm questionnaire list",
)
@json_option
@click.pass_context
def list_questionnaires(context: click.Context, as_json: bool) -> None:
    from gscm.questionnaire.load import shipped_questionnaires

    found = [_load(name) for name in shipped_questionnaires()]
    if as_json:
        print_json(
            [
                {
                    "id": q.id,
                    "version": q.version,
                    "model": q.model.id,
                    "items": len(q.items),
                    "title": {"id": q.title.id, "en": q.title.en},
                }
                for q in found
            ]
        )
        return
    language = session(context).language
    word = Text("butir", "items")[language]
    click.echo("\n".join(table([[q.id, q.version, q.title[language], f"{len(q.items)} {word}"] for q in found])))


@command(
    Text(
        "Periksa kuesioner terhadap modelnya: butir yang tidak dikenal, ganda, atau belum ditulis.",
        "Check a questionnaire against its model: items unknown, asked twice, or not written.",
    ),
    example="gscm questionnaire check questionnaires/gscm-province",
)
@click.argument("name", metavar="ID|FOLDER")
@json_option
def check(name: str, as_json: bool) -> None:
    found = _load(name)
    derived = [item.code for item in found.items.values() if item.derived]
    if as_json:
        print_json({"id": found.id, "items": len(found.items), "derived": derived})
        return
    click.echo(
        say(
            Text(
                f"Kuesioner {found.id} {found.version} sah: {len(found.items)} butir untuk model {found.model.id}, "
                f"{len(derived)} di antaranya memakai kalimat kriterianya.",
                f"The questionnaire {found.id} {found.version} is sound: {len(found.items)} items for the model "
                f"{found.model.id}, {len(derived)} of them in the words of their criterion.",
            )
        )
    )


@command(
    Text(
        "Perlihatkan pertanyaan menurut urutan graf: yang menjadi sandaran yang lain lebih dahulu.",
        "Show the questions in the order of the graph: what others stand on comes first.",
    ),
    example="gscm questionnaire show gscm-province --node institutions",
)
@click.argument("name", metavar="ID|FOLDER")
@option("--node", metavar="ID", text=Text("Hanya di bawah simpul ini.", "Below this node only."))
@option("--office", metavar="ID", text=Text("Hanya untuk perangkat daerah ini.", "For this office only."))
@json_option
@click.pass_context
def show(context: click.Context, name: str, node: str | None, office: str | None, as_json: bool) -> None:
    found = _load(name)
    items = list(_chosen(found, node, office))
    if as_json:
        print_json([_item_json(item) for item in items])
        return
    click.echo("\n".join(line for item in items for line in _lines(item, found, session(context).language)))


@command(
    Text(
        "Buat berkas jawaban kosong: setiap butir dengan pertanyaan dan contoh buktinya sebagai catatan.",
        "Write a blank answers file: every item with its question and examples of evidence as comments.",
    ),
    example="gscm questionnaire blank gscm-province --out jawaban.yaml",
)
@click.argument("name", metavar="ID|FOLDER", default="gscm-province")
@option(
    "--out",
    metavar="ANSWERS.yaml",
    text=Text("Berkas keluaran; bawaannya layar.", "Output file; standard output by default."),
)
@option("--node", metavar="ID", text=Text("Hanya di bawah simpul ini.", "Below this node only."))
@option("--office", metavar="ID", text=Text("Hanya untuk perangkat daerah ini.", "For this office only."))
@click.pass_context
def blank(context: click.Context, name: str, out: str | None, node: str | None, office: str | None) -> None:
    found = _load(name)
    language = session(context).language
    text = "\n".join(_blank(found, list(_chosen(found, node, office)), language)) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    target = Path(out)
    if target.exists():
        raise BadUse(
            Issue(
                None,
                Text(
                    f"Berkas {out} sudah ada dan tidak ditimpa.",
                    f"The file {out} is there already and is not overwritten.",
                ),
                Text("Pilih nama lain.", "Choose another name."),
            )
        )
    from gscm.formats.answers_yaml import save

    save(target, text)
    click.echo(say(Text(f"Berkas jawaban kosong ditulis ke {out}.", f"Blank answers file written to {out}.")))


@command(
    Text(
        "Cetak formulir kertas A4: kode butir, kotak jawaban, dan baris bukti, untuk diisi dengan tangan.",
        "Print a paper form on A4: item codes, boxes and lines for evidence, to be filled in by hand.",
    ),
    example="gscm questionnaire print gscm-province --out formulir.pdf --office bappeda",
)
@click.argument("name", metavar="ID|FOLDER", default="gscm-province")
@option("--out", required=True, metavar="FORM.pdf|.html", text=Text("Berkas keluaran.", "Output file."))
@option("--node", metavar="ID", text=Text("Hanya di bawah simpul ini.", "Below this node only."))
@option("--office", metavar="ID", text=Text("Hanya untuk perangkat daerah ini.", "For this office only."))
@click.pass_context
def print_form(context: click.Context, name: str, out: str, node: str | None, office: str | None) -> None:
    from gscm.report.form import form_pdf, render_form

    target = Path(out)
    if target.suffix.lower() not in (".pdf", ".html"):
        raise BadUse(
            Issue(
                None,
                Text(f"“{out}” bukan berkas .pdf atau .html.", f"“{out}” is neither a .pdf nor a .html file."),
                Text("Beri nama seperti formulir.pdf.", "Name it like form.pdf."),
            )
        )
    found = _load(name)
    language = session(context).language
    items = list(_chosen(found, node, office, as_written=True))
    if target.suffix.lower() == ".html":
        target.write_text(render_form(found, items, language, office), encoding="utf-8")
    else:
        target.write_bytes(form_pdf(found, items, language, office))
    click.echo(
        say(
            Text(
                f"Formulir dengan {len(items)} butir ditulis ke {out}.",
                f"Form with {len(items)} items written to {out}.",
            )
        )
    )


def _load(name: str) -> Questionnaire:
    from gscm.model.load import find_model, load_model
    from gscm.questionnaire.load import find_questionnaire, load_questionnaire, model_of

    folder = find_questionnaire(name)
    return load_questionnaire(folder, load_model(find_model(model_of(folder), folder)))


def _chosen(found: Questionnaire, node: str | None, office: str | None, as_written: bool = False) -> Iterator[Item]:
    """The items below a node and of an office, in the order of asking, or of the model's tree."""
    from gscm.errors import did_you_mean
    from gscm.questionnaire.flow import item_order

    for wanted, known in ((node, found.model.nodes), (office, found.model.offices)):
        if wanted is not None and wanted not in known and wanted != "overall":
            raise BadUse(
                Issue(
                    None,
                    Text(
                        f"“{wanted}” tidak ada dalam model {found.model.id}.",
                        f"“{wanted}” is not in the model {found.model.id}.",
                    ),
                    did_you_mean(wanted, known),
                )
            )
    root = found.model.id if node in (None, "overall") else str(node)
    inside = {below.id for below in found.model.below(root)}
    for code in found.items if as_written else item_order(found.model):
        item = found.items[code]
        if item.node in inside and (office is None or office in item.offices):
            yield item


def _lines(item: Item, found: Questionnaire, language: Language) -> Iterator[str]:
    yield f"{item.code}  {item.text[language]}"
    if item.offices:
        yield "    " + ", ".join(found.model.offices[office][language] for office in item.offices)


def _item_json(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "node": item.node,
        "kind": item.fact.kind,
        "level": item.fact.level,
        "text": {"id": item.text.id, "en": item.text.en},
        "help": {"id": item.help.id, "en": item.help.en} if item.help else None,
        "evidence": [{"id": text.id, "en": text.en} for text in item.evidence],
        "offices": list(item.offices),
        "levels": [{"level": n, "name": {"id": name.id, "en": name.en}} for n, name, _ in item.levels],
        "derived": item.derived,
    }


def _blank(found: Questionnaire, items: list[Item], language: Language) -> Iterator[str]:
    model = found.model
    yield "# " + found.title[language]
    yield "# " + model.notice[language]
    yield "#"
    for line in _guidance(language):
        yield f"# {line}"
    yield f"model: {model.id}"
    yield "subject:"
    yield f"  id: {Text('isi-id-daerah', 'fill-in-id')[language]}"
    yield f"  name: {Text('Isi nama daerah', 'Fill in the name')[language]}"
    yield f"  # year: {Text('tahun penilaian', 'year of the assessment')[language]}"
    yield ""
    yield "answers:"
    last = None
    for item in items:
        if item.node != last:
            last = item.node
            path = [model.nodes[item.node], *list(model.above(item.node))[:-1]]
            yield ""
            yield "  # " + " › ".join(node.title[language] for node in reversed(path))
        yield f"  # {item.text[language]}"
        if item.evidence:
            yield (
                "  #   " + Text("bukti: ", "evidence: ")[language] + "; ".join(text[language] for text in item.evidence)
            )
        for number, name, meaning in item.levels:
            yield f"  #   {number} = {name[language]}" + (f": {meaning[language]}" if meaning else "")
        yield f"  {item.code}:"


def _guidance(language: Language) -> tuple[str, ...]:
    texts = (
        Text(
            "Isi di belakang titik dua: ya atau tidak, sebuah level, atau sebuah angka (titik sebagai tanda desimal).",
            "Write behind the colon: ya or tidak (yes or no), a level, or a number.",
        ),
        Text(
            "Biarkan kosong bila belum dijawab; tulis {status: unknown} bila tidak diketahui.",
            "Leave it empty if not answered yet; write {status: unknown} if it is not known.",
        ),
        Text(
            "Bentuk panjang: {value: ya, source: f1, evidence: [SK 12/2026], note: …, stage: document}.",
            "Long form: {value: ya, source: f1, evidence: [SK 12/2026], note: …, stage: document}.",
        ),
    )
    return tuple(text[language] for text in texts)
