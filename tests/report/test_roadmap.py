"""The plan in reports: its pictures, its section, and silence where there is none."""

import xml.etree.ElementTree as ET
from functools import lru_cache

import pytest

from gscm.assessment import assess
from gscm.report.charts.climb import Climber, Step, climb
from gscm.report.charts.gantt import Bar, Lane, gantt
from gscm.report.html import render_html
from gscm.report.sections import SECTIONS
from gscm.report.sections.roadmap import drawing, gantts, headline
from gscm.roadmap.plan import plan_roadmap
from gscm.roadmap.request import Capacity, Goal
from tests.roadmap.test_schedule import raising, rows

SVG = "{http://www.w3.org/2000/svg}"


@lru_cache
def planned(level=2):
    problem = rows(
        raising("a", 2, costs=(5_000_000,)), raising("b", 2, costs=None, band="low"), goals=(Goal("m", level),)
    )
    found = plan_roadmap(problem.result, tuple(problem.actions.values()), problem.request)
    return assess(problem.result.answers, roadmap=found)


def test_sections_on_a_plan_are_silent_without_one():
    bare = assess(planned().answers)
    assert not any(SECTIONS[name].speaks(bare) for name in ("roadmap", "plan", "matrix"))
    assert "s-roadmap" not in render_html(bare, "assessment", "id")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_report_of_a_plan_tells_actions_costs_levels_and_the_matrix(language):
    page = render_html(planned(), "roadmap", language)
    said = {
        "id": ("Tindakan per tahun dan alasannya", "Rp5.000.000", "Matriks rencana", "rendah"),
        "en": ("Actions by year, and why", "Rp5,000,000", "Planning matrix", "low"),
    }
    assert [words for words in said[language] if words not in page] == []
    assert " → " not in page  # the fonts have no arrow


def test_a_year_of_actions_without_rupiah_tells_their_bands_and_no_rupiah_of_nothing():
    low = {"costs": None, "band": "low"}
    limits = {"goals": (Goal("m", 2),), "capacities": (Capacity(1),)}
    problem = rows(raising("a", 2, offices=("o",), **low), raising("b", 2, offices=("o",), **low), **limits)
    found = plan_roadmap(problem.result, tuple(problem.actions.values()), problem.request)
    assert {one.start for one in found.scheduled} == {2027, 2028}
    page = render_html(assess(problem.result.answers, roadmap=found), "roadmap", "id")
    assert "1 rendah" in page
    assert "0 + " not in page


def test_where_there_is_no_plan_the_report_says_why_and_has_no_matrix():
    without = planned(level=3)
    page = render_html(without, "roadmap", "en")
    assert "no plan reaches the target" in page
    assert "s-matrix" not in page


def test_the_plan_as_one_picture_is_flat_so_that_every_program_reads_it_and_says_each_thing_once():
    root = ET.fromstring(drawing(planned().roadmap, "id"))
    assert root.get("role") == "img"
    assert list(root.iter(f"{SVG}svg")) == [root]
    assert len(list(root.iter(f"{SVG}title"))) == 1
    groups = [float(one.get("transform")[12:-1]) for one in root.findall(f"{SVG}g")]
    assert len(groups) == 2
    assert groups == sorted(groups)
    assert "sans-serif" in root.get("font-family")
    told = root.find(f"{SVG}title").text
    assert told.count("Level pada akhir setiap tahun") == 1
    assert "2027" in told


def test_a_long_schedule_is_set_in_several_pictures_with_every_bar_once():
    found = planned().roadmap
    pictures = list(gantts(found, "en", most=1))
    assert len(pictures) == len(found.scheduled)
    assert all(ET.fromstring(one) is not None for one in pictures)


def test_a_bar_reaches_from_its_first_year_to_its_last_and_a_quick_win_is_marked():
    bars = (Bar(1, "A <b>", 2027, 2028, "18 bulan", "Rp1"), Bar(2, "C", 2029, 2029, "3 bulan", "rendah", quick=True))
    root = ET.fromstring(gantt([Lane("Bappeda & co", bars)], (2027, 2028, 2029), "T", "u"))
    drawn = [(float(one.get("x")), float(one.get("width"))) for one in root.findall(f"{SVG}rect")]
    assert drawn[0][1] > 1.9 * drawn[1][1]
    assert drawn[1][0] > sum(drawn[0])
    assert len(root.findall(f"{SVG}polygon")) == 1


def test_a_rise_is_marked_by_a_stroke_and_not_by_ink_alone():
    steps = tuple(Step(n, f"L{n}", "#b7d2cb") for n in (1, 1, 2))
    root = ET.fromstring(climb([Climber("Semua", steps, strong=True)], ("kini", "2027", "2028"), "T", "u"))
    strokes = [one for one in root.findall(f"{SVG}line") if one.get("stroke-width") == "2.4"]
    assert len(strokes) == 1


def test_the_headline_names_every_target_those_of_one_year_and_level_together():
    goals = (Goal("a", 2, 2027), Goal("b", 2), Goal("m", 2))
    problem = rows(raising("a", 2), raising("b", 2), goals=goals)
    found = plan_roadmap(problem.result, tuple(problem.actions.values()), problem.request)
    assert headline(found).en == (
        "2 actions bring A to the level L2 by the end of 2027; B and S to the level L2 by the end of 2029: the cost is "
        "Rp200."
    )
