"""How a result looks in a terminal: words first, then a ladder of levels, aligned and without colour alone.

Imported by a command when it runs, not for its help: it knows the engine.
"""

from __future__ import annotations

from gscm.assessment import Assessment
from gscm.cli.terminal import share, table
from gscm.i18n import LANGUAGES, Language, Text
from gscm.model.tree import Node, top_level
from gscm.placement.explain import level_name, stands
from gscm.placement.place import Placement, score_text
from gscm.placement.programmes import by_office, percents, realised, weighed_otherwise
from gscm.placement.regions import mean_level
from gscm.report.told import NO_LEVEL, index_name, ranked
from gscm.report.words import figure

SHOWN, POSSIBLE, EMPTY = "■", "▨", "·"


def headline(assessment: Assessment, language: Language) -> str:
    """Subject, year and instrument in one line."""
    subject, model = assessment.answers.subject, assessment.model
    year = f" ({subject.year})" if subject.year else ""
    return f"{subject.name}{year} · {model.short[language]} {model.version}"


def score_range(assessment: Assessment, placement: Placement, language: Language) -> str:
    """The score as printed, or its interval, or a dash."""
    low, high = (score_text(assessment.result, value) for value in (placement.score_low, placement.score_high))
    if low is None or high is None:
        return "–"
    shown = low if low == high else f"{low}–{high}"
    return shown.replace(".", ",") if language == "id" else shown


def levels_range(assessment: Assessment, placement: Placement, language: Language) -> str:
    """The level by name, or "low–high"."""
    if not placement.assessed:
        return Text("tidak dinilai", "not assessed")[language]
    if not placement.applies:
        return Text("tidak berlaku", "does not apply")[language]
    if placement.low is None or placement.high is None:
        return "–"
    node = assessment.model.nodes[placement.node]
    low, high = (level_name(assessment.result, node, level)[language] for level in (placement.low, placement.high))
    return low if low == high else f"{low}–{high}"


def ladder(assessment: Assessment, placement: Placement) -> str:
    """■ shown, ▨ still possible, · not reached; blank where there is no level."""
    if placement.low is None or placement.high is None:
        return ""
    top = top_level(assessment.model, assessment.model.nodes[placement.node])
    return SHOWN * placement.low + POSSIBLE * (placement.high - placement.low) + EMPTY * (top - placement.high)


def overview(assessment: Assessment, language: Language) -> str:
    """What a person reads after `gscm assess`."""
    model, overall = assessment.model, assessment.overall
    lines = [headline(assessment, language), ""]
    if ranked(assessment):
        lines.append(_score_line(assessment)[language])
    else:
        lines.append(stands(assessment.result, overall)[language])
        if model.index:
            lines.append(f"{index_name(assessment)[language]}: {score_range(assessment, overall, language)}")
    lines += [coverage_line(assessment)[language], ""]
    nodes = upper_nodes(assessment)
    levelled = any(assessment.nodes[node.id].low is not None for node in nodes)
    lines += table(_rows(assessment, nodes, levelled, language))
    if levelled:
        lines += [
            "",
            Text("■ terbukti  ▨ masih mungkin  · belum", "■ shown  ▨ still possible  · not reached")[language],
        ]
    lines += _regions(assessment, language) + _programmes(assessment, language)
    if assessment.result.notes:
        lines += ["", *(f"* {note[language]}" for note in assessment.result.notes)]
    lines += ["", model.notice[language]]
    return "\n".join(lines)


def _rows(assessment: Assessment, nodes: list[Node], levelled: bool, language: Language) -> list[list[str]]:
    """The nodes as rows of a table; without the columns of levels where none of them has one."""
    head = [
        Text("Simpul", "Node"),
        Text("Level", "Level"),
        Text("", ""),
        Text("Nilai", "Score"),
        Text("Cakupan", "Cover"),
    ]
    rows = [[text[language] for text in head]]
    for node in nodes:
        placement = assessment.nodes[node.id]
        indent = "  " * (sum(1 for _ in assessment.model.above(node.id)) - 1)
        level = levels_range(assessment, placement, language)
        score = score_range(assessment, placement, language) if placement.assessed else ""
        rows.append(
            [
                indent + node.title[language],
                level,
                ladder(assessment, placement),
                score if levelled or (placement.assessed and placement.applies) else level,
                share(placement.coverage) if placement.assessed and placement.applies else "",
            ]
        )
    return rows if levelled else [[row[0], *row[3:]] for row in rows]


