"""`gscm compare`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from gscm.cli.command import command, json_option, model_option, session
from gscm.cli.terminal import print_json, print_warnings, share, table
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from gscm.assessment import Assessment


@command(
    Text(
        "Sandingkan beberapa hasil: gelombang, daerah, atau instrumen. Setiap hasil tetap pada skala dan predikatnya "
        "sendiri; nilai dari instrumen yang berbeda tidak pernah dijumlahkan.",
        "Put several results side by side: waves, subjects or instruments. Each stays on its own scale and bands; "
        "scores of different instruments are never added together.",
    ),
    example="gscm compare examples/banjarmasin/spbe-2022.yaml examples/banjarmasin/spbe-2023.yaml",
)
@click.argument("answers", metavar="A.yaml B.yaml …", nargs=-1, required=True)
@model_option
@json_option
@click.pass_context
def compare(context: click.Context, answers: tuple[str, ...], model: str | None, as_json: bool) -> None:
    from gscm.assessment import assess
    from gscm.comparison import compare as compare_assessments, to_json
    from gscm.responses.load import load_all

    language = session(context).language
    loaded = load_all(answers, model)
    for one in loaded:
        print_warnings(one.warnings, language)
    comparison = compare_assessments([assess(one) for one in loaded])
    if as_json:
        print_json(to_json(comparison))
        return
    for index, group in enumerate(comparison.groups):
        click.echo("\n".join([*([""] if index else []), *_group(group, language)]))
    for note in comparison.notes:
        click.echo("\n" + note[language])


def _group(group: Sequence[Assessment], language: Language) -> Iterator[str]:
    from gscm.cli.overview import levels_range

    model = group[0].model
    low, high = model.scale.min, model.scale.max
    scale = Text(f"skala {low}–{high}", f"scale {low}–{high}")[language]
    yield f"{model.title[language]} · {model.version} · {scale}"
    years = [f"{a.answers.subject.name} {a.answers.subject.year or ''}".strip() for a in group]
    rows: list[list[str]] = [["", *years]]
    if model.index:
        rows.append([model.index[language], *(_index(a, language) for a in group)])
    if model.names(model.root):
        rows.append([Text("Level", "Level")[language], *(levels_range(a, a.overall, language) for a in group)])
    rows.append([Text("Cakupan jawaban", "Answers cover")[language], *(_covered(a, language) for a in group)])
    for node in model.root.children:
        if any(a.nodes[node].assessed and a.nodes[node].coverage for a in group if node in a.nodes):
            rows.append([model.nodes[node].title[language], *(_cell(a, node, language) for a in group)])
    yield from table(rows)
    yield model.notice[language]


def _index(assessment: Assessment, language: Language) -> str:
    """The score of the whole; told apart where only a part was assessed, which is no official index."""
    from gscm.cli.overview import score_range

    partial = Text(" (lingkup sebagian)", " (partial scope)")[language] if assessment.result.reading.outside else ""
    return score_range(assessment, assessment.overall, language) + partial


def _covered(assessment: Assessment, language: Language) -> str:
    if assessment.overall.given:
        return Text("tanpa rincian", "no details")[language]
    return share(assessment.overall.coverage)


def _cell(assessment: Assessment, node: str, language: Language) -> str:
    from gscm.cli.overview import levels_range, score_range

    if node not in assessment.nodes:
        return "–"
    placement = assessment.nodes[node]
    if placement.low is not None or not placement.assessed:
        return levels_range(assessment, placement, language)
    return score_range(assessment, placement, language)
