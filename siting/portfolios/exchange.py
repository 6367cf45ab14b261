"""What would replace each plant of a portfolio, and what keeps the best of the others out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from siting.portfolios.alternatives import without
from siting.portfolios.greedy import greedy, removed
from siting.portfolios.paths import paths_of
from siting.portfolios.problem import Portfolio, Problem


@dataclass(frozen=True)
class Replacement:
    """The site that takes the place of another.

    Attributes
    ----------
    site : int
        Position of the plant that is left out.
    by : int
        Position of the site that comes in, -1 where none does.
    lost : float
        What the portfolio is then worth less, at most (million USD).
    """

    site: int
    by: int
    lost: float


def replacements(
    problem: Problem, best: Portfolio, near: tuple[Portfolio, ...]
) -> list[Replacement]:
    """Return what would replace each plant, in the order of the plants.

    The better of two: the best near portfolio without the plant, and the site that adds most once
    it is taken out.
    """
    found = []
    for site in best.built:
        tried = [one for one in near if site not in one.built]
        free = replace(without(problem, int(site)), must=np.zeros(problem.sites, dtype=bool))
        tried.append(greedy(free, paths_of(free), removed(free, best, (int(site),))))
        other = max(tried, key=lambda one: one.value)
        new = np.setdiff1d(other.built, best.built)
        by = int(new[0]) if len(new) else -1
        found.append(Replacement(int(site), by, best.value - other.value))
    return found
