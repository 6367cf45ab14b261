"""The power system that a place lies in, and whether it can carry a plant."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.places import covered, distinct
from siting.world.policy import valid

Ints = NDArray[np.intp]

# A single load, like the largest unit, may not take more of a system than it can lose: a tenth is
# the planner's rule of thumb (judgement).
MOST_SHARE = 0.1
_BOX = ("lat_min", "lat_max", "lon_min", "lon_max")


def systems_on(systems: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Return the isolated systems of a date, with `size_mw`, smallest area first.

    Size is the peak, where it is not known the capacity, and what the link carries.
    """
    now = valid(systems, as_of)
    size = now["peak_mw"].fillna(now["installed_mw"]) + now["link_mw"]
    area = (now["lat_max"] - now["lat_min"]) * (now["lon_max"] - now["lon_min"])
    now = now.assign(size_mw=size, _area=area.fillna(np.inf))
    now = now.sort_values("_area", kind="stable", ignore_index=True)
    return now.drop(columns="_area")


def system_at(systems: pd.DataFrame, places: pd.DataFrame) -> Ints:
    """Return which system each place lies in, -1 for a large grid (n,).

    Parameters
    ----------
    systems : DataFrame
        As `systems_on` gives them: the first that holds a place decides.
    places : DataFrame (n)
        lat, lon, country, region, zone.
    """
    few, which = distinct(places, "country", "region", "zone")
    here = covered(few, list(zip(systems["geo_type"], systems["geography"], strict=True)))
    number = np.full(len(places), -1, dtype=np.intp)
    lat, lon = places["lat"].to_numpy(dtype=float), places["lon"].to_numpy(dtype=float)
    south, north, west, east = (systems[side].to_numpy(dtype=float) for side in _BOX)
    some = np.flatnonzero(here.any(axis=0))[::-1]
    # a smaller area is written over a larger one
    for system in some:
        rows = np.flatnonzero(here[which, system])
        if np.isfinite(south[system]):
            inside = (lat[rows] >= south[system]) & (lat[rows] <= north[system])
            inside &= (lon[rows] >= west[system]) & (lon[rows] <= east[system])
            rows = rows[inside]
        number[rows] = system
    return number
