"""`gscm analyse`: how far people agree, how firm the level is, what would move it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import command, json_option, model_option, option, say, session, weights_of, weights_option
from gscm.cli.reporting import asked_for, report_target, write_report
from gscm.cli.terminal import print_json, print_warnings, table
from gscm.errors import BadUse, Issue, Where
from gscm.i18n import Language, Text
from gscm.statistics.references import cited

if TYPE_CHECKING:
    from gscm.analysis.experts import Ratings
    from gscm.analysis.finding import Finding, Grid
    from gscm.analysis.material import Material
    from gscm.analysis.panel import Panel
    from gscm.model.tree import Model
    from gscm.responses.answers import Answers

SECTIONS = (
    "sampling", "agreement", "reliability", "firmness", "sensitivity", "weights",
    "importance", "gap", "change", "audit",
)  # fmt: skip

_SQLITE = b"SQLite format 3\0"


@command(
    Text(
        "Analisis hasil: kesepakatan antarpenjawab, keandalan instrumen, kekukuhan level, kepekaan terhadap pilihan "
        "metode, jarak ke target, perubahan, dan audit. Setiap angka menyebut n, metode, dan sumbernya.",
        "Analyse a result: agreement among respondents, reliability, how firm the level is, what it is sensitive to, "
        "distance to targets, change, and an audit. Every figure tells its n, its method and its source.",
    ),
    example="gscm analyse kajian --seed 7\n"
    "gscm analyse examples/kalimantan-selatan-2019/answers.yaml --section firmness\n"
    "gscm analyse kajian --out analisis.pdf",
)
@click.argument("source", metavar="STUDY|ANSWERS.yaml")
@option(
    "--section",
    "sections",
    multiple=True,
    type=click.Choice(SECTIONS),
    text=Text("Analisis yang dipakai (boleh diulang); bawaannya semua.", "Which analysis (repeatable); all if none."),
)
@option("--seed", type=click.IntRange(0), default=1, show_default=True, text=Text("Benih acak; benih sama, hasil sama.",
        "Random seed; the same seed gives the same bytes."))  # fmt: skip
@option("--runs", type=click.IntRange(100, 100_000), default=1000, show_default=True,
        text=Text("Banyaknya penarikan ulang responden.", "How often respondents are resampled."))  # fmt: skip
@option("--draws", type=click.IntRange(64, 1_000_000), default=10_000, show_default=True,
        text=Text("Banyaknya percobaan uji kepekaan.", "How many draws the sensitivity analysis makes."))  # fmt: skip
@option("--against", multiple=True, metavar="STUDY|ANSWERS.yaml",
        text=Text("Penilaian pembanding: gelombang terdahulu atau daerah lain (boleh diulang).",
                  "Assessments to compare with: an earlier wave or other regions (repeatable)."))  # fmt: skip
@option("--target", "targets", multiple=True, metavar="NODE=LEVEL[@YEAR]",
        text=Text("Target suatu simpul (boleh diulang).", "The target of a node (repeatable)."))  # fmt: skip
@option("--comparisons", multiple=True, metavar="COMPARISONS.yaml|.csv", text=Text("Perbandingan para pakar, untuk "
        "bagian weights (boleh diulang).", "Experts' comparisons, for the section weights (repeatable)."))  # fmt: skip
@option("--experts", metavar="RATINGS.csv", text=Text("Penilaian pakar atas butir: kolom expert, item, rating.",
        "Experts' ratings of items: columns expert, item, rating."))  # fmt: skip
@option("--population", type=click.IntRange(1), metavar="N",
        text=Text("Banyaknya orang yang dapat dimintai jawaban.",
                  "How many people could have been asked."))  # fmt: skip
@option("--out", metavar="FILE.pdf|.html", text=Text("Tulis sebagai laporan.", "Write it as a report."))
@model_option
@weights_option
@json_option
@click.pass_context
def analyse(
    context: click.Context,
    source: str,
    sections: tuple[Any, ...],
    seed: int,
    runs: int,
    draws: int,
    against: tuple[str, ...],
    targets: tuple[str, ...],
    comparisons: tuple[str, ...],
    experts: str | None,
    population: int | None,
    out: str | None,
    model: str | None,
    weights: str | None,
    as_json: bool,
) -> None:
    from dataclasses import replace

    from gscm.analysis.run import analyse as analysed
    from gscm.analysis.targets import targets_of
    from gscm.responses.migration import migrations_among

    language = session(context).language
    target = report_target(out) if out is not None else None
    material = _material(source, model, weights, language)
    others = tuple(_material(other, model, weights, language).answers for other in against)
    material = replace(
        material,
        others=others,
        migrations=migrations_among((material.answers.model, *(one.model for one in others))),
        targets=targets_of(material.answers, targets),
        panel=_panel(comparisons, material.answers.model),
        experts=_ratings(experts, material.answers),
        population=population,
        seed=seed,
        runs=runs,
        draws=draws,
    )
    found = analysed(material, sections)
    if target is not None:
        from gscm.analysis.respondents import response
        from gscm.assessment import assess

        told = found if sections else asked_for(found)
        answered = response(material.people) if material.people else None
        write_report(assess(material.answers, told, respondents=answered), "analysis", target, language)
        click.echo(say(Text(f"Laporan ditulis ke {target}.", f"Report written to {target}.")), err=True)
    if as_json:
        print_json(_json(material, found))
    elif target is None:
        click.echo("\n\n".join("\n".join(_told(one, language)) for one in found))


def _material(source: str, model: str | None, weights: str | None, language: Language) -> Material:
    """What is to be analysed: the study in a folder or database, or an answers file."""
    from gscm.analysis.material import Material
    from gscm.responses.load import load_answers

    path = Path(source)
    if path.is_dir() or "://" in source:
        from gscm.cli.study import opened, reweighed
        from gscm.study.material import material_of

        with opened(source) as (store, found):
            return material_of(reweighed(found, weights), store)
    if _is_database(path):
        raise BadUse(
            Issue(
                Where(source),
                Text(
                    "Ini basis data sebuah kajian, bukan berkas jawaban.",
                    "This is the database of a study, not an answers file.",
                ),
                Text(
                    f"Sebutkan folder kajiannya: gscm analyse {path.parent}",
                    f"Name the folder of the study: gscm analyse {path.parent}",
                ),
            )
        )
    loaded: Answers = load_answers(source, model, weights_of(weights))
    print_warnings(loaded.warnings, language)
    return Material(loaded)


def _is_database(path: Path) -> bool:
    """Whether the path leads into the folder of a study rather than to it; what cannot be read is told elsewhere."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def _panel(comparisons: tuple[str, ...], model: Model) -> Panel | None:
    """What experts said when they compared parts of the model."""
    from gscm.formats.comparisons import read_comparisons

    return read_comparisons(comparisons, model) if comparisons else None


