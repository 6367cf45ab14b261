"""Lines and areas as short strings: the form in which the basemap and the page hold them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

UNITS_PER_DEGREE = 1000  # three decimals, about 100 m
_OFFSET, _CHUNK, _MORE = 63, 5, 32
_SHIFTS = _CHUNK * np.arange(7)  # room for 35 bits: any step on the globe has 20


def encode(lonlat: NDArray[np.float64]) -> str:
    """Return the delta code of a line (n, 2) in degrees; see `geodata.geometry.basemap`."""
    steps = np.rint(np.asarray(lonlat, dtype=float) * UNITS_PER_DEGREE).astype(np.int64)
    deltas = np.diff(steps, axis=0, prepend=0).ravel()
    zigzag = np.where(deltas < 0, ~(deltas << 1), deltas << 1)
    rest = zigzag[:, None] >> _SHIFTS  # what is left to say, chunk by chunk
    letters = (rest & (_MORE - 1)) + np.where(rest >= _MORE, _MORE, 0) + _OFFSET
    needed = (rest > 0) | (_SHIFTS == 0)
    return str(letters[needed].astype(np.uint8).tobytes(), "ascii")


def decode(codes: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return the points (n, 2) of many lines in degrees, and the number of each one's line (n,)."""
    letters = np.frombuffer("".join(codes).encode("ascii"), dtype=np.uint8).astype(np.int64)
    bits = letters - _OFFSET
    ends = np.flatnonzero(bits < _MORE)
    first = np.concatenate([[0], ends[:-1] + 1])[: len(ends)]
    nth = np.arange(len(bits)) - np.repeat(first, np.diff(ends, prepend=-1))
    zigzag = np.add.reduceat((bits & (_MORE - 1)) << (_CHUNK * nth), first)
    steps = np.where(zigzag & 1, ~(zigzag >> 1), zigzag >> 1).reshape(-1, 2)
    line = np.repeat(np.arange(len(codes)), [len(code) for code in codes])[first[::2]]
    sums = steps.cumsum(axis=0)
    start = np.searchsorted(line, np.arange(len(codes)))
    before = np.where(start[:, None] > 0, sums[start - 1], 0)
    return (sums - before[line]) / UNITS_PER_DEGREE, line


def encode_area(area: shapely.Geometry) -> list[list[str]]:
    """Return the polygons of an area, each as its rings, the outer one first."""
    polygons = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    return [
        [encode(shapely.get_coordinates(ring)) for ring in shapely.get_rings(polygon)]
        for polygon in polygons
    ]
