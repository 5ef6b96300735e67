"""The offices of a study as its report tells them: who answered, how much, how far they are, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from gscm.analysis.finding import Finding, Grid
from gscm.analysis.wording import NONE, share, some, whole
from gscm.assessment import Assessment, assess
from gscm.i18n import LANGUAGES, Text, same
from gscm.placement.explain import level_name
from gscm.report.standing import score_range
from gscm.study.field import STATE_NAMES, OfficeProgress, progress
from gscm.study.store import Event
from gscm.study.study import Collected, Study

_TITLE = Text("Perangkat daerah", "Offices")
_NOTE = Text(
    "Level dan nilai menurut jawaban perangkat daerah itu sendiri; yang belum dijawabnya membuatnya menjadi rentang.",
    "Level and score by the answers of that office alone; what it has not answered makes them a range.",
)


def offices_finding(study: Study, collected: Collected, events: Iterable[Event]) -> Finding | None:
    """Every office with its respondents, its items, its state and its own result; None where the study has none."""
    listed = progress(study, collected, events)
    if not listed:
        return None
    own = {office: assess(answers) for office, answers in collected.by_office.items()}
    shown = [(one, own.get(one.office.id)) for one in listed]
    levelled = any(mine is not None and mine.overall.low is not None for _, mine in shown)
    headings = (
        Text("Perangkat daerah", "Office"),
        Text("responden menjawab/diundang", "respondents answered/invited"),
        Text("butir dijawab/ditugaskan", "items answered/assigned"),
        *([Text("level", "level")] if levelled else []),
        Text("nilai", "score"),
        Text("cakupan", "cover"),
        Text("status", "state"),
    )
    rows = tuple(_row(one, mine, levelled=levelled) for one, mine in shown)
    return Finding(
        section="sampling",
        id="study-offices",
        title=_TITLE,
        meaning=_meaning(listed),
        method=Text(
            "Status menurut catatan kajian. Ditugaskan: butir yang ditanyakan kepada perangkat daerah itu. Perangkat "
            "daerah tidak disamarkan: yang dinilai ialah pemerintah daerahnya.",
            "States follow from the log of the study. Assigned: the items that the office is asked. Offices are not "
            "suppressed: it is the regional government that is assessed.",
        ),
        source=("gscm",),
        n=Text(f"{len(listed)} perangkat daerah", f"{len(listed)} offices"),
        data={
            "offices": [
                {
                    "office": one.office.id,
                    "people": one.people,
                    "responded": one.responded,
                    "assigned": one.assigned,
                    "answered": one.answered,
                    "state": one.state,
                }
                for one in listed
            ]
        },
        grids=(Grid(_TITLE, headings, rows, _NOTE),),
    )


def _row(one: OfficeProgress, mine: Assessment | None, *, levelled: bool) -> tuple[Text, ...]:
    return (
        same(one.office.name),
        same(f"{one.responded}/{one.people}"),
        same(f"{one.answered}/{one.assigned}"),
        *([_level(mine)] if levelled else []),
        NONE if mine is None else Text(**{lang: score_range(mine, mine.overall, lang) for lang in LANGUAGES}),
        NONE if mine is None else share(float(mine.overall.coverage)),
        STATE_NAMES[one.state],
    )


def _level(mine: Assessment | None) -> Text:
    if mine is None or mine.overall.low is None or mine.overall.high is None:
        return NONE
    node = mine.model.nodes[mine.overall.node]
    low, high = (level_name(mine.result, node, level) for level in (mine.overall.low, mine.overall.high))
    return low if low == high else Text(f"{low.id}–{high.id}", f"{low.en}–{high.en}")


def _meaning(listed: Iterable[OfficeProgress]) -> Text:
    """How many offices answered anything, and which did not."""
    rows = tuple(listed)
    silent = [same(one.office.name) for one in rows if not one.answered]
    spoken = whole(len(rows) - len(silent))
    told = Text(
        f"{spoken.id} dari {whole(len(rows)).id} perangkat daerah sudah menjawab.",
        f"{spoken.en} of {whole(len(rows)).en} offices have answered.",
    )
    if not silent:
        return told
    names = some(silent)
    return Text(f"{told.id} Belum menjawab: {names.id}.", f"{told.en} Not yet: {names.en}.")
