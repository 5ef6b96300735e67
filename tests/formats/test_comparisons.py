"""Experts' comparisons from YAML and CSV, and the files that are written from them."""

from dataclasses import replace
from fractions import Fraction

import pytest

from gscm import yamlfile
from gscm.analysis.panel import BestWorst, Choices, Pairs, weigh
from gscm.errors import BadUse, FaultsFound
from gscm.formats.comparisons import bind, comparisons_text, read_comparisons
from gscm.formats.weights import weights_text
from gscm.model.weights import read_weights, weighed
from tests.tiny import tiny

ROOT = """\
children:
  - {id: a, kind: score, title: A}
  - {id: b, kind: score, title: B}
  - {id: c, kind: score, title: C}
"""


def read(experts, head="model: m\n"):
    return bind(yamlfile.parse(f"{head}panel:\n{experts}", "c.yaml"), tiny(ROOT))


def faults(experts, head="model: m\n"):
    with pytest.raises(FaultsFound) as found:
        read(experts, head)
    return [issue.sentence("en") for issue in found.value.issues]


def of(pairs):
    return f"  - {{expert: P1, comparisons: {{overall: {pairs}}}}}\n"


def test_pairs_are_read_exactly():
    (expert,) = read(of("{a: {b: 3, c: 0.5}, b: {c: 1/7}}")).experts
    said = expert.said["m"]
    assert said.times == {("a", "b"): 3, ("a", "c"): Fraction(1, 2), ("b", "c"): Fraction(1, 7)}


def test_best_and_worst_stand_for_themselves():
    (expert,) = read(of("{best: a, worst: c, best_to_others: {b: 2, c: 8}, others_to_worst: {a: 8, b: 4}}")).experts
    assert expert.said["m"] == BestWorst("a", "c", {"a": 1, "b": 2, "c": 8}, {"c": 1, "a": 8, "b": 4})


def test_a_pair_may_be_written_both_ways_round_if_it_agrees():
    (expert,) = read(of("{a: {b: 3, c: 5}, b: {a: 1/3}}")).experts
    assert expert.said["m"] == Pairs({("a", "b"): Fraction(3), ("a", "c"): Fraction(5)})
    (fault,) = faults(of("{a: {b: 3, c: 5}, b: {a: 3}}"))
    assert "b over a is not the reciprocal of a over b" in fault


def test_every_fault_is_told_at_once_with_its_line_and_a_remedy():
    told = faults("""\
  - expert: P1
    comparisons:
      overall:
        a: {b: 12, x: 2}
        c: 3
      g: {}
  - expert: P2
    comparisons:
      overall: {best: a, worst: a, best_to_others: {}, others_to_worst: {b: x, c: 2}}
""", head="model: m\nversion: 2.0.0\nmore: 1\n")  # fmt: skip
    lines = [one.partition(" ")[0] for one in told]
    assert lines == ["c.yaml:3:", "c.yaml:8:", "c.yaml:8:", "c.yaml:9:", "c.yaml:10:", *["c.yaml:13:"] * 3]
    assert all(one.count(". ") for one in told)


def test_the_version_of_the_model_is_checked():
    (fault,) = faults(of("{a: {b: 3, c: 5}}"), head="model: m\nversion: 2.0.0\n")
    assert "for m version 2.0.0; the model has version 1.0.0" in fault


def test_comparisons_need_not_be_complete_but_connect_all_parts():
    assert read(of("{a: {b: 3}, b: {c: 2}}"))
    (fault,) = faults(of("{a: {b: 3}}"))
    assert fault == "c.yaml:3: P1: no comparisons connect c with a. Add some; not every pair is needed."


def test_all_experts_compare_a_node_in_the_same_form():
    second = of("{best: a, worst: c, best_to_others: {b: 2, c: 8}, others_to_worst: {a: 8, b: 4}}").replace("P1", "P2")
    (fault,) = faults(of("{a: {b: 3, c: 5}}") + second)
    assert "P2 and P1 compared the parts of “m” in different forms" in fault


def test_an_expert_compares_a_node_once():
    (fault,) = faults(of("{a: {b: 3, c: 5}}") * 2)
    assert "P1 already compared the parts of “overall” at c.yaml:3." in fault


def test_comparisons_for_another_model_are_refused_by_name():
    (fault,) = faults(of("{d1: {d2: 3}}"), head="model: spbe-2020\n")
    assert fault == "c.yaml:1: These comparisons are for the model spbe-2020, not m. Use comparisons for m."


def test_a_panel_that_compared_nothing_is_refused():
    (fault,) = faults("  - {expert: P1, comparisons: {}}\n")
    assert "Nothing is compared yet." in fault


