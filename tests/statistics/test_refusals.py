"""What the data cannot carry is refused in a sentence in both languages; what they carry poorly is a caution."""

import numpy as np
import pytest

from gscm.i18n import Text
from gscm.statistics.agreement import consensus, kendall_w, percent_agreement, rwg, rwg_j
from gscm.statistics.ahp import aggregate_judgments, aggregate_priorities, priorities
from gscm.statistics.bwm import best_worst_linear, best_worst_minmax
from gscm.statistics.figure import NotComputable
from gscm.statistics.guttman import guttman_scale
from gscm.statistics.importance import importance_performance
from gscm.statistics.index import generalised_mean
from gscm.statistics.intraclass import intraclass_correlations
from gscm.statistics.kappas import cohen_kappa, fleiss_kappa
from gscm.statistics.krippendorff_alpha import krippendorff_alpha
from gscm.statistics.matrix import correlations
from gscm.statistics.reliability import cronbach_alpha, guttman_lambda6, item_analysis, mcdonald_omega
from gscm.statistics.resampling import bootstrap, generator
from gscm.statistics.sampling import krejcie_morgan, response_rate, slovin
from gscm.statistics.sensitivity import rank_stability, sobol_indices
from gscm.statistics.validity import (
    aiken_v,
    bartlett_sphericity,
    content_validity_index,
    content_validity_ratio,
    kaiser_meyer_olkin,
    kaiser_word,
)

NAN = np.nan
X = Text("besaran", "figure")
ONE_RESPONDENT = [[1, 2, 3]]
ONE_ITEM = [[1], [2], [3]]
ALIKE = [[3, 3, 3], [3, 3, 3], [3, 3, 3]]
EMPTY = [[NAN, NAN, NAN], [NAN, NAN, NAN], [NAN, NAN, NAN]]
MATRICES = {"one respondent": ONE_RESPONDENT, "one item": ONE_ITEM, "no variance": ALIKE, "all missing": EMPTY}


def ordinal_alpha(table):
    return krippendorff_alpha(table, "ordinal")


@pytest.mark.parametrize("table", MATRICES.values(), ids=MATRICES)
@pytest.mark.parametrize(
    "figure", [ordinal_alpha, intraclass_correlations, kendall_w, cronbach_alpha, item_analysis, mcdonald_omega]
)
def test_one_respondent_one_item_no_variance_and_nothing_at_all_are_refused(figure, table):
    with pytest.raises(NotComputable):
        figure(table)


