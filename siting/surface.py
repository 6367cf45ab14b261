"""Demand within freight reach over all land, on hexagons, for the map."""

from __future__ import annotations

import functools

import h3
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shapely.geometry import mapping

from geodata.geometry import layer
from siting.customers import Demand, seen_from
from siting.market import accessibility

RESOLUTION = 3  # cells of about 12,000 km2
BREAKS = (2.0, 10.0, 25.0, 50.0, 100.0)  # kt a year; lower ends of five classes


@functools.cache
def land_cells(resolution: int = RESOLUTION) -> tuple[str, ...]:
    """Return the H3 cells that touch land, without Antarctica, sorted."""
    countries = layer("countries")
    countries = countries[countries["country"] != "AQ"]
    cells: set[str] = set()
    for shape in countries.geometry:
        for part in getattr(shape, "geoms", [shape]):
            outline = h3.geo_to_h3shape(mapping(part))
            cells |= set(h3.h3shape_to_cells_experimental(outline, resolution, contain="overlap"))
    return tuple(sorted(cells))


def demand_surface(known: Demand, reach_usd_per_t: float) -> pd.DataFrame:
    """Return accessible demand at the centre of each land cell.

    Returns
    -------
    DataFrame
        h3, kt: only cells at or above the lowest class.
    """
    cells = land_cells()
    centres: NDArray[np.float64] = np.array([h3.cell_to_latlng(cell) for cell in cells])
    demand = known.plants["anode_kt"].to_numpy(dtype=float)
    kt = accessibility(seen_from(known, centres).freight, demand, reach_usd_per_t)
    surface = pd.DataFrame({"h3": cells, "kt": kt})
    return surface[surface["kt"] >= BREAKS[0]].reset_index(drop=True)
