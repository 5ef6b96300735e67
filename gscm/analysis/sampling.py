"""Who was asked and who answered: sample size, response rate, and coverage by office and role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gscm.analysis.finding import Bars, Finding, Grid, refused
from gscm.analysis.material import NO_PEOPLE, Material, People
from gscm.analysis.matrices import ballots_of
from gscm.analysis.respondents import by_role, hidden_roles, speaking, uninvited
from gscm.analysis.wording import NONE, OFFICES, PEOPLE, cautions, figure, many, rate, share, some, upper, whole
from gscm.i18n import Text, same
from gscm.statistics.sampling import KREJCIE_MORGAN, SLOVIN, krejcie_morgan, response_rate, slovin

_LOW = 0.5
SHOWN = 10
MARGINS = (0.05, 0.10)


def sampling(material: Material) -> Iterator[Finding]:
    """How many should be asked, how many answered, and from where."""
    people = material.people
    if material.population is not None:
        yield _sizes(material.population, None if people is None else speaking(people))
    if people is None:
        title = Text("Tingkat respons", "Response rate")
        yield refused("sampling", "sampling-response", title, NO_PEOPLE, _RATE, ("Cochran 1977",))
        return
    yield _response(people)
    yield _offices(people)
    if any(voter.role for voter in people.voters):
        yield _roles(people)


# ------------------------------------------------------------------------------------------------ sample size


def _sizes(population: int, answered: int | None) -> Finding:
    title = Text("Ukuran sampel", "Sample size")
    km = {margin: krejcie_morgan(population, margin) for margin in MARGINS}
    sl = {margin: slovin(population, margin) for margin in MARGINS}
    needed = km[0.05].n
    convention = km[0.05].method.convention, sl[0.05].method.convention
    first = Text(
        f"Dari {many(population, PEOPLE).id}, sampel yang dianjurkan {whole(needed).id} orang menurut Krejcie–Morgan "
        f"dan {whole(sl[0.05].n).id} menurut Slovin (batas galat 5%).",
        f"Of {many(population, PEOPLE).en}, a sample of {whole(needed).en} is advised by Krejcie–Morgan and of "
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
        source=("Krejcie & Morgan 1970", "Tejada & Punzalan 2012"),
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
            "angka populasinya.",
            f"{first.en} But {whole(answered).en} answered, more than the population holds: check its figure.",
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
    others = uninvited(people)
    if not invited:
        return refused("sampling", "sampling-response", title, _no_list(others), _RATE, ("Cochran 1977",))
    response = response_rate(invited, answered)
    part, asked = rate(response.rate), many(invited, PEOPLE)
    said = Text(
        f"{whole(answered).id} dari {asked.id} yang diundang menjawab ({part.id}).",
        f"{whole(answered).en} of {asked.en} invited answered ({part.en}).",
    )
    if response.rate < _LOW:
        said = Text(
            f"{said.id} Kurang dari separuh: kirim pengingat, dan sebutkan angka ini di samping setiap hasil.",
            f"{said.en} Fewer than half: send reminders, and state this rate beside every result.",
        )
    unlisted = None
    if others:
        count = many(others, PEOPLE)
        unlisted = Text(
            f"{count.id} menjawab tanpa tercatat dalam daftar undangan; mereka tidak dihitung dalam tingkat respons.",
            f"{count.en} answered without being on the list of invitations, and do not count in the response rate.",
        )
    return Finding(
        section="sampling",
        id="sampling-response",
        title=title,
        meaning=said,
        method=_RATE,
        source=response.method.sources,
        n=Text(f"{whole(answered).id} dari {asked.id}", f"{whole(answered).en} of {asked.en}"),
        data={
            "invited": invited,
            "answered": answered,
            "rate": response.rate,
            "margin": response.margin,
            "confidence": response.confidence,
            "not_invited": others,
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
                        NONE if response.margin is None else _points(response.margin),
                    ),
                ),
            ),
        ),
        caution=cautions([] if response.margin is None else [response], unlisted),
    )


def _no_list(others: int) -> Text:
    count = many(others, PEOPLE)
    return Text(
        f"Tingkat respons tidak dapat dihitung: kajian ini tidak memuat daftar undangan; yang menjawab {count.id}.",
        f"The response rate cannot be computed: this study has no list of invitations; {count.en} answered.",
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


_COVERAGE = Text(
    "Perangkat daerah tidak disamarkan: yang dinilai ialah pemerintah daerahnya. Butir: yang diberi nilai oleh "
    "sekurangnya satu orangnya. Terisi: bagian butir (dari semua yang pernah dijawab dalam kajian ini) yang diberi "
    "nilai oleh penjawabnya.",
    "Offices are not suppressed: it is the regional government that is assessed. Items: those to which one of its "
    "people at least gave a value. Filled: the share of items (of all that anybody answered in this study) to which "
    "its respondents gave a value.",
)
_NO_OFFICES = Text(
    "Cakupan tidak dapat dihitung: kajian ini belum mencatat perangkat daerah.",
    "Coverage cannot be computed: this study lists no offices yet.",
)


def _offices(people: People) -> Finding:
    title = Text("Cakupan tiap perangkat daerah", "Coverage by office")
    rows = _by_office(people)
    if not rows:
        return refused("sampling", "sampling-offices", title, _NO_OFFICES, _COVERAGE, ("gscm",))
    silent = [one for one in rows if not one.answered]
    alone = [one for one in rows if one.answered == 1]
    order = sorted(
        rows, key=lambda one: (one.answered / one.invited if one.invited else 1.0, one.filled or 0.0, one.id)
    )
    shown = order[:SHOWN]
    note = None
    if len(order) > len(shown):
        note = Text(
            f"{len(shown)} dengan respons terendah dari {len(order)}; selengkapnya dalam keluaran JSON.",
            f"The {len(shown)} with the lowest response of {len(order)}; all of them are in the JSON output.",
        )
    return Finding(
        section="sampling",
        id="sampling-offices",
        title=title,
        meaning=_covered(rows, silent, alone),
        method=_COVERAGE,
        source=("gscm",),
        n=many(len(rows), OFFICES),
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
                        rate(one.answered / one.invited) if one.invited else NONE,
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
    told, every = [], many(len(rows), OFFICES)
    if silent:
        names = some([same(one.name) for one in silent])
        told.append(
            Text(
                f"{len(silent)} dari {every.id} belum menjawab sama sekali: {names.id}; hasilnya belum mewakili "
                "mereka.",
                f"{len(silent)} of {every.en} {'has' if len(silent) == 1 else 'have'} not answered at all: {names.en}; "
                "the result does not yet speak for them.",
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
                f"Di {names.id} hanya satu orang yang menjawab, sehingga jawabannya tidak dapat saling dibandingkan.",
                f"At {names.en} only one person answered, so that answers cannot be checked against each other.",
            )
        )
    return Text(" ".join(one.id for one in told), " ".join(one.en for one in told))


# ------------------------------------------------------------------------------------------------ by role


def _roles(people: People) -> Finding:
    title = Text("Cakupan tiap peran", "Coverage by role")
    roles, hidden = by_role(people), hidden_roles(people)
    shown = [role for role in roles if role not in hidden]
    method = Text(
        f"Kelompok di bawah {people.least} orang tidak ditampilkan, begitu pula kelompok lain yang angkanya akan "
        f"membocorkannya (penyamaran pelengkap). Batas {people.least} orang ialah setelan kajian ini, bukan ketentuan "
        "undang-undang.",
        f"Groups of fewer than {people.least} people are not shown, nor are others whose figures would give them away "
        f"(complementary suppression). The limit of {people.least} people is a setting of this study, not of the law.",
    )
    if not shown:
        why = Text(
            f"Tidak ada peran dengan sekurangnya {people.least} orang yang boleh ditampilkan.",
            f"No role has the {people.least} people at least that may be shown.",
        )
        return refused("sampling", "sampling-roles", title, why, method, _LAW)
    rates = {role: roles[role][1] / roles[role][0] for role in shown}
    low = min(shown, key=lambda role: (rates[role], role))
    lowest, part = _role(low), rate(rates[low])
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
        (_role(role), NONE, NONE, NONE)
        if role in hidden
        else (_role(role), whole(invited), whole(answered), rate(rates[role]))
        for role, (invited, answered) in roles.items()
    ]
    return Finding(
        section="sampling",
        id="sampling-roles",
        title=title,
        meaning=meaning,
        method=method,
        source=_LAW,
        n=many(len(roles), _ROLES),
        data={
            "least": people.least,
            "roles": [
                {
                    "role": role or None,
                    "invited": None if role in hidden else invited,
                    "answered": None if role in hidden else answered,
                }
                for role, (invited, answered) in roles.items()
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
            f"{len(hidden)} peran tidak ditampilkan karena orangnya terlalu sedikit, atau karena angkanya akan "
            "membocorkan peran seperti itu.",
            f"{many(len(hidden), _ROLES).en} not shown: too few people, or figures that would give such a role away.",
        )
        if hidden
        else None,
    )


_ROLES = ("peran", "role", "roles")
_LAW = ("UU 27/2022 (Pelindungan Data Pribadi)", "gscm, docs/how-to/personal-data.md")


def _role(role: str) -> Text:
    return same(role) if role else Text("(tanpa peran)", "(no role)")
