"""A program over whole choices, solved to proven optimality by HiGHS. The one door to highspy.

HiGHS counts in floating point. Whole coefficients beyond a million (rupiah) are therefore split into limbs that it
counts without error, and every value of an objective is computed again in whole numbers from the choices made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import floor, gcd, inf, isfinite, isnan
from threading import Thread
from time import monotonic
from typing import Any

Terms = Mapping[int, float]
Whole = Mapping[int, int]

LIMB = 10**6
"""Whole coefficients up to here are counted without error, however HiGHS rounds."""

_POLL = 0.1  # seconds between two looks at whether somebody wants to stop


@dataclass(frozen=True, slots=True)
class Row:
    """Σ coefficient × variable ≥ lower."""

    terms: Terms
    lower: float


@dataclass(slots=True)
class Watch:
    """How long solving may go on, and who is told how far it is.

    `deadline` is a time of the monotonic clock. Setting `stopped`, from a signal handler, ends the solve soon, and
    with it those of every watch made `within` this one; `told` receives the best value so far and the bound, as the
    solver sees them.
    """

    deadline: float | None = None
    stopped: bool = False
    told: Callable[[float, float], None] | None = None
    above: Watch | None = None

    @classmethod
    def of(cls, seconds: float) -> Watch:
        """A watch that runs out in so many seconds from now."""
        return cls(None if seconds == inf else monotonic() + seconds)

    def within(self, seconds: float) -> Watch:
        """A watch for a part of the work: it runs out in so many seconds, or with this one, and is stopped with it."""
        part = Watch.of(min(seconds, self.left()))
        part.above = self
        return part

    @property
    def ended(self) -> bool:
        """Whether somebody has stopped it, or one that it lies within."""
        return self.stopped or (self.above is not None and self.above.ended)

    @property
    def over(self) -> bool:
        """Whether the time is up or somebody has stopped it."""
        return self.ended or (self.deadline is not None and monotonic() >= self.deadline)

    def left(self) -> float:
        """Seconds that are left."""
        return inf if self.deadline is None else max(0.0, self.deadline - monotonic())


@dataclass(frozen=True, slots=True)
class Found:
    """The best solution found and a bound that none can beat; `proven` if they meet.

    Without `values`: proven that there is none, or none was found in time. `value` and `bound` are exact where the
    solve is proven; before that the bound is the solver's, rounded outwards.
    """

    values: tuple[float, ...] | None
    value: int | None
    bound: int | None
    proven: bool


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

    def amount(self, most: int) -> dict[int, int]:
        """A new whole number from 0 to at least `most`, as terms: in limbs, as HiGHS knows no large ones."""
        terms, unit = {}, 1
        while True:
            terms[self.number(0.0, float(min(most // unit, LIMB - 1)), whole=True)] = unit
            unit *= LIMB
            if unit > most:
                return terms

    def require(self, terms: Terms, lower: float) -> None:
        """Add the row Σ terms ≥ lower."""
        self.rows.append(Row(terms, lower))

    def at_most(self, terms: Whole, bound: int) -> None:
        """Add Σ terms ≤ bound over whole variables, exactly for coefficients of any size.

        What is too large is split: with c = Lh + l, l of the sign of c, and bound = La + b it holds just if for a
        whole q, Σ hx + q ≤ a and Lq ≥ Σ lx − b.
        """
        terms, bound = _reduced({variable: value for variable, value in terms.items() if value}, bound)
        if max(map(abs, terms.values()), default=0) <= LIMB:
            self.require({variable: -float(value) for variable, value in terms.items()}, -float(bound))
            return
        high = {variable: abs(value) // LIMB * (1 if value > 0 else -1) for variable, value in terms.items()}
        low = {variable: terms[variable] - LIMB * high[variable] for variable in terms}
        rest = bound % LIMB
        ends = [[low[variable] * round(end[variable]) for end in (self.lower, self.upper)] for variable in low]
        least, most = sum(map(min, ends)), sum(map(max, ends))
        carry = self.number(float(-((rest - least) // LIMB)), float(-((rest - most) // LIMB)), whole=True)
        self.require({carry: float(LIMB), **{v: -float(value) for v, value in low.items() if value}}, -float(rest))
        self.at_most({**high, carry: 1}, bound // LIMB)

    def at_least(self, terms: Whole, bound: int) -> None:
        """Add Σ terms ≥ bound, in the way of `at_most`."""
        self.at_most({variable: -value for variable, value in terms.items()}, -bound)

    def minimise(self, costs: Terms, extra: Iterable[Row] = ()) -> tuple[float, ...] | None:
        """The values of a solution of least cost, or None if there is none. The same program gives the same values."""
        return _solve(self, costs, (*self.rows, *extra)).values

    def least(self, costs: Whole, start: Sequence[float] | None = None, watch: Watch | None = None) -> Found:
        """The solution of least cost, exactly; `start` is a solution to begin with, as far as it goes.

        Costs beyond a million are minimised in floating point first; then it is proven, limb by limb, that nothing
        costs even one less.
        """
        watch = watch or Watch()
        divisor = gcd(*costs.values()) or 1
        largest = max(map(abs, costs.values()), default=0) // divisor
        scale = 1.0 if largest <= LIMB else LIMB / largest
        scaled = {variable: value / divisor * scale for variable, value in costs.items() if value}
        rows, columns = len(self.rows), len(self.lower)
        best = _solve(self, scaled, self.rows, start, watch)
        bound = best.bound
        try:
            while scale < 1.0 and best.proven and best.values is not None:
                self.at_most(costs, total(costs, best.values) - 1)
                better = _solve(self, scaled, self.rows, None, watch)
                if better.values is None:
                    best = _Solved(best.values, bound, better.proven)
                    break
                best = better
        finally:
            del self.rows[rows:], self.lower[columns:], self.upper[columns:], self.whole[columns:]
        return _found(costs, best, bound, divisor / scale)


def total(terms: Whole, values: Sequence[float]) -> int:
    """Σ terms at a solution, in whole numbers."""
    return sum(value * round(values[variable]) for variable, value in terms.items())


def chosen(values: Sequence[float], variables: Iterable[int]) -> frozenset[int]:
    """Which of the choices are made in a solution."""
    return frozenset(variable for variable in variables if values[variable] > 0.5)


@dataclass(frozen=True, slots=True)
class _Solved:
    """What one run of HiGHS gives: `proven` that these values are best, or (without values) that there are none."""

    values: tuple[float, ...] | None
    bound: float
    proven: bool


def _found(costs: Whole, best: _Solved, bound: float, unit: float) -> Found:
    value = None if best.values is None else total(costs, best.values)
    if best.proven:
        return Found(best.values, value, value, True)
    least = floor(bound * unit * (1 - 1e-9) if bound > 0 else bound * unit * (1 + 1e-9)) if isfinite(bound) else None
    return Found(best.values, value, least if value is None or least is None else min(least, value), False)


def _reduced(terms: Whole, bound: int) -> tuple[Whole, int]:
    """The same whole inequality Σ terms ≤ bound, divided by what all its coefficients have in common."""
    divisor = gcd(*terms.values()) or 1
    return {variable: value // divisor for variable, value in terms.items()}, bound // divisor


def _solve(
    program: Program,
    costs: Terms,
    rows: Sequence[Row],
    start: Sequence[float] | None = None,
    watch: Watch | None = None,
) -> _Solved:
    import highspy

    if watch is not None and watch.over:
        return _Solved(None if start is None else tuple(start), -inf, proven=False)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.passModel(_matrix(program, costs, rows))
    if start is not None:
        _begin(solver, program, start)
    if watch is None:
        solver.run()
    else:
        _run(solver, watch)
    status, states = solver.getModelStatus(), highspy.HighsModelStatus
    if status == states.kOptimal:
        return _Solved(tuple(solver.getSolution().col_value), solver.getInfo().mip_dual_bound, proven=True)
    if status not in (states.kTimeLimit, states.kInterrupt):
        return _Solved(None, inf, proven=status in (states.kInfeasible, states.kUnboundedOrInfeasible))
    reached = solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = tuple(solver.getSolution().col_value) if reached else None
    return _Solved(values if start is None or values else tuple(start), solver.getInfo().mip_dual_bound, proven=False)


def _matrix(program: Program, costs: Terms, rows: Sequence[Row]) -> Any:
    """The program as HiGHS takes it."""
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
    return lp


def _begin(solver: Any, program: Program, start: Sequence[float]) -> None:
    """Hand over a solution to begin with; what is not a number, or was made since, is left to the solver."""
    import numpy as np

    known = [i for i in range(min(len(start), len(program.lower))) if program.whole[i] and not isnan(start[i])]
    values = np.array([float(round(start[i])) for i in known], dtype=np.double)
    solver.setSolution(len(known), np.array(known, dtype=np.int32), values)


def _run(solver: Any, watch: Watch) -> None:
    """Solve in a thread of its own, so that a signal reaches the program while HiGHS is busy."""
    if watch.deadline is not None:
        solver.setOptionValue("time_limit", watch.left())

    def look(event: Any) -> None:
        if watch.over:
            event.interrupt()

    def tell(event: Any) -> None:
        if watch.told is not None:
            watch.told(event.data_out.mip_primal_bound, event.data_out.mip_dual_bound)

    solver.cbMipInterrupt.subscribe(look)
    solver.cbSimplexInterrupt.subscribe(look)
    solver.cbMipLogging.subscribe(tell)
    thread = Thread(target=solver.run, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_POLL)
