"""The ranked list: the best of each siting zone, with all that a planner asks of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.places import country_name
from geodata.sphere import great_circle_km
from siting.freight.freight import Route, itineraries
from siting.market.customers import coordinates
from siting.model.front import front, price_rank
from siting.model.plan import Plan, advantages, country_chances, weighed
from siting.model.scoring import odds
from siting.model.zones import ESTATES, SCOUTED_KM, zone_names
from siting.results.shared import Shared, shared_of
from siting.study.criteria import CRITERIA, PILLARS
from siting.support.text import distinct
from siting.world.candidates import COLUMNS

UNIT_SUFFIX = {
    "kt/y": "kt_per_y",
    "M cars/y": "m_cars_per_y",
    "USD/t": "usd_per_t",
    "USD/MWh": "usd_per_mwh",
    "USD/h": "usd_per_h",
    "USD/car": "usd_per_car",
    "USD bn": "usd_bn",
    "points/y": "points_per_y",
    "g/kWh": "g_per_kwh",
    "thousand": "thousand",
    "MW": "mw",
    "works": "works",
    "km": "km",
    "year": "year",
    "%": "pct",
    "WGI": "wgi",
    "LPI 1-5": "lpi",
    "0-1": "",
}
SITE_FACTS = (
    "operator", "site_type", "status", "area_ha_available", "grid_mw_available", "power_note",
    "port", "rail", "gas", "special_regime", "notable_tenants", "population",
)  # fmt: skip
USD = {  # column of the list -> of the money table
    "gate_cost": "gate", "gate_cost_low": "low", "gate_cost_high": "high",
    "landed_chinese_tonne": "parity", "price_paid": "price", "margin": "margin",
    "pays_from": "pays_from", "pays_after_tax_from": "pays_after_tax_from",
}  # fmt: skip
CUSTOMERS_SHOWN = 8
RUNNERS_UP_SHOWN = 5
DECIMALS = 6  # of a share


def column_of(criterion: str) -> str:
    """Return the column of a criterion's raw value: its name and its unit."""
    suffix = UNIT_SUFFIX[CRITERIA[criterion].unit]
    has_it = not suffix or criterion.endswith(f"_{suffix}")
    return criterion if has_it else f"{criterion}_{suffix}"


def pillar_odds(plan: Plan) -> pd.DataFrame:
    """Return ln of what each pillar multiplies the odds by against the median place (n, pillars).

    The sum over the `advantages` of its criteria; 0 for a pillar that weighs nothing.
    """
    ahead = advantages(plan)
    return pd.DataFrame(
        {
            pillar: ahead[[c for c in weighed(plan) if CRITERIA[c].pillar == pillar]].sum(axis=1)
            for pillar in PILLARS
        }
    )


