"""Patterns in how single people answered: the same answer throughout, and hardly any time for each item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np

from gscm.analysis.finding import Finding, Grid, refused
from gscm.analysis.material import Moment, People
from gscm.analysis.matrices import Ballots, ballots_of, group_of
from gscm.analysis.wording import PEOPLE, Noun, figure, many, share, whole
from gscm.i18n import Text, listed, same
from gscm.responses.answers import OPEN
from gscm.statistics.matrix import Array

LEAST_ITEMS = 10
SAME = 0.95
SHOWN = 10
SHOWN_OFFICES = 3
OTHER_OFFICES: Noun = ("perangkat daerah lain", "other office", "other offices")
_NOT_BLAME = Text(
    "Ini bukan tuduhan: ada keadaan yang memang seragam. Mintalah penjelasan sebelum jawabannya disisihkan.",
    "This is no accusation: some conditions really are uniform. Ask for an explanation before answers are set aside.",
)
_LINES_TITLE = Text("Jawaban seragam", "Uniform answers")
_LINES = Text(
    f"Per orang dengan sekurangnya {LEAST_ITEMS} butir ya/tidak, level, atau nilai: bagian jawaban terlazim dan runtun "
    "terpanjang jawaban sama menurut urutan model. Ditandai bila bagian itu sekurangnya 95% (termasuk tanpa keragaman "
    "sama sekali), sedangkan jawaban orang lain pada butir-butir itu beragam. Batas 95% dan banyaknya butir dari gscm; "
    "ukurannya yang lazim bagi jawaban asal-asalan.",
    f"For each person with at least {LEAST_ITEMS} yes-or-no items, levels or scores: the share of the most usual "
    "answer, and the longest run of one answer in the order of the model. Marked if that share is 95% at least (no "
    "variance at all included) while the answers of others to those items vary. The limit of 95% and the number of "
    "items are gscm’s; the measures are those usual for careless answers.",
)
_SOURCE_LINES = ("Meade & Craig 2012",)


@dataclass(frozen=True, slots=True)
class _Line:
    person: str
    office: str
    items: int
    usual: float
    run: int
    others: float
    """The share of the most usual answer that the others give to the same items."""

    @property
    def marked(self) -> bool:
        return self.usual >= SAME and self.others < SAME


def straight_lines(people: People) -> Finding:
    """Who gives one answer to nearly everything."""
    ballots = ballots_of(people.votes)
    ballots = ballots.only(fact.id for fact in ballots.facts if group_of(fact) != "figures")
    found = list(_lines(ballots))
    if not found:
        why = Text(
            f"Tidak ada orang yang menjawab {LEAST_ITEMS} butir ya/tidak, level, atau nilai, sehingga pola jawabannya "
            "belum dapat dinilai.",
            f"Nobody answered {LEAST_ITEMS} yes-or-no items, levels or scores, so that patterns cannot be judged yet.",
        )
        return refused("audit", "audit-straight-lining", _LINES_TITLE, why, _LINES, _SOURCE_LINES)
    found.sort(key=lambda one: (-one.usual, -one.run, one.person))
    marked = [one for one in found if one.marked]
    return Finding(
        section="audit",
        id="audit-straight-lining",
        title=_LINES_TITLE,
        meaning=_uniform(people, found, marked),
        method=_LINES,
        source=_SOURCE_LINES,
        n=many(len(found), PEOPLE),
        data={
            "people": [
                {
                    "person": one.person,
                    "office": one.office,
                    "items": one.items,
                    "share_of_usual": one.usual,
                    "longest_run": one.run,
                    "no_variance": one.usual == 1,
                    "marked": one.marked,
                }
                for one in found
            ]
        },
        grids=(
            _by_office(people, [one.office for one in marked]),
            Grid(
                Text("Jawaban paling seragam", "The most uniform answers"),
                (
                    Text("Responden", "Respondent"),
                    Text("Perangkat daerah", "Office"),
                    Text("butir", "items"),
                    Text("jawaban terlazim", "most usual answer"),
                    Text("runtun terpanjang", "longest run"),
                ),
                tuple(
                    (
                        same(one.person),
                        same(people.offices.get(one.office, one.office)),
                        whole(one.items),
                        share(one.usual),
                        whole(one.run),
                    )
                    for one in marked[:SHOWN]
                ),
                _rest(len(marked)),
                private=True,
            ),
        )
        if marked
        else (),
        caution=_NOT_BLAME if marked else None,
        notable=any(one.usual >= SAME for one in found),
    )


def _uniform(people: People, found: Sequence[_Line], marked: Sequence[_Line]) -> Text:
    """How many answered uniformly, from which offices; or that everybody did, of which nothing can be made."""
    everybody, alike = many(len(found), PEOPLE), sum(one.usual >= SAME for one in found)
    if marked:
        count, where = whole(len(marked)), _counted(people, [one.office for one in marked])
        return Text(
            f"{count.id} dari {everybody.id} memberi jawaban yang sama pada hampir semua butir: {where.id}.",
            f"{count.en} of {everybody.en} gave the same answer to nearly all items: {where.en}.",
        )
    if not alike:
        return Text(
            f"Tidak ada yang menjawab seragam ({everybody.id}).", f"Nobody answered uniformly ({everybody.en})."
        )
    first = Text(
        f"Semua orang ({whole(alike).id}) memberi jawaban yang sama pada hampir semua butir.",
        f"Everybody ({many(alike, PEOPLE).en}) gave the same answer to nearly all items.",
    )
    if alike < len(found):
        first = Text(
            f"{whole(alike).id} dari {everybody.id} memberi jawaban yang sama pada hampir semua butir, dan jawaban "
            "orang lain pada butir itu pun seragam.",
            f"{whole(alike).en} of {everybody.en} gave the same answer to nearly all items, and answers of others to "
            "those items are uniform, too.",
        )
    return Text(
        f"{first.id} Dari jawabannya saja hal ini tidak dapat dibedakan dari keadaan yang memang seragam; periksa "
        "buktinya.",
        f"{first.en} From the answers alone this cannot be told from conditions that really are uniform; look at the "
        "evidence.",
    )


def _counted(people: People, offices: Iterable[str]) -> Text:
    """How many people of each office, the most first."""
    counts = sorted(Counter(offices).items(), key=lambda one: (-one[1], one[0]))
    told = []
    for office, count in counts:
        name, of = people.offices.get(office, office), many(count, PEOPLE)
        told.append(Text(f"{name} ({of.id})", f"{name} ({of.en})"))
    if len(told) > SHOWN_OFFICES:
        others = many(len(told) - SHOWN_OFFICES, OTHER_OFFICES)
        told = [*told[:SHOWN_OFFICES], others]
    return listed(tuple(told))


def _by_office(people: People, offices: Sequence[str]) -> Grid:
    """The same as a table that may be printed."""
    counts = sorted(Counter(offices).items(), key=lambda one: (-one[1], one[0]))
    return Grid(
        Text("Banyaknya menurut perangkat daerah", "How many by office"),
        (Text("Perangkat daerah", "Office"), Text("orang", "people")),
        tuple((same(people.offices.get(office, office)), whole(count)) for office, count in counts),
    )


def _rest(count: int) -> Text | None:
    if count <= SHOWN:
        return None
    return Text(
        f"{SHOWN} dari {count}; selengkapnya dalam keluaran JSON.",
        f"{SHOWN} of {count}; all of them are in the JSON output.",
    )


def _lines(ballots: Ballots) -> Iterable[_Line]:
    known = ~np.isnan(ballots.values)
    for row, person in enumerate(ballots.people):
        mine = ballots.values[row, known[row]]
        if len(mine) < LEAST_ITEMS:
            continue
        others = np.delete(ballots.values[:, known[row]], row, axis=0)
        yield _Line(person.author, person.office, len(mine), _usual(mine), longest_run(mine), _usual_of_all(others))


def _usual(values: Array) -> float:
    _, counts = np.unique(values[~np.isnan(values)], return_counts=True)
    return float(counts.max() / counts.sum()) if counts.size else 1.0


def _usual_of_all(table: Array) -> float:
    return _usual(table.ravel()) if table.size else 0.0


def longest_run(values: Sequence[float] | Array) -> int:
    """How many equal values stand in a row at most."""
    longest = run = 1 if len(values) else 0
    for before, now in pairwise(values):
        run = run + 1 if now == before else 1
        longest = max(longest, run)
    return longest


# ------------------------------------------------------------------------------------------------ pace

TIMED = frozenset(("terminal", "web", "kobo"))
PAUSE_SECONDS = 600.0
FAST = 1 / 3
LEAST_SECONDS = 2.0
_PACE_TITLE = Text("Waktu per butir", "Time per item")
_PACE = Text(
    "Median selang antarjawaban berurutan seseorang pada pengisian di terminal, web, atau Kobo; selang lebih dari 10 "
    "menit dianggap jeda dan tidak dihitung; orang yang jawabannya lebih banyak tersimpan bersamaan tidak dinilai. "
    "Ditandai cepat: di bawah 2 detik (Huang dkk.) atau di bawah sepertiga median semua orang (batas gscm).",
    "The median time between one answer of a person and the next when filled in at the terminal, on the web or in "
    "Kobo; more than 10 minutes is a pause and does not count; people most of whose answers were saved together are "
    "left out. Marked as fast: below 2 seconds (Huang et al.), or below a third of the median of all people (gscm’s).",
)
_SOURCE_PACE = ("Huang et al. 2012",)


@dataclass(frozen=True, slots=True)
class _Pace:
    person: str
    office: str
    items: int
    seconds: float


def pace(people: People) -> Finding:
    """Seconds per item of each person, where answers carry times of their own."""
    found = sorted(_paces(people.moments), key=lambda one: (one.seconds, one.person))
    if not found:
        return refused("audit", "audit-pace", _PACE_TITLE, _no_pace(people), _PACE, _SOURCE_PACE)
    middle = median(one.seconds for one in found)
    fast = [one for one in found if one.seconds < max(middle * FAST, LEAST_SECONDS)]
    typical = figure(middle, 0)
    meaning = Text(
        f"Median waktu per butir {typical.id} detik; tidak ada yang mengisi jauh lebih cepat.",
        f"Median time per item is {typical.en} seconds; nobody was far quicker.",
    )
    if fast:
        names = _counted(people, [one.office for one in fast])
        meaning = Text(
            f"Median waktu per butir {typical.id} detik; {many(len(fast), PEOPLE).id} jauh lebih cepat: {names.id}. "
            "Tanyakan apakah butirnya sempat dibaca.",
            f"Median time per item is {typical.en} seconds; {many(len(fast), PEOPLE).en} "
            f"{'was' if len(fast) == 1 else 'were'} far quicker: {names.en}. Ask whether there was time to read the "
            "items.",
        )
    return Finding(
        section="audit",
        id="audit-pace",
        title=_PACE_TITLE,
        meaning=meaning,
        method=_PACE,
        source=_SOURCE_PACE,
        n=many(len(found), PEOPLE),
        data={"median": middle, "people": [_plain(one, one in fast) for one in found]},
        grids=(_by_office(people, [one.office for one in fast]), _grid(people, fast)) if fast else (),
        caution=_NOT_BLAME if fast else None,
        notable=bool(fast),
    )


def _no_pace(people: People) -> Text:
    """Why there is no time per item: nobody answered, no channel kept the time, or too few items came with one."""
    if not any(one.status not in OPEN for person in people.votes.people for one in person.answers.values()):
        return Text(
            "Waktu per butir belum dapat dihitung: belum ada orang yang memberi jawaban selain “tidak tahu”.",
            "Time per item cannot be computed yet: nobody has answered anything but “unknown”.",
        )
    if any(one.channel in TIMED for one in people.moments):
        return Text(
            f"Waktu per butir tidak dihitung: tidak ada orang yang {LEAST_ITEMS} butirnya atau lebih tersimpan dengan "
            "waktunya masing-masing.",
            f"Time per item is not computed: nobody has {LEAST_ITEMS} items or more that were saved each at a time of "
            "its own.",
        )
    return Text(
        "Waktu per butir tidak dapat dihitung: jawaban masuk melalui impor atau kertas, yang tidak mencatat waktu "
        "tiap butir.",
        "Time per item cannot be computed: answers came by import or on paper, which keep no time of single items.",
    )


def _plain(one: _Pace, marked: bool) -> dict[str, Any]:
    return {
        "person": one.person,
        "office": one.office,
        "items": one.items,
        "median_seconds": one.seconds,
        "marked": marked,
    }


def _grid(people: People, fast: Sequence[_Pace]) -> Grid:
    return Grid(
        Text("Yang paling cepat", "The quickest"),
        (
            Text("Responden", "Respondent"),
            Text("Perangkat daerah", "Office"),
            Text("butir", "items"),
            Text("detik per butir", "seconds per item"),
        ),
        tuple(
            (
                same(one.person),
                same(people.offices.get(one.office, one.office)),
                whole(one.items),
                figure(one.seconds, 1),
            )
            for one in fast[:SHOWN]
        ),
        _rest(len(fast)),
        private=True,
    )


def _paces(moments: Iterable[Moment]) -> Iterable[_Pace]:
    by_person: dict[tuple[str, str], list[datetime]] = {}
    for one in moments:
        if one.channel in TIMED:
            by_person.setdefault((one.author, one.office), []).append(datetime.fromisoformat(one.at))
    for (person, office), times in sorted(by_person.items()):
        if 2 * len(set(times)) < len(times):
            continue
        gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(sorted(times))]
        working = [gap for gap in gaps if gap <= PAUSE_SECONDS]
        if len(working) + 1 >= LEAST_ITEMS:
            yield _Pace(person, office, len(working) + 1, median(working))
