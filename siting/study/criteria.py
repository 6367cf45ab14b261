"""The registry of criteria: pillar, unit, anchors and where the anchors come from.

The raw values are measured by `siting.model.measure`; a criterion here is only what it means and
what it is worth.
"""

from __future__ import annotations

from dataclasses import dataclass

from geodata.language import tr
from siting.study.terms import NATIONALITIES
from siting.study.values import ValueFunction

PILLARS: dict[str, str] = {
    "ties": "Nearby plants of compatriots",
    "market": "Market",
    "cost": "Cost",
    "energy": "Energy",
    "policy": "Policy and governance",
    "surroundings": "Surroundings",
}


def pillar_names(investor: str) -> dict[str, str]:
    """Return the pillars as an investor from a country (ISO2) calls them."""
    names = {key: tr(name) for key, name in PILLARS.items()}
    if nationality := NATIONALITIES.get(investor):
        names["ties"] = tr("Nearby {nationality} plants", nationality=tr(nationality))
    return names


@dataclass(frozen=True)
class Criterion:
    """One thing a site is judged by.

    Attributes
    ----------
    name, unit : str
        As shown to a reader.
    pillar : str
        Key of `PILLARS`.
    value : ValueFunction
        Fixed anchors.
    source : str
        Where the anchors come from.
    in_delivered_cost : bool
        Whether its money is already in the delivered cost, so that both are never in one tree.
        The power price may: it stands for power that is firm and abundant, not for its money.
    """

    name: str
    unit: str
    pillar: str
    value: ValueFunction
    source: str
    in_delivered_cost: bool = False


def _linear(worst: float, best: float) -> ValueFunction:
    return ValueFunction(worst, best)


def _unclipped(worst: float, best: float) -> ValueFunction:
    return ValueFunction(worst, best, "unclipped")


def _half_at(half: float) -> ValueFunction:
    return ValueFunction(0.0, half, "saturating")


