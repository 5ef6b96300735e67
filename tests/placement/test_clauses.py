"""What each kind of clause, answer, status and aggregate does, one at a time."""

from fractions import Fraction

import pytest

from tests.tiny import placed, tiny


def interval(result, node="m"):
    return (result.nodes[node].low, result.nodes[node].high)


def scores(result, node="m"):
    return (result.nodes[node].score_low, result.nodes[node].score_high)


def level(model, answers, node="m", head=""):
    """The level of a node that the answers decide."""
    low, high = interval(placed(model, answers, head), node)
    assert low == high
    return low


# ------------------------------------------------------------------------------------------ clause: children

THREE = """
children:
  - {id: a, kind: level, title: A, weight: 2}
  - {id: b, kind: level, title: B}
  - {id: c, kind: level, title: C}
"""


def children(clause):
    return tiny(f"gates: {{every: [{{clause: children, {clause}}}]}}{THREE}")


def test_all_wants_every_child_at_the_level():
    model = children("rule: all")
    assert level(model, "{a: 3, b: 2, c: 3}") == 2
    assert level(model, "{a: 3, b: 3, c: 3}") == 3


def test_any_wants_one_child_at_the_level():
    model = children("rule: any")
    assert level(model, "{a: 1, b: 3, c: 1}") == 3
    assert level(model, "{a: 1, b: 1, c: 1}") == 1


def test_a_share_of_two_thirds_wants_two_children_of_three():
    model = children("rule: share, share: 2/3")
    assert level(model, "{a: 1, b: 2, c: 2}") == 2
    assert level(model, "{a: 2, b: 1, c: 1}") == 1


def test_a_weighted_share_counts_weights():
    model = children("rule: share, share: 1/2, weighted: true")
    assert level(model, "{a: 3, b: 1, c: 1}") == 3
    assert level(model, "{a: 1, b: 3, c: 1}") == 1


def test_at_names_the_level_at_which_the_children_stand():
    model = children("rule: all, at: 2")
    assert level(model, "{a: 2, b: 2, c: 2}") == 3


def test_a_mean_is_cut_down_to_a_whole_level():
    model = children("rule: mean")
    assert level(model, "{a: 3, b: 3, c: 2}") == 2
    assert level(model, "{a: 2, b: 2, c: 2}") == 2


def test_a_nearest_mean_rounds_a_half_up():
    model = tiny("""
    gates: {every: [{clause: children, rule: mean, rounding: nearest}]}
    children: [{id: a, kind: level, title: A}, {id: b, kind: level, title: B}]
    """)
    assert level(model, "{a: 2, b: 3}") == 3
    assert level(model, "{a: 1, b: 1}") == 1


def test_a_weighted_mean_counts_weights():
    model = children("rule: mean, weighted: true, rounding: nearest")
    assert level(model, "{a: 3, b: 2, c: 2}") == 3  # (6 + 2 + 2) / 4 = 2.5
    assert level(children("rule: mean, rounding: nearest"), "{a: 3, b: 2, c: 2}") == 2


def test_of_narrows_the_children_to_one_kind():
    model = tiny("""
    gates: {every: [{clause: children, rule: all, of: level}]}
    children:
      - {id: a, kind: level, title: A}
      - {id: b, kind: score, title: B}
    """)
    assert level(model, "{a: 3, b: 1}") == 3


# ------------------------------------------------------------------------------------------ clause: criteria

COUNCIL = """
children:
  - id: council
    kind: criteria
    title: Council
    gates: {every: [{clause: criteria, share: 1/2}]}
    criteria:
      2: [{text: formed, weight: 3}, {text: funded}, {text: staffed}]
      3: [{text: meets}]
"""


def test_a_share_of_the_weight_of_criteria_suffices():
    model = tiny(COUNCIL)
    assert level(model, "{council.2.1: ya, council.2.2: tidak, council.2.3: tidak, council.3: tidak}", "council") == 2
    assert level(model, "{council.2.1: tidak, council.2.2: ya, council.2.3: ya, council.3: tidak}", "council") == 1


