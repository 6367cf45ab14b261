"""Gigafactories, carmakers and rival anode plants as they were known on a date.

Demand of plant i in year t: GWh(t) x use x chance that it is built x kg per kWh of its
chemistry x purchase factor for scrap. Capacity runs straight between now, 2027 and 2030.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.tables import day
from geodata.vocabulary import CHEMISTRY
from siting.study.product import Product

UTILISATION = 0.75  # output over nameplate of a grown plant (docs/method.md)
NOW_YEAR, SOON_YEAR, LATER_YEAR = 2026, 2027, 2030
BUILD_YEARS = 2  # from ground-breaking to start (PL-TIME)
HALTED = ("paused", "cancelled")
# Share of a works' cars that pull cells: battery cars only, beside others, planned, none.
EV_WEIGHT = {"ev": 1.0, "mixed": 0.5, "planned": 0.25, "ice": 0.05}


@dataclass(frozen=True)
class Intensity:
    """Anode bought per kWh of cells, from the economics table."""

    kg_per_kwh: dict[str, float]
    purchase_factor: float

    @classmethod
    def from_economics(cls, economics: pd.DataFrame, product: Product) -> Intensity:
        """Read the rows of the product and INT-SCRAP; another chemistry takes their mean."""
        central = economics.set_index("param_id")["central"]
        stated = {kind: float(central[row]) for kind, row in product.intensity.items()}
        mean = sum(stated.values()) / len(stated)
        kg_per_kwh = {**dict.fromkeys(CHEMISTRY, mean), **stated}
        return cls(kg_per_kwh, float(central["INT-SCRAP"]))


def known_on(plants: pd.DataFrame, as_of: dt.date, former: str) -> pd.DataFrame:
    """Return the plants announced by `as_of`, with the status and plan they had then.

    Parameters
    ----------
    plants : DataFrame
        `gigafactories` or `anode_plants`.
    as_of : date
    former : str
        Column with the plan of a project since halted.

    Returns
    -------
    DataFrame
        The rows known then, `status` as of the date. A project halted later counts as announced
        with its former plan in every capacity column.
    """
    date = np.datetime64(as_of)
    start = _numbers(plants, "start_year")
    announced = day(plants["announced_date"], "start")
    year = announced.dt.year.fillna(start - BUILD_YEARS)
    seen = announced.le(date) | (announced.isna() & year.fillna(0).le(as_of.year))
    known = plants[seen.to_numpy()].copy()

    start = start.fillna(year + BUILD_YEARS)[known.index]
    later = known["status"].isin(HALTED) & ~day(known["status_date"], "start").le(date)
    later &= known["status_date"].ne("")  # halted on an unknown date: halted all along
    now = known[next(c for c in known.columns if c.startswith("capacity_"))]
    built = known["status"].eq("operating") | (later & known["status"].eq("paused") & now.gt(0))
    begun = built | known["status"].eq("construction")
    then = np.select(
        [built & start.le(as_of.year), begun & start.le(as_of.year + BUILD_YEARS)],
        ["operating", "construction"],
        "announced",
    )
    known["status"] = known["status"].where(known["status"].isin(HALTED) & ~later, then)
    for column in [c for c in known.columns if c.startswith("capacity_")]:
        known[column] = known[column].mask(later, known[former])
    return pd.DataFrame(known)


def capacity_gwh(plants: pd.DataFrame, year: int) -> NDArray[np.float64]:
    """Capacity of each gigafactory in `year` (GWh a year); unknown stays NaN.

    Straight between the columns now (2026), 2027 and 2030; a blank later column repeats the last
    known one; after 2030 nothing is added.
    """
    now = plants["capacity_gwh_now"].to_numpy(dtype=float)
    soon = plants["capacity_gwh_2027"].to_numpy(dtype=float)
    later = plants["capacity_gwh_2030"].to_numpy(dtype=float)
    soon = np.where(np.isnan(soon), now, soon)
    later = np.where(np.isnan(later), soon, later)
    now = np.where(np.isnan(now), 0.0, now)
    soon = np.where(np.isnan(soon), (now + later) / 2, soon)
    early = np.clip((year - NOW_YEAR) / (SOON_YEAR - NOW_YEAR), 0, 1)
    late = np.clip((year - SOON_YEAR) / (LATER_YEAR - SOON_YEAR), 0, 1)
    return np.asarray(now + early * (soon - now) + late * (later - soon), dtype=float)


def anode_demand_kt(plants: pd.DataFrame, year: int, intensity: Intensity) -> NDArray[np.float64]:
    """Anode that each gigafactory is expected to buy in `year` (kt a year).

    A plant without a stated capacity is taken at the median of its status, so that it is small
    but not nothing; `known_on` has set the status of the date, `siting.market.chances` the column
    chance.
    """
    gwh = capacity_gwh(plants, year)
    typical = pd.Series(gwh, index=plants.index).groupby(plants["status"]).transform("median")
    gwh = np.where(np.isnan(gwh), typical.fillna(0.0), gwh)
    kg = plants["chemistry"].map(intensity.kg_per_kwh).to_numpy(dtype=float)
    chance = plants["chance"].to_numpy(dtype=float)
    # GWh x kg/kWh = kt
    return np.asarray(gwh * UTILISATION * chance * kg * intensity.purchase_factor, dtype=float)


def rival_supply_kt(plants: pd.DataFrame) -> NDArray[np.float64]:
    """Anode that each rival plant is expected to sell (kt a year); unknown capacity counts as 0."""
    now = plants["capacity_ktpa_now"].fillna(0.0)
    later = plants["capacity_ktpa_2030"].fillna(now)
    return np.asarray(plants["chance"] * np.maximum(now, later) * UTILISATION, dtype=float)


def ev_weighted_cars_m(plants: pd.DataFrame) -> NDArray[np.float64]:
    """Cars of each works that pull cells (million a year): capacity times its EV weight."""
    cars = plants["capacity_vehicles_per_year"].fillna(0.0) / 1e6
    return np.asarray(cars * plants["ev_output_status"].map(EV_WEIGHT), dtype=float)


def _numbers(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return a numeric column, all unknown where the table has none (anode plants: start)."""
    if column not in frame:
        return pd.Series(np.nan, index=frame.index)
    return frame[column].astype(float)
