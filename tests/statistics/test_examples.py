"""Every published or worked example of `tests/data/numeric_examples.yaml`, within its tolerance."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import yaml
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_currency, format_percent

from gscm.i18n import decimal, long_date
from gscm.statistics.agreement import consensus, kendall_w, rwg
from gscm.statistics.ahp import aggregate_judgments, complete, index_by_chance, judgments, priorities
from gscm.statistics.bwm import best_worst_linear, best_worst_minmax, consistency_index
from gscm.statistics.figure import NotComputable
from gscm.statistics.guttman import guttman_of_counts, guttman_scale
from gscm.statistics.importance import importance_performance
from gscm.statistics.index import generalised_mean
from gscm.statistics.intraclass import intraclass_correlations
from gscm.statistics.kappas import fleiss_kappa
from gscm.statistics.krippendorff_alpha import krippendorff_alpha
from gscm.statistics.reliability import (
    critical_r,
    cronbach_alpha,
    guttman_lambda6,
    item_analysis,
    omega_of_loadings,
    standardised_alpha,
)
from gscm.statistics.sampling import krejcie_morgan, slovin
from gscm.statistics.sensitivity import saltelli_draws, sobol_indices
from gscm.statistics.validity import (
    LAWSHE_PRINTED,
    aiken_critical_v,
    aiken_v,
    bartlett_sphericity,
    content_validity_ratio,
    kaiser_meyer_olkin,
)
from tests.tiny import placed, tiny

FILE = Path(__file__).parents[1] / "data" / "numeric_examples.yaml"
EXAMPLES = {one["id"]: one for one in yaml.safe_load(FILE.read_text(encoding="utf-8"))["examples"]}


def example(id):
    return EXAMPLES[id]


def near(value, tol):
    return pytest.approx(value, rel=0, abs=tol)


def test_every_example_is_tested_here():
    used = re.findall(r'example\("([\w-]+)"\)', Path(__file__).read_text(encoding="utf-8"))
    assert set(used) == set(EXAMPLES)


# --------------------------------------------------------------------------------------------------- agreement


@pytest.mark.parametrize("measurement", ["nominal", "ordinal", "interval", "ratio"])
def test_krippendorff_alpha_of_krippendorff_2011(measurement):
    one = example("krippendorff_2011_C")
    alpha = krippendorff_alpha(one["input"], measurement)
    assert alpha.value == near(one["expected"][measurement], one["tol"])
    assert round(alpha.value, 3) == one["published_rounded"][measurement]
    assert (alpha.n, alpha.units) == (40, 11)


def test_the_six_forms_of_shrout_and_fleiss():
    one = example("icc_shrout_fleiss_1979")
    expected, tol = one["expected"], one["tol"]
    found = intraclass_correlations(one["input"])
    for form, icc in found.items():
        assert icc.value == near(expected[form], tol)
        assert [round(icc.interval.low, 2), round(icc.interval.high, 2)] == one["expected_ci95"][form]
    assert found["ICC1"].f == near(expected["F_one_way"], tol)
    assert found["ICC3"].f == near(expected["F_two_way"], tol)
    assert [found["ICC1"].df1, found["ICC1"].df2] == expected["df_one_way"]
    assert [found["ICC2"].df1, found["ICC2"].df2] == expected["df_two_way"]
    assert found["ICC3"].p == near(expected["p_two_way"], 1e-6)
    assert found["ICC3k"].value == pytest.approx(cronbach_alpha(one["input"]).value)


def test_fleiss_kappa_of_the_worked_example():
    one = example("fleiss_kappa_wikipedia")
    kappa = fleiss_kappa(one["input"])
    assert kappa.value == near(one["expected"]["kappa"], one["tol"])
    assert round(kappa.value, 2) == one["published_rounded"]["kappa"]


def test_kendall_w_of_three_raters():
    one = example("kendall_w_3x6")
    assert kendall_w(one["input"]).value == near(one["expected"]["W"], one["tol"])


def test_the_consensus_of_tastle_and_wierman():
    one = example("consensus_tastle_wierman")
    for case in one["cases"]:
        assert consensus(case["counts"], one["scale"]).value == near(case["expected"], one["tol"])


def test_rwg_of_one_item():
    one = example("rwg_james_1984")
    found = rwg(one["input"]["ratings"], one["input"]["A"])
    assert (found.variance, found.value) == near((one["expected"]["s2"], one["expected"]["rwg"]), one["tol"])


# ------------------------------------------------------------------------------------------------- reliability


def test_cronbach_alpha_with_its_interval():
    one = example("cronbach_real_statistics_10x15")
    alpha = cronbach_alpha(one["input"])
    assert alpha.value == near(one["expected"]["alpha"], one["tol"])
    assert [round(alpha.interval.low, 3), round(alpha.interval.high, 3)] == one["expected"]["ci95_feldt"]


def test_items_against_the_r_table():
    one = example("cronbach_real_statistics_10x15")
    found, expected = item_analysis(one["input"]), one["derived_by_us"]
    assert [round(item.r, 4) for item in found.items] == expected["item_total_r_uncorrected"]
    assert [round(item.r_corrected, 4) for item in found.items] == expected["item_total_r_corrected"]
    assert [round(item.alpha_if_deleted, 4) for item in found.items] == expected["alpha_if_deleted"]
    assert round(found.r_table, 3) == expected["r_table_two_sided_5pct_n15"]
    assert [f"Q{item.item}" for item in found.items if not item.valid] == expected["items_failing_r_table"]


@pytest.mark.parametrize("missing", ["pairwise", "listwise"])
def test_the_policy_on_missing_answers_moves_alpha(missing):
    one = example("cronbach_missing_11x12")
    alpha = cronbach_alpha(one["input"], missing)
    assert alpha.value == near(one["expected"][f"alpha_{missing}"], one["tol"])
    assert round(alpha.value, 2) == one["published_rounded"][missing]
    assert alpha.n == (one["expected"]["n_listwise"] if missing == "listwise" else 12)
    assert "KR-20" in alpha.method.name.id


def test_omega_of_given_loadings_exceeds_alpha():
    one = example("omega_analytic_standardised")
    loadings = np.array(one["input"]["loadings"])
    implied = np.outer(loadings, loadings)
    np.fill_diagonal(implied, 1)
    assert omega_of_loadings(loadings, 100).value == near(one["expected"]["omega"], one["tol"])
    assert standardised_alpha(implied, 100).value == near(one["expected"]["alpha_from_implied_correlation"], one["tol"])


@pytest.mark.parametrize(("column", "significance"), [("two_sided_5pct", 0.05), ("two_sided_1pct", 0.01)])
def test_the_r_table_is_computed_from_t(column, significance):
    one = example("r_table_pearson")
    for n, expected in one["expected"][column].items():
        assert critical_r(n, significance) == near(expected, one["tol"])
    for n, (printed, computed) in one["printed_table_discrepancies"].items():
        assert round(critical_r(n), 3) == computed != printed


# ---------------------------------------------------------------------------------------------------- validity


def test_kmo_and_bartlett_of_thurstone():
    one = example("kmo_thurstone_9")
    expected, tol, n = one["expected"], one["tol"], one["input"]["n_obs"]
    r = np.eye(9)
    for row, entries in enumerate(one["input"]["lower_triangle"], 1):
        r[row, :row] = r[:row, row] = entries
    kmo, bartlett = kaiser_meyer_olkin(r, n), bartlett_sphericity(r, n)
    assert kmo.value == near(expected["kmo_overall"], tol)
    assert kmo.items == near(tuple(expected["msa"]), tol)
    assert standardised_alpha(r, n).value == near(expected["alpha_standardised"], tol)
    assert guttman_lambda6(r, n).value == near(expected["guttman_lambda6_smc"], tol)
    assert bartlett.determinant == near(expected["det"], 1e-9)
    assert bartlett.chi2 == near(expected["bartlett_chi2"], 1e-3)
    assert bartlett.df == expected["bartlett_df"]


@pytest.mark.parametrize(
    ("convention", "name", "scalability"),
    [
        ("bernard", "bernard_conservative", None),
        ("cornell", "minimum_error_cornell", "scalability_from_min_error"),
        ("goodenough-edwards", "goodenough_edwards", "scalability_from_GE"),
    ],
)
def test_reproducibility_under_three_conventions(convention, name, scalability):
    one = example("guttman_bernard_acculturation")
    found, expected = guttman_scale(one["input"], convention), one["expected"]
    assert found.errors == expected[name]["errors"]
    assert found.reproducibility == near(expected[name]["CR"], one["tol"])
    assert found.minimal_marginal == near(expected["mmr"], one["tol"])
    assert scalability is None or found.scalability == near(expected[scalability], one["tol"])


def test_scalability_from_counts():
    one = example("guttman_scalability_formula")
    given, expected = one["input"], one["expected"]
    found = guttman_of_counts(given["errors"], 10, given["responses"] // 10, given["MMR"])
    assert found.reproducibility == near(expected["CR"], one["tol"])
    assert found.improvement == near(expected["improvement"], one["tol"])
    assert found.scalability == near(expected["scalability"], one["tol"])


def test_aiken_v_and_its_critical_value():
    one = example("aiken_v")
    given = one["input"]
    assert aiken_v(given["ratings"], given["lo"], given["c"]).value == near(one["expected"]["V"], one["tol"])
    assert round(aiken_critical_v(9, 5), 2) == 0.72


def test_lawshe_cvr_and_its_printed_minimum():
    one = example("lawshe_cvr")
    for case in one["cases"]:
        assert content_validity_ratio(case["ne"], case["N"]).value == case["expected"]
    assert one["minimum"] == LAWSHE_PRINTED


# ----------------------------------------------------------------------------------------------------- weights


def numbers(rows):
    return [[float(Fraction(str(cell))) for cell in row] for row in rows]


@pytest.mark.parametrize("one", [example("ahp_saaty_house"), example("ahp_saaty_drinks")], ids=["house", "drinks"])
def test_ahp_weights_of_saaty(one):
    expected, tol = one["expected"], one["tol"]
    found = priorities(numbers(one["input"]))
    assert found.weights == near(tuple(expected["eigenvector"]), tol)
    assert found.lambda_max == near(expected["lambda_max"], tol)
    assert found.consistency_index == near(expected["CI"], tol)
    assert found.random_index == expected["RI"]
    assert found.consistency_ratio == near(expected["CR"], tol)
    geometric = priorities(numbers(one["input"]), "geometric-mean")
    assert geometric.weights == near(tuple(expected["geometric_mean"]), tol)


def test_the_house_is_inconsistent_and_the_ratio_depends_on_the_table_of_random_indices():
    comparisons = numbers(example("ahp_saaty_house")["input"])
    ratios = {
        table: priorities(comparisons, random_index=table) for table in ("saaty-1980", "saaty-2005", "donegan-dodd")
    }
    assert [round(one.consistency_ratio, 4) for one in ratios.values()] == [0.1691, 0.1703, 0.181]
    assert all(one.cautions and not one.acceptable for one in ratios.values())


def test_the_drinks_are_consistent_by_the_table_of_donegan_and_dodd():
    one = example("ahp_saaty_drinks")
    found = priorities(numbers(one["input"]), random_index="donegan-dodd")
    assert round(found.consistency_ratio, 4) == one["published_rounded"]["CR_donegan_dodd_RI"]
    assert found.acceptable
    assert [round(weight, 3) for weight in found.weights] == list(one["published_rounded"]["weights"].values())


def test_an_incomplete_matrix_is_completed_so_that_lambda_is_least():
    one = example("ahp_incomplete_bozoki_2010")
    expected, tol = one["expected"], one["tol"]
    comparisons = judgments(one["labels"], {tuple(pair.split(",")): times for pair, times in one["input"].items()})
    found = priorities(comparisons, random_index="donegan-dodd")
    assert complete(comparisons)[2, 3] == near(expected["missing_cd"], tol)
    assert found.weights == near(tuple(expected["weights"].values()), tol)
    assert found.consistency_index / index_by_chance("donegan-dodd", 4) == near(expected["CR"], tol)
    assert found.consistency_ratio == near(expected["CR"] * 3 / 2, tol)  # by the index of a matrix with one gap
    assert found.missing == 1


def test_a_group_of_two_experts_by_geometric_means_of_their_judgments():
    one = example("ahp_group_aij_2x3")
    expected, tol = one["expected"], one["tol"]
    experts = list(one["input"].values())
    group = aggregate_judgments(experts)
    assert group == near(np.array(expected["AIJ"]), tol)
    assert priorities(group).weights == near(tuple(expected["weights"]), tol)
    assert priorities(group).lambda_max == near(expected["lambda_max"], tol)
    for number, expert in enumerate(experts, 1):
        assert priorities(expert).weights == near(tuple(expected[f"expert{number}_weights"]), tol)
        assert priorities(expert).consistency_ratio == near(expected[f"expert{number}_CR"], tol)


def test_both_best_worst_models_of_rezaei():
    one = example("bwm_rezaei_2015_transport")
    expected, tol, given = one["expected"], one["tol"], one["input"]
    places = (one["labels"].index(given["best"]), one["labels"].index(given["worst"]))
    linear = best_worst_linear(*places, given["best_to_others"], given["others_to_worst"])
    minmax = best_worst_minmax(*places, given["best_to_others"], given["others_to_worst"])
    assert linear.weights == near(tuple(expected["linear_weights"]), tol)
    assert linear.xi == near(expected["linear_xiL"], tol)
    assert minmax.weights == near(tuple(expected["nonlinear_weights"]), tol)
    assert minmax.xi == near(expected["nonlinear_xi"], tol)
    assert minmax.ratio == near(expected["CR"], tol)


def test_the_consistency_index_of_the_best_worst_method():
    one = example("bwm_consistency_index")
    for best_to_worst, expected in one["expected"].items():
        assert consistency_index(best_to_worst) == near(expected, one["tol"])


# ---------------------------------------------------------------------------------------- samples, sensitivity


def test_the_printed_table_of_krejcie_and_morgan():
    one = example("krejcie_morgan")
    for population, printed in one["expected"].items():
        found = krejcie_morgan(population)
        assert found.n == near(printed, one["tol_people"])
        assert found.value == near(one["computed"][population], 0.005)


def test_slovin_rounds_up():
    for case in example("slovin")["cases"]:
        assert slovin(case["N"], case["e"]).n == case["expected"]


def test_the_sobol_indices_of_ishigami():
    expected = example("sobol_ishigami")["expected"]
    x = (2 * saltelli_draws(3, 8192, seed=1) - 1) * np.pi
    found = sobol_indices(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]), 3)
    assert found.variance == pytest.approx(expected["V"], rel=0.02)
    assert [index.value for index in found.first_order] == near(expected["S1"], 0.02)
    assert [index.value for index in found.total] == near(expected["ST"], 0.02)


def test_the_quadrants_of_importance_and_performance():
    one = example("ipa_quadrants_toy")
    found = importance_performance(**one["input"])
    assert [attribute.quadrant for attribute in found.attributes] == [name[0] for name in one["expected"]["quadrants"]]
    assert round(found.importance, 4) == one["expected"]["mean_importance"]
    assert round(found.performance, 4) == one["expected"]["mean_performance"]


# ------------------------------------------------------------------------------------------- indices and levels


def test_means_of_an_index():
    one = example("coinr_means")
    powers = {"geometric": 0, "harmonic": -1, "generalised p=-1": -1, "generalised p=1": 1}
    for case in one["cases"]:
        if isinstance(case["expected"], str):
            with pytest.raises(NotComputable, match="not positive"):
                generalised_mean(case["x"], powers[case["fn"]])
        else:
            assert generalised_mean(case["x"], powers[case["fn"]], case.get("w")) == near(case["expected"], one["tol"])


def score(result, node="m"):
    found = result.nodes[node]
    assert found.score_low == found.score_high
    return float(found.score_low)


HDI = """
aggregate: mean
children:
  - {id: life, kind: quantity, title: life, quantity: {title: life, unit: years, direction: higher, min: 25, max: 85}}
  - id: education
    kind: group
    title: education
    aggregate: mean
    children:
      - id: literacy
        kind: quantity
        title: literacy
        weight: 2
        quantity: {title: literacy, unit: "%", direction: higher, min: 0, max: 100}
      - id: enrolment
        kind: quantity
        title: enrolment
        quantity: {title: enrolment, unit: "%", direction: higher, min: 0, max: 100}
  - id: gdp
    kind: quantity
    title: GDP
    quantity: {title: GDP, unit: dollars, direction: higher, min: 100, max: 40000, logarithm: true}
