"""Siting zones among the cells of a screening: millions of cells, cut on their H3 parents.

A grid has the same number of cells everywhere, so that what a zone catches needs no correction
for places that crowd: it is the sum of exp(k U) over its cells. Centres are sought among coarse
parent cells, each split at borders, so that the work grows with the area and not with its cells.
"""

from __future__ import annotations

import h3.api.numpy_int as h3
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from geodata.sphere import great_circle_km
from siting.model import scoring
from siting.model.plan import Screen
from siting.model.zones import SCOUTED_KM, Cut, Zones
from siting.world.h3land import Land

Rows = NDArray[np.intp]

LEAST = 1e-300  # of the likelihood of a parent against the likeliest cell
PARENTS_ACROSS = 7  # edges of a parent cell in the extent of a zone, at least
# Where an H3 index keeps its resolution, and how wide each of its 15 digits is.
RESOLUTION_AT, DIGIT_BITS, DIGITS = 52, 3, 15


def cell_zones(
    land: Land,
    free: Rows,
    utility: Floats,
    estates: pd.DataFrame,
    *,
    zones: int,
    extent_km: float,
) -> Zones:
    """Cut the zones of a screening.

    Parameters
    ----------
    land : Land
    free : ndarray (n,)
        Positions of the cells that no rule masks, in ascending order.
    utility : ndarray (n,)
        Of the free cells.
    estates : DataFrame
        Known estates: lat, lon, country.
    zones : int
        How many are wanted at most.
    extent_km : float
        Zones reach half of it around their centre; 0 makes a zone of every cell.

    Returns
    -------
    Zones
        Among the free cells; the likeliest cell stands for a zone and is its centre. A zone is
        scouted where an estate of its country lies within `SCOUTED_KM` of that cell.
    """
    likely = np.exp(scoring.ODDS * (utility - utility.max()))
    # equal scores are in the order of the cells' numbers
    order = np.argsort(-np.round(utility, scoring.DECIMALS), kind="stable")
    if extent_km > 0:
        area = _areas(land, free, likely, zones=zones, extent_km=extent_km)
    else:
        area = np.full(len(free), -1)
        area[order[:zones]] = np.arange(min(zones, len(order)))
    inside = order[area[order] >= 0]
    number, first = np.unique(area[inside], return_index=True)
    head = inside[first]
    share = np.bincount(area[inside], weights=likely[inside])[number] / likely.sum()
    scouted = _scouted(land, free[head], estates)
    ranked = np.lexsort((head, -np.round(share, scoring.DECIMALS), ~scouted))
    zone_of = np.zeros(len(number) + 1, dtype=np.intp)  # the last for cells in none
    zone_of[ranked] = np.arange(1, len(ranked) + 1)
    head = head[ranked]
    return Zones(zone_of[area], head, head, share[ranked], scouted[ranked])


def listed_zones(of: Screen, places: pd.DataFrame, estates: pd.DataFrame) -> Zones:
    """Return the zones of a screening among the cells of its shortlist, in the same order.

    Parameters
    ----------
    of : Screen
    places : DataFrame (n)
        Cells of the shortlist that may be built, by `site_id`; those that stand for the zones too.
    estates : DataFrame
        As for `cell_zones`.

    Returns
    -------
    Zones
        `share` is that of all cells of a zone in those of all zones.
    """
    number = np.array([h3.str_to_int(name.removeprefix("h3-")) for name in places["site_id"]])
    cells = pd.Index(of.land.cell).get_indexer(pd.Index(number))
    head = pd.Index(cells).get_indexer(pd.Index(of.head))
    inside = np.flatnonzero(of.zone > 0)
    likely = np.exp(scoring.ODDS * (of.utility[inside] - of.utility[inside].max()))
    caught = np.bincount(of.zone[inside], weights=likely, minlength=len(head) + 1)[1:]
    scouted = _scouted(of.land, of.head, estates)
    return Zones(of.zone[cells], head, head, caught / caught.sum(), scouted)


def parent_of(cells: NDArray[np.uint64], resolution: int) -> NDArray[np.uint64]:
    """Return the parents of H3 cells of that resolution, as `h3.cell_to_parent` does."""
    field = np.uint64(0xF << RESOLUTION_AT)
    unused = np.uint64((1 << DIGIT_BITS * (DIGITS - resolution)) - 1)
    return (cells & ~field) | np.uint64(resolution << RESOLUTION_AT) | unused


def _areas(land: Land, free: Rows, likely: Floats, *, zones: int, extent_km: float) -> Rows:
    """Return for each free cell the area that catches it, -1 where none does (n,)."""
    asked = int(h3.get_resolution(int(land.cell[0])))
    parent, cell = pd.factorize(parent_of(land.cell[free], _coarse(asked, extent_km)))
    country, names = pd.factorize(land.places["country"])
    piece, key = pd.factorize(parent * len(names) + country[land.place[free]])
    lat, lon = np.array([h3.cell_to_latlng(number) for number in cell.tolist()]).T
    of = key // len(names)
    pieces = pd.DataFrame({"lat": lat[of], "lon": lon[of], "country": key % len(names)})
    near = Cut.of(pieces, extent_km=extent_km).near
    caught = np.log(np.maximum(np.bincount(piece, weights=likely), LEAST)) / scoring.ODDS
    _, members = Cut(near, np.ones(len(pieces))).zones(caught, zones)
    area = np.full(len(pieces), -1)
    for number, own in enumerate(members):
        area[own] = number
    return area[piece]


def _coarse(asked: int, extent_km: float) -> int:
    """Return the resolution of the parents: fine enough for the extent, no finer than asked."""
    edges = (h3.average_hexagon_edge_length(finer, "km") for finer in range(asked))
    fine = (finer for finer, km in enumerate(edges) if km * PARENTS_ACROSS <= extent_km)
    return next(fine, asked)


def _scouted(land: Land, heads: Rows, estates: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether an estate of its country is known near each cell (heads,)."""
    country = land.places["country"].to_numpy()[land.place[heads]]
    home, points = estates["country"].to_numpy(), estates[["lat", "lon"]].to_numpy(dtype=float)
    near = [
        (great_circle_km(*land.latlon[cell], *points[home == code].T) <= SCOUTED_KM).any()
        for cell, code in zip(heads, country, strict=True)
    ]
    return np.array(near, dtype=bool)
