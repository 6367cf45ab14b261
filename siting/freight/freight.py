"""Least-cost freight between any two points of the world, in USD a tonne.

`fields` prices the way from everywhere to each destination once, keeps the result in the cache and
is then asked for any number of points. The model and its checks stand in docs/freight.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import joblib
import numpy as np
from scipy.sparse.csgraph import dijkstra

from geodata.network import Network, load_network
from siting.freight.layered import Entry, direct, enter, layers, road_rows, with_sources
from siting.freight.routes import MODES, Leg, Route, check_mode, check_points, itineraries, route
from siting.freight.tariff import Rates
from siting.support import cache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

__all__ = [
    "MODES",
    "Fields",
    "Leg",
    "Rates",
    "Route",
    "cost_matrix",
    "fields",
    "itineraries",
    "load_network",
    "route",
]

_BATCH, _BLOCK = 16, 1024  # destinations a task, points at a time
_FORMAT = 1  # of the cached field; raise it when the meaning of the numbers changes


@dataclass(frozen=True, eq=False)
class Fields:
    """Cost of freight to a set of destinations, known at every road node of the network.

    Attributes
    ----------
    usd : ndarray of float32, shape (road nodes, unique destinations)
        USD/t, inf where there is no way; may be a memory map.
    """

    usd: NDArray[np.float32]
    _network: Network
    _rates: Rates
    _unique: NDArray[np.float64]
    _which: NDArray[np.int64]
    _mode: str

    def at(self, points: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return the cost from points to all destinations.

        Parameters
        ----------
        points : ndarray, shape (n, 2)
            Latitude and longitude in degrees.

        Returns
        -------
        ndarray of float32, shape (n, m)
            USD/t, inf where there is no way by this mode. A row depends on its own point only.

        Raises
        ------
        SitingError
            For coordinates that are not on the globe.
        """
        points = check_points(points, "points")
        there = enter(self._network, self._rates, self._unique)
        cost = np.empty((len(points), len(self._which)), np.float32)
        for start in range(0, len(points), _BLOCK):
            block = self._block(points[start : start + _BLOCK], there)
            np.take(block, self._which, axis=1, out=cost[start : start + _BLOCK])
        return cost

    def gap_km(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the great-circle km of points, shape (n, 2), from the nearest road known.

        Over about 50 km the cost rests on the fall-back (straight line x 1.3 by truck, over water
        too) rather than on a road, and should be shown as a rough one.
        """
        return enter(self._network, self._rates, check_points(points, "points")).gap_km

    def _block(self, points: NDArray[np.float64], there: Entry) -> NDArray[np.float32]:
        """Return the cost from a few points to the unique destinations."""
        here = enter(self._network, self._rates, points)
        row = road_rows(self._network)[here.node]
        usd = here.usd.astype(np.float32)
        best = self.usd[row[:, 0]] + usd[:, :1]
        for k in range(1, row.shape[1]):
            some = np.flatnonzero(np.isfinite(usd[:, k]))
            way = self.usd[row[some, k]]
            way += usd[some, k, None]
            best[some] = np.minimum(best[some], way)
        if self._mode != "sea":
            point, to, _, straight = direct(self._rates, points, here, self._unique, there)
            best[point, to] = np.minimum(best[point, to], straight.astype(np.float32))
        return best


def fields(
    network: Network,
    rates: Rates,
    destinations: NDArray[np.float64],
    *,
    mode: str = "any",
    jobs: int = 2,
    cache_dir: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Fields:
    """Price the way from everywhere to each destination, or fetch it from the cache.

    Parameters
    ----------
    network : Network
        From `load_network`.
    rates : Rates
        Tariffs.
    destinations : ndarray, shape (m, 2)
        Latitude and longitude in degrees; repeated points are worked out once.
    mode : {"any", "road", "sea"}
        All modes; road with its ferries; truck, one voyage, truck.
    jobs : int
        Processes.
    cache_dir : Path, optional
        See `siting.support.cache.directory`.
    progress : callable, optional
        Called with (destinations done, destinations) while the work runs.

    Raises
    ------
    SitingError
        For an unknown mode or coordinates that are not on the globe.
    """
    check_mode(mode)
    unique, which = np.unique(
        check_points(destinations, "destinations"), axis=0, return_inverse=True
    )
    key = cache.digest("freight", _FORMAT, _network_digest(network), rates, unique, mode)

    def compute() -> NDArray[np.float32]:
        return _solve(network, rates, unique, mode, jobs, progress)

    usd = cache.array(key, compute, cache_dir)
    return Fields(usd, network, rates, unique, which.ravel(), mode)


def cost_matrix(
    network: Network,
    rates: Rates,
    origins: NDArray[np.float64],
    destinations: NDArray[np.float64],
    *,
    mode: str = "any",
    jobs: int = 2,
    cache_dir: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> NDArray[np.float32]:
    """Return USD/t from origins, shape (n, 2), to destinations, shape (m, 2): shape (n, m).

    The rest as in `fields`.
    """
    field = fields(
        network, rates, destinations, mode=mode, jobs=jobs, cache_dir=cache_dir, progress=progress
    )
    return field.at(origins)


def _solve(
    network: Network,
    rates: Rates,
    points: NDArray[np.float64],
    mode: str,
    jobs: int,
    progress: Callable[[int, int], None] | None,
) -> NDArray[np.float32]:
    """Search from every point; return USD/t at road nodes, shape (road nodes, points)."""
    graph = layers(network, rates, mode)
    steps, first = with_sources(graph, enter(network, rates, points))
    usd = np.empty((len(graph.end), len(points)), np.float32)
    batches = [range(i, min(i + _BATCH, len(points))) for i in range(0, len(points), _BATCH)]
    tasks = (joblib.delayed(_search)(steps, first, graph.end, batch) for batch in batches)
    parallel = joblib.Parallel(n_jobs=min(jobs, len(batches)) or 1, return_as="generator")
    for batch, found in zip(batches, parallel(tasks), strict=True):
        usd[:, batch.start : batch.stop] = found.T
        if progress is not None:
            progress(batch.stop, len(points))
    return usd


def _search(
    steps: csr_array, first: int, end: NDArray[np.int64], batch: range
) -> NDArray[np.float32]:
    reached = dijkstra(steps, indices=[first + i for i in batch])
    found: NDArray[np.float32] = reached[:, end].astype(np.float32)
    return found


@lru_cache(maxsize=2)
def _network_digest(network: Network) -> str:
    return cache.digest(network)