def test_a_level_waits_for_the_one_below_it():
    model = tiny(COUNCIL)
    assert level(model, "{council.2.1: tidak, council.2.2: ya, council.2.3: ya, council.3: ya}", "council") == 1


def test_a_level_may_ask_for_more_of_the_criteria_of_another_level():
    again = "3: [{clause: criteria}, {clause: criteria, at: 2, share: 4/5}]"
    model = tiny(
        COUNCIL.replace("every: [{clause: criteria, share: 1/2}]", f"2: [{{clause: criteria, share: 1/2}}], {again}")
    )
    assert level(model, "{council.2.1: ya, council.2.2: tidak, council.2.3: tidak, council.3: ya}", "council") == 2
    assert level(model, "{council.2.1: ya, council.2.2: ya, council.2.3: tidak, council.3: ya}", "council") == 3


def test_every_criterion_is_wanted_where_no_share_is_said():
    model = tiny("children: [{id: a, kind: criteria, title: A, criteria: {2: [{text: x}, {text: y}]}}]", levels=2)
    assert level(model, "{a.2.1: ya, a.2.2: tidak}", "a") == 1
    assert level(model, "{a.2.1: ya, a.2.2: ya}", "a") == 2


@pytest.mark.parametrize(
    ("stage", "expected"), [(None, 1), ("self-assessment", 1), ("document", 2), ("interview", 2), ("visit", 2)]
)
def test_evidence_counts_once_it_is_accepted_at_the_stage_or_a_later_one(stage, expected):
    model = tiny(
        """
        children:
          - id: a
            kind: criteria
            title: A
            gates: {2: [{clause: criteria, evidence: document}]}
            criteria: {2: [{text: x}]}
        """,
        levels=2,
    )
    answer = f"a.2: {{value: ya, stage: {stage}}}" if stage else "a.2: ya"
    assert level(model, answer, "a") == expected


def test_the_score_of_criteria_is_the_mean_over_levels_of_the_weighted_share_met():
    model = tiny(COUNCIL, scale="{min: 0, max: 100}")
    result = placed(model, "{council.2.1: ya, council.2.2: tidak, council.2.3: tidak, council.3: tidak}")
    assert scores(result, "council") == (30, 30)  # (3/5 + 0) / 2


def test_a_criterion_counts_in_the_score_even_above_a_level_that_fails():
    model = tiny(COUNCIL, scale="{min: 0, max: 100}")
    result = placed(model, "{council.2.1: tidak, council.2.2: tidak, council.2.3: tidak, council.3: ya}")
    assert scores(result, "council") == (50, 50)


# --------------------------------------------------------------------------------------------- clause: score


def cutoffs(clause, scale="{min: 1, max: 5}"):
    return tiny(
        f"""
        gates: {{2: [{{clause: score, {clause}}}]}}
        children: [{{id: a, kind: score, title: A}}, {{id: b, kind: score, title: B}}, {{id: c, kind: score, title: C}}]
        """,
        levels=2,
        scale=scale,
        inner="score",
    )


def test_a_cut_off_is_reached_at_its_lower_bound():
    assert level(cutoffs("from: 2.6"), "overall: 2.6") == 2
    assert level(cutoffs("from: 2.6"), "overall: 2.59") == 1


def test_an_exclusive_cut_off_must_be_passed():
    assert level(cutoffs("from: 2.6, inclusive: false"), "overall: 2.6") == 1
    assert level(cutoffs("from: 2.6, inclusive: false"), "overall: 2.61") == 2


def test_a_cut_off_is_compared_unrounded():
    assert level(cutoffs("from: 2.67"), "{a: 3, b: 3, c: 2}") == 1  # 8/3


def test_a_cut_off_is_compared_with_what_is_printed_where_the_model_says_so():
    model = cutoffs("from: 2.67", "{min: 1, max: 5, digits: 2, compare: rounded}")
    assert level(model, "{a: 3, b: 3, c: 2}") == 2


