"""Lines and areas as short strings: the form in which the basemap and the page hold them."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

UNITS_PER_DEGREE = 1000  # three decimals, about 100 m
_OFFSET, _CHUNK, _MORE = 63, 5, 32


def encode(lonlat: NDArray[np.float64]) -> str:
    """Return the delta code of a line (n, 2) in degrees; see `geodata.geometry.decode`."""
    steps = np.rint(np.asarray(lonlat, dtype=float) * UNITS_PER_DEGREE).astype(np.int64)
    deltas = np.diff(steps, axis=0, prepend=0).ravel()
    letters: list[str] = []
    for number in np.where(deltas < 0, ~(deltas << 1), deltas << 1).tolist():
        rest = number
        while rest >= _MORE:
            letters.append(chr((rest & (_MORE - 1) | _MORE) + _OFFSET))
            rest >>= _CHUNK
        letters.append(chr(rest + _OFFSET))
    return "".join(letters)


def encode_area(area: shapely.Geometry) -> list[list[str]]:
    """Return the polygons of an area, each as its rings, the outer one first."""
    polygons = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    return [
        [encode(shapely.get_coordinates(ring)) for ring in shapely.get_rings(polygon)]
        for polygon in polygons
    ]
