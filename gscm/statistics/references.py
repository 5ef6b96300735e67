"""The works that the methods come from, by author and year, as a report prints them."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import combining, normalize

REFERENCES = {
    "Ágoston & Csató 2022": "Ágoston, K. Cs., & Csató, L. (2022). Inconsistency thresholds for incomplete pairwise "
    "comparison matrices. Omega, 108, 102576.",
    "Aczél & Saaty 1983": "Aczél, J., & Saaty, T. L. (1983). Procedures for synthesizing ratio judgements. "
    "Journal of Mathematical Psychology, 27(1), 93–102.",
    "Aiken 1985": "Aiken, L. R. (1985). Three coefficients for analyzing the reliability and validity of ratings. "
    "Educational and Psychological Measurement, 45(1), 131–142.",
    "Alonso & Lamata 2006": "Alonso, J. A., & Lamata, M. T. (2006). Consistency in the analytic hierarchy process: a "
    "new approach. International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems, 14(4), 445–459.",
    "Ayre & Scally 2014": "Ayre, C., & Scally, A. J. (2014). Critical values for Lawshe’s content validity ratio: "
    "revisiting the original methods of calculation. Measurement and Evaluation in Counseling and Development, 47(1), "
    "79–86.",
    "Bartlett 1950": "Bartlett, M. S. (1950). Tests of significance in factor analysis. British Journal of Psychology, "
    "Statistical Section, 3(2), 77–85.",
    "Becker et al. 2022": "Becker, W., Caperna, G., Del Sorbo, M., Norlén, H., Papadimitriou, E., & Saisana, M. "
    "(2022). COINr: an R package for developing composite indicators. Journal of Open Source Software, 7(78), 4567.",
    "Bernard 2006": "Bernard, H. R. (2006). Research methods in anthropology: qualitative and quantitative approaches "
    "(4th ed.). AltaMira Press.",
    "Bozóki et al. 2010": "Bozóki, S., Fülöp, J., & Rónyai, L. (2010). On optimal completion of incomplete pairwise "
    "comparison matrices. Mathematical and Computer Modelling, 52(1–2), 318–333.",
    "Cochran 1977": "Cochran, W. G. (1977). Sampling techniques (3rd ed.). Wiley.",
    "Cohen 1960": "Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological "
    "Measurement, 20(1), 37–46.",
    "Cohen 1968": "Cohen, J. (1968). Weighted kappa: nominal scale agreement with provision for scaled disagreement or "
    "partial credit. Psychological Bulletin, 70(4), 213–220.",
    "Crawford & Williams 1985": "Crawford, G., & Williams, C. (1985). A note on the analysis of subjective judgment "
    "matrices. Journal of Mathematical Psychology, 29(4), 387–405.",
    "Cronbach 1951": "Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika, "
    "16(3), 297–334.",
    "Davison & Hinkley 1997": "Davison, A. C., & Hinkley, D. V. (1997). Bootstrap methods and their application. "
    "Cambridge University Press.",
    "Donegan & Dodd 1991": "Donegan, H. A., & Dodd, F. J. (1991). A note on Saaty’s random indexes. Mathematical and "
    "Computer Modelling, 15(10), 135–137.",
    "Edwards 1957": "Edwards, A. L. (1957). Techniques of attitude scale construction. Appleton-Century-Crofts.",
    "Efron & Tibshirani 1993": "Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap. "
    "Chapman & Hall.",
    "Efron 1987": "Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American Statistical "
    "Association, 82(397), 171–185.",
    "Feldt et al. 1987": "Feldt, L. S., Woodruff, D. J., & Salih, F. A. (1987). Statistical inference for coefficient "
    "alpha. Applied Psychological Measurement, 11(1), 93–103.",
    "Fleiss 1971": "Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin, "
    "76(5), 378–382.",
    "Fleiss et al. 1969": "Fleiss, J. L., Cohen, J., & Everitt, B. S. (1969). Large sample standard errors of kappa "
    "and weighted kappa. Psychological Bulletin, 72(5), 323–327.",
    "Forman & Peniwati 1998": "Forman, E., & Peniwati, K. (1998). Aggregating individual judgments and priorities with "
    "the analytic hierarchy process. European Journal of Operational Research, 108(1), 165–169.",
    "Guttman 1945": "Guttman, L. (1945). A basis for analyzing test-retest reliability. Psychometrika, 10(4), 255–282.",
    "Guttman 1947": "Guttman, L. (1947). The Cornell technique for scale and intensity analysis. Educational and "
    "Psychological Measurement, 7(2), 247–279.",
    "Harker 1987": "Harker, P. T. (1987). Incomplete pairwise comparisons in the analytic hierarchy process. "
    "Mathematical Modelling, 9(11), 837–848.",
    "Harman & Jones 1966": "Harman, H. H., & Jones, W. H. (1966). Factor analysis by minimizing residuals (minres). "
    "Psychometrika, 31(3), 351–368.",
    "Huang et al. 2012": "Huang, J. L., Curran, P. G., Keeney, J., Poposki, E. M., & DeShon, R. P. (2012). Detecting "
    "and deterring insufficient effort responding to surveys. Journal of Business and Psychology, 27(1), 99–114.",
    "Hyndman & Fan 1996": "Hyndman, R. J., & Fan, Y. (1996). Sample quantiles in statistical packages. The American "
    "Statistician, 50(4), 361–365.",
    "James et al. 1984": "James, L. R., Demaree, R. G., & Wolf, G. (1984). Estimating within-group interrater "
    "reliability with and without response bias. Journal of Applied Psychology, 69(1), 85–98.",
    "Jansen 1999": "Jansen, M. J. W. (1999). Analysis of variance designs for model output. Computer Physics "
    "Communications, 117(1–2), 35–43.",
    "Kaiser 1974": "Kaiser, H. F. (1974). An index of factorial simplicity. Psychometrika, 39(1), 31–36.",
    "Kaiser & Rice 1974": "Kaiser, H. F., & Rice, J. (1974). Little jiffy, mark IV. Educational and Psychological "
    "Measurement, 34(1), 111–117.",
    "Kendall & Babington Smith 1939": "Kendall, M. G., & Babington Smith, B. (1939). The problem of m rankings. Annals "
    "of Mathematical Statistics, 10(3), 275–287.",
    "Krejcie & Morgan 1970": "Krejcie, R. V., & Morgan, D. W. (1970). Determining sample size for research activities. "
    "Educational and Psychological Measurement, 30(3), 607–610.",
    "Krippendorff 2004": "Krippendorff, K. (2004). Content analysis: an introduction to its methodology (2nd ed.). "
    "Sage.",
    "Krippendorff 2011": "Krippendorff, K. (2011). Computing Krippendorff’s alpha-reliability. University of "
    "Pennsylvania, Annenberg School for Communication.",
    "Koo & Li 2016": "Koo, T. K., & Li, M. Y. (2016). A guideline of selecting and reporting intraclass correlation "
    "coefficients for reliability research. Journal of Chiropractic Medicine, 15(2), 155–163.",
    "Kuder & Richardson 1937": "Kuder, G. F., & Richardson, M. W. (1937). The theory of the estimation of test "
    "reliability. Psychometrika, 2(3), 151–160.",
    "Landis & Koch 1977": "Landis, J. R., & Koch, G. G. (1977). The measurement of observer agreement for categorical "
    "data. Biometrics, 33(1), 159–174.",
    "Lawshe 1975": "Lawshe, C. H. (1975). A quantitative approach to content validity. Personnel Psychology, 28(4), "
    "563–575.",
    "Liang et al. 2020": "Liang, F., Brunelli, M., & Rezaei, J. (2020). Consistency issues in the best worst method: "
    "measurements and thresholds. Omega, 96, 102175.",
    "Lynn 1986": "Lynn, M. R. (1986). Determination and quantification of content validity. Nursing Research, 35(6), "
    "382–385.",
    "Martilla & James 1977": "Martilla, J. A., & James, J. C. (1977). Importance-performance analysis. Journal of "
    "Marketing, 41(1), 77–79.",
    "McDonald 1999": "McDonald, R. P. (1999). Test theory: a unified treatment. Lawrence Erlbaum.",
    "McGraw & Wong 1996": "McGraw, K. O., & Wong, S. P. (1996). Forming inferences about some intraclass correlation "
    "coefficients. Psychological Methods, 1(1), 30–46.",
    "Meade & Craig 2012": "Meade, A. W., & Craig, S. B. (2012). Identifying careless responses in survey data. "
    "Psychological Methods, 17(3), 437–455.",
    "Menzel 1953": "Menzel, H. (1953). A new coefficient for scalogram analysis. Public Opinion Quarterly, 17(2), "
    "268–280.",
    "Nunnally & Bernstein 1994": "Nunnally, J. C., & Bernstein, I. H. (1994). Psychometric theory (3rd ed.). "
    "McGraw-Hill.",
    "O’Neill 2017": "O’Neill, T. A. (2017). An overview of interrater agreement on Likert scales for researchers and "
    "practitioners. Frontiers in Psychology, 8, 777.",
    "Penfield & Giacobbi 2004": "Penfield, R. D., & Giacobbi, P. R. (2004). Applying a score confidence interval to "
    "Aiken’s item content-relevance index. Measurement in Physical Education and Exercise Science, 8(4), 213–225.",
    "Polit & Beck 2006": "Polit, D. F., & Beck, C. T. (2006). The content validity index: are you sure you know what’s "
    "being reported? Critique and recommendations. Research in Nursing & Health, 29(5), 489–497.",
    "Rezaei 2015": "Rezaei, J. (2015). Best-worst multi-criteria decision-making method. Omega, 53, 49–57.",
    "Rezaei 2016": "Rezaei, J. (2016). Best-worst multi-criteria decision-making method: some properties and a linear "
    "model. Omega, 64, 126–130.",
    "Saaty 1980": "Saaty, T. L. (1980). The analytic hierarchy process. McGraw-Hill.",
    "Saaty 2005": "Saaty, T. L. (2005). Theory and applications of the analytic network process. RWS Publications.",
    "Saisana et al. 2005": "Saisana, M., Saltelli, A., & Tarantola, S. (2005). Uncertainty and sensitivity analysis "
    "techniques as tools for the quality assessment of composite indicators. Journal of the Royal Statistical Society, "
    "Series A, 168(2), 307–323.",
    "Saltelli et al. 2010": "Saltelli, A., Annoni, P., Azzini, I., Campolongo, F., Ratto, M., & Tarantola, S. (2010). "
    "Variance based sensitivity analysis of model output: design and estimator for the total sensitivity index. "
    "Computer Physics Communications, 181(2), 259–270.",
    "Shapley 1953": "Shapley, L. S. (1953). A value for n-person games. In H. W. Kuhn & A. W. Tucker (Eds.), "
    "Contributions to the theory of games II (pp. 307–317). Princeton University Press.",
    "Shrout & Fleiss 1979": "Shrout, P. E., & Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater "
    "reliability. Psychological Bulletin, 86(2), 420–428.",
    "Sugiyono 2013": "Sugiyono (2013). Metode penelitian kuantitatif, kualitatif, dan R&D. Alfabeta.",
    "Tastle & Wierman 2007": "Tastle, W. J., & Wierman, M. J. (2007). Consensus and dissention: a measure of ordinal "
    "dispersion. International Journal of Approximate Reasoning, 45(3), 531–545.",
    "Tejada & Punzalan 2012": "Tejada, J. J., & Punzalan, J. R. B. (2012). On the misuse of Slovin’s formula. The "
    "Philippine Statistician, 61(1), 129–136.",
    "Tukey 1977": "Tukey, J. W. (1977). Exploratory data analysis. Addison-Wesley.",
    "Wesolowsky 2000": "Wesolowsky, G. O. (2000). Detecting excessive similarity in answers on multiple choice exams. "
    "Journal of Applied Statistics, 27(7), 909–921.",
    "Zapf et al. 2016": "Zapf, A., Castell, S., Morawietz, L., & Karch, A. (2016). Measuring inter-rater reliability "
    "for nominal data – which coefficients and confidence intervals are appropriate? BMC Medical Research Methodology, "
    "16, 93.",
}


def bibliography(sources: Iterable[str]) -> tuple[str, ...]:
    """The full references of those of these sources that have one, each once, in alphabetical order."""
    return tuple(sorted({REFERENCES[source] for source in sources if source in REFERENCES}, key=_unaccented))


def cited(sources: Iterable[str]) -> str:
    """The sources as one text without a full stop at its end: titles as they are, then full references."""
    sources = tuple(sources)
    titles = [source for source in sources if source not in REFERENCES]
    return "; ".join(
        [*titles, *([" ".join(bibliography(sources))] if set(sources) - set(titles) else [])]
    ).removesuffix(".")


def _unaccented(text: str) -> str:
    """Á stands among the A."""
    return "".join(letter for letter in normalize("NFKD", text) if not combining(letter))
