"""The mixed-integer program of a problem: columns, rows, and what a solution of it means.

Columns are the decisions (binary), then the sales of every site, customer and period that leave
something. Capacity is aggregated: one row a site and period. The stronger rows, one a site and
customer, are many and stand in the Lagrangian bound alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from geodata.arrays import Floats
from siting.portfolios.problem import NEVER, Flags, Ints, Portfolio, Problem

INF = float("inf")
HALF = 0.5


@dataclass(frozen=True)
class Columns:
    """Which column stands for what.

    Attributes
    ----------
    step : ndarray of int (b, 3)
        Site, step and period of each decision, the first b columns.
    sale : ndarray of int (x, 3)
        Site, customer and period of each sale.
    total : int
        Columns of total sales, one a period, behind the sales.
    """

    step: Ints
    sale: Ints
    total: int

    @property
    def count(self) -> int:
        """Number of columns."""
        return len(self.step) + len(self.sale) + self.total


@dataclass(frozen=True)
class Rows:
    """Rows of a program: low <= matrix @ columns <= high, under a name."""

    name: str
    matrix: sparse.csr_array
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Program:
    """Maximise cost @ columns within rows and bounds; decisions are whole.

    Attributes
    ----------
    problem : Problem
    columns : Columns
    cost : ndarray (c,)
    upper : ndarray (c,)
    rows : tuple of Rows
    """

    problem: Problem
    columns: Columns
    cost: Floats
    upper: Floats
    rows: tuple[Rows, ...]

    @property
    def matrix(self) -> sparse.csr_array:
        """All rows."""
        return sparse.csr_array(sparse.vstack([part.matrix for part in self.rows], format="csr"))

    @property
    def low(self) -> Floats:
        """Lower ends of the rows."""
        return np.concatenate([part.low for part in self.rows])

    @property
    def high(self) -> Floats:
        """Upper ends of the rows."""
        return np.concatenate([part.high for part in self.rows])

    def row_of(self, name: str) -> slice:
        """Return where the rows of a name stand; an empty slice where there are none."""
        first = 0
        for part in self.rows:
            if part.name == name:
                return slice(first, first + len(part.low))
            first += len(part.low)
        return slice(0, 0)

    def portfolio(self, solution: Floats) -> Portfolio:
        """Return what a solution decides."""
        problem, columns = self.problem, self.columns
        decided = np.full((problem.sites, len(problem.step_kt)), NEVER, dtype=np.intp)
        site, step, period = columns.step[solution[: len(columns.step)] > HALF].T
        decided[site, step] = period
        flow = np.zeros_like(problem.gain)
        sold = solution[len(columns.step) : len(columns.step) + len(columns.sale)]
        flow[tuple(columns.sale.T)] = np.maximum(sold, 0.0)
        return Portfolio(decided, flow, float(self.cost @ solution))

    def solution(self, portfolio: Portfolio) -> Floats:
        """Return a portfolio as the columns of the program."""
        site, step, period = self.columns.step.T
        whole = portfolio.decided[site, step] == period
        total = portfolio.flow.sum(axis=(0, 1))[: self.columns.total]
        sold = portfolio.flow[tuple(self.columns.sale.T)]
        return np.concatenate([whole.astype(float), sold, total])


def program_of(problem: Problem) -> Program:
    """Build the program of a problem, with all sales that leave something."""
    columns = _columns(problem)
    site, step, period = columns.step.T
    cost = np.concatenate(
        [
            -problem.outlay[site, step, period],
            problem.gain[tuple(columns.sale.T)],
            np.zeros(columns.total),
        ]
    )
    upper = np.concatenate([np.ones(len(columns.step)), np.full(columns.count - len(site), INF)])
    rows = tuple(part for part in _rows(problem, columns) if len(part.low))
    return Program(problem, columns, cost, upper, rows)


def pays(problem: Problem) -> Flags:
    """Whether a sale leaves something, to a customer that buys, from a plant that can be (n, m, u).

    A plant that must be built sells whatever it leaves.
    """
    runs = (problem.allowed.astype(float) @ (problem.sells > 0)) > 0
    some = (problem.gain > 0.0) | problem.must[:, None, None]
    return np.asarray(some & (problem.demand > 0.0) & runs[:, None, :])


def _columns(problem: Problem) -> Columns:
    n, steps, periods = problem.shape
    step = np.argwhere(np.broadcast_to(problem.allowed[:, None, :], (n, steps, periods)))
    sale = np.argwhere(pays(problem))
    total = problem.gain.shape[2] if problem.limits.customer_share < 1.0 else 0
    return Columns(step, sale, total)


def _rows(problem: Problem, columns: Columns) -> list[Rows]:
    return [
        *_market_rows(problem, columns),
        *_step_rows(problem, columns),
        *_site_rows(problem, columns),
        *_sales_limits(problem, columns),
    ]


def _entries(
    columns: Columns, row: Ints, column: Ints, value: Floats, count: int
) -> sparse.csr_array:
    return sparse.csr_array((value, (row, column)), shape=(count, columns.count))


def _capacity(problem: Problem, columns: Columns) -> tuple[Ints, Ints, Floats]:
    """Return what each decision lets its site sell: row (site, period), column, kt a year."""
    site, step, period = columns.step.T
    periods = problem.gain.shape[2]
    kt = problem.step_kt[step][:, None] * problem.sells[period]
    row = site[:, None] * periods + np.arange(periods)
    column = np.repeat(np.arange(len(site)), periods)
    keep = kt.ravel() > 0
    return row.ravel()[keep], column[keep], kt.ravel()[keep]


def _market_rows(problem: Problem, columns: Columns) -> list[Rows]:
    """A site sells at most what it can, a customer buys at most its demand."""
    n, m, periods = problem.gain.shape
    first = len(columns.step)
    sale = first + np.arange(len(columns.sale))
    seller, buyer, when = columns.sale.T
    row, column, kt = _capacity(problem, columns)
    sold = seller * periods + when
    ones = np.ones(len(sale))
    capacity = _entries(
        columns, np.concatenate([sold, row]), np.concatenate([sale, column]),
        np.concatenate([ones, -kt]), n * periods,
    )  # fmt: skip
    demand = _entries(columns, buyer * periods + when, sale, ones, m * periods)
    rows = [
        Rows("capacity", capacity, np.full(n * periods, -INF), np.zeros(n * periods)),
        Rows("demand", demand, np.full(m * periods, -INF), problem.demand.ravel()),
    ]
    least = problem.limits.utilisation
    if least > 0:
        busy = _entries(
            columns, np.concatenate([sold, row]), np.concatenate([sale, column]),
            np.concatenate([ones, -least * kt]), n * periods,
        )  # fmt: skip
        rows.append(Rows("utilisation", busy, np.zeros(n * periods), np.full(n * periods, INF)))
    return rows


def _step_rows(problem: Problem, columns: Columns) -> list[Rows]:
    """Each step is decided once, and not before the step below it."""
    n, steps, periods = problem.shape
    site, step, period = columns.step.T
    column = np.arange(len(site))
    lowest = step == 0
    once = _entries(columns, site[lowest], column[lowest], np.ones(lowest.sum()), n)
    rows = [Rows("once", once, np.full(n, -INF), np.ones(n))]
    row, entry, value = [], [], []
    for later in range(periods):
        so_far = period <= later
        for own, sign in ((so_far & (step > 0), 1.0), (so_far & (step < steps - 1), -1.0)):
            above = step[own] - (1 if sign > 0 else 0)
            row.append((site[own] * (steps - 1) + above) * periods + later)
            entry.append(column[own])
            value.append(np.full(own.sum(), sign))
    if steps > 1:
        count = n * (steps - 1) * periods
        above, below, signs = (np.concatenate(part) for part in (row, entry, value))
        order = _entries(columns, above, below, signs, count)
        rows.append(Rows("order", order, np.full(count, -INF), np.zeros(count)))
    return rows


def _site_rows(problem: Problem, columns: Columns) -> list[Rows]:
    """Limits on the plants that are built: how many, where, at what cost, with what chance."""
    limits = problem.limits
    site, step, period = columns.step.T
    column = np.arange(len(site))
    lowest = step == 0
    where, first = site[lowest], column[lowest]
    rows: list[Rows] = []

    def limit(name: str, row: Ints, entry: Ints, value: Floats, high: Floats) -> None:
        matrix = _entries(columns, row, entry, value, len(high))
        rows.append(Rows(name, matrix, np.full(len(high), -INF), high))

    if np.isfinite(limits.plants):
        limit("plants", np.zeros_like(where), first, np.ones(len(where)), np.array([limits.plants]))
    if np.isfinite(limits.plants_by_country):
        count = int(problem.country.max()) + 1
        limit("country", problem.country[where], first, np.ones(len(where)),
              np.full(count, limits.plants_by_country))  # fmt: skip
    if len(limits.budget):
        periods = len(limits.budget)
        limit("budget", np.tile(np.arange(periods), len(site)), np.repeat(column, periods),
              problem.spend[site, step, period].ravel(), limits.budget)  # fmt: skip
    if limits.all_built > 0:
        limit("chance", np.zeros_like(where), first, -np.log(problem.chance[where]),
              np.array([-np.log(limits.all_built)]))  # fmt: skip
    if problem.must.any():
        must = np.flatnonzero(problem.must)
        which = np.flatnonzero(problem.must[where])
        matrix = _entries(columns, np.searchsorted(must, where[which]), first[which],
                          np.ones(len(which)), len(must))  # fmt: skip
        rows.append(Rows("must", matrix, np.ones(len(must)), np.ones(len(must))))
    return rows


def _sales_limits(problem: Problem, columns: Columns) -> list[Rows]:
    """Limits on the sales of a period: carbon, and the share of one customer."""
    limits, rows = problem.limits, list[Rows]()
    m, periods = problem.demand.shape
    first = len(columns.step)
    sale = first + np.arange(len(columns.sale))
    seller, buyer, when = columns.sale.T
    if np.isfinite(limits.carbon):
        matrix = _entries(columns, when, sale, problem.carbon[seller] - limits.carbon, periods)
        rows.append(Rows("carbon", matrix, np.full(periods, -INF), np.zeros(periods)))
    if columns.total:
        whole = first + len(sale) + np.arange(periods)
        matrix = _entries(
            columns, np.concatenate([when, np.arange(periods)]), np.concatenate([sale, whole]),
            np.concatenate([np.ones(len(sale)), -np.ones(periods)]), periods,
        )  # fmt: skip
        rows.append(Rows("sales", matrix, np.zeros(periods), np.zeros(periods)))
        row, pair = buyer * periods + when, np.arange(m * periods)
        matrix = _entries(
            columns, np.concatenate([row, pair]),
            np.concatenate([sale, whole[pair % periods]]),
            np.concatenate([np.ones(len(sale)), np.full(m * periods, -limits.customer_share)]),
            m * periods,
        )  # fmt: skip
        rows.append(Rows("customer", matrix, np.full(m * periods, -INF), np.zeros(m * periods)))
    return rows
