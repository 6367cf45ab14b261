"""The demand surface: H3 cells dissolved into a few classes and cut to the land."""

from __future__ import annotations

from collections.abc import Sequence

import h3
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.geometry import land

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
    return [_on_land(outlines(cells[number == k])) for k in range(len(breaks))]


def outlines(cells: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the cells as polygons; one that crosses +-180 degrees becomes two halves."""
    rings = []
    for cell in cells:
        ring = np.array(h3.cell_to_boundary(cell))[:, ::-1]
        if np.ptp(ring[:, 0]) <= HALF_TURN:
            rings.append(ring)
            continue
        east = ring + np.where(ring[:, :1] < 0, (TURN, 0.0), (0.0, 0.0))
        rings += [east, east - np.array((TURN, 0.0))]
    areas = np.array([shapely.Polygon(np.round(ring, DECIMALS)) for ring in rings], dtype=object)
    return shapely.clip_by_rect(areas, -HALF_TURN, -90.0, HALF_TURN, 90.0) if len(areas) else areas


def _on_land(areas: NDArray[np.object_]) -> shapely.Geometry:
    """Unite areas and keep their land; the cut is cheap once the cells are one area."""
    kept = shapely.get_parts(shapely.intersection(shapely.union_all(areas), land()))
    kept = kept[shapely.area(kept) >= LEAST_AREA_DEG2]
    return shapely.MultiPolygon([part for part in kept if part.geom_type == "Polygon"])
