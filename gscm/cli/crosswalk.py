"""`gscm crosswalk …`: what the indicators of one model say about those of another, and answers taken over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import Group, command, json_option, option, say, session
from gscm.cli.terminal import print_json, print_warnings, table
from gscm.errors import BadUse, FaultsFound, Issue
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from gscm.crosswalk.crosswalk import Crosswalk, Link
    from gscm.crosswalk.offer import Offer, Offers, Pointer
    from gscm.crosswalk.schema import Relation
    from gscm.model.tree import Model
    from gscm.responses.answers import Answers

_RELATIONS: dict[Relation, Text] = {
    "same": Text("sama dengan", "same as"),
    "broader": Text("lebih luas daripada", "broader than"),
    "narrower": Text("lebih sempit daripada", "narrower than"),
    "related": Text("berkaitan dengan", "related to"),
}

crosswalk = Group(
    "crosswalk",
    text=Text(
        "Padankan indikator dua model, dan pakai ulang jawaban yang sama.",
        "Map the indicators of two models, and reuse answers that are the same.",
    ),
    commands={
        "list": (
            "gscm.cli.crosswalk:list_crosswalks",
            Text("Daftar tabel padanan yang tersedia.", "List the crosswalks that come with gscm."),
        ),
        "show": (
            "gscm.cli.crosswalk:show",
            Text("Perlihatkan padanannya beserta alasannya.", "Show its mappings with their reasons."),
        ),
        "check": (
            "gscm.cli.crosswalk:check",
            Text("Periksa tabel padanan terhadap modelnya.", "Check crosswalks against their models."),
        ),
        "offer": (
            "gscm.cli.crosswalk:offer",
            Text(
                "Tunjukkan jawaban yang dapat dipakai ulang dalam model lain.",
                "Show which answers can be reused in another model.",
            ),
        ),
    },
    example="gscm crosswalk offer examples/kalimantan-selatan-2019/answers.yaml --to spbe-2020",
)


@command(
    Text("Daftar tabel padanan yang datang bersama gscm.", "List the crosswalks that come with gscm."),
    example="gscm crosswalk list",
)
@json_option
@click.pass_context
def list_crosswalks(context: click.Context, as_json: bool) -> None:
    from gscm.crosswalk.load import find_crosswalk, load_crosswalks, shipped_crosswalks

    found = load_crosswalks([find_crosswalk(name) for name in shipped_crosswalks()])
    if as_json:
        print_json([_head(one) for one in found])
        return
    language = session(context).language
    word = Text("padanan", "mapping(s)")[language]
    rows = [[one.id, one.version, _models(one), f"{len(one.links)} {word}", one.title[language]] for one in found]
    click.echo("\n".join(table(rows)))


@command(
    Text(
        "Perlihatkan semua padanan: kedua sisinya, hubungannya, dan alasannya.",
        "Show every mapping: both sides, how they relate, and why.",
    ),
    example="gscm crosswalk show spbe-2018-2020",
)
@click.argument("name", metavar="ID|FILE")
@json_option
@click.pass_context
def show(context: click.Context, name: str, as_json: bool) -> None:
    from gscm.crosswalk.load import find_crosswalk, load_crosswalks

    (found,) = load_crosswalks([find_crosswalk(name)])
    if as_json:
        print_json({**_head(found), "mappings": [_link_json(link) for link in found.links]})
    else:
        click.echo("\n".join(_shown(found, session(context).language)))


@command(
    Text(
        "Periksa tabel padanan dan laporkan semua kesalahan sekaligus: berkas, baris, dan cara memperbaikinya.",
        "Check crosswalks and report every fault at once: file, line and remedy.",
    ),
    example="gscm crosswalk check models/crosswalks/gscm-spbe-2020.yaml",
)
@click.argument("names", metavar="[ID|FILE]...", nargs=-1)
@json_option
@click.pass_context
def check(context: click.Context, names: tuple[str, ...], as_json: bool) -> None:
    from gscm.crosswalk.load import find_crosswalk, load_crosswalks, shipped_crosswalks

    paths = [find_crosswalk(name) for name in names or shipped_crosswalks()]
    found: tuple[Crosswalk, ...] = ()
    issues: tuple[Issue, ...] = ()
    try:
        found = load_crosswalks(paths)
    except FaultsFound as faults:
        if not as_json:
            raise
        issues = faults.issues
    if as_json:
        print_json([_issue_json(issue) for issue in issues])
        context.exit(1 if issues else 0)
    for one in found:
        count, alike = len(one.links), _same(one)
        click.echo(
            say(
                Text(
                    f"Tabel padanan {one.id} {one.version} sah: {count} padanan, {alike} di antaranya sama.",
                    f"The crosswalk {one.id} {one.version} is sound: {count} mapping(s), {alike} of them same.",
                )
            )
        )


@command(
    Text(
        "Tunjukkan apa yang dikatakan jawaban sebuah kajian dalam model lain: yang dapat dipakai ulang, yang sudah "
        "dijawab, dan tempat melihat. Tanpa --out atau --into tidak ada yang ditulis; jawaban yang ada tidak diubah.",
        "Show what the answers of one study say in another model: what can be reused, what is answered already, and "
        "where to look. Without --out or --into nothing is written; no answer that exists is changed.",
    ),
    example="gscm crosswalk offer examples/kalimantan-selatan-2019/answers.yaml --to spbe-2020\n"
    "gscm crosswalk offer spbe-2018.yaml --into spbe-2020.yaml",
)
@click.argument("answers", metavar="ANSWERS.yaml")
@option(
    "--to",
    "to",
    metavar="ID|FOLDER",
    text=Text(
        "Model tujuan; bawaannya model berkas --into.", "The model to go to; by default that of the --into file."
    ),
)
@option(
    "--crosswalk",
    "named",
    metavar="ID|FILE",
    text=Text(
        "Tabel padanan; bawaannya semua yang menghubungkan kedua model.",
        "The crosswalk; by default all that connect the two models.",
    ),
)
@option("--out", metavar="NEW.yaml", text=Text("Tulis ke berkas jawaban baru.", "Write a new answers file."))
@option(
    "--into",
    metavar="EXISTING.yaml",
    text=Text("Tambahkan ke berkas jawaban yang sudah ada.", "Add to an answers file that exists."),
)
@option(
    "--date",
    metavar="DATE",
    text=Text(
        "Tanggal kajian asal (2023-12-31 atau 2023), bila tidak tertulis dalam berkasnya.",
        "Date of the source study (2023-12-31 or 2023), where its file does not say.",
    ),
)
@json_option
@click.pass_context
def offer(
    context: click.Context,
    answers: str,
    to: str | None,
    named: str | None,
    out: str | None,
    into: str | None,
    date: str | None,
    as_json: bool,
) -> None:
    from gscm.crosswalk.offer import offer as offered
    from gscm.responses.load import load_answers

    if out and into:
        raise _bad(
            Text("--out dan --into tidak dapat dipakai bersama.", "--out and --into cannot go together."),
            Text("Pilih salah satu.", "Choose one of them."),
        )
    near = load_answers(answers)
    begun = load_answers(into) if into else None
    far = _far(to, begun)
    _of_one_subject(near, begun, answers, into)
    when = _when(near, date)
    links = _links(near.model, far, named)
    result = offered(near, begun or far, links, when)
    target = _write(result, to or far.id, out, into) if result.offers and (out or into) else None
    language = session(context).language
    if as_json:
        print_json(_offers_json(result, when, target))
        return
    print_warnings(near.warnings, language)
    click.echo("\n".join(_told(result, begun, when, language)))
    if out or into:
        count = len(result.offers)
        written = Text(f"{count} jawaban ditulis ke {target}.", f"{count} answer(s) written to {target}.")
        click.echo()
        click.echo(say(written if target else Text("Tidak ada yang ditulis.", "Nothing was written.")))


def _bad(what: Text, remedy: Text | None = None) -> BadUse:
    return BadUse(Issue(None, what, remedy))


def _far(to: str | None, begun: Answers | None) -> Model:
    """The model to go to: the one named, or that of the answers file to add to."""
    from gscm.model.load import find_model, load_model

    if to is None and begun is None:
        raise _bad(
            Text("Model tujuan belum disebutkan.", "The model to go to is missing."),
            Text("Tulis --to gscm-province, misalnya.", "Write --to gscm-province, for instance."),
        )
    if to is None:
        assert begun is not None
        return begun.model
    far = load_model(find_model(to))
    if begun is not None and begun.model.id != far.id:
        raise _bad(
            Text(
                f"Berkas --into ditulis untuk {begun.model.id}, bukan {far.id}.",
                f"The --into file is written for {begun.model.id}, not {far.id}.",
            ),
            Text("Hapus --to, atau sebutkan berkas lain.", "Leave --to out, or name another file."),
        )
    return begun.model if begun is not None else far


def _of_one_subject(near: Answers, begun: Answers | None, answers: str, into: str | None) -> None:
    if begun is None or near.subject.id == begun.subject.id:
        return
    raise _bad(
        Text(
            f"{answers} tentang “{near.subject.id}”, sedangkan {into} tentang “{begun.subject.id}”.",
            f"{answers} is about “{near.subject.id}”, {into} about “{begun.subject.id}”.",
        ),
        Text(
            "Jawaban hanya dipakai ulang untuk daerah yang sama; samakan subject.id bila memang sama.",
            "Answers are reused for the same subject only; give both the same subject.id if it is.",
        ),
    )


def _when(near: Answers, date: str | None) -> str | None:
    """When the source study was made."""
    from gscm.crosswalk.offer import made_on
    from gscm.responses.schema import day_or_year
    from gscm.yamlfile import Wrong

    if date is not None:
        try:
            day_or_year(date)
        except Wrong as wrong:
            raise _bad(Text(f"--date: {wrong.what.id}", f"--date: {wrong.what.en}"), wrong.remedy) from None
        if near.study.date is not None and near.study.date.isoformat() != date:
            raise _bad(
                Text(
                    f"Berkas kajian asal bertanggal {near.study.date}, bukan {date}.",
                    f"The file of the source study is dated {near.study.date}, not {date}.",
                ),
                Text("Hapus --date.", "Leave --date out."),
            )
    return made_on(near, date)


def _links(near: Model, far: Model, named: str | None) -> tuple[Link, ...]:
    from gscm.crosswalk.load import crosswalks_between, find_crosswalk, load_crosswalks

    found = load_crosswalks([find_crosswalk(named)], (near, far)) if named else crosswalks_between(near, far)
    links = tuple(link for one in found for link in one.between(near, far))
    if not links:
        raise _bad(
            Text(
                f"Tidak ada tabel padanan antara {near.id} dan {far.id}.",
                f"There is no crosswalk between {near.id} and {far.id}.",
            ),
            Text("Lihat yang ada: gscm crosswalk list.", "See what there is: gscm crosswalk list."),
        )
    return links


def _write(result: Offers, model: str, out: str | None, into: str | None) -> str:
    """Put the offers into a new answers file, or into one that exists; what would not load is never saved."""
    from gscm.crosswalk.offer import entry_of
    from gscm.formats.answers_yaml import blank_text, read_text, set_answer
    from gscm.formats.saving import save
    from gscm.responses.load import bind
    from gscm.yamlfile import parse

    path = Path(out or into or "")
    if out and path.exists():
        raise _bad(
            Text(f"Berkas {out} sudah ada dan tidak ditimpa.", f"The file {out} exists and is not overwritten."),
            Text(f"Pilih nama lain, atau tulis --into {out}.", f"Choose another name, or write --into {out}."),
        )
    subject = result.near.subject
    known = {"id": subject.id, "name": subject.name, "kind": subject.kind}
    text = blank_text(model, result.far.version, known) if out else read_text(path)
    for made in result.offers:
        text = set_answer(text, made.answer.id, entry_of(made))
    bind(parse(text, str(path)), None if into else result.far, path.parent)
    save(path, text)
    return str(path)


# ── what is said ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _same(found: Crosswalk) -> int:
    return sum(link.relation == "same" for link in found.links)


def _models(found: Crosswalk) -> str:
    return f"{', '.join(m.id for m in found.near)} → {', '.join(m.id for m in found.far)}"


def _shown(found: Crosswalk, language: Language) -> Iterator[str]:
    yield f"{found.title[language]} · {found.id} {found.version}"
    yield _models(found)
    yield found.about[language]
    yield found.source[language]
    for link in found.links:
        yield ""
        only = f" ({', '.join(sorted(link.only))})" if link.only else ""
        yield f"{link.near} {_RELATIONS[link.relation][language]} {link.far}{only}"
        yield f"    {link.reason[language]}"


def _told(result: Offers, begun: Answers | None, when: str | None, language: Language) -> Iterator[str]:
    """The offers, what cannot be taken, and where to look."""
    near = result.near
    unknown = Text("tanggal tidak diketahui", "date unknown")
    yield f"{near.subject.name} · {near.model.id} ({when or unknown[language]}) → {result.far.id}"
    yield from _age(result, begun, language)
    yield ""
    yield Text(f"Dapat dipakai ulang: {len(result.offers)}", f"Can be reused: {len(result.offers)}")[language]
    for made in result.offers:
        yield from _one_offer(made, language)
    if result.agreed:
        ids = ", ".join(made.answer.id for made in result.agreed)
        yield ""
        yield Text(f"Sudah dijawab sama: {ids}", f"Answered alike already: {ids}")[language]
    if result.refused:
        yield ""
        yield Text("Tidak dipakai; yang ada tidak diubah:", "Not taken; what is there is not changed:")[language]
        for refused in result.refused:
            yield from _one_offer(refused.offer, language, refused.why)
    if result.pointers:
        count = len(result.pointers)
        yield ""
        yield Text(f"Tempat melihat, bukan jawaban ({count}):", f"Where to look; these are no answers ({count}):")[
            language
        ]
        for pointer in result.pointers:
            yield f"  {pointer.link.far}: {_look(pointer)[language]}"
            yield f"      {pointer.link.reason[language]}"


def _one_offer(made: Offer, language: Language, why: Text | None = None) -> Iterator[str]:
    from gscm.crosswalk.offer import said

    taken, there = said(made.answer)[language], said(made.given)[language]
    source = Text(f"dari {made.given.id}: {there}", f"from {made.given.id}: {there}")[language]
    yield f"  {made.answer.id}: {taken}, {source}" + (f" · {why[language]}" if why else "")
    yield f"      {made.link.reason[language]}"


def _look(pointer: Pointer) -> Text:
    """Where to look, what was answered there, and how it relates to what is asked here."""
    from gscm.crosswalk.offer import said

    near, relation = pointer.link.near, _RELATIONS[pointer.link.relation]
    there = (
        Text(f"{pointer.below} jawaban di bawahnya", f"{pointer.below} answer(s) below it")
        if pointer.given is None
        else said(pointer.given)
    )
    if pointer.link.relation == "same":
        relation = Text("sama, tetapi tidak menentukan", "same, but does not settle it:")
    return Text(
        f"lihat {near.id}: {there.id} ({near} {relation.id} {pointer.link.far})",
        f"see {near.id}: {there.en} ({near} is {relation.en} {pointer.link.far})",
    )


def _age(result: Offers, begun: Answers | None, language: Language) -> Iterator[str]:
    """A warning where what is offered is old when the study that takes it is made."""
    from gscm.responses.answers import STALE_AFTER, dated, older

    now = (dated(begun) if begun else None) or _today()
    old = [one for one in result.offers if one.answer.reused and older(one.answer.reused.date, now, STALE_AFTER)]
    if old:
        yield Text(
            f"{len(old)} jawaban berumur lebih dari {STALE_AFTER} tahun; periksa apakah keadaannya masih demikian.",
            f"{len(old)} answer(s) are more than {STALE_AFTER} years old; check whether things still stand so.",
        )[language]


def _today() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).date().isoformat()


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text_json(text: Text) -> dict[str, str]:
    return {"id": text.id, "en": text.en}


def _head(found: Crosswalk) -> dict[str, Any]:
    return {
        "id": found.id,
        "version": found.version,
        "title": _text_json(found.title),
        "from": [model.id for model in found.near],
        "to": [model.id for model in found.far],
        "basis": found.basis,
        "source": _text_json(found.source),
        "count": len(found.links),
        "same": _same(found),
    }


def _link_json(link: Link) -> dict[str, Any]:
    return {
        "from": str(link.near),
        "to": str(link.far),
        "relation": link.relation,
        "reason": _text_json(link.reason),
        "basis": link.basis,
        "only": sorted(link.only),
        "crosswalk": link.crosswalk,
    }


def _issue_json(issue: Issue) -> dict[str, Any]:
    return {
        "severity": issue.severity,
        "file": issue.where.file if issue.where else None,
        "line": issue.where.line if issue.where else None,
        "what": _text_json(issue.what),
        "remedy": _text_json(issue.remedy) if issue.remedy else None,
    }


def _offers_json(result: Offers, when: str | None, written: str | None) -> dict[str, Any]:
    from gscm.crosswalk.offer import entry_of, said

    def made(one: Offer) -> dict[str, Any]:
        entry = entry_of(one)
        value = entry["value"]
        return {
            "fact": one.answer.id,
            "value": value if isinstance(value, (bool, int)) else str(value),
            "given": _text_json(said(one.given)),
            "reused": entry["reused"],
            "mapping": _link_json(one.link),
        }

    near = result.near
    return {
        "from": {"model": near.model.id, "model_version": near.model.version, "subject": near.subject.id, "date": when},
        "to": {"model": result.far.id, "model_version": result.far.version},
        "offers": [made(one) for one in result.offers],
        "agreed": [made(one) for one in result.agreed],
        "refused": [{**made(one.offer), "why": _text_json(one.why)} for one in result.refused],
        "look": [
            {
                "mapping": _link_json(one.link),
                "given": _text_json(said(one.given)) if one.given else None,
                "answers_below": one.below,
            }
            for one in result.pointers
        ],
        "written": written,
    }
