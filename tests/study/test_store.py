"""A study in a folder and in PostgreSQL: what is acknowledged is there, once."""

import hashlib
import json
import sqlite3

import pytest

from gscm.errors import BadUse, Unreadable
from gscm.study import tables
from gscm.study.log import Entry, Key
from gscm.study.store import FILE, Event, Evidence, Office, create, open_store, shown_target, without_password


def entry(number, value=3):
    key = Key("bappeda", "bappeda-1", f"i{number}", "self-assessment")
    return Entry(f"{number:036d}", key, {"value": value}, "2026-01-01T00:00:00Z", "csv", "file", ("x", "y"))


@pytest.fixture
def store(target):
    with create(target, {"id": "one"}, {"models/m/model.yaml": b"id: m"}, {"models/m/model.yaml": "0"}) as made:
        yield made


def test_what_is_appended_is_read_back_in_its_order(store):
    entries = [entry(number) for number in (3, 1, 2)]
    assert store.append(entries) == 3
    assert list(store.log()) == entries


def test_an_entry_is_taken_in_once(store):
    assert store.append([entry(1), entry(2)]) == 2
    assert store.append([entry(2), entry(3)]) == 1
    assert len(list(store.log())) == store.count() == 3


def test_a_study_opens_again_with_all_that_it_held(store, target):
    store.add_offices([Office("bappeda", "Bappeda", "2026-12-31")])
    store.assign({"i1": ("bappeda",)})
    store.append([entry(1)])
    with open_store(target) as again:
        assert again.settings() == {"id": "one", "tables": tables.VERSION}
        assert again.pinned() == {"models/m/model.yaml": b"id: m"}
        assert again.offices() == (Office("bappeda", "Bappeda", "2026-12-31"),)
        assert again.assignments() == {"i1": ("bappeda",)}
        assert list(again.log()) == [entry(1)]


def test_a_place_that_holds_a_study_is_not_made_into_another(store, target):
    with pytest.raises(BadUse) as found:
        create(target, {}, {}, {})
    assert found.value.issues[0].what.en == "This place is not empty."


def test_a_study_of_a_newer_version_is_refused(store, target):
    store.set(tables=tables.VERSION + 1)
    with pytest.raises(Unreadable) as found:
        open_store(target)
    assert "made by a newer gscm" in found.value.issues[0].what.en


def test_a_version_that_is_no_number_is_told_in_a_sentence(store, target):
    store.set(tables="dua")
    with pytest.raises(Unreadable) as found:
        open_store(target)
    assert found.value.issues[0].what.en == "The version of the tables of this study is damaged."


def as_version_1(store):
    """Take away what a study of version 1 did not have."""
    for table in ("content", "keyed"):
        with store._engine.begin() as connection:
            connection.exec_driver_sql(f"DROP TABLE {table}")
    store.set(tables=1)


def test_a_study_of_version_1_is_brought_up_to_date_with_all_that_it_held(store, target):
    store.append([entry(1)])
    as_version_1(store)
    file = Evidence(hashlib.sha256(b"%PDF-").hexdigest(), "x.pdf", 5, "application/pdf", "2026-01-01T00:00:00Z")
    with open_store(target) as again:
        assert again.settings()["tables"] == tables.VERSION == 2
        assert (list(again.log()), again.keyed()) == ([entry(1)], ())
        again.keep(file, b"%PDF-")
        assert again.content(file.sha256) == b"%PDF-"


def test_a_step_that_somebody_else_has_taken_meanwhile_is_not_taken_twice(store, target, monkeypatch):
    as_version_1(store)
    read = json.loads

    def overtaken(stated):
        """What the study states, read; and before anything follows from it, somebody else opens the study."""
        monkeypatch.setattr(json, "loads", read)
        open_store(target).close()
        return read(stated)

    monkeypatch.setattr(json, "loads", overtaken)
    with open_store(target) as again:
        assert again.settings()["tables"] == tables.VERSION


def test_a_folder_without_a_study_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(BadUse) as found:
        open_store(str(tmp_path))
    assert found.value.issues[0].what.en == "There is no study here."


def test_a_file_that_is_no_database_is_refused_in_a_sentence(tmp_path):
    (tmp_path / FILE).write_bytes(b"no database at all, and long enough to be looked at" * 100)
    with pytest.raises(Unreadable) as found:
        open_store(str(tmp_path))
    assert found.value.issues[0].what.en == "This file is no study database."


def test_a_study_in_use_is_said_to_be_so_and_is_unharmed(tmp_path, monkeypatch):
    monkeypatch.setattr("gscm.study.store.BUSY_SECONDS", 0.1)
    target = str(tmp_path / "study")
    with create(target, {}, {}, {}) as store:
        other = sqlite3.connect(tmp_path / "study" / FILE)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unreadable) as found:
            store.append([entry(1)])
        other.rollback()
        assert found.value.issues[0].what.en == "This study is in use by another process."
        assert store.append([entry(1)]) == 1


# -------------------------------------------------------------------------------- a making cut short


class Cut(Exception):
    """What ends a making in the middle."""


CREATED = Event("0" * 36, "2026-01-01T00:00:00Z", "admin", "created", "x", {})


def test_a_making_that_is_cut_short_is_begun_anew_in_the_same_place(target, monkeypatch):
    with monkeypatch.context() as changed:
        changed.setattr("gscm.study.store._row", lambda _: (_ for _ in ()).throw(Cut))
        with pytest.raises(Cut):
            create(target, {}, {}, {}, [CREATED])
    with pytest.raises(Unreadable) as found:
        open_store(target)
    assert "repeat gscm study new" in found.value.issues[0].remedy.en
    with create(target, {}, {}, {}, [CREATED]) as store:
        assert store.events() == (CREATED,)


@pytest.mark.parametrize("left", [("notes.txt",), (FILE, "notes.txt")])
def test_a_folder_that_holds_anything_else_is_not_empty(tmp_path, left):
    for name in left:
        (tmp_path / name).touch()
    with pytest.raises(BadUse):
        create(str(tmp_path), {}, {}, {})


def test_a_database_of_something_else_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("CREATE TABLE other (a)")
    with pytest.raises(BadUse):
        create(str(tmp_path), {}, {}, {})


# -------------------------------------------------------------------------------- passwords


@pytest.mark.parametrize(("target", "copied", "shown"), [
    ("kajian@2026", "kajian@2026", "kajian@2026"),
    ("postgresql://server/kajian", "postgresql://server/kajian", "server/kajian"),
    ("postgresql://ani@server:5432/kajian", "postgresql://ani@server:5432/kajian", "server:5432/kajian"),
    ("postgresql://ani:rahasia@server/kajian", "postgresql://ani@server/kajian", "server/kajian"),
    ("postgres://ani:ra@ha:si/a?@server/kajian", "postgres://ani@server/kajian", "server/kajian"),
    ("postgresql://server/kajian?password=rahasia", "postgresql://server/kajian", "server/kajian"),
    ("postgresql://server/kajian?user=ani&password=rahasia&sslmode=require",
     "postgresql://server/kajian?user=ani&sslmode=require", "server/kajian?user=ani&sslmode=require"),
])  # fmt: skip
def test_a_password_in_an_address_is_never_shown(target, copied, shown):
    assert (without_password(target), shown_target(target)) == (copied, shown)
