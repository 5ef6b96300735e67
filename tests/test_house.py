"""The rules of the house that no other tool keeps."""

import re
import subprocess
from pathlib import Path

import grimp
import pytest

import gscm

ROOT = Path(__file__).parents[1]
VAGUE = {"base", "common", "core", "helpers", "manager", "misc", "utils"}
CHECKERS = {"test_house.py"}  # it names what must not be named
LEFT = re.compile(r"/(\.(?!ci/)[^/]*|__pycache__|out|build|dist)/")
GENERATED = re.compile(r"\.(woff2|png|jpg|svg|csv)$")


def tracked():
    """The files that git knows or would take; of a copy without git, all but what programs leave behind."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0:
        return [file for name in listed.stdout.split("\0") if name and (file := ROOT / name).is_file()]
    return [file for file in ROOT.rglob("*") if file.is_file() and not LEFT.search(f"/{file.relative_to(ROOT)}")]


FILES = tracked()


def test_every_module_is_named_for_what_it_does():
    assert [str(file.relative_to(ROOT)) for file in FILES if file.suffix == ".py" and file.stem in VAGUE] == []
    assert [str(file) for file in (ROOT / "gscm").rglob("*") if file.is_dir() and file.name in VAGUE] == []


def test_no_modules_import_one_another_in_a_circle():
    graph = grimp.build_graph("gscm")
    circles = [
        module
        for module in sorted(graph.modules)
        if any(
            graph.find_shortest_chain(imported, module) for imported in graph.find_modules_directly_imported_by(module)
        )
    ]
    assert circles == []


def test_no_module_imports_the_root_package():
    assert grimp.build_graph("gscm").find_modules_that_directly_import("gscm") == set()


@pytest.mark.parametrize(
    "word",
    [
        r"pypi\.org",
        r"pythonhosted",
        r"npmjs",
        r"registry\.",
        r"/home/\w",
        r"/Users/\w",
        r"/root/",
        r"/tmp/\w",
        r"[/]work/\w",
    ],
)
def test_no_file_names_a_registry_or_a_place_of_one_machine(word):
    said = re.compile(word)
    named = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in FILES
        if not GENERATED.search(file.name) and file.name not in CHECKERS
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if said.search(line)
    ]
    assert named == []


DATA = [
    file
    for file in FILES
    if file.suffix == ".yaml" and file.relative_to(ROOT).parts[0] in ("models", "examples", "questionnaires")
]


@pytest.mark.parametrize("file", DATA, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_yaml_file_tells_the_editor_its_schema(file):
    found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text(encoding="utf-8"))
    assert found, "the first line"
    assert (file.parent / found[1]).is_file()


def test_the_data_of_the_wheel_never_lies_in_a_checkout():
    assert not (ROOT / "gscm/_data").exists()


def test_the_public_names_are_sorted_and_there():
    names = getattr(gscm, "__all__", ())
    assert list(names) == sorted(names)
    assert [name for name in names if not hasattr(gscm, name)] == []


def test_the_pins_name_no_address_and_hold_what_gscm_needs():
    import tomllib

    pins = {name: (ROOT / name).read_text() for name in ("requirements.txt", "requirements-dev.txt")}
    assert not re.search(r"https?:|--hash|--index", "".join(pins.values()))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-dev.txt": project["dependency-groups"]["dev"],
    }
    for file, needs in wanted.items():
        pinned = {name.lower() for name in re.findall(r"^([\w.-]+)==", pins[file], re.MULTILINE)}
        assert {re.match(r"[\w.-]+", need)[0].lower() for need in needs} <= pinned
