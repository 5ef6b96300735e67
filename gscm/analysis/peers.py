"""One subject beside others: ranks with intervals, and distributions by kind, size and region."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any, Literal

from gscm.analysis.finding import Finding, Grid, Interval as Row, IntervalPlot, refused
from gscm.analysis.material import Material
from gscm.analysis.parts import levels_text, score_text
from gscm.analysis.rebound import same_model
from gscm.analysis.wording import NONE, Noun, cautions, joined, many, some, upper, whole
from gscm.i18n import Text, listed, same
from gscm.model.tree import Model
from gscm.placement.place import Result, place
from gscm.responses.answers import Answers, Subject
from gscm.responses.provinces import province_by_code, region_of

PEERS = Text("Kedudukan di antara daerah lain", "Standing among other subjects")
LISTED = 30
LEAST = 3
"""The fewest peers that a distribution is told of. Our own convention."""
SIZED = 9
"""The fewest subjects of a kind from which classes of size are made: three for each. Our own convention."""
_METHOD = Text(
    "Penempatan eksak setiap daerah di bawah model yang sama. Selang peringkat: dari semua jawaban terbuka daerah ini "
    "pada nilai terbaiknya dan daerah lain pada nilai terburuknya, sampai sebaliknya; apa pun isinya kelak, "
    "peringkatnya ada di dalam selang itu. Nilai kembar mendapat peringkat terbaik bersama. Sebaran hanya menghitung "
    "daerah pembanding, tanpa daerah yang dibandingkan; kuartil menurut interpolasi linear (tipe 7 Hyndman dan Fan), "
    "dengan rentangnya bila ada jawaban terbuka. Setiap daerah dihitung satu kali, dengan penilaian yang tahunnya "
    "terdekat. Kesepakatan kami: kelompok dengan kurang dari {least} pembanding tidak dirangkum; kelas ukuran ialah "
    "tertil jumlah penduduk penilaian sejenis yang dibandingkan di sini, bukan kelas resmi, dan dibentuk mulai dari "
    "{sized} penilaian. Wilayah ialah yang ditulis dalam berkas; bila tidak ada, provinsi menurut dua angka pertama "
    "kode wilayah Kemendagri (Permendagri 58/2021).",
    "Exact placement of each subject under the same model. Interval of ranks: from all open answers of this subject at "
    "their best and those of others at their worst, to the reverse; whatever they turn out to be, the rank lies in it. "
    "Ties share the best rank. Distributions count peers only, without the subject itself; quartiles by linear "
    "interpolation (type 7 of Hyndman and Fan), with their range where answers are open. Each subject counts once, by "
    "the assessment nearest in year. Conventions of our own: groups of fewer than {least} peers are not summed up; "
    "classes of size are terciles of population among the assessments of one kind that are compared here, no official "
    "classes, and are made from {sized} assessments on. The region is that which the file names, or else the "
    "province by the first two digits of the code of the Ministry of Home Affairs (Permendagri 58/2021).",
)
METHOD = Text(_METHOD.id.format(least=LEAST, sized=SIZED), _METHOD.en.format(least=LEAST, sized=SIZED))
_SOURCE = ("gscm, docs/placement.md", "Hyndman & Fan 1996")
_ASSESSMENTS: Noun = ("penilaian", "assessment", "assessments")
_OTHERS: Noun = ("daerah pembanding", "peer", "peers")
_KINDS = {
    "province": Text("provinsi", "provinces"),
    "regency": Text("kabupaten", "regencies"),
    "city": Text("kota", "cities"),
}
_INDONESIAN = {"provinsi": "province", "kabupaten": "regency", "kota": "city"}

Span = tuple[Fraction, Fraction]
"""From the least to the most that open answers allow."""


# ------------------------------------------------------------------------------------------------- who is compared


@dataclass(frozen=True, slots=True)
class Compared:
    """The assessments of other subjects that are compared, and how many are not: of another model, or a second one.

    `again` counts those of which another is as near in year or nearer, `twice` those that were named twice.
    """

    peers: tuple[Answers, ...]
    other_model: int
    again: int
    twice: int


def compared(material: Material) -> Compared:
    """One assessment of each other subject under the same model: that nearest in year, the earlier of two as near."""
    own = material.answers
    others = [one for one in material.others if one.subject.id != own.subject.id]
    alike = [one for one in others if same_model(one.model, own.model)]
    once = [one for at, one in enumerate(alike) if not any(_same(one, other) for other in alike[:at])]
    nearest: dict[str, Answers] = {}
    for one in sorted(once, key=lambda one: _distance(one.subject.year, own.subject.year)):
        nearest.setdefault(one.subject.id, one)
    again, twice = len(once) - len(nearest), len(alike) - len(once)
    return Compared(tuple(nearest.values()), len(others) - len(alike), again, twice)


def _same(one: Answers, other: Answers) -> bool:
    """Whether two assessments say the same of one subject in one year."""
    mine, theirs = (
        {id: (entry.status, entry.kind, entry.value) for id, entry in answers.entries.items()}
        for answers in (one, other)
    )
    return (one.subject, one.scope, mine) == (other.subject, other.scope, theirs)


def _distance(year: int | None, own: int | None) -> tuple[int, int]:
    """How far two years lie apart, what tells no year last."""
    if year is None or own is None:
        return (10_000, -(year or 0))
    return (abs(year - own), year)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """One subject with its result and its rank: from the best to the worst that open answers allow."""

    result: Result
    best: int
    worst: int

    @property
    def subject(self) -> Subject:
        return self.result.answers.subject

    @property
    def name(self) -> Text:
        return subject_text(self.subject)

    @property
    def score(self) -> Span:
        return _score(self.result)


def subject_text(subject: Subject) -> Text:
    """A subject by its name and year."""
    return same(f"{subject.name} {subject.year}" if subject.year else subject.name)


def _score(result: Result) -> Span:
    low, high = result.overall.score_low, result.overall.score_high
    assert low is not None
    assert high is not None
    return low, high


def standings(results: Sequence[Result]) -> tuple[Standing, ...]:
    """The subjects with their ranks by score among one another."""
    spans = [_score(one) for one in results]
    return tuple(
        Standing(result, *rank(spans[at], (*spans[:at], *spans[at + 1 :]))) for at, result in enumerate(results)
    )


def rank(own: Span, others: Sequence[Span]) -> tuple[int, int]:
    """The best rank, open answers at their best here and at their worst elsewhere, and the worst, the reverse."""
    return 1 + sum(low > own[1] for low, _ in others), 1 + sum(high > own[0] for _, high in others)


# ----------------------------------------------------------------------------------------------------------- groups

By = Literal["all", "kind", "size", "region"]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Peers that have something in common; `own` tells whether the subject has it too."""

    by: By
    key: str
    name: Text
    peers: tuple[Standing, ...]
    own: bool

    def quartiles(self) -> tuple[Span, ...]:
        """Least, first quartile, median, third quartile and most of the scores, each with its range."""
        ends = [sorted(one.score[end] for one in self.peers) for end in (0, 1)]
        return tuple((quantile(ends[0], q), quantile(ends[1], q)) for q in (Fraction(k, 4) for k in range(5)))


