"""What holds for any data."""

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st
from hypothesis.extra.numpy import arrays

from gscm.statistics.agreement import consensus, kendall_w, percent_agreement, rwg, rwg_j
from gscm.statistics.ahp import (
    TABLES,
    aggregate_judgments,
    aggregate_priorities,
    complete,
    global_weights,
    priorities,
)
from gscm.statistics.bwm import best_worst_linear, best_worst_minmax
from gscm.statistics.figure import NotComputable
from gscm.statistics.guttman import ERRORS, guttman_scale
from gscm.statistics.importance import importance_performance
from gscm.statistics.index import generalised_mean
from gscm.statistics.intraclass import intraclass_correlations
from gscm.statistics.kappas import category_counts, cohen_kappa, fleiss_kappa
from gscm.statistics.krippendorff_alpha import krippendorff_alpha
from gscm.statistics.reliability import cronbach_alpha, item_analysis, mcdonald_omega
from gscm.statistics.resampling import bootstrap, generator, resample_counts
from gscm.statistics.sampling import krejcie_morgan, response_rate, slovin
from gscm.statistics.sensitivity import (
    chosen,
    perturbed_weights,
    rank_bounds,
    rank_stability,
    ranks,
    saltelli_draws,
    sobol_indices,
    stable_pairs,
)
from gscm.statistics.validity import aiken_v, content_validity_index, critical_cvr


def near(value):
    return pytest.approx(value, rel=1e-7, abs=1e-9)


def ratings(raters=(2, 5), units=(2, 8)):
    """Whole ratings from 1 to 5, shape (raters, units)."""
    shapes = st.tuples(st.integers(*raters), st.integers(*units))
    return shapes.flatmap(lambda shape: arrays(float, shape, elements=st.integers(1, 5).map(float)))


def weights(least=2, most=8):
    return st.lists(st.integers(1, 9), min_size=least, max_size=most).map(lambda ws: np.array(ws, float) / sum(ws))


# --------------------------------------------------------------------------------------------------- agreement


@given(ratings(), st.integers(-3, 9))
def test_interval_alpha_knows_neither_origin_nor_unit(table, shift):
    assume(np.ptp(table) > 0)
    alpha = krippendorff_alpha(table, "interval").value
    assert krippendorff_alpha(table * 2 + shift, "interval").value == near(alpha)
    assert alpha <= 1


@given(ratings(), st.permutations([1.0, 2.0, 3.0, 4.0, 5.0]))
def test_nominal_alpha_knows_no_order_and_ordinal_alpha_no_distance(table, names):
    assume(np.ptp(table) > 0)
    renamed = np.array(names)[table.astype(int) - 1]
    assert krippendorff_alpha(renamed, "nominal").value == near(krippendorff_alpha(table, "nominal").value)
    assert krippendorff_alpha(2**table, "ordinal").value == near(krippendorff_alpha(table, "ordinal").value)


@given(ratings())
def test_a_unit_that_one_rater_rated_changes_nothing(table):
    assume(np.ptp(table) > 0)
    lonely = np.full((len(table), 1), np.nan)
    lonely[0] = 5
    wider = np.hstack([table, lonely])
    assert krippendorff_alpha(wider, "ordinal").value == near(krippendorff_alpha(table, "ordinal").value)


def test_the_same_seed_gives_the_same_interval_and_it_holds_alpha():
    table = np.clip(np.rint(generator(1).normal(3, 1, (1, 30)) + generator(2).normal(0, 0.7, (4, 30))), 1, 5)
    found = krippendorff_alpha(table, "ordinal", runs=500, seed=7)
    assert found == krippendorff_alpha(table, "ordinal", runs=500, seed=7)
    assert found.interval != krippendorff_alpha(table, "ordinal", runs=500, seed=8).interval
    assert found.interval.low < found.value < found.interval.high


