"""A folder of broken models, one for each kind of fault; the comments in them say what is to be told, and where.

    weight: 0  # fault: “weight”: a weight must be greater than 0

means that exactly this is told, in this file on this line; several faults of one line are parted by ` | `.
"""

import re
from pathlib import Path

import pytest

from gscm.errors import FaultsFound, Unreadable
from gscm.model.check import LEVELS, STRUCTURE
from gscm.model.load import load_model, read_model
from tests.tiny import tiny

BROKEN = Path(__file__).parent / "broken"
FOLDERS = sorted(folder.name for folder in BROKEN.iterdir())
COMMENT = re.compile(r"# (fault|warning): (.*)")


def foretold(folder):
    """What the comments in the files of a folder say, as (file name, line, severity, start of the sentence)."""
    found = []
    for file in sorted((BROKEN / folder).glob("*.yaml")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if told := COMMENT.search(line):
                severity = "error" if told[1] == "fault" else "warning"
                found += [(file.name, number, severity, text.strip()) for text in told[2].split(" | ")]
    return found


def told(folder):
    """What the loader says, as (file name, line, severity, English sentence without the place)."""
    _, issues = read_model(BROKEN / folder)
    return [
        (Path(issue.where.file).name, issue.where.line, issue.severity, issue.sentence("en").partition(": ")[2])
        for issue in issues
    ]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_fault_is_told_with_its_file_and_line_and_nothing_else_is(folder):
    expected, found = sorted(foretold(folder)), sorted(told(folder))
    assert expected, "no comment in the files says what is wrong"
    assert [place for *place, _ in found] == [place for *place, _ in expected]
    assert [text for *_, text in found if not any(text.startswith(start) for *_, start in expected)] == []
    assert [start for *_, start in expected if not any(text.startswith(start) for *_, text in found)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_fault_has_a_remedy_in_both_languages(folder):
    _, issues = read_model(BROKEN / folder)
    for issue in issues:
        assert issue.remedy, issue.what.en
        for text in (issue.what, issue.remedy):
            assert text.id
            assert text.en
        assert issue.sentence("id") != issue.sentence("en")
        assert issue.sentence("id").startswith(f"{issue.where.file}:{issue.where.line}: ")


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_broken_model_is_not_loaded_and_one_with_warnings_is(folder):
    if all(severity == "warning" for _, _, severity, _ in foretold(folder)):
        assert load_model(BROKEN / folder).id == "broken"
    else:
        with pytest.raises(FaultsFound) as found:
            load_model(BROKEN / folder)
        assert {issue.severity for issue in found.value.issues} == {"error"}


@pytest.mark.parametrize("rule", STRUCTURE, ids=lambda rule: rule.__name__)
def test_every_rule_on_the_structure_has_a_broken_model_that_it_finds(rule):
    assert any(list(rule(model)) for model in map(resolved, FOLDERS) if model)


@pytest.mark.parametrize("rule", LEVELS, ids=lambda rule: rule.__name__)
def test_every_rule_on_levels_has_a_model_of_sound_structure_that_it_finds(rule):
    sound = [m for m in map(resolved, FOLDERS) if m and not any(list(other(m)) for other in STRUCTURE)]
    assert any(list(rule(model)) for model in sound)


def resolved(folder):
    """The model of a broken folder before its checks, or None if its files do not allow for one."""
    kept = []

    def keep(model, _whole=True):
        kept.append(model)
        return ()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gscm.model.load.faults_of", keep)
        read_model(BROKEN / folder)
    return kept[0] if kept else None


def test_the_faults_of_all_files_are_told_at_once_in_the_order_of_files_and_lines():
    places = [(file, line) for file, line, *_ in told("several-faults")]
    assert places == sorted(places)
    assert {file for file, _ in places} == {"model.yaml", "a.yaml", "b.yaml"}
    assert len(places) == 7


def test_a_circle_names_every_pair_in_order_with_the_place_that_draws_each_edge():
    _, (issue,) = read_model(BROKEN / "circle")
    file = issue.where.file
    assert file.endswith("broken/circle/model.yaml")
    assert issue.what.en == (
        "Levels require one another in a circle: a@2 → b@3 → b@2 → c@2 → a@2 "
        f"(a@2 → b@3: {file}:31; b@3 → b@2: {file}:32; b@2 → c@2: {file}:36; c@2 → a@2: {file}:41)."
    )
    assert issue.what.id.startswith("Level saling mensyaratkan dalam lingkaran: a@2 → b@3 → b@2 → c@2 → a@2 (")


def test_nodes_in_a_circle_are_accepted_where_their_levels_are_not_in_one():
    model = tiny("""
    children:
      - {id: a, kind: level, title: A, requires: [{at: 3, node: b, level: 2, reason: since}]}
      - {id: b, kind: level, title: B, requires: [{at: 3, node: a, level: 2, reason: since}]}
    """)
    assert list(model.nodes) == ["m", "a", "b"]


def test_a_repeated_id_names_the_place_of_the_first():
    _, (first, *_) = read_model(BROKEN / "duplicate-id")
    assert first.what.en.endswith("broken/duplicate-id/model.yaml:27.")


def test_a_folder_without_a_model_is_unreadable(tmp_path):
    with pytest.raises(Unreadable) as found:
        load_model(tmp_path)
    assert found.value.issues[0].what.en == "There is no such file."


def test_a_model_without_sources_is_unreadable(tmp_path):
    (tmp_path / "model.yaml").write_bytes((BROKEN / "circle" / "model.yaml").read_bytes())
    with pytest.raises(Unreadable) as found:
        load_model(tmp_path)
    assert found.value.issues[0].where.file.endswith("sources.yaml")


PLANTED = """\
    - {id: x, kind: level, title: X, requires: [{at: 3, node: y, level: 3, reason: r}]}
    - {id: y, kind: level, title: Y, requires: [{at: 2, node: x, level: 3, reason: r}]}
    - id: z
      kind: level
      title: Z
      requires:
        - {at: 2, node: g7, level: 3, reason: r}
        - {at: 3, node: g7, level: 2, reason: r}
    - {id: w, kind: criteria, title: W, criteria: {3: [{text: t}]}, requires: [{at: 2, node: g77, level: 2, reason: r}]}
"""


def test_in_a_model_of_200_nodes_a_circle_an_inversion_an_empty_level_and_a_dangling_id_are_all_found(tmp_path):
    head = (BROKEN / "circle" / "model.yaml").read_text(encoding="utf-8").partition("root:")[0] + "root:\n  children:\n"
    gates = "gates: {2: [{clause: children, rule: any}], 3: [{clause: children, rule: all}]}"
    for n in range(65):
        parts = f"[{{id: a{n}, kind: level, title: A}}, {{id: b{n}, kind: level, title: B}}]"
        head += f"    - {{id: g{n}, kind: group, title: G, {gates}, children: {parts}}}\n"
    (tmp_path / "model.yaml").write_text(head + PLANTED, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text("sources: {us: {title: us}}\n", encoding="utf-8")
    _, issues = read_model(tmp_path)
    first = head.count("\n") + 1
    assert [(issue.where.line - first, issue.what.en[:36]) for issue in issues] == [
        (0, "Levels require one another in a circ"),
        (7, "“z” is inverted: level 3 asks for g7"),
        (8, "A requirement names “g77”, which not"),
        (8, "“w” has no criterion at level 2, so "),
    ]
