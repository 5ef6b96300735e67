"""The one door to SQLAlchemy: a study as a folder with SQLite, or as a PostgreSQL database; same tables, same code.

Every change is one transaction. What has been acknowledged is on disk (WAL, synchronous=FULL); a process that is
killed leaves the state before its transaction or the state after it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, Self

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from gscm.errors import BadUse, Issue, Unreadable, Where
from gscm.formats.saving import save
from gscm.i18n import Text
from gscm.study import tables
from gscm.study.log import Entry, Key

FILE = "study.sqlite"
EVIDENCE = "evidence"
"""The folder of the files of evidence, each below the first two letters of its hash."""
BATCH = 1000
BUSY_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Office:
    """An office of the subject. `due` is the day by which it should submit, ISO 8601."""

    id: str
    name: str
    due: str | None = None


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who answers for an office: a pseudonym and the hash of the token of the invitation, no person."""

    id: str
    office: str
    role: str | None
    token_sha256: str
    consented_at: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who a respondent is, as far as told; kept apart from everything else."""

    respondent: str
    name: str | None = None
    phone: str | None = None
    nip: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file of evidence: its hash, name, size in bytes, media type, and when it was taken in."""

    sha256: str
    name: str
    size: int
    kind: str
    at: str


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the audit log: who did what to whom, and when."""

    id: str
    at: str
    who: str
    action: str
    subject: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Keyed:
    """One answer as somebody keyed it in from paper. `turn` 1 and 2 are the two keyings, 3 is what was settled."""

    id: str
    office: str
    respondent: str
    turn: int
    operator: str
    fact: str
    written: Mapping[str, Any]
    at: str


class Silent(Protocol):
    """What takes free text out of the rows of a study; see `gscm.study.personal.purge`."""

    def written(self, id: str, written: Mapping[str, Any]) -> dict[str, Any]: ...
    def event(self, action: str, subject: str, detail: Mapping[str, Any]) -> tuple[str, dict[str, Any]]: ...
    def evidence(self, one: Evidence) -> str: ...


class Store:
    """An open study. Use as a context manager. A `frozen` one lies where nothing can be written, and is only read."""

    def __init__(self, target: str, engine: sa.Engine, folder: Path | None, *, frozen: bool = False) -> None:
        self.target, self.folder, self.frozen = target, folder, frozen
        self._engine = engine

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._engine.dispose()

    # ------------------------------------------------------------------------------------------- reading

    def settings(self) -> dict[str, Any]:
        """What the study fixed when it was made, and what was set since."""
        with self._reading() as connection:
            rows = connection.execute(sa.select(tables.setting))
            return {row.key: json.loads(row.value) for row in rows}

    def pinned(self) -> dict[str, bytes]:
        """The files of the pinned model and questionnaire, by their path."""
        with self._reading() as connection:
            return {row.path: bytes(row.content) for row in connection.execute(sa.select(tables.pinned))}

    def offices(self) -> tuple[Office, ...]:
        with self._reading() as connection:
            rows = connection.execute(sa.select(tables.office).order_by(tables.office.c.id))
            return tuple(Office(row.id, row.name, row.due) for row in rows)

    def respondents(self) -> tuple[Respondent, ...]:
        with self._reading() as connection:
            rows = connection.execute(sa.select(tables.respondent).order_by(tables.respondent.c.id))
            return tuple(Respondent(r.id, r.office, r.role, r.token_sha256, r.consented_at) for r in rows)

    def assignments(self) -> dict[str, tuple[str, ...]]:
        """The offices that are asked each fact; a fact that is missing is asked of nobody in particular."""
        found: dict[str, list[str]] = {}
        with self._reading() as connection:
            for row in connection.execute(sa.select(tables.assignment).order_by(tables.assignment.c.office)):
                found.setdefault(row.fact, []).append(row.office)
        return {fact: tuple(offices) for fact, offices in found.items()}

    def log(self, office: str | None = None) -> Iterator[Entry]:
        """Every entry (of one office, where it is named) in the order in which it arrived, read in batches."""
        wanted = sa.select(tables.entry).order_by(tables.entry.c.number)
        if office is not None:
            wanted = wanted.where(tables.entry.c.office == office)
        with self._reading() as connection:
            for row in connection.execution_options(yield_per=BATCH).execute(wanted):
                yield _entry(row)

    def entries_of(self, keys: Iterable[Key]) -> Iterator[Entry]:
        """Every entry of these keys, in no order."""
        columns = sa.tuple_(*(tables.entry.c[name] for name in ("office", "author", "fact", "stage")))
        waiting = sorted({(key.office, key.author, key.fact, key.stage) for key in keys})
        with self._reading() as connection:
            for start in range(0, len(waiting), BATCH):
                wanted = sa.select(tables.entry).where(columns.in_(waiting[start : start + BATCH]))
                yield from map(_entry, connection.execute(wanted))

    def answering(self) -> tuple[str, ...]:
        """The offices that the log has entries of, in order; the whole is the empty one."""
        with self._reading() as connection:
            return tuple(sorted(connection.scalars(sa.select(tables.entry.c.office).distinct())))

    def count(self) -> int:
        """How many entries the log has."""
        with self._reading() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(tables.entry)) or 0

    def events(self) -> tuple[Event, ...]:
        with self._reading() as connection:
            rows = connection.execute(sa.select(tables.event).order_by(tables.event.c.at, tables.event.c.id))
            return tuple(Event(r.id, r.at, r.who, r.action, r.subject, json.loads(r.detail)) for r in rows)

    def evidence(self) -> tuple[Evidence, ...]:
        with self._reading() as connection:
            rows = connection.execute(sa.select(tables.evidence).order_by(tables.evidence.c.sha256))
            return tuple(Evidence(r.sha256, r.name, r.size, r.kind, r.at) for r in rows)

    def content(self, sha256: str) -> bytes | None:
        """The file of evidence with this hash, as it is now: None where it is missing. Raises Unreadable."""
        if not _SHA256.fullmatch(sha256):
            return None
        if self.folder is None:
            with self._reading() as connection:
                of = tables.content.c.sha256 == sha256
                found = connection.scalar(sa.select(tables.content.c.content).where(of))
                return None if found is None else bytes(found)
        file = self._file(sha256)
        with _told(self.target):
            return file.read_bytes() if file.is_file() and not file.is_symlink() else None

    def keyed(self, office: str | None = None, respondent: str | None = None) -> tuple[Keyed, ...]:
        """What was keyed in from paper, in the order in which it arrived: of all forms, or of one."""
        table = tables.keyed
        wanted = sa.select(table).order_by(table.c.number)
        for column, value in ((table.c.office, office), (table.c.respondent, respondent)):
            wanted = wanted if value is None else wanted.where(column == value)
        with self._reading() as connection:
            return tuple(
                Keyed(r.id, r.office, r.respondent, r.turn, r.operator, r.fact, json.loads(r.written), r.at)
                for r in connection.execute(wanted)
            )

    def person(self, respondent: str) -> Person | None:
        """Who a respondent is; None where nothing was told."""
        with self._reading() as connection:
            row = connection.execute(sa.select(tables.person).where(tables.person.c.respondent == respondent)).first()
            return Person(row.respondent, row.name, row.phone, row.nip) if row else None

    def count_persons(self) -> int:
        with self._reading() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(tables.person)) or 0

    # ------------------------------------------------------------------------------------------- writing

    def refuse_frozen(self) -> None:
        """Raise Unreadable where nothing can be written, before work is done that could not be kept."""
        if self.frozen:
            raise Unreadable(Issue(Where(shown_target(self.target)), *_READ_ONLY))

    def append(self, entries: Iterable[Entry], events: Iterable[Event] = ()) -> int:
        """Add entries to the log, in one transaction; how many were new. One that is there already is passed over.

        `events` go into the audit log in the same transaction.
        """
        rows = [
            {
                "id": entry.id,
                "office": entry.key.office,
                "author": entry.key.author,
                "fact": entry.key.fact,
                "stage": entry.key.stage,
                "written": _json(entry.written),
                "at": entry.at,
                "channel": entry.channel,
                "origin": entry.origin,
                "supersedes": " ".join(entry.supersedes),
            }
            for entry in entries
        ]
        lines = [_row(event) for event in events]
        with self._writing() as connection:
            self._insert(connection, tables.event, lines)
            return self._insert(connection, tables.entry, rows)

    def key_in(self, keyed: Iterable[Keyed], events: Iterable[Event] = ()) -> int:
        """Add what was keyed in from paper; how many were new. `events` go into the audit log with it."""
        rows = [{**asdict(one), "written": _json(one.written)} for one in keyed]
        lines = [_row(event) for event in events]
        with self._writing() as connection:
            self._insert(connection, tables.event, lines)
            return self._insert(connection, tables.keyed, rows)

    def keep(self, evidence: Evidence, content: bytes | None) -> None:
        """Keep a file of evidence: its content first, on disk, then the row that speaks of it.

        One that is kept already stays, under the name that it was given first; a damaged one is whole again. Without
        content only the row is kept: the file is missing here. Raises ValueError where the content is another.
        """
        if content is not None and hashlib.sha256(content).hexdigest() != evidence.sha256:
            raise ValueError(evidence.sha256)
        if content is not None and self.content(evidence.sha256) != content:
            self._put(evidence.sha256, content)
        same = tables.evidence.c.sha256 == evidence.sha256
        with self._writing() as connection:
            held = connection.execute(sa.select(tables.evidence).where(same)).first()
            if held is not None and (held.at, held.name) > (evidence.at, evidence.name):
                connection.execute(sa.delete(tables.evidence).where(same))
            self._insert(connection, tables.evidence, [asdict(evidence)])

    def _put(self, sha256: str, content: bytes) -> None:
        if self.folder is None:
            with self._writing() as connection:
                connection.execute(sa.delete(tables.content).where(tables.content.c.sha256 == sha256))
                connection.execute(sa.insert(tables.content), {"sha256": sha256, "content": content})
            return
        file = self._file(sha256)
        with _told(self.target):
            file.parent.mkdir(parents=True, exist_ok=True)
        save(file, content)

    def _file(self, sha256: str) -> Path:
        """Where a file of evidence is kept in a study in a folder."""
        assert self.folder is not None
        return self.folder / EVIDENCE / sha256[:2] / sha256

    def add_offices(self, offices: Iterable[Office]) -> None:
        """Add offices; one that is there takes the new name and day."""
        rows = [{"id": office.id, "name": office.name, "due": office.due} for office in offices]
        with self._writing() as connection:
            for row in rows:
                connection.execute(sa.delete(tables.office).where(tables.office.c.id == row["id"]))
            self._insert(connection, tables.office, rows)

    def add_respondents(self, respondents: Iterable[Respondent]) -> None:
        rows = [
            {
                "id": one.id,
                "office": one.office,
                "role": one.role,
                "token_sha256": one.token_sha256,
                "consented_at": one.consented_at,
            }
            for one in respondents
        ]
        with self._writing() as connection:
            self._insert(connection, tables.respondent, rows)

    def join(self, respondents: Iterable[Respondent], renamed: Mapping[str, str]) -> None:
        """Rename respondents of this study in all that speaks of them, and add others, in one transaction."""
        rows = [asdict(one) for one in respondents]
        with self._writing() as connection:
            if renamed:
                for column in (tables.respondent.c.id, tables.person.c.respondent):
                    for old, new in renamed.items():
                        table = column.table
                        connection.execute(sa.update(table).where(column == old).values({column: new}))
                _rename(connection, tables.keyed.c.respondent, renamed)
                _rename_acting(connection, renamed)
            self._insert(connection, tables.respondent, rows)

    def assign(self, assigned: Mapping[str, Sequence[str]]) -> None:
        """Ask these facts of these offices, in place of whom they were asked of before."""
        with self._writing() as connection:
            for fact, offices in assigned.items():
                connection.execute(sa.delete(tables.assignment).where(tables.assignment.c.fact == fact))
                self._insert(connection, tables.assignment, [{"fact": fact, "office": one} for one in offices])

    def set(self, events: Iterable[Event] = (), **settings: Any) -> None:
        """Put these settings in place; `events` go into the audit log in the same transaction."""
        with self._writing() as connection:
            self._insert(connection, tables.event, [_row(event) for event in events])
            for key, value in settings.items():
                connection.execute(sa.delete(tables.setting).where(tables.setting.c.key == key))
                connection.execute(sa.insert(tables.setting), {"key": key, "value": _json(value)})

    def consent(self, respondent: str, at: str, events: Iterable[Event] = ()) -> bool:
        """Record when a respondent agreed to take part; False where that is recorded already, and nothing changes.

        `events` go into the audit log with it.
        """
        mine = (tables.respondent.c.id == respondent) & tables.respondent.c.consented_at.is_(None)
        with self._writing() as connection:
            given = connection.execute(sa.update(tables.respondent).where(mine).values(consented_at=at)).rowcount
            self._insert(connection, tables.event, [_row(event) for event in events] if given else [])
            return bool(given)

    def record(self, events: Iterable[Event]) -> int:
        """Add lines to the audit log; how many were new."""
        rows = [_row(event) for event in events]
        with self._writing() as connection:
            return self._insert(connection, tables.event, rows)

    def correct(self, person: Person, role: Mapping[str, str | None], event: Event) -> None:
        """Replace what is held of a person; `role` is that of the respondent, where it is given."""
        row = {"respondent": person.respondent, "name": person.name, "phone": person.phone, "nip": person.nip}
        with self._writing() as connection:
            connection.execute(sa.delete(tables.person).where(tables.person.c.respondent == person.respondent))
            if any((person.name, person.phone, person.nip)):
                connection.execute(sa.insert(tables.person), row)
            if role:
                of = tables.respondent.c.id == person.respondent
                connection.execute(sa.update(tables.respondent).where(of).values(**role))
            self._insert(connection, tables.event, [_row(event)])

    def purge(
        self,
        respondents: Iterable[Respondent],
        renamed: Mapping[str, str],
        event: Event,
        silent: Silent | None = None,
    ) -> None:
        """Delete all persons, put these respondents in place of those held, and rename who answered and who acted.

        `silent` takes free text out of answers, evidence and audit log as well. What was deleted is then overwritten
        on disk, too; repeating the call does so if it was cut short.
        """
        rows = [asdict(one) for one in respondents]
        with self._writing() as connection:
            connection.execute(sa.delete(tables.person))
            connection.execute(sa.delete(tables.respondent))
            connection.execute(sa.delete(tables.keyed))  # what it came to is in the log
            self._insert(connection, tables.respondent, rows)
            _rename_acting(connection, renamed)
            if silent is not None:
                _silence(connection, silent)
            self._insert(connection, tables.event, [_row(event)])
        self._overwrite()

    def _overwrite(self) -> None:
        """Rewrite the tables without the remains of deleted rows, outside of any transaction."""
        if self.folder is None:
            engine = self._engine.execution_options(isolation_level="AUTOCOMMIT")
            purged = (tables.person, tables.respondent, tables.entry, tables.keyed, tables.event, tables.evidence)
            statements = [f"VACUUM FULL {table.name}" for table in purged]
        else:
            engine = self._engine.execution_options(bare=True)
            statements = ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"]
        with _told(self.target), engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def _insert(self, connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> int:
        """Insert what is not there yet, in batches."""
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        before = connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for start in range(0, len(rows), BATCH):
            connection.execute(dialect.insert(table).on_conflict_do_nothing(), list(rows[start : start + BATCH]))
        return (connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0) - before

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with _told(self.target), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with _told(self.target), self._engine.execution_options(writes=True).begin() as connection:
            yield connection


_SHA256 = re.compile(r"[0-9a-f]{64}")
_OURS = tuple(f"{FILE}{end}" for end in ("", "-wal", "-shm", "-journal"))
"""The files of a database in a folder."""


def create(
    target: str,
    settings: Mapping[str, Any],
    pinned: Mapping[str, bytes],
    digests: Mapping[str, str],
    events: Iterable[Event] = (),
) -> Store:
    """Make a new study in an empty folder or database, in one transaction.

    A database without tables is what a making leaves that was cut short: it counts as empty. Raises BadUse where
    there is something already, Unreadable.
    """
    folder = None if is_url(target) else Path(target)
    if folder is not None:
        with _told(target):
            folder.mkdir(parents=True, exist_ok=True)
            taken = any(file.name not in _OURS for file in folder.iterdir())
        if taken:
            raise BadUse(_not_empty(target))
    engine = _engine(target, folder)
    with _released(engine), _told(target), engine.execution_options(writes=True).begin() as connection:
        known = sa.inspect(connection)
        if known.has_table(tables.setting.name) or (folder is not None and known.get_table_names()):
            raise BadUse(_not_empty(target))
        tables.METADATA.create_all(connection)
        values = {**settings, "tables": tables.VERSION}
        connection.execute(sa.insert(tables.setting), [{"key": k, "value": _json(v)} for k, v in values.items()])
        files = [{"path": p, "sha256": digests[p], "content": content} for p, content in pinned.items()]
        if files:
            connection.execute(sa.insert(tables.pinned), files)
        if lines := [_row(event) for event in events]:
            connection.execute(sa.insert(tables.event), lines)
    return Store(target, engine, folder)


def open_store(target: str) -> Store:
    """Open a study, and bring its tables to today's version. Raises Unreadable or BadUse, each in one sentence."""
    folder = None if is_url(target) else Path(target)
    with _told(target):
        missing = folder is not None and not (folder / FILE).is_file()
        frozen = folder is not None and not missing and _is_frozen(folder)
    if missing:
        shown = without_password(target)
        raise BadUse(
            Issue(
                Where(shown_target(target)),
                Text("Di sini tidak ada kajian.", "There is no study here."),
                Text(f"Buat dengan: gscm study new {shown} …", f"Make one with: gscm study new {shown} …"),
            )
        )
    engine = _engine(target, folder, frozen=frozen)
    with _released(engine):
        _bring_up_to_date(target, engine)
    return Store(target, engine, folder, frozen=frozen)