def quantile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """The quantile of values in order, linear between neighbours (type 7 of Hyndman & Fan 1996)."""
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def groups(mine: Standing, others: Sequence[Standing]) -> tuple[Group, ...]:
    """All peers, and those by kind, by size and by region."""
    everybody = Group("all", "all", Text("semua daerah pembanding", "all peers"), tuple(others), own=True)
    return (
        everybody,
        *_grouped("kind", mine, others, lambda one: kind_of(one.subject), lambda kind: _KINDS.get(kind, same(kind))),
        *_by_size(mine, others),
        *_grouped("region", mine, others, lambda one: _region_key(one.subject), _region_names((mine, *others))),
    )


Key = Callable[[Standing], str | None]


def _grouped(
    by: By, mine: Standing, others: Sequence[Standing], key: Key, name: Callable[[str], Text]
) -> Iterator[Group]:
    """A group for every key that somebody has, that of the subject first."""
    own = key(mine)
    keys = {found for one in (mine, *others) if (found := key(one)) is not None}
    for found in sorted(keys, key=lambda one: (one != own, one)):
        yield Group(by, found, name(found), tuple(one for one in others if key(one) == found), own == found)


def kind_of(subject: Subject) -> str | None:
    """The kind of a subject in one spelling: `kota` and `city` are one."""
    if subject.kind is None:
        return None
    word = subject.kind.strip().casefold()
    return _INDONESIAN.get(word, word)