TWICE = np.column_stack([generator(1).normal(size=40)] * 2 + [generator(2).normal(size=40)])
REPEATED = np.corrcoef(TWICE, rowvar=False)
COMPARED = [[1, 3, NAN], [1 / 3, 1, NAN], [NAN, NAN, 1]]
REFUSED = {
    "alpha of ratings that never meet": (
        lambda: krippendorff_alpha([[1, NAN], [NAN, 2]], "nominal"),
        "diperlukan sekurangnya 2 satuan",
        "at least 2 units rated by two raters or more",
    ),
    "fleiss, unequal raters": (lambda: fleiss_kappa([[2, 1], [1, 1]]), "alfa Krippendorff", "use Krippendorff's alpha"),
    "fleiss, one rater": (lambda: fleiss_kappa([[1, 0], [0, 1]]), "2 penilai", "at least 2 raters"),
    "fleiss, one category": (lambda: fleiss_kappa([[3, 0], [3, 0]]), "satu kategori", "into one category"),
    "cohen, one category": (lambda: cohen_kappa([1, 1], [1, 1]), "satu kategori", "into one category"),
    "cohen, nothing in common": (lambda: cohen_kappa([1, NAN], [NAN, 1]), "keduanya", "rated by both"),
    "rwg of one vote": (lambda: rwg([3], 5), "2 penilai", "the data have 1"),
    "rwg(j) of nothing": (lambda: rwg_j(EMPTY, 5), "nilainya kosong", "every value is missing"),
    "consensus without a vote": (lambda: consensus([0, 0], [1, 2]), "nilainya kosong", "every value is missing"),
    "agreement of one": (lambda: percent_agreement([[1, 2]]), "dua penilai", "two raters or more"),
    "alpha without common respondents": (
        lambda: cronbach_alpha([[1, NAN], [2, NAN], [NAN, 1], [NAN, 2]], "pairwise"),
        "tanpa dua responden",
        "fewer than two respondents",
    ),
    "alpha of items that cancel": (
        lambda: cronbach_alpha([[1, 3], [2, 2], [3, 1]]),
        "jumlah skor butir tidak beragam",
        "does not vary among respondents",
    ),
    "an item that never varies": (lambda: correlations(X, [[1, 2], [2, 2], [3, 2]]), "butir nomor 2", "item number 2"),
    "kmo of a repeated item": (lambda: kaiser_meyer_olkin(REPEATED, 40), "singular", "is singular"),
    "bartlett of a repeated item": (lambda: bartlett_sphericity(REPEATED, 40), "singular", "is singular"),
    "lambda 6 of a repeated item": (lambda: guttman_lambda6(REPEATED, 40), "singular", "is singular"),
    "omega of two items": (lambda: mcdonald_omega([[1, 2], [2, 1], [3, 3]]), "3 butir", "at least 3 items"),
    "guttman of one": (lambda: guttman_scale([[1, 0]]), "2 responden", "the data have 1"),
    "aiken without a rating": (lambda: aiken_v([NAN], 1, 5), "penilaian pakar", "ratings by experts"),
    "cvr without a panel": (lambda: content_validity_ratio(0, 0), "anggota panel", "panellists"),
    "cvi without an expert": (lambda: content_validity_index([[NAN, 3]]), "pakar", "experts with complete"),
    "ahp of one criterion": (lambda: priorities([[1]]), "2 kriteria", "at least 2 criteria"),
    "ahp of sixteen": (lambda: priorities(np.ones((16, 16))), "15 kriteria", "go up to 15"),
    "ahp, not reciprocal": (lambda: priorities([[1, 3], [3, 1]]), "baris 1 kolom 2", "row 1, column 2"),
    "ahp, not positive": (lambda: priorities([[1, -3], [-1 / 3, 1]]), "tidak positif", "not positive"),
    "ahp, not square": (lambda: priorities([[1, 3]]), "tidak persegi", "not square"),
    "ahp, unconnected": (lambda: priorities(COMPARED), "kriteria nomor 3", "criterion number 3"),
    "ahp without experts": (lambda: aggregate_judgments([]), "tidak ada pakar", "no experts"),
    "aip without experts": (lambda: aggregate_priorities([]), "tidak ada pakar", "no experts"),
    "bwm, best is worst": (lambda: best_worst_linear(0, 0, [1, 2], [2, 1]), "terburuknya sama", "are the same"),
    "bwm, two minds": (lambda: best_worst_minmax(0, 1, [1, 3], [4, 1]), "kedua daftar", "two lists differ"),
    "bwm, beyond nine": (lambda: best_worst_minmax(0, 1, [1, 12], [12, 1]), "1 sampai 9", "outside 1 to 9"),
    "bwm, itself": (lambda: best_worst_linear(0, 1, [2, 3], [3, 1]), "haruslah 1", "must be 1"),
    "bwm, a gap": (lambda: best_worst_linear(0, 1, [1, NAN], [3, 1]), "kosong", "is missing"),
    "bootstrap of one row": (lambda: bootstrap([[1, 2]], np.mean), "2 baris", "at least 2 rows"),
    "a result that never changes": (lambda: sobol_indices(np.ones(32), 2), "tidak berubah", "the same at every draw"),
    "the rank of one": (lambda: rank_stability([1], [[1]]), "2 subjek", "at least 2 subjects"),
    "a sample of nobody": (lambda: krejcie_morgan(0), "orang", "people"),
    "slovin of nobody": (lambda: slovin(0), "orang", "people"),
    "nobody invited": (lambda: response_rate(0, 0), "diundang", "invited"),
    "one attribute": (lambda: importance_performance([1], [2]), "2 atribut", "at least 2 attributes"),
    "the mean of nothing": (lambda: generalised_mean([NAN], 1), "tidak ada nilai", "no values"),
}


