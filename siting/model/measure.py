"""Raw values of every criterion at every candidate, and where each number comes from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from geodata.factors import factor_at
from geodata.geometry import layer
from geodata.network import RAIL, Network
from geodata.places import distinct
from siting.market import access, market
from siting.market.compatriots import battery_works, nearest_works_km
from siting.market.customers import Customers, Demand
from siting.market.growth import share_growth
from siting.market.owner import footholds
from siting.model.measures import Measures, joined
from siting.money.landed import Landed, landed
from siting.study.criteria import CRITERIA
from siting.study.study import Study
from siting.support import blocks
from siting.support.blocks import Rows
from siting.world import policy, pull
from siting.world.conditions import RISK, Conditions, conditions, every_country
from siting.world.facts import Facts

Bools = NDArray[np.bool_]

WORKFORCE_KM = 50.0  # an hour to work
GRID_KM = 100.0  # a new line of the high-voltage grid is rarely longer (judgement)
WORKS_KM = 100.0  # people and suppliers of a trade share a region (judgement)
RAIL_AT_GATE_KM = 1.0


class _Sheet:
    """Collects one criterion after another with its provenance, for the same n places."""

    def __init__(self) -> None:
        self.raw: dict[str, Floats] = {}
        self.level: dict[str, Any] = {}
        self.imputed: dict[str, Any] = {}

    def put(self, name: str, value: Floats, level: Any = "computed", imputed: Any = False) -> None:
        self.raw[name], self.level[name], self.imputed[name] = value, level, imputed

    def put_factor(self, name: str, read: pd.DataFrame) -> None:
        self.put(name, *(read[c].to_numpy() for c in ("value", "level", "imputed")))

    def put_each(self, few: _Sheet, which: NDArray[np.int64]) -> None:
        """Take over what was read for a few places, of which the rows are `which`."""
        for own, values in zip(vars(self).values(), vars(few).values(), strict=True):
            own |= {n: v[which] if isinstance(v, np.ndarray) else v for n, v in values.items()}


def measure(
    study: Study, facts: Facts, places: pd.DataFrame, customers: Customers, demand: Demand
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
    demand : Demand
        The same plants, their freight field, and the network that knows the railways.
    """
    if customers.in_memory:
        return _measured(study, facts, places, customers, demand)

    def some(rows: Rows) -> Measures:
        here = places.iloc[rows].reset_index(drop=True)
        return _measured(study, facts, here, customers.take(rows), demand)

    every = np.arange(len(places))
    parts = (some(every[rows]) for rows in blocks.blocks(len(places), blocks.PLACES))
    return joined(parts, blocks.remembered(lambda rows: some(rows).landed))


def _measured(
    study: Study, facts: Facts, places: pd.DataFrame, customers: Customers, demand: Demand
) -> Measures:
    """Measure places whose freight is at hand."""
    sheet, around = _Sheet(), _Sheet()
    # thousands of places share a region: the facts of a region are read once
    few, which = distinct(places, "country", "region", "zone")
    here = conditions(facts["place_factors"], few, facts.as_of)
    _place(around, facts, few, here)
    _policy(around, study, facts, few)
    sheet.put_each(around, which)
    local = here.take(which)
    money = landed(study, facts, places, local, customers, demand)
    outcome = money.outcome()
    _market(sheet, study, customers, money)
    _pull(sheet, study, facts, customers)
    _ways(sheet, places, demand.ways[0])
    _grid(sheet, facts, places)
    _money(sheet, money, outcome)
    openness = policy.openness(facts.entry, few, study.investor)[which]
    sheet.put("openness", openness)
    works = battery_works(facts, study.investor)
    points = places[["lat", "lon"]].to_numpy(dtype=float)
    sheet.put("compatriots", nearest_works_km(points, works))
    raw, level, imputed = (
        pd.DataFrame({name: part[name] for name in CRITERIA}, index=range(len(places)), dtype=kind)
        for part, kind in ((sheet.raw, float), (sheet.level, object), (sheet.imputed, bool))
    )
    return Measures(raw, level, imputed, money, outcome)


def _market(sheet: _Sheet, study: Study, customers: Customers, money: Landed) -> None:
    reach, freight = study.reach, customers.freight
    demand = customers.plants["anode_kt"].to_numpy(dtype=float)
    left = customers.plants["unserved_kt"].to_numpy(dtype=float)
    dutied = demand * 100.0 * money.gates["duty_rate"].to_numpy(dtype=float)
    kin = demand * customers.plants["owner_hq_country"].eq(study.investor).to_numpy()
    cars = customers.carmakers["pull_m"].to_numpy(dtype=float)
    weights = np.column_stack([demand, left, dutied])  # together, for their freight is the same
    reached, unserved, duty = market.accessibility(freight, weights, reach.customers_usd_per_t).T
    sheet.put("accessible_demand", reached)
    sheet.put("unserved_demand", unserved)
    sheet.put("import_duty", _per(duty, reached))
    sheet.put("import_dependence", _per(unserved, reached))
    sheet.put("compatriot_cells", market.accessibility(freight, kin, reach.compatriots_usd_per_t))
    sheet.put(
        "automaker_pull",
        market.accessibility(customers.car_freight, cars, reach.carmakers_usd_per_t),
    )