@given(ratings())
def test_raters_who_agree_in_all_are_at_one(table):
    same = np.tile(table[0], (3, 1))
    assume(np.ptp(same) > 0)
    for measurement in ("nominal", "ordinal", "interval", "ratio"):
        assert krippendorff_alpha(same, measurement).value == near(1)
    assert [icc.value for icc in intraclass_correlations(same.T).values()] == near([1] * 6)
    assert fleiss_kappa(category_counts(same, range(1, 6))).value == near(1)
    assert cohen_kappa(same[0], same[1], "quadratic", range(1, 6)).value == near(1)
    assert kendall_w(same).value == near(1)
    assert percent_agreement(same).value == 1


@given(ratings(units=(3, 8)))
def test_agreement_never_exceeds_one_and_intervals_hold_their_value(table):
    assume(np.ptp(table.mean(axis=0)) > 1e-9)
    for icc in intraclass_correlations(table.T).values():
        assert icc.value <= 1 + 1e-12
        assert icc.interval.low - 1e-9 <= icc.value <= icc.interval.high + 1e-9
        assert 0 <= icc.p <= 1
    counts = category_counts(table, range(1, 6))
    assert fleiss_kappa(counts).value <= 1
    assert 0 <= percent_agreement(table).value <= 1
    assert 0 <= kendall_w(table).value <= 1 + 1e-12


@given(ratings(raters=(2, 2)), st.sampled_from(["none", "linear", "quadratic"]))
def test_kappa_is_the_same_from_either_side(table, kind):
    try:
        one = cohen_kappa(*table, kind, range(1, 6))
    except NotComputable:
        return
    other = cohen_kappa(table[1], table[0], kind, range(1, 6))
    assert one.value == near(other.value)
    assert -1 <= one.interval.low <= one.value <= one.interval.high <= 1


@given(st.lists(st.integers(0, 9), min_size=2, max_size=7).filter(any))
def test_consensus_lies_between_zero_and_one_from_either_end_of_the_scale(counts):
    scale = range(len(counts))
    found = consensus(counts, scale).value
    assert -1e-12 <= found <= 1
    assert consensus(counts[::-1], scale).value == near(found)


@given(st.lists(st.integers(1, 5), min_size=2, max_size=9))
def test_rwg_of_one_item_is_rwg_j_of_one_item_where_the_group_is_not_divided(votes):
    one = rwg(votes, 5)
    assert one.value <= 1
    assert rwg_j(np.array(votes)[:, None], 5).value == near(max(one.value, 0))


# ------------------------------------------------------------------------------------------------- reliability


@given(ratings(raters=(4, 9), units=(3, 6)), st.integers(-4, 4))
def test_cronbach_alpha_knows_neither_origin_nor_unit(table, shift):
    try:
        alpha = cronbach_alpha(table)
    except NotComputable:
        return
    moved = cronbach_alpha(table * 3 + shift)
    assert moved.value == near(alpha.value)
    assert alpha.value <= 1
    assert alpha.interval.low <= alpha.value <= alpha.interval.high
    assert cronbach_alpha(table, "pairwise").value == near(alpha.value)


@given(ratings(raters=(6, 12), units=(3, 6)))
def test_alpha_if_deleted_is_alpha_of_the_other_items(table):
    try:
        found = item_analysis(table)
    except NotComputable:
        return
    for item in found.items:
        if item.alpha_if_deleted is not None:
            others = np.delete(table, item.item - 1, axis=1)
            assert item.alpha_if_deleted == near(cronbach_alpha(others).value)
        assert item.r is None or item.r_corrected is None or item.r >= item.r_corrected - 1e-9


def test_omega_of_data_from_one_factor_finds_its_loadings():
    random = generator(3)
    loadings = np.array([0.9, 0.8, 0.6, 0.5])
    noise = random.normal(size=(20000, 4)) * np.sqrt(1 - loadings**2)
    found = mcdonald_omega(random.normal(size=(20000, 1)) * loadings + noise)
    assert found.loadings == pytest.approx(tuple(loadings), abs=0.02)
    assert found.value == pytest.approx(2.8**2 / (2.8**2 + (1 - loadings**2).sum()), abs=0.01)
    assert found.cautions == ()


