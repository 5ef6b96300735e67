"""Migrations: what became of the ids and values of one version of a model in another.

Each is one YAML file in the model's folder, `migrations/<from>-to-<to>.yaml`. What it does not name is carried as it
stands; `gscm.responses.carrying` does so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from gscm import yamlfile
from gscm.errors import BadUse, FaultsFound, GscmError, Issue, Where, did_you_mean, in_order
from gscm.i18n import Text
from gscm.model.facts import facts_of
from gscm.model.load import find_model, load_model
from gscm.model.schema import Words, Yaml, exact, version_numbers
from gscm.model.tree import Model
from gscm.responses.schema import Value
from gscm.yamlfile import Document

_FILE = re.compile(r"([0-9]+\.[0-9]+\.[0-9]+)-to-([0-9]+\.[0-9]+\.[0-9]+)")
YES, NO = "ya", "tidak"
_WORDS = {"true": YES, "false": NO}


def word(value: Any) -> str:
    """A value in one spelling: 3 and "3.0", `ya` and true, `Baik` and `baik` are the same."""
    number = exact(value)
    if number is not None:
        return str(number)
    plain = str(value).strip().casefold()
    return _WORDS.get(plain, plain)


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Several = Annotated[tuple[str, ...], Field(min_length=2), BeforeValidator(_tupled)]


class RenamedEntry(Yaml):
    """Stands under another id, with all that stands below its id: `council` takes `council.2` along."""

    to: Annotated[str, Field(min_length=1)]
    reason: Words


class SplitEntry(Yaml):
    """One became several. `carry` tells which answers hold for each of them.

    `each`: all; `met`: that of a criterion that is met (the old one asked for all of the new ones at once);
    `unmet`: that of one that is not (the old one asked for any of them); `none`.
    """

    into: Several
    carry: Literal["each", "met", "unmet", "none"]
    reason: Words


class MergedEntry(Yaml):
    """Several became one. `carry` tells its answer: the `lowest` or the `highest` of theirs, the `same`, or `none`."""

    of: Several
    carry: Literal["lowest", "highest", "same", "none"]
    reason: Words


class RemovedEntry(Yaml):
    """Is no longer asked, with all that stands below its id."""

    reason: Words


class ValuesEntry(Yaml):
    """Values that are written otherwise now, in the answers `of` these (old) ids or in all: old value → new.

    A value that is not named stays; one without a new value cannot be carried.
    """

    of: Annotated[tuple[str, ...], BeforeValidator(_tupled)] = ()
    map: dict[Annotated[str, BeforeValidator(word)], Value | None]
    reason: Words


class MigrationFile(Yaml):
    """`migrations/<from>-to-<to>.yaml`. `moved` is for criteria that stand at another level or indicator."""

    renamed: dict[str, RenamedEntry] = {}
    moved: dict[str, RenamedEntry] = {}
    split: dict[str, SplitEntry] = {}
    merged: dict[str, MergedEntry] = {}
    removed: dict[str, RemovedEntry] = {}
    values: Annotated[tuple[ValuesEntry, ...], BeforeValidator(_tupled)] = ()


@dataclass(frozen=True, slots=True)
class Migration:
    """What became of the answers of one version in another. `file` is its name."""

    start: str
    end: str
    rules: MigrationFile
    file: str = ""


def load_migrations(model: Model) -> tuple[Migration, ...]:
    """The migrations in the model's folder, by version. Raises FaultsFound with the faults of all of them."""
    found: list[Migration] = []
    issues: list[Issue] = []
    for path in sorted(Path(model.folder).glob("migrations/*.yaml")):
        named = _FILE.fullmatch(path.stem)
        if named is None or version_numbers(named[1]) >= version_numbers(named[2]):
            issues.append(_misnamed(path))
            continue
        try:
            document = yamlfile.read(path)
            migration = Migration(named[1], named[2], yamlfile.validate(document, MigrationFile), path.name)
        except FaultsFound as faults:
            issues.extend(faults.issues)
            continue
        issues.extend(_faults(migration, document, model))
        found.append(migration)
    if issues:
        raise FaultsFound(in_order(issues))
    return tuple(sorted(found, key=lambda m: (version_numbers(m.start), version_numbers(m.end))))


def migrations_among(models: Iterable[Model]) -> tuple[Migration, ...]:
    """The migrations between models, where there are several versions of one: those in the folder of the newest.

    A study keeps its model without them; then they are those of the model that is found under its id.
    """
    newest: dict[str, Model] = {}
    several: set[str] = set()
    for model in models:
        other = newest.setdefault(model.id, model)
        if other.version != model.version:
            several.add(model.id)
            newest[model.id] = max(other, model, key=lambda one: version_numbers(one.version))
    return tuple(one for id in sorted(several) for one in load_migrations(_with_folder(newest[id])))


