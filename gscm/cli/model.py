"""`gscm model …`: for the author and the reader of a model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import Group, command, json_option, option, say, session
from gscm.cli.terminal import print_json, print_warnings, table
from gscm.errors import BadUse, FaultsFound, Issue
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from fractions import Fraction

    from pydantic import BaseModel

    from gscm.model.tree import Model, Node

_BASES = {
    "official": Text("resmi", "official"),
    "published": Text("dipublikasikan", "published"),
    "derived": Text("diturunkan", "derived"),
    "ours": Text("rancangan kami", "ours"),
}

model = Group(
    "model",
    text=Text("Lihat, periksa, dan uji model kematangan.", "List, check, show and test maturity models."),
    commands={
        "list": (
            "gscm.cli.model:list_models",
            Text("Daftar model yang tersedia.", "List the models that come with gscm."),
        ),
        "new": (
            "gscm.cli.authoring:new",
            Text("Mulai model baru dari contoh yang sah.", "Start a new model from a sound example."),
        ),
        "check": (
            "gscm.cli.model:check",
            Text("Periksa model; semua kesalahan sekaligus.", "Check a model; all faults at once."),
        ),
        "show": (
            "gscm.cli.model:show",
            Text("Perlihatkan susunan, bobot, dan syaratnya.", "Show its structure, weights and requirements."),
        ),
        "graph": (
            "gscm.cli.model:graph",
            Text("Gambar graf ketergantungannya (SVG).", "Draw its dependency graph (SVG)."),
        ),
        "test": ("gscm.cli.model:test", Text("Jalankan kasus uji model.", "Run the cases of a model.")),
        "diff": (
            "gscm.cli.model_change:diff",
            Text("Bandingkan dua versi model.", "Compare two versions of a model."),
        ),
        "migrate": (
            "gscm.cli.model_change:migrate",
            Text("Pindahkan jawaban ke versi baru model.", "Carry answers to a new version of a model."),
        ),
        "coverage": (
            "gscm.cli.authoring:coverage",
            Text("Periksa apa yang tidak bekerja atau tidak diuji.", "Tell what is not at work, or not exercised."),
        ),
        "format": (
            "gscm.cli.authoring:format_files",
            Text("Tata berkas YAML-nya dengan satu cara.", "Lay out its YAML files in one way."),
        ),
        "docs": (
            "gscm.cli.authoring:docs",
            Text("Tulis satu halaman tentang model.", "Write one page on a model."),
        ),
        "schema": (
            "gscm.cli.model:schema",
            Text("Cetak JSON Schema untuk penyunting YAML.", "Print the JSON Schema for YAML editors."),
        ),
    },
    example="gscm model check models/gscm-province",
)


@command(
    Text("Daftar model yang datang bersama gscm.", "List the models that come with gscm."), example="gscm model list"
)
@json_option
@click.pass_context
def list_models(context: click.Context, as_json: bool) -> None:
    from gscm.model.load import find_model, load_model, shipped_models

    language = session(context).language
    models = [load_model(find_model(name)) for name in shipped_models()]
    if as_json:
        print_json(
            [
                {"id": m.id, "version": m.version, "status": m.status, "title": {"id": m.title.id, "en": m.title.en}}
                for m in models
            ]
        )
        return
    status = {
        "official": Text("instrumen resmi", "official instrument"),
        "reconstruction": Text("rekonstruksi, tidak resmi", "reconstruction, not official"),
        "secondary": Text("dari sumber sekunder", "from secondary sources"),
        "example": Text("contoh", "example"),
    }
    click.echo("\n".join(table([[m.id, m.version, m.title[language], status[m.status][language]] for m in models])))


@command(
    Text(
        "Periksa sebuah model dan laporkan semua kesalahan sekaligus: berkas, baris, dan cara memperbaikinya.",
        "Check a model and report every fault at once: file, line and remedy.",
    ),
    example="gscm model check models/gscm-province",
)
@click.argument("folder", metavar="FOLDER")
@json_option
@click.pass_context
def check(context: click.Context, folder: str, as_json: bool) -> None:
    from gscm.model.load import find_model, read_model
    from gscm.responses.migration import load_migrations

    language = session(context).language
    found, issues = read_model(find_model(folder))
    errors = [issue for issue in issues if issue.severity == "error"]
    if as_json:
        print_json(
            [
                {
                    "severity": issue.severity,
                    "file": issue.where.file if issue.where else None,
                    "line": issue.where.line if issue.where else None,
                    "what": {"id": issue.what.id, "en": issue.what.en},
                    "remedy": {"id": issue.remedy.id, "en": issue.remedy.en} if issue.remedy else None,
                }
                for issue in issues
            ]
        )
        context.exit(1 if errors else 0)
    print_warnings((issue for issue in issues if issue.severity == "warning"), language)
    if errors or found is None:
        raise FaultsFound(errors)
    load_migrations(found)
    counted = _counts(found)
    click.echo(
        say(
            Text(
                f"Model {found.id} {found.version} sah: {counted['nodes']} simpul, {counted['indicators']} indikator, "
                f"{counted['criteria']} kriteria, {counted['requires']} syarat antarsimpul.",
                f"Model {found.id} {found.version} is sound: {counted['nodes']} nodes, "
                f"{counted['indicators']} indicators, "
                f"{counted['criteria']} criteria, {counted['requires']} requirement(s) between nodes.",
            )
        )
    )


def _counts(found: Model) -> dict[str, int]:
    from gscm.model.tree import Requires

    nodes = found.nodes.values()
    return {
        "nodes": len(found.nodes),
        "indicators": sum(node.is_leaf for node in nodes),
        "criteria": sum(len(criteria) for node in nodes for criteria in node.criteria.values()),
        "requires": sum(isinstance(c, Requires) for node in nodes for cs in node.gates.values() for c in cs),
    }


@command(
    Text(
        "Perlihatkan susunan sebuah model: simpul, bobot, level, syarat, dan dasar setiap pernyataan.",
        "Show the structure of a model: nodes, weights, levels, requirements, and what each claim rests on.",
    ),
    example="gscm model show gscm-province --node council",
)
@click.argument("name", metavar="ID")
@option(
    "--node", metavar="ID", text=Text("Hanya simpul ini, beserta kriterianya.", "This node only, with its criteria.")
)
@option("--glossary", is_flag=True, text=Text("Daftar istilah model.", "The terms of the model."))
@json_option
@click.pass_context
def show(context: click.Context, name: str, node: str | None, glossary: bool, as_json: bool) -> None:
    from gscm.model.flat import flat, flat_model
    from gscm.model.glossary import load_glossary
    from gscm.model.load import find_model, load_model

    found = load_model(find_model(name))
    language = session(context).language
    if node is not None and node not in found.nodes:
        raise _no_node(found, node)
    if glossary:
        terms = load_glossary(found)
        if as_json:
            print_json(flat(terms))
        else:
            click.echo("\n".join(f"{term.term[language]}: {term.meaning[language]}" for term in terms))
    elif as_json:
        whole = flat_model(found)
        print_json(whole if node is None else whole["nodes"][node])
    elif node is None:
        click.echo("\n".join(_tree(found, language)))
    else:
        click.echo("\n".join(_one_node(found, found.nodes[node], language)))


def _no_node(found: Model, node: str) -> BadUse:
    from gscm.errors import did_you_mean

    return BadUse(
        Issue(
            None,
            Text(
                f"Simpul “{node}” tidak ada dalam model {found.id}.",
                f"There is no node “{node}” in the model {found.id}.",
            ),
            did_you_mean(node, found.nodes),
        )
    )


def _tree(found: Model, language: Language) -> Iterator[str]:
    yield f"{found.title[language]} · {found.id} {found.version}"
    yield found.notice[language]
    yield ""
    rows = []
    for node in found.nodes.values():
        depth = sum(1 for _ in found.above(node.id))
        rows.append(["  " * depth + node.id, node.title[language], *_weight(node, language)])
    yield from table(
        [
            [
                Text("Simpul", "Node")[language],
                Text("Judul", "Title")[language],
                Text("Bobot", "Weight")[language],
                Text("Dasar bobot", "Weight rests on")[language],
            ],
            *rows,
        ]
    )
    edges = list(_requirements(found, language))
    if edges:
        yield ""
        yield Text("Syarat antarsimpul:", "Requirements between nodes:")[language]
        yield from edges


def _weight(node: Node, language: Language) -> tuple[str, str]:
    """The weight of a node and what it rests on; where the weights are unpublished there is none."""
    if node.parent is None:
        return "", ""
    if node.weight_origin is None:
        return "–", Text("tidak dipublikasikan", "unpublished")[language]
    return _figure(node.weight, language), _BASES[node.weight_origin.basis][language]


def _requirements(found: Model, language: Language) -> Iterator[str]:
    from gscm.model.tree import Requires

    for node in found.nodes.values():
        for level, clauses in node.gates.items():
            for clause in clauses:
                if isinstance(clause, Requires):
                    basis = _BASES[clause.origin.basis][language]
                    edge = f"{node.id}@{level} ← {clause.node}@{clause.level}"
                    yield f"  {edge}: {clause.reason[language]} ({basis})"


def _one_node(found: Model, node: Node, language: Language) -> Iterator[str]:
    yield f"{node.id}: {node.title[language]}"
    if node.about:
        yield node.about[language]
    if node.quantity:
        quantity = node.quantity
        targets = ", ".join(f"{level}: {_figure(target, language)}" for level, target in quantity.targets.items())
        yield ""
        basis = _BASES[quantity.origin.basis][language]
        yield f"{quantity.title[language]} ({quantity.unit[language]}): {targets} ({basis})"
    names = found.names(node)
    for level, criteria in node.criteria.items():
        yield ""
        yield f"{level} {names[level - 1].name[language]}"
        for criterion in criteria:
            yield f"  {criterion.id}: {criterion.text[language]} ({_BASES[criterion.origin.basis][language]})"
            if criterion.evidence:
                evidence = "; ".join(text[language] for text in criterion.evidence)
                yield "    " + Text("Bukti", "Evidence")[language] + f": {evidence}"
            if criterion.action:
                owners = ", ".join(found.offices[owner][language] for owner in criterion.action.owner)
                yield "    " + Text("Tindakan", "Action")[language] + f": {criterion.action.what[language]} ({owners})"
    if node.children:
        yield ""
        yield from (f"  {child}: {found.nodes[child].title[language]}" for child in node.children)


def _figure(value: Fraction, language: Language) -> str:
    from gscm.report.words import figure

    return figure(value, language)


@command(
    Text("Gambar graf ketergantungan sebuah model sebagai SVG.", "Draw the dependency graph of a model as SVG."),
    example="gscm model graph gscm-province --out graf.svg",
)
@click.argument("name", metavar="ID")
@option(
    "--out",
    metavar="FILE.svg",
    text=Text("Berkas keluaran; bawaannya layar.", "Output file; standard output by default."),
)
@click.pass_context
def graph(context: click.Context, name: str, out: str | None) -> None:
    from gscm.formats.saving import save
    from gscm.model.load import find_model, load_model
    from gscm.report.charts.dependency import model_graph

    svg = model_graph(load_model(find_model(name)), session(context).language)
    if out is None:
        click.echo(svg)
        return
    save(Path(out), svg)
    click.echo(say(Text(f"Graf ditulis ke {out}.", f"Graph written to {out}.")))


@command(
    Text(
        "Jalankan kasus uji sebuah model, atau semua model bila tidak disebutkan.",
        "Run the cases of a model, or of all models if none is named.",
    ),
    example="gscm model test gscm-province",
)
@click.argument("name", metavar="[ID]", required=False)
@json_option
@click.pass_context
def test(context: click.Context, name: str | None, as_json: bool) -> None:
    from gscm.cases import load_cases, run_case
    from gscm.model.load import find_model, load_model, shipped_models

    failed: list[Issue] = []
    report: list[dict[str, Any]] = []
    for one in [name] if name else shipped_models():
        found = load_model(find_model(one))
        for case in load_cases(found):
            issues = run_case(found, case)
            failed.extend(issues)
            report.append(
                {
                    "model": found.id,
                    "case": case.name,
                    "passed": not issues,
                    "differences": [i.sentence("en") for i in issues],
                }
            )
            if not as_json:
                mark = Text("lulus", "passed") if not issues else Text("GAGAL", "FAILED")
                click.echo(f"{found.id}  {case.name}  {mark[session(context).language]}")
    if as_json:
        print_json(report)
        context.exit(1 if failed else 0)
    if not report:
        raise BadUse(
            Issue(
                None,
                Text("Model ini tidak mempunyai kasus uji.", "This model has no cases."),
                Text("Tulis cases/<nama>.yaml.", "Write cases/<name>.yaml."),
            )
        )
    if failed:
        raise FaultsFound(failed)


@command(
    Text(
        "Cetak JSON Schema sebuah jenis berkas, untuk penyunting yang mengenal yaml-language-server.",
        "Print the JSON Schema of one kind of file, for editors that know yaml-language-server.",
    ),
    example="gscm model schema --kind node > node.schema.json",
)
@option(
    "--kind",
    type=click.Choice(
        [
            "model",
            "common",
            "node",
            "sources",
            "glossary",
            "migration",
            "case",
            "answers",
            "questionnaire",
            "items",
            "crosswalk",
            "shortlist",
            "mapping",
            "comparisons",
            "weights",
        ]
    ),
    default="model",
    show_default=True,
    text=Text("Jenis berkas.", "Kind of file."),
)
def schema(kind: str) -> None:
    click.echo(json.dumps(schemas()[kind], ensure_ascii=False, indent=2))


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of every kind of file that people write."""
    from gscm.cases import CaseFile
    from gscm.crosswalk.schema import CrosswalkFile
    from gscm.formats.comparisons import ComparisonsFile
    from gscm.formats.mapping import MappingFile
    from gscm.model.jsonschema import MODEL_FILES, json_schema
    from gscm.model.weights_schema import WeightsFile
    from gscm.questionnaire.schema import ItemsFile, QuestionnaireFile
    from gscm.responses.migration import MigrationFile
    from gscm.responses.schema import AnswersFile
    from gscm.shortlist import ShortlistFile

    kinds: dict[str, type[BaseModel]] = {
        **MODEL_FILES,
        "migration": MigrationFile,
        "case": CaseFile,
        "answers": AnswersFile,
        "questionnaire": QuestionnaireFile,
        "items": ItemsFile,
        "crosswalk": CrosswalkFile,
        "shortlist": ShortlistFile,
        "mapping": MappingFile,
        "comparisons": ComparisonsFile,
        "weights": WeightsFile,
    }
    return {name: json_schema(kind, f"gscm {name}") for name, kind in kinds.items()}
