"""Siting zones: the areas that together catch the most probability, cut at borders.

Places of one conurbation are not alternatives of their own, so that each counts by the number of
places around it; but a share that is shown is the plain sum of P over the places of a zone.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from geodata.arrays import Floats
from geodata.errors import Fault, raise_if
from geodata.geometry import layer
from geodata.sphere import great_circle_km, km_to_chord, unit_vectors
from siting.model import scoring
from siting.study.study import Study
from siting.support.memory import SHARE_OF_FREE, free_bytes

Rows = NDArray[np.intp]

ESTATES = ("industrial site", "own")  # kinds of place that a team can visit
CROWD_KM = 50.0  # places nearer than this share what one of them would count
SCOUTED_KM = 50.0  # from the centre or the likeliest place of a zone to an estate in it
EXTENT_KM = 200.0
CITY_KM = 25.0  # how far a town may lie that names a zone
COUNTED, ASKED = 50_000, 1_000  # places from which pairs are estimated first, and from how many
BYTES_A_PAIR = 70  # two numbers of a place, both ways, and what sorts them


@dataclass(frozen=True)
class Zones:
    """Siting zones among n candidates, in the order of the list.

    Attributes
    ----------
    zone : ndarray (n,)
        Number of the zone of each candidate, 1 for the first; 0 where it is in none.
    centre : ndarray (zones,)
        Position of the candidate around which the zone lies.
    head : ndarray (zones,)
        Position of the candidate that stands for the zone: the likeliest estate near its centre or
        its likeliest place, or that place where no estate is known near either.
    share : ndarray (zones,)
        P of the zone: the sum over its candidates.
    scouted : ndarray (zones,)
        Whether an estate of its country is known within `SCOUTED_KM` of its centre or its likeliest
        place, be it in the zone next to it; the others come last.
    """

    zone: Rows
    centre: Rows
    head: Rows
    share: Floats
    scouted: NDArray[np.bool_]


def siting_zones(
    places: pd.DataFrame,
    utility: Floats,
    *,
    zones: int,
    extent_km: float,
    ready: Cut | None = None,
) -> Zones:
    """Cut the zones of a list of candidates.

    Parameters
    ----------
    places : DataFrame (n)
        lat, lon, kind, country; sorted by what breaks ties.
    utility : ndarray (n,)
    zones : int
        How many are wanted at most.
    extent_km : float
        Zones reach half of it around their centre; 0 makes a zone of every place.
    ready : Cut, optional
        Of the same places and extent, where it is at hand.
    """
    if extent_km <= 0:
        return _each_its_own(places, utility, zones)
    ready = ready or Cut.of(places, extent_km=extent_km)
    centres, members = ready.zones(utility, zones)
    return _numbered(places, utility, centres, members)


@dataclass(frozen=True)
class Cut:
    """Places made ready to be cut into zones, under as many scores as one likes.

    Attributes
    ----------
    near : csr_array (n, n)
        Which places of the same country lie within reach of each, itself too.
    crowd : ndarray (n,)
        How many places lie around each.
    """

    near: csr_array
    crowd: Floats

    @classmethod
    def of(cls, places: pd.DataFrame, *, extent_km: float) -> Cut:
        """Look up what lies near what.

        Raises
        ------
        SitingError
            When so many places lie near each other that memory is short.
        """
        near = _neighbours(places, extent_km / 2)
        # a zone of every place weighs no crowd
        return cls(near, _crowd(places) if extent_km > 0 else np.ones(len(places)))

    def zones(self, utility: Floats, zones: int) -> tuple[Rows, list[Rows]]:
        """Return the centres and the members of the zones, largest catch first."""
        weight = np.exp(scoring.ODDS * (utility - utility.max())) / self.crowd
        return _greedy(weight, self.near, zones)

    def centres(self, utility: Floats, zones: int) -> Rows:
        """Return the centres of the zones that catch most."""
        return self.zones(utility, zones)[0]


def zones_of(
    study: Study, places: pd.DataFrame, utility: Floats, ready: Cut | None = None
) -> Zones:
    """Cut the zones that a study lists; `ready` as `siting_zones`."""
    extent = extent_of(study)
    return siting_zones(places, utility, zones=study.listing.zones, extent_km=extent, ready=ready)


def extent_of(study: Study) -> float:
    """Return the extent of a study's zones (km): as wanted, else 0 for a user's own list alone."""
    if study.listing.zone_km is not None:
        return study.listing.zone_km
    return EXTENT_KM if study.candidates.chosen or study.candidates.hex else 0.0


def _crowd(places: pd.DataFrame) -> Floats:
    """Return the number of places around each, itself among them (n,)."""
    points = unit_vectors(*places[["lat", "lon"]].to_numpy(dtype=float).T)
    around = cKDTree(points).query_ball_point(points, km_to_chord(CROWD_KM), return_length=True)
    return np.asarray(around, dtype=float)


def _neighbours(places: pd.DataFrame, km: float) -> csr_array:
    """Return which places of the same country lie within reach of each, itself too (n, n)."""
    points = unit_vectors(*places[["lat", "lon"]].to_numpy(dtype=float).T)
    country = pd.factorize(places["country"])[0]
    tree = cKDTree(points)
    raise_if(_too_many_pairs(points, tree, km))
    pairs = tree.query_pairs(km_to_chord(km), output_type="ndarray")
    pairs = pairs[country[pairs[:, 0]] == country[pairs[:, 1]]]
    n = len(places)
    itself = np.arange(n)
    a = np.concatenate([pairs[:, 0], pairs[:, 1], itself])
    b = np.concatenate([pairs[:, 1], pairs[:, 0], itself])
    near = csr_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(n, n))
    near.sort_indices()
    return near


def _too_many_pairs(points: Floats, tree: cKDTree, km: float) -> list[Fault]:
    """Return a fault when who lies near whom would take too much of the free memory.

    Places of one city are all near each other, and their pairs grow with the square of their
    number: they are estimated from those of a few places.
    """
    free = free_bytes()
    if len(points) < COUNTED or free is None:
        return []
    some = points[:: len(points) // ASKED]
    near = int(tree.count_neighbors(cKDTree(some), km_to_chord(km))) / len(some) - 1
    needed = BYTES_A_PAIR * len(points) * near / 2
    if needed <= SHARE_OF_FREE * free:
        return []
    what = (
        f"{len(points):,} places have {near:,.0f} others each within {km:g} km, which need about "
        f"{needed / 1e9:,.0f} GB of memory; {free / 1e9:.1f} GB are free"
    )
    hint = "write listing: {zone_km: 0} for a zone of every place, a smaller one, or thin the list"
    return [Fault("study", what, hint, column="listing.zone_km")]


def _greedy(weight: Floats, near: csr_array, zones: int) -> tuple[Rows, list[Rows]]:
    """Take the point whose free surroundings weigh most, with all of them; again and again."""
    left = weight.copy()
    caught = np.asarray(near @ left, dtype=float)
    centres: list[int] = []
    members: list[Rows] = []
    while len(centres) < zones and left.any():
        centre = int(np.argmax(np.round(caught, scoring.DECIMALS)))
        around = near.indices[near.indptr[centre] : near.indptr[centre + 1]]
        taken = around[left[around] > 0]
        if not len(taken):
            break
        centres.append(centre)
        members.append(taken.astype(np.intp))
        caught -= near[taken].T @ left[taken]  # who is near is mutual: the rows taken are enough
        left[taken] = 0.0
    return np.array(centres, dtype=np.intp), members


def _numbered(places: pd.DataFrame, utility: Floats, centres: Rows, members: list[Rows]) -> Zones:
    """Choose what stands for each zone, and order the zones: scouted first, then by share."""
    lat, lon = (places[name].to_numpy(dtype=float) for name in ("lat", "lon"))
    estate = places["kind"].isin(ESTATES).to_numpy()
    best = -np.round(utility, scoring.DECIMALS)
    chance = scoring.chance(utility)
    country = places["country"].to_numpy()
    inside = np.full(len(places), -1)
    for nth, own in enumerate(members):
        inside[own] = nth
    head, scouted = np.empty(len(centres), dtype=np.intp), np.zeros(len(centres), dtype=bool)
    for nth, (centre, own) in enumerate(zip(centres, members, strict=True)):
        likeliest = own[np.argmin(best[own])]
        known = np.flatnonzero(estate & (country == country[centre]))
        of = [centre, likeliest]
        km = great_circle_km(lat[of, None], lon[of, None], lat[None, known], lon[None, known])
        near = known[km.min(axis=0) <= SCOUTED_KM] if len(known) else known
        scouted[nth] = bool(len(near))
        # an estate of the zone next to it may be the only one near
        near = near[inside[near] == nth]
        head[nth] = near[np.argmin(best[near])] if len(near) else likeliest
    share = np.array([chance[own].sum() for own in members])
    order = np.lexsort((head, -np.round(share, scoring.DECIMALS), ~scouted))
    zone = np.zeros(len(places), dtype=np.intp)
    for number, nth in enumerate(order, start=1):
        zone[members[nth]] = number
    return Zones(zone, centres[order], head[order], share[order], scouted[order])


def _each_its_own(places: pd.DataFrame, utility: Floats, zones: int) -> Zones:
    estate = places["kind"].isin(ESTATES).to_numpy()
    order = np.lexsort((-np.round(utility, scoring.DECIMALS), ~estate))[:zones]
    zone = np.zeros(len(places), dtype=np.intp)
    zone[order] = np.arange(1, len(order) + 1)
    return Zones(zone, order, order, scoring.chance(utility)[order], estate[order])


def zone_names(places: pd.DataFrame, zones: Zones) -> list[str]:
    """Return the name of each zone: a town of its country, each name once in a country.

    The largest town within `CITY_KM` of what stands for the zone that names no zone before it;
    where there is none, the nearest town; in a country without towns the place itself.
    """
    heads = places.iloc[zones.head]
    names: list[str] = []
    taken: set[tuple[str, str]] = set()
    for lat, lon, code, own in heads[["lat", "lon", "country", "name"]].itertuples(index=False):
        towns = _towns().get(str(code))
        name = str(own)
        if towns is not None:
            km = great_circle_km(lat, lon, towns[1], towns[2])
            by_size, by_way = np.flatnonzero(km <= CITY_KM), np.argsort(km, kind="stable")
            free = (str(towns[0][i]) for i in (*by_size, *by_way))
            name = next((town for town in free if (code, town) not in taken), name)
        taken.add((code, name))
        names.append(name)
    return names


@functools.cache
def _towns() -> dict[str, tuple[NDArray[np.str_], Floats, Floats]]:
    """Return name, lat and lon of the towns of each country, largest first."""
    towns = layer("towns").sort_values(["population", "name"], ascending=[False, True])
    return {
        str(code): (rows["name"].to_numpy(str), rows["lat"].to_numpy(), rows["lon"].to_numpy())
        for code, rows in towns.groupby("country", sort=False)
    }
