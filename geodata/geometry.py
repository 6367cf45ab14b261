"""The geometry layers that `geodata.build` makes: loaded once, read-only by convention."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geodata.errors import Fault, SitingError
from geodata.language import tr

if TYPE_CHECKING:
    import geopandas as gpd

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

KM_PER_DEGREE = 111.195  # of a great circle on the mean sphere
_HALF_TURN, _TURN = 180.0, 360.0
RUN = 16  # pieces of an outline that are looked for together
# layers of areas, and the attributes of each area beside its outline
GEOMETRIC = {
    "countries": ["country", "name", "world_region"],
    "regions": ["region", "name", "country"],
    "bidding_zones": ["zone", "country"],
}
TABULAR = ("towns", "ports", "town_names", "country_names")


_NATURAL_EARTH = (
    "Borders: Natural Earth (public domain), as the United Nations see them; no side is taken"
)
# layer or table -> the credit line that its source asks for, with the licence
ATTRIBUTIONS: dict[str, str] = {
    "countries": _NATURAL_EARTH,
    "regions": _NATURAL_EARTH,
    "bidding_zones": "Bidding zones: entsoe-py (MIT)",
    "towns": "Towns: GeoNames (CC BY 4.0)",
    "town_names": "Towns: GeoNames (CC BY 4.0)",
    "country_names": "Names of countries: Unicode CLDR (Unicode License v3)",
    "ports": "Ports: searoute, UN/LOCODE (Apache-2.0)",
    "basemap": _NATURAL_EARTH,
    "network": "Roads and sea lanes: OpenStreetMap contributors, scgraph_data (ODbL 1.0)",
    "place_factors": "Grid carbon: Ember, Our World in Data (CC BY 4.0)",
    "power_stations": "Power stations: WRI, Global Energy Monitor (CC BY 4.0)",
}


def credit_lines() -> tuple[str, ...]:
    """Return every credit line once, in the language of now."""
    return tuple(tr(line) for line in dict.fromkeys(ATTRIBUTIONS.values()))


def _path(name: str, suffix: str) -> Any:
    path = files("geodata") / "layers" / f"{name}.{suffix}"
    if not path.is_file():
        raise SitingError(Fault(f"layer {name}", "the file is missing", "run `make layers`"))
    return path


@lru_cache
def layer(name: str) -> gpd.GeoDataFrame | pd.DataFrame:
    """Load a layer; callers must not change it, because it is shared.

    Parameters
    ----------
    name : str
        countries (country, name, world_region, geometry), regions (region, name, country,
        geometry; region "" is land without an ISO 3166-2 code), bidding_zones (zone, country,
        geometry), towns (geonameid, name, country, region, lat, lon, population), ports
        (locode, name, country, lat, lon), town_names (geonameid, name) or country_names (country,
        language, name); the two last with source, as_of and confidence.

    Returns
    -------
    GeoDataFrame or DataFrame
        EPSG:4326; the others are plain tables, largest town first, ports by code.

    Raises
    ------
    SitingError
        When there is no such layer or its file is missing.
    """
    if name in GEOMETRIC:
        import geopandas as gpd  # noqa: PLC0415 - slow to load, and many only want a table

        return gpd.read_parquet(_path(name, "parquet"))
    if name in TABULAR:
        return pd.read_parquet(_path(name, "parquet"))
    known = ", ".join((*GEOMETRIC, *TABULAR))
    raise SitingError(Fault("layer", "no such layer", f"use one of {known}", value=name))


@lru_cache
def attributes(name: str) -> pd.DataFrame:
    """Load a layer of areas without its outlines, which take ten times as long."""
    return pd.read_parquet(_path(name, "parquet"), columns=GEOMETRIC[name])


def layer_bytes(name: str) -> bytes:
    """Return the file of a layer of areas, to see whether it is another one."""
    content: bytes = _path(name, "parquet").read_bytes()
    return content


@lru_cache
def basemap() -> dict[str, Any]:
    """Load the drawn basemap: countries, borders, coast (delta-coded strings) and labels.

    Returns
    -------
    dict
        countries: ISO2 -> polygons, each a list of rings; borders and coast: lists of lines;
        labels: [name, lon, lat, least zoom, kind], kind 0 country, 1 sea. A ring or line is in
        the encoded polyline format (zigzag deltas in base 32, offset 63), longitude first and
        thousandths of a degree; the page's script decodes it.
    """
    drawn: dict[str, Any] = json.loads(_path("basemap", "json").read_text(encoding="utf-8"))
    return drawn


def rows_holding(name: str, lat: FloatArray, lon: FloatArray) -> IntArray:
    """Return for each point the row of the layer's area that holds it, -1 for none.

    Points on a common border go to the first row. Shape (n,).
    """
    areas = layer(name)["geometry"].to_numpy()
    # the tree holds the points: then each area is prepared once and meets only its own
    area, point = shapely.STRtree(shapely.points(lon, lat)).query(areas, predicate="intersects")
    rows = np.full(len(lat), len(areas))
    np.minimum.at(rows, point, area)
    return np.where(rows == len(areas), -1, rows)


class Outlines(NamedTuple):
    """Every straight piece of some outlines; the tree holds the boxes of runs of them."""

    tree: shapely.STRtree
    first: IntArray  # (runs + 1,): the first piece of each run, and the number of pieces
    row: IntArray  # (runs,): the area that a run belongs to
    ends: FloatArray  # (pieces, 4): lon, lat, lon, lat


def outlines(areas: npt.NDArray[np.object_]) -> Outlines:
    """Take areas apart into the pieces of their rings."""
    parts, row = shapely.get_parts(areas, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    ends, ring = np.hstack([xy[:-1], xy[1:]])[same], ring[1:][same]
    # a box a run, not a line a piece: half a million shapes are slow to make
    begins = np.searchsorted(ring, ring)
    first = np.flatnonzero((np.arange(len(ring)) - begins) % RUN == 0)
    low, high = (
        of.reduceat(side(ends[:, :2], ends[:, 2:]), first)
        for of, side in ((np.minimum, np.minimum), (np.maximum, np.maximum))
    )
    tree = shapely.STRtree(shapely.box(*low.T, *high.T))
    return Outlines(tree, np.append(first, len(ends)), row[part[ring[first]]], ends)


@lru_cache
def _outlines_of(name: str) -> Outlines:
    return outlines(layer(name)["geometry"].to_numpy())


def nearest_row(
    edges: Outlines,
    lat: FloatArray,
    lon: FloatArray,
    km: float,
    allowed: Callable[[IntArray, IntArray], npt.NDArray[np.bool_]] | None = None,
) -> IntArray:
    """Return for each point the row whose outline is nearest within `km`, -1 for none.

    Parameters
    ----------
    edges : Outlines
        Where to look.
    lat, lon : array, shape (n,)
        Degrees.
    km : float
        Largest distance; the plane in which it is taken errs by under 1 % below 100 km.
    allowed : callable, optional
        Of the indices of points and of rows, pair by pair: which pairs count.

    Returns
    -------
    array of int, shape (n,)
        The lowest of rows equally near, so that the order of points does not matter.
    """
    nearest = np.full(len(lat), -1)
    if not len(lat):
        return nearest
    x_km = KM_PER_DEGREE * np.maximum(np.cos(np.radians(lat)), 0.01)
    dx, dy = 1.01 * km / x_km, 1.01 * km / KM_PER_DEGREE
    origin, x = _on_both_sides(lon, dx)
    west, east = x - dx[origin], x + dx[origin]
    box, run = edges.tree.query(shapely.box(west, lat[origin] - dy, east, lat[origin] + dy))
    if allowed is not None:
        keep = allowed(origin[box], edges.row[run])
        box, run = box[keep], run[keep]
    count = edges.first[run + 1] - edges.first[run]
    edge = np.arange(count.sum()) + np.repeat(edges.first[run] - (np.cumsum(count) - count), count)
    box, row = np.repeat(box, count), np.repeat(edges.row[run], count)
    point = origin[box]
    # distance from the origin to each edge, on the plane that touches the globe at the point
    scale = np.stack([x_km[point], np.full(len(point), KM_PER_DEGREE)], axis=1)
    here = np.stack([x[box], lat[point]], axis=1)
    start = (edges.ends[edge, :2] - here) * scale
    along = (edges.ends[edge, 2:] - here) * scale - start
    length2 = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip(-(start * along).sum(axis=1) / length2, 0.0, 1.0)
    distance = np.hypot(*(start + share[:, None] * along).T)
    close = np.flatnonzero(distance <= km)
    order = close[np.lexsort((row[close], distance[close], point[close]))]
    points, first = np.unique(point[order], return_index=True)
    nearest[points] = row[order[first]]
    return nearest


def _on_both_sides(lon: FloatArray, reach: FloatArray) -> tuple[IntArray, FloatArray]:
    """Return points and their longitude, again beyond 180 degrees for those that reach over it."""
    beyond = [np.flatnonzero(lon + reach > _HALF_TURN), np.flatnonzero(lon - reach < -_HALF_TURN)]
    east, west = (lon[rows] + by for rows, by in zip(beyond, (-_TURN, _TURN), strict=True))
    return np.concatenate([np.arange(len(lon)), *beyond]), np.concatenate([lon, east, west])


def rows_near(
    name: str,
    lat: FloatArray,
    lon: FloatArray,
    km: float,
    country: npt.NDArray[np.object_] | None = None,
) -> IntArray:
    """Return the nearest row of a layer within `km`, -1 for none; see `nearest_row`.

    With `country` (ISO2, point by point) only rows of that country count.
    """
    if country is None:
        return nearest_row(_outlines_of(name), lat, lon, km)
    owner = layer(name)["country"].to_numpy(dtype=object)
    return nearest_row(
        _outlines_of(name), lat, lon, km, lambda point, row: owner[row] == country[point]
    )