def _is_frozen(folder: Path) -> bool:
    """Whether a study can only be read, and nobody is writing to it: a copy on a disc, a folder of somebody else's."""
    if os.access(folder, os.W_OK) and os.access(folder / FILE, os.W_OK):
        return False
    waiting = folder / f"{FILE}-wal"
    return not (waiting.is_file() and waiting.stat().st_size)


def _bring_up_to_date(target: str, engine: sa.Engine) -> None:
    with _told(target), engine.connect() as connection:
        if not sa.inspect(connection).has_table(tables.setting.name):
            raise Unreadable(_no_study(target))
        stated = connection.scalar(sa.select(tables.setting.c.value).where(tables.setting.c.key == "tables"))
    try:
        version = int(json.loads(stated or "0"))
    except (TypeError, ValueError):
        raise Unreadable(
            Issue(
                Where(shown_target(target)),
                Text("Versi tabel kajian ini rusak.", "The version of the tables of this study is damaged."),
                Text("Pulihkan dari salinan.", "Restore it from a copy."),
            )
        ) from None
    if not 1 <= version <= tables.VERSION:
        raise Unreadable(
            Issue(
                Where(shown_target(target)),
                Text(
                    f"Kajian ini dibuat oleh gscm yang lebih baru (tabel versi {version}, di sini {tables.VERSION}).",
                    f"This study was made by a newer gscm (tables version {version}, here {tables.VERSION}).",
                ),
                Text("Perbarui gscm.", "Update gscm."),
            )
        )
    for step in range(version, tables.VERSION):
        with _told(target), engine.execution_options(writes=True).begin() as connection:
            of = tables.setting.c.key == "tables"
            now = connection.scalar(sa.select(tables.setting.c.value).where(of).with_for_update())
            if now == _json(step):  # nobody else has taken this step meanwhile
                tables.MIGRATIONS[step](connection)
                connection.execute(sa.update(tables.setting).where(of).values(value=_json(step + 1)))


