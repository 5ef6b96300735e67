"""The page of a model tells all of it, in either language."""

import re

import pytest

from gscm.authoring.page import model_page
from gscm.model.load import find_model, load_model, shipped_models
from gscm.model.tree import Requires
from tests.tiny import tiny


@pytest.mark.parametrize("name", shipped_models())
@pytest.mark.parametrize("language", ["id", "en"])
def test_it_names_every_node_criterion_reason_and_the_notice(name, language):
    model = load_model(find_model(name))
    page = model_page(model, language).replace("&amp;", "&").replace("\\", "")
    texts = [model.notice, model.about]
    for node in model.nodes.values():
        texts += [node.title] if node.parent else []
        texts += [c.text for criteria in node.criteria.values() for c in criteria]
        texts += [c.reason for clauses in node.gates.values() for c in clauses if isinstance(c, Requires)]
    assert [text.id for text in texts if " ".join(text[language].split()) not in page] == []


@pytest.mark.parametrize("name", shipped_models())
def test_both_languages_have_the_same_parts(name):
    model = load_model(find_model(name))
    parts = [re.findall(r"(?m)^#+(?= )", model_page(model, language)) for language in ("id", "en")]
    assert parts[0] == parts[1]


def test_it_says_how_scores_are_combined_and_rounded_at_each_kind_of_node():
    page = model_page(load_model(find_model("kominfo-2022-first-year")), "en")
    assert "* Smart city: the sum of the weighted contributions below it, each of them rounded\n" in page
    assert "* Dimension (5): the weighted mean of those below it, rounded to 2 decimals\n" in page
    page = model_page(load_model(find_model("kominfo-2020")), "en")
    assert "* Smart city: not computed, since the weights below it are unpublished\n" in page
    assert "Weights count among siblings" not in page


def test_a_model_of_open_nodes_counts_these_instead_of_indicators():
    page = model_page(load_model(find_model("masterplan-progress")), "en")
    assert "| **Open nodes** | 18 |" in page
    assert "**Indicators**" not in page


def test_what_is_ours_is_counted():
    model = tiny("children: [{id: a, kind: level, title: A, weight: 2}]")
    assert "* Weights: 1\n" in model_page(model, "en").partition("## What is our design")[2]


def test_what_markdown_would_read_as_its_own_is_only_shown():
    page = model_page(tiny("children: [{id: a, kind: level, title: 'a|b *c* <d>'}]"), "en")
    assert "| a\\|b \\*c\\* &lt;d> |" in page
