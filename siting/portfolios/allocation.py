"""Who is supplied from where, once it is decided what is built; and whether limits are met."""

from __future__ import annotations

import numpy as np

from geodata.arrays import Floats
from siting.portfolios import solver
from siting.portfolios.problem import (
    NEVER,
    Flags,
    Ints,
    Portfolio,
    Problem,
    capability,
    outlays,
    spent,
)
from siting.portfolios.program import program_of

TOLERANCE = 1e-6  # kt, million USD or share: programs are solved to about that


def allocate(problem: Problem, decided: Ints) -> Portfolio | None:
    """Return decisions with the sales that are worth most; None where no sales meet the limits.

    Parameters
    ----------
    problem : Problem
    decided : ndarray of int (n, s)
    """
    priced = allocate_priced(problem, decided)
    return None if priced is None else priced[0]


def allocate_priced(problem: Problem, decided: Ints) -> tuple[Portfolio, Floats] | None:
    """Return the same with what a kt a year of more demand would be worth (million USD) (m, u)."""
    rows = np.flatnonzero(decided[:, 0] != NEVER)
    if not len(rows):
        none = np.zeros_like(problem.gain)
        if problem.must.any():
            return None
        return Portfolio(decided, none, 0.0), np.zeros_like(problem.demand)
    some = problem.take(rows)
    program = program_of(some)
    site, step, period = program.columns.step.T
    whole = (decided[rows][site, step] == period).astype(float)
    if whole.sum() != (decided[rows] != NEVER).sum():
        return None  # a step is decided where it may not be
    lower = np.concatenate([whole, np.zeros(program.columns.count - len(whole))])
    upper = np.concatenate([whole, program.upper[len(whole) :]])
    result = solver.relax(program, lower=lower, upper=upper, from_nothing=True)
    if result is None:
        return None
    prices = np.maximum(result.duals[program.row_of("demand")], 0.0).reshape(problem.demand.shape)
    return program.portfolio(result.solution).spread(rows, problem.sites), prices


def fits(problem: Problem, portfolio: Portfolio) -> bool:
    """Whether a portfolio meets every limit of a problem."""
    limits, built = problem.limits, portfolio.built
    able, flow = capability(problem, portfolio.decided), portfolio.flow
    sold, bought = flow.sum(axis=1), flow.sum(axis=0)
    whole = bought.sum(axis=0)
    by_country = np.bincount(problem.country[built]) if len(built) else np.zeros(1)
    met = [
        _at_most(sold, able),
        _at_most(bought, problem.demand),
        len(built) <= limits.plants,
        bool(by_country.max() <= limits.plants_by_country),
        bool(problem.must[built].sum() == problem.must.sum()),
        not len(limits.budget) or _at_most(spent(problem, portfolio.decided), limits.budget),
        _at_most(limits.utilisation * able, sold),
        not np.isfinite(limits.carbon) or _at_most(problem.carbon @ sold, limits.carbon * whole),
        limits.customer_share >= 1.0 or _at_most(bought, limits.customer_share * whole),
        limits.all_built <= 0.0
        or bool(problem.chance[built].prod() >= limits.all_built * (1.0 - TOLERANCE)),
        bool(_lawful(problem, portfolio.decided).all()),
    ]
    return all(met)


def _lawful(problem: Problem, decided: Ints) -> Flags:
    """Whether each site is decided where it may be, each step not before the one below (n,)."""
    never = decided == NEVER
    when = np.where(never, problem.shape[2], decided)
    ordered = (np.diff(when, axis=1) >= 0).all(axis=1)
    may = np.take_along_axis(problem.allowed, np.where(never, 0, decided), axis=1) | never
    return np.asarray(ordered & may.all(axis=1))


def _at_most(part: np.ndarray, whole: np.ndarray) -> bool:
    return bool((part <= whole + TOLERANCE * np.maximum(1.0, np.abs(whole))).all())


def worth(problem: Problem, portfolio: Portfolio) -> float:
    """Return the objective of decisions and sales (million USD)."""
    return float((problem.gain * portfolio.flow).sum()) - outlays(problem, portfolio.decided)
