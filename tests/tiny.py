"""A model of a few lines and answers of a few words, for tests that show both in one sight.

The kinds of nodes are named after how they are answered (criteria, level, quantity, score), besides `group`.
"""

import tempfile
from pathlib import Path
from textwrap import dedent, indent

from gscm import yamlfile
from gscm.model.load import load_model
from gscm.placement.place import place
from gscm.responses.load import bind

HEAD = """\
id: m
version: 1.0.0
title: Model
about: about
status: example
notice: notice
subject: subject
scale: {scale}
inner: {inner}
level_names: {{main: [{names}]}}
provenance:
  levels: {{basis: ours, source: us}}
  structure: {{basis: ours, source: us}}
  weights: {{basis: ours, source: us}}
  gates: {{basis: ours, source: us}}
  requires: {{basis: ours, source: us}}
  criteria: {{basis: ours, source: us}}
  quantities: {{basis: ours, source: us}}
kinds:
  group: {{title: group}}
  criteria: {{title: indicator, answer: criteria, gates: {{every: [{{clause: criteria}}]}}}}
  level: {{title: indicator, answer: level}}
  quantity: {{title: indicator, answer: quantity, gates: {{every: [{{clause: target}}]}}}}
  score: {{title: indicator, answer: score}}
root:
"""
SOURCES = "sources: {us: {title: us}}\n"


def tiny(root, *, levels=3, scale="{min: 1, max: 5}", inner="level"):
    """The model whose `root:` is the text; `levels` is their number (L1, L2 …)."""
    names = ", ".join(f"{{name: L{n}}}" for n in range(1, levels + 1))
    head = HEAD.format(names=names, scale=scale, inner=inner)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "model.yaml").write_text(head + indent(dedent(root), "  "), encoding="utf-8")
        Path(folder, "sources.yaml").write_text(SOURCES, encoding="utf-8")
        return load_model(folder)


def answered(model, text, head=""):
    """Answers to the model; `text` holds the lines under `answers:`, `head` those above it."""
    lines = indent(dedent(text), "  ") if text.strip() else "  {}"
    file = f"model: m\nsubject: {{id: s, name: S}}\n{dedent(head)}\nanswers:\n{lines}\n"
    return bind(yamlfile.parse(file, "answers.yaml"), model)


def placed(model, text, head=""):
    return place(answered(model, text, head))
