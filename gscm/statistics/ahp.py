"""Weights from pairwise comparisons: the analytic hierarchy process, for one expert, a group, and a hierarchy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gscm.i18n import Text
from gscm.statistics.figure import Figure, Method, need, refusal
from gscm.statistics.matrix import Array, Values, matrix, vector

Prioritisation = Literal["eigenvector", "geometric-mean"]
RandomIndex = Literal["saaty-1980", "saaty-2005", "donegan-dodd", "alonso-lamata"]
Completion = Literal["least-eigenvalue", "harker"]

NAME = Text("bobot AHP", "AHP weights")
ACCEPTED = 0.10
"""The highest consistency ratio that Saaty accepts."""

_SAATY_1980 = (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
_SAATY_2005 = (0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59)
_DONEGAN_DODD = (
    0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055, 1.4213, 1.4497, 1.4643, 1.4822, 1.4969,
)  # fmt: skip
_ALONSO_LAMATA = (
    0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838,
)  # fmt: skip
TABLES: dict[RandomIndex, tuple[float, ...]] = {
    "saaty-1980": _SAATY_1980,
    "saaty-2005": _SAATY_2005,
    "donegan-dodd": _DONEGAN_DODD,
    "alonso-lamata": _ALONSO_LAMATA,
}
"""Random indices of 3 to 15 criteria: the mean consistency index of matrices filled at random. That of Saaty (1980)
for 12 criteria is below that for 11, as printed: those of 12 and more rest on fewer draws."""

_TABLE_NAMES: dict[RandomIndex, tuple[str, str]] = {
    "saaty-1980": ("Saaty (1980)", "Saaty 1980"),
    "saaty-2005": ("Saaty (2005)", "Saaty 2005"),
    "donegan-dodd": ("Donegan & Dodd (1991)", "Donegan & Dodd 1991"),
    "alonso-lamata": ("Alonso & Lamata (2006)", "Alonso & Lamata 2006"),
}
_METHODS: dict[Prioritisation, tuple[Text, str]] = {
    "eigenvector": (Text("AHP, vektor eigen utama", "AHP, principal eigenvector"), "Saaty 1980"),
    "geometric-mean": (
        Text("AHP, rata-rata geometrik baris", "AHP, geometric mean of rows"),
        "Crawford & Williams 1985",
    ),
}


@dataclass(frozen=True, slots=True)
class Revision:
    """A comparison that agrees least with the others: `row` over `column` (from 0), as given and as weights imply."""

    row: int
    column: int
    given: float
    implied: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Priorities(Figure):
    """n counts criteria; `missing` counts comparisons that were not made. CR is 0 for two criteria."""

    weights: tuple[float, ...]
    lambda_max: float
    consistency_index: float
    random_index: float
    random_index_table: RandomIndex
    consistency_ratio: float
    acceptable: bool
    missing: int
    revise: Revision | None


def judgments(labels: Sequence[str], comparisons: Mapping[tuple[str, str], float]) -> Array:
    """The matrix, shape (criteria, criteria), of comparisons "first is so many times as important as second".

    nan stands where none was made. Raises ValueError for an unknown label.
    """
    place = {label: index for index, label in enumerate(labels)}
    table = np.full((len(labels), len(labels)), np.nan)
    np.fill_diagonal(table, 1.0)
    for (first, second), times in comparisons.items():
        if first not in place or second not in place:
            raise ValueError(f"no such criterion: {first} or {second}")
        table[place[first], place[second]] = times
    return reciprocal(table)


def reciprocal(comparisons: Values) -> Array:
    """The matrix with each comparison mirrored, nan where there is none.

    Refused unless it is square, positive, 1 on the diagonal, and each pair reciprocal (to 1 in 1,000).
    """
    table = matrix(comparisons).copy()
    if table.ndim != 2 or table.shape[0] != table.shape[1]:
        raise refusal(NAME, Text("matriksnya tidak persegi", "the matrix is not square"))
    if (table <= 0).any():
        raise refusal(NAME, Text("ada perbandingan yang tidak positif", "a comparison is not positive"))
    np.fill_diagonal(table, np.where(np.isnan(np.diag(table)), 1.0, np.diag(table)))
    mirrored = 1 / table.T
    table = np.where(np.isnan(table), mirrored, table)
    wrong = np.argwhere(np.abs(table / np.where(np.isnan(mirrored), table, mirrored) - 1) > 1e-3)
    if wrong.size:
        row, column = (int(place) + 1 for place in wrong[0])
        why = Text(
            f"perbandingan baris {row} kolom {column} bukan kebalikan dari baris {column} kolom {row}",
            f"the comparison in row {row}, column {column} is not the reciprocal of that in row {column}, column {row}",
        )
        raise refusal(NAME, why)
    return table


def priorities(
    comparisons: Values,
    method: Prioritisation = "eigenvector",
    random_index: RandomIndex = "saaty-1980",
    completion: Completion = "least-eigenvalue",
) -> Priorities:
    """Weights, summing to 1, and consistency of a matrix of comparisons, shape (criteria, criteria), nan where missing.

    CR = ((λmax − n) / (n − 1)) / RI, λmax the principal eigenvalue whatever the method. Comparisons not made are filled
    so that λmax is least (Bozóki, Fülöp & Rónyai 2010) or with the ratios of the weights themselves (Harker 1987); the
    geometric mean is the logarithmic least squares solution of those made. Refused with fewer than two criteria or more
    than 15, a matrix that is not reciprocal, or comparisons that leave criteria unconnected.
    """
    table = reciprocal(comparisons)
    n = len(table)
    need(NAME, n, 2, Text("kriteria", "criteria"))
    if n > 15:
        why = Text("indeks acak hanya tersedia sampai 15 kriteria", "random indices go up to 15 criteria")
        raise refusal(NAME, why)
    _connected(table)
    missing = int(np.isnan(table).sum()) // 2
    lambda_max, eigenvector = principal(complete(table) if completion == "least-eigenvalue" else harker(table))
    weights = eigenvector if method == "eigenvector" else logarithmic_least_squares(table)
    index = max((lambda_max - n) / (n - 1), 0.0)
    by_chance = index_by_chance(random_index, n, missing)
    ratio = index / by_chance if by_chance else 0.0
    return Priorities(
        n=n,
        method=_method(method, random_index, missing, completion),
        cautions=_inconsistent(ratio),
        weights=tuple(float(weight) for weight in weights),
        lambda_max=lambda_max,
        consistency_index=index,
        random_index=by_chance,
        random_index_table=random_index,
        consistency_ratio=ratio,
        acceptable=ratio <= ACCEPTED,
        missing=missing,
        revise=_revision(table, weights),
    )


def index_by_chance(table: RandomIndex, n: int, missing: int = 0) -> float:
    """The random index of n criteria, of which so many comparisons are missing.

    With missing comparisons less can contradict itself, and the index of a full matrix would make every ratio too low:
    it falls nearly linearly, RI(n, m) = (1 − 2m / ((n − 1)(n − 2))) RI(n, 0) (Ágoston & Csató 2022, equation 3), to 0
    where the comparisons are a tree and nothing can.
    """
    if n < 3:
        return 0.0
    spare = (n - 1) * (n - 2) // 2
    return TABLES[table][n - 3] * (spare - missing) / spare


def _method(method: Prioritisation, random_index: RandomIndex, missing: int, completion: Completion) -> Method:
    name, source = _METHODS[method]
    table, table_source = _TABLE_NAMES[random_index]
    said = Text(f"indeks acak {table}", f"random index of {table}")
    sources = (source, *(() if source == table_source else (table_source,)))
    if not missing:
        return Method(name, said, sources)
    filled, filled_source = _COMPLETIONS[completion]
    return Method(
        name,
        Text(
            f"{filled.id}; {said.id}, disesuaikan dengan banyaknya yang kosong",
            f"{filled.en}; {said.en}, adjusted to how many are missing",
        ),
        (*sources, filled_source, "Ágoston & Csató 2022"),
    )


_COMPLETIONS: dict[Completion, tuple[Text, str]] = {
    "least-eigenvalue": (
        Text("perbandingan kosong diisi agar λmax terkecil", "missing comparisons filled so that λmax is least"),
        "Bozóki et al. 2010",
    ),
    "harker": (
        Text(
            "perbandingan kosong diisi dengan perbandingan bobotnya sendiri (Harker)",
            "missing comparisons filled with the ratios of the weights themselves (Harker)",
        ),
        "Harker 1987",
    ),
}


def _inconsistent(ratio: float) -> tuple[Text, ...]:
    if ratio <= ACCEPTED:
        return ()
    return (
        Text(
            "Rasio konsistensi melampaui 0,10: perbandingan perlu ditinjau kembali bersama pakarnya.",
            "The consistency ratio exceeds 0.10: the comparisons should be reviewed with the expert.",
        ),
    )


def _revision(table: Array, weights: Array) -> Revision | None:
    implied = weights[:, None] / weights
    off = np.abs(np.log(np.where(np.isnan(table), implied, table) / implied))
    row, column = np.unravel_index(int(np.argmax(np.triu(off))), off.shape)
    if off[row, column] < 1e-9:
        return None
    return Revision(int(row), int(column), float(table[row, column]), float(implied[row, column]))


def principal(table: Array) -> tuple[float, Array]:
    """The largest eigenvalue of a positive matrix and its eigenvector, summing to 1."""
    values, vectors = np.linalg.eig(table)
    first = int(np.argmax(values.real))
    found = np.abs(vectors[:, first].real)
    return float(values[first].real), found / found.sum()


def logarithmic_least_squares(table: Array) -> Array:
    """The weights, summing to 1, whose ratios are nearest to the comparisons made, in logarithms."""
    known = ~np.isnan(table) & ~np.eye(len(table), dtype=bool)
    logarithms = np.where(known, np.log(np.where(known, table, 1.0)), 0.0)
    laplacian = np.diag(known.sum(axis=1)) - known.astype(float)
    found = np.exp(np.linalg.pinv(laplacian) @ logarithms.sum(axis=1))
    weights: Array = found / found.sum()
    return weights


def complete(comparisons: Values) -> Array:
    """The matrix with the missing comparisons filled so that its principal eigenvalue is least.

    In the logarithms of the missing this is convex (Bozóki, Fülöp & Rónyai 2010); it starts from least squares.
    """
    from scipy.optimize import minimize

    table = reciprocal(comparisons)
    rows, columns = np.nonzero(np.triu(np.isnan(table)))
    if not len(rows):
        return table
    weights = logarithmic_least_squares(table)

    def filled(logarithms: Array) -> Array:
        full = table.copy()
        full[rows, columns], full[columns, rows] = np.exp(logarithms), np.exp(-logarithms)
        return full

    def lambda_max(logarithms: Array) -> tuple[float, Array]:
        full = filled(logarithms)
        value, right = principal(full)
        _, left = principal(full.T)
        slope = left[rows] * full[rows, columns] * right[columns] - left[columns] * full[columns, rows] * right[rows]
        return value, slope / (left @ right)

    start = np.log(weights[rows] / weights[columns])
    return filled(minimize(lambda_max, start, jac=True, method="BFGS", options={"gtol": 1e-10}).x)


def harker(table: Array) -> Array:
    """The matrix whose principal eigenvector fills its own gaps: 0 where missing, and on the diagonal 1 + missing.

    Its principal eigenvalue is at least that of `complete`, so that the ratio is on the strict side.
    """
    missing = np.isnan(table)
    full: Array = np.where(missing, 0.0, table) + np.diag(missing.sum(axis=1).astype(float))
    return full


def _connected(table: Array) -> None:
    reached, edge = {0}, [0]
    while edge:
        new = set(np.flatnonzero(~np.isnan(table[edge.pop()])).tolist()) - reached
        reached |= new
        edge += sorted(new)
    if len(reached) < len(table):
        apart = ", ".join(str(index + 1) for index in range(len(table)) if index not in reached)
        why = Text(
            f"kriteria nomor {apart} tidak terhubung dengan kriteria pertama lewat perbandingan apa pun",
            f"no comparisons connect criterion number {apart} with the first",
        )
        raise refusal(NAME, why)


# Groups


def aggregate_judgments(experts: Sequence[Values], shares: Values | None = None) -> Array:
    """One matrix for the group: geometric means of its members' comparisons (AIJ; Aczél & Saaty 1983).

    `shares` weigh the experts; a comparison that some did not make is the mean of the others'. Refused without experts.
    """
    need(NAME, len(experts), 1, Text("pakar", "experts"))
    logarithms = np.log(np.stack([reciprocal(expert) for expert in experts]))
    weights = _shares(len(experts), shares)[:, None, None] * ~np.isnan(logarithms)
    with np.errstate(invalid="ignore"):
        means: Array = np.exp(np.nansum(weights * np.nan_to_num(logarithms), axis=0) / weights.sum(axis=0))
    return means


def aggregate_priorities(
    weights: Values, shares: Values | None = None, mean: Literal["geometric", "arithmetic"] = "geometric"
) -> tuple[float, ...]:
    """One vector of weights for the group, from those of its members, shape (experts, criteria) (AIP).

    Either mean is allowed (Forman & Peniwati 1998); the result sums to 1. Refused without experts.
    """
    table = matrix(weights)
    need(NAME, len(table), 1, Text("pakar", "experts"))
    by = _shares(len(table), shares)
    found = np.exp(by @ np.log(table)) if mean == "geometric" else by @ table
    return tuple(float(weight) for weight in found / found.sum())


def _shares(experts: int, shares: Values | None) -> Array:
    found = np.ones(experts) if shares is None else vector(shares)
    if len(found) != experts or not (found > 0).all():
        raise ValueError("one positive share for each expert")
    return found / float(found.sum())


def global_weights(local: Mapping[str, Mapping[str, float]], root: str) -> dict[str, float]:
    """The weight of every node below `root`: the product of the local weights on the way to it.

    `local` gives each inner node the weights of its children, which sum to 1. Raises ValueError for a circle.
    """
    found: dict[str, float] = {}
    edge = [(root, 1.0)]
    while edge:
        node, weight = edge.pop()
        for child, share in local.get(node, {}).items():
            if child in found or child == root:
                raise ValueError(f"{child} stands in the hierarchy twice")
            found[child] = weight * share
            edge.append((child, found[child]))
    return found