@pytest.mark.parametrize(("mode", "expected"), [("half-up", 2), ("half-even", 1)])
def test_a_tie_rounds_as_the_model_says(mode, expected):
    model = cutoffs("from: 2.63", f"{{min: 1, max: 5, digits: 2, compare: rounded, mode: {mode}}}")
    assert level(model, "overall: 2.625") == expected


# ------------------------------------------------------------------------------------------ clause: requires

REQUIRING = """
children:
  - {id: a, kind: level, title: A, may_not_apply: true}
  - {id: b, kind: level, title: B, requires: [{at: 3, node: a, level: 2, reason: since}]}
"""


def test_a_requirement_holds_a_node_below_its_level():
    model = tiny(REQUIRING)
    assert level(model, "{a: 1, b: 3}", "b") == 2
    assert level(model, "{a: 2, b: 3}", "b") == 3


def test_a_requirement_on_an_open_node_leaves_an_interval():
    assert interval(placed(tiny(REQUIRING), "b: 3"), "b") == (2, 3)


def test_a_requirement_on_a_node_that_does_not_apply_drops_and_is_printed():
    result = placed(tiny(REQUIRING), "{a: {status: not_applicable, reason: none here}, b: 3}")
    assert interval(result, "b") == (3, 3)
    assert [note.en for note in result.notes] == [
        "The requirement of B level 3 on A drops, since that node does not apply."
    ]


def test_nodes_may_require_one_another_at_different_levels():
    model = tiny("""
    children:
      - {id: a, kind: level, title: A, requires: [{at: 3, node: b, level: 2, reason: since}]}
      - {id: b, kind: level, title: B, requires: [{at: 3, node: a, level: 2, reason: since}]}
    """)
    result = placed(model, "{a: 3, b: 2}")
    assert (result.nodes["a"].low, result.nodes["b"].low) == (3, 2)


# -------------------------------------------------------------------------------------------- clause: target


def figure(**more):
    quantity = {"title": "Q", "unit": '"%"', "direction": "higher", "min": 0, "max": 100} | more
    inner = ", ".join(f"{key}: {value}" for key, value in quantity.items())
    return tiny(f"children: [{{id: q, kind: quantity, title: Q, quantity: {{{inner}}}}}]", scale="{min: 0, max: 10}")


def test_a_figure_reaches_the_target_of_its_level():
    model = figure(targets="{2: 40, 3: 80}")
    assert [level(model, f"q: {value}", "q") for value in (39, 40, 79.9, 80)] == [1, 2, 2, 3]


def test_a_lower_figure_is_better_where_the_direction_says_so():
    model = figure(direction="lower", targets="{2: 60, 3: 20}")
    assert [level(model, f"q: {value}", "q") for value in (61, 60, 20)] == [1, 2, 3]


def test_the_score_of_a_figure_lies_between_its_goalposts():
    assert [scores(placed(figure(), f"q: {value}"), "q")[0] for value in (0, 25, 100)] == [0, Fraction(5, 2), 10]


def test_the_score_of_a_lower_figure_falls_as_it_rises():
    assert scores(placed(figure(direction="lower"), "q: 25"), "q")[0] == Fraction(15, 2)


def test_a_figure_beyond_its_goalposts_counts_as_the_goalpost():
    assert [scores(placed(figure(), f"q: {value}"), "q")[0] for value in (-5, 120)] == [0, 10]


def test_a_logarithmic_figure_is_half_way_at_the_geometric_middle():
    result = placed(figure(min=1, max=100, logarithm="true"), "q: 10")
    assert scores(result, "q")[0] == 5
    assert not result.nodes["q"].exact