def _with_folder(model: Model) -> Model:
    if Path(model.folder).is_dir():
        return model
    try:
        return load_model(find_model(model.id))
    except GscmError:
        return model


def _misnamed(path: Path) -> Issue:
    return Issue(
        Where(str(path)),
        Text(
            "Nama berkas migrasi tidak menyebut dua versi, yang lama lalu yang baru.",
            "The name of this migration does not tell two versions, the older one first.",
        ),
        Text("Namai seperti 1.0.0-to-2.0.0.yaml.", "Name it like 1.0.0-to-2.0.0.yaml."),
    )


def _faults(migration: Migration, document: Document, model: Model) -> Iterator[Issue]:
    """Old ids with two fates, new ids from two sources, and ids that the model does not have."""
    olds, news = list(_olds(migration.rules)), list(_news(migration.rules))
    twice = Text("Setiap id ditulis satu kali.", "Write each id once.")
    for (path, id), count in _counted(olds):
        if count > 1:
            yield Issue(
                document.where(path), Text(f"“{id}” mempunyai dua nasib.", f"“{id}” meets with two fates."), twice
            )
        if id == model.id:
            use = Text("Sebut simpul akar overall.", "Call the root overall.")
            yield Issue(document.where(path), Text(f"“{id}” adalah simpul akar.", f"“{id}” is the root."), use)
    for (path, id), count in _counted(news):
        if count > 1:
            what = Text(f"Dua id menjadi “{id}”.", f"Two ids become “{id}”.")
            yield Issue(document.where(path), what, Text("Tulis di merged.", "Write it in merged."))
    if migration.end == model.version:
        known = {"overall", *model.nodes, *facts_of(model)}
        known |= {prefix for id in known for prefix in prefixes(id)}
        for path, id in news:
            if id not in known:
                what = Text(
                    f"“{id}” tidak ada dalam model {model.id} {model.version}.",
                    f"“{id}” is not in the model {model.id} {model.version}.",
                )
                see = Text(f"Lihat: gscm model show {model.folder}", f"See: gscm model show {model.folder}")
                yield Issue(document.where(path), what, did_you_mean(id, known) or see)


_Named = tuple[tuple[Any, ...], str]


def _counted(named: list[_Named]) -> Iterator[tuple[_Named, int]]:
    counts = Counter(id for _, id in named)
    return ((one, counts[one[1]]) for one in named)


def _olds(rules: MigrationFile) -> Iterator[_Named]:
    for table in ("renamed", "moved", "split", "removed"):
        yield from (((table, id), id) for id in getattr(rules, table))
    for new, entry in rules.merged.items():
        yield from ((("merged", new), id) for id in entry.of)


def _news(rules: MigrationFile) -> Iterator[_Named]:
    for table in ("renamed", "moved"):
        yield from (((table, id, "to"), entry.to) for id, entry in getattr(rules, table).items())
    for id, entry in rules.split.items():
        yield from ((("split", id, "into"), new) for new in entry.into)
    yield from ((("merged", new), new) for new in rules.merged)


def chain_to(model: Model, start: str, end: str, where: Where | None = None) -> tuple[Migration, ...]:
    """The migrations that lead from one version to another; () where none is needed.

    Raises BadUse where the model has not come that far, FaultsFound where no migration leads there.
    """
    if version_numbers(end) > version_numbers(model.version):
        what = Text(
            f"Model {model.id} baru sampai versi {model.version}.",
            f"The model {model.id} has come to version {model.version} only.",
        )
        raise BadUse(Issue(None, what, Text(f"Pakai --to {model.version}.", f"Use --to {model.version}.")))
    known = load_migrations(model)
    found = leading(known, start, end)
    reached = found[-1].end if found else start
    if version_numbers(reached)[0] != version_numbers(end)[0] or version_numbers(reached) > version_numbers(end):
        raise FaultsFound(_no_way(model, known, reached, end, where))
    return found


def leading(known: Iterable[Migration], start: str, end: str) -> tuple[Migration, ...]:
    """As far as migrations lead from one version towards another.

    Within one first number nothing needs to be carried, so that a migration from 1.2.0 also serves answers for 1.0.0.
    """
    here, goal = version_numbers(start), version_numbers(end)
    onward = [
        migration
        for migration in known
        if version_numbers(migration.start)[0] == here[0]
        and version_numbers(migration.start) >= here
        and version_numbers(migration.end) <= goal
    ]
    if not onward:
        return ()
    first = min(version_numbers(one.start) for one in onward)
    step = max((one for one in onward if version_numbers(one.start) == first), key=lambda m: version_numbers(m.end))
    return (step, *leading(known, step.end, end))


