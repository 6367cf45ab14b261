"""Millions of cells as a picture for each zoom: small files, the best of what lies below shown.

A cell that is smaller than a pixel cannot be seen, so each picture is drawn in cells of about a
pixel or more, and a wide cell takes the class of the best cell in it: a promising spot is never
lost by looking from afar.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass

import h3.api.numpy_int as h3
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from maps import palette

Cells = NDArray[np.uint64]
Classes = NDArray[np.uint8]

LEVELS = (900, 2400)  # longer side of the pictures (pixels): the world at a glance, and near
NEAR_ZOOM = 4  # from here on the finer picture shows
MERCATOR_LAT = 85.0  # the map's own end
EDGE_KM = tuple(h3.average_hexagon_edge_length(resolution, "km") for resolution in range(16))
EQUATOR_KM = 40_075.017  # WGS84
HALF_TURN, TURN = 180.0, 360.0


@dataclass(frozen=True)
class Picture:
    """A picture of cells in the Web Mercator projection.

    Attributes
    ----------
    png : str
        Data URI.
    bounds : tuple of float
        South, west, north, east (degrees).
    from_zoom : int
        Least zoom of the map at which it shows.
    """

    png: str
    bounds: tuple[float, float, float, float]
    from_zoom: int


def classes(rank: NDArray[np.integer]) -> Classes:
    """Return the class of each cell by its rank: 1 for the best share, 0 where it has none (n,)."""
    ranked = np.count_nonzero(rank)
    ends = np.ceil(np.array(palette.CELL_SHARES) * ranked)
    number = np.searchsorted(ends, rank, side="left") + 1
    return np.where(rank > 0, number, 0).astype(np.uint8)


def pictures(cell: Cells, of: Classes) -> list[Picture]:
    """Draw cells at every level.

    Parameters
    ----------
    cell : ndarray of uint64 (n,)
        H3 cells of one resolution.
    of : ndarray (n,)
        Class of each; 0 is not drawn.
    """
    cell, of = cell[of > 0], of[of > 0]
    if not len(cell):
        return []
    frame = _frame(cell)
    resolution = h3.get_resolution(int(cell[0]))
    drawn, last = [], -1
    for number, side in enumerate(LEVELS):
        pixel_km = EQUATOR_KM * max(frame[2] - frame[0], frame[3] - frame[1]) / side
        wide = max(r for r in range(resolution + 1) if r == 0 or EDGE_KM[r] >= pixel_km)
        if wide == last:
            continue
        last = wide
        shown = _draw(*_parents(cell, of, wide, resolution), frame, side)
        drawn.append(Picture(shown, _bounds(frame), NEAR_ZOOM if number else 0))
    return drawn


def _parents(cell: Cells, of: Classes, wide: int, resolution: int) -> tuple[Cells, Classes]:
    """Return the cells of a coarser resolution with the best class in each.

    The number of a cell holds a digit of three bits for each resolution; those beyond its own are
    all ones (H3 index bit layout), so the parents are a matter of bits.
    """
    if wide == resolution:
        return cell, of
    beyond = np.uint64(sum(7 << (3 * (15 - r)) for r in range(wide + 1, 16)))
    kept = cell & ~np.uint64(15 << 52)
    parent = kept | np.uint64(wide << 52) | beyond
    parents, where = np.unique(parent, return_inverse=True)
    best = np.full(len(parents), len(palette.CELL_SHARES), dtype=np.uint8)
    np.minimum.at(best, where, of)
    return parents, best


def _frame(cell: Cells) -> tuple[float, float, float, float]:
    """West, north, east, south of all cells on the unit square of Web Mercator, with a margin."""
    resolution = h3.get_resolution(int(cell[0]))
    coarse = max(0, resolution - 2)
    some = _parents(cell, np.ones(len(cell), np.uint8), coarse, resolution)[0]
    x, y = _mercator(np.array([h3.cell_to_latlng(one) for one in some.tolist()]))
    margin = 2 * EDGE_KM[coarse] / EQUATOR_KM * 3
    return (
        max(0.0, float(x.min()) - margin), max(0.0, float(y.min()) - margin),
        min(1.0, float(x.max()) + margin), min(1.0, float(y.max()) + margin),
    )  # fmt: skip


def _mercator(
    latlon: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Project degrees (n, 2) to the unit square, x eastward and y southward."""
    phi = np.radians(np.clip(latlon[:, 0], -MERCATOR_LAT, MERCATOR_LAT))
    x = latlon[:, 1] / TURN + 0.5
    return x, 0.5 - np.arcsinh(np.tan(phi)) / (2 * np.pi)


def _bounds(frame: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, north, east, south = frame

    def lat(y: float) -> float:
        return float(np.degrees(np.arctan(np.sinh((0.5 - y) * 2 * np.pi))))

    return lat(south), (west - 0.5) * TURN, lat(north), (east - 0.5) * TURN


def _draw(cell: Cells, of: Classes, frame: tuple[float, float, float, float], side: int) -> str:
    """Return cells as an indexed PNG, the better over the worse."""
    west, north, east, south = frame
    scale = side / max(east - west, south - north)
    size = (max(1, round((east - west) * scale)), max(1, round((south - north) * scale)))
    image = Image.new("P", size, 0)
    pen = ImageDraw.Draw(image)
    order = np.argsort(-of.astype(int), kind="stable")
    rings = [h3.cell_to_boundary(one) for one in cell[order].tolist()]
    ends = np.cumsum([len(ring) for ring in rings])
    corner = np.concatenate([np.array(ring) for ring in rings])
    # across the date line: drawn at its eastern end
    first = np.repeat(corner[np.r_[0, ends[:-1]], 1], np.diff(ends, prepend=0))
    corner[:, 1] += np.where(first - corner[:, 1] > HALF_TURN, TURN, 0.0)
    corner[:, 1] -= np.where(corner[:, 1] - first > HALF_TURN, TURN, 0.0)
    x, y = _mercator(corner)
    points = list(zip(((x - west) * scale).tolist(), ((y - north) * scale).tolist(), strict=True))
    for first_corner, end, fill in zip(
        [0, *ends[:-1].tolist()], ends.tolist(), of[order].tolist(), strict=True
    ):
        pen.polygon(points[first_corner:end], fill=fill)
    colours = bytes.fromhex("".join(c.removeprefix("#") for c in ("#FFFFFF", *palette.CELLS)))
    image.putpalette(colours)
    content = io.BytesIO()
    image.save(content, "PNG", optimize=True, transparency=0)
    return "data:image/png;base64," + base64.b64encode(content.getvalue()).decode("ascii")
