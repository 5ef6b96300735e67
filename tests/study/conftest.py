"""A study in a folder and one in a real PostgreSQL: every test that takes `target` runs on both."""

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from pathlib import Path

import pytest

BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
PROGRAM = Path(shutil.which("initdb") or (BIN / "initdb" if BIN else "initdb"))


def as_postgres(*command):
    """The command as a user that PostgreSQL is willing to run as: it refuses root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else [*command]


def run(*command):
    subprocess.run(as_postgres(*map(str, command)), check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture(scope="session")
def server():
    """The address of a PostgreSQL server of this test run's own, on loopback."""
    if not PROGRAM.exists():
        pytest.skip("PostgreSQL is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="gscm-pg-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    data, control = folder / "data", PROGRAM.with_name("pg_ctl")
    run(PROGRAM, "-D", data, "-A", "trust", "-U", "gscm", "--no-sync")
    rules = data / "pg_hba.conf"  # one user has to say a password, all others are trusted
    rules.write_text("host all tamu 127.0.0.1/32 scram-sha-256\n" + rules.read_text())
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    run(control, "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
    yield f"postgresql://gscm@127.0.0.1:{port}"
    run(control, "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["folder", "postgresql"])
def target(request, tmp_path):
    """Where a new study may be made."""
    if request.param == "folder":
        return str(tmp_path / "study")
    import psycopg

    server, name = request.getfixturevalue("server"), f"study_{uuid.uuid4().hex}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"