def _region_key(subject: Subject) -> str | None:
    """A region in one spelling, whether or not it is called a province."""
    region = region_of(subject)
    return None if region is None else region.strip().casefold().removeprefix("provinsi ")


def _region_names(found: Iterable[Standing]) -> Callable[[str], Text]:
    names: dict[str, str] = {}
    for one in found:
        region, key = region_of(one.subject), _region_key(one.subject)
        if region is not None and key is not None:
            names.setdefault(key, region.strip())
    return lambda key: same(names[key])


def _by_size(mine: Standing, others: Sequence[Standing]) -> Iterator[Group]:
    """Terciles of population among those of the subject's kind; none where too few of them tell it."""
    kind = kind_of(mine.subject)
    alike = [one for one in (mine, *others) if kind_of(one.subject) == kind and one.subject.population is not None]
    if len(alike) < SIZED:
        return
    people = sorted(Fraction(one.subject.population or 0) for one in alike)
    first, second = (floor(quantile(people, Fraction(third, 3))) for third in (1, 2))

    def size(one: Standing) -> str | None:
        count = one.subject.population
        if one not in alike or count is None:
            return None
        return "small" if count <= first else "middle" if count <= second else "large"

    ends = whole(first), whole(first + 1), whole(second)
    names = {
        "small": Text(f"berpenduduk sampai {ends[0].id}", f"of up to {ends[0].en} residents"),
        "middle": Text(f"berpenduduk {ends[1].id}–{ends[2].id}", f"of {ends[1].en}–{ends[2].en} residents"),
        "large": Text(f"berpenduduk di atas {ends[2].id}", f"of more than {ends[2].en} residents"),
    }
    who = _KINDS.get(kind or "", Text("daerah", "subjects") if kind is None else same(kind))
    made = _grouped("size", mine, others, size, lambda key: joined(who, names[key], by=" "))
    yield from sorted(made, key=lambda group: list(names).index(group.key))


# ---------------------------------------------------------------------------------------------------------- finding


def peers(material: Material) -> Finding:
    """The rank of the subject among others of the same model, and the distributions that it stands in."""
    chosen = compared(material)
    placed = [place(one) for one in (material.answers, *chosen.peers)]
    results = [one for one in placed if one.overall.score_low is not None and one.overall.score_high is not None]
    if len(results) < 2 or results[0] is not placed[0]:
        why = Text(
            "Kedudukan tidak dihitung: tidak ada daerah lain dengan model yang sama yang mempunyai nilai.",
            "Standing is not computed: no other subject of the same model has a score.",
        )
        if results and results[0] is not placed[0]:
            why = Text(
                "Kedudukan tidak dihitung: penilaian ini sendiri tidak mempunyai nilai keseluruhan.",
                "Standing is not computed: this assessment itself has no score of the whole.",
            )
        return refused("change", "change-peers", PEERS, why, METHOD, _SOURCE)
    found = standings(results)
    mine, others = found[0], found[1:]
    grouped = groups(mine, others)
    told = [one for one in grouped if len(one.peers) >= LEAST]
    return Finding(
        section="change",
        id="change-peers",
        title=PEERS,
        meaning=_meaning(mine, len(found), told),
        method=METHOD,
        source=_SOURCE,
        n=joined(many(len(found), _ASSESSMENTS), many(len(others), _OTHERS)),
        data={
            "subjects": [_plain(one) for one in _ordered(found)],
            "groups": [_plain_group(mine, one) for one in grouped],
            "least": LEAST,
            "not_compared": {
                "other_model": chosen.other_model,
                "other_assessment_nearer": chosen.again,
                "named_twice": chosen.twice,
            },
        },
        grids=(_ranks(mine, found), *_distributions(mine, told, grouped)),
        charts=tuple(_charts(mine, found, told)),
        caution=cautions((), *_cautions(mine, found, chosen, without=len(placed) - len(results))),
    )


def _ordered(found: Sequence[Standing]) -> list[Standing]:
    return sorted(found, key=lambda one: (one.best, one.worst, one.name.id))


