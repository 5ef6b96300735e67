"""A roadmap in words, in Indonesian and in English; the terminal, the report and the tables all say it so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gscm.i18n import LANGUAGES, Text, decimal, listed, same
from gscm.model.graph import Pair
from gscm.model.tree import Model
from gscm.placement.explain import level_name, subject_title
from gscm.placement.place import Result
from gscm.roadmap.actions import BAND_NAMES, Action, office_name
from gscm.roadmap.roadmap import Clash, Known, Mixed, NoPlan, Roadmap, Scheduled, Tally, Together, Variant, Waiting
from gscm.roadmap.schedule import AIMS, Aim, Stage

_MOST = 4  # titles that one reason names


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
    parts = [money(tally.total)] if tally.actions > sum(tally.bands.values()) or not tally.bands else []
    parts += [Text(f"{count} {BAND_NAMES[b].id}", f"{count} {BAND_NAMES[b].en}") for b, count in tally.bands.items()]
    return Text(" + ".join(part.id for part in parts), " + ".join(part.en for part in parts))


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
    """Why an action waits, and what it would mean to do it."""
    reason, instead = _hindrance_text(roadmap, one), _instead_text(roadmap, one)
    if not reason.id:
        return instead
    return Text(f"{reason.id}; {instead.id}", f"{reason.en}; {instead.en}") if instead.id else reason


def _hindrance_text(roadmap: Roadmap, one: Waiting) -> Text:
    """What keeps an action out of the plan as it stands; empty where nothing does."""
    match one.why:
        case "excluded":
            return Text("dikeluarkan dengan --exclude", "left out by --exclude")
        case "time":
            last = roadmap.request.last
            return Text(f"tidak akan selesai sebelum akhir {last}", f"would not be finished by the end of {last}")
        case "money":
            lacking = money(one.lacking)
            return Text(f"anggaran {one.year} kurang {lacking.id}", f"the budget of {one.year} lacks {lacking.en}")
        case "capacity":
            office = office_name(roadmap.result.model, one.action.office or "")
            return Text(
                f"{_short(office.id)} sudah menjalankan {one.lacking} tindakan pada {one.year}",
                f"{_short(office.en)} has {one.lacking} under way in {one.year} already",
            )
        case "needs":
            levels = reached_text(roadmap.result, one.levels)
            needed = Text(
                ", ".join([*one.missing, *[levels.id] * bool(one.levels)]),
                ", ".join([*one.missing, *[levels.en] * bool(one.levels)]),
            )
            return Text(
                f"menunggu {needed.id}, yang tidak ada dalam rencana", f"waits for {needed.en}, not in the plan"
            )
        case "dearer":
            return Text("", "")


def _instead_text(roadmap: Roadmap, one: Waiting) -> Text:
    """What the best plan with an action would take or bring, other than the plan."""
    if one.instead == "no":
        return Text("tidak ada rencana yang memuatnya", "no plan can hold it")
    if isinstance(one.instead, str):
        return Text("akibatnya tidak sempat dihitung", "what it would mean was not worked out in time")
    allowed = one.why == "excluded"
    if not any(one.instead.more.values()):
        return (
            Text("rencana tidak lebih buruk tanpanya", "the plan is no worse without it")
            if allowed
            else Text("sama baiknya; urutan abjad yang memutuskan", "just as good; lexical order decides")
        )
    parts = []
    more: dict[Aim, int] = {aim: many for aim, many in one.instead.more.items() if many and aim != "value"}
    if more:
        parts.append(differences(more))
    if one.instead.dropped:
        ids = _some(one.instead.dropped)
        parts.append(Text(f"menggantikan {ids.id}", f"takes the place of {ids.en}"))
    ends = {id: levels[-1] for id, levels in roadmap.levels.items()}
    nodes = roadmap.result.model.nodes
    inner = {id: level for id, level in one.instead.levels.items() if nodes[id].children}
    told = inner if roadmap.request.goals and inner else one.instead.levels
    if told:
        moves = moves_text(roadmap, told, ends)
        parts.append(Text(f"pada akhirnya {moves.id}", f"in the end {moves.en}"))
    elif one.instead.more.get("value", 0) > 0:
        parts.append(Text("levelnya naik lebih lambat", "levels rise later"))
    said = Text("; ".join(part.id for part in parts), "; ".join(part.en for part in parts))
    if allowed:
        return Text(f"bila dibolehkan: {said.id}", f"if it were allowed: {said.en}")
    return Text(f"bila dikerjakan: {said.id}", f"if it is done: {said.en}")


def _some(ids: Sequence[str], most: int = _MOST) -> Text:
    """The first of some ids, and how many more there are."""
    more = len(ids) - most
    shown = ", ".join(ids[:most])
    return Text(f"{shown} dan {more} lagi", f"{shown} and {more} more") if more > 0 else same(shown)


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
    value, bound = (_amount(stage.aim, amount) for amount in (stage.value, stage.bound))
    gap = f"{100 * abs(stage.value - stage.bound) / max(1, abs(stage.value)):.2f}"
    return Text(
        f"{aim.id}: {value.id}, batas {bound.id} (selisih {decimal(gap, 'id')}%)",
        f"{aim.en}: {value.en}, bound {bound.en} (gap {gap}%)",
    )


def _amount(aim: Aim, amount: int) -> Text:
    """The value of an objective as people read it."""
    if aim in ("cost", "extra"):
        return money(amount)
    if aim == "value":  # counted in millionths
        return Text(*(decimal(f"{amount / 10**6:.2f}", language) for language in LANGUAGES))
    return same(str(amount))


def quality(roadmap: Roadmap) -> Text:
    """Whether the plan is proven to be the best, or how far it may be from it."""
    if roadmap.proven:
        return Text(
            "Terbukti terbaik: tidak ada rencana lain yang lebih baik menurut urutan tujuannya.",
            "Proven best: no other plan is better in the order of its objectives.",
        )
    known = [AIMS[stage.aim] for stage in roadmap.stages if stage.proven]
    sure = Text("", "")
    if known:
        aims = listed(tuple(known))
        sure = Text(f" Yang sudah terbukti: {aims.id}.", f" Proven: {aims.en}.")
    first = stage_text(next(stage for stage in roadmap.stages if not stage.proven))
    why = (
        Text("pencarian dihentikan", "the search was stopped")
        if roadmap.stopped
        else Text("waktunya habis (lihat --time-limit)", "time was up (see --time-limit)")
    )
    return Text(
        f"Belum terbukti terbaik, karena {why.id}.{sure.id} Yang pertama belum terbukti adalah {first.id}. Dengan "
        "waktu yang lebih panjang, atau di komputer lain, rencananya dapat berbeda.",
        f"Not proven best, since {why.en}.{sure.en} The first not proven is {first.en}. With more time, or on another "
        "computer, the plan may differ.",
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
    order = Text(" (pita didahulukan daripada rupiah)", " (bands before rupiah)")
    order = order if isinstance(roadmap, Roadmap) and bands_decide(roadmap) else Text("", "")
    return Text(f"Jalan termurah{order.id}, {span}: {told.id}.", f"The cheapest way{order.en}, {span}: {told.en}.")


def variant_text(roadmap: Roadmap, variant: Variant) -> Text:
    """What changes with a share of the money, and what it is compared with."""
    share = _share_text(variant)
    if variant.known == "none":
        return Text(
            f"{share.id}: terbukti tidak ada rencana; yang ditetapkan dengan tangan tidak muat.",
            f"{share.en}: proven to hold no plan; what is put in by hand does not fit.",
        )
    if variant.known == "unknown":
        level = _level_alone(roadmap, variant)
        return Text(f"{share.id}: {level.id}.", f"{share.en}: {level.en}.")
    if variant.percent == 100 and not variant.levels:
        return Text(
            f"{share.id}: tidak ada level yang lebih tinggi daripada menurut rencana ini.",
            f"{share.en}: no level ends higher than by this plan.",
        )
    parts = []
    if roadmap.request.goals:
        parts.append(
            Text("sasaran tercapai", "the target is reached")
            if variant.reaches
            else Text("sasaran tidak tercapai", "the target is out of reach")
        )
    if not variant.dropped and not variant.added:
        parts.append(Text("tindakannya sama", "the same actions"))
    else:
        out, more = len(variant.dropped), len(variant.added)
        parts.append(Text(f"{out} tindakan gugur, {more} bertambah", f"{counted(out, 'action')} out, {more} in"))
    if variant.cost or variant.cost_before:
        spent, before = money(variant.cost), money(variant.cost_before)
        parts.append(
            Text(f"biaya {spent.id} (semula {before.id})", f"cost {spent.en} (instead of {before.en})")
            if variant.cost != variant.cost_before
            else Text(f"biaya tetap {spent.id}", f"cost still {spent.en}")
        )
    parts += [*_ends_elsewhere(roadmap, variant), *_at_other_times(roadmap, variant)]
    return Text(
        f"{share.id}: {'; '.join(part.id for part in parts)}.",
        f"{share.en}: {'; '.join(part.en for part in parts)}.",
    )


def counted(count: int, one: str) -> str:
    """A number of things in English: 1 action, 2 actions."""
    return f"{count} {one}{'' if count == 1 else 's'}"


def _level_alone(roadmap: Roadmap, variant: Variant) -> Text:
    """What is known of the whole where the best plan was not worked out."""
    late = Text("rencana terbaiknya tidak sempat dihitung", "the best plan was not worked out in time")
    if variant.level is None:
        return late
    model = roadmap.result.model
    name = level_name(roadmap.result, model.root, variant.level)
    stays = variant.level == roadmap.levels[model.id][-1]
    also = Text(", sama dengan rencana ini", ", as by this plan") if stays else Text("", "")
    return Text(
        f"level keseluruhan terbukti paling tinggi {name.id}{also.id}; {late.id}",
        f"the whole is proven to reach {name.en} at the most{also.en}; {late.en}",
    )


def _share_text(variant: Variant) -> Text:
    """Anggaran −20%; or, where no year has a budget, the share of what the plan costs; and what it is spent on."""
    if variant.ceiling is None:
        share = f"{variant.percent - 100:+d}%".replace("-", "−")
        told = Text(f"Anggaran {share}", f"Budget {share}")
        if variant.percent == 100:
            told = Text("Anggaran yang sama", "The same budget")
    else:
        ceiling = money(variant.ceiling)
        told = Text(
            f"Dengan {variant.percent}% biayanya ({ceiling.id})", f"With {variant.percent}% of its cost ({ceiling.en})"
        )
    if variant.wanted != "most":
        return told
    if variant.percent == 100:
        return Text(f"{told.id} untuk level setinggi mungkin", f"{told.en} for the most level")
    if variant.known == "unknown":
        return told
    return Text(f"{told.id}, dibandingkan dengan itu", f"{told.en}, compared with that")


def _ends_elsewhere(roadmap: Roadmap, variant: Variant) -> Iterator[Text]:
    """Where the parts of the whole end other than by the plan; of the indicators only how many."""
    nodes = roadmap.result.model.nodes
    inner = {id: level for id, level in variant.levels.items() if nodes[id].children}
    if inner:
        told = moves_text(roadmap, inner, variant.before)
        yield Text(f"pada akhirnya {told.id}", f"in the end {told.en}")
    leaves = [id for id in variant.levels if not nodes[id].children]
    higher = sum(variant.levels[id] > variant.before[id] for id in leaves)
    lower = len(leaves) - higher
    if higher:
        end = "ends" if higher == 1 else "end"
        yield Text(f"{higher} indikator berakhir lebih tinggi", f"{counted(higher, 'indicator')} {end} higher")
    if lower:
        end = "ends" if lower == 1 else "end"
        yield Text(f"{lower} indikator berakhir lebih rendah", f"{counted(lower, 'indicator')} {end} lower")


def moves_text(roadmap: Roadmap, levels: Mapping[str, int], before: Mapping[str, int]) -> Text:
    """Levels beside others, what falls first: "Tata kelola turun ke Initial; Ekonomi, Manusia naik ke Scattered"."""
    result = roadmap.result
    goals = {goal.node for goal in roadmap.request.goals}
    groups: dict[tuple[bool, Text], list[Text]] = {}
    model = result.model
    order = sorted(levels, key=lambda id_: (levels[id_] > before[id_], id_ not in goals, _depth(model, id_), id_))
    for id in order[:_MOST]:
        node = result.model.nodes[id]
        key = levels[id] > before[id], level_name(result, node, levels[id])
        groups.setdefault(key, []).append(subject_title(result, node))
    parts = [
        Text(
            f"{', '.join(t.id for t in titles)} {'naik' if up else 'turun'} ke {name.id}",
            f"{', '.join(t.en for t in titles)} {'up' if up else 'down'} to {name.en}",
        )
        for (up, name), titles in groups.items()
    ]
    more = len(order) - _MOST
    if more > 0:
        parts.append(Text(f"dan {more} lagi", f"and {more} more"))
    return Text("; ".join(part.id for part in parts), "; ".join(part.en for part in parts))


def _depth(model: Model, node: str) -> int:
    """How far below the whole a node stands."""
    return len(list(model.above(node)))


def _at_other_times(roadmap: Roadmap, variant: Variant) -> Iterator[Text]:
    """Which targets stand at their level in another year; and which parts of the whole, where nothing ends elsewhere.

    Of less money only what comes later: what is left of it for the rest is no gain.
    """
    result = roadmap.result
    goals = {(goal.node, goal.level) for goal in roadmap.request.goals}
    told = [
        one
        for one in variant.moved
        if (one[0] in goals or (result.model.nodes[one[0][0]].children and not variant.levels))
        and (variant.percent >= 100 or one[1] > one[2])
    ]
    told.sort(key=lambda one: (one[1] < one[2], one[0] not in goals, _depth(result.model, one[0][0]), one[0]))
    for (id, level), year, was in told[:_MOST]:
        node = result.model.nodes[id]
        title, name = subject_title(result, node), level_name(result, node, level)
        turn = Text("baru", "not before") if year > was else Text("sudah", "already")
        yield Text(
            f"{title.id} {turn.id} {name.id} pada {year} (semula {was})",
            f"{title.en} at {name.en} {turn.en} {year} (instead of {was})",
        )
    if len(told) > _MOST:
        more = len(told) - _MOST
        yield Text(f"{more} level lain pada tahun lain", f"{counted(more, 'other level')} in other years")


def bands_decide(roadmap: Roadmap) -> bool:
    """Whether the plan is the cheapest only since bands come before rupiah, or may be."""
    return roadmap.mixed is not None and (roadmap.mixed.other is None or _differ(roadmap.total, roadmap.mixed.other))


def _differ(one: Tally, other: Tally) -> bool:
    return (one.total, one.bands) != (other.total, other.bands)


def mixed_text(roadmap: Roadmap, mixed: Mixed) -> Text:
    """What the order of bands and rupiah decides, where actions have rupiah in part only."""
    other = mixed.other
    if other is not None and not _differ(roadmap.total, other):
        return Text(
            "Sebagian tindakan belum berbiaya rupiah; pita atau rupiah yang didahulukan, biaya rencananya sama.",
            "Some actions have no cost in rupiah; whether bands or rupiah come first, the plan costs the same.",
        )
    end = Text("itu tidak sempat dihitung", "that was not worked out in time")
    if other is not None:
        cost = tally_text(other)
        end = Text(f"{other.actions} tindakan; biaya {cost.id}", f"{counted(other.actions, 'action')}; cost {cost.en}")
    ids = _some(mixed.unpriced, 2 * _MOST)
    return Text(
        "Termurah di sini berarti pita didahulukan daripada rupiah: satu tindakan tanpa rupiah dihitung lebih berat "
        f"daripada rupiah berapa pun. Bila rupiah didahulukan: {end.id}. Supaya keduanya dapat dibandingkan, isi "
        f"rupiah tindakan ini dalam tabel --costs: {ids.id}.",
        "Cheapest here means bands before rupiah: one action without rupiah weighs more than any amount of rupiah. "
        f"With rupiah first: {end.en}. To make the two comparable, fill in the rupiah of these actions in the table of "
        f"--costs: {ids.en}.",
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
    told = differences(plain.more)
    if plain.more.get("value", 0) > 0:
        slower = Text("levelnya naik lebih lambat atau lebih sedikit", "levels rise later or less")
        same_ = told.id == "sama"
        told = slower if same_ else Text(f"{told.id}; {slower.id}", f"{told.en}; {slower.en}")
    return Text(
        f"Mengerjakan yang menghambat menurut urutan ketergantungan saja: {count} tindakan; {told.id}.",
        f"Simply doing what blocks in dependency order: {count} actions; {told.en}.",
    )


def caveats(roadmap: Roadmap) -> Iterator[Text]:
    """What a reader has to know to use the plan."""
    yield quality(roadmap)
    if roadmap.mixed is not None:
        yield mixed_text(roadmap, roadmap.mixed)
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
    if any(action.shared for action in chosen):
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
        late = Text(
            "Rencana seandainya semuanya terpenuhi tidak sempat dihitung.",
            "What would be left if all were fulfilled was not worked out in time.",
        )
        return late if roadmap.clearing else Text("", "")
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
        f"If every open answer turned out to be fulfilled, {counted(hopeful.actions, 'action')} would do{spent.en}.",
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
            for clash in found.clashes:
                yield from _clash_text(found, clash)
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
            if request.capacities:
                yield _more_hands(found, found.hands)
            yield _more_time(found)
            for one in found.together:
                yield _together_text(found, one)
            if found.let_go:
                ids = ", ".join(found.let_go)
                yield Text(
                    f"Tanpa pilihan dengan tangan ini sasaran itu tercapai dalam batas yang sama: {ids} (--fix, "
                    "--exclude).",
                    f"Without these choices by hand it is reached within the same limits: {ids} (--fix, --exclude).",
                )


def _clash_text(found: NoPlan, clash: Clash) -> Iterator[Text]:
    """Which choices by hand cannot hold, why, and what would let them."""
    ids = ", ".join(f"{id}={year}" if (year := found.request.fixed[id]) else id for id in clash.actions)
    if len(clash.actions) == 1:
        yield Text(f"Pilihan dengan tangan ini tidak dapat berlaku: {ids}.", f"This choice by hand cannot hold: {ids}.")
    else:
        yield Text(
            f"Pilihan dengan tangan tidak dapat berlaku bersama: {ids}.",
            f"The choices by hand cannot hold together: {ids}.",
        )
    if clash.allow:
        out = ", ".join(clash.allow)
        yield Text(
            f"Yang diperlukannya dikeluarkan dengan --exclude: {out}. Hapus --exclude itu, atau --fix.",
            f"What is needed is left out by --exclude: {out}. Remove that, or --fix.",
        )
        return
    for id, year in clash.earliest.items():
        soonest = (
            Text(f"tidak dapat selesai dalam {found.request.span}", f"cannot be finished within {found.request.span}")
            if year is None
            else Text(f"paling awal dapat mulai {year}", f"can start in {year} at the earliest")
        )
        yield Text(
            f"{id} {soonest.id}, sesudah yang diperlukannya selesai. Geser --fix, atau perpanjang --years.",
            f"{id} {soonest.en}, after what it needs. Move --fix, or lengthen --years.",
        )
    if found.request.budgets and clash.extra != "no":
        yield _more_money(clash.extra, 0 if isinstance(clash.extra, str) else sum(clash.extra.values()))
    if found.request.capacities and clash.hands != "no":
        yield _more_hands(found, clash.hands)
    yield Text("Atau hapus atau geser salah satu --fix.", "Or remove or move one --fix.")


def _more_hands(found: NoPlan, hands: Mapping[str, int] | Known) -> Text:
    if hands == "no":
        return Text("Tambahan kapasitas saja tidak menolong.", "More capacity alone does not help.")
    if isinstance(hands, str):
        return Text(
            "Tambahan kapasitas terkecil tidak sempat dihitung.", "The least more capacity was not worked out in time."
        )
    told = _hands_text(found, hands)
    return Text(f"Kapasitas terkecil yang mencukupi: {told.id}.", f"The least capacity that would do: {told.en}.")


def _hands_text(found: NoPlan, hands: Mapping[str, int]) -> Text:
    """What the offices would have to carry at once, and carry now."""
    model, request = found.result.model, found.request
    parts = []
    for office, more in hands.items():
        name = office_name(model, office)
        known = sorted({most for year in request.years if (most := request.capacity(office, year)) is not None})
        if len(known) == 1:
            parts.append(
                Text(
                    f"{_short(name.id)} {known[0] + more} tindakan sekaligus (kini {known[0]})",
                    f"{_short(name.en)} {known[0] + more} {'action' if known[0] + more == 1 else 'actions'} at once "
                    f"(now {known[0]})",
                )
            )
        else:
            parts.append(
                Text(
                    f"{_short(name.id)} {more} tindakan lebih banyak setiap tahun",
                    f"{_short(name.en)} {more} more actions every year",
                )
            )
    return listed(tuple(parts))


def _together_text(found: NoPlan, one: Together) -> Text:
    """What would do only together."""
    parts = []
    if one.undated:
        parts.append(Text("sasaran tanpa tahun sendiri", "targets without a year of their own"))
    if one.last is not None:
        parts.append(Text(f"waktu sampai {one.last}", f"time until {one.last}"))
    if one.hands:
        parts.append(_hands_text(found, one.hands))
    if one.extra:
        total = money(sum(one.extra.values()))
        spread = _spread(one.extra)
        parts.append(
            Text(
                f"tambahan anggaran {total.id} (misalnya {spread.id})",
                f"{total.en} more money (for instance {spread.en})",
            )
        )
    return Text(
        f"Yang mencukupi bersama-sama: {'; '.join(part.id for part in parts)}.",
        f"What would do together: {'; '.join(part.en for part in parts)}.",
    )


def _spread(extra: Mapping[int, int]) -> Text:
    """Rupiah with their years."""
    parts = {year: money(amount) for year, amount in extra.items()}
    return Text(
        ", ".join(f"{part.id} pada {year}" for year, part in parts.items()),
        ", ".join(f"{part.en} in {year}" for year, part in parts.items()),
    )


def _more_money(extra: Mapping[int, int] | Known, bound: int) -> Text:
    if extra == "no":
        return Text("Tambahan anggaran saja tidak menolong.", "More money alone does not help.")
    if isinstance(extra, str):
        return Text(
            "Tambahan anggaran terkecil tidak sempat dihitung.", "The least more money was not worked out in time."
        )
    total = money(sum(extra.values()))
    spread = _spread(extra)
    if bound < sum(extra.values()):
        least = money(bound)
        return Text(
            f"Tambahan anggaran {total.id} mencukupi (misalnya {spread.id}); yang terkecil belum terbukti, paling "
            f"sedikit {least.id}.",
            f"{total.en} more money would do (for instance {spread.en}); the least is not proven, but is {least.en} "
            "or more.",
        )
    return Text(
        f"Tambahan anggaran terkecil yang mencukupi: {total.id} (misalnya {spread.id}).",
        f"The least more money that would do: {total.en} (for instance {spread.en}).",
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
