"""What a place offers a plant: power, gas, wages, the risk of its country, its grid's carbon."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from geodata.factors import factor_at
from geodata.geometry import attributes
from geodata.places import distinct

POWER, DAY_AHEAD = "industrial_electricity_usd_per_mwh", "day_ahead_price_usd_per_mwh"
RISK = "country_risk_premium_pct"
HAZARDS = ("hazard_earthquake_pct", "hazard_cyclone_pct", "hazard_flood_pct")
# Premium on equity over the default spread of the same country: relative volatility of emerging
# equity to bonds (Damodaran 2026-01), and what a defaulted claim still pays (ISDA convention).
EQUITY_OVER_BOND, RECOVERY = 1.5, 0.4
PROMISE_YEARS = 15.0  # how long a plant leans on its power price (FIN-LIFE)
# Standard deviation of a place's figure as a share of it, by the confidence of its source
# (judgement: a figure read in a data set, one good source, an order of magnitude).
SPREAD = {"A": 0.05, "B": 0.12, "C": 0.25}


@dataclass(frozen=True)
class Conditions:
    """Factors at n places, each a frame as `geodata.factors.factor_at` returns it.

    Attributes
    ----------
    power : DataFrame
        Price of power over the life of a plant (USD/MWh), see `power_price`.
    gas, wage, carbon : DataFrame
        USD/MMBtu, USD/h, g CO2e/kWh.
    risk : DataFrame
        Country risk premium (% a year).
    hazard : DataFrame
        Loss to natural hazard over that of the mean country (share of capital a year).
    """

    power: pd.DataFrame
    gas: pd.DataFrame
    wage: pd.DataFrame
    risk: pd.DataFrame
    carbon: pd.DataFrame
    hazard: pd.DataFrame

    def take(self, which: NDArray[np.int64]) -> Conditions:
        """Return the factors at places, of which each is one of these n."""
        read = (getattr(self, field.name) for field in fields(self))
        return Conditions(*(one.iloc[which].reset_index(drop=True) for one in read))

    def values(self, name: str) -> Floats:
        """Return the values of one factor (n,)."""
        return np.asarray(getattr(self, name)["value"].to_numpy(dtype=float))

    def deviation(self, name: str) -> Floats:
        """Return the standard deviation of one factor, in its unit (n,)."""
        share = getattr(self, name)["confidence"].map(SPREAD).to_numpy(dtype=float)
        return np.asarray(self.values(name) * share)


def conditions(factors: pd.DataFrame, places: pd.DataFrame, as_of: dt.date) -> Conditions:
    """Read the factors (table `place_factors`) at places (columns country, region, zone)."""
    few, which = distinct(places, "country", "region", "zone")
    gas, wage, risk, carbon = (
        factor_at(factors, factor, few, as_of)
        for factor in (
            "natural_gas_usd_per_mmbtu",
            "manufacturing_wage_usd_per_h",
            RISK,
            "grid_carbon_g_per_kwh",
        )
    )
    power = power_price(factors, few, risk, as_of)
    hazard = hazard_excess(factors, few, as_of)
    return Conditions(power, gas, wage, risk, carbon, hazard).take(which)


def hazard_excess(factors: pd.DataFrame, places: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Expected loss to earthquake, cyclone and flood over the mean country's, 0 where below it.

    The share for maintenance and insurance (MT-FIX) holds the mean already.

    Returns
    -------
    DataFrame (n)
        As `geodata.factors.factor_at`; value is a share of capital a year.
    """
    each = [factor_at(factors, factor, places, as_of) for factor in HAZARDS]
    mean = factors.loc[factors["factor"].isin(HAZARDS)].groupby("iso2")["value"].sum().mean()
    loss = np.sum([read["value"].to_numpy(dtype=float) for read in each], axis=0)
    return each[0].assign(value=np.maximum(loss - float(mean), 0.0) / 100.0)


def power_price(
    factors: pd.DataFrame, places: pd.DataFrame, risk: pd.DataFrame, as_of: dt.date
) -> pd.DataFrame:
    """Price of power over the life of a plant that is decided on the date (n).

    The industrial price of the country, in a bidding zone with the zone's own spread; a price of
    the zone or region itself needs none. Where it lies below that of the median country it is drawn
    to it by the chance that the state which grants it does not keep its word (`kept`). How well a
    figure is known never moves it: that widens its band (`siting.confidence`).
    """
    price = factor_at(factors, POWER, places, as_of)
    spread = _zone_spread(factors, places, as_of)
    inside = np.isfinite(spread) & ~price["level"].isin(["zone", "region"]).to_numpy(bool)
    price.loc[inside, "value"] += spread[inside]
    price.loc[inside, "level"] = "zone"
    everywhere = factor_at(factors, POWER, every_country(), as_of)
    middle = float(everywhere.loc[~everywhere["imputed"].to_numpy(bool), "value"].median())
    stated = price["value"].to_numpy(dtype=float)
    word = np.where(stated < middle, kept(risk["value"].to_numpy(dtype=float)), 1.0)
    return price.assign(value=word * stated + (1.0 - word) * middle)


def kept(premium_pct: Floats, years: float = PROMISE_YEARS) -> Floats:
    """Mean chance over a plant's life that a state's promise still holds (n,).

    A state breaks its word as it defaults on its debt: hazard = default spread / (1 - recovery)
    (Duffie and Singleton 1999), the spread read off the equity premium (Damodaran 2026). The mean
    of exp(-hazard t) over `years` is (1 - exp(-h T)) / (h T).
    """
    hazard = premium_pct / 100.0 / EQUITY_OVER_BOND / (1.0 - RECOVERY)
    span = np.maximum(hazard * years, 1e-12)
    return np.asarray(-np.expm1(-span) / span)


def _zone_spread(factors: pd.DataFrame, places: pd.DataFrame, as_of: dt.date) -> Floats:
    """Day-ahead price of a place's bidding zone over the mean of its country's zones (n,)."""
    known = factors["factor"].eq(DAY_AHEAD) & factors["region_type"].eq("bidding_zone")
    zones = factors.loc[known, ["iso2", "region_code"]].drop_duplicates()
    if zones.empty:
        return np.full(len(places), np.nan)
    zones = zones.set_axis(["country", "zone"], axis=1).assign(region="")
    mean = factor_at(factors, DAY_AHEAD, zones, as_of)["value"].groupby(zones["country"]).mean()
    zonal = factor_at(factors, DAY_AHEAD, places, as_of)
    own = zonal["value"].to_numpy(dtype=float) - places["country"].map(mean).to_numpy(dtype=float)
    return np.where(zonal["level"].eq("zone").to_numpy(), own, np.nan)


def every_country() -> pd.DataFrame:
    """Return every country as a place, for what is learnt from all of them."""
    countries = sorted(set(attributes("countries")["country"]) - {""})
    return pd.DataFrame({"country": countries, "region": "", "zone": ""})