def _shown(mine: Standing, found: Sequence[Standing]) -> list[Standing]:
    """The first that there is room for, the subject itself always among them."""
    told = _ordered(found)
    return told[:LISTED] if mine in told[:LISTED] else [*told[: LISTED - 1], mine]


def _span(model: Model, span: Span) -> Text:
    low, high = (score_text(model, one) for one in span)
    if low == high:
        return low
    negative = span[0] < 0
    return Text(
        f"{low.id} s.d. {high.id}" if negative else f"{low.id}–{high.id}",
        f"{low.en} to {high.en}" if negative else f"{low.en}–{high.en}",
    )


def rank_text(best: int, worst: int) -> Text:
    """A rank, or the interval of ranks."""
    return whole(best) if best == worst else same(f"{best}–{worst}")


def _within(mine: Standing, group: Group) -> tuple[int, int]:
    return rank(mine.score, [one.score for one in group.peers])


def _against(mine: Standing, group: Group) -> Literal["above", "below", "at", "open"]:
    """Where the subject surely lies from the median of a group."""
    (low, high), (least, most) = mine.score, group.quartiles()[2]
    if low > most:
        return "above"
    if high < least:
        return "below"
    return "at" if low == high == least == most else "open"


_SIDES = {
    "above": Text("di atas", "above"),
    "below": Text("di bawah", "below"),
    "at": Text("tepat pada", "at"),
    "open": Text("belum pasti di atas atau di bawah", "not surely above or below"),
}


def _meaning(mine: Standing, count: int, told: Sequence[Group]) -> Text:
    model, place_ = mine.result.model, rank_text(mine.best, mine.worst)
    score = _span(model, mine.score)
    depends = Text("", "")
    if mine.best != mine.worst:
        depends = Text(", bergantung pada jawaban yang masih terbuka", ", depending on answers that are still open")
    first = Text(
        f"{mine.name.id} berada di peringkat {place_.id} dari {count} menurut nilai keseluruhan "
        f"({score.id}){depends.id}.",
        f"{mine.name.en} ranks {place_.en} of {count} by the score of the whole ({score.en}){depends.en}.",
    )
    sides = []
    for group in told:
        if group.own and (group.by != "all" or len(told) == 1):
            side, median = _SIDES[_against(mine, group)], _span(model, group.quartiles()[2])
            n, who = len(group.peers), _who(group)
            sides.append(Text(
                f"{side.id} median {n} {who.id} ({median.id})", f"{side.en} the median of {n} {who.en} ({median.en})"
            ))  # fmt: skip
    if not sides:
        return first
    where = listed(tuple(sides))
    return joined(first, Text(f"Nilainya {where.id}.", f"Its score lies {where.en}."), by=" ")


def _who(group: Group) -> Text:
    """The peers of a group within a sentence, after their number."""
    if group.by == "all":
        return Text("daerah pembanding", "peers")
    if group.by == "kind":
        return Text(f"{group.name.id} pembanding", f"peer {group.name.en}")
    if group.by == "region":
        return Text(f"daerah pembanding di {group.name.id}", f"peers in {group.name.en}")
    return Text(f"{group.name.id}", f"{group.name.en}")


def _ranks(mine: Standing, found: Sequence[Standing]) -> Grid:
    rest, model = len(found) - LISTED, mine.result.model
    return Grid(
        Text("Peringkat menurut nilai", "Ranks by score"),
        (
            Text("Penilaian", "Assessment"),
            Text("jenis", "kind"),
            Text("wilayah", "region"),
            Text("penduduk", "residents"),
            Text("level", "level"),
            Text("nilai", "score"),
            Text("peringkat", "rank"),
        ),
        tuple(
            (
                one.name,
                _kind_text(one.subject),
                same(region_of(one.subject) or NONE.id),
                NONE if one.subject.population is None else whole(one.subject.population),
                levels_text(model, model.id, one.result.overall.low, one.result.overall.high),
                _span(model, one.score),
                rank_text(one.best, one.worst),
            )
            for one in _shown(mine, found)
        ),
        Text(f"Dan {rest} lainnya.", f"And {rest} more.") if rest > 0 else None,
    )


