"""What analyses found, in reports: in brief, in full, and what the data could not carry."""

from dataclasses import replace
from functools import lru_cache

import pytest

from gscm.analysis.finding import Finding, Grid, refused
from gscm.assessment import assess
from gscm.i18n import Text, same
from gscm.report.html import render_html
from tests.tiny import answered, tiny

METHOD = Text("Alfa.", "Alpha.")
ALPHA = Finding(
    "agreement",
    "agreement-overall",
    Text("Kesepakatan semua butir", "Agreement on all items"),
    Text("Alfa 0,49: rendah.", "Alpha 0.49: low."),
    METHOD,
    "Krippendorff",
    same("12"),
    caution=Text("Hanya dua orang.", "Two people only."),
)
TOO_FEW = Text("Hanya satu orang menjawab.", "Only one person answered.")


def not_carried(id, title):
    return refused("reliability", id, same(title), TOO_FEW, METHOD, "Cronbach")


@lru_cache
def page(*findings, report="analysis", language="en"):
    model = tiny("gates: {every: [{clause: children, rule: all}]}\nchildren: [{id: a, kind: level, title: A}]")
    return render_html(assess(answered(model, "{a: 2}"), findings), report, language)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_report_of_analyses_begins_with_what_each_means(language):
    front = page(ALPHA, language=language).split('id="front-digest"')[1].split("</section>")[0]
    assert ALPHA.meaning[language] in front
    assert {"id": "Baca catatannya", "en": "Read the caveat"}[language] in front


@pytest.mark.parametrize("notable", [True, False])
def test_what_must_be_seen_is_on_the_front_page_too(notable):
    second = replace(ALPHA, id="agreement-alike", title=same("Pairs"), meaning=same("A pair."), notable=notable)
    front = page(ALPHA, second).split('id="front-digest"')[1].split("</section>")[0]
    assert ("<strong>Pairs:</strong> A pair." in front) == notable


def test_a_table_that_names_people_is_not_printed():
    names = Grid(same("People"), (same("Who"),), ((same("dinas-01-2"),),), private=True)
    counts = Grid(same("Offices"), (same("Office"),), ((same("Dinas 01"),),))
    told = page(replace(ALPHA, grids=(names, counts)))
    assert "Dinas 01" in told
    assert "dinas-01-2" not in told


def test_the_summary_says_who_answered_before_what_is_open():
    model = tiny("gates: {every: [{clause: children, rule: all}]}\nchildren: [{id: a, kind: level, title: A}]")
    made = assess(answered(model, "{a: 2}"), respondents=Text("Dijawab 2 dari 4 orang", "Answered by 2 of 4 people"))
    assert "<p>Answered by 2 of 4 people. " in render_html(made, "assessment", "en")


def test_what_the_data_do_not_carry_gets_no_section_of_its_own_but_a_line_with_its_reason():
    told = page(ALPHA, not_carried("omega", "Omega"), not_carried("kmo", "KMO"))
    assert "s-agreement" in told
    assert "s-reliability" not in told
    refusals = told.split('id="s-refusals"')[1].split("</section>")[0]
    assert "Omega; KMO" in refusals
    assert refusals.count(TOO_FEW.en) == 1


def test_nothing_is_said_of_refusals_where_there_are_none():
    assert "s-refusals" not in page(ALPHA)


def test_who_answered_stands_beside_how_much_a_finding_rests_on():
    told = page(replace(ALPHA, rests_on=Text("Dijawab 2 dari 4 orang.", "Answered by 2 of 4 people.")))
    assert "n = 12. Answered by 2 of 4 people." in told
