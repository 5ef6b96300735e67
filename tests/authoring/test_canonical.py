"""The canonical form says what the file said, in one way, with its comments."""

from textwrap import dedent

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from gscm import yamlfile
from gscm.authoring.canonical import canonical, formatted
from gscm.errors import FaultsFound
from gscm.model.flat import model_digest
from gscm.model.load import load_model
from gscm.model.schema import ModelFile, NodeEntry, SourcesFile
from tests.authoring.written import model_file, sources_file
from tests.strategies import dice, model


def node(text):
    """The canonical form of the file of a node."""
    return canonical(dedent(text), "node.yaml", NodeEntry)


def any_file(text):
    return canonical(dedent(text), "file.yaml", None)


# ------------------------------------------------------------------------------------------ what it looks like


def test_keys_stand_in_the_order_of_their_class_and_the_claim_after_what_it_is_about():
    assert node("""\
        title: Council
        locator: Table 4
        criteria: {3: [{text: established}], 2: [{text: proposed}]}
        source: study
        about: what it does
        kind: indicator
        id: council
    """) == dedent("""\
        id: council
        kind: indicator
        title: Council
        about: what it does
        source: study
        locator: Table 4
        criteria:
          2:
            - text: proposed
          3:
            - text: established
    """)


def test_short_pairs_and_lone_clauses_stand_on_one_line_and_several_clauses_below_one_another():
    assert node("""\
        id: a
        kind: k
        title:
            id: Tata kelola
            en: Governance
        gates:
          2:
          - clause: children
            rule: any
          3: [{clause: children, rule: all, at: 2}, {clause: children, share: 1/2, rule: share}]
    """) == dedent("""\
        id: a
        kind: k
        title: {id: Tata kelola, en: Governance}
        gates:
          2: [{clause: children, rule: any}]
          3:
            - {clause: children, rule: all, at: 2}
            - {clause: children, rule: share, share: 1/2}
    """)


def test_a_text_longer_than_its_line_is_folded():
    made = node(f"id: a\nkind: k\ntitle: {'kata ' * 30}end\n")
    assert made.splitlines()[2] == "title: >-"
    assert all(line.startswith("  kata") and len(line) <= 120 for line in made.splitlines()[3:])


def test_quotes_stand_only_where_the_text_would_be_misread():
    assert any_file("""\
        - "plain"
        - '3.50'
        - "yes: no"
        - "#7fb2a7"
        - {a: "one, two", b: "one"}
        - "true"
    """) == dedent("""\
        - plain
        - "3.50"
        - "yes: no"
        - "#7fb2a7"
        - {a: "one, two", b: one}
        - "true"
    """)


def test_numbers_stay_as_they_were_written():
    assert any_file("[3.50, 0.10, +2, -7]") == "- 3.50\n- 0.10\n- +2\n- -7\n"


def test_comments_stay_with_what_they_speak_of_when_keys_move():
    assert node("""\
        # yaml-language-server: $schema=node.schema.json
        kind: k  # of the table

        # what people call it
        title: A
        id: a
        requires:
          # the council leads
          - at: 2
            node: b  # beside it
            level: 2
            reason: r
          # - at: 3
        # the end
    """) == dedent("""\
        # yaml-language-server: $schema=node.schema.json
        id: a
        kind: k  # of the table

        # what people call it
        title: A
        requires:
          # the council leads
          - at: 2
            node: b  # beside it
            level: 2
            reason: r
          # - at: 3
        # the end
    """)


def test_a_comment_keeps_what_it_speaks_of_off_a_single_line():
    assert any_file("a: {b: 1, # first\n    c: 2}") == "a:\n  b: 1  # first\n  c: 2\n"


def test_a_file_with_a_fault_is_refused_with_its_line():
    with pytest.raises(FaultsFound, match=r"node.yaml:3: The key “titel” is not known here"):
        node("id: a\nkind: k\ntitel: A\n")


# ------------------------------------------------------------------------------------------ what never changes


def spoil(thrown, text):
    """The text with comments and empty lines strewn in between its lines, none within a text."""
    lines = []
    for line in text.splitlines():
        if thrown.seldom():
            lines.append(" " * thrown.upto(6) + f"# note {len(lines)}")
        if thrown.seldom():
            lines.append("")
        lines.append(line + (f"  # beside {len(lines)}" if thrown.seldom() else ""))
    return "\n".join([*lines, "# end", ""])


def styled(thrown, data):
    """The data in one of several hands: all in braces, or in lines with comments; keys in either order."""
    if thrown.often():
        return yaml.safe_dump(data, sort_keys=thrown.often(), width=thrown.pick((80, 200)), default_flow_style=True)
    return spoil(thrown, yaml.safe_dump(data, sort_keys=thrown.often(), width=10_000, indent=2 + thrown.upto(2)))


def comments(text):
    return sorted(line.partition("# ")[2] for line in text.splitlines() if "# " in line)


@given(dice(), dice())
@settings(deadline=None)
def test_a_random_model_survives_the_canonical_form(tmp_path_factory, grown, thrown):
    folder = tmp_path_factory.mktemp("model")
    data = model_file(model(grown))
    for name, said in (("model.yaml", data), ("sources.yaml", sources_file())):
        (folder / name).write_text(styled(thrown, said), encoding="utf-8")
    before, remarks = model_digest(load_model(folder)), comments((folder / "model.yaml").read_text())
    for file in formatted(folder):
        file.path.write_text(file.text, encoding="utf-8")
    assert model_digest(load_model(folder)) == before
    assert comments((folder / "model.yaml").read_text()) == remarks
    assert not any(file.changed for file in formatted(folder))


words = st.text(st.characters(codec="utf-8"), max_size=160)
values = st.recursive(
    words | st.integers(-1000, 1000) | st.booleans(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(words.filter(bool), inside, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(words.filter(bool), values, min_size=1, max_size=4))
@settings(deadline=None)
def test_whatever_the_texts_the_canonical_form_says_the_same(data):
    text = yaml.safe_dump(data)
    made = canonical(text, "file.yaml", None)
    assert yamlfile.parse(made, "").data == yamlfile.parse(text, "").data
    assert canonical(made, "file.yaml", None) == made


def test_a_model_file_and_its_sources_are_laid_out_by_their_own_classes():
    assert canonical("{sources: {us: {year: 2025, title: us}}}", "sources.yaml", SourcesFile) == (
        "sources:\n  us:\n    title: us\n    year: 2025\n"
    )
    with pytest.raises(FaultsFound):
        canonical("{sources: {}}", "model.yaml", ModelFile)
