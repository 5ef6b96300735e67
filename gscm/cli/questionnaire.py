"""`gscm questionnaire …`: see, check and hand out the forms."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
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
        "xlsform": (
            "gscm.cli.questionnaire:write_xlsform",
            Text("Buat XLSForm untuk KoboToolbox atau ODK.", "Write an XLSForm for KoboToolbox or ODK."),
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
    language = session(context).language
    click.echo("\n".join(line for item in items for line in _lines(item, found, language)))
    click.echo(f"\n{found.model.notice[language]}")


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
    from gscm.formats.saving import save

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
    from gscm.formats.saving import check_target, save
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
    check_target(target)
    found = _load(name)
    language = session(context).language
    items = list(_chosen(found, node, office, as_written=True))
    if target.suffix.lower() == ".html":
        save(target, render_form(found, items, language, office))
    else:
        save(target, form_pdf(found, items, language, office))
    click.echo(
        say(
            Text(
                f"Formulir dengan {len(items)} butir ditulis ke {out}.",
                f"Form with {len(items)} items written to {out}.",
            )
        )
    )


@command(
    Text(
        "Buat XLSForm untuk KoboToolbox atau ODK, dengan aturan lompatannya. Formulir sebuah kajian, dengan "
        "penjelasan, persetujuan, dan kode responden, dibuat dengan gscm study export --format xlsform.",
        "Write an XLSForm for KoboToolbox or ODK, with its skip rules. The form of a study, with information, consent "
        "and respondent code, is made by gscm study export --format xlsform.",
    ),
    example="gscm questionnaire xlsform spbe-2020 --out form.xlsx",
)
@click.argument("name", metavar="ID|FOLDER", default="gscm-province")
@option("--out", required=True, metavar="FORM.xlsx", text=Text("Berkas keluaran.", "Output file."))
@option("--node", metavar="ID", text=Text("Hanya di bawah simpul ini.", "Below this node only."))
@option("--office", metavar="ID", text=Text("Hanya untuk perangkat daerah ini.", "For this office only."))
@click.pass_context
def write_xlsform(context: click.Context, name: str, out: str, node: str | None, office: str | None) -> None:
    from gscm.formats.saving import check_target, save
    from gscm.formats.xlsform import form, form_xlsx

    target = Path(out)
    if target.suffix.lower() != ".xlsx":
        raise BadUse(
            Issue(
                None,
                Text(f"“{out}” bukan berkas .xlsx.", f"“{out}” is not a .xlsx file."),
                Text("Beri nama seperti form.xlsx.", "Name it like form.xlsx."),
            )
        )
    check_target(target)
    found = _load(name)
    codes = [item.code for item in _chosen(found, node, office)]
    save(target, form_xlsx(form(found, codes), session(context).language))
    click.echo(
        say(
            Text(
                f"XLSForm dengan {len(codes)} butir ditulis ke {out}.",
                f"XLSForm with {len(codes)} items written to {out}.",
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

    parts = found.model.root.children
    for wanted, known, some in ((node, found.model.nodes, parts), (office, found.model.offices, found.model.offices)):
        if wanted is not None and wanted not in known and wanted != "overall":
            raise BadUse(
                Issue(
                    None,
                    Text(
                        f"“{wanted}” tidak ada dalam model {found.model.id}.",
                        f"“{wanted}” is not in the model {found.model.id}.",
                    ),
                    did_you_mean(wanted, known) or _choice(some),
                )
            )
    root = found.model.id if node in (None, "overall") else str(node)
    inside = {below.id for below in found.model.below(root)}
    for code in found.items if as_written else item_order(found.model):
        item = found.items[code]
        if item.node in inside and (office is None or office in item.offices):
            yield item


def _choice(ids: Iterable[str]) -> Text:
    known = ", ".join(ids)
    if not known:
        return Text("Model ini tidak menyebut perangkat daerah.", "This model names no offices.")
    return Text(f"Yang ada, misalnya: {known}.", f"There are, for example: {known}.")


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


_WIDTH = 100


def _blank(found: Questionnaire, items: list[Item], language: Language) -> Iterator[str]:
    """The lines of a blank answers file: guidance first, then every item under its question."""
    model = found.model
    for told in (found.title, model.notice, found.introduction):
        yield from _comment(told[language])
        yield "#"
    yield from _guidance({item.fact.kind for item in items}, any(item.absence is not None for item in items), language)
    yield f"model: {model.id}"
    yield f"version: {model.version}"
    yield "subject:"
    yield f"  id: {Text('isi-id-daerah', 'fill-in-id')[language]}"
    yield f"  name: {Text('Isi nama daerah', 'Fill in the name')[language]}"
    yield f"  # year: {Text('tahun penilaian', 'year of the assessment')[language]}"
    yield ""
    yield "answers:"
    last = None
    for item in items:
        yield ""
        if item.node != last:
            last = item.node
            path = [model.nodes[item.node], *list(model.above(item.node))[:-1]]
            yield from _comment(" › ".join(node.title[language] for node in reversed(path)), "  # ")
            if path[0].about and path[0].about != item.help:
                yield from _comment(path[0].about[language], "  # ")
            if item.absence == item.node != item.code:
                whole = Text("Indikator ini boleh tidak berlaku; tulis:", "This indicator may not apply; write:")
                yield f"  # {whole[language]}"
                yield f"  #   {item.node}: {{status: not_applicable, reason: …}}"
            yield "  #"
        yield from _item_comments(found, item, language)
        yield f"  {item.code}:"


def _item_comments(found: Questionnaire, item: Item, language: Language) -> Iterator[str]:
    yield from _comment(item.text[language], "  # ")
    further = [item.help[language]] if item.help else []
    if item.evidence:
        further.append(Text("bukti: ", "evidence: ")[language] + "; ".join(text[language] for text in item.evidence))
    if item.offices:
        offices = "; ".join(found.model.offices[office][language] for office in item.offices)
        further.append(Text("dapat dijawab oleh: ", "can be answered by: ")[language] + offices)
    quantity = found.model.nodes[item.node].quantity
    if quantity and item.fact.kind == "quantity":
        possible, unit = quantity.possible[language], quantity.unit[language]
        further.append(f"{possible} ({unit})")
    for number, name, meaning in item.levels:
        further.append(f"{number} = {name[language]}" + (f": {meaning[language]}" if meaning else ""))
    if item.absence == item.code:
        further.append(Text("boleh tidak berlaku, dengan alasan", "may not apply, with a reason")[language])
    for line in further:
        yield from _comment(line, "  #   ", "  #     ")


def _comment(text: str, start: str = "# ", hang: str | None = None) -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=start,
        subsequent_indent=start if hang is None else hang,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _guidance(kinds: set[str], may_not_apply: bool, language: Language) -> Iterator[str]:
    """How to fill the file with any editor; only what these items need."""
    yield from _comment(
        Text(
            "Isi dengan penyunting teks apa pun, misalnya Notepad. Tulis jawaban di belakang titik dua, dipisahkan "
            "satu spasi. Yang boleh ditulis:",
            "Fill this in with any text editor, such as Notepad. Write the answer behind the colon, after one space. "
            "What can be written:",
        )[language]
    )
    yield "#"
    for written, meaning in _ways(kinds, may_not_apply):
        shown = written[language]
        yield from (
            _comment(meaning[language], f"#   {shown:<16} ", "#" + " " * 20)
            if len(shown) <= 16
            else (
                f"#   {shown}",
                *_comment(meaning[language], "#" + " " * 20),
            )
        )
    yield "#"
    yield from _comment(
        Text(
            "Baris yang diawali tanda pagar hanya petunjuk. Jangan mengubah kode di depan titik dua, dan biarkan dua "
            "spasi di awal barisnya. Setelah itu jalankan: gscm assess, diikuti nama berkas ini.",
            "Lines that begin with a hash are guidance only. Leave the code before the colon as it is, and the two "
            "spaces before it. Then run: gscm assess, followed by the name of this file.",
        )[language]
    )


def _ways(kinds: set[str], may_not_apply: bool) -> Iterator[tuple[Text, Text]]:
    if "criterion" in kinds:
        yield Text("ya", "true"), Text("pernyataan dalam pertanyaan sudah benar", "what the question asks is so")
        yield Text("tidak", "false"), Text("belum, atau tidak", "it is not so, or not yet")
    if "level" in kinds:
        yield Text("3", "3"), Text("level tertinggi yang semua syaratnya terpenuhi", "the highest level that is met")
    if kinds & {"quantity", "score"}:
        yield (
            Text("12.5", "12.5"),
            Text(
                "angkanya saja: titik sebagai tanda desimal, tanpa satuan dan tanpa pemisah ribuan",
                "the figure alone: a point marks decimals, no unit, no mark between thousands",
            ),
        )
    yield (
        Text("tidak tahu", "{status: unknown}"),
        Text("datanya tidak Anda pegang; hasilnya tetap terbuka", "you do not hold the data; the result stays open"),
    )
    yield Text("(kosong)", "(nothing)"), Text("belum dijawab", "not answered yet")
    if may_not_apply:
        yield (
            Text('{status: not_applicable, reason: "alasannya"}', '{status: not_applicable, reason: "why"}'),
            Text(
                "tidak berlaku: hanya pada butir yang bertanda “boleh tidak berlaku”, dan alasannya wajib ditulis",
                "does not apply: only where an item is marked “may not apply”, and the reason has to be written",
            ),
        )
    value = "ya" if "criterion" in kinds else "3"
    yield (
        Text(
            f'{{value: {value}, evidence: ["Pergub 12/2026"], note: "catatan"}}',
            f'{{value: {"true" if value == "ya" else value}, evidence: ["Regulation 12/2026"], note: "a note"}}',
        ),
        Text("jawaban dengan bukti dan catatan", "an answer with evidence and a note"),
    )