def _pull(sheet: _Sheet, study: Study, facts: Facts, customers: Customers) -> None:
    """Measure what pulls at the customers in reach: growing sales, rules on origin."""
    plants = customers.plants
    growth = share_growth(facts["place_factors"], list(plants["country"]), facts.as_of)
    gained = policy.origin_rule(
        pull.weighing(facts.enacted), plants, study.investor, facts.product(study)
    )
    each = np.column_stack([np.ones(len(plants)), growth, gained])
    weights = each * plants["anode_kt"].to_numpy(dtype=float)[:, None]
    reach = study.reach.customers_usd_per_t
    reached, grown, freed = market.accessibility(customers.freight, weights, reach).T
    sheet.put("market_growth", _per(grown, reached))
    sheet.put("origin_rule", _per(freed, reached))


def _per(part: Floats, whole: Floats) -> Floats:
    """Return a mean over the demand in reach; 0 where there is none."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _place(sheet: _Sheet, facts: Facts, places: pd.DataFrame, local: Conditions) -> None:
    factors = facts["place_factors"]
    sheet.put_factor("power_price", local.power)
    sheet.put_factor("wage", local.wage)
    sheet.put_factor("grid_carbon", local.carbon)
    for name, factor in (
        ("logistics", "logistics_performance_index"),
        ("net_zero_year", "co2_net_zero_year"),
    ):
        sheet.put_factor(name, factor_at(factors, factor, places, facts.as_of))
    sheet.put_factor("governance", _governance(facts, places))


def _governance(facts: Facts, places: pd.DataFrame) -> pd.DataFrame:
    """Mean of the two World Governance Indicators; where unknown, read off the risk premium.

    The premium of sovereign ratings covers more countries than our extract of the indicators:
    a straight line of governance on ln(1 + premium) over all countries that have both.
    """
    value, known, premium, rated = _governance_and_risk(facts, every_country())
    line = np.polyfit(premium[known & rated], value[known & rated], 1)
    value, known, premium, rated = _governance_and_risk(facts, places)
    read = factor_at(facts["place_factors"], "regulatory_quality_wgi", places, facts.as_of)
    return read.assign(value=np.where(~known & rated, np.polyval(line, premium), value))


def _governance_and_risk(facts: Facts, places: pd.DataFrame) -> tuple[Floats, Bools, Floats, Bools]:
    """Return governance and ln(1 + risk premium) at places, each with where it is known (n,)."""
    stability, quality, risk = (
        factor_at(facts["place_factors"], factor, places, facts.as_of)
        for factor in ("political_stability_wgi", "regulatory_quality_wgi", RISK)
    )
    return (
        ((stability["value"] + quality["value"]) / 2).to_numpy(dtype=float),
        ~quality["imputed"].to_numpy(dtype=bool),
        np.log1p(risk["value"].to_numpy(dtype=float)),
        ~risk["imputed"].to_numpy(dtype=bool),
    )


def _ways(sheet: _Sheet, places: pd.DataFrame, network: Network) -> None:
    """Measure the way to a seaport and a railway, at the gate where a site says so; people."""
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
    spur = places["rail"].eq("y").to_numpy(bool) if "rail" in places else np.zeros(len(km), bool)
    sheet.put("rail_km", np.where(spur, RAIL_AT_GATE_KM, km), np.where(spur, "site", "computed"))


def _grid(sheet: _Sheet, facts: Facts, places: pd.DataFrame) -> None:
    """Power stations and carbon works around, of those that run by the date or may."""
    points = places[["lat", "lon"]].to_numpy(dtype=float)
    stations = facts["power_stations"]
    running = stations[~stations["start_year"].gt(facts.as_of.year)]
    megawatts = access.sum_within(
        points,
        running[["lat", "lon"]].to_numpy(dtype=float),
        running["capacity_mw"].to_numpy(dtype=float),
        GRID_KM,
    )
    sheet.put("grid_strength", megawatts)
    works = facts["carbon_works"]
    year = facts.as_of.year
    works = works[~works["start_year"].gt(year) & ~works["end_year"].lt(year)]
    near = access.sum_within(
        points, works[["lat", "lon"]].to_numpy(dtype=float), np.ones(len(works)), WORKS_KM
    )
    sheet.put("carbon_works", near)


def _policy(sheet: _Sheet, study: Study, facts: Facts, places: pd.DataFrame) -> None:
    investor = study.investor
    groups, trade = facts["country_groups"], facts["trade_access"]
    owned = footholds(study.owner, facts)
    tied = places["country"].isin([investor, *owned]).to_numpy()
    sheet.put("tie", tied.astype(float))
    affinity = policy.home_affinity(places, investor, groups, trade, facts.as_of, owned)
    sheet.put("home_affinity", affinity)
    sheet.put("duty_free_reach", policy.duty_free_reach(places, groups, trade, facts.as_of))
    for criterion in pull.AT_PLACES:
        sheet.put(criterion, pull.strength(facts.enacted, criterion, places))


def _money(sheet: _Sheet, money: Landed, outcome: pd.DataFrame) -> None:
    imputed = sheet.imputed["power_price"] | sheet.imputed["wage"]
    sheet.put("targeted_aid", money.aimed_aid)
    sheet.put("delivered_cost", outcome["delivered"].to_numpy(), "computed", imputed)
    sheet.put("margin", outcome["margin"].to_numpy(), "computed", imputed)
    sheet.put("served_demand", money.served_kt(), "computed", imputed)
