"""Plants of a portfolio exchanged, added, dropped or built otherwise, while that is worth more.

With some plants taken away, the sales of the others are a linear program. Its prices of demand say
what each site would add at most, so that few sites are tried (pricing of columns; Dantzig and
Wolfe 1960).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from siting.portfolios import paths as ways
from siting.portfolios.allocation import allocate_priced, fits
from siting.portfolios.greedy import ROUNDING, may
from siting.portfolios.paths import Paths
from siting.portfolios.problem import NEVER, Ints, Portfolio, Problem

TRIED = 3  # sites for each plant that is taken away


def improved(
    problem: Problem, paths: Paths, start: Portfolio, left: Callable[[], float]
) -> Portfolio:
    """Return a portfolio that no single exchange tried here betters.

    Parameters
    ----------
    problem : Problem
    paths : Paths
    start : Portfolio
        It meets the limits.
    left : callable
        Seconds left; it ends with them.
    """
    best = start
    better = _better(problem, paths, best, left)
    while better is not None:
        best = better
        better = _better(problem, paths, best, left)
    return best


def _better(
    problem: Problem, paths: Paths, best: Portfolio, left: Callable[[], float]
) -> Portfolio | None:
    """Return the first portfolio one exchange away that is worth more; None without one."""
    least = best.value + ROUNDING * abs(best.value)
    for out in (None, *best.built):
        for made in _exchanges(problem, paths, best, out, least):
            if made.value > least and fits(problem, made):
                return made
            if left() <= 0:
                return None
    return None


def _exchanges(
    problem: Problem, paths: Paths, best: Portfolio, out: int | None, least: float
) -> Iterator[Portfolio]:
    """Yield the portfolio without a plant, then with the likeliest sites in its place."""
    decided = best.decided.copy()
    if out is not None:
        decided[out] = NEVER
    without = replace(problem, must=np.zeros(problem.sites, dtype=bool))
    priced = allocate_priced(without, decided)
    if priced is None:
        return
    rest, prices = priced
    yield rest
    if len(rest.built) >= problem.limits.plants:
        return
    customers = ways.ordered(problem.gain - prices, problem.demand)
    worth = ways.values(paths, customers)[:, :-1]
    worth[~may(problem, paths, rest)] = -np.inf
    most = worth.max(axis=1)
    for site in np.argsort(-most, kind="stable")[:TRIED]:
        if rest.value + most[site] <= least:
            return
        made = allocate_priced(problem, _with(rest, int(site), paths.decided[worth[site].argmax()]))
        if made is not None:
            yield made[0]


def _with(portfolio: Portfolio, site: int, path: Ints) -> Ints:
    decided = portfolio.decided.copy()
    decided[site] = path
    return decided