@given(arrays(float, st.tuples(st.integers(2, 9), st.integers(2, 5)), elements=st.sampled_from([0.0, 1.0])))
def test_conventions_count_no_fewer_errors_than_the_minimum_and_a_scale_has_none(table):
    errors = {convention: guttman_scale(table, convention) for convention in ERRORS}
    least = errors["cornell"].errors
    assert all(one.errors >= least for one in errors.values())
    assert errors["cornell"].reproducibility >= errors["cornell"].minimal_marginal - 1e-12
    stairs = np.sort(table, axis=1)[:, ::-1]
    assert all(guttman_scale(stairs, convention).reproducibility == 1 for convention in ERRORS)


def test_the_order_of_the_stages_may_be_given():
    hard_first = [[0, 1], [0, 1], [1, 1]]
    assert guttman_scale(hard_first).order == (1, 0)
    assert guttman_scale(hard_first).errors == 0
    assert guttman_scale(hard_first, order="given").errors == 4


@given(st.lists(st.integers(1, 5), min_size=1, max_size=12))
def test_aiken_v_lies_in_its_interval_and_is_significant_from_its_critical_value_on(votes):
    found = aiken_v(votes, 1, 5)
    assert 0 <= found.interval.low <= found.value <= found.interval.high <= 1
    assert (found.p <= 0.05) == (found.critical is not None and found.value >= found.critical - 1e-9)


def test_the_exact_critical_cvr_is_that_of_ayre_and_scally():
    assert [critical_cvr(n) for n in (4, 5, 8, 10, 15, 40)] == [None, *map(near, (1, 0.75, 0.8, 0.6, 0.3))]


def test_the_content_validity_index_of_three_experts():
    found = content_validity_index([[4, 3, 1], [3, 2, 2], [4, 4, 3]])
    assert found.items == pytest.approx((1, 2 / 3, 1 / 3))
    assert (found.scale_average, found.universal_agreement) == pytest.approx((2 / 3, 1 / 3))


# ----------------------------------------------------------------------------------------------------- weights


@given(weights(), st.sampled_from(["eigenvector", "geometric-mean"]), st.sampled_from(sorted(TABLES)))
def test_a_consistent_matrix_gives_its_weights_back(shares, method, table):
    found = priorities(shares[:, None] / shares, method, table)
    assert found.weights == pytest.approx(tuple(shares))
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert found.acceptable
    assert found.revise is None


@settings(max_examples=40)
@given(weights(3, 6), st.data())
def test_what_is_missing_from_a_consistent_matrix_is_found(shares, data):
    table = shares[:, None] / shares
    rows, columns = np.triu_indices(len(shares), 2)  # neighbours stay, so that all are connected
    gone = data.draw(st.lists(st.sampled_from(range(len(rows))), unique=True))
    for one in gone:
        table[rows[one], columns[one]] = table[columns[one], rows[one]] = np.nan
    assert complete(table) == pytest.approx(shares[:, None] / shares, rel=1e-5)
    for method in ("eigenvector", "geometric-mean"):
        found = priorities(table, method)
        assert found.weights == pytest.approx(tuple(shares), rel=1e-5)
        assert found.missing == len(gone)


def judged(n):
    """A random reciprocal matrix on the scale 1/9 … 9."""

    def filled(values):
        table = np.ones((n, n))
        table[np.triu_indices(n, 1)] = values
        return np.where(np.triu(np.ones((n, n)), 1) > 0, table, 1 / table.T)

    times = st.integers(-8, 8).map(lambda k: float(k + 1) if k >= 0 else 1 / (1 - k))
    return st.lists(times, min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2).map(filled)


