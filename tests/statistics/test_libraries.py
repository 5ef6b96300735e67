"""Where a public library computes the same figure, ours is the same on 200 random data sets."""

import krippendorff
import numpy as np
import pandas as pd
import pingouin
import pytest
from factor_analyzer.factor_analyzer import calculate_bartlett_sphericity, calculate_kmo
from SALib.analyze import sobol
from scipy import stats
from scipy.optimize import linprog
from statsmodels.multivariate.factor import Factor
from statsmodels.stats import inter_rater

from gscm.i18n import Text
from gscm.statistics.agreement import kendall_w
from gscm.statistics.bwm import best_worst_minmax
from gscm.statistics.intraclass import intraclass_correlations
from gscm.statistics.kappas import category_counts, cohen_kappa, fleiss_kappa
from gscm.statistics.krippendorff_alpha import krippendorff_alpha, weighted_alphas
from gscm.statistics.matrix import correlations, covariances, varies
from gscm.statistics.reliability import cronbach_alpha, one_factor_loadings
from gscm.statistics.resampling import bootstrap, generator, resample_counts
from gscm.statistics.sensitivity import sobol_indices
from gscm.statistics.validity import bartlett_sphericity, kaiser_meyer_olkin

SETS = range(200)
X = Text("besaran", "figure")


def close(value, tol=1e-9):
    return pytest.approx(value, rel=tol, abs=tol)


def likert(random, rows, columns, missing=0.0):
    """Answers from 1 to 5 that share a tendency of the row, some of them missing."""
    tendency = random.normal(3, 1, size=(rows, 1))
    table = np.clip(np.rint(tendency + random.normal(0, 1, size=(rows, columns))), 1, 5)
    table[random.random(table.shape) < missing] = np.nan
    return table


@pytest.mark.parametrize("measurement", ["nominal", "ordinal", "interval", "ratio"])
def test_krippendorff_alpha_is_that_of_krippendorff(measurement):
    for seed in SETS:
        random = generator(seed)
        ratings = likert(random, int(random.integers(4, 12)), int(random.integers(2, 6)), missing=0.2).T
        paired = ratings[:, (~np.isnan(ratings)).sum(axis=0) >= 2]
        if not varies(paired[~np.isnan(paired)]):
            continue  # ours refuses it, see test_refusals; theirs divides by 0
        expected = krippendorff.alpha(reliability_data=ratings, level_of_measurement=measurement)
        assert krippendorff_alpha(ratings, measurement).value == close(expected)
        assert weighted_alphas(paired, measurement, np.ones((1, paired.shape[1])))[0] == close(expected)


def test_the_interval_of_fleiss_kappa_is_that_of_statsmodels_over_the_same_draws():
    ratings = likert(generator(3), 40, 4)
    counts = category_counts(ratings.T, [1, 2, 3, 4, 5])
    replicates = [
        inter_rater.fleiss_kappa(np.repeat(counts, times, axis=0)) for times in resample_counts([0] * 40, 200, 7)
    ]
    ours = fleiss_kappa(counts, runs=200, seed=7).interval
    assert (ours.low, ours.high) == close(tuple(np.quantile(replicates, [0.025, 0.975])))


def test_the_interval_of_fleiss_kappa_comes_near_that_of_its_large_sample_variance():
    counts = category_counts(likert(generator(4), 400, 5).T, [1, 2, 3, 4, 5])
    n, raters = len(counts), counts[0].sum()
    alike = ((counts**2).sum(axis=1) - raters) / (raters * (raters - 1))
    shares = counts.mean(axis=0) / raters
    chance, kappa = (shares**2).sum(), inter_rater.fleiss_kappa(counts)
    by_unit = (alike - chance - 2 * (1 - kappa) * (counts @ shares / raters - chance)) / (1 - chance)
    error = np.sqrt(((by_unit - kappa) ** 2).sum() / (n * (n - 1)))  # Gwet (2021)
    ours = fleiss_kappa(counts, runs=2000, seed=1).interval
    assert (ours.low, ours.high) == pytest.approx((kappa - 1.96 * error, kappa + 1.96 * error), abs=0.005)