@contextmanager
def _released(engine: sa.Engine) -> Iterator[None]:
    """Let go of the connections of an engine that does not become a store."""
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def shown_target(target: str) -> str:
    """How a study is named to people: an address without the user and the password in it."""
    return without_password(target).partition("://")[2].rpartition("@")[2] if is_url(target) else target


def without_password(target: str) -> str:
    """How a study is named in a command to be copied: an address without the password in it."""
    if not is_url(target):
        return target
    scheme, _, rest = target.partition("://")
    said, at, place = rest.rpartition("@")
    return _PASSWORD.sub("", f"{scheme}://{said.partition(':')[0]}{at}{place}").rstrip("?&")


_PASSWORD = re.compile(r"(?<=[?&])(ssl)?password=[^&]*&?", re.IGNORECASE)


def is_url(target: str) -> bool:
    """Whether a study is named by the address of a database rather than by a folder."""
    return target.startswith(("postgresql://", "postgresql+psycopg://", "postgres://"))


def _engine(target: str, folder: Path | None, *, frozen: bool = False) -> sa.Engine:
    if folder is None:
        address = "postgresql+psycopg://" + target.partition("://")[2]
        try:
            return sa.create_engine(address, pool_pre_ping=True)  # a server that was restarted meanwhile is no fault
        except (ValueError, SQLAlchemyError):
            raise BadUse(_no_address(target)) from None
    file, reading = os.fspath(folder / FILE), dict[str, str]()
    if frozen:  # SQLite would else make files beside it
        file, reading = (folder / FILE).resolve().as_uri(), {"mode": "ro", "immutable": "1", "uri": "true"}
    place = sa.URL.create("sqlite+pysqlite", database=file, query=reading)
    engine = sa.create_engine(place, connect_args={"timeout": BUSY_SECONDS})

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, at once for writing
        for pragma in () if frozen else ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("bare"):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")

    return engine


