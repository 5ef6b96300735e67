"""Calling `gscm` as its user does, without a new process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from gscm.cli.main import main

ROOT = Path(__file__).parents[2]
STUDY = ROOT / "examples/kalimantan-selatan-2019/answers.yaml"


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


@pytest.fixture
def gscm(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """`gscm("assess", file)` runs a command, in English unless it says otherwise."""
    monkeypatch.setenv("GSCM_LANG", "en")

    def call(*arguments: object) -> Ended:
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ended(int(end.value.code or 0), out, err)

    return call


@pytest.fixture
def spbe(tmp_path: Path) -> Callable[[str], Path]:
    """`spbe("{i1: 3}")` is an answers file for SPBE 2020 with these answers."""

    def write(answers: str) -> Path:
        file = tmp_path / "answers.yaml"
        file.write_text(f"model: spbe-2020\nsubject: {{id: x, name: X, kind: city, year: 2023}}\nanswers: {answers}\n")
        return file

    return write
