"""Weights that experts gave in place of a model's own: what they change, and what is refused."""

from fractions import Fraction

import pytest

from gscm import yamlfile
from gscm.errors import FaultsFound
from gscm.model.flat import model_digest
from gscm.model.weights import load_weights, parts_digest, read_weights, weighed
from gscm.model.weights_schema import METHODS
from gscm.placement.place import place
from gscm.statistics import ahp, bwm
from tests.tiny import answered, tiny

TWO = """\
children:
  - {id: a, kind: score, title: A, weight: 1}
  - {id: b, kind: score, title: B, weight: 3}
"""


def file(nodes, head="id: panel\nmodel: m\nversion: 1.0.0\nsource: Penilaian 3 pakar\n"):
    return read_weights(yamlfile.parse(f"{head}nodes:\n{nodes}", "weights.yaml"))


def said(model, weights):
    with pytest.raises(FaultsFound) as found:
        weighed(model, weights)
    return [issue.sentence("en") for issue in found.value.issues]


def test_the_score_is_worked_out_with_the_experts_weights():
    model = tiny(TWO)
    changed = weighed(model, file("  overall: {weights: {a: 0.8, b: 0.2}}\n"))
    scores = [place(answered(one, "a: 1\nb: 5")).overall.score for one in (model, changed)]
    assert scores == [Fraction(1 + 3 * 5, 4), Fraction(8 + 2 * 5, 10)]


def test_weights_of_nodes_that_the_file_does_not_name_stay():
    model = tiny("""\
        children:
          - id: g
            kind: group
            title: G
            weight: 2
            children: [{id: a, kind: score, title: A, weight: 5}, {id: b, kind: score, title: B}]
          - {id: c, kind: score, title: C}
    """)
    changed = weighed(model, file("  overall: {weights: {g: 1/4, c: 3/4}}\n"))
    assert [str(changed.nodes[id].weight) for id in ("g", "c", "a", "b")] == ["1/4", "3/4", "5", "1"]


def test_the_model_is_another_one_and_says_so_wherever_it_is_named():
    model = tiny(TWO)
    changed = weighed(model, file("  overall: {weights: {a: 0.25, b: 0.75}}\n"))
    assert model_digest(changed) != model_digest(model)
    assert (model.weights, changed.weights.id) == (None, "panel")
    assert changed.short.en.endswith("(experts’ weights)")
    assert changed.notice.en.endswith(
        "The weights below Model are replacements from Penilaian 3 pakar, not the model’s own, so that the result is "
        "no official one."
    )
    assert changed.sources["panel"].title == "Penilaian 3 pakar"


def test_an_official_model_with_other_weights_is_no_longer_official():
    from dataclasses import replace

    model = replace(tiny(TWO), status="official")
    assert weighed(model, file("  overall: {weights: {a: 0.5, b: 0.5}}\n")).status == "adapted"


@pytest.mark.parametrize(
    ("experts", "said"),
    [
        ("experts: 1\n", "bobot pengganti dari 1 pakar, bukan bobot model"),
        ("experts: 3\ndate: 2026-11-21\n", "bobot pengganti dari 3 pakar (21 November 2026), bukan bobot model"),
    ],
)
def test_the_notice_counts_the_experts_and_names_nobody(experts, said):
    head = f"id: panel\nmodel: m\nversion: 1.0.0\nsource: x\n{experts}"
    assert said in weighed(tiny(TWO), file("  overall: {weights: {a: 0.5, b: 0.5}}\n", head)).notice.id


def test_every_weight_tells_how_it_came_about():
    nodes = """\
  overall:
    weights: {a: 0.5, b: 0.5}
    method: eigenvector
    group: aij
    experts: 3
    random_index: saaty-1980
    completion: harker
    consistency:
      - {measure: consistency-ratio, value: 0.0312, limit: 0.1, limit_source: Saaty 1980}
      - {expert: P1, measure: consistency-ratio, value: 0.1, limit: 0.1, limit_source: Saaty 1980}
      - {expert: P2, measure: consistency-ratio, value: 0.12, limit: 0.1, limit_source: Saaty 1980, missing: 1}
"""
    origin = weighed(tiny(TWO), file(nodes)).nodes["a"].weight_origin
    assert (origin.basis, origin.source) == ("ours", "panel")
    assert origin.note.en == (
        "AHP (principal eigenvector); 3 experts; judgements aggregated first (AIJ); missing comparisons after Harker "
        "(1987); consistency ratio (CR) 0.0312 (random index of Saaty (1980)); 1 of 2 experts not consistent"
    )


def test_the_range_of_the_experts_is_told_where_the_group_has_no_figure():
    nodes = """\
  overall:
    weights: {a: 0.5, b: 0.5}
    method: bwm-linear
    consistency:
      - {expert: P1, measure: input-based, value: 0.05, limit: 0.1354, limit_source: Liang et al. 2020}
      - {expert: P1, measure: xi-linear, value: 0.9}
      - {expert: P2, measure: input-based, value: 0.13, limit: 0.1354, limit_source: Liang et al. 2020}
"""
    origin = weighed(tiny(TWO), file(nodes)).nodes["a"].weight_origin
    assert origin.note.id == "BWM (model linear); rasio konsistensi berbasis masukan 0,05–0,13"