def _rename(connection: sa.Connection, column: sa.Column[Any], renamed: Mapping[str, str]) -> None:
    """Put new names for old in a column, all at once: a new name may be the old one of another row."""
    table = column.table
    changed = [
        {"row": row.number, "name": renamed[row[1]]}
        for row in connection.execute(sa.select(table.c.number, column))
        if renamed.get(row[1], row[1]) != row[1]
    ]
    if changed:
        renaming = sa.update(table).where(table.c.number == sa.bindparam("row"))
        connection.execute(renaming.values({column: sa.bindparam("name")}), changed)


def _rename_acting(connection: sa.Connection, renamed: Mapping[str, str]) -> None:
    """Put new names for old where it is said who answered and who acted; a state of an office stays its own."""
    offices = set(connection.scalars(sa.select(tables.office.c.id)))
    acting = {old: new for old, new in renamed.items() if old not in offices}
    _rename(connection, tables.entry.c.author, renamed)
    _rename(connection, tables.event.c.who, acting)
    _rename(connection, tables.event.c.subject, acting)
    _rename(connection, tables.entry.c.origin, origins(acting))


def origins(renamed: Mapping[str, str]) -> dict[str, str]:
    """The origins of answers that name these people."""
    return {f"{of}:{old}": f"{of}:{new}" for of in ("terminal", "paper") for old, new in renamed.items()}


