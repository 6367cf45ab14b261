"""Rules of the rows of laws, factors and memberships."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
import pytest

from geodata.load import table
from geodata.tables import TABLES
from geodata.vocabulary import MARKET

INCENTIVE = "effect_type == 'incentive' and role == 'score'"
NONE = float("nan")


def breaches(name: str, where: str | None = None, **changes: object) -> set[str]:
    rows = table(name)
    row = (rows.query(where) if where else rows).head(1).assign(**changes)
    try:
        TABLES[name].schema.validate(row, lazy=True)
    except pa.errors.SchemaErrors as error:
        return {e.schema.name or e.check.name for e in error.schema_errors}
    return set()


@pytest.mark.parametrize(
    ("where", "changes", "column"),
    [
        (INCENTIVE, {"start_date": "2025-02", "end_date": "2025-01-31"}, "end_date"),
        (INCENTIVE, {"role": "explain", "capex_share": 0.2}, "capex_share"),
        (INCENTIVE, {"effect_type": "tariff", "capex_share": 0.2}, "capex_share"),
        (INCENTIVE, {"capex_share": 0.51}, "capex_share"),
        (INCENTIVE, {"refusal_probability": 0.5}, "refusal_probability"),
        ("effect_type == 'exclusion'", {"refusal_probability": 1.1}, "refusal_probability"),
        (INCENTIVE, {"theme": "grant"}, "theme"),
        (INCENTIVE, {"geography": "SE, FI"}, "geography"),
    ],
)
def test_policies(where: str, changes: dict[str, object], column: str) -> None:
    assert breaches("policy_zones", where, **changes) == {column}


@pytest.mark.parametrize("relief", ["5:100", "5:100;2:50", "4:100;9:75;2:50", ""])
def test_a_tax_holiday_is_written_in_steps(relief: str) -> None:
    assert not breaches("policy_zones", "theme == 'tax_holiday'", tax_relief=relief)


@pytest.mark.parametrize("relief", ["100", "0:100", "5:101", "5:0", "5:100,2:50", "5:100;"])
def test_a_step_of_a_tax_holiday_has_years_and_a_share(relief: str) -> None:
    assert breaches("policy_zones", "theme == 'tax_holiday'", tax_relief=relief) == {"tax_relief"}


def test_only_a_tax_holiday_waives_tax() -> None:
    assert breaches("policy_zones", "theme == 'capex_aid'", tax_relief="5:100") == {"tax_relief"}


def test_incentives_may_have_a_share() -> None:
    assert not breaches("policy_zones", INCENTIVE, capex_share=0.2)
    assert not breaches("policy_zones", INCENTIVE, capex_share=NONE)


def test_factors() -> None:
    power = "factor == 'industrial_electricity_usd_per_mwh' and region_type == 'country'"
    assert not breaches("place_factors", power)
    assert breaches("place_factors", power, value=0.1) == {"value"}  # USD/kWh by mistake
    assert breaches("place_factors", power, region_code="SE2") == {"region_code"}
    assert breaches("place_factors", power, region_type="bidding_zone") == {"region_code"}
    assert breaches("place_factors", power, year="24") == {"year"}


def test_namibia_is_a_country() -> None:
    rows = table("place_factors").head(1).assign(iso2="NA", iso3="NAM", name="Namibia")
    assert TABLES["place_factors"].schema.validate(rows)["iso2"].tolist() == ["NA"]


def test_ranges_are_in_order() -> None:
    assert breaches("anode_economics", low=1.0, central=0.9, high=2.0) == {"central"}
    assert breaches("anode_prices", low=900.0, usd_per_t=1000.0, high=999.0) == {"usd_per_t"}


@pytest.mark.parametrize("name", ["excluded_countries", "country_groups", "trade_access"])
def test_memberships_end_after_they_start(name: str) -> None:
    assert breaches(name, since="2020", until="2019-12") == {"until"}
    assert not breaches(name, since="2020", until="2020")


def test_prices_form_two_series() -> None:
    assert breaches("anode_prices", series="spot") == {"series"}
    rows = table("anode_prices").query("series in ('chinese_export', 'outside_china')")
    prices = rows.pivot_table(index="date", columns="series", values="usd_per_t")
    both = prices.dropna()
    assert len(both) > 2
    assert (both["chinese_export"] < both["outside_china"]).all()  # freight at least
    months = pd.to_datetime(prices.index)
    for series in prices:
        known = months[prices[series].notna()]
        assert known.min() <= pd.Timestamp("2020-12-31") < pd.Timestamp("2025-01-01") < known.max()


def test_a_price_is_named_by_series_and_month() -> None:
    row = table("anode_prices").query("date == '2025-10'")
    assert len(TABLES["anode_prices"].schema.validate(row)) == 2
    with pytest.raises(pa.errors.SchemaErrors):
        TABLES["anode_prices"].schema.validate(pd.concat([row, row], ignore_index=True), lazy=True)


def test_access_to_markets() -> None:
    trade = table("trade_access")
    assert breaches("trade_access", market="ASEAN") == {"market"}
    assert set(trade["market"]) == set(MARKET)
    assert "CN" not in set(trade["country"])
    groups = table("country_groups").query("until == ''")
    free = trade.query("access == 'free' and until == ''").groupby("market")["country"].agg(set)
    for union in ("EU", "GCC"):
        assert set(groups.query("group == @union")["country"]) <= free[union]
    for market in set(MARKET) - {"EU", "GCC", "MERCOSUR"}:
        assert market not in free[market]
