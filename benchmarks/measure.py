"""Measuring side by side: variants take turns in one run, so that a noisy machine is noisy for all of them alike."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Row:
    """One comparison: `value` should be at most `target`."""

    what: str
    value: float
    target: float
    unit: str = "×"
    detail: str = ""


def programs(variants: Mapping[str, Sequence[str]], rounds: int = 21) -> dict[str, float]:
    """Median milliseconds of Python processes with these arguments, started anew each round but the first."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def start(arguments: Sequence[str]) -> Callable[[], object]:
        return lambda: subprocess.run(
            [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment
        )

    return calls({name: start(arguments) for name, arguments in variants.items()}, rounds)


def calls(variants: Mapping[str, Callable[[], object]], rounds: int = 21) -> dict[str, float]:
    """Median milliseconds of each call; the first round is not counted."""
    times: dict[str, list[float]] = {name: [] for name in variants}
    for _ in range(rounds + 1):
        for name, call in variants.items():
            gc.collect()
            started = perf_counter()
            call()
            times[name].append((perf_counter() - started) * 1000)
    return {name: median(taken[1:]) for name, taken in times.items()}


def report(question: str, rows: Sequence[Row]) -> None:
    """Print the table; the exit code tells whether every target is met."""
    print(f"\n{question}\n")
    width = max(len(row.what) for row in rows)
    for row in rows:
        verdict = "met" if row.value <= row.target else "MISSED"
        print(
            f"  {row.what:<{width}}  {row.value:8.2f} {row.unit:<2}  target ≤ {row.target:g} {row.unit:<2}"
            f"  {verdict:<6}  {row.detail}"
        )
    sys.exit(any(row.value > row.target for row in rows))