def _silence(connection: sa.Connection, silent: Silent) -> None:
    """Take free text out of the rows of a study, those that have some."""
    event, evidence = tables.event, tables.evidence
    for table in (tables.entry, tables.keyed):
        for row in connection.execute(sa.select(table.c.number, table.c.id, table.c.written)).all():
            written = _json(silent.written(row.id, json.loads(row.written)))
            if written != row.written:
                connection.execute(sa.update(table).where(table.c.number == row.number).values(written=written))
    for row in connection.execute(sa.select(event)).all():
        subject, detail = silent.event(row.action, row.subject, json.loads(row.detail))
        values = {"subject": subject, "detail": _json(detail)}
        connection.execute(sa.update(event).where(event.c.number == row.number).values(**values))
    for row in connection.execute(sa.select(evidence)).all():
        name = silent.evidence(Evidence(row.sha256, row.name, row.size, row.kind, row.at))
        connection.execute(sa.update(evidence).where(evidence.c.sha256 == row.sha256).values(name=name))


def _entry(row: Any) -> Entry:
    return Entry(
        id=row.id,
        key=Key(row.office, row.author, row.fact, row.stage),
        written=json.loads(row.written),
        at=row.at,
        channel=row.channel,
        origin=row.origin,
        supersedes=tuple(row.supersedes.split()),
    )


