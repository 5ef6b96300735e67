"""A roadmap in words, in Indonesian and in English; the terminal, the report and the tables all say it so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gscm.i18n import LANGUAGES, Text, decimal, listed, same
from gscm.model.graph import Pair
from gscm.model.tree import Model
from gscm.placement.explain import level_name, subject_title
from gscm.placement.place import Result
from gscm.roadmap.actions import BAND_NAMES, Action, document_name
from gscm.roadmap.roadmap import Known, NoPlan, Roadmap, Scheduled, Tally, Variant, Waiting
from gscm.roadmap.schedule import Aim, Stage

ANNUAL = ("rkpd", "renja", "apbd")
"""Documents that are drawn up every year, so that the year tells which one (Law 25/2004)."""

_MOST = 4  # titles that one reason names

AIMS: Mapping[Aim, Text] = {
    "extra": Text("tambahan anggaran", "money beyond the budget"),
    "level": Text("level keseluruhan", "level of the whole"),
    "value": Text("level × tahun", "levels × years"),
    "high": Text("tindakan berbiaya tinggi", "actions of high cost"),
    "medium": Text("tindakan berbiaya sedang", "actions of medium cost"),
    "low": Text("tindakan berbiaya rendah", "actions of low cost"),
    "cost": Text("biaya", "cost"),
    "actions": Text("banyaknya tindakan", "number of actions"),
    "early": Text("mulai seawal mungkin", "earliest starts"),
    "order": Text("urutan abjad", "lexical order"),
}


def money(amount: int) -> Text:
    """Rupiah as each language writes them: Rp1.250.000, Rp1,250,000."""
    sign = "-" if amount < 0 else ""
    return Text(*(f"{sign}Rp{decimal(str(abs(amount)), language)}" for language in LANGUAGES))


def cost_text(action: Action) -> Text:
    """The rupiah of an action, or its band."""
    if action.cost is not None:
        return money(action.cost)
    return BAND_NAMES[action.band] if action.band else same("–")


def tally_text(tally: Tally) -> Text:
    """What some actions cost together: rupiah, and the bands of those whose rupiah nobody knows."""
    parts = [money(tally.total)] if tally.total or not tally.bands else []
    parts += [Text(f"{count} {BAND_NAMES[b].id}", f"{count} {BAND_NAMES[b].en}") for b, count in tally.bands.items()]
    return Text(" + ".join(part.id for part in parts), " + ".join(part.en for part in parts))


def documents_text(model: Model, action: Action, start: int) -> Text:
    """Which document takes an action up, with the years of those that are drawn up every year."""
    years = str(start) if action.years == 1 else f"{start}–{start + action.years - 1}"
    names = []
    for document in action.documents:
        name = document_name(model, document)
        year = f" {years}" if document in ANNUAL else ""
        names.append(Text(_short(name.id) + year, _short(name.en) + year))
    return listed(tuple(names)) if names else same("–")


def _short(name: str) -> str:
    """A name without the explanation in brackets behind it."""
    return name.partition(" (")[0]


def years_text(one: Scheduled) -> str:
    """2028, or 2028–2029."""
    return str(one.start) if one.start == one.end else f"{one.start}–{one.end}"


def why_text(roadmap: Roadmap, one: Scheduled) -> Text:
    """Why an action is in the plan: the level it is for, and what stands only thanks to it."""
    result = roadmap.result
    own = [pair for pair in one.lifts if pair in one.frees] or list(one.lifts)
    beyond = [pair for pair in one.frees if pair[0] not in {node for node, _ in one.lifts}]
    parts = [reached_text(result, own)] if own else []
    if beyond:
        opened = reached_text(result, beyond[-_MOST:])
        more = len(beyond) - _MOST
        also = Text(f" dan {more} lagi", f" and {more} more") if more > 0 else Text("", "")
        parts.append(Text(f"membuka {opened.id}{also.id}", f"opens {opened.en}{also.en}"))
    if one.serves:
        parts.append(Text(f"diperlukan {', '.join(one.serves)}", f"needed by {', '.join(one.serves)}"))
    if one.fixed:
        parts.append(Text("ditetapkan dengan tangan", "put in by hand"))
    return Text("; ".join(part.id for part in parts), "; ".join(part.en for part in parts))


def reached_text(result: Result, pairs: Iterable[Pair]) -> Text:
    """Pairs as a phrase, together by level: "Dewan Initial; Kelembagaan, Tata kelola Scattered"."""
    groups: dict[Text, list[Text]] = {}
    for node_id, level in pairs:
        node = result.model.nodes[node_id]
        groups.setdefault(level_name(result, node, level), []).append(subject_title(result, node))
    parts = [
        Text(f"{', '.join(t.id for t in titles)} → {name.id}", f"{', '.join(t.en for t in titles)} → {name.en}")
        for name, titles in groups.items()
    ]
    return Text("; ".join(part.id for part in parts), "; ".join(part.en for part in parts))


def waiting_text(roadmap: Roadmap, one: Waiting) -> Text:
    """Why an action waits."""
    match one.why:
        case "excluded":
            return Text("dikeluarkan dengan tangan", "left out by hand")
        case "time":
            return Text(
                f"tidak akan selesai sebelum akhir {roadmap.request.last}",
                f"would not be finished by the end of {roadmap.request.last}",
            )
        case "money":
            return Text(f"anggaran {one.year} tidak cukup", f"not enough money in {one.year}")
        case "capacity":
            return Text(f"pelaksananya sudah penuh pada {one.year}", f"its office is fully taken in {one.year}")
        case "needs":
            needed = ", ".join(one.missing)
            return Text(f"menunggu {needed}, yang tidak ada dalam rencana", f"waits for {needed}, not in the plan")
        case "dearer":
            more = {aim: many for aim, many in one.more.items() if many}
            if not more:
                return Text("sama baiknya; urutan abjad yang memutuskan", "just as good; lexical order decides")
            told = differences(more)
            return Text(f"dengan tindakan ini rencana menjadi {told.id}", f"with it the plan takes {told.en}")


def differences(more: Mapping[Aim, int]) -> Text:
    """What a plan takes more or less than another: "1 tindakan berbiaya rendah lebih banyak"."""
    banded = any(more.get(band) for band in BAND_NAMES)
    parts = []
    for aim, many in more.items():
        if not many or aim not in _COMPARED or (aim == "actions" and banded):
            continue
        unit, up, down = _COMPARED[aim]
        count = money(abs(many)) if aim == "cost" else same(str(abs(many)))
        turn = up if many > 0 else down
        english = unit.en.replace("s ", " ", 1).removesuffix("s") if abs(many) == 1 else unit.en
        parts.append(Text(f"{count.id} {unit.id} {turn.id}", f"{count.en} {turn.en} {english}".replace("  ", " ")))
    told = [Text(" ".join(part.id.split()), " ".join(part.en.split())) for part in parts]
    return listed(tuple(told)) if told else Text("sama", "the same")


_MORE, _FEWER = Text("lebih banyak", "more"), Text("lebih sedikit", "fewer")
_COMPARED: Mapping[Aim, tuple[Text, Text, Text]] = {
    "level": (Text("level", "levels"), Text("lebih rendah", "fewer"), Text("lebih tinggi", "more")),
    "high": (AIMS["high"], _MORE, _FEWER),
    "medium": (AIMS["medium"], _MORE, _FEWER),
    "low": (AIMS["low"], _MORE, _FEWER),
    "cost": (Text("", ""), Text("lebih mahal", "more"), Text("lebih murah", "less")),
    "actions": (Text("tindakan", "actions"), _MORE, _FEWER),
}


def stage_text(stage: Stage) -> Text:
    """Whether an objective is proven, or how far the bound is."""
    aim = AIMS[stage.aim]
    if stage.proven:
        return Text(f"{aim.id}: terbukti terbaik", f"{aim.en}: proven best")
    if stage.bound is None:
        return Text(f"{aim.id}: belum terbukti", f"{aim.en}: not proven")
    value, bound = (
        (money(stage.value), money(stage.bound))
        if stage.aim in ("cost", "extra")
        else (same(str(stage.value)), same(str(stage.bound)))
    )
    gap = decimal(f"{100 * abs(stage.value - stage.bound) / max(1, abs(stage.value)):.2f}", "id")
    english = f"{100 * abs(stage.value - stage.bound) / max(1, abs(stage.value)):.2f}"
    return Text(
        f"{aim.id}: {value.id}, batas {bound.id} (selisih {gap}%)",
        f"{aim.en}: {value.en}, bound {bound.en} (gap {english}%)",
    )


def quality(roadmap: Roadmap) -> Text:
    """Whether the plan is proven to be the best, or how far it may be from it."""
    if roadmap.proven:
        return Text(
            "Terbukti terbaik: tidak ada rencana lain yang lebih baik menurut urutan tujuannya.",
            "Proven best: no other plan is better in the order of its objectives.",
        )
    first = stage_text(next(stage for stage in roadmap.stages if not stage.proven))
    return Text(
        f"Belum terbukti terbaik ketika waktunya habis; {first.id}. Dengan --time-limit yang lebih panjang rencananya "
        "dapat berubah.",
        f"Not proven best when time was up; {first.en}. With a longer --time-limit the plan may change.",
    )


def goal_text(result: Result, roadmap: Roadmap | NoPlan) -> Text:
    """What the plan is for, or what was looked for where there is none."""
    request, model = roadmap.request, result.model
    span, nothing = request.span, isinstance(roadmap, NoPlan)
    if not request.goals and nothing:
        return Text(
            f"Yang dicari: level setinggi mungkin dengan anggaran {span}.",
            f"Looked for: the most level for the budget of {span}.",
        )
    if not request.goals:
        return Text(f"Level setinggi mungkin dengan anggaran {span}.", f"The most level for the budget of {span}.")
    goals = []
    for goal in request.goals:
        node = model.nodes[goal.node]
        name, title, year = level_name(result, node, goal.level), subject_title(result, node), request.due(goal)
        goals.append(
            Text(f"{title.id} mencapai {name.id} pada akhir {year}", f"{title.en} at {name.en} by the end of {year}")
        )
    told = listed(tuple(goals))
    if nothing:
        return Text(f"Yang dicari: {told.id}.", f"Looked for: {told.en}.")
    return Text(f"Jalan termurah, {span}: {told.id}.", f"The cheapest way, {span}: {told.en}.")


def variant_text(roadmap: Roadmap, variant: Variant) -> Text:
    """What changes with another share of the budget."""
    share = Text(f"{variant.percent - 100:+d}%".replace("-", "−"), f"{variant.percent - 100:+d}%".replace("-", "−"))
    if variant.starts is None:
        if variant.proven:
            return Text(f"Anggaran {share.id}: sasaran tidak tercapai.", f"Budget {share.en}: out of reach.")
        return Text(f"Anggaran {share.id}: tidak sempat dihitung.", f"Budget {share.en}: not worked out in time.")
    result = roadmap.result
    nodes = result.model.nodes
    levels = reached_text(result, [(id, level) for id, level in variant.levels.items() if nodes[id].children])
    parts = [
        Text(
            f"{len(variant.dropped)} tindakan gugur, {len(variant.added)} bertambah",
            f"{len(variant.dropped)} action(s) out, {len(variant.added)} in",
        )
    ]
    if variant.cost:
        spent = money(variant.cost)
        parts.append(Text(f"biaya {spent.id}", f"cost {spent.en}"))
    if levels.id:
        parts.append(Text(f"pada akhirnya {levels.id}", f"in the end {levels.en}"))
    if not variant.proven:
        parts.append(Text("belum terbukti terbaik", "not proven best"))
    return Text(
        f"Anggaran {share.id}: {'; '.join(part.id for part in parts)}.",
        f"Budget {share.en}: {'; '.join(part.en for part in parts)}.",
    )


def share_text(roadmap: Roadmap) -> Text:
    """What a fifth less and a fifth more than the cost of the plan would mean, where there is no budget to vary."""
    cheapest = any(stage.aim == "cost" and stage.proven and stage.value for stage in roadmap.stages)
    if not (roadmap.request.goals and not roadmap.request.budgets and roadmap.priced and cheapest):
        return Text("", "")
    less, more = (money(roadmap.total.total * percent // 100) for percent in (80, 120))
    return Text(
        f"Rencana ini terbukti yang termurah. Dengan 80% biayanya ({less.id}) sasaran tidak tercapai; dengan 120% "
        f"({more.id}) sasaran tercapai dan sisanya dapat dipakai untuk hal lain. Level yang masih dapat dicapai dengan "
        "uang yang lebih sedikit dicari dengan --budget tanpa --target.",
        f"This plan is proven to be the cheapest. With 80% of its cost ({less.en}) the target is out of reach; with "
        f"120% ({more.en}) it is reached, and the rest is free for something else. What level less money still "
        "reaches is found with --budget and without --target.",
    )


def plain_text(roadmap: Roadmap) -> Text:
    """The plain order beside the plan."""
    plain = roadmap.plain
    count = len(plain.starts)
    if not plain.reaches:
        return Text(
            f"Mengerjakan yang menghambat menurut urutan ketergantungan saja ({count} tindakan) tidak sampai ke "
            "sasaran dalam batas yang sama.",
            f"Simply doing what blocks in dependency order ({count} actions) does not get there within these limits.",
        )
    more = {aim: many for aim, many in plain.more.items() if many}
    told = differences(more)
    return Text(
        f"Mengerjakan yang menghambat menurut urutan ketergantungan saja: {count} tindakan; {told.id}.",
        f"Simply doing what blocks in dependency order: {count} actions; {told.en}.",
    )


def caveats(roadmap: Roadmap) -> Iterator[Text]:
    """What a reader has to know to use the plan."""
    yield quality(roadmap)
    chosen = [one.action for one in roadmap.scheduled]
    if any(action.costs is None for action in chosen):
        bands = Text(
            "Biaya yang rupiahnya tidak diketahui tetap berupa pita rendah, sedang, tinggi; rupiah tidak pernah "
            "dikarang. Rencana dengan tindakan berbiaya tinggi paling sedikit didahulukan, lalu sedang, lalu rendah.",
            "Costs whose rupiah are unknown stay bands of low, medium, high; rupiah are never made up. The plan "
            "has the fewest actions of high cost, then of medium, then of low.",
        )
        yield bands
        if any(not action.own and action.where is None for action in chosen):
            yield Text(
                "Pita dan lamanya berasal dari model; besarnya upaya dibaca sebagai besarnya biaya.",
                "Bands and durations are the model’s; the size of an effort is read as that of its cost.",
            )
    if any(len(action.costs or ()) > 1 for action in chosen):
        yield Text(
            "Biaya tindakan bertahun jamak dibagi rata atas tahun-tahunnya bila tabelnya tidak merinci.",
            "The cost of an action over several years is shared out evenly where the table does not tell by year.",
        )
    if roadmap.unpriced:
        count = len(roadmap.unpriced)
        yield Text(
            f"{count} tindakan tanpa rupiah tidak ikut direncanakan, karena anggarannya dalam rupiah.",
            f"{count} actions without rupiah were left out, since the budget is in rupiah.",
        )
    if roadmap.clearing:
        yield Text(
            "Jawaban yang masih terbuka dihitung belum terpenuhi.",
            "Answers that are still open count as not fulfilled.",
        )
    yield Text(
        "Tindakan yang selesai dianggap memenuhi kriterianya beserta buktinya; levelnya dihitung ulang setiap akhir "
        "tahun oleh mesin penilaian.",
        "An action that is finished is taken to fulfil its criterion with evidence; levels are placed anew at the end "
        "of each year.",
    )
    yield from roadmap.result.notes


def clearing_text(roadmap: Roadmap) -> Text:
    """What would remain if every open answer turned out well."""
    hopeful = roadmap.hopeful
    if hopeful is None:
        return Text("", "")
    if hopeful.actions == 0:
        return Text(
            "Bila semua jawaban terbuka ternyata terpenuhi, tidak ada tindakan yang diperlukan.",
            "If every open answer turned out to be fulfilled, no action would be needed.",
        )
    cost = money(hopeful.cost) if hopeful.cost else None
    spent = Text(f" ({cost.id})", f" ({cost.en})") if cost else Text("", "")
    if not roadmap.request.goals:
        return Text(
            f"Bila semua jawaban terbuka ternyata terpenuhi, rencananya memuat {hopeful.actions} tindakan{spent.id}.",
            f"If every open answer turned out to be fulfilled, the plan holds {hopeful.actions} actions{spent.en}.",
        )
    return Text(
        f"Bila semua jawaban terbuka ternyata terpenuhi, cukup {hopeful.actions} tindakan{spent.id}.",
        f"If every open answer turned out to be fulfilled, {hopeful.actions} action(s) would do{spent.en}.",
    )


def no_plan_text(found: NoPlan) -> Iterator[Text]:
    """Why there is no plan, and the least that would do."""
    request = found.request
    match found.why:
        case "unknown":
            yield Text(
                "Belum ditemukan rencana ketika waktunya habis; itu bukan bukti bahwa tidak ada.",
                "No plan was found when time was up; that is no proof that there is none.",
            )
        case "fixed":
            ids = ", ".join(found.fixed)
            if len(found.fixed) == 1:
                yield Text(
                    f"Pilihan dengan tangan ini tidak dapat berlaku: {ids}.",
                    f"This choice by hand cannot hold: {ids}.",
                )
                yield Text(
                    "Hapus atau geser pilihan itu (--fix), atau tambah anggaran, kapasitas, atau tahunnya.",
                    "Remove or move it (--fix), or allow more money, capacity or years.",
                )
                return
            yield Text(
                f"Pilihan dengan tangan tidak dapat berlaku bersama: {ids}.",
                f"The choices by hand cannot hold together: {ids}.",
            )
            yield Text(
                "Hapus atau geser salah satunya (--fix), atau tambah anggaran, kapasitas, atau tahunnya.",
                "Remove or move one of them (--fix), or allow more money, capacity or years.",
            )
        case "excluded":
            ids = ", ".join(found.excluded)
            yield Text(
                f"Sasaran itu tidak dapat dicapai tanpa tindakan yang dikeluarkan dengan --exclude: {ids}.",
                f"The target cannot be reached without what --exclude leaves out: {ids}.",
            )
            yield Text(
                "Hapus --exclude untuk tindakan itu, atau pilih sasaran lain.",
                "Remove --exclude for it, or choose another target.",
            )
        case "never":
            yield Text(
                "Sasaran itu tidak dapat dicapai dengan tindakan yang ada, berapa pun uang dan tahunnya.",
                "With the actions that there are the target cannot be reached, whatever the money and the years.",
            )
        case "limits":
            yield Text(
                f"Sasaran itu terbukti tidak dapat dicapai dalam {request.span} dengan batas yang ada.",
                f"The target is proven to be out of reach in {request.span} within these limits.",
            )
            if request.budgets:
                yield _more_money(found.extra, found.extra_bound)
            yield _more_time(found)


def _more_money(extra: Mapping[int, int] | Known, bound: int) -> Text:
    if extra == "no":
        return Text("Tambahan anggaran saja tidak menolong.", "More money alone does not help.")
    if isinstance(extra, str):
        return Text(
            "Tambahan anggaran terkecil tidak sempat dihitung.", "The least more money was not worked out in time."
        )
    total = money(sum(extra.values()))
    parts = {year: money(amount) for year, amount in extra.items()}
    indonesian = ", ".join(f"{part.id} pada {year}" for year, part in parts.items())
    english = ", ".join(f"{part.en} in {year}" for year, part in parts.items())
    if bound < sum(extra.values()):
        least = money(bound)
        return Text(
            f"Tambahan anggaran {total.id} mencukupi (misalnya {indonesian}); yang terkecil belum terbukti, paling "
            f"sedikit {least.id}.",
            f"{total.en} more money would do (for instance {english}); the least is not proven, but is {least.en} "
            "or more.",
        )
    return Text(
        f"Tambahan anggaran terkecil yang mencukupi: {total.id} (misalnya {indonesian}).",
        f"The least more money that would do: {total.en} (for instance {english}).",
    )


def _more_time(found: NoPlan) -> Text:
    if found.last == "no" and found.due != "no":
        return _later_target(found)
    if found.last == "no":
        return Text("Tambahan waktu saja tidak menolong.", "More time alone does not help.")
    if found.last == "unknown":
        return Text("Jangka waktu terpendek tidak sempat dihitung.", "The shortest time was not worked out in time.")
    money_ = Text(" dan anggaran tahunan seperti tahun terakhir", " and the yearly budget of the last year")
    with_ = money_ if found.request.budgets else Text("", "")
    return Text(
        f"Dengan waktu sampai {found.last}{with_.id} sasaran itu tercapai; lebih cepat tidak bisa.",
        f"With time until {found.last}{with_.en} it is reached; no sooner.",
    )


def _later_target(found: NoPlan) -> Text:
    """Of targets whose own years are too early."""
    years = ", ".join(str(year) for year in sorted({goal.year for goal in found.request.goals if goal.year}))
    if isinstance(found.due, str):
        return Text(
            f"Tambahan waktu sesudah {found.request.last} tidak menolong selama tahun sasarannya tetap {years}; tahun "
            "sasaran yang mencukupi tidak dihitung.",
            f"Time after {found.request.last} does not help while the target year stays {years}; which year would do "
            "was not worked out.",
        )
    beyond = found.request.budgets and found.due > found.request.last
    money_ = Text(" dengan anggaran tahunan seperti tahun terakhir", " with the yearly budget of the last year")
    with_ = money_ if beyond else Text("", "")
    return Text(
        f"Tahun sasaran {years} terlalu awal; sasaran itu tercapai paling cepat pada akhir {found.due}{with_.id}.",
        f"The target year {years} is too early; the end of {found.due}{with_.en} is the soonest.",
    )