def test_an_alpha_of_weighted_units_is_that_of_units_written_so_often():
    ratings = likert(generator(1), 6, 3).T
    times = np.array([0, 2, 1, 3, 1, 1])
    expected = krippendorff.alpha(reliability_data=np.repeat(ratings, times, axis=1), level_of_measurement="ordinal")
    assert weighted_alphas(ratings, "ordinal", times[None].astype(float))[0] == close(expected)


@pytest.mark.parametrize("missing", ["listwise", "pairwise"])
def test_cronbach_alpha_is_that_of_pingouin(missing):
    complete = 0
    for seed in SETS:
        random = generator(seed)
        answers = likert(random, int(random.integers(20, 60)), int(random.integers(2, 7)), missing=0.01)
        value, (low, high) = pingouin.cronbach_alpha(pd.DataFrame(answers), nan_policy=missing)
        found = cronbach_alpha(answers, missing)
        assert found.value == close(value)
        if not np.isnan(answers).any():  # with gaps, theirs counts the respondents that it leaves out
            assert [found.interval.low, found.interval.high] == pytest.approx([low, high], abs=0.000501)
            complete += 1
    assert complete > 20


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # pingouin on a newer pandas
def test_intraclass_correlations_are_those_of_pingouin():
    for seed in SETS:
        random = generator(seed)
        ratings = likert(random, int(random.integers(5, 12)), int(random.integers(2, 5)))
        long = pd.DataFrame(ratings).reset_index().melt("index")
        expected = pingouin.intraclass_corr(long, targets="index", raters="variable", ratings="value")
        found = list(intraclass_correlations(ratings).values())
        assert [one.value for one in found] == close(list(np.maximum(expected["ICC"], -1)))
        for column, ours in (("F", "f"), ("df1", "df1"), ("df2", "df2"), ("pval", "p")):
            assert [getattr(one, ours) for one in found] == close(list(expected[column])), (seed, column)
        for one, (low, high) in zip(found, expected["CI95"], strict=True):
            least = max(low, -1) if low <= high else -1  # beyond the pole of Spearman–Brown theirs changes sign
            assert [one.interval.low, one.interval.high] == pytest.approx([least, high], abs=0.00501)


def test_fleiss_kappa_is_that_of_statsmodels():
    for seed in SETS:
        random = generator(seed)
        ratings = likert(random, int(random.integers(4, 15)), int(random.integers(2, 6))).T
        counts = category_counts(ratings, range(1, 6))
        assert fleiss_kappa(counts).value == close(inter_rater.fleiss_kappa(counts))


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
def test_cohen_kappa_and_its_error_are_those_of_statsmodels(weights):
    for seed in SETS:
        random = generator(seed)
        first, second = likert(random, int(random.integers(8, 30)), 2).T
        table = [[int(((first == a) & (second == b)).sum()) for b in range(1, 6)] for a in range(1, 6)]
        expected = inter_rater.cohens_kappa(table, wt=None if weights == "none" else weights)
        found = cohen_kappa(first, second, weights, range(1, 6))
        assert found.value == close(expected.kappa)
        assert found.standard_error == close(expected.std_kappa, 1e-7)


def test_kendall_w_is_that_of_friedman_with_ties_too():
    for seed in SETS:
        random = generator(seed)
        ratings = likert(random, int(random.integers(3, 9)), int(random.integers(3, 7))).T
        chi2, p = stats.friedmanchisquare(*ratings.T)
        found = kendall_w(ratings)
        assert (found.chi2, found.p) == close((chi2, p))
        assert found.value == close(chi2 / (len(ratings) * (ratings.shape[1] - 1)))


def test_covariances_and_correlations_are_those_of_pandas():
    for seed in SETS:
        answers = likert(generator(seed), 30, 4, missing=0.1)
        frame = pd.DataFrame(answers)
        assert covariances(answers, "pairwise") == close(frame.cov().to_numpy())
        assert covariances(answers, "listwise") == close(frame.dropna().cov().to_numpy())
        assert correlations(X, answers)[0] == close(frame.dropna().corr().to_numpy())