def test_a_node_left_empty_is_still_to_be_compared():
    text = "model: m\npanel:\n  - expert: P1\n    comparisons:\n      overall:\n"
    assert bind(yamlfile.parse(text, "c.yaml"), tiny(ROOT), unfinished=True)
    with pytest.raises(FaultsFound, match="no comparisons connect b"):
        bind(yamlfile.parse(text, "c.yaml"), tiny(ROOT))


def test_a_file_is_named_once(tmp_path):
    (tmp_path / "c.csv").write_text(CSV, encoding="utf-8")
    with pytest.raises(BadUse, match="named twice"):
        read_comparisons([tmp_path / "c.csv", f"{tmp_path}/./c.csv"], tiny(ROOT))


def test_what_is_taken_back_leaves_nothing_in_the_file():
    panel = read(of("{a: {b: 3, c: 5}}"))
    (expert,) = panel.experts
    emptied = replace(panel, experts=(replace(expert, said={"m": Pairs({})}),))
    assert "comparisons: {}" in comparisons_text(emptied, "m")


def test_what_is_written_reads_back_the_same():
    panel = read(of("{a: {b: 3, c: 0.5}, b: {c: 1/7}}"), head='model: m\nabout: {id: "a: “b”", en: "c\\\\d"}\n')
    again = bind(yamlfile.parse(comparisons_text(panel, "m", "# kept"), "c.yaml"), panel.model)
    assert (again.experts, again.about) == (panel.experts, panel.about)


def test_a_decimal_is_the_reciprocal_that_it_was_rounded_from():
    (expert,) = read(of("{a: {b: 0.33, c: 0.11}, b: {c: 0.4}}")).experts
    assert list(expert.said["m"].times.values()) == [Fraction(1, 3), Fraction(1, 9), Fraction(2, 5)]


@pytest.mark.parametrize("date", ["1-Mar", "3-Jan", "Mar-01", "5-Agu", "01/03/2026", "2026-03-01", "1/3/26"])
def test_a_date_that_a_spreadsheet_made_is_said_to_be_one(date, tmp_path):
    (tmp_path / "c.csv").write_text(f"{CSV}P1;overall;a;c;{date}\n", encoding="utf-8")
    with pytest.raises(FaultsFound) as found:
        read_comparisons([tmp_path / "c.csv"], tiny(ROOT))
    (issue,) = found.value.issues
    assert (issue.where.line, issue.what.en) == (6, f"a over c: “{date}” is a date.")
    assert "turn the pair round and write 3" in issue.remedy.en


@pytest.mark.parametrize("code", ["Budi Santoso", "a-code-that-is-longer-than-any"])
def test_an_expert_goes_by_a_code_because_it_is_printed(code):
    (fault,) = faults(of("{a: {b: 3, c: 5}}").replace("P1", code))
    assert f"“{code}” is no code for an expert." in fault


CSV = "expert;parent;a;b;value\nP1;overall;a;b;3\nP1;overall;b;c;0,5\nP2;overall;a;b;1/3\nP2;overall;a;c;2\n"


def test_a_table_says_the_same(tmp_path):
    (tmp_path / "c.csv").write_text(CSV, encoding="utf-8")
    panel = read_comparisons([tmp_path / "c.csv"], tiny(ROOT))
    assert [dict(one.said["m"].times) for one in panel.experts] == [
        {("a", "b"): 3, ("b", "c"): Fraction(1, 2)},
        {("a", "b"): Fraction(1, 3), ("a", "c"): 2},
    ]


def test_the_faults_of_a_table_name_their_rows(tmp_path):
    (tmp_path / "c.csv").write_text(CSV + "P1;overall;a;b;2\nP1;overall;;b;2\nP2;overall;b;c;3-Jan\n", encoding="utf-8")
    with pytest.raises(FaultsFound) as found:
        read_comparisons([tmp_path / "c.csv"], tiny(ROOT))
    assert [issue.where.line for issue in found.value.issues] == [6, 7, 8]


AGAINST = """\
pakar;induk;terbaik;terburuk;bagian;terbaik ke bagian;bagian ke terburuk
P1;overall;a;c;a;;8
P1;overall;a;c;b;2;4
P1;overall;a;c;c;8;
"""


def test_a_table_may_hold_parts_against_the_best_and_the_worst(tmp_path):
    (tmp_path / "c.csv").write_text(AGAINST, encoding="utf-8")
    (expert,) = read_comparisons([tmp_path / "c.csv"], tiny(ROOT)).experts
    assert expert.said["m"] == BestWorst("a", "c", {"a": 1, "b": 2, "c": 8}, {"c": 1, "a": 8, "b": 4})


