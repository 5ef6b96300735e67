"""What the next level needs, fact by fact: what is lacking, who can mend it, what it opens, which finding says so."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import floor

from gscm.assessment import Assessment
from gscm.i18n import Language, Text
from gscm.model.graph import Pair
from gscm.model.tree import Action, Criterion, Node, is_row, top_level
from gscm.placement.explain import fact_title, subject_title
from gscm.placement.gaps import criteria_of
from gscm.report.words import EFFORTS, figure, level_words, name_of


@dataclass(frozen=True, slots=True)
class Finding:
    """A source of the study as it is cited: its id, what it found if it says, where it is."""

    id: str
    title: str
    found: str
    href: str


@dataclass(frozen=True, slots=True)
class Need:
    """One fact that is not shown. `known` tells that it is known to be unmet, `holds` that it alone keeps the whole.

    `lacking` is the statement that does not hold, `what` the step that would make it hold.
    """

    fact: str
    node: str
    title: str
    lacking: str
    what: str
    known: bool
    holds: bool
    owners: tuple[str, ...]
    documents: tuple[str, ...]
    effort: str
    months: int | None
    nomenclature: str
    evidence: tuple[str, ...]
    frees: tuple[str, ...]
    findings: tuple[Finding, ...]
    basis: str


@lru_cache(maxsize=8)
def needs(assessment: Assessment, language: Language) -> tuple[Need, ...]:
    """Everything between the whole and its next level, each group in dependency order.

    First what is known to hold it, then what else is known to be unmet, then what is open.
    """
    root = assessment.model.id
    order = [gap.fact for gap in assessment.gaps(root)]
    ceiling = assessment.overall.ceiling
    held = sorted(ceiling, key=lambda fact: (order.index(fact) if fact in order else len(order), ceiling.index(fact)))
    held.sort(key=lambda fact: _place(assessment, fact))
    open_facts = assessment.result.reading.open
    rest = [fact for fact in order if fact not in ceiling]
    known = [fact for fact in rest if fact not in open_facts]
    return tuple(need(assessment, fact, language) for fact in (*held, *known, *(f for f in rest if f in open_facts)))


def _place(assessment: Assessment, fact: str) -> int:
    """Where the node of a fact stands in the tree."""
    return list(assessment.model.nodes).index(assessment.result.reading.facts[fact].node)


def need(assessment: Assessment, fact_id: str, language: Language) -> Need:
    """One fact, ready to be printed."""
    model, result = assessment.model, assessment.result
    fact = result.reading.facts[fact_id]
    node = model.nodes[fact.node]
    criterion = _criteria(assessment).get(fact_id)
    action = criterion.action if criterion else None
    return Need(
        fact=fact_id,
        node=node.id,
        title=subject_title(result, node)[language],
        lacking=lacking(assessment, fact_id, language),
        what=step_words(assessment, fact_id)[language],
        known=fact_id not in result.reading.open,
        holds=fact_id in assessment.overall.ceiling,
        owners=tuple(model.offices[o][language] if o in model.offices else o for o in action.owner) if action else (),
        documents=_documents(assessment, action, language),
        effort=EFFORTS[action.effort][language] if action else "",
        months=action.months if action else None,
        nomenclature=(action.nomenclature or "") if action else "",
        evidence=tuple(text[language] for text in criterion.evidence) if criterion else (),
        frees=frees(assessment, fact_id, language),
        findings=findings(assessment, fact_id, language),
        basis="" if is_row(model, node) else (criterion.origin if criterion else node.origin).basis,
    )


@lru_cache(maxsize=8)
def _criteria(assessment: Assessment) -> dict[str, Criterion]:
    return dict(criteria_of(assessment.model))


def _documents(assessment: Assessment, action: Action | None, language: Language) -> tuple[str, ...]:
    known = assessment.model.documents
    return tuple(known[d][language] if d in known else d for d in action.document) if action else ()


def lacking(assessment: Assessment, fact_id: str, language: Language) -> str:
    """The statement of a fact as it stands in the model, without its state."""
    fact = assessment.result.reading.facts[fact_id]
    node = assessment.model.nodes[fact.node]
    criterion = _criteria(assessment).get(fact_id)
    if criterion is not None:
        return criterion.text[language].rstrip(".")
    if fact.kind == "quantity" and node.quantity is not None:
        return fact_title(assessment.result, node, fact.kind)[language]
    return subject_title(assessment.result, node)[language]


def step_words(assessment: Assessment, fact_id: str) -> Text:
    """The step that would mend a fact, as a sentence: the action of its criterion, a level higher, a target reached."""
    fact = assessment.result.reading.facts[fact_id]
    node = assessment.model.nodes[fact.node]
    criterion = _criteria(assessment).get(fact_id)
    if criterion is not None:
        if criterion.action is not None:
            return criterion.action.what
        return Text(f"Penuhi: {criterion.text.id}", f"See to it that: {criterion.text.en}")
    title = subject_title(assessment.result, node)
    if fact.kind == "quantity" and node.quantity is not None:
        return _target_words(assessment, node)
    if fact.kind == "level":
        now = assessment.result.low.filling[fact_id]
        then = Fraction(min(floor(now) + 1, top_level(assessment.model, node)))
        at, up = (level_words(assessment.model, node, value) for value in (now, then))
        return Text(f"Naikkan {title.id} dari {at.id} ke {up.id}.", f"Raise {title.en} from {at.en} to {up.en}.")
    return Text(f"Naikkan nilai {title.id}.", f"Raise the score of {title.en}.")


def _target_words(assessment: Assessment, node: Node) -> Text:
    quantity = node.quantity
    assert quantity is not None
    placed = assessment.nodes[node.id].low or 1
    level = min((k for k in quantity.targets if k > placed), default=None)
    if level is None:
        return Text(f"Perbaiki {quantity.title.id}.", f"Improve: {quantity.title.en}.")
    target = quantity.targets[level]
    unit = quantity.unit
    sign = (
        Text("sekurang-kurangnya", "at least") if quantity.direction == "higher" else Text("paling tinggi", "at most")
    )
    return Text(
        f"Capai {quantity.title.id} {sign.id} {figure(target, 'id')} {unit.id}.",
        f"Reach {sign.en} {figure(target, 'en')} {unit.en}: {quantity.title.en}.",
    )


def frees(assessment: Assessment, fact_id: str, language: Language) -> tuple[str, ...]:
    """The nodes above a fact that it keeps from their next level, nearest first: "Tata kelola ke Scattered"."""
    model = assessment.model
    pairs = _kept(assessment, fact_id)
    above = [pair for pair in pairs if not model.nodes[pair[0]].is_leaf and pair[0] != model.id]
    shown = above or [pair for pair in pairs if pair[0] != model.id] or list(pairs)
    to = Text("ke", "to")[language]
    return tuple(
        f"{subject_title(assessment.result, model.nodes[node])[language]} {to} "
        f"{name_of(model, model.nodes[node], level)[language]}"
        for node, level in shown
    )


def _kept(assessment: Assessment, fact_id: str) -> tuple[Pair, ...]:
    """The (node, level) pairs at and above a fact that it keeps from their next level."""
    result, model = assessment.result, assessment.model
    node = model.nodes[result.reading.facts[fact_id].node]
    pairs = []
    for above in (node, *model.above(node.id)):
        placement = assessment.nodes[above.id]
        if fact_id in placement.ceiling and above.id in result.ceilings:
            pairs.append((above.id, result.ceilings[above.id].level))
        elif fact_id in placement.blocked_by and above.id in result.blocks:
            pairs.append((above.id, result.blocks[above.id].level))
    return tuple(pairs)


def findings(assessment: Assessment, fact_id: str, language: Language) -> tuple[Finding, ...]:
    """The sources that the answer to a fact cites."""
    entry = assessment.answers.entries.get(fact_id)
    return cited(assessment, entry.source if entry else (), language)


def cited(assessment: Assessment, sources: tuple[str, ...], language: Language) -> tuple[Finding, ...]:
    """Sources of the study by id."""
    known = assessment.answers.sources
    found = []
    for name in sources:
        entry = known.get(name)
        if entry is None:
            found.append(Finding(name, name, "", ""))
            continue
        says = entry.finding[language] if entry.finding else ""
        found.append(Finding(name, entry.title[language], says, entry.href or ""))
    return tuple(found)


def next_name(assessment: Assessment, high: bool = False) -> Text | None:
    """The name of the level after the one shown (or, with `high`, after the one still possible); None at the top."""
    model, placement = assessment.model, assessment.overall
    level = placement.high if high else placement.low
    if level is None or level >= top_level(model, model.root):
        return None
    return name_of(model, model.root, level + 1)