CRITERIA: dict[str, Criterion] = {
    "tie": Criterion(
        "Works or home of the owner", "0-1", "ties", _linear(0.0, 1.0),
        "1 where the owner is at home, or it or a partner has works or a mine (Davidson 1980; "
        "Kogut 1983; Mataloni 2007); 0 elsewhere: allies earn nothing",
    ),
    "compatriots": Criterion(
        "Nearest works of compatriots", "km", "ties", ValueFunction(0.0, 50.0, "nearness"),
        "1 / (1 + d / 50 km) to battery works of the same home known on the date (Head, Ries and "
        "Swenson 1995)",
    ),
    "accessible_demand": Criterion(
        "Customers in reach", "kt/y", "market", _half_at(20.0),
        "half the value at a third of a 60 kt/y plant (PL-SIZE)",
    ),
    "unserved_demand": Criterion(
        "Unserved demand in reach", "kt/y", "market", _half_at(10.0),
        "half the value at a sixth of a 60 kt/y plant (PL-SIZE)",
    ),
    "automaker_pull": Criterion(
        "Carmakers in reach", "M cars/y", "market", _half_at(0.5),
        "half the value at one large works of 500,000 cars a year",
    ),
    "compatriot_cells": Criterion(
        "Cell makers of the same home", "kt/y", "market", _half_at(10.0),
        "half the value at about 10 GWh of cells (INT-NMC, INT-LFP)",
    ),
    "delivered_cost": Criterion(
        "Delivered cost", "USD/t", "cost", _unclipped(5000.0, 2500.0),
        "0 at twice the Chinese export price, 1 a little under it, and on beyond both: most plants "
        "stand where a tonne costs more than the first (PX-CIF, OX-CN)",
    ),
    "margin": Criterion(
        "Margin", "USD/t", "cost", _linear(-2500.0, 500.0),
        "what its customers pay less delivered cost: from a plant that costs twice that to "
        "one that earns a sixth of it",
        in_delivered_cost=True,
    ),
    "served_demand": Criterion(
        "Demand served below parity", "kt/y", "cost", _half_at(60.0),
        "half the value at the output of a 60 kt/y plant (PL-SIZE)",
        in_delivered_cost=True,
    ),
    "openness": Criterion(
        "Chance of entry", "0-1", "policy", ValueFunction(0.02, 1.0, "logarithmic"),
        "ln of the product of 1 - refusal over the entry rules in force: a chance of refusal "
        "multiplies the odds; less than one in fifty counts as that",
    ),
    "governance": Criterion(
        "Governance", "WGI", "policy", _linear(-1.0, 1.5),
        "mean of political stability and regulatory quality, World Bank WGI scale (Henisz 2000: "
        "sunk capital keeps away from states that may break their word)",
    ),
    "targeted_aid": Criterion(
        "Aid aimed at the product", "USD/t", "policy", _linear(0.0, 600.0),
        "30 % of the annuity on 15,300 USD per t/y (CA-CTM-ITC, CX-VIA-CA, FIN-RATE)",
        in_delivered_cost=True,
    ),
    "home_affinity": Criterion(
        "Home or allied country", "0-1", "policy", _linear(0.1, 1.0),
        "home 1, same bloc 0.7, ally 0.5, free trade 0.3, else 0.1 (judgement)",
    ),
    "duty_free_reach": Criterion(
        "Duty-free reach", "0-1", "policy", _linear(0.0, 1.0),
        "half for free access to the EU, half for free access to the US (trade_access)",
        in_delivered_cost=True,
    ),
    "import_dependence": Criterion(
        "Demand left to imports", "0-1", "market", _linear(0.0, 1.0),
        "share of the demand in reach that works outside China, running or planned, leave: none to "
        "all of it",
    ),
    "market_growth": Criterion(
        "Growth of plug-in car sales", "points/y", "market", _linear(0.0, 10.0),
        "points of new cars a year in the customers' countries, over three years; Germany 2019 to "
        "2022: 9.3 (IEA)",
    ),
    "import_duty": Criterion(
        "Duty on Chinese anode", "%", "policy", _linear(0.0, 25.0),
        "Section 301, 25 % (US-301-SYN), in the markets in reach",
    ),
    "origin_rule": Criterion(
        "Chinese origin shut out", "0-1", "policy", _linear(0.0, 1.0),
        "share of the demand in reach that a rule closes to a Chinese tonne and leaves open to "
        "this investor's, made outside China (US-30D-FEOC-CM, US-45X-MACR)",
    ),
    "fleet_standard": Criterion(
        "Fleet CO2 or ZEV law", "0-1", "policy", _linear(0.0, 1.0),
        "a fleet CO2 standard or zero-emission mandate (Reg. (EU) 2019/631 and its like)",
    ),
    "purchase_support": Criterion(
        "Purchase support", "USD/car", "policy", _linear(0.0, 7500.0),
        "the former US credit of 7,500 USD (US-30D)",
    ),
    "investment_wave": Criterion(
        "Investment programme", "USD bn", "policy", _linear(0.0, 300.0),
        "investment announced in the country in the year after a law; 300 as the trade press "
        "counted it (US-IRA-WAVE)",
    ),
    "net_zero_year": Criterion(
        "Net-zero year", "year", "policy", _linear(2060.0, 2035.0),
        "from China's year to Finland's, the earliest in law (FI-NZ2035)",
    ),
    "power_price": Criterion(
        "Power price", "USD/MWh", "energy", _linear(150.0, 30.0),
        "Germany to the cheapest hydropower; firm power, beyond its money in the delivered cost",
    ),
    "grid_carbon": Criterion(
        "Grid carbon", "g/kWh", "energy", _linear(700.0, 0.0),
        "range of the table: India 713, Nordic zones near 25",
    ),
    "logistics": Criterion(
        "Logistics", "LPI 1-5", "surroundings", _linear(2.0, 4.2),
        "World Bank LPI 2023, from its lower tenth to its top",
    ),
    "port_km": Criterion(
        "Distance to a seaport", "km", "surroundings", _linear(300.0, 20.0),
        "a day's return trip by truck to a port-side site (judgement)",
    ),
    "rail_km": Criterion(
        "Distance to a railway", "km", "surroundings", _linear(50.0, 2.0),
        "an hour's drayage to a siding at the gate (judgement)",
    ),
    "workforce": Criterion(
        "People within 50 km", "thousand", "surroundings", _half_at(100.0),
        "550 jobs of a 50 kt/y plant (LB-BTR) are half a per cent of 100,000 people",
    ),
    "grid_strength": Criterion(
        "Power stations within 100 km", "MW", "surroundings", _half_at(700.0),
        "half the value at eleven times the 63 MW that 50 kt/y draw (EL-BOX, EL-AUX, 8,760 h): a "
        "single load is commonly held under a tenth of the capacity that feeds it (judgement)",
    ),
    "carbon_works": Criterion(
        "Carbon works within 100 km", "works", "surroundings", _half_at(1.0),
        "half the value at one works of electrodes, pitch or coke: people, suppliers and permits "
        "of a related trade (Neffke, Henning and Boschma 2011)",
    ),
    "wage": Criterion(
        "Manufacturing wage", "USD/h", "surroundings", _linear(50.0, 3.0),
        "range of the table: the US and Norway to Indonesia",
        in_delivered_cost=True,
    ),
}  # fmt: skip


def value_function(name: str, own: tuple[float, float] | None = None) -> ValueFunction:
    """Return the value function of a criterion, with a study's own (worst, best) if any."""
    standard = CRITERIA[name].value
    return ValueFunction(*own, standard.shape) if own else standard