_ONE = {
    "province": Text("provinsi", "province"),
    "regency": Text("kabupaten", "regency"),
    "city": Text("kota", "city"),
}


def _kind_text(subject: Subject) -> Text:
    kind = kind_of(subject)
    return NONE if kind is None else _ONE.get(kind, same(kind))


def _distributions(mine: Standing, told: Sequence[Group], grouped: Sequence[Group]) -> Iterator[Grid]:
    if not told:
        return
    model = mine.result.model
    rows = []
    for group in told:
        own = NONE
        if group.own:
            best, worst = _within(mine, group)
            place_, n = rank_text(best, worst), len(group.peers) + 1
            own = Text(f"{place_.id} dari {n}", f"{place_.en} of {n}")
        ends = (_span(model, span) for span in group.quartiles())
        rows.append((_upper(group.name), whole(len(group.peers)), *ends, own))
    yield Grid(
        Text("Sebaran nilai daerah pembanding", "Distribution of the scores of peers"),
        (
            Text("Kelompok", "Group"),
            Text("banyaknya", "count"),
            Text("terendah", "least"),
            Text("kuartil 1", "quartile 1"),
            Text("median", "median"),
            Text("kuartil 3", "quartile 3"),
            Text("tertinggi", "most"),
            Text(f"peringkat {mine.subject.name} di dalamnya", f"rank of {mine.subject.name} in it"),
        ),
        tuple(rows),
        _declined(grouped),
    )


def _counted(group: Group) -> Text:
    return joined(group.name, same(f"({len(group.peers)})"), by=" ")


def _upper(text: Text) -> Text:
    return Text(upper(text.id), upper(text.en))


def _declined(grouped: Sequence[Group]) -> Text | None:
    """The groups that are too small to be summed up, and those that cannot be made."""
    small = [one for one in grouped if len(one.peers) < LEAST]
    told = []
    if small:
        names = listed(tuple(_counted(one) for one in small))
        told.append(Text(
            f"Tidak dirangkum karena pembandingnya kurang dari {LEAST}: {names.id}.",
            f"Not summed up, for they have fewer than {LEAST} peers: {names.en}.",
        ))  # fmt: skip
    if not any(one.by == "size" for one in grouped):
        told.append(Text(
            f"Kelas ukuran tidak dibentuk: penilaian sejenis yang jumlah penduduknya tertulis kurang dari {SIZED}.",
            f"No classes of size: fewer than {SIZED} assessments of its kind tell their population.",
        ))  # fmt: skip
    return joined(*told, by=" ") if told else None


def _charts(mine: Standing, found: Sequence[Standing], told: Sequence[Group]) -> Iterator[IntervalPlot]:
    model = mine.result.model
    least, most = float(model.scale.min), float(model.scale.max)
    everybody = next((one for one in told if one.by == "all"), None)
    marks = []
    if everybody is not None:
        marks.append((float(everybody.quartiles()[2][0]), Text("median pembanding", "median of peers")))
    yield IntervalPlot(
        Text("Nilai setiap daerah (titik: yang sudah terbukti)", "Score of each subject (dot: what has been shown)"),
        Text("Nilai keseluruhan", "Score of the whole"),
        tuple(
            Row(one.name, float(one.score[0]), float(one.score[0]), float(one.score[1])) for one in _shown(mine, found)
        ),
        least,
        most,
        tuple(marks),
    )
    if len(told) > 1:
        rows = []
        for group in told:
            low, _, median, _, high = (float(span[0]) for span in group.quartiles())
            rows.append(Row(_upper(_counted(group)), low, median, high))
        yield IntervalPlot(
            Text(
                "Nilai terendah, median (titik), dan tertinggi setiap kelompok pembanding",
                "Least, median (dot) and most score of each group of peers",
            ),
            Text("Nilai keseluruhan yang sudah terbukti", "Score of the whole that has been shown"),
            tuple(rows),
            least,
            most,
            ((float(mine.score[0]), same(mine.subject.name)),),
        )


