"""Which planning documents take an action up, and which document is what it yields.

Ours is the derivation, the documents are those of Law 25/2004 and Permendagri 86/2017: whatever costs money or the work
of an office stands in the RKPD of every year in which it runs and in the Renja of its offices for that year, below the
RPJMD and the Renstra of the five years around it, and enters the budget by way of them. Of the documents that the model
names for an action, these say no more than that; all others are what the action yields, such as a regulation.
"""

from __future__ import annotations

from dataclasses import dataclass

from gscm.i18n import Text, listed, same
from gscm.model.tree import Model
from gscm.roadmap.actions import Action, document_name

Period = tuple[int, int]
"""First and last year of an RPJMD."""

PLANNING = ("rpjmd", "renstra", "rkpd", "renja", "apbd")
"""The ids of documents that take up every action anyhow."""


@dataclass(frozen=True, slots=True)
class Uptake:
    """The years of RKPD and Renja, the RPJMD and Renstra, and what the action yields; "–" where that is no document."""

    annual: str
    five_year: Text
    product: Text


def uptake(model: Model, action: Action, start: int, period: Period | None = None) -> Uptake:
    """The documents of an action that starts in a year; the years of the RPJMD are those of `period`, or not known."""
    years = span(start, start + action.years - 1)
    kind = "RKPD/Renja" if action.offices else "RKPD"
    products = [_bare(document_name(model, document)) for document in action.documents if document not in PLANNING]
    return Uptake(
        annual=f"{kind} {years}",
        five_year=_five_year(start, start + action.years - 1, period),
        product=listed(tuple(products)) if products else same("–"),
    )


def documents_text(model: Model, action: Action, start: int) -> Text:
    """The documents of the year and what the action yields, in one line."""
    found = uptake(model, action, start)
    if found.product.id == "–":
        return same(found.annual)
    return Text(f"{found.annual}; produk: {found.product.id}", f"{found.annual}; yields: {found.product.en}")


def span(first: int, last: int) -> str:
    """2027, or 2027–2028."""
    return str(first) if first == last else f"{first}–{last}"


def _five_year(first: int, last: int, period: Period | None) -> Text:
    if period is None:
        return Text(f"yang memuat {span(first, last)}", f"for {span(first, last)}")
    begins, ends = period
    parts = []
    if first < begins:
        parts.append(Text(f"sebelum {begins}", f"before {begins}"))
    if first <= ends and last >= begins:
        parts.append(same(span(begins, ends)))
    if last > ends:
        parts.append(Text(f"sesudah {ends}", f"after {ends}"))
    return listed(tuple(parts))


def _bare(name: Text) -> Text:
    """A name without the explanation in brackets behind it."""
    return Text(name.id.partition(" (")[0], name.en.partition(" (")[0])
