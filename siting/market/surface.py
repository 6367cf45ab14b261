"""Demand within freight reach over all land, on hexagons, for the map."""

from __future__ import annotations

import functools
from typing import Any

import h3.api.numpy_int as h3
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.geometry import layer_bytes, rows_holding
from siting.market.customers import Demand, freight_to_customers
from siting.market.market import accessibility
from siting.support import cache

ANTARCTIC_LAT = -60.0
RESOLUTION = 3  # cells of about 12,000 km2
BREAKS = (2.0, 10.0, 25.0, 50.0, 100.0)  # kt a year; lower ends of five classes
_FORMAT = 1  # of what is cached; raise it when its meaning changes
_RECORD = np.dtype([("cell", "u8"), ("lat", "f8"), ("lon", "f8")])


@functools.cache
def land_cells() -> NDArray[Any]:
    """Return the H3 cells whose centre is on land, and their neighbours; no Antarctica.

    Returns
    -------
    record array (n,)
        cell (ascending), lat, lon of its centre in degrees; from the cache after the first time.
    """
    outlines = layer_bytes("countries")
    key = cache.digest("land cells", _FORMAT, h3.versions()["c"], RESOLUTION, outlines)
    return cache.array(key, _land_cells)


def _land_cells() -> NDArray[Any]:
    cells = [c for base in h3.get_res0_cells() for c in h3.cell_to_children(base, RESOLUTION)]
    lat, lon = _centres(cells)
    dry = (rows_holding("countries", lat, lon) >= 0) & (lat > ANTARCTIC_LAT)
    near = [h3.grid_disk(cell, 1) for cell, on_land in zip(cells, dry, strict=True) if on_land]
    kept = np.unique(np.concatenate(near))
    records = np.zeros(len(kept), dtype=_RECORD)
    records["cell"], (records["lat"], records["lon"]) = kept, _centres(kept.tolist())
    return records


def _centres(cells: list[int]) -> NDArray[np.float64]:
    return np.array([h3.cell_to_latlng(cell) for cell in cells]).T


def demand_surface(known: Demand, reach_usd_per_t: float) -> pd.DataFrame:
    """Return accessible demand at the centre of each land cell.

    Returns
    -------
    DataFrame
        h3, kt: only cells at or above the lowest class.
    """
    cells = land_cells()
    centres = np.column_stack([cells["lat"], cells["lon"]])
    demand = known.plants["anode_kt"].to_numpy(dtype=float)
    kt = accessibility(freight_to_customers(known, centres).freight, demand, reach_usd_per_t)
    shown = kt >= BREAKS[0]
    names = [h3.int_to_str(cell) for cell in cells["cell"][shown].tolist()]
    return pd.DataFrame({"h3": names, "kt": kt[shown]})
