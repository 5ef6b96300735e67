"""The wheel, installed into a clean environment, does the main job from any folder."""

import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]  # one environment, made once

ROOT = Path(__file__).parents[1]
DATA = ("models", "questionnaires", "reports")


def run(*words, **options):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True, **options)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel made from the source distribution, as a packager makes it."""
    target = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", target, cwd=ROOT)
    shutil.unpack_archive(next(target.glob("*.tar.gz")), target)
    source = next(folder for folder in target.iterdir() if folder.is_dir())
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", target, cwd=source)
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def gscm(wheel, tmp_path_factory):
    """The `gscm` program of an environment that holds the pinned libraries and the wheel, and no checkout."""
    place = tmp_path_factory.mktemp("clean")
    python = place / "bin/python"
    if find_spec("uv"):
        run(sys.executable, "-m", "uv", "venv", "-q", "--python", sys.executable, place, "--clear")
        install = [sys.executable, "-m", "uv", "pip", "install", "-q", "--python", python]
    else:
        venv.create(place, with_pip=True, clear=True)
        install = [python, "-m", "pip", "install", "-q"]
    run(*install, wheel, "-c", ROOT / "requirements.txt")
    return place / "bin/gscm"


@pytest.fixture
def answers(tmp_path, monkeypatch):
    """The study, copied alone into another folder, which is the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setenv("GSCM_LANG", "en")
    return shutil.copy(ROOT / "examples/kalimantan-selatan-2019/answers.yaml", tmp_path / "jawaban.yaml")


def test_the_wheel_holds_the_data_the_types_and_the_licences(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in DATA:
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and not file.name.startswith("."):
                assert f"gscm/_data/{file.relative_to(ROOT)}" in names
    assert "gscm/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any("licenses/reports/fonts/LICENSE" in name for name in names)
    assert not [name for name in names if name.split("/")[0] != "gscm" and ".dist-info/" not in name]


def test_it_assesses(gscm, answers):
    assert "Initial" in run(gscm, "assess", answers).stdout


def test_its_result_is_verified(gscm, answers, tmp_path):
    (tmp_path / "result.json").write_text(run(gscm, "assess", answers, "--json").stdout)
    assert "holds" in run(gscm, "verify", answers, tmp_path / "result.json").stdout


def test_it_knows_its_models(gscm, answers):
    listed = [line.split()[0] for line in run(gscm, "model", "list").stdout.splitlines()]
    assert listed == sorted(file.parent.name for file in (ROOT / "models").glob("*/model.yaml"))


@pytest.mark.parametrize(("suffix", "start"), [("html", b"<!doctype html>"), ("pdf", b"%pdf-")])
def test_it_writes_reports(gscm, answers, tmp_path, suffix, start):
    run(gscm, "report", answers, "--out", f"x.{suffix}")
    assert (tmp_path / f"x.{suffix}").read_bytes()[:15].lower().startswith(start)
