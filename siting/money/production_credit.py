"""Credits a tonne that a plant decided on the date will earn over its life, by year of production.

A production credit is a share of a cost (`unit`), in force between two dates, phased out by
`phase_out`. A plant decided on `as_of` opens `BUILD_MONTHS` later; what it earns in later years
counts less, see `levelised`.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from geodata.tables import day
from siting.world.policy import BUILD_MONTHS, coverage

YEARS = 15  # a credit further away is worth little, and no law says
# Which cost a unit is a share of.
BASES = {"pct_of_production_cost": "production", "pct_of_processing_cost": "processing"}
_MID_YEAR = 6


def first_year(as_of: dt.date) -> int:
    """Return the first whole year of production of a plant decided on a date."""
    opens = pd.Timestamp(as_of) + pd.DateOffset(months=BUILD_MONTHS)
    return int(opens.year) + int(opens.month > _MID_YEAR)


def schedule(row: pd.Series, first: int) -> Floats:
    """Return the share of cost that one credit pays in each year of production (YEARS,)."""
    years = np.arange(first, first + YEARS)
    dates = pd.DataFrame({"start": [row["start_date"]], "end": [row["end_date"]]})
    start = day(dates["start"], "start").dt.year.fillna(0).iloc[0]
    end = day(dates["end"], "end").dt.year.fillna(np.inf).iloc[0]
    left = np.ones(YEARS)
    for step in sorted(str(row["phase_out"]).split(";")) if row["phase_out"] else ():
        year, per_cent = step.split(":")
        left[years >= int(year)] = int(per_cent) / 100.0
    inside = (years >= start) & (years <= end)
    return np.asarray(float(row["magnitude"]) / 100.0 * left * inside)


def credit_shares(
    credits_: pd.DataFrame, places: pd.DataFrame, as_of: dt.date
) -> dict[str, Floats]:
    """Return the best credit of each place and year, by the cost it is a share of (n, YEARS).

    Parameters
    ----------
    credits_ : DataFrame
        Rows of theme `production_credit` that this investor may use, known on the date.
    places : DataFrame (n)
    as_of : date
    """
    shares: dict[str, Floats] = {}
    rows = credits_[credits_["unit"].isin(list(BASES)) & credits_["magnitude"].notna()]
    here = coverage(rows, places)
    for column, (_, row) in enumerate(rows.iterrows()):
        base = BASES[str(row["unit"])]
        paid = here[:, column, None] * schedule(row, first_year(as_of))
        # two credits on one cost exclude each other: the better one is taken
        shares[base] = np.maximum(shares.get(base, 0.0), paid)
    return shares


def levelised(shares: Floats, rate: Floats) -> Floats:
    """Return the constant share over the years that is worth as much at the rate (n,).

    sum_k s_k (1 + r)^-k / sum_k (1 + r)^-k, k = 1..YEARS.
    """
    worth = (1.0 + rate[:, None]) ** -np.arange(1, shares.shape[1] + 1)
    return np.asarray((shares * worth).sum(axis=1) / worth.sum(axis=1))