@given(judged(4), judged(4))
def test_groups_by_geometric_means_are_one_whether_judgments_or_priorities_are_pooled(first, second):
    pooled = priorities(aggregate_judgments([first, second]), "geometric-mean").weights
    each = [priorities(expert, "geometric-mean").weights for expert in (first, second)]
    assert pooled == pytest.approx(aggregate_priorities(each))
    assert sum(pooled) == pytest.approx(1)
    assert sum(aggregate_priorities(each, [2, 1], "arithmetic")) == pytest.approx(1)


@given(judged(5))
def test_lambda_is_at_least_n_and_the_comparison_to_revise_is_furthest_from_the_weights(table):
    found = priorities(table)
    assert found.lambda_max >= 5 - 1e-9
    assert found.consistency_ratio >= 0
    if found.revise:
        w = np.array(found.weights)
        apart = np.abs(np.log(table * w / w[:, None]))
        assert apart[found.revise.row, found.revise.column] == pytest.approx(apart.max())


@pytest.mark.parametrize("table", sorted(TABLES))
def test_random_indices_are_the_mean_consistency_index_of_random_matrices(table):
    """Within what 400 random matrices and the spread between published tables allow."""
    random, n = generator(5), 6
    scale = np.array([1 / k for k in range(9, 1, -1)] + list(range(1, 10)))
    indices = []
    for _ in range(400):
        upper = np.triu(random.choice(scale, (n, n)), 1)
        matrix = upper + np.eye(n) + np.where(upper.T > 0, 1 / np.where(upper.T > 0, upper.T, 1), 0)
        indices.append(priorities(matrix).consistency_index)
    assert np.mean(indices) == pytest.approx(TABLES[table][n - 3], rel=0.08)


def test_global_weights_multiply_down_the_hierarchy_and_sum_to_one_over_its_leaves():
    local = {"goal": {"a": 0.6, "b": 0.4}, "a": {"a1": 0.5, "a2": 0.5}}
    assert global_weights(local, "goal") == pytest.approx({"a": 0.6, "b": 0.4, "a1": 0.3, "a2": 0.3})
    with pytest.raises(ValueError, match="twice"):
        global_weights({"goal": {"a": 1.0}, "a": {"goal": 1.0}}, "goal")


@st.composite
def best_worst(draw):
    n = draw(st.integers(2, 6))
    over, under = (np.array(draw(st.lists(st.integers(1, 9), min_size=n, max_size=n)), float) for _ in range(2))
    over[0] = under[1] = 1
    over[1] = under[0] = max(over.max(), under.max())
    return over, under


@given(best_worst())
def test_best_worst_weights_keep_within_xi_of_the_comparisons(pair):
    over, under = pair
    linear, minmax = best_worst_linear(0, 1, *pair), best_worst_minmax(0, 1, *pair)
    for found in (linear, minmax):
        assert sum(found.weights) == pytest.approx(1)
        assert min(found.weights) > 0
        assert found.cautions == ()
    w = np.array(linear.weights)
    assert max(np.abs(w[0] - over * w).max(), np.abs(w - under * w[1]).max()) <= linear.xi + 1e-6
    assert 0 <= minmax.ratio <= 1 + 1e-9
    assert 0 <= minmax.input_ratio <= 1
    for weight, (low, high) in zip(minmax.weights, minmax.ranges, strict=True):
        assert low <= high
        assert high - low > 1e-9 or len(over) > 3 or weight == pytest.approx(low, rel=1e-3)


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3))
def test_consistent_best_worst_comparisons_give_their_weights_in_both_models(best, middle, worst):
    over, under = [1, best, best * middle * 1.0], [best * middle * 1.0, middle, 1]
    expected = np.array([best * middle, middle, 1]) / (best * middle + middle + 1)
    for model in (best_worst_linear, best_worst_minmax):
        found = model(0, 2, over, under)
        assert found.weights == pytest.approx(tuple(expected), abs=1e-6)
        assert found.xi == pytest.approx(0, abs=1e-6)


