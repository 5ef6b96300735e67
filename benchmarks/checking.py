"""How long does checking a model take in-process: 200 nodes, four kinds of faults in it?"""

from __future__ import annotations

import tempfile
from pathlib import Path

from measure import Row, calls, report

from gscm import yamlfile
from gscm.model.load import read_model

HEAD = """\
id: large
version: 1.0.0
title: Large
about: about
status: example
notice: notice
subject: subject
scale: {min: 1, max: 3}
inner: level
level_names: {main: [{name: One}, {name: Two}, {name: Three}]}
provenance:
"""
CLAIMS = ("levels", "structure", "weights", "gates", "requires", "criteria", "quantities")
KINDS = """\
kinds:
  group: {title: group}
  criteria: {title: indicator, answer: criteria, gates: {every: [{clause: criteria}]}}
root:
  children:
"""
FULL = "{2: [{text: t}], 3: [{text: u}]}"


def leaf(id: str, criteria: str = FULL, requires: str = "") -> str:
    return f"    - {{id: {id}, kind: criteria, title: T, criteria: {criteria}, requires: [{requires}]}}\n"


PLANTED = (
    leaf("x", requires="{at: 3, node: y, level: 3, reason: r}"),  # a circle
    leaf("y", requires="{at: 2, node: x, level: 3, reason: r}"),
    leaf("z", requires="{at: 2, node: g7, level: 3, reason: r}, {at: 3, node: g7, level: 2, reason: r}"),  # inverted
    leaf("w", "{3: [{text: t}]}", "{at: 2, node: g777, level: 2, reason: r}"),  # an empty level, a dangling id
)


def written(folder: Path) -> Path:
    """A model of 200 nodes with the four faults, in one file."""
    lines = [HEAD, *(f"  {claim}: {{basis: ours, source: us}}\n" for claim in CLAIMS), KINDS]
    for n in range(65):
        parts = "".join("    " + leaf(f"{part}{n}") for part in "ab")
        gates = "{2: [{clause: children, rule: any}], 3: [{clause: children, rule: all}]}"
        lines.append(
            f"    - id: g{n}\n      kind: group\n      title: G\n      gates: {gates}\n      children:\n{parts}"
        )
    (folder / "model.yaml").write_text("".join((*lines, *PLANTED)), encoding="utf-8")
    (folder / "sources.yaml").write_text("sources: {us: {title: us}}\n", encoding="utf-8")
    return folder


with tempfile.TemporaryDirectory() as name:
    folder = written(Path(name))
    _, issues = read_model(folder)
    times = calls(
        {"check": lambda: read_model(folder), "read YAML": lambda: yamlfile.read(folder / "model.yaml")}, rounds=9
    )
report(
    f"checking a model of 200 nodes with four faults in it ({len(issues)} found)",
    [
        Row("in-process", times["check"], 500, "ms"),
        Row("against reading the YAML alone", times["check"] / times["read YAML"], 20),
    ],
)
