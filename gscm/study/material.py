"""A study as an analysis sees it: who was asked, who said what, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gscm.analysis.material import Material, Moment, People, Voter
from gscm.model.tree import STAGES
from gscm.study.log import Entry, Key, Present
from gscm.study.personal import pseudonyms
from gscm.study.store import Store
from gscm.study.study import WHOLE, Collected, Study, collect, votes_in


def material_of(study: Study, store: Store) -> Material:
    """What analyses of a study work on: its result, and what people said of themselves, before any verification.

    People go by their pseudonyms.
    """
    log = list(store.log())
    return material_from(study, log, collect(study, log))


def material_from(study: Study, log: Sequence[Entry], collected: Collected) -> Material:
    """The same of a log that was read and collected already."""
    names = pseudonyms((one.id for one in study.respondents), (one.key.author for one in log if _of_people(one.key)))
    answered = _answered(collected.present)
    people = People(
        votes=votes_in(study, collected.present, names),
        people_rule=study.people_rule,
        offices_rule=study.offices_rule,
        voters=tuple(Voter(names[one.id], one.office, one.role, one.id in answered) for one in study.respondents),
        offices={office.id: office.name for office in study.offices},
        moments=tuple(_moments(log, names)),
        least=study.settings["least"],
    )
    return Material(collected.overall, people)


def _of_people(key: Key) -> bool:
    """Whether somebody speaks for himself: not an office, not an assessor, nor a decision for the whole."""
    return bool(key.author) and key.stage == STAGES[0] and key.office != WHOLE


def _answered(present: Present) -> frozenset[str]:
    return frozenset(key.author for key, entry in present.entries.items() if entry.written.get("status") != "blank")


def _moments(log: Iterable[Entry], names: Mapping[str, str]) -> Iterable[Moment]:
    """When people answered of themselves, in the order of time."""
    for entry in sorted(log, key=lambda entry: (entry.at, entry.id)):
        if _of_people(entry.key):
            yield Moment(names[entry.key.author], entry.key.office, entry.key.fact, entry.at, entry.channel)
