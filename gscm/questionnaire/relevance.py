"""Which items a form needs to ask, as rules that a phone can follow: they evaluate here, and are written as XPath.

A rule looks only at what stands earlier in the form, so it never runs in a circle, and only at what is certain: a pair
(node, level) that fails however good all other answers are. An item is passed over when every pair that reads it either
is such a one or is read by such pairs only. That is sound: what is passed over cannot change the level of a reported
node. It is not the fewest questions; `gscm.questionnaire.flow` asks fewer, for it looks at all answers at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import lcm
from operator import eq, gt, lt
from typing import Literal

from gscm.model.facts import Fact, facts_of
from gscm.model.graph import Pair, children_of_kind
from gscm.model.tree import Children, Clause, Criteria, Model, Node, Requires, Score, Target, top_level
from gscm.placement.score import levels_of
from gscm.questionnaire.flow import item_order
from gscm.questionnaire.questionnaire import Questionnaire
from gscm.questionnaire.schema import Staging

NOT_APPLICABLE, UNKNOWN = 97, 98
"""The codes that stand for these two answers in a form."""


def is_chosen(questionnaire: Questionnaire, code: str) -> bool:
    """Whether an item is answered by a choice; others by a figure, after a field that tells whether there is one."""
    kind = questionnaire.items[code].fact.kind
    real = questionnaire.model.nodes[questionnaire.items[code].node].real
    return kind == "criterion" or (kind == "level" and not real)


def status_field(questionnaire: Questionnaire, code: str) -> str:
    """The field in which an item, or an indicator as a whole, is said not to apply or to be unknown."""
    return code if code not in questionnaire.items or is_chosen(questionnaire, code) else f"{code}.known"


@dataclass(frozen=True, slots=True)
class Compared:
    """The field has an answer, and it compares so with a number."""

    field: str
    how: Literal["=", "<", ">"]
    number: Fraction


@dataclass(frozen=True, slots=True)
class All:
    """Every part is true; of no parts, always so."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Some part is true; of no parts, never so."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part is not true."""

    part: Rule


@dataclass(frozen=True, slots=True)
class Heavier:
    """The true parts together weigh more than a limit."""

    parts: tuple[tuple[int, Rule], ...]
    limit: int


Rule = Compared | All | Some | Not | Heavier
ALWAYS, NEVER = All(()), Some(())


@dataclass(frozen=True, slots=True)
class Rules:
    """The order of the items, the rule of each and of their indicators, and the fields that the rules work with.

    A field stands for the highest level that is still possible: its rules tell of level 2, 3 … whether it is not.
    `wholes` are the indicators of which it is asked first whether they apply at all.
    """

    order: tuple[str, ...]
    relevant: Mapping[str, Rule]
    groups: Mapping[str, Rule]
    fields: Mapping[str, tuple[Rule, ...]]
    wholes: frozenset[str]

    def holds(self, rule: Rule, said: Mapping[str, Fraction]) -> bool:
        """Whether a rule is true of the answers so far; statuses are given by their codes."""
        match rule:
            case Compared():
                value = self.highest(rule.field, said) if rule.field in self.fields else said.get(rule.field)
                return value is not None and _COMPARE[rule.how](value, rule.number)
            case All():
                return all(self.holds(part, said) for part in rule.parts)
            case Some():
                return any(self.holds(part, said) for part in rule.parts)
            case Not():
                return not self.holds(rule.part, said)
            case Heavier():
                return sum(weight for weight, part in rule.parts if self.holds(part, said)) > rule.limit

    def highest(self, field: str, said: Mapping[str, Fraction]) -> Fraction:
        """The value of a field of the rules."""
        impossible = (level for level, rule in enumerate(self.fields[field], 1) if self.holds(rule, said))
        return Fraction(next(impossible, len(self.fields[field]) + 1))


_COMPARE: Mapping[str, Callable[[Fraction, Fraction], bool]] = {"=": eq, "<": lt, ">": gt}


def xpath(rule: Rule, name: Callable[[str], str]) -> str:
    """The rule in XPath, as XLSForm takes it; `name` is the name of a field in the form."""
    match rule:
        case Compared():
            return f"${{{name(rule.field)}}} {rule.how} {_decimal(rule.number)}"
        case All():
            return " and ".join(_inner(part, name) for part in rule.parts) or "true()"
        case Some():
            return " or ".join(_inner(part, name) for part in rule.parts) or "false()"
        case Not():
            return f"not({xpath(rule.part, name)})"
        case Heavier():
            return " + ".join(f"if({xpath(part, name)}, {w}, 0)" for w, part in rule.parts) + f" > {rule.limit}"


def _inner(rule: Rule, name: Callable[[str], str]) -> str:
    text = xpath(rule, name)
    return text if isinstance(rule, (Compared, Not)) else f"({text})"


def highest_xpath(impossible: Sequence[Rule], name: Callable[[str], str]) -> str:
    """The highest level that is still possible, in XPath."""
    text = str(len(impossible) + 1)
    for level in range(len(impossible), 0, -1):
        if impossible[level - 1] != NEVER:
            text = f"if({xpath(impossible[level - 1], name)}, {level}, {text})"
    return text


def _decimal(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else format(float(number), ".12f").rstrip("0")


def every(parts: Iterable[Rule]) -> Rule:
    """All of the parts, those that say nothing left out."""
    kept = tuple(dict.fromkeys(part for part in parts if part != ALWAYS))
    return NEVER if NEVER in kept else kept[0] if len(kept) == 1 else All(kept)


def some(parts: Iterable[Rule]) -> Rule:
    """Some of the parts, those that are never true left out."""
    kept = tuple(dict.fromkeys(part for part in parts if part != NEVER))
    return ALWAYS if ALWAYS in kept else kept[0] if len(kept) == 1 else Some(kept)


def negated(rule: Rule) -> Rule:
    """The opposite."""
    return NEVER if rule == ALWAYS else ALWAYS if rule == NEVER else rule.part if isinstance(rule, Not) else Not(rule)


def rules_of(questionnaire: Questionnaire, codes: Iterable[str], staging: Staging | None = None) -> Rules:
    """The rules by which a form with these items leaves out what the reported levels do not need."""
    return _Rules(questionnaire, frozenset(codes), staging or questionnaire.staging).made()


class _Rules:
    def __init__(self, questionnaire: Questionnaire, codes: frozenset[str], staging: Staging) -> None:
        self.questionnaire, self.staging = questionnaire, staging
        self.items, self.model = questionnaire.items, questionnaire.model
        self.facts = facts_of(self.model)
        self.order = tuple(code for code in item_order(self.model) if code in codes)
        self.place = {code: index for index, code in enumerate(self.order)}
        self.of_node: dict[str, list[Fact]] = {}
        for fact in self.facts.values():
            self.of_node.setdefault(fact.node, []).append(fact)
        self.inside = {node.id: self._places(node) for node in self.model.nodes.values()}
        self.reported = set(questionnaire.reports)
        if staging == "indicator":
            self.reported.update(node.id for node in self.model.nodes.values() if node.is_leaf)
        self.readers = _readers(self.model)
        self.scored = {
            below.id for node in self.model.nodes.values() if _has_score(node) for below in self.model.below(node.id)
        }
        self.fields: dict[str, tuple[Rule, ...]] = {}
        self.working: set[str] = set()
        self.fails, self.live, self.needed = cache(self._fails), cache(self._live), cache(self._needed)

    def made(self) -> Rules:
        relevant = {code: self._relevant(code) for code in self.order}
        absences = {self.items[code].absence for code in self.order}
        wholes = frozenset(node for node in absences if node and node not in self.items)
        nodes = dict.fromkeys(self.items[code].node for code in self.order)
        groups = {node: ALWAYS if node in wholes else self._group(node) for node in nodes}
        return Rules(self.order, relevant, groups, self.fields, wholes)

    def _places(self, node: Node) -> tuple[int, int]:
        """From where to where in the form the facts of a node and of what stands below it are asked."""
        facts = [fact.id for below in self.model.below(node.id) for fact in self.of_node.get(below.id, ())]
        places = [self.place[id] for id in facts if id in self.place]
        return (min(places), max(places) + 1) if places else (0, 0)

    # ------------------------------------------------------------------------------------------------ the items

    def _group(self, node: str) -> Rule:
        """What holds wherever one of the items of an indicator is to be asked."""
        codes = [fact.id for fact in self.of_node[node] if fact.id in self.place]
        levels = [self._read_at(code) for code in codes]
        unread = self.staging == "none" or node in self.scored or None in levels
        if unread or any(self._decides_absence(code) != NEVER for code in codes):
            return ALWAYS
        needed = self.needed(node)
        return NEVER if needed is None else _not_below(needed, min(level for level in levels if level))

    def _relevant(self, code: str) -> Rule:
        item = self.items[code]
        applies: Rule = ALWAYS
        if item.absence not in (None, code):
            applies = Not(self._absent(str(item.absence)))
        if self.staging == "none" or item.node in self.scored:
            return applies
        level, node = self._read_at(code), self.model.nodes[item.node]
        if level is None:
            return applies
        needed = self.needed(node.id)
        wanted = NEVER if needed is None else every((_not_below(needed, level), negated(self._own(code, level))))
        return every((applies, some((wanted, self._decides_absence(code)))))

    def _read_at(self, code: str) -> int | None:
        """The lowest level whose clauses read a fact; None where none does."""
        fact, node = self.facts[code], self.model.nodes[self.facts[code].node]
        for level in levels_of(self.model, node):
            if fact.kind == "level":
                return level
            for clause in node.gates.get(level, ()):
                if isinstance(clause, Criteria) and fact.kind == "criterion" and (clause.at or level) == fact.level:
                    return level
                if isinstance(clause, Target) and fact.kind == "quantity" and level in _targets(node):
                    return level
        return None

    def _needed(self, node: str) -> str | None:
        """The field that tells up to which level the node can matter, None if at none; "" where it always does."""
        start, levels = self.inside[node][0], levels_of(self.model, self.model.nodes[node])
        tests = [negated(self._up(node, level, start)) for level in levels]
        if all(test == NEVER for test in tests):
            return ""
        return None if tests[0] == ALWAYS else self._field(f"{node}.needed", tests)

    def _own(self, code: str, level: int) -> Rule:
        """That the level fails by the answers within the node that come before this item."""
        return self.fails(self.facts[code].node, level, self.place[code])

    def _decides_absence(self, code: str) -> Rule:
        """That all items before this one say that their part does not apply: then this one tells whether the node does.

        What is counted in a share depends on it.
        """
        mine = self.of_node[self.facts[code].node]
        if not all(fact.may_not_apply for fact in mine):
            return NEVER
        return every(self._absent(fact.id) for fact in mine if self._answered(fact.id, self.place[code]))

    def _absent(self, code: str) -> Rule:
        return Compared(status_field(self.questionnaire, code), "=", Fraction(NOT_APPLICABLE))

    # ------------------------------------------------------------------------------------------------ the pairs

    def _live(self, node: str, level: int, at: int) -> Rule:
        """That a pair may still hold and matter, by what is asked before place `at`."""
        return every((negated(self.fails(node, level, at)), self._up(node, level, at)))

    def _up(self, node: str, level: int, at: int) -> Rule:
        if node in self.reported:
            return ALWAYS
        lowest: dict[str, int] = {}
        for read in range(level, top_level(self.model, self.model.nodes[node]) + 1):
            for above, at_level in self.readers.get((node, read), ()):
                lowest[above] = min(lowest.get(above, at_level), at_level)
        return some(self.live(above, at_level, at) for above, at_level in lowest.items())

    def _fails(self, node_id: str, level: int, at: int) -> Rule:
        """That a pair fails whatever else is answered, by what is asked before place `at`."""
        node, (first, end) = self.model.nodes[node_id], self.inside[node_id]
        if level < 2 or level > top_level(self.model, node):
            return NEVER
        if node.is_leaf and first < at < end:
            return some(self._fails_at(node, k, at) for k in range(2, level + 1))
        name, when = f"{node_id}.top", end
        if at < end:
            asking = self.facts[self.order[at]].node
            name, when = f"{node_id}.before-{asking}", self.inside[asking][0]
        if name in self.working:  # a higher level of this node reads, by way of others, a lower one
            return some(self._fails_at(node, k, when) for k in range(2, level + 1))
        self.working.add(name)
        tests = [self._fails_at(node, k, when) for k in levels_of(self.model, node)]
        self.working.remove(name)
        if all(test == NEVER for test in tests[: level - 1]):
            return NEVER
        return Compared(self._field(name, tests), "<", Fraction(level))

    def _field(self, name: str, tests: Sequence[Rule]) -> str:
        """The field with these rules; one that has the same rules already serves as well."""
        same = next((known for known, rules in self.fields.items() if rules == tuple(tests)), name)
        self.fields.setdefault(same, tuple(tests))
        return same

    def _fails_at(self, node: Node, level: int, at: int) -> Rule:
        """That a clause of this very level fails."""
        own = self._answered(node.id, at) and node.answer == "level"
        below: Rule = Compared(node.id, "<", Fraction(level)) if own else NEVER
        return some((below, *(self._clause(node, level, clause, at) for clause in node.gates.get(level, ()))))

    def _answered(self, fact: str, at: int) -> bool:
        return fact in self.place and self.place[fact] < at

    def _clause(self, node: Node, level: int, clause: Clause, at: int) -> Rule:
        match clause:
            case Criteria() if clause.share == 1:
                criteria = node.criteria.get(clause.at or level, ())
                return some(Compared(c.id, "=", Fraction()) for c in criteria if self._answered(c.id, at))
            case Target() if self._answered(node.quantity_fact, at):
                return _misses(node, level)
            case Requires() if not self._may_be_absent(node):
                return self.fails(clause.node, clause.level, at)
            case Children():
                return self._children(node, clause, at)
        return NEVER

    def _children(self, node: Node, clause: Children, at: int) -> Rule:
        """Children that fail surely apply; of the others those that turn out not to apply only raise their share."""
        children = children_of_kind(self.model, node, clause.of)
        failing = [self.fails(child.id, clause.at, at) for child in children]
        match clause.rule:
            case "all":
                return some(failing)
            case "any":
                return every(failing) if failing else NEVER
            case "share":
                assert clause.share is not None
                weights = [child.weight if clause.weighted else Fraction(1) for child in children]
                return _heavier(weights, failing, (1 - clause.share) * sum(weights))
            case "mean":
                return NEVER

    def _may_be_absent(self, node: Node) -> bool:
        if node.is_leaf:
            return node.may_not_apply or all(fact.may_not_apply for fact in self.of_node.get(node.id, ()))
        return all(self._may_be_absent(self.model.nodes[child]) for child in node.children)


def _heavier(weights: Sequence[Fraction], parts: Sequence[Rule], limit: Fraction) -> Rule:
    scale = lcm(limit.denominator, *(weight.denominator for weight in weights))
    kept = tuple((int(weight * scale), part) for weight, part in zip(weights, parts, strict=True) if part != NEVER)
    most = int(limit * scale)
    return Heavier(kept, most) if sum(weight for weight, _ in kept) > most else NEVER


def _not_below(field: str, level: int) -> Rule:
    return Not(Compared(field, "<", Fraction(level))) if field else ALWAYS


def _targets(node: Node) -> Mapping[int, Fraction]:
    return node.quantity.targets if node.quantity else {}


def _misses(node: Node, level: int) -> Rule:
    """That the figure misses the target of a level; one beyond the worst goalpost counts as that goalpost."""
    quantity, target = node.quantity, _targets(node).get(level)
    if quantity is None or target is None or quantity.reaches(quantity.worst, target):
        return NEVER
    return Compared(node.quantity_fact, "<" if quantity.direction == "higher" else ">", target)


def _has_score(node: Node) -> bool:
    return any(isinstance(clause, Score) for clauses in node.gates.values() for clause in clauses)


def _readers(model: Model) -> Mapping[Pair, tuple[Pair, ...]]:
    """Which pairs of other nodes read a pair."""
    found: dict[Pair, list[Pair]] = {}
    for node in model.nodes.values():
        for level in levels_of(model, node):
            for clause in node.gates.get(level, ()):
                for pair in _read_by(model, node, clause):
                    found.setdefault(pair, []).append((node.id, level))
    return {pair: tuple(above) for pair, above in found.items()}


def _read_by(model: Model, node: Node, clause: Clause) -> Iterator[Pair]:
    if isinstance(clause, Requires):
        yield clause.node, clause.level
    elif isinstance(clause, Children):
        for child in children_of_kind(model, node, clause.of):
            for level in levels_of(model, child) if clause.rule == "mean" else (clause.at,):
                yield child.id, level
