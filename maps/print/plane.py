"""The world on paper: Natural Earth projection from 57 S to 78 N, parted in the Bering Strait."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
import shapely
from numpy.typing import ArrayLike, NDArray

from geodata.geometry import basemap
from maps import basemap_shapes

if TYPE_CHECKING:
    from matplotlib.path import Path as Outline

CENTRE = 11.0  # so that the edge, 169 W, cuts no country: Chukotka stays with Russia
SOUTH, NORTH = -57.0, 78.0
EDGE, HALF_TURN, TURN = CENTRE - 180.0, 180.0, 360.0
FEW = 2  # the zoom of names that even the whole world shows
WIDEST_PIECE_DEG = 1.0  # a straight line bends on paper
# Patterson, Savric and Jenny 2012; the sphere of radius 1, longitudes not wrapped
_PROJECTION = pyproj.Proj("+proj=natearth +lon_0=0 +R=1 +over")


@dataclass(frozen=True)
class Ground:
    """The basemap in earth radii: country -> area, and lines."""

    countries: dict[str, shapely.Geometry]
    borders: shapely.Geometry
    coast: shapely.Geometry
    names: list[tuple[str, float, float, int]]  # text, x, y, kind (0 country, 1 sea)


def project(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
    """Return longitude and latitude in degrees as (n, 2) in earth radii."""
    east = np.mod(np.asarray(lon, dtype=float) - EDGE, TURN) - HALF_TURN
    x, y = _PROJECTION(east, np.asarray(lat, dtype=float))
    return np.column_stack([x, y])


@lru_cache
def frame() -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of the map in earth radii."""
    (right, _), (_, bottom), (_, top) = (
        _PROJECTION(lon, lat) for lon, lat in ((HALF_TURN, 0.0), (0.0, SOUTH), (0.0, NORTH))
    )
    return -right, bottom, right, top


def on_plane(shapes: ArrayLike) -> NDArray[Any]:
    """Return shapes (n,) in degrees, cut to the map and its edge, in earth radii."""
    array = np.atleast_1d(np.asarray(shapes, dtype=object))
    parts = []
    for first, last, shift in ((-HALF_TURN, EDGE, TURN), (EDGE, HALF_TURN, 0.0)):
        piece = shapely.clip_by_rect(array, first, SOUTH, last, NORTH)
        piece = shapely.segmentize(piece, WIDEST_PIECE_DEG)
        parts.append(shapely.transform(piece, lambda xy, by=shift: xy + np.array((by - CENTRE, 0))))
    both = basemap_shapes.joined(np.array(parts))
    return np.asarray(shapely.transform(both, lambda xy: np.column_stack(_PROJECTION(*xy.T))))


@lru_cache
def ground() -> Ground:
    """Return the basemap of the map page, projected; loaded once."""
    land = basemap_shapes.land()
    areas = on_plane(land.areas)
    borders, coast = on_plane([land.borders, land.coast])
    names = [
        (text, *project(lon, lat)[0], kind)
        for text, lon, lat, zoom, kind in basemap()["labels"]
        if zoom <= FEW and SOUTH < lat < NORTH
    ]
    return Ground(dict(zip(land.codes.tolist(), areas, strict=True)), borders, coast, names)


@dataclass(frozen=True)
class World:
    """The map between two latitudes, so many user units wide, y upwards from its foot."""

    wide: int
    south: float
    north: float

    @property
    def scale(self) -> float:
        """User units of an earth radius."""
        left, _, right, _ = frame()
        return self.wide / (right - left)

    @property
    def foot(self) -> float:
        """Where the map ends in the south, earth radii."""
        return float(project([CENTRE], [self.south])[0, 1])

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, user units."""
        top = float(project([CENTRE], [self.north])[0, 1])
        return self.wide, round(self.scale * (top - self.foot))

    def moved(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return places in earth radii as user units (n, 2)."""
        return np.asarray((xy - (frame()[0], self.foot)) * self.scale)

    def spots(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
        """Return places in degrees as user units (n, 2)."""
        return self.moved(project(lon, lat))

    def flat(self, shapes: ArrayLike) -> NDArray[Any]:
        """Return shapes in earth radii as they lie on the map, in user units."""
        on_sheet = shapely.transform(np.asarray(shapes, dtype=object), self.moved)
        return np.asarray(shapely.clip_by_rect(on_sheet, 0, 0, *self.size))


def outline(shapes: ArrayLike) -> Outline:
    """Return areas or lines as one path of matplotlib, in the units of the shapes."""
    from matplotlib.path import Path as Outline  # noqa: PLC0415 - slow, and pages of HTML need none

    parts = shapely.get_parts(np.atleast_1d(np.asarray(shapes, dtype=object)))
    for _ in range(2):  # collections hold multi-parts
        parts = shapely.get_parts(parts)
    areal = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    lines = np.concatenate([shapely.get_rings(parts[areal]),
                            parts[shapely.get_dimensions(parts) == 1]])  # fmt: skip
    xy, line = shapely.get_coordinates(lines, return_index=True)
    codes = np.full(len(xy), Outline.LINETO, dtype=Outline.code_type)
    codes[np.flatnonzero(np.diff(line, prepend=-1))] = Outline.MOVETO
    return Outline(xy, codes)