"""


def test_the_human_development_index_of_1999_by_the_engine():
    one = example("hdi_1999_arithmetic")
    model = tiny(HDI, scale="{min: 0, max: 1, digits: 4}", inner="score")
    for row in one["rows"]:
        given = f"life: {row['life_expectancy']}\nliteracy: {row['adult_literacy']}\n"
        result = placed(model, given + f"enrolment: {row['gross_enrolment']}\ngdp: {row['gdp_ppp']}\n")
        assert score(result, "life") == near(row["expected"]["le_index"], one["tol"])
        assert score(result, "education") == near(row["expected"]["education_index"], one["tol"])
        assert score(result, "gdp") == near(row["expected"]["gdp_index"], one["tol"])
        assert score(result) == near(row["expected"]["HDI_arithmetic"], one["tol"])
        assert round(score(result), 3) == row["published_hdi"]


IPM = """
aggregate: geometric
children:
  - {{id: health, kind: quantity, title: UHH, quantity: {{{figure}, min: {UHH[0]}, max: {UHH[1]}}}}}
  - id: education
    kind: group
    title: education
    aggregate: mean
    children:
      - {{id: hls, kind: quantity, title: HLS, quantity: {{{figure}, min: {HLS[0]}, max: {HLS[1]}}}}}
      - {{id: rls, kind: quantity, title: RLS, quantity: {{{figure}, min: {RLS[0]}, max: {RLS[1]}}}}}
  - id: spending
    kind: quantity
    title: spending
    quantity: {{{figure}, min: {pengeluaran[0]}, max: {pengeluaran[1]}, logarithm: true}}