# --------------------------------------------------------------------------------------- resampling, sensitivity


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12), st.integers(0, 9))
def test_people_are_drawn_whole_within_their_offices(offices, seed):
    counts = resample_counts(offices, 5, seed)
    assert counts.shape == (5, len(offices))
    for office in set(offices):
        members = [place for place, name in enumerate(offices) if name == office]
        assert (counts[:, members].sum(axis=1) == len(members)).all()
    assert (counts == resample_counts(offices, 5, seed)).all()


def test_each_person_is_drawn_as_often_as_any_other_of_the_office():
    counts = resample_counts([*"aab"], 20000, 1)
    assert counts.mean(axis=0) == pytest.approx(np.ones(3), abs=0.02)
    assert (counts[:, 2] == 1).all()


@pytest.mark.parametrize("method", ["percentile", "bca"])
def test_the_bootstrap_interval_of_a_mean_is_near_that_of_theory(method):
    rows = generator(4).normal(10, 2, size=400)
    found = bootstrap(rows, np.mean, runs=2000, seed=1, method=method)
    reach = 1.96 * rows.std() / 20
    assert (found.interval.low, found.interval.high) == pytest.approx(
        (rows.mean() - reach, rows.mean() + reach), abs=0.03
    )
    assert (found.n, found.runs, found.dropped) == (400, 2000, 0)


def test_resamples_that_cannot_carry_the_statistic_are_dropped_and_counted():
    answers = np.array([[1, 1], [1, 2], [2, 1], [2, 2]])
    found = bootstrap(answers, lambda rows: cronbach_alpha(rows).value, runs=200, seed=1)
    assert 0 < found.dropped < 100


def test_saltelli_draws_swap_one_factor_at_a_time():
    draws = saltelli_draws(3, 8, seed=1)
    a, b, *mixed = draws.reshape(5, 8, 3)
    for factor, block in enumerate(mixed):
        assert (block[:, factor] == b[:, factor]).all()
        assert (np.delete(block, factor, axis=1) == np.delete(a, factor, axis=1)).all()
    assert ((draws >= 0) & (draws < 1)).all()
    assert (draws == saltelli_draws(3, 8, seed=1)).all()


def test_an_additive_result_has_no_interactions_and_indices_that_sum_to_one():
    draws = saltelli_draws(3, 1024, seed=2)
    found = sobol_indices(draws @ [3.0, 2.0, 0.0], 3, seed=1)
    first = [index.value for index in found.first_order]
    assert first == pytest.approx([9 / 13, 4 / 13, 0], abs=0.02)
    assert [index.value for index in found.total] == pytest.approx(first, abs=0.02)
    assert all(one.interval.low <= one.value <= one.interval.high for one in (*found.first_order, *found.total))
    assert found == sobol_indices(draws @ [3.0, 2.0, 0.0], 3, seed=1)


@given(weights(), st.floats(0, 0.9))
def test_weights_wander_within_their_spread_and_sum_to_one(shares, spread):
    moved = perturbed_weights(shares, generator(1).random((20, len(shares))), spread)
    assert moved.sum(axis=1) == pytest.approx(np.ones(20))
    assert (moved > 0).all()
    assert perturbed_weights(shares, np.full((1, len(shares)), 0.5), spread)[0] == pytest.approx(shares)


def test_choices_come_up_equally_often():
    assert np.bincount(chosen(saltelli_draws(1, 64, seed=1)[:64, 0], 4)).tolist() == [16, 16, 16, 16]


