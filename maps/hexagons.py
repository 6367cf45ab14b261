"""The demand surface: H3 cells dissolved into a few classes and cut to the land."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import h3
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from maps import basemap_shapes

LEAST_AREA_DEG2 = 2e-4  # about 2 km2: slivers of coast that no reader sees
DECIMALS = 6  # neighbours compute a common corner a little apart; this makes it one
HALF_TURN, TURN = 180.0, 360.0


def classes(surface: pd.DataFrame, breaks: Sequence[float]) -> list[shapely.Geometry]:
    """Dissolve cells into one area a class, lowest first, cut to land.

    Parameters
    ----------
    surface : DataFrame
        h3 (cell id), kt.
    breaks : sequence of float, ascending
        Lower end of each class; cells under the first are left out.

    Returns
    -------
    list of geometries
        In degrees, within +-180.
    """
    cells, kt = surface["h3"].to_numpy(), surface["kt"].to_numpy(dtype=float)
    number = np.searchsorted(np.asarray(breaks, dtype=float), kt, side="right") - 1
    return [_area(tuple(cells[number == k])) for k in range(len(breaks))]


@lru_cache(maxsize=16)  # map and brief draw the same classes, and so do the moments of a map
def _area(cells: tuple[str, ...]) -> shapely.Geometry:
    return _on_land(outlines(np.array(cells, dtype=object)))


def outlines(cells: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the cells as polygons; one that crosses +-180 degrees becomes two halves."""
    if not len(cells):
        return np.empty(0, dtype=object)
    rings = [h3.cell_to_boundary(cell) for cell in cells]
    sides = np.array([len(ring) for ring in rings])
    number, first = np.repeat(np.arange(len(cells)), sides), np.cumsum(sides) - sides
    lonlat = np.array([corner[::-1] for ring in rings for corner in ring])
    lon = lonlat[:, 0]
    wide = np.maximum.reduceat(lon, first) - np.minimum.reduceat(lon, first) > HALF_TURN
    lonlat[wide[number] & (lon < 0), 0] += TURN
    lines = shapely.linearrings(np.round(lonlat, DECIMALS), indices=number)
    areas = np.asarray(shapely.polygons(lines))
    west = shapely.transform(areas[wide], lambda xy: np.round(xy - (TURN, 0.0), DECIMALS))
    both = np.insert(areas, np.flatnonzero(wide) + 1, west)
    return np.asarray(shapely.clip_by_rect(both, -HALF_TURN, -90.0, HALF_TURN, 90.0))


def _on_land(areas: NDArray[np.object_]) -> shapely.Geometry:
    """Unite areas, which meet corner by corner, and keep their land."""
    kept = shapely.get_parts(
        shapely.intersection(shapely.coverage_union_all(areas), basemap_shapes.whole())
    )
    kept = kept[shapely.area(kept) >= LEAST_AREA_DEG2]
    return shapely.MultiPolygon([part for part in kept if part.geom_type == "Polygon"])
