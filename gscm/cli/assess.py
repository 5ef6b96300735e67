"""`gscm assess`."""

from __future__ import annotations

import click

from gscm.cli.command import command, json_option, model_option, session, weights_of, weights_option
from gscm.cli.terminal import print_json, print_warnings
from gscm.i18n import Text


@command(
    Text(
        "Hitung level dan nilai setiap simpul dari berkas jawaban, beserta selang yang masih mungkin.",
        "Work out the level and score of every node from an answers file, with the interval still possible.",
    ),
    example="gscm assess examples/kalimantan-selatan-2019/answers.yaml\ngscm assess jawaban.yaml --json > hasil.json",
)
@click.argument("answers", metavar="ANSWERS.yaml")
@model_option
@weights_option
@json_option
@click.pass_context
def assess(context: click.Context, answers: str, model: str | None, weights: str | None, as_json: bool) -> None:
    from gscm.assessment import assess as assess_answers, to_json
    from gscm.responses.load import load_answers

    loaded = load_answers(answers, model, weights_of(weights))
    language = session(context).language
    print_warnings(loaded.warnings, language)
    assessment = assess_answers(loaded)
    if as_json:
        print_json(to_json(assessment))
    else:
        from gscm.cli.overview import overview

        click.echo(overview(assessment, language))
