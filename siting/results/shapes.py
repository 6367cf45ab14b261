"""Areas and lines on the sphere: hulls of siting zones and great circles, cut at 180 degrees."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from geodata.arrays import Floats, Shapes
from geodata.sphere import unit_vectors

WGS84 = Geod(ellps="WGS84")
OUTLINE_KM = 10.0  # so that a zone of one place still shows
SIDES = 16  # corners of the margin's circle
ARC_POINTS = 33  # a line of 8,000 km bends every 250 km
DECIMALS = 6  # about 0.1 m
DATE_LINE = 180.0
WORLD = shapely.box(-DATE_LINE, -90.0, DATE_LINE, 90.0)


def outlines(lat: Floats, lon: Floats, group: NDArray[np.intp]) -> Shapes:
    """Return the convex hull of each group of places, `OUTLINE_KM` wider all round.

    Each place becomes a geodesic circle, so that the margin is as wide in the north as at the
    equator; the hull of the circles is taken in degrees.

    Parameters
    ----------
    lat, lon : ndarray (n,)
        Degrees.
    group : ndarray (n,)
        Number of the group of each place, from 0 without a gap.

    Returns
    -------
    ndarray (groups,)
        Polygons; one that crosses 180 degrees goes on beyond them.
    """
    bearing = np.tile(np.arange(SIDES) * 360.0 / SIDES, len(lat))
    starts = np.repeat(lon, SIDES), np.repeat(lat, SIDES)
    x, y, _ = WGS84.fwd(*starts, bearing, np.full(len(bearing), OUTLINE_KM * 1000))
    of = np.repeat(group, SIDES)
    first = np.unique(group, return_index=True)[1]
    middle = lon[first][of]
    x = middle + (np.asarray(x) - middle + 180.0) % 360.0 - 180.0
    order = np.argsort(of, kind="stable")
    corners = np.round(np.column_stack([x, y])[order], DECIMALS)
    return np.asarray(shapely.convex_hull(shapely.linestrings(corners, indices=of[order])))


def hulls(lat: Floats, lon: Floats, group: NDArray[np.intp]) -> Shapes:
    """Return the `outlines` as MultiPolygons within 180 degrees, rings by the right-hand rule."""
    return _within_180(outlines(lat, lon, group), shapely.multipolygons)


def great_circles(start: Floats, end: Floats) -> Shapes:
    """Return the great circle from each start to its end.

    Parameters
    ----------
    start, end : ndarray (n, 2)
        Latitude and longitude, degrees.

    Returns
    -------
    ndarray (n,)
        MultiLineStrings, within 180 degrees. Points between by spherical linear interpolation
        (Shoemake 1985).
    """
    one, other = (unit_vectors(*point.T)[:, None, :] for point in (start, end))
    angle = np.arctan2(np.linalg.norm(np.cross(one, other), axis=2), (one * other).sum(axis=2))
    share = np.linspace(0.0, 1.0, ARC_POINTS)
    # sin(t a) / sin(a), which is t where both are one point; sinc is safe there
    near, far = (
        part * np.sinc(part * angle / np.pi) / np.sinc(angle / np.pi) for part in (1 - share, share)
    )
    x, y, z = np.moveaxis(near[..., None] * one + far[..., None] * other, 2, 0)
    lat = np.degrees(np.arctan2(z, np.hypot(x, y)))
    lon = np.unwrap(np.degrees(np.arctan2(y, x)), period=360.0, axis=1)
    lines = shapely.linestrings(np.round(np.stack([lon, lat], axis=2), DECIMALS))
    return _within_180(lines, shapely.multilinestrings)


def _within_180(shapes: Shapes, gather: Callable[..., Shapes]) -> Shapes:
    """Return shapes as multi-shapes, those that cross 180 degrees cut there (RFC 7946, 3.1.9)."""
    turned = [shapely.transform(shapes, partial(np.add, (turn, 0.0))) for turn in (-360, 0, 360)]
    west, _, east, _ = shapely.bounds(shapes).T
    outside = (west < -DATE_LINE) | (east > DATE_LINE)
    cut = shapes.copy()
    inside = [shapely.intersection(part[outside], WORLD) for part in turned]
    cut[outside] = shapely.union_all(inside, axis=0)
    parts, of = shapely.get_parts(cut, return_index=True)
    return np.asarray(shapely.orient_polygons(gather(parts, indices=of)))
