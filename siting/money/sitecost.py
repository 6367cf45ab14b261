"""Cost of a tonne at one place, anywhere on land: the stack, and every customer's gate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.errors import Fault, SitingError
from geodata.places import locate
from siting.market.customers import Demand, freight_to_customers
from siting.money import landed as money
from siting.money.valuation import money_table
from siting.study.study import Study
from siting.study.terms import AT_THE_GATE
from siting.world import policy
from siting.world.conditions import Conditions, conditions
from siting.world.facts import Facts
from siting.world.names import Names, choose
from siting.world.point import Point

SHOWN = 8


@dataclass(frozen=True)
class SiteCost:
    """What a tonne costs at a place, and at the gates of customers (USD/t).

    Attributes
    ----------
    place : Point
    country, region : str
        ISO codes.
    usd_per_t, low, high : float
        At the gate, with its range.
    stack : Series
        Parts of it by name; aid and credit negative; the sum is `usd_per_t`.
    moves : Series
        What each parameter moves the cost by, from its low to its high end; largest first.
    conditions : Series
        power_usd_per_mwh, gas_usd_per_mmbtu, wage_usd_per_h, country_risk_pct, grid_g_per_kwh.
    entry : float
        Chance that this investor may build there.
    money : Series
        As a row of `siting.money.valuation.money_table`: over the customers that it serves.
    customers : DataFrame
        plant_id, name, country, kt, open_kt (that it may sell to), sold (share of the output),
        freight, duty, delivered, parity, price, margin; in the order in which it serves them.
    """

    place: Point
    country: str
    region: str
    usd_per_t: float
    low: float
    high: float
    stack: pd.Series
    moves: pd.Series
    conditions: pd.Series
    entry: float
    money: pd.Series
    customers: pd.DataFrame


def cost_at(study: Study, facts: Facts, demand: Demand, place: Point) -> SiteCost:
    """Reckon the cost of the study's product at one place.

    Raises
    ------
    SitingError
        When the place lies in the sea.
    """
    area = locate([place.lat], [place.lon])
    if not area["country"].iloc[0]:
        hint = "name a place on land"
        raise SitingError(Fault("place", "lies in the open sea", hint, value=place.name))
    sites = facts["industrial_sites"]
    here_is = sites[sites["lat"].eq(place.lat) & sites["lon"].eq(place.lon)]
    kind = str(here_is["site_type"].iloc[0]) if len(here_is) else ""
    places = area.assign(lat=place.lat, lon=place.lon, site_type=kind)
    customers = freight_to_customers(demand, np.array([place.latlon]))
    here = conditions(facts["place_factors"], places, facts.as_of)
    landed = money.landed(study, facts, places, here, customers, demand)
    table = money_table(study, facts, places, landed, customers.feed_freight, customers.feedstock)
    stack = landed.stack.iloc[0].reindex(list(AT_THE_GATE))
    return SiteCost(
        place=place,
        country=str(area["country"].iloc[0]),
        region=str(area["region"].iloc[0]),
        usd_per_t=float(stack.sum()),
        low=float(landed.low[0]),
        high=float(landed.high[0]),
        stack=stack,
        moves=_moves(landed.swings.moves),
        conditions=_as_row(here),
        entry=float(policy.openness(facts.entry, places, study.investor)[0]),
        money=table.iloc[0],
        customers=_gates(landed, customers.plants),
    )


def _moves(moves: pd.DataFrame) -> pd.Series:
    first = moves.iloc[0]
    return first.reindex(first.abs().sort_values(ascending=False, kind="stable").index)


def _as_row(here: Conditions) -> pd.Series:
    return pd.Series(
        {
            "power_usd_per_mwh": here.values("power")[0],
            "gas_usd_per_mmbtu": here.values("gas")[0],
            "wage_usd_per_h": here.values("wage")[0],
            "country_risk_pct": here.values("risk")[0],
            "grid_g_per_kwh": here.values("carbon")[0],
        }
    )


def _gates(landed: money.Landed, plants: pd.DataFrame) -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "plant_id": plants["id"],
            "name": plants["name"],
            "country": plants["country"],
            "kt": plants["anode_kt"],
            "open_kt": landed.open_kt,
            "sold": landed.sold[0].astype(float),
            "freight": landed.freight[0].astype(float),
            "duty": landed.duty[0].astype(float),
            "delivered": landed.delivered()[0].astype(float),
            "parity": landed.gates["parity"].to_numpy(),
            "price": landed.gates["price"].to_numpy(),
            "margin": landed.margin_at(0),
        }
    )
    # as the plan serves them: those that it may sell to, by freight and duty
    transport = (landed.freight[0] + landed.duty[0]).astype(float)
    rows = rows.assign(transport=transport, shut=landed.open_kt == 0)[rows["kt"].gt(0)]
    rows = rows.sort_values(["shut", "transport"], kind="stable")
    return rows.drop(columns=["shut", "transport"]).reset_index(drop=True)


def one_a_country(customers: pd.DataFrame) -> pd.DataFrame:
    """Return the first customer of each country, in the same order."""
    return customers.drop_duplicates("country").reset_index(drop=True)


def customer_named(text: str, customers: pd.DataFrame) -> pd.DataFrame:
    """Return the customer that a user names, by id, name, part of it or town, as a frame of one.

    Raises
    ------
    SitingError
        When no customer known on the date is called that, with the nearest names; when several
        are, with the words that pick each.
    """
    otherwise = "siting data show gigafactories lists them; it must buy anode on the date"
    names = Names(customers.rename(columns={"plant_id": "id"}))
    row = choose(names, text, "customer", "no such customer", otherwise)
    return customers.iloc[[row]].reset_index(drop=True)
