"""What each column of the results holds: words, unit, decimals; once, for every output."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from siting.study.criteria import CRITERIA, PILLARS
from siting.study.terms import COST_PARTS

TIMES, USD, SHARE, YES_NO = "times", "USD/t", "0-1", "yes/no"
MEDIAN = "Odds against the median place"
DRAWN = {  # column of the sites -> of `siting.model.plan.Confidence.table`
    "share_low": "share_low", "share_high": "share_high", "p_first": "p_first",
    "p_top10": "p_top10", "rank_expected": "expected_rank", "rank_low": "rank_low",
    "rank_high": "rank_high",
}  # fmt: skip
BARRED = {  # columns of the places that may not be built on, in words
    "site_id": "Site id", "name": "Name", "kind": "Kind of place", "country": "Country",
    "region": "Region", "lat": "Latitude, degrees", "lon": "Longitude, degrees",
    "rule_id": "Rule id", "rule": "Why it is excluded", "admitted_if": "Admitted if",
}  # fmt: skip
UNLISTED = ("region_name", "delivered_usd_per_t")  # of the sites, not in the ranked list
ODDS_DIGITS = 4  # that count: 0.0003 is not 0
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


@dataclass(frozen=True)
class Column:
    """What a column of a result holds.

    Attributes
    ----------
    words : str
    unit : str
        Of its numbers, "" for none; "yes/no" is a truth value in a table.
    decimals : int or None
        To which a file rounds it; None leaves it as it is. Odds are rounded to `ODDS_DIGITS`.
    """

    words: str
    unit: str = ""
    decimals: int | None = None

    def __str__(self) -> str:
        return f"{self.words} ({self.unit})" if self.unit else self.words


def known(columns: Iterable[str]) -> dict[str, Column]:
    """Return what is known of the columns; a column that the user brought is not in it."""
    return {column: COLUMNS[column] for column in columns if column in COLUMNS}


def column_of(criterion: str) -> str:
    """Return the column of a criterion's raw value: its name and its unit."""
    suffix = UNIT_SUFFIX[CRITERIA[criterion].unit]
    has_it = not suffix or criterion.endswith(f"_{suffix}")
    return criterion if has_it else f"{criterion}_{suffix}"


