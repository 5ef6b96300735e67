"""Figures that people tell differently, although there is one of each: a rate, a number of services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from gscm.analysis.finding import Finding, Grid
from gscm.analysis.matrices import Ballots, group_of
from gscm.analysis.wording import NONE, PEOPLE, figure, first_of, joined, many, share, some, whole
from gscm.i18n import Text
from gscm.model.facts import Fact

SHOWN = 10
_TITLE = Text("Angka yang disebut berbeda-beda", "Figures that are told differently")
_METHOD = Text(
    "Untuk setiap angka yang disebut dua orang atau lebih: nilai terkecil, median dan terbesar, serta bagian penjawab "
    "yang menyebut nilai paling lazim.",
    "For each figure that two people or more told: the smallest value, the median and the largest, and the share of "
    "respondents who told the most usual value.",
)


@dataclass(frozen=True, slots=True)
class _Told:
    fact: Fact
    title: Text
    unit: Text
    values: tuple[float, ...]

    @property
    def usual(self) -> float:
        """The share of those who told the most usual value."""
        return max(self.values.count(value) for value in set(self.values)) / len(self.values)


def differing_figures(ballots: Ballots) -> Iterator[Finding]:
    """How far apart the figures are that people gave; nothing where no figure was asked of two people."""
    told = sorted(_figures(ballots), key=lambda one: (one.usual, one.fact.id))
    if not told:
        return
    differing = [one for one in told if one.usual < 1]
    meaning = Text(
        "Semua penjawab menyebut angka yang sama.",
        "All respondents tell the same figures.",
    )
    if differing:
        names = some([_reach(one) for one in differing])
        meaning = Text(
            f"Nilai benarnya hanya satu, tetapi disebut berbeda: {names.id}. Ambil dari satu sumber resmi, jangan dari "
            "gabungan jawaban.",
            f"There is one true value, yet it is told differently: {names.en}. Take it from one official source, not "
            "from merged answers.",
        )
    yield Finding(
        section="agreement",
        id="agreement-figures",
        title=_TITLE,
        meaning=meaning,
        method=_METHOD,
        source=("gscm",),
        n=joined(many(len(told), ("angka", "figure", "figures")), many(max(len(one.values) for one in told), PEOPLE)),
        data={
            "figures": [
                {
                    "fact": one.fact.id,
                    "answers": len(one.values),
                    "least": min(one.values),
                    "median": median(one.values),
                    "most": max(one.values),
                    "share_of_usual": one.usual,
                }
                for one in told
            ]
        },
        grids=(
            Grid(
                _TITLE,
                (
                    Text("Angka", "Figure"),
                    Text("satuan", "unit"),
                    Text("terkecil", "least"),
                    Text("median", "median"),
                    Text("terbesar", "most"),
                    Text("nilai terlazim", "most usual"),
                    Text("orang", "people"),
                ),
                tuple(
                    (
                        one.title,
                        one.unit,
                        figure(min(one.values)),
                        figure(median(one.values)),
                        figure(max(one.values)),
                        share(one.usual),
                        whole(len(one.values)),
                    )
                    for one in told[:SHOWN]
                ),
                first_of(SHOWN, len(told), Text("yang paling berbeda", "told most differently")),
            ),
        ),
    )


def _reach(one: _Told) -> Text:
    low, high = figure(min(one.values)), figure(max(one.values))
    return Text(
        f"{one.title.id} ({low.id} sampai {high.id} {one.unit.id})",
        f"{one.title.en} ({low.en} to {high.en} {one.unit.en})",
    )


def _figures(ballots: Ballots) -> Iterator[_Told]:
    for fact in ballots.facts:
        if group_of(fact) != "figures":
            continue
        said = [person.answers[fact.id] for person in ballots.people if fact.id in person.answers]
        values = [one.value for one in said if one.status == "given" and one.value is not None]
        if len(values) > 1:
            yield _Told(fact, *_of(ballots, fact), tuple(float(Fraction(value)) for value in values))


def _of(ballots: Ballots, fact: Fact) -> tuple[Text, Text]:
    """What a figure is called, and its unit."""
    node = ballots.model.nodes[fact.node]
    if fact.kind == "quantity" and node.quantity is not None:
        return node.quantity.title, node.quantity.unit
    return node.title, NONE
