"""Which country and which piece of land a point belongs to, fast enough for a million points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geodata.sphere import chord_to_km, unit_vectors

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

SHORE_STEP = 0.05  # degrees
GRID = 2.0**-13  # degrees; the grid that the layers are snapped to


class Land:
    """Countries and landmasses, asked by point; a point at sea belongs to the nearest coast."""

    def __init__(self, countries: gpd.GeoDataFrame) -> None:
        self.codes = countries["country"].to_numpy()
        self._countries = countries.geometry.to_numpy()
        united = shapely.union_all(self._countries, grid_size=GRID)
        parts = shapely.get_parts(united)
        self._parts = parts[np.argsort(-shapely.area(parts), kind="stable")]

    def country(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.str_]:
        """Return the code of the country of each point."""
        codes: NDArray[np.str_] = self.codes[_locate(self._countries, lat, lon)]
        return codes

    def mass(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the number of the landmass of each point, 0 for the largest."""
        return _locate(self._parts, lat, lon)

    def dry(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which points lie on land."""
        return _inside(self._parts, lat, lon) >= 0

    def shore_km(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the km to the nearest shore, from land or from sea."""
        line = shapely.segmentize(shapely.boundary(self._parts), SHORE_STEP)
        xy = shapely.get_coordinates(line)
        return chord_to_km(
            cKDTree(unit_vectors(xy[:, 1], xy[:, 0])).query(unit_vectors(lat, lon))[0]
        )


def _inside(
    areas: NDArray[np.object_], lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the area that holds each point, -1 for none."""
    # The tree holds the points: the areas that ask are then prepared once each.
    area, point = shapely.STRtree(shapely.points(lon, lat)).query(areas, predicate="intersects")
    row = np.full(len(lat), -1, np.int64)
    row[point[::-1]] = area[::-1]
    return row


def _locate(
    areas: NDArray[np.object_], lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the area that holds each point, else the one whose border has the nearest vertex."""
    row = _inside(areas, lat, lon)
    lost = row < 0
    if lost.any():
        xy, owner = shapely.get_coordinates(areas, return_index=True)
        nearest = cKDTree(unit_vectors(xy[:, 1], xy[:, 0])).query(
            unit_vectors(lat[lost], lon[lost])
        )[1]
        row[lost] = owner[nearest]
    return row