def as_written(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table as a file holds it: rounded, truth values as "yes" and "no"."""
    return frame.assign(
        **{key: _written(frame[key], of) for key, of in known(map(str, frame)).items()}
    )


def _written(cells: pd.Series, of: Column) -> pd.Series:
    if of.unit == YES_NO:
        return cells.map({True: "yes", False: "no"})
    if of.unit == TIMES:
        return cells.map(lambda odds: float(f"{odds:.{ODDS_DIGITS}g}"))
    return cells if of.decimals is None else cells.astype(float).round(of.decimals)


_SITE = {
    "rank": Column("Rank of the zone, a cluster of nearby sites"),
    "zone": Column("Zone, by its largest town"),
    "zone_rank": Column("Rank of the zone it lies in; 0 for none"),
    "site_id": Column("Key of the site"),
    "name": Column("Name"),
    "kind": Column("Kind of place"),
    "country": Column("Country", "ISO 3166-1 alpha-2"),
    "country_name": Column("Country in words"),
    "region": Column("Region", "ISO 3166-2"),
    "region_name": Column("Region in words"),
    "city": Column("Town"),
    "lat": Column("Latitude", "degrees", 5),
    "lon": Column("Longitude", "degrees", 5),
    "share": Column("Chance of the next plant: the zone", SHARE, 6),
    "share_low": Column("Chance of the zone in the what-if runs, low end of 90 %", SHARE, 6),
    "share_high": Column("Chance of the zone in the what-if runs, high end of 90 %", SHARE, 6),
    "country_share": Column("Chance of the next plant: the country", SHARE, 6),
    "chance": Column("Chance of the place among all places", SHARE, 9),
    "score": Column("Score U, of which differences count", decimals=6),
    "scouted": Column("Whether an estate is known within 50 km of its likeliest place", YES_NO),
    "odds_vs_median": Column(MEDIAN, TIMES),
    "percentile": Column("Share of the places compared that rank below", SHARE, 6),
    "archetype": Column("Kind of site: those alike in profile"),
    "place_rank": Column("Rank among all places"),
    "zone_places": Column("Places of the zone"),
    "estates": Column("Named sites of the zone by alphabet; their order means nothing"),
    "runners_up": Column("Next best places of the zone"),
    "km_away": Column("Distance from the site that stands for the zone", "km", 1),
    "p_first": Column("Share of the what-if runs in which it is first", SHARE, 4),
    "p_top10": Column(
        "Share of the runs with it among the first ten; of 20 zones or more", SHARE, 4
    ),
    "rank_expected": Column("Mean rank in the what-if runs", decimals=1),
    "rank_low": Column("Rank in the what-if runs, low end of 90 %"),
    "rank_high": Column("Rank in the what-if runs, high end of 90 %"),
    "criteria_known": Column("Criteria known at the place itself"),
    "criteria_total": Column("Criteria that weigh"),
    "criteria_imputed": Column("Criteria taken from a wider place"),
    "customers": Column("Customers that it serves first, with freight"),
    "laws": Column("Laws in force that apply, by key"),
    "rule_id": Column("Key of the rule that excludes it"),
    "rule": Column("Rule that excludes it"),
    "admitted_if": Column("What would admit it"),
}
_MONEY = {
    "gate_cost_usd_per_t": Column("Cost of a tonne at the gate", USD, 0),
    "gate_cost_low_usd_per_t": Column("Cost at the gate, low", USD, 0),
    "gate_cost_high_usd_per_t": Column("Cost at the gate, high", USD, 0),
    "delivered_usd_per_t": Column("Cost of a delivered tonne, duty paid", USD, 0),
    "landed_chinese_tonne_usd_per_t": Column("Landed Chinese tonne at the customers", USD, 0),
    "price_paid_usd_per_t": Column("Price that the customers pay", USD, 0),
    "margin_usd_per_t": Column("Price that the customers pay less the delivered cost", USD, 0),
    "pays_from_usd_per_t": Column(
        "Price of the day outside China from which it pays, before tax", USD, 0
    ),
    "pays_after_tax_from_usd_per_t": Column(
        "Price at its customers at which the net present value is 0, after tax and ramp-up", USD, 0
    ),
    "npv_musd": Column("Net present value after tax of the plant over 15 years", "million USD", 1),
    "irr_pct": Column("Internal rate of return; blank where money is never back", "% a year", 1),
    "carbon_t_per_t": Column("CO2e of the power a tonne takes", "t/t", 2),
    "price_rank": Column("Rank by the price from which it pays, among the zones listed"),
    "front": Column(
        "Whether no other zone listed has both a larger chance and a lower price", YES_NO
    ),
    "chance_it_pays": Column("Chance that it pays at the price of the day", SHARE, 6),
}
_PLANTS = {
    "id": Column("Key of the plant"),
    "owner": Column("Owner"),
    "owner_hq_country": Column("Home of the owner", "ISO 3166-1 alpha-2"),
    "owner_group": Column("Group of the owner"),
    "brand": Column("Brand"),
    "chemistry": Column("Chemistry of the cells"),
    "product": Column("Product"),
    "start_year": Column("Start", "year"),
    "capacity_gwh": Column("Capacity in the demand year", "GWh/y"),
    "anode_kt": Column("Anode demand expected", "kt/y", 3),
    "unserved_kt": Column("Demand that rivals leave", "kt/y"),
    "capacity_vehicles_per_year": Column("Capacity", "vehicles/y"),
    "ev_output_status": Column("Electric cars built"),
    "pull_m": Column("Cars that pull cells", "M cars/y"),
    "capacity_ktpa_now": Column("Capacity now", "kt/y"),
    "capacity_ktpa_2030": Column("Capacity planned for 2030", "kt/y"),
    "supply_kt": Column("Supply expected", "kt/y"),
    "coord_precision": Column("Precision of the coordinates"),
    "source": Column("Source"),
    "as_of": Column("As known on"),
    "confidence": Column("Confidence: A primary, B secondary, C estimate"),
}
_PLACED = {
    "cluster": Column("Demand cluster, by tonnes"),
    "kt": Column("Anode demand of the cluster", "kt/y"),
    "gwh": Column("Capacity of the cluster", "GWh/y"),
    "plants": Column("Gigafactories of the cluster"),
    "radius_km": Column("Furthest plant from the centre", "km"),
    "plant_id": Column("Key of the customer"),
    "plant": Column("Customer"),
    "plant_country": Column("Country of the customer", "ISO 3166-1 alpha-2"),
    "order": Column("Order in which it is served, by freight and duty"),
    "freight_usd_per_t": Column("Freight by road, rail and sea", USD, 2),
    "duty_usd_per_t": Column("Duty of the customer's market", USD, 2),
    "great_circle_km": Column("Length of the line, not of the route", "km", 1),
}
_FACT_WORDS = {
    "operator": Column("Operator"),
    "site_type": Column("Type of site"),
    "status": Column("Status"),
    "area_ha_available": Column("Land available", "ha"),
    "grid_mw_available": Column("Grid power available", "MW"),
    "power_note": Column("Power"),
    "port": Column("Port"),
    "rail": Column("Railway at the site", "y/n"),
    "gas": Column("Gas at the site", "y/n"),
    "special_regime": Column("Special regime"),
    "notable_tenants": Column("Tenants"),
    "population": Column("People of the town"),
}
COLUMNS: dict[str, Column] = {
    **_SITE,
    **{f"odds_{key}": Column(f"{MEDIAN}, pillar {name}", TIMES) for key, name in PILLARS.items()},
    **{f"odds_{key}": Column(f"{MEDIAN}, {c.name}", TIMES) for key, c in CRITERIA.items()},
    **{column_of(key): Column(c.name, c.unit, 3) for key, c in CRITERIA.items()},
    **{f"cost_{key}_usd_per_t": Column(f"Cost: {part.name}", USD, 0)
       for key, part in COST_PARTS.items()},
    **_MONEY,
    **_PLANTS,
    **_PLACED,
    **{key: _FACT_WORDS[key] for key in SITE_FACTS},
}  # fmt: skip
