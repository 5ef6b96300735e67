"""The password in the address of a database is never shown, in no command and in no file that one writes."""

import uuid
from pathlib import Path

import pytest

from gscm.cli.main import main

WORDS = (
    "new --model spbe-2020 --subject x --retention 2020-01-01", "new --model spbe-2020 --subject x",
    "invite --office bappeda", "import a.csv", "import none.csv", "status", "status --json", "assign",
    "assign d1 --to none", "mark bappeda returned", "mark none submitted", "mark bappeda accepted",
    "judge --item i1", "judge --item i1 --whole --value 3", "person none", "person bappeda-1 --json",
    "fill --office none", "fill --office bappeda --respondent x", "form --office none --out f.pdf",
    "attach x.txt --office bappeda --item i1", "evidence", "log", "log --json", "report --report brief --out l.html",
    "bundle --report brief --out b.zip", "assess", "assess --json", "export --format csv-long --out o.csv",
    "export --format xlsx --office bappeda --out o.xlsx", "key", "key --office bappeda", "differences", "set",
    "mark bappeda submitted", "attach x.txt --office bappeda --item i1", "purge", "map a.csv --out m.yaml",
)  # fmt: skip


def test_no_command_shows_the_password_of_a_database(server, tmp_path, monkeypatch, capsys):
    import psycopg

    monkeypatch.chdir(tmp_path)
    name = f"study_{uuid.uuid4().hex}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    target = f"{server.replace('gscm@', 'gscm:k7Qx9vZw@')}/{name}"
    Path("a.csv").write_text("office,respondent,item,value\nbappeda,bappeda-1,i1,3\n")
    Path("x.txt").write_text("risalah")
    for words in (*map(str.split, WORDS), ["merge", target]):
        with pytest.raises(SystemExit):
            main(["study", words[0], target, *words[1:]])
    out, err = capsys.readouterr()
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert f"gscm study invite {server}/{name} --office" in out  # what is offered to be copied can be
    assert f"gscm study status {server}/{name}" in err
    assert "k7Qx9vZw" not in out + err
    assert b"k7Qx9vZw" not in written
