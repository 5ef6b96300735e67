"""What can go wrong around a study is said in one sentence, and leaves the study as it was."""

import os
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path

import pytest

from gscm.errors import BadUse, GscmError
from gscm.study.bundle import bundle, verify
from gscm.study.evidence import keep, read_file
from gscm.study.store import EVIDENCE, FILE, create, open_store
from tests.study.made import ANSWERS, AT, answer, study

NOBODY = 65534
PDF = b"%PDF-1.7\n" + b"0" * 200_000


@pytest.fixture
def folder():
    """A study in a folder that others than root can reach."""
    place = Path(tempfile.mkdtemp(prefix="gscm-"))
    place.chmod(0o755)
    study(str(place / "study")).close()
    yield place / "study"
    subprocess.run(["chmod", "-R", "u+rwX", place], check=True)
    shutil.rmtree(place)


@pytest.fixture
def said(monkeypatch):
    """`said(call)` is the one sentence with which the call ends."""
    monkeypatch.setattr("gscm.study.store.BUSY_SECONDS", 0.1)

    def look(call):
        with pytest.raises(GscmError) as refusal:
            call()
        (issue,) = refusal.value.issues
        return issue.sentence("en").partition(": ")[2] or issue.sentence("en")

    return look


def write(target):
    """Open the study, and add an answer."""
    with open_store(str(target)) as store:
        store.append([answer(99, "bappeda", "bappeda-1", "i9", value=1)])


def unharmed(target):
    with open_store(str(target)) as store:
        return list(store.log()) == list(ANSWERS)


def small(number):
    """Many answers, more than a page of the database holds."""
    return [answer(1000 + n, "bappeda", f"p{n}", "i1", value=1, note="x" * 1000) for n in range(number)]


