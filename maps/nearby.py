"""What a reader knows the ground by: towns, seaports, rail terminals and power stations.

Only what lies near a listed site is in the page, as the basemap of the world has no such detail.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.geometry import layer
from geodata.load import table
from geodata.network import RAIL, load_network
from geodata.sphere import great_circle_km
from maps import linework
from maps.escape import plain

NEAR_KM = 80.0
TOWNS = 20  # of a site, the largest
STATIONS = 8  # the same
MOST_SITES = 100  # from the first on
Mask = NDArray[np.bool_]


def payload(sites: pd.DataFrame) -> dict[str, Any]:
    """Return what lies near the sites (lat, lon; the first first), kind by kind.

    Returns
    -------
    dict
        towns, ports, terminals and stations: `names`, `sizes` (people, MW, else 0) and `places` as
        one line in the code of `maps.linework`.
    """
    return {kind: _points(rows) for kind, rows in around(sites.head(MOST_SITES)).items()}


def around(sites: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return what lies near the sites (lat, lon; the first first), kind by kind.

    Returns
    -------
    dict of DataFrame
        towns, ports, terminals and stations: name, lat, lon, size (people, MW, else 0).
    """
    lat, lon = (sites[name].to_numpy(dtype=float) for name in ("lat", "lon"))
    return {
        "towns": _largest(layer("towns"), lat, lon, "population", TOWNS),
        "ports": _all(layer("ports"), lat, lon),
        "terminals": _all(_terminals(), lat, lon),
        "stations": _largest(table("power_stations"), lat, lon, "capacity_mw", STATIONS),
    }


def _near(rows: pd.DataFrame, lat: NDArray[Any], lon: NDArray[Any]) -> Mask:
    """Return which rows lie near which sites, shape (rows, sites)."""
    own_lat, own_lon = (rows[name].to_numpy(dtype=float)[:, None] for name in ("lat", "lon"))
    return np.asarray(great_circle_km(own_lat, own_lon, lat, lon) <= NEAR_KM)


def _all(rows: pd.DataFrame, lat: NDArray[Any], lon: NDArray[Any]) -> pd.DataFrame:
    return _as_read(rows[_near(rows, lat, lon).any(axis=1)].assign(size=0), "size")


def _largest(
    rows: pd.DataFrame, lat: NDArray[Any], lon: NDArray[Any], size: str, most: int
) -> pd.DataFrame:
    """Return the largest rows near each site, each once, the largest first."""
    rows = rows.sort_values(size, ascending=False, kind="stable")
    near = _near(rows, lat, lon)
    kept = np.flatnonzero((near & (near.cumsum(axis=0) <= most)).any(axis=1))
    return _as_read(rows.iloc[kept], size)


def _as_read(rows: pd.DataFrame, size: str) -> pd.DataFrame:
    """Return rows with names that do not shout, and their size."""
    names = [plain(name) for name in rows["name"]]
    return pd.DataFrame(
        {
            "name": [name.title() if name.isupper() else name for name in names],
            "lat": rows["lat"].to_numpy(dtype=float),
            "lon": rows["lon"].to_numpy(dtype=float),
            "size": rows[size].fillna(0).to_numpy(dtype=float),
        }
    )


def _points(rows: pd.DataFrame) -> dict[str, Any]:
    return {
        "names": rows["name"].tolist(),
        "sizes": [round(size) for size in rows["size"]],
        "places": linework.encode(rows[["lon", "lat"]].to_numpy(dtype=float)),
    }


def _terminals() -> pd.DataFrame:
    """Return the terminals of the rail net; its lines are shortened and would be drawn falsely."""
    net = load_network()
    rail = net.mode[net.place] == RAIL
    at = net.place[rail]
    return pd.DataFrame({"name": net.place_name[rail], "lat": net.lat[at], "lon": net.lon[at]})
