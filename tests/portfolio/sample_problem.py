"""Small problems of random numbers, and an oracle that tries every portfolio."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
from scipy.optimize import linprog

from siting.portfolios.problem import NEVER, Limits, Problem


def problem(
    seed: int,
    *,
    sites: int = 6,
    customers: int = 5,
    periods: int = 2,
    sizes: tuple[float, ...] = (20.0, 50.0),
    limits: Limits | None = None,
) -> Problem:
    """Return a problem in which some plants pay and demand is scarce."""
    rng = np.random.default_rng(seed)
    kt = np.array(sizes)
    worth = 0.85 ** np.arange(periods + 1)
    cost = rng.uniform(2.6, 3.4, sites)
    away = rng.uniform(0.05, 0.9, (sites, customers))
    price = rng.uniform(3.6, 4.6, (customers, periods + 1))
    gain = (price[None] - cost[:, None, None] - away[:, :, None]) * worth * 2.0
    sells = np.zeros((periods, periods + 1))
    for t in range(periods):
        sells[t, t + 1] = 0.5
        sells[t, t + 2 :] = 0.9
    whole = 1.5 * kt * (kt / 60.0) ** -0.3
    steps = np.diff(whole, prepend=0.0)
    dear = rng.uniform(0.7, 1.3, sites)
    outlay = steps[None, :, None] * dear[:, None, None] * worth[:periods]
    spend = np.zeros((sites, len(kt), periods, periods))
    for t in range(periods):
        spend[:, :, t, t] = steps * dear[:, None]
    return Problem(
        gain=gain,
        demand=rng.uniform(5.0, 40.0, (customers, periods + 1)),
        step_kt=np.diff(kt, prepend=0.0),
        sells=sells,
        outlay=outlay,
        spend=spend,
        allowed=np.ones((sites, periods), dtype=bool),
        must=np.zeros(sites, dtype=bool),
        country=rng.integers(0, 3, sites).astype(np.intp),
        chance=rng.uniform(0.3, 1.0, sites),
        carbon=rng.uniform(0.1, 8.0, sites),
        limits=limits or Limits(plants=2),
    )


def every_portfolio(asked: Problem, least: int = 0) -> tuple[float, np.ndarray]:
    """Return the value and the decisions of the best portfolio, each tried by linear programming.

    Of at least so many sites. The oracle of the search: no code of the planner, and SciPy's own
    solver for the sales.
    """
    best, chosen = 0.0, np.full((asked.sites, len(asked.step_kt)), NEVER)
    if asked.must.any() or least:
        best = -np.inf
    most = int(min(asked.limits.plants, asked.sites))
    for count in range(max(least, 1), most + 1):
        for sites in itertools.combinations(range(asked.sites), count):
            if not set(np.flatnonzero(asked.must)) <= set(sites):
                continue
            for paths in itertools.product(_paths(asked), repeat=count):
                decided = np.full_like(chosen, NEVER)
                decided[list(sites)] = paths
                value = sold(asked, decided)
                if value > best + 1e-9:
                    best, chosen = value, decided
    return best, chosen


def _paths(asked: Problem) -> list[tuple[int, ...]]:
    """Return every way to decide the steps of a plant that is built."""
    steps, periods = len(asked.step_kt), asked.shape[2]
    when = [*range(periods), periods]
    rising = itertools.combinations_with_replacement(when, steps)
    return [tuple(t if t < periods else NEVER for t in path) for path in rising
            if path[0] < periods]  # fmt: skip


def sold(asked: Problem, decided: np.ndarray) -> float:  # noqa: C901 - each limit in plain words
    """Return what decisions are worth with the best sales; -inf where a limit forbids them."""
    limits, (n, m, u) = asked.limits, asked.gain.shape
    built = np.flatnonzero(decided[:, 0] != NEVER)
    spent, paid, able = np.zeros(asked.shape[2]), 0.0, np.zeros((n, u))
    for i in built:
        for s, t in enumerate(decided[i]):
            if t == NEVER:
                continue
            if not asked.allowed[i, t]:
                return -np.inf
            spent += asked.spend[i, s, t]
            paid += asked.outlay[i, s, t]
            able[i] += asked.step_kt[s] * asked.sells[t]
    if len(limits.budget) and (spent > limits.budget + 1e-9).any():
        return -np.inf
    if any((asked.country[built] == c).sum() > limits.plants_by_country for c in range(9)):
        return -np.inf
    if asked.chance[built].prod() < limits.all_built:
        return -np.inf
    pairs = [(i, j, k) for i in built for j in range(m) for k in range(u)]
    cost = [-asked.gain[p] for p in pairs]
    rows, ends = [], []

    def limit(values: list[float], end: float) -> None:
        rows.append(values)
        ends.append(end)

    for k in range(u):
        for i in built:
            own = [float(p[0] == i and p[2] == k) for p in pairs]
            limit(own, able[i, k])
            limit([-x for x in own], -limits.utilisation * able[i, k])
        for j in range(m):
            limit([float(p[1] == j and p[2] == k) for p in pairs], asked.demand[j, k])
            if limits.customer_share < 1:
                limit([(float(p[1] == j) - limits.customer_share) * (p[2] == k) for p in pairs], 0)
        if np.isfinite(limits.carbon):
            limit([(asked.carbon[p[0]] - limits.carbon) * (p[2] == k) for p in pairs], 0.0)
    solved = linprog(cost, A_ub=rows, b_ub=ends, bounds=(0, None), method="highs-ds")
    return -solved.fun - paid if solved.status == 0 else -np.inf


def scaled(asked: Problem, by: float) -> Problem:
    """Return the same problem in another currency."""
    budget = asked.limits.budget * by
    return replace(
        asked, gain=asked.gain * by, outlay=asked.outlay * by, spend=asked.spend * by,
        limits=replace(asked.limits, budget=budget),
    )  # fmt: skip