def test_an_indicator_of_criteria_may_have_a_figure_besides():
    model = tiny(
        """
        children:
          - id: a
            kind: criteria
            title: A
            gates: {2: [{clause: criteria}, {clause: target}]}
            criteria: {2: [{text: x}]}
            quantity: {title: Q, unit: km, direction: higher, min: 0, max: 10, targets: {2: 5}}
        """,
        levels=2,
    )
    assert level(model, "{a.2: ya, a.value: 4}", "a") == 1
    assert level(model, "{a.2: ya, a.value: 5}", "a") == 2


# ------------------------------------------------------------------------------------------------- aggregates


@pytest.mark.parametrize(
    ("aggregate", "expected"),
    [
        ("mean", Fraction(13, 4)),  # (3·4 + 1·1) / 4
        ("minimum", 1),
        ("median", Fraction(5, 2)),
        ("sum", 13),
        ("rounded-sum", 3),  # 3 + 0.25, each rounded to a whole
    ],
)
def test_a_score_is_aggregated_exactly(aggregate, expected):
    result = placed(grouped(aggregate, "round: 0" if aggregate == "rounded-sum" else ""), "{a: 4, b: 1}")
    assert scores(result) == (expected, expected)
    assert result.overall.exact


def grouped(aggregate, more=""):
    return tiny(f"""
    aggregate: {aggregate}
    {more}
    children: [{{id: a, kind: score, title: A, weight: 3}}, {{id: b, kind: score, title: B}}]
    """)


def test_a_geometric_mean_is_rounded_to_twelve_digits_and_not_exact():
    result = placed(grouped("geometric"), "{a: 4, b: 1}")
    assert float(result.overall.score) == pytest.approx(4**0.75, abs=1e-12)
    assert result.overall.score * 10**12 % 1 == 0
    assert not result.overall.exact


def test_a_node_rounds_where_the_model_says_so():
    assert scores(placed(grouped("mean", "round: 1"), "{a: 4, b: 1}"))[0] == Fraction(33, 10)


def test_unpublished_weights_leave_the_score_between_the_lowest_and_the_highest_child():
    result = placed(grouped("unknown-weights"), "{a: 4, b: 1}")
    assert scores(result) == (1, 4)
    assert "weights below Model are unpublished" in result.notes[0].en


def test_unpublished_weights_do_not_matter_where_all_children_score_alike():
    assert scores(placed(grouped("unknown-weights"), "{a: 3, b: 3}")) == (3, 3)


def measured(quantity):
    """A model of one measured figure, on a scale from −3 to 3."""
    return tiny(
        f"children: [{{id: a, kind: quantity, title: A, quantity: {{title: Q, unit: km, {quantity}}}}}]",
        scale="{min: -3, max: 3}",
    )


@pytest.mark.parametrize(("figure", "score"), [(10, -3), (33, 1), (65, 1), (66, 2), (100, 2)])
def test_a_figure_scores_by_the_last_band_that_it_reaches(figure, score):
    model = measured("direction: higher, min: 0, max: 100, bands: [{from: 33, score: 1}, {from: 66, score: 2}]")
    assert scores(placed(model, f"a: {figure}")) == (score, score)


@pytest.mark.parametrize(("direction", "score"), [("higher", Fraction(-3, 2)), ("lower", Fraction(3, 2))])
def test_a_figure_scores_by_its_distance_from_the_mean_of_a_frozen_cohort(direction, score):
    cohort = "cohort: {name: 71 cities, date: 2007-10-01, mean: 50, deviation: 20}"
    assert scores(placed(measured(f"direction: {direction}, min: 0, max: 100, {cohort}"), "a: 20"))[0] == score


def test_a_figure_scores_between_the_extremes_of_a_frozen_cohort():
    cohort = "cohort: {name: 71 cities, date: 2007-10-01}"
    assert scores(placed(measured(f"direction: higher, min: 20, max: 80, {cohort}"), "a: 65"))[0] == Fraction(3, 2)


def test_one_zero_makes_a_geometric_mean_zero():
    model = tiny(
        """
        aggregate: geometric
        children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]
        """,
        scale="{min: 0, max: 5}",
    )
    assert scores(placed(model, "{a: 0, b: 5}")) == (0, 0)


