"""`gscm whatif`."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from gscm.cli.command import command, json_option, model_option, option, session
from gscm.cli.roadmap import load
from gscm.cli.terminal import print_json, print_warnings, table
from gscm.errors import BadUse, FaultsFound, Issue, did_you_mean
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from gscm.assessment import Assessment
    from gscm.responses.answers import Answer, Answers

_WIDTH = 96


@command(
    Text(
        "Lihat level dan alasannya seandainya beberapa jawaban lain, di samping keadaan hari ini. Berkasnya tidak "
        "diubah.",
        "See the level and its reasons if some answers were different, beside today. The file is left as it is.",
    ),
    example="gscm whatif examples/kalimantan-selatan-2019/answers.yaml --set council.3.1=ya --set council.3.2=ya",
)
@click.argument("answers", metavar="ANSWERS.yaml|STUDY")
@option(
    "--set",
    "settings",
    multiple=True,
    required=True,
    meta=Text("FAKTA=NILAI", "FACT=VALUE"),
    text=Text(
        "Seandainya fakta ini bernilai demikian: ya, tidak, sebuah level, sebuah angka, “tidak tahu”, atau “tidak "
        "berlaku”.",
        "If this fact had this value: ya (yes), tidak (no), a level, a figure, unknown, or n/a.",
    ),
)
@model_option
@json_option
@click.pass_context
def whatif(context: click.Context, answers: str, settings: tuple[str, ...], model: str | None, as_json: bool) -> None:
    from gscm.assessment import assess

    language = session(context).language
    loaded = load(answers, model)
    print_warnings(loaded.warnings, language)
    changed = _changed(loaded, settings)
    print_warnings(_warnings(loaded, changed), language)
    today, then = assess(loaded), assess(replace(loaded, entries={**_without(loaded, changed), **changed}))
    if as_json:
        print_json(_json(today, then, changed))
    else:
        click.echo("\n".join(_lines(today, then, changed, language)))


def _warnings(loaded: Answers, changed: Mapping[str, Answer]) -> Iterator[Issue]:
    """What is set not to apply although the model does not allow it, in the words of the answers file."""
    from gscm.model.facts import facts_of
    from gscm.responses.load import not_allowed

    facts, model = facts_of(loaded.model), loaded.model
    for id, answer in changed.items():
        where = facts[id] if id in facts else model.nodes[id]
        if answer.status == "not_applicable" and not where.may_not_apply:
            what, remedy = not_allowed(id)
            yield Issue(None, _at(id, what), remedy, severity="warning")


def _changed(loaded: Answers, settings: tuple[str, ...]) -> Mapping[str, Answer]:
    """The answers as they would be, by fact. Raises BadUse with every setting that cannot be."""
    issues: list[Issue] = []
    found: dict[str, Answer] = {}
    for said in settings:
        id, equals, value = said.partition("=")
        if not equals or not id.strip() or not value.strip():
            issues.append(
                Issue(
                    None,
                    Text(f"--set: “{said}” tidak dapat dibaca.", f"--set: “{said}” cannot be read."),
                    Text("Tulis seperti --set council.3.1=ya.", "Write it like --set council.3.1=ya."),
                )
            )
            continue
        try:
            answer = _answer(loaded, id.strip(), value.strip())
        except FaultsFound as error:
            issues += (Issue(None, _at(id, issue.what), issue.remedy) for issue in error.issues)
            continue
        other = found.get(answer.id)
        if other is not None and other.value != answer.value:
            issues.append(
                Issue(
                    None,
                    Text(f"--set: {answer.id} disebut dua kali.", f"--set: {answer.id} is given twice."),
                    Text("Pilih salah satunya.", "Choose one of the two."),
                )
            )
        found[answer.id] = answer
    issues += _within_one_another(loaded, found)
    if issues:
        raise BadUse(issues)
    return found


def _answer(loaded: Answers, id: str, value: str) -> Answer:
    from gscm import yamlfile
    from gscm.model.facts import facts_of
    from gscm.responses.given import written
    from gscm.responses.load import inside_scope, read_answer

    model = loaded.model
    id = model.id if id == "overall" else id
    facts = facts_of(model)
    node = facts[id].node if id in facts else id
    if node in model.nodes and node not in inside_scope(model, loaded.scope):
        title = model.nodes[node].title
        raise FaultsFound(
            Issue(
                None,
                Text(f"{title.id} tidak dinilai di sini.", f"{title.en} is not assessed here."),
                Text("Hapus, atau perluas scope kajiannya.", "Remove it, or widen the scope of the study."),
            )
        )
    if id not in facts and id not in model.nodes:
        raise FaultsFound(
            Issue(
                None,
                Text(f"Tidak ada fakta “{id}”.", f"There is no fact “{id}”."),
                did_you_mean(id, [*facts, *model.nodes])
                or Text(f"Lihat: gscm model show {model.id}", f"See: gscm model show {model.id}"),
            )
        )
    criterion = id in facts and facts[id].kind == "criterion"
    said = written(value, criterion, Text("seandainya", "what if").id)
    if said is not None and (criterion or "status" in said):
        return read_answer(model, id, said)
    return read_answer(
        model,
        id,
        yamlfile.parse(f"value: {value.replace(',', '.')}", "--set").data["value"] if _is_figure(value) else value,
    )


def _at(id: str, what: Text) -> Text:
    return Text(f"--set {id.strip()}: {what.id}", f"--set {id.strip()}: {what.en}")


def _is_figure(value: str) -> bool:
    return re.fullmatch(r"[-+]?[0-9]+([.,][0-9]+)?", value) is not None


def _within_one_another(loaded: Answers, found: Mapping[str, Answer]) -> Iterator[Issue]:
    """A node that stands in for all below it, and something below it, cannot both be set."""
    from gscm.model.facts import facts_of

    facts, model = facts_of(loaded.model), loaded.model
    for id in found:
        if id in facts:
            continue
        inside = {below.id for below in model.below(id)} - {id}
        for other in found:
            if other != id and (facts[other].node if other in facts else other) in inside:
                yield Issue(
                    None,
                    Text(f"--set: {other} berada di bawah {id}.", f"--set: {other} lies below {id}."),
                    Text("Sebut salah satunya saja.", "Set only one of the two."),
                )


def _without(loaded: Answers, found: Mapping[str, Answer]) -> dict[str, Answer]:
    """The entries that stay: a node that is set replaces those below it, one below it a node that was given."""
    from gscm.model.facts import facts_of

    facts, model = facts_of(loaded.model), loaded.model

    def place(id: str) -> str:
        return facts[id].node if id in facts else id

    covered = {below.id for id in found if id not in facts for below in model.below(id)}
    over = {above.id for id in found for above in model.above(place(id))}
    over |= {place(id) for id in found if id in facts and place(id) != id}
    return {
        id: entry
        for id, entry in loaded.entries.items()
        if place(id) not in covered and not (id not in facts and place(id) in over)
    }


def _rising(today: Assessment, then: Assessment) -> list[str]:
    """The nodes whose level or score differs."""
    return [
        id
        for id, placement in today.nodes.items()
        for other in [then.nodes[id]]
        if placement.assessed
        and (placement.low, placement.high, placement.score_low, placement.score_high)
        != (other.low, other.high, other.score_low, other.score_high)
    ]


def _lines(today: Assessment, then: Assessment, changed: Mapping[str, Answer], language: Language) -> Iterator[str]:
    from gscm.cli.overview import headline, ladder, levels_range, score_range

    yield headline(today, language)
    yield ""
    yield Text("Seandainya:", "If it were so:")[language]
    for id in changed:
        yield from _beside(today, then, id, language)
    yield ""
    hidden = {below.id for id in changed if id in today.model.nodes for below in today.model.below(id)} - changed.keys()
    differing = [id for id in _rising(today, then) if id not in hidden]
    shown = [id for id in differing if today.nodes[id].low is not None or today.model.id == id]
    shown = [today.model.id, *(id for id in shown if id != today.model.id)]
    heads = [
        Text("Simpul", "Node"), Text("Kini", "Today"), Text("", ""), Text("Seandainya", "If so"), Text("", ""),
        Text("Nilai kini", "Score today"), Text("Nilai seandainya", "Score if so"),
    ]  # fmt: skip
    rows = [[head[language] for head in heads]]
    for id in shown:
        one, other = today.nodes[id], then.nodes[id]
        title = today.answers.subject.name if id == today.model.id else today.model.nodes[id].title[language]
        rows.append(
            [
                "  " * len(list(today.model.above(id))) + title,
                levels_range(today, one, language), ladder(today, one),
                levels_range(then, other, language), ladder(then, other),
                score_range(today, one, language), score_range(then, other, language),
            ]
        )  # fmt: skip
    yield from table(rows)
    if not differing:
        yield ""
        yield Text("Tidak ada level atau nilai yang berubah.", "No level and no score changes.")[language]
    if hidden:
        yield ""
        told = Text(
            "Simpul di bawah simpul yang disebut levelnya tidak dibaca lagi, dan tidak ditampilkan.",
            "Nodes below one whose level is set are no longer read, and are not shown.",
        )
        yield from _wrapped(told[language])
    if any(id in today.model.nodes and then.nodes[id].score_low != then.nodes[id].score_high for id in changed):
        yield ""
        told = Text(
            "Nilai simpul yang hanya disebut levelnya tidak diketahui (0–100); nilai di atasnya ikut menjadi selang.",
            "The score of a node of which only the level is set is not known (0–100); those above it become ranges.",
        )
        yield from _wrapped(told[language])
    yield ""
    explanation = then.explain(then.model.id)
    yield from _wrapped(Text("Alasannya, seandainya demikian:", "Why, if it were so:")[language])
    yield from _wrapped(explanation.stands[language], "  ")
    if explanation.next and then.model.id not in changed:
        yield from _wrapped(explanation.next[language], "  ")
    yield ""
    yield today.model.notice[language]


def _beside(today: Assessment, then: Assessment, id: str, language: Language) -> Iterator[str]:
    """What is set, in its words: what it is today, and what it would be."""
    from gscm.cli.overview import levels_range
    from gscm.placement.explain import fact_name, fact_state, subject_title

    facts, before = then.result.reading.facts, today.result.reading.facts
    name = fact_name(then.result, id) if id in facts else subject_title(then.result, then.model.nodes[id])
    one, other = (
        fact_state(found.result, id)[language] if id in known else levels_range(found, found.nodes[id], language)
        for found, known in ((today, before), (then, facts))
    )
    one, other = (state.removeprefix("saat ini ").removeprefix("now ") for state in (one, other))
    yield from _wrapped(f"{id}: {name[language]}", "  – ")
    yield from _wrapped(Text(f"kini {one} → {other}", f"today {one} → {other}")[language], "      ")


def _wrapped(text: str, first: str = "") -> Iterator[str]:
    yield from textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=" " * len(first)) or [first]


def _json(today: Assessment, then: Assessment, changed: Mapping[str, Answer]) -> dict[str, Any]:
    from gscm.assessment import to_json

    before, after = to_json(today), to_json(then)
    kept = ("level_low", "level_high", "score_low", "score_high", "blocked_by")
    explanation = then.explain(then.model.id)
    return {
        "format": "gscm-whatif/1",
        "model": today.model.id,
        "model_version": today.model.version,
        "notice": before["notice"],
        "subject": before["subject"],
        "set": {id: answer.status if answer.value is None else str(answer.value) for id, answer in changed.items()},
        "overall": {
            "today": {key: before["overall"][key] for key in kept},
            "then": {key: after["overall"][key] for key in kept},
        },
        "nodes": {
            id: {
                "today": {key: before["nodes"][id][key] for key in kept},
                "then": {key: after["nodes"][id][key] for key in kept},
            }
            for id in _rising(today, then)
        },
        "stands": {"id": explanation.stands.id, "en": explanation.stands.en},
        "next": {"id": explanation.next.id, "en": explanation.next.en} if explanation.next else None,
    }
