"""Two orders of the zones, by share and by price, and those that no other beats in both."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.arrays import Floats

DECIMALS = 6  # of a share and a price: differences below are none


def price_rank(pays_from: Floats) -> NDArray[np.intp]:
    """Return the rank of each zone by the price from which it pays, 1 the lowest (zones,).

    Equals keep the order in which they are listed.
    """
    rank = np.empty(len(pays_from), dtype=np.intp)
    rank[np.argsort(np.round(pays_from, DECIMALS), kind="stable")] = np.arange(1, len(rank) + 1)
    return rank


def front(
    share: Floats, pays_from: Floats, scouted: NDArray[np.bool_] | None = None
) -> NDArray[np.bool_]:
    """Return the zones that no other beats in both share and price: the Pareto front (zones,).

    Parameters
    ----------
    share : ndarray (zones,)
        Of the chances; more is better.
    pays_from : ndarray (zones,)
        USD/t; less is better.
    scouted : ndarray of bool (zones,), optional
        Zones without a known estate beat nobody and are not in the front, unless all are.
    """
    eligible = np.ones(len(share), dtype=bool) if scouted is None or not any(scouted) else scouted
    gain, price = np.round(share, DECIMALS), np.round(pays_from, DECIMALS)
    no_worse = (gain[:, None] >= gain) & (price[:, None] <= price)
    better = (gain[:, None] > gain) | (price[:, None] < price)
    beaten = (no_worse & better & eligible[:, None]).any(axis=0)
    return np.asarray(eligible & ~beaten)
