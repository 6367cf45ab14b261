"""Which points lie in or near areas, in kilometres along the ground.

Distances are measured in space: points and outlines go to geocentric coordinates on the WGS84
ellipsoid, where no date line and no pole exists, and a length along the ground is turned into the
chord under it. With the mean radius of the earth that is right to 0.002 % up to 1,000 km.
"""

from __future__ import annotations

from typing import cast

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

RADIUS_KM = 6371.0088  # mean radius, IUGG
_A_KM, _E2 = 6378.137, 6.69437999014e-3  # WGS84
_KM_PER_DEGREE = 111.7  # longest degree of latitude
_STEP_KM = 5.0  # pieces of outline: straight in degrees and in space to about 10 m
_HALF_TURN, _TURN = 180.0, 360.0


def within_areas(
    lat: Floats, lon: Floats, areas: gpd.GeoDataFrame, buffer_km: float = 0.0
) -> NDArray[np.bool_]:
    """Whether each point lies in one of the features or within a distance of one.

    Parameters
    ----------
    lat, lon : ndarray (n,)
        Degrees, EPSG:4326.
    areas : GeoDataFrame
        Features in EPSG:4326, as `geodata.userfiles.read_areas` returns them. Edges are straight
        in degrees (RFC 7946); an edge longer than half a turn crosses the date line.
    buffer_km : float
        Distance along the ground, measured from the nearest point of the feature.

    Returns
    -------
    ndarray of bool (n,)
    """
    shapes = _across_date_line(_parts(np.asarray(areas.geometry.array, dtype=object)))
    inside = _inside(np.asarray(lat, dtype=float), np.asarray(lon, dtype=float), shapes)
    outside = np.flatnonzero(~inside)
    if buffer_km > 0 and len(outside) and len(shapes):
        points = _geocentric(np.asarray(lat)[outside], np.asarray(lon)[outside])
        inside[outside] = _near(points, *_outline(shapes), buffer_km)
    return inside


def _parts(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the points, lines and polygons that the shapes are made of."""
    while (shapely.get_type_id(shapes) >= shapely.GeometryType.MULTIPOINT).any():
        shapes = shapely.get_parts(shapes)
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    return cast("NDArray[np.object_]", shapes[~absent])


def _across_date_line(parts: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the parts with those that cross the date line uncut moved to 0..360 degrees."""
    pairs, owner = shapely.get_coordinates(parts, return_index=True)
    leap = np.abs(np.diff(pairs[:, 0]))
    uncut = (owner[1:] == owner[:-1]) & (leap > _HALF_TURN) & (leap < _TURN)
    crossing = np.unique(owner[1:][uncut])
    moved = parts.copy()
    moved[crossing] = shapely.transform(
        parts[crossing], lambda xy: np.column_stack([np.mod(xy[:, 0], _TURN), xy[:, 1]])
    )
    return moved


def _inside(lat: Floats, lon: Floats, shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Whether each point lies in or on a shape, in any turn of longitude that a shape uses."""
    hit = np.zeros(len(lat), dtype=bool)
    if not len(shapes) or not len(lat):
        return hit
    west, _, east, _ = shapely.total_bounds(shapes)
    for turn in range(
        int(np.floor((west - lon.max()) / _TURN)), 1 + int((east - lon.min()) // _TURN)
    ):
        tree = shapely.STRtree(shapely.points(lon + turn * _TURN, lat))
        hit[tree.query(shapes, predicate="intersects")[1]] = True
    return hit


def _outline(parts: NDArray[np.object_]) -> tuple[Floats, Floats]:
    """Cut all outlines into short pieces; return their ends in space (m, 3), km."""
    polygon = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    lines = np.concatenate([shapely.get_rings(parts[polygon]), parts[~polygon]])
    pairs, owner = shapely.get_coordinates(lines, return_index=True)
    first = np.flatnonzero(owner[1:] == owner[:-1])
    single = np.flatnonzero(shapely.get_num_coordinates(lines)[owner] == 1)
    begin = pairs[np.concatenate([first, single])]
    end = pairs[np.concatenate([first + 1, single])]
    widest = np.cos(np.radians(np.minimum(np.abs(begin[:, 1]), np.abs(end[:, 1]))))
    widest[begin[:, 1] * end[:, 1] < 0] = 1.0
    across, up = np.abs(end - begin).T
    pieces = np.ceil(np.hypot(across * widest, up) * _KM_PER_DEGREE / _STEP_KM)
    pieces = np.maximum(pieces, 1).astype(int)
    edge = np.repeat(np.arange(len(begin)), pieces)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    ends = []
    for share in (step / pieces[edge], (step + 1) / pieces[edge]):
        x, y = (begin[edge] + share[:, None] * (end - begin)[edge]).T
        ends.append(_geocentric(y, x))
    return ends[0], ends[1]


def _near(points: Floats, begin: Floats, end: Floats, buffer_km: float) -> NDArray[np.bool_]:
    """Whether each point in space is within the buffer of a piece of outline.

    The nearest middle of a piece settles most points; only where it lies in the shell between the
    buffer and half a piece more are the pieces themselves measured.
    """
    reach = 2 * RADIUS_KM * np.sin(min(buffer_km / RADIUS_KM, np.pi) / 2)
    half = float(np.linalg.norm(end - begin, axis=1).max()) / 2
    tree = cKDTree((begin + end) / 2)
    distance, _ = tree.query(points, distance_upper_bound=reach + half + 1e-9)
    near = distance <= reach
    doubtful = np.flatnonzero(~near & np.isfinite(distance))
    if len(doubtful):
        found = tree.query_ball_point(points[doubtful], reach + half + 1e-9)
        count = np.array([len(pieces) for pieces in found])
        piece = np.concatenate(found).astype(np.intp)
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