@contextmanager
def files_no_larger_than(size):
    """What a full disk is to a program: writing fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def as_nobody(folder):
    """What is tried here is not tried by root, who may do everything."""
    if os.geteuid() != 0:
        yield
        return
    subprocess.run(["chown", "-R", str(NOBODY), folder.parent], check=True)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_disk_that_fails_in_the_middle_of_an_answer(folder, said):
    with open_store(str(folder)) as store:
        list(store.log())
        with files_no_larger_than(4096):
            told = said(lambda: store.append(small(100)))
    assert told.startswith("The disk failed to read or write; nothing has changed.")
    assert unharmed(folder)


def test_a_full_disk(said, tmp_path):
    place = tmp_path / "full"
    place.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "x", place], check=False).returncode:
        pytest.skip("only root can make a small disk")
    try:
        with study(str(place / "study")) as store:
            told = said(lambda: store.append(small(3000)))
            assert told == "The disk is full; nothing has changed. Make room, then repeat the command."
            (tmp_path / "big.pdf").write_bytes(PDF * 10)
            assert "(No space left on device)" in said(lambda: keep(store, read_file(tmp_path / "big.pdf"), AT))
            assert (list(store.log()), store.evidence()) == (list(ANSWERS), ())
        assert unharmed(place / "study")
    finally:
        subprocess.run(["umount", place], check=True)


def test_a_disk_that_fails_in_the_middle_of_evidence_leaves_no_row_and_no_half_file(folder, said, tmp_path):
    (tmp_path / "sk.pdf").write_bytes(PDF)
    with open_store(str(folder)) as store:
        list(store.log())
        with files_no_larger_than(100_000):
            assert "cannot be written" in said(lambda: keep(store, read_file(tmp_path / "sk.pdf"), AT))
        assert store.evidence() == ()
    assert [file for file in (folder / EVIDENCE).rglob("*") if file.is_file()] == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("-R", "a-w"), "This study cannot be written to. Check the permissions of the folder and its files."),
        (("a-rwx",), "This folder cannot be used (Permission denied). Check its permissions."),
    ],
)
def test_a_folder_that_may_not_be_written_or_read(folder, said, change, sentence):
    with as_nobody(folder):
        subprocess.run(["chmod", *change, folder], check=True)
        told = said(lambda: write(folder))
        subprocess.run(["chmod", "-R", "u+rwX", folder], check=True)
    assert told == sentence
    assert unharmed(folder)


def test_a_study_that_another_process_writes_to(folder, said):
    other = sqlite3.connect(folder / FILE)
    other.execute("BEGIN IMMEDIATE")
    assert said(lambda: write(folder)).startswith("This study is in use by another process.")
    other.rollback()
    assert unharmed(folder)


def test_tables_of_a_newer_version(folder, said):
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("UPDATE setting SET value = '99' WHERE key = 'tables'")
    assert said(lambda: write(folder)).startswith("This study was made by a newer gscm (tables version 99,")


@pytest.mark.parametrize("left", [10_000, 100])
def test_a_database_that_was_cut_off(folder, said, left):
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(raw[:left])
    assert said(lambda: write(folder)).endswith("Restore it from a copy.")
    assert (folder / FILE).stat().st_size == left


def test_a_file_that_is_no_database(folder, said):
    (folder / FILE).write_bytes(b"bukan basis data, dan cukup panjang untuk dibaca" * 100)
    assert said(lambda: write(folder)).startswith("This file is no study database.")


def test_a_bundle_that_was_cut_off(folder, said, tmp_path):
    with open_store(str(folder)) as store:
        raw = bundle(store, "brief")
    (tmp_path / "bundle.zip").write_bytes(raw[: len(raw) // 2])
    assert said(lambda: verify(tmp_path / "bundle.zip")).startswith("This is no whole bundle: cut off or damaged.")


# -------------------------------------------------------------------------------------------------------- PostgreSQL


@pytest.fixture
def database(server):
    import psycopg

    name = f"study_{uuid.uuid4().hex}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    study(f"{server}/{name}").close()
    return f"{server}/{name}"


def test_a_server_that_does_not_run(said):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    target = f"postgresql://gscm:rahasia@127.0.0.1:{port}/kajian"
    assert said(lambda: open_store(target)).startswith("The server of this database cannot be reached.")


def test_a_server_that_was_started_anew_meanwhile_is_no_fault(database, server):
    import psycopg

    with open_store(database) as store:
        list(store.log())
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            gone = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            connection.execute(gone, [database.rpartition("/")[2]])
        assert list(store.log()) == list(ANSWERS)


def test_a_wrong_password(server, said):
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS tamu")
        connection.execute("CREATE ROLE tamu LOGIN PASSWORD 'benar'")
    target = server.replace("gscm@", "tamu:salah@") + "/postgres"
    told = said(lambda: open_store(target))
    assert told.startswith("This database does not accept the user or the password.")
    assert "salah" not in told


@pytest.mark.parametrize(
    ("user", "place", "sentence"),
    [
        ("gscm", "tidak_ada", "There is no such database on that server."),
        ("siapa", "postgres", "This database does not know that user."),
        ("gscm", "postgres", "This database is no study."),
    ],
)
def test_an_address_of_nothing(server, said, user, place, sentence):
    assert said(lambda: open_store(server.replace("gscm@", f"{user}@") + f"/{place}")).startswith(sentence)


def test_a_user_without_rights(database, server, said):
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS asing")
        connection.execute("CREATE ROLE asing LOGIN")
    assert said(lambda: open_store(database.replace("gscm@", "asing@"))).startswith("This user may not use that")


def test_a_database_that_may_not_be_written(database, said):
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {database.rpartition('/')[2]} SET default_transaction_read_only = on")
    assert said(lambda: write(database)).startswith("This study cannot be written to. Check the rights")
    assert unharmed(database)


def test_what_is_no_address(said):
    with pytest.raises(BadUse):
        create("postgresql://gscm@server:abc/kajian", {}, {}, {})


def test_the_sentence_is_all_that_a_person_sees(folder):
    (folder / FILE).write_bytes(b"bukan basis data, dan cukup panjang untuk dibaca" * 100)
    ended = subprocess.run([sys.executable, "-m", "gscm", "study", "status", folder, "--lang", "id"],
                           capture_output=True, text=True, check=False)  # fmt: skip
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"{folder}: Berkas ini bukan basis data kajian. Pulihkan dari salinan.\n"
