"""Who can be served from a place: accessibility, unserved demand, nearest customers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Costs = NDArray[np.float32]

BLOCK = 4096  # places at a time


def accessibility(freight: Costs, weight: Floats, reach_usd_per_t: float) -> Floats:
    """Potential of each place: sum over customers of weight x exp(-freight / reach).

    The potential model of Hansen (1959), with freight in money for distance.

    Parameters
    ----------
    freight : ndarray (n, m)
        USD a tonne from each place to each customer.
    weight : ndarray (m,) or (m, k)
    reach_usd_per_t : float
        Freight at which a customer counts 1/e.

    Returns
    -------
    ndarray (n,) or (n, k)
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


def outlets(kept: Costs, demand_kt: Floats, capacity_kt: float) -> Costs:
    """Share of each plant's output that goes to each customer, where it keeps most first.

    Parameters
    ----------
    kept : ndarray (n, m)
        What a tonne sold to the customer leaves (USD/t): price less freight and duty.
    demand_kt : ndarray (m,)
        What each customer takes; customers without demand are passed over.
    capacity_kt : float
        Output to place; where all customers together take less, all of their demand is used.

    Returns
    -------
    ndarray (n, m)
        Rows sum to 1.
    """
    share = np.zeros(kept.shape, dtype=np.float32)
    live = np.flatnonzero(demand_kt > 0)
    demand = demand_kt[live]
    for first in range(0, len(kept), BLOCK):  # the sort needs 16 bytes a cell
        block = kept[first : first + BLOCK, live]
        order = np.argsort(-block, axis=1, kind="stable")
        taken = np.cumsum(demand[order], axis=1)
        before = taken - demand[order]
        kt = np.clip(np.minimum(taken, capacity_kt) - before, 0.0, None)
        part = np.zeros(block.shape, dtype=np.float32)
        np.put_along_axis(part, order, (kt / kt.sum(axis=1, keepdims=True)).astype("f4"), axis=1)
        share[first : first + BLOCK, live] = part
    return share


def nearest_customers(freight: Costs, demand_kt: Floats, most: int) -> NDArray[np.intp]:
    """Return the `most` customers with demand that are cheapest to reach, in order (n, most)."""
    cost = np.where(demand_kt > 0, freight, np.inf)
    most = min(most, int((demand_kt > 0).sum()))
    return np.argsort(cost, axis=1, kind="stable")[:, :most]
