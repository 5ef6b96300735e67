"""What the answers of one study can say in another: offered where it is the same, pointed at where it is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gscm.crosswalk.crosswalk import Link, carrier, kind_of
from gscm.i18n import Text, decimal, same
from gscm.model.facts import facts_of
from gscm.model.tree import Model
from gscm.responses.answers import Answer, Answers, Reused, dated
from gscm.responses.load import inside_scope


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer that another study settles: `answer` as it would be given here, marked as reused."""

    answer: Answer
    link: Link
    given: Answer


@dataclass(frozen=True, slots=True)
class Refused:
    """An offer that cannot be taken: it would change what is answered here, or there is no place for it."""

    offer: Offer
    why: Text


@dataclass(frozen=True, slots=True)
class Pointer:
    """Something answered there that bears on `link.far` here without settling it.

    `given` is the answer itself, None where only parts below it are answered, `below` of them.
    """

    link: Link
    given: Answer | None
    below: int


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """What one study offers another. `agreed` are offers that say what is answered already."""

    near: Answers
    far: Model
    offers: tuple[Offer, ...]
    agreed: tuple[Offer, ...]
    refused: tuple[Refused, ...]
    pointers: tuple[Pointer, ...]


def offer(near: Answers, far: Answers | Model, links: Sequence[Link], date: str | None = None) -> Offers:
    """What `near` offers to a study that is still empty (a model) or has begun (its answers).

    `date` tells when the near study was made, where its file names no day. No answer of `far` is ever changed: an
    answer is offered only where there is no entry, or an empty one.
    """
    model = far if isinstance(far, Model) else far.model
    made: dict[str, list[Offer]] = {fact: [] for fact in facts_of(model)}
    pointers: list[Pointer] = []
    for link in links:
        one = _offered(near, model, link, date)
        if one is not None:
            made[link.far.id].append(one)
        else:
            pointers += _pointers(near, link)
    offers, agreed, refused = list[Offer](), list[Offer](), list[Refused]()
    for fact, ones in made.items():
        present = None if isinstance(far, Model) else far.entries.get(fact)
        why = None if isinstance(far, Model) else _hindrance(far, fact)
        for one in ones[:1]:
            if len({other.answer.value for other in ones}) > 1:
                refused += [Refused(other, _DISAGREE) for other in ones]
            elif present is not None and (present.status, present.value) == ("given", one.answer.value):
                agreed.append(one)
            elif why is not None:
                refused.append(Refused(one, why))
            else:
                offers.append(one)
    return Offers(near, model, tuple(offers), tuple(agreed), tuple(refused), tuple(pointers))


_DISAGREE = Text("jawaban asalnya saling berselisih", "the answers it could be taken from disagree")


def _offered(near: Answers, far: Model, link: Link, date: str | None) -> Offer | None:
    """What one mapping offers: a given answer that settles the far side."""
    given, carry = near.entries.get(link.near.id), carrier(link, near.model, far)
    kind = "level" if link.near.at is not None else kind_of(link.near, near.model)
    if carry is None or given is None or given.value is None or given.status != "given" or given.kind != kind:
        return None
    fact = facts_of(far)[link.far.id]
    taken = Reused(
        model=near.model.id,
        model_version=near.model.version,
        fact=given.id,
        date=given.reused.date if given.reused else made_on(near, date),
        subject=near.subject.id,
        crosswalk=link.crosswalk,
    )
    return Offer(Answer(fact.id, "given", fact.kind, carry(given.value), reused=taken), link, given)


def made_on(near: Answers, date: str | None = None) -> str | None:
    """When a study was made: the day in its file, else `date`, else its year."""
    return dated(near) if near.study.date else date or dated(near)


def _hindrance(far: Answers, fact: str) -> Text | None:
    """Why a fact of a study that has begun takes no offer."""
    node = facts_of(far.model)[fact].node
    if node not in inside_scope(far.model, far.scope):
        return Text("di luar lingkup kajian ini", "outside the scope of this study")
    present = far.entries.get(fact)
    if present is not None and not _empty(present):
        return Text(f"sudah dijawab: {said(present).id}", f"answered already: {said(present).en}")
    above = [*([node] if node != fact else []), *(one.id for one in far.model.above(node))]
    for id in above:
        if (entry := far.entries.get(id)) is not None and entry.status in _STANDS_IN:
            return Text(f"sudah dijawab oleh {id} di atasnya", f"answered already by {id} above it")
    return None


_STANDS_IN = ("given", "not_applicable", "withheld")


def _empty(entry: Answer) -> bool:
    """Whether an entry says nothing at all."""
    return entry.status == "blank" and not (entry.note or entry.reason or entry.evidence or entry.source)


def _pointers(near: Answers, link: Link) -> Iterator[Pointer]:
    """What is answered on the near side of a mapping that settles nothing."""
    given = near.entries.get(link.near.id)
    if given is not None and given.status == "given":
        yield Pointer(link, given, 0)
    elif link.near.id in near.model.nodes:
        inside = {node.id for node in near.model.below(link.near.id)}
        facts = facts_of(near.model)
        below = sum(
            entry.status == "given" and (facts[entry.id].node if entry.id in facts else entry.id) in inside
            for entry in near.entries.values()
        )
        if below:
            yield Pointer(link, None, below)


_STATUSES = {
    "blank": Text("kosong", "blank"),
    "not_applicable": Text("tidak berlaku", "does not apply"),
    "not_asked": Text("tidak ditanyakan", "not asked"),
    "unknown": Text("tidak diketahui", "unknown"),
    "withheld": Text("tidak diberikan", "withheld"),
}


def said(answer: Answer) -> Text:
    """What was answered, in words: yes, a level, a figure, or why there is no value."""
    if answer.value is None:
        return _STATUSES.get(answer.status, same(answer.status))
    if answer.kind == "criterion":
        return Text("ya", "yes") if answer.value else Text("tidak", "no")
    figure = str(as_written(answer))
    if answer.value.denominator != 1 and "/" not in figure:
        figure_text = Text(decimal(figure, "id"), decimal(figure, "en"))
    else:
        figure_text = same(figure)
    return Text(f"level {figure_text.id}", f"level {figure_text.en}") if answer.kind == "level" else figure_text


def as_written(answer: Answer) -> bool | int | Decimal | str | None:
    """The value of an answer as it is written in a file, nothing lost: a decimal where there is one, else 14/3."""
    value = answer.value
    if value is None or answer.kind == "criterion":
        return None if value is None else bool(value)
    if value.denominator == 1:
        return int(value)
    ends = Decimal(value.numerator) / Decimal(value.denominator)
    return ends if Fraction(ends) == value else str(value)


def entry_of(made: Offer) -> dict[str, Any]:
    """An offer in the long form of an answers file, with its mark."""
    taken = made.answer.reused
    assert taken is not None
    return {
        "value": as_written(made.answer),
        "reused": {key: value for key, value in asdict(taken).items() if value is not None},
    }
