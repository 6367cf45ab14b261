"""Who can be served from a place: accessibility, unserved demand, nearest customers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Costs = NDArray[np.float32]


def accessibility(freight: Costs, weight: Floats, reach_usd_per_t: float) -> Floats:
    """Potential of each place: sum over customers of weight x exp(-freight / reach).

    The potential model of Hansen (1959), with freight in money for distance.

    Parameters
    ----------
    freight : ndarray (n, m)
        USD a tonne from each place to each customer.
    weight : ndarray (m,)
    reach_usd_per_t : float
        Freight at which a customer counts 1/e.

    Returns
    -------
    ndarray (n,)
        In the unit of `weight`.
    """
    return np.asarray(np.exp(freight / -np.float32(reach_usd_per_t)) @ weight, dtype=float)


def unserved(
    demand_kt: Floats, supply_kt: Floats, freight: Costs, reach_usd_per_t: float
) -> Floats:
    """Demand that rivals leave: the first step of the two-step floating catchment.

    Each rival spreads its supply over the customers in its catchment in proportion to demand
    times exp(-freight / reach) (Luo and Wang 2003; Luo and Qi 2009). What it offers beyond what
    its catchment buys goes unsold, and no customer is served beyond its demand.

    Parameters
    ----------
    demand_kt : ndarray (m,)
    supply_kt : ndarray (r,)
    freight : ndarray (r, m)
        USD a tonne from each rival to each customer.
    reach_usd_per_t : float

    Returns
    -------
    ndarray (m,)
        kt a year, between 0 and `demand_kt`.
    """
    pull = np.exp(freight / -reach_usd_per_t) * demand_kt
    whole = pull.sum(axis=1, keepdims=True)
    share = np.divide(pull, whole, out=np.zeros_like(pull), where=whole > 0)
    served = np.minimum(supply_kt, whole[:, 0]) @ share
    return np.asarray(np.clip(demand_kt - served, 0.0, None), dtype=float)


def mean_freight(freight: Costs, demand_kt: Floats, capacity_kt: float) -> Floats:
    """Freight to the customers that would take the plant's output, cheapest first (USD/t).

    Parameters
    ----------
    freight : ndarray (n, m)
    demand_kt : ndarray (m,)
    capacity_kt : float
        Output to place; where all customers together take less, the mean is over all of them.

    Returns
    -------
    ndarray (n,)
    """
    live = demand_kt > 0
    cost, demand = freight[:, live], demand_kt[live]
    order = np.argsort(cost, axis=1, kind="stable")
    taken = np.cumsum(demand[order], axis=1)
    before = taken - demand[order]
    kt = np.clip(np.minimum(taken, capacity_kt) - before, 0.0, None)
    return np.asarray((kt * np.take_along_axis(cost, order, axis=1)).sum(axis=1) / kt.sum(axis=1))


def nearest_customers(freight: Costs, demand_kt: Floats, most: int) -> NDArray[np.intp]:
    """Return the `most` customers with demand that are cheapest to reach, in order (n, most)."""
    cost = np.where(demand_kt > 0, freight, np.inf)
    most = min(most, int((demand_kt > 0).sum()))
    return np.argsort(cost, axis=1, kind="stable")[:, :most]
