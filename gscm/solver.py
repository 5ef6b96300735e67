"""A small program over yes-or-no choices, solved to proven optimality by HiGHS. The one door to highspy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Terms = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Row:
    """Σ coefficient × variable ≥ lower."""

    terms: Terms
    lower: float


@dataclass
class Program:
    """Variables, numbered from 0 in the order they are made, and rows over them."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def choice(self) -> int:
        """A new variable that is 0 or 1."""
        return self.number(0.0, 1.0, whole=True)

    def number(self, lower: float, upper: float, whole: bool = False) -> int:
        """A new variable between two bounds."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.lower) - 1

    def require(self, terms: Terms, lower: float) -> None:
        """Add the row Σ terms ≥ lower."""
        self.rows.append(Row(terms, lower))

    def minimise(self, costs: Terms, extra: Iterable[Row] = ()) -> tuple[float, ...] | None:
        """The values of a solution of least cost, or None if there is none. The same program gives the same values."""
        return _solve(self, costs, (*self.rows, *extra))


def _solve(program: Program, costs: Terms, rows: Sequence[Row]) -> tuple[float, ...] | None:
    import highspy
    import numpy as np

    lp: Any = highspy.HighsLp()
    count = len(program.lower)
    lp.num_col_, lp.num_row_ = count, len(rows)
    lp.col_cost_ = np.array([costs.get(i, 0.0) for i in range(count)], dtype=np.double)
    lp.col_lower_ = np.array(program.lower, dtype=np.double)
    lp.col_upper_ = np.array(program.upper, dtype=np.double)
    lp.row_lower_ = np.array([row.lower for row in rows], dtype=np.double)
    lp.row_upper_ = np.full(len(rows), highspy.kHighsInf)
    starts, columns, values = [0], [], []
    for row in rows:
        for column, value in sorted(row.terms.items()):
            columns.append(column)
            values.append(value)
        starts.append(len(columns))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(columns, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(values, dtype=np.double)
    kinds = {True: highspy.HighsVarType.kInteger, False: highspy.HighsVarType.kContinuous}
    lp.integrality_ = [kinds[whole] for whole in program.whole]
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.passModel(lp)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return tuple(solver.getSolution().col_value)


def chosen(values: Sequence[float], variables: Iterable[int]) -> frozenset[int]:
    """Which of the choices are made in a solution."""
    return frozenset(variable for variable in variables if values[variable] > 0.5)
