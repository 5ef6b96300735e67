"""Which items can still change the level of a node that the study reports, and in which order to ask them.

An item matters if its fact lies below a pair (node, level) that is undecided: that holds with every item
not yet asked at its best and fails with all of them at their worst. Answers that turned out unknown keep
the result open for ever, so both ends of the result are looked at: with the unknown ones at their worst
and at their best. Whether a node applies is context and is asked before anything that reads it.

Routing decides what is asked, never what counts: an answer once given stays and counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from gscm.model.facts import Fact, facts_of
from gscm.model.graph import Pair, topological_nodes
from gscm.model.tree import Children, Clause, Criteria, Model, Node, Requires, Score, Target
from gscm.placement.clauses import CLAUSES, State, clause_children, decide
from gscm.placement.reading import Reading, read
from gscm.placement.score import levels_of
from gscm.placement.why import score_facts
from gscm.questionnaire.questionnaire import Item, Questionnaire
from gscm.questionnaire.schema import Staging
from gscm.responses.answers import Answers


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands.

    `left` are the items that can still matter, next one first; `skipped` were passed over and come again at
    the end; `saved` could change nothing and are not asked.
    """

    asked: int
    left: tuple[Item, ...]
    skipped: tuple[Item, ...]
    saved: int

    @property
    def next(self) -> Item | None:
        return (self.left or self.skipped or (None,))[0]


def progress(questionnaire: Questionnaire, answers: Answers, staging: Staging | None = None) -> Progress:
    """What has been asked and what still matters, for the answers so far."""
    items = questionnaire.items
    asked = asked_facts(answers) & items.keys()  # rows of open nodes are answered in the file, not asked
    matters = relevant_facts(questionnaire, answers, staging or questionnaire.staging)
    blank = {id for id, entry in answers.entries.items() if entry.status == "blank"}
    ordered = [items[id] for id in item_order(questionnaire.model) if id in matters]
    left = tuple(item for item in ordered if item.code not in blank)
    skipped = tuple(item for item in ordered if item.code in blank)
    return Progress(len(asked), left, skipped, len(items) - len(asked) - len(left) - len(skipped))


def next_items(questionnaire: Questionnaire, answers: Answers, staging: Staging | None = None) -> tuple[Item, ...]:
    """The items that can still change what the study reports, in the order to ask them; () when it is time to stop."""
    found = progress(questionnaire, answers, staging)
    return (*found.left, *found.skipped)


def item_order(model: Model) -> tuple[str, ...]:
    """Facts in the order to ask: nodes in the topological order of the level graph, levels from low to high."""
    place = {node: index for index, node in enumerate(topological_nodes(model))}
    facts = list(facts_of(model).values())
    ordered = sorted(range(len(facts)), key=lambda i: (place.get(facts[i].node, len(place)), facts[i].level or 0, i))
    return tuple(facts[i].id for i in ordered)


def asked_facts(answers: Answers) -> frozenset[str]:
    """The facts that need not be asked: answered in whatever way but blank, or through a node above them."""
    model, facts = answers.model, facts_of(answers.model)
    settled = set()
    for entry in answers.entries.values():
        if entry.status in ("blank", "not_asked"):
            continue
        if entry.id in facts:
            settled.add(entry.id)
        elif entry.status != "unknown":
            inside = {node.id for node in model.below(entry.id)}
            settled.update(fact.id for fact in facts.values() if fact.node in inside)
    return frozenset(settled)


def relevant_facts(questionnaire: Questionnaire, answers: Answers, staging: Staging) -> frozenset[str]:
    """The facts not yet asked that can still change the low or high level of a reported node."""
    model, asked, reading = questionnaire.model, asked_facts(answers), read(answers)
    inside = {id for id, fact in facts_of(model).items() if fact.node not in reading.outside}
    unasked = frozenset(inside - asked)
    if staging == "none":
        return unasked
    reported = list(questionnaire.reports)
    if staging == "indicator":
        reported += [node.id for node in model.nodes.values() if node.is_leaf]
    reported = [node for node in reported if node not in reading.outside]
    found = set(_applicability(model, unasked, answers))
    for worst, best in _ends(reading, unasked):
        found |= _Search(worst, best, unasked).below(reported)
    return frozenset(found)


def _ends(reading: Reading, unasked: frozenset[str]) -> Iterator[tuple[State, State]]:
    """For either end of the result: the unasked facts all at their worst, and all at their best."""
    unknown = reading.open - unasked
    low, high = dict(reading.low), dict(reading.high)
    worst, best = decide(reading, low), decide(reading, high)
    if not unknown:
        yield worst, best
        return
    lifted: dict[str, Fraction] = {**low, **{id: high[id] for id in unasked if id in high}}
    lowered: dict[str, Fraction] = {**high, **{id: low[id] for id in unasked if id in low}}
    yield worst, decide(reading, lifted)
    yield decide(reading, lowered), best


def _applicability(model: Model, unasked: frozenset[str], answers: Answers) -> Iterator[str]:
    """The first open question of every indicator that may not apply, until one answer shows that it does."""
    by_node: dict[str, list[Fact]] = {}
    for fact in facts_of(model).values():
        by_node.setdefault(fact.node, []).append(fact)
    for node, facts in by_node.items():
        if not model.nodes[node].may_not_apply and not all(fact.may_not_apply for fact in facts):
            continue
        settled = any(fact.id not in unasked and _status(answers, fact.id) != "not_applicable" for fact in facts)
        waiting = [fact.id for fact in facts if fact.id in unasked]
        if not settled and waiting:
            yield waiting[0]


def _status(answers: Answers, fact: str) -> str | None:
    entry = answers.entries.get(fact)
    return entry.status if entry else None


class _Search:
    """Walks down from reported nodes through undecided pairs to the facts not yet asked."""

    def __init__(self, worst: State, best: State, unasked: frozenset[str]) -> None:
        self.worst, self.best, self.unasked = worst, best, unasked
        self.model = worst.reading.model
        self.reading = worst.reading
        self.found: set[str] = set()
        self.seen: set[Pair] = set()

    def below(self, nodes: list[str]) -> set[str]:
        for node_id in nodes:
            for level in levels_of(self.model, self.model.nodes[node_id]):
                self._visit((node_id, level))
        return self.found

    def _visit(self, pair: Pair) -> None:
        if pair in self.seen or pair in self.worst.holds or pair not in self.best.holds:
            return
        self.seen.add(pair)
        node, level = self.model.nodes[pair[0]], pair[1]
        if level > 2:
            self._visit((node.id, level - 1))
        if self.reading.given.get(node.id) == "level":
            return
        if node.answer == "level":
            self._ask(node.id)
        for clause in node.gates.get(level, ()):
            if not CLAUSES[type(clause)](self.worst, node, level, clause):
                self._clause(node, level, clause)

    def _clause(self, node: Node, level: int, clause: Clause) -> None:
        match clause:
            case Criteria():
                for criterion in node.criteria.get(clause.at or level, ()):
                    self._ask(criterion.id)
            case Target():
                self._ask(node.quantity_fact)
            case Requires():
                self._visit((clause.node, clause.level))
            case Children():
                for child in clause_children(self.reading, node, clause):
                    levels = levels_of(self.model, child) if clause.rule == "mean" else (clause.at,)
                    for k in levels:
                        self._visit((child.id, k))
            case Score():
                for fact in score_facts(self.worst, node):
                    self._ask(fact)

    def _ask(self, fact: str) -> None:
        if fact in self.unasked:
            self.found.add(fact)
