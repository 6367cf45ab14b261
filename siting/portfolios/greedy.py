"""Plants added one at a time, each where it adds most."""

from __future__ import annotations

import numpy as np

from geodata.arrays import Floats
from siting.portfolios import paths as ways
from siting.portfolios.paths import Paths
from siting.portfolios.problem import NEVER, Flags, Ints, Portfolio, Problem, nothing, opened, spent

ROUNDING = 1e-9


def greedy(problem: Problem, paths: Paths, begun: Portfolio | None = None) -> Portfolio:
    """Add plants one at a time, each where it adds most; it sells to whom the others leave.

    The sites that must be built come first. Limits on sales (utilisation, carbon, share of one
    customer) are not looked at: whoever asks for them checks what comes.

    Parameters
    ----------
    problem : Problem
    paths : Paths
    begun : Portfolio, optional
        What is decided already; nothing by default.
    """
    made = begun or nothing(problem)
    while len(made.built) < problem.limits.plants:
        customers = ways.ordered(problem.gain, problem.demand - made.flow.sum(axis=0))
        worth = ways.values(paths, customers)[:, :-1]
        worth[~may(problem, paths, made)] = -np.inf
        site, path = _next(problem, worth, made.built)
        added = worth[site, path]
        if not np.isfinite(added) or (added <= 0.0 and not problem.must[site]):
            break
        decided, flow = made.decided.copy(), made.flow.copy()
        decided[site] = paths.decided[path]
        flow[site] = ways.flows(customers, np.array([site]), paths.sells[[path]])[0]
        made = Portfolio(decided, flow, made.value + float(added))
    return made


def _next(problem: Problem, worth: Floats, built: Ints) -> tuple[int, int]:
    """Return the site and path that add most; of the sites that must be built, if one is left."""
    best = worth.max(axis=1)
    urgent = problem.must.copy()
    urgent[built] = False
    if urgent.any():
        best = np.where(urgent, best, -np.inf)
    site = int(best.argmax())
    return site, int(worth[site].argmax())


def may(problem: Problem, paths: Paths, made: Portfolio) -> Flags:
    """Return whether each path of each site stays within budgets, chance and country (n, p)."""
    limits, built = problem.limits, made.built
    may = np.ones((problem.sites, len(paths.decided) - 1), dtype=bool)
    may[built] = False
    if len(limits.budget):
        may &= (paths.spend[:, :-1] <= limits.budget - spent(problem, made.decided) + ROUNDING).all(
            axis=2
        )
    if limits.all_built > 0:
        may &= (problem.chance * problem.chance[built].prod() >= limits.all_built)[:, None]
    if np.isfinite(limits.plants_by_country) and len(built):
        count = np.bincount(problem.country[built], minlength=int(problem.country.max()) + 1)
        may &= (count < limits.plants_by_country)[problem.country][:, None]
    return may


def removed(problem: Problem, made: Portfolio, sites: tuple[int, ...]) -> Portfolio:
    """Return a portfolio without some of its plants, and without their sales."""
    rows = list(sites)
    decided, flow = made.decided.copy(), made.flow.copy()
    decided[rows], flow[rows] = NEVER, 0.0
    gone = (problem.gain[rows] * made.flow[rows]).sum() - (
        (opened(problem, made.decided)[rows] * problem.outlay[rows]).sum()
    )
    return Portfolio(decided, flow, made.value - float(gone))
