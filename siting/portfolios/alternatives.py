"""Portfolios that come near the best and really differ; which sites are in all, some or none.

The optimum is a plateau: many portfolios lie within a per cent of it, so one alone misleads
(modelling to generate alternatives; Brill, Chang and Hopkins 1982). Each is the best one that
differs from all before it in so many sites (a row each), until the loss is passed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from scipy import sparse

from siting.portfolios import solver
from siting.portfolios.allocation import allocate, fits
from siting.portfolios.bound import passes
from siting.portfolios.problem import Ints, Portfolio, Problem
from siting.portfolios.program import INF, Program, Rows, program_of
from siting.portfolios.search import ASKED, Search
from siting.support.interrupt import answered
from siting.support.progress import Progress

MOST = 40  # sites of the programs
GAP = 0.002


class Standing(StrEnum):
    """How a site stands among the portfolios within the loss."""

    MUST = "must-build"
    OPTION = "option"
    NEVER = "never"


@dataclass(frozen=True)
class Near:
    """Portfolios within a loss of the best, the best first.

    Attributes
    ----------
    portfolios : tuple of Portfolio (k)
    count : ndarray of int (n,)
        In how many of them each site is.
    standing : list of Standing (n)
        MUST where it is in all, NEVER where it is in none.
    proved : ndarray of bool (n,)
        Whether a bound proves it of all portfolios within the loss, not of these alone.
    complete : bool
        Whether it is proved that no further one differs so much and loses so little.
    """

    portfolios: tuple[Portfolio, ...]
    count: Ints
    standing: list[Standing]
    proved: np.ndarray
    complete: bool


def near(
    problem: Problem,
    found: Search,
    *,
    most: int,
    loss: float,
    differ: int,
    time_s: float,
    progress: Progress | None = None,
) -> Near:
    """List portfolios that come near the best.

    Parameters
    ----------
    problem : Problem
    found : Search
    most : int
        Portfolios, the best with the others.
    loss : float
        Share of the value of the best that another may lose.
    differ : int
        Sites in which two of them differ at least; one exchanged for another counts as two.
    time_s : float
        Seconds at most.
    progress : callable, optional
    """
    best, left = found.portfolio, solver.deadline(time_s)
    least = best.value - loss * abs(best.value)
    open_to = _open(problem, found, least)
    rows = _likely(problem, found, open_to)
    some = problem.take(rows)
    program = program_of(some)
    listed, complete = [best], False
    while best.built.size and len(listed) < most and left() > 0 and found.stopped != ASKED:
        if progress:
            progress(len(listed), most)
        cuts = _different(program, [one.decided[rows] for one in listed], differ)
        share = left() / (most - len(listed))
        solved = solver.solve(program, (cuts,), gap=GAP, time_s=share)
        if solved.infeasible or (np.isfinite(solved.bound) and solved.bound < least):
            complete = bool(open_to.sum() <= len(rows))
            break
        another = None
        if solved.solution is not None:
            another = program.portfolio(solved.solution).spread(rows, problem.sites)
            another = another if fits(problem, another) else allocate(problem, another.decided)
        if solved.asked:
            answered()
        if another is None or another.value < least:
            break
        listed.append(another)
        if solved.asked:
            break
    listed[1:] = sorted(listed[1:], key=lambda one: -one.value)
    return _standing(problem, listed, open_to, least, left, complete=complete)


def _open(problem: Problem, found: Search, least: float) -> np.ndarray:
    """Whether a portfolio within the loss may have each site, by the bound (n,)."""
    if found.relaxation is None:
        return np.ones(problem.sites, dtype=bool)
    return passes(problem, found.relaxation, least) | problem.must


def _likely(problem: Problem, found: Search, open_to: np.ndarray) -> Ints:
    """Return the sites of the programs: those open, the likeliest of them where they are many."""
    worth = np.zeros(problem.sites) if found.relaxation is None else found.relaxation.worth
    order = np.argsort(np.where(open_to, -worth, np.inf), kind="stable")[:MOST]
    must = np.flatnonzero(problem.must)
    return np.unique(np.concatenate([order[open_to[order]], found.portfolio.built, must]))


def _different(program: Program, listed: list[Ints], differ: int) -> Rows:
    """Return rows that keep a solution away from portfolios (each decided (n, s))."""
    site, step, _ = program.columns.step.T
    first = np.flatnonzero(step == 0)
    inside = np.array([decided[site[first], 0] >= 0 for decided in listed])
    values = np.where(inside, -1.0, 1.0)
    matrix = sparse.csr_array(
        (values.ravel(), np.tile(first, len(listed)), np.arange(len(listed) + 1) * len(first)),
        shape=(len(listed), program.columns.count),
    )
    built = np.array([float((decided[:, 0] >= 0).sum()) for decided in listed])
    return Rows("different", matrix, differ - built, np.full(len(listed), INF))


def _standing(
    problem: Problem,
    listed: list[Portfolio],
    open_to: np.ndarray,
    least: float,
    left: solver.Clock,
    *,
    complete: bool,
) -> Near:
    """Count the sites, and prove of those in all portfolios that none within the loss lacks one."""
    count = np.zeros(problem.sites, dtype=np.intp)
    for one in listed:
        count[one.built] += 1
    proved = ~open_to
    for site in np.flatnonzero(count == len(listed)) if len(listed) > 1 else ():
        if left() <= 0:
            break
        proved[site] = _needed(problem, int(site), open_to, least, left)
    standing = [
        Standing.MUST if n == len(listed) else Standing.OPTION if n else Standing.NEVER
        for n in count
    ]
    return Near(tuple(listed), count, standing, proved, complete)


def _needed(
    problem: Problem, site: int, open_to: np.ndarray, least: float, left: solver.Clock
) -> bool:
    """Whether every portfolio without the site is worth less than `least`."""
    if problem.must[site]:
        return True
    others = open_to.copy()
    others[site] = False
    program = program_of(problem.take(np.flatnonzero(others)))
    try:
        parts = solver.relax(program, time_s=left())
    except KeyboardInterrupt:
        answered()
        return False
    return parts is not None and parts.value < least


def without(problem: Problem, site: int) -> Problem:
    """Return the problem in which one site may not be built."""
    allowed = problem.allowed.copy()
    allowed[site] = False
    return replace(problem, allowed=allowed)
