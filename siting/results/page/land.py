"""All places of a plan for the map to colour the land by, whatever the weights.

Where a study screens whole regions these are the free cells, each hexagon as it is; a plan compares
the best of each zone only, so the others are appraised here. What is too many for a page is
thinned: of the places of a wider cell the best one stays.
"""

from __future__ import annotations

from collections.abc import Sequence

import h3.api.numpy_int as h3
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geodata.arrays import Floats, Positions
from geodata.sphere import great_circle_km, km_to_chord, unit_vectors
from maps.land import Figure, Land
from siting.model.appraisal import appraise
from siting.model.plan import Plan, Screen
from siting.model.zones import ESTATES, SCOUTED_KM
from siting.results.page.live import CELL
from siting.screening.zones import parent_of
from siting.study.criteria import CRITERIA
from siting.world import candidates, h3land

MOST = 40_000  # so that the block stays under half a megabyte
TOWN_KM = 6.0  # edge of the hexagon of a place that is none itself
CLASSES = 5
PAYS_FROM = "pays_from"
# Figure -> its name, and whether a low one is good; the unit is that of its criterion.
FIGURES: dict[str, tuple[str, bool]] = {
    "delivered_cost": ("Delivered cost", True),
    PAYS_FROM: ("Pays from", True),
    "power_price": ("Power price", True),
    "grid_carbon": ("Grid carbon", True),
    "wage": ("Wage", True),
    "openness": ("Chance of entry", False),
}
TAILS = 0.002  # of the places beyond the end of an axis, at either
# how the catalogue writes of an estate in a free or a special economic zone
ZONE = (
    r"free[ -](?:trade |economic )?zone|economic zone|acceleration zone|free ?port|\b(?:SEZ|KEK)\b"
)
COLUMNS = ["site_id", "country", "kind", "lat", "lon"]


def land(plan: Plan, ranked: Sequence[str], most: int = MOST) -> Land:
    """Return all places of a plan with what scores and figures are made of.

    Parameters
    ----------
    plan : Plan
    ranked : sequence of str
        Ids of the places that the page ranks; they are in for certain.
    most : int
        How many places, about.
    """
    places, values, measured = _compared(plan, ranked, most)
    if plan.screen is not None:
        cells = _further(plan.screen, set(places["site_id"]), most - len(places))
        seen = appraise(plan.study, plan.facts, plan.demand, cells)
        raw = seen.measures.raw.assign(**{PAYS_FROM: seen.measures.pays_from[:]})
        places = pd.concat([places, cells[COLUMNS]], ignore_index=True)
        values = pd.concat([values, seen.values[list(CRITERIA)]], ignore_index=True)
        measured = pd.concat([measured, raw[list(FIGURES)]], ignore_index=True)
    order = np.argsort(_cells(places), kind="stable")
    places, values, measured = (
        frame.iloc[order].reset_index(drop=True) for frame in (places, values, measured)
    )
    row = {site: at for at, site in enumerate(places["site_id"])}
    edge, turn = _shapes(places)
    near, regime = _estates(plan, places)
    return Land(
        places=places[["lat", "lon", "country"]].assign(
            near=near, regime=regime, edge_km=edge, turn=turn
        ),
        values=values,
        measured=measured,
        figures=tuple(_figure(key, measured[key].to_numpy(dtype=float)) for key in FIGURES),
        excluded=_in_order(plan.barred[["lat", "lon"]].astype(float)),
        closed=frozenset(plan.facts.closed),
        listed=np.array([row.get(site, -1) for site in ranked], dtype=np.intp),
    )


