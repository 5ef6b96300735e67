"""Pictures: alike on every run, readable without eyes, nothing on top of anything."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from gscm.report.charts.dependency import Dot, Line, dependency, model_graph
from gscm.report.charts.found import _whole_ticks
from gscm.report.charts.ladder import Flight, Rung, ladder
from gscm.report.charts.layout import forward, layout
from gscm.report.charts.marks import mark
from gscm.report.charts.radar import Axis, radar
from gscm.report.charts.staircase import Stair, staircase
from gscm.report.charts.svg import corners, hatch, measure, wrap
from tests.report.cases import model

STAIRS = [Stair(name, colour) for name, colour in (("Ad hoc", "#e9e4d8"), ("Initial", "#b7d2cb"), ("Smart", "#0f4a43"))]
PICTURES = {
    "staircase": lambda: staircase(STAIRS, 1, 2, "Tangga", "Level 1–2", ("Menahan", ["A < B"])),
    "ladder": lambda: ladder(
        [Flight("Bagian", (Rung("A & B", "1–2", 1, 2), Rung("C", "–")))], ["x", "y", "z"], ["#ffffff"] * 3, "T", "u"
    ),
    "radar": lambda: radar(
        [Axis(f"<{n}>", "1", 0.1 * n, 0.9) for n in range(1, 5)], [(0.5, "50"), (1, "100")], "R", "s"
    ),
    "dependency": lambda: dependency(
        [Dot("a", "A", "2", "holds"), Dot("b", "B", "1", "open")], [Line("b", "a", "perlu 2", "open")], "G", "h"
    ),
    "mark": lambda: mark("held", "ditahan"),
    "model": lambda: model_graph(model("gscm-province"), "id"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_sound_xml_that_can_be_read_out(name):
    drawn = PICTURES[name]()
    root = ET.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.find("{http://www.w3.org/2000/svg}title").text
    assert root.find("{http://www.w3.org/2000/svg}desc").text
    assert drawn == PICTURES[name]()


@pytest.mark.parametrize(
    ("most", "ticks"), [(2, ["1", "2"]), (14, ["1", "5", "10"]), (6, ["1", "2", "3", "4", "5", "6"])]
)
def test_an_axis_of_ranks_has_whole_numbers_from_one(most, ticks):
    assert [name for _, name in _whole_ticks(1.0, float(most), "id")] == ticks


def test_three_marks_are_told_apart():
    drawn = staircase(STAIRS, 1, 2, "T", "u")
    assert 'fill="#e9e4d8"' in drawn
    assert "M" in re.search(r'<path d="([^"]+)"', drawn)[1]
    assert drawn.count("#b2512b") == 1
    assert "#b2512b" not in staircase(STAIRS, 1, 3, "T", "u")


def test_words_on_lines_touch_neither_boxes_nor_one_another():
    drawn = model_graph(model("gscm-province"), "id")
    areas = [
        tuple(float(value) for value in found)
        for found in re.findall(
            r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" fill="#ffffff"/>', drawn
        )
    ]
    boxes = [
        tuple(float(value) for value in found)
        for found in re.findall(
            r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" fill="#ffffff" stroke', drawn
        )
    ]
    assert areas
    assert boxes
    for index, area in enumerate(areas):
        assert not any(_overlap(area, other) for other in [*areas[index + 1 :], *boxes])


def _overlap(one, other):
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def test_the_graph_of_a_model_names_the_levels_of_its_requirements():
    drawn = model_graph(model("gscm-province"), "en")
    assert "3 ← 3" in drawn
    assert "Governance" in drawn


def test_text_is_wrapped_to_its_room_and_cut_with_an_ellipsis():
    lines = wrap("Kemitraan dengan pihak di luar pemerintah daerah", 60, 8, 600, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(measure(line, 8, 600) <= 60 for line in lines)


def test_hatching_stays_inside():
    xs = [float(x) for x in re.findall(r"[ML]([\d.]+) ", hatch(corners(10, 10, 20, 8)))]
    assert min(xs) >= 10
    assert max(xs) <= 30


def test_boxes_of_a_column_do_not_overlap():
    edges = [("b", "a"), ("c", "a"), ("d", "a"), ("e", "b"), ("e", "a")]
    placed = layout(dict.fromkeys("abcde", 20.0), edges)
    middles = sorted(at for slot, at in placed.middle.items() if len(slot) == 1 and placed.column[slot[0]] == 1)
    assert all(after - before >= 20 for before, after in pairwise(middles))


def test_circles_are_opened():
    assert forward("ab", [("a", "b"), ("b", "a")]) == [("a", "b")]


def test_the_graph_of_a_model_without_requirements_is_its_tree_and_says_so():
    svg = str(model_graph(model("kominfo-2022-first-year"), "en"))
    assert "no node requires another" in svg
    assert "Smart city: Baseline" in svg
