"""`gscm weights`: weights from experts' comparisons, asked in the terminal and worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import Group, command, json_option, option, say, session
from gscm.cli.terminal import print_json, table
from gscm.errors import BadUse, Issue
from gscm.i18n import LANGUAGES, Language, Text, decimal

if TYPE_CHECKING:
    from gscm.analysis.panel import Choices, Judged, Measure, Mend, Panel, Weighed
    from gscm.model.tree import Model

weights = Group(
    "weights",
    text=Text(
        "Bobot dari pakar: bandingkan bagian-bagian model (AHP atau BWM), hitung bobotnya, pakai dengan --weights.",
        "Weights from experts: compare the parts of a model (AHP or BWM), work out weights, use them by --weights.",
    ),
    commands={
        "ask": (
            "gscm.cli.weights_ask:ask",
            Text("Tanyakan perbandingan kepada seorang pakar.", "Ask an expert for comparisons."),
        ),
        "compute": (
            "gscm.cli.weights:compute",
            Text("Hitung bobot dan konsistensinya.", "Work out weights and their consistency."),
        ),
    },
    example="gscm weights compute examples/weights-contoh/perbandingan.yaml --out bobot.yaml",
)


@command(
    Text(
        "Hitung bobot dari perbandingan para pakar: bobot setiap simpul, rasio konsistensi, siapa yang belum konsisten "
        "dan perbandingan mana yang perlu ditinjau. Hasilnya dapat dipakai gscm assess dan gscm report dengan "
        "--weights.",
        "Work out weights from experts' comparisons: the weights of every node, consistency ratios, who is not "
        "consistent, and which comparison to review. gscm assess and gscm report take the result by --weights.",
    ),
    example="gscm weights compute perbandingan.yaml --out bobot.yaml --date 2026-11-21\n"
    "gscm weights compute p1.yaml p2.yaml --method geometric-mean --group aip",
)
@click.argument("files", metavar="COMPARISONS.yaml|.csv", nargs=-1, required=True)
@option("--out", metavar="WEIGHTS.yaml", text=Text("Berkas bobot yang ditulis.", "The weights file to write."))
@option(
    "--method",
    type=click.Choice(["eigenvector", "geometric-mean", "bwm-linear", "bwm-minmax"]),
    multiple=True,
    text=Text(
        "Cara menghitung; bawaannya eigenvector untuk AHP dan bwm-linear untuk BWM.",
        "How to work them out; eigenvector for AHP and bwm-linear for BWM by default.",
    ),
)
@option(
    "--group",
    type=click.Choice(["aij", "aip"]),
    default="aij",
    show_default=True,
    text=Text(
        "Gabungkan perbandingan (aij) atau bobot (aip) para pakar; BWM selalu aip.",
        "Aggregate the experts' judgements (aij) or weights (aip); always aip for BWM.",
    ),
)
@option(
    "--random-index",
    type=click.Choice(["saaty-1980", "saaty-2005", "donegan-dodd", "alonso-lamata"]),
    default="saaty-1980",
    show_default=True,
    text=Text("Tabel indeks acak untuk rasio konsistensi.", "The table of random indices for consistency ratios."),
)
@option(
    "--missing",
    "completion",
    type=click.Choice(["least-eigenvalue", "harker"]),
    default="least-eigenvalue",
    show_default=True,
    text=Text(
        "Bagi AHP dengan perbandingan kosong: isi agar λmax terkecil (Bozóki et al.), atau menurut Harker.",
        "For AHP with missing comparisons: fill so that λmax is least (Bozóki et al.), or after Harker.",
    ),
)
@option(
    "--id",
    "name",
    metavar="ID",
    text=Text("Id berkas bobot; bawaannya dari --out.", "Id of the weights file; from --out by default."),
)
@option(
    "--date", "on", metavar="TTTT-BB-HH", text=Text("Tanggal penilaian pakar.", "The day of the experts' judgements.")
)
@option(
    "--model",
    metavar="ID|FOLDER|STUDY",
    text=Text(
        "Model pengganti: id, folder model, atau kajian yang menyimpannya.",
        "Another model than the file names: an id, its folder, or the study that keeps it.",
    ),
)
@json_option
@click.pass_context
def compute(
    context: click.Context,
    files: tuple[str, ...],
    out: str | None,
    method: tuple[Any, ...],
    group: Any,
    random_index: Any,
    completion: Any,
    name: str | None,
    on: str | None,
    model: str | None,
    as_json: bool,
) -> None:
    from gscm.analysis.panel import weigh
    from gscm.cli.study import day
    from gscm.formats.comparisons import read_comparisons
    from gscm.formats.saving import check_target, save
    from gscm.formats.weights import weights_text

    if out is not None:
        check_target(Path(out))
        _check_spared(Path(out), files)
    name = _id(name, out)
    date = day(on) if on else None
    panel = read_comparisons(files, named_model(model))
    found = weigh(panel, _choices(panel, method, group=group, random_index=random_index, completion=completion))
    if out is not None:
        save(Path(out), weights_text(panel, found, name, date))
    if as_json:
        print_json(_json(panel, found, name, on))
        return
    language = session(context).language
    click.echo("\n".join(_told(panel, found, language)))
    if out is not None:
        click.echo()
        click.echo(
            say(
                Text(
                    f"Bobot ditulis ke {out}. Pakai dengan: gscm assess JAWABAN.yaml --weights {out}",
                    f"Weights written to {out}. Use them by: gscm assess ANSWERS.yaml --weights {out}",
                )
            )
        )


def named_model(name: str | None) -> Model | str | None:
    """The model that a study pinned, where that is the name of a study; else the name as it is."""
    if name is None or not ("://" in name or Path(name).is_dir()):
        return name
    from gscm.cli.study import opened
    from gscm.study.store import FILE

    if "://" not in name and not Path(name, FILE).is_file():
        return name
    with opened(name) as (_, study):
        return study.model


def _check_spared(out: Path, files: Sequence[str]) -> None:
    """Refuse to write weights over comparisons, or over any file that holds no weights. Raises BadUse."""
    from gscm import yamlfile
    from gscm.errors import GscmError

    other = Text("Sebutkan nama lain untuk --out.", "Give --out another name.")
    if any(out.resolve() == Path(file).resolve() for file in files):
        what = Text(
            f"“{out}” memuat perbandingan para pakar; bobotnya tidak boleh menimpanya.",
            f"“{out}” holds the experts’ comparisons; weights must not overwrite them.",
        )
        raise BadUse(Issue(None, what, other))
    if not out.is_file() or not out.stat().st_size:
        return
    try:
        held = yamlfile.read(out).data
    except GscmError:
        held = None
    if not (isinstance(held, dict) and {"model", "nodes"} <= set(held) and "panel" not in held):
        what = Text(
            f"“{out}” sudah ada dan bukan berkas bobot, sehingga tidak ditimpa.",
            f"“{out}” is there already and is no weights file, so that it is not overwritten.",
        )
        raise BadUse(Issue(None, what, other))


_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")


def _id(name: str | None, out: str | None) -> str:
    """The id of the weights file: as given, else from its name."""
    if name is None:
        stem = re.sub(r"[^a-z0-9]+", "-", Path(out).stem.casefold()).strip("-") if out else "bobot"
        return stem if _ID.match(stem) else f"bobot-{stem}".rstrip("-")
    if not _ID.match(name):
        raise BadUse(
            Issue(
                None,
                Text(f"“{name}” bukan id yang sah.", f"“{name}” is not a valid id."),
                Text(
                    "Pakai huruf kecil, angka, dan tanda hubung, diawali huruf.",
                    "Use lower-case letters, digits and hyphens, starting with a letter.",
                ),
            )
        )
    return name


def _choices(panel: Panel, methods: Sequence[Any], **others: Any) -> Choices:
    """What was asked for. Raises BadUse where a method fits no node of the panel."""
    from gscm.analysis.panel import FORMS, Choices

    chosen: dict[str, Any] = {}
    forms = {panel.form(node.id) for node in panel.nodes}
    for method in methods:
        form = FORMS[method]
        if form not in forms or form in chosen:
            what = (
                Text(f"Tidak ada simpul yang dibandingkan untuk {method}.", f"No node was compared for {method}.")
                if form not in forms
                else Text(f"Ada dua cara untuk {form.upper()}.", f"There are two methods for {form.upper()}.")
            )
            remedy = Text("Hapus --method itu.", "Remove that --method.")
            raise BadUse(Issue(None, what, remedy))
        chosen[form] = method
    return Choices(**chosen, **others)


def _told(panel: Panel, found: Sequence[Weighed], language: Language) -> Iterator[str]:
    from gscm.formats.weights import source_of

    model = panel.model
    yield f"{model.short[language]} {model.version} · {source_of(panel, found)[language]}"
    for one in found:
        yield ""
        yield from node_lines(panel, one, language)
    deep = _hierarchy(panel, found, language)
    if deep:
        yield ""
        yield from deep


def node_lines(panel: Panel, one: Weighed, language: Language) -> Iterator[str]:
    """What a person reads of one node: weights, both methods, consistency, and what to review."""
    from gscm.analysis.panel import named, order
    from gscm.model.weights_schema import METHODS

    node = panel.model.nodes[one.node]
    yield click.style(f"{node.title[language]} ({named(panel.model, one.node)})", bold=True)
    convention = Text(
        f"{METHODS[one.method].id}: {one.convention.id}.", f"{METHODS[one.method].en}: {one.convention.en}."
    )
    yield convention[language]
    head = [Text("Bagian", "Part")[language], Text("Bobot", "Weight")[language], METHODS[one.beside_method][language]]
    rows = [
        [panel.model.nodes[part].title[language], number(one.exact[part], language), number(one.beside[part], language)]
        for part in order(one.weights)
    ]
    yield from table([head, *rows])
    if one.ranked_otherwise:
        first, second = (METHODS[method] for method in (one.method, one.beside_method))
        yield Text(
            f"Urutannya bergantung pada caranya: {first.id} dan {second.id} menghasilkan urutan yang berbeda.",
            f"The order depends on the method: {first.en} and {second.en} rank the parts differently.",
        )[language]
    yield from _consistency(panel, one, language)


def _consistency(panel: Panel, one: Weighed, language: Language) -> Iterator[str]:
    from gscm.model.weights_schema import COMPLETIONS, TABLES

    if len(panel.model.nodes[one.node].children) < 3:
        yield Text("Dua bagian selalu konsisten.", "Two parts are always consistent.")[language]
        return
    title = Text("Konsistensi", "Consistency")
    if one.random_index is not None:
        by = TABLES[one.random_index]
        title = Text(f"Rasio konsistensi, indeks acak {by.id}", f"Consistency ratio, random index of {by.en}")
    if one.completion is not None:
        filled = COMPLETIONS[one.completion]
        title = Text(f"{title.id}; {filled.id}", f"{title.en}; {filled.en}")
    yield f"{title[language]}:"
    for measure in one.measures:
        yield f"  {Text('Gabungan', 'Group')[language]}: {measured(measure)[language]}"
    if one.group == "aip":
        yield Text(
            "  Gabungan: tidak ada, karena yang digabung bobotnya (AIP).",
            "  Group: none, because weights were aggregated (AIP).",
        )[language]
    for judged in one.experts:
        yield from judged_lines(panel, judged, language)


def measured(measure: Measure) -> Text:
    """A figure of consistency with its limit: "0.0371, consistent (limit 0.10, Saaty 1980)"."""
    from gscm.model.weights_schema import limit_text

    value = [number(measure.value, language) for language in LANGUAGES]
    if measure.limit is None:
        return Text(*value)
    limit = [limit_text(measure.limit, language) for language in LANGUAGES]
    fine = Text("konsisten", "consistent") if measure.acceptable else Text("belum konsisten", "not consistent")
    return Text(
        f"{value[0]}, {fine.id} (batas {limit[0]}, {measure.source})",
        f"{value[1]}, {fine.en} (limit {limit[1]}, {measure.source})",
    )


def judged_lines(panel: Panel, judged: Judged, language: Language) -> Iterator[str]:
    """How consistent one expert is, the comparison to review first, and what to be wary of."""
    from gscm.model.weights_schema import MEASURES

    made = Text("", "")
    if judged.missing:
        count = judged.asked - judged.missing
        made = Text(f" {count} dari {judged.asked} perbandingan.", f" {count} of {judged.asked} comparisons.")
    few = Text("terlalu sedikit perbandingan untuk diperiksa", "too few comparisons to check")
    first = measured(judged.measures[0]) if judged.measures else few
    several = len(judged.measures) > 1
    name = MEASURES[judged.measures[0].name] if several else Text("", "")
    yield f"  {judged.expert}: {f'{name[language]} ' if several else ''}{first[language]}.{made[language]}"
    for measure in judged.measures[1:]:
        yield f"    {MEASURES[measure.name][language]}: {measured(measure)[language]}"
    if judged.mend is not None and not judged.acceptable:
        yield f"    {mend_words(panel, judged.mend)[language]}"
    yield from (f"    {caution[language]}" for caution in judged.cautions)
    if judged.ranges:
        yield f"    {_several(panel, judged)[language]}"


def _several(panel: Panel, judged: Judged) -> Text:
    """That more than one set of weights is optimal, and of which part that matters most."""
    part = max(judged.ranges, key=lambda part: judged.ranges[part][1] - judged.ranges[part][0])
    title = panel.model.nodes[part].title
    ends = [[number(end, language) for end in judged.ranges[part]] for language in LANGUAGES]
    return Text(
        f"Bobot optimalnya lebih dari satu; yang dipakai titik tengah. Paling lebar {title.id}: {ends[0][0]} sampai "
        f"{ends[0][1]}.",
        f"More than one set of weights is optimal; centres are used. Widest {title.en}: {ends[1][0]} to {ends[1][1]}.",
    )


def mend_words(panel: Panel, mend: Mend) -> Text:
    """Which comparison to review, what the others imply, and how far the ratio would fall."""
    first, second = (panel.model.nodes[part].title for part in (mend.first, mend.second))
    fall = [number(mend.ratio, "id"), number(mend.ratio, "en")]
    return Text(
        f"Tinjau dahulu: {first.id} terhadap {second.id}, ditulis {mend.given}; perbandingan lain mengarah ke "
        f"{mend.better}, dan rasionya menjadi {fall[0]}.",
        f"Review first: {first.en} over {second.en}, given as {mend.given}; the other comparisons point to "
        f"{mend.better}, with which the ratio would be {fall[1]}.",
    )


def _hierarchy(panel: Panel, found: Sequence[Weighed], language: Language) -> list[str]:
    """The weights of parts of parts in the whole, where a node and one of its parts were both compared."""
    from gscm.statistics.ahp import global_weights

    local = {one.node: {part: float(weight) for part, weight in one.exact.items()} for one in found}
    if panel.model.id not in local or len(local) < 2:
        return []
    shares = global_weights(local, panel.model.id)
    rows = []
    for node in panel.model.nodes.values():
        if node.id in shares:
            depth = sum(1 for _ in panel.model.above(node.id)) - 1
            rows.append(["  " * depth + node.title[language], number(shares[node.id], language)])
    title = Text(
        "Bobot dalam keseluruhan (hasil kali sepanjang jalannya)", "Weights in the whole (products on the way)"
    )
    return [
        click.style(title[language], bold=True),
        *table([[Text("Bagian", "Part")[language], Text("Bobot", "Weight")[language]], *rows]),
    ]


def number(value: Any, language: Language) -> str:
    """A weight or a ratio with four decimals."""
    return decimal(f"{float(value):.4f}", language)


def _json(panel: Panel, found: Sequence[Weighed], name: str, on: str | None) -> dict[str, Any]:
    from gscm.analysis.panel import named
    from gscm.analysis.weights import measure_json
    from gscm.formats.weights import decimals, source_of
    from gscm.model.flat import model_digest
    from gscm.model.weights import parts_digest

    source = source_of(panel, found)
    return {
        "format": "gscm-weights/1",
        "id": name,
        "model": panel.model.id,
        "model_version": panel.model.version,
        "model_sha256": model_digest(panel.model),
        "parts_sha256": parts_digest(panel.model),
        "basis": "ours",
        "source": {"id": source.id, "en": source.en},
        "date": on,
        "nodes": {
            named(panel.model, one.node): {
                "method": one.method,
                "convention": {"id": one.convention.id, "en": one.convention.en},
                "sources": list(one.sources),
                "group": one.group,
                "random_index": one.random_index,
                "completion": one.completion,
                "consistency_ratio": one.ratio,
                "measures": [measure_json(measure) for measure in one.measures],
                "weights": {part: decimals(weight) for part, weight in one.exact.items()},
                "unrounded": dict(one.weights),
                "beside": {"method": one.beside_method, "weights": dict(one.beside)},
                "ranked_otherwise": one.ranked_otherwise,
                "experts": [_judged(judged) for judged in one.experts],
            }
            for one in found
        },
    }


def _judged(judged: Judged) -> dict[str, Any]:
    from gscm.analysis.weights import measure_json

    mend = judged.mend
    return {
        "expert": judged.expert,
        "weights": dict(judged.weights),
        "measures": [measure_json(measure) for measure in judged.measures],
        "acceptable": judged.acceptable,
        "missing": judged.missing,
        "ranges": {part: list(ends) for part, ends in judged.ranges.items()} or None,
        "cautions": [{"id": text.id, "en": text.en} for text in judged.cautions],
        "review": None
        if mend is None
        else {
            "first": mend.first,
            "second": mend.second,
            "given": str(mend.given),
            "better": str(mend.better),
            "consistency_ratio": mend.ratio,
        },
    }
