"""The best way to build each site on its own: when each step is decided, and what it then earns.

A path names the period of each step, none before the one below it. At given prices of demand the
sales of a site and period are a continuous knapsack: customers in the order of what they leave.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from geodata.arrays import Floats
from siting.portfolios.problem import NEVER, Ints, Problem

TOO_DEAR = -1e18  # of a path that is not allowed


@dataclass(frozen=True)
class Paths:
    """Every way to build a site (p), the same for all.

    Attributes
    ----------
    decided : ndarray of int (p, s)
        The last is to build nothing.
    sells : ndarray (p, u)
        kt a year that the site can then sell in each period.
    outlay : ndarray (n, p)
        `TOO_DEAR` with the sign turned where the site may not be built so.
    spend : ndarray (n, p, t)
        Own spending by period (million USD).
    levels : list of ndarray
        Of each period, the distinct capabilities; and of each path which (u of (l,), (p,)).
    """

    decided: Ints
    sells: Floats
    outlay: Floats
    spend: Floats
    levels: list[tuple[Floats, Ints]]


def paths_of(problem: Problem) -> Paths:
    """Return the paths of a problem; there are (t + s over s) of them."""
    _, steps, periods = problem.shape
    later = [*range(periods), periods]  # the last stands for never
    decided = np.array(list(itertools.combinations_with_replacement(later, steps)), dtype=np.intp)
    opened = decided[:, :, None] == np.arange(periods)  # (p, s, t)
    kt = (opened * problem.step_kt[None, :, None]).sum(axis=1)
    whole = opened.astype(float)
    outlay = np.einsum("nst,pst->np", problem.outlay, whole)
    spend = np.einsum("nstk,pst->npk", problem.spend, whole)
    used = opened.any(axis=1).astype(float)  # (p, t)
    outlay[(~problem.allowed).astype(float) @ used.T > 0] = -TOO_DEAR
    sells = kt @ problem.sells
    levels = [np.unique(sells[:, u], return_inverse=True) for u in range(sells.shape[1])]
    return Paths(np.where(decided == periods, NEVER, decided), sells, outlay, spend, levels)


@dataclass(frozen=True)
class Ordered:
    """Customers of each site and period, those that leave most first.

    Attributes
    ----------
    order : ndarray of int (n, m, u)
    taken : ndarray (n, m, u)
        Demand of the customers so far (kt a year).
    earned : ndarray (n, m, u)
        What their demand leaves so far (million USD).
    left : ndarray (n, m, u)
        What a kt a year leaves at each (million USD), at least 0.
    """

    order: Ints
    taken: Floats
    earned: Floats
    left: Floats


def ordered(left: Floats, demand: Floats) -> Ordered:
    """Put the customers of each site and period in order.

    Parameters
    ----------
    left : ndarray (n, m, u)
        What a kt a year sold leaves (million USD).
    demand : ndarray (m, u)
    """
    order = np.argsort(-left, axis=1, kind="stable")
    left = np.maximum(np.take_along_axis(left, order, axis=1), 0.0)
    kt = np.take_along_axis(np.broadcast_to(demand, left.shape), order, axis=1)
    kt = np.where(left > 0.0, kt, 0.0)
    return Ordered(order, np.cumsum(kt, axis=1), np.cumsum(kt * left, axis=1), left)


def earned(customers: Ordered, kt: Floats, period: int) -> Floats:
    """Return what sites earn in a period that can sell so much (million USD).

    Parameters
    ----------
    customers : Ordered
    kt : ndarray (l,)
        Capabilities (kt a year).
    period : int

    Returns
    -------
    ndarray (n, l)
    """
    taken, whole = customers.taken[:, :, period], customers.earned[:, :, period]
    left, rows = customers.left[:, :, period], np.arange(len(taken))
    last = taken.shape[1] - 1
    columns = []
    for level in kt:
        first = np.minimum((taken < level).sum(axis=1), last)  # the customer that is served in part
        over = np.maximum(taken[rows, first] - level, 0.0)
        columns.append(whole[rows, first] - over * left[rows, first])
    return np.column_stack(columns)


def values(paths: Paths, customers: Ordered) -> Floats:
    """Return what each path is worth at each site (million USD) (n, p)."""
    worth = -paths.outlay
    for period, (levels, which) in enumerate(paths.levels):
        worth = worth + earned(customers, levels, period)[:, which]
    return worth


def flows(customers: Ordered, rows: Ints, sells: Floats) -> Floats:
    """Return the sales of some sites that can sell so much (kt a year).

    Parameters
    ----------
    customers : Ordered
    rows : ndarray of int (k,)
    sells : ndarray (k, u)

    Returns
    -------
    ndarray (k, m, u)
    """
    taken = np.minimum(customers.taken[rows], sells[:, None, :])
    part = np.diff(taken, axis=1, prepend=0.0)
    kt = np.zeros_like(part)
    np.put_along_axis(kt, customers.order[rows], part, axis=1)
    return kt
