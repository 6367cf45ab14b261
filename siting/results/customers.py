"""The customers of a site in the order in which it serves them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from siting.freight.freight import Route, itineraries
from siting.model.plan import Plan

CUSTOMERS_SHOWN = 8
PLANT = ["id", "name", "country", "lat", "lon", "anode_kt"]


def customers_of(plan: Plan, position: int, most: int = CUSTOMERS_SHOWN) -> pd.DataFrame:
    """Return the customers of a candidate in the order in which it serves them, with the route.

    Returns
    -------
    DataFrame
        plant_id, name, country, lat, lon, kt, open_kt (that it may sell to), sold (share of its
        output), usd_per_t (freight), km, modes, duty, parity (the landed Chinese tonne), price and
        margin of a tonne sold there (USD/t).
    """
    customers = served(plan, position, most)
    lat, lon = (float(plan.places[name].iloc[position]) for name in ("lat", "lon"))
    routes = itineraries(
        *plan.demand.ways,
        (lat, lon),
        customers[["lat", "lon"]].to_numpy(float),
        most_usd=1.001 * customers["usd_per_t"].max() + 1.0,  # the field is in single precision
    )
    at = list(customers).index("duty")
    customers.insert(at, "km", [route.km for route in routes])
    customers.insert(at + 1, "modes", [modes(route) for route in routes])
    return customers


def served(plan: Plan, position: int, most: int = CUSTOMERS_SHOWN) -> pd.DataFrame:
    """Return `customers_of` without km and modes, which take a search of the ways."""
    money = plan.measures.landed
    near = money.customers(np.array([position]), most)[0]
    plants = plan.demand.plants[PLANT].iloc[near].reset_index(drop=True)
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
            "usd_per_t": plan.customers.freight[position, near].astype(float),
            "duty": money.duty[position, near].astype(float),
            "parity": money.gates["parity"].to_numpy(dtype=float)[near],
            "price": money.gates["price"].to_numpy(dtype=float)[near],
            "margin": money.margin_at(position)[near],
        }
    )


def modes(route: Route) -> str:
    """Say a route's legs in words: "road 210 km, sea 1,480 km"."""
    return ", ".join(f"{leg.mode} {leg.km:,.0f} km" for leg in route.legs if leg.km >= 1)


def customers_in_words(plan: Plan) -> list[str]:
    """Return the three customers that the site of each zone serves first, with the freight."""
    freight = plan.customers.freight[plan.zones.head]
    near = plan.measures.landed.customers(plan.zones.head, 3)
    names = plan.demand.plants["name"].to_numpy()
    return [
        ";".join(f"{names[i]} ({row[i]:.0f} USD/t)" for i in nearest)
        for nearest, row in zip(near, freight, strict=True)
    ]
