"""The ranked list: the best of each siting zone, with all that a planner asks of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.places import country_names, great_circle_km
from siting.freight.freight import Route, itineraries
from siting.market.customers import coordinates
from siting.market.market import nearest_customers
from siting.model.plan import Plan, weighed
from siting.model.scoring import LOSSES
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
    "g/kWh": "g_per_kwh",
    "share of capex": "share_of_capex",
    "thousand": "thousand",
    "MW": "mw",
    "works": "",
    "km": "",
    "year": "",
    "%": "pct",
    "WGI": "wgi",
    "LPI 1-5": "lpi",
    "0-1": "",
}
SITE_FACTS = (
    "operator", "site_type", "status", "area_ha_available", "grid_mw_available", "power_note",
    "port", "rail", "gas", "special_regime", "notable_tenants", "population",
)  # fmt: skip
CUSTOMERS_SHOWN = 8
RUNNERS_UP_SHOWN = 5


def column_of(criterion: str) -> str:
    """Return the column of a criterion's raw value: its name and its unit."""
    suffix = UNIT_SUFFIX[CRITERIA[criterion].unit]
    return f"{criterion}_{suffix}" if suffix else criterion


def pillar_points(plan: Plan) -> pd.DataFrame:
    """Points of each pillar and loss (n, pillars + losses); rows sum to 100 x score."""
    points = {
        pillar: plan.parts[
            [c for c in plan.parts if c in CRITERIA and CRITERIA[c].pillar == pillar]
        ]
        .sum(axis=1)
        .to_numpy()
        for pillar in PILLARS
    }
    return 100 * pd.DataFrame({**points, **{loss: plan.parts[loss].to_numpy() for loss in LOSSES}})


def ranked_sites(plan: Plan, shared: Shared | None = None) -> pd.DataFrame:
    """Return one row a siting zone, best first; `shared` saves time where it is at hand.

    Returns
    -------
    DataFrame
        rank, site, place, score with its split, raw criteria with their units, parts of the
        delivered cost, completeness, nearest customers, laws, and what the sources add.
    """
    shared = shared or shared_of(plan)
    head = plan.zones.head
    sites = plan.places.iloc[head].reset_index(drop=True)
    criteria = weighed(plan)
    imputed = plan.measures.imputed[criteria].iloc[head].reset_index(drop=True)
    columns: dict[str, object] = {
        "rank": np.arange(1, len(head) + 1),
        "site_id": sites["site_id"],
        "name": sites["name"],
        "kind": sites["kind"],
        "country": sites["country"],
        "country_name": sites["country"].map(country_names()),
        "region": sites["region"],
        "lat": sites["lat"].astype(float).round(5),
        "lon": sites["lon"].astype(float).round(5),
        "score": (100 * plan.score[head]).round(2),
        "leading_strategy": plan.shares.iloc[head].idxmax(axis=1).to_numpy(),
        "archetype": shared.archetype,
        "place_rank": plan.rank[head],
        "zone_places": _zone_sizes(plan),
        "runners_up": _runners_up_text(plan),
    }
    columns |= _confidence(plan)
    for name, strategy in plan.strategies.items():
        columns[f"score_{name}"] = (100 * strategy.score[head]).round(2)
    for key, points in pillar_points(plan).iloc[head].round(2).items():
        columns[f"points_{key}"] = points.to_numpy()
    for criterion in criteria:
        raw = plan.measures.raw[criterion].to_numpy(dtype=float)[head]
        columns[column_of(criterion)] = raw.round(3)
    for part, usd in plan.measures.stack.iloc[head].round(0).items():
        columns[f"cost_{part}_usd_per_t"] = usd.to_numpy()
    columns |= _money(plan, head)
    columns["criteria_known"] = (~imputed).sum(axis=1)
    columns["criteria_total"] = len(criteria)
    columns["criteria_imputed"] = [";".join(imputed.columns[row]) for row in imputed.to_numpy(bool)]
    columns["nearest_customers"] = _customers_text(plan)
    named = shared.laws.groupby("nth")["zone_id"].agg(";".join)
    columns["laws"] = [named.get(nth, "") for nth in range(len(head))]
    listed = pd.DataFrame(columns)
    own_file = plan.study.candidates.file is not None
    further = [str(c) for c in sites if c not in COLUMNS and (c in SITE_FACTS or own_file)]
    return listed.join(sites[further].set_axis(distinct(further, map(str, listed)), axis=1))


