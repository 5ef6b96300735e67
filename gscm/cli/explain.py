"""`gscm explain`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from gscm.cli.command import command, json_option, model_option, option, session, weights_of, weights_option
from gscm.cli.terminal import print_json, print_warnings
from gscm.errors import BadUse, Issue, did_you_mean
from gscm.i18n import Language, Text

if TYPE_CHECKING:
    from fractions import Fraction

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
@weights_option
@json_option
@click.pass_context
def explain(
    context: click.Context,
    answers: str,
    node: str | None,
    depth: int,
    flips: bool,
    model: str | None,
    weights: str | None,
    as_json: bool,
) -> None:
    from gscm.assessment import assess
    from gscm.responses.load import load_answers

    language = session(context).language
    loaded = load_answers(answers, model, weights_of(weights))
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
    yield from _made_up(assessment, node, language)
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
    if assessment.nodes[node].low is None:
        yield from _wrapped(
            Text(
                "Simpul ini bernilai, tanpa level, sehingga tidak ada level yang dapat dinaikkan.",
                "This node has a score and no level, so there is no level to lift.",
            )[language]
        )
        return
    steps = assessment.flips(node)
    if steps is None:
        yield Text("Tidak ada himpunan fakta yang menaikkan levelnya.", "No set of facts lifts it.")[language]
        return
    yield Text(
        f"Himpunan terkecil yang menaikkan levelnya: {len(steps)} langkah.",
        f"The smallest set that lifts it: {len(steps)} step(s).",
    )[language]
    for fact in dict.fromkeys(step.fact for step in steps):  # a level raised by two takes two steps, and is told once
        goal = max(step.value for step in steps if step.fact == fact)
        told = fact_text(assessment.result, fact)[language]
        yield from _wrapped(f"{fact}: {told}{_to(assessment, fact, goal, language)}", "  ↑ ")


def _to(assessment: Assessment, fact: str, goal: Fraction, language: Language) -> str:
    """The level that an answer has to rise to: " → 5", " → Terkelola"; nothing where the fact says it."""
    from gscm.report.words import level_words

    entry = assessment.result.reading.facts[fact]
    if entry.kind != "level":
        return ""
    return f" → {level_words(assessment.model, assessment.model.nodes[entry.node], goal)[language]}"


_MOST = 12  # facts that a screen carries


def _made_up(assessment: Assessment, node: str, language: Language) -> Iterator[str]:
    """Of a score without level: weight × score = contribution, and the answers that would move it most."""
    from gscm.cli.overview import score_range
    from gscm.cli.terminal import table
    from gscm.placement.contributions import contributions, moves
    from gscm.placement.explain import fact_text
    from gscm.report.ranked import between, score_words, weight_said

    placement, result = assessment.nodes[node], assessment.result
    if placement.low is not None or placement.score_low is None:
        return
    rows = [
        [
            assessment.model.nodes[part.node].title[language],
            weight_said(part.share, language),
            score_range(assessment, assessment.nodes[part.node], language),
            between(assessment, part.low, part.high, language),
        ]
        for part in contributions(result, node)
    ]
    if rows:
        head = (Text("Bagian", "Part"), Text("Bobot", "Weight"), Text("Nilai", "Score"), Text("Sumbangan", "Adds"))
        whole = [Text("Jumlah", "Sum")[language], "", "", score_range(assessment, placement, language)]
        yield ""
        yield from table([[text[language] for text in head], *rows, whole])
    found = moves(result, node) if assessment.model.nodes[node].children and not placement.given else ()
    for open_, said in ((True, _OPEN_MOVES), (False, _KNOWN_MOVES)):
        these = [move for move in found if move.open is open_]
        if these:
            yield ""
            yield said[language]
        for move in these[:_MOST]:
            by = score_words(assessment, move.by)[language]
            yield from _wrapped(f"{move.fact}: {fact_text(result, move.fact)[language]}", f"  +{by}  ")
        if len(these) > _MOST:
            yield Text(f"  … dan {len(these) - _MOST} lainnya", f"  … and {len(these) - _MOST} more")[language]


_OPEN_MOVES = Text(
    "Jawaban terbuka, dan kenaikan nilainya bila masing-masing ternyata penuh:",
    "Open answers, and how far the score rises if each turns out in full:",
)
_KNOWN_MOVES = Text(
    "Yang diketahui belum penuh, dan kenaikan nilainya bila masing-masing bernilai penuh:",
    "Known to be short of full, and how far the score rises if each had a full score:",
)


def _wrapped(text: str, first: str = "") -> Iterator[str]:
    yield from textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=" " * len(first)) or [first]


def _contributions(assessment: Assessment, node: str) -> list[dict[str, object]]:
    """Weight × score of every child, where the score of the node is such a sum; figures as the instrument prints."""
    from gscm.placement.contributions import contributions
    from gscm.placement.place import score_text

    return [
        {
            "node": part.node,
            "share": str(part.share),
            "low": score_text(assessment.result, part.low),
            "high": score_text(assessment.result, part.high),
        }
        for part in contributions(assessment.result, node)
    ]


def _json(assessment: Assessment, node: str, flips: bool) -> dict[str, object]:
    def reason(item: Reason) -> dict[str, object]:
        return {
            "text": {"id": item.text.id, "en": item.text.en},
            "why": {"id": item.why.id, "en": item.why.en} if item.why else None,
            "facts": list(item.facts),
            "open": item.open,
            "under": [reason(below) for below in item.under],
        }

    from gscm.assessment import weights_used

    explanation, placement = assessment.explain(node), assessment.nodes[node]
    steps = assessment.flips(node) if flips else None
    return {
        "model": assessment.model.id,
        "model_version": assessment.model.version,
        "weights": weights_used(assessment.model),
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
        "contributions": _contributions(assessment, node),
        "flips": None if steps is None else [{"fact": step.fact, "value": str(step.value)} for step in steps],
        "reasons": [reason(item) for item in explanation.reasons],
    }
