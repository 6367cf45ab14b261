"""The basemap as shapes, in degrees: decoded once for every picture that uses it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.geometry import basemap
from maps import linework

AREAL = 2  # the dimension of an area


class Land(NamedTuple):
    """Areas and lines in degrees; countries by code."""

    codes: NDArray[np.str_]
    areas: NDArray[np.object_]
    borders: shapely.Geometry
    coast: shapely.Geometry


@lru_cache
def land() -> Land:
    """Return countries, borders and coast of the basemap."""
    drawn = basemap()
    codes, outlines = zip(*sorted(drawn["countries"].items()), strict=True)
    polygons = [rings for country in outlines for rings in country]
    xy, ring = linework.decode([code for rings in polygons for code in rings])
    polygon = np.repeat(np.arange(len(polygons)), [len(rings) for rings in polygons])
    parts = shapely.polygons(shapely.linearrings(xy, indices=ring), indices=polygon)
    country = np.repeat(np.arange(len(outlines)), [len(own) for own in outlines])
    areas = shapely.make_valid(shapely.multipolygons(parts, indices=country))
    borders, coast = (_lines(drawn[key]) for key in ("borders", "coast"))
    return Land(np.array(codes, dtype=str), areas, borders, coast)


@lru_cache
def whole() -> shapely.Geometry:
    """Return all land as one area, so that what is cut to it meets its coast."""
    parts = shapely.get_parts(shapely.get_parts(land().areas))
    # neighbours share their border corner by corner, which spares the search for crossings
    return shapely.coverage_union_all(parts[shapely.get_dimensions(parts) == AREAL])


def joined(pieces: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return shapes (n,) whose pieces (k, n) were cut apart; only areas have a seam to close."""
    filled = ~shapely.is_empty(pieces)
    shapes: NDArray[np.object_] = pieces[filled.argmax(axis=0), np.arange(pieces.shape[1])]
    areal = shapely.get_dimensions(shapes) == AREAL
    for n in np.flatnonzero(filled.sum(axis=0) > 1):
        parts = pieces[:, n]
        shapes[n] = _closed(parts) if areal[n] else _together(parts)
    return shapes


def _together(lines: NDArray[np.object_]) -> shapely.Geometry:
    return shapely.multilinestrings(shapely.get_parts(lines))


def _closed(pieces: NDArray[np.object_]) -> shapely.Geometry:
    """Unite what lies on both sides of a seam, which is little, and leave the rest alone."""
    parts, piece = shapely.get_parts(pieces, return_index=True)
    here, there = shapely.STRtree(parts).query(parts, predicate="intersects")
    met = np.zeros(len(parts), dtype=bool)
    met[here[piece[here] != piece[there]]] = True
    closed = shapely.get_parts(shapely.union_all(parts[met]))
    areas = np.concatenate([parts[~met], closed])
    return shapely.multipolygons(areas[shapely.get_dimensions(areas) == AREAL])


def _lines(codes: list[str]) -> shapely.Geometry:
    xy, line = linework.decode(codes)
    return shapely.multilinestrings(shapely.linestrings(xy, indices=line))