def test_they_are_never_official():
    head = "id: panel\nmodel: m\nversion: 1.0.0\nsource: x\nbasis: official\n"
    with pytest.raises(FaultsFound, match="published"):
        file("  overall: {weights: {a: 0.5, b: 0.5}}\n", head)


@pytest.mark.parametrize(
    ("weights", "fault"),
    [
        ("{a: 0.5, b: 0.6}", "The weights sum to 1.1, not to 1."),
        ("{a: 0, b: 1}", "a weight must be greater than 0"),
        ("{a: -0.5, b: 1.5}", "a weight must be greater than 0"),
        ("{}", "must be"),
    ],
)
def test_weights_are_positive_and_sum_to_exactly_one(weights, fault):
    with pytest.raises(FaultsFound) as found:
        file(f"  overall:\n    weights: {weights}\n")
    assert "weights.yaml:" in str(found.value)
    assert fault in str(found.value)


def test_everything_that_does_not_fit_is_told_at_once_with_its_line():
    nodes = """\
  overall: {weights: {a: 0.5, c: 0.5}}
  a: {weights: {x: 1}}
  nowhere: {weights: {x: 1}}
"""
    assert said(tiny(TWO), file(nodes)) == [
        "weights.yaml:6: “c” is no part of “overall”. Its parts: a, b.",
        "weights.yaml:6: The weights below “overall” are incomplete: b. Give every part a weight.",
        "weights.yaml:7: “a” has no parts to weigh. Did you mean “overall”?",
        "weights.yaml:8: There is no node “nowhere” in the model m. See: gscm model show m",
    ]


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ("id: p\nmodel: other\nversion: 1.0.0\nsource: x\n", "These weights are for the model other, not m."),
        ("id: p\nmodel: m\nversion: 2.0.0\nsource: x\n", "for m version 2.0.0; the model has version 1.0.0."),
        (f"id: p\nmodel: m\nversion: 1.0.0\nmodel_sha256: {'0' * 64}\nsource: x\n", "no longer what it was"),
        ("id: us\nmodel: m\nversion: 1.0.0\nsource: x\n", "The id “us” is a source of this model."),
    ],
)
def test_weights_for_another_model_or_edition_are_refused(head, fault):
    (one,) = said(tiny(TWO), file("  overall: {weights: {a: 0.5, b: 0.5}}\n", head))
    assert fault in one


def test_weights_hold_for_every_edition_of_the_model_with_the_same_parts():
    head = f"id: p\nmodel: m\nversion: 1.0.0\nparts_sha256: {parts_digest(tiny(TWO))}\nsource: x\n"
    weights = file("  overall: {weights: {a: 0.5, b: 0.5}}\n", head)
    assert weighed(tiny(TWO.replace("title: A", "title: Another")), weights)
    (fault,) = said(tiny(TWO.replace("id: b", "id: c")), weights)
    assert "no longer what it was" in fault
    assert "--model MODEL" in fault


def test_comparisons_in_place_of_weights_are_told_apart():
    with pytest.raises(FaultsFound, match=r"gscm weights compute weights\.yaml"):
        read_weights(yamlfile.parse("model: m\npanel: []\n", "weights.yaml"))


@pytest.mark.parametrize("rule", ["minimum", "median", "sum", "unknown-weights"])
def test_a_node_whose_score_takes_no_weights_is_refused(rule):
    (one,) = said(tiny(f"aggregate: {rule}\n{TWO}"), file("  overall: {weights: {a: 0.5, b: 0.5}}\n"))
    assert "The score of “overall” takes no weights" in one


def test_a_weighted_gate_takes_weights_even_where_the_score_does_not():
    root = (
        "gates: {2: [{clause: children, rule: share, share: 1/2, weighted: true}]}\naggregate: minimum\n"
        "children: [{id: a, kind: level, title: A}, {id: b, kind: level, title: B}]\n"
    )
    model = tiny(root, levels=2)
    changed = weighed(model, file("  overall: {weights: {a: 0.4, b: 0.6}}\n"))
    assert [place(answered(one, "a: 2\nb: 1")).overall.low for one in (model, changed)] == [2, 1]


def test_the_parts_of_an_open_node_are_weighed_in_their_rows():
    model = tiny("open: {kind: score, answer: score}\n")
    (one,) = said(model, file("  overall: {weights: {a: 0.5, b: 0.5}}\n"))
    assert "come with the answers" in one


def test_methods_are_named_as_the_statistics_name_them():
    two, three = [[1, 2], [0.5, 1]], [1, 2, 4]
    names = {
        "eigenvector": ahp.priorities(two).method.name,
        "geometric-mean": ahp.priorities(two, "geometric-mean").method.name,
        "bwm-linear": bwm.best_worst_linear(0, 2, three, [4, 2, 1]).method.name,
        "bwm-minmax": bwm.best_worst_minmax(0, 2, three, [4, 2, 1]).method.name,
    }
    plain = {method: (name.id, name.en) for method, name in names.items()}
    assert {m: (bare(n.id), bare(n.en)) for m, n in METHODS.items()} == {
        m: (bare(a), bare(b)) for m, (a, b) in plain.items()
    }


def bare(name):
    return name.replace(",", "").replace("(", "").replace(")", "")


def test_a_file_that_is_not_there_is_said(tmp_path):
    from gscm.errors import Unreadable

    with pytest.raises(Unreadable, match="no such file"):
        load_weights(tmp_path / "none.yaml")
