"""What `--help` says, and what it does not load."""

import re
import subprocess
import sys

import pytest

from gscm.cli.command import Group
from gscm.cli.main import cli

HEAVY = {
    "babel", "highspy", "jinja2", "networkx", "numpy", "openpyxl", "pydantic", "sqlalchemy", "weasyprint", "yaml",
}  # fmt: skip


def commands(group, path=()):
    """Every command by its words: (), ("assess",), ("model",), ("model", "list"), …"""
    yield path
    for name in group.table:
        command = group.get_command(None, name)
        if isinstance(command, Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


COMMANDS = sorted(commands(cli))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(("language", "usage", "example"), [("id", "Pemakaian", "Contoh"), ("en", "Usage", "Example")])
def test_help_speaks_the_language_and_ends_with_an_example(gscm, path, language, usage, example):
    ended = gscm(*path, "--help", "--lang", language)
    assert ended.code == 0
    assert ended.out.startswith(f"{usage}: {' '.join(('gscm', *path))}")
    assert f"  gscm {' '.join(path)}" in ended.out.split(f"\n{example}:\n")[1]
    assert ended.err == ""


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_says_different_words_in_each_language(gscm, path):
    assert gscm(*path, "--help", "--lang", "id").out != gscm(*path, "--help", "--lang", "en").out


def test_help_of_every_command_loads_no_heavy_library():
    program = f"""
import sys
from gscm.cli.command import Session
from gscm.cli.main import run
for path in {COMMANDS!r}:
    assert run([*path, "--help"], Session("id", False)) == 0
print(*sorted({HEAVY!r} & set(sys.modules)))
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == ""


def test_without_a_command_the_help_is_shown(gscm):
    assert gscm().out == gscm("--help").out


def test_help_names_every_command(gscm):
    listed = gscm("--help").out.split("Commands:\n")[1].split("\n\n")[0]
    assert re.findall(r"^  (\S+)", listed, re.MULTILINE) == [*cli.table]
