"""The factors of `place_factors`: what each is, its unit and the range a value must lie in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Factor:
    """Meaning, unit and range of a factor."""

    meaning: str
    unit: str
    low: float
    high: float


FACTORS: Mapping[str, Factor] = {
    "industrial_electricity_usd_per_mwh": Factor(
        "price of power for large industry, without recoverable taxes", "USD/MWh", 15, 400
    ),
    "day_ahead_price_usd_per_mwh": Factor(
        "wholesale power price of a bidding zone, energy only", "USD/MWh", 5, 150
    ),
    "grid_carbon_g_per_kwh": Factor("carbon intensity of grid power", "g CO2e/kWh", 5, 1100),
    "natural_gas_usd_per_mmbtu": Factor("price of gas for industry", "USD/MMBtu", 1, 40),
    "manufacturing_wage_usd_per_h": Factor("total labour cost in industry", "USD/h", 1, 80),
    "corporate_tax_pct": Factor("statutory top rate, levels combined", "%", 0, 45),
    "construction_cost_index": Factor("cost of building, US cities = 100", "index", 20, 160),
    "political_stability_wgi": Factor("World Bank governance indicator", "index", -2.6, 2.6),
    "regulatory_quality_wgi": Factor("World Bank governance indicator", "index", -2.6, 2.6),
    "logistics_performance_index": Factor("World Bank logistics performance", "score", 1, 5),
    "country_risk_premium_pct": Factor(
        "premium of equity capital for country risk", "% a year", 0, 40
    ),
    "hazard_earthquake_pct": Factor(
        "expected loss to earthquakes and tsunamis, mean of all buildings and works",
        "% of capital value a year",
        0,
        5,
    ),
    "hazard_cyclone_pct": Factor(
        "expected loss to cyclone wind and storm surge, mean of all buildings and works",
        "% of capital value a year",
        0,
        5,
    ),
    "hazard_flood_pct": Factor(
        "expected loss to river floods, mean of all buildings and works",
        "% of capital value a year",
        0,
        5,
    ),
    "ev_sales_share_pct": Factor("share of plug-in cars in new cars", "%", 0, 100),
    "ev_sales_units": Factor("plug-in cars sold", "cars a year", 1000, 2e7),
    "co2_net_zero_year": Factor("year of the net-zero target", "year", 2030, 2075),
    "zev_target_year": Factor("year when new cars are to be zero-emission", "year", 2025, 2050),
    "import_tariff_on_graphite_from_china_pct": Factor(
        "duty on graphite from China", "% ad valorem", 0, 200
    ),
    "ira_fta_partner": Factor(
        "partner under the US rule on critical minerals", "1 yes, 0 no", 0, 1
    ),
    "graphite_mine_output_kt": Factor("natural graphite mined", "kt a year", 0, 2000),
    "needle_coke_output_kt": Factor("needle coke capacity", "kt a year", 1, 3000),
    "needle_coke_producer_flag": Factor("makes needle coke", "1 yes, 0 no", 0, 1),
}
