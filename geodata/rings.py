"""What the rings of a file mean on a globe whose longitudes end at 180 degrees.

RFC 7946 draws edges straight in degrees and wants shapes that cross 180 degrees to be cut there.
Most files keep to it, and are taken as they are drawn. Two kinds do not, and can be recognised:

* An edge longer than half a turn is either as long as it is drawn (a mask around a region, a wide
  shape), or is the short way across 180 degrees, written from 179 to -179. Whichever makes the
  polygon sound counts: no ring crosses itself, and every hole lies in its outer ring. Where both
  do, a narrow shape of many corners crosses 180 degrees, unless its long edges follow parallels, as
  those of a frame do; else the order of the corners decides: an outer ring runs as those of the
  layer's other polygons do, counter-clockwise where there is no other. A ring whose short ways lead
  once around the globe holds the pole next to it where that alone is sound, or where it keeps to
  the cap beyond 60 degrees. An edge of exactly 360 degrees is a parallel.
* A hole may be written in another turn of longitude than its outer ring; it is moved into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, cast

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.arrays import Floats, Shapes

HALF_TURN, TURN = 180.0, 360.0
NARROW = 60.0  # degrees; what crosses 180 degrees is seldom wider
MANY = 8  # corners
CAP = 60.0  # latitude
DRAWN, CROSSING, POLAR = "drawn", "crossing", "polar"
_POLE = 90.0
_STEP = 1e-9  # degrees; 0.1 mm
_ROUGH = 1e-9  # of the area of a hole, lost where longitudes are moved


@dataclass(frozen=True)
class Region:
    """Features as points, lines and polygons that are right on the plane of longitude and latitude.

    Attributes
    ----------
    parts : ndarray (n,)
        Valid, EPSG:4326; a part may lie in another turn of longitude, such as 170 to 190.
    crossing, polar, wide : int
        How many polygons with an edge longer than half a turn cross 180 degrees, hold a pole, or
        are as wide as they are drawn.
    """

    parts: Shapes
    crossing: int = 0
    polar: int = 0
    wide: int = 0


class _Reading(NamedTuple):
    """One of the meanings of a ring."""

    kind: str
    shape: shapely.Geometry
    sound: bool


def region(areas: gpd.GeoDataFrame) -> Region:
    """Return what features mean, see above; features without a shape are left out."""
    parts = _parts(np.asarray(areas.geometry.array, dtype=object))
    kind = shapely.get_type_id(parts)
    for number in np.flatnonzero((kind == shapely.GeometryType.LINESTRING) & _leaping(parts)):
        parts[number] = shapely.linestrings(_unwrapped(shapely.get_coordinates(parts[number])))
    polygons = np.flatnonzero(kind == shapely.GeometryType.POLYGON)
    odd = _odd(parts[polygons])
    ordinary = shapely.get_exterior_ring(parts[polygons[~odd]])
    ccw = not len(ordinary) or float(shapely.is_ccw(ordinary).mean()) >= 0.5  # noqa: PLR2004 - half
    count = dict.fromkeys((DRAWN, CROSSING, POLAR), 0)
    for number in polygons[odd]:
        long = bool(_leaping(shapely.get_rings(parts[number])).any())
        reading, parts[number] = _polygon(parts[number], ccw=ccw)
        count[reading] += long
    invalid = polygons[~shapely.is_valid(parts[polygons])]
    parts[invalid] = shapely.make_valid(parts[invalid])
    return Region(_parts(parts), count[CROSSING], count[POLAR], count[DRAWN])


def _parts(shapes: Shapes) -> Shapes:
    """Return the points, lines and polygons that shapes are made of, without height."""
    shapes = shapely.force_2d(shapes)
    while (shapely.get_type_id(shapes) >= shapely.GeometryType.MULTIPOINT).any():
        shapes = shapely.get_parts(shapes)
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    return cast("Shapes", shapes[~absent])


def _longest(lines: Shapes) -> Floats:
    """Return the longest step of longitude of each line or ring (n,)."""
    pairs, owner = shapely.get_coordinates(lines, return_index=True)
    longest = np.zeros(len(lines))
    same = owner[1:] == owner[:-1]
    np.maximum.at(longest, owner[1:][same], np.abs(np.diff(pairs[:, 0]))[same])
    return longest


def _leaping(lines: Shapes) -> NDArray[np.bool_]:
    """Whether each line or ring has a step longer than half a turn and shorter than a whole one."""
    pairs, owner = shapely.get_coordinates(lines, return_index=True)
    leaping = np.zeros(len(lines), dtype=bool)
    same = owner[1:] == owner[:-1]
    leaping[owner[1:][same & _leaps(pairs)]] = True
    return leaping


def _leaps(pairs: Floats) -> NDArray[np.bool_]:
    step = np.abs(np.diff(pairs[:, 0]))
    return np.asarray((step > HALF_TURN) & (step < TURN))


def _odd(polygons: Shapes) -> NDArray[np.bool_]:
    """Whether a polygon has a step longer than half a turn, or a hole beside its outer ring."""
    rings, owner = shapely.get_rings(polygons, return_index=True)
    odd = np.zeros(len(polygons), dtype=bool)
    odd[owner[_longest(rings) > HALF_TURN]] = True
    west, _, east, _ = shapely.bounds(polygons)[owner].T
    low, _, high, _ = shapely.bounds(rings).T
    odd[owner[(low < west) | (high > east)]] = True
    return odd


def _unwrapped(pairs: Floats) -> Floats:
    """Return the corners of a line with every step the short way."""
    step = np.diff(pairs[:, 0])
    turns = np.concatenate([[0.0], np.cumsum(np.round(step / TURN))])
    return np.column_stack([pairs[:, 0] - TURN * turns, pairs[:, 1]])


def _polygon(polygon: shapely.Geometry, *, ccw: bool) -> tuple[str, shapely.Geometry]:
    """Return how a polygon with a long edge or a stray hole is read, and what it then is."""
    outer, *holes = shapely.get_rings(polygon)
    readings = _readings(outer, ccw=ccw)
    fallback: tuple[str, shapely.Geometry] | None = None
    for kind, shape, sound in readings:
        valid = shapely.make_valid(shape)
        shapely.prepare(valid)
        cut = [_placed(hole, valid, ccw=ccw) for hole in holes]
        left = shapely.difference(valid, shapely.union_all([hole for hole, _ in cut]))
        if sound and all(fits for _, fits in cut):
            return kind, left
        fallback = fallback or (kind, left)
    assert fallback is not None  # noqa: S101 - a ring can always be read as it is drawn
    # a stray hole alone stays as it is drawn: what it means is for `make_valid` to say
    return fallback if len(readings) > 1 else (DRAWN, polygon)


def _placed(
    hole: shapely.Geometry, outer: shapely.Geometry, *, ccw: bool
) -> tuple[shapely.Geometry, bool]:
    """Return a hole in every turn in which its outer ring lies, and whether it fits there."""
    copies = shapely.Polygon()
    for _, shape, sound in _readings(hole, ccw=not ccw):
        copies = _turns(shapely.make_valid(shape), outer)
        inside = shapely.area(shapely.intersection(copies, outer))
        if sound and inside >= (1 - _ROUGH) * shapely.area(shape):
            return copies, True
    return copies, False


def _turns(shape: shapely.Geometry, outer: shapely.Geometry) -> shapely.Geometry:
    """Return a shape in every turn in which it may meet another."""
    (west, _, east, _), (low, _, high, _) = shapely.bounds(shape), shapely.bounds(outer)
    first, last = np.ceil((low - east) / TURN), np.floor((high - west) / TURN)
    return shapely.union_all([
        shapely.transform(shape, lambda pairs, by=turn * TURN: np.add(pairs, (by, 0.0)))
        for turn in np.arange(first, last + 1)
    ])  # fmt: skip


def _readings(ring: shapely.Geometry, *, ccw: bool) -> list[_Reading]:
    """Return the meanings of a ring, the likeliest first: sound ones, then as above."""
    pairs = shapely.get_coordinates(ring)
    drawn = _reading(DRAWN, pairs)
    short = _unwrapped(pairs)
    around = round(float(short[-1, 0] - short[0, 0]) / TURN)
    if (np.abs(np.diff(pairs[:, 0])) <= HALF_TURN).all() or abs(around) > 1:
        return [drawn]
    if around == 0:
        crossing = _reading(CROSSING, short)
        order = [crossing, drawn] if _crosses(pairs, short, ccw=ccw) else [drawn, crossing]
    else:
        caps = [_reading(POLAR, _cap(short, pole)) for pole in _poles(short)]
        beyond = (np.abs(pairs[:, 1]) >= CAP).all()
        order = [*caps, drawn] if beyond and not _parallel_all_around(pairs) else [drawn, *caps]
    return sorted(order, key=lambda reading: not reading.sound)


def _reading(kind: str, pairs: Floats) -> _Reading:
    # what rounding left of a step of no length would make a sound ring cross itself
    shape = shapely.remove_repeated_points(shapely.polygons(pairs), _STEP)
    return _Reading(kind, shape, bool(shapely.is_valid(shape)) and shapely.area(shape) > 0)


def _crosses(pairs: Floats, short: Floats, *, ccw: bool) -> bool:
    """Whether a ring that may be both rather crosses 180 degrees than is as wide as drawn."""
    along = np.diff(pairs[:, 1])[_leaps(pairs)] == 0
    if np.ptp(short[:, 0]) <= NARROW and len(pairs) > MANY and not along.all():
        return True
    return bool(shapely.is_ccw(shapely.linearrings(pairs))) != ccw


def _parallel_all_around(pairs: Floats) -> bool:
    """Whether an edge follows a parallel for a whole turn, away from the pole."""
    whole = np.abs(np.diff(pairs[:, 0])) >= TURN
    return bool((whole & (np.abs(pairs[1:, 1]) < _POLE)).any())


def _poles(short: Floats) -> tuple[float, float]:
    """Return both poles, the one that a ring around the globe lies nearer to first."""
    step = np.diff(short[:, 0])
    mean = float((step * (short[1:, 1] + short[:-1, 1])).sum() / step.sum())
    return (_POLE, -_POLE) if mean >= 0 else (-_POLE, _POLE)


def _cap(short: Floats, pole: float) -> Floats:
    """Return the corners of what lies between a way around the globe and a pole."""
    first, last = short[0], short[-1]
    return np.vstack([short, [(last[0], pole), (first[0], pole), first]])
