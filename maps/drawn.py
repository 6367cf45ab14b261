"""The basemap as shapes, in degrees: decoded once for every picture that stands on it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.geometry import basemap
from maps import linework


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
    codes, held = zip(*sorted(drawn["countries"].items()), strict=True)
    polygons = [rings for country in held for rings in country]
    xy, ring = linework.decode([code for rings in polygons for code in rings])
    polygon = np.repeat(np.arange(len(polygons)), [len(rings) for rings in polygons])
    parts = shapely.polygons(shapely.linearrings(xy, indices=ring), indices=polygon)
    country = np.repeat(np.arange(len(held)), [len(own) for own in held])
    areas = shapely.make_valid(shapely.multipolygons(parts, indices=country))
    borders, coast = (_lines(drawn[key]) for key in ("borders", "coast"))
    return Land(np.array(codes, dtype=str), areas, borders, coast)


def _lines(codes: list[str]) -> shapely.Geometry:
    xy, line = linework.decode(codes)
    return shapely.multilinestrings(shapely.linestrings(xy, indices=line))
