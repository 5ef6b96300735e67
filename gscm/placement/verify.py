"""The checker of certificates: short, and sharing no code with the placer, so that either can find the other wrong.

It reads plain JSON only: the resolved model (`flat_model`), the answers (`flat_answers`) and the certificate. It
fills in the answers as the certificate says and confirms where every node stands (placement.md, sections 2 to 4 and 7).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import cache
from math import floor
from typing import Any, NamedTuple

from gscm.i18n import Text

Json = Mapping[str, Any]

_FORMAT = "gscm-certificate/1"
_HEAD = {"format", "model", "model_version", "model_sha256", "answers_sha256", "nodes"}
_LISTS = ("held_by", "blocked_by", "ceiling")
_ENDS = ("low", "high", "score_low", "score_high")
_STAGES = ("self-assessment", "document", "interview", "visit")
_CLOSED = ("given", "not_applicable", "withheld")
_PRECISE = Context(prec=50)
_UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def verify(model: Json, answers: Json, certificate: Json) -> bool:
    """Whether the certificate is confirmed."""
    return not objections(model, answers, certificate)


def objections(model: Json, answers: Json, certificate: Json) -> tuple[Text, ...]:
    """What does not hold, a sentence each; () if the certificate is confirmed. Raises nothing, whatever it is given."""
    try:
        if found := tuple(_unbound(model, answers, certificate)):
            return found
        case = _Case(model, answers)
        malformed = tuple(text for n in case.nodes for text in _malformed(case, n, certificate["nodes"][n]))
        return malformed or tuple(text for n in case.nodes for text in _refuted(case, n, certificate["nodes"][n]))
    except _UNREADABLE as error:
        return (
            Text(
                f"Model atau jawaban tidak dapat dibaca: {error!r}.",
                f"The model or the answers cannot be read: {error!r}.",
            ),
        )


def _unbound(model: Json, answers: Json, certificate: Json) -> Iterator[Text]:
    """Whether it is a certificate at all, and one of this model, these answers and these nodes."""
    if not isinstance(certificate, dict) or set(certificate) != _HEAD or not isinstance(certificate["nodes"], dict):
        yield Text(
            "Ini bukan sertifikat: kuncinya tidak sesuai.", "This is no certificate: its keys are not those of one."
        )
        return
    stated = {
        "format": _FORMAT,
        "model": model["id"],
        "model_version": model["version"],
        "model_sha256": _sha256(model),
        "answers_sha256": _sha256(answers),
    }
    for key, expected in stated.items():
        if certificate[key] != expected:
            yield _otherwise(key, expected)
    for n in sorted(set(model["nodes"]) - set(certificate["nodes"])):
        yield Text(f"“{n}” tidak ada dalam sertifikat.", f"“{n}” is missing from the certificate.")
    for n in sorted(set(certificate["nodes"]) - set(model["nodes"]), key=str):
        yield Text(f"“{n}” tidak ada dalam model.", f"“{n}” is not in the model.")


def _otherwise(key: str, expected: str) -> Text:
    """What it means that a head entry of the certificate is not what the model and the answers give."""
    if key == "answers_sha256":
        return Text(
            "Jawaban ini bukan jawaban yang menghasilkan sertifikat; hitung ulang dengan gscm assess --json.",
            "The answers in this file are not those the certificate was made from; assess again with --json.",
        )
    if key == "model_sha256":
        return Text(
            "Isi model ini bukan isi model yang menghasilkan sertifikat; sebutkan model yang sama dengan --model.",
            "This model is not the one the certificate was made with; name the same model with --model.",
        )
    return Text(f"“{key}” dalam sertifikat seharusnya {expected}.", f"“{key}” in the certificate should be {expected}.")


def _sha256(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _malformed(case: _Case, n: str, entry: Any) -> Iterator[Text]:
    """Whether the entry of a node has its keys, and lists facts that may stand in each list, once each."""
    if not isinstance(entry, dict) or set(entry) != {*_ENDS, *_LISTS}:
        yield Text(f"“{n}”: kuncinya tidak sesuai.", f"“{n}”: its keys are not those of a node.")
        return
    allowed = {"held_by": case.given, "blocked_by": frozenset(case.facts), "ceiling": case.closed}
    for key in _LISTS:
        facts = entry[key]
        if not isinstance(facts, list) or not all(isinstance(f, str) for f in facts) or len(set(facts)) < len(facts):
            yield Text(f"“{n}”: {key} bukan daftar fakta.", f"“{n}”: {key} is not a list of facts.")
        elif stray := sorted(set(facts) - (allowed[key] if case.has_level(n) else frozenset())):
            names = ", ".join(stray)
            yield Text(f"“{n}”: tidak sah dalam {key}: {names}.", f"“{n}”: not to be listed in {key}: {names}.")


def _refuted(case: _Case, n: str, entry: Json) -> Iterator[Text]:
    """What filling in the facts refutes: the four ends, then each of the three lists."""
    ends = case.filled(frozenset(case.facts), "worst"), case.filled(case.closed, "best")
    levels = [end.level(n) if case.has_level(n) else None for end in ends]
    scores = [end.score(n) if case.has_score(n) else None for end in ends]
    for key, value in zip(_ENDS, [*levels, *(None if score is None else str(score) for score in scores)], strict=True):
        if type(entry[key]) is not type(value) or entry[key] != value:
            yield Text(
                f"“{n}”: {key} tertulis {entry[key]}, terhitung {value}.",
                f"“{n}”: {key} says {entry[key]}, but comes to {value}.",
            )
    low, high = levels
    if low is None or high is None:
        return
    held, blocked, ceiling = (frozenset(entry[key]) for key in _LISTS)
    if (level := case.filled(held, "worst").level(n)) < low:
        yield Text(
            f"“{n}”: held_by hanya cukup untuk level {level}, bukan {low}.",
            f"“{n}”: held_by suffices for level {level} only, not {low}.",
        )
    for key, facts, bound in (("blocked_by", blocked, low), ("ceiling", ceiling, high)):
        if (level := case.filled(facts, "best").level(n)) > bound:
            yield Text(
                f"“{n}”: {key} tidak menahannya di level {bound}; level {level} tetap tercapai.",
                f"“{n}”: {key} does not keep it at level {bound}; it still reaches {level}.",
            )


class _Fact(NamedTuple):
    """An applicable fact. `shown` is its value, its worst if struck out or refused, None if open."""

    node: str
    worst: Fraction
    best: Fraction
    shown: Fraction | None
    given: bool


class _Case:
    """A model with answers: its applicable facts, its scope, and which nodes stand in for what is below them."""

    def __init__(self, model: Json, answers: Json) -> None:
        self.nodes, self.scale, self.names = model["nodes"], model["scale"], model["level_names"]
        self.low, self.high = Fraction(self.scale["min"]), Fraction(self.scale["max"])
        self.entries: Json = answers["entries"]
        named = answers["scope"]
        up = {n: set(self._upwards(n)) for n in self.nodes}
        self.inside = frozenset(n for n in self.nodes if named is None or any(s in up[n] or n in up[s] for s in named))
        self.own = {fact for node in self.nodes.values() for fact, *_ in self._answerable(node)}
        self.facts: dict[str, _Fact] = {}
        self.standing: dict[str, str] = {}  # node → the kind of what is given for it
        for n, node in self.nodes.items():
            self._read(n, node)
        self.given = frozenset(id for id, fact in self.facts.items() if fact.given)
        self.closed = frozenset(id for id, fact in self.facts.items() if fact.shown is not None)
        self.answered = {fact.node for fact in self.facts.values()}
        self.absent, self.filled = cache(self._absent), cache(self._filled)

    def _upwards(self, n: str | None) -> Iterator[str]:
        while n is not None:
            yield n
            n = self.nodes[n]["parent"]

    def _answerable(self, node: Json) -> Iterator[tuple[str, Fraction, Fraction, bool]]:
        """Every fact of a leaf: its id, its worst and best, and whether it may not apply."""
        if node["answer"] == "criteria":
            for criterion in (c for criteria in node["criteria"].values() for c in criteria):
                yield criterion["id"], Fraction(0), Fraction(5), criterion["may_not_apply"]
        elif node["answer"] == "level":
            yield node["id"], Fraction(1), Fraction(self.top(node["id"])), node["may_not_apply"]
        elif node["answer"] == "score":
            yield node["id"], self.low, self.high, node["may_not_apply"]
        if node["quantity"] and node["answer"]:
            ends = Fraction(node["quantity"]["min"]), Fraction(node["quantity"]["max"])
            worst, best = ends if node["quantity"]["direction"] == "higher" else ends[::-1]
            yield _measured(node), worst, best, node["may_not_apply"] and node["answer"] == "quantity"

    def _read(self, n: str, node: Json) -> None:
        """Add the facts of a node; the highest node answered as a whole speaks for all below it."""
        over = [m for m in self._upwards(n) if m not in self.own and self._status(m) in _CLOSED]
        if over and self._status(over[-1]) == "given" and over[-1] == n:
            kind = self.standing[n] = self.entries[n]["kind"]
            ends = (self.low, self.high) if kind == "score" else (Fraction(1), Fraction(self.top(n)))
            self.facts[n] = _Fact(n, *ends, Fraction(self.entries[n]["value"]), True)
        for id, worst, best, may_not_apply in self._answerable(node):
            whole = over[-1] if over else n if self._status(n) == "not_applicable" else id
            status, shown = self._status(whole) if n in self.inside else "unknown", None
            excusable = may_not_apply if whole == id else self.nodes[whole]["may_not_apply"]
            given = status == "given" and not over
            if given:
                shown = min(max(_value(self.entries[id]), min(worst, best)), max(worst, best))
            elif status in ("not_applicable", "withheld"):
                shown = worst
            if status != "not_applicable" or not excusable:
                self.facts[id] = _Fact(n, worst, best, shown, given)

    def _status(self, id: str) -> str:
        return str(self.entries[id]["status"]) if id in self.entries else "unknown"

    def _absent(self, n: str) -> bool:
        return n not in self.answered and all(self.absent(c) for c in self._assessed(n))

    def _filled(self, names: frozenset[str], rest: str) -> _Filled:
        """The named facts as shown (open ones at their worst), the rest at their "worst" or "best"."""
        shown = {id: fact.worst if fact.shown is None else fact.shown for id, fact in self.facts.items()}
        values = {id: shown[id] if id in names else getattr(fact, rest) for id, fact in self.facts.items()}
        return _Filled(self, values, rest == "best")

    def top(self, n: str) -> int:
        """The highest level of a node; 1 if it has none."""
        node = self.nodes[n]
        return len(self.names[node["levels"]]) if node["levels"] and (node["gates"] or node["answer"] == "level") else 1

    def has_score(self, n: str) -> bool:
        return n in self.inside and not self.absent(n)

    def has_level(self, n: str) -> bool:
        return self.has_score(n) and self.top(n) > 1

    def counted(self, n: str) -> list[Any]:
        """The children that scores and clauses of the node count."""
        return [self.nodes[c] for c in self._assessed(n) if not self.absent(c)]

    def _assessed(self, n: str) -> list[str]:
        return [c for c in self.nodes[n]["children"] if c in self.inside or n not in self.inside]


class _Filled:
    """A case with a value for every applicable fact: `stands(node, level)`, and `score(node)` or None.

    `upper` tells which end unknown weights are read at.
    """

    def __init__(self, case: _Case, values: Mapping[str, Fraction], upper: bool) -> None:
        self.case, self.values, self.upper = case, values, upper
        self.stands, self.score = cache(self._stands), cache(self._score)

    def level(self, n: str) -> int:
        return 1 + sum(self.stands(n, k) for k in range(2, self.case.top(n) + 1))

    def _stands(self, n: str, k: int) -> bool:
        node, whole = self.case.nodes[n], self.case.standing.get(n) == "level"
        if k < 2 or k > self.case.top(n):
            return k < 2
        if (whole or node["answer"] == "level") and n in self.values and self.values[n] < k:
            return False
        clauses = () if whole else node["gates"].get(str(k), ())
        return self.stands(n, k - 1) and all(_CLAUSES[c["clause"]](self, node, k, c) for c in clauses)

    def _score(self, n: str) -> Fraction | None:
        node, case = self.case.nodes[n], self.case
        if n in self.values and case.standing.get(n) != "level":
            return (
                _normalised(node["quantity"], self.values[n], case) if node["answer"] == "quantity" else self.values[n]
            )
        if node["answer"] == "criteria":
            shares = [share for k in node["criteria"] if (share := self.met(node, k, 1)) is not None]
            return case.low + sum(shares, Fraction()) / len(shares) * (case.high - case.low) if shares else None
        children = [(Fraction(c["weight"]), s) for c in case.counted(n) if (s := self.score(c["id"])) is not None]
        return _aggregated(node, children, case.scale, self.upper) if children else None

    def met(self, node: Json, k: str, grade: int) -> Fraction | None:
        """The weighted share of the applicable criteria at level k with at least this grade; None if none applies."""
        applicable = [(c["id"], Fraction(c["weight"])) for c in node["criteria"].get(k, ()) if c["id"] in self.values]
        total = sum((weight for _, weight in applicable), Fraction())
        return sum((w for id, w in applicable if self.values[id] >= grade), Fraction()) / total if total else None


def _criteria(filled: _Filled, node: Json, k: int, clause: Json) -> bool:
    grade = 2 + _STAGES.index(clause["evidence"]) if clause["evidence"] else 1
    share = filled.met(node, str(clause["at"] or k), grade)
    return share is None or share >= Fraction(clause["share"])


def _cutoff(filled: _Filled, node: Json, _: int, clause: Json) -> bool:
    score, scale, cutoff = filled.score(node["id"]), filled.case.scale, Fraction(clause["cutoff"])
    if score is None:
        return False
    score = _rounded(score, scale["digits"], scale["mode"]) if scale["compare"] == "rounded" else score
    return score >= cutoff if clause["inclusive"] else score > cutoff


def _children(filled: _Filled, node: Json, k: int, clause: Json) -> bool:
    children = [c for c in filled.case.counted(node["id"]) if clause["of"] in (None, c["kind"])]
    if not children:
        return True
    weights = {c["id"]: Fraction(c["weight"] if clause["weighted"] else 1) for c in children}
    total = sum(weights.values(), Fraction())
    if clause["rule"] == "mean":
        slack = Fraction(1, 2) if clause["rounding"] == "nearest" else 0
        return sum((w * filled.level(c) for c, w in weights.items()), Fraction()) / total >= k - slack
    share = sum((w for c, w in weights.items() if filled.stands(c, clause["at"])), Fraction()) / total
    return share > 0 if clause["rule"] == "any" else share >= Fraction(clause["share"] or 1)


def _requires(filled: _Filled, _: Json, __: int, clause: Json) -> bool:
    return filled.case.absent(clause["node"]) or filled.stands(clause["node"], clause["level"])


def _target(filled: _Filled, node: Json, k: int, _: Json) -> bool:
    value = filled.values.get(_measured(node))
    if not node["quantity"] or str(k) not in node["quantity"]["targets"] or value is None:
        return True
    target = Fraction(node["quantity"]["targets"][str(k)])
    return value >= target if node["quantity"]["direction"] == "higher" else value <= target


_CLAUSES: dict[str, Callable[[_Filled, Json, int, Json], bool]] = {
    "criteria": _criteria,
    "score": _cutoff,
    "children": _children,
    "requires": _requires,
    "target": _target,
}


def _measured(node: Json) -> str:
    return str(node["id"] if node["answer"] == "quantity" else f"{node['id']}.value")


def _value(entry: Json) -> Fraction:
    """A given value; a criterion that is met is worth more with its evidence accepted at a stage."""
    value = Fraction(entry["value"])
    return (
        Fraction(2 + _STAGES.index(entry["stage"]))
        if entry["kind"] == "criterion" and value and entry["stage"]
        else value
    )


def _normalised(quantity: Json, value: Fraction, case: _Case) -> Fraction:
    worst, best, here = Fraction(quantity["min"]), Fraction(quantity["max"]), value
    sign, cohort = (1 if quantity["direction"] == "higher" else -1), quantity["cohort"]
    if quantity["bands"]:
        reached = [b["score"] for b in quantity["bands"] if sign * (here - Fraction(b["start"])) >= 0]
        return max(map(Fraction, reached), default=case.low)
    if cohort and cohort["deviation"]:
        return sign * (here - Fraction(cohort["mean"])) / Fraction(cohort["deviation"])
    if quantity["logarithm"]:
        low, high, at = (_PRECISE.ln(_decimal(v)) for v in (worst, best, here))
        share = _twelve(_PRECISE.divide(_PRECISE.subtract(at, low), _PRECISE.subtract(high, low)))
    else:
        share = (here - worst) / (best - worst)
    return case.low + (1 - share if quantity["direction"] == "lower" else share) * (case.high - case.low)


def _aggregated(node: Json, children: list[tuple[Fraction, Fraction]], scale: Json, upper: bool) -> Fraction:
    total, scores = sum(w for w, _ in children), sorted(s for _, s in children)
    digits = scale["digits"] if node["round"] is None else node["round"]
    rules: dict[str, Callable[[], Fraction]] = {
        "mean": lambda: sum((w * s for w, s in children), Fraction()) / total,
        "mean-of-rows": lambda: sum((w * s for w, s in children), Fraction()) / total,
        "geometric": lambda: _geometric(children) if scores[0] > 0 else Fraction(),
        "minimum": lambda: scores[0],
        "median": lambda: (scores[(len(scores) - 1) // 2] + scores[len(scores) // 2]) / 2,
        "sum": lambda: sum((w * s for w, s in children), Fraction()),
        "rounded-sum": lambda: sum((_rounded(w / total * s, digits, scale["mode"]) for w, s in children), Fraction()),
        "unknown-weights": lambda: scores[-1] if upper else scores[0],
    }
    score = rules[node["aggregate"]]()
    return score if node["round"] is None else _rounded(score, node["round"], scale["mode"])


def _geometric(children: list[tuple[Fraction, Fraction]]) -> Fraction:
    total, logarithm = sum(w for w, _ in children), Decimal(0)
    for weight, score in children:
        logarithm = _PRECISE.fma(_decimal(weight / total), _PRECISE.ln(_decimal(score)), logarithm)
    return _twelve(_PRECISE.exp(logarithm))


def _rounded(value: Fraction, digits: int, mode: str) -> Fraction:
    units = value * 10**digits
    half_up = floor(abs(units) + Fraction(1, 2)) * (-1 if units < 0 else 1)
    return Fraction(half_up if mode == "half-up" else round(units), 10**digits)


def _decimal(value: Fraction) -> Decimal:
    return _PRECISE.divide(Decimal(value.numerator), Decimal(value.denominator))


def _twelve(value: Decimal) -> Fraction:
    return Fraction(value.quantize(Decimal("1e-12"), rounding=ROUND_HALF_EVEN, context=_PRECISE))
