"""`gscm explain`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from gscm.cli.command import command, json_option, model_option, option, session
from gscm.cli.terminal import print_json, print_warnings
from gscm.errors import BadUse, Issue, did_you_mean
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from gscm.assessment import Assessment
    from gscm.placement.explain import Reason

_WIDTH = 96


@command(
    Text(
        "Jelaskan dengan kata-kata mengapa sebuah simpul berada pada levelnya, mengapa belum setingkat di atasnya, "
        "dan jawaban apa yang masih menentukan.",
        "Say in words why a node stands at its level, why not one higher, and which answers would still decide it.",
    ),
    example="gscm explain examples/kalimantan-selatan-2019/answers.yaml --node governance",
)
@click.argument("answers", metavar="ANSWERS.yaml")
@option(
    "--node",
    metavar="ID",
    text=Text("Simpul yang dijelaskan; bawaannya keseluruhan.", "The node to explain; the whole by default."),
)
@option(
    "--depth",
    type=click.IntRange(1, 20),
    default=3,
    show_default=True,
    text=Text("Kedalaman alasan yang dicetak.", "How deep the reasons are printed."),
)
@option(
    "--flips",
    is_flag=True,
    text=Text(
        "Cari juga himpunan fakta terkecil yang menaikkan levelnya.",
        "Find the smallest set of facts that lifts it, too.",
    ),
)
@model_option
@json_option
@click.pass_context
def explain(
    context: click.Context, answers: str, node: str | None, depth: int, flips: bool, model: str | None, as_json: bool
) -> None:
    from gscm.assessment import assess
    from gscm.responses.load import load_answers

    language = session(context).language
    loaded = load_answers(answers, model)
    print_warnings(loaded.warnings, language)
    assessment = assess(loaded)
    chosen = _node(assessment, node)
    if as_json:
        print_json(_json(assessment, chosen, flips))
    else:
        click.echo("\n".join(_lines(assessment, chosen, language, depth, flips)))


def _node(assessment: Assessment, name: str | None) -> str:
    nodes = assessment.model.nodes
    if name is None or name == "overall":
        return assessment.model.id
    if name not in nodes:
        raise BadUse(
            Issue(
                None,
                Text(
                    f"Simpul “{name}” tidak ada dalam model {assessment.model.id}.",
                    f"There is no node “{name}” in the model {assessment.model.id}.",
                ),
                did_you_mean(name, nodes)
                or Text(f"Lihat: gscm model show {assessment.model.id}", f"See: gscm model show {assessment.model.id}"),
            )
        )
    return name


def _lines(assessment: Assessment, node: str, language: Language, depth: int, flips: bool) -> Iterator[str]:
    from gscm.cli.overview import headline
    from gscm.placement.explain import fact_text, level_name

    explanation, placement, result = assessment.explain(node), assessment.nodes[node], assessment.result
    yield headline(assessment, language)
    yield ""
    yield from _wrapped(explanation.stands[language])
    if explanation.next:
        yield from _wrapped(explanation.next[language])
    known = placement.ceiling
    if known:
        yield ""
        name = level_name(result, assessment.model.nodes[node], (placement.high or 1) + 1)
        yield Text(
            f"Apa pun jawaban yang masih terbuka, {name.id} belum dapat dicapai karena sudah diketahui:",
            f"Whatever the open answers turn out to be, {name.en} is out of reach because it is known:",
        )[language]
        for fact in known:
            sources = assessment.answers.entries[fact].source if fact in assessment.answers.entries else ()
            cited = f" [{', '.join(sources)}]" if sources else ""
            yield from _wrapped(f"{fact}: {fact_text(result, fact)[language]}{cited}", "  – ")
    if placement.held_by and placement.low and placement.low > 1:
        yield ""
        yield Text("Yang menopang level ini:", "What holds this level up:")[language]
        for fact in placement.held_by[:12]:
            yield from _wrapped(fact_text(result, fact)[language], "  + ")
        if len(placement.held_by) > 12:
            more = len(placement.held_by) - 12
            yield Text(f"  … dan {more} fakta lain (lihat --json)", f"  … and {more} more facts (see --json)")[language]
    if explanation.reasons:
        yield ""
        yield Text("Mengapa belum setingkat di atasnya:", "Why not one higher:")[language]
        for reason in explanation.reasons:
            yield from _reason(reason, language, depth, 1)
    yield from _deciding(assessment, node, language)
    if flips:
        yield from _flips(assessment, node, language)
    for note in result.notes:
        yield ""
        yield from _wrapped(f"* {note[language]}")
    yield ""
    yield assessment.model.notice[language]


def _reason(reason: Reason, language: Language, depth: int, level: int) -> Iterator[str]:
    indent = "  " * level
    yield from _wrapped(reason.text[language], f"{indent}- ")
    if reason.why:
        yield from _wrapped(reason.why[language], f"{indent}  ")
    if level < depth:
        for below in reason.under:
            yield from _reason(below, language, depth, level + 1)
    elif reason.under:
        yield f"{indent}  " + Text("… (lanjutkan dengan --depth)", "… (go on with --depth)")[language]


def _deciding(assessment: Assessment, node: str, language: Language) -> Iterator[str]:
    from gscm.placement.explain import fact_text

    placement = assessment.nodes[node]
    if placement.low is None or placement.low == placement.high:
        return
    facts = assessment.pivotal(node)
    if not facts:
        return
    yield ""
    yield Text(
        "Jawaban terbuka yang menentukan, jadi perlu dipastikan lebih dahulu:",
        "Open answers that decide, and so should be settled first:",
    )[language]
    for fact in facts[:12]:
        yield from _wrapped(f"{fact}: {fact_text(assessment.result, fact)[language]}", "  ? ")
    if len(facts) > 12:
        yield Text(f"  … dan {len(facts) - 12} lainnya", f"  … and {len(facts) - 12} more")[language]


def _flips(assessment: Assessment, node: str, language: Language) -> Iterator[str]:
    from gscm.placement.explain import fact_text

    yield ""
    steps = assessment.flips(node)
    if steps is None:
        yield Text("Tidak ada himpunan fakta yang menaikkan levelnya.", "No set of facts lifts it.")[language]
        return
    yield Text(
        f"Himpunan terkecil yang menaikkan levelnya: {len(steps)} langkah.",
        f"The smallest set that lifts it: {len(steps)} step(s).",
    )[language]
    for step in steps:
        yield from _wrapped(f"{step.fact}: {fact_text(assessment.result, step.fact)[language]}", "  ↑ ")


def _wrapped(text: str, first: str = "") -> Iterator[str]:
    yield from textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=" " * len(first)) or [first]


def _json(assessment: Assessment, node: str, flips: bool) -> dict[str, object]:
    def reason(item: Reason) -> dict[str, object]:
        return {
            "text": {"id": item.text.id, "en": item.text.en},
            "why": {"id": item.why.id, "en": item.why.en} if item.why else None,
            "facts": list(item.facts),
            "open": item.open,
            "under": [reason(below) for below in item.under],
        }

    explanation, placement = assessment.explain(node), assessment.nodes[node]
    steps = assessment.flips(node) if flips else None
    return {
        "model": assessment.model.id,
        "model_version": assessment.model.version,
        "subject": assessment.answers.subject.id,
        "node": node,
        "level_low": placement.low,
        "level_high": placement.high,
        "stands": {"id": explanation.stands.id, "en": explanation.stands.en},
        "next": {"id": explanation.next.id, "en": explanation.next.en} if explanation.next else None,
        "held_by": list(placement.held_by),
        "blocked_by": list(placement.blocked_by),
        "ceiling": list(placement.ceiling),
        "pivotal": list(assessment.pivotal(node)),
        "flips": None if steps is None else [{"fact": step.fact, "value": str(step.value)} for step in steps],
        "reasons": [reason(item) for item in explanation.reasons],
    }
