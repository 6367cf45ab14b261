"""The places beside the one that stands for a siting zone: its estates and its next best places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.sphere import great_circle_km
from siting.market.customers import coordinates
from siting.model.plan import Plan, once_a_plan
from siting.model.scoring import odds
from siting.model.zones import ESTATES, SCOUTED_KM
from siting.results.columns import SITE_FACTS

RUNNERS_UP_SHOWN = 5


def runners_up(plan: Plan) -> pd.DataFrame:
    """Return the next best places of each zone.

    Returns
    -------
    DataFrame
        zone (its number), head_id (the site that stands for it), site_id, name, kind, country,
        odds (of the place against that site) and km_away.
    """
    head = plan.zones.head
    zone = plan.zones.zone[plan.order]
    members = pd.DataFrame({"position": plan.order, "zone": zone})[zone > 0]
    others = members[~members["position"].isin(head)].groupby("zone").head(RUNNERS_UP_SHOWN)
    others = others.sort_values("zone", kind="stable")
    positions = others["position"].to_numpy()
    against = plan.utility[positions] - plan.utility[head[others["zone"].to_numpy() - 1]]
    named = _in_zones(plan, positions, ("kind",))
    return named.assign(odds=odds(against))


@once_a_plan
def estates_of(plan: Plan) -> pd.DataFrame:
    """Return every named site of each zone, by name: between them no public data chooses.

    A zone without one of its own has those of the next zones that lie near its site.

    Returns
    -------
    DataFrame
        zone (its number), head_id (the site that stands for it), site_id, name, country, lat, lon,
        km_away from it, and of `SITE_FACTS` those that the sources have.
    """
    named = plan.places["kind"].isin(ESTATES).to_numpy()
    facts = [fact for fact in SITE_FACTS if fact in plan.places]
    own = np.flatnonzero(named & (plan.zones.zone > 0))
    near, zone = _next_door(plan, np.flatnonzero(named), own)
    estates = _in_zones(plan, np.concatenate([own, near]), ("lat", "lon", *facts),
                        np.concatenate([plan.zones.zone[own], zone]))  # fmt: skip
    return estates.sort_values(["zone", "name", "site_id"], ignore_index=True)


def _next_door(
    plan: Plan, named: NDArray[np.intp], own: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the named sites near the site of each zone that has none of its own, and the zone."""
    has = np.zeros(len(plan.zones.head) + 1, dtype=bool)
    has[plan.zones.zone[own]] = True
    zones = np.flatnonzero(plan.zones.scouted & ~has[1:])
    heads, sites = plan.places.iloc[plan.zones.head[zones]], plan.places.iloc[named]
    one, other = (coordinates(frame).T for frame in (heads, sites))
    km = great_circle_km(one[0][:, None], one[1][:, None], *other[:, None, :])
    home = heads["country"].to_numpy()[:, None] == sites["country"].to_numpy()
    row, column = np.nonzero((km <= SCOUTED_KM) & home)
    return named[column], zones[row] + 1


def _in_zones(
    plan: Plan,
    positions: NDArray[np.intp],
    more: Sequence[str],
    zone: NDArray[np.intp] | None = None,
) -> pd.DataFrame:
    """Return places with the number of their zone and how far they lie from its site."""
    zone = plan.zones.zone[positions] if zone is None else zone
    places = plan.places.iloc[positions].reset_index(drop=True)
    heads = plan.places.iloc[plan.zones.head[zone - 1]].reset_index(drop=True)
    km = great_circle_km(*coordinates(heads).T, *coordinates(places).T)
    identity = places[["site_id", "name", "country", *more]]
    return identity.assign(zone=zone, head_id=heads["site_id"], km_away=km)