def test_kmo_and_bartlett_are_those_of_factor_analyzer():
    for seed in SETS:
        random = generator(seed)
        answers = likert(random, int(random.integers(30, 90)), int(random.integers(3, 8)))
        correlation, n = correlations(X, answers)
        items, overall = calculate_kmo(answers)
        chi2, p = calculate_bartlett_sphericity(answers)
        kmo, bartlett = kaiser_meyer_olkin(correlation, n), bartlett_sphericity(correlation, n)
        assert kmo.items == close(tuple(items), 1e-8)
        assert kmo.value == close(overall, 1e-8)
        assert (bartlett.chi2, bartlett.p) == close((chi2, p), 1e-8)


def test_loadings_of_one_factor_are_those_of_statsmodels():
    """Principal axes, iterated until nothing moves, end where least squares does."""
    for seed in SETS:
        random = generator(seed)
        correlation, _ = correlations(X, likert(random, 200, int(random.integers(4, 8))))
        fitted = Factor(corr=correlation, n_factor=1, method="pa").fit(maxiter=1000, tol=1e-8)
        expected = fitted.loadings[:, 0]
        assert one_factor_loadings(correlation) == close(expected * np.sign(expected.sum()), 1e-4)


def test_sobol_indices_are_those_of_salib():
    for seed in SETS:
        random = generator(seed)
        factors, base = int(random.integers(1, 5)), 32
        blocks = random.normal(10, 2, size=(factors + 2, base))
        rows = np.concatenate([blocks[:1], blocks[2:], blocks[1:2]])  # SALib: A, then AB of each factor, then B
        problem = {
            "num_vars": factors,
            "names": [str(factor) for factor in range(factors)],
            "bounds": [[0, 1]] * factors,
        }
        expected = sobol.analyze(problem, rows.T.ravel(), calc_second_order=False, num_resamples=2, seed=1)
        centred = blocks - blocks.mean()
        found = sobol_indices(blocks.ravel(), factors, runs=2)
        variance = np.var(centred[:2])
        assert found.variance == close(variance)
        assert [index.value for index in found.first_order] == close(list(expected["S1"]))
        assert [index.value for index in found.total] == close(list(expected["ST"]))


@pytest.mark.parametrize(("method", "theirs"), [("percentile", "percentile"), ("bca", "BCa")])
def test_bootstrap_intervals_are_those_of_scipy(method, theirs):
    for seed in range(40):
        rows = generator(seed).exponential(size=20)
        found = bootstrap(rows, np.mean, runs=500, seed=seed, method=method)
        expected = stats.bootstrap((rows,), np.mean, n_resamples=500, rng=generator(seed), method=theirs)
        assert (found.interval.low, found.interval.high) == close(tuple(expected.confidence_interval), 1e-9)


def least_xi(best, worst, over, under):
    """The least ξ of the minmax model by bisection over linear programs, for weights that sum to 1."""
    n = len(over)

    def possible(xi):
        rows = []
        for one, other, times in [(best, j, over[j]) for j in range(n)] + [(j, worst, under[j]) for j in range(n)]:
            for sign in (1, -1):  # |w_one − times · w_other| ≤ ξ w_other
                row = np.zeros(n)
                row[one] += sign
                row[other] += -sign * times - xi
                rows.append(row)
        bounds = [(1e-6, None)] * n
        return linprog(np.zeros(n), rows, np.zeros(len(rows)), [np.ones(n)], [1.0], bounds).status == 0

    low, high = 0.0, 9.0
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (low, middle) if possible(middle) else (middle, high)
    return high


def test_the_closed_form_of_the_minmax_model_is_what_linear_programs_find():
    for seed in range(20):
        random = generator(seed)
        n = int(random.integers(3, 6))
        over, under = random.integers(1, 10, size=n).astype(float), random.integers(1, 10, size=n).astype(float)
        over[0], under[1] = 1, 1
        over[1] = under[0] = max(over[1], under[0], 2)
        found = best_worst_minmax(0, 1, over, under)
        assert found.xi == pytest.approx(least_xi(0, 1, over, under), abs=1e-4)
        weights = np.array(found.weights)
        assert all(low - 1e-9 <= high for low, high in found.ranges)
        if all(high - low < 1e-9 for low, high in found.ranges):
            assert np.abs(weights[0] / weights - over).max() <= found.xi + 1e-6
