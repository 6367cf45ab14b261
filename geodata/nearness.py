"""Which points lie in or near areas, in kilometres along the ground.

`geodata.rings` decides what a feature means at 180 degrees and at the poles. Distances are
measured in space: points and outlines go to geocentric coordinates on the WGS84 ellipsoid, where no
date line and no pole exists, and a length along the ground is turned into the chord under it. With
the mean radius of the earth that is right to 0.002 % up to 1,000 km.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geodata.arrays import Floats, Shapes
from geodata.rings import HALF_TURN, TURN, Region, region
from geodata.sphere import EARTH_KM, km_to_chord

Ints = NDArray[np.intp]

_A_KM, _E2 = 6378.137, 6.69437999014e-3  # WGS84
_KM_PER_DEGREE = (110.5, 111.7)  # shortest and longest degree of latitude
_STEP_KM = 5.0  # pieces of outline: straight in degrees and in space to about 10 m
_POINTS, _PIECES = 250_000, 500_000  # worked at once: memory stays below 300 MB
_POLE = 89.0  # latitude from which every longitude is near


def within_areas(
    lat: Floats, lon: Floats, areas: gpd.GeoDataFrame | Region, buffer_km: float = 0.0
) -> NDArray[np.bool_]:
    """Whether each point lies in one of the features or within a distance of one.

    Parameters
    ----------
    lat, lon : ndarray (n,)
        Degrees, EPSG:4326.
    areas : GeoDataFrame or Region
        Features in EPSG:4326, as `geodata.userfiles.read_areas` returns them, or what
        `geodata.rings.region` made of them. Edges are straight in degrees (RFC 7946).
    buffer_km : float
        Distance along the ground, measured from the nearest point of the feature.

    Returns
    -------
    ndarray of bool (n,)
    """
    parts = (areas if isinstance(areas, Region) else region(areas)).parts
    lat, lon = np.asarray(lat, dtype=float), np.asarray(lon, dtype=float)
    hit = np.zeros(len(lat), dtype=bool)
    for first in range(0, len(lat) if len(parts) else 0, _POINTS):
        rows = slice(first, first + _POINTS)
        hit[rows] = _inside(lat[rows], lon[rows], parts)
        outside = first + np.flatnonzero(~hit[rows])
        if buffer_km > 0 and len(outside):
            hit[outside] = _beside(lat[outside], lon[outside], parts, buffer_km)
    return hit


def _inside(lat: Floats, lon: Floats, parts: Shapes) -> NDArray[np.bool_]:
    """Whether each point lies in or on a part, in any turn of longitude that a part uses."""
    hit = np.zeros(len(lat), dtype=bool)
    west, _, east, _ = shapely.total_bounds(parts)
    first, last = np.floor((west - lon.max()) / TURN), (east - lon.min()) // TURN
    for turn in range(int(first), int(last) + 1):
        tree = shapely.STRtree(shapely.points(lon + turn * TURN, lat))
        hit[tree.query(parts, predicate="intersects")[1]] = True
    return hit


def _beside(lat: Floats, lon: Floats, parts: Shapes, buffer_km: float) -> NDArray[np.bool_]:
    """Whether each point lies within a distance of an outline."""
    points = _geocentric(lat, lon)
    near = np.zeros(len(lat), dtype=bool)
    edges = _edges(parts)
    edges = edges[_within_reach(edges, lat, lon, buffer_km)]
    for begin, end in _pieces(edges):
        left = np.flatnonzero(~near)
        near[left] = _near(points[left], begin, end, buffer_km)
    return near


def _edges(parts: Shapes) -> Floats:
    """Return every edge of all outlines (m, 4): lon, lat, lon, lat; a point is an edge too."""
    polygon = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    lines = np.concatenate([shapely.get_rings(parts[polygon]), parts[~polygon]])
    pairs, owner = shapely.get_coordinates(lines, return_index=True)
    first = np.flatnonzero(owner[1:] == owner[:-1])
    single = np.flatnonzero(shapely.get_num_coordinates(lines)[owner] == 1)
    begin, end = np.concatenate([first, single]), np.concatenate([first + 1, single])
    return np.hstack([pairs[begin], pairs[end]])


def _within_reach(edges: Floats, lat: Floats, lon: Floats, buffer_km: float) -> NDArray[np.bool_]:
    """Whether an edge may lie within a distance of a point, by the box around all points."""
    reach = buffer_km / _KM_PER_DEGREE[0] + 0.1
    low, high = np.minimum(edges[:, 1], edges[:, 3]), np.maximum(edges[:, 1], edges[:, 3])
    close = (high >= lat.min() - reach) & (low <= lat.max() + reach)
    farthest = max(abs(float(lat.min())), abs(float(lat.max()))) + reach
    if farthest >= _POLE:
        return np.asarray(close)
    across = reach / np.cos(np.radians(farthest))
    middle, half = (lon.min() + lon.max()) / 2, (lon.max() - lon.min()) / 2
    gap = np.abs(np.mod((edges[:, 0] + edges[:, 2]) / 2 - middle + HALF_TURN, TURN) - HALF_TURN)
    return np.asarray(close & (gap <= half + across + np.abs(edges[:, 2] - edges[:, 0]) / 2))


class _Pieces(NamedTuple):
    """Ends of short pieces of outline in space (m, 3), km."""

    begin: Floats
    end: Floats


def _pieces(edges: Floats) -> Iterator[_Pieces]:
    """Cut edges into short pieces, some at a time."""
    begin, end = edges[:, :2], edges[:, 2:]
    widest = np.cos(np.radians(np.minimum(np.abs(begin[:, 1]), np.abs(end[:, 1]))))
    widest[begin[:, 1] * end[:, 1] < 0] = 1.0
    across, up = np.abs(end - begin).T
    pieces = np.ceil(np.hypot(across * widest, up) * _KM_PER_DEGREE[1] / _STEP_KM)
    pieces = np.maximum(pieces, 1).astype(int)
    block = np.cumsum(pieces) // _PIECES
    for rows in np.split(np.arange(len(edges)), np.flatnonzero(np.diff(block)) + 1):
        count = pieces[rows]
        edge = np.repeat(rows, count)
        step = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
        ends = []
        for share in (step / pieces[edge], (step + 1) / pieces[edge]):
            x, y = (begin[edge] + share[:, None] * (end - begin)[edge]).T
            ends.append(_geocentric(y, x))
        if len(edge):
            yield _Pieces(*ends)


def _near(points: Floats, begin: Floats, end: Floats, buffer_km: float) -> NDArray[np.bool_]:
    """Whether each point in space is within the buffer of a piece of outline.

    The nearest middle of a piece settles most points; only where it lies in the shell between the
    buffer and half a piece more are the pieces themselves measured.
    """
    reach = EARTH_KM * km_to_chord(buffer_km)
    half = float(np.linalg.norm(end - begin, axis=1).max()) / 2
    tree = cKDTree((begin + end) / 2)
    distance, _ = tree.query(points, distance_upper_bound=reach + half + 1e-9)
    near = distance <= reach
    doubtful = np.flatnonzero(~near & np.isfinite(distance))
    if len(doubtful):
        pieces_of = tree.query_ball_point(points[doubtful], reach + half + 1e-9)
        count = np.array([len(pieces) for pieces in pieces_of])
        piece = np.concatenate(pieces_of).astype(np.intp)
        point = np.repeat(doubtful, count)
        gap = _distance(points[point], begin[piece], end[piece])
        near[point[gap <= reach]] = True
    return cast("NDArray[np.bool_]", near)


def _distance(point: Floats, begin: Floats, end: Floats) -> Floats:
    """Distance in space from each point to its straight piece (n,)."""
    along = end - begin
    length2 = np.einsum("ij,ij->i", along, along)
    share = np.einsum("ij,ij->i", point - begin, along) / np.where(length2 > 0, length2, 1.0)
    foot = begin + np.clip(share, 0.0, 1.0)[:, None] * along
    return np.asarray(np.linalg.norm(point - foot, axis=1))


def _geocentric(lat: Floats, lon: Floats) -> Floats:
    """Points of the WGS84 ellipsoid in space (n, 3), km."""
    y, x = np.radians(lat), np.radians(lon)
    normal = _A_KM / np.sqrt(1 - _E2 * np.sin(y) ** 2)
    flat = normal * np.cos(y)
    return np.column_stack([flat * np.cos(x), flat * np.sin(x), normal * (1 - _E2) * np.sin(y)])
