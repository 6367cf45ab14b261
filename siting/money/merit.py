"""The merit order of a customer: who could serve it, from the cheapest to the dearest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from siting.market.customers import Demand, coordinates, freight_to_customers
from siting.money.landed import Landed, landed
from siting.money.sitecost import customer_named
from siting.study.study import Study
from siting.world.candidates import known_then
from siting.world.conditions import conditions
from siting.world.facts import Facts
from siting.world.located import located

NAMES = ["site_id", "name", "country"]


def named_sites(study: Study, facts: Facts, demand: Demand) -> tuple[pd.DataFrame, Landed]:
    """Return the named sites that may hold a plant on the date, and their money.

    Sites of the home market and of countries that are out on the date are left out.
    """
    sites = known_then(facts["industrial_sites"], facts.as_of)
    sites = sites[~sites["country"].isin(list(facts.closed))].reset_index(drop=True)
    areas = located(sites)
    places = sites[["site_id", "name"]].join(areas).assign(lat=sites["lat"], lon=sites["lon"])
    here = conditions(facts["place_factors"], places, facts.as_of)
    seen = freight_to_customers(demand, coordinates(places))
    return places, landed(study, facts, places, here, seen, demand)


def merit_at(
    study: Study, facts: Facts, demand: Demand, customer: str
) -> tuple[dict[str, Any], pd.DataFrame]:
    """Return a customer's gate and the named sites in order of delivered cost.

    Returns
    -------
    gate : dict
        plant_id, name, country, kt, parity, price.
    sites : DataFrame
        See `merit_order`.

    Raises
    ------
    SitingError
        When no customer known on the date is called that.
    """
    places, money = named_sites(study, facts, demand)
    plants = demand.plants.rename(columns={"id": "plant_id", "anode_kt": "kt"})
    plants = plants.assign(parity=money.gates["parity"], price=money.gates["price"])
    wanted = customer_named(customer, plants[plants["kt"].gt(0)])["plant_id"].iloc[0]
    column = int(np.flatnonzero(plants["plant_id"].eq(wanted))[0])
    keys = ["plant_id", "name", "country", "kt", "parity", "price"]
    gate = {str(k): v for k, v in plants[keys].iloc[column].items()}
    return gate, merit_order(money, column, places[NAMES], study.capacity_ktpa)


def merit_order(
    money: Landed, customer: int, names: pd.DataFrame, capacity_ktpa: float
) -> pd.DataFrame:
    """Return the sites from the cheapest to the dearest at one customer's gate.

    Parameters
    ----------
    money : Landed
    customer : int
        Position among the customers.
    names : DataFrame (n)
        What to keep of the sites, such as site_id, name, country.
    capacity_ktpa : float
        Of each plant, for the cumulated output.

    Returns
    -------
    DataFrame (n)
        names, then cost, freight, duty, delivered, margin (USD/t) and kt_before, the output of
        all cheaper sites.
    """
    rows = names.reset_index(drop=True).assign(
        cost=money.cost,
        freight=money.freight[:, customer].astype(float),
        duty=money.duty[:, customer].astype(float),
    )
    rows["delivered"] = rows["cost"] + rows["freight"] + rows["duty"]
    rows["margin"] = float(money.gates["price"].iloc[customer]) - rows["delivered"]
    first = [c for c in ("delivered", "site_id") if c in rows]
    rows = rows.sort_values(first, kind="stable").reset_index(drop=True)
    return rows.assign(kt_before=capacity_ktpa * np.arange(len(rows), dtype=float))
