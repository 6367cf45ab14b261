"""A file of OR-Library as a problem: one period, one size, all demand served at the least cost."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from siting.portfolios.problem import Limits, Problem

DEAR = 2.0  # times the dearest unit with its share of a site: what a customer pays, to be served


def warehouses(text: str, capacity: float = 0.0) -> tuple[Problem, float]:
    """Return the problem of a file, and the income from which its value is taken to get the cost.

    Parameters
    ----------
    text : str
        sites, customers; capacity and fixed cost of each site; demand of each customer with what
        all of it costs from each site.
    capacity : float
        In place of the word `capacity` of the large files.
    """
    words = iter(text.replace("capacity", str(capacity)).split())
    n, m = int(next(words)), int(next(words))
    own = np.array([float(next(words)) for _ in range(2 * n)]).reshape(n, 2)
    if capacity:
        own[:, 0] = capacity
    each = np.array([float(next(words)) for _ in range(m * (n + 1))]).reshape(m, n + 1)
    demand, unit = each[:, 0], (each[:, 1:] / each[:, :1]).T
    price = DEAR * (unit.max() + (own[:, 1] / own[:, 0]).max())
    problem = Problem(
        gain=(price - unit)[:, :, None],
        demand=demand[:, None],
        step_kt=own[:1, 0],
        sells=np.ones((1, 1)),
        outlay=own[:, 1][:, None, None],
        spend=np.zeros((n, 1, 1, 1)),
        allowed=np.ones((n, 1), dtype=bool),
        must=np.zeros(n, dtype=bool),
        country=np.zeros(n, dtype=np.intp),
        chance=np.ones(n),
        carbon=np.zeros(n),
        limits=Limits(),
    )
    return problem, float(price * demand.sum())


def read(path: Path, capacity: float = 0.0) -> tuple[Problem, float]:
    """Return the problem of a file on disk."""
    return warehouses(path.read_text(encoding="ascii"), capacity)
