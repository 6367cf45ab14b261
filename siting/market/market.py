"""Who can be served from a place: accessibility, unserved demand, nearest customers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.arrays import Floats
from siting.support import blocks as cut
from siting.support.blocks import Matrix

Costs = NDArray[np.float32]

BLOCK = 512  # places at a time: what is made of their freight stays in the processor's cache
# Customers looked at until they take a plant's output, then all. A few do; sums over these have the
# last bits of sums over all (numpy adds eight numbers at a time, and halves rows from 128 on).
PICKS = (16, 64)


def accessibility(freight: Matrix, weight: Floats, reach_usd_per_t: float) -> Floats:
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
    reached = np.empty((len(freight), *weight.shape[1:]))
    for rows in blocks(len(freight)):
        pull = freight[rows] / -np.float32(reach_usd_per_t)
        reached[rows] = np.exp(pull, out=pull) @ weight
    return reached


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


def open_demand(unserved_kt: Floats, demand_kt: Floats, open_share: Floats) -> Floats:
    """Demand that a new plant sells to: what rivals leave, of what is open to its owner (m,).

    Where nothing is left anywhere, it sells to what is open at all; where nothing is open, to all.
    """
    for kt in (unserved_kt * open_share, demand_kt * open_share):
        if kt.any():
            return kt
    return demand_kt


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
    for rows in blocks(len(kept)):
        order, kt = _placed(_best_first(kept[rows][:, live]), demand_kt[live], capacity_kt)
        part = (kt / kt.sum(axis=1, keepdims=True)).astype(np.float32)
        np.put_along_axis(share[rows], live[order], part, axis=1)
    return share


def _placed(
    order: NDArray[np.intp], demand_kt: Floats, capacity_kt: float
) -> tuple[NDArray[np.intp], Floats]:
    """Return the first customers in order and what goes to each, until the output is placed."""
    for picks in (*PICKS, order.shape[1]):
        demand = demand_kt[order[:, :picks]]
        taken = np.cumsum(demand, axis=1)
        if (taken[:, -1] >= capacity_kt).all():
            break
    kt = np.clip(np.minimum(taken, capacity_kt) - (taken - demand), 0.0, None)
    return order[:, : kt.shape[1]], kt


def _best_first(kept: Costs) -> NDArray[np.intp]:
    """Return the columns of each row from the largest to the smallest, ties in their order (n, m).

    A stable argsort, three times as fast: the numbers' own bits, made to sort as integers do, with
    the column below them, are sorted as whole numbers.
    """
    bits = (np.float32(0.0) - kept).view(np.int32)
    bits ^= (bits >> 31) & np.int32(0x7FFFFFFF)
    key = bits.astype(np.int64)
    key <<= 32
    key |= np.arange(kept.shape[1])
    key.sort(axis=1)
    key &= 0xFFFFFFFF
    return key.astype(np.intp, copy=False)


def blocks(places: int) -> list[slice]:
    """Return the rows of so many places, some at a time."""
    return cut.blocks(places, BLOCK)


def nearest_customers(usd: Costs, demand_kt: Floats, most: int) -> NDArray[np.intp]:
    """Return the `most` customers with demand that are cheapest to reach, in order (n, most)."""
    live = np.flatnonzero(demand_kt > 0)
    first = [_best_first(-usd[rows][:, live])[:, :most] for rows in blocks(len(usd))]
    none = np.empty((0, min(most, len(live))), dtype=np.intp)
    return np.asarray(live[np.concatenate([none, *first])])