# --------------------------------------------------------------------------------------------------- statuses

ONE = "children: [{id: a, kind: level, title: A, may_not_apply: true}, {id: b, kind: level, title: B}]"


@pytest.mark.parametrize(
    "answer", ["a: {status: unknown}", "a: tidak tahu", "a: {status: blank}", "a:", "a: {status: not_asked}", ""]
)
def test_what_is_not_known_is_open_from_worst_to_best(answer):
    result = placed(tiny(ONE), answer)
    assert interval(result, "a") == (1, 3)
    assert scores(result, "a") == (1, 3)


def test_a_given_value_is_its_own_interval():
    assert interval(placed(tiny(ONE), "a: 2"), "a") == (2, 2)


def test_what_is_withheld_counts_as_the_worst():
    assert interval(placed(tiny(ONE), "a: {status: withheld, value: 3}"), "a") == (1, 1)


def test_what_does_not_apply_is_absent_from_the_score():
    result = placed(tiny(ONE), "{a: {status: not_applicable, reason: none here}, b: 3}")
    assert scores(result) == (3, 3)
    assert (interval(result, "a"), scores(result, "a")) == ((None, None), (None, None))
    assert not result.nodes["a"].applies


def test_the_share_that_rests_on_not_applicable_is_stated():
    result = placed(tiny(ONE), "{a: {status: not_applicable, reason: none here}, b: 3}")
    assert (result.overall.coverage, result.overall.not_applicable) == (1, Fraction(1, 2))


def test_not_applicable_where_the_model_refuses_it_counts_as_the_worst_and_is_printed():
    result = placed(tiny(ONE), "{b: {status: not_applicable, reason: none here}}")
    assert interval(result, "b") == (1, 1)
    assert [note.en for note in result.notes] == [
        "The claim that b does not apply is refused; it counts as the worst value."
    ]


def test_a_level_whose_criteria_are_all_not_applicable_passes_and_is_printed():
    model = tiny(
        "children: [{id: a, kind: criteria, title: A, criteria: {2: [{text: x, may_not_apply: true}], 3: [{text: y}]}}]"
    )
    result = placed(model, "{a.2: {status: not_applicable, reason: none here}, a.3: tidak}")
    assert interval(result, "a") == (2, 2)
    assert [note.en for note in result.notes] == ["A passes level 2 because none of its criteria applies."]


def test_an_indicator_that_may_not_apply_is_said_not_to_as_a_whole_and_not_bit_by_bit():
    model = tiny(
        "children: [{id: a, kind: criteria, title: A, may_not_apply: true, criteria: {2: [{text: x}], 3: [{text: y}]}}]"
    )
    assert not placed(model, "{a: {status: not_applicable, reason: none here}}").nodes["a"].applies
    assert interval(placed(model, "{a.2: {status: not_applicable, reason: none here}, a.3: ya}"), "a") == (1, 1)


def test_a_criterion_that_does_not_apply_leaves_the_share():
    model = tiny(COUNCIL.replace("text: formed", "text: formed, may_not_apply: true"))
    answers = (
        "{council.2.1: {status: not_applicable, reason: none}, council.2.2: ya, council.2.3: tidak, council.3: tidak}"
    )
    assert level(model, answers, "council") == 2


def test_an_indicator_that_does_not_apply_takes_its_figure_with_it():
    model = tiny(
        """
        children:
          - id: a
            kind: level
            title: A
            may_not_apply: true
            gates: {2: [{clause: target}]}
            quantity: {title: Q, unit: km, direction: higher, min: 0, max: 10, targets: {2: 5}}
          - {id: b, kind: level, title: B}
        """,
        levels=2,
    )
    result = placed(model, "{a: {status: not_applicable, reason: none here}, b: 2}")
    assert not result.nodes["a"].applies
    assert scores(result) == (2, 2)


