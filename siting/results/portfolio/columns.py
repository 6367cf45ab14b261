"""What each column of a portfolio's tables holds: words and unit; once, for every output."""

from __future__ import annotations

from collections.abc import Mapping

from siting.results.columns import COLUMNS as OF_SITES
from siting.results.columns import SHARE, USD, YES_NO, Column

MUSD, KT, TONNES = "million USD", "kt/y", "t/t"
_SITE = {name: OF_SITES[name] for name in ("site_id", "name", "country", "country_name")}
_STANDING = {
    "standing": Column("Standing: must-build in every near portfolio, option in some"),
    "proved": Column("Whether a bound holds that for every portfolio within the loss", YES_NO),
    "in_portfolios": Column("Near portfolios that it is in"),
}
_SALE = {
    "price_usd_per_t": Column("Price that the customers pay", USD),
    "freight_usd_per_t": Column("Freight to them", USD),
    "duty_usd_per_t": Column("Duty of their markets", USD),
}
COLUMNS: Mapping[str, Mapping[str, Column]] = {
    "plants": {
        "plant": Column("Plant, the most valuable first"),
        **_SITE,
        "lat": OF_SITES["lat"],
        "lon": OF_SITES["lon"],
        "list_rank": Column("Rank among all places of the plan"),
        "decided": Column("Decided at the start of", "year"),
        "opens": Column("Opens", "year"),
        "size_ktpa": Column("Size that it ends with", KT),
        "steps": Column("Sizes with the year of their decision"),
        "invested_musd": Column("Own spending on building, after aid", MUSD),
        "npv_musd": Column("Net present value after tax, should it be built", MUSD),
        "chance": Column("Chance that it is admitted and built", SHARE),
        "expected_musd": Column("Net present value by its chance", MUSD),
        "sold_kt": Column("Sales in the last period", KT),
        **_SALE,
        "cost_usd_per_t": Column("Cost at the gate, at its last size", USD),
        "margin_usd_per_t": Column("Price less freight, duty and cost at the gate", USD),
        "carbon_t_per_t": Column("CO2e of the power a tonne takes", TONNES),
        **_STANDING,
        "lost_without_musd": Column("Lost should it fail once it is built", MUSD),
        "replaced_by": Column("Site that would take its place best"),
        "replaced_loss_musd": Column("Lost with that site in its place", MUSD),
    },
    "flows": {
        "site_id": Column("Key of the plant's site"),
        "site_name": Column("Plant"),
        "customer_id": Column("Key of the customer"),
        "customer_name": Column("Customer"),
        "customer_country": Column("Country of the customer", "ISO 3166-1 alpha-2"),
        "from_year": Column("First year of the period", "year"),
        "to_year": Column("Last year of the period", "year"),
        "kt": Column("Sales of a year of the period", KT),
        **_SALE,
    },
    "years": {
        "year": Column("Year"),
        "capacity_ktpa": Column("Capacity that is open", KT),
        "sold_kt": Column("Sales", KT),
        "invested_musd": Column("Own spending on building, after aid", MUSD),
        "cash_musd": Column("Cash after tax, spending taken off", MUSD),
    },
    "portfolios": {
        "portfolio": Column("The best, one near it, or a simple rule"),
        "behind_best_musd": Column("Worth less than the best by its chance", MUSD),
        "expected_musd": Column("Net present value by the chance of each plant", MUSD),
        "npv_musd": Column("Net present value after tax, should all be built", MUSD),
        "plants": Column("Plants"),
        "sites": Column("Keys of their sites"),
        "regret_worst_musd": Column("Largest regret over the scenarios", MUSD),
        "regret_mean_musd": Column("Mean regret over the scenarios", MUSD),
    },
    "sites": {
        **{name: _SITE[name] for name in ("site_id", "name", "country")},
        **_STANDING,
        "of_portfolios": Column("Near portfolios"),
        "sizes_ktpa": Column("Sizes that it ends with in them", KT),
    },
    "supply": {
        "country": Column("Country of the customers", "ISO 3166-1 alpha-2"),
        "demand_kt": Column("Demand in the last period", KT),
        "open_kt": Column("Demand of the last period, open to the owner and left by rivals", KT),
        "sold_kt": Column("Sales there in the last period", KT),
        "share": Column("Of the open demand", SHARE),
    },
    "scenarios": {
        "scenario": Column("Scenario"),
        "probability": Column("Its weight", SHARE),
        "portfolio_N_musd": Column("Worth of near portfolio N there, by its chance", MUSD),
    },
}