def ranked_sites(plan: Plan, shared: Shared | None = None) -> pd.DataFrame:
    """Return one row a siting zone, best first; `shared` saves time where it is at hand.

    Returns
    -------
    DataFrame
        rank, zone and the site that stands for it, shares, odds against the median place, raw
        criteria with their units, parts of the delivered cost, completeness, nearest customers,
        laws, and what the sources add.
    """
    shared = shared or shared_of(plan)
    head = plan.zones.head
    sites = plan.places.iloc[head].reset_index(drop=True)
    criteria = weighed(plan)
    imputed = plan.measures.imputed[criteria].iloc[head].reset_index(drop=True)
    estates = estates_of(plan).groupby("zone")["name"].agg(";".join)
    others = runners_up(plan).groupby("zone")["name"].agg(";".join)
    numbers = range(1, len(head) + 1)
    columns: dict[str, object] = {
        "rank": np.arange(1, len(head) + 1),
        "zone": zone_names(plan.places, plan.zones),
        "site_id": sites["site_id"],
        "name": sites["name"],
        "kind": sites["kind"],
        "country": sites["country"],
        "country_name": sites["country"].map(country_name),
        "region": sites["region"],
        "lat": sites["lat"].astype(float).round(5),
        "lon": sites["lon"].astype(float).round(5),
        **_shares(plan),
        "archetype": shared.archetype,
        "place_rank": plan.rank[head],
        "zone_places": np.bincount(plan.zones.zone, minlength=len(head) + 1)[1:],
        "estates": [estates.get(number, "") for number in numbers],
        "runners_up": [others.get(number, "") for number in numbers],
        **_confidence(plan),
        **_odds(plan, head),
    }
    for criterion in criteria:
        raw = plan.measures.raw[criterion].to_numpy(dtype=float)[head]
        columns[column_of(criterion)] = raw.round(3)
    for part, usd in plan.measures.stack.iloc[head].round(0).items():
        columns[f"cost_{part}_usd_per_t"] = usd.to_numpy()
    columns |= _money(plan, shared.money)
    columns["criteria_known"] = (~imputed).sum(axis=1)
    columns["criteria_total"] = len(criteria)
    columns["criteria_imputed"] = [";".join(imputed.columns[row]) for row in imputed.to_numpy(bool)]
    columns["customers"] = _customers_text(plan)
    named = shared.laws.groupby("nth")["zone_id"].agg(";".join)
    columns["laws"] = [named.get(nth, "") for nth in range(len(head))]
    listed = pd.DataFrame(columns)
    own_file = plan.study.candidates.file is not None
    further = [str(c) for c in sites if c not in COLUMNS and (c in SITE_FACTS or own_file)]
    return listed.join(sites[further].set_axis(distinct(further, map(str, listed)), axis=1))


def _shares(plan: Plan) -> dict[str, object]:
    """Return the share of each zone and its country, and where its site stands among all places."""
    head, drawn = plan.zones.head, {}
    if plan.confidence is not None:
        table = plan.confidence.table[["share_low", "share_high"]]
        drawn = {str(name): column.to_numpy().round(DECIMALS) for name, column in table.items()}
    country = plan.places["country"].iloc[head].map(country_chances(plan))
    return {
        "share": plan.zones.share.round(DECIMALS),
        **drawn,
        "country_share": country.to_numpy().round(DECIMALS),
        "scouted": np.where(plan.zones.scouted, "yes", "no"),
        "odds_vs_median": shown_odds(advantages(plan).sum(axis=1).to_numpy()[head]),
        "percentile": plan.percentile[head].round(DECIMALS),
    }


def _odds(plan: Plan, head: NDArray[np.intp]) -> dict[str, object]:
    """Return the odds against the median place by pillar that weighs, and by criterion."""
    ahead = advantages(plan)
    pillars = pillar_odds(plan)[list(dict.fromkeys(CRITERIA[c].pillar for c in weighed(plan)))]
    return {
        f"odds_{key}": shown_odds(column.to_numpy()[head])
        for frame in (pillars, ahead)
        for key, column in frame.items()
    }