def _compared(
    plan: Plan, ranked: Sequence[str], most: int
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the places that the plan compares, their values and figures, thinned."""
    cell = _cells(plan.places) if len(plan.places) > most else np.empty(0, np.uint64)
    certain = np.flatnonzero(plan.places["site_id"].isin(ranked))
    rows = np.union1d(thinned(cell, plan.utility, most), certain)
    raw = plan.measures.raw.iloc[rows].assign(**{PAYS_FROM: plan.measures.pays_from[rows]})
    frames = (plan.places[COLUMNS].iloc[rows], plan.values[list(CRITERIA)].iloc[rows],
              raw[list(FIGURES)])  # fmt: skip
    places, values, measured = (frame.reset_index(drop=True) for frame in frames)
    return places.astype({"lat": float, "lon": float}), values, measured.astype(float)


def _further(screen: Screen, had: set[str], most: int) -> pd.DataFrame:
    """Return the free cells that the plan does not compare, thinned (named)."""
    free = np.flatnonzero(screen.rank > 0)
    kept = free[thinned(screen.land.cell[free], screen.utility[free], max(most, 0))]
    cells = h3land.named(screen.land, kept)
    return cells[~cells["site_id"].isin(had)].reset_index(drop=True)


def thinned(cell: NDArray[np.uint64], utility: Floats, most: int) -> Positions:
    """Return positions of the best place of each cell, of the finest cells that leave so few.

    Parameters
    ----------
    cell : ndarray (n,)
        Of H3, all of one resolution; not asked for where all places may stay.
    utility : ndarray (n,)
    most : int
    """
    if len(utility) <= most:
        return np.arange(len(utility))
    for wide in range(h3.get_resolution(int(cell[0])), -1, -1):
        parent = parent_of(cell, wide)
        if len(np.unique(parent)) <= most:
            order = np.lexsort((-utility, parent))
            first = np.diff(parent[order], prepend=np.uint64(0)) != 0
            return np.sort(order[first])
    return np.empty(0, dtype=np.intp)


def _cells(places: pd.DataFrame) -> NDArray[np.uint64]:
    points = places[["lat", "lon"]].to_numpy(dtype=float).tolist()
    return np.array([h3.latlng_to_cell(lat, lon, CELL) for lat, lon in points], dtype=np.uint64)


def _in_order(places: pd.DataFrame) -> pd.DataFrame:
    return places.iloc[np.argsort(_cells(places), kind="stable")].reset_index(drop=True)


def _shapes(places: pd.DataFrame) -> tuple[Floats, Floats]:
    """Return edge (km) and turn (degrees) of the hexagon of each place; of a cell its own (n,)."""
    edge, turn = np.full(len(places), TOWN_KM), np.zeros(len(places))
    cells = np.flatnonzero(places["kind"].eq("hexagon"))
    if not len(cells):
        return edge, turn
    lat, lon = places[["lat", "lon"]].to_numpy(dtype=float)[cells].T
    names = places["site_id"].iloc[cells].str.removeprefix("h3-")
    corner = np.array([h3.cell_to_boundary(h3.str_to_int(name))[0] for name in names])
    edge[cells] = great_circle_km(lat, lon, corner[:, 0], corner[:, 1])
    east = (corner[:, 1] - lon + 180.0) % 360.0 - 180.0
    north = (corner[:, 0] - lat) / np.cos(np.radians(lat))  # Mercator keeps angles
    turn[cells] = np.degrees(np.arctan2(-north, east)) % 60.0
    return edge, turn


def _estates(plan: Plan, places: pd.DataFrame) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return whether an estate of its country is near each place, and one in a free zone (n,)."""
    sites = plan.places[plan.places["kind"].isin(ESTATES)]
    if plan.screen is not None:
        sites = candidates.known_then(plan.facts["industrial_sites"], plan.as_of)
    own = sites["special_regime"] if "special_regime" in sites else pd.Series("", sites.index)
    special = sites[own.fillna("").astype(str).str.contains(ZONE, case=False)]
    return _near(places, sites), _near(places, special)


def _near(places: pd.DataFrame, sites: pd.DataFrame) -> NDArray[np.bool_]:
    near = np.zeros(len(places), dtype=bool)
    points = unit_vectors(places["lat"], places["lon"])
    for country, own in sites.groupby("country"):
        here = np.flatnonzero(places["country"].eq(country))
        tree = cKDTree(unit_vectors(own["lat"], own["lon"]))
        near[here] = tree.query(points[here])[0] <= km_to_chord(SCOUTED_KM)
    return near


def _figure(key: str, numbers: Floats) -> Figure:
    name, low_is_good = FIGURES[key]
    unit = "USD/t" if key == PAYS_FROM else CRITERIA[key].unit
    known = numbers[np.isfinite(numbers)]
    if not len(known):
        return Figure(key, name, unit, low_is_good, (0.0, 1.0), ())
    if unit == "0-1":
        return Figure(key, name, unit, low_is_good, (0.0, 1.0), (0.2, 0.4, 0.6, 0.8))
    ends = np.quantile(known, [TAILS, 1 - TAILS])
    inner = np.quantile(known, np.arange(1, CLASSES) / CLASSES)
    breaks = dict.fromkeys(float(f"{one:.2g}") for one in inner)
    return Figure(key, name, unit, low_is_good, (float(ends[0]), float(ends[1])), tuple(breaks))
