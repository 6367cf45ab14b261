"""The cost of freight known at every road node, and asked for at any number of points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.network import Network
from geodata.sphere import chord_to_km, unit_vectors
from siting.freight.layered import (
    Entry,
    access_tree,
    direct,
    enter,
    road_rows,
)
from siting.freight.routes import check_points
from siting.freight.tariff import Rates

Costs = NDArray[np.float32]

HEAD = 4  # rows before the field, with the coordinates of its columns
_BLOCK, _ROWS = 16384, 128  # points entered at a time; rows worked at a time, within the L2 cache


@dataclass(frozen=True, eq=False)
class Fields:
    """Cost of freight to a set of destinations, known at every road node of the network.

    May be asked by several threads at once.

    Attributes
    ----------
    kept : ndarray of float32, shape (HEAD + road nodes, unique destinations)
        As it lies in the cache, behind `HEAD` rows that say which destinations; may be mapped.
    """

    kept: Costs
    _network: Network
    _rates: Rates
    _unique: NDArray[np.float64]
    _which: NDArray[np.int64]
    _mode: str
    _there: Entry

    @property
    def usd(self) -> Costs:
        """USD/t, inf where there is no way, shape (road nodes, unique destinations)."""
        return self.kept[HEAD:]

    def at(self, points: NDArray[np.float64], columns: NDArray[np.intp] | None = None) -> Costs:
        """Return the cost from points to destinations.

        Parameters
        ----------
        points : ndarray, shape (n, 2)
            Latitude and longitude in degrees.
        columns : ndarray of int, shape (k,), optional
            Destinations wanted, in this order; all m of them without it.

        Returns
        -------
        ndarray of float32, shape (n, m) or (n, k)
            USD/t, inf where there is no way by this mode. A row depends on its own point only.

        Raises
        ------
        SitingError
            For coordinates that are not on the globe.
        """
        every = np.arange(len(self._which)) if columns is None else columns
        return self.at_each(points, [every])[0]

    def at_each(
        self, points: NDArray[np.float64], columns: Sequence[NDArray[np.intp]]
    ) -> list[Costs]:
        """Return what `at` does for several sets of columns, in one pass over the field."""
        points = check_points(points, "points")
        wanted = [self._which[some] for some in columns]
        costs = [np.empty((len(points), len(some)), np.float32) for some in wanted]
        # neighbours on the map share nodes of the field, whatever the order they came in
        order = np.lexsort(np.floor(points).T)
        for start in range(0, len(points), _BLOCK):
            self._block(points, order[start : start + _BLOCK], wanted, costs)
        return costs

    def gap_km(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the great-circle km of points, shape (n, 2), from the nearest road known.

        Over about 50 km the cost rests on the fall-back (straight line x 1.3 by truck, over water
        too) rather than on a road, and should be shown as a rough one.
        """
        vectors = unit_vectors(*check_points(points, "points").T)
        return chord_to_km(access_tree(self._network).query(vectors)[0])

    def _block(
        self,
        points: NDArray[np.float64],
        rows: NDArray[np.intp],
        wanted: list[NDArray[np.int64]],
        costs: list[Costs],
    ) -> None:
        """Write the rows `rows` of `costs`."""
        here = enter(self._network, self._rates, points[rows])
        ways = np.isfinite(here.usd).sum(axis=1)
        node = road_rows(self._network)[here.node]
        # those with the most ways into the network first, so that a turn is a head of the block
        order = np.lexsort((node[:, 0], -ways))
        rows, ways, node = rows[order], ways[order], node[order]
        entry = here.usd.astype(np.float32)[order]
        point, to, straight = self._straight(points, rows, here, order)
        field = np.asarray(self.usd)
        best, over = np.empty((2, _ROWS, field.shape[1]), np.float32)
        takes = [np.empty((_ROWS, len(some)), np.float32) for some in wanted]
        for start in range(0, len(rows), _ROWS):
            now = slice(start, min(start + _ROWS, len(rows)))
            cost = best[: now.stop - start]
            np.take(field, node[now, 0], axis=0, out=cost, mode="clip")
            cost += entry[now, :1]
            for k in range(1, ways[start]):
                turn = slice(start, start + np.searchsorted(-ways[now], -k))
                other = over[: turn.stop - start]
                np.take(field, node[turn, k], axis=0, out=other, mode="clip")
                other += entry[turn, k, None]
                np.minimum(cost[: len(other)], other, out=cost[: len(other)])
            near = slice(*np.searchsorted(point, (start, now.stop)))
            at = point[near] - start, to[near]
            cost[at] = np.minimum(cost[at], straight[near])
            for some, out, taken in zip(wanted, costs, takes, strict=True):
                row = taken[: len(cost)]
                np.take(cost, some, axis=1, out=row, mode="clip")  # other modes buffer
                out[rows[now]] = row

    def _straight(
        self,
        points: NDArray[np.float64],
        rows: NDArray[np.intp],
        here: Entry,
        order: NDArray[np.intp],
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], Costs]:
        """Return place in `rows`, destination and USD/t of the straight ways, sorted by place."""
        if self._mode == "sea":
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32)
        came = np.argsort(order)
        point, to, _, usd = direct(self._rates, points[rows[came]], here, self._unique, self._there)
        place = came[point]
        by_place = np.argsort(place, kind="stable")
        return place[by_place], to[by_place], usd[by_place].astype(np.float32)
