"""What a tonne of anode takes, by product and furnace: each parameter with its range and source.

Every number is a row of the table `anode_economics` (`siting data show anode_economics`); a study
may set the central value of any of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from geodata.errors import Fault, raise_if
from geodata.load import nearest
from siting.study import finance

Product = Literal["synthetic", "natural", "silicon_blended"]
Furnace = Literal["acheson", "box", "lengthwise", "continuous"]

HOURS_PER_YEAR = 8760.0

# Silicon-carbon composite is blended into synthetic graphite: all but the silicon is the same.
GRAPHITE_OF = {"synthetic": "synthetic", "natural": "natural", "silicon_blended": "synthetic"}
FURNACES: dict[str, tuple[str, str]] = {  # graphitisation power, consumables
    "acheson": ("EL-ACH", "CS-ACH"),
    "box": ("EL-BOX", "CS-BOX"),
    "lengthwise": ("EL-LWG", "CS-LWG"),
    "continuous": ("EL-CONT", "CS-CONT"),
}
_EVERY = {
    "pitch_t_per_t": "RM-PITCH",
    "pitch_usd_per_t": "PX-PITCH",
    "heads_per_kt": "LB-HEADS",
    "hours_per_head": "LB-HOURS",
    "maintenance_pct": "MT-FIX",
    "utilisation_pct": "PL-UTIL",
    "rate_pct": "FIN-RATE",
    "life_years": "FIN-LIFE",
    "capex_band": "CX-BAND",
    "scale_elasticity": "CX-SCALE",
    "chinese_capex_usd_per_tpa": "CX-CN",
    "hazard_ratio": "HAZ-PLANT",
    "hazard_load": "HAZ-LOAD",
}
_SYNTHETIC = {
    "auxiliary_mwh_per_t": "EL-AUX",
    "coke_t_per_t": "RM-COKE",
    "needle_t_per_t": "RM-NEEDLE",
    "gas_mmbtu_per_t": "GAS-SYN",
}
_NATURAL = {
    "furnace_mwh_per_t": "EL-TOT-NAT",
    "flake_yield": "YLD-SYR",
    "gas_mmbtu_per_t": "GAS-NAT",
    "consumables_usd_per_t": "CS-NAT",
}
_SILICON = {"silicon_pct": "SI-LOAD", "silicon_usd_per_t": "SI-PRICE"}
# What a value may be at all; of a field that is not here, anything from zero to `_MOST`.
_MOST = 1_000_000.0
_BOUNDS = {
    "maintenance_pct": (0.0, 100.0),
    "hours_per_head": (0.0, HOURS_PER_YEAR),
    "capex_band": (0.01, 100.0),
    "hazard_ratio": (0.0, 100.0),
    "hazard_load": (0.0, 100.0),
    "utilisation_pct": (1.0, 100.0),
    "life_years": (1.0, 100.0),
    "rate_pct": (0.1, 100.0),
    "flake_yield": (0.01, 1.0),
    "silicon_pct": (0.0, 100.0),
    "scale_elasticity": (0.0, 1.0),
}


HISTORY = r"(?P<base>.+)-\d{4}"  # of a parameter, by year

# As a reader meets them.
NAMES = {
    "capex_band": "Capital cost of the project",
    "rate_pct": "Cost of capital",
    "life_years": "Years of writing off",
    "furnace_mwh_per_t": "Power of the furnace",
    "auxiliary_mwh_per_t": "Power beside the furnace",
    "heads_per_kt": "People",
    "hours_per_head": "Hours a head",
    "coke_t_per_t": "Coke a tonne",
    "needle_t_per_t": "Needle coke in it",
    "flake_yield": "Yield of flake",
    "maintenance_pct": "Maintenance and insurance",
    "utilisation_pct": "Output over nameplate",
    "consumables_usd_per_t": "Consumables",
    "gas_mmbtu_per_t": "Gas a tonne",
    "pitch_t_per_t": "Pitch a tonne",
    "pitch_usd_per_t": "Price of pitch",
    "scale_elasticity": "Economy of scale",
    "silicon_pct": "Silicon in the blend",
    "silicon_usd_per_t": "Price of silicon",
    "chinese_capex_usd_per_tpa": "Capital cost in China",
    "hazard_ratio": "Loss of a plant to natural hazard",
    "hazard_load": "Premium over that loss",
}


@dataclass(frozen=True)
class Parameters:
    """One setting of every parameter; what a product does not use is 0.

    Units stand in the names; money is constant 2025 USD, a tonne is a tonne of anode.
    """

    pitch_t_per_t: float
    pitch_usd_per_t: float
    heads_per_kt: float
    hours_per_head: float
    maintenance_pct: float
    utilisation_pct: float
    rate_pct: float
    life_years: float
    capex_band: float
    scale_elasticity: float
    chinese_capex_usd_per_tpa: float
    hazard_ratio: float
    hazard_load: float
    gas_mmbtu_per_t: float
    consumables_usd_per_t: float
    furnace_mwh_per_t: float
    auxiliary_mwh_per_t: float = 0.0
    coke_t_per_t: float = 0.0
    needle_t_per_t: float = 0.0
    flake_yield: float = 0.0
    silicon_pct: float = 0.0
    silicon_usd_per_t: float = 0.0

    @property
    def power_mwh_per_t(self) -> float:
        """Electricity of the whole site a tonne."""
        return self.furnace_mwh_per_t + self.auxiliary_mwh_per_t

    @property
    def hours_per_t(self) -> float:
        """Hours of work a tonne."""
        return self.heads_per_kt * self.hours_per_head / 1000.0

    @property
    def feedstock_t_per_t(self) -> dict[str, float]:
        """Tonnes of each feedstock a tonne; only those that are used."""
        if self.flake_yield:
            return {"flake_concentrate": 1.0 / self.flake_yield}
        needle = min(self.needle_t_per_t, self.coke_t_per_t)
        return {"needle_coke": needle, "petroleum_coke": self.coke_t_per_t - needle}


def draw_mw(recipe: Parameters, capacity_ktpa: float) -> float:
    """Load of a plant at nameplate, the mean over a year (MW).

    Furnaces started one after another draw evenly, and a grown plant makes `utilisation_pct` of
    its nameplate: that is then the load factor, and this the connection.
    """
    graphite = 1.0 - recipe.silicon_pct / 100.0
    return graphite * recipe.power_mwh_per_t * capacity_ktpa * 1000.0 / HOURS_PER_YEAR


@dataclass(frozen=True)
class Ranges:
    """The central setting, and every parameter's low and high end.

    Attributes
    ----------
    central : Parameters
    rows : dict of str
        Field -> `param_id` of the table.
    ends : dict
        Field -> (low, high).
    """

    central: Parameters
    rows: dict[str, str]
    ends: dict[str, tuple[float, float]]

    def swings(self) -> Iterator[tuple[str, Parameters, Parameters]]:
        """Yield (field, central but for its low end, central but for its high end)."""
        for name, (low, high) in self.ends.items():
            if low != high:
                yield (
                    name,
                    replace(self.central, **{name: low}),
                    replace(self.central, **{name: high}),
                )


def rows_of(product: str, furnace: str) -> dict[str, str]:
    """Return the field -> `param_id` map of a product and, where it has one, its furnace."""
    if GRAPHITE_OF[product] == "natural":
        return {**_EVERY, **_NATURAL}
    power, consumables = FURNACES[furnace]
    rows = {**_EVERY, **_SYNTHETIC, "furnace_mwh_per_t": power,
            "consumables_usd_per_t": consumables}  # fmt: skip
    return {**rows, **_SILICON} if product == "silicon_blended" else rows


def of_date(economics: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Return the table with each parameter that has a history as it was on a date.

    A row `RM-NEEDLE-2020` is the history of `RM-NEEDLE`. Of both the newest counts whose year is
    not later than the date, before all of them the earliest; the others are left out.
    """
    split = economics["param_id"].str.extract(HISTORY)
    known = set(economics["param_id"])
    base = split["base"].where(split["base"].isin(known), economics["param_id"])
    year = economics["year"].str.slice(0, 4).astype(float)
    late = year.gt(as_of.year)
    # the newest that is not late first, then the earliest of the late ones
    order = np.lexsort((np.where(late, year, -year), late))
    chosen = economics.assign(param_id=base).iloc[order].drop_duplicates("param_id")
    return chosen.sort_index().reset_index(drop=True)


