"""Programmes as the rows of open nodes: counted by office, told where they are stuck."""

from fractions import Fraction

import pytest

from gscm.assessment import assess
from gscm.cli.overview import overview
from gscm.placement.programmes import (
    by_office,
    evaluations,
    left_out,
    percents,
    programmes,
    realised,
    weighed_otherwise,
)
from gscm.report.sections.programmes import context
from tests.tiny import answered, placed, tiny

PLAN = tiny(
    """
    children:
      - {id: health, kind: group, title: Health, open: &open}
      - {id: energy, kind: group, title: Energy, open: &open}
    """.replace(
        "&open",
        '{kind: part, answer: quantity, quantity: {title: Q, unit: "%", direction: higher, min: 0, max: 100}}',
    ),
    scale="{min: 0, max: 100}",
)
ONE = "energy: {rows: []}\nhealth:\n  rows:\n"


def found(rows):
    """The programmes of one node with these rows."""
    return programmes(placed(PLAN, ONE + "".join(f"    - {{{row}}}\n" for row in rows)))


def test_a_programme_has_gone_the_share_of_its_own_target():
    listed = found(["id: a, title: A, target: 4, realised: 1", "id: b, title: B, target: 4, realised: 5"])
    assert [one.share for one in listed] == [Fraction(1, 4), 1]
    assert [one.done for one in listed] == [False, True]


def test_an_obstacle_or_silence_makes_a_programme_stuck_unless_it_is_done():
    listed = found(
        [
            "id: a, title: A, target: 4, realised: 1",
            "id: b, title: B, target: 4, realised: 1, obstacle: land",
            "id: c, title: C, target: 4",
            "id: d, title: D, target: 4, realised: 4, obstacle: land",
        ]
    )
    assert [one.row.node for one in listed if one.stuck] == ["health.b", "health.c"]


def test_what_is_not_reported_is_open_and_not_zero():
    whole = realised("", found(["id: a, title: A, target: 4, realised: 1", "id: b, title: B, target: 4"]))
    assert (whole.count, whole.done, whole.unreported) == (2, 0, 1)
    assert (whole.low, whole.high) == (Fraction(1, 8), Fraction(5, 8))


def test_a_programme_weighs_as_its_row_says():
    listed = found(["id: a, title: A, weight: 3, realised: 100", "id: b, title: B, realised: 0"])
    assert realised("", listed).low == Fraction(3, 4)
    assert realised("", listed).done_share == Fraction(1, 2)


def test_what_does_not_apply_is_left_out_and_counted_apart():
    result = placed(PLAN, ONE + "    - {id: a, title: A, status: not_applicable, note: why}\n    - {id: b, title: B}\n")
    assert [one.row.node for one in programmes(result)] == ["health.b"]
    assert left_out(result) == 1


def test_what_is_struck_out_counts_as_nothing():
    listed = found(["id: a, title: A, realised: 100, status: withheld"])
    assert realised("", listed).high == 0


def test_an_office_is_one_whatever_its_capitals_and_spaces():
    listed = found(
        [
            "id: a, title: A, office: Dinas Kesehatan, realised: 100",
            "id: b, title: B, realised: 50",
            "id: c, title: C, office: dinas  kesehatan, realised: 0",
        ]
    )
    assert [(one.name, one.count, one.low) for one in by_office(listed)] == [
        ("Dinas Kesehatan", 2, Fraction(1, 2)),
        ("", 1, Fraction(1, 2)),
    ]


def test_the_stages_of_evaluation_are_counted():
    listed = found(["id: a, title: A, evaluation: II", "id: b, title: B, evaluation: III", "id: c, title: C"])
    assert evaluations(listed) == {"II": 1, "III": 1}


def test_rows_answered_by_a_level_are_no_programmes():
    model = tiny("children: [{id: kpi, kind: group, title: KPIs, open: {kind: level, answer: level}}]")
    result = placed(model, "kpi: {rows: [{id: a, title: A, value: 2}]}")
    assert programmes(result) == ()
    assert left_out(result) == 0


UNEVEN = """
    health: {rows: [{id: a, title: A, office: X, realised: 100}, {id: b, title: B, office: X, realised: 100}]}
    energy: {rows: [{id: c, title: C, office: X, realised: 40, obstacle: land, unit: ha, target: 80}]}
    """


def test_parts_that_weigh_alike_differ_from_the_mean_of_programmes():
    result = placed(PLAN, UNEVEN)
    assert (result.overall.score, realised("", programmes(result)).low) == (75, Fraction(5, 6))
    assert weighed_otherwise(result, programmes(result))
    even = placed(PLAN, ONE + "    - {id: a, title: A, realised: 100}\n")
    assert not weighed_otherwise(even, programmes(even))


def test_the_terminal_shows_the_offices_and_what_is_stuck():
    shown = overview(assess(answered(PLAN, UNEVEN)), "en")
    assert "X       3           2 (67%)  –             83%" in shown
    assert "the mean over programmes, without the weights of the model’s parts." in shown
    assert "* C (X): land" in shown


def test_the_section_tells_the_stage_and_what_is_left_out():
    rows = [
        "    - {id: a, title: A, evaluation: III, realised: 40, target: 80, unit: ha, obstacle: land}",
        "    - {id: b, title: B, evaluation: III, status: not_applicable, note: why}",
    ]
    found = context(assess(answered(PLAN, ONE + "\n".join(rows))), "id")
    assert found["remarks"] == ["Tahap evaluasi: III.", "1 program dinyatakan tidak berlaku dan tidak dihitung."]
    assert [(one.figures, one.why) for one in found["stuck"]] == [("40 dari 80 ha", "land")]


@pytest.mark.parametrize(
    ("share", "shown"),
    [("0", "0%"), ("1/500", "<1%"), ("33/40", "83%"), ("999/1000", "99%"), ("1", "100%")],
)
def test_shares_are_shown_as_whole_percents_and_never_as_what_they_are_not(share, shown):
    assert percents(Fraction(share)) == shown


def test_a_target_without_a_figure_is_not_shown_as_realised():
    rows = "    - {id: a, title: A, target: 5, unit: ha}\n    - {id: b, title: B, obstacle: land}\n"
    rows += "    - {id: c, title: C, target: 8, value: 2, unit: ha, obstacle: land}\n"
    found = context(assess(answered(PLAN, ONE + rows)), "en")
    assert [one.figures for one in found["stuck"]] == ["– of 5 ha", "–", "25%"]
