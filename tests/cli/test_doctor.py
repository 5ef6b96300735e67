import json
import sys

import pytest


def test_doctor_finds_everything_on_a_machine_that_is_ready(gscm):
    ended = gscm("doctor")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("Everything needed is there.\n")
    assert "spbe-2020" in ended.out


def test_doctor_tells_what_is_missing_and_how_to_get_it(gscm, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # importing it fails now
    ended = gscm("doctor")
    assert ended.code == 1
    assert "--  PDF" in ended.out
    found = {finding["name"]: finding for finding in json.loads(gscm("doctor", "--json").out)}
    assert found["PDF"]["found"] is None
    assert found["PDF"]["remedy"]["id"] != found["PDF"]["remedy"]["en"]


@pytest.mark.parametrize(
    ("platform", "words"),
    [("linux", "apt-get install"), ("darwin", "brew install pango"), ("win32", "--out report.html")],
)
def test_the_remedy_is_that_of_the_system(monkeypatch, platform, words):
    from gscm.cli.doctor import native_remedy

    monkeypatch.setattr("sys.platform", platform)
    assert words in native_remedy().en


def test_the_scripts_install_the_packages_that_doctor_names():
    from gscm.cli.doctor import APT
    from tests.cli.conftest import ROOT

    assert f'NATIVE="{" ".join(APT)}"' in (ROOT / "scripts/lib.sh").read_text()
