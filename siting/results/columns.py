"""What each column of the results says, in words with its unit: once, for every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maps.layers import COST_PARTS
from siting.results.tables import SITE_FACTS, column_of
from siting.study.criteria import CRITERIA, PILLARS

TIMES, USD, SHARE = "times", "USD/t", "0-1"
MEDIAN = "Odds against the median place"


@dataclass(frozen=True)
class Meaning:
    """What a column holds: words, and the unit of its numbers ("" for none)."""

    words: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.words} ({self.unit})" if self.unit else self.words


def meanings(columns: Iterable[str]) -> dict[str, Meaning]:
    """Return what is known of the columns; a column that the user brought is not in it."""
    return {column: MEANINGS[column] for column in columns if column in MEANINGS}


_SITE = {
    "rank": Meaning("Rank of the siting zone"),
    "zone": Meaning("Siting zone, by its largest town"),
    "zone_rank": Meaning("Rank of the siting zone it lies in; 0 for none"),
    "site_id": Meaning("Key of the site"),
    "name": Meaning("Name"),
    "kind": Meaning("Kind of place"),
    "country": Meaning("Country", "ISO 3166-1 alpha-2"),
    "country_name": Meaning("Country in words"),
    "region": Meaning("Region", "ISO 3166-2"),
    "city": Meaning("Town"),
    "lat": Meaning("Latitude", "degrees"),
    "lon": Meaning("Longitude", "degrees"),
    "share": Meaning("Share of the chances that the zone holds", SHARE),
    "share_low": Meaning("Share in the draws, low end of 90 %", SHARE),
    "share_high": Meaning("Share in the draws, high end of 90 %", SHARE),
    "country_share": Meaning("Share of the chances that the country holds", SHARE),
    "chance": Meaning("Chance of the place among all places", SHARE),
    "scouted": Meaning("Whether an estate is known within 50 km of its likeliest place", "yes/no"),
    "odds_vs_median": Meaning(MEDIAN, TIMES),
    "percentile": Meaning("Share of the places compared that rank below", SHARE),
    "archetype": Meaning("Archetype: sites alike in profile"),
    "place_rank": Meaning("Rank among all places"),
    "zone_places": Meaning("Places of the siting zone"),
    "estates": Meaning("Named sites of the zone by alphabet; their order means nothing"),
    "runners_up": Meaning("Next best places of the zone"),
    "km_away": Meaning("Distance from the site that stands for the zone", "km"),
    "p_first": Meaning("Chance of the first rank", SHARE),
    "p_top10": Meaning("Chance of the first ten", SHARE),
    "rank_expected": Meaning("Mean rank in the draws"),
    "rank_low": Meaning("Rank in the draws, low end of 90 %"),
    "rank_high": Meaning("Rank in the draws, high end of 90 %"),
    "criteria_known": Meaning("Criteria known at the place itself"),
    "criteria_total": Meaning("Criteria that weigh"),
    "criteria_imputed": Meaning("Criteria taken from a wider place"),
    "customers": Meaning("Customers that it serves first, with freight"),
    "laws": Meaning("Laws in force that apply, by key"),
    "rule_id": Meaning("Key of the rule that bars"),
    "rule": Meaning("Rule that bars"),
    "admitted_if": Meaning("What would admit it"),
}
_MONEY = {
    "gate_cost_usd_per_t": Meaning("Cost of a tonne at the gate", USD),
    "gate_cost_low_usd_per_t": Meaning("Cost at the gate, low", USD),
    "gate_cost_high_usd_per_t": Meaning("Cost at the gate, high", USD),
    "landed_chinese_tonne_usd_per_t": Meaning("Landed Chinese tonne at the customers", USD),
    "price_paid_usd_per_t": Meaning("Price that the customers pay", USD),
    "margin_usd_per_t": Meaning("Price that the customers pay less the delivered cost", USD),
    "pays_from_usd_per_t": Meaning("Price of the day outside China from which it pays", USD),
    "pays_after_tax_from_usd_per_t": Meaning(
        "Price at its customers at which the net present value is 0, after tax and ramp-up", USD
    ),
    "npv_musd": Meaning("Net present value after tax of the plant over 15 years", "million USD"),
    "irr_pct": Meaning("Internal rate of return; blank where money is never back", "% a year"),
    "carbon_t_per_t": Meaning("CO2e of the power a tonne takes", "t/t"),
    "price_rank": Meaning("Rank by the price from which it pays, among the zones listed"),
    "front": Meaning("Whether no other zone listed has both a larger share and a lower price"),
    "chance_it_pays": Meaning("Chance that it pays at the price of the day", SHARE),
}
_PLANTS = {
    "id": Meaning("Key of the plant"),
    "owner": Meaning("Owner"),
    "owner_hq_country": Meaning("Home of the owner", "ISO 3166-1 alpha-2"),
    "owner_group": Meaning("Group of the owner"),
    "brand": Meaning("Brand"),
    "chemistry": Meaning("Chemistry of the cells"),
    "product": Meaning("Product"),
    "start_year": Meaning("Start", "year"),
    "capacity_gwh": Meaning("Capacity in the demand year", "GWh/y"),
    "anode_kt": Meaning("Anode demand expected", "kt/y"),
    "unserved_kt": Meaning("Demand that rivals leave", "kt/y"),
    "capacity_vehicles_per_year": Meaning("Capacity", "vehicles/y"),
    "ev_output_status": Meaning("Electric cars built"),
    "pull_m": Meaning("Cars that pull cells", "M cars/y"),
    "capacity_ktpa_now": Meaning("Capacity now", "kt/y"),
    "capacity_ktpa_2030": Meaning("Capacity planned for 2030", "kt/y"),
    "supply_kt": Meaning("Supply expected", "kt/y"),
    "coord_precision": Meaning("Precision of the coordinates"),
    "source": Meaning("Source"),
    "as_of": Meaning("As known on"),
    "confidence": Meaning("Confidence: A primary, B secondary, C estimate"),
}
_PLACED = {
    "cluster": Meaning("Demand cluster, by tonnes"),
    "kt": Meaning("Anode demand of the cluster", "kt/y"),
    "gwh": Meaning("Capacity of the cluster", "GWh/y"),
    "plants": Meaning("Gigafactories of the cluster"),
    "radius_km": Meaning("Furthest plant from the centre", "km"),
    "plant_id": Meaning("Key of the customer"),
    "plant": Meaning("Customer"),
    "plant_country": Meaning("Country of the customer", "ISO 3166-1 alpha-2"),
    "order": Meaning("Order in which it is served, by freight and duty"),
    "freight_usd_per_t": Meaning("Freight by road, rail and sea", USD),
    "duty_usd_per_t": Meaning("Duty of the customer's market", USD),
    "great_circle_km": Meaning("Length of the line, not of the route", "km"),
}
_FACT_WORDS = {
    "operator": Meaning("Operator"),
    "site_type": Meaning("Type of site"),
    "status": Meaning("Status"),
    "area_ha_available": Meaning("Land available", "ha"),
    "grid_mw_available": Meaning("Grid power available", "MW"),
    "power_note": Meaning("Power"),
    "port": Meaning("Port"),
    "rail": Meaning("Railway at the site", "y/n"),
    "gas": Meaning("Gas at the site", "y/n"),
    "special_regime": Meaning("Special regime"),
    "notable_tenants": Meaning("Tenants"),
    "population": Meaning("People of the town"),
}
MEANINGS: dict[str, Meaning] = {
    **_SITE,
    **{f"odds_{key}": Meaning(f"{MEDIAN}, pillar {name}", TIMES) for key, name in PILLARS.items()},
    **{f"odds_{key}": Meaning(f"{MEDIAN}, {c.name}", TIMES) for key, c in CRITERIA.items()},
    **{column_of(key): Meaning(c.name, c.unit) for key, c in CRITERIA.items()},
    **{f"cost_{key}_usd_per_t": Meaning(f"Cost: {name}", USD)
       for key, (name, _) in COST_PARTS.items()},
    **_MONEY,
    **_PLANTS,
    **_PLACED,
    **{key: _FACT_WORDS[key] for key in SITE_FACTS},
}  # fmt: skip