def test_the_faults_of_such_a_table_name_their_rows(tmp_path):
    wrong = (
        "P2;overall;a;c;a;;8\nP2;overall;b;c;b;2;4\nP2;overall;a;c;c;12;\nP1;overall;a;c;b;2;4\nP2;overall;a;c;b;;2\n"
    )
    (tmp_path / "c.csv").write_text(AGAINST + wrong, encoding="utf-8")
    with pytest.raises(FaultsFound) as found:
        read_comparisons([tmp_path / "c.csv"], tiny(ROOT))
    told = {issue.where.line: issue.what.en for issue in found.value.issues}
    assert told[6] == "best is b here, but a on line 5."
    assert told[7] == "best_to_others, c: “12” is not a number from 1 to 9."
    assert told[8] == "This part already stands on line 3."
    assert told[9] == "This row is incomplete: best_to_part."


def test_a_table_needs_its_model_named(tmp_path):
    (tmp_path / "c.csv").write_text(CSV, encoding="utf-8")
    with pytest.raises(BadUse, match="--model"):
        read_comparisons([tmp_path / "c.csv"])


def test_files_of_several_experts_are_one_panel(tmp_path):
    for name in ("P1", "P2"):
        experts = of("{a: {b: 3, c: 5}}").replace("P1", name)
        (tmp_path / f"{name}.yaml").write_text(f"model: m\npanel:\n{experts}", encoding="utf-8")
    panel = read_comparisons([tmp_path / "P1.yaml", tmp_path / "P2.yaml"], tiny(ROOT))
    assert [one.id for one in panel.experts] == ["P1", "P2"]


def test_the_weights_file_is_read_by_the_model_it_was_made_for():
    panel = read(of("{a: {b: 2, c: 4}, b: {c: 2}}"), head="model: m\nabout: sintetis\n")
    text = weights_text(panel, weigh(panel, Choices()), "panel", None)
    weights = read_weights(yamlfile.parse(text, "w.yaml"))
    assert weights.file.source.en == "Judgements of 1 expert (sintetis) by AHP (principal eigenvector)"
    found = weighed(panel.model, weights)
    assert [str(found.nodes[part].weight) for part in "abc"] == ["2857/5000", "2857/10000", "1429/10000"]


BWM = "{best: a, worst: c, best_to_others: {b: 2, c: 8}, others_to_worst: {a: 8, b: 5}}"


def written(experts, choices=None):
    panel = read(experts)
    text = weights_text(panel, weigh(panel, choices or Choices()), "panel", None)
    return read_weights(yamlfile.parse(text, "w.yaml")).file.nodes["overall"]


def told(node):
    return [
        (one.expert, one.measure, round(float(one.value), 4), one.limit and float(one.limit), one.limit_source)
        for one in node.consistency
    ]


def test_both_ratios_of_every_expert_by_the_best_worst_method_reach_the_file_with_their_limits():
    node = written(of(BWM) + of(BWM).replace("P1", "P2"))
    one = [
        ("input-based", 0.0357, 0.1309, "Liang et al. 2020"),  # |2 · 5 − 8| / (8² − 8)
        ("output-based", 0.0578, 0.2267, "Liang et al. 2020"),  # the transport of Rezaei (2015), printed 0.058
        ("xi-linear", 0.0357, None, None),
    ]
    assert told(node) == [(expert, *measure) for expert in ("P1", "P2") for measure in one]
    assert (node.group, node.experts) == ("aip", 2)


def test_the_ratio_of_the_group_and_of_every_expert_reach_the_file():
    pairs = of("{a: {b: 2, c: 4}, b: {c: 2}}") + of("{a: {b: 2, c: 2}, b: {c: 2}}").replace("P1", "P2")
    node = written(pairs)
    assert [(one[0], one[2]) for one in told(node)] == [(None, 0.0115), ("P1", 0.0), ("P2", 0.0462)]
    assert {one[3:] for one in told(node)} == {(0.1, "Saaty 1980")}
    aggregated = written(pairs, Choices(group="aip"))
    assert [one[0] for one in told(aggregated)] == ["P1", "P2"]


def test_missing_comparisons_reach_the_file_with_the_way_they_were_filled():
    (tree,) = read(of("{a: {b: 2, c: 4}}")).experts
    assert len(tree.said["m"].times) == 2
    node = written(of("{a: {b: 2, c: 4}}"), Choices(completion="harker"))
    assert (node.completion, node.consistency) == ("harker", ())
