"""`gscm model diff` and `gscm model migrate`: from one version of a model to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import command, json_option, option, say, session
from gscm.cli.terminal import print_json, table
from gscm.errors import BadUse, Issue
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from gscm.authoring.carrying import Migrated
    from gscm.authoring.consequences import Consequence, Standing
    from gscm.authoring.difference import Bump, Change
    from gscm.model.tree import Model
    from gscm.responses.carrying import Retired

_BUMPS: dict[Bump | None, Text] = {
    "major": Text(
        "Angka pertama versi harus naik: jawaban yang sama dapat menghasilkan level atau nilai lain.",
        "The first number of the version has to rise: the same answers may give another level or score.",
    ),
    "minor": Text(
        "Angka kedua versi harus naik: ada yang baru atau berubah di luar hitungan level dan nilai.",
        "The second number of the version has to rise: something that no level or score rests on is new or other.",
    ),
    "patch": Text(
        "Angka ketiga versi harus naik: hanya kata-kata dan sumbernya yang berubah.",
        "The third number of the version has to rise: only words and sources changed.",
    ),
    None: Text("Kedua model sama.", "The two models are the same."),
}


@command(
    Text(
        "Bandingkan dua versi sebuah model dengan bahasa model itu sendiri: apa yang berubah, apa akibatnya bagi nomor "
        "versi, dan jawaban serta level mana yang terkena.",
        "Compare two versions of a model in the words of the model: what changed, what it asks of the version number, "
        "and which answers and levels it touches.",
    ),
    example="gscm model diff models/gscm-province model-kajian --answers jawaban.yaml",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@option(
    "--answers",
    metavar="ANSWERS.yaml",
    multiple=True,
    text=Text(
        "Berkas jawaban untuk OLD, yang ditempatkan dengan keduanya; boleh berulang.",
        "Answers for OLD, to be placed by both; may be repeated.",
    ),
)
@json_option
@click.pass_context
def diff(context: click.Context, old: str, new: str, answers: tuple[str, ...], as_json: bool) -> None:
    from gscm import yamlfile
    from gscm.authoring.consequences import consequence
    from gscm.authoring.difference import differences
    from gscm.model.load import find_model, load_model
    from gscm.responses.migration import leading, load_migrations, renamings

    language = session(context).language
    models = load_model(find_model(old)), load_model(find_model(new))
    before, after = models
    chain = leading(load_migrations(after), before.version, after.version) if before.id == after.id else ()
    ids = renamings(chain) if before.id == after.id else {before.id: after.id}
    changes = differences(before, after, ids)
    found = [consequence(yamlfile.read(Path(file)), models, chain, changes, ids) for file in answers]
    if as_json:
        print_json(_diff_json(models, changes, found))
        return
    click.echo("\n".join(_diff(models, changes, language)))
    for one in found:
        click.echo("\n".join(["", *_consequence(one, language)]))
    if found:
        click.echo("\n" + after.notice[language])


def _diff(models: tuple[Model, Model], changes: tuple[Change, ...], language: Language) -> Iterator[str]:
    old, new = models
    yield f"{new.title[language]} · {old.id} {old.version} → {new.id} {new.version}"
    for heading, effects in (
        (Text("Dapat mengubah hasil", "May change a result"), ("result",)),
        (Text("Kata-kata, sumber, dan pelengkap", "Words, sources and extras"), ("optional", "wording")),
    ):
        group = [change for change in changes if change.effect in effects]
        if group:
            yield from ("", heading[language])
            yield from _by_node(group, models, language)
    yield ""
    yield from (text[language] for text in _verdict(models, changes))


def _by_node(changes: list[Change], models: tuple[Model, Model], language: Language) -> Iterator[str]:
    old, new = models
    last: Any = ()
    for change in changes:
        if change.node != last:
            node = new.nodes.get(change.node or "") or old.nodes.get(change.node or "")
            title = Text("Seluruh model", "The whole model")[language]
            yield f"  {node.id}: {node.title[language]}" if node else f"  {title}"
            last = change.node
        yield f"    {change.text[language]}"


def _verdict(models: tuple[Model, Model], changes: tuple[Change, ...]) -> Iterator[Text]:
    """What the changes ask of the version number, and whether it obeys."""
    from gscm.authoring.difference import asks_for, obeys

    old, new = models
    asked = asks_for(changes)
    if old.id != new.id:
        yield Text("Id-nya berbeda; nomor versinya tidak dibandingkan.", "Other ids: versions are not compared.")
        return
    yield _BUMPS[asked]
    if any(change.what == "criterion.text" for change in changes):
        yield Text(
            "Baca ulang kriteria yang berubah bunyinya: bila yang diminta kini lain, angka pertamalah yang naik.",
            "Read the reworded criteria again: if they ask for something else now, the first number rises.",
        )
    if changes and obeys(old.version, new.version, asked):
        yield Text(f"Versi {new.version} memenuhinya.", f"Version {new.version} does so.")
    elif changes:
        yield Text(
            f"Versi {new.version} setelah {old.version} belum memenuhinya.",
            f"Version {new.version} after {old.version} does not.",
        )


def _consequence(found: Consequence, language: Language) -> Iterator[str]:
    yield f"{found.answers.file}: {found.answers.subject.name}"
    yield from _aside(found.migrated, language)
    if not found.shifts:
        yield Text("Semua level dan nilai tetap.", "Every level and score stays.")[language]
        return
    headings = Text("Simpul", "Node"), Text("Level", "Level"), Text("Nilai", "Score"), Text("Karena", "Because of")
    whole = Text("seluruh model", "the whole model")[language]
    rows = [[heading[language] for heading in headings]]
    for shift in found.shifts:
        because = list(dict.fromkeys(change.node or whole for change in shift.causes))
        levels = _step(_levels(shift.old), _levels(shift.new))
        scores = _step(_scores(shift.old, language), _scores(shift.new, language))
        rows.append([shift.node, levels, scores, _first(because)])
    yield from table(rows)


def _first(names: list[str], most: int = 3) -> str:
    """A few of the names, and how many more there are; all of them are in the JSON."""
    more = f", … (+{len(names) - most})" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _step(old: str, new: str) -> str:
    return old if old == new else f"{old} → {new}"


def _levels(standing: Standing) -> str:
    return "–".join(map(str, dict.fromkeys(standing.levels)))


def _scores(standing: Standing, language: Language) -> str:
    shown = "–".join(dict.fromkeys(standing.scores))
    return shown.replace(".", ",") if language == "id" else shown


def _diff_json(models: tuple[Model, Model], changes: tuple[Change, ...], found: list[Consequence]) -> dict[str, Any]:
    from gscm.authoring.difference import asks_for, obeys

    old, new = models
    asked = asks_for(changes)
    return {
        "old": {"id": old.id, "version": old.version},
        "new": {"id": new.id, "version": new.version},
        "asks_for": asked,
        "obeys": obeys(old.version, new.version, asked) if old.id == new.id else None,
        "changes": [_change_json(change) for change in changes],
        "answers": [
            {
                "file": one.answers.file,
                "subject": one.answers.subject.id,
                "retired": [_retired_json(retired) for retired in one.migrated.retired],
                "nodes": [
                    {
                        "node": shift.node,
                        "old": {"levels": list(shift.old.levels), "scores": list(shift.old.scores)},
                        "new": {"levels": list(shift.new.levels), "scores": list(shift.new.scores)},
                        "causes": [changes.index(change) for change in shift.causes],
                    }
                    for shift in one.shifts
                ],
            }
            for one in found
        ],
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "node": change.node,
        "what": change.what,
        "effect": change.effect,
        "text": {"id": change.text.id, "en": change.text.en},
        "old": change.old,
        "new": change.new,
    }


# ──────────────────────────────────────────────────────────────────────────────────────────────────────────── migrate


@command(
    Text(
        "Pindahkan jawaban ke versi baru modelnya menurut berkas migrasi model itu. Tidak ada jawaban yang hilang: "
        "yang tidak dapat dipindahkan disebutkan beserta alasannya dan disimpan di bawah retired. Tanpa --out atau "
        "--in-place tidak ada yang ditulis.",
        "Carry answers to a newer version of their model by the migrations of that model. No answer is lost: what "
        "cannot be carried is listed with the reason and kept under retired. Nothing is written without --out or "
        "--in-place.",
    ),
    example="gscm model migrate jawaban.yaml --to 2.0.0 --out jawaban-2.yaml",
)
@click.argument("answers", metavar="ANSWERS.yaml")
@option("--to", metavar="VERSION", required=True, text=Text("Versi yang dituju.", "The version to reach."))
@option("--out", metavar="FILE.yaml", text=Text("Berkas baru.", "The new file."))
@option("--in-place", is_flag=True, text=Text("Tulis ke berkas itu sendiri.", "Write into the file itself."))
@json_option
@click.pass_context
def migrate(context: click.Context, answers: str, to: str, out: str | None, in_place: bool, as_json: bool) -> None:
    from gscm import yamlfile
    from gscm.authoring import carrying
    from gscm.authoring.answers_text import rewritten
    from gscm.formats.answers_yaml import read_text
    from gscm.formats.saving import save
    from gscm.model.load import find_model, load_model
    from gscm.responses.schema import AnswersFile

    language = session(context).language
    path = Path(answers)
    document = yamlfile.read(path)
    _check_version(to)
    named = yamlfile.validate(document, AnswersFile).model
    migrated = carrying.migrate(document, load_model(find_model(named, path.parent)), to)
    text = rewritten(read_text(path), migrated)
    if out:
        _check_free(Path(out), text)
    target = Path(out) if out else path if in_place else None
    if target:
        save(target, text)
    if as_json:
        print_json(_migrated_json(migrated, target))
        return
    click.echo("\n".join(_migrated(migrated, language)))
    if target:
        click.echo(say(Text(f"Ditulis ke {target}.", f"Written to {target}.")))
    else:
        click.echo(say(Text("Belum ditulis. Sebutkan --out BERKAS.", "Nothing is written yet. Name a file: --out.")))


def _check_version(version: str) -> None:
    if not re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version):
        what = Text(f"“{version}” bukan nomor versi.", f"“{version}” is not a version number.")
        raise BadUse(Issue(None, what, Text("Tulis seperti 2.0.0.", "Write it like 2.0.0.")))


def _check_free(path: Path, text: str) -> None:
    """Answers that somebody wrote are never replaced; the same text may be written again."""
    if path.is_file() and path.read_bytes() != text.encode("utf-8"):
        raise BadUse(
            Issue(
                None,
                Text(f"Berkas {path} sudah ada dan tidak ditimpa.", f"The file {path} exists and is not overwritten."),
                Text(
                    "Pilih nama lain, atau tulis --in-place untuk memindahkan berkas jawaban itu sendiri.",
                    "Choose another name, or write --in-place to carry the answers file itself.",
                ),
            )
        )


def _migrated(migrated: Migrated, language: Language) -> Iterator[str]:
    if migrated.start == migrated.end:
        yield Text(f"Jawaban ini sudah versi {migrated.end}.", f"The answers are of version {migrated.end}.")[language]
        return
    by = ", ".join(f"migrations/{migration.file}" for migration in migrated.chain)
    yield f"{migrated.start} → {migrated.end}" + (f" ({by})" if by else "")
    moved = [entry for entry in migrated.entries if entry.id != entry.origin]
    carried, elsewhere = len(migrated.entries), len(moved)
    yield Text(
        f"{carried} jawaban dipindahkan, {elsewhere} di antaranya ke id lain.",
        f"{carried} answer(s) carried, {elsewhere} of them under another id.",
    )[language]
    yield from (f"  {entry.origin} → {entry.id}" for entry in moved)
    yield from _aside(migrated, language)


def _aside(migrated: Migrated, language: Language) -> Iterator[str]:
    """What was retired, in two lists: what could not be carried, and what is kept although it was."""
    for heading, group in (
        (
            Text("Tidak dapat dipindahkan, disimpan di bawah retired:", "Not carried, kept under retired:"),
            [one for one in migrated.retired if not one.carried],
        ),
        (
            Text(
                "Dipindahkan dengan isi lain, aslinya di bawah retired:", "Carried otherwise, original under retired:"
            ),
            [one for one in migrated.retired if one.carried],
        ),
    ):
        if group:
            yield heading[language]
            yield from (f"  {_told(one)}: {one.reason[language]}" for one in group)


def _told(one: Retired) -> str:
    from gscm.formats.answers_yaml import flow

    answer = one.answer if isinstance(one.answer, dict) else {"value": one.answer}
    shown = flow({key: value for key, value in answer.items() if key != "rows"}) if answer.get("value") else ""
    where = f"{one.place}: " if one.place != "answers" else ""
    return f"{where}{one.id}" + (f" ({shown})" if shown else "")


def _migrated_json(migrated: Migrated, target: Path | None) -> dict[str, Any]:
    return {
        "from": migrated.start,
        "to": migrated.end,
        "migrations": [migration.file for migration in migrated.chain],
        "carried": [{"old": entry.origin, "new": entry.id} for entry in migrated.entries],
        "retired": [_retired_json(one) for one in migrated.retired],
        "written": str(target) if target else None,
    }


def _retired_json(one: Retired) -> dict[str, Any]:
    """A retired entry as JSON; exact numbers become strings of their digits."""
    from gscm.authoring.carrying import record

    reason = {"id": one.reason.id, "en": one.reason.en}
    return {**record(one), "answer": _digits(one.answer), "reason": reason}


def _digits(value: Any) -> Any:
    from decimal import Decimal

    if isinstance(value, dict):
        return {key: _digits(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_digits(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value
