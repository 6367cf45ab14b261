"""Capital cost of an anode plant: what real projects cost, by place and by who builds.

    capex(place, builder, Q) = (equipment(builder) + hours x wage(place)) x (Q / 60)^-e

in USD per t/y. Equipment is bought in one world market, cheaper by Chinese owners than by others;
what is built on the ground is paid in hours of the place. The three numbers are fitted to the
rows of `project_costs` marked `calibrate`, by least squares of ln(model / stated) with a robust
loss (soft L1; Holland and Welsch 1977), so that no single odd project bends the line; the
elasticity of size is row CX-SCALE. A plant in China itself costs what row CX-CN says.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import least_squares

from geodata.arrays import Floats
from geodata.factors import factor_at

REFERENCE_KTPA = 60.0  # PL-SIZE
HOME_OF_THE_CHEAPEST = "CN"
WAGE = "manufacturing_wage_usd_per_h"
_START = (5000.0, 8000.0, 200.0)


@dataclass(frozen=True)
class CapexModel:
    """Fitted capital cost of a 60 kt/y plant.

    Attributes
    ----------
    chinese_usd_per_tpa, other_usd_per_tpa : float
        Equipment and engineering, by the home of the builder (USD per t/y).
    hours_per_tpa : float
        Work on the ground with its overheads (hours per t/y).
    """

    chinese_usd_per_tpa: float
    other_usd_per_tpa: float
    hours_per_tpa: float

    def equipment(self, builder: str) -> float:
        """Return equipment and engineering for a builder's home (ISO2), USD per t/y."""
        chinese = builder == HOME_OF_THE_CHEAPEST
        return self.chinese_usd_per_tpa if chinese else self.other_usd_per_tpa

    def at(self, wage: Floats, builder: str, capacity_ktpa: float, elasticity: float) -> Floats:
        """Return capex in USD per t/y at places with these wages (USD/h), shape (n,)."""
        return (self.equipment(builder) + self.hours_per_tpa * wage) * scale(
            capacity_ktpa, elasticity
        )


def scale(capacity_ktpa: float, elasticity: float) -> float:
    """Return capex per t/y over that of the reference plant: (Q / 60)^-e."""
    return float((capacity_ktpa / REFERENCE_KTPA) ** -elasticity)


def wages_of(projects: pd.DataFrame, factors: pd.DataFrame) -> Floats:
    """Return the wage (USD/h) where each project stands (n,)."""
    places = projects[["country", "region"]].assign(zone="")
    return factor_at(factors, WAGE, places)["value"].to_numpy(dtype=float)


def fit(projects: pd.DataFrame, factors: pd.DataFrame, elasticity: float) -> CapexModel:
    """Fit the model to the projects marked `calibrate`.

    Parameters
    ----------
    projects : DataFrame
        The `project_costs` table.
    factors : DataFrame
        The `place_factors` table, for the wages.
    elasticity : float
        Of capex per t/y to size (CX-SCALE).
    """
    used = projects[projects["kind"].eq("capex") & projects["use"].eq("calibrate")]
    chinese = used["builder"].eq(HOME_OF_THE_CHEAPEST).to_numpy(dtype=float)
    terms = np.column_stack([chinese, 1.0 - chinese, wages_of(used, factors)])
    size = (used["capacity_ktpa"].to_numpy(dtype=float) / REFERENCE_KTPA) ** -elasticity
    stated = np.log(used["usd"].to_numpy(dtype=float) / size)
    # in logarithms, so that a row counts alike whether its plant is cheap or dear
    fitted = least_squares(
        lambda x: np.log(terms @ np.exp(x)) - stated, np.log(_START), loss="soft_l1", f_scale=0.2
    )
    return CapexModel(*(float(x) for x in np.exp(fitted.x)))


def capex(
    model: CapexModel,
    wage: Floats,
    country: NDArray[np.object_],
    builder: str,
    capacity_ktpa: float,
    *,
    elasticity: float,
    in_china: float,
) -> Floats:
    """Return the capital cost at places, USD per t/y of capacity (n,).

    Parameters
    ----------
    model : CapexModel
    wage : ndarray (n,)
        USD/h.
    country : ndarray of str (n,)
        ISO2.
    builder : str
        Home of the investor, ISO2.
    capacity_ktpa, elasticity : float
    in_china : float
        Capex of a plant in China (CX-CN).
    """
    abroad = model.at(wage, builder, capacity_ktpa, elasticity)
    home = in_china * scale(capacity_ktpa, elasticity)
    return np.where(country == HOME_OF_THE_CHEAPEST, home, abroad)