def ranges(
    economics: pd.DataFrame, product: str, furnace: str, own: Mapping[str, float] | None = None
) -> Ranges:
    """Read the parameters of a product.

    Parameters
    ----------
    economics : DataFrame
        The `anode_economics` table.
    product, furnace : str
        `Product`, `Furnace`; natural graphite is purified, not graphitised.
    own : mapping of float, optional
        `param_id` -> value that replaces the central one; its range goes with it.

    Raises
    ------
    SitingError
        When a row is missing, or `own` names one that the product does not use, or its value
        cannot be.
    """
    wanted = rows_of(product, furnace)
    own = own or {}
    table = economics.set_index("param_id")
    faults = [
        Fault("anode_economics", "a parameter is missing", "put the row back", value=row)
        for row in wanted.values()
        if row not in table.index
    ]
    faults += own_faults(own, product, furnace)
    raise_if(faults)
    numbers = {end: table[end].astype(float).to_dict() for end in ("low", "central", "high")}
    central = {field: own.get(row, numbers["central"][row]) for field, row in wanted.items()}
    ends = {
        field: (own[row], own[row]) if row in own else (numbers["low"][row], numbers["high"][row])
        for field, row in wanted.items()
    }
    return Ranges(Parameters(**central), wanted, ends)


def own_faults(own: Mapping[str, float], product: str, furnace: str) -> list[Fault]:
    """Return what is wrong with a study's own parameters: no such row, or what cannot be.

    Parameters
    ----------
    own : mapping of float
        `param_id` -> value.
    product, furnace : str
    """
    known = rows_of(product, furnace) | finance.own_rows(product)
    fields, bounds = {row: name for name, row in known.items()}, _BOUNDS | finance.BOUNDS
    faults = []
    for row, value in own.items():
        column = f"parameters.{row}"
        if row not in fields:
            what, hint = f"unknown parameter of {product} graphite", nearest(row, list(fields))
            faults.append(Fault("study", what, hint, None, column, row))
            continue
        low, high = bounds.get(fields[row], (0.0, _MOST))
        if not low <= value <= high:
            hint = f"give {low:g} to {high:.0f}"
            faults.append(Fault("study", "out of range", hint, None, column, f"{value:g}"))
    return faults