"""


def test_the_indonesian_human_development_index_by_the_engine():
    one = example("ipm_bps_geometric")
    root = IPM.format(figure="title: t, unit: u, direction: higher", **one["goalposts"])
    model = tiny(root, scale="{min: 0, max: 100}", inner="score")
    for row in one["rows"]:
        given = f"health: {row['UHH']}\nhls: {row['HLS']}\nrls: {row['RLS']}\nspending: {row['pengeluaran']}\n"
        result = placed(model, given)
        assert score(result, "health") / 100 == near(row["expected"]["i_kes"], 1e-5)
        assert score(result, "education") / 100 == near(row["expected"]["i_pend"], 1e-5)
        assert score(result, "spending") / 100 == near(row["expected"]["i_peng"], 1e-5)
        assert score(result) == near(row["published_IPM"], one["tol"])


def test_the_grades_of_a_satisfaction_survey_are_read_from_the_rounded_index():
    model = tiny(
        """
        gates: {2: [{clause: score, from: 65}], 3: [{clause: score, from: 76.61}], 4: [{clause: score, from: 88.31}]}
        children: [{id: unsur, kind: score, title: unsur}]
        """,
        levels=4,
        scale="{min: 25, max: 100, digits: 2, compare: rounded}",
        inner="score",
    )
    for case in example("ikm_permenpanrb_14_2017")["cases"]:
        index = Fraction(str(case["mean_1_4"])) * 25
        assert float(index) == case["expected"]
        found = placed(model, f"unsur: {float(index)}").nodes["m"]
        assert "DCBA"[found.low - 1] == "DCBA"[found.high - 1] == case["mutu"]
    assert placed(model, "unsur: 76.605").nodes["m"].low == 3  # in a gap of the printed bands: rounded first, then read


def staged(fulfilment):
    """Criteria at levels 2 to 5, of which the met ones weigh so much of their level."""
    criteria, answers = [], []
    for level, share in enumerate(fulfilment, 2):
        met = Fraction(str(1 if share is None else share))
        rest = [f"{{text: t, weight: {1 - met}}}"] if met < 1 else []
        criteria.append(f"{level}: [{', '.join([f'{{text: t, weight: {met}}}', *rest])}]")
        if share is None:
            answers.append(f"i.{level}: {{status: unknown}}")
        else:
            answers += [f"i.{level}{'.1' if rest else ''}: ya", *([f"i.{level}.2: tidak"] if rest else [])]
    root = f"""
    children:
      - id: i
        kind: criteria
        title: I
        gates: {{every: [{{clause: criteria, share: 0.85}}]}}
        criteria: {{{", ".join(criteria)}}}
    """
    return placed(tiny(root, levels=5, inner="score"), "\n".join(answers))


def test_stages_are_cumulative_inclusive_at_the_threshold_and_unknown_as_an_interval():
    cases = {case["case"]: case for case in example("level_rules_toy")["cases"]}
    blocked = cases["gate blocks high later stage"]
    found = staged(blocked["fulfilment_by_stage"])
    assert found.nodes["i"].low == found.nodes["i"].high == blocked["expected"]["cumulative"]
    assert score(found, "i") == blocked["expected"]["mean_score"]
    passed = [level for level, share in enumerate(blocked["fulfilment_by_stage"], 2) if share >= blocked["threshold"]]
    assert max(passed) == blocked["expected"]["highest_passed_noncumulative"]
    missing = cases["all missing stage"]
    found = staged(missing["fulfilment_by_stage"]).nodes["i"]
    assert [found.low, found.high] == missing["expected"]["range_if_unknown"]
    assert found.low == missing["expected"]["cumulative_missing_as_fail"]
    boundary = cases["threshold boundary inclusive"]
    found = staged(boundary["fulfilment_by_stage"]).nodes["i"]
    assert found.low == found.high == boundary["expected"]["cumulative"]


def test_a_prerequisite_caps_a_domain():
    case = next(case for case in example("level_rules_toy")["cases"] if case["case"] == "prerequisite cap")
    need = case["prerequisites"][0]
    (required, at_least), *_ = need["requires"].items()
    before = case["domain_levels_before"]
    model = tiny(
        f"""
        children:
          - {{id: {required.lower()}, kind: level, title: T}}
          - id: {need["domain"].lower()}
            kind: level
            title: L
            requires: [{{at: {need["level"]}, node: {required.lower()}, level: {at_least}, reason: r}}]
        """,
        levels=5,
    )
    found = placed(model, f"tik: {before['TIK']}\nlayanan: {before['Layanan']}").nodes["layanan"]
    assert found.low == found.high == case["expected"]["Layanan_after"]


@pytest.mark.parametrize(
    ("aggregate", "name"),
    [("minimum", "minimum"), ("mean", "arithmetic"), ("geometric", "geometric"), ("median", "median")],
)
def test_levels_of_domains_combine_in_four_ways(aggregate, name):
    case = next(case for case in example("level_rules_toy")["cases"] if case["case"] == "aggregation")
    children = "".join(f"\n  - {{id: d{n}, kind: score, title: D}}" for n in range(4))
    model = tiny(f"aggregate: {aggregate}\nchildren:{children}", inner="score")
    result = placed(model, "\n".join(f"d{n}: {level}" for n, level in enumerate(case["domain_levels"])))
    assert score(result) == near(case["expected"][name], 5e-6)


def test_numbers_and_dates_as_indonesian_writes_them():
    expected = example("number_format_id")["expected"]
    assert decimal("1234567.891", "id") == expected["decimal"]
    assert decimal("3.25", "id") == expected["two_dp"]
    assert long_date(date(2026, 11, 21), "id") == expected["date_long"]
    assert format_date(date(2026, 11, 21), "full", locale="id_ID") == expected["date_full"]
    assert format_currency(Decimal(1250000000), "IDR", locale="id_ID") == expected["currency"]
    assert format_percent(0.457, locale="id_ID", format="#,##0.0%") == expected["percent_1dp"]
    for value, name in ((1.25e9, "compact_1_25e9"), (1.25e12, "compact_1_25e12")):
        compact = format_compact_decimal(value, locale="id_ID", fraction_digits=2).replace("\xa0", " ")
        assert compact == expected[name].partition(" (")[0]
