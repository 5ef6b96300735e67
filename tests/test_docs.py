"""What the pages say is true: their commands run, their files load, their links lead somewhere.

Each page is run from top to bottom in a folder of its own, as a reader would: a block ```yaml file=NAME is written
there, a block ```sh is run (`exit=N` states its exit code), and ```text output is what the block before it printed
(a line of … stands for any lines). A block ```yaml entries=MODEL is the inside of `answers:`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from gscm import yamlfile
from gscm.assessment import assess, to_json
from gscm.model.load import find_model, load_model
from gscm.responses.load import bind, load_answers

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SKIPPED = ("scripts/", "git clone", "cd gscm", "source .venv")
"""Lines that set the machine up or run this very suite."""


class Block(NamedTuple):
    """One fenced block: what it is, its marks, its text, and the line on which it starts."""

    kind: str
    marks: dict[str, str]
    text: str
    line: int


def blocks(page: Path) -> list[Block]:
    found: list[Block] = []
    lines = page.read_text(encoding="utf-8").splitlines()
    start: int | None = None
    for number, line in enumerate(lines, 1):
        if not line.startswith("```"):
            continue
        if start is None:
            start = number
            continue
        kind, *words = lines[start - 1].strip("` ").split() or [""]
        marks = {name: value for name, _, value in (word.partition("=") for word in words)}
        found.append(Block(kind, marks, "\n".join(lines[start : number - 1]) + "\n", start))
        start = None
    assert start is None, f"{page.name}: a block is not closed"
    return found


@dataclass
class Reader:
    """Someone who follows a page in a fresh folder that holds the models and the examples."""

    folder: Path
    page: Path
    printed: str = ""

    def follow(self) -> None:
        for block in blocks(self.page):
            where = f"{self.page.relative_to(ROOT)}:{block.line}"
            if "file" in block.marks:
                path = self.folder / block.marks["file"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, encoding="utf-8")
            elif block.kind == "sh":
                self.run(block, where)
            elif "output" in block.marks:
                assert matches(block.text, self.printed), f"{where}: printed was\n{self.printed}"

    def run(self, block: Block, where: str) -> None:
        lines = [line for line in block.text.splitlines() if not line.startswith(SKIPPED)]
        done = subprocess.run(
            ["bash", "-e", "-c", "\n".join(lines)],
            check=False,
            cwd=self.folder,
            env=environment(self.page),
            capture_output=True,
            text=True,
            timeout=300,
        )
        expected = int(block.marks.get("exit", "0"))
        assert done.returncode == expected, f"{where}: exit {done.returncode}\n{done.stdout}{done.stderr}"
        self.printed = done.stdout + (done.stderr if expected else "")


def environment(page: Path) -> dict[str, str]:
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    language = "en" if page.name.endswith(".en.md") else "id"
    return {**os.environ, "PATH": tools, "GSCM_LANG": language}


def matches(shown: str, printed: str) -> bool:
    """A line of … is any lines; … within a line is any words; what stands after a gap of spaces may be left out."""
    pattern = ""
    for line in shown.splitlines():
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += re.escape(line).replace("…", ".*") + r"(?:  .*)?\n"
    return re.search(r"(?:^|\n)" + pattern, printed + "\n") is not None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("models", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def runnable() -> list[Path]:
    return [page for page in PAGES if any(block.kind == "sh" for block in blocks(page))]


@pytest.mark.parametrize("page", runnable(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_a_page_runs_as_it_says(page: Path, folder: Path) -> None:
    Reader(folder, page).follow()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_yaml_block_of_a_page_loads(page: Path, tmp_path: Path) -> None:
    for block in blocks(page):
        if block.kind != "yaml" or "wrong" in block.marks:
            continue
        document = yamlfile.parse(block.text, f"{page.name}:{block.line}")
        if "entries" in block.marks:
            data = {"model": block.marks["entries"], "subject": {"id": "x", "name": "X"}, "answers": document.data}
            bind(yamlfile.Document(document.file, data), block.marks["entries"])
        elif isinstance(document.data, dict) and {"model", "answers"} <= set(document.data):
            (tmp_path / "answers.yaml").write_text(block.text, encoding="utf-8")
            if document.data["model"] in SHIPPED:
                load_answers(tmp_path / "answers.yaml")


SHIPPED = {folder.parent.name for folder in (ROOT / "models").glob("*/model.yaml")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"(?ms)^```.*?^```$|`[^`\n]*`", "", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        assert path.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(path), f"{page.name}: {target}"


@cache
def anchors(page: Path) -> frozenset[str]:
    titles = re.findall(r"(?m)^#+ (.+)$", page.read_text(encoding="utf-8"))
    return frozenset(re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles)


@pytest.mark.parametrize("page", [p for p in PAGES if not p.name.endswith(".en.md")], ids=lambda p: p.name)
def test_every_page_has_its_english_twin_with_the_same_parts(page: Path) -> None:
    if page.name == "CHANGELOG.md":
        return
    twin = page.with_suffix(".en.md")
    assert twin.is_file(), f"{page.name} has no English twin"
    assert headings(page) == headings(twin)
    assert [(b.kind, sorted(b.marks)) for b in blocks(page)] == [(b.kind, sorted(b.marks)) for b in blocks(twin)]


def headings(page: Path) -> list[str]:
    """The depth of each heading, in order."""
    text = re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8"))
    return re.findall(r"(?m)^#+(?= )", text)


def test_generated_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs/generate.py"), "--check"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, f"Run python docs/generate.py: {done.stdout}{done.stderr}"


@pytest.mark.parametrize("name", ["results.md", "results.en.md"])
def test_every_key_of_the_result_is_explained(name: str) -> None:
    result = to_json(assess(load_answers(ROOT / "examples/kalimantan-selatan-2019/answers.yaml")))
    node = result["nodes"]["governance"]
    keys = {*result, *node, *node["blocked_by"][0], *result["certificate"], *result["subject"]}
    keys |= set(result["certificate"]["nodes"]["governance"])
    explained = set(re.findall(r"`([a-z_0-9]+)`", (ROOT / "docs/reference" / name).read_text(encoding="utf-8")))
    assert keys <= explained, sorted(keys - explained)


@pytest.mark.parametrize("name", ["architecture.md", "architecture.en.md"])
def test_the_tree_in_the_architecture_is_the_tree_of_the_code(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    packages = {path.parent.name for path in (ROOT / "gscm").glob("*/__init__.py")}
    assert packages <= set(re.findall(r"(\w+)/", text)), "a package is not in the tree"
    for module in re.findall(r"`(gscm/[\w/]+\.py)`", text):
        assert (ROOT / module).is_file(), f"{module} does not exist"


def test_the_picture_is_small() -> None:
    for picture in (ROOT / "docs/images").glob("*"):
        assert picture.stat().st_size <= 150_000, picture.name


def test_facts_named_in_the_pages_exist() -> None:
    """Ids such as council.3.1 that the pages set in code style are facts of the province's model."""
    from gscm.model.facts import facts_of

    model = load_model(find_model("gscm-province"))
    facts = set(facts_of(model))
    for page in PAGES:
        for id in re.findall(r"`([a-z][a-z-]+\.[2-5](?:\.[0-9])?)`", page.read_text(encoding="utf-8")):
            assert id in facts or id.startswith(("indikator", "indicator", "model", "dinas")), f"{page.name}: {id}"


def test_the_json_shown_is_json() -> None:
    for page in PAGES:
        for block in blocks(page):
            if block.kind == "json":
                json.loads(block.text)
