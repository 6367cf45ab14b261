"""How fast the sales of plug-in cars grow where customers stand.

Growth is counted in points of the share of new cars, not as a factor: from 1 to 3 % is three times
as many, and little anode.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.places import world_region

SHARE = "ev_sales_share_pct"
WINDOW_YEARS = 3  # one weak year of subsidies cut short does not make a trend


def share_growth(
    factors: pd.DataFrame, countries: Sequence[str], as_of: dt.date
) -> NDArray[np.float64]:
    """Return how the share of plug-in cars in new cars grew over the last full years (n,).

    Points a year, over `WINDOW_YEARS` up to the last year that was over on the date. A country
    without both figures takes the median of its world region, else of all countries.

    Parameters
    ----------
    factors : DataFrame
        The `place_factors` table.
    countries : sequence of str
        ISO2 codes (n).
    as_of : date
    """
    known = growth_by_country(factors, as_of)
    regions = known.groupby([world_region(str(code)) for code in known.index]).median()
    codes = pd.Series(list(countries), dtype=object)
    growth = codes.map(known)
    growth = growth.fillna(codes.map(world_region).map(regions)).fillna(known.median())
    return np.asarray(growth.fillna(0.0).to_numpy(dtype=float), dtype=np.float64)


def growth_by_country(factors: pd.DataFrame, as_of: dt.date) -> pd.Series[float]:
    """Return the points a year of each country that has both figures of the window."""
    last = as_of.year - 1
    rows = factors[factors["factor"].eq(SHARE) & factors["region_type"].eq("country")]
    first, now = (
        rows[rows["year"].eq(str(year))].set_index("iso2")["value"]
        for year in (last - WINDOW_YEARS, last)
    )
    return ((now - first) / WINDOW_YEARS).dropna()
