"""How near the best a portfolio is proved to be: `python -m benchmarks portfolio [--write] [10]`.

Problems of the product's own money, so many draws of places, beside plain HiGHS on the same program
and greedy addition in the same run; and published instances where a folder of them is named
(ORLIB=folder with capa.txt, capb.txt, capc.txt of OR-Library).
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import numpy as np

from benchmarks.orlib import read
from benchmarks.page import machine
from siting.pipeline import Run
from siting.portfolios.greedy import greedy
from siting.portfolios.ledger import Ledger, ledger_of
from siting.portfolios.objective import Choice, problem_of
from siting.portfolios.paths import paths_of
from siting.portfolios.problem import Limits, Problem
from siting.portfolios.program import program_of
from siting.portfolios.search import Search, gap_of, search
from siting.portfolios.solver import solve
from siting.reports.page import filled
from siting.study.studyfile import changed, named

SITES, PLANTS, SEEDS = 200, 10, 10
TIME_S, LIBRARY_S, GAP, TIGHT = 60.0, 30.0, 0.005, 1e-9
PAGE = Path(__file__).parents[1] / "docs" / "portfolio_benchmarks.md"
CAPACITIES = {
    "capa": ((8000, 19_240_822.449), (14000, 17_160_439.012)),
    "capb": ((5000, 13_656_379.578), (8000, 13_082_516.496)),
    "capc": ((5000, 11_646_596.974), (7250, 11_505_767.394)),
}


@dataclass(frozen=True)
class Row:
    """One problem: what was reached in which time, and what peers reached; gaps in per cent."""

    name: str
    seconds: float
    cpu_s: float
    gap_pct: float
    plain_s: float
    plain_gap_pct: float
    greedy_behind_pct: float
    bound_over_optimum_pct: float = float("nan")
    value_over_optimum_pct: float = float("nan")


def ledgers(seeds: int = SEEDS) -> Iterator[tuple[int, Ledger]]:
    """Yield the money of 200 places drawn from all of `balanced`, at a price that pays some."""
    run = Run()
    asked = changed(named("balanced"), {"confidence": {"draws": 0}, "snapshots": []})
    plan = run.plan(asked)
    for seed in range(1, seeds + 1):
        rng = np.random.default_rng(seed)
        rows = rng.choice(len(plan.places), SITES, replace=False)
        own = ledger_of(plan, rows, run)
        price = float(rng.uniform(4_200.0, 6_000.0))
        yield seed, replace(own, price=np.maximum(price, own.parity))


def of_money(seed: int, ledger: Ledger) -> Row:
    """Measure one draw of places."""
    some = np.ones(len(ledger.places), dtype=bool)
    problem = problem_of(ledger, Choice(some, ~some, Limits(plants=PLANTS)))
    n, m, u = problem.gain.shape
    name = f"{n} places, {m} customers, {u} periods, {len(problem.step_kt)} sizes, seed {seed}"
    return _measured(name, problem, TIME_S)[0]


def of_library(folder: Path) -> Iterator[Row]:
    """Measure the large instances of OR-Library; per cent are of their cost."""
    for file, cases in CAPACITIES.items():
        for capacity, optimum in cases:
            problem, income = read(folder / f"{file}.txt", capacity)
            row, searched = _measured(f"{file}, capacity {capacity:,}", problem, LIBRARY_S, income)
            cost, bound = income - searched.portfolio.value, income - searched.bound
            yield replace(
                row,
                bound_over_optimum_pct=100.0 * (1.0 - bound / optimum),
                value_over_optimum_pct=max(0.0, 100.0 * (cost / optimum - 1.0)),
                gap_pct=100.0 * (cost / bound - 1.0),
            )


def _measured(
    name: str, problem: Problem, time_s: float, income: float = 0.0
) -> tuple[Row, Search]:
    gap = TIGHT if income else GAP  # of an income that dwarfs the cost
    begun, used = time.monotonic(), time.process_time()
    searched = search(problem, gap=gap, time_s=time_s)
    seconds, cpu_s = time.monotonic() - begun, time.process_time() - used
    begun = time.monotonic()
    plain = solve(program_of(problem), gap=gap, time_s=time_s)
    plain_s = time.monotonic() - begun
    simple = greedy(problem, paths_of(problem)).value
    best = searched.portfolio.value
    base = abs(income - best) if income else abs(best)
    plain_gap = (plain.bound - plain.value) / base if np.isfinite(plain.value) else np.inf
    row = Row(
        name, seconds, cpu_s, 100.0 * gap_of(best, searched.bound), plain_s, 100.0 * plain_gap,
        100.0 * (best - simple) / base,
    )  # fmt: skip
    return row, searched


def main(arguments: list[str]) -> None:
    """Print the table, and write the page if asked to."""
    rows, load = [], os.getloadavg()[2]
    seeds = next((int(one) for one in arguments if one.isdecimal()), SEEDS)
    for seed, ledger in ledgers(seeds):
        rows.append(of_money(seed, ledger))
        print(rows[-1], flush=True)
    library = []
    if os.environ.get("ORLIB"):
        for row in of_library(Path(os.environ["ORLIB"])):
            library.append(row)
            print(row, flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    print(f"peak memory {peak:,.0f} MB")
    if "--write" in arguments:
        text = filled(
            "portfolio.md", Path(__file__).parent, rows=rows, library=library, peak=peak,
            machine=machine(), highs=version("highspy"), time_s=TIME_S, gap_pct=100.0 * GAP,
            plants=PLANTS, library_s=LIBRARY_S, load=load,
        )  # fmt: skip
        PAGE.write_text(text, encoding="utf-8")
