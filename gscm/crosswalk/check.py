"""What can be wrong with mappings: sides that are not there, kinds that cannot be the same, repetitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gscm.crosswalk.crosswalk import Kind, Link, Side, agree, kind_of
from gscm.errors import Issue, did_you_mean
from gscm.i18n import Text
from gscm.model.facts import facts_of
from gscm.model.tree import Model, has_levels, top_level


def faults_of(links: Sequence[Link], near: Sequence[Model], far: Sequence[Model]) -> Iterator[Issue]:
    """What is wrong with mappings between models of two sides."""
    for link in links:
        unknown = [
            *_unknown_only(link, (*near, *far)),
            *_unknown(link, link.near, near),
            *_unknown(link, link.far, far),
        ]
        yield from unknown or _unlike(link, near, far)
    yield from _repeated(links)
    yield from _two_thresholds(links)


def _unknown_only(link: Link, models: Sequence[Model]) -> Iterator[Issue]:
    known = {model.id for model in models}
    for name in sorted(link.only - known):
        yield Issue(
            link.where,
            Text(
                f"Only menyebut “{name}”, yang bukan model padanan ini.",
                f"Only names “{name}”, which is no model of this crosswalk.",
            ),
            did_you_mean(name, known) or Text("Sebutkan id model dari from atau to.", "Name a model of from or to."),
        )


def _meant(link: Link, models: Sequence[Model]) -> Sequence[Model]:
    """The models of one side that a mapping is restricted to, or all of them."""
    return [model for model in models if model.id in link.only] or models


def _unknown(link: Link, side: Side, models: Sequence[Model]) -> Iterator[Issue]:
    """A side that no model has, or a level that the node does not have."""
    meant = _meant(link, models)
    if any(kind_of(side, model) for model in meant):
        return
    holders = [model for model in meant if side.id in model.nodes or side.id in facts_of(model)]
    if not holders:
        names = ", ".join(model.id for model in meant)
        known = [id for model in meant for id in (*model.nodes, *facts_of(model))]
        yield Issue(
            link.where,
            Text(f"“{side.id}” tidak ada dalam model {names}.", f"“{side.id}” is not in the model {names}."),
            did_you_mean(side.id, known)
            or Text(
                f"Lihat id yang ada: gscm model show {meant[0].id}.", f"See the ids: gscm model show {meant[0].id}."
            ),
        )
        return
    node = holders[0].nodes.get(side.id)
    if node is None or not has_levels(node):
        yield Issue(
            link.where,
            Text(
                f"“{side.id}” tidak mempunyai level, sehingga “{side}” tidak berarti.",
                f"“{side.id}” has no levels, so that “{side}” means nothing.",
            ),
            Text(f"Tulis {side.id} saja.", f"Write just {side.id}."),
        )
        return
    top = top_level(holders[0], node)
    yield Issue(
        link.where,
        Text(
            f"“{side}” menyebut level {side.at}, sedangkan {side.id} mempunyai level 1 sampai {top}.",
            f"“{side}” names level {side.at}, but {side.id} has levels 1 to {top}.",
        ),
        Text(
            f"Tulis level 2 sampai {top}; level 1 selalu tercapai.",
            f"Write a level from 2 to {top}; level 1 is always reached.",
        ),
    )


_ANSWERED: dict[Kind | None, Text] = {
    "criterion": Text("dengan ya atau tidak", "by yes or no"),
    "level": Text("dengan level", "by a level"),
    "score": Text("dengan nilai", "by a score"),
    "quantity": Text("dengan angka terukur", "by a measured figure"),
    "node": Text("oleh simpul di bawahnya", "by the nodes below it"),
    "threshold": Text("oleh tercapainya sebuah level", "by reaching a level"),
}


def _unlike(link: Link, near: Sequence[Model], far: Sequence[Model]) -> Iterator[Issue]:
    """Sides said to be the same although they are answered differently."""
    pairs = [(one, other) for one in near for other in far if link.holds_between(one, other)]
    for one, other in pairs:
        if link.relation == "same" and not agree(link, one, other):
            kinds = kind_of(link.near, one), kind_of(link.far, other)
            first, second = (_ANSWERED[kind] for kind in kinds)
            what = Text(
                f"“{link.near}” dijawab {first.id} dan “{link.far}” {second.id}; keduanya tidak dapat sama.",
                f"“{link.near}” is answered {first.en} and “{link.far}” {second.en}; they cannot be the same.",
            )
            if kinds[0] == kinds[1]:
                what = Text(
                    f"“{link.near}” dan “{link.far}” berbeda skala atau satuan; keduanya tidak dapat sama.",
                    f"“{link.near}” and “{link.far}” differ in scale or unit; they cannot be the same.",
                )
            yield Issue(
                link.where,
                what,
                Text(
                    "Tulis relation: related, atau sebuah level seperti i13@3 bila itu yang sama.",
                    "Write relation: related, or a level such as i13@3 if that is what is the same.",
                ),
            )
            return


def _repeated(links: Sequence[Link]) -> Iterator[Issue]:
    """Two mappings between the same two sides that can hold for the same models."""
    for index, link in enumerate(links):
        for before in links[:index]:
            apart = before.only and link.only and before.only.isdisjoint(link.only)
            if (before.near, before.far) != (link.near, link.far) or apart:
                continue
            line = before.where.line
            pair = f"“{link.near}” → “{link.far}”"
            if before.relation == link.relation:
                what = Text(f"{pair} sudah tertulis pada baris {line}.", f"{pair} is already written on line {line}.")
            else:
                what = Text(
                    f"{pair} berelasi {link.relation} di sini, tetapi {before.relation} pada baris {line}.",
                    f"{pair} is {link.relation} here, but {before.relation} on line {line}.",
                )
            yield Issue(link.where, what, Text("Hapus salah satunya.", "Remove one of them."))


def _two_thresholds(links: Sequence[Link]) -> Iterator[Issue]:
    """One statement said to be the same as two different levels of one node."""
    found: dict[tuple[str, Side, frozenset[str]], Link] = {}
    for link in (turn for one in links if one.relation == "same" for turn in (one, one.turned())):
        if link.near.at is None:
            continue
        before = found.setdefault((link.near.id, link.far, link.only), link)
        line = before.where.line
        if before.near.at != link.near.at:
            yield Issue(
                link.where,
                Text(
                    f"“{link.far}” tidak dapat sama dengan {before.near} (baris {line}) dan {link.near}.",
                    f"“{link.far}” cannot be the same as both {before.near} (line {line}) and {link.near}.",
                ),
                Text("Pilih satu level.", "Choose one level."),
            )
