"""A bound that no portfolio passes: demand and budgets priced, every site chosen on its own.

Lagrangian relaxation (Geoffrion 1974) of the rows that tie sites together. For any prices
p >= 0 of the relaxed rows

    value of any portfolio <= sum of prices x limits + best set of sites, each at its best path

where sites are chosen under the limits on their number, which a greedy choice meets exactly (a
laminar matroid). The prices start from the program with decisions in parts and follow a
subgradient with Polyak's step (Held, Wolfe and Crowder 1974). A bound of the portfolios with some
number of plants is lower than one of all: plants come whole, the prices alone would part them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar

from geodata.arrays import Floats
from siting.portfolios import paths as ways
from siting.portfolios.paths import Ordered, Paths
from siting.portfolios.problem import NO_LIMIT, Flags, Ints, Problem


class Number(NamedTuple):
    """How many sites the portfolios have that a bound is of."""

    least: int = 0
    most: float = NO_LIMIT


ANY = Number()


@dataclass(frozen=True)
class Prices:
    """What the relaxed rows cost: a kt a year of demand (m, u), a million of budget (t,)."""

    demand: Floats
    budget: Floats
    chance: float = 0.0


@dataclass(frozen=True)
class Relaxation:
    """One evaluation of the bound.

    Attributes
    ----------
    bound : float
    worth : ndarray (n,)
        Of the best path of each site that builds something.
    path : ndarray of int (n,)
        That path.
    chosen : ndarray of int (k,)
        The sites of the best set.
    customers : Ordered
    number : Number
        Of the sites of the portfolios that it bounds.
    """

    bound: float
    worth: Floats
    path: Ints
    chosen: Ints
    customers: Ordered
    number: Number = ANY


def relaxed(problem: Problem, paths: Paths, prices: Prices, number: Number = ANY) -> Relaxation:
    """Evaluate the bound at some prices; -inf where no portfolio has that number of sites."""
    customers = ways.ordered(problem.gain - prices.demand, problem.demand)
    worth = ways.values(paths, customers) - paths.spend @ prices.budget
    some = worth[:, :-1] - prices.chance * _surprise(problem)[:, None]
    path = some.argmax(axis=1)
    best = np.take_along_axis(some, path[:, None], axis=1)[:, 0]
    chosen = choose(problem, best, number)
    fixed = float((prices.demand * problem.demand).sum() + prices.budget @ _budget(problem))
    fixed += prices.chance * _most_surprise(problem)
    bound = fixed + float(best[chosen].sum()) if len(chosen) >= number.least else -np.inf
    return Relaxation(bound, best, path, chosen, customers, number)


def choose(problem: Problem, worth: Floats, number: Number = ANY) -> Ints:
    """Return the best set of sites under the limits on their number; the must sites first."""
    limits, must = problem.limits, problem.must
    order = np.lexsort((-worth, ~must))
    country = problem.country[order]
    if np.isfinite(limits.plants_by_country) and len(order):
        by = np.argsort(country, kind="stable")
        first = np.searchsorted(country[by], country[by])
        nth = np.empty(len(order), dtype=np.intp)
        nth[by] = np.arange(len(order)) - first
        order = order[nth < limits.plants_by_country]
    gains = int(np.count_nonzero((worth[order] > 0.0) | must[order]))
    most = min(limits.plants, number.most, len(order))
    return order[: int(min(max(gains, number.least), most))]


def passes(problem: Problem, relaxation: Relaxation, value: float) -> Flags:
    """Whether a portfolio with each site may still be worth more than `value` (n,).

    A site outside the best set takes the place of the one that is worth least there, where the set
    is full or had to take one that loses.
    """
    chosen, number = relaxation.chosen, relaxation.number
    inside = np.zeros(problem.sites, dtype=bool)
    inside[chosen] = True
    least = float(relaxation.worth[chosen].min(initial=np.inf))
    full = len(chosen) >= min(problem.limits.plants, number.most)
    forced = least < 0.0 and len(chosen) <= number.least
    lost = min(least, 0.0) if forced else max(least, 0.0) if full and len(chosen) else 0.0
    return inside | (relaxation.bound + relaxation.worth - lost > value)


def _surprise(problem: Problem) -> Floats:
    """Return -ln of the chance of each site, 0 where it does not count (n,)."""
    if problem.limits.all_built <= 0:
        return np.zeros(problem.sites)
    return -np.log(np.maximum(problem.chance, 1e-12))


def _most_surprise(problem: Problem) -> float:
    return -float(np.log(problem.limits.all_built)) if problem.limits.all_built > 0 else 0.0


def _budget(problem: Problem) -> Floats:
    """Return the budget of each period, 0 where there is none: its price is 0 too (t,)."""
    return problem.limits.budget if len(problem.limits.budget) else np.zeros(problem.shape[2])


def descend(
    problem: Problem,
    paths: Paths,
    prices: Prices,
    *,
    value: Callable[[], float],
    steps: int,
    look: Callable[[Relaxation], bool],
    number: Number = ANY,
) -> tuple[Relaxation, Prices]:
    """Lower the bound step by step; return the lowest evaluation with its prices.

    Parameters
    ----------
    problem : Problem
    paths : Paths
    prices : Prices
        To start from.
    value : callable
        What the best portfolio known is worth, which the steps aim at.
    steps : int
        At most.
    look : callable
        Shown every evaluation; False ends the descent.
    number : Number
        Of the sites of the portfolios that are bounded.
    """
    best = relaxed(problem, paths, prices, number)
    lowest, now, here = prices, best, prices
    size, since = 1.0, 0
    for _ in range(steps):
        if not look(now):
            break
        slope = _slope(problem, paths, now)
        norm = sum(float((part**2).sum()) for part in slope)
        if norm == 0.0 or now.bound - value() <= 0.0:
            break
        step = size * (now.bound - value()) / norm
        here = _moved(problem, here, slope, step)
        now = relaxed(problem, paths, here, number)
        since += 1
        if now.bound < best.bound:
            best, lowest, since = now, here, 0
        elif since >= PATIENCE:
            size, since, here, now = size / 2.0, 0, lowest, best
            if size < LEAST_STEP:
                break
    return best, lowest


PATIENCE = 5  # steps without a lower bound before they are halved
LEAST_STEP = 1e-3  # of Polyak's: the descent ends


def scaled(problem: Problem, paths: Paths, prices: Prices, number: Number) -> Prices:
    """Return the prices of demand at the level where the bound of that number is lowest.

    With a plant more or fewer every price moves alike; a subgradient would take long to see it.
    """

    def at(level: float) -> Prices:
        return replace(prices, demand=level * prices.demand)

    lowest = minimize_scalar(  # the bound is convex along every line of prices
        lambda level: relaxed(problem, paths, at(level), number).bound, bounds=(0.0, DEAREST),
        method="bounded", options={"xatol": LEVEL_OFF, "maxiter": LOOKS},
    )  # fmt: skip
    return at(float(lowest.x)) if np.isfinite(lowest.fun) else prices


DEAREST = 2.0  # times the prices of any number of plants
LEVEL_OFF, LOOKS = 1e-4, 40  # how near the best level is enough


def _slope(problem: Problem, paths: Paths, at: Relaxation) -> tuple[Floats, Floats, Floats]:
    """Return by how much the best set exceeds demand, budgets and the surprise allowed."""
    chosen, path = at.chosen, at.path[at.chosen]
    sold = ways.flows(at.customers, chosen, paths.sells[path]).sum(axis=0)
    spent = paths.spend[chosen, path].sum(axis=0) - _budget(problem)
    surprise = _surprise(problem)[chosen].sum() - _most_surprise(problem)
    return sold - problem.demand, spent, np.array([surprise])


def _moved(
    problem: Problem, prices: Prices, slope: tuple[Floats, Floats, Floats], step: float
) -> Prices:
    demand = np.maximum(prices.demand + step * slope[0], 0.0)
    budget = np.maximum(prices.budget + step * slope[1], 0.0)
    if not len(problem.limits.budget):
        budget = np.zeros_like(budget)
    chance = max(prices.chance + step * float(slope[2][0]), 0.0)
    return Prices(demand, budget, chance if problem.limits.all_built > 0 else 0.0)