def test_when_nothing_applies_there_is_no_score():
    model = tiny("children: [{id: a, kind: level, title: A, may_not_apply: true}]")
    result = placed(model, "a: {status: not_applicable, reason: none here}")
    assert scores(result) == (None, None)
    assert (result.overall.applies, result.overall.coverage, result.overall.not_applicable) == (False, 0, 1)


# -------------------------------------------------------------------------------------- a node in place of others

SEVERED = """
children:
  - id: g
    kind: group
    title: G
    gates:
      2: [{clause: score, from: 2}, {clause: children, rule: all}]
    children: [{id: a, kind: level, title: A}, {id: b, kind: level, title: B}]
"""


def test_a_given_level_replaces_the_clauses_and_leaves_what_is_below_open():
    result = placed(tiny(SEVERED, levels=2), "g: {level: 2}")
    assert interval(result, "g") == (2, 2)
    assert interval(result, "a") == (1, 2)


def test_a_given_score_feeds_the_score_clause_and_leaves_the_others_open():
    result = placed(tiny(SEVERED, levels=2), "g: {score: 2}")
    assert scores(result, "g") == (2, 2)
    assert interval(result, "g") == (1, 2)


def test_a_given_score_below_the_cut_off_decides():
    assert interval(placed(tiny(SEVERED, levels=2), "g: {score: 1.9}"), "g") == (1, 1)


def test_a_withheld_node_has_everything_below_it_at_its_worst():
    result = placed(tiny(SEVERED, levels=2), "g: {status: withheld}")
    assert [interval(result, node) for node in ("g", "a", "b")] == [(1, 1)] * 3


# ------------------------------------------------------------------------------------------------------- scope

SCOPED = """
gates: {2: [{clause: children, rule: all}]}
children:
  - {id: a, kind: level, title: A}
  - {id: b, kind: level, title: B, requires: [{at: 2, node: a, level: 2, reason: since}]}
  - {id: c, kind: level, title: C}
"""


def test_a_node_outside_the_scope_leaves_weighted_clauses_and_scores():
    result = placed(tiny(SCOPED, levels=2), "c: 2", "scope: [c]")
    assert interval(result) == (2, 2)
    assert scores(result) == (2, 2)
    assert (result.nodes["a"].assessed, result.nodes["a"].low) == (False, None)


def test_a_requirement_on_a_node_outside_the_scope_reads_it_as_open():
    assert interval(placed(tiny(SCOPED, levels=2), "b: 2", "scope: [b]"), "b") == (1, 2)


def test_a_score_of_part_of_the_model_is_said_to_be_no_official_index():
    result = placed(tiny(SCOPED, levels=2), "c: 2", "scope: [c]")
    assert ["not an official index" in note.en for note in result.notes] == [True]


# --------------------------------------------------------------------------------------------------- open rows

PROGRAMMES = """
children:
  - id: programmes
    kind: group
    title: Programmes
    gates: {2: [{clause: score, from: 50}], 3: [{clause: score, from: 90}]}
    open:
      kind: group
      answer: quantity
      quantity: {title: realised, unit: km, direction: higher, min: 0, max: 100}
"""


def test_rows_come_with_the_answers_and_are_weighed_like_children():
    model = tiny(PROGRAMMES, scale="{min: 0, max: 100}")
    result = placed(
        model,
        """
        programmes:
          rows:
            - {id: road, title: Road, weight: 3, target: 10, realised: 5}
            - {id: park, title: Park, target: 4, realised: 4}
        """,
    )
    assert scores(result, "programmes.road") == (50, 50)
    assert scores(result, "programmes") == (Fraction(125, 2), Fraction(125, 2))
    assert interval(result, "programmes") == (2, 2)


def test_a_row_without_a_value_is_open():
    model = tiny(PROGRAMMES, scale="{min: 0, max: 100}")
    result = placed(model, "programmes: {rows: [{id: road, title: Road, target: 10}]}")
    assert scores(result, "programmes") == (0, 100)