def _confidence(plan: Plan) -> dict[str, NDArray[np.float64]]:
    """Return how often the site is first and among the first ten, and its rank in the draws."""
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


def _money(plan: Plan, head: NDArray[np.intp]) -> dict[str, NDArray[np.float64]]:
    """Return the cost at the gate with its range, and what the customers pay."""
    money, outcome = plan.measures.landed, plan.measures.outcome.iloc[head]
    usd = {
        "gate_cost": money.cost[head],
        "gate_cost_low": money.low[head],
        "gate_cost_high": money.high[head],
        "landed_chinese_tonne": outcome["parity"].to_numpy(),
        "price_paid": outcome["price"].to_numpy(),
        "margin_over_chinese_tonne": outcome["margin"].to_numpy(),
    }
    return {f"{name}_usd_per_t": np.round(values) for name, values in usd.items()}


def runners_up(plan: Plan) -> pd.DataFrame:
    """Return the next best places of each zone.

    Returns
    -------
    DataFrame
        zone, head_id (the site that stands for the zone), site_id, name, kind, country, score,
        km_away.
    """
    head = plan.zones.head
    zone = plan.zones.zone[plan.order]
    members = pd.DataFrame({"position": plan.order, "zone": zone})[zone > 0]
    others = members[~members["position"].isin(head)].groupby("zone").head(RUNNERS_UP_SHOWN)
    others = others.sort_values("zone", kind="stable")
    of_zone = others["zone"].to_numpy()
    to = plan.places.iloc[others["position"]].reset_index(drop=True)
    at = plan.places.iloc[head[of_zone - 1]].reset_index(drop=True)
    return pd.DataFrame(
        {
            "zone": of_zone,
            "head_id": at["site_id"],
            **{column: to[column] for column in ("site_id", "name", "kind", "country")},
            "score": 100 * plan.score[others["position"]],
            "km_away": great_circle_km(*coordinates(at).T, *coordinates(to).T),
        }
    )


def customers_of(plan: Plan, position: int, most: int = CUSTOMERS_SHOWN) -> pd.DataFrame:
    """Return the customers that are cheapest to reach from a candidate, with the way to them.

    Returns
    -------
    DataFrame
        plant_id, name, country, lat, lon, kt, usd_per_t (freight), km, modes, duty, parity (the
        landed Chinese tonne) and margin of a tonne sold there (USD/t).
    """
    money = plan.measures.landed
    demand = plan.demand.plants["anode_kt"].to_numpy(dtype=float)
    near = nearest_customers(plan.customers.freight[[position]], demand, most)[0]
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
            "usd_per_t": freight,
            "km": [route.km for route in routes],
            "modes": [modes(route) for route in routes],
            "duty": money.duty[position, near].astype(float),
            "parity": money.gates["parity"].to_numpy(dtype=float)[near],
            "margin": money.margin_at(position)[near],
        }
    )


def modes(route: Route) -> str:
    """Say a route's legs in words: "road 210 km, sea 1,480 km"."""
    return ", ".join(f"{leg.mode} {leg.km:,.0f} km" for leg in route.legs if leg.km >= 1)


def _zone_sizes(plan: Plan) -> NDArray[np.intp]:
    return np.bincount(plan.zones.zone, minlength=len(plan.zones.head) + 1)[1:]


def _runners_up_text(plan: Plan) -> list[str]:
    names = runners_up(plan).groupby("zone")["name"].agg(";".join)
    return [names.get(number, "") for number in range(1, len(plan.zones.head) + 1)]


def _customers_text(plan: Plan) -> list[str]:
    demand = plan.demand.plants["anode_kt"].to_numpy(dtype=float)
    freight = plan.customers.freight[plan.zones.head]
    near = nearest_customers(freight, demand, 3)
    names = plan.demand.plants["name"].to_numpy()
    return [
        ";".join(f"{names[i]} ({row[i]:.0f} USD/t)" for i in nearest)
        for nearest, row in zip(near, freight, strict=True)
    ]