def _score_line(assessment: Assessment) -> Text:
    """The score of a whole without level, on its scale, and that it is no level."""
    scale, index = assessment.model.scale, index_name(assessment)
    scores = [score_range(assessment, assessment.overall, language) for language in LANGUAGES]
    low, high = ([figure(value, language) for language in LANGUAGES] for value in (scale.min, scale.max))
    return Text(
        f"{index.id}: {scores[0]} pada skala {low[0]} sampai {high[0]}. {NO_LEVEL.id}",
        f"{index.en}: {scores[1]} on a scale of {low[1]} to {high[1]}. {NO_LEVEL.en}",
    )


def _regions(assessment: Assessment, language: Language) -> list[str]:
    """The regencies and cities of a province, beside its own result."""
    regions = assessment.regions
    if regions is None:
        return []
    heading = Text(
        "Kabupaten/kota (di samping hasil provinsi, tidak ikut menentukan levelnya)",
        "Regencies and cities (beside the result of the province; they do not enter its level)",
    )
    counts = [
        f"{regions.names[level - 1].name[language]} {count}" for level, count in regions.distribution.items() if count
    ]
    if regions.undecided:
        counts.append(Text("belum dapat dipastikan", "not certain")[language] + f" {regions.undecided}")
    by = Text("", "")
    if regions.weighted_by:
        by = Text(f" (tertimbang menurut {regions.weighted_by.id})", f" (weighted by {regions.weighted_by.en})")
    mean = Text("Rata-rata level", "Mean level")[language]
    return [
        "",
        heading[language],
        "  " + " · ".join(counts),
        f"  {mean}: {mean_level(regions)[language]}{by[language]}",
    ]


def _programmes(assessment: Assessment, language: Language) -> list[str]:
    """How much of the programmes each office has realised, and what is stuck on what."""
    listed = assessment.programmes
    if not listed:
        return []
    head = (
        Text("Pelaksana", "Office"),
        Text("Program", "Programmes"),
        Text("Selesai", "Done"),
        Text("Belum dilaporkan", "Not reported"),
        Text("Realisasi", "Realised"),
    )
    nobody = Text("(tidak disebut)", "(not named)")[language]
    rows = [[text[language] for text in head]]
    for office in (*by_office(listed), realised(Text("Seluruhnya", "All")[language], listed)):
        low, high = percents(office.low), percents(office.high)
        between = low if low == high else f"{low}–{high}"
        done = f"{office.done} ({percents(office.done_share)})" if office.done else "–"
        rows.append([office.name or nobody, str(office.count), done, str(office.unreported or "–"), between])
    lines = ["", *table(rows)]
    if weighed_otherwise(assessment.result, listed):
        mean = Text(
            "Realisasi: rata-rata atas program, tanpa bobot bagian-bagian model.",
            "Realised: the mean over programmes, without the weights of the model’s parts.",
        )
        lines += ["", mean[language]]
    stuck = [one for one in listed if one.stuck]
    if stuck:
        lines += ["", Text("Yang tersendat:", "What is stuck:")[language]]
    unreported = Text("realisasi belum dilaporkan", "nothing reported")[language]
    for one in stuck:
        by = f" ({one.row.office})" if one.row.office else ""
        lines.append(f"* {one.node.title[language]}{by}: {one.row.obstacle or unreported}")
    return lines


def coverage_line(assessment: Assessment) -> Text:
    """How much of the model is answered, and what is known only as a whole."""
    if assessment.overall.given:
        return Text(
            "Yang diketahui hanya hasil keseluruhannya, tanpa rincian.",
            "Only the result of the whole is known, without details.",
        )
    covered = share(assessment.overall.coverage)
    whole = sum(1 for node in assessment.result.reading.given if not assessment.model.nodes[node].is_leaf)
    if not whole:
        return Text(f"Cakupan jawaban: {covered}", f"Answers cover: {covered}")
    return Text(
        f"Cakupan jawaban: {covered}, ditambah {whole} simpul yang diketahui tanpa rincian",
        f"Answers cover: {covered}, besides {whole} node(s) known without details",
    )


def upper_nodes(assessment: Assessment) -> list[Node]:
    """Everything above the indicators, without the root: what fits a screen."""
    model = assessment.model
    inner = [node for node in model.nodes.values() if node.parent is not None and node.children]
    if inner:
        return [node for node in inner if assessment.nodes[node.id].assessed or node.parent == model.id]
    return [node for node in model.nodes.values() if node.parent is not None]
