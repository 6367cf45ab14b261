"""What a board would do without a portfolio: the first of the list, one a country, one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from siting.portfolios.greedy import greedy
from siting.portfolios.paths import paths_of
from siting.portfolios.problem import Ints, Portfolio, Problem
from siting.portfolios.search import Infeasible, search

TIME_S = 10.0


@dataclass(frozen=True)
class Baseline:
    """A simple rule, and the best that can be made of the sites it picks.

    Attributes
    ----------
    name : str
    portfolio : Portfolio or None
        None where its sites cannot meet the limits.
    """

    name: str
    portfolio: Portfolio | None


def baselines(problem: Problem, count: int, gap: float) -> list[Baseline]:
    """Return what simple rules lead to.

    The sites of a problem stand in the order of the ranked list. Sizes and years are chosen as well
    as can be for the sites of a rule, so that a gain over it is one of the sites alone; greedy
    addition chooses all three.

    Parameters
    ----------
    problem : Problem
    count : int
        Plants that a rule picks.
    gap : float
    """
    first = np.flatnonzero(problem.allowed.any(axis=1))
    _, one = np.unique(problem.country[first], return_index=True)
    listed = {
        f"the first {count} of the list": first[:count],
        "the best of each country": first[np.sort(one)][:count],
    }
    made = [Baseline(name, _of(problem, rows, gap)) for name, rows in listed.items()]
    return [
        *made,
        Baseline("one by one, each where it adds most", greedy(problem, paths_of(problem))),
    ]


def _of(problem: Problem, rows: Ints, gap: float) -> Portfolio | None:
    some = replace(problem.take(rows), must=np.zeros(len(rows), dtype=bool))
    try:
        found = search(some, gap=gap, time_s=TIME_S).portfolio
    except Infeasible:
        return None
    return found.spread(rows, problem.sites)