def _ratings(path: str | None, answers: Answers) -> Ratings | None:
    """What experts say of the items, where a table of it is given."""
    from gscm.formats.expert_ratings import read_ratings

    return None if path is None else read_ratings(Path(path), answers.model)


def _json(material: Material, found: tuple[Finding, ...]) -> dict[str, Any]:
    from gscm.assessment import weights_used

    answers = material.answers
    return {
        "format": "gscm-analysis/1",
        "model": answers.model.id,
        "model_version": answers.model.version,
        "weights": weights_used(answers.model),
        "notice": _both(answers.model.notice),
        "subject": {"id": answers.subject.id, "name": answers.subject.name, "year": answers.subject.year},
        "seed": material.seed,
        "findings": [
            {
                "section": one.section,
                "id": one.id,
                "title": _both(one.title),
                "meaning": _both(one.meaning),
                "method": _both(one.method),
                "source": cited(one.source),
                "n": _both(one.n),
                "rests_on": _both(one.rests_on) if one.rests_on else None,
                "refused": one.refused is not None,
                "remedy": _both(one.remedy) if one.remedy else None,
                "caution": _both(one.caution) if one.caution else None,
                "data": one.data,
            }
            for one in found
        ],
    }


def _both(text: Text) -> dict[str, str]:
    return {"id": text.id, "en": text.en}


def _told(found: Finding, language: Language) -> Iterator[str]:
    yield click.style(found.title[language], bold=True)
    yield found.meaning[language]
    if found.caution is not None:
        yield f"{Text('Perhatikan:', 'Mind:')[language]} {found.caution[language]}"
    for grid in found.grids:
        yield ""
        yield from _grid(grid, language)
    if found.refused is not None:
        if found.remedy is not None:
            yield found.remedy[language]
        return
    yield ""
    method, source = Text("Cara:", "Method:")[language], Text("Sumber:", "Source:")[language]
    rests_on = f" {found.rests_on[language]}" if found.rests_on is not None else ""
    yield f"{method} {found.method[language]} n = {found.n[language]}.{rests_on} {source} {cited(found.source)}."


def _grid(grid: Grid, language: Language) -> Iterator[str]:
    yield f"{grid.title[language]}:"
    yield from table([[h[language] for h in grid.headings], *([cell[language] for cell in row] for row in grid.rows)])
    if grid.note is not None:
        yield grid.note[language]
