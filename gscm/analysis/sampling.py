"""Who was asked and who answered: sample size, response rate, and coverage by office and role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gscm.analysis.finding import Bars, Finding, Grid, refused
from gscm.analysis.material import NO_PEOPLE, Material, People
from gscm.analysis.matrices import ballots_of
from gscm.analysis.suppression import suppressed
from gscm.analysis.wording import NONE, cautions, figure, share, some, upper, whole, works
from gscm.i18n import Text, same
from gscm.statistics.figure import NotComputable
from gscm.statistics.sampling import KREJCIE_MORGAN, SLOVIN, krejcie_morgan, response_rate, slovin

_LOW = 0.5
SHOWN = 10
MARGINS = (0.05, 0.10)


def sampling(material: Material) -> Iterator[Finding]:
    """How many should be asked, how many answered, and from where."""
    people = material.people
    if material.population is not None:
        yield _sizes(material.population, None if people is None else _speaking(people))
    if people is None:
        title = Text("Tingkat respons", "Response rate")
        yield refused("sampling", "sampling-response", title, NO_PEOPLE, _RATE, works(["Cochran 1977"]))
        return
    yield _response(people)
    yield _offices(people)
    if any(voter.role for voter in people.voters):
        yield _roles(people)


def _speaking(people: People) -> int:
    """How many people gave an answer."""
    voters = sum(voter.answered for voter in people.voters)
    return max(voters, len(people.votes.people))


# ------------------------------------------------------------------------------------------------ sample size


def _sizes(population: int, answered: int | None) -> Finding:
    title = Text("Ukuran sampel", "Sample size")
    km = {margin: krejcie_morgan(population, margin) for margin in MARGINS}
    sl = {margin: slovin(population, margin) for margin in MARGINS}
    needed = km[0.05].n
    convention = km[0.05].method.convention, sl[0.05].method.convention
    first = Text(
        f"Dari {whole(population).id} orang, sampel yang dianjurkan {whole(needed).id} orang menurut Krejcie–Morgan "
        f"dan {whole(sl[0.05].n).id} menurut Slovin (batas galat 5%).",
        f"Of {whole(population).en} people, a sample of {whole(needed).en} is advised by Krejcie–Morgan and of "
        f"{whole(sl[0.05].n).en} by Slovin (5% margin of error).",
    )
    meaning = first
    if answered is not None:
        meaning = _reached(first, answered, needed, km[0.10].n, population)
    headings = (
        Text("Rumus", "Formula"),
        Text("batas galat", "margin"),
        Text("sampel", "sample"),
        Text("yang menjawab", "answered"),
    )
    rows = tuple(
        (name, share(margin), whole(size.n), NONE if answered is None else whole(answered))
        for name, sizes in ((Text("Krejcie–Morgan", "Krejcie–Morgan"), km), (Text("Slovin", "Slovin"), sl))
        for margin, size in sizes.items()
    )
    return Finding(
        section="sampling",
        id="sampling-size",
        title=title,
        meaning=meaning,
        method=Text(
            f"{upper(KREJCIE_MORGAN.id)} ({convention[0].id}); {SLOVIN.id} ({convention[1].id}).",
            f"{upper(KREJCIE_MORGAN.en)} ({convention[0].en}); {SLOVIN.en} ({convention[1].en}).",
        ),
        source=works(["Krejcie & Morgan 1970", "Tejada & Punzalan 2012"]),
        n=Text(f"populasi {whole(population).id}", f"a population of {whole(population).en}"),
        data={
            "population": population,
            "answered": answered,
            "krejcie_morgan": {str(margin): one.n for margin, one in km.items()},
            "slovin": {str(margin): one.n for margin, one in sl.items()},
        },
        grids=(Grid(title, headings, rows),),
        caution=Text(
            "Kedua rumus mengandaikan sampel acak sederhana; responden yang ditunjuk perangkat daerah bukan sampel "
            "acak.",
            "Both formulas assume a simple random sample; respondents whom offices appoint are not one.",
        ),
    )


def _reached(first: Text, answered: int, needed: int, loose: int, population: int) -> Text:
    if answered > population:
        return Text(
            f"{first.id} Namun yang menjawab {whole(answered).id}, lebih banyak daripada populasinya: periksa "
            "--population.",
            f"{first.en} But {whole(answered).en} answered, more than the population holds: check --population.",
        )
    if answered >= needed:
        return Text(
            f"{first.id} Yang menjawab {whole(answered).id}: cukup.",
            f"{first.en} {whole(answered).en} answered: enough.",
        )
    left = needed - answered
    more = Text("", "")
    if answered >= loose:
        more = Text(" Untuk batas galat 10% jumlah itu sudah cukup.", " For a margin of 10% that is enough.")
    return Text(
        f"{first.id} Yang menjawab {whole(answered).id}, jadi masih kurang {whole(left).id}.{more.id}",
        f"{first.en} {whole(answered).en} answered, so that {whole(left).en} are still missing.{more.en}",
    )


# ------------------------------------------------------------------------------------------------ response

_RATE = Text(
    "Tingkat respons: yang memberi sekurangnya satu jawaban dibagi yang diundang. Batas galat bagi suatu persentase: "
    "sampel acak sederhana, P = 0,5, koreksi populasi terhingga, taraf kepercayaan 95%.",
    "Response rate: those who gave at least one answer over those invited. Margin of error of a percentage: simple "
    "random sample, P = 0.5, finite population correction, 95% confidence.",
)


def _response(people: People) -> Finding:
    title = Text("Tingkat respons", "Response rate")
    invited, answered = len(people.voters), sum(voter.answered for voter in people.voters)
    known = {voter.id for voter in people.voters}
    uninvited = len({person.author for person in people.votes.people} - known)
    try:
        rate = response_rate(invited, answered)
    except NotComputable as error:
        return refused("sampling", "sampling-response", title, error.reason, _RATE, works(["Cochran 1977"]))
    part = share(rate.rate)
    said = Text(
        f"{answered} dari {invited} orang yang diundang menjawab ({part.id}).",
        f"{answered} of {invited} people invited answered ({part.en}).",
    )
    if rate.rate < _LOW:
        said = Text(
            f"{said.id} Kurang dari separuh: kirim pengingat, dan sebutkan angka ini di samping setiap hasil.",
            f"{said.en} Fewer than half: send reminders, and state this rate beside every result.",
        )
    others = None
    if uninvited:
        others = Text(
            f"{uninvited} orang lain menjawab tanpa terdaftar sebagai undangan.",
            f"{uninvited} more people answered without being on the list of invitations.",
        )
    return Finding(
        section="sampling",
        id="sampling-response",
        title=title,
        meaning=said,
        method=_RATE,
        source=works(rate.method.sources),
        n=Text(f"{answered} dari {invited} orang", f"{answered} of {invited} people"),
        data={
            "invited": invited,
            "answered": answered,
            "rate": rate.rate,
            "margin": rate.margin,
            "confidence": rate.confidence,
            "not_invited": uninvited,
        },
        grids=(
            Grid(
                title,
                (
                    Text("diundang", "invited"),
                    Text("menjawab", "answered"),
                    Text("tingkat respons", "response rate"),
                    Text("batas galat (poin persen)", "margin of error (percentage points)"),
                ),
                (
                    (
                        whole(invited),
                        whole(answered),
                        part,
                        NONE if rate.margin is None else _points(rate.margin),
                    ),
                ),
            ),
        ),
        caution=cautions([rate], others),
    )


def _points(margin: float) -> Text:
    return figure(margin * 100, 1)


# ------------------------------------------------------------------------------------------------ by office


@dataclass(frozen=True, slots=True)
class _Office:
    id: str
    name: str
    invited: int
    answered: int
    items: int
    """How many items anybody in it gave a value to."""
    filled: float | None
    """The share of the items that the study knows, times those who answered, that got a value."""


def _offices(people: People) -> Finding:
    title = Text("Cakupan tiap perangkat daerah", "Coverage by office")
    rows = _by_office(people)
    silent = [one for one in rows if not one.answered]
    alone = [one for one in rows if one.answered == 1]
    order = sorted(
        rows, key=lambda one: (one.answered / one.invited if one.invited else 1.0, one.filled or 0.0, one.id)
    )
    shown = order[:SHOWN]
    note = None
    if len(order) > len(shown):
        note = Text(
            f"{len(shown)} dengan respons terendah dari {len(order)}; selengkapnya dengan --json.",
            f"The {len(shown)} with the lowest response of {len(order)}; all of them with --json.",
        )
    return Finding(
        section="sampling",
        id="sampling-offices",
        title=title,
        meaning=_covered(rows, silent, alone),
        method=Text(
            "Perangkat daerah tidak disamarkan: yang dinilai ialah pemerintah daerahnya. Terisi: bagian butir (dari "
            "semua yang pernah dijawab dalam kajian ini) yang diberi nilai oleh penjawabnya.",
            "Offices are not suppressed: it is the regional government that is assessed. Filled: the share of items "
            "(of all that anybody answered in this study) to which its respondents gave a value.",
        ),
        source="gscm",
        n=Text(f"{len(rows)} perangkat daerah", f"{len(rows)} offices"),
        data={
            "offices": [
                {
                    "office": one.id,
                    "invited": one.invited,
                    "answered": one.answered,
                    "items": one.items,
                    "filled": one.filled,
                }
                for one in rows
            ]
        },
        grids=(
            Grid(
                title,
                (
                    Text("Perangkat daerah", "Office"),
                    Text("diundang", "invited"),
                    Text("menjawab", "answered"),
                    Text("respons", "response"),
                    Text("butir", "items"),
                    Text("terisi", "filled"),
                ),
                tuple(
                    (
                        same(one.name),
                        whole(one.invited),
                        whole(one.answered),
                        share(one.answered / one.invited) if one.invited else NONE,
                        whole(one.items),
                        share(one.filled),
                    )
                    for one in shown
                ),
                note,
            ),
        ),
    )


def _by_office(people: People) -> Sequence[_Office]:
    import numpy as np

    ballots = ballots_of(people.votes)
    known = ~np.isnan(ballots.values)
    offices = sorted({*people.offices, *people.votes.offices})
    found = []
    for office in offices:
        rows = [row for row, one in enumerate(ballots.offices) if one == office]
        mine = known[rows]
        speaking = int(mine.any(axis=1).sum())
        filled = float(mine.sum()) / (speaking * mine.shape[1]) if speaking else None
        invited = [voter for voter in people.voters if voter.office == office]
        answered = sum(voter.answered for voter in invited)
        found.append(
            _Office(
                office,
                people.offices.get(office, office),
                len(invited),
                answered if invited else speaking,
                int(mine.any(axis=0).sum()) if rows else 0,
                filled,
            )
        )
    return found


def _covered(rows: Sequence[_Office], silent: Sequence[_Office], alone: Sequence[_Office]) -> Text:
    told = []
    if silent:
        names = some([same(one.name) for one in silent])
        told.append(
            Text(
                f"{len(silent)} dari {len(rows)} perangkat daerah belum menjawab sama sekali: {names.id}; hasilnya "
                "belum mewakili mereka.",
                f"{len(silent)} of {len(rows)} offices have not answered at all: {names.en}; the result does not yet "
                "speak for them.",
            )
        )
    else:
        told.append(
            Text(
                f"Setiap perangkat daerah ({len(rows)}) sudah menjawab.",
                f"Every office ({len(rows)}) has answered.",
            )
        )
    if alone:
        names = some([same(one.name) for one in alone])
        told.append(
            Text(
                f"Di {names.id} hanya satu orang yang menjawab, sehingga jawabannya tidak dapat saling menguji.",
                f"At {names.en} only one person answered, so that answers cannot be checked against each other.",
            )
        )
    return Text(" ".join(one.id for one in told), " ".join(one.en for one in told))


# ------------------------------------------------------------------------------------------------ by role


def _roles(people: People) -> Finding:
    title = Text("Cakupan tiap peran", "Coverage by role")
    invited = _counted(voter.role or "" for voter in people.voters)
    answered = {**dict.fromkeys(invited, 0), **_counted(v.role or "" for v in people.voters if v.answered)}
    hidden = _hidden(invited, answered, people.least)
    shown = [role for role in sorted(invited) if role not in hidden]
    method = Text(
        f"Kelompok di bawah {people.least} orang tidak ditampilkan, begitu pula kelompok lain yang angkanya akan "
        "membocorkannya (penyamaran pelengkap).",
        f"Groups of fewer than {people.least} people are not shown, nor are others whose figures would give them away "
        "(complementary suppression).",
    )
    if not shown:
        why = Text(
            f"Tidak ada peran dengan sekurangnya {people.least} orang yang boleh ditampilkan.",
            f"No role has the {people.least} people at least that may be shown.",
        )
        return refused("sampling", "sampling-roles", title, why, method, "UU 27/2022")
    rates = {role: answered[role] / invited[role] for role in shown}
    low = min(shown, key=lambda role: (rates[role], role))
    lowest, part = _role(low), share(rates[low])
    meaning = Text(
        f"Respons terendah ada pada peran {lowest.id} ({part.id}).",
        f"Response is lowest among those in the role {lowest.en} ({part.en}).",
    )
    if min(rates.values()) == max(rates.values()):
        meaning = Text(
            f"Peran yang ditampilkan merespons sama banyak ({part.id}).",
            f"The roles that are shown responded alike ({part.en}).",
        )
    rows = [
        (_role(role), whole(invited[role]), whole(answered[role]), share(rates[role]))
        if role not in hidden
        else (_role(role), NONE, NONE, NONE)
        for role in sorted(invited)
    ]
    return Finding(
        section="sampling",
        id="sampling-roles",
        title=title,
        meaning=meaning,
        method=method,
        source="UU 27/2022",
        n=Text(f"{len(invited)} peran", f"{len(invited)} roles"),
        data={
            "least": people.least,
            "roles": [
                {
                    "role": role or None,
                    "invited": None if role in hidden else invited[role],
                    "answered": None if role in hidden else answered[role],
                }
                for role in sorted(invited)
            ],
        },
        grids=(
            Grid(
                title,
                (
                    Text("Peran", "Role"),
                    Text("diundang", "invited"),
                    Text("menjawab", "answered"),
                    Text("respons", "response"),
                ),
                tuple(rows),
            ),
        ),
        charts=(Bars(Text("Respons tiap peran", "Response by role"), tuple((_role(r), rates[r]) for r in shown)),),
        caution=Text(
            f"{len(hidden)} peran tidak ditampilkan karena terlalu sedikit orangnya.",
            f"{len(hidden)} roles are not shown, for they have too few people.",
        )
        if hidden
        else None,
    )


def _hidden(invited: Mapping[str, int], answered: Mapping[str, int], least: int) -> set[str]:
    """The roles that may not be shown: too few invited or answering, or telling of those."""
    hidden: set[str] = set()
    for counts in (invited, answered):
        hidden |= {role for role, count in suppressed(counts, least).counts.items() if count is None}
    return hidden


def _counted(roles: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for role in roles:
        found[role] = found.get(role, 0) + 1
    return found


def _role(role: str) -> Text:
    return same(role) if role else Text("(tanpa peran)", "(no role)")
