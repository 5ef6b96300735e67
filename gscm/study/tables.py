"""The tables of a study and the steps by which older studies reach them; the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()

setting = Table(
    "setting",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
pinned = Table(
    "pinned",
    METADATA,
    Column("path", String(400), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)
office = Table(
    "office",
    METADATA,
    Column("id", String(100), primary_key=True),
    Column("name", Text, nullable=False),
    Column("due", String(10)),
)
respondent = Table(
    "respondent",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("office", String(100), nullable=False),
    Column("role", Text),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("consented_at", String(32)),
)
person = Table(
    "person",
    METADATA,
    Column("respondent", String(40), primary_key=True),
    Column("name", Text),
    Column("phone", Text),
    Column("nip", Text),
)
assignment = Table(
    "assignment",
    METADATA,
    Column("fact", String(200), primary_key=True),
    Column("office", String(100), primary_key=True),
)
entry = Table(
    "entry",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("office", String(100), nullable=False),
    Column("author", String(40), nullable=False),
    Column("fact", String(200), nullable=False),
    Column("stage", String(20), nullable=False),
    Column("written", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("origin", String(100), nullable=False),
    Column("supersedes", Text, nullable=False),
)
Index("entry_of_key", entry.c.office, entry.c.author, entry.c.fact, entry.c.stage)
evidence = Table(
    "evidence",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("kind", String(100), nullable=False),
    Column("at", String(32), nullable=False),
)
content = Table(
    "content",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""The files of evidence of a study in PostgreSQL; a study in a folder keeps them beside its database."""
keyed = Table(
    "keyed",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("office", String(100), nullable=False),
    Column("respondent", String(40), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("operator", String(100), nullable=False),
    Column("fact", String(200), nullable=False),
    Column("written", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
"""What was keyed in from paper, before it becomes an answer: turn 1 and 2 are the two keyings, 3 what was settled."""
Index("keyed_of_form", keyed.c.office, keyed.c.respondent)
event = Table(
    "event",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("at", String(32), nullable=False),
    Column("who", String(100), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("detail", Text, nullable=False),
)

VERSION = 2
"""The version of these tables; a study states its own in the setting `tables`."""


def _with_content(connection: Connection) -> None:
    """From version 1: the files of evidence are kept, not only their hashes; and what was keyed in from paper."""
    content.create(connection)
    keyed.create(connection)


MIGRATIONS: dict[int, Callable[[Connection], None]] = {1: _with_content}
"""From a version to the next: what brings the tables of an older study there, in one transaction."""