def between(known: Iterable[Migration], start: str, end: str) -> tuple[Migration, ...]:
    """As far as migrations lead from one version to another, forward or back."""
    known = tuple(known)
    if version_numbers(start) <= version_numbers(end):
        return leading(known, start, end)
    return tuple(inverse(one) for one in reversed(leading(known, end, start)))


_BACK: Mapping[str, Literal["lowest", "highest", "same", "none"]] = {
    "each": "same", "met": "lowest", "unmet": "highest", "none": "none"
}  # fmt: skip
_FORTH: Mapping[str, Literal["each", "met", "unmet", "none"]] = {back: forth for forth, back in _BACK.items()}  # type: ignore[misc]


def inverse(migration: Migration) -> Migration:
    """The way back, as far as answers to the newer version tell what those to the older one would have been.

    What was split comes together and what was merged comes apart again; an old id that the newer version uses for
    something else does not go back, nor does a value that several old ones may have become.
    """
    rules = migration.rules
    olds, news = {id: path for path, id in _olds(rules)}, {id for _, id in _news(rules)}
    reasons = {id: getattr(rules, path[0])[path[1]].reason for id, path in olds.items()}
    step = {old: entry.to for table in (rules.renamed, rules.moved) for old, entry in table.items()}

    def now(id: str) -> tuple[str, ...]:
        return rules.split[id].into if id in rules.split else (renamed(id, step),)

    return Migration(
        migration.end,
        migration.start,
        MigrationFile(
            renamed={new: RenamedEntry(to=old, reason=reasons[old]) for old, new in step.items()},
            split={
                new: SplitEntry(into=one.of, carry=_FORTH[one.carry], reason=one.reason)
                for new, one in rules.merged.items()
            },
            merged={
                old: MergedEntry(of=one.into, carry=_BACK[one.carry], reason=one.reason)
                for old, one in rules.split.items()
            },
            removed={old: RemovedEntry(reason=reasons[old]) for old in olds if old not in news},
            values=tuple(
                ValuesEntry(of=tuple(new for id in one.of for new in now(id)), map=_turned(one.map), reason=one.reason)
                for one in rules.values
            ),
        ),
        migration.file,
    )


def _turned(values: Mapping[str, Any]) -> dict[str, Any]:
    """New value → old value; None for a new one that several old ones may have become, or that an old one may be."""
    found: dict[str, Any] = {}
    for old, new in values.items():
        if new is not None:
            kept = exact(new) is not None and word(new) not in values
            found[word(new)] = None if kept or word(new) in found else old
    return found


def _no_way(model: Model, known: Iterable[Migration], here: str, end: str, where: Where | None) -> Issue:
    there = ", ".join(f"migrations/{m.file}" for m in known)
    name = f"{model.folder}/migrations/{here}-to-{end}.yaml"
    what = Text(
        f"Tidak ada migrasi {model.id} dari versi {here} ke {end}.",
        f"There is no migration of {model.id} from version {here} to {end}.",
    )
    if version_numbers(here) > version_numbers(end):
        return Issue(where, what, Text("Jawaban hanya dipindahkan ke versi baru.", "Answers are only carried forward."))
    having = Text(f" Yang ada: {there}.", f" There are: {there}.") if there else Text("", "")
    return Issue(where, what, Text(f"Tulis {name}.{having.id}", f"Write {name}.{having.en}"))


def renamings(migrations: Iterable[Migration]) -> dict[str, str]:
    """What stands under another id after all of them: old id → new id."""
    found: dict[str, str] = {}
    for migration in migrations:
        step = {old: e.to for table in (migration.rules.renamed, migration.rules.moved) for old, e in table.items()}
        found = {old: renamed(new, step) for old, new in found.items()}
        found |= {old: new for old, new in step.items() if old not in found.values()}
    return found


def renamed(id: str, ids: Mapping[str, str]) -> str:
    """An id under its new name; the longest part of it that was renamed counts."""
    for prefix in prefixes(id):
        if prefix in ids:
            return ids[prefix] + id[len(prefix) :]
    return id


def prefixes(id: str) -> Iterator[str]:
    """`a.3.1`, `a.3`, `a`."""
    parts = id.split(".")
    return (".".join(parts[:end]) for end in range(len(parts), 0, -1))
