"""What an analysis works on: the answers of the subject, and, where people gave them, who said what and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gscm.analysis.experts import Ratings
from gscm.analysis.panel import Panel
from gscm.i18n import Text
from gscm.responses.answers import Answers
from gscm.responses.merge import Rule
from gscm.responses.migration import Migration
from gscm.responses.votes import Votes


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody who was invited: a pseudonym, the office, the role where it was told, and whether anything came back."""

    id: str
    office: str
    role: str | None
    answered: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """That somebody answered a fact through a channel, at a time in UTC, ISO 8601."""

    author: str
    office: str
    fact: str
    at: str
    channel: str


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """The people behind the answers of a study, how they are merged, and when they answered."""

    votes: Votes
    people_rule: Rule
    offices_rule: Rule
    voters: tuple[Voter, ...]
    offices: Mapping[str, str]
    moments: tuple[Moment, ...] = ()
    least: int = 5
    """The smallest group by attributes of respondents that may be shown."""


@dataclass(frozen=True, slots=True)
class Target:
    """The level or the score aimed at for a node, and by when (a year, where it is told)."""

    node: str
    level: int | None = None
    score: Fraction | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """All that the analyses of one run may use. `others` are assessments to compare with: earlier waves, peers.

    `migrations` tell what became of ids where they answer other versions of the model. `panel` holds what experts said
    when they compared parts of the model.
    """

    answers: Answers
    people: People | None = None
    others: tuple[Answers, ...] = ()
    migrations: tuple[Migration, ...] = ()
    targets: tuple[Target, ...] = ()
    panel: Panel | None = None
    population: int | None = None
    experts: Ratings | None = None
    seed: int = 1
    runs: int = 1000
    draws: int = 10_000


NO_PEOPLE = Text(
    "Berkas jawaban memuat satu jawaban per butir, sedangkan analisis ini memerlukan jawaban orang per orang.",
    "An answers file holds one answer an item, while this analysis needs the answers of single people.",
)
