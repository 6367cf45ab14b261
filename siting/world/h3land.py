"""The land of whole regions as H3 cells, to screen before anyone visits a park."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import h3.api.numpy_int as h3
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geodata.codes import REGIONS, WORLD, place_hint
from geodata.errors import SitingError, raise_if
from geodata.geometry import layer
from geodata.places import locate, world_regions
from geodata.sphere import unit_vectors
from siting.study.origin import Origin
from siting.support import cache

if TYPE_CHECKING:
    import geopandas as gpd

Cells = NDArray[np.uint64]
Records = NDArray[Any]

PLACE = ["country", "region", "zone"]
REGIONS_KEY = "candidates.hex.regions"
_FORMAT = 1  # of what is cached; raise it when its meaning changes
_RECORD = np.dtype(
    [("cell", "u8"), ("lat", "f8"), ("lon", "f8"), ("country", "S2"), ("region", "S8"),
     ("zone", "S8")]
)  # fmt: skip

CHUNK = 1 << 16  # cells whose centres are Python objects at the same time


@dataclass(frozen=True)
class Land:
    """Cells whose centre is on land, sorted by their number.

    Attributes
    ----------
    cell : ndarray of uint64 (n,)
        H3 index.
    latlon : ndarray (n, 2)
        Centre in degrees.
    place : ndarray of int32 (n,)
        Row of `places` that a cell lies in.
    places : DataFrame
        country, region, zone: each combination once.
    """

    cell: Cells
    latlon: NDArray[np.float64]
    place: NDArray[np.int32]
    places: pd.DataFrame

    def __len__(self) -> int:
        return len(self.cell)

    def frame(self, rows: slice | NDArray[np.intp]) -> pd.DataFrame:
        """Return some of the cells as candidates: site_id, kind, lat, lon, country, region, zone.

        They have no names yet; millions of them need none.
        """
        frame = self.places.iloc[self.place[rows]].reset_index(drop=True)
        lat, lon = self.latlon[rows].T
        return frame.assign(kind="hexagon", lat=lat, lon=lon)


def countries_of(
    regions: Sequence[str], closed: Collection[str] = (), origin: Origin | None = None
) -> list[str]:
    """Return the countries (ISO2, sorted) of parts of the world and countries named.

    Raises
    ------
    SitingError
        For a name that is neither; when nothing is left beside the closed ones.
    """
    origin = origin or Origin()
    known = world_regions()
    wrong = [name for name in regions if name not in (*REGIONS, WORLD, *known)]
    raise_if(
        [origin.fault("neither a part of the world nor a country", place_hint(name, parts=True),
                      REGIONS_KEY, name) for name in wrong]
    )  # fmt: skip
    wanted = {part for name in regions for part in REGIONS.get(name, ())}
    chosen = {iso2 for iso2, part in known.items() if part in wanted or WORLD in regions}
    chosen = (chosen | (set(regions) & set(known))) - set(closed)
    if not chosen:
        what = f"every country of {', '.join(regions)} is closed"
        raise SitingError(origin.fault(what, "name others", REGIONS_KEY))
    return sorted(chosen)


def land(resolution: int, countries: Sequence[str]) -> Land:
    """Return the cells of some countries, from the cache when they were asked for before.

    Parameters
    ----------
    resolution : int
        Of H3; 5 has cells of about 250 km2, 6 of 36, 7 of 5.
    countries : sequence of str
        ISO2 codes.
    """
    areas, zones = (
        areal[areal["country"].isin(list(countries))]
        for areal in (layer("regions"), layer("bidding_zones"))
    )
    key = cache.digest(
        "hexagons", _FORMAT, h3.versions()["c"], resolution,
        *(part.to_numpy(dtype=str) for part in (areas["region"], zones["zone"])),
        *(np.asarray(part.geometry.to_wkb()) for part in (areas, zones)),
    )  # fmt: skip
    records = cache.array(key, lambda: _cells(areas, resolution, set(zones["country"])))
    place, first = _places(records)
    return Land(
        np.asarray(records["cell"]),
        np.column_stack([records["lat"], records["lon"]]),
        place,
        pd.DataFrame({name: records[name][first].astype(str).astype(object) for name in PLACE}),
    )


def _places(records: Records) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
    """Return for each cell (n,) which place it lies in, and a cell of each place (places,)."""
    key = np.zeros(len(records), dtype=np.int64)
    for name in PLACE:
        # short words read as numbers: millions of strings would take ten times as long
        word = np.ascontiguousarray(records[name])
        code, own = pd.factorize(word.view(f"u{word.itemsize}"))
        key = key * len(own) + code
    place, seen = pd.factorize(key)
    first = np.zeros(len(seen), dtype=np.intp)
    first[place[::-1]] = np.arange(len(place))[::-1]
    return place.astype(np.int32), first


def _cells(areas: gpd.GeoDataFrame, resolution: int, zoned: Collection[str]) -> Records:
    """Fill regions with cells; where power has bidding zones, look them up."""
    filled = [np.asarray(h3.geo_to_cells(area, resolution)) for area in areas.geometry]
    row = np.repeat(np.arange(len(areas)), [len(part) for part in filled])
    # outlines of neighbours may overlap by a hair: the first region keeps the cell
    cell, first = np.unique(np.concatenate([np.empty(0, np.uint64), *filled]), return_index=True)
    latlon = np.empty((len(cell), 2))
    for first_of in range(0, len(cell), CHUNK):
        some = cell[first_of : first_of + CHUNK]
        latlon[first_of : first_of + CHUNK] = [h3.cell_to_latlng(n) for n in some.tolist()]
    records = np.zeros(len(cell), dtype=_RECORD)
    records["cell"], records["lat"], records["lon"] = cell, latlon[:, 0], latlon[:, 1]
    for name in ("country", "region"):
        records[name] = areas[name].to_numpy(dtype=str)[row[first]]
    home = records["country"].astype(str)
    inside = np.isin(home, sorted(zoned))
    areas_of = locate(latlon[inside, 0], latlon[inside, 1], home[inside].astype(object))
    records["zone"][inside] = areas_of["zone"].to_numpy(dtype=str)
    return records


def named(land: Land, rows: NDArray[np.intp]) -> pd.DataFrame:
    """Return some of the cells as candidates with `site_id`, and the nearest town in the name."""
    towns = layer("towns")
    tree = cKDTree(unit_vectors(*towns[["lat", "lon"]].to_numpy(dtype=float).T))
    _, near = tree.query(unit_vectors(*land.latlon[rows].T))
    return land.frame(rows).assign(
        site_id=["h3-" + h3.int_to_str(number) for number in land.cell[rows].tolist()],
        name="Hexagon near " + towns["name"].to_numpy(dtype=object)[near],
    )