@pytest.mark.parametrize(("figure", "indonesian", "english"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_a_sentence_in_both_languages(figure, indonesian, english):
    with pytest.raises(NotComputable) as refused:
        figure()
    reason = refused.value.reason
    assert indonesian in reason.id
    assert english in reason.en
    assert " tidak dapat dihitung: " in reason.id
    assert " cannot be computed: " in reason.en
    assert reason.id.endswith(".")
    assert reason.en.endswith(".")
    assert refused.value.issues[0].what is reason


def test_few_respondents_are_flagged_and_not_refused():
    answers = np.rint(generator(1).normal(3, 1, (30, 1)) + generator(2).normal(0, 1, (30, 4)))
    for figure in (cronbach_alpha, item_analysis, mcdonald_omega):
        assert figure(answers).cautions == ()
        assert "29 responden" in figure(answers[1:]).cautions[0].id
    correlation, _ = correlations(X, answers)
    for figure in (kaiser_meyer_olkin, bartlett_sphericity, guttman_lambda6):
        assert figure(correlation, 30).cautions == ()
        assert "Only 29 respondents" in figure(correlation, 29).cautions[0].en


def test_what_is_odd_about_the_data_is_said():
    divided = rwg([1, 1, 5, 5], 5)
    assert divided.value < 0
    assert "terbelah" in divided.cautions[0].id
    assert "Hanya satu suara" in consensus([0, 1, 0], [1, 2, 3]).cautions[0].id
    assert "khi-kuadrat" in kendall_w([[1, 2, 3], [1, 3, 2]]).cautions[0].id
    assert any("negatif" in said.id for said in cronbach_alpha([[1, 3, 2], [2, 2, 3], [3, 1, 1], [2, 1, 2]]).cautions)
    assert any("90%" in said.id for said in guttman_scale([[1, 0]] * 30 + [[1, 1]] * 30).cautions)
    assert any("review" in said.en for said in best_worst_minmax(0, 1, [1, 3, 5], [3, 1, 2]).cautions)
    assert any("acak" in said.id for said in response_rate(10, 5).cautions)
    loaded = generator(1).normal(size=(200, 1)) * [1, 1, 1, -1] + generator(2).normal(size=(200, 4))
    assert any("dibalik" in said.id for said in mcdonald_omega(loaded).cautions)


AGREED = [[1, 2, 1, 2], [1, 2, 1, 2]]


@pytest.mark.parametrize(
    "figure",
    [
        lambda: krippendorff_alpha(AGREED, "nominal", runs=50),
        lambda: fleiss_kappa([[2, 0], [0, 2]], runs=50),
        lambda: cohen_kappa(*AGREED),
        lambda: bootstrap([[1.0], [1.0]], np.mean, runs=50),
    ],
    ids=["krippendorff", "fleiss", "cohen", "bootstrap"],
)
def test_an_interval_without_width_is_not_called_certain(figure):
    found = figure()
    assert found.interval.low == found.interval.high
    assert "bukan kepastian" in found.cautions[0].id


@pytest.mark.parametrize(
    ("kmo", "word"),
    [(0.95, "marvellous"), (0.9, "marvellous"), (0.79, "middling"), (0.5, "miserable"), (0.49, "unacceptable")],
)
def test_a_kmo_has_the_word_of_kaiser(kmo, word):
    assert kaiser_word(kmo).en == word


def test_an_item_that_all_answer_alike_is_named_and_the_others_are_computed():
    found = item_analysis([[1, 4, 1], [2, 4, 3], [3, 4, 3], [5, 4, 4]])
    assert (found.items[1].r, found.items[1].valid) == (None, None)
    assert found.items[0].r > 0.9
    assert any(said.en == "Every respondent answered item number 2 alike." for said in found.cautions)


def test_of_two_items_nothing_is_left_when_one_is_deleted():
    assert [item.alpha_if_deleted for item in item_analysis([[1, 1], [2, 3], [3, 3]]).items] == [None, None]


def test_a_missing_answer_leaves_no_feldt_interval_pairwise():
    table = [[1, 2, 1], [2, 2, NAN], [3, 3, 2], [4, 5, 5]]
    assert cronbach_alpha(table, "pairwise").interval is None
    assert cronbach_alpha(table, "listwise").interval is not None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: cronbach_alpha([1, 2, 3]),
        lambda: cronbach_alpha([[1, np.inf], [2, 3]]),
        lambda: consensus([1, 2], [1]),
        lambda: cohen_kappa([1, 2], [1, 7], categories=[1, 2, 3]),
        lambda: aiken_v([6], 1, 5),
        lambda: rwg([1, 2], 1),
        lambda: guttman_scale([[1, 2], [0, 1]]),
        lambda: slovin(10, 5),
        lambda: response_rate(5, 6),
        lambda: content_validity_ratio(6, 5),
        lambda: aggregate_priorities([[0.5, 0.5]], [1, 2]),
        lambda: sobol_indices([1, 2, 3, 4, 5], 2),
        lambda: rank_stability([1, 2], [[1, 2, 3]]),
        lambda: best_worst_linear(0, 2, [1, 2], [2, 1]),
    ],
)
def test_a_call_that_cannot_be_meant_is_an_error_of_the_program(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        wrong()