def _cautions(mine: Standing, found: Sequence[Standing], chosen: Compared, without: int) -> Iterator[Text]:
    """Who is left out, whose year is another, and which figures about subjects have no source."""
    if chosen.other_model:
        out, uses = many(chosen.other_model, _ASSESSMENTS), _verb(chosen.other_model, "uses", "use")
        are = _verb(chosen.other_model, "is", "are")
        yield Text(
            f"{out.id} memakai model atau bobot lain dan tidak dibandingkan.",
            f"{out.en} {uses} another model or other weights and {are} not compared.",
        )
    if chosen.again:
        out = many(chosen.again, _ASSESSMENTS)
        yield Text(
            f"{out.id} tidak dihitung karena daerahnya mempunyai penilaian lain yang tahunnya lebih dekat atau sama "
            "dekatnya.",
            f"{out.en} {_verb(chosen.again, 'does', 'do')} not count, for the subject has another that is nearer in "
            "year, or as near.",
        )
    if chosen.twice:
        out = many(chosen.twice, _ASSESSMENTS)
        yield Text(
            f"{out.id} disebut dua kali dan dihitung sekali.",
            f"{out.en} {_verb(chosen.twice, 'was', 'were')} named twice and {_verb(chosen.twice, 'counts', 'count')} "
            "once.",
        )
    if without:
        out = many(without, _ASSESSMENTS)
        yield Text(
            f"{out.id} tidak mempunyai nilai keseluruhan dan tidak dihitung.",
            f"{out.en} {_verb(without, 'has', 'have')} no score of the whole and {_verb(without, 'does', 'do')} not "
            "count.",
        )
    alike = [one.name for one in found if sum(_written(one.subject) == _written(other.subject) for other in found) > 1]
    if alike:
        names = some(alike)
        yield Text(
            f"Bernama sama tetapi subject.id-nya berbeda, jadi dihitung sebagai daerah yang berbeda: {names.id}. Bila "
            "ini gelombang sebelumnya dari daerah yang sama, samakan subject.id.",
            f"Alike in name but not in subject.id, and so counted as different subjects: {names.en}. If one is an "
            "earlier wave of the other, give them one subject.id.",
        )
    years = [one for one in found if one.subject.year != mine.subject.year]
    if years:
        names = some([one.name for one in years])
        yield Text(
            f"Tahunnya lain atau tidak tertulis: {names.id}.", f"Of another year, or of none that is told: {names.en}."
        )
    coded = [one for one in found if one.subject.region is None and province_by_code(one.subject) is not None]
    if coded:
        names = some([same(one.subject.name) for one in coded])
        yield Text(
            f"Provinsinya dibaca dari kode wilayahnya: {names.id}.",
            f"The province is read from the code: {names.en}.",
        )
    unsourced = [one for one in found if one.subject.population is not None and not one.subject.source]
    if unsourced:
        names = some([same(one.subject.name) for one in unsourced])
        yield Text(
            f"Jumlah penduduknya tertulis tanpa sumber: {names.id}.",
            f"The population is given without a source: {names.en}.",
        )


_YEAR = re.compile(r"\b(19|20)[0-9]{2}\b")


def _written(subject: Subject) -> tuple[str | None, str]:
    """What a subject is called, whatever the case of letters and the year."""
    return kind_of(subject), " ".join(_YEAR.sub("", subject.name).casefold().split())


def _verb(count: int, one: str, more: str) -> str:
    return one if count == 1 else more


def _plain(one: Standing) -> dict[str, Any]:
    subject, overall = one.subject, one.result.overall
    return {
        "id": subject.id,
        "kind": subject.kind,
        "year": subject.year,
        "region": region_of(subject),
        "population": subject.population,
        "level": None if overall.low is None else [overall.low, overall.high],
        "score": [float(end) for end in one.score],
        "rank": [one.best, one.worst],
    }


def _plain_group(mine: Standing, group: Group) -> dict[str, Any]:
    """A group in plain JSON; its figures are None where it is too small to be summed up."""
    told = len(group.peers) >= LEAST
    names = ("least", "quartile_1", "median", "quartile_3", "most")
    spans = [[float(end) for end in span] for span in group.quartiles()] if told else [None] * len(names)
    return {
        "by": group.by,
        "key": group.key,
        "peers": len(group.peers),
        **dict(zip(names, spans, strict=True)),
        "rank": list(_within(mine, group)) if told and group.own else None,
        "against_median": _against(mine, group) if told and group.own else None,
    }
