"""A study's own figures of places in place of the catalogue's."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from geodata.errors import SitingError
from geodata.factors import factor_at
from geodata.load import table
from geodata.tables import TABLES
from siting.study.known import figure_faults
from siting.world.conditions import DAY_AHEAD, POWER
from siting.world.overrides import SOURCE, with_factors

TODAY = dt.date(2026, 11, 22)
WAGE = "manufacturing_wage_usd_per_h"


@pytest.fixture(scope="module")
def factors():
    return table("place_factors")


def places(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["country", "region", "zone"])


def values(rows: pd.DataFrame, factor: str, *at: tuple[str, str, str]) -> list[float]:
    return factor_at(rows, factor, places(*at), TODAY)["value"].tolist()


def test_nothing_of_ones_own_changes_nothing(factors):
    assert with_factors(factors, {}, TODAY) is factors
    assert figure_faults({}) == []


def test_a_figure_of_a_country_stands_for_its_regions_and_zones(factors):
    american = factors[factors["iso2"].eq("US") & factors["factor"].eq(POWER)]
    assert american["region_code"].ne("").any()
    own = with_factors(factors, {"US": {POWER: 71.0}}, TODAY)
    here = [("US", "US-TX", ""), ("US", "US-WA", ""), ("US", "", "")]
    assert values(own, POWER, *here) == [71.0] * 3
    assert values(own, WAGE, *here) == values(factors, WAGE, *here)
    assert values(own, POWER, ("CA", "CA-QC", "")) == values(factors, POWER, ("CA", "CA-QC", ""))


def test_a_figure_of_a_region_stands_for_it_alone(factors):
    own = with_factors(factors, {"US-TX": {POWER: 71.0}}, TODAY)
    assert values(own, POWER, ("US", "US-TX", "")) == [71.0]
    others = [("US", "US-WA", ""), ("US", "", ""), ("CA", "CA-QC", "")]
    assert values(own, POWER, *others) == values(factors, POWER, *others)


def test_a_figure_of_a_bidding_zone_stands_for_it_alone(factors):
    own = with_factors(factors, {"SE2": {POWER: 21.0}}, TODAY)
    assert values(own, POWER, ("SE", "SE-Y", "SE2")) == [21.0]
    assert values(own, POWER, ("SE", "", "SE4")) == values(factors, POWER, ("SE", "", "SE4"))


def test_power_of_a_country_takes_the_spread_of_its_zones_with_it(factors):
    own = with_factors(factors, {"SE": {POWER: 50.0}}, TODAY)
    spot = own[own["factor"].eq(DAY_AHEAD)]
    assert "SE" not in set(spot["iso2"])
    assert "NO" in set(spot["iso2"])
    wage = with_factors(factors, {"SE": {WAGE: 50.0}}, TODAY)
    assert "SE" in set(wage.loc[wage["factor"].eq(DAY_AHEAD), "iso2"])


@pytest.mark.parametrize("country", ["FI", "FR", "ES", "PL"])
def test_where_a_zone_bears_the_code_of_its_country_the_country_is_meant(factors, country):
    own = with_factors(factors, {country: {WAGE: 77.0}}, TODAY)
    inside, beside = (country, "", country), (country, "", "")  # as the Canaries of Spain
    assert values(own, WAGE, inside, beside) == [77.0, 77.0]
    row = own[own["source"].eq(SOURCE)].iloc[0]
    assert (row["region_type"], row["region_code"], row["iso2"]) == ("country", "", country)


def test_a_newer_figure_of_the_catalogue_does_not_win(factors):
    own = with_factors(factors, {"DE": {WAGE: 11.0}}, dt.date(2023, 11, 28))
    assert values(own, WAGE, ("DE", "", "")) == [11.0]


def test_several_figures_stand_side_by_side_and_the_last_of_a_place_is_kept(factors):
    own = with_factors(factors, {"SE": {POWER: 50.0, WAGE: 30.0}, "SE2": {POWER: 20.0}}, TODAY)
    assert values(own, POWER, ("SE", "", "SE2"), ("SE", "", "SE3")) == [20.0, 50.0]
    assert values(own, WAGE, ("SE", "", "SE2")) == [30.0]
    assert own["source"].eq(SOURCE).sum() == 3


def test_the_table_stays_one_that_its_schema_allows(factors):
    own = with_factors(
        factors, {"MA": {POWER: 50.0}, "US-TX": {WAGE: 30.0}, "FI": {WAGE: 9.0}}, TODAY
    )
    mine = own[own["source"].eq(SOURCE)].assign(iso3="XXX")  # not asked of a study
    TABLES["place_factors"].schema.validate(mine.astype({"value": float}), lazy=True)


def test_every_fault_is_told_at_once(factors):
    own = {
        "XQ": {POWER: 50.0},
        "SE": {"industrial_electricty_usd_per_mwh": 50.0, WAGE: -3.0, POWER: 1e9},
        "SE9": {"no": 1.0},
    }
    with pytest.raises(SitingError) as error:
        with_factors(factors, own, TODAY)
    told = [str(fault) for fault in error.value.faults]
    assert len(told) == 6
    for word in ("'XQ'", "'SE9'", POWER, f"factors.SE.{WAGE}", f"factors.SE.{POWER}", "'no'"):
        assert any(word in line for line in told), word
