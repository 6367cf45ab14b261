"""What may go wrong: other prices, laws and demand; a plant or a lane that fails; a year lost.

A portfolio keeps its sites, sizes and years, and sells as well as it can in each scenario. Its
regret there is what the best of the portfolios compared is worth more.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from geodata.arrays import Floats
from siting.portfolios.allocation import allocate, fits
from siting.portfolios.problem import NEVER, Ints, Limits, Portfolio, Problem, nothing
from siting.portfolios.search import Infeasible, search

WAIT_S = 20.0  # of the search that decides nothing in the first period


@dataclass(frozen=True)
class Failure:
    """What is lost when one thing fails (million USD).

    Attributes
    ----------
    site : int
        Position of the plant.
    lane : str
        World region whose customers it does not reach; "" where the plant itself fails.
    lost : float
        After the other plants take over what they can.
    """

    site: int
    lane: str
    lost: float


def values(problems: Sequence[Problem], portfolios: Sequence[Portfolio]) -> Floats:
    """Return what each portfolio is worth in each scenario (million USD) (k, w).

    A plant that the law of a scenario bars is not built there, and costs nothing.
    """
    return np.array([[_in(problem, one) for problem in problems] for one in portfolios])


def _in(problem: Problem, portfolio: Portfolio) -> float:
    decided = lawful(problem, portfolio.decided)
    made = allocate(_free(problem), decided)
    return 0.0 if made is None else made.value


def lawful(problem: Problem, decided: Ints) -> Ints:
    """Return decisions without the plants that may not be decided when they are (n, s)."""
    may = np.take_along_axis(problem.allowed, np.maximum(decided, 0), axis=1) | (decided == NEVER)
    return np.where(may.all(axis=1)[:, None], decided, NEVER)


def _free(problem: Problem) -> Problem:
    """Return the problem with none of the limits on sales: what is built is built."""
    return replace(problem, limits=Limits(), must=np.zeros(problem.sites, dtype=bool))


def failures(problem: Problem, portfolio: Portfolio, region: Sequence[str]) -> list[Failure]:
    """Return what is lost when each plant, or each of its lanes, fails; worst first.

    Parameters
    ----------
    problem : Problem
    portfolio : Portfolio
    region : sequence of str (m)
        World region of each customer.
    """
    free, lost = _free(problem), []
    where = np.array(region, dtype=object)
    for site in portfolio.built:
        dead = _failed(free, int(site), np.ones(len(where), dtype=bool))
        lost.append(Failure(int(site), "", _lost(dead, portfolio)))
        sold = portfolio.flow[site].sum(axis=1) > 0
        for lane in sorted(set(where[sold])):
            cut = _failed(free, int(site), where == lane)
            lost.append(Failure(int(site), str(lane), _lost(cut, portfolio)))
    return sorted(lost, key=lambda one: (-one.lost, one.site, one.lane))


def _failed(problem: Problem, site: int, customers: np.ndarray) -> Problem:
    gain = problem.gain.copy()
    gain[site, customers] = 0.0
    return replace(problem, gain=gain)


def _lost(problem: Problem, portfolio: Portfolio) -> float:
    made = allocate(problem, portfolio.decided)
    return portfolio.value - (made.value if made else 0.0)


def postponed(problem: Problem, portfolio: Portfolio) -> Portfolio:
    """Return the same plants decided a period later; what would come after the last is dropped."""
    later = np.where(portfolio.decided == NEVER, NEVER, portfolio.decided + 1)
    later = np.where(later >= problem.shape[2], NEVER, later)
    made = allocate(_free(problem), lawful(problem, later))
    return made if made is not None else nothing(problem)


def waited(problem: Problem, portfolio: Portfolio, gap: float) -> Portfolio:
    """Return the best portfolio known of which nothing is decided in the first period.

    A search of its own, of other sites, sizes and years too; at least `portfolio` a period later
    where that meets the limits.
    """
    allowed = problem.allowed.copy()
    allowed[:, 0] = False
    barred = replace(problem, allowed=allowed)
    tried = [nothing(problem)] if not problem.must.any() else []
    shifted = postponed(problem, portfolio)
    if fits(barred, shifted):
        tried.append(shifted)
    with suppress(Infeasible):
        tried.append(search(barred, gap=gap, time_s=WAIT_S).portfolio)
    known = [one for one in tried if np.isfinite(one.value)]
    return max(known, key=lambda one: one.value) if known else shifted