def shown_odds(ln: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return odds of their ln, to four digits that count: 0.0003 is not 0."""
    return np.array([float(f"{factor:.4g}") for factor in np.exp(ln)])


def _confidence(plan: Plan) -> dict[str, NDArray[np.float64]]:
    """Return how often the zone is first and among the first ten, and its rank in the draws."""
    if plan.confidence is None:
        return {}
    table = plan.confidence.table
    return {
        "p_first": table["p_first"].round(4).to_numpy(),
        "p_top10": table["p_top10"].round(4).to_numpy(),
        "rank_expected": table["expected_rank"].round(1).to_numpy(),
        "rank_low": table["rank_low"].to_numpy(),
        "rank_high": table["rank_high"].to_numpy(),
    }


def _money(plan: Plan, money: pd.DataFrame) -> dict[str, NDArray[Any]]:
    """Return the cost at the gate with its range, what the customers pay, and whether it pays."""
    zones, pays_from = plan.zones, money["pays_from"].to_numpy()
    usd = {f"{name}_usd_per_t": money[key].round().to_numpy() for name, key in USD.items()}
    return {
        **usd,
        "chance_it_pays": money["pays"].round(DECIMALS).to_numpy(),
        "price_rank": price_rank(pays_from),
        "front": np.where(front(zones.share, pays_from, zones.scouted), "yes", "no"),
        "npv_musd": money["npv_musd"].round(1).to_numpy(),
        "irr_pct": money["irr_pct"].round(1).to_numpy(),
        "carbon_t_per_t": money["carbon_t_per_t"].round(2).to_numpy(),
    }


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
    at = others["position"].to_numpy()
    against = plan.utility[at] - plan.utility[head[others["zone"].to_numpy() - 1]]
    named = _in_zones(plan, at, ("kind",))
    return named.assign(odds=odds(against))


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
    at, zone = _next_door(plan, np.flatnonzero(named), own)
    estates = _in_zones(plan, np.concatenate([own, at]), ("lat", "lon", *facts),
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
    at: NDArray[np.intp],
    more: Sequence[str],
    zone: NDArray[np.intp] | None = None,
) -> pd.DataFrame:
    """Return places with the number of their zone and how far they lie from its site."""
    zone = plan.zones.zone[at] if zone is None else zone
    places = plan.places.iloc[at].reset_index(drop=True)
    heads = plan.places.iloc[plan.zones.head[zone - 1]].reset_index(drop=True)
    km = great_circle_km(*coordinates(heads).T, *coordinates(places).T)
    identity = places[["site_id", "name", "country", *more]]
    return identity.assign(zone=zone, head_id=heads["site_id"], km_away=km)


def customers_of(plan: Plan, position: int, most: int = CUSTOMERS_SHOWN) -> pd.DataFrame:
    """Return the customers of a candidate in the order in which it serves them, with the route.

    Returns
    -------
    DataFrame
        plant_id, name, country, lat, lon, kt, open_kt (that it may sell to), sold (share of its
        output), usd_per_t (freight), km, modes, duty, parity (the landed Chinese tonne), price and
        margin of a tonne sold there (USD/t).
    """
    money = plan.measures.landed
    near = money.customers(np.array([position]), most)[0]
    plants = plan.demand.plants.iloc[near].reset_index(drop=True)
    site = plan.places.iloc[position]
    freight = plan.customers.freight[position, near].astype(float)
    routes = itineraries(
        *plan.demand.ways,
        (float(site["lat"]), float(site["lon"])),
        plants[["lat", "lon"]].to_numpy(float),
        most_usd=1.001 * freight.max() + 1.0,  # the field is in single precision
    )
    return pd.DataFrame(
        {
            "plant_id": plants["id"],
            "name": plants["name"],
            "country": plants["country"],
            "lat": plants["lat"].astype(float),
            "lon": plants["lon"].astype(float),
            "kt": plants["anode_kt"],
            "open_kt": money.open_kt[near],
            "sold": money.sold[position, near].astype(float),
            "usd_per_t": freight,
            "km": [route.km for route in routes],
            "modes": [modes(route) for route in routes],
            "duty": money.duty[position, near].astype(float),
            "parity": money.gates["parity"].to_numpy(dtype=float)[near],
            "price": money.gates["price"].to_numpy(dtype=float)[near],
            "margin": money.margin_at(position)[near],
        }
    )


def modes(route: Route) -> str:
    """Say a route's legs in words: "road 210 km, sea 1,480 km"."""
    return ", ".join(f"{leg.mode} {leg.km:,.0f} km" for leg in route.legs if leg.km >= 1)


def _customers_text(plan: Plan) -> list[str]:
    freight = plan.customers.freight[plan.zones.head]
    near = plan.measures.landed.customers(plan.zones.head, 3)
    names = plan.demand.plants["name"].to_numpy()
    return [
        ";".join(f"{names[i]} ({row[i]:.0f} USD/t)" for i in nearest)
        for nearest, row in zip(near, freight, strict=True)
    ]
