"""Raw values of every criterion at every candidate, and where each number comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.geometry import layer
from geodata.network import RAIL, Network
from geodata.places import factor_at
from siting import access, cost, market, policy
from siting.criteria import CRITERIA
from siting.customers import Customers
from siting.facts import Facts
from siting.study import Study

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

POWER, DAY_AHEAD = "industrial_electricity_usd_per_mwh", "day_ahead_price_usd_per_mwh"
RISK_FACTOR = "country_risk_premium_pct"
# How far a power price is taken at its word, by the confidence of its source (judgement).
TRUST = {"A": 1.0, "B": 0.85, "C": 0.6}
WORKFORCE_KM = 50.0  # an hour to work
RAIL_AT_GATE_KM = 1.0


@dataclass(frozen=True)
class Measures:
    """Raw values and their provenance; frames of shape (n, criteria).

    Attributes
    ----------
    raw : DataFrame of float
        In the units of `siting.criteria`.
    level : DataFrame of str
        "computed", or the place the number was read for: zone, region, country, world_region,
        world, site.
    imputed : DataFrame of bool
        Taken from a wider place than the country.
    stack : DataFrame (n, parts)
        Parts of the delivered cost (USD/t).
    openness : ndarray (n,)
        Chance that this investor may build there.
    duty_by_customer : ndarray (m,)
        Duty on Chinese anode at each customer (%).
    """

    raw: pd.DataFrame
    level: pd.DataFrame
    imputed: pd.DataFrame
    stack: pd.DataFrame
    openness: Floats
    duty_by_customer: Floats


class _Sheet:
    """Collects one column after another with its provenance."""

    def __init__(self, n: int) -> None:
        self.raw = pd.DataFrame(index=range(n))
        self.level = pd.DataFrame(index=range(n))
        self.imputed = pd.DataFrame(index=range(n))

    def put(self, name: str, value: Floats, level: Any = "computed", imputed: Any = False) -> None:
        self.raw[name], self.level[name], self.imputed[name] = value, level, imputed

    def put_factor(self, name: str, read: pd.DataFrame) -> None:
        self.put(name, *(read[c].to_numpy() for c in ("value", "level", "imputed")))


def measure(
    study: Study, facts: Facts, places: pd.DataFrame, customers: Customers, network: Network
) -> Measures:
    """Measure every criterion.

    Parameters
    ----------
    study : Study
    facts : Facts
    places : DataFrame (n)
        Candidates with lat, lon, country, region, zone.
    customers : Customers
        Demand, rivals and carmakers, with the freight from each place.
    network : Network
        Knows the railways.
    """
    sheet = _Sheet(len(places))
    _market(sheet, study, customers)
    _place(sheet, facts, places)
    _ways(sheet, places, network)
    duty = _policy(sheet, study, facts, places, customers)
    stack = _cost(sheet, study, facts, places, customers)
    openness = policy.openness(facts.laws, places, study.investor)
    order = list(CRITERIA)
    return Measures(
        sheet.raw[order], sheet.level[order], sheet.imputed[order], stack, openness, duty
    )


def _market(sheet: _Sheet, study: Study, customers: Customers) -> None:
    reach, freight = study.reach, customers.freight
    demand = customers.plants["anode_kt"].to_numpy(dtype=float)
    left = customers.plants["unserved_kt"].to_numpy(dtype=float)
    kin = demand * customers.plants["owner_hq_country"].eq(study.investor).to_numpy()
    cars = customers.carmakers["pull_m"].to_numpy(dtype=float)
    near = reach.customers_usd_per_t
    sheet.put("accessible_demand", market.accessibility(freight, demand, near))
    sheet.put("unserved_demand", market.accessibility(freight, left, near))
    sheet.put("compatriot_cells", market.accessibility(freight, kin, reach.compatriots_usd_per_t))
    sheet.put(
        "automaker_pull",
        market.accessibility(customers.car_freight, cars, reach.carmakers_usd_per_t),
    )


def _place(sheet: _Sheet, facts: Facts, places: pd.DataFrame) -> None:
    for name, factor in (
        ("grid_carbon", "grid_carbon_g_per_kwh"),
        ("wage", "manufacturing_wage_usd_per_h"),
        ("logistics", "logistics_performance_index"),
        ("net_zero_year", "co2_net_zero_year"),
    ):
        sheet.put_factor(name, factor_at(facts["place_factors"], factor, places, facts.as_of))
    sheet.put_factor("power_price", _power(facts, places))
    sheet.put_factor("governance", _governance(facts, places))


def _power(facts: Facts, places: pd.DataFrame) -> pd.DataFrame:
    """Industrial price of the region or country, in a bidding zone with the zone's own spread.

    A price that is poorly known is not taken at its word: it is drawn towards the median country
    by how little its source is worth (`TRUST`), so that no doubtful bargain wins the world.
    """
    factors = facts["place_factors"]
    price = factor_at(factors, POWER, places, facts.as_of)
    spread = _zone_spread(factors, facts, places)
    inside = np.isfinite(spread)
    price.loc[inside, "value"] += spread[inside]
    price.loc[inside, "level"] = "zone"
    trust = price["confidence"].map(TRUST).to_numpy(dtype=float)
    everywhere = factor_at(factors, POWER, _countries(), facts.as_of)
    middle = float(everywhere.loc[~everywhere["imputed"].to_numpy(bool), "value"].median())
    return price.assign(value=trust * price["value"] + (1.0 - trust) * middle)


def _zone_spread(factors: pd.DataFrame, facts: Facts, places: pd.DataFrame) -> Floats:
    """Day-ahead price of a place's bidding zone over the mean of its country's zones (n,)."""
    rows = factors[factors["factor"].eq(DAY_AHEAD)]
    mean = rows["value"].astype(float).groupby(rows["iso2"]).mean()
    zonal = factor_at(factors, DAY_AHEAD, places, facts.as_of)
    own = zonal["value"].to_numpy(dtype=float) - places["country"].map(mean).to_numpy(dtype=float)
    return np.where(zonal["level"].eq("zone").to_numpy(), own, np.nan)


def _governance(facts: Facts, places: pd.DataFrame) -> pd.DataFrame:
    """Mean of the two World Governance Indicators; where unknown, read off the risk premium.

    The premium of sovereign ratings covers more countries than our extract of the indicators:
    a straight line of governance on ln(1 + premium) over all countries that have both.
    """
    value, known, premium, rated = _governance_and_risk(facts, _countries())
    line = np.polyfit(premium[known & rated], value[known & rated], 1)
    value, known, premium, rated = _governance_and_risk(facts, places)
    read = factor_at(facts["place_factors"], "regulatory_quality_wgi", places, facts.as_of)
    return read.assign(value=np.where(~known & rated, np.polyval(line, premium), value))


def _governance_and_risk(facts: Facts, places: pd.DataFrame) -> tuple[Floats, Bools, Floats, Bools]:
    """Return governance and ln(1 + risk premium) at places, each with where it is known (n,)."""
    stability, quality, risk = (
        factor_at(facts["place_factors"], factor, places, facts.as_of)
        for factor in ("political_stability_wgi", "regulatory_quality_wgi", RISK_FACTOR)
    )
    return (
        ((stability["value"] + quality["value"]) / 2).to_numpy(dtype=float),
        ~quality["imputed"].to_numpy(dtype=bool),
        np.log1p(risk["value"].to_numpy(dtype=float)),
        ~risk["imputed"].to_numpy(dtype=bool),
    )


def _countries() -> pd.DataFrame:
    """Return every country as a place, for what is learnt from all of them."""
    countries = sorted(set(layer("countries")["country"]) - {""})
    return pd.DataFrame({"country": countries, "region": "", "zone": ""})


def _ways(sheet: _Sheet, places: pd.DataFrame, network: Network) -> None:
    """Way to a seaport and a railway, at the gate where a named site says so; people around."""
    points = places[["lat", "lon"]].to_numpy(dtype=float)
    ports = layer("ports")[["lat", "lon"]].to_numpy(dtype=float)
    sheet.put("port_km", access.nearest_km(points, ports))
    towns = layer("towns")
    people = access.sum_within(
        points,
        towns[["lat", "lon"]].to_numpy(dtype=float),
        towns["population"].to_numpy(dtype=float) / 1000.0,
        WORKFORCE_KM,
    )
    sheet.put("workforce", people)
    track = network.mode == RAIL
    km = access.nearest_km(points, np.column_stack([network.lat[track], network.lon[track]]))
    said = places["rail"].eq("y").to_numpy(bool) if "rail" in places else np.zeros(len(km), bool)
    sheet.put("rail_km", np.where(said, RAIL_AT_GATE_KM, km), np.where(said, "site", "computed"))


def _policy(
    sheet: _Sheet, study: Study, facts: Facts, places: pd.DataFrame, customers: Customers
) -> Floats:
    laws, enacted, investor = facts.laws, facts.enacted, study.investor
    groups, trade = facts["country_groups"], facts["trade_access"]
    pull = enacted[enacted["role"].ne("explain")]
    support = pull[
        pull["theme"].eq("purchase_support") & pull["unit"].str.startswith("usd_per_veh")
    ]
    wave = pull[pull["theme"].eq("investment_wave")]
    fleet = pull[pull["theme"].isin(policy.DEMAND_LAWS)]
    affinity = policy.home_affinity(places, investor, groups, trade, facts.as_of)
    sheet.put("targeted_aid", policy.targeted_aid(laws, places, investor, study.product))
    sheet.put("home_affinity", affinity)
    sheet.put("duty_free_reach", policy.duty_free_reach(places, groups, trade, facts.as_of))
    sheet.put("origin_rule", policy.origin_rule(pull, places, investor))
    sheet.put("fleet_standard", policy.present(fleet, places))
    sheet.put("purchase_support", policy.strongest(support, "magnitude", places))
    sheet.put("investment_wave", policy.present(wave, places))
    duty = policy.duty_on_chinese_anode(laws, customers.plants, study.product)
    demand = customers.plants["anode_kt"].to_numpy(dtype=float)
    near = study.reach.customers_usd_per_t
    reached = market.accessibility(customers.freight, demand, near)
    dutied = market.accessibility(customers.freight, demand * duty, near)
    sheet.put(
        "import_duty", np.divide(dutied, reached, out=np.zeros_like(reached), where=reached > 0)
    )
    return duty


def _cost(
    sheet: _Sheet, study: Study, facts: Facts, places: pd.DataFrame, customers: Customers
) -> pd.DataFrame:
    tonnes = cost.recipe(study.product, facts["anode_economics"])
    demand = customers.plants["anode_kt"].to_numpy(dtype=float)
    inputs = cost.Inputs(
        power_usd_per_mwh=sheet.raw["power_price"].to_numpy(),
        wage_usd_per_h=sheet.raw["wage"].to_numpy(),
        risk_premium=_risk(facts, places),
        aid_share=policy.aid(facts.laws, places, study.investor, study.product),
        feedstock_usd_per_t=cost.feedstock_at_gate(
            customers.feed_freight, customers.feedstock, tonnes
        ),
        freight_usd_per_t=market.mean_freight(customers.freight, demand, study.capacity_ktpa),
    )
    stack = cost.cost_stack(inputs, study.investor, study.product, facts["anode_economics"])
    imputed = sheet.imputed["power_price"] | sheet.imputed["wage"]
    sheet.put("delivered_cost", stack.sum(axis=1).to_numpy(), "computed", imputed.to_numpy())
    return stack


def _risk(facts: Facts, places: pd.DataFrame) -> Floats:
    """Country risk premium (share a year); an unrated country takes the median of its region."""
    rated = factor_at(facts["place_factors"], RISK_FACTOR, places, facts.as_of)
    return np.asarray(rated["value"].to_numpy(dtype=float) / 100.0)
