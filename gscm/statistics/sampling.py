"""How many to ask, and what the answers can carry: Krejcie–Morgan, Slovin, response rate, margin of error."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, sqrt
from typing import Literal

from gscm.i18n import Text
from gscm.statistics.figure import Figure, Method, need

Rounding = Literal["nearest", "up"]
PEOPLE = Text("orang dalam populasi", "people in the population")


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSize(Figure):
    """n is the sample to draw, `value` the same before rounding, of a `population` of so many."""

    value: float
    population: int
    margin: float


KREJCIE_MORGAN = Text("rumus Krejcie–Morgan", "the Krejcie–Morgan formula")
_KREJCIE_MORGAN: dict[Rounding, Text] = {
    "nearest": Text(
        "khi-kuadrat 3,841, P = 0,5, dibulatkan ke bilangan terdekat seperti tabel tercetaknya",
        "chi-square 3.841, P = 0.5, rounded to the nearest number as in the printed table",
    ),
    "up": Text("khi-kuadrat 3,841, P = 0,5, dibulatkan ke atas", "chi-square 3.841, P = 0.5, rounded up"),
}
SLOVIN = Text("rumus Slovin", "Slovin's formula")
_SLOVIN = Method(
    SLOVIN,
    Text(
        "n = N / (1 + N e²), dibulatkan ke atas; setara dengan taraf kepercayaan sekitar 95% dan P = 0,5",
        "n = N / (1 + N e²), rounded up; it amounts to about 95% confidence and P = 0.5",
    ),
    ("Tejada & Punzalan 2012",),
)


def krejcie_morgan(population: int, margin: float = 0.05, rounding: Rounding = "nearest") -> SampleSize:
    """Sample of a finite population after Krejcie & Morgan (1970), `margin` a share of 1. Refused without people."""
    need(KREJCIE_MORGAN, population, 1, PEOPLE)
    spread = Fraction("3.841") / 4
    value = spread * population / (_fraction(margin) ** 2 * (population - 1) + spread)
    n = ceil(value) if rounding == "up" else floor(value + Fraction(1, 2))
    return SampleSize(
        n=n,
        method=Method(KREJCIE_MORGAN, _KREJCIE_MORGAN[rounding], ("Krejcie & Morgan 1970",)),
        value=float(value),
        population=population,
        margin=margin,
    )


def slovin(population: int, margin: float = 0.05) -> SampleSize:
    """Sample of a finite population by Slovin's formula, `margin` a share of 1. Refused without people."""
    need(SLOVIN, population, 1, PEOPLE)
    value = population / (1 + population * _fraction(margin) ** 2)
    return SampleSize(n=ceil(value), method=_SLOVIN, value=float(value), population=population, margin=margin)


def _fraction(margin: float) -> Fraction:
    if not 0 < margin < 1:
        raise ValueError("a margin is a share of 1, such as 0.05")
    return Fraction(str(margin))


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Figure):
    """n counts those who answered; `margin` is what a share of them may be off by, None where it cannot be said."""

    rate: float
    invited: int
    margin: float | None
    confidence: float


RESPONSE = Text("tingkat respons", "response rate")
_RESPONSE = Method(
    Text("tingkat respons dan batas galat", "response rate and margin of error"),
    Text(
        "sampel acak sederhana, P = 0,5, koreksi populasi terhingga",
        "simple random sample, P = 0.5, finite population correction",
    ),
    ("Cochran 1977",),
)
_NOT_RANDOM = Text(
    "Batas galat hanya berlaku bila yang menjawab dapat dianggap sampel acak dari yang diundang.",
    "The margin of error holds only if those who answered may pass for a random sample of those invited.",
)


def response_rate(invited: int, answered: int, confidence: float = 0.95) -> Response:
    """The share of the invited who answered, and the margin of error of a share among them. Refused without invited."""
    from scipy.special import ndtri

    need(RESPONSE, invited, 1, Text("orang yang diundang", "people invited"))
    if not 0 <= answered <= invited:
        raise ValueError("more answered than were invited")
    margin = None
    if answered:
        left = (invited - answered) / (invited - 1) if invited > 1 else 0.0
        margin = float(ndtri(1 - (1 - confidence) / 2)) * sqrt(left / (4 * answered))
    return Response(
        n=answered,
        method=_RESPONSE,
        cautions=(_NOT_RANDOM,) if answered < invited else (),
        rate=answered / invited,
        invited=invited,
        margin=margin,
        confidence=confidence,
    )
