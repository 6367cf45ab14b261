"""What the page needs to rank by itself: places, their values, and the weights to start from.

The numbers go in as base64 of little-endian IEEE 754, so that the page scores the very doubles
that the plan was made of. The map knows no model: the formula is in `panel/scripts` and in
docs/method.md, and both are compared with each other by `tests/maps/test_engine_js.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import Fault
from maps import prices
from maps.encoded import encoded
from maps.escape import plain

Tree = dict[str, tuple[float, dict[str, float]]]
PLACES = ("site_id", "name", "country", "country_name", "region_name", "kind", "area", "facts")
# path of numbers of the places -> bytes of one
WIDTHS: Mapping[tuple[str, ...], int] = {
    **{("live", "bench", key): 8 for key in ("lat", "lon", "weight", "values")},
    **{("live", "bench", key): 4 for key in ("crowd", "zone", "pays_from", "raw")},
    ("live", "bench", "estate"): 1,
    ("live", "prices", "delivered"): 8,
    ("live", "prices", "drift"): 4, ("live", "prices", "deviation"): 4,
    ("live", "prices", "many"): 2,
}  # fmt: skip


@dataclass(frozen=True)
class Weighed:
    """A criterion that a tree holds, weighed or not.

    Attributes
    ----------
    key, name, unit, pillar : str
        The pillar is a key of the atlas.
    median : float
        Value of the median place.
    in_cost : bool
        Whether the delivered cost holds it already, so that both weighed would count twice.
    """

    key: str
    name: str
    unit: str
    pillar: str
    median: float
    in_cost: bool = False


@dataclass(frozen=True)
class View:
    """A setting that somebody holds: what weighs how much.

    Attributes
    ----------
    name, kind : str
        The kind is "study", "lens" or "stakeholder".
    lens : str
        Key of the lens that the weights start from.
    weights : dict
        Pillar -> (weight, criterion -> weight) over all criteria; only ratios matter.
    reasoning : str
        What the weights stand for; may be empty.
    zones : DataFrame or None
        The first zones under these weights, cut of all places and not of those of the page alone:
        head (row of `Live.places`), share, scouted. None where the page cuts its own.
    zone : ndarray (n,) or None
        Number of the zone of each place of the page among them, 0 for none.
    countries : dict of float or None
        Chance by country (ISO2) under these weights.
    """

    name: str
    kind: str
    lens: str
    weights: Tree
    reasoning: str = ""
    zones: pd.DataFrame | None = None
    zone: NDArray[np.intp] | None = None
    countries: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Live:
    """Places that the page ranks: the likeliest one by one, the others by a sample.

    Attributes
    ----------
    places : DataFrame (n)
        site_id, name, country, country_name, region_name, kind, area (name of a zone that it
        would stand for), facts (of an estate, in words), lat, lon; `estate`: whether a team can
        visit it; `crowd`: candidates near it, itself too; `weight`: how many candidates it stands
        for; `pays_from`: the price of the day from which a tonne earns its cost; `zone`: number of
        its zone under the study's own weights, 0 for none. In the order that breaks ties.
    zones : DataFrame (zones)
        Those zones in their order: head (row of `places`), share, scouted.
    criteria : tuple of Weighed
    values, raw, imputed : DataFrame (n, criteria)
        Worth; as measured, NaN where unknown; whether taken from a wider place.
    views : tuple of View
        The study's own first.
    constants : dict of float
        odds, total, zones, extent_km, scouted_km, earth_km, outline_km, most_weight, concentration,
        compared, of_ten (zones from which the first ten are spoken of): as the planner has them.
    prices : Prices
        What another price of the day would change.
    """

    places: pd.DataFrame
    zones: pd.DataFrame
    criteria: tuple[Weighed, ...]
    values: pd.DataFrame
    raw: pd.DataFrame
    imputed: pd.DataFrame
    views: tuple[View, ...]
    constants: Mapping[str, float]
    prices: prices.Prices


def payload(live: Live) -> dict[str, Any]:
    """Return what the page's script reads; `bench` holds all that a date could change."""
    keys = [criterion.key for criterion in live.criteria]
    places = live.places
    return {
        "places": {name: [plain(v) for v in places[name]] for name in PLACES},
        "criteria": [
            {"key": plain(c.key), "name": plain(c.name), "unit": plain(c.unit),
             "pillar": plain(c.pillar), "median": c.median, "inCost": c.in_cost}
            for c in live.criteria
        ],
        "views": [_view(view) for view in live.views],
        "constants": dict(live.constants),
        "prices": prices.payload(live.prices),
        "own": _zones(live.zones),
        "bench": {
            "lat": encoded(places["lat"], "<f8"), "lon": encoded(places["lon"], "<f8"),
            "estate": encoded(places["estate"], "u1"), "crowd": encoded(places["crowd"], "<i4"),
            "weight": encoded(places["weight"], "<f8"), "zone": encoded(places["zone"], "<i4"),
            "pays_from": encoded(places["pays_from"], "<f4"),
            "values": encoded(live.values[keys].to_numpy().T, "<f8"),
            "raw": encoded(live.raw[keys].to_numpy().T, "<f4"),
            "imputed": encoded(np.packbits(live.imputed[keys].to_numpy(bool).T), "u1"),
        },
    }  # fmt: skip


def _view(view: View) -> dict[str, Any]:
    weights = {
        plain(pillar): {"weight": weight, "criteria": dict(criteria)}
        for pillar, (weight, criteria) in view.weights.items()
    }
    known = None
    if view.zones is not None and view.zone is not None:
        countries = dict(view.countries or {})
        known = {**_zones(view.zones), "zone": encoded(view.zone, "<i4"), "countries": countries}
    return {"name": plain(view.name), "kind": view.kind, "lens": plain(view.lens),
            "reasoning": plain(view.reasoning), "weights": weights, "cut": known}  # fmt: skip


def _zones(zones: pd.DataFrame) -> dict[str, list[Any]]:
    return {key: zones[key].tolist() for key in ("head", "share", "scouted")}


def faults(live: Live, pillars: frozenset[str]) -> list[Fault]:
    """Return what keeps places from being ranked in the page."""
    result = []
    numbers = {"values": live.values, "places": live.places[["lat", "lon", "weight"]],
               "zones": live.zones[["share"]]}  # fmt: skip
    for name, frame in numbers.items():
        bad = ~np.isfinite(frame.to_numpy(dtype=float)).all(axis=1)
        result += [Fault(f"atlas.live.{name}", "not a number", row=int(row) + 2)
                  for row in np.flatnonzero(bad)]  # fmt: skip
    twice = live.places["site_id"][live.places["site_id"].duplicated()]
    result += [Fault("atlas.live.places", "the same site twice", column="site_id", value=str(site))
              for site in twice]  # fmt: skip
    result += [
        Fault("atlas.live.criteria", "no such pillar", column=c.key, value=c.pillar)
        for c in live.criteria
        if c.pillar not in pillars
    ]
    return result