def test_ranks_share_the_best_place_and_pairs_hold_only_if_never_reversed_or_tied():
    assert ranks([[3, 5, 3, 1]]).tolist() == [[2, 1, 2, 4]]
    assert stable_pairs([[3, 2, 1], [3, 1, 2]]) == pytest.approx(2 / 3)
    assert stable_pairs([[3, 2], [2, 2]]) == 0
    found = rank_stability([3, 2, 1], [[3, 2, 1], [2, 3, 1]])
    assert [subject.mean_shift for subject in found.subjects] == [0.5, 0.5, 0]
    assert found.mean_shift == pytest.approx(1 / 3)
    assert (found.subjects[2].low, found.subjects[2].median, found.subjects[2].high) == (3, 3, 3)
    assert [subject.nominal for subject in found.subjects] == [(1, 1), (2, 2), (3, 3)]


def test_a_pair_of_ranges_holds_only_if_they_never_overlap():
    assert stable_pairs([[3, 1], [4, 2]], [[4, 2], [5, 3]]) == 1
    assert stable_pairs([[3, 1], [4, 2]], [[4, 2], [5, 4]]) == 0
    assert stable_pairs([[3, 3]], [[3, 3]]) == 1
    assert stable_pairs([[3, 3]], [[3, 4]]) == 0


@given(st.data(), st.integers(2, 5), st.integers(1, 4))
def test_ranks_by_scores_within_their_ranges_lie_within_the_bounds(data, subjects, draws):
    shape = (draws, subjects)
    low = np.array(data.draw(st.lists(st.integers(0, 4), min_size=draws * subjects, max_size=draws * subjects)))
    width = np.array(data.draw(st.lists(st.integers(0, 2), min_size=draws * subjects, max_size=draws * subjects)))
    part = np.array(data.draw(st.lists(st.sampled_from((0, 0.5, 1)), min_size=len(low), max_size=len(low))))
    low, high, true = (one.reshape(shape) for one in (low, low + width, low + part * width))
    best, worst = rank_bounds(low, high)
    assert (best <= ranks(true)).all()
    assert (ranks(true) <= worst).all()
    found = rank_stability(low[0], low, highest=(high[0], high))
    for subject, column in zip(found.subjects, ranks(true).T, strict=True):
        assert subject.low <= np.quantile(column, 0.05)
        assert np.quantile(column, 0.95) <= subject.high
    assert found.certain_pairs <= stable_pairs(true)


# ---------------------------------------------------------------------------------------------- samples, indices


@given(st.integers(1, 100000))
def test_a_sample_is_never_larger_than_the_population(population):
    assert 1 <= krejcie_morgan(population).n <= population
    assert krejcie_morgan(population).n <= krejcie_morgan(population, rounding="up").n <= population
    assert 1 <= slovin(population).n <= population


@given(st.integers(1, 500), st.data())
def test_a_full_response_leaves_no_margin(invited, data):
    answered = data.draw(st.integers(0, invited))
    found = response_rate(invited, answered)
    assert found.rate == answered / invited
    assert (found.margin is None) == (answered == 0)
    assert response_rate(invited, invited).margin == 0


def test_the_sample_of_krejcie_and_morgan_has_the_margin_that_was_asked_for():
    assert response_rate(1200, krejcie_morgan(1200, rounding="up").n).margin == pytest.approx(0.05, abs=2e-4)


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=6), st.floats(-3, 3), st.floats(-3, 3))
def test_a_lower_power_never_gives_a_higher_mean(values, first, second):
    low, high = sorted(0.0 if abs(power) < 1e-3 else power for power in (first, second))
    assert generalised_mean(values, low) <= generalised_mean(values, high) + 1e-7
    assert min(values) - 1e-7 <= generalised_mean(values, low)


def test_medians_as_crosshair_and_a_missing_figure():
    found = importance_performance([5, 4, 1, np.nan], [1, 4, 5, 3], "medians")
    assert [attribute.quadrant for attribute in found.attributes] == ["A", "B", "D", None]
    assert (found.n, found.importance, found.performance) == (3, 4, 4)
    assert found.attributes[0].gap == -4
