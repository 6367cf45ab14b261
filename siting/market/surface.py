"""Demand within freight reach over all land, on hexagons, for the map."""

from __future__ import annotations

import functools

import h3
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.geometry import rows_holding
from siting.market.customers import Demand, seen_from
from siting.market.market import accessibility

ANTARCTIC_LAT = -60.0
RESOLUTION = 3  # cells of about 12,000 km2
BREAKS = (2.0, 10.0, 25.0, 50.0, 100.0)  # kt a year; lower ends of five classes


@functools.cache
def land_cells(resolution: int = RESOLUTION) -> tuple[str, ...]:
    """Return the H3 cells whose centre is on land, and their neighbours, sorted; no Antarctica."""
    cells = [c for base in h3.get_res0_cells() for c in h3.cell_to_children(base, resolution)]
    lat, lon = np.array([h3.cell_to_latlng(cell) for cell in cells]).T
    on_land = (rows_holding("countries", lat, lon) >= 0) & (lat > ANTARCTIC_LAT)
    inland = [cell for cell, dry in zip(cells, on_land, strict=True) if dry]
    return tuple(sorted({near for cell in inland for near in h3.grid_disk(cell, 1)}))


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
