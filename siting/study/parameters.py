"""What a tonne of anode takes, by product and furnace: each parameter with its range and source.

Every number is a row of the table `anode_economics` (`siting data show anode_economics`); a study
may set the central value of any of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from geodata.errors import Fault, raise_if
from geodata.language import tr
from geodata.load import nearest
from geodata.tables import TABLES
from siting.study import finance
from siting.study.product import OF_FURNACE, TABLE, YIELD, Feed, Product, Products

Furnace = Literal["acheson", "box", "lengthwise", "continuous"]

HOURS_PER_YEAR = 8760.0

FURNACES: dict[str, dict[str, str]] = {
    name: {"furnace_mwh_per_t": f"EL-{row}", "consumables_usd_per_t": f"CS-{row}"}
    for name, row in (
        ("acheson", "ACH"), ("box", "BOX"), ("lengthwise", "LWG"), ("continuous", "CONT"),
    )
}  # fmt: skip
# What every product takes where its own recipe names no other row.
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
    "feed_yield": (0.01, 1.0),
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
    "precursor_t_per_t": "Precursor a tonne",
    "precursor_usd_per_t": "Price of the precursor",
    "feed_yield": "Yield of the feedstock",
    "feed_t_per_t": "Feedstock a tonne",
    "chinese_capex_usd_per_tpa": "Capital cost in China",
    "hazard_ratio": "Loss of a plant to natural hazard",
    "hazard_load": "Premium over that loss",
}


@dataclass(frozen=True)
class Parameters:
    """One setting of every parameter; what a product does not use is 0.

    Names end in the unit; money is constant 2025 USD, a tonne is a tonne of anode. `feeds` says
    what is bought of which source, and by which field.
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
    feed_t_per_t: float = 0.0
    feed_yield: float = 0.0
    precursor_t_per_t: float = 0.0
    precursor_usd_per_t: float = 0.0
    feeds: tuple[Feed, ...] = ()

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
        return {feed.kind: self._tonnes(feed) for feed in self.feeds}

    def _tonnes(self, feed: Feed) -> float:
        stated = float(getattr(self, feed.by))
        if feed.whole:
            return min(stated, float(getattr(self, feed.whole)))
        whole = 1.0 / stated if feed.by.endswith(YIELD) else stated
        return whole - sum(self._tonnes(part) for part in self.feeds if part.whole == feed.by)

    @property
    def at_gate_usd_per_t(self) -> float:
        """What is bought at one price everywhere, pitch and precursor (USD a tonne of anode)."""
        pitch = self.pitch_t_per_t * self.pitch_usd_per_t
        return pitch + self.precursor_t_per_t * self.precursor_usd_per_t


def draw_mw(recipe: Parameters, capacity_ktpa: float) -> float:
    """Load of a plant at nameplate, the mean over a year (MW).

    Furnaces started one after another draw evenly, and a grown plant makes `utilisation_pct` of
    its nameplate: that is then the load factor, and this the connection.
    """
    graphite = 1.0 - recipe.silicon_pct / 100.0
    return graphite * recipe.power_mwh_per_t * capacity_ktpa * 1000.0 / HOURS_PER_YEAR


# A recipe cannot leave these out.
_NEEDED = {f.name for f in fields(Parameters) if f.default is MISSING}


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
                below: dict[str, Any] = {name: low}
                above: dict[str, Any] = {name: high}
                yield name, replace(self.central, **below), replace(self.central, **above)


def rows_of(product: Product, furnace: str) -> dict[str, str]:
    """Return the field -> `param_id` map of a product and, where it has one, its furnace."""
    own = FURNACES[furnace]
    recipe = {
        field: own[field] if row == OF_FURNACE else row for field, row in product.recipe.items()
    }
    return {**_EVERY, **recipe}


def recipe_faults(products: Products, file: Path | None = None) -> list[Fault]:
    """Return what is wrong with recipes that a table brings: fields that are none, or lack.

    Parameters
    ----------
    products : mapping of Product
    file : path, optional
        The study's own table in place of the catalogue's.
    """
    where = file.name if file else TABLES[TABLE].file
    faults = (fault for product in products.values() for fault in _recipe_faults(product))
    return [replace(fault, where=where) for fault in faults]


def _recipe_faults(product: Product) -> Iterator[Fault]:
    recipe = _EVERY | dict(product.recipe)
    for name in product.recipe:
        if name not in NAMES:
            yield _in_recipe(product, f"no such field of a recipe: {name}", nearest(name, NAMES))
        elif product.recipe[name] == OF_FURNACE and name not in FURNACES["box"]:
            hint = "only " + " and ".join(FURNACES["box"]) + " come of a furnace: name a row"
            yield _in_recipe(product, f"no furnace says {name}", hint)
    for name in sorted(_NEEDED - recipe.keys()):
        yield _in_recipe(product, f"a recipe without {name}", f"add {name}:ROW, see `siting data "
                         "show anode_economics`")  # fmt: skip
    for name in {name for feed in product.feeds for name in (feed.by, feed.whole) if name}:
        if name not in recipe:
            hint = f"add {name}:ROW to the recipe, or name one of its fields"
            yield _in_recipe(product, f"feedstock by {name}, which the recipe lacks", hint)


def _in_recipe(product: Product, what: str, hint: str) -> Fault:
    return Fault(TABLE, what, hint, product.row, "recipe", product.key)


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
    economics: pd.DataFrame, product: Product, furnace: str, own: Mapping[str, float] | None = None
) -> Ranges:
    """Read the parameters of a product.

    Parameters
    ----------
    economics : DataFrame
        The `anode_economics` table.
    product : Product
    furnace : str
        `Furnace`; says nothing of a product that is not graphitised.
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
    return Ranges(Parameters(**central, feeds=product.feeds), wanted, ends)


def own_bounds(product: Product, furnace: str) -> dict[str, tuple[float, float]]:
    """Return the least and the most of every parameter that a study may set, by `param_id`."""
    known, bounds = rows_of(product, furnace) | finance.own_rows(product), _BOUNDS | finance.BOUNDS
    return {row: bounds.get(name, (0.0, _MOST)) for name, row in known.items()}


def own_faults(own: Mapping[str, float], product: Product, furnace: str) -> list[Fault]:
    """Return what is wrong with a study's own parameters: no such row, or what cannot be.

    Parameters
    ----------
    own : mapping of float
        `param_id` -> value.
    product : Product
    furnace : str
    """
    bounds = own_bounds(product, furnace)
    faults = []
    for row, value in own.items():
        column = f"parameters.{row}"
        if row not in bounds:
            what = tr("unknown parameter of {product}", product=product.name)
            hint = nearest(row, list(bounds))
            faults.append(Fault("study", what, hint, None, column, row))
            continue
        low, high = bounds[row]
        if not low <= value <= high:
            hint = tr("give {low} to {high}", low=f"{low:g}", high=f"{high:.0f}")
            faults.append(Fault("study", tr("out of range"), hint, None, column, f"{value:g}"))
    return faults