def _row(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "at": event.at,
        "who": event.who,
        "action": event.action,
        "subject": event.subject,
        "detail": _json(event.detail),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _not_empty(target: str) -> Issue:
    return Issue(
        Where(shown_target(target)),
        Text("Tempat ini tidak kosong.", "This place is not empty."),
        Text("Sebutkan folder atau basis data baru.", "Name a new folder or database."),
    )


def _no_address(target: str) -> Issue:
    return Issue(
        Where(shown_target(target)),
        Text("Ini bukan alamat basis data.", "This is no address of a database."),
        Text("Tulis seperti postgresql://pengguna@server/kajian.", "Write it like postgresql://user@server/study."),
    )


def _no_study(target: str) -> Issue:
    return Issue(
        Where(shown_target(target)),
        Text("Basis data ini bukan kajian.", "This database is no study."),
        Text(
            "Periksa alamatnya; bila pembuatannya terputus, ulangi gscm study new.",
            "Check its address; where its making was cut short, repeat gscm study new.",
        ),
    )


_READ_ONLY = (
    Text("Kajian ini tidak dapat ditulisi.", "This study cannot be written to."),
    Text("Periksa izin folder dan berkasnya.", "Check the permissions of the folder and its files."),
)
_SAID = (
    ("locked", Text("Kajian ini sedang dipakai proses lain.", "This study is in use by another process."),
     Text("Coba lagi sebentar lagi.", "Try again in a moment.")),
    ("readonly", *_READ_ONLY),
    ("disk is full", Text("Penyimpanan penuh; tidak ada yang berubah.", "The disk is full; nothing has changed."),
     Text("Kosongkan ruang, lalu ulangi perintahnya.", "Make room, then repeat the command.")),
    ("disk i/o error", Text("Penyimpanan gagal membaca atau menulis; tidak ada yang berubah.",
                            "The disk failed to read or write; nothing has changed."),
     Text("Periksa ruang kosong dan keadaan penyimpanannya, lalu ulangi.",
          "Check its free space and its condition, then repeat the command.")),
    ("not a database", Text("Berkas ini bukan basis data kajian.", "This file is no study database."),
     Text("Pulihkan dari salinan.", "Restore it from a copy.")),
    ("malformed", Text("Basis data kajian ini rusak.", "The database of this study is damaged."),
     Text("Pulihkan dari salinan.", "Restore it from a copy.")),
    ("unable to open", Text("Kajian ini tidak dapat dibuka.", "This study cannot be opened."),
     Text("Periksa izin foldernya.", "Check the permissions of its folder.")),
    ("no space left", Text("Penyimpanan penuh; tidak ada yang berubah.", "The disk is full; nothing has changed."),
     Text("Kosongkan ruang, lalu ulangi perintahnya.", "Make room, then repeat the command.")),
    ("password", Text("Basis data ini menolak nama pengguna atau sandinya.",
                      "This database does not accept the user or the password."),
     Text("Periksa keduanya dalam alamatnya, atau PGPASSWORD.", "Check both in its address, or PGPASSWORD.")),
    ('role "', Text("Basis data ini tidak mengenal nama pengguna itu.", "This database does not know that user."),
     Text("Periksa nama penggunanya.", "Check the name of the user.")),
    ("too many", Text("Server basis data ini sedang penuh.", "The server of this database has no connection left."),
     Text("Coba lagi sebentar lagi.", "Try again in a moment.")),
    ('database "', Text("Basis data ini tidak ada di server itu.", "There is no such database on that server."),
     Text("Buat dahulu dengan createdb, atau periksa namanya.", "Make it by createdb first, or check its name.")),
    ("permission denied", Text("Pengguna ini tidak berhak atas basis data itu.",
                               "This user may not use that database."),
     Text("Minta haknya kepada pengelola basis data.", "Ask whoever runs the database for the right to.")),
    ("read-only transaction", Text("Kajian ini tidak dapat ditulisi.", "This study cannot be written to."),
     Text("Periksa hak pengguna basis datanya.", "Check the rights of the database user.")),
    *((words, Text("Server basis data ini tidak dapat dihubungi.", "The server of this database cannot be reached."),
       Text("Periksa alamatnya, dan apakah servernya berjalan.", "Check its address, and whether it is running."))
      for words in ("connection", "resolve host", "timeout")),
)  # fmt: skip


@contextmanager
def _told(target: str) -> Iterator[None]:
    """Turn what a database says into a sentence."""
    shown = shown_target(target)
    try:
        yield
    except OSError as error:
        what = Text(
            f"Folder ini tidak dapat dipakai ({error.strerror}).", f"This folder cannot be used ({error.strerror})."
        )
        raise Unreadable(Issue(Where(shown), what, Text("Periksa izinnya.", "Check its permissions."))) from error
    except (OperationalError, DBAPIError, SQLAlchemyError) as error:
        said = str(getattr(error, "orig", None) or error).casefold()
        for words, what, remedy in _SAID:
            if words in said:
                raise Unreadable(Issue(Where(shown), what, remedy)) from error
        reason = next(iter(said.splitlines()), "")
        what = Text(f"Basis data ini menolak: {reason}.", f"The database refuses: {reason}.")
        remedy = Text("Ulangi dengan --debug untuk melihat asalnya.", "Repeat with --debug to see where it comes from.")
        raise Unreadable(Issue(Where(shown), what, remedy)) from error