def test_rows_that_nobody_has_filled_in_are_open():
    result = placed(tiny(PROGRAMMES, scale="{min: 0, max: 100}"), "")
    assert scores(result, "programmes") == (0, 100)
    assert interval(result, "programmes") == (1, 3)


def test_a_node_said_to_have_no_rows_does_not_apply():
    result = placed(tiny(PROGRAMMES, scale="{min: 0, max: 100}"), "programmes: {rows: []}")
    assert scores(result, "programmes") == (None, None)
    assert not result.nodes["programmes"].applies


def test_a_whole_model_may_be_rows():
    model = tiny("open: {kind: group, answer: score}")
    result = placed(model, "overall: {rows: [{id: x, title: X, value: 2}, {id: y, title: Y, value: 3}]}")
    assert scores(result) == (Fraction(5, 2), Fraction(5, 2))


# ------------------------------------------------------------------------------------------------ no levels at all


def test_a_model_may_have_a_score_and_no_levels():
    model = tiny("children: [{id: a, kind: score, title: A}, {id: b, kind: score, title: B}]")
    result = placed(model, "{a: 3, b: 4}")
    assert (interval(result), scores(result)) == ((None, None), (Fraction(7, 2), Fraction(7, 2)))


# --------------------------------------------------------------------------------------------------- the reasons


def reasons(model, answers, node="m"):
    found = placed(model, answers).nodes[node]
    return {"held_by": found.held_by, "blocked_by": found.blocked_by, "ceiling": found.ceiling}


def test_a_share_is_held_by_just_enough_children():
    model = children("rule: share, share: 2/3")
    assert reasons(model, "{a: 2, b: 2, c: 2}")["held_by"] == ("a", "b")


def test_a_weighted_share_is_held_by_just_enough_weight():
    model = children("rule: share, share: 1/2, weighted: true")
    assert reasons(model, "{a: 2, b: 2, c: 2}")["held_by"] == ("a",)


def test_a_share_is_blocked_by_the_children_that_do_not_stand():
    model = children("rule: share, share: 2/3")
    assert reasons(model, "{a: 2, b: 1}") == {"held_by": (), "blocked_by": ("b", "c"), "ceiling": ("a", "b")}


def test_criteria_are_held_by_the_heaviest_that_suffice():
    answers = "{council.2.1: ya, council.2.2: ya, council.2.3: ya, council.3: tidak}"
    assert reasons(tiny(COUNCIL), answers, "council") == {
        "held_by": ("council.2.1",),
        "blocked_by": ("council.3",),
        "ceiling": ("council.3",),
    }


def test_a_share_of_criteria_is_held_by_just_enough_of_them():
    model = tiny("""
    children:
      - id: a
        kind: criteria
        title: A
        gates: {2: [{clause: criteria, share: 2/3}]}
        criteria: {2: [{text: x}, {text: y}, {text: z}], 3: [{text: u}]}
    """)
    answers = "{a.2.1: ya, a.2.2: ya, a.2.3: ya, a.3: tidak}"
    assert reasons(model, answers, "a")["held_by"] == ("a.2.1", "a.2.2")


def test_a_requirement_is_blocked_by_what_keeps_the_other_node():
    assert reasons(tiny(REQUIRING), "{a: 1, b: 3}", "b") == {"held_by": ("b",), "blocked_by": ("a",), "ceiling": ("a",)}


def test_what_is_open_blocks_the_level_but_not_the_ceiling():
    assert reasons(tiny(REQUIRING), "{b: 3}", "b") == {"held_by": ("b",), "blocked_by": ("a",), "ceiling": ()}


def test_a_score_is_held_and_blocked_by_all_that_it_rests_on():
    model = cutoffs("from: 2.6")
    assert reasons(model, "{a: 5, b: 5, c: 1}")["held_by"] == ("a", "b")
    assert reasons(model, "{a: 5, b: 1, c: 1}")["blocked_by"] == ("b", "c")
